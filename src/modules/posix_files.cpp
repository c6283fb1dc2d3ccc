// posix: files and directories by name.
#include <dirent.h>
#include <fcntl.h>
#include <sys/stat.h>
#include <sys/statvfs.h>
#include <sys/sysmacros.h>
#include <sys/xattr.h>
#include <unistd.h>

#include <cmath>

#include "modules/posix_module.hpp"
#include "objects/float.hpp"
#include "objects/int.hpp"
#include "objects/structseq.hpp"

namespace krait::posix {
namespace {

// --- stat.

constexpr StructField kStatFields[] = {
    {"st_mode", "protection bits"},
    {"st_ino", "inode"},
    {"st_dev", "device"},
    {"st_nlink", "number of hard links"},
    {"st_uid", "user ID of owner"},
    {"st_gid", "group ID of owner"},
    {"st_size", "total size, in bytes"},
    {nullptr, "integer time of last access"},
    {nullptr, "integer time of last modification"},
    {nullptr, "integer time of last change"},
    {"st_atime", "time of last access"},
    {"st_mtime", "time of last modification"},
    {"st_ctime", "time of last change"},
    {"st_atime_ns", "time of last access in nanoseconds"},
    {"st_mtime_ns", "time of last modification in nanoseconds"},
    {"st_ctime_ns", "time of last change in nanoseconds"},
    {"st_blksize", "blocksize for filesystem I/O"},
    {"st_blocks", "number of blocks allocated"},
    {"st_rdev", "device type (if inode device)"},
};
constexpr StructSpec kStatResult("os.stat_result", "Result of stat, fstat or lstat.", kStatFields, 10);

constexpr StructField kStatVfsFields[] = {
    {"f_bsize"}, {"f_frsize"}, {"f_blocks"}, {"f_bfree"},   {"f_bavail"}, {"f_files"},
    {"f_ffree"}, {"f_favail"}, {"f_flag"},   {"f_namemax"}, {"f_fsid"},
};
constexpr StructSpec kStatVfsResult("os.statvfs_result", "Result of statvfs or fstatvfs.", kStatVfsFields, 10);

Value stat_value(Vm& vm, const struct stat& s) {
  const timespec* times[] = {&s.st_atim, &s.st_mtim, &s.st_ctim};
  Value v[std::size(kStatFields)];
  v[0] = Value::small_int(s.st_mode);
  v[1] = int_from_u64(vm, s.st_ino);
  v[2] = int_from_u64(vm, s.st_dev);
  v[3] = int_from_u64(vm, s.st_nlink);
  v[4] = Value::small_int(s.st_uid);
  v[5] = Value::small_int(s.st_gid);
  v[6] = int_from(vm, s.st_size);
  for (int i = 0; i < 3; ++i) {
    int64_t seconds = times[i]->tv_sec, ns = times[i]->tv_nsec;
    v[7 + i] = int_from(vm, seconds);
    v[10 + i] = float_from(vm, static_cast<double>(seconds) + 1e-9 * static_cast<double>(ns));
    int64_t total;
    if (__builtin_mul_overflow(seconds, int64_t{1000000000}, &total) || __builtin_add_overflow(total, ns, &total))
      v[13 + i] = int_add(vm, int_mul(vm, int_from(vm, seconds), Value::small_int(1000000000)), Value::small_int(ns));
    else
      v[13 + i] = int_from(vm, total);
  }
  v[16] = int_from(vm, s.st_blksize);
  v[17] = int_from(vm, s.st_blocks);
  v[18] = int_from_u64(vm, s.st_rdev);
  for (Value item : v)
    if (item.is_error()) return Error{};
  return structseq_new(vm, state(vm).stat_result, v);
}

Value statvfs_value(Vm& vm, const struct statvfs& s) {
  uint64_t numbers[] = {s.f_bsize, s.f_frsize, s.f_blocks, s.f_bfree,   s.f_bavail, s.f_files,
                        s.f_ffree, s.f_favail, s.f_flag,   s.f_namemax, s.f_fsid};
  Value v[std::size(numbers)];
  for (size_t i = 0; i < std::size(numbers); ++i) v[i] = TRY(int_from_u64(vm, numbers[i]));
  return structseq_new(vm, state(vm).statvfs_result, v);
}

Value stat_function(Vm& vm, Args a) {
  Path path;
  TRY(path_argument(vm, a[0], "stat", "path", kPathFd, path));
  int dir_fd = TRY(dir_fd_argument(vm, a[1]));
  bool follow = TRY(truth_argument(vm, a, 2, true));
  return stat_path(vm, "stat", path, dir_fd, follow);
}
Value lstat_function(Vm& vm, Args a) {
  Path path;
  TRY(path_argument(vm, a[0], "lstat", "path", 0, path));
  int dir_fd = TRY(dir_fd_argument(vm, a[1]));
  return stat_path(vm, "lstat", path, dir_fd, false);
}
Value fstat_function(Vm& vm, Args a) {
  int fd = TRY(int_argument(vm, a[0]));
  struct stat s;
  if (TRY(system_call(vm, [&] { return ::fstat(fd, &s); })) < 0) return vm.raise_os_error(errno);
  return stat_value(vm, s);
}
Value statvfs_function(Vm& vm, Args a) {
  Path path;
  TRY(path_argument(vm, a[0], "statvfs", "path", kPathFd, path));
  struct statvfs s;
  if (TRY(system_call(vm, [&] { return path.is_fd ? ::fstatvfs(path.fd, &s) : ::statvfs(path.c_str(), &s); })) < 0)
    return path_error(vm, path);
  return statvfs_value(vm, s);
}
Value fstatvfs_function(Vm& vm, Args a) {
  int fd = TRY(int_argument(vm, a[0]));
  struct statvfs s;
  if (TRY(system_call(vm, [&] { return ::fstatvfs(fd, &s); })) < 0) return vm.raise_os_error(errno);
  return statvfs_value(vm, s);
}

Value access_function(Vm& vm, Args a) {
  Path path;
  TRY(path_argument(vm, a[0], "access", "path", 0, path));
  int mode = TRY(int_argument(vm, a[1]));
  int dir_fd = TRY(dir_fd_argument(vm, a[2]));
  bool effective = TRY(truth_argument(vm, a, 3, false));
  bool follow = TRY(truth_argument(vm, a, 4, true));
  int flags = (follow ? 0 : AT_SYMLINK_NOFOLLOW) | (effective ? AT_EACCESS : 0);
  return Value::boolean(::faccessat(dir_fd, path.c_str(), mode, flags) == 0);
}

// --- Directories.

Value listdir(Vm& vm, Args a) {
  Path path;
  TRY(path_argument(vm, a[0], "listdir", "path", kPathFd | kPathNone, path));
  List* names = TRY(list_new(vm));
  DIR* dir;
  if (path.is_fd) {
    // The stream closes its descriptor; the caller's must stay open.
    int fd = ::fcntl(path.fd, F_DUPFD_CLOEXEC, 0);
    if (fd < 0) return path_error(vm, path);
    dir = ::fdopendir(fd);
    if (dir == nullptr) {
      int error = errno;
      ::close(fd);
      errno = error;
    } else {
      ::rewinddir(dir);
    }
  } else {
    without_vm(vm, [&] { dir = ::opendir(path.c_str()); });
  }
  if (dir == nullptr) return path_error(vm, path);
  auto collect = [&]() -> Status {
    while (true) {
      TRY(vm.poll());
      errno = 0;
      dirent* entry = ::readdir(dir);
      if (entry == nullptr) {
        if (errno != 0) return path_error(vm, path);
        return {};
      }
      std::string_view name = entry->d_name;
      if (name == "." || name == "..") continue;
      Value item = TRY(path_result(vm, name, path.bytes));
      TRY(list_append(vm, names, item));
    }
  };
  Status result = collect();
  if (path.is_fd) ::rewinddir(dir);
  ::closedir(dir);
  TRY(result);
  return names;
}

Value mkdir_function(Vm& vm, Args a) {
  Path path;
  TRY(path_argument(vm, a[0], "mkdir", "path", 0, path));
  int mode = a.has(1) ? TRY(int_argument(vm, a[1])) : 0777;
  int dir_fd = TRY(dir_fd_argument(vm, a[2]));
  return done(vm, ::mkdirat(dir_fd, path.c_str(), static_cast<mode_t>(mode)), path);
}

template <bool kDirectory>
Value remove_entry(Vm& vm, Args a, const char* name) {
  Path path;
  TRY(path_argument(vm, a[0], name, "path", 0, path));
  int dir_fd = TRY(dir_fd_argument(vm, a[1]));
  int64_t result =
      TRY(system_call(vm, [&] { return ::unlinkat(dir_fd, path.c_str(), kDirectory ? AT_REMOVEDIR : 0); }));
  return done(vm, result, path);
}
Value rmdir_function(Vm& vm, Args a) { return remove_entry<true>(vm, a, "rmdir"); }
Value unlink_function(Vm& vm, Args a) { return remove_entry<false>(vm, a, "unlink"); }
Value remove_function(Vm& vm, Args a) { return remove_entry<false>(vm, a, "remove"); }

Value rename_entry(Vm& vm, Args a, const char* name) {
  Path from, to;
  TRY(path_argument(vm, a[0], name, "src", 0, from));
  TRY(path_argument(vm, a[1], name, "dst", 0, to));
  int from_fd = TRY(dir_fd_argument(vm, a[2]));
  int to_fd = TRY(dir_fd_argument(vm, a[3]));
  if (TRY(system_call(vm, [&] { return ::renameat(from_fd, from.c_str(), to_fd, to.c_str()); })) < 0)
    return vm.raise_os_error(errno, from.object, to.object);
  return Value::none();
}
Value rename_function(Vm& vm, Args a) { return rename_entry(vm, a, "rename"); }
Value replace_function(Vm& vm, Args a) { return rename_entry(vm, a, "replace"); }

Value link_function(Vm& vm, Args a) {
  Path from, to;
  TRY(path_argument(vm, a[0], "link", "src", 0, from));
  TRY(path_argument(vm, a[1], "link", "dst", 0, to));
  int from_fd = TRY(dir_fd_argument(vm, a[2]));
  int to_fd = TRY(dir_fd_argument(vm, a[3]));
  bool follow = TRY(truth_argument(vm, a, 4, true));
  // Without dir_fds the plain link(2) is called, which on Linux does not follow.
  bool plain = from_fd == AT_FDCWD && to_fd == AT_FDCWD && follow;
  if (::linkat(from_fd, from.c_str(), to_fd, to.c_str(), follow && !plain ? AT_SYMLINK_FOLLOW : 0) < 0)
    return vm.raise_os_error(errno, from.object, to.object);
  return Value::none();
}
Value symlink_function(Vm& vm, Args a) {
  Path from, to;
  TRY(path_argument(vm, a[0], "symlink", "src", 0, from));
  TRY(path_argument(vm, a[1], "symlink", "dst", 0, to));
  int dir_fd = TRY(dir_fd_argument(vm, a[3]));
  if (::symlinkat(from.c_str(), dir_fd, to.c_str()) < 0) return vm.raise_os_error(errno, from.object, to.object);
  return Value::none();
}
Value readlink_function(Vm& vm, Args a) {
  Path path;
  TRY(path_argument(vm, a[0], "readlink", "path", 0, path));
  int dir_fd = TRY(dir_fd_argument(vm, a[1]));
  char text[PATH_MAX + 1];
  ssize_t n = ::readlinkat(dir_fd, path.c_str(), text, sizeof text);
  if (n < 0) return path_error(vm, path);
  return path_result(vm, {text, static_cast<size_t>(n)}, path.bytes);
}

// --- Attributes.

Value chmod_function(Vm& vm, Args a) {
  Path path;
  TRY(path_argument(vm, a[0], "chmod", "path", kPathFd, path));
  mode_t mode = static_cast<mode_t>(TRY(int_argument(vm, a[1])));
  int dir_fd = TRY(dir_fd_argument(vm, a[2]));
  bool follow = TRY(truth_argument(vm, a, 3, true));
  if (path.is_fd) return done(vm, ::fchmod(path.fd, mode), path);
  return done(vm, ::fchmodat(dir_fd, path.c_str(), mode, follow ? 0 : AT_SYMLINK_NOFOLLOW), path);
}
Value fchmod_function(Vm& vm, Args a) {
  int fd = TRY(int_argument(vm, a[0]));
  mode_t mode = static_cast<mode_t>(TRY(int_argument(vm, a[1])));
  return done(vm, TRY(system_call(vm, [&] { return ::fchmod(fd, mode); })));
}
Value chown_function(Vm& vm, Args a) {
  Path path;
  TRY(path_argument(vm, a[0], "chown", "path", kPathFd, path));
  uid_t uid = TRY(id_argument(vm, a[1], "uid"));
  gid_t gid = TRY(id_argument(vm, a[2], "gid"));
  int dir_fd = TRY(dir_fd_argument(vm, a[3]));
  bool follow = TRY(truth_argument(vm, a, 4, true));
  if (path.is_fd) return done(vm, ::fchown(path.fd, uid, gid), path);
  return done(vm, ::fchownat(dir_fd, path.c_str(), uid, gid, follow ? 0 : AT_SYMLINK_NOFOLLOW), path);
}
Value lchown_function(Vm& vm, Args a) {
  Path path;
  TRY(path_argument(vm, a[0], "lchown", "path", 0, path));
  uid_t uid = TRY(id_argument(vm, a[1], "uid"));
  gid_t gid = TRY(id_argument(vm, a[2], "gid"));
  return done(vm, ::lchown(path.c_str(), uid, gid), path);
}
Value fchown_function(Vm& vm, Args a) {
  int fd = TRY(int_argument(vm, a[0]));
  uid_t uid = TRY(id_argument(vm, a[1], "uid"));
  gid_t gid = TRY(id_argument(vm, a[2], "gid"));
  return done(vm, TRY(system_call(vm, [&] { return ::fchown(fd, uid, gid); })));
}

/// Seconds, an int or a float (rounded down), as a timespec.
Status time_from_seconds(Vm& vm, Value v, timespec& out) {
  if (is_float(v)) {
    double d = float_value(v);
    if (std::isnan(d)) return vm.raise(E::ValueError, "Invalid value NaN (not a number)");
    double whole = std::floor(d);
    if (whole < -0x1p63 || whole >= 0x1p63)
      return vm.raise(E::OverflowError, "timestamp out of range for platform time_t");
    out.tv_sec = static_cast<time_t>(whole);
    double ns = std::floor((d - whole) * 1e9);
    out.tv_nsec = ns >= 1e9 ? 999999999 : static_cast<long>(ns);
    return {};
  }
  Value i = TRY(index(vm, v));
  std::optional<int64_t> n = int_to_i64(i);
  if (!n) return vm.raise(E::OverflowError, "timestamp out of range for platform time_t");
  out.tv_sec = *n;
  out.tv_nsec = 0;
  return {};
}
Status time_from_ns(Vm& vm, Value v, timespec& out) {
  Value i = TRY(index(vm, v)), seconds, rest;
  TRY(int_div_mod(vm, i, Value::small_int(1000000000), &seconds, &rest));
  std::optional<int64_t> n = int_to_i64(seconds);
  if (!n) return vm.raise(E::OverflowError, "Python int too large to convert to C long");
  out.tv_sec = *n;
  out.tv_nsec = *int_to_i64(rest);
  return {};
}

Value utime_function(Vm& vm, Args a) {
  Path path;
  TRY(path_argument(vm, a[0], "utime", "path", kPathFd, path));
  Value times = a[1], ns = a[2];
  bool has_times = a.has(1) && !times.is_none();
  if (has_times && a.has(2))
    return vm.raise(E::ValueError, "utime: you may specify either 'times' or 'ns' but not both");
  timespec both[2];
  bool now = false;
  if (has_times) {
    if (!is_tuple(times) || times.as<Tuple>()->length != 2)
      return vm.raise(E::TypeError, "utime: 'times' must be either a tuple of two ints or None");
    for (int i = 0; i < 2; ++i) TRY(time_from_seconds(vm, times.as<Tuple>()->items[i], both[i]));
  } else if (a.has(2)) {
    if (!is_tuple(ns) || ns.as<Tuple>()->length != 2)
      return vm.raise(E::TypeError, "utime: 'ns' must be a tuple of two ints");
    for (int i = 0; i < 2; ++i) TRY(time_from_ns(vm, ns.as<Tuple>()->items[i], both[i]));
  } else {
    now = true;
  }
  int dir_fd = TRY(dir_fd_argument(vm, a[3]));
  bool follow = TRY(truth_argument(vm, a, 4, true));
  if (path.is_fd) {
    if (dir_fd != AT_FDCWD) return vm.raise(E::ValueError, "utime: can't specify dir_fd without matching path");
    if (!follow) return vm.raise(E::ValueError, "utime: cannot use fd and follow_symlinks together");
    return done(vm, ::futimens(path.fd, now ? nullptr : both), path);
  }
  return done(vm, ::utimensat(dir_fd, path.c_str(), now ? nullptr : both, follow ? 0 : AT_SYMLINK_NOFOLLOW), path);
}

Value truncate_function(Vm& vm, Args a) {
  Path path;
  TRY(path_argument(vm, a[0], "truncate", "path", kPathFd, path));
  off_t length = TRY(long_argument(vm, a[1]));
  int64_t result = TRY(
      system_call(vm, [&] { return path.is_fd ? ::ftruncate(path.fd, length) : ::truncate(path.c_str(), length); }));
  return done(vm, result, path);
}

// --- The working directory and the like.

Value chdir_function(Vm& vm, Args a) {
  Path path;
  TRY(path_argument(vm, a[0], "chdir", "path", kPathFd, path));
  return done(vm, path.is_fd ? ::fchdir(path.fd) : ::chdir(path.c_str()), path);
}
Value fchdir_function(Vm& vm, Args a) {
  int fd = TRY(descriptor_argument(vm, a[0]));
  return done(vm, TRY(system_call(vm, [&] { return ::fchdir(fd); })));
}
Value chroot_function(Vm& vm, Args a) {
  Path path;
  TRY(path_argument(vm, a[0], "chroot", "path", 0, path));
  return done(vm, ::chroot(path.c_str()), path);
}
Value working_directory(Vm& vm, bool bytes) {
  char text[PATH_MAX + 1];
  if (::getcwd(text, sizeof text) == nullptr) return vm.raise_os_error(errno);
  return path_result(vm, text, bytes);
}
Value getcwd_function(Vm& vm, Args) { return working_directory(vm, false); }
Value getcwdb_function(Vm& vm, Args) { return working_directory(vm, true); }
Value umask_function(Vm& vm, Args a) {
  int mask = TRY(int_argument(vm, a[0]));
  return Value::small_int(::umask(static_cast<mode_t>(mask)));
}

Value mkfifo_function(Vm& vm, Args a) {
  Path path;
  TRY(path_argument(vm, a[0], "mkfifo", "path", 0, path));
  int mode = a.has(1) ? TRY(int_argument(vm, a[1])) : 0666;
  int dir_fd = TRY(dir_fd_argument(vm, a[2]));
  return done(vm, TRY(system_call(vm, [&] { return ::mkfifoat(dir_fd, path.c_str(), static_cast<mode_t>(mode)); })),
              path);
}
Value mknod_function(Vm& vm, Args a) {
  Path path;
  TRY(path_argument(vm, a[0], "mknod", "path", 0, path));
  int mode = a.has(1) ? TRY(int_argument(vm, a[1])) : 0600;
  dev_t device = a.has(2) ? static_cast<dev_t>(TRY(long_argument(vm, a[2]))) : 0;
  int dir_fd = TRY(dir_fd_argument(vm, a[3]));
  return done(vm,
              TRY(system_call(vm, [&] { return ::mknodat(dir_fd, path.c_str(), static_cast<mode_t>(mode), device); })),
              path);
}
Value major_function(Vm& vm, Args a) {
  return Value::small_int(major(static_cast<dev_t>(TRY(long_argument(vm, a[0])))));
}
Value minor_function(Vm& vm, Args a) {
  return Value::small_int(minor(static_cast<dev_t>(TRY(long_argument(vm, a[0])))));
}
Value makedev_function(Vm& vm, Args a) {
  int high = TRY(int_argument(vm, a[0])), low = TRY(int_argument(vm, a[1]));
  return int_from_u64(vm, makedev(static_cast<unsigned>(high), static_cast<unsigned>(low)));
}

// --- Extended attributes.

constexpr size_t kMaxAttribute = 65536;

Value getxattr_function(Vm& vm, Args a) {
  Path path, name;
  TRY(path_argument(vm, a[0], "getxattr", "path", kPathFd, path));
  TRY(path_argument(vm, a[1], "getxattr", "attribute", 0, name));
  bool follow = TRY(truth_argument(vm, a, 2, true));
  char text[kMaxAttribute];
  ssize_t n = path.is_fd ? ::fgetxattr(path.fd, name.c_str(), text, sizeof text)
              : follow   ? ::getxattr(path.c_str(), name.c_str(), text, sizeof text)
                         : ::lgetxattr(path.c_str(), name.c_str(), text, sizeof text);
  if (n < 0) return path_error(vm, path);
  return bytes_from(vm, std::string_view(text, static_cast<size_t>(n)));
}
Value setxattr_function(Vm& vm, Args a) {
  Path path, name;
  TRY(path_argument(vm, a[0], "setxattr", "path", kPathFd, path));
  TRY(path_argument(vm, a[1], "setxattr", "attribute", 0, name));
  ScopedBuffer value(vm);
  TRY(value.acquire(a[2]));
  int flags = a.has(3) ? TRY(int_argument(vm, a[3])) : 0;
  bool follow = TRY(truth_argument(vm, a, 4, true));
  std::string_view v = value.view();
  int result = path.is_fd ? ::fsetxattr(path.fd, name.c_str(), v.data(), v.size(), flags)
               : follow   ? ::setxattr(path.c_str(), name.c_str(), v.data(), v.size(), flags)
                          : ::lsetxattr(path.c_str(), name.c_str(), v.data(), v.size(), flags);
  return done(vm, result, path);
}
Value removexattr_function(Vm& vm, Args a) {
  Path path, name;
  TRY(path_argument(vm, a[0], "removexattr", "path", kPathFd, path));
  TRY(path_argument(vm, a[1], "removexattr", "attribute", 0, name));
  bool follow = TRY(truth_argument(vm, a, 2, true));
  int result = path.is_fd ? ::fremovexattr(path.fd, name.c_str())
               : follow   ? ::removexattr(path.c_str(), name.c_str())
                          : ::lremovexattr(path.c_str(), name.c_str());
  return done(vm, result, path);
}
Value listxattr_function(Vm& vm, Args a) {
  Path path;
  TRY(path_argument(vm, a[0], "listxattr", "path", kPathFd | kPathNone, path));
  bool follow = TRY(truth_argument(vm, a, 1, true));
  char text[kMaxAttribute];
  ssize_t n = path.is_fd ? ::flistxattr(path.fd, text, sizeof text)
              : follow   ? ::listxattr(path.c_str(), text, sizeof text)
                         : ::llistxattr(path.c_str(), text, sizeof text);
  if (n < 0) return path_error(vm, path);
  List* names = TRY(list_new(vm));
  for (const char* p = text; p < text + n; p += std::string_view(p).size() + 1)
    TRY(list_append(vm, names, TRY(path_result(vm, p, false))));
  return names;
}

constexpr NativeRow kFunctions[] = {
    {"stat(path, *, dir_fd=None, follow_symlinks=True)", stat_function, 0, "Perform a stat system call on the path."},
    {"lstat(path, *, dir_fd=None)", lstat_function, 0, "As stat(), but do not follow symbolic links."},
    {"fstat(fd)", fstat_function, 0, "Perform a stat system call on the descriptor."},
    {"statvfs(path)", statvfs_function, 0, "Facts about the file system of the path."},
    {"fstatvfs(fd, /)", fstatvfs_function, 0, "Facts about the file system of the descriptor."},
    {"access(path, mode, *, dir_fd=None, effective_ids=False, follow_symlinks=True)", access_function, 0,
     "Tell whether the real user may access the path in the ways of mode."},
    {"listdir(path=None)", listdir, 0, "Return a list of the names in a directory, without '.' and '..'."},
    {"mkdir(path, mode=511, *, dir_fd=None)", mkdir_function, 0, "Make a directory."},
    {"rmdir(path, *, dir_fd=None)", rmdir_function, 0, "Remove a directory."},
    {"unlink(path, *, dir_fd=None)", unlink_function, 0, "Remove a file (same as remove())."},
    {"remove(path, *, dir_fd=None)", remove_function, 0, "Remove a file (same as unlink())."},
    {"rename(src, dst, *, src_dir_fd=None, dst_dir_fd=None)", rename_function, 0, "Rename a file or directory."},
    {"replace(src, dst, *, src_dir_fd=None, dst_dir_fd=None)", replace_function, 0,
     "Rename a file or directory, overwriting the destination."},
    {"link(src, dst, *, src_dir_fd=None, dst_dir_fd=None, follow_symlinks=True)", link_function, 0,
     "Make a hard link."},
    {"symlink(src, dst, target_is_directory=False, *, dir_fd=None)", symlink_function, 0,
     "Make a symbolic link to src named dst."},
    {"readlink(path, *, dir_fd=None)", readlink_function, 0, "Return what a symbolic link points to."},
    {"chmod(path, mode, *, dir_fd=None, follow_symlinks=True)", chmod_function, 0,
     "Change the access permissions of a file."},
    {"fchmod(fd, mode)", fchmod_function, 0, "Change the access permissions of an open file."},
    {"chown(path, uid, gid, *, dir_fd=None, follow_symlinks=True)", chown_function, 0,
     "Change the owner and group of a path."},
    {"lchown(path, uid, gid)", lchown_function, 0,
     "Change the owner and group of a path without following symbolic links."},
    {"fchown(fd, uid, gid)", fchown_function, 0, "Change the owner and group of an open file."},
    {"utime(path, times=None, *, ns=<unrepresentable>, dir_fd=None, follow_symlinks=True)", utime_function, 0,
     "Set the access and modification time of a path."},
    {"truncate(path, length)", truncate_function, 0, "Cut or extend a file to a length."},
    {"chdir(path)", chdir_function, 0, "Change the working directory."},
    {"fchdir(fd)", fchdir_function, 0, "Change the working directory to an open directory."},
    {"chroot(path)", chroot_function, 0, "Change the root directory."},
    {"getcwd()", getcwd_function, 0, "Return the working directory as a str."},
    {"getcwdb()", getcwdb_function, 0, "Return the working directory as bytes."},
    {"umask(mask, /)", umask_function, 0, "Set the umask and return the previous one."},
    {"mkfifo(path, mode=438, *, dir_fd=None)", mkfifo_function, 0, "Make a named pipe."},
    {"mknod(path, mode=384, device=0, *, dir_fd=None)", mknod_function, 0, "Make a node in the file system."},
    {"major(device, /)", major_function, 0, "The major number of a device."},
    {"minor(device, /)", minor_function, 0, "The minor number of a device."},
    {"makedev(major, minor, /)", makedev_function, 0, "A device number from its two parts."},
    {"getxattr(path, attribute, *, follow_symlinks=True)", getxattr_function, 0, "Return an extended attribute."},
    {"setxattr(path, attribute, value, flags=0, *, follow_symlinks=True)", setxattr_function, 0,
     "Set an extended attribute."},
    {"removexattr(path, attribute, *, follow_symlinks=True)", removexattr_function, 0, "Remove an extended attribute."},
    {"listxattr(path=None, *, follow_symlinks=True)", listxattr_function, 0,
     "Return the names of the extended attributes."},
};

}  // namespace

Value stat_path(Vm& vm, const char* function, const Path& path, int dir_fd, bool follow) {
  if (path.is_fd) {
    if (dir_fd != AT_FDCWD) return vm.raise(E::ValueError, "{}: can't specify dir_fd without matching path", function);
    if (!follow) return vm.raise(E::ValueError, "{}: cannot use fd and follow_symlinks together", function);
  }
  struct stat s;
  int result =
      path.is_fd ? ::fstat(path.fd, &s) : ::fstatat(dir_fd, path.c_str(), &s, follow ? 0 : AT_SYMLINK_NOFOLLOW);
  if (result < 0) return path_error(vm, path);
  return stat_value(vm, s);
}

Status files_init(Vm& vm, Module* m) {
  TRY(add_functions(vm, m, kFunctions));
  State& s = state(vm);
  s.stat_result = TRY(structseq_type(vm, kStatResult));
  s.statvfs_result = TRY(structseq_type(vm, kStatVfsResult));
  TRY(module_add(vm, m, "stat_result", s.stat_result));
  return module_add(vm, m, "statvfs_result", s.statvfs_result);
}

}  // namespace krait::posix
