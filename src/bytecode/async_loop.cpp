#include "bytecode/async_loop.hpp"

#include <span>

#include "bytecode/code.hpp"

namespace krait {

uint32_t async_step_of(const Code* code, const Handler& h) {
  std::span<const Instruction> words = code->code();
  // What it protects begins with GET_ANEXT, LOAD_CONST None, SEND to the step's end.
  if (h.target >= words.size() || op_of(words[h.target]) != Op::END_ASYNC_FOR || size_t{h.start} + 2 >= words.size() ||
      op_of(words[h.start]) != Op::GET_ANEXT || op_of(words[h.start + 2]) != Op::SEND)
    return h.target;
  int64_t step = static_cast<int64_t>(h.start) + 3 + signed_arg(words[h.start + 2]);
  return step >= 0 && step < static_cast<int64_t>(words.size()) ? static_cast<uint32_t>(step) : h.target;
}

uint32_t async_step_of(const Code* code, uint32_t end_async_for) {
  for (const Handler& h : code->handler_table())
    if (h.target == end_async_for)
      if (uint32_t step = async_step_of(code, h); step != end_async_for) return step;
  return end_async_for;
}

}  // namespace krait
