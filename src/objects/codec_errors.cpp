#include "objects/codec_errors.hpp"

#include <cstring>

#include "base/unicode.hpp"
#include "base/utf.hpp"
#include "objects/codecs.hpp"
#include "objects/exception.hpp"
#include "objects/int.hpp"
#include "objects/quick.hpp"

namespace krait {

ErrorHandling error_handling(const Str* errors) {
  if (errors == nullptr || errors->equals("strict")) return ErrorHandling::kStrict;
  if (errors->equals("ignore")) return ErrorHandling::kIgnore;
  if (errors->equals("replace")) return ErrorHandling::kReplace;
  if (errors->equals("surrogateescape")) return ErrorHandling::kSurrogateEscape;
  if (errors->equals("surrogatepass")) return ErrorHandling::kSurrogatePass;
  if (errors->equals("backslashreplace")) return ErrorHandling::kBackslashReplace;
  if (errors->equals("xmlcharrefreplace")) return ErrorHandling::kXmlCharRefReplace;
  if (errors->equals("namereplace")) return ErrorHandling::kNameReplace;
  return ErrorHandling::kRegistered;
}

namespace {

constexpr char kHexDigits[] = "0123456789abcdef";

// --- What the handlers write. `Out` takes appended characters and ASCII text.

template <class Out>
Status put_backslash(Out& out, char32_t c, bool byte) {
  char text[10];
  int digits = byte || c < 0x100 ? 2 : c < 0x10000 ? 4 : 8;
  text[0] = '\\';
  text[1] = digits == 2 ? 'x' : digits == 4 ? 'u' : 'U';
  for (int i = 0; i < digits; ++i) text[2 + i] = kHexDigits[c >> 4 * (digits - 1 - i) & 15];
  return out.append_ascii({text, static_cast<size_t>(digits) + 2});
}

template <class Out>
Status put_char_ref(Out& out, char32_t c) {
  std::string text = "&#" + std::to_string(static_cast<uint32_t>(c)) + ";";
  return out.append_ascii(text);
}

template <class Out>
Status put_name(Out& out, char32_t c) {
  auto name = unicode::name_of(c);
  if (!name) return put_backslash(out, c, false);
  TRY(out.append_ascii("\\N{"));
  TRY(out.append_ascii(*name));
  return out.append_ascii("}");
}

// --- surrogatepass

enum class SurrogateForm { kNone, kUtf8, kUtf16Le, kUtf16Be, kUtf32Le, kUtf32Be };

/// How an encoding of this name writes surrogates.
SurrogateForm surrogate_form(std::string_view name) {
  std::string s;
  for (char c : name) {
    char lower = c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c;
    if (lower != '-' && lower != '_') s.push_back(lower);
  }
  if (s == "utf8" || s == "cputf8") return SurrogateForm::kUtf8;
  if (s == "utf16" || s == "utf16le") return SurrogateForm::kUtf16Le;
  if (s == "utf16be") return SurrogateForm::kUtf16Be;
  if (s == "utf32" || s == "utf32le") return SurrogateForm::kUtf32Le;
  if (s == "utf32be") return SurrogateForm::kUtf32Be;
  return SurrogateForm::kNone;
}

int surrogate_bytes(SurrogateForm form) {
  switch (form) {
    case SurrogateForm::kUtf8: return 3;
    case SurrogateForm::kUtf16Le:
    case SurrogateForm::kUtf16Be: return 2;
    default: return 4;
  }
}

/// The surrogate at p, or 0.
char32_t read_surrogate(SurrogateForm form, const uint8_t* p, uint64_t left) {
  if (form == SurrogateForm::kNone || left < static_cast<uint64_t>(surrogate_bytes(form))) return 0;
  const char* at = reinterpret_cast<const char*>(p);
  char32_t c = 0;
  switch (form) {
    case SurrogateForm::kUtf8:
      if ((p[0] & 0xF0) == 0xE0 && (p[1] & 0xC0) == 0x80 && (p[2] & 0xC0) == 0x80)
        c = static_cast<char32_t>((p[0] & 0x0F) << 12 | (p[1] & 0x3F) << 6 | (p[2] & 0x3F));
      break;
    case SurrogateForm::kUtf16Le: c = utf::load16(at, utf::ByteOrder::kLittle); break;
    case SurrogateForm::kUtf16Be: c = utf::load16(at, utf::ByteOrder::kBig); break;
    case SurrogateForm::kUtf32Le: c = utf::load32(at, utf::ByteOrder::kLittle); break;
    default: c = utf::load32(at, utf::ByteOrder::kBig);
  }
  return utf::is_surrogate(c) ? c : 0;
}

int write_surrogate(SurrogateForm form, char32_t c, char* to) {
  switch (form) {
    case SurrogateForm::kUtf8: utf::encode_one_utf8(c, to); break;
    case SurrogateForm::kUtf16Le: utf::store16(c, to, utf::ByteOrder::kLittle); break;
    case SurrogateForm::kUtf16Be: utf::store16(c, to, utf::ByteOrder::kBig); break;
    case SurrogateForm::kUtf32Le: utf::store32(c, to, utf::ByteOrder::kLittle); break;
    default: utf::store32(c, to, utf::ByteOrder::kBig);
  }
  return surrogate_bytes(form);
}

/// surrogateescape: how many bytes from start on (at most four) are taken as surrogates.
uint64_t escapable(const uint8_t* data, uint64_t start, uint64_t end) {
  uint64_t n = 0;
  while (n < 4 && start + n < end && data[start + n] >= 0x80) ++n;
  return n;
}

/// The (replacement, position) that a handler gave.
Status read_answer(Vm& vm, Value answer, bool decoding, Value* replacement, Value* position) {
  if (is_tuple(answer) && answer.as<Tuple>()->length == 2) {
    Tuple* t = answer.as<Tuple>();
    if (is_str(t->items[0]) || (!decoding && is_bytes(t->items[0]))) {
      *replacement = t->items[0];
      *position = t->items[1];
      return {};
    }
  }
  return vm.raise(E::TypeError, decoding ? "decoding error handler must return (str, int) tuple"
                                         : "encoding error handler must return (str/bytes, int) tuple");
}

Result<uint64_t> read_position(Vm& vm, Value v, uint64_t size) {
  Value i = TRY(index(vm, v));
  int64_t position = TRY(int_to_i64_checked(vm, i, "C ssize_t"));
  int64_t at = position < 0 ? position + static_cast<int64_t>(size) : position;
  if (at < 0 || at > static_cast<int64_t>(size))
    return vm.raise(E::IndexError, "position {} from error handler out of bounds", at);
  return static_cast<uint64_t>(at);
}

}  // namespace

// --- Decoding

Result<Bytes*> Decoder::object() {
  if (object_.is_unset() || !is_bytes(object_)) object_ = TRY(bytes_from(vm, std::span<const uint8_t>{data, size}));
  return object_.as<Bytes>();
}

Error Decoder::strict(uint64_t start, uint64_t end, const char* reason) {
  Bytes* whole = TRY(object());
  return raise_unicode_decode_error(vm, encoding, whole, start, end, reason);
}

Result<uint64_t> Decoder::fault(uint64_t start, uint64_t end, const char* reason) {
  TRY(vm.poll());
  switch (handling_) {
    case ErrorHandling::kStrict: return strict(start, end, reason);
    case ErrorHandling::kIgnore: return end;
    case ErrorHandling::kReplace: TRY(out.append(char32_t{0xFFFD})); return end;
    case ErrorHandling::kBackslashReplace:
      for (uint64_t i = start; i < end; ++i) TRY(put_backslash(out, data[i], true));
      return end;
    case ErrorHandling::kSurrogateEscape: {
      uint64_t n = escapable(data, start, end);
      if (n == 0) return strict(start, end, reason);
      for (uint64_t i = 0; i < n; ++i) TRY(out.append(0xDC00 + char32_t{data[start + i]}));
      return start + n;
    }
    case ErrorHandling::kSurrogatePass: {
      SurrogateForm form = surrogate_form(encoding);
      char32_t c = read_surrogate(form, data + start, size - start);
      if (c == 0) return strict(start, end, reason);
      TRY(out.append(c));
      return start + static_cast<uint64_t>(surrogate_bytes(form));
    }
    default: return call_handler(start, end, reason);
  }
}

Result<uint64_t> Decoder::call_handler(uint64_t start, uint64_t end, const char* reason) {
  if (handler_.is_unset()) handler_ = TRY(codec_error_handler(vm, errors_));
  Error pending [[maybe_unused]] = strict(start, end, reason);
  if (!vm.pending_is(E::UnicodeDecodeError)) return Error{};
  Value exception = vm.take_pending();
  Value answer = TRY(call1(vm, handler_, exception));
  Value replacement, position;
  TRY(read_answer(vm, answer, true, &replacement, &position));
  // The handler may have put other bytes in the place of those that are decoded.
  Value now = as_exception(exception)->extra[extra::kUnicodeErrorObject];
  if (now.is_unset() || !is_bytes(now)) return vm.raise(E::TypeError, "object attribute must be bytes");
  object_ = now;
  data = now.as<Bytes>()->data;
  size = now.as<Bytes>()->length;
  uint64_t at = TRY(read_position(vm, position, size));
  TRY(out.append(as_str(replacement)));
  return at;
}

// --- Encoding

Result<uint8_t*> BytesBuilder::extend(uint64_t n) {
  if (n > kMaxBytesLength || size_ + n > kMaxBytesLength) return vm_.raise_memory_error();
  if (storage_ == nullptr || size_ + n > storage_->capacity)
    storage_ = TRY(vm_.resize_storage(storage_, size_ + n + (size_ + n) / 4 + 16));
  size_ += n;
  return storage_->data<uint8_t>() + size_ - n;
}

Status BytesBuilder::append(const void* bytes, uint64_t n) {
  uint8_t* to = TRY(extend(n));
  if (n > 0) std::memcpy(to, bytes, n);
  return {};
}

Value BytesBuilder::finish() {
  return bytes_from(vm_, std::span<const uint8_t>{storage_ == nullptr ? nullptr : storage_->data<uint8_t>(), size_});
}

Error Encoder::strict(uint64_t start, uint64_t end, const char* reason) {
  return raise_unicode_encode_error(vm, encoding, text, start, end, reason);
}

/// False if a character of the replacement cannot be encoded either (then nothing of it is written).
Result<bool> Encoder::put_text(const Str* replacement, EncodeOne encode_one) {
  uint64_t before = out.size();
  for (uint64_t i = 0; i < replacement->length; ++i) {
    if (!TRY(encode_one(*this, replacement->at(i)))) {
      out.drop(out.size() - before);
      return false;
    }
  }
  return true;
}

Result<uint64_t> Encoder::fault(uint64_t start, uint64_t end, const char* reason, EncodeOne encode_one) {
  TRY(vm.poll());
  StrBuilder replacement(vm);
  switch (handling_) {
    case ErrorHandling::kStrict: return strict(start, end, reason);
    case ErrorHandling::kIgnore: return end;
    case ErrorHandling::kReplace: TRY(replacement.append_repeated(U'?', end - start)); break;
    case ErrorHandling::kBackslashReplace:
      for (uint64_t i = start; i < end; ++i) TRY(put_backslash(replacement, text->at(i), false));
      break;
    case ErrorHandling::kXmlCharRefReplace:
      for (uint64_t i = start; i < end; ++i) TRY(put_char_ref(replacement, text->at(i)));
      break;
    case ErrorHandling::kNameReplace:
      for (uint64_t i = start; i < end; ++i) TRY(put_name(replacement, text->at(i)));
      break;
    case ErrorHandling::kSurrogateEscape:
      for (uint64_t i = start; i < end; ++i) {
        char32_t c = text->at(i);
        if (c < 0xDC80 || c > 0xDCFF) return strict(start, end, reason);
        TRY(out.append(static_cast<uint8_t>(c - 0xDC00)));
      }
      return end;
    case ErrorHandling::kSurrogatePass: {
      SurrogateForm form = surrogate_form(encoding);
      for (uint64_t i = start; i < end; ++i) {
        char32_t c = text->at(i);
        if (form == SurrogateForm::kNone || !utf::is_surrogate(c)) return strict(start, end, reason);
        char bytes[4];
        TRY(out.append(bytes, static_cast<uint64_t>(write_surrogate(form, c, bytes))));
      }
      return end;
    }
    default: return call_handler(start, end, reason, encode_one);
  }
  Str* s = TRY(replacement.finish());
  if (!TRY(put_text(s, encode_one))) return strict(start, end, reason);
  return end;
}

Result<uint64_t> Encoder::call_handler(uint64_t start, uint64_t end, const char* reason, EncodeOne encode_one) {
  if (handler_.is_unset()) handler_ = TRY(codec_error_handler(vm, errors_));
  Error pending [[maybe_unused]] = strict(start, end, reason);
  if (!vm.pending_is(E::UnicodeEncodeError)) return Error{};
  Value exception = vm.take_pending();
  Value answer = TRY(call1(vm, handler_, exception));
  Value replacement, position;
  TRY(read_answer(vm, answer, false, &replacement, &position));
  uint64_t at = TRY(read_position(vm, position, text->length));
  if (is_bytes(replacement)) {
    if (replacement.as<Bytes>()->length % unit != 0) return vm.raise_value(exception);
    TRY(out.append(replacement.as<Bytes>()->data, replacement.as<Bytes>()->length));
  } else if (!TRY(put_text(as_str(replacement), encode_one))) {
    return vm.raise_value(exception);
  }
  return at;
}

// --- The handlers as functions

namespace {

/// The fields of a UnicodeError, as far as a handler needs them.
struct Fault {
  enum Sort { kDecode, kEncode, kTranslate } sort;
  ExceptionObject* exception;
  Value object;
  uint64_t start, end;
  std::string encoding;
};

[[gnu::cold]] Error wrong_exception(Vm& vm, Value v) {
  return vm.raise(E::TypeError, "don't know how to handle {} in error callback", type_name_of(v));
}

/// Positions are clipped to the object, as an exception may say anything.
Result<bool> read_fault(Vm& vm, Value v, Fault& out) {
  if (is_instance_of(vm, v, vm.exception_type(E::UnicodeDecodeError))) {
    out.sort = Fault::kDecode;
  } else if (is_instance_of(vm, v, vm.exception_type(E::UnicodeEncodeError))) {
    out.sort = Fault::kEncode;
  } else if (is_instance_of(vm, v, vm.exception_type(E::UnicodeTranslateError))) {
    out.sort = Fault::kTranslate;
  } else {
    return wrong_exception(vm, v);
  }
  ExceptionObject* e = as_exception(v);
  out.exception = e;
  out.object = e->extra[extra::kUnicodeErrorObject];
  bool decode = out.sort == Fault::kDecode;
  if (out.object.is_unset() || !(decode ? is_bytes(out.object) : is_str(out.object)))
    return vm.raise(E::TypeError, decode ? "object attribute must be bytes" : "object attribute must be unicode");
  int64_t n = static_cast<int64_t>(decode ? out.object.as<Bytes>()->length : as_str(out.object)->length);
  auto number = [&](int place) {
    Value i = e->extra[place];
    return is_int(i) ? int_to_i64(i).value_or(0) : 0;
  };
  int64_t start = std::clamp<int64_t>(number(extra::kUnicodeErrorStart), 0, std::max<int64_t>(n - 1, 0));
  int64_t end = std::clamp<int64_t>(number(extra::kUnicodeErrorEnd), std::min<int64_t>(1, n), n);
  out.start = static_cast<uint64_t>(start);
  out.end = static_cast<uint64_t>(std::max(start, end));
  Value encoding = e->extra[extra::kUnicodeErrorEncoding];
  if (!encoding.is_unset() && is_str(encoding)) out.encoding = str_to_utf8(as_str(encoding));
  return true;
}

Value answer(Vm& vm, Value replacement, uint64_t position) {
  if (replacement.is_error()) return Error{};
  return tuple_of(vm, replacement, Value::small_int(static_cast<int64_t>(position)));
}

/// A handler that puts something for each character (or byte) of the fault.
template <class Put>
Value replace_each(Vm& vm, const Fault& f, Put put) {
  StrBuilder out(vm);
  for (uint64_t i = f.start; i < f.end; ++i) {
    POLL_EVERY_1024(vm, i);
    TRY(put(out, f.sort == Fault::kDecode ? char32_t{f.object.as<Bytes>()->data[i]} : as_str(f.object)->at(i)));
  }
  return answer(vm, out.finish(), f.end);
}

}  // namespace

Value strict_errors(Vm& vm, Args a) {
  if (!is_exception(a[0])) return vm.raise(E::TypeError, "codec must pass exception instance");
  return vm.raise_value(a[0]);
}

Value ignore_errors(Vm& vm, Args a) {
  Fault f;
  TRY(read_fault(vm, a[0], f));
  return answer(vm, vm.names.empty, f.end);
}

Value replace_errors(Vm& vm, Args a) {
  Fault f;
  TRY(read_fault(vm, a[0], f));
  StrBuilder out(vm);
  if (f.sort == Fault::kDecode) {
    TRY(out.append(char32_t{0xFFFD}));
  } else {
    TRY(out.append_repeated(f.sort == Fault::kEncode ? U'?' : char32_t{0xFFFD}, f.end - f.start));
  }
  return answer(vm, out.finish(), f.end);
}

Value xmlcharrefreplace_errors(Vm& vm, Args a) {
  Fault f;
  TRY(read_fault(vm, a[0], f));
  if (f.sort != Fault::kEncode) return wrong_exception(vm, a[0]);
  return replace_each(vm, f, [](StrBuilder& out, char32_t c) { return put_char_ref(out, c); });
}

Value backslashreplace_errors(Vm& vm, Args a) {
  Fault f;
  TRY(read_fault(vm, a[0], f));
  return replace_each(vm, f, [](StrBuilder& out, char32_t c) { return put_backslash(out, c, false); });
}

Value namereplace_errors(Vm& vm, Args a) {
  Fault f;
  TRY(read_fault(vm, a[0], f));
  if (f.sort != Fault::kEncode) return wrong_exception(vm, a[0]);
  return replace_each(vm, f, [](StrBuilder& out, char32_t c) { return put_name(out, c); });
}

Value surrogateescape_errors(Vm& vm, Args a) {
  Fault f;
  TRY(read_fault(vm, a[0], f));
  if (f.sort == Fault::kDecode) {
    const uint8_t* data = f.object.as<Bytes>()->data;
    uint64_t n = escapable(data, f.start, f.end);
    if (n == 0) return vm.raise_value(a[0]);
    StrBuilder out(vm);
    for (uint64_t i = 0; i < n; ++i) TRY(out.append(0xDC00 + char32_t{data[f.start + i]}));
    return answer(vm, out.finish(), f.start + n);
  }
  if (f.sort != Fault::kEncode) return wrong_exception(vm, a[0]);
  BytesBuilder out(vm);
  for (uint64_t i = f.start; i < f.end; ++i) {
    char32_t c = as_str(f.object)->at(i);
    if (c < 0xDC80 || c > 0xDCFF) return vm.raise_value(a[0]);
    TRY(out.append(static_cast<uint8_t>(c - 0xDC00)));
  }
  return answer(vm, out.finish(), f.end);
}

Value surrogatepass_errors(Vm& vm, Args a) {
  Fault f;
  TRY(read_fault(vm, a[0], f));
  if (f.sort == Fault::kTranslate) return wrong_exception(vm, a[0]);
  SurrogateForm form = surrogate_form(f.encoding);
  if (form == SurrogateForm::kNone) return vm.raise_value(a[0]);
  if (f.sort == Fault::kDecode) {
    Bytes* b = f.object.as<Bytes>();
    char32_t c = read_surrogate(form, b->data + f.start, b->length - f.start);
    if (c == 0) return vm.raise_value(a[0]);
    return answer(vm, str_from_char(vm, c), f.start + static_cast<uint64_t>(surrogate_bytes(form)));
  }
  BytesBuilder out(vm);
  for (uint64_t i = f.start; i < f.end; ++i) {
    char32_t c = as_str(f.object)->at(i);
    if (!utf::is_surrogate(c)) return vm.raise_value(a[0]);
    char bytes[4];
    TRY(out.append(bytes, static_cast<uint64_t>(write_surrogate(form, c, bytes))));
  }
  return answer(vm, out.finish(), f.end);
}

}  // namespace krait
