#include "aspl/listing.hpp"

#include <cstdio>

#include "aspl/operations.hpp"
#include "objects/operations.hpp"
#include "objects/sequences.hpp"

namespace krait::aspl {
namespace {

class Lister {
 public:
  Lister(Vm& vm, const Code* code) : vm_(vm), code_(code), words_(code->code()), out_(words_.size()) {}

  Result<std::vector<ListedInstruction>> run() {
    for (size_t i = 0; i < words_.size();) {
      TRY(vm_.poll());
      size_t length = TRY(recognise(i));
      i += length;
    }
    place_targets();
    return std::move(out_);
  }

 private:
  Op op(size_t i) const { return i < words_.size() ? op_of(words_[i]) : Op::NOP; }
  uint32_t arg(size_t i) const { return unsigned_arg(words_[i]); }
  bool unary(size_t i, Unary which) const {
    return op(i) == Op::CALL_INTRINSIC_1 && arg(i) == static_cast<uint32_t>(which);
  }
  bool binary(size_t i, BinaryOperation which) const {
    return op(i) == Op::CALL_INTRINSIC_2 && arg(i) == static_cast<uint32_t>(which);
  }
  static bool conditional(Op o) { return o == Op::POP_JUMP_IF_FALSE || o == Op::POP_JUMP_IF_TRUE; }
  std::string name_of(size_t i) const { return property_name(str_to_utf8(as_str(code_->names->items[arg(i)]))); }
  std::string slot_of(size_t i) const { return str_to_utf8(as_str(code_->slot_names->items[arg(i)])); }

  /// Instruction i is listed as `name`; the rest of its run is hidden.
  void show(size_t i, std::string name, uint32_t bytes, std::string operand = "") {
    ListedInstruction& l = out_[i];
    l.name = std::move(name);
    l.operand = std::move(operand);
    l.offset = offset_;
    l.line = static_cast<uint32_t>(std::max(code_location(code_, static_cast<uint32_t>(i)).line, 0));
    l.same_line = l.line == line_;
    line_ = l.line;
    offset_ += bytes;
  }
  void show_name(size_t i, const char* name, const std::string& operand) { show(i, name, 2, "'" + operand + "'"); }
  void show_constant(size_t i, const std::string& text) {
    char number[32];
    std::snprintf(number, sizeof number, "%3u", constants_++);
    show(i, "OP_CONSTANT", 2, std::string(number) + "   '" + text + "'");
  }
  /// A jump's operand is filled in when the offsets are known.
  void show_jump(size_t i, const char* name, size_t jump) {
    jumps_.push_back({i, static_cast<size_t>(static_cast<int64_t>(jump) + 1 + signed_arg(words_[jump]))});
    show(i, name, 3);
  }

  Result<size_t> recognise(size_t i);
  void place_targets();

  Vm& vm_;
  const Code* code_;
  std::span<const Instruction> words_;
  std::vector<ListedInstruction> out_;
  struct Jump {
    size_t from, to;
  };
  std::vector<Jump> jumps_;
  uint32_t offset_ = 0, line_ = 0, constants_ = 0;
};

/// Lists the instruction that begins at i; gives how many of the machine's it is.
Result<size_t> Lister::recognise(size_t i) {
  switch (op(i)) {
    case Op::NOP:
    case Op::RESUME:
    case Op::COPY_FREE_VARS:
    case Op::MAKE_CELL:
    case Op::PUSH_NULL:
    case Op::LOAD_CLOSURE:
    case Op::BUILD_TUPLE: return 1;  // the machine's own housekeeping
    case Op::LOAD_SMALL_INT:
      if (binary(i + 1, BinaryOperation::kCheckCall) || binary(i + 1, BinaryOperation::kCheckMethodCall)) return 2;
      show_constant(i, std::to_string(signed_arg(words_[i])));
      return 1;
    case Op::LOAD_CONST: {
      Value v = code_->consts->items[arg(i)];
      if (op(i + 1) == Op::CALL_INTRINSIC_2 && binary(i + 1, BinaryOperation::kCheckCall)) return 2;
      if (v.is_none() && binary(i + 1, BinaryOperation::kMakeClass)) return 1;
      if (v.is_none()) {
        show(i, "OP_NIL", 1);
      } else if (v.is_bool()) {
        show(i, v.is_true() ? "OP_TRUE" : "OP_FALSE", 1);
      } else if (is_code(v)) {
        show(i, "OP_CLOSURE", 2, "'" + str_to_utf8(v.as<Code>()->name) + "'");
        return 1 + (op(i + 1) == Op::MAKE_FUNCTION) + (op(i + 2) == Op::SET_FUNCTION_ATTRIBUTE);
      } else {
        show_constant(i, TRY(value_text(vm_, v)));
      }
      return 1;
    }
    case Op::COPY:
      if (op(i + 1) == Op::LOAD_GLOBAL && op(i + 2) == Op::POP_TOP && op(i + 3) == Op::STORE_GLOBAL) {
        show_name(i, "OP_SET_GLOBAL", name_of(i + 3));
        return 4;
      }
      if (op(i + 1) == Op::STORE_FAST) {
        show_name(i, "OP_SET_LOCAL", slot_of(i + 1));
        return 2;
      }
      if (op(i + 1) == Op::STORE_DEREF) {
        show_name(i, "OP_SET_UPVALUE", slot_of(i + 1));
        return 2;
      }
      if ((unary(i + 1, Unary::kTruth) || unary(i + 1, Unary::kNot)) && conditional(op(i + 2))) {
        bool when_false = unary(i + 1, Unary::kTruth) == (op(i + 2) == Op::POP_JUMP_IF_FALSE);
        show_jump(i, when_false ? "OP_AND" : "OP_OR", i + 2);
        return 3;
      }
      break;
    case Op::SWAP:
      if (op(i + 1) == Op::COPY && op(i + 2) == Op::SWAP && op(i + 3) == Op::STORE_ATTR) {
        show_name(i, "OP_SET_PROPERTY", name_of(i + 3));
        return 4;
      }
      break;
    case Op::CALL_INTRINSIC_1: {
      if (unary(i, Unary::kTruth) && conditional(op(i + 1))) {
        show_jump(i, op(i + 1) == Op::POP_JUMP_IF_FALSE ? "OP_JUMP_IF_FALSE" : "OP_JUMP_IF_TRUE", i + 1);
        return 2;
      }
      if (unary(i, Unary::kInstance)) {
        if (op(i + 1) != Op::LOAD_ATTR) return 1;
        show_name(i, "OP_GET_PROPERTY", name_of(i + 1));
        return 2;
      }
      if (const auto* row = guest_operations(vm_).find_unary(arg(i))) {
        show(i, "OP_" + std::string(row->name).substr(5), 1);
        return 1 + (unary(i, Unary::kPrint) && op(i + 1) == Op::POP_TOP);
      }
      break;
    }
    case Op::CALL_INTRINSIC_2:
      if (binary(i, BinaryOperation::kMakeClass)) {
        show(i, "OP_CLASS", 1);
        return 1;
      }
      if (const auto* row = guest_operations(vm_).find_binary(arg(i))) {
        show(i, "OP_" + std::string(row->name).substr(5), 1);
        return 1;
      }
      break;
    case Op::POP_TOP: show(i, "OP_POP", 1); return 1;
    case Op::RETURN_VALUE: show(i, "OP_RETURN", 1); return 1;
    case Op::LOAD_GLOBAL:
      if (op(i + 1) == Op::STORE_ATTR) {  // a class, for its method
        show_name(i, "OP_METHOD", name_of(i + 1));
        return 2;
      }
      show_name(i, "OP_GET_GLOBAL", name_of(i));
      return 1;
    case Op::STORE_GLOBAL: show_name(i, "OP_DEFINE_GLOBAL", name_of(i)); return 1;
    case Op::LOAD_FAST:
    case Op::LOAD_FAST_CHECK: show_name(i, "OP_GET_LOCAL", slot_of(i)); return 1;
    case Op::STORE_FAST: show_name(i, "OP_SET_LOCAL", slot_of(i)); return 1;
    case Op::LOAD_DEREF: show_name(i, "OP_GET_UPVALUE", slot_of(i)); return 1;
    case Op::STORE_DEREF: show_name(i, "OP_SET_UPVALUE", slot_of(i)); return 1;
    case Op::STORE_ATTR: show_name(i, "OP_METHOD", name_of(i)); return 1;
    case Op::CALL: show(i, "OP_CALL", 2, std::to_string(arg(i))); return 1;
    case Op::JUMP: show_jump(i, "OP_JUMP", i); return 1;
    case Op::JUMP_BACKWARD: show_jump(i, "OP_LOOP", i); return 1;
    default: break;
  }
  show(i, std::string("OP_") + kOpInfo[static_cast<int>(op(i))].name, 1);
  return 1;
}

/// A jump to something hidden goes to what is listed next.
void Lister::place_targets() {
  for (const Jump& j : jumps_) {
    size_t to = j.to;
    while (to < out_.size() && out_[to].name.empty()) ++to;
    out_[j.from].operand = "-> " + std::to_string(to < out_.size() ? out_[to].offset : offset_);
  }
}

}  // namespace

Result<std::vector<ListedInstruction>> list_instructions(Vm& vm, const Code* code) { return Lister(vm, code).run(); }

std::string listed_text(const ListedInstruction& i) {
  char head[64];
  if (i.same_line) {
    std::snprintf(head, sizeof head, "%08u       | ", i.offset);
  } else {
    std::snprintf(head, sizeof head, "%08u %7u ", i.offset, i.line);
  }
  std::string text = head + i.name;
  if (i.operand.empty()) return text;
  text.resize(std::max<size_t>(text.size() + 1, std::char_traits<char>::length(head) + 28), ' ');
  return text + i.operand;
}

Result<std::string> list_code(Vm& vm, const Code* code) {
  TRY(vm.check_stack());
  std::string out = "== " + str_to_utf8(code->name) + " ==\n";
  for (const ListedInstruction& i : TRY(list_instructions(vm, code)))
    if (!i.name.empty()) out += listed_text(i) + "\n";
  for (uint64_t k = 0; k < code->consts->length; ++k)
    if (is_code(code->consts->items[k])) out += "\n" + TRY(list_code(vm, code->consts->items[k].as<Code>()));
  return out;
}

}  // namespace krait::aspl
