// Importing modules.
//
// Ordinary imports (native modules, source files and packages in the folders of sys.path) are done here, in C++. Whatever goes
// beyond that (namespace packages, changed sys.meta_path or sys.path_hooks, archives) is done by CPython's own importlib, which is
// loaded from the library at that moment (import_bootstrap.cpp).
#pragma once

#include "objects/module.hpp"
#include "objects/vm.hpp"

namespace krait {

struct List;

/// __import__(name, globals, fromlist, level): what the import statement calls. `globals` may be unset or None.
Value import_module_level(Vm& vm, Str* name, Value globals, Value from_list, int64_t level);
/// The module of that absolute name, imported if need be.
Value import_module(Vm& vm, std::string_view name);
/// Native modules are found by these specs.
Status import_register_native(Vm& vm, std::span<const ModuleSpec* const> specs);
/// Their names, "builtins" among them.
Result<List*> import_native_names(Vm& vm);
/// The spec of a native module, or null.
const ModuleSpec* import_find_native(Vm& vm, std::string_view name);

/// Gives sys its meta_path, path_hooks and path_importer_cache.
Status import_init_sys(Vm& vm, Module* sys);
/// `__spec__`, `__loader__` and so on of a native module that was made without an import (builtins, sys).
Status import_describe_native(Vm& vm, Module* module);
/// `__loader__`, `__file__` and so on of `__main__`: a script's (file given) or that of -c and the REPL.
Status import_describe_main(Vm& vm, Module* main, Str* file);

/// The number at the head of cached bytecode, as importlib writes it (little endian).
uint32_t import_magic_number();

}  // namespace krait
