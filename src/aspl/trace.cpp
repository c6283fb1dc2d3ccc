#include "aspl/trace.hpp"

#include "aspl/operations.hpp"
#include "interp/frame.hpp"

namespace krait::aspl {
namespace {

constexpr uint32_t kSlot = kObserverSlots - 1;
constexpr size_t kMostText = 60;  // bytes of one value

/// A value as the trace shows it: long ones are cut.
Result<std::string> operand_text(Vm& vm, Value v) {
  std::string text = is_kind(v, Kind::Cell)    ? "cell"
                     : is_kind(v, Kind::Tuple) ? "cells"
                     : is_code(v)              ? "code"
                                               : TRY(value_text(vm, v));
  if (text.size() <= kMostText) return text;
  size_t end = kMostText;
  while (end > 0 && (static_cast<unsigned char>(text[end]) & 0xC0) == 0x80) --end;
  return text.substr(0, end) + "...";
}

}  // namespace

StackTrace::StackTrace(Vm& vm) : vm_(vm) { observer_attach(vm, kSlot, this); }

StackTrace::~StackTrace() {
  (void)observer_set_events(vm_, kSlot, 0);
  observer_attach(vm_, kSlot, nullptr);
}

Status StackTrace::start() { return observer_set_events(vm_, kSlot, event_bit(Event::kInstruction)); }

Watched StackTrace::handle(Vm&, const EventInfo& info) {
  Result<bool> shown = show(info);
  return shown.is_error() ? Watched::kError : Watched::kContinue;
}

Result<bool> StackTrace::show(const EventInfo& info) {
  const Frame* frame = info.frame;
  auto known = listings_.find(frame->code);
  if (known == listings_.end()) known = listings_.emplace(frame->code, TRY(list_instructions(vm_, frame->code))).first;
  const std::vector<ListedInstruction>& listing = known->second;
  if (info.instruction >= listing.size() || listing[info.instruction].name.empty()) return false;
  std::string text = "== Stack ==    ";
  for (const Value* v = frame->stack; v < frame->sp; ++v)
    if (!v->is_unset()) text += "[" + TRY(operand_text(vm_, *v)) + "] ";
  TRY(write_out(vm_, text + "\n" + listed_text(listing[info.instruction]) + "\n"));
  return true;
}

}  // namespace krait::aspl
