// Instrumentation: the one window through which a running program is watched.
//
// Observers say which events they want, everywhere or in one code object. Live code then gets the word INSTRUMENTED in the place
// of each instruction at which such an event happens, and only there: it asks the observers and goes on with the instruction that
// stood there. Code that nobody watches is as it was, so watching costs nothing when it is off. Events of exceptions have no place
// of their own in the code: unwinding, which is a slow path anyhow, looks at Instrumentation::events.
//
// Rules
//  1. An INSTRUMENTED word keeps its operand: a fused form that is under way while the code is changed reads operands only.
//  2. Observers may run Python code, change what is watched, and move the frame to another instruction.
//  3. Live code is rewritten as a whole from canonical code, with fused forms only where no event falls inside them. What stands
//     behind an INSTRUMENTED word may be such a form, and learns as it does elsewhere.
//  4. Code is rewritten at once when more is watched than before, and at its next INSTRUMENTED word when less is: a program that
//     turns tracing on and off often pays for what it runs.
#pragma once

#include <cstddef>
#include <cstdint>

#include "base/result.hpp"
#include "heap/value.hpp"

namespace krait {

class Vm;
struct Code;
struct Frame;
struct LiveCode;
class Heap;

/// What can be watched. The numbers and names are those of sys.monitoring (3.14).
enum class Event : uint8_t {
  kStart,
  kResume,
  kReturn,
  kYield,
  kCall,
  kLine,
  kInstruction,
  kJump,
  kBranchLeft,
  kBranchRight,
  kStopIteration,
  kRaise,
  kExceptionHandled,
  kUnwind,
  kThrow,
  kReraise,
  kCReturn,
  kCRaise,
  kCount
};
constexpr uint32_t kEventCount = static_cast<uint32_t>(Event::kCount);
/// Events below this number belong to an instruction and can be asked for (and disabled) by code object.
constexpr uint32_t kLocalEventCount = static_cast<uint32_t>(Event::kRaise);
constexpr uint32_t event_bit(Event e) { return 1u << static_cast<uint32_t>(e); }
constexpr uint32_t kBranchEvents = event_bit(Event::kBranchLeft) | event_bit(Event::kBranchRight);
constexpr uint32_t kExceptionEvents = event_bit(Event::kRaise) | event_bit(Event::kExceptionHandled) |
                                      event_bit(Event::kUnwind) | event_bit(Event::kThrow) | event_bit(Event::kReraise);

struct EventInfo {
  Event event;
  Frame* frame;          ///< saved: frame->pc is behind the instruction, frame->sp its operand stack's end
  uint32_t instruction;  ///< where
  uint32_t target = 0;   ///< jumps and branches: where to
  int32_t line = 0;      ///< kLine
  Value value = {};      ///< returned or yielded value; callee; exception
  Value argument = {};   ///< calls: the first argument or unset
};

enum class Watched : uint8_t {
  kContinue,
  kDisable,        ///< this observer wants no more of this event at this instruction
  kDisableBranch,  ///< ... nor of the branch's other way
  kError,          ///< an exception is pending: it is raised here
};

/// Somebody who watches. Owned by whoever attached it, and kept until it is detached.
struct Observer {
  uint32_t events = 0;           ///< wanted in all code; changed only through observer_set_events
  uint32_t followed_events = 0;  ///< wanted in code that it follows; changed in the same way
  bool native_calls =
      false;  ///< with kCall: calls of Python functions go through C++, each in a native frame of its own
  bool native_functions_only = false;  ///< with kCall: of other calls it need not be told
  bool c_results = false;  ///< with kCall: kCReturn and kCRaise too, where what is called is not Python code
  virtual Watched handle(Vm& vm, const EventInfo& info) = 0;
  /// The same for kInstruction, for those whom every instruction is told: they neither run Python code nor move the frame.
  virtual Watched handle_instruction(Vm& vm, Frame* frame, uint32_t instruction) {
    return handle(vm, {Event::kInstruction, frame, instruction});
  }

 protected:
  ~Observer() = default;
};

/// Places for observers; lower ones are asked first. sys.monitoring's tools are the first eight, as in CPython.
constexpr uint32_t kProfileSlot = 6, kTraceSlot = 7, kToolSlots = 8, kObserverSlots = 16;

/// What a code object has beside its live code while (or since) somebody watched it.
struct CodeWatch {
  uint32_t events;        ///< the set its words were last written for (global and local)
  uint32_t epoch;         ///< Instrumentation::epoch of that moment
  uint32_t local_events;  ///< that anybody wants in this code
  uint16_t followed;      ///< observers that follow it
  bool disables;          ///< some row of `disabled` exists
  bool instructions;      ///< its words were written for kInstruction everywhere and nothing else
  uint8_t* ops;           ///< by instruction: the live opcode, maybe of a fused form, that INSTRUMENTED stands for
  uint16_t* points;       ///< by instruction: local events that are asked for here
  uint8_t* kinds;         ///< by instruction: kLineStart, ...
  int32_t* lines;         ///< by instruction; 0 or less: none
  uint16_t local[kLocalEventCount];      ///< observers that want the event in this code
  uint16_t* disabled[kLocalEventCount];  ///< by instruction: observers that want no more of the event; null: none
  size_t bytes;
};
constexpr uint8_t kLineStart = 1;
constexpr uint8_t kAsyncStep = 2;  ///< where a step of an `async for` has ended: its branch
/// In Frame::line_mark: the frame was moved to that instruction, whose line is not told again.
constexpr uint32_t kMarkSkip = 1u << 31;

struct Instrumentation {
  LiveCode* codes = nullptr;  ///< all live code of the Vm
  Observer* observers[kObserverSlots] = {};
  uint32_t events = 0;         ///< wanted by anybody, everywhere
  uint32_t native_events = 0;  ///< of these, what others than Python's tools and functions want
  Observer* every_instruction =
      nullptr;  ///< the only one who wants events that belong to instructions: kInstruction, everywhere
  uint16_t wanting[kEventCount] = {};  ///< observers by event
  uint32_t epoch = 1;                  ///< changes when disabled events are to be forgotten
};

/// Fills a place, or empties it (null). Its events are applied with observer_set_events.
void observer_attach(Vm& vm, uint32_t slot, Observer* observer);
/// What the observer in that place wants in all code, and besides in code that it follows. MemoryError if some code cannot be watched.
Status observer_set_events(Vm& vm, uint32_t slot, uint32_t events, uint32_t followed_events = 0);
/// What the observer in that place wants in one code object.
Status observer_set_local_events(Vm& vm, uint32_t slot, Code* code, uint32_t events);
uint32_t observer_local_events(Vm& vm, uint32_t slot, const Code* code);
/// The observer in that place follows a code object from now on, which it does until it is gone (the observer may come later).
/// observer_local_events and following are two ways to say the same: a place uses one of them.
Status observer_follow(Vm& vm, uint32_t slot, Code* code);
/// Disabled events are asked for again.
Status observers_restart(Vm& vm);

/// What INSTRUMENTED does where something is to be told. Below 256: the live opcode to go on with.
constexpr uint32_t kHitMoved = 256;  ///< frame->pc and frame->sp say where to go on
constexpr uint32_t kHitError = 257;
uint32_t instrument_hit(Vm& vm, Frame* frame);
/// The same once Instrumentation::every_instruction was told of it and gave another answer than kContinue.
uint32_t instrument_answered(Vm& vm, Frame* frame, Watched answer);
/// An exception is pending and one of kExceptionEvents happened to it in the frame.
void instrument_exception(Vm& vm, Frame* frame, Event event);
/// A loop's next item: iter_next(), where an end that was raised is told as kRaise.
Value instrument_next(Vm& vm, Frame* frame, Value iterator);
/// The generator that the frame iterates over or delegates to has ended: StopIteration is told, though nothing raises it.
Status instrument_stop_iteration(Vm& vm, Frame* frame, Value result);
/// The canonical code's instruction at live word `pc`, whatever form it has.
uint8_t instrument_original(const LiveCode* live, const uint32_t* pc);
/// Where the form behind the INSTRUMENTED word `pc` is kept.
uint8_t* instrument_form(LiveCode* live, const uint32_t* pc);

/// For live code's making and end.
Status instrument_new_code(Vm& vm, LiveCode* live);
void instrument_release(Heap& heap, LiveCode* live);
/// At the end of the interpreter: live code outlives it, until the heap goes, and is on no list any more.
void instrument_stop(Vm& vm);
/// The watch of a code object (made if need be): lines and kinds by instruction.
Result<CodeWatch*> code_watch(Vm& vm, LiveCode* live);

}  // namespace krait
