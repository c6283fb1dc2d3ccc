#include <gtest/gtest.h>

#include "aspl/lexer.hpp"

namespace krait::aspl {
namespace {

std::vector<Token> tokens(std::string_view text) {
  Lexer lexer(text);
  std::vector<Token> out;
  do {
    lexer.advance();
    out.push_back(lexer.token);
  } while (lexer.token != Token::kEnd && lexer.token != Token::kError);
  return out;
}

TEST(AsplLexer, OperatorsOfOneAndTwoCharacters) {
  EXPECT_EQ(tokens("= == ! != < <= > >="),
            (std::vector<Token>{Token::kAssign, Token::kEqual, Token::kBang, Token::kNotEqual, Token::kLess,
                                Token::kLessEqual, Token::kGreater, Token::kGreaterEqual, Token::kEnd}));
}

TEST(AsplLexer, NumbersEndWhereTheyMust) {
  EXPECT_EQ(tokens("1 1.5 1e5 1.5e-3 1.x"),
            (std::vector<Token>{Token::kInteger, Token::kDouble, Token::kDouble, Token::kDouble, Token::kInteger,
                                Token::kDot, Token::kName, Token::kEnd}));
  EXPECT_EQ(tokens("1x").back(), Token::kError);
}

TEST(AsplLexer, LinesAreCounted) {
  Lexer lexer("a // comment\n/* two\nlines */ b \"c\nd\" e");
  lexer.advance();
  EXPECT_EQ(lexer.line, 1u);
  lexer.advance();
  EXPECT_EQ(lexer.line, 3u);
  EXPECT_TRUE(lexer.after_newline);
  lexer.advance();
  EXPECT_EQ(lexer.text, "c\nd");
  lexer.advance();
  EXPECT_EQ(lexer.line, 4u);
  EXPECT_FALSE(lexer.after_newline);
}

TEST(AsplLexer, WhatDoesNotEndCanGoOn) {
  for (const char* text : {"\"abc", "/* abc"}) {
    Lexer lexer(text);
    lexer.advance();
    EXPECT_EQ(lexer.token, Token::kError) << text;
    EXPECT_TRUE(lexer.ended_early) << text;
  }
}

TEST(AsplLexer, Escapes) {
  std::string out;
  EXPECT_TRUE(unescape(R"(a\n\t\"\\)", out));
  EXPECT_EQ(out, "a\n\t\"\\");
  EXPECT_FALSE(unescape(R"(\q)", out));
  EXPECT_FALSE(unescape("\\", out));
}

}  // namespace
}  // namespace krait::aspl
