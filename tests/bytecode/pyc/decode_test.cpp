// Instructions, jumps and tables of CPython's formats, byte for byte.
#include "bytecode/pyc/pyc.hpp"

#include <gtest/gtest.h>

namespace krait::pyc {
namespace {

PycCode code_of(int minor, std::string bytes) {
  PycCode c;
  c.minor = minor;
  c.code = std::move(bytes);
  c.first_line = 1;
  return c;
}

TEST(PycDecode, KnowsReleasedMagicNumbers) {
  EXPECT_EQ(version_of_magic(3310), 4);
  EXPECT_EQ(version_of_magic(3350), 5);
  EXPECT_EQ(version_of_magic(3351), 5);
  EXPECT_EQ(version_of_magic(3495), 11);
  EXPECT_EQ(version_of_magic(3627), 14);
  EXPECT_EQ(version_of_magic(62211), 0);  // 2.7
  for (int minor = kOldest; minor <= kNewest; ++minor) EXPECT_EQ(version_of_magic(magic_of_version(minor)), minor);
  EXPECT_TRUE(is_pyc(std::string("\xa7\r\r\n", 4)));
  EXPECT_FALSE(is_pyc(std::string("\xa7\r\n\n", 4)));
  EXPECT_FALSE(is_pyc("\xa7\r"));
}

TEST(PycDecode, ThreeByteInstructions) {
  // EXTENDED_ARG 1, LOAD_CONST 2, POP_TOP, JUMP_FORWARD 1, NOP, RETURN_VALUE
  PycCode c = code_of(5, {'\x90', 1, 0, 100, 2, 0, 1, 110, 1, 0, 9, 83});
  std::vector<PycInstruction> is = decode(c);
  ASSERT_EQ(is.size(), 6u);
  EXPECT_EQ(is[1].arg, 0x10002);
  EXPECT_EQ(is[1].start, 0u);
  EXPECT_EQ(is[2].offset, 6u);
  EXPECT_FALSE(is[2].has_arg);
  EXPECT_EQ(jump_target(c, is[3]), 11);
  EXPECT_EQ(is[5].op, Op::RETURN_VALUE);
}

TEST(PycDecode, JumpsOfEachVersion) {
  PycCode c9 = code_of(9, {110, 4, 113, 6});
  std::vector<PycInstruction> is = decode(c9);
  EXPECT_EQ(jump_target(c9, is[0]), 6);
  EXPECT_EQ(jump_target(c9, is[1]), 6);
  PycCode c10 = code_of(10, {110, 4, 113, 6});
  is = decode(c10);
  EXPECT_EQ(jump_target(c10, is[0]), 10);
  EXPECT_EQ(jump_target(c10, is[1]), 12);
  PycCode c12 = code_of(12, {93, 2, 0, 0, '\x8c', 2});  // FOR_ITER with its cache, JUMP_BACKWARD
  is = decode(c12);
  ASSERT_EQ(is.size(), 2u);
  EXPECT_EQ(jump_target(c12, is[0]), 8);
  EXPECT_EQ(jump_target(c12, is[1]), 2);
}

TEST(PycDecode, CutInTheMiddle) {
  EXPECT_EQ(decode(code_of(5, {100})).size(), 1u);
  EXPECT_EQ(decode(code_of(5, {100, 1})).size(), 1u);
  EXPECT_EQ(decode(code_of(11, {'\x97', 0, 116, 0})).size(), 2u);  // LOAD_GLOBAL without its caches
}

std::vector<int> lines_of(const PycCode& c) {
  std::vector<int> out;
  for (const PycLocation& l : locations(c))
    for (uint32_t at = l.start; at < l.end; at += 2) out.push_back(l.location.line);
  return out;
}

TEST(PycDecode, LinesOfEachVersion) {
  PycCode c = code_of(8, std::string(8, '\x09'));
  c.lines = {2, 5, 2, '\xfe'};  // two bytes on, five lines on; two lines back
  EXPECT_EQ(lines_of(c), (std::vector<int>{1, 6, 4, 4}));
  c.minor = 10;
  c.lines = {2, 0, 2, '\x80', 4, 3};  // the second has no line
  EXPECT_EQ(lines_of(c), (std::vector<int>{1, -1, 4, 4}));
  c.minor = 11;
  // one line with columns 4 to 9; none; the long form: two lines on, ends one later, columns 0 and 7.
  c.lines = {'\x80' | 10 << 3, 4, 9, '\x80' | 15 << 3, '\x80' | 14 << 3 | 1, 4, 1, 1, 8};
  EXPECT_EQ(lines_of(c), (std::vector<int>{1, -1, 3, 3}));
  std::vector<PycLocation> all = locations(c);
  EXPECT_EQ(all[0].location.column, 4);
  EXPECT_EQ(all[0].location.end_column, 9);
  EXPECT_EQ(all[2].location.end_line, 4);
  EXPECT_EQ(all[2].location.column, 0);
  EXPECT_EQ(all[2].location.end_column, 7);
}

TEST(PycDecode, ExceptionTable) {
  PycCode c = code_of(11, std::string(200, '\x09'));
  c.exceptions = {'\x80' | 1, 2, '\x41', 3, 5};  // 64 + 3 units: two digits
  std::vector<ExceptionRow> rows = exception_rows(c);
  ASSERT_EQ(rows.size(), 1u);
  EXPECT_EQ(rows[0].start, 2u);
  EXPECT_EQ(rows[0].end, 6u);
  EXPECT_EQ(rows[0].target, 134u);
  EXPECT_EQ(rows[0].depth, 2u);
  EXPECT_TRUE(rows[0].lasti);
  c.exceptions.resize(3);
  EXPECT_TRUE(exception_rows(c).empty());
}

}  // namespace
}  // namespace krait::pyc
