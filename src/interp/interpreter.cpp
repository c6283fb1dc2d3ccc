// The dispatch loop.
//
// The handlers stand in handlers/*.inc by family, in the language of dispatch.hpp.
//
// Rules for handlers
//  1. pc is the next instruction; sp the next free operand place. Before anything that may allocate, raise or run Python, SAVE()
//     stores both in the frame: the collector and tracebacks read them there. Operands that such a call still needs stay below
//     the saved sp (or in a C++ local: the native stack is scanned).
//  2. A handler that fails jumps to `error` with pc where it was when the failing instruction's word had been read: a fused form
//     moves pc past each word before it does that word's work.
//  3. After anything that may run Python code, nothing read before from a heap object (lengths, items, dict entries) is believed.
//  4. Handlers end in DISPATCH(): one indirect jump each. A handler with a quick way calls nothing: its slow case is another handler
//     or an INNER part, reached by GOTO(), so that the quick way keeps the machine's registers in the processor's and has no
//     prologue. Behind a call CONTINUE() (or RELOAD(), then DISPATCH()) takes the place of DISPATCH().
//  5. A Python function that Python code calls never recurses into interpret(): it is a frame.

#include "interp/dispatch.hpp"
#include "objects/dict.hpp"
#include "objects/exception.hpp"
#include "objects/float.hpp"
#include "objects/function.hpp"
#include "objects/int.hpp"
#include "objects/iteration.hpp"
#include "objects/module.hpp"
#include "objects/shape.hpp"
#include "objects/template.hpp"

namespace krait {

const bool kHandlersAreFunctions = KRAIT_TAIL_CALLS;

namespace {

inline bool is_watched(Vm& vm, Event event) { return vm.interpreter->watch.events & event_bit(event); }
/// The same of an event that may be asked for in one code object.
inline bool is_watched_in(Vm& vm, const Frame* frame, Event event) {
  const CodeWatch* watch = frame->live->watch;
  return is_watched(vm, event) || (watch != nullptr && (watch->local_events & event_bit(event)) != 0);
}

#if KRAIT_TAIL_CALLS

#define OP(name) HANDLER(name)
#define INNER(name) HANDLER(name)

#else

}  // namespace

// NOLINTNEXTLINE(readability-function-size): one function, so that the machine's registers stay in the processor's
Value interpret(Vm& vm, Frame* entry) {
  static const void* const table[] = {
#define OP(name, operand, pops, pushes, cache, flags, prose) &&op_##name,
#define LIVE(name, canonical, prose) &&op_##name,
#include "bytecode/opcodes.def"
#include "interp/live_opcodes.def"
#undef OP
#undef LIVE
  };

  Frame* frame;
  Instruction* pc;
  Value* sp;
  Value* slots;
  LiveCode* live;
  Instruction insn;

  ENTER_FRAME(entry);
  if (vm.has_pending()) {  // a generator resumed to raise
    if (is_watched(vm, Event::kThrow)) [[unlikely]]
      instrument_exception(vm, frame, Event::kThrow);
    FAIL();
  }
  DISPATCH();

#define OP(name) op_##name:
#define INNER(name) op_##name:

#endif

#include "interp/handlers/moves.inc"
#include "interp/handlers/names.inc"
#include "interp/handlers/attributes.inc"
#include "interp/handlers/items.inc"
#include "interp/handlers/operators.inc"
#include "interp/handlers/comparisons.inc"
#include "interp/handlers/building.inc"
#include "interp/handlers/unpacking.inc"
#include "interp/handlers/iteration.inc"
#include "interp/handlers/calls.inc"
#include "interp/handlers/generators.inc"
#include "interp/handlers/exceptions.inc"

#if KRAIT_TAIL_CALLS
}  // namespace

Value interpret(Vm& vm, Frame* entry) {
  Frame* frame;
  Instruction* pc;
  Value* sp;
  Value* slots;
  LiveCode* live;
  ENTER_FRAME(entry);
  if (vm.has_pending()) {  // a generator resumed to raise
    if (is_watched(vm, Event::kThrow)) [[unlikely]]
      instrument_exception(vm, frame, Event::kThrow);
    return op_error(vm, frame, pc, sp, slots, live, handler_table(), 0);
  }
  Instruction insn = *pc++;
  return kHandlers[insn & 0xFF](vm, frame, pc, sp, slots, live, handler_table(), insn);
}
#else
}
#endif

}  // namespace krait
