#include "syntax/literals.hpp"

#include <algorithm>
#include <charconv>
#include <cmath>
#include <cstdio>
#include <cstring>

#include "base/unicode.hpp"

namespace krait::syntax {
namespace {

int hex_value(char c) {
  if (c >= '0' && c <= '9') return c - '0';
  c = static_cast<char>(c | 32);
  return c >= 'a' && c <= 'f' ? c - 'a' + 10 : -1;
}

// Writes a code point, surrogates included, as generalised UTF-8.
char* put_utf8(char* out, char32_t c) {
  if (c < 0x80) {
    *out++ = static_cast<char>(c);
  } else if (c < 0x800) {
    *out++ = static_cast<char>(0xC0 | (c >> 6));
    *out++ = static_cast<char>(0x80 | (c & 0x3F));
  } else if (c < 0x10000) {
    *out++ = static_cast<char>(0xE0 | (c >> 12));
    *out++ = static_cast<char>(0x80 | ((c >> 6) & 0x3F));
    *out++ = static_cast<char>(0x80 | (c & 0x3F));
  } else {
    *out++ = static_cast<char>(0xF0 | (c >> 18));
    *out++ = static_cast<char>(0x80 | ((c >> 12) & 0x3F));
    *out++ = static_cast<char>(0x80 | ((c >> 6) & 0x3F));
    *out++ = static_cast<char>(0x80 | (c & 0x3F));
  }
  return out;
}

// CPython decodes a copy of the text in which every non-ASCII character is an escape of ten characters, and
// its messages count positions in that copy.
size_t reported_position(const char* begin, const char* at) {
  size_t position = 0;
  for (const char* p = begin; p < at;) {
    unsigned char c = static_cast<unsigned char>(*p);
    if (c < 0x80) {
      bool before_high = c == '\\' && p + 1 < at && static_cast<signed char>(p[1]) < 0;
      position += before_high ? 6 : 1;
      ++p;
    } else {
      position += 10;
      p += c < 0xE0 ? 2 : c < 0xF0 ? 3 : 4;
    }
  }
  return position;
}

void unicode_error(LiteralNotes& notes, const char* begin, const char* from, const char* to, const char* reason) {
  size_t first = reported_position(begin, from);
  size_t last = reported_position(begin, to) - 1;
  char text[160];
  if (first == last)
    std::snprintf(text, sizeof text, "(unicode error) 'unicodeescape' codec can't decode byte 0x5c in position %zu: %s",
                  first, reason);
  else
    std::snprintf(text, sizeof text, "(unicode error) 'unicodeescape' codec can't decode bytes in position %zu-%zu: %s",
                  first, last, reason);
  notes.error = text;
}

}  // namespace

std::string_view decode_string(std::string_view body, bool raw, bool is_bytes, Arena& arena, LiteralNotes& notes) {
  if (is_bytes) {
    for (char c : body) {
      if (static_cast<signed char>(c) < 0) {
        notes.error = "bytes can only contain ASCII literal characters";
        return {};
      }
    }
  }
  if (raw || body.empty() || !std::memchr(body.data(), '\\', body.size())) return body;

  const char* const begin = body.data();
  const char* const end = begin + body.size();
  // No escape is shorter than what it stands for.
  char* const buffer = arena.make_array<char>(body.size());
  char* out = buffer;
  const char* p = begin;
  while (p < end) {
    const char* next = static_cast<const char*>(std::memchr(p, '\\', static_cast<size_t>(end - p)));
    if (!next) next = end;
    std::memcpy(out, p, static_cast<size_t>(next - p));
    out += next - p;
    p = next;
    if (p == end) break;
    const char* const backslash = p++;
    if (p == end) {  // only within f-strings, before a brace
      *out++ = '\\';
      break;
    }
    char c = *p++;
    switch (c) {
      case '\n': break;
      case '\\': *out++ = '\\'; break;
      case '\'': *out++ = '\''; break;
      case '"': *out++ = '"'; break;
      case 'a': *out++ = '\a'; break;
      case 'b': *out++ = '\b'; break;
      case 'f': *out++ = '\f'; break;
      case 'n': *out++ = '\n'; break;
      case 'r': *out++ = '\r'; break;
      case 't': *out++ = '\t'; break;
      case 'v': *out++ = '\v'; break;
      case '0':
      case '1':
      case '2':
      case '3':
      case '4':
      case '5':
      case '6':
      case '7': {
        unsigned value = static_cast<unsigned>(c - '0');
        for (int i = 0; i < 2 && p < end && *p >= '0' && *p <= '7'; ++i)
          value = value * 8 + static_cast<unsigned>(*p++ - '0');
        if (value > 0377 && !notes.invalid_escape) notes.invalid_escape = backslash;
        if (is_bytes)
          *out++ = static_cast<char>(value & 0xFF);
        else
          out = put_utf8(out, value);
        break;
      }
      case 'x':
      case 'u':
      case 'U': {
        if (is_bytes && c != 'x') goto unknown;
        int wanted = c == 'x' ? 2 : c == 'u' ? 4 : 8, got = 0;
        char32_t value = 0;
        for (; got < wanted && p < end && hex_value(*p) >= 0; ++got, ++p)
          value = value * 16 + static_cast<char32_t>(hex_value(*p));
        if (is_bytes) {
          if (got < wanted) {
            char text[80];
            std::snprintf(text, sizeof text, "(value error) invalid \\x escape at position %zd", backslash - begin);
            notes.error = text;
            return {};
          }
          *out++ = static_cast<char>(value);
          break;
        }
        if (got < wanted) {
          unicode_error(notes, begin, backslash, p,
                        c == 'x'   ? "truncated \\xXX escape"
                        : c == 'u' ? "truncated \\uXXXX escape"
                                   : "truncated \\UXXXXXXXX escape");
          return {};
        }
        if (value > unicode::kMaxCodePoint) {
          unicode_error(notes, begin, backslash, p, "illegal Unicode character");
          return {};
        }
        out = put_utf8(out, value);
        break;
      }
      case 'N': {
        if (is_bytes) goto unknown;
        const char* reason = "malformed \\N character escape";
        if (p < end && *p == '{') {
          const char* name = ++p;
          while (p < end && *p != '}') ++p;
          if (p < end && p > name) {
            auto found = unicode::lookup_name({name, static_cast<size_t>(p - name)});
            ++p;
            if (found) {
              out = put_utf8(out, *found);
              break;
            }
            reason = "unknown Unicode character name";
          }
        }
        unicode_error(notes, begin, backslash, p, reason);
        return {};
      }
      default:
      unknown:
        // CPython never sees a backslash before a non-ASCII character as one: no warning.
        if (!notes.invalid_escape && static_cast<signed char>(c) >= 0) notes.invalid_escape = backslash;
        *out++ = '\\';
        --p;  // the character stands for itself, whatever its length
        *out++ = *p++;
        break;
    }
  }
  size_t size = static_cast<size_t>(out - buffer);
  arena.shrink_last(buffer, body.size(), size);
  return {buffer, size};
}

std::string invalid_escape_message(const char* backslash) {
  const char* p = backslash + 1;
  bool octal = *p >= '4' && *p <= '7';
  size_t size = 1;
  if (octal) {
    size = 3;
  } else {
    unsigned char c = static_cast<unsigned char>(*p);
    size = c < 0x80 ? 1 : c < 0xE0 ? 2 : c < 0xF0 ? 3 : 4;
  }
  std::string escape = "\\" + std::string(p, size);
  return "\"" + escape + "\" is an invalid " + (octal ? "octal " : "") +
         "escape sequence. Such sequences will not work in the future. Did you mean \"\\" + escape +
         "\"? A raw string is also an option.";
}

ast::ConstantValue decode_number(std::string_view token, int max_decimal_digits, Arena& arena, LiteralNotes& notes) {
  using ast::ConstantKind;
  ast::ConstantValue value;
  if (std::memchr(token.data(), '_', token.size())) {
    char* clean = arena.make_array<char>(token.size());
    size_t size = 0;
    for (char c : token)
      if (c != '_') clean[size++] = c;
    arena.shrink_last(clean, token.size(), size);
    token = {clean, size};
  }
  int base = 10;
  if (token.size() > 2 && token[0] == '0') {
    char marker = static_cast<char>(token[1] | 32);
    base = marker == 'x' ? 16 : marker == 'o' ? 8 : marker == 'b' ? 2 : 10;
  }
  bool imaginary = base == 10 && (token.back() | 32) == 'j';
  bool is_float = imaginary;
  if (base == 10) {
    for (char c : token) is_float |= c == '.' || (c | 32) == 'e';
  } else {
    token.remove_prefix(2);
  }
  if (is_float) {
    value.kind = imaginary ? ConstantKind::Complex : ConstantKind::Float;
    if (imaginary) token.remove_suffix(1);
    double number = 0;
    auto result = std::from_chars(token.data(), token.data() + token.size(), number);
    if (result.ec == std::errc::result_out_of_range) {
      // Too large or too small: the power of ten of the first digit that counts tells which.
      long exponent = 0;
      size_t e = token.find_first_of("eE");
      if (e != token.npos) {
        const char* from = token.data() + e + 1;
        if (*from == '+') ++from;
        constexpr long kFar = 1L << 60;
        if (std::from_chars(from, token.data() + token.size(), exponent).ec != std::errc())
          exponent = *from == '-' ? -kFar : kFar;
        exponent = std::clamp(exponent, -kFar, kFar);  // there is room for the position
      }
      std::string_view mantissa = token.substr(0, e);
      size_t point = mantissa.find('.'), digit = mantissa.find_first_not_of("0.");
      if (point == mantissa.npos) point = mantissa.size();
      long position = digit == mantissa.npos ? 0 : static_cast<long>(point) - static_cast<long>(digit);
      number = exponent + position > 0 ? HUGE_VAL : 0.0;
    }
    value.number = number;
    value.text = token;
    return value;
  }
  size_t zeros = token.find_first_not_of('0');
  token.remove_prefix(zeros == token.npos ? token.size() - 1 : zeros);
  if (base == 10 && max_decimal_digits > 0 && token.size() > static_cast<size_t>(max_decimal_digits)) {
    char text[256];
    std::snprintf(text, sizeof text,
                  "Exceeds the limit (%d digits) for integer string conversion: value has %zu digits; "
                  "use sys.set_int_max_str_digits() to increase the limit - Consider hexadecimal for huge "
                  "integer literals to avoid decimal conversion limits.",
                  max_decimal_digits, token.size());
    notes.error = text;
    return value;
  }
  value.kind = ConstantKind::Int;
  value.base = static_cast<uint8_t>(base);
  value.text = token;
  auto result = std::from_chars(token.data(), token.data() + token.size(), value.small, base);
  value.fits_u64 = result.ec == std::errc();
  if (!value.fits_u64) value.small = 0;
  return value;
}

}  // namespace krait::syntax
