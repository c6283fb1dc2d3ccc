// list.sort: a stable adaptive merge sort. Runs that are there already are found (and reversed if descending), short ones
// are filled up by binary insertion, and runs are merged in the order that the powersort policy gives (Munro & Wild, "Nearly-
// Optimal Mergesorts", 2018), galloping while one side keeps winning (McIlroy 1993).
//
// Rules for code in this file
//  1. While it is sorted the list looks empty; its items live in `keys` (and `values`), lists of our own, because a comparison may
//     run Python code and with it the collector: every item is at all times in a list that the collector sees.
//  2. An order that can be decided without running Python is a template argument: one compare per item type.
#include <cstring>

#include "objects/float.hpp"
#include "objects/quick.hpp"
#include "objects/sequences.hpp"
#include "objects/str.hpp"

namespace krait {

namespace {

// --- Orders: less(a, b) gives 1, 0 or -1 (an exception is pending).

struct SmallIntLess {
  Vm& vm;
  int operator()(Value a, Value b) const { return static_cast<int64_t>(a.bits()) < static_cast<int64_t>(b.bits()); }
};

struct FloatLess {
  Vm& vm;
  int operator()(Value a, Value b) const { return float_value(a) < float_value(b); }
};

struct StrLess {
  Vm& vm;
  int operator()(Value a, Value b) const { return str_compare(as_str(a), as_str(b)) < 0; }
};

/// One-byte texts of inline data: the common case of StrLess.
struct Latin1Less {
  Vm& vm;
  int operator()(Value a, Value b) const {
    Str *x = as_str(a), *y = as_str(b);
    int c = std::memcmp(x->data1(), y->data1(), std::min(x->length, y->length));
    return c != 0 ? c < 0 : x->length < y->length;
  }
};

struct AnyLess {
  Vm& vm;
  int operator()(Value a, Value b) const {
    Result<bool> less = compare_bool(vm, a, b, CompareOp::Lt);
    if (less.is_error()) return -1;
    return less.release();
  }
};

/// Exact tuples, not empty, whose first items have an order of their own; later items are compared as any.
template <class First>
struct TupleLess {
  Vm& vm;
  int operator()(Value a, Value b) const {
    Tuple *x = a.as<Tuple>(), *y = b.as<Tuple>();
    Value p = x->items[0], q = y->items[0];
    First first{vm};
    if (p != q) {
      int less = first(p, q);
      if (less != 0) return less;
      less = first(q, p);
      if (less != 0) return less < 0 ? -1 : 0;
    }
    uint64_t n = std::min(x->length, y->length);
    for (uint64_t i = 1; i < n; ++i) {
      Result<bool> same = item_equal(vm, x->items[i], y->items[i]);
      if (same.is_error()) return -1;
      if (same.release()) continue;
      Value u = x->items[i], v = y->items[i];
      if (Value::both_small_ints(u, v)) return SmallIntLess{vm}(u, v);
      return AnyLess{vm}(u, v);
    }
    return x->length < y->length;
  }
};

// --- The sort.

constexpr int64_t kMinGallop = 7;
constexpr int kMaxRuns = 88;  // more than the powers that 2^64 items can have

template <class Less>
class MergeSort {
 public:
  MergeSort(Vm& vm, List* keys, List* values)
      : vm_(vm),
        less_{vm},
        k_(keys->items()),
        v_(values == nullptr ? nullptr : values->items()),
        n_(static_cast<int64_t>(keys->length)) {}

  Status run() {
    if (n_ < 2) return {};
    int64_t min_run = n_;
    int64_t odd = 0;
    while (min_run >= 64) {
      odd |= min_run & 1;
      min_run >>= 1;
    }
    min_run += odd;
    for (int64_t at = 0; at < n_;) {
      TRY(vm_.poll());
      int64_t length = TRY(count_run(at));
      if (length < min_run) {
        int64_t forced = std::min(min_run, n_ - at);
        TRY(insertion_sort(at, at + forced, at + length));
        length = forced;
      }
      TRY(push_run(at, length));
      at += length;
    }
    while (runs_ > 1) {
      int i = runs_ - 2;
      if (i > 0 && run_[i - 1].length < run_[i + 1].length) --i;
      TRY(merge_at(i));
    }
    return {};
  }

 private:
  struct Run {
    int64_t base, length;
    int power;
  };

  /// The first item from `i` on that is less than the one before it.
  Result<int64_t> ascending_until(int64_t i) {
    for (; i < n_; ++i) {
      int c = less_(k_[i], k_[i - 1]);
      if (c < 0) return Error{};
      if (c != 0) break;
      if ((i & 0xFFFF) == 0) TRY(vm_.poll());
    }
    return i;
  }
  void reverse(int64_t begin, int64_t end) {
    std::reverse(k_ + begin, k_ + end);
    if (v_ != nullptr) std::reverse(v_ + begin, v_ + end);
  }

  /// The run that begins at `at`, made ascending: its length. Items that are equal may stand in a descending run: they are turned
  /// round first, so that turning the whole run restores their order.
  Result<int64_t> count_run(int64_t at) {
    int64_t i = TRY(ascending_until(at + 1));
    if (i == n_) return n_ - at;
    if (i > at + 1) {
      int c = less_(k_[at], k_[i - 1]);
      if (c < 0) return Error{};
      if (c != 0) return i - at;
      reverse(at, i);  // all are equal
    }
    int64_t equal = 0;
    for (++i; i < n_; ++i) {
      int c = less_(k_[i], k_[i - 1]);
      if (c < 0) return Error{};
      if (c == 0) {
        c = less_(k_[i - 1], k_[i]);
        if (c < 0) return Error{};
        if (c != 0) break;
        ++equal;
      } else if (equal != 0) {
        reverse(i - equal - 1, i);
        equal = 0;
      }
      if ((i & 0xFFFF) == 0) TRY(vm_.poll());
    }
    if (equal != 0) reverse(i - equal - 1, i);
    reverse(at, i);
    return TRY(ascending_until(i)) - at;
  }

  /// Sorts begin..end, of which begin..sorted is in order.
  Status insertion_sort(int64_t begin, int64_t end, int64_t sorted) {
    for (int64_t i = std::max(sorted, begin + 1); i < end; ++i) {
      Value pivot = k_[i];
      int64_t low = begin, high = i;
      while (low < high) {
        int64_t middle = low + (high - low) / 2;
        int c = less_(pivot, k_[middle]);
        if (c < 0) return Error{};
        if (c != 0)
          high = middle;
        else
          low = middle + 1;
      }
      std::memmove(static_cast<void*>(k_ + low + 1), k_ + low, static_cast<size_t>(i - low) * sizeof(Value));
      k_[low] = pivot;
      if (v_ != nullptr) {
        Value v = v_[i];
        std::memmove(static_cast<void*>(v_ + low + 1), v_ + low, static_cast<size_t>(i - low) * sizeof(Value));
        v_[low] = v;
      }
    }
    return {};
  }

  /// The depth in the ideal merge tree of the boundary between two neighbouring runs.
  int power_of(int64_t base1, int64_t length1, int64_t length2) const {
    int64_t a = 2 * base1 + length1;
    int64_t b = a + length1 + length2;
    int power = 0;
    while (true) {
      ++power;
      if (a >= n_) {
        a -= n_;
        b -= n_;
      } else if (b >= n_) {
        return power;
      }
      a <<= 1;
      b <<= 1;
    }
  }

  Status push_run(int64_t base, int64_t length) {
    if (runs_ > 0) {
      Run& last = run_[runs_ - 1];
      int power = power_of(last.base, last.length, length);
      while (runs_ > 1 && run_[runs_ - 2].power > power) TRY(merge_at(runs_ - 2));
      run_[runs_ - 1].power = power;
    }
    run_[runs_++] = {base, length, 0};
    return {};
  }

  Status merge_at(int i) {
    TRY(vm_.poll());
    int64_t base1 = run_[i].base, n1 = run_[i].length, base2 = run_[i + 1].base, n2 = run_[i + 1].length;
    run_[i].length = n1 + n2;
    if (i == runs_ - 3) run_[i + 1] = run_[i + 2];
    --runs_;
    // What of the first run is already in place, and what of the second.
    int64_t skip = TRY(gallop_right(k_[base2], k_ + base1, n1, 0));
    base1 += skip;
    n1 -= skip;
    if (n1 == 0) return {};
    n2 = TRY(gallop_left(k_[base1 + n1 - 1], k_ + base2, n2, n2 - 1));
    if (n2 == 0) return {};
    TRY(reserve(std::min(n1, n2)));
    return n1 <= n2 ? merge_low(base1, n1, base2, n2) : merge_high(base1, n1, base2, n2);
  }

  /// Room for n items in the temporary lists.
  Status reserve(int64_t n) {
    if (temp_keys_ == nullptr) temp_keys_ = TRY(list_new(vm_));
    if (v_ != nullptr && temp_values_ == nullptr) temp_values_ = TRY(list_new(vm_));
    for (List* list : {temp_keys_, temp_values_}) {
      if (list == nullptr || static_cast<int64_t>(list->length) >= n) continue;
      TRY(list_grow(vm_, list, static_cast<uint64_t>(n)));
      list->length =
          static_cast<uint64_t>(n);  // what is in it is seen by the collector: unset, or an item still being sorted
    }
    return {};
  }

  /// Where key goes in the sorted a[0..n), before the items equal to it; the search begins at `hint`.
  Result<int64_t> gallop_left(Value key, const Value* a, int64_t n, int64_t hint) {
    int64_t last = 0, offset = 1;
    int c = less_(a[hint], key);
    if (c < 0) return Error{};
    if (c != 0) {
      int64_t limit = n - hint;
      while (offset < limit) {
        c = less_(a[hint + offset], key);
        if (c < 0) return Error{};
        if (c == 0) break;
        last = offset;
        offset = (offset << 1) + 1;
      }
      offset = std::min(offset, limit);
      last += hint;
      offset += hint;
    } else {
      int64_t limit = hint + 1;
      while (offset < limit) {
        c = less_(a[hint - offset], key);
        if (c < 0) return Error{};
        if (c != 0) break;
        last = offset;
        offset = (offset << 1) + 1;
      }
      offset = std::min(offset, limit);
      int64_t k = last;
      last = hint - offset;
      offset = hint - k;
    }
    for (++last; last < offset;) {
      int64_t middle = last + ((offset - last) >> 1);
      c = less_(a[middle], key);
      if (c < 0) return Error{};
      if (c != 0)
        last = middle + 1;
      else
        offset = middle;
    }
    return offset;
  }

  /// As gallop_left, but after the items equal to it.
  Result<int64_t> gallop_right(Value key, const Value* a, int64_t n, int64_t hint) {
    int64_t last = 0, offset = 1;
    int c = less_(key, a[hint]);
    if (c < 0) return Error{};
    if (c != 0) {
      int64_t limit = hint + 1;
      while (offset < limit) {
        c = less_(key, a[hint - offset]);
        if (c < 0) return Error{};
        if (c == 0) break;
        last = offset;
        offset = (offset << 1) + 1;
      }
      offset = std::min(offset, limit);
      int64_t k = last;
      last = hint - offset;
      offset = hint - k;
    } else {
      int64_t limit = n - hint;
      while (offset < limit) {
        c = less_(key, a[hint + offset]);
        if (c < 0) return Error{};
        if (c != 0) break;
        last = offset;
        offset = (offset << 1) + 1;
      }
      offset = std::min(offset, limit);
      last += hint;
      offset += hint;
    }
    for (++last; last < offset;) {
      int64_t middle = last + ((offset - last) >> 1);
      c = less_(key, a[middle]);
      if (c < 0) return Error{};
      if (c != 0)
        offset = middle;
      else
        last = middle + 1;
    }
    return offset;
  }

  void move(int64_t to, int64_t from, int64_t n) {
    std::memmove(static_cast<void*>(k_ + to), k_ + from, static_cast<size_t>(n) * sizeof(Value));
    if (v_ != nullptr) std::memmove(static_cast<void*>(v_ + to), v_ + from, static_cast<size_t>(n) * sizeof(Value));
  }
  void to_temp(int64_t from, int64_t n) {
    std::memcpy(static_cast<void*>(temp_keys_->items()), k_ + from, static_cast<size_t>(n) * sizeof(Value));
    if (v_ != nullptr)
      std::memcpy(static_cast<void*>(temp_values_->items()), v_ + from, static_cast<size_t>(n) * sizeof(Value));
  }
  void from_temp(int64_t to, int64_t from, int64_t n) {
    std::memcpy(static_cast<void*>(k_ + to), temp_keys_->items() + from, static_cast<size_t>(n) * sizeof(Value));
    if (v_ != nullptr)
      std::memcpy(static_cast<void*>(v_ + to), temp_values_->items() + from, static_cast<size_t>(n) * sizeof(Value));
  }
  void take(int64_t to, int64_t from) {
    k_[to] = k_[from];
    if (v_ != nullptr) v_[to] = v_[from];
  }
  void take_temp(int64_t to, int64_t from) {
    k_[to] = temp_keys_->items()[from];
    if (v_ != nullptr) v_[to] = temp_values_->items()[from];
  }

  /// Merges neighbouring runs, the first being the shorter, from the left. The first item of the second run is the smallest of
  /// all, the last item of the first run the greatest. On an error the items are put back in some order.
  Status merge_low(int64_t base1, int64_t n1, int64_t base2, int64_t n2) {
    to_temp(base1, n1);
    const Value* t = temp_keys_->items();
    int64_t dest = base1, left = 0, right = base2;
    take(dest++, right++);
    --n2;
    bool failed = false;
    auto merge = [&]() -> Status {
      if (n2 == 0) return {};
      if (n1 == 1) return {};
      while (true) {
        int64_t wins1 = 0, wins2 = 0;
        do {
          int c = less_(k_[right], t[left]);
          if (c < 0) return Error{};
          if (c != 0) {
            take(dest++, right++);
            ++wins2;
            wins1 = 0;
            if (--n2 == 0) return {};
          } else {
            take_temp(dest++, left++);
            ++wins1;
            wins2 = 0;
            if (--n1 == 1) return {};
          }
        } while ((wins1 | wins2) < min_gallop_);
        TRY(vm_.poll());
        ++min_gallop_;
        do {
          min_gallop_ -= min_gallop_ > 1;
          wins1 = TRY(gallop_right(k_[right], t + left, n1, 0));
          if (wins1 != 0) {
            from_temp(dest, left, wins1);
            dest += wins1;
            left += wins1;
            n1 -= wins1;
            // n1 == 0 comes only from an inconsistent order.
            if (n1 <= 1) return {};
          }
          take(dest++, right++);
          if (--n2 == 0) return {};
          wins2 = TRY(gallop_left(t[left], k_ + right, n2, 0));
          if (wins2 != 0) {
            move(dest, right, wins2);
            dest += wins2;
            right += wins2;
            n2 -= wins2;
            if (n2 == 0) return {};
          }
          take_temp(dest++, left++);
          if (--n1 == 1) return {};
        } while (wins1 >= kMinGallop || wins2 >= kMinGallop);
        ++min_gallop_;
      }
    };
    failed = merge().is_error();
    if (!failed && n1 == 1 && n2 > 0) {
      // The last item of the first run is the greatest.
      move(dest, right, n2);
      take_temp(dest + n2, left);
    } else if (n1 > 0) {
      from_temp(dest, left, n1);
    }
    if (failed) return Error{};
    return {};
  }

  /// As merge_low for a shorter second run, from the right.
  Status merge_high(int64_t base1, int64_t n1, int64_t base2, int64_t n2) {
    to_temp(base2, n2);
    const Value* t = temp_keys_->items();
    int64_t dest = base2 + n2 - 1, left = base1 + n1 - 1, right = n2 - 1;
    take(dest--, left--);
    --n1;
    auto merge = [&]() -> Status {
      if (n1 == 0 || n2 == 1) return {};
      while (true) {
        int64_t wins1 = 0, wins2 = 0;
        do {
          int c = less_(t[right], k_[left]);
          if (c < 0) return Error{};
          if (c != 0) {
            take(dest--, left--);
            ++wins1;
            wins2 = 0;
            if (--n1 == 0) return {};
          } else {
            take_temp(dest--, right--);
            ++wins2;
            wins1 = 0;
            if (--n2 == 1) return {};
          }
        } while ((wins1 | wins2) < min_gallop_);
        TRY(vm_.poll());
        ++min_gallop_;
        do {
          min_gallop_ -= min_gallop_ > 1;
          int64_t k = TRY(gallop_right(t[right], k_ + base1, n1, n1 - 1));
          wins1 = n1 - k;
          if (wins1 != 0) {
            dest -= wins1;
            left -= wins1;
            move(dest + 1, left + 1, wins1);
            n1 -= wins1;
            if (n1 == 0) return {};
          }
          take_temp(dest--, right--);
          if (--n2 == 1) return {};
          k = TRY(gallop_left(k_[left], t, n2, n2 - 1));
          wins2 = n2 - k;
          if (wins2 != 0) {
            dest -= wins2;
            right -= wins2;
            from_temp(dest + 1, right + 1, wins2);
            n2 -= wins2;
            if (n2 <= 1) return {};
          }
          take(dest--, left--);
          if (--n1 == 0) return {};
        } while (wins1 >= kMinGallop || wins2 >= kMinGallop);
        ++min_gallop_;
      }
    };
    bool failed = merge().is_error();
    if (!failed && n2 == 1 && n1 > 0) {
      // The first item of the second run is the smallest.
      dest -= n1;
      left -= n1;
      move(dest + 1, left + 1, n1);
      take_temp(dest, right);
    } else if (n2 > 0) {
      from_temp(dest - (n2 - 1), 0, n2);
    }
    if (failed) return Error{};
    return {};
  }

  Vm& vm_;
  Less less_;
  Value* k_;
  Value* v_;
  int64_t n_;
  int64_t min_gallop_ = kMinGallop;
  List* temp_keys_ = nullptr;
  List* temp_values_ = nullptr;
  int runs_ = 0;
  Run run_[kMaxRuns];
};

enum class Order { kSmallInt, kFloat, kStr, kLatin1, kAny };

Order order_of(Vm& vm, Value v) {
  if (v.is_small_int()) return Order::kSmallInt;
  if (v.is_small_float() || (v.is_cell() && is_float(v) && is_exact(vm, v, vm.types.float_))) return Order::kFloat;
  if (is_exact_str(vm, v)) return as_str(v)->width() == 1 ? Order::kLatin1 : Order::kStr;
  return Order::kAny;
}
Order common(Order a, Order b) {
  if (a == b) return a;
  bool texts = (a == Order::kStr || a == Order::kLatin1) && (b == Order::kStr || b == Order::kLatin1);
  return texts ? Order::kStr : Order::kAny;
}

template <class Less>
Status sort_by(Vm& vm, List* keys, List* values) {
  MergeSort<Less> sort(vm, keys, values);
  return sort.run();
}

Status sort_keys(Vm& vm, List* keys, List* values) {
  if (keys->length < 2) return {};
  const Value* k = keys->items();
  uint64_t n = keys->length;
  bool tuples = is_exact_tuple(vm, k[0]) && k[0].as<Tuple>()->length > 0;
  Order order = order_of(vm, tuples ? k[0].as<Tuple>()->items[0] : k[0]);
  for (uint64_t i = 1; i < n && (order != Order::kAny || tuples); ++i) {
    Value v = k[i];
    if (tuples) {
      if (!is_exact_tuple(vm, v) || v.as<Tuple>()->length == 0) {
        tuples = false;
        order = Order::kAny;
        break;
      }
      v = v.as<Tuple>()->items[0];
    }
    if (order != Order::kAny) order = common(order, order_of(vm, v));
  }
  if (tuples) {
    switch (order) {
      case Order::kSmallInt: return sort_by<TupleLess<SmallIntLess>>(vm, keys, values);
      case Order::kStr: return sort_by<TupleLess<StrLess>>(vm, keys, values);
      case Order::kLatin1: return sort_by<TupleLess<Latin1Less>>(vm, keys, values);
      default: return sort_by<AnyLess>(vm, keys, values);
    }
  }
  switch (order) {
    case Order::kSmallInt: return sort_by<SmallIntLess>(vm, keys, values);
    case Order::kFloat: return sort_by<FloatLess>(vm, keys, values);
    case Order::kStr: return sort_by<StrLess>(vm, keys, values);
    case Order::kLatin1: return sort_by<Latin1Less>(vm, keys, values);
    case Order::kAny: break;
  }
  return sort_by<AnyLess>(vm, keys, values);
}

void reverse_items(List* list) {
  if (list != nullptr) std::reverse(list->items(), list->items() + list->length);
}

}  // namespace

Status list_sort(Vm& vm, List* list, Value key, bool reverse) {
  List* values = TRY(list_new(vm));
  values->storage = list->storage;
  values->length = list->length;
  list->storage = nullptr;
  list->length = 0;
  list->bits |= List::kSorting;
  vm.barrier(values);

  auto sort = [&]() -> Status {
    List* keys = nullptr;
    if (!key.is_unset() && !key.is_none()) {
      keys = TRY(list_new(vm, values->length));
      for (uint64_t i = 0; i < values->length; ++i) {
        TRY(vm.poll());
        Value k = TRY(call1(vm, key, values->items()[i]));
        TRY(list_append(vm, keys, k));
      }
      vm.barrier(keys);  // they are about to change places
    }
    // Reversed before and after: equal items keep their order.
    if (reverse) {
      reverse_items(keys);
      reverse_items(values);
    }
    bool failed = (keys != nullptr ? sort_keys(vm, keys, values) : sort_keys(vm, values, nullptr)).is_error();
    if (reverse) reverse_items(values);
    if (keys != nullptr) list_clear(vm, keys);
    if (failed) return Error{};
    return {};
  };
  bool failed = sort().is_error();

  bool modified = list->length != 0 || list->storage != nullptr || !(list->bits & List::kSorting);
  list->bits &= static_cast<uint16_t>(~List::kSorting);
  list_clear(vm, list);
  list->storage = values->storage;
  list->length = values->length;
  values->storage = nullptr;
  values->length = 0;
  vm.barrier(list);
  if (failed) return Error{};
  if (modified) return vm.raise(E::ValueError, "list modified during sort");
  return {};
}

}  // namespace krait
