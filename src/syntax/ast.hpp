// The abstract syntax tree: plain structs in an arena, equal in names and fields to Python's `ast` module.
//
// The list of nodes is ast.def; this file turns it into structs (`ast::BinOp` with `left`, `op`, `right`), the
// enumeration `ast::NodeKind`, and a table that describes every node and field (`ast::node_info`). Everything a tree
// points to lives in the arena it was parsed into, the source text included.
//
// Python's `Expr` statement is `ast::ExprStmt` here, because `ast::Expr` is the base of all expressions; likewise
// `TypeIgnore.lineno` is `line` and `Constant.kind` is `string_kind`. Use `info.name` and `field.name` where Python's names are wanted.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string_view>

namespace krait::ast {

/// A sequence of children or values in the arena.
template <class T>
struct Seq {
  T* items = nullptr;
  size_t count = 0;

  T* begin() const { return items; }
  T* end() const { return items + count; }
  size_t size() const { return count; }
  bool empty() const { return count == 0; }
  T& operator[](size_t i) const { return items[i]; }
  T& front() const { return items[0]; }
  T& back() const { return items[count - 1]; }
};

// These two come first: g++ takes an enumerator for a shadow of a type declared before it.

enum class ConstantKind : uint8_t { None, True, False, Ellipsis, Int, Float, Complex, Str, Bytes, Tuple, FrozenSet };

/// What one item of a field holds: a value type, or a node of a sum or product type.
enum class FieldType : uint8_t {
  Identifier,
  String,
  Int,
  ConstantValue,
#define AST_ENUM(Cpp, asdl) Cpp,
#define AST_SUM(Cpp, asdl, attributes) Cpp,
#define AST_PRODUCT(Cpp, python, attributes) Cpp,
#include "syntax/ast.def"
};

/// UTF-8, NFKC-normalised. Interned within one parse: equal names have equal data(). Absent: data() is null.
using Identifier = std::string_view;
/// UTF-8. Absent: data() is null.
using String = std::string_view;
using Int = int;

/// The value of a `Constant`. The parser makes every kind but Tuple and FrozenSet, which only trees built by a
/// Python program have.
struct ConstantValue {
  ConstantKind kind = ConstantKind::None;
  uint8_t base = 10;      // Int: 2, 8, 10 or 16
  bool fits_u64 = false;  // Int: `small` holds the value
  union {
    uint64_t small = 0;  // Int
    double number;       // Float; the imaginary part of Complex
  };
  /// Int: its digits without prefix, underscores or leading zeros (trees built by programs: perhaps a `-` first).
  /// Str: generalised UTF-8 (a lone surrogate is its three bytes). Bytes: the bytes.
  std::string_view text{};
  Seq<ConstantValue> elements{};  // Tuple, FrozenSet
  double real = 0;                // Complex: zero from the parser
};

/// Lines count from 1, columns from 0 in bytes of UTF-8; the end is exclusive.
struct SourceRange {
  int lineno = 0;
  int col_offset = 0;
  int end_lineno = 0;
  int end_col_offset = 0;
};

enum class NodeKind : uint8_t {
#define AST_NODE(Cpp, python, Base) Cpp,
#define AST_PRODUCT(Cpp, python, attributes) Cpp,
#include "syntax/ast.def"
};

inline constexpr int kNodeKindCount = 0
#define AST_NODE(Cpp, python, Base) +1
#define AST_PRODUCT(Cpp, python, attributes) +1
#include "syntax/ast.def"
    ;

#define AST_ENUM(Cpp, asdl) enum class Cpp : uint8_t {
#define AST_MEMBER(Cpp, Member, symbol) Member,
#define AST_ENUM_END(Cpp) \
  }                       \
  ;
#include "syntax/ast.def"

/// The head of every node. Kinds without position attributes in Python (arguments, withitem, ...) have a
/// range here too where the parser knows one.
struct Node {
  SourceRange range{};
  NodeKind kind{};
};

// Forward declarations, so that fields can point at any node.
#define AST_SUM(Cpp, asdl, attributes) struct Cpp;
#define AST_NODE(Cpp, python, Base) struct Cpp;
#define AST_PRODUCT(Cpp, python, attributes) struct Cpp;
#include "syntax/ast.def"

#define AST_SUM(Cpp, asdl, attributes) \
  struct Cpp : Node {};
#include "syntax/ast.def"

#define AST_NODE(Cpp, python, Base) \
  struct Cpp : Base {               \
    static constexpr NodeKind kKind = NodeKind::Cpp;
#define AST_PRODUCT(Cpp, python, attributes) \
  struct Cpp : Node {                        \
    static constexpr NodeKind kKind = NodeKind::Cpp;
#define AST_CHILD(T, name) ::krait::ast::T* name = nullptr;
#define AST_CHILD_OPT(T, name) ::krait::ast::T* name = nullptr;
#define AST_CHILDREN(T, name) ::krait::ast::Seq<::krait::ast::T*> name{};
#define AST_CHILDREN_OPT(T, name) ::krait::ast::Seq<::krait::ast::T*> name{};
#define AST_VALUE(T, name) ::krait::ast::T name{};
#define AST_VALUE_OPT(T, name) ::krait::ast::T name{};
#define AST_VALUES(T, name) ::krait::ast::Seq<::krait::ast::T> name{};
#define AST_END(Cpp) \
  }                  \
  ;
#include "syntax/ast.def"

/// `node` as a T, or null if it is null or of another kind.
template <class T>
T* as(Node* node) {
  return node && node->kind == T::kKind ? static_cast<T*>(node) : nullptr;
}
template <class T>
const T* as(const Node* node) {
  return node && node->kind == T::kKind ? static_cast<const T*>(node) : nullptr;
}
template <class T>
bool is(const Node* node) {
  return node && node->kind == T::kKind;
}

// ---- description of the nodes ----

enum class FieldShape : uint8_t {
  One,            // T, or T* for a node
  Optional,       // the same, perhaps absent
  Sequence,       // Seq<T>, Seq<T*> for nodes
  OptionalItems,  // Seq<T*> whose items may be null
};

struct FieldInfo {
  const char* name;  // Python's name
  FieldType type;
  FieldShape shape;
  uint16_t offset;  // in bytes from the Node
  bool is_node;     // T is a node type

  template <class T>
  T& in(Node* node) const {
    return *reinterpret_cast<T*>(reinterpret_cast<char*>(node) + offset);
  }
  template <class T>
  const T& in(const Node* node) const {
    return *reinterpret_cast<const T*>(reinterpret_cast<const char*>(node) + offset);
  }
};

struct NodeInfo {
  const char* name;         // Python's class name
  const char* base;         // its sum type in ASDL ("stmt"), or "AST" for a product
  const FieldInfo* fields;  // in the order of `_fields`
  uint8_t field_count;
  bool has_position;  // lineno, col_offset, end_lineno, end_col_offset are its `_attributes`
  uint16_t size;      // sizeof the struct
  NodeKind kind;

  const FieldInfo* begin() const { return fields; }
  const FieldInfo* end() const { return fields + field_count; }
};

/// The description of a kind of node.
const NodeInfo& node_info(NodeKind kind);

/// The ASDL name of a field's type: "identifier", "expr", "arguments", ...
const char* type_name(FieldType type);

/// Python's class name of an enumeration's member: `member_name(FieldType::Operator, 0)` is "Add"; null if there is
/// no such member.
const char* member_name(FieldType type, int member);
/// How it is written in source: "+", "not in"; empty for contexts.
const char* member_symbol(FieldType type, int member);

inline const char* symbol(Operator op) { return member_symbol(FieldType::Operator, static_cast<int>(op)); }
inline const char* symbol(UnaryOperator op) { return member_symbol(FieldType::UnaryOperator, static_cast<int>(op)); }
inline const char* symbol(CmpOperator op) { return member_symbol(FieldType::CmpOperator, static_cast<int>(op)); }
inline const char* symbol(BoolOperator op) { return member_symbol(FieldType::BoolOperator, static_cast<int>(op)); }

}  // namespace krait::ast
