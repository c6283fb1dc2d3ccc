// Where execution may be moved to is decided by an abstract run of the code that knows, for each operand stack place, what kind of
// thing lies there: a place that an instruction trusts (an iterator, a list under construction) must hold the same kind.
#include "interp/jump.hpp"

#include <optional>
#include <string>
#include <vector>

#include "interp/interpreter.hpp"
#include "objects/operations.hpp"
#include "objects/sequences.hpp"
#include "objects/str.hpp"

namespace krait {
namespace {

enum StackKind : char {
  kObject,
  kNull,
  kIterator,
  kExcept,
  kPrevious,
  kLasti,
  kListKind,
  kSetKind,
  kMapKind,
  kConstant
};
using KindStack = std::string;

char pushed_kind(const Code* code, Instruction word) {
  switch (op_of(word)) {
    case Op::PUSH_NULL:
    case Op::LOAD_FAST_AND_CLEAR: return kNull;
    case Op::GET_ITER:
    case Op::GET_AITER:
    case Op::GET_YIELD_FROM_ITER:
    case Op::GET_AWAITABLE: return kIterator;
    case Op::BUILD_LIST: return kListKind;
    case Op::BUILD_SET: return kSetKind;
    case Op::BUILD_MAP: return kMapKind;
    case Op::LOAD_CONST: return is_tuple(code->consts->items[unsigned_arg(word)]) ? kConstant : kObject;
    default: return kObject;
  }
}

void pop(KindStack& stack, int64_t n) {
  stack.resize(stack.size() < static_cast<size_t>(n) ? 0 : stack.size() - static_cast<size_t>(n));
}

/// The stack after the instruction falls through.
void step(const Code* code, Instruction word, KindStack& stack) {
  uint32_t arg = unsigned_arg(word);
  switch (op_of(word)) {
    case Op::COPY:
      if (arg <= stack.size()) stack.push_back(stack[stack.size() - arg]);
      return;
    case Op::SWAP:
      if (arg <= stack.size() && arg > 0) std::swap(stack.back(), stack[stack.size() - arg]);
      return;
    case Op::PUSH_EXC_INFO:
      if (!stack.empty()) stack.back() = kPrevious;
      stack.push_back(kExcept);
      return;
    case Op::LIST_APPEND:
    case Op::LIST_EXTEND:
    case Op::SET_ADD:
    case Op::SET_UPDATE:
    case Op::DICT_UPDATE:
    case Op::DICT_MERGE: pop(stack, 1); return;
    case Op::MAP_ADD: pop(stack, 2); return;
    case Op::FOR_ITER:
    case Op::GET_ANEXT:
    case Op::WITH_EXCEPT_START:
    case Op::IMPORT_FROM:
    case Op::GET_LEN:
    case Op::MATCH_MAPPING:
    case Op::MATCH_SEQUENCE:
    case Op::MATCH_KEYS: stack.push_back(kObject); return;
    case Op::SEND: return;
    case Op::LOAD_METHOD:
    case Op::LOAD_SPECIAL:
    case Op::LOAD_SUPER_METHOD:
    case Op::LOAD_ZERO_SUPER_METHOD:
      pop(stack, op_pops(op_of(word), arg));
      stack.push_back(kObject);
      stack.push_back(kNull);  // perhaps
      return;
    case Op::CHECK_EXC_MATCH:
    case Op::CHECK_EG_MATCH:
      if (!stack.empty()) stack.back() = kObject;
      return;
    default: {
      pop(stack, op_pops(op_of(word),
                         kOpInfo[static_cast<int>(op_of(word))].operand == Operand::Int ? signed_arg(word) : arg));
      int pushes = op_pushes(op_of(word), arg);
      for (int i = 0; i < pushes; ++i) stack.push_back(pushed_kind(code, word));
      return;
    }
  }
}

/// The kinds on the stack before every instruction; none where execution never comes.
Status mark_stacks(Vm& vm, const Code* code, std::vector<std::optional<KindStack>>& stacks) {
  std::span<const Instruction> words = code->code();
  stacks.resize(words.size());
  if (words.empty()) return {};
  stacks[0] = KindStack();
  auto reach = [&](int64_t i, const KindStack& stack) {
    if (i >= 0 && i < static_cast<int64_t>(stacks.size()) && !stacks[static_cast<size_t>(i)]) {
      stacks[static_cast<size_t>(i)] = stack;
      return true;
    }
    return false;
  };
  bool more = true;
  while (more) {
    more = false;
    for (size_t i = 0; i < words.size(); ++i) {
      if ((i & 1023) == 0) TRY(vm.poll());
      if (!stacks[i]) continue;
      KindStack stack = *stacks[i];
      const OpInfo& info = kOpInfo[static_cast<int>(op_of(words[i]))];
      if (info.operand == Operand::Jump) {
        KindStack taken = stack;
        if (op_of(words[i]) == Op::FOR_ITER || op_of(words[i]) == Op::POP_JUMP_IF_FALSE ||
            op_of(words[i]) == Op::POP_JUMP_IF_TRUE || op_of(words[i]) == Op::POP_JUMP_IF_NONE ||
            op_of(words[i]) == Op::POP_JUMP_IF_NOT_NONE)
          pop(taken, 1);
        if (reach(static_cast<int64_t>(i) + 1 + signed_arg(words[i]), taken)) more = true;
      }
      if (info.flags & kOpEnds) continue;
      step(code, words[i], stack);
      if (i + 1 < words.size() && !stacks[i + 1]) stacks[i + 1] = stack;
    }
    for (const Handler& h : code->handler_table()) {
      if (!stacks[h.start] || stacks[h.target]) continue;
      KindStack stack = *stacks[h.start];
      if (stack.size() < h.depth) continue;
      stack.resize(h.depth);
      if (h.push_lasti) stack.push_back(kLasti);
      stack.push_back(kExcept);
      if (reach(h.target, stack)) more = true;
    }
  }
  return {};
}

bool fits(const KindStack& from, const KindStack& to) {
  if (to.size() > from.size()) return false;
  for (size_t i = 0; i < to.size(); ++i) {
    if (to[i] == kObject ? from[i] == kNull : from[i] != to[i]) return false;
  }
  return true;
}

const char* why_not(const std::optional<KindStack>& to) {
  if (!to) return "can't jump into an exception handler, or code may be unreachable";
  switch (to->empty() ? char{kObject} : to->back()) {
    case kExcept:
    case kPrevious: return "can't jump into an 'except' block as there's no exception";
    case kLasti: return "can't jump into a re-raising block as there's no location";
    case kIterator: return "can't jump into the body of a for loop";
    default: return "incompatible stacks";
  }
}

Status fill_unbound(Vm& vm, Frame* frame) {
  const Code* code = frame->code;
  int unbound = 0;
  for (uint32_t i = 0; i < code->slot_count; ++i) {
    uint8_t kind = code->slot_kinds->data<uint8_t>()[i];
    if ((kind & (kSlotHidden | kSlotCell | kSlotFree)) || !frame->slots[i].is_unset()) continue;
    ++unbound;
  }
  if (unbound == 0) return {};
  std::string message = "assigning None to " + std::to_string(unbound) + " unbound local" + (unbound == 1 ? "" : "s");
  TRY(warn(vm, E::RuntimeWarning, message));
  for (uint32_t i = 0; i < code->slot_count; ++i) {
    uint8_t kind = code->slot_kinds->data<uint8_t>()[i];
    if (!(kind & (kSlotHidden | kSlotCell | kSlotFree)) && frame->slots[i].is_unset()) frame->slots[i] = Value::none();
  }
  return {};
}

}  // namespace

Status frame_jump(Vm& vm, Frame* frame, int64_t line) {
  Code* code = frame->code;
  if (line < code->first_line) return vm.raise(E::ValueError, "line {} comes before the current code block", line);
  CodeWatch* watch = TRY(code_watch(vm, code->live));
  uint32_t count = code->instruction_count;
  int64_t wanted = INT64_MAX;
  for (uint32_t i = 0; i < count; ++i)
    if ((watch->kinds[i] & kLineStart) && watch->lines[i] >= line && watch->lines[i] < wanted) wanted = watch->lines[i];
  if (wanted == INT64_MAX) return vm.raise(E::ValueError, "line {} comes after the current code block", line);

  std::vector<std::optional<KindStack>> stacks;
  TRY(mark_stacks(vm, code, stacks));
  uint32_t here = frame_instruction(frame);
  std::optional<KindStack> from = stacks[here];
  if (!from || from->size() != static_cast<size_t>(frame->sp - frame->stack))
    return vm.raise(E::ValueError, "can't jump from unreachable code");
  const char* message = nullptr;
  int64_t best = -1;
  size_t best_depth = 0;
  for (uint32_t i = 0; i < count; ++i) {
    if (!(watch->kinds[i] & kLineStart) || watch->lines[i] != wanted) continue;
    if (stacks[i] && fits(*from, *stacks[i])) {
      if (best < 0 || stacks[i]->size() > best_depth) {
        best = i;
        best_depth = stacks[i]->size();
      }
    } else if (message == nullptr) {
      message = why_not(stacks[i]);
    }
  }
  if (best < 0) return vm.raise(E::ValueError, "{}", message);
  TRY(fill_unbound(vm, frame));
  while (static_cast<size_t>(frame->sp - frame->stack) > best_depth) {
    Value top = *--frame->sp;
    // Leaving an except block: what was handled before is handled again.
    if ((*from)[static_cast<size_t>(frame->sp - frame->stack)] == kPrevious) vm.t.handled->exception = top;
  }
  frame->pc = code->live->code + best;
  frame->line_mark = static_cast<uint32_t>(best + 1) | kMarkSkip;
  return {};
}

}  // namespace krait
