// Finding out what is wrong with a text that the parser did not accept.
#pragma once

#include "syntax/lexer.hpp"
#include "syntax/parser_impl.hpp"

namespace krait::syntax {

struct DiagnoseInput {
  const Source& source;
  const ParseOptions& options;
  const Tokens& tokens;
  Arena& arena;
  /// The statements that parsed: they are skipped, so that the work is that of the failing one.
  const Buffer<ParsedStatement>& parsed;
  /// The parser accepted an interactive statement but something follows it.
  bool several_statements;
};

/// The SyntaxError that CPython 3.14 raises for the text.
SyntaxErrorInfo diagnose(const DiagnoseInput& input);

}  // namespace krait::syntax
