#include "syntax/unparse.hpp"

#include <gtest/gtest.h>

#include <string>

#include "syntax/parser.hpp"

using namespace krait;
using namespace krait::syntax;

namespace {

std::string again(std::string_view source) {
  Arena arena;
  ParseOptions options;
  options.mode = ParseMode::Eval;
  ParseResult result = parse(source, options, arena);
  if (!result.ok()) return "error: " + result.error.message;
  std::string out;
  EXPECT_TRUE(unparse(static_cast<ast::Expression*>(result.module)->body, out));
  return out;
}

}  // namespace

TEST(Unparse, Canonical) {
  EXPECT_EQ(again("a+b  *c"), "a + b * c");
  EXPECT_EQ(again("(a+b)*c"), "(a + b) * c");
  EXPECT_EQ(again("(a**b)**c"), "(a ** b) ** c");
  EXPECT_EQ(again("a**b**c"), "a ** b ** c");
  EXPECT_EQ(again("not(a or b)"), "not (a or b)");
  EXPECT_EQ(again("lambda a,/,b=1,*c,d=2,**e:0"), "lambda a, /, b=1, *c, d=2, **e: 0");
  EXPECT_EQ(again("lambda *a:0"), "lambda*a: 0");
  EXPECT_EQ(again("[x for x in y if z]"), "[x for x in y if z]");
  EXPECT_EQ(again("f(x for x in y)"), "f(x for x in y)");
  EXPECT_EQ(again("a[1:2,...]"), "a[1:2, ...]");
  EXPECT_EQ(again("a[b,]"), "a[b,]");
  EXPECT_EQ(again("(x:=1)"), "(x := 1)");
  EXPECT_EQ(again("1 .real"), "1 .real");
  EXPECT_EQ(again("f'{x!r:>{y}}{{'"), "f'{x!r:>{y}}{{'");
  EXPECT_EQ(again("u'x'"), "u'x'");
  EXPECT_EQ(again("1e999"), "1e309");
  EXPECT_EQ(again("{**a, 'b':1}"), "{**a, 'b': 1}");
}

TEST(Unparse, DeepTreesFail) {
  std::string source = "x";
  for (int i = 0; i < 100000; ++i) source += "+x";
  Arena arena;
  ParseOptions options;
  options.mode = ParseMode::Eval;
  ParseResult result = parse(source, options, arena);
  ASSERT_TRUE(result.ok());
  std::string out;
  EXPECT_FALSE(unparse(static_cast<ast::Expression*>(result.module)->body, out));
}
