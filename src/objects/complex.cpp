// complex: arithmetic as in C's Annex G, so infinities survive products and quotients; a real operand is never given an
// imaginary part of its own.
#include <cmath>
#include <string>

#include "base/float_text.hpp"
#include "base/hash.hpp"
#include "base/unicode.hpp"
#include "objects/float.hpp"
#include "objects/int_limbs.hpp"
#include "objects/native.hpp"
#include "objects/number_format.hpp"
#include "objects/operations.hpp"
#include "objects/quick.hpp"
#include "objects/sequences.hpp"
#include "objects/str.hpp"

namespace krait {

Value complex_from(Vm& vm, double real, double imag) {
  Complex* c = TRY(vm.allocate<Complex>(Kind::Complex, vm.types.complex_->shape));
  c->real = real;
  c->imag = imag;
  return c;
}

namespace {

struct Pair {
  double re, im;
};

Value complex_of_type(Vm& vm, Type* type, Pair z) {
  if (type == vm.types.complex_) return complex_from(vm, z.re, z.im);
  Complex* c = TRY(vm.new_instance<Complex>(type));
  c->real = z.re;
  c->imag = z.im;
  return c;
}

double unit_if_infinite(double x) { return std::copysign(std::isinf(x) ? 1.0 : 0.0, x); }
double zero_if_nan(double x) { return std::isnan(x) ? std::copysign(0.0, x) : x; }

Pair product(Pair z, Pair w) {
  double a = z.re, b = z.im, c = w.re, d = w.im;
  double ac = a * c, bd = b * d, ad = a * d, bc = b * c;
  Pair r{ac - bd, ad + bc};
  if (!std::isnan(r.re) || !std::isnan(r.im)) return r;
  // An infinity that came out as nan+nanj.
  bool again = false;
  if (std::isinf(a) || std::isinf(b)) {
    a = unit_if_infinite(a);
    b = unit_if_infinite(b);
    c = zero_if_nan(c);
    d = zero_if_nan(d);
    again = true;
  }
  if (std::isinf(c) || std::isinf(d)) {
    c = unit_if_infinite(c);
    d = unit_if_infinite(d);
    a = zero_if_nan(a);
    b = zero_if_nan(b);
    again = true;
  }
  if (!again && (std::isinf(ac) || std::isinf(bd) || std::isinf(ad) || std::isinf(bc))) {
    a = zero_if_nan(a);
    b = zero_if_nan(b);
    c = zero_if_nan(c);
    d = zero_if_nan(d);
    again = true;
  }
  if (again) r = {HUGE_VAL * (a * c - b * d), HUGE_VAL * (a * d + b * c)};
  return r;
}

/// a / b by Smith's method; b is not zero.
Pair quotient(Pair a, Pair b) {
  double size_re = std::fabs(b.re), size_im = std::fabs(b.im);
  Pair r{NAN, NAN};
  if (size_re >= size_im) {
    double ratio = b.im / b.re, denominator = b.re + b.im * ratio;
    r = {(a.re + a.im * ratio) / denominator, (a.im - a.re * ratio) / denominator};
  } else if (size_im >= size_re) {
    double ratio = b.re / b.im, denominator = b.re * ratio + b.im;
    r = {(a.re * ratio + a.im) / denominator, (a.im * ratio - a.re) / denominator};
  }
  if (!std::isnan(r.re) || !std::isnan(r.im)) return r;
  if ((std::isinf(a.re) || std::isinf(a.im)) && std::isfinite(b.re) && std::isfinite(b.im)) {
    double x = unit_if_infinite(a.re), y = unit_if_infinite(a.im);
    r = {HUGE_VAL * (x * b.re + y * b.im), HUGE_VAL * (y * b.re - x * b.im)};
  } else if ((std::isinf(b.re) || std::isinf(b.im)) && std::isfinite(a.re) && std::isfinite(a.im)) {
    double x = unit_if_infinite(b.re), y = unit_if_infinite(b.im);
    r = {0.0 * (a.re * x + a.im * y), 0.0 * (a.im * x - a.re * y)};
  }
  return r;
}

/// The same for a real dividend.
Pair quotient(double a, Pair b) {
  double size_re = std::fabs(b.re), size_im = std::fabs(b.im);
  Pair r{NAN, NAN};
  if (size_re >= size_im) {
    double ratio = b.im / b.re, denominator = b.re + b.im * ratio;
    r = {a / denominator, (-a * ratio) / denominator};
  } else if (size_im >= size_re) {
    double ratio = b.re / b.im, denominator = b.re * ratio + b.im;
    r = {(a * ratio) / denominator, (-a) / denominator};
  }
  if (std::isnan(r.re) && std::isnan(r.im) && std::isfinite(a) && (std::isinf(b.re) || std::isinf(b.im))) {
    double x = unit_if_infinite(b.re), y = unit_if_infinite(b.im);
    r = {0.0 * (a * x), 0.0 * (-a * y)};
  }
  return r;
}

Pair power_by_squaring(Pair x, unsigned n) {
  Pair r{1, 0}, p = x;
  for (unsigned mask = 1; mask <= n; mask <<= 1) {
    if (n & mask) r = product(r, p);
    p = product(p, p);
  }
  return r;
}

Error zero_to_bad_power(Vm& vm) { return vm.raise(E::ZeroDivisionError, "zero to a negative or complex power"); }

constexpr double kSmallExponent = 100;  ///< whole exponents up to this are multiplied out

}  // namespace

Value complex_pow(Vm& vm, double ar, double ai, double br, double bi) {
  Pair r;
  if (bi == 0 && br == std::floor(br) && std::fabs(br) <= kSmallExponent) {
    if (br == 0) {
      r = {1, 0};
    } else {
      r = power_by_squaring({ar, ai}, static_cast<unsigned>(std::fabs(br)));
      if (br < 0) {
        if (r.re == 0 && r.im == 0) return zero_to_bad_power(vm);
        r = quotient({1, 0}, r);
      }
    }
  } else if (br == 0 && bi == 0) {
    r = {1, 0};
  } else if (ar == 0 && ai == 0) {
    if (bi != 0 || br < 0) return zero_to_bad_power(vm);
    r = {0, 0};
  } else {
    double size = std::hypot(ar, ai);
    double length = std::pow(size, br);
    double angle = std::atan2(ai, ar);
    double phase = angle * br;
    if (bi != 0) {
      length *= std::exp(-angle * bi);
      phase += bi * std::log(size);
    }
    if (std::isinf(phase)) return zero_to_bad_power(vm);  // no angle: CPython reports it so
    r = {length * std::cos(phase), length * std::sin(phase)};
  }
  if (std::isinf(r.re) || std::isinf(r.im)) return vm.raise(E::OverflowError, "complex exponentiation");
  return complex_from(vm, r.re, r.im);
}

// --- From other objects.

namespace {

/// What v's __complex__ gives (a complex of any class), or null without an error if it has none.
Value from_special(Vm& vm, Value v) {
  if (is_complex(v) && vm.type_of(v) == vm.types.complex_) return v;
  Value method = special_of(vm, v, Special::Complex);
  if (method.is_unset() || method.is_none()) return Value::exhausted();
  Value result = TRY(call_special(vm, method, v));
  if (!is_complex(result))
    return vm.raise(E::TypeError, "__complex__ returned non-complex (type {})", type_name_of(result));
  if (vm.type_of(result) != vm.types.complex_) {
    Str* message =
        TRY(str_message(vm,
                        "__complex__ returned non-complex (type {}).  The ability to return an instance of a strict "
                        "subclass of complex is deprecated, and may be removed in a future version of Python.",
                        type_name_of(result)));
    TRY(warn(vm, E::DeprecationWarning, str_to_utf8(message)));
  }
  return result;
}

bool has_real(Vm& vm, Value v) {
  return !special_of(vm, v, Special::Float).is_unset() || !special_of(vm, v, Special::Index).is_unset();
}

}  // namespace

Result<Complex*> complex_from_object(Vm& vm, Value v) {
  Value c = TRY(from_special(vm, v));
  if (!c.is_exhausted()) return c.as<Complex>();
  double d = TRY(to_double(vm, v));
  Value z = TRY(complex_from(vm, d, 0.0));
  return z.as<Complex>();
}

// --- Text.

namespace {

/// Length of the float at the beginning of the text (sign, digits or inf or nan), 0 if none is there.
size_t scan_float(std::string_view s) {
  size_t i = 0;
  auto digits = [&] {
    size_t from = i;
    while (i < s.size() && s[i] >= '0' && s[i] <= '9') ++i;
    return i - from;
  };
  auto word = [&](std::string_view w) {
    if (s.size() - i < w.size()) return false;
    for (size_t k = 0; k < w.size(); ++k) {
      if ((s[i + k] | 0x20) != w[k]) return false;
    }
    i += w.size();
    return true;
  };
  if (i < s.size() && (s[i] == '+' || s[i] == '-')) ++i;
  if (word("infinity") || word("inf") || word("nan")) return i;
  size_t count = digits();
  if (i < s.size() && s[i] == '.') {
    ++i;
    count += digits();
  }
  if (count == 0) return 0;
  if (i < s.size() && (s[i] | 0x20) == 'e') {
    size_t before = i++;
    if (i < s.size() && (s[i] == '+' || s[i] == '-')) ++i;
    if (digits() == 0) i = before;
  }
  return i;
}

bool is_j(char c) { return c == 'j' || c == 'J'; }

/// `<float>`, `<float>j`, `<float><signed float>j`, the number before j may be left out; white space around is gone.
std::optional<Pair> parse_complex(std::string_view s) {
  auto strip = [](std::string_view t) {
    auto space = [](char c) { return c == ' ' || (c >= '\t' && c <= '\r'); };
    while (!t.empty() && space(t.front())) t.remove_prefix(1);
    while (!t.empty() && space(t.back())) t.remove_suffix(1);
    return t;
  };
  s = strip(s);
  if (!s.empty() && s.front() == '(') {
    if (s.back() != ')') return std::nullopt;
    s = strip(s.substr(1, s.size() - 2));
  }
  auto sign_of = [](char c) { return c == '-' ? -1.0 : 1.0; };
  /// A sign at most, then j: the unit.
  auto bare_j = [&](std::string_view t) {
    return (t.size() == 1 || (t.size() == 2 && (t[0] == '+' || t[0] == '-'))) && is_j(t.back());
  };
  if (bare_j(s)) return Pair{0, sign_of(s[0])};
  size_t n = scan_float(s);
  if (n == 0) return std::nullopt;
  double first = *parse_double(s.substr(0, n));
  s.remove_prefix(n);
  if (s.empty()) return Pair{first, 0};
  if (s.size() == 1 && is_j(s[0])) return Pair{0, first};
  if (s[0] != '+' && s[0] != '-') return std::nullopt;
  if (bare_j(s)) return Pair{first, sign_of(s[0])};
  n = scan_float(s);
  if (n == 0 || s.size() != n + 1 || !is_j(s[n])) return std::nullopt;
  return Pair{first, *parse_double(s.substr(0, n))};
}

Value complex_from_str(Vm& vm, Type* type, Str* s) {
  ScratchCharge charge(vm);
  TRY(charge.take(s->length * 2));
  std::string text(s->length, '?');
  for (uint64_t i = 0; i < s->length; ++i) {
    char32_t c = s->at(i);
    int digit = c < 128 ? -1 : unicode::decimal_value(c);
    if (unicode::is_space(c)) {
      text[i] = ' ';
    } else if (c < 128 || digit >= 0) {
      text[i] = digit >= 0 ? static_cast<char>('0' + digit) : static_cast<char>(c);
    }
  }
  if (text.find('_') != std::string::npos) {
    auto plain = remove_digit_underscores(text);
    if (!plain) return vm.raise(E::ValueError, "could not convert string to complex: {}", repr_of(s));
    text = std::move(*plain);
  }
  auto z = parse_complex(text);
  if (!z) return vm.raise(E::ValueError, "complex() arg is a malformed string");
  return complex_of_type(vm, type, *z);
}

// --- complex(real, imag)

Value from_one_argument(Vm& vm, Type* type, Value v) {
  if (type == vm.types.complex_ && vm.type_of(v) == type) return v;
  if (is_str(v)) return complex_from_str(vm, type, as_str(v));
  Value c = TRY(from_special(vm, v));
  if (!c.is_exhausted()) return complex_of_type(vm, type, {c.as<Complex>()->real, c.as<Complex>()->imag});
  if (!has_real(vm, v))
    return vm.raise(E::TypeError, "complex() argument must be a string or a number, not {}", type_name_of(v));
  double d = TRY(to_double(vm, v));
  return complex_of_type(vm, type, {d, 0.0});
}

Status warn_not_real(Vm& vm, const char* argument, Value v) {
  Str* message =
      TRY(str_message(vm, "complex() argument '{}' must be a real number, not {}", argument, type_name_of(v)));
  return warn(vm, E::DeprecationWarning, str_to_utf8(message));
}

Value complex_new(Vm& vm, Args a) {
  Type* type = a[0].as<Type>();
  if (!a.has(2)) return a.has(1) ? from_one_argument(vm, type, a[1]) : complex_of_type(vm, type, {0, 0});
  Pair re{0, 0}, im{0, 0};
  if (a.has(1)) {
    Value given = a[1];
    Value c = TRY(from_special(vm, given));
    if (!c.is_exhausted()) {
      TRY(warn_not_real(vm, "real", given));
      re = {c.as<Complex>()->real, c.as<Complex>()->imag};
    } else if (has_real(vm, given)) {
      re.re = TRY(to_double(vm, given));
    } else {
      return vm.raise(E::TypeError, "complex() argument 'real' must be a real number, not {}", type_name_of(given));
    }
  }
  if (is_complex(a[2])) {
    TRY(warn_not_real(vm, "imag", a[2]));
    im = {a[2].as<Complex>()->real, a[2].as<Complex>()->imag};
  } else if (has_real(vm, a[2])) {
    im.re = TRY(to_double(vm, a[2]));
  } else {
    return vm.raise(E::TypeError, "complex() argument 'imag' must be a real number, not {}", type_name_of(a[2]));
  }
  // Only what was given as complex has a second part to add, so that signs of zeros stay.
  Pair z{re.re, im.re};
  if (is_complex(a[2])) z.re -= im.im;
  if (re.im != 0) z.im += re.im;
  return complex_of_type(vm, type, z);
}

Value complex_from_number(Vm& vm, Args a) {
  Type* type = a[0].as<Type>();
  if (type == vm.types.complex_ && vm.type_of(a[1]) == type) return a[1];
  Complex* c = TRY(complex_from_object(vm, a[1]));
  if (type == vm.types.complex_) return complex_from(vm, c->real, c->imag);
  Value z = TRY(complex_from(vm, c->real, c->imag));
  return call1(vm, type, z);
}

// --- Operators.

Pair self_of(Args a) {
  auto* c = a[0].as<Complex>();
  return {c->real, c->imag};
}

/// The other operand of an operator.
struct Operand {
  enum Kind { kReal, kComplex, kForeign, kError } kind;
  Pair z;
};

Operand operand(Vm& vm, Value v) {
  if (is_complex(v)) return {Operand::kComplex, {v.as<Complex>()->real, v.as<Complex>()->imag}};
  if (is_float(v)) return {Operand::kReal, {float_value(v), 0}};
  if (!is_int(v)) return {Operand::kForeign, {}};
  Result<double> d = int_to_double(vm, v);
  if (d.is_error()) return {Operand::kError, {}};
  return {Operand::kReal, {d.release(), 0}};
}

Value give(Vm& vm, Pair z) { return complex_from(vm, z.re, z.im); }
Error division_by_zero(Vm& vm) { return vm.raise(E::ZeroDivisionError, "division by zero"); }
bool is_zero(Pair z) { return z.re == 0 && z.im == 0; }

struct Add {
  static Value both(Vm& vm, Pair a, Pair b) { return give(vm, {a.re + b.re, a.im + b.im}); }
  static Value with_real(Vm& vm, Pair a, double b) { return give(vm, {a.re + b, a.im}); }
  static Value of_real(Vm& vm, double a, Pair b) { return give(vm, {a + b.re, b.im}); }
};
struct Sub {
  static Value both(Vm& vm, Pair a, Pair b) { return give(vm, {a.re - b.re, a.im - b.im}); }
  static Value with_real(Vm& vm, Pair a, double b) { return give(vm, {a.re - b, a.im}); }
  static Value of_real(Vm& vm, double a, Pair b) { return give(vm, {a - b.re, -b.im}); }
};
struct Mul {
  static Value both(Vm& vm, Pair a, Pair b) { return give(vm, product(a, b)); }
  static Value with_real(Vm& vm, Pair a, double b) { return give(vm, {a.re * b, a.im * b}); }
  static Value of_real(Vm& vm, double a, Pair b) { return give(vm, {a * b.re, a * b.im}); }
};
struct TrueDiv {
  static Value both(Vm& vm, Pair a, Pair b) {
    if (is_zero(b)) return division_by_zero(vm);
    return give(vm, quotient(a, b));
  }
  static Value with_real(Vm& vm, Pair a, double b) {
    if (b == 0) return division_by_zero(vm);
    return give(vm, {a.re / b, a.im / b});
  }
  static Value of_real(Vm& vm, double a, Pair b) {
    if (is_zero(b)) return division_by_zero(vm);
    return give(vm, quotient(a, b));
  }
};
struct Pow {
  static Value both(Vm& vm, Pair a, Pair b) { return complex_pow(vm, a.re, a.im, b.re, b.im); }
  static Value with_real(Vm& vm, Pair a, double b) { return complex_pow(vm, a.re, a.im, b, 0); }
  static Value of_real(Vm& vm, double a, Pair b) { return complex_pow(vm, a, 0, b.re, b.im); }
};

template <class Op>
Value forward(Vm& vm, Args a) {
  Operand b = operand(vm, a[1]);
  switch (b.kind) {
    case Operand::kComplex: return Op::both(vm, self_of(a), b.z);
    case Operand::kReal: return Op::with_real(vm, self_of(a), b.z.re);
    case Operand::kForeign: return Value::not_implemented();
    default: return Error{};
  }
}
template <class Op>
Value reflected(Vm& vm, Args a) {
  Operand b = operand(vm, a[1]);
  switch (b.kind) {
    case Operand::kComplex: return Op::both(vm, b.z, self_of(a));
    case Operand::kReal: return Op::of_real(vm, b.z.re, self_of(a));
    case Operand::kForeign: return Value::not_implemented();
    default: return Error{};
  }
}

/// Who is no number is told first.
Status no_modulus(Vm& vm, Args a) {
  if (!a.has(2) || a[2].is_none()) return {};
  Operand::Kind kind = operand(vm, a[1]).kind;
  if (kind == Operand::kForeign) return {};
  if (kind == Operand::kError) return Error{};
  return vm.raise(E::ValueError, "complex modulo");
}
Value complex_pow_method(Vm& vm, Args a) {
  TRY(no_modulus(vm, a));
  return forward<Pow>(vm, a);
}
Value complex_rpow_method(Vm& vm, Args a) {
  TRY(no_modulus(vm, a));
  return reflected<Pow>(vm, a);
}

template <bool wanted>
Value complex_equal(Vm&, Args a) {
  Pair z = self_of(a);
  bool same;
  if (is_complex(a[1])) {
    auto* c = a[1].as<Complex>();
    same = z.re == c->real && z.im == c->imag;
  } else if (is_float(a[1])) {
    same = z.re == float_value(a[1]) && z.im == 0;
  } else if (is_int(a[1])) {
    same = z.im == 0 && compare_int_float(a[1], z.re) == 0;
  } else {
    return Value::not_implemented();
  }
  return Value::boolean(same == wanted);
}
Value unordered(Vm&, Args) { return Value::not_implemented(); }

Value complex_neg(Vm& vm, Args a) { return give(vm, {-self_of(a).re, -self_of(a).im}); }
Value complex_self(Vm& vm, Args a) { return vm.type_of(a[0]) == vm.types.complex_ ? a[0] : give(vm, self_of(a)); }
Value complex_bool(Vm&, Args a) { return Value::boolean(!is_zero(self_of(a))); }

Value complex_abs(Vm& vm, Args a) {
  Pair z = self_of(a);
  double size = std::hypot(z.re, z.im);
  if (std::isinf(size) && std::isfinite(z.re) && std::isfinite(z.im))
    return vm.raise(E::OverflowError, "absolute value too large");
  return float_from(vm, size);
}

Value complex_hash(Vm& vm, Args a) {
  // A nan hashes by identity, as a float's does.
  auto part = [&](double d) {
    return static_cast<uint64_t>(std::isnan(d) ? hash_pointer(a[0].cell()) : hash_double(d));
  };
  Pair z = self_of(a);
  uint64_t hash = part(z.re) + kHashImaginary * part(z.im);
  return int_from(vm, hash == UINT64_MAX ? -2 : static_cast<int64_t>(hash));
}

Value complex_repr(Vm& vm, Args a) {
  Pair z = self_of(a);
  FloatFormat format;
  if (z.re == 0 && !std::signbit(z.re)) return str_from_ascii(vm, format_double(z.im, format) + "j");
  std::string text = "(" + format_double(z.re, format);
  format.always_sign = true;
  return str_from_ascii(vm, text + format_double(z.im, format) + "j)");
}

Value complex_format(Vm& vm, Args a) { return format_number(vm, a[0], a[1]); }
Value complex_conjugate(Vm& vm, Args a) { return give(vm, {self_of(a).re, -self_of(a).im}); }

Value get_real(Vm& vm, Value self) { return float_from(vm, self.as<Complex>()->real); }
Value get_imag(Vm& vm, Value self) { return float_from(vm, self.as<Complex>()->imag); }

Value complex_getnewargs(Vm& vm, Args a) {
  Value re = get_real(vm, a[0]);
  Value im = get_imag(vm, a[0]);
  return tuple_of(vm, re, im);
}

constexpr NativeRow kMethods[] = {
    {"__new__($type, real=0, imag=0)", complex_new, kNewMethod | kStaticMethod, "Create and return a new object."},
    {"__repr__($self, /)", complex_repr, kPure, "Return repr(self)."},
    {"__hash__($self, /)", complex_hash, kPure, "Return hash(self)."},
    {"__bool__($self, /)", complex_bool, kPure, "True if self else False"},
    {"__lt__($self, value, /)", unordered, kPure, "Return self<value."},
    {"__le__($self, value, /)", unordered, kPure, "Return self<=value."},
    {"__eq__($self, value, /)", complex_equal<true>, kPure, "Return self==value."},
    {"__ne__($self, value, /)", complex_equal<false>, kPure, "Return self!=value."},
    {"__gt__($self, value, /)", unordered, kPure, "Return self>value."},
    {"__ge__($self, value, /)", unordered, kPure, "Return self>=value."},
    {"__add__($self, value, /)", forward<Add>, kPure, "Return self+value."},
    {"__radd__($self, value, /)", reflected<Add>, kPure, "Return value+self."},
    {"__sub__($self, value, /)", forward<Sub>, kPure, "Return self-value."},
    {"__rsub__($self, value, /)", reflected<Sub>, kPure, "Return value-self."},
    {"__mul__($self, value, /)", forward<Mul>, kPure, "Return self*value."},
    {"__rmul__($self, value, /)", reflected<Mul>, kPure, "Return value*self."},
    {"__truediv__($self, value, /)", forward<TrueDiv>, kPure, "Return self/value."},
    {"__rtruediv__($self, value, /)", reflected<TrueDiv>, kPure, "Return value/self."},
    {"__pow__($self, value, mod=None, /)", complex_pow_method, kPure, "Return pow(self, value, mod)."},
    {"__rpow__($self, value, mod=None, /)", complex_rpow_method, kPure, "Return pow(value, self, mod)."},
    {"__neg__($self, /)", complex_neg, kPure, "-self"},
    {"__pos__($self, /)", complex_self, kPure, "+self"},
    {"__abs__($self, /)", complex_abs, kPure, "abs(self)"},
    {"__complex__($self, /)", complex_self, kPure, "Convert this value to exact type complex."},
    {"__format__($self, format_spec, /)", complex_format, 0, "Convert to a string according to format_spec."},
    {"__getnewargs__($self, /)", complex_getnewargs, kPure, nullptr},
    {"conjugate($self, /)", complex_conjugate, kPure, "The number with its imaginary part negated."},
    {"from_number($type, number, /)", complex_from_number, kClassMethod,
     "The complex number of any number; text is refused."},
};

constexpr MemberRow kMembers[] = {
    MemberRow::computed("real", get_real, "the real part of a complex number"),
    MemberRow::computed("imag", get_imag, "the imaginary part of a complex number"),
};

}  // namespace

extern constinit const TypeSpec complex_type{
    .name = "complex",
    .doc = "The complex number that a text or number stands for, or real + imag*1j.",
    .kind = static_cast<CellKind>(Kind::Complex),
    .size = sizeof(Complex),
    .flags = kTypeBase,
    .methods = kMethods,
    .members = kMembers,
};

}  // namespace krait
