// What the methods of str, bytes and bytearray share in reading their arguments.
#pragma once

#include <algorithm>

#include "objects/int.hpp"
#include "objects/operations.hpp"
#include "objects/quick.hpp"
#include "objects/sequences.hpp"

namespace krait {

/// A count or width: anything with __index__, as a machine word. OverflowError.
inline Result<int64_t> ssize_argument(Vm& vm, Value v) {
  if (v.is_small_int()) [[likely]]
    return v.as_small_int();
  Value i = TRY(index(vm, v));
  return int_to_i64_checked(vm, i, "C ssize_t");
}
inline Result<int64_t> ssize_argument(Vm& vm, Args a, size_t at, int64_t fallback) {
  if (!a.has(at)) return fallback;
  return ssize_argument(vm, a[at]);
}

/// A flag: any value's truth.
inline Result<bool> truth_argument(Vm& vm, Args a, size_t at, bool fallback) {
  if (!a.has(at)) return fallback;
  return truthy(vm, a[at]);
}

/// The part of a text that find(), count(), startswith() ... look at: 0 <= end <= length, 0 <= start (which may lie beyond).
struct Bounds {
  int64_t start, end;
  bool valid() const { return start <= end; }
};
inline Result<int64_t> bound_argument(Vm& vm, Value v, int64_t fallback) {
  if (v.is_unset() || v.is_none()) return fallback;
  if (v.is_small_int()) [[likely]]
    return v.as_small_int();
  if (!has_index(vm, v))
    return vm.raise(E::TypeError, "slice indices must be integers or None or have an __index__ method");
  return index_clipped(vm, v);
}
inline Bounds clip_bounds(int64_t start, int64_t end, int64_t length) {
  if (end > length) end = length;
  if (end < 0) end = std::max<int64_t>(end + length, 0);
  if (start < 0) start = std::max<int64_t>(start + length, 0);
  return {start, end};
}
/// a[at] and a[at + 1] as start and end. May run Python (__index__): `length_now` is asked afterwards.
template <class Length>
Result<Bounds> bounds_arguments(Vm& vm, Args a, size_t at, Length length_now) {
  int64_t start = TRY(bound_argument(vm, a[at], 0));
  int64_t end = TRY(bound_argument(vm, a[at + 1], INT64_MAX));
  return clip_bounds(start, end, static_cast<int64_t>(length_now()));
}

}  // namespace krait
