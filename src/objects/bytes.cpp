// bytes: construction, protocol methods, its iterator. What it shares with bytearray is in bytes_methods.cpp.
#include "objects/bytes.hpp"

#include <cstring>

#include "base/hash.hpp"
#include "objects/bytes_methods.hpp"
#include "objects/bytes_warning.hpp"
#include "objects/codecs.hpp"
#include "objects/iteration.hpp"
#include "objects/text_args.hpp"

namespace krait {

// --- Making them

Result<Bytes*> bytes_allocate(Vm& vm, uint64_t length) {
  if (length > kMaxBytesLength) return vm.raise_memory_error();
  Bytes* b = TRY(vm.new_instance<Bytes>(vm.types.bytes, length));
  b->length = length;
  return b;
}

Result<Bytes*> bytes_from(Vm& vm, std::span<const uint8_t> data) {
  Bytes* b = TRY(bytes_allocate(vm, data.size()));
  if (!data.empty()) std::memcpy(b->data, data.data(), data.size());
  return b;
}

Result<Bytes*> bytes_from(Vm& vm, std::string_view data) {
  return bytes_from(vm, std::span<const uint8_t>{reinterpret_cast<const uint8_t*>(data.data()), data.size()});
}

Value bytes_repr(Vm& vm, std::span<const uint8_t> data, bool escape_single) {
  bool single = false, dbl = false;
  for (uint8_t c : data) {
    single |= c == '\'';
    dbl |= c == '"';
  }
  uint8_t quote = single && !dbl ? '"' : '\'';
  auto length_of = [&](uint8_t c) -> uint64_t {
    if (c == quote || (c == '\'' && escape_single) || c == '\\' || c == '\t' || c == '\n' || c == '\r') return 2;
    return c < ' ' || c >= 0x7F ? 4 : 1;
  };
  uint64_t n = 3;
  for (uint8_t c : data) n += length_of(c);
  Str* out = TRY(str_allocate(vm, n, 1, true));
  uint8_t* to = str_mutable_data<uint8_t>(out);
  *to++ = 'b';
  *to++ = quote;
  for (uint8_t c : data) {
    switch (length_of(c)) {
      case 1: *to++ = c; break;
      case 2:
        *to++ = '\\';
        *to++ = c == '\t' ? 't' : c == '\n' ? 'n' : c == '\r' ? 'r' : c;
        break;
      default:
        *to++ = '\\';
        *to++ = 'x';
        *to++ = static_cast<uint8_t>("0123456789abcdef"[c >> 4]);
        *to++ = static_cast<uint8_t>("0123456789abcdef"[c & 15]);
    }
  }
  *to = quote;
  return out;
}

namespace {

/// A bytes that grows while items come in.
class ByteCollector {
 public:
  ByteCollector(Vm& vm, const char* what) : vm_(vm), what_(what) {}
  Status add(Value item) {
    int64_t i;
    if (item.is_small_int()) [[likely]] {
      i = item.as_small_int();
    } else {
      Value v = TRY(index(vm_, item));
      i = int_to_i64(v).value_or(-1);
    }
    if (i < 0 || i > 255) return vm_.raise(E::ValueError, "{} must be in range(0, 256)", what_);
    if (storage_ == nullptr || size_ == storage_->capacity)
      storage_ = TRY(vm_.resize_storage(storage_, size_ + size_ / 2 + 32));
    storage_->data<uint8_t>()[size_++] = static_cast<uint8_t>(i);
    return {};
  }
  Value finish() {
    return bytes_from(vm_, std::span<const uint8_t>{storage_ == nullptr ? nullptr : storage_->data<uint8_t>(), size_});
  }

 private:
  Vm& vm_;
  const char* what_;  ///< "bytes" or "byte"
  Storage* storage_ = nullptr;
  uint64_t size_ = 0;
};

}  // namespace

Value bytes_from_iterable(Vm& vm, Value iterable, const char* type_name) {
  bool is_bytes_type = std::string_view(type_name) == "bytes";
  ByteCollector out(vm, is_bytes_type ? "bytes" : "byte");
  if (is_exact_list(vm, iterable) || is_exact_tuple(vm, iterable)) {
    // Items may be taken away by an __index__.
    for (uint64_t i = 0;; ++i) {
      POLL_EVERY_1024(vm, i);
      if (is_list(iterable) ? i >= iterable.as<List>()->length : i >= iterable.as<Tuple>()->length) break;
      TRY(out.add(is_list(iterable) ? iterable.as<List>()->items()[i] : iterable.as<Tuple>()->items[i]));
    }
    return out.finish();
  }
  Value it = is_str(iterable) ? Value::not_implemented() : TRY(get_iter_if_any(vm, iterable));
  if (it.is_not_implemented())
    return vm.raise(E::TypeError, "cannot convert '{}' object to {}", type_name_of(iterable), type_name);
  if (is_bytes_type) TRY(length_hint(vm, iterable, 64));  // bytearray() does not ask
  return bytes_from_iterator(vm, it, type_name);
}

Value bytes_from_iterator(Vm& vm, Value iterator, const char* type_name) {
  ByteCollector out(vm, std::string_view(type_name) == "bytes" ? "bytes" : "byte");
  while (true) {
    TRY(vm.poll());
    Value item = TRY(iter_next(vm, iterator));
    if (item.is_exhausted()) return out.finish();
    TRY(out.add(item));
  }
}

namespace {

Bytes* self_of(Args a) { return a[0].as<Bytes>(); }

/// bytes(x) without an encoding: an exact bytes.
Value bytes_of_object(Vm& vm, Value x) {
  if (is_exact(vm, x, vm.types.bytes)) return x;
  Value method = special_of(vm, x, Special::Bytes);
  if (!method.is_unset()) {
    Value b = TRY(call_special(vm, method, x));
    if (!is_bytes(b)) return vm.raise(E::TypeError, "__bytes__ returned non-bytes (type {})", type_name_of(b));
    return b;
  }
  if (is_str(x)) return vm.raise(E::TypeError, "string argument without an encoding");
  if (has_index(vm, x)) {
    Value i = krait::index(vm, x);
    if (i.is_error()) {
      if (!vm.pending_is(E::TypeError) || !vm.clear_pending()) return Error{};
    } else {
      auto n = int_to_i64(i);
      if (!n) return vm.raise(E::OverflowError, "cannot fit '{}' into an index-sized integer", type_name_of(x));
      if (int_sign(i) < 0) return vm.raise(E::ValueError, "negative count");
      return bytes_allocate(vm, static_cast<uint64_t>(*n));
    }
  }
  if (has_buffer(vm, x)) {
    Buffer b;
    TRY(buffer_acquire(vm, x, b, kBufferStrided));
    Value out = buffer_to_bytes(vm, b);
    buffer_release(vm, b);
    return out;
  }
  return bytes_from_iterable(vm, x, "bytes");
}

Value bytes_new(Vm& vm, Args a) {
  Type* cls = a[0].as<Type>();
  Value v;
  if (a.has(2) || a.has(3)) {
    for (size_t i : {2, 3}) {
      if (a.has(i) && !is_str(a[i]))
        return vm.raise(E::TypeError, "bytes() argument '{}' must be str, not {}", i == 2 ? "encoding" : "errors",
                        argument_type(a[i]));
    }
    if (!a.has(1) || !is_str(a[1]))
      return vm.raise(E::TypeError,
                      a.has(2) ? "encoding without a string argument" : "errors without a string argument");
    if (!a.has(2)) return vm.raise(E::TypeError, "string argument without an encoding");
    v = TRY(str_encode(vm, as_str(a[1]), as_str(a[2]), a.has(3) ? as_str(a[3]) : nullptr));
  } else if (!a.has(1)) {
    v = TRY(bytes_allocate(vm, 0));
  } else {
    v = TRY(bytes_of_object(vm, a[1]));
  }
  if (cls == vm.types.bytes) return v;
  uint64_t n = v.as<Bytes>()->length;
  Bytes* b = TRY(vm.new_instance<Bytes>(cls, n));
  b->length = n;
  std::memcpy(b->data, v.as<Bytes>()->data, n);
  return b;
}

Value bytes_repr_method(Vm& vm, Args a) { return bytes_repr(vm, self_of(a)->span(), false); }

Value bytes_hash(Vm& vm, Args a) {
  Bytes* b = self_of(a);
  if (b->hash == 0) b->hash = hash_bytes({vm.hash_key[0], vm.hash_key[1]}, b->data, b->length);
  return int_from(vm, b->hash);
}

Value bytes_str(Vm& vm, Args a) {
  TRY(warn_about_bytes(vm, "str() on a bytes instance"));
  return bytes_repr_method(vm, a);
}

template <CompareOp op>
Value bytes_compare(Vm& vm, Args a) {
  if (!is_bytes(a[1])) {
    if (op == CompareOp::Eq || op == CompareOp::Ne) {
      if (is_str(a[1])) TRY(warn_about_bytes(vm, "Comparison between bytes and string"));
      if (is_int(a[1])) TRY(warn_about_bytes(vm, "Comparison between bytes and int"));
    }
    return Value::not_implemented();
  }
  const Bytes *x = self_of(a), *y = a[1].as<Bytes>();
  uint64_t n = std::min(x->length, y->length);
  if constexpr (op == CompareOp::Eq || op == CompareOp::Ne) {
    bool same = x->length == y->length && std::memcmp(x->data, y->data, n) == 0;
    return Value::boolean(same == (op == CompareOp::Eq));
  }
  int c = std::memcmp(x->data, y->data, n);
  if (c == 0) return compare_lengths(x->length, y->length, op);
  return Value::boolean(op == CompareOp::Lt || op == CompareOp::Le ? c < 0 : c > 0);
}

Value bytes_getitem(Vm& vm, Args a) {
  Bytes* b = self_of(a);
  int64_t n = static_cast<int64_t>(b->length);
  if (is_kind(a[1], Kind::Slice)) {
    SliceRange r = TRY(slice_range(vm, a[1], n));
    if (r.step == 1) {
      if (r.count == n && is_exact(vm, b, vm.types.bytes)) return b;
      return bytes_from(vm, b->span().subspan(static_cast<size_t>(r.start), static_cast<size_t>(r.count)));
    }
    Bytes* out = TRY(bytes_allocate(vm, static_cast<uint64_t>(r.count)));
    for (int64_t i = 0; i < r.count; ++i) out->data[i] = b->data[r.start + i * r.step];
    return out;
  }
  if (!has_index(vm, a[1]))
    return vm.raise(E::TypeError, "byte indices must be integers or slices, not {}", type_name_of(a[1]));
  int64_t i = TRY(quick_index(vm, a[1]));
  if (i < 0) i += n;
  if (i < 0 || i >= n) return vm.raise(E::IndexError, "index out of range");
  return Value::small_int(b->data[i]);
}

Value bytes_add(Vm& vm, Args a) { return bytes_concat(vm, a[0], a[1], "bytes"); }

Value bytes_bytes(Vm& vm, Args a) {
  if (is_exact(vm, a[0], vm.types.bytes)) return a[0];
  return bytes_from(vm, self_of(a)->span());
}

Value bytes_getnewargs(Vm& vm, Args a) { return pack(vm, bytes_from(vm, self_of(a)->span())); }

Value bytes_sizeof(Vm&, Args a) {
  return Value::small_int(static_cast<int64_t>(sizeof(Bytes) + 1 + self_of(a)->length));
}

Value bytes_fromhex(Vm& vm, Args a) {
  Value b = TRY(bytes_from_hex(vm, a[1]));
  if (a[0].as<Type>() == vm.types.bytes) return b;
  return call1(vm, a[0], b);
}

// --- Iterator

struct BytesIterator : Object {
  Object* bytes;  ///< Bytes or ByteArray; null once exhausted
  uint64_t index;
};

void trace_iterator(Heap&, Cell* cell, Marker& m) { m.mark_cell(static_cast<BytesIterator*>(cell)->bytes); }

std::span<const uint8_t> content(const Object* o) {
  if (o->object_kind() == Kind::Bytes) return static_cast<const Bytes*>(o)->span();
  auto* b = static_cast<const ByteArray*>(o);
  return {b->data(), b->length};
}

Value bytes_iter(Vm& vm, Args a) {
  BytesIterator* it =
      TRY(vm.new_instance<BytesIterator>(is_bytes(a[0]) ? vm.types.bytes_iterator : vm.types.bytearray_iterator));
  it->bytes = a[0].as<Object>();
  return it;
}
Value iterator_self(Vm&, Args a) { return a[0]; }
Value iterator_next(Vm&, Args a) {
  BytesIterator* it = a[0].as<BytesIterator>();
  if (it->bytes == nullptr) return Value::exhausted();
  std::span<const uint8_t> data = content(it->bytes);
  if (it->index < data.size()) return Value::small_int(data[it->index++]);
  it->bytes = nullptr;
  return Value::exhausted();
}
Value iterator_length_hint(Vm&, Args a) {
  BytesIterator* it = a[0].as<BytesIterator>();
  if (it->bytes == nullptr) return Value::small_int(0);
  uint64_t n = content(it->bytes).size();
  return Value::small_int(n > it->index ? static_cast<int64_t>(n - it->index) : 0);
}
Value iterator_reduce(Vm& vm, Args a) {
  BytesIterator* it = a[0].as<BytesIterator>();
  Value iter = TRY(builtin_named(vm, "iter"));
  it = a[0].as<BytesIterator>();
  if (it->bytes == nullptr) return pack(vm, iter, pack(vm, vm.empty_tuple));
  return pack(vm, iter, pack(vm, it->bytes), Value::small_int(static_cast<int64_t>(it->index)));
}
Value iterator_setstate(Vm& vm, Args a) {
  BytesIterator* it = a[0].as<BytesIterator>();
  int64_t i = TRY(ssize_argument(vm, a[1]));
  if (it->bytes != nullptr)
    it->index = static_cast<uint64_t>(std::clamp<int64_t>(i, 0, static_cast<int64_t>(content(it->bytes).size())));
  return Value::none();
}

constexpr NativeRow kIteratorMethods[] = {
    {"__iter__($self, /)", iterator_self, kPure, "Implement iter(self)."},
    {"__next__($self, /)", iterator_next, kIterNext, "Implement next(self)."},
    {"__length_hint__($self, /)", iterator_length_hint, 0, "Return an estimate of the items left."},
    {"__reduce__($self, /)", iterator_reduce, 0, "Return state information for pickling."},
    {"__setstate__($self, state, /)", iterator_setstate, 0, "Set state information for unpickling."},
};

constexpr NativeRow kMethods[] = {
    {"__new__($type, source=b'', encoding='utf-8', errors='strict')", bytes_new, kNewMethod | kStaticMethod,
     "Create bytes from ints, a bytes-like object, a length, or text and its encoding."},
    {"__repr__($self, /)", bytes_repr_method, 0, "Return repr(self)."},
    {"__str__($self, /)", bytes_str, 0, "Return str(self)."},
    {"__hash__($self, /)", bytes_hash, kPure, "Return hash(self)."},
    {"__lt__($self, value, /)", bytes_compare<CompareOp::Lt>, kPure, "Return self<value."},
    {"__le__($self, value, /)", bytes_compare<CompareOp::Le>, kPure, "Return self<=value."},
    {"__eq__($self, value, /)", bytes_compare<CompareOp::Eq>, kPure, "Return self==value."},
    {"__ne__($self, value, /)", bytes_compare<CompareOp::Ne>, kPure, "Return self!=value."},
    {"__gt__($self, value, /)", bytes_compare<CompareOp::Gt>, kPure, "Return self>value."},
    {"__ge__($self, value, /)", bytes_compare<CompareOp::Ge>, kPure, "Return self>=value."},
    {"__iter__($self, /)", bytes_iter, 0, "Implement iter(self)."},
    {"__getitem__($self, key, /)", bytes_getitem, 0, "Return self[key]."},
    {"__add__($self, value, /)", bytes_add, 0, "Return self+value."},
    {"__bytes__($self, /)", bytes_bytes, 0, "Convert this value to exact type bytes."},
    {"__getnewargs__($self, /)", bytes_getnewargs},
    {"__sizeof__($self, /)", bytes_sizeof, 0, "Return the size of the object in memory, in bytes."},
    {"fromhex($type, string, /)", bytes_fromhex, kClassMethod,
     "Create bytes from hexadecimal digits; white space between them is passed over."},
#include "objects/bytes_methods.def"
};

}  // namespace

Value bytes_iterator_new(Vm& vm, Value bytes) { return bytes_iter(vm, {&bytes, 1}); }

extern constinit const TypeSpec bytes_type{
    .name = "bytes",
    .doc =
        "bytes(iterable_of_ints) -> bytes\nbytes(string, encoding[, errors]) -> bytes\nbytes(bytes_or_buffer) -> "
        "bytes\n"
        "bytes(int) -> so many zero bytes\nbytes() -> empty\n\nAn immutable sequence of bytes.",
    .signature = "",
    .kind = static_cast<CellKind>(Kind::Bytes),
    .size = sizeof(Bytes),
    .flags = kTypeBase | kTypeVarSize | kTypeMatchSelf,
    .methods = kMethods,
};
extern constinit const TypeSpec bytes_iterator_type{
    .name = "bytes_iterator",
    .kind = static_cast<CellKind>(Kind::BytesIterator),
    .size = sizeof(BytesIterator),
    .flags = kTypeNoNew,
    .methods = kIteratorMethods,
    .trace = trace_iterator,
};
extern constinit const TypeSpec bytearray_iterator_type{
    .name = "bytearray_iterator",
    .kind = static_cast<CellKind>(Kind::BytesIterator),
    .size = sizeof(BytesIterator),
    .flags = kTypeNoNew,
    .methods = kIteratorMethods,
    .trace = trace_iterator,
};

}  // namespace krait
