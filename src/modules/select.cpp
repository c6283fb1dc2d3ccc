// select: waiting for descriptors, in three ways.
#include <limits.h>
#include <poll.h>
#include <sys/epoll.h>
#include <sys/select.h>
#include <unistd.h>

#include <cmath>

#include "interp/thread.hpp"
#include "modules/posix_module.hpp"
#include "modules/waiting.hpp"
#include "objects/dict.hpp"
#include "objects/float.hpp"
#include "objects/int.hpp"
#include "objects/str.hpp"

namespace krait {

namespace {

using posix::descriptor_argument;
using posix::int_argument;

/// A timeout: None is no limit. Milliseconds if `unit` is 1000.
Result<double> timeout_argument(Vm& vm, Value v, double unit, const char* message, bool negative_is_none) {
  if (v.is_unset() || v.is_none()) return -1.0;
  if (!is_float(v) && !has_index(vm, v)) return vm.raise(E::TypeError, message);
  double t = TRY(to_double(vm, v));
  if (std::isnan(t)) return vm.raise(E::ValueError, "Invalid value NaN (not a number)");
  if (t < 0) {
    if (negative_is_none) return -1.0;
    return vm.raise(E::ValueError, "timeout must be non-negative");
  }
  return t / unit;
}

// --- select().

struct FdList {
  Tuple* objects;
  int fds[FD_SETSIZE];
  int count = 0;
  fd_set set;
};
Status read_list(Vm& vm, Value v, FdList& out, int& highest) {
  FD_ZERO(&out.set);
  if (special_of(vm, v, Special::Iter).is_unset() && special_of(vm, v, Special::GetItem).is_unset())
    return vm.raise(E::TypeError, "arguments 1-3 must be sequences");
  Value items = TRY(tuple_from(vm, v));
  out.objects = items.as<Tuple>();
  for (uint64_t i = 0; i < out.objects->length; ++i) {
    int fd = TRY(descriptor_argument(vm, out.objects->items[i]));
    if (fd >= FD_SETSIZE) return vm.raise(E::ValueError, "filedescriptor out of range in select()");
    if (out.count >= FD_SETSIZE) return vm.raise(E::ValueError, "too many file descriptors in select()");
    FD_SET(fd, &out.set);
    out.fds[out.count++] = fd;
    highest = std::max(highest, fd);
  }
  return {};
}
Value ready(Vm& vm, const FdList& list, const fd_set& set) {
  List* result = TRY(list_new(vm));
  for (int i = 0; i < list.count; ++i)
    if (FD_ISSET(list.fds[i], &set)) TRY(list_append(vm, result, list.objects->items[i]));
  return result;
}
Value select_function(Vm& vm, Args a) {
  double timeout = TRY(timeout_argument(vm, a[3], 1, "timeout must be a float or None", false));
  FdList lists[3];
  int highest = -1;
  for (int i = 0; i < 3; ++i) TRY(read_list(vm, a[static_cast<size_t>(i)], lists[i], highest));
  fd_set sets[3];
  int result = TRY(wait_in_slices(vm, timeout, [&](int milliseconds) {
    for (int i = 0; i < 3; ++i) sets[i] = lists[i].set;
    timeval t{milliseconds / 1000, milliseconds % 1000 * 1000};
    return ::select(highest + 1, &sets[0], &sets[1], &sets[2], &t);
  }));
  if (result == 0)
    for (fd_set& set : sets) FD_ZERO(&set);
  return pack(vm, ready(vm, lists[0], sets[0]), ready(vm, lists[1], sets[1]), ready(vm, lists[2], sets[2]));
}

// --- poll().

struct Poll : Object {
  Dict* events;  ///< descriptor -> event mask, in the order of registration
  bool polling;
};
Poll* poll_of(Args a) { return a[0].as<Poll>(); }
void trace_poll(Heap&, Cell* cell, Marker& m) { m.mark_cell(static_cast<Poll*>(cell)->events); }

struct State : Extension {
  Type *poll = nullptr, *epoll = nullptr;
  void trace(Marker& m) override {
    m.mark_cell(poll);
    m.mark_cell(epoll);
  }
};

Result<int> mask_argument(Vm& vm, Value v, int fallback) {
  if (v.is_unset()) return fallback;
  Value i = TRY(index(vm, v));
  std::optional<int64_t> n = int_to_i64(i);
  if (int_sign(i) < 0) return vm.raise(E::ValueError, "value must be positive");
  if (!n || *n > USHRT_MAX) return vm.raise(E::OverflowError, "Python int too large for C unsigned short");
  return static_cast<int>(*n);
}
Value poll_new(Vm& vm, Args) {
  Dict* events = TRY(dict_new(vm));
  Poll* p = TRY(vm.new_instance<Poll>(vm.extension<State>().poll));
  p->events = events;
  return p;
}
Value poll_register(Vm& vm, Args a) {
  int fd = TRY(descriptor_argument(vm, a[1]));
  int mask = TRY(mask_argument(vm, a[2], POLLIN | POLLPRI | POLLOUT));
  TRY(dict_set(vm, poll_of(a)->events, Value::small_int(fd), Value::small_int(mask)));
  return Value::none();
}
Value poll_modify(Vm& vm, Args a) {
  int fd = TRY(descriptor_argument(vm, a[1]));
  int mask = TRY(mask_argument(vm, a[2], 0));
  if (!TRY(dict_contains(vm, poll_of(a)->events, Value::small_int(fd)))) return vm.raise_os_error(ENOENT);
  TRY(dict_set(vm, poll_of(a)->events, Value::small_int(fd), Value::small_int(mask)));
  return Value::none();
}
Value poll_unregister(Vm& vm, Args a) {
  Value fd = Value::small_int(TRY(descriptor_argument(vm, a[1])));
  Value old = TRY(dict_pop(vm, poll_of(a)->events, fd));
  if (old.is_exhausted()) return vm.raise_key_error(fd);
  return Value::none();
}
Value poll_poll(Vm& vm, Args a) {
  Poll* p = poll_of(a);
  double timeout = TRY(timeout_argument(vm, a[1], 1000, "timeout must be an integer or None", true));
  if (p->polling) return vm.raise(E::RuntimeError, "concurrent poll() invocation");
  uint64_t n = p->events->used;
  Storage* room = TRY(vm.allocate_storage(std::max<uint64_t>(n, 1) * sizeof(pollfd)));
  pollfd* fds = room->data<pollfd>();
  uint32_t entry = 0;
  uint64_t count = 0;
  while (DictEntry* e = dict_next(p->events, entry))
    fds[count++] = {static_cast<int>(e->key.as_small_int()), static_cast<short>(e->value.as_small_int()), 0};
  p->polling = true;
  Result<int> ready_count = wait_in_slices(
      vm, timeout, [&](int milliseconds) { return ::poll(fds, static_cast<nfds_t>(count), milliseconds); });
  p->polling = false;
  TRY(ready_count);
  List* result = TRY(list_new(vm));
  for (uint64_t i = 0; i < count; ++i) {
    if (fds[i].revents == 0) continue;
    Value item = TRY(pack(vm, Value::small_int(fds[i].fd), Value::small_int(fds[i].revents & 0xffff)));
    TRY(list_append(vm, result, item));
  }
  return result;
}
constexpr NativeRow kPollMethods[] = {
    {"register($self, fd, eventmask=7, /)", poll_register, 0, "Register a descriptor."},
    {"modify($self, fd, eventmask, /)", poll_modify, 0, "Change the events of a registered descriptor."},
    {"unregister($self, fd, /)", poll_unregister, 0, "Forget a descriptor."},
    {"poll($self, timeout=None, /)", poll_poll, 0, "Wait up to timeout milliseconds: a list of (fd, event)."},
};
constexpr TypeSpec kPollType{
    .name = "select.poll",
    .kind = static_cast<CellKind>(Kind::Poll),
    .size = sizeof(Poll),
    .flags = kTypeNoNew,
    .methods = kPollMethods,
    .trace = trace_poll,
};

// --- epoll.

struct Epoll : Object {
  int fd;  ///< -1: closed
};
void release_epoll(Heap&, Cell* cell) {
  int fd = static_cast<Epoll*>(cell)->fd;
  if (fd > 0) ::close(fd);
}
Result<Epoll*> epoll_of(Vm& vm, Args a) {
  Epoll* e = a[0].as<Epoll>();
  if (e->fd < 0) return vm.raise(E::ValueError, "I/O operation on closed epoll object");
  return e;
}
Value epoll_with(Vm& vm, Type* type, int fd) {
  Epoll* e = TRY(vm.new_instance<Epoll>(type));
  e->fd = fd;
  return e;
}
Value epoll_new(Vm& vm, Args a) {
  int hint = a.has(1) ? TRY(int_argument(vm, a[1])) : -1;
  int flags = a.has(2) ? TRY(int_argument(vm, a[2])) : 0;
  if (hint < -1 || hint == 0) return vm.raise(E::ValueError, "negative sizehint");
  if ((flags & ~EPOLL_CLOEXEC) != 0) return vm.raise(E::OSError, "invalid flags");
  Epoll* e = TRY(vm.new_instance<Epoll>(a[0].as<Type>()));
  e->fd = ::epoll_create1(EPOLL_CLOEXEC);
  if (e->fd < 0) return vm.raise_os_error(errno);
  return e;
}
Value epoll_fromfd(Vm& vm, Args a) { return epoll_with(vm, a[0].as<Type>(), TRY(int_argument(vm, a[1]))); }
Value epoll_close(Vm& vm, Args a) {
  Epoll* e = a[0].as<Epoll>();
  int fd = e->fd;
  e->fd = -1;
  if (fd >= 0 && ::close(fd) < 0 && errno != EINTR) return vm.raise_os_error(errno);
  return Value::none();
}
Value epoll_fileno(Vm& vm, Args a) { return Value::small_int(TRY(epoll_of(vm, a))->fd); }
Value epoll_control(Vm& vm, Args a, int operation) {
  Epoll* e = TRY(epoll_of(vm, a));
  int fd = TRY(descriptor_argument(vm, a[1]));
  epoll_event event{};
  event.data.fd = fd;
  event.events = EPOLLIN | EPOLLOUT | EPOLLPRI;
  if (operation != EPOLL_CTL_DEL && a.has(2)) {
    std::optional<uint64_t> mask = int_to_u64(TRY(index(vm, a[2])));
    if (!mask || *mask > UINT32_MAX) return vm.raise(E::OverflowError, "Python int too large for C unsigned int");
    event.events = static_cast<uint32_t>(*mask);
  }
  if (::epoll_ctl(e->fd, operation, fd, &event) < 0) return vm.raise_os_error(errno);
  return Value::none();
}
Value epoll_register(Vm& vm, Args a) { return epoll_control(vm, a, EPOLL_CTL_ADD); }
Value epoll_modify(Vm& vm, Args a) { return epoll_control(vm, a, EPOLL_CTL_MOD); }
Value epoll_unregister(Vm& vm, Args a) { return epoll_control(vm, a, EPOLL_CTL_DEL); }
Value epoll_poll(Vm& vm, Args a) {
  Epoll* e = TRY(epoll_of(vm, a));
  double timeout = TRY(timeout_argument(vm, a[1], 1, "timeout must be an integer or None", true));
  int max = a.has(2) ? TRY(int_argument(vm, a[2])) : -1;
  if (max == -1) max = FD_SETSIZE - 1;
  if (max < 1) return vm.raise(E::ValueError, "maxevents must be greater than 0, got {}", max);
  Storage* room = TRY(vm.allocate_storage(static_cast<size_t>(max) * sizeof(epoll_event)));
  epoll_event* events = room->data<epoll_event>();
  int n = TRY(
      wait_in_slices(vm, timeout, [&](int milliseconds) { return ::epoll_wait(e->fd, events, max, milliseconds); }));
  List* result = TRY(list_new(vm));
  for (int i = 0; i < n; ++i) {
    Value item = TRY(pack(vm, Value::small_int(events[i].data.fd), Value::small_int(events[i].events)));
    TRY(list_append(vm, result, item));
  }
  return result;
}
Value epoll_enter(Vm& vm, Args a) {
  TRY(epoll_of(vm, a));
  return a[0];
}
Value get_closed(Vm&, Value self) { return Value::boolean(self.as<Epoll>()->fd < 0); }
constexpr NativeRow kEpollMethods[] = {
    {"__new__($type, sizehint=-1, flags=0)", epoll_new, kNewMethod | kStaticMethod},
    {"fromfd($type, fd, /)", epoll_fromfd, kClassMethod, "An epoll object for an existing descriptor."},
    {"close($self, /)", epoll_close, 0, "Close the descriptor."},
    {"fileno($self, /)", epoll_fileno, 0, "The descriptor."},
    {"register($self, fd, eventmask=7)", epoll_register, 0, "Register a descriptor."},
    {"modify($self, fd, eventmask)", epoll_modify, 0, "Change the events of a registered descriptor."},
    {"unregister($self, fd)", epoll_unregister, 0, "Forget a descriptor."},
    {"poll($self, timeout=None, maxevents=-1)", epoll_poll, 0, "Wait up to timeout seconds: a list of (fd, event)."},
    {"__enter__($self, /)", epoll_enter},
    {"__exit__($self, exc_type=None, exc_value=None, exc_tb=None, /)", epoll_close},
};
constexpr GetSetRow kEpollGetsets[] = {{"closed", get_closed, nullptr, "True if the epoll handler is closed"}};
constexpr TypeSpec kEpollType{
    .name = "select.epoll",
    .doc = "An edge polling object.",
    .signature = "",
    .kind = static_cast<CellKind>(Kind::Epoll),
    .size = sizeof(Epoll),
    .methods = kEpollMethods,
    .getsets = kEpollGetsets,
    .release = release_epoll,
};

constexpr NativeRow kFunctions[] = {
    {"select(rlist, wlist, xlist, timeout=None, /)", select_function, 0,
     "Wait until descriptors are ready: three lists of those that are."},
    {"poll()", poll_new, 0, "A polling object."},
};
constexpr struct {
  const char* name;
  int64_t value;
} kNumbers[] = {
#define NUMBER(name) {#name, name}
    NUMBER(POLLIN),         NUMBER(POLLPRI),     NUMBER(POLLOUT),       NUMBER(POLLERR),     NUMBER(POLLHUP),
    NUMBER(POLLNVAL),       NUMBER(POLLRDNORM),  NUMBER(POLLRDBAND),    NUMBER(POLLWRNORM),  NUMBER(POLLWRBAND),
    NUMBER(POLLMSG),        NUMBER(POLLRDHUP),   NUMBER(EPOLLIN),       NUMBER(EPOLLOUT),    NUMBER(EPOLLPRI),
    NUMBER(EPOLLERR),       NUMBER(EPOLLHUP),    NUMBER(EPOLLRDHUP),    NUMBER(EPOLLET),     NUMBER(EPOLLONESHOT),
    NUMBER(EPOLLEXCLUSIVE), NUMBER(EPOLLRDNORM), NUMBER(EPOLLRDBAND),   NUMBER(EPOLLWRNORM), NUMBER(EPOLLWRBAND),
    NUMBER(EPOLLMSG),       NUMBER(EPOLLWAKEUP), NUMBER(EPOLL_CLOEXEC), NUMBER(PIPE_BUF),
#undef NUMBER
};

Status init(Vm& vm, Module* m) {
  vm.extension<State>().poll = TRY(make_type(vm, kPollType));
  vm.extension<State>().epoll = TRY(module_add_type(vm, m, kEpollType));
  for (const auto& number : kNumbers) TRY(module_add_int(vm, m, number.name, number.value));
  return module_add(vm, m, "error", vm.exception_type(E::OSError));
}

}  // namespace

extern constinit const ModuleSpec select_module{
    .name = "select",
    .doc = "Waiting for descriptors.",
    .functions = kFunctions,
    .init = init,
};

}  // namespace krait
