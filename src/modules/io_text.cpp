// _io.TextIOWrapper and IncrementalNewlineDecoder: text on top of a binary stream.
//
// UTF-8, ASCII and Latin-1 are encoded and decoded natively; any other codec goes through its incremental encoder and decoder. What
// has been decoded but not read lies in `decoded` from `used` on; `chunk` are the bytes it came from, so that tell() can find
// the place of any character.
#include <cstring>
#include <string>

#include "modules/io_module.hpp"
#include "modules/io_newlines.hpp"
#include "objects/codecs.hpp"
#include "objects/exception.hpp"
#include "objects/int.hpp"
#include "objects/operations.hpp"
#include "objects/sequences.hpp"
#include "runtime/import.hpp"
#include "runtime/system.hpp"

namespace krait::io {
namespace {

constexpr int64_t kChunkSize = 8192;
constexpr size_t kFirstPending = 2 * kChunkSize;

enum class Native : uint8_t { kNone, kUtf8, kAscii, kLatin1 };

struct TextIO : Object {
  Value buffer;
  Str* encoding;
  Str* errors;
  Value encoder, decoder;  ///< incremental codec objects, when not native
  Native native;
  Newlines reading;  ///< how lines end, and what is translated, when reading
  Newlines writing;
  bool line_buffering, write_through, ready, detached, seekable, telling, at_end, encoding_started;
  bool can_read, can_write;  ///< what the buffer said when the codec was chosen
  Storage* pending;          ///< encoded bytes not yet given to the buffer
  int64_t pending_length;
  Str* decoded;
  uint64_t used;
  Bytes* chunk;           ///< what `decoded` was decoded from, bytes left over from before included
  bool chunk_pending_cr;  ///< a "\r" was held back when the chunk began
  uint8_t left[4];        ///< an unfinished sequence at the end of the chunk
  uint8_t left_count;
  int64_t chunk_size;
  Value decoder_state;  ///< of the codec's decoder at the chunk's begin
};
TextIO* self_of(Value v) { return v.as<TextIO>(); }
void trace_text(Heap&, Cell* cell, Marker& marker) {
  TextIO* t = static_cast<TextIO*>(cell);
  marker.mark(t->buffer);
  marker.mark_cell(t->encoding);
  marker.mark_cell(t->errors);
  marker.mark(t->encoder);
  marker.mark(t->decoder);
  marker.mark_cell(t->pending);
  marker.mark_cell(t->decoded);
  marker.mark_cell(t->chunk);
  marker.mark(t->decoder_state);
}

Status check_ready(Vm& vm, TextIO* t) {
  if (t->ready) return {};
  if (t->detached) return vm.raise(E::ValueError, "underlying buffer has been detached");
  return vm.raise(E::ValueError, "I/O operation on uninitialized object");
}
/// A call of the buffer, which Python code that ran meanwhile may have detached.
Value call_buffer(Vm& vm, TextIO* t, const char* method, std::span<const Value> args = {}) {
  if (t->buffer.is_unset()) return vm.raise(E::ValueError, "underlying buffer has been detached");
  return call_name(vm, t->buffer, method, args);
}
Value call_buffer(Vm& vm, TextIO* t, const char* method, Value a) {
  return call_buffer(vm, t, method, std::span<const Value>(&a, 1));
}
Status check_open(Vm& vm, TextIO* t) {
  TRY(check_ready(vm, t));
  if (TRY(is_closed(vm, t->buffer))) return closed_error(vm);
  return {};
}

Native native_of(Str* encoding) {
  std::string name;
  for (uint64_t i = 0; i < encoding->length; ++i) {
    char32_t c = encoding->at(i);
    if (c >= 'A' && c <= 'Z') c += 32;
    if (c == '_' || c == ' ') c = '-';
    if (c >= 128) return Native::kNone;
    name.push_back(static_cast<char>(c));
  }
  if (name == "utf-8" || name == "utf8" || name == "u8" || name == "cp65001") return Native::kUtf8;
  if (name == "ascii" || name == "us-ascii" || name == "646" || name == "ansi-x3.4-1968") return Native::kAscii;
  if (name == "latin-1" || name == "latin1" || name == "iso-8859-1" || name == "iso8859-1" || name == "8859" ||
      name == "l1")
    return Native::kLatin1;
  return Native::kNone;
}

/// codecs.lookup(encoding).<method>(errors)
Value incremental(Vm& vm, TextIO* t, const char* method) {
  Value info = codec_lookup(vm, t->encoding);
  if (info.is_error()) return info;
  Value factory = get_attr(vm, info, TRY(vm.intern(method)));
  if (factory.is_error()) return factory;
  return call1(vm, factory, t->errors);
}

Status start_codec(Vm& vm, TextIO* t) {
  t->native = native_of(t->encoding);
  t->encoder = t->decoder = Value();
  t->can_read = TRY(ask(vm, t->buffer, "readable"));
  t->can_write = TRY(ask(vm, t->buffer, "writable"));
  if (t->native != Native::kNone) return {};
  Value info = codec_lookup(vm, t->encoding);
  if (info.is_error()) return Error{};
  Value is_text = get_attr_optional(vm, info, TRY(vm.intern("_is_text_encoding")));
  if (is_text.is_error()) return Error{};
  if (is_text.is_false())
    return vm.raise(E::LookupError, "'{}' is not a text encoding; use codecs.open() to handle arbitrary codecs",
                    t->encoding);
  if (t->can_read) {
    t->decoder = incremental(vm, t, "incrementaldecoder");
    if (t->decoder.is_error()) return Error{};
  }
  if (t->can_write) {
    t->encoder = incremental(vm, t, "incrementalencoder");
    if (t->encoder.is_error()) return Error{};
  }
  vm.barrier(t);
  return {};
}

Value text_construct(Vm& vm, Args a) { return vm.new_instance<TextIO>(a[0].as<Type>()); }

Status check_newline(Vm& vm, Value newline) {
  if (!newline.is_none() && !is_str(newline))
    return vm.raise(E::TypeError, "TextIOWrapper() argument 'newline' must be str or None, not {}",
                    type_name_of(newline));
  Newlines probe;
  if (probe.set(vm, newline).ok()) return {};
  if (!vm.pending_is(E::ValueError) || !vm.clear_pending()) return Error{};
  return vm.raise(E::ValueError, "illegal newline value: {}", as_str(newline));
}
void set_newlines(Vm& vm, TextIO* t, Value newline) {
  (void)t->reading.set(vm, newline).ok();
  (void)t->writing.set(vm, newline).ok();
}

/// In a stream that has a beginning already, the encoder writes no byte order mark.
Status continue_encoding(Vm& vm, TextIO* t) {
  if (!t->seekable || t->encoder.is_unset()) return {};
  Value at = TRY(call_buffer(vm, t, "tell"));
  if (at.is(Value::small_int(0))) return {};
  TRY(call_name(vm, t->encoder, "setstate", Value::small_int(0)));
  return {};
}

/// A name that C code would take as text: UTF-8 without a null character.
Status check_codec_name(Vm& vm, Str* name) {
  if (!name->is_ascii()) TRY(utf8_encode(vm, name, vm.names.strict));
  if (str_to_utf8(name).find('\0') != std::string::npos) return vm.raise(E::ValueError, "embedded null character");
  return {};
}

Value text_init(Vm& vm, Args a) {
  // self, buffer, encoding, errors, newline, line_buffering, write_through
  TextIO* t = self_of(a[0]);
  t->ready = t->detached = false;
  Value encoding = a.get(2, Value::none()), errors = a.get(3, Value::none()), newline = a.get(4, Value::none());
  if (!encoding.is_none() && !is_str(encoding))
    return vm.raise(E::TypeError, "TextIOWrapper() argument 'encoding' must be str or None, not {}",
                    type_name_of(encoding));
  if (!errors.is_none() && !is_str(errors))
    return vm.raise(E::TypeError, "TextIOWrapper() argument 'errors' must be str or None, not {}",
                    type_name_of(errors));
  TRY(check_newline(vm, newline));
  if (encoding.is_none() && system_of(vm).options.warn_default_encoding)
    TRY(warn(vm, E::EncodingWarning, "'encoding' argument not specified", 1));
  if (vm.check_codecs && is_str(errors)) TRY(codec_error_handler(vm, as_str(errors)));
  if (encoding.is_none() || as_str(encoding)->equals("locale")) {
    t->encoding = TRY(vm.intern("UTF-8"));
  } else {
    t->encoding = as_str(encoding);
    TRY(check_codec_name(vm, t->encoding));
  }
  t->errors = errors.is_none() ? vm.names.strict : as_str(errors);
  TRY(check_codec_name(vm, t->errors));
  t->buffer = a[1];
  t->line_buffering = a.has(5) && TRY(truthy(vm, a[5]));
  t->write_through = a.has(6) && TRY(truthy(vm, a[6]));
  set_newlines(vm, t, newline);
  t->pending_length = 0;
  t->decoded = nullptr;
  t->used = 0;
  t->chunk = nullptr;
  t->left_count = 0;
  t->chunk_size = kChunkSize;
  t->at_end = false;
  t->encoding_started = false;
  vm.barrier(t);
  TRY(start_codec(vm, t));
  t->seekable = t->telling = TRY(ask(vm, t->buffer, "seekable"));
  t->ready = true;
  TRY(continue_encoding(vm, t));
  return Value::none();
}

// --- writing
Status give_pending(Vm& vm, TextIO* t) {
  if (t->pending_length == 0) return {};
  Bytes* data = TRY(
      bytes_from(vm, std::span<const uint8_t>(t->pending->data<uint8_t>(), static_cast<size_t>(t->pending_length))));
  t->pending_length = 0;
  Value done = call_buffer(vm, t, "write", data);
  if (done.is_error()) return Error{};
  return {};
}
Status add_pending(Vm& vm, TextIO* t, const uint8_t* data, uint64_t n) {
  // What waits is never more than a chunk, unless one write is.
  // (A buffer may write here again while it takes what waited.)
  while (t->pending_length != 0 && t->pending_length + static_cast<int64_t>(n) > t->chunk_size) {
    TRY(vm.poll());
    TRY(give_pending(vm, t));
  }
  size_t needed = static_cast<size_t>(t->pending_length) + n;
  if (t->pending == nullptr) {
    t->pending = TRY(vm.allocate_storage(needed < kFirstPending ? kFirstPending : needed));
    vm.barrier(t);
  } else if (t->pending->capacity < needed) {
    t->pending = TRY(vm.resize_storage(t->pending, needed + needed / 2));
    vm.barrier(t);
  }
  std::memcpy(t->pending->data<uint8_t>() + t->pending_length, data, n);
  t->pending_length += static_cast<int64_t>(n);
  return {};
}
Value encode(Vm& vm, TextIO* t, Str* text) {
  switch (t->native) {
    case Native::kUtf8: return utf8_encode(vm, text, t->errors);
    case Native::kAscii: return ascii_encode(vm, text, t->errors);
    case Native::kLatin1: return latin1_encode(vm, text, t->errors);
    default: break;
  }
  if (t->encoder.is_unset()) return unsupported(vm, "not writable");
  Value data = call_name(vm, t->encoder, "encode", text);
  if (!data.is_error() && !is_bytes(data))
    return vm.raise(E::TypeError, "encoder should return a bytes object, not '{}'", type_name_of(data));
  return data;
}
void forget_read(TextIO* t) {
  t->decoded = nullptr;
  t->used = 0;
  t->chunk = nullptr;
}

Value text_write(Vm& vm, Args a) {
  TextIO* t = self_of(a[0]);
  TRY(check_ready(vm, t));
  if (!is_str(a[1])) return vm.raise(E::TypeError, "write() argument must be str, not {}", argument_type(a[1]));
  TRY(check_open(vm, t));
  if (!t->can_write) return unsupported(vm, "not writable");
  Str* text = as_str(a[1]);
  uint64_t length = text->length;
  bool newline_inside = false, return_inside = false;
  if (t->line_buffering || t->writing.mode == Newlines::kCr || t->writing.mode == Newlines::kCrLf) {
    for (uint64_t i = 0; i < length && !newline_inside; ++i) {
      char32_t c = text->at(i);
      newline_inside |= c == '\n';
      return_inside |= c == '\r';
    }
  }
  if (newline_inside && vm.type_of(a[1]) != vm.types.str &&
      (t->writing.mode == Newlines::kCr || t->writing.mode == Newlines::kCrLf)) {
    // A subclass replaces line ends its own way.
    Value args[] = {vm.latin1_chars['\n'],
                    t->writing.mode == Newlines::kCr ? Value(vm.latin1_chars['\r']) : Value(TRY(vm.intern("\r\n")))};
    Value replaced = TRY(call_method(vm, a[1], TRY(vm.intern("replace")), args));
    if (!is_str(replaced))
      return vm.raise(E::TypeError, "replace() should return a str, not {}", type_name_of(replaced));
    TRY(check_ready(vm, t));
    text = as_str(replaced);
  } else if (newline_inside) {
    text = TRY(t->writing.translate_for_writing(vm, text));
  }
  // ASCII is its own encoding in the native codecs.
  if (t->native != Native::kNone && text->is_ascii()) {
    if (!t->seekable || t->native != Native::kNone) TRY(add_pending(vm, t, text->data1(), text->length));
  } else {
    Value data = encode(vm, t, text);
    if (data.is_error()) return data;
    TRY(add_pending(vm, t, data.as<Bytes>()->data, data.as<Bytes>()->length));
  }
  bool flush = t->write_through || (t->line_buffering && (newline_inside || return_inside));
  if (t->pending_length >= t->chunk_size || flush) TRY(give_pending(vm, t));
  if (t->line_buffering && (newline_inside || return_inside)) {
    Value done = call_buffer(vm, t, "flush");
    if (done.is_error()) return done;
  }
  // Where a stream goes both ways at one place, what was read ahead is no longer what follows.
  if (t->seekable) {
    forget_read(t);
    t->left_count = 0;
  }
  if (!t->decoder.is_unset()) {
    Value done = call_name(vm, t->decoder, "reset");
    if (done.is_error()) return done;
  }
  return int_from_u64(vm, length);
}
Value text_flush(Vm& vm, Args a) {
  TextIO* t = self_of(a[0]);
  TRY(check_open(vm, t));
  t->telling = t->seekable;
  TRY(give_pending(vm, t));
  return call_buffer(vm, t, "flush");
}

// --- reading
/// Decodes the next bytes. At the end of the stream `final` is set.
Result<Str*> decode(Vm& vm, TextIO* t, Bytes* data, bool final) {
  if (t->native == Native::kNone) {
    Value args[] = {data, Value::boolean(final)};
    Value text = call_name(vm, t->decoder, "decode", args);
    if (text.is_error()) return Error{};
    if (!is_str(text))
      return vm.raise(E::TypeError, "decoder should return a string result, not '{}'", type_name_of(text));
    return as_str(text);
  }
  DecodeInput in;
  in.object = data;
  in.data = data->span();
  in.errors = t->errors;
  in.final = final;
  Value text = t->native == Native::kUtf8    ? utf8_decode(vm, in)
               : t->native == Native::kAscii ? ascii_decode(vm, in)
                                             : latin1_decode(vm, in);
  if (text.is_error()) return Error{};
  uint64_t rest = data->length - in.consumed;
  t->left_count = static_cast<uint8_t>(rest < 4 ? rest : 0);
  for (uint64_t i = 0; i < t->left_count; ++i) t->left[i] = data->data[in.consumed + i];
  return as_str(text);
}

struct DecoderState {
  Value tuple;  ///< (bytes held back, flags), as getstate() gave it
  Bytes* held;
  Value flags;  ///< an int
};
/// decoder.getstate(), looked at before anything trusts it.
Result<DecoderState> decoder_getstate_checked(Vm& vm, Value decoder) {
  Value state = TRY(call_name(vm, decoder, "getstate"));
  if (!is_tuple(state)) return vm.raise(E::TypeError, "illegal decoder state");
  if (state.as<Tuple>()->length != 2) return vm.raise(E::TypeError, "illegal decoder state");
  Value held = state.as<Tuple>()->items[0], flags = state.as<Tuple>()->items[1];
  if (!is_bytes(held))
    return vm.raise(E::TypeError, "illegal decoder state: the first item should be a bytes object, not '{}'",
                    type_name_of(held));
  if (!is_int(flags)) return vm.raise(E::TypeError, "illegal decoder state");
  return DecoderState{state, held.as<Bytes>(), flags};
}

/// Reads and decodes one chunk. False at the end of the stream.
Result<bool> read_chunk(Vm& vm, TextIO* t, int64_t hint = 0) {
  if (t->native == Native::kNone && t->decoder.is_unset()) return unsupported(vm, "not readable");
  if (t->native == Native::kNone && t->telling) {
    DecoderState saved = TRY(decoder_getstate_checked(vm, t->decoder));
    t->decoder_state = saved.tuple;
    vm.barrier(t);
  }
  int64_t want = t->chunk_size > hint ? t->chunk_size : hint;
  Value data = call_buffer(vm, t, "read1", Value::small_int(want));
  if (data.is_error()) {
    if (!vm.pending_is(E::AttributeError) || !vm.clear_pending()) return Error{};
    data = call_buffer(vm, t, "read", Value::small_int(want));
    if (data.is_error()) return Error{};
  }
  ScopedBuffer view(vm);
  Bytes* bytes;
  if (is_bytes(data)) {
    bytes = data.as<Bytes>();
  } else if (has_buffer(vm, data)) {
    TRY(view.acquire(data));
    bytes = TRY(bytes_from(vm, std::span<const uint8_t>(view.get().data, static_cast<size_t>(view.get().length))));
  } else {
    return vm.raise(E::TypeError, "underlying read1() should have returned a bytes-like object, not '{}'",
                    type_name_of(data));
  }
  bool final = bytes->length == 0;
  if (t->left_count != 0) {
    Bytes* joined = TRY(bytes_allocate(vm, t->left_count + bytes->length));
    std::memcpy(joined->data, t->left, t->left_count);
    std::memcpy(joined->data + t->left_count, bytes->data, bytes->length);
    bytes = joined;
    t->left_count = 0;
  }
  t->chunk_pending_cr = t->reading.pending_cr;
  Str* text = TRY(decode(vm, t, bytes, final));
  if (t->reading.universal())
    text = TRY(t->reading.decode(vm, text, t->reading.mode == Newlines::kUniversalTranslate, final));
  t->chunk = bytes;
  t->decoded = text;
  t->used = 0;
  vm.barrier(t);
  if (text->length != 0) final = false;
  return !final;
}

Status ready_to_read(Vm& vm, TextIO* t) {
  TRY(check_open(vm, t));
  if (!t->can_read) return unsupported(vm, "not readable");
  return give_pending(vm, t);
}
uint64_t available(const TextIO* t) { return t->decoded == nullptr ? 0 : t->decoded->length - t->used; }

Value text_read(Vm& vm, Args a) {
  TextIO* t = self_of(a[0]);
  TRY(check_ready(vm, t));
  int64_t n = TRY(size_argument(vm, a[1]));
  TRY(ready_to_read(vm, t));
  StrBuilder out(vm);
  if (n < 0) {
    Value data = call_buffer(vm, t, "read");
    if (data.is_error()) return data;
    Bytes* bytes = TRY(bytes_from(vm, std::string_view()));
    if (data.is_none()) return vm.raise(E::BlockingIOError, "Read returned None.");
    if (is_bytes(data)) {
      bytes = data.as<Bytes>();
    } else {
      ScopedBuffer view(vm);
      TRY(view.acquire(data));
      bytes = TRY(bytes_from(vm, std::span<const uint8_t>(view.get().data, static_cast<size_t>(view.get().length))));
    }
    if (available(t) != 0) TRY(out.append(t->decoded, t->used, t->decoded->length));
    if (t->left_count != 0) {
      Bytes* joined = TRY(bytes_allocate(vm, t->left_count + bytes->length));
      std::memcpy(joined->data, t->left, t->left_count);
      std::memcpy(joined->data + t->left_count, bytes->data, bytes->length);
      bytes = joined;
      t->left_count = 0;
    }
    Str* text = TRY(decode(vm, t, bytes, true));
    if (t->reading.universal())
      text = TRY(t->reading.decode(vm, text, t->reading.mode == Newlines::kUniversalTranslate, true));
    bool alone = available(t) == 0;
    forget_read(t);
    if (alone) return text;
    TRY(out.append(text));
    return out.finish();
  }
  uint64_t wanted = static_cast<uint64_t>(n);
  while (wanted > 0) {
    uint64_t here = available(t);
    if (here == 0) {
      if (!TRY(read_chunk(vm, t, static_cast<int64_t>(wanted)))) break;
      TRY(vm.poll());
      continue;
    }
    uint64_t take = here < wanted ? here : wanted;
    TRY(out.append(t->decoded, t->used, t->used + take));
    t->used += take;
    wanted -= take;
  }
  return out.finish();
}

Value read_line(Vm& vm, TextIO* t, int64_t limit) {
  // Usually the line lies whole in what is decoded.
  StrBuilder out(vm);
  bool split = false;
  while (true) {
    if (available(t) == 0) {
      if (!TRY(read_chunk(vm, t))) {
        forget_read(t);
        break;
      }
      TRY(vm.poll());
      continue;
    }
    int64_t n = t->reading.line_end(t->decoded, t->used);
    bool complete = n >= 0;
    if (!complete) n = static_cast<int64_t>(available(t));
    // "\r" at the very end may be half of "\r\n" when lines end so.
    if (t->reading.mode == Newlines::kCrLf && !complete && n > 1 &&
        t->decoded->at(t->used + static_cast<uint64_t>(n) - 1) == '\r') {
      --n;
    } else if (t->reading.mode == Newlines::kCrLf && !complete && n == 1 && t->decoded->at(t->used) == '\r') {
      // Only the "\r" is left: the next chunk must be seen together with it.
      Str* held = t->decoded;
      uint64_t at = t->used;
      bool more = TRY(read_chunk(vm, t));
      if (more) {
        t->decoded = TRY(str_concat(vm, TRY(str_substring(vm, held, at, held->length)), t->decoded));
        vm.barrier(t);
        continue;
      }
      t->decoded = held;
      t->used = at;
      complete = true;
    }
    if (limit >= 0) {
      int64_t room = limit - static_cast<int64_t>(out.length());
      if (n >= room) {
        n = room;
        complete = true;
      }
    }
    if (complete && !split) {
      Value line = str_substring(vm, t->decoded, t->used, t->used + static_cast<uint64_t>(n));
      t->used += static_cast<uint64_t>(n);
      return line;
    }
    split = true;
    TRY(out.append(t->decoded, t->used, t->used + static_cast<uint64_t>(n)));
    t->used += static_cast<uint64_t>(n);
    if (complete) break;
  }
  return out.finish();
}
Value text_readline(Vm& vm, Args a) {
  TextIO* t = self_of(a[0]);
  TRY(ready_to_read(vm, t));
  int64_t limit = TRY(size_argument(vm, a[1]));
  return read_line(vm, t, limit);
}
Value text_next(Vm& vm, Args a) {
  TextIO* t = self_of(a[0]);
  TRY(check_ready(vm, t));
  t->telling = false;
  Value line;
  if (vm.type_of(a[0]) == state(vm).text) {
    TRY(ready_to_read(vm, t));
    line = read_line(vm, t, -1);
  } else {
    line = call_name(vm, a[0], "readline");
    if (!line.is_error() && !is_str(line))
      return vm.raise(E::OSError, "readline() should have returned a str object, not '{}'", type_name_of(line));
  }
  if (line.is_error()) return line;
  if (as_str(line)->length == 0) {
    forget_read(t);
    t->telling = t->seekable;
    return Value::exhausted();
  }
  return line;
}

// --- tell and seek. A position is the byte offset of the chunk plus the bytes of the characters used; for codecs with a state it is a
// Cookie packed into one number.
/// What a position of a stream with a decoder is made of.
struct Cookie {
  int64_t position = 0;  ///< where the decoder starts
  uint32_t flags = 0;    ///< its state there, times two, plus one if a "\r" was held back
  uint32_t feed = 0;     ///< bytes to give it
  uint32_t skip = 0;     ///< characters to leave out of what it makes of them
  bool at_end = false;   ///< the bytes are the stream's last
};
Value cookie_pack(Vm& vm, const Cookie& c) {
  const uint64_t limbs[] = {static_cast<uint64_t>(c.position), c.flags | uint64_t{c.feed} << 32,
                            c.skip | uint64_t{c.at_end} << 32};
  size_t n = limbs[2] != 0 ? 3 : limbs[1] != 0 ? 2 : 1;
  if (n == 1) return int_from(vm, c.position);
  return int_from_limbs(vm, std::span<const uint64_t>(limbs, n), false);
}
Result<Cookie> cookie_unpack(Vm& vm, Value v) {
  v = TRY(index(vm, v));
  uint64_t scratch;
  bool negative;
  std::span<const uint64_t> limbs = int_limbs(v, scratch, negative);
  if (limbs.size() > 3 || (!limbs.empty() && limbs[0] > INT64_MAX))
    return vm.raise(E::OverflowError, "Python int too large to convert to C long");
  Cookie c;
  if (!limbs.empty()) c.position = static_cast<int64_t>(limbs[0]);
  if (limbs.size() > 1) {
    c.flags = static_cast<uint32_t>(limbs[1]);
    c.feed = static_cast<uint32_t>(limbs[1] >> 32);
  }
  if (limbs.size() > 2) {
    c.skip = static_cast<uint32_t>(limbs[2]);
    c.at_end = limbs[2] >> 32 & 1;
  }
  return c;
}
Result<uint32_t> cookie_flags(Vm& vm, Value flags, bool pending_cr) {
  std::optional<int64_t> n = int_to_i64(flags);
  if (!n || *n < 0 || *n > INT32_MAX) return vm.raise(E::OverflowError, "decoder state too large for a position");
  return static_cast<uint32_t>(*n) << 1 | (pending_cr ? 1u : 0u);
}

/// tell() with a decoder: a fresh one goes over the chunk byte by byte. Wherever it holds nothing back is a place to start from.
Value tell_with_state(Vm& vm, TextIO* t, int64_t raw_position) {
  auto* state = t->decoder_state.as<Tuple>();
  auto* held = state->items[0].as<Bytes>();
  Bytes* input = t->chunk;
  if (held->length != 0) {
    input = TRY(bytes_allocate(vm, held->length + t->chunk->length));
    std::memcpy(input->data, held->data, held->length);
    std::memcpy(input->data + held->length, t->chunk->data, t->chunk->length);
  }
  Cookie cookie;
  cookie.position = raw_position - static_cast<int64_t>(input->length);
  Newlines newlines = t->reading;
  newlines.pending_cr = t->chunk_pending_cr;
  cookie.flags = TRY(cookie_flags(vm, state->items[1], newlines.pending_cr));
  uint64_t wanted = t->decoded == nullptr ? 0 : t->used;
  if (wanted == 0) return cookie_pack(vm, cookie);
  Value decoder = TRY(incremental(vm, t, "incrementaldecoder"));
  Value nothing = TRY(bytes_from(vm, std::string_view()));
  TRY(call_name(vm, decoder, "setstate", TRY(tuple_of(vm, nothing, state->items[1]))));
  uint64_t produced = 0, start_produced = 0, start = 0, fed = 0;
  auto step = [&](Value bytes, bool final) -> Status {
    TRY(vm.poll());
    Value args[] = {bytes, Value::boolean(final)};
    Value text = TRY(call_name(vm, decoder, "decode", args));
    if (!is_str(text))
      return vm.raise(E::TypeError, "decoder should return a string result, not '{}'", type_name_of(text));
    Str* s = as_str(text);
    if (newlines.universal()) s = TRY(newlines.decode(vm, s, newlines.mode == Newlines::kUniversalTranslate, final));
    produced += s->length;
    return {};
  };
  while (produced < wanted && fed < input->length) {
    Value one = TRY(bytes_from(vm, std::span<const uint8_t>(input->data + fed, 1)));
    TRY(step(one, false));
    ++fed;
    DecoderState now = TRY(decoder_getstate_checked(vm, decoder));
    if (now.held->length != 0 || produced > wanted) continue;
    start = fed;
    start_produced = produced;
    cookie.flags = TRY(cookie_flags(vm, now.flags, newlines.pending_cr));
  }
  if (produced < wanted) {
    TRY(step(nothing, true));
    cookie.at_end = true;
    if (produced < wanted) return vm.raise(E::OSError, "can't reconstruct logical file position");
  }
  cookie.position += static_cast<int64_t>(start);
  cookie.skip = static_cast<uint32_t>(wanted - start_produced);
  cookie.feed = cookie.skip != 0 ? static_cast<uint32_t>(fed - start) : 0;
  if (cookie.skip == 0) cookie.at_end = false;
  return cookie_pack(vm, cookie);
}

/// seek() to such a position.
Status seek_with_state(Vm& vm, TextIO* t, const Cookie& cookie) {
  Value nothing = TRY(bytes_from(vm, std::string_view()));
  Value state = TRY(tuple_of(vm, nothing, Value::small_int(cookie.flags >> 1)));
  if (cookie.position == 0 && cookie.flags == 0)
    TRY(call_name(vm, t->decoder, "reset"));
  else
    TRY(call_name(vm, t->decoder, "setstate", state));
  t->decoder_state = state;
  t->chunk_pending_cr = t->reading.pending_cr = cookie.flags & 1;
  t->chunk = nothing.as<Bytes>();
  vm.barrier(t);
  if (cookie.skip == 0) return {};
  Value input = TRY(call_buffer(vm, t, "read", Value::small_int(cookie.feed)));
  if (!is_bytes(input))
    return vm.raise(E::TypeError, "underlying read() should have returned a bytes object, not '{}'",
                    type_name_of(input));
  t->chunk = input.as<Bytes>();
  vm.barrier(t);
  Str* text = TRY(decode(vm, t, t->chunk, cookie.at_end));
  if (t->reading.universal())
    text = TRY(t->reading.decode(vm, text, t->reading.mode == Newlines::kUniversalTranslate, cookie.at_end));
  t->decoded = text;
  vm.barrier(t);
  if (text->length < cookie.skip) return vm.raise(E::OSError, "can't restore logical file position");
  t->used = cookie.skip;
  return {};
}

Value text_tell(Vm& vm, Args a) {
  TextIO* t = self_of(a[0]);
  TRY(check_open(vm, t));
  if (!t->seekable) return unsupported(vm, "underlying stream is not seekable");
  if (!t->telling) return vm.raise(E::OSError, "telling position disabled by next() call");
  TRY(give_pending(vm, t));
  Value done = call_name(vm, a[0], "flush");
  if (done.is_error()) return done;
  int64_t at = TRY(offset_from(vm, call_buffer(vm, t, "tell")));
  if (t->native == Native::kNone && t->chunk != nullptr && !t->decoder_state.is_unset())
    return tell_with_state(vm, t, at);
  at -= t->left_count;
  if (t->decoded == nullptr || t->chunk == nullptr) return int_from(vm, at);
  int64_t begin = at - static_cast<int64_t>(t->chunk->length) + t->left_count;
  if (t->left_count != 0) begin = at + t->left_count - static_cast<int64_t>(t->chunk->length);
  if (t->used == t->decoded->length && !t->reading.pending_cr) return int_from(vm, at);
  // Count the bytes of the characters used.
  bool translate = t->reading.mode == Newlines::kUniversalTranslate;
  const uint8_t* p = t->chunk->data;
  uint64_t n = t->chunk->length, i = 0, produced = 0;
  if (t->chunk_pending_cr && translate) {
    // The "\r" of the chunk before became (with the "\n" here, if one follows) the first character.
    begin -= 0;
    if (produced < t->used) {
      ++produced;
      if (n > 0 && p[0] == '\n') ++i;
    }
  }
  while (produced < t->used && i < n) {
    uint64_t width = 1;
    if (t->native == Native::kUtf8 && p[i] >= 0xC2) width = p[i] >= 0xF0 ? 4 : p[i] >= 0xE0 ? 3 : 2;
    if (translate && p[i] == '\r' && i + 1 < n && p[i + 1] == '\n') width = 2;
    i += width;
    ++produced;
  }
  return int_from(vm, begin + static_cast<int64_t>(i < n ? i : n));
}
Value text_seek(Vm& vm, Args a) {
  TextIO* t = self_of(a[0]);
  TRY(check_open(vm, t));
  if (!t->seekable) return unsupported(vm, "underlying stream is not seekable");
  int64_t whence = a.has(2) ? TRY(index_checked(vm, a[2], E::OverflowError)) : 0;
  Value cookie = a[1];
  if (whence == 1) {
    if (!TRY(equal(vm, cookie, Value::small_int(0)))) return unsupported(vm, "can't do nonzero cur-relative seeks");
    cookie = call_name(vm, a[0], "tell");
    if (cookie.is_error()) return cookie;
    whence = 0;
  } else if (whence == 2) {
    if (!TRY(equal(vm, cookie, Value::small_int(0)))) return unsupported(vm, "can't do nonzero end-relative seeks");
    Value done = call_name(vm, a[0], "flush");
    if (done.is_error()) return done;
    forget_read(t);
    t->left_count = 0;
    t->reading.pending_cr = false;
    if (!t->decoder.is_unset() && call_name(vm, t->decoder, "reset").is_error()) return Error{};
    Value args[] = {Value::small_int(0), Value::small_int(2)};
    Value at = call_buffer(vm, t, "seek", args);
    if (at.is_error()) return at;
    if (!t->encoder.is_unset()) {
      Value set = TRY(equal(vm, at, Value::small_int(0))) ? call_name(vm, t->encoder, "reset")
                                                          : call_name(vm, t->encoder, "setstate", Value::small_int(0));
      if (set.is_error()) return set;
    }
    return at;
  } else if (whence != 0) {
    return vm.raise(E::ValueError, "invalid whence ({}, should be 0, 1 or 2)", whence);
  }
  if (TRY(compare_bool(vm, cookie, Value::small_int(0), CompareOp::Lt)))
    return vm.raise(E::ValueError, "negative seek position {}", repr_of(cookie));
  Value done = call_name(vm, a[0], "flush");
  if (done.is_error()) return done;
  Cookie parts = TRY(cookie_unpack(vm, cookie));
  Value at = call_buffer(vm, t, "seek", TRY(int_from(vm, parts.position)));
  if (at.is_error()) return at;
  forget_read(t);
  t->left_count = 0;
  t->reading.pending_cr = false;
  t->telling = t->seekable;
  if (!t->decoder.is_unset()) TRY(seek_with_state(vm, t, parts));
  if (!t->encoder.is_unset()) {
    Value set = parts.position == 0 ? call_name(vm, t->encoder, "reset")
                                    : call_name(vm, t->encoder, "setstate", Value::small_int(0));
    if (set.is_error()) return set;
  }
  return cookie;
}
Value text_truncate(Vm& vm, Args a) {
  TextIO* t = self_of(a[0]);
  TRY(check_open(vm, t));
  Value done = call_name(vm, a[0], "flush");
  if (done.is_error()) return done;
  return call_buffer(vm, t, "truncate", a.get(1, Value::none()));
}

// --- the rest
Value text_close(Vm& vm, Args a) {
  TextIO* t = self_of(a[0]);
  TRY(check_ready(vm, t));
  if (TRY(is_closed(vm, t->buffer)) || t->detached) return Value::none();
  Value flushed = call_name(vm, a[0], "flush");
  Value first = flushed.is_error() ? vm.take_pending() : Value();
  Value closed = call_buffer(vm, t, "close");
  if (!first.is_unset()) {
    if (closed.is_error()) {
      Value second = vm.take_pending();
      TRY(exception_set_context(vm, second, first));
      first = second;
    }
    vm.t.pending = first;
    return Error{};
  }
  return closed.is_error() ? closed : Value::none();
}
Value text_detach(Vm& vm, Args a) {
  TextIO* t = self_of(a[0]);
  TRY(check_ready(vm, t));
  Value flushed = call_name(vm, a[0], "flush");
  if (flushed.is_error()) return flushed;
  TRY(check_ready(vm, t));
  Value buffer = t->buffer;
  t->buffer = Value();
  t->ready = false;
  t->detached = true;
  return buffer;
}
Value text_reconfigure(Vm& vm, Args a) {
  // self, *, encoding, errors, newline, line_buffering, write_through
  TextIO* t = self_of(a[0]);
  TRY(check_ready(vm, t));
  bool codec = (a.has(1) && !a[1].is_none()) || (a.has(2) && !a[2].is_none());
  if ((codec || a.has(3)) && t->decoded != nullptr)
    return unsupported(vm, "It is not possible to set the encoding or newline of stream after the first read");
  if (a.has(1) && !a[1].is_none() && !is_str(a[1]))
    return vm.raise(E::TypeError, "reconfigure() argument 'encoding' must be str or None, not {}", type_name_of(a[1]));
  if (a.has(2) && !a[2].is_none() && !is_str(a[2]))
    return vm.raise(E::TypeError, "reconfigure() argument 'errors' must be str or None, not {}", type_name_of(a[2]));
  if (a.has(3)) TRY(check_newline(vm, a[3]));
  bool line_buffering = t->line_buffering, write_through = t->write_through;
  if (a.has(4) && !a[4].is_none()) line_buffering = TRY(truthy(vm, a[4]));
  if (a.has(5) && !a[5].is_none()) write_through = TRY(truthy(vm, a[5]));
  Value flushed = call_name(vm, a[0], "flush");
  if (flushed.is_error()) return flushed;
  if (codec) {
    Str* old_encoding = t->encoding;
    Str* old_errors = t->errors;
    if (a.has(1) && !a[1].is_none()) {
      t->encoding = as_str(a[1])->equals("locale") ? TRY(vm.intern("UTF-8")) : as_str(a[1]);
      t->errors = vm.names.strict;
    }
    if (a.has(2) && !a[2].is_none()) t->errors = as_str(a[2]);
    vm.barrier(t);
    if (start_codec(vm, t).is_error() || continue_encoding(vm, t).is_error()) {
      t->encoding = old_encoding;
      t->errors = old_errors;
      return Error{};
    }
  }
  if (a.has(3)) set_newlines(vm, t, a[3]);
  t->line_buffering = line_buffering;
  t->write_through = write_through;
  return Value::none();
}
template <const char* const& method>
Value forward(Vm& vm, Args a) {
  TRY(check_ready(vm, self_of(a[0])));
  return call_buffer(vm, self_of(a[0]), method);
}
constexpr const char* kSeekable = "seekable";
constexpr const char* kReadable = "readable";
constexpr const char* kWritable = "writable";
constexpr const char* kFileno = "fileno";
constexpr const char* kIsatty = "isatty";
Value text_repr(Vm& vm, Args a) {
  TextIO* t = self_of(a[0]);
  if (!t->ready && !t->detached) TRY(check_ready(vm, t));
  StrBuilder out(vm);
  TRY(out.append(U'<'));
  TRY(out.append(TRY(str_message(vm, "{}", type_name_of(a[0])))));
  for (const char* attribute : {"name", "mode"}) {
    Value v = get_attr_optional(vm, a[0], TRY(vm.intern(attribute)));
    if (v.is_error()) {
      if (!vm.clear_pending()) return Error{};
      continue;
    }
    if (v.is_exhausted()) continue;
    Value text = repr(vm, v);
    if (text.is_error()) return text;
    TRY(out.append(U' '));
    TRY(out.append_ascii(attribute));
    TRY(out.append(U'='));
    TRY(out.append(as_str(text)));
  }
  Value encoding = repr(vm, t->encoding);
  if (encoding.is_error()) return encoding;
  TRY(out.append_ascii(" encoding="));
  TRY(out.append(as_str(encoding)));
  TRY(out.append(U'>'));
  return out.finish();
}
Value text_dealloc_warn(Vm& vm, Args a) {
  TextIO* t = self_of(a[0]);
  if (t->ready && call_buffer(vm, t, "_dealloc_warn", a[1]).is_error() && !vm.clear_pending()) return Error{};
  return Value::none();
}
Value text_getstate(Vm& vm, Args a) {
  return vm.raise(E::TypeError, "cannot pickle '{}' instances", vm.type_of(a[0])->name);
}
Value get_encoding(Vm& vm, Value v) {
  if (!self_of(v)->detached) TRY(check_ready(vm, self_of(v)));
  return self_of(v)->encoding;
}
Value get_errors(Vm& vm, Value v) {
  if (!self_of(v)->detached) TRY(check_ready(vm, self_of(v)));
  return self_of(v)->errors;
}
Value get_buffer(Vm& vm, Value v) {
  TRY(check_ready(vm, self_of(v)));
  return self_of(v)->buffer;
}
Value get_name(Vm& vm, Value v) {
  TRY(check_ready(vm, self_of(v)));
  return get_attr(vm, self_of(v)->buffer, vm.names.name);
}
Value get_closed(Vm& vm, Value v) {
  TRY(check_ready(vm, self_of(v)));
  return get_attr(vm, self_of(v)->buffer, TRY(vm.intern("closed")));
}
Value get_newlines(Vm& vm, Value v) {
  TRY(check_ready(vm, self_of(v)));
  return self_of(v)->reading.universal() ? self_of(v)->reading.seen(vm) : Value::none();
}
Value get_line_buffering(Vm&, Value v) { return Value::boolean(self_of(v)->line_buffering); }
Value get_write_through(Vm&, Value v) { return Value::boolean(self_of(v)->write_through); }
Value get_chunk_size(Vm& vm, Value v) {
  TRY(check_ready(vm, self_of(v)));
  return Value::small_int(self_of(v)->chunk_size);
}
Status set_chunk_size(Vm& vm, Value v, Value value) {
  if (value.is_unset())
    return vm.raise(E::AttributeError, "attribute '_CHUNK_SIZE' of '_io.TextIOWrapper' objects cannot be deleted");
  int64_t n = TRY(index_checked(vm, value, E::ValueError));
  if (n <= 0) return vm.raise(E::ValueError, "a strictly positive integer is required");
  self_of(v)->chunk_size = n;
  return {};
}

const NativeRow kMethods[] = {
    {"__new__($type, /, *args, **kwargs)", text_construct, kNewMethod | kStaticMethod},
    {"__init__($self, buffer, encoding=None, errors=None, newline=None, line_buffering=False, write_through=False)",
     text_init},
    {"reconfigure($self, /, *, encoding=None, errors=None, newline=None, line_buffering=None, write_through=None)",
     text_reconfigure, 0, "Reconfigure the text stream with new parameters."},
    {"detach($self, /)", text_detach},
    {"write($self, text, /)", text_write},
    {"read($self, size=-1, /)", text_read},
    {"readline($self, size=-1, /)", text_readline},
    {"__next__($self, /)", text_next, kIterNext},
    {"flush($self, /)", text_flush},
    {"close($self, /)", text_close},
    {"fileno($self, /)", forward<kFileno>},
    {"seekable($self, /)", forward<kSeekable>},
    {"readable($self, /)", forward<kReadable>},
    {"writable($self, /)", forward<kWritable>},
    {"isatty($self, /)", forward<kIsatty>},
    {"seek($self, cookie, whence=0, /)", text_seek},
    {"tell($self, /)", text_tell},
    {"truncate($self, pos=None, /)", text_truncate},
    {"__repr__($self, /)", text_repr},
    {"__getstate__($self, /)", text_getstate},
    {"_dealloc_warn($self, source, /)", text_dealloc_warn},
};
const GetSetRow kAttributes[] = {
    {"encoding", get_encoding},
    {"errors", get_errors},
    {"buffer", get_buffer},
    {"name", get_name},
    {"closed", get_closed},
    {"newlines", get_newlines},
    {"line_buffering", get_line_buffering},
    {"write_through", get_write_through},
    {"_CHUNK_SIZE", get_chunk_size, set_chunk_size},
};
const TypeSpec kText{
    .name = "_io.TextIOWrapper",
    .doc = "Character and line based layer over a BufferedIOBase object, buffer.",
    .signature = "(buffer, encoding=None, errors=None, newline=None, line_buffering=False, write_through=False)",
    .kind = static_cast<CellKind>(Kind::TextIOWrapper),
    .size = sizeof(TextIO),
    .flags = kTypeBase | kTypeHasDict | kTypeHasWeakref,
    .methods = kMethods,
    .getsets = kAttributes,
    .trace = trace_text};

// --- IncrementalNewlineDecoder
struct NewlineDecoder : Object {
  Value decoder;
  Newlines newlines;
  bool translate, ready;
};
NewlineDecoder* decoder_of(Value v) { return v.as<NewlineDecoder>(); }
void trace_decoder(Heap&, Cell* cell, Marker& marker) { marker.mark(static_cast<NewlineDecoder*>(cell)->decoder); }
Value decoder_construct(Vm& vm, Args a) { return vm.new_instance<NewlineDecoder>(a[0].as<Type>()); }
Value decoder_init(Vm& vm, Args a) {
  NewlineDecoder* d = decoder_of(a[0]);
  d->decoder = a[1];
  d->translate = TRY(truthy(vm, a[2]));
  d->newlines = Newlines();
  d->newlines.mode = Newlines::kUniversal;
  d->ready = true;
  vm.barrier(d);
  return Value::none();
}
Value decoder_decode(Vm& vm, Args a) {
  NewlineDecoder* d = decoder_of(a[0]);
  if (!d->ready) return vm.raise(E::ValueError, "IncrementalNewlineDecoder.__init__() not called");
  bool final = a.has(2) && TRY(truthy(vm, a[2]));
  Value text = a[1];
  if (!d->decoder.is_none()) {
    Value args[] = {a[1], Value::boolean(final)};
    text = call_name(vm, d->decoder, "decode", args);
    if (text.is_error()) return text;
  }
  if (!is_str(text))
    return vm.raise(E::TypeError, "decoder should return a string result, not '{}'", type_name_of(text));
  return d->newlines.decode(vm, as_str(text), d->translate, final);
}
Value decoder_getstate(Vm& vm, Args a) {
  NewlineDecoder* d = decoder_of(a[0]);
  Value buffer = TRY(bytes_from(vm, std::string_view()));
  Value flag = Value::small_int(0);
  if (!d->decoder.is_none()) {
    Value inner = call_name(vm, d->decoder, "getstate");
    if (inner.is_error()) return inner;
    if (!is_tuple(inner) || inner.as<Tuple>()->length != 2) return vm.raise(E::TypeError, "illegal decoder state");
    buffer = inner.as<Tuple>()->items[0];
    flag = inner.as<Tuple>()->items[1];
    if (!is_int(flag)) return vm.raise(E::TypeError, "illegal decoder state");
  }
  Value shifted = int_lshift(vm, flag, Value::small_int(1));
  if (shifted.is_error()) return shifted;
  if (d->newlines.pending_cr) shifted = int_or(vm, shifted, Value::small_int(1));
  return tuple_of(vm, buffer, shifted);
}
Value decoder_setstate(Vm& vm, Args a) {
  NewlineDecoder* d = decoder_of(a[0]);
  if (!is_tuple(a[1])) return vm.raise(E::TypeError, "state argument must be a tuple");
  if (a[1].as<Tuple>()->length != 2 || !is_int(a[1].as<Tuple>()->items[1]))
    return vm.raise(E::TypeError, "illegal decoder state");
  Value buffer = a[1].as<Tuple>()->items[0], flag = a[1].as<Tuple>()->items[1];
  Value low = int_and(vm, flag, Value::small_int(1));
  d->newlines.pending_cr = low.is(Value::small_int(1));
  Value rest = int_rshift(vm, flag, Value::small_int(1));
  if (rest.is_error()) return rest;
  if (d->decoder.is_none()) return Value::none();
  return call_name(vm, d->decoder, "setstate", TRY(tuple_of(vm, buffer, rest)));
}
Value decoder_reset(Vm& vm, Args a) {
  NewlineDecoder* d = decoder_of(a[0]);
  d->newlines.seen_bits = 0;
  d->newlines.pending_cr = false;
  if (d->decoder.is_none()) return Value::none();
  return call_name(vm, d->decoder, "reset");
}
Value decoder_newlines(Vm& vm, Value v) { return decoder_of(v)->newlines.seen(vm); }
const NativeRow kDecoderMethods[] = {
    {"__new__($type, /, *args, **kwargs)", decoder_construct, kNewMethod | kStaticMethod},
    {"__init__($self, decoder, translate, errors='strict')", decoder_init},
    {"decode($self, input, final=False)", decoder_decode},
    {"getstate($self, /)", decoder_getstate},
    {"setstate($self, state, /)", decoder_setstate},
    {"reset($self, /)", decoder_reset},
};
const GetSetRow kDecoderAttributes[] = {{"newlines", decoder_newlines}};
const TypeSpec kDecoder{.name = "_io.IncrementalNewlineDecoder",
                        .doc = "Codec used when reading a file in universal newlines mode.",
                        .signature = "(decoder, translate, errors='strict')",
                        .kind = static_cast<CellKind>(Kind::IncrementalNewlineDecoder),
                        .size = sizeof(NewlineDecoder),
                        .flags = kTypeBase,
                        .methods = kDecoderMethods,
                        .getsets = kDecoderAttributes,
                        .trace = trace_decoder};

}  // namespace

Status make_text(Vm& vm, Module* m) {
  State& s = state(vm);
  s.newline_decoder = TRY(module_add_type(vm, m, kDecoder));
  s.text = TRY(module_add_type(vm, m, kText, s.textbase));
  return {};
}

}  // namespace krait::io
