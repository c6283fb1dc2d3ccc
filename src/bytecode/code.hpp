// Code objects: what the compiler makes and frames execute.
#pragma once

#include <span>

#include "bytecode/opcodes.hpp"
#include "objects/vm.hpp"

namespace krait {

/// co_flags, CPython's values.
enum CodeFlags : uint32_t {
  kCoOptimized = 0x1,
  kCoNewLocals = 0x2,
  kCoVarArgs = 0x4,
  kCoVarKeywords = 0x8,
  kCoNested = 0x10,
  kCoGenerator = 0x20,
  kCoCoroutine = 0x80,
  kCoIterableCoroutine = 0x100,
  kCoAsyncGenerator = 0x200,
  kCoFutureDivision = 0x20000,
  kCoFutureAbsoluteImport = 0x40000,
  kCoFutureWithStatement = 0x80000,
  kCoFuturePrintFunction = 0x100000,
  kCoFutureUnicodeLiterals = 0x200000,
  kCoFutureBarryAsBdfl = 0x400000,
  kCoFutureGeneratorStop = 0x800000,
  kCoFutureAnnotations = 0x1000000,
  kCoHasDocstring = 0x4000000,
  kCoMethod = 0x8000000,
};

/// One row of the handler table: an exception raised at instruction start <= i < end continues at target with the stack cut to
/// depth. Rows are sorted by start and do not overlap: where try statements nest, the compiler writes the innermost one's row.
struct Handler {
  uint32_t start, end, target;
  uint16_t depth;
  uint16_t push_lasti;  ///< push the instruction number below the exception
};

/// Where an instruction comes from; -1 (or line 0): unknown. Columns are UTF-8 byte offsets.
struct Location {
  int32_t line = 0, end_line = 0, column = -1, end_column = -1;
};

struct LiveCode;  // interp/live_code.hpp

/// Fast slots of a frame, in order: arguments and locals (co_varnames), cells that are not arguments (co_cellvars), free variables.
/// An argument that is also a cell has one slot, its varnames one.
enum SlotKind : uint8_t { kSlotLocal = 1, kSlotCell = 2, kSlotFree = 4, kSlotHidden = 8 };

struct Code : Object {
  uint32_t argument_count;  ///< positional, without *args
  uint32_t positional_only;
  uint32_t keyword_only;
  uint32_t slot_count;   ///< fast slots
  uint32_t local_count;  ///< of these, co_varnames
  uint32_t free_count;   ///< of these, co_freevars (the last ones)
  uint32_t max_stack;
  uint32_t flags;
  uint32_t first_line;
  uint32_t instruction_count;
  uint32_t handler_count;
  uint32_t location_bytes;
  Storage* instructions;  ///< Instruction[], canonical
  Storage* handlers;      ///< Handler[]; null if none
  Storage* locations;     ///< compressed; see code_location
  Storage* slot_kinds;    ///< SlotKind[slot_count]
  Tuple* consts;
  Tuple* names;       ///< interned strs
  Tuple* slot_names;  ///< interned strs
  Str* filename;
  Str* name;
  Str* qualname;
  LiveCode* live;  ///< made by the interpreter when the code is first run; owned (freed with the cell)
  bool verified;

  std::span<const Instruction> code() const { return {instructions->data<Instruction>(), instruction_count}; }
  std::span<const Handler> handler_table() const {
    if (handlers == nullptr) return {};
    return {handlers->data<Handler>(), handler_count};
  }
  bool is(uint32_t flag) const { return flags & flag; }
};

/// The interpreter's own part of a code object, released with the cell: a header that every LiveCode begins with.
struct LiveCodeHeader {
  void (*release)(Heap& heap, LiveCode* live);
};

/// For the code type's TypeSpec.
void code_trace(Heap& heap, Cell* cell, Marker& marker);
void code_release(Heap& heap, Cell* cell);

inline bool is_code(Value v) { return is_kind(v, Kind::Code); }

/// What a Code is made from: all but filename.. as in Code; `locations` one per instruction.
struct CodeParts {
  uint32_t argument_count = 0, positional_only = 0, keyword_only = 0, local_count = 0, free_count = 0, max_stack = 0,
           flags = 0, first_line = 1;
  std::span<const Instruction> instructions;
  std::span<const Handler> handlers;
  std::span<const Location> locations;
  std::span<const uint8_t> slot_kinds;
  Tuple* consts = nullptr;
  Tuple* names = nullptr;
  Tuple* slot_names = nullptr;
  Str* filename = nullptr;
  Str* name = nullptr;
  Str* qualname = nullptr;
};
/// A new, unverified code object (argument_count of varargs functions as in CPython: *args and **kwargs not counted; their slots
/// follow the keyword-only ones).
Result<Code*> code_new(Vm& vm, const CodeParts& parts);
Location code_location(const Code* code, uint32_t instruction);
/// The row of the handler table that covers the instruction, or null.
inline const Handler* find_handler(const Code* code, uint32_t instruction) {
  std::span<const Handler> rows = code->handler_table();
  size_t low = 0, high = rows.size();
  while (low < high) {
    size_t middle = (low + high) / 2;
    if (rows[middle].end <= instruction) {
      low = middle + 1;
    } else {
      high = middle;
    }
  }
  return low < rows.size() && rows[low].start <= instruction ? &rows[low] : nullptr;
}

/// The locations in order, as runs of instructions that share one: `LocationRuns runs(code); while (runs.next()) use(runs.location,
/// runs.count)`. The runs cover at most instruction_count instructions.
struct LocationRuns {
  explicit LocationRuns(const Code* code);
  bool next();
  Location location;
  uint32_t start = 0;  ///< first instruction of the run
  uint32_t count = 0;

 private:
  const uint8_t* p_;
  const uint8_t* end_;
  uint32_t left_;
  int32_t line_;
};

/// Proves the code safe to run: operands in range, jumps on instructions, a consistent stack depth at every instruction within
/// max_stack, handler rows sane, no fall off the end, slots of the right kind, unset values only where an instruction allows them.
/// ValueError "invalid code object: ..." otherwise. Nested code objects in consts are checked when they run. Done once.
Status code_verify(Vm& vm, Code* code);

}  // namespace krait
