// The match statement and its patterns (PEP 634).
#include "syntax/parser_impl.hpp"

namespace krait::syntax {

using namespace ast;

// Whether a statement that begins with the name `match` can be a match statement, judged by the next token:
// most uses of the name are settled here, without a second reading.
bool Parser::may_begin_match() const {
  switch (next_kind()) {
    case K::Name:
    case K::Number:
    case K::String:
    case K::FStringStart:
    case K::TStringStart:
    case K::LeftParen:
    case K::LeftBracket:
    case K::LeftBrace:
    case K::Minus:
    case K::Plus:
    case K::Tilde:
    case K::Star:
    case K::Ellipsis:
    case K::KwNot:
    case K::KwLambda:
    case K::KwAwait:
    case K::KwNone:
    case K::KwTrue:
    case K::KwFalse: return true;
    default: return false;
  }
}

Expr* Parser::match_subject() {
  uint32_t first = pos_;
  bool is_starred = is(K::Star);
  Expr* value = star_named_expression();
  if (!value) return nullptr;
  if (!is(K::Comma)) return is_starred ? nullptr : value;
  size_t base = mark();
  push(value);
  while (accept(K::Comma) && !is(K::Colon)) {
    Expr* element = star_named_expression();
    if (!element) return nullptr;
    push(element);
  }
  Seq<Expr*> elements = take<Expr>(base);
  auto* made = node<Tuple>(first);
  made->elts = elements;
  return made;
}

// Null without fatal() also when the statement is none: the caller then reads it as an expression.
Stmt* Parser::match_statement() {
  uint32_t first = pos_++;
  size_t base = mark(), ops_base = comparisons_.size();
  Expr* subject = match_subject();
  if (!subject || !is(K::Colon) || next_kind() != K::Newline || list_[pos_ + 2].kind != K::Indent) {
    scratch_.resize_down(base);
    comparisons_.resize_down(ops_base);
    return nullptr;
  }
  pos_ += 3;
  while (is_word("case")) {
    MatchCase* found = match_case();
    if (!found) return nullptr;
    push(found);
  }
  if (mark() == base || !accept(K::Dedent)) return nullptr;
  Seq<MatchCase*> cases = take<MatchCase>(base);
  auto* made = node<Match>(first);
  made->subject = subject;
  made->cases = cases;
  return made;
}

MatchCase* Parser::match_case() {
  uint32_t first = pos_++;
  Pattern* found = patterns();
  if (!found) return nullptr;
  Expr* guard = nullptr;
  if (accept(K::KwIf)) {
    guard = named_expression();
    if (!guard) return nullptr;
  }
  Seq<Stmt*> body;
  if (!colon_block(body)) return nullptr;
  auto* made = node<MatchCase>(first);
  made->pattern = found;
  made->guard = guard;
  made->body = body;
  return made;
}

// The pattern of a case: here a sequence needs no brackets.
Pattern* Parser::patterns() {
  uint32_t first = pos_;
  bool is_starred = is(K::Star);
  Pattern* found = star_or_pattern();
  if (!found) return nullptr;
  if (!is(K::Comma)) return is_starred ? nullptr : found;
  size_t base = mark();
  push(found);
  while (accept(K::Comma) && !is(K::Colon) && !is(K::KwIf)) {
    Pattern* element = star_or_pattern();
    if (!element) return nullptr;
    push(element);
  }
  Seq<Pattern*> elements = take<Pattern>(base);
  auto* made = node<MatchSequence>(first);
  made->patterns = elements;
  return made;
}

Pattern* Parser::star_or_pattern() {
  if (!is(K::Star)) return pattern();
  uint32_t first = pos_++;
  Identifier name{};
  if (is_word("_"))
    ++pos_;
  else if (!capture_name(name))
    return nullptr;
  auto* made = node<MatchStar>(first);
  made->name = name;
  return made;
}

// A name to bind: no `_`, and not the beginning of something longer.
bool Parser::capture_name(Identifier& name) {
  if (!is(K::Name) || is_word("_")) return false;
  K next = next_kind();
  if (next == K::Dot || next == K::LeftParen || next == K::Equal) return false;
  return accept_identifier(name);
}

Pattern* Parser::pattern() {
  Nesting nesting(*this);
  if (!nesting) return nullptr;
  uint32_t first = pos_;
  Pattern* found = closed_pattern();
  if (!found) return nullptr;
  if (is(K::Pipe)) {
    size_t base = mark();
    push(found);
    while (accept(K::Pipe)) {
      Pattern* alternative = closed_pattern();
      if (!alternative) return nullptr;
      push(alternative);
    }
    Seq<Pattern*> alternatives = take<Pattern>(base);
    auto* made = node<MatchOr>(first);
    made->patterns = alternatives;
    found = made;
  }
  if (!accept(K::KwAs)) return found;
  Identifier name;
  if (!capture_name(name)) return nullptr;
  auto* made = node<MatchAs>(first);
  made->pattern = found;
  made->name = name;
  return made;
}

// [-]number, or a complex number written as a sum.
Expr* Parser::literal_number() {
  uint32_t first = pos_;
  bool negative = accept(K::Minus);
  if (!is(K::Number)) return nullptr;
  Expr* value = number();
  if (!value) return nullptr;
  bool is_real = static_cast<Constant*>(value)->value.kind != ConstantKind::Complex;
  if (negative) {
    auto* made = node<UnaryOp>(first);
    made->op = UnaryOperator::USub;
    made->operand = value;
    value = made;
  }
  if (!is(K::Plus) && !is(K::Minus)) return value;
  Operator op = is(K::Plus) ? Operator::Add : Operator::Sub;
  ++pos_;
  if (!is_real || !is(K::Number)) return nullptr;
  Expr* imaginary = number();
  if (!imaginary || static_cast<Constant*>(imaginary)->value.kind != ConstantKind::Complex) return nullptr;
  auto* made = node<BinOp>(first);
  made->left = value;
  made->op = op;
  made->right = imaginary;
  return made;
}

Expr* Parser::name_or_attribute() {
  uint32_t first = pos_;
  Expr* value = atom();  // at a name
  while (value && accept(K::Dot)) {
    Identifier name;
    if (!accept_identifier(name)) return nullptr;
    auto* made = node<Attribute>(first);
    made->value = value;
    made->attr = name;
    value = made;
  }
  return value;
}

Pattern* Parser::closed_pattern() {
  uint32_t first = pos_;
  auto value_pattern = [&](Expr* value) -> Pattern* {
    if (!value) return nullptr;
    auto* made = node<MatchValue>(first);
    made->value = value;
    return made;
  };
  auto singleton = [&](ConstantKind constant_kind) -> Pattern* {
    ++pos_;
    auto* made = node<MatchSingleton>(first);
    made->value.kind = constant_kind;
    return made;
  };
  switch (kind()) {
    case K::Number:
    case K::Minus: return value_pattern(literal_number());
    case K::String:
    case K::FStringStart:
    case K::TStringStart: return value_pattern(strings());
    case K::KwNone: return singleton(ConstantKind::None);
    case K::KwTrue: return singleton(ConstantKind::True);
    case K::KwFalse: return singleton(ConstantKind::False);
    case K::LeftParen:
    case K::LeftBracket: return sequence_pattern();
    case K::LeftBrace: return mapping_pattern();
    case K::Name: break;
    default: return nullptr;
  }
  if (is_word("_")) {
    ++pos_;
    return node<MatchAs>(first);
  }
  Identifier name;
  if (capture_name(name)) {
    auto* made = node<MatchAs>(first);
    made->name = name;
    return made;
  }
  if (next_kind() == K::Equal) return nullptr;
  Expr* value = name_or_attribute();
  if (!value || is(K::Equal)) return nullptr;
  if (is(K::LeftParen)) return class_pattern(value, first);
  return value_pattern(value);
}

// ( ... ) is a group or a sequence, [ ... ] a sequence.
Pattern* Parser::sequence_pattern() {
  uint32_t first = pos_;
  const bool parenthesised = is(K::LeftParen);
  const K close = parenthesised ? K::RightParen : K::RightBracket;
  ++pos_;
  size_t base = mark();
  bool comma = false;
  while (!is(close)) {
    Pattern* element = star_or_pattern();
    if (!element) return nullptr;
    push(element);
    comma = accept(K::Comma);
    if (!comma) break;
  }
  if (!accept(close)) return nullptr;
  if (parenthesised && mark() == base + 1 && !comma) {  // a group
    auto* inner = static_cast<Pattern*>(scratch_[base]);
    scratch_.resize_down(base);
    return ast::is<MatchStar>(inner) ? nullptr : inner;
  }
  Seq<Pattern*> elements = take<Pattern>(base);
  auto* made = node<MatchSequence>(first);
  made->patterns = elements;
  return made;
}

Pattern* Parser::mapping_pattern() {
  uint32_t first = pos_++;
  size_t base = mark();
  Identifier rest{};
  while (!is(K::RightBrace)) {
    if (accept(K::DoubleStar)) {
      if (!capture_name(rest)) return nullptr;
      accept(K::Comma);
      break;
    }
    Expr* key = nullptr;
    switch (kind()) {
      case K::Number:
      case K::Minus: key = literal_number(); break;
      case K::String:
      case K::FStringStart:
      case K::TStringStart: key = strings(); break;
      case K::KwNone: key = constant(ConstantKind::None); break;
      case K::KwTrue: key = constant(ConstantKind::True); break;
      case K::KwFalse: key = constant(ConstantKind::False); break;
      case K::Name:
        key = name_or_attribute();
        if (!ast::is<Attribute>(key)) return nullptr;
        break;
      default: return nullptr;
    }
    if (!key || !accept(K::Colon)) return nullptr;
    Pattern* value = pattern();
    if (!value) return nullptr;
    push(key);
    push(value);
    if (!accept(K::Comma)) break;
  }
  if (!accept(K::RightBrace)) return nullptr;
  auto* made = node<MatchMapping>(first);
  size_t count = (mark() - base) / 2;
  made->keys = {arena_.make_array<Expr*>(count), count};
  made->patterns = {arena_.make_array<Pattern*>(count), count};
  for (size_t i = 0; i < count; ++i) {
    made->keys[i] = static_cast<Expr*>(scratch_[base + 2 * i]);
    made->patterns[i] = static_cast<Pattern*>(scratch_[base + 2 * i + 1]);
  }
  made->rest = rest;
  scratch_.resize_down(base);
  return made;
}

Pattern* Parser::class_pattern(Expr* cls, uint32_t first) {
  ++pos_;
  size_t base = mark();
  Buffer<Identifier> names;
  while (!is(K::RightParen)) {
    if (is(K::Name) && next_kind() == K::Equal) {
      names.add() = identifier(at());
      pos_ += 2;
    } else if (names.size()) {
      return nullptr;
    }
    Pattern* value = pattern();
    if (!value) return nullptr;
    push(value);
    if (!accept(K::Comma)) break;
  }
  if (!accept(K::RightParen)) return nullptr;
  auto* made = node<MatchClass>(first);
  made->cls = cls;
  made->kwd_patterns = take<Pattern>(mark() - names.size());
  made->patterns = take<Pattern>(base);
  made->kwd_attrs = copy_values(names, 0);
  return made;
}

}  // namespace krait::syntax
