// memoryview: a window on another object's memory.
//
// Rules
//  1. Any callback into Python may release the view: what was read of it before is checked again (`open`) afterwards.
//  2. The exporter gets its buffer back when the last view on a ManagedBuffer is released, or by the ManagedBuffer's finalizer
//     when the collector finds that no view is left. An exporter that cannot wait for that asks (buffer_drop_dead_exports).
#include "objects/memoryview.hpp"

#include <cmath>
#include <cstdio>
#include <cstring>
#include <vector>

#include "base/hash.hpp"
#include "objects/bytes_methods.hpp"
#include "objects/float.hpp"
#include "objects/generic_alias.hpp"
#include "objects/text_args.hpp"
#include "objects/weakref.hpp"

namespace krait {

namespace {

MemoryView* self_of(Args a) { return a[0].as<MemoryView>(); }

void trace_buffer(const Buffer& b, Marker& m) {
  m.mark(b.object);
  m.mark(b.holder);
}
void trace_managed(Heap&, Cell* cell, Marker& m) { trace_buffer(static_cast<ManagedBuffer*>(cell)->buffer, m); }
void trace_view(Heap&, Cell* cell, Marker& m) {
  auto* view = static_cast<MemoryView*>(cell);
  m.mark_cell(view->managed);
  trace_buffer(view->view, m);
}

/// The managed buffers with something to be given back. None of them dies while it is here: its finalizer takes it out.
struct ManagedBuffers : Extension {
  std::vector<ManagedBuffer*> all;
  Vm* vm = nullptr;
  bool asked = false;  ///< the next collection is to find out which are held
};

void note_held(void* context) {
  auto& buffers = *static_cast<ManagedBuffers*>(context);
  if (!buffers.asked) return;
  for (ManagedBuffer* b : buffers.all) b->held = buffers.vm->heap.is_marked(b);
}

void release_managed(Vm& vm, ManagedBuffer* managed) {
  if (managed->released) return;
  managed->released = true;
  auto& all = vm.extension<ManagedBuffers>().all;
  if (managed->place < all.size() && all[managed->place] == managed) {
    all[managed->place] = all.back();
    all[managed->place]->place = managed->place;
    all.pop_back();
  }
  buffer_release(vm, managed->buffer);
}

/// From now on its release is somebody's business: the finalizer's, or that of buffer_drop_dead_exports.
Status watch_managed(Vm& vm, ManagedBuffer* managed) {
  auto& buffers = vm.extension<ManagedBuffers>();
  if (buffers.vm == nullptr) {
    buffers.vm = &vm;
    vm.heap.set_stack_last(static_cast<CellKind>(Kind::ManagedBuffer));
    vm.heap.set_stack_last(static_cast<CellKind>(Kind::MemoryView));
    vm.heap.set_before_stack_last(note_held, &buffers);
    set_native_finalizer(vm, Kind::ManagedBuffer,
                         [](Vm& v, Cell* cell) { release_managed(v, static_cast<ManagedBuffer*>(cell)); });
  }
  if (!finalizer_register(vm, managed)) return vm.raise_memory_error();
  managed->place = static_cast<uint32_t>(buffers.all.size());
  buffers.all.push_back(managed);
  return {};
}

/// ValueError after release().
Status open(Vm& vm, const MemoryView* m) {
  if (m->released || m->managed->released) [[unlikely]]
    return vm.raise(E::ValueError, "operation forbidden on released memoryview object");
  return {};
}

/// Another view on the same managed buffer.
Result<MemoryView*> view_of(Vm& vm, ManagedBuffer* managed, const Buffer& view) {
  MemoryView* m = TRY(vm.new_instance<MemoryView>(vm.types.memoryview));
  m->managed = managed;
  m->view = view;
  ++managed->views;
  vm.barrier(m);
  return m;
}

// --- Items

/// The letter of a native one-letter format, 0 for others.
char native_format(const char* format) {
  if (format == nullptr) return 'B';
  if (*format == '@') ++format;
  return format[0] != 0 && format[1] == 0 && std::strchr("bBchHiIlLqQnNfdeP?", format[0]) ? format[0] : char{0};
}
int64_t native_size(char letter) {
  switch (letter) {
    case 'b':
    case 'B':
    case 'c':
    case '?': return 1;
    case 'h':
    case 'H':
    case 'e': return 2;
    case 'i':
    case 'I':
    case 'f': return 4;
    default: return 8;
  }
}
/// The format as static text.
const char* format_text(char letter, bool at) {
  constexpr const char* kTexts[] = {"@b", "@B", "@c", "@h", "@H", "@i", "@I", "@l", "@L",
                                    "@q", "@Q", "@n", "@N", "@f", "@d", "@e", "@P", "@?"};
  for (const char* text : kTexts)
    if (text[1] == letter) return at ? text : text + 1;
  return "B";
}
bool is_byte_format(char letter) { return letter == 'b' || letter == 'B' || letter == 'c'; }

template <class T>
T load(const uint8_t* p) {
  T v;
  std::memcpy(&v, p, sizeof v);
  return v;
}
template <class T>
void store(uint8_t* p, T v) {
  std::memcpy(p, &v, sizeof v);
}

double half_to_double(uint16_t h) {
  int exponent = h >> 10 & 31;
  double value = (h & 0x3FF) / 1024.0;
  if (exponent == 31) {
    value = value == 0 ? __builtin_inf() : __builtin_nan("");
  } else {
    value = exponent == 0 ? __builtin_ldexp(value, -14) : __builtin_ldexp(1 + value, exponent - 15);
  }
  return h & 0x8000 ? -value : value;
}

/// Half precision, ties to even; false if too large.
bool double_to_half(double d, uint16_t* out) {
  uint16_t sign = std::signbit(d) ? 0x8000 : 0;
  d = __builtin_fabs(d);
  uint16_t bits;
  if (__builtin_isnan(d)) {
    bits = 0x7E00;
  } else if (__builtin_isinf(d)) {
    bits = 0x7C00;
  } else if (d < 0x1p-14) {
    bits = static_cast<uint16_t>(__builtin_rint(d * 0x1p24));
  } else {
    int exponent;
    double mantissa = __builtin_frexp(d, &exponent);  // in [0.5, 1)
    uint32_t digits = static_cast<uint32_t>(__builtin_rint((mantissa * 2 - 1) * 1024));
    int64_t all = (static_cast<int64_t>(exponent - 1 + 15) << 10) + digits;
    if (all >= 0x7C00) return false;
    bits = static_cast<uint16_t>(all);
  }
  *out = sign | bits;
  return true;
}

Value unpack_item(Vm& vm, const uint8_t* p, char letter) {
  switch (letter) {
    case 'B': return Value::small_int(*p);
    case 'b': return Value::small_int(static_cast<int8_t>(*p));
    case 'c': return bytes_from(vm, std::span<const uint8_t>{p, 1});
    case '?': return Value::boolean(*p != 0);
    case 'h': return Value::small_int(load<int16_t>(p));
    case 'H': return Value::small_int(load<uint16_t>(p));
    case 'i': return Value::small_int(load<int32_t>(p));
    case 'I': return Value::small_int(load<uint32_t>(p));
    case 'l':
    case 'q':
    case 'n': return int_from(vm, load<int64_t>(p));
    case 'L':
    case 'Q':
    case 'N':
    case 'P': return int_from_u64(vm, load<uint64_t>(p));
    case 'e': return float_from(vm, half_to_double(load<uint16_t>(p)));
    case 'f': return float_from(vm, load<float>(p));
    default: return float_from(vm, load<double>(p));
  }
}

Error bad_value(Vm& vm, char letter) {
  return vm.raise(E::ValueError, "memoryview: invalid value for format '{}'", letter);
}
Error bad_type(Vm& vm, char letter) {
  return vm.raise(E::TypeError, "memoryview: invalid type for format '{}'", letter);
}

/// An item packed into 8 bytes. May run Python (__index__, __float__, __bool__).
Status pack_item(Vm& vm, Value v, char letter, uint8_t (&out)[8]) {
  switch (letter) {
    case 'c':
      if (!is_bytes(v)) return bad_type(vm, letter);
      if (v.as<Bytes>()->length != 1) return bad_value(vm, letter);
      out[0] = v.as<Bytes>()->data[0];
      return {};
    case '?': out[0] = TRY(truthy(vm, v)); return {};
    case 'e':
    case 'f':
    case 'd': {
      Result<double> d = to_double(vm, v);
      if (d.is_error()) {
        if (!vm.pending_is(E::TypeError) || !vm.clear_pending()) return Error{};
        return bad_type(vm, letter);
      }
      double value = d.release();
      if (letter == 'd') {
        store(out, value);
      } else if (letter == 'f') {
        if (__builtin_isfinite(value) && __builtin_isinf(static_cast<float>(value)))
          return vm.raise(E::OverflowError, "float too large to pack with f format");
        store(out, static_cast<float>(value));
      } else {
        uint16_t half;
        if (!double_to_half(value, &half)) return vm.raise(E::OverflowError, "float too large to pack with e format");
        store(out, half);
      }
      return {};
    }
    default: break;
  }
  if (!has_index(vm, v)) return bad_type(vm, letter);
  Value i = TRY(index(vm, v));
  bool is_unsigned = std::strchr("BHILQNP", letter) != nullptr;
  int64_t bits = native_size(letter) * 8;
  if (is_unsigned) {
    auto u = int_to_u64(i);
    if (!u || (bits < 64 && *u >> bits != 0)) return bad_value(vm, letter);
    store(out, *u);  // little-endian: the low bytes come first
  } else {
    auto s = int_to_i64(i);
    if (!s || (bits < 64 && (*s < -(int64_t{1} << (bits - 1)) || *s >= int64_t{1} << (bits - 1))))
      return bad_value(vm, letter);
    store(out, *s);
  }
  return {};
}

Result<char> item_format(Vm& vm, const MemoryView* m) {
  char letter = native_format(m->view.format);
  if (letter == 0) return vm.raise(E::NotImplementedError, "memoryview: format {} not supported", m->view.format);
  return letter;
}

// --- Layout

bool is_c_contiguous(const Buffer& b) {
  int64_t expected = b.item_size;
  for (int i = b.ndim - 1; i >= 0; --i) {
    if (b.shape[i] == 0) return true;
    if (b.shape[i] > 1 && b.strides[i] != expected) return false;
    expected *= b.shape[i];
  }
  return true;
}
bool is_f_contiguous(const Buffer& b) {
  int64_t expected = b.item_size;
  for (int i = 0; i < b.ndim; ++i) {
    if (b.shape[i] == 0) return true;
    if (b.shape[i] > 1 && b.strides[i] != expected) return false;
    expected *= b.shape[i];
  }
  return true;
}
int64_t item_count(const Buffer& b) {
  int64_t n = 1;
  for (int i = 0; i < b.ndim; ++i) n *= b.shape[i];
  return n;
}
void set_length(Buffer& b) {
  b.length = item_count(b) * b.item_size;
  b.contiguous = is_c_contiguous(b);
}

/// Calls f(pointer to item) for every item in C order (or, with `fortran`, with the first index running fastest).
template <class F>
Status for_items(const Buffer& b, F f, bool fortran = false) {
  int64_t n = item_count(b);
  int64_t at[8] = {};
  const uint8_t* p = b.data;
  for (int64_t done = 0; done < n; ++done) {
    TRY(f(p));
    for (int k = 0; k < b.ndim; ++k) {
      int i = fortran ? k : b.ndim - 1 - k;
      p += b.strides[i];
      if (++at[i] < b.shape[i]) break;
      p -= b.strides[i] * b.shape[i];
      at[i] = 0;
    }
  }
  return {};
}

Value buffer_bytes(Vm& vm, const Buffer& b, bool fortran) {
  Bytes* out = TRY(bytes_allocate(vm, static_cast<uint64_t>(b.length)));
  if (fortran ? is_f_contiguous(b) : b.contiguous) {
    if (b.length > 0) std::memcpy(out->data, b.data, static_cast<size_t>(b.length));
    return out;
  }
  uint8_t* to = out->data;
  uint64_t n = 0;
  TRY(for_items(
      b,
      [&](const uint8_t* p) -> Status {
        POLL_EVERY_1024(vm, n);
        ++n;
        std::memcpy(to, p, static_cast<size_t>(b.item_size));
        to += b.item_size;
        return {};
      },
      fortran));
  return out;
}

}  // namespace

Value buffer_to_bytes(Vm& vm, const Buffer& b) { return buffer_bytes(vm, b, false); }

// --- Making and releasing

Value memoryview_new(Vm& vm, Value object) {
  if (is_memoryview(object)) {
    MemoryView* m = object.as<MemoryView>();
    TRY(open(vm, m));
    return view_of(vm, m->managed, m->view);
  }
  if (!has_buffer(vm, object))
    return vm.raise(E::TypeError, "memoryview: a bytes-like object is required, not '{}'", type_name_of(object));
  ManagedBuffer* managed = TRY(vm.new_instance<ManagedBuffer>(vm.types.managedbuffer));
  managed->released = true;  // until there is something to be released
  TRY(buffer_acquire(vm, object, managed->buffer, kBufferStrided));
  managed->released = false;
  vm.barrier(managed);
  if (!is_bytes(managed->buffer.object)) {
    if (watch_managed(vm, managed).is_error()) {
      release_managed(vm, managed);
      return Error{};
    }
  }
  managed->buffer.contiguous = is_c_contiguous(managed->buffer);
  return view_of(vm, managed, managed->buffer);
}

Status memoryview_acquire(Vm& vm, MemoryView* m, Buffer& out, uint32_t flags) {
  TRY(open(vm, m));
  if ((flags & kBufferWritable) && m->view.readonly)
    return vm.raise(E::BufferError, "memoryview: underlying buffer is not writable");
  if (!(flags & kBufferStrided) && !m->view.contiguous)
    return vm.raise(E::BufferError, "memoryview: underlying buffer is not C-contiguous");
  out = m->view;
  out.object = Value(m);
  out.holder = Value();
  ++m->exports;
  ++m->managed->uses;
  return {};
}

Status memoryview_release(Vm& vm, MemoryView* m) {
  if (m->released) return {};
  if (m->exports > 0)
    return vm.raise(E::BufferError, "memoryview has {} exported buffer{}", m->exports, m->exports == 1 ? "" : "s");
  m->released = true;
  if (--m->managed->views == 0) release_managed(vm, m->managed);
  return {};
}

void buffer_drop_dead_exports(Vm& vm, Value exporter) {
  auto& buffers = vm.extension<ManagedBuffers>();
  auto is_candidate = [&](ManagedBuffer* b) {
    return b->buffer.object.is(exporter) && b->buffer.holder.is_unset() && b->uses == 0;
  };
  // A young view is judged by a cheap collection; only an old one needs a full one.
  for (Heap::Collect what : {Heap::Collect::kMinor, Heap::Collect::kFull}) {
    bool any = false;
    for (ManagedBuffer* b : buffers.all)
      any = any || (is_candidate(b) && (what == Heap::Collect::kMinor || (b->gc & kGcOld)));
    if (!any) return;
    bool old_ones = false;
    for (ManagedBuffer* b : buffers.all) old_ones = old_ones || (is_candidate(b) && (b->gc & kGcOld));
    buffers.asked = true;
    for (ManagedBuffer* b : buffers.all) b->held = true;
    vm.heap.collect(what);
    buffers.asked = false;
    for (size_t i = buffers.all.size(); i-- > 0;) {
      if (i >= buffers.all.size()) continue;
      ManagedBuffer* b = buffers.all[i];
      if (!b->held && is_candidate(b)) release_managed(vm, b);
    }
    if (!old_ones) return;
  }
}

namespace {

Value memoryview_new_method(Vm& vm, Args a) { return memoryview_new(vm, a[1]); }

Value from_flags(Vm& vm, Args a) {
  int64_t flags = TRY(ssize_argument(vm, a[2]));
  Value m = TRY(memoryview_new(vm, a[1]));
  if ((flags & 1) && m.as<MemoryView>()->view.readonly) return vm.raise(E::BufferError, "Object is not writable.");
  return m;
}

Value release(Vm& vm, Args a) {
  TRY(memoryview_release(vm, self_of(a)));
  return Value::none();
}
Value enter(Vm& vm, Args a) {
  TRY(open(vm, self_of(a)));
  return a[0];
}

// --- Items and slices

/// The byte offset of an item in one dimension.
Result<int64_t> offset_in(Vm& vm, const MemoryView* m, int dimension, int64_t i) {
  int64_t n = m->view.shape[dimension];
  if (i < 0) i += n;
  if (i < 0 || i >= n) return vm.raise(E::IndexError, "index out of bounds on dimension {}", dimension + 1);
  return i * m->view.strides[dimension];
}

/// The item that a key names; null (no error) if the key is not one of a single item. `sub_views`: why a single index is not
/// enough for more dimensions.
Status find_item(Vm& vm, MemoryView* m, Value key, uint8_t** item, const char* sub_views) {
  *item = nullptr;
  if (has_index(vm, key)) {
    int64_t i = TRY(quick_index(vm, key));
    TRY(open(vm, m));
    if (m->view.ndim == 0) return vm.raise(E::TypeError, "invalid indexing of 0-dim memory");
    if (m->view.ndim > 1) return vm.raise(E::NotImplementedError, sub_views);
    *item = m->view.data + TRY(offset_in(vm, m, 0, i));
    return {};
  }
  if (!is_tuple(key)) return {};
  Tuple* t = key.as<Tuple>();
  for (uint64_t i = 0; i < t->length; ++i)
    if (!has_index(vm, t->items[i])) return {};
  if (t->length < static_cast<uint64_t>(m->view.ndim))
    return vm.raise(E::NotImplementedError, "sub-views are not implemented");
  if (t->length > static_cast<uint64_t>(m->view.ndim))
    return vm.raise(E::TypeError, "cannot index {}-dimension view with {}-element tuple", m->view.ndim, t->length);
  int64_t offset = 0;
  for (uint64_t i = 0; i < t->length; ++i) {
    int64_t at = TRY(quick_index(vm, t->items[i]));
    TRY(open(vm, m));
    offset += TRY(offset_in(vm, m, static_cast<int>(i), at));
  }
  *item = m->view.data + offset;
  return {};
}

/// What is neither an item nor a slice: a tuple of slices (`slices` says why not), or wrong.
[[gnu::cold]] Error bad_key(Vm& vm, Value key, const char* slices) {
  bool all = is_tuple(key) && key.as<Tuple>()->length > 0;
  for (uint64_t i = 0; all && i < key.as<Tuple>()->length; ++i) all = is_kind(key.as<Tuple>()->items[i], Kind::Slice);
  if (all) return vm.raise(E::NotImplementedError, slices);
  return vm.raise(E::TypeError, "memoryview: invalid slice key");
}

Value getitem(Vm& vm, Args a) {
  MemoryView* m = self_of(a);
  TRY(open(vm, m));
  Value key = a[1];
  if (m->view.ndim == 0) {
    if (is_tuple(key) && key.as<Tuple>()->length == 0) return unpack_item(vm, m->view.data, TRY(item_format(vm, m)));
    if (key.is(Value::ellipsis())) return m;
    return vm.raise(E::TypeError, "invalid indexing of 0-dim memory");
  }
  if (is_kind(key, Kind::Slice)) {
    // The new view is there before the bounds are asked for: they may release this one.
    Value part = TRY(view_of(vm, m->managed, m->view));
    Result<SliceRange> unpacked = slice_unpack(vm, key);
    if (unpacked.is_error()) {
      Value pending = vm.take_pending();
      TRY(memoryview_release(vm, part.as<MemoryView>()));
      vm.t.pending = pending;
      return Error{};
    }
    Buffer& view = part.as<MemoryView>()->view;
    SliceRange r = slice_adjust(unpacked.release(), view.shape[0]);
    view.data += r.start * view.strides[0];
    view.shape[0] = r.count;
    view.strides[0] *= r.step;
    set_length(view);
    return part;
  }
  uint8_t* item;
  TRY(find_item(vm, m, key, &item, "multi-dimensional sub-views are not implemented"));
  if (item != nullptr) return unpack_item(vm, item, TRY(item_format(vm, m)));
  return bad_key(vm, key, "multi-dimensional slicing is not implemented");
}

Value setitem(Vm& vm, Args a) {
  MemoryView* m = self_of(a);
  TRY(open(vm, m));
  Value key = a[1], value = a[2];
  char letter = TRY(item_format(vm, m));
  if (m->view.readonly) return vm.raise(E::TypeError, "cannot modify read-only memory");
  uint8_t packed[8] = {};
  size_t size = static_cast<size_t>(m->view.item_size);
  if (m->view.ndim == 0) {
    if (!key.is(Value::ellipsis()) && !(is_tuple(key) && key.as<Tuple>()->length == 0))
      return vm.raise(E::TypeError, "invalid indexing of 0-dim memory");
    TRY(pack_item(vm, value, letter, packed));
    TRY(open(vm, m));
    std::memcpy(m->view.data, packed, size);
    return Value::none();
  }
  if (is_kind(key, Kind::Slice) && m->view.ndim == 1) {
    Buffer source;
    TRY(buffer_acquire(vm, value, source, kBufferStrided));
    auto copy = [&]() -> Status {
      SliceRange unpacked = TRY(slice_unpack(vm, key));
      TRY(open(vm, m));
      SliceRange r = slice_adjust(unpacked, m->view.shape[0]);
      char other = native_format(source.format);
      if (source.ndim != 1 || source.shape[0] != r.count || other != letter || source.item_size != m->view.item_size)
        return vm.raise(E::ValueError, "memoryview assignment: lvalue and rvalue have different structures");
      // The memories may overlap: through a copy.
      Value bytes = TRY(buffer_to_bytes(vm, source));
      TRY(open(vm, m));
      const uint8_t* from = bytes.as<Bytes>()->data;
      uint8_t* to = m->view.data + r.start * m->view.strides[0];
      int64_t step = r.step * m->view.strides[0];
      if (step == m->view.item_size) {
        std::memcpy(to, from, bytes.as<Bytes>()->length);
        return {};
      }
      for (int64_t i = 0; i < r.count; ++i, to += step, from += size) std::memcpy(to, from, size);
      return {};
    };
    Status done = copy();
    buffer_release(vm, source);
    TRY(done);
    return Value::none();
  }
  if (is_kind(key, Kind::Slice))
    return vm.raise(E::NotImplementedError, "memoryview slice assignments are currently restricted to ndim = 1");
  uint8_t* item;
  TRY(find_item(vm, m, key, &item, "sub-views are not implemented"));
  if (item == nullptr) return bad_key(vm, key, "memoryview slice assignments are currently restricted to ndim = 1");
  TRY(pack_item(vm, value, letter, packed));
  TRY(open(vm, m));
  std::memcpy(item, packed, size);
  return Value::none();
}

Value delitem(Vm& vm, Args a) {
  TRY(open(vm, self_of(a)));
  if (self_of(a)->view.readonly) return vm.raise(E::TypeError, "cannot modify read-only memory");
  return vm.raise(E::TypeError, "cannot delete memory");
}

Value len(Vm& vm, Args a) {
  MemoryView* m = self_of(a);
  TRY(open(vm, m));
  if (m->view.ndim == 0) return vm.raise(E::TypeError, "0-dim memory has no length");
  return Value::small_int(m->view.shape[0]);
}

// --- Comparison

/// The items as nested lists would be compared: same shape, and each pair equal.
Result<bool> equal_buffers(Vm& vm, const Buffer& x, const Buffer& y) {
  if (x.ndim != y.ndim) return false;
  for (int i = 0; i < x.ndim; ++i) {
    if (x.shape[i] != y.shape[i]) return false;
    if (x.shape[i] == 0) return true;
  }
  char f = native_format(x.format), g = native_format(y.format);
  if (f == 0 || g == 0) {
    // Formats of records: equal where the bytes are and the formats say the same.
    if (std::strcmp(x.format, y.format) != 0 || x.item_size != y.item_size) return false;
    Value p = TRY(buffer_to_bytes(vm, x)), q = TRY(buffer_to_bytes(vm, y));
    return p.as<Bytes>()->view() == q.as<Bytes>()->view();
  }
  bool integral = std::strchr("fde", f) == nullptr && f == g && f != '?';
  if (integral && x.contiguous && y.contiguous)
    return x.length == 0 || std::memcmp(x.data, y.data, static_cast<size_t>(x.length)) == 0;
  // Step through both; `at` is shared.
  int64_t n = item_count(x);
  int64_t at[8] = {};
  const uint8_t *p = x.data, *q = y.data;
  for (int64_t done = 0; done < n; ++done) {
    POLL_EVERY_1024(vm, done);
    if (integral) {
      if (std::memcmp(p, q, static_cast<size_t>(x.item_size)) != 0) return false;
    } else {
      Value v = TRY(unpack_item(vm, p, f)), w = TRY(unpack_item(vm, q, g));
      if (!TRY(equal(vm, v, w))) return false;
    }
    for (int i = x.ndim - 1; i >= 0; --i) {
      p += x.strides[i];
      q += y.strides[i];
      if (++at[i] < x.shape[i]) break;
      p -= x.strides[i] * x.shape[i];
      q -= y.strides[i] * y.shape[i];
      at[i] = 0;
    }
  }
  return true;
}

/// What `==` gives: a boolean, or NotImplemented.
Value equality(Vm& vm, Value self, Value other) {
  MemoryView* m = self.as<MemoryView>();
  if (self.is(other)) return Value::true_();
  if (m->released || m->managed->released) return Value::false_();
  if (is_memoryview(other) && other.as<MemoryView>()->released) return Value::false_();
  if (!has_buffer(vm, other)) return Value::not_implemented();
  Buffer mine, theirs;
  if (buffer_acquire(vm, other, theirs, kBufferStrided).is_error()) {
    if (!vm.clear_pending()) return Error{};
    return Value::not_implemented();
  }
  Status acquired = memoryview_acquire(vm, m, mine, kBufferStrided);
  if (acquired.is_error()) {
    buffer_release(vm, theirs);
    return Error{};
  }
  Result<bool> same = equal_buffers(vm, mine, theirs);
  buffer_release(vm, mine);
  buffer_release(vm, theirs);
  return Value::boolean(TRY(same));
}

Value eq(Vm& vm, Args a) { return equality(vm, a[0], a[1]); }
Value ne(Vm& vm, Args a) {
  Value same = TRY(equality(vm, a[0], a[1]));
  return same.is_bool() ? Value::boolean(same.is_false()) : same;
}

/// The content while a Python callback might release the view.
class Held {
 public:
  explicit Held(Vm& vm) : vm_(vm) {}
  ~Held() {
    if (held_) buffer_release(vm_, b_);
  }
  Held(const Held&) = delete;
  Held& operator=(const Held&) = delete;
  Status acquire(MemoryView* m) {
    TRY(memoryview_acquire(vm_, m, b_, kBufferStrided));
    held_ = true;
    return {};
  }
  const Buffer& operator*() const { return b_; }
  const Buffer* operator->() const { return &b_; }

 private:
  Vm& vm_;
  Buffer b_;
  bool held_ = false;
};

Value hash_method(Vm& vm, Args a) {
  MemoryView* m = self_of(a);
  if (m->hash != 0) return int_from(vm, m->hash);
  TRY(open(vm, m));
  if (!m->view.readonly) return vm.raise(E::ValueError, "cannot hash writable memoryview object");
  if (!is_byte_format(native_format(m->view.format)))
    return vm.raise(E::ValueError, "memoryview: hashing is restricted to formats 'B', 'b' or 'c'");
  Held held(vm);  // the object's __hash__ must not release the view
  TRY(held.acquire(m));
  TRY(krait::hash(vm, m->view.object));
  Value bytes = TRY(buffer_to_bytes(vm, m->view));
  m->hash = hash_bytes({vm.hash_key[0], vm.hash_key[1]}, bytes.as<Bytes>()->data, bytes.as<Bytes>()->length);
  return int_from(vm, m->hash);
}

Value repr_method(Vm& vm, Args a) {
  char address[24];
  std::snprintf(address, sizeof address, "0x%llx", static_cast<unsigned long long>(a[0].bits()));
  return str_message(vm, self_of(a)->released ? "<released memory at {}>" : "<memory at {}>",
                     static_cast<const char*>(address));
}

// --- Other views

Result<char> format_argument(Vm& vm, Value v, bool* at) {
  std::string text = str_to_utf8(as_str(v));
  char letter = as_str(v)->length == 0 || str_contains_nul(as_str(v)) ? char{0} : native_format(text.c_str());
  if (letter == 0)
    return vm.raise(
        E::ValueError,
        "memoryview: destination format must be a native single character format prefixed with an optional '@'");
  *at = text[0] == '@';
  return letter;
}

Value cast(Vm& vm, Args a) {
  MemoryView* m = self_of(a);
  TRY(open(vm, m));
  if (!is_str(a[1])) return vm.raise(E::TypeError, "cast() argument 'format' must be str, not {}", argument_type(a[1]));
  if (!m->view.contiguous) return vm.raise(E::TypeError, "memoryview: casts are restricted to C-contiguous views");
  bool shaped = a.has(2);
  if ((shaped || m->view.ndim != 1) && item_count(m->view) == 0)
    return vm.raise(E::TypeError, "memoryview: cannot cast view with zeros in shape or strides");
  Tuple* shape = nullptr;
  if (shaped) {
    if (!is_list(a[2]) && !is_tuple(a[2])) return vm.raise(E::TypeError, "shape must be a list or a tuple");
    shape = TRY(tuple_from(vm, a[2])).as<Tuple>();
    if (shape->length > 8) return vm.raise(E::ValueError, "memoryview: number of dimensions must not exceed 8");
    if (m->view.ndim != 1 && shape->length != 1)
      return vm.raise(E::TypeError, "memoryview: cast must be 1D -> ND or ND -> 1D");
  }
  bool at = false;
  char to = TRY(format_argument(vm, a[1], &at));
  char from = native_format(m->view.format);
  if (from == 0)
    return vm.raise(E::ValueError,
                    "memoryview: source format must be a native single character format prefixed with an optional '@'");
  if (!is_byte_format(from) && !is_byte_format(to))
    return vm.raise(E::TypeError, "memoryview: cannot cast between two non-byte formats");
  Buffer view = m->view;
  view.item_size = native_size(to);
  view.format = format_text(to, at);
  if (view.length % view.item_size != 0)
    return vm.raise(E::TypeError, "memoryview: length is not a multiple of itemsize");
  view.ndim = 1;
  view.shape[0] = view.length / view.item_size;
  view.strides[0] = view.item_size;
  if (shape != nullptr) {
    int64_t product = 1;
    for (uint64_t i = 0; i < shape->length; ++i) {
      if (!is_int(shape->items[i]))
        return vm.raise(E::TypeError, "memoryview.cast(): elements of shape must be integers");
      auto n = int_to_i64(shape->items[i]);
      if (!n || *n <= 0) return vm.raise(E::ValueError, "memoryview.cast(): elements of shape must be integers > 0");
      if (__builtin_mul_overflow(product, *n, &product))
        return vm.raise(E::ValueError, "memoryview.cast(): product(shape) > SSIZE_MAX");
      view.shape[i] = *n;
    }
    int64_t total;
    if (__builtin_mul_overflow(product, view.item_size, &total) || total != view.length)
      return vm.raise(E::TypeError, "memoryview: product(shape) * itemsize != buffer size");
    view.ndim = static_cast<int>(shape->length);
    int64_t stride = view.item_size;
    for (int i = view.ndim - 1; i >= 0; --i) {
      view.strides[i] = stride;
      stride *= view.shape[i];
    }
  }
  view.contiguous = true;
  return view_of(vm, m->managed, view);
}

Value toreadonly(Vm& vm, Args a) {
  MemoryView* m = self_of(a);
  TRY(open(vm, m));
  Buffer view = m->view;
  view.readonly = true;
  return view_of(vm, m->managed, view);
}

Value tolist_from(Vm& vm, const Buffer& b, int dimension, const uint8_t* p, char letter) {
  if (dimension == b.ndim) return unpack_item(vm, p, letter);
  List* out = TRY(list_new(vm, static_cast<uint64_t>(b.shape[dimension])));
  for (int64_t i = 0; i < b.shape[dimension]; ++i, p += b.strides[dimension]) {
    POLL_EVERY_1024(vm, i);
    Value item = TRY(tolist_from(vm, b, dimension + 1, p, letter));
    TRY(list_append(vm, out, item));
  }
  return out;
}

Value tolist(Vm& vm, Args a) {
  Held view(vm);
  TRY(view.acquire(self_of(a)));
  char letter = TRY(item_format(vm, self_of(a)));
  return tolist_from(vm, *view, 0, view->data, letter);
}

Value tobytes(Vm& vm, Args a) {
  TRY(open(vm, self_of(a)));
  bool fortran = false;
  if (a.has(1) && !a[1].is_none()) {
    if (!is_str(a[1]))
      return vm.raise(E::TypeError, "tobytes() argument 'order' must be str or None, not {}", argument_type(a[1]));
    Str* order = as_str(a[1]);
    if (order->equals("F")) {
      fortran = true;
    } else if (order->equals("A")) {
      fortran = !self_of(a)->view.contiguous && is_f_contiguous(self_of(a)->view);
    } else if (!order->equals("C")) {
      return vm.raise(E::ValueError, "order must be 'C', 'F' or 'A'");
    }
  }
  Held view(vm);
  TRY(view.acquire(self_of(a)));
  return buffer_bytes(vm, *view, fortran);
}

Value hex(Vm& vm, Args a) {
  Held view(vm);
  TRY(view.acquire(self_of(a)));
  if (view->contiguous) return bytes_hex(vm, {view->data, static_cast<size_t>(view->length)}, a[1], a[2]);
  Value bytes = TRY(buffer_to_bytes(vm, *view));
  return bytes_hex(vm, bytes.as<Bytes>()->span(), a[1], a[2]);
}

// --- As a sequence

Status one_dimensional(Vm& vm, const MemoryView* m) {
  TRY(open(vm, m));
  if (m->view.ndim == 0) return vm.raise(E::TypeError, "invalid indexing of 0-dim memory");
  if (m->view.ndim > 1) return vm.raise(E::NotImplementedError, "multi-dimensional sub-views are not implemented");
  return {};
}

Value item_at(Vm& vm, const MemoryView* m, int64_t i) {
  return unpack_item(vm, m->view.data + i * m->view.strides[0], TRY(item_format(vm, m)));
}

Value count(Vm& vm, Args a) {
  MemoryView* m = self_of(a);
  TRY(one_dimensional(vm, m));
  int64_t n = 0;
  for (int64_t i = 0; i < m->view.shape[0]; ++i) {
    POLL_EVERY_1024(vm, i);
    TRY(open(vm, m));
    Value item = TRY(item_at(vm, m, i));
    n += TRY(item_equal(vm, item, a[1]));
  }
  return Value::small_int(n);
}

Value index_method(Vm& vm, Args a) {
  MemoryView* m = self_of(a);
  TRY(one_dimensional(vm, m));
  int64_t n = m->view.shape[0];
  int64_t start = a.has(2) ? TRY(slice_bound(vm, a[2], n)) : 0;
  int64_t stop = a.has(3) ? TRY(slice_bound(vm, a[3], n)) : n;
  for (int64_t i = start; i < std::min(stop, n); ++i) {
    POLL_EVERY_1024(vm, i);
    TRY(open(vm, m));
    Value item = TRY(item_at(vm, m, i));
    if (TRY(item_equal(vm, item, a[1]))) return Value::small_int(i);
  }
  return vm.raise(E::ValueError, "memoryview.index(x): x not found");
}

struct MemoryIterator : Object {
  MemoryView* view;  ///< null once exhausted
  int64_t index, length;
};

void trace_iterator(Heap&, Cell* cell, Marker& m) { m.mark_cell(static_cast<MemoryIterator*>(cell)->view); }

Value iter(Vm& vm, Args a) {
  MemoryView* m = self_of(a);
  TRY(open(vm, m));
  if (m->view.ndim == 0) return vm.raise(E::TypeError, "invalid indexing of 0-dim memory");
  TRY(item_format(vm, m));
  TRY(one_dimensional(vm, m));
  MemoryIterator* it = TRY(vm.new_instance<MemoryIterator>(vm.types.memory_iterator));
  it->view = m;
  it->length = m->view.shape[0];
  return it;
}
Value iterator_self(Vm&, Args a) { return a[0]; }
Value iterator_next(Vm& vm, Args a) {
  MemoryIterator* it = a[0].as<MemoryIterator>();
  if (it->view == nullptr) return Value::exhausted();
  if (it->index < it->length) {
    TRY(open(vm, it->view));
    return item_at(vm, it->view, it->index++);
  }
  it->view = nullptr;
  return Value::exhausted();
}

constexpr NativeRow kIteratorMethods[] = {
    {"__iter__($self, /)", iterator_self, kPure, "Implement iter(self)."},
    {"__next__($self, /)", iterator_next, kIterNext, "Implement next(self)."},
};

Value buffer_method(Vm& vm, Args a) { return memoryview_new(vm, a[0]); }
Value release_buffer(Vm& vm, Args a) {
  if (!is_memoryview(a[1])) return vm.raise(E::TypeError, "expected a memoryview object");
  TRY(memoryview_release(vm, a[1].as<MemoryView>()));
  return Value::none();
}

// --- Attributes

template <class F>
Value attribute(Vm& vm, Value self, F f) {
  MemoryView* m = self.as<MemoryView>();
  TRY(open(vm, m));
  return f(m->view);
}
Value int_tuple(Vm& vm, const int64_t* items, int n) {
  Value values[8];
  for (int i = 0; i < n; ++i) values[i] = Value::small_int(items[i]);
  return tuple_from_span(vm, {values, static_cast<size_t>(n)});
}

constexpr GetSetRow kGetSets[] = {
    {"obj", [](Vm& vm, Value s) { return attribute(vm, s, [](const Buffer& b) { return b.object; }); }, nullptr,
     "The object whose memory this is."},
    {"nbytes",
     [](Vm& vm, Value s) { return attribute(vm, s, [](const Buffer& b) { return Value::small_int(b.length); }); },
     nullptr, "The bytes that all items take."},
    {"readonly",
     [](Vm& vm, Value s) { return attribute(vm, s, [](const Buffer& b) { return Value::boolean(b.readonly); }); },
     nullptr, "Is writing forbidden?"},
    {"itemsize",
     [](Vm& vm, Value s) { return attribute(vm, s, [](const Buffer& b) { return Value::small_int(b.item_size); }); },
     nullptr, "The bytes of one item."},
    {"format",
     [](Vm& vm, Value s) {
       return attribute(vm, s, [&](const Buffer& b) -> Value { return str_from_utf8(vm, b.format); });
     },
     nullptr, "The format of an item, as in the struct module."},
    {"ndim", [](Vm& vm, Value s) { return attribute(vm, s, [](const Buffer& b) { return Value::small_int(b.ndim); }); },
     nullptr, "The number of dimensions."},
    {"shape",
     [](Vm& vm, Value s) { return attribute(vm, s, [&](const Buffer& b) { return int_tuple(vm, b.shape, b.ndim); }); },
     nullptr, "The items in each dimension."},
    {"strides",
     [](Vm& vm, Value s) {
       return attribute(vm, s, [&](const Buffer& b) { return int_tuple(vm, b.strides, b.ndim); });
     },
     nullptr, "The bytes from one item to the next, in each dimension."},
    {"suboffsets",
     [](Vm& vm, Value s) { return attribute(vm, s, [&](const Buffer&) -> Value { return vm.empty_tuple; }); }, nullptr,
     "Always empty: there is no indirection."},
    {"c_contiguous",
     [](Vm& vm, Value s) { return attribute(vm, s, [](const Buffer& b) { return Value::boolean(b.contiguous); }); },
     nullptr, "Do the items lie one behind the other, the last index running fastest?"},
    {"f_contiguous",
     [](Vm& vm, Value s) {
       return attribute(vm, s, [](const Buffer& b) { return Value::boolean(is_f_contiguous(b)); });
     },
     nullptr, "Do the items lie one behind the other, the first index running fastest?"},
    {"contiguous",
     [](Vm& vm, Value s) {
       return attribute(vm, s, [](const Buffer& b) { return Value::boolean(b.contiguous || is_f_contiguous(b)); });
     },
     nullptr, "Do the items lie one behind the other?"},
};

constexpr NativeRow kMethods[] = {
    {"__new__($type, object)", memoryview_new_method, kNewMethod | kStaticMethod,
     "Create a view of the object's memory."},
    {"__repr__($self, /)", repr_method, 0, "Return repr(self)."},
    {"__hash__($self, /)", hash_method, 0, "Return hash(self)."},
    {"__eq__($self, value, /)", eq, 0, "Return self==value."},
    {"__ne__($self, value, /)", ne, 0, "Return self!=value."},
    {"__len__($self, /)", len, 0, "Return len(self)."},
    {"__iter__($self, /)", iter, 0, "Implement iter(self)."},
    {"__getitem__($self, key, /)", getitem, 0, "Return self[key]."},
    {"__setitem__($self, key, value, /)", setitem, 0, "Set self[key] to value."},
    {"__delitem__($self, key, /)", delitem, 0, "Delete self[key]."},
    {"__buffer__($self, flags, /)", buffer_method, 0,
     "Return a buffer object that exposes the underlying memory of the object."},
    {"__release_buffer__($self, buffer, /)", release_buffer, 0,
     "Release the buffer object that exposes the underlying memory of the object."},
    {"__enter__($self, /)", enter},
    {"__exit__($self, /, *exc_info)", release},
    {"__class_getitem__($type, item, /)", class_getitem, kClassMethod, "See PEP 585"},
    {"_from_flags($type, /, object, flags)", from_flags, kClassMethod,
     "Create a view with certain properties of the buffer."},
    {"cast($self, /, format, shape=<unrepresentable>)", cast, 0,
     "Return a view of the same memory with another format or shape."},
    {"count($self, value, /)", count, 0, "Return how often the value occurs."},
    {"hex($self, /, sep=<unrepresentable>, bytes_per_sep=1)", hex, 0,
     "Return the bytes as hexadecimal digits.\n\n>>> memoryview(b'k\\x00').hex(':')\n'6b:00'"},
    {"index($self, value, start=0, stop=sys.maxsize, /)", index_method, 0,
     "Return the first index of the value.\n\nRaises ValueError if it is not there."},
    {"release($self, /)", release, 0, "Give the memory back: the view cannot be used any more."},
    {"tobytes($self, /, order='C')", tobytes, 0,
     "Return the memory as bytes.\n\nOrder 'C' or 'F' says which index runs fastest; 'A' takes 'F' for memory in that "
     "order."},
    {"tolist($self, /)", tolist, 0, "Return the items as a list (of lists)."},
    {"toreadonly($self, /)", toreadonly, 0, "Return a view of the same memory that cannot be written through."},
};

}  // namespace

extern constinit const TypeSpec memoryview_type{
    .name = "memoryview",
    .doc = "A view of the memory of an object that exports it.",
    .kind = static_cast<CellKind>(Kind::MemoryView),
    .size = sizeof(MemoryView),
    .flags = kTypeHasWeakref | kTypeSequence,
    .methods = kMethods,
    .getsets = kGetSets,
    .trace = trace_view,
};
extern constinit const TypeSpec memory_iterator_type{
    .name = "memory_iterator",
    .kind = static_cast<CellKind>(Kind::MemoryIterator),
    .size = sizeof(MemoryIterator),
    .flags = kTypeNoNew,
    .methods = kIteratorMethods,
    .trace = trace_iterator,
};
extern constinit const TypeSpec managedbuffer_type{
    .name = "managedbuffer",
    .kind = static_cast<CellKind>(Kind::ManagedBuffer),
    .size = sizeof(ManagedBuffer),
    .flags = kTypeNoNew,
    .trace = trace_managed,
};

}  // namespace krait
