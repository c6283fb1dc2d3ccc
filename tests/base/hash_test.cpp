// The expected values are what CPython 3.13 prints with PYTHONHASHSEED=0.
#include "base/hash.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <limits>
#include <string_view>

using namespace krait;

TEST(Hash, Strings) {
  auto hash = [](std::string_view text, uint32_t seed = 0) {
    return hash_bytes(hash_key_from_seed(seed), text.data(), text.size());
  };
  EXPECT_EQ(hash(""), 0);
  EXPECT_EQ(hash("a"), 4644417185603328019);
  EXPECT_EQ(hash("abcdefgh"), 4574395652268504554);
  EXPECT_EQ(hash("hello world, this is krait"), -5750065985943794837);
  EXPECT_EQ(hash("\xE9"), 6047309291227476195);
  EXPECT_EQ(hash("a", 42), -123207753977932514);
}

TEST(Hash, Numbers) {
  EXPECT_EQ(hash_double(1.5), 1152921504606846977);
  EXPECT_EQ(hash_double(-2.0), -2);
  EXPECT_EQ(hash_double(-1.0), -2);
  EXPECT_EQ(hash_double(1e300), 1224995262755759164);
  EXPECT_EQ(hash_double(5e-324), 16777216);
  EXPECT_EQ(hash_double(0.1), 230584300921369408);
  EXPECT_EQ(hash_double(0x1p61), 1);
  EXPECT_EQ(hash_double(-0.0), 0);
  EXPECT_EQ(hash_double(-std::numeric_limits<double>::infinity()), -314159);
  EXPECT_EQ(hash_complex(1, 2), 2000007);
  EXPECT_EQ(hash_int(-1), -2);
  EXPECT_EQ(hash_int(INT64_MIN), -4);
  EXPECT_EQ(hash_int((int64_t{1} << 61) - 1), 0);
  const uint64_t power[] = {0xb564000000000000, 0x926687d2c40534fd, 0x446c3b15f9};  // 10**50
  EXPECT_EQ(hash_limbs(power, 3, false), 619332571178673746);
  EXPECT_EQ(hash_limbs(power, 3, true), -619332571178673746);
  const uint64_t two_64[] = {0, 1};
  EXPECT_EQ(hash_limbs(two_64, 2, false), 8);
  const uint64_t two_61[] = {uint64_t{1} << 61};
  EXPECT_EQ(hash_limbs(two_61, 1, true), -2);
  const uint64_t all[] = {UINT64_MAX, UINT64_MAX, UINT64_MAX};
  EXPECT_EQ(hash_limbs(all, 3, false), 511);
  EXPECT_EQ(hash_limbs(all, 0, false), 0);
}

TEST(Hash, Containers) {
  EXPECT_EQ(TupleHasher().finish(0), 5740354900026072187);
  TupleHasher t;
  for (int64_t i : {1, 2, 3}) t.add(i);
  EXPECT_EQ(t.finish(3), 529344067295497451);
  EXPECT_EQ(t.finish_slice(), -2340833382717974474);
  EXPECT_EQ(FrozensetHasher().finish(0), 133146708735736);
  FrozensetHasher f;
  for (int64_t i : {3, 1, 2}) f.add(i);
  EXPECT_EQ(f.finish(3), -272375401224217160);
}
