#include "cli/observe_options.hpp"

#include <cmath>
#include <cstdlib>

namespace krait::cli {

const char* const kObserveHelp =
    "Options that watch the program (what they print goes to the standard error or a file, never into its output):\n"
    "--trace=FORM     : what it does, as text: stack (each instruction with its operand\n"
    "                   stack; also plain --trace), log, frames, lines, calls\n"
    "--trace-out=FILE : where the text goes instead of the standard error\n"
    "--trace-function=NAME, --trace-file=END, --trace-depth=N : only code of that name, of\n"
    "                   files whose path ends so, of frames down to that depth\n"
    "--trace-size=SIZE: most bytes of trace (256M); the program goes on without it\n"
    "--trace=chrome:OUT.json[.gz] : calls on a time line, for Perfetto and speedscope\n"
    "--coverage OUT.lcov : how often each line and function ran\n"
    "--profile=collapsed:OUT, --profile=speedscope:OUT : where the time goes, by samples\n"
    "--trace=html:OUT.html : a page that steps forward and back through the run\n"
    "--trace=pythontutor:OUT.json : the same line by line, in Python Tutor's format\n"
    "--dap[=PORT]     : a debugger for editors (Debug Adapter Protocol) on the standard\n"
    "                   streams or a loopback port; the client says what to run\n"
    "--debug          : a prompt that stops at breakpoints and steps, also back (type help there)\n"
    "--perf-map       : Python functions by name in the reports of perf (/tmp/perf-PID.map)\n"
    "--dot=cfg:OUT.dot, --dot=calls:OUT.dot, --dot=frames:OUT.dot : control flow, calls or\n"
    "                   the tree of activations for Graphviz\n";

OptionUse observe_option(const std::string& option, ObserveOptions& out, std::string& message) {
  size_t equals = option.find('=');
  std::string name = option.substr(0, equals);
  bool has_value = equals != std::string::npos;
  std::string value = has_value ? option.substr(equals + 1) : "";
  auto wrong = [&](const std::string& wants) {
    message = "--" + name + ": " + wants + (has_value ? ", not '" + value + "'" : "");
    return OptionUse::kWrong;
  };
  if (name == "trace") {
    if (!has_value) value = "stack";
    size_t colon = value.find(':');
    std::string form = value.substr(0, colon);
    if (colon != std::string::npos) {
      std::string* target = form == "chrome"        ? &out.chrome_out
                            : form == "pythontutor" ? &out.pythontutor_out
                            : form == "html"        ? &out.html_out
                                                    : nullptr;
      *(target != nullptr ? target : &message) = value.substr(colon + 1);
      if (target == nullptr || target->empty()) return wrong("wants chrome:FILE, pythontutor:FILE or html:FILE");
      return OptionUse::kTaken;
    }
    if (form != "stack" && form != "log" && form != "frames" && form != "lines" && form != "calls")
      return wrong("wants stack, log, frames, lines, calls, chrome:FILE, pythontutor:FILE or html:FILE");
    out.trace_form = form;
    return OptionUse::kTaken;
  }
  if (name == "trace-out" || name == "trace-function" || name == "trace-file" || name == "coverage") {
    if (!has_value) return OptionUse::kNeedsNext;
    if (value.empty()) return wrong("wants a name");
    (name == "trace-out"        ? out.trace_out
     : name == "trace-function" ? out.trace_function
     : name == "trace-file"     ? out.trace_file
                                : out.coverage_out) = value;
    return OptionUse::kTaken;
  }
  if (name == "trace-depth" || name == "trace-size") {
    if (!has_value) return OptionUse::kNeedsNext;
    char* end;
    double number = std::strtod(value.c_str(), &end);
    if (name == "trace-size") {
      number *= *end == 'k' || *end == 'K'   ? 1024
                : *end == 'm' || *end == 'M' ? 1 << 20
                : *end == 'g' || *end == 'G' ? 1 << 30
                                             : 1;
      if (*end != 0) ++end;
    }
    if (end == value.c_str() || *end != 0 || !std::isfinite(number) || number < 1 || number > 9e18)
      return wrong(name == "trace-depth" ? "wants a whole number above 0" : "wants a size, such as 64M");
    (name == "trace-depth" ? out.trace_depth : out.trace_limit) = static_cast<uint64_t>(number);
    return OptionUse::kTaken;
  }
  if (name == "profile") {
    size_t colon = value.find(':');
    out.profile_form = value.substr(0, colon);
    if (colon == std::string::npos || colon + 1 == value.size() ||
        (out.profile_form != "collapsed" && out.profile_form != "speedscope"))
      return wrong("wants collapsed:FILE or speedscope:FILE");
    out.profile_out = value.substr(colon + 1);
    return OptionUse::kTaken;
  }
  if (option == "perf-map") {
    out.perf_map = true;
    return OptionUse::kTaken;
  }
  if (option == "debug") {
    out.debug = true;
    return OptionUse::kTaken;
  }
  if (name == "dap") {
    out.dap = true;
    if (!has_value) return OptionUse::kTaken;
    char* end;
    long port = std::strtol(value.c_str(), &end, 10);
    if (value.empty() || *end != 0 || port < 0 || port > 65535) return wrong("wants a port");
    out.dap_port = static_cast<int>(port);
    return OptionUse::kTaken;
  }
  if (name == "dot") {
    size_t colon = value.find(':');
    std::string form = value.substr(0, colon);
    if (form != "cfg" && form != "calls" && form != "frames") return wrong("wants cfg, calls or frames");
    if (colon == std::string::npos) return OptionUse::kNeedsNext;
    if (colon + 1 == value.size()) return wrong("wants a file");
    out.dot_form = form;
    out.dot_out = value.substr(colon + 1);
    return OptionUse::kTaken;
  }
  return OptionUse::kNotMine;
}

}  // namespace krait::cli
