// Unicode 3.2 as `unicodedata.ucd_3_2_0` shows it: stringprep and IDNA 2003 are defined on that version for
// ever.
//
// Kept as differences from the tables of base/unicode.hpp. What is not declared here (digit and numeric
// values of an assigned character, its name, its decomposition) is unchanged; ask is_assigned first.
#pragma once

#include <string>
#include <string_view>

#include "base/unicode.hpp"

namespace krait::unicode::v320 {

constexpr char kVersion[] = "3.2.0";

bool is_assigned(char32_t c);
const char* category(char32_t c);
const char* bidirectional(char32_t c);
const char* east_asian_width(char32_t c);
unsigned combining(char32_t c);
bool is_mirrored(char32_t c);
int decimal_value(char32_t c);
std::u32string normalize(Form form, std::u32string_view text);

}  // namespace krait::unicode::v320
