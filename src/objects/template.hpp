// Template strings (PEP 750).
#pragma once

#include "objects/vm.hpp"

namespace krait {

/// A Template from a tuple of strs and a tuple with one Interpolation less.
Value build_template(Vm& vm, Value strings, Value interpolations);
/// conversion: 0 none, 1 str, 2 repr, 3 ascii; spec: a str or unset.
Value build_interpolation(Vm& vm, Value value, Value text, uint32_t conversion, Value spec);

}  // namespace krait
