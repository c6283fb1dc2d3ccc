// fcntl: control of descriptors, and file locks.
#include <fcntl.h>
#include <sys/file.h>
#include <sys/ioctl.h>

#include <cstring>

#include "modules/posix_module.hpp"
#include "objects/int.hpp"
#include "objects/str.hpp"

namespace krait {

namespace {

using posix::descriptor_argument;
using posix::done;
using posix::int_argument;
using posix::long_argument;
using posix::system_call;

/// The most that goes to and from the kernel in an argument.
constexpr size_t kMaxArgument = 1024;

/// Flags and requests are often written as unsigned numbers.
Result<int64_t> bits_argument(Vm& vm, Value v) {
  Value i = TRY(index(vm, v));
  if (std::optional<int64_t> n = int_to_i64(i)) return *n;
  if (std::optional<uint64_t> n = int_to_u64(i)) return static_cast<int64_t>(*n);
  return vm.raise(E::OverflowError, "Python int too large to convert to C long");
}

Value fcntl_function(Vm& vm, Args a) {
  int fd = TRY(descriptor_argument(vm, a[0])), command = TRY(int_argument(vm, a[1]));
  Value argument = a.get(2, Value::small_int(0));
  if (is_str(argument) || (!is_int(argument) && has_buffer(vm, argument))) {
    char text[kMaxArgument + 1] = {};
    size_t n;
    if (is_str(argument)) {
      std::string utf8 =
          as_str(argument)->length > kMaxArgument ? std::string(kMaxArgument + 1, 'x') : str_to_utf8(as_str(argument));
      n = utf8.size();
      if (n <= kMaxArgument) std::memcpy(text, utf8.data(), n);
    } else {
      ScopedBuffer buffer(vm);
      TRY(buffer.acquire(argument));
      n = buffer.view().size();
      if (n <= kMaxArgument) std::memcpy(text, buffer.view().data(), n);
    }
    if (n > kMaxArgument) return vm.raise(E::ValueError, "fcntl argument 3 is too long");
    if (TRY(system_call(vm, [&] { return ::fcntl(fd, command, text); })) < 0) return vm.raise_os_error(errno);
    return bytes_from(vm, std::string_view(text, n));
  }
  int64_t number = TRY(bits_argument(vm, argument));
  int64_t result = TRY(system_call(vm, [&] { return ::fcntl(fd, command, number); }));
  if (result < 0) return vm.raise_os_error(errno);
  return Value::small_int(result);
}

Value ioctl_function(Vm& vm, Args a) {
  int fd = TRY(descriptor_argument(vm, a[0]));
  unsigned long request = static_cast<unsigned long>(TRY(bits_argument(vm, a[1])));
  Value argument = a.get(2, Value::small_int(0));
  bool mutate = TRY(truth_argument(vm, a, 3, true));
  if (!is_int(argument) && has_buffer(vm, argument)) {
    ScopedBuffer buffer(vm);
    TRY(buffer.acquire(argument));
    bool in_place = mutate && !buffer.get().readonly;
    size_t n = static_cast<size_t>(buffer.get().length);
    char text[kMaxArgument + 1] = {};
    if (n > kMaxArgument && !in_place) return vm.raise(E::ValueError, "ioctl string arg too long");
    void* memory = n > kMaxArgument ? static_cast<void*>(buffer.get().data) : text;
    if (n <= kMaxArgument) std::memcpy(text, buffer.get().data, n);
    int64_t result = TRY(system_call(vm, [&] { return ::ioctl(fd, request, memory); }));
    if (result < 0) return vm.raise_os_error(errno);
    if (in_place) {
      if (n <= kMaxArgument) std::memcpy(buffer.get().data, text, n);
      return Value::small_int(result);
    }
    return bytes_from(vm, std::string_view(text, n));
  }
  int64_t number = TRY(bits_argument(vm, argument));
  int64_t result = TRY(system_call(vm, [&] { return ::ioctl(fd, request, number); }));
  if (result < 0) return vm.raise_os_error(errno);
  return Value::small_int(result);
}

Value flock_function(Vm& vm, Args a) {
  int fd = TRY(descriptor_argument(vm, a[0])), operation = TRY(int_argument(vm, a[1]));
  return done(vm, TRY(system_call(vm, [&] { return ::flock(fd, operation); })));
}

Value lockf_function(Vm& vm, Args a) {
  int fd = TRY(descriptor_argument(vm, a[0])), command = TRY(int_argument(vm, a[1]));
  struct flock lock{};
  lock.l_type = command == LOCK_UN ? F_UNLCK : command & LOCK_SH ? F_RDLCK : command & LOCK_EX ? F_WRLCK : -1;
  if (lock.l_type == -1) return vm.raise(E::ValueError, "unrecognized lockf argument");
  if (a.has(2)) lock.l_len = TRY(long_argument(vm, a[2]));
  if (a.has(3)) lock.l_start = TRY(long_argument(vm, a[3]));
  lock.l_whence = a.has(4) ? static_cast<short>(TRY(int_argument(vm, a[4]))) : static_cast<short>(0);
  return done(vm, TRY(system_call(vm, [&] { return ::fcntl(fd, command & LOCK_NB ? F_SETLK : F_SETLKW, &lock); })));
}

constexpr NativeRow kFunctions[] = {
    {"fcntl(fd, cmd, arg=0, /)", fcntl_function, 0, "Perform an operation on a descriptor."},
    {"ioctl(fd, request, arg=0, mutate_flag=True, /)", ioctl_function, 0,
     "Perform a device operation on a descriptor."},
    {"flock(fd, operation, /)", flock_function, 0, "Lock or unlock a file as a whole."},
    {"lockf(fd, cmd, len=0, start=0, whence=0, /)", lockf_function, 0, "Lock or unlock a part of a file."},
};
constexpr struct {
  const char* name;
  int64_t value;
} kNumbers[] = {
#define NUMBER(name) {#name, name}
    NUMBER(LOCK_SH),         NUMBER(LOCK_EX),      NUMBER(LOCK_NB),      NUMBER(LOCK_UN),     NUMBER(F_DUPFD),
    NUMBER(F_DUPFD_CLOEXEC), NUMBER(F_GETFD),      NUMBER(F_SETFD),      NUMBER(F_GETFL),     NUMBER(F_SETFL),
    NUMBER(F_GETLK),         NUMBER(F_SETLK),      NUMBER(F_SETLKW),     NUMBER(F_OFD_GETLK), NUMBER(F_OFD_SETLK),
    NUMBER(F_OFD_SETLKW),    NUMBER(F_GETOWN),     NUMBER(F_SETOWN),     NUMBER(F_GETSIG),    NUMBER(F_SETSIG),
    NUMBER(F_RDLCK),         NUMBER(F_WRLCK),      NUMBER(F_UNLCK),      NUMBER(F_GETLEASE),  NUMBER(F_SETLEASE),
    NUMBER(F_GETPIPE_SZ),    NUMBER(F_SETPIPE_SZ), NUMBER(F_ADD_SEALS),  NUMBER(F_GET_SEALS), NUMBER(F_SEAL_SEAL),
    NUMBER(F_SEAL_SHRINK),   NUMBER(F_SEAL_GROW),  NUMBER(F_SEAL_WRITE), NUMBER(F_NOTIFY),    NUMBER(FD_CLOEXEC),
    NUMBER(FASYNC),          NUMBER(DN_ACCESS),    NUMBER(DN_ATTRIB),    NUMBER(DN_CREATE),   NUMBER(DN_DELETE),
    NUMBER(DN_MODIFY),       NUMBER(DN_MULTISHOT), NUMBER(DN_RENAME),
#undef NUMBER
};
Status init(Vm& vm, Module* m) {
  for (const auto& number : kNumbers) TRY(module_add_int(vm, m, number.name, number.value));
  return {};
}

}  // namespace

extern constinit const ModuleSpec fcntl_module{
    .name = "fcntl",
    .doc = "Control of descriptors.",
    .functions = kFunctions,
    .init = init,
};

}  // namespace krait
