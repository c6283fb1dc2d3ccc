// What a machine does before it ends: atexit's functions.
#pragma once

#include "objects/vm.hpp"

namespace krait {

struct List;

/// atexit's registered calls, as (function, args, kwargs or None) tuples; the last registered is called first.
struct ExitFunctions : Extension {
  List* calls = nullptr;  ///< null: none ever
  void trace(Marker& marker) override;
};
/// Calls and forgets them all; what they raise is reported as unraisable. Only a tripped limit comes back as an error.
Status run_exit_functions(Vm& vm);

}  // namespace krait
