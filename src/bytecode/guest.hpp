// Operations that a second language brings to the machine.
//
// A language whose `+` is not Python's needs instructions of its own, and the instruction set is closed. CALL_INTRINSIC_1 and
// CALL_INTRINSIC_2 are its door: operands from kFirstGuestOperation on name rows of the tables that the language's room has put
// here. The verifier knows how many there are, the disassembler what they are called; without such a language there are none.
#pragma once

#include <span>

#include "objects/vm.hpp"

namespace krait {

constexpr uint32_t kFirstGuestOperation = 64;

struct GuestOperations : Extension {
  /// Operations take any value (code may come from anywhere) and give one, or an error.
  struct Unary {
    const char* name;
    Value (*run)(Vm& vm, Value v);
  };
  struct Binary {
    const char* name;
    Value (*run)(Vm& vm, Value a, Value b);
  };
  std::span<const Unary> unary;
  std::span<const Binary> binary;

  const Unary* find_unary(uint32_t operand) const { return find(unary, operand); }
  const Binary* find_binary(uint32_t operand) const { return find(binary, operand); }

 private:
  template <class Row>
  static const Row* find(std::span<const Row> rows, uint32_t operand) {
    if (operand < kFirstGuestOperation || operand - kFirstGuestOperation >= rows.size()) return nullptr;
    return &rows[operand - kFirstGuestOperation];
  }
};

inline GuestOperations& guest_operations(Vm& vm) { return vm.extension<GuestOperations>(); }

}  // namespace krait
