#include "interp/thread.hpp"

#include <errno.h>
#include <limits.h>
#include <linux/futex.h>
#include <pthread.h>
#include <signal.h>
#include <sys/syscall.h>
#include <time.h>
#include <unistd.h>

#include <algorithm>

#include "objects/dict.hpp"
#include "objects/operations.hpp"
#include "objects/sequences.hpp"
#include "objects/weakref.hpp"

namespace krait {
namespace {

/// The lock of a Vm. It outlives the Vm when threads are left that wait for it: they look at nothing else.
struct VmLock {
  pthread_mutex_t mutex = PTHREAD_MUTEX_INITIALIZER;
  pthread_cond_t freed;  ///< for those who wait to take it: one of them is woken
  pthread_cond_t taken;  ///< for those who let others run
  bool held = true;
  bool closed = false;  ///< the Vm is going away
  uint32_t waiting = 0;
  uint64_t turns = 0;  ///< how often it was taken
  std::atomic<uint64_t> interval_ns{5'000'000};

  VmLock() {
    pthread_condattr_t attributes;
    pthread_condattr_init(&attributes);
    pthread_condattr_setclock(&attributes, CLOCK_MONOTONIC);
    pthread_cond_init(&freed, &attributes);
    pthread_cond_init(&taken, &attributes);
    pthread_condattr_destroy(&attributes);
  }
  ~VmLock() {
    pthread_cond_destroy(&freed);
    pthread_cond_destroy(&taken);
  }
};

/// A thread that threads_start() made.
struct Started {
  ThreadState state;
  ThreadStart start;
  Vm* vm = nullptr;
  VmLock* lock = nullptr;
  size_t stack_bytes = 0;
  Started* next = nullptr;
};

struct Threads : Extension {
  VmLock* lock = new VmLock();
  Started* started = nullptr;
  bool finalizing = false;
  uint64_t main_ident = 0;

  ~Threads() override {
    bool left = started != nullptr;
    for (Started* s = started; s != nullptr; s = s->next) thread_stack_release(&s->state);
    if (!left) delete lock;  // otherwise it stays for those who wait for it
  }
  void trace(Marker& m) override {
    for (Started* s = started; s != nullptr; s = s->next) {
      m.mark(s->start.function);
      m.mark_cell(s->start.args);
      m.mark_cell(s->start.kwargs);
      m.mark(s->start.owner);
    }
  }
};
Threads& threads_of(Vm& vm) { return vm.extension<Threads>(); }

uint64_t self_ident() { return static_cast<uint64_t>(pthread_self()); }

timespec after(uint64_t ns) {
  timespec t;
  clock_gettime(CLOCK_MONOTONIC, &t);
  t.tv_sec += static_cast<time_t>(ns / 1'000'000'000);
  t.tv_nsec += static_cast<long>(ns % 1'000'000'000);
  if (t.tv_nsec >= 1'000'000'000) {
    t.tv_nsec -= 1'000'000'000;
    ++t.tv_sec;
  }
  return t;
}

[[noreturn]] void stop_here() {
  while (true) pause();
}

/// Takes the lock; never comes back once the Vm is going away. `vm` is only touched while another thread must be in it.
void take(Vm& vm, VmLock& lock) {
  pthread_mutex_lock(&lock.mutex);
  ++lock.waiting;
  while (lock.held && !lock.closed) {
    uint64_t turns = lock.turns;
    timespec until = after(lock.interval_ns.load(std::memory_order_relaxed));
    int result = pthread_cond_timedwait(&lock.freed, &lock.mutex, &until);
    if (result == ETIMEDOUT && lock.held && !lock.closed && lock.turns == turns)
      vm.poll_flag.fetch_or(kThreadPollBit, std::memory_order_relaxed);
  }
  --lock.waiting;
  if (lock.closed) {
    pthread_mutex_unlock(&lock.mutex);
    stop_here();
  }
  lock.held = true;
  ++lock.turns;
  pthread_cond_broadcast(&lock.taken);
  pthread_mutex_unlock(&lock.mutex);
}

void give(VmLock& lock) {
  pthread_mutex_lock(&lock.mutex);
  lock.held = false;
  pthread_cond_signal(&lock.freed);
  pthread_mutex_unlock(&lock.mutex);
}

Heap::NativeStack& stack_of(Vm& vm, ThreadState* thread) {
  return thread == &vm.interpreter->main_thread ? vm.main_stack() : thread->native_stack;
}

/// The part below the frame in which the registers were put on the stack: whatever the caller holds lies above this frame.
[[gnu::noinline]] void run_suspended(Vm& vm, VmLock& lock, void (*body)(void*), void* context) {
  ThreadState* thread = vm.t.thread;
  Heap::NativeStack& stack = stack_of(vm, thread);
  thread->saved = vm.t;
  stack.suspended_at = static_cast<const char*>(__builtin_frame_address(0));
  give(lock);
  body(context);
  int error = errno;  // of what body() did, for the caller
  take(vm, lock);
  errno = error;
  vm.t = thread->saved;
  stack.suspended_at = nullptr;
}

/// In a poll: waits until somebody else had a turn.
void let_others_run(void* context) {
  VmLock& lock = *static_cast<VmLock*>(context);
  pthread_mutex_lock(&lock.mutex);
  uint64_t turns = lock.turns;
  while (lock.turns == turns && lock.waiting != 0 && !lock.closed) pthread_cond_wait(&lock.taken, &lock.mutex);
  pthread_mutex_unlock(&lock.mutex);
}

void* thread_main(void* argument) {
  Started* self = static_cast<Started*>(argument);
  Vm& vm = *self->vm;
  const char* base = static_cast<const char*>(__builtin_frame_address(0)) + 256;
  take(vm, *self->lock);
  ThreadState* thread = &self->state;
  vm.t = Vm::ThreadRegisters{};
  vm.t.thread = thread;
  vm.t.handled = &thread->handled;
  constexpr size_t kReserve = 96 * 1024;
  vm.t.native_stack_limit = base - self->stack_bytes + kReserve;
  thread->native_stack.base = base;
  vm.heap.register_stack(&thread->native_stack);

  Value result = call_with(vm, self->start.function, self->start.args, self->start.kwargs);
  if (self->start.ended != nullptr) self->start.ended(vm, self->start, result);
  vm.t.pending = Value();

  vm.heap.unregister_stack(&thread->native_stack);
  for (ThreadState** p = &vm.interpreter->threads; *p != nullptr; p = &(*p)->next) {
    if (*p != thread) continue;
    *p = thread->next;
    break;
  }
  for (Started** p = &threads_of(vm).started; *p != nullptr; p = &(*p)->next) {
    if (*p != self) continue;
    *p = self->next;
    break;
  }
  thread_stack_release(thread);
  vm.t.thread = nullptr;
  VmLock* lock = self->lock;
  delete self;
  give(*lock);
  return nullptr;
}

}  // namespace

double monotonic_seconds() {
  timespec t;
  clock_gettime(CLOCK_MONOTONIC, &t);
  return static_cast<double>(t.tv_sec) + static_cast<double>(t.tv_nsec) * 1e-9;
}

[[gnu::noinline]] void threads_run_released(Vm& vm, void (*body)(void* context), void* context) {
  Threads& threads = threads_of(vm);
  if (threads.started == nullptr || threads.finalizing) {
    body(context);
    return;
  }
  __builtin_unwind_init();  // the callee-saved registers, with what the callers keep in them, go to this frame
  run_suspended(vm, *threads.lock, body, context);
  asm volatile("" ::: "memory");
}

[[gnu::noinline]] Status threads_on_poll(Vm& vm) {
  vm.poll_flag.fetch_and(~kThreadPollBit, std::memory_order_relaxed);
  Threads& threads = threads_of(vm);
  if (threads.started == nullptr || threads.finalizing) return {};
  __builtin_unwind_init();
  run_suspended(vm, *threads.lock, let_others_run, threads.lock);
  asm volatile("" ::: "memory");
  return {};
}

void threads_after_fork(Vm& vm) {
  Threads& threads = threads_of(vm);
  // The lock may have been caught in the middle of another thread's turn; what that thread held of it is gone with it.
  uint64_t interval = threads.lock->interval_ns.load(std::memory_order_relaxed);
  ::operator delete(threads.lock);  // without its destructor, which would wait for those who wait
  threads.lock = new VmLock();
  threads.lock->interval_ns = interval;
  threads.main_ident = self_ident();
  Started* mine = nullptr;
  for (Started* s = threads.started; s != nullptr;) {
    Started* next = s->next;
    if (&s->state == vm.t.thread) {
      mine = s;
    } else {
      vm.heap.unregister_stack(&s->state.native_stack);
      thread_stack_release(&s->state);
    }
    s = next;
  }
  threads.started = mine;
  if (mine != nullptr) {
    mine->next = nullptr;
    mine->lock = threads.lock;
  }
  vm.interpreter->threads = vm.t.thread;
  vm.t.thread->next = nullptr;
  safepoint_work_after_fork(vm);
  vm.poll_flag.fetch_and(~kThreadPollBit, std::memory_order_relaxed);
}

Result<uint64_t> threads_start(Vm& vm, const ThreadStart& start, size_t stack_bytes) {
  Threads& threads = threads_of(vm);
  if (threads.main_ident == 0) threads.main_ident = self_ident();
  if (stack_bytes == 0) stack_bytes = size_t{8} << 20;
  Started* self = new Started();
  self->start = start;
  self->vm = &vm;
  self->lock = threads.lock;
  self->stack_bytes = stack_bytes;
  // Where addresses are scarce (a limit of the process), a thread gets by with fewer.
  constexpr size_t kValueStack = size_t{1} << 26, kLeastValueStack = size_t{1} << 20;
  size_t reserve = thread_stack_bytes(vm, kValueStack);
  while (!thread_stack_reserve(&self->state, reserve)) {
    reserve /= 4;
    if (reserve >= kLeastValueStack) continue;
    delete self;
    return vm.raise(E::RuntimeError, "can't start new thread");
  }
  self->state.saved.thread = &self->state;
  self->state.saved.handled = &self->state.handled;
  self->next = threads.started;
  threads.started = self;
  self->state.next = vm.interpreter->threads;
  vm.interpreter->threads = &self->state;

  // Signals are the main thread's.
  sigset_t all, old;
  sigfillset(&all);
  pthread_sigmask(SIG_SETMASK, &all, &old);
  pthread_attr_t attributes;
  pthread_attr_init(&attributes);
  pthread_attr_setdetachstate(&attributes, PTHREAD_CREATE_DETACHED);
  int failed = pthread_attr_setstacksize(&attributes, stack_bytes);
  pthread_t handle{};
  if (failed == 0) failed = pthread_create(&handle, &attributes, thread_main, self);
  pthread_attr_destroy(&attributes);
  pthread_sigmask(SIG_SETMASK, &old, nullptr);
  if (failed != 0) {
    vm.interpreter->threads = self->state.next;
    threads.started = self->next;
    thread_stack_release(&self->state);
    delete self;
    return vm.raise(E::RuntimeError, "can't start new thread");
  }
  // The new thread cannot have ended: it needs the Vm first.
  self->state.ident = static_cast<uint64_t>(handle);
  return self->state.ident;
}

uint32_t threads_count(Vm& vm) {
  uint32_t n = 1;
  for (Started* s = threads_of(vm).started; s != nullptr; s = s->next) ++n;
  return n;
}
uint64_t threads_current_ident(Vm& vm) {
  (void)threads_main_ident(vm);
  return self_ident();
}
uint64_t threads_main_ident(Vm& vm) {
  Threads& threads = threads_of(vm);
  if (threads.main_ident == 0 && on_main_thread(vm))
    threads.main_ident = vm.interpreter->main_thread.ident = self_ident();
  return threads.main_ident;
}

double threads_switch_interval(Vm& vm) { return static_cast<double>(threads_of(vm).lock->interval_ns.load()) * 1e-9; }
void threads_set_switch_interval(Vm& vm, double seconds) {
  double ns = std::clamp(seconds * 1e9, 1e3, 1e18);
  threads_of(vm).lock->interval_ns.store(static_cast<uint64_t>(ns));
}

void threads_finalize(Vm& vm) {
  Threads& threads = threads_of(vm);
  threads.finalizing = true;
  pthread_mutex_lock(&threads.lock->mutex);
  threads.lock->closed = true;
  pthread_cond_broadcast(&threads.lock->freed);
  pthread_cond_broadcast(&threads.lock->taken);
  pthread_mutex_unlock(&threads.lock->mutex);
}
bool threads_finalizing(Vm& vm) { return threads_of(vm).finalizing; }

Result<bool> threads_wait(Vm& vm, WaitWord& word, double seconds) {
  // The kernel wakes a waiter for signals; limits have no such voice, so now and then it looks for itself.
  constexpr double kSlice = 0.1;
  double end = seconds < 0 ? 0 : monotonic_seconds() + seconds;
  uint32_t seen = word.generation;
  while (word.generation == seen) {
    double slice = seconds < 0 ? kSlice : std::min(kSlice, end - monotonic_seconds());
    if (slice <= 0) return false;
    timespec timeout{0, static_cast<long>(slice * 1e9)};
    if (timeout.tv_nsec >= 1'000'000'000) timeout.tv_nsec = 999'999'999;
    uint32_t* address = &word.generation;
    ++word.waiters;
    without_vm(vm, [&] { syscall(SYS_futex, address, FUTEX_WAIT_PRIVATE, seen, &timeout, nullptr, 0); });
    --word.waiters;
    TRY(vm.poll());
  }
  return true;
}

void threads_wake(Vm&, WaitWord& word) {
  ++word.generation;  // also where nobody waits: a waiter may be in the middle of a poll, and looks at this next
  if (word.waiters == 0) return;
  syscall(SYS_futex, &word.generation, FUTEX_WAKE_PRIVATE, INT_MAX, nullptr, nullptr, 0);
}

}  // namespace krait
