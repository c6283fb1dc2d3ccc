// array: arrays of machine values.
//
// The items lie in a storage of their own. While buffers are exported the storage and the length stay as they are. Packing an
// item may run Python code that changes the array: an item is packed first, then the array is looked at again.
#include "modules/array_items.hpp"
#include "objects/bytes.hpp"
#include "objects/codecs.hpp"
#include "objects/generic_alias.hpp"
#include "objects/int.hpp"
#include "objects/memoryview.hpp"
#include "objects/module.hpp"
#include "objects/native.hpp"
#include "objects/operations.hpp"
#include "objects/quick.hpp"
#include "objects/sequences.hpp"
#include "objects/shape.hpp"
#include "objects/str.hpp"
#include "objects/text_args.hpp"
#include "objects/type.hpp"
#include "runtime/system.hpp"

namespace krait::array {
namespace {

struct Array : Object {
  uint64_t length;   ///< items
  Storage* storage;  ///< null while empty
  const TypeCode* code;
  uint32_t exports;  ///< buffers handed out: no resize while any

  uint8_t* data() const { return storage == nullptr ? nullptr : storage->data<uint8_t>(); }
  uint8_t* item(uint64_t i) const { return data() + i * code->size; }
  uint64_t bytes() const { return length * code->size; }
};

struct ArrayIterator : Object {
  Array* array;  ///< null once exhausted
  int64_t index;
};

struct State : Extension {
  Type *array = nullptr, *iterator = nullptr;
  Value reconstructor;
  void trace(Marker& m) override {
    m.mark_cell(array);
    m.mark_cell(iterator);
    m.mark(reconstructor);
  }
};
State& state_of(Vm& vm) { return vm.extension<State>(); }

constexpr const char* kOutside = "array assignment index out of range";
constexpr uint64_t kMaxBytes = kMaxBytesLength;
constexpr uint64_t kPollBytes = 1 << 20;  ///< moved or turned between two polls

bool is_array(Value v) { return is_kind(v, Kind::Array); }
Array* as_array(Value v) { return v.as<Array>(); }
Array* self_of(Args a) { return as_array(a[0]); }
int64_t length_of(const Array* a) { return static_cast<int64_t>(a->length); }

void trace(Heap&, Cell* cell, Marker& m) { m.mark_cell(static_cast<Array*>(cell)->storage); }
void trace_iterator(Heap&, Cell* cell, Marker& m) { m.mark_cell(static_cast<ArrayIterator*>(cell)->array); }

Status check_resizable(Vm& vm, Array* a) {
  if (a->exports == 0) [[likely]]
    return {};
  buffer_drop_dead_exports(vm, a);
  if (a->exports == 0) return {};
  return vm.raise(E::BufferError, "cannot resize an array that is exporting buffers");
}

/// Changes the length; what is new is not set.
Status resize(Vm& vm, Array* a, uint64_t length) {
  if (length == a->length) return {};
  TRY(check_resizable(vm, a));
  if (length > kMaxBytes / a->code->size) return vm.raise_memory_error();
  uint64_t wanted = length * a->code->size, capacity = a->storage == nullptr ? 0 : a->storage->capacity;
  if (length == 0) {
    a->storage = nullptr;
  } else if (wanted > capacity || wanted < capacity / 4) {
    // Room for more where it grows step by step; exact where it is made.
    uint64_t room = wanted > capacity && a->length > 0 ? wanted + wanted / 8 + 16 : wanted;
    Storage* storage =
        a->storage == nullptr ? TRY(vm.allocate_storage(room)) : TRY(vm.resize_storage(a->storage, room));
    a->storage = storage;
    vm.barrier(a);
  }
  a->length = length;
  return {};
}

Result<Array*> array_new(Vm& vm, Type* type, const TypeCode& code, uint64_t length) {
  Array* a = TRY(vm.new_instance<Array>(type));
  a->code = &code;
  TRY(resize(vm, a, length));
  return a;
}
/// A plain array of these items.
Result<Array*> array_from(Vm& vm, const TypeCode& code, const uint8_t* items, uint64_t count) {
  Array* a = TRY(array_new(vm, state_of(vm).array, code, count));
  if (count > 0) std::memcpy(a->data(), items, count * code.size);
  return a;
}

Error bad_argument(Vm& vm) { return vm.raise(E::TypeError, "bad argument type for built-in operation"); }

/// Puts `count` items (not of a itself, unless nothing moves) in the place of begin..end.
Status replace(Vm& vm, Array* a, uint64_t begin, uint64_t end, const uint8_t* items, uint64_t count) {
  uint64_t size = a->code->size, gone = end - begin;
  if (count < gone) {
    TRY(check_resizable(vm, a));
    std::memmove(a->item(begin + count), a->item(end), (a->length - end) * size);
    TRY(resize(vm, a, a->length - gone + count));
  } else if (count > gone) {
    if (count - gone > kMaxBytes) return vm.raise_memory_error();
    uint64_t tail = a->length - end;
    TRY(resize(vm, a, a->length - gone + count));
    if (tail > 0) std::memmove(a->item(begin + count), a->item(end), tail * size);
  }
  if (count > 0) std::memmove(a->item(begin), items, count * size);
  return {};
}

/// Packs an item that is to be added: whose conversion must not have taken others away.
Status pack_new_item(Vm& vm, const Array* a, Value v, uint8_t (&item)[kMaxItem]) {
  uint64_t before = a->length;
  TRY(pack_item(vm, *a->code, v, item));
  if (a->length < before) return vm.raise(E::IndexError, kOutside);
  return {};
}
Status append_value(Vm& vm, Array* a, Value v) {
  uint8_t item[kMaxItem];
  TRY(pack_new_item(vm, a, v, item));
  TRY(resize(vm, a, a->length + 1));
  std::memcpy(a->item(a->length - 1), item, a->code->size);
  return {};
}
Status extend_from(Vm& vm, Array* a, Value iterable) {
  return for_each(vm, iterable, [&](Value v) { return append_value(vm, a, v); });
}

Status append_bytes(Vm& vm, Array* a, std::span<const uint8_t> data) {
  if (data.size() % a->code->size != 0) return vm.raise(E::ValueError, "bytes length not a multiple of item size");
  uint64_t count = data.size() / a->code->size, before = a->length;
  if (count == 0) return {};
  TRY(resize(vm, a, before + count));
  std::memcpy(a->item(before), data.data(), data.size());
  return {};
}
Status append_text(Vm& vm, Array* a, const Str* s) {
  uint64_t before = a->length;
  TRY(resize(vm, a, before + s->length));
  for (uint64_t i = 0; i < s->length; ++i) {
    char32_t c = s->at(i);
    std::memcpy(a->item(before + i), &c, sizeof c);
  }
  return {};
}

/// Another array's items behind these; `other` may be the array itself.
Status append_array(Vm& vm, Array* a, Array* other) {
  if (a->code != other->code) return vm.raise(E::TypeError, "can only extend with array of same kind");
  uint64_t before = a->length, more = other->length;
  TRY(resize(vm, a, before + more));
  if (more > 0) std::memcpy(a->item(before), other->data(), more * a->code->size);
  return {};
}

// --- Making arrays

/// A type code argument: a str of one character.
Result<char32_t> letter_argument(Vm& vm, Value v, const char* function, int number) {
  if (!is_str(v))
    return vm.raise(E::TypeError, "{} argument {} must be a unicode character, not {}", function, number,
                    argument_type(v));
  if (as_str(v)->length != 1)
    return vm.raise(E::TypeError, "{} argument {} must be a unicode character, not a string of length {}", function,
                    number, as_str(v)->length);
  return as_str(v)->at(0);
}

Status fill(Vm& vm, Array* a, Value initial) {
  if (is_array(initial) && as_array(initial)->code == a->code) return append_array(vm, a, as_array(initial));
  if (is_bytes(initial)) return append_bytes(vm, a, initial.as<Bytes>()->span());
  if (is_bytearray(initial)) {
    const ByteArray* b = initial.as<ByteArray>();
    return append_bytes(vm, a, {b->data(), b->length});
  }
  if (is_str(initial)) return append_text(vm, a, as_str(initial));
  if (is_list(initial) || is_tuple(initial)) {
    uint64_t n = is_list(initial) ? initial.as<List>()->length : initial.as<Tuple>()->length;
    for (uint64_t i = 0; i < n; ++i) {
      POLL_EVERY_1024(vm, i);
      if (is_list(initial) && i >= initial.as<List>()->length)
        return vm.raise(E::IndexError, "list index out of range");
      TRY(append_value(vm, a, is_list(initial) ? initial.as<List>()->items()[i] : initial.as<Tuple>()->items[i]));
    }
    return {};
  }
  return extend_from(vm, a, initial);
}

Value construct(Vm& vm, Args args) {
  Type* type = as_type(args[0]);
  Value keywords = args[1];
  std::span<const Value> rest = args.rest(2);
  // A subclass may take keywords of its own, unless it leaves the making to array altogether.
  bool own_init = !special_is_native(type->get(Special::Init), object_init);
  if (!keywords.is_unset() && (!own_init || type == state_of(vm).array))
    return vm.raise(E::TypeError, "array.array() takes no keyword arguments");
  if (rest.empty()) return vm.raise(E::TypeError, "array() takes at least 1 argument (0 given)");
  if (rest.size() > 2)
    return vm.raise(E::TypeError, "array() takes at most 2 arguments ({} given)", static_cast<uint64_t>(rest.size()));
  char32_t letter = TRY(letter_argument(vm, rest[0], "array()", 1));
  Value initial = rest.size() > 1 ? rest[1] : Value();
  const TypeCode* code = find_type_code(letter);
  bool text = letter == 'u' || letter == 'w';
  if (letter == 'u' && python_minor(vm) >= 13)
    TRY(warn(vm, E::DeprecationWarning, "The 'u' type code is deprecated and will be removed in Python 3.16"));
  if (!initial.is_unset() && !text) {
    Value shown = rest[0];
    if (is_str(initial))
      return vm.raise(E::TypeError, "cannot use a str to initialize an array with typecode '{}'", shown);
    if (is_array(initial) && as_array(initial)->code->sort == TypeCode::kText)
      return vm.raise(E::TypeError, "cannot use a unicode array to initialize an array with typecode '{}'", shown);
  }
  if (code == nullptr)
    return vm.raise(E::ValueError, "bad typecode (must be b, B, u, w, h, H, i, I, l, L, q, Q, f or d)");
  Array* a = TRY(array_new(vm, type, *code, 0));
  if (!initial.is_unset()) TRY(fill(vm, a, initial));
  return a;
}

// --- As a sequence

Value array_length(Vm&, Args a) { return Value::small_int(length_of(self_of(a))); }

Result<uint64_t> item_index(Vm& vm, Array* a, Value key, const char* out_of_range) {
  if (!has_index(vm, key)) return vm.raise(E::TypeError, "array indices must be integers");
  int64_t i = TRY(quick_index(vm, key));
  if (i < 0) i += length_of(a);
  if (i < 0 || i >= length_of(a)) return vm.raise(E::IndexError, out_of_range);
  return static_cast<uint64_t>(i);
}

Value getitem(Vm& vm, Args args) {
  Array* a = self_of(args);
  if (!is_kind(args[1], Kind::Slice)) {
    uint64_t i = TRY(item_index(vm, a, args[1], "array index out of range"));
    return load_item(vm, *a->code, a->item(i));
  }
  SliceRange unpacked = TRY(slice_unpack(vm, args[1]));  // its __index__ methods may change the array
  SliceRange r = slice_adjust(unpacked, length_of(a));
  uint64_t count = static_cast<uint64_t>(r.count);
  if (r.step == 1) return array_from(vm, *a->code, a->item(static_cast<uint64_t>(r.start)), count);
  Array* out = TRY(array_new(vm, state_of(vm).array, *a->code, count));
  size_t size = a->code->size;
  for (uint64_t i = 0; i < count; ++i) {
    POLL_EVERY_1024(vm, i);
    int64_t from = r.start + static_cast<int64_t>(i) * r.step;
    if (from >= length_of(a)) return vm.raise(E::IndexError, "array index out of range");  // a signal's handler cut it
    std::memcpy(out->item(i), a->item(static_cast<uint64_t>(from)), size);
  }
  return out;
}

/// Takes the items of an extended slice out.
Status delete_stepped(Vm& vm, Array* a, SliceRange r) {
  if (r.count == 0) return {};
  TRY(check_resizable(vm, a));
  if (r.step < 0) {
    r.start += r.step * (r.count - 1);
    r.step = -r.step;
  }
  size_t size = a->code->size;
  uint64_t kept = static_cast<uint64_t>(r.start), next = kept;
  int64_t left = r.count;
  for (uint64_t i = kept; i < a->length; ++i) {
    if (left > 0 && i == next) {
      next += static_cast<uint64_t>(r.step);
      --left;
    } else {
      std::memmove(a->item(kept++), a->item(i), size);
    }
  }
  return resize(vm, a, kept);
}

Status assign_slice(Vm& vm, Array* a, Value slice, Value source) {
  SliceRange unpacked = TRY(slice_unpack(vm, slice));
  const uint8_t* items = nullptr;
  uint64_t count = 0;
  if (!source.is_unset()) {
    if (!is_array(source))
      return vm.raise(E::TypeError, "can only assign array (not \"{}\") to array slice", type_name_of(source));
    Array* other = as_array(source);
    if (other == a) {
      other = TRY(array_from(vm, *a->code, a->data(), a->length));
      source = other;
    }
    if (other->code != a->code) return bad_argument(vm);
    items = other->data();
    count = other->length;
  }
  SliceRange r = slice_adjust(unpacked, length_of(a));
  if (r.step == 1)
    return replace(vm, a, static_cast<uint64_t>(r.start), static_cast<uint64_t>(std::max(r.start, r.stop)), items,
                   count);
  if (count == 0) return delete_stepped(vm, a, r);
  if (static_cast<int64_t>(count) != r.count)
    return vm.raise(E::ValueError, "attempt to assign array of size {} to extended slice of size {}", count, r.count);
  size_t size = a->code->size;
  for (int64_t i = 0; i < r.count; ++i)
    std::memcpy(a->item(static_cast<uint64_t>(r.start + i * r.step)), items + static_cast<uint64_t>(i) * size, size);
  return {};
}

Value setitem(Vm& vm, Args args) {
  Array* a = self_of(args);
  if (is_kind(args[1], Kind::Slice)) {
    TRY(assign_slice(vm, a, args[1], args[2]));
    return Value::none();
  }
  if (!has_index(vm, args[1])) return vm.raise(E::TypeError, "array indices must be integers");
  Value key = TRY(index(vm, args[1]));
  TRY(item_index(vm, a, key, kOutside));
  uint8_t item[kMaxItem];
  TRY(pack_item(vm, *a->code, args[2], item));
  uint64_t i = TRY(item_index(vm, a, key, kOutside));
  std::memcpy(a->item(i), item, a->code->size);
  return Value::none();
}

Value delitem(Vm& vm, Args args) {
  Array* a = self_of(args);
  if (is_kind(args[1], Kind::Slice)) {
    TRY(assign_slice(vm, a, args[1], Value()));
    return Value::none();
  }
  uint64_t i = TRY(item_index(vm, a, args[1], kOutside));
  TRY(replace(vm, a, i, i + 1, nullptr, 0));
  return Value::none();
}

Value add(Vm& vm, Args args) {
  Array* a = self_of(args);
  if (!is_array(args[1]))
    return vm.raise(E::TypeError, "can only append array (not \"{}\") to array", type_name_of(args[1]));
  Array* b = as_array(args[1]);
  if (a->code != b->code) return bad_argument(vm);
  Array* out = TRY(array_new(vm, state_of(vm).array, *a->code, a->length + b->length));
  if (a->length > 0) std::memcpy(out->data(), a->data(), a->bytes());
  if (b->length > 0) std::memcpy(out->item(a->length), b->data(), b->bytes());
  return out;
}
Value add_in_place(Vm& vm, Args args) {
  if (!is_array(args[1]))
    return vm.raise(E::TypeError, "can only extend array with array (not \"{}\")", type_name_of(args[1]));
  TRY(append_array(vm, self_of(args), as_array(args[1])));
  return args[0];
}

/// `count` items that stand at the front of a, again and again to its end.
Status repeat_front(Vm& vm, Array* a, uint64_t count) {
  uint64_t done = count * a->code->size;
  while (done > 0 && done < a->bytes()) {
    TRY(vm.poll());
    uint64_t more = std::min({done, a->bytes() - done, kPollBytes / done * done + done});
    std::memcpy(a->data() + done, a->data(), more);
    done += more;
  }
  return {};
}
Result<uint64_t> repeated_length(Vm& vm, const Array* a, Value times) {
  if (!has_index(vm, times))
    return vm.raise(E::TypeError, "can't multiply sequence by non-int of type '{}'", type_name_of(times));
  int64_t n = std::max<int64_t>(TRY(quick_index(vm, times, E::OverflowError)), 0);
  uint64_t length;
  if (__builtin_mul_overflow(a->length, static_cast<uint64_t>(n), &length) || length > kMaxBytes / a->code->size)
    return vm.raise_memory_error();
  return length;
}
Value multiply(Vm& vm, Args args) {
  Array* a = self_of(args);
  uint64_t length = TRY(repeated_length(vm, a, args[1]));
  Array* out = TRY(array_new(vm, state_of(vm).array, *a->code, length));
  uint64_t front = std::min(a->length, length);
  if (front > 0) std::memcpy(out->data(), a->data(), front * a->code->size);
  TRY(repeat_front(vm, out, front));
  return out;
}
Value multiply_in_place(Vm& vm, Args args) {
  Array* a = self_of(args);
  uint64_t length = TRY(repeated_length(vm, a, args[1])), before = a->length;
  if (length == before) return args[0];
  TRY(resize(vm, a, length));
  // What a handler that polling runs does to the array is its own doing; nothing is read behind its end.
  TRY(repeat_front(vm, a, std::min(before, a->length)));
  return args[0];
}

/// The first index at or after `from` whose item equals v, or -1. Items are looked at as long as there are any.
Result<int64_t> find(Vm& vm, Array* a, Value v, int64_t from, int64_t stop) {
  for (int64_t i = from; i < length_of(a) && i < stop; ++i) {
    POLL_EVERY_1024(vm, i);
    if (i >= length_of(a)) break;
    Value item = TRY(load_item(vm, *a->code, a->item(static_cast<uint64_t>(i))));
    if (TRY(item_equal(vm, item, v))) return i;
  }
  return -1;
}

Value array_contains(Vm& vm, Args args) {
  return Value::boolean(TRY(find(vm, self_of(args), args[1], 0, INT64_MAX)) >= 0);
}

template <CompareOp op>
Value array_compare(Vm& vm, Args args) {
  if (!is_array(args[1])) return Value::not_implemented();
  Array *a = self_of(args), *b = as_array(args[1]);
  if constexpr (op == CompareOp::Eq || op == CompareOp::Ne) {
    if (a->length != b->length) return Value::boolean(op == CompareOp::Ne);
  }
  bool same_kind = a->code == b->code;
  Value x, y;
  for (uint64_t i = 0; i < a->length && i < b->length; ++i) {
    POLL_EVERY_1024(vm, i);
    if (i >= a->length || i >= b->length) break;
    int c;
    if (same_kind) {
      c = compare_items(*a->code, a->item(i), b->item(i));
      if (c == 0) continue;
      if (op == CompareOp::Eq || op == CompareOp::Ne) return Value::boolean(op == CompareOp::Ne);
    }
    x = TRY(load_item(vm, *a->code, a->item(i)));
    y = TRY(load_item(vm, *b->code, b->item(i)));
    if (!same_kind && TRY(compare_bool(vm, x, y, CompareOp::Eq))) continue;
    if constexpr (op == CompareOp::Eq || op == CompareOp::Ne) return Value::boolean(op == CompareOp::Ne);
    return compare(vm, x, y, op);
  }
  return compare_lengths(a->length, b->length, op);
}

// --- Methods

Value append(Vm& vm, Args args) {
  TRY(append_value(vm, self_of(args), args[1]));
  return Value::none();
}

Value extend(Vm& vm, Args args) {
  if (is_array(args[1]))
    TRY(append_array(vm, self_of(args), as_array(args[1])));
  else
    TRY(extend_from(vm, self_of(args), args[1]));
  return Value::none();
}

Value insert(Vm& vm, Args args) {
  Array* a = self_of(args);
  int64_t at = TRY(ssize_argument(vm, args[1]));
  uint8_t item[kMaxItem];
  TRY(pack_new_item(vm, a, args[2], item));
  if (at < 0) at += length_of(a);
  uint64_t place = static_cast<uint64_t>(std::clamp<int64_t>(at, 0, length_of(a)));
  TRY(replace(vm, a, place, place, item, 1));
  return Value::none();
}

Value pop(Vm& vm, Args args) {
  Array* a = self_of(args);
  int64_t i = TRY(ssize_argument(vm, args, 1, -1));
  if (a->length == 0) return vm.raise(E::IndexError, "pop from empty array");
  if (i < 0) i += length_of(a);
  if (i < 0 || i >= length_of(a)) return vm.raise(E::IndexError, "pop index out of range");
  uint64_t at = static_cast<uint64_t>(i);
  Value item = TRY(load_item(vm, *a->code, a->item(at)));
  TRY(replace(vm, a, at, at + 1, nullptr, 0));
  return item;
}

Value clear(Vm& vm, Args args) {
  TRY(resize(vm, self_of(args), 0));
  return Value::none();
}

Value count(Vm& vm, Args args) {
  Array* a = self_of(args);
  int64_t n = 0;
  for (int64_t i = 0;; ++i, ++n) {
    i = TRY(find(vm, a, args[1], i, INT64_MAX));
    if (i < 0) return Value::small_int(n);
  }
}

Value index_method(Vm& vm, Args args) {
  Array* a = self_of(args);
  int64_t start = args.has(2) ? TRY(slice_bound(vm, args[2], length_of(a))) : 0;
  int64_t stop = args.has(3) ? TRY(slice_bound(vm, args[3], length_of(a))) : INT64_MAX;
  int64_t i = TRY(find(vm, a, args[1], start, stop));
  if (i < 0) return vm.raise(E::ValueError, "array.index(x): x not in array");
  return Value::small_int(i);
}

Value remove(Vm& vm, Args args) {
  Array* a = self_of(args);
  int64_t i = TRY(find(vm, a, args[1], 0, INT64_MAX));
  if (i < 0) return vm.raise(E::ValueError, "array.remove(x): x not in array");
  uint64_t at = static_cast<uint64_t>(i);
  if (at < a->length) TRY(replace(vm, a, at, at + 1, nullptr, 0));  // comparing may have shortened it
  return Value::none();
}

Value reverse(Vm& vm, Args args) {
  Array* a = self_of(args);
  size_t size = a->code->size;
  uint8_t held[kMaxItem];
  for (uint64_t i = 0; i < a->length / 2; ++i) {
    uint8_t *p = a->item(i), *q = a->item(a->length - 1 - i);
    std::memcpy(held, p, size);
    std::memcpy(p, q, size);
    std::memcpy(q, held, size);
    POLL_EVERY_1024(vm, i);
  }
  return Value::none();
}

Value byteswap(Vm& vm, Args args) {
  Array* a = self_of(args);
  size_t size = a->code->size;
  if (size > 1) {
    for (uint64_t i = 0; i < a->length; ++i) {
      swap_bytes(a->item(i), size);
      POLL_EVERY_1024(vm, i);
    }
  }
  return Value::none();
}

Value buffer_info(Vm& vm, Args args) {
  Array* a = self_of(args);
  return pack(vm, int_from_u64(vm, reinterpret_cast<uintptr_t>(a->data())), Value::small_int(length_of(a)));
}

Value copy(Vm& vm, Args args) {
  Array* a = self_of(args);
  return array_from(vm, *a->code, a->data(), a->length);
}

// --- To and from other things

Value tolist(Vm& vm, Args args) {
  Array* a = self_of(args);
  List* list = TRY(list_new(vm, a->length));
  for (uint64_t i = 0; i < a->length; ++i) {
    POLL_EVERY_1024(vm, i);
    if (i >= a->length) break;
    Value item = TRY(load_item(vm, *a->code, a->item(i)));
    TRY(list_append(vm, list, item));
  }
  return list;
}

Value fromlist(Vm& vm, Args args) {
  Array* a = self_of(args);
  if (!is_list(args[1])) return vm.raise(E::TypeError, "arg must be list");
  List* list = args[1].as<List>();
  uint64_t n = list->length, before = a->length;
  auto take = [&]() -> Status {
    for (uint64_t i = 0; i < n; ++i) {
      POLL_EVERY_1024(vm, i);
      if (list->length != n) return vm.raise(E::RuntimeError, "list changed size during iteration");
      TRY(append_value(vm, a, list->items()[i]));
      if (list->length != n) return vm.raise(E::RuntimeError, "list changed size during iteration");
    }
    return {};
  };
  Status taken = take();
  if (taken.is_error()) {
    // All or nothing.
    Value error = vm.take_pending();
    if (a->length > before && resize(vm, a, before).is_error() && !vm.clear_pending()) return Error{};
    vm.t.pending = error;
    return Error{};
  }
  return Value::none();
}

Value bytes_of(Vm& vm, const Array* a) { return bytes_from(vm, std::span<const uint8_t>(a->data(), a->bytes())); }
Value tobytes(Vm& vm, Args args) { return bytes_of(vm, self_of(args)); }

Value frombytes(Vm& vm, Args args) {
  Array* a = self_of(args);
  ScopedBuffer buffer(vm);
  TRY(buffer.acquire(args[1]));
  if (buffer.get().item_size != 1) return vm.raise(E::TypeError, "a bytes-like object is required");
  TRY(append_bytes(vm, a, {buffer.get().data, static_cast<size_t>(buffer.get().length)}));
  return Value::none();
}

Value fromfile(Vm& vm, Args args) {
  Array* a = self_of(args);
  int64_t n = TRY(ssize_argument(vm, args[2])), size = a->code->size, wanted;
  if (n < 0) return vm.raise(E::ValueError, "negative count");
  if (__builtin_mul_overflow(n, size, &wanted)) return vm.raise_memory_error();
  Value number = int_from(vm, wanted);
  if (number.is_error()) return Error{};
  Value data = TRY(call_method(vm, args[1], TRY(vm.intern("read")), number));
  if (!is_bytes(data)) return vm.raise(E::TypeError, "read() didn't return bytes");
  TRY(append_bytes(vm, a, data.as<Bytes>()->span()));
  if (static_cast<int64_t>(data.as<Bytes>()->length) < wanted)
    return vm.raise(E::EOFError, "read() didn't return enough bytes");
  return Value::none();
}

Value tofile(Vm& vm, Args args) {
  constexpr uint64_t kBlock = 64 * 1024;
  Array* a = self_of(args);
  Str* write = TRY(vm.intern("write"));
  for (uint64_t at = 0; at < a->bytes(); at += kBlock) {
    TRY(vm.poll());
    if (at >= a->bytes()) break;
    Value block =
        TRY(Value(bytes_from(vm, std::span<const uint8_t>(a->data() + at, std::min(kBlock, a->bytes() - at)))));
    TRY(call_method(vm, args[1], write, block));
  }
  return Value::none();
}

Value text_of(Vm& vm, Array* a) {
  for (uint64_t i = 0; i < a->length; ++i) {
    char32_t c;
    std::memcpy(&c, a->item(i), sizeof c);
    if (c > 0x10FFFF) TRY(load_item(vm, *a->code, a->item(i)));  // raises
  }
  return str_from_ucs4(vm, {reinterpret_cast<const char32_t*>(a->data()), a->length});
}
Value tounicode(Vm& vm, Args args) {
  Array* a = self_of(args);
  if (a->code->sort != TypeCode::kText)
    return vm.raise(E::ValueError, "tounicode() may only be called on unicode type arrays ('u' or 'w')");
  return text_of(vm, a);
}
Value fromunicode(Vm& vm, Args args) {
  Array* a = self_of(args);
  if (!is_str(args[1]))
    return vm.raise(E::TypeError, "fromunicode() argument must be str, not {}", argument_type(args[1]));
  if (a->code->sort != TypeCode::kText)
    return vm.raise(E::ValueError, "fromunicode() may only be called on unicode type arrays ('u' or 'w')");
  TRY(append_text(vm, a, as_str(args[1])));
  return Value::none();
}

Value array_repr(Vm& vm, Args args) {
  Array* a = self_of(args);
  Str* name = vm.type_of(args[0])->name;
  char letter = a->code->letter;
  if (a->length == 0) return str_message(vm, "{}('{}')", name, letter);
  Value items = a->code->sort == TypeCode::kText ? text_of(vm, a) : tolist(vm, args);
  if (items.is_error()) return Error{};
  return str_message(vm, "{}('{}', {})", name, letter, repr_of(items));
}

Value sizeof_method(Vm&, Args args) {
  Array* a = self_of(args);
  return Value::small_int(static_cast<int64_t>(sizeof(Array) + (a->storage == nullptr ? 0 : a->storage->capacity)));
}

// --- Pickling

Value reduce_ex(Vm& vm, Args args) {
  Array* a = self_of(args);
  if (!is_int(args[1])) return vm.raise(E::TypeError, "__reduce_ex__ argument should be an integer");
  int64_t protocol = TRY(int_to_i64_checked(vm, args[1]));
  Value attributes = Value::none();
  if (has_attributes(vm, a)) attributes = TRY(Value(instance_dict(vm, a)));
  Value type = vm.type_of(args[0]), letter = vm.latin1_chars[static_cast<uint8_t>(a->code->letter)];
  // Old protocols have no bytes: a list is shorter there than bytes written as text.
  if (protocol < 3) return pack(vm, type, pack(vm, letter, tolist(vm, args)), attributes);
  return pack(vm, state_of(vm).reconstructor,
              pack(vm, type, letter, Value::small_int(machine_format_of(*a->code)), bytes_of(vm, a)), attributes);
}

/// The ints that lie in `data` as `format` says.
Value unpack_ints(Vm& vm, std::span<const uint8_t> data, MachineFormat format) {
  List* list = TRY(list_new(vm, data.size() / format.size));
  for (size_t at = 0; at < data.size(); at += format.size) {
    POLL_EVERY_1024(vm, at / format.size);
    uint64_t bits = 0;
    for (size_t i = 0; i < format.size; ++i)
      bits |= static_cast<uint64_t>(data[at + i]) << 8 * (format.big_endian ? format.size - 1 - i : i);
    int unused = 64 - 8 * format.size;
    Value item = format.sort == TypeCode::kUnsigned ? int_from_u64(vm, bits)
                                                    : int_from(vm, static_cast<int64_t>(bits << unused) >> unused);
    if (item.is_error()) return Error{};
    TRY(list_append(vm, list, item));
  }
  return list;
}

Value make(Vm& vm, Type* type, const TypeCode& code, Value items) {
  return call2(vm, type, vm.latin1_chars[static_cast<uint8_t>(code.letter)], items);
}

Value reconstruct(Vm& vm, Args args) {
  if (!is_type(args[0]))
    return vm.raise(E::TypeError, "first argument must be a type object, not {}", type_name_of(args[0]));
  Type* type = as_type(args[0]);
  char32_t letter = TRY(letter_argument(vm, args[1], "_array_reconstructor():", 2));
  int64_t number = TRY(index_checked(vm, args[2], E::OverflowError));
  if (!type_is_subtype(type, state_of(vm).array))
    return vm.raise(E::TypeError, "{} is not a subtype of array.array", type->name);
  const TypeCode* code = find_type_code(letter);
  if (code == nullptr) return vm.raise(E::ValueError, "second argument must be a valid type code");
  if (number < 0 || number >= kMachineFormats)
    return vm.raise(E::ValueError, "third argument must be a valid machine format code.");
  if (!is_bytes(args[3]))
    return vm.raise(E::TypeError, "fourth argument should be bytes, not {}", type_name_of(args[3]));
  Bytes* items = args[3].as<Bytes>();
  // What lies as it does here is taken as it is.
  if (number == machine_format_of(*code)) return make(vm, type, *code, items);
  MachineFormat format = machine_format(static_cast<int>(number));
  if (items->length % format.size != 0) return vm.raise(E::ValueError, "string length not a multiple of item size");
  switch (format.sort) {
    case TypeCode::kReal: {
      const TypeCode& held = *find_type_code(format.size == 4 ? 'f' : 'd');
      Array* a = TRY(array_from(vm, held, items->data, items->length / format.size));
      if (machine_format_of(held) != number) {
        for (uint64_t i = 0; i < a->length; ++i) {
          POLL_EVERY_1024(vm, i);
          swap_bytes(a->item(i), format.size);
        }
      }
      Value arguments[] = {a};
      Value list = TRY(tolist(vm, {arguments, 1}));
      return make(vm, type, *code, list);
    }
    case TypeCode::kText: {
      DecodeInput in{.object = items, .data = items->span()};
      Utf order = format.big_endian ? Utf::kBig : Utf::kLittle;
      Value text = TRY(format.size == 2 ? utf16_decode(vm, in, order) : utf32_decode(vm, in, order));
      return make(vm, type, *code, text);
    }
    default: {
      // The machine that pickled it may have had another size for this letter: the size of its items decides.
      for (const TypeCode& other : kTypeCodes)
        if (other.sort == format.sort && other.size == format.size) code = &other;
      Value list = TRY(unpack_ints(vm, items->span(), format));
      return make(vm, type, *code, list);
    }
  }
}

// --- Iterators

Value iterate(Vm& vm, Args args) {
  ArrayIterator* it = TRY(vm.new_instance<ArrayIterator>(state_of(vm).iterator));
  it->array = self_of(args);
  return it;
}
Value iterator_self(Vm&, Args args) { return args[0]; }
Value iterator_next(Vm& vm, Args args) {
  auto* it = args[0].as<ArrayIterator>();
  if (it->array == nullptr) return Value::exhausted();
  if (it->index < length_of(it->array)) {
    uint64_t i = static_cast<uint64_t>(it->index++);
    return load_item(vm, *it->array->code, it->array->item(i));
  }
  it->array = nullptr;
  return Value::exhausted();
}
Value iterator_reduce(Vm& vm, Args args) {
  auto* it = args[0].as<ArrayIterator>();
  Value iter = builtin_named(vm, "iter");
  if (it->array == nullptr) return pack(vm, iter, pack(vm, vm.empty_tuple));
  return pack(vm, iter, pack(vm, Value(it->array)), Value::small_int(it->index));
}
Value iterator_setstate(Vm& vm, Args args) {
  auto* it = args[0].as<ArrayIterator>();
  int64_t i = TRY(ssize_argument(vm, args[1]));
  if (it->array != nullptr) it->index = std::clamp<int64_t>(i, 0, length_of(it->array));
  return Value::none();
}

// --- Tables

Status export_array(Vm& vm, Value v, Buffer& out, uint32_t) {
  static uint8_t nothing[kMaxItem];
  Array* a = as_array(v);
  ++a->exports;
  buffer_fill(out, v, a->length == 0 ? nothing : a->data(), a->bytes(), false);
  out.item_size = a->code->size;
  out.format = a->code->format;
  out.shape[0] = length_of(a);
  out.strides[0] = a->code->size;
  return {};
}
void release_array(Vm&, Buffer& b) { --as_array(b.object)->exports; }

Value get_typecode(Vm& vm, Value v) { return vm.latin1_chars[static_cast<uint8_t>(as_array(v)->code->letter)]; }
Value get_itemsize(Vm&, Value v) { return Value::small_int(as_array(v)->code->size); }

constexpr NativeRow kMethods[] = {
    {"__new__($type, *args, **kwargs)", construct, kNewMethod | kStaticMethod, "Create and return a new object."},
    {"__repr__($self, /)", array_repr, 0, "Return repr(self)."},
    {"__hash__($self, /)", nullptr},
    {"__lt__($self, value, /)", array_compare<CompareOp::Lt>, 0, "Return self<value."},
    {"__le__($self, value, /)", array_compare<CompareOp::Le>, 0, "Return self<=value."},
    {"__eq__($self, value, /)", array_compare<CompareOp::Eq>, 0, "Return self==value."},
    {"__ne__($self, value, /)", array_compare<CompareOp::Ne>, 0, "Return self!=value."},
    {"__gt__($self, value, /)", array_compare<CompareOp::Gt>, 0, "Return self>value."},
    {"__ge__($self, value, /)", array_compare<CompareOp::Ge>, 0, "Return self>=value."},
    {"__iter__($self, /)", iterate, 0, "Implement iter(self)."},
    {"__len__($self, /)", array_length, 0, "Return len(self)."},
    {"__getitem__($self, key, /)", getitem, 0, "Return self[key]."},
    {"__setitem__($self, key, value, /)", setitem, 0, "Set self[key] to value."},
    {"__delitem__($self, key, /)", delitem, 0, "Delete self[key]."},
    {"__contains__($self, key, /)", array_contains, 0, "Return bool(key in self)."},
    {"__add__($self, value, /)", add, 0, "Return self+value."},
    {"__iadd__($self, value, /)", add_in_place, 0, "Implement self+=value."},
    {"__mul__($self, value, /)", multiply, 0, "Return self*value."},
    {"__rmul__($self, value, /)", multiply, 0, "Return value*self."},
    {"__imul__($self, value, /)", multiply_in_place, 0, "Implement self*=value."},
    {"__copy__($self, /)", copy, 0, "Return a copy of the array."},
    {"__deepcopy__($self, unused, /)", copy, 0, "Return a copy of the array."},
    {"__reduce_ex__($self, value, /)", reduce_ex, 0, "Return state information for pickling."},
    {"__sizeof__($self, /)", sizeof_method, 0, "Size of the array in memory, in bytes."},
    {"__class_getitem__($type, item, /)", class_getitem, kClassMethod, "See PEP 585"},
    {"append($self, v, /)", append, 0, "Append a new value to the end of the array."},
    {"buffer_info($self, /)", buffer_info, 0,
     "Return a tuple (address, length): where the items lie in memory and how many there are."},
    {"byteswap($self, /)", byteswap, 0, "Turn the bytes of each item round."},
    {"clear($self, /)", clear, 0, "Remove all items."},
    {"count($self, v, /)", count, 0, "Return how often v occurs in the array."},
    {"extend($self, bb, /)", extend, 0, "Append the items of an array of the same kind, or of any iterable."},
    {"frombytes($self, buffer, /)", frombytes, 0, "Append items from bytes, as they lie in memory."},
    {"fromfile($self, f, n, /)", fromfile, 0, "Read n items from a binary file and append them."},
    {"fromlist($self, list, /)", fromlist, 0, "Append the items of a list; none of them if one does not fit."},
    {"fromunicode($self, ustr, /)", fromunicode, 0, "Append the characters of a str; for arrays of characters only."},
    {"index($self, v, start=0, stop=sys.maxsize, /)", index_method, 0,
     "Return the index of the first occurrence of v.\n\nRaises ValueError if there is none."},
    {"insert($self, i, v, /)", insert, kCheckPositional, "Insert v before position i."},
    {"pop($self, i=-1, /)", pop, 0, "Return the i-th item and take it out.\n\ni is -1 if not given."},
    {"remove($self, v, /)", remove, 0, "Remove the first occurrence of v."},
    {"reverse($self, /)", reverse, 0, "Reverse the order of the items."},
    {"tobytes($self, /)", tobytes, 0, "Return the items as bytes, as they lie in memory."},
    {"tofile($self, f, /)", tofile, 0, "Write all items, as they lie in memory, to a binary file."},
    {"tolist($self, /)", tolist, 0, "Return a list of the items."},
    {"tounicode($self, /)", tounicode, 0, "Return the items of an array of characters as a str."},
};
constexpr GetSetRow kAttributes[] = {
    {"itemsize", get_itemsize, nullptr, "the size, in bytes, of one array item"},
    {"typecode", get_typecode, nullptr, "the typecode character used to create the array"},
};
constexpr TypeSpec kArray{
    .name = "array.array",
    .doc =
        "array(typecode [, initializer]) -> array\n\nAn array of machine values: a mutable sequence whose items all "
        "have the type that the\ntype code says. The initializer is a list, a tuple, bytes, a str (for 'u' and 'w'), "
        "another\narray or any iterable.\n\n"
        "    type code   C type               bytes\n"
        "    'b', 'B'    char                 1\n"
        "    'u', 'w'    character            4\n"
        "    'h', 'H'    short                2\n"
        "    'i', 'I'    int                  4\n"
        "    'l', 'L'    long                 8\n"
        "    'q', 'Q'    long long            8\n"
        "    'f'         float                4\n"
        "    'd'         double               8\n\n"
        "Of the integer codes the capital ones are unsigned.",
    .signature = "",
    .kind = static_cast<CellKind>(Kind::Array),
    .size = sizeof(Array),
    .flags = kTypeBase | kTypeSequence | kTypeHasWeakref | kTypeImmutable,
    .methods = kMethods,
    .getsets = kAttributes,
    .trace = trace,
};

constexpr NativeRow kIteratorMethods[] = {
    {"__iter__($self, /)", iterator_self, kPure, "Implement iter(self)."},
    {"__next__($self, /)", iterator_next, kIterNext, "Implement next(self)."},
    {"__reduce__($self, /)", iterator_reduce, 0, "Return state information for pickling."},
    {"__setstate__($self, state, /)", iterator_setstate, 0, "Set state information for unpickling."},
};
constexpr TypeSpec kIterator{
    .name = "array.arrayiterator",
    .kind = static_cast<CellKind>(Kind::ArrayIterator),
    .size = sizeof(ArrayIterator),
    .flags = kTypeNoNew | kTypeImmutable,
    .methods = kIteratorMethods,
    .trace = trace_iterator,
};

constexpr NativeRow kFunctions[] = {
    {"_array_reconstructor(arraytype, typecode, mformat_code, items, /)", reconstruct, 0,
     "Make an array from what a pickle holds."},
};

/// Arrays are mutable sequences; without a library nobody can ask.
Status register_sequence(Vm& vm, Type* type) {
  if (vm.import_hook == nullptr) return {};
  Value abc = vm.import_hook(vm, "_collections_abc");
  if (abc.is_error()) {
    if (!vm.pending_is(E::ImportError) || !vm.clear_pending()) return Error{};
    return {};
  }
  Value sequence = TRY(get_attr(vm, abc, TRY(vm.intern("MutableSequence"))));
  TRY(call_method(vm, sequence, TRY(vm.intern("register")), Value(type)));
  return {};
}

Status init(Vm& vm, Module* m) {
  State& state = state_of(vm);
  state.array = TRY(module_add_type(vm, m, kArray));
  state.iterator = TRY(make_type(vm, kIterator));
  set_buffer_exporter(vm, Kind::Array, {export_array, release_array});
  TRY(module_add(vm, m, "ArrayType", state.array));
  std::string letters;
  for (const TypeCode& code : kTypeCodes) letters.push_back(code.letter);
  TRY(module_add_str(vm, m, "typecodes", letters));
  state.reconstructor = TRY(get_attr(vm, m, TRY(vm.intern("_array_reconstructor"))));
  return register_sequence(vm, state.array);
}

}  // namespace
}  // namespace krait::array

namespace krait {
extern constinit const ModuleSpec array_module{
    .name = "array",
    .doc = "Arrays of machine values: characters, integers, floating-point numbers.",
    .functions = array::kFunctions,
    .init = array::init,
};
}  // namespace krait
