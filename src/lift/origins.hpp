// Where lifted code came from, for those who show a program while it runs in the words of the machine that it was compiled for.
#pragma once

#include <string>
#include <unordered_map>
#include <vector>

#include "bytecode/code.hpp"
#include "objects/vm.hpp"

namespace krait::pyc {

struct Origin {
  int minor = 0;
  std::string code;  ///< the instructions that were lifted
  std::vector<int32_t>
      offsets;  ///< by number of Krait's instruction: the offset of the one it begins; -1: it begins none
};

struct Origins : Extension {
  /// Set before code is lifted: it is written so that every instruction has its counterpart, and what they are is kept.
  bool keep = false;
  std::unordered_map<Code*, Origin> of;
  void trace(Marker& marker) override {
    for (auto& [code, origin] : of) marker.mark_cell(code);
  }
};

}  // namespace krait::pyc
