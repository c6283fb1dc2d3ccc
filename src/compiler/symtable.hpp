// Symbol tables: which scope every name of a program belongs to.
//
// build() walks the tree once and notes how each block uses its names, then analyses the blocks from the
// outside in: a name is local, a cell (local, and used by an inner function), free (an outer function's), or
// global. It knows nothing of a VM; the code generator and the `_symtable` module read the result.
//
// Blocks that Python 3.14 has: modules, functions (lambdas and comprehensions too), classes, and the lazily
// evaluated scopes of PEP 695 and PEP 649: annotations, type aliases, type variables' bounds and defaults,
// and type parameter lists.
#pragma once

#include <memory>
#include <string>
#include <string_view>
#include <unordered_map>
#include <unordered_set>
#include <vector>

#include "compiler/names.hpp"
#include "syntax/ast.hpp"

namespace krait {

enum class BlockType : uint8_t { Function, Class, Module, Annotation, TypeAlias, TypeParameters, TypeVariable };
enum class ComprehensionKind : uint8_t { None, List, Dict, Set, Generator };

/// How a block uses a name; CPython's DEF_ and USE bits, which `_symtable` shows.
enum SymbolFlags : uint32_t {
  kDefGlobal = 1,
  kDefLocal = 2,
  kDefParam = 4,
  kDefNonlocal = 8,
  kUse = 16,
  kDefFreeClass = 64,
  kDefImport = 128,
  kDefAnnot = 256,
  kDefCompIter = 512,
  kDefTypeParam = 1024,
  kDefCompCell = 2048,
  kDefBound = kDefLocal | kDefParam | kDefImport | kDefTypeParam,
};

/// Where a name lives, as seen from one block; CPython's numbers.
enum class NameScope : uint8_t { None = 0, Local = 1, GlobalExplicit = 2, GlobalImplicit = 3, Free = 4, Cell = 5 };

struct Symbol {
  uint32_t flags = 0;
  NameScope scope = NameScope::None;
  bool from_inlined = false;  ///< belongs to a comprehension that is inlined here: not visible to other inner blocks
};

struct Scope {
  BlockType type = BlockType::Function;
  ComprehensionKind comprehension = ComprehensionKind::None;
  NameId name = kNoName;
  NameId function_name = kNoName;       ///< Annotation: the function whose annotations these are, if any
  const char* variable_kind = nullptr;  ///< TypeVariable: "a TypeVar bound" and the like, for messages
  NameMap<Symbol> symbols;
  std::vector<NameId> parameters;  ///< in the order of co_varnames
  std::vector<Scope*> children;
  Scope* parent = nullptr;
  Scope* annotation_block = nullptr;  ///< Class, Module: where the annotations of its variables are evaluated
  NameMap<bool>* mangled_names =
      nullptr;  ///< in TypeParameters of a class and blocks in it: only these names are mangled
  ast::SourceRange range;
  bool nested = false;
  bool generator = false, coroutine = false;
  bool async_function = false;  ///< of an `async def`
  bool varargs = false, varkeywords = false;
  bool annotations_used = false;
  bool eager_annotations = false;  ///< Class, Module: annotations are evaluated in place, as before 3.14
  bool needs_class_closure = false, needs_classdict = false;
  bool inlined = false;              ///< a comprehension whose code is part of its parent's
  bool can_see_class_scope = false;  ///< names are looked up in the enclosing class's namespace first
  bool has_docstring = false, method = false;
  bool has_conditional_annotations = false, in_conditional_block = false;
  bool comp_iter_target = false, in_unevaluated_annotation = false;
  int comp_iter_expr = 0;

  bool is_function_like() const { return type != BlockType::Class && type != BlockType::Module; }
  bool is_optimized() const { return is_function_like(); }
  NameScope scope_of(NameId id) const {
    const Symbol* s = symbols.find(id);
    return s ? s->scope : NameScope::None;
  }
};

/// Nodes have up to four scopes.
enum class ScopeRole : uintptr_t { Main = 0, TypeParameters = 1, Annotations = 2, Default = 3 };

struct SymtableError {
  enum Kind : uint8_t { None, Syntax, Recursion, Interrupted } kind = None;
  std::string message;
  ast::SourceRange range;
  bool has_location = true;
};

struct SymtableOptions {
  bool future_annotations = false;
  /// The library is older than 3.14: a class or module body that reads `__annotations__` without binding it, which is a NameError in
  /// the newest language, was written for eager annotations and gets them.
  bool older_annotations = false;
  bool top_level_await = false;
  /// Lowest address the native stack may reach; null: no check.
  const char* stack_limit = nullptr;
};

class Symtable {
 public:
  explicit Symtable(NamePool& names) : names_(names) {}
  Symtable(const Symtable&) = delete;
  Symtable& operator=(const Symtable&) = delete;

  /// False: see error().
  bool build(const ast::Mod* module, const SymtableOptions& options);
  const SymtableError& error() const { return error_; }

  Scope* top() const { return top_; }
  Scope* find(const void* node, ScopeRole role = ScopeRole::Main) const {
    auto it = by_node_.find(reinterpret_cast<uintptr_t>(node) | static_cast<uintptr_t>(role));
    return it == by_node_.end() ? nullptr : it->second;
  }
  NamePool& names() const { return names_; }

 private:
  friend class SymtableBuilder;
  NamePool& names_;
  std::vector<std::unique_ptr<Scope>> scopes_;
  std::vector<std::unique_ptr<NameMap<bool>>> name_sets_;
  std::unordered_map<uintptr_t, Scope*> by_node_;
  Scope* top_ = nullptr;
  SymtableError error_;
};

/// Class-private names: `__x` inside class `_A` is `_A__x`. `class_name` kNoName: outside of any class.
NameId mangle(NamePool& names, NameId class_name, NameId name);
/// As mangle(), for a name used in `scope` (type parameter lists of a class mangle only the class's own
/// parameters).
NameId mangle_in_scope(NamePool& names, NameId class_name, const Scope* scope, NameId name);

/// Second half of build(): gives every symbol its scope. In symtable_analyze.cpp.
bool analyze_scopes(
    NamePool& names, Scope* top, const SymtableOptions& options,
    const std::unordered_map<const Scope*, std::vector<std::pair<NameId, ast::SourceRange>>>& directives,
    SymtableError& error);

}  // namespace krait
