// Functions, lambdas and classes.
#include <algorithm>

#include "compiler/codegen.hpp"
#include "objects/int.hpp"
#include "objects/sequences.hpp"
#include "objects/str.hpp"

namespace krait {

// Pushes the defaults; gives the attributes that MAKE_FUNCTION's function gets from them.
int CodeGenerator::default_arguments(const ast::Arguments* args, const Location& loc) {
  int attributes = 0;
  if (!args->defaults.empty()) {
    attributes |= kDefaults;
    for (const ast::Expr* e : args->defaults) visit(e);
    fold_collection(static_cast<uint32_t>(args->defaults.size()), Collection::Tuple, loc);
  }
  int keywords = 0;
  for (size_t i = 0; i < args->kwonlyargs.size(); ++i) {
    if (args->kw_defaults[i] == nullptr) continue;
    load_str(mangled(names_.intern(args->kwonlyargs[i]->arg)), loc);
    visit(args->kw_defaults[i]);
    ++keywords;
  }
  if (keywords > 0) {
    attributes |= kKwDefaults;
    emit(Op::BUILD_MAP, keywords, loc);
  }
  return attributes;
}

void CodeGenerator::count_arguments(const ast::Arguments* args) {
  if (failed_) return;
  u_->positional_only = static_cast<uint32_t>(args->posonlyargs.size());
  u_->argument_count = static_cast<uint32_t>(args->posonlyargs.size() + args->args.size());
  u_->keyword_only = static_cast<uint32_t>(args->kwonlyargs.size());
}

// What `attributes` says is on the stack already, the defaults deepest.
void CodeGenerator::make_function(Code* code, int attributes, const Location& loc) {
  if (failed_) return;
  if (code->free_count > 0) {
    const Tuple* slots = code->slot_names;
    for (uint32_t i = code->slot_count - code->free_count; i < code->slot_count; ++i) {
      NameId name = names_.intern(str_to_utf8(as_str(slots->items[i])));
      emit(Op::LOAD_CLOSURE, cell_index(name), loc);
    }
    emit(Op::BUILD_TUPLE, static_cast<int>(code->free_count), loc);
    attributes |= kClosure;
  }
  load_const(code, loc);
  emit(Op::MAKE_FUNCTION, loc);
  for (int attribute : {kClosure, kAnnotations, kAnnotate, kKwDefaults, kDefaults})
    if (attributes & attribute) emit(Op::SET_FUNCTION_ATTRIBUTE, attribute, loc);
}

int CodeGenerator::decorators(const ast::Seq<ast::Expr*>& list, int line) {
  for (const ast::Expr* d : list) {
    visit(d);
    emit(Op::PUSH_NULL, at(d));
  }
  return list.empty() ? line : list[0]->range.lineno;
}

void CodeGenerator::apply_decorators(const ast::Seq<ast::Expr*>& list) {
  for (size_t i = list.size(); i > 0; --i) emit(Op::CALL, 1, at(list[i - 1]));
}

// A StopIteration that leaves a generator becomes a RuntimeError (PEP 479).
void CodeGenerator::begin_stop_iteration_guard(Label handler) { jump(kSetupCleanup, handler, kNoLocation); }

void CodeGenerator::end_stop_iteration_guard(Label handler) {
  if (failed_) return;
  use(handler);
  call_intrinsic(Intrinsic1::kStopIterationError, kNoLocation);
  emit(Op::RERAISE, 1, kNoLocation);
}

NameId CodeGenerator::generic_name(ast::Identifier of) {
  std::string text = "<generic parameters of ";
  text += of;
  return names_.intern(text += '>');
}

template <class F>
void CodeGenerator::visit_function(const F* f, bool async) {
  Location loc = at(f);
  int first_line = decorators(f->decorator_list, f->range.lineno);
  int attributes = default_arguments(f->args, loc);
  bool generic = !f->type_params.empty();
  uint32_t passed = 0;  // defaults that the scope of the type parameters gets as arguments
  if (generic) {
    passed =
        static_cast<uint32_t>((attributes & kDefaults) != 0) + static_cast<uint32_t>((attributes & kKwDefaults) != 0);
    if (passed == 2) emit(Op::SWAP, 2, loc);
    enter_unit(UnitKind::TypeParameters, generic_name(f->name), table_.find(f, ScopeRole::TypeParameters), first_line,
               u_->class_name);
    if (failed_) return;
    u_->argument_count = passed;
    type_parameters(f->type_params);
    for (uint32_t i = 0; i < passed; ++i) emit(Op::LOAD_FAST, static_cast<int>(i), loc);
  }
  attributes |= function_annotations(f->args, f->returns, loc);
  function_body(f, async, attributes, first_line);
  if (generic) {
    emit(Op::SWAP, 2, loc);
    call_intrinsic(Intrinsic2::kSetFunctionTypeParams, loc);
    Code* code = leave_unit(false);
    make_function(code, 0, loc);
    if (passed > 0) {
      emit(Op::SWAP, static_cast<int>(passed + 1), loc);
      emit(Op::CALL, static_cast<int>(passed - 1), loc);
    } else {
      emit(Op::PUSH_NULL, loc);
      emit(Op::CALL, 0, loc);
    }
  }
  apply_decorators(f->decorator_list);
  name_op(f->name, Ctx::Store, loc);
}
template void CodeGenerator::visit_function(const ast::FunctionDef*, bool);
template void CodeGenerator::visit_function(const ast::AsyncFunctionDef*, bool);

template <class F>
void CodeGenerator::function_body(const F* f, bool async, int attributes, int first_line) {
  if (failed_) return;
  Scope* scope = table_.find(f);
  enter_unit(async ? UnitKind::AsyncFunction : UnitKind::Function, names_.intern(f->name), scope, first_line,
             u_->class_name);
  if (failed_) return;
  count_arguments(f->args);
  size_t first = 0;
  if (const ast::Constant* doc = docstring_of(f->body)) {
    first = 1;
    if (options_.optimize < 2) {
      Value text = str_value(clean_docstring(doc->value.text));
      if (failed_) return;
      u_->docstring = take(constants_.add(text));
      u_->has_docstring = true;
    }
  }
  bool guarded = scope->generator || scope->coroutine;
  Label handler = new_label();
  if (guarded) begin_stop_iteration_guard(handler);
  for (size_t i = first; i < f->body.size(); ++i) visit(f->body[i]);
  if (guarded) {
    load_none(kNoLocation);
    emit(Op::RETURN_VALUE, kNoLocation);
    end_stop_iteration_guard(handler);
  }
  Code* code = leave_unit(true);
  make_function(code, attributes, at(f));
}

void CodeGenerator::visit_lambda(const ast::Lambda* e) {
  Location loc = at(e);
  int attributes = default_arguments(e->args, loc);
  Scope* scope = table_.find(e);
  enter_unit(UnitKind::Lambda, n_.lambda, scope, e->range.lineno, u_->class_name);
  if (failed_) return;
  count_arguments(e->args);
  Label handler = new_label();
  if (scope->generator) begin_stop_iteration_guard(handler);
  visit(e->body);
  emit(Op::RETURN_VALUE, at(e->body));
  if (scope->generator) end_stop_iteration_guard(handler);
  Code* code = leave_unit(true);
  make_function(code, attributes, loc);
}

void CodeGenerator::class_body(const ast::ClassDef* c, int first_line) {
  enter_unit(UnitKind::Class, names_.intern(c->name), table_.find(c), first_line, names_.intern(c->name));
  if (failed_) return;
  Scope* scope = u_->scope;
  Location loc{first_line, first_line, 0, 0};
  name_op(n_.d_name, Ctx::Load, loc);
  name_op(n_.d_module, Ctx::Store, loc);
  load_text(u_->qualname, loc);
  name_op(n_.d_qualname, Ctx::Store, loc);
  load_const(Value::small_int(first_line), loc);
  name_op(n_.d_firstlineno, Ctx::Store, loc);
  if (!c->type_params.empty()) {
    name_op(n_.type_params, Ctx::Load, loc);
    name_op(n_.d_type_params, Ctx::Store, loc);
  }
  if (scope->needs_classdict) {
    emit(Op::LOAD_LOCALS, loc);
    emit(Op::STORE_DEREF, cell_index(n_.d_classdict), loc);
  }
  module_body(c->body, loc, false);
  if (failed_) return;
  std::vector<std::string_view> attributes;
  for (const auto& [name, used] : u_->static_attributes) attributes.push_back(names_.text(name));
  std::sort(attributes.begin(), attributes.end());
  List* list = take(list_new(vm_, attributes.size()));
  if (failed_) return;
  for (std::string_view name : attributes) {
    Value text = str_value(name);
    if (failed_ || !check(list_append(vm_, list, text))) return;
  }
  Tuple* tuple = take(list_to_tuple(vm_, list));
  if (failed_) return;
  load_const(tuple, kNoLocation);
  name_op(n_.d_static_attributes, Ctx::Store, kNoLocation);
  if (scope->needs_classdict) {
    emit(Op::LOAD_CLOSURE, cell_index(n_.d_classdict), kNoLocation);
    name_op(n_.d_classdictcell, Ctx::Store, kNoLocation);
  }
  if (scope->needs_class_closure) {
    emit(Op::LOAD_CLOSURE, cell_index(n_.d_class), kNoLocation);
    emit(Op::COPY, 1, kNoLocation);
    name_op(n_.d_classcell, Ctx::Store, kNoLocation);
  } else {
    load_none(kNoLocation);
  }
  Code* code = leave_unit(false);
  loc = at(c);  // the class statement, not its decorators
  emit(Op::LOAD_BUILD_CLASS, loc);
  emit(Op::PUSH_NULL, loc);
  make_function(code, 0, loc);
  load_text(c->name, loc);
}

void CodeGenerator::visit_class(const ast::ClassDef* c) {
  int first_line = decorators(c->decorator_list, c->range.lineno);
  Location loc = at(c);
  bool generic = !c->type_params.empty();
  if (generic) {
    enter_unit(UnitKind::TypeParameters, generic_name(c->name), table_.find(c, ScopeRole::TypeParameters), first_line,
               names_.intern(c->name));
    if (failed_) return;
    type_parameters(c->type_params);
    name_op(n_.type_params, Ctx::Store, loc);
  }
  class_body(c, first_line);
  if (failed_) return;
  if (generic) {
    name_op(n_.type_params, Ctx::Load, loc);
    call_intrinsic(Intrinsic1::kSubscriptGeneric, loc);
    name_op(n_.generic_base, Ctx::Store, loc);
    ast::Name base;
    base.kind = ast::NodeKind::Name;
    base.range = c->range;
    base.id = names_.text(n_.generic_base);
    call_helper(2, c->bases, &base, c->keywords, loc);
    Code* code = leave_unit(false);
    make_function(code, 0, loc);
    emit(Op::PUSH_NULL, loc);
    emit(Op::CALL, 0, loc);
  } else {
    call_helper(2, c->bases, nullptr, c->keywords, loc);
  }
  apply_decorators(c->decorator_list);
  name_op(c->name, Ctx::Store, loc);
}

}  // namespace krait
