// cmath: functions of complex numbers. Finite arguments go by Kahan's formulas ("Branch cuts for complex elementary functions",
// 1987), scaled so that nothing overflows on the way; infinities and nans by the C library, which follows C's Annex G.
#include <cfloat>
#include <cmath>
#include <complex>

#include "objects/float.hpp"
#include "objects/module.hpp"
#include "objects/native.hpp"
#include "objects/operations.hpp"
#include "objects/sequences.hpp"

namespace krait {

namespace {

using C = std::complex<double>;

constexpr double kPi = 3.14159265358979323846;
constexpr double kE = 2.71828182845904523536;
constexpr double kLn2 = 0.6931471805599453094;
constexpr double kLn10 = 2.302585092994045684;
constexpr double kLarge = DBL_MAX / 4;
constexpr int kScaleUp = 53, kScaleDown = -27;         // 2 ** 53 and the square root of its inverse, nearly
constexpr double kSqrtLarge = 6.703903964971298e+153;  // sqrt(kLarge)
constexpr double kLogLarge = 708.3964185322641;        // log(kLarge)
constexpr double kSqrtMin = 1.4916681462400413e-154;   // sqrt(DBL_MIN)

/// What a function reports beside its value.
enum class Fault : uint8_t { kNone, kDomain, kRange };

bool is_finite(C z) { return std::isfinite(z.real()) && std::isfinite(z.imag()); }
bool has_infinity(C z) { return std::isinf(z.real()) || std::isinf(z.imag()); }
double log_of_half(C z) { return std::log(std::hypot(z.real() / 2, z.imag() / 2)); }
bool is_large(C z) { return std::fabs(z.real()) > kLarge || std::fabs(z.imag()) > kLarge; }
C times_i(C z) { return {-z.imag(), z.real()}; }
C over_i(C z) { return {z.imag(), -z.real()}; }

C square_root(C z, Fault&) {
  double x = z.real(), y = z.imag();
  if (!is_finite(z)) return std::sqrt(z);
  if (x == 0 && y == 0) return {0, y};
  double ax = std::fabs(x), ay = std::fabs(y), s;
  if (ax < DBL_MIN && ay < DBL_MIN) {
    ax = std::ldexp(ax, kScaleUp);
    s = std::ldexp(std::sqrt(ax + std::hypot(ax, std::ldexp(ay, kScaleUp))), kScaleDown);
  } else {
    ax /= 8;
    s = 2 * std::sqrt(ax + std::hypot(ax, ay / 8));
  }
  double d = ay / (2 * s);
  return x >= 0 ? C{s, std::copysign(d, y)} : C{d, std::copysign(s, y)};
}

C arc_cosine(C z, Fault& fault) {
  if (!is_finite(z)) return std::acos(z);
  double x = z.real(), y = z.imag();
  if (is_large(z)) {
    double size = log_of_half(z) + kLn2 * 2;
    return {std::atan2(std::fabs(y), x), x < 0 ? -std::copysign(size, y) : std::copysign(size, -y)};
  }
  C s1 = square_root({1 - x, -y}, fault), s2 = square_root({1 + x, y}, fault);
  return {2 * std::atan2(s1.real(), s2.real()), std::asinh(s2.real() * s1.imag() - s2.imag() * s1.real())};
}

C area_cosine(C z, Fault& fault) {
  if (!is_finite(z)) return std::acosh(z);
  double x = z.real(), y = z.imag();
  if (is_large(z)) return {log_of_half(z) + kLn2 * 2, std::atan2(y, x)};
  C s1 = square_root({x - 1, y}, fault), s2 = square_root({x + 1, y}, fault);
  return {std::asinh(s1.real() * s2.real() + s1.imag() * s2.imag()), 2 * std::atan2(s1.imag(), s2.real())};
}

C area_sine(C z, Fault& fault) {
  if (!is_finite(z)) return std::asinh(z);
  double x = z.real(), y = z.imag();
  if (is_large(z)) {
    double size = log_of_half(z) + kLn2 * 2;
    return {y >= 0 ? std::copysign(size, x) : -std::copysign(size, -x), std::atan2(y, std::fabs(x))};
  }
  C s1 = square_root({1 + y, -x}, fault), s2 = square_root({1 - y, x}, fault);
  return {std::asinh(s1.real() * s2.imag() - s2.real() * s1.imag()),
          std::atan2(y, s1.real() * s2.real() - s1.imag() * s2.imag())};
}

C area_tangent(C z, Fault& fault) {
  if (!is_finite(z))
    return std::atanh(C{std::isnan(z.real()) ? NAN : z.real(), z.imag()});  // a nan's sign means nothing
  double x = z.real(), y = z.imag(), ay = std::fabs(y);
  if (std::signbit(x)) return -area_tangent(-z, fault);
  if (x > kSqrtLarge || ay > kSqrtLarge) {
    double h = std::hypot(x / 2, y / 2);
    return {x / 4 / h / h, -std::copysign(kPi / 2, -y)};
  }
  if (x == 1 && ay < kSqrtMin) {
    if (ay == 0) {
      fault = Fault::kDomain;
      return {HUGE_VAL, y};
    }
    return {-std::log(std::sqrt(ay) / std::sqrt(std::hypot(ay, 2.0))), std::copysign(std::atan2(2.0, -ay) / 2, y)};
  }
  return {std::log1p(4 * x / ((1 - x) * (1 - x) + ay * ay)) / 4, -std::atan2(-2 * y, (1 - x) * (1 + x) - ay * ay) / 2};
}

void note_overflow(C r, Fault& fault) {
  if (has_infinity(r)) fault = Fault::kRange;
}

C hyperbolic_cosine(C z, Fault& fault) {
  double x = z.real(), y = z.imag();
  if (!is_finite(z)) {
    if (std::isinf(y) && !std::isnan(x)) fault = Fault::kDomain;
    return std::cosh(z);
  }
  C r;
  if (std::fabs(x) > kLogLarge) {
    double less = x - std::copysign(1.0, x);
    r = {std::cos(y) * std::cosh(less) * kE, std::sin(y) * std::sinh(less) * kE};
  } else {
    r = {std::cos(y) * std::cosh(x), std::sin(y) * std::sinh(x)};
  }
  note_overflow(r, fault);
  return r;
}

C hyperbolic_sine(C z, Fault& fault) {
  double x = z.real(), y = z.imag();
  if (!is_finite(z)) {
    if (std::isinf(y) && !std::isnan(x)) fault = Fault::kDomain;
    return std::sinh(z);
  }
  C r;
  if (std::fabs(x) > kLogLarge) {
    double less = x - std::copysign(1.0, x);
    r = {std::cos(y) * std::sinh(less) * kE, std::sin(y) * std::cosh(less) * kE};
  } else {
    r = {std::cos(y) * std::sinh(x), std::sin(y) * std::cosh(x)};
  }
  note_overflow(r, fault);
  return r;
}

C hyperbolic_tangent(C z, Fault& fault) {
  double x = z.real(), y = z.imag();
  if (!is_finite(z)) {
    if (std::isinf(y) && std::isfinite(x)) fault = Fault::kDomain;
    return std::tanh(z);
  }
  if (std::fabs(x) > kLogLarge)
    return {std::copysign(1.0, x), 4 * std::sin(y) * std::cos(y) * std::exp(-2 * std::fabs(x))};
  double tx = std::tanh(x), ty = std::tan(y), cx = 1 / std::cosh(x), product = tx * ty, below = 1 + product * product;
  return {tx * (1 + ty * ty) / below, ((ty / below) * cx) * cx};
}

C exponential(C z, Fault& fault) {
  double x = z.real(), y = z.imag();
  if (!is_finite(z)) {
    if (std::isinf(y) && (std::isfinite(x) || (std::isinf(x) && x > 0))) fault = Fault::kDomain;
    return std::exp(z);
  }
  double length = x > kLogLarge ? std::exp(x - 1) : std::exp(x);
  C r = x > kLogLarge ? C{length * std::cos(y) * kE, length * std::sin(y) * kE}
                      : C{length * std::cos(y), length * std::sin(y)};
  note_overflow(r, fault);
  return r;
}

C logarithm(C z, Fault& fault) {
  if (!is_finite(z)) return std::log(z);
  double ax = std::fabs(z.real()), ay = std::fabs(z.imag()), real;
  if (is_large(z)) {
    real = std::log(std::hypot(ax / 2, ay / 2)) + kLn2;
  } else if (ax < DBL_MIN && ay < DBL_MIN) {
    if (ax > 0 || ay > 0) {
      real = std::log(std::hypot(std::ldexp(ax, DBL_MANT_DIG), std::ldexp(ay, DBL_MANT_DIG))) - DBL_MANT_DIG * kLn2;
    } else {
      real = -HUGE_VAL;
      fault = Fault::kDomain;
    }
  } else {
    double h = std::hypot(ax, ay);
    if (0.71 <= h && h <= 1.73) {
      double larger = std::fmax(ax, ay), smaller = std::fmin(ax, ay);
      real = std::log1p((larger - 1) * (larger + 1) + smaller * smaller) / 2;
    } else {
      real = std::log(h);
    }
  }
  return {real, std::atan2(z.imag(), z.real())};
}

C logarithm10(C z, Fault& fault) {
  C r = logarithm(z, fault);
  return {r.real() / kLn10, r.imag() / kLn10};
}
C arc_sine(C z, Fault& fault) { return over_i(area_sine(times_i(z), fault)); }
C arc_tangent(C z, Fault& fault) { return over_i(area_tangent(times_i(z), fault)); }
C cosine(C z, Fault& fault) { return hyperbolic_cosine(times_i(z), fault); }
C sine(C z, Fault& fault) { return over_i(hyperbolic_sine(times_i(z), fault)); }
C tangent(C z, Fault& fault) { return over_i(hyperbolic_tangent(times_i(z), fault)); }

// --- The Python side.

Result<C> argument(Vm& vm, Value v) {
  Complex* c = TRY(complex_from_object(vm, v));
  return C{c->real, c->imag};
}

Status check(Vm& vm, Fault fault) {
  if (fault == Fault::kDomain) return vm.raise(E::ValueError, "math domain error");
  if (fault == Fault::kRange) return vm.raise(E::OverflowError, "math range error");
  return {};
}

template <C (*f)(C, Fault&)>
Value function(Vm& vm, Args a) {
  C z = TRY(argument(vm, a[0]));
  Fault fault = Fault::kNone;
  C r = f(z, fault);
  TRY(check(vm, fault));
  return complex_from(vm, r.real(), r.imag());
}

Value cmath_log(Vm& vm, Args a) {
  C z = TRY(argument(vm, a[0]));
  Fault fault = Fault::kNone;
  z = logarithm(z, fault);
  if (!a.has(1)) {
    TRY(check(vm, fault));
    return complex_from(vm, z.real(), z.imag());
  }
  C base = TRY(argument(vm, a[1]));
  fault = Fault::kNone;  // a zero gives -inf here, whatever the base
  base = logarithm(base, fault);
  if (base.real() == 0 && base.imag() == 0) fault = Fault::kDomain;
  TRY(check(vm, fault));
  Value above = TRY(complex_from(vm, z.real(), z.imag()));
  Value below = TRY(complex_from(vm, base.real(), base.imag()));
  return binary(vm, BinaryOp::TrueDiv, above, below);
}

Value cmath_phase(Vm& vm, Args a) {
  C z = TRY(argument(vm, a[0]));
  return float_from(vm, std::atan2(z.imag(), z.real()));
}

Value cmath_polar(Vm& vm, Args a) {
  C z = TRY(argument(vm, a[0]));
  double size = std::hypot(z.real(), z.imag());
  if (std::isinf(size) && is_finite(z)) return vm.raise(E::OverflowError, "math range error");
  Value r = TRY(float_from(vm, size));
  Value phi = TRY(float_from(vm, std::atan2(z.imag(), z.real())));
  return tuple_of(vm, r, phi);
}

Value cmath_rect(Vm& vm, Args a) {
  double r = TRY(to_double(vm, a[0]));
  double phi = TRY(to_double(vm, a[1]));
  if (std::isfinite(r) && std::isfinite(phi)) {
    if (phi == 0) return complex_from(vm, r, r * phi);
    return complex_from(vm, r * std::cos(phi), r * std::sin(phi));
  }
  if (r != 0 && !std::isnan(r) && std::isinf(phi)) return vm.raise(E::ValueError, "math domain error");
  if (r == 0) return complex_from(vm, 0, 0);
  if (std::isinf(r) && std::isfinite(phi)) {
    if (phi == 0) return complex_from(vm, r, std::copysign(phi, r * phi));
    double sign = r > 0 ? 1 : -1;
    return complex_from(vm, sign * std::copysign(HUGE_VAL, std::cos(phi)),
                        sign * std::copysign(HUGE_VAL, std::sin(phi)));
  }
  if (std::isinf(r)) return complex_from(vm, HUGE_VAL, NAN);
  return complex_from(vm, NAN, phi == 0 ? 0.0 : NAN);
}

Value cmath_isfinite(Vm& vm, Args a) { return Value::boolean(is_finite(TRY(argument(vm, a[0])))); }
Value cmath_isinf(Vm& vm, Args a) { return Value::boolean(has_infinity(TRY(argument(vm, a[0])))); }
Value cmath_isnan(Vm& vm, Args a) {
  C z = TRY(argument(vm, a[0]));
  return Value::boolean(std::isnan(z.real()) || std::isnan(z.imag()));
}

Value cmath_isclose(Vm& vm, Args args) {
  C a = TRY(argument(vm, args[0]));
  C b = TRY(argument(vm, args[1]));
  double relative = args.has(2) ? TRY(to_double(vm, args[2])) : 1e-9;
  double absolute = args.has(3) ? TRY(to_double(vm, args[3])) : 0.0;
  if (relative < 0 || absolute < 0) return vm.raise(E::ValueError, "tolerances must be non-negative");
  if (a == b) return Value::true_();
  if (has_infinity(a) || has_infinity(b)) return Value::false_();
  auto size = [](C z) { return std::hypot(z.real(), z.imag()); };
  double difference = size(a - b);
  return Value::boolean(difference <= relative * size(b) || difference <= relative * size(a) || difference <= absolute);
}

constexpr NativeRow kFunctions[] = {
    {"acos(z, /)", function<arc_cosine>, kPure, "The arc cosine of z."},
    {"acosh(z, /)", function<area_cosine>, kPure, "The inverse hyperbolic cosine of z."},
    {"asin(z, /)", function<arc_sine>, kPure, "The arc sine of z."},
    {"asinh(z, /)", function<area_sine>, kPure, "The inverse hyperbolic sine of z."},
    {"atan(z, /)", function<arc_tangent>, kPure, "The arc tangent of z."},
    {"atanh(z, /)", function<area_tangent>, kPure, "The inverse hyperbolic tangent of z."},
    {"cos(z, /)", function<cosine>, kPure, "The cosine of z."},
    {"cosh(z, /)", function<hyperbolic_cosine>, kPure, "The hyperbolic cosine of z."},
    {"exp(z, /)", function<exponential>, kPure, "e to the power of z."},
    {"isclose(a, b, *, rel_tol=1e-09, abs_tol=0.0)", cmath_isclose, 0,
     "Are two numbers close: by rel_tol times the larger one, or by abs_tol?"},
    {"isfinite(z, /)", cmath_isfinite, kPure, "True if both parts of z are finite."},
    {"isinf(z, /)", cmath_isinf, kPure, "True if a part of z is an infinity."},
    {"isnan(z, /)", cmath_isnan, kPure, "True if a part of z is a nan."},
    {"log(z, base=<unrepresentable>, /)", cmath_log, 0, "The logarithm of z to the base, e if none is given."},
    {"log10(z, /)", function<logarithm10>, kPure, "The logarithm of z to the base 10."},
    {"phase(z, /)", cmath_phase, kPure, "The angle of z in the plane, in radians."},
    {"polar(z, /)", cmath_polar, kPure, "The pair of z's distance from 0 and its angle."},
    {"rect(r, phi, /)", cmath_rect, kPure, "The number with distance r from 0 and angle phi."},
    {"sin(z, /)", function<sine>, kPure, "The sine of z."},
    {"sinh(z, /)", function<hyperbolic_sine>, kPure, "The hyperbolic sine of z."},
    {"sqrt(z, /)", function<square_root>, kPure, "The square root of z."},
    {"tan(z, /)", function<tangent>, kPure, "The tangent of z."},
    {"tanh(z, /)", function<hyperbolic_tangent>, kPure, "The hyperbolic tangent of z."},
};

Status init(Vm& vm, Module* m) {
  struct {
    const char* name;
    double value;
  } constants[] = {{"pi", kPi}, {"e", kE}, {"tau", 2 * kPi}, {"inf", HUGE_VAL}, {"nan", NAN}};
  for (auto [name, value] : constants) {
    Value v = TRY(float_from(vm, value));
    TRY(module_add(vm, m, name, v));
  }
  Value infinity = TRY(complex_from(vm, 0, HUGE_VAL));
  TRY(module_add(vm, m, "infj", infinity));
  Value nan = TRY(complex_from(vm, 0, NAN));
  return module_add(vm, m, "nanj", nan);
}

}  // namespace

extern constinit const ModuleSpec cmath_module{
    .name = "cmath",
    .doc = "Functions of complex numbers.",
    .functions = kFunctions,
    .init = init,
};

}  // namespace krait
