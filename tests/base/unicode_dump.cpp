// Prints every property of every code point, one line each, for unicode_reference.py to compare.
// Build: c++ -std=gnu++20 -O1 -Isrc tests/base/unicode_dump.cpp src/base/unicode*.cpp -o unicode_dump
#include <cstdio>

#include "base/unicode.hpp"

using namespace krait::unicode;

static void print_text(std::u32string_view text) {
  for (size_t i = 0; i < text.size(); ++i) std::printf("%s%X", i ? "." : "", static_cast<unsigned>(text[i]));
  std::printf("|");
}

int main() {
  for (char32_t c = 0; c <= kMaxCodePoint; ++c) {
    std::printf("%X|", static_cast<unsigned>(c));
    bool flags[] = {is_alpha(c),        is_decimal(c),  is_digit(c),     is_numeric(c),   is_lower(c),
                    is_upper(c),        is_space(c),    is_linebreak(c), is_printable(c), c == '_' || is_xid_start(c),
                    is_xid_continue(c), is_mirrored(c), is_title(c)};
    for (bool flag : flags) std::putchar(flag ? '1' : '0');
    std::printf("|%s|%s|%s|%u|%s|%d|%d|%.17g|", category(c), bidirectional(c), east_asian_width(c), combining(c),
                decomposition(c).c_str(), decimal_value(c), digit_value(c), numeric_value(c));
    print_text(to_upper(c).view());
    print_text(to_lower(c).view());
    print_text(to_title(c).view());
    print_text(casefold(c).view());
    std::u32string_view self(&c, 1);
    for (Form form : {Form::kNfc, Form::kNfd, Form::kNfkc, Form::kNfkd}) print_text(normalize(form, self));
    std::string name = name_of(c).value_or("");
    std::printf("%s|%d\n", name.c_str(), !name.empty() && lookup_name(name) == c);
  }
}
