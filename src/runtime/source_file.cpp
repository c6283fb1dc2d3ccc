#include "runtime/source_file.hpp"

#include <cerrno>
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include "objects/str.hpp"

namespace krait {
namespace {

/// An error without a pending exception: errno says what happened.
Status read_all(Vm& vm, int fd, std::string& out) {
  out.clear();
  char buffer[65536];
  size_t charged = 0;
  Status status;
  while (!status.is_error()) {
    ssize_t n = read(fd, buffer, sizeof buffer);
    if (n < 0 && errno == EINTR) {
      status = vm.poll();
      continue;
    }
    if (n < 0) status = Error{};
    if (n <= 0) break;
    if (!vm.heap.charge(static_cast<size_t>(n))) {
      status = vm.allocation_failed(static_cast<size_t>(n));
      break;
    }
    charged += static_cast<size_t>(n);
    out.append(buffer, static_cast<size_t>(n));
    status = vm.poll();
  }
  vm.heap.discharge(charged);
  return status;
}

}  // namespace

Status read_source_file(Vm& vm, const std::string& path, std::string& out) {
  auto failed = [&](int error) -> Error {
    Result<Str*> name = str_decode_fs(vm, path);
    if (name.is_error()) return Error{};
    return vm.raise_os_error(error, Value(name));
  };
  int fd = open(path.c_str(), O_RDONLY | O_CLOEXEC);
  if (fd < 0) return failed(errno);
  struct stat info;
  if (fstat(fd, &info) != 0 || S_ISDIR(info.st_mode)) {
    int error = S_ISDIR(info.st_mode) ? EISDIR : errno;
    close(fd);
    return failed(error);
  }
  Status status = read_all(vm, fd, out);
  int error = errno;
  close(fd);
  if (status.is_error() && !vm.has_pending()) return failed(error);
  return status;
}

Status read_source_descriptor(Vm& vm, int fd, std::string& out) {
  Status status = read_all(vm, fd, out);
  if (status.is_error() && !vm.has_pending()) return vm.raise_os_error(errno);
  return status;
}

}  // namespace krait
