// What the command shows of a program without running it: tokens, tree, instructions. And -VV.
#pragma once

#include "cli/command_line.hpp"

namespace krait::cli {

/// Gives the exit code.
int show_view(Vm& vm, const Command& command);

}  // namespace krait::cli
