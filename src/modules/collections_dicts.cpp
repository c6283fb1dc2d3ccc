// collections.defaultdict and collections.OrderedDict: dicts (Kind::Dict) with a word more each.
#include "modules/collections_dicts.hpp"

#include "objects/dict.hpp"
#include "objects/native.hpp"
#include "objects/quick.hpp"
#include "objects/sequences.hpp"
#include "objects/str.hpp"

namespace krait {

namespace {

struct DefaultDict : Dict {
  Value factory;  ///< traced through Dict::kFactory
};

struct State : Extension {
  Type *ordered = nullptr, *keys = nullptr, *values = nullptr, *items = nullptr;
  void trace(Marker& m) override {
    for (Type* t : {ordered, keys, values, items}) m.mark_cell(t);
  }
};
State& types_of(Vm& vm) { return vm.extension<State>(); }
bool is_ordered(Value v) { return is_dict(v) && (v.as<Dict>()->bits & Dict::kOrdered); }

/// What dict() takes: at most one mapping or iterable, then keywords.
Status fill(Vm& vm, Dict* d, std::span<const Value> rest, Value keywords, const char* name) {
  if (rest.size() > 1) return vm.raise(E::TypeError, "{}expected at most 1 argument, got {}", name, rest.size());
  if (!rest.empty()) TRY(dict_update(vm, d, rest[0]));
  if (!keywords.is_unset()) TRY(dict_update(vm, d, keywords));
  return {};
}

// --- defaultdict

DefaultDict* default_of(Args a) { return a[0].as<DefaultDict>(); }

Value default_new(Vm& vm, Args a) {
  DefaultDict* d = TRY(vm.new_instance<DefaultDict>(a[0].as<Type>()));
  d->factory = Value::none();
  d->bits |= Dict::kFactory;
  return d;
}
Value default_init(Vm& vm, Args a) {
  auto rest = a.rest(2);
  Value factory = Value::none();
  if (!rest.empty()) {
    factory = rest[0];
    if (!factory.is_none() && !is_callable(vm, factory))
      return vm.raise(E::TypeError, "first argument must be callable or None");
    rest = rest.subspan(1);
  }
  default_of(a)->factory = factory;
  vm.barrier(default_of(a));
  TRY(fill(vm, default_of(a), rest, a[1], "dict "));
  return Value::none();
}
Value default_missing(Vm& vm, Args a) {
  Value factory = default_of(a)->factory;
  if (factory.is_none() || factory.is_unset()) return vm.raise_key_error(a[1]);
  Value value = TRY(call0(vm, factory));
  return dict_set_default(vm, default_of(a), a[1], value);  // the factory may have put one in itself: that stays
}
Value default_repr(Vm& vm, Args a) {
  DefaultDict* d = default_of(a);
  Value dict_repr = vm.types.dict->get(Special::Repr);
  Value base = TRY(call_special(vm, dict_repr, a[0]));
  Value factory;
  if (TRY(repr_enter(vm, d->factory))) {
    factory = TRY(str_from_ascii(vm, "..."));
  } else {
    factory = repr(vm, d->factory);
    repr_leave(vm, d->factory);
    if (factory.is_error()) return Error{};
  }
  return str_message(vm, "{}({}, {})", vm.type_of(d)->name, factory, base);
}
Value default_copy(Vm& vm, Args a) { return call2(vm, vm.type_of(a[0]), default_of(a)->factory, a[0]); }
Value default_reduce(Vm& vm, Args a) {
  Value factory = default_of(a)->factory;
  Value args = factory.is_none() ? Value(vm.empty_tuple) : TRY(pack(vm, factory));
  Value items = TRY(call_method(vm, a[0], vm.names.items));
  Value it = TRY(get_iter(vm, items));
  return pack(vm, vm.type_of(a[0]), args, Value::none(), Value::none(), it);
}
Value default_or(Vm& vm, Args a) {
  if (!is_dict(a[0]) || !is_dict(a[1])) return Value::not_implemented();
  Value made = TRY(default_copy(vm, a));
  if (!is_dict(made)) return vm.raise(E::TypeError, "copy of a defaultdict is not a dict");
  TRY(dict_update(vm, made.as<Dict>(), a[1]));
  return made;
}
Value default_ror(Vm& vm, Args a) {
  if (!is_dict(a[1])) return Value::not_implemented();
  Value made = TRY(call2(vm, vm.type_of(a[0]), default_of(a)->factory, a[1]));
  if (!is_dict(made)) return vm.raise(E::TypeError, "copy of a defaultdict is not a dict");
  TRY(dict_update(vm, made.as<Dict>(), a[0]));
  return made;
}

constexpr NativeRow kDefaultMethods[] = {
    {"__new__($type, /, *args, **kwargs)", default_new, kNewMethod | kStaticMethod, "Create and return a new object."},
    {"__init__($self, /, *args, **kwargs)", default_init, 0, "Initialize self."},
    {"__missing__($self, key, /)", default_missing, 0, "Make, store and return the value of a key that is not there."},
    {"__repr__($self, /)", default_repr, 0, "Return repr(self)."},
    {"__or__($self, value, /)", default_or, 0, "Return self|value."},
    {"__ror__($self, value, /)", default_ror, 0, "Return value|self."},
    {"copy($self, /)", default_copy, 0, "Return a shallow copy."},
    {"__copy__($self, /)", default_copy, 0, "Return a shallow copy."},
    {"__reduce__($self, /)", default_reduce, 0, "Return state information for pickling."},
};
constexpr MemberRow kDefaultMembers[] = {
    {"default_factory", offsetof(DefaultDict, factory), 0, "Makes the values of missing keys."},
};
constexpr TypeSpec kDefaultSpec{
    .name = "collections.defaultdict",
    .doc =
        "defaultdict(default_factory=None, /, [...]): a dict that makes the value of a missing key by calling a "
        "function.",
    .kind = static_cast<CellKind>(Kind::Dict),
    .size = sizeof(DefaultDict),
    .flags = kTypeBase | kTypeHasWeakref | kTypeMapping,
    .methods = kDefaultMethods,
    .members = kDefaultMembers,
    .trace = dict_trace,
    .trace_new = dict_trace_new,
};

// --- OrderedDict

OrderedDict* ordered_of(Args a) { return a[0].as<OrderedDict>(); }

Value ordered_new(Vm& vm, Args a) {
  OrderedDict* d = TRY(vm.new_instance<OrderedDict>(a[0].as<Type>()));
  d->bits |= Dict::kOrdered;
  return d;
}
Value ordered_init(Vm& vm, Args a) {
  // Item by item through __setitem__ where a subclass has its own.
  auto rest = a.rest(2);
  if (special_of(vm, a[0], Special::SetItem) == vm.types.dict->get(Special::SetItem)) {
    TRY(fill(vm, ordered_of(a), rest, a[1], ""));
    return Value::none();
  }
  Dict* all = TRY(dict_new(vm));
  TRY(fill(vm, all, rest, a[1], ""));
  for (uint32_t i = 0; i < all->entry_count; ++i) {
    DictEntry e = *all->entry(i);
    if (!e.key.is(Value::deleted())) TRY(set_item(vm, a[0], e.key, e.value));
  }
  return Value::none();
}
Value ordered_update(Vm& vm, Args a) {
  auto rest = a.rest(2);
  if (rest.size() > 1)
    return vm.raise(E::TypeError, "update() takes at most 1 positional argument ({} given)", rest.size());
  return ordered_init(vm, a);
}
Value ordered_fromkeys(Vm& vm, Args a) {
  Value made = TRY(call0(vm, a[0]));
  Value value = a.get(2, Value::none());
  TRY(for_each(vm, a[1], [&](Value key) { return set_item(vm, made, key, value); }));
  return made;
}
Value ordered_repr(Vm& vm, Args a) {
  Str* name = vm.type_of(a[0])->name;
  if (ordered_of(a)->used == 0) return str_message(vm, "{}()", name);
  if (TRY(repr_enter(vm, a[0]))) return str_from_ascii(vm, "...");
  auto build = [&]() -> Value {
    TRY(vm.check_stack(" while getting the repr of an object"));
    Dict* plain = TRY(dict_new(vm));
    TRY(dict_update(vm, plain, a[0]));
    return str_message(vm, "{}({})", name, repr_of(plain));
  };
  Value result = build();
  repr_leave(vm, a[0]);
  return result;
}

Value ordered_popitem(Vm& vm, Args a) {
  OrderedDict* d = ordered_of(a);
  bool last = !a.has(1) || TRY(truthy(vm, a[1]));
  if (d->used == 0) return vm.raise(E::KeyError, "dictionary is empty");
  Value key, value;
  if (last) {
    dict_pop_last(vm, d, &key, &value);
  } else {
    uint32_t i = dict_first(d);
    key = d->entry(i)->key;
    value = dict_remove_entry(vm, d, i);
  }
  return tuple_of(vm, key, value);
}
Value ordered_move_to_end(Vm& vm, Args a) {
  OrderedDict* d = ordered_of(a);
  bool last = !a.has(2) || TRY(truthy(vm, a[2]));
  int64_t hash = TRY(dict_key_hash(vm, a[1]));
  int64_t i = TRY(dict_find(vm, d, a[1], hash));
  if (i < 0) return vm.raise_key_error(a[1]);
  TRY(dict_move_to_end(vm, d, static_cast<uint32_t>(i), last));
  return Value::none();
}
Value ordered_pop(Vm& vm, Args a) {
  Value v = TRY(dict_pop(vm, ordered_of(a), a[1]));
  if (!v.is_exhausted()) return v;
  if (a.has(2)) return a[2];
  return vm.raise_key_error(a[1]);
}
Value ordered_setdefault(Vm& vm, Args a) { return dict_set_default(vm, ordered_of(a), a[1], a.get(2, Value::none())); }

/// Notices that keys were added or removed while Python code ran.
class Unchanged {
 public:
  explicit Unchanged(const Dict* d) : dict_(d), used_(d->used), count_(d->entry_count) {}
  Status check(Vm& vm) const {
    if (dict_->used == used_ && dict_->entry_count == count_) return {};
    return vm.raise(E::RuntimeError, "OrderedDict mutated during iteration");
  }

 private:
  const Dict* dict_;
  uint32_t used_, count_;
};

/// Are the keys of two dicts in the same order?
Result<bool> same_order(Vm& vm, Dict* x, Dict* y) {
  const Unchanged first(x), second(y);
  uint32_t i = 0, k = 0;
  while (true) {
    TRY(vm.poll());
    DictEntry *p = dict_next(x, i), *q = dict_next(y, k);
    if (p == nullptr || q == nullptr) return p == q;
    bool same = TRY(item_equal(vm, p->key, q->key));
    TRY(first.check(vm));
    TRY(second.check(vm));
    if (!same) return false;
  }
}
template <bool kEqual>
Value ordered_compare(Vm& vm, Args a) {
  if (!is_dict(a[1])) return Value::not_implemented();
  bool same = TRY(dict_equal(vm, ordered_of(a), a[1].as<Dict>()));
  if (same && is_ordered(a[1])) same = TRY(same_order(vm, ordered_of(a), a[1].as<Dict>()));
  return Value::boolean(same == kEqual);
}
Value ordered_copy(Vm& vm, Args a) {
  Value made = TRY(call0(vm, vm.type_of(a[0])));
  if (is_ordered(made) && special_of(vm, made, Special::SetItem) == vm.types.dict->get(Special::SetItem) &&
      special_of(vm, a[0], Special::GetItem) == vm.types.dict->get(Special::GetItem)) {
    TRY(dict_update(vm, made.as<Dict>(), a[0]));
    return made;
  }
  // A subclass reads and stores its own way.
  Dict* d = ordered_of(a);
  const Unchanged state(d);
  for (uint32_t i = 0; i < d->entry_count; ++i) {
    DictEntry e = *d->entry(i);
    if (e.key.is(Value::deleted())) continue;
    Value value = TRY(get_item(vm, a[0], e.key));
    TRY(set_item(vm, made, e.key, value));
    TRY(state.check(vm));
  }
  return made;
}
Value ordered_or(Vm& vm, Args a) {
  if (!is_dict(a[0]) || !is_dict(a[1])) return Value::not_implemented();
  Value made = TRY(call1(vm, vm.type_of(a[0]), a[0]));
  if (!is_dict(made)) return vm.raise(E::TypeError, "copy of an OrderedDict is not a dict");
  TRY(dict_update(vm, made.as<Dict>(), a[1]));
  return made;
}
Value ordered_ror(Vm& vm, Args a) {
  if (!is_dict(a[1])) return Value::not_implemented();
  Value made = TRY(call1(vm, vm.type_of(a[0]), a[1]));
  if (!is_dict(made)) return vm.raise(E::TypeError, "copy of an OrderedDict is not a dict");
  TRY(dict_update(vm, made.as<Dict>(), a[0]));
  return made;
}
Value ordered_ior(Vm& vm, Args a) {
  Value keywords_unset[] = {a[0], Value(), a[1]};
  TRY(ordered_init(vm, Args{keywords_unset, 3}));
  return a[0];
}
Value ordered_reduce(Vm& vm, Args a) {
  Value state = TRY(call_method(vm, a[0], vm.names.d_getstate));
  if (is_dict(state) && state.as<Dict>()->used == 0) state = Value::none();
  Value items = TRY(call_method(vm, a[0], vm.names.items));
  Value it = TRY(get_iter(vm, items));
  return pack(vm, vm.type_of(a[0]), vm.empty_tuple, state, Value::none(), it);
}
Value ordered_keys(Vm& vm, Args a) { return dict_view_new(vm, types_of(vm).keys, ordered_of(a)); }
Value ordered_values(Vm& vm, Args a) { return dict_view_new(vm, types_of(vm).values, ordered_of(a)); }
Value ordered_items(Vm& vm, Args a) { return dict_view_new(vm, types_of(vm).items, ordered_of(a)); }

constexpr NativeRow kOrderedMethods[] = {
    {"__new__($type, /, *args, **kwargs)", ordered_new, kNewMethod | kStaticMethod, "Create and return a new object."},
    {"__init__($self, /, *args, **kwargs)", ordered_init, 0, "Initialize self."},
    {"fromkeys($type, iterable, value=None)", ordered_fromkeys, kClassMethod,
     "Create an ordered dict with the keys of an iterable, all with the same value."},
    {"__repr__($self, /)", ordered_repr, 0, "Return repr(self)."},
    {"__eq__($self, value, /)", ordered_compare<true>, 0, "Return self==value."},
    {"__ne__($self, value, /)", ordered_compare<false>, 0, "Return self!=value."},
    {"__hash__($self, /)", nullptr},
    {"__or__($self, value, /)", ordered_or, 0, "Return self|value."},
    {"__ror__($self, value, /)", ordered_ror, 0, "Return value|self."},
    {"__ior__($self, value, /)", ordered_ior, 0, "Return self|=value."},
    {"popitem($self, /, last=True)", ordered_popitem, 0, "Remove and return the last (or first) (key, value) pair."},
    {"move_to_end($self, /, key, last=True)", ordered_move_to_end, 0, "Move a key to the end (or the front)."},
    {"pop($self, /, key, default=<unrepresentable>)", ordered_pop, 0,
     "Remove the key and return its value.\n\nIf it is not there, return the default, or raise KeyError without one."},
    {"setdefault($self, /, key, default=None)", ordered_setdefault, 0,
     "Return the key's value; if it is not there, store and return the default."},
    {"update($self, /, *args, **kwargs)", ordered_update, 0,
     "Store the items of a mapping, or the pairs of an iterable, and then the keywords."},
    {"copy($self, /)", ordered_copy, 0, "Return a shallow copy."},
    {"keys($self, /)", ordered_keys, 0, "Return a view of the keys."},
    {"values($self, /)", ordered_values, 0, "Return a view of the values."},
    {"items($self, /)", ordered_items, 0, "Return a view of the (key, value) pairs."},
    {"__reduce__($self, /)", ordered_reduce, 0, "Return state information for pickling."},
};
constexpr TypeSpec kOrderedSpec{
    .name = "collections.OrderedDict",
    .doc = "A dict whose order counts: it can be changed at both ends, and equality looks at it.",
    .signature = "",
    .kind = static_cast<CellKind>(Kind::Dict),
    .size = sizeof(OrderedDict),
    .flags = kTypeBase | kTypeHasDict | kTypeHasWeakref | kTypeMapping,
    .methods = kOrderedMethods,
    .trace = dict_trace,
    .trace_new = dict_trace_new,
};

void trace_view(Heap&, Cell* cell, Marker& m) { m.mark_cell(static_cast<DictView*>(cell)->dict); }
constexpr TypeSpec view_spec(const char* name) {
  return TypeSpec{
      .name = name,
      .kind = static_cast<CellKind>(Kind::DictView),
      .size = sizeof(DictView),
      .flags = kTypeNoNew,
      .trace = trace_view,
  };
}
constexpr TypeSpec kKeysSpec = view_spec("odict_keys");
constexpr TypeSpec kValuesSpec = view_spec("odict_values");
constexpr TypeSpec kItemsSpec = view_spec("odict_items");

}  // namespace

Status collections_dicts_init(Vm& vm, Module* m) {
  State& types = types_of(vm);
  TRY(module_add_type(vm, m, kDefaultSpec, vm.types.dict));
  types.ordered = TRY(module_add_type(vm, m, kOrderedSpec, vm.types.dict));
  types.keys = TRY(make_type(vm, kKeysSpec, vm.types.dict_keys));
  types.values = TRY(make_type(vm, kValuesSpec, vm.types.dict_values));
  types.items = TRY(make_type(vm, kItemsSpec, vm.types.dict_items));
  return {};
}

}  // namespace krait
