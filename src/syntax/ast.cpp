// Tables that describe the tree, made from ast.def.
#include "syntax/ast.hpp"

#include <iterator>

// The nodes derive from a base that has data, where offsetof is only conditionally supported; both compilers do.
#pragma GCC diagnostic ignored "-Winvalid-offsetof"

namespace krait::ast {
namespace {

constexpr bool same(const char* a, const char* b) {
  while (*a && *a == *b) ++a, ++b;
  return *a == *b;
}

constexpr const char* python_field_name(const char* node, const char* field) {
  if (same(node, "TypeIgnore") && same(field, "line")) return "lineno";
  if (same(node, "Constant") && same(field, "string_kind")) return "kind";
  return field;
}

#define AST_FIELD(T, name, shape, node) \
  FieldInfo{python_field_name(kPython, #name), FieldType::T, FieldShape::shape, offsetof(Self, name), node},
#define AST_NODE(Cpp, python, Base)                \
  struct Fields_##Cpp {                            \
    using Self = Cpp;                              \
    static constexpr const char* kPython = python; \
    static constexpr FieldInfo list[] = {
#define AST_PRODUCT(Cpp, python, attributes) AST_NODE(Cpp, python, )
#define AST_CHILD(T, name) AST_FIELD(T, name, One, true)
#define AST_CHILD_OPT(T, name) AST_FIELD(T, name, Optional, true)
#define AST_CHILDREN(T, name) AST_FIELD(T, name, Sequence, true)
#define AST_CHILDREN_OPT(T, name) AST_FIELD(T, name, OptionalItems, true)
#define AST_VALUE(T, name) AST_FIELD(T, name, One, false)
#define AST_VALUE_OPT(T, name) AST_FIELD(T, name, Optional, false)
#define AST_VALUES(T, name) AST_FIELD(T, name, Sequence, false)
// Every list ends in a row that is not counted, so that a node without fields has a list as well.
#define AST_END(Cpp)                                               \
  FieldInfo { nullptr, FieldType::Int, FieldShape::One, 0, false } \
  }                                                                \
  ;                                                                \
  }                                                                \
  ;
#include "syntax/ast.def"
#undef AST_FIELD

// Sum types: their ASDL name and whether their nodes have positions.
#define AST_SUM(Cpp, asdl, attributes)         \
  constexpr const char* kSumName_##Cpp = asdl; \
  constexpr bool kSumHasPosition_##Cpp = attributes;
#include "syntax/ast.def"

constexpr NodeInfo kNodes[] = {
#define AST_INFO(Cpp, python, base, position)               \
  {python,                                                  \
   base,                                                    \
   Fields_##Cpp::list,                                      \
   static_cast<uint8_t>(std::size(Fields_##Cpp::list) - 1), \
   position,                                                \
   static_cast<uint16_t>(sizeof(Cpp)),                      \
   NodeKind::Cpp},
#define AST_NODE(Cpp, python, Base) AST_INFO(Cpp, python, kSumName_##Base, kSumHasPosition_##Base)
#define AST_PRODUCT(Cpp, python, attributes) AST_INFO(Cpp, python, "AST", attributes)
#include "syntax/ast.def"
#undef AST_INFO
};
static_assert(std::size(kNodes) == kNodeKindCount);

constexpr const char* kTypeNames[] = {
    "identifier",
    "string",
    "int",
    "constant",
#define AST_ENUM(Cpp, asdl) asdl,
#define AST_SUM(Cpp, asdl, attributes) asdl,
#define AST_PRODUCT(Cpp, python, attributes) python,
#include "syntax/ast.def"
};

struct Member {
  const char* name;
  const char* symbol;
};

#define AST_ENUM(Cpp, asdl) constexpr Member kMembers_##Cpp[] = {
#define AST_MEMBER(Cpp, Member, symbol) {#Member, symbol},
#define AST_ENUM_END(Cpp) \
  }                       \
  ;
#include "syntax/ast.def"

const Member* find_member(FieldType type, int member) {
  switch (type) {
#define AST_ENUM(Cpp, asdl) \
  case FieldType::Cpp:      \
    return member >= 0 && member < static_cast<int>(std::size(kMembers_##Cpp)) ? &kMembers_##Cpp[member] : nullptr;
#include "syntax/ast.def"
    default: return nullptr;
  }
}

}  // namespace

const NodeInfo& node_info(NodeKind kind) { return kNodes[static_cast<int>(kind)]; }

const char* type_name(FieldType type) { return kTypeNames[static_cast<int>(type)]; }

const char* member_name(FieldType type, int member) {
  const Member* found = find_member(type, member);
  return found ? found->name : nullptr;
}

const char* member_symbol(FieldType type, int member) {
  const Member* found = find_member(type, member);
  return found ? found->symbol : nullptr;
}

}  // namespace krait::ast
