#include "base/utf.hpp"

#include <gtest/gtest.h>

#include <vector>

using namespace krait;
using namespace krait::utf;

namespace {

void expect_fault(std::string_view text, size_t good, size_t length, const char* why) {
  Scan scan = scan_utf8(text.data(), text.size());
  EXPECT_EQ(scan.bytes, good);
  EXPECT_EQ(scan.fault_bytes, length);
  EXPECT_STREQ(reason(scan.fault), why);
}

}  // namespace

TEST(Utf, Utf8FaultsAreCPythons) {
  expect_fault("a\xED\xA0\x80", 1, 1, "invalid continuation byte");
  expect_fault("\xF0\x90\x80", 0, 3, "unexpected end of data");
  expect_fault("\xF0\x90\x80z", 0, 3, "invalid continuation byte");
  expect_fault("\xE2", 0, 1, "unexpected end of data");
  expect_fault("0123456789abcdef\x80", 16, 1, "invalid start byte");
  expect_fault("\xC0\x80", 0, 1, "invalid start byte");
  expect_fault("\xE0\x80\x80", 0, 1, "invalid continuation byte");
  expect_fault("\xF4\x90\x80\x80", 0, 1, "invalid continuation byte");
  expect_fault("\xFF", 0, 1, "invalid start byte");
  expect_fault("\xE2\x82z", 0, 2, "invalid continuation byte");
}

TEST(Utf, Utf8RoundTripsEveryCodePoint) {
  for (char32_t c = 0; c <= 0x10FFFF; ++c) {
    char text[4];
    size_t size = static_cast<size_t>(encode_one_utf8(c, text) - text);
    ASSERT_EQ(size, utf8_length(c));
    Decoded strict = decode_one_utf8(text, size);
    ASSERT_EQ(strict.fault == Fault::kNone, !is_surrogate(c));
    Decoded loose = decode_one_utf8(text, size, Surrogates::kAllow);
    ASSERT_EQ(loose.code, c);
    ASSERT_EQ(loose.length, size);
    if (c > 0x3000 && c < 0xD000) c += 30;
  }
}

TEST(Utf, ScanTellsLengthAndWidth) {
  std::string text = "plain ascii of some length, more than thirty-two bytes";
  Scan scan = scan_utf8(text.data(), text.size());
  EXPECT_EQ(scan.width, 0x7Fu);
  EXPECT_EQ(scan.code_points, text.size());
  text += "\xC3\xA9";
  EXPECT_EQ(scan_utf8(text.data(), text.size()).width, 0xFFu);
  text += "\xE4\xB8\x80 and \xF0\x9F\x90\x8D";
  scan = scan_utf8(text.data(), text.size());
  EXPECT_EQ(scan.width, 0x10FFFFu);
  EXPECT_EQ(scan.code_points, count_code_points(text.data(), text.size()));
  std::vector<char32_t> units(scan.code_points);
  EXPECT_EQ(decode_utf8(text.data(), text.size(), units.data()), units.data() + units.size());
  EXPECT_EQ(units.back(), U'\U0001F40D');
  EXPECT_EQ(widest(units.data(), units.size()), 0x10FFFFu);
  std::string back(utf8_length(units.data(), units.size()), '\0');
  Encoded encoded = encode_utf8(units.data(), units.size(), back.data());
  EXPECT_EQ(encoded.bytes, back.size());
  EXPECT_EQ(back, text);
}

TEST(Utf, AsciiPrefixAtEveryPlace) {
  for (size_t size = 0; size < 100; ++size) {
    std::string text(size, 'x');
    EXPECT_EQ(ascii_prefix(text.data(), size), size);
    for (size_t i = 0; i < size; ++i) {
      text[i] = '\x80';
      ASSERT_EQ(ascii_prefix(text.data(), size), i);
      text[i] = 'x';
    }
  }
}

TEST(Utf, EncodingStopsAtSurrogates) {
  const char32_t units[] = {'a', 0xD800, 0xDC00, 'b', 0xD800};
  char out[32];
  Encoded encoded = encode_utf8(units, 5, out);
  EXPECT_EQ(encoded.units, 1u);
  EXPECT_EQ(encoded.fault_units, 2u);
  EXPECT_STREQ(reason(encoded.fault), "surrogates not allowed");
  encoded = encode_utf16(units, 5, ByteOrder::kLittle, out);
  EXPECT_EQ(encoded.units, 1u);
  EXPECT_EQ(encoded.fault_units, 1u);
  encoded = encode_utf8(units, 5, out, Surrogates::kAllow);
  EXPECT_EQ(encoded.bytes, utf8_length(units, 5));
}

TEST(Utf, Utf16And32) {
  auto fault16 = [](std::string_view text) {
    Scan scan = scan_utf16(text.data(), text.size(), ByteOrder::kLittle);
    return std::to_string(scan.bytes) + "+" + std::to_string(scan.fault_bytes) + " " + reason(scan.fault);
  };
  EXPECT_EQ(fault16({"a\0b", 3}), "2+1 truncated data");
  EXPECT_EQ(fault16({"\0\xD8", 2}), "0+2 unexpected end of data");
  EXPECT_EQ(fault16({"\0\xD8\0", 3}), "0+3 unexpected end of data");
  EXPECT_EQ(fault16({"\0\xDC"
                     "a\0",
                     4}),
            "0+2 illegal encoding");
  EXPECT_EQ(fault16({"\0\xD8\0\xD8\0\xDC", 6}), "0+2 illegal UTF-16 surrogate");
  auto fault32 = [](std::string_view text) {
    return std::string(reason(scan_utf32(text.data(), text.size(), ByteOrder::kLittle).fault));
  };
  EXPECT_EQ(fault32({"\0\xD8\0\0", 4}), "code point in surrogate code point range(0xd800, 0xe000)");
  EXPECT_EQ(fault32({"\0\0\x11\0", 4}), "code point not in range(0x110000)");
  EXPECT_EQ(fault32({"\0\0\x10", 3}), "truncated data");

  const char32_t units[] = {'a', 0x4E00, 0x1F40D};
  for (ByteOrder order : {ByteOrder::kLittle, ByteOrder::kBig}) {
    std::string text(utf16_length(units, 3), '\0');
    EXPECT_EQ(encode_utf16(units, 3, order, text.data()).bytes, text.size());
    Scan scan = scan_utf16(text.data(), text.size(), order);
    EXPECT_EQ(scan.code_points, 3u);
    EXPECT_EQ(scan.width, 0x10FFFFu);
    char32_t back[3];
    EXPECT_EQ(decode_utf16(text.data(), text.size(), order, back), back + 3);
    EXPECT_EQ(back[2], U'\U0001F40D');
    text.resize(12);
    EXPECT_EQ(encode_utf32(units, 3, order, text.data()).bytes, 12u);
    EXPECT_EQ(decode_utf32(text.data(), text.size(), order, back), back + 3);
    EXPECT_EQ(back[1], U'\u4E00');
  }
}
