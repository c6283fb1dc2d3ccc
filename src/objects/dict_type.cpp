// The type dict: its methods over the table of dict.cpp.
#include "objects/dict.hpp"
#include "objects/generic_alias.hpp"
#include "objects/hash_index.hpp"
#include "objects/native.hpp"
#include "objects/quick.hpp"
#include "objects/sequences.hpp"
#include "objects/str.hpp"

namespace krait {

namespace {

Dict* self_of(Args a) { return a[0].as<Dict>(); }

Value dict_new_method(Vm& vm, Args a) { return vm.new_instance<Dict>(a[0].as<Type>()); }

/// What dict() and update() take: at most one mapping or iterable, then keywords. Slots: self, kwargs, then the rest.
Status update_from(Vm& vm, Args a, const char* name) {
  auto rest = a.rest(2);
  if (rest.size() > 1) return vm.raise(E::TypeError, "{} expected at most 1 argument, got {}", name, rest.size());
  if (!rest.empty()) TRY(dict_update(vm, self_of(a), rest[0]));
  if (a.has(1)) TRY(dict_update(vm, self_of(a), a[1]));
  return {};
}

Value dict_init(Vm& vm, Args a) {
  TRY(update_from(vm, a, "dict"));
  return Value::none();
}
Value dict_update_method(Vm& vm, Args a) {
  TRY(update_from(vm, a, "update"));
  return Value::none();
}

Value dict_fromkeys(Vm& vm, Args a) {
  Value value = a.get(2, Value::none());
  Value made = TRY(call0(vm, a[0]));
  bool plain = is_exact(vm, made, vm.types.dict);
  if (plain && is_set(a[1])) {  // its keys have been hashed
    Set* keys = a[1].as<Set>();
    uint32_t i = 0;
    while (SetEntry* e = set_next(keys, i)) {
      POLL_EVERY_1024(vm, i);
      TRY(dict_set_hashed(vm, made.as<Dict>(), e->key, e->hash, value));
    }
    return made;
  }
  if (plain && is_exact(vm, a[1], vm.types.dict)) {
    Dict* keys = a[1].as<Dict>();
    uint32_t i = 0;
    while (DictEntry* e = dict_next(keys, i)) {
      POLL_EVERY_1024(vm, i);
      TRY(dict_set_hashed(vm, made.as<Dict>(), e->key, dict_entry_hash(vm, keys, i - 1), value));
    }
    return made;
  }
  TRY(for_each(vm, a[1], [&](Value key) -> Status {
    if (plain) return dict_set(vm, made.as<Dict>(), key, value);
    return set_item(vm, made, key, value);
  }));
  return made;
}

Value dict_repr(Vm& vm, Args a) {
  Dict* d = self_of(a);
  if (d->used == 0) return str_from_ascii(vm, "{}");
  if (TRY(repr_enter(vm, d))) return str_from_ascii(vm, "{...}");
  auto build = [&]() -> Value {
    TRY(vm.check_stack(" while getting the repr of an object"));
    StrBuilder out(vm);
    TRY(out.append(U'{'));
    bool first = true;
    for (uint32_t i = 0; i < d->entry_count; ++i) {
      TRY(vm.poll());
      DictEntry e = *d->entry(i);
      if (e.key.is(Value::deleted())) continue;
      if (!first) TRY(out.append_ascii(", "));
      first = false;
      Value text = TRY(repr(vm, e.key));
      TRY(out.append(as_str(text)));
      TRY(out.append_ascii(": "));
      text = TRY(repr(vm, e.value));
      TRY(out.append(as_str(text)));
    }
    TRY(out.append(U'}'));
    return out.finish();
  };
  Value result = build();
  repr_leave(vm, d);
  return result;
}

Value dict_len(Vm&, Args a) { return Value::small_int(static_cast<int64_t>(self_of(a)->used)); }
Value dict_iter(Vm& vm, Args a) { return dict_iterator_new(vm, vm.types.dict_keyiterator, self_of(a)); }
Value dict_reversed(Vm& vm, Args a) {
  return dict_iterator_new(vm, vm.types.dict_reversekeyiterator, self_of(a), true);
}
Value dict_contains_method(Vm& vm, Args a) { return Value::boolean(TRY(dict_contains(vm, self_of(a), a[1]))); }

Value dict_getitem(Vm& vm, Args a) {
  Value v = TRY(dict_get(vm, self_of(a), a[1]));
  if (!v.is_exhausted()) return v;
  if (!is_exact(vm, a[0], vm.types.dict)) {
    Value missing = special_of(vm, a[0], Special::Missing);
    if (!missing.is_unset()) return call_special(vm, missing, a[0], a[1]);
  }
  return vm.raise_key_error(a[1]);
}
Value dict_setitem(Vm& vm, Args a) {
  TRY(dict_set(vm, self_of(a), a[1], a[2]));
  return Value::none();
}
Value dict_delitem(Vm& vm, Args a) {
  Value v = TRY(dict_pop(vm, self_of(a), a[1]));
  if (v.is_exhausted()) return vm.raise_key_error(a[1]);
  return Value::none();
}

Value dict_get_method(Vm& vm, Args a) {
  Value v = TRY(dict_get(vm, self_of(a), a[1]));
  return v.is_exhausted() ? a.get(2, Value::none()) : v;
}
Value dict_setdefault(Vm& vm, Args a) { return dict_set_default(vm, self_of(a), a[1], a.get(2, Value::none())); }
Value dict_pop_method(Vm& vm, Args a) {
  // An empty dict does not ask for the hash.
  Value v = self_of(a)->used == 0 ? Value::exhausted() : TRY(dict_pop(vm, self_of(a), a[1]));
  if (!v.is_exhausted()) return v;
  if (a.has(2)) return a[2];
  return vm.raise_key_error(a[1]);
}
Value dict_popitem(Vm& vm, Args a) {
  Value key, value;
  if (!dict_pop_last(vm, self_of(a), &key, &value)) return vm.raise(E::KeyError, "popitem(): dictionary is empty");
  return tuple_of(vm, key, value);
}
Value dict_clear_method(Vm& vm, Args a) {
  dict_clear(vm, self_of(a));
  return Value::none();
}
Value dict_copy_method(Vm& vm, Args a) { return dict_copy(vm, self_of(a)); }
Value dict_keys_method(Vm& vm, Args a) { return dict_view_new(vm, vm.types.dict_keys, self_of(a)); }
Value dict_values_method(Vm& vm, Args a) { return dict_view_new(vm, vm.types.dict_values, self_of(a)); }
Value dict_items_method(Vm& vm, Args a) { return dict_view_new(vm, vm.types.dict_items, self_of(a)); }

template <bool kEqual>
Value dict_compare(Vm& vm, Args a) {
  if (!is_dict(a[1])) return Value::not_implemented();
  return Value::boolean(TRY(dict_equal(vm, self_of(a), a[1].as<Dict>())) == kEqual);
}
Value dict_unordered(Vm&, Args) { return Value::not_implemented(); }

Value dict_or(Vm& vm, Args a) {
  if (!is_dict(a[0]) || !is_dict(a[1])) return Value::not_implemented();
  Dict* d = TRY(dict_copy(vm, self_of(a)));
  TRY(dict_update(vm, d, a[1]));
  return d;
}
Value dict_ror(Vm& vm, Args a) {
  Value swapped[] = {a[1], a[0]};
  return dict_or(vm, Args{swapped, 2});
}
Value dict_ior(Vm& vm, Args a) {
  TRY(dict_update(vm, self_of(a), a[1]));
  return a[0];
}

Value dict_sizeof(Vm&, Args a) {
  Dict* d = self_of(a);
  uint64_t bytes = sizeof(Dict) + uint64_t{d->entry_capacity} * (d->general() ? 24 : 16);
  if (d->index != nullptr) bytes += hash_index::bytes(d->index_log2);
  return Value::small_int(static_cast<int64_t>(bytes));
}

constexpr NativeRow kMethods[] = {
    {"__new__($type, /, *args, **kwargs)", dict_new_method, kNewMethod | kStaticMethod,
     "Create and return a new object."},
    {"__init__($self, /, *args, **kwargs)", dict_init, 0, "Initialize self."},
    {"__repr__($self, /)", dict_repr, 0, "Return repr(self)."},
    {"__hash__($self, /)", nullptr},
    {"__len__($self, /)", dict_len, kPure, "Return len(self)."},
    {"__iter__($self, /)", dict_iter, 0, "Implement iter(self)."},
    {"__reversed__($self, /)", dict_reversed, 0, "Return a reverse iterator over the keys."},
    {"__contains__($self, key, /)", dict_contains_method, kCoexist, "Return bool(key in self)."},
    {"__getitem__($self, key, /)", dict_getitem, kCoexist, "Return self[key]."},
    {"__setitem__($self, key, value, /)", dict_setitem, 0, "Set self[key] to value."},
    {"__delitem__($self, key, /)", dict_delitem, 0, "Delete self[key]."},
    {"__eq__($self, value, /)", dict_compare<true>, 0, "Return self==value."},
    {"__ne__($self, value, /)", dict_compare<false>, 0, "Return self!=value."},
    {"__lt__($self, value, /)", dict_unordered, 0, "Return self<value."},
    {"__le__($self, value, /)", dict_unordered, 0, "Return self<=value."},
    {"__gt__($self, value, /)", dict_unordered, 0, "Return self>value."},
    {"__ge__($self, value, /)", dict_unordered, 0, "Return self>=value."},
    {"__or__($self, value, /)", dict_or, 0, "Return self|value."},
    {"__ror__($self, value, /)", dict_ror, 0, "Return value|self."},
    {"__ior__($self, value, /)", dict_ior, 0, "Return self|=value."},
    {"clear($self, /)", dict_clear_method, 0, "Remove all items."},
    {"copy($self, /)", dict_copy_method, 0, "Return a shallow copy of the dict."},
    {"fromkeys($type, iterable, value=None, /)", dict_fromkeys, kClassMethod,
     "Create a dict with the keys of an iterable, all with the same value."},
    {"get($self, key, default=None, /)", dict_get_method, 0,
     "Return the key's value, or the default if it is not there."},
    {"items($self, /)", dict_items_method, 0, "Return a view of the (key, value) pairs."},
    {"keys($self, /)", dict_keys_method, 0, "Return a view of the keys."},
    {"values($self, /)", dict_values_method, 0, "Return a view of the values."},
    {"pop($self, key, default=<unrepresentable>, /)", dict_pop_method, 0,
     "Remove the key and return its value.\n\nIf it is not there, return the default, or raise KeyError without one."},
    {"popitem($self, /)", dict_popitem, 0,
     "Remove and return the last (key, value) pair.\n\nRaises KeyError if the dict is empty."},
    {"setdefault($self, key, default=None, /)", dict_setdefault, 0,
     "Return the key's value; if it is not there, store and return the default."},
    {"update($self, /, *args, **kwargs)", dict_update_method, 0,
     "Store the items of a mapping, or the pairs of an iterable, and then the keywords."},
    {"__sizeof__($self, /)", dict_sizeof, 0, "Return the size of the dict in memory, in bytes."},
    {"__class_getitem__($type, item, /)", class_getitem, kClassMethod, "See PEP 585"},
};

}  // namespace

extern constinit const TypeSpec dict_type{
    .name = "dict",
    .doc =
        "A mapping of hashable keys to values, in the order of insertion.\n\n"
        "dict() is empty, dict(mapping) and dict(iterable_of_pairs) copy, dict(name=value, ...) takes keywords.",
    .signature = "",
    .kind = static_cast<CellKind>(Kind::Dict),
    .size = sizeof(Dict),
    .flags = kTypeBase | kTypeMapping | kTypeMatchSelf,
    .methods = kMethods,
    .trace = dict_trace,
    .trace_new = dict_trace_new,
};

}  // namespace krait
