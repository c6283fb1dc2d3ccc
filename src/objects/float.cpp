// float: IEEE doubles with Python's operators. Most are immediate; those too large or too small, nans and instances of
// subclasses are cells.
#include "objects/float.hpp"

#include <algorithm>
#include <bit>
#include <cmath>
#include <string>

#include "base/float_text.hpp"
#include "base/hash.hpp"
#include "base/unicode.hpp"
#include "objects/bytes.hpp"
#include "objects/exception.hpp"
#include "objects/int_limbs.hpp"
#include "objects/native.hpp"
#include "objects/number_format.hpp"
#include "objects/operations.hpp"
#include "objects/quick.hpp"
#include "objects/sequences.hpp"
#include "objects/str.hpp"
#include "objects/text_args.hpp"

namespace krait {

Value float_box(Vm& vm, double d) {
  Float* f = TRY(vm.allocate<Float>(Kind::Float, vm.types.float_->shape));
  f->value = d;
  return f;
}

Value float_to_int(Vm& vm, double d) {
  if (std::isnan(d)) return vm.raise(E::ValueError, "cannot convert float NaN to integer");
  if (std::isinf(d)) return vm.raise(E::OverflowError, "cannot convert float infinity to integer");
  return int_from_double(vm, d);
}

// --- Arithmetic.

namespace {

Error division_by_zero(Vm& vm) { return vm.raise(E::ZeroDivisionError, "division by zero"); }

/// Floor quotient and remainder with the divisor's sign, both as exact as doubles allow; b is not zero.
void floor_divide(double a, double b, double* quotient, double* remainder) {
  double mod = std::fmod(a, b);
  double div = (a - mod) / b;
  if (mod != 0) {
    if ((b < 0) != (mod < 0)) {
      mod += b;
      div -= 1.0;
    }
  } else {
    mod = std::copysign(0.0, b);
  }
  double floored;
  if (div != 0) {
    floored = std::floor(div);
    if (div - floored > 0.5) floored += 1.0;
  } else {
    floored = std::copysign(0.0, a / b);
  }
  *quotient = floored;
  *remainder = mod;
}

[[gnu::cold]] Error result_too_large(Vm& vm) {
  Value text = TRY(str_from_ascii(vm, "Numerical result out of range"));
  Tuple* args = TRY(tuple_of(vm, Value::small_int(34), text));
  Value exception = TRY(exception_new(vm, vm.exception_type(E::OverflowError), args));
  return vm.raise_value(exception);
}

bool is_odd_integer(double d) { return std::fmod(std::fabs(d), 2.0) == 1.0; }

}  // namespace

Result<double> float_floor_div(Vm& vm, double a, double b) {
  if (b == 0) return division_by_zero(vm);
  double q, r;
  floor_divide(a, b, &q, &r);
  return q;
}

Result<double> float_mod(Vm& vm, double a, double b) {
  if (b == 0) return division_by_zero(vm);
  double mod = std::fmod(a, b);
  if (mod == 0) return std::copysign(0.0, b);
  return (b < 0) != (mod < 0) ? mod + b : mod;
}

Value float_pow(Vm& vm, double a, double b) {
  if (b == 0 || a == 1) return float_from(vm, 1.0);
  if (std::isnan(a) || std::isnan(b)) return float_from(vm, std::isnan(a) ? a : b);
  if (std::isinf(b)) {
    double size = std::fabs(a);
    if (size == 1) return float_from(vm, 1.0);
    return float_from(vm, (b > 0) == (size > 1) ? HUGE_VAL : 0.0);
  }
  bool odd = is_odd_integer(b);
  if (std::isinf(a)) {
    if (b > 0) return float_from(vm, odd ? a : std::fabs(a));
    return float_from(vm, odd ? std::copysign(0.0, a) : 0.0);
  }
  if (a == 0) {
    if (b < 0) return vm.raise(E::ZeroDivisionError, "zero to a negative power");
    return float_from(vm, odd ? a : 0.0);
  }
  bool negate = false;
  if (a < 0) {
    if (b != std::floor(b)) return complex_pow(vm, a, 0.0, b, 0.0);
    a = -a;
    negate = odd;
  }
  if (a == 1) return float_from(vm, negate ? -1.0 : 1.0);
  double result = std::pow(a, b);
  if (std::isinf(result)) return result_too_large(vm);
  return float_from(vm, negate ? -result : result);
}

int compare_int_float(Value i, double d) {
  if (std::isnan(d)) return 2;
  if (std::isinf(d)) return d > 0 ? -1 : 1;
  if (i.is_small_int()) {
    int64_t n = i.as_small_int();
    constexpr int64_t kExact = int64_t{1} << 53;
    if (n >= -kExact && n <= kExact) {
      auto x = static_cast<double>(n);
      return (x > d) - (x < d);
    }
  }
  int sign = int_sign(i), other = (d > 0) - (d < 0);
  if (sign != other) return sign < other ? -1 : 1;
  if (sign == 0) return 0;
  // The same sign: first by magnitude in bits, then limb by limb.
  int exponent;
  double fraction = std::frexp(std::fabs(d), &exponent);
  auto bits = static_cast<int64_t>(int_bit_length(i));
  int c;
  if (bits != std::max(exponent, 0)) {
    c = bits < exponent ? -1 : 1;
  } else {
    // The int's top 64 bits stand against the double's 53, aligned at the top.
    TopBits top = int_top_bits(i);
    auto mantissa = static_cast<uint64_t>(std::ldexp(fraction, 53)) << 11;
    // Bits of d below the int's unit only exist while the int has fewer than 53 bits: then they are in the mantissa too.
    c = top.mantissa != mantissa ? (top.mantissa < mantissa ? -1 : 1) : top.inexact;
  }
  return sign > 0 ? c : -c;
}

// --- Text.

namespace {

/// The text of a str, bytes or bytearray as ASCII: digits of any script become theirs, other spaces ' ', the rest '?'.
std::string number_text(Value v) {
  std::string out;
  if (is_str(v)) {
    Str* s = as_str(v);
    out.resize(s->length);
    for (uint64_t i = 0; i < s->length; ++i) {
      char32_t c = s->at(i);
      int digit = c < 128 ? -1 : unicode::decimal_value(c);
      if (unicode::is_space(c)) {
        out[i] = ' ';
      } else {
        out[i] = c < 128 ? static_cast<char>(c) : digit >= 0 ? static_cast<char>('0' + digit) : '?';
      }
    }
  } else if (is_bytes(v)) {
    out = v.as<Bytes>()->view();
  } else {
    ByteArray* b = v.as<ByteArray>();
    out.assign(reinterpret_cast<const char*>(b->data()), b->length);
  }
  return out;
}

std::string_view strip_spaces(std::string_view text) {
  auto space = [](char c) { return c == ' ' || (c >= '\t' && c <= '\r'); };
  while (!text.empty() && space(text.front())) text.remove_prefix(1);
  while (!text.empty() && space(text.back())) text.remove_suffix(1);
  return text;
}

uint64_t text_length(Value v) {
  if (is_str(v)) return as_str(v)->length;
  return is_bytes(v) ? v.as<Bytes>()->length : v.as<ByteArray>()->length;
}

}  // namespace

Value float_from_text(Vm& vm, Value v) {
  ScratchCharge charge(vm);
  TRY(charge.take(text_length(v) * 2));
  std::string text = number_text(v);
  std::string_view body = strip_spaces(text);
  std::optional<double> d;
  if (body.find('_') == std::string_view::npos) {
    d = parse_double(body);
  } else if (auto plain = remove_digit_underscores(body)) {
    d = parse_double(*plain);
  }
  if (!d) return vm.raise(E::ValueError, "could not convert string to float: {}", repr_of(v));
  return float_from(vm, *d);
}

namespace {

Value float_of_type(Vm& vm, Type* type, double d) {
  if (type == vm.types.float_) return float_from(vm, d);
  Float* f = TRY(vm.new_instance<Float>(type));
  f->value = d;
  return f;
}

bool is_exact_float(Vm& vm, Value v) { return v.is_small_float() || vm.type_of(v) == vm.types.float_; }

/// float(x).
Value float_from_object(Vm& vm, Value x) {
  if (is_exact_float(vm, x)) return x;
  if (x.is_small_int()) return float_from(vm, static_cast<double>(x.as_small_int()));
  if (is_exact_str(vm, x)) return float_from_text(vm, x);
  Value method = special_of(vm, x, Special::Float);
  if (is_float(x) && !method.is(vm.types.float_->get(Special::Float))) {  // a subclass with a __float__ of its own
    Value made = TRY(call_special(vm, method, x));
    if (!is_float(made))
      return vm.raise(E::TypeError, "{}.__float__ returned non-float (type {})", type_name_of(x), type_name_of(made));
    if (!is_exact_float(vm, made)) {
      std::string text =
          str_to_utf8(vm.type_of(x)->name) + ".__float__ returned non-float (type " +
          str_to_utf8(vm.type_of(made)->name) +
          ").  The ability to return an instance of a strict subclass of float is deprecated, and may not be "
          "supported in a future version of Python.";
      TRY(warn(vm, E::DeprecationWarning, text));
    }
    return float_from(vm, float_value(made));
  }
  if (!method.is_unset() || !special_of(vm, x, Special::Index).is_unset()) {
    double d = TRY(to_double(vm, x));
    return float_from(vm, d);
  }
  if (is_str(x) || is_bytes(x) || is_bytearray(x)) return float_from_text(vm, x);
  if (has_buffer(vm, x)) {
    ScopedBuffer buffer(vm);
    TRY(buffer.acquire(x));
    Value bytes = TRY(bytes_from(vm, buffer.view()));
    return float_from_text(vm, bytes);
  }
  return vm.raise(E::TypeError, "float() argument must be a string or a real number, not '{}'", type_name_of(x));
}

Value float_new(Vm& vm, Args a) {
  Value x = a.has(1) ? TRY(float_from_object(vm, a[1])) : Value::small_float(0.0);
  Type* type = a[0].as<Type>();
  if (type == vm.types.float_) return x;
  return float_of_type(vm, type, float_value(x));
}

double self_of(Args a) { return float_value(a[0]); }

// --- Operators. The other operand: a float or an int; anything else is NotImplemented.

enum class Operand { kReady, kForeign, kError };

Operand operand(Vm& vm, Value v, double& out) {
  if (is_float(v)) {
    out = float_value(v);
    return Operand::kReady;
  }
  if (!is_int(v)) return Operand::kForeign;
  Result<double> d = int_to_double(vm, v);
  if (d.is_error()) return Operand::kError;
  out = d.release();
  return Operand::kReady;
}

using FloatOp = Value (*)(Vm& vm, double a, double b);

template <FloatOp op>
Value forward(Vm& vm, Args a) {
  double b;
  switch (operand(vm, a[1], b)) {
    case Operand::kReady: return op(vm, self_of(a), b);
    case Operand::kForeign: return Value::not_implemented();
    default: return Error{};
  }
}
template <FloatOp op>
Value reflected(Vm& vm, Args a) {
  double b;
  switch (operand(vm, a[1], b)) {
    case Operand::kReady: return op(vm, b, self_of(a));
    case Operand::kForeign: return Value::not_implemented();
    default: return Error{};
  }
}

Value add(Vm& vm, double a, double b) { return float_from(vm, a + b); }
Value sub(Vm& vm, double a, double b) { return float_from(vm, a - b); }
Value mul(Vm& vm, double a, double b) { return float_from(vm, a * b); }
Value true_div(Vm& vm, double a, double b) {
  if (b == 0) return division_by_zero(vm);
  return float_from(vm, a / b);
}
Value floor_div(Vm& vm, double a, double b) {
  double q = TRY(float_floor_div(vm, a, b));
  return float_from(vm, q);
}
Value mod(Vm& vm, double a, double b) {
  double r = TRY(float_mod(vm, a, b));
  return float_from(vm, r);
}
Value div_mod_pair(Vm& vm, double a, double b) {
  if (b == 0) return division_by_zero(vm);
  double q, r;
  floor_divide(a, b, &q, &r);
  Value quotient = TRY(float_from(vm, q));
  Value remainder = TRY(float_from(vm, r));
  return tuple_of(vm, quotient, remainder);
}

Status no_modulus(Vm& vm, Args a) {
  if (a.has(2) && !a[2].is_none())
    return vm.raise(E::TypeError, "pow() 3rd argument not allowed unless all arguments are integers");
  return {};
}
Value float_pow_method(Vm& vm, Args a) {
  TRY(no_modulus(vm, a));
  return forward<float_pow>(vm, a);
}
Value float_rpow_method(Vm& vm, Args a) {
  TRY(no_modulus(vm, a));
  return reflected<float_pow>(vm, a);
}

template <CompareOp op>
Value float_compare(Vm&, Args a) {
  double x = self_of(a);
  int c;
  if (is_float(a[1])) {
    double y = float_value(a[1]);
    c = x < y ? -1 : x > y ? 1 : x == y ? 0 : 2;
  } else if (is_int(a[1])) {
    c = compare_int_float(a[1], x);
    if (c != 2) c = -c;
  } else {
    return Value::not_implemented();
  }
  switch (op) {
    case CompareOp::Lt: return Value::boolean(c == -1);
    case CompareOp::Le: return Value::boolean(c == -1 || c == 0);
    case CompareOp::Eq: return Value::boolean(c == 0);
    case CompareOp::Ne: return Value::boolean(c != 0);
    case CompareOp::Gt: return Value::boolean(c == 1);
    case CompareOp::Ge: return Value::boolean(c == 1 || c == 0);
  }
  return Value::not_implemented();
}

Value float_neg(Vm& vm, Args a) { return float_from(vm, -self_of(a)); }
Value float_self(Vm& vm, Args a) { return is_exact_float(vm, a[0]) ? a[0] : float_from(vm, self_of(a)); }
Value float_abs(Vm& vm, Args a) { return float_from(vm, std::fabs(self_of(a))); }
Value float_bool(Vm&, Args a) { return Value::boolean(self_of(a) != 0); }
Value float_int(Vm& vm, Args a) { return float_to_int(vm, self_of(a)); }
Value float_floor(Vm& vm, Args a) { return float_to_int(vm, std::floor(self_of(a))); }
Value float_ceil(Vm& vm, Args a) { return float_to_int(vm, std::ceil(self_of(a))); }

Value float_hash(Vm& vm, Args a) {
  double d = self_of(a);
  if (std::isnan(d)) return int_from(vm, hash_pointer(a[0].cell()));
  return int_from(vm, hash_double(d));
}

Value float_repr(Vm& vm, Args a) {
  char text[kReprDoubleMax];
  size_t n = repr_double(self_of(a), text);
  return str_from_ascii(vm, {text, n});
}
Value float_format(Vm& vm, Args a) { return format_number(vm, a[0], a[1]); }

// --- Methods.

Value float_round(Vm& vm, Args a) {
  double d = self_of(a);
  if (!a.has(1) || a[1].is_none()) {
    // To the nearest integer, halves to the even one.
    double rounded = std::round(d);
    if (std::fabs(d - rounded) == 0.5) rounded = 2.0 * std::round(d / 2.0);
    return float_to_int(vm, rounded);
  }
  int64_t digits = TRY(index_clipped(vm, a[1]));
  if (!std::isfinite(d)) return float_self(vm, a);
  auto rounded = round_double(d, digits);
  if (!rounded) return vm.raise(E::OverflowError, "rounded value too large to represent");
  return float_from(vm, *rounded);
}

Value float_is_integer(Vm&, Args a) {
  double d = self_of(a);
  return Value::boolean(std::isfinite(d) && std::floor(d) == d);
}

Value float_as_integer_ratio(Vm& vm, Args a) {
  double d = self_of(a);
  if (std::isinf(d)) return vm.raise(E::OverflowError, "cannot convert Infinity to integer ratio");
  if (std::isnan(d)) return vm.raise(E::ValueError, "cannot convert NaN to integer ratio");
  int exponent;
  double fraction = std::frexp(d, &exponent);
  auto mantissa = static_cast<int64_t>(std::ldexp(fraction, 53));
  exponent -= 53;
  if (mantissa == 0) return tuple_of(vm, Value::small_int(0), Value::small_int(1));
  int twos = std::countr_zero(static_cast<uint64_t>(mantissa));
  mantissa >>= twos;
  exponent += twos;
  Value numerator = Value::small_int(mantissa), denominator = Value::small_int(1);
  if (exponent > 0) {
    numerator = TRY(int_shift_left(vm, numerator, static_cast<uint64_t>(exponent)));
  } else {
    denominator = TRY(int_shift_left(vm, denominator, static_cast<uint64_t>(-exponent)));
  }
  return tuple_of(vm, numerator, denominator);
}

Value float_hex(Vm& vm, Args a) { return str_from_ascii(vm, hex_double(self_of(a))); }

Value float_fromhex(Vm& vm, Args a) {
  if (!is_str(a[1])) return vm.raise(E::TypeError, "bad argument type for built-in operation");
  std::string text = number_text(a[1]);
  double d;
  // Unlike in float(), only ASCII counts.
  HexParse parsed = as_str(a[1])->is_ascii() ? parse_hex_double(strip_spaces(text), d) : HexParse::kInvalid;
  switch (parsed) {
    case HexParse::kOk: break;
    case HexParse::kInvalid: return vm.raise(E::ValueError, "invalid hexadecimal floating-point string");
    case HexParse::kTooLarge: return vm.raise(E::OverflowError, "hexadecimal value too large to represent as a float");
  }
  Value result = TRY(float_from(vm, d));
  if (a[0].as<Type>() == vm.types.float_) return result;
  return call1(vm, a[0], result);
}

Value float_from_number(Vm& vm, Args a) {
  if (is_exact_float(vm, a[1]) && a[0].as<Type>() == vm.types.float_) return a[1];
  double d = TRY(to_double(vm, a[1]));
  Value result = TRY(float_from(vm, d));
  if (a[0].as<Type>() == vm.types.float_) return result;
  return call1(vm, a[0], result);
}

Value float_getformat(Vm& vm, Args a) {
  if (!is_str(a[1])) return vm.raise(E::TypeError, "__getformat__() argument must be str, not {}", argument_type(a[1]));
  if (!as_str(a[1])->equals("double") && !as_str(a[1])->equals("float"))
    return vm.raise(E::ValueError, "__getformat__() argument 1 must be 'double' or 'float'");
  return str_from_ascii(vm, std::endian::native == std::endian::little ? "IEEE, little-endian" : "IEEE, big-endian");
}

Value float_getnewargs(Vm& vm, Args a) {
  Value self = TRY(float_from(vm, self_of(a)));
  return tuple_of(vm, self);
}

Value get_real(Vm& vm, Value self) { return is_exact_float(vm, self) ? self : float_from(vm, float_value(self)); }
Value get_imag(Vm&, Value) { return Value::small_float(0.0); }

constexpr NativeRow kMethods[] = {
    {"__new__($type, x=0, /)", float_new, kNewMethod | kStaticMethod, "Create and return a new object."},
    {"__repr__($self, /)", float_repr, kPure, "Return repr(self)."},
    {"__hash__($self, /)", float_hash, kPure, "Return hash(self)."},
    {"__bool__($self, /)", float_bool, kPure, "True if self else False"},
    {"__lt__($self, value, /)", float_compare<CompareOp::Lt>, kPure, "Return self<value."},
    {"__le__($self, value, /)", float_compare<CompareOp::Le>, kPure, "Return self<=value."},
    {"__eq__($self, value, /)", float_compare<CompareOp::Eq>, kPure, "Return self==value."},
    {"__ne__($self, value, /)", float_compare<CompareOp::Ne>, kPure, "Return self!=value."},
    {"__gt__($self, value, /)", float_compare<CompareOp::Gt>, kPure, "Return self>value."},
    {"__ge__($self, value, /)", float_compare<CompareOp::Ge>, kPure, "Return self>=value."},
    {"__add__($self, value, /)", forward<add>, kPure, "Return self+value."},
    {"__radd__($self, value, /)", reflected<add>, kPure, "Return value+self."},
    {"__sub__($self, value, /)", forward<sub>, kPure, "Return self-value."},
    {"__rsub__($self, value, /)", reflected<sub>, kPure, "Return value-self."},
    {"__mul__($self, value, /)", forward<mul>, kPure, "Return self*value."},
    {"__rmul__($self, value, /)", reflected<mul>, kPure, "Return value*self."},
    {"__truediv__($self, value, /)", forward<true_div>, kPure, "Return self/value."},
    {"__rtruediv__($self, value, /)", reflected<true_div>, kPure, "Return value/self."},
    {"__floordiv__($self, value, /)", forward<floor_div>, kPure, "Return self//value."},
    {"__rfloordiv__($self, value, /)", reflected<floor_div>, kPure, "Return value//self."},
    {"__mod__($self, value, /)", forward<mod>, kPure, "Return self%value."},
    {"__rmod__($self, value, /)", reflected<mod>, kPure, "Return value%self."},
    {"__divmod__($self, value, /)", forward<div_mod_pair>, kPure, "Return divmod(self, value)."},
    {"__rdivmod__($self, value, /)", reflected<div_mod_pair>, kPure, "Return divmod(value, self)."},
    {"__pow__($self, value, mod=None, /)", float_pow_method, kPure, "Return pow(self, value, mod)."},
    {"__rpow__($self, value, mod=None, /)", float_rpow_method, kPure, "Return pow(value, self, mod)."},
    {"__neg__($self, /)", float_neg, kPure, "-self"},
    {"__pos__($self, /)", float_self, kPure, "+self"},
    {"__abs__($self, /)", float_abs, kPure, "abs(self)"},
    {"__int__($self, /)", float_int, kPure, "int(self)"},
    {"__float__($self, /)", float_self, kPure, "float(self)"},
    {"__trunc__($self, /)", float_int, kPure, "The integer between zero and the value that is nearest to it."},
    {"__floor__($self, /)", float_floor, kPure, "The largest integer that is not above the value."},
    {"__ceil__($self, /)", float_ceil, kPure, "The smallest integer that is not below the value."},
    {"__round__($self, ndigits=None, /)", float_round, 0,
     "Round to ndigits decimals (an int if it is None); of two nearest values the even one."},
    {"__format__($self, format_spec, /)", float_format, 0, "Formats the float according to format_spec."},
    {"__getnewargs__($self, /)", float_getnewargs, kPure, nullptr},
    {"__getformat__($type, typestr, /)", float_getformat, kClassMethod,
     "How 'double' or 'float' is laid out on this machine; for Python's own tests."},
    {"conjugate($self, /)", float_self, kPure, "Returns self, the complex conjugate of any float."},
    {"is_integer($self, /)", float_is_integer, kPure, "True if the value is a whole number."},
    {"as_integer_ratio($self, /)", float_as_integer_ratio, kPure,
     "A pair of ints in lowest terms whose ratio is exactly the value; the second is positive.\n\n"
     ">>> (-0.75).as_integer_ratio()\n(-3, 4)"},
    {"hex($self, /)", float_hex, kPure,
     "The value in hexadecimal notation, exactly.\n\n>>> 0.75.hex()\n'0x1.8000000000000p-1'"},
    {"fromhex($type, string, /)", float_fromhex, kClassMethod,
     "The float that the hexadecimal notation stands for.\n\n>>> float.fromhex('0x1.8p-1')\n0.75"},
    {"from_number($type, number, /)", float_from_number, kClassMethod, "The float of a real number; text is refused."},
};

constexpr GetSetRow kGetSets[] = {
    {"real", get_real, nullptr, "the real part of a complex number"},
    {"imag", get_imag, nullptr, "the imaginary part of a complex number"},
};

}  // namespace

extern constinit const TypeSpec float_type{
    .name = "float",
    .doc = "The floating-point number that a number or text stands for; 0.0 without an argument.",
    .kind = static_cast<CellKind>(Kind::Float),
    .size = sizeof(Float),
    .flags = kTypeBase | kTypeMatchSelf,
    .methods = kMethods,
    .getsets = kGetSets,
};

}  // namespace krait
