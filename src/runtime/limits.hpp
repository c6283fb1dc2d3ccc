// Limits on a run: time, steps, depth and output. (Memory is the heap's: VmOptions::memory_limit.) A tripped limit ends the script
// whatever it catches; the Vm is usable afterwards, once limits_reset() has been called.
#pragma once

#include <cstdint>
#include <string>

#include "objects/vm.hpp"

namespace krait {

struct RunLimits {
  double seconds = 0;         ///< of real time, from limits_start; 0: none
  uint64_t steps = 0;         ///< loop turns and calls; 0: none
  uint32_t depth = 0;         ///< Python frames; 0: none (sys.setrecursionlimit's still raises RecursionError)
  uint64_t output_bytes = 0;  ///< written to files by this Vm; 0: none
};

/// Starts the clock (a watching thread, if there is a time limit) and the counters. False: no thread could be started.
bool limits_start(Vm& vm, const RunLimits& limits);
/// In the child of a fork: the limits go on holding there, the same end of time with them.
Status limits_after_fork(Vm& vm);
/// To be called after a program changed what a signal does, or which are blocked: the one that ends waiting system calls when time
/// is up keeps doing so.
void limits_keep_signal(Vm& vm);
/// Stops the clock; tripped limits are forgotten, the script's exception too.
void limits_reset(Vm& vm);
/// To be called before bytes are written to a file descriptor.
Status limits_charge_output(Vm& vm, uint64_t bytes);
/// "krait: limit exceeded: time (2 s)" for the limit that tripped.
std::string limits_message(Vm& vm);

}  // namespace krait
