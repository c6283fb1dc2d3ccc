#include "runtime/older_annotations.hpp"
#include "runtime/machine.hpp"

#include "compiler/compiler.hpp"
#include "interp/interpreter.hpp"
#include "interp/thread.hpp"
#include "objects/bytes_warning.hpp"
#include "objects/dict.hpp"
#include "objects/exception.hpp"
#include "objects/operations.hpp"
#include "objects/sequences.hpp"
#include "objects/str.hpp"
#include "runtime/builtins.hpp"
#include "runtime/exit.hpp"
#include "runtime/import.hpp"
#include "objects/module.hpp"
#include "runtime/limits.hpp"
#include "runtime/poll.hpp"
#include "runtime/signals.hpp"
#include "runtime/site.hpp"
#include "runtime/source_lines.hpp"

namespace krait {

namespace {

Status append_path(Vm& vm, List* path, const std::string& entry) {
  return list_append(vm, path, TRY(str_decode_fs(vm, entry)));
}

Status fill_path(Vm& vm, const MachineOptions& options) {
  const System& system = system_of(vm);
  List* path = TRY(list_new(vm));
  for (const std::string& entry : options.path) TRY(append_path(vm, path, entry));
  if (!options.path.empty()) {
    vm.extension<FirstPath>().known = true;
    vm.extension<FirstPath>().folder = options.path.front();
  }
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
  vm->optimize = std::min(options.system.optimize, 2);
  vm->check_codecs = options.system.dev_mode;
  auto start = [&]() -> Status {
    System& system = system_of(*vm);
    system.options = options.system;
    vm->extension<BytesWarnings>().level = options.system.bytes_warning;
    const SystemOptions& o = options.system;
    vm->debug_ranges = o.debug_ranges;
    for (const auto& [name, value] : o.x_options) vm->debug_ranges = vm->debug_ranges && name != "no_debug_ranges";
    system.library = find_library(o.home, !o.no_site && !o.no_user_site && !o.isolated);
    if (system.library.found() && system.library.minor < 14) vm->annotations_hook = annotations_with_forward_references;
    vm->interpreter->warns_of_three_argument_throw = !system.library.found() || system.library.minor >= 12;
    vm->modules = TRY(dict_new(*vm));
    TRY(import_register_native(*vm, natives));
    Module* builtins = TRY(module_from_spec(*vm, builtins_module));
    vm->builtins = builtins;
    vm->builtins_dict = builtins->dict;
    if (vm->optimize > 0) TRY(module_add(*vm, builtins, "__debug__", Value::false_()));
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
  const StressOptions& stress = options.stress;
  if (stress.verify_heap) vm->heap.set_verify(true);
  if (stress.collect_every != 0) vm->heap.set_collect_every(stress.collect_every);
  if (stress.fail_allocation != 0) vm->heap.set_fail_at(stress.fail_allocation);
  return vm;
}

int machine_finish(Vm& vm, int code) {
  if (vm.tripped == Limit::kNone) {
    Result<Str*> name = vm.intern("threading"), shutdown = vm.intern("_shutdown");
    if (name.ok() && shutdown.ok()) {
      Value threading = dict_get_str(vm, vm.modules, name.release());
      if (is_module(threading) && call_method(vm, threading, shutdown.release()).is_error())
        write_unraisable(vm, "Exception ignored on threading shutdown", threading);
    }
    if (run_exit_functions(vm).is_error()) (void)vm.take_pending();
    threads_finalize(vm);
    if (!flush_streams(vm)) code = kExitFlushFailed;
  }
  if (vm.tripped == Limit::kNone && run_last_finalizers(vm).is_error()) (void)vm.take_pending();
  if (vm.tripped == Limit::kNone && !flush_streams(vm)) code = kExitFlushFailed;
  if (vm.tripped != Limit::kNone && code != kExitLimit) code = report_exception(vm);
  return code;
}

void machine_stop(std::unique_ptr<Vm> vm) {
  if (vm == nullptr) return;
  signals_detach(*vm);
  threads_finalize(*vm);
  interpreter_stop(*vm);
}

Result<Module*> make_main_module(Vm& vm, Str* file) {
  Module* main = TRY(module_new(vm, "__main__"));
  TRY(dict_set_str(vm, vm.modules, vm.names.d_main, main));
  TRY(import_describe_main(vm, main, file));
  return main;
}

Value run_main_source(Vm& vm, std::string_view source, std::string_view filename, bool is_file) {
  Str* name = TRY(str_decode_fs(vm, filename));
  Module* main = TRY(make_main_module(vm, is_file ? name : nullptr));
  if (!is_file) vm.extension<SourceLines>().add(vm, std::string(filename), source);
  CompileOptions options;
  options.is_file = is_file;
  options.optimize = vm.optimize;
  options.warn = warn_explicit;
  Code* code = TRY(compile_source(vm, source, name, CompileMode::Exec, options));
  return run_code(vm, code, main->dict, Value());
}

Value run_main_module(Vm& vm, std::string_view name, bool set_argv) {
  // runpy wants a code object, which no native module has.
  const ModuleSpec* native = import_find_native(vm, name);
  if (native != nullptr && native->program != nullptr)
    return run_main_source(vm, native->program, "<frozen " + std::string(name) + ">", false);
  TRY(make_main_module(vm, nullptr));
  Value runpy = TRY(import_module(vm, "runpy"));
  Value run = TRY(get_attr(vm, runpy, TRY(vm.intern("_run_module_as_main"))));
  return call2(vm, run, Value(TRY(str_decode_fs(vm, name))), Value::boolean(set_argv));
}

}  // namespace krait
