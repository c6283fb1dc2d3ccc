// Character names. A name is a string of word numbers (one or two bytes each) into a dictionary of words;
// ideographs and Hangul syllables are named by rule. The search by name is a binary search over names spelled
// out one by one.
#include <algorithm>
#include <cstring>
#include <iterator>

#include "base/unicode.hpp"

namespace krait::unicode {

namespace {

struct NameRule {
  char32_t first, last;
  unsigned prefix;
};

struct NameRun {
  char32_t first, last;
  unsigned number;
};

#include "base/unicode_names.inc"

constexpr char kHangulPrefix[] = "HANGUL SYLLABLE ";
constexpr char kCjkPrefix[] = "CJK UNIFIED IDEOGRAPH-";
constexpr char32_t kSBase = 0xAC00;
constexpr unsigned kVCount = 21, kTCount = 28, kSCount = 11172;

// Jamo short names (Jamo.txt): leading consonants, vowels, trailing consonants.
constexpr char kLeads[][3] = {"G",  "GG", "N", "D",  "DD", "R", "M", "B", "BB", "S",
                              "SS", "",   "J", "JJ", "C",  "K", "T", "P", "H"};
constexpr char kVowels[][4] = {"A",  "AE", "YA", "YAE", "EO", "E",  "YEO", "YE", "O",  "WA", "WAE",
                               "OE", "YO", "U",  "WEO", "WE", "WI", "YU",  "EU", "YI", "I"};
constexpr char kTails[][3] = {"",   "G",  "GG", "GS", "N",  "NJ", "NH", "D",  "L", "LG", "LM", "LB", "LS", "LT",
                              "LP", "LH", "M",  "B",  "BS", "S",  "SS", "NG", "J", "C",  "K",  "T",  "P",  "H"};

// Start of item `i` in a text whose every 32nd start is stored and whose lengths are single bytes.
size_t start_of(const uint32_t* blocks, const char* lengths, unsigned i) {
  size_t at = blocks[i / 32];
  for (unsigned k = i & ~31u; k < i; ++k) at += static_cast<uint8_t>(lengths[k]);
  return at;
}

struct NameBuffer {
  char text[kMaxNameLength];
  size_t size = 0;
  void add(std::string_view part) {
    std::memcpy(text + size, part.data(), part.size());
    size += part.size();
  }
  std::string_view view() const { return {text, size}; }
};

void spell(unsigned number, NameBuffer& out) {
  const char* code = kNameText + start_of(kNameBlocks, kNameLengths, number);
  const char* end = code + static_cast<uint8_t>(kNameLengths[number]);
  while (code < end) {
    unsigned word = static_cast<uint8_t>(*code++);
    if (word >= kShortWords) word = kShortWords + (word - kShortWords) * 256 + static_cast<uint8_t>(*code++);
    if (out.size) out.add(" ");
    out.add({kWordText + start_of(kWordBlocks, kWordLengths, word), static_cast<uint8_t>(kWordLengths[word])});
  }
}

const NameRule* rule_of(char32_t c) {
  for (const NameRule& rule : kRules) {
    if (c >= rule.first && c <= rule.last) return &rule;
  }
  return nullptr;
}

// Number of the listed name of c, or kNameCount.
unsigned number_of(char32_t c) {
  const NameRun* run = std::upper_bound(std::begin(kNameRuns), std::end(kNameRuns), c,
                                        [](char32_t value, const NameRun& r) { return value < r.first; });
  if (run == std::begin(kNameRuns) || c > run[-1].last) return kNameCount;
  return run[-1].number + (c - run[-1].first);
}

// Number of the listed name, alias or sequence spelled `name` (capitals), or kNameCount.
unsigned find_listed(std::string_view name) {
  unsigned low = 0, high = kNameCount;
  while (low < high) {
    unsigned middle = (low + high) / 2;
    NameBuffer text;
    spell(kNameOrder[middle], text);
    int order = text.view().compare(name);
    if (order == 0) return kNameOrder[middle];
    if (order < 0) {
      low = middle + 1;
    } else {
      high = middle;
    }
  }
  return kNameCount;
}

// Longest entry of `names` that `text` begins with; taken off `text`. -1 when none fits.
template <size_t N, size_t M>
int take_longest(const char (&names)[N][M], std::string_view& text) {
  int best = -1;
  size_t best_length = 0;
  for (size_t i = 0; i < N; ++i) {
    std::string_view name = names[i];
    if (text.starts_with(name) && (best < 0 || name.size() > best_length)) {
      best = static_cast<int>(i);
      best_length = name.size();
    }
  }
  text.remove_prefix(best_length);
  return best;
}

std::optional<char32_t> parse_hangul(std::string_view text) {
  int lead = take_longest(kLeads, text);
  int vowel = take_longest(kVowels, text);
  if (vowel < 0) return std::nullopt;
  int tail = take_longest(kTails, text);
  if (!text.empty()) return std::nullopt;
  return kSBase + static_cast<char32_t>((lead * static_cast<int>(kVCount) + vowel) * static_cast<int>(kTCount) + tail);
}

std::optional<char32_t> parse_by_rule(std::string_view prefix, unsigned prefix_number, std::string_view digits) {
  if (digits.size() != 4 && digits.size() != 5) return std::nullopt;
  // Like CPython, accept a leading zero for the unified ideographs and for no others.
  if (digits.size() == 5 && digits[0] == '0' && prefix != kCjkPrefix) return std::nullopt;
  char32_t c = 0;
  for (char d : digits) {
    if (d >= '0' && d <= '9') {
      c = c * 16 + static_cast<char32_t>(d - '0');
    } else if (d >= 'A' && d <= 'F') {
      c = c * 16 + static_cast<char32_t>(d - 'A' + 10);
    } else {
      return std::nullopt;
    }
  }
  const NameRule* rule = rule_of(c);
  if (!rule || rule->prefix != prefix_number) return std::nullopt;
  return c;
}

// Copies `name` in capitals into `out`; false when it is too long to be a name.
bool capitalize(std::string_view name, NameBuffer& out) {
  if (name.empty() || name.size() > kMaxNameLength) return false;
  for (char c : name) out.text[out.size++] = c >= 'a' && c <= 'z' ? static_cast<char>(c - 32) : c;
  return true;
}

}  // namespace

std::optional<std::string> name_of(char32_t c) {
  NameBuffer out;
  if (c - kSBase < kSCount) {
    unsigned s = c - kSBase;
    out.add(kHangulPrefix);
    out.add(kLeads[s / (kVCount * kTCount)]);
    out.add(kVowels[s / kTCount % kVCount]);
    out.add(kTails[s % kTCount]);
    return std::string(out.view());
  }
  if (const NameRule* rule = rule_of(c)) {
    out.add(kRulePrefixes[rule->prefix]);
    for (int shift = c > 0xFFFF ? 16 : 12; shift >= 0; shift -= 4)
      out.add(std::string_view(&"0123456789ABCDEF"[c >> shift & 15], 1));
    return std::string(out.view());
  }
  unsigned number = number_of(c);
  if (number == kNameCount) return std::nullopt;
  spell(number, out);
  return std::string(out.view());
}

std::optional<char32_t> lookup_name(std::string_view name) {
  NameBuffer capitals;
  if (!capitalize(name, capitals)) return std::nullopt;
  std::string_view text = capitals.view();
  if (text.starts_with(kHangulPrefix)) return parse_hangul(text.substr(sizeof(kHangulPrefix) - 1));
  for (unsigned i = 0; i < std::size(kRulePrefixes); ++i) {
    std::string_view prefix = kRulePrefixes[i];
    if (text.starts_with(prefix)) return parse_by_rule(prefix, i, text.substr(prefix.size()));
  }
  unsigned number = find_listed(text);
  if (number == kNameCount) return std::nullopt;
  if (number >= kListedCount) {
    char32_t target = kExtraTargets[number - kListedCount];
    return target <= kMaxCodePoint ? std::optional(target) : std::nullopt;
  }
  const NameRun* run = std::upper_bound(std::begin(kNameRuns), std::end(kNameRuns), number,
                                        [](unsigned value, const NameRun& r) { return value < r.number; });
  return run[-1].first + (number - run[-1].number);
}

std::u32string_view lookup_sequence(std::string_view name) {
  NameBuffer capitals;
  if (!capitalize(name, capitals)) return {};
  unsigned number = find_listed(capitals.view());
  if (number < kListedCount || number == kNameCount) return {};
  char32_t target = kExtraTargets[number - kListedCount];
  if (target <= kMaxCodePoint) return {};
  const char32_t* at = kSequences + (target - kMaxCodePoint - 1);
  return {at + 1, at[0]};
}

}  // namespace krait::unicode
