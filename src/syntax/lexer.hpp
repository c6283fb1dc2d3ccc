// The lexer: normalised source text to an array of tokens.
//
// It reads the whole text at once, so that the parser rewinds by setting an index. f-strings and t-strings
// are tokenised as PEP 701 has it: a start, literal middles, ordinary tokens between braces, an end.
//
// Rules for this file:
//   1. The text ends in '\n' followed by zeros (Source::kPadding of them) and has no other zero and no '\r':
//   the inner
//      loops need no end check.
//   2. No allocation but the token and line arrays; error texts are made in cold functions.
//   3. A lexical error ends the array with one Error token; `error` says what it is. The parser reports it
//   when it
//      gets there, because an earlier syntax error comes first.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "syntax/parser.hpp"
#include "syntax/token.hpp"

namespace krait::syntax {

/// Text as the lexer wants it, see rule 1.
struct Source {
  static constexpr size_t kPadding = 32;
  std::string_view text;       // includes the final newline
  bool added_newline = false;  // the final newline is not in the source
};

/// A growing array of trivial items, without initialisation.
template <class T>
class Buffer {
 public:
  Buffer() = default;
  ~Buffer() { std::free(items_); }
  Buffer(const Buffer&) = delete;
  Buffer& operator=(const Buffer&) = delete;
  void reserve(size_t capacity) {
    if (capacity <= capacity_) return;
    T* grown = static_cast<T*>(std::realloc(items_, capacity * sizeof(T)));
    if (!grown) std::abort();
    items_ = grown;
    capacity_ = capacity;
  }
  T& add() {
    if (__builtin_expect(count_ == capacity_, 0)) reserve(capacity_ ? capacity_ * 2 : 64);
    return items_[count_++];
  }
  T* data() const { return items_; }
  size_t size() const { return count_; }
  size_t bytes() const { return capacity_ * sizeof(T); }
  void resize_down(size_t count) { count_ = count; }
  T& operator[](size_t i) const { return items_[i]; }
  T& back() const { return items_[count_ - 1]; }

 private:
  T* items_ = nullptr;
  size_t count_ = 0, capacity_ = 0;
};

/// Tokens and what is known about the lines.
struct Tokens {
  Buffer<Token> list;            // ends in EndMarker or Error
  Buffer<uint32_t> line_start;   // line_start[n] is where line n begins; entry 0 is unused
  SyntaxErrorInfo error;         // of the Error token
  bool error_is_raised = false;  // the lexer words the error itself; else the parser does when it gets there
  bool error_in_format_string = false;
  bool error_is_eof = false;         // the text ended too early (open bracket, trailing backslash)
  bool error_is_unfinished = false;  // a string that more text could end
  char open_bracket = 0;             // innermost bracket still open at the end or error, 0 if none
  uint32_t open_bracket_line = 0;
  uint32_t open_bracket_col = 0;
  std::vector<ParseWarning> warnings;

  uint32_t column(uint32_t offset, uint32_t line) const { return offset - line_start[line]; }
  /// The line that `offset` lies on, which is `line` or a later one.
  uint32_t line_of(uint32_t offset, uint32_t line) const {
    size_t last = line_start.size() - 1;
    while (line < last && line_start[line + 1] <= offset) ++line;
    return line;
  }
};

/// Tokenises `source` as `options` say (type comments, polling). False if the poll callback asked to stop.
bool tokenize(const Source& source, const ParseOptions& options, Tokens& tokens);

/// The kind of a name: a keyword's own kind or TokenKind::Name.
TokenKind classify_name(const char* text, size_t size);

/// Code points in UTF-8 text, and the first code point of `text` with its length in bytes.
size_t count_characters(std::string_view text);
char32_t decode_character(const char* text, int& size);
void append_utf8(std::string& out, char32_t c);

}  // namespace krait::syntax
