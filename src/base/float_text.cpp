// Built on std::to_chars (exact for every precision) and std::from_chars; what is done here is CPython's
// layout.
#include "base/float_text.hpp"

#include <algorithm>
#include <bit>
#include <charconv>
#include <cmath>
#include <cstring>
#include <limits>

namespace krait {

namespace {

// A double has at most 767 significant digits, 309 of them before the point, and 1074 after it.
// Digits asked for beyond these are zeros and never computed.
constexpr int kMaxSignificant = 767;
constexpr int kMaxFraction = 1074;
constexpr size_t kExactSize = 1 + 309 + 1 + kMaxFraction + 8;

bool is_digit_char(char c) { return c >= '0' && c <= '9'; }

// Reads "d.ddde+XX" into digits and a decimal point position; returns the number of digits.
int split_scientific(const char* begin, const char* end, char* digits, int& point) {
  int count = 0;
  const char* at = begin;
  for (; at < end && *at != 'e'; ++at) {
    if (*at != '.') digits[count++] = *at;
  }
  bool negative = at[1] == '-';
  int exponent = 0;
  for (at += 2; at < end; ++at) exponent = exponent * 10 + (*at - '0');
  point = (negative ? -exponent : exponent) + 1;
  return count;
}

void append_exponent(std::string& out, int exponent, char letter) {
  out += letter;
  out += exponent < 0 ? '-' : '+';
  unsigned value = static_cast<unsigned>(exponent < 0 ? -exponent : exponent);
  if (value >= 100) out += static_cast<char>('0' + value / 100);
  out += static_cast<char>('0' + value / 10 % 10);
  out += static_cast<char>('0' + value % 10);
}

void append_zeros(std::string& out, int64_t count) {
  if (count > 0) out.append(static_cast<size_t>(count), '0');
}

// Writes `count` digits with the point after `point` of them, padded with zeros to `places` digits after the
// point.
void append_fixed(std::string& out, const char* digits, int64_t count, int64_t point, int64_t places, bool keep_point) {
  if (point <= 0) {
    out += '0';
  } else {
    int64_t whole = std::min(count, point);
    out.append(digits, static_cast<size_t>(whole));
    append_zeros(out, point - whole);
  }
  if (places == 0 && !keep_point) return;
  out += '.';
  int64_t leading = point < 0 ? std::min(-point, places) : 0;
  append_zeros(out, leading);
  int64_t from = std::max<int64_t>(point, 0);
  int64_t rest = std::max<int64_t>(std::min(count - from, places - leading), 0);
  if (rest > 0) out.append(digits + from, static_cast<size_t>(rest));
  append_zeros(out, places - leading - rest);
}

void append_scientific(std::string& out, const char* digits, int64_t count, int point, int64_t places, bool keep_point,
                       char letter) {
  out += digits[0];
  if (places > 0 || keep_point) {
    out += '.';
    int64_t rest = std::min(count - 1, places);
    out.append(digits + 1, static_cast<size_t>(rest));
    append_zeros(out, places - rest);
  }
  append_exponent(out, point - 1, letter);
}

bool all_zero(const char* digits, int64_t count) {
  return std::all_of(digits, digits + count, [](char c) { return c == '0' || c == '.'; });
}

bool equals_ignoring_case(std::string_view text, std::string_view lower) {
  if (text.size() != lower.size()) return false;
  for (size_t i = 0; i < text.size(); ++i) {
    if ((text[i] | 0x20) != lower[i]) return false;
  }
  return true;
}

// "inf", "infinity" and "nan" in any letter case.
std::optional<double> parse_special(std::string_view text) {
  if (equals_ignoring_case(text, "inf") || equals_ignoring_case(text, "infinity"))
    return std::numeric_limits<double>::infinity();
  if (equals_ignoring_case(text, "nan")) return std::numeric_limits<double>::quiet_NaN();
  return std::nullopt;
}

}  // namespace

ShortestDigits shortest_digits(double finite) {
  char text[32];
  auto end = std::to_chars(text, text + sizeof text, std::fabs(finite), std::chars_format::scientific).ptr;
  ShortestDigits out;
  out.count = split_scientific(text, end, out.digits, out.point);
  return out;
}

size_t repr_double(double x, char (&out)[kReprDoubleMax]) {
  char* at = out;
  if (std::isnan(x)) {
    std::memcpy(at, "nan", 3);
    return 3;
  }
  if (std::signbit(x)) *at++ = '-';
  if (std::isinf(x)) {
    std::memcpy(at, "inf", 3);
    return static_cast<size_t>(at + 3 - out);
  }
  ShortestDigits d = shortest_digits(x);
  if (d.point <= -4 || d.point > 16) {
    *at++ = d.digits[0];
    if (d.count > 1) {
      *at++ = '.';
      std::memcpy(at, d.digits + 1, static_cast<size_t>(d.count - 1));
      at += d.count - 1;
    }
    int exponent = d.point - 1;
    *at++ = 'e';
    *at++ = exponent < 0 ? '-' : '+';
    if (exponent < 0) exponent = -exponent;
    if (exponent < 10) *at++ = '0';
    at = std::to_chars(at, out + kReprDoubleMax, exponent).ptr;
    return static_cast<size_t>(at - out);
  }
  if (d.point <= 0) {
    *at++ = '0';
    *at++ = '.';
    for (int i = d.point; i < 0; ++i) *at++ = '0';
    std::memcpy(at, d.digits, static_cast<size_t>(d.count));
    return static_cast<size_t>(at + d.count - out);
  }
  int whole = std::min(d.count, d.point);
  std::memcpy(at, d.digits, static_cast<size_t>(whole));
  at += whole;
  for (int i = whole; i < d.point; ++i) *at++ = '0';
  *at++ = '.';
  if (d.count > whole) {
    std::memcpy(at, d.digits + whole, static_cast<size_t>(d.count - whole));
    at += d.count - whole;
  } else {
    *at++ = '0';
  }
  return static_cast<size_t>(at - out);
}

std::string repr_double(double x) {
  char text[kReprDoubleMax];
  return std::string(text, repr_double(x, text));
}

size_t format_double_bound(double x, const FloatFormat& format) {
  if (!std::isfinite(x)) return 8;
  // Only the fixed types write out all digits before the point; sign, point, exponent and '%' are in the
  // constant.
  bool fixed = format.type == 'f' || format.type == 'F' || format.type == '%';
  size_t whole = fixed && std::fabs(x) >= 1e14 ? 312 : 17;
  bool short_general = (format.type == 'g' || format.type == 'G') && !format.alternate;
  int64_t precision = format.type == 'r' ? 17 : format.precision;
  if (short_general) precision = std::min<int64_t>(precision, kMaxSignificant);
  return whole + static_cast<size_t>(std::max<int64_t>(precision, 0)) + 16;
}

std::string format_double(double x, const FloatFormat& format) {
  char lower = static_cast<char>(format.type | 0x20);
  bool capital = format.type == 'E' || format.type == 'F' || format.type == 'G';
  if (format.type == '%') {
    lower = 'f';
    x *= 100;
  }
  std::string out;
  if (!std::isfinite(x)) {
    if (std::isinf(x) && x < 0) {
      out = "-";
    } else if (format.always_sign) {
      out = "+";
    }
    out += std::isnan(x) ? (capital ? "NAN" : "nan") : (capital ? "INF" : "inf");
    if (format.type == '%') out += '%';
    return out;
  }
  out.reserve(format_double_bound(x, format));

  int64_t precision = format.precision;
  if (lower == 'g' && precision == 0) precision = 1;
  char exact[kExactSize];
  char digits[kMaxSignificant + 1];
  int count = 0, point = 0;
  double magnitude = std::fabs(x);
  char* exact_end = exact;
  if (lower == 'f') {
    int places = static_cast<int>(std::min<int64_t>(precision, kMaxFraction));
    exact_end = std::to_chars(exact, exact + sizeof exact, magnitude, std::chars_format::fixed, places).ptr;
  } else if (lower == 'r') {
    ShortestDigits d = shortest_digits(x);
    std::memcpy(digits, d.digits, static_cast<size_t>(d.count));
    count = d.count;
    point = d.point;
  } else {
    int64_t significant = lower == 'e' ? precision : precision - 1;
    int places = static_cast<int>(std::min<int64_t>(significant, kMaxSignificant - 1));
    exact_end = std::to_chars(exact, exact + sizeof exact, magnitude, std::chars_format::scientific, places).ptr;
    count = split_scientific(exact, exact_end, digits, point);
  }

  bool zero = lower == 'f' ? all_zero(exact, exact_end - exact) : all_zero(digits, count);
  if (std::signbit(x) && !(zero && format.no_negative_zero)) {
    out += '-';
  } else if (format.always_sign) {
    out += '+';
  }

  if (lower == 'f') {
    out.append(exact, static_cast<size_t>(exact_end - exact));
    append_zeros(out, precision - std::min<int64_t>(precision, kMaxFraction));
    if (precision == 0 && format.alternate) out += '.';
    if (format.type == '%') out += '%';
    return out;
  }
  char letter = capital ? 'E' : 'e';
  if (lower == 'e') {
    append_scientific(out, digits, count, point, precision, format.alternate, letter);
    return out;
  }
  // g and r: exponent notation outside the range, trailing zeros dropped unless '#'.
  int64_t top = lower == 'r' ? 16 : precision - (format.add_dot_zero ? 1 : 0);
  int64_t wanted = count;
  if (lower == 'g') {
    if (format.alternate) {
      wanted = precision;
    } else {
      while (wanted > 1 && digits[wanted - 1] == '0') --wanted;
      count = static_cast<int>(wanted);
    }
  }
  if (point <= -4 || point > top) {
    append_scientific(out, digits, count, point, wanted - 1, format.alternate, letter);
  } else {
    int64_t places = std::max<int64_t>(wanted - point, 0);
    if (places == 0 && format.add_dot_zero) places = 1;
    append_fixed(out, digits, count, point, places, format.alternate);
  }
  return out;
}

std::optional<double> parse_double(std::string_view text) {
  const char* at = text.data();
  const char* end = at + text.size();
  bool negative = false;
  if (at < end && (*at == '+' || *at == '-')) negative = *at++ == '-';
  const char* begin = at;
  // Remember where the first nonzero digit and the point are: they tell an overflow from an underflow.
  const char* first = nullptr;
  while (at < end && is_digit_char(*at)) {
    if (!first && *at != '0') first = at;
    ++at;
  }
  size_t digit_count = static_cast<size_t>(at - begin);
  const char* point = at;
  if (at < end && *at == '.') {
    const char* fraction = ++at;
    while (at < end && is_digit_char(*at)) {
      if (!first && *at != '0') first = at;
      ++at;
    }
    digit_count += static_cast<size_t>(at - fraction);
  }
  if (digit_count == 0) {
    if (at != begin) return std::nullopt;
    std::optional<double> special = parse_special({begin, static_cast<size_t>(end - begin)});
    if (special && negative) *special = -*special;
    return special;
  }
  const char* exponent = end;
  bool exponent_negative = false;
  if (at < end && (*at | 0x20) == 'e') {
    ++at;
    if (at < end && (*at == '+' || *at == '-')) exponent_negative = *at++ == '-';
    exponent = at;
    while (at < end && is_digit_char(*at)) ++at;
    if (at == exponent) return std::nullopt;
  }
  if (at != end) return std::nullopt;
  if (!first) return negative ? -0.0 : 0.0;

  double value = 0;
  if (std::from_chars(begin, end, value).ec == std::errc::result_out_of_range) {
    // Which way it is out of range, the decimal exponent of the first nonzero digit tells.
    int64_t places = first < point ? point - first : point - first + 1;
    int64_t power = 0;
    for (; exponent < end && power < int64_t{1} << 58; ++exponent) power = power * 10 + (*exponent - '0');
    value = places + (exponent_negative ? -power : power) > 0 ? std::numeric_limits<double>::infinity() : 0.0;
  }
  return negative ? -value : value;
}

std::optional<std::string> remove_digit_underscores(std::string_view text) {
  std::string out;
  out.reserve(text.size());
  for (size_t i = 0; i < text.size(); ++i) {
    if (text[i] != '_') {
      out += text[i];
    } else if (i == 0 || i + 1 == text.size() || !is_digit_char(text[i - 1]) || !is_digit_char(text[i + 1])) {
      return std::nullopt;
    }
  }
  return out;
}

std::string hex_double(double x) {
  if (!std::isfinite(x)) return repr_double(x);
  std::string out = std::signbit(x) ? "-0x" : "0x";
  uint64_t bits = std::bit_cast<uint64_t>(x);
  uint64_t fraction = bits & ((uint64_t{1} << 52) - 1);
  int exponent = static_cast<int>(bits >> 52 & 0x7FF);
  if (exponent == 0 && fraction == 0) return out + "0.0p+0";
  out += exponent ? "1." : "0.";
  for (int shift = 48; shift >= 0; shift -= 4) out += "0123456789abcdef"[fraction >> shift & 15];
  exponent = exponent ? exponent - 1023 : -1022;
  out += exponent < 0 ? "p-" : "p+";
  return out + std::to_string(exponent < 0 ? -exponent : exponent);
}

HexParse parse_hex_double(std::string_view text, double& out) {
  const char* at = text.data();
  const char* end = at + text.size();
  bool negative = false;
  if (at < end && (*at == '+' || *at == '-')) negative = *at++ == '-';
  if (std::optional<double> special = parse_special({at, static_cast<size_t>(end - at)})) {
    out = negative ? -*special : *special;
    return HexParse::kOk;
  }
  if (end - at >= 2 && at[0] == '0' && (at[1] | 0x20) == 'x') at += 2;

  // The value is (mantissa + something below one if sticky) * 2^scale.
  uint64_t mantissa = 0;
  bool sticky = false, seen_point = false, seen_digit = false;
  int64_t scale = 0;
  for (; at < end; ++at) {
    int digit;
    if (is_digit_char(*at)) {
      digit = *at - '0';
    } else if ((*at | 0x20) >= 'a' && (*at | 0x20) <= 'f') {
      digit = (*at | 0x20) - 'a' + 10;
    } else if (*at == '.' && !seen_point) {
      seen_point = true;
      continue;
    } else {
      break;
    }
    seen_digit = true;
    if (mantissa >> 60 == 0) {
      mantissa = mantissa << 4 | static_cast<uint64_t>(digit);
      if (seen_point) scale -= 4;
    } else {
      sticky = sticky || digit != 0;
      if (!seen_point) scale += 4;
    }
  }
  if (!seen_digit) return HexParse::kInvalid;
  if (at < end && (*at | 0x20) == 'p') {
    ++at;
    bool down = false;
    if (at < end && (*at == '+' || *at == '-')) down = *at++ == '-';
    if (at == end || !is_digit_char(*at)) return HexParse::kInvalid;
    int64_t exponent = 0;
    // Saturates far beyond any text's length, so that the sum below keeps its sign.
    for (; at < end && is_digit_char(*at); ++at) {
      if (exponent < int64_t{1} << 58) exponent = exponent * 10 + (*at - '0');
    }
    scale += down ? -exponent : exponent;
  }
  if (at != end) return HexParse::kInvalid;

  out = negative ? -0.0 : 0.0;
  if (mantissa == 0) return HexParse::kOk;
  int64_t top = scale + std::bit_width(mantissa);  // 2^(top-1) <= value < 2^top
  if (top > 1024) return HexParse::kTooLarge;
  if (top < -1074) return HexParse::kOk;  // below half of the least subnormal
  // Keep the bits at or above the last place, which for subnormals is 2^-1074.
  int64_t last_place = std::max<int64_t>(top - 53, -1074);
  int64_t drop = last_place - scale;
  if (drop > 0) {
    // The top bit is at most one place below the last place, so at most all 64 bits are dropped.
    uint64_t kept = drop >= 64 ? 0 : mantissa >> drop;
    uint64_t lost = drop >= 64 ? mantissa : mantissa & ((uint64_t{1} << drop) - 1);
    uint64_t half = uint64_t{1} << (drop - 1);
    if (lost > half || (lost == half && (sticky || (kept & 1)))) ++kept;
    mantissa = kept;
    scale = last_place;
  }
  double value = std::ldexp(static_cast<double>(mantissa), static_cast<int>(scale));
  if (std::isinf(value)) return HexParse::kTooLarge;
  out = negative ? -value : value;
  return HexParse::kOk;
}

std::optional<double> round_double(double x, int64_t ndigits) {
  if (!std::isfinite(x) || x == 0) return x;
  if (ndigits > 323) return x;                       // finer than any double's last place that matters
  if (ndigits < -308) return std::copysign(0.0, x);  // half of 10^309 is above every double
  char text[kExactSize];
  double magnitude = std::fabs(x);
  const char* end;
  if (ndigits >= 0) {
    end = std::to_chars(text, text + sizeof text, magnitude, std::chars_format::fixed, static_cast<int>(ndigits)).ptr;
  } else {
    // Rounding at a place before the point: find the place of the first digit, then ask for as many digits as
    // stand at or above the wanted place.
    end = std::to_chars(text, text + sizeof text, magnitude, std::chars_format::scientific, kMaxSignificant - 1).ptr;
    char digits[kMaxSignificant + 1];
    int point;
    int count = split_scientific(text, end, digits, point);
    int keep = point + static_cast<int>(ndigits);
    if (keep < 0) return std::copysign(0.0, x);
    if (keep == 0) {
      // Zero or one unit of the wanted place; the tie goes to zero, which is even.
      bool up = digits[0] > '5' || (digits[0] == '5' && !all_zero(digits + 1, count - 1));
      if (!up) return std::copysign(0.0, x);
      text[0] = '1';
      text[1] = 'e';
      end = std::to_chars(text + 2, text + sizeof text, point).ptr;
    } else {
      end = std::to_chars(text, text + sizeof text, magnitude, std::chars_format::scientific, keep - 1).ptr;
    }
  }
  std::optional<double> rounded = parse_double({text, static_cast<size_t>(end - text)});
  if (!rounded || std::isinf(*rounded)) return std::nullopt;
  return std::copysign(*rounded, x);
}

}  // namespace krait
