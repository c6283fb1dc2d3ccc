// The bodies of str's methods, file by file, and what those files share. The rows are in str_type.cpp.
#pragma once

#include "objects/str.hpp"

namespace krait {

/// Calls f with the characters in their own width.
template <class F>
inline decltype(auto) with_chars(const Str* s, F&& f) {
  switch (s->width()) {
    case 1: return f(s->data1());
    case 2: return f(s->data2());
    default: return f(s->data4());
  }
}

/// The argument as Str; TypeError "NAME() argument N must be str, not T".
Result<Str*> str_argument(Vm& vm, Value v, const char* name, int number);

/// Where needle begins in s[from:to] (first or last place), or -1. Polls.
Result<int64_t> str_search(Vm& vm, const Str* s, const Str* needle, uint64_t from, uint64_t to, bool last = false);

namespace str_methods {

#define KRAIT_STR_METHOD(name) Value name(Vm& vm, Args a)

// str_methods.cpp: searching, splitting, padding.
KRAIT_STR_METHOD(find);
KRAIT_STR_METHOD(rfind);
KRAIT_STR_METHOD(index);
KRAIT_STR_METHOD(rindex);
KRAIT_STR_METHOD(count);
KRAIT_STR_METHOD(contains);
KRAIT_STR_METHOD(startswith);
KRAIT_STR_METHOD(endswith);
KRAIT_STR_METHOD(removeprefix);
KRAIT_STR_METHOD(removesuffix);
KRAIT_STR_METHOD(split);
KRAIT_STR_METHOD(rsplit);
KRAIT_STR_METHOD(splitlines);
KRAIT_STR_METHOD(partition);
KRAIT_STR_METHOD(rpartition);
KRAIT_STR_METHOD(strip);
KRAIT_STR_METHOD(lstrip);
KRAIT_STR_METHOD(rstrip);
KRAIT_STR_METHOD(replace);
KRAIT_STR_METHOD(join);
KRAIT_STR_METHOD(center);
KRAIT_STR_METHOD(ljust);
KRAIT_STR_METHOD(rjust);
KRAIT_STR_METHOD(zfill);
KRAIT_STR_METHOD(expandtabs);

// str_case.cpp: what depends on the properties of characters.
KRAIT_STR_METHOD(capitalize);
KRAIT_STR_METHOD(casefold);
KRAIT_STR_METHOD(lower);
KRAIT_STR_METHOD(upper);
KRAIT_STR_METHOD(swapcase);
KRAIT_STR_METHOD(title);
KRAIT_STR_METHOD(isalnum);
KRAIT_STR_METHOD(isalpha);
KRAIT_STR_METHOD(isascii);
KRAIT_STR_METHOD(isdecimal);
KRAIT_STR_METHOD(isdigit);
KRAIT_STR_METHOD(isidentifier);
KRAIT_STR_METHOD(islower);
KRAIT_STR_METHOD(isnumeric);
KRAIT_STR_METHOD(isprintable);
KRAIT_STR_METHOD(isspace);
KRAIT_STR_METHOD(istitle);
KRAIT_STR_METHOD(isupper);
KRAIT_STR_METHOD(translate);
KRAIT_STR_METHOD(maketrans);

// str_format.cpp and str_percent.cpp
KRAIT_STR_METHOD(format);
KRAIT_STR_METHOD(format_map);
KRAIT_STR_METHOD(dunder_format);
KRAIT_STR_METHOD(mod);

#undef KRAIT_STR_METHOD

}  // namespace str_methods
}  // namespace krait
