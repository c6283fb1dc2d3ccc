#include "base/unicode_320.hpp"

#include <algorithm>
#include <cstddef>
#include <iterator>

namespace krait::unicode::v320 {

namespace {

struct Range {
  char32_t first, last;
};
struct Change {
  char32_t first, last;
  char value[4];
};
struct Correction {
  char32_t code, decomposed;
};

#include "base/unicode_320.inc"

// The row of a sorted table of ranges that holds c, or null.
template <class Row, size_t N>
const Row* row_of(const Row (&rows)[N], char32_t c) {
  const Row* row = std::lower_bound(std::begin(rows), std::end(rows), c,
                                    [](const Row& r, char32_t value) { return r.last < value; });
  return row != std::end(rows) && row->first <= c ? row : nullptr;
}

}  // namespace

bool is_assigned(char32_t c) { return row_of(kAssigned, c) != nullptr; }

const char* category(char32_t c) {
  if (!is_assigned(c)) return "Cn";
  const Change* change = row_of(kCategories, c);
  return change ? change->value : unicode::category(c);
}

const char* bidirectional(char32_t c) {
  if (!is_assigned(c)) return "";
  const Change* change = row_of(kBidiClasses, c);
  return change ? change->value : unicode::bidirectional(c);
}

const char* east_asian_width(char32_t c) {
  const Change* change = row_of(kWidths, c);
  return change ? change->value : is_assigned(c) ? unicode::east_asian_width(c) : "N";
}

unsigned combining(char32_t c) { return is_assigned(c) ? unicode::combining(c) : 0; }

bool is_mirrored(char32_t c) {
  if (!is_assigned(c)) return false;
  return unicode::is_mirrored(c) != (row_of(kMirroredFlipped, c) != nullptr);
}

int decimal_value(char32_t c) {
  if (!is_assigned(c)) return -1;
  return row_of(kDecimalDigits, c) ? unicode::digit_value(c) : unicode::decimal_value(c);
}

std::u32string normalize(Form form, std::u32string_view text) {
  // What 3.2 did not know stands for itself and neither moves nor combines, so it parts the text; between,
  // the newer tables hold, since the normalisation of assigned characters is stable but for the listed
  // corrections.
  std::u32string out, part;
  auto finish_part = [&] {
    out += unicode::normalize(form, part);
    part.clear();
  };
  for (char32_t c : text) {
    if (!is_assigned(c)) {
      finish_part();
      out += c;
      continue;
    }
    auto correction = std::find_if(std::begin(kCorrections), std::end(kCorrections),
                                   [c](const Correction& row) { return row.code == c; });
    part += correction != std::end(kCorrections) ? correction->decomposed : c;
  }
  finish_part();
  return out;
}

}  // namespace krait::unicode::v320
