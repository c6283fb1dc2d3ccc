#include "bytecode/opcodes.hpp"

namespace krait {

namespace {
constexpr uint8_t R = kOpRaises, J = kOpJumps, T = kOpEnds, B = kOpPolls, Y = kOpYields;
}  // namespace

const OpInfo kOpInfo[static_cast<int>(Op::kCanonicalCount)] = {
#define OP(name, operand, pops, pushes, cache, flags, prose) \
  {#name, Operand::operand, CacheKind::cache, static_cast<uint8_t>(flags), prose},
#include "bytecode/opcodes.def"
#undef OP
};

int op_pops(Op op, [[maybe_unused]] int64_t arg) {
  switch (op) {
#define OP(name, operand, pops, pushes, cache, flags, prose) \
  case Op::name: return static_cast<int>(pops);
#include "bytecode/opcodes.def"
#undef OP
    default: return 0;
  }
}

int op_pushes(Op op, [[maybe_unused]] int64_t arg) {
  switch (op) {
#define OP(name, operand, pops, pushes, cache, flags, prose) \
  case Op::name: return static_cast<int>(pushes);
#include "bytecode/opcodes.def"
#undef OP
    default: return 0;
  }
}

int jump_effect(Op op) {
  switch (op) {
    case Op::JUMP_IF_FALSE_OR_POP:
    case Op::JUMP_IF_TRUE_OR_POP:
    case Op::SEND:
    case Op::JUMP:
    case Op::JUMP_BACKWARD: return 0;
    default: return -1;  // conditional pops and FOR_ITER at its end
  }
}

}  // namespace krait
