// The posix module: what os is made of. The functions lie in posix_*.cpp by subject; here are its constants and limits.
#include <fcntl.h>
#include <limits.h>
#include <linux/limits.h>
#include <sched.h>
#include <stdio.h>
#include <sys/eventfd.h>
#include <sys/mman.h>
#include <sys/random.h>
#include <sys/resource.h>
#include <sys/statvfs.h>
#include <sys/timerfd.h>
#include <sys/uio.h>
#include <sys/wait.h>
#include <sys/xattr.h>
#include <dlfcn.h>
#include <sysexits.h>
#include <unistd.h>

#include "modules/posix_module.hpp"
#include "objects/dict.hpp"
#include "objects/int.hpp"
#include "objects/str.hpp"

namespace krait {
namespace posix {
namespace {

struct Constant {
  const char* name;
  int64_t value;
};
constexpr Constant kConstants[] = {
#define CONSTANT(name) {#name, name},
#define SYSCONF(name)
#define CONFSTR(name)
#define PATHCONF(name)
#include "modules/posix_names.def"
#undef CONSTANT
#undef SYSCONF
#undef CONFSTR
#undef PATHCONF
    {"NGROUPS_MAX", NGROUPS_MAX},
    {"TMP_MAX", TMP_MAX},
    {"XATTR_SIZE_MAX", XATTR_SIZE_MAX},
};
constexpr Constant kSysconf[] = {
#define CONSTANT(name)
#define SYSCONF(name) {#name, _##name},
#define CONFSTR(name)
#define PATHCONF(name)
#include "modules/posix_names.def"
#undef CONSTANT
#undef SYSCONF
#undef CONFSTR
#undef PATHCONF
};
constexpr Constant kConfstr[] = {
#define CONSTANT(name)
#define SYSCONF(name)
#define CONFSTR(name) {#name, _##name},
#define PATHCONF(name)
#include "modules/posix_names.def"
#undef CONSTANT
#undef SYSCONF
#undef CONFSTR
#undef PATHCONF
};
constexpr Constant kPathconf[] = {
#define CONSTANT(name)
#define SYSCONF(name)
#define CONFSTR(name)
#define PATHCONF(name) {#name, _##name},
#include "modules/posix_names.def"
#undef CONSTANT
#undef SYSCONF
#undef CONFSTR
#undef PATHCONF
};

/// A number, or a name of the table.
Result<int> configuration_name(Vm& vm, Value v, std::span<const Constant> table) {
  if (is_str(v)) {
    for (const Constant& c : table)
      if (as_str(v)->equals(c.name)) return static_cast<int>(c.value);
    return vm.raise(E::ValueError, "unrecognized configuration name");
  }
  if (!has_index(vm, v)) return vm.raise(E::TypeError, "configuration names must be strings or integers");
  return int_argument(vm, v);
}
Value sysconf_function(Vm& vm, Args a) {
  int name = TRY(configuration_name(vm, a[0], kSysconf));
  errno = 0;
  long value = ::sysconf(name);
  if (value == -1 && errno != 0) return vm.raise_os_error(errno);
  return int_from(vm, value);
}
Value confstr_function(Vm& vm, Args a) {
  int name = TRY(configuration_name(vm, a[0], kConfstr));
  char text[1024];
  errno = 0;
  size_t n = ::confstr(name, text, sizeof text);
  if (n == 0) {
    if (errno != 0) return vm.raise_os_error(errno);
    return Value::none();
  }
  return str_decode_fs(vm, {text, std::min(n, sizeof text) - 1});
}
Value pathconf_function(Vm& vm, Args a) {
  Path path;
  TRY(path_argument(vm, a[0], "pathconf", "path", kPathFd, path));
  int name = TRY(configuration_name(vm, a[1], kPathconf));
  errno = 0;
  long value = path.is_fd ? ::fpathconf(path.fd, name) : ::pathconf(path.c_str(), name);
  if (value == -1 && errno != 0) return path_error(vm, path);
  return int_from(vm, value);
}
Value fpathconf_function(Vm& vm, Args a) {
  int fd = TRY(descriptor_argument(vm, a[0]));
  int name = TRY(configuration_name(vm, a[1], kPathconf));
  errno = 0;
  long value = ::fpathconf(fd, name);
  if (value == -1 && errno != 0) return vm.raise_os_error(errno);
  return int_from(vm, value);
}

constexpr NativeRow kFunctions[] = {
    {"sysconf(name, /)", sysconf_function, 0, "A configuration value of the system."},
    {"confstr(name, /)", confstr_function, 0, "A configuration text of the system."},
    {"pathconf(path, name)", pathconf_function, 0, "A limit of a file or directory."},
    {"fpathconf(fd, name, /)", fpathconf_function, 0, "A limit of an open file."},
};

/// What os reads to learn which functions take dir_fd, follow_symlinks and descriptors.
constexpr const char* kHave[] = {
    "HAVE_FACCESSAT", "HAVE_FCHDIR",    "HAVE_FCHMOD",       "HAVE_FCHMODAT",   "HAVE_FCHOWN",   "HAVE_FCHOWNAT",
    "HAVE_FEXECVE",   "HAVE_FDOPENDIR", "HAVE_FPATHCONF",    "HAVE_FSTATAT",    "HAVE_FSTATVFS", "HAVE_FTRUNCATE",
    "HAVE_FUTIMENS",  "HAVE_LINKAT",    "HAVE_LCHOWN",       "HAVE_LSTAT",      "HAVE_LUTIMES",  "HAVE_MKDIRAT",
    "HAVE_MKFIFOAT",  "HAVE_MKNODAT",   "HAVE_OPENAT",       "HAVE_READLINKAT", "HAVE_RENAMEAT", "HAVE_SYMLINKAT",
    "HAVE_UNLINKAT",  "HAVE_UTIMENSAT", "HAVE_MEMFD_CREATE", "HAVE_EVENTFD",
};

Status add_table(Vm& vm, Module* m, const char* name, std::span<const Constant> table) {
  Dict* d = TRY(dict_new(vm));
  for (const Constant& c : table) TRY(dict_set_str(vm, d, TRY(vm.intern(c.name)), Value::small_int(c.value)));
  return module_add(vm, m, name, d);
}

Status init(Vm& vm, Module* m) {
  TRY(files_init(vm, m));
  TRY(scandir_init(vm, m));
  TRY(descriptors_init(vm, m));
  TRY(process_init(vm, m));
  TRY(module_add(vm, m, "error", vm.exception_type(E::OSError)));
  for (const Constant& c : kConstants) TRY(module_add_int(vm, m, c.name, c.value));
  TRY(add_table(vm, m, "sysconf_names", kSysconf));
  TRY(add_table(vm, m, "confstr_names", kConfstr));
  TRY(add_table(vm, m, "pathconf_names", kPathconf));
  List* have = TRY(list_new(vm));
  for (const char* name : kHave) TRY(list_append(vm, have, TRY(str_from_ascii(vm, name))));
  return module_add(vm, m, "_have_functions", have);
}

}  // namespace
}  // namespace posix

extern constinit const ModuleSpec posix_module{
    .name = "posix",
    .doc = "Access to the operating system; import os rather than this.",
    .functions = posix::kFunctions,
    .init = posix::init,
};

}  // namespace krait
