// str: text of 1, 2 or 4 bytes a character, with O(1) indexing and a cached hash.
//
// The characters lie in the cell, or (kExternal) in a buffer that several strings may share: `s + t` and `s += t` append in
// place when s ends where its buffer's used part ends, so building a string by repeated += is linear without ropes and every
// accessor stays O(1). A str's content never changes.
#pragma once

#include <span>
#include <string>
#include <string_view>

#include "objects/vm.hpp"

namespace krait {

struct Str : Object {
  // Cell::bits
  static constexpr uint16_t kWidthMask = 7;  ///< 1, 2 or 4 bytes a character
  static constexpr uint16_t kAscii = 8;      ///< all characters < 128 (width 1)
  static constexpr uint16_t kExternal = 16;
  static constexpr uint16_t kInterned = 32;
  static constexpr unsigned kSpecialShift = 8;  ///< the high byte of a special method's name: 1 + its Special

  uint64_t length;  ///< characters
  int64_t hash;     ///< 0: not computed yet (only the empty str hashes to 0); read it with str_hash()
  union {
    struct {
      const void* data;
      Cell* owner;  ///< holds the characters: a growing buffer (Storage), another Str, or null (static text)
    } external;
    char inline_data[16];
  };

  unsigned width() const { return bits & kWidthMask; }
  bool is_ascii() const { return bits & kAscii; }
  bool is_interned() const { return bits & kInterned; }
  /// Of an interned str: is it the name of a special method, and which (1 + the Special; 0: none).
  unsigned special() const { return bits >> kSpecialShift; }
  const void* data() const { return bits & kExternal ? external.data : inline_data; }
  const uint8_t* data1() const { return static_cast<const uint8_t*>(data()); }
  const uint16_t* data2() const { return static_cast<const uint16_t*>(data()); }
  const uint32_t* data4() const { return static_cast<const uint32_t*>(data()); }
  char32_t at(uint64_t i) const {
    const void* p = data();
    switch (width()) {
      case 1: return static_cast<const uint8_t*>(p)[i];
      case 2: return static_cast<const uint16_t*>(p)[i];
      default: return static_cast<const uint32_t*>(p)[i];
    }
  }
  /// The text of an ASCII string (only when is_ascii()).
  std::string_view ascii() const { return {reinterpret_cast<const char*>(data1()), length}; }
  bool equals(std::string_view ascii_text) const { return is_ascii() && ascii() == ascii_text; }
};
static_assert(sizeof(Str) == 40);
constexpr uint64_t kMaxStrLength = uint64_t{1} << 44;

inline bool is_str(Value v) { return is_kind(v, Kind::Str); }
inline Str* as_str(Value v) { return v.as<Str>(); }

// --- Making strings. Widths are always the narrowest that fit.
/// From UTF-8 (invalid bytes become U+FFFD; use str_from_generalised for WTF-8 with surrogates).
Result<Str*> str_from_utf8(Vm& vm, std::string_view utf8);
Result<Str*> str_from_generalised_utf8(Vm& vm, std::string_view wtf8);
Result<Str*> str_from_ascii(Vm& vm, std::string_view ascii);  ///< caller knows it is ASCII
Result<Str*> str_from_latin1(Vm& vm, std::span<const uint8_t> chars);
Result<Str*> str_from_ucs2(Vm& vm, std::span<const uint16_t> chars);
Result<Str*> str_from_ucs4(Vm& vm, std::span<const char32_t> chars);
Result<Str*> str_from_char(Vm& vm, char32_t c);
/// A writable new string of known width and length, to be filled at once; widest character must really need the width (pass
/// ascii for width 1 text below 128). Length 0 and 1 must not be asked for with this.
Result<Str*> str_allocate(Vm& vm, uint64_t length, unsigned width, bool ascii);
template <class Char>
Char* str_mutable_data(Str* s) {
  return static_cast<Char*>(const_cast<void*>(s->data()));
}
/// The same text as an instance of str's subclass `type`; as an exact str (s itself if it is one).
Result<Str*> str_of_type(Vm& vm, Type* type, Str* s);
Result<Str*> str_exact(Vm& vm, Str* s);
Result<Str*> str_substring(Vm& vm, Str* s, uint64_t begin, uint64_t end);  ///< 0 <= begin <= end <= length
Result<Str*> str_concat(Vm& vm, Str* a, Str* b);
Result<Str*> str_join(Vm& vm, Str* separator, Value iterable);
Result<Str*> str_repeat(Vm& vm, Str* s, int64_t count);

// --- Using them. These run no Python code.
int64_t str_hash_slow(Vm& vm, Str* s);
inline int64_t str_hash(Vm& vm, Str* s) { return s->hash != 0 ? s->hash : str_hash_slow(vm, s); }
bool str_equal(const Str* a, const Str* b);
int str_compare(const Str* a, const Str* b);  ///< by code point: <0, 0, >0
/// First index at or after `from` where needle begins, or -1.
int64_t str_find(const Str* s, const Str* needle, uint64_t from, uint64_t to);
bool str_is_identifier(const Str* s);
bool str_contains_nul(const Str* s);
/// UTF-8 of s into out; a lone surrogate becomes three bytes (generalised UTF-8). For messages and C strings.
void str_append_utf8(const Str* s, std::string& out);
std::string str_to_utf8(const Str* s);
/// Strict UTF-8: UnicodeEncodeError on surrogates.
Status str_encode_utf8(Vm& vm, Str* s, std::string& out);
/// For file names: surrogateescape; ValueError "embedded null byte" on NUL.
Status str_encode_fs(Vm& vm, Str* s, std::string& out);
/// File-name bytes to str (UTF-8 with surrogateescape).
Result<Str*> str_decode_fs(Vm& vm, std::string_view bytes);

/// str_iterator and str_ascii_iterator.
struct StrIterator : Object {
  Str* text;  ///< null once exhausted
  uint64_t index;
};

/// For str_type's spec.
void str_trace(Heap& heap, Cell* cell, Marker& marker);

/// Builds a string piece by piece; the widest character decides its width. What is short stays in the builder itself, the rest
/// goes to a heap storage: keep it on the native stack.
class StrBuilder {
 public:
  explicit StrBuilder(Vm& vm) : vm_(vm) {}
  StrBuilder(const StrBuilder&) = delete;
  StrBuilder& operator=(const StrBuilder&) = delete;
  Status append(char32_t c);
  Status append(const Str* s);
  Status append(const Str* s, uint64_t begin, uint64_t end);
  Status append(std::span<const char32_t> chars);
  Status append_ascii(std::string_view text);
  Status append_utf8(std::string_view text);
  Status append_repeated(char32_t c, uint64_t count);
  uint64_t length() const { return length_; }
  /// Room for `more` characters of that width, where the size is known before.
  Status reserve(uint64_t more, unsigned width) {
    if (width <= width_ && more <= capacity_ - length_) [[likely]]
      return {};
    return grow(more, width);
  }
  Result<Str*> finish();

 private:
  static constexpr uint64_t kFirstBytes = 240;

  Status grow(uint64_t more, unsigned width);
  char* tail() const { return chars_ + length_ * width_; }

  Vm& vm_;
  char* chars_ = first_;
  Storage* storage_ = nullptr;                    ///< holds the characters unless they are in first_
  uint64_t length_ = 0, capacity_ = kFirstBytes;  ///< in characters
  unsigned width_ = 1;
  char32_t bits_seen_ = 0;
  char first_[kFirstBytes];
};

/// A str from a format like raise()'s: `{}` stands for the next part.
Result<Str*> str_format_message(Vm& vm, const char* format, const MessagePart* parts, size_t count);
template <class... Parts>
Result<Str*> str_message(Vm& vm, const char* format, const Parts&... parts) {
  const MessagePart list[] = {MessagePart(parts)..., MessagePart("")};
  return str_format_message(vm, format, list, sizeof...(parts));
}

}  // namespace krait
