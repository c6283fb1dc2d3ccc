// _weakref: the types of objects/weakref.cpp and what asks for an object's references.
#include "objects/dict.hpp"
#include "objects/module.hpp"
#include "objects/native.hpp"
#include "objects/quick.hpp"
#include "objects/sequences.hpp"
#include "objects/weakref.hpp"

namespace krait {

namespace {

Value getweakrefs(Vm& vm, Args a) { return weakref_list(vm, a[0]); }
Value getweakrefcount(Vm& vm, Args a) {
  Value list = TRY(weakref_list(vm, a[0]));
  return Value::small_int(static_cast<int64_t>(list.as<List>()->length));
}
Value proxy(Vm& vm, Args a) { return weakproxy_new(vm, a[0], a.get(1, Value::none())); }

/// Removes a key whose value is a dead reference.
Value remove_dead(Vm& vm, Args a) {
  if (!is_dict(a[0]))
    return vm.raise(E::TypeError, "_remove_dead_weakref() argument 1 must be dict, not {}", argument_type(a[0]));
  Dict* d = a[0].as<Dict>();
  Value found = TRY(dict_get(vm, d, a[1]));
  if (found.is_exhausted()) return Value::none();
  if (!is_kind(found, Kind::WeakRef) && !is_kind(found, Kind::WeakProxy))
    return vm.raise(E::TypeError, "not a weakref");
  if (!weakref_get(vm, found).is_none()) return Value::none();
  Value removed = dict_pop(vm, d, a[1]);
  if (removed.is_error()) return Error{};
  return Value::none();
}

constexpr NativeRow kFunctions[] = {
    {"getweakrefcount(object, /)", getweakrefcount, 0, "Return the number of weak references to the object."},
    {"getweakrefs(object, /)", getweakrefs, 0, "Return a list of all weak references to the object."},
    {"proxy(object, callback=None, /)", proxy, 0, "Return a proxy that does not keep the object alive."},
    {"_remove_dead_weakref(dct, key, /)", remove_dead, 0, "Remove the key if its value is a dead weak reference."},
};

Status init(Vm& vm, Module* m) {
  TRY(module_add(vm, m, "ref", vm.types.weakref));
  TRY(module_add(vm, m, "ReferenceType", vm.types.weakref));
  TRY(module_add(vm, m, "ProxyType", vm.types.weakproxy));
  TRY(module_add(vm, m, "CallableProxyType", vm.types.weakcallableproxy));
  return {};
}

}  // namespace

extern constinit const ModuleSpec weakref_module{
    .name = "_weakref",
    .doc = "What weakref takes from the machine.",
    .functions = kFunctions,
    .init = init,
};

}  // namespace krait
