// _abc: what abc.ABCMeta is made of.
#include "objects/dict.hpp"
#include "objects/function.hpp"
#include "objects/int.hpp"
#include "objects/module.hpp"
#include "objects/operations.hpp"
#include "objects/quick.hpp"
#include "objects/sequences.hpp"
#include "objects/str.hpp"
#include "objects/type.hpp"
#include "objects/weakref.hpp"

namespace krait {
namespace {

/// The registry and the caches of one abstract class: sets of weak references to classes.
struct AbcData : Object {
  Set *registry, *positive, *negative;
  uint64_t negative_version;
};

struct State : Extension {
  uint64_t version = 0;  ///< goes up with every register(): negative caches older than it are void
  Type* data_type = nullptr;
  Str* impl = nullptr;  ///< "_abc_impl"
  void trace(Marker& m) override {
    m.mark_cell(data_type);
    m.mark_cell(impl);
  }
};
State& state_of(Vm& vm) { return vm.extension<State>(); }

void trace_data(Heap&, Cell* cell, Marker& m) {
  AbcData* d = static_cast<AbcData*>(cell);
  m.mark_cell(d->registry);
  m.mark_cell(d->positive);
  m.mark_cell(d->negative);
}
constexpr TypeSpec kDataSpec{
    .name = "_abc._abc_data",
    .doc = "Internal state of an abstract class.",
    .kind = static_cast<CellKind>(Kind::AbcData),
    .size = sizeof(AbcData),
    .flags = kTypeNoNew,
    .trace = trace_data,
};

Result<AbcData*> data_of(Vm& vm, Value cls) {
  Value v;
  if (is_type(cls)) v = type_lookup(vm, as_type(cls), state_of(vm).impl);
  if (v.is_unset()) v = TRY(get_attr(vm, cls, state_of(vm).impl));
  if (!is_kind(v, Kind::AbcData)) return vm.raise(E::TypeError, "_abc_impl is set to a wrong type");
  return v.as<AbcData>();
}

Result<bool> holds(Vm& vm, Set* set, Value cls) {
  if (set == nullptr || set->used == 0) return false;
  return set_contains(vm, set, TRY(weakref_new(vm, cls, Value::none())));
}
/// Drops the references to classes that are gone, now and then.
Status drop_dead(Vm& vm, Set* set) {
  if (set->used < 64 || (set->used & (set->used - 1)) != 0) return {};
  List* dead = TRY(list_new(vm));
  uint32_t i = 0;
  while (SetEntry* e = set_next(set, i))
    if (weakref_get(vm, e->key).is_none()) TRY(list_append(vm, dead, e->key));
  for (uint64_t k = 0; k < dead->length; ++k) TRY(set_discard(vm, set, dead->items()[k]));
  return {};
}
Status put(Vm& vm, AbcData* data, Set* AbcData::* where, Value cls) {
  if (data->*where == nullptr) {
    data->*where = TRY(set_new(vm, vm.types.set));
    vm.barrier(data);
  }
  Value reference = TRY(weakref_new(vm, cls, Value::none()));
  TRY(set_add(vm, data->*where, reference));
  return drop_dead(vm, data->*where);
}

// --- Abstract methods

Result<bool> is_abstract(Vm& vm, Value v) {
  Value flag = get_attr_optional(vm, v, TRY(vm.intern("__isabstractmethod__")));
  if (flag.is_error()) return Error{};
  if (flag.is_exhausted()) return false;
  return truthy(vm, flag);
}

Status compute_abstract_methods(Vm& vm, Value cls) {
  Set* abstracts = TRY(set_new(vm, vm.types.frozenset));
  Value items = TRY(get_attr(vm, cls, vm.names.d_dict));
  items = TRY(call_method(vm, items, vm.names.items));
  items = TRY(list_from(vm, items));
  TRY(for_each(vm, items, [&](Value pair) -> Status {
    if (!is_tuple(pair) || pair.as<Tuple>()->length != 2)
      return vm.raise(E::TypeError, "items() returned item which is not a pair");
    if (TRY(is_abstract(vm, pair.as<Tuple>()->items[1]))) TRY(set_add(vm, abstracts, pair.as<Tuple>()->items[0]));
    return {};
  }));
  Value bases = TRY(get_attr(vm, cls, vm.names.d_bases));
  TRY(for_each(vm, bases, [&](Value base) -> Status {
    Value inherited = TRY(get_attr_optional(vm, base, vm.names.d_abstractmethods));
    if (inherited.is_exhausted()) return {};
    return for_each(vm, inherited, [&](Value name) -> Status {
      if (!is_str(name)) return vm.raise(E::TypeError, "attribute name must be string, not '{}'", type_name_of(name));
      Value v = TRY(get_attr_optional(vm, cls, vm.intern(as_str(name))));
      if (!v.is_exhausted() && TRY(is_abstract(vm, v))) TRY(set_add(vm, abstracts, name));
      return {};
    });
  }));
  return set_attr(vm, cls, vm.names.d_abstractmethods, abstracts);
}

Value abc_init(Vm& vm, Args a) {
  TRY(compute_abstract_methods(vm, a[0]));
  AbcData* data = TRY(vm.new_instance<AbcData>(state_of(vm).data_type));
  data->negative_version = state_of(vm).version;
  TRY(set_attr(vm, a[0], state_of(vm).impl, data));
  // collections.abc says by __abc_tpflags__ which classes sequence and mapping patterns match.
  if (is_type(a[0])) {
    Str* name = TRY(vm.intern("__abc_tpflags__"));
    Value flags = dict_get_str(vm, as_type(a[0])->dict, name);
    if (flags.is_small_int()) {
      constexpr int64_t kSequence = 1 << 5, kMapping = 1 << 6;
      int64_t bits = flags.as_small_int();
      if ((bits & (kSequence | kMapping)) == (kSequence | kMapping))
        return vm.raise(E::TypeError, "__abc_tpflags__ cannot be both Py_TPFLAGS_SEQUENCE and Py_TPFLAGS_MAPPING");
      if (bits & kSequence) as_type(a[0])->flags |= kTypeSequence;
      if (bits & kMapping) as_type(a[0])->flags |= kTypeMapping;
      TRY(type_set_own(vm, as_type(a[0]), name, Value()));
    }
  }
  return Value::none();
}

/// A class that is registered with a sequence or mapping class matches the same patterns, and so do its subclasses.
Status spread_match_flags(Vm& vm, Type* type, uint32_t flags) {
  TRY(vm.check_stack());
  if (type->has(kTypeImmutable) && !type->has(kTypeHeap)) return {};
  if ((type->flags & (kTypeSequence | kTypeMapping)) == flags) return {};
  type->flags = (type->flags & ~(kTypeSequence | kTypeMapping)) | flags;
  List* subclasses = TRY(type_subclasses(vm, type));
  for (uint64_t i = 0; i < subclasses->length; ++i) TRY(spread_match_flags(vm, as_type(subclasses->items()[i]), flags));
  return {};
}

Value abc_register(Vm& vm, Args a) {
  if (!is_type(a[1])) return vm.raise(E::TypeError, "Can only register classes");
  if (TRY(is_subclass(vm, a[1], a[0]))) return a[1];
  if (TRY(is_subclass(vm, a[0], a[1]))) return vm.raise(E::RuntimeError, "Refusing to create an inheritance cycle");
  AbcData* data = TRY(data_of(vm, a[0]));
  TRY(put(vm, data, &AbcData::registry, a[1]));
  ++state_of(vm).version;
  if (is_type(a[0])) {
    uint32_t flags = as_type(a[0])->flags & (kTypeSequence | kTypeMapping);
    if (flags != 0) TRY(spread_match_flags(vm, as_type(a[1]), flags));
  }
  return a[1];
}

void refresh_negative(Vm& vm, AbcData* data) {
  if (data->negative_version >= state_of(vm).version) return;
  data->negative = nullptr;
  data->negative_version = state_of(vm).version;
}

Value abc_subclasscheck(Vm& vm, Args a) {
  Value cls = a[0], sub = a[1];
  if (!is_type(sub)) return vm.raise(E::TypeError, "issubclass() arg 1 must be a class");
  TRY(vm.check_stack(" in __subclasscheck__"));
  AbcData* data = TRY(data_of(vm, cls));
  if (TRY(holds(vm, data->positive, sub))) return Value::true_();
  refresh_negative(vm, data);
  if (TRY(holds(vm, data->negative, sub))) return Value::false_();
  auto yes = [&]() -> Value {
    TRY(put(vm, data, &AbcData::positive, sub));
    return Value::true_();
  };
  Value hook = TRY(call_method(vm, cls, TRY(vm.intern("__subclasshook__")), sub));
  if (hook.is_true()) return yes();
  if (hook.is_false()) {
    TRY(put(vm, data, &AbcData::negative, sub));
    return hook;
  }
  if (!hook.is_not_implemented())
    return vm.raise(E::AssertionError, "__subclasshook__ must return either False, True, or NotImplemented");
  if (is_type(cls) && type_is_subtype(as_type(sub), as_type(cls))) return yes();
  if (data->registry != nullptr && data->registry->used != 0) {
    Value registered = TRY(list_from(vm, data->registry));
    List* list = registered.as<List>();
    for (uint64_t i = 0; i < list->length; ++i) {
      TRY(vm.poll());
      Value other = weakref_get(vm, list->items()[i]);
      if (!other.is_none() && TRY(is_subclass(vm, sub, other))) return yes();
    }
  }
  Value subclasses = TRY(call_method(vm, cls, TRY(vm.intern("__subclasses__"))));
  if (!is_list(subclasses)) return vm.raise(E::TypeError, "__subclasses__() must return a list");
  for (uint64_t i = 0; i < subclasses.as<List>()->length; ++i) {
    TRY(vm.poll());
    if (TRY(is_subclass(vm, sub, subclasses.as<List>()->items()[i]))) return yes();
  }
  TRY(put(vm, data, &AbcData::negative, sub));
  return Value::false_();
}

Value abc_instancecheck(Vm& vm, Args a) {
  AbcData* data = TRY(data_of(vm, a[0]));
  Value claimed = TRY(get_attr(vm, a[1], vm.names.d_class));
  if (TRY(holds(vm, data->positive, claimed))) return Value::true_();
  Value real = vm.type_of(a[1]);
  Str* check = vm.names.special[static_cast<size_t>(Special::SubclassCheck)];
  if (claimed == real) {
    refresh_negative(vm, data);
    if (TRY(holds(vm, data->negative, claimed))) return Value::false_();
    return call_method(vm, a[0], check, claimed);
  }
  Value result = TRY(call_method(vm, a[0], check, claimed));
  if (TRY(truthy(vm, result))) return result;
  return call_method(vm, a[0], check, real);
}

Value copy_of(Vm& vm, Set* set) {
  Set* out = TRY(set_new(vm, vm.types.set));
  if (set != nullptr) TRY(set_update(vm, out, set));
  return out;
}
Value abc_get_dump(Vm& vm, Args a) {
  AbcData* d = TRY(data_of(vm, a[0]));
  return pack(vm, copy_of(vm, d->registry), copy_of(vm, d->positive), copy_of(vm, d->negative),
              int_from_u64(vm, d->negative_version));
}
Value abc_reset_registry(Vm& vm, Args a) {
  TRY(data_of(vm, a[0]))->registry = nullptr;
  return Value::none();
}
Value abc_reset_caches(Vm& vm, Args a) {
  AbcData* d = TRY(data_of(vm, a[0]));
  d->positive = d->negative = nullptr;
  return Value::none();
}
Value abc_cache_token(Vm& vm, Args) { return int_from_u64(vm, state_of(vm).version); }

const NativeRow kFunctions[] = {
    {"get_cache_token()", abc_cache_token, 0, "A value that changes with every ABCMeta.register()."},
    {"_abc_init(self, /)", abc_init, 0, "Prepare a new abstract class."},
    {"_abc_register(self, subclass, /)", abc_register, 0, "Register a class as a virtual subclass."},
    {"_abc_instancecheck(self, instance, /)", abc_instancecheck, 0, "isinstance() of an abstract class."},
    {"_abc_subclasscheck(self, subclass, /)", abc_subclasscheck, 0, "issubclass() of an abstract class."},
    {"_get_dump(self, /)", abc_get_dump, 0, "The registry and the caches, for debugging."},
    {"_reset_registry(self, /)", abc_reset_registry, 0, "Empty the registry, for tests."},
    {"_reset_caches(self, /)", abc_reset_caches, 0, "Empty the caches, for tests."},
};

Status abc_module_init(Vm& vm, Module*) {
  State& s = state_of(vm);
  s.impl = TRY(vm.intern("_abc_impl"));
  s.data_type = TRY(make_type(vm, kDataSpec));
  return {};
}

}  // namespace

extern const ModuleSpec abc_module{
    .name = "_abc",
    .doc = "What the abc module is made of.",
    .functions = kFunctions,
    .init = abc_module_init,
};

}  // namespace krait
