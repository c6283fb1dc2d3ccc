// str: searching, splitting, stripping, replacing and padding.
#include "objects/str_methods.hpp"

#include <cstring>

#include "base/search.hpp"
#include "base/unicode.hpp"
#include "objects/text_args.hpp"

namespace krait {

Result<Str*> str_argument(Vm& vm, Value v, const char* name, int number) {
  if (is_str(v)) [[likely]]
    return as_str(v);
  return vm.raise(E::TypeError, "{}() argument {} must be str, not {}", name, number, argument_type(v));
}

Result<int64_t> str_search(Vm& vm, const Str* s, const Str* needle, uint64_t from, uint64_t to, bool last) {
  if (to > s->length) to = s->length;
  if (from > to || needle->length > to - from) return int64_t{-1};
  if (needle->length == 0) return static_cast<int64_t>(last ? to : from);
  if (needle->width() > s->width() || (s->is_ascii() && !needle->is_ascii())) return int64_t{-1};
  auto poll = [&] { return vm.poll().is_error(); };
  size_t at = with_chars(s, [&](auto* p) {
    return with_chars(needle, [&](auto* q) {
      return last ? search::rfind(p + from, to - from, q, needle->length, poll)
                  : search::find(p + from, to - from, q, needle->length, poll);
    });
  });
  if (at == search::kAborted) return Error{};
  return at == search::kNotFound ? int64_t{-1} : static_cast<int64_t>(at + from);
}

namespace {

Str* self_of(Args a) { return as_str(a[0]); }

/// Does needle stand at this place? The caller has checked the lengths.
bool matches_at(const Str* s, uint64_t at, const Str* needle) {
  if (needle->width() == s->width())
    return std::memcmp(static_cast<const char*>(s->data()) + at * s->width(), needle->data(),
                       needle->length * s->width()) == 0;
  for (uint64_t i = 0; i < needle->length; ++i)
    if (s->at(at + i) != needle->at(i)) return false;
  return true;
}

/// Part of s as a str of its own, at the end of a list.
Status append_part(Vm& vm, List* list, Str* s, uint64_t begin, uint64_t end) {
  Str* part = TRY(str_substring(vm, s, begin, end));
  return list_append(vm, list, part);
}

inline bool is_space_char(char32_t c) {
  if (c > ' ' && c < 0x80) [[likely]]
    return false;
  if (c < 0x80) return c == ' ' || (c >= 9 && c <= 13) || c >= 0x1C;
  return unicode::is_space(c);
}

Result<int64_t> find_any(Vm& vm, Args a, const char* name, bool last) {
  Str* needle = TRY(str_argument(vm, a[1], name, 1));
  Str* s = self_of(a);
  Bounds b = TRY(bounds_arguments(vm, a, 2, [&] { return s->length; }));
  if (!b.valid()) return int64_t{-1};
  return str_search(vm, s, needle, static_cast<uint64_t>(b.start), static_cast<uint64_t>(b.end), last);
}

}  // namespace

namespace str_methods {

// --- Searching

Value find(Vm& vm, Args a) { return Value::small_int(TRY(find_any(vm, a, "find", false))); }
Value rfind(Vm& vm, Args a) { return Value::small_int(TRY(find_any(vm, a, "rfind", true))); }
Value index(Vm& vm, Args a) {
  int64_t i = TRY(find_any(vm, a, "index", false));
  if (i < 0) return vm.raise(E::ValueError, "substring not found");
  return Value::small_int(i);
}
Value rindex(Vm& vm, Args a) {
  int64_t i = TRY(find_any(vm, a, "rindex", true));
  if (i < 0) return vm.raise(E::ValueError, "substring not found");
  return Value::small_int(i);
}

Value contains(Vm& vm, Args a) {
  if (!is_str(a[1]))
    return vm.raise(E::TypeError, "'in <string>' requires string as left operand, not {}", type_name_of(a[1]));
  Str* s = self_of(a);
  return Value::boolean(TRY(str_search(vm, s, as_str(a[1]), 0, s->length)) >= 0);
}

Value count(Vm& vm, Args a) {
  Str* needle = TRY(str_argument(vm, a[1], "count", 1));
  Str* s = self_of(a);
  Bounds b = TRY(bounds_arguments(vm, a, 2, [&] { return s->length; }));
  if (!b.valid()) return Value::small_int(0);
  if (needle->width() > s->width()) return Value::small_int(0);
  auto poll = [&] { return vm.poll().is_error(); };
  uint64_t n = static_cast<uint64_t>(b.end - b.start);
  size_t found = with_chars(s, [&](auto* p) {
    return with_chars(needle,
                      [&](auto* q) { return search::count(p + b.start, n, q, needle->length, SIZE_MAX, poll); });
  });
  if (found == search::kAborted) return Error{};
  return Value::small_int(static_cast<int64_t>(found));
}

namespace {
/// s[start:end] begins (or ends) with affix.
bool has_affix(const Str* s, const Str* affix, Bounds b, bool at_end) {
  if (!b.valid() || affix->length > static_cast<uint64_t>(b.end - b.start)) return false;
  return matches_at(s, at_end ? static_cast<uint64_t>(b.end) - affix->length : static_cast<uint64_t>(b.start), affix);
}

Value starts_or_ends(Vm& vm, Args a, const char* name, bool at_end) {
  Str* s = self_of(a);
  Bounds b = TRY(bounds_arguments(vm, a, 2, [&] { return s->length; }));
  if (is_str(a[1])) [[likely]]
    return Value::boolean(has_affix(s, as_str(a[1]), b, at_end));
  if (!is_tuple(a[1]))
    return vm.raise(E::TypeError, "{} first arg must be str or a tuple of str, not {}", name, type_name_of(a[1]));
  Tuple* affixes = a[1].as<Tuple>();
  for (uint64_t i = 0; i < affixes->length; ++i) {
    POLL_EVERY_1024(vm, i);
    if (!is_str(affixes->items[i]))
      return vm.raise(E::TypeError, "tuple for {} must only contain str, not {}", name,
                      type_name_of(affixes->items[i]));
    if (has_affix(s, as_str(affixes->items[i]), b, at_end)) return Value::true_();
  }
  return Value::false_();
}
}  // namespace

Value startswith(Vm& vm, Args a) { return starts_or_ends(vm, a, "startswith", false); }
Value endswith(Vm& vm, Args a) { return starts_or_ends(vm, a, "endswith", true); }

Value removeprefix(Vm& vm, Args a) {
  Str* s = self_of(a);
  if (!is_str(a[1])) return vm.raise(E::TypeError, "removeprefix() argument must be str, not {}", argument_type(a[1]));
  Str* prefix = as_str(a[1]);
  if (!has_affix(s, prefix, {0, static_cast<int64_t>(s->length)}, false)) return str_exact(vm, s);
  return str_substring(vm, s, prefix->length, s->length);
}

Value removesuffix(Vm& vm, Args a) {
  Str* s = self_of(a);
  if (!is_str(a[1])) return vm.raise(E::TypeError, "removesuffix() argument must be str, not {}", argument_type(a[1]));
  Str* suffix = as_str(a[1]);
  if (!has_affix(s, suffix, {0, static_cast<int64_t>(s->length)}, true)) return str_exact(vm, s);
  return str_substring(vm, s, 0, s->length - suffix->length);
}

// --- Splitting

namespace {

template <class Char>
Status split_space(Vm& vm, List* out, Str* s, const Char* p, uint64_t most) {
  uint64_t n = s->length, i = 0;
  while (true) {
    while (i < n && is_space_char(p[i])) ++i;
    if (i == n) return {};
    uint64_t begin = i;
    if (out->length == most) return append_part(vm, out, s, begin, n);
    while (i < n && !is_space_char(p[i])) ++i;
    TRY(append_part(vm, out, s, begin, i));
    TRY(vm.poll());
  }
}

template <class Char>
Status rsplit_space(Vm& vm, List* out, Str* s, const Char* p, uint64_t most) {
  uint64_t i = s->length;
  while (true) {
    while (i > 0 && is_space_char(p[i - 1])) --i;
    if (i == 0) return {};
    uint64_t end = i;
    if (out->length == most) return append_part(vm, out, s, 0, end);
    while (i > 0 && !is_space_char(p[i - 1])) --i;
    TRY(append_part(vm, out, s, i, end));
    TRY(vm.poll());
  }
}

void reverse_list(Vm& vm, List* list) {
  if (list->length <= 1) return;
  std::reverse(list->items(), list->items() + list->length);
  vm.barrier(list);
}

/// The separator of split(), or null for white space.
Result<Str*> separator_argument(Vm& vm, Value v, bool* white_space) {
  *white_space = v.is_unset() || v.is_none();
  if (*white_space) return vm.names.empty;
  if (!is_str(v)) return vm.raise(E::TypeError, "must be str or None, not {}", type_name_of(v));
  if (as_str(v)->length == 0) return vm.raise(E::ValueError, "empty separator");
  return as_str(v);
}

}  // namespace

Value split(Vm& vm, Args a) {
  Str* s = self_of(a);
  int64_t limit = TRY(ssize_argument(vm, a, 2, -1));
  uint64_t most = limit < 0 ? UINT64_MAX : static_cast<uint64_t>(limit);
  bool white_space;
  Str* separator = TRY(separator_argument(vm, a[1], &white_space));
  List* out = TRY(list_new(vm));
  if (white_space) {
    TRY(with_chars(s, [&](auto* p) { return split_space(vm, out, s, p, most); }));
    return out;
  }
  uint64_t begin = 0;
  if (separator->width() <= s->width() && most > 0) {
    auto poll = [&] { return vm.poll().is_error(); };
    bool failed = false;
    bool finished = with_chars(s, [&](auto* p) {
      return with_chars(separator, [&](auto* q) {
        return search::for_each(
            p, s->length, q, separator->length,
            [&](size_t at) {
              failed = append_part(vm, out, s, begin, at).is_error() || vm.poll().is_error();
              begin = at + separator->length;
              return !failed && out->length < most;
            },
            poll);
      });
    });
    if (failed || !finished) return Error{};
  }
  TRY(append_part(vm, out, s, begin, s->length));
  return out;
}

Value rsplit(Vm& vm, Args a) {
  Str* s = self_of(a);
  int64_t limit = TRY(ssize_argument(vm, a, 2, -1));
  uint64_t most = limit < 0 ? UINT64_MAX : static_cast<uint64_t>(limit);
  bool white_space;
  Str* separator = TRY(separator_argument(vm, a[1], &white_space));
  List* out = TRY(list_new(vm));
  if (white_space) {
    TRY(with_chars(s, [&](auto* p) { return rsplit_space(vm, out, s, p, most); }));
  } else {
    uint64_t end = s->length;
    while (out->length < most) {
      int64_t at = TRY(str_search(vm, s, separator, 0, end, true));
      if (at < 0) break;
      TRY(append_part(vm, out, s, static_cast<uint64_t>(at) + separator->length, end));
      end = static_cast<uint64_t>(at);
      TRY(vm.poll());
    }
    TRY(append_part(vm, out, s, 0, end));
  }
  reverse_list(vm, out);
  return out;
}

Value splitlines(Vm& vm, Args a) {
  Str* s = self_of(a);
  bool keep = TRY(truth_argument(vm, a, 1, false));
  List* out = TRY(list_new(vm));
  Status done = with_chars(s, [&](auto* p) -> Status {
    uint64_t n = s->length;
    for (uint64_t i = 0; i < n;) {
      uint64_t begin = i;
      while (i < n && !(p[i] < 0x80 ? (p[i] >= 10 && p[i] <= 13) || (p[i] >= 0x1C && p[i] <= 0x1E)
                                    : unicode::is_linebreak(p[i])))
        ++i;
      uint64_t end = i;
      if (i < n) {
        i += p[i] == '\r' && i + 1 < n && p[i + 1] == '\n' ? 2 : 1;
        if (keep) end = i;
      }
      TRY(append_part(vm, out, s, begin, end));
      TRY(vm.poll());
    }
    return {};
  });
  TRY(done);
  return out;
}

namespace {
Value partition_at(Vm& vm, Args a, bool last) {
  Str* s = self_of(a);
  if (!is_str(a[1])) return vm.raise(E::TypeError, "must be str, not {}", type_name_of(a[1]));
  Str* separator = as_str(a[1]);
  if (separator->length == 0) return vm.raise(E::ValueError, "empty separator");
  int64_t at = TRY(str_search(vm, s, separator, 0, s->length, last));
  if (at < 0) {
    return last ? tuple_of(vm, vm.names.empty, vm.names.empty, s) : tuple_of(vm, s, vm.names.empty, vm.names.empty);
  }
  Str* before = TRY(str_substring(vm, s, 0, static_cast<uint64_t>(at)));
  Str* after = TRY(str_substring(vm, s, static_cast<uint64_t>(at) + separator->length, s->length));
  return tuple_of(vm, before, separator, after);
}
}  // namespace

Value partition(Vm& vm, Args a) { return partition_at(vm, a, false); }
Value rpartition(Vm& vm, Args a) { return partition_at(vm, a, true); }

// --- Stripping

namespace {

/// s without the characters at its ends for which `drop` is true.
template <class Drop>
Value strip_if(Vm& vm, Str* s, bool left, bool right, Drop drop) {
  uint64_t begin = 0, end = s->length;
  with_chars(s, [&](auto* p) {
    if (left)
      while (begin < end && drop(p[begin])) ++begin;
    if (right)
      while (end > begin && drop(p[end - 1])) --end;
  });
  return str_substring(vm, s, begin, end);
}

Value strip_sides(Vm& vm, Args a, const char* name, bool left, bool right) {
  Str* s = self_of(a);
  if (!a.has(1) || a[1].is_none()) return strip_if(vm, s, left, right, [](char32_t c) { return is_space_char(c); });
  if (!is_str(a[1])) return vm.raise(E::TypeError, "{} arg must be None or str", name);
  Str* chars = as_str(a[1]);
  uint64_t low[2] = {0, 0};  // the ASCII characters of the set
  bool others = false;
  for (uint64_t i = 0; i < chars->length; ++i) {
    char32_t c = chars->at(i);
    if (c < 0x80) {
      low[c >> 6] |= uint64_t{1} << (c & 63);
    } else {
      others = true;
    }
  }
  bool failed = false;
  uint64_t work = 0;
  Value stripped = strip_if(vm, s, left, right, [&](char32_t c) {
    if (c < 0x80) return (low[c >> 6] >> (c & 63) & 1) != 0;
    if (!others) return false;
    // The set is searched for each character.
    work += chars->length;
    if (work > 1 << 16) {
      work = 0;
      failed = vm.poll().is_error();
      if (failed) return false;
    }
    return with_chars(chars, [&](auto* p) {
      for (uint64_t i = 0; i < chars->length; ++i)
        if (p[i] == c) return true;
      return false;
    });
  });
  return failed ? Value(Error{}) : stripped;
}

}  // namespace

Value strip(Vm& vm, Args a) { return strip_sides(vm, a, "strip", true, true); }
Value lstrip(Vm& vm, Args a) { return strip_sides(vm, a, "lstrip", true, false); }
Value rstrip(Vm& vm, Args a) { return strip_sides(vm, a, "rstrip", false, true); }

// --- Replacing and joining

namespace {

/// One character for another of the same width class: a copy with changes.
Value replace_char(Vm& vm, Str* s, char32_t from, char32_t to, uint64_t most) {
  int64_t first = -1;
  with_chars(s, [&](auto* p) {
    for (uint64_t i = 0; i < s->length && first < 0; ++i)
      if (p[i] == from) first = static_cast<int64_t>(i);
  });
  if (first < 0) return str_exact(vm, s);
  if (s->length == 1) return str_from_char(vm, to);
  Str* out = TRY(str_allocate(vm, s->length, s->width(), s->is_ascii()));
  std::memcpy(str_mutable_data<char>(out), s->data(), s->length * s->width());
  auto change = [&](auto* p) -> Status {
    using Char = std::remove_reference_t<decltype(*p)>;
    if (most >= s->length) {  // without a count: no branches
      Char x = static_cast<Char>(from), y = static_cast<Char>(to);
      for (uint64_t i = 0; i < s->length; ++i) p[i] = p[i] == x ? y : p[i];
      return {};
    }
    for (uint64_t i = static_cast<uint64_t>(first); i < s->length && most > 0; ++i) {
      if ((i & 0xFFFFF) == 0xFFFFF) TRY(vm.poll());
      if (p[i] == from) {
        p[i] = static_cast<Char>(to);
        --most;
      }
    }
    return {};
  };
  switch (out->width()) {
    case 1: TRY(change(str_mutable_data<uint8_t>(out))); break;
    case 2: TRY(change(str_mutable_data<uint16_t>(out))); break;
    default: TRY(change(str_mutable_data<uint32_t>(out)));
  }
  return out;
}

}  // namespace

Value replace(Vm& vm, Args a) {
  Str* s = self_of(a);
  Str* old = TRY(str_argument(vm, a[1], "replace", 1));
  Str* with = TRY(str_argument(vm, a[2], "replace", 2));
  int64_t limit = TRY(ssize_argument(vm, a, 3, -1));
  uint64_t most = limit < 0 ? UINT64_MAX : static_cast<uint64_t>(limit);
  if (most == 0 || old->length > s->length || old->width() > s->width() || str_equal(old, with))
    return str_exact(vm, s);
  if (old->length == 1 && with->length == 1) {
    // In place where the width is sure to stay what it is: both ASCII in ASCII, or neither narrows or widens a one-byte text.
    char32_t x = old->at(0), y = with->at(0);
    if ((s->is_ascii() && y < 0x80) || (s->width() == 1 && !s->is_ascii() && x < 0x80 && y < 0x100) ||
        (s->width() == 2 && x < 0x100 && y < 0x10000) || (s->width() == 4 && x < 0x10000))
      return replace_char(vm, s, x, y, most);
  }
  auto poll = [&] { return vm.poll().is_error(); };
  uint64_t found = with_chars(s, [&](auto* p) {
    return with_chars(old, [&](auto* q) { return search::count(p, s->length, q, old->length, most, poll); });
  });
  if (found == search::kAborted) return Error{};
  if (found == 0) return str_exact(vm, s);
  uint64_t added;
  if (__builtin_mul_overflow(found, with->length, &added) || added > kMaxStrLength)
    return vm.raise(E::OverflowError, "replace string is too long");
  StrBuilder out(vm);
  TRY(out.reserve(s->length - found * old->length + added, with->length == 0 ? 1 : with->width()));
  if (old->length == 0) {
    for (uint64_t i = 0; i < s->length && most > 0; ++i, --most) {
      POLL_EVERY_1024(vm, i);
      TRY(out.append(with));
      TRY(out.append(s->at(i)));
    }
    if (most > 0) {
      TRY(out.append(with));
    } else {
      TRY(out.append(s, static_cast<uint64_t>(limit), s->length));
    }
    return out.finish();
  }
  uint64_t begin = 0;
  bool failed = false;
  bool finished = with_chars(s, [&](auto* p) {
    return with_chars(old, [&](auto* q) {
      return search::for_each(
          p, s->length, q, old->length,
          [&](size_t at) {
            failed = out.append(s, begin, at).is_error() || out.append(with).is_error() || poll();
            begin = at + old->length;
            return !failed && --most > 0;
          },
          poll);
    });
  });
  if (failed || !finished) return Error{};
  TRY(out.append(s, begin, s->length));
  return out.finish();
}

Value join(Vm& vm, Args a) { return str_join(vm, self_of(a), a[1]); }

// --- Padding

namespace {

Result<char32_t> fill_argument(Vm& vm, Value v) {
  if (v.is_unset()) return U' ';
  if (!is_str(v))
    return vm.raise(E::TypeError, "The fill character must be a unicode character, not {}", type_name_of(v));
  if (as_str(v)->length != 1) return vm.raise(E::TypeError, "The fill character must be exactly one character long");
  return as_str(v)->at(0);
}

Value pad(Vm& vm, Str* s, uint64_t left, uint64_t right, char32_t fill) {
  if (left == 0 && right == 0) return str_exact(vm, s);
  StrBuilder out(vm);
  TRY(out.append_repeated(fill, left));
  TRY(out.append(s));
  TRY(out.append_repeated(fill, right));
  return out.finish();
}

/// The missing characters, 0 if there are none.
Result<uint64_t> missing(Vm& vm, Args a) {
  int64_t width = TRY(ssize_argument(vm, a[1]));
  int64_t n = static_cast<int64_t>(self_of(a)->length);
  return width > n ? static_cast<uint64_t>(width - n) : 0;
}

}  // namespace

Value center(Vm& vm, Args a) {
  uint64_t more = TRY(missing(vm, a));
  char32_t fill = TRY(fill_argument(vm, a[2]));
  uint64_t left = more / 2 + (more & (more + self_of(a)->length) & 1);
  return pad(vm, self_of(a), left, more - left, fill);
}
Value ljust(Vm& vm, Args a) {
  uint64_t more = TRY(missing(vm, a));
  char32_t fill = TRY(fill_argument(vm, a[2]));
  return pad(vm, self_of(a), 0, more, fill);
}
Value rjust(Vm& vm, Args a) {
  uint64_t more = TRY(missing(vm, a));
  char32_t fill = TRY(fill_argument(vm, a[2]));
  return pad(vm, self_of(a), more, 0, fill);
}

Value zfill(Vm& vm, Args a) {
  Str* s = self_of(a);
  uint64_t more = TRY(missing(vm, a));
  if (more == 0) return str_exact(vm, s);
  StrBuilder out(vm);
  uint64_t sign = s->length > 0 && (s->at(0) == '+' || s->at(0) == '-');
  TRY(out.append(s, 0, sign));
  TRY(out.append_repeated(U'0', more));
  TRY(out.append(s, sign, s->length));
  return out.finish();
}

Value expandtabs(Vm& vm, Args a) {
  Str* s = self_of(a);
  int64_t size = 8;
  if (a.has(1)) {
    Value v = TRY(krait::index(vm, a[1]));
    size = TRY(int_to_i64_checked(vm, v, "C int"));
    if (size > INT32_MAX || size < INT32_MIN)
      return vm.raise(E::OverflowError, "Python int too large to convert to C int");
  }
  StrBuilder out(vm);
  uint64_t begin = 0, column = 0;
  for (uint64_t i = 0; i < s->length; ++i) {
    POLL_EVERY_1024(vm, i);
    char32_t c = s->at(i);
    if (c == '\t') {
      TRY(out.append(s, begin, i));
      begin = i + 1;
      if (size > 0) {
        uint64_t tab = static_cast<uint64_t>(size), spaces = tab - column % tab;
        if (out.length() + spaces > kMaxStrLength) return vm.raise(E::OverflowError, "new string is too long");
        TRY(out.append_repeated(U' ', spaces));
        column += spaces;
      }
    } else {
      column = c == '\n' || c == '\r' ? 0 : column + 1;
    }
  }
  if (begin == 0) return str_exact(vm, s);
  TRY(out.append(s, begin, s->length));
  return out.finish();
}

}  // namespace str_methods
}  // namespace krait
