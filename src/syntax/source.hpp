// From bytes to text: encodings, byte order mark, coding cookie (PEP 263), newlines.
#pragma once

#include "syntax/lexer.hpp"
#include "syntax/parser.hpp"

namespace krait::syntax {

/// Decodes `bytes` into `source` (in the arena, as the lexer wants it) and names the encoding in `encoding`.
/// False with `error` filled if that fails.
bool prepare_source(std::string_view bytes, const ParseOptions& options, Arena& arena, Source& source,
                    std::string_view& encoding, SyntaxErrorInfo& error);

/// The encoding that a coding cookie in the first two lines asks for, normalised; empty if there is none.
std::string coding_cookie(std::string_view bytes);

}  // namespace krait::syntax
