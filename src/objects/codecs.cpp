// The codec registry, and the short ways to the native codecs.
#include "objects/codecs.hpp"

#include "objects/codec_errors.hpp"
#include "objects/dict.hpp"
#include "objects/exception.hpp"
#include "objects/memoryview.hpp"
#include "objects/module.hpp"
#include "objects/operations.hpp"
#include "objects/quick.hpp"

namespace krait {

namespace {

struct CodecRegistry : Extension {
  List* searches = nullptr;
  Dict* codecs = nullptr;    ///< by normalised name
  Dict* handlers = nullptr;  ///< of errors, by name
  bool encodings_imported = false;
  void trace(Marker& marker) override {
    marker.mark_cell(searches);
    marker.mark_cell(codecs);
    marker.mark_cell(handlers);
  }
};

constexpr NativeRow kHandlers[] = {
    {"strict_errors(exception, /)", strict_errors, 0, "Raise the exception."},
    {"ignore_errors(exception, /)", ignore_errors, 0, "Leave out what cannot be coded."},
    {"replace_errors(exception, /)", replace_errors, 0, "Put a replacement character for what cannot be coded."},
    {"xmlcharrefreplace_errors(exception, /)", xmlcharrefreplace_errors, 0,
     "Put character references for what cannot be encoded."},
    {"backslashreplace_errors(exception, /)", backslashreplace_errors, 0,
     "Put backslash escapes for what cannot be coded."},
    {"namereplace_errors(exception, /)", namereplace_errors, 0, "Put \\N{...} escapes for what cannot be encoded."},
    {"surrogateescape(exception, /)", surrogateescape_errors, 0,
     "Keep bytes that cannot be decoded as lone surrogates."},
    {"surrogatepass(exception, /)", surrogatepass_errors, 0, "Let surrogates through."},
};

Result<CodecRegistry*> registry_of(Vm& vm) {
  CodecRegistry& r = vm.extension<CodecRegistry>();
  if (r.handlers != nullptr) return &r;
  r.searches = TRY(list_new(vm));
  r.codecs = TRY(dict_new(vm));
  Dict* handlers = TRY(dict_new(vm));
  for (const NativeRow& row : kHandlers) {
    Value f = TRY(native_function_new(vm, row, Value(), "_codecs"));
    // Some functions' names say more than the handler's.
    std::string_view name = row.name();
    if (name.ends_with("_errors")) name.remove_suffix(7);
    TRY(dict_set_str(vm, handlers, TRY(vm.intern(name)), f));
  }
  r.handlers = handlers;
  return &r;
}

/// As search functions get it: letters and digits in lower case, anything between as one underscore.
Result<Str*> normalised(Vm& vm, const Str* name) {
  std::string out;
  bool gap = false;
  for (uint64_t i = 0; i < name->length; ++i) {
    char32_t c = name->at(i);
    bool keep = c < 0x80 && (c - '0' < 10 || (c | 0x20) - 'a' < 26 || c == '.');
    if (!keep) {
      gap = true;
      continue;
    }
    if (gap && !out.empty()) out.push_back('_');
    gap = false;
    out.push_back(static_cast<char>(c - 'A' < 26 ? c + 32 : c));
  }
  return str_from_ascii(vm, out);
}

enum class Native { kNone, kUtf8, kAscii, kLatin1, kUtf16, kUtf16Le, kUtf16Be, kUtf32, kUtf32Le, kUtf32Be };

/// The native codec that a name means beyond doubt.
Native native_codec(const Str* name) {
  if (name == nullptr) return Native::kUtf8;
  if (!name->is_ascii() || name->length > 16 || name->length < 4) return Native::kNone;
  char text[16];
  size_t n = 0;
  for (char c : name->ascii()) text[n++] = c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c == '_' ? '-' : c;
  std::string_view s(text, n);
  if (s == "utf-8" || s == "utf8") return Native::kUtf8;
  if (s == "ascii" || s == "us-ascii") return Native::kAscii;
  if (s == "latin-1" || s == "latin1" || s == "iso-8859-1" || s == "iso8859-1") return Native::kLatin1;
  if (s == "utf-16" || s == "utf16") return Native::kUtf16;
  if (s == "utf-32" || s == "utf32") return Native::kUtf32;
  if (s == "utf-16-le") return Native::kUtf16Le;
  if (s == "utf-16-be") return Native::kUtf16Be;
  if (s == "utf-32-le") return Native::kUtf32Le;
  if (s == "utf-32-be") return Native::kUtf32Be;
  return Native::kNone;
}

Value encode_native(Vm& vm, Native codec, Str* s, Str* errors) {
  switch (codec) {
    case Native::kUtf8: return utf8_encode(vm, s, errors);
    case Native::kAscii: return ascii_encode(vm, s, errors);
    case Native::kLatin1: return latin1_encode(vm, s, errors);
    case Native::kUtf16: return utf16_encode(vm, s, errors, Utf::kNative);
    case Native::kUtf16Le: return utf16_encode(vm, s, errors, Utf::kLittle);
    case Native::kUtf16Be: return utf16_encode(vm, s, errors, Utf::kBig);
    case Native::kUtf32: return utf32_encode(vm, s, errors, Utf::kNative);
    case Native::kUtf32Le: return utf32_encode(vm, s, errors, Utf::kLittle);
    default: return utf32_encode(vm, s, errors, Utf::kBig);
  }
}

Value decode_native(Vm& vm, Native codec, DecodeInput& in) {
  Utf order = codec == Native::kUtf16Le || codec == Native::kUtf32Le   ? Utf::kLittle
              : codec == Native::kUtf16Be || codec == Native::kUtf32Be ? Utf::kBig
                                                                       : Utf::kNative;
  switch (codec) {
    case Native::kUtf8: return utf8_decode(vm, in);
    case Native::kAscii: return ascii_decode(vm, in);
    case Native::kLatin1: return latin1_decode(vm, in);
    case Native::kUtf16:
    case Native::kUtf16Le:
    case Native::kUtf16Be: return utf16_decode(vm, in, order);
    default: return utf32_decode(vm, in, order);
  }
}

/// Adds "encoding with 'x' codec failed" to the pending exception.
Error note_failure(Vm& vm, const char* what, Str* encoding) {
  Value exception = vm.take_pending();
  if (!exception_is_uncatchable(vm, exception)) {
    Result<Str*> note = str_message(vm, "{} with '{}' codec failed", what, encoding);
    if (note.is_error() || exception_add_note(vm, exception, note.unchecked()).is_error()) {
      if (!vm.clear_pending()) return Error{};
    }
  }
  vm.t.pending = exception;
  return Error{};
}

/// Runs a codec's encoder (part 0) or decoder (part 1): the first of the two things it gives.
Value run_codec(Vm& vm, Value codec, bool decode, Value object, Str* encoding, Str* errors) {
  Value f = codec.as<Tuple>()->items[decode ? 1 : 0];
  Value result = errors == nullptr ? call1(vm, f, object) : call2(vm, f, object, errors);
  if (result.is_error()) return note_failure(vm, decode ? "decoding" : "encoding", encoding);
  if (!is_tuple(result) || result.as<Tuple>()->length != 2)
    return vm.raise(E::TypeError, decode ? "decoder must return a tuple (object,integer)"
                                         : "encoder must return a tuple (object, integer)");
  return result.as<Tuple>()->items[0];
}

/// A codec that text goes through: not one of those that str.encode() and bytes.decode() refuse.
Value text_codec(Vm& vm, Str* encoding, const char* instead) {
  Value codec = TRY(codec_lookup(vm, encoding));
  if (is_exact_tuple(vm, codec)) return codec;
  Value is_text = TRY(get_attr_optional(vm, codec, TRY(vm.intern("_is_text_encoding"))));
  if (!is_text.is_exhausted() && !TRY(truthy(vm, is_text)))
    return vm.raise(E::LookupError, "'{}' is not a text encoding; use {} to handle arbitrary codecs", encoding,
                    instead);
  return codec;
}

}  // namespace

// --- str.encode and bytes.decode

namespace {

/// What development mode adds: wrong names are errors even where nothing has to be looked up.
[[gnu::cold]] Status check_names(Vm& vm, Str* encoding, Str* errors) {
  if (encoding != nullptr) TRY(codec_lookup(vm, encoding));
  if (errors != nullptr) TRY(codec_error_handler(vm, errors));
  return {};
}

}  // namespace

Value str_encode(Vm& vm, Str* s, Str* encoding, Str* errors) {
  if (vm.check_codecs) [[unlikely]]
    TRY(check_names(vm, encoding, errors));
  Native native = native_codec(encoding);
  if (native != Native::kNone) [[likely]]
    return encode_native(vm, native, s, errors);
  Value codec = TRY(text_codec(vm, encoding, "codecs.encode()"));
  Value v = TRY(run_codec(vm, codec, false, s, encoding, errors));
  if (is_bytes(v)) return v;
  if (is_bytearray(v)) {
    std::string message = "encoder " + str_to_utf8(encoding) +
                          " returned bytearray instead of bytes; use codecs.encode() to encode to arbitrary types";
    TRY(warn(vm, E::RuntimeWarning, message));
    return bytes_from(vm, std::span<const uint8_t>{v.as<ByteArray>()->data(), v.as<ByteArray>()->length});
  }
  return vm.raise(E::TypeError,
                  "'{}' encoder returned '{}' instead of 'bytes'; use codecs.encode() to encode to arbitrary types",
                  encoding, type_name_of(v));
}

Value bytes_decode(Vm& vm, Value object, Str* encoding, Str* errors) {
  if (vm.check_codecs) [[unlikely]]
    TRY(check_names(vm, encoding, errors));
  Native native = native_codec(encoding);
  if (native != Native::kNone) [[likely]] {
    ScopedBuffer buffer(vm);
    TRY(buffer.acquire(object));
    DecodeInput in{.object = is_exact(vm, object, vm.types.bytes) ? object : Value(),
                   .data = {buffer.get().data, static_cast<size_t>(buffer.get().length)},
                   .errors = errors};
    return decode_native(vm, native, in);
  }
  if (!has_buffer(vm, object))
    return vm.raise(E::TypeError, "a bytes-like object is required, not '{}'", type_name_of(object));
  Value codec = TRY(text_codec(vm, encoding, "codecs.decode()"));
  Value input = is_exact(vm, object, vm.types.bytes) ? object : TRY(memoryview_new(vm, object));
  Value v = run_codec(vm, codec, true, input, encoding, errors);
  if (is_memoryview(input)) TRY(memoryview_release(vm, input.as<MemoryView>()));
  if (v.is_error() || is_str(v)) return v;
  return vm.raise(E::TypeError,
                  "'{}' decoder returned '{}' instead of 'str'; use codecs.decode() to decode to arbitrary types",
                  encoding, type_name_of(v));
}

// --- The registry

Status codec_register(Vm& vm, Value search) {
  if (!is_callable(vm, search)) return vm.raise(E::TypeError, "argument must be callable");
  CodecRegistry* r = TRY(registry_of(vm));
  return list_append(vm, r->searches, search);
}

Status codec_unregister(Vm& vm, Value search) {
  CodecRegistry* r = TRY(registry_of(vm));
  for (uint64_t i = 0; i < r->searches->length; ++i) {
    if (!r->searches->items()[i].is(search)) continue;
    dict_clear(vm, r->codecs);
    return list_delete(vm, r->searches, static_cast<int64_t>(i), static_cast<int64_t>(i) + 1);
  }
  return {};
}

Value codec_lookup(Vm& vm, Str* encoding) {
  CodecRegistry* r = TRY(registry_of(vm));
  if (!r->encodings_imported) {
    r->encodings_imported = true;  // importing it looks codecs up
    if (vm.import_hook != nullptr && vm.import_hook(vm, "encodings").is_error()) {
      // Without a library there are only the codecs that programs register.
      if (!vm.pending_is(E::ModuleNotFoundError) || !vm.clear_pending()) {
        r->encodings_imported = false;
        return Error{};
      }
    }
  }
  Str* name = TRY(normalised(vm, encoding));
  Value known = dict_get_str(vm, r->codecs, name);
  if (!known.is_unset()) return known;
  for (uint64_t i = 0; i < r->searches->length; ++i) {
    TRY(vm.poll());
    Value found = TRY(call1(vm, r->searches->items()[i], name));
    if (found.is_none()) continue;
    if (!is_tuple(found) || found.as<Tuple>()->length != 4)
      return vm.raise(E::TypeError, "codec search functions must return 4-tuples");
    TRY(dict_set_str(vm, r->codecs, name, found));
    return found;
  }
  return vm.raise(E::LookupError, "unknown encoding: {}", encoding);
}

Status codec_register_error(Vm& vm, Str* name, Value handler) {
  if (!is_callable(vm, handler)) return vm.raise(E::TypeError, "handler must be callable");
  CodecRegistry* r = TRY(registry_of(vm));
  return dict_set_str(vm, r->handlers, TRY(str_exact(vm, name)), handler);
}

Result<bool> codec_unregister_error(Vm& vm, Str* name) {
  for (const NativeRow& row : kHandlers)
    if (name->equals(row.name()))
      return vm.raise(E::ValueError, "cannot un-register built-in error handler '{}'", name);
  CodecRegistry* r = TRY(registry_of(vm));
  return dict_del_str(vm, r->handlers, name);
}

Value codec_error_handler(Vm& vm, Str* name) {
  CodecRegistry* r = TRY(registry_of(vm));
  if (name == nullptr) name = vm.names.strict;
  Value handler = dict_get_str(vm, r->handlers, name);
  if (handler.is_unset()) return vm.raise(E::LookupError, "unknown error handler name '{}'", name);
  return handler;
}

Value codec_encode(Vm& vm, Value object, Str* encoding, Str* errors) {
  Value codec = TRY(codec_lookup(vm, encoding));
  return run_codec(vm, codec, false, object, encoding, errors);
}
Value codec_decode(Vm& vm, Value object, Str* encoding, Str* errors) {
  Value codec = TRY(codec_lookup(vm, encoding));
  return run_codec(vm, codec, true, object, encoding, errors);
}

}  // namespace krait
