// The classes of `_ast`, and trees as Python objects: between the parser's arena and ast.Module and company.
#pragma once

#include "base/arena.hpp"
#include "compiler/compiler.hpp"
#include "objects/module.hpp"
#include "objects/vm.hpp"
#include "syntax/ast.hpp"

namespace krait {

constexpr int kAstMaxFields = 8;
constexpr int kAstMaxMembers = 16;
constexpr int kAstFieldTypes = 64;

/// All classes, made when the module is first imported.
struct AstClasses : Extension {
  bool ready = false;
  Type* ast = nullptr;
  Type* nodes[ast::kNodeKindCount] = {};
  Type* sums[kAstFieldTypes] = {};  ///< by ast::FieldType: sums, and the classes of products and enums
  Type* members[kAstFieldTypes][kAstMaxMembers] = {};  ///< by enumeration and member
  Value singletons[kAstFieldTypes][kAstMaxMembers];    ///< the one instance that trees hold of each
  Str* field_names[ast::kNodeKindCount][kAstMaxFields] = {};
  Str* attributes[4] = {};  ///< lineno ...
  Str *fields = nullptr, *attributes_name = nullptr, *field_types = nullptr, *match_args = nullptr;
  void trace(Marker& m) override;
};
/// Makes them if need be.
Result<AstClasses*> ast_classes(Vm& vm);

/// The tree as Python objects.
Value ast_to_object(Vm& vm, const ast::Node* node);
/// A tree of Python objects, checked field by field, in the arena. `mode` says which kind of root is wanted.
Result<ast::Mod*> ast_from_object(Vm& vm, Value tree, CompileMode mode, Arena& arena);
/// What the compiler takes for granted of trees from the parser. ValueError, TypeError.
Status ast_validate(Vm& vm, const ast::Mod* tree);

}  // namespace krait
