// __format__ of int, float and complex.
#pragma once

#include "objects/vm.hpp"

namespace krait {

/// number.__format__(spec) for an instance of int, float or complex; TypeError if spec is no str.
Value format_number(Vm& vm, Value number, Value spec);

}  // namespace krait
