// -b: bytes taken for text are worth a warning.
#pragma once

#include "objects/operations.hpp"
#include "objects/vm.hpp"

namespace krait {

/// How many -b were given; asked for on slow paths only.
struct BytesWarnings : Extension {
  int level = 0;
};

/// Gives BytesWarning if the command asked for it; what the filters do with it (-bb) is theirs.
inline Status warn_about_bytes(Vm& vm, const char* message) {
  if (vm.extension<BytesWarnings>().level == 0) [[likely]]
    return {};
  return warn(vm, E::BytesWarning, message);
}

}  // namespace krait
