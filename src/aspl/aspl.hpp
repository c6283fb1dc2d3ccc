// Running ASPL: a file, or a session.
#pragma once

#include <string>

#include "objects/vm.hpp"

namespace krait::aspl {

struct Options {
  bool quiet = false;        ///< no trace; what an expression gives is printed instead
  bool disassemble = false;  ///< show the instructions and run nothing
};

/// Exit codes beside the machine's own (runtime/machine.hpp).
constexpr int kExitCompileError = 65, kExitRuntimeError = 70;

/// Runs a source text and gives the exit code; errors are printed on standard error.
int run_text(Vm& vm, std::string_view source, std::string_view filename, const Options& options);
/// Reads lines from standard input until `q`, `quit` or its end. The globals last as long as the session.
int run_session(Vm& vm, const Options& options);

}  // namespace krait::aspl
