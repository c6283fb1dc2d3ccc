// Types: lookup and its cache, versions, resolution order, special methods, making built-in types, and what the collector has to
// know of them. (class statements: type_new.cpp; attributes of types: type_attributes.cpp.)
//
// Rules
//  1. A type with a version has bases with versions, so invalidation may stop at a type without one.
//  2. special[] always holds what the resolution order gives for the name; whoever changes a type's dict, bases or order goes
//     through type_set_own, type_modified or type_set_mro.
//  3. `subclasses` is weak: it loses the dead right after marking.
#include "objects/type.hpp"

#include <cstdlib>
#include <cstring>
#include <memory>
#include <vector>

#include "objects/builtin_types.hpp"
#include "objects/dict.hpp"
#include "objects/function.hpp"
#include "objects/operations.hpp"
#include "objects/sequences.hpp"
#include "objects/shape.hpp"
#include "objects/str.hpp"

namespace krait {

/// Direct-mapped: (version, name) -> value. What a live version gives is reachable from the type, so only names that die make
/// entries wrong.
struct Vm::MethodCache {
  static constexpr size_t kEntries = 4096;
  struct Entry {
    uint32_t version;
    Str* name;
    Value value;
  };
  Entry entries[kEntries];
  Entry& at(uint32_t version, const Str* name) {
    size_t h = (reinterpret_cast<uintptr_t>(name) >> 4) ^ (version * size_t{0x9E3779B1});
    return entries[h % kEntries];
  }
};

struct TypeRegistry {
  std::vector<Type*> types;
  size_t old = 0;                                ///< types made before the last collection
  std::vector<std::unique_ptr<TypeSpec>> specs;  ///< made at run time
  std::vector<Type*> strangers;                  ///< weak: see for_each_stranger
};

// --- Lookup.

namespace {
Value lookup_uncached(Vm& vm, const Type* type, Str* name) {
  if (type->mro == nullptr) return {};  // its metaclass's mro() is being asked
  for (Value t : type->mro->span()) {
    Value v = dict_get_str(vm, as_type(t)->dict, name);
    if (!v.is_unset()) return v;
  }
  return {};
}
}  // namespace

Value type_lookup(Vm& vm, Type* type, Str* name) {
  uint32_t version = type_version(vm, type);
  if (version == 0) [[unlikely]]
    return lookup_uncached(vm, type, name);
  Vm::MethodCache::Entry& entry = vm.method_cache->at(version, name);
  if (entry.version == version && entry.name == name) [[likely]]
    return entry.value;
  Value v = lookup_uncached(vm, type, name);
  entry = {version, name, v};
  return v;
}

uint32_t type_version_slow(Vm& vm, Type* type) {
  if (type->mro == nullptr || vm.next_type_version == 0) return 0;
  // From the end of the order: bases come first, and no recursion is needed.
  for (uint64_t i = type->mro->length; i-- > 1;) {
    Type* base = as_type(type->mro->items[i]);
    if (base->version == 0 && base->mro != nullptr) base->version = vm.next_type_version++;
    if (vm.next_type_version == 0) return 0;
  }
  type->version = vm.next_type_version++;
  return type->version;
}

bool type_is_subtype(const Type* type, const Type* base) {
  if (type == base) return true;
  if (type->mro == nullptr) {  // under construction
    for (const Type* t = type; t != nullptr; t = t->base)
      if (t == base) return true;
    return false;
  }
  const Tuple* mro = type->mro;
  for (uint64_t i = 1; i < mro->length; ++i)
    if (mro->items[i] == Value(base)) return true;
  return false;
}

// --- Invalidation and special methods.

namespace {

template <class Visit>
Status each_subclass(Vm& vm, Type* type, Visit visit) {
  TRY(vm.check_stack());
  for (uint32_t i = 0; i < type->subclass_count; ++i) TRY(visit(type->subclasses->data<Type*>()[i]));
  return {};
}

void forget_version(Type* type) {
  if (type->version == 0) return;
  type->version = 0;
  for (uint32_t i = 0; i < type->subclass_count; ++i) forget_version(type->subclasses->data<Type*>()[i]);
}

void set_special(Vm& vm, Type* type, size_t i, Value v) {
  type->special[i] = v;
  vm.barrier(type);
  if (i == static_cast<size_t>(Special::Del)) {
    if (v.is_unset()) {
      type->flags &= ~kTypeHasDel;
    } else {
      type->flags |= kTypeHasDel;
    }
  }
}

Status update_special(Vm& vm, Type* type, size_t i) {
  set_special(vm, type, i, lookup_uncached(vm, type, vm.names.special[i]));
  return each_subclass(vm, type, [&](Type* t) { return update_special(vm, t, i); });
}

/// Single inheritance: the base's, and then what the type itself defines.
void inherit_specials(Vm& vm, Type* type) {
  const Tuple* mro = type->mro;
  const Type* parent = mro->length > 1 ? as_type(mro->items[1]) : nullptr;
  bool single = parent == nullptr || (parent->mro->length + 1 == mro->length && type->bases->length == 1);
  if (!single) {
    for (size_t i = 0; i < kSpecialCount; ++i) set_special(vm, type, i, lookup_uncached(vm, type, vm.names.special[i]));
    return;
  }
  if (parent != nullptr) std::memcpy(type->special, parent->special, sizeof(type->special));
  uint32_t i = 0;
  while (const DictEntry* e = dict_next(type->dict, i)) {
    if (!is_str(e->key)) continue;
    unsigned special = as_str(e->key)->special();
    if (special != 0) type->special[special - 1] = e->value;
  }
  Value del = type->get(Special::Del);
  set_special(vm, type, static_cast<size_t>(Special::Del), del);
}

Status inherit_specials_below(Vm& vm, Type* type) {
  inherit_specials(vm, type);
  return each_subclass(vm, type, [&](Type* t) { return inherit_specials_below(vm, t); });
}

/// The types whose metaclass put this one into their order although it is above none of their bases: no list of subclasses leads
/// to them.
template <class Visit>
void for_each_stranger(Vm& vm, const Type* type, Visit visit) {
  if (vm.type_registry == nullptr) return;
  for (Type* t : vm.type_registry->strangers)
    if (t != type && type_is_subtype(t, type)) visit(t);
}

}  // namespace

void type_modified(Vm& vm, Type* type) {
  forget_version(type);
  (void)inherit_specials_below(vm, type);
  for_each_stranger(vm, type, [&](Type* t) {
    forget_version(t);
    (void)inherit_specials_below(vm, t);
  });
}

Result<bool> type_set_own(Vm& vm, Type* type, Str* name, Value value) {
  forget_version(type);
  if (value.is_unset()) {
    if (!TRY(dict_del_str(vm, type->dict, name))) return false;
  } else {
    TRY(dict_set_str(vm, type->dict, name, value));
  }
  if (name->special() != 0) TRY(update_special(vm, type, name->special() - 1));
  for_each_stranger(vm, type, [&](Type* t) {
    forget_version(t);
    if (name->special() != 0) (void)update_special(vm, t, name->special() - 1);
  });
  return true;
}

// --- Resolution order (C3).

namespace {

[[gnu::cold]] Error raise_mro_conflict(Vm& vm, const std::vector<std::span<const Value>>& sequences) {
  // The heads that are left are the bases that could not be ordered.
  StrBuilder names(vm);
  std::vector<Value> seen;
  for (std::span<const Value> s : sequences) {
    if (s.empty()) continue;
    bool known = false;
    for (Value v : seen) known = known || v == s[0];
    if (known) continue;
    if (!seen.empty() && names.append_ascii(", ").is_error()) return {};
    seen.push_back(s[0]);
    if (names.append(as_type(s[0])->name).is_error()) return {};
  }
  Result<Str*> text = names.finish();
  if (text.is_error()) return {};
  return vm.raise(E::TypeError, "Cannot create a consistent method resolution order (MRO) for bases {}",
                  text.release());
}

}  // namespace

Result<Tuple*> type_compute_mro(Vm& vm, Type* type) {
  std::span<const Value> bases = type->bases->span();
  for (Value base : bases)
    if (as_type(base)->mro == nullptr)
      return vm.raise(E::TypeError, "Cannot extend an incomplete type '{}'", as_type(base)->name);
  for (uint64_t i = 0; i < bases.size(); ++i) {
    for (uint64_t j = i + 1; j < bases.size(); ++j) {
      if (bases[i] == bases[j]) return vm.raise(E::TypeError, "duplicate base class {}", as_type(bases[i])->name);
    }
  }
  if (bases.size() == 1) {
    const Tuple* rest = as_type(bases[0])->mro;
    Tuple* mro = TRY(tuple_allocate(vm, rest->length + 1));
    mro->items[0] = type;
    std::memcpy(mro->items + 1, rest->items, rest->length * sizeof(Value));
    vm.barrier(mro);
    return mro;
  }
  // What the sequences refer to is held by the types, and no Python code runs here.
  std::vector<std::span<const Value>> sequences;
  std::vector<Value> order = {type};
  for (Value base : bases) sequences.push_back(as_type(base)->mro->span());
  sequences.push_back(bases);
  while (true) {
    TRY(vm.poll());
    Value next;
    bool left = false;
    for (std::span<const Value> s : sequences) {
      if (s.empty()) continue;
      left = true;
      bool in_tail = false;
      for (std::span<const Value> other : sequences) {
        for (size_t i = 1; i < other.size() && !in_tail; ++i) in_tail = other[i] == s[0];
        if (in_tail) break;
      }
      if (in_tail) continue;
      next = s[0];
      break;
    }
    if (!left) break;
    if (next.is_unset()) return raise_mro_conflict(vm, sequences);
    order.push_back(next);
    for (std::span<const Value>& s : sequences) {
      if (!s.empty() && s[0] == next) s = s.subspan(1);
    }
  }
  return tuple_from_span(vm, order);
}

Status type_set_mro(Vm& vm, Type* type, Tuple* mro) {
  type->mro = mro;
  vm.barrier(type);
  forget_version(type);
  inherit_specials(vm, type);
  return {};
}

void type_note_strangers(Vm& vm, Type* type, const Tuple* mro) {
  for (Value v : mro->span()) {
    bool known = v == Value(type);
    for (Value base : type->bases->span()) known = known || type_is_subtype(as_type(base), as_type(v));
    if (known) continue;
    std::vector<Type*>& strangers = vm.type_registry->strangers;
    if (std::find(strangers.begin(), strangers.end(), type) == strangers.end()) strangers.push_back(type);
    return;
  }
}

// --- Subclass lists.

Status type_add_subclass(Vm& vm, Type* base, Type* subclass) {
  Storage* list = base->subclasses;
  uint64_t need = (base->subclass_count + 1) * sizeof(Type*);
  if (list == nullptr || list->capacity < need) {
    list = list == nullptr ? TRY(vm.allocate_storage(4 * sizeof(Type*))) : TRY(vm.resize_storage(list, need * 2));
    base->subclasses = list;
    vm.barrier(base);
  }
  list->data<Type*>()[base->subclass_count++] = subclass;
  return {};
}

void type_remove_subclass(Type* base, const Type* subclass) {
  Type** list = base->subclass_count == 0 ? nullptr : base->subclasses->data<Type*>();
  for (uint32_t i = 0; i < base->subclass_count; ++i) {
    if (list[i] != subclass) continue;
    std::memmove(list + i, list + i + 1, (base->subclass_count - i - 1) * sizeof(Type*));
    --base->subclass_count;
    return;
  }
}

Result<List*> type_subclasses(Vm& vm, Type* type) {
  List* list = TRY(list_new(vm, type->subclass_count));
  for (uint32_t i = 0; i < type->subclass_count; ++i) TRY(list_append(vm, list, type->subclasses->data<Type*>()[i]));
  return list;
}

// --- The collector.

Status type_register(Vm& vm, Type* type) {
  if (vm.type_registry == nullptr) vm.type_registry = new TypeRegistry();
  if (vm.method_cache == nullptr) {
    vm.method_cache = static_cast<Vm::MethodCache*>(std::calloc(1, sizeof(Vm::MethodCache)));
    if (vm.method_cache == nullptr) return vm.raise_memory_error();
  }
  vm.type_registry->types.push_back(type);
  return {};
}

void types_after_mark(Vm& vm, Heap::Collect what, bool names_died) {
  if (vm.type_registry == nullptr) return;
  if (names_died) std::memset(static_cast<void*>(vm.method_cache), 0, sizeof(*vm.method_cache));
  std::erase_if(vm.type_registry->strangers, [&](const Type* t) { return !vm.heap.is_marked(t); });
  std::vector<Type*>& types = vm.type_registry->types;
  size_t from = what == Heap::Collect::kMinor ? vm.type_registry->old : 0;
  size_t kept = from;
  for (size_t i = from; i < types.size(); ++i) {
    Type* type = types[i];
    if (vm.heap.is_marked(type)) {
      types[kept++] = type;
      continue;
    }
    // Bases that die too still lie where they are: sweeping comes later.
    if (type->bases != nullptr) {
      for (Value base : type->bases->span()) type_remove_subclass(as_type(base), type);
    }
    shape_free_type(vm, type);
  }
  types.resize(kept);
  vm.type_registry->old = kept;
}

void type_registry_free(Vm& vm) {
  delete vm.type_registry;
  vm.type_registry = nullptr;
  std::free(vm.method_cache);
  vm.method_cache = nullptr;
}

void type_trace(Heap& heap, Cell* cell, Marker& marker) {
  auto* type = static_cast<Type*>(cell);
  marker.mark_cell(type->dict);
  marker.mark_cell(type->mro);
  marker.mark_cell(type->bases);
  marker.mark_cell(type->base);
  marker.mark_cell(type->name);
  marker.mark_cell(type->qualname);
  marker.mark_cell(type->subclasses);
  marker.mark(type->extra);
  marker.mark_range(type->special, type->special + kSpecialCount);
}

// --- Built-in types.

std::string_view type_short_name(const TypeSpec& spec) {
  std::string_view name = spec.name;
  size_t dot = name.rfind('.');
  return dot == std::string_view::npos ? name : name.substr(dot + 1);
}

Result<Str*> type_qualified_name(Vm& vm, Type* type) {
  Value module = type->has(kTypeHeap) ? dict_get_str(vm, type->dict, vm.names.d_module) : type_module(vm, type);
  if (!is_str(module) || as_str(module)->equals("builtins") || as_str(module)->equals("__main__"))
    return type->qualname;
  return str_message(vm, "{}.{}", module, type->qualname);
}

MessagePart type_name_text(const Type* type) {
  if (!type->has(kTypeHeap)) return type->spec->name;
  return type->name;
}

void type_register_traits(Vm& vm, const TypeSpec& spec) {
  const CellTraits& old = vm.heap.traits(spec.kind);
  if (old.name != nullptr && (old.trace != nullptr || spec.trace == nullptr) &&
      (old.release != nullptr || spec.release == nullptr))
    return;
  vm.heap.set_traits(spec.kind, {spec.name, spec.trace, spec.release, spec.trace_new});
}

namespace {

constexpr uint32_t kInheritedFlags = kTypeHasDict | kTypeHasWeakref | kTypeVarSize | kTypeMatchSelf | kTypeSequence |
                                     kTypeMapping | kTypeHasDel | kTypeNoNew;

/// Is the special method one of those that CPython shows as "slot wrapper"?
constexpr bool is_slot_wrapper(Special s) {
  switch (s) {
    case Special::New:
    case Special::Bytes:
    case Special::Format:
    case Special::GetAttr:
    case Special::LengthHint:
    case Special::Missing:
    case Special::Reversed:
    case Special::Enter:
    case Special::Exit:
    case Special::AEnter:
    case Special::AExit:
    case Special::Complex:
    case Special::Round:
    case Special::Trunc:
    case Special::Floor:
    case Special::Ceil:
    case Special::InstanceCheck:
    case Special::SubclassCheck:
    case Special::SetName:
    case Special::InitSubclass:
    case Special::ClassGetItem:
    case Special::MroEntries:
    case Special::Prepare:
    case Special::Dir:
    case Special::Sizeof:
    case Special::Reduce:
    case Special::ReduceEx:
    case Special::FsPath: return false;
    default: return true;
  }
}

bool has_new_row(const TypeSpec& spec) {
  for (const NativeRow& row : spec.methods)
    if (row.flags & kNewMethod) return true;
  return false;
}

Value make_row(Vm& vm, Type* type, const NativeRow& row, const Str* name) {
  if (row.fn == nullptr) return Value::none();
  Type* kind = vm.types.method_descriptor;
  if (row.flags & (kNewMethod | kStaticMethod)) {
    kind = vm.types.builtin_function;
  } else if (row.flags & kClassMethod) {
    kind = vm.types.classmethod_descriptor;
  } else if (name->special() != 0 && is_slot_wrapper(static_cast<Special>(name->special() - 1)) &&
             !(row.flags & kCoexist)) {
    kind = vm.types.wrapper_descriptor;
  }
  NativeFunction* f = TRY(vm.allocate<NativeFunction>(Kind::NativeFunction, kind->shape));
  f->row = &row;
  f->fn = row.fn;
  f->sig = row.sig;
  f->owner = type;
  f->module = Value::none();
  if (kind == vm.types.method_descriptor || kind == vm.types.wrapper_descriptor) f->bits = NativeFunction::kMethod;
  if (row.flags & kNewMethod) {
    f->self = type;
    f->bits = NativeFunction::kNew;
  }
  if ((row.flags & (kNewMethod | kStaticMethod)) == kStaticMethod) {
    ClassMethod* wrapper = TRY(vm.new_instance<ClassMethod>(vm.types.staticmethod));
    wrapper->callable = f;
    return wrapper;
  }
  return f;
}

}  // namespace

Type* type_allocate_builtin(Vm& vm, const TypeSpec& spec, Type* base, Type* metatype) {
  Cell* cell =
      vm.heap.allocate(sizeof(Type), static_cast<CellKind>(Kind::Type), metatype == nullptr ? 0 : metatype->shape);
  if (cell == nullptr) {
    (void)vm.allocation_failed(sizeof(Type));
    return nullptr;
  }
  auto* type = static_cast<Type*>(cell);
  type->spec = &spec;
  type->base = base;
  type->flags = (spec.flags | kTypeImmutable) & ~kTypeHeap;
  if (base != nullptr) type->flags |= base->flags & kInheritedFlags & ~kTypeNoNew;
  if (spec.kind == static_cast<CellKind>(Kind::Str))
    type->flags &= ~kTypeVarSize;  // subclass instances share an exact str's text
  if (base == vm.types.object && base != nullptr && !has_new_row(spec)) type->flags |= kTypeNoNew;
  type->instance_size = (spec.size + 7) & ~7u;
  if (type_register(vm, type).is_error() || shape_init_root(vm, type).is_error()) return nullptr;
  if (metatype == nullptr) type->Cell::shape = type->shape;
  return type;
}

Status type_fill_builtin(Vm& vm, Type* type, const TypeSpec& spec) {
  TRY(shape_init_dictionary(vm, type));
  type->name = TRY(vm.intern(type_short_name(spec)));
  type->qualname = type->name;
  vm.barrier(type);
  type->dict = TRY(dict_new(vm, spec.methods.size() + spec.getsets.size() + spec.members.size() + 1));
  vm.barrier(type);
  for (const NativeRow& row : spec.methods) {
    Str* name = TRY(vm.intern(row.name()));
    TRY(dict_set_str(vm, type->dict, name, TRY(make_row(vm, type, row, name))));
  }
  for (const GetSetRow& row : spec.getsets) {
    GetSet* descriptor = TRY(vm.allocate<GetSet>(Kind::GetSet, vm.types.getset_descriptor->shape));
    descriptor->row = &row;
    descriptor->owner = type;
    TRY(dict_set_str(vm, type->dict, TRY(vm.intern(row.name)), descriptor));
  }
  for (const MemberRow& row : spec.members) {
    Str* name = TRY(vm.intern(row.name));
    TRY(dict_set_str(vm, type->dict, name, TRY(member_new(vm, name, type, row))));
  }
  if (type->has(kTypeHasDict) && !type->base->has(kTypeHasDict)) TRY(type_add_dict_getset(vm, type));
  if (dict_get_str(vm, type->dict, vm.names.d_doc).is_unset()) {
    Value doc = spec.doc == nullptr ? Value::none() : Value(TRY(str_from_utf8(vm, spec.doc)));
    TRY(dict_set_str(vm, type->dict, vm.names.d_doc, doc));
  }
  if (type->bases == nullptr) {
    type->bases = type->base == nullptr ? vm.empty_tuple : TRY(tuple_of(vm, type->base));
    vm.barrier(type);
  }
  for (Value base : type->bases->span()) TRY(type_add_subclass(vm, as_type(base), type));
  return type_set_mro(vm, type, TRY(type_compute_mro(vm, type)));
}

Result<Type*> make_type(Vm& vm, const TypeSpec& spec, Type* base) {
  if (spec.size != 0) type_register_traits(vm, spec);
  if (base == nullptr) base = vm.types.object;
  const TypeSpec* full = &spec;
  if (spec.size == 0) {  // the base's layout under another name
    TypeSpec copy = spec;
    copy.kind = base->spec->kind;
    copy.size = base->spec->size;
    full = vm.type_registry->specs.emplace_back(new TypeSpec(copy)).get();
  }
  Type* type = type_allocate_builtin(vm, *full, base, vm.type_of(base));
  if (type == nullptr) return Error{};
  TRY(type_fill_builtin(vm, type, *full));
  return type;
}

}  // namespace krait
