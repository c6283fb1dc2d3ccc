#include "observe/listing.hpp"

#include "bytecode/disassembler.hpp"
#include "objects/sequences.hpp"
#include "objects/str.hpp"
#include "observe/safe_repr.hpp"

namespace krait {
namespace {

std::string meaning(Vm& vm, const Code* code, Instruction word, uint32_t i) {
  uint32_t arg = unsigned_arg(word);
  std::string out;
  switch (kOpInfo[static_cast<int>(op_of(word))].operand) {
    case Operand::Const: safe_repr(vm, code->consts->items[arg], out, {40, 2, 4}); break;
    case Operand::Name: out = str_to_utf8(code->names->items[arg].as<Str>()); break;
    case Operand::Local:
    case Operand::Cell: out = str_to_utf8(code->slot_names->items[arg].as<Str>()); break;
    case Operand::Jump: out = "to " + std::to_string(static_cast<int64_t>(i) + 1 + signed_arg(word)); break;
    case Operand::Binary: out = binary_op_text(arg); break;
    case Operand::Compare: out = compare_op_text(arg); break;
    default: break;
  }
  return out;
}

}  // namespace

Listing code_listing(Vm& vm, const Code* code) {
  Listing out;
  for (ListingMaker maker : vm.extension<ListingMakers>().makers)
    if (maker(vm, code, out)) return out;
  return krait_listing(vm, code);
}

Listing krait_listing(Vm& vm, const Code* code) {
  Listing out;
  std::span<const Instruction> words = code->code();
  out.assign(words.size(), {});
  for (uint32_t i = 0; i < words.size(); ++i) {
    const OpInfo& info = kOpInfo[static_cast<int>(op_of(words[i]))];
    ListedInstruction& row = out[i];
    row.index = i;
    row.offset = static_cast<int64_t>(i) * static_cast<int64_t>(sizeof(Instruction));
    row.name = info.name;
    row.has_arg = info.operand != Operand::None;
    bool is_signed = info.operand == Operand::Jump || info.operand == Operand::Int;
    row.arg = is_signed ? signed_arg(words[i]) : static_cast<int64_t>(unsigned_arg(words[i]));
    row.meaning = meaning(vm, code, words[i], i);
    if (info.operand == Operand::Jump) {
      size_t target = static_cast<size_t>(static_cast<int64_t>(i) + 1 + signed_arg(words[i]));
      if (target < out.size()) out[target].is_target = true;
    }
  }
  for (const Handler& h : code->handler_table()) out[h.target].is_target = true;
  return out;
}

}  // namespace krait
