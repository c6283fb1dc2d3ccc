#include "modules/std_streams.hpp"

#include <fcntl.h>
#include <unistd.h>

#include <cstdlib>
#include <string>

#include "modules/io_module.hpp"
#include "objects/dict.hpp"
#include "objects/operations.hpp"
#include "runtime/import.hpp"
#include "runtime/system.hpp"

namespace krait {
namespace {

struct Streams : Extension {
  Value made[3];
  void trace(Marker& marker) override {
    for (Value v : made) marker.mark(v);
  }
};

/// In the C and POSIX locales, and where UTF-8 was asked for, bytes that are no UTF-8 pass through.
bool lenient_locale(const SystemOptions& options) {
  for (const char* name : {"LC_ALL", "LC_CTYPE", "LANG"}) {
    const char* value = std::getenv(name);
    if (value == nullptr || *value == 0) continue;
    std::string_view locale = value;
    return locale == "C" || locale == "POSIX" || locale == "C.UTF-8" || locale == "C.utf8" || locale == "UTF-8";
  }
  return true;
}

Value make_stream(Vm& vm, int fd) {
  static constexpr const char* kNames[] = {"<stdin>", "<stdout>", "<stderr>"};
  const SystemOptions& options = system_of(vm).options;
  if (fcntl(fd, F_GETFD) < 0) return Value::none();
  Value module = import_module(vm, "_io");
  if (module.is_error()) return module;
  bool reading = fd == 0;
  bool raw_output = !reading && options.unbuffered;
  Value none = Value::none();
  Value buffer =
      io::open(vm, Value::small_int(fd), reading ? "rb" : "wb", raw_output ? 0 : -1, none, none, none, false, none);
  if (buffer.is_error()) return buffer;
  Value raw = raw_output ? buffer : get_attr(vm, buffer, TRY(vm.intern("raw")));
  if (raw.is_error()) return raw;
  TRY(set_attr(vm, raw, TRY(vm.intern("name")), TRY(vm.intern(kNames[fd]))));
  std::string errors = options.io_errors;
  if (fd == 2) {
    errors = "backslashreplace";
  } else if (errors.empty()) {
    errors = options.io_encoding.empty() && lenient_locale(options) ? "surrogateescape" : "strict";
  }
  Value encoding =
      options.io_encoding.empty() ? Value(vm.names.utf_8) : Value(TRY(str_decode_fs(vm, options.io_encoding)));
  bool line_buffering = fd == 2 || isatty(fd) == 1;
  Value args[] = {buffer,
                  encoding,
                  TRY(str_decode_fs(vm, errors)),
                  vm.latin1_chars['\n'],
                  Value::boolean(line_buffering),
                  Value::boolean(raw_output)};
  Value text = call(vm, io::state(vm).text, args);
  if (text.is_error()) return text;
  TRY(set_attr(vm, text, vm.names.mode, TRY(vm.intern(reading ? "r" : "w"))));
  // They stay open to the very end (their last bytes are the business of runtime/exit): no finalizer closes them.
  for (Value part : {raw, buffer, text}) part.cell()->gc &= static_cast<uint8_t>(~kGcFinalize);
  return text;
}

}  // namespace

Value std_stream(Vm& vm, int fd) {
  static constexpr const char* kNames[][2] = {
      {"stdin", "__stdin__"}, {"stdout", "__stdout__"}, {"stderr", "__stderr__"}};
  Value& made = vm.extension<Streams>().made[fd];
  if (!made.is_unset()) return Value::exhausted();
  // Not kept before it is whole: a limit that trips meanwhile leaves nothing half made.
  Value stream = make_stream(vm, fd);
  if (stream.is_error()) return stream;
  made = stream;
  Dict* sys = system_of(vm).sys->dict;
  for (const char* name : kNames[fd]) {
    Str* key = TRY(vm.intern(name));
    if (dict_get_str(vm, sys, key).is_unset()) TRY(dict_set_str(vm, sys, key, stream));
  }
  return stream;
}

Status std_open_builtin(Vm& vm) {
  if (import_find_native(vm, "_io") == nullptr) return {};
  Value module = import_module(vm, "_io");
  if (module.is_error()) return Error{};
  Value open = get_attr(vm, module, TRY(vm.intern("open")));
  if (open.is_error()) return Error{};
  return module_add(vm, vm.builtins, "open", open);
}

void std_streams_flush(Vm& vm) {
  for (int fd : {1, 2}) {
    Value stream = vm.extension<Streams>().made[fd];
    if (stream.is_unset() || stream.is_none()) continue;
    Value flush = type_lookup(vm, io::state(vm).text, vm.names.flush);
    if (!flush.is_unset() && call1(vm, flush, stream).is_error()) (void)vm.take_pending();
  }
}

}  // namespace krait
