// What a machine does before it ends: atexit's functions, the last finalizers, the streams' last bytes. (report_exception() of
// runtime/machine.hpp is here too.)
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
/// Runs the finalizer of everything that has one and still lives. Only a tripped limit comes back as an error.
Status run_last_finalizers(Vm& vm);
/// Flushes sys.stdout and sys.stderr, with nothing pending; false, and a report, if standard output cannot be written.
bool flush_streams(Vm& vm);

}  // namespace krait
