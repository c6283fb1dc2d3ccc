// range and its iterators. The numbers may be of any size; what fits machine words takes the quick way.
#include "objects/native.hpp"
#include "objects/quick.hpp"
#include "objects/sequences.hpp"
#include "objects/str.hpp"

namespace krait {

namespace {

constexpr Value kZero = Value::small_int(0);
constexpr Value kOne = Value::small_int(1);

Range* self_of(Args a) { return a[0].as<Range>(); }

/// The number of items of start, stop, step.
Value range_length(Vm& vm, Value start, Value stop, Value step) {
  if (start.is_small_int() && stop.is_small_int() && step.is_small_int()) {
    int64_t low = start.as_small_int(), high = stop.as_small_int(), by = step.as_small_int();
    if (by < 0) {
      std::swap(low, high);
      by = -by;
    }
    if (low >= high) return kZero;
    uint64_t n = (static_cast<uint64_t>(high) - static_cast<uint64_t>(low) - 1) / static_cast<uint64_t>(by) + 1;
    return int_from_u64(vm, n);
  }
  Value low = start, high = stop, by = step;
  if (int_sign(by) < 0) {
    std::swap(low, high);
    by = TRY(int_neg(vm, by));
  }
  if (int_compare(low, high) >= 0) return kZero;
  Value span = TRY(int_sub(vm, high, low));
  span = TRY(int_sub(vm, span, kOne));
  span = TRY(int_floor_div(vm, span, by));
  return int_add(vm, span, kOne);
}

Value make(Vm& vm, Value start, Value stop, Value step) {
  Value length = TRY(range_length(vm, start, stop, step));
  Range* r = TRY(vm.new_instance<Range>(vm.types.range));
  r->start = start;
  r->stop = stop;
  r->step = step;
  r->length = length;
  return r;
}

/// start + i * step.
Value item_at(Vm& vm, Range* r, Value i) {
  if (i.is_small_int() && r->start.is_small_int() && r->step.is_small_int()) {
    int64_t offset, value;
    if (!__builtin_mul_overflow(i.as_small_int(), r->step.as_small_int(), &offset) &&
        !__builtin_add_overflow(r->start.as_small_int(), offset, &value))
      return int_from(vm, value);
  }
  Value offset = TRY(int_mul(vm, i, r->step));
  return int_add(vm, r->start, offset);
}

}  // namespace

Value range_new(Vm& vm, Value start, Value stop, Value step) {
  start = TRY(index(vm, start));
  stop = TRY(index(vm, stop));
  step = TRY(index(vm, step));
  start = TRY(int_exact(vm, start));
  stop = TRY(int_exact(vm, stop));
  step = TRY(int_exact(vm, step));
  if (int_sign(step) == 0) return vm.raise(E::ValueError, "range() arg 3 must not be zero");
  return make(vm, start, stop, step);
}

namespace {

void trace(Heap&, Cell* cell, Marker& m) {
  Range* r = static_cast<Range*>(cell);
  m.mark(r->start);
  m.mark(r->stop);
  m.mark(r->step);
  m.mark(r->length);
}

Value range_new_method(Vm& vm, Args a) {
  auto args = a.rest(1);
  switch (args.size()) {
    case 0: return vm.raise(E::TypeError, "range expected at least 1 argument, got 0");
    case 1: return range_new(vm, kZero, args[0], kOne);
    case 2: return range_new(vm, args[0], args[1], kOne);
    case 3: return range_new(vm, args[0], args[1], args[2]);
    default: return vm.raise(E::TypeError, "range expected at most 3 arguments, got {}", args.size());
  }
}

Value range_repr(Vm& vm, Args a) {
  Range* r = self_of(a);
  if (r->step == kOne) return str_message(vm, "range({}, {})", repr_of(r->start), repr_of(r->stop));
  return str_message(vm, "range({}, {}, {})", repr_of(r->start), repr_of(r->stop), repr_of(r->step));
}

Value range_len(Vm& vm, Args a) {
  auto n = int_to_i64(self_of(a)->length);
  if (!n) return vm.raise(E::OverflowError, "Python int too large to convert to C ssize_t");
  return self_of(a)->length;
}
Value range_bool(Vm&, Args a) { return Value::boolean(int_sign(self_of(a)->length) != 0); }

/// One end of a slice of the range, for lengths of any size.
Value slice_end(Vm& vm, Value v, Value length, Value missing, Value low, Value high) {
  if (v.is_none()) return missing;
  if (!has_index(vm, v))
    return vm.raise(E::TypeError, "slice indices must be integers or None or have an __index__ method");
  v = TRY(index(vm, v));
  if (int_sign(v) < 0) {
    v = TRY(int_add(vm, v, length));
    return int_compare(v, low) < 0 ? low : v;
  }
  return int_compare(v, high) > 0 ? high : v;
}

Value range_slice(Vm& vm, Range* r, Slice* s) {
  Value step = kOne;
  if (!s->step.is_none()) {
    if (!has_index(vm, s->step))
      return vm.raise(E::TypeError, "slice indices must be integers or None or have an __index__ method");
    step = TRY(index(vm, s->step));
  }
  int sign = int_sign(step);
  if (sign == 0) return vm.raise(E::ValueError, "slice step cannot be zero");
  Value low = sign < 0 ? Value::small_int(-1) : kZero;
  Value high = sign < 0 ? TRY(int_sub(vm, r->length, kOne)) : r->length;
  Value start = TRY(slice_end(vm, s->start, r->length, sign < 0 ? high : low, low, high));
  Value stop = TRY(slice_end(vm, s->stop, r->length, sign < 0 ? low : high, low, high));
  Value new_start = TRY(item_at(vm, r, start));
  Value new_stop = TRY(item_at(vm, r, stop));
  Value new_step = TRY(int_mul(vm, r->step, step));
  return make(vm, new_start, new_stop, new_step);
}

Value range_getitem(Vm& vm, Args a) {
  Range* r = self_of(a);
  if (is_kind(a[1], Kind::Slice)) return range_slice(vm, r, a[1].as<Slice>());
  if (!has_index(vm, a[1]))
    return vm.raise(E::TypeError, "range indices must be integers or slices, not {}", type_name_of(a[1]));
  Value i = TRY(index(vm, a[1]));
  if (int_sign(i) < 0) i = TRY(int_add(vm, i, r->length));
  if (int_sign(i) < 0 || int_compare(i, r->length) >= 0)
    return vm.raise(E::IndexError, "range object index out of range");
  return item_at(vm, r, i);
}

bool is_exact_int(Vm& vm, Value v) { return is_exact(vm, v, vm.types.int_) || v.is_bool(); }

/// The index of an exact int, or exhausted() if the range does not hold it.
Value index_of_int(Vm& vm, Range* r, Value v) {
  bool up = int_sign(r->step) > 0;
  if (up ? int_compare(v, r->start) < 0 || int_compare(v, r->stop) >= 0
         : int_compare(v, r->start) > 0 || int_compare(v, r->stop) <= 0)
    return Value::exhausted();
  Value offset = TRY(int_sub(vm, v, r->start));
  Value quotient, remainder;
  TRY(int_div_mod(vm, offset, r->step, &quotient, &remainder));
  return int_sign(remainder) == 0 ? quotient : Value::exhausted();
}

/// Calls found(i) for each item that equals v; stops when it says false.
template <class Found>
Status search(Vm& vm, Args a, Found found) {
  Value it = TRY(get_iter(vm, a[0]));
  for (int64_t i = 0;; ++i) {
    TRY(vm.poll());
    Value item = TRY(iter_next(vm, it));
    if (item.is_exhausted()) return {};
    if (TRY(item_equal(vm, item, a[1])) && !found(i)) return {};
  }
}

Value range_contains(Vm& vm, Args a) {
  if (is_exact_int(vm, a[1])) return Value::boolean(!TRY(index_of_int(vm, self_of(a), a[1])).is_exhausted());
  bool there = false;
  TRY(search(vm, a, [&](int64_t) {
    there = true;
    return false;
  }));
  return Value::boolean(there);
}
Value range_count(Vm& vm, Args a) {
  if (is_exact_int(vm, a[1])) return Value::small_int(!TRY(index_of_int(vm, self_of(a), a[1])).is_exhausted());
  int64_t n = 0;
  TRY(search(vm, a, [&](int64_t) { return ++n, true; }));
  return Value::small_int(n);
}
Value range_index(Vm& vm, Args a) {
  if (is_exact_int(vm, a[1])) {
    Value i = TRY(index_of_int(vm, self_of(a), a[1]));
    if (!i.is_exhausted()) return i;
    return vm.raise(E::ValueError, "range.index(x): x not in range");
  }
  int64_t at = -1;
  TRY(search(vm, a, [&](int64_t i) {
    at = i;
    return false;
  }));
  if (at >= 0) return Value::small_int(at);
  return vm.raise(E::ValueError, "sequence.index(x): x not in sequence");
}

bool same_items(Range* x, Range* y) {
  if (x == y) return true;
  if (int_compare(x->length, y->length) != 0) return false;
  if (int_sign(x->length) == 0) return true;
  if (int_compare(x->start, y->start) != 0) return false;
  return x->length == kOne || int_compare(x->step, y->step) == 0;
}

template <CompareOp op>
Value range_compare(Vm&, Args a) {
  if constexpr (op == CompareOp::Eq || op == CompareOp::Ne) {
    if (is_kind(a[1], Kind::Range))
      return Value::boolean(same_items(self_of(a), a[1].as<Range>()) == (op == CompareOp::Eq));
  }
  return Value::not_implemented();
}

Value range_hash(Vm& vm, Args a) {
  Range* r = self_of(a);
  bool empty = int_sign(r->length) == 0;
  bool single = r->length == kOne;
  Value key = TRY(pack(vm, r->length, empty ? Value::none() : r->start, empty || single ? Value::none() : r->step));
  return int_from(vm, TRY(tuple_hash(vm, key.as<Tuple>())));
}

Value range_reduce(Vm& vm, Args a) {
  Range* r = self_of(a);
  return pack(vm, vm.types.range, pack(vm, r->start, r->stop, r->step));
}

// --- Iterators.

/// A range whose numbers do not all fit machine words.
struct LongRangeIterator : Object {
  Value start, step, length, given;
};

Value iterator_over(Vm& vm, Value start, Value stop, Value step, Value length) {
  auto first = int_to_i64(start), end = int_to_i64(stop), by = int_to_i64(step);
  auto n = int_to_u64(length);
  int64_t past;
  // Also the number after the last must fit.
  bool fits = first && end && by && n && *n <= static_cast<uint64_t>(INT64_MAX) &&
              !__builtin_mul_overflow(static_cast<int64_t>(*n), *by, &past) &&
              !__builtin_add_overflow(past, *first, &past) && Value::fits_small_int(*first) &&
              Value::fits_small_int(past);
  if (fits) {
    RangeIterator* it = TRY(vm.new_instance<RangeIterator>(vm.types.range_iterator));
    it->next = *first;
    it->step = *by;
    it->remaining = *n;
    return it;
  }
  LongRangeIterator* it = TRY(vm.new_instance<LongRangeIterator>(vm.types.longrange_iterator));
  it->start = start;
  it->step = step;
  it->length = length;
  it->given = kZero;
  return it;
}

Value range_iter(Vm& vm, Args a) {
  Range* r = self_of(a);
  return iterator_over(vm, r->start, r->stop, r->step, r->length);
}

Value range_reversed(Vm& vm, Args a) {
  Range* r = self_of(a);
  // From the last item down to start.
  Value last_index = TRY(int_sub(vm, r->length, kOne));
  Value last = TRY(item_at(vm, r, last_index));
  Value step = TRY(int_neg(vm, r->step));
  Value stop = TRY(int_add(vm, r->start, step));
  return iterator_over(vm, last, stop, step, r->length);
}

Value iterator_self(Vm&, Args a) { return a[0]; }

Value iterator_next(Vm&, Args a) {
  RangeIterator* it = a[0].as<RangeIterator>();
  if (it->remaining == 0) return Value::exhausted();
  --it->remaining;
  int64_t value = it->next;
  it->next += it->step;
  return Value::small_int(value);
}
Value iterator_length_hint(Vm&, Args a) {
  return Value::small_int(static_cast<int64_t>(a[0].as<RangeIterator>()->remaining));
}
Value iterator_reduce(Vm& vm, Args a) {
  RangeIterator* it = a[0].as<RangeIterator>();
  int64_t stop = it->next + it->step * static_cast<int64_t>(it->remaining);
  Value range = TRY(make(vm, Value::small_int(it->next), Value::small_int(stop), Value::small_int(it->step)));
  Value iter = TRY(builtin_named(vm, "iter"));
  return pack(vm, iter, pack(vm, range), Value::none());
}
Value iterator_setstate(Vm& vm, Args a) {
  RangeIterator* it = a[0].as<RangeIterator>();
  if (a[1].is_none()) return Value::none();
  int64_t skip = std::clamp<int64_t>(TRY(index_clipped(vm, a[1])), 0, static_cast<int64_t>(it->remaining));
  it->next += it->step * skip;
  it->remaining -= static_cast<uint64_t>(skip);
  return Value::none();
}

void trace_long(Heap&, Cell* cell, Marker& m) {
  LongRangeIterator* it = static_cast<LongRangeIterator*>(cell);
  m.mark(it->start);
  m.mark(it->step);
  m.mark(it->length);
  m.mark(it->given);
}
Value long_next(Vm& vm, Args a) {
  LongRangeIterator* it = a[0].as<LongRangeIterator>();
  if (int_compare(it->given, it->length) >= 0) return Value::exhausted();
  Value offset = TRY(int_mul(vm, it->given, it->step));
  Value value = TRY(int_add(vm, it->start, offset));
  Value given = TRY(int_add(vm, it->given, kOne));
  it->given = given;
  vm.barrier(it);
  return value;
}
Value long_length_hint(Vm& vm, Args a) {
  LongRangeIterator* it = a[0].as<LongRangeIterator>();
  return int_sub(vm, it->length, it->given);
}
Value long_reduce(Vm& vm, Args a) {
  LongRangeIterator* it = a[0].as<LongRangeIterator>();
  Value offset = TRY(int_mul(vm, it->length, it->step));
  Value stop = TRY(int_add(vm, it->start, offset));
  Value range = TRY(make(vm, it->start, stop, it->step));
  Value iter = TRY(builtin_named(vm, "iter"));
  return pack(vm, iter, pack(vm, range), it->given);
}
Value long_setstate(Vm& vm, Args a) {
  LongRangeIterator* it = a[0].as<LongRangeIterator>();
  if (!is_int(a[1])) return vm.raise(E::TypeError, "state must be an int, not {}", type_name_of(a[1]));
  Value given = TRY(int_exact(vm, a[1]));
  if (int_sign(given) < 0) given = kZero;
  if (int_compare(given, it->length) > 0) given = it->length;
  it->given = given;
  vm.barrier(it);
  return Value::none();
}

constexpr NativeRow kMethods[] = {
    {"__new__($type, /, *args)", range_new_method, kNewMethod | kStaticMethod, "Create and return a new object."},
    {"__repr__($self, /)", range_repr, 0, "Return repr(self)."},
    {"__hash__($self, /)", range_hash, 0, "Return hash(self)."},
    {"__len__($self, /)", range_len, kPure, "Return len(self)."},
    {"__bool__($self, /)", range_bool, kPure, "True if self else False"},
    {"__getitem__($self, key, /)", range_getitem, 0, "Return self[key]."},
    {"__contains__($self, key, /)", range_contains, 0, "Return bool(key in self)."},
    {"__iter__($self, /)", range_iter, 0, "Implement iter(self)."},
    {"__reversed__($self, /)", range_reversed, 0, "Return a reverse iterator."},
    {"__lt__($self, value, /)", range_compare<CompareOp::Lt>, 0, "Return self<value."},
    {"__le__($self, value, /)", range_compare<CompareOp::Le>, 0, "Return self<=value."},
    {"__eq__($self, value, /)", range_compare<CompareOp::Eq>, 0, "Return self==value."},
    {"__ne__($self, value, /)", range_compare<CompareOp::Ne>, 0, "Return self!=value."},
    {"__gt__($self, value, /)", range_compare<CompareOp::Gt>, 0, "Return self>value."},
    {"__ge__($self, value, /)", range_compare<CompareOp::Ge>, 0, "Return self>=value."},
    {"count($self, value, /)", range_count, 0, "Return how often the value occurs."},
    {"index($self, value, /)", range_index, 0,
     "Return the index of the value.\n\nRaises ValueError if it is not there."},
    {"__reduce__($self, /)", range_reduce, 0, "Return state information for pickling."},
};
constexpr MemberRow kMembers[] = {
    {"start", offsetof(Range, start), MemberRow::kReadOnly},
    {"stop", offsetof(Range, stop), MemberRow::kReadOnly},
    {"step", offsetof(Range, step), MemberRow::kReadOnly},
};
constexpr NativeRow kIteratorMethods[] = {
    {"__iter__($self, /)", iterator_self, kPure, "Implement iter(self)."},
    {"__next__($self, /)", iterator_next, kIterNext, "Implement next(self)."},
    {"__length_hint__($self, /)", iterator_length_hint, 0, "Return an estimate of the items left."},
    {"__reduce__($self, /)", iterator_reduce, 0, "Return state information for pickling."},
    {"__setstate__($self, state, /)", iterator_setstate, 0, "Set state information for unpickling."},
};
constexpr NativeRow kLongMethods[] = {
    {"__iter__($self, /)", iterator_self, kPure, "Implement iter(self)."},
    {"__next__($self, /)", long_next, kIterNext, "Implement next(self)."},
    {"__length_hint__($self, /)", long_length_hint, 0, "Return an estimate of the items left."},
    {"__reduce__($self, /)", long_reduce, 0, "Return state information for pickling."},
    {"__setstate__($self, state, /)", long_setstate, 0, "Set state information for unpickling."},
};

}  // namespace

extern constinit const TypeSpec range_type{
    .name = "range",
    .doc =
        "range(stop)\nrange(start, stop[, step])\n\nThe ints from start (0) up to but not including stop, step (1) "
        "apart.",
    .signature = "",
    .kind = static_cast<CellKind>(Kind::Range),
    .size = sizeof(Range),
    .flags = kTypeSequence,
    .methods = kMethods,
    .members = kMembers,
    .trace = trace,
};
extern constinit const TypeSpec range_iterator_type{
    .name = "range_iterator",
    .kind = static_cast<CellKind>(Kind::RangeIterator),
    .size = sizeof(RangeIterator),
    .flags = kTypeNoNew,
    .methods = kIteratorMethods,
};
extern constinit const TypeSpec longrange_iterator_type{
    .name = "longrange_iterator",
    .kind = static_cast<CellKind>(Kind::LongRangeIterator),
    .size = sizeof(LongRangeIterator),
    .flags = kTypeNoNew,
    .methods = kLongMethods,
    .trace = trace_long,
};

}  // namespace krait
