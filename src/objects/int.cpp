// int and bool: making ints, conversions to and from machine numbers, and the types.
#include "objects/int.hpp"

#include <bit>
#include <cmath>

#include "base/hash.hpp"
#include "objects/bytes.hpp"
#include "objects/float.hpp"
#include "objects/int_limbs.hpp"
#include "objects/native.hpp"
#include "objects/number_format.hpp"
#include "objects/operations.hpp"
#include "objects/quick.hpp"
#include "objects/sequences.hpp"
#include "objects/str.hpp"
#include "objects/text_args.hpp"

namespace krait {

// --- Making ints.

Result<Int*> int_allocate(Vm& vm, uint64_t limbs) {
  if (limbs > kMaxIntLimbs) return vm.raise_memory_error();
  uint64_t room = limbs == 0 ? 1 : limbs;
  size_t bytes = offsetof(Int, limbs) + room * sizeof(uint64_t);
  Cell* cell =
      vm.heap.allocate_text(bytes, offsetof(Int, limbs), static_cast<CellKind>(Kind::Int), vm.types.int_->shape);
  if (cell == nullptr) [[unlikely]]
    return vm.allocation_failed(bytes);
  Int* i = static_cast<Int*>(cell);
  i->size = limbs;
  return i;
}

namespace {

/// Is the magnitude that of a small int? Gives it then.
bool small_magnitude(const uint64_t* limbs, uint64_t size, bool negative, Value& out) {
  if (size > 1) return false;
  uint64_t limb = size == 0 ? 0 : limbs[0];
  if (limb > static_cast<uint64_t>(Value::kMaxInt) + negative) return false;
  auto i = static_cast<int64_t>(limb);
  out = Value::small_int(negative ? -i : i);
  return true;
}

}  // namespace

Value int_finish(Vm& vm, Int* i, uint64_t size, bool negative) {
  uint64_t reserved = i->size;
  size = limbs_trim(i->limbs, size);
  Value small;
  if (small_magnitude(i->limbs, size, negative, small)) return small;
  if (reserved > 32 && size < reserved / 2)
    return int_from_limbs(vm, {i->limbs, size}, negative);  // do not keep the rest
  i->size = size;
  i->bits = negative ? Int::kNegative : 0;
  return i;
}

Value int_from_limbs(Vm& vm, std::span<const uint64_t> limbs, bool negative) {
  uint64_t size = limbs_trim(limbs.data(), limbs.size());
  Value small;
  if (small_magnitude(limbs.data(), size, negative, small)) return small;
  Int* i = TRY(int_allocate(vm, size));
  std::copy_n(limbs.data(), size, i->limbs);
  i->bits = negative ? Int::kNegative : 0;
  return i;
}

Value int_from(Vm& vm, int64_t i) {
  if (Value::fits_small_int(i)) [[likely]]
    return Value::small_int(i);
  uint64_t limb = i < 0 ? 0 - static_cast<uint64_t>(i) : static_cast<uint64_t>(i);
  return int_from_limbs(vm, {&limb, 1}, i < 0);
}

Value int_from_u64(Vm& vm, uint64_t i) {
  if (i <= static_cast<uint64_t>(Value::kMaxInt)) [[likely]]
    return Value::small_int(static_cast<int64_t>(i));
  return int_from_limbs(vm, {&i, 1}, false);
}

Value int_from_double(Vm& vm, double d) {
  if (std::fabs(d) < 0x1p61) return Value::small_int(static_cast<int64_t>(d));
  int exponent;
  double fraction = std::frexp(std::fabs(d), &exponent);
  auto mantissa = static_cast<uint64_t>(std::ldexp(fraction, 53));
  Value v =
      TRY(int_shift_left(vm, Value::small_int(static_cast<int64_t>(mantissa)), static_cast<uint64_t>(exponent - 53)));
  return d < 0 ? int_neg(vm, v) : v;
}

Value int_exact(Vm& vm, Value v) {
  if (v.is_small_int()) return v;
  if (v.is_bool()) return Value::small_int(v.is_true());
  if (vm.type_of(v) == vm.types.int_) return v;
  IntView x(v);
  return int_from_limbs(vm, x.span(), x.negative);
}

Value int_of_type(Vm& vm, Type* type, Value v) {
  if (type == vm.types.int_) return int_exact(vm, v);
  IntView x(v);
  Int* i = TRY(vm.new_instance<Int>(type, std::max<uint64_t>(x.size, 1) * sizeof(uint64_t)));
  i->size = x.size;
  i->bits = x.negative ? Int::kNegative : 0;
  std::copy_n(x.limbs, x.size, i->limbs);
  return i;
}

// --- To machine numbers.

std::optional<int64_t> int_to_i64(Value v) {
  if (v.is_small_int()) [[likely]]
    return v.as_small_int();
  if (!is_int(v)) return std::nullopt;
  IntView x(v);
  if (x.size == 0) return 0;
  if (x.size > 1) return std::nullopt;
  uint64_t limb = x.limbs[0];
  if (x.negative) {
    if (limb > uint64_t{1} << 63) return std::nullopt;
    return static_cast<int64_t>(0 - limb);
  }
  if (limb > INT64_MAX) return std::nullopt;
  return static_cast<int64_t>(limb);
}

std::optional<uint64_t> int_to_u64(Value v) {
  if (!is_int(v)) return std::nullopt;
  IntView x(v);
  if (x.size == 0) return 0;
  if (x.size > 1 || x.negative) return std::nullopt;
  return x.limbs[0];
}

Result<int64_t> int_to_i64_checked(Vm& vm, Value v, const char* c_type) {
  auto i = int_to_i64(v);
  if (!i) return vm.raise(E::OverflowError, "Python int too large to convert to {}", c_type);
  return *i;
}

int int_sign(Value v) {
  if (v.is_small_int()) return (v.as_small_int() > 0) - (v.as_small_int() < 0);
  IntView x(v);
  return x.size == 0 ? 0 : x.negative ? -1 : 1;
}

uint64_t int_bit_length(Value v) {
  IntView x(v);
  return limbs_bit_length(x.span());
}

Result<double> int_to_double(Vm& vm, Value v) {
  if (v.is_small_int()) return static_cast<double>(v.as_small_int());
  if (int_sign(v) == 0) return 0.0;
  TopBits bits = int_top_bits(v);
  double d = round_to_double(bits.mantissa, bits.exponent, bits.inexact);
  if (std::isinf(d)) return vm.raise(E::OverflowError, "int too large to convert to float");
  return int_sign(v) < 0 ? -d : d;
}

std::span<const uint64_t> int_limbs(Value v, uint64_t& scratch, bool& negative) {
  IntView x(v);
  negative = x.negative;
  if (v.has_cell_tag()) return x.span();
  scratch = x.limbs[0];
  return {&scratch, x.size};
}

int64_t int_hash(Value v) {
  if (v.is_small_int()) return hash_int(v.as_small_int());
  IntView x(v);
  return hash_limbs(x.limbs, x.size, x.negative);
}

// --- int(x).

namespace {

/// What __int__ or __index__ (`name`) gave: an int, exact from here on.
Value checked_result(Vm& vm, Value result, const char* name) {
  if (!is_int(result)) return vm.raise(E::TypeError, "{} returned non-int (type {})", name, type_name_of(result));
  if (result.is_bool() || vm.type_of(result) != vm.types.int_) {
    Str* message =
        TRY(str_message(vm,
                        "{} returned non-int (type {}).  The ability to return an instance of a strict subclass of "
                        "int is deprecated, and may not be supported in a future version of Python.",
                        name, type_name_of(result)));
    TRY(warn(vm, E::DeprecationWarning, str_to_utf8(message)));
  }
  return int_exact(vm, result);
}

Value int_from_buffer(Vm& vm, Value x, int base) {
  ScopedBuffer buffer(vm);
  TRY(buffer.acquire(x));
  Value bytes = TRY(bytes_from(vm, buffer.view()));
  return int_from_text(vm, bytes, base);
}

}  // namespace

Value int_from_object(Vm& vm, Value x) {
  if (x.is_small_int() || vm.type_of(x) == vm.types.int_) return x;
  if (is_float(x) && vm.type_of(x) == vm.types.float_) return float_to_int(vm, float_value(x));
  Value method = special_of(vm, x, Special::Int);
  if (!method.is_unset() && !method.is_none()) {
    Value result = TRY(call_special(vm, method, x));
    return checked_result(vm, result, "__int__");
  }
  method = special_of(vm, x, Special::Index);
  if (!method.is_unset() && !method.is_none()) {
    Value result = TRY(call_special(vm, method, x));
    return checked_result(vm, result, "__index__");
  }
  if (is_str(x) || is_bytes(x) || is_bytearray(x)) return int_from_text(vm, x, 10);
  if (has_buffer(vm, x)) return int_from_buffer(vm, x, 10);
  return vm.raise(E::TypeError, "int() argument must be a string, a bytes-like object or a real number, not '{}'",
                  type_name_of(x));
}

namespace {

Value int_new(Vm& vm, Args a) {
  Value result;
  if (!a.has(1)) {
    if (a.has(2)) return vm.raise(E::TypeError, "int() missing string argument");
    result = Value::small_int(0);
  } else if (!a.has(2)) {
    result = TRY(int_from_object(vm, a[1]));
  } else {
    int64_t base = TRY(index_clipped(vm, a[2]));
    if ((base != 0 && base < 2) || base > 36) return vm.raise(E::ValueError, "int() base must be >= 2 and <= 36, or 0");
    if (!is_str(a[1]) && !is_bytes(a[1]) && !is_bytearray(a[1]))
      return vm.raise(E::TypeError, "int() can't convert non-string with explicit base");
    result = TRY(int_from_text(vm, a[1], static_cast<int>(base)));
  }
  return int_of_type(vm, a[0].as<Type>(), result);
}

// --- Operators.

using IntOp = Value (*)(Vm& vm, Value a, Value b);

template <IntOp op>
Value forward(Vm& vm, Args a) {
  if (!is_int(a[1])) return Value::not_implemented();
  return op(vm, a[0], a[1]);
}
template <IntOp op>
Value reflected(Vm& vm, Args a) {
  if (!is_int(a[1])) return Value::not_implemented();
  return op(vm, a[1], a[0]);
}

Value div_mod_pair(Vm& vm, Value a, Value b) {
  Value q, r;
  TRY(int_div_mod(vm, a, b, &q, &r));
  return tuple_of(vm, q, r);
}

Value power_of(Vm& vm, Value base, Value exponent, Value modulus) {
  if (!is_int(base) || !is_int(exponent)) return Value::not_implemented();
  if (modulus.is_unset() || modulus.is_none()) return int_pow(vm, base, exponent, Value());
  if (!is_int(modulus)) return Value::not_implemented();
  return int_pow(vm, base, exponent, modulus);
}
Value int_pow_method(Vm& vm, Args a) { return power_of(vm, a[0], a[1], a[2]); }
Value int_rpow_method(Vm& vm, Args a) { return power_of(vm, a[1], a[0], a[2]); }

template <CompareOp op>
Value int_compare_method(Vm&, Args a) {
  if (!is_int(a[1])) return Value::not_implemented();
  int c = int_compare(a[0], a[1]);
  switch (op) {
    case CompareOp::Lt: return Value::boolean(c < 0);
    case CompareOp::Le: return Value::boolean(c <= 0);
    case CompareOp::Eq: return Value::boolean(c == 0);
    case CompareOp::Ne: return Value::boolean(c != 0);
    case CompareOp::Gt: return Value::boolean(c > 0);
    case CompareOp::Ge: return Value::boolean(c >= 0);
  }
  return Value::not_implemented();
}

Value int_neg_method(Vm& vm, Args a) { return int_neg(vm, a[0]); }
Value int_self(Vm& vm, Args a) { return int_exact(vm, a[0]); }
Value int_abs(Vm& vm, Args a) { return int_sign(a[0]) < 0 ? int_neg(vm, a[0]) : int_exact(vm, a[0]); }
Value int_invert_method(Vm& vm, Args a) { return int_invert(vm, a[0]); }
Value int_bool(Vm&, Args a) { return Value::boolean(int_sign(a[0]) != 0); }
Value int_float(Vm& vm, Args a) {
  double d = TRY(int_to_double(vm, a[0]));
  return float_from(vm, d);
}
Value int_hash_method(Vm& vm, Args a) { return int_from(vm, int_hash(a[0])); }
Value int_repr(Vm& vm, Args a) { return int_to_str(vm, a[0]); }
Value int_format(Vm& vm, Args a) { return format_number(vm, a[0], a[1]); }

// --- Methods.

Value int_bit_length_method(Vm& vm, Args a) { return int_from_u64(vm, int_bit_length(a[0])); }

Value int_bit_count(Vm& vm, Args a) {
  IntView x(a[0]);
  return int_from_u64(vm, x.size == 0 ? 0 : mpn_popcount(x.limbs, static_cast<mp_size_t>(x.size)));
}

Value int_as_integer_ratio(Vm& vm, Args a) {
  Value self = TRY(int_exact(vm, a[0]));
  return tuple_of(vm, self, Value::small_int(1));
}
Value int_is_integer(Vm&, Args) { return Value::true_(); }

Value int_getnewargs(Vm& vm, Args a) {
  Value self = TRY(int_exact(vm, a[0]));
  return tuple_of(vm, self);
}

/// As CPython counts: a header of 24 bytes, and 4 bytes for every 30 bits.
Value int_sizeof(Vm& vm, Args a) {
  uint64_t digits = (int_bit_length(a[0]) + 29) / 30;
  return int_from_u64(vm, 24 + 4 * std::max<uint64_t>(digits, 1));
}

Value int_round(Vm& vm, Args a) {
  if (!a.has(1) || a[1].is_none()) return int_exact(vm, a[0]);
  Value digits = TRY(index(vm, a[1]));
  if (int_sign(digits) >= 0) return int_exact(vm, a[0]);
  // To a multiple of 10 ** n, the even one if two are as near.
  auto n = int_to_i64(digits);
  double digits_at_most = static_cast<double>(int_bit_length(a[0])) * 0.302 + 2;
  if (!n || static_cast<double>(*n) < -digits_at_most) return Value::small_int(0);
  Value unit = TRY(int_pow(vm, Value::small_int(10), Value::small_int(-*n), Value()));
  Value q, r;
  TRY(int_div_mod(vm, a[0], unit, &q, &r));
  Value twice = TRY(int_shift_left(vm, r, 1));
  int c = int_compare(twice, unit);
  IntView quotient(q);
  bool odd = quotient.size > 0 && (quotient.limbs[0] & 1);
  if (c > 0 || (c == 0 && odd)) q = TRY(int_add(vm, q, Value::small_int(1)));
  return int_mul(vm, q, unit);
}

/// byteorder: true for 'little'.
Result<bool> is_little(Vm& vm, Value order, const char* function) {
  if (order.is_unset()) return false;
  if (!is_str(order))
    return vm.raise(E::TypeError, "{}() argument 'byteorder' must be str, not {}", function, argument_type(order));
  if (as_str(order)->equals("little")) return true;
  if (as_str(order)->equals("big")) return false;
  return vm.raise(E::ValueError, "byteorder must be either 'little' or 'big'");
}

Value int_to_bytes(Vm& vm, Args a) {
  int64_t length = a.has(1) ? TRY(ssize_argument(vm, a[1])) : 1;
  bool little = TRY(is_little(vm, a[2], "to_bytes"));
  bool is_signed = a.has(3) && TRY(truthy(vm, a[3]));
  if (length < 0) return vm.raise(E::ValueError, "length argument must be non-negative");
  auto n = static_cast<uint64_t>(length);
  IntView x(a[0]);
  if (x.negative && !is_signed) return vm.raise(E::OverflowError, "can't convert negative int to unsigned");
  // Bits needed, a sign bit included where there is one; -2**k needs only k + 1.
  uint64_t bits = limbs_bit_length(x.span());
  if (is_signed && bits > 0) {
    bool power = x.negative && mpn_scan1(x.limbs, 0) == bits - 1;
    bits += power ? 0 : 1;
  }
  if (bits > n * 8 && (n <= UINT64_MAX / 8)) return vm.raise(E::OverflowError, "int too big to convert");
  Bytes* out = TRY(bytes_allocate(vm, n));
  uint64_t limb = 0, carry = 1;
  for (uint64_t i = 0; i < n; ++i) {
    if ((i & 0xFFFFF) == 0xFFFFF) TRY(vm.poll());
    if (i % 8 == 0) {
      limb = i / 8 < x.size ? x.limbs[i / 8] : 0;
      if (x.negative) {
        limb = ~limb + carry;
        carry = carry && limb == 0;
      }
    }
    out->data[little ? i : n - 1 - i] = static_cast<uint8_t>(limb >> (8 * (i % 8)));
  }
  return out;
}

/// The bytes of any object that gives some: from a buffer, __bytes__ or an iterable of ints.
Value bytes_of(Vm& vm, Value v) {
  if (is_bytes(v)) return v;
  bool convertible = has_buffer(vm, v) || !special_of(vm, v, Special::Bytes).is_unset() ||
                     !special_of(vm, v, Special::Iter).is_unset() || !special_of(vm, v, Special::GetItem).is_unset();
  if (is_str(v) || !convertible) return vm.raise(E::TypeError, "cannot convert '{}' object to bytes", type_name_of(v));
  return call1(vm, vm.types.bytes, v);
}

Value int_from_bytes(Vm& vm, Args a) {
  bool little = TRY(is_little(vm, a[2], "from_bytes"));
  bool is_signed = a.has(3) && TRY(truthy(vm, a[3]));
  Value source = TRY(bytes_of(vm, a[1]));
  Bytes* bytes = source.as<Bytes>();
  uint64_t n = bytes->length, size = (n + 7) / 8;
  Int* out = TRY(int_allocate(vm, size));
  std::fill_n(out->limbs, size, 0);
  for (uint64_t i = 0; i < n; ++i) {
    if ((i & 0xFFFFF) == 0xFFFFF) TRY(vm.poll());
    uint64_t byte = bytes->data[little ? i : n - 1 - i];
    out->limbs[i / 8] |= byte << (8 * (i % 8));
  }
  bool negative = is_signed && n > 0 && (bytes->data[little ? n - 1 : 0] & 0x80);
  if (negative) {
    if (n % 8 != 0) out->limbs[size - 1] |= ~uint64_t{0} << (8 * (n % 8));
    mpn_neg(out->limbs, out->limbs, static_cast<mp_size_t>(size));
  }
  Value result = TRY(int_finish(vm, out, size, negative));
  if (a[0].as<Type>() == vm.types.int_) return result;
  return call1(vm, a[0], result);
}

Value get_self(Vm& vm, Value self) { return int_exact(vm, self); }
Value get_zero(Vm&, Value) { return Value::small_int(0); }
Value get_one(Vm&, Value) { return Value::small_int(1); }

constexpr NativeRow kIntMethods[] = {
    {"__new__($type, x=0, /, base=10)", int_new, kNewMethod | kStaticMethod | kCheckPositional,
     "Create and return a new object."},
    {"__repr__($self, /)", int_repr, kPure, "Return repr(self)."},
    {"__hash__($self, /)", int_hash_method, kPure, "Return hash(self)."},
    {"__bool__($self, /)", int_bool, kPure, "True if self else False"},
    {"__lt__($self, value, /)", int_compare_method<CompareOp::Lt>, kPure, "Return self<value."},
    {"__le__($self, value, /)", int_compare_method<CompareOp::Le>, kPure, "Return self<=value."},
    {"__eq__($self, value, /)", int_compare_method<CompareOp::Eq>, kPure, "Return self==value."},
    {"__ne__($self, value, /)", int_compare_method<CompareOp::Ne>, kPure, "Return self!=value."},
    {"__gt__($self, value, /)", int_compare_method<CompareOp::Gt>, kPure, "Return self>value."},
    {"__ge__($self, value, /)", int_compare_method<CompareOp::Ge>, kPure, "Return self>=value."},
    {"__add__($self, value, /)", forward<int_add>, kPure, "Return self+value."},
    {"__radd__($self, value, /)", reflected<int_add>, kPure, "Return value+self."},
    {"__sub__($self, value, /)", forward<int_sub>, kPure, "Return self-value."},
    {"__rsub__($self, value, /)", reflected<int_sub>, kPure, "Return value-self."},
    {"__mul__($self, value, /)", forward<int_mul>, kPure, "Return self*value."},
    {"__rmul__($self, value, /)", reflected<int_mul>, kPure, "Return value*self."},
    {"__floordiv__($self, value, /)", forward<int_floor_div>, kPure, "Return self//value."},
    {"__rfloordiv__($self, value, /)", reflected<int_floor_div>, kPure, "Return value//self."},
    {"__mod__($self, value, /)", forward<int_mod>, kPure, "Return self%value."},
    {"__rmod__($self, value, /)", reflected<int_mod>, kPure, "Return value%self."},
    {"__divmod__($self, value, /)", forward<div_mod_pair>, kPure, "Return divmod(self, value)."},
    {"__rdivmod__($self, value, /)", reflected<div_mod_pair>, kPure, "Return divmod(value, self)."},
    {"__truediv__($self, value, /)", forward<int_true_div>, kPure, "Return self/value."},
    {"__rtruediv__($self, value, /)", reflected<int_true_div>, kPure, "Return value/self."},
    {"__pow__($self, value, mod=None, /)", int_pow_method, kPure, "Return pow(self, value, mod)."},
    {"__rpow__($self, value, mod=None, /)", int_rpow_method, kPure, "Return pow(value, self, mod)."},
    {"__lshift__($self, value, /)", forward<int_lshift>, kPure, "Return self<<value."},
    {"__rlshift__($self, value, /)", reflected<int_lshift>, kPure, "Return value<<self."},
    {"__rshift__($self, value, /)", forward<int_rshift>, kPure, "Return self>>value."},
    {"__rrshift__($self, value, /)", reflected<int_rshift>, kPure, "Return value>>self."},
    {"__and__($self, value, /)", forward<int_and>, kPure, "Return self&value."},
    {"__rand__($self, value, /)", reflected<int_and>, kPure, "Return value&self."},
    {"__or__($self, value, /)", forward<int_or>, kPure, "Return self|value."},
    {"__ror__($self, value, /)", reflected<int_or>, kPure, "Return value|self."},
    {"__xor__($self, value, /)", forward<int_xor>, kPure, "Return self^value."},
    {"__rxor__($self, value, /)", reflected<int_xor>, kPure, "Return value^self."},
    {"__neg__($self, /)", int_neg_method, kPure, "-self"},
    {"__pos__($self, /)", int_self, kPure, "+self"},
    {"__abs__($self, /)", int_abs, kPure, "abs(self)"},
    {"__invert__($self, /)", int_invert_method, kPure, "~self"},
    {"__int__($self, /)", int_self, kPure, "int(self)"},
    {"__index__($self, /)", int_self, kPure, "The value as an int, for use as an index."},
    {"__float__($self, /)", int_float, kPure, "float(self)"},
    {"__trunc__($self, /)", int_self, kPure, "Truncating an Integral returns itself."},
    {"__floor__($self, /)", int_self, kPure, "Flooring an Integral returns itself."},
    {"__ceil__($self, /)", int_self, kPure, "Ceiling of an Integral returns itself."},
    {"__round__($self, ndigits=None, /)", int_round, 0,
     "Round to a multiple of 10 ** -ndigits, to the even one if two are as near."},
    {"__format__($self, format_spec, /)", int_format, 0, "Convert to a string according to format_spec."},
    {"__getnewargs__($self, /)", int_getnewargs, kPure, nullptr},
    {"__sizeof__($self, /)", int_sizeof, kPure, "Returns size in memory, in bytes."},
    {"conjugate($self, /)", int_self, kPure, "Returns self, the complex conjugate of any int."},
    {"bit_length($self, /)", int_bit_length_method, kPure,
     "Number of bits of the absolute value, leading zeros left out.\n\n>>> (-20).bit_length()\n5"},
    {"bit_count($self, /)", int_bit_count, kPure,
     "Number of ones in the binary form of the absolute value.\n\n>>> (-20).bit_count()\n2"},
    {"as_integer_ratio($self, /)", int_as_integer_ratio, kPure,
     "The pair (self, 1).\n\n>>> (-3).as_integer_ratio()\n(-3, 1)"},
    {"is_integer($self, /)", int_is_integer, kPure, "Returns True: it stands here as it does in float."},
    {"to_bytes($self, /, length=1, byteorder='big', *, signed=False)", int_to_bytes, 0,
     "The value as `length` bytes, in two's complement if signed. OverflowError if it does not fit."},
    {"from_bytes($type, /, bytes, byteorder='big', *, signed=False)", int_from_bytes, kClassMethod,
     "The int that the bytes hold, read as two's complement if signed."},
};

constexpr GetSetRow kIntGetSets[] = {
    {"real", get_self, nullptr, "the real part of a complex number"},
    {"imag", get_zero, nullptr, "the imaginary part of a complex number"},
    {"numerator", get_self, nullptr, "the numerator of a rational number in lowest terms"},
    {"denominator", get_one, nullptr, "the denominator of a rational number in lowest terms"},
};

// --- bool.

Value bool_new(Vm& vm, Args a) {
  if (!a.has(1)) return Value::false_();
  return Value::boolean(TRY(truthy(vm, a[1])));
}

Value bool_repr(Vm& vm, Args a) { return str_from_ascii(vm, a[0].is_true() ? "True" : "False"); }

/// Two bools give a bool, anything else what the ints give.
template <IntOp op>
Value bool_bitwise(Vm& vm, Args a) {
  if (!is_int(a[1])) return Value::not_implemented();
  Value result = TRY(op(vm, a[0], a[1]));
  if (a[0].is_bool() && a[1].is_bool()) return Value::boolean(int_sign(result) != 0);
  return result;
}

Value bool_invert(Vm& vm, Args a) {
  TRY(warn(vm, E::DeprecationWarning,
           "Bitwise inversion '~' on bool is deprecated and will be removed in Python 3.16. This returns the bitwise "
           "inversion "
           "of the underlying int object and is usually not what you expect from negating a bool. Use the 'not' "
           "operator for "
           "boolean negation or ~int(x) if you really want the bitwise inversion of the underlying int."));
  return int_invert(vm, a[0]);
}

constexpr NativeRow kBoolMethods[] = {
    {"__new__($type, object=False, /)", bool_new, kNewMethod | kStaticMethod, "Create and return a new object."},
    {"__repr__($self, /)", bool_repr, kPure, "Return repr(self)."},
    {"__and__($self, value, /)", bool_bitwise<int_and>, kPure, "Return self&value."},
    {"__rand__($self, value, /)", bool_bitwise<int_and>, kPure, "Return value&self."},
    {"__or__($self, value, /)", bool_bitwise<int_or>, kPure, "Return self|value."},
    {"__ror__($self, value, /)", bool_bitwise<int_or>, kPure, "Return value|self."},
    {"__xor__($self, value, /)", bool_bitwise<int_xor>, kPure, "Return self^value."},
    {"__rxor__($self, value, /)", bool_bitwise<int_xor>, kPure, "Return value^self."},
    {"__invert__($self, /)", bool_invert, 0, "~self"},
};

}  // namespace

extern constinit const TypeSpec int_type{
    .name = "int",
    .doc =
        "int([x]) -> integer\nint(x, base=10) -> integer\n\n"
        "The integer that a number or text stands for, 0 without an argument. A float is cut toward zero.\n"
        "With a base, x must be text: digits of that base (2 to 36), possibly signed, surrounded by white space\n"
        "or grouped by underscores; base 0 reads the text as a literal with its prefix.\n\n"
        ">>> int('0x_ff', base=0)\n255",
    .signature = "",
    .kind = static_cast<CellKind>(Kind::Int),
    .size = offsetof(Int, limbs),
    .flags = kTypeBase | kTypeVarSize | kTypeMatchSelf,
    .methods = kIntMethods,
    .getsets = kIntGetSets,
};

extern constinit const TypeSpec bool_type{
    .name = "bool",
    .doc =
        "The truth of an object: bool(x) is True when x counts as true.\n\n"
        "True and False are the only two instances; the class cannot be subclassed.",
    .kind = static_cast<CellKind>(Kind::Int),
    .size = offsetof(Int, limbs),
    .flags = kTypeVarSize | kTypeMatchSelf,
    .methods = kBoolMethods,
};

}  // namespace krait
