// Exception classes with fields of their own: StopIteration, SystemExit, ImportError, NameError, AttributeError, OSError,
// SyntaxError, UnicodeError and KeyError.
#include <cerrno>
#include <cstdio>

#include "objects/attributes.hpp"
#include "objects/bytes.hpp"
#include "objects/dict.hpp"
#include "objects/exception.hpp"
#include "objects/exception_init.hpp"
#include "objects/function.hpp"
#include "objects/int.hpp"
#include "objects/operations.hpp"
#include "objects/sequences.hpp"
#include "objects/str.hpp"
#include "objects/type.hpp"

namespace krait {

namespace {

constexpr uint32_t place(int i) {
  return static_cast<uint32_t>(offsetof(ExceptionObject, extra) + static_cast<size_t>(i) * sizeof(Value));
}

ExceptionObject* self_of(Args a) { return as_exception(a[0]); }

/// args from the extra positional arguments, which begin behind `fixed` slots.
Status set_args(Vm& vm, Args a, size_t fixed) {
  ExceptionObject* e = self_of(a);
  e->args = TRY(tuple_from_span(vm, a.rest(fixed)));
  vm.barrier(e);
  return {};
}

Status add_field(Vm& vm, Dict* fields, const char* name, Value v) {
  if (v.is_unset()) return {};
  return dict_set_str(vm, fields, TRY(vm.intern(name)), v);
}

// --- StopIteration and SystemExit.

Value stop_iteration_init(Vm& vm, Args a) {
  TRY(set_args(vm, a, 1));
  Tuple* args = self_of(a)->args;
  self_of(a)->extra[extra::kStopIterationValue] = args->length == 0 ? Value() : args->items[0];
  return Value::none();
}
constexpr NativeRow kStopIterationMethods[] = {{"__init__($self, /, *args)", stop_iteration_init}};
constexpr MemberRow kStopIterationMembers[] = {
    {"value", place(extra::kStopIterationValue), 0, "generator return value"}};

Value system_exit_init(Vm& vm, Args a) {
  TRY(set_args(vm, a, 1));
  Tuple* args = self_of(a)->args;
  self_of(a)->extra[extra::kSystemExitCode] = args->length == 0   ? Value()
                                              : args->length == 1 ? args->items[0]
                                                                  : Value(args);
  return Value::none();
}
constexpr NativeRow kSystemExitMethods[] = {{"__init__($self, /, *args)", system_exit_init}};
constexpr MemberRow kSystemExitMembers[] = {{"code", place(extra::kSystemExitCode), 0, "exception code"}};

// --- KeyError.

Value key_error_str(Vm& vm, Args a) {
  if (self_of(a)->args->length == 1) return repr(vm, self_of(a)->args->items[0]);
  return base_exception_str(vm, self_of(a));
}
constexpr NativeRow kKeyErrorMethods[] = {{"__str__($self, /)", key_error_str}};

// --- NameError, AttributeError, ImportError.

Value name_error_init(Vm& vm, Args a) {
  TRY(set_args(vm, a, 2));
  self_of(a)->extra[extra::kNameErrorName] = a[1];
  return Value::none();
}
constexpr NativeRow kNameErrorMethods[] = {{"__init__($self, /, *args, name=None)", name_error_init}};
constexpr MemberRow kNameErrorMembers[] = {{"name", place(extra::kNameErrorName), 0, "name"}};

Value attribute_error_init(Vm& vm, Args a) {
  TRY(set_args(vm, a, 3));
  self_of(a)->extra[extra::kAttributeErrorName] = a[1];
  self_of(a)->extra[extra::kAttributeErrorObj] = a[2];
  return Value::none();
}
/// The object itself is not pickled.
Value attribute_error_reduce(Vm& vm, Args a) {
  Dict* fields = TRY(dict_new(vm));
  TRY(add_field(vm, fields, "name", self_of(a)->extra[extra::kAttributeErrorName]));
  return exception_reduce_with(vm, self_of(a), self_of(a)->args, fields);
}
constexpr NativeRow kAttributeErrorMethods[] = {
    {"__init__($self, /, *args, name=None, obj=None)", attribute_error_init},
    {"__reduce__($self, /)", attribute_error_reduce},
};
constexpr MemberRow kAttributeErrorMembers[] = {
    {"name", place(extra::kAttributeErrorName), 0, "attribute name"},
    {"obj", place(extra::kAttributeErrorObj), 0, "object"},
};

Value import_error_init(Vm& vm, Args a) {
  TRY(set_args(vm, a, 4));
  ExceptionObject* e = self_of(a);
  e->extra[extra::kImportErrorName] = a[1];
  e->extra[extra::kImportErrorPath] = a[2];
  e->extra[extra::kImportErrorNameFrom] = a[3];
  e->extra[extra::kImportErrorMsg] = e->args->length == 1 ? e->args->items[0] : Value();
  return Value::none();
}
Value import_error_str(Vm& vm, Args a) {
  Value msg = self_of(a)->extra[extra::kImportErrorMsg];
  if (!msg.is_unset() && vm.type_of(msg) == vm.types.str) return msg;
  return base_exception_str(vm, self_of(a));
}
Value import_error_reduce(Vm& vm, Args a) {
  Dict* fields = TRY(dict_new(vm));
  TRY(add_field(vm, fields, "name", self_of(a)->extra[extra::kImportErrorName]));
  TRY(add_field(vm, fields, "path", self_of(a)->extra[extra::kImportErrorPath]));
  TRY(add_field(vm, fields, "name_from", self_of(a)->extra[extra::kImportErrorNameFrom]));
  return exception_reduce_with(vm, self_of(a), self_of(a)->args, fields);
}
constexpr NativeRow kImportErrorMethods[] = {
    {"__init__($self, /, *args, name=None, path=None, name_from=None)", import_error_init},
    {"__str__($self, /)", import_error_str},
    {"__reduce__($self, /)", import_error_reduce},
};
constexpr MemberRow kImportErrorMembers[] = {
    {"msg", place(extra::kImportErrorMsg), 0, "exception message"},
    {"name", place(extra::kImportErrorName), 0, "module name"},
    {"path", place(extra::kImportErrorPath), 0, "module path"},
    {"name_from", place(extra::kImportErrorNameFrom), 0, "name imported from module"},
};

// --- OSError.

/// Is it __init__ that reads the arguments, because a subclass replaced it and kept __new__?
Value os_error_new(Vm& vm, Args a);
Value os_error_init(Vm& vm, Args a);
bool os_error_uses_init(const Type* type) {
  return !special_is_native(type->get(Special::Init), os_error_init) &&
         special_is_native(type->get(Special::New), os_error_new);
}

Status os_error_fill(Vm& vm, ExceptionObject* e, std::span<const Value> args) {
  e->args = TRY(tuple_from_span(vm, args));
  vm.barrier(e);
  for (Value& v : e->extra) v = Value();
  if (args.size() < 2 || args.size() > 5) return {};
  e->extra[extra::kOsErrorErrno] = args[0];
  e->extra[extra::kOsErrorStrerror] = args[1];
  Value filename = args.size() >= 3 ? args[2] : Value();
  if (filename.is_unset() || filename.is_none()) return {};
  if (vm.type_of(e) == vm.exception_type(E::BlockingIOError) && !special_of(vm, filename, Special::Index).is_unset()) {
    e->extra[extra::kOsErrorWritten] = Value::small_int(TRY(index_checked(vm, filename, E::ValueError)));
    return {};
  }
  e->extra[extra::kOsErrorFilename] = filename;
  if (args.size() == 5 && !args[4].is_none()) e->extra[extra::kOsErrorFilename2] = args[4];
  vm.barrier(e);
  e->args = TRY(tuple_from_span(vm, args.first(2)));
  vm.barrier(e);
  return {};
}

Value os_error_new(Vm& vm, Args a) {
  Type* type = as_type(a[0]);
  std::span<const Value> args = a.rest(2);
  if (!os_error_uses_init(type)) {
    if (a.has(1) && a[1].as<Dict>()->used != 0)
      return vm.raise(E::TypeError, "{}() takes no keyword arguments", type_name_text(type));
    if (type == vm.exception_type(E::OSError) && args.size() >= 2 && args.size() <= 5 && is_int(args[0])) {
      std::optional<int64_t> code = int_to_i64(args[0]);
      if (code.has_value()) type = os_error_type(vm, *code);
    }
  }
  ExceptionObject* e = TRY(vm.new_instance<ExceptionObject>(type));
  e->args = vm.empty_tuple;
  vm.barrier(e);
  if (!os_error_uses_init(type)) TRY(os_error_fill(vm, e, args));
  return e;
}

Value os_error_init(Vm& vm, Args a) {
  Type* type = vm.type_of(a[0]);
  // What __new__ has read it need not read again; only an instance made natively is still empty.
  if (os_error_uses_init(type) || (!type->has(kTypeHeap) && self_of(a)->extra[extra::kOsErrorErrno].is_unset())) {
    if (a.has(1) && a[1].as<Dict>()->used != 0)
      return vm.raise(E::TypeError, "{}() takes no keyword arguments", type_name_text(type));
    TRY(os_error_fill(vm, self_of(a), a.rest(2)));
  }
  return Value::none();
}

Value os_error_str(Vm& vm, Args a) {
  const ExceptionObject* e = self_of(a);
  auto part = [&](int i) { return e->extra[i].is_unset() ? Value::none() : e->extra[i]; };
  Value code = part(extra::kOsErrorErrno), text = part(extra::kOsErrorStrerror);
  if (!e->extra[extra::kOsErrorFilename].is_unset()) {
    Value filename = part(extra::kOsErrorFilename);
    if (!e->extra[extra::kOsErrorFilename2].is_unset())
      return TRY(str_message(vm, "[Errno {}] {}: {} -> {}", code, text, repr_of(filename),
                             repr_of(part(extra::kOsErrorFilename2))));
    return TRY(str_message(vm, "[Errno {}] {}: {}", code, text, repr_of(filename)));
  }
  if (!e->extra[extra::kOsErrorErrno].is_unset() && !e->extra[extra::kOsErrorStrerror].is_unset())
    return TRY(str_message(vm, "[Errno {}] {}", code, text));
  return base_exception_str(vm, self_of(a));
}

Value os_error_reduce(Vm& vm, Args a) {
  ExceptionObject* e = self_of(a);
  Tuple* args = e->args;
  Value filename = e->extra[extra::kOsErrorFilename], filename2 = e->extra[extra::kOsErrorFilename2];
  if (args->length == 2 && !filename.is_unset()) {
    if (filename2.is_unset()) {
      args = TRY(tuple_of(vm, args->items[0], args->items[1], filename));
    } else {
      args = TRY(tuple_of(vm, args->items[0], args->items[1], filename, Value::none(), filename2));
    }
  }
  return exception_reduce_with(vm, e, args, nullptr);
}

Value get_written(Vm& vm, Value self) {
  Value v = as_exception(self)->extra[extra::kOsErrorWritten];
  if (v.is_unset()) return raise_attribute_error(vm, self, TRY(vm.intern("characters_written")), "characters_written");
  return v;
}
Status set_written(Vm& vm, Value self, Value value) {
  Value& written = as_exception(self)->extra[extra::kOsErrorWritten];
  if (value.is_unset()) {
    if (written.is_unset())
      return raise_attribute_error(vm, self, TRY(vm.intern("characters_written")), "characters_written");
    written = Value();
    return {};
  }
  written = Value::small_int(TRY(index_checked(vm, value, E::ValueError)));
  return {};
}

constexpr NativeRow kOsErrorMethods[] = {
    {"__new__($type, /, *args, **kwargs)", os_error_new, kNewMethod},
    {"__init__($self, /, *args, **kwargs)", os_error_init},
    {"__str__($self, /)", os_error_str},
    {"__reduce__($self, /)", os_error_reduce},
};
constexpr MemberRow kOsErrorMembers[] = {
    {"errno", place(extra::kOsErrorErrno), 0, "POSIX exception code"},
    {"strerror", place(extra::kOsErrorStrerror), 0, "exception strerror"},
    {"filename", place(extra::kOsErrorFilename), 0, "exception filename"},
    {"filename2", place(extra::kOsErrorFilename2), 0, "second exception filename"},
};
constexpr GetSetRow kOsErrorGetSets[] = {{"characters_written", get_written, set_written}};

// --- SyntaxError.

Value syntax_error_init(Vm& vm, Args a) {
  TRY(set_args(vm, a, 1));
  ExceptionObject* e = self_of(a);
  for (Value& v : e->extra) v = Value();
  Tuple* args = e->args;
  if (args->length >= 1) e->extra[extra::kSyntaxErrorMsg] = args->items[0];
  if (args->length != 2) return Value::none();
  auto* info = TRY(tuple_from(vm, args->items[1])).as<Tuple>();
  if (info->length < 4) return vm.raise(E::TypeError, "function takes at least 4 arguments ({} given)", info->length);
  if (info->length > 7) return vm.raise(E::TypeError, "function takes at most 7 arguments ({} given)", info->length);
  constexpr int kPlaces[] = {extra::kSyntaxErrorFilename, extra::kSyntaxErrorLineno,    extra::kSyntaxErrorOffset,
                             extra::kSyntaxErrorText,     extra::kSyntaxErrorEndLineno, extra::kSyntaxErrorEndOffset,
                             extra::kSyntaxErrorMetadata};
  for (uint64_t i = 0; i < info->length; ++i) e->extra[kPlaces[i]] = info->items[i];
  vm.barrier(e);
  if (info->length == 5) return vm.raise(E::TypeError, "end_offset must be provided when end_lineno is provided");
  return Value::none();
}

Value syntax_error_str(Vm& vm, Args a) {
  const ExceptionObject* e = self_of(a);
  Value msg = e->extra[extra::kSyntaxErrorMsg];
  Value text = TRY(str(vm, msg.is_unset() ? Value::none() : msg));
  Value filename = e->extra[extra::kSyntaxErrorFilename], line = e->extra[extra::kSyntaxErrorLineno];
  bool has_line = !line.is_unset() && vm.type_of(line) == vm.types.int_;
  if (is_str(filename)) {
    Str* path = as_str(filename);
    uint64_t from = path->length;
    while (from > 0 && path->at(from - 1) != '/') --from;
    Str* base = TRY(str_substring(vm, path, from, path->length));
    if (has_line) return TRY(str_message(vm, "{} ({}, line {})", text, base, line));
    return TRY(str_message(vm, "{} ({})", text, base));
  }
  if (has_line) return TRY(str_message(vm, "{} (line {})", text, line));
  return text;
}

constexpr NativeRow kSyntaxErrorMethods[] = {
    {"__init__($self, /, *args)", syntax_error_init},
    {"__str__($self, /)", syntax_error_str},
};
constexpr MemberRow kSyntaxErrorMembers[] = {
    {"msg", place(extra::kSyntaxErrorMsg), 0, "exception msg"},
    {"filename", place(extra::kSyntaxErrorFilename), 0, "exception filename"},
    {"lineno", place(extra::kSyntaxErrorLineno), 0, "exception lineno"},
    {"offset", place(extra::kSyntaxErrorOffset), 0, "exception offset"},
    {"text", place(extra::kSyntaxErrorText), 0, "exception text"},
    {"end_lineno", place(extra::kSyntaxErrorEndLineno), 0, "exception end lineno"},
    {"end_offset", place(extra::kSyntaxErrorEndOffset), 0, "exception end offset"},
    {"print_file_and_line", place(extra::kSyntaxErrorPrintFileAndLine), 0, "exception print_file_and_line"},
    {"_metadata", place(extra::kSyntaxErrorMetadata)},
};

// --- UnicodeError.

enum class UnicodeKind { kEncode, kDecode, kTranslate };

template <UnicodeKind kWhich>
Value unicode_error_init(Vm& vm, Args a) {
  TRY(set_args(vm, a, 1));
  ExceptionObject* e = self_of(a);
  constexpr bool kNoEncoding = kWhich == UnicodeKind::kTranslate;
  constexpr uint64_t kCount = kNoEncoding ? 4 : 5;
  Tuple* args = e->args;
  if (args->length != kCount)
    return vm.raise(E::TypeError, "function takes exactly {} arguments ({} given)", kCount, args->length);
  size_t i = 0;
  auto want_str = [&](int field) -> Status {
    if (!is_str(args->items[i]))
      return vm.raise(E::TypeError, "argument {} must be str, not {}", i + 1, argument_type(args->items[i]));
    e->extra[field] = args->items[i++];
    return {};
  };
  auto want_index = [&](int field) -> Status {
    int64_t n = TRY(index_checked(vm, args->items[i], E::OverflowError));
    e->extra[field] = int_from(vm, n);
    ++i;
    return {};
  };
  if (!kNoEncoding) TRY(want_str(extra::kUnicodeErrorEncoding));
  if (kWhich == UnicodeKind::kDecode) {
    Value object = args->items[i];
    if (!is_bytes(object)) {
      ScopedBuffer buffer(vm);
      TRY(buffer.acquire(object));
      object = TRY(bytes_from(vm, buffer.view()));
    }
    e->extra[extra::kUnicodeErrorObject] = object;
    vm.barrier(e);
    ++i;
  } else {
    TRY(want_str(extra::kUnicodeErrorObject));
  }
  TRY(want_index(extra::kUnicodeErrorStart));
  TRY(want_index(extra::kUnicodeErrorEnd));
  TRY(want_str(extra::kUnicodeErrorReason));
  vm.barrier(e);
  return Value::none();
}

/// '\x61', '\u0394', '\U0001f600'.
std::string escaped(char32_t c) {
  char text[16];
  std::snprintf(text, sizeof(text),
                c < 0x100     ? "\\x%02x"
                : c < 0x10000 ? "\\u%04x"
                              : "\\U%08x",
                static_cast<unsigned>(c));
  return text;
}

template <UnicodeKind kWhich>
Value unicode_error_str(Vm& vm, Args a) {
  const ExceptionObject* e = self_of(a);
  if (e->extra[extra::kUnicodeErrorObject].is_unset()) return vm.names.empty;  // never initialised
  constexpr bool kDecode = kWhich == UnicodeKind::kDecode;
  auto text_of = [&](int field) -> Value {
    Value v = e->extra[field];
    return v.is_unset() ? Value(vm.names.empty) : str(vm, v);
  };
  Value reason = TRY(text_of(extra::kUnicodeErrorReason)), encoding = vm.names.empty;
  if (kWhich != UnicodeKind::kTranslate) encoding = TRY(text_of(extra::kUnicodeErrorEncoding));
  // Only now: the texts may be of classes whose __str__ changes the exception.
  Value object = e->extra[extra::kUnicodeErrorObject];
  if (object.is_unset()) return vm.raise(E::TypeError, "UnicodeError 'object' attribute is not set");
  if (kDecode ? !is_bytes(object) : !is_str(object))
    return vm.raise(E::TypeError, "UnicodeError 'object' attribute must be a {}", kDecode ? "bytes" : "string");
  auto length = static_cast<int64_t>(kDecode ? object.as<Bytes>()->length : as_str(object)->length);
  // They may have been changed to anything.
  auto position = [&](int field) {
    Value v = e->extra[field];
    return v.is_unset() || !is_int(v) ? 0 : int_to_i64(v).value_or(0);
  };
  int64_t start = position(extra::kUnicodeErrorStart), end = position(extra::kUnicodeErrorEnd);
  bool one = start >= 0 && start < length && end == start + 1;
  if (kWhich == UnicodeKind::kTranslate) {
    if (one)
      return TRY(str_message(vm, "can't translate character '{}' in position {}: {}",
                             std::string_view(escaped(as_str(object)->at(static_cast<uint64_t>(start)))), start,
                             reason));
    return TRY(str_message(vm, "can't translate characters in position {}-{}: {}", start, end - 1, reason));
  }
  if (kDecode) {
    if (one) {
      char byte[8];
      std::snprintf(byte, sizeof(byte), "0x%02x", object.as<Bytes>()->data[start]);
      return TRY(str_message(vm, "'{}' codec can't decode byte {} in position {}: {}", encoding,
                             static_cast<const char*>(byte), start, reason));
    }
    return TRY(
        str_message(vm, "'{}' codec can't decode bytes in position {}-{}: {}", encoding, start, end - 1, reason));
  }
  if (one)
    return TRY(str_message(vm, "'{}' codec can't encode character '{}' in position {}: {}", encoding,
                           std::string_view(escaped(as_str(object)->at(static_cast<uint64_t>(start)))), start, reason));
  return TRY(
      str_message(vm, "'{}' codec can't encode characters in position {}-{}: {}", encoding, start, end - 1, reason));
}

constexpr NativeRow kEncodeErrorMethods[] = {
    {"__init__($self, /, *args)", unicode_error_init<UnicodeKind::kEncode>},
    {"__str__($self, /)", unicode_error_str<UnicodeKind::kEncode>},
};
constexpr NativeRow kDecodeErrorMethods[] = {
    {"__init__($self, /, *args)", unicode_error_init<UnicodeKind::kDecode>},
    {"__str__($self, /)", unicode_error_str<UnicodeKind::kDecode>},
};
constexpr NativeRow kTranslateErrorMethods[] = {
    {"__init__($self, /, *args)", unicode_error_init<UnicodeKind::kTranslate>},
    {"__str__($self, /)", unicode_error_str<UnicodeKind::kTranslate>},
};
constexpr MemberRow kUnicodeErrorMembers[] = {
    {"encoding", place(extra::kUnicodeErrorEncoding), 0, "exception encoding"},
    {"object", place(extra::kUnicodeErrorObject), 0, "exception object"},
    {"start", place(extra::kUnicodeErrorStart), 0, "exception start"},
    {"end", place(extra::kUnicodeErrorEnd), 0, "exception end"},
    {"reason", place(extra::kUnicodeErrorReason), 0, "exception reason"},
};

}  // namespace

Type* os_error_type(Vm& vm, int64_t errno_value) {
  switch (errno_value) {
    case EAGAIN:
    case EALREADY:
    case EINPROGRESS: return vm.exception_type(E::BlockingIOError);
    case EPIPE:
    case ESHUTDOWN: return vm.exception_type(E::BrokenPipeError);
    case ECHILD: return vm.exception_type(E::ChildProcessError);
    case ECONNABORTED: return vm.exception_type(E::ConnectionAbortedError);
    case ECONNREFUSED: return vm.exception_type(E::ConnectionRefusedError);
    case ECONNRESET: return vm.exception_type(E::ConnectionResetError);
    case EEXIST: return vm.exception_type(E::FileExistsError);
    case ENOENT: return vm.exception_type(E::FileNotFoundError);
    case EISDIR: return vm.exception_type(E::IsADirectoryError);
    case ENOTDIR: return vm.exception_type(E::NotADirectoryError);
    case EINTR: return vm.exception_type(E::InterruptedError);
    case EACCES:
    case EPERM: return vm.exception_type(E::PermissionError);
    case ESRCH: return vm.exception_type(E::ProcessLookupError);
    case ETIMEDOUT: return vm.exception_type(E::TimeoutError);
    default: return vm.exception_type(E::OSError);
  }
}

namespace {
constexpr ExceptionRows kRows[] = {
    {"StopIteration", kStopIterationMethods, kStopIterationMembers},
    {"SystemExit", kSystemExitMethods, kSystemExitMembers},
    {"KeyError", kKeyErrorMethods},
    {"NameError", kNameErrorMethods, kNameErrorMembers},
    {"AttributeError", kAttributeErrorMethods, kAttributeErrorMembers},
    {"ImportError", kImportErrorMethods, kImportErrorMembers},
    {"OSError", kOsErrorMethods, kOsErrorMembers, kOsErrorGetSets},
    {"SyntaxError", kSyntaxErrorMethods, kSyntaxErrorMembers},
    {"UnicodeEncodeError", kEncodeErrorMethods, kUnicodeErrorMembers},
    {"UnicodeDecodeError", kDecodeErrorMethods, kUnicodeErrorMembers},
    {"UnicodeTranslateError", kTranslateErrorMethods, kUnicodeErrorMembers},
};
}  // namespace

constinit const std::span<const ExceptionRows> kExceptionRows = kRows;

}  // namespace krait
