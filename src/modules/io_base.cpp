// _io: the base classes, open(), and the module itself.
#include <algorithm>
#include <string>

#include "modules/io_module.hpp"
#include "objects/dict.hpp"
#include "objects/exception.hpp"
#include "objects/int.hpp"
#include "objects/operations.hpp"
#include "objects/sequences.hpp"
#include "objects/shape.hpp"
#include "objects/type.hpp"
#include "runtime/import.hpp"
#include "runtime/system.hpp"

namespace krait::io {

void State::trace(Marker& marker) {
  for (Type* t : {iobase, rawbase, bufferedbase, textbase, fileio, bytesio, bytesio_view, stringio, reader, writer,
                  random, rwpair, text, newline_decoder, unsupported})
    marker.mark_cell(t);
}

Error unsupported(Vm& vm, const char* message) { return vm.raise(state(vm).unsupported, "{}", message); }
Error closed_error(Vm& vm) { return vm.raise(E::ValueError, "I/O operation on closed file."); }

Value call_name(Vm& vm, Value object, const char* method, std::span<const Value> args) {
  return call_method(vm, object, TRY(vm.intern(method)), args);
}
Result<bool> ask(Vm& vm, Value object, const char* method) {
  Value v = call_name(vm, object, method);
  if (v.is_error()) return Error{};
  return truthy(vm, v);
}
Result<bool> is_closed(Vm& vm, Value object) {
  Value v = get_attr(vm, object, TRY(vm.intern("closed")));
  if (v.is_error()) return Error{};
  return truthy(vm, v);
}
Status check_closed(Vm& vm, Value object, const char* message) {
  if (TRY(is_closed(vm, object))) return vm.raise(E::ValueError, "{}", message);
  return {};
}
Result<int64_t> size_argument(Vm& vm, Value v, int64_t fallback) {
  if (v.is_unset() || v.is_none()) return fallback;
  if (special_of(vm, v, Special::Index).is_unset())
    return vm.raise(E::TypeError, "argument should be integer or None, not '{}'", type_name_of(v));
  return index_checked(vm, v, E::OverflowError);
}
Result<int64_t> offset_from(Vm& vm, Value v) {
  if (v.is_error()) return Error{};
  int64_t n = TRY(index_checked(vm, v, E::OverflowError));
  if (n < 0) return vm.raise(E::OSError, "Raw stream returned invalid position {}", n);
  return n;
}

namespace {

constexpr const char* kClosedName = "__IOBase_closed";

// --- _IOBase
Value base_unsupported_seek(Vm& vm, Args) { return unsupported(vm, "seek"); }
Value base_tell(Vm& vm, Args a) {
  Value args[] = {Value::small_int(0), Value::small_int(1)};
  return call_name(vm, a[0], "seek", args);
}
Value base_truncate(Vm& vm, Args) { return unsupported(vm, "truncate"); }
Value base_fileno(Vm& vm, Args) { return unsupported(vm, "fileno"); }
Value base_false(Vm&, Args) { return Value::false_(); }
Value base_isatty(Vm& vm, Args a) {
  TRY(check_closed(vm, a[0]));
  return Value::false_();
}
Value base_flush(Vm& vm, Args a) {
  Value closed = get_attr_optional(vm, a[0], TRY(vm.intern(kClosedName)));
  if (closed.is_error()) return closed;
  if (!closed.is_exhausted()) return closed_error(vm);
  return Value::none();
}
Value base_close(Vm& vm, Args a) {
  if (TRY(is_closed(vm, a[0]))) return Value::none();
  Value flushed = call_name(vm, a[0], "flush");
  Value pending = flushed.is_error() ? vm.take_pending() : Value();
  TRY(set_attr(vm, a[0], TRY(vm.intern(kClosedName)), Value::true_()));
  if (!pending.is_unset()) {
    vm.t.pending = pending;
    return Error{};
  }
  return Value::none();
}
Value base_closed(Vm& vm, Value self) {
  Value v = get_attr_optional(vm, self, TRY(vm.intern(kClosedName)));
  if (v.is_error()) return v;
  return Value::boolean(!v.is_exhausted());
}
Value base_check_closed(Vm& vm, Args a) {
  TRY(check_closed(vm, a[0]));
  return Value::none();
}
Value base_check_readable(Vm& vm, Args a) {
  if (!TRY(ask(vm, a[0], "readable"))) return unsupported(vm, "File or stream is not readable.");
  return Value::true_();
}
Value base_check_writable(Vm& vm, Args a) {
  if (!TRY(ask(vm, a[0], "writable"))) return unsupported(vm, "File or stream is not writable.");
  return Value::true_();
}
Value base_check_seekable(Vm& vm, Args a) {
  if (!TRY(ask(vm, a[0], "seekable"))) return unsupported(vm, "File or stream is not seekable.");
  return Value::true_();
}
Value base_enter(Vm& vm, Args a) {
  TRY(check_closed(vm, a[0]));
  return a[0];
}
Value base_exit(Vm& vm, Args a) { return call_name(vm, a[0], "close"); }
Value base_iter(Vm& vm, Args a) {
  TRY(check_closed(vm, a[0]));
  return a[0];
}
Value base_next(Vm& vm, Args a) {
  Value line = call_name(vm, a[0], "readline");
  if (line.is_error()) return line;
  if (TRY(length(vm, line)) <= 0) return Value::exhausted();
  return line;
}
Value base_del(Vm& vm, Args a) {
  // A stream that is dropped is closed; what goes wrong then is nobody's.
  Value closed = get_attr_optional(vm, a[0], TRY(vm.intern("closed")));
  if (closed.is_error()) {
    if (!vm.clear_pending()) return Error{};
    return Value::none();
  }
  if (closed.is_true()) return Value::none();
  Value dealloc_warn = get_attr_optional(vm, a[0], TRY(vm.intern("_dealloc_warn")));
  if (!dealloc_warn.is_error() && !dealloc_warn.is_exhausted()) dealloc_warn = call1(vm, dealloc_warn, a[0]);
  if (dealloc_warn.is_error() && !vm.clear_pending()) return Error{};
  Value done = call_name(vm, a[0], "close");
  if (done.is_error() && !vm.clear_pending()) return Error{};
  return Value::none();
}
Value base_readline(Vm& vm, Args a) {
  int64_t limit = TRY(size_argument(vm, a[1]));
  Value peek = get_attr_optional(vm, a[0], TRY(vm.intern("peek")));
  if (peek.is_error()) return peek;
  std::string line;
  while (limit < 0 || static_cast<int64_t>(line.size()) < limit) {
    TRY(vm.poll());
    int64_t want = 1;
    if (!peek.is_exhausted()) {
      Value ahead = call1(vm, peek, Value::small_int(1));
      if (ahead.is_error()) return ahead;
      if (!is_bytes(ahead))
        return vm.raise(E::OSError, "peek() should have returned a bytes object, not '{}'", type_name_of(ahead));
      std::string_view view = ahead.as<Bytes>()->view();
      if (!view.empty()) {
        size_t at = view.find('\n');
        want = static_cast<int64_t>(at == std::string_view::npos ? view.size() : at + 1);
        if (limit >= 0 && want > limit - static_cast<int64_t>(line.size()))
          want = limit - static_cast<int64_t>(line.size());
      }
    }
    Value piece = call_name(vm, a[0], "read", Value::small_int(want));
    if (piece.is_error()) return piece;
    if (!is_bytes(piece))
      return vm.raise(E::OSError, "read() should have returned a bytes object, not '{}'", type_name_of(piece));
    if (piece.as<Bytes>()->length == 0) break;
    line += piece.as<Bytes>()->view();
    if (line.back() == '\n') break;
  }
  return bytes_from(vm, std::string_view(line));
}
Value base_readlines(Vm& vm, Args a) {
  int64_t hint = TRY(size_argument(vm, a[1]));
  List* lines = TRY(list_new(vm));
  int64_t total = 0;
  Value it = get_iter(vm, a[0]);
  if (it.is_error()) return it;
  while (true) {
    TRY(vm.poll());
    Value line = iter_next(vm, it);
    if (line.is_error()) return line;
    if (line.is_exhausted()) break;
    TRY(list_append(vm, lines, line));
    total += TRY(length(vm, line));
    if (hint > 0 && total > hint) break;
  }
  return lines;
}
Value base_writelines(Vm& vm, Args a) {
  TRY(check_closed(vm, a[0]));
  TRY(for_each(vm, a[1], [&](Value line) -> Status {
    if (call_name(vm, a[0], "write", line).is_error()) return Error{};
    return {};
  }));
  return Value::none();
}
Value base_construct(Vm& vm, Args a) { return vm.new_instance<Object>(a[0].as<Type>()); }
Value base_init(Vm&, Args) { return Value::none(); }

const NativeRow kBaseMethods[] = {
    {"__new__($type, /, *args, **kwargs)", base_construct, kNewMethod | kStaticMethod},
    {"__init__($self, /, *args, **kwargs)", base_init},
    {"seek($self, offset, whence=0, /)", base_unsupported_seek, 0, "Change the stream position."},
    {"tell($self, /)", base_tell, 0, "Return current stream position."},
    {"truncate($self, size=None, /)", base_truncate, 0, "Truncate file to size bytes."},
    {"flush($self, /)", base_flush, 0, "Flush write buffers, if applicable."},
    {"close($self, /)", base_close, 0, "Flush and close the IO object."},
    {"seekable($self, /)", base_false, 0, "Return whether object supports random access."},
    {"readable($self, /)", base_false, 0, "Return whether object was opened for reading."},
    {"writable($self, /)", base_false, 0, "Return whether object was opened for writing."},
    {"_checkClosed($self, msg=None, /)", base_check_closed},
    {"_checkSeekable($self, msg=None, /)", base_check_seekable},
    {"_checkReadable($self, msg=None, /)", base_check_readable},
    {"_checkWritable($self, msg=None, /)", base_check_writable},
    {"fileno($self, /)", base_fileno, 0, "Return underlying file descriptor if one exists."},
    {"isatty($self, /)", base_isatty, 0, "Return whether this is an 'interactive' stream."},
    {"__enter__($self, /)", base_enter},
    {"__exit__($self, /, *args)", base_exit},
    {"__iter__($self, /)", base_iter},
    {"__next__($self, /)", base_next, kIterNext},
    {"__del__($self, /)", base_del},
    {"readline($self, size=-1, /)", base_readline, 0, "Read and return a line from the stream."},
    {"readlines($self, hint=-1, /)", base_readlines, 0, "Return a list of lines from the stream."},
    {"writelines($self, lines, /)", base_writelines, 0, "Write a list of lines to stream."},
};
const GetSetRow kBaseAttributes[] = {{"closed", base_closed}};

// --- _RawIOBase
Value raw_read(Vm& vm, Args a) {
  int64_t n = TRY(size_argument(vm, a[1]));
  if (n < 0) return call_name(vm, a[0], "readall");
  Value buffer = TRY(bytearray_from(vm, {}));
  TRY(bytearray_resize(vm, buffer.as<ByteArray>(), static_cast<uint64_t>(n)));
  Value got = call_name(vm, a[0], "readinto", buffer);
  if (got.is_error() || got.is_none()) return got;
  int64_t count = TRY(index_checked(vm, got, E::OverflowError));
  if (count < 0 || count > n) return vm.raise(E::ValueError, "readinto returned {} outside buffer size {}", count, n);
  return bytes_from(vm, std::span<const uint8_t>(buffer.as<ByteArray>()->data(), static_cast<size_t>(count)));
}
Value raw_readall(Vm& vm, Args a) {
  std::string all;
  bool any = false;
  while (true) {
    TRY(vm.poll());
    Value piece = call_name(vm, a[0], "read", Value::small_int(kDefaultBufferSize));
    if (piece.is_error()) return piece;
    if (piece.is_none()) {
      if (!any) return piece;
      break;
    }
    if (!is_bytes(piece)) return vm.raise(E::TypeError, "read() should return bytes");
    if (piece.as<Bytes>()->length == 0) break;
    any = true;
    if (all.size() + piece.as<Bytes>()->length > vm.heap.limit()) return vm.raise_memory_error();
    all += piece.as<Bytes>()->view();
  }
  return bytes_from(vm, std::string_view(all));
}
/// What a stream of one direction leaves out.
Value raw_not_implemented(Vm& vm, Args) { return vm.raise(E::NotImplementedError, ""); }
const NativeRow kRawMethods[] = {
    {"readinto($self, buffer, /)", raw_not_implemented},
    {"write($self, data, /)", raw_not_implemented},
    {"read($self, size=-1, /)", raw_read},
    {"readall($self, /)", raw_readall, 0, "Read until EOF, using multiple read() call."},
};

// --- _BufferedIOBase
Value buffered_detach(Vm& vm, Args) { return unsupported(vm, "detach"); }
Value buffered_read(Vm& vm, Args) { return unsupported(vm, "read"); }
Value buffered_read1(Vm& vm, Args) { return unsupported(vm, "read1"); }
Value buffered_write(Vm& vm, Args) { return unsupported(vm, "write"); }
Value read_into(Vm& vm, Args a, const char* method) {
  ScopedBuffer into(vm);
  TRY(into.acquire_writable(a[1], method[4] == '1' ? "readinto1() argument" : "readinto() argument"));
  Value data = call_name(vm, a[0], method, Value::small_int(into.get().length));
  if (data.is_error()) return data;
  if (!is_bytes(data)) return vm.raise(E::TypeError, "read() should return bytes");
  if (static_cast<int64_t>(data.as<Bytes>()->length) > into.get().length)
    return vm.raise(E::ValueError, "read() returned too much data: {} bytes requested, {} returned", into.get().length,
                    data.as<Bytes>()->length);
  if (data.as<Bytes>()->length != 0)
    __builtin_memcpy(into.get().data, data.as<Bytes>()->data, data.as<Bytes>()->length);
  return int_from_u64(vm, data.as<Bytes>()->length);
}
Value buffered_readinto(Vm& vm, Args a) { return read_into(vm, a, "read"); }
Value buffered_readinto1(Vm& vm, Args a) { return read_into(vm, a, "read1"); }
const NativeRow kBufferedMethods[] = {
    {"detach($self, /)", buffered_detach, 0, "Disconnect this buffer from its underlying raw stream and return it."},
    {"read($self, size=-1, /)", buffered_read},
    {"read1($self, size=-1, /)", buffered_read1},
    {"readinto($self, buffer, /)", buffered_readinto},
    {"readinto1($self, buffer, /)", buffered_readinto1},
    {"write($self, b, /)", buffered_write},
};

// --- _TextIOBase
Value text_unsupported_detach(Vm& vm, Args) { return unsupported(vm, "detach"); }
Value text_unsupported_read(Vm& vm, Args) { return unsupported(vm, "read"); }
Value text_unsupported_readline(Vm& vm, Args) { return unsupported(vm, "readline"); }
Value text_unsupported_write(Vm& vm, Args) { return unsupported(vm, "write"); }
Value text_none(Vm&, Value) { return Value::none(); }
const NativeRow kTextMethods[] = {
    {"detach($self, /)", text_unsupported_detach},
    {"read($self, size=-1, /)", text_unsupported_read},
    {"readline($self, size=-1, /)", text_unsupported_readline},
    {"write($self, s, /)", text_unsupported_write},
};
const GetSetRow kTextAttributes[] = {{"encoding", text_none}, {"newlines", text_none}, {"errors", text_none}};

constexpr uint32_t kBaseFlags = kTypeBase | kTypeHasDict | kTypeHasWeakref;
const TypeSpec kIOBase{.name = "_io._IOBase",
                       .doc = "The abstract base class for all I/O classes.",
                       .signature = "",
                       .kind = static_cast<CellKind>(Kind::IOBase),
                       .size = sizeof(Object),
                       .flags = kBaseFlags,
                       .methods = kBaseMethods,
                       .getsets = kBaseAttributes};
const TypeSpec kRawIOBase{.name = "_io._RawIOBase",
                          .doc = "Base class for raw binary I/O.",
                          .kind = static_cast<CellKind>(Kind::IOBase),
                          .size = sizeof(Object),
                          .flags = kBaseFlags,
                          .methods = kRawMethods};
const TypeSpec kBufferedIOBase{.name = "_io._BufferedIOBase",
                               .doc = "Base class for buffered IO objects.",
                               .kind = static_cast<CellKind>(Kind::IOBase),
                               .size = sizeof(Object),
                               .flags = kBaseFlags,
                               .methods = kBufferedMethods};
const TypeSpec kTextIOBase{.name = "_io._TextIOBase",
                           .doc = "Base class for text I/O.",
                           .kind = static_cast<CellKind>(Kind::IOBase),
                           .size = sizeof(Object),
                           .flags = kBaseFlags,
                           .methods = kTextMethods,
                           .getsets = kTextAttributes};

}  // namespace

Status make_bases(Vm& vm, Module* m) {
  State& s = state(vm);
  s.iobase = TRY(module_add_type(vm, m, kIOBase));
  s.rawbase = TRY(module_add_type(vm, m, kRawIOBase, s.iobase));
  s.bufferedbase = TRY(module_add_type(vm, m, kBufferedIOBase, s.iobase));
  s.textbase = TRY(module_add_type(vm, m, kTextIOBase, s.iobase));
  // class UnsupportedOperation(OSError, ValueError)
  Tuple* bases = TRY(tuple_of(vm, Value(vm.exception_type(E::OSError)), Value(vm.exception_type(E::ValueError))));
  Dict* ns = TRY(dict_new(vm));
  TRY(dict_set_str(vm, ns, vm.names.d_module, TRY(vm.intern("io"))));
  Value unsupported_type = type_new(vm, vm.types.type, TRY(vm.intern("UnsupportedOperation")), bases, ns, nullptr);
  if (unsupported_type.is_error()) return Error{};
  s.unsupported = unsupported_type.as<Type>();
  return module_add(vm, m, "UnsupportedOperation", unsupported_type);
}

// --- open()
Value open(Vm& vm, Value file, std::string_view mode, int64_t buffering, Value encoding, Value errors, Value newline,
           bool closefd, Value opener) {
  bool creating = false, reading = false, writing = false, appending = false, updating = false, text = false,
       binary = false;
  for (size_t i = 0; i < mode.size(); ++i) {
    bool* flag = mode[i] == 'x'   ? &creating
                 : mode[i] == 'r' ? &reading
                 : mode[i] == 'w' ? &writing
                 : mode[i] == 'a' ? &appending
                 : mode[i] == '+' ? &updating
                 : mode[i] == 't' ? &text
                 : mode[i] == 'b' ? &binary
                                  : nullptr;
    if (flag == nullptr || *flag) return vm.raise(E::ValueError, "invalid mode: '{}'", mode);
    *flag = true;
  }
  if (text && binary) return vm.raise(E::ValueError, "can't have text and binary mode at once");
  if (creating + reading + writing + appending == 0)
    return vm.raise(E::ValueError, "Must have exactly one of create/read/write/append mode and at most one plus");
  if (creating + reading + writing + appending != 1)
    return vm.raise(E::ValueError, "must have exactly one of create/read/write/append mode");
  if (binary && !encoding.is_none()) return vm.raise(E::ValueError, "binary mode doesn't take an encoding argument");
  if (binary && !errors.is_none()) return vm.raise(E::ValueError, "binary mode doesn't take an errors argument");
  if (binary && !newline.is_none()) return vm.raise(E::ValueError, "binary mode doesn't take a newline argument");
  if (binary && buffering == 1)
    TRY(warn(vm, E::RuntimeWarning,
             "line buffering (buffering=1) isn't supported in binary mode, the default buffer size will be used"));
  std::string raw_mode = creating ? "x" : reading ? "r" : writing ? "w" : "a";
  if (updating) raw_mode += "+";
  Value raw_args[] = {file, TRY(vm.intern(raw_mode)), Value::boolean(closefd), opener};
  Value raw = call(vm, state(vm).fileio, raw_args);
  if (raw.is_error()) return raw;
  // From here on a failure closes the file again.
  auto finish = [&]() -> Value {
    bool line_buffering = false;
    if (buffering == 1 || (buffering < 0 && TRY(ask(vm, raw, "isatty")))) {
      buffering = -1;
      line_buffering = true;
    }
    if (buffering < 0) {
      buffering = kDefaultBufferSize;
      Value block = get_attr(vm, raw, TRY(vm.intern("_blksize")));
      if (block.is_error()) return block;
      if (block.is_small_int() && block.as_small_int() > 1) buffering = block.as_small_int();
    }
    if (buffering == 0) {
      if (binary) return raw;
      return vm.raise(E::ValueError, "can't have unbuffered text I/O");
    }
    Type* type = updating ? state(vm).random : reading ? state(vm).reader : state(vm).writer;
    Value buffer = call2(vm, type, raw, Value::small_int(buffering));
    if (buffer.is_error() || binary) return buffer;
    Value text_args[] = {buffer, encoding, errors, newline, Value::boolean(line_buffering)};
    Value wrapper = call(vm, state(vm).text, text_args);
    if (wrapper.is_error()) return wrapper;
    TRY(set_attr(vm, wrapper, vm.names.mode, TRY(vm.intern(mode))));
    return wrapper;
  };
  Value result = finish();
  if (result.is_error()) {
    Value pending = vm.take_pending();
    if (call_name(vm, raw, "close").is_error()) (void)vm.take_pending();
    vm.t.pending = pending;
  }
  return result;
}

namespace {

Value io_open(Vm& vm, Args a) {
  // file, mode, buffering, encoding, errors, newline, closefd, opener
  Value mode = a.get(1, vm.latin1_chars['r']);
  if (!is_str(mode)) return vm.raise(E::TypeError, "open() argument 'mode' must be str, not {}", argument_type(mode));
  for (int i : {3, 4, 5}) {
    const char* names[] = {"encoding", "errors", "newline"};
    if (a.has(i) && !a[i].is_none() && !is_str(a[i]))
      return vm.raise(E::TypeError, "open() argument '{}' must be str or None, not {}", names[i - 3],
                      type_name_of(a[i]));
  }
  int64_t buffering = a.has(2) ? TRY(index_checked(vm, a[2], E::OverflowError)) : -1;
  bool closefd = !a.has(6) || TRY(truthy(vm, a[6]));
  Value file = a[0];
  return open(vm, file, str_to_utf8(as_str(mode)), buffering, a.get(3, Value::none()), a.get(4, Value::none()),
              a.get(5, Value::none()), closefd, a.get(7, Value::none()));
}
Value io_open_code(Vm& vm, Args a) {
  if (!is_str(a[0]))
    return vm.raise(E::TypeError, "open_code() argument 'path' must be str, not {}", argument_type(a[0]));
  return open(vm, a[0], "rb", -1, Value::none(), Value::none(), Value::none(), true, Value::none());
}
Value io_text_encoding(Vm& vm, Args a) {
  if (!a[0].is_none()) return a[0];
  const SystemOptions& options = system_of(vm).options;
  if (options.warn_default_encoding) {
    int64_t level = a.has(1) ? TRY(index_checked(vm, a[1], E::OverflowError)) : 2;
    TRY(warn(vm, E::EncodingWarning, "'encoding' argument not specified",
             static_cast<int>(std::clamp<int64_t>(level, 0, INT32_MAX))));
  }
  return vm.intern(options.utf8_mode ? "utf-8" : "locale");
}

const NativeRow kFunctions[] = {
    {"open(file, mode='r', buffering=-1, encoding=None, errors=None, newline=None, closefd=True, opener=None)", io_open,
     0, "Open file and return a stream."},
    {"open_code(path)", io_open_code, 0, "Opens the provided file with the intent to import the contents."},
    {"text_encoding(encoding, stacklevel=2, /)", io_text_encoding, 0, "A helper function to choose the text encoding."},
};

Status io_init(Vm& vm, Module* m) {
  TRY(make_bases(vm, m));
  TRY(make_fileio(vm, m));
  TRY(make_memory(vm, m));
  TRY(make_buffered(vm, m));
  TRY(make_text(vm, m));
  TRY(module_add_int(vm, m, "DEFAULT_BUFFER_SIZE", kDefaultBufferSize));
  return module_add(vm, m, "BlockingIOError", vm.exception_type(E::BlockingIOError));
}

}  // namespace
}  // namespace krait::io

namespace krait {
extern const ModuleSpec io_module{
    .name = "_io",
    .doc = "Streams: raw files, buffers and text.",
    .functions = io::kFunctions,
    .init = io::io_init,
};
}  // namespace krait
