#include "base/search.hpp"

#include <gtest/gtest.h>

#include <random>
#include <string>
#include <vector>

using namespace krait;

namespace {

template <class Unit>
std::vector<Unit> random_text(std::mt19937& random, size_t size, unsigned letters) {
  std::vector<Unit> text(size);
  for (Unit& unit : text) unit = static_cast<Unit>('a' + random() % letters);
  return text;
}

template <class Unit, class NeedleUnit>
void compare_with_brute_force() {
  std::mt19937 random(7);
  for (int round = 0; round < 20000; ++round) {
    unsigned letters = 1 + random() % 3;
    auto text = random_text<Unit>(random, random() % 400, letters);
    auto needle = random_text<NeedleUnit>(random, 1 + random() % (round % 4 ? 12 : 120), letters);
    if (round % 5 == 0) needle.resize(1);
    if (round % 3 == 0 && text.size() >= needle.size()) {
      size_t at = random() % (text.size() - needle.size() + 1);
      for (size_t i = 0; i < needle.size(); ++i) needle[i] = static_cast<NeedleUnit>(text[at + i]);
    }
    std::u32string t(text.begin(), text.end()), n(needle.begin(), needle.end());
    size_t first = t.find(n), last = t.rfind(n), total = 0;
    for (size_t at = first; at != std::u32string::npos; at = t.find(n, at + n.size())) ++total;
    ASSERT_EQ(search::find(text.data(), text.size(), needle.data(), needle.size()), first);
    ASSERT_EQ(search::rfind(text.data(), text.size(), needle.data(), needle.size()), last);
    ASSERT_EQ(search::count(text.data(), text.size(), needle.data(), needle.size()), total);
  }
}

}  // namespace

TEST(Search, AgreesWithBruteForce) {
  compare_with_brute_force<uint8_t, uint8_t>();
  compare_with_brute_force<uint16_t, uint8_t>();
  compare_with_brute_force<uint32_t, uint16_t>();
  compare_with_brute_force<uint16_t, uint16_t>();
}

TEST(Search, WorstCaseIsLinear) {
  // a^n b a^n in a^2n: quadratic for the naive search, seconds instead of milliseconds.
  for (size_t size : {size_t{50000}, size_t{1000000}}) {
    std::string text(4 * size, 'a'), needle(2 * size, 'a');
    needle[size] = 'b';
    auto t = reinterpret_cast<const uint8_t*>(text.data());
    auto n = reinterpret_cast<const uint8_t*>(needle.data());
    EXPECT_EQ(search::find(t, text.size(), n, needle.size()), search::kNotFound);
    EXPECT_EQ(search::rfind(t, text.size(), n, needle.size()), search::kNotFound);
    text[3 * size] = 'b';
    EXPECT_EQ(search::find(t, text.size(), n, needle.size()), 2 * size);
    EXPECT_EQ(search::rfind(t, text.size(), n, needle.size()), 2 * size);
    needle[size] = 'a';
    text[3 * size] = 'a';
    EXPECT_EQ(search::count(t, text.size(), n, needle.size()), 2u);
  }
}

TEST(Search, PollAborts) {
  std::vector<uint8_t> text(10000000, 'a');
  std::vector<uint16_t> wide(10000000, 'a');
  int polls = 0;
  auto third = [&polls] { return ++polls == 3; };
  uint8_t b = 'b', ab[] = {'a', 'b'};
  EXPECT_EQ(search::find(text.data(), text.size(), &b, 1, third), search::kAborted);
  EXPECT_EQ(polls, 3);
  polls = 0;
  EXPECT_EQ(search::rfind(wide.data(), wide.size(), ab, 2, third), search::kAborted);
  polls = 0;
  EXPECT_EQ(search::count(text.data(), text.size(), ab, 1, SIZE_MAX, third), search::kAborted);
}

TEST(Search, Edges) {
  std::vector<uint8_t> text = {'a', 0xE9};
  std::vector<char32_t> needle = {0x1E9};  // must not be cut down to 0xE9
  EXPECT_EQ(search::find(text.data(), text.size(), needle.data(), 1), search::kNotFound);
  EXPECT_EQ(search::find(text.data(), text.size(), needle.data(), 0), 0u);
  EXPECT_EQ(search::rfind(text.data(), text.size(), needle.data(), 0), 2u);
  EXPECT_EQ(search::count(text.data(), text.size(), needle.data(), 0), 3u);
  EXPECT_EQ(search::count(text.data(), text.size(), text.data(), 1, 0), 0u);
}
