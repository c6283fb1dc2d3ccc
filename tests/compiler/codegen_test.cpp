// What the compiler makes of programs: folding, jumps, checks of locals, closures.
#include "compile_test.hpp"

namespace krait {
namespace {

TEST_F(CompileTest, ConstantsAreFolded) {
  EXPECT_EQ(function("def f(): return 1 + 2 * 3"), "LOAD_SMALL_INT 7\nRETURN_VALUE\n");
  EXPECT_EQ(function("def f(): return (1, -2, 'a' 'b')"), "LOAD_CONST (1, -2, 'ab')\nRETURN_VALUE\n");
  EXPECT_EQ(function("def f(): return 'abc'[1]"), "LOAD_CONST 'b'\nRETURN_VALUE\n");
  EXPECT_EQ(function("def f(x): return x in [1, 2]"), "LOAD_FAST x\nLOAD_CONST (1, 2)\nCONTAINS_OP in\nRETURN_VALUE\n");
  EXPECT_EQ(function("def f(): return 1 / 0"), "LOAD_SMALL_INT 1\nLOAD_SMALL_INT 0\nBINARY_OP /\nRETURN_VALUE\n");
  // Results that would be too large are left to run time.
  EXPECT_EQ(function("def f(): return 'a' * 5000"), "LOAD_CONST 'a'\nLOAD_CONST 5000\nBINARY_OP *\nRETURN_VALUE\n");
  EXPECT_EQ(function("def f(): return 1 << 1000"), "LOAD_SMALL_INT 1\nLOAD_CONST 1000\nBINARY_OP <<\nRETURN_VALUE\n");
}

TEST_F(CompileTest, EqualConstantsOfDifferentTypesAreDifferent) {
  Code* code = compile_text("def f(): return 1.0, True, 0.0, -0.0, 1j");
  ASSERT_NE(code, nullptr);
  Code* f = code->consts->items[0].as<Code>();
  Value shown = repr(vm, f->consts);
  EXPECT_EQ(str_to_utf8(as_str(shown)), "((1.0, True, 0.0, -0.0, 1j),)");
}

TEST_F(CompileTest, DeadCodeGoes) {
  // (The NOP is the line of the test, for tracing.)
  EXPECT_EQ(function("def f():\n if 0: g()\n return 1\n h()"), "NOP\nLOAD_SMALL_INT 1\nRETURN_VALUE\n");
  EXPECT_EQ(function("def f():\n while True: g()"),
            "L1: LOAD_GLOBAL g\nPUSH_NULL\nCALL 0\nPOP_TOP\nJUMP_BACKWARD to L1\n");
}

TEST_F(CompileTest, ConditionalJumpsGoForward) {
  Code* code = compile_text("def f(x):\n while x:\n  if a: continue\n  b()");
  Code* f = code->consts->items[0].as<Code>();
  for (uint32_t i = 0; i < f->instruction_count; ++i) {
    Instruction word = f->code()[i];
    if (!(kOpInfo[word & 0xFF].flags & kOpJumps)) continue;
    if (op_of(word) == Op::JUMP_BACKWARD) {
      EXPECT_LT(signed_arg(word), 0);
    } else {
      EXPECT_GE(signed_arg(word), 0);
    }
  }
}

TEST_F(CompileTest, LocalsAreCheckedOnlyWhereTheyMayBeUnset) {
  EXPECT_EQ(function("def f(a):\n if a: b = 1\n return b, b"),
            "LOAD_FAST a\nPOP_JUMP_IF_FALSE to L1\nLOAD_SMALL_INT 1\nSTORE_FAST b\n"
            "L1: LOAD_FAST_CHECK b\nLOAD_FAST b\nBUILD_TUPLE 2\nRETURN_VALUE\n");
  EXPECT_EQ(function("def f(a):\n del a\n return a"), "DELETE_FAST a\nLOAD_FAST_CHECK a\nRETURN_VALUE\n");
}

TEST_F(CompileTest, SwapsOfLocalsNeedNoTuple) {
  EXPECT_EQ(function("def f(a, b):\n a, b = b, a\n return a"),
            "LOAD_FAST b\nLOAD_FAST a\nSTORE_FAST b\nSTORE_FAST a\nLOAD_FAST a\nRETURN_VALUE\n");
}

TEST_F(CompileTest, ComprehensionsAreInlined) {
  EXPECT_EQ(function("def f(y): return [x for x in y]"),
            "LOAD_FAST y\nGET_ITER\nLOAD_FAST_AND_CLEAR x\nSWAP 2\nL1: BUILD_LIST 0\nSWAP 2\nL2: FOR_ITER to L3\n"
            "STORE_FAST x\nLOAD_FAST x\nLIST_APPEND 2\nJUMP_BACKWARD to L2\nL3: SWAP 2\nSTORE_FAST "
            "x\nRETURN_VALUE\n"
            "L4: SWAP 2\nPOP_TOP\nSWAP 2\nSTORE_FAST x\nRERAISE 0\n");
}

TEST_F(CompileTest, IsNoneIsOneJump) {
  EXPECT_EQ(function("def f(x):\n if x is not None: return 1\n return 2"),
            "LOAD_FAST x\nPOP_JUMP_IF_NONE to L1\nLOAD_SMALL_INT 1\nRETURN_VALUE\nL1: LOAD_SMALL_INT "
            "2\nRETURN_VALUE\n");
}

TEST_F(CompileTest, AListingLooksLikeDis) {
  Code* code = compile_text("x = 1\ntry:\n    f(x)\nexcept E:\n    pass\n");
  ASSERT_NE(code, nullptr);
  EXPECT_EQ(listing(code), R"(   0           RESUME                   0

   1           LOAD_SMALL_INT           1
               STORE_NAME               0 (x)

   2           NOP

   3   L1:     LOAD_NAME                1 (f)
               PUSH_NULL
               LOAD_NAME                0 (x)
               CALL                     1
               POP_TOP
       L2:     LOAD_CONST               0 (None)
               RETURN_VALUE

  --   L3:     PUSH_EXC_INFO

   4           LOAD_NAME                2 (E)
               CHECK_EXC_MATCH
               POP_JUMP_IF_FALSE        4 (to L5)
               POP_TOP

   5   L4:     POP_EXCEPT
               LOAD_CONST               0 (None)
               RETURN_VALUE

   4   L5:     RERAISE                  0

  --   L6:     COPY                     3
               POP_EXCEPT
               RERAISE                  1
ExceptionTable:
  L1 to L2 -> L3 [0]
  L3 to L4 -> L6 [1] lasti
  L5 to L6 -> L6 [1] lasti
)");
}

TEST_F(CompileTest, Docstrings) {
  EXPECT_EQ(clean_docstring("one\n    two\n      three\n    "), "one\ntwo\n  three\n");
  EXPECT_EQ(clean_docstring("  one"), "one");
  EXPECT_EQ(clean_docstring("one\n\ttwo"), "one\ntwo");
  EXPECT_EQ(clean_docstring("one\n\n  two"), "one\n\ntwo");
  EXPECT_EQ(clean_docstring(""), "");
  CompileOptions options;
  options.optimize = 2;
  Code* code = compile_text("def f():\n 'doc'\n assert x\n return __debug__", options);
  EXPECT_EQ(instructions(code->consts->items[0].as<Code>()), "LOAD_CONST False\nRETURN_VALUE\n");
}

TEST_F(CompileTest, MangledNames) {
  EXPECT_EQ(function("class _C:\n __x = __y.__z.__a__"),
            "LOAD_NAME __name__\nSTORE_NAME __module__\nLOAD_CONST '_C'\nSTORE_NAME __qualname__\nLOAD_SMALL_INT "
            "1\n"
            "STORE_NAME __firstlineno__\nLOAD_NAME _C__y\nLOAD_ATTR _C__z\nLOAD_ATTR __a__\nSTORE_NAME _C__x\n"
            "LOAD_CONST ()\nSTORE_NAME __static_attributes__\nLOAD_CONST None\nRETURN_VALUE\n");
}

}  // namespace
}  // namespace krait
