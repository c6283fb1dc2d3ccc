// What the code generator writes and the assembler reads: instructions with labels for jump targets, and
// pseudo instructions that say which handler protects what follows.
#pragma once

#include <cstdint>
#include <vector>

#include "bytecode/code.hpp"
#include "compiler/constants.hpp"
#include "compiler/names.hpp"

namespace krait {

// Pseudo instructions. The first three enter a protected range whose handler is their label; it lasts until
// PopBlock on every path.
constexpr Op kSetupFinally = static_cast<Op>(240);
constexpr Op kSetupCleanup = static_cast<Op>(241);  ///< the handler wants the instruction number
constexpr Op kSetupWith = static_cast<Op>(242);  ///< as SetupCleanup; the top of the stack does not belong to the range
constexpr Op kPopBlock = static_cast<Op>(243);
constexpr Op kAnnotationsPlace = static_cast<Op>(244);  ///< where a module's __annotate__ is made
constexpr Op kRestoreFast = static_cast<Op>(245);       ///< STORE_FAST of what may be unset
inline bool is_block_setup(Op op) { return op == kSetupFinally || op == kSetupCleanup || op == kSetupWith; }

struct Label {
  uint32_t id = UINT32_MAX;
  bool valid() const { return id != UINT32_MAX; }
};

/// No line: the instruction is artificial.
constexpr Location kNoLocation{-1, -1, -1, -1};
inline bool has_line(const Location& l) { return l.line >= 0; }

/// Operands differ from the final ones in three ways: LOAD_CONST has a number of the ConstantPool, cell
/// instructions count through cellvars and then freevars, and jumps (JUMP for both directions) have a label.
struct IrInstruction {
  Op op;
  int32_t arg = 0;
  Label label{};
  Location loc{};
};

struct IrCode {
  std::vector<IrInstruction> code;
  std::vector<uint32_t> labels;  ///< by Label::id: number of the instruction it stands before
};

struct AssemblyInput {
  IrCode* ir = nullptr;
  ConstantPool* constants = nullptr;
  NamePool* names = nullptr;
  NameMap<uint32_t>*used_names = nullptr, *varnames = nullptr, *cellvars = nullptr, *freevars = nullptr;
  const NameMap<bool>* hidden = nullptr;  ///< locals of inlined comprehensions where the block's own are not fast
  uint32_t argument_count = 0, positional_only = 0, keyword_only = 0, flags = 0, first_line = 1;
  uint32_t parameter_slots = 0;  ///< slots that are set when the frame starts
  bool has_docstring = false;
  uint32_t docstring = 0;  ///< constant number
  Str *filename = nullptr, *name = nullptr, *qualname = nullptr;
};
/// Optimises and lays out the code. Takes the instructions.
Result<Code*> assemble(Vm& vm, AssemblyInput& input);

}  // namespace krait
