#include "observe/debugger.hpp"

#include "objects/dict.hpp"
#include "objects/exception.hpp"
#include "objects/operations.hpp"
#include "objects/sequences.hpp"
#include "objects/str.hpp"
#include "runtime/compile.hpp"
#include "runtime/source_lines.hpp"
#include "runtime/system.hpp"

namespace krait {
namespace {

constexpr size_t kMostFrames = 32;  ///< of one recorded step

Value slot_content(const Frame* frame, uint32_t i) {
  Value v = frame->slots[i];
  uint8_t kind = frame->code->slot_kinds->data<uint8_t>()[i];
  if ((kind & (kSlotCell | kSlotFree)) && is_kind(v, Kind::Cell)) return v.as<ClosureCell>()->content;
  return v;
}

}  // namespace

uint32_t Debugger::wanted() const {
  uint32_t set =
      event_bit(Event::kLine) | event_bit(Event::kStart) | event_bit(Event::kReturn) | event_bit(Event::kUnwind);
  if (stop_on_raise) set |= event_bit(Event::kRaise);
  if (go_ == Go::kInstruction || finishing_) set |= event_bit(Event::kInstruction);
  return set;
}

void Debugger::apply_events(Vm& vm) {
  if (observer_set_events(vm, slot, wanted()).is_error()) (void)vm.clear_pending();
}

void Debugger::trace(Marker& marker) {
  for (Step& step : steps_) {
    for (RecordedFrame& frame : step.frames) {
      marker.mark_cell(frame.code);
      for (Value v : frame.slots) marker.mark(v);
      for (Value v : frame.stack) marker.mark(v);
    }
  }
}

uint32_t Debugger::place(const EventInfo& info, const Frame* frame) const {
  if (frame == info.frame && frame->pc != stopped_pc_)
    return static_cast<uint32_t>(frame->pc - frame->code->live->code);
  return frame_instruction(frame);
}

Frame* Debugger::frame_at(const EventInfo& info, size_t index) const {
  Frame* frame = info.frame;
  while (frame != nullptr && index-- > 0) frame = frame->previous;
  return frame;
}

void Debugger::record(Vm& vm, const EventInfo& info) {
  Step step;
  step.depth = vm.t.depth;
  // Activations: a frame that stands where another one stood is another activation unless it stayed on the chain.
  std::vector<Frame*> chain;
  for (Frame* f = info.frame; f != nullptr; f = f->previous) chain.push_back(f);
  size_t same = 0;
  while (same < live_.size() && same < chain.size() && live_[same].first == chain[chain.size() - 1 - same]) ++same;
  live_.resize(same);
  for (size_t i = same; i < chain.size(); ++i) live_.emplace_back(chain[chain.size() - 1 - i], ++activations_);
  for (size_t i = 0; i < chain.size() && i < kMostFrames; ++i) {
    Frame* f = chain[i];
    RecordedFrame r;
    r.code = f->code;
    r.frame = f;
    r.activation = live_[chain.size() - 1 - i].second;
    r.instruction = frame_instruction(f);
    r.line = code_location(f->code, r.instruction).line;
    r.slots.assign(f->slots, f->slots + f->code->slot_count);
    if (i == 0) r.stack.assign(f->stack, f->sp);
    step.frames.push_back(std::move(r));
  }
  steps_.push_back(std::move(step));
  if (steps_.size() > most_steps) steps_.pop_front();
}

const Breakpoint* Debugger::breakpoint_at(Vm& vm, const EventInfo& info) {
  for (Breakpoint& b : breakpoints) {
    if (!b.enabled) continue;
    const Code* code = info.frame->code;
    if (b.function.empty()) {
      if (b.line != info.line) continue;
    } else if (str_to_utf8(code->name) != b.function && str_to_utf8(code->qualname) != b.function) {
      continue;
    }
    if (!b.file.empty()) {
      std::string file = str_to_utf8(code->filename);
      if (!file.ends_with(b.file) ||
          (file.size() > b.file.size() && b.file[0] != '/' && file[file.size() - b.file.size() - 1] != '/'))
        continue;
    }
    if (!b.function.empty() && info.frame->line_mark != 0) {
      // Only where the function begins: at its first line event.
      CodeWatch* watch = code->live->watch;
      uint32_t first = 0;
      while (first < code->instruction_count && !(watch->kinds[first] & kLineStart)) ++first;
      if (info.instruction != first) continue;
    }
    if (!b.condition.empty()) {
      std::string error;
      Value v = evaluate(vm, info.frame, b.condition, error);
      if (!v.is_unset()) {  // a condition that fails stops, so that it is noticed
        busy_ = true;
        Result<bool> truth = truthy(vm, v);
        busy_ = false;
        if (truth.is_error()) {
          (void)vm.clear_pending();
        } else if (!truth.release()) {
          continue;
        }
      }
    }
    ++b.hits;
    return &b;
  }
  return nullptr;
}

Watched Debugger::handle(Vm& vm, const EventInfo& info) {
  if (busy_ || quit_ || vm.t.thread->tracing != 0) return Watched::kContinue;
  if (library_code(vm, info.frame->code)) return info.event == Event::kLine ? Watched::kDisable : Watched::kContinue;
  bool stop = false;
  Why why = Why::kStep;
  const Breakpoint* hit = nullptr;
  bool mine = thread_ == nullptr || thread_ == vm.t.thread;
  switch (info.event) {
    case Event::kLine:
      record(vm, info);
      if (!started_) {
        started_ = true;
        thread_ = vm.t.thread;
        stop = stop_at_entry;
        why = Why::kEntry;
        if (!stop) go_ = Go::kRun;
      } else if (mine && go_ != Go::kRun) {
        stop = go_ == Go::kStepIn || (go_ == Go::kNext && vm.t.depth <= base_depth_);
      }
      if (!stop || why == Why::kEntry) {
        hit = breakpoint_at(vm, info);
        if (hit != nullptr) {
          stop = true;
          why = Why::kBreakpoint;
        }
      }
      if (!stop && pause_wanted()) {
        stop = true;
        why = Why::kPause;
      }
      break;
    case Event::kInstruction:
      if (mine && finishing_ && vm.t.depth < base_depth_) {
        record(vm, info);
        stop = true;
      } else if (mine && go_ == Go::kInstruction && started_) {
        const RecordedFrame* last = steps_.empty() ? nullptr : &steps_.back().frames[0];
        if (last == nullptr || last->frame != info.frame || last->instruction != info.instruction) record(vm, info);
        stop = true;
      }
      break;
    case Event::kRaise:
      stop = stop_on_raise;
      why = Why::kException;
      break;
    case Event::kReturn:
    case Event::kUnwind:
      // From the end of the frame that `next` counts from, stepping goes on in its caller.
      if (mine && go_ == Go::kFinish && vm.t.depth <= base_depth_ && !finishing_) {
        finishing_ = true;  // the caller's next instruction is the place
        apply_events(vm);
      }
      if (mine && go_ == Go::kNext && vm.t.depth <= base_depth_ && base_depth_ > 0) base_depth_ = vm.t.depth - 1;
      break;
    default: break;
  }
  if (!stop) return Watched::kContinue;
  thread_ = vm.t.thread;
  past_ = -1;
  stopped_pc_ = info.frame->pc;
  flush_program_output(vm);
  finishing_ = false;
  go_ = ask(vm, info, why, hit);
  past_ = -1;
  if (vm.has_pending()) return Watched::kError;
  if (quit_) {
    Value exit = exception_new(vm, vm.exception_type(E::SystemExit), vm.empty_tuple);
    if (!exit.is_error()) (void)vm.raise_value(exit);
    return Watched::kError;
  }
  base_depth_ = vm.t.depth;
  apply_events(vm);
  return Watched::kContinue;
}

Value Debugger::evaluate(Vm& vm, Frame* frame, const std::string& text, std::string& error) {
  busy_ = true;
  ++vm.t.thread->tracing;
  Value pending = vm.take_pending();
  Value result;
  Result<Str*> source = str_from_utf8(vm, text);
  if (!source.is_error()) {
    Value locals;
    if (frame->code->is(kCoOptimized)) {
      Result<FrameObject*> object = frame_object(vm, frame);
      if (!object.is_error()) locals = frame_locals_view(vm, object.release());
    } else {
      locals = frame_locals(vm, frame, true);
    }
    Result<Code*> code = compile_value(vm, source.release(), "<debugger>", "eval", "", true);
    bool statement = code.is_error() && vm.pending_is(E::SyntaxError) && vm.clear_pending();
    if (statement) code = compile_value(vm, source.release(), "<debugger>", "single", "", false);
    if (!code.is_error() && !locals.is_error()) { result = run_code(vm, code.release(), frame->globals, locals); }
  }
  if (result.is_error()) {
    Value exception = vm.take_pending();
    if (vm.tripped == Limit::kNone && !exception.is_unset()) {
      error = str_to_utf8(vm.type_of(exception)->name);
      Value message = str(vm, exception);
      if (message.is_error()) {
        (void)vm.clear_pending();
      } else if (message.as<Str>()->length > 0) {
        error += ": " + str_to_utf8(message.as<Str>());
      }
    } else {
      error = "a limit of the machine was reached";
      vm.t.pending = exception;
    }
  }
  if (vm.tripped == Limit::kNone) vm.t.pending = pending;
  --vm.t.thread->tracing;
  busy_ = false;
  return result;
}

std::string Debugger::set_variable(Vm& vm, Frame* frame, const std::string& name, Value value) {
  Code* code = frame->code;
  for (uint32_t i = 0; i < code->slot_count; ++i) {
    if (str_to_utf8(code->slot_names->items[i].as<Str>()) != name) continue;
    uint8_t kind = code->slot_kinds->data<uint8_t>()[i];
    if (kind & kSlotHidden) continue;
    if ((kind & (kSlotCell | kSlotFree)) && is_kind(frame->slots[i], Kind::Cell)) {
      frame->slots[i].as<ClosureCell>()->content = value;
      vm.barrier(frame->slots[i].cell());
    } else {
      frame->slots[i] = value;
      if (frame->generator != nullptr) vm.barrier(reinterpret_cast<Cell*>(frame->generator));
    }
    return "";
  }
  if (code->is(kCoOptimized)) return "there is no local '" + name + "'";
  Result<Str*> key = vm.intern(name);
  Value target = frame->locals.is_unset() ? Value(frame->globals) : frame->locals;
  if (key.is_error() || set_item(vm, target, key.release(), value).is_error()) {
    (void)vm.clear_pending();
    return "'" + name + "' cannot be set here";
  }
  return "";
}

std::vector<Debugger::Variable> Debugger::locals_of(Vm& vm, Frame* frame) {
  std::vector<Variable> out;
  if (!frame->code->is(kCoOptimized)) {
    Value names = frame->locals.is_unset() ? Value(frame->globals) : frame->locals;
    if (!is_dict(names)) return out;
    uint32_t i = 0;
    while (DictEntry* e = dict_next(names.as<Dict>(), i)) {
      if (!is_str(e->key)) continue;
      std::string name = str_to_utf8(e->key.as<Str>());
      if (!(name.size() > 4 && name.starts_with("__") && name.ends_with("__"))) out.push_back({name, e->value});
    }
    return out;
  }
  for (uint32_t i = 0; i < frame->code->slot_count; ++i) {
    if (frame->code->slot_kinds->data<uint8_t>()[i] & kSlotHidden) continue;
    Value v = slot_content(frame, i);
    if (!v.is_unset()) out.push_back({str_to_utf8(frame->code->slot_names->items[i].as<Str>()), v});
  }
  return out;
}

std::vector<Debugger::Variable> Debugger::globals_of(Vm&, Frame* frame) {
  std::vector<Variable> out;
  uint32_t i = 0;
  while (DictEntry* e = dict_next(frame->globals, i)) {
    if (!is_str(e->key)) continue;
    std::string name = str_to_utf8(e->key.as<Str>());
    if (!(name.size() > 4 && name.starts_with("__") && name.ends_with("__"))) out.push_back({name, e->value});
  }
  return out;
}

bool Debugger::go_back(Vm& vm, const EventInfo& info, bool forward, bool* restored) {
  *restored = false;
  if (steps_.empty()) return false;
  int64_t present = static_cast<int64_t>(steps_.size()) - 1;
  int64_t at = past_ < 0 ? present : past_;
  at += forward ? 1 : -1;
  if (at < 0 || at > present) return false;
  Step& step = steps_[static_cast<size_t>(at)];
  RecordedFrame& r = step.frames[0];
  Frame* frame = info.frame;
  bool own = info.event == Event::kLine || info.event == Event::kInstruction;
  own = own && r.frame == frame && r.code == frame->code && !live_.empty() && live_.back().second == r.activation;
  // What is being handled cannot be put back: only steps outside of except blocks.
  own = own && (vm.t.handled->exception.is_unset() || vm.t.handled->exception.is_none());
  if (own && !forward) {
    std::copy(r.slots.begin(), r.slots.end(), frame->slots);
    std::copy(r.stack.begin(), r.stack.end(), frame->stack);
    frame->sp = frame->stack + r.stack.size();
    frame->pc = frame->code->live->code + r.instruction;
    frame->line_mark = (r.instruction + 1) | kMarkSkip;
    if (frame->generator != nullptr) vm.barrier(reinterpret_cast<Cell*>(frame->generator));
    steps_.resize(static_cast<size_t>(at) + 1);  // from here on it happens anew
    past_ = -1;
    *restored = true;
    return true;
  }
  past_ = at == present ? -1 : at;
  return true;
}

std::string Debugger::source_line(Vm& vm, const Code* code, int line) {
  std::string out;
  const std::u32string* text = vm.extension<SourceLines>().line(vm, str_to_utf8(code->filename), line);
  if (text == nullptr) return out;
  for (char32_t c : *text) {
    if (c < 0x80) {
      out += static_cast<char>(c);
    } else if (c < 0x800) {
      out += static_cast<char>(0xC0 | c >> 6);
      out += static_cast<char>(0x80 | (c & 63));
    } else if (c < 0x10000) {
      out += static_cast<char>(0xE0 | c >> 12);
      out += static_cast<char>(0x80 | (c >> 6 & 63));
      out += static_cast<char>(0x80 | (c & 63));
    } else {
      out += static_cast<char>(0xF0 | c >> 18);
      out += static_cast<char>(0x80 | (c >> 12 & 63));
      out += static_cast<char>(0x80 | (c >> 6 & 63));
      out += static_cast<char>(0x80 | (c & 63));
    }
  }
  return out;
}

void Debugger::flush_program_output(Vm& vm) {
  Value out = sys_get_made(vm, "stdout");
  if (out.is_unset() || out.is_none()) return;
  busy_ = true;
  ++vm.t.thread->tracing;
  Value pending = vm.take_pending();
  Result<Str*> flush = vm.intern("flush");
  if (flush.is_error() || call_method(vm, out, flush.release()).is_error()) (void)vm.clear_pending();
  if (vm.tripped == Limit::kNone) vm.t.pending = pending;
  --vm.t.thread->tracing;
  busy_ = false;
}

}  // namespace krait
