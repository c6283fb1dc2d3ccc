#include "base/unicode.hpp"

namespace krait::unicode {

namespace {

struct CharRecord {
  uint16_t flags;
  uint8_t category;
  uint8_t bidi;
  uint8_t combining;
  uint8_t width;
  uint8_t digit;
  uint8_t numeric;
  uint8_t quick;  // two bits a form: NFD, NFKD, NFC, NFKC from the lowest
  uint16_t letter_case;
};

// Distances to the simple mappings, and places of the full ones in kSpecialCases (0: same as simple).
struct CaseRecord {
  int32_t upper, lower, title;
  uint16_t full_upper, full_lower, full_title, full_fold;
};

#include "base/unicode_data.inc"

const CharRecord& record(char32_t c) {
  if (c > kMaxCodePoint) [[unlikely]]
    c = kMaxCodePoint;  // a noncharacter: unassigned
  unsigned block = kRecordStage1[c >> kRecordShift];
  return kRecords[kRecordStage2[(block << kRecordShift) + (c & ((1u << kRecordShift) - 1))]];
}

const CaseRecord& case_record(char32_t c) { return kCases[record(c).letter_case]; }

bool has(char32_t c, Flag flag) { return record(c).flags & flag; }

Mapping full_mapping(char32_t simple, unsigned place) {
  if (place == 0) return {{simple}, 1};
  Mapping mapping{{}, static_cast<uint8_t>(kSpecialCases[place])};
  for (unsigned i = 0; i < mapping.count; ++i) mapping.code[i] = kSpecialCases[place + 1 + i];
  return mapping;
}

}  // namespace

const char* version() { return kUnicodeVersion; }

bool is_alpha(char32_t c) { return has(c, kAlpha); }
bool is_decimal(char32_t c) { return has(c, kDecimal); }
bool is_digit(char32_t c) { return has(c, kDigit); }
bool is_numeric(char32_t c) { return has(c, kNumeric); }
bool is_lower(char32_t c) { return has(c, kLower); }
bool is_upper(char32_t c) { return has(c, kUpper); }
bool is_title(char32_t c) { return has(c, kTitle); }
bool is_cased(char32_t c) { return has(c, kCased); }
bool is_case_ignorable(char32_t c) { return has(c, kCaseIgnorable); }
bool is_space(char32_t c) { return has(c, kSpace); }
bool is_linebreak(char32_t c) { return has(c, kLinebreak); }
bool is_printable(char32_t c) { return has(c, kPrintable); }
bool is_xid_start(char32_t c) { return has(c, kXidStart); }
bool is_xid_continue(char32_t c) { return has(c, kXidContinue); }
bool is_mirrored(char32_t c) { return has(c, kMirrored); }

int decimal_value(char32_t c) {
  const CharRecord& r = record(c);
  return r.flags & kDecimal ? r.digit : -1;
}

int digit_value(char32_t c) {
  const CharRecord& r = record(c);
  return r.flags & kDigit ? r.digit : -1;
}

double numeric_value(char32_t c) {
  const CharRecord& r = record(c);
  return r.numeric ? kNumericValues[r.numeric] : -1.0;
}

const char* category(char32_t c) { return kCategories[record(c).category]; }
const char* bidirectional(char32_t c) { return kBidiClasses[record(c).bidi]; }
const char* east_asian_width(char32_t c) { return kWidths[record(c).width]; }
unsigned combining(char32_t c) { return record(c).combining; }

char32_t simple_upper(char32_t c) { return c + case_record(c).upper; }
char32_t simple_lower(char32_t c) { return c + case_record(c).lower; }
char32_t simple_title(char32_t c) { return c + case_record(c).title; }

Mapping to_upper(char32_t c) {
  const CaseRecord& r = case_record(c);
  return full_mapping(c + r.upper, r.full_upper);
}

Mapping to_lower(char32_t c) {
  const CaseRecord& r = case_record(c);
  return full_mapping(c + r.lower, r.full_lower);
}

Mapping to_title(char32_t c) {
  const CaseRecord& r = case_record(c);
  return full_mapping(c + r.title, r.full_title);
}

Mapping casefold(char32_t c) {
  const CaseRecord& r = case_record(c);
  return full_mapping(c + r.lower, r.full_fold);
}

unsigned quick_check(Form form, char32_t c) {
  constexpr unsigned kPlace[] = {4, 0, 6, 2};
  return record(c).quick >> kPlace[static_cast<unsigned>(form)] & 3;
}

}  // namespace krait::unicode
