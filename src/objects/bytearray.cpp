// bytearray: bytes that can be changed. What it shares with bytes is in bytes_methods.cpp.
//
// The bytes lie in a storage of their own, at `start`: deleting from the front moves nothing. While buffers are exported the
// storage and the length stay as they are. A collector that counts no references finds out late that a memoryview is gone:
// before a change is refused it is asked whether the exports still live.
#include <cstring>

#include "objects/bytes_methods.hpp"
#include "objects/bytes_warning.hpp"
#include "objects/codecs.hpp"
#include "objects/iteration.hpp"
#include "objects/memoryview.hpp"
#include "objects/text_args.hpp"

namespace krait {

namespace {

/// BufferError if buffers are really exported.
Status check_resizable(Vm& vm, ByteArray* b) {
  if (b->exports == 0) [[likely]]
    return {};
  buffer_drop_dead_exports(vm, b);
  if (b->exports == 0) return {};
  return vm.raise(E::BufferError, "Existing exports of data: object cannot be re-sized");
}

/// Room for `length` bytes from start on; keeps the content.
Status reserve(Vm& vm, ByteArray* b, uint64_t length) {
  if (length > kMaxBytesLength) return vm.raise_memory_error();
  uint64_t capacity = b->storage == nullptr ? 0 : b->storage->capacity;
  if (b->start + length <= capacity) return {};
  if (length <= capacity && b->start >= length / 2) {
    std::memmove(b->storage->data<uint8_t>(), b->data(), b->length);
    b->start = 0;
    return {};
  }
  if (b->start > 0) {
    std::memmove(b->storage->data<uint8_t>(), b->data(), b->length);
    b->start = 0;
  }
  uint64_t wanted = b->length == 0 ? length : length + length / 8 + 8;
  b->storage = TRY(vm.resize_storage(b->storage, wanted));
  vm.barrier(b);
  return {};
}

}  // namespace

Result<ByteArray*> bytearray_from(Vm& vm, std::span<const uint8_t> data) {
  ByteArray* b = TRY(vm.new_instance<ByteArray>(vm.types.bytearray));
  if (!data.empty()) {
    TRY(reserve(vm, b, data.size()));
    std::memcpy(b->data(), data.data(), data.size());
    b->length = data.size();
  }
  return b;
}

Status bytearray_resize(Vm& vm, ByteArray* b, uint64_t length) {
  if (length == b->length) return {};
  TRY(check_resizable(vm, b));
  if (length > b->length) {
    TRY(reserve(vm, b, length));
    std::memset(b->data() + b->length, 0, length - b->length);
  } else if (b->storage != nullptr && length < b->storage->capacity / 4 && b->storage->capacity > 256) {
    if (b->start > 0) std::memmove(b->storage->data<uint8_t>(), b->data(), length);
    b->start = 0;
    b->length = length;
    b->storage = TRY(vm.resize_storage(b->storage, std::max<uint64_t>(length, 16)));
    vm.barrier(b);
  }
  b->length = length;
  if (length == 0) b->start = 0;
  return {};
}

Status bytearray_replace(Vm& vm, ByteArray* b, uint64_t begin, uint64_t end, std::span<const uint8_t> data) {
  uint64_t gone = end - begin, come = data.size();
  if (gone != come) {
    TRY(check_resizable(vm, b));
    uint64_t length = b->length - gone + come;
    if (come < gone && begin == 0) {
      b->start += gone - come;
      b->length = length;
      if (length == 0) b->start = 0;
    } else if (come <= gone) {
      std::memmove(b->data() + begin + come, b->data() + end, b->length - end);
      TRY(bytearray_resize(vm, b, length));
    } else {
      TRY(reserve(vm, b, length));
      std::memmove(b->data() + begin + come, b->data() + end, b->length - end);
      b->length = length;
    }
  }
  if (come > 0) std::memcpy(b->data() + begin, data.data(), come);
  return {};
}

Status bytearray_append(Vm& vm, ByteArray* b, std::span<const uint8_t> data) {
  if (b->storage == nullptr || b->exports > 0 || b->storage->capacity - b->start - b->length < data.size())
    return bytearray_replace(vm, b, b->length, b->length, data);
  std::memcpy(b->data() + b->length, data.data(), data.size());
  b->length += data.size();
  return {};
}

namespace {

ByteArray* self_of(Args a) { return a[0].as<ByteArray>(); }
std::span<const uint8_t> span_of(const ByteArray* b) { return {b->data(), b->length}; }

void trace(Heap&, Cell* cell, Marker& m) { m.mark_cell(static_cast<ByteArray*>(cell)->storage); }

Value bytearray_new(Vm& vm, Args a) { return vm.new_instance<ByteArray>(a[0].as<Type>()); }

Status set_content(Vm& vm, ByteArray* b, Value bytes) {
  return bytearray_replace(vm, b, 0, b->length, bytes.as<Bytes>()->span());
}

Value bytearray_init(Vm& vm, Args a) {
  ByteArray* b = self_of(a);
  if (b->length > 0) TRY(bytearray_resize(vm, b, 0));
  bool has_encoding = a.has(2), has_errors = a.has(3);
  for (size_t i : {2, 3}) {
    if (a.has(i) && !is_str(a[i]))
      return vm.raise(E::TypeError, "bytearray() argument '{}' must be str, not {}", i == 2 ? "encoding" : "errors",
                      argument_type(a[i]));
  }
  if (!a.has(1)) {
    if (has_encoding || has_errors)
      return vm.raise(E::TypeError,
                      has_encoding ? "encoding without a string argument" : "errors without a string argument");
    return Value::none();
  }
  Value x = a[1];
  if (is_str(x)) {
    if (!has_encoding) return vm.raise(E::TypeError, "string argument without an encoding");
    Value encoded = TRY(str_encode(vm, as_str(x), as_str(a[2]), has_errors ? as_str(a[3]) : nullptr));
    TRY(set_content(vm, b, encoded));
    return Value::none();
  }
  if (has_encoding || has_errors)
    return vm.raise(E::TypeError,
                    has_encoding ? "encoding without a string argument" : "errors without a string argument");
  if (has_index(vm, x)) {
    Value i = index(vm, x);
    if (i.is_error()) {
      if (!vm.pending_is(E::TypeError) || !vm.clear_pending()) return Error{};
    } else {
      auto n = int_to_i64(i);
      if (!n) return vm.raise(E::OverflowError, "cannot fit '{}' into an index-sized integer", type_name_of(x));
      if (int_sign(i) < 0) return vm.raise(E::ValueError, "negative count");
      if (static_cast<uint64_t>(*n) > kMaxBytesLength) return vm.raise_memory_error();
      TRY(bytearray_resize(vm, b, static_cast<uint64_t>(*n)));
      return Value::none();
    }
  }
  Value content;
  if (has_buffer(vm, x)) {
    Buffer buffer;
    TRY(buffer_acquire(vm, x, buffer, kBufferStrided));
    content = buffer_to_bytes(vm, buffer);
    buffer_release(vm, buffer);
    if (content.is_error()) return Error{};
  } else {
    content = TRY(bytes_from_iterable(vm, x, "bytearray"));
  }
  TRY(set_content(vm, b, content));
  return Value::none();
}

Value bytearray_repr(Vm& vm, Args a) {
  Value content;
  {
    SelfBytes s(a[0]);
    content = TRY(bytes_repr(vm, s.span(), true));
  }
  return str_message(vm, "{}({})", type_name_of(a[0]), content);
}

Value bytearray_str(Vm& vm, Args a) {
  TRY(warn_about_bytes(vm, "str() on a bytearray instance"));
  return bytearray_repr(vm, a);
}

template <CompareOp op>
Value bytearray_compare(Vm& vm, Args a) {
  if (is_str(a[1]) && (op == CompareOp::Eq || op == CompareOp::Ne))
    TRY(warn_about_bytes(vm, "Comparison between bytearray and string"));
  if (!has_buffer(vm, a[1])) return Value::not_implemented();
  ScopedBuffer other(vm);
  TRY(other.acquire(a[1]));
  SelfBytes s(a[0]);
  uint64_t n = static_cast<uint64_t>(other.get().length), m = std::min(s.size, n);
  if constexpr (op == CompareOp::Eq || op == CompareOp::Ne) {
    if (s.size != n) return Value::boolean(op == CompareOp::Ne);
  }
  int c = m == 0 ? 0 : std::memcmp(s.data, other.get().data, m);
  if (c == 0) return compare_lengths(s.size, n, op);
  switch (op) {
    case CompareOp::Lt:
    case CompareOp::Le: return Value::boolean(c < 0);
    case CompareOp::Eq: return Value::false_();
    case CompareOp::Ne: return Value::true_();
    default: return Value::boolean(c > 0);
  }
}

Value bytearray_iter(Vm& vm, Args a) { return bytes_iterator_new(vm, a[0]); }

/// An index of b, or IndexError.
Result<uint64_t> item_index(Vm& vm, ByteArray* b, Value key, const char* out_of_range) {
  if (!has_index(vm, key))
    return vm.raise(E::TypeError, "bytearray indices must be integers or slices, not {}", type_name_of(key));
  int64_t i = TRY(quick_index(vm, key));
  if (i < 0) i += static_cast<int64_t>(b->length);
  if (i < 0 || i >= static_cast<int64_t>(b->length)) return vm.raise(E::IndexError, out_of_range);
  return static_cast<uint64_t>(i);
}

/// A value to be stored.
Result<uint8_t> byte_value(Vm& vm, Value v) {
  Value i = TRY(index(vm, v));
  int64_t byte = int_to_i64(i).value_or(-1);
  if (byte < 0 || byte > 255) return vm.raise(E::ValueError, "byte must be in range(0, 256)");
  return static_cast<uint8_t>(byte);
}

Value bytearray_getitem(Vm& vm, Args a) {
  ByteArray* b = self_of(a);
  if (is_kind(a[1], Kind::Slice)) {
    SliceRange unpacked = TRY(slice_unpack(vm, a[1]));
    SelfBytes s(a[0]);
    SliceRange r = slice_adjust(unpacked, static_cast<int64_t>(s.size));
    if (r.step == 1)
      return bytearray_from(vm, s.span().subspan(static_cast<size_t>(r.start), static_cast<size_t>(r.count)));
    ByteArray* out = TRY(bytearray_from(vm, {}));
    TRY(bytearray_resize(vm, out, static_cast<uint64_t>(r.count)));
    for (int64_t i = 0; i < r.count; ++i) out->data()[i] = s.data[r.start + i * r.step];
    return out;
  }
  uint64_t i = TRY(item_index(vm, b, a[1], "bytearray index out of range"));
  return Value::small_int(b->data()[i]);
}

/// b[slice] = data; an empty `data` deletes.
Status assign_slice(Vm& vm, ByteArray* b, Value slice, std::span<const uint8_t> data) {
  SliceRange unpacked = TRY(slice_unpack(vm, slice));
  SliceRange r = slice_adjust(unpacked, static_cast<int64_t>(b->length));
  if (r.step == 1) {
    return bytearray_replace(vm, b, static_cast<uint64_t>(r.start), static_cast<uint64_t>(std::max(r.start, r.stop)),
                             data);
  }
  if (data.empty()) {
    if (r.count == 0) return {};
    TRY(check_resizable(vm, b));
    if (r.step < 0) {
      r.start += r.step * (r.count - 1);
      r.step = -r.step;
    }
    uint8_t* p = b->data();
    uint64_t kept = static_cast<uint64_t>(r.start), next = kept;
    int64_t left = r.count;
    for (uint64_t i = kept; i < b->length; ++i) {
      if (left > 0 && i == next) {
        next += static_cast<uint64_t>(r.step);
        --left;
      } else {
        p[kept++] = p[i];
      }
    }
    return bytearray_resize(vm, b, kept);
  }
  if (static_cast<int64_t>(data.size()) != r.count)
    return vm.raise(E::ValueError, "attempt to assign bytes of size {} to extended slice of size {}", data.size(),
                    r.count);
  for (int64_t i = 0; i < r.count; ++i) b->data()[r.start + i * r.step] = data[static_cast<size_t>(i)];
  return {};
}

Value bytearray_setitem(Vm& vm, Args a) {
  ByteArray* b = self_of(a);
  if (!is_kind(a[1], Kind::Slice)) {
    if (!has_index(vm, a[1]))
      return vm.raise(E::TypeError, "bytearray indices must be integers or slices, not {}", type_name_of(a[1]));
    Value key = TRY(index(vm, a[1]));
    uint8_t byte = TRY(byte_value(vm, a[2]));
    uint64_t i = TRY(item_index(vm, b, key, "bytearray index out of range"));
    b->data()[i] = byte;
    return Value::none();
  }
  Value source = a[2];
  if (!is_bytes(source)) {
    if (is_int(source) || is_str(source))
      return vm.raise(E::TypeError, "can assign only bytes, buffers, or iterables of ints in range(0, 256)");
    // What is assigned is copied first: it may be b itself, or a view of it.
    if (has_buffer(vm, source)) {
      Buffer buffer;
      TRY(buffer_acquire(vm, source, buffer, kBufferStrided));
      source = buffer_to_bytes(vm, buffer);
      buffer_release(vm, buffer);
      if (source.is_error()) return Error{};
    } else {
      source = TRY(bytes_from_iterable(vm, source, "bytearray"));
    }
  }
  TRY(assign_slice(vm, b, a[1], source.as<Bytes>()->span()));
  return Value::none();
}

Value bytearray_delitem(Vm& vm, Args a) {
  ByteArray* b = self_of(a);
  if (is_kind(a[1], Kind::Slice)) {
    TRY(assign_slice(vm, b, a[1], {}));
    return Value::none();
  }
  uint64_t i = TRY(item_index(vm, b, a[1], "bytearray index out of range"));
  TRY(bytearray_replace(vm, b, i, i + 1, {}));
  return Value::none();
}

Value bytearray_add(Vm& vm, Args a) { return bytes_concat(vm, a[0], a[1], "bytearray"); }

Status append_object(Vm& vm, ByteArray* b, Value other) {
  if (is_bytes(other)) return bytearray_append(vm, b, other.as<Bytes>()->span());
  const uint64_t end = b->length;  // where it goes, whatever the other's __buffer__ adds
  ScopedBuffer buffer(vm);
  TRY(buffer.acquire(other));
  std::span<const uint8_t> data(buffer.get().data, static_cast<size_t>(buffer.get().length));
  if (b->length <= end) return bytearray_append(vm, b, data);
  return bytearray_replace(vm, b, end, end, data);
}

Value bytearray_iadd(Vm& vm, Args a) {
  if (!is_bytes(a[1]) && !has_buffer(vm, a[1]))
    return vm.raise(E::TypeError, "can't concat {} to bytearray", type_name_of(a[1]));
  TRY(append_object(vm, self_of(a), a[1]));
  return a[0];
}

Value bytearray_imul(Vm& vm, Args a) {
  int64_t times = std::max<int64_t>(TRY(quick_index(vm, a[1], E::OverflowError)), 0);
  ByteArray* b = self_of(a);
  uint64_t before = b->length, n;
  if (__builtin_mul_overflow(before, static_cast<uint64_t>(times), &n) || n > kMaxBytesLength)
    return vm.raise_memory_error();
  TRY(bytearray_resize(vm, b, n));
  for (uint64_t done = before; done < b->length && before > 0;) {
    uint64_t more = std::min(done, b->length - done);
    std::memcpy(b->data() + done, b->data(), more);
    done += more;
  }
  return a[0];
}

// --- Methods of its own

Value append(Vm& vm, Args a) {
  uint8_t byte = TRY(byte_value(vm, a[1]));
  TRY(bytearray_append(vm, self_of(a), {&byte, 1}));
  return Value::none();
}

Value extend(Vm& vm, Args a) {
  ByteArray* b = self_of(a);
  if (a[1].is(a[0])) {  // which `b += b` is not allowed
    Bytes* copy = TRY(bytes_from(vm, span_of(b)));
    TRY(bytearray_replace(vm, b, b->length, b->length, copy->span()));
    return Value::none();
  }
  if (has_buffer(vm, a[1])) {
    TRY(append_object(vm, b, a[1]));
    return Value::none();
  }
  if (is_str(a[1])) return vm.raise(E::TypeError, "expected iterable of integers; got: 'str'");
  Value it = TRY(get_iter_if_any(vm, a[1]));
  if (it.is_not_implemented()) return vm.raise(E::TypeError, "can't extend bytearray with {}", type_name_of(a[1]));
  TRY(length_hint(vm, a[1], 32));  // asked for as list.extend does: its errors are the caller's
  Value more = TRY(bytes_from_iterator(vm, it, "bytearray"));
  TRY(bytearray_replace(vm, b, b->length, b->length, more.as<Bytes>()->span()));
  return Value::none();
}

Value insert(Vm& vm, Args a) {
  int64_t at = TRY(ssize_argument(vm, a[1]));
  uint8_t byte = TRY(byte_value(vm, a[2]));
  ByteArray* b = self_of(a);
  int64_t n = static_cast<int64_t>(b->length);
  if (at < 0) at += n;
  at = std::clamp<int64_t>(at, 0, n);
  TRY(bytearray_replace(vm, b, static_cast<uint64_t>(at), static_cast<uint64_t>(at), {&byte, 1}));
  return Value::none();
}

Value pop(Vm& vm, Args a) {
  int64_t at = TRY(ssize_argument(vm, a, 1, -1));
  ByteArray* b = self_of(a);
  int64_t n = static_cast<int64_t>(b->length);
  if (n == 0) return vm.raise(E::IndexError, "pop from empty bytearray");
  if (at < 0) at += n;
  if (at < 0 || at >= n) return vm.raise(E::IndexError, "pop index out of range");
  uint8_t byte = b->data()[at];
  TRY(bytearray_replace(vm, b, static_cast<uint64_t>(at), static_cast<uint64_t>(at) + 1, {}));
  return Value::small_int(byte);
}

Value remove(Vm& vm, Args a) {
  uint8_t byte = TRY(byte_value(vm, a[1]));
  ByteArray* b = self_of(a);
  const void* at = b->length == 0 ? nullptr : std::memchr(b->data(), byte, b->length);
  if (at == nullptr) return vm.raise(E::ValueError, "value not found in bytearray");
  uint64_t i = static_cast<uint64_t>(static_cast<const uint8_t*>(at) - b->data());
  TRY(bytearray_replace(vm, b, i, i + 1, {}));
  return Value::none();
}

Value reverse(Vm&, Args a) {
  ByteArray* b = self_of(a);
  if (b->length > 1) std::reverse(b->data(), b->data() + b->length);
  return Value::none();
}

Value clear(Vm& vm, Args a) {
  TRY(bytearray_resize(vm, self_of(a), 0));
  return Value::none();
}

Value copy(Vm& vm, Args a) {
  SelfBytes s(a[0]);
  return bytearray_from(vm, s.span());
}

Value resize(Vm& vm, Args a) {
  int64_t n = TRY(ssize_argument(vm, a[1]));
  if (n < 0) return vm.raise(E::ValueError, "bytearray.resize(): new size must be >= 0, got {}", n);
  if (static_cast<uint64_t>(n) > kMaxBytesLength) return vm.raise_memory_error();
  TRY(bytearray_resize(vm, self_of(a), static_cast<uint64_t>(n)));
  return Value::none();
}

Value alloc(Vm&, Args a) {
  ByteArray* b = self_of(a);
  return Value::small_int(b->storage == nullptr ? 0 : static_cast<int64_t>(b->storage->capacity - b->start));
}

Value sizeof_method(Vm&, Args a) {
  ByteArray* b = self_of(a);
  return Value::small_int(static_cast<int64_t>(sizeof(ByteArray) + (b->storage == nullptr ? 0 : b->storage->capacity)));
}

Value release_buffer(Vm& vm, Args a) {
  if (!is_memoryview(a[1])) return vm.raise(E::TypeError, "expected a memoryview object");
  MemoryView* m = a[1].as<MemoryView>();
  if (!m->released && !m->view.object.is(a[0]))
    return vm.raise(E::ValueError, "memoryview's buffer is not this object");
  TRY(memoryview_release(vm, m));
  return Value::none();
}

Value fromhex(Vm& vm, Args a) {
  Value b = TRY(bytes_from_hex(vm, a[1]));
  if (a[0].as<Type>() == vm.types.bytearray) return bytearray_from(vm, b.as<Bytes>()->span());
  return call1(vm, a[0], b);
}

/// (type, arguments, attributes) for pickle: as latin-1 text for the old protocols, as bytes for the newer.
Value reduce_with(Vm& vm, Value self, int64_t protocol) {
  Value state = TRY(call_method(vm, self, vm.names.d_getstate));
  Value arguments;
  ByteArray* b = self.as<ByteArray>();
  if (b->length == 0) {
    arguments = vm.empty_tuple;
  } else if (protocol < 3) {
    arguments = pack(vm, str_from_latin1(vm, span_of(b)), str_from_ascii(vm, "latin-1"));
  } else {
    arguments = pack(vm, bytes_from(vm, span_of(b)));
  }
  return pack(vm, vm.type_of(self), arguments, state);
}
Value reduce(Vm& vm, Args a) { return reduce_with(vm, a[0], 2); }
Value reduce_ex(Vm& vm, Args a) { return reduce_with(vm, a[0], TRY(ssize_argument(vm, a, 1, 0))); }

constexpr NativeRow kMethods[] = {
    {"__new__($type, *args, **kwargs)", bytearray_new, kNewMethod | kStaticMethod, "Create and return a new object."},
    {"__init__($self, source=b'', encoding='utf-8', errors='strict')", bytearray_init, 0,
     "Initialize self.  See help(type(self)) for accurate signature."},
    {"__repr__($self, /)", bytearray_repr, 0, "Return repr(self)."},
    {"__str__($self, /)", bytearray_str, 0, "Return str(self)."},
    {"__hash__($self, /)", nullptr},
    {"__lt__($self, value, /)", bytearray_compare<CompareOp::Lt>, 0, "Return self<value."},
    {"__le__($self, value, /)", bytearray_compare<CompareOp::Le>, 0, "Return self<=value."},
    {"__eq__($self, value, /)", bytearray_compare<CompareOp::Eq>, 0, "Return self==value."},
    {"__ne__($self, value, /)", bytearray_compare<CompareOp::Ne>, 0, "Return self!=value."},
    {"__gt__($self, value, /)", bytearray_compare<CompareOp::Gt>, 0, "Return self>value."},
    {"__ge__($self, value, /)", bytearray_compare<CompareOp::Ge>, 0, "Return self>=value."},
    {"__iter__($self, /)", bytearray_iter, 0, "Implement iter(self)."},
    {"__getitem__($self, key, /)", bytearray_getitem, 0, "Return self[key]."},
    {"__setitem__($self, key, value, /)", bytearray_setitem, 0, "Set self[key] to value."},
    {"__delitem__($self, key, /)", bytearray_delitem, 0, "Delete self[key]."},
    {"__add__($self, value, /)", bytearray_add, 0, "Return self+value."},
    {"__iadd__($self, value, /)", bytearray_iadd, 0, "Implement self+=value."},
    {"__imul__($self, value, /)", bytearray_imul, 0, "Implement self*=value."},
    {"__alloc__($self, /)", alloc, 0, "Return how many bytes there is room for."},
    {"__reduce__($self, /)", reduce, 0, "Return state information for pickling."},
    {"__reduce_ex__($self, proto=0, /)", reduce_ex, 0, "Return state information for pickling."},
    {"__sizeof__($self, /)", sizeof_method, 0, "Return the size of the object in memory, in bytes."},
    {"__release_buffer__($self, buffer, /)", release_buffer, 0,
     "Release the buffer object that exposes the underlying memory of the object."},
    {"append($self, item, /)", append, 0, "Append a byte."},
    {"clear($self, /)", clear, 0, "Remove all bytes."},
    {"copy($self, /)", copy, 0, "Return a copy."},
    {"extend($self, iterable_of_ints, /)", extend, 0,
     "Append the bytes of an iterable of ints or of a bytes-like object."},
    {"fromhex($type, string, /)", fromhex, kClassMethod,
     "Create a bytearray from hexadecimal digits; white space between them is passed over."},
    {"insert($self, index, item, /)", insert, 0, "Insert a byte before an index."},
    {"pop($self, index=-1, /)", pop, 0,
     "Remove and return the byte at an index.\n\nRaises IndexError if there is none."},
    {"remove($self, value, /)", remove, 0,
     "Remove the first occurrence of a byte.\n\nRaises ValueError if there is none."},
    {"resize($self, size, /)", resize, 0, "Change the length; what is new is zero."},
    {"reverse($self, /)", reverse, 0, "Reverse the order of the bytes in place."},
#include "objects/bytes_methods.def"
};

}  // namespace

extern constinit const TypeSpec bytearray_type{
    .name = "bytearray",
    .doc =
        "bytearray(iterable_of_ints) -> bytearray\nbytearray(string, encoding[, errors]) -> bytearray\n"
        "bytearray(bytes_or_buffer) -> copy\nbytearray(int) -> so many zero bytes\nbytearray() -> empty\n\nA mutable "
        "sequence of bytes.",
    .signature = "",
    .kind = static_cast<CellKind>(Kind::ByteArray),
    .size = sizeof(ByteArray),
    .flags = kTypeBase | kTypeMatchSelf,
    .methods = kMethods,
    .trace = trace,
};

}  // namespace krait
