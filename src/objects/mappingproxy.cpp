// types.MappingProxyType: a read-only view of a mapping. Everything is asked of the mapping.
#include "objects/dict.hpp"
#include "objects/generic_alias.hpp"
#include "objects/native.hpp"
#include "objects/quick.hpp"
#include "objects/sequences.hpp"
#include "objects/str.hpp"
#include "objects/type.hpp"

namespace krait {

Value mappingproxy_new(Vm& vm, Value mapping, Type* type) {
  MappingProxy* p = TRY(vm.new_instance<MappingProxy>(vm.types.mappingproxy));
  p->mapping = mapping;
  p->type = type;
  return p;
}

namespace {

Value mapping_of(Args a) { return a[0].as<MappingProxy>()->mapping; }
Value unwrapped(Value v) { return is_kind(v, Kind::MappingProxy) ? v.as<MappingProxy>()->mapping : v; }

void trace(Heap&, Cell* cell, Marker& m) {
  m.mark(static_cast<MappingProxy*>(cell)->mapping);
  m.mark_cell(static_cast<MappingProxy*>(cell)->type);
}

/// Libraries older than 3.14 look for a class's annotations in its __dict__: looking makes them. Exhausted: nothing to give.
Value older_annotations(Vm& vm, Args a) {
  const MappingProxy* p = a[0].as<MappingProxy>();
  if (p->type == nullptr || vm.annotations_hook == nullptr || !is_str(a[1]) ||
      !str_equal(as_str(a[1]), vm.names.d_annotations))
    return Value::exhausted();
  return type_annotations_for_older_library(vm, p->type);
}

Value proxy_new(Vm& vm, Args a) {
  bool mapping = !special_of(vm, a[1], Special::GetItem).is_unset() && !is_list(a[1]) && !is_tuple(a[1]);
  if (!mapping) return vm.raise(E::TypeError, "mappingproxy() argument must be a mapping, not {}", type_name_of(a[1]));
  return mappingproxy_new(vm, a[1]);
}

Value proxy_repr(Vm& vm, Args a) {
  TRY(vm.check_stack(" while getting the repr of an object"));
  return str_message(vm, "mappingproxy({})", repr_of(mapping_of(a)));
}
Value proxy_str(Vm& vm, Args a) {
  TRY(vm.check_stack(" while getting the str of an object"));
  return str(vm, mapping_of(a));
}
Value proxy_hash(Vm& vm, Args a) { return int_from(vm, TRY(hash(vm, mapping_of(a)))); }
Value proxy_len(Vm& vm, Args a) { return Value::small_int(TRY(length(vm, mapping_of(a)))); }
Value proxy_getitem(Vm& vm, Args a) {
  Value annotations = older_annotations(vm, a);
  return annotations.is_exhausted() ? get_item(vm, mapping_of(a), a[1]) : annotations;
}
Value proxy_contains(Vm& vm, Args a) {
  Value annotations = older_annotations(vm, a);
  if (annotations.is_error()) return annotations;
  return Value::boolean(!annotations.is_exhausted() || TRY(contains(vm, mapping_of(a), a[1])));
}
Value proxy_iter(Vm& vm, Args a) { return get_iter(vm, mapping_of(a)); }
Value proxy_reversed(Vm& vm, Args a) {
  return call_method(vm, mapping_of(a), vm.names.special[static_cast<size_t>(Special::Reversed)]);
}

Value proxy_get(Vm& vm, Args a) {
  Value annotations = older_annotations(vm, a);
  if (!annotations.is_exhausted()) return annotations;
  Value args[] = {a[1], a.get(2, Value::none())};
  return call_method(vm, mapping_of(a), vm.names.get, std::span<const Value>(args, 2));
}
Value proxy_keys(Vm& vm, Args a) { return call_method(vm, mapping_of(a), vm.names.keys); }
Value proxy_values(Vm& vm, Args a) { return call_method(vm, mapping_of(a), vm.names.values); }
Value proxy_items(Vm& vm, Args a) { return call_method(vm, mapping_of(a), vm.names.items); }
Value proxy_copy(Vm& vm, Args a) {
  Str* name = TRY(vm.intern("copy"));
  return call_method(vm, mapping_of(a), name);
}

template <CompareOp op>
Value proxy_compare(Vm& vm, Args a) {
  return compare(vm, mapping_of(a), unwrapped(a[1]), op);
}
Value proxy_or(Vm& vm, Args a) { return binary(vm, BinaryOp::Or, unwrapped(a[0]), unwrapped(a[1])); }
Value proxy_ror(Vm& vm, Args a) { return binary(vm, BinaryOp::Or, unwrapped(a[1]), unwrapped(a[0])); }
Value proxy_ior(Vm& vm, Args a) {
  return vm.raise(E::TypeError, "'|=' is not supported by {}; use '|' instead", vm.type_of(a[0])->name);
}

constexpr NativeRow kMethods[] = {
    {"__new__($type, mapping)", proxy_new, kNewMethod | kStaticMethod, "Create and return a new object."},
    {"__repr__($self, /)", proxy_repr, 0, "Return repr(self)."},
    {"__str__($self, /)", proxy_str, 0, "Return str(self)."},
    {"__hash__($self, /)", proxy_hash, 0, "Return hash(self)."},
    {"__len__($self, /)", proxy_len, 0, "Return len(self)."},
    {"__getitem__($self, key, /)", proxy_getitem, 0, "Return self[key]."},
    {"__contains__($self, key, /)", proxy_contains, 0, "Return bool(key in self)."},
    {"__iter__($self, /)", proxy_iter, 0, "Implement iter(self)."},
    {"__reversed__($self, /)", proxy_reversed, 0, "Return a reverse iterator."},
    {"__lt__($self, value, /)", proxy_compare<CompareOp::Lt>, 0, "Return self<value."},
    {"__le__($self, value, /)", proxy_compare<CompareOp::Le>, 0, "Return self<=value."},
    {"__eq__($self, value, /)", proxy_compare<CompareOp::Eq>, 0, "Return self==value."},
    {"__ne__($self, value, /)", proxy_compare<CompareOp::Ne>, 0, "Return self!=value."},
    {"__gt__($self, value, /)", proxy_compare<CompareOp::Gt>, 0, "Return self>value."},
    {"__ge__($self, value, /)", proxy_compare<CompareOp::Ge>, 0, "Return self>=value."},
    {"__or__($self, value, /)", proxy_or, 0, "Return self|value."},
    {"__ror__($self, value, /)", proxy_ror, 0, "Return value|self."},
    {"__ior__($self, value, /)", proxy_ior, 0, "Return self|=value."},
    {"get($self, key, default=None, /)", proxy_get, 0, "Return the key's value, or the default if it is not there."},
    {"keys($self, /)", proxy_keys, 0, "Return a view of the keys."},
    {"values($self, /)", proxy_values, 0, "Return a view of the values."},
    {"items($self, /)", proxy_items, 0, "Return a view of the (key, value) pairs."},
    {"copy($self, /)", proxy_copy, 0, "Return a shallow copy of the mapping."},
    {"__class_getitem__($type, item, /)", class_getitem, kClassMethod, "See PEP 585"},
};

}  // namespace

extern constinit const TypeSpec mappingproxy_type{
    .name = "mappingproxy",
    .doc = "A read-only view of a mapping.",
    .kind = static_cast<CellKind>(Kind::MappingProxy),
    .size = sizeof(MappingProxy),
    .flags = kTypeMapping,
    .methods = kMethods,
    .trace = trace,
};

}  // namespace krait
