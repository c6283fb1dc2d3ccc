// ASPL's tokens. The grammar is in docs/aspl.md.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

namespace krait::aspl {

enum class Token : uint8_t {
  kEnd,
  kError,
  kInteger,
  kDouble,
  kString,
  kName,
  kLeftParen,
  kRightParen,
  kLeftBrace,
  kRightBrace,
  kComma,
  kDot,
  kSemicolon,
  kPlus,
  kMinus,
  kStar,
  kSlash,
  kBang,
  kAssign,
  kEqual,
  kNotEqual,
  kLess,
  kLessEqual,
  kGreater,
  kGreaterEqual,
  kAnd,
  kClass,
  kElse,
  kFalse,
  kFor,
  kFunc,
  kIf,
  kNil,
  kOr,
  kPrint,
  kReturn,
  kSuper,
  kThis,
  kTrue,
  kVar,
  kWhile,
};

/// Reads one token after the other; the newest is in the public members.
class Lexer {
 public:
  explicit Lexer(std::string_view source) : source_(source) {}

  void advance();

  Token token = Token::kEnd;
  std::string_view text;        ///< as written; of a string, without its quotes
  uint32_t line = 1;            ///< on which the token begins
  bool after_newline = false;   ///< a line ended between the token before and this one
  const char* error = nullptr;  ///< of kError: what is wrong
  bool ended_early = false;  ///< of kError: the source ends inside a string or comment, and more text may complete it

 private:
  char at(size_t ahead) const { return position_ + ahead < source_.size() ? source_[position_ + ahead] : '\0'; }
  bool skip_blanks();
  void fail(const char* what, bool early);
  void number();
  void string();
  Token mark(Token alone, Token with_equals);

  std::string_view source_;
  size_t position_ = 0;
  uint32_t next_line_ = 1;
};

/// What a string token's text means: \n \t \r \" \\ are the escapes; others are wrong (false).
bool unescape(std::string_view text, std::string& out);

}  // namespace krait::aspl
