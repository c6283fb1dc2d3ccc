// The native codecs that are not an encoding of Unicode's own: UTF-7, the escapes of string literals, and character maps.
#include <cstdio>
#include <cstring>

#include "base/unicode.hpp"
#include "base/utf.hpp"
#include "objects/codec_errors.hpp"
#include "objects/codecs.hpp"
#include "objects/dict.hpp"
#include "objects/int.hpp"
#include "objects/quick.hpp"

namespace krait {

namespace {

int hex_value(uint8_t c) {
  if (c - unsigned{'0'} < 10u) return c - '0';
  uint8_t letter = c | 0x20;
  return letter - unsigned{'a'} < 6u ? letter - 'a' + 10 : -1;
}

/// The bytes that single-letter escapes mean; -1: the letter is none.
int simple_escape(uint8_t c) {
  switch (c) {
    case '\\':
    case '\'':
    case '"': return c;
    case 'b': return '\b';
    case 't': return '\t';
    case 'n': return '\n';
    case 'r': return '\r';
    case 'f': return '\f';
    case 'v': return '\v';
    case 'a': return '\a';
    default: return -1;
  }
}

/// An octal escape of up to three digits, the first of which is at `at`.
unsigned octal_escape(const uint8_t* data, uint64_t size, uint64_t& at) {
  unsigned c = 0;
  for (int digits = 0; digits < 3 && at < size && data[at] - unsigned{'0'} < 8u; ++digits) c = c * 8 + data[at++] - '0';
  return c;
}

/// DeprecationWarning for the first escape that means nothing (a letter, or an octal number above 0377).
Status warn_invalid_escape(Vm& vm, unsigned escape) {
  char text[160];
  std::snprintf(text, sizeof text,
                escape > 0xFF
                    ? "\"\\%o\" is an invalid octal escape sequence. Such sequences will not work in the future. "
                    : "\"\\%c\" is an invalid escape sequence. Such sequences will not work in the future. ",
                escape);
  std::string utf8;
  for (const char* p = text; *p != 0; ++p) utf::append_utf8(utf8, static_cast<uint8_t>(*p));
  return warn(vm, E::DeprecationWarning, utf8);
}

Status append_hex_escape(BytesBuilder& out, char32_t c, char letter, int digits) {
  TRY(out.append('\\'));
  TRY(out.append(static_cast<uint8_t>(letter)));
  for (int shift = 4 * (digits - 1); shift >= 0; shift -= 4)
    TRY(out.append(static_cast<uint8_t>("0123456789abcdef"[c >> shift & 15])));
  return {};
}

}  // namespace

// --- unicode_escape

Value unicode_escape_decode(Vm& vm, DecodeInput& in) {
  Decoder d(vm, "unicodeescape", in.object, in.data, in.errors);
  unsigned invalid = 0;
  uint64_t at = 0;
  bool unfinished = false;
  while (at < d.size && !unfinished) {
    TRY(vm.poll());
    uint64_t start = at;
    while (at < d.size && d.data[at] != '\\') ++at;
    for (uint64_t i = start; i < at; ++i) TRY(d.out.append(char32_t{d.data[i]}));
    if (at == d.size) break;
    start = at++;
    const char* message = "\\ at end of string";
    bool cut = at == d.size;
    if (!cut) {
      uint8_t c = d.data[at++];
      int simple = simple_escape(c);
      if (simple >= 0) {
        TRY(d.out.append(static_cast<char32_t>(simple)));
        continue;
      }
      if (c == '\n') continue;
      if (c - unsigned{'0'} < 8u) {
        --at;
        unsigned code = octal_escape(d.data, d.size, at);
        if (code > 0xFF && invalid == 0) invalid = code;
        TRY(d.out.append(char32_t{code}));
        continue;
      }
      int digits = c == 'x' ? 2 : c == 'u' ? 4 : c == 'U' ? 8 : 0;
      if (digits > 0) {
        message = c == 'x'   ? "truncated \\xXX escape"
                  : c == 'u' ? "truncated \\uXXXX escape"
                             : "truncated \\UXXXXXXXX escape";
        char32_t code = 0;
        int value = 0;
        for (; digits > 0 && at < d.size && (value = hex_value(d.data[at])) >= 0; --digits, ++at)
          code = code << 4 | static_cast<char32_t>(value);
        if (digits == 0) {
          if (code <= unicode::kMaxCodePoint) {
            TRY(d.out.append(code));
            continue;
          }
          message = "illegal Unicode character";
        } else {
          cut = at == d.size;
        }
      } else if (c == 'N') {
        message = "malformed \\N character escape";
        cut = at == d.size;
        if (!cut && d.data[at] == '{') {
          uint64_t name = ++at;
          while (at < d.size && d.data[at] != '}') ++at;
          cut = at == d.size;
          if (!cut && at > name) {
            message = "unknown Unicode character name";
            auto code = unicode::lookup_name({d.text() + name, at - name});
            ++at;
            if (code) {
              TRY(d.out.append(*code));
              continue;
            }
          }
        }
      } else {
        if (invalid == 0) invalid = c;
        TRY(d.out.append(U'\\'));
        TRY(d.out.append(char32_t{c}));
        continue;
      }
    }
    if (cut && !in.final) {
      at = start;
      unfinished = true;
      break;
    }
    at = TRY(d.fault(start, at, message));
  }
  in.consumed = at;
  if (invalid != 0) TRY(warn_invalid_escape(vm, invalid));
  return d.out.finish();
}

Value unicode_escape_encode(Vm& vm, Str* s) {
  BytesBuilder out(vm);
  for (uint64_t i = 0; i < s->length; ++i) {
    POLL_EVERY_1024(vm, i);
    char32_t c = s->at(i);
    if (c == '\\' || c == '\t' || c == '\n' || c == '\r') {
      TRY(out.append('\\'));
      TRY(out.append(c == '\t' ? 't' : c == '\n' ? 'n' : c == '\r' ? 'r' : '\\'));
    } else if (c >= ' ' && c < 0x7F) {
      TRY(out.append(static_cast<uint8_t>(c)));
    } else if (c < 0x100) {
      TRY(append_hex_escape(out, c, 'x', 2));
    } else if (c < 0x10000) {
      TRY(append_hex_escape(out, c, 'u', 4));
    } else {
      TRY(append_hex_escape(out, c, 'U', 8));
    }
  }
  return out.finish();
}

Value raw_unicode_escape_decode(Vm& vm, DecodeInput& in) {
  Decoder d(vm, "rawunicodeescape", in.object, in.data, in.errors);
  uint64_t at = 0;
  while (at < d.size) {
    POLL_EVERY_1024(vm, at);
    uint8_t c = d.data[at++];
    if (c != '\\' || (at == d.size && in.final)) {
      TRY(d.out.append(char32_t{c}));
      continue;
    }
    uint64_t start = at - 1;
    bool cut = at == d.size;
    const char* message = "";
    if (!cut) {
      c = d.data[at++];
      int digits = c == 'u' ? 4 : c == 'U' ? 8 : 0;
      if (digits == 0) {
        TRY(d.out.append(U'\\'));
        TRY(d.out.append(char32_t{c}));
        continue;
      }
      message = c == 'u' ? "truncated \\uXXXX escape" : "truncated \\UXXXXXXXX escape";
      char32_t code = 0;
      int value = 0;
      for (; digits > 0 && at < d.size && (value = hex_value(d.data[at])) >= 0; --digits, ++at)
        code = code << 4 | static_cast<char32_t>(value);
      if (digits == 0) {
        if (code <= unicode::kMaxCodePoint) {
          TRY(d.out.append(code));
          continue;
        }
        message = "\\Uxxxxxxxx out of range";
      } else {
        cut = at == d.size;
      }
    }
    if (cut && !in.final) {
      at = start;
      break;
    }
    at = TRY(d.fault(start, at, message));
  }
  in.consumed = at;
  return d.out.finish();
}

Value raw_unicode_escape_encode(Vm& vm, Str* s) {
  if (s->width() == 1) return bytes_from(vm, std::span<const uint8_t>{s->data1(), s->length});
  BytesBuilder out(vm);
  for (uint64_t i = 0; i < s->length; ++i) {
    POLL_EVERY_1024(vm, i);
    char32_t c = s->at(i);
    if (c < 0x100) {
      TRY(out.append(static_cast<uint8_t>(c)));
    } else {
      TRY(c < 0x10000 ? append_hex_escape(out, c, 'u', 4) : append_hex_escape(out, c, 'U', 8));
    }
  }
  return out.finish();
}

// --- Escapes of bytes literals

Value escape_decode(Vm& vm, DecodeInput& in) {
  enum {
    kStrict,
    kReplace,
    kIgnore,
    kOther
  } mode = in.errors == nullptr || in.errors->equals("strict") ? kStrict
           : in.errors->equals("replace")                      ? kReplace
           : in.errors->equals("ignore")                       ? kIgnore
                                                               : kOther;
  BytesBuilder out(vm);
  const uint8_t* data = in.data.data();
  uint64_t size = in.data.size();
  unsigned invalid = 0;
  for (uint64_t at = 0; at < size;) {
    POLL_EVERY_1024(vm, at);
    uint8_t c = data[at++];
    if (c != '\\') {
      TRY(out.append(c));
      continue;
    }
    if (at == size) return vm.raise(E::ValueError, "Trailing \\ in string");
    uint64_t start = at - 1;
    c = data[at++];
    int simple = simple_escape(c);
    if (simple >= 0) {
      TRY(out.append(static_cast<uint8_t>(simple)));
    } else if (c == '\n') {
      continue;
    } else if (c - unsigned{'0'} < 8u) {
      --at;
      unsigned code = octal_escape(data, size, at);
      if (code > 0xFF && invalid == 0) invalid = code;
      TRY(out.append(static_cast<uint8_t>(code)));
    } else if (c == 'x') {
      int high = at < size ? hex_value(data[at]) : -1;
      int low = high >= 0 && at + 1 < size ? hex_value(data[at + 1]) : -1;
      if (low >= 0) {
        TRY(out.append(static_cast<uint8_t>(high << 4 | low)));
        at += 2;
        continue;
      }
      if (high >= 0) ++at;
      if (mode == kStrict) return vm.raise(E::ValueError, "invalid \\x escape at position {}", start);
      if (mode == kOther) return vm.raise(E::ValueError, "decoding error; unknown error handling code: {}", in.errors);
      if (mode == kReplace) TRY(out.append('?'));
    } else {
      if (invalid == 0) invalid = c;
      TRY(out.append('\\'));
      TRY(out.append(c));
    }
  }
  in.consumed = size;
  if (invalid != 0) TRY(warn_invalid_escape(vm, invalid));
  return out.finish();
}

Value escape_encode(Vm& vm, std::span<const uint8_t> data) {
  BytesBuilder out(vm);
  for (uint64_t i = 0; i < data.size(); ++i) {
    POLL_EVERY_1024(vm, i);
    uint8_t c = data[i];
    if (c == '\'' || c == '\\' || c == '\t' || c == '\n' || c == '\r') {
      TRY(out.append('\\'));
      TRY(out.append(c == '\t' ? 't' : c == '\n' ? 'n' : c == '\r' ? 'r' : c));
    } else if (c < ' ' || c >= 0x7F) {
      TRY(append_hex_escape(out, c, 'x', 2));
    } else {
      TRY(out.append(c));
    }
  }
  return out.finish();
}

// --- UTF-7 (RFC 2152)

namespace {

constexpr char kBase64[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

int base64_value(char32_t c) {
  if (c - 'A' < 26) return static_cast<int>(c - 'A');
  if (c - 'a' < 26) return static_cast<int>(c - 'a') + 26;
  if (c - '0' < 10) return static_cast<int>(c - '0') + 52;
  return c == '+' ? 62 : c == '/' ? 63 : -1;
}

/// Is the character written as itself?
bool utf7_direct(char32_t c) {
  if (c == '\t' || c == '\n' || c == '\r') return true;
  return c >= ' ' && c < 0x7E && c != '+' && c != '\\';
}
bool utf7_decodes_direct(char32_t c) { return c < 0x80 && c != '+'; }

}  // namespace

Value utf7_decode(Vm& vm, DecodeInput& in) {
  Decoder d(vm, "utf7", in.object, in.data, in.errors);
  bool shifted = false;
  unsigned bits = 0;
  uint32_t buffer = 0;
  char32_t surrogate = 0;
  uint64_t start = 0, shift_out = 0;
  uint64_t at = 0;
  bool again = true;
  while (again) {
    again = false;
    while (at < d.size) {
      POLL_EVERY_1024(vm, at);
      char32_t c = d.data[at];
      const char* message = nullptr;
      if (shifted && base64_value(c) >= 0) {
        buffer = buffer << 6 | static_cast<uint32_t>(base64_value(c));
        bits += 6;
        ++at;
        if (bits >= 16) {
          char32_t unit = buffer >> (bits - 16);
          bits -= 16;
          buffer &= (1u << bits) - 1;
          if (surrogate != 0) {
            char32_t high = std::exchange(surrogate, 0);
            if (utf::is_low_surrogate(unit)) {
              TRY(d.out.append(0x10000 + ((high & 0x3FF) << 10) + (unit & 0x3FF)));
              continue;
            }
            TRY(d.out.append(high));
          }
          if (utf::is_high_surrogate(unit)) {
            surrogate = unit;
          } else {
            TRY(d.out.append(unit));
          }
        }
        continue;
      }
      if (shifted) {
        shifted = false;
        if (bits >= 6) {
          message = "partial character in shift sequence";
        } else if (bits > 0 && buffer != 0) {
          message = "non-zero padding bits in shift sequence";
        }
        if (message == nullptr) {
          if (surrogate != 0 && utf7_decodes_direct(c)) TRY(d.out.append(surrogate));
          surrogate = 0;
          if (c == '-') ++at;  // any other character that ends a section stands for itself
          continue;
        }
        ++at;
      } else if (c == '+') {
        start = at++;
        if (at < d.size && d.data[at] == '-') {
          ++at;
          TRY(d.out.append(U'+'));
          continue;
        }
        if (at >= d.size || base64_value(d.data[at]) >= 0) {
          shifted = true;
          surrogate = 0;
          shift_out = d.out.length();
          bits = 0;
          buffer = 0;
          continue;
        }
        ++at;
        message = "ill-formed sequence";
      } else if (utf7_decodes_direct(c)) {
        ++at;
        TRY(d.out.append(c));
        continue;
      } else {
        start = at++;
        message = "unexpected special character";
      }
      at = TRY(d.fault(start, at, message));
    }
    if (shifted && in.final) {
      shifted = false;
      if (surrogate != 0 || bits >= 6 || (bits > 0 && buffer != 0)) {
        at = TRY(d.fault(start, d.size, "unterminated shift sequence"));
        again = at < d.size;
      }
    }
  }
  in.consumed = shifted ? start : at;
  Str* text = TRY(d.out.finish());
  // An unfinished section is read again from its start, together with what comes.
  if (shifted && text->length > shift_out) return str_substring(vm, text, 0, shift_out);
  return text;
}

Value utf7_encode(Vm& vm, Str* s, Str*) {
  BytesBuilder out(vm);
  bool shifted = false;
  unsigned bits = 0;
  uint32_t buffer = 0;
  auto put_bits = [&]() -> Status {
    TRY(out.append(static_cast<uint8_t>(kBase64[buffer << (6 - bits) & 63])));
    bits = 0;
    buffer = 0;
    return {};
  };
  auto put_unit = [&](char32_t unit) -> Status {
    bits += 16;
    buffer = buffer << 16 | unit;
    while (bits >= 6) {
      TRY(out.append(static_cast<uint8_t>(kBase64[buffer >> (bits - 6) & 63])));
      bits -= 6;
    }
    buffer &= (1u << bits) - 1;
    return {};
  };
  for (uint64_t i = 0; i < s->length; ++i) {
    POLL_EVERY_1024(vm, i);
    char32_t c = s->at(i);
    if (utf7_direct(c)) {
      if (shifted) {
        if (bits > 0) TRY(put_bits());
        shifted = false;
        if (base64_value(c) >= 0 || c == '-') TRY(out.append('-'));
      }
      TRY(out.append(static_cast<uint8_t>(c)));
      continue;
    }
    if (!shifted) {
      TRY(out.append('+'));
      if (c == '+') {
        TRY(out.append('-'));
        continue;
      }
      shifted = true;
    }
    if (c >= 0x10000) {
      TRY(put_unit(0xD800 + ((c - 0x10000) >> 10)));
      c = 0xDC00 + (c & 0x3FF);
    }
    TRY(put_unit(c));
  }
  if (bits > 0) TRY(put_bits());
  if (shifted) TRY(out.append('-'));
  return out.finish();
}

// --- Character maps

namespace {

constexpr const char* kUndefined = "character maps to <undefined>";

/// mapping[code], or exhausted() where it has nothing.
Value map_lookup(Vm& vm, Value mapping, char32_t code) {
  Value key = Value::small_int(code);
  if (is_exact(vm, mapping, vm.types.dict)) return dict_get(vm, mapping.as<Dict>(), key);
  Value v = get_item(vm, mapping, key);
  if (!v.is_error() || !vm.pending_is(E::LookupError)) return v;
  if (!vm.clear_pending()) return Error{};
  return Value::exhausted();
}

/// Encodes one character through the mapping; false if it has nothing for it.
Result<bool> charmap_one(Encoder& e, char32_t c) {
  Vm& vm = e.vm;
  Value v = TRY(map_lookup(vm, *static_cast<Value*>(e.codec_data), c));
  if (v.is_exhausted() || v.is_none()) return false;
  if (is_int(v)) {
    auto byte = int_to_i64(v);
    if (!byte || *byte < 0 || *byte > 255) return vm.raise(E::TypeError, "character mapping must be in range(256)");
    TRY(e.out.append(static_cast<uint8_t>(*byte)));
    return true;
  }
  if (!is_bytes(v))
    return vm.raise(E::TypeError, "character mapping must return integer, bytes or None, not {}", type_name_of(v));
  TRY(e.out.append(v.as<Bytes>()->data, v.as<Bytes>()->length));
  return true;
}

}  // namespace

Value charmap_encode(Vm& vm, Str* s, Str* errors, Value mapping) {
  if (mapping.is_none() || mapping.is_unset()) return latin1_encode(vm, s, errors);
  Encoder e(vm, "charmap", s, errors);
  e.codec_data = &mapping;
  for (uint64_t at = 0; at < s->length;) {
    POLL_EVERY_1024(vm, at);
    if (TRY(charmap_one(e, s->at(at)))) {
      ++at;
      continue;
    }
    uint64_t end = at + 1;
    while (end < s->length) {
      uint64_t before = e.out.size();
      if (TRY(charmap_one(e, s->at(end)))) {
        e.out.drop(e.out.size() - before);
        break;
      }
      ++end;
    }
    at = TRY(e.fault(at, end, kUndefined, charmap_one));
  }
  return e.out.finish();
}

Value charmap_decode(Vm& vm, DecodeInput& in, Value mapping) {
  if (mapping.is_none() || mapping.is_unset()) return latin1_decode(vm, in);
  Decoder d(vm, "charmap", in.object, in.data, in.errors);
  bool is_table = is_exact(vm, mapping, vm.types.str);
  const Str* table = is_table ? as_str(mapping) : nullptr;
  for (uint64_t at = 0; at < d.size;) {
    POLL_EVERY_1024(vm, at);
    uint8_t byte = d.data[at];
    bool good = false;
    if (table != nullptr) {
      char32_t c = byte < table->length ? table->at(byte) : char32_t{0xFFFE};
      good = c != 0xFFFE;
      if (good) TRY(d.out.append(c));
    } else {
      Value v = TRY(map_lookup(vm, mapping, byte));
      if (v.is_exhausted() || v.is_none()) {
        good = false;
      } else if (is_int(v)) {
        auto code = int_to_i64(v);
        if (!code || *code < 0 || *code > 0x10FFFF)
          return vm.raise(E::TypeError, "character mapping must be in range(0x110000)");
        good = *code != 0xFFFE;
        if (good) TRY(d.out.append(static_cast<char32_t>(*code)));
      } else if (is_str(v)) {
        good = as_str(v)->length != 1 || as_str(v)->at(0) != 0xFFFE;
        if (good) TRY(d.out.append(as_str(v)));
      } else {
        return vm.raise(E::TypeError, "character mapping must return integer, None or str");
      }
    }
    at = good ? at + 1 : TRY(d.fault(at, at + 1, kUndefined));
  }
  in.consumed = d.size;
  return d.out.finish();
}

Value charmap_build(Vm& vm, Str* table) {
  Dict* map = TRY(dict_new(vm));
  for (uint64_t i = 0; i < table->length && i < 256; ++i) {
    char32_t c = table->at(i);
    if (c == 0xFFFE) continue;
    TRY(dict_set(vm, map, Value::small_int(c), Value::small_int(static_cast<int64_t>(i))));
  }
  return map;
}

}  // namespace krait
