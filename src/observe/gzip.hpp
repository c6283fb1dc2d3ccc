// A gzip file (RFC 1951, 1952) made without a library: fixed Huffman codes and matches in a 32 KB window, which is enough for
// traces, whose lines repeat.
#pragma once

#include <string>
#include <string_view>

namespace krait {
std::string gzip(std::string_view data);
}  // namespace krait
