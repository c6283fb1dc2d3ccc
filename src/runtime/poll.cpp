#include "runtime/poll.hpp"

#include <bit>

namespace krait {
namespace {

struct PollHandlers : Extension {
  PollHandler by_bit[32] = {};
};

Status dispatch(Vm& vm) {
  PollHandlers& handlers = vm.extension<PollHandlers>();
  uint32_t reasons = vm.poll_flag.load(std::memory_order_relaxed) & ~Vm::kPollSafepoint;
  while (reasons != 0) {
    int bit = std::countr_zero(reasons);
    reasons &= reasons - 1;
    if (handlers.by_bit[bit] != nullptr) {
      TRY(handlers.by_bit[bit](vm));
    } else {
      vm.poll_flag.fetch_and(~(1u << bit), std::memory_order_relaxed);
    }
  }
  return {};
}

}  // namespace

void poll_set_handler(Vm& vm, PollReason reason, PollHandler handler) {
  vm.extension<PollHandlers>().by_bit[std::countr_zero(static_cast<uint32_t>(reason))] = handler;
}

void poll_start(Vm& vm) { vm.poll_hook = dispatch; }

}  // namespace krait
