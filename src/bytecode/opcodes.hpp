// The instruction set as C++: made from opcodes.def.
#pragma once

#include <cstdint>

namespace krait {

enum class Op : uint8_t {
#define OP(name, operand, pops, pushes, cache, flags, prose) name,
#include "bytecode/opcodes.def"
#undef OP
  kCanonicalCount
};

enum class Operand : uint8_t {
  None,
  Const,
  Name,
  Local,
  Cell,
  Jump,
  Count,
  Int,
  Binary,
  Compare,
  Convert,
  Flag,
  Intrinsic,
  Special
};
enum class CacheKind : uint8_t { None, Attr, Global, Call };
enum OpFlags : uint8_t { kOpRaises = 1, kOpJumps = 2, kOpEnds = 4, kOpPolls = 8, kOpYields = 16 };

struct OpInfo {
  const char* name;
  Operand operand;
  CacheKind cache;
  uint8_t flags;
  const char* prose;
};
/// By canonical opcode.
extern const OpInfo kOpInfo[static_cast<int>(Op::kCanonicalCount)];
int op_pops(Op op, int64_t arg);
int op_pushes(Op op, int64_t arg);
/// Net effect on the stack of a jump that is taken (falls through: pushes - pops).
int jump_effect(Op op);

using Instruction = uint32_t;
constexpr Instruction encode(Op op, int32_t arg = 0) {
  return static_cast<uint32_t>(op) | static_cast<uint32_t>(arg) << 8;
}
constexpr Op op_of(Instruction i) { return static_cast<Op>(i & 0xFF); }
constexpr uint32_t unsigned_arg(Instruction i) { return i >> 8; }
constexpr int32_t signed_arg(Instruction i) { return static_cast<int32_t>(i) >> 8; }
constexpr int32_t kMaxOperand = (1 << 24) - 1;

/// CALL_INTRINSIC_1. Names as in CPython.
enum class Intrinsic1 : uint8_t {
  kInvalid,
  kPrint,
  kImportStar,
  kStopIterationError,
  kAsyncGenWrap,
  kUnaryPositive,
  kListToTuple,
  kTypeVar,
  kParamSpec,
  kTypeVarTuple,
  kSubscriptGeneric,
  kTypeAlias,
  kAsyncIteratorOrAwaitable,  ///< of code up to 3.6: x.__aiter__(), which may give an awaitable of the iterator
  kIsAsyncIterator,           ///< has it __anext__?
  kCount
};
/// CALL_INTRINSIC_2.
enum class Intrinsic2 : uint8_t {
  kInvalid,
  kPrepReraiseStar,
  kTypeVarWithBound,
  kTypeVarWithConstraints,
  kSetFunctionTypeParams,
  kSetTypeParamDefault,
  kCount
};

}  // namespace krait
