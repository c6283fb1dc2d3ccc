// Arguments of the posix module's functions.
#include <fcntl.h>

#include <climits>

#include "modules/posix_module.hpp"
#include "objects/int.hpp"
#include "objects/str.hpp"

namespace krait::posix {
namespace {

/// No system takes longer paths; they are not copied out of the heap.
constexpr uint64_t kMaxPath = 1 << 20;

std::string_view expected(uint32_t flags) {
  switch (flags) {
    case kPathFd | kPathNone: return "string, bytes, os.PathLike, integer or None";
    case kPathFd: return "string, bytes, os.PathLike or integer";
    case kPathNone: return "string, bytes, os.PathLike or None";
    default: return "string, bytes or os.PathLike";
  }
}

Result<int> fd_argument(Vm& vm, Value v) {
  Value i = TRY(index(vm, v));
  std::optional<int64_t> n = int_to_i64(i);
  if (!n ? int_sign(i) > 0 : *n > INT_MAX) return vm.raise(E::OverflowError, "fd is greater than maximum");
  if (!n || *n < INT_MIN) return vm.raise(E::OverflowError, "fd is less than minimum");
  return static_cast<int>(*n);
}

}  // namespace

Value fspath(Vm& vm, Value v) {
  if (is_str(v) || is_bytes(v)) return v;
  Value method = special_of(vm, v, Special::FsPath);
  if (method.is_unset() || method.is_none())
    return vm.raise(E::TypeError, "expected str, bytes or os.PathLike object, not {}", type_name_of(v));
  Value path = TRY(call_special(vm, method, v));
  if (!is_str(path) && !is_bytes(path))
    return vm.raise(E::TypeError, "expected {}.__fspath__() to return str or bytes, not {}", type_name_of(v),
                    type_name_of(path));
  return path;
}

Status path_argument(Vm& vm, Value v, const char* function, const char* name, uint32_t flags, Path& out) {
  out.object = v;
  if (v.is_unset() || v.is_none()) {
    if (flags & kPathNone) {
      out.is_none = true;
      out.narrow = ".";
      out.object = Value();
      return {};
    }
  }
  Value path = v;
  if (!is_str(v) && !is_bytes(v)) {
    Value method = special_of(vm, v, Special::FsPath);
    if ((flags & kPathFd) && has_index(vm, v)) {
      if (v.is_bool()) TRY(warn(vm, E::RuntimeWarning, "bool is used as a file descriptor"));
      out.fd = TRY(fd_argument(vm, v));
      out.is_fd = true;
      return {};
    }
    if (method.is_unset() || method.is_none())
      return vm.raise(E::TypeError, "{}: {} should be {}, not {}", function, name, expected(flags), argument_type(v));
    path = TRY(call_special(vm, method, v));
    if (!is_str(path) && !is_bytes(path))
      return vm.raise(E::TypeError, "expected {}.__fspath__() to return str or bytes, not {}", type_name_of(v),
                      type_name_of(path));
  }
  uint64_t length = is_str(path) ? as_str(path)->length : path.as<Bytes>()->length;
  if (length > kMaxPath) return vm.raise_os_error(ENAMETOOLONG, out.object);
  bool nul;
  if (is_str(path)) {
    nul = str_contains_nul(as_str(path));
    if (!nul) TRY(str_encode_fs(vm, as_str(path), out.narrow));
  } else {
    out.narrow = path.as<Bytes>()->view();
    out.bytes = true;
    nul = out.narrow.find('\0') != std::string::npos;
  }
  if (nul) return vm.raise(E::ValueError, "{}: embedded null character in {}", function, name);
  return {};
}

Result<int> dir_fd_argument(Vm& vm, Value v) {
  if (v.is_unset() || v.is_none()) return AT_FDCWD;
  if (!has_index(vm, v)) return vm.raise(E::TypeError, "argument should be integer or None, not {}", type_name_of(v));
  return fd_argument(vm, v);
}

Result<int> int_argument(Vm& vm, Value v) {
  Value i = TRY(index(vm, v));
  std::optional<int64_t> n = int_to_i64(i);
  if (!n || *n > INT_MAX || *n < INT_MIN) return vm.raise(E::OverflowError, "Python int too large to convert to C int");
  return static_cast<int>(*n);
}

Result<int64_t> long_argument(Vm& vm, Value v, const char* c_type) {
  Value i = TRY(index(vm, v));
  return int_to_i64_checked(vm, i, c_type);
}

Result<int> descriptor_argument(Vm& vm, Value v) {
  if (!is_int(v)) {
    Value method = TRY(get_attr_optional(vm, v, vm.names.fileno));
    if (method.is_exhausted()) return vm.raise(E::TypeError, "argument must be an int, or have a fileno() method.");
    v = TRY(call0(vm, method));
    if (!is_int(v)) return vm.raise(E::TypeError, "fileno() returned a non-integer");
  } else if (v.is_bool()) {
    TRY(warn(vm, E::RuntimeWarning, "bool is used as a file descriptor"));
  }
  int fd = TRY(int_argument(vm, v));
  if (fd < 0) return vm.raise(E::ValueError, "file descriptor cannot be a negative integer ({})", fd);
  return fd;
}

Result<uint32_t> id_argument(Vm& vm, Value v, const char* what) {
  if (!has_index(vm, v)) return vm.raise(E::TypeError, "{} should be integer, not {}", what, type_name_of(v));
  Value i = TRY(index(vm, v));
  std::optional<int64_t> n = int_to_i64(i);
  if (!n ? int_sign(i) < 0 : *n < -1) return vm.raise(E::OverflowError, "{} is less than minimum", what);
  if (!n || *n > UINT32_MAX) return vm.raise(E::OverflowError, "{} is greater than maximum", what);
  return static_cast<uint32_t>(*n);
}

Status fs_string(Vm& vm, Value v, std::string& out) {
  Value path = TRY(fspath(vm, v));
  if (is_str(path)) return str_encode_fs(vm, as_str(path), out);
  out = path.as<Bytes>()->view();
  if (out.find('\0') != std::string::npos) return vm.raise(E::ValueError, "embedded null byte");
  return {};
}

Value path_result(Vm& vm, std::string_view text, bool bytes) {
  if (bytes) return bytes_from(vm, text);
  return str_decode_fs(vm, text);
}

Error path_error(Vm& vm, const Path& path) { return vm.raise_os_error(errno, path.object); }

Status add_functions(Vm& vm, Module* m, std::span<const NativeRow> rows) {
  for (const NativeRow& row : rows)
    TRY(module_add(vm, m, row.name(), TRY(native_function_new(vm, row, Value(), "posix"))));
  return {};
}

}  // namespace krait::posix
