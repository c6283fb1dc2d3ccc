// _thread: threads and locks. (How threads share the machine: interp/thread.hpp.)
//
// The state of a lock is only looked at and changed with the Vm held, so an uncontended acquire is a test and a store.
#include <signal.h>
#include <sys/syscall.h>
#include <sys/prctl.h>
#include <unistd.h>

#include <cmath>
#include <vector>

#include "interp/thread.hpp"
#include "objects/attributes.hpp"
#include "objects/dict.hpp"
#include "objects/exception.hpp"
#include "objects/float.hpp"
#include "objects/function.hpp"
#include "objects/int.hpp"
#include "objects/module.hpp"
#include "objects/operations.hpp"
#include "objects/quick.hpp"
#include "objects/sequences.hpp"
#include "objects/str.hpp"
#include "objects/structseq.hpp"
#include "objects/type.hpp"
#include "runtime/print_exception.hpp"
#include "runtime/system.hpp"

namespace krait {
namespace {

constexpr double kTimeoutMax = 9223372036.0;

struct Lock : Object {
  WaitWord word;
  bool locked;
};
struct RLock : Object {
  WaitWord word;
  uint64_t owner;  ///< thread identifier
  uint64_t count;
};
/// Of a thread that can be joined.
struct ThreadHandle : Object {
  enum State : uint8_t { kNotStarted, kRunning, kDone };
  WaitWord word;
  uint64_t ident;
  uint8_t state;
  bool daemon;
};
struct ThreadLocal : Object {
  Dict* by_thread;  ///< thread serial -> dict of that thread's attributes
  Tuple* args;
  Value kwargs;
};

struct State : Extension {
  Type *lock = nullptr, *rlock = nullptr, *handle = nullptr, *local = nullptr, *hook_args = nullptr;
  size_t stack_bytes = 0;
  int64_t started = 0;
  struct Sentinel {
    ThreadState* thread;
    Lock* lock;
  };
  std::vector<Sentinel> sentinels;      ///< locks that are released when their thread ends
  std::vector<ThreadHandle*> joinable;  ///< running threads that are to be waited for at the end
  void trace(Marker& m) override {
    for (Type* t : {lock, rlock, handle, local, hook_args}) m.mark_cell(t);
    for (const Sentinel& s : sentinels) m.mark_cell(s.lock);
    for (ThreadHandle* h : joinable) m.mark_cell(h);
  }
};
State& state_of(Vm& vm) { return vm.extension<State>(); }

// --- Waiting for locks

/// blocking and timeout as acquire() takes them: seconds to wait; 0 not at all, negative for ever.
Result<double> timeout_argument(Vm& vm, Args a, size_t blocking_at, size_t timeout_at) {
  bool blocking = !a.has(blocking_at) || TRY(truthy(vm, a[blocking_at]));
  double timeout = -1;
  if (a.has(timeout_at)) {
    timeout = TRY(to_double(vm, a[timeout_at]));
    if (std::isnan(timeout)) return vm.raise(E::ValueError, "Invalid value NaN (not a number)");
  }
  if (!blocking) {
    if (timeout != -1) return vm.raise(E::ValueError, "can't specify a timeout for a non-blocking call");
    return 0.0;
  }
  if (timeout < 0 && timeout != -1) return vm.raise(E::ValueError, "timeout value must be a non-negative number");
  if (timeout > kTimeoutMax) return vm.raise(E::OverflowError, "timestamp out of range for C PyTime_t");
  return timeout;
}
/// Waits on the word until `free()` holds. False: time is up.
template <class Free>
Result<bool> wait_for(Vm& vm, WaitWord& word, double seconds, Free free) {
  double end = seconds <= 0 ? 0 : monotonic_seconds() + seconds;
  while (!free()) {
    double left = seconds;
    if (seconds == 0) return false;
    if (seconds > 0) {
      left = end - monotonic_seconds();
      if (left <= 0) return false;
    }
    TRY(threads_wait(vm, word, left));
  }
  return true;
}

// --- lock

Lock* lock_of(Args a) { return a[0].as<Lock>(); }
Value lock_new(Vm& vm, Args a) { return vm.new_instance<Lock>(as_type(a[0])); }
Value lock_acquire(Vm& vm, Args a) {
  Lock* lock = lock_of(a);
  double seconds = a.n > 1 ? TRY(timeout_argument(vm, a, 1, 2)) : -1;
  if (!TRY(wait_for(vm, lock->word, seconds, [lock] { return !lock->locked; }))) return Value::false_();
  lock->locked = true;
  return Value::true_();
}
Value lock_enter(Vm& vm, Args a) { return lock_acquire(vm, Args{a.v, 1}); }
void unlock(Vm& vm, Lock* lock) {
  lock->locked = false;
  threads_wake(vm, lock->word);
}
Value lock_release(Vm& vm, Args a) {
  if (!lock_of(a)->locked) return vm.raise(E::RuntimeError, "release unlocked lock");
  unlock(vm, lock_of(a));
  return Value::none();
}
Value lock_locked(Vm&, Args a) { return Value::boolean(lock_of(a)->locked); }
Value lock_at_fork(Vm&, Args a) {
  lock_of(a)->locked = false;
  lock_of(a)->word = WaitWord{};
  return Value::none();
}
Value lock_repr(Vm& vm, Args a) {
  Result<Str*> name = type_full_name(vm, vm.type_of(a[0]));
  return str_message(vm, "<{} {} object at {}>", lock_of(a)->locked ? "locked" : "unlocked", TRY(name),
                     TRY(address_text(vm, a[0])));
}
const NativeRow kLockMethods[] = {
    {"__new__($type, /)", lock_new, kNewMethod | kStaticMethod},
    {"acquire($self, /, blocking=True, timeout=-1)", lock_acquire, 0, "Lock it, waiting until that is possible."},
    {"acquire_lock($self, /, blocking=True, timeout=-1)", lock_acquire, 0, "An old name of acquire()."},
    {"release($self, /)", lock_release, 0, "Unlock it; any thread may do that."},
    {"release_lock($self, /)", lock_release, 0, "An old name of release()."},
    {"locked($self, /)", lock_locked, 0, "Whether it is locked."},
    {"locked_lock($self, /)", lock_locked, 0, "An old name of locked()."},
    {"__enter__($self, /)", lock_enter, 0, "Lock it."},
    {"__exit__($self, /, *exc_info)", lock_release, 0, "Unlock it."},
    {"_at_fork_reinit($self, /)", lock_at_fork, 0, "Make it a fresh lock in a forked child."},
    {"__repr__($self, /)", lock_repr},
};
const TypeSpec kLockSpec{
    .name = "_thread.lock",
    .doc = "A lock: either locked or not, by no thread in particular.",
    .kind = static_cast<CellKind>(Kind::Lock),
    .size = sizeof(Lock),
    .flags = kTypeHasWeakref,
    .methods = kLockMethods,
};
Value allocate_lock(Vm& vm, Args) { return vm.new_instance<Lock>(state_of(vm).lock); }

// --- RLock

RLock* rlock_of(Args a) { return a[0].as<RLock>(); }
bool owned(Vm& vm, const RLock* lock) { return lock->count != 0 && lock->owner == threads_current_ident(vm); }
Value rlock_new(Vm& vm, Args a) { return vm.new_instance<RLock>(as_type(a[0])); }
Value rlock_acquire(Vm& vm, Args a) {
  RLock* lock = rlock_of(a);
  double seconds = a.n > 1 ? TRY(timeout_argument(vm, a, 1, 2)) : -1;
  if (owned(vm, lock)) {
    ++lock->count;
    return Value::true_();
  }
  if (!TRY(wait_for(vm, lock->word, seconds, [lock] { return lock->count == 0; }))) return Value::false_();
  lock->owner = threads_current_ident(vm);
  lock->count = 1;
  return Value::true_();
}
Value rlock_enter(Vm& vm, Args a) { return rlock_acquire(vm, Args{a.v, 1}); }
Value rlock_release(Vm& vm, Args a) {
  RLock* lock = rlock_of(a);
  if (!owned(vm, lock)) return vm.raise(E::RuntimeError, "cannot release un-acquired lock");
  if (--lock->count == 0) {
    lock->owner = 0;
    threads_wake(vm, lock->word);
  }
  return Value::none();
}
Value rlock_locked(Vm&, Args a) { return Value::boolean(rlock_of(a)->count != 0); }
Value rlock_is_owned(Vm& vm, Args a) { return Value::boolean(owned(vm, rlock_of(a))); }
Value rlock_recursion_count(Vm& vm, Args a) {
  return int_from_u64(vm, owned(vm, rlock_of(a)) ? rlock_of(a)->count : 0);
}
Value rlock_release_save(Vm& vm, Args a) {
  RLock* lock = rlock_of(a);
  if (lock->count == 0) return vm.raise(E::RuntimeError, "cannot release un-acquired lock");
  Tuple* saved = TRY(tuple_of(vm, int_from_u64(vm, lock->count), int_from_u64(vm, lock->owner)));
  lock->count = lock->owner = 0;
  threads_wake(vm, lock->word);
  return saved;
}
Value rlock_acquire_restore(Vm& vm, Args a) {
  RLock* lock = rlock_of(a);
  if (!is_tuple(a[1]) || a[1].as<Tuple>()->length != 2)
    return vm.raise(E::TypeError, "expected a (count, owner) tuple");
  auto count = int_to_u64(a[1].as<Tuple>()->items[0]), owner = int_to_u64(a[1].as<Tuple>()->items[1]);
  if (!count || !owner) return vm.raise(E::TypeError, "expected a (count, owner) tuple");
  TRY(wait_for(vm, lock->word, -1, [lock] { return lock->count == 0; }));
  lock->count = *count;
  lock->owner = *owner;
  return Value::none();
}
Value rlock_at_fork(Vm&, Args a) {
  rlock_of(a)->count = rlock_of(a)->owner = 0;
  rlock_of(a)->word = WaitWord{};
  return Value::none();
}
Value rlock_repr(Vm& vm, Args a) {
  RLock* lock = rlock_of(a);
  Str* name = TRY(type_full_name(vm, vm.type_of(a[0])));
  return str_message(vm, "<{} {} object owner={} count={} at {}>", lock->count != 0 ? "locked" : "unlocked", name,
                     lock->owner, lock->count, TRY(address_text(vm, a[0])));
}
const NativeRow kRLockMethods[] = {
    {"__new__($type, /, *args, **kwargs)", rlock_new, kNewMethod | kStaticMethod},
    {"acquire($self, /, blocking=True, timeout=-1)", rlock_acquire, 0,
     "Lock it, once more if this thread has locked it already."},
    {"release($self, /)", rlock_release, 0, "Undo one acquire() of this thread."},
    {"locked($self, /)", rlock_locked, 0, "Whether it is locked."},
    {"__enter__($self, /)", rlock_enter, 0, "Lock it."},
    {"__exit__($self, /, *exc_info)", rlock_release, 0, "Undo the acquire()."},
    {"_is_owned($self, /)", rlock_is_owned, 0, "Whether this thread has locked it."},
    {"_recursion_count($self, /)", rlock_recursion_count, 0, "How many times this thread has locked it."},
    {"_release_save($self, /)", rlock_release_save, 0, "Unlock it wholly, for threading.Condition."},
    {"_acquire_restore($self, state, /)", rlock_acquire_restore, 0, "Undo _release_save()."},
    {"_at_fork_reinit($self, /)", rlock_at_fork, 0, "Make it a fresh lock in a forked child."},
    {"__repr__($self, /)", rlock_repr},
};
const TypeSpec kRLockSpec{
    .name = "_thread.RLock",
    .doc = "A lock that the thread which holds it may lock again.",
    .signature = "",
    .kind = static_cast<CellKind>(Kind::RLock),
    .size = sizeof(RLock),
    .flags = kTypeBase | kTypeHasWeakref,
    .methods = kRLockMethods,
};

// --- Starting threads

void release_sentinels(Vm& vm) {
  State& s = state_of(vm);
  for (size_t i = 0; i < s.sentinels.size();) {
    if (s.sentinels[i].thread != vm.t.thread) {
      ++i;
      continue;
    }
    Lock* lock = s.sentinels[i].lock;
    s.sentinels.erase(s.sentinels.begin() + static_cast<std::ptrdiff_t>(i));
    if (lock->locked) unlock(vm, lock);
  }
}
void set_done(Vm& vm, ThreadHandle* h) {
  h->state = ThreadHandle::kDone;
  std::erase(state_of(vm).joinable, h);
  threads_wake(vm, h->word);
}
void thread_ended(Vm& vm, const ThreadStart& start, Value result) {
  if (result.is_error()) {
    if (vm.tripped == Limit::kNone && !vm.pending_is(E::SystemExit)) {
      write_unraisable(vm, "Exception ignored in thread started by", start.function);
    } else {
      vm.t.pending = Value();
    }
  }
  release_sentinels(vm);
  if (is_kind(start.owner, Kind::ThreadHandle)) set_done(vm, start.owner.as<ThreadHandle>());
}

Value start_new_thread(Vm& vm, Args a) {
  if (!is_callable(vm, a[0])) return vm.raise(E::TypeError, "first arg must be callable");
  if (!is_tuple(a[1])) return vm.raise(E::TypeError, "2nd arg must be a tuple");
  if (a.has(2) && !is_dict(a[2])) return vm.raise(E::TypeError, "optional 3rd arg must be a dictionary");
  if (threads_finalizing(vm))
    return vm.raise(E::PythonFinalizationError, "can't create new thread at interpreter shutdown");
  ThreadStart start;
  start.function = a[0];
  start.args = a[1].as<Tuple>();
  start.kwargs = a.has(2) ? a[2].as<Dict>() : nullptr;
  start.ended = thread_ended;
  return int_from_u64(vm, TRY(threads_start(vm, start, state_of(vm).stack_bytes)));
}

Value start_joinable_thread(Vm& vm, Args a) {
  if (!is_callable(vm, a[0])) return vm.raise(E::TypeError, "thread function must be callable");
  ThreadHandle* h;
  if (a.has(1) && !a[1].is_none()) {
    if (!is_kind(a[1], Kind::ThreadHandle)) return vm.raise(E::TypeError, "'handle' must be a _ThreadHandle");
    h = a[1].as<ThreadHandle>();
  } else {
    h = TRY(vm.new_instance<ThreadHandle>(state_of(vm).handle));
  }
  if (h->state != ThreadHandle::kNotStarted) return vm.raise(E::RuntimeError, "thread already started");
  if (threads_finalizing(vm))
    return vm.raise(E::PythonFinalizationError, "can't create new thread at interpreter shutdown");
  h->daemon = !a.has(2) || TRY(truthy(vm, a[2]));
  ThreadStart start;
  start.function = a[0];
  start.args = vm.empty_tuple;
  start.owner = h;
  start.ended = thread_ended;
  start.daemon = h->daemon;
  h->state = ThreadHandle::kRunning;
  Result<uint64_t> ident = threads_start(vm, start, state_of(vm).stack_bytes);
  if (ident.is_error()) {
    h->state = ThreadHandle::kNotStarted;
    return Error{};
  }
  h->ident = ident.release();
  if (!h->daemon) state_of(vm).joinable.push_back(h);
  return h;
}

// --- _ThreadHandle

ThreadHandle* handle_of(Args a) { return a[0].as<ThreadHandle>(); }
Value handle_new(Vm& vm, Args a) { return vm.new_instance<ThreadHandle>(as_type(a[0])); }
Value handle_join(Vm& vm, Args a) {
  ThreadHandle* h = handle_of(a);
  double seconds = -1;
  if (a.has(1) && !a[1].is_none()) seconds = std::max(0.0, TRY(to_double(vm, a[1])));
  if (h->state == ThreadHandle::kNotStarted) return vm.raise(E::RuntimeError, "thread not started");
  if (h->state == ThreadHandle::kRunning && h->ident == threads_current_ident(vm))
    return vm.raise(E::RuntimeError, "Cannot join current thread");
  TRY(wait_for(vm, h->word, seconds, [h] { return h->state == ThreadHandle::kDone; }));
  return Value::none();
}
Value handle_is_done(Vm&, Args a) { return Value::boolean(handle_of(a)->state == ThreadHandle::kDone); }
Value handle_set_done(Vm& vm, Args a) {
  if (handle_of(a)->state == ThreadHandle::kNotStarted) return vm.raise(E::RuntimeError, "thread not started");
  set_done(vm, handle_of(a));
  return Value::none();
}
Value handle_ident(Vm& vm, Value self) { return int_from_u64(vm, self.as<ThreadHandle>()->ident); }
Value handle_repr(Vm& vm, Args a) { return str_message(vm, "<_ThreadHandle object: ident={}>", handle_of(a)->ident); }
const NativeRow kHandleMethods[] = {
    {"__new__($type, /)", handle_new, kNewMethod | kStaticMethod},
    {"join($self, timeout=None, /)", handle_join, 0, "Wait until the thread has ended."},
    {"is_done($self, /)", handle_is_done, 0, "Whether the thread has ended."},
    {"_set_done($self, /)", handle_set_done, 0, "Count the thread as ended."},
    {"__repr__($self, /)", handle_repr},
};
const GetSetRow kHandleGetSets[] = {{"ident", handle_ident}};
const TypeSpec kHandleSpec{
    .name = "_thread._ThreadHandle",
    .doc = "A thread that can be joined.",
    .signature = "",
    .kind = static_cast<CellKind>(Kind::ThreadHandle),
    .size = sizeof(ThreadHandle),
    .flags = kTypeHasWeakref,
    .methods = kHandleMethods,
    .getsets = kHandleGetSets,
};
Value make_thread_handle(Vm& vm, Args a) {
  Value index_value = TRY(index(vm, a[0]));
  auto ident = int_to_u64(index_value);
  if (!ident) return vm.raise(E::ValueError, "ident must be an integer");
  ThreadHandle* h = TRY(vm.new_instance<ThreadHandle>(state_of(vm).handle));
  h->ident = *ident;
  h->state = ThreadHandle::kRunning;
  return h;
}
Value thread_shutdown(Vm& vm, Args) {
  State& s = state_of(vm);
  while (true) {
    ThreadHandle* other = nullptr;
    for (ThreadHandle* h : s.joinable)
      if (h->ident != threads_current_ident(vm)) other = h;
    if (other == nullptr) return Value::none();
    TRY(wait_for(vm, other->word, -1, [other] { return other->state == ThreadHandle::kDone; }));
  }
}

// --- _local

void trace_local(Heap&, Cell* cell, Marker& m) {
  ThreadLocal* l = static_cast<ThreadLocal*>(cell);
  m.mark_cell(l->by_thread);
  m.mark_cell(l->args);
  m.mark(l->kwargs);
}
Value local_new(Vm& vm, Args a) {
  Type* type = as_type(a[0]);
  auto rest = a.rest(2);
  bool plain_init = type->get(Special::Init).is_unset() || special_is_native(type->get(Special::Init), object_init);
  if (plain_init && (!rest.empty() || (a.has(1) && a[1].as<Dict>()->used != 0)))
    return vm.raise(E::TypeError, "Initialization arguments are not supported");
  ThreadLocal* l = TRY(vm.new_instance<ThreadLocal>(type));
  l->by_thread = TRY(dict_new(vm));
  vm.barrier(l);
  l->args = TRY(tuple_from_span(vm, rest));
  l->kwargs = a[1];
  vm.barrier(l);
  // The thread that makes it runs __init__ as for any object.
  Dict* mine = TRY(dict_new(vm));
  TRY(dict_set(vm, l->by_thread, int_from_u64(vm, reinterpret_cast<uintptr_t>(vm.t.thread)), mine));
  return l;
}
/// The attributes of this thread; a thread that meets the object for the first time runs __init__ on them.
Result<Dict*> local_dict(Vm& vm, Value self) {
  ThreadLocal* l = self.as<ThreadLocal>();
  Value key = int_from_u64(vm, reinterpret_cast<uintptr_t>(vm.t.thread));
  Value mine = dict_get(vm, l->by_thread, key);
  if (mine.is_error()) return Error{};
  if (is_dict(mine)) return mine.as<Dict>();
  // Threads that ended leave their entries behind: drop those.
  List* dead = TRY(list_new(vm));
  uint32_t i = 0;
  while (DictEntry* e = dict_next(l->by_thread, i)) {
    bool alive = false;
    for (ThreadState* t = vm.interpreter->threads; t != nullptr; t = t->next)
      alive = alive || int_to_u64(e->key) == reinterpret_cast<uintptr_t>(t);
    if (!alive) TRY(list_append(vm, dead, e->key));
  }
  for (uint64_t k = 0; k < dead->length; ++k)
    if (dict_pop(vm, l->by_thread, dead->items()[k]).is_error()) return Error{};
  Dict* made = TRY(dict_new(vm));
  TRY(dict_set(vm, l->by_thread, key, made));
  Value init = vm.type_of(self)->get(Special::Init);
  if (!init.is_unset() && !special_is_native(init, object_init)) {
    CallArgs args{};
    Value done;
    if (is_dict(l->kwargs)) {
      done = with_keywords(vm, l->args->span(), l->kwargs.as<Dict>(),
                           [&](CallArgs full) { return call_bound(vm, init, self, full); });
    } else {
      args = CallArgs{l->args->items, static_cast<uint32_t>(l->args->length)};
      done = call_bound(vm, init, self, args);
    }
    if (done.is_error()) {
      Value pending = vm.take_pending();
      if (dict_pop(vm, l->by_thread, key).is_error()) (void)vm.take_pending();
      vm.t.pending = pending;
      return Error{};
    }
  }
  return made;
}
Value local_getattribute(Vm& vm, Args a) {
  Str* name = TRY(attribute_name(vm, a[1]));
  Dict* dict = TRY(local_dict(vm, a[0]));
  if (name == vm.names.d_dict) return dict;
  Type* type = vm.type_of(a[0]);
  Value on_class = type_lookup(vm, type, name);
  if (!on_class.is_unset() && is_data_descriptor(vm, on_class)) return bind_descriptor(vm, on_class, a[0], type);
  Value own = dict_get_str(vm, dict, name);
  if (!own.is_unset()) return own;
  if (!on_class.is_unset()) return bind_descriptor(vm, on_class, a[0], type);
  return raise_no_attribute(vm, a[0], name);
}
Status local_store(Vm& vm, Value self, Value name_value, Value value) {
  Str* name = TRY(attribute_name(vm, name_value));
  Dict* dict = TRY(local_dict(vm, self));
  if (name == vm.names.d_dict) {
    return raise_attribute_error(vm, self, name, "'{}' object attribute '{}' is read-only", type_name_of(self), name);
  }
  Value on_class = type_lookup(vm, vm.type_of(self), name);
  if (!on_class.is_unset() && is_data_descriptor(vm, on_class))
    return set_through_descriptor(vm, on_class, self, value);
  if (!value.is_unset()) return dict_set_str(vm, dict, name, value);
  if (!TRY(dict_del_str(vm, dict, name))) return raise_no_attribute(vm, self, name);
  return {};
}
Value local_setattr(Vm& vm, Args a) {
  TRY(local_store(vm, a[0], a[1], a[2]));
  return Value::none();
}
Value local_delattr(Vm& vm, Args a) {
  TRY(local_store(vm, a[0], a[1], Value()));
  return Value::none();
}
const NativeRow kLocalMethods[] = {
    {"__new__($type, /, *args, **kwargs)", local_new, kNewMethod | kStaticMethod},
    {"__getattribute__($self, name, /)", local_getattribute},
    {"__setattr__($self, name, value, /)", local_setattr},
    {"__delattr__($self, name, /)", local_delattr},
};
const TypeSpec kLocalSpec{
    .name = "_thread._local",
    .doc = "An object whose attributes each thread has for itself.",
    .signature = "()",
    .kind = static_cast<CellKind>(Kind::ThreadLocal),
    .size = sizeof(ThreadLocal),
    .flags = kTypeBase | kTypeHasWeakref,
    .methods = kLocalMethods,
    .trace = trace_local,
};

// --- The rest

Value get_ident(Vm& vm, Args) { return int_from_u64(vm, threads_current_ident(vm)); }
Value main_thread_ident(Vm& vm, Args) { return int_from_u64(vm, threads_main_ident(vm)); }
Value native_id(Vm&, Args) { return Value::small_int(syscall(SYS_gettid)); }
Value thread_count(Vm& vm, Args) { return Value::small_int(int64_t{threads_count(vm)} - 1); }
Value set_sentinel(Vm& vm, Args) {
  State& s = state_of(vm);
  release_sentinels(vm);
  Lock* lock = TRY(vm.new_instance<Lock>(s.lock));
  s.sentinels.push_back({vm.t.thread, lock});
  return lock;
}
Value stack_size(Vm& vm, Args a) {
  State& s = state_of(vm);
  auto old = static_cast<int64_t>(s.stack_bytes);
  if (a.has(0)) {
    int64_t bytes = TRY(index_checked(vm, a[0], E::OverflowError));
    if (bytes < 0) return vm.raise(E::ValueError, "size must be 0 or a positive value");
    constexpr int64_t kLeast = 256 * 1024;  // what the machine itself needs is part of it
    if (bytes != 0 && bytes < 32768) return vm.raise(E::ValueError, "size not valid: {} bytes", bytes);
    if (bytes > (int64_t{1} << 40)) return vm.raise(E::ValueError, "size not valid: {} bytes", bytes);
    s.stack_bytes = bytes == 0 ? 0 : static_cast<size_t>(std::max(bytes, kLeast));
  }
  return Value::small_int(old);
}
Value interrupt_main(Vm& vm, Args a) {
  int64_t number = a.has(0) ? TRY(index_checked(vm, a[0], E::OverflowError)) : SIGINT;
  if (number < 1 || number >= NSIG) return vm.raise(E::ValueError, "signal number out of range");
  pthread_kill(static_cast<pthread_t>(threads_main_ident(vm)), static_cast<int>(number));
  TRY(vm.poll());
  return Value::none();
}
Value thread_exit(Vm& vm, Args) {
  Value e = TRY(call0(vm, vm.exception_type(E::SystemExit)));
  return vm.raise_value(e);
}
Value thread_set_name(Vm& vm, Args a) {
  if (!is_str(a[0]))
    return vm.raise(E::TypeError, "set_name() argument 'name' must be str, not {}", argument_type(a[0]));
  std::string name = str_to_utf8(as_str(a[0])).substr(0, 15);
  prctl(PR_SET_NAME, name.c_str());
  return Value::none();
}
Value yes(Vm&, Args) { return Value::true_(); }

constexpr StructField kHookFields[] = {{"exc_type", "Exception type"},
                                       {"exc_value", "Exception value"},
                                       {"exc_traceback", "Exception traceback"},
                                       {"thread", "Thread"}};
constexpr StructSpec kHookSpec("_thread._ExceptHookArgs", "What threading.excepthook is called with.", kHookFields, 4);

Value thread_excepthook(Vm& vm, Args a) {
  if (vm.type_of(a[0]) != state_of(vm).hook_args)
    return vm.raise(E::TypeError, "_thread._excepthook argument type must be ExceptHookArgs");
  Tuple* t = a[0].as<Tuple>();
  if (t->items[0] == Value(vm.exception_type(E::SystemExit))) return Value::none();
  Value thread = t->items[3];
  Value stream = sys_get(vm, "stderr");
  if (stream.is_unset() || stream.is_none()) {
    if (thread.is_none()) return Value::none();
    stream = TRY(get_attr_optional(vm, thread, TRY(vm.intern("_stderr"))));
    if (stream.is_exhausted() || stream.is_none()) return Value::none();
  }
  std::string name;
  Value text = Value::none();
  if (!thread.is_none()) text = TRY(get_attr_optional(vm, thread, vm.names.name));
  if (is_str(text)) {
    name = str_to_utf8(as_str(text));
  } else {
    name = std::to_string(threads_current_ident(vm));
  }
  std::string out = "Exception in thread " + name + ":\n";
  Value e = t->items[1];
  if (is_exception(e)) {
    if (as_exception(e)->traceback.is_unset() && !t->items[2].is_none()) as_exception(e)->traceback = t->items[2];
    format_exception(vm, e, out);
  }
  Str* shown = TRY(str_from_generalised_utf8(vm, out));
  TRY(call_method(vm, stream, vm.names.write, Value(shown)));
  return call_method(vm, stream, vm.names.flush);
}

const NativeRow kFunctions[] = {
    {"start_new_thread(function, args, kwargs=<unrepresentable>, /)", start_new_thread, 0,
     "Start a thread; gives its identifier."},
    {"start_new(function, args, kwargs=<unrepresentable>, /)", start_new_thread, 0,
     "An old name of start_new_thread()."},
    {"start_joinable_thread(function, handle=None, daemon=True)", start_joinable_thread, 0,
     "Start a thread; gives its handle."},
    {"_make_thread_handle(ident, /)", make_thread_handle, 0, "The handle of a thread that runs already."},
    {"_shutdown()", thread_shutdown, 0, "Wait for all threads that are no daemons."},
    {"daemon_threads_allowed()", yes, 0, "Whether daemon threads can be started: always."},
    {"_is_main_interpreter()", yes, 0, "Whether this is the main interpreter: there is only one."},
    {"allocate_lock()", allocate_lock, 0, "A new lock."},
    {"allocate()", allocate_lock, 0, "An old name of allocate_lock()."},
    {"_set_sentinel()", set_sentinel, 0, "A lock that is released when this thread ends."},
    {"get_ident()", get_ident, 0, "The identifier of this thread."},
    {"_get_main_thread_ident()", main_thread_ident, 0, "The identifier of the main thread."},
    {"get_native_id()", native_id, 0, "The number that the system knows this thread by."},
    {"_count()", thread_count, 0, "How many threads were started and run still."},
    {"stack_size(size=<unrepresentable>, /)", stack_size, 0,
     "Set the stack size of new threads; gives the one before."},
    {"interrupt_main(signum=2, /)", interrupt_main, 0, "Send the main thread a signal."},
    {"exit()", thread_exit, 0, "End this thread by SystemExit."},
    {"exit_thread()", thread_exit, 0, "An old name of exit()."},
    {"set_name(name)", thread_set_name, 0, "Name this thread for the system's tools."},
    {"_excepthook(exc_info, /)", thread_excepthook, 0, "Print an exception that ended a thread."},
};

Status thread_init(Vm& vm, Module* m) {
  State& s = state_of(vm);
  s.lock = TRY(make_type(vm, kLockSpec));
  s.rlock = TRY(module_add_type(vm, m, kRLockSpec));
  s.handle = TRY(module_add_type(vm, m, kHandleSpec));
  s.local = TRY(module_add_type(vm, m, kLocalSpec));
  s.hook_args = TRY(structseq_type(vm, kHookSpec));
  TRY(module_add(vm, m, "_ExceptHookArgs", s.hook_args));
  TRY(module_add(vm, m, "LockType", s.lock));
  TRY(module_add(vm, m, "lock", s.lock));
  TRY(module_add(vm, m, "error", vm.exception_type(E::RuntimeError)));
  (void)threads_main_ident(vm);
  return module_add(vm, m, "TIMEOUT_MAX", float_from(vm, kTimeoutMax));
}

}  // namespace

extern const ModuleSpec thread_module{
    .name = "_thread",
    .doc = "Threads and locks.",
    .functions = kFunctions,
    .init = thread_init,
};

}  // namespace krait
