// posix.scandir and DirEntry.
#include <dirent.h>
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include "modules/posix_module.hpp"
#include "objects/generic_alias.hpp"
#include "objects/int.hpp"
#include "objects/str.hpp"

namespace krait::posix {
namespace {

struct ScandirIterator : Object {
  DIR* dir;      ///< null once closed
  Value path;    ///< as given; unset: the working directory
  Value prefix;  ///< what stands before a name in an entry's path (str or bytes)
  int fd;        ///< of the caller, or -1
  bool bytes;
};
struct DirEntry : Object {
  Value name, path;
  Value stat, lstat;  ///< unset until asked for
  uint64_t inode;
  int dir_fd;
  uint8_t type;
};

void trace_iterator(Heap&, Cell* cell, Marker& m) {
  m.mark(static_cast<ScandirIterator*>(cell)->path);
  m.mark(static_cast<ScandirIterator*>(cell)->prefix);
}
void trace_entry(Heap&, Cell* cell, Marker& m) {
  DirEntry* e = static_cast<DirEntry*>(cell);
  for (Value v : {e->name, e->path, e->stat, e->lstat}) m.mark(v);
}
constexpr size_t kOpenBytes = 33 << 10;  ///< what the C library takes for an open directory

void close(Heap& heap, ScandirIterator* it) {
  if (it->dir == nullptr) return;
  heap.discharge(kOpenBytes);
  if (it->fd >= 0) ::rewinddir(it->dir);
  ::closedir(it->dir);
  it->dir = nullptr;
}
void release_iterator(Heap& heap, Cell* cell) { close(heap, static_cast<ScandirIterator*>(cell)); }

Value iterator_self(Vm&, Args a) { return a[0]; }
Value iterator_close(Vm& vm, Args a) {
  close(vm.heap, a[0].as<ScandirIterator>());
  return Value::none();
}
Value iterator_next(Vm& vm, Args a) {
  ScandirIterator* it = a[0].as<ScandirIterator>();
  while (it->dir != nullptr) {
    TRY(vm.poll());
    errno = 0;
    dirent* entry = ::readdir(it->dir);
    if (entry == nullptr) {
      int error = errno;
      close(vm.heap, it);
      if (error != 0) return vm.raise_os_error(error, it->path);
      break;
    }
    std::string_view name = entry->d_name;
    if (name == "." || name == "..") continue;
    uint64_t inode = entry->d_ino;
    uint8_t type = entry->d_type;
    Value shown = TRY(path_result(vm, name, it->bytes));
    Value path = it->prefix.is_unset() ? shown : TRY(binary(vm, BinaryOp::Add, it->prefix, shown));
    DirEntry* e = TRY(vm.new_instance<DirEntry>(state(vm).dir_entry));
    e->name = shown;
    e->path = path;
    e->inode = inode;
    e->type = type;
    e->dir_fd = it->fd >= 0 ? it->fd : AT_FDCWD;
    return e;
  }
  return Value::exhausted();
}

DirEntry* entry_of(Args a) { return a[0].as<DirEntry>(); }

Value fetch(Vm& vm, DirEntry* e, bool follow) {
  Path path;
  TRY(path_argument(vm, e->path, "DirEntry", "path", 0, path));
  return stat_path(vm, "DirEntry", path, e->dir_fd, follow);
}
bool is_link_type(DirEntry* e) { return e->type == DT_LNK; }
Value get_lstat(Vm& vm, DirEntry* e) {
  if (e->lstat.is_unset()) {
    e->lstat = TRY(fetch(vm, e, false));
    vm.barrier(e);
  }
  return e->lstat;
}
Result<uint32_t> mode_of(Vm& vm, Value stat) {
  return static_cast<uint32_t>(TRY(long_argument(vm, stat.as<Tuple>()->items[0])));
}
Result<bool> is_symlink(Vm& vm, DirEntry* e) {
  if (e->type != DT_UNKNOWN) return is_link_type(e);
  Value s = TRY(get_lstat(vm, e));
  return S_ISLNK(TRY(mode_of(vm, s)));
}
Value get_stat(Vm& vm, DirEntry* e, bool follow) {
  if (!follow) return get_lstat(vm, e);
  if (e->stat.is_unset()) {
    bool link = TRY(is_symlink(vm, e));
    Value s = TRY(link ? fetch(vm, e, true) : get_lstat(vm, e));
    e->stat = s;
    vm.barrier(e);
  }
  return e->stat;
}
Value test_mode(Vm& vm, DirEntry* e, bool follow, mode_t wanted, uint8_t type) {
  bool link = e->type == DT_LNK;
  if (e->type == DT_UNKNOWN || (link && follow)) {
    Value s = get_stat(vm, e, follow);
    if (s.is_error()) {
      // An entry that is gone is neither.
      if (!vm.pending_is(E::FileNotFoundError) || !vm.clear_pending()) return Error{};
      return Value::false_();
    }
    return Value::boolean((TRY(mode_of(vm, s)) & S_IFMT) == wanted);
  }
  return Value::boolean(e->type == type);
}

Value entry_is_dir(Vm& vm, Args a) {
  return test_mode(vm, entry_of(a), TRY(truth_argument(vm, a, 1, true)), S_IFDIR, DT_DIR);
}
Value entry_is_file(Vm& vm, Args a) {
  return test_mode(vm, entry_of(a), TRY(truth_argument(vm, a, 1, true)), S_IFREG, DT_REG);
}
Value entry_is_symlink(Vm& vm, Args a) { return Value::boolean(TRY(is_symlink(vm, entry_of(a)))); }
Value entry_is_junction(Vm&, Args) { return Value::false_(); }
Value entry_stat(Vm& vm, Args a) { return get_stat(vm, entry_of(a), TRY(truth_argument(vm, a, 1, true))); }
Value entry_inode(Vm& vm, Args a) { return int_from_u64(vm, entry_of(a)->inode); }
Value entry_fspath(Vm&, Args a) { return entry_of(a)->path; }
Value entry_repr(Vm& vm, Args a) { return str_message(vm, "<DirEntry {}>", repr_of(entry_of(a)->name)); }

constexpr NativeRow kIteratorMethods[] = {
    {"__iter__($self, /)", iterator_self, kPure, "Implement iter(self)."},
    {"__next__($self, /)", iterator_next, kIterNext, "Implement next(self)."},
    {"__enter__($self, /)", iterator_self},
    {"__exit__($self, /, *args)", iterator_close},
    {"close($self, /)", iterator_close, 0, "Close the directory."},
};
constexpr TypeSpec kIteratorType{
    .name = "posix.ScandirIterator",
    .kind = static_cast<CellKind>(Kind::ScandirIterator),
    .size = sizeof(ScandirIterator),
    .flags = kTypeNoNew,
    .methods = kIteratorMethods,
    .trace = trace_iterator,
    .release = release_iterator,
};

constexpr NativeRow kEntryMethods[] = {
    {"is_dir($self, /, *, follow_symlinks=True)", entry_is_dir, 0, "Tell whether the entry is a directory."},
    {"is_file($self, /, *, follow_symlinks=True)", entry_is_file, 0, "Tell whether the entry is a regular file."},
    {"is_symlink($self, /)", entry_is_symlink, 0, "Tell whether the entry is a symbolic link."},
    {"is_junction($self, /)", entry_is_junction, 0, "Tell whether the entry is a junction (never here)."},
    {"stat($self, /, *, follow_symlinks=True)", entry_stat, 0, "The entry's stat_result."},
    {"inode($self, /)", entry_inode, 0, "The entry's inode."},
    {"__fspath__($self, /)", entry_fspath, 0, "The entry's path."},
    {"__repr__($self, /)", entry_repr, 0, "Return repr(self)."},
    {"__class_getitem__($type, item, /)", class_getitem, kClassMethod, "See PEP 585"},
};
constexpr MemberRow kEntryMembers[] = {
    {"name", offsetof(DirEntry, name), MemberRow::kReadOnly, "the entry's base filename, relative to scandir()'s path"},
    {"path", offsetof(DirEntry, path), MemberRow::kReadOnly, "the entry's full path name"},
};
constexpr TypeSpec kEntryType{
    .name = "posix.DirEntry",
    .kind = static_cast<CellKind>(Kind::DirEntry),
    .size = sizeof(DirEntry),
    .flags = kTypeNoNew,
    .methods = kEntryMethods,
    .members = kEntryMembers,
    .trace = trace_entry,
};

}  // namespace

Value scandir(Vm& vm, Args a) {
  Path path;
  TRY(path_argument(vm, a[0], "scandir", "path", kPathFd | kPathNone, path));
  ScandirIterator* it = TRY(vm.new_instance<ScandirIterator>(state(vm).scandir));
  it->fd = path.is_fd ? path.fd : -1;
  it->bytes = path.bytes;
  it->path = path.object;
  if (!path.is_fd) {
    std::string prefix = path.narrow;
    if (!prefix.empty() && prefix.back() != '/') prefix += '/';
    it->prefix = TRY(path_result(vm, prefix, path.bytes));
    vm.barrier(it);
    DIR* dir;
    without_vm(vm, [&] { dir = ::opendir(path.c_str()); });
    it->dir = dir;
  } else {
    int fd = ::fcntl(path.fd, F_DUPFD_CLOEXEC, 0);
    if (fd < 0) return path_error(vm, path);
    it->dir = ::fdopendir(fd);
    if (it->dir == nullptr) {
      int error = errno;
      ::close(fd);
      errno = error;
    } else {
      ::rewinddir(it->dir);
    }
  }
  if (it->dir == nullptr) return path_error(vm, path);
  if (!vm.heap.charge(kOpenBytes)) {
    ::closedir(it->dir);
    it->dir = nullptr;
    return vm.allocation_failed(kOpenBytes);
  }
  return it;
}

Status scandir_init(Vm& vm, Module* m) {
  static constexpr NativeRow kFunctions[] = {
      {"scandir(path=None)", scandir, 0, "Return an iterator of DirEntry objects for a directory."},
  };
  TRY(add_functions(vm, m, kFunctions));
  state(vm).dir_entry = TRY(module_add_type(vm, m, kEntryType));
  state(vm).scandir = TRY(make_type(vm, kIteratorType));
  return {};
}

}  // namespace krait::posix
