// What a value looks like, without running any Python code and within bounds: for traces, pictures and debuggers.
#pragma once

#include <string>

#include "objects/vm.hpp"

namespace krait {

struct ReprBounds {
  size_t characters = 80;  ///< of the whole text; what is left out becomes "..."
  int depth = 3;           ///< of containers in containers
  int items = 8;           ///< of one container
};
/// Appends the text. Exact built-in values look as repr() shows them; instances are `<C object>`, as no __repr__ is called.
/// Allocates nothing in the heap.
void safe_repr(Vm& vm, Value v, std::string& out, const ReprBounds& bounds = {});
/// A JSON string with its quotes.
void json_text(std::string& out, std::string_view utf8);

}  // namespace krait
