#include "base/unicode.hpp"

#include <gtest/gtest.h>

using namespace krait::unicode;

TEST(Unicode, IdentifierCharacters) {
  EXPECT_TRUE(is_xid_start('a'));
  EXPECT_FALSE(is_xid_start('_'));
  EXPECT_TRUE(is_xid_continue('_'));
  EXPECT_FALSE(is_xid_start('1'));
  EXPECT_TRUE(is_xid_continue('1'));
  EXPECT_TRUE(is_xid_start(0x4E00));
  EXPECT_TRUE(is_xid_start(0x2EBF0));    // new in 15.1
  EXPECT_TRUE(is_xid_continue(0x30FB));  // since 15.1
  EXPECT_FALSE(is_xid_start(0x37A));     // its NFKC form begins with a space
  EXPECT_FALSE(is_xid_start(0x110000));
  EXPECT_FALSE(is_xid_continue(0xFFFFFFFF));
}

TEST(Unicode, StrPredicates) {
  EXPECT_TRUE(is_space(0x1F));
  EXPECT_TRUE(is_space(0x3000));
  EXPECT_FALSE(is_space(0x200B));
  EXPECT_TRUE(is_linebreak(0x2028));
  EXPECT_TRUE(is_linebreak(0x1C));
  EXPECT_FALSE(is_linebreak(0x1F));
  EXPECT_TRUE(is_printable(' '));
  EXPECT_FALSE(is_printable(0xA0));
  EXPECT_FALSE(is_printable(0xD800));
  EXPECT_TRUE(is_decimal(0x0665));
  EXPECT_EQ(decimal_value(0x0665), 5);
  EXPECT_FALSE(is_decimal(0xB2));
  EXPECT_EQ(digit_value(0xB2), 2);
  EXPECT_EQ(numeric_value(0xBD), 0.5);
  EXPECT_EQ(numeric_value(0x4E94), 5.0);
  EXPECT_EQ(numeric_value(0x0F33), -0.5);
  EXPECT_FALSE(is_numeric('a'));
  EXPECT_TRUE(is_title(0x1C5));
}

TEST(Unicode, Case) {
  EXPECT_EQ(simple_upper('a'), U'A');
  EXPECT_EQ(to_upper(0xDF).view(), U"SS");
  EXPECT_EQ(to_title(0xDF).view(), U"Ss");
  EXPECT_EQ(to_lower(0x130).view(), U"i\u0307");
  EXPECT_EQ(casefold(0x1E9E).view(), U"ss");
  EXPECT_EQ(casefold(0x3C2).view(), U"\u03C3");
  EXPECT_EQ(to_upper(0x390).view(), U"\u0399\u0308\u0301");
  std::u32string_view text = U"\u0391\u03A3";
  auto at = [&](size_t i) { return text[i]; };
  EXPECT_TRUE(is_final_sigma(at, text.size(), 1));
  text = U"\u0391\u03A3\u0391";
  EXPECT_FALSE(is_final_sigma(at, text.size(), 1));
  text = U"\u03A3";
  EXPECT_FALSE(is_final_sigma(at, text.size(), 0));
}

TEST(Unicode, Normalization) {
  EXPECT_EQ(nfc(U"e\u0301"), U"\u00E9");
  EXPECT_EQ(nfd(U"\u00E9"), U"e\u0301");
  EXPECT_EQ(nfkc(U"\uFB01"), U"fi");
  EXPECT_EQ(nfc(U"\u1100\u1161\u11A8"), U"\uAC01");
  EXPECT_EQ(nfd(U"\uAC01"), U"\u1100\u1161\u11A8");
  EXPECT_EQ(nfd(U"a\u0315\u0300\u05AE\u0300b"), U"a\u05AE\u0300\u0300\u0315b");
  EXPECT_EQ(nfc(U"\u212B"), U"\u00C5");
  EXPECT_TRUE(is_normalized(Form::kNfc, U"\u00E9"));
  EXPECT_FALSE(is_normalized(Form::kNfd, U"\u00E9"));
  std::u32string hostile(100000, U'\u0301');
  for (size_t i = 0; i < hostile.size(); i += 2) hostile[i] = U'\u0327';
  EXPECT_EQ(nfd(hostile)[50000], U'\u0301');
}

TEST(Unicode, Names) {
  EXPECT_EQ(name_of('A'), "LATIN CAPITAL LETTER A");
  EXPECT_EQ(name_of(0xAC01), "HANGUL SYLLABLE GAG");
  EXPECT_EQ(name_of(0x4E00), "CJK UNIFIED IDEOGRAPH-4E00");
  EXPECT_EQ(name_of(0x2EBF0), "CJK UNIFIED IDEOGRAPH-2EBF0");
  EXPECT_EQ(name_of(0x1F40D), "SNAKE");
  EXPECT_FALSE(name_of('\n'));
  EXPECT_FALSE(name_of(0xFFFFFFFF));
  EXPECT_EQ(lookup_name("snake"), U'\U0001F40D');
  EXPECT_EQ(lookup_name("NULL"), U'\0');
  EXPECT_EQ(lookup_name("Hangul Syllable GAG"), U'\uAC01');
  EXPECT_EQ(lookup_name("CJK UNIFIED IDEOGRAPH-04E00"), U'\u4E00');
  EXPECT_FALSE(lookup_name("CJK UNIFIED IDEOGRAPH-004E00"));
  EXPECT_FALSE(lookup_name("CJK UNIFIED IDEOGRAPH-0041"));
  EXPECT_FALSE(lookup_name(""));
  EXPECT_FALSE(lookup_name(std::string(100000, 'A')));
  EXPECT_FALSE(lookup_name("HANGUL SYLLABLE "));
  EXPECT_FALSE(lookup_name("LATIN SMALL LETTER R WITH TILDE"));
  EXPECT_EQ(lookup_sequence("LATIN SMALL LETTER R WITH TILDE"), U"r\u0303");
  EXPECT_TRUE(lookup_sequence("SNAKE").empty());
}
