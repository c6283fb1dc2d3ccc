// Weak references and finalizers.
//
// Both are decided between marking and sweeping (weakrefs_after_mark) and carried out at a safepoint (run_safepoint_work):
// there, and only there, callbacks and __del__ run.
#pragma once

#include "heap/heap.hpp"
#include "objects/vm.hpp"

namespace krait {

/// From now on the cell's finalizer (__del__ of its type, or what its kind does: closing a generator) runs once before it dies;
/// marks the cell kGcFinalize. Does nothing for a cell that has that mark. False when there is no memory for it.
[[nodiscard]] bool finalizer_register(Vm& vm, Cell* cell);
/// Sets what the finalizer of a native kind does; without one it is the type's __del__. May run Python; errors are reported as
/// unraisable.
using NativeFinalizer = void (*)(Vm& vm, Cell* cell);
void set_native_finalizer(Vm& vm, Kind kind, NativeFinalizer finalizer);

/// The collector's hook: clears weak references to the dead, queues their callbacks, revives what has to be finalized.
void weakrefs_after_mark(Vm& vm, Marker& marker, Heap::Collect what);
/// What weakref.cpp itself holds: queues, callbacks.
void weakrefs_trace_roots(Vm& vm, Marker& marker);
/// Runs what the last collections queued. Never gives an error itself except a tripped limit.
Status run_safepoint_work(Vm& vm);
/// Is the running thread carrying it out (it does nothing then)?
bool in_safepoint_work(Vm& vm);
/// In the child of a fork: what the other threads were at is given up.
void safepoint_work_after_fork(Vm& vm);
/// The end of a program: runs the finalizers of everything that lives, oldest first, those written in Python before the native ones
/// (which close the files that the others may still write to). Never gives an error itself except a tripped limit.
Status finalizers_run_all(Vm& vm);
/// weakref.ref(object) (callback None or unset): a new one, or the object's plain one. TypeError "cannot create weak reference to
/// 'X' object".
Value weakref_new(Vm& vm, Value object, Value callback);
/// The object, or None.
Value weakref_get(Vm& vm, Value reference);
/// A list of the object's references and proxies (weakref.getweakrefs).
Value weakref_list(Vm& vm, Value object);
/// weakref.proxy(object): a proxy, callable if the object is.
Value weakproxy_new(Vm& vm, Value object, Value callback);

}  // namespace krait
