// Functions written in Python, and closure cells.
#pragma once

#include "bytecode/code.hpp"
#include "objects/vm.hpp"

namespace krait {

struct Function : Object {
  Code* code;
  Dict* globals;
  Dict* builtins;
  Tuple* defaults;   ///< null: none
  Dict* kwdefaults;  ///< null: none
  Tuple* closure;    ///< null: none
  Str* name;
  Str* qualname;
  Value doc;
  Value module;
  Value annotations;  ///< Dict or unset
  Value annotate;     ///< callable, None or unset
  Value type_params;  ///< Tuple or unset
};

/// A variable shared by closures.
struct ClosureCell : Object {
  Value content;  ///< unset while empty
};

inline bool is_function(Value v) { return is_kind(v, Kind::Function); }
Result<Function*> function_new(Vm& vm, Code* code, Dict* globals);
Result<ClosureCell*> cell_new(Vm& vm, Value content);

}  // namespace krait
