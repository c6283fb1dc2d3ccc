#include "runtime/limits.hpp"

#include <pthread.h>
#include <signal.h>
#include <time.h>

#include <cstdio>

#include "interp/interpreter.hpp"
#include "runtime/poll.hpp"

namespace krait {
namespace {

struct Watch : Extension {
  RunLimits limits;
  uint64_t steps_left = 0, output_left = UINT64_MAX;
  Vm* vm = nullptr;
  pthread_t thread{}, watched{};
  bool running = false, stop = false;
  timespec deadline{};
  pthread_mutex_t mutex = PTHREAD_MUTEX_INITIALIZER;
  pthread_cond_t wake{};

  Watch() { make_wake(); }
  ~Watch() override {
    end();
    pthread_cond_destroy(&wake);
  }
  void make_wake() {
    pthread_condattr_t attributes;
    pthread_condattr_init(&attributes);
    pthread_condattr_setclock(&attributes, CLOCK_MONOTONIC);
    pthread_cond_init(&wake, &attributes);
    pthread_condattr_destroy(&attributes);
  }
  void end() {
    if (!running) return;
    pthread_mutex_lock(&mutex);
    stop = true;
    pthread_cond_signal(&wake);
    pthread_mutex_unlock(&mutex);
    pthread_join(thread, nullptr);
    running = false;
  }
};

/// Ignored unless a program asks for it, and of no use to nearly all.
constexpr int kNudge = SIGURG;

bool passed(const timespec& deadline) {
  timespec now;
  clock_gettime(CLOCK_MONOTONIC, &now);
  return now.tv_sec > deadline.tv_sec || (now.tv_sec == deadline.tv_sec && now.tv_nsec >= deadline.tv_nsec);
}

void* watch_clock(void* argument) {
  Watch& watch = *static_cast<Watch*>(argument);
  pthread_mutex_lock(&watch.mutex);
  while (!watch.stop && !passed(watch.deadline)) pthread_cond_timedwait(&watch.wake, &watch.mutex, &watch.deadline);
  if (!watch.stop) poll_request(*watch.vm, kPollTime);
  // A system call that waits does not look at the flag: a signal that does nothing makes it come back, again and again for the
  // case that the thread was about to begin one.
  while (!watch.stop) {
    pthread_kill(watch.watched, kNudge);
    timespec next;
    clock_gettime(CLOCK_MONOTONIC, &next);
    next.tv_nsec += 20000000;
    if (next.tv_nsec >= 1000000000) {
      next.tv_nsec -= 1000000000;
      ++next.tv_sec;
    }
    pthread_cond_timedwait(&watch.wake, &watch.mutex, &next);
  }
  pthread_mutex_unlock(&watch.mutex);
  return nullptr;
}

/// Makes the signal interrupt system calls: somebody's handler for it stays.
void prepare_nudge() {
  struct sigaction now;
  if (sigaction(kNudge, nullptr, &now) != 0) return;
  if (now.sa_handler == SIG_DFL || now.sa_handler == SIG_IGN) {
    now = {};
    now.sa_handler = [](int) {};
  }
  now.sa_flags &= ~SA_RESTART;
  sigaction(kNudge, &now, nullptr);
  sigset_t only;
  sigemptyset(&only);
  sigaddset(&only, kNudge);
  pthread_sigmask(SIG_UNBLOCK, &only, nullptr);
}

bool start_watching(Watch& watch) {
  watch.stop = false;
  watch.watched = pthread_self();
  watch.running = pthread_create(&watch.thread, nullptr, watch_clock, &watch) == 0;
  return watch.running;
}

Status on_time(Vm& vm) {
  // The bit stays: whatever the unwinding script does next, it is told again.
  return vm.trip(Limit::kTime);
}
Status on_step(Vm& vm) {
  Watch& watch = vm.extension<Watch>();
  if (watch.steps_left == 0) return vm.trip(Limit::kSteps);
  --watch.steps_left;
  return {};
}

}  // namespace

bool limits_start(Vm& vm, const RunLimits& limits) {
  Watch& watch = vm.extension<Watch>();
  watch.end();
  watch.limits = limits;
  watch.vm = &vm;
  watch.output_left = limits.output_bytes == 0 ? UINT64_MAX : limits.output_bytes;
  if (limits.depth != 0) {
    vm.interpreter->max_depth = limits.depth;
    if (vm.recursion_limit > limits.depth) vm.recursion_limit = limits.depth;
  }
  if (limits.steps != 0) {
    watch.steps_left = limits.steps;
    poll_set_handler(vm, kPollSteps, on_step);
    poll_request(vm, kPollSteps);
  }
  if (limits.seconds > 0) {
    poll_set_handler(vm, kPollTime, on_time);
    clock_gettime(CLOCK_MONOTONIC, &watch.deadline);
    double whole = static_cast<double>(static_cast<int64_t>(limits.seconds));
    watch.deadline.tv_sec += static_cast<time_t>(whole);
    watch.deadline.tv_nsec += static_cast<long>((limits.seconds - whole) * 1e9);
    if (watch.deadline.tv_nsec >= 1000000000) {
      watch.deadline.tv_nsec -= 1000000000;
      ++watch.deadline.tv_sec;
    }
    prepare_nudge();
    if (!start_watching(watch)) return false;
  }
  return true;
}

Status limits_after_fork(Vm& vm) {
  Watch& watch = vm.extension<Watch>();
  if (!watch.running) return {};
  // The watching thread stayed in the parent; what it may have held when the child was made is made anew.
  watch.running = false;
  pthread_mutex_init(&watch.mutex, nullptr);
  watch.make_wake();
  if (!start_watching(watch)) return vm.trip(Limit::kTime);
  return {};
}

void limits_keep_signal(Vm& vm) {
  if (vm.extension<Watch>().running) prepare_nudge();
}

void limits_reset(Vm& vm) {
  Watch& watch = vm.extension<Watch>();
  watch.end();
  poll_clear(vm, kPollTime);
  poll_clear(vm, kPollSteps);
  watch.output_left = UINT64_MAX;
  vm.interpreter->max_depth = UINT32_MAX;
  bool tripped = vm.tripped != Limit::kNone;
  vm.tripped = Limit::kNone;
  (void)vm.take_pending();
  // What filled the memory is dead now: the next program must not be refused its first bytes for it.
  if (tripped) vm.heap.collect(Heap::Collect::kFull);
}

Status limits_charge_output(Vm& vm, uint64_t bytes) {
  Watch& watch = vm.extension<Watch>();
  if (bytes > watch.output_left) {
    watch.output_left = 0;
    return vm.trip(Limit::kOutput);
  }
  if (watch.output_left != UINT64_MAX) watch.output_left -= bytes;
  return {};
}

std::string limits_message(Vm& vm) {
  const RunLimits& limits = vm.extension<Watch>().limits;
  char text[128];
  switch (vm.tripped) {
    case Limit::kTime: std::snprintf(text, sizeof text, "time (%g s)", limits.seconds); break;
    case Limit::kMemory:
      std::snprintf(text, sizeof text, "memory (%llu bytes)", static_cast<unsigned long long>(vm.heap.limit()));
      break;
    case Limit::kSteps:
      std::snprintf(text, sizeof text, "steps (%llu)", static_cast<unsigned long long>(limits.steps));
      break;
    case Limit::kDepth: std::snprintf(text, sizeof text, "depth (%u)", limits.depth); break;
    case Limit::kOutput:
      std::snprintf(text, sizeof text, "output (%llu bytes)", static_cast<unsigned long long>(limits.output_bytes));
      break;
    default: std::snprintf(text, sizeof text, "interrupted"); break;
  }
  return std::string("krait: limit exceeded: ") + text;
}

}  // namespace krait
