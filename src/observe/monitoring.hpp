// sys.monitoring (PEP 669): tools that ask for events of the whole machine or of single code objects.
#pragma once

#include "interp/interpreter.hpp"

namespace krait {

/// The module object that sys.monitoring is.
Value monitoring_module(Vm& vm);

}  // namespace krait
