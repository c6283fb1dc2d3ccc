// gc: the collector as programs see it.
#include "modules/gc.hpp"

#include <vector>

#include "interp/function.hpp"
#include "interp/interpreter.hpp"
#include "objects/attributes.hpp"
#include "objects/dict.hpp"
#include "objects/exception.hpp"
#include "objects/function.hpp"
#include "objects/generic_alias.hpp"
#include "objects/int.hpp"
#include "objects/module.hpp"
#include "objects/operations.hpp"
#include "objects/sequences.hpp"
#include "objects/shape.hpp"
#include "objects/str.hpp"
#include "objects/type.hpp"
#include "objects/weakref.hpp"

namespace krait {
namespace {

struct State : Extension {
  int64_t thresholds[3] = {2000, 10, 0};
  int64_t debug = 0;
  int64_t collected = 0;
  int64_t frozen = 0;
  ThreadState* collecting = nullptr;  ///< whose gc.collect() goes on; inside its finalizers another one does nothing
  List *callbacks = nullptr, *garbage = nullptr;
  void trace(Marker& m) override {
    m.mark_cell(callbacks);
    m.mark_cell(garbage);
  }
};
State& state_of(Vm& vm) { return vm.extension<State>(); }

Value gc_enable(Vm& vm, Args) {
  vm.heap.set_enabled(true);
  return Value::none();
}
Value gc_disable(Vm& vm, Args) {
  vm.heap.set_enabled(false);
  return Value::none();
}
Value gc_isenabled(Vm& vm, Args) { return Value::boolean(vm.heap.enabled()); }

Status call_callbacks(Vm& vm, const char* phase, int64_t generation, int64_t collected) {
  List* callbacks = state_of(vm).callbacks;
  if (callbacks == nullptr || callbacks->length == 0) return {};
  Dict* info = TRY(dict_new(vm));
  TRY(dict_set_str(vm, info, TRY(vm.intern("generation")), Value::small_int(generation)));
  TRY(dict_set_str(vm, info, TRY(vm.intern("collected")), Value::small_int(collected)));
  TRY(dict_set_str(vm, info, TRY(vm.intern("uncollectable")), Value::small_int(0)));
  Str* name = TRY(vm.intern(phase));
  for (uint64_t i = 0; i < callbacks->length; ++i) {
    Value callback = callbacks->items()[i];
    if (!call2(vm, callback, name, info).is_error()) continue;
    if (vm.tripped != Limit::kNone) return Error{};
    write_unraisable(vm, "Exception ignored while calling GC callback", callback);
  }
  return {};
}

/// Collects, and runs what finalizers are due. Gives the number of cells found dead.
Result<int64_t> collect_all_dead(Vm& vm, Heap::Collect what, const void* stack_from) {
  auto dead = static_cast<int64_t>(vm.heap.collect(what, true, stack_from));
  // A finalizer may let go of more: as long as something waits, the next round finds it. (What waits while a finalizer asks for the
  // collection goes on waiting.)
  for (int round = 0; round < 8 && vm.heap.has_safepoint_work() && !in_safepoint_work(vm); ++round) {
    TRY(run_safepoint_work(vm));
    dead += static_cast<int64_t>(vm.heap.collect(what, true, stack_from));
  }
  TRY(run_safepoint_work(vm));
  return dead;
}

Value gc_collect(Vm& vm, Args a) {
  int64_t generation = a.has(0) ? TRY(index_checked(vm, a[0], E::OverflowError)) : 2;
  if (generation < 0 || generation > 2) return vm.raise(E::ValueError, "invalid generation");
  State& s = state_of(vm);
  if (s.collecting == vm.t.thread) return Value::small_int(0);
  ThreadState* before = s.collecting;
  s.collecting = vm.t.thread;
  // A program that asks for a collection expects to see dead objects go. What the call needs is on the operand stack; the native
  // stack below the loop has nothing but words left over, which would keep objects now and then.
  const void* stack_from = loop_stack(gc_collect);
  auto work = [&]() -> Value {
    TRY(call_callbacks(vm, "start", generation, 0));
    Heap::Collect what = generation == 2 ? Heap::Collect::kFull : Heap::Collect::kMinor;
    int64_t dead = TRY(collect_all_dead(vm, what, stack_from));
    s.collected += dead;
    TRY(call_callbacks(vm, "stop", generation, dead));
    return Value::small_int(dead);
  };
  Value result = work();
  s.collecting = before;
  return result;
}

Value gc_set_threshold(Vm& vm, Args a) {
  State& s = state_of(vm);
  for (size_t i = 0; i < 3; ++i)
    if (a.has(i)) s.thresholds[i] = TRY(index_checked(vm, a[i], E::OverflowError));
  return Value::none();
}
Value gc_get_threshold(Vm& vm, Args) {
  State& s = state_of(vm);
  return tuple_of(vm, Value::small_int(s.thresholds[0]), Value::small_int(s.thresholds[1]),
                  Value::small_int(s.thresholds[2]));
}
Value gc_get_count(Vm& vm, Args) {
  const HeapStats& stats = vm.heap.stats();
  return tuple_of(vm, Value::small_int(0), Value::small_int(static_cast<int64_t>(stats.collections_minor)),
                  Value::small_int(static_cast<int64_t>(stats.collections_full)));
}
Value gc_set_debug(Vm& vm, Args a) {
  state_of(vm).debug = TRY(index_checked(vm, a[0], E::OverflowError));
  return Value::none();
}
Value gc_get_debug(Vm& vm, Args) { return Value::small_int(state_of(vm).debug); }

Value gc_get_stats(Vm& vm, Args) {
  const HeapStats& stats = vm.heap.stats();
  List* list = TRY(list_new(vm));
  for (int generation = 0; generation < 3; ++generation) {
    Dict* d = TRY(dict_new(vm));
    uint64_t runs = generation == 0 ? stats.collections_minor : generation == 2 ? stats.collections_full : 0;
    TRY(dict_set_str(vm, d, TRY(vm.intern("collections")), Value::small_int(static_cast<int64_t>(runs))));
    TRY(dict_set_str(vm, d, TRY(vm.intern("collected")),
                     Value::small_int(generation == 2 ? state_of(vm).collected : 0)));
    TRY(dict_set_str(vm, d, TRY(vm.intern("uncollectable")), Value::small_int(0)));
    TRY(list_append(vm, list, d));
  }
  return list;
}

/// Can objects of this kind refer to others, and may Python see them?
bool is_container(const Vm& vm, const Cell* cell) {
  switch (static_cast<Kind>(cell->kind)) {
    case Kind::Storage:
    case Kind::Int:
    case Kind::Float:
    case Kind::Complex:
    case Kind::Str:
    case Kind::Bytes:
    case Kind::ByteArray:
    case Kind::Range:
    case Kind::Code:
    case Kind::MethodCache:
    case Kind::LruLink: return false;
    default: return vm.shapes[cell->shape].type != nullptr;
  }
}

/// Calls visit(v) for the objects that v refers to directly, as far as Python can see them.
template <class Visit>
void visit_referents(Vm& vm, Value v, Visit visit) {
  if (!v.is_cell()) return;
  Cell* cell = v.cell();
  auto one = [&](Value x) {
    if (!x.is_unset() && !x.is_exhausted() && !x.is(Value::deleted())) visit(x);
  };
  auto pointer = [&](auto* p) {
    if (p != nullptr) visit(Value(p));
  };
  switch (static_cast<Kind>(cell->kind)) {
    case Kind::Tuple:
      for (uint64_t i = 0, n = v.as<Tuple>()->length + cell->bits; i < n; ++i) one(v.as<Tuple>()->items[i]);
      break;
    case Kind::List:
      for (uint64_t i = 0; i < v.as<List>()->length; ++i) one(v.as<List>()->items()[i]);
      break;
    case Kind::Dict: {
      uint32_t i = 0;
      while (DictEntry* e = dict_next(v.as<Dict>(), i)) {
        if (v.as<Dict>()->general()) one(e->key);  // str keys are not worth mentioning, in CPython's view
        one(e->value);
      }
      break;
    }
    case Kind::Set: {
      uint32_t i = 0;
      while (SetEntry* e = set_next(v.as<Set>(), i)) one(e->key);
      break;
    }
    case Kind::Slice:
      one(v.as<Slice>()->start);
      one(v.as<Slice>()->stop);
      one(v.as<Slice>()->step);
      break;
    case Kind::Module: pointer(v.as<Module>()->dict); break;
    case Kind::Cell: one(v.as<ClosureCell>()->content); break;
    case Kind::Method:
      one(v.as<Method>()->function);
      one(v.as<Method>()->self);
      break;
    case Kind::ClassMethod:
    case Kind::StaticMethod: one(v.as<ClassMethod>()->callable); break;
    case Kind::Property:
      one(v.as<Property>()->get);
      one(v.as<Property>()->set);
      one(v.as<Property>()->del);
      one(v.as<Property>()->doc);
      break;
    case Kind::Function: {
      Function* f = v.as<Function>();
      pointer(f->code);
      pointer(f->globals);
      one(f->module);
      pointer(f->name);
      pointer(f->qualname);
      pointer(f->defaults);
      pointer(f->kwdefaults);
      one(f->doc);
      pointer(f->closure);
      one(f->annotations);
      break;
    }
    case Kind::Type: {
      Type* t = as_type(v);
      pointer(t->dict);
      pointer(t->mro);
      pointer(t->bases);
      pointer(t->base);
      break;
    }
    case Kind::Exception: {
      ExceptionObject* e = as_exception(v);
      pointer(e->args);
      one(e->traceback);
      one(e->context);
      one(e->cause);
      for (Value x : e->extra) one(x);
      break;
    }
    case Kind::GenericAlias:
      one(v.as<GenericAlias>()->origin);
      pointer(v.as<GenericAlias>()->args);
      break;
    case Kind::NativeFunction: one(v.as<NativeFunction>()->self); break;
    case Kind::MappingProxy: one(v.as<MappingProxy>()->mapping); break;
    default: break;
  }
  const Shape& shape = vm.shapes[cell->shape];
  if (shape.type == nullptr || static_cast<Kind>(cell->kind) == Kind::Type) return;
  if (shape.slots_offset != Shape::kNoSlots) {
    if (shape.dictionary) {
      pointer(attribute_dict_of(cell, shape));
    } else {
      for (uint32_t i = 0; i < shape.count; ++i) one(*instance_slot_ptr(cell, shape, i));
    }
  }
  Type* type = shape.type;
  if (type->member_count != 0) {  // __slots__
    Value* end = reinterpret_cast<Value*>(reinterpret_cast<char*>(cell) + type->instance_size);
    if (!type->spec->size || !(type->flags & kTypeVarSize))
      for (Value* p = end - type->member_count; p < end; ++p) one(*p);
  }
  if (type->flags & kTypeHeap) visit(Value(type));
}

/// All live objects that may refer to others. Nothing may be allocated while the addresses lie in the vector only: the caller
/// holds a Heap::Pause.
void collect_containers(Vm& vm, std::vector<Cell*>& out) {
  struct Walk {
    Vm& vm;
    std::vector<Cell*>& out;
  } walk{vm, out};
  vm.heap.for_each_cell(
      [](void* context, Cell* cell) {
        Walk& w = *static_cast<Walk*>(context);
        if (is_container(w.vm, cell)) w.out.push_back(cell);
      },
      &walk);
}

Value gc_get_objects(Vm& vm, Args a) {
  if (a.has(0) && !a[0].is_none()) {
    int64_t generation = TRY(index_checked(vm, a[0], E::OverflowError));
    if (generation >= 3)
      return vm.raise(E::ValueError, "generation parameter must be less than the number of available generations (3)");
    if (generation < 0) return vm.raise(E::ValueError, "generation parameter cannot be negative");
  }
  (void)vm.heap.collect(Heap::Collect::kFull, true, loop_stack(gc_get_objects));
  Heap::Pause pause(vm.heap);
  std::vector<Cell*> cells;
  collect_containers(vm, cells);
  List* list = TRY(list_new(vm, cells.size()));
  for (Cell* cell : cells) TRY(list_append(vm, list, cell));
  return list;
}

Value gc_get_referrers(Vm& vm, Args a) {
  (void)vm.heap.collect(Heap::Collect::kFull, true, loop_stack(gc_get_referrers));
  Heap::Pause pause(vm.heap);
  std::vector<Cell*> cells;
  collect_containers(vm, cells);
  List* list = TRY(list_new(vm));
  for (Cell* cell : cells) {
    TRY(vm.poll());
    bool refers = false;
    visit_referents(vm, Value(cell), [&](Value x) {
      for (Value wanted : a.rest(0)) refers = refers || x == wanted;
    });
    if (refers) TRY(list_append(vm, list, cell));
  }
  return list;
}

Value gc_get_referents(Vm& vm, Args a) {
  List* list = TRY(list_new(vm));
  for (Value v : a.rest(0)) {
    Status status;
    visit_referents(vm, v, [&](Value x) {
      if (status.ok()) status = list_append(vm, list, x);
    });
    TRY(status);
  }
  return list;
}

Value gc_is_tracked(Vm& vm, Args a) {
  if (!a[0].is_cell() || !is_container(vm, a[0].cell())) return Value::false_();
  if (a[0] == Value(vm.empty_tuple)) return Value::false_();
  return Value::true_();
}
Value gc_is_finalized(Vm&, Args a) { return Value::boolean(a[0].is_cell() && (a[0].cell()->gc & kGcFinalized)); }

Value gc_freeze(Vm& vm, Args) {
  Heap::Pause pause(vm.heap);
  std::vector<Cell*> cells;
  collect_containers(vm, cells);
  state_of(vm).frozen = static_cast<int64_t>(cells.size());
  return Value::none();
}
Value gc_unfreeze(Vm& vm, Args) {
  state_of(vm).frozen = 0;
  return Value::none();
}
Value gc_get_freeze_count(Vm& vm, Args) { return Value::small_int(state_of(vm).frozen); }

const NativeRow kFunctions[] = {
    {"enable()", gc_enable, 0, "Let full collections happen by themselves."},
    {"disable()", gc_disable, 0, "Put off full collections until collect() or until memory has grown much."},
    {"isenabled()", gc_isenabled, 0, "Whether full collections happen by themselves."},
    {"collect(generation=2)", gc_collect, 0, "Collect now and run finalizers. Gives the number of objects found dead."},
    {"set_threshold(threshold0, threshold1=<unrepresentable>, threshold2=<unrepresentable>, /)", gc_set_threshold, 0,
     "Kept for get_threshold(); this collector goes by the memory in use."},
    {"get_threshold()", gc_get_threshold, 0, "What set_threshold() was given."},
    {"get_count()", gc_get_count, 0, "Collections so far, by generation."},
    {"set_debug(flags, /)", gc_set_debug, 0, "Set the debugging flags."},
    {"get_debug()", gc_get_debug, 0, "The debugging flags."},
    {"get_stats()", gc_get_stats, 0, "Statistics of each generation."},
    {"get_objects(generation=None)", gc_get_objects, 0, "All live objects that can refer to others."},
    {"get_referrers(*objs)", gc_get_referrers, 0, "The objects that refer to any of these directly."},
    {"get_referents(*objs)", gc_get_referents, 0, "The objects that these refer to directly."},
    {"is_tracked(obj, /)", gc_is_tracked, 0, "Whether the object can refer to others."},
    {"is_finalized(obj, /)", gc_is_finalized, 0, "Whether the object's finalizer has run."},
    {"freeze()", gc_freeze, 0, "Count all objects as permanent."},
    {"unfreeze()", gc_unfreeze, 0, "Count no object as permanent any more."},
    {"get_freeze_count()", gc_get_freeze_count, 0, "How many objects freeze() found."},
};

Status gc_init(Vm& vm, Module* m) {
  State& s = state_of(vm);
  s.callbacks = TRY(list_new(vm));
  s.garbage = TRY(list_new(vm));
  TRY(module_add(vm, m, "callbacks", s.callbacks));
  TRY(module_add(vm, m, "garbage", s.garbage));
  TRY(module_add_int(vm, m, "DEBUG_STATS", 1));
  TRY(module_add_int(vm, m, "DEBUG_COLLECTABLE", 2));
  TRY(module_add_int(vm, m, "DEBUG_UNCOLLECTABLE", 4));
  TRY(module_add_int(vm, m, "DEBUG_SAVEALL", 32));
  TRY(module_add_int(vm, m, "DEBUG_LEAK", 38));
  return {};
}

}  // namespace

Result<size_t> count_live_references(Vm& vm, const Cell* cell, const void* stack_from) {
  State& s = state_of(vm);
  if (s.collecting != vm.t.thread) {
    ThreadState* before = s.collecting;
    s.collecting = vm.t.thread;
    Result<int64_t> dead = collect_all_dead(vm, Heap::Collect::kFull, stack_from);
    s.collecting = before;
    TRY(dead);
  }
  return vm.heap.count_references(cell);
}

extern const ModuleSpec gc_module{
    .name = "gc",
    .doc = "Access to the garbage collector.",
    .functions = kFunctions,
    .init = gc_init,
};

}  // namespace krait
