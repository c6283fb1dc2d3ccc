// Generators and coroutines.
#include "interp/generator.hpp"

#include "interp/activation.hpp"
#include "objects/dict.hpp"
#include "objects/exception.hpp"
#include "objects/generic_alias.hpp"
#include "objects/iteration.hpp"
#include "objects/operations.hpp"
#include "objects/sequences.hpp"
#include "objects/str.hpp"
#include "objects/weakref.hpp"

namespace krait {

Result<GeneratorObject*> generator_new(Vm& vm, Function* function) {
  Code* code = function->code;
  LiveCode* live = TRY(live_code(vm, code));
  Type* type = code->is(kCoAsyncGenerator) ? vm.types.async_generator
               : code->is(kCoCoroutine)    ? vm.types.coroutine
                                           : vm.types.generator;
  size_t bytes =
      sizeof(GeneratorObject) + (static_cast<size_t>(code->slot_count) + code->max_stack + 1) * sizeof(Value);
  GeneratorObject* g = TRY(vm.allocate<GeneratorObject>(Kind::Generator, type->shape, bytes));
  // Closing matters when it dies if there are handlers to run (beside the one around the whole body that turns StopIteration into
  // RuntimeError), or somebody is to be told.
  if (type != vm.types.generator || code->handler_count > 1) {
    if (!finalizer_register(vm, g)) return vm.allocation_failed(bytes);
  }
  g->state = GeneratorState::kCreated;
  g->name = function->name;
  g->qualname = function->qualname;
  Frame* frame = &g->frame;
  frame->code = code;
  frame->function = function;
  frame->live = live;
  frame->pc = live->code;
  frame->slots = g->values;
  frame->stack = frame->sp = g->values + code->slot_count;
  frame->globals = function->globals;
  frame->builtins = function->builtins;
  frame->generator = g;
  if (code->is(kCoCoroutine) && vm.t.thread->coroutine_origin_depth > 0) {
    List* origin = TRY(list_new(vm));
    int depth = vm.t.thread->coroutine_origin_depth;
    for (Frame* f = vm.t.frame; f != nullptr && depth > 0; f = f->previous, --depth) {
      Tuple* entry = TRY(tuple_of(vm, Value(f->code->filename), Value::small_int(frame_line(f)), Value(f->code->name)));
      TRY(list_append(vm, origin, entry));
    }
    g->origin_or_finalizer = TRY(list_to_tuple(vm, origin));
  }
  return g;
}

namespace {

const char* kind_name(Vm& vm, GeneratorObject* g) {
  Type* type = vm.type_of(g);
  return type == vm.types.coroutine ? "coroutine" : type == vm.types.async_generator ? "async generator" : "generator";
}

/// Enters the generator's frame from C++. A pending exception is raised inside; else `sent` is what the yield gives.
Value enter(Vm& vm, GeneratorObject* g, Value sent, Value* result) {
  TRY(vm.check_stack());
  if (vm.t.depth >= vm.recursion_limit) return raise_recursion(vm);
  Frame* frame = &g->frame;
  if (g->state == GeneratorState::kSuspended && !vm.has_pending()) *frame->sp++ = sent;
  if (g->state == GeneratorState::kCreated && vm.has_pending()) {
    // Nothing has run: the exception leaves at once, from the first line.
    frame->pc = frame->code->live->code + 1;
  }
  enter_generator(vm, g, vm.t.frame, stack_top(vm), FrameKind::kEntry);
  // What is thrown in has for its context what the generator itself is handling.
  if (vm.has_pending() && is_exception(g->handled.exception)) (void)vm.raise_value(vm.take_pending());
  Value v = enter_frame(vm, frame);
  if (v.is_exhausted()) {
    *result = vm.interpreter->generator_result;
    vm.interpreter->generator_result = Value();
  }
  return v;
}

/// What the suspended generator delegates to (`yield from`, `await`), or unset.
Value delegate(const GeneratorObject* g) {
  if (g->state != GeneratorState::kSuspended) return Value();
  const Frame* frame = &g->frame;
  // Suspended inside a SEND loop: YIELD_VALUE 1 has just run and the iterator is the top of the stack.
  uint32_t i = frame_instruction(frame);
  Instruction word = frame->code->code()[i];
  if (op_of(word) != Op::YIELD_VALUE || unsigned_arg(word) != 1 || frame->sp == frame->stack) return Value();
  return frame->sp[-1];
}

}  // namespace

Value generator_resume(Vm& vm, GeneratorObject* g, Value sent, bool throwing, Value* result) {
  if (g->state == GeneratorState::kRunning) return vm.raise(E::ValueError, "{} already executing", kind_name(vm, g));
  if (g->state == GeneratorState::kClosed) {
    if (vm.type_of(g) == vm.types.coroutine) return vm.raise(E::RuntimeError, "cannot reuse already awaited coroutine");
    if (throwing) return Error{};
    *result = Value::none();
    return Value::exhausted();
  }
  if (g->state == GeneratorState::kCreated && !throwing && !sent.is_unset() && !sent.is_none())
    return vm.raise(E::TypeError, "can't send non-None value to a just-started {}", kind_name(vm, g));
  if (!throwing && sent.is_unset()) sent = Value::none();
  return enter(vm, g, sent, result);
}

namespace {

/// While something is thrown into what a suspended generator delegates to, the generator counts as running, and its frame is among
/// the active ones: for tracebacks, and for the collector, which finds operand stacks there.
class Delegation {
 public:
  Delegation(Vm& vm, GeneratorObject* g)
      : vm_(vm), g_(g), state_(g->state), before_(g->frame.previous), caller_(vm.t.frame) {
    g->frame.top = stack_top(vm);
    g->frame.previous = caller_;
    g->frame.kind = FrameKind::kEntry;
    g->state = GeneratorState::kRunning;
    vm.t.frame = &g->frame;
  }
  ~Delegation() {
    vm_.t.frame = caller_;
    g_->frame.previous = before_;
    g_->state = state_;
    vm_.barrier(g_);
  }
  Delegation(const Delegation&) = delete;
  Delegation& operator=(const Delegation&) = delete;

 private:
  Vm& vm_;
  GeneratorObject* g_;
  GeneratorState state_;
  Frame *before_, *caller_;
};

}  // namespace

Value generator_throw(Vm& vm, GeneratorObject* g, Value exception, Value* result, std::span<const Value> as_given) {
  if (g->state == GeneratorState::kRunning) return vm.raise(E::ValueError, "{} already executing", kind_name(vm, g));
  Value inner = delegate(g);
  if (!inner.is_unset()) {
    bool exit = is_instance_of(vm, exception, vm.exception_type(E::GeneratorExit));
    Value yielded = Value::exhausted(), inner_result;
    bool handled_inside = true, bare = is_generator_kind(inner) && vm.type_of(inner) != vm.types.async_generator;
    if (exit) {
      Delegation delegation(vm, g);
      Status closed;
      if (bare) {
        closed = generator_close(vm, inner.as<GeneratorObject>());
      } else {
        Value close = get_attr_optional(vm, inner, vm.names.close);
        if (close.is_error()) {
          write_unraisable(vm, "Exception ignored while closing generator", inner);
        } else if (!close.is_exhausted()) {
          if (call0(vm, close).is_error()) closed = Error{};
        }
      }
      if (closed.is_error()) exception = vm.take_pending();  // what close() raised goes on instead
      handled_inside = false;
    } else if (bare) {
      Delegation delegation(vm, g);
      yielded = generator_throw(vm, inner.as<GeneratorObject>(), exception, &inner_result, as_given);
    } else {
      Delegation delegation(vm, g);
      Value method = get_attr_optional(vm, inner, vm.names.throw_);
      if (method.is_error()) return method;
      if (method.is_exhausted()) {
        handled_inside = false;
      } else {
        yielded = as_given.empty() ? call1(vm, method, exception) : call(vm, method, as_given);
        if (yielded.is_error()) {
          Value value = take_stop_iteration(vm);
          if (!value.is_error() && !value.is_exhausted()) {
            inner_result = value;
            yielded = Value::exhausted();
          }
        }
      }
    }
    if (handled_inside) {
      if (yielded.is_error()) return enter(vm, g, Value(), result);  // pending: raised at the yield from
      if (!yielded.is_exhausted()) return yielded;
      // The delegate returned: the SEND loop goes on behind its end with the result. Stack: it -> it, result.
      Frame* frame = &g->frame;
      std::span<const Instruction> code = frame->code->code();
      uint32_t i = frame_instruction(frame);
      while (i > 0 && op_of(code[i]) != Op::SEND) --i;
      frame->pc = frame->code->live->code + static_cast<int64_t>(i) + 1 + signed_arg(code[i]);
      return enter(vm, g, inner_result, result);
    }
  }
  if (g->state == GeneratorState::kClosed) {
    if (vm.type_of(g) == vm.types.coroutine) return vm.raise(E::RuntimeError, "cannot reuse already awaited coroutine");
    vm.t.pending = exception;
    return Error{};
  }
  vm.t.pending = exception;
  return enter(vm, g, Value(), result);
}

Status generator_close(Vm& vm, GeneratorObject* g) {
  if (g->state == GeneratorState::kRunning) return vm.raise(E::ValueError, "{} already executing", kind_name(vm, g));
  if (g->state == GeneratorState::kClosed) return {};
  if (g->state == GeneratorState::kCreated) {
    generator_end(g);
    return {};
  }
  Value exit = exception_new(vm, vm.exception_type(E::GeneratorExit), vm.empty_tuple);
  if (exit.is_error()) return Error{};
  Value result;
  Value yielded = generator_throw(vm, g, exit, &result);
  if (yielded.is_error()) {
    if ((vm.pending_is(E::GeneratorExit) || vm.pending_is(E::StopIteration)) && vm.clear_pending()) return {};
    return Error{};
  }
  if (!yielded.is_exhausted()) return vm.raise(E::RuntimeError, "{} ignored GeneratorExit", kind_name(vm, g));
  vm.interpreter->generator_result = result;
  return {};
}

Value send_value(Vm& vm, Frame* frame, Value it, Value v, Value* result) {
  if (is_generator_kind(it) && vm.type_of(it) != vm.types.async_generator)
    return generator_resume(vm, it.as<GeneratorObject>(), v, false, result);
  // Natively iterating objects end without a StopIteration; a Python __next__ may carry a value in its own.
  Value item = v.is_none() ? iter_step(vm, it) : call_method(vm, it, vm.names.send, v);
  if (item.is_exhausted()) *result = Value::none();
  if (!item.is_error()) return item;
  if (frame != nullptr && (vm.interpreter->watch.events & event_bit(Event::kRaise)) && vm.pending_is(E::StopIteration))
      [[unlikely]]
    instrument_exception(vm, frame, Event::kRaise);
  Value value = take_stop_iteration(vm);
  if (value.is_error() || value.is_exhausted()) return Error{};
  *result = value;
  return Value::exhausted();
}

Value get_yield_from_iter(Vm& vm, Frame* frame, Value v) {
  if (is_generator_kind(v)) {
    if (vm.type_of(v) == vm.types.generator) return v;
    if (vm.type_of(v) == vm.types.coroutine) {
      if (frame->code->is(kCoCoroutine | kCoIterableCoroutine)) return v;
      return vm.raise(E::TypeError, "cannot 'yield from' a coroutine object in a non-coroutine generator");
    }
  }
  return get_iter(vm, v);
}

namespace {

GeneratorObject* self_of(Value v) { return v.as<GeneratorObject>(); }
Value or_none(Value v) { return v.is_unset() ? Value::none() : v; }

}  // namespace

void generator_trace(Heap&, Cell* cell, Marker& marker) {
  GeneratorObject* g = static_cast<GeneratorObject*>(cell);
  marker.mark_cell(g->name);
  marker.mark_cell(g->qualname);
  marker.mark(g->origin_or_finalizer);
  // While it runs, what it handles, its slots and its operand stack are roots (Vm's list of handled exceptions, trace_frames), and
  // stores into them have no barrier: that comes when it is left.
  if (g->handled.previous == nullptr) marker.mark(g->handled.exception);
  const Frame& f = g->frame;
  marker.mark_cell(f.code);
  marker.mark_cell(f.function);
  marker.mark_cell(f.globals);
  marker.mark_cell(f.builtins);
  marker.mark(f.locals);
  marker.mark_cell(f.object);
  if (f.slots == nullptr || g->state == GeneratorState::kRunning) return;
  marker.mark_range(f.slots, f.slots + f.code->slot_count);
  marker.mark_range(f.stack, f.sp);
}

namespace {

/// A finished call's answer for Python: StopIteration(value).
Value finish(Vm& vm, Value yielded, Value result) {
  if (!yielded.is_exhausted()) return yielded;
  return raise_stop_iteration(vm, result.is_none() ? Value() : result);
}

Value generator_next(Vm& vm, Args a) {
  Value result;
  Value v = generator_resume(vm, self_of(a[0]), Value(), false, &result);
  if (v.is_exhausted() && !result.is_none()) return raise_stop_iteration(vm, result);
  return v;
}
Value generator_send(Vm& vm, Args a) {
  Value result;
  Value v = generator_resume(vm, self_of(a[0]), a[1], false, &result);
  return finish(vm, v, result);
}

/// The exception that throw(type[, value[, traceback]]) means.
Value exception_to_throw(Vm& vm, Value type, Value value, Value traceback) {
  if (!traceback.is_unset() && !traceback.is_none() && !is_kind(traceback, Kind::Traceback))
    return vm.raise(E::TypeError, "throw() third argument must be a traceback object");
  Value exception;
  if (is_exception_class(vm, type)) {
    if (!value.is_unset() && is_instance_of(vm, value, type.as<Type>())) {
      exception = value;
    } else if (value.is_unset() || value.is_none()) {
      exception = call0(vm, type);
    } else if (is_tuple(value)) {
      exception = call_with(vm, type, value.as<Tuple>(), nullptr);
    } else {
      exception = call1(vm, type, value);
    }
    // What goes wrong here is raised inside, too.
    if (exception.is_error()) {
      if (!is_exception(vm.t.pending)) return exception;
      exception = vm.take_pending();
    } else if (!is_exception(exception)) {
      (void)vm.raise(E::TypeError, "calling {} should have returned an instance of BaseException, not {}",
                     repr_of(type), type_name_of(exception));
      if (!is_exception(vm.t.pending)) return Error{};
      exception = vm.take_pending();
    }
  } else if (is_exception(type)) {
    if (!value.is_unset() && !value.is_none())
      return vm.raise(E::TypeError, "instance exception may not have a separate value");
    exception = type;
  } else {
    return vm.raise(E::TypeError, "exceptions must be classes or instances deriving from BaseException, not {}",
                    type_name_of(type));
  }
  if (is_kind(traceback, Kind::Traceback)) {
    as_exception(exception)->traceback = traceback;
    vm.barrier(exception.cell());
  }
  return exception;
}

}  // namespace

Value generator_throw_args(Vm& vm, GeneratorObject* g, Args a, Value* result) {
  if ((a.has(2) || a.has(3)) && vm.interpreter->warns_of_three_argument_throw)
    TRY(warn(vm, E::DeprecationWarning,
             "the (type, exc, tb) signature of throw() is deprecated, use the single-arg signature instead."));
  Value exception = exception_to_throw(vm, a[1], a[2], a[3]);
  if (exception.is_error()) return exception;
  // An iterator that it waits for is given the very arguments, not the exception that they mean.
  size_t given = a.has(3) ? 3 : a.has(2) ? 2 : 1;
  return generator_throw(vm, g, exception, result, {&a.v[1], given});
}

namespace {

Value generator_throw_method(Vm& vm, Args a) {
  Value result;
  Value v = generator_throw_args(vm, self_of(a[0]), a, &result);
  return finish(vm, v, result);
}
Value generator_close_method(Vm& vm, Args a) {
  GeneratorObject* g = self_of(a[0]);
  bool was_live = g->state == GeneratorState::kSuspended;
  vm.interpreter->generator_result = Value();
  TRY(generator_close(vm, g));
  Value result = vm.interpreter->generator_result;
  vm.interpreter->generator_result = Value();
  return was_live && !result.is_unset() ? result : Value::none();
}
Value generator_self(Vm&, Args a) { return a[0]; }
}  // namespace

Value generator_repr(Vm& vm, Args a) {
  char address[32];
  snprintf(address, sizeof address, "0x%llx", static_cast<unsigned long long>(a[0].bits()));
  const char* kind = vm.type_of(a[0]) == vm.types.coroutine         ? "coroutine"
                     : vm.type_of(a[0]) == vm.types.async_generator ? "async_generator"
                                                                    : "generator";
  return str_message(vm, "<{} object {} at {}>", kind, self_of(a[0])->qualname, static_cast<const char*>(address));
}
namespace {
/// warnings._warn_unawaited_coroutine tells where the coroutine was made, if that was tracked; without it, and when it fails, there is
/// a plain warning.
void warn_never_awaited(Vm& vm, GeneratorObject* coroutine) {
  bool warned = false;
  auto by_module = [&]() -> Status {
    Value module = vm.import_hook == nullptr ? Value::exhausted() : vm.import_hook(vm, "warnings");
    if (module.is_error()) return vm.pending_is(E::ImportError) && vm.clear_pending() ? Status() : Status(Error{});
    if (module.is_exhausted()) return {};
    Value function = TRY(get_attr_optional(vm, module, TRY(vm.intern("_warn_unawaited_coroutine"))));
    if (function.is_exhausted()) return {};
    warned = !call1(vm, function, coroutine).is_error() || vm.pending_is(E::RuntimeWarning);
    return vm.has_pending() ? Status(Error{}) : Status();
  };
  constexpr const char* kWhere = "Exception ignored while finalizing coroutine";
  if (by_module().is_error()) write_unraisable(vm, kWhere, coroutine);
  if (warned || vm.has_pending()) return;
  Status plain = warn(vm, E::RuntimeWarning, "coroutine '" + str_to_utf8(coroutine->qualname) + "' was never awaited");
  if (plain.is_error()) write_unraisable(vm, kWhere, coroutine);
}
}  // namespace

// A generator that dies while suspended is closed, so that its finally clauses run; a coroutine never awaited is reported.
Value generator_del(Vm& vm, Args a) {
  GeneratorObject* g = self_of(a[0]);
  if (g->state == GeneratorState::kClosed || g->state == GeneratorState::kRunning) return Value::none();
  Type* type = vm.type_of(a[0]);
  if (type == vm.types.async_generator && !g->origin_or_finalizer.is_unset() && !g->origin_or_finalizer.is_none()) {
    Value done = call1(vm, g->origin_or_finalizer, a[0]);
    if (done.is_error()) write_unraisable(vm, "Exception ignored while finalizing generator", a[0]);
    return vm.has_pending() ? Value() : Value::none();
  }
  if (type == vm.types.coroutine && g->state == GeneratorState::kCreated) warn_never_awaited(vm, g);
  if (vm.has_pending()) return Error{};  // a limit
  if (generator_close(vm, g).is_error()) write_unraisable(vm, "Exception ignored while closing generator", a[0]);
  return vm.has_pending() ? Value() : Value::none();
}

namespace {

Value get_name(Vm&, Value v) { return self_of(v)->name; }
Status set_name(Vm& vm, Value v, Value value) {
  if (!is_str(value)) return vm.raise(E::TypeError, "__name__ must be set to a string object");
  self_of(v)->name = value.as<Str>();
  vm.barrier(v.cell());
  return {};
}
Value get_qualname(Vm&, Value v) { return self_of(v)->qualname; }
Status set_qualname(Vm& vm, Value v, Value value) {
  if (!is_str(value)) return vm.raise(E::TypeError, "__qualname__ must be set to a string object");
  self_of(v)->qualname = value.as<Str>();
  vm.barrier(v.cell());
  return {};
}
Value get_frame(Vm& vm, Value v) {
  if (self_of(v)->state == GeneratorState::kClosed) return Value::none();
  return frame_object(vm, &self_of(v)->frame);
}
Value get_running(Vm&, Value v) { return Value::boolean(self_of(v)->state == GeneratorState::kRunning); }
Value get_suspended(Vm&, Value v) { return Value::boolean(self_of(v)->state == GeneratorState::kSuspended); }
Value get_code(Vm&, Value v) { return self_of(v)->frame.code; }
Value get_delegate(Vm&, Value v) { return or_none(delegate(self_of(v))); }
Value get_origin(Vm&, Value v) { return or_none(self_of(v)->origin_or_finalizer); }
Value get_async_running(Vm&, Value v) { return Value::boolean(self_of(v)->async_running); }

const NativeRow kGeneratorMethods[] = {
    {"__iter__($self, /)", generator_self, 0, "Implement iter(self)."},
    {"__next__($self, /)", generator_next, kIterNext, "Implement next(self)."},
    {"__repr__($self, /)", generator_repr, 0, nullptr},
    {"__del__($self, /)", generator_del, 0, nullptr},
    {"send($self, arg, /)", generator_send, 0, "Resume the generator with a value for its yield."},
    {"throw($self, typ, val=None, tb=None, /)", generator_throw_method, 0, "Raise an exception at the paused yield."},
    {"close($self, /)", generator_close_method, 0, "Raise GeneratorExit inside and finish."},
    {"__class_getitem__($type, item, /)", class_getitem, kClassMethod, "See PEP 585"},
};
const GetSetRow kGeneratorAttributes[] = {
    {"__name__", get_name, set_name}, {"__qualname__", get_qualname, set_qualname},
    {"gi_frame", get_frame},          {"gi_running", get_running},
    {"gi_suspended", get_suspended},  {"gi_code", get_code},
    {"gi_yieldfrom", get_delegate},
};

struct CoroutineWrapper : Object {
  Value coroutine;
};
void trace_wrapper(Heap&, Cell* cell, Marker& marker) { marker.mark(static_cast<CoroutineWrapper*>(cell)->coroutine); }
Value coroutine_await(Vm& vm, Args a) {
  CoroutineWrapper* w = TRY(vm.allocate<CoroutineWrapper>(Kind::CoroutineWrapper, vm.types.coroutine_wrapper->shape));
  w->coroutine = a[0];
  return w;
}
const NativeRow kCoroutineMethods[] = {
    {"__await__($self, /)", coroutine_await, 0, nullptr},
    {"__repr__($self, /)", generator_repr, 0, nullptr},
    {"__del__($self, /)", generator_del, 0, nullptr},
    {"send($self, arg, /)", generator_send, 0,
     "Send a value into coroutine, which goes on until it waits again or ends."},
    {"throw($self, typ, val=None, tb=None, /)", generator_throw_method, 0,
     "Raise an exception in coroutine, where it waits."},
    {"close($self, /)", generator_close_method, 0, "Raise GeneratorExit inside coroutine and let it finish."},
    {"__class_getitem__($type, item, /)", class_getitem, kClassMethod, "See PEP 585"},
};
const GetSetRow kCoroutineAttributes[] = {
    {"__name__", get_name, set_name, "name of the coroutine"},
    {"__qualname__", get_qualname, set_qualname, "qualified name of the coroutine"},
    {"cr_frame", get_frame},
    {"cr_running", get_running},
    {"cr_suspended", get_suspended},
    {"cr_code", get_code},
    {"cr_await", get_delegate},
    {"cr_origin", get_origin},
};

Args unwrapped(Args a, Value* room) {
  for (uint32_t i = 0; i < a.n; ++i) room[i] = a[i];
  room[0] = a[0].as<CoroutineWrapper>()->coroutine;
  return {room, a.n};
}
Value wrapper_next(Vm& vm, Args a) {
  Value room[4];
  return generator_next(vm, unwrapped(a, room));
}
Value wrapper_send(Vm& vm, Args a) {
  Value room[4];
  return generator_send(vm, unwrapped(a, room));
}
Value wrapper_throw(Vm& vm, Args a) {
  Value room[4];
  return generator_throw_method(vm, unwrapped(a, room));
}
Value wrapper_close(Vm& vm, Args a) {
  Value room[4];
  return generator_close_method(vm, unwrapped(a, room));
}
const NativeRow kWrapperMethods[] = {
    {"__iter__($self, /)", generator_self, 0, nullptr},
    {"__next__($self, /)", wrapper_next, kIterNext, nullptr},
    {"send($self, arg, /)", wrapper_send, 0, nullptr},
    {"throw($self, typ, val=None, tb=None, /)", wrapper_throw, 0, nullptr},
    {"close($self, /)", wrapper_close, 0, nullptr},
};

}  // namespace

namespace {
const GetSetRow kAsyncRows[] = {
    {"__name__", get_name, set_name}, {"__qualname__", get_qualname, set_qualname},
    {"ag_frame", get_frame},          {"ag_running", get_async_running},
    {"ag_suspended", get_suspended},  {"ag_code", get_code},
    {"ag_await", get_delegate},
};
}  // namespace
extern const std::span<const GetSetRow> kAsyncGeneratorAttributes{kAsyncRows};

extern const TypeSpec generator_type{
    .name = "generator",
    .kind = static_cast<CellKind>(Kind::Generator),
    .size = sizeof(GeneratorObject),
    .flags = kTypeNoNew | kTypeHasWeakref,
    .methods = kGeneratorMethods,
    .getsets = kGeneratorAttributes,
    .trace = generator_trace,
};
extern const TypeSpec coroutine_type{
    .name = "coroutine",
    .kind = static_cast<CellKind>(Kind::Generator),
    .size = sizeof(GeneratorObject),
    .flags = kTypeNoNew | kTypeHasWeakref,
    .methods = kCoroutineMethods,
    .getsets = kCoroutineAttributes,
    .trace = generator_trace,
};
extern const TypeSpec coroutine_wrapper_type{
    .name = "coroutine_wrapper",
    .kind = static_cast<CellKind>(Kind::CoroutineWrapper),
    .size = sizeof(CoroutineWrapper),
    .flags = kTypeNoNew,
    .methods = kWrapperMethods,
    .trace = trace_wrapper,
};

}  // namespace krait
