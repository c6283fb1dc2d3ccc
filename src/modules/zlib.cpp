// zlib: compression by the system's zlib, which is loaded when this module is imported.
#if __has_include(<zlib.h>)
#include <zlib.h>

#include <memory>

#include "modules/compression.hpp"
#include "modules/shared_library.hpp"
#include "objects/dict.hpp"
#include "objects/int.hpp"
#include "objects/module.hpp"
#include "objects/native.hpp"
#include "objects/operations.hpp"
#include "objects/quick.hpp"
#include "objects/sequences.hpp"
#include "objects/text_args.hpp"
#include "objects/type.hpp"

namespace krait {
namespace {

using compression::Output;
using compression::Stream;

constexpr int kMemLevel = 8;             // DEF_MEM_LEVEL
constexpr int64_t kBufferSize = 16384;   // DEF_BUF_SIZE
constexpr size_t kInflateBytes = 50000;  ///< what zlib allocates for a stream that inflates: window and tables

struct Functions {
  decltype(&::deflateInit2_) deflate_init;
  decltype(&::deflate) deflate;
  decltype(&::deflateEnd) deflate_end;
  decltype(&::deflateCopy) deflate_copy;
  decltype(&::deflateSetDictionary) deflate_dictionary;
  decltype(&::inflateInit2_) inflate_init;
  decltype(&::inflate) inflate;
  decltype(&::inflateEnd) inflate_end;
  decltype(&::inflateCopy) inflate_copy;
  decltype(&::inflateSetDictionary) inflate_dictionary;
  decltype(&::crc32) crc;
  decltype(&::adler32) adler;
  decltype(&::zlibVersion) version;
};

struct State : Extension {
  Type *compress = nullptr, *decompress = nullptr, *decompressor = nullptr, *error = nullptr;
  SharedLibrary library;
  Functions f{};
  void trace(Marker& m) override {
    for (Type* type : {compress, decompress, decompressor, error}) m.mark_cell(type);
  }
};
State& state_of(Vm& vm) { return vm.extension<State>(); }

/// zlib's stream with what ends it. It stands outside the heap, for release() may run when the module's state is gone.
struct Zlib {
  z_stream z{};
  int (*finish)(z_stream*) = nullptr;
  bool live = false;  ///< finish() has not been called
};
void end_zlib(void* native) {
  auto* zlib = static_cast<Zlib*>(native);
  if (zlib->live) zlib->finish(&zlib->z);
  delete zlib;
}
z_stream* z_of(Stream* s) { return &static_cast<Zlib*>(s->native)->z; }
bool& live(Stream* s) { return static_cast<Zlib*>(s->native)->live; }

[[gnu::cold]] Error fail(Vm& vm, const z_stream& z, int code, const char* doing) {
  const char* text = code == Z_VERSION_ERROR ? "library version mismatch" : z.msg;
  if (text == nullptr) {
    switch (code) {
      case Z_BUF_ERROR: text = "incomplete or truncated stream"; break;
      case Z_STREAM_ERROR: text = "inconsistent stream state"; break;
      case Z_DATA_ERROR: text = "invalid input data"; break;
      default: return vm.raise(state_of(vm).error, "Error {} {}", code, doing);
    }
  }
  return vm.raise(state_of(vm).error, "Error {} {}: {}", code, doing, text);
}
[[gnu::cold]] Error out_of_memory(Vm& vm, const char* text) { return vm.raise(E::MemoryError, text); }

/// A C int.
Result<int> int_argument(Vm& vm, Args a, size_t at, int fallback) {
  if (!a.has(at)) return fallback;
  Value i = TRY(index(vm, a[at]));
  int64_t n = TRY(int_to_i64_checked(vm, i));
  if (n > INT32_MAX) return vm.raise(E::OverflowError, "signed integer is greater than maximum");
  if (n < INT32_MIN) return vm.raise(E::OverflowError, "signed integer is less than minimum");
  return static_cast<int>(n);
}

/// What deflateInit2 allocates, as zlib's zconf.h tells it; nonsense is bounded, zlib refuses it.
size_t deflate_bytes(int wbits, int mem_level) {
  int bits = wbits < 0 ? -wbits : wbits > 15 ? wbits - 16 : wbits;
  return (size_t{1} << (std::clamp(bits, 8, 15) + 2)) + (size_t{1} << (std::clamp(mem_level, 1, 9) + 9)) + 8192;
}

// --- Running a stream

/// Feeds `input` to deflate(), the last of it with `flush`. Gives zlib's last answer.
Result<int> deflate_all(Vm& vm, z_stream* z, std::span<const uint8_t> input, int flush, Output& out) {
  auto deflate = state_of(vm).f.deflate;
  size_t at = 0;
  int code = Z_OK;
  do {
    size_t chunk = std::min(input.size() - at, compression::kStep);
    z->next_in = const_cast<uint8_t*>(input.data()) + at;
    z->avail_in = static_cast<uInt>(chunk);
    at += chunk;
    int mode = at == input.size() ? flush : Z_NO_FLUSH;
    do {
      size_t room = TRY(out.room());
      z->next_out = out.end();
      z->avail_out = static_cast<uInt>(room);
      Status polled = compression::step(vm, chunk, [&] { code = deflate(z, mode); });
      out.add(room - z->avail_out);
      TRY(polled);
      if (code == Z_STREAM_ERROR) return code;
    } while (z->avail_out == 0);
  } while (at < input.size());
  return code;
}

/// Feeds `input` to inflate() until its end, the stream's or that of the room; *read: how much of it was used. `dictionary`: what
/// to give where the stream asks for one; an error then is Python's.
Result<int> inflate_all(Vm& vm, z_stream* z, std::span<const uint8_t> input, int flush, Value dictionary, Output& out,
                        size_t* read) {
  const Functions& f = state_of(vm).f;
  size_t at = 0;
  int code = Z_OK;
  do {
    size_t chunk = std::min(input.size() - at, compression::kStep);
    z->next_in = const_cast<uint8_t*>(input.data()) + at;
    z->avail_in = static_cast<uInt>(chunk);
    bool more;
    do {
      more = false;
      size_t room = TRY(out.room());
      if (room == 0) break;
      z->next_out = out.end();
      z->avail_out = static_cast<uInt>(room);
      int mode = at + chunk == input.size() ? flush : Z_SYNC_FLUSH;
      Status polled = compression::step(vm, chunk, [&] { code = f.inflate(z, mode); });
      out.add(room - z->avail_out);
      if (polled.is_error()) {
        *read = at + chunk - z->avail_in;
        return Error{};
      }
      more = z->avail_out == 0;
      if (code == Z_NEED_DICT && !dictionary.is_unset()) {
        Bytes* bytes = dictionary.as<Bytes>();
        code = f.inflate_dictionary(z, bytes->data, static_cast<uInt>(bytes->length));
        if (code != Z_OK) return fail(vm, *z, code, "while setting zdict");
        more = true;
      } else if (code != Z_OK && code != Z_BUF_ERROR && code != Z_STREAM_END) {
        more = false;
      }
    } while (more && code != Z_STREAM_END);
    at += chunk - z->avail_in;
    *read = at;
    if (code != Z_OK && code != Z_BUF_ERROR) break;
  } while (at < input.size() && !out.full());
  return code;
}

// --- The module's functions

Value compress(Vm& vm, Args a) {
  ScopedBuffer data(vm);
  TRY(data.acquire(a[0]));
  int level = TRY(int_argument(vm, a, 1, Z_DEFAULT_COMPRESSION)), wbits = TRY(int_argument(vm, a, 2, MAX_WBITS));
  Charge charge(vm);
  TRY(charge.add(deflate_bytes(wbits, kMemLevel)));
  const Functions& f = state_of(vm).f;
  Zlib zlib;
  int code =
      f.deflate_init(&zlib.z, level, Z_DEFLATED, wbits, kMemLevel, Z_DEFAULT_STRATEGY, ZLIB_VERSION, sizeof zlib.z);
  switch (code) {
    case Z_OK: break;
    case Z_MEM_ERROR: return out_of_memory(vm, "Out of memory while compressing data");
    case Z_STREAM_ERROR: return vm.raise(state_of(vm).error, "Bad compression level");
    default: return fail(vm, zlib.z, code, "while compressing data");
  }
  Output out(vm);
  Result<int> ran = deflate_all(vm, &zlib.z, {data.get().data, static_cast<size_t>(data.get().length)}, Z_FINISH, out);
  code = f.deflate_end(&zlib.z);
  TRY(ran);
  if (code != Z_OK) return fail(vm, zlib.z, code, "while finishing compression");
  return out.finish();
}

Value decompress(Vm& vm, Args a) {
  ScopedBuffer data(vm);
  TRY(data.acquire(a[0]));
  int wbits = TRY(int_argument(vm, a, 1, MAX_WBITS));
  int64_t size = TRY(ssize_argument(vm, a, 2, kBufferSize));
  if (size < 0) return vm.raise(E::ValueError, "bufsize must be non-negative");
  Charge charge(vm);
  TRY(charge.add(kInflateBytes));
  const Functions& f = state_of(vm).f;
  Zlib zlib;
  int code = f.inflate_init(&zlib.z, wbits, ZLIB_VERSION, sizeof zlib.z);
  if (code == Z_MEM_ERROR) return out_of_memory(vm, "Out of memory while decompressing data");
  if (code != Z_OK) return fail(vm, zlib.z, code, "while preparing to decompress data");
  Output out(vm);
  size_t read;
  Result<int> ran = inflate_all(vm, &zlib.z, {data.get().data, static_cast<size_t>(data.get().length)}, Z_SYNC_FLUSH,
                                Value(), out, &read);
  const char* said = zlib.z.msg;  // static text, as all of zlib's
  f.inflate_end(&zlib.z);
  code = TRY(ran);
  zlib.z.msg = const_cast<char*>(said);
  if (code == Z_MEM_ERROR) return out_of_memory(vm, "Out of memory while decompressing data");
  if (code == Z_OK) code = Z_BUF_ERROR;
  if (code != Z_STREAM_END) return fail(vm, zlib.z, code, "while decompressing data");
  return out.finish();
}

/// A checksum of a bytes-like object, going on from `value`.
template <class Sum>
Value checksum(Vm& vm, Args a, uint32_t value, Sum sum) {
  ScopedBuffer data(vm);
  TRY(data.acquire(a[0]));
  if (a.has(1)) {
    Value start = TRY(index(vm, a[1]));
    uint64_t limb;
    bool negative;
    std::span<const uint64_t> limbs = int_limbs(start, limb, negative);
    value = limbs.empty() ? 0 : static_cast<uint32_t>(limbs[0]);
    if (negative) value = 0 - value;
  }
  constexpr int64_t kPiece = 8 << 20;
  for (int64_t at = 0; at < data.get().length; at += kPiece) {
    size_t n = static_cast<size_t>(std::min(kPiece, data.get().length - at));
    const uint8_t* p = data.get().data + at;
    TRY(compression::step(vm, n, [&] { value = sum(value, p, n); }));
  }
  return Value::small_int(value);
}
Value crc32_function(Vm& vm, Args a) {
  auto crc = state_of(vm).f.crc;
  return checksum(vm, a, 0, [crc](uint32_t value, const uint8_t* p, size_t n) {
    return static_cast<uint32_t>(crc(value, p, static_cast<uInt>(n)));
  });
}
Value adler32_function(Vm& vm, Args a) {
  auto adler = state_of(vm).f.adler;
  return checksum(vm, a, 1, [adler](uint32_t value, const uint8_t* p, size_t n) {
    return static_cast<uint32_t>(adler(value, p, static_cast<uInt>(n)));
  });
}

// --- Streams

/// An object with an empty stream of zlib's, charged.
Result<Stream*> stream_new(Vm& vm, Type* type, int (*finish)(z_stream*), size_t bytes) {
  Stream* s = TRY(vm.new_instance<Stream>(type));
  TRY(compression::charge(vm, bytes));
  s->charged = bytes;
  auto* zlib = new Zlib();
  zlib->finish = finish;
  s->native = zlib;
  s->end = end_zlib;
  s->needs_input = true;
  return s;
}

/// A dictionary for compression as bytes of its own: what is given may change later.
Result<Bytes*> dictionary_argument(Vm& vm, Value v) {
  ScopedBuffer buffer(vm);
  TRY(buffer.acquire(v));
  if (buffer.get().length > UINT32_MAX)
    return vm.raise(E::OverflowError, "zdict length does not fit in an unsigned int");
  return bytes_from(vm, buffer.view());
}

Value compressobj(Vm& vm, Args a) {
  int level = TRY(int_argument(vm, a, 0, Z_DEFAULT_COMPRESSION)), method = TRY(int_argument(vm, a, 1, Z_DEFLATED)),
      wbits = TRY(int_argument(vm, a, 2, MAX_WBITS)), mem_level = TRY(int_argument(vm, a, 3, kMemLevel)),
      strategy = TRY(int_argument(vm, a, 4, Z_DEFAULT_STRATEGY));
  Bytes* dictionary = a.has(5) ? TRY(dictionary_argument(vm, a[5])) : nullptr;
  const State& state = state_of(vm);
  Stream* s = TRY(stream_new(vm, state.compress, state.f.deflate_end, deflate_bytes(wbits, mem_level)));
  z_stream* z = z_of(s);
  int code = state.f.deflate_init(z, level, method, wbits, mem_level, strategy, ZLIB_VERSION, sizeof *z);
  switch (code) {
    case Z_OK: live(s) = true; break;
    case Z_MEM_ERROR: return out_of_memory(vm, "Can't allocate memory for compression object");
    case Z_STREAM_ERROR: return vm.raise(E::ValueError, "Invalid initialization option");
    default: return fail(vm, *z, code, "while creating compression object");
  }
  if (dictionary != nullptr) {
    code = state.f.deflate_dictionary(z, dictionary->data, static_cast<uInt>(dictionary->length));
    if (code == Z_STREAM_ERROR) return vm.raise(E::ValueError, "Invalid dictionary");
    if (code != Z_OK) return vm.raise(E::ValueError, "deflateSetDictionary()");
  }
  return s;
}

Stream* stream_of(Args a) { return a[0].as<Stream>(); }

Value compress_compress(Vm& vm, Args a) {
  Stream* s = stream_of(a);
  ScopedBuffer data(vm);
  TRY(data.acquire(a[1]));
  ObjectLockHolder lock(vm, s->lock, s);
  TRY(lock.enter());
  Output out(vm);
  int code = TRY(deflate_all(vm, z_of(s), {data.get().data, static_cast<size_t>(data.get().length)}, Z_NO_FLUSH, out));
  if (code == Z_STREAM_ERROR) return fail(vm, *z_of(s), code, "while compressing data");
  return out.finish();
}

Value compress_flush(Vm& vm, Args a) {
  Stream* s = stream_of(a);
  int mode = TRY(int_argument(vm, a, 1, Z_FINISH));
  if (mode == Z_NO_FLUSH) return bytes_from(vm, std::string_view());
  ObjectLockHolder lock(vm, s->lock, s);
  TRY(lock.enter());
  Output out(vm);
  z_stream* z = z_of(s);
  int code = TRY(deflate_all(vm, z, {}, mode, out));
  if (code == Z_STREAM_END && mode == Z_FINISH) {
    live(s) = false;
    code = state_of(vm).f.deflate_end(z);
    if (code != Z_OK) return fail(vm, *z, code, "while finishing compression");
  } else if (code != Z_OK && code != Z_BUF_ERROR) {
    return fail(vm, *z, code, "while flushing");
  }
  return out.finish();
}

/// A copy of a stream and what belongs to it; `what`: "compression" or "decompression", for messages.
Value stream_copy(Vm& vm, Stream* s, int (*copy)(z_stream*, z_stream*), const char* what) {
  ObjectLockHolder lock(vm, s->lock, s);
  TRY(lock.enter());
  Stream* other = TRY(stream_new(vm, vm.type_of(s), static_cast<Zlib*>(s->native)->finish, s->charged));
  int code = copy(z_of(other), z_of(s));
  switch (code) {
    case Z_OK: break;
    case Z_STREAM_ERROR: return vm.raise(E::ValueError, "Inconsistent stream state");
    case Z_MEM_ERROR: return vm.raise(E::MemoryError, "Can't allocate memory for {} object", what);
    default: {
      std::string doing = std::string("while copying ") + what + " object";
      return fail(vm, *z_of(s), code, doing.c_str());
    }
  }
  live(other) = live(s);
  other->unused = s->unused;
  other->tail = s->tail;
  other->dictionary = s->dictionary;
  other->eof = s->eof;
  other->needs_input = s->needs_input;
  other->raw = s->raw;
  vm.barrier(other);
  return other;
}
Value compress_copy(Vm& vm, Args a) {
  return stream_copy(vm, stream_of(a), state_of(vm).f.deflate_copy, "compression");
}
Value decompress_copy(Vm& vm, Args a) {
  return stream_copy(vm, stream_of(a), state_of(vm).f.inflate_copy, "decompression");
}

Value decompressor_new(Vm& vm, Type* type, int wbits, Value zdict) {
  const State& state = state_of(vm);
  Bytes* dictionary = nullptr;
  if (!zdict.is_unset() && has_buffer(vm, zdict)) dictionary = TRY(dictionary_argument(vm, zdict));
  Stream* s = TRY(stream_new(vm, type, state.f.inflate_end, kInflateBytes));
  s->raw = wbits < 0;
  z_stream* z = z_of(s);
  int code = state.f.inflate_init(z, wbits, ZLIB_VERSION, sizeof *z);
  switch (code) {
    case Z_OK: live(s) = true; break;
    case Z_STREAM_ERROR: return vm.raise(E::ValueError, "Invalid initialization option");
    case Z_MEM_ERROR: return out_of_memory(vm, "Can't allocate memory for decompression object");
    default: return fail(vm, *z, code, "while creating decompression object");
  }
  if (dictionary == nullptr) return s;
  s->dictionary = dictionary;
  vm.barrier(s);
  if (s->raw) {  // such a stream never asks
    code = state.f.inflate_dictionary(z, dictionary->data, static_cast<uInt>(dictionary->length));
    if (code != Z_OK) return fail(vm, *z, code, "while setting zdict");
  }
  return s;
}
Value decompressobj(Vm& vm, Args a) {
  int wbits = TRY(int_argument(vm, a, 0, MAX_WBITS));
  if (a.has(1) && !has_buffer(vm, a[1]))
    return vm.raise(E::TypeError, "zdict argument must support the buffer protocol");
  return decompressor_new(vm, state_of(vm).decompress, wbits, a[1]);
}

/// Keeps what was not read: behind the end of the stream, or because there was no room for what it means.
Status keep_rest(Vm& vm, Stream* s, std::span<const uint8_t> left, int code) {
  if (code == Z_STREAM_END) {
    TRY(compression::append(vm, s, s->unused, left));
    left = {};
  }
  s->tail = Value();
  return compression::append(vm, s, s->tail, left);
}

Value decompress_decompress(Vm& vm, Args a) {
  Stream* s = stream_of(a);
  ScopedBuffer data(vm);
  TRY(data.acquire(a[1]));
  int64_t most = TRY(ssize_argument(vm, a, 2, 0));
  if (most < 0) return vm.raise(E::ValueError, "max_length must be non-negative");
  ObjectLockHolder lock(vm, s->lock, s);
  TRY(lock.enter());
  Output out(vm, most == 0 ? UINT64_MAX : static_cast<uint64_t>(most));
  std::span<const uint8_t> input(data.get().data, static_cast<size_t>(data.get().length));
  size_t read = 0;
  z_stream* z = z_of(s);
  int code = TRY(inflate_all(vm, z, input, Z_SYNC_FLUSH, s->dictionary, out, &read));
  TRY(keep_rest(vm, s, input.subspan(read), code));
  if (code == Z_STREAM_END)
    s->eof = true;
  else if (code != Z_OK && code != Z_BUF_ERROR)
    return fail(vm, *z, code, "while decompressing data");
  return out.finish();
}

Value decompress_flush(Vm& vm, Args a) {
  Stream* s = stream_of(a);
  if (TRY(ssize_argument(vm, a, 1, kBufferSize)) <= 0)
    return vm.raise(E::ValueError, "length must be greater than zero");
  ObjectLockHolder lock(vm, s->lock, s);
  TRY(lock.enter());
  Output out(vm);
  Value held = s->tail;  // as it is read, it stays alive
  std::span<const uint8_t> input;
  if (!held.is_unset()) input = held.as<Bytes>()->span();
  size_t read = 0;
  z_stream* z = z_of(s);
  int code = TRY(inflate_all(vm, z, input, Z_FINISH, s->dictionary, out, &read));
  TRY(keep_rest(vm, s, input.subspan(read), code));
  if (code == Z_STREAM_END) {
    s->eof = true;
    if (live(s)) {
      live(s) = false;
      code = state_of(vm).f.inflate_end(z);
      if (code != Z_OK) return fail(vm, *z, code, "while finishing decompression");
    }
  }
  return out.finish();
}

Value get_tail(Vm& vm, Value v) { return compression::bytes_or_empty(vm, v.as<Stream>()->tail); }

// --- _ZlibDecompressor

Value buffering_new(Vm& vm, Args a) {
  return decompressor_new(vm, as_type(a[0]), TRY(int_argument(vm, a, 1, MAX_WBITS)), a[2]);
}
Value buffering_decompress(Vm& vm, Args a) {
  Stream* s = stream_of(a);
  int64_t most = TRY(ssize_argument(vm, a, 2, -1));
  auto run = [&](std::span<const uint8_t> input, Output& out) -> Result<size_t> {
    size_t read = 0;
    int code = TRY(inflate_all(vm, z_of(s), input, Z_SYNC_FLUSH, s->dictionary, out, &read));
    if (code == Z_STREAM_END)
      s->eof = true;
    else if (code != Z_OK && code != Z_BUF_ERROR)
      return fail(vm, *z_of(s), code, "while decompressing data");
    return read;
  };
  return compression::decompress(vm, s, a[1], most, run, [](const Output&) { return true; });
}

// --- Tables

constexpr NativeRow kCompressMethods[] = {
    {"compress($self, data, /)", compress_compress, 0,
     "Return what comes out for some more data, which may be nothing yet.\n\nCall flush() after the last."},
    {"flush($self, mode=zlib.Z_FINISH, /)", compress_flush, 0,
     "Return what the compressor still holds.\n\nWith Z_FINISH (the default) it cannot be used any more."},
    {"copy($self, /)", compress_copy, 0, "Return a copy of the compressor in its present state."},
    {"__copy__($self, /)", compress_copy},
    {"__deepcopy__($self, memo, /)", compress_copy},
};
constexpr TypeSpec kCompress{
    .name = "zlib.Compress",
    .kind = static_cast<CellKind>(Kind::Compressor),
    .size = sizeof(Stream),
    .flags = kTypeNoNew | kTypeImmutable,
    .methods = kCompressMethods,
    .trace = compression::trace,
    .release = compression::release,
};

constexpr NativeRow kDecompressMethods[] = {
    {"decompress($self, data, /, max_length=0)", decompress_decompress, 0,
     "Return what some more data means.\n\nWith a max_length no more than that many bytes come out; input that was not "
     "used is in unconsumed_tail."},
    {"flush($self, length=zlib.DEF_BUF_SIZE, /)", decompress_flush, 0,
     "Return what is still to come out of the data given so far."},
    {"copy($self, /)", decompress_copy, 0, "Return a copy of the decompressor in its present state."},
    {"__copy__($self, /)", decompress_copy},
    {"__deepcopy__($self, memo, /)", decompress_copy},
};
constexpr MemberRow kDecompressMembers[] = {
    MemberRow::computed("unused_data", compression::get_unused),
    MemberRow::computed("unconsumed_tail", get_tail),
    MemberRow::computed("eof", compression::get_eof),
};
constexpr TypeSpec kDecompress{
    .name = "zlib.Decompress",
    .kind = static_cast<CellKind>(Kind::Decompressor),
    .size = sizeof(Stream),
    .flags = kTypeNoNew | kTypeImmutable,
    .methods = kDecompressMethods,
    .members = kDecompressMembers,
    .trace = compression::trace,
    .release = compression::release,
};

constexpr NativeRow kBufferingMethods[] = {
    {"__new__($type, wbits=MAX_WBITS, zdict=b'')", buffering_new, kNewMethod | kStaticMethod,
     "Create and return a new object."},
    {"decompress($self, /, data, max_length=-1)", buffering_decompress, 0,
     "Return what some more data means.\n\nWith a max_length that is not negative no more than that many bytes come "
     "out; "
     "input that was not used\nis kept for the next call, and needs_input is false until then."},
};
constexpr MemberRow kBufferingMembers[] = {
    MemberRow::computed("eof", compression::get_eof, "True when the end of the stream has been reached."),
    MemberRow::computed("unused_data", compression::get_unused, "What was given behind the end of the stream."),
    MemberRow::computed("needs_input", compression::get_needs_input,
                        "True when nothing more can come out without new data."),
};
constexpr TypeSpec kBuffering{
    .name = "zlib._ZlibDecompressor",
    .doc = "_ZlibDecompressor(wbits=15, zdict=b'')\n--\n\nA decompressor that keeps what it has not used yet.",
    .signature = "(wbits=15, zdict=b'')",
    .kind = static_cast<CellKind>(Kind::Decompressor),
    .size = sizeof(Stream),
    .flags = kTypeImmutable,
    .methods = kBufferingMethods,
    .members = kBufferingMembers,
    .trace = compression::trace,
    .release = compression::release,
};

constexpr NativeRow kFunctions[] = {
    {"compress(data, /, level=Z_DEFAULT_COMPRESSION, wbits=MAX_WBITS)", compress, 0, "Return compressed data."},
    {"decompress(data, /, wbits=MAX_WBITS, bufsize=DEF_BUF_SIZE)", decompress, 0,
     "Return the data that was compressed.\n\nbufsize, how much is expected to come out, is not needed here."},
    {"compressobj(level=Z_DEFAULT_COMPRESSION, method=DEFLATED, wbits=MAX_WBITS, memLevel=DEF_MEM_LEVEL, "
     "strategy=Z_DEFAULT_STRATEGY, zdict=<unrepresentable>)",
     compressobj, 0,
     "Return a compressor.\n\nlevel is 0 to 9, or -1 for the usual one; wbits 9 to 15 makes a zlib stream, -15 to -9 "
     "one "
     "without header\nand trailer, 25 to 31 a gzip file; zdict is a dictionary of what is expected to occur."},
    {"decompressobj(wbits=MAX_WBITS, zdict=b'')", decompressobj, 0, "Return a decompressor."},
    {"crc32(data, value=0, /)", crc32_function, 0, "The CRC-32 of data, going on from a value that came before."},
    {"adler32(data, value=1, /)", adler32_function, 0, "The Adler-32 of data, going on from a value that came before."},
};

Status load(Vm& vm, State& state) {
  SharedLibrary& library = state.library;
  Functions& f = state.f;
  TRY(library.open(vm, "libz.so.1"));
  TRY(library.find(vm, "deflateInit2_", f.deflate_init));
  TRY(library.find(vm, "deflate", f.deflate));
  TRY(library.find(vm, "deflateEnd", f.deflate_end));
  TRY(library.find(vm, "deflateCopy", f.deflate_copy));
  TRY(library.find(vm, "deflateSetDictionary", f.deflate_dictionary));
  TRY(library.find(vm, "inflateInit2_", f.inflate_init));
  TRY(library.find(vm, "inflate", f.inflate));
  TRY(library.find(vm, "inflateEnd", f.inflate_end));
  TRY(library.find(vm, "inflateCopy", f.inflate_copy));
  TRY(library.find(vm, "inflateSetDictionary", f.inflate_dictionary));
  TRY(library.find(vm, "crc32", f.crc));
  TRY(library.find(vm, "adler32", f.adler));
  return library.find(vm, "zlibVersion", f.version);
}

Status init(Vm& vm, Module* m) {
  State& state = state_of(vm);
  TRY(load(vm, state));
  state.compress = TRY(make_type(vm, kCompress));
  state.decompress = TRY(make_type(vm, kDecompress));
  state.decompressor = TRY(module_add_type(vm, m, kBuffering));
  Dict* ns = TRY(dict_new(vm));
  TRY(dict_set_str(vm, ns, vm.names.d_module, TRY(vm.intern("zlib"))));
  Tuple* bases = TRY(tuple_of(vm, Value(vm.exception_type(E::Exception))));
  state.error = as_type(TRY(type_new(vm, vm.types.type, TRY(vm.intern("error")), bases, ns, nullptr)));
  TRY(module_add(vm, m, "error", state.error));
  constexpr struct {
    const char* name;
    int value;
  } kNumbers[] = {{"MAX_WBITS", MAX_WBITS},
                  {"DEFLATED", Z_DEFLATED},
                  {"DEF_MEM_LEVEL", kMemLevel},
                  {"DEF_BUF_SIZE", kBufferSize},
                  {"Z_BEST_COMPRESSION", Z_BEST_COMPRESSION},
                  {"Z_BEST_SPEED", Z_BEST_SPEED},
                  {"Z_BLOCK", Z_BLOCK},
                  {"Z_DEFAULT_COMPRESSION", Z_DEFAULT_COMPRESSION},
                  {"Z_DEFAULT_STRATEGY", Z_DEFAULT_STRATEGY},
                  {"Z_FILTERED", Z_FILTERED},
                  {"Z_FINISH", Z_FINISH},
                  {"Z_FIXED", Z_FIXED},
                  {"Z_FULL_FLUSH", Z_FULL_FLUSH},
                  {"Z_HUFFMAN_ONLY", Z_HUFFMAN_ONLY},
                  {"Z_NO_COMPRESSION", Z_NO_COMPRESSION},
                  {"Z_NO_FLUSH", Z_NO_FLUSH},
                  {"Z_PARTIAL_FLUSH", Z_PARTIAL_FLUSH},
                  {"Z_RLE", Z_RLE},
                  {"Z_SYNC_FLUSH", Z_SYNC_FLUSH},
                  {"Z_TREES", Z_TREES}};
  for (const auto& number : kNumbers) TRY(module_add_int(vm, m, number.name, number.value));
  TRY(module_add_str(vm, m, "ZLIB_VERSION", ZLIB_VERSION));
  TRY(module_add_str(vm, m, "ZLIB_RUNTIME_VERSION", state.f.version()));
  return module_add_str(vm, m, "__version__", "1.0");
}

}  // namespace

extern constinit const ModuleSpec zlib_module{
    .name = "zlib",
    .doc = "Compression and decompression as zlib does it (RFC 1950 to 1952).",
    .functions = kFunctions,
    .init = init,
};

}  // namespace krait
#endif
