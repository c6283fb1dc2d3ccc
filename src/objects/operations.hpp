// The operations of the data model, as C++ functions: what `x + y`, `x[i]`, `f(x)`, `for` and the built-in functions do to any
// value. Every one may run Python code (and so change anything the caller holds: read lengths and pointers again afterwards)
// unless its comment says otherwise, and gives an error result with the exception pending.
#pragma once

#include <span>
#include <string_view>

#include "objects/vm.hpp"

namespace krait {

// --- Types and lookup.
/// The attribute `name` (interned) in the type's resolution order, raw (no descriptor call); unset if absent. Runs nothing.
Value type_lookup(Vm& vm, Type* type, Str* name);
/// The special method of v's type, or unset. Runs nothing.
inline Value special_of(Vm& vm, Value v, Special s) { return vm.type_of(v)->get(s); }
/// isinstance / issubclass without hooks (by mro). Run nothing.
bool type_is_subtype(const Type* type, const Type* base);
inline bool is_instance_of(Vm& vm, Value v, const Type* base) { return type_is_subtype(vm.type_of(v), base); }
/// isinstance() / issubclass() with their hooks, tuples and unions.
Result<bool> is_instance(Vm& vm, Value v, Value classinfo);
Result<bool> is_subclass(Vm& vm, Value cls, Value classinfo);
/// Exact native type, no subclass.
inline bool is_exact(Vm& vm, Value v, const Type* type) { return vm.type_of(v) == type; }

// --- Calls.
/// f(*args).
Value call(Vm& vm, Value f, CallArgs args);
inline Value call(Vm& vm, Value f, std::span<const Value> args) {
  return call(vm, f, CallArgs{args.data(), static_cast<uint32_t>(args.size())});
}
inline Value call0(Vm& vm, Value f) { return call(vm, f, CallArgs{nullptr, 0}); }
inline Value call1(Vm& vm, Value f, Value a) { return call(vm, f, CallArgs{&a, 1}); }
inline Value call2(Vm& vm, Value f, Value a, Value b) {
  Value args[] = {a, b};
  return call(vm, f, CallArgs{args, 2});
}
inline Value call3(Vm& vm, Value f, Value a, Value b, Value c) {
  Value args[] = {a, b, c};
  return call(vm, f, CallArgs{args, 3});
}
/// f(*args, **kwargs) from a tuple and a dict (null: none).
Value call_with(Vm& vm, Value f, Tuple* args, Dict* kwargs);
/// receiver.name(*args), without making a bound method.
Value call_method(Vm& vm, Value receiver, Str* name, std::span<const Value> args = {});
inline Value call_method(Vm& vm, Value receiver, Str* name, Value a) {
  return call_method(vm, receiver, name, std::span<const Value>(&a, 1));
}
/// Calls what a type's special slot holds with `self` first: the way every special method is run from C++.
Value call_special(Vm& vm, Value method, Value self, std::span<const Value> args = {});
inline Value call_special(Vm& vm, Value method, Value self, Value a) {
  return call_special(vm, method, self, std::span<const Value>(&a, 1));
}
bool is_callable(Vm& vm, Value v);  // runs nothing

// --- Attributes. Names are interned strs.
Value get_attr(Vm& vm, Value v, Str* name);
/// As get_attr, but a missing attribute (AttributeError raised by the lookup) gives exhausted() and nothing is pending.
Value get_attr_optional(Vm& vm, Value v, Str* name);
Status set_attr(Vm& vm, Value v, Str* name, Value value);
Status del_attr(Vm& vm, Value v, Str* name);
/// object.__getattribute__, __setattr__ (value unset: __delattr__).
Value generic_get_attr(Vm& vm, Value v, Str* name);
Status generic_set_attr(Vm& vm, Value v, Str* name, Value value);
/// Binds a raw class attribute to an instance: its __get__, or itself. instance unset: accessed on the class.
Value bind_descriptor(Vm& vm, Value descriptor, Value instance, Type* owner);

// --- Conversion and inspection.
/// Gives a Str (checked).
Value repr(Vm& vm, Value v);
Value str(Vm& vm, Value v);
Value ascii(Vm& vm, Value v);
Value format(Vm& vm, Value v, Value spec);  ///< spec: a Str or unset (empty)
Result<int64_t> hash(Vm& vm, Value v);
Result<bool> truthy(Vm& vm, Value v);
Result<int64_t> length(Vm& vm, Value v);
/// operator.length_hint: `fallback` if the object cannot tell.
Result<int64_t> length_hint(Vm& vm, Value v, int64_t fallback);
/// __index__: an int (exact or not) or TypeError.
Value index(Vm& vm, Value v);
/// __index__ as int64: out of range clips to the ends (as slices do) or, in index_checked, raises `overflow`.
Result<int64_t> index_clipped(Vm& vm, Value v);
Result<int64_t> index_checked(Vm& vm, Value v, E overflow = E::IndexError);
/// A real number as a double (__float__, then __index__).
Result<double> to_double(Vm& vm, Value v);

// --- Comparison.
Value compare(Vm& vm, Value a, Value b, CompareOp op);  ///< the rich result, any object
Result<bool> compare_bool(Vm& vm, Value a, Value b, CompareOp op);
/// `a is b or a == b`: what containers use.
Result<bool> same_or_equal(Vm& vm, Value a, Value b);
Result<bool> equal(Vm& vm, Value a, Value b);

// --- Operators.
Value binary(Vm& vm, BinaryOp op, Value a, Value b);
Value binary_inplace(Vm& vm, BinaryOp op, Value a, Value b);
Value power(Vm& vm, Value base, Value exponent, Value modulus);  ///< modulus None: two-argument pow
Value div_mod(Vm& vm, Value a, Value b);
Value negative(Vm& vm, Value v);
Value positive(Vm& vm, Value v);
Value invert(Vm& vm, Value v);
Value absolute(Vm& vm, Value v);

// --- Containers.
/// The builtin `len`.
Value builtin_len(Vm& vm, struct Args a);
Value get_item(Vm& vm, Value container, Value key);
Status set_item(Vm& vm, Value container, Value key, Value value);
Status del_item(Vm& vm, Value container, Value key);
Result<bool> contains(Vm& vm, Value container, Value item);

// --- Iteration.
Value get_iter(Vm& vm, Value v);
/// The next item, or exhausted() (a StopIteration raised by a Python __next__ is consumed), or an error.
Value iter_next(Vm& vm, Value iterator);
/// iter(callable, sentinel).
Value callable_iterator_new(Vm& vm, Value callable, Value sentinel);
/// A new list / tuple of what v gives.
Value list_from(Vm& vm, Value iterable);
Value tuple_from(Vm& vm, Value iterable);
/// Calls body(item) for each item of any iterable; body gives Status. Polls. Fast for exact lists and tuples, and safe when
/// body changes them.
template <class Body>
Status for_each(Vm& vm, Value iterable, Body body) {
  Value it = get_iter(vm, iterable);
  if (it.is_error()) return Error{};
  while (true) {
    TRY(vm.poll());
    Value item = iter_next(vm, it);
    if (item.is_exhausted()) return {};
    if (item.is_error()) return Error{};
    TRY(body(item));
  }
}

// --- Warnings and reports.
/// warnings.warn(message, category): an error if the filters turn it into one.
Status warn(Vm& vm, E category, std::string_view message, int stack_level = 1);
/// warnings.warn_explicit(message, category, filename, line).
Status warn_explicit(Vm& vm, E category, std::string_view message, Str* filename, int line);
/// sys.unraisablehook for the pending exception (which is taken). The report says `where` and, if there is one, the object's repr().
void write_unraisable(Vm& vm, const char* where, Value object);

/// Marks a recursion on `v` in repr(): true when v is already being shown on this thread. Pair with repr_leave.
Result<bool> repr_enter(Vm& vm, Value v);
void repr_leave(Vm& vm, Value v);

}  // namespace krait
