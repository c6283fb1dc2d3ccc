// Tokens: what the lexer gives the parser.
#pragma once

#include <cstdint>
#include <string_view>

namespace krait::syntax {

enum class TokenKind : uint8_t {
#define TOKEN(Name, python) Name,
#include "syntax/tokens.def"
};

inline constexpr int kTokenKindCount = 0
#define TOKEN(Name, python) +1
#include "syntax/tokens.def"
    ;

/// The name in Python's `token` module: "NAME", "LPAR", ...
const char* token_name(TokenKind kind);
/// The text of an operator or keyword; empty for tokens whose text varies.
std::string_view token_text(TokenKind kind);

inline bool is_keyword(TokenKind kind) { return kind >= TokenKind::KwFalse; }

/// Offsets are in bytes of the normalised source, lines count from 1.
struct Token {
  enum : uint8_t {
    kManyLines = 1,  // ends on a later line than it starts on
    kNonAscii = 2,   // a name that needs normalisation
    kDoubled = 4,    // f-string text that ends in a doubled brace, of which it has the first
  };
  uint32_t start;
  uint32_t end;
  uint32_t line;
  TokenKind kind;
  uint8_t flags;
  uint8_t level;  // how many brackets are open around it
  uint8_t unused = 0;
};
static_assert(sizeof(Token) == 16);

}  // namespace krait::syntax
