// tuple and list.
#pragma once

#include <span>

#include "objects/vm.hpp"

namespace krait {

struct Tuple : Object {
  uint64_t length;
  Value items[];
  std::span<const Value> span() const { return {items, length}; }
};

/// The items lie in a Storage of their own; items() may move whenever the list changes.
struct List : Object {
  uint64_t length;
  Storage* storage;  ///< null while empty
  Value* items() const { return storage == nullptr ? nullptr : storage->data<Value>(); }
  uint64_t capacity() const { return storage == nullptr ? 0 : storage->capacity / sizeof(Value); }
};

inline bool is_tuple(Value v) { return is_kind(v, Kind::Tuple); }
inline bool is_list(Value v) { return is_kind(v, Kind::List); }
/// Length 0 gives the one empty tuple.
Result<Tuple*> tuple_from_span(Vm& vm, std::span<const Value> items);
/// `length` unset items, to be filled before anything else sees it (never asked for with 0).
Result<Tuple*> tuple_allocate(Vm& vm, uint64_t length);
template <class... V>
Result<Tuple*> tuple_of(Vm& vm, V... items) {
  const Value list[] = {Value(items)...};
  return tuple_from_span(vm, list);
}
Result<List*> list_new(Vm& vm, uint64_t reserve = 0);
Result<List*> list_from_span(Vm& vm, std::span<const Value> items);
Status list_grow(Vm& vm, List* list, uint64_t min_capacity);
inline Status list_append(Vm& vm, List* list, Value v) {
  if (list->length == list->capacity()) [[unlikely]] TRY(list_grow(vm, list, list->length + 1));
  list->items()[list->length++] = v;
  vm.barrier(list);
  return {};
}
Status list_insert(Vm& vm, List* list, int64_t index, Value v);
Status list_extend(Vm& vm, List* list, Value iterable);
/// list.sort(key, reverse); key unset or None: none.
Status list_sort(Vm& vm, List* list, Value key, bool reverse);
Result<Tuple*> list_to_tuple(Vm& vm, const List* list);
/// A range clipped as slices are: start <= stop unless empty; see slice.indices.
struct SliceRange {
  int64_t start, stop, step, count;
};
/// Reads a slice object (may call __index__) for a sequence of this length.
Result<SliceRange> slice_range(Vm& vm, Value slice, int64_t length);

struct Slice : Object {
  Value start, stop, step;
};
Value slice_new(Vm& vm, Value start, Value stop, Value step);

/// range(start, stop, step): ints of any size.
struct Range : Object {
  Value start, stop, step, length;
};
/// The common case runs on three machine words.
struct RangeIterator : Object {
  int64_t next, step;
  uint64_t remaining;
};
Value range_new(Vm& vm, Value start, Value stop, Value step);

}  // namespace krait
