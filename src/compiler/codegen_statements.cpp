// Statements, except those with handlers (codegen_try.cpp), definitions (codegen_functions.cpp) and match
// (codegen_match.cpp).
#include "compiler/codegen.hpp"

#include "objects/int.hpp"
#include "objects/sequences.hpp"
#include "objects/str.hpp"

namespace krait {

/// The constant node of the docstring that begins `body`, unless docstrings are dropped.
const ast::Constant* CodeGenerator::docstring_of(const ast::Seq<ast::Stmt*>& body) const {
  if (body.empty()) return nullptr;
  auto* first = ast::as<ast::ExprStmt>(body[0]);
  auto* constant = first ? ast::as<ast::Constant>(first->value) : nullptr;
  return constant && constant->value.kind == ast::ConstantKind::Str ? constant : nullptr;
}

void CodeGenerator::module_body(const ast::Seq<ast::Stmt*>& body, const Location& loc, bool interactive) {
  const Scope* scope = u_->scope;
  bool eager = (future_ & kCoFutureAnnotations) || scope->eager_annotations;
  if (eager && scope->annotations_used) emit(Op::SETUP_ANNOTATIONS, loc);
  if (scope->has_conditional_annotations && !eager) {
    emit(Op::BUILD_SET, 0, loc);
    if (scope->type == BlockType::Class) {
      emit(Op::STORE_DEREF, cell_index(n_.d_conditional), loc);
    } else {
      name_op(n_.d_conditional, Ctx::Store, loc);
    }
  }
  size_t first = 0;
  if (!interactive) {
    if (const ast::Constant* doc = docstring_of(body)) {
      first = 1;
      if (options_.optimize < 2) {
        load_text(clean_docstring(doc->value.text), at(doc));
        name_op(n_.d_doc, Ctx::Store, kNoLocation);
      }
    }
  }
  for (size_t i = first; i < body.size(); ++i) visit(body[i]);
  if (!eager) deferred_annotations(loc);
}

void CodeGenerator::visit(const ast::Stmt* s) {
  if (!guard()) return;
  using K = ast::NodeKind;
  Location loc = at(s);
  switch (s->kind) {
    case K::FunctionDef: return visit_function(static_cast<const ast::FunctionDef*>(s), false);
    case K::AsyncFunctionDef: return visit_function(static_cast<const ast::AsyncFunctionDef*>(s), true);
    case K::ClassDef: return visit_class(static_cast<const ast::ClassDef*>(s));
    case K::TypeAlias: return visit_type_alias(static_cast<const ast::TypeAlias*>(s));
    case K::Return: return visit_return(static_cast<const ast::Return*>(s));
    case K::Delete:
      for (const ast::Expr* target : static_cast<const ast::Delete*>(s)->targets) visit(target);
      return;
    case K::Assign: return visit_assign(static_cast<const ast::Assign*>(s));
    case K::AugAssign: return visit_aug_assign(static_cast<const ast::AugAssign*>(s));
    case K::AnnAssign: return visit_ann_assign(static_cast<const ast::AnnAssign*>(s));
    case K::For: return visit_for(static_cast<const ast::For*>(s));
    case K::AsyncFor: return visit_async_for(static_cast<const ast::AsyncFor*>(s));
    case K::While: return visit_while(static_cast<const ast::While*>(s));
    case K::If: return visit_if(static_cast<const ast::If*>(s));
    case K::With: {
      auto* n = static_cast<const ast::With*>(s);
      bool conditional = u_->in_conditional_block;
      u_->in_conditional_block = true;
      visit_with(n->items, n->body, 0, false);
      if (!failed_) u_->in_conditional_block = conditional;
      return;
    }
    case K::AsyncWith: {
      auto* n = static_cast<const ast::AsyncWith*>(s);
      bool conditional = u_->in_conditional_block;
      u_->in_conditional_block = true;
      visit_with(n->items, n->body, 0, true);
      if (!failed_) u_->in_conditional_block = conditional;
      return;
    }
    case K::Match: return visit_match(static_cast<const ast::Match*>(s));
    case K::Raise: {
      auto* n = static_cast<const ast::Raise*>(s);
      int count = 0;
      if (n->exc != nullptr) {
        visit(n->exc);
        ++count;
        if (n->cause != nullptr) {
          visit(n->cause);
          ++count;
        }
      }
      return emit(Op::RAISE_VARARGS, count, loc);
    }
    case K::Try: return try_statement(static_cast<const ast::Try*>(s));
    case K::TryStar: return try_statement(static_cast<const ast::TryStar*>(s));
    case K::Assert: return visit_assert(static_cast<const ast::Assert*>(s));
    case K::Import: return visit_import(static_cast<const ast::Import*>(s));
    case K::ImportFrom: return visit_import_from(static_cast<const ast::ImportFrom*>(s));
    case K::Global:
    case K::Nonlocal: return;
    case K::ExprStmt: return expression_statement(static_cast<const ast::ExprStmt*>(s)->value, loc);
    case K::Pass: return emit(Op::NOP, loc);
    case K::Break: return visit_break(loc);
    case K::Continue: return visit_continue(loc);
    default: return;
  }
}

void CodeGenerator::expression_statement(const ast::Expr* value, const Location& loc) {
  if (interactive_ && u_->outer == nullptr) {
    visit(value);
    call_intrinsic(Intrinsic1::kPrint, loc);
    return emit(Op::POP_TOP, kNoLocation);
  }
  if (ast::is<ast::Constant>(value)) return emit(Op::NOP, loc);
  visit(value);
  emit(Op::POP_TOP, kNoLocation);  // not seen by tracing
}

void CodeGenerator::visit_return(const ast::Return* s) {
  Location loc = at(s);
  const ast::Expr* value = s->value;
  if (!u_->scope->is_function_like()) return error(loc, "'return' outside function");
  if (u_->in_finally) warn(loc, "'return' in a 'finally' block");
  if (value != nullptr && u_->scope->coroutine && u_->scope->generator)
    return error(loc, "'return' with value in async generator");
  bool preserve = value != nullptr && !ast::is<ast::Constant>(value);
  if (preserve) {
    visit(value);
  } else if (value != nullptr) {
    loc = at(value);
    emit(Op::NOP, loc);  // the line of the value
  }
  if (value == nullptr || value->range.lineno != s->range.lineno) {
    loc = at(s);
    emit(Op::NOP, loc);
  }
  unwind_blocks(preserve, false, loc);
  if (value == nullptr) {
    load_none(loc);
  } else if (!preserve) {
    load_const(take(constant_value(vm_, static_cast<const ast::Constant*>(value)->value)), loc);
  }
  emit(Op::RETURN_VALUE, loc);
}

// --- Assignment

void CodeGenerator::visit_assign(const ast::Assign* s) {
  visit(s->value);
  for (size_t i = 0; i < s->targets.size(); ++i) {
    if (i + 1 < s->targets.size()) emit(Op::COPY, 1, at(s));
    visit(s->targets[i]);
  }
}

void CodeGenerator::visit_aug_assign(const ast::AugAssign* s) {
  Location target_loc = at(s->target);
  Location loc = target_loc;
  switch (s->target->kind) {
    case ast::NodeKind::Attribute: {
      auto* t = static_cast<const ast::Attribute*>(s->target);
      visit(t->value);
      emit(Op::COPY, 1, loc);
      loc = at_attribute(loc, t);
      emit_name(Op::LOAD_ATTR, names_.intern(t->attr), loc);
      break;
    }
    case ast::NodeKind::Subscript: {
      auto* t = static_cast<const ast::Subscript*>(s->target);
      visit(t->value);
      if (two_element_slice(t->slice)) {
        slice_parts(static_cast<const ast::Slice*>(t->slice), false);
        for (int i = 0; i < 3; ++i) emit(Op::COPY, 3, loc);
        emit(Op::BINARY_SLICE, loc);
      } else {
        visit(t->slice);
        emit(Op::COPY, 2, loc);
        emit(Op::COPY, 2, loc);
        emit(Op::BINARY_SUBSCR, loc);
      }
      break;
    }
    case ast::NodeKind::Name: name_op(static_cast<const ast::Name*>(s->target)->id, Ctx::Load, loc); break;
    default:
      failed_ = true;
      (void)vm_.raise(E::SystemError, "invalid node type for augmented assignment");
      return;
  }
  visit(s->value);
  binary_op(s->op, true, at(s));
  loc = target_loc;
  switch (s->target->kind) {
    case ast::NodeKind::Attribute: {
      auto* t = static_cast<const ast::Attribute*>(s->target);
      loc = at_attribute(loc, t);
      emit(Op::SWAP, 2, loc);
      note_static_attribute(t);
      return emit_name(Op::STORE_ATTR, names_.intern(t->attr), loc);
    }
    case ast::NodeKind::Subscript:
      if (two_element_slice(static_cast<const ast::Subscript*>(s->target)->slice)) {
        emit(Op::SWAP, 4, loc);
        emit(Op::SWAP, 3, loc);
        emit(Op::SWAP, 2, loc);
        return emit(Op::STORE_SLICE, loc);
      }
      emit(Op::SWAP, 3, loc);
      emit(Op::SWAP, 2, loc);
      return emit(Op::STORE_SUBSCR, loc);
    default: return name_op(static_cast<const ast::Name*>(s->target)->id, Ctx::Store, loc);
  }
}

void CodeGenerator::visit_ann_assign(const ast::AnnAssign* s) {
  Location loc = at(s);
  if (s->value != nullptr) {
    visit(s->value);
    visit(s->target);
  }
  if (failed_) return;
  switch (s->target->kind) {
    case ast::NodeKind::Name: {
      if (!s->simple || (u_->kind != UnitKind::Module && u_->kind != UnitKind::Class)) return;
      NameId name = names_.intern(static_cast<const ast::Name*>(s->target)->id);
      if ((future_ & kCoFutureAnnotations) || u_->scope->eager_annotations) {
        annotation_value(s->annotation);
        name_op(n_.d_annotations, Ctx::Load, loc);
        load_str(mangled(name), loc);
        return emit(Op::STORE_SUBSCR, loc);
      }
      int conditional = -1;
      if (u_->kind == UnitKind::Module || u_->in_conditional_block) {
        conditional = u_->next_conditional_annotation++;
        if (u_->kind == UnitKind::Class) {
          emit(Op::LOAD_DEREF, cell_index(n_.d_conditional), loc);
        } else {
          emit_plain_name(Op::LOAD_NAME, n_.d_conditional, loc);
        }
        load_const(Value::small_int(conditional), loc);
        emit(Op::SET_ADD, 1, loc);
        emit(Op::POP_TOP, loc);
      }
      u_->deferred_annotations.push_back({s, conditional});
      return;
    }
    // The annotation itself is not evaluated; what the target is made of is.
    case ast::NodeKind::Attribute:
      if (s->value == nullptr) {
        visit(static_cast<const ast::Attribute*>(s->target)->value);
        emit(Op::POP_TOP, loc);
      }
      return;
    case ast::NodeKind::Subscript:
      if (s->value == nullptr) {
        auto* t = static_cast<const ast::Subscript*>(s->target);
        visit(t->value);
        emit(Op::POP_TOP, loc);
        visit(t->slice);
        emit(Op::POP_TOP, loc);
      }
      return;
    default: failed_ = true; (void)vm_.raise(E::SystemError, "invalid node type for annotated assignment");
  }
}

// --- Loops and conditions

void CodeGenerator::visit_for(const ast::For* s) {
  Label start = new_label(), cleanup = new_label(), end = new_label();
  push_block(FrameBlock::ForLoop, start, end, at(s));
  visit_iterable(s->iter);
  if (failed_) return;
  Location loc = at(s->iter);
  emit(Op::GET_ITER, loc);
  use(start);
  jump(Op::FOR_ITER, cleanup, loc);
  emit(Op::NOP, at(s->target));  // the target's line, where it differs
  visit(s->target);
  bool conditional = u_->in_conditional_block, in_loop = u_->in_loop_of_finally;
  u_->in_conditional_block = u_->in_loop_of_finally = true;
  visit_body(s->body);
  if (failed_) return;
  u_->in_loop_of_finally = in_loop;
  jump(Op::JUMP, start, kNoLocation);
  use(cleanup);
  pop_block();
  visit_body(s->orelse);
  if (failed_) return;
  u_->in_conditional_block = conditional;
  use(end);
}

void CodeGenerator::visit_async_for(const ast::AsyncFor* s) {
  Location loc = at(s);
  Label start = new_label(), except = new_label(), end = new_label();
  visit(s->iter);
  if (failed_) return;
  emit(Op::GET_AITER, at(s->iter));
  use(start);
  push_block(FrameBlock::AsyncForLoop, start, end, loc);
  jump(kSetupFinally, except, loc);
  emit(Op::GET_ANEXT, loc);
  load_none(loc);
  emit_yield_from(true, loc);
  emit(kPopBlock, loc);
  visit(s->target);
  if (failed_) return;
  bool conditional = u_->in_conditional_block, in_loop = u_->in_loop_of_finally;
  u_->in_conditional_block = u_->in_loop_of_finally = true;
  visit_body(s->body);
  if (failed_) return;
  u_->in_loop_of_finally = in_loop;
  jump(Op::JUMP, start, kNoLocation);
  pop_block();
  use(except);
  emit(Op::END_ASYNC_FOR, at(s->iter));
  visit_body(s->orelse);
  if (failed_) return;
  u_->in_conditional_block = conditional;
  use(end);
}

void CodeGenerator::visit_while(const ast::While* s) {
  Label loop = new_label(), end = new_label(), anchor = new_label();
  use(loop);
  push_block(FrameBlock::WhileLoop, loop, end, at(s));
  jump_if(s->test, anchor, false, at(s));
  if (failed_) return;
  bool conditional = u_->in_conditional_block, in_loop = u_->in_loop_of_finally;
  u_->in_conditional_block = u_->in_loop_of_finally = true;
  visit_body(s->body);
  if (failed_) return;
  u_->in_loop_of_finally = in_loop;
  jump(Op::JUMP, loop, kNoLocation);
  pop_block();
  use(anchor);
  visit_body(s->orelse);
  if (failed_) return;
  u_->in_conditional_block = conditional;
  use(end);
}

void CodeGenerator::visit_if(const ast::If* s) {
  Label end = new_label();
  Label next = s->orelse.empty() ? end : new_label();
  jump_if(s->test, next, false, at(s));
  if (failed_) return;
  bool conditional = u_->in_conditional_block;
  u_->in_conditional_block = true;
  visit_body(s->body);
  if (!s->orelse.empty()) {
    jump(Op::JUMP, end, kNoLocation);
    use(next);
    visit_body(s->orelse);
  }
  if (failed_) return;
  u_->in_conditional_block = conditional;
  use(end);
}

void CodeGenerator::visit_break(const Location& loc) {
  if (u_->in_finally && !u_->in_loop_of_finally) warn(loc, "'break' in a 'finally' block");
  emit(Op::NOP, loc);
  Location where = loc;
  const FrameBlock* loop = unwind_blocks(false, true, where);
  if (failed_) return;
  if (loop == nullptr) return error(loc, "'break' outside loop");
  FrameBlock copy = *loop;
  unwind_block(copy, false, where);
  jump(Op::JUMP, copy.exit, where);
}

void CodeGenerator::visit_continue(const Location& loc) {
  if (u_->in_finally && !u_->in_loop_of_finally) warn(loc, "'continue' in a 'finally' block");
  emit(Op::NOP, loc);
  Location where = loc;
  const FrameBlock* loop = unwind_blocks(false, true, where);
  if (failed_) return;
  if (loop == nullptr) return error(loc, "'continue' not properly in loop");
  jump(Op::JUMP, loop->start, where);
}

void CodeGenerator::visit_assert(const ast::Assert* s) {
  auto* tuple = ast::as<ast::Tuple>(s->test);
  auto* constant = ast::as<ast::Constant>(s->test);
  if ((tuple && !tuple->elts.empty()) ||
      (constant && constant->value.kind == ast::ConstantKind::Tuple && !constant->value.elements.empty()))
    warn(at(s), "assertion is always true, perhaps remove parentheses?");
  if (options_.optimize > 0) return;
  Label end = new_label();
  jump_if(s->test, end, true, at(s));
  emit(Op::LOAD_COMMON_CONSTANT, 0, at(s));
  if (s->msg != nullptr) {
    emit(Op::PUSH_NULL, at(s));
    visit(s->msg);
    emit(Op::CALL, 1, at(s));
  }
  emit(Op::RAISE_VARARGS, 1, at(s->test));
  if (!failed_) use(end);
}

// --- Imports

void CodeGenerator::import_as(std::string_view name, NameId as, const Location& loc) {
  size_t dot = name.find('.');
  if (dot == name.npos) return name_op(as, Ctx::Store, loc);
  // a.b.c: the module of IMPORT_NAME is a; walk down to c.
  while (true) {
    size_t next = name.find('.', dot + 1);
    emit_name(Op::IMPORT_FROM, names_.intern(name.substr(dot + 1, next == name.npos ? next : next - dot - 1)), loc);
    if (next == name.npos) break;
    emit(Op::SWAP, 2, loc);
    emit(Op::POP_TOP, loc);
    dot = next;
  }
  name_op(as, Ctx::Store, loc);
  emit(Op::POP_TOP, loc);
}

void CodeGenerator::visit_import(const ast::Import* s) {
  Location loc = at(s);
  for (const ast::Alias* a : s->names) {
    load_const(Value::small_int(0), loc);
    load_none(loc);
    emit_name(Op::IMPORT_NAME, names_.intern(a->name), loc);
    if (a->asname.data() != nullptr) {
      import_as(a->name, names_.intern(a->asname), loc);
    } else {
      name_op(names_.intern(a->name.substr(0, a->name.find('.'))), Ctx::Store, loc);
    }
  }
}

void CodeGenerator::visit_import_from(const ast::ImportFrom* s) {
  Location loc = at(s);
  if (s->level == 0 && s->module == "__future__" && s->range.lineno > last_future_line_)
    return error(loc, "from __future__ imports must occur at the beginning of the file");
  load_const(Value::small_int(s->level), loc);
  List* list = take(list_new(vm_, s->names.size()));
  if (failed_) return;
  for (const ast::Alias* a : s->names) {
    Value name = str_value(a->name);
    if (failed_ || !check(list_append(vm_, list, name))) return;
  }
  Tuple* from = take(list_to_tuple(vm_, list));
  if (failed_) return;
  load_const(from, loc);
  // (An empty module name, as in `from . import x`, is a name of its own.)
  emit_name(Op::IMPORT_NAME, names_.intern(s->module), loc);
  for (size_t i = 0; i < s->names.size(); ++i) {
    const ast::Alias* a = s->names[i];
    if (i == 0 && a->name == "*") {
      call_intrinsic(Intrinsic1::kImportStar, loc);
      return emit(Op::POP_TOP, kNoLocation);
    }
    emit_name(Op::IMPORT_FROM, names_.intern(a->name), loc);
    name_op(names_.intern(a->asname.data() != nullptr ? a->asname : a->name), Ctx::Store, loc);
  }
  emit(Op::POP_TOP, loc);
}

}  // namespace krait
