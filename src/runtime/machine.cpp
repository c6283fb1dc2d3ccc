#include "runtime/machine.hpp"

#include <cstdio>

#include "compiler/compiler.hpp"
#include "interp/interpreter.hpp"
#include "objects/dict.hpp"
#include "objects/exception.hpp"
#include "objects/operations.hpp"
#include "objects/sequences.hpp"
#include "objects/str.hpp"
#include "runtime/builtins.hpp"
#include "runtime/import.hpp"
#include "runtime/limits.hpp"
#include "runtime/poll.hpp"
#include "runtime/print_exception.hpp"
#include "runtime/source_lines.hpp"

namespace krait {

std::unique_ptr<Vm> machine_start(const MachineOptions& options, std::span<const ModuleSpec* const> natives) {
  auto vm = std::make_unique<Vm>(options.vm);
  if (interpreter_start(*vm).is_error()) return nullptr;
  poll_start(*vm);
  auto start = [&]() -> Status {
    vm->modules = TRY(dict_new(*vm));
    Module* builtins = TRY(module_from_spec(*vm, builtins_module));
    vm->builtins = builtins;
    vm->builtins_dict = builtins->dict;
    TRY(dict_set_str(*vm, vm->modules, vm->names.builtins, builtins));
    TRY(import_register_native(*vm, natives));
    Value sys = import_module(*vm, "sys");
    if (sys.is_error()) return Error{};
    List* path = TRY(list_new(*vm));
    for (const std::string& entry : options.path) TRY(list_append(*vm, path, TRY(str_decode_fs(*vm, entry))));
    TRY(set_attr(*vm, sys, vm->names.path, path));
    List* arguments = TRY(list_new(*vm));
    for (const std::string& argument : options.arguments)
      TRY(list_append(*vm, arguments, TRY(str_decode_fs(*vm, argument))));
    TRY(set_attr(*vm, sys, TRY(vm->intern("argv")), arguments));
    return {};
  };
  if (start().is_error()) {
    report_exception(*vm);
    return nullptr;
  }
  return vm;
}

void machine_stop(std::unique_ptr<Vm> vm) {
  if (vm == nullptr) return;
  interpreter_stop(*vm);
}

Value run_main_source(Vm& vm, std::string_view source, std::string_view filename, bool is_file) {
  Str* name = TRY(str_decode_fs(vm, filename));
  Module* main = TRY(module_new(vm, "__main__"));
  TRY(dict_set_str(vm, vm.modules, vm.names.d_main, main));
  TRY(dict_set_str(vm, main->dict, vm.names.d_builtins, vm.builtins));
  if (is_file) TRY(dict_set_str(vm, main->dict, vm.names.d_file, name));
  if (!is_file) vm.extension<SourceLines>().add(std::string(filename), source);
  CompileOptions options;
  options.is_file = is_file;
  options.optimize = vm.optimize;
  options.warn = warn_explicit;
  Code* code = TRY(compile_source(vm, source, name, CompileMode::Exec, options));
  return run_code(vm, code, main->dict, Value());
}

int report_exception(Vm& vm) {
  Value exception = vm.take_pending();
  if (vm.tripped != Limit::kNone) {
    std::fprintf(stderr, "%s\n", limits_message(vm).c_str());
    return 124;
  }
  if (is_exception(exception) && is_instance_of(vm, exception, vm.exception_type(E::SystemExit))) {
    Value code = as_exception(exception)->extra[extra::kSystemExitCode];
    if (code.is_unset() || code.is_none()) return 0;
    if (code.is_small_int()) return static_cast<int>(code.as_small_int() & 0xFF);
    Value text = str(vm, code);
    if (!text.is_error()) std::fprintf(stderr, "%s\n", str_to_utf8(as_str(text)).c_str());
    return 1;
  }
  std::string out;
  format_exception(vm, exception, out);
  std::fwrite(out.data(), 1, out.size(), stderr);
  return 1;
}

}  // namespace krait
