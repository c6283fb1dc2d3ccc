#include "syntax/suggest.hpp"

#include <gtest/gtest.h>

#include <string>

using namespace krait;
using namespace krait::syntax;

namespace {

std::string suggestion(std::string_view source) {
  Arena arena;
  ParseResult result = parse(source, {}, arena);
  auto found = suggest_keyword(result.text, result.error);
  return found ? std::string(found->keyword) : "";
}

}  // namespace

TEST(SuggestKeyword, Typos) {
  EXPECT_EQ(suggestion("whille True:\n  pass\n"), "while");
  EXPECT_EQ(suggestion("fo x in range(3):\n  pass\n"), "for");
  EXPECT_EQ(suggestion("class A:\n  x = 1\n  deff f(self):\n    pass\n"), "def");
  EXPECT_EQ(suggestion("fro a import b\n"), "from");
  EXPECT_EQ(suggestion("impor math\n"), "import");
  EXPECT_EQ(suggestion("[x fo x in y]\n"), "for");
  EXPECT_EQ(suggestion("retur 1\n"), "return");
  EXPECT_EQ(suggestion("a b\n"), "");
}

TEST(SuggestKeyword, Place) {
  Arena arena;
  ParseResult result = parse("x = 1\nif x:\n  y\n  retur 1\n", {}, arena);
  auto found = suggest_keyword(result.text, result.error);
  ASSERT_TRUE(found);
  EXPECT_EQ(found->lineno, 4);
  EXPECT_EQ(found->offset, 3);
  EXPECT_EQ(found->end_offset, 8);
}
