// From the optimised graph to a code object: slots, constants, jump distances, handler rows, positions.
#include <algorithm>
#include <memory>

#include "compiler/flow_graph.hpp"
#include "objects/int.hpp"
#include "objects/operations.hpp"
#include "objects/sequences.hpp"
#include "objects/str.hpp"

namespace krait {
namespace {

class Assembler {
 public:
  Assembler(Vm& vm, AssemblyInput& in) : vm_(vm), in_(in), graph_(*in.constants) {}
  Result<Code*> run();

 private:
  void lay_out_slots();
  bool add_entry();
  int32_t final_constant(int32_t pool_number);
  void flatten();
  Result<Tuple*> name_tuple(const std::vector<NameId>& names);

  Vm& vm_;
  AssemblyInput& in_;
  FlowGraph graph_;
  std::vector<NameId> slot_names_;
  std::vector<uint8_t> slot_kinds_;
  std::vector<int32_t> cell_slots_;  // by IR cell number
  std::vector<Instruction> instructions_;
  std::vector<Location> locations_;
  std::vector<Handler> handlers_;
  std::vector<uint32_t> constants_;  // pool numbers
  std::vector<int32_t> constant_of_pool_;
  uint32_t local_count_ = 0;
};

void Assembler::lay_out_slots() {
  local_count_ = static_cast<uint32_t>(in_.varnames->size());
  for (const auto& [name, index] : *in_.varnames) {
    slot_names_.push_back(name);
    bool hidden = in_.hidden->contains(name);
    slot_kinds_.push_back(static_cast<uint8_t>(kSlotLocal | (hidden ? kSlotHidden : 0)));
  }
  for (const auto& [name, index] : *in_.cellvars) {
    if (const uint32_t* slot = in_.varnames->find(name)) {
      slot_kinds_[*slot] |= kSlotCell;
      cell_slots_.push_back(static_cast<int32_t>(*slot));
      continue;
    }
    cell_slots_.push_back(static_cast<int32_t>(slot_names_.size()));
    slot_names_.push_back(name);
    slot_kinds_.push_back(kSlotCell);
  }
  for (const auto& [name, index] : *in_.freevars) {
    cell_slots_.push_back(static_cast<int32_t>(slot_names_.size()));
    slot_names_.push_back(name);
    slot_kinds_.push_back(kSlotFree);
  }
}

int32_t Assembler::final_constant(int32_t pool_number) {
  size_t at = static_cast<size_t>(pool_number);
  if (constant_of_pool_.size() <= at) constant_of_pool_.resize(at + 1, -1);
  if (constant_of_pool_[at] < 0) {
    constant_of_pool_[at] = static_cast<int32_t>(constants_.size());
    constants_.push_back(static_cast<uint32_t>(pool_number));
  }
  return constant_of_pool_[at];
}

bool is_cell_operand(Op op) {
  return op < Op::kCanonicalCount && kOpInfo[static_cast<int>(op)].operand == Operand::Cell;
}

void Assembler::flatten() {
  std::vector<FlowBlock>& blocks = graph_.blocks();
  // What runs before RESUME.
  if (!in_.freevars->empty()) {
    instructions_.push_back(encode(Op::COPY_FREE_VARS, static_cast<int32_t>(in_.freevars->size())));
    locations_.push_back(kNoLocation);
  }
  std::vector<int32_t> cells(cell_slots_.begin(), cell_slots_.begin() + static_cast<ptrdiff_t>(in_.cellvars->size()));
  std::sort(cells.begin(), cells.end());
  for (int32_t slot : cells) {
    instructions_.push_back(encode(Op::MAKE_CELL, slot));
    locations_.push_back(kNoLocation);
  }
  std::vector<uint32_t> start(blocks.size(), 0);
  uint32_t at = static_cast<uint32_t>(instructions_.size());
  for (int32_t b : graph_.order()) {
    start[static_cast<size_t>(b)] = at;
    at += static_cast<uint32_t>(blocks[static_cast<size_t>(b)].code.size());
  }
  int32_t open_handler = -1;
  uint32_t range_start = 0;
  auto close_range = [&](uint32_t end) {
    if (open_handler >= 0 && end > range_start) {
      const FlowBlock& h = blocks[static_cast<size_t>(open_handler)];
      handlers_.push_back({range_start, end, start[static_cast<size_t>(open_handler)],
                           static_cast<uint16_t>(std::max(h.handler_depth, 0)), h.push_lasti});
    }
  };
  if (in_.has_docstring) (void)final_constant(static_cast<int32_t>(in_.docstring));
  for (int32_t b : graph_.order()) {
    for (const FlowInstruction& ins : blocks[static_cast<size_t>(b)].code) {
      uint32_t here = static_cast<uint32_t>(instructions_.size());
      if (ins.handler != open_handler) {
        close_range(here);
        open_handler = ins.handler;
        range_start = here;
      }
      Op op = ins.op == kRestoreFast ? Op::STORE_FAST : ins.op;
      int32_t arg = ins.arg;
      if (ins.target >= 0) {
        arg = static_cast<int32_t>(start[static_cast<size_t>(ins.target)]) - static_cast<int32_t>(here) - 1;
        if (op == Op::JUMP && arg < 0) op = Op::JUMP_BACKWARD;
      } else if (op == Op::LOAD_CONST) {
        Value v = (*in_.constants)[static_cast<uint32_t>(arg)];
        if (v.is_small_int() && v.as_small_int() >= 0 && v.as_small_int() <= 255) {
          op = Op::LOAD_SMALL_INT;
          arg = static_cast<int32_t>(v.as_small_int());
        } else {
          arg = final_constant(arg);
        }
      } else if (is_cell_operand(op)) {
        arg = cell_slots_[static_cast<size_t>(arg)];
      }
      instructions_.push_back(encode(op, arg));
      locations_.push_back(ins.loc);
    }
  }
  close_range(static_cast<uint32_t>(instructions_.size()));
}

Result<Tuple*> Assembler::name_tuple(const std::vector<NameId>& names) {
  if (names.empty()) return vm_.empty_tuple;
  Tuple* tuple = TRY(tuple_allocate(vm_, names.size()));
  for (size_t i = 0; i < names.size(); ++i) {
    Str* s = TRY(str_from_generalised_utf8(vm_, in_.names->text(names[i])));
    tuple->items[i] = vm_.intern(s);
    vm_.barrier(tuple);
  }
  return tuple;
}

Result<Code*> Assembler::run() {
  lay_out_slots();
  graph_.build(*in_.ir);
  graph_.assign_handlers();
  graph_.optimize();
  graph_.resolve_lines(static_cast<int>(in_.first_line));
  graph_.check_locals(local_count_, in_.parameter_slots);
  graph_.lay_out();
  int32_t depth = graph_.compute_depths();
  if (depth < 0) return vm_.raise(E::SystemError, "compiler: inconsistent stack depth in {}", in_.qualname);
  if (depth > UINT16_MAX) return vm_.raise(E::RecursionError, "compiler: stack of {} is too deep", in_.qualname);
  flatten();
  if (instructions_.size() >= static_cast<size_t>(kMaxOperand) / 2 ||
      slot_names_.size() >= static_cast<size_t>(kMaxOperand))
    return vm_.raise(E::OverflowError, "code of {} is too large", in_.qualname);

  CodeParts parts;
  parts.argument_count = in_.argument_count;
  parts.positional_only = in_.positional_only;
  parts.keyword_only = in_.keyword_only;
  parts.local_count = local_count_;
  parts.free_count = static_cast<uint32_t>(in_.freevars->size());
  parts.max_stack = static_cast<uint32_t>(depth);
  parts.flags = in_.flags;
  parts.first_line = in_.first_line;
  parts.instructions = instructions_;
  parts.handlers = handlers_;
  if (!vm_.debug_ranges) {
    for (Location& l : locations_) l = {l.line, l.line, -1, -1};
  }
  parts.locations = locations_;
  parts.slot_kinds = slot_kinds_;
  if (constants_.empty()) {
    parts.consts = vm_.empty_tuple;
  } else {
    parts.consts = TRY(tuple_allocate(vm_, constants_.size()));
    for (size_t i = 0; i < constants_.size(); ++i) parts.consts->items[i] = (*in_.constants)[constants_[i]];
    vm_.barrier(parts.consts);
  }
  std::vector<NameId> names;
  for (const auto& [name, index] : *in_.used_names) names.push_back(name);
  parts.names = TRY(name_tuple(names));
  parts.slot_names = TRY(name_tuple(slot_names_));
  parts.filename = in_.filename;
  parts.name = in_.name;
  parts.qualname = in_.qualname;
  return code_new(vm_, parts);
}

}  // namespace

Result<Code*> assemble(Vm& vm, AssemblyInput& input) { return Assembler(vm, input).run(); }

}  // namespace krait
