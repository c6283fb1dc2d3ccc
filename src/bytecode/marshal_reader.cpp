#include "bytecode/marshal_reader.hpp"

#include <bit>
#include <optional>
#include <vector>

#include "base/float_text.hpp"
#include "objects/bytes.hpp"
#include "objects/dict.hpp"
#include "objects/float.hpp"
#include "objects/int.hpp"
#include "objects/operations.hpp"
#include "objects/str.hpp"

namespace krait {

constexpr uint8_t kFlagRef = 0x80;

Value MarshalReader::run() {
  refs_ = TRY(list_new(vm_));
  Value v = object(0);
  if (v.is_error()) return v;
  if (v.is_exhausted()) return vm_.raise(E::TypeError, "NULL object in marshal data for object");
  return v;
}

Result<double> MarshalReader::number() {
  uint64_t low = TRY(u32()), high = TRY(u32());
  return std::bit_cast<double>(high << 32 | low);
}

Result<double> MarshalReader::number_text() {
  uint64_t n = static_cast<uint64_t>(TRY(byte()));
  std::optional<double> d = parse_double(TRY(bytes(n)));
  if (!d) return vm_.raise(E::ValueError, "could not convert string to float");
  return *d;
}

Result<std::string_view> MarshalReader::bytes(uint64_t n) {
  if (file_.is_unset()) {
    if (n > data_.size() - at_) return vm_.raise(E::EOFError, "marshal data too short");
    std::string_view s = data_.substr(at_, n);
    at_ += n;
    return s;
  }
  if (n == 0) return std::string_view("");
  Value chunk = call_method(vm_, file_, vm_.names.read, Value::small_int(static_cast<int64_t>(n)));
  if (chunk.is_error()) return Error{};
  if (!is_bytes(chunk)) return vm_.raise(E::TypeError, "file.read() returned not bytes but {}", type_name_of(chunk));
  last_read_ = chunk;
  if (chunk.as<Bytes>()->length != n) return vm_.raise(E::EOFError, "marshal data too short");
  return chunk.as<Bytes>()->view();
}

Value MarshalReader::integer() {
  int32_t n = static_cast<int32_t>(TRY(u32()));
  if (n == INT32_MIN) return bad("long size out of range");
  uint64_t digits = static_cast<uint64_t>(n < 0 ? -int64_t{n} : n);
  if (digits == 0) return Value::small_int(0);
  if (file_.is_unset() && digits * 2 > data_.size() - at_) return vm_.raise(E::EOFError, "marshal data too short");
  std::vector<uint64_t> limbs;
  uint32_t digit = 0;
  for (uint64_t d = 0; d < digits; ++d) {
    digit = TRY(u16());
    if (digit > 0x7FFF) return bad("digit out of range in long");
    uint64_t at = d * 15;
    if (limbs.size() <= at / 64) limbs.push_back(0);
    limbs[at / 64] |= static_cast<uint64_t>(digit) << (at % 64);
    if (at % 64 > 49) limbs.push_back(static_cast<uint64_t>(digit) >> (64 - at % 64));
    if ((d & 4095) == 0) TRY(vm_.poll());
  }
  if (digit == 0) return bad("unnormalized long data");
  while (!limbs.empty() && limbs.back() == 0) limbs.pop_back();
  return int_from_limbs(vm_, limbs, n < 0);
}

Value MarshalReader::text(uint64_t n, bool ascii, bool interned) {
  std::string_view s = TRY(bytes(n));
  Str* made = ascii ? TRY(str_from_latin1(vm_, std::span(reinterpret_cast<const uint8_t*>(s.data()), s.size())))
                    : TRY(str_from_generalised_utf8(vm_, s));
  return interned ? vm_.intern(made) : made;
}

Value MarshalReader::sequence(uint64_t n, int depth, bool tuple, bool flag) {
  size_t place = TRY(reserve(flag));
  List* list = TRY(list_new(vm_));
  if (!tuple) (void)keep(list, place);  // a list may contain itself
  for (uint64_t i = 0; i < n; ++i) TRY(list_append(vm_, list, TRY(item(depth + 1))));
  if (!tuple) return list;
  return keep(list_to_tuple(vm_, list), place);
}

Value MarshalReader::dict(int depth, bool flag) {
  Dict* d = TRY(dict_new(vm_));
  (void)TRY(keep_flagged(d, flag));
  while (true) {
    Value key = TRY(object(depth + 1));
    if (key.is_exhausted()) return d;
    Value value = TRY(object(depth + 1));
    if (value.is_exhausted()) return d;
    TRY(dict_set(vm_, d, key, value));
  }
}

Value MarshalReader::set(int depth, bool flag, Type* type) {
  uint64_t n = TRY(size("set size out of range"));
  size_t place = SIZE_MAX;
  Set* s = TRY(set_new(vm_, type));
  if (type == vm_.types.frozenset) {
    place = TRY(reserve(flag));
  } else {
    (void)TRY(keep_flagged(s, flag));
  }
  for (uint64_t i = 0; i < n; ++i) TRY(set_add(vm_, s, TRY(item(depth + 1))));
  return keep(s, place);
}

Value MarshalReader::object(int depth) {
  if (depth > kMaxDepth) return vm_.raise(E::ValueError, "recursion limit exceeded");
  TRY(vm_.check_stack());
  TRY(vm_.poll());
  Result<int> head = byte();
  if (head.is_error()) {
    if (!vm_.pending_is(E::EOFError) || !vm_.clear_pending()) return Error{};
    return vm_.raise(E::EOFError, "EOF read where object expected");
  }
  int code_byte = head.release();
  bool flag = code_byte & kFlagRef;
  switch (code_byte & ~kFlagRef) {
    case '0': return Value::exhausted();
    case 'N': return Value::none();
    case 'S': return vm_.exception_type(E::StopIteration);
    case '.': return Value::ellipsis();
    case 'F': return Value::false_();
    case 'T': return Value::true_();
    case 'i': return keep_flagged(int_from(vm_, static_cast<int32_t>(TRY(u32()))), flag);
    case 'I': {
      uint64_t low = TRY(u32()), high = TRY(u32());
      return keep_flagged(int_from(vm_, static_cast<int64_t>(high << 32 | low)), flag);
    }
    case 'l': return keep_flagged(integer(), flag);
    case 'f': return keep_flagged(float_from(vm_, TRY(number_text())), flag);
    case 'g': return keep_flagged(float_from(vm_, TRY(number())), flag);
    case 'x': {
      double real = TRY(number_text());
      return keep_flagged(complex_from(vm_, real, TRY(number_text())), flag);
    }
    case 'y': {
      double real = TRY(number());
      return keep_flagged(complex_from(vm_, real, TRY(number())), flag);
    }
    case 's': return keep_flagged(bytes_from(vm_, TRY(bytes(TRY(size("bytes object size out of range"))))), flag);
    case 'A': return keep_flagged(text(TRY(size("string size out of range")), true, true), flag);
    case 'a': return keep_flagged(text(TRY(size("string size out of range")), true, false), flag);
    case 'Z': return keep_flagged(text(static_cast<uint64_t>(TRY(byte())), true, true), flag);
    case 'z': return keep_flagged(text(static_cast<uint64_t>(TRY(byte())), true, false), flag);
    case 't': return keep_flagged(text(TRY(size("string size out of range")), false, true), flag);
    case 'u': return keep_flagged(text(TRY(size("string size out of range")), false, false), flag);
    case ')': return sequence(static_cast<uint64_t>(TRY(byte())), depth, true, flag);
    case '(': return sequence(TRY(size("tuple size out of range")), depth, true, flag);
    case '[': return sequence(TRY(size("list size out of range")), depth, false, flag);
    case '{': return dict(depth, flag);
    case '<': return set(depth, flag, vm_.types.set);
    case '>': return set(depth, flag, vm_.types.frozenset);
    case 'c': return code(depth, flag);
    case ':': {
      size_t place = TRY(reserve(flag));
      Value start = TRY(item(depth + 1)), stop = TRY(item(depth + 1)), step = TRY(item(depth + 1));
      return keep(slice_new(vm_, start, stop, step), place);
    }
    case 'r': {
      uint32_t n = TRY(u32());
      if (n >= refs_->length || refs_->items()[n].is_exhausted()) return bad("invalid reference");
      return refs_->items()[n];
    }
    default: return bad("unknown type code");
  }
}

}  // namespace krait
