// The core of str: making, joining, comparing and encoding texts. (The type and its methods are str_methods.cpp.)
//
// Rules
//  1. A str has the narrowest width that holds its widest character, and kAscii exactly when all are below 128: equal texts
//     have equal width, so equality and hashing look at raw bytes.
//  2. Characters behind a buffer's used part belong to nobody. A str that ends there may be appended to in place by taking
//     the next characters for a new str; nothing ever writes in front of `used`.
#include "objects/dict.hpp"
#include "objects/iteration.hpp"
#include "objects/str.hpp"

#include <algorithm>
#include <cstring>

#include "base/hash.hpp"
#include "base/search.hpp"
#include "base/unicode.hpp"
#include "objects/exception.hpp"
#include "objects/operations.hpp"
#include "objects/sequences.hpp"

namespace krait {
namespace {

/// What a buffer's storage begins with; the characters follow.
struct StrBufferHeader {
  uint64_t used;  ///< bytes of characters that belong to strs
  uint64_t width;
  char* chars() { return reinterpret_cast<char*>(this + 1); }
};

constexpr size_t kInlineOffset = offsetof(Str, inline_data);
constexpr uint64_t kMostCopied = 4096;     ///< bytes up to which a finished text gets a cell of its own size
constexpr uint64_t kBufferedConcat = 256;  ///< bytes from which a concatenation gets a buffer to grow in

constexpr unsigned width_of(char32_t bits) { return bits < 0x100 ? 1 : bits < 0x10000 ? 2 : 4; }

/// memcpy for what is mostly short: without a call up to 32 bytes.
inline void copy_bytes(void* to, const void* from, size_t n) {
  char* t = static_cast<char*>(to);
  const char* f = static_cast<const char*>(from);
  // Two pieces that may overlap cover every length between theirs.
  auto ends = [&]<class Piece>(Piece) {
    Piece first, last;
    std::memcpy(&first, f, sizeof(Piece));
    std::memcpy(&last, f + n - sizeof(Piece), sizeof(Piece));
    std::memcpy(t, &first, sizeof(Piece));
    std::memcpy(t + n - sizeof(Piece), &last, sizeof(Piece));
  };
  struct Sixteen {
    uint64_t words[2];
  };
  if (n > 32) {
    std::memcpy(to, from, n);
  } else if (n >= 16) {
    ends(Sixteen{});
  } else if (n >= 8) {
    ends(uint64_t{});
  } else if (n >= 4) {
    ends(uint32_t{});
  } else if (n >= 2) {
    ends(uint16_t{});
  } else if (n == 1) {
    *t = *f;
  }
}

inline bool same_bytes(const uint8_t* a, const uint8_t* b, size_t n) {
  auto ends = [&]<class Piece>(Piece) {
    Piece a1, a2, b1, b2;
    std::memcpy(&a1, a, sizeof(Piece));
    std::memcpy(&a2, a + n - sizeof(Piece), sizeof(Piece));
    std::memcpy(&b1, b, sizeof(Piece));
    std::memcpy(&b2, b + n - sizeof(Piece), sizeof(Piece));
    return ((a1 ^ b1) | (a2 ^ b2)) == 0;
  };
  if (n > 16) return std::memcmp(a, b, n) == 0;
  if (n >= 8) return ends(uint64_t{});
  if (n >= 4) return ends(uint32_t{});
  if (n >= 2) return ends(uint16_t{});
  return n == 0 || *a == *b;
}

template <class To, class From>
void convert(To* to, const From* from, uint64_t n) {
  if constexpr (sizeof(To) == sizeof(From)) {
    copy_bytes(to, from, n * sizeof(To));
  } else {
    for (uint64_t i = 0; i < n; ++i) to[i] = static_cast<To>(from[i]);
  }
}

template <class To>
void convert_from(To* to, const void* from, unsigned from_width, uint64_t n) {
  switch (from_width) {
    case 1: return convert(to, static_cast<const uint8_t*>(from), n);
    case 2: return convert(to, static_cast<const uint16_t*>(from), n);
    default: return convert(to, static_cast<const uint32_t*>(from), n);
  }
}

/// Copies n characters from one width to another that holds them.
void copy_chars(void* to, unsigned to_width, const void* from, unsigned from_width, uint64_t n) {
  switch (to_width) {
    case 1: return convert_from(static_cast<uint8_t*>(to), from, from_width, n);
    case 2: return convert_from(static_cast<uint16_t*>(to), from, from_width, n);
    default: return convert_from(static_cast<uint32_t*>(to), from, from_width, n);
  }
}

void store_char(void* to, unsigned width, uint64_t i, char32_t c) {
  switch (width) {
    case 1: static_cast<uint8_t*>(to)[i] = static_cast<uint8_t>(c); break;
    case 2: static_cast<uint16_t*>(to)[i] = static_cast<uint16_t>(c); break;
    default: static_cast<uint32_t*>(to)[i] = c;
  }
}

const char* at_offset(const void* data, unsigned width, uint64_t index) {
  return static_cast<const char*>(data) + index * width;
}

/// The characters or'ed together: enough to tell width and asciiness.
template <class Char>
char32_t or_of(const Char* p, uint64_t n) {
  char32_t bits = 0;
  for (uint64_t i = 0; i < n; ++i) bits |= p[i];
  return bits;
}
char32_t or_of(const Str* s, uint64_t begin, uint64_t end) {
  const void* p = at_offset(s->data(), s->width(), begin);
  uint64_t n = end - begin;
  switch (s->width()) {
    case 1: return s->is_ascii() ? 0x7f : or_of(static_cast<const uint8_t*>(p), n);
    case 2: return or_of(static_cast<const uint16_t*>(p), n);
    default: return or_of(static_cast<const uint32_t*>(p), n);
  }
}
/// The same for a whole str, without looking at it.
char32_t class_bits(const Str* s) {
  if (s->is_ascii()) return 0x7f;
  return s->width() == 1 ? 0x80 : s->width() == 2 ? 0x100 : 0x10000;
}

uint16_t bits_for(char32_t or_bits) {
  return static_cast<uint16_t>(width_of(or_bits) | (or_bits < 0x80 ? Str::kAscii : 0));
}

Result<Str*> too_long(Vm& vm) { return vm.raise_memory_error(); }

/// Any length, also 0 and 1.
Result<Str*> allocate_inline(Vm& vm, uint64_t length, uint16_t bits) {
  if (length > kMaxStrLength) [[unlikely]]
    return too_long(vm);
  size_t bytes = kInlineOffset + length * (bits & Str::kWidthMask);
  Cell* cell = vm.heap.allocate_text(bytes, kInlineOffset, static_cast<CellKind>(Kind::Str), vm.types.str->shape);
  if (cell == nullptr) [[unlikely]]
    return vm.allocation_failed(bytes);
  Str* s = static_cast<Str*>(cell);
  s->bits = bits;
  s->length = length;
  return s;
}

Result<Str*> wrap_buffer(Vm& vm, Storage* storage, const void* data, uint64_t length, uint16_t bits) {
  Str* s = TRY(vm.allocate<Str>(Kind::Str, vm.types.str->shape));
  s->bits = bits | Str::kExternal;
  s->length = length;
  s->external.data = data;
  s->external.owner = storage;
  vm.barrier(s);
  return s;
}

Result<Storage*> allocate_buffer(Vm& vm, uint64_t capacity_bytes, unsigned width) {
  Storage* storage = TRY(vm.allocate_text_storage(sizeof(StrBufferHeader) + capacity_bytes));
  *storage->data<StrBufferHeader>() = {0, width};
  return storage;
}
uint64_t buffer_capacity(const Storage* s) { return s->capacity - sizeof(StrBufferHeader); }

template <class Char>
Result<Str*> from_chars(Vm& vm, const Char* p, uint64_t n) {
  if (n == 0 && vm.names.empty != nullptr) return vm.names.empty;
  if (n == 1) return str_from_char(vm, p[0]);
  char32_t bits = or_of(p, n);
  Str* s = TRY(allocate_inline(vm, n, bits_for(bits)));
  switch (s->width()) {
    case 1: convert(reinterpret_cast<uint8_t*>(s->inline_data), p, n); break;
    case 2: convert(reinterpret_cast<uint16_t*>(s->inline_data), p, n); break;
    default: convert(reinterpret_cast<uint32_t*>(s->inline_data), p, n);
  }
  return s;
}

// --- UTF-8.

enum class Surrogates { kReplace, kKeep };
constexpr char32_t kInvalid = 0xFFFFFFFF;

bool is_ascii_text(std::string_view s) {
  const char* p = s.data();
  size_t n = s.size();
  uint64_t bits = 0;
  for (; n >= 8; n -= 8, p += 8) {
    uint64_t word;
    std::memcpy(&word, p, 8);
    bits |= word;
  }
  for (; n > 0; --n, ++p) bits |= static_cast<uint8_t>(*p);
  return (bits & 0x8080808080808080) == 0;
}

/// One character; kInvalid (and p behind the longest wrong sequence that could have begun one) if the bytes are no UTF-8.
char32_t decode_utf8(const uint8_t*& p, const uint8_t* end, Surrogates surrogates) {
  uint8_t lead = *p++;
  if (lead < 0x80) return lead;
  unsigned more;
  char32_t c;
  uint8_t low = 0x80, high = 0xBF;  // of the second byte
  if (lead >= 0xC2 && lead <= 0xDF) {
    more = 1;
    c = lead & 0x1F;
  } else if ((lead & 0xF0) == 0xE0) {
    more = 2;
    c = lead & 0x0F;
    if (lead == 0xE0) low = 0xA0;
    if (lead == 0xED && surrogates == Surrogates::kReplace) high = 0x9F;
  } else if (lead >= 0xF0 && lead <= 0xF4) {
    more = 3;
    c = lead & 0x07;
    if (lead == 0xF0) low = 0x90;
    if (lead == 0xF4) high = 0x8F;
  } else {
    return kInvalid;
  }
  for (; more > 0; --more) {
    if (p == end || *p < low || *p > high) return kInvalid;
    c = c << 6 | (*p++ & 0x3F);
    low = 0x80;
    high = 0xBF;
  }
  return c;
}

template <class OnInvalid>
Result<Str*> from_utf8(Vm& vm, std::string_view text, Surrogates surrogates, OnInvalid on_invalid) {
  if (is_ascii_text(text)) return str_from_ascii(vm, text);
  const auto* begin = reinterpret_cast<const uint8_t*>(text.data());
  const uint8_t* end = begin + text.size();
  auto decode_all = [&](auto&& emit) {
    for (const uint8_t* p = begin; p != end;) {
      const uint8_t* start = p;
      char32_t c = decode_utf8(p, end, surrogates);
      if (c == kInvalid) {
        on_invalid(start, p, emit);
      } else {
        emit(c);
      }
    }
  };
  uint64_t n = 0;
  char32_t bits = 0;
  decode_all([&](char32_t c) {
    ++n;
    bits |= c;
  });
  if (n == 1) {
    char32_t only = 0;
    decode_all([&](char32_t c) { only = c; });
    return str_from_char(vm, only);
  }
  Str* s = TRY(allocate_inline(vm, n, bits_for(bits)));
  uint64_t i = 0;
  unsigned width = s->width();
  decode_all([&](char32_t c) { store_char(s->inline_data, width, i++, c); });
  return s;
}

void append_utf8_char(std::string& out, char32_t c) {
  if (c < 0x80) {
    out.push_back(static_cast<char>(c));
  } else if (c < 0x800) {
    out.push_back(static_cast<char>(0xC0 | c >> 6));
    out.push_back(static_cast<char>(0x80 | (c & 0x3F)));
  } else if (c < 0x10000) {
    out.push_back(static_cast<char>(0xE0 | c >> 12));
    out.push_back(static_cast<char>(0x80 | (c >> 6 & 0x3F)));
    out.push_back(static_cast<char>(0x80 | (c & 0x3F)));
  } else {
    out.push_back(static_cast<char>(0xF0 | c >> 18));
    out.push_back(static_cast<char>(0x80 | (c >> 12 & 0x3F)));
    out.push_back(static_cast<char>(0x80 | (c >> 6 & 0x3F)));
    out.push_back(static_cast<char>(0x80 | (c & 0x3F)));
  }
}
bool is_surrogate(char32_t c) { return c >= 0xD800 && c < 0xE000; }

/// The end of the run of surrogates that begins at i.
uint64_t surrogate_run(const Str* s, uint64_t i) {
  while (i < s->length && is_surrogate(s->at(i))) ++i;
  return i;
}

// --- Searching.

template <class Char>
size_t find_in(const Char* hay, uint64_t n, const Str* needle) {
  switch (needle->width()) {
    case 1: return search::find(hay, n, needle->data1(), needle->length);
    case 2: return search::find(hay, n, needle->data2(), needle->length);
    default: return search::find(hay, n, needle->data4(), needle->length);
  }
}

}  // namespace

// --- Making strings.

Result<Str*> str_allocate(Vm& vm, uint64_t length, unsigned width, bool ascii) {
  return allocate_inline(vm, length, static_cast<uint16_t>(width | (ascii ? Str::kAscii : 0)));
}

Result<Str*> str_from_char(Vm& vm, char32_t c) {
  if (c < 256 && vm.latin1_chars[c] != nullptr) [[likely]]
    return vm.latin1_chars[c];
  Str* s = TRY(allocate_inline(vm, 1, bits_for(c)));
  store_char(s->inline_data, s->width(), 0, c);
  return s;
}

Result<Str*> str_from_ascii(Vm& vm, std::string_view ascii) {
  if (ascii.size() == 1) return str_from_char(vm, static_cast<uint8_t>(ascii[0]));
  if (ascii.empty() && vm.names.empty != nullptr) return vm.names.empty;
  Str* s = TRY(allocate_inline(vm, ascii.size(), 1 | Str::kAscii));
  copy_bytes(s->inline_data, ascii.data(), ascii.size());
  return s;
}

Result<Str*> str_from_latin1(Vm& vm, std::span<const uint8_t> chars) {
  return from_chars(vm, chars.data(), chars.size());
}
Result<Str*> str_from_ucs2(Vm& vm, std::span<const uint16_t> chars) {
  return from_chars(vm, chars.data(), chars.size());
}
Result<Str*> str_from_ucs4(Vm& vm, std::span<const char32_t> chars) {
  return from_chars(vm, chars.data(), chars.size());
}

Result<Str*> str_from_utf8(Vm& vm, std::string_view utf8) {
  return from_utf8(vm, utf8, Surrogates::kReplace,
                   [](const uint8_t*, const uint8_t*, auto&& emit) { emit(char32_t{0xFFFD}); });
}

Result<Str*> str_from_generalised_utf8(Vm& vm, std::string_view wtf8) {
  return from_utf8(vm, wtf8, Surrogates::kKeep,
                   [](const uint8_t*, const uint8_t*, auto&& emit) { emit(char32_t{0xFFFD}); });
}

Result<Str*> str_decode_fs(Vm& vm, std::string_view bytes) {
  return from_utf8(vm, bytes, Surrogates::kReplace, [](const uint8_t* p, const uint8_t* end, auto&& emit) {
    for (; p != end; ++p) emit(static_cast<char32_t>(0xDC00 + *p));
  });
}

Result<Str*> str_of_type(Vm& vm, Type* type, Str* s) {
  // An instance of a subclass has a fixed size: it shares the characters of an exact str.
  Str* exact = TRY(str_exact(vm, s));
  Str* copy = TRY(vm.new_instance<Str>(type));
  copy->bits = (exact->bits & (Str::kWidthMask | Str::kAscii)) | Str::kExternal;
  copy->length = exact->length;
  copy->hash = exact->hash;
  copy->external.data = exact->data();
  copy->external.owner = exact;
  vm.barrier(copy);
  return copy;
}

Result<Str*> str_exact(Vm& vm, Str* s) {
  if (vm.type_of(s) == vm.types.str) return s;
  if (s->length <= 1) return s->length == 0 ? vm.names.empty : str_from_char(vm, s->at(0));
  Str* copy = TRY(allocate_inline(vm, s->length, s->bits & (Str::kWidthMask | Str::kAscii)));
  std::memcpy(copy->inline_data, s->data(), s->length * s->width());
  copy->hash = s->hash;
  return copy;
}

Result<Str*> str_substring(Vm& vm, Str* s, uint64_t begin, uint64_t end) {
  uint64_t n = end - begin;
  if (n == s->length) return str_exact(vm, s);
  if (n == 0) return vm.names.empty;
  if (n == 1) return str_from_char(vm, s->at(begin));
  char32_t bits = or_of(s, begin, end);
  Str* part = TRY(allocate_inline(vm, n, bits_for(bits)));
  const void* from = at_offset(s->data(), s->width(), begin);
  if (part->width() == s->width()) {
    copy_bytes(part->inline_data, from, n * s->width());
  } else if (s->width() == 2) {
    convert(reinterpret_cast<uint8_t*>(part->inline_data), static_cast<const uint16_t*>(from), n);
  } else {
    copy_chars(part->inline_data, part->width(), from, 4, n);
  }
  return part;
}

Result<Str*> str_concat(Vm& vm, Str* a, Str* b) {
  if (b->length == 0) return str_exact(vm, a);
  if (a->length == 0) return str_exact(vm, b);
  uint64_t length = a->length + b->length;
  if (length > kMaxStrLength) [[unlikely]]
    return too_long(vm);
  unsigned width = a->width() > b->width() ? a->width() : b->width();
  uint16_t bits = static_cast<uint16_t>(width | (a->bits & b->bits & Str::kAscii));
  uint64_t bytes = length * width;
  if (bytes < kBufferedConcat) {
    Str* s = TRY(allocate_inline(vm, length, bits));
    copy_chars(s->inline_data, width, a->data(), a->width(), a->length);
    copy_chars(s->inline_data + a->length * width, width, b->data(), b->width(), b->length);
    return s;
  }
  bool growing = false;
  if (a->bits & Str::kExternal && a->external.owner != nullptr &&
      a->external.owner->kind == static_cast<CellKind>(Kind::Storage)) {
    auto* storage = static_cast<Storage*>(a->external.owner);
    auto* header = storage->data<StrBufferHeader>();
    const char* end = at_offset(a->external.data, a->width(), a->length);
    growing = end == header->chars() + header->used;
    uint64_t more = b->length * width;
    if (growing && a->width() == width && buffer_capacity(storage) - header->used >= more) {
      copy_chars(header->chars() + header->used, width, b->data(), b->width(), b->length);
      const void* data = a->external.data;
      Str* s = TRY(wrap_buffer(vm, storage, data, length, bits));
      header->used += more;
      return s;
    }
  }
  Storage* storage = TRY(allocate_buffer(vm, bytes + (growing ? bytes : bytes / 8), width));
  auto* header = storage->data<StrBufferHeader>();
  copy_chars(header->chars(), width, a->data(), a->width(), a->length);
  copy_chars(header->chars() + a->length * width, width, b->data(), b->width(), b->length);
  header->used = bytes;
  return wrap_buffer(vm, storage, header->chars(), length, bits);
}

Result<Str*> str_repeat(Vm& vm, Str* s, int64_t count) {
  if (count <= 0 || s->length == 0) return vm.names.empty;
  if (count == 1) return str_exact(vm, s);
  uint64_t length;
  if (__builtin_mul_overflow(s->length, static_cast<uint64_t>(count), &length) || length > INT64_MAX)
    return vm.raise(E::OverflowError, "repeated string is too long");
  Str* r = TRY(allocate_inline(vm, length, s->bits & (Str::kWidthMask | Str::kAscii)));
  uint64_t unit = s->length * s->width(), total = length * s->width();
  if (unit == 1) {
    std::memset(r->inline_data, s->data1()[0], total);
    return r;
  }
  std::memcpy(r->inline_data, s->data(), unit);
  for (uint64_t done = unit; done < total;) {
    uint64_t n = done < total - done ? done : total - done;
    std::memcpy(r->inline_data + done, r->inline_data, n);
    done += n;
  }
  return r;
}

Result<Str*> str_join(Vm& vm, Str* separator, Value iterable) {
  Value sequence = iterable;
  if (!is_list(iterable) && !is_tuple(iterable)) {
    Value it = TRY(get_iter_if_any(vm, iterable));
    if (it.is_not_implemented()) return vm.raise(E::TypeError, "can only join an iterable");
    sequence = TRY(list_from(vm, it));
  }
  const Value* items;
  uint64_t count;
  if (is_list(sequence)) {
    items = sequence.as<List>()->items();
    count = sequence.as<List>()->length;
  } else {
    items = sequence.as<Tuple>()->items;
    count = sequence.as<Tuple>()->length;
  }
  if (count == 0) return vm.names.empty;
  uint64_t length = 0;
  char32_t bits = count > 1 ? class_bits(separator) : 0;
  for (uint64_t i = 0; i < count; ++i) {
    if (!is_str(items[i]))
      return vm.raise(E::TypeError, "sequence item {}: expected str instance, {} found", i, type_name_of(items[i]));
    const Str* item = as_str(items[i]);
    if (item->length != 0) bits |= class_bits(item);
    if (i != 0) length += separator->length;
    length += item->length;
    if (length > kMaxStrLength) [[unlikely]]
      return too_long(vm);
  }
  if (count == 1 && vm.type_of(items[0]) == vm.types.str) return as_str(items[0]);
  if (length == 0) return vm.names.empty;
  if (separator->length == 0 && bits >= 0x80) {
    bits = 0;
    for (uint64_t i = 0; i < count; ++i) {
      if (as_str(items[i])->length != 0) bits |= class_bits(as_str(items[i]));
    }
  }
  if (length == 1) {
    for (uint64_t i = 0; i < count; ++i) {
      if (as_str(items[i])->length == 1) return str_from_char(vm, as_str(items[i])->at(0));
    }
    return str_from_char(vm, separator->at(0));
  }
  // Collecting runs no Python code, so the items stay as they are.
  Str* r = TRY(allocate_inline(vm, length, bits_for(bits)));
  unsigned width = r->width();
  char* to = r->inline_data;
  if (width == 1) {  // then every item is of that width
    for (uint64_t i = 0; i < count; ++i) {
      if (i != 0 && separator->length != 0) {
        copy_bytes(to, separator->data(), separator->length);
        to += separator->length;
      }
      const Str* item = as_str(items[i]);
      if (item->length == 1) {
        *to++ = static_cast<char>(*item->data1());
      } else {
        copy_bytes(to, item->data(), item->length);
        to += item->length;
      }
    }
    return r;
  }
  for (uint64_t i = 0; i < count; ++i) {
    if (i != 0) {
      copy_chars(to, width, separator->data(), separator->width(), separator->length);
      to += separator->length * width;
    }
    const Str* item = as_str(items[i]);
    copy_chars(to, width, item->data(), item->width(), item->length);
    to += item->length * width;
  }
  return r;
}

// --- Using them.

int64_t str_hash_slow(Vm& vm, Str* s) {
  if (s->length == 0) return 0;
  s->hash = hash_bytes({vm.hash_key[0], vm.hash_key[1]}, s->data(), s->length * s->width());
  return s->hash;
}

bool str_equal(const Str* a, const Str* b) {
  if (a == b) return true;
  if (a->length != b->length || a->width() != b->width()) return false;
  if (a->hash != 0 && b->hash != 0 && a->hash != b->hash) return false;
  return same_bytes(a->data1(), b->data1(), a->length * a->width());
}

int str_compare(const Str* a, const Str* b) {
  uint64_t n = a->length < b->length ? a->length : b->length;
  if (a->width() == 1 && b->width() == 1) {
    const uint8_t *x = a->data1(), *y = b->data1();
    if (n > 0 && x[0] != y[0]) return x[0] < y[0] ? -1 : 1;
    int c = std::memcmp(x, y, n);
    if (c != 0) return c;
  } else {
    for (uint64_t i = 0; i < n; ++i) {
      char32_t x = a->at(i), y = b->at(i);
      if (x != y) return x < y ? -1 : 1;
    }
  }
  return a->length == b->length ? 0 : a->length < b->length ? -1 : 1;
}

int64_t str_find(const Str* s, const Str* needle, uint64_t from, uint64_t to) {
  if (to > s->length) to = s->length;
  if (from > to || needle->length > to - from) return -1;
  if (needle->length == 0) return static_cast<int64_t>(from);
  if (needle->width() > s->width() || (s->is_ascii() && !needle->is_ascii())) return -1;
  size_t at;
  switch (s->width()) {
    case 1: at = find_in(s->data1() + from, to - from, needle); break;
    case 2: at = find_in(s->data2() + from, to - from, needle); break;
    default: at = find_in(s->data4() + from, to - from, needle);
  }
  return at == search::kNotFound ? -1 : static_cast<int64_t>(at + from);
}

bool str_contains_nul(const Str* s) {
  for (uint64_t i = 0; i < s->length; ++i)
    if (s->at(i) == 0) return true;
  return false;
}

bool str_is_identifier(const Str* s) {
  if (s->length == 0) return false;
  for (uint64_t i = 0; i < s->length; ++i) {
    char32_t c = s->at(i);
    if (c == '_' || (i == 0 ? unicode::is_xid_start(c) : unicode::is_xid_continue(c))) continue;
    return false;
  }
  return true;
}

void str_append_utf8(const Str* s, std::string& out) {
  if (s->is_ascii()) {
    out.append(s->ascii());
    return;
  }
  out.reserve(out.size() + s->length * (s->width() == 1 ? 2 : 3));
  for (uint64_t i = 0; i < s->length; ++i) append_utf8_char(out, s->at(i));
}

std::string str_to_utf8(const Str* s) {
  std::string out;
  str_append_utf8(s, out);
  return out;
}

Status str_encode_utf8(Vm& vm, Str* s, std::string& out) {
  if (s->width() == 1) {
    str_append_utf8(s, out);
    return {};
  }
  out.reserve(out.size() + s->length * 3);
  for (uint64_t i = 0; i < s->length; ++i) {
    char32_t c = s->at(i);
    if (is_surrogate(c)) [[unlikely]]
      return raise_unicode_encode_error(vm, "utf-8", s, i, surrogate_run(s, i), "surrogates not allowed");
    append_utf8_char(out, c);
  }
  return {};
}

Status str_encode_fs(Vm& vm, Str* s, std::string& out) {
  for (uint64_t i = 0; i < s->length; ++i) {
    char32_t c = s->at(i);
    if (c == 0) [[unlikely]]
      return vm.raise(E::ValueError, "embedded null byte");
    if (c >= 0xDC80 && c <= 0xDCFF) {
      out.push_back(static_cast<char>(c - 0xDC00));
    } else if (is_surrogate(c)) [[unlikely]] {
      return raise_unicode_encode_error(vm, "utf-8", s, i, i + 1, "surrogates not allowed");
    } else {
      append_utf8_char(out, c);
    }
  }
  return {};
}

void str_trace(Heap& heap, Cell* cell, Marker& marker) {
  auto* s = static_cast<Str*>(cell);
  if (s->bits & Str::kExternal) marker.mark_cell(s->external.owner);
}

// --- StrBuilder.

Status StrBuilder::grow(uint64_t more, unsigned width) {
  if (more > kMaxStrLength) [[unlikely]]
    return vm_.raise_memory_error();
  uint64_t need = length_ + more;
  if (need > kMaxStrLength) [[unlikely]]
    return vm_.raise_memory_error();
  if (width < width_) width = width_;
  if (storage_ == nullptr && need * width <= kFirstBytes) {
    char narrow[kFirstBytes];
    std::memcpy(narrow, first_, length_ * width_);
    copy_chars(first_, width, narrow, width_, length_);
    width_ = width;
    capacity_ = kFirstBytes / width;
    return {};
  }
  uint64_t capacity = need <= capacity_ ? capacity_ : need + need / 2 + 24;
  if (storage_ != nullptr && width == width_) {
    storage_ = TRY(vm_.resize_storage(storage_, sizeof(StrBufferHeader) + capacity * width));
  } else {
    Storage* wider = TRY(allocate_buffer(vm_, capacity * width, width));
    copy_chars(wider->data<StrBufferHeader>()->chars(), width, chars_, width_, length_);
    vm_.heap.release_storage(storage_);
    storage_ = wider;
    width_ = width;
  }
  chars_ = storage_->data<StrBufferHeader>()->chars();
  capacity_ = buffer_capacity(storage_) / width_;
  return {};
}

Status StrBuilder::append(char32_t c) {
  unsigned width = width_of(c);
  TRY(reserve(1, width));
  store_char(chars_, width_, length_++, c);
  bits_seen_ |= c;
  return {};
}

Status StrBuilder::append(const Str* s) {
  if (s->length == 0) return {};
  TRY(reserve(s->length, s->width()));
  char* to = tail();
  copy_chars(to, width_, s->data(), s->width(), s->length);
  length_ += s->length;
  bits_seen_ |= class_bits(s);
  return {};
}

Status StrBuilder::append(const Str* s, uint64_t begin, uint64_t end) {
  if (begin >= end) return {};
  char32_t bits = or_of(s, begin, end);
  uint64_t n = end - begin;
  TRY(reserve(n, width_of(bits)));
  char* to = tail();
  copy_chars(to, width_, at_offset(s->data(), s->width(), begin), s->width(), n);
  length_ += n;
  bits_seen_ |= bits;
  return {};
}

Status StrBuilder::append(std::span<const char32_t> chars) {
  if (chars.empty()) return {};
  char32_t bits = or_of(chars.data(), chars.size());
  TRY(reserve(chars.size(), width_of(bits)));
  char* to = tail();
  copy_chars(to, width_, chars.data(), 4, chars.size());
  length_ += chars.size();
  bits_seen_ |= bits;
  return {};
}

Status StrBuilder::append_ascii(std::string_view text) {
  if (text.empty()) return {};
  TRY(reserve(text.size(), 1));
  char* to = tail();
  copy_chars(to, width_, text.data(), 1, text.size());
  length_ += text.size();
  return {};
}

Status StrBuilder::append_utf8(std::string_view text) {
  if (is_ascii_text(text)) return append_ascii(text);
  const auto* p = reinterpret_cast<const uint8_t*>(text.data());
  const uint8_t* end = p + text.size();
  while (p != end) {
    char32_t c = decode_utf8(p, end, Surrogates::kKeep);
    TRY(append(c == kInvalid ? char32_t{0xFFFD} : c));
  }
  return {};
}

Status StrBuilder::append_repeated(char32_t c, uint64_t count) {
  if (count == 0) return {};
  if (count > kMaxStrLength) return vm_.raise_memory_error();
  TRY(reserve(count, width_of(c)));
  char* to = chars_;
  switch (width_) {
    case 1: std::memset(to + length_, static_cast<int>(c), count); break;
    case 2: std::fill_n(reinterpret_cast<uint16_t*>(to) + length_, count, static_cast<uint16_t>(c)); break;
    default: std::fill_n(reinterpret_cast<uint32_t*>(to) + length_, count, static_cast<uint32_t>(c));
  }
  length_ += count;
  bits_seen_ |= c;
  return {};
}

Result<Str*> StrBuilder::finish() {
  if (length_ == 0) return vm_.names.empty;
  uint16_t bits = bits_for(bits_seen_);
  Str* s;
  if (length_ == 1) {
    char32_t c = width_ == 1   ? *reinterpret_cast<uint8_t*>(chars_)
                 : width_ == 2 ? *reinterpret_cast<uint16_t*>(chars_)
                               : *reinterpret_cast<uint32_t*>(chars_);
    return str_from_char(vm_, c);
  }
  uint64_t bytes = length_ * width_;
  if (bytes <= kMostCopied) {
    s = TRY(allocate_inline(vm_, length_, bits));
    copy_bytes(s->inline_data, chars_, bytes);
    vm_.heap.release_storage(storage_);
  } else {
    // What was kept free to grow in goes back, where that is worth a smaller piece.
    if (buffer_capacity(storage_) - bytes > bytes / 8)
      storage_ = TRY(vm_.resize_storage(storage_, sizeof(StrBufferHeader) + bytes));
    auto* header = storage_->data<StrBufferHeader>();
    s = TRY(wrap_buffer(vm_, storage_, header->chars(), length_, bits));
    header->used = bytes;
  }
  storage_ = nullptr;
  chars_ = first_;
  length_ = 0;
  capacity_ = kFirstBytes;
  width_ = 1;
  bits_seen_ = 0;
  return s;
}

// --- Messages.

namespace {
Status append_part(Vm& vm, StrBuilder& out, const MessagePart& part) {
  switch (part.kind) {
    case MessagePart::kText: return out.append_utf8(part.text);
    case MessagePart::kChar: return out.append(static_cast<char32_t>(part.integer));
    case MessagePart::kInt:
    case MessagePart::kUnsigned: {
      std::string digits = part.kind == MessagePart::kInt ? std::to_string(part.integer)
                                                          : std::to_string(static_cast<uint64_t>(part.integer));
      return out.append_ascii(digits);
    }
    case MessagePart::kTypeName: {
      const Type* type = vm.type_of(part.value);
      if (!type->has(kTypeHeap)) return out.append_ascii(type->spec->name);
      return out.append(type->name);
    }
    case MessagePart::kFullTypeName: {
      const Type* type = vm.type_of(part.value);
      if (!type->has(kTypeHeap)) return out.append_ascii(type->spec->name);
      Value module = dict_get_str(vm, type->dict, vm.names.d_module);
      if (is_str(module) && !as_str(module)->equals("builtins") && !as_str(module)->equals("__main__")) {
        TRY(out.append(as_str(module)));
        TRY(out.append(U'.'));
      }
      return out.append(type->qualname);
    }
    case MessagePart::kValueStr: {
      if (part.value.is_unset()) return {};
      Value text = is_str(part.value) ? part.value : TRY(str(vm, part.value));
      return out.append(as_str(text));
    }
    case MessagePart::kValueRepr: {
      Value text = TRY(repr(vm, part.value));
      return out.append(as_str(text));
    }
  }
  return {};
}
}  // namespace

Result<Str*> str_format_message(Vm& vm, const char* format, const MessagePart* parts, size_t count) {
  StrBuilder out(vm);
  size_t next = 0;
  const char* text = format;
  for (const char* p = format; *p != 0; ++p) {
    if (p[0] != '{' || p[1] != '}' || next == count) continue;
    TRY(out.append_utf8({text, static_cast<size_t>(p - text)}));
    TRY(append_part(vm, out, parts[next++]));
    text = ++p + 1;
  }
  TRY(out.append_utf8(text));
  return out.finish();
}

}  // namespace krait
