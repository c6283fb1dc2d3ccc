// The way of C++ code to the _warnings module.
#pragma once

#include "objects/vm.hpp"

namespace krait {

/// From now on warn() and warn_explicit() (objects/operations.hpp) issue warnings.
void warnings_install(Vm& vm);

}  // namespace krait
