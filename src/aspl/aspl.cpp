#include "aspl/aspl.hpp"

#include <unistd.h>

#include <cerrno>
#include <cstdio>

#include "aspl/codegen.hpp"
#include "aspl/listing.hpp"
#include "aspl/operations.hpp"
#include "aspl/parser.hpp"
#include "aspl/trace.hpp"
#include "interp/interpreter.hpp"
#include "objects/dict.hpp"
#include "objects/exception.hpp"
#include "objects/operations.hpp"
#include "runtime/machine.hpp"
#include "runtime/system.hpp"

namespace krait::aspl {
namespace {

void complain(const std::string& text) {
  std::fflush(stdout);
  std::fputs((text + "\n").c_str(), stderr);
}

/// Globals of a program: no builtins behind them, so that no name of Python's is seen.
Result<Dict*> new_globals(Vm& vm) {
  Dict* globals = TRY(dict_new(vm));
  TRY(dict_set_str(vm, globals, vm.names.d_builtins, TRY(dict_new(vm))));
  return globals;
}

/// What ASPL says of the pending exception.
std::string words_for(Vm& vm, Value exception) {
  auto named = [&](int place) {
    Value name = as_exception(exception)->extra[place];
    return is_str(name) ? property_name(str_to_utf8(as_str(name))) : std::string();
  };
  if (is_instance_of(vm, exception, vm.exception_type(E::RecursionError))) return "Stack overflow";
  if (is_instance_of(vm, exception, vm.exception_type(E::MemoryError))) return "Out of memory";
  if (is_instance_of(vm, exception, vm.exception_type(E::NameError)))
    return "Undefined variable '" + named(extra::kNameErrorName) + "'";
  if (is_instance_of(vm, exception, vm.exception_type(E::AttributeError)))
    return "Undefined property '" + named(extra::kAttributeErrorName) + "'";
  Value text = str(vm, exception);
  if (is_str(text)) return str_to_utf8(as_str(text));
  (void)vm.clear_pending();
  return "Error";
}

/// "[line 3] in area()" for every activation, the innermost first; equal ones in a row are counted.
std::string places_of(Value exception) {
  std::vector<std::string> places;
  for (Value t = as_exception(exception)->traceback; is_kind(t, Kind::Traceback); t = t.as<Traceback>()->next) {
    const Traceback* tb = t.as<Traceback>();
    const Code* code = tb->frame->code;
    int line = tb->line >= 0 ? tb->line : code_location(code, tb->last_instruction).line;
    std::string name = property_name(str_to_utf8(code->name));
    places.push_back("[line " + std::to_string(line) + "] in " + (name == "script" ? name : name + "()"));
  }
  if (places.empty()) return "\n[line 1] in script";
  constexpr size_t kShown = 3;
  std::string out;
  size_t same = 0;
  for (size_t i = places.size(); i-- > 0;) {
    same = i + 1 < places.size() && places[i] == places[i + 1] ? same + 1 : 0;
    if (same < kShown) {
      out += "\n" + places[i];
    } else if (i == 0 || places[i - 1] != places[i]) {
      out += "\n[the same " + std::to_string(same - kShown + 1) + " more times]";
    }
  }
  return out;
}

/// Reports the pending exception. Those that are not the program's own doing (a tripped limit, an interrupt) go to the machine.
int report(Vm& vm) {
  Value pending = vm.t.pending;
  bool own = is_exception(pending) && vm.tripped == Limit::kNone &&
             is_instance_of(vm, pending, vm.exception_type(E::Exception));
  if (!own) return report_exception(vm);
  Value exception = vm.take_pending();
  complain(words_for(vm, exception) + places_of(exception));
  return kExitRuntimeError;
}

/// 0: `code` is the script. Else the exit code, and the mistake has been reported, unless it is `incomplete` text of a session.
int compile_text(Vm& vm, std::string_view source, std::string_view filename, Code** code, bool* incomplete) {
  Arena arena;
  FunctionNode* script = nullptr;
  ParseFailure failure;
  Result<bool> parsed = parse(vm, source, arena, &script, failure);
  if (parsed.is_error()) return report(vm);
  if (!parsed.release()) {
    if (incomplete != nullptr && failure.incomplete) {
      *incomplete = true;
    } else {
      complain(failure.message + "\n[line " + std::to_string(failure.line) + "] in script");
    }
    return kExitCompileError;
  }
  auto make = [&]() -> Result<Code*> { return generate(vm, script, TRY(str_from_generalised_utf8(vm, filename))); };
  Result<Code*> made = make();
  if (made.is_error()) return report(vm);
  *code = made.release();
  return 0;
}

Status show(Vm& vm, Value value) {
  if (value.is_none()) return {};
  return write_out(vm, TRY(value_text(vm, value)) + "\n");
}

int run_compiled(Vm& vm, Code* code, Dict* globals, const Options& options) {
  auto run = [&]() -> Status {
    if (options.disassemble) return write_out(vm, TRY(list_code(vm, code)));
    if (!options.quiet) {
      StackTrace trace(vm);
      TRY(trace.start());
      Value value = run_code(vm, code, globals, globals);
      if (value.is_error()) return Error{};
      return {};
    }
    Value value = run_code(vm, code, globals, globals);
    if (value.is_error()) return Error{};
    return show(vm, value);
  };
  return run().is_error() ? report(vm) : 0;
}

/// One line of standard input with its end; false at the end of input or on a failure.
bool read_line(Vm& vm, std::string& line) {
  line.clear();
  while (true) {
    char c;
    ssize_t n = read(STDIN_FILENO, &c, 1);
    if (n < 0 && errno == EINTR && !vm.poll().is_error()) continue;
    if (n <= 0) return !line.empty();
    line += c;
    if (c == '\n' || line.size() >= (size_t{1} << 20)) return true;
  }
}

std::string_view trimmed(std::string_view s) {
  while (!s.empty() && (s.back() == '\n' || s.back() == ' ' || s.back() == '\r' || s.back() == '\t'))
    s.remove_suffix(1);
  while (!s.empty() && (s.front() == ' ' || s.front() == '\t')) s.remove_prefix(1);
  return s;
}

}  // namespace

int run_text(Vm& vm, std::string_view source, std::string_view filename, const Options& options) {
  if (operations_start(vm).is_error()) return report_exception(vm);
  Result<Dict*> globals = new_globals(vm);
  if (globals.is_error()) return report_exception(vm);
  Code* code = nullptr;
  int exit_code = compile_text(vm, source, filename, &code, nullptr);
  return exit_code != 0 ? exit_code : run_compiled(vm, code, globals.release(), options);
}

int run_session(Vm& vm, const Options& options) {
  if (operations_start(vm).is_error()) return report_exception(vm);
  Result<Dict*> made = new_globals(vm);
  if (made.is_error()) return report_exception(vm);
  Dict* globals = made.release();
  auto say = [&](std::string_view text) {
    Value out = sys_get(vm, "stdout");
    return !write_out(vm, text).is_error() && !out.is_error() && !call_method(vm, out, vm.names.flush).is_error();
  };
  if (!say("\nASPL REPL\n\nType 'Ctrl+C', 'quit' or 'q' to exit.\n\naspl> ")) return report_exception(vm);
  std::string text, line;
  while (read_line(vm, line)) {
    std::string_view word = trimmed(line);
    if (text.empty() && (word == "q" || word == "quit")) return say("Bye\n") ? 0 : report_exception(vm);
    text += line;
    Code* code = nullptr;
    bool incomplete = false;
    int failed = compile_text(vm, text, "<aspl>", &code, &incomplete);
    // An unfinished block goes on; an empty line gives it up.
    if (incomplete && !word.empty()) {
      if (!say("....> ")) return report_exception(vm);
      continue;
    }
    if (incomplete) complain("Unfinished\n[line 1] in script");
    if (failed == 0) failed = run_compiled(vm, code, globals, options);
    if (failed == kExitLimit || vm.tripped != Limit::kNone) return kExitLimit;
    if (failed != 0 && failed != kExitCompileError && failed != kExitRuntimeError) return failed;
    text.clear();
    if (!say("aspl> ")) return report_exception(vm);
  }
  if (vm.has_pending()) return report_exception(vm);
  return say("\n") ? 0 : report_exception(vm);
}

}  // namespace krait::aspl
