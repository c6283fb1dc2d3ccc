// What the files of exceptions share.
#pragma once

#include "objects/exception.hpp"
#include "objects/native.hpp"
#include "objects/vm.hpp"

namespace krait {

/// The native bodies that type_call() looks for.
Value base_exception_new(Vm& vm, Args a);
Value base_exception_init(Vm& vm, Args a);
/// BaseException.__str__ and what pickle gets for one with fields: (type, args[, dict]).
Result<Str*> base_exception_str(Vm& vm, ExceptionObject* e);
Value exception_reduce_with(Vm& vm, ExceptionObject* e, Tuple* args, Dict* fields);

/// The spec of a built-in exception: its name, documentation and rows.
struct ExceptionRows {
  const char* name;
  std::span<const NativeRow> methods = {};
  std::span<const MemberRow> members = {};
  std::span<const GetSetRow> getsets = {};
};
/// The classes with rows of their own (exception_types.cpp), and the groups (exception_group.cpp).
extern const std::span<const ExceptionRows> kExceptionRows;
extern const ExceptionRows kBaseExceptionGroupRows, kExceptionGroupRows;

/// The OSError class for an errno, or OSError itself.
Type* os_error_type(Vm& vm, int64_t errno_value);

}  // namespace krait
