// The text of a traceback, as the top level prints it.
#pragma once

#include <string>

#include "objects/vm.hpp"

namespace krait {

/// Appends the whole report of the exception: its chain, traceback with source lines and carets, notes, groups. Whatever goes wrong
/// meanwhile is swallowed (and the report says so in place).
void format_exception(Vm& vm, Value exception, std::string& out);

}  // namespace krait
