// The table of interned strings: one Str per text, so that names compare by address. The table holds them weakly.
#pragma once

#include <vector>

#include "objects/str.hpp"
#include "objects/vm.hpp"

namespace krait {

struct Vm::Intern {
  std::vector<Str*> slots = std::vector<Str*>(4096);  ///< open addressing; null: empty
  size_t count = 0;
  std::vector<Str*> young;  ///< interned since the last collection

  /// The slot that holds an equal string, or the empty one where it belongs.
  Str** find(const Str* s, int64_t hash);
  Str** find(std::string_view bytes, bool ascii, int64_t hash);
  void insert(Str* s, int64_t hash);
  void grow();
  /// After marking: forgets the dead. True if there were any.
  bool after_mark(Vm& vm, Heap::Collect what);

 private:
  void rebuild(size_t size);
};

}  // namespace krait
