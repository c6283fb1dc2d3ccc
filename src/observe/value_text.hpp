// The text of values in a text trace: what safe_repr gives, without allocation where values are plain, and remembered where the same
// ones are shown again and again.
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "objects/vm.hpp"
#include "observe/safe_repr.hpp"

namespace krait {

constexpr ReprBounds kTracedValue{40, 2, 5};

class ValueText {
 public:
  /// More than any value takes.
  static constexpr size_t kMost = 64;
  /// Writes the text of the value (unset: `unset`) and gives its end.
  char* append(Vm& vm, Value v, char* at);

 private:
  struct FloatText {
    uint64_t bits;
    uint8_t length;
    char text[23];
  };
  static constexpr size_t kFloats = 256;
  char* append_float(Value v, char* at);
  char* append_slow(Vm& vm, Value v, char* at);
  FloatText floats_[kFloats] = {};
  std::string scratch_;
};

/// Decimal digits; at most 20 of them with the sign.
char* append_decimal(int64_t n, char* at);

/// `== Stack ==    [14] [9] [-3] ` of one operand stack after the other: what is as it was before is not written anew.
class StackText {
 public:
  std::string_view of(Vm& vm, const Value* begin, const Value* end);
  void trace(Marker& marker);

 private:
  /// A value whose text cannot change while `name` (of the function, class, ...; or unset) is the same.
  struct Part {
    Value value;
    Value name;
    bool fixed;
    uint32_t end;  ///< in text_
  };
  void grow(size_t parts);
  ValueText values_;
  std::vector<Part> parts_;
  size_t count_ = 0;
  std::unique_ptr<char[]> text_;
};

}  // namespace krait
