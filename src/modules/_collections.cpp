// _collections: deque.
#include "objects/dict.hpp"
#include "objects/generic_alias.hpp"
#include "objects/module.hpp"
#include "objects/native.hpp"
#include "objects/quick.hpp"
#include "objects/sequences.hpp"
#include "objects/str.hpp"
#include "objects/text_args.hpp"
#include "modules/collections_dicts.hpp"

namespace krait {

namespace {

/// A ring: item i lies at (head + i) & (capacity - 1).
struct Deque : Object {
  Storage* storage;  ///< a power of two of Values; null while empty
  uint64_t head;
  uint64_t length;
  int64_t max_length;  ///< -1: none
  uint64_t state;      ///< changes with every change of length
  uint64_t mask() const { return storage == nullptr ? 0 : std::bit_floor(storage->capacity / sizeof(Value)) - 1; }
  Value& at(uint64_t i) const { return storage->data<Value>()[(head + i) & mask()]; }
};
struct DequeIterator : Object {
  Deque* deque;
  uint64_t index;  ///< items given
  uint64_t state;
};

struct State : Extension {
  Type *deque = nullptr, *iterator = nullptr, *reverse_iterator = nullptr;
  void trace(Marker& m) override {
    m.mark_cell(deque);
    m.mark_cell(iterator);
    m.mark_cell(reverse_iterator);
  }
};
State& types_of(Vm& vm) { return vm.extension<State>(); }
Deque* self_of(Args a) { return a[0].as<Deque>(); }
bool is_deque(Value v) { return is_kind(v, Kind::Deque); }

void trace(Heap&, Cell* cell, Marker& m) {
  Deque* d = static_cast<Deque*>(cell);
  if (d->storage == nullptr) return;
  m.mark_cell(d->storage);
  for (uint64_t i = 0; i < d->length; ++i) m.mark(d->at(i));
}

/// Room for one more item.
Status reserve(Vm& vm, Deque* d) {
  uint64_t capacity = d->storage == nullptr ? 0 : d->mask() + 1;
  if (d->length < capacity) return {};
  uint64_t bigger = capacity == 0 ? 8 : capacity * 2;
  Storage* s = TRY(vm.allocate_storage(bigger * sizeof(Value)));
  for (uint64_t i = 0; i < d->length; ++i) s->data<Value>()[i] = d->at(i);
  Storage* old = d->storage;
  d->storage = s;
  d->head = 0;
  vm.heap.release_storage(old);
  vm.barrier(d);
  return {};
}

void clear(Vm& vm, Deque* d) {
  Storage* old = d->storage;
  d->storage = nullptr;
  d->head = d->length = 0;
  ++d->state;
  vm.heap.release_storage(old);
}

Value take_right(Deque* d) {
  Value v = d->at(--d->length);
  d->at(d->length) = Value();
  ++d->state;
  return v;
}
Value take_left(Deque* d) {
  Value v = d->at(0);
  d->at(0) = Value();
  d->head = (d->head + 1) & d->mask();
  --d->length;
  ++d->state;
  return v;
}

Status push_right(Vm& vm, Deque* d, Value v) {
  if (d->max_length == 0) return {};
  if (static_cast<int64_t>(d->length) == d->max_length) (void)take_left(d);
  TRY(reserve(vm, d));
  d->at(d->length) = v;
  ++d->length;
  ++d->state;
  vm.barrier(d);
  return {};
}
Status push_left(Vm& vm, Deque* d, Value v) {
  if (d->max_length == 0) return {};
  if (static_cast<int64_t>(d->length) == d->max_length) (void)take_right(d);
  TRY(reserve(vm, d));
  d->head = (d->head - 1) & d->mask();
  d->at(0) = v;
  ++d->length;
  ++d->state;
  vm.barrier(d);
  return {};
}

Status extend(Vm& vm, Deque* d, Value iterable, bool left) {
  if (iterable == Value(d)) iterable = TRY(list_from(vm, iterable));
  return for_each(vm, iterable, [&](Value v) { return left ? push_left(vm, d, v) : push_right(vm, d, v); });
}

Error changed(Vm& vm) { return vm.raise(E::RuntimeError, "deque mutated during iteration"); }

// --- Making and showing.

Value deque_new(Vm& vm, Args a) {
  Deque* d = TRY(vm.new_instance<Deque>(a[0].as<Type>()));
  d->max_length = -1;
  return d;
}

Value deque_init(Vm& vm, Args a) {
  Deque* d = self_of(a);
  int64_t max_length = -1;
  if (a.has(2) && !a[2].is_none()) {
    if (!is_int(a[2])) return vm.raise(E::TypeError, "an integer is required");
    max_length = TRY(ssize_argument(vm, a[2]));
    if (max_length < 0) return vm.raise(E::ValueError, "maxlen must be non-negative");
  }
  d->max_length = max_length;
  if (d->length > 0) clear(vm, d);
  if (a.has(1)) TRY(extend(vm, d, a[1], false));
  return Value::none();
}

Result<Deque*> copy_of(Vm& vm, Deque* from) {
  Deque* d = TRY(vm.new_instance<Deque>(types_of(vm).deque));
  d->max_length = from->max_length;
  for (uint64_t i = 0; i < from->length; ++i) TRY(push_right(vm, d, from->at(i)));
  return d;
}

Value deque_copy(Vm& vm, Args a) {
  Deque* d = self_of(a);
  if (is_exact(vm, d, types_of(vm).deque)) return copy_of(vm, d);
  if (d->max_length < 0) return call1(vm, vm.type_of(d), d);
  Value most = TRY(int_from(vm, d->max_length));
  return call2(vm, vm.type_of(d), d, most);
}

Value deque_repr(Vm& vm, Args a) {
  Deque* d = self_of(a);
  if (TRY(repr_enter(vm, d))) return str_from_ascii(vm, "[...]");
  auto build = [&]() -> Value {
    TRY(vm.check_stack(" while getting the repr of an object"));
    Value items = TRY(list_from(vm, d));
    Str* name = vm.type_of(d)->name;
    if (d->max_length < 0) return str_message(vm, "{}({})", name, repr_of(items));
    return str_message(vm, "{}({}, maxlen={})", name, repr_of(items), d->max_length);
  };
  Value result = build();
  repr_leave(vm, d);
  return result;
}

Value deque_len(Vm&, Args a) { return Value::small_int(static_cast<int64_t>(self_of(a)->length)); }

Value iterator_over(Vm& vm, Type* type, Deque* d) {
  DequeIterator* it = TRY(vm.new_instance<DequeIterator>(type));
  it->deque = d;
  it->state = d->state;
  return it;
}
Value deque_iter(Vm& vm, Args a) { return iterator_over(vm, types_of(vm).iterator, self_of(a)); }
Value deque_reversed(Vm& vm, Args a) { return iterator_over(vm, types_of(vm).reverse_iterator, self_of(a)); }

// --- Items.

Result<uint64_t> item_index(Vm& vm, Deque* d, Value key) {
  if (!has_index(vm, key)) return vm.raise(E::TypeError, "sequence index must be integer, not '{}'", type_name_of(key));
  int64_t i = TRY(quick_index(vm, key));
  if (i < 0) i += static_cast<int64_t>(d->length);
  if (i < 0 || i >= static_cast<int64_t>(d->length)) return vm.raise(E::IndexError, "deque index out of range");
  return static_cast<uint64_t>(i);
}
Value deque_getitem(Vm& vm, Args a) {
  uint64_t i = TRY(item_index(vm, self_of(a), a[1]));
  return self_of(a)->at(i);
}
Value deque_setitem(Vm& vm, Args a) {
  uint64_t i = TRY(item_index(vm, self_of(a), a[1]));
  self_of(a)->at(i) = a[2];
  vm.barrier(self_of(a));
  return Value::none();
}
void remove_at(Deque* d, uint64_t i) {
  if (i < d->length / 2) {
    for (; i > 0; --i) d->at(i) = d->at(i - 1);
    (void)take_left(d);
  } else {
    for (; i + 1 < d->length; ++i) d->at(i) = d->at(i + 1);
    (void)take_right(d);
  }
}
Value deque_delitem(Vm& vm, Args a) {
  uint64_t i = TRY(item_index(vm, self_of(a), a[1]));
  remove_at(self_of(a), i);
  return Value::none();
}

Value deque_append(Vm& vm, Args a) {
  TRY(push_right(vm, self_of(a), a[1]));
  return Value::none();
}
Value deque_appendleft(Vm& vm, Args a) {
  TRY(push_left(vm, self_of(a), a[1]));
  return Value::none();
}
Value deque_extend(Vm& vm, Args a) {
  TRY(extend(vm, self_of(a), a[1], false));
  return Value::none();
}
Value deque_extendleft(Vm& vm, Args a) {
  TRY(extend(vm, self_of(a), a[1], true));
  return Value::none();
}
Value deque_pop(Vm& vm, Args a) {
  if (self_of(a)->length == 0) return vm.raise(E::IndexError, "pop from an empty deque");
  return take_right(self_of(a));
}
Value deque_popleft(Vm& vm, Args a) {
  if (self_of(a)->length == 0) return vm.raise(E::IndexError, "pop from an empty deque");
  return take_left(self_of(a));
}
Value deque_clear(Vm& vm, Args a) {
  clear(vm, self_of(a));
  return Value::none();
}

/// Calls found(i) for items equal to v until it says false; an error if the deque changes meanwhile.
template <class Found>
Status search(Vm& vm, Deque* d, Value v, uint64_t from, uint64_t to, Found found) {
  uint64_t state = d->state;
  for (uint64_t i = from; i < to; ++i) {
    POLL_EVERY_1024(vm, i);
    bool same = TRY(item_equal(vm, d->at(i), v));
    if (d->state != state) return changed(vm);
    if (same && !found(i)) return {};
  }
  return {};
}
Value deque_contains(Vm& vm, Args a) {
  bool there = false;
  TRY(search(vm, self_of(a), a[1], 0, self_of(a)->length, [&](uint64_t) { return there = true, false; }));
  return Value::boolean(there);
}
Value deque_count(Vm& vm, Args a) {
  int64_t n = 0;
  TRY(search(vm, self_of(a), a[1], 0, self_of(a)->length, [&](uint64_t) { return ++n, true; }));
  return Value::small_int(n);
}
Value deque_index(Vm& vm, Args a) {
  Deque* d = self_of(a);
  int64_t n = static_cast<int64_t>(d->length);
  int64_t start = a.has(2) ? TRY(slice_bound(vm, a[2], n)) : 0;
  int64_t stop = a.has(3) ? TRY(slice_bound(vm, a[3], n)) : n;
  stop = std::min(stop, static_cast<int64_t>(d->length));
  int64_t at = -1;
  if (start < stop)
    TRY(search(vm, d, a[1], static_cast<uint64_t>(start), static_cast<uint64_t>(stop), [&](uint64_t i) {
      at = static_cast<int64_t>(i);
      return false;
    }));
  if (at < 0) return vm.raise(E::ValueError, "deque.index(x): x not in deque");
  return Value::small_int(at);
}
Value deque_remove(Vm& vm, Args a) {
  Deque* d = self_of(a);
  uint64_t n = d->length;
  for (uint64_t i = 0; i < n; ++i) {
    POLL_EVERY_1024(vm, i);
    bool same = TRY(item_equal(vm, d->at(i), a[1]));
    if (d->length != n) return vm.raise(E::IndexError, "deque mutated during remove().");
    if (!same) continue;
    remove_at(d, i);
    return Value::none();
  }
  return vm.raise(E::ValueError, "deque.remove(x): x not in deque");
}
Value deque_insert(Vm& vm, Args a) {
  Deque* d = self_of(a);
  if (static_cast<int64_t>(d->length) == d->max_length)
    return vm.raise(E::IndexError, "deque already at its maximum size");
  int64_t n = static_cast<int64_t>(d->length);
  int64_t index = TRY(ssize_argument(vm, a[1]));
  if (index < 0) index = std::max<int64_t>(index + n, 0);
  index = std::min(index, static_cast<int64_t>(d->length));
  if (index < n / 2) {
    TRY(push_left(vm, d, a[2]));
    for (uint64_t i = 0; i < static_cast<uint64_t>(index); ++i) d->at(i) = d->at(i + 1);
  } else {
    TRY(push_right(vm, d, a[2]));
    for (uint64_t i = d->length - 1; i > static_cast<uint64_t>(index); --i) d->at(i) = d->at(i - 1);
  }
  d->at(static_cast<uint64_t>(index)) = a[2];
  return Value::none();
}
Value deque_reverse(Vm&, Args a) {
  Deque* d = self_of(a);
  for (uint64_t i = 0, k = d->length; i + 1 < k; ++i) std::swap(d->at(i), d->at(--k));
  return Value::none();
}
Value deque_rotate(Vm& vm, Args a) {
  Deque* d = self_of(a);
  int64_t by = a.has(1) ? TRY(ssize_argument(vm, a[1])) : 1;
  int64_t n = static_cast<int64_t>(d->length);
  if (n < 2) return Value::none();
  by %= n;
  if (by > n / 2) by -= n;
  if (by < -n / 2) by += n;
  ++d->state;
  for (; by > 0; --by) {
    Value v = take_right(d);
    d->head = (d->head - 1) & d->mask();
    d->at(0) = v;
    ++d->length;
  }
  for (; by < 0; ++by) {
    Value v = take_left(d);
    d->at(d->length) = v;
    ++d->length;
  }
  return Value::none();
}

// --- Operators.

Value deque_add(Vm& vm, Args a) {
  if (!is_deque(a[1]))
    return vm.raise(E::TypeError, "can only concatenate deque (not \"{}\") to deque", type_name_of(a[1]));
  Value copy = TRY(deque_copy(vm, a));
  if (is_deque(copy)) TRY(extend(vm, copy.as<Deque>(), a[1], false));
  return copy;
}
Value deque_iadd(Vm& vm, Args a) {
  TRY(extend(vm, self_of(a), a[1], false));
  return a[0];
}
Status repeat(Vm& vm, Deque* d, Value times_value) {
  if (!has_index(vm, times_value))
    return vm.raise(E::TypeError, "can't multiply sequence by non-int of type '{}'", type_name_of(times_value));
  int64_t times = TRY(quick_index(vm, times_value, E::OverflowError));
  uint64_t n = d->length;
  if (n == 0 || times == 1) return {};
  if (times <= 0) {
    clear(vm, d);
    return {};
  }
  if (d->max_length >= 0) {
    int64_t enough = d->max_length / static_cast<int64_t>(n) + 2;
    // Only the end of what would be made is kept: whole copies before it make no difference.
    times = std::min(times, enough);
  }
  if (n > (uint64_t{1} << 42) / static_cast<uint64_t>(times)) return vm.raise_memory_error();
  Tuple* items = TRY(tuple_allocate(vm, n));
  for (uint64_t i = 0; i < n; ++i) items->items[i] = d->at(i);
  for (int64_t k = 1; k < times; ++k) {
    TRY(vm.poll());
    for (uint64_t i = 0; i < n; ++i) TRY(push_right(vm, d, items->items[i]));
  }
  return {};
}
Value deque_imul(Vm& vm, Args a) {
  TRY(repeat(vm, self_of(a), a[1]));
  return a[0];
}
Value deque_mul(Vm& vm, Args a) {
  Value copy = TRY(deque_copy(vm, a));
  if (is_deque(copy)) TRY(repeat(vm, copy.as<Deque>(), a[1]));
  return copy;
}

template <CompareOp op>
Value deque_compare(Vm& vm, Args a) {
  if (!is_deque(a[1])) return Value::not_implemented();
  TRY(vm.check_stack(" in comparison"));
  Deque *x = self_of(a), *y = a[1].as<Deque>();
  if constexpr (op == CompareOp::Eq || op == CompareOp::Ne) {
    if (x == y) return Value::boolean(op == CompareOp::Eq);
    if (x->length != y->length) return Value::boolean(op == CompareOp::Ne);
  }
  uint64_t xs = x->state, ys = y->state;
  for (uint64_t i = 0; i < x->length && i < y->length; ++i) {
    POLL_EVERY_1024(vm, i);
    Value p = x->at(i), q = y->at(i);
    bool same = TRY(item_equal(vm, p, q));
    if (x->state != xs || y->state != ys) return changed(vm);
    if (same) continue;
    if constexpr (op == CompareOp::Eq) return Value::false_();
    if constexpr (op == CompareOp::Ne) return Value::true_();
    return compare(vm, p, q, op);
  }
  return compare_lengths(x->length, y->length, op);
}

Value deque_reduce(Vm& vm, Args a) {
  Deque* d = self_of(a);
  Value state = TRY(call_method(vm, a[0], vm.names.d_getstate));
  Value it = TRY(get_iter(vm, a[0]));
  if (d->max_length < 0) return pack(vm, vm.type_of(d), vm.empty_tuple, state, it);
  return pack(vm, vm.type_of(d), pack(vm, vm.empty_tuple, Value::small_int(d->max_length)), state, it);
}
Value deque_sizeof(Vm&, Args a) {
  Deque* d = self_of(a);
  return Value::small_int(static_cast<int64_t>(sizeof(Deque) + (d->storage == nullptr ? 0 : d->storage->capacity)));
}
Value get_maxlen(Vm& vm, Value self) {
  int64_t n = self.as<Deque>()->max_length;
  return n < 0 ? Value::none() : int_from(vm, n);
}

constexpr NativeRow kMethods[] = {
    {"__new__($type, /, *args, **kwargs)", deque_new, kNewMethod | kStaticMethod, "Create and return a new object."},
    {"__init__($self, /, iterable=(), maxlen=None)", deque_init, 0, "Initialize self."},
    {"__repr__($self, /)", deque_repr, 0, "Return repr(self)."},
    {"__hash__($self, /)", nullptr},
    {"__len__($self, /)", deque_len, kPure, "Return len(self)."},
    {"__contains__($self, key, /)", deque_contains, 0, "Return bool(key in self)."},
    {"__iter__($self, /)", deque_iter, 0, "Implement iter(self)."},
    {"__reversed__($self, /)", deque_reversed, 0, "Return a reverse iterator."},
    {"__getitem__($self, key, /)", deque_getitem, 0, "Return self[key]."},
    {"__setitem__($self, key, value, /)", deque_setitem, 0, "Set self[key] to value."},
    {"__delitem__($self, key, /)", deque_delitem, 0, "Delete self[key]."},
    {"__add__($self, value, /)", deque_add, 0, "Return self+value."},
    {"__iadd__($self, value, /)", deque_iadd, 0, "Implement self+=value."},
    {"__mul__($self, value, /)", deque_mul, 0, "Return self*value."},
    {"__rmul__($self, value, /)", deque_mul, 0, "Return value*self."},
    {"__imul__($self, value, /)", deque_imul, 0, "Implement self*=value."},
    {"__lt__($self, value, /)", deque_compare<CompareOp::Lt>, 0, "Return self<value."},
    {"__le__($self, value, /)", deque_compare<CompareOp::Le>, 0, "Return self<=value."},
    {"__eq__($self, value, /)", deque_compare<CompareOp::Eq>, 0, "Return self==value."},
    {"__ne__($self, value, /)", deque_compare<CompareOp::Ne>, 0, "Return self!=value."},
    {"__gt__($self, value, /)", deque_compare<CompareOp::Gt>, 0, "Return self>value."},
    {"__ge__($self, value, /)", deque_compare<CompareOp::Ge>, 0, "Return self>=value."},
    {"append($self, item, /)", deque_append, 0, "Add an item to the right end."},
    {"appendleft($self, item, /)", deque_appendleft, 0, "Add an item to the left end."},
    {"clear($self, /)", deque_clear, 0, "Remove all items."},
    {"copy($self, /)", deque_copy, 0, "Return a shallow copy."},
    {"__copy__($self, /)", deque_copy, 0, "Return a shallow copy."},
    {"count($self, value, /)", deque_count, 0, "Return how often the value occurs."},
    {"extend($self, iterable, /)", deque_extend, 0, "Add the items of an iterable to the right end."},
    {"extendleft($self, iterable, /)", deque_extendleft, 0,
     "Add the items of an iterable to the left end, one by one."},
    {"index($self, value, start=0, stop=<unrepresentable>, /)", deque_index, 0,
     "Return the first index of the value.\n\nRaises ValueError if it is not there."},
    {"insert($self, index, value, /)", deque_insert, 0, "Insert an item before the index."},
    {"pop($self, /)", deque_pop, 0, "Remove and return the rightmost item."},
    {"popleft($self, /)", deque_popleft, 0, "Remove and return the leftmost item."},
    {"remove($self, value, /)", deque_remove, 0, "Remove the first item that equals the value."},
    {"reverse($self, /)", deque_reverse, 0, "Reverse the items in place."},
    {"rotate($self, n=1, /)", deque_rotate, 0,
     "Move n items from the right end to the left (from left to right if negative)."},
    {"__reduce__($self, /)", deque_reduce, 0, "Return state information for pickling."},
    {"__sizeof__($self, /)", deque_sizeof, 0, "Return the size in memory, in bytes."},
    {"__class_getitem__($type, item, /)", class_getitem, kClassMethod, "See PEP 585"},
};
constexpr GetSetRow kGetsets[] = {
    {"maxlen", get_maxlen, nullptr, "The greatest length, or None."},
};
constexpr TypeSpec kDequeSpec{
    .name = "collections.deque",
    .doc =
        "A sequence with quick access to both ends.\n\n"
        "With maxlen, adding to a full one drops an item from the other end.",
    .kind = static_cast<CellKind>(Kind::Deque),
    .size = sizeof(Deque),
    .flags = kTypeBase | kTypeHasWeakref | kTypeSequence,
    .methods = kMethods,
    .getsets = kGetsets,
    .trace = trace,
};

// --- Iterators.

void trace_iterator(Heap&, Cell* cell, Marker& m) { m.mark_cell(static_cast<DequeIterator*>(cell)->deque); }
template <bool kReverse>
Value iterator_new(Vm& vm, Args a) {
  if (!is_deque(a[1])) {
    return vm.raise(E::TypeError, "{}() argument 1 must be collections.deque, not {}",
                    kReverse ? "_deque_reverse_iterator" : "_deque_iterator", type_name_of(a[1]));
  }
  int64_t index = a.has(2) ? TRY(ssize_argument(vm, a[2])) : 0;
  Value it = TRY(iterator_over(vm, a[0].as<Type>(), a[1].as<Deque>()));
  it.as<DequeIterator>()->index =
      std::min(static_cast<uint64_t>(std::max<int64_t>(index, 0)), a[1].as<Deque>()->length);
  return it;
}
Value iterator_self(Vm&, Args a) { return a[0]; }
template <bool kReverse>
Value iterator_next(Vm& vm, Args a) {
  DequeIterator* it = a[0].as<DequeIterator>();
  if (it->deque == nullptr) return Value::exhausted();
  Deque* d = it->deque;
  if (it->state != d->state) {
    it->deque = nullptr;
    return changed(vm);
  }
  if (it->index < d->length) {
    uint64_t i = it->index++;
    return d->at(kReverse ? d->length - 1 - i : i);
  }
  it->deque = nullptr;
  return Value::exhausted();
}
Value iterator_length_hint(Vm&, Args a) {
  DequeIterator* it = a[0].as<DequeIterator>();
  return Value::small_int(
      it->deque == nullptr ? 0 : static_cast<int64_t>(it->deque->length - std::min(it->index, it->deque->length)));
}
Value iterator_reduce(Vm& vm, Args a) {
  DequeIterator* it = a[0].as<DequeIterator>();
  Deque* d = it->deque;
  if (d == nullptr) {
    d = TRY(vm.new_instance<Deque>(types_of(vm).deque));
    d->max_length = -1;
  }
  return pack(vm, vm.type_of(it), pack(vm, d, Value::small_int(static_cast<int64_t>(it->index))));
}
template <bool kReverse>
constexpr NativeRow kIteratorMethods[] = {
    {"__new__($type, deque, index=0, /)", iterator_new<kReverse>, kNewMethod | kStaticMethod},
    {"__iter__($self, /)", iterator_self, kPure},
    {"__next__($self, /)", iterator_next<kReverse>, kIterNext},
    {"__length_hint__($self, /)", iterator_length_hint},
    {"__reduce__($self, /)", iterator_reduce},
};
constexpr TypeSpec kIteratorSpec{
    .name = "_collections._deque_iterator",
    .kind = static_cast<CellKind>(Kind::DequeIterator),
    .size = sizeof(DequeIterator),
    .methods = kIteratorMethods<false>,
    .trace = trace_iterator,
};
constexpr TypeSpec kReverseIteratorSpec{
    .name = "_collections._deque_reverse_iterator",
    .kind = static_cast<CellKind>(Kind::DequeIterator),
    .size = sizeof(DequeIterator),
    .methods = kIteratorMethods<true>,
    .trace = trace_iterator,
};

// --- _tuplegetter: what namedtuple's fields are.

struct TupleGetter : Object {
  int64_t index;
  Value doc;
};
void trace_getter(Heap&, Cell* cell, Marker& m) { m.mark(static_cast<TupleGetter*>(cell)->doc); }
Value getter_new(Vm& vm, Args a) {
  int64_t index = TRY(ssize_argument(vm, a[1]));
  TupleGetter* g = TRY(vm.new_instance<TupleGetter>(a[0].as<Type>()));
  g->index = index;
  g->doc = a[2];
  return g;
}
Value getter_get(Vm& vm, Args a) {
  TupleGetter* g = a[0].as<TupleGetter>();
  if (a[1].is_none()) return a[0];
  if (!is_tuple(a[1]))
    return vm.raise(E::TypeError, "descriptor for index '{}' for tuple subclasses doesn't apply to '{}' object",
                    g->index, type_name_of(a[1]));
  if (g->index < 0 || static_cast<uint64_t>(g->index) >= a[1].as<Tuple>()->length)
    return vm.raise(E::IndexError, "tuple index out of range");
  return a[1].as<Tuple>()->items[g->index];
}
Value getter_set(Vm& vm, Args) { return vm.raise(E::AttributeError, "can't set attribute"); }
Value getter_delete(Vm& vm, Args) { return vm.raise(E::AttributeError, "can't delete attribute"); }
Value getter_reduce(Vm& vm, Args a) {
  TupleGetter* g = a[0].as<TupleGetter>();
  return pack(vm, vm.type_of(g), pack(vm, Value::small_int(g->index), g->doc));
}
Value getter_repr(Vm& vm, Args a) {
  TupleGetter* g = a[0].as<TupleGetter>();
  return str_message(vm, "{}({}, {})", vm.type_of(g)->name, g->index, repr_of(g->doc));
}
constexpr NativeRow kGetterMethods[] = {
    {"__new__($type, index, doc, /)", getter_new, kNewMethod | kStaticMethod},
    {"__get__($self, instance, owner=None, /)", getter_get},
    {"__set__($self, instance, value, /)", getter_set},
    {"__delete__($self, instance, /)", getter_delete},
    {"__reduce__($self, /)", getter_reduce},
    {"__repr__($self, /)", getter_repr},
};
constexpr MemberRow kGetterMembers[] = {{"__doc__", offsetof(TupleGetter, doc)}};
constexpr TypeSpec kGetterSpec{
    .name = "_collections._tuplegetter",
    .kind = static_cast<CellKind>(Kind::TupleGetter),
    .size = sizeof(TupleGetter),
    .methods = kGetterMethods,
    .members = kGetterMembers,
    .trace = trace_getter,
};

// --- _count_elements: the loop of Counter.

Value count_elements(Vm& vm, Args a) {
  Value one = Value::small_int(1);
  auto plus_one = [&](Value count) { return binary(vm, BinaryOp::Add, count, one); };
  bool plain = is_dict(a[0]) &&
               type_lookup(vm, vm.type_of(a[0]), vm.names.get) == type_lookup(vm, vm.types.dict, vm.names.get) &&
               special_of(vm, a[0], Special::SetItem) == vm.types.dict->get(Special::SetItem);
  if (plain) {
    Dict* d = a[0].as<Dict>();
    TRY(for_each(vm, a[1], [&](Value key) -> Status {
      int64_t hash = TRY(quick_hash(vm, key));
      Value old = TRY(dict_get_hashed(vm, d, key, hash));
      Value count = old.is_exhausted() ? one : TRY(plus_one(old));
      return dict_set_hashed(vm, d, key, hash, count);
    }));
    return Value::none();
  }
  TRY(for_each(vm, a[1], [&](Value key) -> Status {
    Value args[] = {key, Value::small_int(0)};
    Value old = TRY(call_method(vm, a[0], vm.names.get, std::span<const Value>(args, 2)));
    Value count = TRY(plus_one(old));
    return set_item(vm, a[0], key, count);
  }));
  return Value::none();
}

constexpr NativeRow kFunctions[] = {
    {"_count_elements(mapping, iterable, /)", count_elements, 0, "Count the items of an iterable in a mapping."},
};

Status init(Vm& vm, Module* m) {
  State& types = types_of(vm);
  types.deque = TRY(module_add_type(vm, m, kDequeSpec));
  types.iterator = TRY(module_add_type(vm, m, kIteratorSpec));
  types.reverse_iterator = TRY(module_add_type(vm, m, kReverseIteratorSpec));
  TRY(module_add_type(vm, m, kGetterSpec));
  return collections_dicts_init(vm, m);
}

}  // namespace

extern constinit const ModuleSpec collections_module{
    .name = "_collections",
    .doc = "Containers for the module collections.",
    .functions = kFunctions,
    .init = init,
};

}  // namespace krait
