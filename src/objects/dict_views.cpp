// dict_keys, dict_values, dict_items, and the iterators over a dict.
#include "objects/dict.hpp"
#include "objects/native.hpp"
#include "objects/quick.hpp"
#include "objects/sequences.hpp"
#include "objects/shape.hpp"
#include "objects/str.hpp"

namespace krait {

Value dict_view_new(Vm& vm, Type* type, Dict* d) {
  DictView* view = TRY(vm.new_instance<DictView>(type));
  view->dict = d;
  return view;
}

namespace {

uint32_t moves_of(const Dict* d) { return d->bits & Dict::kOrdered ? static_cast<const OrderedDict*>(d)->moves : 0; }

}  // namespace

Value dict_iterator_new(Vm& vm, Type* type, Dict* d, bool reverse) {
  DictIterator* it = TRY(vm.new_instance<DictIterator>(type));
  it->dict = d;
  it->used = it->left = d->used;
  it->moves = moves_of(d);
  it->position = reverse ? static_cast<int64_t>(d->entry_count) - 1 : 0;
  return it;
}

namespace {

enum class What { kKeys, kValues, kItems };

// --- Iterators.

void trace_iterator(Heap&, Cell* cell, Marker& m) { m.mark_cell(static_cast<DictIterator*>(cell)->dict); }

Value iterator_self(Vm&, Args a) { return a[0]; }

template <bool kReverse>
DictEntry* step(Vm& vm, DictIterator* it, bool* failed) {
  Dict* d = it->dict;
  if (d == nullptr) return nullptr;
  if (d->used != it->used || moves_of(d) != it->moves) [[unlikely]] {
    it->used = UINT64_MAX;  // stays so
    *failed = true;
    if (d->bits & Dict::kOrdered) {
      (void)vm.raise(E::RuntimeError, "OrderedDict mutated during iteration");
    } else {
      (void)vm.raise(E::RuntimeError, "dictionary changed size during iteration");
    }
    return nullptr;
  }
  DictEntry* e = nullptr;
  if constexpr (kReverse) {
    int64_t i = it->position < d->entry_count ? it->position : -1;
    while (i >= 0 && d->entry(static_cast<uint32_t>(i))->key.is(Value::deleted())) --i;
    if (i >= 0) e = d->entry(static_cast<uint32_t>(i));
    it->position = i - 1;
  } else {
    uint32_t i = static_cast<uint32_t>(it->position);
    e = dict_next(d, i);
    it->position = i;
  }
  if (e == nullptr) {
    it->dict = nullptr;
    return nullptr;
  }
  if (it->left == 0) [[unlikely]] {
    it->dict = nullptr;
    *failed = true;
    (void)vm.raise(E::RuntimeError, "dictionary keys changed during iteration");
    return nullptr;
  }
  --it->left;
  return e;
}

template <What what, bool kReverse>
Value iterator_next(Vm& vm, Args a) {
  bool failed = false;
  DictEntry* e = step<kReverse>(vm, a[0].as<DictIterator>(), &failed);
  if (e == nullptr) return failed ? Value() : Value::exhausted();
  if constexpr (what == What::kKeys) return e->key;
  if constexpr (what == What::kValues) return e->value;
  return tuple_of(vm, e->key, e->value);
}

Value iterator_length_hint(Vm&, Args a) {
  DictIterator* it = a[0].as<DictIterator>();
  bool live = it->dict != nullptr && it->dict->used == it->used && moves_of(it->dict) == it->moves;
  return Value::small_int(live ? static_cast<int64_t>(it->left) : 0);
}

template <What what, bool kReverse>
Value iterator_reduce(Vm& vm, Args a) {
  DictIterator* it = a[0].as<DictIterator>();
  List* rest = TRY(list_new(vm));
  DictIterator* copy = TRY(vm.new_instance<DictIterator>(vm.type_of(a[0])));
  copy->dict = it->dict;
  copy->used = it->used;
  copy->left = it->left;
  copy->position = it->position;
  copy->moves = it->moves;
  while (true) {
    Value self(copy);
    Value v = TRY((iterator_next<what, kReverse>(vm, Args{&self, 1})));
    if (v.is_exhausted()) break;
    TRY(list_append(vm, rest, v));
  }
  Value iter = TRY(builtin_named(vm, "iter"));
  return pack(vm, iter, pack(vm, rest));
}

template <What what, bool kReverse>
constexpr NativeRow kIteratorMethods[] = {
    {"__iter__($self, /)", iterator_self, kPure, "Implement iter(self)."},
    {"__next__($self, /)", iterator_next<what, kReverse>, kIterNext, "Implement next(self)."},
    {"__length_hint__($self, /)", iterator_length_hint, 0, "Return an estimate of the items left."},
    {"__reduce__($self, /)", iterator_reduce<what, kReverse>, 0, "Return state information for pickling."},
};

template <What what, bool kReverse>
constexpr TypeSpec iterator_spec(const char* name) {
  return TypeSpec{
      .name = name,
      .kind = static_cast<CellKind>(Kind::DictIterator),
      .size = sizeof(DictIterator),
      .flags = kTypeNoNew,
      .methods = kIteratorMethods<what, kReverse>,
      .trace = trace_iterator,
  };
}

// --- Views.

Dict* dict_of(Args a) { return a[0].as<DictView>()->dict; }
bool is_set_like(Vm& vm, Value v) {
  return is_set(v) || (is_kind(v, Kind::DictView) && !is_instance_of(vm, v, vm.types.dict_values));
}

void trace_view(Heap&, Cell* cell, Marker& m) { m.mark_cell(static_cast<DictView*>(cell)->dict); }

Value view_len(Vm&, Args a) { return Value::small_int(static_cast<int64_t>(dict_of(a)->used)); }

template <What what>
Value view_iter(Vm& vm, Args a) {
  Type* type = what == What::kKeys     ? vm.types.dict_keyiterator
               : what == What::kValues ? vm.types.dict_valueiterator
                                       : vm.types.dict_itemiterator;
  return dict_iterator_new(vm, type, dict_of(a));
}

template <What what>
Value view_reversed(Vm& vm, Args a) {
  Type* type = what == What::kKeys     ? vm.types.dict_reversekeyiterator
               : what == What::kValues ? vm.types.dict_reversevalueiterator
                                       : vm.types.dict_reverseitemiterator;
  return dict_iterator_new(vm, type, dict_of(a), true);
}

Value view_repr(Vm& vm, Args a) {
  if (TRY(repr_enter(vm, a[0]))) return str_from_ascii(vm, "...");
  auto build = [&]() -> Value {
    TRY(vm.check_stack(" while getting the repr of an object"));
    Value items = TRY(list_from(vm, a[0]));
    return str_message(vm, "{}({})", vm.type_of(a[0])->name, repr_of(items));
  };
  Value result = build();
  repr_leave(vm, a[0]);
  return result;
}

template <What what>
Value view_contains(Vm& vm, Args a) {
  if constexpr (what == What::kKeys) return Value::boolean(TRY(dict_contains(vm, dict_of(a), a[1])));
  if (!is_tuple(a[1]) || a[1].as<Tuple>()->length != 2) return Value::false_();
  Value found = TRY(dict_get(vm, dict_of(a), a[1].as<Tuple>()->items[0]));
  if (found.is_exhausted()) return Value::false_();
  return Value::boolean(TRY(item_equal(vm, found, a[1].as<Tuple>()->items[1])));
}

Value view_mapping(Vm& vm, Value self) { return mappingproxy_new(vm, self.as<DictView>()->dict); }

/// Is every item of `inner` in `outer`?
Result<bool> all_contained(Vm& vm, Value inner, Value outer) {
  Value it = TRY(get_iter(vm, inner));
  while (true) {
    TRY(vm.poll());
    Value item = TRY(iter_next(vm, it));
    if (item.is_exhausted()) return true;
    if (!TRY(contains(vm, outer, item))) return false;
  }
}

template <CompareOp op>
Value view_compare(Vm& vm, Args a) {
  if (!is_set_like(vm, a[1])) return Value::not_implemented();
  TRY(vm.check_stack(" in comparison"));
  int64_t n = static_cast<int64_t>(dict_of(a)->used), m = TRY(length(vm, a[1]));
  bool result = false;
  switch (op) {
    case CompareOp::Eq:
    case CompareOp::Ne:
      result = n == m && TRY(all_contained(vm, a[0], a[1]));
      if (op == CompareOp::Ne) result = !result;
      break;
    case CompareOp::Lt: result = n < m && TRY(all_contained(vm, a[0], a[1])); break;
    case CompareOp::Le: result = n <= m && TRY(all_contained(vm, a[0], a[1])); break;
    case CompareOp::Gt: result = n > m && TRY(all_contained(vm, a[1], a[0])); break;
    case CompareOp::Ge: result = n >= m && TRY(all_contained(vm, a[1], a[0])); break;
  }
  return Value::boolean(result);
}

/// Set operators: one operand is the view, the other any iterable; the result is a set.
Result<Set*> new_set_of(Vm& vm, Value iterable) {
  Set* s = TRY(set_new(vm, vm.types.set));
  TRY(set_update(vm, s, iterable));
  return s;
}
Value view_and(Vm& vm, Args a) {
  Value view = a[0], other = a[1];
  if (!is_kind(view, Kind::DictView)) std::swap(view, other);
  if (is_set_like(vm, other)) {
    int64_t m = TRY(length(vm, other));
    if (m > static_cast<int64_t>(view.as<DictView>()->dict->used)) std::swap(view, other);
  }
  Set* out = TRY(set_new(vm, vm.types.set));
  TRY(for_each(vm, other, [&](Value item) -> Status {
    if (TRY(contains(vm, view, item))) TRY(set_add(vm, out, item));
    return {};
  }));
  return out;
}
Value view_sub(Vm& vm, Args a) {
  Set* s = TRY(new_set_of(vm, a[0]));
  TRY(for_each(vm, a[1], [&](Value item) -> Status {
    TRY(set_discard(vm, s, item));
    return {};
  }));
  return s;
}
Value view_or(Vm& vm, Args a) {
  Set* s = TRY(new_set_of(vm, a[0]));
  TRY(set_update(vm, s, a[1]));
  return s;
}
Value view_xor(Vm& vm, Args a) {
  Set* s = TRY(new_set_of(vm, a[0]));
  Set* other = TRY(new_set_of(vm, a[1]));
  uint32_t i = 0;
  while (SetEntry* e = set_next(other, i)) {
    Value key = e->key;
    if (!TRY(set_discard(vm, s, key))) TRY(set_add(vm, s, key));
  }
  return s;
}
template <Value (*op)(Vm&, Args)>
Value swapped(Vm& vm, Args a) {
  Value operands[] = {a[1], a[0]};
  return op(vm, Args{operands, 2});
}

Value view_isdisjoint(Vm& vm, Args a) {
  Value view = a[0], other = a[1];
  if (view == other) return Value::boolean(dict_of(a)->used == 0);
  if (is_set_like(vm, other)) {
    int64_t m = TRY(length(vm, other));
    if (m > static_cast<int64_t>(dict_of(a)->used)) std::swap(view, other);
  }
  Value it = TRY(get_iter(vm, other));
  while (true) {
    TRY(vm.poll());
    Value item = TRY(iter_next(vm, it));
    if (item.is_exhausted()) return Value::true_();
    if (TRY(contains(vm, view, item))) return Value::false_();
  }
}

template <What what>
constexpr NativeRow kSetLikeMethods[] = {
    {"__repr__($self, /)", view_repr, 0, "Return repr(self)."},
    {"__len__($self, /)", view_len, kPure, "Return len(self)."},
    {"__iter__($self, /)", view_iter<what>, 0, "Implement iter(self)."},
    {"__reversed__($self, /)", view_reversed<what>, 0, "Return a reverse iterator."},
    {"__contains__($self, key, /)", view_contains<what>, 0, "Return bool(key in self)."},
    {"__hash__($self, /)", nullptr},
    {"__lt__($self, value, /)", view_compare<CompareOp::Lt>, 0, "Return self<value."},
    {"__le__($self, value, /)", view_compare<CompareOp::Le>, 0, "Return self<=value."},
    {"__eq__($self, value, /)", view_compare<CompareOp::Eq>, 0, "Return self==value."},
    {"__ne__($self, value, /)", view_compare<CompareOp::Ne>, 0, "Return self!=value."},
    {"__gt__($self, value, /)", view_compare<CompareOp::Gt>, 0, "Return self>value."},
    {"__ge__($self, value, /)", view_compare<CompareOp::Ge>, 0, "Return self>=value."},
    {"__and__($self, value, /)", view_and, 0, "Return self&value."},
    {"__rand__($self, value, /)", swapped<view_and>, 0, "Return value&self."},
    {"__or__($self, value, /)", view_or, 0, "Return self|value."},
    {"__ror__($self, value, /)", swapped<view_or>, 0, "Return value|self."},
    {"__sub__($self, value, /)", view_sub, 0, "Return self-value."},
    {"__rsub__($self, value, /)", swapped<view_sub>, 0, "Return value-self."},
    {"__xor__($self, value, /)", view_xor, 0, "Return self^value."},
    {"__rxor__($self, value, /)", swapped<view_xor>, 0, "Return value^self."},
    {"isdisjoint($self, other, /)", view_isdisjoint, 0, "Have the two no item in common?"},
};
constexpr NativeRow kValuesMethods[] = {
    {"__repr__($self, /)", view_repr, 0, "Return repr(self)."},
    {"__len__($self, /)", view_len, kPure, "Return len(self)."},
    {"__iter__($self, /)", view_iter<What::kValues>, 0, "Implement iter(self)."},
    {"__reversed__($self, /)", view_reversed<What::kValues>, 0, "Return a reverse iterator over the values."},
};
constexpr GetSetRow kViewGetsets[] = {
    {"mapping", view_mapping, nullptr, "The dict that the view shows."},
};

constexpr TypeSpec view_spec(const char* name, std::span<const NativeRow> methods) {
  return TypeSpec{
      .name = name,
      .kind = static_cast<CellKind>(Kind::DictView),
      .size = sizeof(DictView),
      .flags = kTypeNoNew,
      .methods = methods,
      .getsets = kViewGetsets,
      .trace = trace_view,
  };
}

}  // namespace

DictEntry* dict_items_next(Vm& vm, DictIterator* it, bool* failed) { return step<false>(vm, it, failed); }

extern constinit const TypeSpec dict_keys_type = view_spec("dict_keys", kSetLikeMethods<What::kKeys>);
extern constinit const TypeSpec dict_values_type = view_spec("dict_values", kValuesMethods);
extern constinit const TypeSpec dict_items_type = view_spec("dict_items", kSetLikeMethods<What::kItems>);
extern constinit const TypeSpec dict_keyiterator_type = iterator_spec<What::kKeys, false>("dict_keyiterator");
extern constinit const TypeSpec dict_valueiterator_type = iterator_spec<What::kValues, false>("dict_valueiterator");
extern constinit const TypeSpec dict_itemiterator_type = iterator_spec<What::kItems, false>("dict_itemiterator");
extern constinit const TypeSpec dict_reversekeyiterator_type =
    iterator_spec<What::kKeys, true>("dict_reversekeyiterator");
extern constinit const TypeSpec dict_reversevalueiterator_type =
    iterator_spec<What::kValues, true>("dict_reversevalueiterator");
extern constinit const TypeSpec dict_reverseitemiterator_type =
    iterator_spec<What::kItems, true>("dict_reverseitemiterator");

}  // namespace krait
