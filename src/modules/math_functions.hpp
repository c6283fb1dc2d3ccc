// What the files of the math module share.
#pragma once

#include "objects/float.hpp"
#include "objects/native.hpp"
#include "objects/operations.hpp"

namespace krait::math {

/// An argument as a double.
inline Result<double> real_argument(Vm& vm, Value v) {
  if (v.is_small_float()) [[likely]]
    return v.as_small_float();
  if (v.is_small_int()) return static_cast<double>(v.as_small_int());
  return to_double(vm, v);
}

// math_special.cpp: the gamma function; NaN outside its domain, HUGE_VAL when too large.
double gamma(double x);
double log_gamma(double x);

// math_integers.cpp
Value gcd(Vm& vm, Args a);
Value lcm(Vm& vm, Args a);
Value isqrt(Vm& vm, Args a);
Value factorial(Vm& vm, Args a);
Value comb(Vm& vm, Args a);
Value perm(Vm& vm, Args a);

// math_sums.cpp
Value fsum(Vm& vm, Args a);
Value sumprod(Vm& vm, Args a);
Value prod(Vm& vm, Args a);
Value hypot(Vm& vm, Args a);
Value dist(Vm& vm, Args a);

}  // namespace krait::math
