#include "modules/standard_streams.hpp"

#include <sys/stat.h>
#include <unistd.h>

#include <cstdlib>
#include <string>

#include "objects/dict.hpp"
#include "objects/module.hpp"
#include "objects/operations.hpp"
#include "objects/sequences.hpp"
#include "objects/str.hpp"
#include "runtime/import.hpp"
#include "runtime/system.hpp"

namespace krait {
namespace {

Value make_stream(Vm& vm, Value io, int fd, const std::string& encoding, const std::string& errors) {
  struct stat info;
  if (fstat(fd, &info) != 0) return Value::none();
  bool writes = fd != 0, unbuffered = system_of(vm).options.unbuffered && writes;
  auto get = [&](const char* name) -> Value { return get_attr(vm, io, TRY(vm.intern(name))); };
  Value raw = TRY(call_with(vm, TRY(get("FileIO")),
                            TRY(tuple_of(vm, Value::small_int(fd), Value(TRY(vm.intern(writes ? "wb" : "rb"))), Value::false_())),
                            nullptr));
  constexpr const char* kNames[] = {"<stdin>", "<stdout>", "<stderr>"};
  TRY(set_attr(vm, raw, vm.names.name, TRY(vm.intern(kNames[fd]))));
  Value buffer = TRY(call1(vm, TRY(get(writes ? "BufferedWriter" : "BufferedReader")), raw));
  bool lines = fd == 2 || isatty(fd) == 1;
  Value args[] = {buffer, TRY(vm.intern(encoding)), TRY(vm.intern(errors)), vm.latin1_chars['\n'], Value::boolean(lines),
                  Value::boolean(unbuffered)};
  Value text = TRY(call(vm, TRY(get("TextIOWrapper")), args));
  TRY(set_attr(vm, text, vm.names.mode, writes ? vm.latin1_chars['w'] : vm.latin1_chars['r']));
  return text;
}

}  // namespace

Status standard_streams_open(Vm& vm) {
  if (import_find_native(vm, "_io") == nullptr) return {};
  Value io = TRY(import_module(vm, "_io"));
  Value open = TRY(get_attr(vm, io, TRY(vm.intern("open"))));
  TRY(module_add(vm, vm.builtins, "open", open));
  std::string encoding = "utf-8", errors = "surrogateescape";
  const char* setting = system_of(vm).options.ignore_environment ? nullptr : std::getenv("PYTHONIOENCODING");
  if (setting != nullptr && *setting != 0) {
    std::string text = setting;
    size_t colon = text.find(':');
    if (colon != 0) encoding = text.substr(0, colon);
    errors = "strict";
    if (colon != std::string::npos && colon + 1 < text.size()) errors = text.substr(colon + 1);
  }
  Value streams[3];
  for (int fd = 0; fd < 3; ++fd) {
    streams[fd] = make_stream(vm, io, fd, encoding, fd == 2 ? "backslashreplace" : errors);
    if (streams[fd].is_error()) return Error{};
  }
  return sys_set_streams(vm, streams[0], streams[1], streams[2]);
}

}  // namespace krait
