// Running what the command line names: a script, a folder or archive, a module, a piece of text, standard input.
#pragma once

#include "cli/command_line.hpp"

namespace krait::cli {

/// 0, or, when the file that the command names cannot be opened, the exit code for that, with CPython's message written.
int check_file(const Command& command);
/// Runs it, and a session after it if there is to be one. Gives the exit code.
int run_program(Vm& vm, const Command& command);

}  // namespace krait::cli
