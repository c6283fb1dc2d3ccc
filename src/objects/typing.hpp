// The native side of typing: TypeVar, ParamSpec, TypeVarTuple, TypeAliasType, Generic.
#pragma once

#include "objects/vm.hpp"

namespace krait {

enum class TypeVarBound : uint8_t { kNone, kBound, kConstraints };

/// A TypeVar of a type parameter list; `evaluate` is the function that gives the bound or the constraints when first asked.
Value typevar_new(Vm& vm, Value name, TypeVarBound bound, Value evaluate);
Value paramspec_new(Vm& vm, Value name);
Value typevartuple_new(Vm& vm, Value name);
/// Generic[*params], for the bases of a generic class.
Value subscript_generic(Vm& vm, Value params);
/// The type statement: from a tuple (name, type params or None, function that gives the value).
Value type_alias_new(Vm& vm, Value triple);
/// The default of a type parameter, to be evaluated when first asked; gives the parameter.
Value type_param_set_default(Vm& vm, Value parameter, Value evaluate);

}  // namespace krait
