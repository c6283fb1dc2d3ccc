// The regular-expression engine: a backtracking machine over Program (_sre.hpp), one instance for each character width.
//
// Rules
//  1. Nothing recurses: what may have to be undone lies on a stack of words, in frames whose last word says what they are (and
//     which instruction they belong to). To fail is to take frames off until one of them knows how to go on.
//  2. Whatever changes - marks, the innermost loop, its count - leaves a frame that puts it back, so that failing restores the
//     state of the moment a choice was made exactly.
//  3. Atomic pieces and assertions put a barrier frame with a copy of the marks on the stack. When the piece has matched,
//     everything above the barrier is dropped, and the barrier becomes a frame that only puts the marks back.
//  4. Work is counted: poll about every few thousand steps. A poll may run Python; nothing here is shared.
#include <cstring>

#include "base/search.hpp"
#include "modules/_sre.hpp"

namespace krait::sre {
namespace {

using Word = int64_t;

enum Frame : uint32_t {
  kBottom,
  kChoice,           // ptr: go on at the instruction
  kOne,              // ptr, least: a greedy loop over one item gives up characters
  kMinOne,           // ptr, taken: a lazy loop over one item takes one more
  kOldMark,          // value, last index, [number in the place of the instruction]
  kLoop,             // count, last ptr, outer loop: a kRepeat's state
  kOldLoop,          // loop: the innermost loop was that one
  kCount,            // (loop count goes back by one)
  kMaxBody,          // ptr, last ptr: after the body failed, what follows the greedy loop is tried
  kMinTail,          // ptr, loop: after what follows failed, the lazy loop takes its body
  kMinBody,          // last ptr
  kBarrier,          // marks..., last index, ptr, loop, outer barrier: an assertion or atomic group began
  kOldMarks,         // marks..., last index: a finished barrier
  kPossessiveOuter,  // marks..., last index, ptr, loop, outer barrier, count: a possessive loop's beginning
};
constexpr int kStepsPerPoll = 8192;

template <class Char>
class Engine {
 public:
  Engine(Vm& vm, const Program& program, Subject& subject, Mode mode)
      : vm_(vm),
        program_(program),
        code_(program.code()),
        sets_(program.sets()),
        ins_(program.program()),
        text_(static_cast<const Char*>(subject.data)),
        end_(text_ + subject.length),
        marks_(subject.marks),
        mark_count_(program.groups * 2),
        full_(mode == Mode::kFullMatch) {}

  Result<bool> search(Subject& s);
  /// At one place. On success `end_of_match`.
  Result<bool> match_at(const Char* start, bool must_advance);
  const Char* end_of_match = nullptr;
  int64_t last_index = -1;

 private:
  static constexpr size_t kInline = 256;
  static constexpr uint32_t kDisjoint = sizeof(Char) == 1 ? kDisjointLatin1 : kDisjointAll;

  bool in_set(uint32_t id, Char c) const {
    const CharSet& set = sets_[id];
    if (!set.dynamic) {
      if constexpr (sizeof(Char) == 1) return set.table[c];
      if (c < 256) return set.table[c];
      if (set.high < 2) return set.high != 0;
    }
    return set_matches(code_, set, c);
  }
  bool is_item(Ins kind, uint32_t argument, Char c) const {
    switch (kind) {
      case Ins::kAny: return c != '\n';
      case Ins::kAnyAll: return true;
      case Ins::kChar: return c == argument;
      case Ins::kNotChar: return c != argument;
      default: return in_set(argument, c);
    }
  }
  static const Char* find_char(const Char* p, const Char* stop, uint32_t c) {
    size_t n = static_cast<size_t>(stop - p);
    search::detail::Forward<Char> text{p, n};
    return p + search::detail::find_unit(text, 0, n, c);
  }
  /// The first place in [p, stop) whose character is not such an item.
  const Char* skip_items(Ins kind, uint32_t argument, const Char* p, const Char* stop) const {
    switch (kind) {
      case Ins::kAny: return find_char(p, stop, '\n');
      case Ins::kAnyAll: return stop;
      case Ins::kNotChar: return find_char(p, stop, argument);
      case Ins::kChar:
        while (p < stop && *p == argument) ++p;
        return p;
      default: {
        const CharSet& set = sets_[argument];
        if (set.dynamic) {
          while (p < stop && in_set(argument, *p)) ++p;
        } else if constexpr (sizeof(Char) == 1) {
          while (p < stop && set.table[*p]) ++p;
        } else {
          while (p < stop && (*p < 256 ? set.table[*p] : set.high == 2 ? set_matches(code_, set, *p) : set.high != 0))
            ++p;
        }
        return p;
      }
    }
  }
  bool at(At where, const Char* p) const;
  bool is_word(At where, const Char* p) const {
    Category c = where == At::Boundary || where == At::NonBoundary         ? Category::Word
                 : where == At::LocBoundary || where == At::LocNonBoundary ? Category::LocWord
                                                                           : Category::UniWord;
    return in_category(c, *p);
  }

  Status grow(Word*& sp, size_t words);
  Word offset(const Char* p) const { return p - text_; }

  Vm& vm_;
  const Program& program_;
  const uint32_t* code_;
  const CharSet* sets_;
  const uint32_t* ins_;
  const Char* text_;
  const Char* end_;
  int64_t* marks_;
  uint32_t mark_count_;
  bool full_;
  bool marked_ = false;  ///< marks may be set
  int steps_ = kStepsPerPoll;
  Word inline_[kInline];
  Word* base_ = inline_;
  Word* limit_ = inline_ + kInline;
  Storage* storage_ = nullptr;
};

template <class Char>
bool Engine<Char>::at(At where, const Char* p) const {
  switch (where) {
    case At::Beginning:
    case At::BeginningString: return p == text_;
    case At::BeginningLine: return p == text_ || p[-1] == '\n';
    case At::End: return p == end_ || (p + 1 == end_ && *p == '\n');
    case At::EndLine: return p == end_ || *p == '\n';
    case At::EndString: return p == end_;
    default: break;
  }
  bool non = where == At::NonBoundary || where == At::LocNonBoundary || where == At::UniNonBoundary;
  if (text_ == end_) return non && program_.boundary_of_empty;
  bool before = p > text_ && is_word(where, p - 1);
  bool after = p < end_ && is_word(where, p);
  return (before == after) == non;
}

template <class Char>
Status Engine<Char>::grow(Word*& sp, size_t words) {
  size_t used = static_cast<size_t>(sp - base_);
  size_t wanted = (used + words) * 2;
  Storage* bigger = TRY(vm_.allocate_storage(wanted * sizeof(Word)));
  std::memcpy(bigger->data(), base_, used * sizeof(Word));
  Storage* old = storage_;
  storage_ = bigger;
  base_ = bigger->data<Word>();
  limit_ = base_ + wanted;
  sp = base_ + used;
  vm_.heap.release_storage(old);
  return {};
}

#define NEED(n)                                             \
  if (limit_ - sp < static_cast<ptrdiff_t>(n)) [[unlikely]] \
  TRY(grow(sp, n))
#define PUSH(word) *sp++ = static_cast<Word>(word)
#define TAG(kind, instruction) PUSH(static_cast<uint64_t>(instruction) << 8 | (kind))

template <class Char>
Result<bool> Engine<Char>::match_at(const Char* start, bool must_advance) {
  if (marked_) {
    std::fill_n(marks_, mark_count_, -1);
    marked_ = false;
  }
  last_index = -1;
  Word* sp = base_;
  TAG(kBottom, 0);
  const Char* ptr = start;
  uint32_t pc = 0;
  Word loop = -1, barrier = -1;  // places on the stack, from its base
  const uint32_t n_marks = mark_count_;
  const uint32_t* p;

  auto save_marks = [&] {
    std::copy_n(marks_, n_marks, sp);
    sp += n_marks;
    PUSH(last_index);
  };
  // The copy that begins at `from`.
  auto restore_marks = [&](const Word* from) {
    std::copy_n(from, n_marks, marks_);
    last_index = from[n_marks];
  };

  while (true) {
    p = ins_ + pc;
    switch (static_cast<Ins>(*p)) {
      case Ins::kSuccess:
        if ((full_ && ptr != end_) || (must_advance && ptr == start)) goto fail;
        end_of_match = ptr;
        return true;
      case Ins::kFail: goto fail;
      case Ins::kChar:
        if (ptr == end_ || *ptr != p[1]) goto fail;
        ++ptr;
        pc += 2;
        continue;
      case Ins::kNotChar:
        if (ptr == end_ || *ptr == p[1]) goto fail;
        ++ptr;
        pc += 2;
        continue;
      case Ins::kAny:
        if (ptr == end_ || *ptr == '\n') goto fail;
        ++ptr;
        pc += 1;
        continue;
      case Ins::kAnyAll:
        if (ptr == end_) goto fail;
        ++ptr;
        pc += 1;
        continue;
      case Ins::kSet:
        if (ptr == end_ || !in_set(p[1], *ptr)) goto fail;
        ++ptr;
        pc += 2;
        continue;
      case Ins::kString: {
        uint32_t n = p[1];
        if (end_ - ptr < static_cast<ptrdiff_t>(n)) goto fail;
        for (uint32_t i = 0; i < n; ++i)
          if (ptr[i] != p[2 + i]) goto fail;
        ptr += n;
        pc += 2 + n;
        continue;
      }
      case Ins::kAt:
        if (!at(static_cast<At>(p[1]), ptr)) goto fail;
        pc += 2;
        continue;
      case Ins::kMark: {
        uint32_t i = p[1];
        if (sp != base_ + 1) {
          NEED(3);
          PUSH(marks_[i]);
          PUSH(last_index);
          TAG(kOldMark, i);
        }
        marks_[i] = offset(ptr);
        marked_ = true;
        if (i & 1) last_index = i / 2 + 1;
        pc += 2;
        continue;
      }
      case Ins::kJump: pc = p[1]; continue;
      case Ins::kBranchChar:
        if (ptr == end_ || *ptr != p[2]) {
          pc = p[1];
          continue;
        }
        NEED(2);
        PUSH(offset(ptr));
        TAG(kChoice, p[1]);
        pc += 3;
        continue;
      case Ins::kBranchSet:
        if (ptr == end_ || !in_set(p[2], *ptr)) {
          pc = p[1];
          continue;
        }
        NEED(2);
        PUSH(offset(ptr));
        TAG(kChoice, p[1]);
        pc += 3;
        continue;
      case Ins::kBranch:
        NEED(2);
        PUSH(offset(ptr));
        TAG(kChoice, p[1]);
        pc += 2;
        continue;

      // --- Loops over one item.
      case Ins::kRepeatOne:
      case Ins::kPossessiveOne: {
        uint32_t min = p[3], max = p[4];
        if (end_ - ptr < static_cast<ptrdiff_t>(min)) goto fail;
        const Char* stop = max == kMaxRepeat || static_cast<ptrdiff_t>(max) > end_ - ptr ? end_ : ptr + max;
        const Char* last = skip_items(static_cast<Ins>(p[1]), p[2], ptr, stop);
        const Char* least = ptr + min;
        steps_ -= static_cast<int>((last - ptr) >> 5 & 0xFFFFFF);
        if (last < least) goto fail;
        ptr = last;
        pc += kOneLength;
        // When nothing that follows can be an item, giving up characters is in vain - unless the loop ended at its maximum,
        // and then too: what is given up is an item.
        if (static_cast<Ins>(*p) == Ins::kPossessiveOne || last == least) continue;
        if ((p[7] & kDisjoint) != 0) continue;
        NEED(3);
        PUSH(offset(last));
        PUSH(offset(least));
        TAG(kOne, pc - kOneLength);
        goto fail;  // comes back at once, to the search for what follows
      }
      case Ins::kMinRepeatOne: {
        uint32_t min = p[3];
        if (end_ - ptr < static_cast<ptrdiff_t>(min)) goto fail;
        if (min > 0) {
          const Char* least = ptr + min;
          if (skip_items(static_cast<Ins>(p[1]), p[2], ptr, least) != least) goto fail;
          ptr = least;
        }
        NEED(3);
        PUSH(offset(ptr));
        PUSH(min);
        TAG(kMinOne, pc);
        goto fail;
      }

      // --- Groups.
      case Ins::kGroupRef: {
        int64_t begin = marks_[2 * p[1]], stop = marks_[2 * p[1] + 1];
        if (begin < 0 || stop < begin) goto fail;
        int64_t n = stop - begin;
        if (end_ - ptr < n) goto fail;
        const Char* group = text_ + begin;
        Case mode = static_cast<Case>(p[2]);
        if (mode == Case::kNone) {
          if (std::memcmp(group, ptr, static_cast<size_t>(n) * sizeof(Char)) != 0) goto fail;
        } else {
          for (int64_t i = 0; i < n; ++i)
            if (lower(mode, group[i]) != lower(mode, ptr[i])) goto fail;
        }
        steps_ -= static_cast<int>(n >> 5 & 0xFFFFFF);
        ptr += n;
        pc += 3;
        continue;
      }
      case Ins::kGroupIf: {
        int64_t begin = marks_[2 * p[1]], stop = marks_[2 * p[1] + 1];
        pc = begin < 0 || stop < begin ? p[2] : pc + 3;
        continue;
      }

      // --- Loops.
      case Ins::kRepeat:
        NEED(4);
        PUSH(-1);
        PUSH(-1);
        PUSH(loop);
        loop = sp - base_ - 3;
        TAG(kLoop, pc);
        pc = p[1];
        continue;
      case Ins::kMaxUntil: {
        if (--steps_ < 0) {
          steps_ = kStepsPerPoll;
          TRY(vm_.poll());
        }
        Word* l = base_ + loop;
        int64_t count = l[0] + 1;
        if (count < static_cast<int64_t>(p[2])) {
          NEED(1);
          l = base_ + loop;
          l[0] = count;
          TAG(kCount, pc);
          pc = p[1];
          continue;
        }
        if ((p[3] == kMaxRepeat || count < static_cast<int64_t>(p[3])) && offset(ptr) != l[1]) {
          NEED(3);
          l = base_ + loop;
          PUSH(offset(ptr));
          PUSH(l[1]);
          TAG(kMaxBody, pc);
          l[0] = count;
          l[1] = offset(ptr);
          pc = p[1];
          continue;
        }
        NEED(2);
        PUSH(loop);
        TAG(kOldLoop, pc);
        loop = base_[loop + 2];
        pc += 4;
        continue;
      }
      case Ins::kMinUntil: {
        if (--steps_ < 0) {
          steps_ = kStepsPerPoll;
          TRY(vm_.poll());
        }
        NEED(3);
        Word* l = base_ + loop;
        int64_t count = l[0] + 1;
        if (count < static_cast<int64_t>(p[2])) {
          l[0] = count;
          TAG(kCount, pc);
          pc = p[1];
          continue;
        }
        PUSH(offset(ptr));
        PUSH(loop);
        TAG(kMinTail, pc);
        loop = l[2];
        pc += 4;
        continue;
      }

      // --- Assertions and atomic pieces.
      case Ins::kAssert:
      case Ins::kAssertNot: {
        if (ptr - text_ < static_cast<ptrdiff_t>(p[1])) {
          if (static_cast<Ins>(*p) == Ins::kAssert) goto fail;
          pc = p[2];
          continue;
        }
        NEED(n_marks + 5);
        save_marks();
        PUSH(offset(ptr));
        PUSH(loop);
        PUSH(barrier);
        TAG(kBarrier, pc);
        barrier = sp - base_;
        ptr -= p[1];
        pc += 3;
        continue;
      }
      case Ins::kAtomic:
        NEED(n_marks + 5);
        save_marks();
        PUSH(offset(ptr));
        PUSH(loop);
        PUSH(barrier);
        TAG(kBarrier, pc);
        barrier = sp - base_;
        pc += 2;
        continue;
      case Ins::kAssertEnd:
      case Ins::kAtomicEnd: {
        sp = base_ + barrier;
        if (static_cast<Ins>(*p) == Ins::kAssertEnd) ptr = text_ + sp[-4];
        loop = sp[-3];
        barrier = sp[-2];
        sp -= 4;
        if (n_marks == 0 || sp - n_marks - 1 == base_ + 1) {
          sp -= n_marks + 1;
        } else {
          TAG(kOldMarks, 0);
        }
        pc += 1;
        continue;
      }
      case Ins::kAssertNotEnd: {
        // It matched: everything as it was before, then fail.
        sp = base_ + barrier;
        loop = sp[-3];
        barrier = sp[-2];
        sp -= 5 + n_marks;
        restore_marks(sp);
        goto fail;
      }
      case Ins::kPossessive:
        NEED(2 * (n_marks + 6));
        save_marks();
        PUSH(offset(ptr));
        PUSH(loop);
        PUSH(barrier);
        PUSH(0);
        TAG(kPossessiveOuter, pc);
        if (p[2] == 0) goto possessive_done;
        save_marks();
        PUSH(offset(ptr));
        PUSH(loop);
        PUSH(barrier);
        TAG(kBarrier, pc);
        barrier = sp - base_;
        pc += 4;
        continue;
      case Ins::kPossessiveEnd: {
        if (--steps_ < 0) {
          steps_ = kStepsPerPoll;
          TRY(vm_.poll());
        }
        sp = base_ + barrier;
        pc = static_cast<uint32_t>(static_cast<uint64_t>(sp[-1]) >> 8);
        const uint32_t* head = ins_ + pc;
        const Char* began = text_ + sp[-4];
        loop = sp[-3];
        barrier = sp[-2];
        sp -= 5 + n_marks;  // down to the outer frame
        int64_t count = ++sp[-2];
        bool more = head[2] == kMaxRepeat || count < static_cast<int64_t>(head[2]);
        // An empty turn ends the loop: the ones still asked for would be empty too.
        if (!more || ptr == began) goto possessive_done;
        NEED(n_marks + 5);
        save_marks();
        PUSH(offset(ptr));
        PUSH(loop);
        PUSH(barrier);
        TAG(kBarrier, pc);
        barrier = sp - base_;
        pc += 4;
        continue;
      }
    }
    goto fail;

  possessive_done:
    // The outer frame is on top; ptr and marks are those of the last turn.
    pc = static_cast<uint32_t>(static_cast<uint64_t>(sp[-1]) >> 8);
    pc = ins_[pc + 3];
    loop = sp[-4];
    barrier = sp[-3];
    sp -= 5;
    TAG(kOldMarks, 0);
    continue;

  fail:
    if (--steps_ < 0) [[unlikely]] {
      steps_ = kStepsPerPoll;
      TRY(vm_.poll());
    }
    while (true) {
      uint64_t tag = static_cast<uint64_t>(sp[-1]);
      pc = static_cast<uint32_t>(tag >> 8);
      switch (static_cast<Frame>(tag & 0xFF)) {
        case kBottom: return false;
        case kChoice:
          ptr = text_ + sp[-2];
          sp -= 2;
          goto resume;
        case kOne: {
          const uint32_t* q = ins_ + pc;
          const Char* here = text_ + sp[-3];
          const Char* least = text_ + sp[-2];
          Ins follow = static_cast<Ins>(q[5]);
          if (follow == Ins::kChar) {
            uint32_t c = q[6];
            if (here == end_) --here;  // nothing follows there (and least < here)
            const Char* from = here;
            while (here >= least && *here != c) --here;
            steps_ -= static_cast<int>((from - here) >> 5 & 0xFFFFFF);
          } else if (follow == Ins::kSet) {
            if (here == end_) --here;
            while (here >= least && !in_set(q[6], *here)) --here;
          }
          if (here < least) {
            sp -= 3;
            continue;
          }
          ptr = here;
          if (here == least) {
            sp -= 3;
          } else {
            sp[-3] = offset(here - 1);
          }
          pc += kOneLength;
          goto resume;
        }
        case kMinOne: {
          const uint32_t* q = ins_ + pc;
          const Char* here = text_ + sp[-3];
          Ins kind = static_cast<Ins>(q[1]), follow = static_cast<Ins>(q[5]);
          int64_t left = q[4] == kMaxRepeat ? end_ - here : std::min<int64_t>(q[4] - sp[-2], end_ - here);
          const Char* stop = here + left;
          // `here` is where what follows is to be tried next; the frame is left at the place after that.
          if (follow == Ins::kChar) {
            const Char* found = find_char(here, stop < end_ ? stop + 1 : stop, q[6]);
            const Char* reached = skip_items(kind, q[2], here, found < stop ? found : stop);
            steps_ -= static_cast<int>((reached - here) >> 5 & 0xFFFFFF);
            if (reached != found || found == end_ || *found != q[6]) {
              sp -= 3;
              continue;
            }
            left -= found - here;
            sp[-2] += found - here;
            here = found;
          } else if (follow == Ins::kSet) {
            while (!(here < end_ && in_set(q[6], *here))) {
              if (left == 0 || !is_item(kind, q[2], *here)) break;
              ++here;
              --left;
              ++sp[-2];
            }
            if (here == end_ || !in_set(q[6], *here)) {
              sp -= 3;
              continue;
            }
          }
          ptr = here;
          if (left == 0 || !is_item(kind, q[2], *here)) {
            sp -= 3;
          } else {
            sp[-3] = offset(here + 1);
            ++sp[-2];
          }
          pc += kOneLength;
          goto resume;
        }
        case kOldMark:
          marks_[pc] = sp[-3];
          last_index = sp[-2];
          sp -= 3;
          continue;
        case kLoop:
          loop = sp[-2];
          sp -= 4;
          continue;
        case kOldLoop:
          loop = sp[-2];
          sp -= 2;
          continue;
        case kCount:
          --base_[loop];
          sp -= 1;
          continue;
        case kMaxBody: {
          Word* l = base_ + loop;
          --l[0];
          l[1] = sp[-2];
          ptr = text_ + sp[-3];
          sp -= 3;
          PUSH(loop);
          TAG(kOldLoop, pc);
          loop = l[2];
          pc += 4;
          goto resume;
        }
        case kMinTail: {
          const uint32_t* q = ins_ + pc;
          ptr = text_ + sp[-3];
          loop = sp[-2];
          sp -= 3;
          Word* l = base_ + loop;
          int64_t count = l[0] + 1;
          if ((q[3] != kMaxRepeat && count >= static_cast<int64_t>(q[3])) || offset(ptr) == l[1]) continue;
          l[0] = count;
          PUSH(l[1]);
          TAG(kMinBody, pc);
          l[1] = offset(ptr);
          pc = q[1];
          goto resume;
        }
        case kMinBody:
          --base_[loop];
          base_[loop + 1] = sp[-2];
          sp -= 2;
          continue;
        case kBarrier: {
          ptr = text_ + sp[-4];
          loop = sp[-3];
          barrier = sp[-2];
          sp -= 5 + n_marks;
          const uint32_t* q = ins_ + pc;
          if (static_cast<Ins>(*q) == Ins::kAssertNot) {
            pc = q[2];
            goto resume;
          }
          if (static_cast<Ins>(*q) == Ins::kPossessive && sp[-2] >= static_cast<int64_t>(q[1])) goto possessive_done;
          continue;
        }
        case kOldMarks:
          sp -= 2 + n_marks;
          restore_marks(sp);
          continue;
        case kPossessiveOuter:
          sp -= 6 + n_marks;
          restore_marks(sp);
          continue;
      }
    }
  resume:;
  }
}

#undef NEED
#undef PUSH
#undef TAG

template <class Char>
Result<bool> Engine<Char>::search(Subject& s) {
  const Char* p = text_ + s.start;
  if (p > end_) return false;
  int64_t min = program_.min_width;
  if (end_ - p < min) return false;
  bool must_advance = s.must_advance;
  auto found = [&](const Char* where) {
    s.start = offset(where);
    return true;
  };

  if (program_.prefix_length > 0 && !(program_.prefix_length == 1 && program_.first_known)) {
    const uint32_t* prefix = program_.prefix();
    uint32_t n = program_.prefix_length;
    // Characters that do not fit the text's width are nowhere in it.
    for (uint32_t i = 0; i < n; ++i)
      if (prefix[i] > static_cast<Char>(~Char{0})) return false;
    const Char* last = end_ - n;
    while (p <= last) {
      p = find_char(p, last + 1, prefix[0]);
      if (p > last) return false;
      uint32_t i = 1;
      while (i < n && p[i] == prefix[i]) ++i;
      if (i == n) {
        if (program_.literal) {
          end_of_match = p + n;
          return found(p);
        }
        if (TRY(match_at(p, must_advance && offset(p) == s.start))) return found(p);
      } else if (--steps_ < 0) {
        steps_ = kStepsPerPoll;
        TRY(vm_.poll());
      }
      ++p;
    }
    return false;
  }

  const Char* last = end_ - min;
  if (program_.anchored) {
    if (p != text_) return false;
    if (TRY(match_at(p, must_advance))) return found(p);
    return false;
  }
  const Char* first_start = p;
  while (true) {
    if (program_.first_known) {
      const Char* from = p;
      if (program_.first_char >= 0) {
        p = find_char(p, end_, static_cast<uint32_t>(program_.first_char));
      } else {
        const bool* first = program_.first;
        if constexpr (sizeof(Char) == 1) {
          while (p < end_ && !first[*p]) ++p;
        } else {
          bool high = program_.first_high != 0;
          while (p < end_ && !(*p < 256 ? first[*p] : high)) ++p;
        }
      }
      if (p == end_) return false;
      steps_ -= static_cast<int>((p - from) >> 5 & 0xFFFFFF);
    }
    if (p > last) return false;
    if (TRY(match_at(p, must_advance && p == first_start))) return found(p);
    ++p;
  }
}

template <class Char>
Result<bool> run_as(Vm& vm, const Program& program, Subject& s, Mode mode) {
  Engine<Char> engine(vm, program, s, mode);
  std::fill_n(s.marks, program.groups * 2, -1);
  bool matched;
  if (mode == Mode::kSearch) {
    matched = TRY(engine.search(s));
  } else {
    if (s.start > s.length) return false;
    matched = TRY(engine.match_at(static_cast<const Char*>(s.data) + s.start, s.must_advance));
  }
  if (matched) {
    s.end = engine.end_of_match - static_cast<const Char*>(s.data);
    s.last_index = engine.last_index;
  }
  return matched;
}

}  // namespace

Result<bool> run(Vm& vm, const Program& program, Subject& s, Mode mode) {
  switch (s.width) {
    case 1: return run_as<uint8_t>(vm, program, s, mode);
    case 2: return run_as<uint16_t>(vm, program, s, mode);
    default: return run_as<uint32_t>(vm, program, s, mode);
  }
}

}  // namespace krait::sre
