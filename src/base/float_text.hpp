// Floats to text and back, with the digits CPython gives: shortest round-trip for repr, correctly rounded
// (half to even on the exact binary value) everywhere else. No locale, no errno.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace krait {

// The shortest decimal digits that read back as the same double: value = 0.d1d2d3... * 10^point.
// Zero is the single digit '0' with point 1.
struct ShortestDigits {
  char digits[17];
  int count;
  int point;
};
ShortestDigits shortest_digits(double finite);  // the sign is ignored

// repr(float): fixed notation for 1e-4 <= |x| < 1e16, else exponent notation; always '.0' or an exponent.
constexpr size_t kReprDoubleMax = 32;
size_t repr_double(double x, char (&out)[kReprDoubleMax]);  // returns the length, no terminator
std::string repr_double(double x);

// How to lay a float out; the fields are those of a format specification.
struct FloatFormat {
  // 'e', 'E', 'f', 'F', 'g', 'G', '%', or 'r': the shortest digits in repr's layout (precision is not used).
  // Capitals also give "INF" and "NAN".
  char type = 'r';
  int64_t precision = 6;          // digits after the point for e, f and %; significant digits for g. Not negative.
  bool alternate = false;         // '#': keep the point, and g's trailing zeros
  bool add_dot_zero = false;      // g, r: end in ".0" rather than look like an integer (format() without a type)
  bool always_sign = false;       // '+' before numbers that are not negative
  bool no_negative_zero = false;  // 'z': what rounds to zero loses its minus
};

// An upper bound of the length that format_double gives. Check it against the memory limit before the call:
// the precision comes from the script and zeros are written out to the last one.
size_t format_double_bound(double x, const FloatFormat& format);
std::string format_double(double x, const FloatFormat& format);

// Reads all of `text` by the grammar of float(): sign, digits with point and exponent, or inf, infinity, nan
// in any letter case. White space and underscores are the caller's matter. Too large gives infinity, too
// small gives zero.
std::optional<double> parse_double(std::string_view text);

// Drops underscores that stand between two digits; nullopt when one stands elsewhere.
std::optional<std::string> remove_digit_underscores(std::string_view text);

// float.hex()
std::string hex_double(double x);

enum class HexParse : uint8_t { kOk, kInvalid, kTooLarge };
// float.fromhex() on text without surrounding white space.
HexParse parse_hex_double(std::string_view text, double& out);

// round(x, ndigits) for finite x; nullopt when the result is too large for a double.
std::optional<double> round_double(double x, int64_t ndigits);

}  // namespace krait
