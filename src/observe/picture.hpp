// The parts of a value, for pictures and debuggers: without running Python code.
#pragma once

#include <functional>
#include <string>

#include "objects/vm.hpp"

namespace krait {

/// Items of lists, tuples, sets and dicts, attributes of instances, classes and modules, contents of closure cells: at most `most`.
void each_part(Vm& vm, Value v, size_t most, const std::function<void(const std::string& name, Value value)>& body);
bool has_parts(Vm& vm, Value v);

}  // namespace krait
