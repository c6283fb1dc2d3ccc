// slice objects, and what they mean for a sequence of a given length.
#include "objects/native.hpp"
#include "objects/quick.hpp"
#include "objects/sequences.hpp"
#include "objects/str.hpp"

namespace krait {

namespace {

[[gnu::cold]] Error bad_slice_part(Vm& vm) {
  return vm.raise(E::TypeError, "slice indices must be integers or None or have an __index__ method");
}

/// A start, stop or step as int64, clipped.
Result<int64_t> slice_part(Vm& vm, Value v) {
  if (v.is_small_int()) return v.as_small_int();
  if (!has_index(vm, v)) return bad_slice_part(vm);
  return index_clipped(vm, v);
}

}  // namespace

Result<int64_t> slice_bound(Vm& vm, Value v, int64_t length) {
  if (!has_index(vm, v)) return vm.raise(E::TypeError, "slice indices must be integers or have an __index__ method");
  int64_t i = TRY(slice_part(vm, v));
  if (i < 0) i = std::max<int64_t>(i + length, 0);
  return i;
}

Result<SliceRange> slice_unpack(Vm& vm, Value slice) {
  Slice* s = slice.as<Slice>();
  int64_t step = s->step.is_none() ? 1 : TRY(slice_part(vm, s->step));
  if (step == 0) return vm.raise(E::ValueError, "slice step cannot be zero");
  step = std::max(step, -INT64_MAX);
  int64_t start = s->start.is_none() ? (step < 0 ? INT64_MAX : 0) : TRY(slice_part(vm, s->start));
  int64_t stop = s->stop.is_none() ? (step < 0 ? INT64_MIN : INT64_MAX) : TRY(slice_part(vm, s->stop));
  return SliceRange{start, stop, step, 0};
}

Result<SliceRange> slice_range(Vm& vm, Value slice, int64_t length) {
  return slice_adjust(TRY(slice_unpack(vm, slice)), length);
}

Value slice_new(Vm& vm, Value start, Value stop, Value step) {
  Slice* s = TRY(vm.new_instance<Slice>(vm.types.slice));
  s->start = start;
  s->stop = stop;
  s->step = step;
  return s;
}

namespace {

Slice* self_of(Args a) { return a[0].as<Slice>(); }

void trace(Heap&, Cell* cell, Marker& m) {
  Slice* s = static_cast<Slice*>(cell);
  m.mark(s->start);
  m.mark(s->stop);
  m.mark(s->step);
}

Value slice_new_method(Vm& vm, Args a) {
  // slice(stop) or slice(start, stop[, step])
  if (!a.has(2)) return slice_new(vm, Value::none(), a[1], Value::none());
  return slice_new(vm, a[1], a[2], a.get(3, Value::none()));
}

Value slice_repr(Vm& vm, Args a) {
  Slice* s = self_of(a);
  TRY(vm.check_stack(" while getting the repr of an object"));
  return str_message(vm, "slice({}, {}, {})", repr_of(s->start), repr_of(s->stop), repr_of(s->step));
}

template <CompareOp op>
Value slice_compare(Vm& vm, Args a) {
  if (!is_kind(a[1], Kind::Slice)) return Value::not_implemented();
  if (a[0] == a[1]) return Value::boolean(op == CompareOp::Eq || op == CompareOp::Le || op == CompareOp::Ge);
  Slice *x = self_of(a), *y = a[1].as<Slice>();
  Value p = TRY(pack(vm, x->start, x->stop, x->step));
  Value q = TRY(pack(vm, y->start, y->stop, y->step));
  return compare(vm, p, q, op);
}

Value slice_hash(Vm& vm, Args a) {
  Slice* s = self_of(a);
  // The tuple hash without the length's part.
  constexpr uint64_t kPrime1 = 11400714785074694791u, kPrime2 = 14029467366897019727u, kPrime5 = 2870177450012600261u;
  uint64_t acc = kPrime5;
  for (Value part : {s->start, s->stop, s->step}) {
    uint64_t lane = static_cast<uint64_t>(TRY(quick_hash(vm, part)));
    acc = std::rotl(acc + lane * kPrime2, 31) * kPrime1;
  }
  if (acc == ~uint64_t{0}) return int_from(vm, 1546275796);
  return int_from(vm, static_cast<int64_t>(acc));
}

Value index_part(Vm& vm, Value v) {
  if (!has_index(vm, v)) return bad_slice_part(vm);
  return index(vm, v);
}

/// slice.indices for ints of any size.
Value slice_indices(Vm& vm, Args a) {
  Slice* s = self_of(a);
  Value length = TRY(index(vm, a[1]));
  if (int_sign(length) < 0) return vm.raise(E::ValueError, "length should not be negative");
  Value zero = Value::small_int(0), one = Value::small_int(1);
  Value step = s->step.is_none() ? one : TRY(index_part(vm, s->step));
  int sign = int_sign(step);
  if (sign == 0) return vm.raise(E::ValueError, "slice step cannot be zero");
  Value low = sign < 0 ? Value::small_int(-1) : zero;
  Value high = sign < 0 ? TRY(int_sub(vm, length, one)) : length;
  auto bound = [&](Value v) -> Value {
    v = TRY(index_part(vm, v));
    if (int_sign(v) < 0) {
      v = TRY(int_add(vm, v, length));
      return int_compare(v, low) < 0 ? low : v;
    }
    return int_compare(v, high) > 0 ? high : v;
  };
  Value start = s->start.is_none() ? (sign < 0 ? high : low) : TRY(bound(s->start));
  Value stop = s->stop.is_none() ? (sign < 0 ? low : high) : TRY(bound(s->stop));
  return pack(vm, start, stop, step);
}

Value slice_reduce(Vm& vm, Args a) {
  Slice* s = self_of(a);
  return pack(vm, vm.types.slice, pack(vm, s->start, s->stop, s->step));
}

constexpr NativeRow kMethods[] = {
    {"__new__($type, start, stop=None, step=None, /)", slice_new_method, kNewMethod | kStaticMethod,
     "Create and return a new object."},
    {"__repr__($self, /)", slice_repr, 0, "Return repr(self)."},
    {"__hash__($self, /)", slice_hash, 0, "Return hash(self)."},
    {"__lt__($self, value, /)", slice_compare<CompareOp::Lt>, 0, "Return self<value."},
    {"__le__($self, value, /)", slice_compare<CompareOp::Le>, 0, "Return self<=value."},
    {"__eq__($self, value, /)", slice_compare<CompareOp::Eq>, 0, "Return self==value."},
    {"__ne__($self, value, /)", slice_compare<CompareOp::Ne>, 0, "Return self!=value."},
    {"__gt__($self, value, /)", slice_compare<CompareOp::Gt>, 0, "Return self>value."},
    {"__ge__($self, value, /)", slice_compare<CompareOp::Ge>, 0, "Return self>=value."},
    {"indices($self, length, /)", slice_indices, 0,
     "Return (start, stop, step) as the slice means them for a sequence of this length."},
    {"__reduce__($self, /)", slice_reduce, 0, "Return state information for pickling."},
};
constexpr MemberRow kMembers[] = {
    {"start", offsetof(Slice, start), MemberRow::kReadOnly},
    {"stop", offsetof(Slice, stop), MemberRow::kReadOnly},
    {"step", offsetof(Slice, step), MemberRow::kReadOnly},
};

}  // namespace

extern constinit const TypeSpec slice_type{
    .name = "slice",
    .doc = "slice(stop)\nslice(start, stop[, step])\n\nWhat stands between the brackets of a[start:stop:step].",
    .signature = "",
    .kind = static_cast<CellKind>(Kind::Slice),
    .size = sizeof(Slice),
    .methods = kMethods,
    .members = kMembers,
    .trace = trace,
};

}  // namespace krait
