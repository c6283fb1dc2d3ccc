// _struct: values packed into bytes as C lays them out, and back. A format is compiled once into a list of codes; the module's
// functions keep the last formats they met.
#include <bit>
#include <cmath>
#include <cstring>

#include "objects/bytes.hpp"
#include "objects/dict.hpp"
#include "objects/float.hpp"
#include "objects/int_limbs.hpp"
#include "objects/module.hpp"
#include "objects/native.hpp"
#include "objects/operations.hpp"
#include "objects/quick.hpp"
#include "objects/sequences.hpp"
#include "objects/str.hpp"
#include "objects/type.hpp"

namespace krait {

namespace {

/// One code of a format: `repeat` items of `size` bytes from `offset` on; 's' and 'p' are one item.
struct FormatCode {
  char type;
  bool big_endian;
  bool native;
  int64_t offset, size, repeat;
};

struct StructObject : Object {
  Value format;    ///< a str; unset until __init__ has run
  Storage* codes;  ///< FormatCode[code_count], or null
  uint64_t code_count;
  int64_t length;  ///< values that pack() takes
  int64_t size;    ///< bytes
  std::span<const FormatCode> span() const {
    if (codes == nullptr) return {};
    return {const_cast<Storage*>(codes)->data<FormatCode>(), code_count};
  }
};

struct StructIterator : Object {
  StructObject* owner;
  Value source;  ///< the buffer's exporter; unset when exhausted
  int64_t offset;
};

constexpr uint64_t kCacheSize = 100;

struct State : Extension {
  Type *object = nullptr, *iterator = nullptr, *error = nullptr;
  Dict* cache = nullptr;  ///< format -> StructObject
  void trace(Marker& m) override {
    m.mark_cell(object);
    m.mark_cell(iterator);
    m.mark_cell(error);
    m.mark_cell(cache);
  }
};
State& state_of(Vm& vm) { return vm.extension<State>(); }

template <class... Parts>
[[gnu::cold]] Error fail(Vm& vm, const char* format, const Parts&... parts) {
  return vm.raise(state_of(vm).error, format, parts...);
}

void trace(Heap&, Cell* cell, Marker& m) {
  auto* s = static_cast<StructObject*>(cell);
  m.mark(s->format);
  m.mark_cell(s->codes);
}
void trace_iterator(Heap&, Cell* cell, Marker& m) {
  auto* it = static_cast<StructIterator*>(cell);
  m.mark_cell(it->owner);
  m.mark(it->source);
}

// --- Formats.

/// Bytes of one item: 0 for a code that does not exist in this mode.
int64_t item_size(char type, bool native) {
  switch (type) {
    case 'x':
    case 'b':
    case 'B':
    case 'c':
    case 's':
    case 'p':
    case '?': return 1;
    case 'h':
    case 'H':
    case 'e': return 2;
    case 'i':
    case 'I':
    case 'f': return 4;
    case 'l':
    case 'L': return native ? sizeof(long) : 4;
    case 'q':
    case 'Q':
    case 'd':
    case 'F': return 8;
    case 'D': return 16;
    case 'n':
    case 'N':
    case 'P': return native ? 8 : 0;
    default: return 0;
  }
}
int64_t alignment_of(char type) {
  if (type == 'F') return alignof(float);
  if (type == 'D') return alignof(double);
  return type == 's' || type == 'p' || type == 'x' ? 1 : item_size(type, true);
}

bool is_space(char c) { return c == ' ' || (c >= '\t' && c <= '\r'); }

/// Goes through a format; `codes` null: only counts them.
Status compile(Vm& vm, std::string_view text, FormatCode* codes, uint64_t* code_count, int64_t* length, int64_t* size) {
  bool native = true, big_endian = std::endian::native == std::endian::big;
  size_t i = 0;
  if (!text.empty()) {
    switch (text[0]) {
      case '>':
      case '!':
        native = false;
        big_endian = true;
        ++i;
        break;
      case '<':
        native = false;
        big_endian = false;
        ++i;
        break;
      case '=':
        native = false;
        ++i;
        break;
      case '@': ++i; break;
      default: break;
    }
  }
  bool aligned = native;
  auto too_long = [&] { return fail(vm, "total struct size too long"); };
  *code_count = 0;
  *length = *size = 0;
  while (i < text.size()) {
    char c = text[i++];
    if (is_space(c)) continue;
    int64_t count = 1;
    if (c >= '0' && c <= '9') {
      count = c - '0';
      while (true) {
        if (i == text.size()) return fail(vm, "repeat count given without format specifier");
        c = text[i++];
        if (c < '0' || c > '9') break;
        if (count > (INT64_MAX - (c - '0')) / 10) return too_long();
        count = count * 10 + (c - '0');
      }
    }
    int64_t item = item_size(c, native);
    if (item == 0) return fail(vm, c == 0 ? "embedded null character" : "bad char in struct format");
    if (aligned && *size > 0) {
      int64_t align = alignment_of(c), extra = (align - *size % align) % align;
      if (*size > INT64_MAX - extra) return too_long();
      *size += extra;
    }
    bool one = c == 's' || c == 'p';
    if (c != 'x' && (one || count > 0)) {
      if (codes != nullptr) codes[*code_count] = {c, big_endian, native, *size, one ? count : item, one ? 1 : count};
      ++*code_count;
      int64_t values = one ? 1 : count;
      if (*length > INT64_MAX - values) return too_long();
      *length += values;
    }
    if (count > INT64_MAX / item || *size > INT64_MAX - count * item) return too_long();
    *size += count * item;
  }
  return {};
}

Status prepare(Vm& vm, StructObject* s, Value format) {
  std::string text;
  if (is_str(format)) {
    Str* given = as_str(format);
    if (!given->is_ascii()) {
      for (uint64_t i = 0; i < given->length; ++i) {
        if (given->at(i) < 128) continue;
        Str* encode = TRY(vm.intern("encode"));
        Value ascii = TRY(str_from_ascii(vm, "ascii"));
        TRY(call_method(vm, format, encode, ascii));  // raises UnicodeEncodeError
      }
    }
    text = str_to_utf8(given);
  } else if (is_bytes(format)) {
    text = format.as<Bytes>()->view();
    std::span<const uint8_t> chars = format.as<Bytes>()->span();
    format = TRY(str_from_latin1(vm, chars));
  } else {
    return vm.raise(E::TypeError, "Struct() argument 1 must be a str or bytes object, not {}", type_name_of(format));
  }
  uint64_t count;
  int64_t length, size;
  TRY(compile(vm, text, nullptr, &count, &length, &size));
  Storage* codes = nullptr;
  if (count > 0) {
    codes = TRY(vm.allocate_storage(count * sizeof(FormatCode)));
    TRY(compile(vm, text, codes->data<FormatCode>(), &count, &length, &size));
  }
  s->format = format;
  s->codes = codes;
  s->code_count = count;
  s->length = length;
  s->size = size;
  vm.barrier(s);
  return {};
}

/// The compiled form of a module function's format argument.
Result<StructObject*> cached(Vm& vm, Value format) {
  State& state = state_of(vm);
  Value found = TRY(dict_get(vm, state.cache, format));
  if (!found.is_exhausted()) return found.as<StructObject>();
  StructObject* s = TRY(vm.new_instance<StructObject>(state.object));
  TRY(prepare(vm, s, format));
  if (state.cache->used >= kCacheSize) dict_clear(vm, state.cache);
  TRY(dict_set(vm, state.cache, format, s));
  return s;
}

// --- Items.

/// Writes the low `size` bytes of a number.
void store(uint8_t* out, uint64_t bits, int64_t size, bool big_endian) {
  for (int64_t i = 0; i < size; ++i) out[big_endian ? size - 1 - i : i] = static_cast<uint8_t>(bits >> (8 * i));
}
uint64_t load(const uint8_t* in, int64_t size, bool big_endian) {
  uint64_t bits = 0;
  for (int64_t i = 0; i < size; ++i) bits |= static_cast<uint64_t>(in[big_endian ? size - 1 - i : i]) << (8 * i);
  return bits;
}

Value integer_argument(Vm& vm, Value v) {
  if (is_int(v)) return v;
  if (special_of(vm, v, Special::Index).is_unset()) return fail(vm, "required argument is not an integer");
  return index(vm, v);
}

Status pack_integer(Vm& vm, const FormatCode& code, uint8_t* out, Value v) {
  v = TRY(integer_argument(vm, v));
  if (code.type == 'P') {
    auto address = int_to_i64(v);
    auto high = int_to_u64(v);
    if (!address && !high) return fail(vm, "int too large to convert");
    store(out, address ? static_cast<uint64_t>(*address) : *high, code.size, code.big_endian);
    return {};
  }
  bool is_signed = code.type >= 'a';
  if (is_signed) {
    int64_t low = INT64_MIN >> (64 - 8 * code.size), high = INT64_MAX >> (64 - 8 * code.size);
    auto i = int_to_i64(v);
    if (!i || *i < low || *i > high) return fail(vm, "'{}' format requires {} <= number <= {}", code.type, low, high);
    store(out, static_cast<uint64_t>(*i), code.size, code.big_endian);
    return {};
  }
  uint64_t high = UINT64_MAX >> (64 - 8 * code.size);
  auto i = int_to_u64(v);
  if (!i || *i > high) return fail(vm, "'{}' format requires 0 <= number <= {}", code.type, high);
  store(out, *i, code.size, code.big_endian);
  return {};
}

/// IEEE half precision; false when too large.
bool double_to_half(double x, uint16_t& out) {
  auto sign = static_cast<uint16_t>(std::signbit(x) ? 0x8000 : 0);
  if (std::isnan(x)) {
    out = sign | 0x7E00;
    return true;
  }
  if (x == 0 || std::isinf(x)) {
    out = sign | (x == 0 ? 0 : 0x7C00);
    return true;
  }
  int exponent;
  double fraction = std::frexp(std::fabs(x), &exponent) * 2.0;
  --exponent;
  if (exponent >= 16) return false;
  if (exponent < -25) {
    out = sign;
    return true;
  }
  if (exponent < -14) {  // subnormal
    fraction = std::ldexp(fraction, 14 + exponent);
    exponent = 0;
  } else {
    exponent += 15;
    fraction -= 1.0;
  }
  fraction *= 1024.0;
  auto bits = static_cast<unsigned>(fraction);
  fraction -= bits;
  if (fraction > 0.5 || (fraction == 0.5 && bits % 2 == 1)) ++bits;
  bits += static_cast<unsigned>(exponent) << 10;  // a carry out of the fraction is the next exponent
  if (bits >= 0x7C00) return false;
  out = static_cast<uint16_t>(bits | sign);
  return true;
}

double half_to_double(uint16_t half) {
  int exponent = (half >> 10) & 31;
  double x = half & 1023;
  double sign = half & 0x8000 ? -1.0 : 1.0;
  if (exponent == 31) return sign * (x == 0 ? HUGE_VAL : NAN);
  if (exponent == 0) return sign * std::ldexp(x, -24);
  return sign * std::ldexp(x + 1024, exponent - 25);
}

Status store_float(Vm& vm, uint8_t* out, double d, bool big_endian) {
  auto f = static_cast<float>(d);
  if (std::isinf(f) && !std::isinf(d)) return vm.raise(E::OverflowError, "float too large to pack with f format");
  store(out, std::bit_cast<uint32_t>(f), 4, big_endian);
  return {};
}
double load_float(const uint8_t* in, bool big_endian) {
  return std::bit_cast<float>(static_cast<uint32_t>(load(in, 4, big_endian)));
}

Status pack_real(Vm& vm, const FormatCode& code, uint8_t* out, Value v) {
  Result<double> given = to_double(vm, v);
  if (given.is_error()) {
    if (!vm.clear_pending()) return Error{};
    return fail(vm, "required argument is not a float");
  }
  double d = given.release();
  switch (code.type) {
    case 'f': return store_float(vm, out, d, code.big_endian);
    case 'd': store(out, std::bit_cast<uint64_t>(d), 8, code.big_endian); return {};
    default: {
      uint16_t half;
      if (!double_to_half(d, half)) return vm.raise(E::OverflowError, "float too large to pack with e format");
      store(out, half, 2, code.big_endian);
      return {};
    }
  }
}

Status pack_complex(Vm& vm, const FormatCode& code, uint8_t* out, Value v) {
  Result<Complex*> given = complex_from_object(vm, v);
  if (given.is_error()) {
    if (!vm.clear_pending()) return Error{};
    return fail(vm, "required argument is not a complex");
  }
  Complex* c = given.release();
  if (code.type == 'F') {
    TRY(store_float(vm, out, c->real, code.big_endian));
    return store_float(vm, out + 4, c->imag, code.big_endian);
  }
  store(out, std::bit_cast<uint64_t>(c->real), 8, code.big_endian);
  store(out + 8, std::bit_cast<uint64_t>(c->imag), 8, code.big_endian);
  return {};
}

/// 's' and 'p': as much of the bytes as has room; the rest stays zero.
Status pack_bytes(Vm& vm, const FormatCode& code, uint8_t* out, Value v) {
  const uint8_t* data;
  uint64_t n;
  if (is_bytes(v)) {
    data = v.as<Bytes>()->data;
    n = v.as<Bytes>()->length;
  } else if (is_bytearray(v)) {
    data = v.as<ByteArray>()->data();
    n = v.as<ByteArray>()->length;
  } else {
    return fail(vm, "argument for '{}' must be a bytes object", code.type);
  }
  auto room = static_cast<uint64_t>(code.size);
  if (code.type == 'p') {
    if (room == 0) return {};
    n = std::min(n, room - 1);
    if (n > 0) std::memcpy(out + 1, data, n);
    out[0] = static_cast<uint8_t>(std::min<uint64_t>(n, 255));
    return {};
  }
  n = std::min(n, room);
  if (n > 0) std::memcpy(out, data, n);
  return {};
}

Status pack_item(Vm& vm, const FormatCode& code, uint8_t* out, Value v) {
  switch (code.type) {
    case 's':
    case 'p': return pack_bytes(vm, code, out, v);
    case 'c':
      if (!is_bytes(v) || v.as<Bytes>()->length != 1)
        return fail(vm, "char format requires a bytes object of length 1");
      *out = v.as<Bytes>()->data[0];
      return {};
    case '?': *out = TRY(truthy(vm, v)); return {};
    case 'e':
    case 'f':
    case 'd': return pack_real(vm, code, out, v);
    case 'F':
    case 'D': return pack_complex(vm, code, out, v);
    default: return pack_integer(vm, code, out, v);
  }
}

Value unpack_item(Vm& vm, const FormatCode& code, const uint8_t* in) {
  switch (code.type) {
    case 's': return bytes_from(vm, std::span(in, static_cast<size_t>(code.size)));
    case 'p': {
      if (code.size == 0) return bytes_from(vm, std::string_view());
      auto n = std::min<size_t>(in[0], static_cast<size_t>(code.size - 1));
      return bytes_from(vm, std::span(in + 1, n));
    }
    case 'c': return bytes_from(vm, std::span(in, 1));
    case '?': return Value::boolean(*in != 0);
    case 'e': return float_from(vm, half_to_double(static_cast<uint16_t>(load(in, 2, code.big_endian))));
    case 'f': return float_from(vm, load_float(in, code.big_endian));
    case 'd': return float_from(vm, std::bit_cast<double>(load(in, 8, code.big_endian)));
    case 'F': return complex_from(vm, load_float(in, code.big_endian), load_float(in + 4, code.big_endian));
    case 'D':
      return complex_from(vm, std::bit_cast<double>(load(in, 8, code.big_endian)),
                          std::bit_cast<double>(load(in + 8, 8, code.big_endian)));
    case 'P':
    case 'B':
    case 'H':
    case 'I':
    case 'L':
    case 'Q':
    case 'N': return int_from_u64(vm, load(in, code.size, code.big_endian));
    default: {
      uint64_t bits = load(in, code.size, code.big_endian);
      int shift = static_cast<int>(64 - 8 * code.size);
      return int_from(vm, static_cast<int64_t>(bits << shift) >> shift);
    }
  }
}

// --- What Struct's methods and the module's functions do.

Result<int64_t> offset_argument(Vm& vm, Value v) {
  v = TRY(index(vm, v));
  return int_to_i64_checked(vm, v, "C ssize_t");
}

Result<StructObject*> ready(Vm& vm, Value self) {
  auto* s = self.as<StructObject>();
  if (s->format.is_unset()) return vm.raise(E::RuntimeError, "Struct object is not initialized");
  return s;
}

Status pack_all(Vm& vm, StructObject* s, uint8_t* out, std::span<const Value> values) {
  std::memset(out, 0, static_cast<size_t>(s->size));
  size_t at = 0;
  for (const FormatCode& code : s->span()) {
    for (int64_t i = 0; i < code.repeat; ++i) {
      POLL_EVERY_1024(vm, i);
      TRY(pack_item(vm, code, out + code.offset + i * code.size, values[at++]));
    }
  }
  return {};
}

Value unpack_all(Vm& vm, StructObject* s, const uint8_t* in) {
  if (s->length == 0) return vm.empty_tuple;
  Tuple* t = TRY(tuple_allocate(vm, static_cast<uint64_t>(s->length)));
  size_t at = 0;
  for (const FormatCode& code : s->span()) {
    for (int64_t i = 0; i < code.repeat; ++i) {
      POLL_EVERY_1024(vm, i);
      t->items[at] = TRY(unpack_item(vm, code, in + code.offset + i * code.size));
      vm.barrier(t);
      ++at;
    }
  }
  return t;
}

Status check_count(Vm& vm, StructObject* s, const char* function, size_t given) {
  if (given == static_cast<size_t>(s->length)) return {};
  return fail(vm, "{} expected {} items for packing (got {})", function, s->length, static_cast<uint64_t>(given));
}

Value do_pack(Vm& vm, StructObject* s, std::span<const Value> values) {
  TRY(check_count(vm, s, "pack", values.size()));
  Bytes* out = TRY(bytes_allocate(vm, static_cast<uint64_t>(s->size)));
  TRY(pack_all(vm, s, out->data, values));
  return out;
}

/// buffer, offset, values...
Value do_pack_into(Vm& vm, StructObject* s, std::span<const Value> args) {
  if (args.empty()) return fail(vm, "pack_into expected buffer argument");
  if (args.size() == 1) return fail(vm, "pack_into expected offset argument");
  TRY(check_count(vm, s, "pack_into", args.size() - 2));
  auto not_writable = [&] {
    return vm.raise(E::TypeError, "argument must be read-write bytes-like object, not {}", type_name_of(args[0]));
  };
  if (!has_buffer(vm, args[0]) || is_bytes(args[0])) return not_writable();
  ScopedBuffer buffer(vm);
  if (buffer.acquire(args[0], kBufferWritable).is_error()) {
    if (!vm.pending_is(E::BufferError) && !vm.pending_is(E::TypeError)) return Error{};
    if (!vm.clear_pending()) return Error{};
    return not_writable();
  }
  int64_t offset = TRY(offset_argument(vm, args[1]));
  int64_t length = buffer.get().length;
  if (offset < 0) {
    if (offset + s->size > 0) return fail(vm, "no space to pack {} bytes at offset {}", s->size, offset);
    if (offset + length < 0) return fail(vm, "offset {} out of range for {}-byte buffer", offset, length);
    offset += length;
  }
  if (length - offset < s->size)
    return fail(
        vm,
        "pack_into requires a buffer of at least {} bytes for packing {} bytes at offset {} (actual buffer size is {})",
        static_cast<uint64_t>(s->size) + static_cast<uint64_t>(offset), s->size, offset, length);
  TRY(pack_all(vm, s, buffer.get().data + offset, args.subspan(2)));
  return Value::none();
}

Value do_unpack(Vm& vm, StructObject* s, Value source) {
  ScopedBuffer buffer(vm);
  TRY(buffer.acquire(source));
  if (buffer.get().length != s->size) return fail(vm, "unpack requires a buffer of {} bytes", s->size);
  return unpack_all(vm, s, buffer.get().data);
}

Value do_unpack_from(Vm& vm, StructObject* s, Value source, Value from) {
  ScopedBuffer buffer(vm);
  TRY(buffer.acquire(source));
  int64_t offset = from.is_unset() ? 0 : TRY(offset_argument(vm, from));
  int64_t length = buffer.get().length;
  if (offset < 0) {
    if (offset + s->size > 0) return fail(vm, "not enough data to unpack {} bytes at offset {}", s->size, offset);
    if (offset + length < 0) return fail(vm, "offset {} out of range for {}-byte buffer", offset, length);
    offset += length;
  }
  if (length - offset < s->size)
    return fail(
        vm,
        "unpack_from requires a buffer of at least {} bytes for unpacking {} bytes at offset {} (actual buffer size is "
        "{})",
        static_cast<uint64_t>(s->size) + static_cast<uint64_t>(offset), s->size, offset, length);
  return unpack_all(vm, s, buffer.get().data + offset);
}

Value do_iter_unpack(Vm& vm, StructObject* s, Value source) {
  ScopedBuffer buffer(vm);
  TRY(buffer.acquire(source));
  if (s->size == 0) return fail(vm, "cannot iteratively unpack with a struct of length 0");
  if (buffer.get().length % s->size != 0)
    return fail(vm, "iterative unpacking requires a buffer of a multiple of {} bytes", s->size);
  StructIterator* it = TRY(vm.new_instance<StructIterator>(state_of(vm).iterator));
  it->owner = s;
  it->source = source;
  return it;
}

// --- unpack_iterator.

Value iterator_self(Vm&, Args a) { return a[0]; }

Value iterator_next(Vm& vm, Args a) {
  auto* it = a[0].as<StructIterator>();
  if (it->source.is_unset()) return Value::exhausted();
  ScopedBuffer buffer(vm);
  TRY(buffer.acquire(it->source));
  if (buffer.get().length - it->offset < it->owner->size) {
    it->source = Value();
    return Value::exhausted();
  }
  int64_t at = it->offset;
  it->offset += it->owner->size;
  return unpack_all(vm, it->owner, buffer.get().data + at);
}

Value iterator_length_hint(Vm& vm, Args a) {
  auto* it = a[0].as<StructIterator>();
  if (it->source.is_unset()) return Value::small_int(0);
  ScopedBuffer buffer(vm);
  TRY(buffer.acquire(it->source));
  return int_from(vm, std::max<int64_t>(0, buffer.get().length - it->offset) / it->owner->size);
}

constexpr NativeRow kIteratorMethods[] = {
    {"__iter__($self, /)", iterator_self, kPure, "Implement iter(self)."},
    {"__next__($self, /)", iterator_next, kIterNext, "Implement next(self)."},
    {"__length_hint__($self, /)", iterator_length_hint, 0, "Return an estimate of the items left."},
};
constexpr TypeSpec kIteratorType{
    .name = "_struct.unpack_iterator",
    .kind = static_cast<CellKind>(Kind::StructIterator),
    .size = sizeof(StructIterator),
    .flags = kTypeNoNew | kTypeImmutable,
    .methods = kIteratorMethods,
    .trace = trace_iterator,
};

// --- Struct.

Value struct_new(Vm& vm, Args a) { return vm.new_instance<StructObject>(a[0].as<Type>()); }
Value struct_init(Vm& vm, Args a) {
  TRY(prepare(vm, a[0].as<StructObject>(), a[1]));
  return Value::none();
}
Value struct_pack(Vm& vm, Args a) {
  StructObject* s = TRY(ready(vm, a[0]));
  return do_pack(vm, s, a.rest(1));
}
Value struct_pack_into(Vm& vm, Args a) {
  StructObject* s = TRY(ready(vm, a[0]));
  return do_pack_into(vm, s, a.rest(1));
}
Value struct_unpack(Vm& vm, Args a) {
  StructObject* s = TRY(ready(vm, a[0]));
  return do_unpack(vm, s, a[1]);
}
Value struct_unpack_from(Vm& vm, Args a) {
  StructObject* s = TRY(ready(vm, a[0]));
  return do_unpack_from(vm, s, a[1], a[2]);
}
Value struct_iter_unpack(Vm& vm, Args a) {
  StructObject* s = TRY(ready(vm, a[0]));
  return do_iter_unpack(vm, s, a[1]);
}
Value struct_repr(Vm& vm, Args a) {
  StructObject* s = TRY(ready(vm, a[0]));
  return str_message(vm, "{}({})", vm.type_of(a[0])->name, repr_of(s->format));
}
Value struct_sizeof(Vm& vm, Args a) {
  auto* s = a[0].as<StructObject>();
  return int_from_u64(vm, sizeof(StructObject) + s->code_count * sizeof(FormatCode));
}
Value get_format(Vm& vm, Value self) {
  StructObject* s = TRY(ready(vm, self));
  return s->format;
}
Value get_size(Vm& vm, Value self) {
  StructObject* s = TRY(ready(vm, self));
  return int_from(vm, s->size);
}

constexpr NativeRow kStructMethods[] = {
    {"__new__($type, *args, **kwargs)", struct_new, kNewMethod | kStaticMethod, "Create and return a new object."},
    {"__init__($self, format)", struct_init, 0, "Initialize self."},
    {"__repr__($self, /)", struct_repr, 0, "Return repr(self)."},
    {"__sizeof__($self, /)", struct_sizeof, 0, "Returns size in memory, in bytes."},
    {"pack($self, /, *values)", struct_pack, 0, "The values as bytes, laid out by the format."},
    {"pack_into($self, /, *buffer_offset_values)", struct_pack_into, 0,
     "pack_into(buffer, offset, v1, v2, ...): packs the values and writes them into the buffer from offset on."},
    {"unpack($self, buffer, /)", struct_unpack, 0,
     "A tuple of the values in the buffer, which has exactly the format's size."},
    {"unpack_from($self, /, buffer, offset=0)", struct_unpack_from, 0,
     "A tuple of the values that the buffer holds from offset on."},
    {"iter_unpack($self, buffer, /)", struct_iter_unpack, 0,
     "An iterator over the tuples that the buffer holds one after another."},
};
constexpr GetSetRow kStructGetSets[] = {
    {"format", get_format, nullptr, "struct format string"},
    {"size", get_size, nullptr, "struct size in bytes"},
};
constexpr TypeSpec kStructType{
    .name = "_struct.Struct",
    .doc = "A compiled format: Struct(format).",
    .signature = "",
    .kind = static_cast<CellKind>(Kind::Struct),
    .size = sizeof(StructObject),
    .flags = kTypeBase | kTypeHasWeakref,
    .methods = kStructMethods,
    .getsets = kStructGetSets,
    .trace = trace,
};

// --- The module.

Value pack(Vm& vm, Args a) {
  std::span<const Value> args = a.rest(0);
  if (args.empty()) return vm.raise(E::TypeError, "missing format argument");
  StructObject* s = TRY(cached(vm, args[0]));
  return do_pack(vm, s, args.subspan(1));
}
Value pack_into(Vm& vm, Args a) {
  std::span<const Value> args = a.rest(0);
  if (args.empty()) return vm.raise(E::TypeError, "missing format argument");
  StructObject* s = TRY(cached(vm, args[0]));
  return do_pack_into(vm, s, args.subspan(1));
}
Value unpack(Vm& vm, Args a) {
  StructObject* s = TRY(cached(vm, a[0]));
  return do_unpack(vm, s, a[1]);
}
Value unpack_from(Vm& vm, Args a) {
  StructObject* s = TRY(cached(vm, a[0]));
  return do_unpack_from(vm, s, a[1], a[2]);
}
Value iter_unpack(Vm& vm, Args a) {
  StructObject* s = TRY(cached(vm, a[0]));
  return do_iter_unpack(vm, s, a[1]);
}
Value calcsize(Vm& vm, Args a) {
  StructObject* s = TRY(cached(vm, a[0]));
  return int_from(vm, s->size);
}
Value clear_cache(Vm& vm, Args) {
  dict_clear(vm, state_of(vm).cache);
  return Value::none();
}

constexpr NativeRow kFunctions[] = {
    {"_clearcache()", clear_cache, 0, "Forget the compiled formats."},
    {"calcsize(format, /)", calcsize, 0, "The size in bytes of what the format describes."},
    {"iter_unpack(format, buffer, /)", iter_unpack, 0,
     "An iterator over the tuples that the buffer holds one after another."},
    {"pack(*format_values)", pack, 0, "pack(format, v1, v2, ...): the values as bytes, laid out by the format."},
    {"pack_into(*format_buffer_offset_values)", pack_into, 0,
     "pack_into(format, buffer, offset, v1, v2, ...): packs the values and writes them into the buffer from offset "
     "on."},
    {"unpack(format, buffer, /)", unpack, 0,
     "A tuple of the values in the buffer, which has exactly the format's size."},
    {"unpack_from(format, /, buffer, offset=0)", unpack_from, 0,
     "A tuple of the values that the buffer holds from offset on."},
};

Status init(Vm& vm, Module* m) {
  State& state = state_of(vm);
  state.object = TRY(module_add_type(vm, m, kStructType));
  state.iterator = TRY(make_type(vm, kIteratorType));
  state.cache = TRY(dict_new(vm));
  Dict* ns = TRY(dict_new(vm));
  Str* module_name = TRY(vm.intern("struct"));
  TRY(dict_set_str(vm, ns, vm.names.d_module, module_name));
  Tuple* bases = TRY(tuple_of(vm, Value(vm.exception_type(E::Exception))));
  Str* name = TRY(vm.intern("error"));
  Value error = TRY(type_new(vm, vm.types.type, name, bases, ns, nullptr));
  state.error = as_type(error);
  return module_add(vm, m, "error", error);
}

}  // namespace

extern constinit const ModuleSpec struct_module{
    .name = "_struct",
    .doc = "Functions to convert between Python values and C structs.",
    .functions = kFunctions,
    .init = init,
};

}  // namespace krait
