#include <gtest/gtest.h>

#include <string>

#include "syntax/parser.hpp"

using namespace krait;
using namespace krait::syntax;

namespace {

struct Case {
  const char* source;
  ErrorKind kind;
  int lineno, offset, end_lineno, end_offset;
  const char* message;
};

constexpr ErrorKind kSyntax = ErrorKind::SyntaxError, kIndent = ErrorKind::IndentationError, kTab = ErrorKind::TabError;

// What CPython says of each text. The comparison scripts beside this file do the same for thousands.
const Case kCases[] = {
    {"a b\n", kSyntax, 1, 3, 1, 4, "invalid syntax"},
    {"f(a b)\n", kSyntax, 1, 3, 1, 6, "invalid syntax. Perhaps you forgot a comma?"},
    {"if x\n  y\n", kSyntax, 1, 5, 1, 6, "expected ':'"},
    {"f() = 1\n", kSyntax, 1, 1, 1, 4, "cannot assign to function call here. Maybe you meant '==' instead of '='?"},
    {"(a, 1) = x\n", kSyntax, 1, 5, 1, 6, "cannot assign to literal"},
    {"del f()\n", kSyntax, 1, 5, 1, 8, "cannot delete function call"},
    {"x = (1,\ny = 2\n", kSyntax, 1, 5, 1, 0, "'(' was never closed"},
    {"x = (1]\n", kSyntax, 1, 7, 1, 7, "closing parenthesis ']' does not match opening parenthesis '('"},
    {"x)\n", kSyntax, 1, 2, 1, 2, "unmatched ')'"},
    {"'abc\n", kSyntax, 1, 1, 1, 1, "unterminated string literal (detected at line 1)"},
    {"'abc\\'\n", kSyntax, 1, 1, 1, 1,
     "unterminated string literal (detected at line 1); perhaps you escaped the end quote?"},
    {"'''abc\n\n", kSyntax, 1, 1, 1, 1, "unterminated triple-quoted string literal (detected at line 2)"},
    {"f'{a'\n", kSyntax, 1, 5, 1, 5, "f-string: expecting '}'"},
    {"f'{}'\n", kSyntax, 1, 4, 1, 5, "f-string: valid expression required before '}'"},
    {"t'{x!z}'\n", kSyntax, 1, 6, 1, 7, "t-string: invalid conversion character 'z': expected 's', 'r', or 'a'"},
    {"f(a=1, b)\n", kSyntax, 1, 9, 1, 10, "positional argument follows keyword argument"},
    {"f(**a, b)\n", kSyntax, 1, 9, 1, 10, "positional argument follows keyword argument unpacking"},
    {"f(x for x in y, 1)\n", kSyntax, 1, 3, 1, 15, "Generator expression must be parenthesized"},
    {"if x:\ny\n", kIndent, 2, 1, 2, 2, "expected an indented block after 'if' statement on line 1"},
    {"if x:\n    a\n  b\n", kIndent, 3, 4, 3, -1, "unindent does not match any outer indentation level"},
    {"  x\n", kIndent, 1, 2, 1, -1, "unexpected indent"},
    {"if x:\n\ta\n        b\n", kTab, 3, 1, 3, 0, "inconsistent use of tabs and spaces in indentation"},
    {"try:\n  x\ny\n", kSyntax, 3, 1, 3, 2, "expected 'except' or 'finally' block"},
    {"def f(a=1, b): pass\n", kSyntax, 1, 12, 1, 13, "parameter without a default follows parameter with a default"},
    {"def f(*): pass\n", kSyntax, 1, 7, 1, 8, "named arguments must follow bare *"},
    {"def f(x) return 1\n", kSyntax, 1, 10, 1, 16, "expected ':'"},
    {"print x\n", kSyntax, 1, 1, 1, 8, "Missing parentheses in call to 'print'. Did you mean print(...)?"},
    {"x = 08\n", kSyntax, 1, 5, 1, 6,
     "leading zeros in decimal integer literals are not permitted; use an 0o prefix for octal integers"},
    {"x = 1_\n", kSyntax, 1, 6, 1, 6, "invalid decimal literal"},
    {"x = 0b12\n", kSyntax, 1, 8, 1, 8, "invalid digit '2' in binary literal"},
    {"x \\ y\n", kSyntax, 1, 4, 1, 0, "unexpected character after line continuation character"},
    {"x = \xe2\x82\xac\n", kSyntax, 1, 5, 1, 5, "invalid character '\xe2\x82\xac' (U+20AC)"},
    {"x = '\\N{nope}'\n", kSyntax, 1, 5, 1, 15,
     "(unicode error) 'unicodeescape' codec can't decode bytes in position 0-7: unknown Unicode character "
     "name"},
    {"x = {1:2, 3}\n", kSyntax, 1, 11, 1, 0, "':' expected after dictionary key"},
    {"import a.b from c\n", kSyntax, 1, 1, 1, 18, "Did you mean to use 'from ... import ...' instead?"},
    {"x = 1 if y\n", kSyntax, 1, 5, 1, 11, "expected 'else' after 'if' expression"},
    {"match x:\n  case a(b=1, c): pass\n", kSyntax, 2, 15, 2, 16, "positional patterns follow keyword patterns"},
    {"ub'x'\n", kSyntax, 1, 1, 1, 3, "'u' and 'b' prefixes are incompatible"},
    {"if x:\n  y\nelse:\n  z\nelif a:\n  b\n", kSyntax, 5, 1, 5, 5, "'elif' block follows an 'else' block"},
    {"x = 1 if y else pass\n", kSyntax, 1, 17, 1, 21, "expected expression after 'else', but statement is given"},
    {"import a as b[1]\n", kSyntax, 1, 13, 1, 17, "cannot use subscript as import target"},
    {"else:\n  x\n", kSyntax, 1, 1, 1, 5, "invalid syntax"},
    {"class C\n  pass\n", kSyntax, 1, 8, 1, 9, "expected ':'"},
};

}  // namespace

TEST(SyntaxErrors, MessagesAndPositions) {
  for (const Case& c : kCases) {
    Arena arena;
    ParseResult result = parse(c.source, {}, arena);
    ASSERT_FALSE(result.ok()) << c.source;
    const SyntaxErrorInfo& e = result.error;
    EXPECT_EQ(e.message, c.message) << c.source;
    EXPECT_EQ(e.kind, c.kind) << c.source;
    EXPECT_EQ(e.lineno, c.lineno) << c.source;
    EXPECT_EQ(e.offset, c.offset) << c.source;
    EXPECT_EQ(e.end_lineno, c.end_lineno) << c.source;
    EXPECT_EQ(e.end_offset, c.end_offset) << c.source;
  }
}

TEST(SyntaxErrors, TextIsTheLine) {
  Arena arena;
  ParseResult result = parse("x = 1\nf(a b)\ny\n", {}, arena);
  EXPECT_EQ(result.error.text, "f(a b)\n");
}

TEST(SyntaxErrors, OffsetsCountCharacters) {
  Arena arena;
  ParseResult result = parse("'\xc3\xa9\xc3\xa9' x\n", {}, arena);
  EXPECT_EQ(result.error.offset, 6);
}

TEST(SyntaxErrors, ManyDigits) {
  std::string source = "x = " + std::string(5000, '1') + "\n";
  Arena arena;
  EXPECT_EQ(parse(source, {}, arena).error.message,
            "Exceeds the limit (4300 digits) for integer string conversion: value has 5000 digits; use "
            "sys.set_int_max_str_digits() to increase the limit - Consider hexadecimal for huge integer "
            "literals to "
            "avoid decimal conversion limits.");
  ParseOptions options;
  options.max_decimal_digits = 0;
  EXPECT_TRUE(parse(source, options, arena).ok());
}
