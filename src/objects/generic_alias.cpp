// types.GenericAlias: list[int] and its like, and the substitution of type variables that typing's aliases share.
#include "objects/generic_alias.hpp"

#include "objects/dict.hpp"
#include "objects/native.hpp"
#include "objects/quick.hpp"
#include "objects/sequences.hpp"
#include "objects/str.hpp"
#include "objects/type_text.hpp"
#include "objects/union.hpp"

namespace krait {

namespace {

constexpr std::string_view kOwnAttributes[] = {
    "__class__",       "__origin__",     "__args__",
    "__unpacked__",    "__parameters__", "__typing_unpacked_tuple_args__",
    "__mro_entries__", "__reduce_ex__",  "__reduce__",
};
/// Not asked of the origin either, so that copying does what it does for any object.
constexpr std::string_view kBlockedAttributes[] = {"__bases__", "__copy__", "__deepcopy__"};

GenericAlias* self_of(Args a) { return a[0].as<GenericAlias>(); }
bool is_class(Value v) { return is_kind(v, Kind::Type); }

Value make(Vm& vm, Type* cls, Value origin, Value args, bool starred) {
  Tuple* items = is_tuple(args) ? args.as<Tuple>() : TRY(tuple_of(vm, args));
  GenericAlias* alias = TRY(vm.new_instance<GenericAlias>(cls));
  alias->origin = origin;
  alias->args = items;
  alias->starred = starred;
  return alias;
}

Status add_once(Vm& vm, List* list, Value v) {
  for (uint64_t i = 0; i < list->length; ++i)
    if (list->items()[i] == v) return {};
  return list_append(vm, list, v);
}

std::span<const Value> items_of(Value v) {
  if (is_list(v)) return {v.as<List>()->items(), v.as<List>()->length};
  return v.as<Tuple>()->span();
}

Status collect_parameters(Vm& vm, std::span<const Value> args, List* out) {
  TRY(vm.check_stack());
  for (Value arg : args) {
    TRY(vm.poll());
    if (is_class(arg)) continue;
    if (is_tuple(arg) || is_list(arg)) {
      Tuple* copy = TRY(tuple_from_span(vm, items_of(arg)));  // a list might change under us
      TRY(collect_parameters(vm, copy->span(), out));
      continue;
    }
    Value subst = TRY(get_attr_optional(vm, arg, vm.names.d_subst));
    if (!subst.is_exhausted()) {
      TRY(add_once(vm, out, arg));
      continue;
    }
    Value inner = TRY(get_attr_optional(vm, arg, vm.names.d_parameters));
    if (!is_tuple(inner)) continue;
    for (Value v : inner.as<Tuple>()->span()) TRY(add_once(vm, out, v));
  }
  return {};
}

/// The items of an argument list with *tuple[...] spread out.
Value unpack_args(Vm& vm, Value item) {
  Tuple* items = is_tuple(item) ? item.as<Tuple>() : TRY(tuple_of(vm, item));
  List* out = TRY(list_new(vm));
  for (uint64_t i = 0; i < items->length; ++i) {
    Value v = items->items[i];
    if (!is_class(v)) {
      Value inner = TRY(get_attr_optional(vm, v, vm.names.d_unpacked));
      if (is_tuple(inner)) {
        Tuple* t = inner.as<Tuple>();
        bool open = t->length > 0 && t->items[t->length - 1] == Value::ellipsis();
        if (!open) {
          TRY(list_extend(vm, out, inner));
          continue;
        }
      }
    }
    TRY(list_append(vm, out, v));
  }
  return list_to_tuple(vm, out);
}

int64_t index_in(Tuple* t, Value v) {
  for (uint64_t i = 0; i < t->length; ++i)
    if (t->items[i] == v) return static_cast<int64_t>(i);
  return -1;
}

/// An alias among the arguments, with its own parameters put in.
Value substitute_nested(Vm& vm, Value arg, Tuple* parameters, Tuple* given) {
  Value inner = TRY(get_attr_optional(vm, arg, vm.names.d_parameters));
  if (!is_tuple(inner) || inner.as<Tuple>()->length == 0) return arg;
  List* args = TRY(list_new(vm));
  Tuple* wanted = inner.as<Tuple>();
  for (uint64_t i = 0; i < wanted->length; ++i) {
    Value v = wanted->items[i];
    int64_t at = index_in(parameters, v);
    if (at >= 0 && static_cast<uint64_t>(at) < given->length) {
      Value value = given->items[at];
      bool many = is_tuple(value) && !special_of(vm, v, Special::Iter).is_unset();
      if (many) {
        TRY(list_extend(vm, args, value));
        continue;
      }
      v = value;
    }
    TRY(list_append(vm, args, v));
  }
  Tuple* key = TRY(list_to_tuple(vm, args));
  return get_item(vm, arg, key);
}

}  // namespace

Value generic_alias_new(Vm& vm, Value origin, Value args) {
  return make(vm, vm.types.generic_alias, origin, args, false);
}

Value class_getitem(Vm& vm, Args a) { return generic_alias_new(vm, a[0], a[1]); }

Value type_parameters_of(Vm& vm, Tuple* args) {
  List* out = TRY(list_new(vm));
  TRY(collect_parameters(vm, args->span(), out));
  return list_to_tuple(vm, out);
}

Value substitute_type_args(Vm& vm, Value self, Tuple* args, Tuple* parameters, Value item) {
  TRY(vm.check_stack());
  if (parameters->length == 0) return vm.raise(E::TypeError, "{} is not a generic class", repr_of(self));
  item = TRY(unpack_args(vm, item));
  for (uint64_t i = 0; i < parameters->length; ++i) {
    Value prepare = TRY(get_attr_optional(vm, parameters->items[i], vm.names.d_prepare_subst));
    if (prepare.is_exhausted() || prepare.is_none()) continue;
    Value as_tuple = is_tuple(item) ? item : TRY(pack(vm, item));
    item = TRY(call2(vm, prepare, self, as_tuple));
  }
  Tuple* given = is_tuple(item) ? item.as<Tuple>() : TRY(tuple_of(vm, item));
  if (given->length != parameters->length)
    return vm.raise(E::TypeError, "Too {} arguments for {}; actual {}, expected {}",
                    given->length > parameters->length ? "many" : "few", repr_of(self), given->length,
                    parameters->length);
  List* out = TRY(list_new(vm));
  for (uint64_t i = 0; i < args->length; ++i) {
    TRY(vm.poll());
    Value arg = args->items[i];
    if (is_class(arg)) {
      TRY(list_append(vm, out, arg));
      continue;
    }
    if (is_tuple(arg) || is_list(arg)) {
      Tuple* inner = TRY(tuple_from_span(vm, items_of(arg)));
      Value inner_parameters = TRY(type_parameters_of(vm, inner));
      if (inner_parameters.as<Tuple>()->length > 0) {
        Value changed = TRY(substitute_type_args(vm, self, inner, parameters, item));
        if (is_list(arg)) changed = TRY(list_from_span(vm, changed.as<Tuple>()->span()));
        arg = changed;
      }
      TRY(list_append(vm, out, arg));
      continue;
    }
    Value unpacked = TRY(get_attr_optional(vm, arg, vm.names.d_typing_is_unpacked));
    bool spread = !unpacked.is_exhausted() && TRY(truthy(vm, unpacked));
    Value subst = TRY(get_attr_optional(vm, arg, vm.names.d_subst));
    if (!subst.is_exhausted()) {
      int64_t at = index_in(parameters, arg);
      if (at < 0) return vm.raise(E::TypeError, "{} is not a parameter of {}", repr_of(arg), repr_of(self));
      arg = TRY(call1(vm, subst, given->items[at]));
    } else {
      arg = TRY(substitute_nested(vm, arg, parameters, given));
    }
    if (!spread) {
      TRY(list_append(vm, out, arg));
      continue;
    }
    if (!is_tuple(arg))
      return vm.raise(E::TypeError, "expected __typing_subst__ of {} objects to return a tuple, not {}",
                      type_name_of(args->items[i]), type_name_of(arg));
    TRY(list_extend(vm, out, arg));
  }
  return list_to_tuple(vm, out);
}

Status append_type_text(Vm& vm, StrBuilder& out, Value v) {
  TRY(vm.check_stack(" while getting the repr of an object"));
  if (v == Value::ellipsis()) return out.append_ascii("...");
  if (v == Value(vm.types.none_type)) return out.append_ascii("None");
  Value origin = TRY(get_attr_optional(vm, v, vm.names.d_origin));
  Value args = Value::exhausted();
  if (!origin.is_exhausted()) args = TRY(get_attr_optional(vm, v, vm.names.d_args));
  if (args.is_exhausted()) {
    Value qualname = TRY(get_attr_optional(vm, v, vm.names.d_qualname));
    Value module = Value::exhausted();
    if (!qualname.is_exhausted()) module = TRY(get_attr_optional(vm, v, vm.names.d_module));
    if (!module.is_exhausted() && !module.is_none()) {
      Value text = TRY(str(vm, module));
      if (!as_str(text)->equals("builtins")) {
        TRY(out.append(as_str(text)));
        TRY(out.append(U'.'));
      }
      text = TRY(str(vm, qualname));
      return out.append(as_str(text));
    }
  }
  Value text = TRY(repr(vm, v));
  return out.append(as_str(text));
}

namespace {

void trace(Heap&, Cell* cell, Marker& m) {
  GenericAlias* alias = static_cast<GenericAlias*>(cell);
  m.mark(alias->origin);
  m.mark_cell(alias->args);
  m.mark(alias->parameters);
}

Value alias_new(Vm& vm, Args a) { return make(vm, a[0].as<Type>(), a[1], a[2], false); }

Value parameters_of(Vm& vm, GenericAlias* alias) {
  if (alias->parameters.is_unset()) {
    Value parameters = TRY(type_parameters_of(vm, alias->args));
    alias->parameters = parameters;
    vm.barrier(alias);
  }
  return alias->parameters;
}

Value alias_repr(Vm& vm, Args a) {
  GenericAlias* alias = self_of(a);
  StrBuilder out(vm);
  if (alias->starred) TRY(out.append(U'*'));
  TRY(append_type_text(vm, out, alias->origin));
  TRY(out.append(U'['));
  for (uint64_t i = 0; i < alias->args->length; ++i) {
    TRY(vm.poll());
    if (i > 0) TRY(out.append_ascii(", "));
    Value arg = alias->args->items[i];
    if (!is_list(arg)) {
      if (arg == Value(vm.types.none_type))
        TRY(out.append_ascii("NoneType"));
      else
        TRY(append_type_text(vm, out, arg));
      continue;
    }
    // The argument list of a ParamSpec.
    TRY(out.append(U'['));
    for (uint64_t k = 0, n = arg.as<List>()->length; k < n; ++k) {
      TRY(vm.poll());
      if (k >= arg.as<List>()->length) return vm.raise(E::IndexError, "list index out of range");
      if (k > 0) TRY(out.append_ascii(", "));
      TRY(append_type_text(vm, out, arg.as<List>()->items()[k]));
    }
    TRY(out.append(U']'));
  }
  if (alias->args->length == 0) TRY(out.append_ascii("()"));
  TRY(out.append(U']'));
  return out.finish();
}

Value alias_hash(Vm& vm, Args a) {
  GenericAlias* alias = self_of(a);
  int64_t h = TRY(hash(vm, alias->origin));
  int64_t g = TRY(tuple_hash(vm, alias->args));
  h ^= g;
  return int_from(vm, h == -1 ? -2 : h);
}

template <bool kEqual>
Value alias_compare(Vm& vm, Args a) {
  if (!is_generic_alias(a[1])) return Value::not_implemented();
  GenericAlias *x = self_of(a), *y = a[1].as<GenericAlias>();
  bool same = x->starred == y->starred && TRY(equal(vm, x->origin, y->origin)) &&
              TRY(equal(vm, Value(x->args), Value(y->args)));
  return Value::boolean(same == kEqual);
}

Value alias_getitem(Vm& vm, Args a) {
  GenericAlias* alias = self_of(a);
  Value parameters = TRY(parameters_of(vm, alias));
  Value args = TRY(substitute_type_args(vm, a[0], alias->args, parameters.as<Tuple>(), a[1]));
  return make(vm, vm.types.generic_alias, alias->origin, args, alias->starred);
}

Value alias_call(Vm& vm, Args a) {
  GenericAlias* alias = self_of(a);
  Tuple* args = TRY(tuple_from_span(vm, a.rest(2)));
  Value made = TRY(call_with(vm, alias->origin, args, a.has(1) ? a[1].as<Dict>() : nullptr));
  if (set_attr(vm, made, vm.names.d_orig_class, a[0]).is_error()) {
    if (!vm.pending_is(E::AttributeError) && !vm.pending_is(E::TypeError)) return Error{};
    if (!vm.clear_pending()) return Error{};
  }
  return made;
}

Value alias_getattribute(Vm& vm, Args a) {
  if (!is_str(a[1])) return vm.raise(E::TypeError, "attribute name must be string, not '{}'", type_name_of(a[1]));
  Str* name = vm.intern(as_str(a[1]));
  if (name->is_ascii()) {
    for (std::string_view own : kOwnAttributes)
      if (name->ascii() == own) return generic_get_attr(vm, a[0], name);
    for (std::string_view blocked : kBlockedAttributes)
      if (name->ascii() == blocked) return generic_get_attr(vm, a[0], name);
  }
  return get_attr(vm, self_of(a)->origin, name);
}

/// `*alias` is what iterating over the alias gives, once.
struct GenericAliasIterator : Object {
  Value alias;  ///< unset once it was given
};

void trace_iterator(Heap&, Cell* cell, Marker& m) { m.mark(static_cast<GenericAliasIterator*>(cell)->alias); }

Value alias_iter(Vm& vm, Args a) {
  GenericAliasIterator* it = TRY(vm.new_instance<GenericAliasIterator>(vm.types.generic_alias_iterator));
  it->alias = a[0];
  return it;
}

Value iterator_self(Vm&, Args a) { return a[0]; }
Value iterator_next(Vm& vm, Args a) {
  Value& place = a[0].as<GenericAliasIterator>()->alias;
  if (place.is_unset()) return Value::exhausted();
  GenericAlias* alias = place.as<GenericAlias>();
  Value starred = TRY(make(vm, vm.types.generic_alias, alias->origin, alias->args, true));
  place = Value();
  return starred;
}
Value iterator_reduce(Vm& vm, Args a) {
  Value iter = TRY(builtin_named(vm, "iter"));
  Value alias = a[0].as<GenericAliasIterator>()->alias;
  return pack(vm, iter, pack(vm, alias.is_unset() ? Value(vm.empty_tuple) : alias));
}

Value alias_mro_entries(Vm& vm, Args a) { return tuple_of(vm, self_of(a)->origin); }
Value alias_instancecheck(Vm& vm, Args) {
  return vm.raise(E::TypeError, "isinstance() argument 2 cannot be a parameterized generic");
}
Value alias_subclasscheck(Vm& vm, Args) {
  return vm.raise(E::TypeError, "issubclass() argument 2 cannot be a parameterized generic");
}
Value alias_or(Vm& vm, Args a) { return union_of_types(vm, a[0], a[1]); }
Value alias_ror(Vm& vm, Args a) { return union_of_types(vm, a[1], a[0]); }

Value alias_reduce(Vm& vm, Args a) {
  GenericAlias* alias = self_of(a);
  if (!alias->starred) return pack(vm, vm.types.generic_alias, pack(vm, alias->origin, alias->args));
  Value next = TRY(builtin_named(vm, "next"));
  Value plain = TRY(make(vm, vm.types.generic_alias, alias->origin, alias->args, false));
  Value it = TRY(get_iter(vm, plain));
  return pack(vm, next, pack(vm, it));
}

Value alias_dir(Vm& vm, Args a) {
  Value dir = TRY(builtin_named(vm, "dir"));
  Value names = TRY(call1(vm, dir, self_of(a)->origin));
  if (!is_list(names)) names = TRY(list_from(vm, names));
  for (std::string_view own : kOwnAttributes) {
    Value name = TRY(vm.intern(own));
    if (!TRY(contains(vm, names, name))) TRY(list_append(vm, names.as<List>(), name));
  }
  return names;
}

Value get_parameters(Vm& vm, Value self) { return parameters_of(vm, self.as<GenericAlias>()); }
Value get_unpacked(Vm&, Value self) { return Value::boolean(self.as<GenericAlias>()->starred); }
Value get_unpacked_args(Vm& vm, Value self) {
  GenericAlias* alias = self.as<GenericAlias>();
  if (alias->starred && alias->origin == Value(vm.types.tuple)) return alias->args;
  return Value::none();
}

constexpr NativeRow kMethods[] = {
    {"__new__($type, origin, args, /)", alias_new, kNewMethod | kStaticMethod, "Create and return a new object."},
    {"__repr__($self, /)", alias_repr, 0, "Return repr(self)."},
    {"__hash__($self, /)", alias_hash, 0, "Return hash(self)."},
    {"__eq__($self, value, /)", alias_compare<true>, 0, "Return self==value."},
    {"__ne__($self, value, /)", alias_compare<false>, 0, "Return self!=value."},
    {"__getitem__($self, key, /)", alias_getitem, 0, "Return self[key]."},
    {"__call__($self, /, *args, **kwargs)", alias_call, 0, "Call self as a function."},
    {"__getattribute__($self, name, /)", alias_getattribute, 0, "Return getattr(self, name)."},
    {"__iter__($self, /)", alias_iter, 0, "Implement iter(self)."},
    {"__or__($self, value, /)", alias_or, 0, "Return self|value."},
    {"__ror__($self, value, /)", alias_ror, 0, "Return value|self."},
    {"__mro_entries__($self, bases, /)", alias_mro_entries},
    {"__instancecheck__($self, instance, /)", alias_instancecheck},
    {"__subclasscheck__($self, cls, /)", alias_subclasscheck},
    {"__reduce__($self, /)", alias_reduce, 0, "Return state information for pickling."},
    {"__dir__($self, /)", alias_dir},
};
constexpr MemberRow kMembers[] = {
    {"__origin__", offsetof(GenericAlias, origin), MemberRow::kReadOnly},
    {"__args__", offsetof(GenericAlias, args), MemberRow::kReadOnly},
};
constexpr GetSetRow kGetsets[] = {
    {"__parameters__", get_parameters, nullptr, "The type variables among the arguments."},
    {"__unpacked__", get_unpacked},
    {"__typing_unpacked_tuple_args__", get_unpacked_args},
};

}  // namespace

namespace {
constexpr NativeRow kIteratorMethods[] = {
    {"__iter__($self, /)", iterator_self, 0, "Implement iter(self)."},
    {"__next__($self, /)", iterator_next, kIterNext, "Implement next(self)."},
    {"__reduce__($self, /)", iterator_reduce, 0, "Return state information for pickling."},
};
}  // namespace

extern constinit const TypeSpec generic_alias_iterator_type{
    .name = "generic_alias_iterator",
    .kind = static_cast<CellKind>(Kind::GenericAliasIterator),
    .size = sizeof(GenericAliasIterator),
    .flags = kTypeNoNew,
    .methods = kIteratorMethods,
    .trace = trace_iterator,
};

extern constinit const TypeSpec generic_alias_type{
    .name = "types.GenericAlias",
    .doc = "A generic type with its arguments, such as list[int].",
    .kind = static_cast<CellKind>(Kind::GenericAlias),
    .size = sizeof(GenericAlias),
    .flags = kTypeBase | kTypeHasWeakref,
    .methods = kMethods,
    .getsets = kGetsets,
    .members = kMembers,
    .trace = trace,
};

}  // namespace krait
