// The control-flow graph of one code object between the code generator's IR and the final instructions.
#pragma once

#include <cstdint>
#include <vector>

#include "compiler/ir.hpp"

namespace krait {

struct FlowInstruction {
  Op op;
  int32_t arg = 0;
  int32_t target = -1;   ///< block
  int32_t handler = -1;  ///< block that an exception raised here goes to
  Location loc{};
  int32_t origin = -1;  ///< of lifted code: see lift/origins.hpp
};

struct FlowBlock {
  std::vector<FlowInstruction> code;
  int32_t next = -1;  ///< the block that control falls into; -1: it does not fall out
  bool reachable = false;
  bool is_handler = false;
  bool push_lasti = false;     ///< handler: wants the instruction number
  bool cold = false;           ///< reached only through exceptions
  int32_t handler_depth = -1;  ///< handler: the stack below what it is given
  int32_t depth = -1;          ///< of the stack on entry
  uint32_t predecessors = 0;
};

class FlowGraph {
 public:
  explicit FlowGraph(const ConstantPool& constants) : constants_(constants) {}

  void build(const IrCode& ir);
  /// Takes a graph that was made elsewhere, with handlers assigned: blocks in order, the entry first.
  void adopt(std::vector<FlowBlock> blocks);
  /// Says for each instruction which handler guards it, and drops the pseudo instructions.
  void assign_handlers();
  void optimize();
  /// Lines for instructions that have none.
  void resolve_lines(int first_line);
  /// LOAD_FAST_CHECK where a local may be unset. `set_at_entry`: slots below are parameters.
  void check_locals(uint32_t local_count, uint32_t set_at_entry);
  /// Handlers to the end, conditional jumps forward. Gives the blocks in their final order. keep_all: NOPs and jumps to the next
  /// instruction stay.
  void lay_out(bool keep_all = false);
  /// The deepest stack, or -1 if depths contradict each other.
  int32_t compute_depths();

  std::vector<FlowBlock>& blocks() { return blocks_; }
  const std::vector<int32_t>& order() const { return order_; }

 private:
  FlowBlock& block(int32_t i) { return blocks_[static_cast<size_t>(i)]; }
  void mark_reachable();
  void remove_unreachable();
  void count_predecessors();
  int32_t skip_empty(int32_t i);
  void optimize_block(int32_t i);
  void fold_jumps(int32_t i);
  bool thread_jumps(int32_t i);
  void inline_small_exits();
  void duplicate_exits();
  void propagate_lines();
  void remove_nops(int32_t i, bool keep_lines);
  void remove_redundant_jumps();
  void mark_cold();

  const ConstantPool& constants_;
  std::vector<FlowBlock> blocks_;
  std::vector<int32_t> order_;
};

bool is_conditional_jump(Op op);
bool is_scope_exit(Op op);
inline bool is_unconditional_jump(Op op) { return op == Op::JUMP || op == Op::JUMP_BACKWARD; }

}  // namespace krait
