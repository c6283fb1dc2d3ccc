// Substring search over str and bytes storage: find, rfind, count.
//
// Haystack and needle are arrays of unsigned integers of 1, 2 or 4 bytes and may differ in width. The time is
// linear in the worst case: a search starts by looking for places where the needle's first and last unit
// agree and comparing there, and when the comparisons have cost more than the progress made is worth, goes on
// with the two-way algorithm (Crochemore and Perrin, 1991), whose preprocessing would not pay for itself
// earlier.
//
// `poll` is called about every 64K units of work; when it returns true the search gives up and answers
// kAborted.
#pragma once

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <type_traits>

namespace krait::search {

constexpr size_t kNotFound = SIZE_MAX;
constexpr size_t kAborted = SIZE_MAX - 1;

struct NoPoll {
  bool operator()() const { return false; }
};

namespace detail {

constexpr size_t kPollUnits = size_t{1} << 16;

// Counts work and polls when it is due.
template <class Poll>
struct Budget {
  Poll& poll;
  size_t left = kPollUnits;
  bool spend(size_t work) {
    if (work < left) [[likely]] {
      left -= work;
      return false;
    }
    left = kPollUnits;
    return poll();
  }
};

// Text read from its front or from its back: a search from the right is one from the left in mirrored text.
template <class Unit>
struct Forward {
  const Unit* data;
  size_t size;
  char32_t operator[](size_t i) const { return data[i]; }
  const Unit* span(size_t i, size_t) const { return data + i; }  // where the units [i, i + count) lie in memory
};
template <class Unit>
struct Backward {
  const Unit* data;
  size_t size;
  char32_t operator[](size_t i) const { return data[size - 1 - i]; }
  const Unit* span(size_t i, size_t count) const { return data + (size - i - count); }
};

constexpr size_t kBlock = 32;

template <class Unit>
constexpr bool fits(char32_t unit) {
  return unit <= static_cast<Unit>(~Unit{0});
}

// First index in [from, to) that holds `unit`, or `to`.
template <template <class> class Text, class Unit>
size_t find_unit(Text<Unit> text, size_t from, size_t to, char32_t unit) {
  if (from >= to || !fits<Unit>(unit)) return to;
  Unit wanted = static_cast<Unit>(unit);
  if constexpr (sizeof(Unit) == 1) {
    const Unit* span = text.span(from, to - from);
    constexpr bool kForward = std::is_same_v<Text<Unit>, Forward<Unit>>;
    const void* at = kForward ? std::memchr(span, wanted, to - from) : memrchr(span, wanted, to - from);
    if (!at) return to;
    size_t index = static_cast<size_t>(static_cast<const Unit*>(at) - text.data);
    return kForward ? index : text.size - 1 - index;
  } else {
    size_t i = from;
    for (; i + kBlock <= to; i += kBlock) {
      const Unit* block = text.span(i, kBlock);
      Unit any = 0;  // no early exit inside a block: it becomes a few vector compares
      for (size_t k = 0; k < kBlock; ++k) any |= static_cast<Unit>(block[k] == wanted);
      if (any) break;
    }
    while (i < to && text[i] != unit) ++i;
    return i;
  }
}

// First index i in [from, to) with text[i] == first and text[i + gap] == last, or `to`.
template <template <class> class Text, class Unit>
size_t find_pair(Text<Unit> text, size_t from, size_t to, size_t gap, char32_t first, char32_t last) {
  if (!fits<Unit>(first) || !fits<Unit>(last)) return to;
  Unit a = static_cast<Unit>(first), b = static_cast<Unit>(last);
  size_t i = from;
  for (; i + kBlock <= to; i += kBlock) {
    const Unit* firsts = text.span(i, kBlock);
    const Unit* lasts = text.span(i + gap, kBlock);
    Unit any = 0;
    for (size_t k = 0; k < kBlock; ++k) any |= static_cast<Unit>((firsts[k] == a) & (lasts[k] == b));
    if (any) break;
  }
  while (i < to && !(text[i] == first && text[i + gap] == last)) ++i;
  return i;
}

// The two-way algorithm. The needle is cut at a critical position; its right part is compared left to right,
// then its left part right to left, and a mismatch gives a shift that no occurrence can be lost by.
template <class Text, class Needle>
class TwoWay {
 public:
  bool prepared() const { return prepared_; }

  // False when aborted.
  template <class B>
  bool prepare(Needle needle, B& budget) {
    size_t period_less, period_greater;
    size_t less = maximal_suffix<false>(needle, period_less, budget);
    size_t greater = less == kAborted ? kAborted : maximal_suffix<true>(needle, period_greater, budget);
    if (greater == kAborted) return false;
    cut_ = std::max(less, greater);
    period_ = less > greater ? period_less : period_greater;
    periodic_ = true;
    for (size_t i = 0; i < cut_ && periodic_; ++i) periodic_ = needle[i] == needle[i + period_];
    if (budget.spend(cut_)) return false;
    // Without a short period of the whole needle, any mismatch on the left allows a shift of this much.
    if (!periodic_) period_ = std::max(cut_, needle.size - cut_) + 1;
    prepared_ = true;
    return true;
  }

  // First occurrence at or after `at`.
  template <class B>
  size_t find(Text text, Needle needle, size_t at, B& budget) const {
    size_t known = 0;  // length of the needle's front that is known to match (periodic needles only)
    while (at + needle.size <= text.size) {
      size_t right = std::max(cut_, known);
      size_t i = right;
      // In slices, so that one long comparison cannot outrun the poll.
      while (i < needle.size) {
        size_t stop = std::min(needle.size, i + kPollUnits);
        size_t begin = i;
        while (i < stop && needle[i] == text[at + i]) ++i;
        if (budget.spend(i - begin + 1)) return kAborted;
        if (i < stop) break;
      }
      if (i < needle.size) {
        at += i - cut_ + 1;
        known = 0;
        continue;
      }
      i = cut_;
      while (i > known && needle[i - 1] == text[at + i - 1]) --i;
      if (budget.spend(cut_ - i + 1)) return kAborted;
      if (i <= known) return at;
      at += period_;
      known = periodic_ ? needle.size - period_ : 0;
    }
    return kNotFound;
  }

 private:
  // Start of the lexicographically greatest suffix, for one of the two orders of units, and that suffix's
  // period.
  template <bool kReversed, class B>
  static size_t maximal_suffix(Needle needle, size_t& period, B& budget) {
    size_t best = SIZE_MAX;  // one before the suffix: wraps around to 0
    size_t candidate = 0, k = 1;
    period = 1;
    while (candidate + k < needle.size) {
      char32_t a = needle[candidate + k], b = needle[best + k];
      if (kReversed ? b < a : a < b) {
        candidate += k;
        k = 1;
        period = candidate - best;
      } else if (a == b) {
        if (k != period) {
          ++k;
        } else {
          candidate += period;
          k = 1;
        }
      } else {
        best = candidate++;
        k = period = 1;
      }
      if (budget.spend(1)) return kAborted;
    }
    return best + 1;
  }

  size_t cut_ = 0;
  size_t period_ = 0;
  bool periodic_ = false;
  bool prepared_ = false;
};

// A search that can be continued behind a match. `needle.size` is at least 1.
template <class Text, class Needle, class Poll>
class Searcher {
 public:
  Searcher(Text text, Needle needle, Poll& poll) : text_(text), needle_(needle), budget_{poll} {}

  // First occurrence at or after `from`, which does not go down from one call to the next.
  size_t find(size_t from) {
    if (needle_.size > text_.size || from > text_.size - needle_.size) return kNotFound;
    if (two_way_.prepared()) return two_way_.find(text_, needle_, from, budget_);
    size_t end = text_.size - needle_.size + 1;
    size_t at = from;
    // A single comparison with a longer needle could outrun the poll.
    bool simple = needle_.size < kPollUnits;
    while (simple) {
      at = find_candidate(at, end);
      if (at >= kAborted || needle_.size <= 2) return at;
      size_t i = 1;
      while (i < needle_.size - 1 && needle_[i] == text_[at + i]) ++i;
      if (budget_.spend(i)) return kAborted;
      if (i == needle_.size - 1) return at;
      wasted_ += i;
      ++at;
      simple = wasted_ <= 256 + 4 * needle_.size + at / 2;
    }
    if (!two_way_.prepare(needle_, budget_)) return kAborted;
    return two_way_.find(text_, needle_, at, budget_);
  }

 private:
  // First place in [from, to) where the first and the last unit agree. The search goes in slices to poll
  // between.
  size_t find_candidate(size_t from, size_t to) {
    while (from < to) {
      size_t stop = std::min(to, from + kPollUnits);
      size_t gap = needle_.size - 1;
      size_t at = gap == 0 ? find_unit(text_, from, stop, needle_[0])
                           : find_pair(text_, from, stop, gap, needle_[0], needle_[gap]);
      if (budget_.spend(at - from + 1)) return kAborted;
      if (at < stop) return at;
      from = stop;
    }
    return kNotFound;
  }

  Text text_;
  Needle needle_;
  Budget<Poll> budget_;
  size_t wasted_ = 0;  // comparisons that did not lead to a match
  TwoWay<Text, Needle> two_way_;
};

}  // namespace detail

// Index of the first occurrence, kNotFound or kAborted. An empty needle is found at 0.
template <class Unit, class NeedleUnit, class Poll = NoPoll>
size_t find(const Unit* text, size_t text_size, const NeedleUnit* needle, size_t needle_size, Poll&& poll = {}) {
  if (needle_size == 0) return 0;
  using namespace detail;
  Searcher searcher(Forward<Unit>{text, text_size}, Forward<NeedleUnit>{needle, needle_size}, poll);
  return searcher.find(0);
}

// Index of the last occurrence, kNotFound or kAborted. An empty needle is found at text_size.
template <class Unit, class NeedleUnit, class Poll = NoPoll>
size_t rfind(const Unit* text, size_t text_size, const NeedleUnit* needle, size_t needle_size, Poll&& poll = {}) {
  if (needle_size == 0) return text_size;
  using namespace detail;
  Searcher searcher(Backward<Unit>{text, text_size}, Backward<NeedleUnit>{needle, needle_size}, poll);
  size_t at = searcher.find(0);
  return at >= kAborted ? at : text_size - at - needle_size;
}

// Calls `found(index)` for each occurrence from the left, none overlapping the one before, until it returns
// false. False when aborted. The needle is not empty. For count, split and replace.
template <class Unit, class NeedleUnit, class Found, class Poll = NoPoll>
bool for_each(const Unit* text, size_t text_size, const NeedleUnit* needle, size_t needle_size, Found&& found,
              Poll&& poll = {}) {
  using namespace detail;
  Searcher searcher(Forward<Unit>{text, text_size}, Forward<NeedleUnit>{needle, needle_size}, poll);
  for (size_t at = 0;;) {
    at = searcher.find(at);
    if (at >= kAborted) return at != kAborted;
    if (!found(at)) return true;
    at += needle_size;
  }
}

// Number of occurrences that do not overlap, at most `limit`; kAborted. An empty needle fits at text_size + 1
// places.
template <class Unit, class NeedleUnit, class Poll = NoPoll>
size_t count(const Unit* text, size_t text_size, const NeedleUnit* needle, size_t needle_size, size_t limit = SIZE_MAX,
             Poll&& poll = {}) {
  if (needle_size == 0) return std::min(text_size + 1, limit);
  size_t total = 0;
  if (limit == 0) return 0;
  if (needle_size == 1 && limit >= text_size) {
    // Matches may be dense: adding up comparisons beats going from one to the next.
    if (!detail::fits<Unit>(needle[0])) return 0;
    Unit wanted = static_cast<Unit>(needle[0]);
    for (size_t from = 0; from < text_size; from += detail::kPollUnits) {
      if (from > 0 && poll()) return kAborted;
      size_t stop = std::min(text_size, from + detail::kPollUnits);
      uint32_t here = 0;
      for (size_t i = from; i < stop; ++i) here += text[i] == wanted;
      total += here;
    }
    return total;
  }
  bool finished = for_each(text, text_size, needle, needle_size, [&](size_t) { return ++total < limit; }, poll);
  return finished ? total : kAborted;
}

}  // namespace krait::search
