// The text of a traceback, as the top level prints it.
#pragma once

#include <string>

#include "objects/vm.hpp"

namespace krait {

/// Appends the whole report of the exception: its chain, traceback with source lines and carets, notes, groups. Whatever goes wrong
/// meanwhile is swallowed (and the report says so in place). `coloured`: with a terminal's colours, which are CPython's.
void format_exception(Vm& vm, Value exception, std::string& out, bool coloured = false);
/// Whether a report on standard error is to be coloured: it is a terminal, and PYTHON_COLORS, NO_COLOR, FORCE_COLOR and TERM agree.
bool colours_wanted(Vm& vm);

}  // namespace krait
