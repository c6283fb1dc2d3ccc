// Entering the interpreter from C++: calls of Python functions, running code objects, and the threads' value stacks.
#include <sys/mman.h>
#include <sys/resource.h>

#include <algorithm>

#include "interp/activation.hpp"
#include "interp/thread.hpp"
#include "objects/dict.hpp"
#include "objects/operations.hpp"
#include "objects/sequences.hpp"

namespace krait {

size_t thread_stack_bytes(Vm& vm, size_t most) {
  constexpr size_t kLeast = size_t{1} << 20;
  uint64_t limit = vm.heap.limit();
  return limit == UINT64_MAX ? most : std::clamp<uint64_t>(limit / 4 & ~uint64_t{4095}, kLeast, most);
}

bool thread_stack_reserve(ThreadState* thread, size_t bytes) {
  void* p = mmap(nullptr, bytes, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0);
  if (p == MAP_FAILED) return false;
  thread->stack_begin = static_cast<Value*>(p);
  thread->stack_end = thread->stack_begin + bytes / sizeof(Value);
  return true;
}

void thread_stack_release(ThreadState* thread) {
  if (thread->stack_begin == nullptr) return;
  munmap(thread->stack_begin, static_cast<size_t>(thread->stack_end - thread->stack_begin) * sizeof(Value));
  thread->stack_begin = thread->stack_end = nullptr;
}

Error raise_recursion(Vm& vm) {
  if (vm.t.depth >= vm.interpreter->max_depth) return vm.trip(Limit::kDepth);
  return vm.raise(E::RecursionError, "maximum recursion depth exceeded");
}

Value* stack_top(Vm& vm) {
  Frame* frame = vm.t.frame;
  if (frame == nullptr) return vm.t.thread->stack_begin;
  if (frame->generator != nullptr) return frame->top;
  return frame->stack + frame->code->max_stack + 2;
}

Frame* push_frame(Vm& vm, Function* f, LiveCode* live, Value* slots, uint32_t filled) {
  if (!has_room(vm, live, slots)) [[unlikely]] {
    (void)raise_recursion(vm);
    return nullptr;
  }
  return place_frame(vm, f, live, slots, filled);
}

Frame* push_call(Vm& vm, Function* f, LiveCode* live, CallArgs args, Value* at) {
  uint32_t filled = args.n;
  if (args.keywords != nullptr || live->plain_args != args.n) {
    if (at + args.n + live->frame_words >= vm.t.thread->stack_end) {
      (void)raise_recursion(vm);
      return nullptr;
    }
    if (bind_arguments(vm, f, args, at).is_error()) return nullptr;
    filled = live->parameters;
  }
  return push_frame(vm, f, live, at, filled);
}

Value call_function(Vm& vm, Value callee, CallArgs args) {
  Function* f = callee.as<Function>();
  TRY(vm.check_stack());
  TRY(vm.poll());  // before anything is read or bound: see push_call
  LiveCode* live = TRY(live_code(vm, f->code));
  if (live->is_generator) {
    GeneratorObject* g = TRY(generator_new(vm, f));
    TRY(bind_arguments(vm, f, args, g->frame.slots));
    vm.barrier(g);  // collecting the surplus arguments may have made it old
    return g;
  }
  Value* slots = stack_top(vm);
  if (slots + args.n + live->frame_words > vm.t.thread->stack_end) return raise_recursion(vm);
  uint32_t filled = args.n;
  if (args.keywords == nullptr && live->plain_args == args.n) {
    for (uint32_t i = 0; i < args.n; ++i) slots[i] = args.v[i];
  } else {
    TRY(bind_arguments(vm, f, args, slots));
    filled = live->parameters;
  }
  Frame* frame = push_frame(vm, f, live, slots, filled);
  if (frame == nullptr) return Error{};
  frame->kind = FrameKind::kEntry;
  return enter_frame(vm, frame);
}

namespace {
[[gnu::noinline]] Value call_watcher_as_any(Vm& vm, Value callee, const Value* args, uint32_t n) {
  return call(vm, callee, CallArgs{args, n});
}
}  // namespace

[[gnu::flatten]] Value call_watcher(Vm& vm, Value callee, const Value (&args)[kMostWatcherArgs], uint32_t n) {
  Function* f = is_function(callee) ? callee.as<Function>() : nullptr;
  LiveCode* live = f == nullptr ? nullptr : static_cast<LiveCode*>(f->code->live);
  Value* slots = stack_top(vm);
  static_assert(kFrameWords >= kMostWatcherArgs);  // so there is room for all of them where there is for the frame
  if (live == nullptr || live->plain_args != n || !quick_call(vm, live, slots) || vm.interpreter->enter_hook != nullptr)
    return call_watcher_as_any(vm, callee, args, n);
  TRY(vm.check_stack());
  for (uint32_t i = 0; i < kMostWatcherArgs; ++i) slots[i] = args[i];
  Frame* frame = place_frame(vm, f, live, slots, n);
  frame->kind = FrameKind::kEntry;
  if (frame->pc == live->code && op_of(f->code->code()[0]) == Op::RESUME) ++frame->pc;
  return interpret(vm, frame);
}

Value run_code(Vm& vm, Code* code, Dict* globals, Value locals, Tuple* closure, const Function* of) {
  Function* f = TRY(function_new(vm, code, globals));
  f->closure = closure;
  if (of != nullptr) {
    f->defaults = of->defaults;
    f->kwdefaults = of->kwdefaults;
    vm.barrier(f);
  }
  LiveCode* live = TRY(live_code(vm, code));
  TRY(vm.check_stack());
  // Code with parameters is rare here, and gets no arguments: they have defaults, or it is the usual TypeError.
  uint32_t parameters = live->parameters;
  if (live->is_generator) {
    GeneratorObject* g = TRY(generator_new(vm, f));
    if (parameters != 0) TRY(bind_arguments(vm, f, CallArgs{}, g->frame.slots));
    g->frame.locals = locals;
    vm.barrier(g);
    return g;
  }
  Value* slots = stack_top(vm);
  if (parameters != 0) {
    if (slots + live->frame_words > vm.t.thread->stack_end) return raise_recursion(vm);
    TRY(bind_arguments(vm, f, CallArgs{}, slots));
  }
  Frame* frame = push_frame(vm, f, live, slots, parameters);
  if (frame == nullptr) return Error{};
  frame->kind = FrameKind::kEntry;
  frame->locals = locals;
  return enter_frame(vm, frame);
}

Status interpreter_start(Vm& vm) {
  Interpreter* interpreter = new Interpreter();
  vm.interpreter = interpreter;
  ThreadState* thread = &interpreter->main_thread;
  constexpr size_t kMainStackBytes = size_t{1} << 28;
  if (!thread_stack_reserve(thread, thread_stack_bytes(vm, kMainStackBytes))) return vm.raise_memory_error();
  interpreter->threads = thread;
  vm.t.thread = thread;
  vm.t.handled = &thread->handled;
  vm.call_hooks[static_cast<size_t>(Kind::Function)] = call_function;
  object_hooks_start(vm);
  vm.heap.add_root_tracer(
      [](void* context, Marker& marker) {
        Vm& machine = *static_cast<Vm*>(context);
        Interpreter* i = machine.interpreter;
        marker.mark(i->generator_result);
        marker.mark(i->last_value);
        i->spare_frames = nullptr;
        for (ThreadState* t = i->threads; t != nullptr; t = t->next) {
          bool running = t == machine.t.thread;
          const Vm::ThreadRegisters& registers = running ? machine.t : t->saved;
          trace_frames(machine.heap, registers.frame, marker);
          for (HandledException* h = registers.handled; h != nullptr; h = h->previous) marker.mark(h->exception);
          marker.mark(t->handled.exception);
          marker.mark(t->async_gen_first_iter);
          marker.mark(t->async_gen_finalizer);
          marker.mark(t->trace_function);
          marker.mark(t->profile_function);
          if (!running) {
            marker.mark(registers.pending);
            marker.mark(registers.context);
          }
        }
      },
      &vm);
  return {};
}

void interpreter_stop(Vm& vm) {
  if (vm.interpreter == nullptr) return;
  instrument_stop(vm);
  thread_stack_release(&vm.interpreter->main_thread);
  delete vm.interpreter->attributes;
  delete vm.interpreter;
  vm.interpreter = nullptr;
}

}  // namespace krait
