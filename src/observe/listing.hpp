// What instructions are called in a trace. Krait's own code is shown as canonical instructions; code that came from somewhere else
// (a foreign .pyc, another language) can be shown in that machine's words.
#pragma once

#include <string>
#include <vector>

#include "interp/interpreter.hpp"

namespace krait {

/// One instruction of a code object as a trace shows it.
struct ListedInstruction {
  bool shown = true;   ///< false: has no counterpart in the code it was made from
  int64_t index = 0;   ///< --trace=log: its number there
  int64_t offset = 0;  ///< --trace=stack: its place there
  std::string name;
  bool has_arg = false;
  int64_t arg = 0;
  bool is_target = false;  ///< something jumps here
  std::string meaning;     ///< the constant, name, ... that the operand stands for; empty: none
  std::vector<ListedInstruction>
      before;  ///< that machine's instructions for which Krait has none, shown before this one
};
/// By number of the canonical instruction.
using Listing = std::vector<ListedInstruction>;

/// Fills the listing of a code object it knows; false: not mine.
using ListingMaker = bool (*)(Vm& vm, const Code* code, Listing& out);
/// Rooms that make code from other machines' code add their makers here.
struct ListingMakers : Extension {
  std::vector<ListingMaker> makers;
};

Listing code_listing(Vm& vm, const Code* code);
/// Krait's own instructions, whatever the code was made from.
Listing krait_listing(Vm& vm, const Code* code);

}  // namespace krait
