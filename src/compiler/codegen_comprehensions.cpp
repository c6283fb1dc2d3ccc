// Comprehensions and generator expressions.
//
// List, set and dict comprehensions are written into the code around them (PEP 709): their variables are fast
// locals whose outer values wait on the stack meanwhile, and come back afterwards or when an exception
// passes. Where that cannot be (the scopes of annotations in classes), and for generator expressions, the
// comprehension is a function of its own that gets the outermost iterator.
#include "compiler/codegen.hpp"

namespace krait {

void CodeGenerator::visit_comprehension(const ast::Expr* e, const ast::Seq<ast::Comprehension*>& generators,
                                        const ast::Expr* element, const ast::Expr* value) {
  Location loc = at(e);
  Scope* scope = table_.find(e);
  ComprehensionKind kind = scope->comprehension;
  const ast::Comprehension* outermost = generators[0];
  bool generator = kind == ComprehensionKind::Generator;
  bool async = scope->coroutine;
  auto iterator = [&] {
    visit_iterable(outermost->iter);
    emit(outermost->is_async ? Op::GET_AITER : Op::GET_ITER, at(outermost->iter));
  };
  auto begin_collection = [&] {
    if (kind == ComprehensionKind::List) emit(Op::BUILD_LIST, 0, loc);
    if (kind == ComprehensionKind::Set) emit(Op::BUILD_SET, 0, loc);
    if (kind == ComprehensionKind::Dict) emit(Op::BUILD_MAP, 0, loc);
  };

  if (scope->inlined) {
    iterator();
    if (failed_) return;
    Inlined state;
    begin_inlined(scope, state, loc);
    begin_collection();
    emit(Op::SWAP, 2, loc);
    comprehension_part(generators, 0, 0, element, value, kind, true, loc);
    return end_inlined(state, loc);
  }

  const char* name = kind == ComprehensionKind::List   ? "<listcomp>"
                     : kind == ComprehensionKind::Set  ? "<setcomp>"
                     : kind == ComprehensionKind::Dict ? "<dictcomp>"
                                                       : "<genexpr>";
  enter_unit(UnitKind::Comprehension, names_.intern(name), scope, e->range.lineno, u_->class_name);
  if (failed_) return;
  u_->argument_count = 1;
  Label handler = new_label();
  if (scope->generator || scope->coroutine) begin_stop_iteration_guard(handler);
  begin_collection();
  comprehension_part(generators, 0, 0, element, value, kind, false, loc);
  if (!generator) emit(Op::RETURN_VALUE, at(element));
  if (scope->generator || scope->coroutine) {
    if (generator) {
      load_none(kNoLocation);
      emit(Op::RETURN_VALUE, kNoLocation);
    }
    end_stop_iteration_guard(handler);
  }
  Code* code = leave_unit(true);
  make_function(code, 0, loc);
  iterator();
  emit(Op::CALL, 0, loc);
  if (async && !generator) {
    emit(Op::GET_AWAITABLE, 0, loc);
    load_none(loc);
    emit_yield_from(true, loc);
  }
}

void CodeGenerator::comprehension_element(int depth, const ast::Expr* element, const ast::Expr* value,
                                          ComprehensionKind kind, Location& element_loc) {
  element_loc = at(element);
  visit(element);
  switch (kind) {
    case ComprehensionKind::Generator:
      if (u_->scope->generator && u_->scope->coroutine) call_intrinsic(Intrinsic1::kAsyncGenWrap, element_loc);
      emit(Op::YIELD_VALUE, 0, element_loc);
      emit(Op::RESUME, 1, element_loc);
      return emit(Op::POP_TOP, element_loc);
    case ComprehensionKind::List: return emit(Op::LIST_APPEND, depth + 1, element_loc);
    case ComprehensionKind::Set: return emit(Op::SET_ADD, depth + 1, element_loc);
    default:
      visit(value);
      element_loc = from(element, value);
      return emit(Op::MAP_ADD, depth + 1, element_loc);
  }
}

// The i-th `for` and what is inside it. `depth`: iterators between the collection and the top of the stack.
void CodeGenerator::comprehension_part(const ast::Seq<ast::Comprehension*>& generators, size_t i, int depth,
                                       const ast::Expr* element, const ast::Expr* value, ComprehensionKind kind,
                                       bool iterator_on_stack, const Location& loc) {
  if (!guard()) return;
  const ast::Comprehension* part = generators[i];
  Label start = new_label(), if_cleanup = new_label(), anchor = new_label();
  Location element_loc = kNoLocation;
  bool loops = true;
  if (i == 0 && !iterator_on_stack) {
    emit(Op::LOAD_FAST, 0, loc);
  } else if (i > 0) {
    // `for x in [y]` only assigns.
    const ast::Seq<ast::Expr*>* items = nullptr;
    if (auto* l = ast::as<ast::List>(part->iter)) items = &l->elts;
    if (auto* t = ast::as<ast::Tuple>(part->iter)) items = &t->elts;
    if (!part->is_async && items && items->size() == 1 && !ast::is<ast::Starred>((*items)[0])) {
      visit((*items)[0]);
      loops = false;
    } else {
      visit_iterable(part->iter);
      emit(part->is_async ? Op::GET_AITER : Op::GET_ITER, at(part->iter));
    }
  }
  if (failed_) return;
  if (part->is_async) {
    use(start);
    push_block(FrameBlock::AsyncComprehension, start, {}, loc);
    jump(kSetupFinally, anchor, loc);
    emit(Op::GET_ANEXT, loc);
    load_none(loc);
    emit_yield_from(true, loc);
    emit(kPopBlock, loc);
    ++depth;
  } else if (loops) {
    use(start);
    jump(Op::FOR_ITER, anchor, at(part->iter));
    ++depth;
  }
  visit(part->target);
  for (const ast::Expr* condition : part->ifs) jump_if(condition, if_cleanup, false, loc);
  if (i + 1 < generators.size()) {
    comprehension_part(generators, i + 1, depth, element, value, kind, false, loc);
  } else {
    comprehension_element(depth, element, value, kind, element_loc);
  }
  if (failed_) return;
  use(if_cleanup);
  if (part->is_async) {
    jump(Op::JUMP, start, element_loc);
    pop_block();
    use(anchor);
    emit(Op::END_ASYNC_FOR, loc);
  } else if (loops) {
    jump(Op::JUMP, start, element_loc);
    use(anchor);
  }
}

// --- Inlining

void CodeGenerator::begin_inlined(Scope* comprehension, Inlined& state, const Location& loc) {
  bool in_class = u_->scope->type == BlockType::Class && u_->inlined_depth == 0;
  ++u_->inlined_depth;
  for (const auto& [name, symbol] : comprehension->symbols) {
    if (symbol.flags & kDefParam) continue;  // the iterable
    bool bound = (symbol.flags & kDefLocal) && !(symbol.flags & kDefNonlocal);
    // What another comprehension of this block bound is not this one's.
    const Symbol* own = u_->scope->symbols.find(name);
    bool of_another = !bound && own != nullptr && own->from_inlined && symbol.scope == NameScope::GlobalImplicit;
    if (!bound && !in_class && !of_another) continue;
    NameScope outer = scope_of(name);
    if ((symbol.scope != outer && symbol.scope != NameScope::Free) || in_class) {
      NameScope& override = u_->overrides.get(name);
      state.overridden.push_back({name, override});
      // A class's own cells are only for functions in it.
      bool own_cell = in_class && (name == n_.d_class || name == n_.d_classdict || name == n_.d_conditional);
      override = own_cell && symbol.scope == NameScope::Free ? NameScope::GlobalImplicit : symbol.scope;
    }
    if (!bound || (symbol.flags & kDefGlobal)) continue;
    if (!u_->scope->is_function_like()) {
      bool& hidden = u_->hidden.get(name);
      if (!hidden) {
        hidden = true;
        state.hidden.push_back(name);
      }
    }
    emit(Op::LOAD_FAST_AND_CLEAR, static_cast<int32_t>(varname(name)), loc);
    if (symbol.scope == NameScope::Cell) emit(Op::MAKE_CELL, cell_index(name), loc);
    state.pushed.push_back(name);
  }
  if (state.pushed.empty()) return;
  // The iterator goes back to the top.
  emit(Op::SWAP, static_cast<int>(state.pushed.size() + 1), loc);
  state.cleanup = new_label();
  state.end = new_label();
  jump(kSetupFinally, state.cleanup, loc);
}

void CodeGenerator::restore_locals(const Inlined& state, const Location& loc) {
  size_t n = state.pushed.size();
  emit(Op::SWAP, static_cast<int>(n + 1), loc);
  for (size_t i = n; i > 0; --i) emit(kRestoreFast, static_cast<int32_t>(varname(state.pushed[i - 1])), loc);
}

void CodeGenerator::end_inlined(Inlined& state, const Location& loc) {
  if (failed_) return;
  --u_->inlined_depth;
  if (!state.pushed.empty()) {
    emit(kPopBlock, kNoLocation);
    jump(Op::JUMP, state.end, kNoLocation);
    use(state.cleanup);
    emit(Op::SWAP, 2, loc);  // the unfinished collection
    emit(Op::POP_TOP, loc);
    restore_locals(state, loc);
    emit(Op::RERAISE, 0, loc);
    use(state.end);
    restore_locals(state, loc);
  }
  for (NameId name : state.hidden) u_->hidden.get(name) = false;
  for (size_t i = state.overridden.size(); i > 0; --i)
    u_->overrides.get(state.overridden[i - 1].first) = state.overridden[i - 1].second;
}

}  // namespace krait
