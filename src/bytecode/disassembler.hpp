// Code objects as text, in the layout of CPython's dis: for `krait --dis`, the dis module and golden tests.
#pragma once

#include <string>
#include <vector>

#include "bytecode/code.hpp"

namespace krait {

/// One instruction, read.
struct DisInstruction {
  uint32_t index = 0;  ///< instruction number; its offset in co_code is four times that
  Op op{};
  bool has_arg = false;
  int64_t arg = 0;
  std::string arg_text;  ///< what the operand means; empty where nothing is to be said
  int64_t target = -1;   ///< jumps: the instruction number they go to
  uint32_t label = 0;    ///< number of the label that stands here; 0: none
  Location location;
  bool starts_line = false;
};

struct Disassembly {
  std::vector<DisInstruction> instructions;
  std::vector<uint32_t> label_of;  ///< by instruction number, one more than there are: 0 or the label
  uint32_t label_count = 0;
};
/// Shows constants with repr(), so may run Python code.
Status disassemble(Vm& vm, const Code* code, Disassembly& out);

struct DisOptions {
  bool show_offsets = false;
  bool show_positions = false;  ///< line:column-line:column of each instruction, where the line would stand
  int64_t current = -1;         ///< instruction to mark with an arrow; -1: none
  int32_t line_offset = 0;      ///< added to line numbers
};
/// The listing of one code object with its exception table.
Status disassembly_text(Vm& vm, const Code* code, const DisOptions& options, std::string& out);
/// The listing, then those of the code objects among its constants, down to `depth` levels (-1: all).
Status disassembly_text_recursive(Vm& vm, const Code* code, const DisOptions& options, int depth, std::string& out);

/// One line of a listing. Widths 0 leave a column out; positions stand in the place of the line.
struct DisWidths {
  int line = 0, positions = 0, label = 0, offset = 0;
};
std::string dis_line(const DisInstruction& i, const DisWidths& widths, bool mark, int32_t line_offset);

/// The names of intrinsic functions, special methods and so on that operands stand for; null if there is
/// none.
const char* intrinsic_1_name(uint32_t i);
const char* intrinsic_2_name(uint32_t i);
const char* special_method_name(uint32_t i);
const char* common_constant_name(uint32_t i);
const char* binary_op_text(uint32_t i);  ///< "+", "+=", ...
const char* compare_op_text(uint32_t i);

}  // namespace krait
