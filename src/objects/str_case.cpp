// str: letter case, the is...() predicates, and translate().
#include <algorithm>
#include <cstring>

#include "base/unicode.hpp"
#include "objects/dict.hpp"
#include "objects/str_methods.hpp"
#include "objects/text_args.hpp"

namespace krait {

namespace str_methods {

namespace {

Str* self_of(Args a) { return as_str(a[0]); }

constexpr bool ascii_lower(char32_t c) { return c - 'a' < 26; }
constexpr bool ascii_upper(char32_t c) { return c - 'A' < 26; }

/// An ASCII text with each byte changed by f.
template <class F>
Value map_ascii(Vm& vm, Str* s, F f) {
  if (s->length == 0) return vm.names.empty;
  if (s->length == 1) return str_from_char(vm, static_cast<uint8_t>(f(s->data1()[0])));
  Str* out = TRY(str_allocate(vm, s->length, 1, true));
  const uint8_t* from = s->data1();
  uint8_t* to = str_mutable_data<uint8_t>(out);
  uint64_t n = s->length;
  for (uint64_t i = 0; i < n; ++i) to[i] = f(from[i]);
  return out;
}

/// The same of an f without a memory: the text itself when there is nothing to change, as is usual of words.
template <class F>
Value change_ascii(Vm& vm, Str* s, F f) {
  const uint8_t* chars = s->data1();
  if (std::all_of(chars, chars + s->length, [&](uint8_t c) { return f(c) == c; })) return str_exact(vm, s);
  return map_ascii(vm, s, f);
}

/// A text built by body(i, c) for each character, which gives one to three in its place.
template <class Body>
Value map_chars(Vm& vm, Str* s, Body body) {
  StrBuilder out(vm);
  char32_t chunk[512];
  size_t used = 0;
  Status done = with_chars(s, [&](auto* p) -> Status {
    for (uint64_t i = 0; i < s->length; ++i) {
      if (used + 3 > std::size(chunk)) {
        TRY(vm.poll());
        TRY(out.append({chunk, used}));
        used = 0;
      }
      unicode::Mapping m = body(i, static_cast<char32_t>(p[i]));
      chunk[used] = m.code[0];
      if (m.count > 1) [[unlikely]] {
        chunk[used + 1] = m.code[1];
        chunk[used + 2] = m.code[2];
      }
      used += m.count;
    }
    return out.append({chunk, used});
  });
  TRY(done);
  return out.finish();
}

constexpr unicode::Mapping one_char(char32_t c) { return {{c, 0, 0}, 1}; }

/// The lower case of the character at i, which for the capital sigma depends on what is around it.
unicode::Mapping lower_at(const Str* s, uint64_t i, char32_t c) {
  if (c < 0x80) return one_char(ascii_upper(c) ? c + 32 : c);
  if (c == 0x3A3) {
    bool final = unicode::is_final_sigma([&](size_t k) { return s->at(k); }, s->length, i);
    return one_char(final ? 0x3C2 : 0x3C3);
  }
  return unicode::to_lower(c);
}
unicode::Mapping upper_of(char32_t c) {
  return c < 0x80 ? one_char(ascii_lower(c) ? c - 32 : c) : unicode::to_upper(c);
}
unicode::Mapping title_of(char32_t c) {
  return c < 0x80 ? one_char(ascii_lower(c) ? c - 32 : c) : unicode::to_title(c);
}

/// Is the predicate true for every character, and is there one?
template <class F>
Value all_chars(Args a, F f) {
  Str* s = self_of(a);
  return Value::boolean(with_chars(s, [&](auto* p) {
    for (uint64_t i = 0; i < s->length; ++i)
      if (!f(p[i])) return false;
    return s->length > 0;
  }));
}

bool title_or_upper(char32_t c) { return unicode::is_upper(c) || unicode::is_title(c); }

}  // namespace

// --- Case

Value lower(Vm& vm, Args a) {
  Str* s = self_of(a);
  if (s->is_ascii())
    return change_ascii(vm, s,
                        [](uint8_t c) -> uint8_t { return c ^ static_cast<uint8_t>((c - unsigned{'A'} < 26u) << 5); });
  return map_chars(vm, s, [&](uint64_t i, char32_t c) { return lower_at(s, i, c); });
}

Value upper(Vm& vm, Args a) {
  Str* s = self_of(a);
  if (s->is_ascii())
    return change_ascii(vm, s,
                        [](uint8_t c) -> uint8_t { return c ^ static_cast<uint8_t>((c - unsigned{'a'} < 26u) << 5); });
  return map_chars(vm, s, [](uint64_t, char32_t c) { return upper_of(c); });
}

Value casefold(Vm& vm, Args a) {
  Str* s = self_of(a);
  if (s->is_ascii()) return lower(vm, a);
  return map_chars(vm, s, [](uint64_t, char32_t c) { return unicode::casefold(c); });
}

Value swapcase(Vm& vm, Args a) {
  Str* s = self_of(a);
  if (s->is_ascii())
    return change_ascii(
        vm, s, [](uint8_t c) -> uint8_t { return c ^ static_cast<uint8_t>(((c | 0x20u) - unsigned{'a'} < 26u) << 5); });
  return map_chars(vm, s, [&](uint64_t i, char32_t c) {
    if (unicode::is_upper(c)) return lower_at(s, i, c);
    return unicode::is_lower(c) ? upper_of(c) : one_char(c);
  });
}

Value title(Vm& vm, Args a) {
  Str* s = self_of(a);
  bool in_word = false;
  if (s->is_ascii()) {
    return map_ascii(vm, s, [&](uint8_t c) -> uint8_t {
      bool letter = ascii_lower(c | 0x20u), inside = in_word;
      in_word = letter;
      return letter ? static_cast<uint8_t>((c & ~0x20u) | (inside ? 0x20u : 0)) : c;
    });
  }
  return map_chars(vm, s, [&](uint64_t i, char32_t c) {
    bool inside = in_word;
    in_word = c < 0x80 ? ascii_lower(c | 0x20) : unicode::is_cased(c);
    return inside ? lower_at(s, i, c) : title_of(c);
  });
}

Value capitalize(Vm& vm, Args a) {
  Str* s = self_of(a);
  if (s->is_ascii()) {
    bool first = true;
    return map_ascii(vm, s, [&](uint8_t c) -> uint8_t {
      bool letter = ascii_lower(c | 0x20u), capital = first;
      first = false;
      return letter ? static_cast<uint8_t>((c & ~0x20u) | (capital ? 0 : 0x20u)) : c;
    });
  }
  return map_chars(vm, s, [&](uint64_t i, char32_t c) { return i == 0 ? title_of(c) : lower_at(s, i, c); });
}

// --- Predicates

Value isalnum(Vm&, Args a) {
  return all_chars(a,
                   [](char32_t c) { return c < 0x80 ? ascii_lower(c | 0x20) || c - '0' < 10 : unicode::is_alnum(c); });
}
Value isalpha(Vm&, Args a) {
  return all_chars(a, [](char32_t c) { return c < 0x80 ? ascii_lower(c | 0x20) : unicode::is_alpha(c); });
}
Value isdecimal(Vm&, Args a) { return all_chars(a, unicode::is_decimal); }
Value isdigit(Vm&, Args a) {
  return all_chars(a, [](char32_t c) { return c < 0x80 ? c - '0' < 10 : unicode::is_digit(c); });
}
Value isnumeric(Vm&, Args a) { return all_chars(a, unicode::is_numeric); }
Value isspace(Vm&, Args a) { return all_chars(a, unicode::is_space); }
Value isascii(Vm&, Args a) { return Value::boolean(self_of(a)->is_ascii() || self_of(a)->length == 0); }
Value isidentifier(Vm&, Args a) { return Value::boolean(str_is_identifier(self_of(a))); }
Value isprintable(Vm& vm, Args a) {
  if (self_of(a)->length == 0) return Value::true_();
  return all_chars(a, unicode::is_printable);
}

namespace {
/// islower() and isupper(): none of the wrong case, and one of the right.
template <class Right, class Wrong>
Value all_of_case(Args a, Right right, Wrong wrong) {
  Str* s = self_of(a);
  return Value::boolean(with_chars(s, [&](auto* p) {
    bool cased = false;
    for (uint64_t i = 0; i < s->length; ++i) {
      char32_t c = p[i];
      if (wrong(c)) return false;
      cased = cased || right(c);
    }
    return cased;
  }));
}
}  // namespace

Value islower(Vm&, Args a) {
  if (self_of(a)->is_ascii()) return all_of_case(a, ascii_lower, ascii_upper);
  return all_of_case(a, unicode::is_lower, title_or_upper);
}
Value isupper(Vm&, Args a) {
  if (self_of(a)->is_ascii()) return all_of_case(a, ascii_upper, ascii_lower);
  return all_of_case(a, unicode::is_upper, [](char32_t c) { return unicode::is_lower(c) || unicode::is_title(c); });
}

Value istitle(Vm&, Args a) {
  Str* s = self_of(a);
  bool cased = false, in_word = false;
  for (uint64_t i = 0; i < s->length; ++i) {
    char32_t c = s->at(i);
    if (title_or_upper(c)) {
      if (in_word) return Value::false_();
      in_word = cased = true;
    } else if (unicode::is_lower(c)) {
      if (!in_word) return Value::false_();
      cased = true;
    } else {
      in_word = false;
    }
  }
  return Value::boolean(cased);
}

// --- translate

namespace {

/// What the table has for c: an int, a str or None; exhausted() where it has nothing.
Value translation(Vm& vm, Value table, char32_t c) {
  Value key = Value::small_int(static_cast<int64_t>(c));
  Value v;
  if (is_exact(vm, table, vm.types.dict)) {
    v = dict_get(vm, table.as<Dict>(), key);
  } else {
    v = get_item(vm, table, key);
    if (v.is_error() && vm.pending_is(E::LookupError)) {
      if (!vm.clear_pending()) return Error{};
      return Value::exhausted();
    }
  }
  if (v.is_error() || v.is_exhausted() || v.is_none() || is_str(v)) return v;
  if (!is_int(v)) return vm.raise(E::TypeError, "character mapping must return integer, None or str");
  auto i = int_to_i64(v);
  if (!i || *i < 0 || *i > 0x10FFFF) return vm.raise(E::ValueError, "character mapping must be in range(0x110000)");
  return Value::small_int(*i);
}

}  // namespace

Value translate(Vm& vm, Args a) {
  Str* s = self_of(a);
  Value table = a[1];
  StrBuilder out(vm);
  // What single ASCII characters become is asked once: 0x80 and above stand for "not asked", "deleted" and "not that simple".
  constexpr uint8_t kUnknown = 0xFF, kDeleted = 0xFE, kOther = 0xFD;
  uint8_t known[128];
  std::memset(known, kUnknown, sizeof known);
  char chunk[512];  // ASCII results on their way
  for (uint64_t i = 0; i < s->length; ++i) {
    TRY(vm.poll());
    char32_t c = s->at(i);
    if (c < 0x80 && known[c] < kOther) {
      size_t used = 0;
      do {
        chunk[used++] = static_cast<char>(known[c]);
      } while (used < sizeof chunk && ++i < s->length && (c = s->at(i)) < 0x80 && known[c] < kOther);
      TRY(out.append_ascii({chunk, used}));
      if (i == s->length) break;
      if (used == sizeof chunk) continue;
    }
    if (c < 0x80 && known[c] == kDeleted) continue;
    Value v = TRY(translation(vm, table, c));
    uint8_t simple = kOther;
    if (v.is_none()) {
      simple = kDeleted;
    } else if (is_str(v)) {
      TRY(out.append(as_str(v)));
      if (as_str(v)->length == 1 && as_str(v)->is_ascii()) simple = as_str(v)->data1()[0];
    } else {
      char32_t to = v.is_exhausted() ? c : static_cast<char32_t>(v.as_small_int());
      TRY(out.append(to));
      if (to < 0x80) simple = static_cast<uint8_t>(to);
    }
    if (c < 0x80) known[c] = simple;
  }
  return out.finish();
}

Value maketrans(Vm& vm, Args a) {
  Dict* table = TRY(dict_new(vm));
  if (!a.has(1)) {
    if (!is_exact(vm, a[0], vm.types.dict))
      return vm.raise(E::TypeError, "if you give only one argument to maketrans it must be a dict");
    Dict* from = a[0].as<Dict>();
    uint32_t at = 0;
    while (DictEntry* e = dict_next(from, at)) {
      TRY(vm.poll());
      Value key = e->key, value = e->value;
      if (is_str(key)) {
        if (as_str(key)->length != 1)
          return vm.raise(E::ValueError, "string keys in translatetable must be of length 1");
        key = Value::small_int(as_str(key)->at(0));
      } else if (!is_int(key)) {
        return vm.raise(E::TypeError, "keys in translate table mustbe strings or integers");
      }
      TRY(dict_set(vm, table, key, value));
    }
    return table;
  }
  Str* y = TRY(str_argument(vm, a[1], "maketrans", 2));
  if (!is_str(a[0]))
    return vm.raise(E::TypeError, "first maketrans argument must be a string if there is a second argument");
  Str* x = as_str(a[0]);
  if (x->length != y->length)
    return vm.raise(E::ValueError, "the first two maketrans arguments must have equal length");
  for (uint64_t i = 0; i < x->length; ++i) {
    POLL_EVERY_1024(vm, i);
    TRY(dict_set(vm, table, Value::small_int(x->at(i)), Value::small_int(y->at(i))));
  }
  if (a.has(2)) {
    Str* z = TRY(str_argument(vm, a[2], "maketrans", 3));
    for (uint64_t i = 0; i < z->length; ++i) {
      POLL_EVERY_1024(vm, i);
      TRY(dict_set(vm, table, Value::small_int(z->at(i)), Value::none()));
    }
  }
  return table;
}

}  // namespace str_methods
}  // namespace krait
