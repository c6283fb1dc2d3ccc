// The text of values in a text trace: what safe_repr gives, without allocation where values are plain, and remembered where the same
// ones are shown again and again.
#pragma once

#include <memory>
#include <string>
#include <span>
#include <vector>

#include "objects/object.hpp"
#include "objects/vm.hpp"
#include "observe/safe_repr.hpp"

namespace krait {

inline constexpr ReprBounds kTracedValue{40, 2, 5};

class ValueText {
 public:
  /// More than any value takes.
  static constexpr size_t kMost = 64;
  /// Writes the text of the value (unset: `unset`) and gives its end.
  char* append(Vm& vm, Value v, char* at);

 private:
  /// The text of a list or tuple of immediate values: while its items are these, it is this text.
  struct ItemsText {
    static constexpr size_t kItems = static_cast<size_t>(kTracedValue.items) + 1;
    size_t count = 0;  ///< of all items, one more; 0: nothing is remembered
    Kind kind{};
    uint8_t length = 0;
    Value items[kItems];
    char text[kMost];
  };
  static constexpr size_t kLists = 64;
  char* append_items(Vm& vm, Value v, Kind kind, std::span<const Value> items, char* at);
  char* append_slow(Vm& vm, Value v, char* at);
  FloatTexts floats_;
  ItemsText lists_[kLists];
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
  /// A value and what its text hangs on: nothing, or the name of a function or class.
  struct Part {
    Value value;
    Str* const* place;  ///< of that name; null: none
    Str* name;
    ShapeId shape;
    bool fixed;    ///< its text can be remembered
    uint32_t end;  ///< in text_
  };
  static void find_name(Vm& vm, Part& part);
  void grow(size_t parts);
  ValueText values_;
  std::vector<Part> parts_;
  size_t count_ = 0;
  std::unique_ptr<char[]> text_;
};

}  // namespace krait
