// The slow second look at a text with a syntax error.
//
// diagnose_grammar.inc is read into a table of rules and interpreted over the tokens, twice: once without the
// invalid_ rules, to find the furthest token that was looked at (where a plain "invalid syntax" is reported),
// and once with them. Rules for this file:
//   1. What CPython looks at decides where it reports: `touch` every token that is compared.
//   2. A raise ends everything: `raised_` is checked after each step.
//   3. Steps and memory are bounded, recursion checks the real stack; on exhaustion the answer is the plain
//      error at the best known place. Hostile texts get a poorer message, not a longer wait.
#include "syntax/diagnose.hpp"

#include <algorithm>
#include <cstdio>

namespace krait::syntax {
namespace {

using K = TokenKind;

constexpr std::string_view kGrammar =
#include "syntax/diagnose_grammar.inc"
    ;

constexpr uint64_t kMaxSteps = 40'000'000;
constexpr uint64_t kPollSteps = 100'000;
constexpr size_t kMaxMemory = 256 << 20;
constexpr size_t kMaxItems = 16;                // of one alternative
constexpr size_t kStackWithoutLimit = 1 << 20;  // bytes used at most when the caller names no limit

// ---- the table ----

// What matched: enough of a tree to name expressions and find their parts.
enum class Kind : uint8_t {
  None,
  Seq,
  Token,
  Part,
  Name,
  Attribute,
  Subscript,
  Starred,
  List,
  Tuple,
  Lambda,
  Call,
  Operation,
  GeneratorExp,
  Yield,
  Await,
  ListComp,
  SetComp,
  DictComp,
  Dict,
  Set,
  JoinedStr,
  TemplateStr,
  Constant,
  Literal,
  Bytes,
  Compare,
  IfExp,
  NamedExpr,
  Slice,
  Keyword,
  Unpacking,
  Args,
  Clause,
};

constexpr std::string_view kKindNames[] = {
    "None",     "Seq",       "Token", "Part",      "Name",         "Attribute", "Subscript", "Starred",  "List",
    "Tuple",    "Lambda",    "Call",  "Operation", "GeneratorExp", "Yield",     "Await",     "ListComp", "SetComp",
    "DictComp", "Dict",      "Set",   "JoinedStr", "TemplateStr",  "Constant",  "Literal",   "Bytes",    "Compare",
    "IfExp",    "NamedExpr", "Slice", "Keyword",   "Unpacking",    "Args",      "Clause",
};

struct Match {
  Kind kind;
  uint32_t first, next;  // tokens [first, next)
  Match** parts;
  uint32_t count;
};

enum class ActionKind : uint8_t { None, Make, Raise, Check };

struct Action {
  ActionKind kind = ActionKind::None;
  Kind make = Kind::None;
  std::string_view name;
  std::string_view message;
  uint8_t captures[2] = {0, 0};
  uint8_t count = 0;
};

struct Alternative;

struct Item {
  enum Look : uint8_t { Plain, Ahead, NotAhead, Forced, Cut } look = Plain;
  enum Repeat : uint8_t { Once, Optional, Any, Some, Separated } repeat = Once;
  enum What : uint8_t { Token, Soft, AnySoft, Rule, Group } what = Token;
  K token = K::EndMarker;
  K separator = K::EndMarker;
  uint8_t capture = 0;  // 0 none, else letter
  uint16_t rule = 0;
  std::string_view text;
  Alternative* group = nullptr;
};

struct Alternative {
  Item* items = nullptr;
  uint32_t count = 0;
  Action action;
  bool invalid_only = false;  // nothing but an invalid_ rule
  Alternative* next = nullptr;
};

struct Rule {
  std::string_view name;
  Alternative* first = nullptr;
  bool shared_memo = false;
  bool without_invalid = false;
};

// Reads the grammar. It is our own text: there is no error handling beyond an abort.
class Grammar {
 public:
  explicit Grammar(Arena& arena) : arena_(arena), p_(kGrammar.data()), end_(p_ + kGrammar.size()) {
    rules_.reserve(320);
    for (int i = 0; i < kTokenKindCount; ++i) {
      std::string_view text = token_text(static_cast<K>(i));
      if (text.empty()) continue;
      size_t at = token_slot(text);
      while (tokens_[at] != K::EndMarker) at = (at + 1) % 512;
      tokens_[at] = static_cast<K>(i);
    }
    while (skip()) {
      uint16_t index = rule_index(word());
      bool memo = accept('!');
      expect(':');
      Alternative* first = alternatives();
      expect(';');
      Rule& rule = rules_[index];
      rule.first = first;
      rule.shared_memo = memo;
      rule.without_invalid = rule.name.ends_with("_without_invalid");
    }
    for (const Rule& rule : rules_)
      if (!rule.first) std::abort();
  }

  uint16_t find(std::string_view name) { return rule_index(name); }
  const Rule& operator[](uint16_t i) const { return rules_[i]; }
  size_t size() const { return rules_.size(); }

 private:
  static bool is_word(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_'; }

  bool skip() {
    while (p_ < end_) {
      if (*p_ == ' ' || *p_ == '\n')
        ++p_;
      else if (*p_ == '/' && p_[1] == '/')
        while (p_ < end_ && *p_ != '\n') ++p_;
      else
        return true;
    }
    return false;
  }
  bool accept(char c) {
    if (!skip() || *p_ != c) return false;
    ++p_;
    return true;
  }
  void expect(char c) {
    if (!accept(c)) std::abort();
  }
  std::string_view word() {
    skip();
    const char* from = p_;
    while (p_ < end_ && is_word(*p_)) ++p_;
    if (p_ == from) std::abort();
    return {from, static_cast<size_t>(p_ - from)};
  }
  std::string_view until(char quote) {
    const char* from = p_;
    while (*p_ != quote) ++p_;
    return {from, static_cast<size_t>(p_++ - from)};
  }

  uint16_t rule_index(std::string_view name) {
    size_t mask = std::size(index_) - 1, at = 0;
    for (char c : name) at = at * 31 + static_cast<unsigned char>(c);
    for (at &= mask; index_[at]; at = (at + 1) & mask)
      if (rules_[index_[at] - 1u].name == name) return static_cast<uint16_t>(index_[at] - 1);
    rules_.push_back({name});
    index_[at] = static_cast<uint16_t>(rules_.size());
    return static_cast<uint16_t>(rules_.size() - 1);
  }

  // Operators and keywords by their text.
  static size_t token_slot(std::string_view text) {
    size_t hash = text.size();
    for (char c : text) hash = hash * 33 + static_cast<unsigned char>(c);
    return hash % 512;
  }
  K token_kind(std::string_view text) {
    for (size_t at = token_slot(text); tokens_[at] != K::EndMarker; at = (at + 1) % 512)
      if (token_text(tokens_[at]) == text) return tokens_[at];
    std::abort();
  }

  Alternative* alternatives() {
    Alternative* first = nullptr;
    Alternative** link = &first;
    do {
      *link = alternative();
      link = &(*link)->next;
    } while (accept('|'));
    return first;
  }

  Alternative* alternative() {
    auto* made = arena_.make<Alternative>();
    Item items[kMaxItems];
    size_t count = 0;
    for (;;) {
      if (!skip()) break;
      char c = *p_;
      if (c == '|' || c == ';' || c == ')' || c == ']') break;
      if (c == '=' && p_[1] == '>') {
        p_ += 2;
        made->action.kind = ActionKind::Make;
        std::string_view name = word();
        for (size_t i = 0; i < std::size(kKindNames); ++i)
          if (kKindNames[i] == name) made->action.make = static_cast<Kind>(i);
        if (made->action.make == Kind::None) std::abort();
        captures(made->action);
        break;
      }
      if (c == '^' || c == '@') {
        ++p_;
        made->action.kind = c == '^' ? ActionKind::Raise : ActionKind::Check;
        made->action.name = word();
        captures(made->action);
        if (c == '^') {
          expect('`');
          made->action.message = until('`');
        }
        break;
      }
      if (count == kMaxItems) std::abort();
      items[count++] = item();
    }
    made->count = static_cast<uint32_t>(count);
    made->items = arena_.make_array<Item>(count);
    for (size_t i = 0; i < count; ++i) new (&made->items[i]) Item(items[i]);
    made->invalid_only =
        count == 1 && items[0].what == Item::Rule && rules_[items[0].rule].name.starts_with("invalid_");
    return made;
  }

  void captures(Action& action) {
    expect('(');
    while (!accept(')')) action.captures[action.count++] = static_cast<uint8_t>(word()[0]);
  }

  Item item() {
    Item made;
    if (accept('~')) {
      made.look = Item::Cut;
      return made;
    }
    if (is_word(*p_) && p_[1] == '=' && p_[2] != '>') {
      made.capture = static_cast<uint8_t>(*p_);
      p_ += 2;
    }
    if (*p_ == '&') {
      ++p_;
      made.look = Item::Ahead;
      if (*p_ == '&') {
        ++p_;
        made.look = Item::Forced;
      }
    } else if (*p_ == '!') {
      ++p_;
      made.look = Item::NotAhead;
    }
    if (accept('[')) {
      made.what = Item::Group;
      made.repeat = Item::Optional;
      made.group = alternatives();
      expect(']');
      return made;
    }
    operand(made);
    if (*p_ == '.' && made.what == Item::Token) {
      ++p_;
      K separator = made.token;
      operand(made);
      made.separator = separator;
      made.repeat = Item::Separated;
      expect('+');
    } else if (*p_ == '*') {
      ++p_;
      made.repeat = Item::Any;
    } else if (*p_ == '+') {
      ++p_;
      made.repeat = Item::Some;
    }
    return made;
  }

  void operand(Item& made) {
    skip();
    if (*p_ == '\'') {
      ++p_;
      made.what = Item::Token;
      made.token = token_kind(until('\''));
    } else if (*p_ == '"') {
      ++p_;
      made.what = Item::Soft;
      made.text = until('"');
    } else if (accept('(')) {
      made.what = Item::Group;
      made.group = alternatives();
      expect(')');
    } else {
      std::string_view name = word();
      if (name == "SOFT_KEYWORD") {
        made.what = Item::AnySoft;
      } else if (name[0] >= 'A' && name[0] <= 'Z') {
        made.what = Item::Token;
        made.token = K::Error;
        for (int i = 0; i < kTokenKindCount && made.token == K::Error; ++i)
          if (name == token_name(static_cast<K>(i))) made.token = static_cast<K>(i);
        if (made.token == K::Error) std::abort();
      } else {
        made.what = Item::Rule;
        made.rule = rule_index(name);
      }
    }
  }

  Arena& arena_;
  const char* p_;
  const char* end_;
  std::vector<Rule> rules_;
  uint16_t index_[1024] = {};
  K tokens_[512] = {};
};

// ---- the interpreter ----

class Diagnosis {
 public:
  Diagnosis(const DiagnoseInput& input, const char* stack_limit)
      : in_(input),
        text_(input.source.text.data()),
        list_(input.tokens.list.data()),
        token_count_(input.tokens.list.size()),
        grammar_(arena_),
        stack_limit_(stack_limit) {
    memo_heads_.reserve(token_count_);
    statements_.reserve(token_count_);
    for (size_t i = 0; i < token_count_; ++i) {
      memo_heads_.add() = 0;
      statements_.add() = 0;
    }
    for (size_t i = 0; i < in_.parsed.size(); ++i) statements_[in_.parsed[i].first] = in_.parsed[i].next;
    statement_rule_ = grammar_.find("statement");
    primary_tail_ = grammar_.find("primary_tail");
    atom_ = grammar_.find("atom");
    t_lookahead_ = grammar_.find("t_lookahead");
    operand_ = grammar_.find("operand");
    inversion_ = grammar_.find("inversion");
  }

  SyntaxErrorInfo run();

 private:
  Match* rule(uint16_t index);
  Match* alternatives(Alternative* first);
  Match* item(const Item& item);
  Match* once(const Item& item);
  Match* repeated(const Item& item);
  [[gnu::noinline]] Match* act(const Action& action, Match* const* captured, uint32_t first);
  [[gnu::noinline]] Match* raise(const Action& action, Match* a, Match* b);
  [[gnu::noinline]] Match* check(const Action& action, Match* a, Match* b, uint32_t first);
  void note_future_import(uint32_t first, uint32_t end);
  Match* primary_chain(bool as_target);
  Match* operator_chain();

  Match* make(Kind kind, uint32_t first) { return arena_.make<Match>(kind, first, mark_, nullptr, 0u); }
  Match* make(Kind kind, uint32_t first, const Buffer<Match*>& parts, size_t base) {
    Match* made = make(kind, first);
    made->count = static_cast<uint32_t>(parts.size() - base);
    if (made->count) {
      made->parts = arena_.make_array<Match*>(made->count);
      std::memcpy(made->parts, &parts[base], made->count * sizeof(Match*));
    }
    return made;
  }

  // Looks at the token at mark_: it counts as read from now on, and if the lexer gave up there, that is the
  // error.
  const Token& touch() {
    if (mark_ >= filled_) {
      filled_ = mark_ + 1;
      if (list_[mark_].kind == K::Error) raise_lexical();
    }
    return list_[mark_];
  }
  bool exhausted();

  // Tokens that only structure lines; CPython gives them no column.
  static bool is_textless(const Token& t) {
    return t.kind == K::Indent || t.kind == K::Dedent || t.kind == K::EndMarker ||
           (t.kind == K::Newline && t.start == t.end);
  }

  // Raising.
  uint32_t last_significant(const Match* m) const {
    uint32_t last = m->next ? m->next - 1 : 0;
    while (last > m->first && list_[last].kind >= K::Newline && list_[last].kind <= K::Dedent) --last;
    return last;
  }
  [[gnu::noinline]] void raise_lexical() {
    raised_ = true;
    lexical_ = true;
    error_ = in_.tokens.error;
  }
  void raise_tokens(const Token& from, const Token& to, std::string message, ErrorKind kind = ErrorKind::SyntaxError);
  void raise_at_token(uint32_t token, std::string message, ErrorKind kind = ErrorKind::SyntaxError);
  void raise_last(std::string message, ErrorKind kind = ErrorKind::SyntaxError) {
    raise_at_token(filled_ - 1, std::move(message), kind);
  }
  void raise_range(const Match* a, const Match* b, std::string message) {
    raise_tokens(list_[a->first], list_[last_significant(b)], std::move(message));
  }
  [[gnu::noinline]] void raise_expected(K kind) {
    raise_tokens(touch(), touch(), "expected '" + std::string(token_text(kind)) + "'");
  }
  void raise_from(const Match* a, std::string message);
  void raise_target(const Match* e, bool deletes, bool for_target);
  const Match* invalid_target(const Match* e, bool deletes, bool for_target) const;
  std::string string_prefix(uint32_t i) const;
  std::string format(std::string_view message, const Match* subject) const;
  const char* expression_name(const Match* e) const;
  std::string_view token_string(uint32_t i) const { return {text_ + list_[i].start, list_[i].end - list_[i].start}; }

  std::string_view line_text(uint32_t line) const;
  int character_offset(uint32_t line, uint32_t column) const {
    std::string_view text{text_ + in_.tokens.line_start[line], column};
    return static_cast<int>(count_characters(text));
  }
  void look_for_lexical_error(uint32_t error_line);
  bool at_end_of_source() const;

  const DiagnoseInput& in_;
  const char* const text_;
  const Token* const list_;
  const size_t token_count_;
  Arena arena_;
  Grammar grammar_;
  uint16_t statement_rule_, primary_tail_, atom_, t_lookahead_, operand_, inversion_;

  struct Memo {
    Match* match;
    uint32_t next_entry;
    uint32_t mark;
    uint16_t key;
  };
  Buffer<uint32_t> memo_heads_;  // per token, an index into memo_ + 1
  Buffer<Memo> memo_;
  Buffer<uint32_t> statements_;  // per token: the end of the statement that begins there, 0 if none parsed
  Buffer<Match*> stack_;

  const char* stack_limit_;
  const size_t memory_budget_ = std::min(kMaxMemory, in_.arena.remaining());
  uint32_t mark_ = 0;
  uint32_t filled_ = 0;
  uint32_t last_token_ = 0;  // the furthest that was looked at without invalid rules
  bool invalid_rules_ = false;
  bool raised_ = false;
  bool lexical_ = false;
  bool gave_up_ = false;
  bool barry_ = false;
  uint64_t steps_ = 0;
  SyntaxErrorInfo error_;
};

bool Diagnosis::exhausted() {
  const char here = 0;
  ++steps_;
  if (__builtin_expect(steps_ % kPollSteps == 0, 0)) {
    if (in_.options.poll && in_.options.poll(in_.options.poll_context)) {
      raised_ = gave_up_ = true;
      error_.kind = ErrorKind::Interrupted;
      return true;
    }
    if (arena_.reserved() + memo_.bytes() > memory_budget_) raised_ = gave_up_ = true;
  }
  if (steps_ > kMaxSteps || &here < stack_limit_) raised_ = gave_up_ = true;
  return raised_;
}

Match* Diagnosis::rule(uint16_t index) {
  if (exhausted()) return nullptr;
  touch();
  if (raised_) return nullptr;
  const Rule& r = grammar_[index];
  // A statement that ends where the error is may have a word to say about what follows it (an `elif` after
  // its else).
  if (index == statement_rule_ && statements_[mark_] && (!invalid_rules_ || statements_[mark_] + 1 < last_token_)) {
    uint32_t first = mark_;
    mark_ = statements_[mark_];
    note_future_import(first, mark_);
    return make(Kind::Seq, first);
  }
  // Results of rules that CPython does not remember can depend on whether invalid rules are on.
  const uint16_t key = static_cast<uint16_t>(index * 2 + (!r.shared_memo && invalid_rules_ ? 1 : 0));
  const uint32_t at = mark_;
  for (uint32_t entry = memo_heads_[at]; entry;) {
    const Memo& memo = memo_[entry - 1];
    if (memo.key == key) {
      mark_ = memo.mark;
      return memo.match;
    }
    entry = memo.next_entry;
  }
  const bool saved = invalid_rules_;
  if (r.without_invalid) invalid_rules_ = false;
  Match* found = alternatives(r.first);
  invalid_rules_ = saved;
  if (raised_) return nullptr;
  if (!found) mark_ = at;
  memo_.add() = {found, memo_heads_[at], mark_, key};
  memo_heads_[at] = static_cast<uint32_t>(memo_.size());
  return found;
}

/// `from __future__ import barry_as_FLUFL` among the tokens: from there on, it is `<>` and not `!=`.
void Diagnosis::note_future_import(uint32_t first, uint32_t end) {
  if (end - first < 4 || list_[first].kind != K::KwFrom || list_[first + 1].kind != K::Name ||
      token_string(first + 1) != "__future__" || list_[first + 2].kind != K::KwImport)
    return;
  for (uint32_t i = first + 3; i < end && list_[i].kind != K::Newline; ++i)
    if (list_[i].kind == K::Name && token_string(i) == "barry_as_FLUFL") barry_ = true;
}

Match* Diagnosis::alternatives(Alternative* first) {
  if (exhausted()) return nullptr;
  const uint32_t start = mark_;
  for (Alternative* alt = first; alt; alt = alt->next) {
    if (alt->invalid_only && !invalid_rules_) continue;
    mark_ = start;
    Match* captured[2] = {nullptr, nullptr};
    Match* only = nullptr;
    bool cut = false, good = true;
    int plain = 0;
    size_t base = stack_.size();
    for (uint32_t i = 0; i < alt->count; ++i) {
      const Item& it = alt->items[i];
      if (it.look == Item::Cut) {
        cut = true;
        continue;
      }
      Match* found = item(it);
      if (raised_) return nullptr;
      if (!found) {
        good = false;
        break;
      }
      if (it.look == Item::Plain || it.look == Item::Forced) {
        only = found;
        ++plain;
      }
      for (int c = 0; c < alt->action.count; ++c)
        if (it.capture && it.capture == alt->action.captures[c]) captured[c] = found;
    }
    stack_.resize_down(base);
    if (good) {
      if (alt->action.kind == ActionKind::None) return plain == 1 ? only : make(Kind::Seq, start);
      return act(alt->action, captured, start);  // null here fails the whole rule
    }
    if (cut) break;
  }
  mark_ = start;
  return nullptr;
}

Match* Diagnosis::item(const Item& it) {
  const uint32_t start = mark_;
  switch (it.look) {
    case Item::Plain: break;
    case Item::Cut: return nullptr;
    case Item::Ahead:
    case Item::NotAhead: {
      Match* found = once(it);
      mark_ = start;
      if (raised_) return nullptr;
      bool wanted = it.look == Item::Ahead;
      return (found != nullptr) == wanted ? (found ? found : make(Kind::None, start)) : nullptr;
    }
    case Item::Forced: {
      Match* found = once(it);
      if (raised_ || found) return found;
      raise_expected(it.token);
      return nullptr;
    }
  }
  if (it.repeat == Item::Once) return once(it);
  return repeated(it);
}

Match* Diagnosis::once(const Item& it) {
  switch (it.what) {
    case Item::Token: {
      const Token& t = touch();
      if (raised_ || t.kind != it.token) return nullptr;
      uint32_t first = mark_++;
      return make(Kind::Token, first);
    }
    case Item::Soft:
    case Item::AnySoft: {
      const Token& t = touch();
      if (raised_ || t.kind != K::Name) return nullptr;
      std::string_view text = token_string(mark_);
      bool good =
          it.what == Item::Soft ? text == it.text : text == "match" || text == "case" || text == "_" || text == "type";
      if (!good) return nullptr;
      uint32_t first = mark_++;
      return make(Kind::Token, first);
    }
    case Item::Rule: return rule(it.rule);
    case Item::Group: return alternatives(it.group);
  }
  return nullptr;
}

Match* Diagnosis::repeated(const Item& it) {
  const uint32_t start = mark_;
  if (it.repeat == Item::Optional) {
    Match* found = once(it);
    if (raised_) return nullptr;
    if (found) return found;
    mark_ = start;
    return make(Kind::None, start);
  }
  const size_t base = stack_.size();
  for (;;) {
    const uint32_t before = mark_;
    if (it.repeat == Item::Separated && stack_.size() > base) {
      const Token& t = touch();
      if (raised_) return nullptr;
      if (t.kind != it.separator) break;
      ++mark_;
    }
    Match* found = once(it);
    if (raised_) return nullptr;
    if (!found) {
      mark_ = before;
      break;
    }
    stack_.add() = found;
    if (mark_ == before) break;
  }
  if (it.repeat != Item::Any && stack_.size() == base) {
    mark_ = start;
    return nullptr;
  }
  Match* made = make(Kind::Seq, start, stack_, base);
  stack_.resize_down(base);
  return made;
}

// Primaries are left-recursive, so they are read in a loop. As the head of a target, each part of one must be
// followed by another.
Match* Diagnosis::primary_chain(bool as_target) {
  auto more_follows = [&] {
    if (!as_target) return true;
    const uint32_t saved = mark_;
    Match* found = rule(t_lookahead_);
    mark_ = saved;
    return found != nullptr;
  };
  const uint32_t first = mark_;
  Match* value = rule(atom_);
  if (!value || raised_ || !more_follows()) return nullptr;
  for (;;) {
    const uint32_t before = mark_;
    Match* tail = rule(primary_tail_);
    if (raised_) return nullptr;
    if (!tail || !more_follows()) {
      mark_ = before;
      return raised_ ? nullptr : value;
    }
    value = arena_.make<Match>(tail->kind, first, mark_, nullptr, 0u);
  }
}

// Operands joined by arithmetic and bitwise operators. How tightly each binds does not matter here.
Match* Diagnosis::operator_chain() {
  const uint32_t first = mark_;
  Match* value = rule(operand_);
  if (!value || raised_) return nullptr;
  for (;;) {
    const K kind = touch().kind;
    if (raised_) return nullptr;
    const bool bitwise =
        kind == K::Pipe || kind == K::Caret || kind == K::Ampersand || kind == K::LeftShift || kind == K::RightShift;
    const bool arithmetic = kind == K::Plus || kind == K::Minus || kind == K::Star || kind == K::Slash ||
                            kind == K::DoubleSlash || kind == K::Percent || kind == K::At;
    if (!bitwise && !arithmetic) return value;
    const uint32_t before = mark_++;
    if (arithmetic && invalid_rules_ && touch().kind == K::KwNot && !raised_) {
      const uint32_t word = mark_;
      if (Match* negated = rule(inversion_)) {
        raise_tokens(list_[word], list_[last_significant(negated)], "'not' after an operator must be parenthesized");
      }
      if (raised_) return nullptr;
      mark_ = word;
    }
    Match* right = raised_ ? nullptr : rule(operand_);
    if (raised_) return nullptr;
    if (!right) {
      mark_ = before;
      return value;
    }
    value = make(Kind::Operation, first);
  }
}

Match* Diagnosis::act(const Action& action, Match* const* captured, uint32_t first) {
  if (action.kind == ActionKind::Make) {
    if (action.make == Kind::Part && action.count == 1) return captured[0];
    const size_t base = stack_.size();
    for (int c = 0; c < action.count; ++c) {
      Match* m = captured[c];
      if (!m || m->kind == Kind::None) continue;
      if (m->kind == Kind::Seq)
        for (uint32_t i = 0; i < m->count; ++i) stack_.add() = m->parts[i];
      else
        stack_.add() = m;
    }
    // Args and Clause tell their captures apart.
    if (action.make == Kind::Args || action.make == Kind::Clause || action.make == Kind::Compare) {
      stack_.resize_down(base);
      for (int c = 0; c < action.count; ++c) stack_.add() = captured[c];
    }
    Match* made = make(action.make == Kind::Part ? Kind::Seq : action.make, first, stack_, base);
    stack_.resize_down(base);
    return made;
  }
  Match* a = action.count > 0 ? captured[0] : nullptr;
  Match* b = action.count > 1 ? captured[1] : nullptr;
  if (action.kind == ActionKind::Check) {
    // The frames that recursion goes through are kept small: check's is not.
    if (action.count == 0) {
      if (action.name == "operators") return operator_chain();
      return primary_chain(action.name == "t_primary");
    }
    return check(action, a, b, first);
  }

  return raise(action, a, b);
}

Match* Diagnosis::raise(const Action& action, Match* a, Match* b) {
  const std::string_view how = action.name;
  std::string message = format(action.message, how == "range_of_first" || !b ? a : b);
  auto last_item = [](Match* seq) { return seq->kind == Kind::Seq && seq->count ? seq->parts[seq->count - 1] : seq; };
  if (how == "at") {
    raise_range(a, a, std::move(message));
  } else if (how == "range" || how == "range_of_first") {
    raise_range(a, last_item(b), std::move(message));
  } else if (how == "all") {
    raise_range(a->count ? a->parts[0] : a, last_item(a), std::move(message));
  } else if (how == "last_of") {
    raise_range(last_item(a), b, std::move(message));
  } else if (how == "from") {
    raise_from(a, std::move(message));
  } else if (how == "last") {
    raise_last(std::move(message));
  } else if (how == "indent") {
    raise_last(std::move(message), ErrorKind::IndentationError);
  } else if (how == "next") {
    touch();
    if (!raised_) raise_at_token(mark_, std::move(message));
  } else if (how == "clauses") {
    Match* clause = last_item(b);
    Match* conditions = clause->parts[1];
    raise_range(a, conditions->count ? last_item(conditions) : clause->parts[0], std::move(message));
  } else {
    std::abort();
  }
  return nullptr;
}

// The actions that need more than a position.
Match* Diagnosis::check(const Action& action, Match* a, Match* b, uint32_t first) {
  const std::string_view name = action.name;
  auto is_name = [&](const Match* m, std::string_view text) {
    return m->kind == Kind::Name && token_string(m->first) == text;
  };
  if (name == "missing_comma") {
    if (is_name(a, "print") || is_name(a, "exec") || list_[mark_ - 1].level == 0) return nullptr;
    raise_range(a, b, "invalid syntax. Perhaps you forgot a comma?");
    return nullptr;
  }
  if (name == "legacy") {
    std::string_view word = token_string(a->first);
    if (word != "print" && word != "exec") return nullptr;
    raise_range(
        a, b,
        "Missing parentheses in call to '" + std::string(word) + "'. Did you mean " + std::string(word) + "(...)?");
    return nullptr;
  }
  if (name == "star_target" || name == "for_target" || name == "del_target") {
    raise_target(a, name == "del_target", name == "for_target");
    return nullptr;
  }
  if (name == "type_variable_bound" || name == "parameters_bound") {
    std::string message = b->kind == Kind::Tuple ? "cannot use constraints with " : "cannot use bound with ";
    raise_from(a, message + (name == "parameters_bound" ? "ParamSpec" : "TypeVarTuple"));
    return nullptr;
  }
  if (name == "generator_in_call") {
    // One argument and a clause is a generator: f(x for x in y).
    const Match* last = nullptr;
    uint32_t count = 0;
    for (int c = 0; c < static_cast<int>(a->count); ++c) {
      Match* list = a->parts[c];
      for (uint32_t i = 0; i < list->count; ++i) {
        Match* m = list->parts[i];
        if (m->kind == Kind::Keyword || m->kind == Kind::Unpacking) continue;
        ++count;
        last = m;
      }
    }
    if (count <= 1) return nullptr;
    Match* clause = b->parts[b->count - 1];
    Match* conditions = clause->parts[1];
    raise_range(last, conditions->count ? conditions->parts[conditions->count - 1] : clause->parts[0],
                "Generator expression must be parenthesized");
    return nullptr;
  }
  if (name == "argument_order") {
    bool unpacking = false;
    for (uint32_t c = 0; c < a->count; ++c)
      for (uint32_t i = 0; i < a->parts[c]->count; ++i) unpacking |= a->parts[c]->parts[i]->kind == Kind::Unpacking;
    raise_last(unpacking ? "positional argument follows keyword argument unpacking"
                         : "positional argument follows keyword argument");
    return nullptr;
  }
  if (name == "missing_value") {
    // From the last character of the key to nowhere.
    const Token& from = list_[a->first];
    const Token& to = list_[last_significant(a)];
    uint32_t end_line = in_.tokens.line_of(to.end, to.line);
    raise_tokens(from, to, "':' expected after dictionary key");
    error_.offset = character_offset(from.line, in_.tokens.column(to.end, end_line));
    error_.end_offset = 0;
    return nullptr;
  }
  if (name == "not_equal") {
    bool diamond = text_[list_[a->first].start] == '<';
    if (diamond == barry_) return a;
    if (barry_)
      raise_last("with Barry as BDFL, use '<>' instead of '!='");
    else
      raise_tokens(list_[a->first], list_[a->first], "invalid syntax.  Maybe you meant '!=' instead of '<>'?");
    return nullptr;
  }
  if (name == "future_import") {
    note_future_import(a->first - 1, b->next);
    return make(Kind::Seq, first);
  }
  if (name == "number") {
    LiteralNotes notes;
    decode_number(token_string(a->first), in_.options.max_decimal_digits, arena_, notes);
    if (notes.error.empty()) return make(Kind::Literal, first);
    raise_tokens(list_[a->first], list_[a->first], notes.error);
    error_.offset = 0;
    error_.end_offset = 0;
    return nullptr;
  }
  if (name == "real_number" || name == "imaginary_number") {
    char last = static_cast<char>(token_string(a->first).back() | 32);
    bool hex = token_string(a->first).size() > 1 && (token_string(a->first)[1] | 32) == 'x';
    bool imaginary = last == 'j' && !hex;
    if (imaginary == (name == "imaginary_number")) return make(Kind::Literal, first);
    raise_range(a, a,
                imaginary ? "real number required in complex literal" : "imaginary number required in complex literal");
    return nullptr;
  }
  if (name == "string" || name == "string_part") {
    std::string_view token = token_string(a->first);
    bool raw = false, bytes = false;
    if (name == "string") {
      size_t i = 0;
      for (; token[i] != '\'' && token[i] != '"'; ++i) {
        raw |= (token[i] | 32) == 'r';
        bytes |= (token[i] | 32) == 'b';
      }
      size_t quotes = token.size() - i >= 6 && token[i] == token[i + 1] && token[i] == token[i + 2] ? 3 : 1;
      token = token.substr(i + quotes, token.size() - i - 2 * quotes);
    }
    LiteralNotes notes;
    decode_string(token, raw, bytes, arena_, notes);
    if (notes.error.empty()) return make(bytes ? Kind::Bytes : Kind::Literal, first);
    if (bytes && notes.error.starts_with("bytes can only"))
      raise_range(a, a, notes.error);
    else
      raise_last(notes.error);
    return nullptr;
  }
  if (name == "format_string") {
    bool raw = false;
    for (char c : token_string(a->first)) raw |= (c | 32) == 'r';
    for (uint32_t i = 0; i < b->count; ++i) {
      const Match* part = b->parts[i];
      if (part->kind != Kind::Token) continue;
      LiteralNotes notes;
      decode_string(token_string(part->first), raw, false, arena_, notes);
      if (!notes.error.empty()) {
        raise_range(part, part, notes.error);
        return nullptr;
      }
    }
    return make(list_[first].kind == K::FStringStart ? Kind::JoinedStr : Kind::TemplateStr, first);
  }
  if (name == "conversion") {
    if (list_[b->first].start == list_[a->first].end) return b;
    raise_range(a, b, string_prefix(a->first) + ": conversion type must come right after the exclamation mark");
    return nullptr;
  }
  if (name == "conversion_letter") {
    if (a->kind == Kind::None) return make(Kind::Seq, first);
    std::string_view text = token_string(a->first);
    if (text == "s" || text == "r" || text == "a") return make(Kind::Seq, first);
    raise_range(a, a,
                string_prefix(a->first) + ": invalid conversion character '" + std::string(text) +
                    "': expected 's', 'r', or 'a'");
    return nullptr;
  }
  if (name == "concatenate") {
    bool bytes = false, text = false, formatted = false;
    for (uint32_t i = 0; i < a->count; ++i) {
      Kind kind = a->parts[i]->kind;
      (kind == Kind::Bytes ? bytes : kind == Kind::JoinedStr ? formatted : text) = true;
    }
    if (bytes && (text || formatted)) {
      raise_last("cannot mix bytes and nonbytes literals");
      return nullptr;
    }
    return make(formatted ? Kind::JoinedStr : Kind::Literal, first);
  }
  std::abort();
}

// ---- raising ----

std::string_view Diagnosis::line_text(uint32_t line) const {
  const char* from = text_ + in_.tokens.line_start[line];
  const char* end = text_ + in_.source.text.size();
  const char* to = static_cast<const char*>(std::memchr(from, '\n', static_cast<size_t>(end - from)));
  if (!to) return {from, static_cast<size_t>(end - from)};
  // The newline that only the lexer needed is not shown, but CPython adds one itself to files.
  bool hidden = to + 1 == end && in_.source.added_newline && in_.options.mode != ParseMode::Exec;
  return {from, static_cast<size_t>(to - from) + (hidden ? 0 : 1)};
}

void Diagnosis::raise_tokens(const Token& from, const Token& to, std::string message, ErrorKind kind) {
  raised_ = true;
  const uint32_t end_line = to.kind == K::Newline ? to.line : in_.tokens.line_of(to.end, to.line);
  error_.kind = kind;
  error_.message = std::move(message);
  error_.lineno = static_cast<int>(from.line);
  error_.offset = character_offset(from.line, in_.tokens.column(from.start, from.line)) + 1;
  error_.end_lineno = static_cast<int>(end_line);
  error_.end_offset = character_offset(end_line, in_.tokens.column(to.end, end_line)) + 1;
  error_.text = line_text(from.line);
  if (is_textless(from)) error_.offset = 0;
  if (is_textless(to)) error_.end_offset = 0;
}

// "f-string" or "t-string", whichever token `i` is within.
std::string Diagnosis::string_prefix(uint32_t i) const {
  int ends = 0;
  for (;; --i) {
    K kind = list_[i].kind;
    if (kind == K::FStringEnd || kind == K::TStringEnd) ++ends;
    if ((kind == K::FStringStart || kind == K::TStringStart) && ends-- == 0)
      return kind == K::FStringStart ? "f-string" : "t-string";
  }
}

void Diagnosis::raise_at_token(uint32_t token, std::string message, ErrorKind kind) {
  const Token& t = list_[token];
  raise_tokens(t, t, std::move(message), kind);
  if (is_textless(t)) {  // the place that the lexer had reached, counted from 0
    error_.offset = character_offset(t.line, in_.tokens.column(t.start, t.line));
    error_.end_offset = -1;
  }
}

// From `a` to wherever the lexer had got.
void Diagnosis::raise_from(const Match* a, std::string message) {
  const Token& last = list_[filled_ - 1];
  raise_tokens(list_[a->first], last, std::move(message));
  error_.end_offset -= 1;
}

const Match* Diagnosis::invalid_target(const Match* e, bool deletes, bool for_target) const {
  switch (e->kind) {
    case Kind::List:
    case Kind::Tuple:
      for (uint32_t i = 0; i < e->count; ++i)
        if (const Match* found = invalid_target(e->parts[i], deletes, for_target)) return found;
      return nullptr;
    case Kind::Starred: return deletes ? e : invalid_target(e->parts[0], deletes, for_target);
    case Kind::Compare:
      // `for a in b` reads as a comparison.
      if (!for_target) return e;
      if (list_[e->parts[1]->parts[0]->first].kind == K::KwIn) return invalid_target(e->parts[0], deletes, for_target);
      return nullptr;
    case Kind::Name:
    case Kind::Subscript:
    case Kind::Attribute: return nullptr;
    default: return e;
  }
}

void Diagnosis::raise_target(const Match* e, bool deletes, bool for_target) {
  const Match* wrong = invalid_target(e, deletes, for_target);
  if (!wrong) return;
  raise_range(wrong, wrong, std::string(deletes ? "cannot delete " : "cannot assign to ") + expression_name(wrong));
}

const char* Diagnosis::expression_name(const Match* e) const {
  switch (e->kind) {
    case Kind::Attribute: return "attribute";
    case Kind::Subscript: return "subscript";
    case Kind::Starred: return "starred";
    case Kind::Name: return "name";
    case Kind::List: return "list";
    case Kind::Tuple: return "tuple";
    case Kind::Lambda: return "lambda";
    case Kind::Call: return "function call";
    case Kind::Operation: return "expression";
    case Kind::GeneratorExp: return "generator expression";
    case Kind::Yield: return "yield expression";
    case Kind::Await: return "await expression";
    case Kind::ListComp: return "list comprehension";
    case Kind::SetComp: return "set comprehension";
    case Kind::DictComp: return "dict comprehension";
    case Kind::Dict: return "dict literal";
    case Kind::Set: return "set display";
    case Kind::JoinedStr: return "f-string expression";
    case Kind::TemplateStr: return "t-string expression";
    case Kind::Compare: return "comparison";
    case Kind::IfExp: return "conditional expression";
    case Kind::NamedExpr: return "named expression";
    case Kind::Constant:
      switch (list_[e->first].kind) {
        case K::KwNone: return "None";
        case K::KwTrue: return "True";
        case K::KwFalse: return "False";
        default: return "ellipsis";
      }
    default: return "literal";
  }
}

std::string Diagnosis::format(std::string_view message, const Match* subject) const {
  std::string out;
  for (size_t i = 0; i < message.size(); ++i) {
    if (message[i] != '%') {
      out += message[i];
      continue;
    }
    switch (message[++i]) {
      case 'n': out += expression_name(subject); break;
      case 'l': out += std::to_string(list_[subject->first].line); break;
      case 't': out += token_string(subject->first); break;
      default: std::abort();
    }
  }
  return out;
}

// After a syntax error CPython reads the rest of the source: an error of the lexer there comes first, and so
// does a bracket left open on a line before the error. It does not look into f-strings.
void Diagnosis::look_for_lexical_error(uint32_t error_line) {
  if (list_[token_count_ - 1].kind != K::Error || in_.tokens.error_in_format_string) return;
  if (!in_.tokens.error_is_raised) {
    if (!in_.tokens.open_bracket || error_line <= in_.tokens.open_bracket_line) return;
    const uint32_t line = in_.tokens.open_bracket_line;
    error_ = {};
    error_.kind = ErrorKind::SyntaxError;
    error_.message = std::string("'") + in_.tokens.open_bracket + "' was never closed";
    error_.lineno = error_.end_lineno = static_cast<int>(line);
    error_.offset = character_offset(line, in_.tokens.open_bracket_col) + 1;
    error_.end_offset = 0;
    error_.text = line_text(line);
    return;
  }
  error_ = in_.tokens.error;
}

bool Diagnosis::at_end_of_source() const {
  const Token& last = list_[filled_ - 1];
  if (last.kind == K::Error) return in_.tokens.error_is_eof || in_.tokens.error_is_unfinished;
  const size_t size = in_.source.text.size() - (in_.source.added_newline && in_.options.mode != ParseMode::Exec);
  // The lexer reads one character further than a token, strings aside.
  const bool is_string = last.kind == K::String || (last.kind >= K::FStringStart && last.kind <= K::TStringEnd);
  return last.end >= size && !is_string && !(last.kind == K::Newline && last.start < size);
}

SyntaxErrorInfo Diagnosis::run() {
  const char* start = in_.options.mode == ParseMode::Eval       ? "eval"
                      : in_.options.mode == ParseMode::Single   ? "interactive"
                      : in_.options.mode == ParseMode::FuncType ? "func_type"
                                                                : "file";
  const uint16_t start_rule = grammar_.find(start);
  barry_ = in_.options.barry_as_flufl;
  rule(start_rule);
  if (in_.options.allow_incomplete_input && !gave_up_ && filled_ && at_end_of_source()) {
    error_ = {};
    if (list_[filled_ - 1].kind == K::Error) {
      error_ = in_.tokens.error;
    } else {
      raise_last("");
    }
    error_.kind = ErrorKind::IncompleteInput;
    error_.message = "incomplete input";
    return error_;
  }
  const uint32_t last_token = last_token_ = filled_ ? filled_ - 1 : 0;
  if (in_.several_statements) {
    raise_last("multiple statements found while compiling a single statement");
    return error_;
  }
  if (!raised_) {
    mark_ = 0;
    invalid_rules_ = true;
    barry_ = in_.options.barry_as_flufl;
    for (size_t i = 0; i < token_count_; ++i) memo_heads_[i] = 0;
    memo_.resize_down(0);
    stack_.resize_down(0);
    rule(start_rule);
  }
  if (raised_ && !gave_up_) {
    if (!lexical_) look_for_lexical_error(list_[filled_ - 1].line);
    return error_;
  }
  if (error_.kind == ErrorKind::Interrupted) return error_;
  const uint32_t error_line = list_[filled_ ? filled_ - 1 : 0].line;
  const Token& last = list_[last_token];
  if (last.kind == K::Error) {
    raise_lexical();
    return error_;
  }
  if (last.kind == K::Indent || last.kind == K::Dedent) {
    raise_last(last.kind == K::Indent ? "unexpected indent" : "unexpected unindent", ErrorKind::IndentationError);
    return error_;
  }
  raise_tokens(last, last, "invalid syntax");
  if (in_.source.text.empty()) {
    error_.lineno = error_.end_lineno = error_.offset = error_.end_offset = 0;
    error_.text = std::string_view("");
  }
  look_for_lexical_error(error_line);
  return error_;
}

}  // namespace

SyntaxErrorInfo diagnose(const DiagnoseInput& input) {
  const char here = 0;
  const char* limit = input.options.stack_limit;
  SyntaxErrorInfo error = Diagnosis(input, limit ? limit : &here - kStackWithoutLimit).run();
  // The statement at fault follows the last one that parsed before the error.
  uint32_t next = 0;
  for (size_t i = 0; i < input.parsed.size(); ++i) {
    const uint32_t end = input.parsed[i].next;
    if (end < input.tokens.list.size() && static_cast<int>(input.tokens.list[end].line) <= error.lineno) {
      next = std::max(next, end);
      const Token& first = input.tokens.list[input.parsed[i].first];
      const bool compound = first.kind == K::KwIf || first.kind == K::KwWhile || first.kind == K::KwFor ||
                            first.kind == K::KwTry || first.kind == K::KwWith || first.kind == K::KwDef ||
                            first.kind == K::KwClass || first.kind == K::At || first.kind == K::KwAsync ||
                            (first.kind == K::Name && input.tokens.list[end - 1].kind == K::Dedent);  // match
      if (compound && static_cast<int>(first.line) >= error.last_statement_line) {
        error.last_statement_line = static_cast<int>(first.line);
        error.last_statement_column = static_cast<int>(input.tokens.column(first.start, first.line));
      }
    }
  }
  error.statement_line = static_cast<int>(input.tokens.list[next].line);
  return error;
}

}  // namespace krait::syntax
