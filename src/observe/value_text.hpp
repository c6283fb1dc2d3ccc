// The texts of values in a trace that shows them over and over: what safe_repr gives, remembered together with what it was made from.
//
// An instruction trace writes some 80 bytes for an instruction that takes a few nanoseconds, so what counts is that the text of a value
// is made once and copied afterwards, in steps of a fixed size. Texts therefore have room behind them, and are kept with the brackets of
// a stack around them: `[42] `.
#pragma once

#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "objects/object.hpp"
#include "objects/vm.hpp"
#include "observe/safe_repr.hpp"

namespace krait {

inline constexpr ReprBounds kTracedValue{40, 2, 5};

/// Copies `length` bytes, and up to a step more of no meaning: both places have room for that. Gives the end.
inline constexpr size_t kCopyStep = 32;
inline char* copy_in_steps(char* at, const char* text, size_t length) {
  char* end = at + length;
  do {
    std::memcpy(at, text, kCopyStep);
    at += kCopyStep;
    text += kCopyStep;
  } while (at < end);
  return end;
}

/// The texts of values that are no cells: their bits are all that they are made from.
class ImmediateTexts {
 public:
  struct Row {
    uint64_t bits = ~uint64_t{0};  ///< of no value
    char text[31];
    uint8_t length = 0;  ///< with the brackets
    std::string_view without_brackets() const { return {text + 1, static_cast<size_t>(length - 3)}; }
  };
  static_assert(sizeof(Row::text) + sizeof(Row::length) == kCopyStep);
  const Row& of(Vm& vm, Value v) {
    Row& row = rows_[v.bits() * 0x9E3779B97F4A7C15u >> (64 - kRowBits)];
    if (row.bits != v.bits()) [[unlikely]]
      make(vm, v, row);
    return row;
  }

 private:
  static constexpr int kRowBits = 9;
  static void make(Vm& vm, Value v, Row& row);
  Row rows_[1 << kRowBits];
};

class ValueTexts {
 public:
  /// More than the text of any value takes, brackets or not.
  static constexpr size_t kMost = 96;
  /// Writes the text of the value (unset: `unset`) without brackets and gives its end. There is room for kMost bytes.
  char* append(Vm& vm, Value v, char* at);

  /// The text of one cell.
  struct Row {
    uint64_t bits = 0;
    uint32_t length;  ///< with the brackets
    uint32_t sources;
    char text[kMost];
  };
  /// What a text is compared by later. Null: by the value alone.
  using Known = const Row*;
  /// The same with the brackets and a blank behind them, and in `known` how it can be told whether the text still holds.
  char* append_bracketed(Vm& vm, Value v, char* at, Known& known);
  bool holds(Known known, Value v) const {
    if (known->bits != v.bits()) return false;
    const TextSources::Word* word = sources_[static_cast<size_t>(known - rows_)];
    for (const TextSources::Word* end = word + known->sources; word < end; ++word)
      if (word->changed()) return false;
    return true;
  }
  /// At each collection: another cell may come to lie where one did that has a text here.
  void forget_cells();

 private:
  static constexpr int kRowBits = 8;
  static constexpr uint32_t kUnknown = UINT32_MAX;  ///< Row::sources of a text that cannot be used again
  const Row& of_cell(Vm& vm, Value v);
  void make(Vm& vm, Value v, Row& row);
  ImmediateTexts immediates_;
  Row rows_[1 << kRowBits];
  TextSources::Word sources_[1 << kRowBits][TextSources::kMost];
  std::string scratch_;
};

/// Decimal digits; at most 20 of them with the sign.
char* append_decimal(int64_t n, char* at);

/// `== Stack ==    [14] [9] [-3] ` of one operand stack after the other: what is as it was before is not written anew.
class StackText {
 public:
  /// `calm`: nothing can have changed since the last call but the stack itself. What is given has room behind it, as copy_in_steps
  /// wants it.
  std::string_view of(Vm& vm, const Value* begin, const Value* end, bool calm);
  void forget_cells() {
    count_ = 0;
    values_.forget_cells();
  }

 private:
  struct Part {
    Value value;
    ValueTexts::Known known;
    char* end;  ///< in text_
  };
  void grow(size_t parts);
  ValueTexts values_;
  std::vector<Part> parts_;
  size_t count_ = 0;
  std::unique_ptr<char[]> text_;
};

}  // namespace krait
