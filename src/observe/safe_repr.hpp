// What a value looks like, without running any Python code and within bounds: for traces, pictures and debuggers.
#pragma once

#include <cstring>
#include <string>

#include "objects/vm.hpp"

namespace krait {

struct ReprBounds {
  size_t characters = 80;  ///< of the whole text; what is left out becomes "..."
  int depth = 3;           ///< of containers in containers
  int items = 8;           ///< of one container
};
/// The texts of floats, remembered: a value is shown many times, and its digits are dear.
class FloatTexts {
 public:
  static constexpr size_t kMost = 32;
  /// Writes the text, with bytes of no meaning behind it up to kMost, and gives its end.
  char* append(double value, char* at);

 private:
  struct Row {
    uint64_t bits;
    uint8_t length;  ///< 0: nothing is remembered
    char text[31];
  };
  static constexpr size_t kRows = 256;
  Row rows_[kRows] = {};
};

/// Appends the text. Exact built-in values look as repr() shows them; instances are `<C object>`, as no __repr__ is called.
/// Allocates nothing in the heap.
void safe_repr(Vm& vm, Value v, std::string& out, const ReprBounds& bounds = {}, FloatTexts* floats = nullptr);
/// A JSON string with its quotes.
void json_text(std::string& out, std::string_view utf8);

}  // namespace krait
