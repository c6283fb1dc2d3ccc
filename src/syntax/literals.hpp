// The values of literals: escape sequences of strings and the digits of numbers.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

#include "base/arena.hpp"
#include "syntax/ast.hpp"

namespace krait::syntax {

/// What there is to say about a literal beside its value.
struct LiteralNotes {
  std::string error;                     // SyntaxError message; empty if the value is good
  const char* invalid_escape = nullptr;  // the first backslash that begins no valid escape
};

/// The value of string text between its quotes. Text without escapes is returned as it is, else decoded into
/// the arena (generalised UTF-8; bytes if `is_bytes`).
std::string_view decode_string(std::string_view body, bool raw, bool is_bytes, Arena& arena, LiteralNotes& notes);

/// The warning that CPython gives for an invalid escape at `backslash`.
std::string invalid_escape_message(const char* backslash);

/// The value of a NUMBER token that the lexer has checked. `max_decimal_digits` bounds decimal ints, 0 is no
/// bound.
ast::ConstantValue decode_number(std::string_view token, int max_decimal_digits, Arena& arena, LiteralNotes& notes);

}  // namespace krait::syntax
