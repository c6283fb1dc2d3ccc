// How a type reads in an annotation: `int`, `collections.deque`, `list[int]`, `None`, `...`.
#pragma once

#include "objects/str.hpp"

namespace krait {

Status append_type_text(Vm& vm, StrBuilder& out, Value v);

}  // namespace krait
