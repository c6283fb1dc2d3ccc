// What the parts of the posix module share: reading paths, descriptors and machine integers from arguments, calls that the
// system may interrupt, and the module's types.
#pragma once

#include <cerrno>
#include <string>

#include "objects/bytes.hpp"
#include "objects/module.hpp"
#include "objects/native.hpp"
#include "objects/operations.hpp"
#include "objects/quick.hpp"
#include "objects/text_args.hpp"
#include "interp/thread.hpp"

namespace krait::posix {

enum PathFlags : uint32_t {
  kPathFd = 1,    ///< an open descriptor may stand for a path
  kPathNone = 2,  ///< None (or nothing) may: Path::is_none
};

/// A path argument in the system's form.
struct Path {
  Value object;        ///< what OSError.filename shows; unset for nothing given
  std::string narrow;  ///< file-system bytes
  int fd = -1;
  bool is_fd = false, is_none = false;
  bool bytes = false;  ///< results are to be bytes
  const char* c_str() const { return narrow.c_str(); }
};

/// Reads a path: str, bytes, os.PathLike, perhaps a descriptor or None. `function` and `name` are for messages.
Status path_argument(Vm& vm, Value v, const char* function, const char* name, uint32_t flags, Path& out);
/// A dir_fd argument: AT_FDCWD when not given or None.
Result<int> dir_fd_argument(Vm& vm, Value v);
/// A C int, or OverflowError.
Result<int> int_argument(Vm& vm, Value v);
/// A descriptor: an int or an object with fileno().
Result<int> descriptor_argument(Vm& vm, Value v);
/// Any int as 64 bits.
Result<int64_t> long_argument(Vm& vm, Value v, const char* c_type = "C long");
/// A user or group number; -1 means "leave it".
Result<uint32_t> id_argument(Vm& vm, Value v, const char* what);
/// A file-system string (str, bytes or os.PathLike) as os.fsencode gives it.
Status fs_string(Vm& vm, Value v, std::string& out);
/// Bytes of the system as a path result: bytes if the argument was bytes, else str.
Value path_result(Vm& vm, std::string_view text, bool bytes);
/// os.fspath().
Value fspath(Vm& vm, Value v);

/// OSError of errno with the path as file name.
Error path_error(Vm& vm, const Path& path);

/// Runs a system call that may wait, again when a signal interrupted it (after its handler ran). Negative: it failed, see errno.
template <class F>
Result<int64_t> system_call(Vm& vm, F f) {
  while (true) {
    int64_t result;
    without_vm(vm, [&] { result = static_cast<int64_t>(f()); });
    int error = errno;
    if (vm.poll_flag.load(std::memory_order_relaxed) != 0)
      TRY(vm.poll());  // a signal's handler runs before the program goes on
    errno = error;
    if (result >= 0 || error != EINTR) return result;
  }
}

/// None, or OSError if `result` is negative.
inline Value done(Vm& vm, int64_t result) {
  if (result < 0) return vm.raise_os_error(errno);
  return Value::none();
}
inline Value done(Vm& vm, int64_t result, const Path& path) {
  if (result < 0) return path_error(vm, path);
  return Value::none();
}

struct State : Extension {
  Type *stat_result = nullptr, *statvfs_result = nullptr, *terminal_size = nullptr, *uname_result = nullptr,
       *times_result = nullptr, *sched_param = nullptr, *waitid_result = nullptr, *dir_entry = nullptr,
       *scandir = nullptr;
  List *before_fork = nullptr, *after_in_parent = nullptr, *after_in_child = nullptr;
  void trace(Marker& m) override {
    for (Type* t : {stat_result, statvfs_result, terminal_size, uname_result, times_result, sched_param, waitid_result,
                    dir_entry, scandir})
      m.mark_cell(t);
    for (List* l : {before_fork, after_in_parent, after_in_child}) m.mark_cell(l);
  }
};
inline State& state(Vm& vm) { return vm.extension<State>(); }

Value stat_path(Vm& vm, const char* function, const Path& path, int dir_fd, bool follow);
Value scandir(Vm& vm, Args a);
Status scandir_init(Vm& vm, Module* m);
Status names_init(Vm& vm, Module* m);
Status files_init(Vm& vm, Module* m);
Status descriptors_init(Vm& vm, Module* m);
Status process_init(Vm& vm, Module* m);

/// For _posixsubprocess: what fork() does around itself.
Status fork_begin(Vm& vm);
Status fork_in_parent(Vm& vm);
Status fork_in_child(Vm& vm);

/// Is the descriptor in blocking mode? A bool, or OSError.
Value fd_is_blocking(Vm& vm, int fd);

/// Adds native functions to a module.
Status add_functions(Vm& vm, Module* m, std::span<const NativeRow> rows);

}  // namespace krait::posix
