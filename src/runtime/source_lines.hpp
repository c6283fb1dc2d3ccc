// Source lines for tracebacks: read when first wanted, from files or from texts that were registered (-c, the REPL).
#pragma once

#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "objects/vm.hpp"

namespace krait {

struct SourceLines : Extension {
  /// Remembers a text under a name that is no file. Counted in the heap's account; without room for it, nothing is remembered.
  void add(Vm& vm, const std::string& name, std::string_view text);
  /// Line `number` (from 1) without its end, decoded from UTF-8 (Latin-1 where a coding cookie says so; others as UTF-8 with
  /// replacements), or null. It stays until the next call.
  const std::u32string* line(Vm& vm, const std::string& file, int number);

 private:
  struct Text {
    std::string bytes;
    std::vector<uint32_t> begins;  ///< where its lines begin
    bool latin1 = false;
  };
  Text* remember(Vm& vm, const std::string& name, std::string_view text);

  std::map<std::string, Text> texts_;
  std::u32string line_;
};

}  // namespace krait
