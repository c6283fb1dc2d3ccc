// The opcode tables of CPython's versions, from opcodes_3_N.inc, and their magic numbers.
#include <array>

#include "bytecode/pyc/pyc.hpp"

namespace krait::pyc {
namespace {

using Table = std::array<OpRow, 256>;

#define PYC_OP(number, name, operand, caches) table[number] = OpRow{Op::name, Operand::operand, caches};
#define PYC_NAME(name) #name,

constexpr Table table_4() {
  Table table{};
#include "bytecode/pyc/opcodes_3_4.inc"
  return table;
}
constexpr Table table_5() {
  Table table{};
#include "bytecode/pyc/opcodes_3_5.inc"
  return table;
}
constexpr Table table_6() {
  Table table{};
#include "bytecode/pyc/opcodes_3_6.inc"
  return table;
}
constexpr Table table_7() {
  Table table{};
#include "bytecode/pyc/opcodes_3_7.inc"
  return table;
}
constexpr Table table_8() {
  Table table{};
#include "bytecode/pyc/opcodes_3_8.inc"
  return table;
}
constexpr Table table_9() {
  Table table{};
#include "bytecode/pyc/opcodes_3_9.inc"
  return table;
}
constexpr Table table_10() {
  Table table{};
#include "bytecode/pyc/opcodes_3_10.inc"
  return table;
}
constexpr Table table_11() {
  Table table{};
#include "bytecode/pyc/opcodes_3_11.inc"
  return table;
}
constexpr Table table_12() {
  Table table{};
#include "bytecode/pyc/opcodes_3_12.inc"
  return table;
}
constexpr Table table_13() {
  Table table{};
#include "bytecode/pyc/opcodes_3_13.inc"
  return table;
}
constexpr Table table_14() {
  Table table{};
#include "bytecode/pyc/opcodes_3_14.inc"
  return table;
}

constexpr Table kTables[] = {table_4(),  table_5(),  table_6(),  table_7(),  table_8(), table_9(),
                             table_10(), table_11(), table_12(), table_13(), table_14()};
static_assert(std::size(kTables) == kNewest - kOldest + 1);

constexpr const char* kNames[] = {
#include "bytecode/pyc/names.inc"
};

/// What released versions write; 3.5 changed an instruction in its second bug-fix release.
struct Magic {
  uint16_t number;
  uint8_t minor;
};
constexpr Magic kMagics[] = {{3310, 4}, {3350, 5},  {3351, 5},  {3379, 6},  {3394, 7},  {3413, 8},
                             {3425, 9}, {3439, 10}, {3495, 11}, {3531, 12}, {3571, 13}, {3627, 14}};

}  // namespace

const char* op_name(Op op) { return op == Op::kUnknown ? nullptr : kNames[static_cast<size_t>(op)]; }

const OpRow& op_row(int minor, uint8_t opcode) { return kTables[minor - kOldest][opcode]; }

int version_of_magic(uint32_t magic) {
  for (const Magic& m : kMagics)
    if (m.number == magic) return m.minor;
  return 0;
}

uint32_t magic_of_version(int minor) {
  uint32_t found = 0;
  for (const Magic& m : kMagics)
    if (m.minor == minor) found = m.number;
  return found;
}

}  // namespace krait::pyc
