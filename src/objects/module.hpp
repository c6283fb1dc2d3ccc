// Module objects, and how native modules are declared.
#pragma once

#include <span>
#include <string>

#include "objects/native.hpp"
#include "objects/vm.hpp"

namespace krait {

struct Module : Object {
  Dict* dict;
  Value name;  ///< as given when made
  /// Puts in what is made on demand, before somebody looks at the whole namespace; null: all is there.
  Status (*complete)(Vm& vm);
};

/// What sys.path began with when the program started: files there may hide modules that were meant to be found elsewhere.
struct FirstPath : Extension {
  bool known = false;  ///< not with -P or -I
  std::string folder;  ///< empty: the current one
};
/// Whether a module's file lies there; `of_library`: with the name of a module of the library.
struct Shadowing {
  bool possible = false, of_library = false;
  Value origin;  ///< the file, a str; unset where the module has none
};
Result<Shadowing> module_shadowing(Vm& vm, Value module_name, Value spec);

inline bool is_module(Value v) { return is_kind(v, Kind::Module); }
Result<Module*> module_new(Vm& vm, std::string_view name);

/// A native module: made when first imported. One constexpr per module beside its code, listed in modules/modules.def.
struct ModuleSpec {
  const char* name;
  const char* doc = nullptr;
  std::span<const NativeRow> functions = {};
  /// Adds what rows cannot say (types, constants, state). May be null.
  Status (*init)(Vm& vm, Module* module) = nullptr;
  /// Source of what `-m NAME` runs. Null: the module is no program.
  const char* program = nullptr;
};
Result<Module*> module_from_spec(Vm& vm, const ModuleSpec& spec);

// For init functions.
Status module_add(Vm& vm, Module* m, std::string_view name, Value v);
Status module_add_int(Vm& vm, Module* m, std::string_view name, int64_t i);
Status module_add_str(Vm& vm, Module* m, std::string_view name, std::string_view utf8);
/// Makes the type and adds it under its last name part.
Result<Type*> module_add_type(Vm& vm, Module* m, const TypeSpec& spec, Type* base = nullptr);
/// Native function as an object of its own (`self` may be unset).
Value native_function_new(Vm& vm, const NativeRow& row, Value self, std::string_view module_name);

}  // namespace krait
