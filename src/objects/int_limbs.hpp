// The limbs behind int, for the files that compute with them: views of operands, new magnitudes, and the few operations on
// limb arrays that must poll. A magnitude is little-endian limbs without leading zeros; zero has none.
#pragma once

#include <gmp.h>

#include "objects/int.hpp"
#include "objects/scratch_charge.hpp"

namespace krait {

static_assert(sizeof(mp_limb_t) == 8 && GMP_NAIL_BITS == 0);

/// The limbs and sign of any int (subclasses, bools). Points into the int, which must stay reachable.
struct IntView {
  explicit IntView(Value v) {
    if (v.has_cell_tag()) [[likely]] {
      const Int* i = v.as<Int>();
      limbs = i->limbs;
      size = i->size;
      negative = i->negative();
      return;
    }
    int64_t small = v.is_small_int() ? v.as_small_int() : v.is_true();
    negative = small < 0;
    scratch = negative ? 0 - static_cast<uint64_t>(small) : static_cast<uint64_t>(small);
    limbs = &scratch;
    size = scratch != 0;
  }
  IntView(const IntView&) = delete;
  IntView& operator=(const IntView&) = delete;
  std::span<const uint64_t> span() const { return {limbs, size}; }

  const uint64_t* limbs;
  uint64_t size;
  bool negative;

 private:
  uint64_t scratch = 0;
};

/// No int has more; what would is a MemoryError.
constexpr uint64_t kMaxIntLimbs = uint64_t{1} << 42;

/// An exact int of `limbs` limbs left to chance, to be filled and given to int_finish. Also serves as scratch memory.
Result<Int*> int_allocate(Vm& vm, uint64_t limbs);
/// The normal form of an int made by int_allocate whose first `size` limbs count.
Value int_finish(Vm& vm, Int* i, uint64_t size, bool negative);
/// The value of a small int or bool, the two that are immediate.
inline std::optional<int64_t> int_immediate(Value v) {
  if (v.is_small_int()) return v.as_small_int();
  if (v.is_bool()) return v.is_true();
  return std::nullopt;
}
/// v as an instance of `type`, a subclass of int (or int itself).
Value int_of_type(Vm& vm, Type* type, Value v);

inline uint64_t limbs_trim(const uint64_t* limbs, uint64_t size) {
  while (size > 0 && limbs[size - 1] == 0) --size;
  return size;
}
/// -1, 0, 1.
int limbs_compare(std::span<const uint64_t> a, std::span<const uint64_t> b);
uint64_t limbs_bit_length(std::span<const uint64_t> limbs);
/// out = a * b, a.size() + b.size() limbs, overlapping neither. Polls.
Status limbs_mul(Vm& vm, uint64_t* out, std::span<const uint64_t> a, std::span<const uint64_t> b);
/// Divides: quotient of a.size() - b.size() + 1 limbs, remainder of b.size() limbs. a.size() >= b.size() > 0, b's top limb not
/// zero, no overlap. Polls.
Status limbs_div(Vm& vm, uint64_t* quotient, uint64_t* remainder, std::span<const uint64_t> a,
                 std::span<const uint64_t> b);

/// |v| = mantissa * 2^exponent nearly: the top 64 bits (top bit set), `inexact` when lower bits were lost. v is not zero.
struct TopBits {
  uint64_t mantissa;
  int64_t exponent;
  bool inexact;
};
TopBits int_top_bits(Value v);
/// mantissa * 2^exponent rounded to the nearest double, ties to even; `inexact`: the true value is a little above. The
/// mantissa's top bit is set. Infinity when too large.
double round_to_double(uint64_t mantissa, int64_t exponent, bool inexact);

/// a * 2^shift and floor(a / 2^shift), for counts of the machine's own.
Value int_shift_left(Vm& vm, Value a, uint64_t shift);
Value int_shift_right(Vm& vm, Value a, uint64_t shift);
/// Greatest common divisor, not negative. Polls.
Value int_gcd(Vm& vm, Value a, Value b);
/// floor(sqrt(v)); v is not negative.
Value int_isqrt(Vm& vm, Value v);
/// `ValueError` of the digit limit, if `digits` decimal digits break it.
Status int_check_digits(Vm& vm, uint64_t digits);
/// int(x): what __int__, __index__ or a text gives; an exact int.
Value int_from_object(Vm& vm, Value x);

}  // namespace krait
