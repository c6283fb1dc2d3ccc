// The native UTF codecs, ASCII and Latin-1.
#include <cstring>

#include "base/utf.hpp"
#include "objects/codec_errors.hpp"
#include "objects/codecs.hpp"
#include "objects/exception.hpp"
#include "objects/quick.hpp"
#include "objects/str_methods.hpp"

namespace krait {

namespace {

/// Appends what a scan found good; `decode(unit pointer)` writes it in the given width.
template <class Decode>
Result<Str*> good_part(Vm& vm, const utf::Scan& scan, Decode decode) {
  if (scan.code_points == 0) return vm.names.empty;
  if (scan.code_points == 1) {
    uint32_t c[1];
    decode(c);
    return str_from_char(vm, c[0]);
  }
  Str* s = TRY(str_allocate(vm, scan.code_points,
                            scan.width <= 0xFF     ? 1
                            : scan.width <= 0xFFFF ? 2
                                                   : 4,
                            scan.width <= 0x7F));
  switch (s->width()) {
    case 1: decode(str_mutable_data<uint8_t>(s)); break;
    case 2: decode(str_mutable_data<uint16_t>(s)); break;
    default: decode(str_mutable_data<uint32_t>(s));
  }
  return s;
}

/// Runs scan-and-decode steps to the end. `scan(from)` looks at the data from there; `decode(from, bytes, out)` decodes.
template <class ScanFrom, class DecodePart>
Value decode_steps(Decoder& d, DecodeInput& in, uint64_t at, ScanFrom scan_from, DecodePart decode_part) {
  Str* first = nullptr;  // the good part before any fault: mostly all there is
  bool only = true;
  while (true) {
    TRY(d.vm.poll());
    utf::Scan scan = scan_from(at);
    if (scan.code_points > 0 || only) {
      Str* part = TRY(good_part(d.vm, scan, [&](auto* out) { decode_part(at, scan.bytes, out); }));
      if (only) {
        first = part;
      } else {
        TRY(d.out.append(part));
      }
    }
    at += scan.bytes;
    bool unfinished = scan.fault == utf::Fault::kUnexpectedEnd || scan.fault == utf::Fault::kTruncated;
    if (scan.fault == utf::Fault::kNone || (unfinished && !in.final)) break;
    if (only) TRY(d.out.append(first));
    only = false;
    at = TRY(d.fault(at, at + scan.fault_bytes, utf::reason(scan.fault)));
  }
  in.consumed = at;
  if (only) return first;
  return d.out.finish();
}

/// Encodes step by step; `step(from)` writes what is good and says how far it came.
template <class Step>
Value encode_steps(Encoder& e, Step step, Encoder::EncodeOne encode_one) {
  uint64_t at = 0;
  while (true) {
    utf::Encoded done = TRY(step(at));
    at += done.units;
    if (done.fault == utf::Fault::kNone) return e.out.finish();
    at = TRY(e.fault(at, at + done.fault_units, utf::reason(done.fault), encode_one));
  }
}

}  // namespace

// --- UTF-8

Value utf8_decode(Vm& vm, DecodeInput& in) {
  Decoder d(vm, "utf-8", in.object, in.data, in.errors);
  return decode_steps(
      d, in, 0, [&](uint64_t at) { return utf::scan_utf8(d.text() + at, d.size - at); },
      [&](uint64_t at, uint64_t n, auto* out) { utf::decode_utf8(d.text() + at, n, out); });
}

Value utf8_encode(Vm& vm, Str* s, Str* errors) {
  if (s->is_ascii()) return bytes_from(vm, s->ascii());
  // Mostly there are no surrogates: straight into the result.
  bool surrogates = s->width() > 1 && with_chars(s, [&](auto* p) {
                      for (uint64_t i = 0; i < s->length; ++i)
                        if (utf::is_surrogate(p[i])) return true;
                      return false;
                    });
  if (!surrogates) {
    uint64_t n = with_chars(s, [&](auto* p) { return utf::utf8_length(p, s->length); });
    Bytes* b = TRY(bytes_allocate(vm, n));
    with_chars(s, [&](auto* p) { utf::encode_utf8(p, s->length, reinterpret_cast<char*>(b->data)); });
    return b;
  }
  Encoder e(vm, "utf-8", s, errors);
  auto one = [](Encoder& to, char32_t c) -> Result<bool> {
    if (c >= 0x80) return false;  // as CPython: what a handler gives has to be ASCII here
    TRY(to.out.append(static_cast<uint8_t>(c)));
    return true;
  };
  return encode_steps(
      e,
      [&](uint64_t at) -> Result<utf::Encoded> {
        return with_chars(s, [&](auto* p) -> Result<utf::Encoded> {
          uint64_t room = utf::utf8_length(p + at, s->length - at);
          uint8_t* to = TRY(e.out.extend(room));
          utf::Encoded done = utf::encode_utf8(p + at, s->length - at, reinterpret_cast<char*>(to));
          e.out.drop(room - done.bytes);
          return done;
        });
      },
      one);
}

// --- UTF-16 and UTF-32

namespace {

template <bool k32>
Value utf_wide_encode(Vm& vm, Str* s, Str* errors, Utf order) {
  const char* name = k32 ? (order == Utf::kNative ? "utf-32"
                            : order == Utf::kBig  ? "utf-32-be"
                                                  : "utf-32-le")
                         : (order == Utf::kNative ? "utf-16"
                            : order == Utf::kBig  ? "utf-16-be"
                                                  : "utf-16-le");
  utf::ByteOrder bytes = order == Utf::kBig ? utf::ByteOrder::kBig : utf::ByteOrder::kLittle;
  Encoder e(vm, name, s, errors);
  e.codec_data = &bytes;
  e.unit = k32 ? 4 : 2;
  if (order == Utf::kNative) {
    char mark[4];
    k32 ? utf::store32(0xFEFF, mark, bytes) : utf::store16(0xFEFF, mark, bytes);
    TRY(e.out.append(mark, k32 ? 4 : 2));
  }
  auto one = [](Encoder& to, char32_t c) -> Result<bool> {
    if (c >= 0x80) return false;
    utf::ByteOrder o = *static_cast<utf::ByteOrder*>(to.codec_data);
    char unit[4];
    k32 ? utf::store32(c, unit, o) : utf::store16(c, unit, o);
    TRY(to.out.append(unit, k32 ? 4 : 2));
    return true;
  };
  return encode_steps(
      e,
      [&](uint64_t at) -> Result<utf::Encoded> {
        return with_chars(s, [&](auto* p) -> Result<utf::Encoded> {
          uint64_t left = s->length - at;
          uint64_t room = left * (k32 || sizeof(*p) == 4 ? 4 : 2);
          char* to = reinterpret_cast<char*>(TRY(e.out.extend(room)));
          utf::Encoded done =
              k32 ? utf::encode_utf32(p + at, left, bytes, to) : utf::encode_utf16(p + at, left, bytes, to);
          e.out.drop(room - done.bytes);
          return done;
        });
      },
      one);
}

template <bool k32>
Value utf_wide_decode(Vm& vm, DecodeInput& in, Utf& order) {
  constexpr uint64_t kUnit = k32 ? 4 : 2;
  uint64_t at = 0;
  const char* text = reinterpret_cast<const char*>(in.data.data());
  if (order == Utf::kNative && in.data.size() >= kUnit) {
    auto load = [&](utf::ByteOrder o) { return k32 ? utf::load32(text, o) : utf::load16(text, o); };
    if (load(utf::ByteOrder::kLittle) == 0xFEFF) {
      order = Utf::kLittle;
      at = kUnit;
    } else if (load(utf::ByteOrder::kBig) == 0xFEFF) {
      order = Utf::kBig;
      at = kUnit;
    }
  }
  bool big = order == Utf::kBig;
  utf::ByteOrder bytes = big ? utf::ByteOrder::kBig : utf::ByteOrder::kLittle;
  Decoder d(vm, k32 ? (big ? "utf-32-be" : "utf-32-le") : (big ? "utf-16-be" : "utf-16-le"), in.object, in.data,
            in.errors);
  return decode_steps(
      d, in, at,
      [&](uint64_t from) {
        return k32 ? utf::scan_utf32(d.text() + from, d.size - from, bytes)
                   : utf::scan_utf16(d.text() + from, d.size - from, bytes);
      },
      [&](uint64_t from, uint64_t n, auto* out) {
        k32 ? utf::decode_utf32(d.text() + from, n, bytes, out) : utf::decode_utf16(d.text() + from, n, bytes, out);
      });
}

}  // namespace

Value utf16_encode(Vm& vm, Str* s, Str* errors, Utf order) { return utf_wide_encode<false>(vm, s, errors, order); }
Value utf32_encode(Vm& vm, Str* s, Str* errors, Utf order) { return utf_wide_encode<true>(vm, s, errors, order); }
Value utf16_decode(Vm& vm, DecodeInput& in, Utf& order) { return utf_wide_decode<false>(vm, in, order); }
Value utf32_decode(Vm& vm, DecodeInput& in, Utf& order) { return utf_wide_decode<true>(vm, in, order); }

// --- ASCII and Latin-1

Value ascii_decode(Vm& vm, DecodeInput& in) {
  Decoder d(vm, "ascii", in.object, in.data, in.errors);
  in.consumed = in.data.size();
  uint64_t plain = utf::ascii_prefix(d.text(), d.size);
  if (plain == d.size) return str_from_ascii(vm, {d.text(), d.size});
  for (uint64_t at = 0;;) {
    plain = utf::ascii_prefix(d.text() + at, d.size - at);
    TRY(d.out.append_ascii({d.text() + at, plain}));
    at += plain;
    if (at >= d.size) break;
    at = TRY(d.fault(at, at + 1, "ordinal not in range(128)"));
  }
  in.consumed = d.size;
  return d.out.finish();
}

Value latin1_decode(Vm& vm, DecodeInput& in) {
  in.consumed = in.data.size();
  return str_from_latin1(vm, in.data);
}

namespace {

template <char32_t kLimit>
Value encode_bytewise(Vm& vm, Str* s, Str* errors, const char* name, const char* reason) {
  auto one = [](Encoder& to, char32_t c) -> Result<bool> {
    if (c >= kLimit) return false;
    TRY(to.out.append(static_cast<uint8_t>(c)));
    return true;
  };
  Encoder e(vm, name, s, errors);
  for (uint64_t at = 0; at < s->length;) {
    uint64_t good = at;
    with_chars(s, [&](auto* p) {
      while (good < s->length && p[good] < kLimit) ++good;
    });
    uint8_t* to = TRY(e.out.extend(good - at));
    with_chars(s, [&](auto* p) {
      for (uint64_t i = at; i < good; ++i) *to++ = static_cast<uint8_t>(p[i]);
    });
    at = good;
    if (at == s->length) break;
    uint64_t end = at + 1;
    with_chars(s, [&](auto* p) {
      while (end < s->length && p[end] >= kLimit) ++end;
    });
    at = TRY(e.fault(at, end, reason, one));
  }
  return e.out.finish();
}

}  // namespace

Value ascii_encode(Vm& vm, Str* s, Str* errors) {
  if (s->is_ascii()) return bytes_from(vm, s->ascii());
  return encode_bytewise<0x80>(vm, s, errors, "ascii", "ordinal not in range(128)");
}

Value latin1_encode(Vm& vm, Str* s, Str* errors) {
  if (s->width() == 1) return bytes_from(vm, std::span<const uint8_t>{s->data1(), s->length});
  return encode_bytewise<0x100>(vm, s, errors, "latin-1", "ordinal not in range(256)");
}

}  // namespace krait
