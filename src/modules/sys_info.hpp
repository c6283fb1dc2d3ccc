// The attributes of sys that are made when somebody first asks for them, so that a start costs nothing for them.
#pragma once

#include <string_view>

#include "objects/vm.hpp"

namespace krait {

/// The value of a lazy attribute; exhausted() if there is none of that name.
Value sys_lazy_attribute(Vm& vm, std::string_view name);
/// Appends the lazy attributes' names to a list.
struct List;
Status sys_lazy_names(Vm& vm, List* out);
/// Makes all of them: the module is an ordinary one afterwards.
Status sys_make_all(Vm& vm);

}  // namespace krait
