// The compiler's door: a tree or source text in, a code object out.
#pragma once

#include <string_view>

#include "bytecode/code.hpp"
#include "objects/vm.hpp"
#include "syntax/ast.hpp"
#include "syntax/parser.hpp"

namespace krait {

/// Delivers a warning about source code: `warnings.warn_explicit(message, category, filename, line)`. An
/// error if the filters turn it into one (the compiler makes a SyntaxError of a SyntaxWarning that is pending
/// then).
using CompileWarning = Status (*)(Vm& vm, E category, std::string_view message, Str* filename, int line);

enum class CompileMode : uint8_t { Exec, Eval, Single, FunctionType };

struct CompileOptions {
  /// 0; 1 (-O): no assert statements, __debug__ is False; 2 (-OO): no docstrings either.
  int optimize = 0;
  /// kCoFuture... bits in force from the outside (PyCF_MASK).
  uint32_t future_flags = 0;
  bool top_level_await = false;    ///< PyCF_ALLOW_TOP_LEVEL_AWAIT
  bool dont_imply_dedent = false;  ///< PyCF_DONT_IMPLY_DEDENT
  bool allow_incomplete_input = false;
  bool type_comments = false;
  bool source_is_text = false;  ///< the source is UTF-8 from a str: no coding cookie
  bool is_file = false;         ///< the source was read from `filename`
  /// Text of the source for SyntaxError.text, if it is known.
  std::string_view source_text{};
  CompileWarning warn = nullptr;  ///< null: warnings are dropped
};

/// Compiles a tree. Errors: SyntaxError with its location, RecursionError, or what a limit gives. `module`
/// Interactive: compiled as 'single'; Expression: as 'eval'.
Result<Code*> compile(Vm& vm, const ast::Mod* module, Str* filename, const CompileOptions& options);

/// Parses and compiles.
Result<Code*> compile_source(Vm& vm, std::string_view source, Str* filename, CompileMode mode,
                             const CompileOptions& options);

/// Parses into `arena`, with SyntaxError as by compile_source(). The mode's tree.
Result<ast::Mod*> parse_source(Vm& vm, std::string_view source, Str* filename, CompileMode mode,
                               const CompileOptions& options, Arena& arena);

/// Bounds the arena of a tree by what the memory limit leaves. Who fills it asks exhausted() now and then.
void limit_arena(const Vm& vm, Arena& arena);

/// Raises the SyntaxError (or subclass) that the parser found, in `source` if that is to be kept for the error's display.
Error raise_syntax_error(Vm& vm, const syntax::SyntaxErrorInfo& info, Str* filename, std::string_view source = {});

/// Raises what the symbol table found wrong. `source`: the text that SyntaxError.text is taken from, if it is
/// known.
struct SymtableError;
Error raise_symtable_error(Vm& vm, const SymtableError& error, Str* filename, std::string_view source);

/// What `from __future__` statements at the head of the module turn on; kCoFuture... bits. `last_line`: of
/// the last of them. SyntaxError for unknown features.
Result<uint32_t> future_features(Vm& vm, const ast::Mod* module, Str* filename, std::string_view source_text,
                                 int* last_line);

/// A docstring with its indentation removed, as the compiler stores it.
std::string clean_docstring(std::string_view text);

/// The value of a constant in the tree.
Value constant_value(Vm& vm, const ast::ConstantValue& constant);

}  // namespace krait
