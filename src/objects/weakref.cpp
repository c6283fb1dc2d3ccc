// weakref.ref, the weak proxies, and the finalizers (__del__).
//
// Rules for code in this file
//  1. A reference does not mark its object: `object` and `next` are weak words, put right after every marking. What is found
//     through them is alive until the next collection.
//  2. References to one object form a chain; the table maps the object to the chain's first. The newest plain one is reused.
//  3. A dead object that has a finalizer is revived before references are looked at: its weak references are cleared when it dies
//     for good, and its finalizer runs once.
//  4. Python runs only from run_safepoint_work().
#include "objects/weakref.hpp"

#include <algorithm>
#include <cstdio>
#include <cstring>
#include <vector>

#include "objects/generic_alias.hpp"
#include "objects/native.hpp"
#include "objects/quick.hpp"
#include "objects/sequences.hpp"
#include "objects/str.hpp"

namespace krait {

namespace {

/// weakref.ref (Kind::WeakRef) and the proxies (Kind::WeakProxy).
struct WeakRef : Object {
  Cell* object;    ///< weak; null once dead
  WeakRef* next;   ///< weak: the next reference to the same object
  Value callback;  ///< or unset
  Value hash;      ///< of the object, once asked for: an int
};

/// A hash table from objects to the first of their references; linear probing, at most half full.
class WeakTable {
 public:
  ~WeakTable() { delete[] slots_; }
  WeakTable() = default;
  WeakTable(const WeakTable&) = delete;
  WeakTable& operator=(const WeakTable&) = delete;

  struct Slot {
    Cell* object = nullptr;
    WeakRef* first = nullptr;
  };

  Slot* find(const Cell* object) {
    if (slots_ == nullptr) return nullptr;
    for (size_t i = home(object);; i = (i + 1) & mask_) {
      if (slots_[i].object == object) return &slots_[i];
      if (slots_[i].object == nullptr) return nullptr;
    }
  }
  Slot* find_or_add(Cell* object) {
    if (Slot* s = find(object)) return s;
    if (slots_ == nullptr || (count_ + 1) * 2 > mask_ + 1) grow();
    ++count_;
    return add(object);
  }
  /// Calls keep(slot) for each; a slot for which it says false is dropped.
  template <class Keep>
  void filter(Keep keep) {
    if (count_ == 0) return;
    bool dropped = false;
    for (size_t i = 0; i <= mask_; ++i) {
      if (slots_[i].object == nullptr || keep(slots_[i])) continue;
      slots_[i].first = nullptr;
      dropped = true;
    }
    if (dropped) rehash(mask_ + 1);
  }

 private:
  size_t home(const Cell* object) const {
    return (reinterpret_cast<uintptr_t>(object) * 0x9E3779B97F4A7C15u >> 20) & mask_;
  }
  Slot* add(Cell* object) {
    size_t i = home(object);
    while (slots_[i].object != nullptr) i = (i + 1) & mask_;
    slots_[i].object = object;
    return &slots_[i];
  }
  void grow() { rehash(slots_ == nullptr ? 64 : (mask_ + 1) * 2); }
  void rehash(size_t capacity) {
    Slot* old = slots_;
    size_t n = old == nullptr ? 0 : mask_ + 1;
    slots_ = new Slot[capacity];
    mask_ = capacity - 1;
    count_ = 0;
    for (size_t i = 0; i < n; ++i) {
      if (old[i].first == nullptr) continue;
      *add(old[i].object) = old[i];
      ++count_;
    }
    delete[] old;
  }

  Slot* slots_ = nullptr;
  size_t mask_ = 0;
  size_t count_ = 0;
};

struct WeakState : Extension {
  WeakTable table;
  std::vector<Cell*> finalizable;  ///< weak: cells with kGcFinalize
  size_t finalize_from = 0;        ///< when there are so many, it is looked which of them are dead
  std::vector<Value> dead_refs;    ///< references whose callbacks wait
  std::vector<Value> to_finalize;  ///< revived objects whose finalizers wait
  NativeFinalizer native[static_cast<size_t>(Kind::kCount)] = {};
  /// The threads that carry out finalizers and callbacks. One that waits in a finalizer does not keep the others from their share:
  /// else they would make garbage faster than it can be finalized.
  std::vector<ThreadState*> running;
};

constexpr size_t kFinalizeAtOnce = 2000;

WeakState& state_of(Vm& vm) { return vm.extension<WeakState>(); }

}  // namespace

// --- Finalizers.

bool finalizer_register(Vm& vm, Cell* cell) {
  if (cell->gc & (kGcFinalize | kGcFinalized)) return true;
  if (!vm.heap.charge(sizeof(Cell*))) return false;
  WeakState& state = state_of(vm);
  // What is to be finalized is not left to wait for the budget of bytes: each may have a lot to do then.
  if (state.finalizable.size() >= std::max(state.finalize_from, kFinalizeAtOnce))
    vm.heap.collect(Heap::Collect::kMinor);
  cell->gc |= kGcFinalize;
  state.finalizable.push_back(cell);
  return true;
}

void set_native_finalizer(Vm& vm, Kind kind, NativeFinalizer finalizer) {
  state_of(vm).native[static_cast<size_t>(kind)] = finalizer;
}

void weakrefs_after_mark(Vm& vm, Marker& marker, Heap::Collect) {
  WeakState& state = state_of(vm);
  size_t kept = 0, before = state.finalizable.size(), revived = state.to_finalize.size();
  for (Cell* cell : state.finalizable) {
    if (!(cell->gc & kGcFinalize)) continue;  // its finalizer has been run or taken away
    if (vm.heap.is_marked(cell)) {
      state.finalizable[kept++] = cell;
    } else {
      state.to_finalize.push_back(cell);
    }
  }
  state.finalizable.resize(kept);
  state.finalize_from = 2 * kept;
  vm.heap.discharge((before - kept) * sizeof(Cell*));
  for (size_t i = revived; i < state.to_finalize.size(); ++i) {
    Cell* cell = state.to_finalize[i].cell();
    cell->gc = static_cast<uint8_t>((cell->gc & ~kGcFinalize) | kGcFinalized);
    marker.mark_cell(cell);
  }
  if (state.to_finalize.size() > revived) vm.heap.drain(marker);

  state.table.filter([&](WeakTable::Slot& slot) {
    bool alive = vm.heap.is_marked(slot.object);
    size_t waiting = state.dead_refs.size();
    WeakRef** link = &slot.first;
    while (WeakRef* ref = *link) {
      if (!vm.heap.is_marked(ref)) {
        *link = ref->next;
        continue;
      }
      if (!alive) {
        ref->object = nullptr;
        if (!ref->callback.is_unset()) state.dead_refs.push_back(ref);
      }
      link = &ref->next;
    }
    if (!alive) {
      // The newest reference's callback is called first: it goes to the end, where they are taken from.
      std::reverse(state.dead_refs.begin() + static_cast<ptrdiff_t>(waiting), state.dead_refs.end());
      for (WeakRef* ref = slot.first; ref != nullptr;) {
        WeakRef* next = ref->next;
        ref->next = nullptr;
        ref = next;
      }
      return false;
    }
    if (slot.first == nullptr) slot.object->gc &= static_cast<uint8_t>(~kGcWeak);
    return slot.first != nullptr;
  });
  if (!state.dead_refs.empty() || !state.to_finalize.empty()) vm.heap.set_safepoint_work(true);
}

void weakrefs_trace_roots(Vm& vm, Marker& marker) {
  WeakState& state = state_of(vm);
  for (Value v : state.dead_refs) marker.mark(v);
  for (Value v : state.to_finalize) marker.mark(v);
}

namespace {

void finalize(Vm& vm, Value object) {
  if (NativeFinalizer native = state_of(vm).native[object.cell()->kind]) {
    native(vm, object.cell());
    return;
  }
  Value del = special_of(vm, object, Special::Del);
  if (del.is_unset() || del.is_none()) return;
  Value result = call_special(vm, del, object);
  if (result.is_error()) write_unraisable(vm, "Exception ignored while calling deallocator", del);
}

}  // namespace

bool in_safepoint_work(Vm& vm) {
  const std::vector<ThreadState*>& running = state_of(vm).running;
  return std::find(running.begin(), running.end(), vm.t.thread) != running.end();
}

Status run_safepoint_work(Vm& vm) {
  WeakState& state = state_of(vm);
  if (in_safepoint_work(vm)) return {};
  state.running.push_back(vm.t.thread);
  Value pending = vm.take_pending();
  // Not more than waits now: other threads, which run when a finalizer waits for something, may go on making work.
  size_t budget = state.dead_refs.size() + state.to_finalize.size();
  while (vm.tripped == Limit::kNone && budget-- > 0 && (!state.dead_refs.empty() || !state.to_finalize.empty())) {
    if (!state.dead_refs.empty()) {
      Value ref = state.dead_refs.back();
      state.dead_refs.pop_back();
      Value callback = ref.as<WeakRef>()->callback;
      if (callback.is_unset()) continue;
      ref.as<WeakRef>()->callback = Value();
      Value result = call1(vm, callback, ref);
      if (result.is_error()) {
        if (vm.tripped != Limit::kNone) break;
        write_unraisable(vm, "Exception ignored while calling weakref callback", callback);
      }
      continue;
    }
    Value object = state.to_finalize.back();
    state.to_finalize.pop_back();
    finalize(vm, object);
  }
  state.running.erase(std::find(state.running.begin(), state.running.end(), vm.t.thread));
  if (state.dead_refs.empty() && state.to_finalize.empty())
    vm.heap.set_safepoint_work(false);
  else
    vm.poll_flag.fetch_or(Vm::kPollSafepoint, std::memory_order_relaxed);
  if (vm.tripped != Limit::kNone && vm.has_pending()) return Error{};
  vm.t.pending = pending;
  return {};
}

void safepoint_work_after_fork(Vm& vm) {
  std::erase_if(state_of(vm).running, [&](ThreadState* thread) { return thread != vm.t.thread; });
}

Status finalizers_run_all(Vm& vm) {
  WeakState& state = state_of(vm);
  for (int round = 0; round < 8 && vm.heap.has_safepoint_work(); ++round) TRY(run_safepoint_work(vm));
  // Finalizers register more, and a collection meanwhile moves the entries: a few rounds find what there is; finalizers that go on
  // making new objects are left alone after that.
  constexpr int kRounds = 5;
  for (int round = 0, phase = 0; round < kRounds && phase < 2; ++round) {
    bool found = false;
    // Natives the newest first: a stream before the buffer that it writes to, and that before its file.
    for (size_t n = 0; n < state.finalizable.size(); ++n) {
      TRY(vm.poll());
      if (n >= state.finalizable.size()) break;  // a collection took some off the list
      Cell* cell = state.finalizable[phase == 1 ? state.finalizable.size() - 1 - n : n];
      if (!(cell->gc & kGcFinalize)) continue;
      bool native = state.native[cell->kind] != nullptr || !(vm.shapes[cell->shape].type->flags & kTypeHeap);
      if (native != (phase == 1)) continue;
      found = true;
      cell->gc = static_cast<uint8_t>((cell->gc & ~kGcFinalize) | kGcFinalized);
      finalize(vm, cell);
      if (vm.tripped == Limit::kNone) continue;
      if (!vm.has_pending()) return vm.trip(vm.tripped);
      return Error{};
    }
    if (!found) ++phase;
  }
  return {};
}

// --- References.

namespace {

/// A reference without a callback of exactly this type, or null.
WeakRef* plain_reference(Vm& vm, Cell* object, Type* type) {
  if (!(object->gc & kGcWeak)) return nullptr;
  WeakTable::Slot* slot = state_of(vm).table.find(object);
  if (slot == nullptr) return nullptr;
  for (WeakRef* ref = slot->first; ref != nullptr; ref = ref->next)
    if (ref->callback.is_unset() && vm.type_of(ref) == type) return ref;
  return nullptr;
}

Value make_reference(Vm& vm, Type* type, Value object, Value callback) {
  if (!object.is_cell() || !vm.type_of(object)->has(kTypeHasWeakref))
    return vm.raise(E::TypeError, "cannot create weak reference to '{}' object", type_name_of(object));
  if (callback.is_none()) callback = Value();
  bool reusable = callback.is_unset() && !type->has(kTypeHeap);
  if (reusable) {
    if (WeakRef* ref = plain_reference(vm, object.cell(), type)) return ref;
  }
  WeakRef* ref = TRY(vm.new_instance<WeakRef>(type));
  ref->object = object.cell();
  ref->callback = callback;
  WeakTable::Slot* slot = state_of(vm).table.find_or_add(object.cell());
  object.cell()->gc |= kGcWeak;
  // Plain references stand first, in front of those with callbacks, the newest of which comes first.
  WeakRef** link = &slot->first;
  while (!reusable && *link != nullptr && (*link)->callback.is_unset()) link = &(*link)->next;
  ref->next = *link;
  *link = ref;
  return ref;
}

/// The object as a strong value, or None.
Value object_of(Value reference) {
  Cell* object = reference.as<WeakRef>()->object;
  return object == nullptr ? Value::none() : Value(object);
}

}  // namespace

Value weakref_new(Vm& vm, Value object, Value callback) {
  return make_reference(vm, vm.types.weakref, object, callback);
}

Value weakref_get(Vm&, Value reference) { return object_of(reference); }

Value weakref_list(Vm& vm, Value object) {
  List* list = TRY(list_new(vm));
  if (!object.is_cell() || !(object.cell()->gc & kGcWeak)) return list;
  WeakTable::Slot* slot = state_of(vm).table.find(object.cell());
  if (slot == nullptr) return list;
  // The next reference is held on the stack while the list grows.
  for (WeakRef *ref = slot->first, *next = nullptr; ref != nullptr; ref = next) {
    next = ref->next;
    TRY(list_append(vm, list, ref));
  }
  return list;
}

Value weakproxy_new(Vm& vm, Value object, Value callback) {
  Type* type = is_callable(vm, object) ? vm.types.weakcallableproxy : vm.types.weakproxy;
  return make_reference(vm, type, object, callback);
}

namespace {

WeakRef* self_of(Args a) { return a[0].as<WeakRef>(); }

void trace(Heap&, Cell* cell, Marker& m) {
  WeakRef* ref = static_cast<WeakRef*>(cell);
  m.mark(ref->callback);
  m.mark(ref->hash);
}

// A subclass may take more in its __init__; __new__ looks at the first two only when it is called for a ref itself.
Value ref_new(Vm& vm, Args a) {
  auto rest = a.rest(2);
  if (a.has(1) && a[0] == Value(vm.types.weakref)) return vm.raise(E::TypeError, "ref() takes no keyword arguments");
  if (rest.empty()) return vm.raise(E::TypeError, "__new__ expected at least 1 argument, got 0");
  if (rest.size() > 2) return vm.raise(E::TypeError, "__new__ expected at most 2 arguments, got {}", rest.size());
  return make_reference(vm, a[0].as<Type>(), rest[0], rest.size() > 1 ? rest[1] : Value::none());
}
Value ref_init(Vm&, Args) { return Value::none(); }
Value ref_call(Vm&, Args a) { return object_of(a[0]); }

Value ref_repr(Vm& vm, Args a) {
  char text[160];
  Value object = object_of(a[0]);
  if (object.is_none()) {
    std::snprintf(text, sizeof(text), "<weakref at %p; dead>", static_cast<void*>(self_of(a)));
    return str_from_ascii(vm, text);
  }
  std::snprintf(text, sizeof(text), "<weakref at %p; to '", static_cast<void*>(self_of(a)));
  char place[40];
  std::snprintf(place, sizeof(place), "%p", static_cast<void*>(object.cell()));
  Value name = TRY(get_attr_optional(vm, object, vm.names.d_name));
  if (is_str(name))
    return str_message(vm, "{}{}' at {} ({})>", static_cast<const char*>(text), type_name_of(object),
                       static_cast<const char*>(place), name);
  return str_message(vm, "{}{}' at {}>", static_cast<const char*>(text), type_name_of(object),
                     static_cast<const char*>(place));
}

Value ref_hash(Vm& vm, Args a) {
  WeakRef* ref = self_of(a);
  if (!ref->hash.is_unset()) return ref->hash;
  Value object = object_of(a[0]);
  if (object.is_none()) return vm.raise(E::TypeError, "weak object has gone away");
  Value h = TRY(int_from(vm, TRY(hash(vm, object))));
  ref->hash = h;
  vm.barrier(ref);
  return h;
}

template <CompareOp op>
Value ref_compare(Vm& vm, Args a) {
  if (!is_kind(a[1], Kind::WeakRef)) return Value::not_implemented();
  Value x = object_of(a[0]), y = object_of(a[1]);
  if (x.is_none() || y.is_none()) return Value::boolean((a[0] == a[1]) == (op == CompareOp::Eq));
  return compare(vm, x, y, op);
}

Value ref_callback(Vm&, Value self) {
  Value callback = self.as<WeakRef>()->callback;
  return callback.is_unset() || self.as<WeakRef>()->object == nullptr ? Value::none() : callback;
}

constexpr NativeRow kRefMethods[] = {
    {"__new__($type, /, *args, **kwargs)", ref_new, kNewMethod | kStaticMethod, "Create and return a new object."},
    {"__init__($self, object, callback=None, /)", ref_init, 0, "Initialize self."},
    {"__call__($self, /)", ref_call, 0, "Return the object, or None once it is gone."},
    {"__repr__($self, /)", ref_repr, 0, "Return repr(self)."},
    {"__hash__($self, /)", ref_hash, 0, "Return hash(self)."},
    {"__eq__($self, value, /)", ref_compare<CompareOp::Eq>, 0, "Return self==value."},
    {"__ne__($self, value, /)", ref_compare<CompareOp::Ne>, 0, "Return self!=value."},
    {"__class_getitem__($type, item, /)", class_getitem, kClassMethod, "See PEP 585"},
};
constexpr GetSetRow kRefGetsets[] = {
    {"__callback__", ref_callback, nullptr, "What is called when the object is gone."},
};

// --- Proxies: everything is done to the object.

Value unwrap(Vm& vm, Value v) {
  if (!is_kind(v, Kind::WeakProxy)) return v;
  Value object = object_of(v);
  if (object.is_none()) return vm.raise(E::ReferenceError, "weakly-referenced object no longer exists");
  return object;
}

template <BinaryOp op>
Value proxy_binary(Vm& vm, Args a) {
  Value x = TRY(unwrap(vm, a[0]));
  Value y = TRY(unwrap(vm, a[1]));
  return binary(vm, op, x, y);
}
template <BinaryOp op>
Value proxy_reflected(Vm& vm, Args a) {
  Value x = TRY(unwrap(vm, a[0]));
  Value y = TRY(unwrap(vm, a[1]));
  return binary(vm, op, y, x);
}
template <BinaryOp op>
Value proxy_inplace(Vm& vm, Args a) {
  Value x = TRY(unwrap(vm, a[0]));
  Value y = TRY(unwrap(vm, a[1]));
  return binary_inplace(vm, op, x, y);
}
template <CompareOp op>
Value proxy_compare(Vm& vm, Args a) {
  Value x = TRY(unwrap(vm, a[0]));
  Value y = TRY(unwrap(vm, a[1]));
  return compare(vm, x, y, op);
}
template <Value (*op)(Vm&, Value)>
Value proxy_unary(Vm& vm, Args a) {
  return op(vm, TRY(unwrap(vm, a[0])));
}
/// The special method of the object, called.
template <Special special>
Value proxy_special(Vm& vm, Args a) {
  Value object = TRY(unwrap(vm, a[0]));
  return call_method(vm, object, vm.names.special[static_cast<size_t>(special)], a.rest(1));
}
Value proxy_divmod(Vm& vm, Args a) {
  Value x = TRY(unwrap(vm, a[0]));
  Value y = TRY(unwrap(vm, a[1]));
  return div_mod(vm, x, y);
}
Value proxy_rdivmod(Vm& vm, Args a) {
  Value x = TRY(unwrap(vm, a[0]));
  Value y = TRY(unwrap(vm, a[1]));
  return div_mod(vm, y, x);
}
Value proxy_pow(Vm& vm, Args a) {
  Value x = TRY(unwrap(vm, a[0]));
  Value y = TRY(unwrap(vm, a[1]));
  Value z = TRY(unwrap(vm, a.get(2, Value::none())));
  return power(vm, x, y, z);
}
Value proxy_bool(Vm& vm, Args a) {
  Value object = TRY(unwrap(vm, a[0]));
  return Value::boolean(TRY(truthy(vm, object)));
}
Value proxy_len(Vm& vm, Args a) {
  Value object = TRY(unwrap(vm, a[0]));
  return Value::small_int(TRY(length(vm, object)));
}
Value proxy_contains(Vm& vm, Args a) {
  Value object = TRY(unwrap(vm, a[0]));
  Value item = TRY(unwrap(vm, a[1]));
  return Value::boolean(TRY(contains(vm, object, item)));
}
Value proxy_getitem(Vm& vm, Args a) {
  Value object = TRY(unwrap(vm, a[0]));
  return get_item(vm, object, a[1]);
}
Value proxy_setitem(Vm& vm, Args a) {
  Value object = TRY(unwrap(vm, a[0]));
  TRY(set_item(vm, object, a[1], a[2]));
  return Value::none();
}
Value proxy_delitem(Vm& vm, Args a) {
  Value object = TRY(unwrap(vm, a[0]));
  TRY(del_item(vm, object, a[1]));
  return Value::none();
}
Value proxy_next(Vm& vm, Args a) {
  Value object = TRY(unwrap(vm, a[0]));
  if (special_of(vm, object, Special::Next).is_unset())
    return vm.raise(E::TypeError, "Weakref proxy referenced a non-iterator '{}' object", type_name_of(object));
  return iter_next(vm, object);
}
Value proxy_float(Vm& vm, Args a) { return proxy_special<Special::Float>(vm, a); }

Result<Str*> attribute_name(Vm& vm, Value name) {
  if (!is_str(name)) return vm.raise(E::TypeError, "attribute name must be string, not '{}'", type_name_of(name));
  return vm.intern(as_str(name));
}
Value proxy_getattribute(Vm& vm, Args a) {
  Value object = TRY(unwrap(vm, a[0]));
  Str* name = TRY(attribute_name(vm, a[1]));
  return get_attr(vm, object, name);
}
Value proxy_setattr(Vm& vm, Args a) {
  Value object = TRY(unwrap(vm, a[0]));
  Str* name = TRY(attribute_name(vm, a[1]));
  TRY(set_attr(vm, object, name, a[2]));
  return Value::none();
}
Value proxy_delattr(Vm& vm, Args a) {
  Value object = TRY(unwrap(vm, a[0]));
  Str* name = TRY(attribute_name(vm, a[1]));
  TRY(del_attr(vm, object, name));
  return Value::none();
}
Value proxy_repr(Vm& vm, Args a) {
  char text[64], place[40];
  Value object = object_of(a[0]);
  std::snprintf(text, sizeof(text), "<weakproxy at %p; ", static_cast<void*>(self_of(a)));
  if (object.is_none()) return str_message(vm, "{}dead>", static_cast<const char*>(text));
  std::snprintf(place, sizeof(place), "%p", static_cast<void*>(object.cell()));
  return str_message(vm, "{}to '{}' at {}>", static_cast<const char*>(text), type_name_of(object),
                     static_cast<const char*>(place));
}
Value proxy_call(Vm& vm, Args a) {
  Value object = TRY(unwrap(vm, a[0]));
  Tuple* args = TRY(tuple_from_span(vm, a.rest(2)));
  return call_with(vm, object, args, a.has(1) ? a[1].as<Dict>() : nullptr);
}

#define BINARY_ROWS(name, rname, iname, op)                                                                           \
  {name "($self, value, /)", proxy_binary<BinaryOp::op>}, {rname "($self, value, /)", proxy_reflected<BinaryOp::op>}, \
      {iname "($self, value, /)", proxy_inplace<BinaryOp::op>},
#define SHARED_PROXY_ROWS                                                                                              \
  BINARY_ROWS("__add__", "__radd__", "__iadd__", Add)                                                                  \
  BINARY_ROWS("__and__", "__rand__", "__iand__", And)                                                                  \
  BINARY_ROWS("__floordiv__", "__rfloordiv__", "__ifloordiv__", FloorDiv)                                              \
  BINARY_ROWS("__lshift__", "__rlshift__", "__ilshift__", LShift)                                                      \
  BINARY_ROWS("__matmul__", "__rmatmul__", "__imatmul__", MatMul)                                                      \
  BINARY_ROWS("__mul__", "__rmul__", "__imul__", Mul)                                                                  \
  BINARY_ROWS("__mod__", "__rmod__", "__imod__", Mod)                                                                  \
  BINARY_ROWS("__or__", "__ror__", "__ior__", Or)                                                                      \
  BINARY_ROWS("__rshift__", "__rrshift__", "__irshift__", RShift)                                                      \
  BINARY_ROWS("__sub__", "__rsub__", "__isub__", Sub)                                                                  \
  BINARY_ROWS("__truediv__", "__rtruediv__", "__itruediv__", TrueDiv)                                                  \
  BINARY_ROWS("__xor__", "__rxor__", "__ixor__", Xor){"__pow__($self, value, mod=None, /)", proxy_pow},                \
      {"__rpow__($self, value, /)", proxy_reflected<BinaryOp::Pow>},                                                   \
      {"__ipow__($self, value, /)", proxy_inplace<BinaryOp::Pow>}, {"__divmod__($self, value, /)", proxy_divmod},      \
      {"__rdivmod__($self, value, /)", proxy_rdivmod}, {"__neg__($self, /)", proxy_unary<negative>},                   \
      {"__pos__($self, /)", proxy_unary<positive>}, {"__abs__($self, /)", proxy_unary<absolute>},                      \
      {"__invert__($self, /)", proxy_unary<invert>}, {"__int__($self, /)", proxy_special<Special::Int>},               \
      {"__float__($self, /)", proxy_float}, {"__index__($self, /)", proxy_unary<index>},                               \
      {"__bool__($self, /)", proxy_bool}, {"__len__($self, /)", proxy_len},                                            \
      {"__contains__($self, key, /)", proxy_contains}, {"__getitem__($self, key, /)", proxy_getitem},                  \
      {"__setitem__($self, key, value, /)", proxy_setitem}, {"__delitem__($self, key, /)", proxy_delitem},             \
      {"__iter__($self, /)", proxy_unary<get_iter>}, {"__next__($self, /)", proxy_next, kIterNext},                    \
      {"__reversed__($self, /)", proxy_special<Special::Reversed>},                                                    \
      {"__bytes__($self, /)", proxy_special<Special::Bytes>}, {"__str__($self, /)", proxy_unary<str>},                 \
      {"__repr__($self, /)", proxy_repr}, {"__hash__($self, /)", nullptr},                                             \
      {"__getattribute__($self, name, /)", proxy_getattribute}, {"__setattr__($self, name, value, /)", proxy_setattr}, \
      {"__delattr__($self, name, /)", proxy_delattr}, {"__lt__($self, value, /)", proxy_compare<CompareOp::Lt>},       \
      {"__le__($self, value, /)", proxy_compare<CompareOp::Le>},                                                       \
      {"__eq__($self, value, /)", proxy_compare<CompareOp::Eq>},                                                       \
      {"__ne__($self, value, /)", proxy_compare<CompareOp::Ne>},                                                       \
      {"__gt__($self, value, /)", proxy_compare<CompareOp::Gt>},                                                       \
      {"__ge__($self, value, /)", proxy_compare<CompareOp::Ge>},

constexpr NativeRow kProxyMethods[] = {SHARED_PROXY_ROWS};
constexpr NativeRow kCallableProxyMethods[] = {SHARED_PROXY_ROWS{"__call__($self, /, *args, **kwargs)", proxy_call}};
#undef SHARED_PROXY_ROWS
#undef BINARY_ROWS

}  // namespace

extern constinit const TypeSpec weakref_type{
    .name = "weakref.ReferenceType",
    .doc = "A reference that does not keep its object alive; calling it gives the object, or None once it is gone.",
    .signature = "",
    .kind = static_cast<CellKind>(Kind::WeakRef),
    .size = sizeof(WeakRef),
    .flags = kTypeBase,
    .methods = kRefMethods,
    .getsets = kRefGetsets,
    .trace = trace,
};
extern constinit const TypeSpec weakproxy_type{
    .name = "weakref.ProxyType",
    .kind = static_cast<CellKind>(Kind::WeakProxy),
    .size = sizeof(WeakRef),
    .flags = kTypeNoNew,
    .methods = kProxyMethods,
    .trace = trace,
};
extern constinit const TypeSpec weakcallableproxy_type{
    .name = "weakref.CallableProxyType",
    .kind = static_cast<CellKind>(Kind::WeakProxy),
    .size = sizeof(WeakRef),
    .flags = kTypeNoNew,
    .methods = kCallableProxyMethods,
    .trace = trace,
};

}  // namespace krait
