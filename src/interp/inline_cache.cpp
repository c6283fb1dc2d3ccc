// Inline caches: what attribute and global instructions learn about the values they meet.
//
// A site starts with its canonical instruction and, after `wait` executions, tries to become a private form with guards. A failed
// guard falls back to the canonical handler, which comes here again: the site is tried anew, less and less often.
#include <new>

#include "interp/interpreter.hpp"
#include "objects/dict.hpp"
#include "objects/exception.hpp"
#include "objects/function.hpp"
#include "objects/module.hpp"
#include "objects/operations.hpp"
#include "objects/sequences.hpp"
#include "objects/shape.hpp"
#include "objects/str.hpp"
#include "objects/type.hpp"

namespace krait {
namespace {

/// The form in use at a word of the running frame's code; what stands behind INSTRUMENTED where it is watched.
LiveOp form_at(Vm& vm, const Instruction* word) {
  LiveOp op = static_cast<LiveOp>(*word & 0xFF);
  return op == LiveOp::INSTRUMENTED ? static_cast<LiveOp>(*instrument_form(vm.t.frame->live, word)) : op;
}
void become(Vm& vm, Instruction* word, LiveOp op) {
  if (static_cast<LiveOp>(*word & 0xFF) == LiveOp::INSTRUMENTED) [[unlikely]] {
    *instrument_form(vm.t.frame->live, word) = static_cast<uint8_t>(op);
  } else {
    *word = (*word & ~0xFFu) | static_cast<uint32_t>(op);
  }
}

bool is_load_of_receiver(LiveOp op) {
  switch (op) {
    case LiveOp::LOAD_FAST:
    case LiveOp::LOAD_FAST_ATTR_SLOT:
    case LiveOp::LOAD_FAST_ATTR_MEMBER:
    case LiveOp::LOAD_FAST_ATTR_POLY:
    case LiveOp::LOAD_FAST_METHOD_SHAPE:
    case LiveOp::LOAD_FAST_METHOD_POLY:
    case LiveOp::LOAD_FAST_STORE_ATTR_SLOT: return true;
    default: return false;
  }
}

/// A plain LOAD_FAST before the attribute loads both. (The forms of sites that change look whether their second half is still what
/// they were made for; those for many shapes stay.)
void fuse_with_load(Vm& vm, Instruction* word, LiveOp fused) {
  // An instruction that is watched must not be covered.
  if (static_cast<LiveOp>(*word & 0xFF) == LiveOp::INSTRUMENTED) return;
  // An attribute is never a code object's first instruction: something loaded the receiver.
  if (is_load_of_receiver(form_at(vm, word - 1))) become(vm, word - 1, fused);
}

/// Is it this execution's turn to try to specialise? A miss of a private form counts too: after a few, the site takes the form for
/// many shapes (`poly`; the canonical one where there is none).
bool try_now(Vm& vm, Instruction* word, Site* site, Op canonical, Str* name, LiveOp poly) {
  if (static_cast<Op>(form_at(vm, word)) != canonical) {
    constexpr uint16_t kManyMisses = 127, kFewMisses = 4;
    if (site->misses < kManyMisses) ++site->misses;
    if (site->misses >= kFewMisses && poly != static_cast<LiveOp>(canonical)) {
      if (vm.interpreter->attributes == nullptr) vm.interpreter->attributes = new (std::nothrow) AttributeCache();
      if (vm.interpreter->attributes != nullptr) {
        site->value = name;
        become(vm, word, poly);
        fuse_with_load(vm, word,
                       poly == LiveOp::LOAD_ATTR_POLY     ? LiveOp::LOAD_FAST_ATTR_POLY
                       : poly == LiveOp::LOAD_METHOD_POLY ? LiveOp::LOAD_FAST_METHOD_POLY
                                                          : LiveOp::LOAD_FAST);
        return false;
      }
    }
    become(vm, word, static_cast<LiveOp>(canonical));
    site->wait = site->misses < 8 ? 2 : site->misses < 64 ? 16 : 511;
  }
  if (site->wait > 1) {
    --site->wait;
    return false;
  }
  site->wait = 8;
  return true;
}

bool next_is_push_null(const Instruction* word) { return static_cast<LiveOp>(word[1] & 0xFF) == LiveOp::PUSH_NULL; }

struct Lookup {
  Value on_type;      ///< what the type has, raw
  bool data = false;  ///< it is a data descriptor
};

bool is_data_descriptor(Vm& vm, Value v) {
  if (!v.is_cell()) return false;
  Type* t = vm.type_of(v);
  return !t->get(Special::Set).is_unset() || !t->get(Special::Delete).is_unset();
}
bool is_descriptor(Vm& vm, Value v) { return v.is_cell() && !vm.type_of(v)->get(Special::Get).is_unset(); }

/// A function that a call can be given the receiver of as first argument.
bool is_method_like(Vm& vm, Value v, Type* receiver_type) {
  if (is_function(v)) return true;
  if (!is_kind(v, Kind::NativeFunction)) return false;
  NativeFunction* f = v.as<NativeFunction>();
  Type* t = vm.type_of(v);
  if (t != vm.types.method_descriptor && t != vm.types.wrapper_descriptor) return false;
  return f->owner != nullptr && type_is_subtype(receiver_type, f->owner);
}

bool has_generic_getattr(Vm& vm, Type* type) {
  return type->get(Special::GetAttribute) == vm.types.object->get(Special::GetAttribute) &&
         type->get(Special::GetAttr).is_unset();
}

void guard_type(Vm& vm, Site* site, Type* type) {
  site->type = type;
  site->version = type_version(vm, type);
}

/// Fills the guards for an instance slot; false if it cannot be cached.
bool cache_slot(Vm& vm, Site* site, Cell* object, Type* type, Str* name, bool* overflow) {
  const Shape& shape = vm.shapes[object->shape];
  if (shape.slots_offset == Shape::kNoSlots || shape.slots_offset == Shape::kTailSlots || shape.dictionary)
    return false;
  int32_t slot = shape_find(vm, shape, name);
  if (slot < 0) return false;
  if (static_cast<uint32_t>(slot) < shape.inline_slots) {
    size_t offset = shape.slots_offset + sizeof(void*) + static_cast<size_t>(slot) * sizeof(Value);
    if (offset > UINT16_MAX) return false;
    site->slot = static_cast<uint16_t>(offset);
    *overflow = false;
  } else {
    site->slot = shape.slots_offset;
    site->index = static_cast<uint32_t>(slot) - shape.inline_slots;
    *overflow = true;
  }
  site->shape = object->shape;
  guard_type(vm, site, type);
  return site->version != 0;
}

/// May an attribute found on the type be cached behind a shape guard: the instance cannot have one of its own?
bool shape_excludes(Vm& vm, Cell* object, Str* name) {
  const Shape& shape = vm.shapes[object->shape];
  if (object->kind == static_cast<CellKind>(Kind::Module) || object->kind == static_cast<CellKind>(Kind::Type))
    return false;
  if (shape.slots_offset == Shape::kNoSlots) return true;
  if (shape.dictionary) return false;
  return shape_find(vm, shape, name) < 0;
}

bool specialise_load_attr(Vm& vm, Instruction* word, Site* site, Str* name, Value v) {
  if (!v.is_cell()) return false;
  Cell* object = v.cell();
  Type* type = vm.type_of(v);
  if (is_kind(v, Kind::Module) && type == vm.types.module) {
    Dict* dict = v.as<Module>()->dict;
    if (!type_lookup(vm, type, name).is_unset()) return false;
    int64_t entry = dict_find_str(vm, dict, name);
    if (entry < 0) return false;
    site->shape = object->shape;
    site->index = static_cast<uint32_t>(entry);
    site->version = dict_keys_version(vm, dict);
    become(vm, word, LiveOp::LOAD_ATTR_MODULE);
    return true;
  }
  if (is_type(v)) {
    Type* cls = as_type(v);
    if (type->get(Special::GetAttribute) != vm.types.type->get(Special::GetAttribute) || type != vm.types.type)
      return false;
    if (is_data_descriptor(vm, type_lookup(vm, type, name))) return false;
    Value found = type_lookup(vm, cls, name);
    if (found.is_unset() || (is_descriptor(vm, found) && !is_function(found))) return false;
    guard_type(vm, site, cls);
    if (site->version == 0) return false;
    site->value = found;
    become(vm, word, LiveOp::LOAD_ATTR_CLASS);
    return true;
  }
  if (!has_generic_getattr(vm, type)) return false;
  Value on_type = type_lookup(vm, type, name);
  if (!on_type.is_unset() && is_data_descriptor(vm, on_type)) {
    if (is_kind(on_type, Kind::Member)) {
      Member* m = on_type.as<Member>();
      if (m->get != nullptr || m->offset > UINT16_MAX || !type_is_subtype(type, m->owner)) return false;
      site->shape = object->shape;
      site->slot = static_cast<uint16_t>(m->offset);
      guard_type(vm, site, type);
      if (site->version == 0) return false;
      become(vm, word, LiveOp::LOAD_ATTR_MEMBER);
      fuse_with_load(vm, word, LiveOp::LOAD_FAST_ATTR_MEMBER);
      return true;
    }
    if (is_kind(on_type, Kind::Property) && vm.type_of(on_type) == vm.types.property &&
        is_function(on_type.as<Property>()->get)) {
      Function* f = on_type.as<Property>()->get.as<Function>();
      if (f->code->argument_count != 1 || f->code->live == nullptr) return false;
      site->shape = object->shape;
      guard_type(vm, site, type);
      if (site->version == 0) return false;
      site->value = f;
      become(vm, word, LiveOp::LOAD_ATTR_PROPERTY);
      return true;
    }
    return false;
  }
  bool overflow;
  if (cache_slot(vm, site, object, type, name, &overflow)) {
    become(vm, word, overflow ? LiveOp::LOAD_ATTR_OVERFLOW : LiveOp::LOAD_ATTR_SLOT);
    if (!overflow) fuse_with_load(vm, word, LiveOp::LOAD_FAST_ATTR_SLOT);
    return true;
  }
  if (!on_type.is_unset() && !is_descriptor(vm, on_type) && shape_excludes(vm, object, name)) {
    site->shape = object->shape;
    guard_type(vm, site, type);
    if (site->version == 0) return false;
    site->value = on_type;
    become(vm, word, LiveOp::LOAD_ATTR_TYPE_VALUE);
    return true;
  }
  return false;
}

void specialise_load_method(Vm& vm, Instruction* word, Site* site, Str* name, Value v) {
  Type* type = vm.type_of(v);
  if (is_kind(v, Kind::Module) && type == vm.types.module) {
    Dict* dict = v.as<Module>()->dict;
    int64_t entry = type_lookup(vm, type, name).is_unset() ? dict_find_str(vm, dict, name) : -1;
    if (entry >= 0) {
      site->shape = v.cell()->shape;
      site->index = static_cast<uint32_t>(entry);
      site->version = dict_keys_version(vm, dict);
      become(vm, word, LiveOp::LOAD_METHOD_MODULE);
    }
  } else if (is_type(v)) {
    Type* cls = as_type(v);
    if (type == vm.types.type && !is_data_descriptor(vm, type_lookup(vm, type, name))) {
      Value found = type_lookup(vm, cls, name);
      if (is_function(found)) {
        guard_type(vm, site, cls);
        site->value = found;
        if (site->version != 0) become(vm, word, LiveOp::LOAD_METHOD_CLASS);
      }
    }
  } else if (has_generic_getattr(vm, type)) {
    Value found = type_lookup(vm, type, name);
    if (is_method_like(vm, found, type)) {
      guard_type(vm, site, type);
      site->value = found;
      if (site->version == 0) {
      } else if (!v.is_cell()) {
        become(vm, word, LiveOp::LOAD_METHOD_IMMEDIATE);
      } else if (shape_excludes(vm, v.cell(), name)) {
        site->shape = v.cell()->shape;
        become(vm, word, LiveOp::LOAD_METHOD_SHAPE);
        fuse_with_load(vm, word, LiveOp::LOAD_FAST_METHOD_SHAPE);
      }
    }
  }
}

}  // namespace

Value load_attr_learn(Vm& vm, Instruction* word, Site* site, Str* name, Value v) {
  if (try_now(vm, word, site, Op::LOAD_ATTR, name, LiveOp::LOAD_ATTR_POLY))
    (void)specialise_load_attr(vm, word, site, name, v);
  return get_attr(vm, v, name);
}

Value load_method(Vm& vm, Str* name, Value v, Value* self) {
  Type* type = vm.type_of(v);
  *self = Value();
  if (has_generic_getattr(vm, type) && !is_kind(v, Kind::Module)) {
    Value found = type_lookup(vm, type, name);
    if (is_method_like(vm, found, type)) {
      if (v.is_cell() && has_attributes(vm, v.cell())) {
        Value own = instance_get(vm, v.cell(), name);
        if (!own.is_unset()) return own;
      }
      *self = v;
      return found;
    }
  }
  return get_attr(vm, v, name);
}

Value load_method_learn(Vm& vm, Instruction* word, Site* site, Str* name, Value v, Value* self) {
  if (try_now(vm, word, site, Op::LOAD_METHOD, name, LiveOp::LOAD_METHOD_POLY))
    specialise_load_method(vm, word, site, name, v);
  return load_method(vm, name, v, self);
}

Status store_attr_learn(Vm& vm, Instruction* word, Site* site, Str* name, Value v, Value value) {
  bool learn = try_now(vm, word, site, Op::STORE_ATTR, name, LiveOp::STORE_ATTR_POLY);
  if (!learn || !v.is_cell() || is_type(v) || is_kind(v, Kind::Module)) return set_attr(vm, v, name, value);
  Type* type = vm.type_of(v);
  if (type->get(Special::SetAttr) != vm.types.object->get(Special::SetAttr)) return set_attr(vm, v, name, value);
  Value on_type = type_lookup(vm, type, name);
  if (!on_type.is_unset() && is_data_descriptor(vm, on_type)) {
    if (is_kind(on_type, Kind::Member)) {
      Member* m = on_type.as<Member>();
      if (m->offset <= UINT16_MAX && !(m->flags & MemberRow::kReadOnly) && type_is_subtype(type, m->owner)) {
        site->shape = v.cell()->shape;
        site->slot = static_cast<uint16_t>(m->offset);
        guard_type(vm, site, type);
        if (site->version != 0) become(vm, word, LiveOp::STORE_ATTR_MEMBER);
      }
    }
    return set_attr(vm, v, name, value);
  }
  bool overflow;
  if (cache_slot(vm, site, v.cell(), type, name, &overflow)) {
    become(vm, word, overflow ? LiveOp::STORE_ATTR_OVERFLOW : LiveOp::STORE_ATTR_SLOT);
    fuse_with_load(vm, word, overflow ? LiveOp::LOAD_FAST : LiveOp::LOAD_FAST_STORE_ATTR_SLOT);
    return set_attr(vm, v, name, value);
  }
  ShapeId before = v.cell()->shape;
  TRY(set_attr(vm, v, name, value));
  ShapeId after = v.cell()->shape;
  const Shape& next = vm.shapes[after];
  if (after != before && next.parent == before && !next.dictionary && next.slots_offset != Shape::kTailSlots &&
      next.slots_offset != Shape::kNoSlots && next.name == name && next.count != 0 && next.count <= next.inline_slots) {
    size_t offset = next.slots_offset + sizeof(void*) + (next.count - 1) * sizeof(Value);
    if (offset <= UINT16_MAX) {
      site->slot = static_cast<uint16_t>(offset);
      site->shape = before;
      site->index = after;
      guard_type(vm, site, type);
      if (site->version != 0) become(vm, word, LiveOp::STORE_ATTR_ADD);
    }
  }
  return {};
}

namespace {

/// Globals or builtins of a subclass of dict, whose __getitem__ and __missing__ count.
[[gnu::cold]] Value load_from_namespaces(Vm& vm, Str* name, Dict* globals, Dict* builtins) {
  Value v = load_from_dict(vm, globals, name);
  if (v.is_exhausted()) v = load_from_dict(vm, builtins, name);
  return v.is_exhausted() ? raise_name_error(vm, name) : v;
}
}  // namespace

namespace {

AttributeUse none_of(AttributeUse use) { return static_cast<AttributeUse>(static_cast<int>(use) + 3); }

/// Is it known that nothing can be learnt?
bool known_unfit(Vm& vm, Str* name, Value v, AttributeUse use) {
  if (!v.is_cell()) return true;
  return vm.interpreter->attributes->entry(v.cell()->shape, name, use)->fits(v.cell()->shape, name, none_of(use));
}

/// Makes the entry for v, whose shape is or was `shape`, from what a site learnt.
void remember_attribute(Vm& vm, Str* name, Value v, ShapeId shape, AttributeUse use, const Site& learnt, LiveOp form) {
  CachedAttribute* entry = vm.interpreter->attributes->entry(shape, name, use);
  bool fit = form == LiveOp::LOAD_ATTR_SLOT || form == LiveOp::LOAD_ATTR_TYPE_VALUE ||
             form == LiveOp::LOAD_METHOD_SHAPE || form == LiveOp::STORE_ATTR_SLOT || form == LiveOp::STORE_ATTR_ADD;
  Site site = learnt;
  if (!fit) {
    site.shape = shape;
    guard_type(vm, &site, vm.type_of(v));
    if (site.version == 0) return;
  }
  *entry = {name, fit ? use : none_of(use), form, site};
}

}  // namespace

Value load_attr_cached(Vm& vm, Str* name, Value v) {
  if (!known_unfit(vm, name, v, AttributeUse::kLoad)) {
    Instruction words[] = {encode(Op::NOP, 0), encode(Op::LOAD_ATTR, 0)};
    Site site{};
    (void)specialise_load_attr(vm, &words[1], &site, name, v);
    remember_attribute(vm, name, v, v.cell()->shape, AttributeUse::kLoad, site, static_cast<LiveOp>(words[1] & 0xFF));
  }
  return get_attr(vm, v, name);
}

Value load_method_cached(Vm& vm, Str* name, Value v, Value* self) {
  if (!known_unfit(vm, name, v, AttributeUse::kMethod)) {
    Instruction words[] = {encode(Op::NOP, 0), encode(Op::LOAD_METHOD, 0)};
    Site site{};
    specialise_load_method(vm, &words[1], &site, name, v);
    remember_attribute(vm, name, v, v.cell()->shape, AttributeUse::kMethod, site, static_cast<LiveOp>(words[1] & 0xFF));
  }
  return load_method(vm, name, v, self);
}

Status store_attr_cached(Vm& vm, Str* name, Value v, Value value) {
  if (known_unfit(vm, name, v, AttributeUse::kStore)) return set_attr(vm, v, name, value);
  Instruction words[] = {encode(Op::NOP, 0), encode(Op::STORE_ATTR, 0)};
  Site site{};
  ShapeId before = v.cell()->shape;
  TRY(store_attr_learn(vm, &words[1], &site, name, v, value));
  LiveOp form = static_cast<LiveOp>(words[1] & 0xFF);
  if (v.cell()->shape == before || form == LiveOp::STORE_ATTR_ADD)
    remember_attribute(vm, name, v, before, AttributeUse::kStore, site, form);
  return {};
}

Value load_global_learn(Vm& vm, Instruction* word, Site* site, Str* name, Dict* globals, Dict* builtins) {
  if (!is_exact(vm, globals, vm.types.dict) || !is_exact(vm, builtins, vm.types.dict)) [[unlikely]]
    return load_from_namespaces(vm, name, globals, builtins);
  Value v = dict_get_str(vm, globals, name);
  if (!v.is_unset()) {
    if (word != nullptr && try_now(vm, word, site, Op::LOAD_GLOBAL, name, LiveOp::LOAD_GLOBAL)) {
      int64_t entry = dict_find_str(vm, globals, name);
      if (entry >= 0) {
        site->index = static_cast<uint32_t>(entry);
        site->version = dict_keys_version(vm, globals);
        become(vm, word, next_is_push_null(word) ? LiveOp::LOAD_GLOBAL_MODULE_CALLEE : LiveOp::LOAD_GLOBAL_MODULE);
      }
    }
    return v;
  }
  v = dict_get_str(vm, builtins, name);
  if (v.is_unset()) return raise_name_error(vm, name);
  if (word != nullptr && try_now(vm, word, site, Op::LOAD_GLOBAL, name, LiveOp::LOAD_GLOBAL)) {
    int64_t entry = dict_find_str(vm, builtins, name);
    if (entry >= 0) {
      site->index = static_cast<uint32_t>(entry);
      site->version = dict_keys_version(vm, globals);
      site->shape = dict_keys_version(vm, builtins);
      become(vm, word, next_is_push_null(word) ? LiveOp::LOAD_GLOBAL_BUILTIN_CALLEE : LiveOp::LOAD_GLOBAL_BUILTIN);
    }
  }
  return v;
}

Value load_from_dict(Vm& vm, Value mapping, Str* name) {
  if (is_exact(vm, mapping, vm.types.dict)) {
    Value v = dict_get_str(vm, mapping.as<Dict>(), name);
    return v.is_unset() ? Value::exhausted() : v;
  }
  Value v = get_item(vm, mapping, name);
  if (v.is_error()) {
    if (!vm.pending_is(E::KeyError) || !vm.clear_pending()) return Error{};
    return Value::exhausted();
  }
  return v;
}

Value load_name(Vm& vm, Frame* frame, Str* name) {
  if (!frame->locals.is_unset()) {
    Value v = load_from_dict(vm, frame->locals, name);
    if (!v.is_exhausted()) return v;
  }
  Value v = load_from_dict(vm, frame->globals, name);
  if (!v.is_exhausted()) return v;
  v = load_from_dict(vm, frame->builtins, name);
  return v.is_exhausted() ? raise_name_error(vm, name) : v;
}

}  // namespace krait
