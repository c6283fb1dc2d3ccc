// __format__ of numbers. A number is laid out as
//   padding, sign, prefix, padding ('='), grouped integer digits, point, fraction digits, rest, padding.
#include "objects/number_format.hpp"

#include <algorithm>
#include <cmath>
#include <string>

#include "base/float_text.hpp"
#include "objects/float.hpp"
#include "objects/format_spec.hpp"
#include "objects/int_limbs.hpp"
#include "objects/operations.hpp"
#include "objects/quick.hpp"
#include "objects/str.hpp"
#include "objects/text_args.hpp"

namespace krait {

namespace {

/// The parts of a number's text; the views point into the caller's text.
struct Parts {
  char sign = 0;              ///< as shown, or 0
  std::string_view prefix;    ///< 0x...
  std::string_view digits;    ///< of the integer part
  std::string_view fraction;  ///< digits after the point
  bool point = false;
  std::string_view rest;  ///< exponent, percent sign, or inf and nan
  unsigned group = 3;
};

char shown_sign(const FormatSpec& spec, bool negative) {
  if (negative) return '-';
  return spec.sign == '+' || spec.sign == ' ' ? spec.sign : 0;
}

/// How integer digits fall into groups when zeros may fill them up to `min_width` characters, separators included.
struct Grouping {
  uint64_t groups = 0;  ///< full ones behind the first
  uint64_t first = 0;   ///< digits of the first
  unsigned size = 3;
  uint64_t digits() const { return first + groups * size; }
  uint64_t length() const { return digits() + groups; }
};

Grouping group_digits(uint64_t digits, unsigned size, uint64_t min_width) {
  auto rounds = [](uint64_t n, uint64_t full, uint64_t step) { return n > full ? (n - full + step - 1) / step : 0; };
  Grouping g;
  g.size = size;
  g.groups = std::max(rounds(digits, size, size), rounds(min_width, size, size + 1));
  uint64_t shown = g.groups * size, wide = g.groups * (size + 1);
  g.first = std::max<uint64_t>({digits > shown ? digits - shown : 0, min_width > wide ? min_width - wide : 0, 1});
  return g;
}

Status append_grouped(Vm& vm, StrBuilder& out, const Grouping& g, std::string_view digits, char separator) {
  uint64_t zeros = g.digits() - digits.size(), at = 0;
  char group[8];
  for (uint64_t i = 0; i <= g.groups; ++i) {
    POLL_EVERY_1024(vm, i);
    size_t n = 0;
    if (i > 0) group[n++] = separator;
    for (uint64_t end = g.first + i * g.size; at < end; ++at) group[n++] = at < zeros ? '0' : digits[at - zeros];
    TRY(out.append_ascii({group, n}));
  }
  return {};
}

/// Fraction digits are grouped from the point on.
std::string group_fraction(std::string_view digits, char separator) {
  std::string out;
  for (size_t i = 0; i < digits.size(); ++i) {
    if (i > 0 && i % 3 == 0) out.push_back(separator);
    out.push_back(digits[i]);
  }
  return out;
}

/// Appends the number to out.
Status lay_out(Vm& vm, StrBuilder& out, const FormatSpec& spec, const Parts& p) {
  uint64_t other = (p.sign != 0) + p.prefix.size() + p.point + p.rest.size();
  std::string fraction;
  std::string_view shown_fraction = p.fraction;
  if (spec.fraction_grouping != 0) {
    fraction = group_fraction(p.fraction, spec.fraction_grouping);
    shown_fraction = fraction;
  }
  other += shown_fraction.size();
  auto width = static_cast<uint64_t>(std::max<int64_t>(spec.width, 0));
  uint64_t zeros = 0, length = other + p.digits.size();
  Grouping grouping;
  bool grouped = spec.grouping != 0 && !p.digits.empty();
  if (!p.digits.empty()) {
    // Zeros that fill up to the width are digits too: they get separators.
    uint64_t min_width = spec.fill == '0' && spec.align == '=' && width > other ? width - other : 0;
    if (min_width > kMaxStrLength) return vm.raise_memory_error();
    if (grouped) {
      grouping = group_digits(p.digits.size(), p.group, min_width);
      length = other + grouping.length();
    } else if (min_width > p.digits.size()) {
      zeros = min_width - p.digits.size();
      length += zeros;
    }
  }
  FormatPadding padding = format_padding(spec, length);
  bool inside = spec.align == '=';
  if (!inside) TRY(out.append_repeated(spec.fill, padding.before));
  if (p.sign != 0) TRY(out.append(static_cast<char32_t>(p.sign)));
  TRY(out.append_ascii(p.prefix));
  if (inside) TRY(out.append_repeated(spec.fill, padding.before));
  if (grouped) {
    TRY(append_grouped(vm, out, grouping, p.digits, spec.grouping));
  } else {
    TRY(out.append_repeated('0', zeros));
    TRY(out.append_ascii(p.digits));
  }
  if (p.point) TRY(out.append(U'.'));
  TRY(out.append_ascii(shown_fraction));
  TRY(out.append_ascii(p.rest));
  return out.append_repeated(spec.fill, padding.after);
}

// --- int

Value format_character(Vm& vm, Value v, const FormatSpec& spec) {
  if (spec.sign != 0) return vm.raise(E::ValueError, "Sign not allowed with integer format specifier 'c'");
  if (spec.alternate)
    return vm.raise(E::ValueError, "Alternate form (#) not allowed with integer format specifier 'c'");
  auto code = int_to_i64(v);
  if (!code) return vm.raise(E::OverflowError, "Python int too large to convert to C long");
  if (*code < 0 || *code > 0x10FFFF) return vm.raise(E::OverflowError, "%c arg not in range(0x110000)");
  StrBuilder out(vm);
  FormatPadding padding = format_padding(spec, 1);
  TRY(out.append_repeated(spec.fill, padding.before));
  TRY(out.append(static_cast<char32_t>(*code)));
  TRY(out.append_repeated(spec.fill, padding.after));
  return out.finish();
}

Value format_int(Vm& vm, Value v, const FormatSpec& spec) {
  if (spec.precision >= 0) return vm.raise(E::ValueError, "Precision not allowed in integer format specifier");
  if (spec.no_negative_zero)
    return vm.raise(E::ValueError, "Negative zero coercion (z) not allowed in integer format specifier");
  Parts p;
  int base = 10;
  switch (spec.type) {
    case 'c': return format_character(vm, v, spec);
    case 'b':
      base = 2;
      p.prefix = "0b";
      break;
    case 'o':
      base = 8;
      p.prefix = "0o";
      break;
    case 'x':
      base = 16;
      p.prefix = "0x";
      break;
    case 'X':
      base = 16;
      p.prefix = "0X";
      break;
    default: break;
  }
  if (!spec.alternate) p.prefix = {};
  if (base != 10) p.group = 4;
  Value text = TRY(int_to_str(vm, v, base));
  p.digits = as_str(text)->ascii();
  bool negative = p.digits[0] == '-';
  if (negative) p.digits.remove_prefix(1);
  p.sign = shown_sign(spec, negative);
  std::string upper;
  if (spec.type == 'X') {
    ScratchCharge charge(vm);
    TRY(charge.take(p.digits.size()));
    upper = p.digits;
    for (char& c : upper) {
      if (c >= 'a') c = static_cast<char>(c - 32);
    }
    p.digits = upper;
    StrBuilder out(vm);
    TRY(lay_out(vm, out, spec, p));  // before `charge` ends
    return out.finish();
  }
  if (spec.width < 0 && spec.grouping == 0 && p.prefix.empty() && (p.sign == 0 || p.sign == '-')) return text;
  StrBuilder out(vm);
  TRY(lay_out(vm, out, spec, p));
  return out.finish();
}

// --- float

/// Splits format_double's text.
void split_float(std::string_view text, Parts& p) {
  size_t n = 0;
  while (n < text.size() && text[n] >= '0' && text[n] <= '9') ++n;
  p.digits = text.substr(0, n);
  text.remove_prefix(n);
  if (!text.empty() && text[0] == '.') {
    p.point = true;
    text.remove_prefix(1);
    n = 0;
    while (n < text.size() && text[n] >= '0' && text[n] <= '9') ++n;
    p.fraction = text.substr(0, n);
    text.remove_prefix(n);
  }
  p.rest = text;
}

/// What the specification says of the digits. False: precision too big.
bool digits_format(const FormatSpec& spec, bool add_dot_zero, FloatFormat& out) {
  out.alternate = spec.alternate;
  out.no_negative_zero = spec.no_negative_zero;
  if (spec.type == 0) {
    out.type = spec.precision < 0 ? 'r' : 'g';
    out.add_dot_zero = add_dot_zero;
  } else {
    out.type = spec.type == 'n' ? 'g' : static_cast<char>(spec.type);
  }
  if (spec.precision > INT32_MAX) return false;
  out.precision = spec.precision < 0 ? 6 : spec.precision;
  return true;
}

bool is_float_type(char32_t type) {
  switch (type) {
    case 0:
    case 'e':
    case 'E':
    case 'f':
    case 'F':
    case 'g':
    case 'G':
    case 'n':
    case '%': return true;
    default: return false;
  }
}

Status append_float(Vm& vm, StrBuilder& out, double d, const FloatFormat& format, const FormatSpec& spec,
                    char always_sign) {
  ScratchCharge charge(vm);
  TRY(charge.take(format_double_bound(d, format) * 2));
  std::string text = format_double(d, format);
  std::string_view body = text;
  bool negative = body[0] == '-';
  if (negative) body.remove_prefix(1);
  Parts p;
  p.sign = negative ? '-' : always_sign != 0 ? always_sign : shown_sign(spec, false);
  split_float(body, p);
  return lay_out(vm, out, spec, p);
}

Value format_float(Vm& vm, double d, const FormatSpec& spec) {
  FloatFormat format;
  if (!digits_format(spec, true, format)) return vm.raise(E::ValueError, "precision too big");
  StrBuilder out(vm);
  TRY(append_float(vm, out, d, format, spec, 0));
  return out.finish();
}

// --- complex

Value format_complex(Vm& vm, Value v, const FormatSpec& spec) {
  if (!is_float_type(spec.type) || spec.type == '%') return unknown_format_code(vm, spec.type, v);
  if (spec.fill == '0') return vm.raise(E::ValueError, "Zero padding is not allowed in complex format specifier");
  if (spec.align == '=')
    return vm.raise(E::ValueError, "'=' alignment flag is not allowed in complex format specifier");
  FloatFormat format;
  if (!digits_format(spec, false, format)) return vm.raise(E::ValueError, "precision too big");
  auto* c = v.as<Complex>();
  bool no_real = spec.type == 0 && c->real == 0 && !std::signbit(c->real);
  bool parentheses = spec.type == 0 && !no_real;
  FormatSpec part = spec;  // without padding
  part.width = -1;
  part.align = '<';
  StrBuilder body(vm);
  if (parentheses) TRY(body.append(U'('));
  if (!no_real) TRY(append_float(vm, body, c->real, format, part, 0));
  TRY(append_float(vm, body, c->imag, format, part, no_real ? 0 : '+'));
  TRY(body.append_ascii(parentheses ? "j)" : "j"));
  Str* text = TRY(body.finish());
  FormatPadding padding = format_padding(spec, text->length);
  if (padding.before + padding.after == 0) return text;
  StrBuilder out(vm);
  TRY(out.append_repeated(spec.fill, padding.before));
  TRY(out.append(text));
  TRY(out.append_repeated(spec.fill, padding.after));
  return out.finish();
}

}  // namespace

Value format_number(Vm& vm, Value number, Value spec_text) {
  if (!is_str(spec_text))
    return vm.raise(E::TypeError, "__format__() argument must be str, not {}", argument_type(spec_text));
  const Str* text = as_str(spec_text);
  if (text->length == 0) return str(vm, number);
  FormatSpec spec;
  if (is_complex(number)) {
    TRY(parse_format_spec(vm, number, text, 0, '>', spec));
    return format_complex(vm, number, spec);
  }
  if (is_int(number)) {
    TRY(parse_format_spec(vm, number, text, 'd', '>', spec));
    switch (spec.type) {
      case 'b':
      case 'c':
      case 'd':
      case 'n':
      case 'o':
      case 'x':
      case 'X': return format_int(vm, number, spec);
      default: break;
    }
    if (!is_float_type(spec.type) || spec.type == 0) return unknown_format_code(vm, spec.type, number);
    double d = TRY(int_to_double(vm, number));
    return format_float(vm, d, spec);
  }
  TRY(parse_format_spec(vm, number, text, 0, '>', spec));
  if (!is_float_type(spec.type)) return unknown_format_code(vm, spec.type, number);
  return format_float(vm, float_value(number), spec);
}

}  // namespace krait
