// The rules are in instrument.hpp.
#include "interp/instrument.hpp"

#include <cstdlib>
#include <utility>

#include "bytecode/async_loop.hpp"
#include "interp/interpreter.hpp"
#include "objects/exception.hpp"
#include "objects/function.hpp"
#include "objects/iteration.hpp"
#include "objects/operations.hpp"
#include "objects/sequences.hpp"

namespace krait {
namespace {

constexpr uint8_t kInstrumented = static_cast<uint8_t>(LiveOp::INSTRUMENTED);

Instrumentation& watch_of(Vm& vm) { return vm.interpreter->watch; }

/// Events that happen at this instruction if it is executed.
uint32_t events_at(Instruction word, uint8_t kind) {
  uint32_t events = event_bit(Event::kInstruction);
  if (kind & kLineStart) events |= event_bit(Event::kLine);
  switch (op_of(word)) {
    case Op::RESUME: return events | (unsigned_arg(word) == 0 ? event_bit(Event::kStart) : event_bit(Event::kResume));
    case Op::RETURN_VALUE: return events | event_bit(Event::kReturn);
    case Op::YIELD_VALUE: return events | event_bit(Event::kYield);
    case Op::CALL:
    case Op::CALL_KW:
    case Op::CALL_FUNCTION_EX:
    case Op::LOAD_SUPER_ATTR:
    case Op::LOAD_SUPER_METHOD:
    case Op::LOAD_ZERO_SUPER_ATTR:
    case Op::LOAD_ZERO_SUPER_METHOD: return events | event_bit(Event::kCall);
    case Op::JUMP:
    case Op::JUMP_BACKWARD: return events | event_bit(Event::kJump);
    case Op::POP_JUMP_IF_FALSE:
    case Op::POP_JUMP_IF_TRUE:
    case Op::POP_JUMP_IF_NONE:
    case Op::POP_JUMP_IF_NOT_NONE:
    case Op::JUMP_IF_FALSE_OR_POP:
    case Op::JUMP_IF_TRUE_OR_POP: return events | kBranchEvents;
    case Op::FOR_ITER: return events | kBranchEvents;
    case Op::END_SEND: return kind & kAsyncStep ? events | event_bit(Event::kBranchLeft) : events;
    case Op::END_ASYNC_FOR: return events | event_bit(Event::kBranchRight);
    default: return events;
  }
}

/// Finds the instructions at which a line may begin: the first of its run, and what is jumped to. Before the first RESUME nothing
/// has begun, and RESUME itself belongs to the call.
void find_lines(Code* code, CodeWatch* watch) {
  std::span<const Instruction> words = code->code();
  uint32_t count = code->instruction_count;
  for (LocationRuns runs(code); runs.next();)
    for (uint32_t i = 0; i < runs.count; ++i) watch->lines[runs.start + i] = runs.location.line;
  uint32_t begin = 0;
  while (begin < count && op_of(words[begin]) != Op::RESUME) ++begin;
  if (begin == count) begin = UINT32_MAX;  // without a RESUME (foreign code) everything counts
  auto may_start = [&](uint32_t i) {
    if (i >= count || watch->lines[i] < 0 || op_of(words[i]) == Op::RESUME || (begin != UINT32_MAX && i <= begin))
      return false;
    Op op = op_of(words[i]);
    return op != Op::END_SEND && op != Op::END_ASYNC_FOR;
  };
  for (uint32_t i = 0; i < count; ++i) {
    if (may_start(i) && (i == 0 || watch->lines[i] != watch->lines[i - 1] || i == begin + 1))
      watch->kinds[i] |= kLineStart;
    if (kOpInfo[static_cast<int>(op_of(words[i]))].operand == Operand::Jump && op_of(words[i]) != Op::SEND) {
      uint32_t target = static_cast<uint32_t>(static_cast<int64_t>(i) + 1 + signed_arg(words[i]));
      // Waiting for an iterator's next value is no new line.
      if (may_start(target) && op_of(words[target]) != Op::SEND) watch->kinds[target] |= kLineStart;
    }
  }
  for (const Handler& h : code->handler_table())
    if (may_start(h.target)) watch->kinds[h.target] |= kLineStart;
}

void find_async_steps(const Code* code, CodeWatch* watch) {
  for (const Handler& h : code->handler_table())
    if (uint32_t step = async_step_of(code, h); step != h.target) watch->kinds[step] |= kAsyncStep;
}

/// Who is to be asked of the event at instruction i.
uint32_t asked(Vm& vm, const CodeWatch* watch, Event e, uint32_t i) {
  uint32_t n = static_cast<uint32_t>(e);
  uint32_t who = watch_of(vm).wanting[n] | watch->local[n];
  if (watch->disabled[n] != nullptr) who &= ~static_cast<uint32_t>(watch->disabled[n][i]);
  return who;
}

uint16_t points_at(Vm& vm, LiveCode* live, uint32_t i, uint32_t wanted) {
  CodeWatch* watch = live->watch;
  uint32_t points = 0;
  uint32_t possible = events_at(live->owner->code()[i], watch->kinds[i]) & wanted;
  for (uint32_t n = 0; n < kLocalEventCount; ++n)
    if ((possible & 1u << n) && asked(vm, watch, static_cast<Event>(n), i) != 0) points |= 1u << n;
  return static_cast<uint16_t>(points);
}

constexpr uint32_t kLocalEventSet = event_bit(Event::kRaise) - 1;

/// Global and local events of the code.
uint32_t wanted_in(Vm& vm, const LiveCode* live) {
  uint32_t wanted = watch_of(vm).events;
  if (live->watch != nullptr) wanted |= live->watch->local_events;
  return wanted & kLocalEventSet;
}

void set_entry(LiveCode* live) {
  bool resume_first = live->owner->instruction_count > 1 && op_of(live->owner->code()[0]) == Op::RESUME;
  bool watched = (live->code[0] & 0xFF) == kInstrumented;
  live->entry = resume_first && !watched ? live->code + 1 : live->code;
}

void write_words(Vm& vm, LiveCode* live, uint32_t wanted) {
  CodeWatch* watch = live->watch;
  live_code_plain(live);
  uint32_t count = live->owner->instruction_count;
  for (uint32_t i = 0; i < count; ++i) {
    watch->ops[i] = static_cast<uint8_t>(live->code[i] & 0xFF);
    uint16_t points = wanted == 0 ? 0 : points_at(vm, live, i, wanted);
    watch->points[i] = points;
    if (points != 0) live->code[i] = (live->code[i] & ~0xFFu) | kInstrumented;
  }
  live_code_fuse(live);
  set_entry(live);
  watch->events = wanted;
  watch->epoch = watch_of(vm).epoch;
  watch->instructions = wanted == event_bit(Event::kInstruction) && watch->local_events == 0 && !watch->disables;
}

Status apply(Vm& vm, LiveCode* live, bool force) {
  uint32_t wanted = wanted_in(vm, live);
  if (live->watch == nullptr) {
    if (wanted == 0) return {};
    (void)TRY(code_watch(vm, live));
    force = true;
  }
  if (live->watch->epoch != watch_of(vm).epoch) {
    for (uint16_t*& row : live->watch->disabled) {
      std::free(row);
      row = nullptr;
    }
    live->watch->disables = false;
    force = true;
  }
  // Where somebody disabled an event, who wants it matters too.
  force |= live->watch->disables;
  if (force || live->watch->events != wanted) write_words(vm, live, wanted);
  return {};
}

Status apply_all(Vm& vm, bool force) {
  for (LiveCode* live = watch_of(vm).codes; live != nullptr; live = live->next) TRY(apply(vm, live, force));
  return {};
}

}  // namespace

Result<CodeWatch*> code_watch(Vm& vm, LiveCode* live) {
  if (live->watch != nullptr) return live->watch;
  size_t count = live->owner->instruction_count;
  size_t bytes = sizeof(CodeWatch) + count * (sizeof(int32_t) + sizeof(uint16_t) + 2);
  if (!vm.heap.charge(bytes)) return vm.allocation_failed(bytes);
  char* memory = static_cast<char*>(std::calloc(1, bytes));
  if (memory == nullptr) {
    vm.heap.discharge(bytes);
    return vm.allocation_failed(bytes);
  }
  CodeWatch* watch = reinterpret_cast<CodeWatch*>(memory);
  memory += sizeof(CodeWatch);
  watch->lines = reinterpret_cast<int32_t*>(memory);
  watch->points = reinterpret_cast<uint16_t*>(memory + count * sizeof(int32_t));
  watch->ops = reinterpret_cast<uint8_t*>(watch->points + count);
  watch->kinds = watch->ops + count;
  watch->bytes = bytes;
  watch->epoch = watch_of(vm).epoch;
  live->watch = watch;
  find_lines(live->owner, watch);
  find_async_steps(live->owner, watch);
  for (uint32_t i = 0; i < count; ++i) watch->ops[i] = static_cast<uint8_t>(live->code[i] & 0xFF);
  return watch;
}

Status instrument_new_code(Vm& vm, LiveCode* live) {
  Instrumentation& w = watch_of(vm);
  live->next = w.codes;
  if (w.codes != nullptr) w.codes->link = &live->next;
  w.codes = live;
  live->link = &w.codes;
  return w.events == 0 ? Status{} : apply(vm, live, false);
}

void instrument_stop(Vm& vm) {
  for (LiveCode* live = watch_of(vm).codes; live != nullptr;) {
    LiveCode* next = live->next;
    live->link = nullptr;
    live->next = nullptr;
    live = next;
  }
  watch_of(vm).codes = nullptr;
}

void instrument_release(Heap& heap, LiveCode* live) {
  if (live->link != nullptr) {
    *live->link = live->next;
    if (live->next != nullptr) live->next->link = live->link;
  }
  CodeWatch* watch = live->watch;
  if (watch == nullptr) return;
  for (uint16_t* row : watch->disabled) std::free(row);
  heap.discharge(watch->bytes);
  std::free(watch);
}

namespace {

void find_every_instruction(Instrumentation& w) {
  uint32_t who = w.wanting[static_cast<uint32_t>(Event::kInstruction)];
  bool only = (w.events & kLocalEventSet) == event_bit(Event::kInstruction) && (who & (who - 1)) == 0;
  // Python's tools are not told of what they do themselves.
  w.every_instruction = only && who >> kToolSlots != 0 ? w.observers[__builtin_ctz(who)] : nullptr;
}

}  // namespace

void observer_attach(Vm& vm, uint32_t slot, Observer* observer) {
  watch_of(vm).observers[slot] = observer;
  find_every_instruction(watch_of(vm));
}

namespace {

void set_local(CodeWatch* watch, uint32_t slot, uint32_t events) {
  uint16_t bit = static_cast<uint16_t>(1u << slot);
  watch->local_events = 0;
  for (uint32_t n = 0; n < kLocalEventCount; ++n) {
    watch->local[n] = static_cast<uint16_t>(events & 1u << n ? watch->local[n] | bit : watch->local[n] & ~bit);
    if (watch->local[n] != 0) watch->local_events |= 1u << n;
  }
}

}  // namespace

Status observer_set_events(Vm& vm, uint32_t slot, uint32_t events, uint32_t followed_events) {
  Instrumentation& w = watch_of(vm);
  uint16_t bit = static_cast<uint16_t>(1u << slot);
  uint32_t before = 0, followed_before = 0;
  if (Observer* observer = w.observers[slot]; observer != nullptr) {
    before = std::exchange(observer->events, events);
    followed_before = std::exchange(observer->followed_events, followed_events);
  }
  w.events = 0;
  uint32_t native_events = 0;
  for (uint32_t n = 0; n < kEventCount; ++n) {
    w.wanting[n] = static_cast<uint16_t>(events & 1u << n ? w.wanting[n] | bit : w.wanting[n] & ~bit);
    if (w.wanting[n] != 0) w.events |= 1u << n;
    if (w.wanting[n] >> kToolSlots != 0) native_events |= 1u << n;
  }
  w.native_events = native_events;
  find_every_instruction(w);
  if (followed_before != followed_events)
    for (LiveCode* live = w.codes; live != nullptr; live = live->next)
      if (live->watch != nullptr && (live->watch->followed & bit)) set_local(live->watch, slot, followed_events);
  if ((before == events && followed_before == followed_events) || w.events == 0) return {};
  return apply_all(vm, false);
}

Status observer_set_local_events(Vm& vm, uint32_t slot, Code* code, uint32_t events) {
  LiveCode* live = TRY(live_code(vm, code));
  set_local(TRY(code_watch(vm, live)), slot, events);
  return apply(vm, live, true);
}

Status observer_follow(Vm& vm, uint32_t slot, Code* code) {
  LiveCode* live = TRY(live_code(vm, code));
  CodeWatch* watch = TRY(code_watch(vm, live));
  if (watch->followed & 1u << slot) return {};
  watch->followed = static_cast<uint16_t>(watch->followed | 1u << slot);
  Observer* observer = watch_of(vm).observers[slot];
  if (observer == nullptr || observer->followed_events == 0) return {};
  set_local(watch, slot, observer->followed_events);
  return apply(vm, live, false);
}

uint32_t observer_local_events(Vm&, uint32_t slot, const Code* code) {
  if (code->live == nullptr || code->live->watch == nullptr) return 0;
  uint32_t events = 0;
  for (uint32_t n = 0; n < kLocalEventCount; ++n)
    if (code->live->watch->local[n] & 1u << slot) events |= 1u << n;
  return events;
}

Status observers_restart(Vm& vm) {
  ++watch_of(vm).epoch;
  return apply_all(vm, false);
}

uint8_t* instrument_form(LiveCode* live, const uint32_t* pc) { return live->watch->ops + (pc - live->code); }

uint8_t instrument_original(const LiveCode* live, const uint32_t* pc) {
  uint8_t op = static_cast<uint8_t>(*pc & 0xFF);
  return op == kInstrumented ? live->watch->ops[pc - live->code] : op;
}

namespace {

/// Comes to an instruction that may begin a line. The same line further on is still the same line; the same line from behind is
/// another turn of a loop.
inline bool continues_line(const CodeWatch* watch, Frame* frame, uint32_t i, int32_t line) {
  uint32_t mark = frame->line_mark;
  frame->line_mark = i + 1;
  if (mark & kMarkSkip) return (mark & ~kMarkSkip) == i + 1;
  return mark != 0 && mark <= i && watch->lines[mark - 1] == line;
}

/// Where what a call instruction calls lies on the operand stack.
Value* callee_place(const Frame* frame, Instruction word) {
  switch (op_of(word)) {
    case Op::CALL: return frame->sp - unsigned_arg(word) - 2;
    case Op::CALL_KW: return frame->sp - unsigned_arg(word) - 3;
    case Op::CALL_FUNCTION_EX: return frame->sp - 4;
    default: return frame->sp - 3;  // super(...).name
  }
}
/// What is called, and its first argument (unset: none).
struct Callee {
  Value* base;
  Value function;
  Value first;
};
Callee find_callee(const Frame* frame, Instruction word) {
  Value* base = callee_place(frame, word);
  Callee c{base, base[0], base[1]};
  if (c.first.is_unset() && op_of(word) == Op::CALL_FUNCTION_EX) {
    if (is_tuple(base[2]) && base[2].as<Tuple>()->length > 0) c.first = base[2].as<Tuple>()->items[0];
  } else if (c.first.is_unset() && unsigned_arg(word) > 0) {
    c.first = base[2];
  }
  if (is_kind(c.function, Kind::Method)) {
    c.first = c.function.as<Method>()->self;
    c.function = c.function.as<Method>()->function;
  }
  return c;
}
/// Calls what the instruction calls, from here.
Value call_here(Vm& vm, const Frame* frame, Instruction word, Value* base) {
  if (op_of(word) == Op::CALL_FUNCTION_EX) return call_function_ex(vm, base[0], base[2], base[3]);
  uint32_t n = unsigned_arg(word);
  Value* args = base + 2;
  if (!base[1].is_unset()) {
    --args;
    ++n;
  }
  CallArgs call_args{args, n};
  if (op_of(word) == Op::CALL_KW) call_args.keywords = frame->sp[-1].as<Tuple>();
  return call(vm, base[0], call_args);
}

/// One instruction's visit to the observers.
class Hit {
 public:
  Hit(Vm& vm, Frame* frame, uint32_t i) : vm_(vm), frame_(frame), live_(frame->live), at_(frame->pc), i_(i) {}

  /// `points`: events that are asked for here.
  uint32_t run(uint32_t points) {
    CodeWatch* watch = live_->watch;
    if (points & event_bit(Event::kLine)) {
      int32_t line = watch->lines[i_];
      if (!continues_line(watch, frame_, i_, line)) {
        EventInfo info{Event::kLine, frame_, i_};
        info.line = line;
        if (!tell(info)) return kHitError;
        if (moved()) return kHitMoved;
      }
    }
    if (points & event_bit(Event::kInstruction)) {
      if (!tell({Event::kInstruction, frame_, i_})) return kHitError;
      if (moved()) return kHitMoved;
    }
    constexpr uint32_t kPlain = event_bit(Event::kLine) | event_bit(Event::kInstruction);
    if (points & ~kPlain) {
      uint32_t next = special();
      if (next != 0) return next;
    }
    return instrument_original(live_, live_->code + i_);
  }

  /// Goes on behind the answer of the only observer that was asked.
  uint32_t answered(Event event, uint32_t slot, Watched answer) {
    if (answer == Watched::kError) return kHitError;
    if (answer == Watched::kDisable) disable(event, slot);
    return instrument_original(live_, live_->code + i_);
  }

 private:
  bool moved() const { return frame_->pc != at_; }

  /// False: an exception is pending.
  bool tell(const EventInfo& info) { return tell(info, asked(vm_, live_->watch, info.event, i_)); }
  bool tell(const EventInfo& info, uint32_t who) {
    Instrumentation& w = watch_of(vm_);
    bool local = static_cast<uint32_t>(info.event) < kLocalEventCount;
    while (who != 0) {
      uint32_t slot = static_cast<uint32_t>(__builtin_ctz(who));
      who &= who - 1;
      Observer* observer = w.observers[slot];
      if (observer == nullptr) continue;
      switch (observer->handle(vm_, info)) {
        case Watched::kContinue: break;
        case Watched::kError: return false;
        case Watched::kDisable:
          if (local) disable(info.event, slot);
          break;
        case Watched::kDisableBranch:
          disable(Event::kBranchLeft, slot);
          disable(Event::kBranchRight, slot);
          break;
      }
    }
    return true;
  }

  void disable(Event e, uint32_t slot) {
    CodeWatch* watch = live_->watch;
    uint32_t n = static_cast<uint32_t>(e);
    uint16_t*& row = watch->disabled[n];
    if (row == nullptr) {
      // Without memory the event goes on being told: asking for less is only a wish.
      row = static_cast<uint16_t*>(std::calloc(live_->owner->instruction_count, sizeof(uint16_t)));
      if (row == nullptr) return;
    }
    row[i_] = static_cast<uint16_t>(row[i_] | 1u << slot);
    watch->disables = true;
    watch->instructions = false;
    if (asked(vm_, watch, e, i_) != 0) return;
    watch->points[i_] = static_cast<uint16_t>(watch->points[i_] & ~event_bit(e));
    Instruction& word = live_->code[i_];
    if (watch->points[i_] == 0 && (word & 0xFF) == kInstrumented) {
      word = (word & ~0xFFu) | watch->ops[i_];
      if (i_ == 0) set_entry(live_);
    }
  }

  uint32_t special() {
    Instruction word = live_->owner->code()[i_];
    switch (op_of(word)) {
      case Op::RESUME:
        if (unsigned_arg(word) == 0) frame_->line_mark = 0;
        return tell({unsigned_arg(word) == 0 ? Event::kStart : Event::kResume, frame_, i_}) ? 0 : kHitError;
      case Op::RETURN_VALUE: return with_value(Event::kReturn);
      case Op::YIELD_VALUE: return with_value(Event::kYield);
      case Op::CALL:
      case Op::CALL_KW:
      case Op::CALL_FUNCTION_EX: return call_event(word);
      case Op::LOAD_SUPER_ATTR:
      case Op::LOAD_SUPER_METHOD: return super_event(frame_->sp[-2]);
      case Op::LOAD_ZERO_SUPER_ATTR:
      case Op::LOAD_ZERO_SUPER_METHOD: return super_event(Value());
      case Op::JUMP:
      case Op::JUMP_BACKWARD: {
        EventInfo info{Event::kJump, frame_, i_};
        info.target = target(word);
        return tell(info) ? 0 : kHitError;
      }
      case Op::FOR_ITER: return for_iter(word);
      case Op::END_SEND:
      case Op::END_ASYNC_FOR: return async_for(word);
      default: return branch(word);
    }
  }

  uint32_t target(Instruction word) const {
    return static_cast<uint32_t>(static_cast<int64_t>(i_) + 1 + signed_arg(word));
  }

  uint32_t with_value(Event e) {
    EventInfo info{e, frame_, i_};
    info.value = frame_->sp[-1];
    return tell(info) ? 0 : kHitError;
  }

  bool tell_branch(Instruction word, bool taken) {
    // Left is where an `if` is true or a loop goes on: the way straight on, except for jumps on a true condition's inverse.
    EventInfo info{taken ? Event::kBranchRight : Event::kBranchLeft, frame_, i_};
    info.target = taken ? target(word) : i_ + 1;
    return tell(info);
  }

  /// The condition is decided here, because asking it again might give another answer; then the jump is done here too.
  uint32_t branch(Instruction word) {
    Value v = frame_->sp[-1];
    Op op = op_of(word);
    bool taken;
    if (op == Op::POP_JUMP_IF_NONE || op == Op::POP_JUMP_IF_NOT_NONE) {
      taken = v.is_none() == (op == Op::POP_JUMP_IF_NONE);
    } else {
      Result<bool> truth = truthy(vm_, v);
      if (truth.is_error()) return kHitError;
      taken = truth.release() == (op == Op::POP_JUMP_IF_TRUE || op == Op::JUMP_IF_TRUE_OR_POP);
    }
    if (!tell_branch(word, taken)) return kHitError;
    if (moved()) return kHitMoved;
    bool keep = taken && (op == Op::JUMP_IF_FALSE_OR_POP || op == Op::JUMP_IF_TRUE_OR_POP);
    if (!keep) --frame_->sp;
    frame_->pc = live_->code + (taken ? target(word) : i_ + 1);
    return kHitMoved;
  }

  /// Whether the loop goes on is only known after asking the iterator, which is done here.
  uint32_t for_iter(Instruction word) {
    Value item = instrument_next(vm_, frame_, frame_->sp[-1]);
    if (item.is_error()) return kHitError;
    bool done = item.is_exhausted();
    // The item must survive what the observers do.
    *frame_->sp++ = done ? Value::none() : item;
    bool told = tell_branch(word, done);
    --frame_->sp;
    if (!told) return kHitError;
    if (moved()) return kHitMoved;
    if (done) {
      --frame_->sp;
      frame_->pc = live_->code + target(word);
    } else {
      *frame_->sp++ = item;
    }
    return kHitMoved;
  }

  /// `async for` goes on where its step has ended, and ends where that raised StopAsyncIteration.
  uint32_t async_for(Instruction word) {
    bool ends = op_of(word) == Op::END_ASYNC_FOR;
    if (ends && !is_instance_of(vm_, frame_->sp[-1], vm_.exception_type(E::StopAsyncIteration))) return 0;
    EventInfo info{ends ? Event::kBranchRight : Event::kBranchLeft, frame_, i_};
    if (ends) info.instruction = async_step_of(live_->owner, i_);
    info.target = i_ + 1;
    return tell(info) ? 0 : kHitError;
  }

  /// `super(...).name` is one instruction, and a call all the same. What is called is only told of its end if it is the real super,
  /// which can be called here and once more by the instruction.
  uint32_t super_event(Value argument) {
    Value* base = frame_->sp - 3;
    EventInfo info{Event::kCall, frame_, i_};
    info.value = base[0];
    info.argument = argument;
    if (!tell(info)) return kHitError;
    if (moved()) return kHitMoved;
    uint32_t who = base[0] == Value(vm_.types.super) ? told_of_results() : 0;
    if (who == 0) return 0;
    Value args[] = {base[1], base[2]};
    Value object = call(vm_, base[0], CallArgs{args, 2});
    return tell_result(info, object, who) ? 0 : kHitError;
  }

  /// Observers of calls at this instruction that want to be told of their ends.
  uint32_t told_of_results() {
    uint32_t who = asked(vm_, live_->watch, Event::kCall, i_);
    for (uint32_t rest = who; rest != 0; rest &= rest - 1) {
      uint32_t slot = static_cast<uint32_t>(__builtin_ctz(rest));
      Observer* observer = watch_of(vm_).observers[slot];
      if (observer == nullptr || !observer->c_results) who &= ~(1u << slot);
    }
    return who;
  }

  /// False: an exception is pending, that of the call or of an observer.
  bool tell_result(EventInfo& info, Value result, uint32_t who) {
    who &= asked(vm_, live_->watch, Event::kCall, i_);  // they may have changed their minds meanwhile
    if (!result.is_error()) {
      info.event = Event::kCReturn;
      return tell(info, who);
    }
    info.event = Event::kCRaise;
    Value exception = vm_.take_pending();
    if (vm_.tripped == Limit::kNone && !tell(info, who)) return false;
    vm_.t.pending = exception;
    return false;
  }

  uint32_t call_event(Instruction word) {
    Callee callee = find_callee(frame_, word);
    EventInfo info{Event::kCall, frame_, i_};
    info.value = callee.function;
    info.argument = callee.first;
    if (!tell(info)) return kHitError;
    if (moved()) return kHitMoved;
    uint32_t who = is_function(callee.function) ? 0 : told_of_results();
    bool natively = false;
    for (uint32_t rest = asked(vm_, live_->watch, Event::kCall, i_); rest != 0; rest &= rest - 1) {
      Observer* observer = watch_of(vm_).observers[__builtin_ctz(rest)];
      natively |= observer != nullptr && observer->native_calls;
    }
    if (who == 0 && !natively) return 0;
    // What is not Python code is called from here, so that its end is seen.
    Value result = call_here(vm_, frame_, word, callee.base);
    if (!result.is_error()) {
      *callee.base = result;  // kept alive by the stack while the observers look
      frame_->sp = callee.base + 1;
    }
    return tell_result(info, result, who) ? kHitMoved : kHitError;
  }

  Vm& vm_;
  Frame* frame_;
  LiveCode* live_;
  const Instruction* at_;
  uint32_t i_;
};

[[gnu::noinline]] uint32_t hit_any(Vm& vm, Frame* frame, uint32_t i, uint32_t points) {
  return Hit(vm, frame, i).run(points);
}
/// The only observer that was asked wants no more of the event here, or raised.
[[gnu::noinline]] uint32_t hit_answered(Vm& vm, Frame* frame, Event event, uint32_t slot, Watched answer) {
  uint32_t i = static_cast<uint32_t>(frame->pc - frame->live->code) - 1;
  return Hit(vm, frame, i).answered(event, slot, answer);
}
[[gnu::noinline, gnu::cold]] void hit_rewrites(Vm& vm, LiveCode* live) { write_words(vm, live, wanted_in(vm, live)); }

}  // namespace

namespace {

/// An observer has answered, the only one that was asked.
inline uint32_t hit_told(Vm& vm, Frame* frame, const Instruction* at, Event event, uint32_t slot, Watched answer) {
  if (answer != Watched::kContinue || frame->pc != at) [[unlikely]]
    return frame->pc != at && answer != Watched::kError ? kHitMoved : hit_answered(vm, frame, event, slot, answer);
  return instrument_original(frame->live, at - 1);
}

/// One event happens at the instruction, and one observer asks for it.
[[gnu::noinline]] uint32_t hit_one(Vm& vm, Frame* frame, uint32_t i, Event event, uint32_t slot) {
  EventInfo info{event, frame, i};
  switch (event) {
    case Event::kLine: {
      const CodeWatch* watch = frame->live->watch;
      info.line = watch->lines[i];
      if (continues_line(watch, frame, i, info.line)) return watch->ops[i];
      break;
    }
    case Event::kStart: frame->line_mark = 0; break;
    case Event::kReturn:
    case Event::kYield: info.value = frame->sp[-1]; break;
    default: break;
  }
  const Instruction* at = frame->pc;
  Watched answer = watch_of(vm).observers[slot]->handle(vm, info);
  return hit_told(vm, frame, at, event, slot, answer);
}

/// A native function is called by CALL with just its parameters, as the loop does it (handlers/calls.inc). Otherwise false.
inline bool call_exactly(Vm& vm, Instruction word, Value* base, Value* result) {
  auto* f = base[0].as<NativeFunction>();
  uint32_t n = unsigned_arg(word);
  bool bound = !base[1].is_unset(), method = f->bits & NativeFunction::kMethod;
  if (op_of(word) != Op::CALL || bound != method || !f->self.is_unset() || (f->bits & NativeFunction::kNew))
    return false;
  if (n + bound != f->sig.exact) return false;
  *result = f->fn(vm, bound ? Args{base + 1, n + 1} : Args{base + 2, n});
  if (result->is_exhausted()) [[unlikely]]
    *result = raise_stop_iteration(vm, Value());
  return true;
}

/// A call that may be one of a native function: one observer wants to be told of those only, and of their ends.
[[gnu::noinline]] uint32_t hit_native_call(Vm& vm, Frame* frame, uint32_t i, uint32_t slot, Instruction word) {
  Callee callee = find_callee(frame, word);
  if (!is_kind(callee.function, Kind::NativeFunction)) return frame->live->watch->ops[i];
  Instrumentation& w = watch_of(vm);
  Observer* observer = w.observers[slot];
  bool plain = op_of(word) == Op::CALL || op_of(word) == Op::CALL_KW || op_of(word) == Op::CALL_FUNCTION_EX;
  if (!plain || !observer->c_results) return hit_any(vm, frame, i, event_bit(Event::kCall));
  const Instruction* at = frame->pc;
  EventInfo info{Event::kCall, frame, i};
  info.value = callee.function;
  info.argument = callee.first;
  Watched answer = observer->handle(vm, info);
  // It may change its mind.
  auto wanted = [&] {
    constexpr uint32_t kNumber = static_cast<uint32_t>(Event::kCall);
    return ((w.wanting[kNumber] | frame->live->watch->local[kNumber]) & 1u << slot) != 0;
  };
  if (answer != Watched::kContinue || frame->pc != at || !wanted()) [[unlikely]]
    return hit_told(vm, frame, at, Event::kCall, slot, answer);
  Value result;
  if (!is_kind(callee.base[0], Kind::NativeFunction) || !call_exactly(vm, word, callee.base, &result))
    result = call_here(vm, frame, word, callee.base);
  Value exception;
  if (result.is_error()) {
    if (vm.tripped != Limit::kNone) return kHitError;
    exception = vm.take_pending();
    info.event = Event::kCRaise;
  } else {
    *callee.base = result;  // kept alive by the stack while the observer looks
    frame->sp = callee.base + 1;
    info.event = Event::kCReturn;
  }
  if (wanted() && observer->handle(vm, info) == Watched::kError) return kHitError;
  if (exception.is_unset()) return kHitMoved;
  vm.t.pending = exception;
  return kHitError;
}

}  // namespace

uint32_t instrument_hit(Vm& vm, Frame* frame) {
  LiveCode* live = frame->live;
  CodeWatch* watch = live->watch;
  const Instrumentation& w = watch_of(vm);
  uint32_t i = static_cast<uint32_t>(frame->pc - live->code) - 1;
  if (watch->events != ((w.events | watch->local_events) & kLocalEventSet)) [[unlikely]]
    hit_rewrites(vm, live);
  uint32_t points = watch->points[i];
  if (points == 0 || (points & (points - 1)) != 0 || watch->disables) return hit_any(vm, frame, i, points);
  // The short way: one event happens at the instruction, and one observer asks for it.
  uint32_t number = static_cast<uint32_t>(__builtin_ctz(points));
  uint32_t who = w.wanting[number] | watch->local[number];
  if (who == 0 || (who & (who - 1)) != 0) return hit_any(vm, frame, i, points);
  uint32_t slot = static_cast<uint32_t>(__builtin_ctz(who));
  const Observer* observer = w.observers[slot];
  if (observer == nullptr) return hit_any(vm, frame, i, points);
  constexpr uint32_t kSimple = event_bit(Event::kLine) | event_bit(Event::kInstruction) | event_bit(Event::kStart) |
                               event_bit(Event::kResume) | event_bit(Event::kReturn) | event_bit(Event::kYield);
  if (points & kSimple) return hit_one(vm, frame, i, static_cast<Event>(number), slot);
  if (points != event_bit(Event::kCall) || !observer->native_functions_only) return hit_any(vm, frame, i, points);
  Instruction word = live->owner->code()[i];
  // Most calls are of Python functions, by CALL.
  if (op_of(word) == Op::CALL && is_function(frame->sp[-static_cast<int>(unsigned_arg(word)) - 2]))
    return watch->ops[i];
  return hit_native_call(vm, frame, i, slot, word);
}

uint32_t instrument_answered(Vm& vm, Frame* frame, Watched answer) {
  const uint16_t* wanting = watch_of(vm).wanting;
  uint32_t slot =
      static_cast<uint32_t>(__builtin_ctz(wanting[static_cast<uint32_t>(Event::kInstruction)] | 1u << kObserverSlots));
  if (slot < kObserverSlots) return hit_answered(vm, frame, Event::kInstruction, slot, answer);
  // It has just said that it wants nothing more.
  return answer == Watched::kError ? kHitError : instrument_original(frame->live, frame->pc - 1);
}

Value instrument_next(Vm& vm, Frame* frame, Value iterator) {
  Value item = iter_step(vm, iterator);
  if (!item.is_error() || !vm.pending_is(E::StopIteration)) return item;
  if (watch_of(vm).events & event_bit(Event::kRaise)) {
    instrument_exception(vm, frame, Event::kRaise);
    if (!vm.pending_is(E::StopIteration)) return Error{};  // an observer's
  }
  (void)vm.take_pending();
  return Value::exhausted();
}

Status instrument_stop_iteration(Vm& vm, Frame* frame, Value result) {
  (void)raise_stop_iteration(vm, result.is_none() ? Value() : result);
  if (vm.tripped != Limit::kNone) return Error{};
  Instrumentation& w = watch_of(vm);
  EventInfo info{Event::kStopIteration, frame, frame_instruction(frame)};
  info.value = vm.take_pending();
  uint32_t who = w.wanting[static_cast<uint32_t>(Event::kStopIteration)];
  if (frame->live->watch != nullptr) who = asked(vm, frame->live->watch, Event::kStopIteration, info.instruction);
  for (; who != 0; who &= who - 1) {
    Observer* observer = w.observers[__builtin_ctz(who)];
    if (observer != nullptr && observer->handle(vm, info) == Watched::kError) return Error{};
  }
  return {};
}

void instrument_exception(Vm& vm, Frame* frame, Event event) {
  Instrumentation& w = watch_of(vm);
  Value exception = vm.take_pending();
  EventInfo info{event, frame, frame_instruction(frame)};
  info.value = exception;
  for (uint32_t who = w.wanting[static_cast<uint32_t>(event)]; who != 0; who &= who - 1) {
    Observer* observer = w.observers[__builtin_ctz(who)];
    if (observer != nullptr && observer->handle(vm, info) == Watched::kError) {
      // What the observer raised goes on instead.
      exception = vm.take_pending();
      info.value = exception;
      if (vm.tripped != Limit::kNone) break;
    }
  }
  vm.t.pending = exception;
}

}  // namespace krait
