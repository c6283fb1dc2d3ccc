#include "aspl/lexer.hpp"

namespace krait::aspl {
namespace {

bool is_digit(char c) { return c >= '0' && c <= '9'; }
/// Bytes above 127 are parts of UTF-8 letters.
bool is_letter(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_' || static_cast<unsigned char>(c) >= 0x80;
}

constexpr struct {
  std::string_view text;
  Token token;
} kKeywords[] = {
    {"and", Token::kAnd},   {"class", Token::kClass}, {"else", Token::kElse},     {"false", Token::kFalse},
    {"for", Token::kFor},   {"func", Token::kFunc},   {"if", Token::kIf},         {"nil", Token::kNil},
    {"or", Token::kOr},     {"print", Token::kPrint}, {"return", Token::kReturn}, {"super", Token::kSuper},
    {"this", Token::kThis}, {"true", Token::kTrue},   {"var", Token::kVar},       {"while", Token::kWhile},
};

}  // namespace

void Lexer::fail(const char* what, bool early) {
  token = Token::kError;
  error = what;
  ended_early = early;
}

/// Blanks, line ends and comments. False: a comment does not end.
bool Lexer::skip_blanks() {
  while (position_ < source_.size()) {
    char c = source_[position_];
    if (c == '\n') {
      after_newline = true;
      ++next_line_;
      ++position_;
    } else if (c == ' ' || c == '\t' || c == '\r') {
      ++position_;
    } else if (c == '/' && at(1) == '/') {
      while (position_ < source_.size() && source_[position_] != '\n') ++position_;
    } else if (c == '/' && at(1) == '*') {
      size_t end = source_.find("*/", position_ + 2);
      size_t stop = end == std::string_view::npos ? source_.size() : end + 2;
      for (; position_ < stop; ++position_) {
        if (source_[position_] == '\n') {
          ++next_line_;
          after_newline = true;
        }
      }
      if (end == std::string_view::npos) return false;
    } else {
      break;
    }
  }
  return true;
}

Token Lexer::mark(Token alone, Token with_equals) {
  if (at(1) != '=') {
    position_ += 1;
    return alone;
  }
  position_ += 2;
  return with_equals;
}

void Lexer::number() {
  size_t start = position_;
  token = Token::kInteger;
  while (is_digit(at(0))) ++position_;
  if (at(0) == '.' && is_digit(at(1))) {
    token = Token::kDouble;
    ++position_;
    while (is_digit(at(0))) ++position_;
  }
  if (at(0) == 'e' || at(0) == 'E') {
    size_t sign = at(1) == '+' || at(1) == '-' ? 1 : 0;
    if (is_digit(at(1 + sign))) {
      token = Token::kDouble;
      position_ += 1 + sign;
      while (is_digit(at(0))) ++position_;
    }
  }
  text = source_.substr(start, position_ - start);
  if (is_letter(at(0))) fail("Invalid number", false);
}

void Lexer::string() {
  size_t start = ++position_;
  while (position_ < source_.size() && source_[position_] != '"') {
    if (source_[position_] == '\n') ++next_line_;
    position_ += source_[position_] == '\\' && position_ + 1 < source_.size() ? 2 : 1;
  }
  if (position_ >= source_.size()) return fail("Unterminated string", true);
  text = source_.substr(start, position_ - start);
  ++position_;
  token = Token::kString;
}

void Lexer::advance() {
  after_newline = false;
  bool complete = skip_blanks();
  line = next_line_;
  text = {};
  if (!complete) return fail("Unterminated comment", true);
  if (position_ >= source_.size()) {
    token = Token::kEnd;
    return;
  }
  char c = source_[position_];
  if (is_digit(c)) return number();
  if (c == '"') return string();
  if (is_letter(c)) {
    size_t start = position_;
    while (is_letter(at(0)) || is_digit(at(0))) ++position_;
    text = source_.substr(start, position_ - start);
    token = Token::kName;
    for (const auto& keyword : kKeywords)
      if (keyword.text == text) token = keyword.token;
    return;
  }
  size_t start = position_;
  auto single = [&](Token t) {
    ++position_;
    return t;
  };
  switch (c) {
    case '(': token = single(Token::kLeftParen); break;
    case ')': token = single(Token::kRightParen); break;
    case '{': token = single(Token::kLeftBrace); break;
    case '}': token = single(Token::kRightBrace); break;
    case ',': token = single(Token::kComma); break;
    case '.': token = single(Token::kDot); break;
    case ';': token = single(Token::kSemicolon); break;
    case '+': token = single(Token::kPlus); break;
    case '-': token = single(Token::kMinus); break;
    case '*': token = single(Token::kStar); break;
    case '/': token = single(Token::kSlash); break;
    case '!': token = mark(Token::kBang, Token::kNotEqual); break;
    case '=': token = mark(Token::kAssign, Token::kEqual); break;
    case '<': token = mark(Token::kLess, Token::kLessEqual); break;
    case '>': token = mark(Token::kGreater, Token::kGreaterEqual); break;
    default:
      ++position_;
      fail("Unexpected character", false);
      break;
  }
  text = source_.substr(start, position_ - start);
}

bool unescape(std::string_view text, std::string& out) {
  out.clear();
  for (size_t i = 0; i < text.size(); ++i) {
    if (text[i] != '\\') {
      out += text[i];
      continue;
    }
    if (++i >= text.size()) return false;
    switch (text[i]) {
      case 'n': out += '\n'; break;
      case 't': out += '\t'; break;
      case 'r': out += '\r'; break;
      case '"': out += '"'; break;
      case '\\': out += '\\'; break;
      default: return false;
    }
  }
  return true;
}

}  // namespace krait::aspl
