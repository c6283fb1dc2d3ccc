// What the command line asks to watch, and the watching of one run.
#pragma once

#include <cstdint>
#include <string>

#include "objects/vm.hpp"

namespace krait {

struct ObserveOptions {
  std::string trace_form;                      ///< stack, log, frames, lines, calls; empty: no text trace
  std::string trace_out;                       ///< empty: the standard error
  std::string trace_function, trace_file;      ///< only code of that name, of files whose path ends so
  uint64_t trace_depth = UINT64_MAX;           ///< only frames up to that depth (the module is 1)
  uint64_t trace_limit = uint64_t{256} << 20;  ///< bytes of trace
  std::string chrome_out, pythontutor_out, html_out;
  std::string coverage_out;
  std::string profile_form, profile_out;  ///< collapsed or speedscope
  std::string dot_form, dot_out;          ///< cfg, calls or frames
  bool perf_map = false;
  bool debug = false;
  bool dap = false;
  int dap_port = -1;                      ///< -1: the standard streams
  class DapServer* dap_server = nullptr;  ///< set by the command when the client has launched its program
  bool any() const {
    return !trace_form.empty() || !chrome_out.empty() || !pythontutor_out.empty() || !html_out.empty() ||
           !coverage_out.empty() || !profile_form.empty() || !dot_form.empty() || debug || perf_map ||
           dap_server != nullptr;
  }
};

/// Starts to watch. A message when something cannot be done (an unwritable target); nothing is watched then.
std::string observe_start(Vm& vm, const ObserveOptions& options);
/// Writes what was gathered. A message if that failed.
std::string observe_finish(Vm& vm);

}  // namespace krait
