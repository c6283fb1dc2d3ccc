// Statements with handlers - try, try with except*, with - and leaving blocks by break, continue and return.
//
// A protected range is written as kSetupFinally / kSetupCleanup / kSetupWith ... kPopBlock; a range whose
// handler is entered with the instruction number (Cleanup, With) re-raises through RERAISE with that number,
// so that tracebacks show where the exception came from and not where it was passed on.
#include "compiler/codegen.hpp"

namespace krait {

void CodeGenerator::push_block(FrameBlock::Kind kind, Label start, Label exit, const Location& loc) {
  if (failed_) return;
  if (u_->blocks.size() >= 20) return error(loc, "too many statically nested blocks");
  FrameBlock b{};
  b.kind = kind;
  b.start = start;
  b.exit = exit;
  b.loc = loc;
  u_->blocks.push_back(b);
}

void CodeGenerator::unwind_block(const FrameBlock& block, bool preserve_top, Location& loc) {
  switch (block.kind) {
    case FrameBlock::WhileLoop:
    case FrameBlock::ExceptionHandler:
    case FrameBlock::ExceptionGroupHandler:
    case FrameBlock::AsyncComprehension: return;
    case FrameBlock::ForLoop:
    case FrameBlock::AsyncForLoop:
    case FrameBlock::PopValue:
      if (preserve_top) emit(Op::SWAP, 2, loc);
      return emit(Op::POP_TOP, loc);
    case FrameBlock::TryExcept: return emit(kPopBlock, loc);
    case FrameBlock::FinallyTry:
      emit(kPopBlock, loc);
      if (preserve_top) push_block(FrameBlock::PopValue, {}, {}, loc);
      visit_finally_body(*block.finally_body);
      if (preserve_top) pop_block();
      // What follows belongs to no line: the finally body seems to come after the statement that leaves.
      loc = kNoLocation;
      return;
    case FrameBlock::FinallyEnd:
      if (preserve_top) emit(Op::SWAP, 2, loc);
      emit(Op::POP_TOP, loc);
      if (preserve_top) emit(Op::SWAP, 2, loc);
      emit(kPopBlock, loc);
      return emit(Op::POP_EXCEPT, loc);
    case FrameBlock::With:
    case FrameBlock::AsyncWith:
      loc = block.loc;
      emit(kPopBlock, loc);
      if (preserve_top) {
        emit(Op::SWAP, 3, loc);
        emit(Op::SWAP, 2, loc);
      }
      call_exit_with_nones(loc);
      if (block.kind == FrameBlock::AsyncWith) {
        emit(Op::GET_AWAITABLE, 2, loc);
        load_none(loc);
        emit_yield_from(true, loc);
      }
      emit(Op::POP_TOP, loc);
      loc = kNoLocation;
      return;
    case FrameBlock::HandlerCleanup:
      if (block.has_name) emit(kPopBlock, loc);
      if (preserve_top) emit(Op::SWAP, 2, loc);
      emit(kPopBlock, loc);
      emit(Op::POP_EXCEPT, loc);
      if (block.has_name) {
        load_none(loc);
        name_op(block.handler_name, Ctx::Store, loc);
        name_op(block.handler_name, Ctx::Del, loc);
      }
      return;
  }
}

const FrameBlock* CodeGenerator::unwind_blocks(bool preserve_top, bool to_loop, Location& loc) {
  if (!guard() || u_->blocks.empty()) return nullptr;
  const FrameBlock& top = u_->blocks.back();
  if (top.kind == FrameBlock::ExceptionGroupHandler) {
    error(loc, "'break', 'continue' and 'return' cannot appear in an except* block");
    return nullptr;
  }
  if (to_loop &&
      (top.kind == FrameBlock::WhileLoop || top.kind == FrameBlock::ForLoop || top.kind == FrameBlock::AsyncForLoop))
    return &top;
  FrameBlock copy = top;
  u_->blocks.pop_back();
  unwind_block(copy, preserve_top, loc);
  const FrameBlock* loop = unwind_blocks(preserve_top, to_loop, loc);
  size_t index = loop != nullptr ? static_cast<size_t>(loop - u_->blocks.data()) : 0;
  u_->blocks.push_back(copy);
  return loop != nullptr ? &u_->blocks[index] : nullptr;
}

void CodeGenerator::visit_finally_body(const ast::Seq<ast::Stmt*>& body) {
  bool in_finally = u_->in_finally, in_loop = u_->in_loop_of_finally;
  u_->in_finally = true;
  u_->in_loop_of_finally = false;
  visit_body(body);
  if (failed_) return;
  u_->in_finally = in_finally;
  u_->in_loop_of_finally = in_loop;
}

// previous, instruction number, exception -> the exception goes on.
void CodeGenerator::pop_except_and_reraise(const Location& loc) {
  emit(Op::COPY, 3, loc);
  emit(Op::POP_EXCEPT, loc);
  emit(Op::RERAISE, 1, loc);
}

template <class T>
void CodeGenerator::try_statement(const T* s) {
  bool conditional = u_->in_conditional_block;
  u_->in_conditional_block = true;
  if (!s->finalbody.empty()) {
    try_finally(s);
  } else {
    try_body(s);
  }
  if (!failed_) u_->in_conditional_block = conditional;
}
template void CodeGenerator::try_statement(const ast::Try*);
template void CodeGenerator::try_statement(const ast::TryStar*);

template <class T>
void CodeGenerator::try_finally(const T* s) {
  Location loc = at(s);
  Label body = new_label(), end = new_label(), exit = new_label(), cleanup = new_label();
  jump(kSetupFinally, end, loc);
  use(body);
  push_block(FrameBlock::FinallyTry, body, end, loc);
  if (failed_) return;
  u_->blocks.back().finally_body = &s->finalbody;
  if (!s->handlers.empty()) {
    try_body(s);
  } else {
    visit_body(s->body);
  }
  emit(kPopBlock, kNoLocation);
  pop_block();
  visit_finally_body(s->finalbody);
  jump(Op::JUMP, exit, kNoLocation);
  if (failed_) return;
  use(end);
  push_block(FrameBlock::FinallyEnd, end, {}, loc);
  jump(kSetupCleanup, cleanup, kNoLocation);
  emit(Op::PUSH_EXC_INFO, kNoLocation);
  visit_finally_body(s->finalbody);
  pop_block();
  emit(Op::RERAISE, 0, kNoLocation);
  if (failed_) return;
  use(cleanup);
  pop_except_and_reraise(kNoLocation);
  use(exit);
}

void CodeGenerator::try_body(const ast::Try* s) {
  Location loc = at(s);
  Label body = new_label(), except = new_label(), end = new_label(), cleanup = new_label();
  jump(kSetupFinally, except, loc);
  use(body);
  push_block(FrameBlock::TryExcept, body, {}, loc);
  visit_body(s->body);
  pop_block();
  emit(kPopBlock, kNoLocation);
  visit_body(s->orelse);
  jump(Op::JUMP, end, kNoLocation);
  if (failed_) return;

  use(except);
  jump(kSetupCleanup, cleanup, kNoLocation);
  emit(Op::PUSH_EXC_INFO, kNoLocation);
  push_block(FrameBlock::ExceptionHandler, {}, {}, loc);
  for (size_t i = 0; i < s->handlers.size(); ++i) {
    auto* h = static_cast<const ast::ExceptHandler*>(s->handlers[i]);
    loc = at(h);
    if (h->type == nullptr && i + 1 < s->handlers.size()) return error(loc, "default 'except:' must be last");
    Label next = new_label();
    if (h->type != nullptr) {
      visit(h->type);
      emit(Op::CHECK_EXC_MATCH, loc);
      jump(Op::POP_JUMP_IF_FALSE, next, loc);
    }
    Label handler = new_label();
    if (h->name.data() != nullptr) {
      NameId name = names_.intern(h->name);
      Label cleanup_end = new_label();
      auto unbind = [&] {
        load_none(kNoLocation);
        name_op(name, Ctx::Store, kNoLocation);
        name_op(name, Ctx::Del, kNoLocation);
      };
      name_op(name, Ctx::Store, loc);
      jump(kSetupCleanup, cleanup_end, loc);
      use(handler);
      push_block(FrameBlock::HandlerCleanup, handler, {}, loc);
      if (failed_) return;
      u_->blocks.back().has_name = true;
      u_->blocks.back().handler_name = name;
      visit_body(h->body);
      pop_block();
      emit(kPopBlock, kNoLocation);
      emit(kPopBlock, kNoLocation);
      emit(Op::POP_EXCEPT, kNoLocation);
      unbind();
      jump(Op::JUMP, end, kNoLocation);
      if (failed_) return;
      use(cleanup_end);
      unbind();
      emit(Op::RERAISE, 1, kNoLocation);
    } else {
      use(handler);
      push_block(FrameBlock::HandlerCleanup, handler, {}, loc);
      emit(Op::POP_TOP, loc);
      visit_body(h->body);
      pop_block();
      emit(kPopBlock, kNoLocation);
      emit(Op::POP_EXCEPT, kNoLocation);
      jump(Op::JUMP, end, kNoLocation);
    }
    if (failed_) return;
    use(next);
  }
  pop_block();
  emit(Op::RERAISE, 0, kNoLocation);
  use(cleanup);
  pop_except_and_reraise(kNoLocation);
  use(end);
}

// except*: the stack in the handlers is  previous, original exception, list of what handlers raised, rest  -
// the rest is what no handler has matched yet. Each handler gets its part; at the end whatever is left or was
// raised goes on as a group.
void CodeGenerator::try_body(const ast::TryStar* s) {
  Location loc = at(s);
  Label body = new_label(), except = new_label(), or_else = new_label(), end = new_label(), cleanup = new_label(),
        reraise_star = new_label();
  jump(kSetupFinally, except, loc);
  use(body);
  push_block(FrameBlock::TryExcept, body, or_else, loc);
  visit_body(s->body);
  pop_block();
  emit(kPopBlock, kNoLocation);
  jump(Op::JUMP, or_else, kNoLocation);
  if (failed_) return;

  use(except);
  jump(kSetupCleanup, cleanup, kNoLocation);
  emit(Op::PUSH_EXC_INFO, kNoLocation);
  push_block(FrameBlock::ExceptionGroupHandler, {}, {}, loc);
  size_t n = s->handlers.size();
  for (size_t i = 0; i < n; ++i) {
    auto* h = static_cast<const ast::ExceptHandler*>(s->handlers[i]);
    loc = at(h);
    Label next = new_label(), next_with_error = new_label(), no_match = new_label(), handler = new_label(),
          cleanup_end = new_label();
    if (i == 0) {
      // previous, exception -> previous, exception, [], exception
      emit(Op::BUILD_LIST, 0, loc);
      emit(Op::COPY, 2, loc);
    }
    if (h->type != nullptr) {
      visit(h->type);
      emit(Op::CHECK_EG_MATCH, loc);
      emit(Op::COPY, 1, loc);
      jump(Op::POP_JUMP_IF_NONE, no_match, loc);
    }
    NameId name = h->name.data() != nullptr ? names_.intern(h->name) : kNoName;
    if (name != kNoName) {
      name_op(name, Ctx::Store, loc);
    } else {
      emit(Op::POP_TOP, loc);  // the match
    }
    auto unbind = [&] {
      if (name == kNoName) return;
      load_none(kNoLocation);
      name_op(name, Ctx::Store, kNoLocation);
      name_op(name, Ctx::Del, kNoLocation);
    };
    jump(kSetupCleanup, cleanup_end, loc);
    use(handler);
    push_block(FrameBlock::HandlerCleanup, handler, {}, loc);
    if (failed_) return;
    u_->blocks.back().has_name = name != kNoName;
    u_->blocks.back().handler_name = name;
    visit_body(h->body);
    pop_block();
    emit(kPopBlock, kNoLocation);
    unbind();
    jump(Op::JUMP, next, kNoLocation);
    if (failed_) return;

    // The handler raised: keep that for later, and go on with the next handler.
    use(cleanup_end);
    unbind();
    emit(Op::LIST_APPEND, 3, kNoLocation);  // list, rest, instruction number, exception
    emit(Op::POP_TOP, kNoLocation);         // the instruction number
    jump(Op::JUMP, next_with_error, kNoLocation);

    use(next);
    emit(Op::NOP, kNoLocation);
    jump(Op::JUMP, next_with_error, kNoLocation);
    use(no_match);
    emit(Op::POP_TOP, loc);  // None: no match
    use(next_with_error);
    if (i == n - 1) {
      emit(Op::LIST_APPEND, 1, kNoLocation);  // the rest
      jump(Op::JUMP, reraise_star, kNoLocation);
    }
  }
  pop_block();
  if (failed_) return;
  Label reraise = new_label();
  use(reraise_star);
  call_intrinsic(Intrinsic2::kPrepReraiseStar, kNoLocation);
  emit(Op::COPY, 1, kNoLocation);
  jump(Op::POP_JUMP_IF_NOT_NONE, reraise, kNoLocation);
  emit(Op::POP_TOP, kNoLocation);
  emit(kPopBlock, kNoLocation);
  emit(Op::POP_EXCEPT, kNoLocation);
  jump(Op::JUMP, end, kNoLocation);

  use(reraise);
  emit(kPopBlock, kNoLocation);
  emit(Op::SWAP, 2, kNoLocation);
  emit(Op::POP_EXCEPT, kNoLocation);
  emit(Op::RERAISE, 0, kNoLocation);
  use(cleanup);
  pop_except_and_reraise(kNoLocation);
  use(or_else);
  visit_body(s->orelse);
  if (!failed_) use(end);
}

// --- with

// exit, its self -> what exit(None, None, None) gives
void CodeGenerator::call_exit_with_nones(const Location& loc) {
  load_none(loc);
  load_none(loc);
  load_none(loc);
  emit(Op::CALL, 3, loc);
}

void CodeGenerator::visit_with(const ast::Seq<ast::WithItem*>& items, const ast::Seq<ast::Stmt*>& body, size_t i,
                               bool async) {
  if (!guard()) return;
  const ast::WithItem* item = items[i];
  Label block = new_label(), final = new_label(), exit = new_label(), cleanup = new_label(), suppress = new_label();
  visit(item->context_expr);
  Location loc = at(item->context_expr);
  // manager -> exit, its self, enter, its self
  emit(Op::COPY, 1, loc);
  emit(Op::LOAD_SPECIAL, async ? 3 : 1, loc);
  emit(Op::SWAP, 2, loc);
  emit(Op::SWAP, 3, loc);
  emit(Op::LOAD_SPECIAL, async ? 2 : 0, loc);
  emit(Op::CALL, 0, loc);
  if (async) {
    emit(Op::GET_AWAITABLE, 1, loc);
    load_none(loc);
    emit_yield_from(true, loc);
  }
  jump(kSetupWith, final, loc);
  use(block);
  push_block(async ? FrameBlock::AsyncWith : FrameBlock::With, block, final, loc);
  if (item->optional_vars != nullptr) {
    visit(item->optional_vars);
  } else {
    emit(Op::POP_TOP, loc);  // what enter gave
  }
  if (i + 1 < items.size()) {
    visit_with(items, body, i + 1, async);
  } else {
    visit_body(body);
  }
  pop_block();
  emit(kPopBlock, kNoLocation);
  call_exit_with_nones(loc);
  if (async) {
    emit(Op::GET_AWAITABLE, 2, loc);
    load_none(loc);
    emit_yield_from(true, loc);
  }
  emit(Op::POP_TOP, loc);
  jump(Op::JUMP, exit, loc);
  if (failed_) return;

  use(final);
  jump(kSetupCleanup, cleanup, loc);
  emit(Op::PUSH_EXC_INFO, loc);
  emit(Op::WITH_EXCEPT_START, loc);
  if (async) {
    emit(Op::GET_AWAITABLE, 2, loc);
    load_none(loc);
    emit_yield_from(true, loc);
  }
  jump(Op::POP_JUMP_IF_TRUE, suppress, loc);
  emit(Op::RERAISE, 2, kNoLocation);
  use(suppress);
  emit(Op::POP_TOP, kNoLocation);  // the exception
  emit(kPopBlock, kNoLocation);
  emit(Op::POP_EXCEPT, kNoLocation);
  emit(Op::POP_TOP, kNoLocation);  // the instruction number
  emit(Op::POP_TOP, kNoLocation);
  emit(Op::POP_TOP, kNoLocation);
  jump(Op::JUMP, exit, kNoLocation);
  use(cleanup);
  pop_except_and_reraise(kNoLocation);
  use(exit);
}

}  // namespace krait
