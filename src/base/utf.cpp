#include "base/utf.hpp"

#include <bit>

namespace krait::utf {

namespace {

constexpr uint64_t kHighBits = 0x8080808080808080;

uint64_t load_word(const char* at) {
  uint64_t word;
  std::memcpy(&word, at, 8);
  return word;
}

bool is_continuation(uint8_t byte) { return (byte & 0xC0) == 0x80; }

}  // namespace

const char* reason(Fault fault) {
  switch (fault) {
    case Fault::kNone: return "";
    case Fault::kInvalidStart: return "invalid start byte";
    case Fault::kInvalidContinuation: return "invalid continuation byte";
    case Fault::kUnexpectedEnd: return "unexpected end of data";
    case Fault::kTruncated: return "truncated data";
    case Fault::kIllegalEncoding: return "illegal encoding";
    case Fault::kIllegalSurrogate: return "illegal UTF-16 surrogate";
    case Fault::kOutOfRange: return "code point not in range(0x110000)";
    case Fault::kSurrogateCodePoint: return "code point in surrogate code point range(0xd800, 0xe000)";
    case Fault::kSurrogate: return "surrogates not allowed";
  }
  return "";
}

size_t ascii_prefix(const char* data, size_t size) {
  size_t i = 0;
  for (; i + 32 <= size; i += 32) {
    uint64_t ored = load_word(data + i) | load_word(data + i + 8) | load_word(data + i + 16) | load_word(data + i + 24);
    if (ored & kHighBits) break;
  }
  for (; i + 8 <= size; i += 8) {
    if (uint64_t high = load_word(data + i) & kHighBits) {
      static_assert(std::endian::native == std::endian::little);
      return i + static_cast<size_t>(std::countr_zero(high)) / 8;
    }
  }
  while (i < size && static_cast<uint8_t>(data[i]) < 0x80) ++i;
  return i;
}

Decoded decode_one_utf8(const char* data, size_t size, Surrogates surrogates) {
  auto byte = [data](size_t i) { return static_cast<uint8_t>(data[i]); };
  uint8_t lead = byte(0);
  if (lead < 0x80) return {lead, 1, Fault::kNone};
  // The second byte's range rules out overlong forms, surrogates and what is beyond U+10FFFF.
  size_t length;
  uint8_t low = 0x80, high = 0xBF;
  if (lead < 0xC2) {
    return {0, 1, Fault::kInvalidStart};
  } else if (lead < 0xE0) {
    length = 2;
  } else if (lead < 0xF0) {
    length = 3;
    if (lead == 0xE0) low = 0xA0;
    if (lead == 0xED && surrogates == Surrogates::kReject) high = 0x9F;
  } else if (lead < 0xF5) {
    length = 4;
    if (lead == 0xF0) low = 0x90;
    if (lead == 0xF4) high = 0x8F;
  } else {
    return {0, 1, Fault::kInvalidStart};
  }
  for (size_t i = 1; i < length; ++i) {
    if (i == size) return {0, static_cast<uint8_t>(i), Fault::kUnexpectedEnd};
    bool good = i == 1 ? byte(1) >= low && byte(1) <= high : is_continuation(byte(i));
    if (!good) return {0, static_cast<uint8_t>(i), Fault::kInvalidContinuation};
  }
  const char* at = data;
  return {next_code_point(at), static_cast<uint8_t>(length), Fault::kNone};
}

Scan scan_utf8(const char* data, size_t size, Surrogates surrogates) {
  Scan scan;
  char32_t ored = 0;
  size_t i = 0;
  while (i < size) {
    size_t plain = ascii_prefix(data + i, size - i);
    i += plain;
    scan.code_points += plain;
    while (i < size && static_cast<uint8_t>(data[i]) >= 0x80) {
      Decoded d = decode_one_utf8(data + i, size - i, surrogates);
      if (d.fault != Fault::kNone) {
        scan.fault = d.fault;
        scan.fault_bytes = d.length;
        scan.bytes = i;
        scan.width = width_class(ored);
        return scan;
      }
      ored |= d.code;
      i += d.length;
      ++scan.code_points;
    }
  }
  scan.bytes = size;
  scan.width = width_class(ored);
  return scan;
}

size_t count_code_points(const char* data, size_t size) {
  size_t count = 0;
  for (size_t i = 0; i < size; ++i) count += !is_continuation(static_cast<uint8_t>(data[i]));
  return count;
}

Scan scan_utf16(const char* data, size_t size, ByteOrder order) {
  Scan scan;
  char32_t ored = 0;
  size_t i = 0;
  for (; i < size; ++scan.code_points) {
    if (size - i < 2) {
      scan.fault = Fault::kTruncated;
      scan.fault_bytes = size - i;
      break;
    }
    char32_t c = load16(data + i, order);
    if (!is_surrogate(c)) {
      ored |= c;
      i += 2;
      continue;
    }
    if (is_low_surrogate(c)) {
      scan.fault = Fault::kIllegalEncoding;
      scan.fault_bytes = 2;
    } else if (size - i < 4) {
      scan.fault = Fault::kUnexpectedEnd;
      scan.fault_bytes = size - i;
    } else if (!is_low_surrogate(load16(data + i + 2, order))) {
      scan.fault = Fault::kIllegalSurrogate;
      scan.fault_bytes = 2;
    }
    if (scan.fault != Fault::kNone) break;
    ored |= 0x10000;
    i += 4;
  }
  scan.bytes = i;
  scan.width = width_class(ored);
  return scan;
}

Scan scan_utf32(const char* data, size_t size, ByteOrder order) {
  Scan scan;
  char32_t ored = 0;
  size_t i = 0;
  for (; i < size; i += 4, ++scan.code_points) {
    if (size - i < 4) {
      scan.fault = Fault::kTruncated;
      scan.fault_bytes = size - i;
      break;
    }
    char32_t c = load32(data + i, order);
    if (c > 0x10FFFF || is_surrogate(c)) {
      scan.fault = c > 0x10FFFF ? Fault::kOutOfRange : Fault::kSurrogateCodePoint;
      scan.fault_bytes = 4;
      break;
    }
    ored |= c;
  }
  scan.bytes = i;
  scan.width = width_class(ored);
  return scan;
}

}  // namespace krait::utf
