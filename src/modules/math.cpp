// math: functions of real numbers, with Python's errors in the place of C's special results.
#include <algorithm>
#include <bit>
#include <cmath>

#include "base/float_text.hpp"
#include "modules/math_functions.hpp"
#include "objects/int_limbs.hpp"
#include "objects/module.hpp"
#include "objects/sequences.hpp"
#include "objects/str.hpp"

namespace krait {

namespace {

using math::real_argument;

constexpr double kPi = 3.14159265358979323846;
constexpr double kE = 2.71828182845904523536;

Error domain_error(Vm& vm) { return vm.raise(E::ValueError, "math domain error"); }
Error range_error(Vm& vm) { return vm.raise(E::OverflowError, "math range error"); }
/// "..., got -1.0".
[[gnu::cold]] Error domain_error(Vm& vm, const char* expected, double x) {
  return vm.raise(E::ValueError, "{}, got {}", expected, repr_double(x));
}

// --- Functions of one argument: a row names what its domain error says.

using Function = double (*)(double);

constexpr char kAny[] = "math domain error";
constexpr char kUnit[] = "expected a number in range from -1 up to 1";
constexpr char kNotBelowOne[] = "expected argument value not less than 1";
constexpr char kInsideUnit[] = "expected a number between -1 and 1";
constexpr char kFinite[] = "expected a finite input";
constexpr char kNotNegative[] = "expected a nonnegative input";
constexpr char kAboveMinusOne[] = "expected argument value > -1";
constexpr char kNoPole[] = "expected a noninteger or positive integer";

template <Function f, const char* expected, bool can_overflow = false>
Value real(Vm& vm, Args a) {
  double x = TRY(real_argument(vm, a[0]));
  double r = f(x);
  if (std::isfinite(r)) [[likely]]
    return float_from(vm, r);
  if (std::isnan(r) && !std::isnan(x)) return domain_error(vm, expected, x);
  if (std::isinf(r) && std::isfinite(x)) return can_overflow ? range_error(vm) : domain_error(vm, expected, x);
  return float_from(vm, r);
}

double log1p_of(double x) { return x == 0 ? x : ::log1p(x); }

// --- Logarithms.

constexpr char kPositive[] = "expected a positive input";

/// f(v), also for ints beyond doubles; f is a logarithm.
Result<double> logarithm(Vm& vm, Function f, Value v) {
  if (is_int(v)) {
    if (int_sign(v) <= 0) return vm.raise(E::ValueError, kPositive);
    if (int_bit_length(v) <= 1023) return f(TRY(int_to_double(vm, v)));
    // v = fraction * 2 ** exponent
    TopBits top = int_top_bits(v);
    double fraction = round_to_double(top.mantissa, -64, top.inexact);
    int64_t exponent = top.exponent + 64;
    if (fraction == 1.0) {  // rounded up: keep it below 1
      fraction = 0.5;
      ++exponent;
    }
    return f(fraction) + f(2.0) * static_cast<double>(exponent);
  }
  double x = TRY(real_argument(vm, v));
  if (x > 0 || std::isnan(x)) return f(x);
  return domain_error(vm, kPositive, x);
}

Value math_log(Vm& vm, Args a) {
  double x = TRY(logarithm(vm, ::log, a[0]));
  if (!a.has(1)) return float_from(vm, x);
  double base = TRY(logarithm(vm, ::log, a[1]));
  if (base == 0) return vm.raise(E::ZeroDivisionError, "division by zero");
  return float_from(vm, x / base);
}
template <Function f>
Value log_to_base(Vm& vm, Args a) {
  double x = TRY(logarithm(vm, f, a[0]));
  return float_from(vm, x);
}

// --- Functions of two and more arguments.

Value math_atan2(Vm& vm, Args a) {
  double y = TRY(real_argument(vm, a[0]));
  double x = TRY(real_argument(vm, a[1]));
  return float_from(vm, std::atan2(y, x));
}

Value math_copysign(Vm& vm, Args a) {
  double x = TRY(real_argument(vm, a[0]));
  double y = TRY(real_argument(vm, a[1]));
  return float_from(vm, std::copysign(x, y));
}

Value math_pow(Vm& vm, Args a) {
  double x = TRY(real_argument(vm, a[0]));
  double y = TRY(real_argument(vm, a[1]));
  double r = std::pow(x, y);
  if (std::isfinite(r) || !std::isfinite(x) || !std::isfinite(y)) return float_from(vm, r);
  return std::isnan(r) || x == 0 ? domain_error(vm) : range_error(vm);
}

Value math_fmod(Vm& vm, Args a) {
  double x = TRY(real_argument(vm, a[0]));
  double y = TRY(real_argument(vm, a[1]));
  double r = std::fmod(x, y);
  if (std::isnan(r) && !std::isnan(x) && !std::isnan(y)) return domain_error(vm);
  return float_from(vm, r);
}

Value math_remainder(Vm& vm, Args a) {
  double x = TRY(real_argument(vm, a[0]));
  double y = TRY(real_argument(vm, a[1]));
  double r = std::remainder(x, y);
  if (std::isnan(r) && !std::isnan(x) && !std::isnan(y)) return domain_error(vm);
  return float_from(vm, r);
}

Value math_fma(Vm& vm, Args a) {
  double x = TRY(real_argument(vm, a[0]));
  double y = TRY(real_argument(vm, a[1]));
  double z = TRY(real_argument(vm, a[2]));
  double r = std::fma(x, y, z);
  if (std::isnan(r) && !std::isnan(x) && !std::isnan(y) && !std::isnan(z))
    return vm.raise(E::ValueError, "invalid operation in fma");
  if (std::isinf(r) && std::isfinite(x) && std::isfinite(y) && std::isfinite(z))
    return vm.raise(E::OverflowError, "overflow in fma");
  return float_from(vm, r);
}

Value math_ldexp(Vm& vm, Args a) {
  double x = TRY(real_argument(vm, a[0]));
  if (!is_int(a[1])) return vm.raise(E::TypeError, "Expected an int as second argument to ldexp.");
  if (x == 0 || !std::isfinite(x)) return float_from(vm, x);
  auto exponent = int_to_i64(a[1]);
  if (!exponent) {
    if (int_sign(a[1]) > 0) return range_error(vm);
    return float_from(vm, std::copysign(0.0, x));
  }
  double r = std::ldexp(x, static_cast<int>(std::clamp<int64_t>(*exponent, -100000, 100000)));
  if (std::isinf(r)) return range_error(vm);
  return float_from(vm, r);
}

Value math_frexp(Vm& vm, Args a) {
  double x = TRY(real_argument(vm, a[0]));
  int exponent = 0;
  if (std::isfinite(x)) x = std::frexp(x, &exponent);
  Value fraction = TRY(float_from(vm, x));
  return tuple_of(vm, fraction, Value::small_int(exponent));
}

Value math_modf(Vm& vm, Args a) {
  double x = TRY(real_argument(vm, a[0]));
  double whole;
  double fraction = std::modf(x, &whole);
  Value f = TRY(float_from(vm, fraction));
  Value w = TRY(float_from(vm, whole));
  return tuple_of(vm, f, w);
}

/// x moved by `steps` doubles towards y. The bits of doubles of one sign count like integers.
double next_after(double x, double y, uint64_t steps) {
  if (steps == 0 || std::isnan(x)) return x;
  if (std::isnan(y)) return y;
  constexpr uint64_t kSign = uint64_t{1} << 63;
  auto from = std::bit_cast<uint64_t>(x), to = std::bit_cast<uint64_t>(y);
  if (from == to) return x;
  uint64_t from_size = from & ~kSign, to_size = to & ~kSign;
  if ((from ^ to) & kSign) {
    if (from_size + to_size <= steps) return y;
    if (from_size < steps) return std::bit_cast<double>((to & kSign) | (steps - from_size));
    return std::bit_cast<double>(from - steps);
  }
  if (from_size > to_size) return from_size - to_size >= steps ? std::bit_cast<double>(from - steps) : y;
  return to_size - from_size >= steps ? std::bit_cast<double>(from + steps) : y;
}

Value math_nextafter(Vm& vm, Args a) {
  double x = TRY(real_argument(vm, a[0]));
  double y = TRY(real_argument(vm, a[1]));
  if (!a.has(2) || a[2].is_none()) return float_from(vm, std::nextafter(x, y));
  Value steps = TRY(index(vm, a[2]));
  if (int_sign(steps) < 0) return vm.raise(E::ValueError, "steps must be a non-negative integer");
  return float_from(vm, next_after(x, y, int_to_u64(steps).value_or(UINT64_MAX)));
}

Value math_ulp(Vm& vm, Args a) {
  double x = std::fabs(TRY(real_argument(vm, a[0])));
  if (!std::isfinite(x)) return float_from(vm, x);
  double next = std::nextafter(x, HUGE_VAL);
  return float_from(vm, std::isinf(next) ? x - std::nextafter(x, -HUGE_VAL) : next - x);
}

// --- To ints.

/// The special method if v has it; else the double rounded by f.
template <Special special, Function f>
Value rounded(Vm& vm, Args a) {
  Value v = a[0];
  if (!v.is_small_float() && vm.type_of(v) != vm.types.float_) {
    Value method = special_of(vm, v, special);
    if (!method.is_unset()) return call_special(vm, method, v);
  }
  double x = TRY(real_argument(vm, v));
  return float_to_int(vm, f(x));
}

Value math_trunc(Vm& vm, Args a) {
  Value v = a[0];
  if (v.is_small_float() || vm.type_of(v) == vm.types.float_) return float_to_int(vm, float_value(v));
  Value method = special_of(vm, v, Special::Trunc);
  if (method.is_unset()) return vm.raise(E::TypeError, "type {} doesn't define __trunc__ method", type_name_of(v));
  return call_special(vm, method, v);
}

// --- Predicates.

Value math_isfinite(Vm& vm, Args a) { return Value::boolean(std::isfinite(TRY(real_argument(vm, a[0])))); }
Value math_isinf(Vm& vm, Args a) { return Value::boolean(std::isinf(TRY(real_argument(vm, a[0])))); }
Value math_isnan(Vm& vm, Args a) { return Value::boolean(std::isnan(TRY(real_argument(vm, a[0])))); }

Value math_isclose(Vm& vm, Args args) {
  double a = TRY(real_argument(vm, args[0]));
  double b = TRY(real_argument(vm, args[1]));
  double relative = args.has(2) ? TRY(real_argument(vm, args[2])) : 1e-9;
  double absolute = args.has(3) ? TRY(real_argument(vm, args[3])) : 0.0;
  if (relative < 0 || absolute < 0) return vm.raise(E::ValueError, "tolerances must be non-negative");
  if (a == b) return Value::true_();
  if (std::isinf(a) || std::isinf(b)) return Value::false_();
  double difference = std::fabs(b - a);
  return Value::boolean(difference <= std::fabs(relative * b) || difference <= std::fabs(relative * a) ||
                        difference <= absolute);
}

double to_degrees(double x) { return x * (180.0 / kPi); }
double to_radians(double x) { return x * (kPi / 180.0); }
double magnitude(double x) { return std::fabs(x); }

/// For functions without errors of their own: whatever comes out is the result.
template <Function f>
Value plain(Vm& vm, Args a) {
  double x = TRY(real_argument(vm, a[0]));
  return float_from(vm, f(x));
}

constexpr NativeRow kFunctions[] = {
    {"acos(x, /)", real<::acos, kUnit>, kPure, "The arc cosine of x, in radians: 0 to pi."},
    {"acosh(x, /)", real<::acosh, kNotBelowOne>, kPure, "The inverse hyperbolic cosine of x."},
    {"asin(x, /)", real<::asin, kUnit>, kPure, "The arc sine of x, in radians: -pi/2 to pi/2."},
    {"asinh(x, /)", plain<::asinh>, kPure, "The inverse hyperbolic sine of x."},
    {"atan(x, /)", plain<::atan>, kPure, "The arc tangent of x, in radians: -pi/2 to pi/2."},
    {"atan2(y, x, /)", math_atan2, kPure,
     "The angle of the point (x, y), in radians: the arc tangent of y/x in its quadrant."},
    {"atanh(x, /)", real<::atanh, kInsideUnit>, kPure, "The inverse hyperbolic tangent of x."},
    {"cbrt(x, /)", plain<::cbrt>, kPure, "The cube root of x."},
    {"ceil(x, /)", rounded<Special::Ceil, ::ceil>, 0, "The smallest integer that is not below x."},
    {"comb(n, k, /)", math::comb, 0,
     "The number of ways to choose k of n things, without repetition and order: n! / (k! * (n - k)!)."},
    {"copysign(x, y, /)", math_copysign, kPure, "The magnitude of x with the sign of y (also of a zero)."},
    {"cos(x, /)", real<::cos, kFinite>, kPure, "The cosine of x radians."},
    {"cosh(x, /)", real<::cosh, kAny, true>, kPure, "The hyperbolic cosine of x."},
    {"degrees(x, /)", plain<to_degrees>, kPure, "An angle in radians as degrees."},
    {"dist(p, q, /)", math::dist, 0, "The Euclidean distance of two points, given as sequences of coordinates."},
    {"erf(x, /)", plain<::erf>, kPure, "The error function at x."},
    {"erfc(x, /)", plain<::erfc>, kPure, "1 - erf(x), without loss for large x."},
    {"exp(x, /)", real<::exp, kAny, true>, kPure, "e to the power of x."},
    {"exp2(x, /)", real<::exp2, kAny, true>, kPure, "2 to the power of x."},
    {"expm1(x, /)", real<::expm1, kAny, true>, kPure, "exp(x) - 1, without loss for small x."},
    {"fabs(x, /)", plain<magnitude>, kPure, "The absolute value of x, a float."},
    {"factorial(n, /)", math::factorial, 0, "n!, the product of all integers from 1 to n."},
    {"floor(x, /)", rounded<Special::Floor, ::floor>, 0, "The largest integer that is not above x."},
    {"fma(x, y, z, /)", math_fma, kPure, "x * y + z, rounded once."},
    {"fmod(x, y, /)", math_fmod, kPure, "The remainder of x / y as C defines it: with the sign of x."},
    {"frexp(x, /)", math_frexp, kPure, "The pair (m, e) with x == m * 2.0**e, m 0 or 0.5 <= abs(m) < 1."},
    {"fsum(seq, /)", math::fsum, 0, "The sum of the numbers, without loss of precision in between."},
    {"gamma(x, /)", real<math::gamma, kNoPole, true>, kPure, "The gamma function at x."},
    {"gcd(*integers)", math::gcd, 0, "The greatest common divisor."},
    {"hypot(*coordinates)", math::hypot, 0,
     "The Euclidean distance from the origin: sqrt(sum(x**2 for x in coordinates))."},
    {"isclose(a, b, *, rel_tol=1e-09, abs_tol=0.0)", math_isclose, 0,
     "Are two numbers close: by rel_tol times the larger one, or by abs_tol?"},
    {"isfinite(x, /)", math_isfinite, kPure, "True if x is neither an infinity nor a nan."},
    {"isinf(x, /)", math_isinf, kPure, "True if x is an infinity of either sign."},
    {"isnan(x, /)", math_isnan, kPure, "True if x is a nan."},
    {"isqrt(n, /)", math::isqrt, 0, "The integer part of the square root of n."},
    {"lcm(*integers)", math::lcm, 0, "The least common multiple."},
    {"ldexp(x, i, /)", math_ldexp, kPure, "x * 2**i, the inverse of frexp()."},
    {"lgamma(x, /)", real<math::log_gamma, kNoPole, true>, kPure, "The natural logarithm of abs(gamma(x))."},
    {"log(x, base=<unrepresentable>, /)", math_log, 0, "The logarithm of x to the base, e if none is given."},
    {"log10(x, /)", log_to_base<::log10>, 0, "The logarithm of x to the base 10."},
    {"log1p(x, /)", real<log1p_of, kAboveMinusOne>, kPure, "The natural logarithm of 1 + x, without loss for small x."},
    {"log2(x, /)", log_to_base<::log2>, 0, "The logarithm of x to the base 2."},
    {"modf(x, /)", math_modf, kPure, "The fractional and the integer part of x, both floats with its sign."},
    {"nextafter(x, y, /, *, steps=None)", math_nextafter, 0,
     "The float that lies `steps` (or one) floats from x towards y."},
    {"perm(n, k=None, /)", math::perm, 0, "The number of ways to choose k of n things in order: n! / (n - k)!."},
    {"pow(x, y, /)", math_pow, kPure, "x to the power of y, as floats."},
    {"prod(iterable, /, *, start=1)", math::prod, 0, "The product of start and all items."},
    {"radians(x, /)", plain<to_radians>, kPure, "An angle in degrees as radians."},
    {"remainder(x, y, /)", math_remainder, kPure,
     "x - n*y, n being the integer nearest to x / y, the even one of two."},
    {"sin(x, /)", real<::sin, kFinite>, kPure, "The sine of x radians."},
    {"sinh(x, /)", real<::sinh, kAny, true>, kPure, "The hyperbolic sine of x."},
    {"sqrt(x, /)", real<::sqrt, kNotNegative>, kPure, "The square root of x."},
    {"sumprod(p, q, /)", math::sumprod, 0, "The sum of the products of the items of p and q, pair by pair."},
    {"tan(x, /)", real<::tan, kFinite>, kPure, "The tangent of x radians."},
    {"tanh(x, /)", plain<::tanh>, kPure, "The hyperbolic tangent of x."},
    {"trunc(x, /)", math_trunc, 0, "What x.__trunc__() gives: the integer part."},
    {"ulp(x, /)", math_ulp, kPure, "The value of the last bit of x."},
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
  return {};
}

}  // namespace

extern constinit const ModuleSpec math_module{
    .name = "math",
    .doc = "Functions of real numbers, and of integers.",
    .functions = kFunctions,
    .init = init,
};

}  // namespace krait
