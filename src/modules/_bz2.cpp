// _bz2: compression by the system's libbz2, which is loaded when this module is imported.
#if __has_include(<bzlib.h>)
#include <bzlib.h>

#include "modules/compression.hpp"
#include "modules/shared_library.hpp"
#include "objects/int.hpp"
#include "objects/module.hpp"
#include "objects/native.hpp"
#include "objects/operations.hpp"
#include "objects/text_args.hpp"
#include "objects/type.hpp"

namespace krait {
namespace {

using compression::Output;
using compression::Stream;

/// What the library allocates: for a level, and at most for what is decompressed (its manual, section 2.3).
constexpr size_t kBytesPerLevel = 900'000, kCompressBytes = 400'000;
/// Of a decompressor as it is made; and once it has seen where a stream begins.
constexpr size_t kDecompressorBytes = 65'000, kDecompressBytes = 3'600'000;

struct State : Extension {
  Type *compressor = nullptr, *decompressor = nullptr;
  SharedLibrary library;
  decltype(&::BZ2_bzCompressInit) compress_init = nullptr;
  decltype(&::BZ2_bzCompress) compress = nullptr;
  decltype(&::BZ2_bzCompressEnd) compress_end = nullptr;
  decltype(&::BZ2_bzDecompressInit) decompress_init = nullptr;
  decltype(&::BZ2_bzDecompress) decompress = nullptr;
  decltype(&::BZ2_bzDecompressEnd) decompress_end = nullptr;
  void trace(Marker& m) override {
    m.mark_cell(compressor);
    m.mark_cell(decompressor);
  }
};
State& state_of(Vm& vm) { return vm.extension<State>(); }

/// libbz2's stream with what ends it; outside the heap, since release() may run when the module's state is gone.
struct Bzip {
  bz_stream z{};
  int (*finish)(bz_stream*) = nullptr;
};
void end_bzip(void* native) {
  auto* bzip = static_cast<Bzip*>(native);
  bzip->finish(&bzip->z);
  delete bzip;
}
bz_stream* z_of(Stream* s) { return &static_cast<Bzip*>(s->native)->z; }
Stream* stream_of(Args a) { return a[0].as<Stream>(); }

[[gnu::cold]] Error fail(Vm& vm, int code) {
  switch (code) {
    case BZ_PARAM_ERROR: return vm.raise(E::ValueError, "Internal error - invalid parameters passed to libbzip2");
    case BZ_MEM_ERROR: return vm.raise_memory_error();
    case BZ_DATA_ERROR:
    case BZ_DATA_ERROR_MAGIC: return vm.raise(E::OSError, "Invalid data stream");
    case BZ_IO_ERROR: return vm.raise(E::OSError, "Unknown I/O error");
    case BZ_UNEXPECTED_EOF:
      return vm.raise(E::EOFError, "Compressed file ended before the logical end-of-stream was detected");
    case BZ_SEQUENCE_ERROR:
      return vm.raise(E::RuntimeError, "Internal error - Invalid sequence of commands sent to libbzip2");
    default: return vm.raise(E::OSError, "Unrecognized error from libbzip2: {}", code);
  }
}
bool failed(int code) { return code < 0; }

/// An object whose stream `init` has begun.
template <class Init>
Result<Stream*> stream_new(Vm& vm, Type* type, size_t bytes, int (*finish)(bz_stream*), Init init) {
  Stream* s = TRY(vm.new_instance<Stream>(type));
  TRY(compression::charge(vm, bytes));
  s->charged = bytes;
  auto* bzip = new Bzip();
  bzip->finish = finish;
  int code = init(&bzip->z);
  if (failed(code)) {
    delete bzip;
    return fail(vm, code);
  }
  s->native = bzip;
  s->end = end_bzip;
  s->needs_input = true;
  return s;
}

// --- BZ2Compressor: `eof` says that it has been flushed.

Value compressor_new(Vm& vm, Args a) {
  int64_t level = 9;
  if (a.has(1)) {
    Value i = TRY(index(vm, a[1]));
    level = TRY(int_to_i64_checked(vm, i));
  }
  if (level < 1 || level > 9) return vm.raise(E::ValueError, "compresslevel must be between 1 and 9");
  const State& state = state_of(vm);
  return TRY(stream_new(vm, as_type(a[0]), kCompressBytes + static_cast<size_t>(level) * kBytesPerLevel,
                        state.compress_end,
                        [&](bz_stream* z) { return state.compress_init(z, static_cast<int>(level), 0, 0); }));
}

/// Feeds `input`, then does what `action` says until that is done.
Value compress_all(Vm& vm, Stream* s, std::span<const uint8_t> input, int action) {
  auto compress = state_of(vm).compress;
  bz_stream* z = z_of(s);
  Output out(vm);
  size_t at = 0;
  bool done = action == BZ_RUN && input.empty();
  while (!done) {
    size_t chunk = std::min(input.size() - at, compression::kStep);
    z->next_in = reinterpret_cast<char*>(const_cast<uint8_t*>(input.data()) + at);
    z->avail_in = static_cast<unsigned>(chunk);
    do {
      size_t room = TRY(out.room());
      z->next_out = reinterpret_cast<char*>(out.end());
      z->avail_out = static_cast<unsigned>(room);
      int code = BZ_OK;
      Status polled = compression::step(vm, chunk, [&] { code = compress(z, action); });
      out.add(room - z->avail_out);
      TRY(polled);
      if (failed(code)) return fail(vm, code);
      done = action == BZ_FINISH ? code == BZ_STREAM_END : at + chunk == input.size() && z->avail_in == 0;
    } while (!done && (z->avail_in > 0 || action == BZ_FINISH));
    at += chunk;
  }
  return out.finish();
}

Value compressor_compress(Vm& vm, Args a) {
  Stream* s = stream_of(a);
  return compression::compress(
      vm, s, a[1], [&](std::span<const uint8_t> input) -> Value { return compress_all(vm, s, input, BZ_RUN); });
}
Value compressor_flush(Vm& vm, Args a) {
  Stream* s = stream_of(a);
  return compression::flush(vm, s, [&] { return compress_all(vm, s, {}, BZ_FINISH); });
}

// --- BZ2Decompressor

Value decompressor_new(Vm& vm, Args a) {
  const State& state = state_of(vm);
  if (!a.rest(2).empty()) return vm.raise(E::TypeError, "BZ2Decompressor() takes no positional arguments");
  if (a.has(1)) return vm.raise(E::TypeError, "BZ2Decompressor() takes no keyword arguments");
  return TRY(stream_new(vm, as_type(a[0]), kDecompressorBytes, state.decompress_end,
                        [&](bz_stream* z) { return state.decompress_init(z, 0, 0); }));
}

Result<size_t> decompress_all(Vm& vm, Stream* s, std::span<const uint8_t> input, Output& out) {
  if (s->charged == kDecompressorBytes && !input.empty()) {
    TRY(compression::charge(vm, kDecompressBytes));
    s->charged += kDecompressBytes;
  }
  auto decompress = state_of(vm).decompress;
  bz_stream* z = z_of(s);
  size_t at = 0;
  while (!s->eof) {
    size_t chunk = std::min(input.size() - at, compression::kStep);
    z->next_in = reinterpret_cast<char*>(const_cast<uint8_t*>(input.data()) + at);
    z->avail_in = static_cast<unsigned>(chunk);
    size_t room = TRY(out.room());
    if (room == 0) break;
    z->next_out = reinterpret_cast<char*>(out.end());
    z->avail_out = static_cast<unsigned>(room);
    int code = BZ_OK;
    Status polled = compression::step(vm, chunk, [&] { code = decompress(z); });
    out.add(room - z->avail_out);
    at += chunk - z->avail_in;
    TRY(polled);
    if (failed(code)) {
      s->broken = true;
      s->needs_input = false;
      return fail(vm, code);
    }
    s->eof = code == BZ_STREAM_END;
    if (at == input.size() && z->avail_out > 0) break;  // nothing more comes out of what was given
  }
  return at;
}
Value decompressor_decompress(Vm& vm, Args a) {
  Stream* s = stream_of(a);
  int64_t most = TRY(ssize_argument(vm, a, 2, -1));
  return compression::decompress(
      vm, s, a[1], most, [&](std::span<const uint8_t> input, Output& out) { return decompress_all(vm, s, input, out); },
      [](const Output&) { return true; });
}

// --- Tables

constexpr NativeRow kCompressorMethods[] = {
    {"__new__($type, compresslevel=9, /)", compressor_new, kNewMethod | kStaticMethod,
     "Create and return a new object."},
    {"compress($self, data, /)", compressor_compress, 0,
     "Return what comes out for some more data, which may be nothing yet.\n\nCall flush() after the last."},
    {"flush($self, /)", compressor_flush, 0,
     "Return what the compressor still holds.\n\nIt cannot be used any more then."},
};
constexpr TypeSpec kCompressor{
    .name = "_bz2.BZ2Compressor",
    .doc = "BZ2Compressor(compresslevel=9, /)\n--\n\nA compressor; its level is 1 (fast) to 9 (small).",
    .kind = static_cast<CellKind>(Kind::Compressor),
    .size = sizeof(Stream),
    .flags = kTypeImmutable,
    .methods = kCompressorMethods,
    .trace = compression::trace,
    .release = compression::release,
};
constexpr NativeRow kDecompressorMethods[] = {
    {"__new__($type, /, *args, **kwargs)", decompressor_new, kNewMethod | kStaticMethod,
     "Create and return a new object."},
    {"decompress($self, /, data, max_length=-1)", decompressor_decompress, 0,
     "Return what some more data means.\n\nWith a max_length that is not negative no more than that many bytes come "
     "out; "
     "input that was not used\nis kept for the next call, and needs_input is false until then."},
};
constexpr MemberRow kDecompressorMembers[] = {
    MemberRow::computed("eof", compression::get_eof, "True when the end of the stream has been reached."),
    MemberRow::computed("unused_data", compression::get_unused, "What was given behind the end of the stream."),
    MemberRow::computed("needs_input", compression::get_needs_input,
                        "True when nothing more can come out without new data."),
};
constexpr TypeSpec kDecompressor{
    .name = "_bz2.BZ2Decompressor",
    .doc = "BZ2Decompressor()\n--\n\nA decompressor of one stream, which keeps what it has not used yet.",
    .signature = "()",
    .kind = static_cast<CellKind>(Kind::Decompressor),
    .size = sizeof(Stream),
    .flags = kTypeImmutable,
    .methods = kDecompressorMethods,
    .members = kDecompressorMembers,
    .trace = compression::trace,
    .release = compression::release,
};

Status init(Vm& vm, Module* m) {
  State& state = state_of(vm);
  TRY(state.library.open(vm, "libbz2.so.1.0"));
  TRY(state.library.find(vm, "BZ2_bzCompressInit", state.compress_init));
  TRY(state.library.find(vm, "BZ2_bzCompress", state.compress));
  TRY(state.library.find(vm, "BZ2_bzCompressEnd", state.compress_end));
  TRY(state.library.find(vm, "BZ2_bzDecompressInit", state.decompress_init));
  TRY(state.library.find(vm, "BZ2_bzDecompress", state.decompress));
  TRY(state.library.find(vm, "BZ2_bzDecompressEnd", state.decompress_end));
  state.compressor = TRY(module_add_type(vm, m, kCompressor));
  state.decompressor = TRY(module_add_type(vm, m, kDecompressor));
  return {};
}

}  // namespace

extern constinit const ModuleSpec bz2_module{
    .name = "_bz2",
    .doc = "Compression and decompression as bzip2 does it.",
    .init = init,
};

}  // namespace krait
#endif
