// What other modules want of the collector's.
#pragma once

#include "objects/vm.hpp"

namespace krait {

/// The references to a cell from frames and other cells, after everything dead has gone and its finalizers have run. `stack_from` is
/// Heap::collect()'s.
Result<size_t> count_live_references(Vm& vm, const Cell* cell, const void* stack_from);

}  // namespace krait
