// Frame and traceback objects.
#include "interp/frame.hpp"

#include <algorithm>

#include "interp/frame_loans.hpp"
#include "interp/interpreter.hpp"
#include "interp/jump.hpp"
#include "interp/live_code.hpp"
#include "objects/dict.hpp"
#include "objects/exception.hpp"
#include "objects/operations.hpp"
#include "objects/sequences.hpp"
#include "objects/str.hpp"
#include "objects/text_args.hpp"

namespace krait {

uint32_t frame_instruction(const Frame* frame) {
  const LiveCode* live = frame->code->live;
  if (frame->pc <= live->code) return 0;
  return static_cast<uint32_t>(frame->pc - live->code) - 1;
}

int frame_line(const Frame* frame) {
  Location l = code_location(frame->code, frame_instruction(frame));
  return l.line;
}

void trace_frames(Heap&, Frame* innermost, Marker& marker) {
  for (Frame* f = innermost; f != nullptr; f = f->previous) {
    marker.mark_cell(f->code);
    marker.mark_cell(f->function);
    marker.mark_cell(f->globals);
    marker.mark_cell(f->builtins);
    marker.mark(f->locals);
    marker.mark_cell(f->object);
    marker.mark_cell(f->generator);
    marker.mark(f->kind == FrameKind::kInit ? f->self : Value());
    marker.mark_range(f->slots, f->slots + f->code->slot_count);
    marker.mark_range(f->stack, f->sp);
  }
}

namespace {

void fill(Vm& vm, FrameObject* o, Frame* frame) {
  o->frame = frame;
  o->code = frame->code;
  o->function = frame->function;
  o->globals = frame->globals;
  o->builtins = frame->builtins;
  o->locals = frame->locals;
  o->trace_lines = true;
  frame->object = o;
  if (frame->generator != nullptr) vm.barrier(frame->generator);
}

void end_loan(FrameObject* o) { o->bits &= static_cast<uint16_t>(~kFrameLent); }
/// Who has the object of this frame can reach what its slots hold.
[[gnu::noinline]] void end_loans_to(const Frame* frame) {
  for (uint32_t i = 0; i < frame->code->slot_count; ++i)
    if (is_kind(frame->slots[i], Kind::Frame)) end_loan(frame->slots[i].as<FrameObject>());
}

}  // namespace

Result<FrameObject*> frame_object(Vm& vm, Frame* frame) {
  // Nothing was lent before there was a trace or profile function.
  if (vm.interpreter->watch.observers[kTraceSlot] != nullptr) [[unlikely]]
    end_loans_to(frame);
  if (frame->object != nullptr) {
    end_loan(frame->object);
    return frame->object;
  }
  FrameObject* o = TRY(vm.allocate<FrameObject>(Kind::Frame, vm.types.frame->shape));
  fill(vm, o, frame);
  return o;
}

Result<FrameObject*> frame_lend(Vm& vm, Frame* frame) {
  if (frame->object != nullptr) return frame->object;
  FrameObject*& spare = vm.interpreter->spare_frames;
  FrameObject* o = spare;
  if (o != nullptr) {
    spare = o->back.as<FrameObject>();
    o->back = Value();
    o->trace_opcodes = false;
  } else {
    o = TRY(vm.allocate<FrameObject>(Kind::Frame, vm.types.frame->shape));
    o->bits |= kFrameLent;
  }
  fill(vm, o, frame);
  return o;
}

bool only_reads_first_argument(const Code* code) {
  if (!code->is(kCoOptimized) || code->is(kCoGenerator | kCoCoroutine | kCoAsyncGenerator)) return false;
  if (code->argument_count == 0) return false;
  std::span<const Instruction> words = code->code();
  for (uint32_t i = 0; i < code->slot_count; ++i) {
    bool outer = code->slot_kinds->data<uint8_t>()[i] & kSlotFree;
    const Str* name = code->slot_names->items[i].as<Str>();
    if (outer && name->is_ascii() && name->ascii() == "__class__") return false;  // super() looks at it
  }
  for (size_t i = 0; i < words.size(); ++i) {
    Op op = op_of(words[i]);
    Operand operand = kOpInfo[static_cast<int>(op)].operand;
    if ((operand != Operand::Local && operand != Operand::Cell) || unsigned_arg(words[i]) != 0) continue;
    if (op == Op::STORE_FAST || op == Op::DELETE_FAST) continue;
    if ((op != Op::LOAD_FAST && op != Op::LOAD_FAST_CHECK) || i + 1 == words.size()) return false;
    Op use = op_of(words[i + 1]);
    if (use != Op::LOAD_ATTR && use != Op::STORE_ATTR) return false;
    const Str* name = code->names->items[unsigned_arg(words[i + 1])].as<Str>();
    // Others may give it away: f_locals refers to it, and so does the AttributeError of a name that there is not.
    constexpr std::string_view kRead[] = {"f_back",   "f_builtins", "f_code",        "f_globals",      "f_lasti",
                                          "f_lineno", "f_trace",    "f_trace_lines", "f_trace_opcodes"};
    constexpr std::string_view kStored[] = {"f_trace", "f_trace_lines", "f_trace_opcodes"};
    std::span<const std::string_view> names = kRead;
    if (use == Op::STORE_ATTR) names = kStored;
    if (!name->is_ascii() || std::find(names.begin(), names.end(), name->ascii()) == names.end()) return false;
  }
  return true;
}

void frame_detach(Vm& vm, Frame* frame) {
  FrameObject* o = frame->object;
  if ((o->bits & kFrameLent) && !(o->gc & kGcOld)) {
    FrameObject*& spare = vm.interpreter->spare_frames;
    o->frame = nullptr;
    frame->object = nullptr;
    o->trace = Value();
    o->back = Value(spare);
    spare = o;
    return;
  }
  uint32_t count = frame->code->slot_count;
  o->last_instruction = frame_instruction(frame);
  Storage* values = count == 0 ? nullptr : vm.heap.allocate_storage(count * sizeof(Value));
  if (values != nullptr)  // without memory the frame object shows no locals
    for (uint32_t i = 0; i < count; ++i) values->data<Value>()[i] = frame->slots[i];
  o->values = values;
  vm.barrier(o);  // the next allocation may collect
  if (frame->previous != nullptr && o->back.is_unset()) {
    // The caller's object is only made if somebody keeps this one; making it is cheap and f_back must not dangle.
    Value pending = vm.take_pending();
    Result<FrameObject*> back = frame_object(vm, frame->previous);
    if (back.is_error()) {
      (void)vm.take_pending();
      o->back = Value::none();
    } else {
      o->back = Value(back);
    }
    vm.t.pending = pending;
  }
  o->frame = nullptr;
  frame->object = nullptr;
  vm.barrier(o);
}

Status traceback_add(Vm& vm, Value exception, Frame* frame) {
  Value pending = vm.take_pending();
  Result<FrameObject*> object = frame_object(vm, frame);
  if (object.is_error()) return Error{};
  FrameObject* o = object.release();
  Result<Traceback*> made = vm.allocate<Traceback>(Kind::Traceback, vm.types.traceback->shape);
  if (made.is_error()) return Error{};
  Traceback* t = made.release();
  Value next = as_exception(exception)->traceback;
  t->next = next.is_unset() ? Value::none() : next;
  t->frame = o;
  t->last_instruction = frame_instruction(frame);
  t->line = -1;
  as_exception(exception)->traceback = t;
  vm.barrier(exception.cell());
  vm.t.pending = pending;
  return {};
}

namespace {

FrameObject* frame_of(Value v) { return v.as<FrameObject>(); }
Value or_none(Value v) { return v.is_unset() ? Value::none() : v; }

void trace_frame_object(Heap&, Cell* cell, Marker& marker) {
  FrameObject* o = static_cast<FrameObject*>(cell);
  marker.mark_cell(o->code);
  marker.mark_cell(o->function);
  marker.mark_cell(o->globals);
  marker.mark_cell(o->builtins);
  marker.mark(o->locals);
  marker.mark(o->back);
  marker.mark(o->extra_locals);
  marker.mark(o->trace);
  if (o->frame != nullptr && o->frame->generator != nullptr) marker.mark_cell(o->frame->generator);
  if (o->values != nullptr) {
    marker.mark_cell(o->values);
    marker.mark_range(o->values->data<Value>(), o->values->data<Value>() + o->code->slot_count);
  }
}

uint32_t instruction_of(const FrameObject* o) {
  return o->frame != nullptr ? frame_instruction(o->frame) : o->last_instruction;
}

Value get_back(Vm& vm, Value v) {
  FrameObject* o = frame_of(v);
  if (o->frame == nullptr) return or_none(o->back);
  if (o->frame->previous == nullptr) return Value::none();
  return frame_object(vm, o->frame->previous);
}
Value get_code(Vm&, Value v) { return frame_of(v)->code; }
Value get_globals(Vm&, Value v) { return frame_of(v)->globals; }
Value get_builtins(Vm&, Value v) { return frame_of(v)->builtins; }
Value get_locals(Vm& vm, Value v) { return frame_locals_view(vm, frame_of(v)); }
/// Offsets are in bytes of co_code, as in co_lines and dis.
constexpr int64_t kInstructionBytes = sizeof(Instruction);
Value get_lasti(Vm&, Value v) { return Value::small_int(instruction_of(frame_of(v)) * kInstructionBytes); }
Value get_lineno(Vm&, Value v) {
  const Code* code = frame_of(v)->code;
  uint32_t i = instruction_of(frame_of(v));
  Location l = code_location(code, i);
  if (l.line < 0 && i < code->instruction_count && op_of(code->code()[i]) == Op::RESUME) return Value::small_int(0);
  return l.line < 0 ? Value::none() : Value::small_int(l.line);
}
/// Only a trace function may move the frame, and only at the beginning of a line.
Status set_lineno(Vm& vm, Value v, Value value) {
  FrameObject* o = frame_of(v);
  if (value.is_unset()) return vm.raise(E::AttributeError, "cannot delete attribute");
  ThreadState* thread = vm.t.thread;
  if (thread->trace_frame == nullptr) return vm.raise(E::ValueError, "f_lineno can only be set in a trace function");
  if (thread->trace_event == Event::kStart || thread->trace_event == Event::kResume ||
      thread->trace_event == Event::kThrow)
    return vm.raise(E::ValueError, "can't jump from the 'call' trace event of a new frame");
  constexpr uint32_t kMovable = event_bit(Event::kLine) | event_bit(Event::kJump) | kBranchEvents;
  if ((event_bit(thread->trace_event) & kMovable) == 0 || o->frame != thread->trace_frame)
    return vm.raise(E::ValueError, "can only jump from a 'line' trace event");
  if (!value.is_small_int() && !is_exact(vm, value, vm.types.int_))
    return vm.raise(E::ValueError, "lineno must be an integer");
  return frame_jump(vm, o->frame, TRY(index_checked(vm, value, E::ValueError)));
}
Value get_trace(Vm&, Value v) { return or_none(frame_of(v)->trace); }
Status set_trace(Vm& vm, Value v, Value value) {
  FrameObject* o = frame_of(v);
  o->trace = value.is_none() ? Value() : value;
  vm.barrier(o);
  if (o->trace.is_unset() || o->frame == nullptr || vm.interpreter->trace_hook == nullptr) return {};
  return vm.interpreter->trace_hook(vm, o->frame);
}
Value get_trace_lines(Vm&, Value v) { return Value::boolean(frame_of(v)->trace_lines); }
Status set_trace_lines(Vm& vm, Value v, Value value) {
  if (!value.is_bool()) return vm.raise(E::TypeError, "attribute value type must be bool");
  frame_of(v)->trace_lines = value.is_true();
  return {};
}
Value get_trace_opcodes(Vm&, Value v) { return Value::boolean(frame_of(v)->trace_opcodes); }
Status set_trace_opcodes(Vm& vm, Value v, Value value) {
  if (!value.is_bool()) return vm.raise(E::TypeError, "attribute value type must be bool");
  frame_of(v)->trace_opcodes = value.is_true();
  if (value.is_true() && vm.interpreter->trace_opcodes_hook != nullptr) return vm.interpreter->trace_opcodes_hook(vm);
  return {};
}
Value get_generator(Vm&, Value v) {
  FrameObject* o = frame_of(v);
  if (o->frame == nullptr || o->frame->generator == nullptr) return Value::none();
  return o->frame->generator;
}
const GetSetRow kFrameAttributes[] = {
    {"f_back", get_back},
    {"f_code", get_code},
    {"f_globals", get_globals},
    {"f_builtins", get_builtins},
    {"f_locals", get_locals},
    {"f_lasti", get_lasti},
    {"f_lineno", get_lineno, set_lineno},
    {"f_trace", get_trace, set_trace},
    {"f_trace_lines", get_trace_lines, set_trace_lines},
    {"f_trace_opcodes", get_trace_opcodes, set_trace_opcodes},
    {"f_generator", get_generator},
};
Value frame_clear(Vm& vm, Args a) {
  FrameObject* o = frame_of(a[0]);
  if (o->frame != nullptr) {
    if (o->frame->generator == nullptr || o->frame->generator->state == GeneratorState::kRunning)
      return vm.raise(E::RuntimeError, "cannot clear an executing frame");
    if (o->frame->generator->state == GeneratorState::kSuspended)
      return vm.raise(E::RuntimeError, "cannot clear a suspended frame");
    Value generator(o->frame->generator);
    return generator_del(vm, Args{&generator, 1});
  }
  o->values = nullptr;
  o->extra_locals = Value();
  return Value::none();
}
Value frame_repr(Vm& vm, Args a) {
  FrameObject* o = frame_of(a[0]);
  char address[32];
  snprintf(address, sizeof address, "0x%llx", static_cast<unsigned long long>(a[0].bits()));
  Location l = code_location(o->code, instruction_of(o));
  return str_message(vm, "<frame at {}, file {}, line {}, code {}>", static_cast<const char*>(address),
                     repr_of(o->code->filename), l.line, o->code->name);
}
const NativeRow kFrameMethods[] = {
    {"clear($self, /)", frame_clear, 0, "Clear all references held by the frame."},
    {"__repr__($self, /)", frame_repr, 0, nullptr},
};

// --- tracebacks
Traceback* traceback_of(Value v) { return v.as<Traceback>(); }
void trace_traceback(Heap&, Cell* cell, Marker& marker) {
  Traceback* t = static_cast<Traceback*>(cell);
  marker.mark(t->next);
  marker.mark_cell(t->frame);
}
Value tb_next(Vm&, Value v) { return or_none(traceback_of(v)->next); }
Status set_tb_next(Vm& vm, Value v, Value value) {
  if (value.is_unset()) return vm.raise(E::TypeError, "can't delete tb_next attribute");
  if (!value.is_none() && !is_kind(value, Kind::Traceback))
    return vm.raise(E::TypeError, "expected traceback object, got '{}'", type_name_of(value));
  for (Value t = value; is_kind(t, Kind::Traceback); t = traceback_of(t)->next) {
    TRY(vm.poll());
    if (t == v) return vm.raise(E::ValueError, "traceback loop detected");
  }
  traceback_of(v)->next = value;
  vm.barrier(v.cell());
  return {};
}
Value tb_frame(Vm&, Value v) { return traceback_of(v)->frame; }
Value tb_lasti(Vm&, Value v) {
  const Traceback* t = traceback_of(v);
  return Value::small_int(static_cast<int64_t>(t->last_instruction) * kInstructionBytes + t->within);
}
Value tb_lineno(Vm&, Value v) {
  Traceback* t = traceback_of(v);
  int line = t->line >= 0 ? t->line : code_location(t->frame->code, t->last_instruction).line;
  return line < 0 ? Value::none() : Value::small_int(line);
}
const GetSetRow kTracebackAttributes[] = {
    {"tb_next", tb_next, set_tb_next}, {"tb_frame", tb_frame}, {"tb_lasti", tb_lasti}, {"tb_lineno", tb_lineno}};
Value traceback_construct(Vm& vm, Args a) {
  if (!a[1].is_none() && !is_kind(a[1], Kind::Traceback))
    return vm.raise(E::TypeError, "expected traceback object or None, got '{}'", type_name_of(a[1]));
  if (!is_kind(a[2], Kind::Frame))
    return vm.raise(E::TypeError, "traceback() argument 'tb_frame' must be frame, not {}", argument_type(a[2]));
  int64_t lasti = TRY(index_checked(vm, a[3], E::OverflowError));
  int64_t line = TRY(index_checked(vm, a[4], E::OverflowError));
  Traceback* t = TRY(vm.allocate<Traceback>(Kind::Traceback, vm.types.traceback->shape));
  t->next = a[1];
  t->frame = frame_of(a[2]);
  t->last_instruction = lasti < 0 ? UINT32_MAX : static_cast<uint32_t>(lasti / kInstructionBytes);
  t->within = lasti < 0 ? 0 : static_cast<uint8_t>(lasti % kInstructionBytes);
  t->line = static_cast<int32_t>(line);
  return t;
}
Value traceback_dir(Vm& vm, Args) {
  List* names = TRY(list_new(vm, 4));
  for (const char* name : {"tb_frame", "tb_next", "tb_lasti", "tb_lineno"}) {
    Str* interned = TRY(vm.intern(name));
    TRY(list_append(vm, names, interned));
  }
  return names;
}
const NativeRow kTracebackMethods[] = {
    {"__new__($type, tb_next, tb_frame, tb_lasti, tb_lineno)", traceback_construct, kNewMethod | kStaticMethod,
     "Create a new traceback object."},
    {"__dir__($self, /)", traceback_dir, 0, nullptr},
};

}  // namespace

extern const TypeSpec frame_type{
    .name = "frame",
    .kind = static_cast<CellKind>(Kind::Frame),
    .size = sizeof(FrameObject),
    .flags = kTypeNoNew,
    .methods = kFrameMethods,
    .getsets = kFrameAttributes,
    .trace = trace_frame_object,
};
extern const TypeSpec traceback_type{
    .name = "traceback",
    .doc = "Create a new traceback object.",
    .kind = static_cast<CellKind>(Kind::Traceback),
    .size = sizeof(Traceback),
    .methods = kTracebackMethods,
    .getsets = kTracebackAttributes,
    .trace = trace_traceback,
};

}  // namespace krait
