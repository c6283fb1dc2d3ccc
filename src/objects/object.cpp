// object, and the types of None, Ellipsis and NotImplemented.
#include "objects/object.hpp"

#include "base/hash.hpp"
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
#include "objects/text_args.hpp"
#include "objects/type.hpp"

namespace krait {

// --- Making instances.

namespace {
[[gnu::cold]] Error raise_abstract(Vm& vm, Type* type) {
  Value set = type_lookup(vm, type, vm.names.d_abstractmethods);
  if (set.is_unset()) return vm.raise(E::TypeError, "Can't instantiate abstract class {}", type->name);
  Value names = list_from(vm, set);
  if (names.is_error()) return {};
  auto* list = names.as<List>();
  if (list_sort(vm, list, Value(), false).is_error()) return {};
  Result<Str*> separator = str_from_ascii(vm, "', '");
  if (separator.is_error()) return {};
  Result<Str*> text = str_join(vm, separator.release(), list);
  if (text.is_error()) return {};
  return vm.raise(E::TypeError,
                  "Can't instantiate abstract class {} without an implementation for abstract method{} '{}'",
                  type->name, list->length == 1 ? "" : "s", text.release());
}
}  // namespace

Value object_new(Vm& vm, Type* type) {
  if (type->has(kTypeAbstract)) [[unlikely]]
    return raise_abstract(vm, type);
  return vm.new_instance<Object>(type);
}

Status object_check_new_args(Vm& vm, Type* type, uint32_t extra) {
  if (extra == 0) return {};
  if (!special_is_native(type->get(Special::New), object_new_native))
    return vm.raise(E::TypeError, "object.__new__() takes exactly one argument (the type to instantiate)");
  if (special_is_native(type->get(Special::Init), object_init))
    return vm.raise(E::TypeError, "{}() takes no arguments", type_name_text(type));
  return {};
}

Value object_new_native(Vm& vm, Args a) {
  auto extra = static_cast<uint32_t>(a.rest(2).size());
  if (a.has(1)) extra += static_cast<uint32_t>(a[1].as<Dict>()->used);
  TRY(object_check_new_args(vm, as_type(a[0]), extra));
  if (as_type(a[0])->has(kTypeNoNew))
    return vm.raise(E::TypeError, "cannot create '{}' instances", type_name_text(as_type(a[0])));
  return object_new(vm, as_type(a[0]));
}

Value object_init(Vm& vm, Args a) {
  if (a.rest(2).empty() && (!a.has(1) || a[1].as<Dict>()->used == 0)) return Value::none();
  Type* type = vm.type_of(a[0]);
  if (!special_is_native(type->get(Special::Init), object_init))
    return vm.raise(E::TypeError, "object.__init__() takes exactly one argument (the instance to initialize)");
  if (special_is_native(type->get(Special::New), object_new_native))
    return vm.raise(E::TypeError, "{}.__init__() takes exactly one argument (the instance to initialize)",
                    type_name_text(type));
  return Value::none();
}

// --- Attributes.

Value object_getattribute(Vm& vm, Args a) { return generic_get_attr(vm, a[0], TRY(attribute_name(vm, a[1]))); }

namespace {
/// object.__setattr__(SomeClass, ...) would pass by what the metaclass says.
Status check_setattr(Vm& vm, Value v, const char* what) {
  if (!is_type(v)) return {};
  return vm.raise(E::TypeError, "can't apply this {} to {} object", what, type_name_of(v));
}
}  // namespace

Value object_setattr(Vm& vm, Args a) {
  TRY(check_setattr(vm, a[0], "__setattr__"));
  TRY(generic_set_attr(vm, a[0], TRY(attribute_name(vm, a[1])), a[2]));
  return Value::none();
}
Value object_delattr(Vm& vm, Args a) {
  TRY(check_setattr(vm, a[0], "__delattr__"));
  TRY(generic_set_attr(vm, a[0], TRY(attribute_name(vm, a[1])), Value()));
  return Value::none();
}

// --- Comparison and hashing.

Value object_eq(Vm&, Args a) { return a[0] == a[1] ? Value::true_() : Value::not_implemented(); }

Value object_ne(Vm& vm, Args a) {
  Value eq = special_of(vm, a[0], Special::Eq);
  if (special_is_native(eq, object_eq)) return a[0] == a[1] ? Value::false_() : Value::not_implemented();
  Value r = TRY(call_special(vm, eq, a[0], a[1]));
  if (r.is_not_implemented()) return r;
  return Value::boolean(!TRY(truthy(vm, r)));
}

Value object_order(Vm&, Args) { return Value::not_implemented(); }

Value object_hash(Vm& vm, Args a) {
  return int_from(vm, a[0].is_cell() ? hash_pointer(a[0].cell()) : static_cast<int64_t>(a[0].bits() >> 3));
}

// --- Text.

Value object_repr(Vm& vm, Args a) {
  Type* type = vm.type_of(a[0]);
  return TRY(str_message(vm, "<{} object at {}>", TRY(type_full_name(vm, type)), TRY(address_text(vm, a[0]))));
}
Value object_str(Vm& vm, Args a) { return call_special(vm, special_of(vm, a[0], Special::Repr), a[0]); }
Value object_format(Vm& vm, Args a) {
  if (!is_str(a[1])) return vm.raise(E::TypeError, "__format__() argument must be str, not {}", argument_type(a[1]));
  if (as_str(a[1])->length != 0)
    return vm.raise(E::TypeError, "unsupported format string passed to {}.__format__", type_name_of(a[0]));
  return str(vm, a[0]);
}

namespace {

// --- __class__.

Value get_class(Vm& vm, Value self) { return vm.type_of(self); }

Status set_class(Vm& vm, Value self, Value value) {
  if (value.is_unset()) return vm.raise(E::TypeError, "can't delete __class__ attribute");
  if (!is_type(value))
    return vm.raise(E::TypeError, "__class__ must be set to a class, not '{}' object", type_name_of(value));
  Type *from = vm.type_of(self), *to = as_type(value);
  if (from == to) return {};
  bool modules = type_is_subtype(from, vm.types.module) && type_is_subtype(to, vm.types.module);
  if (!modules && (from->has(kTypeImmutable) || to->has(kTypeImmutable)))
    return vm.raise(E::TypeError, "__class__ assignment only supported for mutable types or ModuleType subclasses");
  TRY(type_check_deallocator(vm, from, to, "__class__"));
  if (!type_same_layout(vm, from, to))
    return vm.raise(E::TypeError, "__class__ assignment: '{}' object layout differs from '{}'", to->name, from->name);
  if (is_type(self)) {  // a class that gets another metaclass
    self.cell()->shape = to->shape;
    vm.barrier(self.cell());
    type_modified(vm, as_type(self));
    return {};
  }
  return instance_set_type(vm, self.cell(), to);
}

// --- dir() and sizeof.

Value object_dir(Vm& vm, Args a) {
  Dict* names = TRY(dict_new(vm));
  Value own = TRY(get_attr_optional(vm, a[0], vm.names.d_dict));
  if (is_dict(own)) TRY(dict_update(vm, names, own));
  Value cls = TRY(get_attr_optional(vm, a[0], vm.names.d_class));
  if (is_type(cls)) {
    for (Value t : as_type(cls)->mro->span()) TRY(dict_update(vm, names, as_type(t)->dict));
  }
  return list_from(vm, names);
}

Value object_sizeof(Vm& vm, Args a) {
  return int_from(vm, a[0].is_cell() ? static_cast<int64_t>(vm.heap.cell_bytes(a[0].cell())) : 16);
}

// --- Pickling (PEP 307 and its successors).

Value copyreg(Vm& vm, const char* name) {
  if (vm.import_hook == nullptr) return vm.raise(E::RuntimeError, "copyreg cannot be imported");
  Value module = TRY(vm.import_hook(vm, "copyreg"));
  return get_attr(vm, module, TRY(vm.intern(name)));
}

/// A copy of the instance's dict, or None; with slots that have values: (dict, {name: value}).
Value state_of(Vm& vm, Value v, bool required) {
  Type* type = vm.type_of(v);
  if (required && type->spec->kind != static_cast<CellKind>(Kind::Object))
    return vm.raise(E::TypeError, "cannot pickle '{}' object", type_name_of(v));
  Value state = Value::none();
  if (v.is_cell() && has_attributes(vm, v.cell())) {
    Dict* attributes = TRY(instance_dict_copy(vm, v.cell()));
    if (attributes->used != 0) state = attributes;
  }
  Value slot_names = TRY(call1(vm, TRY(copyreg(vm, "_slotnames")), type));
  if (slot_names.is_none()) return state;
  if (!is_list(slot_names)) return vm.raise(E::TypeError, "copyreg._slotnames didn't return a list or None");
  auto* names = slot_names.as<List>();
  if (names->length == 0) return state;
  Dict* slots = TRY(dict_new(vm));
  for (uint64_t i = 0; i < names->length; ++i) {
    Value name = names->items()[i];
    Value value = TRY(get_attr_optional(vm, v, TRY(attribute_name(vm, name))));
    if (!value.is_exhausted()) TRY(dict_set(vm, slots, name, value));
  }
  if (slots->used == 0) return state;
  return TRY(tuple_of(vm, state, slots));
}

Value object_getstate(Vm& vm, Args a) { return state_of(vm, a[0], false); }

Value ask_state(Vm& vm, Value v, bool required) {
  Value method = type_lookup(vm, vm.type_of(v), vm.names.d_getstate);
  if (special_is_native(method, object_getstate)) return state_of(vm, v, required);
  return call_method(vm, v, vm.names.d_getstate);
}

/// The bound special method of the object's class; exhausted if it has none. No __getattr__ is asked.
Value special_method(Vm& vm, Value v, const char* name) {
  Value method = type_lookup(vm, vm.type_of(v), TRY(vm.intern(name)));
  return method.is_unset() ? Value::exhausted() : bind_descriptor(vm, method, v, vm.type_of(v));
}

/// copyreg.__newobj__ or __newobj_ex__ with its arguments; `given` tells whether the object had any.
Value new_arguments(Vm& vm, Value v, Value* function, bool* given) {
  Type* type = vm.type_of(v);
  *given = true;
  Value extended = TRY(special_method(vm, v, "__getnewargs_ex__"));
  if (!extended.is_exhausted()) {
    Value pair = TRY(call0(vm, extended));
    if (!is_tuple(pair))
      return vm.raise(E::TypeError, "__getnewargs_ex__ should return a tuple, not '{}'", type_name_of(pair));
    auto* both = pair.as<Tuple>();
    if (both->length != 2)
      return vm.raise(E::ValueError, "__getnewargs_ex__ should return a tuple of length 2, not {}", both->length);
    if (!is_tuple(both->items[0]))
      return vm.raise(E::TypeError, "first item of the tuple returned by __getnewargs_ex__ must be a tuple, not '{}'",
                      type_name_of(both->items[0]));
    if (!is_dict(both->items[1]))
      return vm.raise(E::TypeError, "second item of the tuple returned by __getnewargs_ex__ must be a dict, not '{}'",
                      type_name_of(both->items[1]));
    if (both->items[1].as<Dict>()->used != 0) {
      *function = TRY(copyreg(vm, "__newobj_ex__"));
      return TRY(tuple_of(vm, type, both->items[0], both->items[1]));
    }
    *function = TRY(copyreg(vm, "__newobj__"));
    return binary(vm, BinaryOp::Add, TRY(tuple_of(vm, type)), both->items[0]);
  }
  *function = TRY(copyreg(vm, "__newobj__"));
  Value plain = TRY(special_method(vm, v, "__getnewargs__"));
  if (plain.is_exhausted()) {
    *given = false;
    return TRY(tuple_of(vm, type));
  }
  Value args = TRY(call0(vm, plain));
  if (!is_tuple(args))
    return vm.raise(E::TypeError, "__getnewargs__ should return a tuple, not '{}'", type_name_of(args));
  return binary(vm, BinaryOp::Add, TRY(tuple_of(vm, type)), args);
}

Value reduce_common(Vm& vm, Value v, int64_t protocol) {
  if (protocol < 2) return call2(vm, TRY(copyreg(vm, "_reduce_ex")), v, Value::small_int(protocol));
  if (vm.type_of(v)->has(kTypeNoNew)) return vm.raise(E::TypeError, "cannot pickle '{}' object", type_name_of(v));
  Value function;
  bool given;
  Value args = TRY(new_arguments(vm, v, &function, &given));
  Value state = TRY(ask_state(vm, v, !given && !is_list(v) && !is_dict(v)));
  Value list_items = Value::none(), dict_items = Value::none();
  if (is_list(v)) list_items = TRY(get_iter(vm, v));
  if (is_dict(v)) dict_items = TRY(get_iter(vm, TRY(call_method(vm, v, vm.names.items))));
  return TRY(tuple_of(vm, function, args, state, list_items, dict_items));
}

Value object_reduce(Vm& vm, Args a) { return reduce_common(vm, a[0], 0); }

Value object_reduce_ex(Vm& vm, Args a) {
  int64_t protocol = TRY(index_checked(vm, a[1], E::OverflowError));
  Value reduce = special_of(vm, a[0], Special::Reduce);
  if (!special_is_native(reduce, object_reduce))
    return call_method(vm, a[0], vm.names.special[static_cast<size_t>(Special::Reduce)]);
  return reduce_common(vm, a[0], protocol);
}

Value object_subclasshook(Vm&, Args) { return Value::not_implemented(); }

Value object_init_subclass(Vm& vm, Args) { return Value::none(); }

constexpr NativeRow kObjectMethods[] = {
    {"__new__($type, /, *args, **kwargs)", object_new_native, kNewMethod, "Make an instance."},
    {"__init__($self, /, *args, **kwargs)", object_init, 0, "Set the instance up."},
    {"__getattribute__($self, name, /)", object_getattribute, 0, "getattr(self, name)."},
    {"__setattr__($self, name, value, /)", object_setattr, 0, "setattr(self, name, value)."},
    {"__delattr__($self, name, /)", object_delattr, 0, "delattr(self, name)."},
    {"__repr__($self, /)", object_repr, 0, "repr(self)."},
    {"__str__($self, /)", object_str, 0, "str(self)."},
    {"__hash__($self, /)", object_hash, 0, "hash(self)."},
    {"__eq__($self, value, /)", object_eq, 0, "self == value."},
    {"__ne__($self, value, /)", object_ne, 0, "self != value."},
    {"__lt__($self, value, /)", object_order, 0, "self < value."},
    {"__le__($self, value, /)", object_order, 0, "self <= value."},
    {"__gt__($self, value, /)", object_order, 0, "self > value."},
    {"__ge__($self, value, /)", object_order, 0, "self >= value."},
    {"__format__($self, format_spec, /)", object_format, 0, "str(self), for an empty format."},
    {"__dir__($self, /)", object_dir, 0, "Names of the attributes."},
    {"__sizeof__($self, /)", object_sizeof, 0, "Size in bytes."},
    {"__getstate__($self, /)", object_getstate, 0, "What pickle keeps of the object."},
    {"__reduce__($self, /)", object_reduce, 0, "Helps pickle."},
    {"__reduce_ex__($self, protocol, /)", object_reduce_ex, 0, "Helps pickle."},
    {"__subclasshook__($type, object, /)", object_subclasshook, kClassMethod,
     "Abstract classes say what counts as a subclass."},
    {"__init_subclass__($type, /)", object_init_subclass, kClassMethod, "Called when the class gets a subclass."},
};
constexpr GetSetRow kObjectGetSets[] = {{"__class__", get_class, set_class, "the object's class"}};

// --- None, Ellipsis, NotImplemented.

Value none_repr(Vm& vm, Args) { return TRY(vm.intern("None")); }
Value none_bool(Vm&, Args) { return Value::false_(); }
Value none_hash(Vm&, Args) { return Value::small_int(0xFCA86420); }
Value none_new(Vm&, Args) { return Value::none(); }
Value ellipsis_repr(Vm& vm, Args) { return TRY(vm.intern("Ellipsis")); }
Value ellipsis_new(Vm& vm, Args a) {
  if (a.has(1) || !a.rest(2).empty()) return vm.raise(E::TypeError, "EllipsisType takes no arguments");
  return Value::ellipsis();
}
Value not_implemented_repr(Vm& vm, Args) { return TRY(vm.intern("NotImplemented")); }
Value not_implemented_bool(Vm& vm, Args) {
  return vm.raise(E::TypeError, "NotImplemented should not be used in a boolean context");
}
Value not_implemented_new(Vm&, Args) { return Value::not_implemented(); }

constexpr NativeRow kNoneMethods[] = {
    {"__new__($type, /)", none_new, kNewMethod | kCheckPositional},
    {"__repr__($self, /)", none_repr},
    {"__bool__($self, /)", none_bool},
    {"__hash__($self, /)", none_hash},
};
constexpr NativeRow kEllipsisMethods[] = {
    {"__new__($type, /, *args, **kwargs)", ellipsis_new, kNewMethod},
    {"__repr__($self, /)", ellipsis_repr},
    {"__reduce__($self, /)", ellipsis_repr},
};
constexpr NativeRow kNotImplementedMethods[] = {
    {"__new__($type, /)", not_implemented_new, kNewMethod | kCheckPositional},
    {"__repr__($self, /)", not_implemented_repr},
    {"__bool__($self, /)", not_implemented_bool},
    {"__reduce__($self, /)", not_implemented_repr},
};

}  // namespace

const TypeSpec object_type{
    .name = "object",
    .doc = "The base of all classes.",
    .kind = static_cast<CellKind>(Kind::Object),
    .size = sizeof(Object),
    .flags = kTypeBase,
    .methods = kObjectMethods,
    .getsets = kObjectGetSets,
};
const TypeSpec none_type{
    .name = "NoneType",
    .doc = "The type of None.",
    .kind = static_cast<CellKind>(Kind::Object),
    .size = sizeof(Object),
    .methods = kNoneMethods,
};
const TypeSpec ellipsis_type{
    .name = "ellipsis",
    .doc = "The type of Ellipsis.",
    .signature = "()",
    .kind = static_cast<CellKind>(Kind::Object),
    .size = sizeof(Object),
    .methods = kEllipsisMethods,
};
const TypeSpec not_implemented_type{
    .name = "NotImplementedType",
    .doc = "The type of NotImplemented.",
    .kind = static_cast<CellKind>(Kind::Object),
    .size = sizeof(Object),
    .methods = kNotImplementedMethods,
};

}  // namespace krait
