// Expressions, assignment targets and parameter lists.
#include "base/unicode.hpp"
#include "syntax/parser_impl.hpp"

namespace krait::syntax {

using namespace ast;

namespace {

// How tightly a token binds as a binary operator; 0 if it is none. `not` stands for `not in`.
enum : uint8_t { kOr = 1, kAnd, kNot, kCompare, kBitOr, kBitXor, kBitAnd, kShift, kSum, kTerm };

struct Binary {
  uint8_t precedence = 0;
  Operator op{};
};

struct BinaryTable {
  Binary of[kTokenKindCount] = {};
  constexpr BinaryTable() {
    auto set = [this](TokenKind k, uint8_t precedence, Operator op = {}) {
      of[static_cast<int>(k)] = {precedence, op};
    };
    using K = TokenKind;
    set(K::KwOr, kOr);
    set(K::KwAnd, kAnd);
    for (K k :
         {K::EqualEqual, K::NotEqual, K::Less, K::LessEqual, K::Greater, K::GreaterEqual, K::KwIn, K::KwIs, K::KwNot})
      set(k, kCompare);
    set(K::Pipe, kBitOr, Operator::BitOr);
    set(K::Caret, kBitXor, Operator::BitXor);
    set(K::Ampersand, kBitAnd, Operator::BitAnd);
    set(K::LeftShift, kShift, Operator::LShift);
    set(K::RightShift, kShift, Operator::RShift);
    set(K::Plus, kSum, Operator::Add);
    set(K::Minus, kSum, Operator::Sub);
    set(K::Star, kTerm, Operator::Mult);
    set(K::Slash, kTerm, Operator::Div);
    set(K::DoubleSlash, kTerm, Operator::FloorDiv);
    set(K::Percent, kTerm, Operator::Mod);
    set(K::At, kTerm, Operator::MatMult);
  }
};
constexpr BinaryTable kBinary;

// Tokens that can begin an expression: what may follow a comma in an unparenthesised tuple.
struct StartTable {
  bool begins[kTokenKindCount] = {};
  constexpr StartTable() {
    using K = TokenKind;
    for (K k : {K::Name, K::Number, K::String, K::FStringStart, K::TStringStart, K::LeftParen, K::LeftBracket,
                K::LeftBrace, K::Minus, K::Plus, K::Tilde, K::Ellipsis, K::Star, K::KwNot, K::KwLambda, K::KwAwait,
                K::KwNone, K::KwTrue, K::KwFalse})
      begins[static_cast<int>(k)] = true;
  }
};
constexpr StartTable kStart;

inline bool begins_expression(TokenKind k) { return kStart.begins[static_cast<int>(k)]; }

}  // namespace

// ---- names ----

Identifier Parser::identifier(const Token& t) {
  std::string_view text = text_of(t);
  if (__builtin_expect(t.flags & Token::kNonAscii, 0)) {
    std::u32string points;
    for (size_t i = 0; i < text.size();) {
      int size = 1;
      points += decode_character(text.data() + i, size);
      i += static_cast<size_t>(size);
    }
    std::string normal;
    for (char32_t c : unicode::nfkc(points)) append_utf8(normal, c);
    char* copy = arena_.make_array<char>(normal.size() + 8);
    std::memset(copy, 0, normal.size() + 8);
    std::memcpy(copy, normal.data(), normal.size());
    text = {copy, normal.size()};
  }
  return names_.intern(text);
}

bool Parser::accept_identifier(Identifier& name) {
  if (!is(K::Name)) return false;
  name = identifier(at());
  ++pos_;
  return true;
}

bool Parser::dotted_name(Identifier& name) {
  if (!accept_identifier(name)) return false;
  if (!is(K::Dot)) return true;
  join_.assign(name);
  while (accept(K::Dot)) {
    Identifier part;
    if (!accept_identifier(part)) return false;
    join_ += '.';
    join_ += part;
  }
  char* copy = arena_.make_array<char>(join_.size() + 8);
  std::memset(copy, 0, join_.size() + 8);
  std::memcpy(copy, join_.data(), join_.size());
  name = names_.intern({copy, join_.size()});
  return true;
}

// ---- lists of expressions ----

template <class T>
T* Parser::tuple_like(uint32_t first, Seq<Expr*> elements) {
  T* made = node<T>(first);
  made->elts = elements;
  return made;
}

Expr* Parser::star_expressions() {
  uint32_t first = pos_;
  Expr* value = star_expression();
  if (!value || !is(K::Comma)) return value;
  size_t base = mark();
  push(value);
  while (accept(K::Comma) && begins_expression(kind())) {
    Expr* element = star_expression();
    if (!element) return nullptr;
    push(element);
  }
  return tuple_like<Tuple>(first, take<Expr>(base));
}

Expr* Parser::expressions() {
  uint32_t first = pos_;
  Expr* value = expression();
  if (!value || !is(K::Comma)) return value;
  size_t base = mark();
  push(value);
  while (accept(K::Comma) && begins_expression(kind())) {
    Expr* element = expression();
    if (!element) return nullptr;
    push(element);
  }
  return tuple_like<Tuple>(first, take<Expr>(base));
}

Expr* Parser::starred(Expr* (Parser::*operand)()) {
  uint32_t first = pos_++;
  Expr* value = (this->*operand)();
  if (!value) return nullptr;
  auto* made = node<Starred>(first);
  made->value = value;
  return made;
}

Expr* Parser::star_expression() { return is(K::Star) ? starred(&Parser::bitwise_or) : expression(); }

Expr* Parser::star_named_expression() { return is(K::Star) ? starred(&Parser::bitwise_or) : named_expression(); }

Expr* Parser::named_expression() {
  if (!is(K::Name) || next_kind() != K::ColonEqual) return expression();
  uint32_t first = pos_;
  auto* target = arena_.make<Name>();
  target->kind = Name::kKind;
  begin_range(target->range, at());
  end_range(target->range, at());
  target->id = identifier(at());
  target->ctx = ExprContext::Store;
  pos_ += 2;
  Expr* value = expression();
  if (!value) return nullptr;
  auto* made = node<NamedExpr>(first);
  made->target = target;
  made->value = value;
  return made;
}

Expr* Parser::yield_or_star_expressions() { return is(K::KwYield) ? yield_expression() : star_expressions(); }

Expr* Parser::yield_expression() {
  uint32_t first = pos_++;
  if (accept(K::KwFrom)) {
    Expr* value = expression();
    if (!value) return nullptr;
    auto* made = node<YieldFrom>(first);
    made->value = value;
    return made;
  }
  Expr* value = nullptr;
  if (begins_expression(kind())) {
    value = star_expressions();
    if (!value) return nullptr;
  }
  auto* made = node<Yield>(first);
  made->value = value;
  return made;
}

// ---- operators ----

Expr* Parser::expression() {
  if (is(K::KwLambda)) return lambda();
  uint32_t first = pos_;
  Expr* body = disjunction();
  if (!body || !is(K::KwIf)) return body;
  Nesting nesting(*this);
  if (!nesting) return nullptr;
  ++pos_;
  Expr* test = disjunction();
  if (!test || !accept(K::KwElse)) return nullptr;
  Expr* orelse = expression();
  if (!orelse) return nullptr;
  auto* made = node<IfExp>(first);
  made->test = test;
  made->body = body;
  made->orelse = orelse;
  return made;
}

Expr* Parser::disjunction() { return binary(kOr); }
Expr* Parser::bitwise_or() { return binary(kBitOr); }

Expr* Parser::binary(int min_precedence) {
  Nesting nesting(*this);
  if (!nesting) return nullptr;
  SourceRange start;
  begin_range(start, at());
  Expr* left = unary(min_precedence);
  if (!left) return nullptr;
  for (;;) {
    const Binary& found = kBinary.of[static_cast<int>(kind())];
    if (found.precedence < min_precedence || found.precedence == 0) return left;
    if (found.precedence > kCompare) {
      ++pos_;
      Expr* right = binary(found.precedence + 1);
      if (!right) return nullptr;
      auto* made = node_from<BinOp>(start);
      made->left = left;
      made->op = found.op;
      made->right = right;
      left = made;
    } else if (found.precedence == kCompare) {
      // A lone `not` is no operator: let whoever called see it.
      if (is(K::KwNot) && next_kind() != K::KwIn) return left;
      left = comparison(left, start);
      if (!left) return nullptr;
    } else {
      const K op = kind();
      size_t base = mark();
      push(left);
      while (accept(op)) {
        Expr* value = binary(found.precedence + 1);
        if (!value) return nullptr;
        push(value);
      }
      auto* made = node_from<BoolOp>(start);
      made->op = op == K::KwOr ? BoolOperator::Or : BoolOperator::And;
      made->values = take<Expr>(base);
      left = made;
    }
  }
}

// A chain of comparisons after `left`.
Expr* Parser::comparison(Expr* left, const SourceRange& start) {
  size_t base = mark();
  size_t ops_base = comparisons_.size();
  for (;;) {
    CmpOperator op;
    switch (kind()) {
      case K::EqualEqual: op = CmpOperator::Eq; break;
      case K::NotEqual:
        if ((text_[at().start] == '<') != barry_) return nullptr;
        op = CmpOperator::NotEq;
        break;
      case K::Less: op = CmpOperator::Lt; break;
      case K::LessEqual: op = CmpOperator::LtE; break;
      case K::Greater: op = CmpOperator::Gt; break;
      case K::GreaterEqual: op = CmpOperator::GtE; break;
      case K::KwIn: op = CmpOperator::In; break;
      case K::KwIs:
        op = CmpOperator::Is;
        if (next_kind() == K::KwNot) {
          op = CmpOperator::IsNot;
          ++pos_;
        }
        break;
      case K::KwNot:
        if (next_kind() == K::KwIn) {
          op = CmpOperator::NotIn;
          ++pos_;
          break;
        }
        [[fallthrough]];
      default: {
        auto* made = node_from<Compare>(start);
        made->left = left;
        made->ops = copy_values(comparisons_, ops_base);
        comparisons_.resize_down(ops_base);
        made->comparators = take<Expr>(base);
        return made;
      }
    }
    ++pos_;
    Expr* right = bitwise_or();
    if (!right) return nullptr;
    comparisons_.add() = op;
    push(right);
  }
}

Expr* Parser::unary(int min_precedence) {
  UnaryOperator op;
  switch (kind()) {
    case K::KwNot:
      if (min_precedence > kNot) return nullptr;
      op = UnaryOperator::Not;
      break;
    case K::Minus: op = UnaryOperator::USub; break;
    case K::Plus: op = UnaryOperator::UAdd; break;
    case K::Tilde: op = UnaryOperator::Invert; break;
    default: return power();
  }
  Nesting nesting(*this);
  if (!nesting) return nullptr;
  uint32_t first = pos_++;
  Expr* operand = op == UnaryOperator::Not ? binary(kNot) : unary(kTerm + 1);
  if (!operand) return nullptr;
  auto* made = node<UnaryOp>(first);
  made->op = op;
  made->operand = operand;
  return made;
}

Expr* Parser::power() {
  uint32_t first = pos_;
  bool awaits = accept(K::KwAwait);
  Expr* left = primary();
  if (!left) return nullptr;
  if (awaits) {
    auto* made = node<Await>(first);
    made->value = left;
    left = made;
  }
  if (!is(K::DoubleStar)) return left;
  Nesting nesting(*this);
  if (!nesting) return nullptr;
  ++pos_;
  Expr* right = unary(kTerm + 1);
  if (!right) return nullptr;
  auto* made = node<BinOp>(first);
  made->left = left;
  made->op = Operator::Pow;
  made->right = right;
  return made;
}

// ---- primaries ----

Expr* Parser::primary() {
  SourceRange start;
  begin_range(start, at());
  Expr* value = atom();
  if (!value) return nullptr;
  K k = kind();
  if (k != K::Dot && k != K::LeftParen && k != K::LeftBracket) return value;
  return primary_tail(value, start);
}

Expr* Parser::primary_tail(Expr* value, const SourceRange& start) {
  for (;;) {
    switch (kind()) {
      case K::Dot: {
        ++pos_;
        Identifier name;
        if (!accept_identifier(name)) return nullptr;
        auto* made = node_from<Attribute>(start);
        made->value = value;
        made->attr = name;
        value = made;
        break;
      }
      case K::LeftParen: {
        uint32_t open = pos_++;
        Seq<Expr*> args;
        Seq<Keyword*> keywords;
        if (!arguments(args, keywords, open, true)) return nullptr;
        auto* made = node_from<Call>(start);
        made->func = value;
        made->args = args;
        made->keywords = keywords;
        value = made;
        break;
      }
      case K::LeftBracket: {
        ++pos_;
        Expr* index = slices();
        if (!index || !accept(K::RightBracket)) return nullptr;
        auto* made = node_from<Subscript>(start);
        made->value = value;
        made->slice = index;
        value = made;
        break;
      }
      default: return value;
    }
  }
}

Expr* Parser::atom() {
  switch (kind()) {
    case K::Name: {
      auto* made = arena_.make<Name>();
      made->kind = Name::kKind;
      const Token& t = at();
      begin_range(made->range, t);
      made->range.end_lineno = made->range.lineno;
      made->range.end_col_offset = made->range.col_offset + static_cast<int>(t.end - t.start);
      made->id = identifier(t);
      ++pos_;
      return made;
    }
    case K::Number: return number();
    case K::String:
    case K::FStringStart:
    case K::TStringStart: return strings();
    case K::KwNone: return constant(ConstantKind::None);
    case K::KwTrue: return constant(ConstantKind::True);
    case K::KwFalse: return constant(ConstantKind::False);
    case K::Ellipsis: return constant(ConstantKind::Ellipsis);
    case K::LeftParen: return parenthesised();
    case K::LeftBracket: return list_display();
    case K::LeftBrace: return brace_display();
    default: return nullptr;
  }
}

Expr* Parser::constant(ConstantKind constant_kind) {
  uint32_t first = pos_++;
  auto* made = node<Constant>(first);
  made->value.kind = constant_kind;
  return made;
}

Expr* Parser::number() {
  const Token& t = at();
  LiteralNotes notes;
  ConstantValue value = decode_number(text_of(t), options_.max_decimal_digits, arena_, notes);
  if (!notes.error.empty()) return nullptr;
  uint32_t first = pos_++;
  auto* made = node<Constant>(first);
  made->value = value;
  return made;
}

// ( ... ): a group, a tuple or a generator expression.
Expr* Parser::parenthesised() {
  Nesting nesting(*this);
  if (!nesting) return nullptr;
  uint32_t first = pos_++;
  if (accept(K::RightParen)) return tuple_like<Tuple>(first, {});
  if (is(K::KwYield)) {
    Expr* value = yield_expression();
    return value && accept(K::RightParen) ? value : nullptr;
  }
  bool is_starred = is(K::Star);
  Expr* value = star_named_expression();
  if (!value) return nullptr;
  if (is(K::Comma)) {
    size_t base = mark();
    push(value);
    while (accept(K::Comma) && !is(K::RightParen)) {
      Expr* element = star_named_expression();
      if (!element) return nullptr;
      push(element);
    }
    if (!accept(K::RightParen)) return nullptr;
    return tuple_like<Tuple>(first, take<Expr>(base));
  }
  if (is_starred) return nullptr;
  if (accept(K::RightParen)) return value;
  Seq<Comprehension*> clauses;
  if (!at_comprehension() || !for_if_clauses(clauses) || !accept(K::RightParen)) return nullptr;
  auto* made = node<GeneratorExp>(first);
  made->elt = value;
  made->generators = clauses;
  return made;
}

Expr* Parser::list_display() {
  Nesting nesting(*this);
  if (!nesting) return nullptr;
  uint32_t first = pos_++;
  if (accept(K::RightBracket)) return tuple_like<List>(first, {});
  bool is_starred = is(K::Star);
  Expr* value = star_named_expression();
  if (!value) return nullptr;
  if (!is_starred && at_comprehension()) {
    Seq<Comprehension*> clauses;
    if (!for_if_clauses(clauses) || !accept(K::RightBracket)) return nullptr;
    auto* made = node<ListComp>(first);
    made->elt = value;
    made->generators = clauses;
    return made;
  }
  size_t base = mark();
  push(value);
  while (accept(K::Comma) && !is(K::RightBracket)) {
    Expr* element = star_named_expression();
    if (!element) return nullptr;
    push(element);
  }
  if (!accept(K::RightBracket)) return nullptr;
  return tuple_like<List>(first, take<Expr>(base));
}

// { ... }: a dict, a set, or a comprehension of either.
Expr* Parser::brace_display() {
  Nesting nesting(*this);
  if (!nesting) return nullptr;
  uint32_t first = pos_++;
  if (accept(K::RightBrace)) return node<Dict>(first);

  bool is_plain = !is(K::Star) && !is(K::DoubleStar) && !(is(K::Name) && next_kind() == K::ColonEqual);
  Expr* key = nullptr;
  if (!is(K::DoubleStar)) {
    key = star_named_expression();
    if (!key) return nullptr;
    if (!is_plain || !is(K::Colon)) {  // a set
      if (at_comprehension() && !as<Starred>(key)) {
        Seq<Comprehension*> clauses;
        if (!for_if_clauses(clauses) || !accept(K::RightBrace)) return nullptr;
        auto* made = node<SetComp>(first);
        made->elt = key;
        made->generators = clauses;
        return made;
      }
      size_t base = mark();
      push(key);
      while (accept(K::Comma) && !is(K::RightBrace)) {
        Expr* element = star_named_expression();
        if (!element) return nullptr;
        push(element);
      }
      if (!accept(K::RightBrace)) return nullptr;
      auto* made = node<Set>(first);
      made->elts = take<Expr>(base);
      return made;
    }
  }

  // A dict: keys and values alternate on the scratch stack.
  size_t base = mark();
  for (;;) {
    Expr* value = nullptr;
    if (key) {
      if (!accept(K::Colon)) return nullptr;
      value = expression();
      if (!value) return nullptr;
      if (mark() == base && at_comprehension()) {
        Seq<Comprehension*> clauses;
        if (!for_if_clauses(clauses) || !accept(K::RightBrace)) return nullptr;
        auto* made = node<DictComp>(first);
        made->key = key;
        made->value = value;
        made->generators = clauses;
        return made;
      }
    } else {
      ++pos_;  // **
      value = bitwise_or();
      if (!value) return nullptr;
    }
    push(key);
    push(value);
    if (!accept(K::Comma) || is(K::RightBrace)) break;
    key = nullptr;
    if (!is(K::DoubleStar)) {
      key = expression();
      if (!key) return nullptr;
    }
  }
  if (!accept(K::RightBrace)) return nullptr;
  auto* made = node<Dict>(first);
  size_t count = (mark() - base) / 2;
  made->keys = {arena_.make_array<Expr*>(count), count};
  made->values = {arena_.make_array<Expr*>(count), count};
  for (size_t i = 0; i < count; ++i) {
    made->keys[i] = static_cast<Expr*>(scratch_[base + 2 * i]);
    made->values[i] = static_cast<Expr*>(scratch_[base + 2 * i + 1]);
  }
  scratch_.resize_down(base);
  return made;
}

bool Parser::for_if_clauses(Seq<Comprehension*>& clauses) {
  size_t base = mark();
  while (at_comprehension()) {
    uint32_t first = pos_;
    bool is_async = accept(K::KwAsync);
    ++pos_;
    Expr* target = star_targets();
    if (!target || !accept(K::KwIn)) return false;
    Expr* iter = disjunction();
    if (!iter) return false;
    size_t ifs_base = mark();
    while (accept(K::KwIf)) {
      Expr* test = disjunction();
      if (!test) return false;
      push(test);
    }
    auto* made = node<Comprehension>(first);
    made->target = target;
    made->iter = iter;
    made->ifs = take<Expr>(ifs_base);
    made->is_async = is_async;
    push(made);
  }
  clauses = take<Comprehension>(base);
  return true;
}

// The inside of a call's or class's parentheses, `open` being the number of the opening one, and the closing
// one.
bool Parser::arguments(Seq<Expr*>& args, Seq<Keyword*>& keywords, uint32_t open, bool is_call) {
  if (accept(K::RightParen)) return true;
  Nesting nesting(*this);
  if (!nesting) return false;
  // Positional arguments and keywords can alternate, as in f(a=1, *b): keywords are gathered aside.
  enum { kPositional, kKeyword, kUnpacked } stage = kPositional;
  const size_t base = mark(), keywords_base = keyword_scratch_.size();
  for (;;) {
    uint32_t first = pos_;
    if (is(K::Star)) {
      if (stage == kUnpacked) return false;
      Expr* value = starred(&Parser::expression);
      if (!value) return false;
      push(value);
    } else if (is(K::DoubleStar) || (is(K::Name) && next_kind() == K::Equal)) {
      Identifier name{};
      if (accept(K::DoubleStar)) {
        stage = kUnpacked;
      } else {
        if (stage == kPositional) stage = kKeyword;
        name = identifier(at());
        pos_ += 2;
      }
      Expr* value = expression();
      if (!value) return false;
      auto* made = node<Keyword>(first);
      made->arg = name;
      made->value = value;
      keyword_scratch_.add() = made;
    } else {
      if (stage != kPositional) return false;
      Expr* value = named_expression();
      if (!value) return false;
      if (at_comprehension()) {  // f(x for x in y): the call's parentheses are the generator's too
        if (!is_call || mark() != base) return false;
        Seq<Comprehension*> clauses;
        if (!for_if_clauses(clauses) || !accept(K::RightParen)) return false;
        auto* made = node<GeneratorExp>(open);
        made->elt = value;
        made->generators = clauses;
        push(made);
        args = take<Expr>(base);
        return true;
      }
      push(value);
    }
    if (!accept(K::Comma) || is(K::RightParen)) break;
  }
  if (!accept(K::RightParen)) return false;
  args = take<Expr>(base);
  if (keyword_scratch_.size() > keywords_base) {
    keywords = copy_values(keyword_scratch_, keywords_base);
    keyword_scratch_.resize_down(keywords_base);
  }
  return true;
}

Expr* Parser::slices() {
  uint32_t first = pos_;
  bool is_starred = is(K::Star);
  Expr* value = is_starred ? starred(&Parser::expression) : slice();
  if (!value) return nullptr;
  if (!is_starred && !is(K::Comma)) return value;
  size_t base = mark();
  push(value);
  while (accept(K::Comma) && !is(K::RightBracket)) {
    Expr* element = is(K::Star) ? starred(&Parser::expression) : slice();
    if (!element) return nullptr;
    push(element);
  }
  return tuple_like<Tuple>(first, take<Expr>(base));
}

Expr* Parser::slice() {
  uint32_t first = pos_;
  Expr* lower = nullptr;
  if (!is(K::Colon)) {
    bool is_named = is(K::Name) && next_kind() == K::ColonEqual;
    lower = named_expression();
    if (!lower || !is(K::Colon)) return lower;
    if (is_named) return nullptr;
  }
  ++pos_;
  Expr *upper = nullptr, *step = nullptr;
  auto part = [&](Expr*& value) {
    if (is(K::Colon) || is(K::Comma) || is(K::RightBracket)) return true;
    value = expression();
    return value != nullptr;
  };
  if (!part(upper)) return nullptr;
  if (accept(K::Colon) && !part(step)) return nullptr;
  auto* made = node<Slice>(first);
  made->lower = lower;
  made->upper = upper;
  made->step = step;
  return made;
}

Expr* Parser::lambda() {
  Nesting nesting(*this);
  if (!nesting) return nullptr;
  uint32_t first = pos_++;
  auto* args = arena_.make<Arguments>();
  args->kind = Arguments::kKind;
  if (!parameters(args, true) || !accept(K::Colon)) return nullptr;
  Expr* body = expression();
  if (!body) return nullptr;
  auto* made = node<Lambda>(first);
  made->args = args;
  made->body = body;
  return made;
}

// ---- targets ----

bool Parser::set_context(Expr* target, ExprContext context) {
  switch (target->kind) {
    case NodeKind::Name: static_cast<Name*>(target)->ctx = context; return true;
    case NodeKind::Attribute: static_cast<Attribute*>(target)->ctx = context; return true;
    case NodeKind::Subscript: static_cast<Subscript*>(target)->ctx = context; return true;
    case NodeKind::Starred: {
      auto* starred_target = static_cast<Starred*>(target);
      if (context == ExprContext::Del || ast::is<Starred>(starred_target->value)) return false;
      starred_target->ctx = context;
      return set_context(starred_target->value, context);
    }
    case NodeKind::List:
      static_cast<List*>(target)->ctx = context;
      for (Expr* element : static_cast<List*>(target)->elts)
        if (!set_context(element, context)) return false;
      return true;
    case NodeKind::Tuple:
      static_cast<Tuple*>(target)->ctx = context;
      for (Expr* element : static_cast<Tuple*>(target)->elts)
        if (!set_context(element, context)) return false;
      return true;
    default: return false;
  }
}

Expr* Parser::star_target() {
  Expr* target = is(K::Star) ? starred(&Parser::bitwise_or) : bitwise_or();
  return target && set_context(target, ExprContext::Store) ? target : nullptr;
}

Expr* Parser::star_targets() {
  uint32_t first = pos_;
  Expr* target = star_target();
  if (!target || !is(K::Comma)) return target;
  size_t base = mark();
  push(target);
  while (accept(K::Comma) && begins_expression(kind())) {
    Expr* element = star_target();
    if (!element) return nullptr;
    push(element);
  }
  auto* made = tuple_like<Tuple>(first, take<Expr>(base));
  made->ctx = ExprContext::Store;
  return made;
}

// ---- parameters ----

Arg* Parser::parameter(bool annotations, bool star_annotation) {
  uint32_t first = pos_;
  Identifier name;
  if (!accept_identifier(name)) return nullptr;
  Expr* annotation = nullptr;
  if (annotations && accept(K::Colon)) {
    annotation = star_annotation ? star_expression() : expression();
    if (!annotation) return nullptr;
  }
  auto* made = node<Arg>(first);
  made->arg = name;
  made->annotation = annotation;
  return made;
}

// Up to the `)` of a def or the `:` of a lambda, which is not read.
bool Parser::parameters(Arguments* args, bool is_lambda) {
  const K end = is_lambda ? K::Colon : K::RightParen;
  if (is(end)) return true;
  // Three lists grow at once; positional parameters, their defaults, and keyword-only ones each get their own
  // stretch of a small local buffer.
  Buffer<Arg*> positional, keyword_only;
  Buffer<Expr*> defaults, keyword_defaults;
  size_t slash = 0;
  bool seen_slash = false, seen_star = false, need_keyword = false;
  for (;;) {
    const bool is_parameter = !is(K::Slash) && !(is(K::Star) && next_kind() == K::Comma);
    if (is(K::Slash)) {
      if (seen_slash || seen_star || positional.size() == 0) return false;
      ++pos_;
      seen_slash = true;
      slash = positional.size();
    } else if (is(K::Star)) {
      if (seen_star) return false;
      ++pos_;
      seen_star = true;
      if (is(K::Comma)) {
        need_keyword = true;
      } else {
        args->vararg = parameter(!is_lambda, true);
        if (!args->vararg) return false;
      }
    } else if (is(K::DoubleStar)) {
      if (need_keyword) return false;
      ++pos_;
      args->kwarg = parameter(!is_lambda, false);
      if (!args->kwarg) return false;
    } else {
      Arg* made = parameter(!is_lambda, false);
      if (!made) return false;
      Expr* value = nullptr;
      if (accept(K::Equal)) {
        value = expression();
        if (!value) return false;
      }
      if (seen_star) {
        need_keyword = false;
        keyword_only.add() = made;
        keyword_defaults.add() = value;
      } else {
        if (!value && defaults.size()) return false;
        positional.add() = made;
        if (value) defaults.add() = value;
      }
    }
    bool comma = accept(K::Comma);
    if (is(K::TypeComment) && !is_lambda) {
      Arg* last = args->kwarg           ? args->kwarg
                  : keyword_only.size() ? keyword_only.back()
                  : seen_star           ? args->vararg
                  : positional.size()   ? positional.back()
                                        : nullptr;
      if (!last || !is_parameter) return false;
      type_comment(last->type_comment);
    }
    if (is(end)) break;
    if (!comma || args->kwarg) return false;
  }
  if (need_keyword) return false;
  auto stretch = [&](const Buffer<Arg*>& from, size_t begin, size_t finish) {
    Seq<Arg*> seq{arena_.make_array<Arg*>(finish - begin), finish - begin};
    for (size_t i = begin; i < finish; ++i) seq[i - begin] = from[i];
    return seq;
  };
  args->posonlyargs = stretch(positional, 0, slash);
  args->args = stretch(positional, slash, positional.size());
  args->kwonlyargs = stretch(keyword_only, 0, keyword_only.size());
  args->defaults = copy_values(defaults, 0);
  args->kw_defaults = copy_values(keyword_defaults, 0);
  return true;
}

}  // namespace krait::syntax
