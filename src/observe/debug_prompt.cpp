// The prompt of `krait --debug`.
#include <unistd.h>

#include <cstdio>
#include <cstdlib>

#include "bytecode/disassembler.hpp"
#include "objects/operations.hpp"
#include "objects/sequences.hpp"
#include "objects/str.hpp"
#include "observe/debugger.hpp"
#include "observe/listing.hpp"
#include "observe/safe_repr.hpp"

namespace krait {
namespace {

constexpr const char* kHelp =
    "next (n)               run to the next line of this function\n"
    "step (s)               run to the next line, into calls too\n"
    "stepi (si)             run one instruction\n"
    "finish (fin)           run until this function has returned\n"
    "continue (c), run (r)  run to the next breakpoint\n"
    "back (b)               one step back: puts this activation's place, locals and operand stack back as\n"
    "                       they were; other activations can only be looked at. What was printed or changed\n"
    "                       inside objects stays\n"
    "forward                after `back`: towards the present again, where it was only looked at\n"
    "break [FILE:]LINE|FUNCTION [if CONDITION]   set a breakpoint; without argument: list them\n"
    "enable N, disable N, clear N\n"
    "stack (where, w)       the frames; up, down: choose one\n"
    "locals, globals        names and values; operands: the operand stack\n"
    "list (l, source)       source around this line; dis (bytecode): the instructions\n"
    "print EXPR (p)         an expression's value\n"
    "set NAME = EXPR        give a local another value\n"
    "quit (q)               end the program\n";

class Prompt final : public Debugger {
 public:
  std::string start(Vm&, const ObserveOptions&) override { return ""; }
  std::string finish(Vm&) override {
    std::fputs("The program has ended.\n", stdout);
    std::fflush(stdout);
    return "";
  }

 protected:
  Go ask(Vm& vm, const EventInfo& info, Why why, const Breakpoint* breakpoint) override {
    index_ = 0;
    if (breakpoint != nullptr) std::printf("Breakpoint %d\n", breakpoint->id);
    if (why == Why::kException) {
      std::string text = "Raised: ";
      safe_repr(vm, info.value, text);
      std::puts(text.c_str());
    }
    show_place(vm, info, why == Why::kStep && info.event == Event::kInstruction);
    std::string line;
    while (true) {
      std::fputs("(krait) ", stdout);
      std::fflush(stdout);
      if (!read(line)) {
        quit_ = true;
        return Go::kRun;
      }
      if (line.empty()) line = last_;
      last_ = line;
      size_t blank = line.find(' ');
      std::string command = line.substr(0, blank),
                  rest = blank == std::string::npos ? "" : line.substr(line.find_first_not_of(' ', blank));
      if (command.empty()) continue;
      if (command == "next" || command == "n") return Go::kNext;
      if (command == "step" || command == "s") return Go::kStepIn;
      if (command == "stepi" || command == "si") return Go::kInstruction;
      if (command == "finish" || command == "fin") return Go::kFinish;
      if (command == "continue" || command == "c" || command == "run" || command == "r") return Go::kRun;
      if (command == "quit" || command == "q") {
        quit_ = true;
        return Go::kRun;
      }
      run(vm, info, command, rest);
      if (vm.has_pending()) return Go::kRun;
    }
  }

 private:
  static bool read(std::string& line) {
    line.clear();
    int c;
    while ((c = std::getc(stdin)) != EOF && c != '\n') line += static_cast<char>(c);
    while (!line.empty() && (line.back() == ' ' || line.back() == '\r')) line.pop_back();
    return c != EOF || !line.empty();
  }

  void run(Vm& vm, const EventInfo& info, const std::string& command, const std::string& rest) {
    Frame* frame = frame_at(info, index_);
    if (command == "help" || command == "h") {
      std::fputs(kHelp, stdout);
    } else if (command == "back" || command == "b" || command == "forward") {
      bool restored;
      if (!go_back(vm, info, command == "forward", &restored)) {
        std::puts(command == "forward" ? "This is the present." : "There is no record of an earlier step.");
      } else {
        index_ = 0;
        if (past() != nullptr) {
          show_past(vm, *past());
        } else {
          if (restored) std::puts("(put back)");
          show_place(vm, info, false);
        }
      }
    } else if (command == "break") {
      set_breakpoint(rest);
    } else if (command == "enable" || command == "disable" || command == "clear") {
      change_breakpoint(command, std::atoi(rest.c_str()));
    } else if (command == "stack" || command == "where" || command == "w") {
      show_stack(vm, info);
    } else if (command == "up" || command == "down") {
      if (command == "up" ? frame->previous == nullptr : index_ == 0) {
        std::puts(command == "up" ? "This is the outermost frame." : "This is the innermost frame.");
      } else {
        index_ += command == "up" ? 1 : -1;
        show_frame(vm, info, index_);
      }
    } else if (command == "locals" || command == "globals") {
      if (past() != nullptr && command == "locals") return show_past_locals(vm, *past());
      for (const Variable& v : command == "locals" ? locals_of(vm, frame) : globals_of(vm, frame))
        show_variable(vm, v.name, v.value);
    } else if (command == "operands") {
      std::string text = "== Stack ==    ";
      for (const Value* p = frame->stack; p < frame->sp; ++p) {
        text += '[';
        safe_repr(vm, *p, text);
        text += "] ";
      }
      std::puts(text.c_str());
    } else if (command == "list" || command == "l" || command == "source") {
      show_source(vm, frame->code, code_location(frame->code, place(info, frame)).line);
    } else if (command == "dis" || command == "bytecode") {
      show_instructions(vm, info, frame);
    } else if (command == "print" || command == "p") {
      show_value(vm, frame, rest);
    } else if (command == "set") {
      set(vm, frame, rest);
    } else {
      show_value(vm, frame, command + (rest.empty() ? "" : " " + rest));
    }
  }

  void show_variable(Vm& vm, const std::string& name, Value value) {
    std::string text = name + " = ";
    safe_repr(vm, value, text);
    std::puts(text.c_str());
  }
  std::string place_text(Vm& vm, const Code* code, uint32_t instruction) {
    int line = code_location(code, instruction).line;
    return str_to_utf8(code->filename) + ":" + std::to_string(line) + " " + str_to_utf8(code->qualname) + "\n    " +
           source_line(vm, code, line);
  }
  void show_place(Vm& vm, const EventInfo& info, bool instruction) {
    uint32_t i = place(info, info.frame);
    std::puts(place_text(vm, info.frame->code, i).c_str());
    if (!instruction) return;
    const ListedInstruction row = code_listing(vm, info.frame->code)[i];
    std::printf("    %u %s %s %s\n", i, row.name.c_str(), row.has_arg ? std::to_string(row.arg).c_str() : "",
                row.meaning.c_str());
  }
  void show_past(Vm& vm, const Step& step) {
    std::puts("(as it was)");
    std::puts(place_text(vm, step.frames[0].code, step.frames[0].instruction).c_str());
  }
  void show_past_locals(Vm& vm, const Step& step) {
    const RecordedFrame& r = step.frames[0];
    for (uint32_t i = 0; i < r.slots.size(); ++i)
      if (!r.slots[i].is_unset()) show_variable(vm, str_to_utf8(r.code->slot_names->items[i].as<Str>()), r.slots[i]);
  }
  void show_frame(Vm& vm, const EventInfo& info, size_t index) {
    Frame* f = frame_at(info, index);
    std::printf("%s #%zu %s\n", index == index_ ? "*" : " ", index, place_text(vm, f->code, place(info, f)).c_str());
  }
  void show_stack(Vm& vm, const EventInfo& info) {
    size_t index = 0;
    for (Frame* f = info.frame; f != nullptr; f = f->previous) show_frame(vm, info, index++);
  }
  void show_source(Vm& vm, const Code* code, int line) {
    for (int i = std::max(1, line - 5); i < line + 6; ++i) {
      std::string text = source_line(vm, code, i);
      bool stops = false;
      for (const Breakpoint& b : breakpoints) stops |= b.enabled && b.line == i;
      if (!text.empty() || i == line)
        std::printf("%4d %c%s %s\n", i, stops ? 'B' : ' ', i == line ? "->" : "  ", text.c_str());
    }
  }
  void show_instructions(Vm& vm, const EventInfo& info, Frame* frame) {
    Listing listing = code_listing(vm, frame->code);
    uint32_t here = place(info, frame);
    for (uint32_t i = 0; i < listing.size(); ++i) {
      if (!listing[i].shown) continue;
      std::string arg = listing[i].has_arg ? std::to_string(listing[i].arg) : "";
      std::printf("%s %4lld %-24s %6s %s\n", i == here ? "-->" : "   ", static_cast<long long>(listing[i].index),
                  listing[i].name.c_str(), arg.c_str(), listing[i].meaning.c_str());
    }
  }
  void show_value(Vm& vm, Frame* frame, const std::string& text) {
    std::string error;
    Value v = evaluate(vm, frame, text, error);
    if (v.is_unset()) {
      std::printf("*** %s\n", error.c_str());
    } else if (!v.is_none()) {
      std::string shown;
      safe_repr(vm, v, shown, {400, 4, 20});
      std::puts(shown.c_str());
    }
  }
  void set(Vm& vm, Frame* frame, const std::string& text) {
    size_t equals = text.find('=');
    if (equals == std::string::npos) return (void)std::puts("set NAME = EXPR");
    std::string name = text.substr(0, text.find_last_not_of(' ', equals - 1) + 1), error;
    Value v = evaluate(vm, frame, text.substr(equals + 1), error);
    if (!v.is_unset()) error = set_variable(vm, frame, name, v);
    if (!error.empty()) std::printf("*** %s\n", error.c_str());
  }
  void set_breakpoint(const std::string& text) {
    if (text.empty()) {
      for (const Breakpoint& b : breakpoints)
        std::printf("%d %s %s%s%s%s hits %llu\n", b.id, b.enabled ? "on " : "off",
                    b.file.empty() ? "" : (b.file + ":").c_str(),
                    b.function.empty() ? std::to_string(b.line).c_str() : b.function.c_str(),
                    b.condition.empty() ? "" : " if ", b.condition.c_str(), static_cast<unsigned long long>(b.hits));
      return;
    }
    Breakpoint b;
    size_t condition = text.find(" if ");
    std::string where = text.substr(0, condition);
    if (condition != std::string::npos) b.condition = text.substr(condition + 4);
    size_t colon = where.rfind(':');
    if (colon != std::string::npos) {
      b.file = where.substr(0, colon);
      where = where.substr(colon + 1);
    }
    char* end;
    long line = std::strtol(where.c_str(), &end, 10);
    if (*end == 0 && line > 0) {
      b.line = static_cast<int>(line);
    } else {
      b.function = where;
    }
    b.id = ++last_id_;
    breakpoints.push_back(b);
    std::printf("Breakpoint %d at %s\n", b.id, text.substr(0, condition).c_str());
  }
  void change_breakpoint(const std::string& command, int id) {
    for (size_t i = 0; i < breakpoints.size(); ++i) {
      if (breakpoints[i].id != id) continue;
      if (command == "clear") {
        breakpoints.erase(breakpoints.begin() + static_cast<std::ptrdiff_t>(i));
      } else {
        breakpoints[i].enabled = command == "enable";
      }
      return;
    }
    std::printf("There is no breakpoint %d.\n", id);
  }

  size_t index_ = 0;
  int last_id_ = 0;
  std::string last_;
};

}  // namespace

std::unique_ptr<Client> debug_prompt() { return std::make_unique<Prompt>(); }

}  // namespace krait
