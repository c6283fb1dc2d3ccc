// The parser proper, shared by its files: statements.cpp, expressions.cpp, strings.cpp, patterns.cpp.
//
// Recursive descent over the token array; binary operators by precedence. A function that finds no match returns null
// (or false) and says nothing: what is wrong is the business of diagnose.cpp, which looks again, slowly, with
// CPython's grammar in hand. Rules for these files:
//   1. A function that returned null may have moved `pos_`; whoever wants to try something else restores it.
//   2. Retrying is bounded: only the head of `match` and a parenthesised `with` are read twice, and nothing within
//      them can be retried again. So the time is linear.
//   3. Every cycle of recursion goes through `Nesting`.
//   4. Children are gathered on `scratch_` and copied to the arena when their number is known.
#pragma once

#include <cstring>

#include "syntax/ast.hpp"
#include "syntax/lexer.hpp"
#include "syntax/literals.hpp"
#include "syntax/parser.hpp"
#include "syntax/token.hpp"

namespace krait::syntax {

/// Equal names get the same memory.
class NameTable {
 public:
  NameTable() { grow(256); }
  ~NameTable() { std::free(slots_); }
  NameTable(const NameTable&) = delete;
  NameTable& operator=(const NameTable&) = delete;

  /// `text` interned; if it is new, the table refers to it from now on, so it must live in the arena.
  /// Up to 8 bytes after its end must be readable.
  std::string_view intern(std::string_view text) {
    uint64_t hash = hash_of(text);
    for (size_t i = hash & mask_;; i = (i + 1) & mask_) {
      Slot& slot = slots_[i];
      if (!slot.data) {
        slot = {text.data(), static_cast<uint32_t>(text.size()), static_cast<uint32_t>(hash >> 32)};
        if (++count_ * 2 > mask_) grow((mask_ + 1) * 2);
        return text;
      }
      if (slot.size == text.size() && slot.hash == static_cast<uint32_t>(hash >> 32) &&
          std::memcmp(slot.data, text.data(), text.size()) == 0)
        return {slot.data, slot.size};
    }
  }

 private:
  struct Slot {
    const char* data;
    uint32_t size;
    uint32_t hash;
  };

  static uint64_t hash_of(std::string_view text) {
    uint64_t hash = text.size() * 0x9E3779B97F4A7C15u;
    const char* p = text.data();
    size_t left = text.size();
    for (; left >= 8; p += 8, left -= 8) {
      uint64_t word;
      std::memcpy(&word, p, 8);
      hash = (hash ^ word) * 0x9E3779B97F4A7C15u;
      hash ^= hash >> 32;
    }
    uint64_t word;
    std::memcpy(&word, p, 8);
    if (left) hash ^= word & (~uint64_t{0} >> (64 - 8 * left));
    hash *= 0x9E3779B97F4A7C15u;
    return hash ^ (hash >> 29);
  }

  void grow(size_t capacity) {
    Slot* old = slots_;
    size_t old_capacity = old ? mask_ + 1 : 0;
    slots_ = static_cast<Slot*>(std::calloc(capacity, sizeof(Slot)));
    if (!slots_) std::abort();
    mask_ = capacity - 1;
    for (size_t n = 0; n < old_capacity; ++n) {
      if (!old[n].data) continue;
      size_t i = hash_of({old[n].data, old[n].size}) & mask_;
      while (slots_[i].data) i = (i + 1) & mask_;
      slots_[i] = old[n];
    }
    std::free(old);
  }

  Slot* slots_ = nullptr;
  size_t mask_ = 0, count_ = 0;
};

/// A statement that parsed: its first token and the one after its last.
struct ParsedStatement {
  uint32_t first, next;
};

class Parser {
 public:
  Parser(const Source& source, const ParseOptions& options, Tokens& tokens, Arena& arena)
      : text_(source.text.data()),
        options_(options),
        tokens_(tokens),
        list_(tokens.list.data()),
        arena_(arena),
        barry_(options.barry_as_flufl) {}

  /// The whole input by `options.mode`; null on failure.
  ast::Mod* module();

  /// Why it failed beyond a syntax error: MemoryError or Interrupted, else None.
  ErrorKind fatal() const { return fatal_; }
  const Buffer<ParsedStatement>& parsed_statements() const { return parsed_; }
  uint32_t position() const { return pos_; }

 private:
  using K = TokenKind;

  /// Counts the depth of recursion. Converts to false when it is too deep; the parser then fails for good.
  class Nesting {
   public:
    explicit Nesting(Parser& parser) : parser_(parser) { ++parser_.depth_; }
    ~Nesting() { --parser_.depth_; }
    Nesting(const Nesting&) = delete;
    explicit operator bool() const {
      const char here = 0;
      if (__builtin_expect(parser_.depth_ < kMaxDepth && &here > parser_.options_.stack_limit, 1))
        return parser_.may_go_on();
      parser_.fatal_ = ErrorKind::MemoryError;
      return false;
    }

   private:
    Parser& parser_;
  };
  static constexpr int kMaxDepth = 6000;
  static constexpr uint32_t kPollEvery = 4096;  // tokens

  /// Asks every few thousand tokens whether time and memory are left.
  bool may_go_on() { return __builtin_expect(pos_ < poll_at_, 1) || poll(); }
  bool poll();

  // ---- tokens ----

  const Token& at() const { return list_[pos_]; }
  K kind() const { return list_[pos_].kind; }
  K next_kind() const { return list_[pos_ + 1].kind; }
  bool is(K k) const { return kind() == k; }
  bool accept(K k) {
    if (kind() != k) return false;
    ++pos_;
    return true;
  }
  std::string_view text_of(const Token& t) const { return {text_ + t.start, t.end - t.start}; }
  bool is_word(std::string_view word) const { return is(K::Name) && text_of(at()) == word; }

  // ---- nodes ----

  void begin_range(ast::SourceRange& range, const Token& t) const {
    range.lineno = static_cast<int>(t.line);
    range.col_offset = static_cast<int>(t.start - tokens_.line_start[t.line]);
  }
  void end_range(ast::SourceRange& range, const Token& t) const {
    uint32_t line = t.flags & Token::kManyLines ? tokens_.line_of(t.end, t.line) : t.line;
    range.end_lineno = static_cast<int>(line);
    range.end_col_offset = static_cast<int>(t.end - tokens_.line_start[line]);
  }
  /// Ends a range at the last token read that is no line or block structure.
  void end_range(ast::SourceRange& range) const {
    uint32_t last = pos_ - 1;
    while (list_[last].kind >= K::Newline && list_[last].kind <= K::Dedent) --last;
    end_range(range, list_[last]);
  }
  /// A node from token number `first` to the last one read.
  template <class T>
  T* node(uint32_t first) {
    T* made = arena_.make<T>();
    made->kind = T::kKind;
    begin_range(made->range, list_[first]);
    end_range(made->range);
    return made;
  }
  /// A node that begins where `start` does, for what grows to the right.
  template <class T>
  T* node_from(const ast::SourceRange& start) {
    T* made = arena_.make<T>();
    made->kind = T::kKind;
    made->range.lineno = start.lineno;
    made->range.col_offset = start.col_offset;
    end_range(made->range, list_[pos_ - 1]);
    return made;
  }

  // ---- gathering children ----

  template <class T>
  ast::Seq<T*> take(size_t base) {
    size_t count = scratch_.size() - base;
    ast::Seq<T*> seq;
    if (count) {
      seq.items = arena_.make_array<T*>(count);
      seq.count = count;
      std::memcpy(static_cast<void*>(seq.items), &scratch_[base], count * sizeof(void*));
      scratch_.resize_down(base);
    }
    return seq;
  }
  template <class T>
  ast::Seq<T> copy_values(const Buffer<T>& values, size_t base) {
    ast::Seq<T> seq;
    seq.count = values.size() - base;
    if (seq.count) {
      seq.items = arena_.make_array<T>(seq.count);
      std::memcpy(static_cast<void*>(seq.items), &values[base], seq.count * sizeof(T));
    }
    return seq;
  }
  void push(void* child) { scratch_.add() = child; }
  size_t mark() const { return scratch_.size(); }

  // ---- names (expressions.cpp) ----

  ast::Identifier identifier(const Token& t);
  bool accept_identifier(ast::Identifier& name);
  bool dotted_name(ast::Identifier& name);

  // ---- expressions (expressions.cpp) ----

  ast::Expr* star_expressions();
  ast::Expr* expressions();
  ast::Expr* star_expression();
  ast::Expr* expression();
  ast::Expr* named_expression();
  ast::Expr* star_named_expression();
  ast::Expr* yield_expression();
  ast::Expr* yield_or_star_expressions();
  ast::Expr* starred(ast::Expr* (Parser::*operand)());
  ast::Expr* bitwise_or();
  ast::Expr* disjunction();
  ast::Expr* binary(int min_precedence);
  ast::Expr* comparison(ast::Expr* left, const ast::SourceRange& start);
  ast::Expr* unary(int min_precedence);
  ast::Expr* power();
  ast::Expr* primary();
  ast::Expr* primary_tail(ast::Expr* value, const ast::SourceRange& start);
  ast::Expr* atom();
  ast::Expr* constant(ast::ConstantKind kind);
  ast::Expr* number();
  ast::Expr* parenthesised();
  ast::Expr* list_display();
  ast::Expr* brace_display();
  ast::Expr* lambda();
  ast::Expr* slices();
  ast::Expr* slice();
  bool for_if_clauses(ast::Seq<ast::Comprehension*>& clauses);
  bool at_comprehension() const { return is(K::KwFor) || (is(K::KwAsync) && next_kind() == K::KwFor); }
  bool arguments(ast::Seq<ast::Expr*>& args, ast::Seq<ast::Keyword*>& keywords, uint32_t open, bool is_call);
  template <class T>
  T* tuple_like(uint32_t first, ast::Seq<ast::Expr*> elements);

  // Targets: expressions that turn out to be assigned to.
  bool set_context(ast::Expr* target, ast::ExprContext context);
  ast::Expr* star_targets();
  ast::Expr* star_target();

  bool parameters(ast::Arguments* args, bool is_lambda);
  ast::Arg* parameter(bool annotations, bool star_annotation);

  // ---- strings (strings.cpp) ----

  ast::Expr* strings();
  ast::Expr* plain_string(const Token& t);
  bool format_string_parts();
  bool replacement_field(bool is_template, bool raw);
  ast::Expr* format_spec(bool is_template, bool raw);
  ast::Seq<ast::Expr*> fold_strings(size_t base);
  ast::Expr* text_constant(std::string_view value, const ast::SourceRange& range, bool is_bytes = false);
  std::string_view expression_text(const Token& open, const Token& end);
  void warn_about_escape(const Token& t, std::string_view body, const LiteralNotes& notes);

  // ---- statements (statements.cpp) ----

  bool statements(ast::Seq<ast::Stmt*>& body);
  bool statement();
  bool simple_statements();
  ast::Stmt* simple_statement();
  ast::Stmt* expression_statement();
  ast::Stmt* assignment(ast::Expr* value, uint32_t first);
  ast::Stmt* compound_statement();
  bool block(ast::Seq<ast::Stmt*>& body);
  bool colon_block(ast::Seq<ast::Stmt*>& body);
  ast::Stmt* decorated();
  ast::Stmt* function_def(uint32_t first, ast::Seq<ast::Expr*> decorators);
  ast::Stmt* class_def(uint32_t first, ast::Seq<ast::Expr*> decorators);
  bool type_params(ast::Seq<ast::TypeParam*>& params);
  ast::Stmt* if_statement();
  ast::Stmt* while_statement();
  ast::Stmt* for_statement(uint32_t first);
  ast::Stmt* with_statement(uint32_t first);
  bool with_items(ast::Seq<ast::WithItem*>& items, bool in_parentheses);
  ast::Stmt* try_statement();
  ast::ExceptHandler* except_handler(bool star);
  bool else_block(ast::Seq<ast::Stmt*>& body);
  ast::Stmt* import_statement();
  ast::Stmt* from_statement();
  ast::Stmt* type_alias();
  ast::Stmt* delete_statement();
  ast::Stmt* name_list_statement(bool is_global);
  void type_comment(ast::String& comment);
  template <class Plain, class Async>
  ast::Stmt* make_function(uint32_t first, bool is_async);

  // ---- match (patterns.cpp) ----

  bool may_begin_match() const;
  ast::Stmt* match_statement();
  ast::Expr* match_subject();
  ast::MatchCase* match_case();
  ast::Pattern* patterns();
  ast::Pattern* pattern();
  ast::Pattern* star_or_pattern();
  ast::Pattern* closed_pattern();
  ast::Pattern* sequence_pattern();
  ast::Pattern* mapping_pattern();
  ast::Pattern* class_pattern(ast::Expr* cls, uint32_t first);
  ast::Expr* name_or_attribute();
  ast::Expr* literal_number();
  bool capture_name(ast::Identifier& name);

  const char* const text_;
  const ParseOptions& options_;
  Tokens& tokens_;
  const Token* const list_;
  Arena& arena_;
  NameTable names_;
  uint32_t pos_ = 0;
  int depth_ = 0;
  uint32_t poll_at_ = kPollEvery;
  ErrorKind fatal_ = ErrorKind::None;
  bool barry_;
  Buffer<void*> scratch_;
  Buffer<ast::Keyword*> keyword_scratch_;
  Buffer<ast::CmpOperator> comparisons_;
  Buffer<ParsedStatement> parsed_;
  std::string join_;
};

}  // namespace krait::syntax
