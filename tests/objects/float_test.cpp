#include "objects/float.hpp"

#include <gtest/gtest.h>

#include <cmath>

#include "objects/exception.hpp"
#include "objects/int.hpp"
#include "objects/sequences.hpp"
#include "objects/str.hpp"

namespace krait {
namespace {

class FloatTest : public ::testing::Test {
 protected:
  Vm vm;
  std::string error(Value v) {
    EXPECT_TRUE(v.is_error());
    Value e = vm.take_pending();
    return str_to_utf8(as_str(as_exception(e)->args->items[0]));
  }
  Value parse(const char* text) { return float_from_text(vm, str_from_utf8(vm, text).release()); }
};

TEST_F(FloatTest, BoxedOrNot) {
  for (double d : {0.0, -0.0, 1.5, 5e-324, 1e77, 1e300, -1e300, HUGE_VAL, 1e-300}) {
    Value v = float_from(vm, d);
    EXPECT_TRUE(is_float(v));
    EXPECT_EQ(float_value(v), d);
    EXPECT_EQ(std::signbit(float_value(v)), std::signbit(d));
  }
  EXPECT_TRUE(std::isnan(float_value(float_from(vm, NAN))));
}

TEST_F(FloatTest, FloorDivision) {
  EXPECT_EQ(float_floor_div(vm, -7, 2).release(), -4);
  EXPECT_EQ(float_mod(vm, -7, 2).release(), 1);
  EXPECT_EQ(float_mod(vm, 7, -2).release(), -1);
  EXPECT_TRUE(std::signbit(float_mod(vm, 4, -2).release()));
  EXPECT_EQ(float_mod(vm, -1e-20, 3).release(), 3.0);
  EXPECT_TRUE(float_mod(vm, 1, 0).is_error());
  EXPECT_TRUE(vm.pending_is(E::ZeroDivisionError));
  ASSERT_TRUE(vm.clear_pending());
}

TEST_F(FloatTest, Power) {
  EXPECT_EQ(float_value(float_pow(vm, NAN, 0)), 1);
  EXPECT_EQ(float_value(float_pow(vm, 1, NAN)), 1);
  EXPECT_EQ(float_value(float_pow(vm, -HUGE_VAL, 3)), -HUGE_VAL);
  EXPECT_EQ(float_value(float_pow(vm, -2, 3)), -8);
  EXPECT_TRUE(is_complex(float_pow(vm, -8, 0.5)));
  EXPECT_EQ(error(float_pow(vm, 0, -1)), "zero to a negative power");
  EXPECT_TRUE(float_pow(vm, 2, 10000).is_error());
  EXPECT_TRUE(vm.pending_is(E::OverflowError));
  ASSERT_TRUE(vm.clear_pending());
}

TEST_F(FloatTest, ComparedWithInts) {
  Value big = int_from(vm, (int64_t{1} << 53) + 1);
  EXPECT_GT(compare_int_float(big, 9007199254740992.0), 0);
  EXPECT_LT(compare_int_float(Value::small_int(1), 1.5), 0);
  EXPECT_GT(compare_int_float(Value::small_int(-1), -1.5), 0);
  EXPECT_EQ(compare_int_float(Value::small_int(0), -0.0), 0);
  EXPECT_EQ(compare_int_float(big, NAN), 2);
  EXPECT_LT(compare_int_float(big, HUGE_VAL), 0);
}

TEST_F(FloatTest, Text) {
  EXPECT_EQ(float_value(parse(" 1_000.5 ")), 1000.5);
  EXPECT_EQ(float_value(parse("\xD9\xA3.5")), 3.5);  // an Arabic digit
  EXPECT_EQ(float_value(parse("-Infinity")), -HUGE_VAL);
  EXPECT_EQ(error(parse("1__0")), "could not convert string to float: '1__0'");
  EXPECT_EQ(error(parse("")), "could not convert string to float: ''");
}

}  // namespace
}  // namespace krait
