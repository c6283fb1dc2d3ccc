// The builtins module.
#pragma once

#include "objects/module.hpp"

namespace krait {

extern const ModuleSpec builtins_module;
/// Replaces bases that have __mro_entries__ (PEP 560): the same tuple if none has.
Value resolve_bases(Vm& vm, Tuple* bases);

}  // namespace krait
