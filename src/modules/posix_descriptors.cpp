// posix: open descriptors.
#include <fcntl.h>
#include <pty.h>
#include <sys/eventfd.h>
#include <sys/ioctl.h>
#include <sys/mman.h>
#include <sys/sendfile.h>
#include <sys/stat.h>
#include <sys/uio.h>
#include <unistd.h>
#include <utmp.h>

#include <climits>

#include "modules/posix_module.hpp"
#include "objects/int.hpp"
#include "objects/str.hpp"
#include "objects/structseq.hpp"
#include "runtime/limits.hpp"

namespace krait::posix {
namespace {

/// The most that Linux transfers in one call.
constexpr int64_t kMaxTransfer = 0x7ffff000;

Value count(Vm& vm, int64_t n) {
  if (n < 0) return vm.raise_os_error(errno);
  return int_from(vm, n);
}

Value open_function(Vm& vm, Args a) {
  Path path;
  TRY(path_argument(vm, a[0], "open", "path", 0, path));
  int flags = TRY(int_argument(vm, a[1])) | O_CLOEXEC;
  int mode = a.has(2) ? TRY(int_argument(vm, a[2])) : 0777;
  int dir_fd = TRY(dir_fd_argument(vm, a[3]));
  int64_t fd = TRY(system_call(vm, [&] { return ::openat(dir_fd, path.c_str(), flags, mode); }));
  if (fd < 0) return path_error(vm, path);
  return Value::small_int(fd);
}
Value close_function(Vm& vm, Args a) {
  int fd = TRY(int_argument(vm, a[0]));
  int result;
  without_vm(vm, [&] { result = ::close(fd); });
  // After EINTR the descriptor is gone on Linux: never closed twice.
  if (result < 0 && errno != EINTR) return vm.raise_os_error(errno);
  return Value::none();
}
Value closerange_function(Vm& vm, Args a) {
  int low = TRY(int_argument(vm, a[0])), high = TRY(int_argument(vm, a[1]));
  if (low < 0) low = 0;
  if (low < high) ::close_range(static_cast<unsigned>(low), static_cast<unsigned>(high - 1), 0);
  return Value::none();
}

Result<int64_t> length_argument(Vm& vm, Value v) {
  int64_t n = TRY(ssize_argument(vm, v));
  if (n < 0) return vm.raise_os_error(EINVAL);
  return std::min(n, kMaxTransfer);
}
/// Reads up to n bytes by `fill(buffer, n)` into new bytes.
template <class Fill>
Value read_bytes(Vm& vm, int64_t n, Fill fill) {
  if (n == 0) {
    char none;
    int64_t got = TRY(system_call(vm, [&] { return fill(&none, size_t{0}); }));
    if (got < 0) return vm.raise_os_error(errno);
    return bytes_from(vm, std::string_view());
  }
  Bytes* out = TRY(bytes_allocate(vm, static_cast<uint64_t>(n)));
  int64_t got = TRY(system_call(vm, [&] { return fill(out->data, static_cast<size_t>(n)); }));
  if (got < 0) return vm.raise_os_error(errno);
  if (got == n) return out;
  return bytes_from(vm, out->span().first(static_cast<size_t>(got)));
}
Value read_function(Vm& vm, Args a) {
  int fd = TRY(int_argument(vm, a[0]));
  int64_t n = TRY(length_argument(vm, a[1]));
  return read_bytes(vm, n, [&](void* to, size_t size) { return ::read(fd, to, size); });
}
Value pread_function(Vm& vm, Args a) {
  int fd = TRY(int_argument(vm, a[0]));
  int64_t n = TRY(length_argument(vm, a[1]));
  off_t offset = TRY(long_argument(vm, a[2]));
  return read_bytes(vm, n, [&](void* to, size_t size) { return ::pread(fd, to, size, offset); });
}
Value write_function(Vm& vm, Args a) {
  int fd = TRY(int_argument(vm, a[0]));
  ScopedBuffer data(vm);
  TRY(data.acquire(a[1]));
  size_t n = static_cast<size_t>(std::min(data.get().length, kMaxTransfer));
  TRY(limits_charge_output(vm, n));
  return count(vm, TRY(system_call(vm, [&] { return ::write(fd, data.get().data, n); })));
}
Value pwrite_function(Vm& vm, Args a) {
  int fd = TRY(int_argument(vm, a[0]));
  ScopedBuffer data(vm);
  TRY(data.acquire(a[1]));
  off_t offset = TRY(long_argument(vm, a[2]));
  size_t n = static_cast<size_t>(std::min(data.get().length, kMaxTransfer));
  TRY(limits_charge_output(vm, n));
  return count(vm, TRY(system_call(vm, [&] { return ::pwrite(fd, data.get().data, n, offset); })));
}

/// readv and writev: over the buffers of a sequence, at most IOV_MAX of them.
template <class Call>
Value vectored(Vm& vm, Value buffers, bool writing, Call transfer) {
  if (!is_tuple(buffers) && !is_list(buffers) && special_of(vm, buffers, Special::GetItem).is_unset())
    return vm.raise(E::TypeError, writing ? "writev() arg 2 must be a sequence" : "readv() arg 2 must be a sequence");
  Value items = TRY(tuple_from(vm, buffers));
  uint64_t n = items.as<Tuple>()->length;
  if (n > IOV_MAX) return vm.raise_os_error(EINVAL);
  // The views live in heap storage, so that what they hold is found by the collector.
  Storage* views = TRY(vm.allocate_storage(std::max<uint64_t>(n, 1) * sizeof(Buffer)));
  iovec parts[IOV_MAX];
  uint64_t held = 0, total = 0;
  auto run = [&]() -> Value {
    for (; held < n; ++held) {
      Buffer* view = new (views->data<Buffer>() + held) Buffer();
      TRY(buffer_acquire(vm, items.as<Tuple>()->items[held], *view, writing ? kBufferSimple : kBufferWritable));
      parts[held] = {view->data, static_cast<size_t>(view->length)};
      total += static_cast<uint64_t>(view->length);
    }
    if (writing) TRY(limits_charge_output(vm, total));
    return count(vm, TRY(system_call(vm, [&] { return transfer(parts, static_cast<int>(n)); })));
  };
  Value result = run();
  for (uint64_t i = 0; i < held; ++i) buffer_release(vm, views->data<Buffer>()[i]);
  return result;
}
Value readv_function(Vm& vm, Args a) {
  int fd = TRY(int_argument(vm, a[0]));
  return vectored(vm, a[1], false, [&](iovec* parts, int n) { return ::readv(fd, parts, n); });
}
Value writev_function(Vm& vm, Args a) {
  int fd = TRY(int_argument(vm, a[0]));
  return vectored(vm, a[1], true, [&](iovec* parts, int n) { return ::writev(fd, parts, n); });
}
Value preadv_function(Vm& vm, Args a) {
  int fd = TRY(int_argument(vm, a[0]));
  off_t offset = TRY(long_argument(vm, a[2]));
  int flags = a.has(3) ? TRY(int_argument(vm, a[3])) : 0;
  return vectored(vm, a[1], false, [&](iovec* parts, int n) { return ::preadv2(fd, parts, n, offset, flags); });
}
Value pwritev_function(Vm& vm, Args a) {
  int fd = TRY(int_argument(vm, a[0]));
  off_t offset = TRY(long_argument(vm, a[2]));
  int flags = a.has(3) ? TRY(int_argument(vm, a[3])) : 0;
  return vectored(vm, a[1], true, [&](iovec* parts, int n) { return ::pwritev2(fd, parts, n, offset, flags); });
}
Value readinto_function(Vm& vm, Args a) {
  int fd = TRY(int_argument(vm, a[0]));
  ScopedBuffer into(vm);
  TRY(into.acquire_writable(a[1], "readinto() argument"));
  size_t n = static_cast<size_t>(std::min(into.get().length, kMaxTransfer));
  return count(vm, TRY(system_call(vm, [&] { return ::read(fd, into.get().data, n); })));
}
Value splice_function(Vm& vm, Args a) {
  int from = TRY(int_argument(vm, a[0])), to = TRY(int_argument(vm, a[1]));
  int64_t n = TRY(ssize_argument(vm, a[2]));
  if (n < 0) return vm.raise(E::ValueError, "negative value for 'count' not allowed");
  off_t from_at = 0, to_at = 0;
  bool has_from = a.has(3) && !a[3].is_none(), has_to = a.has(4) && !a[4].is_none();
  if (has_from) from_at = TRY(long_argument(vm, a[3]));
  if (has_to) to_at = TRY(long_argument(vm, a[4]));
  auto flags = static_cast<unsigned>(a.has(5) ? TRY(int_argument(vm, a[5])) : 0);
  TRY(limits_charge_output(vm, static_cast<uint64_t>(std::min(n, kMaxTransfer))));
  return count(vm, TRY(system_call(vm, [&] {
                 return ::splice(from, has_from ? &from_at : nullptr, to, has_to ? &to_at : nullptr,
                                 static_cast<size_t>(n), flags);
               })));
}
Value sendfile_function(Vm& vm, Args a) {
  int out = TRY(int_argument(vm, a[0])), in = TRY(int_argument(vm, a[1]));
  int64_t n = TRY(ssize_argument(vm, a[3]));
  if (n < 0) return vm.raise_os_error(EINVAL);
  off_t offset = 0;
  if (!a[2].is_none()) offset = TRY(long_argument(vm, a[2]));
  bool given = !a[2].is_none();
  TRY(limits_charge_output(vm, static_cast<uint64_t>(std::min(n, kMaxTransfer))));
  return count(
      vm, TRY(system_call(vm, [&] { return ::sendfile(out, in, given ? &offset : nullptr, static_cast<size_t>(n)); })));
}
Value copy_file_range_function(Vm& vm, Args a) {
  int from = TRY(int_argument(vm, a[0])), to = TRY(int_argument(vm, a[1]));
  int64_t n = TRY(ssize_argument(vm, a[2]));
  if (n < 0) return vm.raise(E::ValueError, "negative value for 'count' not allowed");
  off_t from_at = 0, to_at = 0;
  bool has_from = a.has(3) && !a[3].is_none(), has_to = a.has(4) && !a[4].is_none();
  if (has_from) from_at = TRY(long_argument(vm, a[3]));
  if (has_to) to_at = TRY(long_argument(vm, a[4]));
  TRY(limits_charge_output(vm, static_cast<uint64_t>(std::min(n, kMaxTransfer))));
  return count(vm, TRY(system_call(vm, [&] {
                 return ::copy_file_range(from, has_from ? &from_at : nullptr, to, has_to ? &to_at : nullptr,
                                          static_cast<size_t>(n), 0);
               })));
}

Value lseek_function(Vm& vm, Args a) {
  int fd = TRY(int_argument(vm, a[0]));
  off_t position = TRY(long_argument(vm, a[1]));
  int how = TRY(int_argument(vm, a[2]));
  return count(vm, ::lseek(fd, position, how));
}
Value ftruncate_function(Vm& vm, Args a) {
  int fd = TRY(int_argument(vm, a[0]));
  off_t length = TRY(long_argument(vm, a[1]));
  return done(vm, TRY(system_call(vm, [&] { return ::ftruncate(fd, length); })));
}
Value dup_function(Vm& vm, Args a) {
  int fd = TRY(int_argument(vm, a[0]));
  return count(vm, ::fcntl(fd, F_DUPFD_CLOEXEC, 0));
}
Value dup2_function(Vm& vm, Args a) {
  int fd = TRY(int_argument(vm, a[0])), to = TRY(int_argument(vm, a[1]));
  bool inheritable = TRY(truth_argument(vm, a, 2, true));
  if (fd < 0 || to < 0) return vm.raise_os_error(EBADF);
  int64_t result =
      TRY(system_call(vm, [&] { return inheritable || fd == to ? ::dup2(fd, to) : ::dup3(fd, to, O_CLOEXEC); }));
  return count(vm, result);
}
Value pipe_with(Vm& vm, int flags) {
  int fds[2];
  if (::pipe2(fds, flags) < 0) return vm.raise_os_error(errno);
  return pack(vm, Value::small_int(fds[0]), Value::small_int(fds[1]));
}
Value pipe_function(Vm& vm, Args) { return pipe_with(vm, O_CLOEXEC); }
Value pipe2_function(Vm& vm, Args a) { return pipe_with(vm, TRY(int_argument(vm, a[0]))); }
Value fsync_function(Vm& vm, Args a) {
  int fd = TRY(descriptor_argument(vm, a[0]));
  return done(vm, TRY(system_call(vm, [&] { return ::fsync(fd); })));
}
Value fdatasync_function(Vm& vm, Args a) {
  int fd = TRY(descriptor_argument(vm, a[0]));
  return done(vm, TRY(system_call(vm, [&] { return ::fdatasync(fd); })));
}
Value sync_function(Vm& vm, Args) {
  without_vm(vm, [] { ::sync(); });
  return Value::none();
}
Value lockf_function(Vm& vm, Args a) {
  int fd = TRY(int_argument(vm, a[0])), command = TRY(int_argument(vm, a[1]));
  off_t length = TRY(long_argument(vm, a[2]));
  return done(vm, TRY(system_call(vm, [&] { return ::lockf(fd, command, length); })));
}
Value posix_fallocate_function(Vm& vm, Args a) {
  int fd = TRY(int_argument(vm, a[0]));
  off_t offset = TRY(long_argument(vm, a[1])), length = TRY(long_argument(vm, a[2]));
  if (length > 0) TRY(limits_charge_output(vm, static_cast<uint64_t>(length)));
  int error = ::posix_fallocate(fd, offset, length);
  if (error != 0) return vm.raise_os_error(error);
  return Value::none();
}
Value posix_fadvise_function(Vm& vm, Args a) {
  int fd = TRY(int_argument(vm, a[0]));
  off_t offset = TRY(long_argument(vm, a[1])), length = TRY(long_argument(vm, a[2]));
  int advice = TRY(int_argument(vm, a[3]));
  int error = ::posix_fadvise(fd, offset, length, advice);
  if (error != 0) return vm.raise_os_error(error);
  return Value::none();
}
Value memfd_create_function(Vm& vm, Args a) {
  std::string name;
  TRY(fs_string(vm, a[0], name));
  unsigned flags = a.has(1) ? static_cast<unsigned>(TRY(int_argument(vm, a[1]))) : MFD_CLOEXEC;
  return count(vm, ::memfd_create(name.c_str(), flags));
}
Value eventfd_function(Vm& vm, Args a) {
  int64_t initial = TRY(long_argument(vm, a[0]));
  int flags = a.has(1) ? TRY(int_argument(vm, a[1])) : EFD_CLOEXEC;
  return count(vm, ::eventfd(static_cast<unsigned>(initial), flags));
}
Value eventfd_read_function(Vm& vm, Args a) {
  int fd = TRY(int_argument(vm, a[0]));
  eventfd_t value;
  if (TRY(system_call(vm, [&] { return ::eventfd_read(fd, &value); })) < 0) return vm.raise_os_error(errno);
  return int_from_u64(vm, value);
}
Value eventfd_write_function(Vm& vm, Args a) {
  int fd = TRY(int_argument(vm, a[0]));
  std::optional<uint64_t> value = int_to_u64(TRY(index(vm, a[1])));
  if (!value) return vm.raise(E::OverflowError, "int too big to convert");
  return done(vm, TRY(system_call(vm, [&] { return ::eventfd_write(fd, *value); })));
}

// --- What a descriptor is like.

Value isatty_function(Vm& vm, Args a) { return Value::boolean(::isatty(TRY(int_argument(vm, a[0]))) != 0); }
Value ttyname_function(Vm& vm, Args a) {
  int fd = TRY(int_argument(vm, a[0]));
  char text[PATH_MAX];
  int error = ::ttyname_r(fd, text, sizeof text);
  if (error != 0) return vm.raise_os_error(error);
  return str_decode_fs(vm, text);
}
Value get_inheritable_function(Vm& vm, Args a) {
  int flags = ::fcntl(TRY(int_argument(vm, a[0])), F_GETFD);
  if (flags < 0) return vm.raise_os_error(errno);
  return Value::boolean(!(flags & FD_CLOEXEC));
}
Value set_inheritable_function(Vm& vm, Args a) {
  int fd = TRY(int_argument(vm, a[0]));
  bool inheritable = TRY(truth_argument(vm, a, 1, false));
  int flags = ::fcntl(fd, F_GETFD);
  if (flags < 0) return vm.raise_os_error(errno);
  return done(vm, ::fcntl(fd, F_SETFD, inheritable ? flags & ~FD_CLOEXEC : flags | FD_CLOEXEC));
}
Value get_blocking_function(Vm& vm, Args a) { return fd_is_blocking(vm, TRY(int_argument(vm, a[0]))); }
Value set_blocking_function(Vm& vm, Args a) {
  int fd = TRY(int_argument(vm, a[0]));
  bool blocking = TRY(truth_argument(vm, a, 1, false));
  int flags = ::fcntl(fd, F_GETFL);
  if (flags < 0) return vm.raise_os_error(errno);
  return done(vm, ::fcntl(fd, F_SETFL, blocking ? flags & ~O_NONBLOCK : flags | O_NONBLOCK));
}
Value device_encoding_function(Vm& vm, Args a) {
  if (::isatty(TRY(int_argument(vm, a[0]))) == 0) return Value::none();
  return str_from_ascii(vm, "UTF-8");
}

constexpr StructField kTerminalFields[] = {
    {"columns", "width of the terminal window in characters"},
    {"lines", "height of the terminal window in characters"},
};
constexpr StructSpec kTerminalSize("os.terminal_size", "A terminal's size: (columns, lines).", kTerminalFields, 2);
Value get_terminal_size_function(Vm& vm, Args a) {
  int fd = a.has(0) ? TRY(int_argument(vm, a[0])) : STDOUT_FILENO;
  winsize size;
  if (::ioctl(fd, TIOCGWINSZ, &size) < 0) return vm.raise_os_error(errno);
  Value v[] = {Value::small_int(size.ws_col), Value::small_int(size.ws_row)};
  return structseq_new(vm, state(vm).terminal_size, v);
}
Value openpty_function(Vm& vm, Args) {
  int master, slave;
  if (::openpty(&master, &slave, nullptr, nullptr, nullptr) < 0) return vm.raise_os_error(errno);
  ::fcntl(master, F_SETFD, FD_CLOEXEC);
  ::fcntl(slave, F_SETFD, FD_CLOEXEC);
  return pack(vm, Value::small_int(master), Value::small_int(slave));
}
Value login_tty_function(Vm& vm, Args a) { return done(vm, ::login_tty(TRY(descriptor_argument(vm, a[0])))); }
Value posix_openpt_function(Vm& vm, Args a) { return count(vm, ::posix_openpt(TRY(int_argument(vm, a[0])))); }
Value grantpt_function(Vm& vm, Args a) { return done(vm, ::grantpt(TRY(descriptor_argument(vm, a[0])))); }
Value unlockpt_function(Vm& vm, Args a) { return done(vm, ::unlockpt(TRY(descriptor_argument(vm, a[0])))); }
Value ptsname_function(Vm& vm, Args a) {
  char name[256];
  int error = ::ptsname_r(TRY(descriptor_argument(vm, a[0])), name, sizeof name);
  if (error != 0) return vm.raise_os_error(error);
  return str_decode_fs(vm, name);
}
Value tcgetpgrp_function(Vm& vm, Args a) { return count(vm, ::tcgetpgrp(TRY(int_argument(vm, a[0])))); }
Value tcsetpgrp_function(Vm& vm, Args a) {
  int fd = TRY(int_argument(vm, a[0])), group = TRY(int_argument(vm, a[1]));
  return done(vm, ::tcsetpgrp(fd, group));
}

constexpr NativeRow kFunctions[] = {
    {"open(path, flags, mode=511, *, dir_fd=None)", open_function, 0,
     "Open a file and return its (not inheritable) descriptor."},
    {"close(fd)", close_function, 0, "Close a descriptor."},
    {"closerange(fd_low, fd_high, /)", closerange_function, 0,
     "Close the descriptors in [fd_low, fd_high), ignoring errors."},
    {"read(fd, length, /)", read_function, 0, "Read at most length bytes."},
    {"pread(fd, length, offset, /)", pread_function, 0,
     "Read at most length bytes at a position, leaving the file's own as it is."},
    {"write(fd, data, /)", write_function, 0, "Write bytes; returns how many were written."},
    {"pwrite(fd, buffer, offset, /)", pwrite_function, 0,
     "Write bytes at a position, leaving the file's own as it is."},
    {"readv(fd, buffers, /)", readv_function, 0, "Read into writable buffers, one after the other."},
    {"writev(fd, buffers, /)", writev_function, 0, "Write the bytes of buffers, one after the other."},
    {"preadv(fd, buffers, offset, flags=0, /)", preadv_function, 0,
     "readv() at a position, leaving the file's own as it is."},
    {"pwritev(fd, buffers, offset, flags=0, /)", pwritev_function, 0,
     "writev() at a position, leaving the file's own as it is."},
    {"readinto(fd, buffer, /)", readinto_function, 0, "Read into a writable buffer; returns how many bytes were read."},
    {"splice(src, dst, count, offset_src=None, offset_dst=None, flags=0)", splice_function, 0,
     "Move count bytes from or to a pipe inside the kernel."},
    {"login_tty(fd, /)", login_tty_function, 0,
     "Make the terminal the controlling one, and its descriptor the standard streams."},
    {"posix_openpt(oflag, /)", posix_openpt_function, 0, "Open the master of a pseudo-terminal."},
    {"grantpt(fd, /)", grantpt_function, 0, "Give the slave of a pseudo-terminal to the user."},
    {"unlockpt(fd, /)", unlockpt_function, 0, "Unlock the slave of a pseudo-terminal."},
    {"ptsname(fd, /)", ptsname_function, 0, "The name of the slave of a pseudo-terminal."},
    {"sendfile(out_fd, in_fd, offset, count)", sendfile_function, 0,
     "Copy count bytes from one descriptor to another."},
    {"copy_file_range(src, dst, count, offset_src=None, offset_dst=None)", copy_file_range_function, 0,
     "Copy count bytes between two files inside the kernel."},
    {"lseek(fd, position, how, /)", lseek_function, 0, "Set the position; returns the new one from the beginning."},
    {"ftruncate(fd, length, /)", ftruncate_function, 0, "Cut or extend an open file to a length."},
    {"dup(fd, /)", dup_function, 0, "Return a (not inheritable) duplicate of a descriptor."},
    {"dup2(fd, fd2, inheritable=True)", dup2_function, 0, "Duplicate a descriptor as fd2."},
    {"pipe()", pipe_function, 0, "Make a pipe: (read_fd, write_fd), not inheritable."},
    {"pipe2(flags, /)", pipe2_function, 0, "Make a pipe with flags: (read_fd, write_fd)."},
    {"fsync(fd)", fsync_function, 0, "Force the write of a file to its device."},
    {"fdatasync(fd)", fdatasync_function, 0, "Force the write of a file's data to its device."},
    {"sync()", sync_function, 0, "Force the write of everything."},
    {"lockf(fd, command, length, /)", lockf_function, 0, "Apply, test or remove a lock on an open file."},
    {"posix_fallocate(fd, offset, length, /)", posix_fallocate_function, 0,
     "Make sure that there is disk space for a range of a file."},
    {"posix_fadvise(fd, offset, length, advice, /)", posix_fadvise_function, 0,
     "Announce how a range of a file will be accessed."},
    {"memfd_create(name, flags=1)", memfd_create_function, 0, "Make a file in memory and return its descriptor."},
    {"eventfd(initval, flags=524288)", eventfd_function, 0, "Make an event descriptor."},
    {"eventfd_read(fd)", eventfd_read_function, 0, "Read the counter of an event descriptor."},
    {"eventfd_write(fd, value)", eventfd_write_function, 0, "Add to the counter of an event descriptor."},
    {"isatty(fd, /)", isatty_function, 0, "Tell whether the descriptor is connected to a terminal."},
    {"ttyname(fd, /)", ttyname_function, 0, "The name of the terminal device of a descriptor."},
    {"get_inheritable(fd, /)", get_inheritable_function, 0,
     "Is the descriptor inherited by programs that are executed?"},
    {"set_inheritable(fd, inheritable, /)", set_inheritable_function, 0, "Set whether the descriptor is inherited."},
    {"get_blocking(fd, /)", get_blocking_function, 0, "Is the descriptor in blocking mode?"},
    {"set_blocking(fd, blocking, /)", set_blocking_function, 0, "Set the blocking mode of a descriptor."},
    {"device_encoding(fd)", device_encoding_function, 0, "The encoding of the terminal of a descriptor, or None."},
    {"get_terminal_size(fd=<unrepresentable>, /)", get_terminal_size_function, 0,
     "The size of the terminal window: (columns, lines)."},
    {"openpty()", openpty_function, 0, "Open a pseudo-terminal: (master_fd, slave_fd)."},
    {"tcgetpgrp(fd, /)", tcgetpgrp_function, 0, "The process group of a terminal."},
    {"tcsetpgrp(fd, pgid, /)", tcsetpgrp_function, 0, "Set the process group of a terminal."},
};

}  // namespace

Value fd_is_blocking(Vm& vm, int fd) {
  int flags = ::fcntl(fd, F_GETFL);
  if (flags < 0) return vm.raise_os_error(errno);
  return Value::boolean(!(flags & O_NONBLOCK));
}

Status descriptors_init(Vm& vm, Module* m) {
  TRY(add_functions(vm, m, kFunctions));
  state(vm).terminal_size = TRY(structseq_type(vm, kTerminalSize));
  return module_add(vm, m, "terminal_size", state(vm).terminal_size);
}

}  // namespace krait::posix
