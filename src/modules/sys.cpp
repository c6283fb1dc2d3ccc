// The sys module.
#include <unistd.h>

#include "objects/dict.hpp"
#include "objects/module.hpp"
#include "objects/operations.hpp"
#include "objects/str.hpp"

namespace krait {
namespace {

struct TextOut : Object {
  int fd;
};
Value text_out_write(Vm& vm, Args a) {
  if (!is_str(a[1])) return vm.raise(E::TypeError, "write() argument must be str, not {}", type_name_of(a[1]));
  std::string text = str_to_utf8(as_str(a[1]));
  const char* p = text.data();
  size_t left = text.size();
  while (left > 0) {
    ssize_t n = ::write(a[0].as<TextOut>()->fd, p, left);
    if (n < 0) return vm.raise_os_error(errno);
    p += n;
    left -= static_cast<size_t>(n);
  }
  return Value::small_int(static_cast<int64_t>(as_str(a[1])->length));
}
Value text_out_flush(Vm&, Args) { return Value::none(); }
const NativeRow kTextOutMethods[] = {
    {"write($self, text, /)", text_out_write, 0, nullptr},
    {"flush($self, /)", text_out_flush, 0, nullptr},
};
const TypeSpec kTextOutType{
    .name = "sys._text_out",
    .kind = static_cast<CellKind>(Kind::FileIO),
    .size = sizeof(TextOut),
    .flags = kTypeNoNew,
    .methods = kTextOutMethods,
};

Value sys_exit(Vm& vm, Args a) {
  Value e = a.has(0) ? call1(vm, vm.exception_type(E::SystemExit), a[0]) : call0(vm, vm.exception_type(E::SystemExit));
  if (e.is_error()) return e;
  return vm.raise_value(e);
}
Value sys_displayhook(Vm& vm, Args a) {
  if (a[0].is_none()) return Value::none();
  TRY(module_add(vm, vm.builtins, "_", Value::none()));
  Value text = repr(vm, a[0]);
  if (text.is_error()) return text;
  Value sys = dict_get(vm, vm.modules, TRY(vm.intern("sys")));
  Value out = get_attr(vm, sys, vm.names.stdout_);
  if (out.is_error()) return out;
  Value done = call_method(vm, out, vm.names.write, text);
  if (done.is_error()) return done;
  done = call_method(vm, out, vm.names.write, vm.latin1_chars['\n']);
  if (done.is_error()) return done;
  TRY(module_add(vm, vm.builtins, "_", a[0]));
  return Value::none();
}
const NativeRow kFunctions[] = {
    {"exit(status=None, /)", sys_exit, 0, "Raise SystemExit(status)."},
    {"displayhook(object, /)", sys_displayhook, 0, "Print an object to sys.stdout and save it in builtins._"},
};
Status sys_init(Vm& vm, Module* m) {
  Type* type = TRY(make_type(vm, kTextOutType));
  const char* names[] = {"stdin", "stdout", "stderr"};
  for (int fd = 1; fd <= 2; ++fd) {
    TextOut* out = TRY(vm.new_instance<TextOut>(type));
    out->fd = fd;
    TRY(module_add(vm, m, names[fd], out));
  }
  TRY(module_add(vm, m, "stdin", Value::none()));
  TRY(module_add(vm, m, "modules", vm.modules));
  return {};
}

}  // namespace

extern const ModuleSpec sys_module{
    .name = "sys",
    .doc = "Objects used or maintained by the machine, and functions that interact with it.",
    .functions = kFunctions,
    .init = sys_init,
};

}  // namespace krait
