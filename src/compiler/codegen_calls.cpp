// Calls. A call's stack picture: callee, receiver or unset, positional arguments, values of keyword arguments
// (and their names).
#include "compiler/codegen.hpp"

#include "objects/sequences.hpp"
#include "objects/str.hpp"

namespace krait {

void CodeGenerator::check_keywords(const ast::Seq<ast::Keyword*>& keywords) {
  if (keywords.size() < 2) return;
  NameMap<bool> seen;
  for (const ast::Keyword* k : keywords) {
    if (k->arg.data() == nullptr) continue;
    bool& there = seen.get(names_.intern(k->arg));
    if (there) return error(at(k), "keyword argument repeated: {}", k->arg);
    there = true;
  }
}

void CodeGenerator::keyword_names(const ast::Seq<ast::Keyword*>& keywords, size_t begin, size_t end,
                                  const Location& loc) {
  List* list = take(list_new(vm_, end - begin));
  if (failed_) return;
  for (size_t i = begin; i < end; ++i) {
    Value name = str_value(keywords[i]->arg);
    if (failed_ || !check(list_append(vm_, list, name))) return;
  }
  Tuple* tuple = take(list_to_tuple(vm_, list));
  if (failed_) return;
  load_const(tuple, loc);
}

static bool has_unpacking(const ast::Seq<ast::Expr*>& args, const ast::Seq<ast::Keyword*>& keywords) {
  for (const ast::Expr* a : args)
    if (ast::is<ast::Starred>(a)) return true;
  for (const ast::Keyword* k : keywords)
    if (k->arg.data() == nullptr) return true;
  return false;
}

void CodeGenerator::visit_call(const ast::Call* e) {
  check_keywords(e->keywords);
  if (failed_ || method_call(e)) return;
  check_callee(e->func);
  Location loc = at(e->func);
  visit(e->func);
  Label end = new_label();
  consuming_call(e, end);
  emit(Op::PUSH_NULL, loc);
  call_helper(0, e->args, nullptr, e->keywords, at(e));
  use(end);
}

bool CodeGenerator::method_call(const ast::Call* e) {
  auto* method = ast::as<ast::Attribute>(e->func);
  if (method == nullptr || method->ctx != ast::ExprContext::Load) return false;
  if (has_unpacking(e->args, e->keywords)) return false;
  if (e->args.size() + e->keywords.size() + !e->keywords.empty() >= kStackGuideline) return false;
  Location loc = at_attribute(at(method), method);
  NameId name = names_.intern(method->attr);
  if (super_call(method)) {
    load_super_arguments(method);
    bool zero = static_cast<const ast::Call*>(method->value)->args.empty();
    emit_name(zero ? Op::LOAD_ZERO_SUPER_METHOD : Op::LOAD_SUPER_METHOD, name, loc);
  } else {
    visit(method->value);
    emit_name(Op::LOAD_METHOD, name, loc);
  }
  for (const ast::Expr* a : e->args) visit(a);
  loc = at_attribute(at(e), method);
  int n = static_cast<int>(e->args.size());
  if (e->keywords.empty()) {
    emit(Op::CALL, n, loc);
    return true;
  }
  for (const ast::Keyword* k : e->keywords) visit(k->value);
  keyword_names(e->keywords, 0, e->keywords.size(), loc);
  emit(Op::CALL_KW, n + static_cast<int>(e->keywords.size()), loc);
  return true;
}

// all(), any() and tuple() of a generator expression run its loop here when the name still means the
// built-in. The callee is on the stack, and is there again where the general call follows; the fast form goes
// to `end` with its result.
void CodeGenerator::consuming_call(const ast::Call* e, Label end) {
  auto* f = ast::as<ast::Name>(e->func);
  if (f == nullptr || e->args.size() != 1 || !e->keywords.empty() || !ast::is<ast::GeneratorExp>(e->args[0])) return;
  Scope* inner = table_.find(e->args[0]);
  if (inner == nullptr || inner->coroutine) return;
  int constant;
  bool is_tuple = false, initial = false;
  if (f->id == "all") {
    constant = 3;
    initial = true;
  } else if (f->id == "any") {
    constant = 4;
  } else if (f->id == "tuple") {
    constant = 2;
    is_tuple = true;
  } else {
    return;
  }
  Location loc = at(f);
  Label general = new_label(), loop = new_label(), cleanup = new_label(), found = new_label();
  emit(Op::COPY, 1, loc);
  emit(Op::LOAD_COMMON_CONSTANT, constant, loc);
  emit(Op::IS_OP, 0, loc);
  jump(Op::POP_JUMP_IF_FALSE, general, loc);
  emit(Op::POP_TOP, loc);
  if (is_tuple) emit(Op::BUILD_LIST, 0, loc);
  visit(e->args[0]);
  if (failed_) return;
  use(loop);
  jump(Op::FOR_ITER, cleanup, loc);
  if (is_tuple) {
    emit(Op::LIST_APPEND, 2, loc);
    jump(Op::JUMP, loop, loc);
  } else {
    jump(initial ? Op::POP_JUMP_IF_FALSE : Op::POP_JUMP_IF_TRUE, found, loc);
    jump(Op::JUMP, loop, loc);
    use(found);
    emit(Op::POP_TOP, kNoLocation);  // the iterator
    load_const(Value::boolean(!initial), loc);
    jump(Op::JUMP, end, kNoLocation);
  }
  use(cleanup);
  if (is_tuple) {
    call_intrinsic(Intrinsic1::kListToTuple, loc);
  } else {
    load_const(Value::boolean(initial), loc);
  }
  jump(Op::JUMP, end, kNoLocation);
  use(general);
}

void CodeGenerator::keyword_dict(const ast::Seq<ast::Keyword*>& keywords, size_t begin, size_t end,
                                 const Location& loc) {
  size_t n = end - begin;
  bool big = n * 2 > kStackGuideline;
  if (big) emit(Op::BUILD_MAP, 0, kNoLocation);
  for (size_t i = begin; i < end; ++i) {
    load_text(keywords[i]->arg, loc);
    visit(keywords[i]->value);
    if (big) emit(Op::MAP_ADD, 1, kNoLocation);
  }
  if (!big) emit(Op::BUILD_MAP, static_cast<int>(n), loc);
}

// The rest of a call whose callee, receiver and `pushed` arguments are on the stack.
void CodeGenerator::call_helper(uint32_t pushed, const ast::Seq<ast::Expr*>& args, const ast::Name* injected,
                                const ast::Seq<ast::Keyword*>& keywords, const Location& loc) {
  check_keywords(keywords);
  size_t n = args.size();
  bool big = n + keywords.size() * 2 > kStackGuideline;
  if (!big && !has_unpacking(args, keywords)) {
    for (const ast::Expr* a : args) visit(a);
    if (injected != nullptr) {
      name_op(injected->id, Ctx::Load, loc);
      ++n;
    }
    if (keywords.empty()) return emit(Op::CALL, static_cast<int>(n + pushed), loc);
    for (const ast::Keyword* k : keywords) visit(k->value);
    keyword_names(keywords, 0, keywords.size(), loc);
    return emit(Op::CALL_KW, static_cast<int>(n + pushed + keywords.size()), loc);
  }
  if (pushed == 0 && n == 1 && injected == nullptr && ast::is<ast::Starred>(args[0])) {
    visit(static_cast<const ast::Starred*>(args[0])->value);
  } else {
    unpacked_collection(args, pushed, Collection::Tuple, injected, loc);
  }
  if (keywords.empty()) {
    emit(Op::PUSH_NULL, loc);
    return emit(Op::CALL_FUNCTION_EX, loc);
  }
  bool have_dict = false;
  size_t waiting = 0;
  auto flush = [&](size_t end) {
    keyword_dict(keywords, end - waiting, end, loc);
    if (have_dict) emit(Op::DICT_MERGE, 1, loc);
    have_dict = true;
    waiting = 0;
  };
  for (size_t i = 0; i < keywords.size(); ++i) {
    if (keywords[i]->arg.data() != nullptr) {
      ++waiting;
      continue;
    }
    if (waiting > 0) flush(i);
    if (!have_dict) emit(Op::BUILD_MAP, 0, loc);
    have_dict = true;
    visit(keywords[i]->value);
    emit(Op::DICT_MERGE, 1, loc);
  }
  if (waiting > 0) flush(keywords.size());
  emit(Op::CALL_FUNCTION_EX, loc);
}

// --- super

// Is `a` the attribute of a super() call that can do without making the super object?
bool CodeGenerator::super_call(const ast::Attribute* a) const {
  auto* call = ast::as<ast::Call>(a->value);
  auto* f = call ? ast::as<ast::Name>(call->func) : nullptr;
  if (f == nullptr || f->id != "super" || !call->keywords.empty()) return false;
  if (scope_of(n_.super) != NameScope::GlobalImplicit) return false;
  // A module that speaks of super itself may give it another meaning; CPython leaves its calls alone too.
  if (table_.top()->symbols.find(n_.super) != nullptr) return false;
  if (call->args.size() == 2) {
    for (const ast::Expr* arg : call->args)
      if (ast::is<ast::Starred>(arg)) return false;
    return true;
  }
  if (!call->args.empty()) return false;
  // Without arguments: the class is the free __class__, the object the function's first parameter.
  if (u_->argument_count == 0 || u_->inlined_depth > 0) return false;
  if (u_->kind != UnitKind::Function && u_->kind != UnitKind::AsyncFunction && u_->kind != UnitKind::Lambda)
    return false;
  return scope_of(n_.d_class) == NameScope::Free;
}

void CodeGenerator::load_super_arguments(const ast::Attribute* a) {
  auto* call = static_cast<const ast::Call*>(a->value);
  name_op(n_.super, Ctx::Load, at(call->func));
  if (!call->args.empty()) {
    visit(call->args[0]);
    visit(call->args[1]);
    return;
  }
  Location loc = at(call);
  emit(Op::LOAD_DEREF, cell_index(n_.d_class), loc);
  // The slot itself, whatever its name means by now.
  NameId first = u_->varnames.at(0).name;
  if (u_->cellvars.contains(first)) {
    emit(Op::LOAD_DEREF, cell_index(first), loc);
  } else {
    emit(Op::LOAD_FAST, 0, loc);
  }
}

}  // namespace krait
