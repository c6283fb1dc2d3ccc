// Interactive sessions.
#pragma once

#include "objects/vm.hpp"

namespace krait::cli {

/// Reads statements from standard input and runs them in __main__ until its end. `first`: the session is all there is (banner and
/// PYTHONSTARTUP); otherwise it follows a program. Gives the exit code.
int run_session(Vm& vm, bool first);

}  // namespace krait::cli
