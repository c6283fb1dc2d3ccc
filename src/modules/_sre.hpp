// Regular expressions: the program that _sre.compile() makes of the code that the library's compiler emits, and the engine that
// runs it.
//
// The library's code is checked and translated, once, into a program of the engine's own (sre_program.cpp): nested pieces
// become jumps, every one-character item becomes a character or a set with a table for the first 256 characters, runs of
// characters become strings, and loops over one item learn what must follow them. What is not well formed never gets that far.
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "objects/vm.hpp"

namespace krait::sre {

/// The library's operation codes.
enum class Op : uint32_t {
  Failure,
  Success,
  Any,
  AnyAll,
  Assert,
  AssertNot,
  At,
  Branch,
  Category,
  Charset,
  BigCharset,
  GroupRef,
  GroupRefExists,
  In,
  Info,
  Jump,
  Literal,
  Mark,
  MaxUntil,
  MinUntil,
  NotLiteral,
  Negate,
  Range,
  Repeat,
  RepeatOne,
  Subpattern,
  MinRepeatOne,
  AtomicGroup,
  PossessiveRepeat,
  PossessiveRepeatOne,
  GroupRefIgnore,
  InIgnore,
  LiteralIgnore,
  NotLiteralIgnore,
  GroupRefLocIgnore,
  InLocIgnore,
  LiteralLocIgnore,
  NotLiteralLocIgnore,
  GroupRefUniIgnore,
  InUniIgnore,
  LiteralUniIgnore,
  NotLiteralUniIgnore,
  RangeUniIgnore,
};
enum class At : uint32_t {
  Beginning,
  BeginningLine,
  BeginningString,
  Boundary,
  NonBoundary,
  End,
  EndLine,
  EndString,
  LocBoundary,
  LocNonBoundary,
  UniBoundary,
  UniNonBoundary,
  kCount
};
enum class Category : uint32_t {
  Digit,
  NotDigit,
  Space,
  NotSpace,
  Word,
  NotWord,
  Linebreak,
  NotLinebreak,
  LocWord,
  LocNotWord,
  UniDigit,
  UniNotDigit,
  UniSpace,
  UniNotSpace,
  UniWord,
  UniNotWord,
  UniLinebreak,
  UniNotLinebreak,
  kCount
};
enum class Case : uint32_t { kNone, kAscii, kLocale, kUnicode };

constexpr uint32_t kMaxRepeat = UINT32_MAX;
constexpr uint32_t kMaxGroups = 1073741823;
enum Flags : uint32_t {
  kTemplate = 1,
  kIgnoreCase = 2,
  kLocale = 4,
  kMultiline = 8,
  kDotAll = 16,
  kUnicode = 32,
  kVerbose = 64,
  kDebug = 128,
  kAscii = 256
};

/// The engine's instructions; operands follow in words. Targets are absolute.
enum class Ins : uint32_t {
  kSuccess,
  kFail,
  kChar,     ///< c
  kNotChar,  ///< c
  kAny,      ///< all but a line feed
  kAnyAll,
  kSet,         ///< set
  kString,      ///< n, characters
  kAt,          ///< At
  kMark,        ///< i
  kJump,        ///< target
  kBranch,      ///< next alternative
  kBranchChar,  ///< next, c: this one begins with the character
  kBranchSet,   ///< next, set
  kRepeatOne,   ///< item, argument, min, max, follow, argument, flags
  kMinRepeatOne,
  kPossessiveOne,
  kGroupRef,  ///< group, Case
  kGroupIf,   ///< group, target if it did not match
  kRepeat,    ///< until: the body follows
  kMaxUntil,  ///< body, min, max
  kMinUntil,
  kAssert,  ///< characters to step back, instruction behind; the body follows
  kAssertEnd,
  kAssertNot,
  kAssertNotEnd,
  kAtomic,
  kAtomicEnd,
  kPossessive,  ///< min, max, instruction behind; the body follows
  kPossessiveEnd,
};
constexpr uint32_t kOneLength = 8;  ///< words of a loop over one item
constexpr uint32_t kDisjointLatin1 =
    1;  ///< flags of kRepeatOne: no character below 256 is both an item and what follows
constexpr uint32_t kDisjointAll = 2;

/// A set of characters.
struct CharSet {
  bool table[256];  ///< for characters below 256, unless dynamic
  uint32_t code;    ///< where its definition lies in the library's code (a character for the literal kinds)
  Op kind;          ///< Op::In..., Literal...Ignore or NotLiteral...Ignore
  uint8_t high;     ///< characters from 256 on: 0 none, 1 all, 2 to be asked
  bool dynamic;     ///< depends on the locale
};

/// A program; the arrays follow it in its Storage.
struct Program {
  uint32_t groups;
  uint32_t min_width;
  uint32_t code_length, program_length, set_count, prefix_length;
  bool literal;      ///< the prefix is all there is
  bool anchored;     ///< matches at the beginning only
  bool first_known;  ///< `first` says which characters a match can begin with
  uint8_t first_high;
  bool boundary_of_empty;  ///< \B matches in the empty string (3.14)
  bool first[256];
  int32_t first_char;  ///< the only one, or -1
  const uint32_t* code() const { return reinterpret_cast<const uint32_t*>(this + 1); }
  const uint32_t* program() const { return code() + code_length; }
  const uint32_t* prefix() const { return program() + program_length; }
  const CharSet* sets() const { return reinterpret_cast<const CharSet*>(prefix() + prefix_length); }
};

bool in_category(Category category, char32_t c);
bool set_matches(const uint32_t* code, const CharSet& set, char32_t c);
char32_t lower(Case mode, char32_t c);

/// Checks and translates; RuntimeError "invalid SRE code".
Result<Storage*> compile_program(Vm& vm, std::span<const uint32_t> code, uint32_t groups, bool boundary_of_empty);

/// One subject being searched.
struct Subject {
  const void* data;
  unsigned width;  ///< 1, 2 or 4
  int64_t length;  ///< up to endpos
  // In and out.
  int64_t start;    ///< where to look; where the match begins
  int64_t end = 0;  ///< where the match ends
  bool must_advance = false;
  int64_t last_index = -1;
  int64_t* marks;  ///< two for each group; -1: unset
};
enum class Mode : uint8_t { kMatch, kFullMatch, kSearch };
/// Looks for a match; polls. On success start, end, last_index and marks are set.
Result<bool> run(Vm& vm, const Program& program, Subject& subject, Mode mode);

}  // namespace krait::sre
