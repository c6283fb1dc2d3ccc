// Checks on trees that a program built: what the parser never produces and the compiler does not expect.
#include <string_view>

#include "modules/_ast.hpp"

namespace krait {
namespace {

using ast::ExprContext;

class Validator {
 public:
  explicit Validator(Vm& vm) : vm_(vm) {}
  Status module(const ast::Mod* m);

 private:
  Error value_error(const char* text) { return vm_.raise(E::ValueError, "{}", text); }
  Status positions(const ast::Node* n);
  Status name(ast::Identifier id) {
    for (const char* constant : {"None", "True", "False"})
      if (id == constant) return vm_.raise(E::ValueError, "identifier field can't represent '{}' constant", constant);
    return {};
  }
  template <class T>
  Status nonempty(const ast::Seq<T>& seq, const char* what, const char* owner) {
    if (seq.empty()) return vm_.raise(E::ValueError, "empty {} on {}", what, owner);
    return {};
  }
  Status body(const ast::Seq<ast::Stmt*>& stmts, const char* owner) {
    TRY(nonempty(stmts, "body", owner));
    return statements(stmts);
  }
  Status statements(const ast::Seq<ast::Stmt*>& stmts) {
    for (const ast::Stmt* s : stmts) {
      if (s == nullptr) return value_error("None disallowed in statement list");
      TRY(statement(s));
    }
    return {};
  }
  Status expressions(const ast::Seq<ast::Expr*>& list, ExprContext ctx, bool none_allowed = false) {
    for (const ast::Expr* e : list) {
      if (e != nullptr) {
        TRY(expr(e, ctx));
      } else if (!none_allowed) {
        return value_error("None disallowed in expression list");
      }
    }
    return {};
  }
  Status optional(const ast::Expr* e, ExprContext ctx = ExprContext::Load) {
    if (e != nullptr) return expr(e, ctx);
    return {};
  }
  Status statement(const ast::Stmt* s);
  Status expr(const ast::Expr* e, ExprContext ctx = ExprContext::Load);
  Status pattern(const ast::Pattern* p, bool star_allowed);
  Status patterns(const ast::Seq<ast::Pattern*>& list, bool star_allowed) {
    for (const ast::Pattern* p : list) {
      if (p == nullptr) return value_error("None disallowed in pattern list");
      TRY(pattern(p, star_allowed));
    }
    return {};
  }
  Status capture(ast::Identifier id) {
    if (id == "_") return value_error("can't capture name '_' in patterns");
    return name(id);
  }
  Status pattern_value(const ast::Expr* e);
  Status arguments(const ast::Arguments* a);
  Status comprehensions(const ast::Seq<ast::Comprehension*>& list);
  Status keywords(const ast::Seq<ast::Keyword*>& list) {
    for (const ast::Keyword* k : list) TRY(expr(k->value));
    return {};
  }
  Status type_params(const ast::Seq<ast::TypeParam*>& list);
  template <class F>
  Status function(const F* f, const char* owner) {
    TRY(body(f->body, owner));
    TRY(type_params(f->type_params));
    TRY(arguments(f->args));
    TRY(expressions(f->decorator_list, ExprContext::Load));
    return optional(f->returns);
  }
  template <class T>
  Status try_statement(const T* t, const char* owner) {
    TRY(body(t->body, owner));
    if (t->handlers.empty() && t->finalbody.empty())
      return vm_.raise(E::ValueError, "{} has neither handlers nor finalbody", owner);
    if (t->handlers.empty() && !t->orelse.empty())
      return vm_.raise(E::ValueError, "{} has orelse but no except handlers", owner);
    for (const ast::ExceptHandlerBase* base : t->handlers) {
      auto* h = static_cast<const ast::ExceptHandler*>(base);
      TRY(positions(h));
      TRY(optional(h->type));
      TRY(body(h->body, "ExceptHandler"));
    }
    TRY(statements(t->orelse));
    return statements(t->finalbody);
  }

  Vm& vm_;
};

Status Validator::positions(const ast::Node* n) {
  const ast::SourceRange& r = n->range;
  if (r.lineno > r.end_lineno)
    return vm_.raise(E::ValueError, "AST node line range ({}, {}) is not valid", r.lineno, r.end_lineno);
  if ((r.lineno < 0 && r.end_lineno != r.lineno) || (r.col_offset < 0 && r.col_offset != r.end_col_offset)) {
    return vm_.raise(E::ValueError, "AST node column range ({}, {}) for line range ({}, {}) is not valid", r.col_offset,
                     r.end_col_offset, r.lineno, r.end_lineno);
  }
  if (r.lineno == r.end_lineno && r.col_offset > r.end_col_offset) {
    return vm_.raise(E::ValueError, "line {}, column {}-{} is not a valid range", r.lineno, r.col_offset,
                     r.end_col_offset);
  }
  return {};
}

Status Validator::module(const ast::Mod* m) {
  switch (m->kind) {
    case ast::NodeKind::Module: return statements(static_cast<const ast::Module*>(m)->body);
    case ast::NodeKind::Interactive: return statements(static_cast<const ast::Interactive*>(m)->body);
    case ast::NodeKind::Expression: return expr(static_cast<const ast::Expression*>(m)->body);
    default: return {};
  }
}

Status Validator::arguments(const ast::Arguments* a) {
  auto all = [&](const ast::Seq<ast::Arg*>& list) -> Status {
    for (const ast::Arg* arg : list) {
      TRY(positions(arg));
      TRY(optional(arg->annotation));
    }
    return {};
  };
  TRY(all(a->posonlyargs));
  TRY(all(a->args));
  if (a->vararg) TRY(optional(a->vararg->annotation));
  TRY(all(a->kwonlyargs));
  if (a->kwarg) TRY(optional(a->kwarg->annotation));
  if (a->defaults.size() > a->posonlyargs.size() + a->args.size())
    return value_error("more positional defaults than args on arguments");
  if (a->kw_defaults.size() != a->kwonlyargs.size())
    return value_error("length of kwonlyargs is not the same as kw_defaults on arguments");
  TRY(expressions(a->defaults, ExprContext::Load));
  return expressions(a->kw_defaults, ExprContext::Load, true);
}

Status Validator::type_params(const ast::Seq<ast::TypeParam*>& list) {
  for (const ast::TypeParam* p : list) {
    TRY(positions(p));
    if (auto* v = ast::as<ast::TypeVar>(p)) {
      TRY(name(v->name));
      TRY(optional(v->bound));
      TRY(optional(v->default_value));
    } else if (auto* t = ast::as<ast::TypeVarTuple>(p)) {
      TRY(name(t->name));
      TRY(optional(t->default_value));
    } else {
      auto* s = static_cast<const ast::ParamSpec*>(p);
      TRY(name(s->name));
      TRY(optional(s->default_value));
    }
  }
  return {};
}

Status Validator::comprehensions(const ast::Seq<ast::Comprehension*>& list) {
  if (list.empty()) return value_error("comprehension with no generators");
  for (const ast::Comprehension* c : list) {
    TRY(expr(c->target, ExprContext::Store));
    TRY(expr(c->iter));
    TRY(expressions(c->ifs, ExprContext::Load));
  }
  return {};
}

Status Validator::statement(const ast::Stmt* s) {
  TRY(vm_.check_stack(" during compilation"));
  TRY(positions(s));
  using K = ast::NodeKind;
  switch (s->kind) {
    case K::FunctionDef: return function(static_cast<const ast::FunctionDef*>(s), "FunctionDef");
    case K::AsyncFunctionDef: return function(static_cast<const ast::AsyncFunctionDef*>(s), "AsyncFunctionDef");
    case K::ClassDef: {
      auto* n = static_cast<const ast::ClassDef*>(s);
      TRY(body(n->body, "ClassDef"));
      TRY(type_params(n->type_params));
      TRY(expressions(n->bases, ExprContext::Load));
      TRY(keywords(n->keywords));
      return expressions(n->decorator_list, ExprContext::Load);
    }
    case K::Return: return optional(static_cast<const ast::Return*>(s)->value);
    case K::Delete: {
      auto* n = static_cast<const ast::Delete*>(s);
      TRY(nonempty(n->targets, "targets", "Delete"));
      return expressions(n->targets, ExprContext::Del);
    }
    case K::Assign: {
      auto* n = static_cast<const ast::Assign*>(s);
      TRY(nonempty(n->targets, "targets", "Assign"));
      TRY(expressions(n->targets, ExprContext::Store));
      return expr(n->value);
    }
    case K::TypeAlias: {
      auto* n = static_cast<const ast::TypeAlias*>(s);
      if (!ast::is<ast::Name>(n->name)) return vm_.raise(E::TypeError, "TypeAlias with non-Name name");
      TRY(expr(n->name, ExprContext::Store));
      TRY(type_params(n->type_params));
      return expr(n->value);
    }
    case K::AugAssign: {
      auto* n = static_cast<const ast::AugAssign*>(s);
      TRY(expr(n->target, ExprContext::Store));
      return expr(n->value);
    }
    case K::AnnAssign: {
      auto* n = static_cast<const ast::AnnAssign*>(s);
      if (!ast::is<ast::Name>(n->target) && n->simple)
        return vm_.raise(E::TypeError, "AnnAssign with simple non-Name target");
      TRY(expr(n->target, ExprContext::Store));
      TRY(optional(n->value));
      return expr(n->annotation);
    }
    case K::For: {
      auto* n = static_cast<const ast::For*>(s);
      TRY(expr(n->target, ExprContext::Store));
      TRY(expr(n->iter));
      TRY(body(n->body, "For"));
      return statements(n->orelse);
    }
    case K::AsyncFor: {
      auto* n = static_cast<const ast::AsyncFor*>(s);
      TRY(expr(n->target, ExprContext::Store));
      TRY(expr(n->iter));
      TRY(body(n->body, "AsyncFor"));
      return statements(n->orelse);
    }
    case K::While: {
      auto* n = static_cast<const ast::While*>(s);
      TRY(expr(n->test));
      TRY(body(n->body, "While"));
      return statements(n->orelse);
    }
    case K::If: {
      auto* n = static_cast<const ast::If*>(s);
      TRY(expr(n->test));
      TRY(body(n->body, "If"));
      return statements(n->orelse);
    }
    case K::With:
    case K::AsyncWith: {
      bool async = s->kind == K::AsyncWith;
      const char* owner = async ? "AsyncWith" : "With";
      const auto& items =
          async ? static_cast<const ast::AsyncWith*>(s)->items : static_cast<const ast::With*>(s)->items;
      TRY(nonempty(items, "items", owner));
      for (const ast::WithItem* item : items) {
        TRY(expr(item->context_expr));
        TRY(optional(item->optional_vars, ExprContext::Store));
      }
      return body(async ? static_cast<const ast::AsyncWith*>(s)->body : static_cast<const ast::With*>(s)->body, owner);
    }
    case K::Match: {
      auto* n = static_cast<const ast::Match*>(s);
      TRY(expr(n->subject));
      TRY(nonempty(n->cases, "cases", "Match"));
      for (const ast::MatchCase* c : n->cases) {
        TRY(pattern(c->pattern, false));
        TRY(optional(c->guard));
        TRY(body(c->body, "match_case"));
      }
      return {};
    }
    case K::Raise: {
      auto* n = static_cast<const ast::Raise*>(s);
      if (n->exc == nullptr && n->cause != nullptr) return value_error("Raise with cause but no exception");
      TRY(optional(n->exc));
      return optional(n->cause);
    }
    case K::Try: return try_statement(static_cast<const ast::Try*>(s), "Try");
    case K::TryStar: return try_statement(static_cast<const ast::TryStar*>(s), "TryStar");
    case K::Assert: {
      auto* n = static_cast<const ast::Assert*>(s);
      TRY(expr(n->test));
      return optional(n->msg);
    }
    case K::Import: return nonempty(static_cast<const ast::Import*>(s)->names, "names", "Import");
    case K::ImportFrom: {
      auto* n = static_cast<const ast::ImportFrom*>(s);
      if (n->level < 0) return value_error("Negative ImportFrom level");
      return nonempty(n->names, "names", "ImportFrom");
    }
    case K::Global: return nonempty(static_cast<const ast::Global*>(s)->names, "names", "Global");
    case K::Nonlocal: return nonempty(static_cast<const ast::Nonlocal*>(s)->names, "names", "Nonlocal");
    case K::ExprStmt: return expr(static_cast<const ast::ExprStmt*>(s)->value);
    default: return {};
  }
}

Status Validator::expr(const ast::Expr* e, ExprContext ctx) {
  TRY(vm_.check_stack(" during compilation"));
  TRY(vm_.poll());
  TRY(positions(e));
  using K = ast::NodeKind;
  constexpr const char* kContexts[] = {"Load", "Store", "Del"};
  ExprContext has = ExprContext::Load;
  bool assignable = true;
  switch (e->kind) {
    case K::Attribute: has = static_cast<const ast::Attribute*>(e)->ctx; break;
    case K::Subscript: has = static_cast<const ast::Subscript*>(e)->ctx; break;
    case K::Starred: has = static_cast<const ast::Starred*>(e)->ctx; break;
    case K::Name:
      TRY(name(static_cast<const ast::Name*>(e)->id));
      has = static_cast<const ast::Name*>(e)->ctx;
      break;
    case K::List: has = static_cast<const ast::List*>(e)->ctx; break;
    case K::Tuple: has = static_cast<const ast::Tuple*>(e)->ctx; break;
    default: assignable = false; break;
  }
  if (!assignable && ctx != ExprContext::Load)
    return vm_.raise(E::ValueError, "expression which can't be assigned to in {} context",
                     kContexts[static_cast<int>(ctx)]);
  if (assignable && has != ctx) {
    return vm_.raise(E::ValueError, "expression must have {} context but has {} instead",
                     kContexts[static_cast<int>(ctx)], kContexts[static_cast<int>(has)]);
  }
  switch (e->kind) {
    case K::BoolOp: {
      auto* n = static_cast<const ast::BoolOp*>(e);
      if (n->values.size() < 2) return value_error("BoolOp with less than 2 values");
      return expressions(n->values, ExprContext::Load);
    }
    case K::NamedExpr: {
      auto* n = static_cast<const ast::NamedExpr*>(e);
      if (!ast::is<ast::Name>(n->target)) return vm_.raise(E::TypeError, "NamedExpr target must be a Name");
      TRY(expr(n->target, ExprContext::Store));
      return expr(n->value);
    }
    case K::BinOp: {
      auto* n = static_cast<const ast::BinOp*>(e);
      TRY(expr(n->left));
      return expr(n->right);
    }
    case K::UnaryOp: return expr(static_cast<const ast::UnaryOp*>(e)->operand);
    case K::Lambda: {
      auto* n = static_cast<const ast::Lambda*>(e);
      TRY(arguments(n->args));
      return expr(n->body);
    }
    case K::IfExp: {
      auto* n = static_cast<const ast::IfExp*>(e);
      TRY(expr(n->test));
      TRY(expr(n->body));
      return expr(n->orelse);
    }
    case K::Dict: {
      auto* n = static_cast<const ast::Dict*>(e);
      if (n->keys.size() != n->values.size()) return value_error("Dict doesn't have the same number of keys as values");
      TRY(expressions(n->keys, ExprContext::Load, true));
      return expressions(n->values, ExprContext::Load);
    }
    case K::Set: return expressions(static_cast<const ast::Set*>(e)->elts, ExprContext::Load);
    case K::ListComp: {
      auto* n = static_cast<const ast::ListComp*>(e);
      TRY(comprehensions(n->generators));
      return expr(n->elt);
    }
    case K::SetComp: {
      auto* n = static_cast<const ast::SetComp*>(e);
      TRY(comprehensions(n->generators));
      return expr(n->elt);
    }
    case K::GeneratorExp: {
      auto* n = static_cast<const ast::GeneratorExp*>(e);
      TRY(comprehensions(n->generators));
      return expr(n->elt);
    }
    case K::DictComp: {
      auto* n = static_cast<const ast::DictComp*>(e);
      TRY(comprehensions(n->generators));
      TRY(expr(n->key));
      return expr(n->value);
    }
    case K::Await: return expr(static_cast<const ast::Await*>(e)->value);
    case K::Yield: return optional(static_cast<const ast::Yield*>(e)->value);
    case K::YieldFrom: return expr(static_cast<const ast::YieldFrom*>(e)->value);
    case K::Compare: {
      auto* n = static_cast<const ast::Compare*>(e);
      if (n->comparators.empty()) return value_error("Compare has no comparators");
      if (n->comparators.size() != n->ops.size())
        return value_error("Compare has a different number of comparators and operands");
      TRY(expressions(n->comparators, ExprContext::Load));
      return expr(n->left);
    }
    case K::Call: {
      auto* n = static_cast<const ast::Call*>(e);
      TRY(expr(n->func));
      TRY(expressions(n->args, ExprContext::Load));
      return keywords(n->keywords);
    }
    case K::FormattedValue: {
      auto* n = static_cast<const ast::FormattedValue*>(e);
      TRY(expr(n->value));
      return optional(n->format_spec);
    }
    case K::Interpolation: {
      auto* n = static_cast<const ast::Interpolation*>(e);
      TRY(expr(n->value));
      return optional(n->format_spec);
    }
    case K::JoinedStr: return expressions(static_cast<const ast::JoinedStr*>(e)->values, ExprContext::Load);
    case K::TemplateStr: return expressions(static_cast<const ast::TemplateStr*>(e)->values, ExprContext::Load);
    case K::Attribute: return expr(static_cast<const ast::Attribute*>(e)->value);
    case K::Subscript: {
      auto* n = static_cast<const ast::Subscript*>(e);
      TRY(expr(n->slice));
      return expr(n->value);
    }
    case K::Starred: return expr(static_cast<const ast::Starred*>(e)->value, ctx);
    case K::Slice: {
      auto* n = static_cast<const ast::Slice*>(e);
      TRY(optional(n->lower));
      TRY(optional(n->upper));
      return optional(n->step);
    }
    case K::List: return expressions(static_cast<const ast::List*>(e)->elts, ctx);
    case K::Tuple: return expressions(static_cast<const ast::Tuple*>(e)->elts, ctx);
    default: return {};
  }
}

Status Validator::pattern_value(const ast::Expr* e) {
  TRY(expr(e));
  switch (e->kind) {
    case ast::NodeKind::Constant: {
      using C = ast::ConstantKind;
      C kind = static_cast<const ast::Constant*>(e)->value.kind;
      if (kind == C::Int || kind == C::Float || kind == C::Complex || kind == C::Str || kind == C::Bytes) return {};
      return value_error("unexpected constant inside of a literal pattern");
    }
    case ast::NodeKind::Attribute:
    case ast::NodeKind::UnaryOp:
    case ast::NodeKind::BinOp: return {};
    default: return value_error("patterns may only match literals and attribute lookups");
  }
}

Status Validator::pattern(const ast::Pattern* p, bool star_allowed) {
  TRY(vm_.check_stack(" during compilation"));
  TRY(positions(p));
  using K = ast::NodeKind;
  switch (p->kind) {
    case K::MatchValue: return pattern_value(static_cast<const ast::MatchValue*>(p)->value);
    case K::MatchSingleton: {
      using C = ast::ConstantKind;
      C kind = static_cast<const ast::MatchSingleton*>(p)->value.kind;
      if (kind == C::None || kind == C::True || kind == C::False) return {};
      return value_error("MatchSingleton can only contain True, False and None");
    }
    case K::MatchSequence: return patterns(static_cast<const ast::MatchSequence*>(p)->patterns, true);
    case K::MatchMapping: {
      auto* n = static_cast<const ast::MatchMapping*>(p);
      if (n->keys.size() != n->patterns.size())
        return value_error("MatchMapping doesn't have the same number of keys as patterns");
      if (n->rest.data() != nullptr) TRY(capture(n->rest));
      for (const ast::Expr* key : n->keys) {
        if (key == nullptr) return value_error("None disallowed in expression list");
        auto* constant = ast::as<ast::Constant>(key);
        if (constant && constant->value.kind <= ast::ConstantKind::False) continue;
        TRY(pattern_value(key));
      }
      return patterns(n->patterns, false);
    }
    case K::MatchClass: {
      auto* n = static_cast<const ast::MatchClass*>(p);
      if (n->kwd_attrs.size() != n->kwd_patterns.size())
        return value_error("MatchClass doesn't have the same number of keyword attributes as patterns");
      TRY(expr(n->cls));
      const ast::Expr* cls = n->cls;
      while (auto* attribute = ast::as<ast::Attribute>(cls)) cls = attribute->value;
      if (!ast::is<ast::Name>(cls))
        return value_error("MatchClass cls field can only contain Name or Attribute nodes.");
      for (ast::Identifier id : n->kwd_attrs) TRY(name(id));
      TRY(patterns(n->patterns, false));
      return patterns(n->kwd_patterns, false);
    }
    case K::MatchStar: {
      auto* n = static_cast<const ast::MatchStar*>(p);
      if (!star_allowed) return value_error("can't use MatchStar here");
      if (n->name.data() != nullptr) return capture(n->name);
      return {};
    }
    case K::MatchAs: {
      auto* n = static_cast<const ast::MatchAs*>(p);
      if (n->name.data() != nullptr) TRY(capture(n->name));
      if (n->pattern == nullptr) return {};
      if (n->name.data() == nullptr) return value_error("MatchAs must specify a target name if a pattern is given");
      return pattern(n->pattern, false);
    }
    case K::MatchOr: {
      auto* n = static_cast<const ast::MatchOr*>(p);
      if (n->patterns.size() < 2) return value_error("MatchOr requires at least 2 patterns");
      return patterns(n->patterns, false);
    }
    default: return {};
  }
}

}  // namespace

Status ast_validate(Vm& vm, const ast::Mod* tree) { return Validator(vm).module(tree); }

}  // namespace krait
