// "Did you mean 'while'?": a keyword that a syntax error was perhaps meant to have.
#pragma once

#include <optional>
#include <string_view>

#include "syntax/parser.hpp"

namespace krait::syntax {

struct KeywordSuggestion {
  std::string_view keyword;
  int lineno = 0;
  int offset = 0;      // of the wrong name, in characters from 1
  int end_offset = 0;  // exclusive
};

/// For an "invalid syntax" error (with or without "Perhaps you forgot a comma?") that `parse` gave for `text`
/// (ParseResult::text): the first name on the line of the error that, replaced by a similar keyword, makes
/// the statement parse. As in Python 3.14 this belongs to the display of the error: the exception's message
/// is then shown as "invalid syntax. Did you mean 'KEYWORD'?", at the place given here, but is not changed
/// itself. The work is bounded: statements of at most 1,024 bytes, ten names, three candidates each.
std::optional<KeywordSuggestion> suggest_keyword(std::string_view text, const SyntaxErrorInfo& error);

/// The item of `words` closest to `name` by the edit distance that CPython's suggestions use; empty if none
/// is close. Also behind "name 'x' is not defined. Did you mean: ...?".
std::string_view closest_word(std::string_view name, const std::string_view* words, size_t count);

}  // namespace krait::syntax
