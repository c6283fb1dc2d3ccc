#include "syntax/parser.hpp"

#include <gtest/gtest.h>
#include <pthread.h>

#include <string>

#include "syntax/dump.hpp"

using namespace krait;
using namespace krait::syntax;

namespace {

// The tree of `source` without positions, or "Kind: message" of its error.
std::string tree(std::string_view source, ParseOptions options = {}) {
  Arena arena;
  ParseResult result = parse(source, options, arena);
  if (!result.ok()) return "error: " + result.error.message;
  std::string out;
  EXPECT_TRUE(dump_ast(result.module, {}, out));
  return out;
}

std::string expression(std::string_view source) {
  ParseOptions options;
  options.mode = ParseMode::Eval;
  std::string text = tree(source, options);
  constexpr std::string_view kHead = "Expression(body=";
  if (text.substr(0, kHead.size()) != kHead) return text;
  return text.substr(kHead.size(), text.size() - kHead.size() - 1);
}

}  // namespace

TEST(Parser, Precedence) {
  EXPECT_EQ(expression("-x ** -y"),
            "UnaryOp(op=USub(), operand=BinOp(left=Name(id='x'), op=Pow(), right=UnaryOp(op=USub(), "
            "operand=Name(id='y'))))");
  EXPECT_EQ(expression("a or b and not c"),
            "BoolOp(op=Or(), values=[Name(id='a'), BoolOp(op=And(), values=[Name(id='b'), UnaryOp(op=Not(), "
            "operand=Name(id='c'))])])");
  EXPECT_EQ(expression("a - b - c"),
            "BinOp(left=BinOp(left=Name(id='a'), op=Sub(), right=Name(id='b')), op=Sub(), right=Name(id='c'))");
  EXPECT_EQ(expression("a < b is not c not in d"),
            "Compare(left=Name(id='a'), ops=[Lt(), IsNot(), NotIn()], comparators=[Name(id='b'), Name(id='c'), "
            "Name(id='d')])");
}

TEST(Parser, ArgumentsInOrder) {
  EXPECT_EQ(expression("f(a, k=1, *b, **c)"),
            "Call(func=Name(id='f'), args=[Name(id='a'), Starred(value=Name(id='b'))], keywords=[keyword(arg='k', "
            "value=Constant(value=1)), keyword(value=Name(id='c'))])");
  EXPECT_EQ(expression("f(x for x in y)"),
            "Call(func=Name(id='f'), args=[GeneratorExp(elt=Name(id='x'), generators=[comprehension("
            "target=Name(id='x', ctx=Store()), iter=Name(id='y'), is_async=0)])])");
}

TEST(Parser, SoftKeywordsStayNames) {
  EXPECT_EQ(tree("match = case = type = _ = 1\n").substr(0, 12), "Module(body=");
  EXPECT_NE(tree("match(x)\n").find("Call("), std::string::npos);
  EXPECT_NE(tree("match [x]:\n case _: pass\n").find("Match("), std::string::npos);
  EXPECT_NE(tree("match -x\n").find("BinOp("), std::string::npos);
  EXPECT_NE(tree("type X = int\n").find("TypeAlias("), std::string::npos);
  EXPECT_NE(tree("type (X)\n").find("Call("), std::string::npos);
}

TEST(Parser, ParenthesisedWith) {
  EXPECT_NE(tree("with (a as b, c): pass\n").find("items=[withitem(context_expr=Name(id='a')"), std::string::npos);
  EXPECT_NE(tree("with (a, b) as c: pass\n").find("context_expr=Tuple("), std::string::npos);
  EXPECT_NE(tree("with (yield): pass\n").find("context_expr=Yield("), std::string::npos);
  EXPECT_NE(tree("with (a), (b): pass\n").find("context_expr=Name(id='b')"), std::string::npos);
}

TEST(Parser, FormatStrings) {
  EXPECT_EQ(expression("f'a{{{x!r:>{w}}}}b' 'c'"),
            "JoinedStr(values=[Constant(value='a{'), FormattedValue(value=Name(id='x'), conversion=114, "
            "format_spec=JoinedStr(values=[Constant(value='>'), FormattedValue(value=Name(id='w'), "
            "conversion=-1)])), "
            "Constant(value='}bc')])");
  EXPECT_EQ(expression("f'{x = }'"),
            "JoinedStr(values=[Constant(value='x = '), FormattedValue(value=Name(id='x'), conversion=114)])");
  EXPECT_EQ(expression("f'{f'{'x'}'}'"),
            "JoinedStr(values=[FormattedValue(value=JoinedStr(values=[FormattedValue(value=Constant(value='x'), "
            "conversion=-1)]), conversion=-1)])");
  EXPECT_EQ(expression("t'{x !s:y}'"),
            "TemplateStr(values=[Interpolation(value=Name(id='x'), str='x ', conversion=115, "
            "format_spec=JoinedStr(values=[Constant(value='y')]))])");
}

TEST(Parser, Literals) {
  EXPECT_EQ(expression("0xFFFF_FFFF_FFFF_FFFF_F"), "Constant(value=295147905179352825855)");
  EXPECT_EQ(expression("1e400"), "Constant(value=inf)");
  EXPECT_EQ(expression("1e-400"), "Constant(value=0.0)");
  EXPECT_EQ(expression("1_0.5e1j"), "Constant(value=105j)");
  EXPECT_EQ(expression("'\\x41\\u0042\\103\\N{LATIN SMALL LETTER D}\\\n'"), "Constant(value='ABCd')");
  EXPECT_EQ(expression("'\\ud800'"), "Constant(value='\\ud800')");
  EXPECT_EQ(expression("b'\\xff\\''"), "Constant(value=b\"\\xff'\")");
  EXPECT_EQ(expression("u'x' 'y'"), "Constant(value='xy', kind='u')");
}

TEST(Parser, Encodings) {
  EXPECT_NE(tree("# coding: latin-1\nx = '\xe9'\n").find("\xc3\xa9"), std::string::npos);
  EXPECT_NE(tree("# coding: iso8859-15\nx = '\xa4'\n").find("\xe2\x82\xac"), std::string::npos);
  EXPECT_EQ(tree("# coding: no-such\nx\n"), "error: unknown encoding: no-such");
  EXPECT_EQ(tree("\xEF\xBB\xBFx\n"), tree("x\n"));
  EXPECT_EQ(tree(std::string_view("x\0y", 3)), "error: source code string cannot contain null bytes");
  EXPECT_EQ(tree("x\r\ny\rz"), tree("x\ny\nz\n"));
}

TEST(Parser, NamesAreNormalised) {
  // U+FB01, the ligature fi.
  EXPECT_NE(tree("\xEF\xAC\x81 = 1\n").find("Name(id='fi'"), std::string::npos);
  Arena arena;
  ParseResult result = parse("spam = spam\n", {}, arena);
  auto* assign = static_cast<ast::Assign*>(static_cast<ast::Module*>(result.module)->body[0]);
  EXPECT_EQ(static_cast<ast::Name*>(assign->targets[0])->id.data(), static_cast<ast::Name*>(assign->value)->id.data());
}

TEST(Parser, Warnings) {
  Arena arena;
  ParseResult result = parse("x = '''\n\\d'''\n1if 2 else 3\n", {}, arena);
  ASSERT_TRUE(result.ok());
  ASSERT_EQ(result.warnings.size(), 2u);
  EXPECT_EQ(result.warnings[0].message, "invalid decimal literal");
  EXPECT_EQ(result.warnings[1].message,
            "\"\\d\" is an invalid escape sequence. Such sequences will not work in the future. Did you mean "
            "\"\\\\d\"? A raw string is also an option.");
  EXPECT_EQ(result.warnings[1].lineno, 2);
}

TEST(Parser, OtherModes) {
  ParseOptions options;
  options.mode = ParseMode::FuncType;
  EXPECT_EQ(tree("(int, *str, **x) -> y", options),
            "FunctionType(argtypes=[Name(id='int'), Name(id='str'), Name(id='x')], returns=Name(id='y'))");
  options.mode = ParseMode::Single;
  EXPECT_EQ(tree("x", options), "Interactive(body=[Expr(value=Name(id='x'))])");
  EXPECT_EQ(tree("if x:\n  y\n", options),
            "Interactive(body=[If(test=Name(id='x'), body=[Expr(value=Name(id='y'))])])");
  EXPECT_EQ(tree("x\ny\n", options), "error: multiple statements found while compiling a single statement");
  options.allow_incomplete_input = options.dont_imply_dedent = true;
  EXPECT_EQ(tree("if x:\n  y", options), "error: incomplete input");
  EXPECT_EQ(tree("f(", options), "error: incomplete input");
}

TEST(Parser, TypeComments) {
  ParseOptions options;
  options.type_comments = true;
  EXPECT_NE(tree("x = 1  # type: int\n", options).find("type_comment='int'"), std::string::npos);
  EXPECT_NE(tree("x = 1  # type: ignore[a]\n", options).find("TypeIgnore(lineno=1, tag='[a]')"), std::string::npos);
}

// ---- bounds ----

TEST(Parser, DeepNestingIsAnError) {
  for (std::string piece : {"-", "not ", "lambda: ", "x if y else ", "x**", "f(", "[", "{", "print ", "match "}) {
    std::string source;
    for (int i = 0; i < 100000; ++i) source += piece;
    Arena arena;
    EXPECT_FALSE(parse(source + "x\n", {}, arena).ok()) << piece;
  }
}

TEST(Parser, LongChainsAreNot) {
  for (std::string piece : {"x + ", "x or ", "x < ", "x, ", "x; ", "x = "}) {
    std::string source;
    for (int i = 0; i < 100000; ++i) source += piece;
    Arena arena;
    EXPECT_TRUE(parse(source + "x\n", {}, arena).ok()) << piece;
  }
}

TEST(Parser, SmallStack) {
  // On a stack of 256 KB, with the limit told to the parser, nothing overflows.
  pthread_attr_t attributes;
  pthread_attr_init(&attributes);
  pthread_attr_setstacksize(&attributes, 256 * 1024);
  pthread_t thread;
  auto body = [](void*) -> void* {
    char here = 0;
    ParseOptions options;
    options.stack_limit = &here - 180 * 1024;
    for (std::string piece : {"(", "-", "lambda: ", "f(x, [", "x if y else ", "print "}) {
      std::string source;
      for (int i = 0; i < 5000; ++i) source += piece;
      Arena arena;
      EXPECT_FALSE(parse(source + " $", options, arena).ok());
    }
    return nullptr;
  };
  ASSERT_EQ(pthread_create(&thread, &attributes, body, nullptr), 0);
  pthread_join(thread, nullptr);
  pthread_attr_destroy(&attributes);
}

TEST(Parser, PollStops) {
  std::string source;
  for (int i = 0; i < 100000; ++i) source += "x = 1\n";
  ParseOptions options;
  int calls = 0;
  options.poll = [](void* context) { return ++*static_cast<int*>(context) == 3; };
  options.poll_context = &calls;
  Arena arena;
  EXPECT_EQ(parse(source, options, arena).error.kind, ErrorKind::Interrupted);
  EXPECT_EQ(calls, 3);
}

TEST(Parser, PollWithinOneStatement) {
  std::string source = "x = [";
  for (int i = 0; i < 100000; ++i) source += "1,";
  int calls = 0;
  ParseOptions options;
  // The lexer asks first, the parser after it.
  options.poll = [](void* context) { return ++*static_cast<int*>(context) == 80; };
  options.poll_context = &calls;
  Arena arena;
  EXPECT_EQ(parse(source + "]\n", options, arena).error.kind, ErrorKind::Interrupted);
}

TEST(Parser, ArenaLimit) {
  std::string source;
  for (int i = 0; i < 100000; ++i) source += "x = 1\n";
  Arena arena;
  arena.set_limit(4 << 20);
  EXPECT_EQ(parse(source, {}, arena).error.kind, ErrorKind::MemoryError);
}
