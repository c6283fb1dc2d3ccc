// OS threads in one Vm. One of them runs it at a time: the one that holds the Vm's lock. The others wait for the lock, or do
// something that needs nothing of the Vm (wait for a file, sleep).
//
// Rules
//  1. Whoever gives the lock away first saves its registers (Vm::t) and says how far its native stack goes, so that the
//     collector finds what it holds. Both happen in threads_run_released() and in a poll that lets another thread run.
//  2. What runs without the lock touches no cell, no Value and nothing of the Vm.
//  3. A Vm that only ever had one thread pays nothing: there is no lock to take then.
#pragma once

#include "interp/frame.hpp"
#include "objects/vm.hpp"

namespace krait {

/// The bit of Vm::poll_flag that asks the running thread to let another one run.
constexpr uint32_t kThreadPollBit = 16;

/// Answers that bit.
Status threads_on_poll(Vm& vm);

/// Runs body() without the Vm, so that other threads can use it meanwhile. errno is as body() left it.
void threads_run_released(Vm& vm, void (*body)(void* context), void* context);
template <class Body>
void without_vm(Vm& vm, Body body) {
  threads_run_released(vm, [](void* context) { (*static_cast<Body*>(context))(); }, &body);
}

/// What a new thread runs: `function(*args, **kwargs)` (kwargs null: none). `ended` is called at its very end, with the Vm
/// held; its exceptions are the caller's to report there (pending in vm). Both are kept alive by the thread.
struct ThreadStart {
  Value function;
  Tuple* args = nullptr;
  Dict* kwargs = nullptr;
  Value owner;  ///< for `ended`
  void (*ended)(Vm& vm, const ThreadStart& start, Value result) = nullptr;
  bool daemon = true;
};
/// How much to reserve for a thread's values: frames are memory too, so that under a memory limit deep recursion ends within a part
/// of it.
size_t thread_stack_bytes(Vm& vm, size_t most);
/// The identifier of the new thread, or RuntimeError "can't start new thread".
Result<uint64_t> threads_start(Vm& vm, const ThreadStart& start, size_t stack_bytes);
/// Threads that run or wait, this one included.
uint32_t threads_count(Vm& vm);
uint64_t threads_current_ident(Vm& vm);
uint64_t threads_main_ident(Vm& vm);
/// Is the running thread the one that made the Vm?
inline bool on_main_thread(Vm& vm);

double threads_switch_interval(Vm& vm);
void threads_set_switch_interval(Vm& vm, double seconds);

/// In the child of a fork: this thread is the only one there is.
void threads_after_fork(Vm& vm);

/// From now on no other thread gets the Vm any more: they stop where they are.
void threads_finalize(Vm& vm);
bool threads_finalizing(Vm& vm);

/// A word that threads wait on. Reading and changing it needs the Vm, so nothing is missed: wake() after every change of what
/// the waiters look at.
struct WaitWord {
  uint32_t generation;
  uint32_t waiters;
};
/// Waits, without the Vm, until wake() or until `seconds` have passed (negative: no limit). False: time is up. Signals and limits
/// are answered on the way: an error is what they raised.
Result<bool> threads_wait(Vm& vm, WaitWord& word, double seconds);
void threads_wake(Vm& vm, WaitWord& word);

/// Seconds of the monotonic clock.
double monotonic_seconds();

}  // namespace krait

#include "interp/interpreter.hpp"

namespace krait {
inline bool on_main_thread(Vm& vm) { return vm.t.thread == &vm.interpreter->main_thread; }
}  // namespace krait
