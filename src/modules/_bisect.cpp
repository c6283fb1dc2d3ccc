// _bisect: places in sorted sequences.
#include "objects/module.hpp"
#include "objects/native.hpp"
#include "objects/quick.hpp"
#include "objects/sequences.hpp"

namespace krait {

namespace {

/// Where x goes in a[lo:hi]: after what equals it (right) or before. Slots: a, x, lo, hi, key.
template <bool kRight>
Result<int64_t> search(Vm& vm, Args a, Value x) {
  Value sequence = a[0], key = a.get(4, Value::none());
  int64_t low = a.has(2) ? TRY(quick_index(vm, a[2], E::OverflowError)) : 0;
  if (low < 0) return vm.raise(E::ValueError, "lo must be non-negative");
  int64_t high = a.has(3) && !a[3].is_none() ? TRY(quick_index(vm, a[3], E::OverflowError)) : TRY(length(vm, sequence));
  if (high < 0) high = TRY(length(vm, sequence));
  while (low < high) {
    TRY(vm.poll());
    int64_t middle = low + (high - low) / 2;
    Value item;
    if (is_exact_list(vm, sequence) && middle < static_cast<int64_t>(sequence.as<List>()->length)) {
      item = sequence.as<List>()->items()[middle];
    } else {
      item = TRY(get_item(vm, sequence, Value::small_int(middle)));
    }
    if (!key.is_none()) item = TRY(call1(vm, key, item));
    bool less;
    if (Value::both_small_ints(item, x)) {
      less = kRight ? x.as_small_int() < item.as_small_int() : item.as_small_int() < x.as_small_int();
    } else {
      less = kRight ? TRY(compare_bool(vm, x, item, CompareOp::Lt)) : TRY(compare_bool(vm, item, x, CompareOp::Lt));
    }
    if (less == kRight)
      high = middle;
    else
      low = middle + 1;
  }
  return low;
}

template <bool kRight>
Value bisect(Vm& vm, Args a) {
  return Value::small_int(TRY((search<kRight>(vm, a, a[1]))));
}

template <bool kRight>
Value insort(Vm& vm, Args a) {
  Value x = a[1];
  if (a.has(4) && !a[4].is_none()) x = TRY(call1(vm, a[4], x));
  int64_t at = TRY((search<kRight>(vm, a, x)));
  if (is_exact_list(vm, a[0])) {
    TRY(list_insert(vm, a[0].as<List>(), at, a[1]));
    return Value::none();
  }
  Str* insert = TRY(vm.intern("insert"));
  Value args[] = {Value::small_int(at), a[1]};
  TRY(call_method(vm, a[0], insert, std::span<const Value>(args, 2)));
  return Value::none();
}

constexpr NativeRow kFunctions[] = {
    {"bisect_right(a, x, lo=0, hi=None, *, key=None)", bisect<true>, 0,
     "Return the index in the sorted sequence a where x goes, behind items equal to it."},
    {"bisect(a, x, lo=0, hi=None, *, key=None)", bisect<true>, 0,
     "Return the index in the sorted sequence a where x goes, behind items equal to it."},
    {"bisect_left(a, x, lo=0, hi=None, *, key=None)", bisect<false>, 0,
     "Return the index in the sorted sequence a where x goes, before items equal to it."},
    {"insort_right(a, x, lo=0, hi=None, *, key=None)", insort<true>, 0,
     "Insert x into the sorted list a, behind items equal to it."},
    {"insort(a, x, lo=0, hi=None, *, key=None)", insort<true>, 0,
     "Insert x into the sorted list a, behind items equal to it."},
    {"insort_left(a, x, lo=0, hi=None, *, key=None)", insort<false>, 0,
     "Insert x into the sorted list a, before items equal to it."},
};

}  // namespace

extern constinit const ModuleSpec bisect_module{
    .name = "_bisect",
    .doc = "Search and insertion in sorted lists.",
    .functions = kFunctions,
};

}  // namespace krait
