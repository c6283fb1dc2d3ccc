// Iterators that any object can have. (get_iter and iter_next are in operations.hpp.)
#pragma once

#include "objects/vm.hpp"

namespace krait {

/// Over sequence[0], sequence[1], ... until IndexError.
Value sequence_iterator_new(Vm& vm, Value sequence);
/// Over what callable() gives until that equals the sentinel: iter(callable, sentinel).
Value callable_iterator_new(Vm& vm, Value callable, Value sentinel);

}  // namespace krait
