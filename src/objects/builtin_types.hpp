// The specs of all built-in types (types.def), each defined beside its code.
#pragma once

#include "objects/native.hpp"

namespace krait {

extern const TypeSpec object_type;
extern const TypeSpec type_type;
#define TYPE(id, spec) extern const TypeSpec spec;
#define TYPE_BASE(id, spec, base) extern const TypeSpec spec;
#include "objects/types.def"
#undef TYPE
#undef TYPE_BASE

}  // namespace krait
