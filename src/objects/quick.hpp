// The short ways that containers take before they ask the data model: hash and equality of the commonest exact types, without a
// call. Each gives the same answer as the operation of operations.hpp would.
#pragma once

#include <algorithm>

#include "objects/int.hpp"
#include "objects/operations.hpp"
#include "objects/sequences.hpp"
#include "objects/shape.hpp"
#include "objects/str.hpp"

namespace krait {

inline bool is_exact_str(Vm&, Value v) { return v.is_cell() && v.cell()->shape == BuiltinShape::k_str; }
inline bool is_exact_tuple(Vm&, Value v) { return v.is_cell() && v.cell()->shape == BuiltinShape::k_tuple; }
inline bool is_exact_list(Vm&, Value v) { return v.is_cell() && v.cell()->shape == BuiltinShape::k_list; }

/// The hash of a str, from its cache where it has been asked for before.
inline int64_t quick_str_hash(Vm& vm, Str* s) { return s->hash != 0 ? s->hash : str_hash(vm, s); }

/// hash(v).
inline Result<int64_t> quick_hash(Vm& vm, Value v) {
  if (v.is_small_int()) {
    int64_t i = v.as_small_int();
    if (i > Value::kMinInt && i < Value::kMaxInt) return i == -1 ? int64_t{-2} : i;
  } else if (is_exact_str(vm, v)) {
    return quick_str_hash(vm, as_str(v));
  } else if (is_exact_tuple(vm, v)) {
    return tuple_hash(vm, v.as<Tuple>());
  }
  return hash(vm, v);
}

/// Turns the pending TypeError of hash(v) into the message of the container: "cannot use 'list' as a dict key (...)".
[[gnu::cold]] Error unhashable(Vm& vm, Value v, const char* as_what);

/// 1: a is b, or they are equal; 0: they are not; -1: the data model has to be asked.
inline int quick_item_equal(Vm& vm, Value a, Value b) {
  if (a == b) return 1;
  if (Value::both_small_ints(a, b)) return 0;
  if (is_exact_str(vm, a) && is_exact_str(vm, b)) return str_equal(as_str(a), as_str(b));
  return -1;
}

/// The same, also for short tuples of such items.
inline int quick_equal(Vm& vm, Value a, Value b) {
  int quick = quick_item_equal(vm, a, b);
  if (quick >= 0 || !is_exact_tuple(vm, a) || !is_exact_tuple(vm, b)) return quick;
  const Tuple *x = a.as<Tuple>(), *y = b.as<Tuple>();
  if (x->length != y->length || x->length > 8) return -1;
  for (uint64_t i = 0; i < x->length; ++i) {
    quick = quick_item_equal(vm, x->items[i], y->items[i]);
    if (quick <= 0) return quick;
  }
  return 1;
}

/// `a is b or a == b`.
inline Result<bool> item_equal(Vm& vm, Value a, Value b) {
  int quick = quick_equal(vm, a, b);
  if (quick >= 0) return quick != 0;
  return same_or_equal(vm, a, b);
}

/// An int operand as an index: an int, or what __index__ gives, as index_checked does.
inline Result<int64_t> quick_index(Vm& vm, Value v, E overflow = E::IndexError) {
  if (v.is_small_int()) return v.as_small_int();
  return index_checked(vm, v, overflow);
}

inline bool has_index(Vm& vm, Value v) { return v.is_small_int() || !vm.type_of(v)->get(Special::Index).is_unset(); }

/// The result of an ordering whose first differing items were not found: by length.
inline Value compare_lengths(uint64_t a, uint64_t b, CompareOp op) {
  switch (op) {
    case CompareOp::Lt: return Value::boolean(a < b);
    case CompareOp::Le: return Value::boolean(a <= b);
    case CompareOp::Eq: return Value::boolean(a == b);
    case CompareOp::Ne: return Value::boolean(a != b);
    case CompareOp::Gt: return Value::boolean(a > b);
    case CompareOp::Ge: return Value::boolean(a >= b);
  }
  return Value::not_implemented();
}

/// A tuple of the values; an error if one of them is an error (so calls can be nested).
template <class... V>
Value pack(Vm& vm, V... items) {
  const Value list[] = {Value(items)...};
  for (Value v : list) {
    if (v.is_error()) return Error{};
  }
  return tuple_from_span(vm, list);
}

/// Polls once in a thousand rounds of a tight loop.
#define POLL_EVERY_1024(vm, i) \
  if (((i) & 1023) == 1023) TRY((vm).poll())

}  // namespace krait
