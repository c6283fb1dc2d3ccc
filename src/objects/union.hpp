// types.UnionType: int | str.
#pragma once

#include "objects/vm.hpp"

namespace krait {

struct Tuple;

/// a | b where at least one is a type: a union of both (duplicates removed), or NotImplemented if the other cannot be in one.
Value union_of_types(Vm& vm, Value a, Value b);

}  // namespace krait
