// The compressed table of source positions gives back what was put in.
#include <random>
#include <vector>

#include "../compiler/compile_test.hpp"

namespace krait {
namespace {

TEST_F(CompileTest, LocationsSurviveTheTable) {
  std::mt19937 random(7);
  std::vector<Location> locations;
  for (int i = 0; i < 2000; ++i) {
    Location l{-1, -1, -1, -1};
    if (random() % 8 != 0) {
      l.line = static_cast<int32_t>(random() % 100000);
      l.end_line = l.line + static_cast<int32_t>(random() % 3);
      if (random() % 4 != 0) {
        l.column = static_cast<int32_t>(random() % 300);
        l.end_column = static_cast<int32_t>(random() % 300);
      }
    }
    size_t run = random() % 5 + 1;
    locations.insert(locations.end(), run, l);
  }
  std::vector<Instruction> code(locations.size(), encode(Op::NOP));
  CodeParts parts;
  parts.instructions = code;
  parts.locations = locations;
  parts.filename = parts.name = vm.intern("t").release();
  Code* made = code_new(vm, parts).release();
  for (size_t i = 0; i < locations.size(); i += 37) {
    Location l = code_location(made, static_cast<uint32_t>(i));
    EXPECT_EQ(l.line, locations[i].line);
    EXPECT_EQ(l.end_line, locations[i].end_line);
    EXPECT_EQ(l.column, locations[i].column);
    EXPECT_EQ(l.end_column, locations[i].end_column);
  }
  size_t covered = 0;
  for (LocationRuns runs(made); runs.next();) {
    EXPECT_EQ(runs.start, covered);
    EXPECT_EQ(runs.location.line, locations[covered].line);
    covered += runs.count;
  }
  EXPECT_EQ(covered, locations.size());
}

}  // namespace
}  // namespace krait
