// The methods that bytes and bytearray share.
//
// Rule: arguments are converted before the content is read (conversions may run Python code), and SelfBytes holds a bytearray
// still while it is worked on.
#include "objects/bytes_methods.hpp"

#include <cstring>

#include "base/search.hpp"
#include "objects/codecs.hpp"
#include "objects/iteration.hpp"
#include "objects/text_args.hpp"

namespace krait {

Status Needle::read(Vm& vm, Value v, const char* message) {
  if (has_buffer(vm, v)) {
    TRY(buffer_.acquire(v));
    data_ = buffer_.get().data;
    size_ = static_cast<uint64_t>(buffer_.get().length);
    return {};
  }
  if (!has_index(vm, v)) return vm.raise(E::TypeError, message, type_name_of(v));
  Value i = TRY(index(vm, v));
  auto byte = int_to_i64(i);
  if (!byte || *byte < 0 || *byte > 255) return vm.raise(E::ValueError, "byte must be in range(0, 256)");
  byte_ = static_cast<uint8_t>(*byte);
  data_ = &byte_;
  size_ = 1;
  return {};
}

Value bytes_like_new(Vm& vm, Value like, uint64_t length, uint8_t** data) {
  if (is_bytearray(like)) {
    ByteArray* b = TRY(bytearray_from(vm, {}));
    TRY(bytearray_resize(vm, b, length));
    *data = b->data();
    return b;
  }
  Bytes* b = TRY(bytes_allocate(vm, length));
  *data = b->data;
  return b;
}

Value bytes_like_from(Vm& vm, Value like, std::span<const uint8_t> data) {
  if (is_bytearray(like)) return bytearray_from(vm, data);
  return bytes_from(vm, data);
}

Value bytes_concat(Vm& vm, Value a, Value b, const char* what) {
  if (!has_buffer(vm, b)) return vm.raise(E::TypeError, "can't concat {} to {}", type_name_of(b), what);
  ScopedBuffer second(vm);
  TRY(second.acquire(b));
  SelfBytes first(a);
  uint64_t n = static_cast<uint64_t>(second.get().length);
  if (n == 0 && is_exact(vm, a, vm.types.bytes)) return a;
  if (first.size == 0 && is_exact(vm, a, vm.types.bytes) && is_exact(vm, b, vm.types.bytes)) return b;
  uint8_t* to;
  Value out = TRY(bytes_like_new(vm, a, first.size + n, &to));
  if (first.size > 0) std::memcpy(to, first.data, first.size);
  if (n > 0) std::memcpy(to + first.size, second.get().data, n);
  return out;
}

namespace {

constexpr bool lower_byte(uint8_t c) { return c - unsigned{'a'} < 26u; }
constexpr bool upper_byte(uint8_t c) { return c - unsigned{'A'} < 26u; }
constexpr bool digit_byte(uint8_t c) { return c - unsigned{'0'} < 10u; }
constexpr bool alpha_byte(uint8_t c) { return (c | 0x20) - unsigned{'a'} < 26u; }
constexpr bool space_byte(uint8_t c) { return c == ' ' || c - 9u < 5u; }
constexpr uint8_t to_lower_byte(uint8_t c) { return upper_byte(c) ? static_cast<uint8_t>(c + 32) : c; }
constexpr uint8_t to_upper_byte(uint8_t c) { return lower_byte(c) ? static_cast<uint8_t>(c - 32) : c; }

constexpr const char* kNeedleMessage = "argument should be integer or bytes-like object, not '{}'";

/// The whole, as an exact object: a bytes object itself.
Value whole(Vm& vm, const SelfBytes& s) {
  if (is_exact(vm, s.value, vm.types.bytes)) return s.value;
  return bytes_like_from(vm, s.value, s.span());
}
Value part(Vm& vm, const SelfBytes& s, uint64_t begin, uint64_t end) {
  if (begin == 0 && end == s.size) return whole(vm, s);
  return bytes_like_from(vm, s.value, s.span().subspan(begin, end - begin));
}
Status append_part(Vm& vm, List* list, const SelfBytes& s, uint64_t begin, uint64_t end) {
  Value v = TRY(part(vm, s, begin, end));
  return list_append(vm, list, v);
}

/// A plain bytes-like argument.
Status bytes_argument(Vm&, ScopedBuffer& out, Value v) { return out.acquire(v); }

template <class F>
Value map_bytes(Vm& vm, Args a, F f) {
  SelfBytes s(a[0]);
  uint8_t* to;
  Value out = TRY(bytes_like_new(vm, a[0], s.size, &to));
  for (uint64_t i = 0; i < s.size; ++i) to[i] = f(s.data[i]);
  return out;
}
template <class F>
Value all_bytes(Args a, F f) {
  SelfBytes s(a[0]);
  for (uint64_t i = 0; i < s.size; ++i)
    if (!f(s.data[i])) return Value::false_();
  return Value::boolean(s.size > 0);
}
template <class Right, class Wrong>
Value all_of_case(Args a, Right right, Wrong wrong) {
  SelfBytes s(a[0]);
  bool cased = false;
  for (uint64_t i = 0; i < s.size; ++i) {
    if (wrong(s.data[i])) return Value::false_();
    cased = cased || right(s.data[i]);
  }
  return Value::boolean(cased);
}

uint64_t self_size(Value v) { return is_bytearray(v) ? v.as<ByteArray>()->length : v.as<Bytes>()->length; }

/// Where needle lies in [from, to), -1 if nowhere.
Result<int64_t> search_bytes(Vm& vm, const uint8_t* data, uint64_t from, uint64_t to, const uint8_t* needle, uint64_t n,
                             bool last) {
  if (from > to || n > to - from) return int64_t{-1};
  auto poll = [&] { return vm.poll().is_error(); };
  size_t at = last ? search::rfind(data + from, to - from, needle, n, poll)
                   : search::find(data + from, to - from, needle, n, poll);
  if (at == search::kAborted) return Error{};
  return at == search::kNotFound ? int64_t{-1} : static_cast<int64_t>(from + at);
}

Result<int64_t> find_any(Vm& vm, Args a, bool last) {
  int64_t start = TRY(bound_argument(vm, a[2], 0));
  int64_t end = TRY(bound_argument(vm, a[3], INT64_MAX));
  SelfBytes s(a[0]);  // held: the argument's code could change it
  Needle needle(vm);
  TRY(needle.read(vm, a[1], kNeedleMessage));
  Bounds b = clip_bounds(start, end, static_cast<int64_t>(s.size));
  if (!b.valid()) return int64_t{-1};
  return search_bytes(vm, s.data, static_cast<uint64_t>(b.start), static_cast<uint64_t>(b.end), needle.data(),
                      needle.size(), last);
}

}  // namespace

namespace bytes_methods {

Value length(Vm&, Args a) { return Value::small_int(static_cast<int64_t>(self_size(a[0]))); }
Value buffer(Vm& vm, Args a) { return memoryview_new(vm, a[0]); }

Value mul(Vm& vm, Args a) {
  int64_t times = TRY(quick_index(vm, a[1], E::OverflowError));
  SelfBytes s(a[0]);
  if (times < 0) times = 0;
  if (times == 1 && is_exact(vm, a[0], vm.types.bytes)) return a[0];
  uint64_t n;
  if (__builtin_mul_overflow(s.size, static_cast<uint64_t>(times), &n))
    return vm.raise(E::OverflowError, "repeated bytes are too long");
  if (n > kMaxBytesLength) return vm.raise_memory_error();
  uint8_t* to;
  Value out = TRY(bytes_like_new(vm, a[0], n, &to));
  if (s.size == 1) {
    if (n > 0) std::memset(to, s.data[0], n);
  } else if (n > 0) {
    std::memcpy(to, s.data, s.size);
    for (uint64_t done = s.size; done < n;) {
      uint64_t more = std::min(done, n - done);
      std::memcpy(to + done, to, more);
      done += more;
    }
  }
  return out;
}

Value mod(Vm& vm, Args a) { return bytes_percent(vm, a[0], a[1]); }
Value rmod(Vm& vm, Args a) {
  if (is_bytearray(a[0]) ? !is_bytearray(a[1]) : !is_bytes(a[1])) return Value::not_implemented();
  return bytes_percent(vm, a[1], a[0]);
}

// --- Case and predicates

Value lower(Vm& vm, Args a) { return map_bytes(vm, a, to_lower_byte); }
Value upper(Vm& vm, Args a) { return map_bytes(vm, a, to_upper_byte); }
Value swapcase(Vm& vm, Args a) {
  return map_bytes(vm, a, [](uint8_t c) -> uint8_t { return alpha_byte(c) ? c ^ 0x20 : c; });
}
Value capitalize(Vm& vm, Args a) {
  bool first = true;
  return map_bytes(
      vm, a, [&](uint8_t c) -> uint8_t { return std::exchange(first, false) ? to_upper_byte(c) : to_lower_byte(c); });
}
Value title(Vm& vm, Args a) {
  bool in_word = false;
  return map_bytes(vm, a, [&](uint8_t c) -> uint8_t {
    bool inside = std::exchange(in_word, alpha_byte(c));
    return inside ? to_lower_byte(c) : to_upper_byte(c);
  });
}

Value isalnum(Vm&, Args a) {
  return all_bytes(a, [](uint8_t c) { return alpha_byte(c) || digit_byte(c); });
}
Value isalpha(Vm&, Args a) { return all_bytes(a, alpha_byte); }
Value isdigit(Vm&, Args a) { return all_bytes(a, digit_byte); }
Value isspace(Vm&, Args a) { return all_bytes(a, space_byte); }
Value isascii(Vm&, Args a) {
  if (self_size(a[0]) == 0) return Value::true_();
  return all_bytes(a, [](uint8_t c) { return c < 0x80; });
}
Value islower(Vm&, Args a) { return all_of_case(a, lower_byte, upper_byte); }
Value isupper(Vm&, Args a) { return all_of_case(a, upper_byte, lower_byte); }
Value istitle(Vm&, Args a) {
  SelfBytes s(a[0]);
  bool cased = false, in_word = false;
  for (uint64_t i = 0; i < s.size; ++i) {
    uint8_t c = s.data[i];
    if (upper_byte(c) ? in_word : lower_byte(c) && !in_word) return Value::false_();
    in_word = alpha_byte(c);
    cased = cased || in_word;
  }
  return Value::boolean(cased);
}

// --- Searching

Value find(Vm& vm, Args a) { return Value::small_int(TRY(find_any(vm, a, false))); }
Value rfind(Vm& vm, Args a) { return Value::small_int(TRY(find_any(vm, a, true))); }
Value index(Vm& vm, Args a) {
  int64_t i = TRY(find_any(vm, a, false));
  if (i < 0) return vm.raise(E::ValueError, "subsection not found");
  return Value::small_int(i);
}
Value rindex(Vm& vm, Args a) {
  int64_t i = TRY(find_any(vm, a, true));
  if (i < 0) return vm.raise(E::ValueError, "subsection not found");
  return Value::small_int(i);
}

Value contains(Vm& vm, Args a) {
  SelfBytes s(a[0]);  // held: the argument's code could change it
  Needle needle(vm);
  TRY(needle.read(vm, a[1], "a bytes-like object is required, not '{}'"));
  return Value::boolean(TRY(search_bytes(vm, s.data, 0, s.size, needle.data(), needle.size(), false)) >= 0);
}

Value count(Vm& vm, Args a) {
  int64_t start = TRY(bound_argument(vm, a[2], 0));
  int64_t end = TRY(bound_argument(vm, a[3], INT64_MAX));
  SelfBytes s(a[0]);  // held: the argument's code could change it
  Needle needle(vm);
  TRY(needle.read(vm, a[1], kNeedleMessage));
  Bounds b = clip_bounds(start, end, static_cast<int64_t>(s.size));
  if (!b.valid()) return Value::small_int(0);
  auto poll = [&] { return vm.poll().is_error(); };
  size_t n = search::count(s.data + b.start, static_cast<uint64_t>(b.end - b.start), needle.data(), needle.size(),
                           SIZE_MAX, poll);
  if (n == search::kAborted) return Error{};
  return Value::small_int(static_cast<int64_t>(n));
}

namespace {

bool has_affix(const SelfBytes& s, const Buffer& affix, Bounds b, bool at_end) {
  if (!b.valid() || affix.length > b.end - b.start) return false;
  return affix.length == 0 || std::memcmp(s.data + (at_end ? b.end - affix.length : b.start), affix.data,
                                          static_cast<size_t>(affix.length)) == 0;
}

Result<bool> has_affix_value(Vm& vm, Value self, Value affix, int64_t start, int64_t end, bool at_end) {
  ScopedBuffer buffer(vm);
  TRY(buffer.acquire(affix));
  SelfBytes s(self);
  return has_affix(s, buffer.get(), clip_bounds(start, end, static_cast<int64_t>(s.size)), at_end);
}

Value starts_or_ends(Vm& vm, Args a, const char* name, bool at_end) {
  int64_t start = TRY(bound_argument(vm, a[2], 0));
  int64_t end = TRY(bound_argument(vm, a[3], INT64_MAX));
  if (is_tuple(a[1])) {
    Tuple* affixes = a[1].as<Tuple>();
    for (uint64_t i = 0; i < affixes->length; ++i) {
      TRY(vm.poll());
      if (TRY(has_affix_value(vm, a[0], affixes->items[i], start, end, at_end))) return Value::true_();
    }
    return Value::false_();
  }
  if (!has_buffer(vm, a[1]))
    return vm.raise(E::TypeError, "{} first arg must be bytes or a tuple of bytes, not {}", name, type_name_of(a[1]));
  return Value::boolean(TRY(has_affix_value(vm, a[0], a[1], start, end, at_end)));
}

Value remove_affix(Vm& vm, Args a, bool at_end) {
  ScopedBuffer affix(vm);
  TRY(bytes_argument(vm, affix, a[1]));
  SelfBytes s(a[0]);
  Bounds all{0, static_cast<int64_t>(s.size)};
  if (!has_affix(s, affix.get(), all, at_end)) return whole(vm, s);
  uint64_t n = static_cast<uint64_t>(affix.get().length);
  return at_end ? part(vm, s, 0, s.size - n) : part(vm, s, n, s.size);
}

}  // namespace

Value startswith(Vm& vm, Args a) { return starts_or_ends(vm, a, "startswith", false); }
Value endswith(Vm& vm, Args a) { return starts_or_ends(vm, a, "endswith", true); }
Value removeprefix(Vm& vm, Args a) { return remove_affix(vm, a, false); }
Value removesuffix(Vm& vm, Args a) { return remove_affix(vm, a, true); }

// --- Splitting

namespace {

Status split_space(Vm& vm, List* out, const SelfBytes& s, uint64_t most) {
  uint64_t n = s.size, i = 0;
  while (true) {
    while (i < n && space_byte(s.data[i])) ++i;
    if (i == n) return {};
    uint64_t begin = i;
    if (out->length == most) return append_part(vm, out, s, begin, n);
    while (i < n && !space_byte(s.data[i])) ++i;
    TRY(append_part(vm, out, s, begin, i));
    TRY(vm.poll());
  }
}

Status rsplit_space(Vm& vm, List* out, const SelfBytes& s, uint64_t most) {
  uint64_t i = s.size;
  while (true) {
    while (i > 0 && space_byte(s.data[i - 1])) --i;
    if (i == 0) return {};
    uint64_t end = i;
    if (out->length == most) return append_part(vm, out, s, 0, end);
    while (i > 0 && !space_byte(s.data[i - 1])) --i;
    TRY(append_part(vm, out, s, i, end));
    TRY(vm.poll());
  }
}

Value split_any(Vm& vm, Args a, bool from_right) {
  int64_t limit = TRY(ssize_argument(vm, a, 2, -1));
  uint64_t most = limit < 0 ? UINT64_MAX : static_cast<uint64_t>(limit);
  List* out = TRY(list_new(vm));
  if (!a.has(1) || a[1].is_none()) {
    SelfBytes s(a[0]);
    TRY(from_right ? rsplit_space(vm, out, s, most) : split_space(vm, out, s, most));
  } else {
    SelfBytes s(a[0]);
    ScopedBuffer separator(vm);
    TRY(bytes_argument(vm, separator, a[1]));
    const uint8_t* sep = separator.get().data;
    uint64_t n = static_cast<uint64_t>(separator.get().length);
    if (n == 0) return vm.raise(E::ValueError, "empty separator");
    uint64_t begin = 0, end = s.size;
    while (out->length < most) {
      int64_t at = TRY(search_bytes(vm, s.data, begin, end, sep, n, from_right));
      if (at < 0) break;
      uint64_t cut = static_cast<uint64_t>(at);
      TRY(from_right ? append_part(vm, out, s, cut + n, end) : append_part(vm, out, s, begin, cut));
      from_right ? end = cut : begin = cut + n;
      TRY(vm.poll());
    }
    TRY(append_part(vm, out, s, begin, end));
  }
  if (from_right && out->length > 1) {
    std::reverse(out->items(), out->items() + out->length);
    vm.barrier(out);
  }
  return out;
}

Value partition_any(Vm& vm, Args a, bool last) {
  ScopedBuffer separator(vm);
  TRY(bytes_argument(vm, separator, a[1]));
  SelfBytes s(a[0]);
  uint64_t n = static_cast<uint64_t>(separator.get().length);
  if (n == 0) return vm.raise(E::ValueError, "empty separator");
  int64_t at = TRY(search_bytes(vm, s.data, 0, s.size, separator.get().data, n, last));
  if (at < 0) {
    Value all = is_bytes(a[0]) ? a[0] : TRY(whole(vm, s));
    Value none1 = TRY(bytes_like_from(vm, a[0], {}));
    Value none2 = TRY(bytes_like_from(vm, a[0], {}));
    return last ? tuple_of(vm, none1, none2, all) : tuple_of(vm, all, none1, none2);
  }
  uint64_t cut = static_cast<uint64_t>(at);
  Value before = TRY(part(vm, s, 0, cut));
  Value middle = a[1];
  if (!is_bytes(a[0])) middle = TRY(bytes_like_from(vm, a[0], {separator.get().data, n}));
  Value after = TRY(part(vm, s, cut + n, s.size));
  return tuple_of(vm, before, middle, after);
}

}  // namespace

Value split(Vm& vm, Args a) { return split_any(vm, a, false); }
Value rsplit(Vm& vm, Args a) { return split_any(vm, a, true); }
Value partition(Vm& vm, Args a) { return partition_any(vm, a, false); }
Value rpartition(Vm& vm, Args a) { return partition_any(vm, a, true); }

Value splitlines(Vm& vm, Args a) {
  bool keep = TRY(truth_argument(vm, a, 1, false));
  List* out = TRY(list_new(vm));
  SelfBytes s(a[0]);
  for (uint64_t i = 0; i < s.size;) {
    uint64_t begin = i;
    while (i < s.size && s.data[i] != '\n' && s.data[i] != '\r') ++i;
    uint64_t end = i;
    if (i < s.size) {
      i += s.data[i] == '\r' && i + 1 < s.size && s.data[i + 1] == '\n' ? 2 : 1;
      if (keep) end = i;
    }
    TRY(append_part(vm, out, s, begin, end));
    TRY(vm.poll());
  }
  return out;
}

// --- Stripping

namespace {
Value strip_any(Vm& vm, Args a, bool left, bool right) {
  bool drop[256] = {};
  if (!a.has(1) || a[1].is_none()) {
    for (int c : {' ', '\t', '\n', '\v', '\f', '\r'}) drop[c] = true;
  } else {
    ScopedBuffer chars(vm);
    TRY(bytes_argument(vm, chars, a[1]));
    for (int64_t i = 0; i < chars.get().length; ++i) drop[chars.get().data[i]] = true;
  }
  SelfBytes s(a[0]);
  uint64_t begin = 0, end = s.size;
  if (left)
    while (begin < end && drop[s.data[begin]]) ++begin;
  if (right)
    while (end > begin && drop[s.data[end - 1]]) --end;
  return part(vm, s, begin, end);
}
}  // namespace

Value strip(Vm& vm, Args a) { return strip_any(vm, a, true, true); }
Value lstrip(Vm& vm, Args a) { return strip_any(vm, a, true, false); }
Value rstrip(Vm& vm, Args a) { return strip_any(vm, a, false, true); }

// --- Replacing, joining, translating

Value replace(Vm& vm, Args a) {
  int64_t limit = TRY(ssize_argument(vm, a, 3, -1));
  ScopedBuffer old(vm), with(vm);
  TRY(bytes_argument(vm, old, a[1]));
  TRY(bytes_argument(vm, with, a[2]));
  SelfBytes s(a[0]);
  uint64_t most = limit < 0 ? UINT64_MAX : static_cast<uint64_t>(limit);
  uint64_t n = static_cast<uint64_t>(old.get().length), m = static_cast<uint64_t>(with.get().length);
  auto poll = [&] { return vm.poll().is_error(); };
  size_t found = search::count(s.data, s.size, old.get().data, n, most, poll);
  if (found == search::kAborted) return Error{};
  if (found == 0) return whole(vm, s);
  uint64_t added = 0, length = s.size - found * n;
  if (__builtin_mul_overflow(uint64_t{found}, m, &added) || added > kMaxBytesLength)
    return vm.raise(E::OverflowError, "replacement bytes are too long");
  uint8_t* to;
  Value out = TRY(bytes_like_new(vm, a[0], length + added, &to));
  auto put = [&](const uint8_t* from, uint64_t size) {
    if (size > 0) std::memcpy(to, from, size);
    to += size;
  };
  uint64_t begin = 0, left = found;
  if (n == 0) {
    for (; left > 0; --left) {
      put(with.get().data, m);
      if (begin < s.size) put(s.data + begin++, 1);
    }
  } else {
    bool finished = search::for_each(
        s.data, s.size, old.get().data, n,
        [&](size_t at) {
          put(s.data + begin, at - begin);
          put(with.get().data, m);
          begin = at + n;
          return --left > 0;
        },
        poll);
    if (!finished) return Error{};
  }
  put(s.data + begin, s.size - begin);
  return out;
}

Value join(Vm& vm, Args a) {
  ScopedBuffer held(vm);  // the iterable's code must not change a separator
  if (is_bytearray(a[0])) TRY(held.acquire(a[0]));
  Value iterable = a[1];
  if (!is_list(iterable) && !is_tuple(iterable)) {
    iterable = TRY(get_iter_if_any(vm, iterable));
    if (iterable.is_not_implemented()) return vm.raise(E::TypeError, "can only join an iterable");
    iterable = TRY(list_from(vm, iterable));
  }
  // A tuple of our own: buffers may be asked from Python code, which could change a list.
  Value items = TRY(tuple_from(vm, iterable));
  Tuple* t = items.as<Tuple>();
  if (t->length == 0) return bytes_like_from(vm, a[0], {});
  if (t->length == 1 && is_exact(vm, t->items[0], vm.types.bytes) && is_exact(vm, a[0], vm.types.bytes))
    return t->items[0];
  SelfBytes separator(a[0]);
  uint64_t n = 0;
  bool plain = true;  // nothing but bytes: no buffers to be held
  for (uint64_t i = 0; i < t->length; ++i) {
    POLL_EVERY_1024(vm, i);
    Value item = t->items[i];
    if (!is_exact(vm, item, vm.types.bytes)) {
      plain = false;
      if (!has_buffer(vm, item))
        return vm.raise(E::TypeError, "sequence item {}: expected a bytes-like object, {} found", i,
                        type_name_of(item));
    } else {
      n += item.as<Bytes>()->length;
    }
    if (i > 0) n += separator.size;
    if (n > kMaxBytesLength) return vm.raise_memory_error();
  }
  if (plain) {
    uint8_t* to;
    Value out = TRY(bytes_like_new(vm, a[0], n, &to));
    for (uint64_t i = 0; i < t->length; ++i) {
      if (i > 0 && separator.size > 0)
        to = static_cast<uint8_t*>(std::memcpy(to, separator.data, separator.size)) + separator.size;
      Bytes* item = t->items[i].as<Bytes>();
      if (item->length == 0) continue;
      std::memcpy(to, item->data, item->length);
      to += item->length;
    }
    return out;
  }
  ByteArray* out = TRY(bytearray_from(vm, {}));
  for (uint64_t i = 0; i < t->length; ++i) {
    TRY(vm.poll());
    if (i > 0) TRY(bytearray_replace(vm, out, out->length, out->length, separator.span()));
    ScopedBuffer item(vm);
    TRY(item.acquire(t->items[i]));
    if (is_list(iterable) && iterable.as<List>()->length != t->length)
      return vm.raise(E::RuntimeError, "sequence changed size during iteration");
    TRY(bytearray_replace(vm, out, out->length, out->length,
                          {item.get().data, static_cast<size_t>(item.get().length)}));
  }
  if (is_bytearray(a[0])) return out;
  return bytes_from(vm, std::span<const uint8_t>{out->data(), out->length});
}

Value translate(Vm& vm, Args a) {
  ScopedBuffer table(vm), deleted(vm);
  bool has_table = !a[1].is_none();
  if (has_table) {
    TRY(bytes_argument(vm, table, a[1]));
    if (table.get().length != 256) return vm.raise(E::ValueError, "translation table must be 256 characters long");
  }
  bool drop[256] = {};
  if (a.has(2)) {
    TRY(bytes_argument(vm, deleted, a[2]));
    for (int64_t i = 0; i < deleted.get().length; ++i) drop[deleted.get().data[i]] = true;
  }
  SelfBytes s(a[0]);
  uint64_t n = 0;
  for (uint64_t i = 0; i < s.size; ++i) n += !drop[s.data[i]];
  uint8_t* to;
  Value out = TRY(bytes_like_new(vm, a[0], n, &to));
  const uint8_t* map = table.get().data;
  for (uint64_t i = 0; i < s.size; ++i) {
    uint8_t c = s.data[i];
    if (!drop[c]) *to++ = has_table ? map[c] : c;
  }
  return out;
}

Value maketrans(Vm& vm, Args a) {
  ScopedBuffer from(vm), to(vm);
  TRY(bytes_argument(vm, from, a[0]));
  TRY(bytes_argument(vm, to, a[1]));
  if (from.get().length != to.get().length) return vm.raise(E::ValueError, "maketrans arguments must have same length");
  Bytes* table = TRY(bytes_allocate(vm, 256));
  for (int i = 0; i < 256; ++i) table->data[i] = static_cast<uint8_t>(i);
  for (int64_t i = 0; i < from.get().length; ++i) table->data[from.get().data[i]] = to.get().data[i];
  return table;
}

// --- Padding

namespace {

Result<uint8_t> fill_argument(Vm& vm, Value v, const char* name) {
  if (v.is_unset()) return uint8_t{' '};
  if (!is_bytes(v) && !is_bytearray(v))
    return vm.raise(E::TypeError, "{}() argument 2 must be a byte string of length 1, not {}", name, argument_type(v));
  SelfBytes s(v);
  if (s.size != 1)
    return vm.raise(E::TypeError, "{}(): argument 2 must be a byte string of length 1, not a {} object of length {}",
                    name, is_bytes(v) ? "bytes" : "bytearray", s.size);
  return s.data[0];
}

enum class Side { kLeft, kRight, kBoth };
Value pad(Vm& vm, Args a, const char* name, Side text) {
  int64_t width = TRY(ssize_argument(vm, a[1]));
  uint8_t fill = TRY(fill_argument(vm, a[2], name));
  SelfBytes s(a[0]);
  int64_t n = static_cast<int64_t>(s.size);
  if (width <= n) return whole(vm, s);
  uint64_t more = static_cast<uint64_t>(width - n);
  if (static_cast<uint64_t>(width) > kMaxBytesLength) return vm.raise_memory_error();
  uint64_t left = text == Side::kLeft    ? 0
                  : text == Side::kRight ? more
                                         : more / 2 + (more & static_cast<uint64_t>(width) & 1);
  uint8_t* to;
  Value out = TRY(bytes_like_new(vm, a[0], static_cast<uint64_t>(width), &to));
  std::memset(to, fill, left);
  if (s.size > 0) std::memcpy(to + left, s.data, s.size);
  std::memset(to + left + s.size, fill, more - left);
  return out;
}

}  // namespace

Value center(Vm& vm, Args a) { return pad(vm, a, "center", Side::kBoth); }
Value ljust(Vm& vm, Args a) { return pad(vm, a, "ljust", Side::kLeft); }
Value rjust(Vm& vm, Args a) { return pad(vm, a, "rjust", Side::kRight); }

Value zfill(Vm& vm, Args a) {
  int64_t width = TRY(ssize_argument(vm, a[1]));
  SelfBytes s(a[0]);
  if (width <= static_cast<int64_t>(s.size)) return whole(vm, s);
  if (static_cast<uint64_t>(width) > kMaxBytesLength) return vm.raise_memory_error();
  uint8_t* to;
  Value out = TRY(bytes_like_new(vm, a[0], static_cast<uint64_t>(width), &to));
  uint64_t sign = s.size > 0 && (s.data[0] == '+' || s.data[0] == '-');
  uint64_t more = static_cast<uint64_t>(width) - s.size;
  if (sign) to[0] = s.data[0];
  std::memset(to + sign, '0', more);
  if (s.size > sign) std::memcpy(to + sign + more, s.data + sign, s.size - sign);
  return out;
}

Value expandtabs(Vm& vm, Args a) {
  int64_t size = 8;
  if (a.has(1)) {
    Value v = TRY(krait::index(vm, a[1]));
    size = TRY(int_to_i64_checked(vm, v, "C int"));
    if (size > INT32_MAX || size < INT32_MIN)
      return vm.raise(E::OverflowError, "Python int too large to convert to C int");
  }
  SelfBytes s(a[0]);
  auto walk = [&](auto&& emit) -> Status {  // emit(byte, how often)
    uint64_t column = 0;
    for (uint64_t i = 0; i < s.size; ++i) {
      POLL_EVERY_1024(vm, i);
      uint8_t c = s.data[i];
      if (c == '\t') {
        uint64_t spaces = size > 0 ? static_cast<uint64_t>(size) - column % static_cast<uint64_t>(size) : 0;
        emit(uint8_t{' '}, spaces);
        column += spaces;
      } else {
        emit(c, uint64_t{1});
        column = c == '\n' || c == '\r' ? 0 : column + 1;
      }
    }
    return {};
  };
  uint64_t n = 0;
  TRY(walk([&](uint8_t, uint64_t times) { n += times; }));
  if (n > kMaxBytesLength) return vm.raise(E::OverflowError, "result too long");
  uint8_t* to;
  Value out = TRY(bytes_like_new(vm, a[0], n, &to));
  TRY(walk([&](uint8_t c, uint64_t times) {
    std::memset(to, c, times);
    to += times;
  }));
  return out;
}

// --- Text

Value decode(Vm& vm, Args a) {
  Str* names[2] = {nullptr, nullptr};
  for (int i = 0; i < 2; ++i) {
    if (!a.has(static_cast<size_t>(i) + 1)) continue;
    Value v = a[static_cast<size_t>(i) + 1];
    if (!is_str(v))
      return vm.raise(E::TypeError, "decode() argument '{}' must be str, not {}", i == 0 ? "encoding" : "errors",
                      argument_type(v));
    if (str_contains_nul(as_str(v))) return vm.raise(E::ValueError, "embedded null character");
    names[i] = as_str(v);
  }
  return bytes_decode(vm, a[0], names[0], names[1]);
}

Value hex(Vm& vm, Args a) {
  SelfBytes s(a[0]);
  return bytes_hex(vm, s.span(), a[1], a[2]);
}

}  // namespace bytes_methods

Value bytes_hex(Vm& vm, std::span<const uint8_t> data, Value sep, Value group) {
  char32_t between = 0;
  int64_t size = 0;
  if (!sep.is_unset()) {
    // A subclass's own length counts first.
    if (!is_exact(vm, sep, vm.types.str) && !is_exact(vm, sep, vm.types.bytes) && TRY(length(vm, sep)) != 1)
      return vm.raise(E::ValueError, "sep must be length 1.");
    if (is_str(sep)) {
      if (as_str(sep)->length != 1) return vm.raise(E::ValueError, "sep must be length 1.");
      if (!as_str(sep)->is_ascii()) return vm.raise(E::ValueError, "sep must be ASCII.");
      between = as_str(sep)->at(0);
    } else if (is_bytes(sep)) {
      if (sep.as<Bytes>()->length != 1) return vm.raise(E::ValueError, "sep must be length 1.");
      between = sep.as<Bytes>()->data[0];
      if (between >= 0x80) return vm.raise(E::ValueError, "sep must be ASCII.");
    } else {
      return vm.raise(E::TypeError, "sep must be str or bytes.");
    }
    size = 1;
  }
  if (!group.is_unset()) {
    Value v = TRY(index(vm, group));
    int64_t given = TRY(int_to_i64_checked(vm, v, "C int"));
    if (given > INT32_MAX || given < INT32_MIN)
      return vm.raise(E::OverflowError, "Python int too large to convert to C int");
    if (!sep.is_unset()) size = given;
  }
  uint64_t n = data.size();
  if (n == 0) return vm.names.empty;
  uint64_t width = static_cast<uint64_t>(size < 0 ? -size : size);
  uint64_t separators = width == 0 ? 0 : (n - 1) / width;
  if (n > kMaxStrLength / 3) return vm.raise_memory_error();
  Str* out = TRY(str_allocate(vm, 2 * n + separators, 1, true));
  uint8_t* to = str_mutable_data<uint8_t>(out);
  // Counted from the right, the first group is the one that may be short.
  uint64_t left_in_group = width == 0 ? UINT64_MAX : size > 0 ? (n - 1) % width + 1 : width;
  for (uint64_t i = 0; i < n; ++i) {
    if (left_in_group == 0) {
      *to++ = static_cast<uint8_t>(between);
      left_in_group = width;
    }
    --left_in_group;
    *to++ = static_cast<uint8_t>("0123456789abcdef"[data[i] >> 4]);
    *to++ = static_cast<uint8_t>("0123456789abcdef"[data[i] & 15]);
  }
  return out;
}

Value bytes_from_hex(Vm& vm, Value text) {
  auto digit = [](char32_t c) -> int {
    if (c - '0' < 10) return static_cast<int>(c - '0');
    if ((c | 0x20) - 'a' < 6 && c < 0x80) return static_cast<int>((c | 0x20) - 'a' + 10);
    return -1;
  };
  auto parse = [&](auto at, uint64_t n) -> Value {
    Bytes* out = TRY(bytes_allocate(vm, n / 2));
    uint64_t size = 0;
    for (uint64_t i = 0; i < n;) {
      char32_t c = at(i);
      if (c == ' ' || c - 9 < 5) {
        ++i;
        continue;
      }
      int high = digit(c);
      int low = high >= 0 && i + 1 < n ? digit(at(i + 1)) : -1;
      if (high >= 0 && i + 1 == n)
        return vm.raise(E::ValueError, "fromhex() arg must contain an even number of hexadecimal digits");
      if (low < 0)
        return vm.raise(E::ValueError, "non-hexadecimal number found in fromhex() arg at position {}",
                        high < 0 ? i : i + 1);
      out->data[size++] = static_cast<uint8_t>(high << 4 | low);
      i += 2;
      if ((i & 0xFFFF) == 0) TRY(vm.poll());
    }
    if (size == n / 2) return out;
    return bytes_from(vm, std::span<const uint8_t>{out->data, size});
  };
  if (is_str(text)) {
    Str* s = as_str(text);
    return parse([&](uint64_t i) { return s->at(i); }, s->length);
  }
  if (!has_buffer(vm, text))
    return vm.raise(E::TypeError, "fromhex() argument must be str or bytes-like, not {}", type_name_of(text));
  ScopedBuffer b(vm);
  TRY(b.acquire(text));
  return parse([&](uint64_t i) { return static_cast<char32_t>(b.get().data[i]); },
               static_cast<uint64_t>(b.get().length));
}

}  // namespace krait
