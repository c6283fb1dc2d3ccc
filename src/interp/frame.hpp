// Frames: the record of one activation of a code object.
//
// A thread has one contiguous stack of Values. The frame of a called function stands on it as
//
//     caller's operands ... [ arguments and locals | Frame | operand stack ... ]
//
// so that the arguments the caller pushed are the callee's first locals, uncopied. A generator owns the same three parts inside
// its own cell and runs in place; what its code calls goes on the thread's stack from `top`.
#pragma once

#include "bytecode/code.hpp"
#include "interp/function.hpp"
#include "interp/instrument.hpp"
#include "objects/vm.hpp"

namespace krait {

struct FrameObject;
struct GeneratorObject;

/// What happens with the value a frame returns.
enum class FrameKind : uint8_t {
  kCall,       ///< pushed on the caller's operand stack
  kEntry,      ///< the interpreter loop returns it to C++
  kInit,       ///< must be None; the caller gets `self` (the new instance) instead
  kDiscard,    ///< dropped (setters)
  kNegate,     ///< the caller gets `not result` (!= by __eq__, not in)
  kBool,       ///< the caller gets bool(result)
  kGenerator,  ///< the generator ends
};

struct Frame {
  Code* code;
  Function* function;     ///< null for module and exec code
  struct LiveCode* live;  ///< code->live
  const Instruction* pc;  ///< while it runs something else: the instruction after the one under way
  Value* sp;              ///< operand stack's end, as of the same moment
  Value* slots;           ///< fast locals
  Value* stack;           ///< operand stack's begin
  Frame* previous;        ///< the caller
  Dict* globals;
  Dict* builtins;
  Value locals;                ///< mapping of a module, class or exec body; unset for functions
  FrameObject* object;         ///< the Python frame object, if anybody asked
  GeneratorObject* generator;  ///< whose frame it is, or null
  Value* top;                  ///< generator frames: where the thread's stack is free
  Value self;                  ///< kInit: the instance
  FrameKind kind;
  uint32_t line_mark;  ///< while lines are watched: one more than the instruction at which the last line began
};

constexpr size_t kFrameWords = sizeof(Frame) / sizeof(Value);

/// A Python frame object: looks at its Frame while that runs (or waits in a generator), and keeps what it held afterwards.
struct FrameObject : Object {
  Frame* frame;  ///< null once the frame is gone
  Code* code;
  Function* function;
  Dict* globals;
  Dict* builtins;
  Value locals;               ///< mapping of a module/class body; unset for functions
  Value back;                 ///< FrameObject or None, once the frame is gone
  Storage* values;            ///< the fast locals, once the frame is gone
  uint32_t last_instruction;  ///< once the frame is gone
  Value extra_locals;         ///< Dict of names set through f_locals that are no locals of the code, or unset
  Value trace;                ///< f_trace
  bool trace_lines, trace_opcodes;
};

struct Traceback : Object {
  Value next;  ///< Traceback or None
  FrameObject* frame;
  uint32_t last_instruction;
  int32_t line;    ///< -1: ask the code
  uint8_t within;  ///< made by Python code with a tb_lasti inside an instruction: how far
};

/// One OS thread's part in a Vm.
struct ThreadState {
  Value* stack_begin = nullptr;
  Value* stack_end = nullptr;
  HandledException handled;
  Heap::NativeStack native_stack;
  Vm::ThreadRegisters saved;                        ///< while another thread runs
  Value async_gen_first_iter, async_gen_finalizer;  ///< sys.set_asyncgen_hooks
  int coroutine_origin_depth = 0;
  Value trace_function, profile_function;
  Frame* trace_frame = nullptr;  ///< the frame whose event a trace function is told of, and that event
  Event trace_event = Event::kStart;
  uint32_t tracing = 0;  ///< above 0: inside an observer's Python code, which is not watched
  ThreadState* next = nullptr;
  uint64_t ident = 0;
};

/// Where the thread's stack is free above the running frame.
Value* stack_top(Vm& vm);
/// The frame's object, made if need be.
Result<FrameObject*> frame_object(Vm& vm, Frame* frame);
/// Called when a frame that has an object ends: the object takes over what it held.
void frame_detach(Vm& vm, Frame* frame);
/// Index of the instruction under way.
uint32_t frame_instruction(const Frame* frame);
int frame_line(const Frame* frame);
/// The frame's local variables as locals() gives them: of a function, a snapshot.
Value frame_locals(Vm& vm, Frame* frame, bool snapshot);
/// As f_locals gives them: of a function, a mapping that writes through.
Value frame_locals_view(Vm& vm, FrameObject* o);
/// Adds the frame to the traceback of the exception.
Status traceback_add(Vm& vm, Value exception, Frame* frame);
void trace_frames(Heap& heap, Frame* innermost, Marker& marker);

}  // namespace krait
