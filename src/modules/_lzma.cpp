// _lzma: compression by the system's liblzma, which is loaded when this module is imported.
//
// What a stream's decoder needs stands in its header. The library asks before it takes more than it may (its own limit): then the
// difference is charged to the Vm and the limit raised, up to what the script allows.
#if __has_include(<lzma.h>)
#include <lzma.h>

#include <cstdlib>
#include <iterator>

#include "modules/compression.hpp"
#include "modules/shared_library.hpp"
#include "objects/dict.hpp"
#include "objects/int.hpp"
#include "objects/module.hpp"
#include "objects/native.hpp"
#include "objects/operations.hpp"
#include "objects/quick.hpp"
#include "objects/text_args.hpp"
#include "objects/type.hpp"
#include "runtime/system.hpp"

namespace krait {
namespace {

using compression::Output;
using compression::Stream;

enum Format : int { kAuto, kXz, kAlone, kRaw };
constexpr int kCheckUnknown = LZMA_CHECK_ID_MAX + 1;
constexpr uint64_t kDecoderBytes = 64 * 1024;  ///< what a decoder may take before it has seen a header

struct State : Extension {
  Type *compressor = nullptr, *decompressor = nullptr, *error = nullptr;
  SharedLibrary library;
  // clang-format off: it never comes to rest on this.
#define LZMA_FUNCTIONS(F) \
  F(lzma_code) F(lzma_end) F(lzma_easy_encoder) F(lzma_stream_encoder) \
  F(lzma_alone_encoder) F(lzma_raw_encoder) F(lzma_auto_decoder) F(lzma_stream_decoder) \
  F(lzma_alone_decoder) F(lzma_raw_decoder) F(lzma_get_check) F(lzma_check_is_supported) \
  F(lzma_lzma_preset) F(lzma_properties_size) F(lzma_properties_encode) F(lzma_properties_decode) \
  F(lzma_easy_encoder_memusage) F(lzma_raw_encoder_memusage) F(lzma_raw_decoder_memusage) F(lzma_memusage) \
  F(lzma_memlimit_set)
// clang-format on
#define FIELD(name) decltype(&::name) name = nullptr;
  LZMA_FUNCTIONS(FIELD)
#undef FIELD
  void trace(Marker& m) override {
    for (Type* type : {compressor, decompressor, error}) m.mark_cell(type);
  }
};
State& state_of(Vm& vm) { return vm.extension<State>(); }

/// The library's stream, outside the heap, since release() may run when the module's state is gone.
struct Lzma {
  lzma_stream z = LZMA_STREAM_INIT;
  void (*end)(lzma_stream*) = nullptr;
  int check = kCheckUnknown;
  uint64_t limit = UINT64_MAX;  ///< that the script set
};
void end_lzma(void* native) {
  auto* lzma = static_cast<Lzma*>(native);
  lzma->end(&lzma->z);
  delete lzma;
}
Lzma* lzma_of(Stream* s) { return static_cast<Lzma*>(s->native); }
Stream* stream_of(Args a) { return a[0].as<Stream>(); }

template <class... Parts>
[[gnu::cold]] Error fail(Vm& vm, const char* format, const Parts&... parts) {
  return vm.raise(state_of(vm).error, format, parts...);
}
/// What the library answered, unless all is well.
Status check(Vm& vm, lzma_ret code) {
  switch (code) {
    case LZMA_OK:
    case LZMA_GET_CHECK:
    case LZMA_NO_CHECK:
    case LZMA_STREAM_END: return {};
    case LZMA_UNSUPPORTED_CHECK: return fail(vm, "Unsupported integrity check");
    case LZMA_MEM_ERROR: return vm.raise_memory_error();
    case LZMA_MEMLIMIT_ERROR: return fail(vm, "Memory usage limit exceeded");
    case LZMA_FORMAT_ERROR: return fail(vm, "Input format not supported by decoder");
    case LZMA_OPTIONS_ERROR: return fail(vm, "Invalid or unsupported options");
    case LZMA_DATA_ERROR: return fail(vm, "Corrupt input data");
    case LZMA_BUF_ERROR: return fail(vm, "Insufficient buffer space");
    case LZMA_PROG_ERROR: return fail(vm, "Internal error");
    default: return fail(vm, "Unrecognized error from liblzma: {}", static_cast<int>(code));
  }
}

/// An unsigned number that has room in `most`.
Result<uint64_t> unsigned_argument(Vm& vm, Value v, uint64_t most, const char* c_type) {
  Value i = TRY(index(vm, v));
  if (int_sign(i) < 0) {
    if (python_minor(vm) < 14) return vm.raise(E::OverflowError, "can't convert negative int to unsigned");
    return vm.raise(E::ValueError, "Cannot convert negative int");
  }
  std::optional<uint64_t> n = int_to_u64(i);
  if (!n || *n > most) return vm.raise(E::OverflowError, "Value too large for {} type", c_type);
  return *n;
}
Result<uint32_t> u32_argument(Vm& vm, Value v) {
  return static_cast<uint32_t>(TRY(unsigned_argument(vm, v, UINT32_MAX, "uint32_t")));
}
Result<int> int_argument(Vm& vm, Args a, size_t at, int fallback) {
  if (!a.has(at)) return fallback;
  Value i = TRY(index(vm, a[at]));
  int64_t n = TRY(int_to_i64_checked(vm, i));
  if (n > INT32_MAX) return vm.raise(E::OverflowError, "signed integer is greater than maximum");
  if (n < INT32_MIN) return vm.raise(E::OverflowError, "signed integer is less than minimum");
  return static_cast<int>(n);
}
Value or_none(Args a, size_t at) { return a.get(at, Value::none()); }

// --- Filters

/// The item of a filter's mapping; exhausted() where it has none.
Value item_of(Vm& vm, Value spec, const char* name) {
  Str* key = TRY(vm.intern(name));
  if (is_dict(spec)) return dict_get(vm, spec.as<Dict>(), key);
  Value item = get_item(vm, spec, key);
  if (!item.is_error()) return item;
  if (!vm.pending_is(E::KeyError) || !vm.clear_pending()) return Error{};
  return Value::exhausted();
}

/// A filter and room for its options.
struct Filter {
  lzma_filter filter{LZMA_VLI_UNKNOWN, nullptr};
  lzma_options_lzma lzma{};
  lzma_options_delta delta{};
  lzma_options_bcj bcj{};
};

/// Reads numbers of a filter's mapping; anything else in it, or a number that does not fit, makes it invalid.
struct Option {
  const char* name;
  uint32_t* to;
};
Status read_options(Vm& vm, Value spec, std::span<const Option> options, const char* kind) {
  auto invalid = [&] { return vm.raise(E::ValueError, "Invalid filter specifier for {} filter", kind); };
  Value keys = TRY(list_from(vm, spec));
  for (Value key : std::span(keys.as<List>()->items(), keys.as<List>()->length)) {
    if (!is_str(key)) return invalid();
    if (as_str(key)->equals("id") || (as_str(key)->equals("preset") && std::string_view(kind) == "LZMA")) continue;
    bool known = false;
    for (const Option& option : options) {
      if (!as_str(key)->equals(option.name)) continue;
      known = true;
      Value v = TRY(get_item(vm, spec, key));
      Result<uint32_t> number = u32_argument(vm, v);
      if (number.is_error()) {
        if (!vm.clear_pending()) return Error{};
        return invalid();
      }
      *option.to = number.release();
    }
    if (!known) return invalid();
  }
  return {};
}

Status read_filter(Vm& vm, Value spec, Filter& out) {
  if (special_of(vm, spec, Special::GetItem).is_unset())
    return vm.raise(E::TypeError, "Filter specifier must be a dict or dict-like object");
  Value id = TRY(item_of(vm, spec, "id"));
  if (id.is_exhausted()) return vm.raise(E::ValueError, "Filter specifier must have an \"id\" entry");
  out.filter.id = TRY(unsigned_argument(vm, id, UINT64_MAX, "lzma_vli"));
  switch (out.filter.id) {
    case LZMA_FILTER_LZMA1:
    case LZMA_FILTER_LZMA2: {
      Value given = TRY(item_of(vm, spec, "preset"));
      uint32_t preset = given.is_exhausted() ? uint32_t{LZMA_PRESET_DEFAULT} : TRY(u32_argument(vm, given));
      if (state_of(vm).lzma_lzma_preset(&out.lzma, preset)) return fail(vm, "Invalid compression preset: {}", preset);
      uint32_t mode = out.lzma.mode, finder = out.lzma.mf;
      const Option options[] = {{"dict_size", &out.lzma.dict_size},
                                {"lc", &out.lzma.lc},
                                {"lp", &out.lzma.lp},
                                {"pb", &out.lzma.pb},
                                {"mode", &mode},
                                {"nice_len", &out.lzma.nice_len},
                                {"mf", &finder},
                                {"depth", &out.lzma.depth}};
      TRY(read_options(vm, spec, options, "LZMA"));
      out.lzma.mode = static_cast<lzma_mode>(mode);
      out.lzma.mf = static_cast<lzma_match_finder>(finder);
      out.filter.options = &out.lzma;
      return {};
    }
    case LZMA_FILTER_DELTA: {
      out.delta.type = LZMA_DELTA_TYPE_BYTE;
      out.delta.dist = 1;
      const Option options[] = {{"dist", &out.delta.dist}};
      out.filter.options = &out.delta;
      return read_options(vm, spec, options, "delta");
    }
    case LZMA_FILTER_X86:
    case LZMA_FILTER_POWERPC:
    case LZMA_FILTER_IA64:
    case LZMA_FILTER_ARM:
    case LZMA_FILTER_ARMTHUMB:
    case LZMA_FILTER_SPARC: {
      const Option options[] = {{"start_offset", &out.bcj.start_offset}};
      out.filter.options = &out.bcj;
      return read_options(vm, spec, options, "BCJ");
    }
    default: return vm.raise(E::ValueError, "Invalid filter ID: {}", uint64_t{out.filter.id});
  }
}

struct Chain {
  Filter filters[LZMA_FILTERS_MAX];
  lzma_filter list[LZMA_FILTERS_MAX + 1] = {};  ///< ends with LZMA_VLI_UNKNOWN
};
Status read_chain(Vm& vm, Value specs, Chain& out) {
  if (is_dict(specs)) return vm.raise(E::TypeError, "{} is not a sequence", type_name_of(specs));
  int64_t n = TRY(length(vm, specs));
  if (n > LZMA_FILTERS_MAX)
    return vm.raise(E::ValueError, "Too many filters - liblzma supports a maximum of {}", LZMA_FILTERS_MAX);
  for (int64_t i = 0; i < n; ++i) {
    Value spec = TRY(get_item(vm, specs, Value::small_int(i)));
    TRY(read_filter(vm, spec, out.filters[i]));
    out.list[i] = out.filters[i].filter;
  }
  out.list[n].id = LZMA_VLI_UNKNOWN;
  return {};
}

// --- Streams

/// An object with a stream that begins with `begin`, charged with `bytes` (UINT64_MAX: the library will refuse it anyway).
template <class Begin>
Result<Stream*> stream_new(Vm& vm, Type* type, uint64_t bytes, Begin begin) {
  Stream* s = TRY(vm.new_instance<Stream>(type));
  if (bytes != UINT64_MAX) {
    TRY(compression::charge(vm, bytes));
    s->charged = bytes;
  }
  auto* lzma = new Lzma();
  lzma->end = state_of(vm).lzma_end;
  s->native = lzma;
  s->end = end_lzma;
  s->needs_input = true;
  lzma_ret code = begin(lzma);
  if (code == LZMA_MEM_ERROR) {  // streams that have died hold what the machine refuses
    vm.heap.collect(Heap::Collect::kFull, true);
    code = begin(lzma);
  }
  TRY(check(vm, code));
  return s;
}

/// What an `lzma_check` can hold: a number may be of no algorithm, but not be larger.
bool is_check(int id) { return id >= 0 && id <= static_cast<int>(LZMA_CHECK_ID_MAX); }

// --- LZMACompressor: `eof` says that it has been flushed.

Value compressor_new(Vm& vm, Args a) {
  int format = TRY(int_argument(vm, a, 1, kXz)), which = TRY(int_argument(vm, a, 2, -1));
  Value given = or_none(a, 3), specs = or_none(a, 4);
  if (!given.is_none() && !specs.is_none())
    return vm.raise(E::ValueError, "Cannot specify both preset and filter chain");
  uint32_t preset = given.is_none() ? uint32_t{LZMA_PRESET_DEFAULT} : TRY(u32_argument(vm, given));
  if (format != kXz && which != -1 && which != LZMA_CHECK_NONE)
    return vm.raise(E::ValueError, "Integrity checks are only supported by FORMAT_XZ");
  if (format != kXz && format != kAlone && format != kRaw)
    return vm.raise(E::ValueError, "Invalid container format: {}", format);
  if (format == kRaw && specs.is_none()) return vm.raise(E::ValueError, "Must specify filters for FORMAT_RAW");
  const State& f = state_of(vm);
  Chain chain;
  if (!specs.is_none()) TRY(read_chain(vm, specs, chain));
  if (format == kAlone) {
    if (specs.is_none()) {
      if (f.lzma_lzma_preset(&chain.filters[0].lzma, preset)) return fail(vm, "Invalid compression preset: {}", preset);
      chain.list[0] = {LZMA_FILTER_LZMA1, &chain.filters[0].lzma};
      chain.list[1].id = LZMA_VLI_UNKNOWN;
    } else if (chain.list[0].id != LZMA_FILTER_LZMA1 || chain.list[1].id != LZMA_VLI_UNKNOWN) {
      return vm.raise(E::ValueError, "Invalid filter chain for FORMAT_ALONE - must be a single LZMA1 filter");
    }
  }
  bool easy = format == kXz && specs.is_none();
  if (which == -1) which = LZMA_CHECK_CRC64;
  uint64_t bytes = easy ? f.lzma_easy_encoder_memusage(preset) : f.lzma_raw_encoder_memusage(chain.list);
  return TRY(stream_new(vm, as_type(a[0]), bytes, [&](Lzma* lzma) {
    if (!is_check(which)) return LZMA_PROG_ERROR;  // as the library says of such a number
    auto sum = static_cast<lzma_check>(which);
    if (easy) return f.lzma_easy_encoder(&lzma->z, preset, sum);
    if (format == kXz) return f.lzma_stream_encoder(&lzma->z, chain.list, sum);
    if (format == kRaw) return f.lzma_raw_encoder(&lzma->z, chain.list);
    return f.lzma_alone_encoder(&lzma->z, static_cast<lzma_options_lzma*>(chain.list[0].options));
  }));
}

Value compress_all(Vm& vm, Stream* s, std::span<const uint8_t> input, lzma_action action) {
  auto code_function = state_of(vm).lzma_code;
  lzma_stream* z = &lzma_of(s)->z;
  Output out(vm);
  size_t at = 0;
  while (true) {
    size_t chunk = std::min(input.size() - at, compression::kStep);
    z->next_in = input.data() + at;
    z->avail_in = chunk;
    size_t room = TRY(out.room());
    z->next_out = out.end();
    z->avail_out = room;
    lzma_ret code = LZMA_OK;
    Status polled = compression::step(vm, chunk, [&] { code = code_function(z, action); });
    out.add(room - z->avail_out);
    at += chunk - z->avail_in;
    TRY(polled);
    if (code == LZMA_BUF_ERROR && at == input.size() && z->avail_out > 0) code = LZMA_OK;  // there was nothing to do
    TRY(check(vm, code));
    if (action == LZMA_FINISH ? code == LZMA_STREAM_END : at == input.size() && z->avail_out > 0) return out.finish();
  }
}

Value compressor_compress(Vm& vm, Args a) {
  Stream* s = stream_of(a);
  return compression::compress(
      vm, s, a[1], [&](std::span<const uint8_t> input) -> Value { return compress_all(vm, s, input, LZMA_RUN); });
}
Value compressor_flush(Vm& vm, Args a) {
  Stream* s = stream_of(a);
  return compression::flush(vm, s, [&] { return compress_all(vm, s, {}, LZMA_FINISH); });
}

// --- LZMADecompressor

Value decompressor_new(Vm& vm, Args a) {
  int format = TRY(int_argument(vm, a, 1, kAuto));
  Value limit = or_none(a, 2), specs = or_none(a, 3);
  uint64_t most = UINT64_MAX;
  if (!limit.is_none()) {
    if (format == kRaw) return vm.raise(E::ValueError, "Cannot specify memory limit with FORMAT_RAW");
    most = TRY(unsigned_argument(vm, limit, UINT64_MAX, "uint64_t"));
  }
  if (format == kRaw && specs.is_none()) return vm.raise(E::ValueError, "Must specify filters for FORMAT_RAW");
  if (format != kRaw && !specs.is_none())
    return vm.raise(E::ValueError, "Cannot specify filters except with FORMAT_RAW");
  if (format < kAuto || format > kRaw) return vm.raise(E::ValueError, "Invalid container format: {}", format);
  const State& f = state_of(vm);
  Chain chain;
  if (format == kRaw) TRY(read_chain(vm, specs, chain));
  uint64_t bytes = format == kRaw ? f.lzma_raw_decoder_memusage(chain.list) : kDecoderBytes;
  return TRY(stream_new(vm, as_type(a[0]), bytes, [&](Lzma* lzma) {
    constexpr uint32_t kFlags = LZMA_TELL_ANY_CHECK | LZMA_TELL_NO_CHECK;
    lzma->limit = most;
    uint64_t first = std::min(most, kDecoderBytes);
    if (format == kAlone || format == kRaw) lzma->check = LZMA_CHECK_NONE;
    switch (format) {
      case kAuto: return f.lzma_auto_decoder(&lzma->z, first, kFlags);
      case kXz: return f.lzma_stream_decoder(&lzma->z, first, kFlags);
      case kAlone: return f.lzma_alone_decoder(&lzma->z, first);
      default: return f.lzma_raw_decoder(&lzma->z, chain.list);
    }
  }));
}

/// The decoder wants more memory than it may take: charges it and raises the limit.
Status grant(Vm& vm, Stream* s) {
  const State& f = state_of(vm);
  Lzma* lzma = lzma_of(s);
  uint64_t wanted = f.lzma_memusage(&lzma->z);
  if (wanted > lzma->limit) return check(vm, LZMA_MEMLIMIT_ERROR);
  if (wanted > s->charged) {
    TRY(compression::charge(vm, wanted - s->charged));
    s->charged = wanted;
  }
  return check(vm, f.lzma_memlimit_set(&lzma->z, wanted));
}

Result<size_t> decompress_all(Vm& vm, Stream* s, std::span<const uint8_t> input, Output& out) {
  const State& f = state_of(vm);
  Lzma* lzma = lzma_of(s);
  lzma_stream* z = &lzma->z;
  size_t at = 0;
  while (!s->eof) {
    size_t chunk = std::min(input.size() - at, compression::kStep);
    z->next_in = input.data() + at;
    z->avail_in = chunk;
    size_t room = TRY(out.room());
    if (room == 0) break;
    z->next_out = out.end();
    z->avail_out = room;
    lzma_ret code = LZMA_OK;
    Status polled = compression::step(vm, chunk, [&] { code = f.lzma_code(z, LZMA_RUN); });
    out.add(room - z->avail_out);
    at += chunk - z->avail_in;
    TRY(polled);
    if (code == LZMA_MEMLIMIT_ERROR) {
      TRY(grant(vm, s));
      continue;
    }
    if (code == LZMA_BUF_ERROR && at == input.size() && z->avail_out > 0) code = LZMA_OK;  // it only wants more input
    TRY(check(vm, code));
    if (code == LZMA_GET_CHECK || code == LZMA_NO_CHECK) {
      lzma->check = static_cast<int>(f.lzma_get_check(z));
      continue;
    }
    s->eof = code == LZMA_STREAM_END;
    if (at == input.size() && z->avail_out > 0) break;
  }
  return at;
}
Value decompressor_decompress(Vm& vm, Args a) {
  Stream* s = stream_of(a);
  int64_t most = TRY(ssize_argument(vm, a, 2, -1));
  if (s->eof) {
    if (!has_buffer(vm, a[1]))
      return vm.raise(E::TypeError, "a bytes-like object is required, not '{}'", type_name_of(a[1]));
    return vm.raise(E::EOFError, "Already at end of stream");
  }
  return compression::decompress(
      vm, s, a[1], most, [&](std::span<const uint8_t> input, Output& out) { return decompress_all(vm, s, input, out); },
      [](const Output& out) { return !out.full(); });
}
Value get_check(Vm&, Value v) { return Value::small_int(lzma_of(v.as<Stream>())->check); }

// --- The module's functions

Value is_check_supported(Vm& vm, Args a) {
  int id = TRY(int_argument(vm, a, 0, 0));
  return Value::boolean(is_check(id) && state_of(vm).lzma_check_is_supported(static_cast<lzma_check>(id)) != 0);
}

Value encode_filter_properties(Vm& vm, Args a) {
  Filter filter;
  TRY(read_filter(vm, a[0], filter));
  uint32_t size = 0;
  TRY(check(vm, state_of(vm).lzma_properties_size(&size, &filter.filter)));
  Bytes* out = TRY(bytes_allocate(vm, size));
  TRY(check(vm, state_of(vm).lzma_properties_encode(&filter.filter, out->data)));
  return out;
}

Value decode_filter_properties(Vm& vm, Args a) {
  lzma_filter filter{TRY(unsigned_argument(vm, a[0], UINT64_MAX, "lzma_vli")), nullptr};
  ScopedBuffer data(vm);
  TRY(data.acquire(a[1]));
  Dict* spec = TRY(dict_new(vm));
  auto set = [&](const char* name, uint64_t n) -> Status {
    Value v = int_from_u64(vm, n);
    if (v.is_error()) return Error{};
    return dict_set_str(vm, spec, TRY(vm.intern(name)), v);
  };
  TRY(check(vm, state_of(vm).lzma_properties_decode(&filter, nullptr, data.get().data,
                                                    static_cast<size_t>(data.get().length))));
  auto fill = [&]() -> Status {
    TRY(set("id", filter.id));
    switch (filter.id) {
      case LZMA_FILTER_LZMA1:
      case LZMA_FILTER_LZMA2: {
        const auto* options = static_cast<const lzma_options_lzma*>(filter.options);
        if (filter.id == LZMA_FILTER_LZMA1) {
          TRY(set("lc", options->lc));
          TRY(set("lp", options->lp));
          TRY(set("pb", options->pb));
        }
        return set("dict_size", options->dict_size);
      }
      case LZMA_FILTER_DELTA: return set("dist", static_cast<const lzma_options_delta*>(filter.options)->dist);
      default:
        if (filter.options == nullptr) return {};
        return set("start_offset", static_cast<const lzma_options_bcj*>(filter.options)->start_offset);
    }
  };
  Status filled = fill();
  std::free(filter.options);  // the library took it from malloc, having been given no allocator
  TRY(filled);
  return spec;
}

// --- Tables

constexpr NativeRow kCompressorMethods[] = {
    {"__new__($type, format=FORMAT_XZ, check=-1, preset=None, filters=None)", compressor_new,
     kNewMethod | kStaticMethod, "Create and return a new object."},
    {"compress($self, data, /)", compressor_compress, 0,
     "Return what comes out for some more data, which may be nothing yet.\n\nCall flush() after the last."},
    {"flush($self, /)", compressor_flush, 0,
     "Return what the compressor still holds.\n\nIt cannot be used any more then."},
};
constexpr TypeSpec kCompressor{
    .name = "_lzma.LZMACompressor",
    .doc =
        "LZMACompressor(format=FORMAT_XZ, check=-1, preset=None, filters=None)\n\nA compressor. format is the "
        "container "
        "(FORMAT_XZ, FORMAT_ALONE or FORMAT_RAW), check the kind of\nchecksum in it; preset (0 to 9, perhaps with "
        "PRESET_EXTREME) or filters say how to compress.",
    .signature = "",
    .kind = static_cast<CellKind>(Kind::Compressor),
    .size = sizeof(Stream),
    .flags = kTypeImmutable,
    .methods = kCompressorMethods,
    .trace = compression::trace,
    .release = compression::release,
};
constexpr NativeRow kDecompressorMethods[] = {
    {"__new__($type, format=FORMAT_AUTO, memlimit=None, filters=None)", decompressor_new, kNewMethod | kStaticMethod,
     "Create and return a new object."},
    {"decompress($self, /, data, max_length=-1)", decompressor_decompress, 0,
     "Return what some more data means.\n\nWith a max_length that is not negative no more than that many bytes come "
     "out; "
     "input that was not used\nis kept for the next call, and needs_input is false until then."},
};
constexpr MemberRow kDecompressorMembers[] = {
    MemberRow::computed("check", get_check, "The kind of checksum of the stream; CHECK_UNKNOWN before its header."),
    MemberRow::computed("eof", compression::get_eof, "True when the end of the stream has been reached."),
    MemberRow::computed("needs_input", compression::get_needs_input,
                        "True when nothing more can come out without new data."),
    MemberRow::computed("unused_data", compression::get_unused, "What was given behind the end of the stream."),
};
constexpr TypeSpec kDecompressor{
    .name = "_lzma.LZMADecompressor",
    .doc =
        "LZMADecompressor(format=FORMAT_AUTO, memlimit=None, filters=None)\n\nA decompressor of one stream, which "
        "keeps "
        "what it has not used yet. memlimit is how many bytes it may take.",
    .kind = static_cast<CellKind>(Kind::Decompressor),
    .size = sizeof(Stream),
    .flags = kTypeImmutable,
    .methods = kDecompressorMethods,
    .members = kDecompressorMembers,
    .trace = compression::trace,
    .release = compression::release,
};

constexpr NativeRow kFunctions[] = {
    {"is_check_supported(check_id, /)", is_check_supported, 0, "Can the library make checksums of this kind?"},
    {"_encode_filter_properties(filter, /)", encode_filter_properties, 0,
     "Return the bytes that tell a filter's options (not its id)."},
    {"_decode_filter_properties(filter_id, encoded_props, /)", decode_filter_properties, 0,
     "Return a dict of a filter's options from the bytes that tell them."},
};

constexpr struct {
  const char* name;
  uint64_t value;
} kNumbers[] = {
    {"FORMAT_AUTO", kAuto},
    {"FORMAT_XZ", kXz},
    {"FORMAT_ALONE", kAlone},
    {"FORMAT_RAW", kRaw},
    {"CHECK_NONE", LZMA_CHECK_NONE},
    {"CHECK_CRC32", LZMA_CHECK_CRC32},
    {"CHECK_CRC64", LZMA_CHECK_CRC64},
    {"CHECK_SHA256", LZMA_CHECK_SHA256},
    {"CHECK_ID_MAX", LZMA_CHECK_ID_MAX},
    {"CHECK_UNKNOWN", kCheckUnknown},
    {"FILTER_LZMA1", LZMA_FILTER_LZMA1},
    {"FILTER_LZMA2", LZMA_FILTER_LZMA2},
    {"FILTER_DELTA", LZMA_FILTER_DELTA},
    {"FILTER_X86", LZMA_FILTER_X86},
    {"FILTER_IA64", LZMA_FILTER_IA64},
    {"FILTER_ARM", LZMA_FILTER_ARM},
    {"FILTER_ARMTHUMB", LZMA_FILTER_ARMTHUMB},
    {"FILTER_SPARC", LZMA_FILTER_SPARC},
    {"FILTER_POWERPC", LZMA_FILTER_POWERPC},
    {"MF_HC3", LZMA_MF_HC3},
    {"MF_HC4", LZMA_MF_HC4},
    {"MF_BT2", LZMA_MF_BT2},
    {"MF_BT3", LZMA_MF_BT3},
    {"MF_BT4", LZMA_MF_BT4},
    {"MODE_FAST", LZMA_MODE_FAST},
    {"MODE_NORMAL", LZMA_MODE_NORMAL},
    {"PRESET_DEFAULT", LZMA_PRESET_DEFAULT},
    {"PRESET_EXTREME", LZMA_PRESET_EXTREME},
};

Status init(Vm& vm, Module* m) {
  State& state = state_of(vm);
  TRY(state.library.open(vm, "liblzma.so.5"));
#define FIND(name) TRY(state.library.find(vm, #name, state.name));
  LZMA_FUNCTIONS(FIND)
#undef FIND
  state.compressor = TRY(module_add_type(vm, m, kCompressor));
  state.decompressor = TRY(module_add_type(vm, m, kDecompressor));
  Dict* ns = TRY(dict_new(vm));
  TRY(dict_set_str(vm, ns, vm.names.d_module, TRY(vm.intern("_lzma"))));
  Str* doc = TRY(str_from_ascii(vm, "Call to liblzma failed."));
  TRY(dict_set_str(vm, ns, TRY(vm.intern("__doc__")), doc));
  Tuple* bases = TRY(tuple_of(vm, Value(vm.exception_type(E::Exception))));
  state.error = as_type(TRY(type_new(vm, vm.types.type, TRY(vm.intern("LZMAError")), bases, ns, nullptr)));
  TRY(module_add(vm, m, "LZMAError", state.error));
  for (const auto& number : kNumbers) TRY(module_add(vm, m, number.name, int_from_u64(vm, number.value)));
  return {};
}

}  // namespace

extern constinit const ModuleSpec lzma_module{
    .name = "_lzma",
    .doc = "Compression and decompression as xz does it.",
    .functions = kFunctions,
    .init = init,
};

}  // namespace krait
#endif
