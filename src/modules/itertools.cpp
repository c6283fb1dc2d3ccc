// itertools. All of its iterators share one layout: a few values and a few numbers, named where they are used.
#include "modules/itertools.hpp"

#include "objects/dict.hpp"
#include "objects/generic_alias.hpp"
#include "objects/module.hpp"
#include "objects/native.hpp"
#include "objects/quick.hpp"
#include "objects/sequences.hpp"
#include "objects/str.hpp"
#include "objects/text_args.hpp"
#include "runtime/system.hpp"

namespace krait {

namespace {

using itertools::Iter;
using itertools::kBlockLength;
using itertools::put;
using itertools::self_of;
using itertools::State;

void trace(Heap&, Cell* cell, Marker& m) {
  Iter* it = static_cast<Iter*>(cell);
  m.mark_range(it->v, it->v + 6);
}

Result<Iter*> make(Vm& vm, Value cls) { return vm.new_instance<Iter>(cls.as<Type>()); }
Value iterator_self(Vm&, Args a) { return a[0]; }

int64_t number(Tuple* t, int64_t i) { return t->items[i].as_small_int(); }
void set_number(Tuple* t, int64_t i, int64_t v) { t->items[i] = Value::small_int(v); }

/// A tuple of `n` small ints, 0 to begin with; the empty tuple for 0. Only looked at from here.
Result<Tuple*> numbers(Vm& vm, int64_t n) {
  if (n == 0) return vm.empty_tuple;
  Tuple* t = TRY(tuple_allocate(vm, static_cast<uint64_t>(n)));
  for (int64_t i = 0; i < n; ++i) t->items[i] = Value::small_int(0);
  return t;
}

// --- accumulate: v0 iterator, v1 function, v2 total (unset: none yet), v3 initial (unset: none or given)

Value accumulate_new(Vm& vm, Args a) {
  Value it = TRY(get_iter(vm, a[1]));
  Iter* s = TRY(make(vm, a[0]));
  s->v[0] = it;
  s->v[1] = a.get(2, Value::none());
  s->v[3] = a.get(3, Value::none());
  return s;
}
Value accumulate_next(Vm& vm, Args a) {
  Iter* s = self_of(a);
  if (!s->v[3].is_none()) {
    put(vm, s, 2, s->v[3]);
    s->v[3] = Value::none();
    return s->v[2];
  }
  Value item = TRY(iter_next(vm, s->v[0]));
  if (item.is_exhausted()) return item;
  if (s->v[2].is_unset()) {
    put(vm, s, 2, item);
    return item;
  }
  Value total =
      s->v[1].is_none() ? TRY(binary(vm, BinaryOp::Add, s->v[2], item)) : TRY(call2(vm, s->v[1], s->v[2], item));
  put(vm, s, 2, total);
  return total;
}
constexpr NativeRow kAccumulate[] = {
    {"__new__($type, iterable, func=None, *, initial=None)", accumulate_new, kNewMethod | kStaticMethod},
    {"__iter__($self, /)", iterator_self, kPure},
    {"__next__($self, /)", accumulate_next, kIterNext},
    {"__reduce__($self, /)", itertools::accumulate_reduce, 0, "Return state information for pickling."},
    {"__setstate__($self, state, /)", itertools::accumulate_setstate, 0, "Set state information for unpickling."},
};

// --- batched: v0 iterator; n0 size, n1 strict

Value batched_new(Vm& vm, Args a) {
  int64_t n = TRY(ssize_argument(vm, a[2]));
  if (n < 1) return vm.raise(E::ValueError, "n must be at least one");
  bool strict = a.has(3) && TRY(truthy(vm, a[3]));
  Value it = TRY(get_iter(vm, a[1]));
  Iter* s = TRY(make(vm, a[0]));
  s->v[0] = it;
  s->n[0] = n;
  s->n[1] = strict;
  return s;
}
Value batched_next(Vm& vm, Args a) {
  Iter* s = self_of(a);
  if (s->v[0].is_unset()) return Value::exhausted();
  List* batch = TRY(list_new(vm, static_cast<uint64_t>(std::min<int64_t>(s->n[0], 64))));
  while (static_cast<int64_t>(batch->length) < s->n[0]) {
    TRY(vm.poll());
    Value item = iter_next(vm, s->v[0]);
    if (item.is_error()) return Error{};
    if (item.is_exhausted()) {
      s->v[0] = Value();
      if (batch->length == 0) return item;
      if (s->n[1]) return vm.raise(E::ValueError, "batched(): incomplete batch");
      break;
    }
    TRY(list_append(vm, batch, item));
    if (s->v[0].is_unset()) break;
  }
  return list_to_tuple(vm, batch);
}
constexpr NativeRow kBatched[] = {
    {"__new__($type, iterable, n, *, strict=False)", batched_new, kNewMethod | kStaticMethod},
    {"__iter__($self, /)", iterator_self, kPure},
    {"__next__($self, /)", batched_next, kIterNext},
};

// --- chain: v0 iterator over the iterables, v1 the current iterator

Value chain_new(Vm& vm, Args a) {
  Value all = TRY(tuple_from_span(vm, a.rest(1)));
  Value it = TRY(get_iter(vm, all));
  Iter* s = TRY(make(vm, a[0]));
  s->v[0] = it;
  return s;
}
Value chain_from_iterable(Vm& vm, Args a) {
  Value it = TRY(get_iter(vm, a[1]));
  Iter* s = TRY(make(vm, a[0]));
  s->v[0] = it;
  return s;
}
Value chain_next(Vm& vm, Args a) {
  Iter* s = self_of(a);
  while (!s->v[0].is_unset()) {
    TRY(vm.poll());
    if (s->v[1].is_unset()) {
      Value next = iter_next(vm, s->v[0]);
      if (next.is_exhausted()) break;
      Value it = next.is_error() ? next : get_iter(vm, next);
      if (it.is_error()) {
        s->v[0] = Value();
        return Error{};
      }
      put(vm, s, 1, it);
    }
    Value item = TRY(iter_next(vm, s->v[1]));
    if (!item.is_exhausted()) return item;
    s->v[1] = Value();
  }
  s->v[0] = Value();
  return Value::exhausted();
}
constexpr NativeRow kChain[] = {
    {"__new__($type, /, *iterables)", chain_new, kNewMethod | kStaticMethod},
    {"from_iterable($type, iterable, /)", chain_from_iterable, kClassMethod,
     "chain(), with the iterables given by one iterable, taken as they are needed."},
    {"__iter__($self, /)", iterator_self, kPure},
    {"__next__($self, /)", chain_next, kIterNext},
    {"__class_getitem__($type, item, /)", class_getitem, kClassMethod, "See PEP 585"},
    {"__reduce__($self, /)", itertools::chain_reduce, 0, "Return state information for pickling."},
    {"__setstate__($self, state, /)", itertools::chain_setstate, 0, "Set state information for unpickling."},
};

// --- combinations, with and without replacement: v0 pool, v1 indices (unset before the first); n0 r, n1 ended

Value combine_new(Vm& vm, Args a) {
  Value pool = TRY(tuple_from(vm, a[1]));
  int64_t r = TRY(ssize_argument(vm, a[2]));
  if (r < 0) return vm.raise(E::ValueError, "r must be non-negative");
  Iter* s = TRY(make(vm, a[0]));
  s->v[0] = pool;
  s->n[0] = r;
  return s;
}
Value picked(Vm& vm, Tuple* pool, Tuple* indices, int64_t r) {
  if (r == 0) return vm.empty_tuple;
  Tuple* t = TRY(tuple_allocate(vm, static_cast<uint64_t>(r)));
  for (int64_t i = 0; i < r; ++i) t->items[i] = pool->items[number(indices, i)];
  return t;
}
template <bool kReplacement>
Value combine_next(Vm& vm, Args a) {
  Iter* s = self_of(a);
  Tuple* pool = s->v[0].as<Tuple>();
  int64_t n = static_cast<int64_t>(pool->length), r = s->n[0];
  if (s->n[1]) return Value::exhausted();
  if (s->v[1].is_unset()) {
    if (kReplacement ? (n == 0 && r > 0) : r > n) {
      s->n[1] = 1;
      return Value::exhausted();
    }
    Tuple* indices = TRY(numbers(vm, r));
    if (!kReplacement)
      for (int64_t i = 0; i < r; ++i) set_number(indices, i, i);
    put(vm, s, 1, indices);
    return picked(vm, pool, indices, r);
  }
  Tuple* indices = s->v[1].as<Tuple>();
  int64_t i = r - 1;
  while (i >= 0 && number(indices, i) == (kReplacement ? n - 1 : i + n - r)) --i;
  if (i < 0) {
    s->n[1] = 1;
    return Value::exhausted();
  }
  int64_t index = number(indices, i) + 1;
  set_number(indices, i, index);
  for (int64_t k = i + 1; k < r; ++k) set_number(indices, k, kReplacement ? index : index + k - i);
  return picked(vm, pool, indices, r);
}
constexpr NativeRow kCombinations[] = {
    {"__new__($type, iterable, r)", combine_new, kNewMethod | kStaticMethod},
    {"__iter__($self, /)", iterator_self, kPure},
    {"__next__($self, /)", combine_next<false>, kIterNext},
    {"__reduce__($self, /)", itertools::combinations_reduce, 0, "Return state information for pickling."},
    {"__setstate__($self, state, /)", itertools::combinations_setstate, 0, "Set state information for unpickling."},
};
constexpr NativeRow kCombinationsWithReplacement[] = {
    {"__new__($type, iterable, r)", combine_new, kNewMethod | kStaticMethod},
    {"__iter__($self, /)", iterator_self, kPure},
    {"__next__($self, /)", combine_next<true>, kIterNext},
    {"__reduce__($self, /)", itertools::combinations_with_replacement_reduce, 0,
     "Return state information for pickling."},
    {"__setstate__($self, state, /)", itertools::combinations_with_replacement_setstate, 0,
     "Set state information for unpickling."},
};

// --- permutations: v0 pool, v1 indices, v2 cycles; n0 r, n1 state (0 new, 1 running, 2 ended)

Value permutations_new(Vm& vm, Args a) {
  Value pool = TRY(tuple_from(vm, a[1]));
  int64_t r = static_cast<int64_t>(pool.as<Tuple>()->length);
  if (a.has(2) && !a[2].is_none()) {
    if (!is_int(a[2])) return vm.raise(E::TypeError, "Expected int as r");
    r = TRY(ssize_argument(vm, a[2]));
  }
  if (r < 0) return vm.raise(E::ValueError, "r must be non-negative");
  Iter* s = TRY(make(vm, a[0]));
  s->v[0] = pool;
  s->n[0] = r;
  return s;
}
Value permutations_next(Vm& vm, Args a) {
  Iter* s = self_of(a);
  Tuple* pool = s->v[0].as<Tuple>();
  int64_t n = static_cast<int64_t>(pool->length), r = s->n[0];
  if (s->n[1] == 2) return Value::exhausted();
  if (s->n[1] == 0) {
    s->n[1] = r > n ? 2 : 1;
    if (r > n) return Value::exhausted();
    Tuple* indices = TRY(numbers(vm, n));
    put(vm, s, 1, indices);
    Tuple* cycles = TRY(numbers(vm, r));
    put(vm, s, 2, cycles);
    for (int64_t i = 0; i < n; ++i) set_number(indices, i, i);
    for (int64_t i = 0; i < r; ++i) set_number(cycles, i, n - i);
    return picked(vm, pool, indices, r);
  }
  Tuple *indices = s->v[1].as<Tuple>(), *cycles = s->v[2].as<Tuple>();
  for (int64_t i = r - 1; i >= 0; --i) {
    set_number(cycles, i, number(cycles, i) - 1);
    if (number(cycles, i) == 0) {
      Value first = indices->items[i];
      std::copy(indices->items + i + 1, indices->items + n, indices->items + i);
      indices->items[n - 1] = first;
      set_number(cycles, i, n - i);
    } else {
      std::swap(indices->items[i], indices->items[n - number(cycles, i)]);
      return picked(vm, pool, indices, r);
    }
  }
  s->n[1] = 2;
  return Value::exhausted();
}
constexpr NativeRow kPermutations[] = {
    {"__new__($type, iterable, r=None)", permutations_new, kNewMethod | kStaticMethod},
    {"__iter__($self, /)", iterator_self, kPure},
    {"__next__($self, /)", permutations_next, kIterNext},
    {"__reduce__($self, /)", itertools::permutations_reduce, 0, "Return state information for pickling."},
    {"__setstate__($self, state, /)", itertools::permutations_setstate, 0, "Set state information for unpickling."},
};

// --- product: v0 pools, v1 indices (unset before the first); n1 ended

Value product_new(Vm& vm, Args a) {
  int64_t repeat = a.has(1) ? TRY(ssize_argument(vm, a[1])) : 1;
  if (repeat < 0) return vm.raise(E::ValueError, "repeat argument cannot be negative");
  auto iterables = a.rest(2);
  int64_t n = repeat == 0 ? 0 : static_cast<int64_t>(iterables.size());
  if (n > 0 && repeat > (INT64_MAX / 16) / n) return vm.raise(E::OverflowError, "repeat argument too large");
  Tuple* pools = TRY(numbers(vm, n * repeat));
  for (int64_t i = 0; i < n; ++i) {
    Value pool = TRY(tuple_from(vm, iterables[static_cast<size_t>(i)]));
    pools->items[i] = pool;
    vm.barrier(pools);
  }
  for (int64_t i = n; i < n * repeat; ++i) pools->items[i] = pools->items[i - n];
  Iter* s = TRY(make(vm, a[0]));
  s->v[0] = pools;
  return s;
}
Value product_next(Vm& vm, Args a) {
  Iter* s = self_of(a);
  if (s->n[1]) return Value::exhausted();
  Tuple* pools = s->v[0].as<Tuple>();
  int64_t n = static_cast<int64_t>(pools->length);
  if (s->v[1].is_unset()) {
    for (int64_t i = 0; i < n; ++i) {
      if (pools->items[i].as<Tuple>()->length > 0) continue;
      s->n[1] = 1;
      return Value::exhausted();
    }
    Tuple* indices = TRY(numbers(vm, n));
    put(vm, s, 1, indices);
  } else {
    Tuple* indices = s->v[1].as<Tuple>();
    int64_t i = n - 1;
    for (; i >= 0; --i) {
      int64_t index = number(indices, i) + 1;
      if (index < static_cast<int64_t>(pools->items[i].as<Tuple>()->length)) {
        set_number(indices, i, index);
        break;
      }
      set_number(indices, i, 0);
    }
    if (i < 0) {
      s->n[1] = 1;
      return Value::exhausted();
    }
  }
  if (n == 0) return vm.empty_tuple;
  Tuple* indices = s->v[1].as<Tuple>();
  Tuple* t = TRY(tuple_allocate(vm, static_cast<uint64_t>(n)));
  for (int64_t i = 0; i < n; ++i) t->items[i] = pools->items[i].as<Tuple>()->items[number(indices, i)];
  return t;
}
constexpr NativeRow kProduct[] = {
    {"__new__($type, /, *iterables, repeat=1)", product_new, kNewMethod | kStaticMethod},
    {"__iter__($self, /)", iterator_self, kPure},
    {"__next__($self, /)", product_next, kIterNext},
    {"__reduce__($self, /)", itertools::product_reduce, 0, "Return state information for pickling."},
    {"__setstate__($self, state, /)", itertools::product_setstate, 0, "Set state information for unpickling."},
};

// --- compress: v0 data, v1 selectors

Value compress_new(Vm& vm, Args a) {
  Value data = TRY(get_iter(vm, a[1]));
  Value selectors = TRY(get_iter(vm, a[2]));
  Iter* s = TRY(make(vm, a[0]));
  s->v[0] = data;
  s->v[1] = selectors;
  return s;
}
Value compress_next(Vm& vm, Args a) {
  Iter* s = self_of(a);
  while (true) {
    TRY(vm.poll());
    Value item = TRY(iter_next(vm, s->v[0]));
    if (item.is_exhausted()) return item;
    Value selector = TRY(iter_next(vm, s->v[1]));
    if (selector.is_exhausted()) return selector;
    if (TRY(truthy(vm, selector))) return item;
  }
}
constexpr NativeRow kCompress[] = {
    {"__new__($type, data, selectors)", compress_new, kNewMethod | kStaticMethod},
    {"__iter__($self, /)", iterator_self, kPure},
    {"__next__($self, /)", compress_next, kIterNext},
    {"__reduce__($self, /)", itertools::compress_reduce, 0, "Return state information for pickling."},
};

// --- count: v0 next number, v1 step

bool is_number(Vm& vm, Value v) {
  if (is_int(v)) return true;
  Type* t = vm.type_of(v);
  return !t->get(Special::Index).is_unset() || !t->get(Special::Int).is_unset() || !t->get(Special::Float).is_unset() ||
         !t->get(Special::Complex).is_unset();
}
Value count_new(Vm& vm, Args a) {
  Value start = a.get(1, Value::small_int(0)), step = a.get(2, Value::small_int(1));
  if (!is_number(vm, start) || !is_number(vm, step)) return vm.raise(E::TypeError, "a number is required");
  Iter* s = TRY(make(vm, a[0]));
  s->v[0] = start;
  s->v[1] = step;
  return s;
}
Value count_next(Vm& vm, Args a) {
  Iter* s = self_of(a);
  Value now = s->v[0];
  if (Value::both_small_ints(now, s->v[1])) {
    s->v[0] = int_from(vm, now.as_small_int() + s->v[1].as_small_int());
    if (s->v[0].is_error()) return Error{};
    vm.barrier(s);
    return now;
  }
  Value next = TRY(binary(vm, BinaryOp::Add, now, s->v[1]));
  put(vm, s, 0, next);
  return now;
}
Value count_repr(Vm& vm, Args a) {
  Iter* s = self_of(a);
  Str* name = vm.type_of(s)->name;
  if (s->v[1] == Value::small_int(1)) return str_message(vm, "{}({})", name, repr_of(s->v[0]));
  return str_message(vm, "{}({}, {})", name, repr_of(s->v[0]), repr_of(s->v[1]));
}
constexpr NativeRow kCount[] = {
    {"__new__($type, start=0, step=1)", count_new, kNewMethod | kStaticMethod},
    {"__iter__($self, /)", iterator_self, kPure},
    {"__next__($self, /)", count_next, kIterNext},
    {"__repr__($self, /)", count_repr},
    {"__reduce__($self, /)", itertools::count_reduce, 0, "Return state information for pickling."},
};

// --- cycle: v0 iterator (unset once it ended), v1 what it gave; n0 position, n1: v1 already holds what v0 will give

Value cycle_new(Vm& vm, Args a) {
  Value it = TRY(get_iter(vm, a[1]));
  List* saved = TRY(list_new(vm));
  Iter* s = TRY(make(vm, a[0]));
  s->v[0] = it;
  s->v[1] = saved;
  return s;
}
Value cycle_next(Vm& vm, Args a) {
  Iter* s = self_of(a);
  if (!s->v[0].is_unset()) {
    Value item = TRY(iter_next(vm, s->v[0]));
    if (!item.is_exhausted()) {
      if (s->n[1] == 0) TRY(list_append(vm, s->v[1].as<List>(), item));
      return item;
    }
    s->v[0] = Value();
  }
  List* saved = s->v[1].as<List>();
  if (saved->length == 0) return Value::exhausted();
  if (s->n[0] >= static_cast<int64_t>(saved->length)) s->n[0] = 0;
  return saved->items()[s->n[0]++];
}
constexpr NativeRow kCycle[] = {
    {"__new__($type, iterable, /)", cycle_new, kNewMethod | kStaticMethod},
    {"__iter__($self, /)", iterator_self, kPure},
    {"__next__($self, /)", cycle_next, kIterNext},
    {"__reduce__($self, /)", itertools::cycle_reduce, 0, "Return state information for pickling."},
    {"__setstate__($self, state, /)", itertools::cycle_setstate, 0, "Set state information for unpickling."},
};

// --- dropwhile, takewhile, filterfalse, starmap: v0 function, v1 iterator; n0 state

Value with_function_new(Vm& vm, Args a) {
  Value it = TRY(get_iter(vm, a[2]));
  Iter* s = TRY(make(vm, a[0]));
  s->v[0] = a[1];
  s->v[1] = it;
  return s;
}
Value dropwhile_next(Vm& vm, Args a) {
  Iter* s = self_of(a);
  while (true) {
    TRY(vm.poll());
    Value item = TRY(iter_next(vm, s->v[1]));
    if (item.is_exhausted() || s->n[0]) return item;
    Value verdict = TRY(call1(vm, s->v[0], item));
    if (TRY(truthy(vm, verdict))) continue;
    s->n[0] = 1;
    return item;
  }
}
Value takewhile_next(Vm& vm, Args a) {
  Iter* s = self_of(a);
  if (s->n[0]) return Value::exhausted();
  Value item = TRY(iter_next(vm, s->v[1]));
  if (item.is_exhausted()) return item;
  Value verdict = TRY(call1(vm, s->v[0], item));
  if (TRY(truthy(vm, verdict))) return item;
  s->n[0] = 1;
  return Value::exhausted();
}
Value filterfalse_next(Vm& vm, Args a) {
  Iter* s = self_of(a);
  bool plain = s->v[0].is_none() || s->v[0] == Value(vm.types.bool_);
  while (true) {
    TRY(vm.poll());
    Value item = TRY(iter_next(vm, s->v[1]));
    if (item.is_exhausted()) return item;
    Value verdict = plain ? item : TRY(call1(vm, s->v[0], item));
    if (!TRY(truthy(vm, verdict))) return item;
  }
}
Value starmap_next(Vm& vm, Args a) {
  Iter* s = self_of(a);
  Value item = TRY(iter_next(vm, s->v[1]));
  if (item.is_exhausted()) return item;
  if (!is_exact_tuple(vm, item)) item = TRY(tuple_from(vm, item));
  return call(vm, s->v[0], item.as<Tuple>()->span());
}
constexpr NativeRow kDropwhile[] = {
    {"__new__($type, function, iterable, /)", with_function_new, kNewMethod | kStaticMethod},
    {"__iter__($self, /)", iterator_self, kPure},
    {"__next__($self, /)", dropwhile_next, kIterNext},
    {"__reduce__($self, /)", itertools::dropwhile_reduce, 0, "Return state information for pickling."},
    {"__setstate__($self, state, /)", itertools::dropwhile_setstate, 0, "Set state information for unpickling."},
};
constexpr NativeRow kTakewhile[] = {
    {"__new__($type, function, iterable, /)", with_function_new, kNewMethod | kStaticMethod},
    {"__iter__($self, /)", iterator_self, kPure},
    {"__next__($self, /)", takewhile_next, kIterNext},
    {"__reduce__($self, /)", itertools::dropwhile_reduce, 0, "Return state information for pickling."},
    {"__setstate__($self, state, /)", itertools::dropwhile_setstate, 0, "Set state information for unpickling."},
};
constexpr NativeRow kFilterfalse[] = {
    {"__new__($type, function, iterable, /)", with_function_new, kNewMethod | kStaticMethod},
    {"__iter__($self, /)", iterator_self, kPure},
    {"__next__($self, /)", filterfalse_next, kIterNext},
    {"__reduce__($self, /)", itertools::with_function_reduce, 0, "Return state information for pickling."},
};
constexpr NativeRow kStarmap[] = {
    {"__new__($type, function, iterable, /)", with_function_new, kNewMethod | kStaticMethod},
    {"__iter__($self, /)", iterator_self, kPure},
    {"__next__($self, /)", starmap_next, kIterNext},
    {"__reduce__($self, /)", itertools::with_function_reduce, 0, "Return state information for pickling."},
};

// --- groupby: v0 iterator, v1 key function, v2 key of the group given last, v3 current key, v4 current value, v5 its _grouper
// --- _grouper: v0 the groupby, v1 key

Value groupby_new(Vm& vm, Args a) {
  Value it = TRY(get_iter(vm, a[1]));
  Iter* s = TRY(make(vm, a[0]));
  s->v[0] = it;
  s->v[1] = a.get(2, Value::none());
  return s;
}
/// Takes the next value and its key; false at the end.
Result<bool> groupby_step(Vm& vm, Iter* s) {
  Value value = iter_next(vm, s->v[0]);
  if (value.is_error()) return Error{};
  if (value.is_exhausted()) return false;
  Value key = s->v[1].is_none() ? value : TRY(call1(vm, s->v[1], value));
  s->v[4] = value;
  put(vm, s, 3, key);
  return true;
}
Value groupby_next(Vm& vm, Args a) {
  Iter* s = self_of(a);
  s->v[5] = Value();
  // On to the first value with another key.
  while (true) {
    TRY(vm.poll());
    if (!s->v[3].is_unset()) {
      if (s->v[2].is_unset()) break;
      Value target = s->v[2], current = s->v[3];
      if (!TRY(same_or_equal(vm, target, current))) break;
    }
    if (!TRY(groupby_step(vm, s))) return Value::exhausted();
  }
  put(vm, s, 2, s->v[3]);
  Iter* group = TRY(vm.new_instance<Iter>(vm.extension<State>().grouper));
  group->v[0] = s;
  group->v[1] = s->v[2];
  put(vm, s, 5, group);
  return tuple_of(vm, s->v[3], group);
}
Value grouper_new(Vm& vm, Args a) {
  if (!is_kind(a[1], Kind::ItertoolsObject)) return vm.raise(E::TypeError, "_grouper() needs a groupby");
  Iter* group = TRY(make(vm, a[0]));
  group->v[0] = a[1];
  group->v[1] = a[2];
  put(vm, a[1].as<Iter>(), 5, group);
  return group;
}
Value grouper_next(Vm& vm, Args a) {
  Iter* group = self_of(a);
  Iter* s = group->v[0].as<Iter>();
  if (s->v[5] != a[0]) return Value::exhausted();
  if (s->v[4].is_unset() && !TRY(groupby_step(vm, s))) return Value::exhausted();
  Value target = group->v[1], current = s->v[3];
  if (!TRY(same_or_equal(vm, target, current))) return Value::exhausted();
  Value value = s->v[4];
  s->v[4] = Value();
  s->v[3] = Value();
  return value.is_unset() ? Value::exhausted() : value;  // the comparison may have taken it
}
constexpr NativeRow kGroupby[] = {
    {"__new__($type, iterable, key=None)", groupby_new, kNewMethod | kStaticMethod},
    {"__iter__($self, /)", iterator_self, kPure},
    {"__next__($self, /)", groupby_next, kIterNext},
    {"__reduce__($self, /)", itertools::groupby_reduce, 0, "Return state information for pickling."},
    {"__setstate__($self, state, /)", itertools::groupby_setstate, 0, "Set state information for unpickling."},
};
constexpr NativeRow kGrouper[] = {
    {"__new__($type, parent, tgtkey, /)", grouper_new, kNewMethod | kStaticMethod},
    {"__iter__($self, /)", iterator_self, kPure},
    {"__next__($self, /)", grouper_next, kIterNext},
    {"__reduce__($self, /)", itertools::grouper_reduce, 0, "Return state information for pickling."},
};

// --- islice: v0 iterator (unset once ended); n0 next index to give, n1 stop (-1: none), n2 step; v1 items taken so far (an int)

/// A bound of islice: None gives `missing`; anything but an int in 0..maxsize is an error (-1).
Result<int64_t> islice_bound(Vm& vm, Value v, int64_t missing, const char* message) {
  if (v.is_none()) return missing;
  if (has_index(vm, v)) {
    Value i = index(vm, v);
    if (i.is_error()) {
      if (!vm.clear_pending()) return Error{};
    } else if (auto n = int_to_i64(i); n && *n >= 0) {
      return *n;
    }
  }
  return vm.raise(E::ValueError, message);
}
Value islice_new(Vm& vm, Args a) {
  auto args = a.rest(1);
  if (args.size() < 2) return vm.raise(E::TypeError, "islice expected at least 2 arguments, got {}", args.size());
  if (args.size() > 4) return vm.raise(E::TypeError, "islice expected at most 4 arguments, got {}", args.size());
  constexpr const char* kStop = "Stop argument for islice() must be None or an integer: 0 <= x <= sys.maxsize.";
  constexpr const char* kIndices = "Indices for islice() must be None or an integer: 0 <= x <= sys.maxsize.";
  int64_t start = 0, stop = -1, step = 1;
  if (args.size() == 2) {
    stop = TRY(islice_bound(vm, args[1], -1, kStop));
  } else {
    start = TRY(islice_bound(vm, args[1], 0, kIndices));
    stop = TRY(islice_bound(vm, args[2], -1, args.size() == 3 ? kStop : kIndices));
    if (args.size() == 4) {
      constexpr const char* kStep = "Step for islice() must be a positive integer or None.";
      step = TRY(islice_bound(vm, args[3], 1, kStep));
      if (step < 1) return vm.raise(E::ValueError, kStep);
    }
  }
  Value it = TRY(get_iter(vm, args[0]));
  Iter* s = TRY(make(vm, a[0]));
  s->v[0] = it;
  s->v[1] = Value::small_int(0);
  s->n[0] = start;
  s->n[1] = stop;
  s->n[2] = step;
  return s;
}
Value islice_next(Vm& vm, Args a) {
  Iter* s = self_of(a);
  if (s->v[0].is_unset()) return Value::exhausted();
  Value it = s->v[0];
  int64_t taken = s->v[1].as_small_int();
  auto ended = [&]() -> Value {
    s->v[0] = Value();
    return Value::exhausted();
  };
  while (taken < s->n[0]) {
    TRY(vm.poll());
    Value item = TRY(iter_next(vm, it));
    if (item.is_exhausted()) return ended();
    s->v[1] = Value::small_int(++taken);
  }
  if (s->n[1] != -1 && taken >= s->n[1]) return ended();
  Value item = TRY(iter_next(vm, it));
  if (item.is_exhausted()) return ended();
  s->v[1] = Value::small_int(taken + 1);
  int64_t next;
  if (__builtin_add_overflow(s->n[0], s->n[2], &next) || (s->n[1] != -1 && next > s->n[1]))
    next = s->n[1] == -1 ? INT64_MAX : s->n[1];
  s->n[0] = next;
  return item;
}
constexpr NativeRow kIslice[] = {
    {"__new__($type, /, *args)", islice_new, kNewMethod | kStaticMethod},
    {"__iter__($self, /)", iterator_self, kPure},
    {"__next__($self, /)", islice_next, kIterNext},
    {"__reduce__($self, /)", itertools::islice_reduce, 0, "Return state information for pickling."},
    {"__setstate__($self, state, /)", itertools::islice_setstate, 0, "Set state information for unpickling."},
};

// --- pairwise: v0 iterator, v1 the item before

Value pairwise_new(Vm& vm, Args a) {
  Value it = TRY(get_iter(vm, a[1]));
  Iter* s = TRY(make(vm, a[0]));
  s->v[0] = it;
  return s;
}
Value pairwise_next(Vm& vm, Args a) {
  Iter* s = self_of(a);
  if (s->v[0].is_unset()) return Value::exhausted();
  if (s->v[1].is_unset()) {
    Value first = TRY(iter_next(vm, s->v[0]));
    if (first.is_exhausted()) {
      s->v[0] = Value();
      return first;
    }
    put(vm, s, 1, first);
    if (s->v[0].is_unset()) return Value::exhausted();
  }
  Value old = s->v[1];
  Value item = TRY(iter_next(vm, s->v[0]));
  if (item.is_exhausted()) {
    s->v[0] = s->v[1] = Value();
    return item;
  }
  put(vm, s, 1, item);
  return tuple_of(vm, old, item);
}
constexpr NativeRow kPairwise[] = {
    {"__new__($type, iterable, /)", pairwise_new, kNewMethod | kStaticMethod},
    {"__iter__($self, /)", iterator_self, kPure},
    {"__next__($self, /)", pairwise_next, kIterNext},
};

// --- repeat: v0 object; n0 times left (-1: endless)

Value repeat_new(Vm& vm, Args a) {
  int64_t times = -1;
  if (a.has(2)) times = std::max<int64_t>(TRY(ssize_argument(vm, a[2])), 0);
  Iter* s = TRY(make(vm, a[0]));
  s->v[0] = a[1];
  s->n[0] = times;
  return s;
}
Value repeat_next(Vm&, Args a) {
  Iter* s = self_of(a);
  if (s->n[0] == 0) return Value::exhausted();
  if (s->n[0] > 0) --s->n[0];
  return s->v[0];
}
Value repeat_repr(Vm& vm, Args a) {
  Iter* s = self_of(a);
  Str* name = vm.type_of(s)->name;
  if (s->n[0] < 0) return str_message(vm, "{}({})", name, repr_of(s->v[0]));
  return str_message(vm, "{}({}, {})", name, repr_of(s->v[0]), s->n[0]);
}
Value repeat_length_hint(Vm& vm, Args a) {
  if (self_of(a)->n[0] < 0) return vm.raise(E::TypeError, "len() of unsized object");
  return Value::small_int(self_of(a)->n[0]);
}
constexpr NativeRow kRepeat[] = {
    {"__new__($type, object, times=<unrepresentable>)", repeat_new, kNewMethod | kStaticMethod},
    {"__iter__($self, /)", iterator_self, kPure},
    {"__next__($self, /)", repeat_next, kIterNext},
    {"__repr__($self, /)", repeat_repr},
    {"__length_hint__($self, /)", repeat_length_hint},
    {"__reduce__($self, /)", itertools::repeat_reduce, 0, "Return state information for pickling."},
};

// --- tee. _tee: v0 block; n0 index in it. Block: v0 iterator, v1 list of its values, v2 next block; n0 busy

Value tee_object(Vm& vm, Value block, int64_t index) {
  Iter* t = TRY(vm.new_instance<Iter>(vm.extension<State>().tee));
  t->v[0] = block;
  t->n[0] = index;
  return t;
}
Value tee_from(Vm& vm, Value iterable) {
  Value it = TRY(get_iter(vm, iterable));
  if (vm.type_of(it) == vm.extension<State>().tee) return tee_object(vm, it.as<Iter>()->v[0], it.as<Iter>()->n[0]);
  Value block = TRY(itertools::tee_block_new(vm, it));
  return tee_object(vm, block, 0);
}
Value tee_new(Vm& vm, Args a) { return tee_from(vm, a[1]); }
Value tee_copy(Vm& vm, Args a) { return tee_object(vm, self_of(a)->v[0], self_of(a)->n[0]); }
Value tee_next(Vm& vm, Args a) {
  Iter* t = self_of(a);
  Iter* block = t->v[0].as<Iter>();
  if (t->n[0] >= static_cast<int64_t>(kBlockLength)) {
    if (block->v[2].is_unset()) {
      Value next = TRY(itertools::tee_block_new(vm, block->v[0]));
      put(vm, block, 2, next);
    }
    block = block->v[2].as<Iter>();
    put(vm, t, 0, block);
    t->n[0] = 0;
  }
  List* values = block->v[1].as<List>();
  if (t->n[0] < static_cast<int64_t>(values->length)) return values->items()[t->n[0]++];
  if (block->n[0]) return vm.raise(E::RuntimeError, "cannot re-enter the tee iterator");
  block->n[0] = 1;
  Value item = iter_next(vm, block->v[0]);
  block->n[0] = 0;
  if (item.is_error() || item.is_exhausted()) return item;
  TRY(list_append(vm, values, item));
  ++t->n[0];
  return item;
}
Value tee_function(Vm& vm, Args a) {
  int64_t n = a.has(1) ? TRY(ssize_argument(vm, a[1])) : 2;
  if (n < 0) return vm.raise(E::ValueError, "n must be >= 0");
  if (n == 0) return vm.empty_tuple;
  Tuple* out = TRY(tuple_allocate(vm, static_cast<uint64_t>(n)));
  // Up to 3.12 a tee was itself the first of its copies.
  bool is_tee = vm.type_of(a[0]) == vm.extension<State>().tee && python_minor(vm) < 13;
  Value first = is_tee ? a[0] : TRY(tee_from(vm, a[0]));
  for (int64_t i = 0; i < n; ++i) {
    out->items[i] = i == 0 ? first : TRY(tee_object(vm, first.as<Iter>()->v[0], first.as<Iter>()->n[0]));
    vm.barrier(out);
  }
  return out;
}
/// Slots: cls, it, values, next.
Value tee_block_from(Vm& vm, Args a) {
  if (!is_list(a[2])) return vm.raise(E::TypeError, "argument 2 must be list, not {}", type_name_of(a[2]));
  uint64_t n = a[2].as<List>()->length;
  if (n > kBlockLength) return vm.raise(E::ValueError, "Invalid arguments");
  List* values = TRY(list_from_span(vm, {a[2].as<List>()->items(), n}));
  bool is_block = is_kind(a[3], Kind::ItertoolsObject) && vm.type_of(a[3]) == vm.extension<State>().tee_block;
  if (!a[3].is_none() && (n < kBlockLength || !is_block)) return vm.raise(E::ValueError, "Invalid arguments");
  Value block = TRY(itertools::tee_block_new(vm, a[1]));
  put(vm, block.as<Iter>(), 1, values);
  if (is_block) put(vm, block.as<Iter>(), 2, a[3]);
  return block;
}
constexpr NativeRow kTeeBlock[] = {
    {"__new__($type, it, values, next, /)", tee_block_from, kNewMethod | kStaticMethod},
    {"__reduce__($self, /)", itertools::tee_block_reduce, 0, "Return state information for pickling."},
};
constexpr NativeRow kTee[] = {
    {"__new__($type, iterable, /)", tee_new, kNewMethod | kStaticMethod},
    {"__iter__($self, /)", iterator_self, kPure},
    {"__next__($self, /)", tee_next, kIterNext},
    {"__copy__($self, /)", tee_copy, 0, "Return an independent iterator."},
    {"__reduce__($self, /)", itertools::tee_reduce, 0, "Return state information for pickling."},
    {"__setstate__($self, state, /)", itertools::tee_setstate, 0, "Set state information for unpickling."},
};

// --- zip_longest: v0 tuple of iterators (unset where ended), v1 fill value; n0 iterators left

Value zip_longest_new(Vm& vm, Args a) {
  auto iterables = a.rest(2);
  Value fill = Value::none();
  if (a.has(1) && a[1].as<Dict>()->used > 0) {
    Str* name = TRY(vm.intern("fillvalue"));
    Value given = dict_get_str(vm, a[1].as<Dict>(), name);
    if (given.is_unset() || a[1].as<Dict>()->used > 1)
      return vm.raise(E::TypeError, "zip_longest() got an unexpected keyword argument");
    fill = given;
  }
  Tuple* iterators = TRY(numbers(vm, static_cast<int64_t>(iterables.size())));
  for (size_t i = 0; i < iterables.size(); ++i) {
    iterators->items[i] = TRY(get_iter(vm, iterables[i]));
    vm.barrier(iterators);
  }
  Iter* s = TRY(make(vm, a[0]));
  s->v[0] = iterators;
  s->v[1] = fill;
  s->n[0] = static_cast<int64_t>(iterables.size());
  return s;
}
Value zip_longest_next(Vm& vm, Args a) {
  Iter* s = self_of(a);
  Tuple* iterators = s->v[0].as<Tuple>();
  uint64_t n = iterators->length;
  if (n == 0 || s->n[0] == 0) return Value::exhausted();
  Tuple* out = TRY(tuple_allocate(vm, n));
  for (uint64_t i = 0; i < n; ++i) {
    Value item = s->v[1];
    if (!iterators->items[i].is_unset()) {
      item = iter_next(vm, iterators->items[i]);
      if (item.is_error()) {
        s->n[0] = 0;
        return Error{};
      }
      if (item.is_exhausted()) {
        iterators->items[i] = Value();
        if (--s->n[0] <= 0) {
          s->n[0] = 0;
          return Value::exhausted();
        }
        item = s->v[1];
      }
    }
    out->items[i] = item;
    vm.barrier(out);
  }
  return out;
}
constexpr NativeRow kZipLongest[] = {
    {"__new__($type, /, *iterables, **kwargs)", zip_longest_new, kNewMethod | kStaticMethod},
    {"__iter__($self, /)", iterator_self, kPure},
    {"__next__($self, /)", zip_longest_next, kIterNext},
    {"__reduce__($self, /)", itertools::zip_longest_reduce, 0, "Return state information for pickling."},
    {"__setstate__($self, state, /)", itertools::zip_longest_setstate, 0, "Set state information for unpickling."},
};

// --- The module.

constexpr TypeSpec spec(const char* name, std::span<const NativeRow> methods, const char* doc,
                        uint32_t flags = kTypeBase, const char* signature = nullptr) {
  return TypeSpec{
      .name = name,
      .doc = doc,
      .signature = signature,
      .kind = static_cast<CellKind>(Kind::ItertoolsObject),
      .size = sizeof(Iter),
      .flags = flags,
      .methods = methods,
      .trace = trace,
  };
}

constexpr TypeSpec kTypes[] = {
    spec("itertools.accumulate", kAccumulate,
         "Gives running sums, or running results of another function of two arguments."),
    spec("itertools.batched", kBatched,
         "Gives tuples of n items each; the last one may be shorter (unless strict).\n\n"
         "    >>> list(batched('abcde', 2))\n    [('a', 'b'), ('c', 'd'), ('e',)]\n"),
    spec("itertools.chain", kChain,
         "Gives the items of the first iterable, then those of the next, until all have ended."),
    spec("itertools.combinations", kCombinations, "Gives all tuples of r items, in the order of the iterable."),
    spec("itertools.combinations_with_replacement", kCombinationsWithReplacement,
         "Gives all tuples of r items, where an item may be repeated."),
    spec("itertools.compress", kCompress, "Gives the data whose selector is true."),
    spec("itertools.count", kCount, "Gives start, start + step, start + 2 * step, ..."),
    spec("itertools.cycle", kCycle, "Gives the items of the iterable, again and again."),
    spec("itertools.dropwhile", kDropwhile, "Gives the items from the first for which the predicate is false.",
         kTypeBase, "(predicate, iterable, /)"),
    spec("itertools.filterfalse", kFilterfalse,
         "Gives the items for which the function (None: the item itself) is false."),
    spec("itertools.groupby", kGroupby, "Gives (key, group) for each run of items with the same key."),
    spec("itertools.islice", kIslice, "Gives the items that a slice of the iterable would have.", kTypeBase, ""),
    spec("itertools.pairwise", kPairwise, "Gives overlapping pairs: (first, second), (second, third), ..."),
    spec("itertools.permutations", kPermutations, "Gives all orders of r of the items."),
    spec("itertools.product", kProduct,
         "Gives what nested for loops over the iterables would see, the last the fastest."),
    spec("itertools.repeat", kRepeat, "Gives the object the given number of times, or endlessly.", kTypeBase, ""),
    spec("itertools.starmap", kStarmap, "Gives function(*args) for each args of the iterable."),
    spec("itertools.takewhile", kTakewhile, "Gives the items as long as the predicate is true.", kTypeBase,
         "(predicate, iterable, /)"),
    spec("itertools.zip_longest", kZipLongest,
         "As zip(), until the longest iterable ends; what is missing is filled in.", kTypeBase,
         "(*iterables, fillvalue=None)"),
};
constexpr TypeSpec kGrouperSpec = spec("itertools._grouper", kGrouper, nullptr, 0, "");
constexpr TypeSpec kTeeSpec = spec("itertools._tee", kTee, "Iterator that tee() gives.", kTypeHasWeakref);
constexpr TypeSpec kTeeBlockSpec = spec("itertools._tee_dataobject", kTeeBlock, nullptr, 0, "");

constexpr NativeRow kFunctions[] = {
    {"tee(iterable, n=2, /)", tee_function, 0, "Return n independent iterators over what one iterable gives."},
};

Status init(Vm& vm, Module* m) {
  for (const TypeSpec& type : kTypes) TRY(module_add_type(vm, m, type));
  State& types = vm.extension<State>();
  types.grouper = TRY(module_add_type(vm, m, kGrouperSpec));
  types.tee = TRY(module_add_type(vm, m, kTeeSpec));
  types.tee_block = TRY(module_add_type(vm, m, kTeeBlockSpec));
  return {};
}

}  // namespace

Value itertools::tee_block_new(Vm& vm, Value it) {
  List* values = TRY(list_new(vm));
  Iter* block = TRY(vm.new_instance<Iter>(vm.extension<State>().tee_block));
  block->v[0] = it;
  block->v[1] = values;
  return block;
}

extern constinit const ModuleSpec itertools_module{
    .name = "itertools",
    .doc = "Iterators that are the parts of loops: endless ones, ones that stop, and ones that combine.",
    .functions = kFunctions,
    .init = init,
};

}  // namespace krait
