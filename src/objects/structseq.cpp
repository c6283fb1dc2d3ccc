#include "objects/structseq.hpp"

#include "objects/dict.hpp"
#include "objects/function.hpp"
#include "objects/int.hpp"
#include "objects/operations.hpp"
#include "objects/quick.hpp"
#include "objects/str.hpp"
#include "objects/type.hpp"

namespace krait {

namespace {

/// Type::extra of a struct sequence: a tuple of the field names (None where there is none), then the number of items.
struct Fields {
  std::span<const Value> names;
  uint64_t visible;
};
Fields fields_of(const Type* type) {
  const Tuple* t = type->extra.as<Tuple>();
  return {{t->items, t->length - 1}, static_cast<uint64_t>(t->items[t->length - 1].as_small_int())};
}

std::string full_name(Vm& vm, Type* type) {
  Result<Str*> name = type_full_name(vm, type);
  return name.is_error() ? std::string() : str_to_utf8(name.release());
}

}  // namespace

Result<Type*> structseq_type(Vm& vm, const StructSpec& spec) {
  Type* type = TRY(make_type(vm, spec.type, vm.types.tuple));
  uint64_t n = spec.fields.size();
  Tuple* names = TRY(tuple_allocate(vm, n + 1));
  names->items[n] = Value::small_int(spec.visible);
  for (uint64_t i = 0; i < n; ++i) names->items[i] = Value::none();
  type->extra = names;
  vm.barrier(type);
  uint64_t unnamed = 0;
  List* match = TRY(list_new(vm));
  for (uint64_t i = 0; i < n; ++i) {
    const StructField& field = spec.fields[i];
    if (field.name == nullptr) {
      ++unnamed;
      continue;
    }
    Str* name = TRY(vm.intern(field.name));
    names->items[i] = name;
    vm.barrier(names);
    auto offset = static_cast<uint32_t>(offsetof(Tuple, items) + i * sizeof(Value));
    Value member = TRY(member_new(vm, name, type, {nullptr, offset, MemberRow::kReadOnly, field.doc}));
    TRY(dict_set_str(vm, type->dict, name, member));
    if (i < spec.visible) TRY(list_append(vm, match, name));
  }
  auto add = [&](const char* key, Value v) -> Status { return dict_set_str(vm, type->dict, TRY(vm.intern(key)), v); };
  TRY(add("n_fields", Value::small_int(static_cast<int64_t>(n))));
  TRY(add("n_sequence_fields", Value::small_int(spec.visible)));
  TRY(add("n_unnamed_fields", Value::small_int(static_cast<int64_t>(unnamed))));
  TRY(add("__match_args__", TRY(list_to_tuple(vm, match))));
  type_modified(vm, type);
  return type;
}

Value structseq_new(Vm& vm, Type* type, std::span<const Value> values) {
  Fields fields = fields_of(type);
  uint64_t n = fields.names.size();
  if (vm.has_pending()) return Error{};  // one of the values could not be made
  Tuple* t = TRY(vm.new_instance<Tuple>(type, n * sizeof(Value)));
  t->length = fields.visible;
  t->bits = static_cast<uint16_t>(n - fields.visible);
  for (uint64_t i = 0; i < n; ++i) t->items[i] = i < values.size() && !values[i].is_unset() ? values[i] : Value::none();
  vm.barrier(t);
  return t;
}

namespace structseq_detail {

Value make(Vm& vm, Args a) {
  Type* type = a[0].as<Type>();
  // posix.sched_param(5): the one field may be given as it is.
  bool bare = fields_of(type).names.size() == 1 && is_int(a[1]);
  Value items = bare ? Value(TRY(tuple_of(vm, a[1]))) : tuple_from(vm, a[1]);
  if (items.is_error()) {
    if (!vm.pending_is(E::TypeError) || !vm.clear_pending()) return Error{};
    return vm.raise(E::TypeError, "constructor requires a sequence");
  }
  if (a.has(2) && !a[2].is_none() && !is_dict(a[2]))
    return vm.raise(E::TypeError, "{} takes a dict as second arg, if any", std::string_view(full_name(vm, type)));
  Fields fields = fields_of(type);
  Tuple* given = items.as<Tuple>();
  uint64_t n = fields.names.size();
  if (given->length < fields.visible || given->length > n) {
    std::string name = full_name(vm, type);
    bool exact = n == fields.visible;
    uint64_t bound = given->length < fields.visible ? fields.visible : n;
    const char* how = exact ? "a" : given->length < fields.visible ? "an at least" : "an at most";
    return vm.raise(E::TypeError, "{}() takes {} {}-sequence ({}-sequence given)", std::string_view(name), how, bound,
                    given->length);
  }
  Tuple* t = structseq_new(vm, type, given->span()).as<Tuple>();
  if (t == nullptr) return Error{};
  if (a.has(2) && is_dict(a[2])) {
    for (uint64_t i = given->length; i < n; ++i) {
      if (!is_str(fields.names[i])) continue;
      Value v = dict_get(vm, a[2].as<Dict>(), fields.names[i]);
      if (v.is_error()) return v;
      if (!v.is_exhausted()) t->items[i] = v;
      vm.barrier(t);
    }
  }
  return t;
}

Value show(Vm& vm, Args a) {
  TRY(vm.check_stack(" while getting the repr of an object"));
  Tuple* t = a[0].as<Tuple>();
  Fields fields = fields_of(vm.type_of(t));
  StrBuilder out(vm);
  TRY(out.append_utf8(full_name(vm, vm.type_of(t))));
  TRY(out.append(U'('));
  bool first = true;
  for (uint64_t i = 0; i < fields.visible; ++i) {
    if (!is_str(fields.names[i])) continue;
    if (!first) TRY(out.append_ascii(", "));
    first = false;
    Value text = TRY(repr(vm, t->items[i]));
    TRY(out.append(as_str(fields.names[i])));
    TRY(out.append(U'='));
    TRY(out.append(as_str(text)));
  }
  TRY(out.append(U')'));
  return out.finish();
}

Value reduce(Vm& vm, Args a) {
  Tuple* t = a[0].as<Tuple>();
  Fields fields = fields_of(vm.type_of(t));
  Tuple* items = TRY(tuple_from_span(vm, {t->items, t->length}));
  Dict* hidden = TRY(dict_new(vm));
  for (uint64_t i = fields.visible; i < fields.names.size(); ++i)
    if (is_str(fields.names[i])) TRY(dict_set_str(vm, hidden, as_str(fields.names[i]), t->items[i]));
  return pack(vm, vm.type_of(t), pack(vm, items, hidden));
}

Value replace(Vm& vm, Args a) {
  Tuple* t = a[0].as<Tuple>();
  Type* type = vm.type_of(t);
  Fields fields = fields_of(type);
  uint64_t n = fields.names.size();
  for (Value name : fields.names) {
    if (!is_str(name))
      return vm.raise(E::TypeError, "__replace__() is not supported for {} because it has unnamed field(s)",
                      std::string_view(full_name(vm, type)));
  }
  Tuple* copy = structseq_new(vm, type, {t->items, n}).as<Tuple>();
  if (copy == nullptr || !a.has(1)) return copy;
  Dict* changes = TRY(dict_copy(vm, a[1].as<Dict>()));
  for (uint64_t i = 0; i < n; ++i) {
    Value v = TRY(dict_pop(vm, changes, fields.names[i]));
    if (!v.is_exhausted()) copy->items[i] = v;
  }
  vm.barrier(copy);
  if (changes->used != 0) {
    Value names = TRY(list_from(vm, changes));
    return vm.raise(E::TypeError, "Got unexpected field name(s): {}", repr_of(names));
  }
  return copy;
}

}  // namespace structseq_detail

}  // namespace krait
