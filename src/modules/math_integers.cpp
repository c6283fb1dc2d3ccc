// The integer half of the math module. Products of many factors are taken as balanced trees of int_mul.
#include <bit>
#include <cmath>

#include "modules/math_functions.hpp"
#include "objects/int_limbs.hpp"

namespace krait::math {

namespace {

/// Refuses results that cannot be held before the work on them begins.
Status check_result_bits(Vm& vm, double bits) {
  if (bits / 64 > static_cast<double>(kMaxIntLimbs)) return vm.raise_memory_error();
  if (bits / 8 > static_cast<double>(vm.heap.limit())) return vm.allocation_failed(static_cast<size_t>(bits / 8));
  return {};
}

/// The product of the whole numbers low..high, 0 < low.
Value product(Vm& vm, uint64_t low, uint64_t high) {
  if (low > high) return Value::small_int(1);
  if (high - low < 24) {
    Value result = Value::small_int(1);
    uint64_t word = 1;
    for (uint64_t i = low; i <= high; ++i) {
      uint64_t next;
      if (__builtin_mul_overflow(word, i, &next)) {
        Value factor = TRY(int_from_u64(vm, word));
        result = TRY(int_mul(vm, result, factor));
        next = i;
      }
      word = next;
    }
    Value factor = TRY(int_from_u64(vm, word));
    return int_mul(vm, result, factor);
  }
  TRY(vm.poll());
  uint64_t middle = low + (high - low) / 2;
  Value a = TRY(product(vm, low, middle));
  Value b = TRY(product(vm, middle + 1, high));
  return int_mul(vm, a, b);
}

/// The odd part of n!: the odd numbers up to n, times the odd part of (n / 2)!.
Value odd_product(Vm& vm, uint64_t low, uint64_t high) {
  if (low > high) return Value::small_int(1);
  if (high - low < 48) {
    Value result = Value::small_int(1);
    uint64_t word = 1;
    for (uint64_t i = low; i <= high; i += 2) {
      uint64_t next;
      if (__builtin_mul_overflow(word, i, &next)) {
        Value factor = TRY(int_from_u64(vm, word));
        result = TRY(int_mul(vm, result, factor));
        next = i;
      }
      word = next;
    }
    Value factor = TRY(int_from_u64(vm, word));
    return int_mul(vm, result, factor);
  }
  TRY(vm.poll());
  uint64_t middle = (low + (high - low) / 2) | 1;
  Value a = TRY(odd_product(vm, low, middle - 2));
  Value b = TRY(odd_product(vm, middle, high));
  return int_mul(vm, a, b);
}

Value factorial_of(Vm& vm, uint64_t n) {
  uint64_t word = 1;
  if (n <= 20) {
    for (uint64_t i = 2; i <= n; ++i) word *= i;
    return int_from_u64(vm, word);
  }
  double x = static_cast<double>(n);
  TRY(check_result_bits(vm, x * std::log2(x) - 1.5 * x));
  Value inner = Value::small_int(1), outer = Value::small_int(1);
  for (int shift = 63 - std::countl_zero(n); shift >= 0; --shift) {
    uint64_t high = n >> shift, low = (n >> (shift + 1)) + 1;
    if (shift == 63) low = 1;
    Value odds = TRY(odd_product(vm, low | 1, high));
    inner = TRY(int_mul(vm, inner, odds));
    outer = TRY(int_mul(vm, outer, inner));
  }
  return int_shift_left(vm, outer, n - static_cast<uint64_t>(std::popcount(n)));
}

/// n * (n - 1) * ... * (n - k + 1), n >= k.
Value falling_product(Vm& vm, Value n, uint64_t k) {
  if (k == 0) return Value::small_int(1);
  TRY(check_result_bits(vm, static_cast<double>(k) * (static_cast<double>(int_bit_length(n)) - 1) * 0.5));
  if (auto small = int_to_u64(n)) return product(vm, *small - k + 1, *small);
  if (k == 1) return n;
  TRY(vm.poll());
  Value rest = TRY(int_from_u64(vm, k / 2));
  rest = TRY(int_sub(vm, n, rest));
  Value a = TRY(falling_product(vm, n, k / 2));
  Value b = TRY(falling_product(vm, rest, k - k / 2));
  return int_mul(vm, a, b);
}

Status not_negative(Vm& vm, Value v, const char* name) {
  if (int_sign(v) < 0) return vm.raise(E::ValueError, "{} must be a non-negative integer", name);
  return {};
}

}  // namespace

Value gcd(Vm& vm, Args a) {
  Value result = Value::small_int(0);
  for (Value v : a.rest(0)) {
    TRY(vm.poll());
    v = TRY(index(vm, v));
    result = TRY(int_gcd(vm, result, v));
  }
  return result;
}

Value lcm(Vm& vm, Args a) {
  Value result = Value::small_int(1);
  for (Value v : a.rest(0)) {
    TRY(vm.poll());
    v = TRY(index(vm, v));
    if (int_sign(result) == 0) continue;  // the rest is only checked
    Value common = TRY(int_gcd(vm, result, v));
    if (int_sign(v) == 0) {
      result = Value::small_int(0);
      continue;
    }
    Value part = TRY(int_floor_div(vm, result, common));
    result = TRY(int_mul(vm, part, v));
    if (int_sign(result) < 0) result = TRY(int_neg(vm, result));
  }
  return result;
}

Value isqrt(Vm& vm, Args a) {
  Value n = TRY(index(vm, a[0]));
  if (int_sign(n) < 0) return vm.raise(E::ValueError, "isqrt() argument must be nonnegative");
  return int_isqrt(vm, n);
}

Value factorial(Vm& vm, Args a) {
  Value n = TRY(index(vm, a[0]));
  if (int_sign(n) < 0) return vm.raise(E::ValueError, "factorial() not defined for negative values");
  auto small = int_to_i64(n);
  if (!small) return vm.raise(E::OverflowError, "factorial() argument should not exceed {}", INT64_MAX);
  return factorial_of(vm, static_cast<uint64_t>(*small));
}

Value perm(Vm& vm, Args a) {
  if (!a.has(1) || a[1].is_none()) return factorial(vm, Args{a.v, 1});
  Value n = TRY(index(vm, a[0]));
  n = TRY(int_exact(vm, n));
  Value k = TRY(index(vm, a[1]));
  TRY(not_negative(vm, n, "n"));
  TRY(not_negative(vm, k, "k"));
  if (int_compare(n, k) < 0) return Value::small_int(0);
  auto count = int_to_i64(k);
  if (!count) return vm.raise(E::OverflowError, "k must not exceed {}", INT64_MAX);
  return falling_product(vm, n, static_cast<uint64_t>(*count));
}

Value comb(Vm& vm, Args a) {
  Value n = TRY(index(vm, a[0]));
  n = TRY(int_exact(vm, n));
  Value k = TRY(index(vm, a[1]));
  TRY(not_negative(vm, n, "n"));
  TRY(not_negative(vm, k, "k"));
  if (int_compare(n, k) < 0) return Value::small_int(0);
  Value other = TRY(int_sub(vm, n, k));
  if (int_compare(other, k) < 0) k = other;
  auto count = int_to_i64(k);
  if (!count) return vm.raise(E::OverflowError, "min(n - k, k) must not exceed {}", INT64_MAX);
  auto small = int_to_u64(n);
  if (small && *count < 64) {
    // In one word and a half as long as it fits: each step's division is exact.
    unsigned __int128 result = 1;
    int64_t i = 0;
    for (; i < *count && (result >> 64) == 0; ++i)
      result = result * (*small - static_cast<uint64_t>(i)) / static_cast<uint64_t>(i + 1);
    if (i == *count) {
      uint64_t limbs[] = {static_cast<uint64_t>(result), static_cast<uint64_t>(result >> 64)};
      return int_from_limbs(vm, limbs, false);
    }
  }
  Value above = TRY(falling_product(vm, n, static_cast<uint64_t>(*count)));
  Value below = TRY(factorial_of(vm, static_cast<uint64_t>(*count)));
  return int_floor_div(vm, above, below);
}

}  // namespace krait::math
