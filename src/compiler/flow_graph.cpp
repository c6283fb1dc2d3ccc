#include "compiler/flow_graph.hpp"

#include <algorithm>
#include <memory>
#include <utility>

#include "objects/operations.hpp"

namespace krait {
namespace {

/// A chain of protected ranges, innermost first.
struct Guard {
  int32_t handler;
  const Guard* outer;
};

bool is_pop_jump(Op op) {
  return op == Op::POP_JUMP_IF_FALSE || op == Op::POP_JUMP_IF_TRUE || op == Op::POP_JUMP_IF_NONE ||
         op == Op::POP_JUMP_IF_NOT_NONE;
}

Op inverted(Op op) {
  switch (op) {
    case Op::POP_JUMP_IF_FALSE: return Op::POP_JUMP_IF_TRUE;
    case Op::POP_JUMP_IF_TRUE: return Op::POP_JUMP_IF_FALSE;
    case Op::POP_JUMP_IF_NONE: return Op::POP_JUMP_IF_NOT_NONE;
    default: return Op::POP_JUMP_IF_NONE;
  }
}

// Truth of a constant, which runs nothing; -1: not known.
int constant_truth(Value v) {
  if (v.is_none() || v.is_false()) return 0;
  if (v.is_true() || v.is(Value::ellipsis())) return 1;
  if (v.is_small_int()) return v.as_small_int() != 0;
  if (v.is_small_float()) return v.as_small_float() != 0;
  switch (static_cast<Kind>(v.cell()->kind)) {
    case Kind::Int:
    case Kind::Code: return 1;
    default: return -1;
  }
}

}  // namespace

bool is_conditional_jump(Op op) {
  return is_pop_jump(op) || op == Op::JUMP_IF_FALSE_OR_POP || op == Op::JUMP_IF_TRUE_OR_POP || op == Op::FOR_ITER ||
         op == Op::SEND;
}

bool is_scope_exit(Op op) { return op == Op::RETURN_VALUE || op == Op::RAISE_VARARGS || op == Op::RERAISE; }

// --- Building

void FlowGraph::build(const IrCode& ir) {
  size_t n = ir.code.size();
  std::vector<bool> starts(n + 1, false);
  starts[0] = true;
  for (size_t i = 0; i < n; ++i) {
    const IrInstruction& ins = ir.code[i];
    if (ins.label.valid()) starts[ir.labels[ins.label.id]] = true;
    if (is_conditional_jump(ins.op) || is_unconditional_jump(ins.op) || is_scope_exit(ins.op)) starts[i + 1] = true;
  }
  std::vector<int32_t> block_at(n + 1, -1);
  int32_t count = 0;
  for (size_t i = 0; i <= n; ++i)
    if (starts[i]) block_at[i] = count++;
  if (!starts[n]) block_at[n] = count++;
  blocks_.resize(static_cast<size_t>(count));
  int32_t current = -1;
  for (size_t i = 0; i < n; ++i) {
    if (starts[i]) {
      if (current >= 0 && (block(current).code.empty() || (!is_unconditional_jump(block(current).code.back().op) &&
                                                           !is_scope_exit(block(current).code.back().op))))
        block(current).next = block_at[i];
      current = block_at[i];
    }
    const IrInstruction& ins = ir.code[i];
    FlowInstruction f{ins.op, ins.arg, -1, -1, ins.loc};
    if (ins.op == kAnnotationsPlace) continue;
    if (ins.label.valid()) f.target = block_at[ir.labels[ins.label.id]];
    block(current).code.push_back(f);
  }
  for (int32_t i = 0; i < count; ++i) order_.push_back(i);
}

void FlowGraph::adopt(std::vector<FlowBlock> blocks) {
  blocks_ = std::move(blocks);
  order_.clear();
  for (size_t i = 0; i < blocks_.size(); ++i) order_.push_back(static_cast<int32_t>(i));
  remove_unreachable();
}

void FlowGraph::assign_handlers() {
  // Each handler's range begins with the stack of ranges that were open where it was set up.
  std::vector<const Guard*> entry(blocks_.size(), nullptr);
  std::vector<bool> seen(blocks_.size(), false);
  std::vector<std::unique_ptr<Guard>> guards;
  std::vector<int32_t> work{0};
  seen[0] = true;
  auto reach = [&](int32_t b, const Guard* guard) {
    if (b < 0 || seen[static_cast<size_t>(b)]) return;
    seen[static_cast<size_t>(b)] = true;
    entry[static_cast<size_t>(b)] = guard;
    work.push_back(b);
  };
  while (!work.empty()) {
    int32_t b = work.back();
    work.pop_back();
    const Guard* guard = entry[static_cast<size_t>(b)];
    for (FlowInstruction& ins : block(b).code) {
      if (is_block_setup(ins.op)) {
        FlowBlock& handler = block(ins.target);
        handler.is_handler = true;
        handler.push_lasti = ins.op != kSetupFinally;
        reach(ins.target, guard);
        guards.push_back(std::make_unique<Guard>(Guard{ins.target, guard}));
        ins.handler = guard ? guard->handler : -1;
        guard = guards.back().get();
        continue;
      }
      if (ins.op == kPopBlock) {
        if (guard != nullptr) guard = guard->outer;
        ins.handler = guard ? guard->handler : -1;
        continue;
      }
      ins.handler = guard ? guard->handler : -1;
      if (ins.target >= 0) reach(ins.target, guard);
    }
    reach(block(b).next, guard);
  }
  compute_depths();
  for (FlowBlock& b : blocks_) {
    for (FlowInstruction& ins : b.code) {
      if (!is_block_setup(ins.op) && ins.op != kPopBlock) continue;
      ins.op = Op::NOP;
      ins.target = -1;
    }
  }
}

// --- Reachability

void FlowGraph::mark_reachable() {
  for (FlowBlock& b : blocks_) b.reachable = false;
  std::vector<int32_t> work{0};
  blocks_[0].reachable = true;
  auto reach = [&](int32_t b) {
    if (b < 0 || block(b).reachable) return;
    block(b).reachable = true;
    work.push_back(b);
  };
  while (!work.empty()) {
    int32_t b = work.back();
    work.pop_back();
    for (const FlowInstruction& ins : block(b).code) {
      reach(ins.target);
      if (ins.op != Op::NOP) reach(ins.handler);
    }
    reach(block(b).next);
  }
}

void FlowGraph::remove_unreachable() {
  mark_reachable();
  std::erase_if(order_, [&](int32_t b) { return !block(b).reachable; });
  for (FlowBlock& b : blocks_) {
    if (!b.reachable) {
      b.code.clear();
      b.next = -1;
      continue;
    }
    // A NOP may name a handler that nothing else needs.
    for (FlowInstruction& ins : b.code)
      if (ins.handler >= 0 && !block(ins.handler).reachable) ins.handler = -1;
  }
}

void FlowGraph::count_predecessors() {
  for (FlowBlock& b : blocks_) b.predecessors = 0;
  blocks_[0].predecessors = 1;
  for (int32_t i : order_) {
    FlowBlock& b = block(i);
    if (b.next >= 0) ++block(b.next).predecessors;
    for (const FlowInstruction& ins : b.code)
      if (ins.target >= 0) ++block(ins.target).predecessors;
  }
}

/// The first block at or after i that has instructions.
int32_t FlowGraph::skip_empty(int32_t i) {
  int32_t from = i;
  for (size_t steps = 0; i >= 0 && block(i).code.empty() && block(i).next >= 0 && steps < blocks_.size(); ++steps)
    i = block(i).next;
  // The blocks on the way lead there at once from now on, or long runs would be walked again and again.
  while (from >= 0 && from != i && block(from).code.empty() && block(from).next >= 0 && block(from).next != i)
    from = std::exchange(block(from).next, i);
  return i;
}

// --- Optimisation

// Peephole over one block. What is dropped becomes a NOP, so that its line is not lost.
void FlowGraph::optimize_block(int32_t i) {
  std::vector<FlowInstruction>& code = block(i).code;
  auto nop = [](FlowInstruction& ins) {
    ins.op = Op::NOP;
    ins.arg = 0;
    ins.target = -1;
  };
  for (size_t k = 0; k < code.size(); ++k) {
    FlowInstruction& ins = code[k];
    FlowInstruction* next = k + 1 < code.size() ? &code[k + 1] : nullptr;
    FlowInstruction* after = k + 2 < code.size() ? &code[k + 2] : nullptr;
    switch (ins.op) {
      case Op::LOAD_CONST: {
        if (next == nullptr) break;
        Value v = constants_[static_cast<uint32_t>(ins.arg)];
        if (next->op == Op::IS_OP && v.is_none() && after != nullptr &&
            (after->op == Op::POP_JUMP_IF_FALSE || after->op == Op::POP_JUMP_IF_TRUE)) {
          bool jump_if_none = (next->arg == 0) == (after->op == Op::POP_JUMP_IF_TRUE);
          nop(ins);
          nop(*next);
          after->op = jump_if_none ? Op::POP_JUMP_IF_NONE : Op::POP_JUMP_IF_NOT_NONE;
          break;
        }
        if (next->op == Op::POP_TOP) {
          nop(ins);
          nop(*next);
          break;
        }
        int truth = constant_truth(v);
        bool if_true = next->op == Op::POP_JUMP_IF_TRUE || next->op == Op::JUMP_IF_TRUE_OR_POP;
        bool if_false = next->op == Op::POP_JUMP_IF_FALSE || next->op == Op::JUMP_IF_FALSE_OR_POP;
        if (truth < 0 || (!if_true && !if_false)) break;
        bool taken = (truth == 1) == if_true;
        bool keeps = next->op == Op::JUMP_IF_TRUE_OR_POP || next->op == Op::JUMP_IF_FALSE_OR_POP;
        if (!keeps || !taken) nop(ins);
        if (taken) {
          next->op = Op::JUMP;
          block(i).next = -1;
        } else {
          nop(*next);
        }
        break;
      }
      case Op::COPY:
        if (ins.arg == 1 && next != nullptr && next->op == Op::POP_TOP) {
          nop(ins);
          nop(*next);
        }
        break;
      case Op::UNARY_NOT:
        if (next == nullptr) break;
        if (next->op == Op::POP_JUMP_IF_FALSE || next->op == Op::POP_JUMP_IF_TRUE) {
          next->op = inverted(next->op);
          nop(ins);
        }
        break;
      case Op::IS_OP:
      case Op::CONTAINS_OP:
        if (next != nullptr && next->op == Op::UNARY_NOT) {
          FlowInstruction merged = ins;
          merged.arg ^= 1;
          merged.loc = next->loc;
          nop(ins);
          *next = merged;
        }
        break;
      case Op::BUILD_TUPLE:
        if (next == nullptr || next->op != Op::UNPACK_SEQUENCE || next->arg != ins.arg) break;
        if (ins.arg == 1) {
          nop(ins);
          nop(*next);
        } else if (ins.arg == 2 || ins.arg == 3) {
          nop(ins);
          next->op = Op::SWAP;
        }
        break;
      default: break;
    }
  }
  // SWAP 2 before two stores into different locals: store in the other order.
  for (size_t k = 0; k < code.size(); ++k) {
    if (code[k].op != Op::SWAP || (code[k].arg != 2 && code[k].arg != 3)) continue;
    size_t stores[3];
    size_t wanted = static_cast<size_t>(code[k].arg), found = 0;
    for (size_t m = k + 1; m < code.size() && found < wanted; ++m) {
      if (code[m].op == Op::NOP) continue;
      if (code[m].op != Op::STORE_FAST && code[m].op != Op::POP_TOP) break;
      if (found > 0 && code[m].loc.line != code[stores[0]].loc.line) break;
      stores[found++] = m;
    }
    if (found < wanted) continue;
    FlowInstruction &first = code[stores[0]], &last = code[stores[wanted - 1]];
    bool distinct = true;
    for (size_t a = 0; a < wanted; ++a)
      for (size_t b = a + 1; b < wanted; ++b)
        if (code[stores[a]].op == Op::STORE_FAST && code[stores[b]].op == Op::STORE_FAST &&
            code[stores[a]].arg == code[stores[b]].arg)
          distinct = false;
    if (!distinct) continue;
    std::swap(first, last);
    nop(code[k]);
  }
}

// The jump at the block's end, if it leads to another jump, goes there at once. True if it changed.
bool FlowGraph::thread_jumps(int32_t i) {
  FlowBlock& b = block(i);
  if (b.code.empty()) return false;
  FlowInstruction& jump = b.code.back();
  if (jump.target < 0) return false;
  int32_t to = skip_empty(jump.target);
  if (to != jump.target) {
    jump.target = to;
    return true;
  }
  const FlowBlock& t = block(to);
  size_t k = 0;
  while (k < t.code.size() && t.code[k].op == Op::NOP && !has_line(t.code[k].loc)) ++k;
  if (k >= t.code.size() || to == i) return false;
  const FlowInstruction& next = t.code[k];
  if (next.target < 0 || next.target == jump.target) return false;
  bool same_line = !has_line(next.loc) || next.loc.line == jump.loc.line;
  if (!same_line) return false;
  // Not into or out of a protected range, and not for loops' own jumps.
  if (jump.op == Op::FOR_ITER || jump.op == Op::SEND) return false;
  if (is_unconditional_jump(next.op) && (is_unconditional_jump(jump.op) || is_pop_jump(jump.op) ||
                                         jump.op == Op::JUMP_IF_FALSE_OR_POP || jump.op == Op::JUMP_IF_TRUE_OR_POP)) {
    jump.target = next.target;
    return true;
  }
  if (k != 0 || t.code.size() != 1) return false;
  // `a and b or c`: a jump that keeps the value, to one that tests the same value.
  bool keeps_false = jump.op == Op::JUMP_IF_FALSE_OR_POP, keeps_true = jump.op == Op::JUMP_IF_TRUE_OR_POP;
  if (!keeps_false && !keeps_true) return false;
  if (next.op == jump.op) {
    jump.target = next.target;
    return true;
  }
  if (next.op == (keeps_false ? Op::POP_JUMP_IF_FALSE : Op::POP_JUMP_IF_TRUE)) {
    jump.op = next.op;
    jump.target = next.target;
    return true;
  }
  if (next.op == (keeps_false ? Op::POP_JUMP_IF_TRUE : Op::POP_JUMP_IF_FALSE) && t.next >= 0) {
    jump.op = keeps_false ? Op::POP_JUMP_IF_FALSE : Op::POP_JUMP_IF_TRUE;
    jump.target = t.next;
    return true;
  }
  if (next.op == (keeps_false ? Op::JUMP_IF_TRUE_OR_POP : Op::JUMP_IF_FALSE_OR_POP) && t.next >= 0) {
    jump.op = keeps_false ? Op::POP_JUMP_IF_FALSE : Op::POP_JUMP_IF_TRUE;
    jump.target = t.next;
    return true;
  }
  return false;
}

// A jump to a few instructions that leave the frame becomes a copy of them.
void FlowGraph::inline_small_exits() {
  for (int32_t i : order_) {
    FlowBlock& b = block(i);
    if (b.code.empty() || !is_unconditional_jump(b.code.back().op)) continue;
    int32_t to = skip_empty(b.code.back().target);
    if (to == i) continue;
    const FlowBlock& t = block(to);
    if (t.code.empty() || t.code.size() > 4 || !is_scope_exit(t.code.back().op)) continue;
    FlowInstruction& jump = b.code.back();
    jump.op = Op::NOP;
    jump.target = -1;
    b.next = -1;
    for (const FlowInstruction& ins : t.code) b.code.push_back(ins);
  }
}

// Exits without a line of their own get one copy for each way that leads there, so that each can have the
// line it comes from.
void FlowGraph::duplicate_exits() {
  count_predecessors();
  size_t count = order_.size();
  for (size_t o = 0; o < count; ++o) {
    int32_t i = order_[o];
    if (block(i).code.empty()) continue;
    FlowInstruction jump = block(i).code.back();
    if (jump.target < 0) continue;
    int32_t to = skip_empty(jump.target);
    FlowBlock& t = block(to);
    if (t.code.empty() || !is_scope_exit(t.code.back().op) || t.predecessors < 2 || t.is_handler) continue;
    bool no_line = true;
    for (const FlowInstruction& ins : t.code) no_line &= !has_line(ins.loc);
    if (!no_line) continue;
    --t.predecessors;
    FlowBlock copy = t;
    copy.predecessors = 1;
    blocks_.push_back(std::move(copy));
    int32_t number = static_cast<int32_t>(blocks_.size() - 1);
    order_.push_back(number);
    block(i).code.back().target = number;
    block(number).code[0].loc = jump.loc;
  }
}

void FlowGraph::propagate_lines() {
  count_predecessors();
  for (int32_t i : order_) {
    FlowBlock& b = block(i);
    if (b.code.empty()) continue;
    for (size_t k = 1; k < b.code.size(); ++k)
      if (!has_line(b.code[k].loc)) b.code[k].loc = b.code[k - 1].loc;
    const Location& last = b.code.back().loc;
    auto give = [&](int32_t to) {
      if (to < 0) return;
      to = skip_empty(to);
      FlowBlock& t = block(to);
      if (t.predecessors == 1 && !t.code.empty() && !has_line(t.code[0].loc)) t.code[0].loc = last;
    };
    give(b.next);
    if (b.code.back().target >= 0) give(b.code.back().target);
  }
}

void FlowGraph::resolve_lines(int first_line) {
  duplicate_exits();
  propagate_lines();
  for (int32_t i : order_) {
    FlowBlock& b = block(i);
    if (!b.code.empty() && b.code.back().op == Op::RETURN_VALUE && !has_line(b.code.back().loc))
      b.code.back().loc = {first_line, first_line, -1, -1};
  }
}

// NOPs are kept only where they are the sole instruction of their line.
void FlowGraph::remove_nops(int32_t i, bool keep_lines) {
  FlowBlock& b = block(i);
  size_t out = 0;
  int last_line = -1;
  for (size_t k = 0; k < b.code.size(); ++k) {
    FlowInstruction ins = b.code[k];
    if (ins.op == Op::NOP) {
      if (!keep_lines || !has_line(ins.loc) || ins.loc.line == last_line) continue;
      if (k + 1 < b.code.size()) {
        FlowInstruction& next = b.code[k + 1];
        if (!has_line(next.loc)) {
          next.loc = ins.loc;
          continue;
        }
        if (next.loc.line == ins.loc.line) continue;
      } else if (b.next >= 0) {
        int32_t n = skip_empty(b.next);
        const FlowBlock& after = block(n);
        size_t m = 0;
        while (m < after.code.size() && after.code[m].op == Op::NOP && !has_line(after.code[m].loc)) ++m;
        if (m < after.code.size() && after.code[m].loc.line == ins.loc.line) continue;
      }
    }
    last_line = ins.loc.line;
    b.code[out++] = ins;
  }
  b.code.resize(out);
}

void FlowGraph::remove_redundant_jumps() {
  for (size_t o = 0; o < order_.size(); ++o) {
    FlowBlock& b = block(order_[o]);
    if (b.code.empty() || !is_unconditional_jump(b.code.back().op)) continue;
    // The next block in order that is not empty.
    int32_t target = skip_empty(b.code.back().target);
    size_t n = o + 1;
    while (n < order_.size() && block(order_[n]).code.empty() && order_[n] != target) ++n;
    if (n >= order_.size() || order_[n] != target) continue;
    b.code.back().op = Op::NOP;
    b.code.back().target = -1;
    b.next = target;
  }
}

void FlowGraph::optimize() {
  remove_unreachable();
  inline_small_exits();
  remove_unreachable();
  for (int32_t i : order_) optimize_block(i);
  for (int32_t i : order_) remove_nops(i, true);
  for (int32_t i : order_)
    for (int steps = 0; steps < 100 && thread_jumps(i); ++steps) {}
  inline_small_exits();
  remove_unreachable();
  remove_redundant_jumps();
  for (int32_t i : order_) remove_nops(i, true);
}

// --- Unset locals

void FlowGraph::check_locals(uint32_t local_count, uint32_t set_at_entry) {
  if (local_count == 0) return;
  size_t words = (local_count + 63) / 64;
  // For huge functions only what a block itself shows is known.
  bool precise = words * blocks_.size() <= size_t{1} << 22;
  std::vector<uint64_t> all_unset(words, ~uint64_t{0});
  for (uint32_t p = 0; p < set_at_entry && p < local_count; ++p) all_unset[p / 64] &= ~(uint64_t{1} << (p % 64));
  std::vector<std::vector<uint64_t>> entry(blocks_.size());
  std::vector<bool> queued(blocks_.size(), false), rewritten(blocks_.size(), false);
  std::vector<int32_t> work;
  auto merge = [&](int32_t to, const std::vector<uint64_t>& state) {
    if (to < 0 || !precise) return;
    std::vector<uint64_t>& at = entry[static_cast<size_t>(to)];
    bool changed = at.empty();
    if (changed) {
      at = state;
    } else {
      for (size_t w = 0; w < words; ++w) {
        uint64_t merged = at[w] | state[w];
        changed |= merged != at[w];
        at[w] = merged;
      }
    }
    if (changed && !queued[static_cast<size_t>(to)]) {
      queued[static_cast<size_t>(to)] = true;
      work.push_back(to);
    }
  };
  auto walk = [&](int32_t i, bool rewrite) {
    std::vector<uint64_t> state = precise ? entry[static_cast<size_t>(i)] : all_unset;
    int32_t merged_handler = -1;
    for (FlowInstruction& ins : block(i).code) {
      // A handler sees the state before any instruction that it guards; again only after a local became
      // unset.
      if (ins.handler >= 0 && ins.handler != merged_handler) {
        if (!rewrite) merge(ins.handler, state);
        merged_handler = ins.handler;
      }
      uint32_t slot = static_cast<uint32_t>(ins.arg);
      uint64_t bit = uint64_t{1} << (slot % 64);
      // (What kRestoreFast stores may be unset.)
      switch (ins.op == kRestoreFast ? Op::DELETE_FAST : ins.op) {
        case Op::LOAD_FAST:
        case Op::LOAD_FAST_CHECK:
          if (rewrite) ins.op = state[slot / 64] & bit ? Op::LOAD_FAST_CHECK : Op::LOAD_FAST;
          state[slot / 64] &= ~bit;
          break;
        case Op::STORE_FAST: state[slot / 64] &= ~bit; break;
        case Op::DELETE_FAST:
        case Op::LOAD_FAST_AND_CLEAR:
          state[slot / 64] |= bit;
          merged_handler = -1;
          break;
        default: break;
      }
    }
    if (rewrite) return;
    merge(block(i).next, state);
    if (!block(i).code.empty()) merge(block(i).code.back().target, state);
  };
  if (precise) {
    merge(0, all_unset);
    while (!work.empty()) {
      int32_t i = work.back();
      work.pop_back();
      queued[static_cast<size_t>(i)] = false;
      walk(i, false);
    }
  }
  for (int32_t i : order_)
    if (!precise || !entry[static_cast<size_t>(i)].empty()) walk(i, true);
}

// --- Layout

void FlowGraph::mark_cold() {
  for (FlowBlock& b : blocks_) b.cold = true;
  std::vector<int32_t> work{0};
  blocks_[0].cold = false;
  auto reach = [&](int32_t b) {
    if (b < 0 || !block(b).cold) return;
    block(b).cold = false;
    work.push_back(b);
  };
  while (!work.empty()) {
    int32_t b = work.back();
    work.pop_back();
    for (const FlowInstruction& ins : block(b).code) reach(ins.target);
    reach(block(b).next);
  }
}

void FlowGraph::lay_out(bool keep_all) {
  mark_cold();
  std::vector<int32_t> order;
  for (bool cold : {false, true})
    for (int32_t i : order_)
      if (block(i).cold == cold) order.push_back(i);
  order_.swap(order);
  order.clear();
  if (!keep_all) {
    remove_redundant_jumps();
    for (int32_t i : order_) remove_nops(i, true);
  }
  // Where a block no longer stands before the one it falls into, it jumps there.
  auto place = [&](int32_t i) { order.push_back(i); };
  size_t seen = 0;  // up to here, the blocks before were found to be empty and to lead to seen_target
  int32_t seen_target = -1;
  for (size_t o = 0; o < order_.size(); ++o) {
    int32_t i = order_[o];
    place(i);
    int32_t next = block(i).next;
    if (next < 0) continue;
    int32_t target = skip_empty(next);
    size_t n = target == seen_target ? std::max(o + 1, seen) : o + 1;
    while (n < order_.size() && order_[n] != target && block(order_[n]).code.empty() && skip_empty(order_[n]) == target)
      ++n;
    seen = n;
    seen_target = target;
    if (n < order_.size() && order_[n] == target) continue;
    Location loc = block(i).code.empty() ? kNoLocation : block(i).code.back().loc;
    int32_t handler = block(i).code.empty() ? -1 : block(i).code.back().handler;
    FlowInstruction jump{Op::JUMP, 0, target, handler, loc};
    if (!block(i).code.empty() && is_conditional_jump(block(i).code.back().op)) {
      FlowBlock trampoline;
      trampoline.code.push_back(jump);
      trampoline.reachable = true;
      trampoline.cold = block(i).cold;
      blocks_.push_back(std::move(trampoline));
      int32_t number = static_cast<int32_t>(blocks_.size() - 1);
      block(i).next = number;
      place(number);
    } else {
      block(i).code.push_back(jump);
      block(i).next = -1;
    }
  }
  order_.swap(order);
  // Conditional jumps go forward only: what loops must pass a JUMP_BACKWARD, which polls.
  std::vector<size_t> position(blocks_.size(), 0);
  for (size_t o = 0; o < order_.size(); ++o) position[static_cast<size_t>(order_[o])] = o;
  order.clear();
  std::vector<int32_t> at_end;
  size_t count = order_.size();
  for (size_t o = 0; o < count; ++o) {
    int32_t i = order_[o];
    order.push_back(i);
    if (block(i).code.empty()) continue;
    FlowInstruction jump = block(i).code.back();
    if (!is_conditional_jump(jump.op)) continue;
    int32_t target = jump.target;
    if (position[static_cast<size_t>(target)] > o) continue;
    FlowBlock hop;
    hop.code.push_back({Op::JUMP, 0, target, jump.handler, jump.loc});
    hop.reachable = true;
    blocks_.push_back(std::move(hop));
    position.push_back(SIZE_MAX);
    int32_t number = static_cast<int32_t>(blocks_.size() - 1);
    FlowInstruction& last = block(i).code.back();
    if (is_pop_jump(jump.op)) {
      // Inverted, over the backward jump that now comes next.
      last.op = inverted(jump.op);
      last.target = block(i).next;
      block(i).next = number;
      order.push_back(number);
    } else {
      last.target = number;
      at_end.push_back(number);
    }
  }
  order.insert(order.end(), at_end.begin(), at_end.end());
  order_.swap(order);
}

// --- Stack depth

int32_t FlowGraph::compute_depths() {
  for (FlowBlock& b : blocks_) b.depth = -1;
  int32_t deepest = 0;
  bool consistent = true;
  std::vector<int32_t> work{0};
  blocks_[0].depth = 0;
  auto reach = [&](int32_t b, int32_t depth) {
    if (b < 0) return;
    deepest = std::max(deepest, depth);
    if (block(b).depth < 0) {
      block(b).depth = depth;
      work.push_back(b);
    } else if (block(b).depth != depth) {
      consistent = false;
    }
  };
  while (!work.empty()) {
    int32_t i = work.back();
    work.pop_back();
    int32_t depth = block(i).depth;
    for (size_t k = 0; k < block(i).code.size(); ++k) {
      const FlowInstruction ins = block(i).code[k];
      if (is_block_setup(ins.op)) {
        FlowBlock& handler = block(ins.target);
        handler.handler_depth = depth - (ins.op == kSetupWith);
        reach(ins.target, handler.handler_depth + 1 + handler.push_lasti);
        continue;
      }
      if (ins.op == kPopBlock) continue;
      if (ins.handler >= 0 && block(ins.handler).handler_depth >= 0)
        reach(ins.handler, block(ins.handler).handler_depth + 1 + block(ins.handler).push_lasti);
      Op op = ins.op == kRestoreFast ? Op::STORE_FAST : ins.op;
      if (ins.target >= 0) reach(ins.target, depth + jump_effect(op));
      depth += op_pushes(op, ins.arg) - op_pops(op, ins.arg);
      deepest = std::max(deepest, depth);
      if (depth < 0) consistent = false;
    }
    reach(block(i).next, depth);
  }
  return consistent ? deepest : -1;
}

}  // namespace krait
