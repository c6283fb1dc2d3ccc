// Traces of code that CPython compiled show that version's instructions.
#pragma once

#include "objects/vm.hpp"

namespace krait {

/// From now on: call it before such code is loaded.
void watch_foreign_code(Vm& vm);

}  // namespace krait
