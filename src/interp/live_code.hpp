// Live code: the copy of a code object's instructions that is executed, with its cache sites.
#pragma once

#include "bytecode/code.hpp"
#include "objects/vm.hpp"

namespace krait {

/// Opcodes of live code: the canonical ones, then the private ones.
enum class LiveOp : uint8_t {
#define OP(name, operand, pops, pushes, cache, flags, prose) name,
#include "bytecode/opcodes.def"
#undef OP
#define LIVE(name, canonical, prose) name,
#include "interp/live_opcodes.def"
#undef LIVE
  kCount
};

/// What one instruction has learnt. Guards and payload by the private form in use; weak (a collection does not keep what only a
/// site refers to: `type` and `value` are only followed behind a guard that implies they are alive).
struct Site {
  uint32_t arg;       ///< the canonical operand
  uint32_t shape;     ///< guard: shape of the receiver; or keys version of the builtins dict
  uint32_t version;   ///< guard: version of `type`; or keys version of a dict
  uint16_t slot;      ///< byte offset in the cell, or index in the overflow
  uint16_t wait;      ///< executions before the next attempt to specialise
  Type* type;         ///< whose version is guarded
  Value value;        ///< found value; or (STORE_ATTR_ADD) the new shape id
  uint32_t index;     ///< dict entry
  uint32_t misses;
};
static_assert(sizeof(Site) == 48 || sizeof(Site) == 40);

struct CodeWatch;  // interp/instrument.hpp

struct LiveCode : LiveCodeHeader {
  Instruction* code;       ///< one word per canonical instruction
  Instruction* entry;      ///< where a call begins: behind RESUME, whose poll the caller does
  Site* sites;
  const Value* consts;     ///< items of co_consts
  uint32_t slot_count;
  uint32_t frame_words;    ///< slots, Frame, operand stack and slack
  uint32_t plain_args;     ///< exact positional count of a function without other parameters; UINT32_MAX otherwise
  uint32_t site_count;
  bool is_generator;       ///< the call makes a generator, coroutine or async generator
  size_t bytes;            ///< allocated, charged to the heap
  Code* owner;
  CodeWatch* watch;        ///< if it is or was watched
  LiveCode* next;          ///< all live code of the Vm
  LiveCode** link;         ///< what points to this one
};

/// The live code, made (after verification) at first use.
Result<LiveCode*> live_code(Vm& vm, Code* code);
void live_code_free(Heap& heap, LiveCode* live);
/// Writes the words anew from canonical code: neither fused nor specialised.
void live_code_plain(LiveCode* live);
/// Puts fused forms where they fit.
void live_code_fuse(LiveCode* live);
const char* live_op_name(LiveOp op);
Op canonical_op(LiveOp op);

}  // namespace krait
