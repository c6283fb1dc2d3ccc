#include "syntax/lexer.hpp"

#include <cstdlib>
#include <cstring>

#include "base/unicode.hpp"

namespace krait::syntax {
namespace {

constexpr int kMaxIndent = 100;
constexpr int kMaxLevel = 200;
constexpr int kMaxStringNesting = 150;  // f-strings within f-strings
constexpr int kMaxFieldNesting = 3;     // replacement fields within format specs
constexpr int kTabSize = 8;
constexpr uint32_t kPollEvery = 4096;  // tokens

// What a token that begins with this byte can be.
enum CharClass : uint8_t {
  kBad,    // control characters: not printable
  kOther,  // $ ? `
  kSpace,  // blank, tab, form feed
  kNewline,
  kEnd,     // the zero after the text
  kLetter,  // begins a name
  kPrefix,  // begins a name, or the prefix of a string
  kHigh,    // not ASCII
  kDigit,
  kQuote,
  kHash,
  kBackslash,
  kDot,
  kOpen,
  kClose,
  kOperator,
};

struct CharTables {
  CharClass first[256] = {};
  bool in_name[256] = {};  // ASCII letters, digits, underscore; and every non-ASCII byte
  constexpr CharTables() {
    for (int c = 0; c < 256; ++c) first[c] = c < 32 || c == 127 ? kBad : c < 128 ? kOther : kHigh;
    for (int c = 'a'; c <= 'z'; ++c) first[c] = first[c - 32] = kLetter;
    first[int{'_'}] = kLetter;
    for (char c : std::string_view("rRbBuUfFtT")) first[int{c}] = kPrefix;
    for (int c = '0'; c <= '9'; ++c) first[c] = kDigit;
    for (char c : std::string_view(" \t\f")) first[int{c}] = kSpace;
    for (char c : std::string_view("'\"")) first[int{c}] = kQuote;
    for (char c : std::string_view("([{")) first[int{c}] = kOpen;
    for (char c : std::string_view(")]}")) first[int{c}] = kClose;
    for (char c : std::string_view(":,;=+-*/%&|^@~<>!")) first[int{c}] = kOperator;
    first[int{'\n'}] = kNewline;
    first[0] = kEnd;
    first[int{'#'}] = kHash;
    first[int{'\\'}] = kBackslash;
    first[int{'.'}] = kDot;
    for (int c = 0; c < 256; ++c)
      in_name[c] = first[c] == kLetter || first[c] == kPrefix || first[c] == kDigit || first[c] == kHigh;
  }
};
constexpr CharTables kChars;

inline CharClass first_class(char c) { return kChars.first[static_cast<unsigned char>(c)]; }
inline bool in_name(char c) { return kChars.in_name[static_cast<unsigned char>(c)]; }
inline bool is_digit(char c) { return c >= '0' && c <= '9'; }
inline bool is_hex_digit(char c) { return is_digit(c) || ((c | 32) >= 'a' && (c | 32) <= 'f'); }

// ---- keywords ----

struct Keyword {
  std::string_view text;
  TokenKind kind = TokenKind::Name;
};

constexpr Keyword kKeywords[] = {
#define KEYWORD(Name, text) {text, TokenKind::Name},
#include "syntax/tokens.def"
};

// Length and three characters tell all keywords apart. The multipliers come from a random search; the
// assertion below says when a new keyword wants new ones.
constexpr unsigned keyword_hash(std::string_view text) {
  auto at = [&](size_t i) { return static_cast<unsigned>(static_cast<unsigned char>(text[i])); };
  return (static_cast<unsigned>(text.size()) + at(0) * 2u + at(1) * 101u + at(text.size() - 1) * 126u) & 127;
}

struct KeywordTable {
  Keyword slots[128] = {};
  bool is_perfect = true;
  constexpr KeywordTable() {
    for (const Keyword& k : kKeywords) {
      Keyword& slot = slots[keyword_hash(k.text)];
      is_perfect &= slot.text.empty();
      slot = k;
    }
  }
};
constexpr KeywordTable kKeywordTable;
static_assert(kKeywordTable.is_perfect);

inline TokenKind name_kind(const char* text, size_t size) {
  if (size < 2 || size > 8) return TokenKind::Name;
  const Keyword& k = kKeywordTable.slots[keyword_hash({text, size})];
  return k.text.size() == size && std::memcmp(k.text.data(), text, size) == 0 ? k.kind : TokenKind::Name;
}

// ---- the lexer ----

// The state of an f-string or t-string that is being read.
struct StringMode {
  char quote;
  uint8_t quote_size;
  bool raw;
  bool is_template;
  bool in_expression;  // between braces
  bool in_format_spec;
  bool in_debug;      // after the `=` of {x=}
  int depth;          // brackets open inside this string
  int field_depth;    // `depth` that ends the innermost replacement field, -1 outside of any
  const char* start;  // the prefix
  uint32_t line;
};

struct Bracket {
  char open;
  uint32_t line;
  uint32_t col;
};

class Lexer {
 public:
  Lexer(const Source& source, const ParseOptions& options, Tokens& tokens)
      : begin_(source.text.data()),
        end_(begin_ + source.text.size()),
        ends_without_newline_(source.added_newline && options.mode != ParseMode::Exec),
        options_(options),
        tokens_(tokens) {}

  bool run();

 private:
  enum class Step : uint8_t { Continue, Stop };

  void emit(TokenKind kind, const char* start, const char* end, uint32_t line, uint8_t flags = 0) {
    Token& t = tokens_.list.add();
    t.start = static_cast<uint32_t>(start - begin_);
    t.end = static_cast<uint32_t>(end - begin_);
    t.line = line;
    t.kind = kind;
    t.flags = flags;
    t.level = static_cast<uint8_t>(level_);
    t.unused = 0;
  }

  void new_line(const char* start) {
    ++line_;
    line_begin_ = start;
    tokens_.line_start.add() = static_cast<uint32_t>(start - begin_);
  }

  // Each reads one construct from p_ and leaves p_ after it.
  Step line_begin();
  Step indentation(int col, int alt_col);
  Step name(const char* start);
  Step string(const char* start, const char* quote);
  Step format_string(const char* start, const char* quote, bool raw, bool is_template);
  Step format_string_part();
  Step number(const char* start);
  Step operators(const char* start);
  Step open_bracket(const char* start);
  Step close_bracket(const char* start);
  Step comment(const char* start);
  bool type_comment(const char* start, const char* end);
  Step continuation();
  Step non_ascii_name(const char* start);
  void end_of_file();

  bool decimal_tail(const char*& p);
  bool end_of_number(const char* p, const char* kind);

  // Errors. `at` is how far the text was read: CPython reports the characters before it as the offset.
  Step fail(const char* at, std::string message);
  Step fail_range(int offset, int end_offset, std::string message);
  Step fail_as(ErrorKind kind, std::string message, int offset, int end_offset);
  Step fail_eof(std::string message);
  void warn(std::string message);
  std::string_view line_text(uint32_t line, bool with_newline) const;
  StringMode* mode() { return modes_.size() ? &modes_.back() : nullptr; }

  const char* const begin_;
  const char* const end_;
  const bool ends_without_newline_;  // the newline at the end is only for the lexer's loops
  const ParseOptions& options_;
  Tokens& tokens_;

  const char* p_ = nullptr;
  const char* line_begin_ = nullptr;
  uint32_t line_ = 0;
  int level_ = 0;
  int indent_count_ = 0;
  int indents_[kMaxIndent + 1] = {};
  int alt_indents_[kMaxIndent + 1] = {};  // the same with tabs one column wide, to find inconsistent use
  Bracket brackets_[kMaxLevel];
  Buffer<StringMode> modes_;
};

bool Lexer::run() {
  size_t size = static_cast<size_t>(end_ - begin_);
  tokens_.list.reserve(size / 5 + 16);
  tokens_.line_start.reserve(size / 32 + 16);
  tokens_.line_start.add() = 0;
  p_ = begin_;
  new_line(p_);
  size_t poll_at = kPollEvery;
  Step step = p_ == end_ ? Step::Continue : line_begin();
  while (step == Step::Continue) {
    if (__builtin_expect(tokens_.list.size() >= poll_at, 0)) {
      poll_at = tokens_.list.size() + kPollEvery;
      if (options_.poll && options_.poll(options_.poll_context)) return false;
    }
    if (__builtin_expect(modes_.size() != 0, 0) && !modes_.back().in_expression) {
      step = format_string_part();
      continue;
    }
    const char* p = p_;
    while (*p == ' ') ++p;
    const char* start = p;
    switch (first_class(*p)) {
      case kSpace: p_ = p + 1; break;
      case kPrefix: {
        // Up to two prefix letters may stand before a quote; with more, two of them do not go together.
        const char* q = p + 1;
        while (q - p < 5 && first_class(*q) == kPrefix) ++q;
        if (__builtin_expect(first_class(*q) == kQuote, 0)) {
          bool has_f = false, has_t = false, has_r = false, has_b = false, has_u = false;
          bool repeated = false;
          for (const char* c = p; c < q; ++c) {
            bool& flag = (*c | 32) == 'f'   ? has_f
                         : (*c | 32) == 't' ? has_t
                         : (*c | 32) == 'r' ? has_r
                         : (*c | 32) == 'b' ? has_b
                                            : has_u;
            repeated |= flag;
            flag = true;
          }
          if (!repeated) {
            const char* clash = has_u && has_b   ? "'u' and 'b'"
                                : has_u && has_r ? "'u' and 'r'"
                                : has_u && has_f ? "'u' and 'f'"
                                : has_u && has_t ? "'u' and 't'"
                                : has_b && has_f ? "'b' and 'f'"
                                : has_b && has_t ? "'b' and 't'"
                                : has_f && has_t ? "'f' and 't'"
                                                 : nullptr;
            if (clash) {
              int from = static_cast<int>(start + 1 - line_begin_);
              step = fail_range(from, static_cast<int>(q + 1 - line_begin_),
                                std::string(clash) + " prefixes are incompatible");
            } else if (has_f || has_t) {
              step = format_string(start, q, has_r, has_t);
            } else {
              step = string(start, q);
            }
            break;
          }
        }
        [[fallthrough]];
      }
      case kLetter: {
        do ++p;
        while (in_name(*p));
        size_t length = static_cast<size_t>(p - start);
        // Names with non-ASCII bytes are rare: look for them only when the last byte or a scan says so.
        bool high = false;
        for (const char* c = start; c < p; ++c) high |= static_cast<signed char>(*c) < 0;
        if (__builtin_expect(high, 0)) {
          p_ = p;
          step = non_ascii_name(start);
          break;
        }
        p_ = p;
        emit(name_kind(start, length), start, p, line_);
        break;
      }
      case kHigh:
        do ++p;
        while (in_name(*p));
        p_ = p;
        step = non_ascii_name(start);
        break;
      case kDigit: step = number(start); break;
      case kDot:
        if (is_digit(p[1])) {
          step = number(start);
        } else if (p[1] == '.' && p[2] == '.') {
          p_ = p + 3;
          emit(TokenKind::Ellipsis, start, p_, line_);
        } else {
          p_ = p + 1;
          emit(TokenKind::Dot, start, p_, line_);
        }
        break;
      case kQuote: step = string(start, p); break;
      case kHash: step = comment(start); break;
      case kNewline:
        p_ = p + 1;
        if (__builtin_expect(p_ == end_ && ends_without_newline_, 0)) {
          p_ = p;
          end_of_file();
          return true;
        }
        if (level_ == 0) emit(TokenKind::Newline, start, p_, line_);
        new_line(p_);
        step = line_begin();
        break;
      case kBackslash:
        p_ = p;
        step = continuation();
        break;
      case kOpen: step = open_bracket(start); break;
      case kClose: step = close_bracket(start); break;
      case kOperator: step = operators(start); break;
      case kOther:
        p_ = p + 1;
        emit(TokenKind::Unknown, start, p_, line_);
        break;
      case kEnd:
        p_ = p;
        end_of_file();
        return true;
      case kBad: {
        char text[64];
        std::snprintf(text, sizeof text, "invalid non-printable character U+%04X", static_cast<unsigned char>(*p));
        step = fail(p + 1, text);
        break;
      }
    }
  }
  if (level_ > 0) {
    const Bracket& open = brackets_[level_ - 1];
    tokens_.open_bracket = open.open;
    tokens_.open_bracket_line = open.line;
    tokens_.open_bracket_col = open.col;
  }
  emit(TokenKind::Error, p_, p_, line_);
  return true;
}

// The blanks at the beginning of a line, and the blank and comment lines before it.
Lexer::Step Lexer::line_begin() {
  if (level_ > 0) return Step::Continue;
  for (;;) {
    const char* p = p_;
    int col = 0, alt_col = 0, continued_col = 0;
    bool comment = false;
    for (;; ++p) {
      if (*p == ' ') {
        ++col, ++alt_col;
      } else if (*p == '\t') {
        col = (col / kTabSize + 1) * kTabSize;
        ++alt_col;
      } else if (*p == '\f') {
        col = alt_col = 0;
      } else if (*p == '\\') {
        // A backslash in the indentation: the indentation is what stands before the first one.
        continued_col = continued_col ? continued_col : col;
        p_ = p;
        if (continuation() == Step::Stop) return Step::Stop;
        p = p_ - 1;
      } else {
        break;
      }
    }
    if (*p == '#') {
      const char* start = p;
      comment = true;
      p = static_cast<const char*>(std::memchr(p, '\n', static_cast<size_t>(end_ - p)));
      if (options_.type_comments && type_comment(start, p)) {
        p_ = p;  // a type comment on a line of its own has a NEWLINE after it
        return Step::Continue;
      }
    }
    if (*p == '\n') {
      if (__builtin_expect(ends_without_newline_ && p + 1 == end_, 0)) {
        p_ = p;
        if (col == indents_[indent_count_] || comment) return Step::Continue;
        return indentation(col, alt_col);
      }
      p_ = p + 1;
      new_line(p_);
      continue;
    }
    p_ = p;
    if (*p == 0) return Step::Continue;
    if (continued_col) col = alt_col = continued_col;
    if (col == indents_[indent_count_] && alt_col == alt_indents_[indent_count_]) return Step::Continue;
    return indentation(col, alt_col);
  }
}

Lexer::Step Lexer::indentation(int col, int alt_col) {
  auto inconsistent = [&] {
    return fail_as(ErrorKind::TabError, "inconsistent use of tabs and spaces in indentation", 1, 0);
  };
  if (col == indents_[indent_count_]) return inconsistent();
  if (col > indents_[indent_count_]) {
    if (indent_count_ + 1 >= kMaxIndent)
      return fail_as(ErrorKind::IndentationError, "too many levels of indentation", 1, 0);
    if (alt_col <= alt_indents_[indent_count_]) return inconsistent();
    ++indent_count_;
    indents_[indent_count_] = col;
    alt_indents_[indent_count_] = alt_col;
    emit(TokenKind::Indent, p_, p_, line_);
    return Step::Continue;
  }
  while (indent_count_ > 0 && col < indents_[indent_count_]) {
    --indent_count_;
    emit(TokenKind::Dedent, p_, p_, line_);
  }
  if (col != indents_[indent_count_]) {
    // The dedents themselves are never seen: the error comes first.
    while (tokens_.list.size() && tokens_.list.back().kind == TokenKind::Dedent && tokens_.list.back().line == line_)
      tokens_.list.resize_down(tokens_.list.size() - 1);
    std::string_view text = line_text(line_, true);
    return fail_as(
        ErrorKind::IndentationError, "unindent does not match any outer indentation level",
        static_cast<int>(count_characters(text)) - (ends_without_newline_ && text.data() + text.size() == end_ ? 1 : 0),
        -1);
  }
  if (alt_col != alt_indents_[indent_count_]) return inconsistent();
  return Step::Continue;
}

// At a backslash: it must end its line, and a line must follow.
Lexer::Step Lexer::continuation() {
  const char* p = p_ + 1;
  if (*p != '\n' || (ends_without_newline_ && p + 1 == end_)) {
    if (*p == '\n') --p;
    int offset = static_cast<int>(count_characters({line_begin_, static_cast<size_t>(p + 1 - line_begin_)}));
    // The end of the text is read as if it were a character.
    return fail_as(ErrorKind::SyntaxError, "unexpected character after line continuation character", offset, 0);
  }
  if (p + 1 == end_) {
    p_ = end_;
    return fail_eof("unexpected EOF while parsing");
  }
  p_ = p + 1;
  new_line(p_);
  return Step::Continue;
}

// If the comment in [start, end) is a type comment, emits its token. True for those that the grammar has a
// place for, false for `# type: ignore`, which may stand anywhere.
bool Lexer::type_comment(const char* start, const char* end) {
  const char* p = start + 1;
  auto skip_blanks = [&] {
    while (*p == ' ' || *p == '\t') ++p;
  };
  skip_blanks();
  if (end - p < 5 || std::memcmp(p, "type:", 5) != 0) return false;
  p += 5;
  skip_blanks();
  // `ignore` may be followed by anything that does not continue the word.
  if (end - p >= 6 && std::memcmp(p, "ignore", 6) == 0 && (p + 6 == end || !(in_name(p[6]) && p[6] != '_'))) {
    // The text after it belongs to it; alone on a line, the newline as well.
    const char* before = start;
    while (before > line_begin_ && first_class(before[-1]) == kSpace) --before;
    emit(TokenKind::TypeIgnore, p + 6, before == line_begin_ ? end + 1 : end, line_);
    return false;
  }
  emit(TokenKind::TypeComment, p, end, line_);
  return true;
}

// At a '#' after something else on the line. The newline's token begins where the comment does.
Lexer::Step Lexer::comment(const char* start) {
  const char* end = static_cast<const char*>(std::memchr(start, '\n', static_cast<size_t>(end_ - start)));
  p_ = end;
  if (options_.type_comments && type_comment(start, end)) return Step::Continue;
  if (level_ > 0) return Step::Continue;
  emit(TokenKind::Newline, start, end + 1, line_);
  p_ = end + 1;
  new_line(p_);
  return line_begin();
}

Lexer::Step Lexer::non_ascii_name(const char* start) {
  const char* end = p_;
  bool first = true;
  for (const char* p = start; p < end;) {
    int size = 1;
    char32_t c = decode_character(p, size);
    bool good = first ? (c == '_' || unicode::is_xid_start(c)) : unicode::is_xid_continue(c);
    if (!good) {
      p_ = p + size;
      char code[40];
      std::string message;
      if (unicode::is_printable(c)) {
        message = "invalid character '";
        append_utf8(message, c);
        std::snprintf(code, sizeof code, "' (U+%04X)", static_cast<unsigned>(c));
      } else {
        message = "invalid non-printable character ";
        std::snprintf(code, sizeof code, "U+%04X", static_cast<unsigned>(c));
      }
      return fail(p_, message + code);
    }
    p += size;
    first = false;
  }
  emit(TokenKind::Name, start, end, line_, Token::kNonAscii);
  return Step::Continue;
}

// ---- strings ----

Lexer::Step Lexer::string(const char* start, const char* quote_at) {
  const char quote = *quote_at;
  const char* p = quote_at + 1;
  uint32_t first_line = line_;
  const char* first_line_begin = line_begin_;
  bool escaped_quote = false;
  bool ends_with_text = false;
  if (p[0] == quote && p[1] == quote) {  // triple
    p += 2;
    for (;;) {
      char c = *p;
      if (c == quote && p[1] == quote && p[2] == quote) {
        p_ = p + 3;
        emit(TokenKind::String, start, p_, first_line, line_ != first_line ? Token::kManyLines : 0);
        return Step::Continue;
      }
      if (c == '\\') {
        ++p;
        c = *p;
      }
      if (c == '\n') {
        if (p + 1 == end_) break;
        new_line(p + 1);
      }
      ++p;
    }
  } else {
    for (;;) {
      char c = *p;
      if (c == quote) {
        p_ = p + 1;
        emit(TokenKind::String, start, p_, first_line, line_ != first_line ? Token::kManyLines : 0);
        return Step::Continue;
      }
      if (c == '\n') break;
      if (c == '\\') {
        ++p;
        escaped_quote |= *p == quote;
        if (*p == '\n') {
          if (p + 1 == end_) {
            ends_with_text = true;
            break;
          }
          new_line(p + 1);
        }
      }
      ++p;
    }
    ends_with_text |= ends_without_newline_ && p + 1 == end_;
  }
  bool triple = quote_at[1] == quote && quote_at[2] == quote;
  uint32_t detected = line_;
  line_ = first_line;
  line_begin_ = first_line_begin;
  p_ = start + 1;
  StringMode* outer = mode();
  if (outer && outer->quote == quote && outer->quote_size == (triple ? 3 : 1))
    return fail(p_, outer->is_template ? "t-string: expecting '}'" : "f-string: expecting '}'");
  std::string message = triple ? "unterminated triple-quoted string literal" : "unterminated string literal";
  message += " (detected at line " + std::to_string(detected) + ")";
  tokens_.error_is_unfinished = triple || ends_with_text;
  if (!triple && escaped_quote) message += "; perhaps you escaped the end quote?";
  return fail(p_, std::move(message));
}

Lexer::Step Lexer::format_string(const char* start, const char* quote_at, bool raw, bool is_template) {
  bool triple = quote_at[1] == *quote_at && quote_at[2] == *quote_at;
  p_ = quote_at + (triple ? 3 : 1);
  if (modes_.size() + 1 >= kMaxStringNesting) return fail(p_, "too many nested f-strings or t-strings");
  StringMode& m = modes_.add();
  m = StringMode{*quote_at, static_cast<uint8_t>(triple ? 3 : 1), raw, is_template, false, false, false, 0, -1, start,
                 line_};
  emit(is_template ? TokenKind::TStringStart : TokenKind::FStringStart, start, p_, line_);
  return Step::Continue;
}

// Literal text of an f-string or t-string: one middle, or its end, or the step into a replacement field.
Lexer::Step Lexer::format_string_part() {
  StringMode& m = modes_.back();
  const char* start = p_;
  const char* p = p_;
  uint32_t first_line = line_;
  const TokenKind middle = m.is_template ? TokenKind::TStringMiddle : TokenKind::FStringMiddle;
  auto finish = [&](const char* end, const char* next) {
    uint8_t flags = line_ != first_line ? Token::kManyLines : 0;
    if (next != end) flags |= Token::kDoubled;
    emit(middle, start, end, first_line, flags);
    p_ = next;
    return Step::Continue;
  };
  bool in_spec = m.in_format_spec && m.field_depth >= 0;
  if (*p == '{' && (p[1] != '{' || in_spec)) {
    if (m.field_depth + 1 >= kMaxFieldNesting)
      return fail(
          p, m.is_template ? "t-string: expressions nested too deeply" : "f-string: expressions nested too deeply");
    ++m.field_depth;
    m.in_expression = true;
    return Step::Continue;
  }
  if (*p == m.quote && (m.quote_size == 1 || (p[1] == m.quote && p[2] == m.quote))) {
    p_ = p + m.quote_size;
    emit(m.is_template ? TokenKind::TStringEnd : TokenKind::FStringEnd, start, p_, line_);
    modes_.resize_down(modes_.size() - 1);
    return Step::Continue;
  }
  bool in_name_escape = false;  // within \N{...}
  for (;; ++p) {
    switch (*p) {
      case '\n':
        if (m.quote_size == 3 && p + 1 != end_) {
          new_line(p + 1);
          continue;
        }
        if (m.quote_size == 1 && in_spec)
          return fail(p + 1, m.is_template ? "t-string: newlines are not allowed in format specifiers for single "
                                             "quoted t-strings"
                                           : "f-string: newlines are not allowed in format specifiers for single "
                                             "quoted f-strings");
        {
          uint32_t detected = line_;
          tokens_.error_is_unfinished = m.quote_size == 3;
          line_ = m.line;
          line_begin_ = begin_ + tokens_.line_start[line_];
          p_ = m.start + 1;
          std::string message = m.quote_size == 3 ? "unterminated triple-quoted " : "unterminated ";
          message += m.is_template ? "t-string" : "f-string";
          message += " literal (detected at line " + std::to_string(detected) + ")";
          return fail(p_, std::move(message));
        }
      case '\'':
      case '"':
        if (*p == m.quote && (m.quote_size == 1 || (p[1] == m.quote && p[2] == m.quote))) return finish(p, p);
        continue;
      case '{':
        if (p[1] == '{' && !in_spec) return finish(p + 1, p + 2);
        if (m.field_depth + 1 >= kMaxFieldNesting)
          return fail(
              p, m.is_template ? "t-string: expressions nested too deeply" : "f-string: expressions nested too deeply");
        ++m.field_depth;
        m.in_expression = true;
        return finish(p, p);
      case '}':
        if (in_name_escape) return finish(p + 1, p + 1);
        if (p[1] == '}' && !in_spec && m.depth == 0) return finish(p + 1, p + 2);
        m.in_expression = true;
        return finish(p, p);
      case '\\':
        if (p[1] == '{' || p[1] == '}') {
          if (!m.raw) {
            std::string message = "\"\\";
            message += p[1];
            message +=
                "\" is an invalid escape sequence. Such sequences will not work in the future. "
                "Did you mean \"\\\\";
            message += p[1];
            message += "\"? A raw string is also an option.";
            const char* saved = p_;
            p_ = p + 2;
            warn(std::move(message));
            p_ = saved;
          }
          continue;
        }
        if (p[1] == 'N' && !m.raw && p[2] == '{') {
          in_name_escape = true;
          p += 2;
          continue;
        }
        if (p[1] != '\n') {
          ++p;
        } else if (p + 2 != end_) {
          ++p;
          new_line(p + 1);
        }
        continue;
      default: continue;
    }
  }
}

// ---- numbers ----

// Digits and underscores from p on; an error if an underscore has no digit after it.
bool Lexer::decimal_tail(const char*& p) {
  for (;;) {
    while (is_digit(*p)) ++p;
    if (*p != '_') return true;
    ++p;
    if (!is_digit(*p)) {
      fail(p, "invalid decimal literal");
      return false;
    }
  }
}

// What follows a number: a keyword directly after it is deprecated, any other name character an error.
bool Lexer::end_of_number(const char* p, const char* kind) {
  if (!in_name(*p) || static_cast<signed char>(*p) < 0) return true;
  auto follows = [&](std::string_view rest) { return std::memcmp(p, rest.data(), rest.size()) == 0; };
  if (follows("and") || follows("else") || follows("for") || follows("if") || follows("in") || follows("is") ||
      follows("or") || follows("not")) {
    const char* saved = p_;
    p_ = p;
    warn(std::string("invalid ") + kind + " literal");
    p_ = saved;
    return true;
  }
  fail(p, std::string("invalid ") + kind + " literal");
  return false;
}

Lexer::Step Lexer::number(const char* start) {
  const char* p = start;
  auto done = [&](const char* end, const char* kind) {
    if (!end_of_number(end, kind)) return Step::Stop;
    p_ = end;
    emit(TokenKind::Number, start, end, line_);
    return Step::Continue;
  };
  const char marker = static_cast<char>(p[1] | 32);
  if (*p == '0' && (marker == 'x' || marker == 'o' || marker == 'b')) {
    const char* kind = marker == 'x' ? "hexadecimal" : marker == 'o' ? "octal" : "binary";
    auto is_good = [&](char c) {
      return marker == 'x' ? is_hex_digit(c) : marker == 'o' ? c >= '0' && c < '8' : c == '0' || c == '1';
    };
    auto wrong_digit = [&](const char* at) {
      std::string message = "invalid digit '";
      message += *at;
      return fail(at + 1, message + "' in " + kind + " literal");
    };
    p += 2;
    do {
      if (*p == '_') ++p;
      if (!is_good(*p)) {
        if (marker != 'x' && is_digit(*p)) return wrong_digit(p);
        return fail(p, std::string("invalid ") + kind + " literal");
      }
      do ++p;
      while (is_good(*p));
    } while (*p == '_');
    if (marker != 'x' && is_digit(*p)) return wrong_digit(p);
    return done(p, kind);
  }
  bool bad_octal = false;
  const char* zeros_end = nullptr;
  if (*p == '0') {
    for (;;) {
      if (*p == '_') {
        ++p;
        if (!is_digit(*p)) return fail(p, "invalid decimal literal");
      }
      if (*p != '0') break;
      ++p;
    }
    zeros_end = p + 1;  // one character further has been read
    if (is_digit(*p)) {
      bad_octal = true;
      if (!decimal_tail(p)) return Step::Stop;
    }
  } else if (*p != '.') {
    if (!decimal_tail(p)) return Step::Stop;
  }
  bool is_float = false;
  if (*p == '.') {
    is_float = true;
    ++p;
    if (is_digit(*p) && !decimal_tail(p)) return Step::Stop;
  }
  if ((*p | 32) == 'e') {
    const char* q = p + 1;
    if (*q == '+' || *q == '-') {
      ++q;
      if (!is_digit(*q)) return fail(q, "invalid decimal literal");
    } else if (!is_digit(*q)) {
      return done(p, "decimal");
    }
    p = q;
    is_float = true;
    if (!decimal_tail(p)) return Step::Stop;
  }
  if ((*p | 32) == 'j') return done(p + 1, "imaginary");
  if (bad_octal && !is_float)
    return fail_range(static_cast<int>(start + 1 - line_begin_), static_cast<int>(zeros_end - line_begin_),
                      "leading zeros in decimal integer literals are not permitted; "
                      "use an 0o prefix for octal integers");
  return done(p, "decimal");
}

// ---- operators ----

Lexer::Step Lexer::open_bracket(const char* start) {
  if (level_ >= kMaxLevel) return fail(start + 1, "too many nested parentheses");
  brackets_[level_] = {*start, line_, static_cast<uint32_t>(start - line_begin_)};
  ++level_;
  if (StringMode* m = mode()) ++m->depth;
  p_ = start + 1;
  emit(*start == '('   ? TokenKind::LeftParen
       : *start == '[' ? TokenKind::LeftBracket
                       : TokenKind::LeftBrace,
       start, p_, line_);
  return Step::Continue;
}

Lexer::Step Lexer::close_bracket(const char* start) {
  const char c = *start;
  StringMode* m = mode();
  const char* after = start + 1;
  auto string_error = [&](const char* text) {
    std::string message = m->is_template ? "t-string: " : "f-string: ";
    message += text;
    if (std::strcmp(text, "unmatched '") == 0) message += c, message += '\'';
    return fail(after, std::move(message));
  };
  if (m && m->depth == 0 && c == '}') return string_error("single '}' is not allowed");
  if (level_ == 0) {
    std::string message = "unmatched '";
    message += c;
    return fail(after, message + "'");
  }
  --level_;
  const Bracket& open = brackets_[level_];
  bool matches = (open.open == '(' && c == ')') || (open.open == '[' && c == ']') || (open.open == '{' && c == '}');
  if (!matches) {
    if (m && open.open == '{' && m->depth - 1 == m->field_depth) return string_error("unmatched '");
    std::string message = "closing parenthesis '";
    message += c;
    message += "' does not match opening parenthesis '";
    message += open.open;
    message += "'";
    if (open.line != line_) message += " on line " + std::to_string(open.line);
    return fail(after, std::move(message));
  }
  p_ = after;
  if (m) {
    if (--m->depth < 0) return string_error("unmatched '");
    if (c == '}' && m->depth == m->field_depth) {
      --m->field_depth;
      m->in_expression = false;
      m->in_format_spec = false;
      m->in_debug = false;
    }
  }
  emit(c == ')' ? TokenKind::RightParen : c == ']' ? TokenKind::RightBracket : TokenKind::RightBrace, start, p_, line_);
  return Step::Continue;
}

Lexer::Step Lexer::operators(const char* start) {
  using K = TokenKind;
  const char* p = start;
  // Token `kind` of `size` characters.
  auto token = [&](K kind, int size) {
    p_ = start + size;
    emit(kind, start, p_, line_);
    return Step::Continue;
  };
  const bool equal = p[1] == '=';
  switch (*p) {
    case ',': return token(K::Comma, 1);
    case ';': return token(K::Semicolon, 1);
    case '~': return token(K::Tilde, 1);
    case ':':
      if (StringMode* m = mode(); m && m->depth - 1 == m->field_depth) {
        m->in_expression = false;
        m->in_format_spec = true;
        return token(K::Colon, 1);
      }
      return equal ? token(K::ColonEqual, 2) : token(K::Colon, 1);
    case '=': return equal ? token(K::EqualEqual, 2) : token(K::Equal, 1);
    case '+': return equal ? token(K::PlusEqual, 2) : token(K::Plus, 1);
    case '-': return equal ? token(K::MinusEqual, 2) : p[1] == '>' ? token(K::Arrow, 2) : token(K::Minus, 1);
    case '*':
      if (p[1] == '*') return p[2] == '=' ? token(K::DoubleStarEqual, 3) : token(K::DoubleStar, 2);
      return equal ? token(K::StarEqual, 2) : token(K::Star, 1);
    case '/':
      if (p[1] == '/') return p[2] == '=' ? token(K::DoubleSlashEqual, 3) : token(K::DoubleSlash, 2);
      return equal ? token(K::SlashEqual, 2) : token(K::Slash, 1);
    case '%': return equal ? token(K::PercentEqual, 2) : token(K::Percent, 1);
    case '&': return equal ? token(K::AmpersandEqual, 2) : token(K::Ampersand, 1);
    case '|': return equal ? token(K::PipeEqual, 2) : token(K::Pipe, 1);
    case '^': return equal ? token(K::CaretEqual, 2) : token(K::Caret, 1);
    case '@': return equal ? token(K::AtEqual, 2) : token(K::At, 1);
    case '<':
      if (p[1] == '<') return p[2] == '=' ? token(K::LeftShiftEqual, 3) : token(K::LeftShift, 2);
      if (p[1] == '>') return token(K::NotEqual, 2);
      return equal ? token(K::LessEqual, 2) : token(K::Less, 1);
    case '>':
      if (p[1] == '>') return p[2] == '=' ? token(K::RightShiftEqual, 3) : token(K::RightShift, 2);
      return equal ? token(K::GreaterEqual, 2) : token(K::Greater, 1);
    default: return equal ? token(K::NotEqual, 2) : token(K::Exclamation, 1);
  }
}

// ---- the end, and errors ----

void Lexer::end_of_file() {
  // The end belongs to the last line: there is no line after the last newline.
  if (line_ > 1 && line_begin_ == end_) {
    tokens_.line_start.resize_down(tokens_.line_start.size() - 1);
    --line_;
    line_begin_ = begin_ + tokens_.line_start[line_];
  }
  if (level_ > 0) {
    const Bracket& open = brackets_[level_ - 1];
    tokens_.open_bracket = open.open;
    tokens_.open_bracket_line = open.line;
    tokens_.open_bracket_col = open.col;
    fail_eof("");
    emit(TokenKind::Error, p_, p_, line_);
    return;
  }
  auto dedent = [&] {
    for (; indent_count_ > 0; --indent_count_) emit(TokenKind::Dedent, p_, p_, line_);
  };
  // An interactive input ends in a newline of no width. If its last line has none of its own, that one ends
  // the line, and an interactive reader that asks for more lines wants the blocks left open.
  if (options_.mode == ParseMode::Single && tokens_.list.size()) {
    if (!ends_without_newline_) dedent();
    emit(TokenKind::Newline, p_, p_, line_);
    if (ends_without_newline_ && indent_count_ > 0) {
      if (options_.dont_imply_dedent) {
        indent_count_ = 0;
      } else {  // the blocks end too, and then the input
        dedent();
        emit(TokenKind::Newline, p_, p_, line_);
      }
    }
  }
  dedent();
  emit(TokenKind::EndMarker, p_, p_, line_);
}

std::string_view Lexer::line_text(uint32_t line, bool with_newline) const {
  const char* from = begin_ + tokens_.line_start[line];
  const char* to = static_cast<const char*>(std::memchr(from, '\n', static_cast<size_t>(end_ - from)));
  if (!to) return {from, static_cast<size_t>(end_ - from)};
  return {from, static_cast<size_t>(to - from) + (with_newline ? 1 : 0)};
}

Lexer::Step Lexer::fail_as(ErrorKind kind, std::string message, int offset, int end_offset) {
  tokens_.error = {kind,       std::move(message),    static_cast<int>(line_), offset, static_cast<int>(line_),
                   end_offset, line_text(line_, true)};
  return Step::Stop;
}

Lexer::Step Lexer::fail_range(int offset, int end_offset, std::string message) {
  tokens_.error_is_raised = true;
  tokens_.error_in_format_string = modes_.size() != 0;
  // Byte columns; they differ from characters only after non-ASCII text.
  auto characters = [&](int bytes) {
    return static_cast<int>(count_characters({line_begin_, static_cast<size_t>(bytes)}));
  };
  tokens_.error = {ErrorKind::SyntaxError,  std::move(message),     static_cast<int>(line_), characters(offset),
                   static_cast<int>(line_), characters(end_offset), line_text(line_, false)};
  return Step::Stop;
}

Lexer::Step Lexer::fail(const char* at, std::string message) {
  int offset = static_cast<int>(at - line_begin_);
  return fail_range(offset, offset, std::move(message));
}

// The text ends where more is needed. What the message is depends on the brackets that are open.
Lexer::Step Lexer::fail_eof(std::string message) {
  tokens_.error_is_eof = true;
  std::string_view text = line_text(line_, true);
  tokens_.error = {ErrorKind::SyntaxError,
                   std::move(message),
                   static_cast<int>(line_),
                   static_cast<int>(count_characters(text)),
                   static_cast<int>(line_),
                   -1,
                   text};
  if (level_ > 0) {
    const Bracket& open = brackets_[level_ - 1];
    std::string never_closed = "'";
    never_closed += open.open;
    never_closed += "' was never closed";
    std::string_view open_text = line_text(open.line, true);
    tokens_.error = {ErrorKind::SyntaxError,
                     std::move(never_closed),
                     static_cast<int>(open.line),
                     static_cast<int>(count_characters(open_text.substr(0, open.col))) + 1,
                     static_cast<int>(open.line),
                     0,
                     open_text};
  }
  return Step::Stop;
}

void Lexer::warn(std::string message) {
  int offset = static_cast<int>(count_characters({line_begin_, static_cast<size_t>(p_ - line_begin_)}));
  tokens_.warnings.push_back({ParseWarning::SyntaxWarning, std::move(message), static_cast<int>(line_), offset});
}

constexpr const char* kTokenNames[] = {
#define TOKEN(Name, python) python,
#include "syntax/tokens.def"
};

constexpr std::string_view kTokenTexts[] = {
#define TOKEN(Name, python) {},
#define OPERATOR(Name, python, text) text,
#define KEYWORD(Name, text) text,
#include "syntax/tokens.def"
};

}  // namespace

const char* token_name(TokenKind kind) { return kTokenNames[static_cast<int>(kind)]; }
std::string_view token_text(TokenKind kind) { return kTokenTexts[static_cast<int>(kind)]; }

TokenKind classify_name(const char* text, size_t size) { return name_kind(text, size); }

bool tokenize(const Source& source, const ParseOptions& options, Tokens& tokens) {
  return Lexer(source, options, tokens).run();
}

size_t count_characters(std::string_view text) {
  size_t count = 0;
  for (char c : text) count += (static_cast<unsigned char>(c) & 0xC0) != 0x80;
  return count;
}

char32_t decode_character(const char* text, int& size) {
  auto byte = [&](int i) { return static_cast<char32_t>(static_cast<unsigned char>(text[i])); };
  char32_t first = byte(0);
  if (first < 0x80) {
    size = 1;
    return first;
  }
  if (first < 0xE0) {
    size = 2;
    return ((first & 0x1F) << 6) | (byte(1) & 0x3F);
  }
  if (first < 0xF0) {
    size = 3;
    return ((first & 0x0F) << 12) | ((byte(1) & 0x3F) << 6) | (byte(2) & 0x3F);
  }
  size = 4;
  return ((first & 0x07) << 18) | ((byte(1) & 0x3F) << 12) | ((byte(2) & 0x3F) << 6) | (byte(3) & 0x3F);
}

void append_utf8(std::string& out, char32_t c) {
  if (c < 0x80) {
    out += static_cast<char>(c);
  } else if (c < 0x800) {
    out += static_cast<char>(0xC0 | (c >> 6));
    out += static_cast<char>(0x80 | (c & 0x3F));
  } else if (c < 0x10000) {
    out += static_cast<char>(0xE0 | (c >> 12));
    out += static_cast<char>(0x80 | ((c >> 6) & 0x3F));
    out += static_cast<char>(0x80 | (c & 0x3F));
  } else {
    out += static_cast<char>(0xF0 | (c >> 18));
    out += static_cast<char>(0x80 | ((c >> 12) & 0x3F));
    out += static_cast<char>(0x80 | ((c >> 6) & 0x3F));
    out += static_cast<char>(0x80 | (c & 0x3F));
  }
}

}  // namespace krait::syntax
