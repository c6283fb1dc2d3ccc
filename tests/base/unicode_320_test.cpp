#include "base/unicode_320.hpp"

#include <gtest/gtest.h>

using namespace krait::unicode;

TEST(Unicode320, KnowsOnlyItsOwnCharacters) {
  EXPECT_STREQ(v320::category('A'), "Lu");
  EXPECT_STREQ(v320::category(0x1F40D), "Cn");
  EXPECT_STREQ(category(0x1F40D), "So");
  EXPECT_EQ(v320::decimal_value(0xB2), 2);
  EXPECT_EQ(decimal_value(0xB2), -1);
  EXPECT_FALSE(v320::is_assigned(0xFFFFFFFF));
}

TEST(Unicode320, Normalization) {
  EXPECT_EQ(v320::normalize(Form::kNfkc, U"\uFB01"), U"fi");
  EXPECT_EQ(v320::normalize(Form::kNfd, U"\U0002F868"), U"\U0002136A");        // corrected in 4.0
  EXPECT_EQ(v320::normalize(Form::kNfkc, U"e\u0301\u2C7C"), U"\u00E9\u2C7C");  // U+2C7C is of 5.1
}
