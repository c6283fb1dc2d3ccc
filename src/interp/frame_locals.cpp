// The local variables of a frame as Python code sees them: locals() is a snapshot, f_locals of a function's frame a
// FrameLocalsProxy that reads and writes the variables themselves (PEP 667).
#include "interp/frame.hpp"
#include "interp/interpreter.hpp"
#include "objects/dict.hpp"
#include "objects/operations.hpp"
#include "objects/sequences.hpp"
#include "objects/str.hpp"

namespace krait {
namespace {

struct FrameLocalsProxy : Object {
  FrameObject* frame;
};

FrameObject* frame_of(Args a) { return a[0].as<FrameLocalsProxy>()->frame; }
bool is_proxy(Value v) { return is_kind(v, Kind::FrameLocalsProxy); }

/// Where fast slot i is: the frame's own while it runs or is suspended, else what the frame object took over. Null: nowhere.
Value* slots_of(const FrameObject* o) {
  return o->frame != nullptr ? o->frame->slots : o->values == nullptr ? nullptr : o->values->data<Value>();
}

/// A variable of an inlined comprehension in a class's or module's code: it can be read but not set from outside.
bool is_hidden(const FrameObject* o, uint32_t i) { return o->code->slot_kinds->data<uint8_t>()[i] & kSlotHidden; }

/// Whether an inlined comprehension runs in a class's or module's code: its variables are then what locals() shows.
bool in_inlined_comprehension(const Code* code, const Value* slots) {
  if (slots == nullptr) return false;
  for (uint32_t i = 0; i < code->slot_count; ++i)
    if ((code->slot_kinds->data<uint8_t>()[i] & kSlotHidden) && !slots[i].is_unset()) return true;
  return false;
}

/// The cell of fast slot i, or null. Before MAKE_CELL has run, an argument's slot holds the argument itself.
ClosureCell* cell_in(const FrameObject* o, uint32_t i, Value v) {
  uint8_t kind = o->code->slot_kinds->data<uint8_t>()[i];
  return (kind & (kSlotCell | kSlotFree)) && is_kind(v, Kind::Cell) ? v.as<ClosureCell>() : nullptr;
}

/// The value of fast slot i (cells looked into), or unset.
Value slot_value(const FrameObject* o, uint32_t i) {
  const Value* slots = slots_of(o);
  if (slots == nullptr) return Value();
  const ClosureCell* cell = cell_in(o, i, slots[i]);
  return cell != nullptr ? cell->content : slots[i];
}

void set_slot(Vm& vm, FrameObject* o, uint32_t i, Value value) {
  Value* slots = slots_of(o);
  if (ClosureCell* cell = cell_in(o, i, slots[i])) {
    cell->content = value;
    vm.barrier(cell);
    return;
  }
  slots[i] = value;
  if (o->frame != nullptr && o->frame->generator != nullptr) vm.barrier(o->frame->generator);
  vm.barrier(o);
}

/// The number of the variable that key names, -1 if there is none. With `bound`, only one that has a value.
Result<int64_t> find_slot(Vm& vm, FrameObject* o, Value key, bool bound) {
  if (!is_str(key)) return int64_t{-1};
  for (uint32_t i = 0; i < o->code->slot_count; ++i) {
    if (bound ? slot_value(o, i).is_unset() : is_hidden(o, i)) continue;
    Value name = o->code->slot_names->items[i];
    if (name == key || TRY(equal(vm, name, key))) return int64_t{i};
  }
  return int64_t{-1};
}

/// The value of a name, exhausted() if it has none.
Value lookup(Vm& vm, FrameObject* o, Value key) {
  int64_t i = TRY(find_slot(vm, o, key, true));
  if (i >= 0) {
    Value v = slot_value(o, static_cast<uint32_t>(i));
    if (!v.is_unset()) return v;
  }
  return is_dict(o->extra_locals) ? dict_get(vm, o->extra_locals.as<Dict>(), key) : Value::exhausted();
}

Status store(Vm& vm, FrameObject* o, Value key, Value value) {
  int64_t i = slots_of(o) == nullptr ? -1 : TRY(find_slot(vm, o, key, false));
  if (i >= 0) {
    set_slot(vm, o, static_cast<uint32_t>(i), value);
    return {};
  }
  if (!is_dict(o->extra_locals)) {
    o->extra_locals = TRY(dict_new(vm));
    vm.barrier(o);
  }
  return dict_set(vm, o->extra_locals.as<Dict>(), key, value);
}

Result<Dict*> snapshot(Vm& vm, FrameObject* o) {
  Dict* dict = TRY(dict_new(vm));
  for (uint32_t i = 0; i < o->code->slot_count; ++i) {
    Value v = slot_value(o, i);
    if (!v.is_unset()) TRY(dict_set_str(vm, dict, o->code->slot_names->items[i].as<Str>(), v));
  }
  if (is_dict(o->extra_locals)) TRY(dict_update(vm, dict, o->extra_locals));
  return dict;
}

/// update() and |=: every item of a dict or of another frame's variables.
Status update(Vm& vm, FrameObject* o, Value other) {
  Dict* from =
      is_proxy(other) ? TRY(snapshot(vm, other.as<FrameLocalsProxy>()->frame)) : TRY(dict_copy(vm, other.as<Dict>()));
  uint32_t i = 0;
  while (DictEntry* e = dict_next(from, i)) {
    Value key = e->key, value = e->value;
    TRY(vm.poll());
    TRY(store(vm, o, key, value));
  }
  return {};
}

Value raise_cannot_remove(Vm& vm) {
  return vm.raise(E::ValueError, "cannot remove local variables from FrameLocalsProxy");
}

// --- Methods

Value proxy_new(Vm& vm, FrameObject* o) {
  FrameLocalsProxy* p = TRY(vm.allocate<FrameLocalsProxy>(Kind::FrameLocalsProxy, vm.types.frame_locals_proxy->shape));
  p->frame = o;
  return p;
}
Value proxy_construct(Vm& vm, Args a) {
  if (!is_kind(a[1], Kind::Frame)) return vm.raise(E::TypeError, "expect frame, not {}", type_name_of(a[1]));
  return proxy_new(vm, a[1].as<FrameObject>());
}
Value proxy_getitem(Vm& vm, Args a) {
  Value v = lookup(vm, frame_of(a), a[1]);
  if (!v.is_exhausted()) return v;
  return vm.raise_key_error(TRY(str_message(vm, "local variable '{}' is not defined", repr_of(a[1]))));
}
Value proxy_setitem(Vm& vm, Args a) {
  TRY(store(vm, frame_of(a), a[1], a[2]));
  return Value::none();
}
Value proxy_delitem(Vm& vm, Args a) {
  FrameObject* o = frame_of(a);
  if (TRY(find_slot(vm, o, a[1], false)) >= 0) return raise_cannot_remove(vm);
  if (!is_dict(o->extra_locals)) return vm.raise_key_error(a[1]);
  Value gone = dict_pop(vm, o->extra_locals.as<Dict>(), a[1]);
  if (gone.is_exhausted()) return vm.raise_key_error(a[1]);
  return gone.is_error() ? gone : Value::none();
}
Value proxy_contains(Vm& vm, Args a) {
  Value v = lookup(vm, frame_of(a), a[1]);
  return v.is_error() ? v : Value::boolean(!v.is_exhausted());
}
Value proxy_len(Vm& vm, Args a) { return Value::small_int(static_cast<int64_t>(TRY(snapshot(vm, frame_of(a)))->used)); }
Value proxy_get(Vm& vm, Args a) {
  Value v = lookup(vm, frame_of(a), a[1]);
  return v.is_exhausted() ? a.get(2, Value::none()) : v;
}
Value proxy_setdefault(Vm& vm, Args a) {
  Value v = lookup(vm, frame_of(a), a[1]);
  if (!v.is_exhausted()) return v;
  Value value = a.get(2, Value::none());
  TRY(store(vm, frame_of(a), a[1], value));
  return value;
}
Value proxy_pop(Vm& vm, Args a) {
  FrameObject* o = frame_of(a);
  if (TRY(find_slot(vm, o, a[1], false)) >= 0) return raise_cannot_remove(vm);
  if (is_dict(o->extra_locals)) {
    Value v = dict_pop(vm, o->extra_locals.as<Dict>(), a[1]);
    if (!v.is_exhausted()) return v;
  }
  return a.has(2) ? a[2] : Value(vm.raise_key_error(a[1]));
}
Value proxy_update(Vm& vm, Args a) {
  if (!is_dict(a[1]) && !is_proxy(a[1]))
    return vm.raise(E::TypeError, "update() argument must be dict or another FrameLocalsProxy");
  TRY(update(vm, frame_of(a), a[1]));
  return Value::none();
}
Value proxy_ior(Vm& vm, Args a) {
  if (!is_dict(a[1]) && !is_proxy(a[1])) return Value::not_implemented();
  TRY(update(vm, frame_of(a), a[1]));
  return a[0];
}
/// left | right as a new dict.
Value merged(Vm& vm, Value left, Value right) {
  if ((!is_dict(left) && !is_proxy(left)) || (!is_dict(right) && !is_proxy(right))) return Value::not_implemented();
  auto dict_of = [&](Value v) -> Result<Dict*> {
    return is_proxy(v) ? snapshot(vm, v.as<FrameLocalsProxy>()->frame) : dict_copy(vm, v.as<Dict>());
  };
  Dict* out = TRY(dict_of(left));
  TRY(dict_update(vm, out, TRY(dict_of(right))));
  return out;
}
Value proxy_or(Vm& vm, Args a) { return merged(vm, a[0], a[1]); }
Value proxy_ror(Vm& vm, Args a) { return merged(vm, a[1], a[0]); }
Value proxy_copy(Vm& vm, Args a) { return snapshot(vm, frame_of(a)); }
Value list_of_view(Vm& vm, Args a, Type* view) {
  return list_from(vm, TRY(dict_view_new(vm, view, TRY(snapshot(vm, frame_of(a))))));
}
Value proxy_keys(Vm& vm, Args a) { return list_of_view(vm, a, vm.types.dict_keys); }
Value proxy_values(Vm& vm, Args a) { return list_of_view(vm, a, vm.types.dict_values); }
Value proxy_items(Vm& vm, Args a) { return list_of_view(vm, a, vm.types.dict_items); }
Value proxy_iter(Vm& vm, Args a) { return get_iter(vm, TRY(proxy_keys(vm, a))); }
Value proxy_reversed(Vm& vm, Args a) {
  Value keys = TRY(proxy_keys(vm, a));
  TRY(call_method(vm, keys, TRY(vm.intern("reverse"))));
  return keys;
}
Value proxy_repr(Vm& vm, Args a) {
  if (TRY(repr_enter(vm, a[0]))) return str_from_ascii(vm, "{...}");
  Result<Dict*> dict = snapshot(vm, frame_of(a));
  Value text = dict.is_error() ? Value() : repr(vm, Value(dict.release()));
  repr_leave(vm, a[0]);
  return text;
}
template <CompareOp op>
Value proxy_compare(Vm& vm, Args a) {
  bool same;
  if (is_proxy(a[1])) {
    same = frame_of(a) == a[1].as<FrameLocalsProxy>()->frame;
  } else if (is_dict(a[1])) {
    same = TRY(equal(vm, TRY(snapshot(vm, frame_of(a))), a[1]));
  } else {
    return Value::not_implemented();
  }
  return Value::boolean(same == (op == CompareOp::Eq));
}

void trace(Heap&, Cell* cell, Marker& marker) { marker.mark_cell(static_cast<FrameLocalsProxy*>(cell)->frame); }

constexpr NativeRow kMethods[] = {
    {"__new__($type, frame, /)", proxy_construct, kNewMethod | kStaticMethod | kCheckPositional, nullptr},
    {"__repr__($self, /)", proxy_repr},
    {"__len__($self, /)", proxy_len},
    {"__getitem__($self, key, /)", proxy_getitem},
    {"__setitem__($self, key, value, /)", proxy_setitem},
    {"__delitem__($self, key, /)", proxy_delitem},
    {"__contains__($self, key, /)", proxy_contains},
    {"__iter__($self, /)", proxy_iter},
    {"__reversed__($self, /)", proxy_reversed},
    {"__eq__($self, value, /)", proxy_compare<CompareOp::Eq>},
    {"__ne__($self, value, /)", proxy_compare<CompareOp::Ne>},
    {"__hash__($self, /)", nullptr},
    {"__or__($self, value, /)", proxy_or},
    {"__ror__($self, value, /)", proxy_ror},
    {"__ior__($self, value, /)", proxy_ior},
    {"copy($self, /)", proxy_copy, 0, "A dict of the variables as they are now."},
    {"get($self, key, default=None, /)", proxy_get, 0, "The variable's value, or the default if it has none."},
    {"items($self, /)", proxy_items, 0, "A list of (name, value) pairs."},
    {"keys($self, /)", proxy_keys, 0, "A list of the names."},
    {"pop($self, key, default=<unrepresentable>, /)", proxy_pop, 0,
     "Take away a name that is no variable of the function."},
    {"setdefault($self, key, default=None, /)", proxy_setdefault, 0,
     "The value of a name, which is set if it has none."},
    {"update($self, other, /)", proxy_update, 0, "Set the variables that a dict or another frame's f_locals names."},
    {"values($self, /)", proxy_values, 0, "A list of the values."},
};

}  // namespace

Value frame_locals(Vm& vm, Frame* frame, bool) {
  if (!frame->code->is(kCoOptimized) && !in_inlined_comprehension(frame->code, frame->slots))
    return frame->locals.is_unset() ? frame->globals : frame->locals;
  return snapshot(vm, TRY(frame_object(vm, frame)));
}

Value frame_locals_view(Vm& vm, FrameObject* o) {
  if (!o->code->is(kCoOptimized) && !in_inlined_comprehension(o->code, slots_of(o)))
    return o->locals.is_unset() ? o->globals : o->locals;
  return proxy_new(vm, o);
}

extern constinit const TypeSpec frame_locals_proxy_type{
    .name = "FrameLocalsProxy",
    .doc = "The local variables of a function's frame, as a mapping that writes through.",
    .kind = static_cast<CellKind>(Kind::FrameLocalsProxy),
    .size = sizeof(FrameLocalsProxy),
    .flags = kTypeMapping,
    .methods = kMethods,
    .trace = trace,
};

}  // namespace krait
