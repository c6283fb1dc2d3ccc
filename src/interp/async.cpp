// Awaiting, and asynchronous generators (PEP 492, 525).
#include "interp/generator.hpp"
#include "interp/interpreter.hpp"
#include "objects/exception.hpp"
#include "objects/generic_alias.hpp"
#include "objects/module.hpp"
#include "objects/operations.hpp"
#include "objects/sequences.hpp"
#include "objects/str.hpp"
#include "objects/weakref.hpp"

namespace krait {

namespace {

/// A value yielded by an async generator on its way to the asend() that asked, told apart from what an await inside yields.
struct WrappedValue : Object {
  Value value;
};
void trace_wrapped(Heap&, Cell* cell, Marker& marker) { marker.mark(static_cast<WrappedValue*>(cell)->value); }
bool is_wrapped(Vm& vm, Value v) { return v.is_cell() && vm.type_of(v) == vm.types.async_generator_wrapped_value; }

enum class ActionState : uint8_t { kInit, kIter, kClosed };

/// The awaitable that asend(), athrow() and aclose() give.
struct AsyncGenAction : Object {
  ActionState state;
  bool is_close;
  GeneratorObject* generator;
  Value arguments;  ///< asend: the value; athrow: tuple of throw()'s arguments; aclose: unset
};
void trace_action(Heap&, Cell* cell, Marker& marker) {
  AsyncGenAction* a = static_cast<AsyncGenAction*>(cell);
  marker.mark_cell(a->generator);
  marker.mark(a->arguments);
}
AsyncGenAction* action_of(Value v) { return v.as<AsyncGenAction>(); }
/// It is being awaited, or over: nothing is to be told of it when it dies.
void enter(AsyncGenAction* a, ActionState state) {
  a->state = state;
  a->gc &= static_cast<uint8_t>(~kGcFinalize);
}

/// First use: tells the event loop's hooks.
Status init_hooks(Vm& vm, GeneratorObject* g) {
  if (g->async_hooks_called) return {};
  g->async_hooks_called = true;
  ThreadState* thread = vm.t.thread;
  if (!thread->async_gen_finalizer.is_unset()) {
    g->origin_or_finalizer = thread->async_gen_finalizer;
    vm.barrier(g);
  }
  if (!thread->async_gen_first_iter.is_unset() && !thread->async_gen_first_iter.is_none()) {
    if (call1(vm, thread->async_gen_first_iter, g).is_error()) return Error{};
  }
  return {};
}

Value action_new(Vm& vm, Type* type, GeneratorObject* g, Value arguments, bool is_close) {
  TRY(init_hooks(vm, g));
  AsyncGenAction* a = TRY(vm.allocate<AsyncGenAction>(Kind::AsyncGenAction, type->shape));
  a->generator = g;
  a->arguments = arguments;
  a->is_close = is_close;
  return a;
}

/// What the frame gave, as the awaiting coroutine sees it.
Value unwrap(Vm& vm, GeneratorObject* g, Value v) {
  if (v.is_exhausted()) v = vm.raise(E::StopAsyncIteration, "");
  if (v.is_error()) {
    if (vm.pending_is(E::StopAsyncIteration) || vm.pending_is(E::GeneratorExit)) g->async_closed = true;
    g->async_running = false;
    return v;
  }
  if (is_wrapped(vm, v)) {
    g->async_running = false;
    return raise_stop_iteration(vm, v.as<WrappedValue>()->value);
  }
  return v;
}

Value asend_send(Vm& vm, Value self, Value arg) {
  AsyncGenAction* a = action_of(self);
  GeneratorObject* g = a->generator;
  if (a->state == ActionState::kClosed)
    return vm.raise(E::RuntimeError, "cannot reuse already awaited __anext__()/asend()");
  if (a->state == ActionState::kInit) {
    if (g->async_running) {
      enter(a, ActionState::kClosed);
      return vm.raise(E::RuntimeError, "anext(): asynchronous generator is already running");
    }
    if (arg.is_none()) arg = a->arguments;
    enter(a, ActionState::kIter);
  }
  g->async_running = true;
  Value result;
  Value v = unwrap(vm, g, generator_resume(vm, g, arg, false, &result));
  if (v.is_error()) enter(a, ActionState::kClosed);
  return v;
}
Value asend_throw(Vm& vm, Args args) {
  AsyncGenAction* a = action_of(args[0]);
  GeneratorObject* g = a->generator;
  if (a->state == ActionState::kClosed)
    return vm.raise(E::RuntimeError, "cannot reuse already awaited __anext__()/asend()");
  if (a->state == ActionState::kInit) {
    if (g->async_running) {
      enter(a, ActionState::kClosed);
      return vm.raise(E::RuntimeError, "anext(): asynchronous generator is already running");
    }
    enter(a, ActionState::kIter);
    g->async_running = true;
  }
  Value result;
  Value v = unwrap(vm, g, generator_throw_args(vm, g, args, &result));
  if (v.is_error()) enter(a, ActionState::kClosed);
  return v;
}

const char* action_name(const AsyncGenAction* a) { return a->is_close ? "aclose()" : "athrow()"; }

/// The end of athrow/aclose with an exception pending.
Value athrow_error(Vm& vm, AsyncGenAction* a) {
  a->generator->async_running = false;
  enter(a, ActionState::kClosed);
  if (a->is_close && (vm.pending_is(E::StopAsyncIteration) || vm.pending_is(E::GeneratorExit)) && vm.clear_pending())
    return raise_stop_iteration(vm, Value());
  return Error{};
}

Value athrow_step(Vm& vm, AsyncGenAction* a, Value v) {
  GeneratorObject* g = a->generator;
  if (a->is_close) {
    if (v.is_exhausted()) v = vm.raise(E::StopAsyncIteration, "");
    if (!v.is_error()) {
      if (!is_wrapped(vm, v)) return v;
      g->async_running = false;
      enter(a, ActionState::kClosed);
      return vm.raise(E::RuntimeError, "async generator ignored GeneratorExit");
    }
    return athrow_error(vm, a);
  }
  v = unwrap(vm, g, v);
  if (v.is_error()) return athrow_error(vm, a);
  return v;
}

Value athrow_send(Vm& vm, Value self, Value arg) {
  AsyncGenAction* a = action_of(self);
  GeneratorObject* g = a->generator;
  if (a->state == ActionState::kClosed)
    return vm.raise(E::RuntimeError, "cannot reuse already awaited aclose()/athrow()");
  if (g->state == GeneratorState::kClosed) {
    enter(a, ActionState::kClosed);
    return raise_stop_iteration(vm, Value());
  }
  Value result;
  if (a->state == ActionState::kInit) {
    if (g->async_running) {
      enter(a, ActionState::kClosed);
      return vm.raise(E::RuntimeError, "{}: asynchronous generator is already running", action_name(a));
    }
    if (g->async_closed) {
      enter(a, ActionState::kClosed);
      return vm.raise(E::StopAsyncIteration, "");
    }
    if (!arg.is_none()) return vm.raise(E::RuntimeError, "can't send non-None value to a just-started coroutine");
    enter(a, ActionState::kIter);
    g->async_running = true;
    if (a->is_close) {
      g->async_closed = true;
      Value exit = exception_new(vm, vm.exception_type(E::GeneratorExit), vm.empty_tuple);
      if (exit.is_error()) return exit;
      return athrow_step(vm, a, generator_throw(vm, g, exit, &result));
    }
    Tuple* given = a->arguments.as<Tuple>();
    Value values[4] = {Value(g)};
    for (uint64_t i = 0; i < given->length && i < 3; ++i) values[1 + i] = given->items[i];
    return athrow_step(vm, a, generator_throw_args(vm, g, Args{values, 4}, &result));
  }
  return athrow_step(vm, a, generator_resume(vm, g, arg, false, &result));
}
Value athrow_throw(Vm& vm, Args args) {
  AsyncGenAction* a = action_of(args[0]);
  GeneratorObject* g = a->generator;
  if (a->state == ActionState::kClosed)
    return vm.raise(E::RuntimeError, "cannot reuse already awaited aclose()/athrow()");
  if (a->state == ActionState::kInit) {
    if (g->async_running) {
      enter(a, ActionState::kClosed);
      return vm.raise(E::RuntimeError, "{}: asynchronous generator is already running", action_name(a));
    }
    enter(a, ActionState::kIter);
    g->async_running = true;
  }
  Value result;
  return athrow_step(vm, a, generator_throw_args(vm, g, args, &result));
}

Value action_self(Vm&, Args a) { return a[0]; }
Value asend_next(Vm& vm, Args a) { return asend_send(vm, a[0], Value::none()); }
Value asend_send_method(Vm& vm, Args a) { return asend_send(vm, a[0], a[1]); }
Value athrow_next(Vm& vm, Args a) { return athrow_send(vm, a[0], Value::none()); }
Value athrow_send_method(Vm& vm, Args a) { return athrow_send(vm, a[0], a[1]); }
template <Value (*throw_)(Vm&, Args)>
Value action_close(Vm& vm, Args a) {
  AsyncGenAction* action = action_of(a[0]);
  if (action->state == ActionState::kClosed) return Value::none();
  Value values[4] = {a[0], vm.exception_type(E::GeneratorExit)};
  Value v = throw_(vm, Args{values, 4});
  if (!v.is_error()) return vm.raise(E::RuntimeError, "coroutine ignored GeneratorExit");
  bool done =
      vm.pending_is(E::StopIteration) || vm.pending_is(E::StopAsyncIteration) || vm.pending_is(E::GeneratorExit);
  if (done && vm.clear_pending()) return Value::none();
  return Error{};
}

/// One that died unused is most likely an `await` forgotten.
Value action_del(Vm& vm, Args a) {
  AsyncGenAction* action = action_of(a[0]);
  if (action->state != ActionState::kInit) return Value::none();
  const char* method = vm.type_of(a[0]) == vm.types.async_generator_asend ? "asend"
                       : action->is_close                                 ? "aclose"
                                                                          : "athrow";
  std::string text = "coroutine method '" + std::string(method) + "' of '" + str_to_utf8(action->generator->qualname) +
                     "' was never awaited";
  if (warn(vm, E::RuntimeWarning, text).is_error())
    write_unraisable(vm, "Exception ignored while finalizing async generator", action->generator);
  return vm.has_pending() ? Value() : Value::none();
}

const NativeRow kAsendMethods[] = {
    {"__await__($self, /)", action_self, 0, nullptr},
    {"__iter__($self, /)", action_self, 0, nullptr},
    {"__next__($self, /)", asend_next, kIterNext, nullptr},
    {"send($self, arg, /)", asend_send_method, 0, nullptr},
    {"throw($self, typ, val=None, tb=None, /)", asend_throw, 0, nullptr},
    {"close($self, /)", action_close<asend_throw>, 0, nullptr},
    {"__del__($self, /)", action_del, 0, nullptr},
};
const NativeRow kAthrowMethods[] = {
    {"__await__($self, /)", action_self, 0, nullptr},
    {"__iter__($self, /)", action_self, 0, nullptr},
    {"__next__($self, /)", athrow_next, kIterNext, nullptr},
    {"send($self, arg, /)", athrow_send_method, 0, nullptr},
    {"throw($self, typ, val=None, tb=None, /)", athrow_throw, 0, nullptr},
    {"close($self, /)", action_close<athrow_throw>, 0, nullptr},
    {"__del__($self, /)", action_del, 0, nullptr},
};

// --- the generator's own methods
GeneratorObject* generator_of(Value v) { return v.as<GeneratorObject>(); }
Value async_anext(Vm& vm, Args a) {
  return action_new(vm, vm.types.async_generator_asend, generator_of(a[0]), Value::none(), false);
}
/// For those that Python code asks for by name. `async for` awaits its own at once, so that nothing need be watched.
Value watched(Vm& vm, Value action) {
  if (!action.is_error() && !finalizer_register(vm, action.cell())) return vm.raise_memory_error();
  return action;
}
Value async_asend(Vm& vm, Args a) {
  return watched(vm, action_new(vm, vm.types.async_generator_asend, generator_of(a[0]), a[1], false));
}
Value async_athrow(Vm& vm, Args a) {
  if (a.has(2) || a.has(3))
    TRY(warn(vm, E::DeprecationWarning,
             "the (type, exc, tb) signature of athrow() is deprecated, use the single-arg signature instead."));
  uint64_t n = a.has(3) ? 3 : a.has(2) ? 2 : 1;
  Tuple* given = TRY(tuple_from_span(vm, {a.v + 1, n}));
  return watched(vm, action_new(vm, vm.types.async_generator_athrow, generator_of(a[0]), given, false));
}
Value async_aclose(Vm& vm, Args a) {
  return watched(vm, action_new(vm, vm.types.async_generator_athrow, generator_of(a[0]), Value(), true));
}
Value async_self(Vm&, Args a) { return a[0]; }

// --- anext(iterator, default)
struct AnextAwaitable : Object {
  Value wrapped, fallback;
};
void trace_anext(Heap&, Cell* cell, Marker& marker) {
  AnextAwaitable* a = static_cast<AnextAwaitable*>(cell);
  marker.mark(a->wrapped);
  marker.mark(a->fallback);
}
Value anext_iterator(Vm& vm, Value self) { return get_awaitable(vm, self.as<AnextAwaitable>()->wrapped, 0); }
/// StopAsyncIteration becomes the default's StopIteration.
Value anext_result(Vm& vm, Value self, Value v, Value result) {
  if (v.is_exhausted()) return raise_stop_iteration(vm, result.is_none() ? Value() : result);
  if (v.is_error() && vm.pending_is(E::StopAsyncIteration) && vm.clear_pending())
    return raise_stop_iteration(vm, self.as<AnextAwaitable>()->fallback);
  return v;
}
Value anext_send(Vm& vm, Args a) {
  Value it = anext_iterator(vm, a[0]);
  if (it.is_error()) return it;
  // send() is looked up even to send None, where it is no generator's.
  bool next = a.n == 1 || (is_generator_kind(it) && vm.type_of(it) != vm.types.async_generator);
  Value result = Value::none();
  Value v = next ? send_value(vm, nullptr, it, a.n > 1 ? a[1] : Value::none(), &result)
                 : call_method(vm, it, vm.names.send, a[1]);
  return anext_result(vm, a[0], v, result);
}
Value anext_throw(Vm& vm, Args a) {
  Value it = anext_iterator(vm, a[0]);
  if (it.is_error()) return it;
  uint32_t n = a.has(3) ? 3 : a.has(2) ? 2 : 1;
  Value v = call_method(vm, it, vm.names.throw_, std::span<const Value>(a.v + 1, n));
  return anext_result(vm, a[0], v, Value::none());
}
Value anext_close(Vm& vm, Args a) {
  Value it = anext_iterator(vm, a[0]);
  if (it.is_error()) return it;
  return call_method(vm, it, vm.names.close);
}
const NativeRow kAnextMethods[] = {
    {"__await__($self, /)", action_self, 0, nullptr},
    {"__iter__($self, /)", action_self, 0, nullptr},
    {"__next__($self, /)", anext_send, kIterNext, nullptr},
    {"send($self, arg, /)", anext_send, 0, nullptr},
    {"throw($self, typ, val=None, tb=None, /)", anext_throw, 0, nullptr},
    {"close($self, /)", anext_close, 0, nullptr},
};

}  // namespace

Value anext_awaitable_new(Vm& vm, Value awaitable, Value fallback) {
  AnextAwaitable* a = TRY(vm.allocate<AnextAwaitable>(Kind::AnextAwaitable, vm.types.anext_awaitable->shape));
  a->wrapped = awaitable;
  a->fallback = fallback;
  return a;
}

Value async_gen_wrap(Vm& vm, Value v) {
  WrappedValue* w =
      TRY(vm.allocate<WrappedValue>(Kind::AsyncGenWrapped, vm.types.async_generator_wrapped_value->shape));
  w->value = v;
  return w;
}

namespace {

/// Would get_awaitable() try?
bool is_awaitable(Vm& vm, Value v) {
  if (vm.type_of(v) == vm.types.coroutine || !special_of(vm, v, Special::Await).is_unset()) return true;
  return vm.type_of(v) == vm.types.generator && v.as<GeneratorObject>()->frame.code->is(kCoIterableCoroutine);
}

}  // namespace

Value get_awaitable(Vm& vm, Value v, uint32_t where) {
  if (is_generator_kind(v)) {
    GeneratorObject* g = v.as<GeneratorObject>();
    if (vm.type_of(v) == vm.types.coroutine) {
      // One coroutine must not be awaited twice at once.
      if (g->state == GeneratorState::kSuspended) {
        uint32_t i = frame_instruction(&g->frame);
        Instruction word = g->frame.code->code()[i];
        if (op_of(word) == Op::YIELD_VALUE && unsigned_arg(word) == 1)
          return vm.raise(E::RuntimeError, "coroutine is being awaited already");
      }
      return v;
    }
    if (vm.type_of(v) == vm.types.generator && g->frame.code->is(kCoIterableCoroutine)) return v;
  }
  Value await = special_of(vm, v, Special::Await);
  if (await.is_unset()) {
    if (where == 1)
      return vm.raise(E::TypeError,
                      "'async with' received an object from __aenter__ that does not implement __await__: {}",
                      type_name_of(v));
    if (where == 2)
      return vm.raise(E::TypeError,
                      "'async with' received an object from __aexit__ that does not implement __await__: {}",
                      type_name_of(v));
    return vm.raise(E::TypeError, "'{}' object can't be awaited", type_name_of(v));
  }
  Value it = call_special(vm, await, v);
  if (it.is_error()) return it;
  if (vm.type_of(it) == vm.types.coroutine) return vm.raise(E::TypeError, "__await__() returned a coroutine");
  if (special_of(vm, it, Special::Next).is_unset())
    return vm.raise(E::TypeError, "__await__() returned non-iterator of type '{}'", type_name_of(it));
  return it;
}

namespace {

Value call_aiter(Vm& vm, Value v, bool or_awaitable) {
  Value aiter = special_of(vm, v, Special::AIter);
  if (aiter.is_unset())
    return vm.raise(E::TypeError, "'async for' requires an object with __aiter__ method, got {}", type_name_of(v));
  Value it = call_special(vm, aiter, v);
  if (it.is_error()) return it;
  if (special_of(vm, it, Special::ANext).is_unset() && !(or_awaitable && is_awaitable(vm, it)))
    return vm.raise(E::TypeError, "'async for' received an object from __aiter__ that does not implement __anext__: {}",
                    type_name_of(it));
  return it;
}

}  // namespace

Value get_aiter(Vm& vm, Value v) { return call_aiter(vm, v, false); }
Value get_aiter_or_awaitable(Vm& vm, Value v) { return call_aiter(vm, v, true); }

Value get_anext(Vm& vm, Value v) {
  Value anext = special_of(vm, v, Special::ANext);
  if (anext.is_unset())
    return vm.raise(E::TypeError, "'async for' requires an iterator with __anext__ method, got {}", type_name_of(v));
  Value awaitable = call_special(vm, anext, v);
  if (awaitable.is_error()) return awaitable;
  Value it = get_awaitable(vm, awaitable, 0);
  if (it.is_error() && is_exception(vm.t.pending)) {
    Value cause = vm.take_pending();
    (void)vm.raise(E::TypeError, "'async for' received an invalid object from __anext__: {}", type_name_of(awaitable));
    if (is_exception(vm.t.pending)) TRY(exception_set_cause(vm, vm.t.pending, cause));
  }
  return it;
}

namespace {
const NativeRow kAsyncMethods[] = {
    {"__aiter__($self, /)", async_self, 0, nullptr},
    {"__anext__($self, /)", async_anext, 0, nullptr},
    {"__repr__($self, /)", generator_repr, 0, nullptr},
    {"__del__($self, /)", generator_del, 0, nullptr},
    {"__class_getitem__($type, object, /)", class_getitem, kClassMethod, "See PEP 585"},
    {"asend($self, value, /)", async_asend, 0, "Awaitable that sends a value in and gives the next one."},
    {"athrow($self, typ, val=None, tb=None, /)", async_athrow, 0, "Awaitable that raises inside the generator."},
    {"aclose($self, /)", async_aclose, 0, "Awaitable that ends the generator."},
};
}  // namespace

extern const TypeSpec async_generator_type{
    .name = "async_generator",
    .kind = static_cast<CellKind>(Kind::Generator),
    .size = sizeof(GeneratorObject),
    .flags = kTypeNoNew | kTypeHasWeakref,
    .methods = kAsyncMethods,
    .getsets = kAsyncGeneratorAttributes,
    .trace = generator_trace,
};
extern const TypeSpec async_generator_wrapped_value_type{
    .name = "async_generator_wrapped_value",
    .kind = static_cast<CellKind>(Kind::AsyncGenWrapped),
    .size = sizeof(WrappedValue),
    .flags = kTypeNoNew,
    .trace = trace_wrapped,
};
extern const TypeSpec anext_awaitable_type{
    .name = "anext_awaitable",
    .kind = static_cast<CellKind>(Kind::AnextAwaitable),
    .size = sizeof(AnextAwaitable),
    .flags = kTypeNoNew,
    .methods = kAnextMethods,
    .trace = trace_anext,
};
extern const TypeSpec async_generator_asend_type{
    .name = "async_generator_asend",
    .kind = static_cast<CellKind>(Kind::AsyncGenAction),
    .size = sizeof(AsyncGenAction),
    .flags = kTypeNoNew,
    .methods = kAsendMethods,
    .trace = trace_action,
};
extern const TypeSpec async_generator_athrow_type{
    .name = "async_generator_athrow",
    .kind = static_cast<CellKind>(Kind::AsyncGenAction),
    .size = sizeof(AsyncGenAction),
    .flags = kTypeNoNew,
    .methods = kAthrowMethods,
    .trace = trace_action,
};

}  // namespace krait
