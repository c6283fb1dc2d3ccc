// super.
#include "objects/attributes.hpp"
#include "objects/builtin_types.hpp"
#include "objects/dict.hpp"
#include "objects/function.hpp"
#include "objects/operations.hpp"
#include "objects/sequences.hpp"
#include "objects/str.hpp"
#include "objects/type.hpp"

namespace krait {

struct Super : Object {
  Type* type;    ///< the search starts behind it
  Value object;  ///< unset: unbound
  Type* object_type;
};

Value super_lookup(Vm& vm, Type* start, Value object, Type* cls, Str* name) {
  const Tuple* mro = cls->mro;
  if (mro == nullptr) return Value::exhausted();
  uint64_t i = 0;
  while (i < mro->length && mro->items[i] != Value(start)) ++i;
  for (++i; i < mro->length; ++i) {
    Value v = dict_get_str(vm, as_type(mro->items[i])->dict, name);
    if (v.is_unset()) continue;
    // A class as object: its attributes are looked up as on the class.
    return bind_descriptor(vm, v, object == Value(cls) ? Value() : object, cls);
  }
  return Value::exhausted();
}

Result<Type*> super_check(Vm& vm, Type* start, Value object) {
  if (is_type(object) && type_is_subtype(as_type(object), start)) return as_type(object);
  Type* type = vm.type_of(object);
  if (type_is_subtype(type, start)) return type;
  Value declared = TRY(get_attr_optional(vm, object, vm.names.d_class));
  if (is_type(declared) && declared != Value(type) && type_is_subtype(as_type(declared), start))
    return as_type(declared);
  return vm.raise(E::TypeError, "super(type, obj): obj ({} {}) is not an instance or subtype of type ({}).",
                  is_type(object) ? "type" : "instance of",
                  is_type(object) ? type_name_text(as_type(object)) : type_name_text(type), type_name_text(start));
}

namespace {

Super* super_of(Value v) { return v.as<Super>(); }

void trace(Heap&, Cell* cell, Marker& marker) {
  auto* s = static_cast<Super*>(cell);
  marker.mark_cell(s->type);
  marker.mark(s->object);
  marker.mark_cell(s->object_type);
}

Value super_new(Vm& vm, Args a) { return vm.new_instance<Super>(as_type(a[0])); }

Value super_init(Vm& vm, Args a) {
  Super* s = super_of(a[0]);
  Value type = a[1], object = a[2];
  if (!a.has(1)) {
    if (vm.super_hook == nullptr) return vm.raise(E::RuntimeError, "super(): no current frame");
    TRY(vm.super_hook(vm, &type, &object));
  }
  if (!is_type(type)) return vm.raise(E::TypeError, "super() argument 1 must be a type, not {}", type_name_of(type));
  if (object.is_none()) object = Value();
  s->object_type = object.is_unset() ? nullptr : TRY(super_check(vm, as_type(type), object));
  s->type = as_type(type);
  s->object = object;
  vm.barrier(s);
  return Value::none();
}

Value super_getattribute(Vm& vm, Args a) {
  Super* s = super_of(a[0]);
  Str* name = TRY(attribute_name(vm, a[1]));
  if (s->object_type != nullptr && name != vm.names.d_class) {
    Value v = TRY(super_lookup(vm, s->type, s->object, s->object_type, name));
    if (!v.is_exhausted()) return v;
  }
  return generic_get_attr(vm, a[0], name);
}

Value super_get(Vm& vm, Args a) {
  Super* s = super_of(a[0]);
  if (a[1].is_none() || !s->object.is_unset()) return a[0];
  if (vm.type_of(a[0]) != vm.types.super) return call2(vm, vm.type_of(a[0]), s->type, a[1]);
  Type* cls = TRY(super_check(vm, s->type, a[1]));
  Super* bound = TRY(vm.new_instance<Super>(vm.types.super));
  bound->type = s->type;
  bound->object = a[1];
  bound->object_type = cls;
  return bound;
}

Value super_repr(Vm& vm, Args a) {
  const Super* s = super_of(a[0]);
  Value name = s->type == nullptr ? Value(TRY(vm.intern("NULL"))) : Value(s->type->name);
  if (s->object_type == nullptr) return TRY(str_message(vm, "<super: <class '{}'>, NULL>", name));
  return TRY(str_message(vm, "<super: <class '{}'>, <{} object>>", name, s->object_type->name));
}

Value get_this_class(Vm&, Value self) {
  Type* t = super_of(self)->type;
  return t == nullptr ? Value::none() : Value(t);
}
Value get_self(Vm&, Value self) {
  Value v = super_of(self)->object;
  return v.is_unset() ? Value::none() : v;
}
Value get_self_class(Vm&, Value self) {
  Type* t = super_of(self)->object_type;
  return t == nullptr ? Value::none() : Value(t);
}

constexpr NativeRow kMethods[] = {
    {"__new__($type, /, *args, **kwargs)", super_new, kNewMethod},
    {"__init__($self, type=<the class of the running method>, object_or_type=None, /)", super_init},
    {"__getattribute__($self, name, /)", super_getattribute},
    {"__get__($self, instance, owner=None, /)", super_get},
    {"__repr__($self, /)", super_repr},
};
constexpr GetSetRow kGetSets[] = {
    {"__thisclass__", get_this_class, nullptr, "the class that invoked super()"},
    {"__self__", get_self, nullptr, "the instance that invoked super(); may be None"},
    {"__self_class__", get_self_class, nullptr, "the type of that instance; may be None"},
};

}  // namespace

const TypeSpec super_type{
    .name = "super",
    .doc = "Attributes of the classes behind `type` in an object's resolution order.",
    .signature = "",
    .kind = static_cast<CellKind>(Kind::Super),
    .size = sizeof(Super),
    .flags = kTypeBase,
    .methods = kMethods,
    .getsets = kGetSets,
    .trace = trace,
};

}  // namespace krait
