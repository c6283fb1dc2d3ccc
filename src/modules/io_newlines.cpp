#include "modules/io_newlines.hpp"

#include "objects/sequences.hpp"

namespace krait::io {

Status Newlines::set(Vm& vm, Value argument_value) {
  seen_bits = 0;
  pending_cr = false;
  if (argument_value.is_none()) {
    mode = kUniversalTranslate;
    return {};
  }
  Str* s = as_str(argument_value);
  if (s->length == 0) {
    mode = kUniversal;
  } else if (s->equals("\n")) {
    mode = kLf;
  } else if (s->equals("\r")) {
    mode = kCr;
  } else if (s->equals("\r\n")) {
    mode = kCrLf;
  } else {
    return vm.raise(E::ValueError, "illegal newline value: {}", repr_of(argument_value));
  }
  return {};
}

Value Newlines::argument(Vm& vm) const {
  switch (mode) {
    case kUniversalTranslate: return Value::none();
    case kUniversal: return vm.names.empty;
    case kLf: return vm.latin1_chars['\n'];
    case kCr: return vm.latin1_chars['\r'];
    default: return vm.intern("\r\n");
  }
}

namespace {
template <class At>
int64_t find_end(Newlines::Mode mode, At at, int64_t n) {
  for (int64_t i = 0; i < n; ++i) {
    char32_t c = at(i);
    switch (mode) {
      case Newlines::kUniversalTranslate:
      case Newlines::kLf:
        if (c == '\n') return i + 1;
        break;
      case Newlines::kUniversal:
        if (c == '\n') return i + 1;
        if (c == '\r') return i + 1 < n && at(i + 1) == '\n' ? i + 2 : i + 1;
        break;
      case Newlines::kCr:
        if (c == '\r') return i + 1;
        break;
      case Newlines::kCrLf:
        if (c == '\r' && i + 1 < n && at(i + 1) == '\n') return i + 2;
        break;
    }
  }
  return -1;
}
}  // namespace

int64_t Newlines::line_end(const char32_t* text, int64_t n) const {
  return find_end(mode, [text](int64_t i) { return text[i]; }, n);
}
int64_t Newlines::line_end(const Str* text, uint64_t from) const {
  int64_t n = static_cast<int64_t>(text->length - from);
  if (text->width() == 1) {
    const uint8_t* p = text->data1() + from;
    if (mode == kUniversalTranslate || mode == kLf) {
      const void* end = __builtin_memchr(p, '\n', static_cast<size_t>(n));
      return end == nullptr ? -1 : static_cast<const uint8_t*>(end) - p + 1;
    }
    return find_end(mode, [p](int64_t i) { return static_cast<char32_t>(p[i]); }, n);
  }
  return find_end(mode, [text, from](int64_t i) { return text->at(from + static_cast<uint64_t>(i)); }, n);
}

Result<Str*> Newlines::decode(Vm& vm, Str* text, bool translate, bool final) {
  bool held = pending_cr;
  pending_cr = false;
  uint64_t n = text->length;
  // Quick: nothing to see.
  if (!held && text->width() == 1) {
    if (__builtin_memchr(text->data1(), '\r', n) == nullptr) {
      if (!(seen_bits & 2) && __builtin_memchr(text->data1(), '\n', n) != nullptr) seen_bits |= 2;
      return text;
    }
  }
  StrBuilder out(vm);
  auto at = [&](uint64_t i) -> char32_t { return held ? (i == 0 ? U'\r' : text->at(i - 1)) : text->at(i); };
  uint64_t total = n + (held ? 1 : 0);
  for (uint64_t i = 0; i < total; ++i) {
    if ((i & 0xFFFF) == 0xFFFF) TRY(vm.poll());
    char32_t c = at(i);
    if (c == '\n') {
      seen_bits |= 2;
      TRY(out.append(U'\n'));
    } else if (c == '\r') {
      if (i + 1 == total && !final) {
        pending_cr = true;
        break;
      }
      bool crlf = i + 1 < total && at(i + 1) == '\n';
      seen_bits |= crlf ? 4 : 1;
      if (translate) {
        TRY(out.append(U'\n'));
      } else {
        TRY(out.append(U'\r'));
        if (crlf) TRY(out.append(U'\n'));
      }
      if (crlf) ++i;
    } else {
      TRY(out.append(c));
    }
  }
  return out.finish();
}

Result<Str*> Newlines::translate_for_reading_in_memory(Vm& vm, Str* text) {
  if (!universal()) return text;
  return decode(vm, text, mode == kUniversalTranslate, true);
}

Result<Str*> Newlines::translate_for_writing(Vm& vm, Str* text) const {
  if (mode != kCr && mode != kCrLf) return text;
  StrBuilder out(vm);
  for (uint64_t i = 0; i < text->length; ++i) {
    if ((i & 0xFFFF) == 0xFFFF) TRY(vm.poll());
    char32_t c = text->at(i);
    if (c == '\n') {
      TRY(out.append(U'\r'));
      if (mode == kCrLf) TRY(out.append(U'\n'));
    } else {
      TRY(out.append(c));
    }
  }
  return out.finish();
}

Value Newlines::seen(Vm& vm) const {
  Value cr = vm.latin1_chars['\r'], lf = vm.latin1_chars['\n'], crlf = TRY(vm.intern("\r\n"));
  Value list[3];
  size_t n = 0;
  if (seen_bits & 1) list[n++] = cr;
  if (seen_bits & 2) list[n++] = lf;
  if (seen_bits & 4) list[n++] = crlf;
  if (n == 0) return Value::none();
  if (n == 1) return list[0];
  return tuple_from_span(vm, {list, n});
}

}  // namespace krait::io
