// What a value looks like, without running any Python code and within bounds: for traces, pictures and debuggers.
#pragma once

#include <cstring>
#include <string>
#include <string_view>

#include "objects/vm.hpp"

namespace krait {

struct ReprBounds {
  size_t characters = 80;  ///< of the whole text; what is left out becomes "..."
  int depth = 3;           ///< of containers in containers
  int items = 8;           ///< of one container
};
class ImmediateTexts;

/// What a text was made from: words of memory and what stood there. While they are as they were, so is the text. They are to be
/// compared in their order: a word that differs may have led to the next ones.
class TextSources {
 public:
  static constexpr size_t kMost = 32;
  struct Word {
    const void* place;
    uint64_t content;
    bool changed() const { return read(place) != content; }
  };
  void note(const void* place) {
    if (count_ < kMost) words_[count_] = {place, read(place)};
    ++count_;
  }
  /// The text hangs on something that cannot be noted.
  void give_up() { count_ = kMost + 1; }
  bool complete() const { return count_ <= kMost; }
  size_t count() const { return count_; }
  const Word* words() const { return words_; }

 private:
  static uint64_t read(const void* place) {
    uint64_t word;
    std::memcpy(&word, place, sizeof word);
    return word;
  }
  size_t count_ = 0;
  Word words_[kMost];
};

/// Appends the text. Exact built-in values look as repr() shows them; instances are `<C object>`, as no __repr__ is called.
/// Allocates nothing in the heap.
void safe_repr(Vm& vm, Value v, std::string& out, const ReprBounds& bounds = {}, ImmediateTexts* known = nullptr,
               TextSources* sources = nullptr);
/// A JSON string with its quotes.
void json_text(std::string& out, std::string_view utf8);

}  // namespace krait
