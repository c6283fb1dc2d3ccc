// Value: one 64-bit word that holds any Python value.
//
// Floats are tagged by rotating their own bits (Float Self-Tagging, arXiv 2411.16544): v = rotl(bits + 2^60, 4). What
// then stands in the low three bits says what the word is:
//
//   000        pointer to a Cell (the whole zero word: unset, or "an exception is pending")
//   001 100 101  float: |x| about 2e-77..1e77, zeros and subnormals; any other float is boxed in a cell
//   010 110    small int, 62 bits: value << 2 | 2
//   011 111    immediates: None, True, False, Ellipsis, NotImplemented, and two that Python never sees
#pragma once

#include <bit>
#include <cstdint>

#include "base/result.hpp"

namespace krait {

struct Cell;

class [[nodiscard]] Value {
 public:
  static constexpr int64_t kMaxInt = (int64_t{1} << 61) - 1;
  static constexpr int64_t kMinInt = -(int64_t{1} << 61);

  constexpr Value() : bits_(0) {}
  constexpr Value(Error) : bits_(0) {}                                  // NOLINT(google-explicit-constructor)
  Value(const Cell* cell) : bits_(reinterpret_cast<uint64_t>(cell)) {}  // NOLINT(google-explicit-constructor)
  template <class T>
  Value(Result<T*> cell) : bits_(reinterpret_cast<uint64_t>(cell.unchecked())) {}  // NOLINT
  static constexpr Value from_bits(uint64_t bits) {
    Value v;
    v.bits_ = bits;
    return v;
  }
  constexpr uint64_t bits() const { return bits_; }

  // Immediates.
  static constexpr Value none() { return from_bits(1 << 3 | 3); }
  static constexpr Value boolean(bool b) { return from_bits(b ? (3 << 3 | 3) : (2 << 3 | 3)); }
  static constexpr Value false_() { return boolean(false); }
  static constexpr Value true_() { return boolean(true); }
  static constexpr Value ellipsis() { return from_bits(4 << 3 | 3); }
  static constexpr Value not_implemented() { return from_bits(5 << 3 | 3); }
  /// What a native `__next__` gives at its end; no StopIteration is made. Never visible to Python.
  static constexpr Value exhausted() { return from_bits(6 << 3 | 3); }
  /// A deleted entry of a table. Never visible to Python.
  static constexpr Value deleted() { return from_bits(7 << 3 | 3); }

  constexpr bool is_unset() const { return bits_ == 0; }
  constexpr bool is_error() const { return bits_ == 0; }
  constexpr Value release() const { return *this; }
  explicit constexpr operator bool() const = delete;  // unset? falsy? say which is meant

  constexpr bool is(Value other) const { return bits_ == other.bits_; }
  friend constexpr bool operator==(Value a, Value b) { return a.bits_ == b.bits_; }  // identity

  constexpr bool is_none() const { return *this == none(); }
  constexpr bool is_true() const { return *this == true_(); }
  constexpr bool is_false() const { return *this == false_(); }
  constexpr bool is_bool() const { return (bits_ & ~uint64_t{8}) == (2 << 3 | 3); }
  constexpr bool is_not_implemented() const { return *this == not_implemented(); }
  constexpr bool is_exhausted() const { return *this == exhausted(); }
  constexpr bool is_immediate() const { return (bits_ & 3) == 3; }
  /// A pointer to a cell (not the zero word).
  constexpr bool is_cell() const { return (bits_ & 7) == 0 && bits_ != 0; }
  /// As is_cell(), where the word is known not to be unset.
  constexpr bool has_cell_tag() const { return (bits_ & 7) == 0; }
  constexpr bool is_small_int() const { return (bits_ & 3) == 2; }
  constexpr bool is_small_float() const { return has_float_tag(bits_); }

  Cell* cell() const { return reinterpret_cast<Cell*>(bits_); }
  /// The cell as a T, unchecked: the caller has looked at its kind.
  template <class T>
  T* as() const {
    return reinterpret_cast<T*>(bits_);
  }

  /// i must lie in kMinInt..kMaxInt; see int_value() in objects/int.hpp for any int64.
  static constexpr Value small_int(int64_t i) { return from_bits(static_cast<uint64_t>(i) << 2 | 2); }
  static constexpr bool fits_small_int(int64_t i) { return i >= kMinInt && i <= kMaxInt; }
  constexpr int64_t as_small_int() const { return static_cast<int64_t>(bits_) >> 2; }
  static constexpr bool both_small_ints(Value a, Value b) { return (((a.bits_ ^ 2) | (b.bits_ ^ 2)) & 3) == 0; }

  // Arithmetic of two small ints on the words themselves; false: the result is not small. (A word overflows when its 62 bits do.)
  static constexpr bool add_small_ints(Value a, Value b, Value* sum) {
    int64_t word;
    bool overflow = __builtin_add_overflow(static_cast<int64_t>(a.bits_ - 2), static_cast<int64_t>(b.bits_), &word);
    *sum = from_bits(static_cast<uint64_t>(word));
    return !overflow;
  }
  static constexpr bool sub_small_ints(Value a, Value b, Value* difference) {
    int64_t word;
    bool overflow = __builtin_sub_overflow(static_cast<int64_t>(a.bits_), static_cast<int64_t>(b.bits_), &word);
    *difference = from_bits(static_cast<uint64_t>(word) | 2);
    return !overflow;
  }
  static constexpr bool mul_small_ints(Value a, Value b, Value* product) {
    int64_t word;
    bool overflow = __builtin_mul_overflow(static_cast<int64_t>(a.bits_ - 2), b.as_small_int(), &word);
    *product = from_bits(static_cast<uint64_t>(word) | 2);
    return !overflow;
  }

  static constexpr uint64_t encode_float(double d) {
    return std::rotl(std::bit_cast<uint64_t>(d) + (uint64_t{1} << 60), 4);
  }
  static constexpr bool fits_small_float(double d) { return has_float_tag(encode_float(d)); }
  static constexpr Value small_float(double d) { return from_bits(encode_float(d)); }
  constexpr double as_small_float() const { return std::bit_cast<double>(std::rotr(bits_, 4) - (uint64_t{1} << 60)); }

 private:
  /// Is the tag one of a float's? (The set of tags four times over, so that processors' 32-bit bit test does it at once.)
  static constexpr bool has_float_tag(uint64_t bits) { return (0x32323232u >> (bits & 31)) & 1; }

  uint64_t bits_;
};

static_assert(sizeof(Value) == 8);
static_assert(Value::fits_small_float(0.0) && Value::fits_small_float(-0.0) && Value::fits_small_float(1.0) &&
              Value::fits_small_float(-1e77) && Value::fits_small_float(5e-324) && !Value::fits_small_float(1e300));

}  // namespace krait
