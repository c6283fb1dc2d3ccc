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

/// Where an operator's operands are, and whether a STORE_FAST takes its result.
enum class Operands { kStack, kStackStore, kFast, kFastStore, kFastFast, kFastFastStore };

bool is_arithmetic(LiveOp op) {
  return op == LiveOp::BINARY_ADD || op == LiveOp::BINARY_SUB || op == LiveOp::BINARY_MUL;
}

LiveOp arithmetic_form(LiveOp op, Operands operands) {
#define FORMS(name)                         \
  {LiveOp::BINARY_##name,                   \
   LiveOp::BINARY_##name##_STORE,           \
   LiveOp::LOAD_FAST_BINARY_##name,         \
   LiveOp::LOAD_FAST_BINARY_##name##_STORE, \
   LiveOp::LOAD_FAST_LOAD_FAST_##name,      \
   LiveOp::LOAD_FAST_LOAD_FAST_##name##_STORE}
  static constexpr LiveOp kForms[3][6] = {FORMS(ADD), FORMS(SUB), FORMS(MUL)};
#undef FORMS
  int row = op == LiveOp::BINARY_ADD ? 0 : op == LiveOp::BINARY_SUB ? 1 : 2;
  return kForms[row][static_cast<int>(operands)];
}

/// Places fused forms: for every instruction, as the place where execution may come from elsewhere, the form that leads to the end of
/// the block in the fewest steps. A form stands in the place of its first instruction; the words it covers stay as they are.
/// A form may begin at an INSTRUMENTED word, as what that stands for, but covers none.
class Fuser {
 public:
  Fuser(Instruction* code, uint8_t* behind, uint32_t count) : code_(code), behind_(behind), count_(count) {}

  void run() {
    for (at_ = count_; at_-- > 0;) {
      LiveOp found = live_op_of(code_[at_]);
      bool watched = found == LiveOp::INSTRUMENTED;
      seen_[at_ % kWindow].op = watched ? static_cast<LiveOp>(behind_[at_]) : found;
      form_ = op(0);
      length_ = 1;
      steps_ = 1 + steps_from(1);
      consider_forms();
      seen_[at_ % kWindow].steps = steps_;
      if (watched) {
        seen_[at_ % kWindow].op = found;
        behind_[at_] = static_cast<uint8_t>(form_);
      } else {
        code_[at_] = with_op(code_[at_], form_);
      }
    }
  }

 private:
  static constexpr uint32_t kWindow = 16;  ///< more than the longest form
  struct Seen {
    LiveOp op;       ///< before fusing
    uint32_t steps;  ///< from here to the end
  };

  LiveOp op(uint32_t ahead) const { return at_ + ahead < count_ ? seen_[(at_ + ahead) % kWindow].op : LiveOp::NOP; }
  uint32_t steps_from(uint32_t ahead) const { return at_ + ahead < count_ ? seen_[(at_ + ahead) % kWindow].steps : 0; }
  uint32_t arg(uint32_t ahead) const { return unsigned_arg(code_[at_ + ahead]); }

  void consider(LiveOp form, uint32_t length) {
    uint32_t steps = 1 + steps_from(length);
    if (steps > steps_ || (steps == steps_ && length < length_)) return;
    form_ = form;
    length_ = length;
    steps_ = steps;
  }
  /// With a STORE_FAST behind: `stored`, one word longer.
  void consider_stored(LiveOp form, LiveOp stored, uint32_t length) {
    consider(form, length);
    if (op(length) == LiveOp::STORE_FAST) consider(stored, length + 1);
  }

  bool copies_and_subscripts(uint32_t i) const {
    return op(i) == LiveOp::COPY && arg(i) == 2 && op(i + 1) == LiveOp::COPY && arg(i + 1) == 2 &&
           op(i + 2) == LiveOp::BINARY_SUBSCR;
  }

  void consider_forms() {
    switch (op(0)) {
      case LiveOp::LOAD_FAST: consider_load(); break;
      case LiveOp::LOAD_CONST:
        if (op(1) == LiveOp::RETURN_VALUE) consider(LiveOp::LOAD_CONST_RETURN, 2);
        if (op(1) == LiveOp::LOAD_FAST) consider(LiveOp::LOAD_CONST_LOAD_FAST, 2);
        break;
      case LiveOp::LOAD_SMALL_INT:
        if (op(1) == LiveOp::BINARY_ADD) consider(LiveOp::LOAD_INT_ADD, 2);
        if (op(1) == LiveOp::BINARY_SUB) consider(LiveOp::LOAD_INT_SUB, 2);
        break;
      case LiveOp::LOAD_GLOBAL:
        if (op(1) == LiveOp::PUSH_NULL) consider(LiveOp::LOAD_GLOBAL, 2);  // LOAD_GLOBAL_..._CALLEE later
        break;
      case LiveOp::BINARY_ADD:
      case LiveOp::BINARY_SUB:
      case LiveOp::BINARY_MUL:
        if (op(1) == LiveOp::STORE_FAST) consider(arithmetic_form(op(0), Operands::kStackStore), 2);
        break;
      case LiveOp::STORE_FAST:
        if (op(1) == LiveOp::LOAD_FAST) consider(LiveOp::STORE_FAST_LOAD_FAST, 2);
        if (op(1) == LiveOp::STORE_FAST) consider(LiveOp::STORE_FAST_STORE_FAST, 2);
        if (op(1) == LiveOp::JUMP_BACKWARD) consider(LiveOp::STORE_FAST_JUMP_BACKWARD, 2);
        break;
      case LiveOp::COMPARE_OP:
        if (op(1) == LiveOp::POP_JUMP_IF_FALSE) consider(LiveOp::COMPARE_JUMP_IF_FALSE, 2);
        if (op(1) == LiveOp::POP_JUMP_IF_TRUE) consider(LiveOp::COMPARE_JUMP_IF_TRUE, 2);
        break;
      case LiveOp::FOR_ITER:
        if (op(1) == LiveOp::STORE_FAST) consider(LiveOp::FOR_ITER_STORE, 2);
        break;
      case LiveOp::UNPACK_SEQUENCE: {
        uint32_t n = arg(0), stores = 0;
        while (stores < n && stores < kWindow - 1 && op(1 + stores) == LiveOp::STORE_FAST) ++stores;
        if (n >= 2 && stores == n) consider(LiveOp::UNPACK_STORE, 1 + n);
        break;
      }
      case LiveOp::POP_TOP:
        if (op(1) == LiveOp::JUMP_BACKWARD) consider(LiveOp::POP_TOP_JUMP_BACKWARD, 2);
        break;
      case LiveOp::COPY:
        if (arg(0) != 2 || op(1) != LiveOp::COPY || arg(1) != 2) break;
        consider(LiveOp::COPY_TWO, 2);
        if (op(2) == LiveOp::BINARY_SUBSCR) consider(LiveOp::COPY_TWO_SUBSCR, 3);
        break;
      case LiveOp::SWAP:
        if (arg(0) != 3 || op(1) != LiveOp::SWAP || arg(1) != 2) break;
        consider(LiveOp::SWAP_THREE_TWO, 2);
        if (op(2) == LiveOp::STORE_SUBSCR) consider(LiveOp::SWAP_STORE_SUBSCR, 3);
        break;
      default: break;
    }
  }

  void consider_load() {
    switch (op(1)) {
      case LiveOp::LOAD_FAST:
        consider(LiveOp::LOAD_FAST_LOAD_FAST, 2);
        if (is_arithmetic(op(2)))
          consider_stored(arithmetic_form(op(2), Operands::kFastFast), arithmetic_form(op(2), Operands::kFastFastStore),
                          3);
        if (op(2) == LiveOp::BINARY_SUBSCR) consider(LiveOp::LOAD_FAST_LOAD_FAST_SUBSCR, 3);
        if (copies_and_subscripts(2)) consider(LiveOp::LOAD_FAST_LOAD_FAST_COPY_SUBSCR, 5);
        if (op(2) == LiveOp::COMPARE_OP && op(3) == LiveOp::POP_JUMP_IF_FALSE)
          consider(LiveOp::LOAD_FAST_FAST_COMPARE_JUMP, 4);
        break;
      case LiveOp::LOAD_CONST:
        consider(LiveOp::LOAD_FAST_LOAD_CONST, 2);
        if (op(2) == LiveOp::COMPARE_OP && op(3) == LiveOp::POP_JUMP_IF_FALSE)
          consider(LiveOp::LOAD_FAST_CONST_COMPARE_JUMP, 4);
        break;
      case LiveOp::PUSH_NULL: consider(LiveOp::LOAD_FAST_PUSH_NULL, 2); break;
      case LiveOp::POP_JUMP_IF_NONE: consider(LiveOp::LOAD_FAST_JUMP_IF_NONE, 2); break;
      case LiveOp::POP_JUMP_IF_NOT_NONE: consider(LiveOp::LOAD_FAST_JUMP_IF_NOT_NONE, 2); break;
      case LiveOp::LOAD_SMALL_INT:
        consider(LiveOp::LOAD_FAST_LOAD_INT, 2);
        if (op(2) == LiveOp::BINARY_ADD) consider_stored(LiveOp::LOAD_FAST_INT_ADD, LiveOp::LOAD_FAST_INT_ADD_STORE, 3);
        if (op(2) == LiveOp::BINARY_SUB) consider_stored(LiveOp::LOAD_FAST_INT_SUB, LiveOp::LOAD_FAST_INT_SUB_STORE, 3);
        if (op(2) == LiveOp::BINARY_SUBSCR) consider(LiveOp::LOAD_FAST_INT_SUBSCR, 3);
        if (copies_and_subscripts(2)) consider(LiveOp::LOAD_FAST_INT_COPY_SUBSCR, 5);
        if (op(2) == LiveOp::COMPARE_OP && op(3) == LiveOp::POP_JUMP_IF_FALSE)
          consider(LiveOp::LOAD_FAST_INT_COMPARE_JUMP, 4);
        break;
      case LiveOp::LOAD_ATTR:
      case LiveOp::STORE_ATTR:
      case LiveOp::LOAD_METHOD: consider(LiveOp::LOAD_FAST, 2); break;  // LOAD_FAST_ATTR_SLOT and the like later
      case LiveOp::BINARY_SUBSCR: consider(LiveOp::LOAD_FAST_SUBSCR, 2); break;
      case LiveOp::BINARY_ADD:
      case LiveOp::BINARY_SUB:
      case LiveOp::BINARY_MUL:
        consider_stored(arithmetic_form(op(1), Operands::kFast), arithmetic_form(op(1), Operands::kFastStore), 2);
        break;
      case LiveOp::RETURN_VALUE: consider(LiveOp::LOAD_FAST_RETURN, 2); break;
      case LiveOp::LIST_APPEND: consider(LiveOp::LOAD_FAST_LIST_APPEND, 2); break;
      case LiveOp::POP_JUMP_IF_FALSE: consider(LiveOp::LOAD_FAST_JUMP_IF_FALSE, 2); break;
      case LiveOp::POP_JUMP_IF_TRUE: consider(LiveOp::LOAD_FAST_JUMP_IF_TRUE, 2); break;
      default: break;
    }
  }

  Instruction* code_;
  uint8_t* behind_;  ///< by instruction: what INSTRUMENTED stands for; null where nothing is watched
  uint32_t count_;
  uint32_t at_ = 0;
  Seen seen_[kWindow] = {};
  LiveOp form_ = LiveOp::NOP;  ///< the best so far for `at_`
  uint32_t length_ = 0, steps_ = 0;
};

/// Backward jumps to the head of a `for` loop do its step too.
void shorten_loops(Instruction* code, uint8_t* behind, uint32_t count) {
  for (uint32_t i = 0; i < count; ++i) {
    LiveOp op = live_op_of(code[i]);
    bool watched = op == LiveOp::INSTRUMENTED;
    if ((watched ? static_cast<LiveOp>(behind[i]) : op) != LiveOp::JUMP_BACKWARD) continue;
    LiveOp target = live_op_of(code[static_cast<int64_t>(i) + 1 + signed_arg(code[i])]);
    if (target != LiveOp::FOR_ITER && target != LiveOp::FOR_ITER_STORE) continue;
    if (watched) {
      behind[i] = static_cast<uint8_t>(LiveOp::JUMP_BACKWARD_FOR);
    } else {
      code[i] = with_op(code[i], LiveOp::JUMP_BACKWARD_FOR);
    }
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
  live->code = reinterpret_cast<Instruction*>(memory + sizeof(LiveCode) + sites * sizeof(Site));
  live->consts = code->consts->items;
  live->slot_count = code->slot_count;
  live->frame_words = code->slot_count + static_cast<uint32_t>(kFrameWords) + code->max_stack + 2;
  bool plain = code->keyword_only == 0 && !code->is(kCoVarArgs) && !code->is(kCoVarKeywords);
  live->plain_args =
      plain && !code->is(kCoGenerator | kCoCoroutine | kCoAsyncGenerator) ? code->argument_count : UINT32_MAX;
  live->parameters =
      code->argument_count + code->keyword_only + (code->is(kCoVarArgs) ? 1 : 0) + (code->is(kCoVarKeywords) ? 1 : 0);
  live->site_count = sites;
  live->is_generator = code->is(kCoGenerator | kCoCoroutine | kCoAsyncGenerator);
  live->bytes = bytes;
  for (uint32_t i = 0; i < sites; ++i) live->sites()[i].wait = 1;
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
      live->sites()[site].arg = unsigned_arg(word);
      word = encode(op, static_cast<int32_t>(site));
      ++site;
    } else if (op == Op::BINARY_OP) {
      word = with_op(word, binary_form(unsigned_arg(word)));
    }
    live->code[i] = word;
  }
}

void live_code_fuse(LiveCode* live) {
  uint8_t* behind = live->watch == nullptr ? nullptr : live->watch->ops;
  Fuser(live->code, behind, live->owner->instruction_count).run();
  shorten_loops(live->code, behind, live->owner->instruction_count);
}

void live_code_free(Heap& heap, LiveCode* live) {
  instrument_release(heap, live);
  heap.discharge(live->bytes);
  std::free(live);
}

}  // namespace krait
