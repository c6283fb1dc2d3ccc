#include "modules/modules.hpp"

namespace krait {

#define MODULE(spec) extern const ModuleSpec spec;
#include "modules/modules.def"
#undef MODULE

std::span<const ModuleSpec* const> native_modules() {
  static constexpr const ModuleSpec* kAll[] = {
#define MODULE(spec) &spec,
#include "modules/modules.def"
#undef MODULE
  };
  return kAll;
}

}  // namespace krait
