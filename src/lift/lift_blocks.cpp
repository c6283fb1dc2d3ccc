// The block stack of CPython up to 3.10: loops, except, finally and with; how exceptions, break, continue and return unwind it.
//
// A handler of these versions starts with six entries: what was being handled (of which only the exception itself and, for a
// traceback's line, the number of the instruction that raised are places on Krait's stack), and the new exception. While it runs,
// a Handler block lies on the block stack: whatever is raised then must first make the previous exception the handled one again.
#include "lift/lifter.hpp"

namespace krait::pyc {
namespace {

constexpr size_t kMostBlocks = 40;  // CPython allows 20

}  // namespace

/// Where a handler's Previous entry lies: something that is to be returned may have been put below it.
Result<size_t> Lifter::previous_of(const Block& b, const State& state) {
  for (size_t i = b.level + 1; i < state.stack.size(); ++i)
    if (state.stack[i].kind == Kind::Previous && state.stack[i - 1].kind == Kind::OldTraceback) return i;
  return fail("the exception handled before is not on the stack");
}

/// Where an exception goes with these blocks.
Result<int32_t> Lifter::block_handler(const State& at) {
  size_t open = at.blocks.size();
  while (open > 0 && at.blocks[open - 1].type == Block::Loop) --open;
  State state;  // the handler's
  uint32_t target = 0;
  Block b;
  char purpose = 'G';
  if (open == 0) {
    // A StopIteration that leaves a generator becomes a RuntimeError. 3.12 on, the code does that itself; up to 3.6 only
    // where a __future__ import asked for it.
    constexpr uint32_t kGeneratorStop = 0x80000;
    constexpr uint32_t kCoroutines = kCoCoroutine | kCoIterableCoroutine | kCoAsyncGenerator;
    if (!(code_.flags & (kCoGenerator | kCoroutines)) || code_.minor >= 12) return -1;
    if (code_.minor <= 6 && !(code_.flags & (kGeneratorStop | kCoroutines))) return -1;
  } else {
    b = at.blocks[open - 1];
    state.blocks.assign(at.blocks.begin(), at.blocks.begin() + static_cast<ptrdiff_t>(open - 1));
    purpose = b.type == Block::Handler ? 'C' : 'E';
    target = b.type == Block::Handler ? 0 : b.target;
    size_t keep = b.type == Block::Handler ? TRY(previous_of(b, at)) + 1 : b.level;
    if (at.stack.size() < keep) return fail("an exception handler expects a deeper stack");
    state.stack.assign(at.stack.begin(), at.stack.begin() + static_cast<ptrdiff_t>(keep));
  }
  int32_t* place = TRY(remember(target, state, purpose));
  if (*place >= 0) return *place;
  int32_t block = *place = new_block();
  uint32_t depth = 0;
  for (const Entry& e : state.stack) depth += static_cast<uint32_t>(width(e.kind));
  {
    FlowBlock& made = blocks_[static_cast<size_t>(block)];
    made.is_handler = made.push_lasti = true;
    made.handler_depth = static_cast<int32_t>(depth);
  }
  int32_t outer = -1;
  if (purpose != 'G') {
    State below = state;
    if (purpose == 'C') below.stack.resize(b.level);
    outer = TRY(block_handler(below));
  }
  auto write = [&](K op, int32_t arg) {
    blocks_[static_cast<size_t>(block)].code.push_back({op, arg, -1, outer, kNoLocation});
    ++written_;
  };
  switch (purpose) {
    case 'G':
      write(K::CALL_INTRINSIC_1, static_cast<int32_t>(Intrinsic1::kStopIterationError));
      write(K::RERAISE, 1);
      break;
    case 'C':  // previous, instruction number, exception
      write(K::COPY, 3);
      write(K::POP_EXCEPT, 0);
      write(K::RERAISE, 1);
      break;
    default: {
      write(K::PUSH_EXC_INFO, 0);
      State next = state;
      for (Kind k : {Kind::OldTraceback, Kind::Previous, Kind::OldType, Kind::Traceback, Kind::Exception, Kind::Type})
        next.stack.push_back({k});
      next.blocks.push_back({Block::Handler, 0, static_cast<uint32_t>(state.stack.size())});
      int32_t to = TRY(block_for(b.target, next));
      blocks_[static_cast<size_t>(block)].next = to;
    }
  }
  return block;
}

/// Ends a handler: what lies above goes (but for `keep` entries on top), the previous exception is the handled one again.
Status Lifter::leave_handler(const Block& b, size_t keep) {
  size_t previous = TRY(previous_of(b, s_));
  TRY(refresh());
  TRY(discard_to(previous + 1, keep));
  // number, previous, kept.. -> number, kept.., previous
  std::vector<uint32_t> order{0};
  for (size_t i = 0; i < keep; ++i) order.push_back(static_cast<uint32_t>(2 + i));
  order.push_back(1);
  TRY(permute(order));
  emit(K::POP_EXCEPT);
  drop();
  TRY(discard_to(b.level, keep));
  return {};
}

/// break, continue or return through the blocks, up to 3.7.
Status Lifter::unwind(Why why, uint32_t target) {
  size_t keep = why == Why::Return ? 1 : 0;
  while (true) {
    TRY(refresh());
    if (s_.blocks.empty()) {
      if (why != Why::Return) return fail("a jump out of no loop");
      TRY(plain(1));
      emit(K::RETURN_VALUE);
      end();
      return {};
    }
    Block b = s_.blocks.back();
    if (b.type == Block::Loop && why == Why::Continue) return jump(target);
    s_.blocks.pop_back();
    if (b.type == Block::Handler) {
      TRY(leave_handler(b, keep));
      continue;
    }
    TRY(discard_to(b.level, keep));
    if (b.type == Block::Loop && why == Why::Break) return jump(b.target);
    if (b.type == Block::Finally) {
      if (why == Why::Continue) push(Kind::Target, target);
      push(why == Why::Return ? Kind::Return : why == Why::Break ? Kind::Break : Kind::Continue);
      return jump(b.target);
    }
  }
}

Status Lifter::end_finally() {
  TRY(need(1));
  switch (top().kind) {
    case Kind::Nothing: drop(); return {};
    case Kind::Return:
      drop();
      TRY(need(1));
      return unwind(Why::Return, 0);
    case Kind::Break: drop(); return unwind(Why::Break, 0);
    case Kind::Continue: {
      drop();
      TRY(need(1));
      if (top().kind != Kind::Target) return fail("no place to continue at");
      uint32_t target = top().a;
      drop();
      return unwind(Why::Continue, target);
    }
    case Kind::Address: {
      uint32_t target = top().a;
      drop();
      return jump(target);
    }
    case Kind::Silenced: {
      drop();
      if (s_.blocks.empty() || s_.blocks.back().type != Block::Handler) return fail("no exception is handled");
      Block b = s_.blocks.back();
      s_.blocks.pop_back();
      return leave_handler(b, 0);
    }
    case Kind::Type:
      if (size() < 3 || top(2).kind != Kind::Exception) return fail("no exception to raise again");
      drop();
      emit(K::RERAISE, size() >= 5 && top(5).kind == Kind::OldTraceback && top(4).kind == Kind::Previous ? 2 : 0);
      end();
      return {};
    default: return fail("finally ends with something unknown on the stack");
  }
}

// exit, token -> token, no exception, result   or   exit, exception's six -> the same, the exception, result
Status Lifter::with_cleanup_start() {
  TRY(need(2));
  if (top().kind == Kind::Type) {
    TRY(need(7));
    if (s_.blocks.empty() || s_.blocks.back().type != Block::Handler || s_.blocks.back().level + 6 != size() ||
        (top(7).kind != Kind::Method && top(7).kind != Kind::Paired) || top(2).kind != Kind::Exception ||
        top(5).kind != Kind::Previous)
      return fail("the end of a with statement without its __exit__");
    emit(K::WITH_EXCEPT_START);
    --s_.blocks.back().level;  // what ends the handler takes __exit__ away too
    push(Kind::ExitSome);
    push();
    return {};
  }
  // The entries of the token, and below them __exit__.
  size_t n = top().kind == Kind::Return || top().kind == Kind::Continue ? 2 : 1;
  TRY(need(n + 1));
  if (width(top().kind) != 0 || (top(n + 1).kind != Kind::Method && top(n + 1).kind != Kind::Paired))
    return fail("the end of a with statement without its __exit__");
  if (n == 2) {
    TRY(permute({1, 2, 0}));
  } else {
    TRY(permute({1, 0}));
  }
  drop();
  uint32_t none = TRY(add_const(Value::none()));
  for (int i = 0; i < 3; ++i) emit_const(none);
  emit(K::CALL, 3);
  push(Kind::ExitNone);
  push();
  return {};
}

Status Lifter::with_cleanup_finish() {
  TRY(need(2));
  Kind mark = top(2).kind;
  if (width(top().kind) != 1 || (mark != Kind::ExitNone && mark != Kind::ExitSome))
    return fail("the end of a with statement that did not begin");
  if (mark == Kind::ExitNone) {
    emit(K::POP_TOP);
    drop(2);
    return {};
  }
  int32_t swallowed = new_block();
  emit_to(K::POP_JUMP_IF_TRUE, swallowed);
  drop(2);
  int32_t raised = TRY(block_for(ins_->next, s_));
  blocks_[static_cast<size_t>(current_)].next = raised;
  current_ = swallowed;
  if (code_.minor >= 8) {
    if (s_.blocks.empty() || s_.blocks.back().type != Block::Handler) return fail("no exception is handled");
    Block b = s_.blocks.back();
    s_.blocks.pop_back();
    TRY(leave_handler(b, 0));
    push(Kind::Nothing);
  } else {
    push(Kind::Silenced);
  }
  return jump(ins_->next);
}

// aiter, the exception's six -> ; the loop ends, or the exception goes on.
Status Lifter::end_async_for() {
  if (size() < 7 || s_.blocks.empty() || s_.blocks.back().type != Block::Handler || top(1).kind != Kind::Type ||
      top(2).kind != Kind::Exception || top(5).kind != Kind::Previous || top(6).kind != Kind::OldTraceback ||
      width(top(7).kind) != 1)
    return fail("the end of an asynchronous loop without its exception");
  // aiter, number, previous, exception
  emit(K::SWAP, 2);
  emit(K::POP_EXCEPT);
  emit(K::SWAP, 2);
  emit(K::POP_TOP);
  s_.blocks.pop_back();
  drop(6);
  TRY(refresh());
  emit(K::END_ASYNC_FOR);
  drop();
  return {};
}

/// Instructions that work on the block stack.
Status Lifter::step_blocks(const PycInstruction& ins) {
  int64_t target = jump_target(code_, ins);
  auto begin_block = [&](Block::Type type, size_t level) -> Status {
    if (s_.blocks.size() >= kMostBlocks) return fail("too many nested blocks");
    if (target < 0 || target >= static_cast<int64_t>(code_.code.size())) return fail("a block that leads nowhere");
    s_.blocks.push_back({type, static_cast<uint32_t>(target), static_cast<uint32_t>(level)});
    return {};
  };
  switch (ins.op) {
    case Op::SETUP_LOOP: return begin_block(Block::Loop, size());
    case Op::SETUP_EXCEPT: return begin_block(Block::Except, size());
    case Op::SETUP_FINALLY: return begin_block(Block::Finally, size());
    case Op::SETUP_WITH: TRY(before_with(false)); return begin_block(Block::Finally, size() - 1);
    case Op::SETUP_ASYNC_WITH: TRY(need(1)); return begin_block(Block::Finally, size() - 1);
    case Op::POP_BLOCK: {
      if (s_.blocks.empty() || s_.blocks.back().type == Block::Handler) return fail("no block to end");
      Block b = s_.blocks.back();
      s_.blocks.pop_back();
      TRY(refresh());
      return code_.minor <= 7 ? discard_to(b.level, 0) : Status{};
    }
    case Op::POP_EXCEPT: {
      if (s_.blocks.empty() || s_.blocks.back().type != Block::Handler) return fail("no exception is handled");
      Block b = s_.blocks.back();
      s_.blocks.pop_back();
      if (code_.minor >= 8) {  // the three on top, whatever was put below them meanwhile
        TRY(need(3));
        if (top(1).kind != Kind::OldType || top(2).kind != Kind::Previous || top(3).kind != Kind::OldTraceback)
          return fail("the exception handled before is not on the stack");
        TRY(refresh());
        emit(K::POP_EXCEPT);
        emit(K::POP_TOP);
        drop(3);
        return {};
      }
      return leave_handler(b, 0);
    }
    case Op::BREAK_LOOP: return unwind(Why::Break, 0);
    case Op::CONTINUE_LOOP: return unwind(Why::Continue, static_cast<uint32_t>(target));
    case Op::END_FINALLY: return end_finally();
    case Op::BEGIN_FINALLY: push(Kind::Nothing); return {};
    case Op::CALL_FINALLY: push(Kind::Address, ins.next); return jump(target);
    case Op::POP_FINALLY: {
      size_t keep = ins.arg != 0 ? 1 : 0;
      TRY(need(1 + keep));
      Kind token = top(1 + keep).kind;
      if (token == Kind::Nothing || token == Kind::Address) {
        s_.stack.erase(s_.stack.end() - static_cast<ptrdiff_t>(keep) - 1);
        return {};
      }
      if (token != Kind::Type || s_.blocks.empty() || s_.blocks.back().type != Block::Handler)
        return fail("finally ends with something unknown on the stack");
      Block b = s_.blocks.back();
      s_.blocks.pop_back();
      return leave_handler(b, keep);
    }
    case Op::WITH_CLEANUP_START: return with_cleanup_start();
    case Op::WITH_CLEANUP_FINISH: return with_cleanup_finish();
    case Op::WITH_CLEANUP: TRY(with_cleanup_start()); return with_cleanup_finish();
    case Op::END_ASYNC_FOR: return end_async_for();
    case Op::RERAISE:  // 3.9, 3.10: as the end of finally with an exception
      return end_finally();
    case Op::WITH_EXCEPT_START:  // 3.9, 3.10: exit and the exception's six -> the same, result
      if (size() < 7 || top(1).kind != Kind::Type || top(2).kind != Kind::Exception || top(5).kind != Kind::Previous ||
          (top(7).kind != Kind::Method && top(7).kind != Kind::Paired))
        return fail("the end of a with statement without its __exit__");
      emit(K::WITH_EXCEPT_START);
      push();
      return {};
    default: return fail("an instruction that code does not have");
  }
}

}  // namespace krait::pyc
