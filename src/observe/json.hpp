// JSON as the debug protocol needs it: reading messages into a tree.
#pragma once

#include <map>
#include <string>
#include <string_view>
#include <vector>

namespace krait {

struct Json {
  enum Kind : uint8_t { kNull, kBool, kNumber, kString, kArray, kObject } kind = kNull;
  double number = 0;  ///< also 0 or 1 for a bool
  std::string text;
  std::vector<Json> items;
  std::map<std::string, Json> members;

  /// The member, or null where there is none (of anything).
  const Json& operator[](const std::string& name) const;
  int64_t integer(int64_t fallback = 0) const {
    return kind == kNumber || kind == kBool ? static_cast<int64_t>(number) : fallback;
  }
  bool truth() const { return (kind == kBool || kind == kNumber) && number != 0; }
};
/// False: no JSON, or nested too deeply.
bool json_parse(std::string_view text, Json& out);

}  // namespace krait
