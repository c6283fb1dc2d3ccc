// How compile() reaches the _ast module, which lives in a higher room: the module puts its functions here when the machine starts.
#pragma once

#include <string_view>

#include "compiler/compiler.hpp"

namespace krait {

struct AstBridge {
  bool (*is_tree)(Vm& vm, Value v) = nullptr;
  /// compile(tree, ..., PyCF_ONLY_AST): the tree itself, checked to fit the mode.
  Value (*check_tree)(Vm& vm, Value tree, CompileMode mode, const CompileOptions& options) = nullptr;
  Value (*compile_tree)(Vm& vm, Value tree, CompileMode mode, Str* filename, const CompileOptions& options) = nullptr;
  /// Source to a tree of Python objects.
  Value (*parse)(Vm& vm, std::string_view source, CompileMode mode, Str* filename,
                 const CompileOptions& options) = nullptr;
};
AstBridge& ast_bridge(Vm& vm);

}  // namespace krait
