#include "objects/format_spec.hpp"

#include <gtest/gtest.h>

#include <cmath>

#include "objects/exception.hpp"
#include "objects/float.hpp"
#include "objects/int.hpp"
#include "objects/number_format.hpp"
#include "objects/sequences.hpp"
#include "objects/str.hpp"

namespace krait {
namespace {

class FormatTest : public ::testing::Test {
 protected:
  Vm vm;
  std::string format(Value v, std::string_view spec) {
    Str* s = str_from_utf8(vm, spec).release();
    Value out = format_number(vm, v, s);
    if (!out.is_error()) return str_to_utf8(as_str(out));
    Value e = vm.take_pending();
    return "error: " + str_to_utf8(as_str(as_exception(e)->args->items[0]));
  }
  std::string format(int64_t i, std::string_view spec) { return format(int_from(vm, i), spec); }
  std::string format(double d, std::string_view spec) { return format(float_from(vm, d), spec); }
};

TEST_F(FormatTest, Fields) {
  FormatSpec spec;
  Str* text = str_from_utf8(vm, "\xC3\xA9^+z#12_.3,f").release();
  ASSERT_TRUE(parse_format_spec(vm, Value::small_int(0), text, 0, '>', spec).ok());
  EXPECT_EQ(spec.fill, U'\u00E9');
  EXPECT_EQ(spec.align, '^');
  EXPECT_EQ(spec.sign, '+');
  EXPECT_TRUE(spec.no_negative_zero && spec.alternate);
  EXPECT_EQ(spec.width, 12);
  EXPECT_EQ(spec.grouping, '_');
  EXPECT_EQ(spec.precision, 3);
  EXPECT_EQ(spec.fraction_grouping, ',');
  EXPECT_EQ(spec.type, U'f');
}

TEST_F(FormatTest, Ints) {
  EXPECT_EQ(format(int64_t{1234567}, ",d"), "1,234,567");
  EXPECT_EQ(format(int64_t{1234567}, "012,"), "0,001,234,567");
  EXPECT_EQ(format(int64_t{-255}, "#010x"), "-0x00000ff");
  EXPECT_EQ(format(int64_t{255}, "010_b"), "0_1111_1111");
  EXPECT_EQ(format(int64_t{255}, "#_X"), "0XFF");
  EXPECT_EQ(format(int64_t{65}, "^5c"), "  A  ");
  EXPECT_EQ(format(int64_t{3}, "+"), "+3");
  EXPECT_EQ(format(int64_t{3}, ".2"), "error: Precision not allowed in integer format specifier");
  EXPECT_EQ(format(int64_t{3}, ",x"), "error: Cannot specify ',' with 'x'.");
  EXPECT_EQ(format(int64_t{3}, "q"), "error: Unknown format code 'q' for object of type 'int'");
}

TEST_F(FormatTest, Floats) {
  EXPECT_EQ(format(1e10, "015,.2f"), "10,000,000,000.00");
  EXPECT_EQ(format(123456.123456, ",.6_f"), "123,456.123_456");
  EXPECT_EQ(format(-0.01, "z.1f"), "0.0");
  EXPECT_EQ(format(-0.01, ".1f"), "-0.0");
  EXPECT_EQ(format(HUGE_VAL, "010,"), "0000000inf");
  EXPECT_EQ(format(0.5, ".1%"), "50.0%");
  EXPECT_EQ(format(1.5, "."), "error: Format specifier missing precision");
  EXPECT_EQ(format(1.5, ".400000000000f"), "error: precision too big");
}

TEST_F(FormatTest, Complex) {
  Value z = complex_from(vm, 1, 2);
  EXPECT_EQ(format(z, ".2f"), "1.00+2.00j");
  EXPECT_EQ(format(z, ">10"), "    (1+2j)");
  EXPECT_EQ(format(z, "05"), "error: Zero padding is not allowed in complex format specifier");
}

}  // namespace
}  // namespace krait
