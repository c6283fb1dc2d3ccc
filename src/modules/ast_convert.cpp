// Trees between the arena and Python objects, both ways by the field tables of syntax/ast.hpp.
#include <cstring>
#include <string>
#include <unordered_map>

#include "modules/_ast.hpp"
#include "objects/bytes.hpp"
#include "objects/dict.hpp"
#include "objects/float.hpp"
#include "objects/int.hpp"
#include "objects/operations.hpp"
#include "objects/sequences.hpp"
#include "objects/str.hpp"
#include "objects/type.hpp"

namespace krait {
namespace {

using ast::FieldShape;
using ast::FieldType;

// --- Arena to objects

class ToObjects {
 public:
  ToObjects(Vm& vm, AstClasses& c) : vm_(vm), c_(c) {}
  Value node(const ast::Node* n);

 private:
  Value text(std::string_view s) {
    if (s.data() == nullptr) return Value::none();
    return str_from_generalised_utf8(vm_, s);
  }
  Value name(std::string_view s) {
    if (s.data() == nullptr) return Value::none();
    return vm_.intern(s);
  }
  Value member(FieldType type, uint8_t i) { return c_.singletons[static_cast<int>(type)][i]; }
  Value field(const ast::Node* n, const ast::FieldInfo& f);

  Vm& vm_;
  AstClasses& c_;
};

Value ToObjects::field(const ast::Node* n, const ast::FieldInfo& f) {
  bool sequence = f.shape == FieldShape::Sequence || f.shape == FieldShape::OptionalItems;
  if (sequence) {
    if (f.is_node) {
      const auto& items = f.in<ast::Seq<ast::Node*>>(n);
      List* list = TRY(list_new(vm_, items.size()));
      for (const ast::Node* item : items) {
        Value v = item == nullptr ? Value::none() : node(item);
        if (v.is_error()) return v;
        TRY(list_append(vm_, list, v));
      }
      return list;
    }
    List* list = TRY(list_new(vm_));
    if (f.type == FieldType::Identifier) {
      for (std::string_view id : f.in<ast::Seq<ast::Identifier>>(n)) {
        Value v = name(id);
        if (v.is_error()) return v;
        TRY(list_append(vm_, list, v));
      }
    } else {
      for (uint8_t i : f.in<ast::Seq<uint8_t>>(n)) TRY(list_append(vm_, list, member(f.type, i)));
    }
    return list;
  }
  if (f.is_node) {
    const ast::Node* child = f.in<ast::Node*>(n);
    return child == nullptr ? Value::none() : node(child);
  }
  switch (f.type) {
    case FieldType::Identifier: return name(f.in<ast::Identifier>(n));
    case FieldType::String: return text(f.in<ast::String>(n));
    case FieldType::Int: return Value::small_int(f.in<ast::Int>(n));
    case FieldType::ConstantValue: return constant_value(vm_, f.in<ast::ConstantValue>(n));
    default: return member(f.type, f.in<uint8_t>(n));
  }
}

Value ToObjects::node(const ast::Node* n) {
  TRY(vm_.check_stack(" during ast construction"));
  TRY(vm_.poll());
  int kind = static_cast<int>(n->kind);
  const ast::NodeInfo& info = ast::node_info(n->kind);
  Value object = object_new(vm_, c_.nodes[kind]);
  if (object.is_error()) return object;
  for (int i = 0; i < info.field_count; ++i) {
    Value v = field(n, info.fields[i]);
    if (v.is_error()) return v;
    TRY(generic_set_attr(vm_, object, c_.field_names[kind][i], v));
  }
  if (info.has_position) {
    const int positions[] = {n->range.lineno, n->range.col_offset, n->range.end_lineno, n->range.end_col_offset};
    for (int i = 0; i < 4; ++i) TRY(generic_set_attr(vm_, object, c_.attributes[i], Value::small_int(positions[i])));
  }
  return object;
}

// --- Objects to arena

class FromObjects {
 public:
  FromObjects(Vm& vm, AstClasses& c, Arena& arena) : vm_(vm), c_(c), arena_(arena) {}
  Result<ast::Node*> node(Value v, FieldType type);

 private:
  Status go_on();
  Status fill(ast::Node* n, Value object);
  Status field(ast::Node* n, Value object, const ast::FieldInfo& f, Str* name);
  Status items(ast::Node* n, Value list, const ast::FieldInfo& f);
  Result<std::string_view> identifier(Value v);
  Result<std::string_view> string(Value v);
  Result<int> integer(Value v);
  Result<uint8_t> member(Value v, FieldType type);
  Status constant(Value v, ast::ConstantValue& out);
  std::string_view keep(Str* s) { return arena_.copy(str_to_utf8(s)); }
  Result<int> position(Value object, int i, bool required, int fallback, const ast::NodeInfo& info);

  Vm& vm_;
  AstClasses& c_;
  Arena& arena_;
  std::unordered_map<std::string, std::string_view> identifiers_;
};

Result<std::string_view> FromObjects::identifier(Value v) {
  if (!is_str(v)) return vm_.raise(E::TypeError, "AST identifier must be of type str");
  std::string text = str_to_utf8(as_str(v));
  auto [it, added] = identifiers_.try_emplace(text);
  if (added) it->second = arena_.copy(text);
  return it->second;
}

Result<std::string_view> FromObjects::string(Value v) {
  if (!is_str(v)) return vm_.raise(E::TypeError, "AST string must be of type str");
  return keep(as_str(v));
}

Result<int> FromObjects::integer(Value v) {
  if (!is_int(v)) return vm_.raise(E::ValueError, "invalid integer value: {}", repr_of(v));
  std::optional<int64_t> i = int_to_i64(v);
  if (!i || *i < INT32_MIN || *i > INT32_MAX)
    return vm_.raise(E::OverflowError, "Python int too large to convert to C int");
  return static_cast<int>(*i);
}

Result<uint8_t> FromObjects::member(Value v, FieldType type) {
  for (int m = 0; ast::member_name(type, m) != nullptr; ++m) {
    Type* t = c_.members[static_cast<int>(type)][m];
    if (vm_.type_of(v) == t || TRY(is_instance(vm_, v, t))) return static_cast<uint8_t>(m);
  }
  return vm_.raise(E::TypeError, "expected some sort of {}, but got {}", ast::type_name(type), repr_of(v));
}

/// What every node and every constant begins with. A small graph of objects can be a tree without end.
Status FromObjects::go_on() {
  TRY(vm_.check_stack(" during compilation"));
  TRY(vm_.poll());
  if (arena_.exhausted()) return vm_.allocation_failed(arena_.reserved());
  return {};
}

Status FromObjects::constant(Value v, ast::ConstantValue& out) {
  TRY(go_on());
  if (v.is_none()) return {};
  if (v.is_true() || v.is_false()) {
    out.kind = v.is_true() ? ast::ConstantKind::True : ast::ConstantKind::False;
  } else if (v.is(Value::ellipsis())) {
    out.kind = ast::ConstantKind::Ellipsis;
  } else if (is_exact(vm_, v, vm_.types.int_)) {
    out.kind = ast::ConstantKind::Int;
    if (std::optional<uint64_t> small = int_to_u64(v)) {
      out.fits_u64 = true;
      out.small = *small;
    }
    Value text = int_to_str(vm_, v, 16);
    if (text.is_error()) return Error{};
    out.base = 16;
    out.text = keep(as_str(text));
  } else if (is_exact(vm_, v, vm_.types.float_)) {
    out.kind = ast::ConstantKind::Float;
    out.number = float_value(v);
  } else if (is_exact(vm_, v, vm_.types.complex_)) {
    out.kind = ast::ConstantKind::Complex;
    out.real = v.as<Complex>()->real;
    out.number = v.as<Complex>()->imag;
  } else if (is_exact(vm_, v, vm_.types.str)) {
    out.kind = ast::ConstantKind::Str;
    out.text = keep(as_str(v));
  } else if (is_exact(vm_, v, vm_.types.bytes)) {
    out.kind = ast::ConstantKind::Bytes;
    out.text = arena_.copy(v.as<Bytes>()->view());
  } else if (is_exact(vm_, v, vm_.types.tuple) || is_exact(vm_, v, vm_.types.frozenset)) {
    bool tuple = is_tuple(v);
    out.kind = tuple ? ast::ConstantKind::Tuple : ast::ConstantKind::FrozenSet;
    Value members = tuple ? v : tuple_from(vm_, v);
    if (members.is_error()) return Error{};
    Tuple* t = members.as<Tuple>();
    out.elements.items = arena_.make_array<ast::ConstantValue>(t->length);
    out.elements.count = t->length;
    for (uint64_t i = 0; i < t->length; ++i) {
      new (&out.elements.items[i]) ast::ConstantValue();
      TRY(constant(t->items[i], out.elements.items[i]));
    }
  } else {
    return vm_.raise(E::TypeError, "got an invalid type in Constant: {}", type_name_of(v));
  }
  return {};
}

Status FromObjects::items(ast::Node* n, Value list, const ast::FieldInfo& f) {
  const char* owner = ast::node_info(n->kind).name;
  if (!is_list(list))
    return vm_.raise(E::TypeError, "{} field \"{}\" must be a list, not a {}", owner, f.name, type_name_of(list));
  List* l = list.as<List>();
  uint64_t count = l->length;
  auto changed = [&] {
    return vm_.raise(E::RuntimeError, "{} field \"{}\" changed size during iteration", owner, f.name);
  };
  if (f.is_node) {
    auto& out = f.in<ast::Seq<ast::Node*>>(n);
    out.items = arena_.make_array<ast::Node*>(count);
    out.count = count;
    std::memset(out.items, 0, count * sizeof(ast::Node*));
    for (uint64_t i = 0; i < count; ++i) {
      Value item = l->items()[i];
      // None is let through for expressions here; validation says where it may stand.
      if (item.is_none() && (f.type == FieldType::Expr || f.type == FieldType::Pattern)) continue;
      out.items[i] = TRY(node(item, f.type));
      if (l->length != count) return changed();
    }
    return {};
  }
  if (f.type == FieldType::Identifier) {
    auto& out = f.in<ast::Seq<ast::Identifier>>(n);
    out.items = arena_.make_array<ast::Identifier>(count);
    out.count = count;
    for (uint64_t i = 0; i < count; ++i) {
      out.items[i] = TRY(identifier(l->items()[i]));
      if (l->length != count) return changed();
    }
    return {};
  }
  auto& out = f.in<ast::Seq<uint8_t>>(n);
  out.items = arena_.make_array<uint8_t>(count);
  out.count = count;
  for (uint64_t i = 0; i < count; ++i) {
    out.items[i] = TRY(member(l->items()[i], f.type));
    if (l->length != count) return changed();
  }
  return {};
}

Status FromObjects::field(ast::Node* n, Value object, const ast::FieldInfo& f, Str* name) {
  Value v = get_attr_optional(vm_, object, name);
  if (v.is_error()) return Error{};
  const char* owner = ast::node_info(n->kind).name;
  bool sequence = f.shape == FieldShape::Sequence || f.shape == FieldShape::OptionalItems;
  if (v.is_exhausted()) {
    if (f.shape == FieldShape::Optional || sequence) return {};
    if (f.type == FieldType::ExprContext) return {};  // Load
    return vm_.raise(E::TypeError, "required field \"{}\" missing from {}", f.name, owner);
  }
  if (sequence) return items(n, v, f);
  if (v.is_none() && f.shape == FieldShape::Optional) return {};
  if (v.is_none() && f.type != FieldType::ConstantValue && f.shape == FieldShape::One && f.is_node)
    return vm_.raise(E::ValueError, "field '{}' is required for {}", f.name, owner);
  if (f.is_node) {
    f.in<ast::Node*>(n) = TRY(node(v, f.type));
    return {};
  }
  switch (f.type) {
    case FieldType::Identifier: f.in<ast::Identifier>(n) = TRY(identifier(v)); return {};
    case FieldType::String: f.in<ast::String>(n) = TRY(string(v)); return {};
    case FieldType::Int: f.in<ast::Int>(n) = TRY(integer(v)); return {};
    case FieldType::ConstantValue: return constant(v, f.in<ast::ConstantValue>(n));
    default: f.in<uint8_t>(n) = TRY(member(v, f.type)); return {};
  }
}

Result<int> FromObjects::position(Value object, int i, bool required, int fallback, const ast::NodeInfo& info) {
  Value v = get_attr_optional(vm_, object, c_.attributes[i]);
  if (v.is_error()) return Error{};
  if (v.is_exhausted() || (v.is_none() && !required)) {
    if (!required) return fallback;
    return vm_.raise(E::TypeError, "required field \"{}\" missing from {}", c_.attributes[i],
                     std::string_view(info.base) == "AST" ? info.name : info.base);
  }
  return integer(v);
}

Status FromObjects::fill(ast::Node* n, Value object) {
  TRY(go_on());
  int kind = static_cast<int>(n->kind);
  const ast::NodeInfo& info = ast::node_info(n->kind);
  for (int i = 0; i < info.field_count; ++i) TRY(field(n, object, info.fields[i], c_.field_names[kind][i]));
  if (!info.has_position) return {};
  n->range.lineno = TRY(position(object, 0, true, 0, info));
  n->range.col_offset = TRY(position(object, 1, true, 0, info));
  n->range.end_lineno = TRY(position(object, 2, false, n->range.lineno, info));
  n->range.end_col_offset = TRY(position(object, 3, false, n->range.col_offset, info));
  return {};
}

// The node that `v` is, of the wanted sum or product. Exact classes are found at once, derived ones by
// isinstance().
Result<ast::Node*> FromObjects::node(Value v, FieldType type) {
  Type* wanted = c_.sums[static_cast<int>(type)];
  int found = -1;
  for (int k = 0; k < ast::kNodeKindCount && found < 0; ++k)
    if (vm_.type_of(v) == c_.nodes[k] && type_is_subtype(c_.nodes[k], wanted)) found = k;
  for (int k = 0; k < ast::kNodeKindCount && found < 0; ++k)
    if (type_is_subtype(c_.nodes[k], wanted) && type_is_subtype(vm_.type_of(v), c_.nodes[k])) found = k;
  if (found < 0) {
    // Only for __instancecheck__ of odd classes; and for the message.
    for (int k = 0; k < ast::kNodeKindCount && found < 0; ++k)
      if (type_is_subtype(c_.nodes[k], wanted) && TRY(is_instance(vm_, v, c_.nodes[k]))) found = k;
  }
  if (found < 0)
    return vm_.raise(E::TypeError, "expected some sort of {}, but got {}", ast::type_name(type), repr_of(v));
  ast::Node* made = nullptr;
  switch (static_cast<ast::NodeKind>(found)) {
#define AST_NODE(Cpp, python, Base) \
  case ast::NodeKind::Cpp: made = arena_.make<ast::Cpp>(); break;
#define AST_PRODUCT(Cpp, python, attributes) \
  case ast::NodeKind::Cpp: made = arena_.make<ast::Cpp>(); break;
#include "syntax/ast.def"
  }
  made->kind = static_cast<ast::NodeKind>(found);
  TRY(fill(made, v));
  return made;
}

}  // namespace

Value ast_to_object(Vm& vm, const ast::Node* node) {
  AstClasses& c = *TRY(ast_classes(vm));
  return ToObjects(vm, c).node(node);
}

Result<ast::Mod*> ast_from_object(Vm& vm, Value tree, CompileMode mode, Arena& arena) {
  AstClasses& c = *TRY(ast_classes(vm));
  ast::NodeKind wanted = mode == CompileMode::Exec     ? ast::NodeKind::Module
                         : mode == CompileMode::Eval   ? ast::NodeKind::Expression
                         : mode == CompileMode::Single ? ast::NodeKind::Interactive
                                                       : ast::NodeKind::FunctionType;
  Type* type = c.nodes[static_cast<int>(wanted)];
  if (!TRY(is_instance(vm, tree, type)))
    return vm.raise(E::TypeError, "expected {} node, got {}", ast::node_info(wanted).name, type_name_of(tree));
  limit_arena(vm, arena);
  ast::Node* node = TRY(FromObjects(vm, c, arena).node(tree, FieldType::Mod));
  if (node->kind != wanted)
    return vm.raise(E::TypeError, "expected {} node, got {}", ast::node_info(wanted).name, type_name_of(tree));
  return static_cast<ast::Mod*>(node);
}

}  // namespace krait
