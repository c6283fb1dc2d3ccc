// Second half of the symbol table: from how blocks use names to where the names live.
//
// Outside in, each name of a block is resolved by looking up the enclosing blocks for the nearest one that
// binds it. Inside out, the free names of inner blocks make cells of the locals that they refer to.
// Comprehensions that are inlined (PEP 709) lend their names to the block around them.
#include "compiler/symtable.hpp"

namespace krait {
namespace {

using Directives = std::unordered_map<const Scope*, std::vector<std::pair<NameId, ast::SourceRange>>>;
using NameSet = NameMap<bool>;  // true: is a member; false: was removed

bool has(const NameSet& set, NameId name) {
  const bool* member = set.find(name);
  return member != nullptr && *member;
}

class Analyzer {
 public:
  Analyzer(NamePool& names, const SymtableOptions& options, const Directives& directives, SymtableError& error)
      : names_(names), options_(options), directives_(directives), error_(error) {
    d_class_ = names.intern("__class__");
    d_classdict_ = names.intern("__classdict__");
    d_conditional_ = names.intern("__conditional_annotations__");
  }

  /// `free` gets the names that the block and its inner blocks take from outside. `enclosing_class`: the
  /// class whose namespace an annotation scope looks in first.
  bool analyze(Scope* scope, NameSet& free, Scope* enclosing_class);

 private:
  enum class Binding : uint8_t { None, Global, Function, TypeParameter };

  bool resolve(Scope* scope, NameId name, Symbol& symbol, NameSet& free, Scope* enclosing_class);
  Binding find_binding(const Scope* scope, NameId name) const;
  void inline_comprehension(Scope* scope, Scope* comprehension, NameSet& free, NameSet& inlined_cells);
  void drop_class_free(Scope* scope, NameId name, NameSet& free, bool Scope::* flag) {
    if (bool* member = free.find(name); member != nullptr && *member) {
      *member = false;
      if (flag != nullptr) scope->*flag = true;
    }
  }
  bool fail(const Scope* scope, NameId name, std::string message) {
    ast::SourceRange range;
    bool located = false;
    if (auto it = directives_.find(scope); it != directives_.end()) {
      for (const auto& [directive, where] : it->second) {
        if (directive == name) {
          range = where;
          located = true;
          break;
        }
      }
    }
    error_ = {SymtableError::Syntax, std::move(message), range, located};
    return false;
  }
  std::string quoted(const char* before, NameId name, const char* after) const {
    std::string s = before;
    s += names_.text(name);
    return s += after;
  }

  NamePool& names_;
  const SymtableOptions& options_;
  const Directives& directives_;
  SymtableError& error_;
  NameId d_class_, d_classdict_, d_conditional_;
};

// The nearest enclosing binding that inner blocks see: those of functions and their like, and the three cells
// of a class.
Analyzer::Binding Analyzer::find_binding(const Scope* scope, NameId name) const {
  for (const Scope* outer = scope->parent; outer != nullptr; outer = outer->parent) {
    if (outer->type == BlockType::Class) {
      if (name == d_class_ || name == d_classdict_ || name == d_conditional_) return Binding::Function;
      // A global statement in a class body holds for it alone.
      continue;
    }
    const Symbol* s = outer->symbols.find(name);
    if (outer->type == BlockType::Module) return s && (s->flags & kDefGlobal) ? Binding::Global : Binding::None;
    if (s == nullptr || s->from_inlined) continue;
    if (s->flags & kDefGlobal) return Binding::Global;
    if (s->flags & kDefNonlocal) continue;
    if (s->flags & kDefBound) return s->flags & kDefTypeParam ? Binding::TypeParameter : Binding::Function;
  }
  return Binding::None;
}

bool Analyzer::resolve(Scope* scope, NameId name, Symbol& symbol, NameSet& free, Scope* enclosing_class) {
  uint32_t flags = symbol.flags;
  if (flags & kDefGlobal) {
    if (flags & kDefNonlocal) return fail(scope, name, quoted("name '", name, "' is nonlocal and global"));
    symbol.scope = NameScope::GlobalExplicit;
    return true;
  }
  if (flags & kDefNonlocal) {
    if (scope->type == BlockType::Module) return fail(scope, name, "nonlocal declaration not allowed at module level");
    Binding binding = find_binding(scope, name);
    if (binding == Binding::None || binding == Binding::Global)
      return fail(scope, name, quoted("no binding for nonlocal '", name, "' found"));
    if (binding == Binding::TypeParameter)
      return fail(scope, name, quoted("nonlocal binding not allowed for type parameter '", name, "'"));
    symbol.scope = NameScope::Free;
    free.get(name) = true;
    return true;
  }
  if (flags & kDefBound) {
    symbol.scope = NameScope::Local;
    return true;
  }
  // A name that the class itself sets is looked up in its namespace; it is not that of a function around the
  // class.
  if (enclosing_class != nullptr && name != d_classdict_) {
    const Symbol* of_class = enclosing_class->symbols.find(name);
    uint32_t class_flags = of_class && !of_class->from_inlined ? of_class->flags : 0;
    if (class_flags & kDefGlobal) {
      symbol.scope = NameScope::GlobalExplicit;
      return true;
    }
    if ((class_flags & kDefBound) && !(class_flags & kDefNonlocal)) {
      symbol.scope = NameScope::GlobalImplicit;
      return true;
    }
  }
  Binding binding = find_binding(scope, name);
  if (binding == Binding::Function || binding == Binding::TypeParameter) {
    symbol.scope = NameScope::Free;
    free.get(name) = true;
  } else {
    symbol.scope = NameScope::GlobalImplicit;
  }
  return true;
}

bool free_in_any_child(const Scope* scope, NameId name) {
  for (const Scope* child : scope->children)
    if (child->scope_of(name) == NameScope::Free) return true;
  return false;
}

void Analyzer::inline_comprehension(Scope* scope, Scope* comprehension, NameSet& free, NameSet& inlined_cells) {
  for (const auto& [name, symbol] : comprehension->symbols) {
    if (symbol.flags & kDefParam) continue;  // the iterable
    if (symbol.scope == NameScope::Cell || (symbol.flags & kDefCompCell)) inlined_cells.get(name) = true;
    Symbol* existing = scope->symbols.find(name);
    if (existing == nullptr) {
      Symbol copy = symbol;
      copy.from_inlined = true;
      // The class's own cells are for functions in it: the class's code has no such name, and with it the comprehension.
      if (symbol.scope == NameScope::Free && scope->type == BlockType::Class &&
          (name == d_class_ || name == d_classdict_ || name == d_conditional_)) {
        copy.scope = NameScope::GlobalImplicit;
        if (bool* member = free.find(name); member != nullptr && !free_in_any_child(comprehension, name))
          *member = false;
      }
      scope->symbols.get(name) = copy;
    } else if ((existing->flags & kDefBound) && scope->type != BlockType::Class &&
               !free_in_any_child(comprehension, name)) {
      // What was free in the comprehension is now simply the block's own.
      if (bool* member = free.find(name)) *member = false;
    }
  }
  comprehension->inlined = true;
}

bool Analyzer::analyze(Scope* scope, NameSet& free, Scope* enclosing_class) {
  if (options_.stack_limit != nullptr && static_cast<const char*>(__builtin_frame_address(0)) < options_.stack_limit) {
    error_.kind = SymtableError::Recursion;
    return false;
  }
  for (auto& [name, symbol] : scope->symbols)
    if (!resolve(scope, name, symbol, free, enclosing_class)) return false;

  NameSet inlined_cells;
  NameSet inner_free;
  std::vector<Scope*> children;
  children.reserve(scope->children.size());
  for (Scope* child : scope->children) {
    Scope* child_class = nullptr;
    if (child->can_see_class_scope) child_class = scope->type == BlockType::Class ? scope : enclosing_class;
    bool inlines = child->comprehension != ComprehensionKind::None &&
                   child->comprehension != ComprehensionKind::Generator && !scope->can_see_class_scope;
    NameSet child_free;
    if (!analyze(child, child_free, child_class)) return false;
    if (inlines) inline_comprehension(scope, child, child_free, inlined_cells);
    for (const auto& [name, member] : child_free)
      if (member) inner_free.get(name) = true;
    if (child->inlined) {
      children.insert(children.end(), child->children.begin(), child->children.end());
    } else {
      children.push_back(child);
    }
  }
  scope->children.swap(children);

  // The cells of inlined comprehensions are cells here, whatever else the name is in this block.
  for (auto& [name, symbol] : scope->symbols)
    if (has(inlined_cells, name)) symbol.flags |= kDefCompCell;
  if (scope->is_function_like()) {
    for (auto& [name, symbol] : scope->symbols) {
      if (symbol.scope != NameScope::Local) continue;
      bool* member = inner_free.find(name);
      bool is_free = member != nullptr && *member;
      if (!is_free && !has(inlined_cells, name)) continue;
      symbol.scope = NameScope::Cell;
      if (is_free) *member = false;
    }
  } else if (scope->type == BlockType::Class) {
    drop_class_free(scope, d_class_, inner_free, &Scope::needs_class_closure);
    drop_class_free(scope, d_classdict_, inner_free, &Scope::needs_classdict);
    drop_class_free(scope, d_conditional_, inner_free, &Scope::has_conditional_annotations);
  }

  // Names that pass through this block on their way to an inner one.
  for (const auto& [name, member] : inner_free) {
    if (!member) continue;
    if (Symbol* symbol = scope->symbols.find(name)) {
      // Free for an inner block although this one, a class or a block that sees its class's names, looks it up otherwise.
      bool otherwise = symbol->scope != NameScope::Free && symbol->scope != NameScope::Cell;
      if ((scope->type == BlockType::Class || scope->can_see_class_scope) && otherwise) symbol->flags |= kDefFreeClass;
    } else if (scope->type != BlockType::Module) {
      scope->symbols.get(name).scope = NameScope::Free;
    }
    free.get(name) = true;
  }
  return true;
}

}  // namespace

bool analyze_scopes(NamePool& names, Scope* top, const SymtableOptions& options, const Directives& directives,
                    SymtableError& error) {
  NameSet free;
  return Analyzer(names, options, directives, error).analyze(top, free, nullptr);
}

}  // namespace krait
