// _imp: what importlib needs of the machine.
#include "base/hash.hpp"
#include "objects/bytes.hpp"
#include "objects/dict.hpp"
#include "objects/int.hpp"
#include "objects/module.hpp"
#include "objects/operations.hpp"
#include "objects/sequences.hpp"
#include "objects/str.hpp"
#include "bytecode/code.hpp"
#include "interp/thread.hpp"
#include "runtime/import.hpp"
#include "runtime/import_state.hpp"
#include "runtime/system.hpp"

namespace krait {
namespace {

/// The global import lock that old code still takes; importlib itself has locks per module.
struct State : Extension {
  ThreadState* owner = nullptr;
  uint32_t depth = 0;
  WaitWord released{};
};

Value imp_acquire_lock(Vm& vm, Args) {
  State& s = vm.extension<State>();
  while (s.owner != nullptr && s.owner != vm.t.thread) TRY(threads_wait(vm, s.released, -1));
  s.owner = vm.t.thread;
  ++s.depth;
  return Value::none();
}
Value imp_release_lock(Vm& vm, Args) {
  State& s = vm.extension<State>();
  if (s.owner != vm.t.thread) return vm.raise(E::RuntimeError, "not holding the import lock");
  if (--s.depth == 0) {
    s.owner = nullptr;
    threads_wake(vm, s.released);
  }
  return Value::none();
}
Value imp_lock_held(Vm& vm, Args) { return Value::boolean(vm.extension<State>().owner != nullptr); }

Result<std::string> name_argument(Vm& vm, Value v, const char* function) {
  if (!is_str(v)) return vm.raise(E::TypeError, "{}() argument must be str, not {}", function, argument_type(v));
  return str_to_utf8(as_str(v));
}

Value imp_is_builtin(Vm& vm, Args a) {
  std::string name = TRY(name_argument(vm, a[0], "is_builtin"));
  // -1: there, but made at the start and never again.
  if (name == "sys" || name == "builtins") return Value::small_int(-1);
  return Value::small_int(import_find_native(vm, name) != nullptr ? 1 : 0);
}
Value imp_create_builtin(Vm& vm, Args a) {
  Value name = TRY(get_attr(vm, a[0], vm.names.name));
  std::string text = TRY(name_argument(vm, name, "create_builtin"));
  if (text == "sys") return system_of(vm).sys;
  if (text == "builtins") return vm.builtins;
  const ModuleSpec* spec = import_find_native(vm, text);
  if (spec == nullptr) return Value::none();
  Value there = TRY(dict_get(vm, vm.modules, name));
  if (is_module(there)) return there;
  return module_from_spec(vm, *spec);
}
Value imp_exec_builtin(Vm&, Args) { return Value::small_int(0); }

Value imp_is_frozen(Vm& vm, Args a) {
  TRY(name_argument(vm, a[0], "is_frozen"));
  return Value::false_();
}
Value imp_find_frozen(Vm& vm, Args a) {
  TRY(name_argument(vm, a[0], "find_frozen"));
  return Value::none();
}
Error no_frozen(Vm& vm, Value name) {
  (void)vm.raise(E::ImportError, "No such frozen object named {}", name);
  return Error{};
}
Value imp_get_frozen_object(Vm& vm, Args a) {
  TRY(name_argument(vm, a[0], "get_frozen_object"));
  return no_frozen(vm, a[0]);
}
Value imp_init_frozen(Vm& vm, Args a) {
  TRY(name_argument(vm, a[0], "init_frozen"));
  return Value::none();
}
Value imp_frozen_names(Vm& vm, Args) { return list_new(vm); }
Value imp_extension_suffixes(Vm& vm, Args) { return list_new(vm); }
Value imp_create_dynamic(Vm& vm, Args a) {
  Value name = TRY(get_attr(vm, a[0], vm.names.name));
  return vm.raise(E::ImportError, "extension modules cannot be loaded: {}", repr_of(name));
}

Status fix_filename(Vm& vm, Code* code, Str* old, Str* name) {
  TRY(vm.check_stack());
  if (!str_equal(code->filename, old)) return {};
  code->filename = name;
  vm.barrier(code);
  for (Value v : code->consts->span())
    if (is_code(v)) TRY(fix_filename(vm, v.as<Code>(), old, name));
  return {};
}
Value imp_fix_co_filename(Vm& vm, Args a) {
  if (!is_code(a[0]))
    return vm.raise(E::TypeError, "_fix_co_filename() argument 1 must be code, not {}", type_name_of(a[0]));
  if (!is_str(a[1]))
    return vm.raise(E::TypeError, "_fix_co_filename() argument 2 must be str, not {}", argument_type(a[1]));
  Code* code = a[0].as<Code>();
  if (!str_equal(code->filename, as_str(a[1]))) TRY(fix_filename(vm, code, code->filename, as_str(a[1])));
  return Value::none();
}

Value imp_source_hash(Vm& vm, Args a) {
  Value key_int = TRY(index(vm, a[0]));
  auto key = int_to_i64(key_int);
  ScopedBuffer source(vm);
  TRY(source.acquire(a[1]));
  uint64_t h =
      siphash13(HashKey{static_cast<uint64_t>(key.value_or(0)), 0}, source.view().data(), source.view().size());
  return bytes_from(vm, std::string_view(reinterpret_cast<char*>(&h), sizeof h));
}
Value imp_override(Vm& vm, Args a) {
  TRY(index_checked(vm, a[0], E::OverflowError));
  return Value::small_int(0);
}

const NativeRow kFunctions[] = {
    {"acquire_lock()", imp_acquire_lock, 0, "Take the global import lock of this thread."},
    {"release_lock()", imp_release_lock, 0, "Give the global import lock back."},
    {"lock_held()", imp_lock_held, 0, "Whether somebody holds the global import lock."},
    {"is_builtin(name, /)", imp_is_builtin, 0, "Nonzero for a native module; -1 for one that cannot be made again."},
    {"create_builtin(spec, /)", imp_create_builtin, 0, "Make a native module."},
    {"exec_builtin(mod, /)", imp_exec_builtin, 0, "Does nothing: a native module is complete when made."},
    {"is_frozen(name, /)", imp_is_frozen, 0, "False: there are no frozen modules."},
    {"is_frozen_package(name, /)", imp_get_frozen_object, 0, "Raises ImportError: there are no frozen modules."},
    {"find_frozen(name, /, *, withdata=False)", imp_find_frozen, 0, "None: there are no frozen modules."},
    {"get_frozen_object(name, data=None, /)", imp_get_frozen_object, 0,
     "Raises ImportError: there are no frozen modules."},
    {"init_frozen(name, /)", imp_init_frozen, 0, "None: there are no frozen modules."},
    {"_frozen_module_names()", imp_frozen_names, 0, "An empty list."},
    {"extension_suffixes()", imp_extension_suffixes, 0, "An empty list: extension modules cannot be loaded."},
    {"create_dynamic(spec, file=<unrepresentable>, /)", imp_create_dynamic, 0,
     "Raises ImportError: extension modules cannot be loaded."},
    {"exec_dynamic(mod, /)", imp_exec_builtin, 0, "Does nothing."},
    {"_fix_co_filename(code, path, /)", imp_fix_co_filename, 0,
     "Change the file name of a code object and those within it."},
    {"source_hash(key, source)", imp_source_hash, 0, "The hash of source text for hash-based cached bytecode."},
    {"_override_frozen_modules_for_tests(override, /)", imp_override, 0, "Does nothing."},
    {"_override_multi_interp_extensions_check(override, /)", imp_override, 0, "Does nothing."},
};

Status imp_init(Vm& vm, Module* m) {
  TRY(module_add_str(vm, m, "check_hash_based_pycs", "default"));
  return module_add_int(vm, m, "pyc_magic_number_token", import_magic_number());
}

}  // namespace

extern const ModuleSpec imp_module{
    .name = "_imp",
    .doc = "What importlib needs of the machine.",
    .functions = kFunctions,
    .init = imp_init,
};

}  // namespace krait
