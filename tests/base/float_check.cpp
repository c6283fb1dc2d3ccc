// Reads the cases that float_reference.py prints and says which of them base/float_text answers otherwise.
// Build: c++ -std=gnu++20 -O1 -Isrc tests/base/float_check.cpp src/base/float_text.cpp -o float_check
#include <bit>
#include <cinttypes>
#include <cstdio>
#include <iostream>
#include <sstream>

#include "base/float_text.hpp"

using namespace krait;

static std::string bits_text(double x) {
  char text[20];
  std::snprintf(text, sizeof text, "%016" PRIx64, x != x ? 0x7ff8000000000000 : std::bit_cast<uint64_t>(x));
  return text;
}

int main() {
  std::string line, kind;
  long cases = 0, wrong = 0;
  while (std::getline(std::cin, line)) {
    std::istringstream in(line);
    in >> kind;
    std::string got, want, text;
    if (kind == "parse") {
      in >> text >> want;
      std::optional<double> x = parse_double(text);
      got = x ? bits_text(*x) : "error";
    } else if (kind == "fromhex") {
      in >> text >> want;
      double x = 0;
      HexParse result = parse_hex_double(text, x);
      got = result == HexParse::kOk ? bits_text(x) : result == HexParse::kInvalid ? "invalid" : "large";
    } else {
      uint64_t bits;
      in >> std::hex >> bits >> std::dec;
      double x = std::bit_cast<double>(bits);
      if (kind == "repr") {
        in >> want;
        got = repr_double(x);
      } else if (kind == "hex") {
        in >> want;
        got = hex_double(x);
      } else if (kind == "round") {
        int64_t digits;
        in >> digits >> want;
        std::optional<double> rounded = round_double(x, digits);
        got = rounded ? bits_text(*rounded) : "large";
      } else {
        FloatFormat format;
        in >> format.type >> format.precision >> format.alternate >> format.add_dot_zero >> format.always_sign >>
            format.no_negative_zero >> want;
        got = format_double(x, format);
        if (got.size() > format_double_bound(x, format)) got += " beyond the bound";
      }
    }
    ++cases;
    if (got != want && ++wrong <= 20) std::cout << line << "\n  krait " << got << "\n";
  }
  std::cout << cases << " cases, " << wrong << " differences\n";
  return wrong != 0;
}
