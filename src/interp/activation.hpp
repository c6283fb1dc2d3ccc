// Frames entered and left: what the handlers of calls, returns and yields share with C++ code that runs Python code.
#pragma once

#include "interp/interpreter.hpp"

namespace krait {

inline bool poll_is_due(const Vm& vm) { return vm.poll_flag.load(std::memory_order_relaxed) != 0; }

/// A frame whose slots are in place and hold `filled` values. There is room for it (see quick_call).
inline Frame* place_frame(Vm& vm, Function* f, LiveCode* live, Value* slots, uint32_t filled) {
  ++vm.t.depth;
  Value* end = slots + live->slot_count;
  for (Value* p = slots + filled; p < end; ++p) {
    *p = Value();
    asm("" : "+r"(p));  // a few words: not worth the call of memset that compilers make of it
  }
  Frame* frame = reinterpret_cast<Frame*>(end);
  frame->code = f->code;
  frame->function = f;
  frame->live = live;
  frame->pc = live->entry;
  frame->slots = slots;
  frame->stack = frame->sp = end + kFrameWords;
  frame->previous = vm.t.frame;
  frame->globals = f->globals;
  frame->builtins = f->builtins;
  frame->locals = Value();
  frame->object = nullptr;
  frame->generator = nullptr;
  frame->kind = FrameKind::kCall;
  frame->line_mark = 0;
  vm.t.frame = frame;
  return frame;
}

inline bool has_room(Vm& vm, const LiveCode* live, const Value* slots) {
  return slots + live->frame_words <= vm.t.thread->stack_end && vm.t.depth < vm.recursion_limit;
}
/// May a frame be placed at once: room, and nothing that a poll would have to do?
inline bool quick_call(Vm& vm, const LiveCode* live, const Value* slots) {
  return has_room(vm, live, slots) && !poll_is_due(vm);
}
/// A plain frame ends. Gives the caller's.
inline Frame* leave_frame(Vm& vm, const Frame* frame) {
  --vm.t.depth;
  return vm.t.frame = frame->previous;
}

/// A generator's frame goes on, called from `previous`; what it calls has its place at `top`.
inline void enter_generator(Vm& vm, GeneratorObject* g, Frame* previous, Value* top, FrameKind kind) {
  Frame* frame = &g->frame;
  frame->previous = previous;
  frame->top = top;
  frame->kind = kind;
  g->state = GeneratorState::kRunning;
  g->handled.previous = vm.t.handled;
  vm.t.handled = &g->handled;
  ++vm.t.depth;
  vm.t.frame = frame;
}
/// It stops running. Gives the caller's frame. When it is only suspended a write barrier must follow: what was stored in it while it
/// ran had none.
inline Frame* leave_generator(Vm& vm, GeneratorObject* g) {
  vm.t.handled = g->handled.previous;
  g->handled.previous = nullptr;
  Frame* caller = leave_frame(vm, &g->frame);
  g->frame.previous = nullptr;
  return caller;
}
/// It has returned or raised.
inline Frame* finish_generator(Vm& vm, GeneratorObject* g) {
  generator_end(g);
  g->handled.exception = Value();
  Frame* frame = &g->frame;
  frame->sp = frame->stack;
  for (uint32_t i = 0; i < frame->code->slot_count; ++i) frame->slots[i] = Value();
  return leave_generator(vm, g);
}

}  // namespace krait
