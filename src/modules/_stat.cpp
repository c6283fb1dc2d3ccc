// _stat: the meaning of st_mode.
#include <sys/stat.h>

#include "objects/int.hpp"
#include "objects/module.hpp"
#include "objects/operations.hpp"
#include "objects/str.hpp"

namespace krait {
namespace {

Result<unsigned> mode_argument(Vm& vm, Value v) {
  Value i = TRY(index(vm, v));
  auto mode = int_to_i64(i);
  if (!mode || *mode < 0 || *mode > UINT32_MAX) {
    if (int_sign(i) < 0) return vm.raise(E::OverflowError, "can't convert negative value to unsigned int");
    return vm.raise(E::OverflowError, "mode out of range");
  }
  return static_cast<unsigned>(*mode);
}

template <unsigned kind>
Value is_kind_of(Vm& vm, Args a) {
  return Value::boolean((TRY(mode_argument(vm, a[0])) & S_IFMT) == kind);
}
Value never(Vm& vm, Args a) {
  TRY(mode_argument(vm, a[0]));
  return Value::false_();
}
Value permissions(Vm& vm, Args a) { return Value::small_int(TRY(mode_argument(vm, a[0])) & 07777); }
Value format_bits(Vm& vm, Args a) { return Value::small_int(TRY(mode_argument(vm, a[0])) & S_IFMT); }

Value filemode(Vm& vm, Args a) {
  unsigned mode = TRY(mode_argument(vm, a[0]));
  char text[10];
  switch (mode & S_IFMT) {
    case S_IFREG: text[0] = '-'; break;
    case S_IFDIR: text[0] = 'd'; break;
    case S_IFLNK: text[0] = 'l'; break;
    case S_IFBLK: text[0] = 'b'; break;
    case S_IFCHR: text[0] = 'c'; break;
    case S_IFIFO: text[0] = 'p'; break;
    case S_IFSOCK: text[0] = 's'; break;
    default: text[0] = '?';
  }
  constexpr unsigned kSpecialBits[] = {S_ISUID, S_ISGID, S_ISVTX};
  for (int who = 0; who < 3; ++who) {
    unsigned bits = mode >> (6 - 3 * who);
    char* out = text + 1 + 3 * who;
    out[0] = bits & 4 ? 'r' : '-';
    out[1] = bits & 2 ? 'w' : '-';
    bool special = mode & kSpecialBits[who];
    char letter = who == 2 ? 't' : 's';
    out[2] = special ? (bits & 1 ? letter : static_cast<char>(letter - 'a' + 'A')) : (bits & 1 ? 'x' : '-');
  }
  return str_from_ascii(vm, {text, sizeof text});
}

const NativeRow kFunctions[] = {
    {"S_ISDIR(mode, /)", is_kind_of<S_IFDIR>, 0, "Whether the mode is that of a directory."},
    {"S_ISCHR(mode, /)", is_kind_of<S_IFCHR>, 0, "Whether the mode is that of a character device."},
    {"S_ISBLK(mode, /)", is_kind_of<S_IFBLK>, 0, "Whether the mode is that of a block device."},
    {"S_ISREG(mode, /)", is_kind_of<S_IFREG>, 0, "Whether the mode is that of a regular file."},
    {"S_ISFIFO(mode, /)", is_kind_of<S_IFIFO>, 0, "Whether the mode is that of a named pipe."},
    {"S_ISLNK(mode, /)", is_kind_of<S_IFLNK>, 0, "Whether the mode is that of a symbolic link."},
    {"S_ISSOCK(mode, /)", is_kind_of<S_IFSOCK>, 0, "Whether the mode is that of a socket."},
    {"S_ISDOOR(mode, /)", never, 0, "Whether the mode is that of a door (this system has none)."},
    {"S_ISPORT(mode, /)", never, 0, "Whether the mode is that of an event port (this system has none)."},
    {"S_ISWHT(mode, /)", never, 0, "Whether the mode is that of a whiteout (this system has none)."},
    {"S_IMODE(mode, /)", permissions, 0, "The bits that os.chmod() can set."},
    {"S_IFMT(mode, /)", format_bits, 0, "The bits that say what kind of file it is."},
    {"filemode(mode, /)", filemode, 0, "The mode as text, like '-rwxr-xr-x'."},
};

struct Constant {
  const char* name;
  int64_t value;
};
constexpr Constant kConstants[] = {
    {"S_IFDIR", S_IFDIR},
    {"S_IFCHR", S_IFCHR},
    {"S_IFBLK", S_IFBLK},
    {"S_IFREG", S_IFREG},
    {"S_IFIFO", S_IFIFO},
    {"S_IFLNK", S_IFLNK},
    {"S_IFSOCK", S_IFSOCK},
    {"S_IFDOOR", 0},
    {"S_IFPORT", 0},
    {"S_IFWHT", 0},
    {"S_ISUID", S_ISUID},
    {"S_ISGID", S_ISGID},
    {"S_ISVTX", S_ISVTX},
    {"S_ENFMT", S_ISGID},
    {"S_IREAD", S_IRUSR},
    {"S_IWRITE", S_IWUSR},
    {"S_IEXEC", S_IXUSR},
    {"S_IRWXU", S_IRWXU},
    {"S_IRUSR", S_IRUSR},
    {"S_IWUSR", S_IWUSR},
    {"S_IXUSR", S_IXUSR},
    {"S_IRWXG", S_IRWXG},
    {"S_IRGRP", S_IRGRP},
    {"S_IWGRP", S_IWGRP},
    {"S_IXGRP", S_IXGRP},
    {"S_IRWXO", S_IRWXO},
    {"S_IROTH", S_IROTH},
    {"S_IWOTH", S_IWOTH},
    {"S_IXOTH", S_IXOTH},
    {"UF_SETTABLE", 0xFFFF},
    {"UF_NODUMP", 1},
    {"UF_IMMUTABLE", 2},
    {"UF_APPEND", 4},
    {"UF_OPAQUE", 8},
    {"UF_NOUNLINK", 16},
    {"UF_COMPRESSED", 0x20},
    {"UF_TRACKED", 0x40},
    {"UF_DATAVAULT", 0x80},
    {"UF_HIDDEN", 0x8000},
    {"SF_SETTABLE", 0x3FFF0000},
    {"SF_ARCHIVED", 0x10000},
    {"SF_IMMUTABLE", 0x20000},
    {"SF_APPEND", 0x40000},
    {"SF_NOUNLINK", 0x100000},
    {"SF_SNAPSHOT", 0x200000},
    {"SF_FIRMLINK", 0x800000},
    {"SF_DATALESS", 0x40000000},
    {"SF_RESTRICTED", 0x80000},
    {"SF_SUPPORTED", 0x9F0000},
    {"SF_SYNTHETIC", 0xC0000000},
    {"ST_MODE", 0},
    {"ST_INO", 1},
    {"ST_DEV", 2},
    {"ST_NLINK", 3},
    {"ST_UID", 4},
    {"ST_GID", 5},
    {"ST_SIZE", 6},
    {"ST_ATIME", 7},
    {"ST_MTIME", 8},
    {"ST_CTIME", 9},
    {"FILE_ATTRIBUTE_ARCHIVE", 32},
    {"FILE_ATTRIBUTE_COMPRESSED", 2048},
    {"FILE_ATTRIBUTE_DEVICE", 64},
    {"FILE_ATTRIBUTE_DIRECTORY", 16},
    {"FILE_ATTRIBUTE_ENCRYPTED", 16384},
    {"FILE_ATTRIBUTE_HIDDEN", 2},
    {"FILE_ATTRIBUTE_INTEGRITY_STREAM", 32768},
    {"FILE_ATTRIBUTE_NORMAL", 128},
    {"FILE_ATTRIBUTE_NOT_CONTENT_INDEXED", 8192},
    {"FILE_ATTRIBUTE_NO_SCRUB_DATA", 131072},
    {"FILE_ATTRIBUTE_OFFLINE", 4096},
    {"FILE_ATTRIBUTE_READONLY", 1},
    {"FILE_ATTRIBUTE_REPARSE_POINT", 1024},
    {"FILE_ATTRIBUTE_SPARSE_FILE", 512},
    {"FILE_ATTRIBUTE_SYSTEM", 4},
    {"FILE_ATTRIBUTE_TEMPORARY", 256},
    {"FILE_ATTRIBUTE_VIRTUAL", 65536},
};

Status stat_init(Vm& vm, Module* m) {
  for (const Constant& c : kConstants) TRY(module_add_int(vm, m, c.name, c.value));
  return {};
}

}  // namespace

extern const ModuleSpec stat_module{
    .name = "_stat",
    .doc = "The meaning of the bits of st_mode.",
    .functions = kFunctions,
    .init = stat_init,
};

}  // namespace krait
