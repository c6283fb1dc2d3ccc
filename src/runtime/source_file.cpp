#include "runtime/source_file.hpp"

#include <cerrno>
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include "objects/str.hpp"

namespace krait {

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
  out.clear();
  char buffer[65536];
  size_t charged = 0;
  Status status;
  while (true) {
    ssize_t n = read(fd, buffer, sizeof buffer);
    if (n < 0) {
      if (errno == EINTR) continue;
      status = failed(errno);
      break;
    }
    if (n == 0) break;
    if (!vm.heap.charge(static_cast<size_t>(n))) {
      status = vm.allocation_failed(static_cast<size_t>(n));
      break;
    }
    charged += static_cast<size_t>(n);
    out.append(buffer, static_cast<size_t>(n));
  }
  vm.heap.discharge(charged);
  close(fd);
  return status;
}

}  // namespace krait
