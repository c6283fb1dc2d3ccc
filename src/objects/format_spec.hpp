// The format specification mini-language: [[fill]align][sign][z][#][0][width][grouping][.precision[grouping]][type], as str,
// int, float and complex read it.
#pragma once

#include <cstdint>

#include "objects/vm.hpp"

namespace krait {

struct Str;

struct FormatSpec {
  char32_t fill = ' ';
  char align = 0;  ///< '<', '>', '=', '^'
  bool fill_given = false;
  bool align_given = false;
  char sign = 0;                  ///< '+', '-', ' ', or 0
  bool no_negative_zero = false;  ///< z
  bool alternate = false;         ///< #
  int64_t width = -1;
  char grouping = 0;  ///< ',', '_', or 0
  int64_t precision = -1;
  char fraction_grouping = 0;  ///< ',', '_', or 0
  char32_t type = 0;
};

/// Reads a specification for `object` (named in messages). ValueError. What the text leaves open is `default_type` and
/// `default_align`; an unaligned leading 0 means "fill with zeros", behind the sign where numbers are right-aligned.
Status parse_format_spec(Vm& vm, Value object, const Str* text, char32_t default_type, char default_align,
                         FormatSpec& out);

/// ValueError "Unknown format code 'q' for object of type 'int'".
[[gnu::cold]] Error unknown_format_code(Vm& vm, char32_t code, Value object);

/// How many fill characters stand before and after something of this length.
struct FormatPadding {
  uint64_t before = 0, after = 0;
};
FormatPadding format_padding(const FormatSpec& spec, uint64_t length);

}  // namespace krait
