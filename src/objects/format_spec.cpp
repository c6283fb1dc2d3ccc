#include "objects/format_spec.hpp"

#include <cstdio>

#include "base/unicode.hpp"
#include "objects/str.hpp"

namespace krait {

namespace {

bool is_align(char32_t c) { return c == '<' || c == '>' || c == '=' || c == '^'; }

/// Reads characters of the specification in order.
struct Reader {
  const Str* text;
  uint64_t at = 0;
  uint64_t left() const { return text->length - at; }
  char32_t peek(uint64_t ahead = 0) const { return at + ahead < text->length ? text->at(at + ahead) : 0; }
  bool take(char32_t c) {
    if (left() == 0 || peek() != c) return false;
    ++at;
    return true;
  }
};

/// A number of any script's digits; -1 if none is there.
Status read_integer(Vm& vm, Reader& in, int64_t& out) {
  out = -1;
  while (in.left() > 0) {
    char32_t c = in.peek();
    int digit = c < 128 ? (c >= '0' && c <= '9' ? static_cast<int>(c - '0') : -1) : unicode::decimal_value(c);
    if (digit < 0) break;
    if (out < 0) out = 0;
    if (out > (INT64_MAX - digit) / 10) return vm.raise(E::ValueError, "Too many decimal digits in format string");
    out = out * 10 + digit;
    ++in.at;
  }
  return {};
}

/// ',' or '_', not both.
Status read_grouping(Vm& vm, Reader& in, char& out) {
  if (in.take(',')) out = ',';
  if (in.take('_')) {
    if (out != 0) return vm.raise(E::ValueError, "Cannot specify both ',' and '_'.");
    out = '_';
  }
  if (in.left() > 0 && in.peek() == ',' && out == '_')
    return vm.raise(E::ValueError, "Cannot specify both ',' and '_'.");
  return {};
}

Error bad_grouping(Vm& vm, char grouping, char32_t type) {
  if (type > 32 && type < 128)
    return vm.raise(E::ValueError, "Cannot specify '{}' with '{}'.", grouping, static_cast<char>(type));
  char code[16];
  std::snprintf(code, sizeof(code), "\\x%x", static_cast<unsigned>(type));
  return vm.raise(E::ValueError, "Cannot specify '{}' with '{}'.", grouping, code);
}

}  // namespace

Error unknown_format_code(Vm& vm, char32_t code, Value object) {
  if (code > 32 && code < 128)
    return vm.raise(E::ValueError, "Unknown format code '{}' for object of type '{}'", static_cast<char>(code),
                    type_name_of(object));
  char text[16];
  std::snprintf(text, sizeof(text), "\\x%x", static_cast<unsigned>(code));
  return vm.raise(E::ValueError, "Unknown format code '{}' for object of type '{}'", text, type_name_of(object));
}

Status parse_format_spec(Vm& vm, Value object, const Str* text, char32_t default_type, char default_align,
                         FormatSpec& out) {
  Reader in{text};
  out = FormatSpec{};
  out.align = default_align;
  out.type = default_type;
  if (in.left() >= 2 && is_align(in.peek(1))) {
    out.fill = in.peek();
    out.align = static_cast<char>(in.peek(1));
    out.fill_given = out.align_given = true;
    in.at += 2;
  } else if (in.left() >= 1 && is_align(in.peek())) {
    out.align = static_cast<char>(in.peek());
    out.align_given = true;
    ++in.at;
  }
  if (in.left() >= 1 && (in.peek() == ' ' || in.peek() == '+' || in.peek() == '-')) {
    out.sign = static_cast<char>(in.peek());
    ++in.at;
  }
  out.no_negative_zero = in.take('z');
  out.alternate = in.take('#');
  if (!out.fill_given && in.take('0')) {
    out.fill = '0';
    if (!out.align_given && default_align == '>') out.align = '=';
  }
  TRY(read_integer(vm, in, out.width));
  TRY(read_grouping(vm, in, out.grouping));
  if (in.take('.')) {
    TRY(read_integer(vm, in, out.precision));
    TRY(read_grouping(vm, in, out.fraction_grouping));
    if (out.precision < 0 && out.fraction_grouping == 0)
      return vm.raise(E::ValueError, "Format specifier missing precision");
  }
  if (in.left() > 1)
    return vm.raise(E::ValueError, "Invalid format specifier '{}' for object of type '{}'", text, type_name_of(object));
  if (in.left() == 1) out.type = in.peek();
  if (out.grouping != 0) {
    switch (out.type) {
      case 0:
      case 'd':
      case 'e':
      case 'E':
      case 'f':
      case 'F':
      case 'g':
      case 'G':
      case '%': break;
      case 'b':
      case 'o':
      case 'x':
      case 'X':
        if (out.grouping == '_') break;
        [[fallthrough]];
      default: return bad_grouping(vm, out.grouping, out.type);
    }
  }
  if (out.fraction_grouping != 0 && out.type == 'n') return bad_grouping(vm, out.fraction_grouping, out.type);
  return {};
}

FormatPadding format_padding(const FormatSpec& spec, uint64_t length) {
  if (spec.width < 0 || static_cast<uint64_t>(spec.width) <= length) return {};
  uint64_t pad = static_cast<uint64_t>(spec.width) - length;
  switch (spec.align) {
    case '<': return {0, pad};
    case '^': return {pad / 2, pad - pad / 2};
    default: return {pad, 0};
  }
}

}  // namespace krait
