#include "compiler/constants.hpp"

#include <bit>

#include "objects/bytes.hpp"
#include "objects/dict.hpp"
#include "objects/float.hpp"
#include "objects/int.hpp"
#include "objects/operations.hpp"
#include "objects/sequences.hpp"
#include "objects/str.hpp"

namespace krait {
namespace {

// Sizes beyond which folding would make code objects larger than their source deserves.
constexpr uint64_t kMaxIntBits = 128;
constexpr int64_t kMaxTextSize = 4096;
constexpr int64_t kMaxTupleSize = 256;
constexpr int64_t kMaxTupleItems = 1024;

uint64_t mix(uint64_t h, uint64_t v) { return (h ^ v) * 0x9E3779B97F4A7C15u ^ h >> 31; }

bool is_exact_constant(Vm& vm, Value v) {
  if (!v.is_cell()) return true;
  Type* t = vm.type_of(v);
  const Types& types = vm.types;
  return t == types.int_ || t == types.float_ || t == types.complex_ || t == types.str || t == types.bytes ||
         t == types.tuple;
}

// How many items a tuple has, nested ones included; -1 when over the limit.
int64_t count_items(Value v, int64_t limit, int depth = 0) {
  if (!is_tuple(v)) return 0;
  if (depth > 20) return -1;
  const Tuple* t = v.as<Tuple>();
  int64_t n = static_cast<int64_t>(t->length);
  for (uint64_t i = 0; i < t->length && n <= limit; ++i) {
    int64_t inner = count_items(t->items[i], limit, depth + 1);
    if (inner < 0) return -1;
    n += inner;
  }
  return n > limit ? -1 : n;
}

bool safe_multiply(Vm& vm, Value a, Value b) {
  if (is_int(a) && is_int(b)) return int_bit_length(a) + int_bit_length(b) <= kMaxIntBits;
  if (is_int(b) && !is_int(a)) std::swap(a, b);
  if (!is_int(a)) return true;
  int64_t times = int_to_i64(a).value_or(INT64_MAX);
  if (is_tuple(b)) {
    int64_t n = static_cast<int64_t>(b.as<Tuple>()->length);
    if (n == 0) return true;
    if (times < 0 || times > kMaxTupleSize / n) return false;
    return times == 0 || count_items(b, kMaxTupleItems / times) >= 0;
  }
  int64_t n = is_str(b)     ? static_cast<int64_t>(as_str(b)->length)
              : is_bytes(b) ? static_cast<int64_t>(b.as<Bytes>()->length)
                            : 0;
  return n == 0 || (times >= 0 && times <= kMaxTextSize / n);
}

bool safe_binary(Vm& vm, BinaryOp op, Value a, Value b) {
  switch (op) {
    case BinaryOp::Mul: return safe_multiply(vm, a, b);
    case BinaryOp::Pow:
      if (is_int(a) && is_int(b) && int_sign(b) > 0) {
        int64_t exponent = int_to_i64(b).value_or(INT64_MAX);
        return int_bit_length(a) == 0 || exponent <= static_cast<int64_t>(kMaxIntBits / int_bit_length(a));
      }
      return true;
    case BinaryOp::LShift:
      if (is_int(a) && is_int(b)) {
        int64_t shift = int_to_i64(b).value_or(INT64_MAX);
        return shift >= 0 && shift <= static_cast<int64_t>(kMaxIntBits) && int_bit_length(a) + shift <= kMaxIntBits;
      }
      return true;
    case BinaryOp::Mod: return !is_str(a) && !is_bytes(a);
    case BinaryOp::Add:
      if (is_tuple(a) && is_tuple(b))
        return static_cast<int64_t>(a.as<Tuple>()->length + b.as<Tuple>()->length) <= kMaxTupleItems;
      return true;
    default: return true;
  }
}

// Takes `result`: true if it is a value, false if the operation failed (and is left to run time).
Result<bool> settle(Vm& vm, Value result, Value* out) {
  if (result.is_error()) {
    if (!vm.clear_pending()) return Error{};
    return false;
  }
  *out = result;
  return true;
}

}  // namespace

Status ConstantPool::init() {
  values_ = TRY(list_new(vm_, 32));
  return {};
}

Value ConstantPool::operator[](uint32_t number) const { return values_->items()[number]; }

uint64_t ConstantPool::hash(Value v) const {
  if (!v.is_cell()) return mix(1, v.bits());
  switch (static_cast<Kind>(v.cell()->kind)) {
    case Kind::Str: return mix(2, static_cast<uint64_t>(str_hash(vm_, as_str(v))));
    case Kind::Bytes: {
      uint64_t h = 3;
      for (uint8_t c : v.as<Bytes>()->span()) h = mix(h, c);
      return h;
    }
    case Kind::Int: {
      uint64_t scratch, h = 4;
      bool negative;
      for (uint64_t limb : int_limbs(v, scratch, negative)) h = mix(h, limb);
      return mix(h, negative);
    }
    case Kind::Float: return mix(5, std::bit_cast<uint64_t>(float_value(v)));
    case Kind::Complex:
      return mix(mix(6, std::bit_cast<uint64_t>(v.as<Complex>()->real)),
                 std::bit_cast<uint64_t>(v.as<Complex>()->imag));
    case Kind::Tuple: {
      uint64_t h = 7;
      for (Value item : v.as<Tuple>()->span()) h = mix(h, hash(item));
      return h;
    }
    default: return mix(8, v.bits());
  }
}

namespace {
/// As constants are told apart: 0.0 is not -0.0, and a NaN is itself.
bool same_bits(double a, double b) { return std::bit_cast<uint64_t>(a) == std::bit_cast<uint64_t>(b); }
}  // namespace

bool ConstantPool::same(Value a, Value b) const {
  if (a.is(b)) return true;
  if (!a.is_cell() || !b.is_cell() || a.cell()->shape != b.cell()->shape) return false;
  switch (static_cast<Kind>(a.cell()->kind)) {
    case Kind::Str: return str_equal(as_str(a), as_str(b));
    case Kind::Bytes: return a.as<Bytes>()->view() == b.as<Bytes>()->view();
    case Kind::Int: return int_compare(a, b) == 0;
    case Kind::Float: return same_bits(float_value(a), float_value(b));
    case Kind::Complex:
      return same_bits(a.as<Complex>()->real, b.as<Complex>()->real) &&
             same_bits(a.as<Complex>()->imag, b.as<Complex>()->imag);
    case Kind::Tuple: {
      const Tuple *x = a.as<Tuple>(), *y = b.as<Tuple>();
      if (x->length != y->length) return false;
      for (uint64_t i = 0; i < x->length; ++i)
        if (!same(x->items[i], y->items[i])) return false;
      return true;
    }
    default: return false;
  }
}

Result<uint32_t> ConstantPool::add(Value v) {
  TRY(vm_.check_stack(" during compilation"));
  size_t at = hash(v) & (buckets_.size() - 1);
  for (; buckets_[at] != 0; at = (at + 1) & (buckets_.size() - 1))
    if (same(values_->items()[buckets_[at] - 1], v)) return buckets_[at] - 1;
  TRY(list_append(vm_, values_, v));
  buckets_[at] = static_cast<uint32_t>(values_->length);
  uint32_t number = buckets_[at] - 1;
  if (values_->length * 2 > buckets_.size()) grow();
  return number;
}

void ConstantPool::grow() {
  std::vector<uint32_t> bigger(buckets_.size() * 2, 0);
  for (uint64_t i = 0; i < values_->length; ++i) {
    size_t at = hash(values_->items()[i]) & (bigger.size() - 1);
    while (bigger[at] != 0) at = (at + 1) & (bigger.size() - 1);
    bigger[at] = static_cast<uint32_t>(i + 1);
  }
  buckets_.swap(bigger);
}

Result<bool> fold_binary(Vm& vm, BinaryOp op, Value a, Value b, Value* out) {
  if (!is_exact_constant(vm, a) || !is_exact_constant(vm, b) || !safe_binary(vm, op, a, b)) return false;
  if (a.is_none() || b.is_none()) return false;
  return settle(vm, binary(vm, op, a, b), out);
}

Result<bool> fold_unary(Vm& vm, UnaryFold op, Value a, Value* out) {
  if (!is_exact_constant(vm, a)) return false;
  switch (op) {
    case UnaryFold::Negative: return settle(vm, negative(vm, a), out);
    case UnaryFold::Positive: return settle(vm, positive(vm, a), out);
    case UnaryFold::Invert:
      if (a.is_bool()) return false;  // deprecated: warns at run time
      return settle(vm, invert(vm, a), out);
    case UnaryFold::Not: *out = Value::boolean(!TRY(truthy(vm, a))); return true;
  }
  return false;
}

Result<bool> fold_subscript(Vm& vm, Value a, Value index, Value* out) {
  if (!is_exact_constant(vm, a) || !is_int(index)) return false;
  if (!is_str(a) && !is_bytes(a) && !is_tuple(a)) return false;
  return settle(vm, get_item(vm, a, index), out);
}

}  // namespace krait
