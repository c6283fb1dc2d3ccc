// _ast: the node classes of Python's abstract syntax, made from syntax/ast.def.
#include "modules/_ast.hpp"

#include <iterator>
#include <string>

#include "objects/dict.hpp"
#include "objects/generic_alias.hpp"
#include "objects/operations.hpp"
#include "objects/scratch_charge.hpp"
#include "objects/sequences.hpp"
#include "objects/str.hpp"
#include "objects/type.hpp"
#include "runtime/ast_bridge.hpp"

namespace krait {

void AstClasses::trace(Marker& m) {
  m.mark_cell(ast);
  for (Type* t : nodes) m.mark_cell(t);
  for (Type* t : sums) m.mark_cell(t);
  for (auto& row : members)
    for (Type* t : row) m.mark_cell(t);
  for (auto& row : singletons)
    for (Value v : row) m.mark(v);
  for (auto& row : field_names)
    for (Str* s : row) m.mark_cell(s);
  for (Str* s : attributes) m.mark_cell(s);
  for (Str* s : {fields, attributes_name, field_types, match_args}) m.mark_cell(s);
}

namespace {

// --- The base class

/// `_fields` of the object's class, as a tuple of strs.
Result<Tuple*> fields_of(Vm& vm, Value node) {
  AstClasses& c = *TRY(ast_classes(vm));
  Value fields = get_attr_optional(vm, vm.type_of(node), c.fields);
  if (fields.is_error()) return Error{};
  if (fields.is_exhausted()) return vm.empty_tuple;
  Value tuple = tuple_from(vm, fields);
  if (tuple.is_error()) return Error{};
  for (Value name : tuple.as<Tuple>()->span())
    if (!is_str(name)) return vm.raise(E::TypeError, "AST field names must be str, not {}", type_name_of(name));
  return tuple.as<Tuple>();
}

// A field that was not given: lists and contexts have natural values, optional fields are None by the class.
Status fill_missing_field(Vm& vm, Value self, Str* name, Value types) {
  AstClasses& c = *TRY(ast_classes(vm));
  Value type = Value::exhausted();
  if (is_dict(types)) type = dict_get(vm, types.as<Dict>(), name);
  if (type.is_error()) return Error{};
  if (type.is_exhausted()) {
    return warn(vm, E::DeprecationWarning,
                str_to_utf8(TRY(str_message(
                    vm, "Field '{}' is missing from {}._field_types. This will become an error in Python 3.15.", name,
                    type_name_of(self)))));
  }
  if (is_kind(type, Kind::Union)) return {};  // `X | None`: the class has it as None
  if (is_kind(type, Kind::GenericAlias)) return set_attr(vm, self, name, TRY(list_new(vm)));
  if (type.is(c.sums[static_cast<int>(ast::FieldType::ExprContext)]))
    return set_attr(vm, self, name, c.singletons[static_cast<int>(ast::FieldType::ExprContext)][0]);
  return warn(vm, E::DeprecationWarning,
              str_to_utf8(TRY(
                  str_message(vm,
                              "{}.__init__ missing 1 required positional argument: '{}'. This will become an error in "
                              "Python 3.15.",
                              type_name_of(self), name))));
}

Value ast_init(Vm& vm, Args a) {
  AstClasses& c = *TRY(ast_classes(vm));
  Value self = a[0];
  Tuple* fields = TRY(fields_of(vm, self));
  std::span<const Value> given = a.rest(2);
  if (given.size() > fields->length) {
    return vm.raise(E::TypeError, "{} constructor takes at most {} positional argument{}", type_name_of(self),
                    fields->length, fields->length == 1 ? "" : "s");
  }
  for (size_t i = 0; i < given.size(); ++i) TRY(set_attr(vm, self, vm.intern(as_str(fields->items[i])), given[i]));
  Value attributes = get_attr_optional(vm, vm.type_of(self), c.attributes_name);
  if (attributes.is_error()) return attributes;
  Value attribute_tuple = attributes.is_exhausted() ? Value(vm.empty_tuple) : tuple_from(vm, attributes);
  if (attribute_tuple.is_error()) return attribute_tuple;
  List* named = TRY(list_new(vm));  // fields given by keyword
  if (a.has(1)) {
    Dict* keywords = a[1].as<Dict>();
    uint32_t at = 0;
    while (DictEntry* e = dict_next(keywords, at)) {
      Str* key = as_str(e->key);
      Value value = e->value;
      bool known = false;
      for (uint64_t i = 0; i < fields->length; ++i) {
        if (!str_equal(as_str(fields->items[i]), key)) continue;
        known = true;
        if (i < given.size())
          return vm.raise(E::TypeError, "{} got multiple values for argument {}", type_name_of(self), repr_of(key));
        TRY(list_append(vm, named, key));
      }
      for (Value name : attribute_tuple.as<Tuple>()->span()) known |= is_str(name) && str_equal(as_str(name), key);
      if (!known) {
        TRY(warn(vm, E::DeprecationWarning,
                 str_to_utf8(TRY(str_message(vm,
                                             "{}.__init__ got an unexpected keyword argument {}. Support for "
                                             "arbitrary keyword arguments is deprecated and "
                                             "will be removed in Python 3.15.",
                                             type_name_of(self), repr_of(key))))));
      }
      TRY(set_attr(vm, self, vm.intern(key), value));
    }
  }
  if (given.size() + named->length >= fields->length) return Value::none();
  Value types = get_attr_optional(vm, vm.type_of(self), c.field_types);
  if (types.is_error()) return types;
  for (uint64_t i = given.size(); i < fields->length; ++i) {
    Str* name = as_str(fields->items[i]);
    bool is_named = false;
    for (uint64_t k = 0; k < named->length; ++k) is_named |= str_equal(as_str(named->items()[k]), name);
    // Classes that a program derives need not describe their fields.
    if (!is_named && !types.is_exhausted()) TRY(fill_missing_field(vm, self, vm.intern(name), types));
  }
  return Value::none();
}

Value instance_dict(Vm& vm, Value self) { return get_attr(vm, self, vm.names.d_dict); }

Value ast_reduce(Vm& vm, Args a) {
  Value dict = instance_dict(vm, a[0]);
  if (dict.is_error()) return dict;
  Tuple* fields = TRY(fields_of(vm, a[0]));
  // The leading fields go to the constructor, the rest is state, so that copying warns of nothing.
  List* args = TRY(list_new(vm));
  for (Value name : fields->span()) {
    Value v = dict_get(vm, dict.as<Dict>(), name);
    if (v.is_error()) return v;
    if (v.is_exhausted()) break;
    TRY(list_append(vm, args, v));
  }
  return tuple_of(vm, Value(vm.type_of(a[0])), TRY(list_to_tuple(vm, args)), dict);
}

Value ast_replace(Vm& vm, Args a) {
  AstClasses& c = *TRY(ast_classes(vm));
  if (a.n > 2) return vm.raise(E::TypeError, "__replace__() takes no positional arguments");
  Value self = a[0];
  Value dict = instance_dict(vm, self);
  if (dict.is_error()) return dict;
  Tuple* fields = TRY(fields_of(vm, self));
  Value attributes = get_attr_optional(vm, vm.type_of(self), c.attributes_name);
  if (attributes.is_error()) return attributes;
  Value attribute_tuple = attributes.is_exhausted() ? Value(vm.empty_tuple) : tuple_from(vm, attributes);
  if (attribute_tuple.is_error()) return attribute_tuple;
  Dict* made = TRY(dict_new(vm));
  for (Tuple* names : {fields, attribute_tuple.as<Tuple>()}) {
    for (Value name : names->span()) {
      Value v = dict_get(vm, dict.as<Dict>(), name);
      if (v.is_error()) return v;
      if (!v.is_exhausted()) TRY(dict_set(vm, made, name, v));
    }
  }
  if (a.has(1)) {
    Dict* changes = a[1].as<Dict>();
    uint32_t at = 0;
    while (DictEntry* e = dict_next(changes, at)) {
      Value key = e->key, value = e->value;
      bool known = false;
      for (Tuple* names : {fields, attribute_tuple.as<Tuple>()})
        for (Value name : names->span()) known |= is_str(name) && str_equal(as_str(name), as_str(key));
      if (!known) {
        return vm.raise(E::TypeError, "{}.__replace__ got an unexpected keyword argument {}.", type_name_of(self),
                        repr_of(key));
      }
      TRY(dict_set(vm, made, key, value));
    }
  }
  for (Value name : fields->span()) {
    Value v = dict_get(vm, made, name);
    if (v.is_error()) return v;
    if (!v.is_exhausted()) continue;
    Value by_class = get_attr_optional(vm, vm.type_of(self), vm.intern(as_str(name)));
    if (by_class.is_error()) return by_class;
    if (by_class.is_exhausted())
      return vm.raise(E::TypeError, "{}.__replace__ missing 1 keyword argument: {}.", type_name_of(self),
                      repr_of(name));
  }
  return call_with(vm, vm.type_of(self), vm.empty_tuple, made);
}

// repr: three levels deep, long lists abridged.
constexpr int kReprDepth = 3;
Status repr_node(Vm& vm, Value node, int depth, StrBuilder& out);

Status repr_item(Vm& vm, Value v, int depth, StrBuilder& out) {
  AstClasses& c = *TRY(ast_classes(vm));
  if (is_list(v) || is_tuple(v)) {
    bool list = is_list(v);
    auto length = [&] { return list ? v.as<List>()->length : v.as<Tuple>()->length; };
    auto item = [&](uint64_t i) { return list ? v.as<List>()->items()[i] : v.as<Tuple>()->items[i]; };
    TRY(out.append_ascii(list ? "[" : "("));
    if (length() > 0) TRY(repr_item(vm, item(0), depth, out));
    if (length() > 2) TRY(out.append_ascii(", ..."));
    if (length() > 1) {
      TRY(out.append_ascii(", "));
      TRY(repr_item(vm, item(length() - 1), depth, out));
    }
    if (!list && length() == 1) TRY(out.append_ascii(","));
    return out.append_ascii(list ? "]" : ")");
  }
  if (is_instance_of(vm, v, c.ast)) return repr_node(vm, v, depth - 1, out);
  Value text = repr(vm, v);
  if (text.is_error()) return Error{};
  Str* s = as_str(text);
  if ((is_str(v) || is_kind(v, Kind::Bytes)) && s->length > 200) {
    TRY(out.append(s, 0, 100));
    TRY(out.append_ascii("..."));
    return out.append(s, s->length - 100, s->length);
  }
  return out.append(s);
}

Status repr_node(Vm& vm, Value node, int depth, StrBuilder& out) {
  TRY(vm.check_stack());
  TRY(out.append(vm.type_of(node)->name));
  if (depth <= 0) return out.append_ascii("(...)");
  TRY(out.append_ascii("("));
  Tuple* fields = TRY(fields_of(vm, node));
  bool first = true;
  for (Value name : fields->span()) {
    Value v = get_attr_optional(vm, node, vm.intern(as_str(name)));
    if (v.is_error()) return Error{};
    if (v.is_exhausted()) continue;
    if (!first) TRY(out.append_ascii(", "));
    first = false;
    TRY(out.append(as_str(name)));
    TRY(out.append_ascii("="));
    TRY(repr_item(vm, v, depth, out));
  }
  return out.append_ascii(")");
}

Value ast_repr(Vm& vm, Args a) {
  StrBuilder out(vm);
  TRY(repr_node(vm, a[0], kReprDepth, out));
  return out.finish();
}

Value ast_new(Vm& vm, Args a) { return object_new(vm, as_type(a[0])); }

constexpr NativeRow kAstMethods[] = {
    {"__new__($type, /, *args, **kwargs)", ast_new, kNewMethod | kStaticMethod},
    {"__init__($self, /, *args, **kwargs)", ast_init},
    {"__repr__($self, /)", ast_repr},
    {"__reduce__($self, /)", ast_reduce},
    {"__replace__($self, /, **fields)", ast_replace, 0, "A copy of the node with other fields."},
};
constexpr TypeSpec kAstSpec{
    .name = "ast.AST",
    .kind = static_cast<CellKind>(Kind::Object),
    .size = sizeof(Object),
    .flags = kTypeBase | kTypeHasDict | kTypeHasWeakref,
    .methods = kAstMethods,
};

// --- Making the classes

struct FieldText {
  std::string type;
  const char* name;
};
std::string asdl_of(const ast::FieldInfo& f) {
  std::string text = ast::type_name(f.type);
  if (f.shape == ast::FieldShape::Optional) text += '?';
  if (f.shape == ast::FieldShape::Sequence) text += '*';
  if (f.shape == ast::FieldShape::OptionalItems) text += "?*";
  return text;
}
std::string signature_of(const ast::NodeInfo& info) {
  std::string text = info.name;
  if (info.field_count == 0) return text;
  text += '(';
  for (const ast::FieldInfo& f : info) {
    if (text.back() != '(') text += ", ";
    text += asdl_of(f) + ' ' + f.name;
  }
  return text + ')';
}

class Maker {
 public:
  Maker(Vm& vm, AstClasses& c) : vm_(vm), c_(c) {}
  Status run();

 private:
  Result<Type*> make(const char* name, Type* base, Tuple* fields, const std::string& doc) {
    Dict* ns = TRY(dict_new(vm_));
    TRY(dict_set_str(vm_, ns, vm_.names.d_module, TRY(vm_.intern("ast"))));
    TRY(dict_set_str(vm_, ns, vm_.names.d_doc, TRY(str_from_ascii(vm_, doc))));
    TRY(dict_set_str(vm_, ns, c_.fields, fields));
    TRY(dict_set_str(vm_, ns, c_.match_args, fields));
    Value type = type_new(vm_, vm_.types.type, TRY(vm_.intern(name)), TRY(tuple_of(vm_, Value(base))), ns, nullptr);
    if (type.is_error()) return Error{};
    return as_type(type);
  }
  Status set(Type* type, Str* name, Value v) {
    TRY(type_set_own(vm_, type, name, v));
    return {};
  }
  Result<Tuple*> position_names() {
    return tuple_of(vm_, Value(c_.attributes[0]), Value(c_.attributes[1]), Value(c_.attributes[2]),
                    Value(c_.attributes[3]));
  }
  Status give_positions(Type* type, bool has);
  Value field_type(const ast::FieldInfo& f);
  std::string sum_doc(const char* name);

  Vm& vm_;
  AstClasses& c_;
};

Status Maker::give_positions(Type* type, bool has) {
  TRY(set(type, c_.attributes_name, has ? Value(TRY(position_names())) : Value(vm_.empty_tuple)));
  if (!has) return {};
  TRY(set(type, c_.attributes[2], Value::none()));
  return set(type, c_.attributes[3], Value::none());
}

Value Maker::field_type(const ast::FieldInfo& f) {
  Value type;
  switch (f.type) {
    case ast::FieldType::Identifier:
    case ast::FieldType::String: type = vm_.types.str; break;
    case ast::FieldType::Int: type = vm_.types.int_; break;
    case ast::FieldType::ConstantValue: type = vm_.types.object; break;
    default: type = c_.sums[static_cast<int>(f.type)]; break;
  }
  if (f.shape == ast::FieldShape::Optional) return binary(vm_, BinaryOp::Or, type, Value::none());
  if (f.shape == ast::FieldShape::Sequence || f.shape == ast::FieldShape::OptionalItems)
    return generic_alias_new(vm_, vm_.types.list, TRY(tuple_of(vm_, type)));
  return type;
}

std::string Maker::sum_doc(const char* name) {
  std::string doc = std::string(name) + " = ";
  std::string indent = "\n" + std::string(doc.size() - 2, ' ') + "| ";
  bool first = true;
  for (int k = 0; k < ast::kNodeKindCount; ++k) {
    const ast::NodeInfo& info = ast::node_info(static_cast<ast::NodeKind>(k));
    if (std::string_view(info.base) != name) continue;
    if (!first) doc += indent;
    first = false;
    doc += signature_of(info);
  }
  return doc;
}

Status Maker::run() {
  c_.fields = TRY(vm_.intern("_fields"));
  c_.attributes_name = TRY(vm_.intern("_attributes"));
  c_.field_types = TRY(vm_.intern("_field_types"));
  c_.match_args = vm_.names.d_match_args;
  constexpr const char* kPositions[] = {"lineno", "col_offset", "end_lineno", "end_col_offset"};
  for (int i = 0; i < 4; ++i) c_.attributes[i] = TRY(vm_.intern(kPositions[i]));
  c_.ast = TRY(make_type(vm_, kAstSpec));
  TRY(set(c_.ast, c_.fields, vm_.empty_tuple));
  TRY(set(c_.ast, c_.attributes_name, vm_.empty_tuple));
  TRY(set(c_.ast, c_.match_args, vm_.empty_tuple));
  TRY(set(c_.ast, c_.field_types, TRY(dict_new(vm_))));

  struct Sum {
    ast::FieldType type;
    const char* name;
    bool positions;
  };
  constexpr Sum kSums[] = {
#define AST_SUM(Cpp, asdl, attributes) {ast::FieldType::Cpp, asdl, attributes != 0},
#include "syntax/ast.def"
  };
  for (const Sum& s : kSums) {
    Type* type = TRY(make(s.name, c_.ast, vm_.empty_tuple, sum_doc(s.name)));
    c_.sums[static_cast<int>(s.type)] = type;
    TRY(give_positions(type, s.positions));
  }
  struct Enum {
    ast::FieldType type;
    const char* name;
  };
  constexpr Enum kEnums[] = {
#define AST_ENUM(Cpp, asdl) {ast::FieldType::Cpp, asdl},
#include "syntax/ast.def"
  };
  for (const Enum& e : kEnums) {
    std::string doc = std::string(e.name) + " = ";
    for (int m = 0; ast::member_name(e.type, m) != nullptr; ++m)
      doc += (m > 0 ? " | " : "") + std::string(ast::member_name(e.type, m));
    Type* base = TRY(make(e.name, c_.ast, vm_.empty_tuple, doc));
    c_.sums[static_cast<int>(e.type)] = base;
    TRY(give_positions(base, false));
    for (int m = 0; ast::member_name(e.type, m) != nullptr; ++m) {
      const char* name = ast::member_name(e.type, m);
      Type* type = TRY(make(name, base, vm_.empty_tuple, name));
      c_.members[static_cast<int>(e.type)][m] = type;
      c_.singletons[static_cast<int>(e.type)][m] = TRY(object_new(vm_, type));
    }
  }
  for (int k = 0; k < ast::kNodeKindCount; ++k) {
    const ast::NodeInfo& info = ast::node_info(static_cast<ast::NodeKind>(k));
    Type* base = c_.ast;
    for (const Sum& s : kSums)
      if (std::string_view(s.name) == info.base) base = c_.sums[static_cast<int>(s.type)];
    Tuple* fields = info.field_count == 0 ? vm_.empty_tuple : TRY(tuple_allocate(vm_, info.field_count));
    for (int i = 0; i < info.field_count; ++i) {
      c_.field_names[k][i] = TRY(vm_.intern(info.fields[i].name));
      fields->items[i] = c_.field_names[k][i];
      vm_.barrier(fields);
    }
    Type* type = TRY(make(info.name, base, fields, signature_of(info)));
    c_.nodes[k] = type;
    if (base == c_.ast) TRY(give_positions(type, info.has_position));
    for (int i = 0; i < info.field_count; ++i)
      if (info.fields[i].shape == ast::FieldShape::Optional) TRY(set(type, c_.field_names[k][i], Value::none()));
  }
  struct Product {
    ast::FieldType type;
    ast::NodeKind kind;
  };
  constexpr Product kProducts[] = {
#define AST_PRODUCT(Cpp, python, attributes) {ast::FieldType::Cpp, ast::NodeKind::Cpp},
#include "syntax/ast.def"
  };
  for (const Product& p : kProducts) c_.sums[static_cast<int>(p.type)] = c_.nodes[static_cast<int>(p.kind)];
  for (int k = 0; k < ast::kNodeKindCount; ++k) {
    const ast::NodeInfo& info = ast::node_info(static_cast<ast::NodeKind>(k));
    Dict* types = TRY(dict_new(vm_));
    for (int i = 0; i < info.field_count; ++i) {
      Value type = field_type(info.fields[i]);
      if (type.is_error()) return Error{};
      TRY(dict_set_str(vm_, types, c_.field_names[k][i], type));
    }
    TRY(set(c_.nodes[k], c_.field_types, types));
  }
  c_.ready = true;
  return {};
}

// --- compile()'s way here

bool bridge_is_tree(Vm& vm, Value v) {
  AstClasses& c = vm.extension<AstClasses>();
  return c.ready && is_instance_of(vm, v, c.ast);
}

Value bridge_check_tree(Vm& vm, Value tree, CompileMode mode, const CompileOptions&) {
  Arena arena;
  ScratchCharge charge(vm);
  ast::Mod* module = TRY(ast_from_object(vm, tree, mode, arena));
  TRY(charge.take(arena.reserved()));
  TRY(ast_validate(vm, module));
  return tree;
}

Value bridge_compile_tree(Vm& vm, Value tree, CompileMode mode, Str* filename, const CompileOptions& options) {
  Arena arena;
  ScratchCharge charge(vm);
  ast::Mod* module = TRY(ast_from_object(vm, tree, mode, arena));
  TRY(charge.take(arena.reserved()));
  TRY(ast_validate(vm, module));
  return compile(vm, module, filename, options);
}

Value bridge_parse(Vm& vm, std::string_view source, CompileMode mode, Str* filename, const CompileOptions& options) {
  Arena arena;
  ast::Mod* module = TRY(parse_source(vm, source, filename, mode, options, arena));
  ScratchCharge charge(vm);
  TRY(charge.take(arena.reserved()));
  return ast_to_object(vm, module);
}

Status init(Vm& vm, Module* m) {
  AstClasses& c = *TRY(ast_classes(vm));
  auto add = [&](Type* type) -> Status {
    if (type == nullptr) return {};
    return dict_set_str(vm, m->dict, type->name, type);
  };
  TRY(add(c.ast));
  for (Type* t : c.sums) TRY(add(t));
  for (Type* t : c.nodes) TRY(add(t));
  for (auto& row : c.members)
    for (Type* t : row) TRY(add(t));
  TRY(module_add_int(vm, m, "PyCF_ONLY_AST", 0x400));
  TRY(module_add_int(vm, m, "PyCF_TYPE_COMMENTS", 0x1000));
  TRY(module_add_int(vm, m, "PyCF_ALLOW_TOP_LEVEL_AWAIT", 0x2000));
  return module_add_int(vm, m, "PyCF_OPTIMIZED_AST", 0x8400);
}

}  // namespace

Result<AstClasses*> ast_classes(Vm& vm) {
  AstClasses& c = vm.extension<AstClasses>();
  if (c.ready) return &c;
  TRY(Maker(vm, c).run());
  AstBridge& bridge = ast_bridge(vm);
  bridge.is_tree = bridge_is_tree;
  bridge.check_tree = bridge_check_tree;
  bridge.compile_tree = bridge_compile_tree;
  bridge.parse = bridge_parse;
  return &c;
}

extern constinit const ModuleSpec ast_module{
    .name = "_ast",
    .doc = "The node classes of Python's abstract syntax tree.",
    .init = init,
};

}  // namespace krait
