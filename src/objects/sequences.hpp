// tuple and list.
#pragma once

#include <algorithm>
#include <span>
#include <string_view>

#include "objects/vm.hpp"

namespace krait {

struct Tuple : Object {
  uint64_t length;
  Value items[];  ///< then Cell::bits more that are no items (objects/structseq.hpp)
  std::span<const Value> span() const { return {items, length}; }
};

/// A range clipped as slices are: start <= stop unless empty; see slice.indices.
struct SliceRange {
  int64_t start, stop, step, count;
};

/// The items lie in a Storage of their own; items() may move whenever the list changes.
struct List : Object {
  static constexpr uint16_t kSorting =
      1;  ///< Cell::bits: its items are being sorted elsewhere; gone when any was added meanwhile
  uint64_t length;
  Storage* storage;  ///< null while empty
  uint64_t
      traced;  ///< items that the collector has seen: before this one nothing is new but what barrier() was called for, so
               ///< whoever moves items towards the front calls it too
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
/// hash(t) without boxing it.
Result<int64_t> tuple_hash(Vm& vm, Tuple* t);
Result<List*> list_new(Vm& vm, uint64_t reserve = 0);
Result<List*> list_from_span(Vm& vm, std::span<const Value> items);
Status list_grow(Vm& vm, List* list, uint64_t min_capacity);
inline Status list_append(Vm& vm, List* list, Value v) {
  if (list->length == list->capacity()) [[unlikely]]
    TRY(list_grow(vm, list, list->length + 1));
  uint64_t i = list->length++;
  list->items()[i] = v;
  if (v.is_cell()) {
    if (i >= list->traced)
      vm.heap.append_barrier(list);
    else
      vm.barrier(list);
  }
  return {};
}
/// list.append.
Value list_append_method(Vm& vm, struct Args a);
Status list_insert(Vm& vm, List* list, int64_t index, Value v);
Status list_extend(Vm& vm, List* list, Value iterable);
/// list.sort(key, reverse); key unset or None: none.
Status list_sort(Vm& vm, List* list, Value key, bool reverse);
Status list_delete(Vm& vm, List* list, int64_t begin, int64_t end);  ///< 0 <= begin <= end <= length
void list_clear(Vm& vm, List* list);
/// Puts items in the place of begin..end (0 <= begin <= end <= length).
Status list_replace(Vm& vm, List* list, int64_t begin, int64_t end, std::span<const Value> replacement);
/// The items of a range that slice_adjust() gave.
Value list_slice(Vm& vm, List* list, SliceRange range);
Result<bool> list_contains(Vm& vm, List* list, Value item);
Result<Tuple*> list_to_tuple(Vm& vm, const List* list);
/// list_iterator and list_reverseiterator (Kind::ListReverseIterator). `list` is null once exhausted.
struct ListIterator : Object {
  List* list;
  int64_t index;  ///< of the next item
};
struct TupleIterator : Object {
  Tuple* tuple;
  uint64_t index;
};

/// Reads a slice object (may call __index__) for a sequence of this length.
Result<SliceRange> slice_range(Vm& vm, Value slice, int64_t length);
/// The two halves of slice_range, for sequences that __index__ might change: what the slice says (None filled in, count unset),
/// and what that means for a length.
Result<SliceRange> slice_unpack(Vm& vm, Value slice);
inline SliceRange slice_adjust(SliceRange r, int64_t length) {
  int64_t low = r.step < 0 ? -1 : 0, high = r.step < 0 ? length - 1 : length;
  auto clip = [&](int64_t i) { return i < 0 ? std::max(i + length, low) : std::min(i, high); };
  r.start = clip(r.start);
  r.stop = clip(r.stop);
  r.count = 0;
  if (r.step < 0) {
    if (r.stop < r.start) r.count = r.step == -1 ? r.start - r.stop : (r.start - r.stop - 1) / -r.step + 1;
  } else if (r.start < r.stop) {
    r.count = r.step == 1 ? r.stop - r.start : (r.stop - r.start - 1) / r.step + 1;
  }
  if (r.step == 1) r.stop = std::max(r.stop, r.start);
  return r;
}

/// A start or stop argument of index(): anything with __index__, negative counted from the end, clipped to 0..length.
Result<int64_t> slice_bound(Vm& vm, Value v, int64_t length);

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
/// builtins.NAME, as __reduce__ methods give it.
Value builtin_named(Vm& vm, std::string_view name);
Value range_new(Vm& vm, Value start, Value stop, Value step);

}  // namespace krait
