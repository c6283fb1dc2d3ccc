// ints against identities and against arithmetic on digits that shares no code with them.
#include "objects/int.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <string>
#include <vector>

#include "objects/exception.hpp"
#include "objects/float.hpp"
#include "objects/int_limbs.hpp"
#include "objects/sequences.hpp"
#include "objects/str.hpp"

namespace krait {
namespace {

class IntTest : public ::testing::Test {
 protected:
  Vm vm;
  uint64_t state = 88172645463325252;

  uint64_t random() {
    state ^= state << 13;
    state ^= state >> 7;
    return state ^= state << 17;
  }
  Value good(Value v) {
    EXPECT_FALSE(v.is_error());
    return v;
  }
  Value number(const char* decimal) {
    bool negative = *decimal == '-';
    Value v = good(int_from_digits(vm, decimal + negative, 10));
    return negative ? good(int_neg(vm, v)) : v;
  }
  std::string text(Value v, int base = 10) { return str_to_utf8(as_str(good(int_to_str(vm, v, base)))); }
  /// Numbers whose limbs are dense, sparse, all ones or all zeros, around the borders of the representations.
  Value random_int() {
    uint64_t limbs[24];
    size_t n = random() % 5 == 0 ? 1 + random() % 24 : 1 + random() % 3;
    for (size_t i = 0; i < n; ++i) {
      switch (random() % 4) {
        case 0: limbs[i] = 0; break;
        case 1: limbs[i] = ~uint64_t{0}; break;
        default: limbs[i] = random() >> (random() % 64); break;
      }
    }
    Value v = good(int_from_limbs(vm, {limbs, n}, random() % 2));
    if (random() % 4 == 0) v = good(int_add(vm, v, Value::small_int(static_cast<int64_t>(random() % 3) - 1)));
    return v;
  }
  bool same(Value a, Value b) { return int_compare(a, b) == 0; }
  bool normal(Value v) {
    if (v.is_small_int()) return true;
    auto* i = v.as<Int>();
    if (i->size == 0 || i->limbs[i->size - 1] == 0) return false;
    return !(i->size == 1 && i->limbs[0] <= static_cast<uint64_t>(Value::kMaxInt) + i->negative());
  }
  std::string error(bool failed) {
    if (!failed) return "no error";
    Value e = vm.take_pending();
    return str_to_utf8(as_str(good(as_exception(e)->args->items[0])));
  }
};

/// Schoolbook product of decimal texts.
std::string multiply(const std::string& a, const std::string& b) {
  std::vector<int> digits(a.size() + b.size());
  for (size_t i = a.size(); i-- > 0;) {
    for (size_t j = b.size(); j-- > 0;) {
      int value = digits[i + j + 1] + (a[i] - '0') * (b[j] - '0');
      digits[i + j + 1] = value % 10;
      digits[i + j] += value / 10;
    }
  }
  std::string out;
  for (int d : digits) out.push_back(static_cast<char>('0' + d));
  size_t first = out.find_first_not_of('0');
  return first == std::string::npos ? "0" : out.substr(first);
}

TEST_F(IntTest, NormalForm) {
  for (int64_t i :
       {Value::kMaxInt, Value::kMinInt, Value::kMaxInt + 1, Value::kMinInt - 1, INT64_MAX, INT64_MIN, int64_t{0}}) {
    Value v = good(int_from(vm, i));
    EXPECT_TRUE(normal(v));
    EXPECT_EQ(v.is_small_int(), Value::fits_small_int(i));
    EXPECT_EQ(*int_to_i64(v), i);
    EXPECT_EQ(text(v), std::to_string(i));
  }
  EXPECT_EQ(*int_to_u64(good(int_from_u64(vm, UINT64_MAX))), UINT64_MAX);
  EXPECT_FALSE(int_to_i64(good(int_from_u64(vm, UINT64_MAX))));
  EXPECT_FALSE(int_to_u64(Value::small_int(-1)));
}

TEST_F(IntTest, Identities) {
  for (int round = 0; round < 4000; ++round) {
    Value a = random_int(), b = random_int(), c = random_int();
    Value sum = good(int_add(vm, a, b)), product = good(int_mul(vm, a, b));
    EXPECT_TRUE(normal(sum) && normal(product));
    EXPECT_TRUE(same(good(int_sub(vm, sum, b)), a));
    EXPECT_TRUE(
        same(good(int_mul(vm, good(int_add(vm, b, c)), a)), good(int_add(vm, product, good(int_mul(vm, c, a))))));
    EXPECT_TRUE(same(good(int_neg(vm, good(int_neg(vm, a)))), a));
    EXPECT_TRUE(same(good(int_add(vm, good(int_invert(vm, a)), Value::small_int(1))), good(int_neg(vm, a))));
    // a + b = (a ^ b) + 2 * (a & b), and a | b = (a ^ b) + (a & b)
    Value both = good(int_and(vm, a, b)), either = good(int_xor(vm, a, b));
    EXPECT_TRUE(normal(both) && normal(either));
    EXPECT_TRUE(same(good(int_add(vm, either, good(int_lshift(vm, both, Value::small_int(1))))), sum));
    EXPECT_TRUE(same(good(int_or(vm, a, b)), good(int_add(vm, either, both))));
    if (int_sign(b) != 0) {
      Value q, r;
      ASSERT_TRUE(int_div_mod(vm, a, b, &q, &r).ok());
      EXPECT_TRUE(normal(q) && normal(r));
      EXPECT_TRUE(same(good(int_add(vm, good(int_mul(vm, q, b)), r)), a));
      EXPECT_TRUE(int_sign(r) == 0 || int_sign(r) == int_sign(b));
      EXPECT_TRUE(limbs_compare(IntView(r).span(), IntView(b).span()) < 0);
      EXPECT_TRUE(same(good(int_floor_div(vm, a, b)), q) && same(good(int_mod(vm, a, b)), r));
      Value g = good(int_gcd(vm, a, b));
      EXPECT_EQ(int_sign(good(int_mod(vm, a, g))), 0);
      EXPECT_EQ(int_sign(good(int_mod(vm, b, g))), 0);
    }
    uint64_t shift = random() % 200;
    Value unit = good(int_shift_left(vm, Value::small_int(1), shift));
    EXPECT_TRUE(same(good(int_shift_left(vm, a, shift)), good(int_mul(vm, a, unit))));
    EXPECT_TRUE(same(good(int_shift_right(vm, a, shift)), good(int_floor_div(vm, a, unit))));
    if (int_sign(a) >= 0) {
      Value root = good(int_isqrt(vm, a));
      Value next = good(int_add(vm, root, Value::small_int(1)));
      EXPECT_TRUE(int_compare(good(int_mul(vm, root, root)), a) <= 0);
      EXPECT_TRUE(int_compare(good(int_mul(vm, next, next)), a) > 0);
    }
  }
}

TEST_F(IntTest, ProductsByDigits) {
  for (int round = 0; round < 300; ++round) {
    Value a = random_int(), b = random_int();
    std::string x = text(a), y = text(b);
    bool negative = (x[0] == '-') != (y[0] == '-');
    x.erase(0, x[0] == '-');
    y.erase(0, y[0] == '-');
    std::string expected = multiply(x, y);
    if (negative && expected != "0") expected.insert(0, 1, '-');
    EXPECT_EQ(text(good(int_mul(vm, a, b))), expected);
  }
}

TEST_F(IntTest, TextInEveryBase) {
  vm.int_max_str_digits = 0;
  for (int round = 0; round < 500; ++round) {
    Value v = random_int();
    for (int base : {2, 3, 8, 10, 16, 36}) {
      std::string digits = text(v, base);
      bool negative = digits[0] == '-';
      Value back = good(int_from_digits(vm, std::string_view(digits).substr(negative), base));
      EXPECT_TRUE(same(negative ? good(int_neg(vm, back)) : back, v)) << digits << " in base " << base;
    }
  }
  EXPECT_EQ(text(number("340282366920938463463374607431768211456"), 16), "100000000000000000000000000000000");
}

TEST_F(IntTest, LongTextsDivideAndConquer) {
  vm.int_max_str_digits = 0;
  // 10 ** n - 1 is n nines, beyond the leaves of both conversions.
  constexpr size_t kDigits = 600000;
  Value power = good(int_pow(vm, Value::small_int(10), Value::small_int(kDigits), Value()));
  Value nines = good(int_sub(vm, power, Value::small_int(1)));
  std::string expected(kDigits, '9');
  EXPECT_EQ(text(nines), expected);
  EXPECT_TRUE(same(good(int_from_digits(vm, expected, 10)), nines));
}

TEST_F(IntTest, HugeProductsAndQuotients) {
  // Above the size that goes to GMP whole: (2**a - 1) * (2**b - 1) = 2**(a+b) - 2**a - 2**b + 1.
  constexpr uint64_t kA = 64 * 280000 + 17, kB = 64 * 270000 + 3, kC = 64 * 30 + 1;
  auto ones = [&](uint64_t bits) {
    return good(int_sub(vm, good(int_shift_left(vm, Value::small_int(1), bits)), Value::small_int(1)));
  };
  auto power = [&](uint64_t bits) { return good(int_shift_left(vm, Value::small_int(1), bits)); };
  for (uint64_t other : {kB, kC}) {
    Value a = ones(kA), b = ones(other);
    Value expected = good(int_sub(vm, good(int_sub(vm, power(kA + other), power(kA))), power(other)));
    expected = good(int_add(vm, expected, Value::small_int(1)));
    Value product = good(int_mul(vm, a, b));
    EXPECT_TRUE(same(product, expected));
    Value q, r;
    ASSERT_TRUE(int_div_mod(vm, good(int_add(vm, product, Value::small_int(5))), b, &q, &r).ok());
    EXPECT_TRUE(same(q, a));
    EXPECT_TRUE(r == Value::small_int(5));
  }
}

TEST_F(IntTest, HugeDivisors) {
  // Beyond the divisors that go to GMP whole.
  auto dense = [&](uint64_t limbs) {
    Int* i = int_allocate(vm, limbs).release();
    for (uint64_t k = 0; k < limbs; ++k) i->limbs[k] = random();
    return good(int_finish(vm, i, limbs, false));
  };
  Value a = dense(1060000), b = dense(530000), q, r;
  ASSERT_TRUE(int_div_mod(vm, a, b, &q, &r).ok());
  EXPECT_TRUE(int_compare(r, b) < 0);
  EXPECT_TRUE(same(good(int_add(vm, good(int_mul(vm, q, b)), r)), a));
  Value root = good(int_isqrt(vm, a));
  Value rest = good(int_sub(vm, a, good(int_mul(vm, root, root))));
  EXPECT_TRUE(int_sign(rest) >= 0 && int_compare(rest, good(int_shift_left(vm, root, 1))) <= 0);
}

TEST_F(IntTest, LongCommonDivisors) {
  for (int extra : {0, 3}) {
    Value g = good(int_pow(vm, Value::small_int(7), Value::small_int(20000), Value()));
    Value x = good(int_pow(vm, Value::small_int(3), Value::small_int(1330000 + 2 * extra), Value()));
    Value y = good(int_pow(vm, Value::small_int(5), Value::small_int(908000 - 40 * extra), Value()));
    Value d = good(int_gcd(vm, good(int_mul(vm, x, g)), good(int_mul(vm, y, g))));
    EXPECT_TRUE(same(d, g));
  }
}

TEST_F(IntTest, Powers) {
  for (int round = 0; round < 200; ++round) {
    Value base = random_int(), exponent = Value::small_int(static_cast<int64_t>(random() % 40));
    Value slow = Value::small_int(1);
    for (int64_t i = 0; i < exponent.as_small_int(); ++i) slow = good(int_mul(vm, slow, base));
    EXPECT_TRUE(same(good(int_pow(vm, base, exponent, Value())), slow));
    Value modulus = random_int();
    if (int_sign(modulus) != 0)
      EXPECT_TRUE(same(good(int_pow(vm, base, exponent, modulus)), good(int_mod(vm, slow, modulus))));
  }
  // Fermat: 2 ** (p - 1) % p for the Mersenne prime 2 ** 9689 - 1, which is too long for one call of GMP.
  Value p = good(int_sub(vm, good(int_shift_left(vm, Value::small_int(1), 9689)), Value::small_int(1)));
  Value exponent = good(int_sub(vm, p, Value::small_int(1)));
  EXPECT_TRUE(good(int_pow(vm, Value::small_int(3), exponent, p)) == Value::small_int(1));
  Value inverse = good(int_pow(vm, Value::small_int(38), Value::small_int(-1), Value::small_int(97)));
  EXPECT_TRUE(inverse == Value::small_int(23));
}

TEST_F(IntTest, Doubles) {
  EXPECT_EQ(int_to_double(vm, number("9007199254740993")).release(), 9007199254740992.0);
  EXPECT_EQ(int_to_double(vm, number("9007199254740995")).release(), 9007199254740996.0);
  EXPECT_EQ(int_to_double(vm, number("-36893488147419103233")).release(), -36893488147419103232.0);
  EXPECT_EQ(int_to_double(vm, number("36893488147419107329")).release(), 36893488147419111424.0);
  for (int round = 0; round < 2000; ++round) {
    Value a = random_int();
    if (int_bit_length(a) > 1000) a = good(int_shift_right(vm, a, 600));  // within doubles
    double d = int_to_double(vm, a).release();
    Value back = good(int_from_double(vm, d));
    EXPECT_EQ(compare_int_float(back, d), 0);
    int c = compare_int_float(a, d);
    EXPECT_EQ(c, int_compare(a, back));
    Value b = random_int();
    if (int_sign(b) == 0 || int_sign(a) == 0) continue;
    // (a * b) / b is the nearest double of a.
    Value quotient = good(int_true_div(vm, good(int_mul(vm, a, b)), b));
    EXPECT_EQ(float_value(quotient), d);
  }
}

TEST_F(IntTest, Errors) {
  Value one = Value::small_int(1), zero = Value::small_int(0);
  EXPECT_EQ(error(int_floor_div(vm, one, zero).is_error()), "division by zero");
  EXPECT_EQ(error(int_lshift(vm, one, Value::small_int(-1)).is_error()), "negative shift count");
  EXPECT_EQ(error(int_lshift(vm, one, number("1000000000000000000000")).is_error()), "too many digits in integer");
  EXPECT_EQ(error(int_pow(vm, one, one, zero).is_error()), "pow() 3rd argument cannot be 0");
  Value big = good(int_shift_left(vm, one, 2000));
  EXPECT_EQ(error(int_to_double(vm, big).is_error()), "int too large to convert to float");
  Value text_limit = good(int_shift_left(vm, one, 20000));
  EXPECT_EQ(error(int_to_str(vm, text_limit).is_error()).substr(0, 35), "Exceeds the limit (4300 digits) for");
}

TEST_F(IntTest, RefusesWhatCannotBeHeld) {
  EXPECT_TRUE(int_shift_left(vm, Value::small_int(1), uint64_t{1} << 60).is_error());
  EXPECT_TRUE(vm.pending_is(E::MemoryError));
  ASSERT_TRUE(vm.clear_pending());
  EXPECT_TRUE(int_pow(vm, Value::small_int(3), Value::small_int(int64_t{1} << 60), Value()).is_error());
  EXPECT_TRUE(vm.pending_is(E::MemoryError));
  ASSERT_TRUE(vm.clear_pending());
}

TEST_F(IntTest, Hash) {
  EXPECT_EQ(int_hash(Value::small_int(-1)), -2);
  EXPECT_EQ(int_hash(number("2305843009213693951")), 0);
  EXPECT_EQ(int_hash(number("2305843009213693952")), 1);
  EXPECT_EQ(int_hash(number("-123456789012345678901234567890")), -int_hash(number("123456789012345678901234567890")));
}

}  // namespace
}  // namespace krait
