// UTF-8, UTF-16 and UTF-32: validation, decoding, encoding, and what went wrong where.
//
// Python's codecs hand faults to an error handler and go on behind them, so everything here works in steps: a
// scan runs to the first fault and says how far the input is good, how many code points that is and how wide
// they are. The caller allocates, decodes the good part, deals with the fault, and scans again behind it.
//
// "Units" are the storage units of a Python str: unsigned integers of 1 byte (Latin-1), 2 or 4 bytes, one per
// code point, lone surrogates included.
#pragma once

#include <cstddef>
#include <cstdint>
#include <cstring>
#include <string>
#include <string_view>

namespace krait::utf {

constexpr bool is_surrogate(char32_t c) { return (c & ~char32_t{0x7FF}) == 0xD800; }
constexpr bool is_high_surrogate(char32_t c) { return (c & ~char32_t{0x3FF}) == 0xD800; }
constexpr bool is_low_surrogate(char32_t c) { return (c & ~char32_t{0x3FF}) == 0xDC00; }

enum class Fault : uint8_t {
  kNone,
  kInvalidStart,         // UTF-8
  kInvalidContinuation,  // UTF-8
  kUnexpectedEnd,        // UTF-8, UTF-16: a sequence is cut off; when more input may come, keep the rest for later
  kTruncated,            // UTF-16, UTF-32: less than one unit is left; likewise
  kIllegalEncoding,      // UTF-16: low surrogate first
  kIllegalSurrogate,     // UTF-16: high surrogate alone
  kOutOfRange,           // UTF-32
  kSurrogateCodePoint,   // UTF-32
  kSurrogate,            // encoding
};

// The reason in CPython's words, for UnicodeDecodeError and UnicodeEncodeError.
const char* reason(Fault fault);

// --- ASCII and width
// -----------------------------------------------------------------------------------------

// Length of the leading part that is ASCII.
size_t ascii_prefix(const char* data, size_t size);
inline bool is_ascii(std::string_view text) { return ascii_prefix(text.data(), text.size()) == text.size(); }

// Storage class of a buffer of code points: 0x7F, 0xFF, 0xFFFF or 0x10FFFF, the least that none exceeds.
constexpr char32_t width_class(char32_t ored) {
  return ored <= 0x7F ? 0x7F : ored <= 0xFF ? 0xFF : ored <= 0xFFFF ? 0xFFFF : 0x10FFFF;
}
template <class Unit>
char32_t widest(const Unit* units, size_t count) {
  if constexpr (sizeof(Unit) == 1) {
    const char* bytes = reinterpret_cast<const char*>(units);
    return ascii_prefix(bytes, count) == count ? 0x7F : 0xFF;
  } else {
    constexpr size_t kBlock = 64;
    constexpr char32_t kTop = sizeof(Unit) == 2 ? 0xFFFF : 0x10FFFF;
    Unit ored = 0;
    size_t i = 0;
    // Classes end at powers of two, so "or" serves as maximum; stop early once the answer cannot grow.
    for (; i + kBlock <= count; i += kBlock) {
      for (size_t k = 0; k < kBlock; ++k) ored |= units[i + k];
      if (width_class(ored) == kTop) return kTop;
    }
    for (; i < count; ++i) ored |= units[i];
    return width_class(ored);
  }
}

// --- UTF-8
// ---------------------------------------------------------------------------------------------------

enum class Surrogates : bool { kReject, kAllow };  // kAllow: "generalised UTF-8", as the surrogatepass handler

struct Scan {
  size_t bytes = 0;        // length of the good part
  size_t code_points = 0;  // in the good part
  char32_t width = 0x7F;   // storage class of the good part
  Fault fault = Fault::kNone;
  size_t fault_bytes = 0;  // length of the faulty part behind it
};

// Scans to the first fault.
Scan scan_utf8(const char* data, size_t size, Surrogates surrogates = Surrogates::kReject);
inline bool is_valid_utf8(std::string_view text) { return scan_utf8(text.data(), text.size()).fault == Fault::kNone; }

// Code points in text known to be valid (generalised) UTF-8.
size_t count_code_points(const char* data, size_t size);

// One code point of any input. With a fault, `length` is the faulty part's and `code` means nothing. size >
// 0.
struct Decoded {
  char32_t code;
  uint8_t length;
  Fault fault;
};
Decoded decode_one_utf8(const char* data, size_t size, Surrogates surrogates = Surrogates::kReject);

// Decodes the next code point of text known to be valid (generalised) UTF-8, and steps over it.
inline char32_t next_code_point(const char*& at) {
  auto byte = [&at](int i) { return static_cast<char32_t>(static_cast<uint8_t>(at[i])); };
  char32_t c = byte(0);
  if (c < 0x80) {
    at += 1;
  } else if (c < 0xE0) {
    c = (c & 0x1F) << 6 | (byte(1) & 0x3F);
    at += 2;
  } else if (c < 0xF0) {
    c = (c & 0x0F) << 12 | (byte(1) & 0x3F) << 6 | (byte(2) & 0x3F);
    at += 3;
  } else {
    c = (c & 0x07) << 18 | (byte(1) & 0x3F) << 12 | (byte(2) & 0x3F) << 6 | (byte(3) & 0x3F);
    at += 4;
  }
  return c;
}

// Decodes valid (generalised) UTF-8 into units wide enough for it; returns the end of what was written.
template <class Unit>
Unit* decode_utf8(const char* data, size_t size, Unit* out) {
  const char* end = data + size;
  while (data < end) {
    size_t plain = ascii_prefix(data, static_cast<size_t>(end - data));
    if constexpr (sizeof(Unit) == 1) {
      std::memcpy(out, data, plain);
    } else {
      for (size_t i = 0; i < plain; ++i) out[i] = static_cast<Unit>(data[i]);
    }
    out += plain;
    data += plain;
    // Stay in the slow loop until an ASCII byte comes: texts are mostly one or the other.
    while (data < end && static_cast<uint8_t>(*data) >= 0x80) *out++ = static_cast<Unit>(next_code_point(data));
  }
  return out;
}

constexpr size_t utf8_length(char32_t c) { return c < 0x80 ? 1 : c < 0x800 ? 2 : c < 0x10000 ? 3 : 4; }

// Writes one code point, a surrogate too; returns the end of what was written.
inline char* encode_one_utf8(char32_t c, char* out) {
  auto put = [&out](char32_t byte) { *out++ = static_cast<char>(byte); };
  if (c < 0x80) {
    put(c);
  } else if (c < 0x800) {
    put(0xC0 | c >> 6);
    put(0x80 | (c & 0x3F));
  } else if (c < 0x10000) {
    put(0xE0 | c >> 12);
    put(0x80 | (c >> 6 & 0x3F));
    put(0x80 | (c & 0x3F));
  } else {
    put(0xF0 | c >> 18);
    put(0x80 | (c >> 12 & 0x3F));
    put(0x80 | (c >> 6 & 0x3F));
    put(0x80 | (c & 0x3F));
  }
  return out;
}
inline void append_utf8(std::string& out, char32_t c) {
  char text[4];
  out.append(text, static_cast<size_t>(encode_one_utf8(c, text) - text));
}

// Bytes that `count` units take in UTF-8, three for each lone surrogate.
template <class Unit>
size_t utf8_length(const Unit* units, size_t count) {
  size_t size = count;
  for (size_t i = 0; i < count; ++i) {
    char32_t c = units[i];
    size += c >= 0x80;
    if constexpr (sizeof(Unit) > 1) size += c >= 0x800;
    if constexpr (sizeof(Unit) > 2) size += c >= 0x10000;
  }
  return size;
}

// How far an encoder came. At a fault, [units, units + fault_units) cannot be encoded: in UTF-8 the whole run
// of surrogates, in UTF-16 and UTF-32 a single one, as CPython reports them.
struct Encoded {
  size_t units = 0;  // consumed
  size_t bytes = 0;  // written
  Fault fault = Fault::kNone;
  size_t fault_units = 0;
};

// The run of surrogates that begins at `at`, which is one.
template <class Unit>
size_t surrogate_run(const Unit* units, size_t count, size_t at) {
  size_t end = at + 1;
  while (end < count && is_surrogate(units[end])) ++end;
  return end - at;
}

// Encodes up to the first surrogate (or through them, with kAllow). `out` holds at least utf8_length(units,
// count).
template <class Unit>
Encoded encode_utf8(const Unit* units, size_t count, char* out, Surrogates surrogates = Surrogates::kReject) {
  char* at = out;
  size_t i = 0;
  for (; i < count; ++i) {
    char32_t c = units[i];
    if (c < 0x80) {
      *at++ = static_cast<char>(c);
      continue;
    }
    if (sizeof(Unit) > 1 && surrogates == Surrogates::kReject && is_surrogate(c))
      return {i, static_cast<size_t>(at - out), Fault::kSurrogate, surrogate_run(units, count, i)};
    at = encode_one_utf8(c, at);
  }
  return {i, static_cast<size_t>(at - out), Fault::kNone, 0};
}

// --- UTF-16 and UTF-32
// -----------------------------------------------------------------------------------------

enum class ByteOrder : bool { kLittle, kBig };

inline char32_t load16(const char* at, ByteOrder order) {
  auto low = static_cast<uint8_t>(at[order == ByteOrder::kBig ? 1 : 0]);
  auto high = static_cast<uint8_t>(at[order == ByteOrder::kBig ? 0 : 1]);
  return static_cast<char32_t>(high << 8 | low);
}
inline char32_t load32(const char* at, ByteOrder order) {
  bool big = order == ByteOrder::kBig;
  return load16(at + (big ? 0 : 2), order) << 16 | load16(at + (big ? 2 : 0), order);
}
inline char* store16(char32_t unit, char* at, ByteOrder order) {
  bool big = order == ByteOrder::kBig;
  at[big ? 1 : 0] = static_cast<char>(unit & 0xFF);
  at[big ? 0 : 1] = static_cast<char>(unit >> 8 & 0xFF);
  return at + 2;
}
inline char* store32(char32_t unit, char* at, ByteOrder order) {
  bool big = order == ByteOrder::kBig;
  store16(unit >> 16, at + (big ? 0 : 2), order);
  store16(unit & 0xFFFF, at + (big ? 2 : 0), order);
  return at + 4;
}

// Scan to the first fault, like scan_utf8.
Scan scan_utf16(const char* data, size_t size, ByteOrder order);
Scan scan_utf32(const char* data, size_t size, ByteOrder order);

// Decode what a scan found good, into units wide enough; return the end of what was written.
template <class Unit>
Unit* decode_utf16(const char* data, size_t size, ByteOrder order, Unit* out) {
  for (size_t i = 0; i + 2 <= size; i += 2) {
    char32_t c = load16(data + i, order);
    if (is_high_surrogate(c) && i + 4 <= size) {
      i += 2;
      c = 0x10000 + ((c & 0x3FF) << 10) + (load16(data + i, order) & 0x3FF);
    }
    *out++ = static_cast<Unit>(c);
  }
  return out;
}
template <class Unit>
Unit* decode_utf32(const char* data, size_t size, ByteOrder order, Unit* out) {
  for (size_t i = 0; i + 4 <= size; i += 4) *out++ = static_cast<Unit>(load32(data + i, order));
  return out;
}

// Bytes in UTF-16; in UTF-32 it is four times the count.
template <class Unit>
size_t utf16_length(const Unit* units, size_t count) {
  size_t size = count;
  if constexpr (sizeof(Unit) > 2) {
    for (size_t i = 0; i < count; ++i) size += units[i] >= 0x10000;
  }
  return 2 * size;
}

template <class Unit>
Encoded encode_utf16(const Unit* units, size_t count, ByteOrder order, char* out,
                     Surrogates surrogates = Surrogates::kReject) {
  char* at = out;
  for (size_t i = 0; i < count; ++i) {
    char32_t c = units[i];
    if (c >= 0x10000) {
      at = store16(0xD800 + ((c - 0x10000) >> 10), at, order);
      at = store16(0xDC00 + (c & 0x3FF), at, order);
      continue;
    }
    if (sizeof(Unit) > 1 && surrogates == Surrogates::kReject && is_surrogate(c))
      return {i, static_cast<size_t>(at - out), Fault::kSurrogate, 1};
    at = store16(c, at, order);
  }
  return {count, static_cast<size_t>(at - out), Fault::kNone, 0};
}

template <class Unit>
Encoded encode_utf32(const Unit* units, size_t count, ByteOrder order, char* out,
                     Surrogates surrogates = Surrogates::kReject) {
  char* at = out;
  for (size_t i = 0; i < count; ++i) {
    char32_t c = units[i];
    if (sizeof(Unit) > 1 && surrogates == Surrogates::kReject && is_surrogate(c))
      return {i, static_cast<size_t>(at - out), Fault::kSurrogate, 1};
    at = store32(c, at, order);
  }
  return {count, static_cast<size_t>(at - out), Fault::kNone, 0};
}

}  // namespace krait::utf
