// What is evaluated only when asked for: annotations (PEP 649), type aliases and type parameters (PEP 695,
// 696). Each becomes a function of one positional-only parameter, the wanted format; formats that need more
// than running the code raise NotImplementedError, and annotationlib takes over.
#include <iterator>

#include "compiler/codegen.hpp"
#include "objects/sequences.hpp"
#include "objects/str.hpp"
#include "syntax/unparse.hpp"

namespace krait {

void CodeGenerator::enter_annotation_unit(Scope* scope, NameId name, const Location& loc) {
  enter_unit(UnitKind::Annotations, name, scope, loc.line, u_->class_name);
  if (failed_) return;
  u_->argument_count = u_->positional_only = 1;
  // if format > VALUE_WITH_FAKE_GLOBALS: raise NotImplementedError
  Label body = new_label();
  emit(Op::LOAD_FAST, 0, loc);
  load_const(Value::small_int(2), loc);
  emit(Op::COMPARE_OP, static_cast<int>(CompareOp::Gt), loc);
  jump(Op::POP_JUMP_IF_FALSE, body, loc);
  emit(Op::LOAD_COMMON_CONSTANT, 1, loc);
  emit(Op::RAISE_VARARGS, 1, loc);
  use(body);
}

// An annotation, or under `from __future__ import annotations` its source text.
void CodeGenerator::annotation_value(const ast::Expr* annotation) {
  if (failed_) return;
  if (future_ & kCoFutureAnnotations) {
    std::string text;
    if (!syntax::unparse(annotation, text, vm_.t.native_stack_limit)) {
      failed_ = true;
      (void)vm_.raise(E::RecursionError, "maximum recursion depth exceeded during compilation");
      return;
    }
    return load_const(take(Value(str_from_generalised_utf8(vm_, text))), at(annotation));
  }
  if (auto* star = ast::as<ast::Starred>(annotation)) {
    // *args: *Ts
    visit(star->value);
    return emit(Op::UNPACK_SEQUENCE, 1, at(star));
  }
  visit(annotation);
}

// Pushes name, value pairs; gives their number.
uint32_t CodeGenerator::visit_signature_annotations(const ast::Arguments* args, const ast::Expr* returns,
                                                    const Location& loc) {
  uint32_t n = 0;
  auto one = [&](NameId name, const ast::Expr* annotation) {
    if (annotation == nullptr) return;
    load_str(mangled(name), loc);
    annotation_value(annotation);
    ++n;
  };
  auto argument = [&](const ast::Arg* a) {
    if (a != nullptr) one(names_.intern(a->arg), a->annotation);
  };
  for (const ast::Arg* a : args->args) argument(a);
  for (const ast::Arg* a : args->posonlyargs) argument(a);
  argument(args->vararg);
  for (const ast::Arg* a : args->kwonlyargs) argument(a);
  argument(args->kwarg);
  one(n_.return_, returns);
  return n;
}

int CodeGenerator::function_annotations(const ast::Arguments* args, const ast::Expr* returns, const Location& loc) {
  if (failed_) return 0;
  Scope* scope = table_.find(args, ScopeRole::Annotations);
  if (scope == nullptr || !scope->annotations_used) return 0;
  enter_annotation_unit(scope, scope->name, loc);
  uint32_t n = visit_signature_annotations(args, returns, loc);
  emit(Op::BUILD_MAP, static_cast<int>(n), loc);
  Code* code = leave_unit(false);
  make_function(code, 0, loc);
  return kAnnotate;
}

// The __annotate__ of a module or class, once its body is known. A module's is made at the module's start,
// since importing code may ask for annotations while the module still runs.
void CodeGenerator::deferred_annotations(const Location& loc) {
  if (failed_ || u_->deferred_annotations.empty()) return;
  Scope* scope = u_->scope;
  bool of_class = scope->type == BlockType::Class;
  size_t written = u_->ir.code.size();
  std::vector<Unit::DeferredAnnotation> list;
  list.swap(u_->deferred_annotations);
  enter_annotation_unit(scope->annotation_block, scope->annotation_block->name, loc);
  emit(Op::BUILD_MAP, 0, loc);
  for (const auto& [node, conditional] : list) {
    if (failed_) return;
    Location where = at(node);
    Label not_set = new_label();
    if (conditional >= 0) {
      load_const(Value::small_int(conditional), where);
      if (of_class) {
        emit(Op::LOAD_DEREF, cell_index(n_.d_conditional), where);
      } else {
        emit_plain_name(Op::LOAD_GLOBAL, n_.d_conditional, where);
      }
      emit(Op::CONTAINS_OP, 0, where);
      jump(Op::POP_JUMP_IF_FALSE, not_set, where);
    }
    visit(node->annotation);
    emit(Op::COPY, 2, where);
    load_str(mangled(names_.intern(static_cast<const ast::Name*>(node->target)->id)), where);
    emit(Op::STORE_SUBSCR, loc);
    use(not_set);
  }
  Code* code = leave_unit(false);
  make_function(code, 0, loc);
  name_op(of_class ? n_.d_annotate_func : n_.d_annotate, Ctx::Store, loc);
  if (failed_ || of_class) return;
  // Move what was just written to the place at the start. It has no labels.
  IrCode& ir = u_->ir;
  size_t place = 0;
  while (ir.code[place].op != kAnnotationsPlace) ++place;
  std::vector<IrInstruction> moved(ir.code.begin() + static_cast<ptrdiff_t>(written), ir.code.end());
  ir.code.resize(written);
  ir.code.insert(ir.code.begin() + static_cast<ptrdiff_t>(place), moved.begin(), moved.end());
  for (uint32_t& label : ir.labels)
    if (label != UINT32_MAX && label > place) label += static_cast<uint32_t>(moved.size());
  u_->fold_barrier = ir.code.size();
}

// --- Type parameters

void CodeGenerator::bound_or_default(const ast::Expr* e, NameId name, const void* key, ScopeRole role,
                                     bool allow_starred) {
  if (failed_) return;
  Location loc = at(e);
  Tuple* defaults = take(tuple_of(vm_, Value::small_int(1)));
  if (failed_) return;
  load_const(defaults, loc);
  enter_annotation_unit(table_.find(key, role), name, loc);
  auto* star = allow_starred ? ast::as<ast::Starred>(e) : nullptr;
  if (star != nullptr) {
    visit(star->value);
    emit(Op::UNPACK_SEQUENCE, 1, loc);
  } else {
    visit(e);
  }
  Code* code = leave_unit(false);
  make_function(code, kDefaults, loc);
}

void CodeGenerator::type_parameters(const ast::Seq<ast::TypeParam*>& params) {
  bool seen_default = false;
  for (const ast::TypeParam* p : params) {
    Location loc = at(p);
    const ast::Expr* fallback;
    NameId name;
    bool starred_default = false;
    if (auto* v = ast::as<ast::TypeVar>(p)) {
      name = names_.intern(v->name);
      fallback = v->default_value;
      load_str(name, loc);
      if (v->bound != nullptr) {
        bound_or_default(v->bound, name, p, ScopeRole::Main, false);
        call_intrinsic(
            ast::is<ast::Tuple>(v->bound) ? Intrinsic2::kTypeVarWithConstraints : Intrinsic2::kTypeVarWithBound, loc);
      } else {
        call_intrinsic(Intrinsic1::kTypeVar, loc);
      }
    } else if (auto* t = ast::as<ast::TypeVarTuple>(p)) {
      name = names_.intern(t->name);
      fallback = t->default_value;
      starred_default = true;
      load_str(name, loc);
      call_intrinsic(Intrinsic1::kTypeVarTuple, loc);
    } else {
      auto* s = static_cast<const ast::ParamSpec*>(p);
      name = names_.intern(s->name);
      fallback = s->default_value;
      load_str(name, loc);
      call_intrinsic(Intrinsic1::kParamSpec, loc);
    }
    if (fallback != nullptr) {
      seen_default = true;
      bound_or_default(fallback, name, p, ScopeRole::Default, starred_default);
      call_intrinsic(Intrinsic2::kSetTypeParamDefault, loc);
    } else if (seen_default) {
      return error(loc, "non-default type parameter '{}' follows default type parameter", names_.text(name));
    }
    emit(Op::COPY, 1, loc);
    name_op(name, Ctx::Store, loc);
  }
  emit(Op::BUILD_TUPLE, static_cast<int>(params.size()), at(params[0]));
}

void CodeGenerator::type_alias_body(const ast::TypeAlias* t, NameId name, const Location& loc) {
  if (failed_) return;
  Tuple* defaults = take(tuple_of(vm_, Value::small_int(1)));
  if (failed_) return;
  load_const(defaults, loc);
  enter_annotation_unit(table_.find(t), name, loc);
  visit(t->value);
  Code* code = leave_unit(false);
  make_function(code, kDefaults, loc);
  emit(Op::BUILD_TUPLE, 3, loc);
  call_intrinsic(Intrinsic1::kTypeAlias, loc);
}

void CodeGenerator::visit_type_alias(const ast::TypeAlias* t) {
  Location loc = at(t);
  ast::Identifier id = static_cast<const ast::Name*>(t->name)->id;
  NameId name = names_.intern(id);
  bool generic = !t->type_params.empty();
  if (generic) {
    enter_unit(UnitKind::TypeParameters, generic_name(id), table_.find(t, ScopeRole::TypeParameters), t->range.lineno,
               u_->class_name);
    if (failed_) return;
    load_str(name, loc);
    type_parameters(t->type_params);
  } else {
    load_str(name, loc);
    load_none(loc);
  }
  type_alias_body(t, name, loc);
  if (generic) {
    Code* code = leave_unit(false);
    make_function(code, 0, loc);
    emit(Op::PUSH_NULL, loc);
    emit(Op::CALL, 0, loc);
  }
  name_op(name, Ctx::Store, loc);
}

}  // namespace krait
