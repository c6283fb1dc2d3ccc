// The front end: source bytes to a tree, or to the SyntaxError that CPython would raise.
//
//   Arena arena;
//   ParseOptions options;
//   ParseResult result = parse(bytes, options, arena);
//   if (result.ok()) use(result.module); else report(result.error);
//
// The parser knows nothing of a VM. It bounds itself: nesting by depth and by the real stack, time by a
// callback, memory by the arena's limit. Errors that need symbol tables ('return' outside function, duplicate
// parameters) are the compiler's.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "base/arena.hpp"
#include "syntax/ast.hpp"

namespace krait::syntax {

enum class ParseMode : uint8_t {
  Exec,      // a file: ast::Module
  Eval,      // one expression: ast::Expression
  Single,    // one interactive statement: ast::Interactive
  FuncType,  // a signature type comment, "(int, str) -> bool": ast::FunctionType
};

enum class ErrorKind : uint8_t {
  None,
  SyntaxError,
  IndentationError,
  TabError,
  IncompleteInput,  // with allow_incomplete_input: more lines could complete it
  MemoryError,      // nested too deeply, or the arena's limit is reached
  Interrupted,      // the poll callback asked to stop; the caller knows why
};

/// The fields of a SyntaxError, file name aside. Offsets count characters from 1; 0 and -1 have the odd
/// meanings that CPython gives them. Without a location `lineno` is 0 and `text` absent (data() null).
struct SyntaxErrorInfo {
  ErrorKind kind = ErrorKind::None;
  std::string message;
  int lineno = 0;
  int offset = 0;
  int end_lineno = 0;
  int end_offset = 0;
  std::string_view text;   // the source line with its newline, in the arena
  int statement_line = 0;  // where the statement at fault begins, if known
  // Where the last compound statement that parsed begins (column in bytes); 0 if there is none.
  int last_statement_line = 0, last_statement_column = 0;
  bool has_location() const { return lineno > 0 || (lineno == 0 && text.data() != nullptr); }
};

/// A warning that the source deserves although it parses. The caller decides what becomes of it; raised as an
/// error, CPython turns it into a SyntaxError at the same place.
struct ParseWarning {
  enum Kind : uint8_t { SyntaxWarning, DeprecationWarning } kind = SyntaxWarning;
  std::string message;
  int lineno = 0;
  int offset = 0;  // from 1, for the SyntaxError; 0 if unknown
};

/// Decodes bytes in an encoding that the parser does not know to UTF-8 in `out`. False: the codec is unknown
/// (`error` empty) or the bytes are wrong (`error` says how).
using DecodeCallback = bool (*)(void* context, std::string_view encoding, std::string_view bytes, std::string& out,
                                std::string& error);

struct ParseOptions {
  ParseMode mode = ParseMode::Exec;
  bool type_comments = false;
  bool barry_as_flufl = false;             // from __future__ import barry_as_FLUFL: `<>` and not `!=`
  int max_decimal_digits = 4300;           // of an int literal (sys.set_int_max_str_digits), 0 for no limit
  bool allow_incomplete_input = false;     // PyCF_ALLOW_INCOMPLETE_INPUT
  bool dont_imply_dedent = false;          // PyCF_DONT_IMPLY_DEDENT: no newline is added at the end of the source
  bool source_is_text = false;             // the bytes are UTF-8 from a str: no coding cookie
  bool is_file = false;                    // wording of decoding errors that name the file
  std::string_view filename = "<string>";  // only for those
  DecodeCallback decode = nullptr;
  void* decode_context = nullptr;
  /// Called every few thousand tokens; true stops the parser (ErrorKind::Interrupted).
  bool (*poll)(void*) = nullptr;
  void* poll_context = nullptr;
  /// Lowest address the native stack may reach, null for no check. The depth of nesting is bounded anyhow.
  const char* stack_limit = nullptr;
};

struct ParseResult {
  ast::Mod* module = nullptr;
  SyntaxErrorInfo error;
  std::vector<ParseWarning> warnings;
  std::string_view encoding;  // what the source was decoded from ("utf-8" unless it says otherwise)
  std::string_view text;      // the decoded source, newlines normalised, in the arena
  bool ok() const { return module != nullptr; }
};

/// Parses `bytes`. The tree and every text it refers to live in `arena`; `bytes` are not needed afterwards.
ParseResult parse(std::string_view bytes, const ParseOptions& options, Arena& arena);

}  // namespace krait::syntax
