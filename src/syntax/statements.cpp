// Statements and whole inputs.
#include "syntax/parser_impl.hpp"

namespace krait::syntax {

using namespace ast;

namespace {

// The operator of an augmented assignment; false if `k` is none.
bool augmented(TokenKind k, Operator& op) {
  using K = TokenKind;
  switch (k) {
    case K::PlusEqual: op = Operator::Add; return true;
    case K::MinusEqual: op = Operator::Sub; return true;
    case K::StarEqual: op = Operator::Mult; return true;
    case K::AtEqual: op = Operator::MatMult; return true;
    case K::SlashEqual: op = Operator::Div; return true;
    case K::PercentEqual: op = Operator::Mod; return true;
    case K::AmpersandEqual: op = Operator::BitAnd; return true;
    case K::PipeEqual: op = Operator::BitOr; return true;
    case K::CaretEqual: op = Operator::BitXor; return true;
    case K::LeftShiftEqual: op = Operator::LShift; return true;
    case K::RightShiftEqual: op = Operator::RShift; return true;
    case K::DoubleStarEqual: op = Operator::Pow; return true;
    case K::DoubleSlashEqual: op = Operator::FloorDiv; return true;
    default: return false;
  }
}

bool is_single_target(const Expr* e) {
  return e->kind == NodeKind::Name || e->kind == NodeKind::Attribute || e->kind == NodeKind::Subscript;
}

}  // namespace

// ---- whole inputs ----

Mod* Parser::module() {
  auto made = [&](auto* mod) {
    mod->kind = std::remove_pointer_t<decltype(mod)>::kKind;
    return mod;
  };
  switch (options_.mode) {
    case ParseMode::Exec: {
      Seq<Stmt*> body;
      if (!is(K::EndMarker) && !statements(body)) return nullptr;
      if (!is(K::EndMarker)) return nullptr;
      auto* mod = made(arena_.make<Module>());
      mod->body = body;
      return mod;
    }
    case ParseMode::Single: {
      size_t base = mark();
      if (is(K::EndMarker)) return nullptr;
      if (is(K::Newline)) {
        auto* pass = made(arena_.make<Pass>());
        begin_range(pass->range, at());
        end_range(pass->range, at());
        push(pass);
        ++pos_;
      } else {
        uint32_t before = pos_;
        if (!statement()) return nullptr;
        bool is_compound = list_[before].kind == K::At || scratch_.size() == base + 1;
        if (is_compound) {
          switch (static_cast<Node*>(scratch_[base])->kind) {
            case NodeKind::FunctionDef:
            case NodeKind::AsyncFunctionDef:
            case NodeKind::ClassDef:
            case NodeKind::If:
            case NodeKind::For:
            case NodeKind::AsyncFor:
            case NodeKind::While:
            case NodeKind::With:
            case NodeKind::AsyncWith:
            case NodeKind::Try:
            case NodeKind::TryStar:
            case NodeKind::Match:
              if (!accept(K::Newline)) return nullptr;
              break;
            default: break;
          }
        }
      }
      Seq<Stmt*> body = take<Stmt>(base);
      auto* mod = made(arena_.make<Interactive>());
      mod->body = body;
      return mod;
    }
    case ParseMode::Eval: {
      Expr* body = expressions();
      if (!body) return nullptr;
      while (accept(K::Newline)) {}
      if (!is(K::EndMarker)) return nullptr;
      auto* mod = made(arena_.make<Expression>());
      mod->body = body;
      return mod;
    }
    case ParseMode::FuncType: {
      if (!accept(K::LeftParen)) return nullptr;
      size_t base = mark();
      // Stars are allowed before the last arguments and ignored.
      int stage = 0;
      while (!is(K::RightParen)) {
        if (accept(K::Star)) {
          if (stage++ > 0) return nullptr;
        } else if (accept(K::DoubleStar)) {
          if (stage > 1) return nullptr;
          stage = 2;
        } else if (stage) {
          return nullptr;
        }
        Expr* type = expression();
        if (!type) return nullptr;
        push(type);
        if (!accept(K::Comma)) break;
        if (is(K::RightParen)) return nullptr;
      }
      if (!accept(K::RightParen) || !accept(K::Arrow)) return nullptr;
      Expr* returns = expression();
      if (!returns) return nullptr;
      while (accept(K::Newline)) {}
      if (!is(K::EndMarker)) return nullptr;
      auto* mod = made(arena_.make<FunctionType>());
      mod->argtypes = take<Expr>(base);
      mod->returns = returns;
      return mod;
    }
  }
  return nullptr;
}

bool Parser::poll() {
  poll_at_ = pos_ + kPollEvery;
  if (options_.poll && options_.poll(options_.poll_context))
    fatal_ = ErrorKind::Interrupted;
  else if (arena_.exhausted())
    fatal_ = ErrorKind::MemoryError;
  return fatal_ == ErrorKind::None;
}

// ---- sequences of statements ----

bool Parser::statements(Seq<Stmt*>& body) {
  size_t base = mark();
  do {
    uint32_t first = pos_;
    if (!statement()) return false;
    parsed_.add() = {first, pos_};
  } while (!is(K::Dedent) && !is(K::EndMarker));
  body = take<Stmt>(base);
  return true;
}

// One statement or one line of simple ones, pushed on the scratch stack.
bool Parser::statement() {
  if (!may_go_on()) return false;
  Stmt* made;
  switch (kind()) {
    case K::KwDef:
    case K::At:
    case K::KwAsync:
    case K::KwClass:
    case K::KwIf:
    case K::KwWith:
    case K::KwFor:
    case K::KwTry:
    case K::KwWhile: made = compound_statement(); break;
    case K::Name:
      if (is_word("match") && may_begin_match()) {
        uint32_t first = pos_;
        made = match_statement();
        if (made) break;
        if (fatal_ != ErrorKind::None) return false;
        pos_ = first;
      }
      return simple_statements();
    default: return simple_statements();
  }
  if (!made) return false;
  push(made);
  return true;
}

bool Parser::simple_statements() {
  for (;;) {
    Stmt* made = simple_statement();
    if (!made) return false;
    push(made);
    if (accept(K::Newline)) return true;
    if (!accept(K::Semicolon)) return false;
    if (accept(K::Newline)) return true;
  }
}

bool Parser::block(Seq<Stmt*>& body) {
  if (!accept(K::Newline)) {
    size_t base = mark();
    if (!simple_statements()) return false;
    body = take<Stmt>(base);
    return true;
  }
  Nesting nesting(*this);
  if (!nesting) return false;
  return accept(K::Indent) && statements(body) && accept(K::Dedent);
}

bool Parser::colon_block(Seq<Stmt*>& body) { return accept(K::Colon) && block(body); }

bool Parser::else_block(Seq<Stmt*>& body) { return !accept(K::KwElse) || colon_block(body); }

void Parser::type_comment(String& comment) {
  if (!is(K::TypeComment)) return;
  comment = text_of(at());
  ++pos_;
}

// ---- simple statements ----

Stmt* Parser::simple_statement() {
  uint32_t first = pos_;
  switch (kind()) {
    case K::KwReturn: {
      ++pos_;
      Expr* value = nullptr;
      if (!is(K::Newline) && !is(K::Semicolon) && !is(K::EndMarker)) {
        value = star_expressions();
        if (!value) return nullptr;
      }
      auto* made = node<Return>(first);
      made->value = value;
      return made;
    }
    case K::KwImport: return import_statement();
    case K::KwFrom: return from_statement();
    case K::KwRaise: {
      ++pos_;
      Expr *exc = nullptr, *cause = nullptr;
      if (!is(K::Newline) && !is(K::Semicolon) && !is(K::EndMarker)) {
        exc = expression();
        if (!exc) return nullptr;
        if (accept(K::KwFrom)) {
          cause = expression();
          if (!cause) return nullptr;
        }
      }
      auto* made = node<Raise>(first);
      made->exc = exc;
      made->cause = cause;
      return made;
    }
    case K::KwPass: ++pos_; return node<Pass>(first);
    case K::KwBreak: ++pos_; return node<Break>(first);
    case K::KwContinue: ++pos_; return node<Continue>(first);
    case K::KwDel: return delete_statement();
    case K::KwYield: {
      Expr* value = yield_expression();
      if (!value) return nullptr;
      auto* made = node<ExprStmt>(first);
      made->value = value;
      return made;
    }
    case K::KwAssert: {
      ++pos_;
      Expr* test = expression();
      if (!test) return nullptr;
      Expr* msg = nullptr;
      if (accept(K::Comma)) {
        msg = expression();
        if (!msg) return nullptr;
      }
      auto* made = node<Assert>(first);
      made->test = test;
      made->msg = msg;
      return made;
    }
    case K::KwGlobal: return name_list_statement(true);
    case K::KwNonlocal: return name_list_statement(false);
    case K::Name:
      if (next_kind() == K::Name && is_word("type")) return type_alias();
      [[fallthrough]];
    default: return expression_statement();
  }
}

// An expression, or an assignment that begins with one.
Stmt* Parser::expression_statement() {
  uint32_t first = pos_;
  Expr* value = star_expressions();
  if (!value) return nullptr;
  switch (kind()) {
    case K::Newline:
    case K::Semicolon: break;
    case K::Equal: return assignment(value, first);
    case K::Colon: {
      if (!is_single_target(value)) return nullptr;
      ++pos_;
      Expr* annotation = expression();
      if (!annotation) return nullptr;
      set_context(value, ExprContext::Store);
      Expr* assigned = nullptr;
      if (accept(K::Equal)) {
        assigned = yield_or_star_expressions();
        if (!assigned) return nullptr;
      }
      auto* made = node<AnnAssign>(first);
      made->target = value;
      made->annotation = annotation;
      made->value = assigned;
      made->simple = list_[first].kind == K::Name && value->kind == NodeKind::Name;
      return made;
    }
    default: {
      Operator op;
      if (!augmented(kind(), op)) break;
      if (!is_single_target(value)) return nullptr;
      ++pos_;
      set_context(value, ExprContext::Store);
      Expr* operand = yield_or_star_expressions();
      if (!operand) return nullptr;
      auto* made = node<AugAssign>(first);
      made->target = value;
      made->op = op;
      made->value = operand;
      return made;
    }
  }
  auto* made = node<ExprStmt>(first);
  made->value = value;
  return made;
}

Stmt* Parser::assignment(Expr* value, uint32_t first) {
  size_t base = mark();
  while (accept(K::Equal)) {
    if (!set_context(value, ExprContext::Store)) return nullptr;
    push(value);
    if (is(K::KwYield)) {
      value = yield_expression();
      if (!value || is(K::Equal)) return nullptr;
      break;
    }
    value = star_expressions();
    if (!value) return nullptr;
  }
  Seq<Expr*> targets = take<Expr>(base);
  String comment{};
  type_comment(comment);
  auto* made = node<Assign>(first);
  made->targets = targets;
  made->value = value;
  made->type_comment = comment;
  return made;
}

Stmt* Parser::delete_statement() {
  uint32_t first = pos_++;
  size_t base = mark();
  do {
    if (is(K::Newline) || is(K::Semicolon) || is(K::EndMarker)) break;
    Expr* target = bitwise_or();
    if (!target || !set_context(target, ExprContext::Del)) return nullptr;
    push(target);
  } while (accept(K::Comma));
  if (mark() == base) return nullptr;
  Seq<Expr*> targets = take<Expr>(base);
  auto* made = node<Delete>(first);
  made->targets = targets;
  return made;
}

Stmt* Parser::name_list_statement(bool is_global) {
  uint32_t first = pos_++;
  Buffer<Identifier> names;
  do {
    Identifier name;
    if (!accept_identifier(name)) return nullptr;
    names.add() = name;
  } while (accept(K::Comma));
  if (is_global) {
    auto* made = node<Global>(first);
    made->names = copy_values(names, 0);
    return made;
  }
  auto* made = node<Nonlocal>(first);
  made->names = copy_values(names, 0);
  return made;
}

Stmt* Parser::import_statement() {
  uint32_t first = pos_++;
  size_t base = mark();
  do {
    uint32_t start = pos_;
    Identifier name, asname{};
    if (!dotted_name(name)) return nullptr;
    if (accept(K::KwAs) && !accept_identifier(asname)) return nullptr;
    auto* made = node<Alias>(start);
    made->name = name;
    made->asname = asname;
    push(made);
  } while (accept(K::Comma));
  Seq<Alias*> names = take<Alias>(base);
  auto* made = node<Import>(first);
  made->names = names;
  return made;
}

Stmt* Parser::from_statement() {
  uint32_t first = pos_++;
  int level = 0;
  for (;; ++pos_) {
    if (is(K::Dot))
      level += 1;
    else if (is(K::Ellipsis))
      level += 3;
    else
      break;
  }
  Identifier module_name{};
  if ((level == 0 || is(K::Name)) && !dotted_name(module_name)) return nullptr;
  if (!accept(K::KwImport)) return nullptr;
  size_t base = mark();
  if (is(K::Star)) {
    uint32_t start = pos_++;
    auto* made = node<Alias>(start);
    made->name = names_.intern({"*\0\0\0\0\0\0\0", 1});
    push(made);
  } else {
    bool parenthesised = accept(K::LeftParen);
    bool is_future = level == 0 && module_name == "__future__";
    for (;;) {
      uint32_t start = pos_;
      Identifier name, asname{};
      if (!accept_identifier(name)) return nullptr;
      if (accept(K::KwAs) && !accept_identifier(asname)) return nullptr;
      auto* made = node<Alias>(start);
      made->name = name;
      made->asname = asname;
      push(made);
      if (is_future && name == "barry_as_FLUFL") barry_ = true;
      if (!accept(K::Comma)) break;
      if (parenthesised && is(K::RightParen)) break;
    }
    if (parenthesised && !accept(K::RightParen)) return nullptr;
  }
  Seq<Alias*> names = take<Alias>(base);
  auto* made = node<ImportFrom>(first);
  made->module = module_name;
  made->names = names;
  made->level = level;
  return made;
}

Stmt* Parser::type_alias() {
  uint32_t first = pos_++;
  Expr* name = atom();
  set_context(name, ExprContext::Store);
  Seq<TypeParam*> params;
  if (!type_params(params) || !accept(K::Equal)) return nullptr;
  Expr* value = expression();
  if (!value) return nullptr;
  auto* made = node<TypeAlias>(first);
  made->name = name;
  made->type_params = params;
  made->value = value;
  return made;
}

// ---- compound statements ----

Stmt* Parser::compound_statement() {
  uint32_t first = pos_;
  switch (kind()) {
    case K::KwDef: return function_def(first, {});
    case K::KwClass: return class_def(first, {});
    case K::At: return decorated();
    case K::KwIf: return if_statement();
    case K::KwFor: return for_statement(first);
    case K::KwWith: return with_statement(first);
    case K::KwTry: return try_statement();
    case K::KwWhile: return while_statement();
    case K::KwAsync:
      switch (next_kind()) {
        case K::KwDef: return function_def(first, {});
        case K::KwFor: ++pos_; return for_statement(first);
        case K::KwWith: ++pos_; return with_statement(first);
        default: return nullptr;
      }
    default: return nullptr;
  }
}

Stmt* Parser::decorated() {
  size_t base = mark();
  while (accept(K::At)) {
    Expr* decorator = named_expression();
    if (!decorator || !accept(K::Newline)) return nullptr;
    push(decorator);
  }
  Seq<Expr*> decorators = take<Expr>(base);
  if (is(K::KwDef) || (is(K::KwAsync) && next_kind() == K::KwDef)) return function_def(pos_, decorators);
  if (is(K::KwClass)) return class_def(pos_, decorators);
  return nullptr;
}

Stmt* Parser::function_def(uint32_t first, Seq<Expr*> decorators) {
  bool is_async = accept(K::KwAsync);
  ++pos_;
  Identifier name;
  if (!accept_identifier(name)) return nullptr;
  Seq<TypeParam*> params;
  if (!type_params(params) || !accept(K::LeftParen)) return nullptr;
  auto* args = arena_.make<Arguments>();
  args->kind = Arguments::kKind;
  if (!parameters(args, false) || !accept(K::RightParen)) return nullptr;
  Expr* returns = nullptr;
  if (accept(K::Arrow)) {
    returns = expression();
    if (!returns) return nullptr;
  }
  if (!accept(K::Colon)) return nullptr;
  String comment{};
  if (is(K::Newline) && next_kind() == K::TypeComment && list_[pos_ + 2].kind == K::Newline &&
      list_[pos_ + 3].kind == K::Indent)
    ++pos_;  // on a line of its own
  type_comment(comment);
  if (!comment.empty() && is(K::Newline) && next_kind() == K::TypeComment) return nullptr;
  Seq<Stmt*> body;
  if (!block(body)) return nullptr;
  auto fill = [&](auto* made) {
    made->name = name;
    made->args = args;
    made->body = body;
    made->decorator_list = decorators;
    made->returns = returns;
    made->type_comment = comment;
    made->type_params = params;
    return made;
  };
  if (is_async) return fill(node<AsyncFunctionDef>(first));
  return fill(node<FunctionDef>(first));
}

Stmt* Parser::class_def(uint32_t first, Seq<Expr*> decorators) {
  ++pos_;
  Identifier name;
  if (!accept_identifier(name)) return nullptr;
  Seq<TypeParam*> params;
  if (!type_params(params)) return nullptr;
  Seq<Expr*> bases;
  Seq<Keyword*> keywords;
  if (is(K::LeftParen)) {
    uint32_t open = pos_++;
    if (!arguments(bases, keywords, open, false)) return nullptr;
  }
  Seq<Stmt*> body;
  if (!colon_block(body)) return nullptr;
  auto* made = node<ClassDef>(first);
  made->name = name;
  made->bases = bases;
  made->keywords = keywords;
  made->body = body;
  made->decorator_list = decorators;
  made->type_params = params;
  return made;
}

// [ ... ] if there is one.
bool Parser::type_params(Seq<TypeParam*>& params) {
  if (!accept(K::LeftBracket)) return true;
  size_t base = mark();
  do {
    if (is(K::RightBracket)) break;
    uint32_t first = pos_;
    const K star = kind();
    if (star == K::Star || star == K::DoubleStar) ++pos_;
    Identifier name;
    if (!accept_identifier(name)) return false;
    Expr *bound = nullptr, *value = nullptr;
    if (star == K::Name && accept(K::Colon)) {
      bound = expression();
      if (!bound) return false;
    }
    if (accept(K::Equal)) {
      value = star == K::Star ? star_expression() : expression();
      if (!value) return false;
    }
    if (star == K::Star) {
      auto* made = node<TypeVarTuple>(first);
      made->name = name;
      made->default_value = value;
      push(made);
    } else if (star == K::DoubleStar) {
      auto* made = node<ParamSpec>(first);
      made->name = name;
      made->default_value = value;
      push(made);
    } else {
      auto* made = node<TypeVar>(first);
      made->name = name;
      made->bound = bound;
      made->default_value = value;
      push(made);
    }
  } while (accept(K::Comma));
  if (mark() == base || !accept(K::RightBracket)) return false;
  params = take<TypeParam>(base);
  return true;
}

// A chain of elifs can be long: it is read in a loop and nested from its end.
Stmt* Parser::if_statement() {
  size_t base = mark();
  do {
    uint32_t first = pos_++;
    Expr* test = named_expression();
    Seq<Stmt*> body;
    if (!test || !colon_block(body)) return nullptr;
    auto* made = node<If>(first);
    made->test = test;
    made->body = body;
    push(made);
  } while (is(K::KwElif));
  Seq<Stmt*> orelse;
  if (!else_block(orelse)) return nullptr;
  for (;;) {
    auto* last = static_cast<If*>(scratch_[mark() - 1]);
    scratch_.resize_down(mark() - 1);
    last->orelse = orelse;
    end_range(last->range);
    if (mark() == base) return last;
    auto** only = arena_.make_array<Stmt*>(1);
    *only = last;
    orelse = {only, 1};
  }
}

Stmt* Parser::while_statement() {
  uint32_t first = pos_++;
  Expr* test = named_expression();
  Seq<Stmt*> body, orelse;
  if (!test || !colon_block(body) || !else_block(orelse)) return nullptr;
  auto* made = node<While>(first);
  made->test = test;
  made->body = body;
  made->orelse = orelse;
  return made;
}

Stmt* Parser::for_statement(uint32_t first) {
  bool is_async = first != pos_;
  ++pos_;
  Expr* target = star_targets();
  if (!target || !accept(K::KwIn)) return nullptr;
  Expr* iter = star_expressions();
  if (!iter || !accept(K::Colon)) return nullptr;
  String comment{};
  type_comment(comment);
  Seq<Stmt*> body, orelse;
  if (!block(body) || !else_block(orelse)) return nullptr;
  auto fill = [&](auto* made) {
    made->target = target;
    made->iter = iter;
    made->body = body;
    made->orelse = orelse;
    made->type_comment = comment;
    return made;
  };
  if (is_async) return fill(node<AsyncFor>(first));
  return fill(node<For>(first));
}

Stmt* Parser::with_statement(uint32_t first) {
  bool is_async = first != pos_;
  ++pos_;
  Seq<WithItem*> items;
  bool done = false;
  if (is(K::LeftParen)) {
    // If the bracket that closes this one is followed by a colon, it may hold the items rather than be part
    // of one.
    uint32_t close = pos_ + 1;
    while (list_[close].kind != K::Error && list_[close].kind != K::EndMarker &&
           !(list_[close].kind == K::RightParen && list_[close].level + 1 == at().level))
      ++close;
    if (list_[close].kind == K::RightParen && list_[close + 1].kind == K::Colon) {
      uint32_t saved = pos_;
      size_t base = mark(), ops_base = comparisons_.size();
      ++pos_;
      done = with_items(items, true) && accept(K::RightParen) && is(K::Colon);
      if (!done) {
        if (fatal_ != ErrorKind::None) return nullptr;
        pos_ = saved;
        scratch_.resize_down(base);
        comparisons_.resize_down(ops_base);
      }
    }
  }
  if (!done && !with_items(items, false)) return nullptr;
  if (!accept(K::Colon)) return nullptr;
  String comment{};
  type_comment(comment);
  Seq<Stmt*> body;
  if (!block(body)) return nullptr;
  auto fill = [&](auto* made) {
    made->items = items;
    made->body = body;
    made->type_comment = comment;
    return made;
  };
  if (is_async) return fill(node<AsyncWith>(first));
  return fill(node<With>(first));
}

bool Parser::with_items(Seq<WithItem*>& items, bool in_parentheses) {
  size_t base = mark();
  do {
    if (in_parentheses && is(K::RightParen) && mark() != base) break;
    uint32_t first = pos_;
    Expr* context = expression();
    if (!context) return false;
    Expr* target = nullptr;
    if (accept(K::KwAs)) {
      target = star_target();
      if (!target) return false;
    }
    auto* made = node<WithItem>(first);
    made->context_expr = context;
    made->optional_vars = target;
    push(made);
  } while (accept(K::Comma));
  items = take<WithItem>(base);
  return true;
}

Stmt* Parser::try_statement() {
  uint32_t first = pos_++;
  Seq<Stmt*> body, orelse, finalbody;
  if (!colon_block(body)) return nullptr;
  size_t base = mark();
  bool star = is(K::KwExcept) && next_kind() == K::Star;
  while (is(K::KwExcept)) {
    ExceptHandler* handler = except_handler(star);
    if (!handler) return nullptr;
    push(handler);
  }
  Seq<ExceptHandlerBase*> handlers = take<ExceptHandlerBase>(base);
  if (!handlers.empty() && !else_block(orelse)) return nullptr;
  if (accept(K::KwFinally)) {
    if (!colon_block(finalbody)) return nullptr;
  } else if (handlers.empty()) {
    return nullptr;
  }
  auto fill = [&](auto* made) {
    made->body = body;
    made->handlers = handlers;
    made->orelse = orelse;
    made->finalbody = finalbody;
    return made;
  };
  if (star) return fill(node<TryStar>(first));
  return fill(node<Try>(first));
}

ExceptHandler* Parser::except_handler(bool star) {
  uint32_t first = pos_++;
  if (accept(K::Star) != star) return nullptr;
  Expr* type = nullptr;
  Identifier name{};
  if (star || !is(K::Colon)) {
    uint32_t type_first = pos_;
    type = expression();
    if (!type) return nullptr;
    if (is(K::Comma)) {  // several types without parentheses, which cannot have a name (PEP 758)
      pos_ = type_first;
      type = expressions();
      if (!type) return nullptr;
    } else if (accept(K::KwAs) && !accept_identifier(name)) {
      return nullptr;
    }
  }
  Seq<Stmt*> body;
  if (!colon_block(body)) return nullptr;
  auto* made = node<ExceptHandler>(first);
  made->type = type;
  made->name = name;
  made->body = body;
  return made;
}

}  // namespace krait::syntax
