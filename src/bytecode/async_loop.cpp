#include "bytecode/async_loop.hpp"

#include <span>

#include "bytecode/code.hpp"

namespace krait {

uint32_t async_step_of(const Code* code, uint32_t end_async_for) {
  std::span<const Instruction> words = code->code();
  for (const Handler& h : code->handler_table()) {
    if (h.target != end_async_for) continue;
    // GET_ANEXT, LOAD_CONST None, SEND to the step's end.
    for (uint32_t i = h.start; i < h.end && i + 2 < words.size(); ++i) {
      if (op_of(words[i]) != Op::GET_ANEXT || op_of(words[i + 2]) != Op::SEND) continue;
      int64_t step = static_cast<int64_t>(i) + 3 + signed_arg(words[i + 2]);
      if (step >= 0 && step < static_cast<int64_t>(words.size())) return static_cast<uint32_t>(step);
    }
  }
  return end_async_for;
}

}  // namespace krait
