// Pattern matching's instructions.
#include "interp/interpreter.hpp"
#include "objects/dict.hpp"
#include "objects/operations.hpp"
#include "objects/sequences.hpp"
#include "objects/str.hpp"

namespace krait {

bool matches_flag(Vm& vm, Value subject, uint32_t type_flag) { return vm.type_of(subject)->has(type_flag); }

Value match_keys(Vm& vm, Value subject, Value keys) {
  Tuple* wanted = keys.as<Tuple>();
  if (wanted->length == 0) return vm.empty_tuple;
  Value get = get_attr(vm, subject, vm.names.get);
  if (get.is_error()) return get;
  // A default that no mapping can hold tells "absent" from None.
  Value absent = call0(vm, vm.types.object);
  if (absent.is_error()) return absent;
  Set* seen = TRY(set_new(vm, vm.types.set));
  Tuple* values = TRY(tuple_allocate(vm, wanted->length));
  for (uint64_t i = 0; i < wanted->length; ++i) {
    Value key = wanted->items[i];
    if (!TRY(set_add(vm, seen, key)))
      return vm.raise(E::ValueError, "mapping pattern checks duplicate key ({})", repr_of(key));
    Value v = call2(vm, get, key, absent);
    if (v.is_error()) return v;
    if (v == absent) return Value::none();
    values->items[i] = v;
    vm.barrier(values);
  }
  return values;
}

Value match_class(Vm& vm, Value subject, Value cls, uint32_t positional, Value keyword_names) {
  if (!is_kind(cls, Kind::Type)) return vm.raise(E::TypeError, "called match pattern must be a class");
  if (!TRY(is_instance(vm, subject, cls))) return Value::none();
  Type* type = cls.as<Type>();
  Tuple* keywords = keyword_names.as<Tuple>();
  List* values = TRY(list_new(vm, positional + keywords->length));
  Set* seen = TRY(set_new(vm, vm.types.set));
  auto get_one = [&](Value name, bool* absent) -> Status {
    *absent = false;
    if (!TRY(set_add(vm, seen, name)))
      return vm.raise(E::TypeError, "{}() got multiple sub-patterns for attribute {}", type->name, repr_of(name));
    Value v = get_attr_optional(vm, subject, vm.intern(name.as<Str>()));
    if (v.is_error()) return Error{};
    if (v.is_exhausted()) {
      *absent = true;
      return {};
    }
    return list_append(vm, values, v);
  };
  if (positional != 0) {
    Value names = get_attr_optional(vm, cls, vm.names.d_match_args);
    if (names.is_error()) return names;
    bool match_self = false;
    uint64_t allowed;
    if (names.is_exhausted()) {
      match_self = type->has(kTypeMatchSelf);
      allowed = match_self ? 1 : 0;
    } else if (!is_exact(vm, names, vm.types.tuple)) {
      return vm.raise(E::TypeError, "{}.__match_args__ must be a tuple (got {})", type->name, type_name_of(names));
    } else {
      allowed = names.as<Tuple>()->length;
    }
    if (positional > allowed)
      return vm.raise(E::TypeError, "{}() accepts {} positional sub-pattern{} ({} given)", type->name, allowed,
                      allowed == 1 ? "" : "s", positional);
    if (match_self) {
      TRY(list_append(vm, values, subject));
    } else {
      for (uint32_t i = 0; i < positional; ++i) {
        Value name = names.as<Tuple>()->items[i];
        if (!is_exact(vm, name, vm.types.str))
          return vm.raise(E::TypeError, "__match_args__ elements must be strings (got {})", type_name_of(name));
        bool absent;
        TRY(get_one(name, &absent));
        if (absent) return Value::none();
      }
    }
  }
  for (uint64_t i = 0; i < keywords->length; ++i) {
    bool absent;
    TRY(get_one(keywords->items[i], &absent));
    if (absent) return Value::none();
  }
  return list_to_tuple(vm, values);
}

}  // namespace krait
