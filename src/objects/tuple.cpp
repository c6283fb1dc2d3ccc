// tuple and its iterator.
#include "objects/bytes.hpp"
#include "objects/dict.hpp"
#include "objects/generic_alias.hpp"
#include "objects/native.hpp"
#include "objects/quick.hpp"
#include "objects/sequences.hpp"
#include "objects/str.hpp"

namespace krait {

constexpr uint64_t kMaxTupleLength = uint64_t{1} << 42;

Result<Tuple*> tuple_allocate(Vm& vm, uint64_t length) {
  if (length > kMaxTupleLength) return vm.raise_memory_error();
  Tuple* t = TRY(vm.new_instance<Tuple>(vm.types.tuple, length * sizeof(Value)));
  t->length = length;
  return t;
}

Result<Tuple*> tuple_from_span(Vm& vm, std::span<const Value> items) {
  if (items.empty()) return vm.empty_tuple;
  Tuple* t = TRY(tuple_allocate(vm, items.size()));
  for (size_t i = 0; i < items.size(); ++i) t->items[i] = items[i];
  return t;
}

Result<int64_t> tuple_hash(Vm& vm, Tuple* t) {
  TRY(vm.check_stack(" while hashing a tuple"));
  TRY(vm.poll());  // nested in itself again and again, a small tuple has a great many items
  constexpr uint64_t kPrime1 = 11400714785074694791u, kPrime2 = 14029467366897019727u, kPrime5 = 2870177450012600261u;
  uint64_t acc = kPrime5;
  for (uint64_t i = 0; i < t->length; ++i) {
    POLL_EVERY_1024(vm, i);
    uint64_t lane = static_cast<uint64_t>(TRY(quick_hash(vm, t->items[i])));
    acc += lane * kPrime2;
    acc = std::rotl(acc, 31) * kPrime1;
  }
  acc += t->length ^ (kPrime5 ^ uint64_t{3527539});
  if (acc == ~uint64_t{0}) return int64_t{1546275796};
  return static_cast<int64_t>(acc);
}

namespace {

Tuple* self_of(Args a) { return a[0].as<Tuple>(); }

void trace(Heap&, Cell* cell, Marker& m) {
  Tuple* t = static_cast<Tuple*>(cell);
  m.mark_range(t->items, t->items + t->length + t->bits);  // hidden fields of struct sequences follow
}

Value tuple_new(Vm& vm, Args a) {
  Type* cls = a[0].as<Type>();
  Value items = a.has(1) ? TRY(tuple_from(vm, a[1])) : Value(vm.empty_tuple);
  if (cls == vm.types.tuple) return items;
  uint64_t n = items.as<Tuple>()->length;
  Tuple* t = TRY(vm.new_instance<Tuple>(cls, n * sizeof(Value)));
  t->length = n;
  for (uint64_t i = 0; i < n; ++i) t->items[i] = items.as<Tuple>()->items[i];
  vm.barrier(t);
  return t;
}

Value tuple_repr(Vm& vm, Args a) {
  Tuple* t = self_of(a);
  if (t->length == 0) return str_from_ascii(vm, "()");
  if (TRY(repr_enter(vm, t))) return str_from_ascii(vm, "(...)");
  auto build = [&]() -> Value {
    TRY(vm.check_stack(" while getting the repr of an object"));
    StrBuilder out(vm);
    TRY(out.append(U'('));
    for (uint64_t i = 0; i < t->length; ++i) {
      TRY(vm.poll());
      if (i > 0) TRY(out.append_ascii(", "));
      Value text = TRY(repr(vm, t->items[i]));
      TRY(out.append(as_str(text)));
    }
    TRY(out.append_ascii(t->length == 1 ? ",)" : ")"));
    return out.finish();
  };
  Value result = build();
  repr_leave(vm, t);
  return result;
}

Value tuple_hash_method(Vm& vm, Args a) { return int_from(vm, TRY(tuple_hash(vm, self_of(a)))); }
Value tuple_len(Vm&, Args a) { return Value::small_int(static_cast<int64_t>(self_of(a)->length)); }

Value tuple_contains(Vm& vm, Args a) {
  Tuple* t = self_of(a);
  for (uint64_t i = 0; i < t->length; ++i) {
    POLL_EVERY_1024(vm, i);
    if (TRY(item_equal(vm, t->items[i], a[1]))) return Value::true_();
  }
  return Value::false_();
}

Value tuple_iter(Vm& vm, Args a) {
  TupleIterator* it = TRY(vm.new_instance<TupleIterator>(vm.types.tuple_iterator));
  it->tuple = self_of(a);
  return it;
}

Value tuple_getitem(Vm& vm, Args a) {
  Tuple* t = self_of(a);
  int64_t n = static_cast<int64_t>(t->length);
  if (is_kind(a[1], Kind::Slice)) {
    SliceRange r = TRY(slice_range(vm, a[1], n));
    if (r.count == n && r.step == 1 && is_exact_tuple(vm, t)) return t;
    if (r.count == 0) return vm.empty_tuple;
    if (r.step == 1) {
      Tuple* out = TRY(tuple_allocate(vm, static_cast<uint64_t>(r.count)));
      for (int64_t i = 0; i < r.count; ++i) out->items[i] = t->items[r.start + i];
      return out;
    }
    Tuple* out = TRY(tuple_allocate(vm, static_cast<uint64_t>(r.count)));
    for (int64_t i = 0; i < r.count; ++i) out->items[i] = t->items[r.start + i * r.step];
    return out;
  }
  if (!has_index(vm, a[1]))
    return vm.raise(E::TypeError, "tuple indices must be integers or slices, not {}", type_name_of(a[1]));
  int64_t i = TRY(quick_index(vm, a[1]));
  if (i < 0) i += n;
  if (i < 0 || i >= n) return vm.raise(E::IndexError, "tuple index out of range");
  return t->items[i];
}

Value tuple_add(Vm& vm, Args a) {
  Tuple* t = self_of(a);
  if (!is_tuple(a[1]))
    return vm.raise(E::TypeError, "can only concatenate tuple (not \"{}\") to tuple", type_name_of(a[1]));
  Tuple* other = a[1].as<Tuple>();
  if (t->length == 0 && is_exact_tuple(vm, other)) return other;
  if (other->length == 0 && is_exact_tuple(vm, t)) return t;
  uint64_t n = t->length + other->length;
  if (n == 0) return vm.empty_tuple;
  Tuple* out = TRY(tuple_allocate(vm, n));
  for (uint64_t i = 0; i < t->length; ++i) out->items[i] = t->items[i];
  for (uint64_t i = 0; i < other->length; ++i) out->items[t->length + i] = other->items[i];
  return out;
}

Value tuple_mul(Vm& vm, Args a) {
  Tuple* t = self_of(a);
  int64_t times = TRY(quick_index(vm, a[1], E::OverflowError));
  if (times <= 0 || t->length == 0) {
    if (t->length == 0 && is_exact_tuple(vm, t)) return t;
    return vm.empty_tuple;
  }
  if (times == 1 && is_exact_tuple(vm, t)) return t;
  if (t->length > kMaxTupleLength / static_cast<uint64_t>(times)) return vm.raise_memory_error();
  uint64_t n = t->length * static_cast<uint64_t>(times);
  Tuple* out = TRY(tuple_allocate(vm, n));
  for (uint64_t i = 0; i < n;) {
    for (uint64_t k = 0; k < t->length; ++k) out->items[i++] = t->items[k];
  }
  return out;
}

template <CompareOp op>
Value tuple_compare(Vm& vm, Args a) {
  if (!is_tuple(a[1])) return Value::not_implemented();
  TRY(vm.check_stack(" in comparison"));
  Tuple *x = self_of(a), *y = a[1].as<Tuple>();
  if constexpr (op == CompareOp::Eq || op == CompareOp::Ne) {
    if (x == y && x->length == 0) return Value::boolean(op == CompareOp::Eq);
  }
  uint64_t n = std::min(x->length, y->length);
  for (uint64_t i = 0; i < n; ++i) {
    POLL_EVERY_1024(vm, i);
    if (TRY(item_equal(vm, x->items[i], y->items[i]))) continue;
    if constexpr (op == CompareOp::Eq) return Value::false_();
    if constexpr (op == CompareOp::Ne) return Value::true_();
    return compare(vm, x->items[i], y->items[i], op);
  }
  return compare_lengths(x->length, y->length, op);
}

Value tuple_count(Vm& vm, Args a) {
  Tuple* t = self_of(a);
  int64_t n = 0;
  for (uint64_t i = 0; i < t->length; ++i) {
    POLL_EVERY_1024(vm, i);
    n += TRY(item_equal(vm, t->items[i], a[1]));
  }
  return Value::small_int(n);
}

Value tuple_index(Vm& vm, Args a) {
  Tuple* t = self_of(a);
  int64_t n = static_cast<int64_t>(t->length);
  int64_t start = a.has(2) ? TRY(slice_bound(vm, a[2], n)) : 0;
  int64_t stop = a.has(3) ? TRY(slice_bound(vm, a[3], n)) : n;
  for (int64_t i = start; i < stop; ++i) {
    POLL_EVERY_1024(vm, i);
    if (TRY(item_equal(vm, t->items[i], a[1]))) return Value::small_int(i);
  }
  return vm.raise(E::ValueError, "tuple.index(x): x not in tuple");
}

Value tuple_getnewargs(Vm& vm, Args a) { return pack(vm, tuple_from_span(vm, self_of(a)->span())); }

constexpr NativeRow kMethods[] = {
    {"__new__($type, iterable=(), /)", tuple_new, kNewMethod | kStaticMethod,
     "Create a tuple from the items of an iterable."},
    {"__repr__($self, /)", tuple_repr, 0, "Return repr(self)."},
    {"__hash__($self, /)", tuple_hash_method, 0, "Return hash(self)."},
    {"__len__($self, /)", tuple_len, kPure, "Return len(self)."},
    {"__contains__($self, key, /)", tuple_contains, 0, "Return bool(key in self)."},
    {"__iter__($self, /)", tuple_iter, 0, "Implement iter(self)."},
    {"__getitem__($self, key, /)", tuple_getitem, 0, "Return self[key]."},
    {"__add__($self, value, /)", tuple_add, 0, "Return self+value."},
    {"__mul__($self, value, /)", tuple_mul, 0, "Return self*value."},
    {"__rmul__($self, value, /)", tuple_mul, 0, "Return value*self."},
    {"__lt__($self, value, /)", tuple_compare<CompareOp::Lt>, 0, "Return self<value."},
    {"__le__($self, value, /)", tuple_compare<CompareOp::Le>, 0, "Return self<=value."},
    {"__eq__($self, value, /)", tuple_compare<CompareOp::Eq>, 0, "Return self==value."},
    {"__ne__($self, value, /)", tuple_compare<CompareOp::Ne>, 0, "Return self!=value."},
    {"__gt__($self, value, /)", tuple_compare<CompareOp::Gt>, 0, "Return self>value."},
    {"__ge__($self, value, /)", tuple_compare<CompareOp::Ge>, 0, "Return self>=value."},
    {"count($self, value, /)", tuple_count, 0, "Return how often the value occurs."},
    {"index($self, value, start=0, stop=sys.maxsize, /)", tuple_index, 0,
     "Return the first index of the value.\n\nRaises ValueError if it is not there."},
    {"__getnewargs__($self, /)", tuple_getnewargs},
    {"__class_getitem__($type, item, /)", class_getitem, kClassMethod, "See PEP 585"},
};

// --- tuple_iterator

void trace_iterator(Heap&, Cell* cell, Marker& m) { m.mark_cell(static_cast<TupleIterator*>(cell)->tuple); }

Value iterator_next(Vm&, Args a) {
  TupleIterator* it = a[0].as<TupleIterator>();
  if (it->tuple == nullptr) return Value::exhausted();
  if (it->index < it->tuple->length) return it->tuple->items[it->index++];
  it->tuple = nullptr;
  return Value::exhausted();
}
Value iterator_self(Vm&, Args a) { return a[0]; }
Value iterator_length_hint(Vm&, Args a) {
  TupleIterator* it = a[0].as<TupleIterator>();
  return Value::small_int(it->tuple == nullptr ? 0 : static_cast<int64_t>(it->tuple->length - it->index));
}
Value iterator_reduce(Vm& vm, Args a) {
  TupleIterator* it = a[0].as<TupleIterator>();
  Value iter = TRY(builtin_named(vm, "iter"));
  if (it->tuple == nullptr) return pack(vm, iter, pack(vm, vm.empty_tuple));
  return pack(vm, iter, pack(vm, it->tuple), Value::small_int(static_cast<int64_t>(it->index)));
}
Value iterator_setstate(Vm& vm, Args a) {
  TupleIterator* it = a[0].as<TupleIterator>();
  int64_t i = TRY(index_clipped(vm, a[1]));
  if (it->tuple != nullptr)
    it->index = static_cast<uint64_t>(std::clamp<int64_t>(i, 0, static_cast<int64_t>(it->tuple->length)));
  return Value::none();
}

constexpr NativeRow kIteratorMethods[] = {
    {"__iter__($self, /)", iterator_self, kPure, "Implement iter(self)."},
    {"__next__($self, /)", iterator_next, kIterNext, "Implement next(self)."},
    {"__length_hint__($self, /)", iterator_length_hint, 0, "Return an estimate of the items left."},
    {"__reduce__($self, /)", iterator_reduce, 0, "Return state information for pickling."},
    {"__setstate__($self, state, /)", iterator_setstate, 0, "Set state information for unpickling."},
};

}  // namespace

extern constinit const TypeSpec tuple_type{
    .name = "tuple",
    .doc =
        "An immutable sequence.\n\nWithout an argument the empty tuple; otherwise the items of an iterable. If the "
        "argument\n"
        "is a tuple, the result is the same object.",
    .kind = static_cast<CellKind>(Kind::Tuple),
    .size = sizeof(Tuple),
    .flags = kTypeBase | kTypeSequence | kTypeVarSize | kTypeMatchSelf,
    .methods = kMethods,
    .trace = trace,
};
extern constinit const TypeSpec tuple_iterator_type{
    .name = "tuple_iterator",
    .kind = static_cast<CellKind>(Kind::TupleIterator),
    .size = sizeof(TupleIterator),
    .flags = kTypeNoNew,
    .methods = kIteratorMethods,
    .trace = trace_iterator,
};

}  // namespace krait
