// types.GenericAlias: list[int] and its like.
#pragma once

#include "objects/vm.hpp"

namespace krait {

struct Tuple;

struct GenericAlias : Object {
  Value origin;
  Tuple* args;
  Value parameters;  ///< tuple of the type variables in args; unset until asked for
  bool starred;      ///< *tuple[int, ...]
};

inline bool is_generic_alias(Value v) { return is_kind(v, Kind::GenericAlias); }
/// origin[args]; a tuple gives several arguments.
Value generic_alias_new(Vm& vm, Value origin, Value args);
/// The body of every `__class_getitem__` that only makes an alias: a[0] is the class, a[1] the arguments.
Value class_getitem(Vm& vm, struct Args a);
/// The type variables among `args`, in order of appearance, as a tuple (also those of nested aliases).
Value type_parameters_of(Vm& vm, Tuple* args);
/// `item` put for the parameters of an alias-like value: its new arguments.
Value substitute_type_args(Vm& vm, Value self, Tuple* args, Tuple* parameters, Value item);

}  // namespace krait
