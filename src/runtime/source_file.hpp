// Reading source files.
#pragma once

#include <string>

#include "objects/vm.hpp"

namespace krait {

/// The whole file. OSError with the file name; MemoryError when the memory limit would not bear it.
Status read_source_file(Vm& vm, const std::string& path, std::string& out);

}  // namespace krait
