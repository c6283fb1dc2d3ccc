#include "observe/foreign_listing.hpp"

#include <unordered_map>

#include "bytecode/pyc/pyc.hpp"
#include "lift/origins.hpp"
#include "observe/listing.hpp"

namespace krait {
namespace {

bool foreign_listing(Vm& vm, const Code* code, Listing& out) {
  auto& origins = vm.extension<pyc::Origins>().of;
  auto found = origins.find(const_cast<Code*>(code));
  if (found == origins.end()) return false;
  const pyc::Origin& origin = found->second;
  pyc::PycCode theirs;
  theirs.minor = origin.minor;
  theirs.code = origin.code;
  std::vector<pyc::PycInstruction> instructions = pyc::decode(theirs);
  std::unordered_map<int64_t, size_t> number;
  for (size_t i = 0; i < instructions.size(); ++i) number[instructions[i].offset] = i;
  std::vector<bool> target(instructions.size(), false);
  auto mark = [&](int64_t offset) {
    if (auto at = number.find(offset); at != number.end()) target[at->second] = true;
  };
  for (const pyc::PycInstruction& i : instructions) mark(pyc::jump_target(theirs, i));
  // The meanings of operands are Krait's: the same constants and names.
  out = krait_listing(vm, code);
  for (size_t i = 0; i < out.size(); ++i) {
    ListedInstruction& row = out[i];
    auto at = i < origin.offsets.size() ? number.find(origin.offsets[i]) : number.end();
    row.shown = at != number.end();
    if (!row.shown) continue;
    const pyc::PycInstruction& ins = instructions[at->second];
    const char* name = pyc::op_name(ins.op);
    row.index = static_cast<int64_t>(at->second);
    row.offset = ins.offset;
    row.name = name != nullptr ? name : "<" + std::to_string(ins.opcode) + ">";
    row.has_arg = ins.has_arg;
    row.arg = ins.arg;
    row.is_target = target[at->second];
    int64_t to = pyc::jump_target(theirs, ins);
    if (to >= 0) row.meaning = "to " + std::to_string(to);
  }
  return true;
}

}  // namespace

void watch_foreign_code(Vm& vm) {
  vm.extension<pyc::Origins>().keep = true;
  vm.extension<ListingMakers>().makers.push_back(foreign_listing);
}

}  // namespace krait
