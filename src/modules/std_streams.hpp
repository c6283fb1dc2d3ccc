// Standard input, output and error as text files of the io library.
#pragma once

#include "objects/vm.hpp"

namespace krait {

/// The text file on descriptor 0, 1 or 2; None if the descriptor is closed. Made on first use, exhausted() afterwards: sys keeps it,
/// under both of its names.
Value std_stream(Vm& vm, int fd);
/// Makes io.open a builtin.
Status std_open_builtin(Vm& vm);
/// Writes out what the files made above still hold, without asking sys or any replaced method: for the end of a script that
/// tripped a limit.
void std_streams_flush(Vm& vm);

}  // namespace krait
