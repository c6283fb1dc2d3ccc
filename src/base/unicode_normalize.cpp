// Normalisation forms (UAX #15): decompose recursively, put combining marks in canonical order, compose
// again.
#include <algorithm>
#include <iterator>

#include "base/unicode.hpp"

namespace krait::unicode {

namespace {

struct Composition {
  char32_t first, second, composed;
};

#include "base/unicode_normalize.inc"

// Hangul syllables are composed by arithmetic (Unicode core specification, section 3.12).
constexpr char32_t kSBase = 0xAC00, kLBase = 0x1100, kVBase = 0x1161, kTBase = 0x11A7;
constexpr char32_t kLCount = 19, kVCount = 21, kTCount = 28, kNCount = kVCount * kTCount;
constexpr char32_t kSCount = kLCount * kNCount;

// Where c's decomposition begins in kDecompositions, or 0.
unsigned decomposition_place(char32_t c) {
  if (c > kMaxCodePoint) return 0;
  unsigned block = kDecompositionStage1[c >> kDecompositionShift];
  return kDecompositionStage2[(block << kDecompositionShift) + (c & ((1u << kDecompositionShift) - 1))];
}

bool is_compatibility(Form form) { return form == Form::kNfkc || form == Form::kNfkd; }
bool is_composed(Form form) { return form == Form::kNfc || form == Form::kNfkc; }

// Appends the full decomposition. Decompositions in the tables nest a few levels at most, so recursion is
// bounded.
void decompose(char32_t c, bool compatibility, std::u32string& out) {
  if (c - kSBase < kSCount) {
    char32_t s = c - kSBase;
    out += kLBase + s / kNCount;
    out += kVBase + s % kNCount / kTCount;
    if (s % kTCount) out += kTBase + s % kTCount;
    return;
  }
  unsigned place = decomposition_place(c);
  if (place == 0 || (!compatibility && kDecompositions[place] >> 8 != 0)) {
    out += c;
    return;
  }
  unsigned length = kDecompositions[place] & 0xFF;
  for (unsigned i = 1; i <= length; ++i) decompose(kDecompositions[place + i], compatibility, out);
}

// Stable sort by combining class. A counting sort, because a hostile run may be as long as the text.
void sort_marks(std::u32string& text, size_t begin, size_t end) {
  size_t place[257] = {};
  for (size_t i = begin; i < end; ++i) ++place[combining(text[i]) + 1];
  for (size_t cls = 1; cls <= 256; ++cls) place[cls] += place[cls - 1];
  std::u32string run = text.substr(begin, end - begin);
  for (char32_t c : run) text[begin + place[combining(c)]++] = c;
}

// Canonical ordering: every run of characters with a nonzero class is sorted by class, equal ones left in
// order.
void order_marks(std::u32string& text) {
  size_t i = 0;
  while (i < text.size()) {
    if (text[i] < 0x300 || combining(text[i]) == 0) {
      ++i;
      continue;
    }
    size_t end = i + 1;
    bool ordered = true;
    for (unsigned last = combining(text[i]); end < text.size(); ++end) {
      unsigned now = combining(text[end]);
      if (now == 0) break;
      ordered = ordered && last <= now;
      last = now;
    }
    if (!ordered) sort_marks(text, i, end);
    i = end;
  }
}

// The composition of two characters, or 0.
char32_t compose_pair(char32_t first, char32_t second) {
  if (first - kLBase < kLCount && second - kVBase < kVCount)
    return kSBase + ((first - kLBase) * kVCount + (second - kVBase)) * kTCount;
  if (first - kSBase < kSCount && (first - kSBase) % kTCount == 0 && second - kTBase - 1 < kTCount - 1)
    return first + (second - kTBase);
  const Composition* end = std::end(kCompositions);
  const Composition* at = std::lower_bound(std::begin(kCompositions), end, Composition{first, second, 0},
                                           [](const Composition& a, const Composition& b) {
                                             return a.first != b.first ? a.first < b.first : a.second < b.second;
                                           });
  return at != end && at->first == first && at->second == second ? at->composed : 0;
}

// Composes in place (D117). A mark is blocked from its starter when one of the same or a higher class, or
// another starter, stands between them and stayed.
void compose(std::u32string& text) {
  size_t out = 0;
  size_t starter = SIZE_MAX;
  unsigned last_class = 0;  // of the last character kept after the starter; 0 when it is adjacent
  bool adjacent = false;
  for (size_t i = 0; i < text.size(); ++i) {
    char32_t c = text[i];
    unsigned cls = combining(c);
    // Only characters whose quick check is not "yes" can be second in a pair.
    if (starter != SIZE_MAX && (adjacent || (last_class != 0 && last_class < cls)) && quick_check(Form::kNfc, c) != 0) {
      if (char32_t composed = compose_pair(text[starter], c)) {
        text[starter] = composed;
        continue;
      }
    }
    if (cls == 0) {
      starter = out;
      last_class = 0;
      adjacent = true;
    } else {
      last_class = cls;
      adjacent = false;
    }
    text[out++] = c;
  }
  text.resize(out);
}

}  // namespace

bool is_normalized_quick(Form form, std::u32string_view text) {
  unsigned last = 0;
  for (char32_t c : text) {
    if (c < 0x80) {
      last = 0;
      continue;
    }
    unsigned cls = combining(c);
    if ((cls != 0 && cls < last) || quick_check(form, c) != 0) return false;
    last = cls;
  }
  return true;
}

bool is_normalized(Form form, std::u32string_view text) {
  return is_normalized_quick(form, text) || normalize(form, text) == text;
}

std::u32string normalize(Form form, std::u32string_view text) {
  if (is_normalized_quick(form, text)) return std::u32string(text);
  std::u32string out;
  out.reserve(text.size() + text.size() / 2);
  for (char32_t c : text) {
    if (c < 0x80) {
      out += c;
    } else {
      decompose(c, is_compatibility(form), out);
    }
  }
  order_marks(out);
  if (is_composed(form)) compose(out);
  return out;
}

std::string decomposition(char32_t c) {
  unsigned place = decomposition_place(c);
  std::string out;
  if (place == 0) return out;
  out = kDecompositionTags[kDecompositions[place] >> 8];
  unsigned length = kDecompositions[place] & 0xFF;
  for (unsigned i = 1; i <= length; ++i) {
    if (!out.empty()) out += ' ';
    char32_t code = kDecompositions[place + i];
    int digits = code > 0xFFFFF ? 6 : code > 0xFFFF ? 5 : 4;
    while (digits-- > 0) out += "0123456789ABCDEF"[code >> (4 * digits) & 15];
  }
  return out;
}

}  // namespace krait::unicode
