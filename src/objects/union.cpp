// typing.Union: what `int | str` and Union[int, str] give.
#include "objects/union.hpp"

#include "objects/dict.hpp"
#include "objects/generic_alias.hpp"
#include "objects/native.hpp"
#include "objects/quick.hpp"
#include "objects/sequences.hpp"
#include "objects/str.hpp"
#include "objects/type_text.hpp"

namespace krait {

namespace {

struct Union : Object {
  Tuple* args;          ///< two or more different ones, None as NoneType
  Value parameters;     ///< tuple of the type variables in args; unset until asked for
  int64_t hash;         ///< 0: not asked for yet
  uint32_t unhashable;  ///< members that had no hash when the union was made
};
bool is_union(Value v) { return is_kind(v, Kind::Union); }

Union* self_of(Args a) { return a[0].as<Union>(); }

bool is_unionable(Value v) {
  return v.is_none() || is_kind(v, Kind::Type) || is_generic_alias(v) || is_union(v) || is_kind(v, Kind::TypeAlias);
}

/// Collects the members of a union: flat, each once.
class Builder {
 public:
  explicit Builder(Vm& vm) : vm_(vm) {}
  Status begin() {
    args_ = TRY(list_new(vm_));
    hashable_ = TRY(set_new(vm_, vm_.types.set));
    return {};
  }
  Status add(Value v) {
    if (v.is_none()) v = vm_.types.none_type;
    if (is_union(v)) {
      Tuple* inner = v.as<Union>()->args;
      for (uint64_t i = 0; i < inner->length; ++i) TRY(add_one(inner->items[i]));
      return {};
    }
    return add_one(v);
  }
  Value finish() {
    if (args_->length == 0) return vm_.raise(E::TypeError, "Cannot take a Union of no types.");
    if (args_->length == 1) return args_->items()[0];
    Tuple* args = TRY(list_to_tuple(vm_, args_));
    Union* u = TRY(vm_.new_instance<Union>(vm_.types.union_));
    u->args = args;
    u->unhashable = unhashable_;
    return u;
  }

 private:
  Status add_one(Value v) {
    TRY(vm_.poll());
    Result<bool> added = set_add(vm_, hashable_, v);
    if (added.ok()) return added.release() ? list_append(vm_, args_, v) : Status();
    if (!vm_.pending_is(E::TypeError) || !vm_.clear_pending()) return Error{};
    for (uint64_t i = 0; i < args_->length; ++i)
      if (TRY(item_equal(vm_, args_->items()[i], v))) return {};
    ++unhashable_;
    return list_append(vm_, args_, v);
  }

  Vm& vm_;
  List* args_ = nullptr;
  Set* hashable_ = nullptr;
  uint32_t unhashable_ = 0;
};

/// A member given to Union[...]: what typing makes of it (strings become forward references), or itself without typing.
Value checked_member(Vm& vm, Value v) {
  if (is_unionable(v)) return v;
  Str* name = TRY(vm.intern("typing"));
  Value typing = dict_get_str(vm, vm.modules, name);
  if (!typing.is_unset()) {
    Str* check = TRY(vm.intern("_type_check"));
    Str* message = TRY(str_from_ascii(vm, "Union[arg, ...]: each arg must be a type."));
    Value args[] = {v, message};
    return call_method(vm, typing, check, std::span<const Value>(args, 2));
  }
  if (is_callable(vm, v) || is_str(v)) return v;
  return vm.raise(E::TypeError, "Union[arg, ...]: each arg must be a type. Got {}.", repr_of(v));
}

}  // namespace

Value union_of_types(Vm& vm, Value a, Value b) {
  if (!is_unionable(a) || !is_unionable(b)) return Value::not_implemented();
  Builder u(vm);
  TRY(u.begin());
  TRY(u.add(a));
  TRY(u.add(b));
  return u.finish();
}

namespace {

/// Union[args]: flat, without duplicates; a single one is given as it is.
Value union_from(Vm& vm, Tuple* args) {
  Builder u(vm);
  TRY(u.begin());
  for (uint64_t i = 0; i < args->length; ++i) {
    Value member = TRY(checked_member(vm, args->items[i]));
    TRY(u.add(member));
  }
  return u.finish();
}

void trace(Heap&, Cell* cell, Marker& m) {
  Union* u = static_cast<Union*>(cell);
  m.mark_cell(u->args);
  m.mark(u->parameters);
}

Value union_class_getitem(Vm& vm, Args a) {
  Tuple* args = is_exact_tuple(vm, a[1]) ? a[1].as<Tuple>() : TRY(tuple_of(vm, a[1]));
  return union_from(vm, args);
}

Value union_repr(Vm& vm, Args a) {
  Tuple* args = self_of(a)->args;
  StrBuilder out(vm);
  for (uint64_t i = 0; i < args->length; ++i) {
    TRY(vm.poll());
    if (i > 0) TRY(out.append_ascii(" | "));
    TRY(append_type_text(vm, out, args->items[i]));
  }
  return out.finish();
}

Value as_frozenset(Vm& vm, Union* u) {
  Set* s = TRY(set_new(vm, vm.types.frozenset));
  TRY(set_update(vm, s, Value(u->args)));
  return s;
}

Value union_hash(Vm& vm, Args a) {
  if (self_of(a)->hash != 0) return int_from(vm, self_of(a)->hash);  // nests of unions ask for it again and again
  // Members that had no hash when the union was made have none ever: unions that are equal must not differ in it.
  const uint32_t unhashable = self_of(a)->unhashable;
  Tuple* args = self_of(a)->args;
  if (unhashable != 0) {
    for (uint64_t i = 0; i < args->length; ++i) TRY(quick_hash(vm, args->items[i]));
    return vm.raise(E::TypeError, "union contains {} unhashable elements", unhashable);
  }
  Value members = TRY(as_frozenset(vm, self_of(a)));
  self_of(a)->hash = TRY(hash(vm, members));
  return int_from(vm, self_of(a)->hash);
}

template <bool kEqual>
Value union_compare(Vm& vm, Args a) {
  if (!is_union(a[1])) return Value::not_implemented();
  Tuple *x = self_of(a)->args, *y = a[1].as<Union>()->args;
  if (x->length != y->length) return Value::boolean(!kEqual);
  // Members without a hash are few; every member is looked for.
  for (uint64_t i = 0; i < x->length; ++i) {
    bool found = false;
    for (uint64_t k = 0; k < y->length && !found; ++k) found = TRY(item_equal(vm, x->items[i], y->items[k]));
    if (!found) return Value::boolean(!kEqual);
  }
  return Value::boolean(kEqual);
}

// Unlike type.__or__, a union takes whatever it is given, as CPython's does since typing.Union is the same type. Older libraries have
// unions of their own, which want to be asked.
Value union_or(Vm& vm, Value left, Value right) {
  for (Value v : {left, right}) {
    const Type* type = vm.type_of(v);
    if (vm.annotations_hook != nullptr && type->has(kTypeHeap) && !type->get(Special::ROr).is_unset())
      return union_of_types(vm, left, right);
  }
  Builder u(vm);
  TRY(u.begin());
  TRY(u.add(left));
  TRY(u.add(right));
  return u.finish();
}
Value union_or_method(Vm& vm, Args a) { return union_or(vm, a[0], a[1]); }
Value union_ror_method(Vm& vm, Args a) { return union_or(vm, a[1], a[0]); }

Value get_parameters(Vm& vm, Value self) {
  Union* u = self.as<Union>();
  if (u->parameters.is_unset()) {
    Value parameters = TRY(type_parameters_of(vm, u->args));
    u->parameters = parameters;
    vm.barrier(u);
  }
  return u->parameters;
}

Value union_getitem(Vm& vm, Args a) {
  Value parameters = TRY(get_parameters(vm, a[0]));
  Value args = TRY(substitute_type_args(vm, a[0], self_of(a)->args, parameters.as<Tuple>(), a[1]));
  return union_from(vm, args.as<Tuple>());
}

Value union_mro_entries(Vm& vm, Args a) { return vm.raise(E::TypeError, "Cannot subclass {}", repr_of(a[0])); }

Value union_instancecheck(Vm& vm, Args a) {
  Tuple* args = self_of(a)->args;
  for (uint64_t i = 0; i < args->length; ++i)
    if (TRY(is_instance(vm, a[1], args->items[i]))) return Value::true_();
  return Value::false_();
}
Value union_subclasscheck(Vm& vm, Args a) {
  Tuple* args = self_of(a)->args;
  for (uint64_t i = 0; i < args->length; ++i)
    if (TRY(is_subclass(vm, a[1], args->items[i]))) return Value::true_();
  return Value::false_();
}

Value union_reduce(Vm& vm, Args a) {
  Value getattr = TRY(builtin_named(vm, "getattr"));
  Value operator_or =
      TRY(call2(vm, getattr, vm.types.union_, vm.names.special[static_cast<size_t>(Special::ClassGetItem)]));
  return pack(vm, operator_or, pack(vm, self_of(a)->args));
}

Value get_name(Vm& vm, Value) { return vm.intern("Union"); }
Value get_origin(Vm& vm, Value) { return vm.types.union_; }

constexpr NativeRow kMethods[] = {
    {"__class_getitem__($type, params, /)", union_class_getitem, kClassMethod},
    {"__repr__($self, /)", union_repr, 0, "Return repr(self)."},
    {"__hash__($self, /)", union_hash, 0, "Return hash(self)."},
    {"__eq__($self, value, /)", union_compare<true>, 0, "Return self==value."},
    {"__ne__($self, value, /)", union_compare<false>, 0, "Return self!=value."},
    {"__or__($self, value, /)", union_or_method, 0, "Return self|value."},
    {"__ror__($self, value, /)", union_ror_method, 0, "Return value|self."},
    {"__getitem__($self, key, /)", union_getitem, 0, "Return self[key]."},
    {"__mro_entries__($self, bases, /)", union_mro_entries},
    {"__instancecheck__($self, instance, /)", union_instancecheck},
    {"__subclasscheck__($self, cls, /)", union_subclasscheck},
    {"__reduce__($self, /)", union_reduce, 0, "Return state information for pickling."},
};
constexpr MemberRow kMembers[] = {
    {"__args__", offsetof(Union, args), MemberRow::kReadOnly},
};
constexpr GetSetRow kGetsets[] = {
    {"__name__", get_name},
    {"__qualname__", get_name},
    {"__origin__", get_origin},
    {"__parameters__", get_parameters, nullptr, "The type variables among the members."},
};

}  // namespace

extern constinit const TypeSpec union_type{
    .name = "typing.Union",
    .doc = "A type that stands for any of several: int | str.",
    .kind = static_cast<CellKind>(Kind::Union),
    .size = sizeof(Union),
    .flags = kTypeNoNew | kTypeHasWeakref,
    .methods = kMethods,
    .getsets = kGetsets,
    .members = kMembers,
    .trace = trace,
};

}  // namespace krait
