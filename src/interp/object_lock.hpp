// The lock of one native object whose work lets other threads run: another thread waits for it; what runs on the same thread
// meanwhile (a signal's handler, a stream that calls back) must not find the object half changed and gets a RuntimeError.
#pragma once

#include "interp/thread.hpp"

namespace krait {

/// Part of the object; zeroed memory is an open lock.
struct ObjectLock {
  uint64_t owner;     ///< the thread that is inside; 0: none
  WaitWord released;  ///< for those who wait to get in
};

/// Holds the lock until the end of the scope.
class ObjectLockHolder {
 public:
  ObjectLockHolder(Vm& vm, ObjectLock& lock, Value object) : vm_(vm), lock_(lock), object_(object) {}
  ~ObjectLockHolder() { leave(); }
  ObjectLockHolder(const ObjectLockHolder&) = delete;
  ObjectLockHolder& operator=(const ObjectLockHolder&) = delete;

  Status enter() {
    uint64_t me = threads_current_ident(vm_);
    while (lock_.owner != 0) {
      if (lock_.owner == me) return vm_.raise(E::RuntimeError, "reentrant call inside {}", repr_of(object_));
      TRY(threads_wait(vm_, lock_.released, -1));
    }
    lock_.owner = me;
    entered_ = true;
    return {};
  }
  void leave() {
    if (!entered_) return;
    entered_ = false;
    lock_.owner = 0;
    if (lock_.released.waiters != 0) threads_wake(vm_, lock_.released);
  }

 private:
  Vm& vm_;
  ObjectLock& lock_;
  Value object_;  ///< in messages; and it keeps the lock alive
  bool entered_ = false;
};

}  // namespace krait
