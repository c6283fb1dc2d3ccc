// Errors that need the whole program: scopes, misplaced statements, patterns. Messages and places are
// CPython's.
#include "compile_test.hpp"

namespace krait {
namespace {

struct Case {
  const char* source;
  const char* outcome;
};

class Errors : public CompileTest, public testing::WithParamInterface<Case> {};

TEST_P(Errors, AreThoseOfCPython) { EXPECT_EQ(outcome(GetParam().source), GetParam().outcome) << GetParam().source; }

INSTANTIATE_TEST_SUITE_P(
    Scopes, Errors,
    testing::Values(
        Case{"def f(a, a): pass", "SyntaxError: duplicate argument 'a' in function definition @ 1:10-1:11"},
        Case{"def f(a):\n global a", "SyntaxError: name 'a' is parameter and global @ 2:2-2:10"},
        Case{"def f():\n x = 1\n global x",
             "SyntaxError: name 'x' is assigned to before global declaration @ 3:2-3:10"},
        Case{"def f():\n print(x)\n global x", "SyntaxError: name 'x' is used prior to global declaration @ 3:2-3:10"},
        Case{"def f():\n x: int\n global x", "SyntaxError: annotated name 'x' can't be global @ 3:2-3:10"},
        Case{"def f():\n nonlocal x", "SyntaxError: no binding for nonlocal 'x' found @ 2:2-2:12"},
        Case{"nonlocal x", "SyntaxError: nonlocal declaration not allowed at module level @ 1:1-1:11"},
        Case{"def f():\n global x\n nonlocal x", "SyntaxError: name 'x' is nonlocal and global @ 2:2-2:10"},
        Case{"def f[T]():\n nonlocal T", "SyntaxError: nonlocal binding not allowed for type parameter 'T' @ 2:2-2:12"},
        Case{"def f[T, T](): pass", "SyntaxError: duplicate type parameter 'T' @ 1:10-1:11"},
        Case{"def f():\n from x import *", "SyntaxError: import * only allowed at module level @ 2:16-2:17"},
        Case{"[x := 1 for x in y]",
             "SyntaxError: assignment expression cannot rebind comprehension iteration variable 'x' @ "
             "1:2-1:3"},
        Case{"[i for i in (j := y)]",
             "SyntaxError: assignment expression cannot be used in a comprehension iterable expression @ "
             "1:14-1:20"},
        Case{"class C: [x := 1 for y in z]",
             "SyntaxError: assignment expression within a comprehension cannot be used in a class body @ "
             "1:11-1:12"},
        Case{"[(yield) for x in y]", "SyntaxError: 'yield' inside list comprehension @ 1:3-1:8"},
        Case{"type X = (y := 1)", "SyntaxError: named expression cannot be used within a type alias @ 1:11-1:17"},
        Case{"x: (yield) = 1", "SyntaxError: yield expression cannot be used within an annotation @ 1:5-1:10"},
        Case{"__debug__ = 1", "SyntaxError: cannot assign to __debug__ @ 1:1-1:10"},
        Case{"class C:\n def f(self):\n  nonlocal __class__", "ok"}));

INSTANTIATE_TEST_SUITE_P(
    Statements, Errors,
    testing::Values(
        Case{"return 1", "SyntaxError: 'return' outside function @ 1:1-1:9"},
        Case{"class A: return 1", "SyntaxError: 'return' outside function @ 1:10-1:18"},
        Case{"yield 1", "SyntaxError: 'yield' outside function @ 1:1-1:8"},
        Case{"await x", "SyntaxError: 'await' outside function @ 1:1-1:8"},
        Case{"def f(): await x", "SyntaxError: 'await' outside async function @ 1:10-1:17"},
        Case{"async def f(): yield from x", "SyntaxError: 'yield from' inside async function @ 1:16-1:28"},
        Case{"async def f():\n yield 1\n return 2", "SyntaxError: 'return' with value in async generator @ 3:2-3:10"},
        Case{"break", "SyntaxError: 'break' outside loop @ 1:1-1:6"},
        Case{"continue", "SyntaxError: 'continue' not properly in loop @ 1:1-1:9"},
        Case{"[x async for x in y]",
             "SyntaxError: asynchronous comprehension outside of an asynchronous function @ 1:1-1:21"},
        Case{"async with x: pass", "SyntaxError: 'async with' outside async function @ 1:1-1:19"},
        Case{"from __future__ import nope", "SyntaxError: future feature nope is not defined @ 1:24-1:28"},
        Case{"x = 1\nfrom __future__ import annotations",
             "SyntaxError: from __future__ imports must occur at the beginning of the file @ 2:1-2:35"},
        Case{"a, *b, *c = x", "SyntaxError: multiple starred expressions in assignment @ 1:1-1:10"},
        Case{"*a = x", "SyntaxError: starred assignment target must be in a list or tuple @ 1:1-1:3"},
        Case{"try: pass\nexcept: pass\nexcept E: pass", "SyntaxError: default 'except:' must be last @ 2:1-2:13"},
        Case{"for x in y:\n try: pass\n except* E: continue",
             "SyntaxError: 'break', 'continue' and 'return' cannot appear in an except* block @ 3:13-3:21"},
        Case{"f(a=1, a=2)", "SyntaxError: keyword argument repeated: a @ 1:8-1:11"},
        Case{"def f[T=int, U](): pass",
             "SyntaxError: non-default type parameter 'U' follows default type parameter @ 1:14-1:15"},
        Case{"match x:\n case a: pass\n case b: pass",
             "SyntaxError: name capture 'a' makes remaining patterns unreachable @ 2:7-2:8"},
        Case{"match x:\n case (a, 1) | (b, 2): pass",
             "SyntaxError: alternative patterns bind different names @ 2:7-2:22"},
        Case{"match x:\n case {1: a, 1: b}: pass",
             "SyntaxError: mapping pattern checks duplicate key (1) @ 2:7-2:19"}));

TEST_F(CompileTest, AWarningMadeAnErrorIsASyntaxErrorAtItsPlace) {
  CompileOptions options;
  options.warn = [](Vm& machine, E, std::string_view message, Str*, int) -> Status {
    return machine.raise(E::SyntaxWarning, "{}", message);
  };
  EXPECT_EQ(outcome("\nx is 1", options), "SyntaxError: \"is\" with 'int' literal. Did you mean \"==\"? @ 2:1-2:7");
  EXPECT_EQ(outcome("assert (x, 'y')", options),
            "SyntaxError: assertion is always true, perhaps remove parentheses? @ 1:1-1:16");
  EXPECT_EQ(outcome("1()", options),
            "SyntaxError: 'int' object is not callable; perhaps you missed a comma? @ 1:1-1:2");
  EXPECT_EQ(outcome("def f():\n try: pass\n finally: return 1", options),
            "SyntaxError: 'return' in a 'finally' block @ 3:11-3:19");
  EXPECT_EQ(outcome("def f():\n try: pass\n finally:\n  for x in y: break", options), "ok");
}

TEST_F(CompileTest, NestingIsBounded) {
  std::string deep = "x = ";
  for (int i = 0; i < 50000; ++i) deep += "-";
  deep += "1";
  EXPECT_EQ(compile_text(deep), nullptr);
  (void)vm.take_pending();
  std::string loops;
  for (int i = 0; i < 30; ++i) loops += std::string(static_cast<size_t>(i), ' ') + "for x in y:\n";
  loops += std::string(30, ' ') + "pass\n";
  EXPECT_NE(outcome(loops).find("too many statically nested blocks"), std::string::npos);
}

}  // namespace
}  // namespace krait
