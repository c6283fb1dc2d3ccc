// Sums and norms of the math module that keep what rounding would lose.
#include <cfloat>
#include <cmath>
#include <vector>

#include "modules/math_functions.hpp"
#include "objects/int.hpp"
#include "objects/quick.hpp"
#include "objects/sequences.hpp"

namespace krait::math {

namespace {

/// A number as the unevaluated sum of two doubles.
struct Double2 {
  double hi, lo;
};
/// a + b exactly; |a| >= |b|.
Double2 fast_sum(double a, double b) {
  double x = a + b;
  return {x, (a - x) + b};
}
Double2 exact_sum(double a, double b) {
  double x = a + b, z = x - a;
  return {x, (a - (x - z)) + (b - z)};
}
Double2 exact_product(double x, double y) {
  double z = x * y;
  return {z, std::fma(x, y, -z)};
}

/// A running sum of products in three doubles.
struct TripleSum {
  double hi = 0, lo = 0, tiny = 0;
  TripleSum plus(double x, double y) const {
    Double2 p = exact_product(x, y);
    Double2 s = exact_sum(hi, p.hi);
    Double2 r1 = exact_sum(lo, p.lo);
    Double2 r2 = exact_sum(r1.hi, s.lo);
    return {s.hi, r2.hi, tiny + r1.lo + r2.lo};
  }
  double value() const {
    Double2 last = exact_sum(lo, tiny);
    return hi + last.hi;
  }
};

/// sqrt of the sum of squares: scaled by a power of two, summed in extended precision, corrected by one step of Newton's.
double vector_norm(std::vector<double>& v, double max, bool found_nan) {
  if (std::isinf(max)) return max;
  if (found_nan) return NAN;
  if (max == 0 || v.size() <= 1) return max;
  int max_exponent;
  std::frexp(max, &max_exponent);
  if (max_exponent < -1023) {
    // The scale would overflow: subnormals are made normal first.
    for (double& x : v) x /= DBL_MIN;
    return DBL_MIN * vector_norm(v, max / DBL_MIN, found_nan);
  }
  double scale = std::ldexp(1.0, -max_exponent);
  double sum = 1.0, low1 = 0, low2 = 0;
  auto add = [&](Double2 square) {
    Double2 s = fast_sum(sum, square.hi);
    sum = s.hi;
    low1 += square.lo;
    low2 += s.lo;
  };
  for (double x : v) {
    x *= scale;
    add(exact_product(x, x));
  }
  double h = std::sqrt(sum - 1.0 + (low1 + low2));
  add(exact_product(-h, h));
  h += (sum - 1.0 + (low1 + low2)) / (2.0 * h);
  return h / scale;
}

}  // namespace

Value fsum(Vm& vm, Args a) {
  std::vector<double> partials;  // nonoverlapping, in increasing magnitude
  double special = 0, infinities = 0;
  TRY(for_each(vm, a[0], [&](Value item) -> Status {
    double x = TRY(real_argument(vm, item));
    double given = x;
    size_t n = 0;
    for (double y : partials) {
      if (std::fabs(x) < std::fabs(y)) std::swap(x, y);
      double hi = x + y, lo = y - (hi - x);
      if (lo != 0) partials[n++] = lo;
      x = hi;
    }
    partials.resize(n);
    if (x == 0) return {};
    if (std::isfinite(x)) {
      partials.push_back(x);
      return {};
    }
    if (std::isfinite(given)) return vm.raise(E::OverflowError, "intermediate overflow in fsum");
    if (std::isinf(given)) infinities += given;
    special += given;
    partials.clear();
    return {};
  }));
  if (special != 0) {
    if (std::isnan(infinities)) return vm.raise(E::ValueError, "-inf + inf in fsum");
    return float_from(vm, special);
  }
  double hi = 0;
  size_t n = partials.size();
  if (n > 0) {
    double lo = 0;
    hi = partials[--n];
    while (n > 0) {
      double x = hi, y = partials[--n];
      hi = x + y;
      lo = y - (hi - x);
      if (lo != 0) break;
    }
    // Half-way cases: what is left below decides.
    if (n > 0 && ((lo < 0 && partials[n - 1] < 0) || (lo > 0 && partials[n - 1] > 0))) {
      double y = lo * 2.0, x = hi + y;
      if (y == x - hi) hi = x;
    }
  }
  return float_from(vm, hi);
}

Value sumprod(Vm& vm, Args a) {
  Value p_iterator = TRY(get_iter(vm, a[0]));
  Value q_iterator = TRY(get_iter(vm, a[1]));
  Value total = Value::small_int(0);
  bool in_floats = false, floats_allowed = true;
  TripleSum floats;
  auto flush = [&]() -> Status {
    floats_allowed = false;
    if (!in_floats) return {};
    in_floats = false;
    Value sum = TRY(float_from(vm, floats.value()));
    total = TRY(binary(vm, BinaryOp::Add, total, sum));
    return {};
  };
  auto exact_float = [&](Value v) { return v.is_small_float() || vm.type_of(v) == vm.types.float_; };
  auto exact_int = [&](Value v) { return v.is_small_int() || vm.type_of(v) == vm.types.int_; };
  while (true) {
    TRY(vm.poll());
    Value p = TRY(iter_next(vm, p_iterator));
    Value q = TRY(iter_next(vm, q_iterator));
    if (p.is_exhausted() != q.is_exhausted()) return vm.raise(E::ValueError, "Inputs are not the same length");
    if (p.is_exhausted()) {
      TRY(flush());
      return total;
    }
    bool p_float = exact_float(p), q_float = exact_float(q);
    if (floats_allowed && (p_float || q_float) && (p_float || exact_int(p) || p.is_bool()) &&
        (q_float || exact_int(q) || q.is_bool())) {
      auto x = p_float ? Result<double>(float_value(p)) : int_to_double(vm, p);
      auto y = x.is_error() || q_float ? Result<double>(q_float ? float_value(q) : 0.0) : int_to_double(vm, q);
      if (x.is_error() || y.is_error()) {
        if (!vm.clear_pending()) return Error{};
      } else {
        TripleSum next = floats.plus(x.release(), y.release());
        if (std::isfinite(next.hi)) {
          floats = next;
          in_floats = true;
          continue;
        }
      }
      TRY(flush());
    } else if (in_floats || !exact_int(p) || !exact_int(q)) {
      TRY(flush());
    }
    Value term = TRY(binary(vm, BinaryOp::Mul, p, q));
    total = TRY(binary(vm, BinaryOp::Add, total, term));
  }
}

Value prod(Vm& vm, Args a) {
  Value result = a.get(1, Value::small_int(1));
  TRY(for_each(vm, a[0], [&](Value item) -> Status {
    result = TRY(binary(vm, BinaryOp::Mul, result, item));
    return {};
  }));
  return result;
}

Value hypot(Vm& vm, Args a) {
  std::vector<double> v;
  v.reserve(a.n);
  double max = 0;
  bool found_nan = false;
  for (Value item : a.rest(0)) {
    double x = std::fabs(TRY(real_argument(vm, item)));
    v.push_back(x);
    found_nan |= std::isnan(x);
    if (x > max) max = x;
  }
  return float_from(vm, vector_norm(v, max, found_nan));
}

Value dist(Vm& vm, Args a) {
  Value p_tuple = TRY(tuple_from(vm, a[0]));
  Value q_tuple = TRY(tuple_from(vm, a[1]));
  Tuple *p = p_tuple.as<Tuple>(), *q = q_tuple.as<Tuple>();
  if (p->length != q->length) return vm.raise(E::ValueError, "both points must have the same number of dimensions");
  std::vector<double> v;
  double max = 0;
  bool found_nan = false;
  for (uint64_t i = 0; i < p->length; ++i) {
    POLL_EVERY_1024(vm, i);
    double x = TRY(real_argument(vm, p->items[i]));
    double y = TRY(real_argument(vm, q->items[i]));
    x = std::fabs(x - y);
    v.push_back(x);
    found_nan |= std::isnan(x);
    if (x > max) max = x;
  }
  return float_from(vm, vector_norm(v, max, found_nan));
}

}  // namespace krait::math
