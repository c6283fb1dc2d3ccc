#include "base/float_text.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <limits>

using namespace krait;

namespace {

std::string format(double x, char type, int64_t precision, void (*adjust)(FloatFormat&) = nullptr) {
  FloatFormat f;
  f.type = type;
  f.precision = precision;
  if (adjust) adjust(f);
  std::string out = format_double(x, f);
  EXPECT_LE(out.size(), format_double_bound(x, f));
  return out;
}

constexpr double kInf = std::numeric_limits<double>::infinity();

}  // namespace

TEST(FloatText, Repr) {
  EXPECT_EQ(repr_double(0.1), "0.1");
  EXPECT_EQ(repr_double(-0.0), "-0.0");
  EXPECT_EQ(repr_double(1e16), "1e+16");
  EXPECT_EQ(repr_double(9999999999999998.0), "9999999999999998.0");
  EXPECT_EQ(repr_double(1e-4), "0.0001");
  EXPECT_EQ(repr_double(1.5e-5), "1.5e-05");
  EXPECT_EQ(repr_double(5e-324), "5e-324");
  EXPECT_EQ(repr_double(1.7976931348623157e308), "1.7976931348623157e+308");
  EXPECT_EQ(repr_double(-kInf), "-inf");
  EXPECT_EQ(repr_double(std::nan("")), "nan");
}

TEST(FloatText, Format) {
  EXPECT_EQ(format(2.5, 'f', 0), "2");
  EXPECT_EQ(format(3.5, 'f', 0), "4");
  EXPECT_EQ(format(0.1, 'f', 20), "0.10000000000000000555");
  EXPECT_EQ(format(1234.5, 'e', 3), "1.234e+03");
  EXPECT_EQ(format(1234.5, 'G', 3), "1.23E+03");
  EXPECT_EQ(format(100000, 'g', 6), "100000");
  EXPECT_EQ(format(1000000, 'g', 6), "1e+06");
  EXPECT_EQ(format(1.0, 'g', 6, [](FloatFormat& f) { f.alternate = true; }), "1.00000");
  EXPECT_EQ(format(1.0, 'f', 0, [](FloatFormat& f) { f.alternate = true; }), "1.");
  EXPECT_EQ(format(3.0, 'g', 3, [](FloatFormat& f) { f.add_dot_zero = true; }), "3.0");
  EXPECT_EQ(format(0.256, '%', 1), "25.6%");
  EXPECT_EQ(format(kInf, 'F', 2), "INF");
  EXPECT_EQ(format(-0.001, 'f', 1), "-0.0");
  EXPECT_EQ(format(-0.001, 'f', 1, [](FloatFormat& f) { f.no_negative_zero = true; }), "0.0");
  std::string wide = format(0.5, 'f', 100000);
  EXPECT_EQ(wide.size(), 100002u);
  EXPECT_EQ(wide.substr(0, 4), "0.50");
}

TEST(FloatText, Parse) {
  EXPECT_EQ(parse_double("1e3"), 1000.0);
  EXPECT_EQ(parse_double("+.5"), 0.5);
  EXPECT_EQ(parse_double("5."), 5.0);
  EXPECT_EQ(parse_double("1e400"), kInf);
  EXPECT_EQ(parse_double("-1e-400"), 0.0);
  EXPECT_TRUE(std::signbit(*parse_double("-1e-400")));
  EXPECT_EQ(parse_double("InFiNiTy"), kInf);
  EXPECT_EQ(parse_double("1" + std::string(400, '0')), kInf);
  for (const char* bad : {"", "+", ".", "1e", "1e+", "0x10", " 1", "1_0", "nan(1)", "1.2.3", "infinit"})
    EXPECT_FALSE(parse_double(bad)) << bad;
  EXPECT_EQ(remove_digit_underscores("1_000.2_5"), "1000.25");
  for (const char* bad : {"_1", "1_", "1__0", "1_.5", "1e_5"}) EXPECT_FALSE(remove_digit_underscores(bad)) << bad;
}

TEST(FloatText, Hex) {
  EXPECT_EQ(hex_double(1.0), "0x1.0000000000000p+0");
  EXPECT_EQ(hex_double(-5e-324), "-0x0.0000000000001p-1022");
  double x = 0;
  EXPECT_EQ(parse_hex_double("0x1.8p1", x), HexParse::kOk);
  EXPECT_EQ(x, 3.0);
  EXPECT_EQ(parse_hex_double("0x1p1024", x), HexParse::kTooLarge);
  EXPECT_EQ(parse_hex_double("0x", x), HexParse::kInvalid);
  EXPECT_EQ(parse_hex_double("0x1.8p-1075", x), HexParse::kOk);
  EXPECT_EQ(x, 5e-324);
}

TEST(FloatText, Round) {
  EXPECT_EQ(round_double(2.675, 2), 2.67);
  EXPECT_EQ(round_double(0.5, 0), 0.0);
  EXPECT_EQ(round_double(5.0, -1), 0.0);
  EXPECT_EQ(round_double(15.0, -1), 20.0);
  EXPECT_EQ(round_double(51.0, -2), 100.0);
  EXPECT_EQ(round_double(1e300, 400), 1e300);
  EXPECT_FALSE(round_double(1.7e308, -308));
  EXPECT_FALSE(round_double(1.7976931348623157e308, -307));
}

TEST(FloatText, ShortestDigits) {
  ShortestDigits d = shortest_digits(-1234.5);
  EXPECT_EQ(std::string(d.digits, static_cast<size_t>(d.count)), "12345");
  EXPECT_EQ(d.point, 4);
  d = shortest_digits(0.0);
  EXPECT_EQ(d.count, 1);
  EXPECT_EQ(d.point, 1);
}
