// Limits end whatever a script does, nothing that it does puts them off, and the machine is as good as before afterwards.
#include "runtime/limits.hpp"

#include <gtest/gtest.h>

#include <chrono>
#include <string>

#include "modules/modules.hpp"
#include "objects/dict.hpp"
#include "objects/operations.hpp"
#include "objects/str.hpp"
#include "runtime/machine.hpp"

namespace krait {
namespace {

struct Stop {
  void operator()(Vm* vm) const { machine_stop(std::unique_ptr<Vm>(vm)); }
};

class LimitsTest : public ::testing::Test {
 protected:
  void start(uint64_t memory = UINT64_MAX) {
    MachineOptions options;
    options.vm.memory_limit = memory;
    options.system.no_site = true;
    vm_.reset(machine_start(options, native_modules()).release());
    ASSERT_NE(vm_, nullptr);
  }

  /// Runs `source` under the limits; true if it ended well. The exception that it left otherwise, if any, is forgotten.
  bool run(const std::string& source, const RunLimits& limits = {}) {
    EXPECT_TRUE(limits_start(*vm_, limits));
    Value done = run_main_source(*vm_, source, "<test>", false);
    tripped_ = vm_->tripped;
    failure_.clear();
    if (done.is_error() && tripped_ == Limit::kNone) failure_ = str_to_utf8(vm_->type_of(vm_->t.pending)->name);
    limits_reset(*vm_);
    return !done.is_error();
  }

  /// It must end by `wanted`, soon; then the machine must do real work again.
  void expect_trip(const std::string& source, Limit wanted, const RunLimits& limits) {
    SCOPED_TRACE(source.substr(0, 200));
    auto begin = std::chrono::steady_clock::now();
    EXPECT_FALSE(run(source, limits));
    EXPECT_EQ(tripped_, wanted) << failure_;
    std::chrono::duration<double> took = std::chrono::steady_clock::now() - begin;
    EXPECT_LT(took.count(), limits.seconds + 5);
    expect_usable();
  }

  void expect_usable() {
    EXPECT_TRUE(
        run("import itertools\n"
            "def f(n): return n if n < 2 else f(n - 1) + f(n - 2)\n"
            "class A:\n"
            "    def __init__(self, x): self.x = x\n"
            "    def __del__(self): pass\n"
            "assert f(12) == 144\n"
            "assert [A(i).x for i in range(500)][-1] == 499\n"
            "assert list(itertools.islice(itertools.count(), 3)) == [0, 1, 2]\n"
            "assert ''.join(sorted('krait')) == 'aikrt' and {i: str(i) for i in range(100)}[99] == '99'\n"
            "try: 1 / 0\n"
            "except ZeroDivisionError: pass\n"
            "else: assert False\n"
            "def g():\n"
            "    yield from range(3)\n"
            "assert sum(g()) == 3 and eval('2 ** 100') == 2 ** 100\n"))
        << failure_;
    EXPECT_EQ(vm_->tripped, Limit::kNone);
    EXPECT_FALSE(vm_->has_pending());
  }

  std::unique_ptr<Vm, Stop> vm_;
  Limit tripped_ = Limit::kNone;
  std::string failure_;
};

RunLimits time_of(double seconds) {
  RunLimits limits;
  limits.seconds = seconds;
  return limits;
}

TEST_F(LimitsTest, TimeEndsLoopsOfEveryKind) {
  start();
  for (const char* source : {
           "while True: pass",
           "import itertools; sum(itertools.count())",
           "import itertools; 'x' in itertools.repeat('y')",
           "import itertools; max(itertools.cycle([1, 2]))",
           "any(iter(int, 1))",
           "sorted(iter(lambda: 1, 2), key=lambda x: x) if 0 else all(iter(lambda: 1, 2))",
           "x = 9 ** 10 ** 8",
           "def f():\n  while True: yield\nfor x in f(): pass",
           "class A:\n  def __eq__(self, o):\n    while True: pass\nA() == A()",
           "class A:\n  def __hash__(self):\n    while True: pass\n{A(): 1}",
           "class A:\n  def __len__(self):\n    while True: pass\nlen(A())",
           "class A:\n  def __index__(self):\n    while True: pass\n[1, 2][A()]",
           "class A:\n  def __format__(self, s):\n    while True: pass\nf'{A()}'",
           "exec('while True: pass')",
           "from itertools import product\nfor x in product(range(100), repeat=50): pass",
           "(10 ** 100000) ** 3000",
           "'a' * 10 in ('a' * 5 + 'b') * 10 ** 6 and [0 for i in iter(int, 1)] or [0 for i in iter(int, 1)]",
       })
    expect_trip(source, Limit::kTime, time_of(0.2));
}

TEST_F(LimitsTest, TimeHoldsInTheParserAndTheCompiler) {
  start();
  // Each is far more than a fifth of a second of lexing, parsing and code generation.
  expect_trip("exec('x = [' + '1, ' * 6000000 + ']')", Limit::kTime, time_of(0.1));
  expect_trip("exec('x = a + b\\n' * 1500000)", Limit::kTime, time_of(0.1));
  expect_trip("compile('if a:\\n  b(c, d=e)\\n' * 800000, 'f', 'exec')", Limit::kTime, time_of(0.1));
}

TEST_F(LimitsTest, NothingPutsOffTheEnd) {
  start();
  for (const char* source : {
           "while True:\n  try:\n    while True: pass\n  except BaseException: pass\n  except: pass",
           "try:\n  while True: pass\nfinally:\n  while True: pass",
           "class C:\n  def __enter__(self): return self\n  def __exit__(self, *a):\n    return True\nwhile True:\n  "
           "with C():\n    while True: pass",
           "def g():\n  while True:\n    try: yield\n    except BaseException: pass\nwhile True:\n  for x in g(): pass",
           "class A:\n  def __del__(self):\n    while True: pass\nimport gc\nwhile True:\n  A()\n  gc.collect()",
           "import gc, sys\nclass A:\n  def __del__(self):\n    A()\nA()\nwhile True: gc.collect()",
           "import _weakref\nclass A: pass\ndef f(r):\n  while True: pass\na = A(); r = _weakref.ref(a, f); del "
           "a\nimport gc\nwhile True: gc.collect()",
           "import sys\nsys.settrace(lambda *a: None)\nsys.unraisablehook = lambda *a: None\nsys.excepthook = lambda "
           "*a: None\nwhile True: pass",
           "def f():\n  try: f()\n  except BaseException: f()\n  finally: f()\nwhile True:\n  try: f()\n  except "
           "BaseException: pass",
       })
    expect_trip(source, Limit::kTime, time_of(0.2));
}

TEST_F(LimitsTest, StepsAreCounted) {
  start();
  RunLimits limits;
  limits.steps = 10000;
  expect_trip("while True: pass", Limit::kSteps, limits);
  expect_trip("def f(): pass\nwhile True:\n  try: f()\n  except BaseException: pass", Limit::kSteps, limits);
  expect_trip("[i for i in range(10 ** 9)]", Limit::kSteps, limits);
  expect_trip("import itertools; sum(itertools.count())", Limit::kSteps, limits);
  EXPECT_TRUE(run("for i in range(100): pass", limits));
}

TEST_F(LimitsTest, DepthIsBounded) {
  start();
  RunLimits limits;
  limits.depth = 60;
  expect_trip("def f(): f()\nf()", Limit::kDepth, limits);
  expect_trip("import sys\nsys.setrecursionlimit(10 ** 6)\ndef f():\n  try: f()\n  except BaseException: pass\nf()",
              Limit::kDepth, limits);
  expect_trip("class A:\n  def __repr__(self): return repr(self)\nrepr(A())", Limit::kDepth, limits);
  EXPECT_TRUE(run("def f(n): return n and f(n - 1)\nf(40)", limits)) << failure_;
}

TEST_F(LimitsTest, OutputIsBounded) {
  start();
  RunLimits limits;
  limits.output_bytes = 1000;
  expect_trip(
      "import posix\nfd = posix.open('/dev/null', posix.O_WRONLY)\nwhile True:\n  try: posix.write(fd, b'x' * 100)\n  "
      "except BaseException: pass",
      Limit::kOutput, limits);
  expect_trip("import _io\nf = _io.FileIO('/dev/null', 'w')\nwhile True: f.write(b'x' * 100)", Limit::kOutput, limits);
  EXPECT_TRUE(run("import _io\n_io.FileIO('/dev/null', 'w').write(b'x' * 900)", limits)) << failure_;
}

TEST_F(LimitsTest, MemoryIsBounded) {
  start(48 << 20);
  // Either the limit itself ends the script, or the script sees MemoryError where one request was too large.
  for (const char* source : {
           "def f():\n  a = []\n  while True: a.append([0] * 100)\nf()",
           "def f():\n  a = {}\n  i = 0\n  while True:\n    a[i] = str(i); i += 1\nf()",
           "def f():\n  s = 'x'\n  while True: s += s\nf()",
           "bytes(10 ** 12)",
           "[0] * 10 ** 12",
           "'x' * 10 ** 12",
           "1 << 10 ** 12",
           "list(range(10 ** 9))",
           "def f():\n  class A: pass\n  a = []\n  while True:\n    o = A(); o.x = o; a.append(o)\nf()",
           "compile('x = [' + '1, ' * 30000000 + ']', 'f', 'exec')",
           "'%1000000000d' % 5",
           "f'{5:1000000000}'",
       }) {
    SCOPED_TRACE(source);
    EXPECT_FALSE(run(source, time_of(20)));
    EXPECT_TRUE(tripped_ == Limit::kMemory || failure_ == "MemoryError") << failure_ << static_cast<int>(tripped_);
    EXPECT_TRUE(run("import gc\ngc.collect()")) << failure_;
    expect_usable();
  }
}

TEST_F(LimitsTest, MemoryThatIsCaughtTripsAgain) {
  start(32 << 20);
  EXPECT_FALSE(
      run("def f():\n  a = []\n  while True:\n    try:\n      while True: a.append([0] * 1000)\n    except "
          "BaseException: pass\nf()",
          time_of(20)));
  EXPECT_TRUE(tripped_ == Limit::kMemory || tripped_ == Limit::kTime);
  EXPECT_TRUE(run("import gc\ngc.collect()")) << failure_;
  expect_usable();
}

TEST_F(LimitsTest, OneLimitAfterTheOther) {
  start();
  for (int round = 0; round < 20; ++round) {
    RunLimits steps;
    steps.steps = 500;
    expect_trip("while True: pass", Limit::kSteps, steps);
    RunLimits depth;
    depth.depth = 30;
    expect_trip("def f(): f()\nf()", Limit::kDepth, depth);
    expect_trip("import itertools; sum(itertools.count())", Limit::kTime, time_of(0.02));
  }
}

}  // namespace
}  // namespace krait
