// Codecs: text to bytes and back, with error handlers; the registry behind `_codecs`.
//
// The codecs that every program uses are native and found by name without importing `encodings`. Others go through the registry.
#pragma once

#include <string_view>

#include "objects/bytes.hpp"
#include "objects/str.hpp"

namespace krait {

/// s.encode(encoding, errors); null: utf-8, strict. The result is a Bytes.
Value str_encode(Vm& vm, Str* s, Str* encoding = nullptr, Str* errors = nullptr);
/// bytes.decode(encoding, errors) of any bytes-like object. The result is a Str.
Value bytes_decode(Vm& vm, Value object, Str* encoding = nullptr, Str* errors = nullptr);

// --- The native codecs. `errors` null: strict. Decoders are given a bytes-like object's content (`object` a Bytes, or unset) and
// say how much they consumed; unless `final` an unfinished sequence at the end is left for later.
struct DecodeInput {
  Value object;
  std::span<const uint8_t> data;
  Str* errors = nullptr;
  bool final = true;
  uint64_t consumed = 0;  ///< set by the decoder
};
enum class Utf { kNative, kLittle, kBig };  ///< kNative: with a byte order mark
Value utf8_encode(Vm& vm, Str* s, Str* errors);
Value utf8_decode(Vm& vm, DecodeInput& in);
Value ascii_encode(Vm& vm, Str* s, Str* errors);
Value ascii_decode(Vm& vm, DecodeInput& in);
Value latin1_encode(Vm& vm, Str* s, Str* errors);
Value latin1_decode(Vm& vm, DecodeInput& in);
Value utf16_encode(Vm& vm, Str* s, Str* errors, Utf order);
/// `order` kNative: read from a mark, which is not part of the text; it is set to what was found.
Value utf16_decode(Vm& vm, DecodeInput& in, Utf& order);
Value utf32_encode(Vm& vm, Str* s, Str* errors, Utf order);
Value utf32_decode(Vm& vm, DecodeInput& in, Utf& order);
Value utf7_encode(Vm& vm, Str* s, Str* errors);
Value utf7_decode(Vm& vm, DecodeInput& in);
Value unicode_escape_encode(Vm& vm, Str* s);
Value unicode_escape_decode(Vm& vm, DecodeInput& in);
Value raw_unicode_escape_encode(Vm& vm, Str* s);
Value raw_unicode_escape_decode(Vm& vm, DecodeInput& in);
/// Bytes with the escapes of bytes literals; and the way back.
Value escape_decode(Vm& vm, DecodeInput& in);
Value escape_encode(Vm& vm, std::span<const uint8_t> data);
/// `mapping` None: latin-1; for decoding a str (or mapping) of 256, for encoding an EncodingMap or any mapping.
Value charmap_encode(Vm& vm, Str* s, Str* errors, Value mapping);
Value charmap_decode(Vm& vm, DecodeInput& in, Value mapping);
/// The inverse of a decoding table, for charmap_encode.
Value charmap_build(Vm& vm, Str* table);

// --- The registry
/// Adds a search function. TypeError if it cannot be called.
Status codec_register(Vm& vm, Value search);
Status codec_unregister(Vm& vm, Value search);
/// The tuple of (encoder, decoder, reader, writer). LookupError.
Value codec_lookup(Vm& vm, Str* encoding);
Status codec_register_error(Vm& vm, Str* name, Value handler);
Result<bool> codec_unregister_error(Vm& vm, Str* name);
/// LookupError "unknown error handler name 'x'". Null: strict.
Value codec_error_handler(Vm& vm, Str* name);
/// codecs.encode() and codecs.decode(): any object through any codec.
Value codec_encode(Vm& vm, Value object, Str* encoding, Str* errors);
Value codec_decode(Vm& vm, Value object, Str* encoding, Str* errors);

}  // namespace krait
