// types.SimpleNamespace: an object that is its attributes.
#include "objects/dict.hpp"
#include "objects/native.hpp"
#include "objects/quick.hpp"
#include "objects/sequences.hpp"
#include "objects/str.hpp"

namespace krait {

namespace {

struct SimpleNamespace : Object {};

Result<Dict*> attributes_of(Vm& vm, Value self) {
  Value d = get_attr(vm, self, vm.names.d_dict);
  if (d.is_error()) return Error{};
  if (!is_dict(d)) return vm.raise(E::TypeError, "namespace's __dict__ is not a dict");
  return d.as<Dict>();
}

Status set_all(Vm& vm, Value self, Dict* from) {
  for (uint32_t i = 0; i < from->entry_count; ++i) {
    TRY(vm.poll());
    DictEntry e = *from->entry(i);
    if (e.key.is(Value::deleted())) continue;
    if (!is_str(e.key)) return vm.raise(E::TypeError, "keywords must be strings");
    if (is_exact_str(vm, e.key)) {
      TRY(generic_set_attr(vm, self, vm.intern(as_str(e.key)), e.value));
    } else {
      Dict* d = TRY(attributes_of(vm, self));
      TRY(dict_set(vm, d, e.key, e.value));
    }
  }
  return {};
}

Value namespace_new(Vm& vm, Args a) { return vm.new_instance<SimpleNamespace>(a[0].as<Type>()); }

Value namespace_init(Vm& vm, Args a) {
  auto rest = a.rest(2);
  if (rest.size() > 1)
    return vm.raise(E::TypeError, "{} expected at most 1 argument, got {}", vm.type_of(a[0])->name, rest.size());
  if (!rest.empty()) {
    Dict* d = nullptr;
    if (is_exact(vm, rest[0], vm.types.dict)) {
      d = rest[0].as<Dict>();
    } else {
      d = TRY(dict_new(vm));
      TRY(dict_update(vm, d, rest[0]));
    }
    uint32_t i = 0;
    while (DictEntry* e = dict_next(d, i))
      if (!is_str(e->key)) return vm.raise(E::TypeError, "keywords must be strings");
    TRY(set_all(vm, a[0], d));
  }
  if (a.has(1)) TRY(set_all(vm, a[0], a[1].as<Dict>()));
  return Value::none();
}

Value namespace_repr(Vm& vm, Args a) {
  Type* type = vm.type_of(a[0]);
  bool plain = type == vm.types.simple_namespace;
  if (TRY(repr_enter(vm, a[0]))) {
    if (plain) return str_from_ascii(vm, "namespace(...)");
    return str_message(vm, "{}(...)", type->name);
  }
  auto build = [&]() -> Value {
    TRY(vm.check_stack(" while getting the repr of an object"));
    StrBuilder out(vm);
    if (plain)
      TRY(out.append_ascii("namespace"));
    else
      TRY(out.append(type->name));
    TRY(out.append(U'('));
    Dict* d = TRY(attributes_of(vm, a[0]));
    bool first = true;
    for (uint32_t i = 0; i < d->entry_count; ++i) {
      TRY(vm.poll());
      DictEntry e = *d->entry(i);
      if (!is_str(e.key) || as_str(e.key)->length == 0) continue;
      if (!first) TRY(out.append_ascii(", "));
      first = false;
      TRY(out.append(as_str(e.key)));
      TRY(out.append(U'='));
      Value text = TRY(repr(vm, e.value));
      TRY(out.append(as_str(text)));
    }
    TRY(out.append(U')'));
    return out.finish();
  };
  Value result = build();
  repr_leave(vm, a[0]);
  return result;
}

template <CompareOp op>
Value namespace_compare(Vm& vm, Args a) {
  if (!is_kind(a[1], Kind::SimpleNamespace)) return Value::not_implemented();
  Dict* x = TRY(attributes_of(vm, a[0]));
  Dict* y = TRY(attributes_of(vm, a[1]));
  return compare(vm, x, y, op);
}

Value namespace_reduce(Vm& vm, Args a) {
  Dict* d = TRY(attributes_of(vm, a[0]));
  return pack(vm, vm.type_of(a[0]), vm.empty_tuple, d);
}

Value namespace_replace(Vm& vm, Args a) {
  Value made = TRY(call0(vm, Value(vm.type_of(a[0]))));
  if (!is_kind(made, Kind::SimpleNamespace))
    return vm.raise(E::TypeError, "expect types.SimpleNamespace type, but {}() returned '{}' object",
                    full_type_name_of(a[0]), type_name_of(made));
  Dict* d = TRY(attributes_of(vm, a[0]));
  TRY(set_all(vm, made, d));
  if (a.has(1)) TRY(set_all(vm, made, a[1].as<Dict>()));
  return made;
}

constexpr NativeRow kMethods[] = {
    {"__new__($type, /, *args, **kwargs)", namespace_new, kNewMethod | kStaticMethod,
     "Create and return a new object."},
    {"__init__($self, /, *args, **kwargs)", namespace_init, 0, "Initialize self."},
    {"__repr__($self, /)", namespace_repr, 0, "Return repr(self)."},
    {"__hash__($self, /)", nullptr},
    {"__eq__($self, value, /)", namespace_compare<CompareOp::Eq>, 0, "Return self==value."},
    {"__ne__($self, value, /)", namespace_compare<CompareOp::Ne>, 0, "Return self!=value."},
    {"__reduce__($self, /)", namespace_reduce, 0, "Return state information for pickling."},
    {"__replace__($self, /, **changes)", namespace_replace, 0, "Return a copy with the given attributes changed."},
};

}  // namespace

extern constinit const TypeSpec simple_namespace_type{
    .name = "types.SimpleNamespace",
    .doc = "A simple object whose attributes are given to it: SimpleNamespace(mapping_or_iterable=(), /, **kwargs).",
    .signature = "(mapping_or_iterable=(), /, **kwargs)",
    .kind = static_cast<CellKind>(Kind::SimpleNamespace),
    .size = sizeof(SimpleNamespace),
    .flags = kTypeBase | kTypeHasDict | kTypeHasWeakref,
    .methods = kMethods,
};

}  // namespace krait
