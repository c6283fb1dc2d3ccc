// The debugger's engine: breakpoints, stepping, looking at frames and changing them, and a record of the last steps to go back along.
// What asks the user is a front end: the prompt of `krait --debug` or the Debug Adapter Protocol.
#pragma once

#include <deque>
#include <memory>
#include <string>
#include <vector>

#include "observe/client.hpp"

namespace krait {

struct Breakpoint {
  int id = 0;
  std::string file;  ///< ends the path of the code's file; empty: any
  int line = 0;      ///< 0: at the first line of `function`
  std::string function;
  std::string condition;  ///< an expression; empty: always
  bool enabled = true;
  uint64_t hits = 0;
};

/// One frame as it was when a step was recorded.
struct RecordedFrame {
  Code* code = nullptr;
  Frame* frame = nullptr;  ///< where it stood; whether it is still that activation is told by `activation`
  uint64_t activation = 0;
  uint32_t instruction = 0;
  int line = 0;
  std::vector<Value> slots, stack;
};
/// The chain at one step, innermost first. Outer frames are kept by place and names only as far as kMostFrames.
struct Step {
  std::vector<RecordedFrame> frames;
  uint32_t depth = 0;
};

class Debugger : public Client {
 public:
  enum class Why : uint8_t { kEntry, kStep, kBreakpoint, kException, kPause };
  /// What to do until the next stop.
  enum class Go : uint8_t { kRun, kStepIn, kNext, kFinish, kInstruction };

  std::vector<Breakpoint> breakpoints;
  bool stop_at_entry = true;
  bool stop_on_raise = false;
  size_t most_steps = 1000;

  uint32_t wanted() const override;
  Watched handle(Vm& vm, const EventInfo& info) override;
  void trace(Marker& marker) override;

 protected:
  /// Asks the user; returns how to go on. `info` is the event that stopped the program.
  virtual Go ask(Vm& vm, const EventInfo& info, Why why, const Breakpoint* breakpoint) = 0;
  /// Is asked between events whether to stop now (a client's pause).
  virtual bool pause_wanted() { return false; }
  /// The program is to end; ask() has said so by raising.
  bool quit_ = false;

  // --- For front ends, while the program is stopped.
  /// Frame `index` outwards from the innermost, or null.
  Frame* frame_at(const EventInfo& info, size_t index) const;
  /// The instruction a frame stands at, also after it was moved back.
  uint32_t place(const EventInfo& info, const Frame* frame) const;
  /// An expression's value, or a statement's None, in a frame; unset with the error's text in `error`.
  Value evaluate(Vm& vm, Frame* frame, const std::string& text, std::string& error);
  /// Sets a local (or global of a module) to a value; a message if there is none of that name.
  std::string set_variable(Vm& vm, Frame* frame, const std::string& name, Value value);
  struct Variable {
    std::string name;
    Value value;
  };
  std::vector<Variable> locals_of(Vm& vm, Frame* frame);
  std::vector<Variable> globals_of(Vm& vm, Frame* frame);
  /// Goes one step of the record back (or, negative, forward); false: there is none. Where the step is of the innermost frame's own
  /// activation its place, locals and operand stack are put back (`restored`); otherwise it can only be looked at.
  bool go_back(Vm& vm, const EventInfo& info, bool forward, bool* restored);
  /// The step that is looked at instead of the present; null: the present.
  const Step* past() const { return past_ < 0 ? nullptr : &steps_[static_cast<size_t>(past_)]; }
  std::string source_line(Vm& vm, const Code* code, int line);
  /// Makes what the program has written visible before the debugger writes.
  void flush_program_output(Vm& vm);

 private:
  void record(Vm& vm, const EventInfo& info);
  const Breakpoint* breakpoint_at(Vm& vm, const EventInfo& info);
  void apply_events(Vm& vm);

  const Instruction* stopped_pc_ = nullptr;
  std::deque<Step> steps_;
  int64_t past_ = -1;
  bool started_ = false, busy_ = false, finishing_ = false;
  Go go_ = Go::kStepIn;
  uint32_t base_depth_ = 0;  ///< of the frame that next and finish count from
  void* thread_ = nullptr;   ///< which thread steps
  uint64_t activations_ = 0;
  std::vector<std::pair<Frame*, uint64_t>> live_;  ///< activations by frame, outermost first
};

/// `krait --debug FILE`: reads commands from the standard input.
std::unique_ptr<Client> debug_prompt();

}  // namespace krait
