// Waiting, without the Vm, in a way that notices limits and signals.
#pragma once

#include <algorithm>
#include <cerrno>
#include <cmath>

#include "interp/thread.hpp"

namespace krait {

/// Waiting goes in slices, so that a limit that trips meanwhile is noticed: no signal tells of it.
constexpr double kWaitSlice = 0.05;

/// Calls wait(milliseconds) until it gives something other than 0, fails, or the time (seconds; negative: none) is over: 0 then.
/// OSError of errno if it gives a negative number.
template <class Wait>
Result<int> wait_in_slices(Vm& vm, double seconds, Wait wait) {
  double end = seconds < 0 ? 0 : monotonic_seconds() + seconds;
  while (true) {
    double left = seconds < 0 ? kWaitSlice : std::min(kWaitSlice, std::max(end - monotonic_seconds(), 0.0));
    int result;
    without_vm(vm, [&] { result = wait(static_cast<int>(std::ceil(left * 1000))); });
    if (result > 0) return result;
    if (result < 0 && errno != EINTR) return vm.raise_os_error(errno);
    TRY(vm.poll());
    if (seconds >= 0 && monotonic_seconds() >= end) return 0;
  }
}

}  // namespace krait
