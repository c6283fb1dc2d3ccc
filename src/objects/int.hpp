// int: small ones are immediate (62 bits); the rest are limbs in a cell, least significant first, sign and size in the header.
#pragma once

#include <optional>
#include <span>
#include <string_view>

#include "objects/vm.hpp"

namespace krait {

/// A boxed int. Normal form: no leading zero limb, and never a value that fits a small int - except instances of int
/// subclasses (and, later, labelled ints), which are always boxed.
struct Int : Object {
  static constexpr uint16_t kNegative = 1;
  uint64_t size;  ///< limbs
  uint64_t limbs[1];
  bool negative() const { return bits & kNegative; }
};

/// An int or a bool or an instance of an int subclass. Runs nothing.
inline bool is_int(Value v) { return v.is_small_int() || is_kind(v, Kind::Int) || v.is_bool(); }
/// int64 as int.
Value int_from(Vm& vm, int64_t i);
Value int_from_u64(Vm& vm, uint64_t i);
/// Truncates; caller has excluded inf and nan.
Value int_from_double(Vm& vm, double d);
Value int_from_limbs(Vm& vm, std::span<const uint64_t> limbs, bool negative);
/// From digits in base 2..36 (no sign, underscores or prefix; all valid): polls and is subquadratic for long texts.
Value int_from_digits(Vm& vm, std::string_view digits, int base);
/// Any int (subclasses, bools) as exact int.
Value int_exact(Vm& vm, Value v);
/// The value if v is an int that fits, else nothing. Runs nothing.
std::optional<int64_t> int_to_i64(Value v);
std::optional<uint64_t> int_to_u64(Value v);
/// As above with OverflowError "Python int too large to convert to C long"-like message naming `c_type`.
Result<int64_t> int_to_i64_checked(Vm& vm, Value v, const char* c_type = "C long");
/// Sign of any int: -1, 0, 1. bit length. Run nothing.
int int_sign(Value v);
uint64_t int_bit_length(Value v);
/// Nearest double, ties to even; OverflowError "int too large to convert to float".
Result<double> int_to_double(Vm& vm, Value v);
/// Limbs and sign of any int; `scratch` holds the limb of an immediate.
std::span<const uint64_t> int_limbs(Value v, uint64_t& scratch, bool& negative);
Value int_to_str(Vm& vm, Value v, int base = 10);
int64_t int_hash(Value v);
// Arithmetic of any two ints; operands are ints (checked by the caller). Run no Python code.
Value int_add(Vm& vm, Value a, Value b);
Value int_sub(Vm& vm, Value a, Value b);
Value int_mul(Vm& vm, Value a, Value b);
Value int_floor_div(Vm& vm, Value a, Value b);  ///< ZeroDivisionError
Value int_mod(Vm& vm, Value a, Value b);
Status int_div_mod(Vm& vm, Value a, Value b, Value* quotient, Value* remainder);
Value int_true_div(Vm& vm, Value a, Value b);
Value int_pow(Vm& vm, Value base, Value exponent, Value modulus);  ///< modulus unset: none
Value int_lshift(Vm& vm, Value a, Value b);
Value int_rshift(Vm& vm, Value a, Value b);
Value int_and(Vm& vm, Value a, Value b);
Value int_or(Vm& vm, Value a, Value b);
Value int_xor(Vm& vm, Value a, Value b);
Value int_neg(Vm& vm, Value v);
Value int_invert(Vm& vm, Value v);
int int_compare(Value a, Value b);
/// int(text, base) with all of its rules and messages; v is a Str, Bytes or ByteArray.
Value int_from_text(Vm& vm, Value v, int base);

}  // namespace krait
