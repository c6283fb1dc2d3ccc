// Signals of the process, for the program that starts the machine.
#pragma once

#include "objects/vm.hpp"

namespace krait {

/// What a Python interpreter as a program of its own does at its start: an interrupt from the keyboard raises KeyboardInterrupt,
/// writing to a closed pipe gives an error instead of ending the process. Only for a process that is all Python's.
Status signals_start(Vm& vm);

}  // namespace krait
