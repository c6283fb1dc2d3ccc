#include <gtest/gtest.h>

#include <cstdio>
#include <cstdlib>
#include <fstream>
#include <sstream>

#include "modules/modules.hpp"
#include "objects/dict.hpp"
#include "objects/module.hpp"
#include "objects/str.hpp"
#include "observe/gzip.hpp"
#include "observe/json.hpp"
#include "observe/safe_repr.hpp"
#include "observe/sink.hpp"
#include "runtime/import.hpp"
#include "runtime/machine.hpp"

#include "interp/interpreter.hpp"

namespace krait {
namespace {

struct Machine {
  std::unique_ptr<Vm> vm;
  Machine() {
    MachineOptions options;
    vm = machine_start(options, native_modules());
  }
  ~Machine() { machine_stop(std::move(vm)); }
  /// Runs the text and gives the value of a name of its module.
  Value run(const char* source, const char* name) {
    Value done = run_main_source(*vm, source, "<test>", false);
    EXPECT_FALSE(done.is_error());
    Value module = import_module(*vm, "__main__");
    return dict_get_str(*vm, module.as<Module>()->dict, vm->intern(name).release());
  }
};

struct Counter final : Observer {
  uint64_t seen[kEventCount] = {};
  Watched handle(Vm&, const EventInfo& info) override {
    ++seen[static_cast<size_t>(info.event)];
    return answer;
  }
  Watched answer = Watched::kContinue;
};

constexpr const char* kProgram =
    "def f(n):\n"
    "    total = 0\n"
    "    for i in range(n):\n"
    "        total += i\n"
    "    return total\n"
    "f(10)\n";

std::vector<Instruction> live_words(Value function) {
  const Code* code = function.as<Function>()->code;
  return {code->live->code, code->live->code + code->instruction_count};
}
size_t watched_words(Value function) {
  size_t n = 0;
  for (Instruction word : live_words(function)) n += (word & 0xFF) == static_cast<uint32_t>(LiveOp::INSTRUMENTED);
  return n;
}
void call_f(Vm& vm, Value f, int n) {
  Value argument = Value::small_int(n);
  EXPECT_FALSE(call_function(vm, f, CallArgs{&argument, 1}).is_error());
}

TEST(Instrument, OnlyWatchedPlacesChangeAndAllComesBack) {
  Machine m;
  Value f = m.run(kProgram, "f");
  for (int i = 0; i < 20; ++i) call_f(*m.vm, f, 5);  // until it has learnt what it can
  std::vector<Instruction> before = live_words(f);
  EXPECT_EQ(watched_words(f), 0u);
  Counter counter;
  observer_attach(*m.vm, kToolSlots, &counter);
  ASSERT_TRUE(observer_set_events(*m.vm, kToolSlots, event_bit(Event::kStart) | event_bit(Event::kReturn)).ok());
  EXPECT_EQ(watched_words(f), 2u);
  call_f(*m.vm, f, 5);
  EXPECT_EQ(counter.seen[static_cast<size_t>(Event::kStart)], 1u);
  EXPECT_EQ(counter.seen[static_cast<size_t>(Event::kReturn)], 1u);
  ASSERT_TRUE(observer_set_events(*m.vm, kToolSlots, 0).ok());
  for (int i = 0; i < 20; ++i) call_f(*m.vm, f, 5);  // goes back to what it was at the next word that was watched
  EXPECT_EQ(counter.seen[static_cast<size_t>(Event::kStart)], 1u);
  EXPECT_EQ(watched_words(f), 0u);
  EXPECT_EQ(live_words(f), before);
  observer_attach(*m.vm, kToolSlots, nullptr);
}

TEST(Instrument, LinesAreToldWhereTheyBegin) {
  Machine m;
  Value f = m.run(kProgram, "f");
  Counter counter;
  observer_attach(*m.vm, kToolSlots, &counter);
  ASSERT_TRUE(observer_set_events(*m.vm, kToolSlots, event_bit(Event::kLine)).ok());
  call_f(*m.vm, f, 3);
  // total, for, 3 times (total, for), return
  EXPECT_EQ(counter.seen[static_cast<size_t>(Event::kLine)], 9u);
  ASSERT_TRUE(observer_set_events(*m.vm, kToolSlots, 0).ok());
  observer_attach(*m.vm, kToolSlots, nullptr);
}

TEST(Instrument, DisablingPutsTheInstructionBack) {
  Machine m;
  Value f = m.run(kProgram, "f");
  Counter counter;
  counter.answer = Watched::kDisable;
  observer_attach(*m.vm, kToolSlots, &counter);
  ASSERT_TRUE(observer_set_events(*m.vm, kToolSlots, event_bit(Event::kLine)).ok());
  // Four lines, and the head of the loop is a place that is jumped to.
  EXPECT_EQ(watched_words(f), 5u);
  call_f(*m.vm, f, 100);
  EXPECT_EQ(counter.seen[static_cast<size_t>(Event::kLine)], 5u);
  EXPECT_EQ(watched_words(f), 0u);
  ASSERT_TRUE(observers_restart(*m.vm).ok());
  EXPECT_EQ(watched_words(f), 5u);
  ASSERT_TRUE(observer_set_events(*m.vm, kToolSlots, 0).ok());
  observer_attach(*m.vm, kToolSlots, nullptr);
}

TEST(Instrument, OneCodeObjectCanBeWatchedAlone) {
  Machine m;
  Value f = m.run("def g(): return 1\ndef f(n): return g()\nf(1)\n", "f");
  Counter counter;
  observer_attach(*m.vm, kToolSlots, &counter);
  ASSERT_TRUE(observer_set_local_events(*m.vm, kToolSlots, f.as<Function>()->code, event_bit(Event::kStart)).ok());
  call_f(*m.vm, f, 1);
  EXPECT_EQ(counter.seen[static_cast<size_t>(Event::kStart)], 1u);
  EXPECT_EQ(observer_local_events(*m.vm, kToolSlots, f.as<Function>()->code), event_bit(Event::kStart));
  ASSERT_TRUE(observer_set_local_events(*m.vm, kToolSlots, f.as<Function>()->code, 0).ok());
  call_f(*m.vm, f, 1);
  EXPECT_EQ(counter.seen[static_cast<size_t>(Event::kStart)], 1u);
  observer_attach(*m.vm, kToolSlots, nullptr);
}

std::string shown(Vm& vm, Value v, const ReprBounds& bounds = {}) {
  std::string out;
  safe_repr(vm, v, out, bounds);
  return out;
}

TEST(Instrument, FollowedCodeIsWatchedWhileItsFollowerWantsSomething) {
  Machine m;
  Value f = m.run(kProgram, "f");
  call_f(*m.vm, f, 5);
  Code* code = f.as<Function>()->code;
  ASSERT_TRUE(observer_follow(*m.vm, kToolSlots, code).ok());
  EXPECT_EQ(watched_words(f), 0u);
  Counter counter;
  observer_attach(*m.vm, kToolSlots, &counter);
  auto told = [&](Event e) { return counter.seen[static_cast<size_t>(e)]; };
  ASSERT_TRUE(observer_set_events(*m.vm, kToolSlots, event_bit(Event::kStart), event_bit(Event::kReturn)).ok());
  EXPECT_EQ(watched_words(f), 2u);
  Value g = m.run("def g(): return 1\ng()\n", "g");  // nobody follows it
  EXPECT_EQ(watched_words(g), 1u);
  for (uint64_t& n : counter.seen) n = 0;
  call_f(*m.vm, f, 5);
  EXPECT_EQ(told(Event::kStart), 1u);
  EXPECT_EQ(told(Event::kReturn), 1u);
  ASSERT_TRUE(observer_set_events(*m.vm, kToolSlots, 0).ok());
  call_f(*m.vm, f, 5);
  EXPECT_EQ(told(Event::kReturn), 1u);
  EXPECT_EQ(watched_words(f), 0u);
  ASSERT_TRUE(observer_set_events(*m.vm, kToolSlots, event_bit(Event::kStart), event_bit(Event::kLine)).ok());
  call_f(*m.vm, f, 3);
  EXPECT_GT(told(Event::kLine), 3u);
  EXPECT_EQ(told(Event::kReturn), 1u);
  ASSERT_TRUE(observer_set_events(*m.vm, kToolSlots, 0).ok());
  observer_attach(*m.vm, kToolSlots, nullptr);
}

TEST(SafeRepr, ShowsWithoutRunning) {
  Machine m;
  Value v = m.run(
      "ran = []\nclass C:\n    def __repr__(self): ran.append(1); return 'C'\n"
      "v = [1, -2.5, 'it\\'s', b'\\x00a', None, True, (1,), {}, {'k': C()}, set(), C, len]\n",
      "v");
  EXPECT_EQ(
      shown(*m.vm, v, {400, 3, 20}),
      "[1, -2.5, \"it's\", b'\\x00a', None, True, (1,), {}, {'k': <C object>}, set(), <class C>, <built-in len>]");
  EXPECT_EQ(shown(*m.vm, v, {20, 3, 20}).substr(0, 10), "[1, -2.5, ");
  EXPECT_LE(shown(*m.vm, v, {20, 3, 20}).size(), 24u);
  EXPECT_EQ(shown(*m.vm, v, {400, 0, 20}), "[...]");
  EXPECT_EQ(shown(*m.vm, v, {400, 3, 2}), "[1, -2.5, ...]");
}

TEST(SafeRepr, EndsOnRecursiveValues) {
  Machine m;
  EXPECT_EQ(shown(*m.vm, m.run("v = []\nv.append(v)\n", "v"), {400, 2, 8}), "[[[...]]]");
}

TEST(Json, ReadsAndRefuses) {
  Json j;
  ASSERT_TRUE(json_parse(R"({"a": [1, -2.5e1, true, null], "b": "x\n\u00e9\ud83d\ude00"})", j));
  EXPECT_EQ(j["a"].items[1].number, -25);
  EXPECT_TRUE(j["a"].items[2].truth());
  EXPECT_EQ(j["b"].text, "x\n\xC3\xA9\xF0\x9F\x98\x80");
  EXPECT_EQ(j["nothing"]["deeper"].integer(7), 7);
  for (const char* bad : {"", "{", "[1,]", "{\"a\" 1}", "\"open", "nul", "1 2", "[\"\\u12\"]"}) {
    Json out;
    EXPECT_FALSE(json_parse(bad, out)) << bad;
  }
  Json deep;
  EXPECT_FALSE(json_parse(std::string(100000, '['), deep));
  std::string text;
  json_text(text, "a\"\\\n\x01");
  EXPECT_EQ(text, "\"a\\\"\\\\\\u000a\\u0001\"");
}

std::string file_text(const std::string& path) {
  std::ifstream in(path, std::ios::binary);
  std::stringstream out;
  out << in.rdbuf();
  return out.str();
}

TEST(Sink, StopsAtItsLimitWithANote) {
  std::string path = ::testing::TempDir() + "krait_sink_test";
  TraceSink sink;
  ASSERT_TRUE(sink.open(path, 100));
  int written = 0;
  while (sink.write("0123456789\n")) ++written;
  EXPECT_EQ(written, 9);
  EXPECT_FALSE(sink.write("x"));
  sink.close();
  std::string text = file_text(path);
  EXPECT_EQ(text.substr(99), "(the trace stops here: its limit of 100 bytes is reached)\n");
  std::remove(path.c_str());
  TraceSink nowhere;
  EXPECT_FALSE(nowhere.open("/nowhere/at/all", 100));
}

TEST(Gzip, IsReadByGzip) {
  std::string data;
  for (int i = 0; i < 30000; ++i) data += "line " + std::to_string(i * i % 977) + (i % 7 == 0 ? "\xff\x80" : "") + "\n";
  std::string path = ::testing::TempDir() + "krait_gzip_test";
  for (const std::string& text : {data, std::string(), std::string("abc"), std::string(100000, 'a')}) {
    std::ofstream(path + ".gz", std::ios::binary) << gzip(text);
    std::remove(path.c_str());
    ASSERT_EQ(std::system(("gzip -dkf " + path + ".gz").c_str()), 0);
    EXPECT_EQ(file_text(path), text);
  }
  EXPECT_LT(gzip(data).size(), data.size() / 2);
  std::remove(path.c_str());
  std::remove((path + ".gz").c_str());
}

}  // namespace
}  // namespace krait
