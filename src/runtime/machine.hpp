// A whole machine: a Vm with its interpreter, its built-in module and its native modules.
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "objects/module.hpp"
#include "objects/vm.hpp"
#include "runtime/system.hpp"

namespace krait {

/// Makes the heap misbehave on purpose, from the moment on when the machine stands: for tests.
struct StressOptions {
  uint64_t collect_every = 0;    ///< collect at each n-th allocation; 0: when it is due
  uint64_t fail_allocation = 0;  ///< the n-th allocation is refused, once; 0: none
  bool verify_heap = false;      ///< check the whole heap before each collection; a broken one aborts
};

struct MachineOptions {
  VmOptions vm;
  SystemOptions system;
  StressOptions stress;
  std::vector<std::string> arguments;  ///< sys.argv
  std::vector<std::string> path;       ///< begins sys.path; then come PYTHONPATH and the library's folders
};

/// Starts a Vm ready to run code. `natives`: the native modules beside builtins and sys. Null when the machine refuses memory.
std::unique_ptr<Vm> machine_start(const MachineOptions& options, std::span<const ModuleSpec* const> natives);
/// What a program's end is owed while it can still run code: threads are waited for, exit functions called, streams flushed,
/// finalizers run. Gives the exit code: `code`, unless something goes wrong here.
int machine_finish(Vm& vm, int code);
/// Ends it: interpreter state first, then the heap.
void machine_stop(std::unique_ptr<Vm> vm);

/// A new `__main__`, in sys.modules; `file` null: it has none.
Result<Module*> make_main_module(Vm& vm, Str* file);
/// Runs a source text as `__main__`. The module's value (None), or an error.
Value run_main_source(Vm& vm, std::string_view source, std::string_view filename, bool is_file);
/// Runs a module or package as `__main__`, as -m does (runpy); with set_argv sys.argv[0] becomes its file.
Value run_main_module(Vm& vm, std::string_view name, bool set_argv);

/// The exit codes that are Krait's and CPython's own.
constexpr int kExitError = 1, kExitUsage = 2, kExitFlushFailed = 120, kExitLimit = 124;
/// Not a code to exit with: the process is to end by SIGINT.
constexpr int kExitBySigint = 0x100;

/// What the top level does with the pending exception: SystemExit is obeyed (unless `inspecting`: a session goes on afterwards), others
/// go to sys.excepthook. Clears it and gives the exit code it means.
int report_exception(Vm& vm, bool inspecting = false);

}  // namespace krait
