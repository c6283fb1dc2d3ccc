// The items of array.array: how each type code lies in memory, and the machine formats that pickles name.
#pragma once

#include <cstdint>
#include <cstring>
#include <string_view>

#include "objects/vm.hpp"

namespace krait::array {

/// A type code. In the order of array.typecodes.
struct TypeCode {
  enum Sort : uint8_t { kSigned, kUnsigned, kReal, kText };
  char letter;
  uint8_t size;  ///< bytes of an item
  Sort sort;
  const char* format;  ///< in the buffer protocol
};
constexpr TypeCode kTypeCodes[] = {
    {'b', 1, TypeCode::kSigned, "b"},   {'B', 1, TypeCode::kUnsigned, "B"}, {'u', 4, TypeCode::kText, "w"},
    {'w', 4, TypeCode::kText, "w"},     {'h', 2, TypeCode::kSigned, "h"},   {'H', 2, TypeCode::kUnsigned, "H"},
    {'i', 4, TypeCode::kSigned, "i"},   {'I', 4, TypeCode::kUnsigned, "I"}, {'l', 8, TypeCode::kSigned, "l"},
    {'L', 8, TypeCode::kUnsigned, "L"}, {'q', 8, TypeCode::kSigned, "q"},   {'Q', 8, TypeCode::kUnsigned, "Q"},
    {'f', 4, TypeCode::kReal, "f"},     {'d', 8, TypeCode::kReal, "d"}};
constexpr size_t kMaxItem = 8;

/// Null: there is no such type code.
const TypeCode* find_type_code(char32_t letter);

/// The item at p as a Python object. (ValueError for what is no character.)
Value load_item(Vm& vm, const TypeCode& code, const uint8_t* p);
/// Packs v into `out` as the item lies in memory. May run Python (__index__, __float__).
Status pack_item(Vm& vm, const TypeCode& code, Value v, uint8_t (&out)[kMaxItem]);

/// -1, 0, 1 for ints and characters of one type code; 2 where a NaN is compared.
int compare_items(const TypeCode& code, const uint8_t* a, const uint8_t* b);

/// A machine format: how items lie in the memory of the machine that pickled them.
struct MachineFormat {
  TypeCode::Sort sort;
  uint8_t size;
  bool big_endian;
};
constexpr int kMachineFormats = 22;
MachineFormat machine_format(int number);  ///< 0 <= number < kMachineFormats
int machine_format_of(const TypeCode& code);

void swap_bytes(uint8_t* p, size_t size);

}  // namespace krait::array
