// What a poll does: the reasons that make Vm::poll_flag nonzero, one bit each, and who answers them.
#pragma once

#include "objects/vm.hpp"

namespace krait {

enum PollReason : uint32_t {
  kPollSignal = 2,        ///< a signal arrived (modules/_signal)
  kPollTime = 4,          ///< the time limit's clock ran out
  kPollSteps = 8,         ///< stays set while steps are counted
  kPollThread = 16,       ///< another thread wants the Vm (interp/thread)
  kPollSample = 1 << 10,  ///< a profiler wants to know what runs (observe/profile)
};

/// Answers a reason; clears its bit itself if it is done with. An error leaves the poll.
using PollHandler = Status (*)(Vm& vm);
void poll_set_handler(Vm& vm, PollReason reason, PollHandler handler);
/// Installs the dispatch in vm.poll_hook; once.
void poll_start(Vm& vm);
inline void poll_request(Vm& vm, PollReason reason) { vm.poll_flag.fetch_or(reason, std::memory_order_relaxed); }
inline void poll_clear(Vm& vm, PollReason reason) { vm.poll_flag.fetch_and(~reason, std::memory_order_relaxed); }

}  // namespace krait
