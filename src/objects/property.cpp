// property.
#include "objects/attributes.hpp"
#include "objects/builtin_types.hpp"
#include "objects/function.hpp"
#include "objects/operations.hpp"
#include "objects/shape.hpp"
#include "objects/str.hpp"
#include "objects/type.hpp"

namespace krait {
namespace {

/// The name for messages: what __set_name__ told, else the getter's; exhausted() if there is none.
Value property_name(Vm& vm, const Property* p) {
  if (!p->name.is_unset()) return p->name;
  if (p->get.is_unset() || p->get.is_none()) return Value::exhausted();
  return get_attr_optional(vm, p->get, vm.names.d_name);
}

[[gnu::cold]] Error raise_no_accessor(Vm& vm, const Property* p, Value instance, const char* what) {
  Value name = property_name(vm, p);
  if (name.is_error()) return {};
  Str* owner = vm.type_of(instance)->qualname;
  if (name.is_exhausted()) return vm.raise(E::AttributeError, "property of {} object has no {}", repr_of(owner), what);
  return vm.raise(E::AttributeError, "property {} of {} object has no {}", repr_of(name), repr_of(owner), what);
}

bool missing(Value accessor) { return accessor.is_unset() || accessor.is_none(); }

}  // namespace

Value property_get(Vm& vm, Property* p, Value instance) {
  if (missing(p->get)) [[unlikely]]
    return raise_no_accessor(vm, p, instance, "getter");
  return call1(vm, p->get, instance);
}

Status property_set(Vm& vm, Property* p, Value instance, Value value) {
  if (value.is_unset()) {
    if (missing(p->del)) return raise_no_accessor(vm, p, instance, "deleter");
    TRY(call1(vm, p->del, instance));
  } else {
    if (missing(p->set)) return raise_no_accessor(vm, p, instance, "setter");
    TRY(call2(vm, p->set, instance, value));
  }
  return {};
}

namespace {

Property* property_of(Value v) { return v.as<Property>(); }

void trace(Heap&, Cell* cell, Marker& marker) {
  auto* p = static_cast<Property*>(cell);
  for (Value v : {p->get, p->set, p->del, p->doc, p->name}) marker.mark(v);
}

/// A subclass keeps the doc where instances keep attributes, so that it hides the class's own __doc__.
Status store_doc(Vm& vm, Property* p, Value doc) {
  if (vm.type_of(p) == vm.types.property) {
    p->doc = doc;
    vm.barrier(p);
    return {};
  }
  if (!vm.type_of(p)->has(kTypeHasDict)) return set_attr(vm, p, vm.names.d_doc, doc);
  return instance_set(vm, p, vm.names.d_doc, doc);
}

Value property_new(Vm& vm, Args a) { return vm.new_instance<Property>(as_type(a[0])); }

Value property_init(Vm& vm, Args a) {
  Property* p = property_of(a[0]);
  p->get = a.get(1, Value::none());
  p->set = a.get(2, Value::none());
  p->del = a.get(3, Value::none());
  p->name = Value();
  p->doc_from_getter = false;
  vm.barrier(p);
  Value doc = a.get(4, Value::none());
  if (doc.is_none() && !missing(p->get)) {
    Value of_getter = TRY(get_attr_optional(vm, p->get, vm.names.d_doc));
    if (!of_getter.is_exhausted() && !of_getter.is_none()) {
      p->doc_from_getter = true;
      doc = of_getter;
    }
  }
  // A subclass without a place for it: only a doc from a getter is missed.
  if (store_doc(vm, p, doc).is_error() &&
      (p->doc_from_getter || !vm.pending_is(E::AttributeError) || !vm.clear_pending()))
    return Error{};
  return Value::none();
}

/// The same property with one accessor replaced, made through the class so that subclasses stay what they are.
Value copy_with(Vm& vm, Property* p, Value get, Value set, Value del) {
  if (get.is_unset() || get.is_none()) get = p->get;
  if (set.is_unset() || set.is_none()) set = p->set;
  if (del.is_unset() || del.is_none()) del = p->del;
  auto or_none = [](Value v) { return v.is_unset() ? Value::none() : v; };
  Value doc = Value::none();
  if (!(p->doc_from_getter && !missing(get))) doc = or_none(p->doc);
  Value args[] = {or_none(get), or_none(set), or_none(del), doc};
  Value copy = TRY(call(vm, vm.type_of(p), args));
  if (is_kind(copy, Kind::Property)) {
    property_of(copy)->name = p->name;
    vm.barrier(copy.cell());
  }
  return copy;
}
Value property_getter(Vm& vm, Args a) { return copy_with(vm, property_of(a[0]), a[1], Value(), Value()); }
Value property_setter(Vm& vm, Args a) { return copy_with(vm, property_of(a[0]), Value(), a[1], Value()); }
Value property_deleter(Vm& vm, Args a) { return copy_with(vm, property_of(a[0]), Value(), Value(), a[1]); }

Value property_get_method(Vm& vm, Args a) {
  if (a[1].is_none()) {
    if (a.get(2, Value::none()).is_none()) return vm.raise(E::TypeError, "__get__(None, None) is invalid");
    return a[0];
  }
  return property_get(vm, property_of(a[0]), a[1]);
}
Value property_set_method(Vm& vm, Args a) {
  TRY(property_set(vm, property_of(a[0]), a[1], a[2]));
  return Value::none();
}
Value property_delete_method(Vm& vm, Args a) {
  TRY(property_set(vm, property_of(a[0]), a[1], Value()));
  return Value::none();
}
Value property_set_name(Vm& vm, Args a) {
  std::span<const Value> args = a.rest(1);
  if (args.size() != 2)
    return vm.raise(E::TypeError, "__set_name__() takes 2 positional arguments but {} were given", args.size());
  property_of(a[0])->name = args[1];
  vm.barrier(a[0].cell());
  return Value::none();
}

Value get_name(Vm& vm, Value self) {
  Value name = TRY(property_name(vm, property_of(self)));
  if (name.is_exhausted()) return raise_no_attribute(vm, self, vm.names.d_name);
  return name;
}
Status set_name(Vm& vm, Value self, Value value) {
  property_of(self)->name = value;
  vm.barrier(self.cell());
  return {};
}
Value get_isabstract(Vm& vm, Value self) {
  const Property* p = property_of(self);
  Str* name = TRY(vm.intern("__isabstractmethod__"));
  for (Value accessor : {p->get, p->set, p->del}) {
    if (missing(accessor)) continue;
    Value v = TRY(get_attr_optional(vm, accessor, name));
    if (!v.is_exhausted() && TRY(truthy(vm, v))) return Value::true_();
  }
  return Value::false_();
}

constexpr NativeRow kMethods[] = {
    {"__new__($type, /, *args, **kwargs)", property_new, kNewMethod},
    {"__init__($self, fget=None, fset=None, fdel=None, doc=None)", property_init},
    {"getter($self, object, /)", property_getter, 0, "A copy with this getter."},
    {"setter($self, object, /)", property_setter, 0, "A copy with this setter."},
    {"deleter($self, object, /)", property_deleter, 0, "A copy with this deleter."},
    {"__get__($self, instance, owner=None, /)", property_get_method},
    {"__set__($self, instance, value, /)", property_set_method},
    {"__delete__($self, instance, /)", property_delete_method},
    {"__set_name__($self, /, *args)", property_set_name},
};
constexpr MemberRow kMembers[] = {
    {"fget", offsetof(Property, get), MemberRow::kReadOnly},
    {"fset", offsetof(Property, set), MemberRow::kReadOnly},
    {"fdel", offsetof(Property, del), MemberRow::kReadOnly},
    {"__doc__", offsetof(Property, doc)},
};
constexpr GetSetRow kGetSets[] = {
    {"__name__", get_name, set_name},
    {"__isabstractmethod__", get_isabstract},
};

}  // namespace

const TypeSpec property_type{
    .name = "property",
    .doc = "A managed attribute.",
    .signature = "(fget=None, fset=None, fdel=None, doc=None)",
    .kind = static_cast<CellKind>(Kind::Property),
    .size = sizeof(Property),
    .flags = kTypeBase,
    .methods = kMethods,
    .getsets = kGetSets,
    .members = kMembers,
    .trace = trace,
};

}  // namespace krait
