// `type` itself: attributes of types, type(...), isinstance hooks, __bases__ assignment.
#include <cstring>

#include "objects/attributes.hpp"
#include "objects/builtin_types.hpp"
#include "objects/dict.hpp"
#include "objects/exception.hpp"
#include "objects/function.hpp"
#include "objects/int.hpp"
#include "objects/operations.hpp"
#include "objects/sequences.hpp"
#include "objects/shape.hpp"
#include "objects/str.hpp"
#include "objects/type.hpp"
#include "objects/union.hpp"

namespace krait {

// --- Attributes.

Value type_get_attr_optional(Vm& vm, Type* type, Str* name) {
  Type* meta = vm.type_of(type);
  Value from_meta = type_lookup(vm, meta, name);
  if (!from_meta.is_unset() && is_data_descriptor(vm, from_meta) && is_getter(vm, from_meta))
    return bind_descriptor(vm, from_meta, type, meta);
  Value own = type_lookup(vm, type, name);
  if (!own.is_unset()) return bind_descriptor(vm, own, Value(), type);
  if (!from_meta.is_unset()) return bind_descriptor(vm, from_meta, type, meta);
  return Value::exhausted();
}

Value type_get_attr(Vm& vm, Type* type, Str* name) {
  Value v = type_get_attr_optional(vm, type, name);
  if (!v.is_exhausted()) [[likely]]
    return v;
  return raise_attribute_error(vm, type, name, "type object '{}' has no attribute '{}'", type->name, name);
}

namespace {
Error raise_immutable(Vm& vm, const Type* type, Str* name) {
  return vm.raise(E::TypeError, "cannot set {} attribute of immutable type '{}'", repr_of(name), type_name_text(type));
}
}  // namespace

Status type_set_attr(Vm& vm, Type* type, Str* name, Value value) {
  if (type->has(kTypeImmutable)) return raise_immutable(vm, type, name);
  Value from_meta = type_lookup(vm, vm.type_of(type), name);
  if (!from_meta.is_unset() && is_data_descriptor(vm, from_meta))
    return set_through_descriptor(vm, from_meta, type, value);
  if (TRY(type_set_own(vm, type, name, value))) return {};
  return raise_attribute_error(vm, type, name, "type object '{}' has no attribute '{}'", type->name, name);
}

Value type_module(Vm& vm, Type* type) {
  if (type->has(kTypeHeap)) {
    Value module = dict_get_str(vm, type->dict, vm.names.d_module);
    if (!module.is_unset()) return module;
    return raise_attribute_error(vm, type, vm.names.d_module, "__module__");
  }
  Value own = dict_get_str(vm, type->dict, vm.names.d_module);
  if (is_str(own)) return own;
  std::string_view name = type->spec->name;
  size_t dot = name.rfind('.');
  if (dot == std::string_view::npos) return vm.names.builtins;
  return TRY(vm.intern(name.substr(0, dot)));
}

Result<Str*> type_full_name(Vm& vm, Type* type) {
  Value module = type->has(kTypeHeap) ? dict_get_str(vm, type->dict, vm.names.d_module) : type_module(vm, type);
  if (!is_str(module) || as_str(module)->equals("builtins")) return type->qualname;
  return str_message(vm, "{}.{}", module, type->qualname);
}

namespace {

Type* self_type(Value self) { return as_type(self); }

Status check_mutable(Vm& vm, Type* type, const char* attribute, Value value) {
  if (type->has(kTypeImmutable))
    return vm.raise(E::TypeError, "cannot set '{}' attribute of immutable type '{}'", attribute, type_name_text(type));
  if (value.is_unset())  // CPython's words, though the type is not
    return vm.raise(E::TypeError, "cannot delete '{}' attribute of immutable type '{}'", attribute, type->name);
  return {};
}

Value get_name(Vm&, Value self) { return self_type(self)->name; }
Status set_name(Vm& vm, Value self, Value value) {
  Type* type = self_type(self);
  TRY(check_mutable(vm, type, "__name__", value));
  if (!is_str(value))
    return vm.raise(E::TypeError, "can only assign string to {}.__name__, not '{}'", type->name, type_name_of(value));
  TRY(type_check_name(vm, as_str(value)));
  type->name = as_str(value);
  vm.barrier(type);
  return {};
}

Value get_qualname(Vm&, Value self) { return self_type(self)->qualname; }
Status set_qualname(Vm& vm, Value self, Value value) {
  Type* type = self_type(self);
  TRY(check_mutable(vm, type, "__qualname__", value));
  if (!is_str(value))
    return vm.raise(E::TypeError, "can only assign string to {}.__qualname__, not '{}'", type->name,
                    type_name_of(value));
  type->qualname = as_str(value);
  vm.barrier(type);
  return {};
}

Value get_module(Vm& vm, Value self) { return type_module(vm, self_type(self)); }
Status set_module(Vm& vm, Value self, Value value) {
  Type* type = self_type(self);
  TRY(check_mutable(vm, type, "__module__", value));
  TRY(type_set_own(vm, type, vm.names.d_module, value));
  // The line was one of the module before.
  Str* line = TRY(vm.intern("__firstlineno__"));
  if (!dict_get_str(vm, type->dict, line).is_unset()) TRY(type_set_own(vm, type, line, Value()));
  return {};
}

Value get_mro(Vm&, Value self) {
  Tuple* mro = self_type(self)->mro;
  return mro == nullptr ? Value::none() : Value(mro);
}
Value get_base(Vm&, Value self) {
  Type* base = self_type(self)->base;
  return base == nullptr ? Value::none() : Value(base);
}
Value get_bases(Vm&, Value self) { return self_type(self)->bases; }

/// New orders for the type and all below it; what was is kept in `undo` as type, mro before, mro now. A metaclass's mro() may assign
/// __bases__ itself: the order that the inner assignment made stays.
Status reorder(Vm& vm, Type* type, List* undo) {
  TRY(vm.check_stack());
  Tuple* old = type->mro;
  Tuple* mro = TRY(type_ask_mro(vm, type));
  if (type->mro != old) return {};
  TRY(list_append(vm, undo, type));
  TRY(list_append(vm, undo, old));
  TRY(list_append(vm, undo, mro));
  TRY(type_set_mro(vm, type, mro));
  List* below = TRY(type_subclasses(vm, type));
  for (uint64_t i = 0; i < below->length; ++i) TRY(reorder(vm, as_type(below->items()[i]), undo));
  return {};
}

Status set_bases(Vm& vm, Value self, Value value) {
  Type* type = self_type(self);
  TRY(check_mutable(vm, type, "__bases__", value));
  if (!is_tuple(value))
    return vm.raise(E::TypeError, "can only assign tuple to {}.__bases__, not {}", type->name, type_name_of(value));
  auto* bases = value.as<Tuple>();
  if (bases->length == 0)
    return vm.raise(E::TypeError, "can only assign non-empty tuple to {}.__bases__, not ()", type->name);
  for (Value base : bases->span()) {
    if (!is_type(base))
      return vm.raise(E::TypeError, "{}.__bases__ must be tuple of classes, not '{}'", type->name, type_name_of(base));
    // The bases of an assignment that is under way are not in the order yet.
    bool cycle = type_is_subtype(as_type(base), type);
    for (const Type* t = as_type(base); t != nullptr && !cycle; t = t->base) cycle = t == type;
    if (cycle) return vm.raise(E::TypeError, "a __bases__ item causes an inheritance cycle");
  }
  Type* best = TRY(type_best_base(vm, bases));
  Type* old_base = type->base;
  uint32_t old_members = type->instance_size - old_base->instance_size;
  TRY(type_check_deallocator(vm, old_base, best, "__bases__"));
  constexpr uint32_t kWords = kTypeHasDict | kTypeHasWeakref;
  if (best->spec->kind != old_base->spec->kind || best->instance_size + old_members != type->instance_size ||
      ((best->flags & kWords) & ~(type->flags & kWords)) != 0)
    return vm.raise(E::TypeError, "__bases__ assignment: '{}' object layout differs from '{}'", best->name,
                    old_base->name);
  Tuple* old_bases = type->bases;
  type->bases = bases;
  type->base = best;
  vm.barrier(type);
  List* undo = TRY(list_new(vm));
  if (reorder(vm, type, undo).is_error()) {
    Value error = vm.take_pending();
    for (uint64_t i = 0; i + 2 < undo->length; i += 3) {
      Type* changed = as_type(undo->items()[i]);
      if (Value(changed->mro) == undo->items()[i + 2])
        (void)type_set_mro(vm, changed, undo->items()[i + 1].as<Tuple>());
    }
    if (type->bases == bases) {
      type->bases = old_bases;
      type->base = old_base;
      vm.barrier(type);
    }
    vm.t.pending = error;
    return Error{};
  }
  if (type->bases != bases) return {};  // an inner assignment came later, and did the rest
  for (Value base : old_bases->span()) type_remove_subclass(as_type(base), type);
  for (Value base : bases->span()) TRY(type_add_subclass(vm, as_type(base), type));
  return {};
}

Value get_dict(Vm& vm, Value self) { return mappingproxy_new(vm, self_type(self)->dict, self_type(self)); }

Value get_doc(Vm& vm, Value self) {
  Type* type = self_type(self);
  // Some native types have an attribute __doc__ for their instances, which stands where the class's own text would.
  if (type->has(kTypeImmutable) && type->spec->doc != nullptr) return TRY(str_from_utf8(vm, type->spec->doc));
  Value own = dict_get_str(vm, type->dict, vm.names.d_doc);
  return own.is_unset() ? Value::none() : bind_descriptor(vm, own, Value(), type);
}
Status set_doc(Vm& vm, Value self, Value value) {
  Type* type = self_type(self);
  TRY(check_mutable(vm, type, "__doc__", value));
  TRY(type_set_own(vm, type, vm.names.d_doc, value));
  return {};
}

Value get_abstractmethods(Vm& vm, Value self) {
  Type* type = self_type(self);
  // The attribute of `type` itself is this descriptor.
  Value v = type == vm.types.type ? Value() : dict_get_str(vm, type->dict, vm.names.d_abstractmethods);
  if (v.is_unset()) return raise_attribute_error(vm, self, vm.names.d_abstractmethods, "__abstractmethods__");
  return v;
}
Status set_abstractmethods(Vm& vm, Value self, Value value) {
  Type* type = self_type(self);
  if (type->has(kTypeImmutable)) return raise_immutable(vm, type, vm.names.d_abstractmethods);
  bool abstract = !value.is_unset() && TRY(truthy(vm, value));
  if (!TRY(type_set_own(vm, type, vm.names.d_abstractmethods, value)))
    return raise_attribute_error(vm, self, vm.names.d_abstractmethods, "__abstractmethods__");
  type->flags = abstract ? type->flags | kTypeAbstract : type->flags & ~kTypeAbstract;
  return {};
}

/// What `__new__` takes when the class is called: its signature without the class.
Value signature_of_calls(Vm& vm, const NativeRow& row) {
  std::string_view parameters = std::strchr(row.text, '(') + 1;
  for (std::string_view leading : {"$type", "/"}) {
    if (!parameters.starts_with(leading)) continue;
    parameters.remove_prefix(leading.size());
    if (parameters.starts_with(", ")) parameters.remove_prefix(2);
  }
  return TRY(str_message(vm, "({}", parameters));
}

Value get_text_signature(Vm& vm, Value self) {
  const Type* type = self_type(self);
  if (type->has(kTypeHeap)) return Value::none();
  if (const char* text = type->spec->signature) return *text == 0 ? Value::none() : Value(TRY(str_from_utf8(vm, text)));
  if (type == vm.types.object)
    return TRY(str_from_ascii(vm, "()"));  // what it takes is refused unless a subclass wants it
  for (const NativeRow& row : type->spec->methods)
    if (row.flags & kNewMethod) return signature_of_calls(vm, row);
  return Value::none();
}

Value get_annotate(Vm& vm, Value self) {
  Type* type = self_type(self);
  if (!type->has(kTypeHeap))
    return raise_attribute_error(vm, self, vm.names.d_annotate, "type object '{}' has no attribute '__annotate__'",
                                 type->name);
  for (Str* name : {vm.names.d_annotate, vm.names.d_annotate_func}) {
    Value v = dict_get_str(vm, type->dict, name);
    if (!v.is_unset()) return bind_descriptor(vm, v, Value(), type);
  }
  return Value::none();
}
Status set_annotate(Vm& vm, Value self, Value value) {
  Type* type = self_type(self);
  if (value.is_unset()) return vm.raise(E::TypeError, "cannot delete __annotate__ attribute");
  if (type->has(kTypeImmutable)) return raise_immutable(vm, type, vm.names.d_annotate);
  if (!value.is_none() && !is_callable(vm, value))
    return vm.raise(E::TypeError, "__annotate__ must be callable or None");
  TRY(type_set_own(vm, type, vm.names.d_annotate_func, value));
  if (!value.is_none()) TRY(type_set_own(vm, type, vm.names.d_annotations_cache, Value()));
  return {};
}

Value get_annotations(Vm& vm, Value self) {
  Type* type = self_type(self);
  if (!type->has(kTypeHeap))
    return raise_attribute_error(vm, self, vm.names.d_annotations,
                                 "type object '{}' has no attribute '__annotations__'", type->name);
  Value own = dict_get_str(vm, type->dict, vm.names.d_annotations);
  Value cache = dict_get_str(vm, type->dict, vm.names.d_annotations_cache);
  // A metaclass saw forward references: runtime/older_annotations.cpp.
  bool unfinished = vm.annotations_hook != nullptr && !own.is_unset() && cache.is_unset() &&
                    !dict_get_str(vm, type->dict, vm.names.d_annotations_unfinished).is_unset();
  if (!unfinished && !own.is_unset()) return bind_descriptor(vm, own, Value(), type);
  if (!unfinished && !cache.is_unset()) return bind_descriptor(vm, cache, Value(), type);
  Value annotate = TRY(get_annotate(vm, self));
  Value annotations;
  if (is_callable(vm, annotate)) {
    annotations = TRY(call1(vm, annotate, Value::small_int(1)));
    if (!is_dict(annotations))
      return vm.raise(E::TypeError, "__annotate__ returned non-dict of type '{}'", type_name_of(annotations));
  } else {
    annotations = TRY(dict_new(vm));
  }
  TRY(type_set_own(vm, type, vm.names.d_annotations_cache, annotations));
  if (unfinished) TRY(type_set_own(vm, type, vm.names.d_annotations, annotations));
  return annotations;
}
Status set_annotations(Vm& vm, Value self, Value value) {
  Type* type = self_type(self);
  if (type->has(kTypeImmutable)) return raise_immutable(vm, type, vm.names.d_annotations);
  Str* names[] = {vm.names.d_annotations, vm.names.d_annotations_cache};
  bool explicit_one = !dict_get_str(vm, type->dict, vm.names.d_annotations).is_unset();
  if (!value.is_unset()) {
    TRY(type_set_own(vm, type, explicit_one ? names[0] : names[1], value));
    if (explicit_one) TRY(type_set_own(vm, type, names[1], Value()));
  } else {
    bool any = false;
    for (Str* name : names) any = TRY(type_set_own(vm, type, name, Value())) || any;
    if (!any) return raise_attribute_error(vm, self, names[0], "__annotations__");
  }
  TRY(type_set_own(vm, type, vm.names.d_annotate_func, Value::none()));
  if (!dict_get_str(vm, type->dict, vm.names.d_annotate).is_unset())
    TRY(type_set_own(vm, type, vm.names.d_annotate, Value()));
  return {};
}

Value get_type_params(Vm& vm, Value self) {
  Type* type = self_type(self);
  Value v = type == vm.types.type ? Value() : dict_get_str(vm, type->dict, vm.names.d_type_params);
  return v.is_unset() ? Value(vm.empty_tuple) : v;
}
Status set_type_params(Vm& vm, Value self, Value value) {
  Type* type = self_type(self);
  TRY(check_mutable(vm, type, "__type_params__", value));
  TRY(type_set_own(vm, type, vm.names.d_type_params, value));
  return {};
}

bool is_builtin_var_size(const Type* t) {
  switch (static_cast<Kind>(t->spec->kind)) {
    case Kind::Tuple:
    case Kind::Int:
    case Kind::Bytes:
    case Kind::Type: return true;
    default: return false;
  }
}
Value get_basicsize(Vm& vm, Value self) {
  const Type* t = self_type(self);
  return int_from(vm, t->instance_size + (t->has(kTypeHasDict) ? 8 : 0) + (t->has(kTypeHasWeakref) ? 8 : 0) + 8);
}
Value get_itemsize(Vm&, Value self) {
  const Type* t = self_type(self);
  if (!is_builtin_var_size(t)) return Value::small_int(0);
  switch (static_cast<Kind>(t->spec->kind)) {
    case Kind::Bytes: return Value::small_int(1);
    case Kind::Int: return Value::small_int(4);
    case Kind::Type: return Value::small_int(40);
    default: return Value::small_int(8);
  }
}
Value get_dictoffset(Vm&, Value self) { return Value::small_int(self_type(self)->has(kTypeHasDict) ? -1 : 0); }
Value get_weakrefoffset(Vm&, Value self) { return Value::small_int(self_type(self)->has(kTypeHasWeakref) ? -8 : 0); }

/// Native types that CPython makes when a module is imported, as classes are made; pickle asks for that. The others are there from
/// the start, some under the name of a module.
bool made_by_module(const Type* type) {
  std::string_view name = type->spec->name;
  if (name.find('.') == std::string_view::npos) return false;
  for (std::string_view fixed :
       {"types.", "weakref.", "_contextvars.", "typing.Union", "typing.TypeAliasType", "collections.OrderedDict"})
    if (name.starts_with(fixed)) return false;
  return true;
}

Value get_flags(Vm& vm, Value self) {
  const Type* t = self_type(self);
  uint64_t flags = 1u << 12 | 1u << 18;  // ready, default features
  auto add = [&](bool b, unsigned bit) { flags |= uint64_t{b} << bit; };
  add(t->has(kTypeSequence), 5);
  add(t->has(kTypeMapping), 6);
  add(t->has(kTypeNoNew), 7);
  add(t->has(kTypeImmutable), 8);
  add(t->has(kTypeHeap) || made_by_module(t), 9);
  add(t->has(kTypeBase), 10);
  add(true, 14);  // collected
  // Calling one that was looked up on an instance is calling it with the instance in front.
  bool method = t == vm.types.function || t == vm.types.method_descriptor || t == vm.types.wrapper_descriptor;
  add(method || t->spec->kind == static_cast<CellKind>(Kind::LruCache), 17);
  add(t->has(kTypeAbstract), 20);
  add(t->has(kTypeMatchSelf), 22);
  switch (static_cast<Kind>(t->spec->kind)) {
    case Kind::Int: add(true, 24); break;
    case Kind::List: add(true, 25); break;
    case Kind::Tuple: add(true, 26); break;
    case Kind::Bytes: add(true, 27); break;
    case Kind::Str: add(true, 28); break;
    case Kind::Dict: add(true, 29); break;
    case Kind::Exception: add(true, 30); break;
    case Kind::Type: add(true, 31); break;
    default: break;
  }
  return int_from(vm, static_cast<int64_t>(flags));
}

}  // namespace

// --- Methods.

Value type_getattribute(Vm& vm, Args a) { return type_get_attr(vm, as_type(a[0]), TRY(attribute_name(vm, a[1]))); }
Value type_setattr(Vm& vm, Args a) {
  TRY(type_set_attr(vm, as_type(a[0]), TRY(attribute_name(vm, a[1])), a[2]));
  return Value::none();
}
Value type_delattr(Vm& vm, Args a) {
  TRY(type_set_attr(vm, as_type(a[0]), TRY(attribute_name(vm, a[1])), Value()));
  return Value::none();
}

namespace {

Value type_repr(Vm& vm, Args a) {
  Type* type = self_type(a[0]);
  return TRY(str_message(vm, "<class '{}'>", TRY(type_full_name(vm, type))));
}

}  // namespace

Value type_call_method(Vm& vm, Args a) {
  Type* type = as_type(a[0]);
  Value kwargs = a[1];
  if (kwargs.is_unset()) {
    auto rest = a.rest(2);
    return type_call(vm, type, {rest.data(), static_cast<uint32_t>(rest.size())});
  }
  return with_keywords(vm, a.rest(2), kwargs.as<Dict>(), [&](CallArgs args) { return type_call(vm, type, args); });
}

namespace {

Value type_init_method(Vm& vm, Args a) {
  size_t n = a.rest(2).size();
  if (n != 1 && n != 3) return vm.raise(E::TypeError, "type.__init__() takes 1 or 3 arguments");
  if (n == 1 && a.has(1) && a[1].as<Dict>()->used != 0)
    return vm.raise(E::TypeError, "type.__init__() takes no keyword arguments");
  return Value::none();
}

Value type_subclasses_method(Vm& vm, Args a) { return type_subclasses(vm, self_type(a[0])); }
Value type_prepare(Vm& vm, Args) { return dict_new(vm); }
Value type_instancecheck(Vm& vm, Args a) { return Value::boolean(TRY(instance_check_native(vm, a[1], a[0]))); }
Value type_subclasscheck(Vm& vm, Args a) { return Value::boolean(TRY(subclass_check_native(vm, a[1], a[0]))); }

/// Names of the type and its bases into dict.
Status collect_names(Vm& vm, Type* type, Dict* into) {
  for (uint64_t i = type->mro->length; i-- > 0;) TRY(dict_update(vm, into, as_type(type->mro->items[i])->dict));
  return {};
}
Value type_dir(Vm& vm, Args a) {
  Dict* names = TRY(dict_new(vm));
  TRY(collect_names(vm, self_type(a[0]), names));
  return list_from(vm, names);
}
Value type_sizeof(Vm& vm, Args a) { return int_from(vm, self_type(a[0])->has(kTypeHeap) ? 1704 : 408); }
Value type_or(Vm& vm, Args a) { return union_of_types(vm, a[0], a[1]); }
Value type_ror(Vm& vm, Args a) { return union_of_types(vm, a[1], a[0]); }

constexpr NativeRow kTypeMethods[] = {
    {"__new__($type, /, *args, **kwds)", type_new_method, kNewMethod, "Make a type."},
    {"__init__($self, /, *args, **kwds)", type_init_method},
    {"__call__($self, /, *args, **kwargs)", type_call_method, 0, "Make an instance."},
    {"__repr__($self, /)", type_repr},
    {"__getattribute__($self, name, /)", type_getattribute},
    {"__setattr__($self, name, value, /)", type_setattr},
    {"__delattr__($self, name, /)", type_delattr},
    {"mro($self, /)", type_mro_method, 0, "Give the method resolution order."},
    {"__subclasses__($self, /)", type_subclasses_method, 0, "List the direct subclasses."},
    {"__prepare__($type, /, *args, **kwds)", type_prepare, kClassMethod, "Make the namespace for a class statement."},
    {"__instancecheck__($self, instance, /)", type_instancecheck, 0, "Is the object an instance?"},
    {"__subclasscheck__($self, subclass, /)", type_subclasscheck, 0, "Is the class a subclass?"},
    {"__dir__($self, /)", type_dir, 0, "Names of the class's attributes."},
    {"__sizeof__($self, /)", type_sizeof, 0, "Size in bytes."},
    {"__or__($self, value, /)", type_or},
    {"__ror__($self, value, /)", type_ror},
};

constexpr GetSetRow kTypeGetSets[] = {
    {"__name__", get_name, set_name},
    {"__qualname__", get_qualname, set_qualname},
    {"__module__", get_module, set_module},
    {"__bases__", get_bases, set_bases},
    {"__base__", get_base},
    {"__mro__", get_mro},
    {"__dict__", get_dict},
    {"__doc__", get_doc, set_doc},
    {"__abstractmethods__", get_abstractmethods, set_abstractmethods},
    {"__text_signature__", get_text_signature},
    {"__annotate__", get_annotate, set_annotate},
    {"__annotations__", get_annotations, set_annotations},
    {"__type_params__", get_type_params, set_type_params},
    {"__basicsize__", get_basicsize},
    {"__itemsize__", get_itemsize},
    {"__dictoffset__", get_dictoffset},
    {"__weakrefoffset__", get_weakrefoffset},
    {"__flags__", get_flags},
};

}  // namespace

Value type_annotations_for_older_library(Vm& vm, Type* type) {
  if (!dict_get_str(vm, type->dict, vm.names.d_annotations).is_unset()) return Value::exhausted();
  Value cache = dict_get_str(vm, type->dict, vm.names.d_annotations_cache);
  if (!cache.is_unset()) return cache;
  Value annotate = dict_get_str(vm, type->dict, vm.names.d_annotate_func);
  if (annotate.is_unset() || annotate.is_none()) return Value::exhausted();
  bool complete;
  Value annotations = vm.annotations_hook(vm, annotate, &complete);
  if (annotations.is_error() || !complete) return annotations;
  TRY(type_set_own(vm, type, vm.names.d_annotations_cache, annotations));
  return annotations;
}

Value type_mro_method(Vm& vm, Args a) { return list_from(vm, TRY(type_compute_mro(vm, as_type(a[0])))); }

Value type_new_method(Vm& vm, Args a) {
  std::span<const Value> args = a.rest(2);
  if (args.size() != 3) {
    if (args.size() == 1 && a[0] == Value(vm.types.type) && !a.has(1)) return vm.type_of(args[0]);
    return vm.raise(E::TypeError, "type.__new__() takes exactly 3 arguments ({} given)", args.size());
  }
  if (!is_str(args[0]))
    return vm.raise(E::TypeError, "type.__new__() argument 1 must be str, not {}", argument_type(args[0]));
  if (!is_tuple(args[1]))
    return vm.raise(E::TypeError, "type.__new__() argument 2 must be tuple, not {}", argument_type(args[1]));
  if (!is_dict(args[2]))
    return vm.raise(E::TypeError, "type.__new__() argument 3 must be dict, not {}", argument_type(args[2]));
  return type_new(vm, as_type(a[0]), as_str(args[0]), args[1].as<Tuple>(), args[2].as<Dict>(),
                  a.has(1) ? a[1].as<Dict>() : nullptr);
}

const TypeSpec type_type{
    .name = "type",
    .doc = "type(object) -> the object's type\ntype(name, bases, dict, **kwds) -> a new type",
    .signature = "",
    .kind = static_cast<CellKind>(Kind::Type),
    .size = sizeof(Type),
    .flags = kTypeBase | kTypeVarSize | kTypeHasWeakref,
    .methods = kTypeMethods,
    .getsets = kTypeGetSets,
    .trace = type_trace,
};

}  // namespace krait
