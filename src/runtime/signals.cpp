#include "runtime/signals.hpp"

#include <signal.h>
#include <unistd.h>

#include <atomic>
#include <bit>
#include <cerrno>

#include "interp/interpreter.hpp"
#include "runtime/poll.hpp"

namespace krait {
namespace {

struct Block {
  std::atomic<Vm*> vm{nullptr};
  std::atomic<uint64_t> arrived{0};  ///< bit n - 1: signal n
  std::atomic<uint64_t> caught{0};   ///< the signals whose handler is ours
  std::atomic<int> wakeup{-1};
  std::atomic<SignalReport> reports[kSignalCount] = {};
  std::atomic<SignalAfter> after[kSignalCount] = {};
  struct sigaction before[kSignalCount] = {};  ///< what the report replaced
};
static_assert(std::atomic<Vm*>::is_always_lock_free && std::atomic<uint64_t>::is_always_lock_free);
constinit Block block;

struct Answer : Extension {
  SignalAnswer answer = nullptr;
};

uint64_t bit_of(int number) { return uint64_t{1} << (number - 1); }
bool valid(int number) { return number >= 1 && number < kSignalCount; }

void on_signal(int number) {
  int saved = errno;
  signal_note(number);
  int fd = block.wakeup.load(std::memory_order_relaxed);
  if (fd >= 0) {
    unsigned char byte = static_cast<unsigned char>(number);
    // A full pipe has bytes enough to wake its reader.
    [[maybe_unused]] ssize_t n = write(fd, &byte, 1);
  }
  errno = saved;
}

void on_report(int number) {
  int saved = errno;
  SignalAfter after = block.after[number].load(std::memory_order_relaxed);
  SignalReport report = block.reports[number].load(std::memory_order_relaxed);
  // A fault inside the report, or the same one again, takes the default way.
  if (after == SignalAfter::kDie) sigaction(number, &block.before[number], nullptr);
  Vm* vm = block.vm.load(std::memory_order_relaxed);
  if (report != nullptr && vm != nullptr) report(*vm, number);
  if (after == SignalAfter::kDie) {
    raise(number);
  } else if (after == SignalAfter::kChain) {
    struct sigaction ours{};
    sigaction(number, &block.before[number], &ours);
    raise(number);
    sigaction(number, &ours, nullptr);
  }
  errno = saved;
}

Status answer_signals(Vm& vm) {
  // Only the main thread answers; meanwhile the others ask again at each poll until it has its turn.
  if (vm.t.thread != &vm.interpreter->main_thread) return {};
  poll_clear(vm, kPollSignal);
  while (uint64_t arrived = block.arrived.load(std::memory_order_relaxed)) {
    int number = std::countr_zero(arrived) + 1;
    block.arrived.fetch_and(~bit_of(number), std::memory_order_relaxed);
    Status status;
    if (SignalAnswer answer = vm.extension<Answer>().answer) {
      status = answer(vm, number);
    } else if (number == SIGINT) {
      status = vm.raise(E::KeyboardInterrupt, "");
    }
    if (status.is_error()) {
      if (block.arrived.load(std::memory_order_relaxed) != 0) poll_request(vm, kPollSignal);
      return status;
    }
  }
  return {};
}

}  // namespace

bool signals_attach(Vm& vm) {
  Vm* nobody = nullptr;
  if (!block.vm.compare_exchange_strong(nobody, &vm)) return nobody == &vm;
  block.arrived = 0;
  poll_set_handler(vm, kPollSignal, answer_signals);
  return true;
}

bool signals_attached(const Vm& vm) { return block.vm.load(std::memory_order_relaxed) == &vm; }

void signals_detach(Vm& vm) {
  if (!signals_attached(vm)) return;
  for (int number = 1; number < kSignalCount; ++number)
    if (block.caught.load() & bit_of(number)) signal_set(number, SignalDisposition::kDefault);
  for (int number = 1; number < kSignalCount; ++number)
    if (block.reports[number].load() != nullptr) signal_set_report(vm, number, nullptr, SignalAfter::kReturn);
  block.wakeup = -1;
  block.vm = nullptr;
}

bool signal_set_report(Vm& vm, int number, SignalReport report, SignalAfter after) {
  if (!valid(number) || !signals_attached(vm)) {
    errno = EINVAL;
    return false;
  }
  SignalReport old = block.reports[number].exchange(report);
  if (report == nullptr) return old == nullptr || sigaction(number, &block.before[number], nullptr) == 0;
  block.after[number] = after;
  struct sigaction action{};
  action.sa_handler = on_report;
  sigemptyset(&action.sa_mask);
  action.sa_flags = SA_NODEFER | SA_ONSTACK | (after == SignalAfter::kReturn ? SA_RESTART : 0);
  if (sigaction(number, &action, old == nullptr ? &block.before[number] : nullptr) == 0) return true;
  block.reports[number] = old;
  return false;
}

SignalDisposition signal_disposition(int number) {
  struct sigaction action;
  if (!valid(number) || sigaction(number, nullptr, &action) != 0) return SignalDisposition::kOther;
  if (!(action.sa_flags & SA_SIGINFO)) {
    if (action.sa_handler == SIG_DFL) return SignalDisposition::kDefault;
    if (action.sa_handler == SIG_IGN) return SignalDisposition::kIgnore;
    if (action.sa_handler == on_signal) return SignalDisposition::kCatch;
  }
  return SignalDisposition::kOther;
}

bool signal_set(int number, SignalDisposition disposition) {
  if (!valid(number)) {
    errno = EINVAL;
    return false;
  }
  struct sigaction action{};
  action.sa_handler = disposition == SignalDisposition::kDefault  ? SIG_DFL
                      : disposition == SignalDisposition::kIgnore ? SIG_IGN
                                                                  : on_signal;
  sigemptyset(&action.sa_mask);
  if (sigaction(number, &action, nullptr) != 0) return false;
  if (disposition == SignalDisposition::kCatch) {
    block.caught |= bit_of(number);
  } else {
    block.caught &= ~bit_of(number);
  }
  return true;
}

void signals_set_answer(Vm& vm, SignalAnswer answer) { vm.extension<Answer>().answer = answer; }

void signal_note(int number) {
  block.arrived.fetch_or(bit_of(number), std::memory_order_relaxed);
  if (Vm* vm = block.vm.load(std::memory_order_relaxed)) vm->poll_flag.fetch_or(kPollSignal, std::memory_order_relaxed);
}

int signals_set_wakeup_fd(int fd) { return block.wakeup.exchange(fd); }

}  // namespace krait
