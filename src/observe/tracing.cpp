// Functions set for one thread; the instrumentation is the whole machine's, so threads without a function answer at once.
#include "observe/tracing.hpp"

#include "interp/frame_loans.hpp"
#include "objects/exception.hpp"
#include "objects/function.hpp"
#include "objects/operations.hpp"
#include "objects/sequences.hpp"
#include "objects/str.hpp"

namespace krait {
namespace {

/// A trace function is told of calls; of the rest, a frame's own function is, which is what that gave (or somebody set). Only code
/// of which some frame has got one is watched for it.
constexpr uint32_t kTraceEvents = event_bit(Event::kStart) | event_bit(Event::kResume) | event_bit(Event::kRaise) |
                                  event_bit(Event::kUnwind) | event_bit(Event::kThrow);
constexpr uint32_t kFrameEvents =
    event_bit(Event::kReturn) | event_bit(Event::kYield) | event_bit(Event::kLine) | event_bit(Event::kStopIteration);
constexpr uint32_t kProfileEvents = event_bit(Event::kStart) | event_bit(Event::kResume) | event_bit(Event::kReturn) |
                                    event_bit(Event::kYield) | event_bit(Event::kCall) | event_bit(Event::kUnwind) |
                                    event_bit(Event::kThrow);

/// Whether functions can be lent frame objects, of the one that was asked about last.
struct Reader {
  const Code* code = nullptr;  ///< forgotten at each collection
  bool answer = false;
  bool reads(Vm& vm, Value function) {
    // What watches from C++ may look at everything meanwhile.
    if (!is_function(function) || vm.interpreter->watch.native_events != 0) return false;
    const Code* asked = function.as<Function>()->code;
    if (asked != code) {
      answer = only_reads_first_argument(asked);
      code = asked;
    }
    return answer;
  }
};

/// Calls a trace or profile function; what it does is not traced itself.
[[gnu::always_inline]] inline Value tell(Vm& vm, const EventInfo& info, Reader& reader, Value function, Str* name,
                                         Value argument) {
  FrameObject* object = TRY(reader.reads(vm, function) ? frame_lend(vm, info.frame) : frame_object(vm, info.frame));
  ThreadState* thread = vm.t.thread;
  Frame* frame_before = thread->trace_frame;
  Event event_before = thread->trace_event;
  thread->trace_frame = info.frame;
  thread->trace_event = info.event;
  ++thread->tracing;
  Value args[kMostWatcherArgs] = {object, name, argument};
  Value result = call_watcher(vm, function, args, 3);
  --thread->tracing;
  thread->trace_frame = frame_before;
  thread->trace_event = event_before;
  return result;
}

Value exception_triple(Vm& vm, Value exception) {
  Value traceback = as_exception(exception)->traceback;
  return tuple_of(vm, Value(vm.type_of(exception)), exception, traceback.is_unset() ? Value::none() : traceback);
}

bool no_value(Value stop_iteration) {
  Value v = as_exception(stop_iteration)->extra[extra::kStopIterationValue];
  return v.is_unset() || v.is_none();
}

/// What the functions are told, as strs that are made once.
enum What : uint8_t { kCall, kLine, kReturn, kException, kOpcode, kCCall, kCReturn, kCException, kWhatCount };
constexpr const char* kWhat[kWhatCount] = {"call",   "line",   "return",   "exception",
                                           "opcode", "c_call", "c_return", "c_exception"};
struct WhatNames {
  Str* text[kWhatCount] = {};
};

/// The frame has got a trace function, at that event (kCount: at some other time).
Status follow(Vm& vm, Frame* frame, Event event) {
  const CodeWatch* watch = frame->live->watch;
  if (watch == nullptr || !(watch->followed & 1u << kTraceSlot)) TRY(observer_follow(vm, kTraceSlot, frame->code));
  // The line that is under way is told no more, except that of a call.
  if (event != Event::kStart && frame->line_mark == 0) frame->line_mark = frame_instruction(frame) + 1;
  return {};
}

struct TraceObserver final : Observer {
  WhatNames* names = nullptr;
  Reader reader;
  Watched handle(Vm& vm, const EventInfo& info) override {
    ThreadState* thread = vm.t.thread;
    if (thread->trace_function.is_unset() || thread->tracing != 0) return Watched::kContinue;
    FrameObject* object = info.frame->object;
    What what = kCall;
    Value function = thread->trace_function;
    Value argument = Value::none();
    switch (info.event) {
      case Event::kStart:
      case Event::kResume:
      case Event::kThrow: break;
      case Event::kLine:
        if (object == nullptr || !object->trace_lines) return Watched::kContinue;
        what = kLine;
        break;
      case Event::kInstruction:
        if (object == nullptr || !object->trace_opcodes) return Watched::kContinue;
        what = kOpcode;
        break;
      case Event::kReturn:
      case Event::kYield:
        what = kReturn;
        argument = info.value;
        break;
      case Event::kUnwind: what = kReturn; break;
      case Event::kStopIteration:
        // The end of a generator that returned nothing raises nothing; that of an awaited coroutine always does.
        if (as_exception(info.value)->traceback.is_unset() && no_value(info.value) &&
            !is_exact(vm, info.frame->sp[-1], vm.types.coroutine))
          return Watched::kContinue;
        what = kException;
        break;
      case Event::kRaise: what = kException; break;
      default: return Watched::kContinue;
    }
    if (what != kCall) {
      if (object == nullptr || object->trace.is_unset()) return Watched::kContinue;
      function = object->trace;
    }
    if (what == kException) {
      argument = exception_triple(vm, info.value);
      if (argument.is_error()) return Watched::kError;
    }
    Value result = tell(vm, info, reader, function, names->text[what], argument);
    if (result.is_error()) {
      // A trace function that fails is not called again.
      Value exception = vm.take_pending();
      thread->trace_function = Value();
      if (info.frame->object != nullptr) info.frame->object->trace = Value();
      (void)!tracing_update(vm).ok();
      vm.t.pending = exception;
      return Watched::kError;
    }
    object = info.frame->object;
    if (!result.is_none() && object->trace != result) {
      object->trace = result;
      vm.barrier(object);
      if (follow(vm, info.frame, info.event).is_error()) return Watched::kError;
    }
    return Watched::kContinue;
  }
};

struct ProfileObserver final : Observer {
  WhatNames* names = nullptr;
  Reader reader;
  Value bound_function, bound_to,
      bound;  ///< the last method that was bound to be told of; forgotten at each collection
  ProfileObserver() { native_functions_only = c_results = true; }
  Watched handle(Vm& vm, const EventInfo& info) override {
    ThreadState* thread = vm.t.thread;
    if (thread->profile_function.is_unset() || thread->tracing != 0) return Watched::kContinue;
    What what = kCall;
    Value argument = Value::none();
    switch (info.event) {
      case Event::kReturn:
      case Event::kYield:
        what = kReturn;
        argument = info.value;
        break;
      case Event::kUnwind: what = kReturn; break;
      case Event::kCall:
      case Event::kCReturn:
      case Event::kCRaise: {
        if (!is_kind(info.value, Kind::NativeFunction)) return Watched::kContinue;
        what = info.event == Event::kCall ? kCCall : info.event == Event::kCReturn ? kCReturn : kCException;
        argument = info.value;
        if (vm.type_of(argument) == vm.types.method_descriptor) {
          if (info.argument.is_unset()) return Watched::kContinue;
          if (argument != bound_function || info.argument != bound_to) {
            NativeFunction* f = argument.as<NativeFunction>();
            if (f->owner == nullptr || !is_instance_of(vm, info.argument, f->owner)) return Watched::kContinue;
            Value made = bind_descriptor(vm, argument, info.argument, vm.type_of(info.argument));
            if (made.is_error()) return Watched::kError;
            bound_function = argument;
            bound_to = info.argument;
            bound = made;
          }
          argument = bound;
        } else if (vm.type_of(argument) == vm.types.wrapper_descriptor) {
          return Watched::kContinue;
        }
        break;
      }
      default: break;
    }
    Value result = tell(vm, info, reader, thread->profile_function, names->text[what], argument);
    if (!result.is_error()) return Watched::kContinue;
    Value exception = vm.take_pending();
    thread->profile_function = Value();
    (void)!tracing_update(vm).ok();
    vm.t.pending = exception;
    return Watched::kError;
  }
};

struct Tracing : Extension {
  Tracing() { trace_observer.names = profile_observer.names = &names; }
  void trace(Marker& marker) override {
    for (Str* s : names.text) marker.mark_cell(s);
    profile_observer.bound_function = Value();
    trace_observer.reader.code = profile_observer.reader.code = nullptr;
  }
  WhatNames names;
  TraceObserver trace_observer;
  ProfileObserver profile_observer;
  bool attached = false;
  bool opcodes = false;  ///< some frame has f_trace_opcodes
};

Status set_function(Vm& vm, bool profile, Value function, bool all) {
  for (ThreadState* t = vm.interpreter->threads; t != nullptr; t = t->next) {
    if (!all && t != vm.t.thread) continue;
    (profile ? t->profile_function : t->trace_function) = function.is_none() ? Value() : function;
  }
  return tracing_update(vm);
}

template <bool profile, bool all>
Value set_from_python(Vm& vm, Args a) {
  if (set_function(vm, profile, a[0], all).is_error()) return Error{};
  return Value::none();
}
template <bool profile>
Value get_from_python(Vm& vm, Args) {
  Value f = profile ? vm.t.thread->profile_function : vm.t.thread->trace_function;
  return f.is_unset() ? Value::none() : f;
}

/// What the debugger's `debug` command needs: a call that is traced although it comes from a trace function.
Value call_tracing(Vm& vm, Args a) {
  if (!is_tuple(a[1]))
    return vm.raise(E::TypeError, "call_tracing() argument 2 must be tuple, not {}", argument_type(a[1]));
  ThreadState* thread = vm.t.thread;
  uint32_t before = thread->tracing;
  thread->tracing = 0;
  Value result = call_with(vm, a[0], a[1].as<Tuple>(), nullptr);
  thread->tracing = before;
  return result;
}

}  // namespace

Status tracing_update(Vm& vm) {
  Tracing& t = vm.extension<Tracing>();
  bool trace = false, profile = false;
  for (ThreadState* thread = vm.interpreter->threads; thread != nullptr; thread = thread->next) {
    trace |= !thread->trace_function.is_unset();
    profile |= !thread->profile_function.is_unset();
  }
  if (!t.attached) {
    for (size_t i = 0; i < kWhatCount; ++i) t.names.text[i] = TRY(vm.intern(kWhat[i]));
    observer_attach(vm, kTraceSlot, &t.trace_observer);
    observer_attach(vm, kProfileSlot, &t.profile_observer);
    t.attached = true;
  }
  TRY(observer_set_events(vm, kProfileSlot, profile ? kProfileEvents : 0));
  if (!trace) return observer_set_events(vm, kTraceSlot, 0);
  return observer_set_events(vm, kTraceSlot, kTraceEvents,
                             t.opcodes ? kFrameEvents | event_bit(Event::kInstruction) : kFrameEvents);
}

void tracing_start(Vm& vm) {
  vm.interpreter->trace_hook = [](Vm& machine, Frame* frame) {
    const ThreadState* thread = machine.t.thread;
    return follow(machine, frame, thread->trace_frame == frame ? thread->trace_event : Event::kCount);
  };
  vm.interpreter->trace_opcodes_hook = [](Vm& machine) {
    machine.extension<Tracing>().opcodes = true;
    return tracing_update(machine);
  };
}

const NativeRow kTracingFunctions[7] = {
    {"settrace(function, /)", set_from_python<false, false>, 0,
     "Set the function that is told what this thread does, line by line."},
    {"setprofile(function, /)", set_from_python<true, false>, 0,
     "Set the function that is told of this thread's calls and returns."},
    {"_settraceallthreads(function, /)", set_from_python<false, true>, 0, "Set the trace function of all threads."},
    {"_setprofileallthreads(function, /)", set_from_python<true, true>, 0, "Set the profile function of all threads."},
    {"gettrace()", get_from_python<false>, 0, "The trace function."},
    {"getprofile()", get_from_python<true>, 0, "The profile function."},
    {"call_tracing(func, args, /)", call_tracing, 0,
     "Call func(*args), and trace it although a trace function calls it."},
};

}  // namespace krait
