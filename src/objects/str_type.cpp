// The str type: construction, protocol methods, iterators, and the table of all methods (their bodies are in str_methods.cpp,
// str_case.cpp, str_format.cpp and str_percent.cpp).
#include <cstring>

#include "base/unicode.hpp"
#include "objects/codecs.hpp"
#include "objects/str_methods.hpp"
#include "objects/text_args.hpp"

namespace krait {

namespace {

Str* self_of(Args a) { return as_str(a[0]); }

/// An encoding or errors argument, or null.
Result<Str*> codec_argument(Vm& vm, Value v, const char* function, const char* parameter, bool* given) {
  if (v.is_unset()) return vm.names.empty;  // not looked at
  *given = true;
  if (!is_str(v))
    return vm.raise(E::TypeError, "{}() argument '{}' must be str, not {}", function, parameter, argument_type(v));
  if (str_contains_nul(as_str(v))) return vm.raise(E::ValueError, "embedded null character");
  return as_str(v);
}

Value str_new(Vm& vm, Args a) {
  Type* cls = a[0].as<Type>();
  bool has_encoding = false, has_errors = false;
  Str* encoding = TRY(codec_argument(vm, a[2], "str", "encoding", &has_encoding));
  Str* errors = TRY(codec_argument(vm, a[3], "str", "errors", &has_errors));
  Value text;
  if (!a.has(1)) {
    text = vm.names.empty;
  } else if (!has_encoding && !has_errors) {
    text = TRY(str(vm, a[1]));
  } else if (is_str(a[1])) {
    return vm.raise(E::TypeError, "decoding str is not supported");
  } else if (!has_buffer(vm, a[1])) {
    return vm.raise(E::TypeError, "decoding to str: need a bytes-like object, {} found", type_name_of(a[1]));
  } else {
    text = TRY(bytes_decode(vm, a[1], has_encoding ? encoding : nullptr, has_errors ? errors : nullptr));
  }
  if (cls == vm.types.str) return text;
  return str_of_type(vm, cls, as_str(text));
}

Value str_encode_method(Vm& vm, Args a) {
  bool has_encoding = false, has_errors = false;
  Str* encoding = TRY(codec_argument(vm, a[1], "encode", "encoding", &has_encoding));
  Str* errors = TRY(codec_argument(vm, a[2], "encode", "errors", &has_errors));
  return str_encode(vm, self_of(a), has_encoding ? encoding : nullptr, has_errors ? errors : nullptr);
}

// --- repr

/// How many characters repr() writes for c.
inline uint64_t repr_length(char32_t c, char32_t quote) {
  if (c < 0x7F) {
    if (c >= ' ') return c == quote || c == '\\' ? 2 : 1;
    return c == '\t' || c == '\n' || c == '\r' ? 2 : 4;
  }
  if (c == 0x7F) return 4;
  if (unicode::is_printable(c)) return 1;
  return c < 0x100 ? 4 : c < 0x10000 ? 6 : 10;
}

template <class To>
To* put_hex(To* to, char32_t c, char letter, int digits) {
  *to++ = '\\';
  *to++ = static_cast<To>(letter);
  for (int shift = 4 * (digits - 1); shift >= 0; shift -= 4)
    *to++ = static_cast<To>("0123456789abcdef"[c >> shift & 15]);
  return to;
}

template <class To, class From>
void write_repr(To* to, const From* from, uint64_t n, char32_t quote) {
  *to++ = static_cast<To>(quote);
  for (uint64_t i = 0; i < n; ++i) {
    char32_t c = from[i];
    switch (repr_length(c, quote)) {
      case 1: *to++ = static_cast<To>(c); break;
      case 2:
        *to++ = '\\';
        *to++ = static_cast<To>(c == '\t' ? 't' : c == '\n' ? 'n' : c == '\r' ? 'r' : c);
        break;
      case 4: to = put_hex(to, c, 'x', 2); break;
      case 6: to = put_hex(to, c, 'u', 4); break;
      default: to = put_hex(to, c, 'U', 8);
    }
  }
  *to = static_cast<To>(quote);
}

Value str_repr(Vm& vm, Args a) {
  Str* s = self_of(a);
  bool single = false, dbl = false;
  with_chars(s, [&](auto* p) {
    for (uint64_t i = 0; i < s->length; ++i) {
      single |= p[i] == '\'';
      dbl |= p[i] == '"';
    }
  });
  char32_t quote = single && !dbl ? '"' : '\'';
  uint64_t n = 2;
  char32_t bits = 0x7F;  // of what stays as it is
  Status scanned = with_chars(s, [&](auto* p) -> Status {
    for (uint64_t i = 0; i < s->length; ++i) {
      if ((i & 0xFFFF) == 0xFFFF) TRY(vm.poll());
      uint64_t k = repr_length(p[i], quote);
      n += k;
      if (k == 1) bits |= p[i];
    }
    return {};
  });
  TRY(scanned);
  Str* r = TRY(str_allocate(vm, n, bits < 0x100 ? 1 : bits < 0x10000 ? 2 : 4, bits < 0x80));
  with_chars(s, [&](auto* p) {
    switch (r->width()) {
      case 1: write_repr(str_mutable_data<uint8_t>(r), p, s->length, quote); break;
      case 2: write_repr(str_mutable_data<uint16_t>(r), p, s->length, quote); break;
      default: write_repr(str_mutable_data<uint32_t>(r), p, s->length, quote);
    }
  });
  return r;
}

Value str_str(Vm& vm, Args a) { return str_exact(vm, self_of(a)); }
Value str_hash_method(Vm& vm, Args a) { return int_from(vm, str_hash(vm, self_of(a))); }
Value str_len(Vm&, Args a) { return Value::small_int(static_cast<int64_t>(self_of(a)->length)); }

template <CompareOp op>
Value str_compare_method(Vm&, Args a) {
  if (!is_str(a[1])) return Value::not_implemented();
  const Str *x = self_of(a), *y = as_str(a[1]);
  if constexpr (op == CompareOp::Eq) return Value::boolean(str_equal(x, y));
  if constexpr (op == CompareOp::Ne) return Value::boolean(!str_equal(x, y));
  int c = str_compare(x, y);
  if constexpr (op == CompareOp::Lt) return Value::boolean(c < 0);
  if constexpr (op == CompareOp::Le) return Value::boolean(c <= 0);
  if constexpr (op == CompareOp::Gt) return Value::boolean(c > 0);
  return Value::boolean(c >= 0);
}

Value str_getitem(Vm& vm, Args a) {
  Str* s = self_of(a);
  int64_t n = static_cast<int64_t>(s->length);
  if (is_kind(a[1], Kind::Slice)) {
    SliceRange r = TRY(slice_range(vm, a[1], n));
    if (r.count == 0) return vm.names.empty;
    if (r.step == 1) return str_substring(vm, s, static_cast<uint64_t>(r.start), static_cast<uint64_t>(r.stop));
    if (r.count == 1) return str_from_char(vm, s->at(static_cast<uint64_t>(r.start)));
    char32_t bits = 0x7F;
    if (!s->is_ascii()) {
      with_chars(s, [&](auto* p) {
        for (int64_t i = 0; i < r.count; ++i) bits |= p[r.start + i * r.step];
      });
    }
    Str* out = TRY(str_allocate(vm, static_cast<uint64_t>(r.count),
                                bits < 0x100     ? 1
                                : bits < 0x10000 ? 2
                                                 : 4,
                                bits < 0x80));
    with_chars(s, [&](auto* p) {
      auto gather = [&](auto* to) {
        for (int64_t i = 0; i < r.count; ++i)
          to[i] = static_cast<std::remove_reference_t<decltype(*to)>>(p[r.start + i * r.step]);
      };
      switch (out->width()) {
        case 1: gather(str_mutable_data<uint8_t>(out)); break;
        case 2: gather(str_mutable_data<uint16_t>(out)); break;
        default: gather(str_mutable_data<uint32_t>(out));
      }
    });
    return out;
  }
  if (!has_index(vm, a[1]))
    return vm.raise(E::TypeError, "string indices must be integers, not '{}'", type_name_of(a[1]));
  int64_t i = TRY(quick_index(vm, a[1]));
  if (i < 0) i += n;
  if (i < 0 || i >= n) return vm.raise(E::IndexError, "string index out of range");
  return str_from_char(vm, s->at(static_cast<uint64_t>(i)));
}

Value str_add(Vm& vm, Args a) {
  if (!is_str(a[1])) return vm.raise(E::TypeError, "can only concatenate str (not \"{}\") to str", type_name_of(a[1]));
  return str_concat(vm, self_of(a), as_str(a[1]));
}

Value str_mul(Vm& vm, Args a) { return str_repeat(vm, self_of(a), TRY(quick_index(vm, a[1], E::OverflowError))); }

Value str_rmod(Vm& vm, Args a) {
  if (!is_str(a[1])) return Value::not_implemented();
  Value swapped[] = {a[1], a[0]};
  return str_methods::mod(vm, {swapped, 2});
}

Value str_getnewargs(Vm& vm, Args a) {
  // A copy: what is unpickled from it must not be this very object.
  Str* s = self_of(a);
  if (s->length > 1) {
    Str* copy = TRY(str_allocate(vm, s->length, s->width(), s->is_ascii()));
    std::memcpy(str_mutable_data<char>(copy), s->data(), s->length * s->width());
    s = copy;
  }
  return tuple_of(vm, Value(s));
}

Value str_sizeof(Vm&, Args a) {
  Str* s = self_of(a);
  uint64_t bytes = sizeof(Str) + (s->bits & Str::kExternal ? 0 : s->length * s->width());
  return Value::small_int(static_cast<int64_t>(bytes));
}

// --- Iterators

void iterator_trace(Heap&, Cell* cell, Marker& m) { m.mark_cell(static_cast<StrIterator*>(cell)->text); }

Value str_iter(Vm& vm, Args a) {
  Str* s = self_of(a);
  StrIterator* it = TRY(vm.new_instance<StrIterator>(
      s->is_ascii() && is_exact(vm, s, vm.types.str) ? vm.types.str_ascii_iterator : vm.types.str_iterator));
  it->text = s;
  return it;
}

Value iterator_self(Vm&, Args a) { return a[0]; }

Value iterator_next(Vm& vm, Args a) {
  StrIterator* it = a[0].as<StrIterator>();
  if (it->text == nullptr) return Value::exhausted();
  if (it->index < it->text->length) return str_from_char(vm, it->text->at(it->index++));
  it->text = nullptr;
  return Value::exhausted();
}

Value iterator_length_hint(Vm&, Args a) {
  StrIterator* it = a[0].as<StrIterator>();
  return Value::small_int(it->text == nullptr ? 0 : static_cast<int64_t>(it->text->length - it->index));
}

Value iterator_reduce(Vm& vm, Args a) {
  StrIterator* it = a[0].as<StrIterator>();
  Value iter = TRY(builtin_named(vm, "iter"));
  if (it->text == nullptr) return pack(vm, iter, pack(vm, vm.names.empty));
  return pack(vm, iter, pack(vm, it->text), Value::small_int(static_cast<int64_t>(it->index)));
}

Value iterator_setstate(Vm& vm, Args a) {
  StrIterator* it = a[0].as<StrIterator>();
  Value state = TRY(index(vm, a[1]));
  int64_t i = TRY(int_to_i64_checked(vm, state, "C ssize_t"));
  if (it->text != nullptr)
    it->index = static_cast<uint64_t>(std::clamp<int64_t>(i, 0, static_cast<int64_t>(it->text->length)));
  return Value::none();
}

constexpr NativeRow kIteratorMethods[] = {
    {"__iter__($self, /)", iterator_self, kPure, "Implement iter(self)."},
    {"__next__($self, /)", iterator_next, kIterNext, "Implement next(self)."},
    {"__length_hint__($self, /)", iterator_length_hint, 0, "Return an estimate of the items left."},
    {"__reduce__($self, /)", iterator_reduce, 0, "Return state information for pickling."},
    {"__setstate__($self, state, /)", iterator_setstate, 0, "Set state information for unpickling."},
};

constexpr NativeRow kMethods[] = {
    {"__new__($type, object='', encoding='utf-8', errors='strict')", str_new,
     kNewMethod | kStaticMethod | kCheckPositional, "Create a str from any object, or decode a bytes-like one."},
    {"__repr__($self, /)", str_repr, 0, "Return repr(self)."},
    {"__str__($self, /)", str_str, 0, "Return str(self)."},
    {"__hash__($self, /)", str_hash_method, kPure, "Return hash(self)."},
    {"__len__($self, /)", str_len, kPure, "Return len(self)."},
    {"__lt__($self, value, /)", str_compare_method<CompareOp::Lt>, kPure, "Return self<value."},
    {"__le__($self, value, /)", str_compare_method<CompareOp::Le>, kPure, "Return self<=value."},
    {"__eq__($self, value, /)", str_compare_method<CompareOp::Eq>, kPure, "Return self==value."},
    {"__ne__($self, value, /)", str_compare_method<CompareOp::Ne>, kPure, "Return self!=value."},
    {"__gt__($self, value, /)", str_compare_method<CompareOp::Gt>, kPure, "Return self>value."},
    {"__ge__($self, value, /)", str_compare_method<CompareOp::Ge>, kPure, "Return self>=value."},
    {"__iter__($self, /)", str_iter, 0, "Implement iter(self)."},
    {"__getitem__($self, key, /)", str_getitem, 0, "Return self[key]."},
    {"__contains__($self, key, /)", str_methods::contains, 0, "Return bool(key in self)."},
    {"__add__($self, value, /)", str_add, 0, "Return self+value."},
    {"__mul__($self, value, /)", str_mul, 0, "Return self*value."},
    {"__rmul__($self, value, /)", str_mul, 0, "Return value*self."},
    {"__mod__($self, value, /)", str_methods::mod, 0, "Return self%value."},
    {"__rmod__($self, value, /)", str_rmod, 0, "Return value%self."},
    {"__format__($self, format_spec, /)", str_methods::dunder_format, 0, "Return a formatted version of the string."},
    {"__getnewargs__($self, /)", str_getnewargs},
    {"__sizeof__($self, /)", str_sizeof, 0, "Return the size of the string in memory, in bytes."},
    {"capitalize($self, /)", str_methods::capitalize, 0,
     "Return a copy whose first character is in title case and the rest in lower case."},
    {"casefold($self, /)", str_methods::casefold, 0, "Return a version for comparisons without regard to case."},
    {"center($self, width, fillchar=' ', /)", str_methods::center, 0,
     "Return the text in the middle of a line of the given width."},
    {"count($self, sub, start=None, end=None, /)", str_methods::count, 0,
     "Return how often a substring occurs in s[start:end] without overlaps."},
    {"encode($self, /, encoding='utf-8', errors='strict')", str_encode_method, 0,
     "Encode the string.\n\nencoding\n  Name of the codec.\nerrors\n  Name of the error handler: 'strict', 'ignore', "
     "'replace',\n"
     "  'xmlcharrefreplace' or any that codecs.register_error knows."},
    {"endswith($self, suffix, start=None, end=None, /)", str_methods::endswith, 0,
     "Return whether s[start:end] ends with the suffix, or with one of a tuple of them."},
    {"expandtabs($self, /, tabsize=8)", str_methods::expandtabs, 0, "Return a copy with tabs expanded to spaces."},
    {"find($self, sub, start=None, end=None, /)", str_methods::find, 0,
     "Return the lowest index at which a substring is found in s[start:end], or -1."},
    {"format($self, /, *args, **kwargs)", str_methods::format, 0,
     "Return the text with its replacement fields, in braces, filled in from the arguments."},
    {"format_map($self, mapping, /)", str_methods::format_map, 0,
     "Return the text with its replacement fields, in braces, filled in from a mapping."},
    {"index($self, sub, start=None, end=None, /)", str_methods::index, 0,
     "As find(), but ValueError if there is none."},
    {"isalnum($self, /)", str_methods::isalnum, kPure, "Are all characters letters or numbers, and is there one?"},
    {"isalpha($self, /)", str_methods::isalpha, kPure, "Are all characters letters, and is there one?"},
    {"isascii($self, /)", str_methods::isascii, kPure, "Are all characters below U+0080?"},
    {"isdecimal($self, /)", str_methods::isdecimal, kPure, "Are all characters decimal digits, and is there one?"},
    {"isdigit($self, /)", str_methods::isdigit, kPure, "Are all characters digits, and is there one?"},
    {"isidentifier($self, /)", str_methods::isidentifier, kPure, "Is the text an identifier (perhaps a keyword)?"},
    {"islower($self, /)", str_methods::islower, kPure, "Are all cased characters lower case, and is there one?"},
    {"isnumeric($self, /)", str_methods::isnumeric, kPure, "Are all characters numeric, and is there one?"},
    {"isprintable($self, /)", str_methods::isprintable, kPure,
     "Are all characters such that repr() shows them as they are?"},
    {"isspace($self, /)", str_methods::isspace, kPure, "Are all characters white space, and is there one?"},
    {"istitle($self, /)", str_methods::istitle, kPure, "Do capitals begin words and only they, and is there one?"},
    {"isupper($self, /)", str_methods::isupper, kPure, "Are all cased characters upper case, and is there one?"},
    {"join($self, iterable, /)", str_methods::join, 0, "Join strings, with this one between them."},
    {"ljust($self, width, fillchar=' ', /)", str_methods::ljust, 0,
     "Return the text at the left of a line of the given width."},
    {"lower($self, /)", str_methods::lower, 0, "Return a copy in lower case."},
    {"lstrip($self, chars=None, /)", str_methods::lstrip, 0,
     "Return a copy without leading white space, or without leading characters that are in chars."},
    {"maketrans(x, y=<unrepresentable>, z=<unrepresentable>, /)", str_methods::maketrans, kStaticMethod,
     "Make a table for translate(): from a dict, or from two texts of equal length and one of what is to be deleted."},
    {"partition($self, sep, /)", str_methods::partition, 0,
     "Split at the first place of a separator: what is before it, itself, what is after it."},
    {"removeprefix($self, prefix, /)", str_methods::removeprefix, 0,
     "Return the text without the prefix, if it has it."},
    {"removesuffix($self, suffix, /)", str_methods::removesuffix, 0,
     "Return the text without the suffix, if it has it."},
    {"replace($self, old, new, /, count=-1)", str_methods::replace, 0,
     "Return a copy with (the first count) occurrences of old replaced by new."},
    {"rfind($self, sub, start=None, end=None, /)", str_methods::rfind, 0,
     "Return the highest index at which a substring is found in s[start:end], or -1."},
    {"rindex($self, sub, start=None, end=None, /)", str_methods::rindex, 0,
     "As rfind(), but ValueError if there is none."},
    {"rjust($self, width, fillchar=' ', /)", str_methods::rjust, 0,
     "Return the text at the right of a line of the given width."},
    {"rpartition($self, sep, /)", str_methods::rpartition, 0,
     "Split at the last place of a separator: what is before it, itself, what is after it."},
    {"rsplit($self, /, sep=None, maxsplit=-1)", str_methods::rsplit, 0,
     "As split(), but splits are counted from the end."},
    {"rstrip($self, chars=None, /)", str_methods::rstrip, 0,
     "Return a copy without trailing white space, or without trailing characters that are in chars."},
    {"split($self, /, sep=None, maxsplit=-1)", str_methods::split, 0,
     "Return the parts between separators.\n\nsep\n  The separator; None: any run of white space, and no empty "
     "parts.\nmaxsplit\n"
     "  The most splits that are made; -1: no limit."},
    {"splitlines($self, /, keepends=False)", str_methods::splitlines, 0,
     "Return the lines, with their ends if keepends is true."},
    {"startswith($self, prefix, start=None, end=None, /)", str_methods::startswith, 0,
     "Return whether s[start:end] starts with the prefix, or with one of a tuple of them."},
    {"strip($self, chars=None, /)", str_methods::strip, 0,
     "Return a copy without white space at both ends, or without characters at both ends that are in chars."},
    {"swapcase($self, /)", str_methods::swapcase, 0, "Return a copy with lower and upper case exchanged."},
    {"title($self, /)", str_methods::title, 0, "Return a copy in which each word begins with a capital."},
    {"translate($self, table, /)", str_methods::translate, 0,
     "Return a copy with each character replaced by what the table has for its code point: a code point, a text, or "
     "None for\n"
     "nothing; what the table has not (LookupError) stays."},
    {"upper($self, /)", str_methods::upper, 0, "Return a copy in upper case."},
    {"zfill($self, width, /)", str_methods::zfill, 0,
     "Return a number's text filled with zeros, behind the sign, to the given width."},
};

}  // namespace

extern constinit const TypeSpec str_type{
    .name = "str",
    .doc =
        "str(object='') -> str\nstr(bytes_or_buffer[, encoding[, errors]]) -> str\n\nText. Made from any object as "
        "print() shows "
        "it, or, if an encoding or errors are given, decoded from bytes.",
    .signature = "",
    .kind = static_cast<CellKind>(Kind::Str),
    .size = sizeof(Str),
    .flags = kTypeBase | kTypeMatchSelf,
    .methods = kMethods,
    .trace = str_trace,
};
extern constinit const TypeSpec str_iterator_type{
    .name = "str_iterator",
    .kind = static_cast<CellKind>(Kind::StrIterator),
    .size = sizeof(StrIterator),
    .flags = kTypeNoNew,
    .methods = kIteratorMethods,
    .trace = iterator_trace,
};
extern constinit const TypeSpec str_ascii_iterator_type{
    .name = "str_ascii_iterator",
    .kind = static_cast<CellKind>(Kind::StrIterator),
    .size = sizeof(StrIterator),
    .flags = kTypeNoNew,
    .methods = kIteratorMethods,
    .trace = iterator_trace,
};

}  // namespace krait
