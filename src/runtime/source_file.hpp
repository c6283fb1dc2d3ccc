// Reading source files.
#pragma once

#include <string>

#include "objects/vm.hpp"

namespace krait {

/// The whole file. OSError with the file name; MemoryError when the memory limit would not bear it.
Status read_source_file(Vm& vm, const std::string& path, std::string& out);
/// All that an open descriptor still gives; OSError without a name.
Status read_source_descriptor(Vm& vm, int fd, std::string& out);

}  // namespace krait
