// _json: the quick half of the library's json package. Here: its strings; json_scanner.cpp reads, json_encoder.cpp writes.
#include "modules/_json.hpp"

#include "objects/exception.hpp"
#include "objects/int.hpp"
#include "objects/quick.hpp"

namespace krait::json {

namespace {

constexpr uint64_t kPollChars = uint64_t{1} << 16;  ///< characters between two polls

/// The letter of a two-character escape, or 0.
constexpr char short_escape(char32_t c) {
  switch (c) {
    case '"': return '"';
    case '\\': return '\\';
    case '\b': return 'b';
    case '\f': return 'f';
    case '\n': return 'n';
    case '\r': return 'r';
    case '\t': return 't';
    default: return 0;
  }
}

constexpr bool is_plain(char32_t c, bool ascii) { return c >= 0x20 && c != '"' && c != '\\' && (!ascii || c < 0x7F); }

template <class Char>
uint64_t plain_end(const Char* p, uint64_t i, uint64_t end, bool ascii) {
  while (i < end && is_plain(p[i], ascii)) ++i;
  return i;
}

/// First character at or after i that has to be escaped, or `end`.
uint64_t plain_end(const Str* s, uint64_t i, uint64_t end, bool ascii) {
  switch (s->width()) {
    case 1: return plain_end(s->data1(), i, end, ascii);
    case 2: return plain_end(s->data2(), i, end, ascii);
    default: return plain_end(s->data4(), i, end, ascii);
  }
}

Status append_unit(StrBuilder& out, uint32_t unit) {
  constexpr char kDigits[] = "0123456789abcdef";
  const char text[] = {
      '\\', 'u', kDigits[unit >> 12 & 15], kDigits[unit >> 8 & 15], kDigits[unit >> 4 & 15], kDigits[unit & 15]};
  return out.append_ascii({text, sizeof text});
}

Status append_escape(StrBuilder& out, char32_t c) {
  if (char letter = short_escape(c)) {
    const char text[] = {'\\', letter};
    return out.append_ascii({text, sizeof text});
  }
  if (c >= 0x10000) {
    TRY(append_unit(out, 0xD800 + ((c - 0x10000) >> 10)));
    c = 0xDC00 + ((c - 0x10000) & 0x3FF);
  }
  return append_unit(out, c);
}

template <class Char>
uint64_t string_end(const Char* p, uint64_t i, uint64_t end, bool strict) {
  while (i < end && p[i] != '"' && p[i] != '\\' && (p[i] >= 0x20 || !strict)) ++i;
  return i;
}
/// First character at or after i that is no ordinary part of a string, or `end`.
uint64_t string_end(const Str* s, uint64_t i, uint64_t end, bool strict) {
  switch (s->width()) {
    case 1: return string_end(s->data1(), i, end, strict);
    case 2: return string_end(s->data2(), i, end, strict);
    default: return string_end(s->data4(), i, end, strict);
  }
}

/// The value of the four hexadecimal digits at i, or -1.
int32_t hex4(const Str* s, uint64_t i) {
  int32_t value = 0;
  for (uint64_t end = i + 4; i < end; ++i) {
    char32_t c = s->at(i);
    int32_t digit = c >= '0' && c <= '9'   ? static_cast<int32_t>(c - '0')
                    : c >= 'a' && c <= 'f' ? static_cast<int32_t>(c - 'a') + 10
                    : c >= 'A' && c <= 'F' ? static_cast<int32_t>(c - 'A') + 10
                                           : -1;
    if (digit < 0) return -1;
    value = value << 4 | digit;
  }
  return value;
}

/// The character that the escape at i (its backslash) stands for; *next is set behind it.
Result<char32_t> scan_escape(Vm& vm, Str* s, uint64_t begin, uint64_t i, uint64_t* next) {
  if (i + 1 >= s->length) return raise_decode_error(vm, "Unterminated string starting at", s, begin - 1);
  char32_t letter = s->at(i + 1);
  *next = i + 2;
  switch (letter) {
    case '"':
    case '\\':
    case '/': return letter;
    case 'b': return U'\b';
    case 'f': return U'\f';
    case 'n': return U'\n';
    case 'r': return U'\r';
    case 't': return U'\t';
    case 'u': break;
    default: return raise_decode_error(vm, "Invalid \\escape", s, i);
  }
  int32_t unit = i + 6 <= s->length ? hex4(s, i + 2) : -1;
  if (unit < 0) return raise_decode_error(vm, "Invalid \\uXXXX escape", s, i + 1);
  *next = i + 6;
  auto c = static_cast<char32_t>(unit);
  if (c < 0xD800 || c > 0xDBFF || i + 8 > s->length || s->at(i + 6) != '\\' || s->at(i + 7) != 'u') return c;
  int32_t second = i + 12 <= s->length ? hex4(s, i + 8) : -1;
  if (second < 0) return raise_decode_error(vm, "Invalid \\uXXXX escape", s, i + 7);
  if (second < 0xDC00 || second > 0xDFFF) return c;
  *next = i + 12;
  return 0x10000 + ((c - 0xD800) << 10) + (static_cast<char32_t>(second) - 0xDC00);
}

Value encode_checked(Vm& vm, Value v, bool ascii) {
  if (!is_str(v)) return vm.raise(E::TypeError, "first argument must be a string, not {}", type_name_of(v));
  StrBuilder out(vm);
  TRY(append_string(vm, out, as_str(v), ascii));
  return out.finish();
}

/// Slots: string, end, strict.
Value scan_string_function(Vm& vm, Args a) {
  int64_t begin = TRY(quick_index(vm, a[1], E::OverflowError));
  bool strict = a.has(2) ? TRY(truthy(vm, a[2])) : true;
  if (!is_str(a[0])) return vm.raise(E::TypeError, "first argument must be a string, not {}", type_name_of(a[0]));
  Str* s = as_str(a[0]);
  if (begin < 0 || static_cast<uint64_t>(begin) > s->length) return vm.raise(E::ValueError, "end is out of bounds");
  uint64_t end = 0;
  Str* text = TRY(scan_string(vm, s, static_cast<uint64_t>(begin), strict, &end));
  return pack(vm, Value(text), int_from_u64(vm, end));
}

Status init(Vm& vm, Module* m) {
  TRY(add_scanner(vm, m));
  return add_encoder(vm, m);
}

constexpr NativeRow kFunctions[] = {
    {"encode_basestring_ascii(string, /)", encode_string_ascii, 0,
     "Return an ASCII-only JSON representation of a Python string."},
    {"encode_basestring(string, /)", encode_string, 0, "Return a JSON representation of a Python string."},
    {"scanstring(string, end, strict=True, /)", scan_string_function, 0,
     "Scan a JSON string; end is the index behind its opening quote.\n\n"
     "Returns a tuple of the decoded string and the index behind the closing quote. If strict\n"
     "is false then control characters are allowed in the string."},
};

}  // namespace

Error raise_decode_error(Vm& vm, const char* message, Str* s, uint64_t position) {
  Value decoder = vm.import_hook(vm, "json.decoder");
  if (decoder.is_error()) return Error{};
  Value type = TRY(get_attr(vm, decoder, TRY(vm.intern("JSONDecodeError"))));
  Value text = TRY(str_from_ascii(vm, message));
  Value error = TRY(call3(vm, type, text, s, TRY(int_from_u64(vm, position))));
  return vm.raise_value(error);
}

Status append_string(Vm& vm, StrBuilder& out, Str* s, bool ascii) {
  // Most strings need no escape: then the size is known.
  TRY(out.reserve(s->length + 2, ascii ? 1 : s->width()));
  TRY(out.append('"'));
  uint64_t done = 0;
  while (done < s->length) {
    uint64_t chunk = std::min(s->length, done + kPollChars);
    uint64_t plain = plain_end(s, done, chunk, ascii);
    if (plain == s->length && done == 0)
      TRY(out.append(s));
    else
      TRY(out.append(s, done, plain));
    for (done = plain; done < chunk && !is_plain(s->at(done), ascii); ++done) TRY(append_escape(out, s->at(done)));
    if (done >= kPollChars) TRY(vm.poll());
  }
  return out.append('"');
}

Result<Str*> scan_string(Vm& vm, Str* s, uint64_t begin, bool strict, uint64_t* end) {
  StrBuilder out(vm);
  uint64_t from = begin, i = begin;  // what lies from..i has no escape
  while (true) {
    uint64_t chunk = std::min(s->length, i + kPollChars);
    i = string_end(s, i, chunk, strict);
    if (i == s->length) return raise_decode_error(vm, "Unterminated string starting at", s, begin - 1);
    if (i == chunk) {
      TRY(vm.poll());
      continue;
    }
    char32_t c = s->at(i);
    if (c < 0x20) return raise_decode_error(vm, "Invalid control character at", s, i);
    if (c == '"') break;
    TRY(out.append(s, from, i));
    char32_t meant = TRY(scan_escape(vm, s, begin, i, &i));
    TRY(out.append(meant));
    from = i;
    if ((out.length() & 1023) == 0) TRY(vm.poll());
  }
  *end = i + 1;
  if (from == begin) return str_substring(vm, s, begin, i);
  TRY(out.append(s, from, i));
  return out.finish();
}

Value encode_string(Vm& vm, Args a) { return encode_checked(vm, a[0], false); }
Value encode_string_ascii(Vm& vm, Args a) { return encode_checked(vm, a[0], true); }

}  // namespace krait::json

namespace krait {

extern constinit const ModuleSpec json_module{
    .name = "_json",
    .doc = "json speedups\n",
    .functions = json::kFunctions,
    .init = json::init,
};

}  // namespace krait
