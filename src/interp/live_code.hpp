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
  uint16_t wait : 9;  ///< executions before the next attempt to specialise
  uint16_t misses : 7;
  Type* type;        ///< whose version is guarded
  union {            ///< which of them, the private form in use says
    Value value;     ///< found value
    uint32_t index;  ///< dict entry; index in the overflow; (STORE_ATTR_ADD) the new shape id
  };
};
static_assert(sizeof(Site) == 32);

/// What an entry of the attribute cache is for; the second three say that there is nothing to be learnt for it.
enum class AttributeUse : uint8_t { kLoad, kMethod, kStore, kNoLoad, kNoMethod, kNoStore };

/// What a shape has by a name, as a site would have learnt it.
struct CachedAttribute {
  Str* name = nullptr;
  AttributeUse use{};
  LiveOp form{};
  Site site{};

  bool fits(ShapeId shape, Value wanted, AttributeUse wanted_use) const {
    return site.shape == shape && name == wanted.as<Str>() && use == wanted_use && site.type->version == site.version;
  }
};

/// The attributes that sites with many shapes look at, by shape and name. Weak, as sites are: while its guards hold, an entry's type
/// lives, and with it the name (in the shape, or in a class's dict) and the value.
struct AttributeCache {
  static constexpr uint32_t kSize = 1024;
  CachedAttribute entries[kSize];

  CachedAttribute* entry(ShapeId shape, Value name, AttributeUse use) {
    uint32_t hash =
        shape * 0x9E3779B1u + static_cast<uint32_t>(name.bits() >> 4) + static_cast<uint32_t>(use) * 0x85EBu;
    return &entries[(hash ^ hash >> 15) % kSize];
  }
};

struct CodeWatch;  // interp/instrument.hpp

struct LiveCode : LiveCodeHeader {
  Instruction* code;    ///< one word per canonical instruction
  Instruction* entry;   ///< where a call begins: behind RESUME, whose poll the caller does
  const Value* consts;  ///< items of co_consts
  uint32_t slot_count;
  uint32_t frame_words;  ///< slots, Frame, operand stack and slack
  uint32_t plain_args;   ///< exact positional count of a function without other parameters; UINT32_MAX otherwise
  uint32_t site_count;
  uint32_t parameters;  ///< slots that arguments fill, * and ** included
  bool is_generator;    ///< the call makes a generator, coroutine or async generator
  size_t bytes;         ///< allocated, charged to the heap
  Code* owner;
  CodeWatch* watch;  ///< if it is or was watched
  LiveCode* next;    ///< all live code of the Vm
  LiveCode** link;   ///< what points to this one

  Site* sites() { return reinterpret_cast<Site*>(this + 1); }
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
