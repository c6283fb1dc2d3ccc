// All native modules (modules.def).
#pragma once

#include <span>

#include "objects/module.hpp"

namespace krait {

std::span<const ModuleSpec* const> native_modules();

}  // namespace krait
