// What CPython's site module does at every start, without running it: the folders of installed packages, and the names it adds to
// builtins. (Lines of .pth files that are code are not run; `import site` does that.)
#pragma once

#include "objects/sequences.hpp"
#include "objects/vm.hpp"

namespace krait {

/// Adds exit, quit, copyright, credits, license and help to builtins.
Status site_add_builtins(Vm& vm);
/// Appends the folders of installed packages and those that their .pth files name.
Status site_append_paths(Vm& vm, List* path);

}  // namespace krait
