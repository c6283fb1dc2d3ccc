#include "observe/monitoring.hpp"

#include "objects/dict.hpp"
#include "objects/exception.hpp"
#include "objects/int.hpp"
#include "objects/module.hpp"
#include "objects/operations.hpp"
#include "objects/sequences.hpp"
#include "objects/str.hpp"
#include "objects/type.hpp"

namespace krait {
namespace {

constexpr uint32_t kToolCount = 6;
constexpr uint32_t kBranch = event_bit(Event::kCount);  ///< the older name for both ways of a branch
constexpr uint32_t kCResults = event_bit(Event::kCReturn) | event_bit(Event::kCRaise);
constexpr uint32_t kLocalEvents = event_bit(Event::kRaise) - 1;
/// Bytes of co_code per instruction: offsets are those of dis and co_lines.
constexpr int64_t kInstructionBytes = sizeof(Instruction);

constexpr const char* kEventNames[kEventCount + 1] = {"PY_START",
                                                      "PY_RESUME",
                                                      "PY_RETURN",
                                                      "PY_YIELD",
                                                      "CALL",
                                                      "LINE",
                                                      "INSTRUCTION",
                                                      "JUMP",
                                                      "BRANCH_LEFT",
                                                      "BRANCH_RIGHT",
                                                      "STOP_ITERATION",
                                                      "RAISE",
                                                      "EXCEPTION_HANDLED",
                                                      "PY_UNWIND",
                                                      "PY_THROW",
                                                      "RERAISE",
                                                      "C_RETURN",
                                                      "C_RAISE",
                                                      "BRANCH"};

struct Monitoring;
struct Tool final : Observer {
  Monitoring* owner = nullptr;
  uint32_t slot = 0;
  Value name;  ///< unset: the tool is not in use
  Value callbacks[kEventCount];
  bool branches = false;  ///< the callback of branches was set for both ways at once, by the older name
  Watched handle(Vm& vm, const EventInfo& info) override;
};

struct Monitoring : Extension {
  Monitoring() {
    for (uint32_t i = 0; i < kToolCount; ++i) {
      tools[i].slot = i;
      tools[i].owner = this;
      tools[i].c_results = true;
    }
  }
  void trace(Marker& marker) override {
    for (Tool& tool : tools) {
      marker.mark(tool.name);
      for (Value v : tool.callbacks) marker.mark(v);
    }
    marker.mark(disable);
    marker.mark(missing);
    marker.mark(module);
  }
  Tool tools[kToolCount];
  Value disable, missing, module;
};
Monitoring& monitoring(Vm& vm) { return vm.extension<Monitoring>(); }

Value offset_of(uint32_t instruction) {
  return Value::small_int(static_cast<int64_t>(instruction) * kInstructionBytes);
}

Watched Tool::handle(Vm& vm, const EventInfo& info) {
  uint32_t n = static_cast<uint32_t>(info.event);
  Value callback = callbacks[n];
  ThreadState* thread = vm.t.thread;
  if (callback.is_unset() || thread->tracing != 0) return Watched::kContinue;
  Code* code = info.frame->code;
  Value args[kMostWatcherArgs] = {code, offset_of(info.instruction)};
  uint32_t count = 2;
  switch (info.event) {
    case Event::kLine: args[1] = Value::small_int(info.line); break;
    case Event::kInstruction:
      if (op_of(code->code()[info.instruction]) == Op::RESUME) return Watched::kContinue;
      break;
    case Event::kReturn:
    case Event::kYield:
    case Event::kRaise:
    case Event::kExceptionHandled:
    case Event::kUnwind:
    case Event::kThrow:
    case Event::kReraise:
    case Event::kStopIteration: args[count++] = info.value; break;
    case Event::kJump:
    case Event::kBranchLeft:
    case Event::kBranchRight: args[count++] = offset_of(info.target); break;
    case Event::kCall:
    case Event::kCReturn:
    case Event::kCRaise:
      args[count++] = info.value;
      args[count++] = info.argument.is_unset() ? owner->missing : info.argument;
      break;
    default: break;
  }
  Frame* frame_before = thread->trace_frame;
  Event event_before = thread->trace_event;
  thread->trace_frame = info.frame;
  thread->trace_event = info.event;
  ++thread->tracing;
  Value result = call_watcher(vm, callback, args, count);
  --thread->tracing;
  thread->trace_frame = frame_before;
  thread->trace_event = event_before;
  if (result.is_error()) return Watched::kError;
  if (result != owner->disable) return Watched::kContinue;
  if (branches && (event_bit(info.event) & kBranchEvents)) return Watched::kDisableBranch;
  if (n < kLocalEventCount || info.event == Event::kCReturn || info.event == Event::kCRaise) return Watched::kDisable;
  callbacks[n] = Value();
  (void)vm.raise(E::ValueError, "Cannot disable {} events. Callback removed.", kEventNames[n]);
  return Watched::kError;
}

/// The tool an argument names; `used`: it must be in use.
Result<Tool*> tool_of(Vm& vm, Value v, bool used) {
  int64_t id = TRY(index_checked(vm, v, E::OverflowError));
  if (id < 0 || id >= static_cast<int64_t>(kToolCount))
    return vm.raise(E::ValueError, "invalid tool {} (must be between 0 and 5)", id);
  Tool* tool = &monitoring(vm).tools[id];
  if (used && tool->name.is_unset()) return vm.raise(E::ValueError, "tool {} is not in use", id);
  return tool;
}

std::string hexadecimal(int64_t v) {
  char text[32];
  snprintf(text, sizeof text, "0x%llx", static_cast<unsigned long long>(v));
  return text;
}

Status clear_tool(Vm& vm, Tool& tool) {
  for (Value& v : tool.callbacks) v = Value();
  TRY(observer_set_events(vm, tool.slot, 0));
  for (LiveCode* live = vm.interpreter->watch.codes; live != nullptr; live = live->next)
    if (live->watch != nullptr && observer_local_events(vm, tool.slot, live->owner) != 0)
      TRY(observer_set_local_events(vm, tool.slot, live->owner, 0));
  return {};
}

Value use_tool_id(Vm& vm, Args a) {
  Tool* tool = TRY(tool_of(vm, a[0], false));
  if (!is_str(a[1])) return vm.raise(E::ValueError, "tool name must be a str");
  if (!tool->name.is_unset()) return vm.raise(E::ValueError, "tool {} is already in use", tool->slot);
  tool->name = a[1];
  observer_attach(vm, tool->slot, tool);
  return Value::none();
}
Value clear_tool_id(Vm& vm, Args a) {
  Tool* tool = TRY(tool_of(vm, a[0], false));
  if (!tool->name.is_unset()) TRY(clear_tool(vm, *tool));
  return Value::none();
}
Value free_tool_id(Vm& vm, Args a) {
  Tool* tool = TRY(tool_of(vm, a[0], false));
  if (tool->name.is_unset()) return Value::none();
  TRY(clear_tool(vm, *tool));
  observer_attach(vm, tool->slot, nullptr);
  tool->name = Value();
  return Value::none();
}
Value get_tool(Vm& vm, Args a) {
  Tool* tool = TRY(tool_of(vm, a[0], false));
  return tool->name.is_unset() ? Value::none() : tool->name;
}

Value register_callback(Vm& vm, Args a) {
  Tool* tool = TRY(tool_of(vm, a[0], false));
  int64_t event = TRY(index_checked(vm, a[1], E::OverflowError));
  if (event <= 0 || (event & (event - 1)) != 0)
    return vm.raise(E::ValueError, "The callback can only be set for one event at a time");
  if (event > static_cast<int64_t>(kBranch)) return vm.raise(E::ValueError, "invalid event {}", event);
  Value function = a[2].is_none() ? Value() : a[2];
  Value before;
  if (event == static_cast<int64_t>(kBranch)) {
    before = tool->callbacks[static_cast<uint32_t>(Event::kBranchLeft)];
    tool->callbacks[static_cast<uint32_t>(Event::kBranchLeft)] =
        tool->callbacks[static_cast<uint32_t>(Event::kBranchRight)] = function;
    tool->branches = true;
  } else {
    if (event & static_cast<int64_t>(kBranchEvents)) tool->branches = false;
    Value& place = tool->callbacks[__builtin_ctzll(static_cast<uint64_t>(event))];
    before = place;
    place = function;
  }
  return before.is_unset() ? Value::none() : before;
}

/// Events as the machine knows them.
Result<uint32_t> event_set(Vm& vm, Value v, bool local) {
  int64_t set = TRY(index_checked(vm, v, E::OverflowError));
  if (set < 0 || set >= static_cast<int64_t>(kBranch) * 2)
    return vm.raise(E::ValueError, local ? "invalid local event set {}" : "invalid event set {}",
                    hexadecimal(set).c_str());
  uint32_t events = static_cast<uint32_t>(set);
  if ((events & kCResults) != 0 && (events & event_bit(Event::kCall)) == 0)
    return vm.raise(E::ValueError, "cannot set C_RETURN or C_RAISE events independently");
  events &= ~kCResults;
  if (events & kBranch) events = (events & ~kBranch) | kBranchEvents;
  if (local && (events & ~kLocalEvents))
    return vm.raise(E::ValueError, "invalid local event set {}", hexadecimal(set).c_str());
  return events;
}

Value get_events(Vm& vm, Args a) {
  Tool* tool = TRY(tool_of(vm, a[0], false));
  return Value::small_int(tool->events);
}
Value set_events(Vm& vm, Args a) {
  Tool* tool = TRY(tool_of(vm, a[0], true));
  uint32_t events = TRY(event_set(vm, a[1], false));
  TRY(observer_set_events(vm, tool->slot, events));
  return Value::none();
}
Result<Code*> code_of(Vm& vm, Value v) {
  if (!is_code(v)) return vm.raise(E::TypeError, "code must be a code object");
  return v.as<Code>();
}
Value get_local_events(Vm& vm, Args a) {
  Code* code = TRY(code_of(vm, a[1]));
  Tool* tool = TRY(tool_of(vm, a[0], false));
  return Value::small_int(observer_local_events(vm, tool->slot, code));
}
Value set_local_events(Vm& vm, Args a) {
  Code* code = TRY(code_of(vm, a[1]));
  Tool* tool = TRY(tool_of(vm, a[0], true));
  uint32_t events = TRY(event_set(vm, a[2], true));
  TRY(observer_set_local_events(vm, tool->slot, code, events));
  return Value::none();
}
Value restart_events(Vm& vm, Args) {
  TRY(observers_restart(vm));
  return Value::none();
}
Value all_events(Vm& vm, Args) {
  Dict* out = TRY(dict_new(vm));
  for (uint32_t n = 0; n < kEventCount; ++n) {
    uint32_t tools = vm.interpreter->watch.wanting[n] & ((1u << kToolSlots) - 1);
    if (tools != 0) TRY(dict_set_str(vm, out, TRY(vm.intern(kEventNames[n])), Value::small_int(tools)));
  }
  return out;
}

const NativeRow kFunctions[] = {
    {"use_tool_id(tool_id, name, /)", use_tool_id, 0, "Take a tool identifier (0 to 5) for a tool of that name."},
    {"clear_tool_id(tool_id, /)", clear_tool_id, 0, "Forget the tool's events and callbacks."},
    {"free_tool_id(tool_id, /)", free_tool_id, 0, "Give a tool identifier back."},
    {"get_tool(tool_id, /)", get_tool, 0, "The name of the tool, or None."},
    {"register_callback(tool_id, event, func, /)", register_callback, 0,
     "Set what is called for one event; gives what was set before."},
    {"get_events(tool_id, /)", get_events, 0, "The events that the tool wants everywhere."},
    {"set_events(tool_id, event_set, /)", set_events, 0, "Set the events that the tool wants everywhere."},
    {"get_local_events(tool_id, code, /)", get_local_events, 0, "The events that the tool wants in a code object."},
    {"set_local_events(tool_id, code, event_set, /)", set_local_events, 0,
     "Set the events that the tool wants in a code object."},
    {"restart_events()", restart_events, 0, "Ask again for all events that were disabled."},
    {"_all_events()", all_events, 0, "Tools by the events that they want everywhere."},
};

Status init(Vm& vm, Module* m) {
  Monitoring& state = monitoring(vm);
  state.disable = TRY(object_new(vm, vm.types.object));
  state.missing = TRY(object_new(vm, vm.types.object));
  TRY(module_add(vm, m, "DISABLE", state.disable));
  TRY(module_add(vm, m, "MISSING", state.missing));
  TRY(module_add_int(vm, m, "DEBUGGER_ID", 0));
  TRY(module_add_int(vm, m, "COVERAGE_ID", 1));
  TRY(module_add_int(vm, m, "PROFILER_ID", 2));
  TRY(module_add_int(vm, m, "OPTIMIZER_ID", 5));
  Dict* events = TRY(dict_new(vm));
  for (uint32_t n = 0; n <= kEventCount; ++n)
    TRY(dict_set_str(vm, events, TRY(vm.intern(kEventNames[n])), Value::small_int(int64_t{1} << n)));
  TRY(dict_set_str(vm, events, TRY(vm.intern("NO_EVENTS")), Value::small_int(0)));
  return module_add(vm, m, "events", call_with(vm, vm.types.simple_namespace, vm.empty_tuple, events));
}

constexpr ModuleSpec kSpec{
    .name = "sys.monitoring",
    .functions = kFunctions,
    .init = init,
};

}  // namespace

Value monitoring_module(Vm& vm) {
  Monitoring& state = monitoring(vm);
  if (state.module.is_unset()) state.module = TRY(module_from_spec(vm, kSpec));
  return state.module;
}

}  // namespace krait
