// Source lines for tracebacks: read when first wanted, from files or from texts that were registered (-c, the REPL).
#pragma once

#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "objects/vm.hpp"

namespace krait {

struct SourceLines : Extension {
  /// Lines without their ends, decoded from UTF-8 (Latin-1 where a coding cookie says so; others as UTF-8 with replacements).
  std::map<std::string, std::vector<std::u32string>> files;

  /// Remembers a text under a name that is no file.
  void add(const std::string& name, std::string_view text);
  /// Line `number` (from 1), or null.
  const std::u32string* line(Vm& vm, const std::string& file, int number);
};

}  // namespace krait
