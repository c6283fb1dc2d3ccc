// _codecs: the registry and the native codecs, as the codecs module and the encodings package call them.
#include "objects/codecs.hpp"

#include "objects/module.hpp"
#include "objects/text_args.hpp"

namespace krait {

namespace {

/// An errors argument: a str or None; null for None.
Result<bool> errors_argument(Vm& vm, Value v, const char* function, Str** out) {
  *out = nullptr;
  if (v.is_unset() || v.is_none()) return true;
  if (!is_str(v))
    return vm.raise(E::TypeError, "{}() argument 2 must be str or None, not {}", function, argument_type(v));
  if (str_contains_nul(as_str(v))) return vm.raise(E::ValueError, "embedded null character");
  *out = as_str(v);
  return true;
}

Value with_length(Vm& vm, Value v, uint64_t length) {
  if (v.is_error()) return Error{};
  return tuple_of(vm, v, Value::small_int(static_cast<int64_t>(length)));
}

/// Reads (data, errors, ...) and runs a decoder: (result, consumed).
template <class Decode>
Value run_decoder(Vm& vm, Args a, const char* name, bool final, Decode decode) {
  Str* errors;
  TRY(errors_argument(vm, a[1], name, &errors));
  ScopedBuffer buffer(vm);
  TRY(buffer.acquire(a[0]));
  DecodeInput in{.object = is_exact(vm, a[0], vm.types.bytes) ? a[0] : Value(),
                 .data = {buffer.get().data, static_cast<size_t>(buffer.get().length)},
                 .errors = errors,
                 .final = final};
  Value v = TRY(decode(in));
  return with_length(vm, v, in.consumed);
}

/// Reads (str, errors) and runs an encoder: (bytes, length of the text).
template <class Encode>
Value run_encoder(Vm& vm, Args a, const char* name, Encode encode) {
  if (!is_str(a[0])) return vm.raise(E::TypeError, "{}() argument 1 must be str, not {}", name, argument_type(a[0]));
  Str* errors;
  TRY(errors_argument(vm, a[1], name, &errors));
  return with_length(vm, encode(as_str(a[0]), errors), as_str(a[0])->length);
}

// --- One pair for each codec

/// The name of a function, as a template argument.
template <size_t N>
struct Name {
  char text[N];
  consteval Name(const char (&name)[N]) {  // NOLINT(google-explicit-constructor)
    for (size_t i = 0; i < N; ++i) text[i] = name[i];
  }
};

template <Name kName, Value (*kDecode)(Vm&, DecodeInput&), bool kFinal>
Value decode_fn(Vm& vm, Args a) {
  bool final = kFinal;
  if (a.n > 2) final = TRY(truth_argument(vm, a, 2, kFinal));
  return run_decoder(vm, a, kName.text, final, [&](DecodeInput& in) { return kDecode(vm, in); });
}
/// Codecs that never wait for more: (data, errors).
template <Name kName, Value (*kDecode)(Vm&, DecodeInput&)>
Value decode_whole(Vm& vm, Args a) {
  return run_decoder(vm, a, kName.text, true, [&](DecodeInput& in) { return kDecode(vm, in); });
}
template <Name kName, Value (*kEncode)(Vm&, Str*, Str*)>
Value encode_fn(Vm& vm, Args a) {
  return run_encoder(vm, a, kName.text, [&](Str* s, Str* errors) { return kEncode(vm, s, errors); });
}
template <Name kName, Value (*kEncode)(Vm&, Str*)>
Value encode_plain(Vm& vm, Args a) {
  return run_encoder(vm, a, kName.text, [&](Str* s, Str*) { return kEncode(vm, s); });
}
template <Name kName, Value (*kDecode)(Vm&, DecodeInput&, Utf&), Utf kOrder>
Value decode_utf(Vm& vm, Args a) {
  bool final = TRY(truth_argument(vm, a, 2, false));
  Utf order = kOrder;
  return run_decoder(vm, a, kName.text, final, [&](DecodeInput& in) { return kDecode(vm, in, order); });
}
template <Name kName, Value (*kEncode)(Vm&, Str*, Str*, Utf), Utf kOrder>
Value encode_utf(Vm& vm, Args a) {
  return run_encoder(vm, a, kName.text, [&](Str* s, Str* errors) { return kEncode(vm, s, errors, kOrder); });
}

Result<Utf> order_argument(Vm& vm, Args a, size_t at) {
  int64_t order = TRY(ssize_argument(vm, a, at, 0));
  return order < 0 ? Utf::kLittle : order > 0 ? Utf::kBig : Utf::kNative;
}
/// (str, errors, byteorder)
template <Name kName, Value (*kEncode)(Vm&, Str*, Str*, Utf)>
Value encode_utf_ordered(Vm& vm, Args a) {
  Utf order = TRY(order_argument(vm, a, 2));
  return run_encoder(vm, a, kName.text, [&](Str* s, Str* errors) { return kEncode(vm, s, errors, order); });
}
/// (data, errors, byteorder, final): also what the byte order is now.
template <Name kName, Value (*kDecode)(Vm&, DecodeInput&, Utf&)>
Value decode_utf_ex(Vm& vm, Args a) {
  Utf order = TRY(order_argument(vm, a, 2));
  bool final = TRY(truth_argument(vm, a, 3, false));
  Value pair = TRY(run_decoder(vm, a, kName.text, final, [&](DecodeInput& in) { return kDecode(vm, in, order); }));
  int64_t found = order == Utf::kLittle ? -1 : order == Utf::kBig ? 1 : 0;
  return tuple_of(vm, pair.as<Tuple>()->items[0], pair.as<Tuple>()->items[1], Value::small_int(found));
}

/// The escape codecs take text too, for programs that were written when that was the same.
template <Name kName, Value (*kDecode)(Vm&, DecodeInput&), bool kTakesFinal>
Value decode_escapes(Vm& vm, Args a) {
  Value data = a[0];
  if (is_str(data)) data = TRY(utf8_encode(vm, as_str(data), nullptr));
  Value args[3] = {data, a[1], kTakesFinal ? a[2] : Value()};
  bool final = kTakesFinal ? TRY(truth_argument(vm, a, 2, true)) : true;
  return run_decoder(vm, {args, 3}, kName.text, final, [&](DecodeInput& in) { return kDecode(vm, in); });
}

Value escape_encode_fn(Vm& vm, Args a) {
  if (!is_bytes(a[0]))
    return vm.raise(E::TypeError, "escape_encode() argument 1 must be bytes, not {}", argument_type(a[0]));
  return with_length(vm, escape_encode(vm, a[0].as<Bytes>()->span()), a[0].as<Bytes>()->length);
}

Value readbuffer_encode(Vm& vm, Args a) {
  Value data = a[0];
  if (is_str(data)) data = TRY(utf8_encode(vm, as_str(data), nullptr));
  ScopedBuffer buffer(vm);
  TRY(buffer.acquire(data));
  uint64_t n = static_cast<uint64_t>(buffer.get().length);
  return with_length(vm, bytes_from(vm, std::span<const uint8_t>{buffer.get().data, n}), n);
}

Value charmap_encode_fn(Vm& vm, Args a) {
  return run_encoder(vm, a, "charmap_encode", [&](Str* s, Str* errors) { return charmap_encode(vm, s, errors, a[2]); });
}
Value charmap_decode_fn(Vm& vm, Args a) {
  return run_decoder(vm, a, "charmap_decode", true, [&](DecodeInput& in) { return charmap_decode(vm, in, a[2]); });
}
Value charmap_build_fn(Vm& vm, Args a) {
  if (!is_str(a[0])) return vm.raise(E::TypeError, "charmap_build() argument must be str, not {}", argument_type(a[0]));
  return charmap_build(vm, as_str(a[0]));
}

// --- The registry

Result<Str*> name_argument(Vm& vm, Value v, const char* function, const char* which) {
  if (!is_str(v))
    return vm.raise(E::TypeError, "{}() argument{} must be str, not {}", function, which, argument_type(v));
  if (str_contains_nul(as_str(v))) return vm.raise(E::ValueError, "embedded null character");
  return as_str(v);
}

Value register_fn(Vm& vm, Args a) {
  TRY(codec_register(vm, a[0]));
  return Value::none();
}
Value unregister_fn(Vm& vm, Args a) {
  TRY(codec_unregister(vm, a[0]));
  return Value::none();
}
Value lookup_fn(Vm& vm, Args a) { return codec_lookup(vm, TRY(name_argument(vm, a[0], "lookup", ""))); }

/// (obj, encoding, errors) of encode() and decode().
template <bool kDecoding>
Value code(Vm& vm, Args a) {
  const char* name = kDecoding ? "decode" : "encode";
  Str* encoding = a.has(1) ? TRY(name_argument(vm, a[1], name, " 'encoding'")) : vm.names.utf_8;
  Str* errors = a.has(2) ? TRY(name_argument(vm, a[2], name, " 'errors'")) : vm.names.strict;
  if (!a.has(2)) errors = nullptr;
  return kDecoding ? codec_decode(vm, a[0], encoding, errors) : codec_encode(vm, a[0], encoding, errors);
}

Value register_error(Vm& vm, Args a) {
  Str* name = TRY(name_argument(vm, a[0], "register_error", " 1"));
  TRY(codec_register_error(vm, name, a[1]));
  return Value::none();
}
Value unregister_error(Vm& vm, Args a) {
  return Value::boolean(TRY(codec_unregister_error(vm, TRY(name_argument(vm, a[0], "_unregister_error", "")))));
}
Value lookup_error(Vm& vm, Args a) { return codec_error_handler(vm, TRY(name_argument(vm, a[0], "lookup_error", ""))); }

constexpr NativeRow kFunctions[] = {
    {"register(search_function, /)", register_fn, 0, "Register a function that finds codecs by their normalised name."},
    {"unregister(search_function, /)", unregister_fn, 0, "Forget a search function and what was looked up."},
    {"lookup(encoding, /)", lookup_fn, 0, "Look up a codec: a CodecInfo."},
    {"encode(obj, encoding='utf-8', errors='strict')", code<false>, 0, "Encode any object with a codec."},
    {"decode(obj, encoding='utf-8', errors='strict')", code<true>, 0, "Decode any object with a codec."},
    {"register_error(errors, handler, /)", register_error, 0, "Register an error handler under a name."},
    {"_unregister_error(errors, /)", unregister_error, 0, "Forget an error handler; says whether there was one."},
    {"lookup_error(name, /)", lookup_error, 0,
     "Return the error handler of this name.\n\nRaises LookupError if there is none."},
    {"escape_encode(data, errors=None, /)", escape_encode_fn},
    {"escape_decode(data, errors=None, /)", decode_escapes<"escape_decode", escape_decode, false>},
    {"utf_8_encode(str, errors=None, /)", encode_fn<"utf_8_encode", utf8_encode>},
    {"utf_8_decode(data, errors=None, final=False, /)", decode_fn<"utf_8_decode", utf8_decode, false>},
    {"utf_7_encode(str, errors=None, /)", encode_fn<"utf_7_encode", utf7_encode>},
    {"utf_7_decode(data, errors=None, final=False, /)", decode_fn<"utf_7_decode", utf7_decode, false>},
    {"utf_16_encode(str, errors=None, byteorder=0, /)", encode_utf_ordered<"utf_16_encode", utf16_encode>},
    {"utf_16_le_encode(str, errors=None, /)", encode_utf<"utf_16_le_encode", utf16_encode, Utf::kLittle>},
    {"utf_16_be_encode(str, errors=None, /)", encode_utf<"utf_16_be_encode", utf16_encode, Utf::kBig>},
    {"utf_16_decode(data, errors=None, final=False, /)", decode_utf<"utf_16_decode", utf16_decode, Utf::kNative>},
    {"utf_16_le_decode(data, errors=None, final=False, /)", decode_utf<"utf_16_le_decode", utf16_decode, Utf::kLittle>},
    {"utf_16_be_decode(data, errors=None, final=False, /)", decode_utf<"utf_16_be_decode", utf16_decode, Utf::kBig>},
    {"utf_16_ex_decode(data, errors=None, byteorder=0, final=False, /)",
     decode_utf_ex<"utf_16_ex_decode", utf16_decode>},
    {"utf_32_encode(str, errors=None, byteorder=0, /)", encode_utf_ordered<"utf_32_encode", utf32_encode>},
    {"utf_32_le_encode(str, errors=None, /)", encode_utf<"utf_32_le_encode", utf32_encode, Utf::kLittle>},
    {"utf_32_be_encode(str, errors=None, /)", encode_utf<"utf_32_be_encode", utf32_encode, Utf::kBig>},
    {"utf_32_decode(data, errors=None, final=False, /)", decode_utf<"utf_32_decode", utf32_decode, Utf::kNative>},
    {"utf_32_le_decode(data, errors=None, final=False, /)", decode_utf<"utf_32_le_decode", utf32_decode, Utf::kLittle>},
    {"utf_32_be_decode(data, errors=None, final=False, /)", decode_utf<"utf_32_be_decode", utf32_decode, Utf::kBig>},
    {"utf_32_ex_decode(data, errors=None, byteorder=0, final=False, /)",
     decode_utf_ex<"utf_32_ex_decode", utf32_decode>},
    {"unicode_escape_encode(str, errors=None, /)", encode_plain<"unicode_escape_encode", unicode_escape_encode>},
    {"unicode_escape_decode(data, errors=None, final=True, /)",
     decode_escapes<"unicode_escape_decode", unicode_escape_decode, true>},
    {"raw_unicode_escape_encode(str, errors=None, /)",
     encode_plain<"raw_unicode_escape_encode", raw_unicode_escape_encode>},
    {"raw_unicode_escape_decode(data, errors=None, final=True, /)",
     decode_escapes<"raw_unicode_escape_decode", raw_unicode_escape_decode, true>},
    {"latin_1_encode(str, errors=None, /)", encode_fn<"latin_1_encode", latin1_encode>},
    {"latin_1_decode(data, errors=None, /)", decode_whole<"latin_1_decode", latin1_decode>},
    {"ascii_encode(str, errors=None, /)", encode_fn<"ascii_encode", ascii_encode>},
    {"ascii_decode(data, errors=None, /)", decode_whole<"ascii_decode", ascii_decode>},
    {"charmap_encode(str, errors=None, mapping=None, /)", charmap_encode_fn},
    {"charmap_decode(data, errors=None, mapping=None, /)", charmap_decode_fn},
    {"charmap_build(map, /)", charmap_build_fn},
    {"readbuffer_encode(data, errors=None, /)", readbuffer_encode},
};

}  // namespace

extern constinit const ModuleSpec codecs_module{
    .name = "_codecs",
    .doc = "The codec registry and the native codecs.",
    .functions = kFunctions,
};

}  // namespace krait
