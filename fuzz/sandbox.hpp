// What the fuzzers share: a machine out of whose reach the system lies, under limits, that is made anew every so often.
#pragma once

#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "modules/modules.hpp"
#include "objects/exception.hpp"
#include "objects/module.hpp"
#include "runtime/limits.hpp"
#include "runtime/machine.hpp"

namespace krait::fuzz {

/// Stops the fuzzer: an invariant of the machine does not hold.
[[noreturn]] inline void broken(const char* what) {
  std::fprintf(stderr, "fuzz: broken: %s\n", what);
  std::abort();
}

class Sandbox {
 public:
  /// `runs`: how many inputs one machine takes.
  explicit Sandbox(uint32_t runs, uint64_t steps) : runs_(runs), steps_(steps) {
    for (const ModuleSpec* spec : native_modules()) {
      // No files, processes, signals, clocks to sleep by, or threads.
      static constexpr std::string_view kOutOfReach[] = {"posix", "_io", "_signal", "select", "_posixsubprocess", "fcntl",
                                                         "pwd",   "grp", "time",    "_thread", "_imp", "_socket", "mmap",
                                                         "_ctypes", "_sqlite3", "faulthandler", "_multiprocessing", "resource",
                                                         "termios", "syslog", "readline", "_posixshmem", "_curses"};
      bool reachable = true;
      for (std::string_view name : kOutOfReach) reachable = reachable && name != spec->name;
      if (reachable) natives_.push_back(spec);
    }
  }

  ~Sandbox() {
    if (vm_ != nullptr) machine_stop(std::move(vm_));
  }
  Sandbox(const Sandbox&) = delete;
  Sandbox& operator=(const Sandbox&) = delete;

  /// The machine for the next input, with its limits set.
  Vm& next() {
    if (vm_ == nullptr || ++used_ > runs_) {
      if (vm_ != nullptr) machine_stop(std::move(vm_));
      MachineOptions options;
      options.vm.fixed_hash_seed = true;
      options.vm.memory_limit = uint64_t{96} << 20;
      options.system.home = "/nonexistent";
      options.system.no_site = options.system.isolated = options.system.dont_write_bytecode = true;
      vm_ = machine_start(options, natives_);
      if (vm_ == nullptr) broken("the machine does not start");
      used_ = 0;
    }
    RunLimits limits;
    limits.steps = steps_;
    limits.output_bytes = 1 << 16;
    limits.depth = 200;
    if (!limits_start(*vm_, limits)) broken("no limits");
    return *vm_;
  }

  /// What must hold after each input, whatever it did: `failed` and a pending exception go together, and the machine can go on.
  void after(bool failed) {
    if (failed != vm_->has_pending()) broken(failed ? "an error without an exception" : "an exception beside a result");
    bool tripped = vm_->tripped != Limit::kNone;
    limits_reset(*vm_);
    if (used_ % 64 == 0) vm_->heap.verify();
    if (tripped) used_ = runs_;  // what memory it holds is of no use to the next
  }

 private:
  std::vector<const ModuleSpec*> natives_;
  std::unique_ptr<Vm> vm_;
  uint32_t runs_, used_ = 0;
  uint64_t steps_;
};

}  // namespace krait::fuzz
