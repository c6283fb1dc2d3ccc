// _io.FileIO: a file descriptor as a raw stream.
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <string>

#include "interp/thread.hpp"
#include "modules/io_module.hpp"
#include "objects/exception.hpp"
#include "objects/int.hpp"
#include "objects/operations.hpp"
#include "objects/weakref.hpp"
#include "runtime/limits.hpp"

namespace krait::io {
namespace {

constexpr int64_t kMaxTransfer = 0x7ffff000;

struct FileIO : Object {
  int fd;  ///< valid unless closed
  bool open, created, readable, writable, appending, close_fd;
  int8_t seekable;  ///< -1: not asked yet
  int64_t block_size;
};
FileIO* self_of(Value v) { return v.as<FileIO>(); }

Status check_open(Vm& vm, FileIO* f) {
  if (!f->open) return closed_error(vm);
  return {};
}

Value file_construct(Vm& vm, Args a) {
  FileIO* f = TRY(vm.new_instance<FileIO>(a[0].as<Type>()));
  f->fd = -1;
  f->seekable = -1;
  f->close_fd = true;
  return f;
}

Status close_descriptor(Vm& vm, FileIO* f) {
  int fd = f->fd;
  f->open = false;
  f->fd = -1;
  if (!f->close_fd) return {};
  if (::close(fd) != 0 && errno != EINTR) return vm.raise_os_error(errno);
  return {};
}

Value file_init(Vm& vm, Args a) {
  // self, file, mode, closefd, opener
  FileIO* f = self_of(a[0]);
  if (f->open) TRY(close_descriptor(vm, f));
  Value mode_value = a.get(2, vm.latin1_chars['r']);
  if (!is_str(mode_value))
    return vm.raise(E::TypeError, "FileIO() argument 'mode' must be str, not {}", argument_type(mode_value));
  std::string mode = str_to_utf8(as_str(mode_value));
  f->readable = f->writable = f->created = f->appending = false;
  bool update = false, chosen = false;
  int flags = O_CLOEXEC;
  for (char c : mode) {
    if (c == 'b') continue;
    if (c == '+') {
      if (update)
        return vm.raise(E::ValueError, "Must have exactly one of create/read/write/append mode and at most one plus");
      update = true;
      f->readable = f->writable = true;
      continue;
    }
    if (c != 'x' && c != 'r' && c != 'w' && c != 'a')
      return vm.raise(E::ValueError, "invalid mode: {}", std::string_view(mode));
    if (chosen)
      return vm.raise(E::ValueError, "Must have exactly one of create/read/write/append mode and at most one plus");
    chosen = true;
    if (c == 'r') {
      f->readable = true;
    } else {
      f->writable = true;
      flags |= c == 'x' ? O_EXCL | O_CREAT : c == 'w' ? O_CREAT | O_TRUNC : O_APPEND | O_CREAT;
      f->created = c == 'x';
      f->appending = c == 'a';
    }
  }
  if (!chosen)
    return vm.raise(E::ValueError, "Must have exactly one of create/read/write/append mode and at most one plus");
  flags |= f->readable && f->writable ? O_RDWR : f->readable ? O_RDONLY : O_WRONLY;
  f->close_fd = !a.has(3) || TRY(truthy(vm, a[3]));
  Value file = a[1], opener = a.get(4, Value::none());
  bool ours = false;
  if (file.is_bool()) TRY(warn(vm, E::RuntimeWarning, "bool is used as a file descriptor"));
  if (is_int(file)) {
    std::optional<int64_t> number = int_to_i64(file);
    if (!number || *number > INT32_MAX || *number < INT32_MIN)
      return vm.raise(E::OverflowError, "Python int too large to convert to C int");
    if (*number < 0) return vm.raise(E::ValueError, "negative file descriptor");
    f->fd = static_cast<int>(*number);
  } else {
    if (is_kind(file, Kind::Float) || file.is_small_float())
      return vm.raise(E::TypeError, "expected str, bytes or os.PathLike object, not float");
    std::string path;
    Value name = file;
    if (!is_str(name) && !is_bytes(name)) {
      Value fspath = special_of(vm, name, Special::FsPath);
      if (fspath.is_unset())
        return vm.raise(E::TypeError, "expected str, bytes or os.PathLike object, not {}", type_name_of(name));
      name = call_special(vm, fspath, name);
      if (name.is_error()) return name;
      if (!is_str(name) && !is_bytes(name))
        return vm.raise(E::TypeError, "expected {}.__fspath__() to return str or bytes, not {}", type_name_of(file),
                        type_name_of(name));
    }
    if (is_str(name)) {
      TRY(str_encode_fs(vm, as_str(name), path));
    } else {
      path = std::string(name.as<Bytes>()->view());
      if (path.find('\0') != std::string::npos) return vm.raise(E::ValueError, "embedded null byte");
    }
    if (!f->close_fd) return vm.raise(E::ValueError, "Cannot use closefd=False with file name");
    if (!opener.is_none()) {
      Value given = call2(vm, opener, file, Value::small_int(flags));
      if (given.is_error()) return given;
      if (!is_int(given)) return vm.raise(E::TypeError, "expected integer from opener");
      int64_t fd = TRY(int_to_i64_checked(vm, given, "C int"));
      if (fd < 0) return vm.raise(E::ValueError, "opener returned {}", fd);
      f->fd = static_cast<int>(fd);
    } else {
      int fd;
      while (true) {
        without_vm(vm, [&] { fd = ::open(path.c_str(), flags, 0666); });
        if (fd >= 0) break;
        if (errno != EINTR) return vm.raise_os_error(errno, file);
        TRY(vm.poll());
      }
      f->fd = fd;
    }
    ours = true;
  }
  f->open = true;
  f->seekable = -1;
  struct stat info;
  if (fstat(f->fd, &info) != 0) {
    int error = errno;
    if (ours) { ::close(f->fd); }
    f->open = false;
    return vm.raise_os_error(error, is_int(file) ? Value() : file);
  }
  if (S_ISDIR(info.st_mode)) {
    if (ours) ::close(f->fd);
    f->open = false;
    return vm.raise_os_error(EISDIR, file);
  }
  f->block_size = info.st_blksize > 1 ? info.st_blksize : kDefaultBufferSize;
  TRY(set_attr(vm, a[0], vm.names.name, file));
  if (f->appending) lseek(f->fd, 0, SEEK_END);
  return Value::none();
}

Value file_close(Vm& vm, Args a) {
  FileIO* f = self_of(a[0]);
  Value args[] = {a[0]};
  Value method = type_lookup(vm, state(vm).rawbase, TRY(vm.intern("close")));
  Value base = f->open ? call(vm, method, args) : Value::none();
  Value pending = base.is_error() ? vm.take_pending() : Value();
  if (f->open) {
    Status closed = close_descriptor(vm, f);
    if (closed.is_error()) return Error{};
  }
  if (!pending.is_unset()) {
    vm.t.pending = pending;
    return Error{};
  }
  return Value::none();
}
Value file_seekable(Vm& vm, Args a) {
  FileIO* f = self_of(a[0]);
  TRY(check_open(vm, f));
  if (f->seekable < 0) f->seekable = lseek(f->fd, 0, SEEK_CUR) >= 0;
  return Value::boolean(f->seekable == 1);
}
Value file_readable(Vm& vm, Args a) {
  TRY(check_open(vm, self_of(a[0])));
  return Value::boolean(self_of(a[0])->readable);
}
Value file_writable(Vm& vm, Args a) {
  TRY(check_open(vm, self_of(a[0])));
  return Value::boolean(self_of(a[0])->writable);
}
Value file_fileno(Vm& vm, Args a) {
  TRY(check_open(vm, self_of(a[0])));
  return Value::small_int(self_of(a[0])->fd);
}
Value file_isatty(Vm& vm, Args a) {
  TRY(check_open(vm, self_of(a[0])));
  return Value::boolean(::isatty(self_of(a[0])->fd));
}
Value file_readinto(Vm& vm, Args a) {
  FileIO* f = self_of(a[0]);
  TRY(check_open(vm, f));
  if (!f->readable) return unsupported(vm, "File not open for reading");
  ScopedBuffer into(vm);
  TRY(into.acquire_writable(a[1], "readinto() argument"));
  int64_t n = TRY(file_read(vm, a[0], into.get().data, into.get().length));
  return n < 0 ? Value::none() : Value::small_int(n);
}
Value file_readall(Vm& vm, Args a) {
  FileIO* f = self_of(a[0]);
  TRY(check_open(vm, f));
  if (!f->readable) return unsupported(vm, "File not open for reading");
  struct stat info;
  int64_t room = kDefaultBufferSize;
  if (fstat(f->fd, &info) == 0 && S_ISREG(info.st_mode)) {
    int64_t at = lseek(f->fd, 0, SEEK_CUR);
    if (at >= 0 && info.st_size > at) room = info.st_size - at + 1;
  }
  Storage* data = TRY(vm.allocate_storage(static_cast<size_t>(room)));
  int64_t length = 0;
  while (true) {
    TRY(vm.poll());
    if (length == room) {
      room = room + (room >> 1) + kDefaultBufferSize;
      data = TRY(vm.resize_storage(data, static_cast<size_t>(room)));
    }
    int64_t n = TRY(file_read(vm, a[0], data->data<uint8_t>() + length, room - length));
    if (n < 0) {
      if (length == 0) return Value::none();
      break;
    }
    if (n == 0) break;
    length += n;
  }
  Value result = bytes_from(vm, std::span<const uint8_t>(data->data<uint8_t>(), static_cast<size_t>(length)));
  vm.heap.release_storage(data);
  return result;
}
Value file_read_method(Vm& vm, Args a) {
  FileIO* f = self_of(a[0]);
  TRY(check_open(vm, f));
  if (!f->readable) return unsupported(vm, "File not open for reading");
  int64_t n = TRY(size_argument(vm, a[1]));
  if (n < 0) return file_readall(vm, a);
  if (n == 0) return bytes_from(vm, std::string_view());
  Bytes* out = TRY(bytes_allocate(vm, static_cast<uint64_t>(n)));
  int64_t got = TRY(file_read(vm, a[0], out->data, n));
  if (got < 0) return Value::none();
  if (got == n) return out;
  return bytes_from(vm, std::span<const uint8_t>(out->data, static_cast<size_t>(got)));
}
Value file_write_method(Vm& vm, Args a) {
  FileIO* f = self_of(a[0]);
  TRY(check_open(vm, f));
  if (!f->writable) return unsupported(vm, "File not open for writing");
  ScopedBuffer from(vm);
  TRY(from.acquire(a[1]));
  int64_t n = TRY(file_write(vm, a[0], from.get().data, from.get().length));
  TRY(vm.poll());  // a signal may have cut the write short: its handler runs before the program goes on
  return n < 0 ? Value::none() : Value::small_int(n);
}
Value file_seek(Vm& vm, Args a) {
  FileIO* f = self_of(a[0]);
  TRY(check_open(vm, f));
  int64_t offset = TRY(index_checked(vm, a[1], E::OverflowError));
  int64_t whence = a.has(2) ? TRY(index_checked(vm, a[2], E::OverflowError)) : 0;
  int64_t at = lseek(f->fd, offset, static_cast<int>(whence));
  if (at < 0) return vm.raise_os_error(errno);
  return int_from(vm, at);
}
Value file_tell(Vm& vm, Args a) {
  FileIO* f = self_of(a[0]);
  TRY(check_open(vm, f));
  int64_t at = lseek(f->fd, 0, SEEK_CUR);
  if (at < 0) return vm.raise_os_error(errno);
  return int_from(vm, at);
}
Value file_truncate(Vm& vm, Args a) {
  FileIO* f = self_of(a[0]);
  TRY(check_open(vm, f));
  if (!f->writable) return unsupported(vm, "File not open for writing");
  int64_t size;
  if (!a.has(1) || a[1].is_none()) {
    size = lseek(f->fd, 0, SEEK_CUR);
    if (size < 0) return vm.raise_os_error(errno);
  } else {
    size = TRY(index_checked(vm, a[1], E::OverflowError));
  }
  if (ftruncate(f->fd, size) != 0) return vm.raise_os_error(errno);
  return int_from(vm, size);
}
const char* mode_text(const FileIO* f) {
  if (f->created) return f->readable ? "xb+" : "xb";
  if (f->appending) return f->readable ? "ab+" : "ab";
  if (f->readable) return f->writable ? "rb+" : "rb";
  return "wb";
}
Value file_repr(Vm& vm, Args a) {
  FileIO* f = self_of(a[0]);
  auto type = type_name_of(a[0]);
  if (!f->open) return str_message(vm, "<{} [closed]>", type);
  Value name = get_attr_optional(vm, a[0], vm.names.name);
  if (name.is_error()) return name;
  const char* closefd = f->close_fd ? "True" : "False";
  if (name.is_exhausted())
    return str_message(vm, "<{} fd={} mode='{}' closefd={}>", type, f->fd, mode_text(f), closefd);
  return str_message(vm, "<{} name={} mode='{}' closefd={}>", type, repr_of(name), mode_text(f), closefd);
}
/// Slots: self, source (the outermost stream).
Value file_dealloc_warn(Vm& vm, Args a) {
  FileIO* f = self_of(a[0]);
  if (!f->open || !f->close_fd) return Value::none();
  Str* text = TRY(str_message(vm, "unclosed file {}", repr_of(a[1])));
  if (warn(vm, E::ResourceWarning, str_to_utf8(text)).is_error())
    write_unraisable(vm, "Exception ignored while finalizing file", a[0]);
  return Value::none();
}
Value file_del(Vm& vm, Args a) {
  FileIO* f = self_of(a[0]);
  if (!f->open) return Value::none();
  const Value self_and_source[] = {a[0], a[0]};
  TRY(file_dealloc_warn(vm, Args{self_and_source, 2}));
  Value done = call_name(vm, a[0], "close");
  if (done.is_error() && !vm.clear_pending()) return Error{};
  return Value::none();
}
Value file_getstate(Vm& vm, Args a) {
  return vm.raise(E::TypeError, "cannot pickle '{}' instances", vm.type_of(a[0])->name);
}

Value get_closed(Vm&, Value v) { return Value::boolean(!self_of(v)->open); }
Value get_closefd(Vm&, Value v) { return Value::boolean(self_of(v)->close_fd); }
Value get_mode(Vm& vm, Value v) { return vm.intern(mode_text(self_of(v))); }
Value get_block_size(Vm&, Value v) { return Value::small_int(self_of(v)->block_size); }

void release_file(Heap&, Cell* cell) {
  FileIO* f = static_cast<FileIO*>(cell);
  if (f->open && f->close_fd && f->fd > 2) ::close(f->fd);
  f->open = false;
}

const NativeRow kMethods[] = {
    {"__new__($type, /, *args, **kwargs)", file_construct, kNewMethod | kStaticMethod},
    {"__init__($self, file, mode='r', closefd=True, opener=None)", file_init, 0, "Open a file."},
    {"close($self, /)", file_close, 0, "Close the file."},
    {"seekable($self, /)", file_seekable},
    {"readable($self, /)", file_readable},
    {"writable($self, /)", file_writable},
    {"fileno($self, /)", file_fileno},
    {"isatty($self, /)", file_isatty},
    {"readinto($self, buffer, /)", file_readinto},
    {"readall($self, /)", file_readall},
    {"read($self, size=-1, /)", file_read_method},
    {"write($self, b, /)", file_write_method},
    {"seek($self, pos, whence=0, /)", file_seek},
    {"tell($self, /)", file_tell},
    {"truncate($self, size=None, /)", file_truncate},
    {"__repr__($self, /)", file_repr},
    {"_dealloc_warn($self, source, /)", file_dealloc_warn},
    {"__del__($self, /)", file_del},
    {"__getstate__($self, /)", file_getstate},
};
const GetSetRow kAttributes[] = {{"closed", get_closed, nullptr, "True if the file is closed"},
                                 {"closefd", get_closefd},
                                 {"mode", get_mode},
                                 {"_blksize", get_block_size}};
const TypeSpec kFileIO{.name = "_io.FileIO",
                       .doc = "A file descriptor as a raw stream.",
                       .signature = "(file, mode='r', closefd=True, opener=None)",
                       .kind = static_cast<CellKind>(Kind::FileIO),
                       .size = sizeof(FileIO),
                       .flags = kTypeBase | kTypeHasDict | kTypeHasWeakref,
                       .methods = kMethods,
                       .getsets = kAttributes,
                       .release = release_file};

}  // namespace

bool is_plain_file(Vm& vm, Value raw) {
  return raw.is_cell() && vm.type_of(raw) == state(vm).fileio && self_of(raw)->open;
}

Result<int64_t> file_read(Vm& vm, Value raw, uint8_t* data, int64_t n) {
  FileIO* f = self_of(raw);
  if (n > kMaxTransfer) n = kMaxTransfer;
  while (true) {
    ssize_t got;
    int fd = f->fd;
    without_vm(vm, [&] { got = ::read(fd, data, static_cast<size_t>(n)); });
    if (got >= 0) return got;
    if (errno == EAGAIN) return int64_t{-1};
    if (errno != EINTR) return vm.raise_os_error(errno);
    TRY(vm.poll());
    if (!f->open) return closed_error(vm);
  }
}

Result<int64_t> file_write(Vm& vm, Value raw, const uint8_t* data, int64_t n) {
  FileIO* f = self_of(raw);
  if (n > kMaxTransfer) n = kMaxTransfer;
  TRY(limits_charge_output(vm, static_cast<uint64_t>(n)));
  while (true) {
    ssize_t put;
    int fd = f->fd;
    without_vm(vm, [&] { put = ::write(fd, data, static_cast<size_t>(n)); });
    if (put >= 0) return put;
    if (errno == EAGAIN) return int64_t{-1};
    if (errno != EINTR) return vm.raise_os_error(errno);
    TRY(vm.poll());
    if (!f->open) return closed_error(vm);
  }
}

Value file_from_fd(Vm& vm, int fd, const char* mode, bool close_fd) {
  Value args[] = {Value::small_int(fd), TRY(vm.intern(mode)), Value::boolean(close_fd)};
  return call(vm, state(vm).fileio, args);
}

Status make_fileio(Vm& vm, Module* m) {
  state(vm).fileio = TRY(module_add_type(vm, m, kFileIO, state(vm).rawbase));
  return {};
}

}  // namespace krait::io
