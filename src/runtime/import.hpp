// Importing modules.
#pragma once

#include "objects/module.hpp"
#include "objects/vm.hpp"

namespace krait {

/// __import__(name, globals, fromlist, level): what the import statement calls.
Value import_module_level(Vm& vm, Str* name, Value globals, Value from_list, int64_t level);
/// The module of that absolute name, imported if need be.
Value import_module(Vm& vm, std::string_view name);
/// Native modules are found by these specs.
Status import_register_native(Vm& vm, std::span<const ModuleSpec* const> specs);

}  // namespace krait
