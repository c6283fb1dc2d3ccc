#include "modules/array_items.hpp"

#include <algorithm>
#include <bit>

#include "objects/float.hpp"
#include "objects/int.hpp"
#include "objects/operations.hpp"
#include "objects/str.hpp"
#include "objects/text_args.hpp"

namespace krait::array {

namespace {

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

/// An int that must lie in low..high; `what` names the C type in messages.
Result<int64_t> ranged(Vm& vm, Value v, int64_t low, int64_t high, const char* what) {
  int64_t i = TRY(int_to_i64_checked(vm, v));
  if (i < low) return vm.raise(E::OverflowError, "{} is less than minimum", what);
  if (i > high) return vm.raise(E::OverflowError, "{} is greater than maximum", what);
  return i;
}

Status pack_int(Vm& vm, char letter, Value v, uint8_t* out) {
  v = TRY(index(vm, v));
  switch (letter) {
    case 'b':
      TRY(ranged(vm, v, INT16_MIN, INT16_MAX, "signed short integer"));
      store(out, static_cast<int8_t>(TRY(ranged(vm, v, INT8_MIN, INT8_MAX, "signed char"))));
      return {};
    case 'B': store(out, static_cast<uint8_t>(TRY(ranged(vm, v, 0, UINT8_MAX, "unsigned byte integer")))); return {};
    case 'h':
      store(out, static_cast<int16_t>(TRY(ranged(vm, v, INT16_MIN, INT16_MAX, "signed short integer"))));
      return {};
    case 'H':
      TRY(ranged(vm, v, INT32_MIN, INT32_MAX, "signed integer"));
      store(out, static_cast<uint16_t>(TRY(ranged(vm, v, 0, UINT16_MAX, "unsigned short"))));
      return {};
    case 'i': store(out, static_cast<int32_t>(TRY(ranged(vm, v, INT32_MIN, INT32_MAX, "signed integer")))); return {};
    case 'I':
    case 'L': {
      if (int_sign(v) < 0) return vm.raise(E::OverflowError, "can't convert negative value to unsigned int");
      std::optional<uint64_t> i = int_to_u64(v);
      if (!i) return vm.raise(E::OverflowError, "Python int too large to convert to C unsigned long");
      if (letter == 'L') {
        store(out, *i);
        return {};
      }
      if (*i > UINT32_MAX) return vm.raise(E::OverflowError, "unsigned int is greater than maximum");
      store(out, static_cast<uint32_t>(*i));
      return {};
    }
    case 'l': store(out, TRY(int_to_i64_checked(vm, v))); return {};
    case 'q': {
      std::optional<int64_t> i = int_to_i64(v);
      if (!i) return vm.raise(E::OverflowError, "int too big to convert");
      store(out, *i);
      return {};
    }
    default: {
      if (int_sign(v) < 0) return vm.raise(E::OverflowError, "can't convert negative int to unsigned");
      std::optional<uint64_t> i = int_to_u64(v);
      if (!i) return vm.raise(E::OverflowError, "int too big to convert");
      store(out, *i);
      return {};
    }
  }
}

template <class T>
int order(const uint8_t* a, const uint8_t* b) {
  T x = load<T>(a), y = load<T>(b);
  return x < y ? -1 : x > y ? 1 : x == y ? 0 : 2;
}

}  // namespace

const TypeCode* find_type_code(char32_t letter) {
  for (const TypeCode& code : kTypeCodes)
    if (static_cast<char32_t>(code.letter) == letter) return &code;
  return nullptr;
}

Value load_item(Vm& vm, const TypeCode& code, const uint8_t* p) {
  switch (code.letter) {
    case 'b': return Value::small_int(load<int8_t>(p));
    case 'B': return Value::small_int(*p);
    case 'h': return Value::small_int(load<int16_t>(p));
    case 'H': return Value::small_int(load<uint16_t>(p));
    case 'i': return Value::small_int(load<int32_t>(p));
    case 'I': return Value::small_int(load<uint32_t>(p));
    case 'l':
    case 'q': return int_from(vm, load<int64_t>(p));
    case 'L':
    case 'Q': return int_from_u64(vm, load<uint64_t>(p));
    case 'f': return float_from(vm, load<float>(p));
    case 'd': return float_from(vm, load<double>(p));
    default: {
      char32_t c = load<char32_t>(p);
      if (c <= 0x10FFFF) return str_from_char(vm, c);
      char digits[9];
      int n = 0;
      for (int shift = 28; shift >= 0; shift -= 4) digits[n++] = "0123456789abcdef"[c >> shift & 15];
      return vm.raise(E::ValueError, "character U+{} is not in range [U+0000; U+10ffff]", std::string_view(digits, 8));
    }
  }
}

Status pack_item(Vm& vm, const TypeCode& code, Value v, uint8_t (&out)[kMaxItem]) {
  switch (code.sort) {
    case TypeCode::kReal: {
      double d = TRY(to_double(vm, v));
      if (code.letter == 'd')
        store(out, d);
      else
        store(out, static_cast<float>(d));
      return {};
    }
    case TypeCode::kText:
      if (!is_str(v)) return vm.raise(E::TypeError, "array item must be a unicode character, not {}", type_name_of(v));
      if (as_str(v)->length != 1)
        return vm.raise(E::TypeError, "array item must be a unicode character, not a string of length {}",
                        as_str(v)->length);
      store(out, as_str(v)->at(0));
      return {};
    default: return pack_int(vm, code.letter, v, out);
  }
}

int compare_items(const TypeCode& code, const uint8_t* a, const uint8_t* b) {
  switch (code.letter) {
    case 'b': return order<int8_t>(a, b);
    case 'B': return order<uint8_t>(a, b);
    case 'h': return order<int16_t>(a, b);
    case 'H': return order<uint16_t>(a, b);
    case 'i': return order<int32_t>(a, b);
    case 'l':
    case 'q': return order<int64_t>(a, b);
    case 'L':
    case 'Q': return order<uint64_t>(a, b);
    case 'f': return order<float>(a, b);
    case 'd': return order<double>(a, b);
    default: return order<uint32_t>(a, b);
  }
}

MachineFormat machine_format(int number) {
  if (number < 2) return {number == 0 ? TypeCode::kUnsigned : TypeCode::kSigned, 1, false};
  bool big = number & 1;
  if (number < 14)  // pairs of unsigned and signed, of 2, 4 and 8 bytes
    return {(number - 2) / 2 % 2 == 0 ? TypeCode::kUnsigned : TypeCode::kSigned,
            static_cast<uint8_t>(2 << (number - 2) / 4), big};
  if (number < 18) return {TypeCode::kReal, static_cast<uint8_t>(number < 16 ? 4 : 8), big};
  return {TypeCode::kText, static_cast<uint8_t>(number < 20 ? 2 : 4), big};
}

int machine_format_of(const TypeCode& code) {
  for (int number = 0; number < kMachineFormats; ++number) {
    MachineFormat format = machine_format(number);
    if (format.sort == code.sort && format.size == code.size &&
        (format.size == 1 || format.big_endian == (std::endian::native == std::endian::big)))
      return number;
  }
  return -1;
}

void swap_bytes(uint8_t* p, size_t size) { std::reverse(p, p + size); }

}  // namespace krait::array
