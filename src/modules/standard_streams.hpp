// sys.stdin, sys.stdout and sys.stderr as text files of the _io module.
#pragma once

#include "objects/vm.hpp"

namespace krait {

/// Makes them, and builtins.open; does nothing where there is no _io module. Descriptors that are closed give None.
Status standard_streams_open(Vm& vm);

}  // namespace krait
