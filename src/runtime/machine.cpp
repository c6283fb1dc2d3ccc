#include "runtime/machine.hpp"

#include <cstdio>

#include "compiler/compiler.hpp"
#include "interp/interpreter.hpp"
#include "interp/thread.hpp"
#include "objects/dict.hpp"
#include "objects/exception.hpp"
#include "objects/operations.hpp"
#include "objects/sequences.hpp"
#include "objects/str.hpp"
#include "runtime/builtins.hpp"
#include "runtime/exit.hpp"
#include "runtime/import.hpp"
#include "runtime/limits.hpp"
#include "runtime/poll.hpp"
#include "runtime/print_exception.hpp"
#include "runtime/site.hpp"
#include "runtime/source_lines.hpp"

namespace krait {

namespace {

Status append_path(Vm& vm, List* path, const std::string& entry) { return list_append(vm, path, TRY(str_decode_fs(vm, entry))); }

Status fill_path(Vm& vm, const MachineOptions& options) {
  const System& system = system_of(vm);
  List* path = TRY(list_new(vm));
  for (const std::string& entry : options.path) TRY(append_path(vm, path, entry));
  for (const std::string& entry : options.system.python_path) TRY(append_path(vm, path, entry));
  if (system.library.found()) TRY(append_path(vm, path, system.library.root));
  if (!options.system.no_site) {
    TRY(site_append_paths(vm, path));
    TRY(site_add_builtins(vm));
  }
  TRY(sys_set(vm, "path", path));
  List* arguments = TRY(list_new(vm));
  for (const std::string& argument : options.arguments) TRY(append_path(vm, arguments, argument));
  return sys_set(vm, "argv", arguments);
}

}  // namespace

std::unique_ptr<Vm> machine_start(const MachineOptions& options, std::span<const ModuleSpec* const> natives) {
  auto vm = std::make_unique<Vm>(options.vm);
  if (interpreter_start(*vm).is_error()) return nullptr;
  poll_start(*vm);
  poll_set_handler(*vm, kPollThread, threads_on_poll);
  vm->optimize = options.system.optimize;
  auto start = [&]() -> Status {
    System& system = system_of(*vm);
    system.options = options.system;
    const SystemOptions& o = options.system;
    system.library = find_library(o.home, !o.no_site && !o.no_user_site && !o.isolated);
    vm->modules = TRY(dict_new(*vm));
    TRY(import_register_native(*vm, natives));
    Module* builtins = TRY(module_from_spec(*vm, builtins_module));
    vm->builtins = builtins;
    vm->builtins_dict = builtins->dict;
    TRY(dict_set_str(*vm, vm->modules, vm->names.builtins, builtins));
    const ModuleSpec* sys_spec = import_find_native(*vm, "sys");
    Module* sys = TRY(module_from_spec(*vm, *sys_spec));
    TRY(dict_set_str(*vm, vm->modules, TRY(vm->intern("sys")), sys));
    TRY(import_describe_native(*vm, builtins));
    TRY(import_describe_native(*vm, sys));
    return fill_path(*vm, options);
  };
  if (start().is_error()) {
    report_exception(*vm);
    return nullptr;
  }
  return vm;
}

void machine_finish(Vm& vm) {
  auto forget = [&](Value v, const char* where) {
    if (v.is_error()) write_unraisable(vm, where, Value());
  };
  Result<Str*> name = vm.intern("threading");
  if (name.ok()) {
    Value threading = dict_get_str(vm, vm.modules, name.release());
    Result<Str*> shutdown = vm.intern("_shutdown");
    if (is_module(threading) && shutdown.ok()) forget(call_method(vm, threading, shutdown.release()), "Exception ignored on threading shutdown");
  }
  if (run_exit_functions(vm).is_error()) return;
  threads_finalize(vm);
  for (const char* stream : {"stdout", "stderr"}) {
    Value file = sys_get(vm, stream);
    if (file.is_unset() || file.is_none()) continue;
    Value done = call_method(vm, file, vm.names.flush);
    if (done.is_error() && !vm.clear_pending()) return;
  }
}

void machine_stop(std::unique_ptr<Vm> vm) {
  if (vm == nullptr) return;
  threads_finalize(*vm);
  interpreter_stop(*vm);
}

Value run_main_source(Vm& vm, std::string_view source, std::string_view filename, bool is_file) {
  Str* name = TRY(str_decode_fs(vm, filename));
  Module* main = TRY(module_new(vm, "__main__"));
  TRY(dict_set_str(vm, vm.modules, vm.names.d_main, main));
  TRY(import_describe_main(vm, main, is_file ? name : nullptr));
  if (!is_file) vm.extension<SourceLines>().add(std::string(filename), source);
  CompileOptions options;
  options.is_file = is_file;
  options.optimize = vm.optimize;
  options.warn = warn_explicit;
  Code* code = TRY(compile_source(vm, source, name, CompileMode::Exec, options));
  return run_code(vm, code, main->dict, Value());
}

Value run_main_module(Vm& vm, std::string_view name, bool set_argv) {
  Module* main = TRY(module_new(vm, "__main__"));
  TRY(dict_set_str(vm, vm.modules, vm.names.d_main, main));
  TRY(import_describe_main(vm, main, nullptr));
  Value runpy = TRY(import_module(vm, "runpy"));
  Value run = TRY(get_attr(vm, runpy, TRY(vm.intern("_run_module_as_main"))));
  return call2(vm, run, Value(TRY(str_decode_fs(vm, name))), Value::boolean(set_argv));
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
