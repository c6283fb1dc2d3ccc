// A whole machine: a Vm with its interpreter, its built-in module and its native modules.
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "objects/module.hpp"
#include "objects/vm.hpp"

namespace krait {

struct MachineOptions {
  VmOptions vm;
  std::vector<std::string> arguments;  ///< sys.argv
  std::vector<std::string> path;       ///< sys.path
};

/// Starts a Vm ready to run code. `natives`: the native modules beside builtins and sys. Null when the machine refuses memory.
std::unique_ptr<Vm> machine_start(const MachineOptions& options, std::span<const ModuleSpec* const> natives);
/// Ends it: interpreter state first, then the heap.
void machine_stop(std::unique_ptr<Vm> vm);

/// Runs a source text as `__main__`. The module's value (None), or an error.
Value run_main_source(Vm& vm, std::string_view source, std::string_view filename, bool is_file);
/// Prints the pending exception as the top level does (traceback on stderr) and clears it. Gives the exit code it means.
int report_exception(Vm& vm);

}  // namespace krait
