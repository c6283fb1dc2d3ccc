// ASPL's view of a code object: the instructions of the first ASPL machine, with its names and its byte offsets.
//
// The machine runs its own instructions; what ASPL calls one is one of them, or a short run that belongs together (an assignment
// to a global, a call's check). The view is made from the code alone, so a disassembly and a trace of every instruction can show it.
#pragma once

#include <string>
#include <vector>

#include "bytecode/code.hpp"

namespace krait::aspl {

struct ListedInstruction {
  std::string name;     ///< "OP_CONSTANT"; empty: part of the instruction before it, or of none
  std::string operand;  ///< ready to be printed; empty: none
  uint32_t offset = 0;  ///< in ASPL's encoding: 1 byte, 2 with an operand, 3 for a jump
  uint32_t line = 0;
  bool same_line = false;  ///< as the listed instruction before it
};

/// One for each of the code's instructions.
Result<std::vector<ListedInstruction>> list_instructions(Vm& vm, const Code* code);

/// "00000000       1 OP_CONSTANT                   0   '4'", without a line end.
std::string listed_text(const ListedInstruction& i);

/// The listings of a script and its functions, each under a heading with its name.
Result<std::string> list_code(Vm& vm, const Code* code);

}  // namespace krait::aspl
