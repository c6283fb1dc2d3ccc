#include "aspl/parser.hpp"

namespace krait::aspl {
namespace {

/// Declarations that are in force, innermost last.
struct Declared {
  Variable* variable;
  uint32_t depth;  ///< of blocks
};

class Parser {
 public:
  Parser(Vm& vm, std::string_view source, Arena& arena, ParseFailure& failure)
      : vm_(vm), lexer_(source), arena_(arena), failure_(failure) {}

  FunctionNode* script();
  bool pending() const { return pending_; }

 private:
  // Failure is sticky: the first one is kept, every token after it reads as the end, and nodes may then be incomplete.
  bool failed() const { return pending_ || !failure_.message.empty(); }
  void fail(const std::string& message, uint32_t line) {
    if (failed()) return;
    failure_.message = message;
    failure_.line = line;
    failure_.incomplete = lexer_.token == Token::kEnd || (lexer_.token == Token::kError && lexer_.ended_early);
    lexer_.token = Token::kEnd;
  }
  void fail_here(const std::string& expectation);
  bool guard();

  void advance();
  bool is(Token t) const { return lexer_.token == t && !failed(); }
  bool accept(Token t) {
    if (!is(t)) return false;
    advance();
    return true;
  }
  void expect(Token t, const char* what) {
    if (!accept(t)) fail_here(std::string("Expected ") + what);
  }
  std::string_view expect_name(const char* what) {
    std::string_view name = lexer_.text;
    expect(Token::kName, what);
    return name;
  }
  void end_of_statement();

  Statement* declaration();
  Statement* class_declaration();
  Statement* statement();
  Statement* if_statement();
  Statement* while_statement();
  Statement* for_statement();
  Statement* return_statement();
  Statement* var_declaration();
  Statement* block();
  List<Statement*> braces();
  FunctionNode* function(FunctionNode::Kind kind, std::string_view name, uint32_t line);

  Expression* expression();
  Expression* assignment();
  Expression* binary(int least);
  Expression* unary();
  Expression* postfix();
  Expression* primary();
  Expression* super_access();
  List<Expression*> arguments();
  /// `left op right` on a new line is a new statement, except inside parentheses.
  bool continues() const { return !lexer_.after_newline || parentheses_ > 0; }

  Expression* make(Expression::Kind kind, uint32_t line) {
    auto* e = arena_.make<Expression>(kind, line);
    return e;
  }
  Statement* make(Statement::Kind kind, uint32_t line) { return arena_.make<Statement>(kind, line); }

  Variable* declare(std::string_view name);
  /// The place of a declaration in the text: null where it makes a global.
  Variable* declare_here(std::string_view name) {
    return depth_ == 0 && here_->outer == nullptr ? nullptr : declare(name);
  }
  Variable* resolve(std::string_view name);
  void capture(FunctionNode* user, Variable* v);
  struct Scope {
    explicit Scope(Parser& p) : parser(p) { ++parser.depth_; }
    ~Scope() {
      --parser.depth_;
      while (!parser.declared_.empty() && parser.declared_.back().depth > parser.depth_) parser.declared_.pop_back();
    }
    Scope(const Scope&) = delete;
    Scope& operator=(const Scope&) = delete;
    Parser& parser;
  };

  Vm& vm_;
  Lexer lexer_;
  Arena& arena_;
  ParseFailure& failure_;
  bool pending_ = false;
  FunctionNode* here_ = nullptr;
  std::vector<Declared> declared_;
  uint32_t depth_ = 0;
  uint32_t parentheses_ = 0;
  uint32_t last_line_ = 1;  ///< of the token before
};

void Parser::advance() {
  if (failed()) return;
  last_line_ = lexer_.line;
  lexer_.advance();
  if (lexer_.token == Token::kError) fail(lexer_.error, lexer_.line);
}

void Parser::fail_here(const std::string& expectation) {
  std::string at = lexer_.token == Token::kEnd      ? "the end"
                   : lexer_.token == Token::kString ? "a string"
                                                    : "'" + std::string(lexer_.text) + "'";
  // What is missing at the end is missing on the last line that has anything.
  fail(expectation + " at " + at, lexer_.token == Token::kEnd ? last_line_ : lexer_.line);
}

bool Parser::guard() {
  if (failed()) return false;
  if (vm_.check_stack().is_error() || vm_.poll().is_error()) pending_ = true;
  return !pending_;
}

// --- Names

Variable* Parser::declare(std::string_view name) {
  for (auto it = declared_.rbegin(); it != declared_.rend() && it->depth == depth_ && it->variable->owner == here_;
       ++it)
    if (it->variable->name == name) fail("'" + std::string(name) + "' is declared in this block already", lexer_.line);
  Variable* v = arena_.make<Variable>(name, here_, here_->variables.count);
  here_->variables.add(arena_, v);
  declared_.push_back({v, depth_});
  return v;
}

/// Every function between the user and the owner hands the cell on.
void Parser::capture(FunctionNode* user, Variable* v) {
  v->captured = true;
  for (FunctionNode* f = user; f != v->owner; f = f->outer) {
    bool known = false;
    for (auto* item = f->free.first; item != nullptr; item = item->next) known |= item->value == v;
    if (known) break;
    f->free.add(arena_, v);
  }
}

Variable* Parser::resolve(std::string_view name) {
  for (auto it = declared_.rbegin(); it != declared_.rend(); ++it) {
    if (it->variable->name != name) continue;
    if (it->variable->owner != here_) capture(here_, it->variable);
    return it->variable;
  }
  return nullptr;
}

// --- Statements

FunctionNode* Parser::script() {
  FunctionNode* f = arena_.make<FunctionNode>(FunctionNode::kScript, std::string_view("script"), 1u, nullptr);
  here_ = f;
  advance();
  while (!is(Token::kEnd) && !failed()) {
    if (accept(Token::kSemicolon)) continue;
    Statement* s = declaration();
    if (s != nullptr) f->body.add(arena_, s);
  }
  return failed() ? nullptr : f;
}

void Parser::end_of_statement() {
  if (accept(Token::kSemicolon) || is(Token::kRightBrace) || is(Token::kEnd) || lexer_.after_newline) return;
  fail_here("Expected ';' or a new line");
}

Statement* Parser::declaration() {
  if (!guard()) return nullptr;
  uint32_t line = lexer_.line;
  if (is(Token::kClass)) return class_declaration();
  if (is(Token::kVar)) {
    Statement* s = var_declaration();
    end_of_statement();
    return s;
  }
  if (accept(Token::kFunc)) {
    Statement* s = make(Statement::kFunction, line);
    s->text = expect_name("a function's name");
    s->variable = declare_here(s->text);  // first, so that it can call itself
    s->function = function(FunctionNode::kFunction, s->text, line);
    return s;
  }
  return statement();
}

Statement* Parser::var_declaration() {
  Statement* s = make(Statement::kVar, lexer_.line);
  advance();
  s->text = expect_name("a variable's name");
  if (accept(Token::kAssign)) s->value = expression();
  s->variable = declare_here(s->text);  // last: `var x = x` means the outer one
  return s;
}

FunctionNode* Parser::function(FunctionNode::Kind kind, std::string_view name, uint32_t line) {
  FunctionNode* f = arena_.make<FunctionNode>(kind, name, line, here_);
  here_ = f;
  uint32_t parentheses = parentheses_;
  parentheses_ = 0;
  {
    Scope scope(*this);
    if (kind != FunctionNode::kFunction) declare("this");
    expect(Token::kLeftParen, "'('");
    if (!is(Token::kRightParen)) {
      do {
        declare(expect_name("a parameter's name"));
        if (f->variables.count > 255) fail("Too many parameters", lexer_.line);
      } while (accept(Token::kComma));
    }
    expect(Token::kRightParen, "')'");
    f->parameter_count = f->variables.count;
    f->body = braces();
  }
  parentheses_ = parentheses;
  here_ = f->outer;
  return f;
}

Statement* Parser::class_declaration() {
  Statement* s = make(Statement::kClass, lexer_.line);
  advance();
  s->text = expect_name("a class's name");
  s->variable = declare_here(s->text);
  Scope scope(*this);
  if (accept(Token::kLess)) {
    uint32_t line = lexer_.line;
    std::string_view base = expect_name("a superclass's name");
    if (base == s->text) fail("A class cannot inherit from itself", line);
    s->value = make(Expression::kName, line);
    s->value->text = base;
    s->value->variable = resolve(base);
    s->super_variable = declare("super");
  }
  expect(Token::kLeftBrace, "'{'");
  while (!is(Token::kRightBrace) && !is(Token::kEnd) && !failed()) {
    if (accept(Token::kSemicolon)) continue;
    uint32_t line = lexer_.line;
    std::string_view name = expect_name("a method's name");
    FunctionNode* method = function(name == "init" ? FunctionNode::kInit : FunctionNode::kMethod, name, line);
    s->methods.add(arena_, method);
  }
  expect(Token::kRightBrace, "'}'");
  return s;
}

List<Statement*> Parser::braces() {
  List<Statement*> body;
  expect(Token::kLeftBrace, "'{'");
  while (!is(Token::kRightBrace) && !is(Token::kEnd) && !failed()) {
    if (accept(Token::kSemicolon)) continue;
    Statement* s = declaration();
    if (s != nullptr) body.add(arena_, s);
  }
  expect(Token::kRightBrace, "'}'");
  return body;
}

Statement* Parser::block() {
  Statement* s = make(Statement::kBlock, lexer_.line);
  Scope scope(*this);
  s->body = braces();
  return s;
}

Statement* Parser::statement() {
  if (!guard()) return nullptr;
  switch (lexer_.token) {
    case Token::kLeftBrace: return block();
    case Token::kIf: return if_statement();
    case Token::kWhile: return while_statement();
    case Token::kFor: return for_statement();
    case Token::kReturn: return return_statement();
    default: break;
  }
  Statement* s = make(is(Token::kPrint) ? Statement::kPrint : Statement::kExpression, lexer_.line);
  if (s->kind == Statement::kPrint) advance();
  s->value = expression();
  end_of_statement();
  return s;
}

Statement* Parser::if_statement() {
  Statement* s = make(Statement::kIf, lexer_.line);
  advance();
  expect(Token::kLeftParen, "'(' after 'if'");
  s->value = expression();
  expect(Token::kRightParen, "')'");
  s->first = statement();
  if (accept(Token::kElse)) s->second = statement();
  return s;
}

Statement* Parser::while_statement() {
  Statement* s = make(Statement::kLoop, lexer_.line);
  advance();
  expect(Token::kLeftParen, "'(' after 'while'");
  s->value = expression();
  expect(Token::kRightParen, "')'");
  s->first = statement();
  return s;
}

/// `for (start; condition; step) body` is a block with the start and a loop.
Statement* Parser::for_statement() {
  Statement* outer = make(Statement::kBlock, lexer_.line);
  Scope scope(*this);
  Statement* loop = make(Statement::kLoop, lexer_.line);
  advance();
  expect(Token::kLeftParen, "'(' after 'for'");
  if (is(Token::kVar)) {
    outer->body.add(arena_, var_declaration());
  } else if (!is(Token::kSemicolon)) {
    Statement* start = make(Statement::kExpression, lexer_.line);
    start->value = expression();
    outer->body.add(arena_, start);
  }
  expect(Token::kSemicolon, "';'");
  if (!is(Token::kSemicolon)) loop->value = expression();
  expect(Token::kSemicolon, "';'");
  if (!is(Token::kRightParen)) loop->step = expression();
  expect(Token::kRightParen, "')'");
  loop->first = statement();
  outer->body.add(arena_, loop);
  return outer;
}

Statement* Parser::return_statement() {
  Statement* s = make(Statement::kReturn, lexer_.line);
  advance();
  if (here_->kind == FunctionNode::kScript) fail("Cannot return from the script", s->line);
  bool bare = is(Token::kSemicolon) || is(Token::kRightBrace) || is(Token::kEnd) || lexer_.after_newline;
  if (!bare) {
    if (here_->kind == FunctionNode::kInit) fail("Cannot return a value from 'init'", s->line);
    s->value = expression();
  }
  end_of_statement();
  return s;
}

// --- Expressions

Expression* Parser::expression() { return guard() ? assignment() : make(Expression::kNil, lexer_.line); }

Expression* Parser::assignment() {
  Expression* left = binary(0);
  if (!is(Token::kAssign) || !continues()) return left;
  uint32_t line = lexer_.line;
  if (left->kind != Expression::kName && left->kind != Expression::kGet) {
    fail("Invalid assignment target", line);
    return left;
  }
  advance();
  Expression* e = make(left->kind == Expression::kName ? Expression::kAssign : Expression::kSet, line);
  e->text = left->text;
  e->variable = left->variable;
  e->left = left->left;
  e->right = expression();
  return e;
}

struct Operator {
  Token token;
  int precedence;
  Expression::Kind kind;
  Binary operation;
};
constexpr Operator kOperators[] = {
    {Token::kOr, 1, Expression::kOr, {}},
    {Token::kAnd, 2, Expression::kAnd, {}},
    {Token::kEqual, 3, Expression::kBinary, Binary::kEqual},
    {Token::kNotEqual, 3, Expression::kBinary, Binary::kNotEqual},
    {Token::kLess, 4, Expression::kBinary, Binary::kLess},
    {Token::kLessEqual, 4, Expression::kBinary, Binary::kLessEqual},
    {Token::kGreater, 4, Expression::kBinary, Binary::kGreater},
    {Token::kGreaterEqual, 4, Expression::kBinary, Binary::kGreaterEqual},
    {Token::kPlus, 5, Expression::kBinary, Binary::kAdd},
    {Token::kMinus, 5, Expression::kBinary, Binary::kSubtract},
    {Token::kStar, 6, Expression::kBinary, Binary::kMultiply},
    {Token::kSlash, 6, Expression::kBinary, Binary::kDivide},
};

/// Operators that bind at least as tightly as `least`; all group to the left.
Expression* Parser::binary(int least) {
  Expression* left = unary();
  while (continues() && guard()) {
    const Operator* found = nullptr;
    for (const Operator& o : kOperators)
      if (is(o.token) && o.precedence >= least) found = &o;
    if (found == nullptr) break;
    Expression* e = make(found->kind, lexer_.line);
    advance();
    e->operation = found->operation;
    e->left = left;
    e->right = binary(found->precedence + 1);
    left = e;
  }
  return left;
}

Expression* Parser::unary() {
  if (!is(Token::kMinus) && !is(Token::kBang)) return postfix();
  Expression* e = make(is(Token::kMinus) ? Expression::kNegate : Expression::kNot, lexer_.line);
  advance();
  e->right = guard() ? unary() : make(Expression::kNil, e->line);
  return e;
}

List<Expression*> Parser::arguments() {
  List<Expression*> out;
  ++parentheses_;
  advance();
  if (!is(Token::kRightParen)) {
    do {
      out.add(arena_, expression());
      if (out.count > 255) fail("Too many arguments", lexer_.line);
    } while (accept(Token::kComma));
  }
  --parentheses_;
  expect(Token::kRightParen, "')' after arguments");
  return out;
}

Expression* Parser::postfix() {
  Expression* left = primary();
  while (guard()) {
    if (is(Token::kLeftParen) && continues()) {
      Expression* call = make(Expression::kCall, lexer_.line);
      if (left->kind == Expression::kSuper) {
        call->kind = Expression::kSuperCall;
        call->variable = left->variable;
        call->right = left->right;
        call->text = left->text;
      } else {
        call->left = left;
      }
      call->arguments = arguments();
      left = call;
    } else if (is(Token::kDot)) {  // on a new line too: no statement begins with it
      Expression* get = make(Expression::kGet, lexer_.line);
      advance();
      get->left = left;
      get->text = expect_name("a property's name");
      left = get;
    } else {
      break;
    }
  }
  return left;
}

Expression* Parser::super_access() {
  Expression* e = make(Expression::kSuper, lexer_.line);
  e->variable = resolve("super");
  Variable* self = resolve("this");
  if (self == nullptr || e->variable == nullptr)
    fail(self == nullptr ? "Cannot use 'super' outside a class" : "Cannot use 'super' in a class without superclass",
         e->line);
  e->right = make(Expression::kName, e->line);
  e->right->text = "this";
  e->right->variable = self;
  advance();
  expect(Token::kDot, "'.' after 'super'");
  e->text = expect_name("a method's name");
  return e;
}

Expression* Parser::primary() {
  uint32_t line = lexer_.line;
  auto literal = [&](Expression::Kind kind) {
    Expression* e = make(kind, line);
    e->text = lexer_.text;
    advance();
    return e;
  };
  if (failed()) return make(Expression::kNil, line);
  switch (lexer_.token) {
    case Token::kNil: return literal(Expression::kNil);
    case Token::kTrue: return literal(Expression::kTrue);
    case Token::kFalse: return literal(Expression::kFalse);
    case Token::kInteger: return literal(Expression::kInteger);
    case Token::kDouble: return literal(Expression::kDouble);
    case Token::kString: {
      std::string plain;
      if (!unescape(lexer_.text, plain)) fail("Unknown escape in a string", line);
      Expression* e = literal(Expression::kString);
      e->text = arena_.copy(plain);
      return e;
    }
    case Token::kThis:
    case Token::kName: {
      Expression* e = make(Expression::kName, line);
      e->text = lexer_.text;
      e->variable = resolve(e->text);
      if (lexer_.token == Token::kThis && e->variable == nullptr) fail("Cannot use 'this' outside a class", line);
      advance();
      return e;
    }
    case Token::kSuper: return super_access();
    case Token::kLeftParen: {
      ++parentheses_;
      advance();
      Expression* e = expression();
      --parentheses_;
      expect(Token::kRightParen, "')'");
      return e;
    }
    default: fail_here("Expected an expression"); return make(Expression::kNil, line);
  }
}

}  // namespace

Result<bool> parse(Vm& vm, std::string_view source, Arena& arena, FunctionNode** script, ParseFailure& failure) {
  Parser parser(vm, source, arena, failure);
  *script = parser.script();
  if (parser.pending()) return Error{};
  return *script != nullptr;
}

}  // namespace krait::aspl
