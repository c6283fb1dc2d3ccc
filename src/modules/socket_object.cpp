// The socket object. What may wait does so in poll(), in slices and without the Vm, for as long as the socket's timeout says; the
// system call itself then finds the socket ready. So limits and signals are noticed in a socket that blocks, too.
#include <fcntl.h>
#include <limits.h>
#include <poll.h>
#include <sys/uio.h>
#include <unistd.h>

#include <cmath>
#include <cstring>

#include "modules/posix_module.hpp"
#include "modules/socket_module.hpp"
#include "modules/waiting.hpp"
#include "objects/bytes.hpp"
#include "objects/float.hpp"
#include "objects/int.hpp"
#include "objects/str.hpp"
#include "runtime/limits.hpp"

namespace krait::sockets {

Result<double> timeout_argument(Vm& vm, Value v) {
  if (v.is_none()) return -1.0;
  double seconds;
  if (is_float(v)) {
    seconds = TRY(to_double(vm, v));
    if (std::isnan(seconds)) return vm.raise(E::ValueError, "Invalid value NaN (not a number)");
  } else {
    if (!has_index(vm, v))
      return vm.raise(E::TypeError, "'{}' object cannot be interpreted as an integer", type_name_of(v));
    seconds = TRY(to_double(vm, TRY(index(vm, v))));
  }
  if (seconds < 0) return vm.raise(E::ValueError, "Timeout value out of range");
  constexpr double kMost = 9.2e9;  // of nanoseconds, in 64 bits
  if (seconds > kMost) return vm.raise(E::OverflowError, "timestamp too large to convert to C PyTime_t");
  return seconds;
}
Value timeout_result(Vm& vm, double seconds) { return seconds < 0 ? Value::none() : float_from(vm, seconds); }

namespace {

using posix::int_argument;

Socket* self_of(Args a) { return a[0].as<Socket>(); }

Status set_nonblocking(Vm& vm, int fd, bool on) {
  int flags = ::fcntl(fd, F_GETFL);
  if (flags < 0 || ::fcntl(fd, F_SETFL, on ? flags | O_NONBLOCK : flags & ~O_NONBLOCK) < 0)
    return vm.raise_os_error(errno);
  return {};
}

// --- Waiting.

/// The time that one operation has, from its start.
struct Deadline {
  double end;  ///< of the monotonic clock; negative: none
  explicit Deadline(double timeout) : end(timeout < 0 ? -1 : monotonic_seconds() + timeout) {}
  double left() const { return end < 0 ? -1 : std::max(end - monotonic_seconds(), 0.0); }
};

/// Waits until the socket is ready for `events`; TimeoutError. A socket that never blocks is not waited for.
Status wait_ready(Vm& vm, Socket* s, short events, const Deadline& deadline) {
  if (s->timeout == 0 || s->fd < 0) return {};  // of a closed one the call itself will tell
  int fd = s->fd;
  int ready = TRY(wait_in_slices(vm, deadline.left(), [&](int milliseconds) {
    pollfd one{fd, events, 0};
    return ::poll(&one, 1, milliseconds);
  }));
  if (ready == 0) return vm.raise(E::TimeoutError, "timed out");
  return {};
}

/// Runs call(fd), which gives what a system call gives, when the socket is ready; again if another was quicker.
template <class Call>
Result<int64_t> when_ready(Vm& vm, Socket* s, short events, const Deadline& deadline, Call call) {
  while (true) {
    TRY(wait_ready(vm, s, events, deadline));
    int fd = s->fd;
    int64_t result;
    int error;
    without_vm(vm, [&] {
      result = static_cast<int64_t>(call(fd));
      error = errno;
    });
    TRY(vm.poll());
    if (result >= 0) return result;
    if (error == EINTR || (s->timeout != 0 && (error == EAGAIN || error == EWOULDBLOCK))) continue;
    return vm.raise_os_error(error);
  }
}
template <class Call>
Result<int64_t> when_ready(Vm& vm, Socket* s, short events, Call call) {
  return when_ready(vm, s, events, Deadline(s->timeout), call);
}

// --- Life.

Value socket_init(Vm& vm, Args a) {
  Socket* s = self_of(a);
  int family = a.has(1) ? TRY(int_argument(vm, a[1])) : -1;
  int type = a.has(2) ? TRY(int_argument(vm, a[2])) : -1;
  int protocol = a.has(3) ? TRY(int_argument(vm, a[3])) : -1;
  Value fileno = a.get(4, Value::none());
  int fd;
  if (!fileno.is_none()) {
    if (is_float(fileno)) return vm.raise(E::TypeError, "integer argument expected, got float");
    fd = TRY(int_argument(vm, fileno));
    if (fd < 0) return vm.raise(E::ValueError, "negative file descriptor");
    Address address;
    address.any.sa_family = AF_UNSPEC;
    if (::getsockname(fd, &address.any, &address.length) < 0) {
      if (family == -1 || errno == EBADF || errno == ENOTSOCK) return vm.raise_os_error(errno);
    } else if (family == -1) {
      family = address.any.sa_family;
    }
    socklen_t size = sizeof(int);
    if (type == -1 && ::getsockopt(fd, SOL_SOCKET, SO_TYPE, &type, &size) < 0) return vm.raise_os_error(errno);
    size = sizeof(int);
    if (protocol == -1 && ::getsockopt(fd, SOL_SOCKET, SO_PROTOCOL, &protocol, &size) < 0)
      return vm.raise_os_error(errno);
  } else {
    if (family == -1) family = AF_INET;
    if (type == -1) type = SOCK_STREAM;
    if (protocol == -1) protocol = 0;
    fd = ::socket(family, type | SOCK_CLOEXEC, protocol);
    if (fd < 0) return vm.raise_os_error(errno);
  }
  if (s->fd >= 0) ::close(s->fd);  // __init__ a second time
  s->fd = fd;
  s->family = family;
  s->type = type & ~(SOCK_NONBLOCK | SOCK_CLOEXEC);
  s->protocol = protocol;
  s->timeout = type & SOCK_NONBLOCK ? 0 : state(vm).default_timeout;
  if (!(type & SOCK_NONBLOCK) && s->timeout >= 0) TRY(set_nonblocking(vm, fd, true));
  return Value::none();
}
Value socket_new(Vm& vm, Args a) {
  Socket* s = TRY(vm.new_instance<Socket>(a[0].as<Type>()));
  s->fd = -1;
  s->timeout = -1;
  return s;
}
void release_socket(Heap&, Cell* cell) {
  int fd = static_cast<Socket*>(cell)->fd;
  if (fd > 0) ::close(fd);
}
Value socket_del(Vm& vm, Args a) {
  Socket* s = self_of(a);
  if (s->fd < 0) return Value::none();
  Str* text = TRY(str_message(vm, "unclosed {}", repr_of(a[0])));
  if (warn(vm, E::ResourceWarning, str_to_utf8(text)).is_error())
    write_unraisable(vm, "Exception ignored while finalizing socket", a[0]);
  int fd = s->fd;
  s->fd = -1;
  if (fd >= 0) ::close(fd);
  return Value::none();
}
Value socket_close(Vm& vm, Args a) {
  Socket* s = self_of(a);
  int fd = s->fd;
  if (fd < 0) return Value::none();
  s->fd = -1;
  int result, error;
  without_vm(vm, [&] {
    result = ::close(fd);
    error = errno;
  });
  if (result < 0 && error != ECONNRESET && error != EINTR) return vm.raise_os_error(error);
  return Value::none();
}
Value socket_detach(Vm&, Args a) {
  int fd = self_of(a)->fd;
  self_of(a)->fd = -1;
  return Value::small_int(fd);
}
Value socket_fileno(Vm&, Args a) { return Value::small_int(self_of(a)->fd); }
Value socket_repr(Vm& vm, Args a) {
  Socket* s = self_of(a);
  return TRY(
      str_message(vm, "<socket object, fd={}, family={}, type={}, proto={}>", s->fd, s->family, s->type, s->protocol));
}

// --- Names and connections.

Value socket_bind(Vm& vm, Args a) {
  Address address;
  TRY(address_argument(vm, a[1], self_of(a)->family, self_of(a)->protocol, "bind", address));
  return posix::done(vm, ::bind(self_of(a)->fd, &address.any, address.length));
}
Value socket_listen(Vm& vm, Args a) {
  int backlog = a.has(1) ? TRY(int_argument(vm, a[1])) : std::min(SOMAXCONN, 128);
  return posix::done(vm, ::listen(self_of(a)->fd, std::max(backlog, 0)));
}
Value socket_accept(Vm& vm, Args a) {
  Socket* s = self_of(a);
  Address address;
  int64_t fd = TRY(when_ready(vm, s, POLLIN, [&](int listening) {
    address.length = sizeof address.room;
    return ::accept4(listening, &address.any, &address.length, SOCK_CLOEXEC);
  }));
  Value from = address_result(vm, address);
  if (from.is_error()) {
    ::close(static_cast<int>(fd));
    return from;
  }
  return pack(vm, Value::small_int(fd), from);
}
/// TimeoutError if no time is left.
Status pause_before_retry(Vm& vm, const Deadline& deadline) {
  constexpr double kPause = 0.01;
  if (deadline.left() == 0) return vm.raise(E::TimeoutError, "timed out");
  TRY(wait_in_slices(vm, kPause, [](int milliseconds) { return ::poll(nullptr, 0, milliseconds); }));
  return {};
}
/// The error number of connecting; 0: connected.
Result<int> connect_to(Vm& vm, Socket* s, const Address& address) {
  int fd = s->fd;
  Deadline deadline(s->timeout);
  // A socket that blocks must not while the kernel connects: only poll() looks for limits.
  if (s->timeout < 0 && fd >= 0) TRY(set_nonblocking(vm, fd, true));
  int error = ::connect(fd, &address.any, address.length) < 0 ? errno : 0;
  Status waited{};
  while (s->timeout != 0 && (error == EINPROGRESS || error == EINTR || error == EALREADY || error == EAGAIN)) {
    // EAGAIN: the queue of a UNIX path is full, and poll() would not wait for it.
    waited = error == EAGAIN ? pause_before_retry(vm, deadline) : wait_ready(vm, s, POLLOUT, deadline);
    if (waited.is_error() || s->fd != fd) break;
    // The second call tells how the first one ended, and leaves the socket fit for another.
    error = ::connect(fd, &address.any, address.length) < 0 ? errno : 0;
    if (error == EISCONN) error = 0;
  }
  // Another thread may have closed it meanwhile, and the number may be another file's now.
  if (s->timeout < 0 && s->fd == fd && fd >= 0 && !waited.is_error()) TRY(set_nonblocking(vm, fd, false));
  TRY(waited);
  return error;
}
Value socket_connect(Vm& vm, Args a) {
  Address address;
  TRY(address_argument(vm, a[1], self_of(a)->family, self_of(a)->protocol, "connect", address));
  int error = TRY(connect_to(vm, self_of(a), address));
  if (error != 0) return vm.raise_os_error(error);
  return Value::none();
}
Value socket_connect_ex(Vm& vm, Args a) {
  Address address;
  TRY(address_argument(vm, a[1], self_of(a)->family, self_of(a)->protocol, "connect_ex", address));
  Result<int> error = connect_to(vm, self_of(a), address);
  if (error.is_error()) {
    if (!vm.pending_is(E::TimeoutError) || !vm.clear_pending()) return Error{};
    return Value::small_int(EWOULDBLOCK);
  }
  return Value::small_int(error.release());
}
Value socket_getsockname(Vm& vm, Args a) {
  Address address;
  if (::getsockname(self_of(a)->fd, &address.any, &address.length) < 0) return vm.raise_os_error(errno);
  return address_result(vm, address);
}
Value socket_getpeername(Vm& vm, Args a) {
  Address address;
  if (::getpeername(self_of(a)->fd, &address.any, &address.length) < 0) return vm.raise_os_error(errno);
  return address_result(vm, address);
}
Value socket_shutdown(Vm& vm, Args a) {
  int how = TRY(int_argument(vm, a[1]));
  return posix::done(vm, ::shutdown(self_of(a)->fd, how));
}

// --- Receiving.

/// recv and recvfrom; `from` null: who sent it is not asked.
Value receive_bytes(Vm& vm, Socket* s, Value size_value, Value flags_value, const char* function, Address* from) {
  int64_t size = TRY(ssize_argument(vm, size_value));
  int flags = flags_value.is_unset() ? 0 : TRY(int_argument(vm, flags_value));
  if (size < 0) return vm.raise(E::ValueError, "negative buffersize in {}", function);
  Bytes* out = TRY(bytes_allocate(vm, static_cast<uint64_t>(size)));
  int64_t got = TRY(when_ready(vm, s, POLLIN, [&](int fd) {
    if (from == nullptr) return ::recv(fd, out->data, static_cast<size_t>(size), flags);
    from->length = sizeof from->room;
    return ::recvfrom(fd, out->data, static_cast<size_t>(size), flags, &from->any, &from->length);
  }));
  if (got >= size) return out;
  return bytes_from(vm, out->span().first(static_cast<size_t>(got)));
}
Value socket_recv(Vm& vm, Args a) { return receive_bytes(vm, self_of(a), a[1], a[2], "recv", nullptr); }
Value socket_recvfrom(Vm& vm, Args a) {
  Address from;
  Value data = TRY(receive_bytes(vm, self_of(a), a[1], a[2], "recvfrom", &from));
  return pack(vm, data, address_result(vm, from));
}
Result<int64_t> receive_into(Vm& vm, Args a, const char* function, const char* too_small, Address* from) {
  ScopedBuffer into(vm);
  TRY(into.acquire_writable(a[1], from == nullptr ? "recv_into() argument 1" : "recvfrom_into() argument 1"));
  int64_t size = TRY(ssize_argument(vm, a, 2, 0));
  int flags = a.has(3) ? TRY(int_argument(vm, a[3])) : 0;
  if (size < 0) return vm.raise(E::ValueError, "negative buffersize in {}", function);
  if (size == 0) size = into.get().length;
  if (size > into.get().length) return vm.raise(E::ValueError, too_small);
  return when_ready(vm, self_of(a), POLLIN, [&](int fd) {
    if (from == nullptr) return ::recv(fd, into.get().data, static_cast<size_t>(size), flags);
    from->length = sizeof from->room;
    return ::recvfrom(fd, into.get().data, static_cast<size_t>(size), flags, &from->any, &from->length);
  });
}
Value socket_recv_into(Vm& vm, Args a) {
  return int_from(vm, TRY(receive_into(vm, a, "recv_into", "buffer too small for requested bytes", nullptr)));
}
Value socket_recvfrom_into(Vm& vm, Args a) {
  Address from;
  int64_t got = TRY(receive_into(vm, a, "recvfrom_into", "nbytes is greater than the length of the buffer", &from));
  return pack(vm, int_from(vm, got), address_result(vm, from));
}

/// The ancillary messages of a received header: a list of (level, type, bytes).
Value ancillary_result(Vm& vm, msghdr& header) {
  List* result = TRY(list_new(vm));
  if (header.msg_controllen == 0) return result;
  const char* end = static_cast<char*>(header.msg_control) + header.msg_controllen;
  for (cmsghdr* c = CMSG_FIRSTHDR(&header); c != nullptr; c = CMSG_NXTHDR(&header, c)) {
    const char* data = reinterpret_cast<char*>(CMSG_DATA(c));
    if (c->cmsg_len < CMSG_LEN(0) || data > end) break;
    size_t size = std::min<size_t>(c->cmsg_len - CMSG_LEN(0), static_cast<size_t>(end - data));
    Value bytes = bytes_from(vm, std::string_view(data, size));
    Value item = TRY(pack(vm, Value::small_int(c->cmsg_level), Value::small_int(c->cmsg_type), bytes));
    TRY(list_append(vm, result, item));
  }
  return result;
}
/// Descriptors that came with a message which is not delivered must not stay open.
void close_received(msghdr& header) {
  for (cmsghdr* c = CMSG_FIRSTHDR(&header); c != nullptr; c = CMSG_NXTHDR(&header, c)) {
    if (c->cmsg_level != SOL_SOCKET || c->cmsg_type != SCM_RIGHTS) continue;
    for (size_t i = 0; (i + 1) * sizeof(int) <= c->cmsg_len - CMSG_LEN(0); ++i) {
      int fd;
      std::memcpy(&fd, CMSG_DATA(c) + i * sizeof(int), sizeof fd);
      ::close(fd);
    }
  }
}
/// recvmsg and recvmsg_into: `finish` makes the first item of the result from the number of bytes.
template <class Finish>
Value receive_message(Vm& vm, Socket* s, iovec* parts, size_t count, Value room_value, Value flags_value,
                      const char* function, Finish finish) {
  int64_t room = room_value.is_unset() ? 0 : TRY(ssize_argument(vm, room_value));
  int flags = flags_value.is_unset() ? 0 : TRY(int_argument(vm, flags_value));
  if (room < 0 || room > INT_MAX)
    return vm.raise(E::ValueError, "invalid ancillary data buffer length in {}()", function);
  Storage* control = TRY(vm.allocate_storage(std::max<size_t>(static_cast<size_t>(room), 1)));
  Address from;
  msghdr header{};
  int64_t got = TRY(when_ready(vm, s, POLLIN, [&](int fd) {
    header = {};
    header.msg_name = &from.any;
    header.msg_namelen = sizeof from.room;
    header.msg_iov = parts;
    header.msg_iovlen = count;
    header.msg_control = room == 0 ? nullptr : control->data<char>();
    header.msg_controllen = static_cast<size_t>(room);
    return ::recvmsg(fd, &header, flags);
  }));
  from.length = header.msg_namelen;
  auto result = [&]() -> Value {
    Value first = TRY(finish(got));
    Value ancillary = TRY(ancillary_result(vm, header));
    return pack(vm, first, ancillary, Value::small_int(header.msg_flags), address_result(vm, from));
  };
  Value v = result();
  if (v.is_error()) close_received(header);
  return v;
}
Value socket_recvmsg(Vm& vm, Args a) {
  int64_t size = TRY(ssize_argument(vm, a[1]));
  if (size < 0) return vm.raise(E::ValueError, "negative buffer size in recvmsg()");
  Bytes* out = TRY(bytes_allocate(vm, static_cast<uint64_t>(size)));
  iovec part{out->data, static_cast<size_t>(size)};
  return receive_message(vm, self_of(a), &part, 1, a[2], a[3], "recvmsg", [&](int64_t got) -> Value {
    if (got >= size) return out;
    return bytes_from(vm, out->span().first(static_cast<size_t>(got)));
  });
}

/// The buffers of an iterable, held while the object lives.
class Parts {
 public:
  explicit Parts(Vm& vm) : vm_(vm) {}
  Parts(const Parts&) = delete;
  Parts& operator=(const Parts&) = delete;
  ~Parts() {
    for (uint64_t i = 0; i < held_; ++i) buffer_release(vm_, views_->data<Buffer>()[i]);
  }
  Status acquire(Value iterable, uint32_t flags, const char* function) {
    if (special_of(vm_, iterable, Special::Iter).is_unset() && special_of(vm_, iterable, Special::GetItem).is_unset())
      return vm_.raise(E::TypeError, "{}() argument 1 must be an iterable", function);
    Value items = TRY(tuple_from(vm_, iterable));
    uint64_t n = items.as<Tuple>()->length;
    if (n > IOV_MAX) return vm_.raise(E::OSError, "{}() argument 1 is too long", function);
    // The views lie in heap storage, so that what they hold is found by the collector.
    views_ = TRY(vm_.allocate_storage(std::max<uint64_t>(n, 1) * sizeof(Buffer)));
    for (; held_ < n; ++held_) {
      Buffer* view = new (views_->data<Buffer>() + held_) Buffer();
      TRY(buffer_acquire(vm_, items.as<Tuple>()->items[held_], *view, flags));
      list[held_] = {view->data, static_cast<size_t>(view->length)};
      bytes += static_cast<uint64_t>(view->length);
    }
    return {};
  }
  size_t count() const { return held_; }
  iovec list[IOV_MAX];
  uint64_t bytes = 0;

 private:
  Vm& vm_;
  Storage* views_ = nullptr;
  uint64_t held_ = 0;
};
Value socket_recvmsg_into(Vm& vm, Args a) {
  Parts parts(vm);
  TRY(parts.acquire(a[1], kBufferWritable, "recvmsg_into"));
  return receive_message(vm, self_of(a), parts.list, parts.count(), a[2], a[3], "recvmsg_into",
                         [&](int64_t got) { return int_from(vm, got); });
}

// --- Sending.

Value socket_send(Vm& vm, Args a) {
  ScopedBuffer data(vm);
  TRY(data.acquire(a[1]));
  int flags = a.has(2) ? TRY(int_argument(vm, a[2])) : 0;
  auto size = static_cast<size_t>(data.get().length);
  TRY(limits_charge_output(vm, size));
  Socket* s = self_of(a);
  // A socket that blocks sends all, as the kernel would; in parts, so that the wait between them is poll()'s.
  size_t sent = 0;
  do {
    Result<int64_t> part = when_ready(vm, s, POLLOUT, [&](int fd) {
      return ::send(fd, data.get().data + sent, size - sent, s->timeout < 0 ? flags | MSG_DONTWAIT : flags);
    });
    if (part.is_error()) return Error{};
    sent += static_cast<size_t>(part.release());
  } while (sent < size && s->timeout < 0 && s->type == SOCK_STREAM);
  return int_from_u64(vm, sent);
}
Value socket_sendall(Vm& vm, Args a) {
  ScopedBuffer data(vm);
  TRY(data.acquire(a[1]));
  int flags = a.has(2) ? TRY(int_argument(vm, a[2])) : 0;
  auto size = static_cast<size_t>(data.get().length);
  TRY(limits_charge_output(vm, size));
  Socket* s = self_of(a);
  Deadline deadline(s->timeout);
  size_t sent = 0;
  do {
    sent += static_cast<size_t>(TRY(when_ready(vm, s, POLLOUT, deadline, [&](int fd) {
      return ::send(fd, data.get().data + sent, size - sent, s->timeout < 0 ? flags | MSG_DONTWAIT : flags);
    })));
  } while (sent < size);
  return Value::none();
}
Value socket_sendto(Vm& vm, Args a) {
  std::span<const Value> given = a.rest(1);
  if (given.size() != 2 && given.size() != 3)
    return vm.raise(E::TypeError, "sendto() takes 2 or 3 arguments ({} given)", static_cast<int64_t>(given.size()));
  ScopedBuffer data(vm);
  TRY(data.acquire(given[0]));
  int flags = given.size() == 3 ? TRY(int_argument(vm, given[1])) : 0;
  Address address;
  Socket* s = self_of(a);
  TRY(address_argument(vm, given.back(), s->family, s->protocol, "sendto", address));
  auto size = static_cast<size_t>(data.get().length);
  TRY(limits_charge_output(vm, size));
  return int_from(vm, TRY(when_ready(vm, s, POLLOUT, [&](int fd) {
                    return ::sendto(fd, data.get().data, size, flags, &address.any, address.length);
                  })));
}
/// Packs (level, type, data) items into a control buffer.
Result<Storage*> ancillary_argument(Vm& vm, Value v, size_t* size) {
  *size = 0;
  if (v.is_unset()) return vm.allocate_storage(1);
  if (special_of(vm, v, Special::Iter).is_unset() && special_of(vm, v, Special::GetItem).is_unset())
    return vm.raise(E::TypeError, "sendmsg() argument 2 must be an iterable");
  Value items = TRY(tuple_from(vm, v));
  uint64_t n = items.as<Tuple>()->length;
  std::string packed;
  for (uint64_t i = 0; i < n; ++i) {
    Value item = items.as<Tuple>()->items[i];
    if (!is_tuple(item) && !is_list(item))
      return vm.raise(E::TypeError, "[sendmsg() ancillary data items] must be 3-item sequences, not {}",
                      type_name_of(item));
    Value three = TRY(tuple_from(vm, item));
    if (three.as<Tuple>()->length != 3)
      return vm.raise(E::TypeError, "[sendmsg() ancillary data items] must be sequence of length 3, not {}",
                      static_cast<int64_t>(three.as<Tuple>()->length));
    cmsghdr head{};
    head.cmsg_level = TRY(int_argument(vm, three.as<Tuple>()->items[0]));
    head.cmsg_type = TRY(int_argument(vm, three.as<Tuple>()->items[1]));
    ScopedBuffer data(vm);
    TRY(data.acquire(three.as<Tuple>()->items[2]));
    std::string_view bytes = data.view();
    if (bytes.size() > INT_MAX || packed.size() > INT_MAX) return vm.raise(E::OSError, "ancillary data item too large");
    head.cmsg_len = CMSG_LEN(bytes.size());
    size_t start = packed.size();
    packed.resize(start + CMSG_SPACE(bytes.size()));
    std::memcpy(packed.data() + start, &head, sizeof head);
    if (!bytes.empty()) std::memcpy(packed.data() + start + CMSG_LEN(0), bytes.data(), bytes.size());
    TRY(vm.poll());
  }
  Storage* room = TRY(vm.allocate_storage(std::max<size_t>(packed.size(), 1)));
  std::memcpy(room->data<char>(), packed.data(), packed.size());
  *size = packed.size();
  return room;
}
Value socket_sendmsg(Vm& vm, Args a) {
  Socket* s = self_of(a);
  Parts parts(vm);
  TRY(parts.acquire(a[1], kBufferSimple, "sendmsg"));
  size_t control_size;
  Storage* control = TRY(ancillary_argument(vm, a[2], &control_size));
  int flags = a.has(3) ? TRY(int_argument(vm, a[3])) : 0;
  Address address;
  bool has_address = a.has(4) && !a[4].is_none();
  if (has_address) TRY(address_argument(vm, a[4], s->family, s->protocol, "sendmsg", address));
  TRY(limits_charge_output(vm, parts.bytes));
  return int_from(vm, TRY(when_ready(vm, s, POLLOUT, [&](int fd) {
                    msghdr header{};
                    if (has_address) {
                      header.msg_name = &address.any;
                      header.msg_namelen = address.length;
                    }
                    header.msg_iov = parts.list;
                    header.msg_iovlen = parts.count();
                    header.msg_control = control_size == 0 ? nullptr : control->data<char>();
                    header.msg_controllen = control_size;
                    return ::sendmsg(fd, &header, flags);
                  })));
}

// --- Options.

Value socket_setsockopt(Vm& vm, Args a) {
  int level = TRY(int_argument(vm, a[1])), option = TRY(int_argument(vm, a[2]));
  int fd = self_of(a)->fd;
  if (a[3].is_none()) {
    if (!a.has(4))
      return vm.raise(E::TypeError, "socket.setsockopt() requires 4 arguments when the third argument is None");
    std::optional<uint64_t> length = int_to_u64(TRY(index(vm, a[4])));
    if (!length || *length > UINT32_MAX) return vm.raise(E::OverflowError, "Python int too large to convert to C int");
    return posix::done(vm, ::setsockopt(fd, level, option, nullptr, static_cast<socklen_t>(*length)));
  }
  if (a.has(4))
    return vm.raise(E::TypeError, "socket.setsockopt() only takes 4 arguments when the third argument is None");
  if (has_index(vm, a[3])) {
    int value = TRY(int_argument(vm, a[3]));
    return posix::done(vm, ::setsockopt(fd, level, option, &value, sizeof value));
  }
  ScopedBuffer data(vm);
  TRY(data.acquire(a[3]));
  if (data.get().length > INT_MAX) return vm.raise(E::OverflowError, "socket option is larger than 2147483647 bytes");
  return posix::done(vm, ::setsockopt(fd, level, option, data.get().data, static_cast<socklen_t>(data.get().length)));
}
Value socket_getsockopt(Vm& vm, Args a) {
  int level = TRY(int_argument(vm, a[1])), option = TRY(int_argument(vm, a[2]));
  int size = a.has(3) ? TRY(int_argument(vm, a[3])) : 0;
  int fd = self_of(a)->fd;
  if (size == 0) {
    int value = 0;
    socklen_t length = sizeof value;
    if (::getsockopt(fd, level, option, &value, &length) < 0) return vm.raise_os_error(errno);
    return Value::small_int(value);
  }
  constexpr int kMostOption = 1024;
  if (size < 0 || size > kMostOption) return vm.raise(E::OSError, "getsockopt buflen out of range");
  char room[kMostOption];
  auto length = static_cast<socklen_t>(size);
  if (::getsockopt(fd, level, option, room, &length) < 0) return vm.raise_os_error(errno);
  return bytes_from(vm, std::string_view(room, length));
}

Value set_timeout(Vm& vm, Socket* s, double timeout) {
  s->timeout = timeout;
  TRY(set_nonblocking(vm, s->fd, timeout >= 0));
  return Value::none();
}
Value socket_settimeout(Vm& vm, Args a) { return set_timeout(vm, self_of(a), TRY(timeout_argument(vm, a[1]))); }
Value socket_setblocking(Vm& vm, Args a) { return set_timeout(vm, self_of(a), TRY(truthy(vm, a[1])) ? -1 : 0); }
Value socket_gettimeout(Vm& vm, Args a) { return timeout_result(vm, self_of(a)->timeout); }
Value socket_getblocking(Vm&, Args a) { return Value::boolean(self_of(a)->timeout != 0); }

Value get_family(Vm&, Value self) { return Value::small_int(self.as<Socket>()->family); }
Value get_type(Vm&, Value self) { return Value::small_int(self.as<Socket>()->type); }
Value get_protocol(Vm&, Value self) { return Value::small_int(self.as<Socket>()->protocol); }
Value get_timeout(Vm& vm, Value self) { return timeout_result(vm, self.as<Socket>()->timeout); }

constexpr NativeRow kMethods[] = {
    {"__new__($type, /, *args, **kwargs)", socket_new, kNewMethod},
    {"__init__($self, family=-1, type=-1, proto=-1, fileno=None)", socket_init},
    {"__repr__($self, /)", socket_repr},
    {"__del__($self, /)", socket_del},
    {"_accept($self, /)", socket_accept, 0, "Wait for a connection: its new descriptor and the address it comes from."},
    {"bind($self, address, /)", socket_bind, 0, "Bind the socket to a local address."},
    {"close($self, /)", socket_close, 0, "Close the socket. It cannot be used after this call."},
    {"connect($self, address, /)", socket_connect, 0, "Connect the socket to a remote address."},
    {"connect_ex($self, address, /)", socket_connect_ex, 0,
     "As connect(), but the error number is given instead of raised."},
    {"detach($self, /)", socket_detach, 0, "Give the descriptor away: the object is closed, the descriptor is not."},
    {"fileno($self, /)", socket_fileno, 0, "The descriptor; -1 of a closed socket."},
    {"getblocking($self, /)", socket_getblocking, 0, "Does the socket wait?"},
    {"getpeername($self, /)", socket_getpeername, 0, "The address that the socket is connected to."},
    {"getsockname($self, /)", socket_getsockname, 0, "The address of the socket itself."},
    {"getsockopt($self, level, option, buffersize=0, /)", socket_getsockopt, 0,
     "An option's value: an int, or up to buffersize bytes."},
    {"gettimeout($self, /)", socket_gettimeout, 0, "Seconds that operations wait; None: as long as it takes."},
    {"listen($self, backlog=128, /)", socket_listen, 0, "Let others connect to this socket."},
    {"recv($self, bufsize, flags=0, /)", socket_recv, 0, "Receive up to bufsize bytes; b'' at the end."},
    {"recv_into($self, buffer, nbytes=0, flags=0)", socket_recv_into, 0,
     "As recv(), into a buffer: the number of bytes."},
    {"recvfrom($self, bufsize, flags=0, /)", socket_recvfrom, 0, "As recv(), with the address of the sender."},
    {"recvfrom_into($self, buffer, nbytes=0, flags=0)", socket_recvfrom_into, 0,
     "As recv_into(), with the address of the sender."},
    {"recvmsg($self, bufsize, ancbufsize=0, flags=0, /)", socket_recvmsg, 0,
     "Receive bytes and ancillary data: (data, [(level, type, data)], flags, address)."},
    {"recvmsg_into($self, buffers, ancbufsize=0, flags=0, /)", socket_recvmsg_into, 0,
     "As recvmsg(), into buffers, one after the other."},
    {"send($self, data, flags=0, /)", socket_send, 0, "Send bytes: the number of those that were taken."},
    {"sendall($self, data, flags=0, /)", socket_sendall, 0, "Send all of the bytes."},
    {"sendto($self, /, *args)", socket_sendto, 0, "sendto(data, [flags,] address): send bytes to an address."},
    {"sendmsg($self, buffers, ancdata=(), flags=0, address=None, /)", socket_sendmsg, 0,
     "Send the bytes of several buffers, and ancillary data."},
    {"setblocking($self, flag, /)", socket_setblocking, 0, "Let the socket wait, or not."},
    {"setsockopt($self, level, option, value, optlen=0, /)", socket_setsockopt, 0,
     "Set an option to an int, to bytes, or to nothing (None, with a length)."},
    {"settimeout($self, timeout, /)", socket_settimeout, 0, "Set the seconds that operations wait; None: no limit."},
    {"shutdown($self, flag, /)", socket_shutdown, 0, "Close one direction, or both."},
};
constexpr GetSetRow kGetSets[] = {
    {"family", get_family, nullptr, "the socket family"},
    {"type", get_type, nullptr, "the socket type"},
    {"proto", get_protocol, nullptr, "the socket protocol"},
    {"timeout", get_timeout, nullptr, "the socket timeout"},
};

}  // namespace

Value socket_from_fd(Vm& vm, int fd, int family, int type, int protocol) {
  Result<Socket*> made = vm.new_instance<Socket>(state(vm).socket);
  if (made.is_error()) {
    ::close(fd);
    return Error{};
  }
  Socket* s = made.release();
  s->fd = fd;
  s->family = family;
  s->type = type & ~(SOCK_NONBLOCK | SOCK_CLOEXEC);
  s->protocol = protocol;
  s->timeout = type & SOCK_NONBLOCK ? 0 : state(vm).default_timeout;
  if (s->timeout > 0) TRY(set_nonblocking(vm, fd, true));
  return s;
}

extern const TypeSpec socket_type{
    .name = "_socket.socket",
    .doc = "One end of a connection, or of none yet: socket(family=AF_INET, type=SOCK_STREAM, proto=0, fileno=None).",
    .signature = "",
    .kind = static_cast<CellKind>(Kind::Socket),
    .size = sizeof(Socket),
    .flags = kTypeBase,
    .methods = kMethods,
    .getsets = kGetSets,
    .release = release_socket,
};

}  // namespace krait::sockets
