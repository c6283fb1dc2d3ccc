// type.__new__: what a class statement ends in. Also layout rules: which base's layout a class extends, and what __slots__ adds.
#include "objects/builtin_types.hpp"
#include "objects/dict.hpp"
#include "objects/exception.hpp"
#include "objects/function.hpp"
#include "objects/module.hpp"
#include "objects/operations.hpp"
#include "objects/sequences.hpp"
#include "objects/shape.hpp"
#include "objects/str.hpp"
#include "objects/type.hpp"
#include "objects/weakref.hpp"

namespace krait {

// --- Layout.

namespace {

/// Do instances of the type hold more than those of its base, attribute words aside?
bool extends_layout(const Type* type) {
  const Type* base = type->base;
  if (type->instance_size != base->instance_size || type->spec->kind != base->spec->kind) return true;
  // All exceptions share a struct, but classes with fields of their own use its spare places for different things.
  return type->spec->kind == static_cast<CellKind>(Kind::Exception) && !type->has(kTypeHeap) &&
         !type->spec->members.empty();
}

/// The ancestor that decided the layout.
const Type* solid_base(const Type* type) {
  while (type->base != nullptr && !extends_layout(type)) type = type->base;
  return type;
}

}  // namespace

Result<Type*> type_best_base(Vm& vm, Tuple* bases) {
  Type* best = nullptr;
  const Type* best_solid = nullptr;
  for (Value v : bases->span()) {
    if (!is_type(v)) return vm.raise(E::TypeError, "bases must be types");
    Type* base = as_type(v);
    if (!base->has(kTypeBase))
      return vm.raise(E::TypeError, "type '{}' is not an acceptable base type", type_name_text(base));
    const Type* solid = solid_base(base);
    if (best == nullptr || (solid != best_solid && type_is_subtype(solid, best_solid))) {
      best = base;
      best_solid = solid;
    } else if (!type_is_subtype(best_solid, solid)) {
      return vm.raise(E::TypeError, "multiple bases have instance lay-out conflict");
    }
  }
  return best;
}

namespace {

constexpr uint32_t kAttributeWords = kTypeHasDict | kTypeHasWeakref;

/// Every __slots__ member that the type `a` itself adds is one of `b` too, at the same place.
bool has_members_of(Vm& vm, const Type* a, const Type* b) {
  uint32_t i = 0;
  while (const DictEntry* e = dict_next(a->dict, i)) {
    if (!is_kind(e->value, Kind::Member) || !is_str(e->key)) continue;
    const auto* member = e->value.as<Member>();
    if (member->owner != a) continue;
    Value other = dict_get_str(vm, b->dict, as_str(e->key));
    if (!is_kind(other, Kind::Member) || other.as<Member>()->owner != b || other.as<Member>()->offset != member->offset)
      return false;
  }
  return true;
}

/// The nearest type of the chain of bases that adds anything to what instances hold.
const Type* layout_owner(const Type* type) {
  while (type->base != nullptr && !extends_layout(type) &&
         (type->flags & kAttributeWords) == (type->base->flags & kAttributeWords))
    type = type->base;
  return type;
}

}  // namespace

bool type_same_layout(Vm& vm, const Type* a, const Type* b) {
  if (a->spec->kind != b->spec->kind || a->instance_size != b->instance_size || a->member_count != b->member_count ||
      (a->flags & kAttributeWords) != (b->flags & kAttributeWords))
    return false;
  a = layout_owner(a);
  b = layout_owner(b);
  return a == b || (a->base == b->base && has_members_of(vm, a, b) && has_members_of(vm, b, a));
}

Status type_check_deallocator(Vm& vm, const Type* from, const Type* to, const char* attribute) {
  if (from == to || (from->has(kTypeHeap) && to->has(kTypeHeap)) || type_is_subtype(to, vm.types.module)) return {};
  return vm.raise(E::TypeError, "{} assignment: '{}' deallocator differs from '{}'", attribute, to->name, from->name);
}

Result<Type*> type_calculate_metaclass(Vm& vm, Type* meta, Tuple* bases) {
  Type* winner = meta;
  for (Value base : bases->span()) {
    Type* candidate = vm.type_of(base);
    if (type_is_subtype(winner, candidate)) continue;
    if (!type_is_subtype(candidate, winner))
      return vm.raise(
          E::TypeError,
          "metaclass conflict: the metaclass of a derived class must be a (non-strict) subclass of the metaclasses of "
          "all its bases");
    winner = candidate;
  }
  return winner;
}

// --- __slots__.

namespace {

struct SlotPlan {
  List* names = nullptr;  ///< of member descriptors, sorted
  bool dict = false, weakref = false;
};

/// A name with two leading underscores is private to its class.
Result<Str*> mangle(Vm& vm, Str* class_name, Str* name) {
  uint64_t n = name->length;
  if (n < 3 || name->at(0) != '_' || name->at(1) != '_') return name;
  if (name->at(n - 1) == '_' && name->at(n - 2) == '_') return name;
  for (uint64_t i = 0; i < n; ++i)
    if (name->at(i) == '.') return name;
  uint64_t skip = 0;
  while (skip < class_name->length && class_name->at(skip) == '_') ++skip;
  if (skip == class_name->length) return name;
  StrBuilder out(vm);
  TRY(out.append(U'_'));
  TRY(out.append(class_name, skip, class_name->length));
  TRY(out.append(name));
  return out.finish();
}

Result<SlotPlan> plan_slots(Vm& vm, Type* base, Str* class_name, Dict* ns, Value slots, bool may_have_weakref) {
  Tuple* items;
  if (is_str(slots)) {
    items = TRY(tuple_of(vm, slots));
  } else {
    items = TRY(tuple_from(vm, slots)).as<Tuple>();
  }
  if (items->length != 0 && base->has(kTypeVarSize))
    return vm.raise(E::TypeError, "nonempty __slots__ not supported for subtype of '{}'", base->name);
  if (items->length > 0xF000) return vm.raise(E::OverflowError, "too many __slots__");
  SlotPlan plan;
  plan.names = TRY(list_new(vm, items->length));
  for (Value item : items->span()) {
    TRY(vm.poll());
    if (!is_str(item)) return vm.raise(E::TypeError, "__slots__ items must be strings, not '{}'", type_name_of(item));
    if (!str_is_identifier(as_str(item))) return vm.raise(E::TypeError, "__slots__ must be identifiers");
    Str* name = vm.intern(TRY(str_exact(vm, as_str(item))));
    if (name == vm.names.d_dict) {
      if (base->has(kTypeHasDict) || plan.dict)
        return vm.raise(E::TypeError, "__dict__ slot disallowed: we already got one");
      plan.dict = true;
      continue;
    }
    if (name == vm.names.d_weakref) {
      if (!may_have_weakref || plan.weakref)
        return vm.raise(E::TypeError, "__weakref__ slot disallowed: we already got one");
      plan.weakref = true;
      continue;
    }
    name = vm.intern(TRY(mangle(vm, class_name, name)));
    bool internal = name == vm.names.d_qualname || name == vm.names.d_classcell || name == vm.names.d_classdictcell;
    if (!internal && !dict_get_str(vm, ns, name).is_unset())
      return vm.raise(E::ValueError, "{} in __slots__ conflicts with class variable", repr_of(name));
    TRY(list_append(vm, plan.names, name));
  }
  TRY(list_sort(vm, plan.names, Value(), false));
  return plan;
}

/// Classes and modules have the dict of their built-in base, which stays.
bool has_builtin_dict(Value v) { return is_type(v) || is_kind(v, Kind::Module); }
/// Does a built-in base bring the dict? Then it cannot be deleted either.
bool has_native_dict(Vm& vm, Value v) {
  const Type* type = vm.type_of(v);
  while (type->has(kTypeHeap)) type = type->base;
  return type->has(kTypeHasDict);
}
Value dict_getset_get(Vm& vm, Value self) {
  if (is_type(self)) return mappingproxy_new(vm, as_type(self)->dict, as_type(self));
  if (is_kind(self, Kind::Module)) return self.as<Module>()->dict;
  return TRY(instance_dict(vm, self.cell()));
}
Status dict_getset_set(Vm& vm, Value self, Value value) {
  if (has_builtin_dict(self))
    return vm.raise(E::AttributeError, "attribute '__dict__' of '{}' objects is not writable",
                    is_type(self) ? "type" : "module");
  if (value.is_unset()) {
    if (has_native_dict(vm, self)) return vm.raise(E::TypeError, "cannot delete __dict__");
    return instance_set_dict(vm, self.cell(), TRY(dict_new(vm)));
  }
  if (!is_dict(value))
    return vm.raise(E::TypeError, "__dict__ must be set to a dictionary, not a '{}'", type_name_of(value));
  return instance_set_dict(vm, self.cell(), value.as<Dict>());
}
Value weakref_getset_get(Vm& vm, Value self) {
  auto* list = TRY(weakref_list(vm, self)).as<List>();
  return list->length == 0 ? Value::none() : list->items()[0];
}

/// Instances of native types (and of their subclasses, which inherit this) keep their attributes.
Status native_dict_getset_set(Vm& vm, Value self, Value value) {
  if (value.is_unset()) return vm.raise(E::TypeError, "cannot delete __dict__");
  return dict_getset_set(vm, self, value);
}

constexpr GetSetRow kNativeDictRow = {"__dict__", dict_getset_get, native_dict_getset_set,
                                      "attributes of the instance"};
constexpr GetSetRow kDictRow = {"__dict__", dict_getset_get, dict_getset_set, "attributes of the instance"};
constexpr GetSetRow kWeakrefRow = {"__weakref__", weakref_getset_get, nullptr, "weak references to the object"};

Status add_getset(Vm& vm, Type* type, const GetSetRow& row, Str* name) {
  if (!dict_get_str(vm, type->dict, name).is_unset()) return {};
  GetSet* d = TRY(vm.allocate<GetSet>(Kind::GetSet, vm.types.getset_descriptor->shape));
  d->row = &row;
  d->owner = type;
  return dict_set_str(vm, type->dict, name, d);
}

// --- The namespace.

/// Functions of these names are static or class methods without saying so.
Status wrap_function(Vm& vm, Type* type, Str* name, bool class_method) {
  Value v = dict_get_str(vm, type->dict, name);
  if (!is_kind(v, Kind::Function)) return {};
  Value wrapped = class_method ? TRY(classmethod_new(vm, v)) : TRY(staticmethod_new(vm, v));
  return dict_set_str(vm, type->dict, name, wrapped);
}

/// Fills the cell that methods see as __class__ (or the class namespace).
Status fill_cell(Vm& vm, Type* type, Str* name, Value content) {
  Value cell = dict_get_str(vm, type->dict, name);
  if (cell.is_unset()) return {};
  if (!is_kind(cell, Kind::Cell))
    return vm.raise(E::TypeError, "{} must be a nonlocal cell, not {}", name, repr_of(vm.type_of(cell)));
  // A closure cell is a header and its content.
  *reinterpret_cast<Value*>(cell.cell() + 1) = content;
  vm.barrier(cell.cell());
  TRY(dict_del_str(vm, type->dict, name));
  return {};
}

Status fill_namespace(Vm& vm, Type* type, Dict* ns) {
  // Keys become interned, so that later lookups and the table of special methods know them by address.
  type->dict = TRY(dict_new(vm, ns->used));
  vm.barrier(type);
  uint32_t i = 0;
  while (const DictEntry* e = dict_next(ns, i)) {
    Value key = e->key, value = e->value;
    if (is_exact(vm, key, vm.types.str)) {
      TRY(dict_set_str(vm, type->dict, vm.intern(as_str(key)), value));
    } else {
      TRY(dict_set(vm, type->dict, key, value));
    }
  }
  Value qualname = dict_get_str(vm, type->dict, vm.names.d_qualname);
  type->qualname = type->name;
  if (!qualname.is_unset()) {
    if (!is_str(qualname))
      return vm.raise(E::TypeError, "type __qualname__ must be a str, not {}", type_name_of(qualname));
    type->qualname = as_str(qualname);
    vm.barrier(type);
    TRY(dict_del_str(vm, type->dict, vm.names.d_qualname));
  }
  if (dict_get_str(vm, type->dict, vm.names.d_module).is_unset() && vm.globals_hook != nullptr) {
    Dict* globals = vm.globals_hook(vm);
    Value module = globals == nullptr ? Value() : dict_get_str(vm, globals, vm.names.d_name);
    if (!module.is_unset()) TRY(dict_set_str(vm, type->dict, vm.names.d_module, module));
  }
  if (dict_get_str(vm, type->dict, vm.names.d_doc).is_unset())
    TRY(dict_set_str(vm, type->dict, vm.names.d_doc, Value::none()));
  TRY(wrap_function(vm, type, vm.names.special[static_cast<size_t>(Special::New)], false));
  TRY(wrap_function(vm, type, vm.names.special[static_cast<size_t>(Special::InitSubclass)], true));
  TRY(wrap_function(vm, type, vm.names.special[static_cast<size_t>(Special::ClassGetItem)], true));
  Str* hash = vm.names.special[static_cast<size_t>(Special::Hash)];
  Str* eq = vm.names.special[static_cast<size_t>(Special::Eq)];
  if (!dict_get_str(vm, type->dict, eq).is_unset() && dict_get_str(vm, type->dict, hash).is_unset())
    TRY(dict_set_str(vm, type->dict, hash, Value::none()));
  return {};
}

Status call_set_name(Vm& vm, Type* type) {
  // __set_name__ may change the dict: the names are those of this moment.
  Dict* members = TRY(dict_copy(vm, type->dict));
  uint32_t i = 0;
  while (const DictEntry* e = dict_next(members, i)) {
    Value key = e->key, value = e->value;
    Value set_name = special_of(vm, value, Special::SetName);
    if (set_name.is_unset()) continue;
    Value args[] = {type, key};
    if (!call_special(vm, set_name, value, args).is_error()) continue;
    Value error = vm.take_pending();
    Result<Str*> note = str_message(vm, "Error calling __set_name__ on '{}' instance {} in '{}'", type_name_of(value),
                                    repr_of(key), type->name);
    if (note.is_error() || exception_add_note(vm, error, note.release()).is_error()) (void)vm.take_pending();
    vm.t.pending = error;
    return Error{};
  }
  return {};
}

Status call_init_subclass(Vm& vm, Type* type, Dict* kwds) {
  bool ordered = false;  // a metaclass's mro() may leave the class itself out
  for (Value t : type->mro->span()) ordered = ordered || t == Value(type);
  if (!ordered)
    return vm.raise(E::TypeError, "super(type, obj): obj (type {}) is not an instance or subtype of type ({}).",
                    type_name_text(type), type_name_text(type));
  Str* name = vm.names.special[static_cast<size_t>(Special::InitSubclass)];
  Value hook = TRY(super_lookup(vm, type, type, type, name));
  if (hook.is_exhausted()) return {};
  TRY(call_with(vm, hook, vm.empty_tuple, kwds));
  return {};
}

/// How many slots the first instance gets: what the compiler saw assigned to self, and what the base's instances need.
uint16_t guess_inline_slots(Vm& vm, const Type* type) {
  Value names = dict_get_str(vm, type->dict, vm.names.d_static_attributes);
  uint64_t n = type->base->inline_slots;
  if (is_tuple(names)) n += names.as<Tuple>()->length;
  n = (n + 1) & ~uint64_t{1};
  return static_cast<uint16_t>(n > 30 ? 30 : n);
}

Result<Type*> build(Vm& vm, Type* meta, Str* name, Tuple* bases, Dict* ns) {
  Type* base = TRY(type_best_base(vm, bases));
  bool may_have_weakref = !base->has(kTypeHasWeakref) && !base->has(kTypeVarSize);
  Value slots = dict_get_str(vm, ns, vm.names.d_slots);
  SlotPlan plan;
  if (slots.is_unset()) {
    plan.dict = !base->has(kTypeHasDict);
    plan.weakref = may_have_weakref;
  } else {
    plan = TRY(plan_slots(vm, base, name, ns, slots, may_have_weakref));
    // Other bases may bring a dict or weak references that the layout's base has not.
    for (Value v : bases->span()) {
      const Type* other = as_type(v);
      if (other == base) continue;
      if (other->has(kTypeHasDict) && !base->has(kTypeHasDict)) plan.dict = true;
      if (other->has(kTypeHasWeakref) && may_have_weakref) plan.weakref = true;
    }
  }

  // The attributes of classes and modules lie in dicts of their own.
  if (base->spec->kind == static_cast<CellKind>(Kind::Type) || base->spec->kind == static_cast<CellKind>(Kind::Module))
    plan.dict = false;

  Type* type = TRY(vm.allocate<Type>(Kind::Type, meta->shape));
  type->name = name;
  type->qualname = name;
  type->base = base;
  type->bases = bases;
  type->spec = base->spec;
  constexpr uint32_t kInherited =
      kTypeHasDict | kTypeHasWeakref | kTypeVarSize | kTypeMatchSelf | kTypeHasDel | kTypeNoNew;
  type->flags = kTypeHeap | kTypeBase | (base->flags & kInherited);
  for (Value v : bases->span()) {  // a sequence or a mapping by the first base that is either
    uint32_t collection = as_type(v)->flags & (kTypeSequence | kTypeMapping);
    if (collection == 0) continue;
    type->flags |= collection;
    break;
  }
  if (plan.dict) type->flags |= kTypeHasDict;
  if (plan.weakref) type->flags |= kTypeHasWeakref;
  uint64_t members = plan.names == nullptr ? 0 : plan.names->length;
  type->member_count = static_cast<uint16_t>(base->member_count + members);
  type->instance_size = base->instance_size + static_cast<uint32_t>(members * sizeof(Value));
  if (type->instance_size >= 0xF000 || base->member_count + members > 0xFFFF)
    return vm.raise(E::OverflowError, "too many __slots__");
  TRY(fill_namespace(vm, type, ns));
  TRY(fill_cell(vm, type, vm.names.d_classcell, type));
  TRY(fill_cell(vm, type, vm.names.d_classdictcell, type->dict));
  for (uint64_t i = 0; i < members; ++i) {
    Str* member = as_str(plan.names->items()[i]);
    auto offset = static_cast<uint32_t>(base->instance_size + i * sizeof(Value));
    TRY(dict_set_str(vm, type->dict, member,
                     TRY(member_new(vm, member, type, {nullptr, offset, MemberRow::kRaisesWhenUnset}))));
  }
  if (plan.dict) TRY(add_getset(vm, type, kDictRow, vm.names.d_dict));
  if (plan.weakref) TRY(add_getset(vm, type, kWeakrefRow, vm.names.d_weakref));
  type->inline_slots = guess_inline_slots(vm, type);
  TRY(type_register(vm, type));
  TRY(shape_init_type(vm, type));
  TRY(type_set_mro(vm, type, TRY(type_ask_mro(vm, type))));
  for (Value v : bases->span()) TRY(type_add_subclass(vm, as_type(v), type));
  Value abstract = dict_get_str(vm, type->dict, vm.names.d_abstractmethods);
  if (!abstract.is_unset() && TRY(truthy(vm, abstract))) type->flags |= kTypeAbstract;
  return type;
}

}  // namespace

Status type_add_dict_getset(Vm& vm, Type* type) { return add_getset(vm, type, kNativeDictRow, vm.names.d_dict); }

Result<Tuple*> type_ask_mro(Vm& vm, Type* type) {
  Type* meta = vm.type_of(type);
  Value method = type_lookup(vm, meta, vm.names.mro);
  if (meta == vm.types.type || special_is_native(method, type_mro_method)) return type_compute_mro(vm, type);
  Value answer = TRY(tuple_from(vm, TRY(call_method(vm, type, vm.names.mro))));
  const Type* solid = solid_base(type);
  for (Value v : answer.as<Tuple>()->span()) {
    if (!is_type(v)) return vm.raise(E::TypeError, "mro() returned a non-class ('{}')", type_name_of(v));
    if (!type_is_subtype(solid, solid_base(as_type(v))))
      return vm.raise(E::TypeError, "mro() returned base with unsuitable layout ('{}')", as_type(v)->name);
  }
  if (answer.as<Tuple>()->length == 0) return vm.raise(E::TypeError, "type MRO must not be empty");
  type_note_strangers(vm, type, answer.as<Tuple>());
  return answer.as<Tuple>();
}

namespace {
/// CPython keeps these texts in UTF-8.
Status check_utf8(Vm& vm, Str* text) {
  if (text->is_ascii()) return {};
  for (uint64_t i = 0; i < text->length; ++i) {
    if ((i & 0xFFFF) == 0) TRY(vm.poll());
    char32_t c = text->at(i);
    if (c >= 0xD800 && c < 0xE000)
      return raise_unicode_encode_error(vm, "utf-8", text, i, i + 1, "surrogates not allowed");
  }
  return {};
}
}  // namespace

Status type_check_name(Vm& vm, Str* name) {
  if (str_contains_nul(name)) return vm.raise(E::ValueError, "type name must not contain null characters");
  return check_utf8(vm, name);
}

Value type_new(Vm& vm, Type* meta, Str* name, Tuple* bases, Dict* ns, Dict* kwds) {
  for (Value base : bases->span()) {
    if (is_type(base)) continue;
    if (!TRY(get_attr_optional(vm, base, vm.names.special[static_cast<size_t>(Special::MroEntries)])).is_exhausted())
      return vm.raise(E::TypeError, "type() doesn't support MRO entry resolution; use types.new_class()");
  }
  Type* winner = TRY(type_calculate_metaclass(vm, meta, bases));
  if (winner != meta) {
    Value winner_new = winner->get(Special::New);
    if (!special_is_native(winner_new, type_new_method)) {
      Tuple* args = TRY(tuple_of(vm, winner, name, bases, ns));
      return call_with(vm, TRY(bind_descriptor(vm, winner_new, Value(), winner)), args, kwds);
    }
    meta = winner;
  }
  if (bases->length == 0) bases = TRY(tuple_of(vm, vm.types.object));
  TRY(type_check_name(vm, name));
  Value doc = dict_get_str(vm, ns, vm.names.d_doc);
  if (is_str(doc)) TRY(check_utf8(vm, as_str(doc)));
  Type* type = TRY(build(vm, meta, TRY(str_exact(vm, name)), bases, ns));
  TRY(call_set_name(vm, type));
  TRY(call_init_subclass(vm, type, kwds));
  return type;
}

}  // namespace krait
