// defaultdict and OrderedDict, parts of the module _collections.
#pragma once

#include "objects/module.hpp"

namespace krait {

Status collections_dicts_init(Vm& vm, Module* m);

}  // namespace krait
