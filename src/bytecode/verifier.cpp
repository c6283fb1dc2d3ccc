// The verifier: proves that a code object cannot break the machine, whoever made it.
//
// Abstract interpretation over the operand stack's depth. At every instruction that can be reached the depth
// is one number; operands lie in their tables, jumps and handlers end at instructions, nothing falls off the
// end, the depth stays within 0..max_stack. What a place holds is tracked as far as instructions trust it
// blindly: whether it is surely a tuple, list, set, dict, str, code, function, exception, iterator... is the
// compiler's promise for its own code and must be proved for anybody's, so the stack carries a small kind per
// place, and instructions that trust a kind demand it.
#include <cstring>
#include <vector>

#include "bytecode/code.hpp"
#include "bytecode/guest.hpp"
#include "objects/operations.hpp"
#include "objects/sequences.hpp"
#include "objects/str.hpp"

namespace krait {
namespace {

/// What is known of a stack place. Merging two different kinds gives kAny (or kMaybeUnset where one may be
/// unset). The halves of a method and its receiver also carry, above the kind's byte, the instruction that pushed them: a call
/// trusts that the method takes just this receiver.
enum Known : uint32_t {
  kAny,
  kUnset,
  kMaybeUnset,
  kStr,
  kTuple,
  kNames,
  kList,
  kSet,
  kDict,
  kDictOrUnset,
  kCode,
  kFunction,
  kException,
  kMaybeException,  ///< or None
  kHandled,         ///< what PUSH_EXC_INFO puts aside: an exception or None
  kLasti,           ///< an instruction's number, pushed with an exception
  kInt,
  kCell,
  kMethod,   ///< a method, or what a call without receiver calls
  kReceiver  ///< its receiver, or unset
};
constexpr uint32_t kKindBits = 8;
Known kind_of(Known k) { return static_cast<Known>(k & ((1u << kKindBits) - 1)); }
Known pushed_by(Known kind, uint32_t instruction) { return static_cast<Known>(kind | (instruction + 1) << kKindBits); }

Known merge(Known a, Known b) {
  if (a == b) return a;
  auto is_dictish = [](Known k) { return k == kDict || k == kUnset || k == kDictOrUnset; };
  if (is_dictish(a) && is_dictish(b)) return kDictOrUnset;
  auto maybe = [](Known k) { return k == kUnset || k == kMaybeUnset || k == kDictOrUnset || kind_of(k) == kReceiver; };
  if (maybe(a) || maybe(b)) return kMaybeUnset;
  auto is_exceptionish = [](Known k) { return k == kException || k == kMaybeException; };
  if (is_exceptionish(a) && is_exceptionish(b)) return kMaybeException;
  if ((a == kNames && b == kTuple) || (a == kTuple && b == kNames)) return kTuple;
  return kAny;
}
bool may_be_unset(Known k) { return k == kUnset || k == kMaybeUnset || k == kDictOrUnset || kind_of(k) == kReceiver; }

/// What is known of fast slots that hold cells.
enum Slot : uint8_t { kPlain, kIsCell };

struct State {
  std::vector<Known> stack;
  std::vector<uint8_t> slots;  ///< bit 0: surely set (plain); bit 1: surely a cell
};

constexpr uint64_t kChargeStep = 64 * 1024;  ///< bytes of kept states that are counted at a time

class Verifier {
 public:
  Verifier(Vm& vm, const Code* code) : vm_(vm), code_(code), words_(code->code()) {}
  ~Verifier() { vm_.heap.discharge(charged_); }
  Verifier(const Verifier&) = delete;
  Verifier& operator=(const Verifier&) = delete;
  Status run();

 private:
  Error bad(const char* what, uint32_t at) {
    return vm_.raise(E::ValueError, "invalid code object: {} at instruction {}", what, at);
  }
  Status tables();
  /// What can be said of each word by itself. Words that no control reaches must be in order too: who looks at code as a whole (the
  /// fuser, a listing) goes by their opcodes and operands.
  Status check_words();
  void find_leaders();
  Status flow(uint32_t to, const State& state, uint32_t from);
  /// One instruction: `s` becomes the state after it; whether control goes on behind it.
  Result<bool> step(uint32_t i, State& s);
  Known constant_kind(uint32_t i) const;

  Vm& vm_;
  const Code* code_;
  std::span<const Instruction> words_;
  // States are kept where control can come from elsewhere (leaders) only; the instructions behind one follow from it.
  static constexpr uint32_t kNoLeader = UINT32_MAX;
  std::vector<uint32_t> leader_;  ///< by instruction: its number among the leaders, or kNoLeader
  std::vector<State> at_;         ///< by leader
  std::vector<uint8_t> seen_, queued_;
  std::vector<uint32_t> work_;       ///< instructions that are leaders
  uint64_t kept_ = 0, charged_ = 0;  ///< bytes of at_; of these, counted in the machine's memory
};

bool all_strs(const Tuple* t) {
  for (uint64_t i = 0; i < t->length; ++i)
    if (!is_str(t->items[i])) return false;
  return true;
}

Known Verifier::constant_kind(uint32_t i) const {
  Value v = code_->consts->items[i];
  if (v.is_unset()) return kUnset;
  if (is_str(v)) return kStr;
  if (is_tuple(v)) return all_strs(v.as<Tuple>()) ? kNames : kTuple;
  if (is_code(v)) return kCode;
  return kAny;
}

Status Verifier::tables() {
  if (words_.empty()) return bad("no instructions", 0);
  if (words_.size() >= 1u << (32 - kKindBits)) return bad("too many instructions", 0);
  if (code_->slot_names->length != code_->slot_count) return bad("slot names do not fit", 0);
  uint64_t arguments =
      uint64_t{code_->argument_count} + code_->keyword_only + code_->is(kCoVarArgs) + code_->is(kCoVarKeywords);
  if (arguments > code_->slot_count || code_->positional_only > code_->argument_count ||
      code_->free_count > code_->slot_count || code_->local_count > code_->slot_count)
    return bad("more parameters than slots", 0);
  if (!all_strs(code_->names) || !all_strs(code_->slot_names)) return bad("a name is no str", 0);
  if (code_->max_stack > (1u << 24)) return bad("stack too deep", 0);
  uint32_t last = 0;
  for (const Handler& h : code_->handler_table()) {
    if (h.start >= h.end || h.end > words_.size() || h.target >= words_.size() || h.start < last)
      return bad("bad exception table", h.start);
    if (h.depth + 1u + (h.push_lasti ? 1u : 0u) > code_->max_stack)
      return bad("exception handler's stack too deep", h.start);
    last = h.end;
  }
  return {};
}

Status Verifier::flow(uint32_t to, const State& state, uint32_t from) {
  if (to >= words_.size()) return bad("control leaves the code", from);
  uint32_t leader = leader_[to];
  State& known = at_[leader];
  if (!seen_[leader]) {
    seen_[leader] = 1;
    kept_ += state.stack.size() * sizeof(Known) + state.slots.size();
    if (kept_ - charged_ > kChargeStep) {
      if (!vm_.heap.charge(kept_ - charged_)) return vm_.allocation_failed(kept_ - charged_);
      charged_ = kept_;
    }
    known = state;
  } else {
    if (known.stack.size() != state.stack.size()) return bad("inconsistent stack depth", to);
    bool changed = false;
    for (size_t i = 0; i < known.stack.size(); ++i) {
      Known merged = merge(known.stack[i], state.stack[i]);
      changed |= merged != known.stack[i];
      known.stack[i] = merged;
    }
    for (size_t i = 0; i < known.slots.size(); ++i) {
      uint8_t merged = known.slots[i] & state.slots[i];
      changed |= merged != known.slots[i];
      known.slots[i] = merged;
    }
    if (!changed) return {};
  }
  if (!queued_[leader]) {
    queued_[leader] = 1;
    work_.push_back(to);
  }
  return {};
}

void Verifier::find_leaders() {
  leader_.assign(words_.size(), kNoLeader);
  leader_[0] = 0;
  for (const Handler& h : code_->handler_table()) leader_[h.target] = 0;
  for (size_t i = 0; i < words_.size(); ++i) {
    if (!(kOpInfo[words_[i] & 0xFF].flags & kOpJumps)) continue;
    leader_[static_cast<size_t>(static_cast<int64_t>(i) + 1 + signed_arg(words_[i]))] = 0;
  }
  uint32_t count = 0;
  for (uint32_t& leader : leader_)
    if (leader != kNoLeader) leader = count++;
  at_.resize(count);
  seen_.resize(count);
  queued_.resize(count);
}

Status Verifier::check_words() {
  for (uint32_t i = 0; i < words_.size(); ++i) {
    Instruction word = words_[i];
    uint32_t number = word & 0xFF;
    if (number >= static_cast<uint32_t>(Op::kCanonicalCount)) return bad("unknown opcode", i);
    Op op = static_cast<Op>(number);
    const OpInfo& info = kOpInfo[number];
    uint32_t arg = unsigned_arg(word);
    switch (info.operand) {
      case Operand::Const:
        if (arg >= code_->consts->length) return bad("constant out of range", i);
        break;
      case Operand::Name:
        if (arg >= code_->names->length) return bad("name out of range", i);
        break;
      case Operand::Local:
        if (arg >= code_->slot_count) return bad("local out of range", i);
        break;
      case Operand::Cell:
        if (arg >= code_->slot_count) return bad("cell out of range", i);
        break;
      case Operand::Binary:
        if (arg >= 2 * static_cast<uint32_t>(BinaryOp::kCount)) return bad("unknown operator", i);
        break;
      case Operand::Compare:
        if (arg > static_cast<uint32_t>(CompareOp::Ge)) return bad("unknown comparison", i);
        break;
      case Operand::Convert:
        if (arg < 1 || arg > 3) return bad("unknown conversion", i);
        break;
      default: break;
    }
    if (op == Op::LOAD_COMMON_CONSTANT && arg > 4) return bad("unknown constant", i);
    if (op == Op::LOAD_SPECIAL && arg > 3) return bad("unknown special method", i);
    if (op == Op::BUILD_SLICE && arg != 2 && arg != 3) return bad("bad slice", i);
    if (op == Op::RAISE_VARARGS && arg > 2) return bad("bad raise", i);
    if (op == Op::CALL_INTRINSIC_1 && (arg == 0 || arg >= static_cast<uint32_t>(Intrinsic1::kCount)) &&
        guest_operations(vm_).find_unary(arg) == nullptr)
      return bad("unknown intrinsic", i);
    if (op == Op::CALL_INTRINSIC_2 && (arg == 0 || arg >= static_cast<uint32_t>(Intrinsic2::kCount)) &&
        guest_operations(vm_).find_binary(arg) == nullptr)
      return bad("unknown intrinsic", i);
    if (info.operand == Operand::Count && arg > (1u << 20) && op != Op::UNPACK_EX) return bad("count too large", i);
    if (info.flags & kOpJumps) {
      int64_t target = static_cast<int64_t>(i) + 1 + signed_arg(word);
      if (target < 0 || target >= static_cast<int64_t>(words_.size())) return bad("jump out of range", i);
      if (op != Op::JUMP_BACKWARD && signed_arg(word) < 0) return bad("a jump backward that does not poll", i);
    }
  }
  return {};
}

Result<bool> Verifier::step(uint32_t i, State& s) {
  Instruction word = words_[i];
  Op op = op_of(word);
  const OpInfo& info = kOpInfo[static_cast<int>(op)];
  uint32_t arg = unsigned_arg(word);
  size_t depth = s.stack.size();
  auto top = [&](size_t n) -> Known& { return s.stack[depth - n]; };  // top(1) is the top

  // An exception may leave this instruction for its handler with the stack cut, the slots as they are before
  // it.
  // (One that cannot raise has no such edge: PUSH_EXC_INFO's own handler expects what it pushes.)
  bool raises =
      info.flags & (kOpRaises | kOpPolls | kOpYields) || op == Op::COPY_FREE_VARS || op == Op::LOAD_COMMON_CONSTANT;
  for (const Handler& h : code_->handler_table()) {
    if (i < h.start || i >= h.end) continue;
    if (h.depth > depth) return bad("exception handler expects a deeper stack", i);
    if (!raises) break;
    State handler{{s.stack.begin(), s.stack.begin() + h.depth}, s.slots};
    if (h.push_lasti) handler.stack.push_back(kLasti);
    handler.stack.push_back(kException);
    TRY(flow(h.target, handler, i));
    break;
  }

  if (info.operand == Operand::Cell && op != Op::MAKE_CELL && !(s.slots[arg] & 2)) return bad("slot is no cell", i);
  if (op == Op::COPY && (arg < 1 || arg > depth)) return bad("stack underflow", i);
  if (op == Op::SWAP && (arg < 2 || arg > depth)) return bad("stack underflow", i);

  size_t pops = static_cast<size_t>(op_pops(op, arg));
  size_t pushes = static_cast<size_t>(op_pushes(op, arg));
  if (pops > depth) return bad("stack underflow", i);
  if (depth - pops + pushes > code_->max_stack) return bad("stack overflow", i);

  // Only these may see an unset value among their operands.
  auto demand = [&](bool fulfilled, const char* what) -> Status {
    if (!fulfilled) return bad(what, i);
    return {};
  };
  size_t checked = pops;
  switch (op) {
    case Op::STORE_FAST:
    case Op::POP_TOP:
    case Op::SWAP:
    case Op::COPY: checked = 0; break;
    case Op::CALL:
    case Op::CALL_KW: {
      size_t receiver = arg + 1 + (op == Op::CALL_KW ? 1 : 0);
      for (size_t n = 1; n <= pops; ++n)
        if (n != receiver) TRY(demand(!may_be_unset(top(n)), "an operand may be unset"));
      Known method = top(receiver + 1);
      bool pair = kind_of(top(receiver)) == kReceiver && kind_of(method) == kMethod &&
                  top(receiver) >> kKindBits == method >> kKindBits;
      // A function of Python's own takes anything: the compiler puts a first argument where the receiver lies.
      TRY(demand(top(receiver) == kUnset || pair || method == kFunction, "a receiver of another method"));
      checked = 0;
      if (op == Op::CALL_KW) {
        TRY(demand(top(1) == kNames, "keyword names are no tuple of strs"));
        // Which constant it is tells how many, so it must be the one just loaded; there must not be more names than arguments.
        TRY(demand(i > 0 && leader_[i] == kNoLeader && op_of(words_[i - 1]) == Op::LOAD_CONST &&
                       code_->consts->items[unsigned_arg(words_[i - 1])].as<Tuple>()->length <= arg,
                   "keyword names do not fit the call"));
      }
      break;
    }
    case Op::CALL_FUNCTION_EX:
      TRY(demand(top(1) == kUnset || top(1) == kDict || top(1) == kDictOrUnset, "keywords are no dict"));
      TRY(demand(!may_be_unset(top(2)) && !may_be_unset(top(4)), "an operand may be unset"));
      checked = 0;
      break;
    case Op::WITH_EXCEPT_START:
      TRY(demand(top(1) == kException, "no exception"));
      TRY(demand(!may_be_unset(top(5)), "an operand may be unset"));
      checked = 0;
      break;
    default: break;
  }
  for (size_t n = 1; n <= checked; ++n) TRY(demand(!may_be_unset(top(n)), "an operand may be unset"));

  auto container = [&](size_t below, Known kind, const char* what) -> Status {
    if (arg == 0 || below + arg > depth) return bad("stack underflow", i);
    return demand(top(below + arg) == kind, what);
  };
  switch (op) {
    case Op::LIST_APPEND:
    case Op::LIST_EXTEND: TRY(container(1, kList, "no list to add to")); break;
    case Op::SET_ADD:  // checked when it runs
      if (arg == 0 || 1 + arg > depth || may_be_unset(top(1 + arg))) return bad("stack underflow", i);
      break;
    case Op::SET_UPDATE: TRY(container(1, kSet, "no set to add to")); break;
    case Op::MAP_ADD: TRY(container(2, kDict, "no dict to add to")); break;
    case Op::DICT_UPDATE: TRY(container(1, kDict, "no dict to add to")); break;
    case Op::DICT_MERGE:
      TRY(container(1, kDict, "no dict to add to"));
      if (1 + arg + 3 > depth) return bad("stack underflow", i);
      TRY(demand(!may_be_unset(top(1 + arg + 3)), "an operand may be unset"));
      break;
    case Op::BUILD_TEMPLATE:
      TRY(demand((top(1) == kTuple || top(1) == kNames) && (top(2) == kTuple || top(2) == kNames), "not a tuple"));
      break;
    case Op::BUILD_INTERPOLATION: TRY(demand(arg >> 2 <= 3, "no such conversion")); break;
    case Op::MAKE_FUNCTION: TRY(demand(top(1) == kCode, "not a code object")); break;
    case Op::SET_FUNCTION_ATTRIBUTE: {
      TRY(demand(top(1) == kFunction, "not a function"));
      // Kinds of the values are checked when it runs.
      TRY(demand(arg == 1 || arg == 2 || arg == 4 || arg == 8 || arg == 16, "not a function attribute"));
      break;
    }
    case Op::MATCH_KEYS: TRY(demand(top(1) == kTuple || top(1) == kNames, "not a tuple")); break;
    case Op::MATCH_CLASS: TRY(demand(top(1) == kNames, "not a tuple of strs")); break;
    case Op::PUSH_EXC_INFO:
    case Op::CLEANUP_THROW:
    case Op::END_ASYNC_FOR: TRY(demand(top(1) == kException, "no exception")); break;
    case Op::RERAISE:  // which looks again
      TRY(demand(top(1) == kException || top(1) == kMaybeException, "no exception"));
      if (arg != 0 && (arg + 1 > depth || top(arg + 1) != kLasti)) return bad("no instruction number", i);
      break;
    case Op::POP_EXCEPT: TRY(demand(top(1) == kHandled, "not what was handled before")); break;
    case Op::CHECK_EXC_MATCH: TRY(demand(top(2) == kException, "no exception")); break;
    case Op::CHECK_EG_MATCH: TRY(demand(top(2) == kException || top(2) == kMaybeException, "no exception")); break;
    case Op::CALL_INTRINSIC_1:
      if (static_cast<Intrinsic1>(arg) == Intrinsic1::kListToTuple) TRY(demand(top(1) == kList, "not a list"));
      if (static_cast<Intrinsic1>(arg) == Intrinsic1::kStopIterationError)
        TRY(demand(top(1) == kException, "no exception"));
      break;
    case Op::CALL_INTRINSIC_2:
      if (static_cast<Intrinsic2>(arg) == Intrinsic2::kSetFunctionTypeParams)
        TRY(demand(top(2) == kFunction, "not a function"));
      if (static_cast<Intrinsic2>(arg) == Intrinsic2::kPrepReraiseStar)
        TRY(demand(top(1) == kList && top(2) == kException, "not an exception and a list"));
      break;
    case Op::YIELD_VALUE:
    case Op::SEND:
    case Op::GET_YIELD_FROM_ITER:
      if (op == Op::YIELD_VALUE && !code_->is(kCoGenerator | kCoCoroutine | kCoAsyncGenerator))
        return bad("yield outside a generator", i);
      break;
    case Op::LOAD_FAST:
      if (!(s.slots[arg] & 1)) return bad("local may be unset", i);
      break;
    case Op::COPY_FREE_VARS:
      if (i != 0 || arg != code_->free_count) return bad("closure cells do not fit", i);
      break;
    case Op::MAKE_CELL:
      if (s.slots[arg] & 2) return bad("slot is a cell already", i);
      break;
    default: break;
  }
  // A slot that holds a cell is only handled by the cell instructions.
  if (info.operand == Operand::Local && (s.slots[arg] & 2) && op != Op::LOAD_FAST && op != Op::LOAD_FAST_AND_CLEAR &&
      op != Op::STORE_FAST && op != Op::LOAD_FAST_CHECK && op != Op::DELETE_FAST)
    return bad("slot is a cell", i);

  // The effect.
  State next = s;
  switch (op) {
    case Op::COPY: next.stack.push_back(s.stack[depth - arg]); break;
    case Op::SWAP: std::swap(next.stack[depth - 1], next.stack[depth - arg]); break;
    case Op::STORE_FAST:
      next.slots[arg] = may_be_unset(top(1)) ? 0 : top(1) == kCell ? 3 : 1;
      next.stack.pop_back();
      break;
    case Op::DELETE_FAST: next.slots[arg] = 0; break;
    case Op::LOAD_FAST_AND_CLEAR:
      next.stack.push_back(s.slots[arg] & 2 ? kCell : s.slots[arg] & 1 ? kAny : kMaybeUnset);
      next.slots[arg] = 0;
      break;
    case Op::LOAD_FAST_CHECK:
      next.slots[arg] |= 1;
      next.stack.push_back(kAny);
      break;
    case Op::MAKE_CELL: next.slots[arg] = 3; break;
    case Op::COPY_FREE_VARS:
      for (uint32_t k = code_->slot_count - arg; k < code_->slot_count; ++k) next.slots[k] = 3;
      break;
    default: {
      std::vector<Known> popped(next.stack.end() - static_cast<std::ptrdiff_t>(pops), next.stack.end());
      next.stack.resize(depth - pops);
      for (size_t k = 0; k < pushes; ++k) next.stack.push_back(kAny);
      auto result = [&](size_t n) -> Known& { return next.stack[next.stack.size() - n]; };
      switch (op) {
        case Op::LOAD_CONST: result(1) = constant_kind(arg); break;
        case Op::LOAD_SMALL_INT: result(1) = kInt; break;
        case Op::PUSH_NULL: result(1) = kUnset; break;
        case Op::LOAD_METHOD:
        case Op::LOAD_SUPER_METHOD:
        case Op::LOAD_ZERO_SUPER_METHOD:
        case Op::LOAD_SPECIAL:
          // Halves that this instruction pushed before, in another turn of a loop, are no halves of these.
          for (Known& k : next.stack)
            if (k >> kKindBits == i + 1) k = kind_of(k) == kReceiver ? kMaybeUnset : kAny;
          result(2) = pushed_by(kMethod, i);
          result(1) = pushed_by(kReceiver, i);
          break;
        case Op::BUILD_TUPLE: result(1) = kTuple; break;
        case Op::BUILD_LIST: result(1) = kList; break;
        case Op::BUILD_SET: result(1) = kSet; break;
        case Op::BUILD_MAP: result(1) = kDict; break;
        case Op::BUILD_STRING:
        case Op::FORMAT_SIMPLE:
        case Op::FORMAT_WITH_SPEC:
        case Op::CONVERT_VALUE: result(1) = kStr; break;
        case Op::MAKE_FUNCTION:
        case Op::SET_FUNCTION_ATTRIBUTE: result(1) = kFunction; break;
        case Op::GET_LEN:
        case Op::MATCH_MAPPING:
        case Op::MATCH_SEQUENCE:
        case Op::GET_ANEXT:
        case Op::IMPORT_FROM:
        case Op::FOR_ITER: result(2) = popped[0]; break;
        case Op::MATCH_KEYS:
          result(3) = popped[0];
          result(2) = popped[1];
          break;
        case Op::PUSH_EXC_INFO:
          result(2) = kHandled;
          result(1) = kException;
          break;
        case Op::CHECK_EXC_MATCH: result(2) = kException; break;
        case Op::WITH_EXCEPT_START:
          for (size_t k = 0; k < 5; ++k) next.stack[next.stack.size() - 6 + k] = popped[k];
          break;
        case Op::END_SEND: result(1) = popped[1]; break;
        case Op::CALL_INTRINSIC_1:
          if (static_cast<Intrinsic1>(arg) == Intrinsic1::kListToTuple) result(1) = kTuple;
          if (static_cast<Intrinsic1>(arg) == Intrinsic1::kStopIterationError) result(1) = kException;
          break;
        case Op::CALL_INTRINSIC_2:
          if (static_cast<Intrinsic2>(arg) == Intrinsic2::kSetFunctionTypeParams) result(1) = kFunction;
          break;
        default: break;
      }
      if (op == Op::CHECK_EG_MATCH) result(2) = result(1) = kMaybeException;
      if (op == Op::CALL_INTRINSIC_2 && static_cast<Intrinsic2>(arg) == Intrinsic2::kPrepReraiseStar)
        result(1) = kMaybeException;
      break;
    }
  }
  if (info.flags & kOpJumps) {
    int64_t target = static_cast<int64_t>(i) + 1 + signed_arg(word);
    State taken = next;
    if (op == Op::JUMP_IF_FALSE_OR_POP || op == Op::JUMP_IF_TRUE_OR_POP) {
      taken = s;
    } else if (op == Op::FOR_ITER) {
      taken = s;
      taken.stack.pop_back();
    }
    TRY(flow(static_cast<uint32_t>(target), taken, i));
  }
  s = std::move(next);
  return !(info.flags & kOpEnds);
}

Status Verifier::run() {
  TRY(tables());
  TRY(check_words());
  find_leaders();
  State start;
  start.slots.resize(code_->slot_count);
  uint64_t arguments =
      uint64_t{code_->argument_count} + code_->keyword_only + code_->is(kCoVarArgs) + code_->is(kCoVarKeywords);
  for (uint64_t i = 0; i < arguments; ++i) start.slots[i] = 1;
  TRY(flow(0, start, 0));
  uint64_t steps = 0;
  while (!work_.empty()) {
    uint32_t i = work_.back();
    work_.pop_back();
    queued_[leader_[i]] = 0;
    State s = at_[leader_[i]];
    while (TRY(step(i, s))) {
      if ((++steps & 0xFF) == 0) TRY(vm_.poll());
      if (++i == words_.size()) return bad("control leaves the code", i - 1);
      if (leader_[i] == kNoLeader) continue;
      TRY(flow(i, s, i - 1));
      break;
    }
  }
  return {};
}

}  // namespace

Status code_verify(Vm& vm, Code* code) {
  if (code->verified) return {};
  TRY(Verifier(vm, code).run());
  code->verified = true;
  return {};
}

}  // namespace krait
