#include "interp/live_code.hpp"

#include <cstdlib>
#include <cstring>

#include "interp/interpreter.hpp"
#include "objects/sequences.hpp"

namespace krait {
namespace {

constexpr Op kCanonicalOf[] = {
#define OP(name, operand, pops, pushes, cache, flags, prose) Op::name,
#include "bytecode/opcodes.def"
#undef OP
#define LIVE(name, canonical, prose) Op::canonical,
#include "interp/live_opcodes.def"
#undef LIVE
};
constexpr const char* kNames[] = {
#define OP(name, operand, pops, pushes, cache, flags, prose) #name,
#include "bytecode/opcodes.def"
#undef OP
#define LIVE(name, canonical, prose) #name,
#include "interp/live_opcodes.def"
#undef LIVE
};

Instruction with_op(Instruction word, LiveOp op) { return (word & ~0xFFu) | static_cast<uint32_t>(op); }

/// The private form of an operator with fast paths; BINARY_OP itself for the others.
LiveOp binary_form(uint32_t arg) {
  constexpr uint32_t kOps = static_cast<uint32_t>(BinaryOp::kCount);
  switch (static_cast<BinaryOp>(arg % kOps)) {
    case BinaryOp::Add: return LiveOp::BINARY_ADD;
    case BinaryOp::Sub: return LiveOp::BINARY_SUB;
    case BinaryOp::Mul: return LiveOp::BINARY_MUL;
    case BinaryOp::FloorDiv: return LiveOp::BINARY_FLOOR_DIV;
    case BinaryOp::Mod: return LiveOp::BINARY_MOD;
    case BinaryOp::TrueDiv: return LiveOp::BINARY_TRUE_DIV;
    case BinaryOp::And: return LiveOp::BINARY_AND;
    case BinaryOp::Or: return LiveOp::BINARY_OR;
    case BinaryOp::Xor: return LiveOp::BINARY_XOR;
    case BinaryOp::LShift: return LiveOp::BINARY_LSHIFT;
    case BinaryOp::RShift: return LiveOp::BINARY_RSHIFT;
    default: return LiveOp::BINARY_OP;
  }
}

LiveOp live_op_of(Instruction word) { return static_cast<LiveOp>(word & 0xFF); }

/// Puts fused forms in place of the first instruction of those they stand for. Instructions to the right of the one looked at are
/// as they were.
void fuse(Instruction* code, uint32_t count) {
  auto op_at = [&](uint32_t i) { return i < count ? live_op_of(code[i]) : LiveOp::NOP; };
  for (uint32_t i = 0; i + 1 < count; ++i) {
    LiveOp a = op_at(i), b = op_at(i + 1), c = op_at(i + 2), d = op_at(i + 3);
    LiveOp fused = a;
    switch (a) {
      case LiveOp::LOAD_FAST:
        switch (b) {
          case LiveOp::LOAD_FAST:
            fused = c == LiveOp::BINARY_ADD                                       ? LiveOp::LOAD_FAST_LOAD_FAST_ADD
                    : c == LiveOp::BINARY_SUB                                     ? LiveOp::LOAD_FAST_LOAD_FAST_SUB
                    : c == LiveOp::BINARY_MUL                                     ? LiveOp::LOAD_FAST_LOAD_FAST_MUL
                    : c == LiveOp::BINARY_SUBSCR                                  ? LiveOp::LOAD_FAST_LOAD_FAST_SUBSCR
                    : c == LiveOp::COMPARE_OP && d == LiveOp::POP_JUMP_IF_FALSE   ? LiveOp::LOAD_FAST_FAST_COMPARE_JUMP
                                                                                  : LiveOp::LOAD_FAST_LOAD_FAST;
            break;
          case LiveOp::LOAD_CONST: fused = LiveOp::LOAD_FAST_LOAD_CONST; break;
          case LiveOp::LOAD_SMALL_INT:
            fused = c == LiveOp::BINARY_ADD                                     ? LiveOp::LOAD_FAST_INT_ADD
                    : c == LiveOp::BINARY_SUB                                   ? LiveOp::LOAD_FAST_INT_SUB
                    : c == LiveOp::COMPARE_OP && d == LiveOp::POP_JUMP_IF_FALSE ? LiveOp::LOAD_FAST_INT_COMPARE_JUMP
                                                                                : LiveOp::LOAD_FAST_LOAD_INT;
            break;
          case LiveOp::BINARY_SUBSCR: fused = LiveOp::LOAD_FAST_SUBSCR; break;
          case LiveOp::BINARY_ADD: fused = LiveOp::LOAD_FAST_BINARY_ADD; break;
          case LiveOp::BINARY_MUL: fused = LiveOp::LOAD_FAST_BINARY_MUL; break;
          case LiveOp::RETURN_VALUE: fused = LiveOp::LOAD_FAST_RETURN; break;
          case LiveOp::LIST_APPEND: fused = LiveOp::LOAD_FAST_LIST_APPEND; break;
          default: break;
        }
        break;
      case LiveOp::LOAD_CONST:
        if (b == LiveOp::RETURN_VALUE) fused = LiveOp::LOAD_CONST_RETURN;
        break;
      case LiveOp::LOAD_SMALL_INT:
        if (b == LiveOp::BINARY_ADD) fused = LiveOp::LOAD_INT_ADD;
        if (b == LiveOp::BINARY_SUB) fused = LiveOp::LOAD_INT_SUB;
        break;
      case LiveOp::STORE_FAST:
        if (b == LiveOp::LOAD_FAST) fused = LiveOp::STORE_FAST_LOAD_FAST;
        if (b == LiveOp::STORE_FAST) fused = LiveOp::STORE_FAST_STORE_FAST;
        break;
      case LiveOp::COMPARE_OP:
        if (b == LiveOp::POP_JUMP_IF_FALSE) fused = LiveOp::COMPARE_JUMP_IF_FALSE;
        if (b == LiveOp::POP_JUMP_IF_TRUE) fused = LiveOp::COMPARE_JUMP_IF_TRUE;
        break;
      case LiveOp::FOR_ITER:
        if (b == LiveOp::STORE_FAST) fused = LiveOp::FOR_ITER_STORE;
        break;
      case LiveOp::UNPACK_SEQUENCE:
        if (unsigned_arg(code[i]) == 2 && b == LiveOp::STORE_FAST && c == LiveOp::STORE_FAST) fused = LiveOp::UNPACK_TWO_STORE;
        break;
      case LiveOp::POP_TOP:
        if (b == LiveOp::JUMP_BACKWARD) fused = LiveOp::POP_TOP_JUMP_BACKWARD;
        break;
      case LiveOp::COPY:
        if (unsigned_arg(code[i]) == 2 && b == LiveOp::COPY && unsigned_arg(code[i + 1]) == 2) fused = LiveOp::COPY_TWO;
        break;
      case LiveOp::SWAP:
        if (unsigned_arg(code[i]) == 3 && b == LiveOp::SWAP && unsigned_arg(code[i + 1]) == 2) fused = LiveOp::SWAP_THREE_TWO;
        break;
      default: break;
    }
    code[i] = with_op(code[i], fused);
  }
  for (uint32_t i = 0; i < count; ++i) {
    if (op_at(i) != LiveOp::JUMP_BACKWARD) continue;
    int64_t target = static_cast<int64_t>(i) + 1 + signed_arg(code[i]);
    LiveOp at = op_at(static_cast<uint32_t>(target));
    if (at == LiveOp::FOR_ITER || at == LiveOp::FOR_ITER_STORE) code[i] = with_op(code[i], LiveOp::JUMP_BACKWARD_FOR);
  }
}

}  // namespace

const char* live_op_name(LiveOp op) { return kNames[static_cast<int>(op)]; }
Op canonical_op(LiveOp op) { return kCanonicalOf[static_cast<int>(op)]; }

Result<LiveCode*> live_code(Vm& vm, Code* code) {
  if (code->live != nullptr) return code->live;
  if (!code->verified) TRY(code_verify(vm, code));
  std::span<const Instruction> canonical = code->code();
  uint32_t count = static_cast<uint32_t>(canonical.size());
  uint32_t sites = 0;
  for (Instruction word : canonical)
    if (kOpInfo[word & 0xFF].cache != CacheKind::None && op_of(word) != Op::CALL && op_of(word) != Op::CALL_KW) ++sites;
  size_t code_bytes = (count * sizeof(Instruction) + 15) / 16 * 16;
  size_t bytes = sizeof(LiveCode) + sites * sizeof(Site) + code_bytes;
  if (!vm.heap.charge(bytes)) return vm.allocation_failed(bytes);
  char* memory = static_cast<char*>(std::calloc(1, bytes));
  if (memory == nullptr) {
    vm.heap.discharge(bytes);
    return vm.allocation_failed(bytes);
  }
  LiveCode* live = reinterpret_cast<LiveCode*>(memory);
  live->release = live_code_free;
  live->sites = reinterpret_cast<Site*>(memory + sizeof(LiveCode));
  live->code = reinterpret_cast<Instruction*>(memory + sizeof(LiveCode) + sites * sizeof(Site));
  live->consts = code->consts->items;
  live->slot_count = code->slot_count;
  live->frame_words = code->slot_count + static_cast<uint32_t>(kFrameWords) + code->max_stack + 2;
  bool plain = code->keyword_only == 0 && !code->is(kCoVarArgs) && !code->is(kCoVarKeywords);
  live->plain_args = plain ? code->argument_count : UINT32_MAX;
  live->site_count = sites;
  live->is_generator = code->is(kCoGenerator | kCoCoroutine | kCoAsyncGenerator);
  live->bytes = bytes;
  for (uint32_t i = 0; i < sites; ++i) live->sites[i].wait = 1;
  live->owner = code;
  live_code_plain(live);
  live_code_fuse(live);
  live->entry = count > 1 && op_of(canonical[0]) == Op::RESUME ? live->code + 1 : live->code;
  code->live = live;
  TRY(instrument_new_code(vm, live));
  return live;
}

void live_code_plain(LiveCode* live) {
  std::span<const Instruction> canonical = live->owner->code();
  uint32_t site = 0;
  for (size_t i = 0; i < canonical.size(); ++i) {
    Instruction word = canonical[i];
    Op op = op_of(word);
    if (kOpInfo[static_cast<int>(op)].cache != CacheKind::None && op != Op::CALL && op != Op::CALL_KW) {
      live->sites[site].arg = unsigned_arg(word);
      word = encode(op, static_cast<int32_t>(site));
      ++site;
    } else if (op == Op::BINARY_OP) {
      word = with_op(word, binary_form(unsigned_arg(word)));
    }
    live->code[i] = word;
  }
}

void live_code_fuse(LiveCode* live) { fuse(live->code, live->owner->instruction_count); }

void live_code_free(Heap& heap, LiveCode* live) {
  instrument_release(heap, live);
  heap.discharge(live->bytes);
  std::free(live);
}

}  // namespace krait
