// Arithmetic of ints. Immediate operands take the first lines of each function; all others become views of limbs. Below a few
// thousand limbs GMP's mpn layer does the work in one call; larger products and quotients are cut into pieces with polls between
// them, so that no single operation escapes the limits for long.
#include <algorithm>
#include <bit>
#include <cmath>
#include <cstring>

#include "objects/float.hpp"
#include "objects/int_limbs.hpp"

namespace krait {

namespace {

/// Results of up to this many limbs are made on the native stack: most of them turn out to be small.
constexpr uint64_t kLocalLimbs = 4;
/// Products of two operands of at most this many limbs go to GMP whole (some 50 ms).
constexpr uint64_t kMulLeaf = uint64_t{1} << 18;

/// Where a magnitude of at most `limbs` limbs is computed: local memory or a new cell.
struct Target {
  uint64_t local[kLocalLimbs];
  uint64_t* limbs = local;
  Int* cell = nullptr;
  Status reserve(Vm& vm, uint64_t n) {
    if (n <= kLocalLimbs) return {};
    cell = TRY(int_allocate(vm, n));
    limbs = cell->limbs;
    return {};
  }
  Value finish(Vm& vm, uint64_t n, bool negative) {
    if (cell != nullptr) return int_finish(vm, cell, n, negative);
    return int_from_limbs(vm, {limbs, n}, negative);
  }
};

Error division_by_zero(Vm& vm) { return vm.raise(E::ZeroDivisionError, "division by zero"); }

}  // namespace

// --- Limb arrays.

int limbs_compare(std::span<const uint64_t> a, std::span<const uint64_t> b) {
  if (a.size() != b.size()) return a.size() < b.size() ? -1 : 1;
  if (a.empty()) return 0;
  int c = mpn_cmp(a.data(), b.data(), static_cast<mp_size_t>(a.size()));
  return (c > 0) - (c < 0);
}

uint64_t limbs_bit_length(std::span<const uint64_t> limbs) {
  if (limbs.empty()) return 0;
  return limbs.size() * 64 - static_cast<uint64_t>(std::countl_zero(limbs.back()));
}

namespace {

/// Adds b to out, which is long enough to take the carry.
void add_into(uint64_t* out, uint64_t out_size, std::span<const uint64_t> b) {
  mpn_add(out, out, static_cast<mp_size_t>(out_size), b.data(), static_cast<mp_size_t>(b.size()));
}

Status mul_leaf(Vm& vm, uint64_t* out, std::span<const uint64_t> a, std::span<const uint64_t> b) {
  ScratchCharge scratch(vm);
  TRY(scratch.take((a.size() + b.size()) * 4 * sizeof(uint64_t)));
  auto an = static_cast<mp_size_t>(a.size()), bn = static_cast<mp_size_t>(b.size());
  if (a.data() == b.data() && an == bn) {
    mpn_sqr(out, a.data(), an);
  } else if (an >= bn) {
    mpn_mul(out, a.data(), an, b.data(), bn);
  } else {
    mpn_mul(out, b.data(), bn, a.data(), an);
  }
  return {};
}

/// Karatsuba on operands beyond kMulLeaf of nearly equal size (b longer than half of a).
Status mul_karatsuba(Vm& vm, uint64_t* out, std::span<const uint64_t> a, std::span<const uint64_t> b) {
  uint64_t half = (a.size() + 1) / 2;
  auto a0 = a.first(half), a1 = a.subspan(half), b0 = b.first(half), b1 = b.subspan(half);
  TRY(limbs_mul(vm, out, a0, b0));
  TRY(limbs_mul(vm, out + 2 * half, a1, b1));
  uint64_t n = half + 1;
  Storage* scratch = TRY(vm.allocate_storage(4 * n * sizeof(uint64_t)));
  uint64_t* sum_a = scratch->data<uint64_t>();
  uint64_t* sum_b = sum_a + n;
  uint64_t* middle = sum_b + n;
  auto h = static_cast<mp_size_t>(half);
  sum_a[half] = mpn_add(sum_a, a0.data(), h, a1.data(), static_cast<mp_size_t>(a1.size()));
  sum_b[half] = mpn_add(sum_b, b0.data(), h, b1.data(), static_cast<mp_size_t>(b1.size()));
  Status done = limbs_mul(vm, middle, {sum_a, n}, {sum_b, n});
  if (done.ok()) {
    auto m = static_cast<mp_size_t>(2 * n);
    mpn_sub(middle, middle, m, out, 2 * h);
    mpn_sub(middle, middle, m, out + 2 * half, static_cast<mp_size_t>(a1.size() + b1.size()));
    uint64_t size = limbs_trim(middle, 2 * n);
    add_into(out + half, a.size() + b.size() - half, {middle, size});
  }
  vm.heap.release_storage(scratch);
  return done;
}

}  // namespace

Status limbs_mul(Vm& vm, uint64_t* out, std::span<const uint64_t> a, std::span<const uint64_t> b) {
  if (a.size() < b.size()) std::swap(a, b);
  if (a.size() <= kMulLeaf) [[likely]] {
    if (b.empty()) {
      std::fill_n(out, a.size(), 0);
      return {};
    }
    return mul_leaf(vm, out, a, b);
  }
  TRY(vm.poll());
  TRY(vm.check_stack());
  if (b.size() > kMulLeaf && b.size() > (a.size() + 1) / 2) return mul_karatsuba(vm, out, a, b);
  // Unbalanced: a in pieces of b's size, or of the leaf's.
  uint64_t piece = std::max(b.size(), kMulLeaf);
  Storage* scratch = TRY(vm.allocate_storage((piece + b.size()) * sizeof(uint64_t)));
  uint64_t* product = scratch->data<uint64_t>();
  std::fill_n(out, a.size() + b.size(), 0);
  Status done;
  for (uint64_t at = 0; at < a.size() && done.ok(); at += piece) {
    uint64_t n = std::min<uint64_t>(piece, a.size() - at);
    done = limbs_mul(vm, product, a.subspan(at, n), b);
    if (done.ok()) add_into(out + at, a.size() + b.size() - at, {product, n + b.size()});
  }
  vm.heap.release_storage(scratch);
  return done;
}

namespace {

/// Long division by a divisor of more than 2 * kMulLeaf limbs: kMulLeaf limbs of the quotient at a time are estimated from the
/// leading limbs, too high by two at most, and the product is taken away.
Status div_long(Vm& vm, uint64_t* quotient, uint64_t* remainder, std::span<const uint64_t> a,
                std::span<const uint64_t> b) {
  constexpr uint64_t k = kMulLeaf;
  uint64_t n = b.size(), m = a.size() - n + 1;  // m limbs of quotient
  // The divisor's top bit has to be set for the estimate to be good: both are shifted.
  auto shift = static_cast<unsigned>(std::countl_zero(b.back()));
  Storage* scratch = TRY(vm.allocate_storage((a.size() + 2 + n + (n + k + 2) + 4 * k + 8) * sizeof(uint64_t)));
  uint64_t* rest = scratch->data<uint64_t>();  // a.size() + 1 limbs: what is left of a
  uint64_t* divisor = rest + a.size() + 2;
  uint64_t* product = divisor + n;
  uint64_t* part = product + n + k + 2;
  uint64_t* ignored = part + 2 * k + 4;
  auto size = [](uint64_t i) { return static_cast<mp_size_t>(i); };
  if (shift != 0) {
    mpn_lshift(divisor, b.data(), size(n), shift);
    rest[a.size()] = mpn_lshift(rest, a.data(), size(a.size()), shift);
  } else {
    std::copy_n(b.data(), n, divisor);
    std::copy_n(a.data(), a.size(), rest);
    rest[a.size()] = 0;
  }
  ScratchCharge charge(vm);
  TRY(charge.take(k * 16 * sizeof(uint64_t)));
  std::fill_n(quotient, m, 0);
  for (uint64_t at = m; at > 0;) {
    TRY(vm.poll());
    uint64_t count = std::min(at, k);
    at -= count;
    // rest[at ..] has n + count limbs now; above them all is zero.
    const uint64_t* top = rest + at + n - count;
    mpn_tdiv_qr(part, ignored, 0, top, size(2 * count), divisor + n - count, size(count));
    uint64_t part_size = limbs_trim(part, count + 1);
    uint64_t* window = rest + at;
    uint64_t window_size = n + count;
    if (part_size > 0) {
      TRY(limbs_mul(vm, product, {part, part_size}, {divisor, n}));
      uint64_t product_size = limbs_trim(product, n + part_size);
      while (limbs_compare({product, product_size}, {window, limbs_trim(window, window_size)}) > 0) {
        mpn_sub_1(part, part, size(part_size), 1);
        mpn_sub(product, product, size(product_size), divisor, size(n));
        product_size = limbs_trim(product, product_size);
      }
      mpn_sub(window, window, size(window_size), product, size(product_size));
      std::copy_n(part, std::min(part_size, count), quotient + at);
    }
  }
  if (shift != 0) {
    mpn_rshift(remainder, rest, size(n), shift);
  } else {
    std::copy_n(rest, n, remainder);
  }
  vm.heap.release_storage(scratch);
  return {};
}

}  // namespace

Status limbs_div(Vm& vm, uint64_t* quotient, uint64_t* remainder, std::span<const uint64_t> a,
                 std::span<const uint64_t> b) {
  auto an = static_cast<mp_size_t>(a.size()), bn = static_cast<mp_size_t>(b.size());
  if (bn == 1) {
    remainder[0] = mpn_divrem_1(quotient, 0, a.data(), an, b[0]);
    return {};
  }
  if (a.size() <= 2 * kMulLeaf || (b.size() <= 2 * kMulLeaf && a.size() < 2 * b.size())) {
    ScratchCharge scratch(vm);
    TRY(scratch.take(a.size() * 4 * sizeof(uint64_t)));
    mpn_tdiv_qr(quotient, remainder, 0, a.data(), an, b.data(), bn);
    return {};
  }
  if (b.size() > 2 * kMulLeaf) return div_long(vm, quotient, remainder, a, b);
  // Long division in blocks from the top; the remainder so far stands above the next block.
  uint64_t block = std::max(b.size(), kMulLeaf / 4);
  Storage* scratch = TRY(vm.allocate_storage((3 * block + 2 * b.size() + 2) * sizeof(uint64_t)));
  uint64_t* number = scratch->data<uint64_t>();
  uint64_t* part = number + block + b.size();
  ScratchCharge charge(vm);
  TRY(charge.take(block * 8 * sizeof(uint64_t)));
  std::fill_n(remainder, b.size(), 0);
  std::fill_n(quotient, a.size() - b.size() + 1, 0);
  for (uint64_t top = a.size(); top > 0;) {
    TRY(vm.poll());
    uint64_t n = top % block == 0 ? block : top % block;
    top -= n;
    std::copy_n(a.data() + top, n, number);
    std::copy_n(remainder, b.size(), number + n);
    mpn_tdiv_qr(part, remainder, 0, number, static_cast<mp_size_t>(n + b.size()), b.data(), bn);
    // The quotient has a.size() - b.size() + 1 limbs; those of this block that lie above it are zero.
    uint64_t room = a.size() - b.size() + 1;
    if (top < room) std::copy_n(part, std::min(n, room - top), quotient + top);
  }
  vm.heap.release_storage(scratch);
  return {};
}

// --- Sum, difference, product.

namespace {

Value add_views(Vm& vm, const IntView& x, const IntView& y, bool y_negative) {
  const IntView *big = &x, *little = &y;
  bool big_negative = x.negative, little_negative = y_negative;
  if (limbs_compare(x.span(), y.span()) < 0) {
    std::swap(big, little);
    std::swap(big_negative, little_negative);
  }
  Target out;
  uint64_t n = big->size + 1;
  TRY(out.reserve(vm, n));
  auto bn = static_cast<mp_size_t>(big->size), ln = static_cast<mp_size_t>(little->size);
  if (big_negative == little_negative) {
    out.limbs[n - 1] = mpn_add(out.limbs, big->limbs, bn, little->limbs, ln);
  } else {
    mpn_sub(out.limbs, big->limbs, bn, little->limbs, ln);
    --n;
  }
  return out.finish(vm, n, big_negative);
}

}  // namespace

Value int_add(Vm& vm, Value a, Value b) {
  if (Value::both_small_ints(a, b)) return int_from(vm, a.as_small_int() + b.as_small_int());
  IntView x(a), y(b);
  return add_views(vm, x, y, y.negative);
}

Value int_sub(Vm& vm, Value a, Value b) {
  if (Value::both_small_ints(a, b)) return int_from(vm, a.as_small_int() - b.as_small_int());
  IntView x(a), y(b);
  return add_views(vm, x, y, !y.negative);
}

Value int_mul(Vm& vm, Value a, Value b) {
  if (Value::both_small_ints(a, b)) {
    int64_t product;
    if (!__builtin_mul_overflow(a.as_small_int(), b.as_small_int(), &product)) return int_from(vm, product);
  }
  IntView x(a), y(b);
  bool negative = x.negative != y.negative;
  if (x.size == 0 || y.size == 0) return Value::small_int(0);
  if (x.size == 1 && y.size == 1) {
    auto product = static_cast<unsigned __int128>(x.limbs[0]) * y.limbs[0];
    uint64_t limbs[] = {static_cast<uint64_t>(product), static_cast<uint64_t>(product >> 64)};
    return int_from_limbs(vm, limbs, negative);
  }
  Target out;
  uint64_t n = x.size + y.size;
  TRY(out.reserve(vm, n));
  if (y.size == 1) {
    out.limbs[n - 1] = mpn_mul_1(out.limbs, x.limbs, static_cast<mp_size_t>(x.size), y.limbs[0]);
  } else if (x.size == 1) {
    out.limbs[n - 1] = mpn_mul_1(out.limbs, y.limbs, static_cast<mp_size_t>(y.size), x.limbs[0]);
  } else {
    TRY(limbs_mul(vm, out.limbs, x.span(), y.span()));
  }
  return out.finish(vm, n, negative);
}

Value int_neg(Vm& vm, Value v) {
  if (auto i = int_immediate(v)) return int_from(vm, -*i);
  IntView x(v);
  return int_from_limbs(vm, x.span(), !x.negative);
}

Value int_invert(Vm& vm, Value v) {
  if (auto i = int_immediate(v)) return Value::small_int(~*i);
  IntView x(v);
  IntView one(Value::small_int(1));
  // ~v = -(v + 1)
  Value sum = TRY(add_views(vm, x, one, false));
  return int_neg(vm, sum);
}

// --- Division.

namespace {

/// Floor division of any two ints, the divisor not zero. A null result is not wanted.
Status divide(Vm& vm, Value a, Value b, Value* quotient, Value* remainder) {
  IntView x(a), y(b);
  bool differ = x.negative != y.negative;
  if (x.size < y.size || (x.size == y.size && limbs_compare(x.span(), y.span()) < 0)) {
    // |a| < |b|: the truncated quotient is 0.
    bool adjust = differ && x.size > 0;
    if (quotient != nullptr) *quotient = Value::small_int(adjust ? -1 : 0);
    if (remainder != nullptr) *remainder = adjust ? TRY(add_views(vm, x, y, y.negative)) : TRY(int_exact(vm, a));
    return {};
  }
  Target q, r;
  uint64_t qn = x.size - y.size + 1;
  TRY(q.reserve(vm, qn + 1));  // one more for the adjustment's carry
  TRY(r.reserve(vm, y.size));
  if (x.size <= 2 && y.size == 1) {
    uint64_t d = y.limbs[0];
    if (x.size == 1) {
      q.limbs[0] = x.limbs[0] / d;
      r.limbs[0] = x.limbs[0] % d;
    } else {
      r.limbs[0] = mpn_divrem_1(q.limbs, 0, x.limbs, 2, d);
    }
  } else {
    TRY(limbs_div(vm, q.limbs, r.limbs, x.span(), y.span()));
  }
  uint64_t rn = limbs_trim(r.limbs, y.size);
  if (differ && rn > 0) {
    q.limbs[qn] = mpn_add_1(q.limbs, q.limbs, static_cast<mp_size_t>(qn), 1);
    ++qn;
    mpn_sub(r.limbs, y.limbs, static_cast<mp_size_t>(y.size), r.limbs, static_cast<mp_size_t>(rn));
    rn = y.size;
  }
  if (quotient != nullptr) *quotient = TRY(q.finish(vm, qn, differ));
  if (remainder != nullptr) *remainder = TRY(r.finish(vm, rn, y.negative));
  return {};
}

/// Both immediate and the divisor neither 0 nor -1 (whose quotient might not be small).
bool small_division(Value a, Value b) {
  return Value::both_small_ints(a, b) && b.as_small_int() != 0 && b.as_small_int() != -1;
}

}  // namespace

Value int_floor_div(Vm& vm, Value a, Value b) {
  if (small_division(a, b)) {
    int64_t x = a.as_small_int(), y = b.as_small_int(), q = x / y;
    if (x % y != 0 && (x ^ y) < 0) --q;
    return Value::small_int(q);
  }
  if (int_sign(b) == 0) return division_by_zero(vm);
  Value q;
  TRY(divide(vm, a, b, &q, nullptr));
  return q;
}

Value int_mod(Vm& vm, Value a, Value b) {
  if (small_division(a, b)) {
    int64_t y = b.as_small_int(), r = a.as_small_int() % y;
    if (r != 0 && (r ^ y) < 0) r += y;
    return Value::small_int(r);
  }
  if (int_sign(b) == 0) return division_by_zero(vm);
  Value r;
  TRY(divide(vm, a, b, nullptr, &r));
  return r;
}

Status int_div_mod(Vm& vm, Value a, Value b, Value* quotient, Value* remainder) {
  if (small_division(a, b)) {
    int64_t x = a.as_small_int(), y = b.as_small_int(), q = x / y, r = x % y;
    if (r != 0 && (r ^ y) < 0) {
      r += y;
      --q;
    }
    *quotient = Value::small_int(q);
    *remainder = Value::small_int(r);
    return {};
  }
  if (int_sign(b) == 0) return division_by_zero(vm);
  return divide(vm, a, b, quotient, remainder);
}

double round_to_double(uint64_t mantissa, int64_t exponent, bool inexact) {
  int64_t top = exponent + 63;  // weight of the top bit
  if (top > 1023) return HUGE_VAL;
  int64_t drop = 11;
  if (top < -1022) drop += -1022 - top;  // subnormal: fewer bits
  if (drop > 64) return 0.0;
  uint64_t kept = drop == 64 ? 0 : mantissa >> drop;
  uint64_t half = uint64_t{1} << (drop - 1);
  uint64_t lost = drop == 64 ? mantissa : mantissa & ((uint64_t{1} << drop) - 1);
  if (lost > half || (lost == half && (inexact || (kept & 1)))) ++kept;
  return std::ldexp(static_cast<double>(kept), static_cast<int>(exponent + drop));
}

TopBits int_top_bits(Value v) {
  IntView x(v);
  const uint64_t* p = x.limbs;
  uint64_t n = x.size;
  int shift = std::countl_zero(p[n - 1]);
  uint64_t mantissa = p[n - 1] << shift;
  bool inexact = false;
  if (n > 1) {
    if (shift > 0) mantissa |= p[n - 2] >> (64 - shift);
    inexact = (p[n - 2] << shift) != 0;
    for (uint64_t i = 0; i + 2 < n && !inexact; ++i) inexact = p[i] != 0;
  }
  return {mantissa, static_cast<int64_t>(n * 64) - shift - 64, inexact};
}

namespace {

/// a / b as a correctly rounded double, both not zero: the quotient of a shifted a has 65 to 129 bits, and what lies below
/// them only has to be known to be zero or not.
Result<double> divide_to_double(Vm& vm, Value a, Value b) {
  IntView x(a), y(b);
  int64_t difference =
      static_cast<int64_t>(limbs_bit_length(x.span())) - static_cast<int64_t>(limbs_bit_length(y.span()));
  if (difference > 1025) return vm.raise(E::OverflowError, "integer division result too large for a float");
  bool negative = x.negative != y.negative;
  if (difference < -1080) return negative ? -0.0 : 0.0;
  int64_t shift = 66 - difference;  // bits by which a is moved up
  Value scaled = shift >= 0
                     ? TRY(int_shift_left(vm, int_from_limbs(vm, x.span(), false), static_cast<uint64_t>(shift)))
                     : TRY(int_shift_right(vm, int_from_limbs(vm, x.span(), false), static_cast<uint64_t>(-shift)));
  bool inexact = false;
  if (shift < 0) {
    uint64_t dropped = static_cast<uint64_t>(-shift);
    for (uint64_t i = 0; i < dropped / 64 && !inexact; ++i) inexact = x.limbs[i] != 0;
    if (dropped % 64 != 0) inexact |= (x.limbs[dropped / 64] << (64 - dropped % 64)) != 0;
  }
  Value q, r;
  TRY(divide(vm, scaled, int_from_limbs(vm, y.span(), false), &q, &r));
  inexact |= int_sign(r) != 0;
  TopBits bits = int_top_bits(q);
  double d = round_to_double(bits.mantissa, bits.exponent - shift, inexact || bits.inexact);
  if (std::isinf(d)) return vm.raise(E::OverflowError, "integer division result too large for a float");
  return negative ? -d : d;
}

}  // namespace

Value int_true_div(Vm& vm, Value a, Value b) {
  auto x = int_immediate(a), y = int_immediate(b);
  constexpr int64_t kExact = int64_t{1} << 53;
  if (x && y && *y != 0 && *x >= -kExact && *x <= kExact && *y >= -kExact && *y <= kExact)
    return float_from(vm, static_cast<double>(*x) / static_cast<double>(*y));
  if (int_sign(b) == 0) return division_by_zero(vm);
  if (int_sign(a) == 0) return Value::small_float(int_sign(b) < 0 ? -0.0 : 0.0);
  double d = TRY(divide_to_double(vm, a, b));
  return float_from(vm, d);
}

// --- Shifts.

Value int_shift_left(Vm& vm, Value a, uint64_t shift) {
  if (auto i = int_immediate(a)) {
    if (*i == 0) return Value::small_int(0);
    if (shift < 62) {
      int64_t moved = static_cast<int64_t>(static_cast<uint64_t>(*i) << shift);
      if (moved >> shift == *i) return int_from(vm, moved);
    }
  }
  IntView x(a);
  if (x.size == 0) return Value::small_int(0);
  uint64_t limbs = shift / 64, bits = shift % 64;
  if (limbs > kMaxIntLimbs) return vm.raise_memory_error();
  uint64_t n = x.size + limbs + 1;
  Target out;
  TRY(out.reserve(vm, n));
  std::fill_n(out.limbs, limbs, 0);
  uint64_t* to = out.limbs + limbs;
  if (bits != 0) {
    to[x.size] = mpn_lshift(to, x.limbs, static_cast<mp_size_t>(x.size), static_cast<unsigned>(bits));
  } else {
    std::copy_n(x.limbs, x.size, to);
    to[x.size] = 0;
  }
  return out.finish(vm, n, x.negative);
}

Value int_shift_right(Vm& vm, Value a, uint64_t shift) {
  if (auto i = int_immediate(a)) return Value::small_int(shift >= 63 ? (*i < 0 ? -1 : 0) : *i >> shift);
  IntView x(a);
  uint64_t limbs = shift / 64, bits = shift % 64;
  if (limbs >= x.size) return Value::small_int(x.negative && x.size > 0 ? -1 : 0);
  Target out;
  uint64_t n = x.size - limbs;
  TRY(out.reserve(vm, n + 1));
  bool lost = false;
  if (bits != 0) {
    lost = mpn_rshift(out.limbs, x.limbs + limbs, static_cast<mp_size_t>(n), static_cast<unsigned>(bits)) != 0;
  } else {
    std::copy_n(x.limbs + limbs, n, out.limbs);
  }
  if (x.negative) {
    // Rounds down: the magnitude goes up if anything was shifted out.
    for (uint64_t i = 0; i < limbs && !lost; ++i) lost = x.limbs[i] != 0;
    if (lost) {
      out.limbs[n] = mpn_add_1(out.limbs, out.limbs, static_cast<mp_size_t>(n), 1);
      ++n;
    }
  }
  return out.finish(vm, n, x.negative);
}

Value int_lshift(Vm& vm, Value a, Value b) {
  if (int_sign(b) < 0) return vm.raise(E::ValueError, "negative shift count");
  auto count = int_to_u64(b);
  if (!count) {
    if (int_sign(a) == 0) return Value::small_int(0);
    return vm.raise(E::OverflowError, "too many digits in integer");
  }
  return int_shift_left(vm, a, *count);
}

Value int_rshift(Vm& vm, Value a, Value b) {
  if (int_sign(b) < 0) return vm.raise(E::ValueError, "negative shift count");
  return int_shift_right(vm, a, int_to_u64(b).value_or(UINT64_MAX));
}

// --- Bits. Negative numbers count as two's complement without end; their limbs are made one by one.

namespace {

/// The limbs of an int in two's complement, from the lowest on.
class TwosComplement {
 public:
  explicit TwosComplement(const IntView& x) : x_(x), flip_(x.negative ? ~uint64_t{0} : 0), carry_(x.negative) {}
  uint64_t next(uint64_t i) {
    uint64_t limb = (i < x_.size ? x_.limbs[i] : 0) ^ flip_;
    uint64_t sum = limb + carry_;
    carry_ = sum < carry_;
    return sum;
  }

 private:
  const IntView& x_;
  uint64_t flip_;
  uint64_t carry_;
};

template <class Op>
Value bitwise(Vm& vm, Value a, Value b, Op op) {
  IntView x(a), y(b);
  bool negative = op(x.negative ? ~uint64_t{0} : 0, y.negative ? ~uint64_t{0} : 0) != 0;
  uint64_t n = std::max(x.size, y.size) + 1;
  if (!op(0, ~uint64_t{0})) {  // and: what a number that is not negative has no bits for is zero
    if (!x.negative) n = std::min(n, x.size);
    if (!y.negative) n = std::min(n, y.size);
  }
  Target out;
  TRY(out.reserve(vm, n));
  TwosComplement p(x), q(y);
  for (uint64_t i = 0; i < n; ++i) out.limbs[i] = op(p.next(i), q.next(i));
  if (negative) mpn_neg(out.limbs, out.limbs, static_cast<mp_size_t>(n));
  return out.finish(vm, n, negative);
}

}  // namespace

Value int_and(Vm& vm, Value a, Value b) {
  if (Value::both_small_ints(a, b)) return Value::from_bits(a.bits() & b.bits());
  return bitwise(vm, a, b, [](uint64_t p, uint64_t q) { return p & q; });
}
Value int_or(Vm& vm, Value a, Value b) {
  if (Value::both_small_ints(a, b)) return Value::from_bits(a.bits() | b.bits());
  return bitwise(vm, a, b, [](uint64_t p, uint64_t q) { return p | q; });
}
Value int_xor(Vm& vm, Value a, Value b) {
  if (Value::both_small_ints(a, b)) return Value::small_int(a.as_small_int() ^ b.as_small_int());
  return bitwise(vm, a, b, [](uint64_t p, uint64_t q) { return p ^ q; });
}

// --- Order.

int int_compare(Value a, Value b) {
  if (Value::both_small_ints(a, b)) {
    int64_t x = a.as_small_int(), y = b.as_small_int();
    return (x > y) - (x < y);
  }
  IntView x(a), y(b);
  if (x.negative != y.negative) return x.negative ? -1 : 1;
  int c = limbs_compare(x.span(), y.span());
  return x.negative ? -c : c;
}

// --- Greatest common divisor and square root.

namespace {

/// Up to this many limbs GMP's gcd may work uninterrupted.
constexpr uint64_t kGcdLeaf = uint64_t{1} << 15;

/// Shortens a pair of long numbers without changing their gcd, by Lehmer's algorithm: several steps of Euclid's are worked out
/// on the leading 62 bits and then done to the whole at once.
Status shorten_for_gcd(Vm& vm, Value& a, Value& b) {
  IntView first(a), second(b);
  uint64_t room = std::max(first.size, second.size) + 2;
  Int* cells[4];
  for (Int*& cell : cells) cell = TRY(int_allocate(vm, room));
  uint64_t *x = cells[0]->limbs, *y = cells[1]->limbs, *p = cells[2]->limbs, *q = cells[3]->limbs;
  uint64_t xn = first.size, yn = second.size;
  std::copy_n(first.limbs, xn, x);
  std::copy_n(second.limbs, yn, y);
  if (limbs_compare({x, xn}, {y, yn}) < 0) {
    std::swap(x, y);
    std::swap(xn, yn);
  }
  auto size = [](uint64_t i) { return static_cast<mp_size_t>(i); };
  while (yn > kGcdLeaf) {
    TRY(vm.poll());
    int64_t A = 1, B = 0, C = 0, D = 1;
    bool odd = false, progress = false;
    if (xn - yn <= 1) {
      // The top 62 bits of x, and those of y at the same place.
      int lead = std::countl_zero(x[xn - 1]);
      auto top = [&](const uint64_t* v, uint64_t n) {
        uint64_t high = n == xn ? v[xn - 1] : 0, next = n + 1 >= xn ? v[xn - 2] : 0;
        uint64_t bits = lead == 0 ? high : high << lead | next >> (64 - lead);
        return static_cast<int64_t>(bits >> 2);
      };
      int64_t u = top(x, xn), v = top(y, yn);
      while (v != C) {
        int64_t quotient = (u + (A - 1)) / (v - C);
        int64_t s, t, product;
        if (__builtin_mul_overflow(quotient, D, &product) || __builtin_add_overflow(B, product, &s)) break;
        t = u - quotient * v;
        if (s > t) break;
        u = v;
        v = t;
        t = A + quotient * C;
        A = D;
        B = C;
        C = s;
        D = t;
        odd = !odd;
        progress = true;
      }
    }
    if (!progress) {
      TRY(limbs_div(vm, p, q, {x, xn}, {y, yn}));
      std::swap(x, y);  // x is the old y, y the remainder
      std::swap(y, q);
      xn = yn;
      yn = limbs_trim(y, xn);
      continue;
    }
    std::fill(y + yn, y + xn, 0);
    // (x, y) = (A*x - B*y, D*y - C*x), or with x and y exchanged after an odd number of steps.
    auto combine = [&](uint64_t* out, int64_t plus, const uint64_t* v, int64_t minus, const uint64_t* w) {
      mpn_mul_1(out, v, size(xn), static_cast<uint64_t>(plus));
      mpn_submul_1(out, w, size(xn), static_cast<uint64_t>(minus));
    };
    combine(p, A, odd ? y : x, B, odd ? x : y);
    combine(q, D, odd ? x : y, C, odd ? y : x);
    std::swap(x, p);
    std::swap(y, q);
    uint64_t n = xn;
    xn = limbs_trim(x, n);
    yn = limbs_trim(y, n);
  }
  a = TRY(int_from_limbs(vm, {x, xn}, false));
  b = TRY(int_from_limbs(vm, {y, yn}, false));
  return {};
}

}  // namespace

Value int_gcd(Vm& vm, Value a, Value b) {
  if (!a.is_small_int() && !b.is_small_int() && std::min(IntView(a).size, IntView(b).size) > kGcdLeaf)
    TRY(shorten_for_gcd(vm, a, b));
  IntView x(a), y(b);
  if (x.size <= 1 && y.size <= 1) {
    uint64_t p = x.size == 0 ? 0 : x.limbs[0], q = y.size == 0 ? 0 : y.limbs[0];
    while (q != 0) {
      uint64_t r = p % q;
      p = q;
      q = r;
    }
    return int_from_u64(vm, p);
  }
  if (x.size == 0) return int_from_limbs(vm, y.span(), false);
  if (y.size == 0) return int_from_limbs(vm, x.span(), false);
  // GMP wants odd numbers in memory of its own, the longer first.
  auto twos_of = [](const IntView& v) { return static_cast<uint64_t>(mpn_scan1(v.limbs, 0)); };
  uint64_t x_twos = twos_of(x), y_twos = twos_of(y);
  auto odd_part = [&](const IntView& v, uint64_t twos) -> Result<Int*> {
    uint64_t n = v.size - twos / 64;
    Int* out = TRY(int_allocate(vm, n));
    if (twos % 64 != 0) {
      mpn_rshift(out->limbs, v.limbs + twos / 64, static_cast<mp_size_t>(n), static_cast<unsigned>(twos % 64));
    } else {
      std::copy_n(v.limbs + twos / 64, n, out->limbs);
    }
    out->size = limbs_trim(out->limbs, n);
    return out;
  };
  Int* p = TRY(odd_part(x, x_twos));
  Int* q = TRY(odd_part(y, y_twos));
  if (limbs_compare({p->limbs, p->size}, {q->limbs, q->size}) < 0) std::swap(p, q);
  ScratchCharge scratch(vm);
  TRY(scratch.take(p->size * 8 * sizeof(uint64_t)));
  Int* out = TRY(int_allocate(vm, q->size));
  TRY(vm.poll());
  auto n = static_cast<uint64_t>(
      mpn_gcd(out->limbs, p->limbs, static_cast<mp_size_t>(p->size), q->limbs, static_cast<mp_size_t>(q->size)));
  Value odd = TRY(int_finish(vm, out, n, false));
  return int_shift_left(vm, odd, std::min(x_twos, y_twos));
}

Value int_isqrt(Vm& vm, Value v) {
  IntView x(v);
  if (x.size == 0) return Value::small_int(0);
  if (x.size > 2 * kMulLeaf) {
    // One step of Newton's from the root of the upper half: at most one too high.
    uint64_t half = (limbs_bit_length(x.span()) - 1) / 4;
    Value upper = TRY(int_shift_right(vm, v, 2 * half));
    Value guess = TRY(int_isqrt(vm, upper));
    Value dividend = TRY(int_shift_right(vm, v, half + 1));
    Value correction = TRY(int_floor_div(vm, dividend, guess));
    guess = TRY(int_shift_left(vm, guess, half - 1));
    guess = TRY(int_add(vm, guess, correction));
    Value square = TRY(int_mul(vm, guess, guess));
    return int_compare(square, v) > 0 ? int_sub(vm, guess, Value::small_int(1)) : guess;
  }
  uint64_t n = (x.size + 1) / 2;
  Int* root = TRY(int_allocate(vm, n));
  ScratchCharge scratch(vm);
  TRY(scratch.take(x.size * 4 * sizeof(uint64_t)));
  Int* rest = TRY(int_allocate(vm, x.size));
  mpn_sqrtrem(root->limbs, rest->limbs, x.limbs, static_cast<mp_size_t>(x.size));
  return int_finish(vm, root, n, false);
}

// --- Powers.

namespace {

/// base ** exponent, base odd or small, |base| >= 2, exponent >= 1.
Value power_by_squaring(Vm& vm, Value base, uint64_t exponent) {
  Value result = base;
  for (int bit = 62 - std::countl_zero(exponent); bit >= 0; --bit) {
    TRY(vm.poll());
    result = TRY(int_mul(vm, result, result));
    if ((exponent >> bit) & 1) result = TRY(int_mul(vm, result, base));
  }
  return result;
}

Value plain_power(Vm& vm, Value base, Value exponent) {
  base = TRY(int_exact(vm, base));
  if (int_sign(exponent) == 0) return Value::small_int(1);
  IntView e(exponent);
  bool odd = e.limbs[0] & 1;
  if (base.is_small_int()) {
    int64_t b = base.as_small_int();
    if (b == 0 || b == 1) return base;
    if (b == -1) return odd ? base : Value::small_int(1);
  }
  auto count = int_to_u64(exponent);
  uint64_t bits = int_bit_length(base), result_bits;
  if (!count || __builtin_mul_overflow(bits - 1, *count, &result_bits) || result_bits / 64 > kMaxIntLimbs)
    return vm.raise_memory_error();
  if (result_bits / 8 > vm.heap.limit()) return vm.allocation_failed(result_bits / 8);
  // Factors of two are a shift.
  IntView x(base);
  auto twos = static_cast<uint64_t>(mpn_scan1(x.limbs, 0));
  if (twos == 0 || bits * *count < 64) return power_by_squaring(vm, base, *count);
  Value rest = TRY(int_shift_right(vm, base, twos));
  Value power = rest == Value::small_int(1)    ? rest
                : rest == Value::small_int(-1) ? Value::small_int(odd ? -1 : 1)
                                               : TRY(power_by_squaring(vm, rest, *count));
  return int_shift_left(vm, power, twos * *count);
}

uint64_t mul_mod(uint64_t a, uint64_t b, uint64_t m) {
  return static_cast<uint64_t>(static_cast<unsigned __int128>(a) * b % m);
}

/// base ** exponent % modulus for positive operands, base below the modulus, in windows of the exponent.
Value windowed_power(Vm& vm, Value base, Value exponent, Value modulus) {
  IntView e(exponent);
  uint64_t bits = int_bit_length(exponent);
  unsigned window = bits < 24 ? 1 : bits < 80 ? 3 : bits < 700 ? 4 : 5;
  Value odd_powers[16];  // base ** (2i + 1)
  odd_powers[0] = base;
  auto times = [&](Value a, Value b) -> Value {
    TRY(vm.poll());
    return int_mod(vm, TRY(int_mul(vm, a, b)), modulus);
  };
  if (window > 1) {
    Value square = TRY(times(base, base));
    for (unsigned i = 1; i < 1u << (window - 1); ++i) odd_powers[i] = TRY(times(odd_powers[i - 1], square));
  }
  auto bit = [&](uint64_t i) { return (e.limbs[i / 64] >> (i % 64)) & 1; };
  Value result = Value::small_int(1);
  bool started = false;
  for (uint64_t at = bits; at > 0;) {
    if (!bit(at - 1)) {
      if (started) result = TRY(times(result, result));
      --at;
      continue;
    }
    // The widest window that ends in a one.
    uint64_t low = at > window ? at - window : 0;
    while (!bit(low)) ++low;
    uint64_t value = 0;
    for (uint64_t i = at; i > low; --i) {
      value = value * 2 + bit(i - 1);
      if (started) result = TRY(times(result, result));
    }
    result = started ? TRY(times(result, odd_powers[value / 2])) : odd_powers[value / 2];
    started = true;
    at = low;
  }
  return result;
}

/// The same by GMP's Montgomery code, for operands of so few limbs that it is over soon.
Value powm(Vm& vm, Value base, Value exponent, Value modulus) {
  IntView b(base), e(exponent), m(modulus);
  mpz_t out, bz, ez, mz;
  mpz_init2(out, (m.size + 1) * 64);
  mpz_roinit_n(bz, b.limbs, static_cast<mp_size_t>(b.size));
  mpz_roinit_n(ez, e.limbs, static_cast<mp_size_t>(e.size));
  mpz_roinit_n(mz, m.limbs, static_cast<mp_size_t>(m.size));
  mpz_powm(out, bz, ez, mz);
  Value result = int_from_limbs(vm, {mpz_limbs_read(out), mpz_size(out)}, false);
  mpz_clear(out);
  return result;
}

/// The inverse of a modulo n > 1, by the extended algorithm of Euclid.
Value inverse_mod(Vm& vm, Value a, Value n) {
  Value r0 = n, r1 = TRY(int_mod(vm, a, n)), t0 = Value::small_int(0), t1 = Value::small_int(1);
  while (int_sign(r1) != 0) {
    TRY(vm.poll());
    Value q, r;
    TRY(int_div_mod(vm, r0, r1, &q, &r));
    Value step = TRY(int_mul(vm, q, t1));
    Value t = TRY(int_sub(vm, t0, step));
    r0 = r1;
    r1 = r;
    t0 = t1;
    t1 = t;
  }
  if (!(r0 == Value::small_int(1))) return vm.raise(E::ValueError, "base is not invertible for the given modulus");
  return int_mod(vm, t0, n);
}

Value modular_power(Vm& vm, Value base, Value exponent, Value modulus) {
  int sign = int_sign(modulus);
  if (sign == 0) return vm.raise(E::ValueError, "pow() 3rd argument cannot be 0");
  Value m = sign < 0 ? TRY(int_neg(vm, modulus)) : TRY(int_exact(vm, modulus));
  if (m == Value::small_int(1)) return Value::small_int(0);
  if (int_sign(exponent) < 0) {
    exponent = TRY(int_neg(vm, exponent));
    base = TRY(inverse_mod(vm, base, m));
  }
  base = TRY(int_mod(vm, base, m));
  Value result;
  IntView e(exponent), mv(m);
  if (e.size == 0) {
    result = Value::small_int(1);
  } else if (int_sign(base) == 0) {
    result = base;
  } else if (mv.size == 1 && e.size == 1) {
    uint64_t n = mv.limbs[0], b = *int_to_u64(base), r = 1;
    for (uint64_t k = e.limbs[0]; k != 0; k >>= 1) {
      if (k & 1) r = mul_mod(r, b, n);
      b = mul_mod(b, b, n);
    }
    result = TRY(int_from_u64(vm, r));
  } else if (mv.size <= 128 && e.size <= 128) {
    result = TRY(powm(vm, base, exponent, m));
  } else {
    result = TRY(windowed_power(vm, base, exponent, m));
  }
  if (sign < 0 && int_sign(result) != 0) return int_add(vm, result, modulus);
  return result;
}

}  // namespace

Value int_pow(Vm& vm, Value base, Value exponent, Value modulus) {
  if (!modulus.is_unset()) return modular_power(vm, base, exponent, modulus);
  if (int_sign(exponent) < 0) {
    double b = TRY(int_to_double(vm, base));
    double e = TRY(int_to_double(vm, exponent));
    return float_pow(vm, b, e);
  }
  return plain_power(vm, base, exponent);
}

}  // namespace krait
