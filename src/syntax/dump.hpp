// Text views of tokens and trees, for people and for tests.
#pragma once

#include <string>
#include <string_view>

#include "syntax/ast.hpp"
#include "syntax/parser.hpp"

namespace krait::syntax {

struct DumpOptions {
  bool include_attributes = false;  // positions
  bool show_empty = false;          // empty lists and Load contexts too (the default before Python 3.13)
  int indent = -1;                  // blanks per level, negative for one line
};

/// What `ast.dump(tree, ...)` of Python 3.14 prints. False if the tree is nested too deeply to walk.
bool dump_ast(const ast::Node* tree, const DumpOptions& options, std::string& out);

/// One line per token: `line,column-line,column:  NAME  'text'`, as `python -m tokenize -e` prints them.
/// Returns the lexical error, kind None if there is none.
SyntaxErrorInfo dump_tokens(std::string_view bytes, const ParseOptions& options, Arena& arena, std::string& out);

/// Python's repr of constants.
std::string repr_constant(const ast::ConstantValue& value);
/// repr() of a str in generalised UTF-8.
std::string repr_text(std::string_view text);
std::string repr_bytes(std::string_view bytes);

}  // namespace krait::syntax
