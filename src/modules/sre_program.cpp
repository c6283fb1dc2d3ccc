// Checking the library's regular-expression code and translating it for the engine (_sre.hpp).
#include <cctype>
#include <cstring>
#include <unordered_map>

#include "base/unicode.hpp"
#include "modules/_sre.hpp"

namespace krait::sre {

namespace {

bool ascii_word(char32_t c) { return c < 128 && (std::isalnum(static_cast<int>(c)) || c == '_'); }
char32_t locale_lower(char32_t c) { return c < 256 ? static_cast<char32_t>(std::tolower(static_cast<int>(c))) : c; }
char32_t locale_upper(char32_t c) { return c < 256 ? static_cast<char32_t>(std::toupper(static_cast<int>(c))) : c; }

bool charset_matches(const uint32_t* set, char32_t c) {
  bool ok = true;
  while (true) {
    switch (static_cast<Op>(*set++)) {
      case Op::Failure: return !ok;
      case Op::Literal:
        if (c == *set++) return ok;
        break;
      case Op::Category:
        if (in_category(static_cast<Category>(*set++), c)) return ok;
        break;
      case Op::Charset:
        if (c < 256 && (set[c / 32] >> (c & 31) & 1)) return ok;
        set += 8;
        break;
      case Op::Range:
        if (set[0] <= c && c <= set[1]) return ok;
        set += 2;
        break;
      case Op::RangeUniIgnore: {
        if (set[0] <= c && c <= set[1]) return ok;
        char32_t upper = unicode::simple_upper(c);
        if (set[0] <= upper && upper <= set[1]) return ok;
        set += 2;
        break;
      }
      case Op::Negate: ok = !ok; break;
      case Op::BigCharset: {
        uint32_t blocks = *set++;
        if (c < 0x10000) {
          uint32_t block = reinterpret_cast<const uint8_t*>(set)[c >> 8];
          if (set[64 + block * 8 + (c & 255) / 32] >> (c & 31) & 1) return ok;
        }
        set += 64 + size_t{blocks} * 8;
        break;
      }
      default: return false;  // not in code that was checked
    }
  }
}

}  // namespace

bool in_category(Category category, char32_t c) {
  switch (category) {
    case Category::Digit: return c - U'0' < 10;
    case Category::NotDigit: return c - U'0' >= 10;
    case Category::Space: return c == ' ' || c - 9 < 5;
    case Category::NotSpace: return !(c == ' ' || c - 9 < 5);
    case Category::Word: return ascii_word(c);
    case Category::NotWord: return !ascii_word(c);
    case Category::Linebreak: return c == '\n';
    case Category::NotLinebreak: return c != '\n';
    case Category::LocWord: return (c < 256 && std::isalnum(static_cast<int>(c))) || c == '_';
    case Category::LocNotWord: return !((c < 256 && std::isalnum(static_cast<int>(c))) || c == '_');
    case Category::UniDigit: return unicode::is_decimal(c);
    case Category::UniNotDigit: return !unicode::is_decimal(c);
    case Category::UniSpace: return unicode::is_space(c);
    case Category::UniNotSpace: return !unicode::is_space(c);
    case Category::UniWord: return unicode::is_alnum(c) || c == '_';
    case Category::UniNotWord: return !(unicode::is_alnum(c) || c == '_');
    case Category::UniLinebreak: return unicode::is_linebreak(c);
    case Category::UniNotLinebreak: return !unicode::is_linebreak(c);
    default: return false;
  }
}

char32_t lower(Case mode, char32_t c) {
  switch (mode) {
    case Case::kAscii: return c - U'A' < 26 ? c + 32 : c;
    case Case::kLocale: return locale_lower(c);
    case Case::kUnicode: return unicode::simple_lower(c);
    default: return c;
  }
}

/// Asks the definition, whatever the table says.
static bool set_matches_slowly(const uint32_t* code, const CharSet& set, char32_t c) {
  const uint32_t* definition = code + set.code;
  switch (set.kind) {
    case Op::In: return charset_matches(definition, c);
    case Op::InIgnore: return charset_matches(definition, lower(Case::kAscii, c));
    case Op::InUniIgnore: return charset_matches(definition, lower(Case::kUnicode, c));
    case Op::InLocIgnore: {
      char32_t low = locale_lower(c), up = locale_upper(c);
      return charset_matches(definition, low) || (low != up && charset_matches(definition, up));
    }
    case Op::LiteralIgnore: return lower(Case::kAscii, c) == set.code;
    case Op::NotLiteralIgnore: return lower(Case::kAscii, c) != set.code;
    case Op::LiteralUniIgnore: return lower(Case::kUnicode, c) == set.code;
    case Op::NotLiteralUniIgnore: return lower(Case::kUnicode, c) != set.code;
    case Op::LiteralLocIgnore: return c == set.code || locale_lower(c) == set.code || locale_upper(c) == set.code;
    case Op::NotLiteralLocIgnore: return !(c == set.code || locale_lower(c) == set.code || locale_upper(c) == set.code);
    default: return false;
  }
}

bool set_matches(const uint32_t* code, const CharSet& set, char32_t c) {
  if (!set.dynamic) {
    if (c < 256) return set.table[c];
    if (set.high < 2) return set.high != 0;
  }
  return set_matches_slowly(code, set, c);
}

namespace {

/// Translates by recursive descent over the nested pieces; depth is guarded by the stack check.
class Translator {
 public:
  Translator(Vm& vm, std::span<const uint32_t> code, uint32_t groups) : vm_(vm), code_(code), groups_(groups) {}

  std::vector<uint32_t> out;
  std::vector<CharSet> sets;
  uint32_t min_width = 0, prefix_at = 0, prefix_length = 0;
  bool literal = false;

  Status translate() {
    size_t end = code_.size();
    if (end == 0 || op(end - 1) != Op::Success) return invalid();
    size_t at = 0;
    if (op(0) == Op::Info) TRY(info(at));
    TRY(sequence(at, end - 1));
    emit(Ins::kSuccess);
    link_loops();
    return {};
  }

  /// The characters that a match can begin with: false if it can be empty (or anything may come first).
  bool first_set(bool (&table)[256], uint8_t& high) const;

 private:
  Error invalid() { return vm_.raise(E::RuntimeError, "invalid SRE code"); }
  Op op(size_t at) const { return static_cast<Op>(code_[at]); }
  void emit(Ins i) { out.push_back(static_cast<uint32_t>(i)); }
  void emit(uint32_t word) { out.push_back(word); }
  uint32_t here() const { return static_cast<uint32_t>(out.size()); }
  Ins ins(size_t at) const { return static_cast<Ins>(out[at]); }

  /// A skip word at `at`: gives where it leads, which is not beyond end.
  Result<size_t> skip_target(size_t at, size_t end) {
    if (at >= end) return invalid();
    return skip_target(at, end, code_[at]);
  }
  Result<size_t> skip_target(size_t at, size_t end, uint32_t skip) {
    if (skip == 0 || skip > end - at) return invalid();
    return at + skip;
  }

  Status info(size_t& at) {
    size_t target = TRY(skip_target(at + 1, code_.size()));
    if (target < at + 5) return invalid();
    uint32_t flags = code_[at + 2];
    min_width = code_[at + 3];
    if (flags & 1) {
      if (target < at + 7) return invalid();
      uint32_t n = code_[at + 5];
      if (n == 0 || n > (target - (at + 7)) / 2 || code_[at + 6] > n) return invalid();
      prefix_at = static_cast<uint32_t>(at + 7);
      prefix_length = n;
      literal = (flags & 2) != 0;
    } else if (flags & 4) {
      TRY(check_charset(at + 5, target));
    }
    at = target;
    return {};
  }

  Status check_charset(size_t at, size_t end) {
    while (at < end) {
      switch (op(at)) {
        case Op::Failure:
          if (at + 1 != end) return invalid();
          return {};
        case Op::Negate: at += 1; break;
        case Op::Literal: at += 2; break;
        case Op::Range:
        case Op::RangeUniIgnore: at += 3; break;
        case Op::Charset: at += 9; break;
        case Op::Category:
          if (at + 1 >= end || code_[at + 1] >= static_cast<uint32_t>(Category::kCount)) return invalid();
          at += 2;
          break;
        case Op::BigCharset: {
          if (end - at < 66) return invalid();
          uint32_t blocks = code_[at + 1];
          const uint8_t* map = reinterpret_cast<const uint8_t*>(code_.data() + at + 2);
          for (int i = 0; i < 256; ++i)
            if (map[i] >= blocks) return invalid();
          if (blocks > (end - at - 66) / 8) return invalid();
          at += 66 + size_t{blocks} * 8;
          break;
        }
        default: return invalid();
      }
    }
    return invalid();
  }

  uint32_t add_set(Op kind, uint32_t where) {
    bool is_literal = kind != Op::In && kind != Op::InIgnore && kind != Op::InUniIgnore && kind != Op::InLocIgnore;
    uint64_t key = uint64_t{static_cast<uint32_t>(kind)} << 32 | where;
    if (is_literal) {
      auto known = literal_sets_.find(key);
      if (known != literal_sets_.end()) return known->second;
    }
    CharSet set{};
    set.code = where;
    set.kind = kind;
    set.high = 2;
    set.dynamic = kind == Op::InLocIgnore || kind == Op::LiteralLocIgnore || kind == Op::NotLiteralLocIgnore ||
                  (!is_literal && uses_locale(where));
    if (!set.dynamic) {
      for (uint32_t c = 0; c < 256; ++c) set.table[c] = set_matches_slowly(code_.data(), set, c);
      if (kind == Op::LiteralIgnore || kind == Op::NotLiteralIgnore) set.high = kind == Op::NotLiteralIgnore;
      if (kind == Op::In || kind == Op::InIgnore) set.high = high_of(where);
    }
    sets.push_back(set);
    uint32_t id = static_cast<uint32_t>(sets.size() - 1);
    if (is_literal) literal_sets_[key] = id;
    return id;
  }
  bool uses_locale(size_t at) const {
    while (op(at) != Op::Failure) {
      switch (op(at)) {
        case Op::Category:
          if (code_[at + 1] == static_cast<uint32_t>(Category::LocWord) ||
              code_[at + 1] == static_cast<uint32_t>(Category::LocNotWord))
            return true;
          at += 2;
          break;
        case Op::Negate: at += 1; break;
        case Op::Literal: at += 2; break;
        case Op::Charset: at += 9; break;
        case Op::BigCharset: at += 66 + size_t{code_[at + 1]} * 8; break;
        default: at += 3; break;
      }
    }
    return false;
  }
  /// What a plain set says of characters from 256 on, where that is simple to see.
  uint8_t high_of(size_t at) const {
    uint8_t outside = 0;
    while (op(at) != Op::Failure) {
      switch (op(at)) {
        case Op::Negate:
          outside ^= 1;
          at += 1;
          break;
        case Op::Charset: at += 9; break;
        case Op::Literal:
          if (code_[at + 1] >= 256) return 2;
          at += 2;
          break;
        case Op::Range:
          if (code_[at + 2] >= 256) return 2;
          at += 3;
          break;
        case Op::Category: {
          auto c = static_cast<Category>(code_[at + 1]);
          if (c != Category::Digit && c != Category::Space && c != Category::Word && c != Category::Linebreak) return 2;
          at += 2;
          break;
        }
        default: return 2;
      }
    }
    return outside;
  }

  /// One item that matches a single character, at code[at]: emitted as (instruction, argument); `at` moves behind it.
  /// False if the operation is none.
  Result<bool> item(size_t& at, size_t end, Ins& kind, uint32_t& argument) {
    auto word = [&]() -> Result<uint32_t> {
      if (at + 1 >= end) return invalid();
      return code_[at + 1];
    };
    argument = 0;
    switch (op(at)) {
      case Op::Any:
        kind = Ins::kAny;
        at += 1;
        return true;
      case Op::AnyAll:
        kind = Ins::kAnyAll;
        at += 1;
        return true;
      case Op::Literal:
        argument = TRY(word());
        kind = Ins::kChar;
        at += 2;
        return true;
      case Op::NotLiteral:
        argument = TRY(word());
        kind = Ins::kNotChar;
        at += 2;
        return true;
      case Op::LiteralIgnore:
      case Op::NotLiteralIgnore:
      case Op::LiteralLocIgnore:
      case Op::NotLiteralLocIgnore:
      case Op::LiteralUniIgnore:
      case Op::NotLiteralUniIgnore:
        argument = add_set(op(at), TRY(word()));
        kind = Ins::kSet;
        at += 2;
        return true;
      case Op::In:
      case Op::InIgnore:
      case Op::InLocIgnore:
      case Op::InUniIgnore: {
        size_t target = TRY(skip_target(at + 1, end));
        TRY(check_charset(at + 2, target));
        kind = Ins::kSet;
        argument = add_set(op(at), static_cast<uint32_t>(at + 2));
        at = target;
        return true;
      }
      default: return false;
    }
  }

  Status sequence(size_t at, size_t end) {
    TRY(vm_.check_stack());
    size_t last_char = SIZE_MAX;  // where the instruction of the character just before lies
    while (at < end) {
      Ins kind;
      uint32_t argument;
      if (TRY(item(at, end, kind, argument))) {
        if (kind == Ins::kChar && last_char != SIZE_MAX) {
          append_char(last_char, argument);
          continue;
        }
        last_char = kind == Ins::kChar ? here() : SIZE_MAX;
        emit(kind);
        if (kind != Ins::kAny && kind != Ins::kAnyAll) emit(argument);
        continue;
      }
      last_char = SIZE_MAX;
      TRY(operation(at, end));
    }
    return {};
  }
  void append_char(size_t instruction, uint32_t c) {
    if (ins(instruction) == Ins::kChar) {
      uint32_t first = out[instruction + 1];
      out.resize(instruction);
      emit(Ins::kString);
      emit(1);
      emit(first);
    }
    ++out[instruction + 1];
    emit(c);
  }

  Status operation(size_t& at, size_t end) {
    auto argument = [&](size_t n) -> Result<uint32_t> {
      if (at + n >= end) return invalid();
      return code_[at + n];
    };
    switch (op(at)) {
      case Op::Failure:
        emit(Ins::kFail);
        at += 1;
        return {};
      case Op::At: {
        uint32_t where = TRY(argument(1));
        if (where >= static_cast<uint32_t>(At::kCount)) return invalid();
        emit(Ins::kAt);
        emit(where);
        at += 2;
        return {};
      }
      case Op::Category: {
        // Only ever inside sets; a bare one matches a character.
        uint32_t category = TRY(argument(1));
        (void)category;
        return invalid();
      }
      case Op::Mark: {
        uint32_t i = TRY(argument(1));
        if (i >= 2 * groups_) return invalid();
        emit(Ins::kMark);
        emit(i);
        at += 2;
        return {};
      }
      case Op::GroupRef: return group_reference(at, end, Case::kNone);
      case Op::GroupRefIgnore: return group_reference(at, end, Case::kAscii);
      case Op::GroupRefLocIgnore: return group_reference(at, end, Case::kLocale);
      case Op::GroupRefUniIgnore: return group_reference(at, end, Case::kUnicode);
      case Op::GroupRefExists: return conditional(at, end);
      case Op::Branch: return branch(at, end);
      case Op::RepeatOne: return repeat_one(at, end, Ins::kRepeatOne);
      case Op::MinRepeatOne: return repeat_one(at, end, Ins::kMinRepeatOne);
      case Op::PossessiveRepeatOne: return repeat_one(at, end, Ins::kPossessiveOne);
      case Op::Repeat: return repeat(at, end);
      case Op::PossessiveRepeat: {
        size_t target = TRY(skip_target(at + 1, end));
        if (target < at + 4 || target >= end || op(target) != Op::Success) return invalid();
        emit(Ins::kPossessive);
        emit(code_[at + 2]);
        emit(code_[at + 3]);
        if (code_[at + 2] > code_[at + 3]) return invalid();
        return body(at, at + 4, target, Ins::kPossessiveEnd, target + 1);
      }
      case Op::AtomicGroup: {
        size_t target = TRY(skip_target(at + 1, end));
        if (target < at + 3 || op(target - 1) != Op::Success) return invalid();
        emit(Ins::kAtomic);
        return body(at, at + 2, target - 1, Ins::kAtomicEnd, target);
      }
      case Op::Assert:
      case Op::AssertNot: {
        bool negative = op(at) == Op::AssertNot;
        size_t target = TRY(skip_target(at + 1, end));
        if (target < at + 4 || op(target - 1) != Op::Success) return invalid();
        if (code_[at + 2] & 0x80000000u) return invalid();
        emit(negative ? Ins::kAssertNot : Ins::kAssert);
        emit(code_[at + 2]);
        return body(at, at + 3, target - 1, negative ? Ins::kAssertNotEnd : Ins::kAssertEnd, target);
      }
      default: return invalid();
    }
  }

  /// Emits the word for the instruction behind, the body code[begin..end) and its end.
  Status body(size_t& at, size_t begin, size_t end, Ins last, size_t next) {
    uint32_t behind = here();
    emit(0u);
    TRY(sequence(begin, end));
    emit(last);
    out[behind] = here();
    at = next;
    return {};
  }

  Status group_reference(size_t& at, size_t end, Case mode) {
    if (at + 1 >= end || code_[at + 1] >= groups_) return invalid();
    emit(Ins::kGroupRef);
    emit(code_[at + 1]);
    emit(static_cast<uint32_t>(mode));
    at += 2;
    return {};
  }

  Status conditional(size_t& at, size_t end) {
    if (at + 2 >= end || code_[at + 1] >= groups_) return invalid();
    // Counted from the group's word; it points behind a jump over the other part if there is one.
    size_t target = TRY(skip_target(at + 1, end, code_[at + 2]));
    if (target < at + 3) return invalid();
    emit(Ins::kGroupIf);
    emit(code_[at + 1]);
    uint32_t otherwise = here();
    emit(0u);
    size_t then_end = target;
    size_t behind = target;
    if (target >= at + 5 && op(target - 2) == Op::Jump) {
      size_t jump = TRY(skip_target(target - 1, end));
      if (is_boundary(at + 3, target - 2)) {
        then_end = target - 2;
        behind = jump;
      }
    }
    TRY(sequence(at + 3, then_end));
    if (behind != target) {
      emit(Ins::kJump);
      uint32_t over = here();
      emit(0u);
      out[otherwise] = here();
      TRY(sequence(target, behind));
      out[over] = here();
    } else {
      out[otherwise] = here();
    }
    at = behind;
    return {};
  }
  /// Does an operation begin at `target` when code is read from `at` on? (A literal may look like a jump.)
  bool is_boundary(size_t at, size_t target) const {
    while (at < target) {
      switch (op(at)) {
        case Op::Failure:
        case Op::Success:
        case Op::Any:
        case Op::AnyAll:
        case Op::MaxUntil:
        case Op::MinUntil: at += 1; break;
        case Op::Branch: {
          size_t p = at + 1;
          while (p < target && code_[p] != 0) {
            if (code_[p] > target - p) return false;
            p += code_[p];
          }
          at = p + 1;
          break;
        }
        case Op::GroupRefExists: at += 3; break;
        case Op::Assert:
        case Op::AssertNot:
        case Op::AtomicGroup:
        case Op::In:
        case Op::InIgnore:
        case Op::InLocIgnore:
        case Op::InUniIgnore:
        case Op::Repeat:
        case Op::RepeatOne:
        case Op::MinRepeatOne:
        case Op::PossessiveRepeat:
        case Op::PossessiveRepeatOne:
          if (at + 1 >= target || code_[at + 1] == 0 || code_[at + 1] > target - at) return false;
          at += 1 + code_[at + 1];
          break;
        default: at += 2; break;
      }
    }
    return at == target;
  }

  Status branch(size_t& at, size_t end) {
    size_t p = at + 1;
    size_t behind = 0;
    std::vector<uint32_t> exits;
    while (true) {
      if (p >= end) return invalid();
      if (code_[p] == 0) break;
      size_t next = TRY(skip_target(p, end));
      if (next < p + 3 || op(next - 2) != Op::Jump) return invalid();
      size_t target = next - 1 + code_[next - 1];
      if (behind == 0) behind = target;
      if (target != behind || target > end) return invalid();
      bool last = next < end && code_[next] == 0;
      uint32_t choice = here();
      uint32_t words = 0;
      if (!last) {
        Op first = op(p + 1);
        if (p + 1 < next - 2 && first == Op::Literal) {
          emit(Ins::kBranchChar);
          words = 2;
        } else if (p + 1 < next - 2 && (first == Op::In || first == Op::InIgnore || first == Op::InUniIgnore)) {
          emit(Ins::kBranchSet);
          words = 2;
        } else {
          emit(Ins::kBranch);
          words = 1;
        }
        for (uint32_t i = 0; i < words; ++i) emit(0u);
      }
      uint32_t begin = here();
      TRY(sequence(p + 1, next - 2));
      if (words == 2) out[choice + 2] = ins(begin) == Ins::kString ? out[begin + 2] : out[begin + 1];
      if (!last) {
        emit(Ins::kJump);
        exits.push_back(here());
        emit(0u);
        out[choice + 1] = here();
      }
      p = next;
    }
    if (p == at + 1) {
      emit(Ins::kFail);
      behind = p + 1;
    }
    if (behind != p + 1) return invalid();
    for (uint32_t exit : exits) out[exit] = here();
    at = p + 1;
    return {};
  }

  Status repeat_one(size_t& at, size_t end, Ins kind) {
    size_t target = TRY(skip_target(at + 1, end));
    if (target < at + 6) return invalid();
    uint32_t min = code_[at + 2], max = code_[at + 3];
    if (min > max) return invalid();
    size_t p = at + 4;
    Ins what;
    uint32_t argument;
    if (!TRY(item(p, target, what, argument))) {
      // Something that matches one character in a roundabout way (a group around a set, say).
      return invalid();
    }
    if (p + 1 != target || op(p) != Op::Success) return invalid();
    emit(kind);
    emit(static_cast<uint32_t>(what));
    emit(argument);
    emit(min);
    emit(max);
    emit(static_cast<uint32_t>(Ins::kFail));  // what follows: see link_loops
    emit(0u);
    emit(0u);
    at = target;
    return {};
  }

  Status repeat(size_t& at, size_t end) {
    size_t target = TRY(skip_target(at + 1, end));
    if (target < at + 4 || target >= end) return invalid();
    uint32_t min = code_[at + 2], max = code_[at + 3];
    if (min > max || (op(target) != Op::MaxUntil && op(target) != Op::MinUntil)) return invalid();
    emit(Ins::kRepeat);
    uint32_t until = here();
    emit(0u);
    uint32_t begin = here();
    TRY(sequence(at + 4, target));
    out[until] = here();
    emit(op(target) == Op::MaxUntil ? Ins::kMaxUntil : Ins::kMinUntil);
    emit(begin);
    emit(min);
    emit(max);
    at = target + 1;
    return {};
  }

  // --- What follows loops over one item.

  static uint32_t length_of(const uint32_t* p) {
    switch (static_cast<Ins>(*p)) {
      case Ins::kSuccess:
      case Ins::kFail:
      case Ins::kAny:
      case Ins::kAnyAll:
      case Ins::kAssertEnd:
      case Ins::kAssertNotEnd:
      case Ins::kAtomicEnd:
      case Ins::kPossessiveEnd: return 1;
      case Ins::kChar:
      case Ins::kNotChar:
      case Ins::kSet:
      case Ins::kAt:
      case Ins::kMark:
      case Ins::kJump:
      case Ins::kBranch:
      case Ins::kRepeat:
      case Ins::kAtomic: return 2;
      case Ins::kBranchChar:
      case Ins::kBranchSet:
      case Ins::kGroupRef:
      case Ins::kGroupIf:
      case Ins::kAssert:
      case Ins::kAssertNot: return 3;
      case Ins::kMaxUntil:
      case Ins::kMinUntil:
      case Ins::kPossessive: return 4;
      case Ins::kRepeatOne:
      case Ins::kMinRepeatOne:
      case Ins::kPossessiveOne: return kOneLength;
      case Ins::kString: return 2 + p[1];
    }
    return 1;
  }
  bool item_matches(Ins kind, uint32_t argument, char32_t c) const {
    switch (kind) {
      case Ins::kAny: return c != '\n';
      case Ins::kAnyAll: return true;
      case Ins::kChar: return c == argument;
      case Ins::kNotChar: return c != argument;
      default: return set_matches(code_.data(), sets[argument], c);
    }
  }
  uint8_t item_high(Ins kind, uint32_t argument) const {
    switch (kind) {
      case Ins::kChar: return argument >= 256 ? 2 : 0;
      case Ins::kSet: return sets[argument].dynamic ? 2 : sets[argument].high;
      case Ins::kNotChar: return argument >= 256 ? 2 : 1;
      default: return 1;
    }
  }
  void link_loops() {
    for (size_t at = 0; at < out.size(); at += length_of(&out[at])) {
      Ins kind = ins(at);
      if (kind != Ins::kRepeatOne && kind != Ins::kMinRepeatOne) continue;
      size_t next = at + kOneLength;
      for (int hops = 0; hops < 16; ++hops) {
        if (ins(next) == Ins::kMark) {
          next += 2;
        } else if (ins(next) == Ins::kJump) {
          next = out[next + 1];
        } else {
          break;
        }
      }
      Ins follow = Ins::kFail;
      uint32_t argument = 0;
      if (ins(next) == Ins::kChar || ins(next) == Ins::kString) {
        follow = Ins::kChar;
        argument = ins(next) == Ins::kChar ? out[next + 1] : out[next + 2];
      } else if (ins(next) == Ins::kSet) {
        follow = Ins::kSet;
        argument = out[next + 1];
      } else if ((ins(next) == Ins::kRepeatOne || ins(next) == Ins::kMinRepeatOne ||
                  ins(next) == Ins::kPossessiveOne) &&
                 out[next + 3] > 0 &&
                 (static_cast<Ins>(out[next + 1]) == Ins::kChar || static_cast<Ins>(out[next + 1]) == Ins::kSet)) {
        follow = static_cast<Ins>(out[next + 1]);
        argument = out[next + 2];
      }
      if (follow == Ins::kFail) continue;
      if (follow == Ins::kSet && sets[argument].dynamic) continue;
      out[at + 5] = static_cast<uint32_t>(follow);
      out[at + 6] = argument;
      Ins item = static_cast<Ins>(out[at + 1]);
      if (item == Ins::kSet && sets[out[at + 2]].dynamic) continue;
      bool disjoint = true;
      for (uint32_t c = 0; c < 256 && disjoint; ++c)
        disjoint = !(item_matches(item, out[at + 2], c) && item_matches(follow, argument, c));
      if (!disjoint) continue;
      bool all = item_high(item, out[at + 2]) == 0 || item_high(follow, argument) == 0 ||
                 (follow == Ins::kChar && !item_matches(item, out[at + 2], argument));
      out[at + 7] = kDisjointLatin1 | (all ? kDisjointAll : 0);
    }
  }

  Vm& vm_;
  std::span<const uint32_t> code_;
  uint32_t groups_;
  std::unordered_map<uint64_t, uint32_t> literal_sets_;
};

bool Translator::first_set(bool (&table)[256], uint8_t& high) const {
  std::vector<bool> seen(out.size(), false), until_seen(out.size(), false);
  std::vector<uint32_t> work{0};
  bool known = true;
  auto add = [&](Ins kind, uint32_t argument) {
    if (kind == Ins::kSet && sets[argument].dynamic) {
      known = false;
      return;
    }
    for (uint32_t c = 0; c < 256; ++c) table[c] = table[c] || item_matches(kind, argument, c);
    if (item_high(kind, argument) != 0) high = 1;
  };
  int steps = 0;
  while (!work.empty() && known) {
    uint32_t at = work.back();
    work.pop_back();
    if (seen[at]) continue;
    seen[at] = true;
    // A pattern with very many ways to begin is not worth the analysis.
    if (++steps > 1000) return false;
    const uint32_t* p = &out[at];
    switch (static_cast<Ins>(*p)) {
      case Ins::kFail: break;
      case Ins::kChar:
      case Ins::kNotChar:
      case Ins::kSet: add(static_cast<Ins>(*p), p[1]); break;
      case Ins::kAny:
      case Ins::kAnyAll: add(static_cast<Ins>(*p), 0); break;
      case Ins::kString: add(Ins::kChar, p[2]); break;
      case Ins::kAt:
      case Ins::kMark: work.push_back(at + 2); break;
      case Ins::kJump: work.push_back(p[1]); break;
      case Ins::kBranch:
        work.push_back(p[1]);
        work.push_back(at + 2);
        break;
      case Ins::kBranchChar:
      case Ins::kBranchSet:
        work.push_back(p[1]);
        work.push_back(at + 3);
        break;
      case Ins::kRepeatOne:
      case Ins::kMinRepeatOne:
      case Ins::kPossessiveOne:
        if (p[4] > 0) add(static_cast<Ins>(p[1]), p[2]);
        if (p[3] == 0) work.push_back(at + kOneLength);
        break;
      case Ins::kGroupIf:
        work.push_back(at + 3);
        work.push_back(p[2]);
        break;
      case Ins::kRepeat: {
        const uint32_t* until = &out[p[1]];
        if (until[3] > 0) work.push_back(at + 2);
        if (until[2] == 0) work.push_back(p[1] + 4);
        break;
      }
      case Ins::kMaxUntil:
      case Ins::kMinUntil: work.push_back(at + 4); break;  // the body was empty
      case Ins::kAssert:
      case Ins::kAssertNot: work.push_back(p[2]); break;
      case Ins::kAtomic: work.push_back(at + 2); break;
      case Ins::kAtomicEnd: work.push_back(at + 1); break;
      case Ins::kPossessive:
        if (p[2] > 0) work.push_back(at + 4);
        if (p[1] == 0) work.push_back(p[3]);
        break;
      case Ins::kPossessiveEnd: work.push_back(at + 1); break;
      default: return false;  // success or a group reference: may be empty
    }
  }
  return known;
}

}  // namespace

Result<Storage*> compile_program(Vm& vm, std::span<const uint32_t> code, uint32_t groups, bool boundary_of_empty) {
  // The translator's own tables stand outside the heap for a while.
  size_t working = code.size() * 96 + 4096;
  if (code.size() > (size_t{1} << 28) || !vm.heap.charge(working)) return vm.raise_memory_error();
  Translator t(vm, code, groups);
  Status translated = t.translate();
  Storage* storage = nullptr;
  if (translated.ok()) {
    size_t words = code.size() + t.out.size() + t.prefix_length;
    size_t bytes = sizeof(Program) + (words + 4) * 4 + t.sets.size() * sizeof(CharSet);
    Result<Storage*> room = vm.allocate_storage(bytes);
    storage = room.unchecked();
  }
  if (storage != nullptr) {
    Program* p = storage->data<Program>();
    p->groups = groups;
    p->min_width = t.min_width;
    p->code_length = static_cast<uint32_t>(code.size());
    p->program_length = static_cast<uint32_t>(t.out.size());
    p->prefix_length = t.prefix_length;
    p->set_count = static_cast<uint32_t>(t.sets.size());
    p->literal = t.literal && groups == 0;
    p->boundary_of_empty = boundary_of_empty;
    std::memcpy(const_cast<uint32_t*>(p->code()), code.data(), code.size() * 4);
    std::memcpy(const_cast<uint32_t*>(p->program()), t.out.data(), t.out.size() * 4);
    if (t.prefix_length > 0)
      std::memcpy(const_cast<uint32_t*>(p->prefix()), code.data() + t.prefix_at, t.prefix_length * 4);
    if (!t.sets.empty()) std::memcpy(const_cast<CharSet*>(p->sets()), t.sets.data(), t.sets.size() * sizeof(CharSet));
    const uint32_t* program = p->program();
    p->anchored =
        static_cast<Ins>(program[0]) == Ins::kAt && (program[1] == static_cast<uint32_t>(At::Beginning) ||
                                                     program[1] == static_cast<uint32_t>(At::BeginningString));
    p->first_known = t.first_set(p->first, p->first_high);
    p->first_char = -1;
    if (p->first_known && p->first_high == 0) {
      int count = 0;
      for (int c = 0; c < 256; ++c) {
        if (!p->first[c]) continue;
        ++count;
        p->first_char = c;
      }
      if (count != 1) p->first_char = -1;
    }
  }
  vm.heap.discharge(working);
  if (storage == nullptr) return Error{};
  return storage;
}

}  // namespace krait::sre
