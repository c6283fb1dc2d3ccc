// ints to text and back. Conversions between binary and other bases cost more than linear time, so their length is limited
// (sys.set_int_max_str_digits); beyond a few hundred thousand digits they divide and conquer with polls in between.
#include <algorithm>
#include <bit>
#include <charconv>
#include <cmath>
#include <string>

#include "base/unicode.hpp"
#include "objects/bytes.hpp"
#include "objects/int_limbs.hpp"
#include "objects/operations.hpp"
#include "objects/str.hpp"

namespace krait {

namespace {

/// Pieces of this many digits are converted by one call of GMP.
constexpr uint64_t kLeafDigits = uint64_t{1} << 18;
constexpr int kMaxLevels = 32;
/// Shorter numbers are never refused, whatever the limit (CPython's threshold).
constexpr uint64_t kNeverRefused = 640;

bool is_power_of_two(int base) { return (base & (base - 1)) == 0; }

/// powers[k] = base ** (kLeafDigits << k), as many as are needed for pieces of `levels` doublings.
Status make_powers(Vm& vm, int base, int levels, Value* powers) {
  powers[0] = TRY(int_pow(vm, Value::small_int(base), Value::small_int(kLeafDigits), Value()));
  for (int k = 1; k < levels; ++k) powers[k] = TRY(int_mul(vm, powers[k - 1], powers[k - 1]));
  return {};
}

constexpr char kDigits[] = "0123456789abcdefghijklmnopqrstuvwxyz";

/// Writes the digits of a magnitude right-aligned into `room` characters at out, zeros before them.
Status leaf_to_digits(Vm& vm, const IntView& x, int base, uint8_t* out, uint64_t room) {
  if (x.size == 0) {
    std::fill_n(out, room, '0');
    return {};
  }
  // GMP destroys its input and may give one leading zero.
  Storage* copy = TRY(vm.allocate_storage((x.size + 1) * 8 + room + 16));
  uint64_t* limbs = copy->data<uint64_t>();
  auto* digits = reinterpret_cast<uint8_t*>(limbs + x.size + 1);
  std::copy_n(x.limbs, x.size, limbs);
  size_t n = mpn_get_str(digits, base, limbs, static_cast<mp_size_t>(x.size));
  size_t skip = 0;
  while (n - skip > room) ++skip;
  std::fill_n(out, room - (n - skip), '0');
  uint8_t* to = out + (room - (n - skip));
  for (size_t i = skip; i < n; ++i) *to++ = static_cast<uint8_t>(kDigits[digits[i]]);
  vm.heap.release_storage(copy);
  return {};
}

/// Exactly kLeafDigits << level digits of v, which has no more.
Status to_digits(Vm& vm, Value v, int base, const Value* powers, int level, uint8_t* out) {
  TRY(vm.poll());
  if (level == 0) return leaf_to_digits(vm, IntView(v), base, out, kLeafDigits);
  uint64_t half = kLeafDigits << (level - 1);
  Value high, low;
  TRY(int_div_mod(vm, v, powers[level - 1], &high, &low));
  TRY(to_digits(vm, high, base, powers, level - 1, out));
  return to_digits(vm, low, base, powers, level - 1, out + half);
}

Error too_many_digits_to_show(Vm& vm) {
  return vm.raise(E::ValueError,
                  "Exceeds the limit ({} digits) for integer string conversion; use sys.set_int_max_str_digits() to "
                  "increase the limit",
                  vm.int_max_str_digits);
}

/// From digit values (0..base-1).
Value from_values(Vm& vm, const uint8_t* values, uint64_t n, int base) {
  auto limbs = static_cast<uint64_t>(static_cast<double>(n) * std::log2(base) / 64) + 2;
  Int* out = TRY(int_allocate(vm, limbs));
  auto size = static_cast<uint64_t>(mpn_set_str(out->limbs, values, n, base));
  return int_finish(vm, out, size, false);
}

Value from_values_divided(Vm& vm, const uint8_t* values, uint64_t n, int base, const Value* powers) {
  TRY(vm.poll());
  if (n <= kLeafDigits) return from_values(vm, values, n, base);
  int level = 0;
  while (kLeafDigits << (level + 1) < n) ++level;
  uint64_t low_digits = kLeafDigits << level;
  Value high = TRY(from_values_divided(vm, values, n - low_digits, base, powers));
  high = TRY(int_mul(vm, high, powers[level]));
  Value low = TRY(from_values_divided(vm, values + (n - low_digits), low_digits, base, powers));
  return int_add(vm, high, low);
}

int digit_value_of(char c) {
  if (c >= '0' && c <= '9') return c - '0';
  char lower = static_cast<char>(c | 0x20);
  if (lower >= 'a' && lower <= 'z') return lower - 'a' + 10;
  return 99;
}

}  // namespace

Status int_check_digits(Vm& vm, uint64_t digits) {
  if (digits <= kNeverRefused || vm.int_max_str_digits == 0 || digits <= vm.int_max_str_digits) return {};
  return vm.raise(E::ValueError,
                  "Exceeds the limit ({} digits) for integer string conversion: value has {} digits; use "
                  "sys.set_int_max_str_digits() to increase the limit",
                  vm.int_max_str_digits, digits);
}

Value int_to_str(Vm& vm, Value v, int base) {
  if (auto i = int_immediate(v)) {
    char text[72];
    auto end = std::to_chars(text, text + sizeof(text), *i, base);
    return str_from_ascii(vm, {text, static_cast<size_t>(end.ptr - text)});
  }
  IntView x(v);
  uint64_t bits = limbs_bit_length(x.span());
  bool limited = !is_power_of_two(base) && vm.int_max_str_digits != 0;
  auto most = static_cast<uint64_t>(static_cast<double>(bits) / std::log2(base)) + 2;
  if (limited && most > kNeverRefused && most > vm.int_max_str_digits + 2) return too_many_digits_to_show(vm);
  Storage* digits;
  uint64_t room = most;
  if (is_power_of_two(base) || most <= kLeafDigits) {
    digits = TRY(vm.allocate_storage(room));
    TRY(leaf_to_digits(vm, x, base, digits->data<uint8_t>(), room));
  } else {
    int level = 0;
    while (kLeafDigits << level < most) ++level;
    if (level >= kMaxLevels) return vm.raise_memory_error();
    room = kLeafDigits << level;
    digits = TRY(vm.allocate_storage(room));
    Value powers[kMaxLevels];
    TRY(make_powers(vm, base, level, powers));
    Value magnitude = TRY(int_from_limbs(vm, x.span(), false));
    TRY(to_digits(vm, magnitude, base, powers, level, digits->data<uint8_t>()));
  }
  const uint8_t* first = digits->data<uint8_t>();
  uint64_t length = room;
  while (length > 1 && *first == '0') {
    ++first;
    --length;
  }
  if (limited && length > kNeverRefused && length > vm.int_max_str_digits) return too_many_digits_to_show(vm);
  uint64_t total = length + x.negative;
  if (total == 1) return str_from_char(vm, *first);
  Str* s = TRY(str_allocate(vm, total, 1, true));
  auto* to = str_mutable_data<uint8_t>(s);
  if (x.negative) *to++ = '-';
  std::copy_n(first, length, to);
  vm.heap.release_storage(digits);
  return s;
}

Value int_from_digits(Vm& vm, std::string_view digits, int base) {
  uint64_t value = 0;
  size_t i = 0;
  while (i < digits.size() && value <= (UINT64_MAX - 36) / 36)
    value = value * static_cast<unsigned>(base) + static_cast<unsigned>(digit_value_of(digits[i++]));
  if (i == digits.size()) return int_from_u64(vm, value);
  Storage* values = TRY(vm.allocate_storage(digits.size()));
  auto* to = values->data<uint8_t>();
  for (char c : digits) *to++ = static_cast<uint8_t>(digit_value_of(c));
  const uint8_t* first = values->data<uint8_t>();
  uint64_t n = digits.size();
  Value result;
  if (is_power_of_two(base) || n <= kLeafDigits) {
    result = TRY(from_values(vm, first, n, base));
  } else {
    int levels = 1;
    while (kLeafDigits << levels < n) ++levels;
    if (levels >= kMaxLevels) return vm.raise_memory_error();
    Value powers[kMaxLevels];
    TRY(make_powers(vm, base, levels, powers));
    result = TRY(from_values_divided(vm, first, n, base, powers));
  }
  vm.heap.release_storage(values);
  return result;
}

// --- int(text, base)

namespace {

Error invalid_literal(Vm& vm, Value v, int base) {
  if (is_bytearray(v)) {
    ByteArray* b = v.as<ByteArray>();
    v = TRY(bytes_from(vm, std::span<const uint8_t>(b->data(), b->length)));
  }
  Value shown = TRY(repr(vm, v));
  if (as_str(shown)->length > 200) shown = TRY(str_substring(vm, as_str(shown), 0, 200));
  return vm.raise(E::ValueError, "invalid literal for int() with base {}: {}", base, shown);
}

bool is_ascii_space(char c) { return c == ' ' || (c >= '\t' && c <= '\r'); }

/// An int literal without its underscores: what remains are digits valid in `base`.
struct Literal {
  std::string digits;
  int base;
  bool negative;
};

/// False: the text breaks the rules.
bool read_literal(std::string_view text, int base, Literal& out) {
  while (!text.empty() && is_ascii_space(text.front())) text.remove_prefix(1);
  while (!text.empty() && is_ascii_space(text.back())) text.remove_suffix(1);
  out.negative = false;
  if (!text.empty() && (text[0] == '+' || text[0] == '-')) {
    out.negative = text[0] == '-';
    text.remove_prefix(1);
  }
  int prefix_base = 0;
  if (text.size() >= 2 && text[0] == '0') {
    switch (text[1] | 0x20) {
      case 'x': prefix_base = 16; break;
      case 'o': prefix_base = 8; break;
      case 'b': prefix_base = 2; break;
      default: break;
    }
  }
  bool only_zeros = false;
  if (base == 0) {
    base = prefix_base != 0 ? prefix_base : 10;
    only_zeros =
        prefix_base == 0 && !text.empty() && text[0] == '0';  // as in source code, 012 is wrong and 00 is right
  } else if (prefix_base != base) {
    prefix_base = 0;
  }
  if (prefix_base != 0) {
    text.remove_prefix(2);
    if (!text.empty() && text[0] == '_') text.remove_prefix(1);
  }
  out.base = base;
  out.digits.reserve(text.size());
  bool after_digit = false;
  for (char c : text) {
    if (c == '_') {
      if (!after_digit) return false;
      after_digit = false;
      continue;
    }
    if (digit_value_of(c) >= base || (only_zeros && c != '0')) return false;
    out.digits.push_back(c);
    after_digit = true;
  }
  return after_digit;
}

}  // namespace

Value int_from_text(Vm& vm, Value v, int base) {
  if (base != 0 && (base < 2 || base > 36)) return vm.raise(E::ValueError, "int() base must be >= 2 and <= 36, or 0");
  std::string converted;
  std::string_view text;
  ScratchCharge charge(vm);
  if (is_str(v)) {
    Str* s = as_str(v);
    TRY(charge.take(s->length * 3));
    if (s->is_ascii()) {
      text = s->ascii();
    } else {
      // Digits of any script count; other characters beyond ASCII are spaces or wrong.
      converted.resize(s->length);
      for (uint64_t i = 0; i < s->length; ++i) {
        char32_t c = s->at(i);
        int digit = c < 128 ? -1 : unicode::decimal_value(c);
        converted[i] = c < 128                ? static_cast<char>(c)
                       : digit >= 0           ? static_cast<char>('0' + digit)
                       : unicode::is_space(c) ? ' '
                                              : '?';
      }
      text = converted;
    }
    // In a str, the separators 0x1C to 0x1F are spaces as well.
    auto separator = [](char c) { return c >= 0x1C && c <= 0x1F; };
    if (!text.empty() && (separator(text.front()) || separator(text.back()))) {
      converted = std::string(text);
      for (char& c : converted) {
        if (separator(c)) c = ' ';
      }
      text = converted;
    }
  } else if (is_bytes(v)) {
    text = v.as<Bytes>()->view();
  } else {
    ByteArray* b = v.as<ByteArray>();
    text = {reinterpret_cast<const char*>(b->data()), b->length};
  }
  Literal literal;
  if (!read_literal(text, base, literal)) return invalid_literal(vm, v, base);
  if (!is_power_of_two(literal.base)) TRY(int_check_digits(vm, literal.digits.size()));
  Value result = TRY(int_from_digits(vm, literal.digits, literal.base));
  return literal.negative ? int_neg(vm, result) : result;
}

}  // namespace krait
