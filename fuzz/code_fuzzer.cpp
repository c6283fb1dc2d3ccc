// Code objects with changes that no compiler would make. Whatever the verifier lets through must run without harm.
//
// An input is a recipe: a byte that chooses a seed program (tests' scripts and the snippets of fuzz/seeds, compiled at the first
// input), then changes of eight bytes each: which code object of the program, what to change, where, to what. Changes of instructions
// are made so that they often still fit: an opcode for another, an operand for one in range, two words exchanged, one repeated or
// dropped (jumps and tables stay as they are, so that they point elsewhere).
#include <dirent.h>

#include <algorithm>
#include <fstream>
#include <sstream>

#include "bytecode/code.hpp"
#include "compiler/compiler.hpp"
#include "interp/interpreter.hpp"
#include "objects/operations.hpp"
#include "objects/sequences.hpp"
#include "objects/str.hpp"
#include "sandbox.hpp"

using namespace krait;

namespace {

std::string& seed_folder() {
  static std::string folder = "fuzz/seeds/code";
  return folder;
}

const std::vector<std::string>& seeds() {
  static const std::vector<std::string> all = [] {
    std::vector<std::string> names, texts;
    if (DIR* dir = opendir(seed_folder().c_str())) {
      while (dirent* entry = readdir(dir)) {
        std::string name = entry->d_name;
        if (name.size() > 3 && name.ends_with(".py")) names.push_back(seed_folder() + "/" + name);
      }
      closedir(dir);
    }
    std::sort(names.begin(), names.end());
    for (const std::string& name : names) {
      std::ifstream in(name, std::ios::binary);
      std::ostringstream text;
      text << in.rdbuf();
      texts.push_back(text.str());
    }
    if (texts.empty())
      fuzz::broken("no seed programs: run in the project's folder, or name theirs with --seeds=FOLDER");
    return texts;
  }();
  return all;
}

struct Change {
  uint8_t code, kind;
  uint16_t place;
  uint32_t value;
};

/// The parts of a code object, to be changed.
struct Draft {
  CodeParts parts;
  std::vector<Instruction> words;
  std::vector<Handler> handlers;
  std::vector<uint8_t> slots;
  std::vector<Location> locations;

  explicit Draft(const Code* c) {
    words.assign(c->code().begin(), c->code().end());
    handlers.assign(c->handler_table().begin(), c->handler_table().end());
    const uint8_t* kinds = c->slot_kinds->data<uint8_t>();
    slots.assign(kinds, kinds + c->slot_count);
    parts.argument_count = c->argument_count;
    parts.positional_only = c->positional_only;
    parts.keyword_only = c->keyword_only;
    parts.local_count = c->local_count;
    parts.free_count = c->free_count;
    parts.max_stack = c->max_stack;
    parts.flags = c->flags;
    parts.first_line = c->first_line;
    parts.consts = c->consts;
    parts.names = c->names;
    parts.slot_names = c->slot_names;
    parts.filename = c->filename;
    parts.name = c->name;
    parts.qualname = c->qualname;
  }

  /// An operand that lies in the table which the opcode's operand points into.
  uint32_t fitting(Op op, uint32_t value) const {
    auto within = [&](uint64_t n) { return n == 0 ? value : static_cast<uint32_t>(value % n); };
    switch (kOpInfo[static_cast<int>(op)].operand) {
      case Operand::Const: return within(parts.consts->length);
      case Operand::Name: return within(parts.names->length);
      case Operand::Local:
      case Operand::Cell: return within(slots.size());
      case Operand::Count:
      case Operand::Flag:
      case Operand::Convert:
      case Operand::Special: return value % 6;
      case Operand::Binary: return value % 26;
      case Operand::Compare: return value % 6;
      case Operand::Intrinsic: return value % 14;
      case Operand::Jump: return static_cast<uint32_t>(static_cast<int32_t>(value % 64) - 24) & 0xFFFFFF;
      default: return value & 0xFFFFFF;
    }
  }

  void apply(const Change& change) {
    if (words.empty()) return;
    size_t at = change.place % words.size();
    uint32_t value = change.value;
    Instruction& word = words[at];
    switch (change.kind % 20) {
      case 0:
      case 1:
      case 2: {  // another opcode, an operand that fits
        Op op = static_cast<Op>(value % static_cast<uint32_t>(Op::kCanonicalCount));
        word = encode(op, static_cast<int32_t>(fitting(op, value >> 8)));
        break;
      }
      case 3:
      case 4:
      case 5:  // another operand
        if ((word & 0xFF) < static_cast<uint32_t>(Op::kCanonicalCount))
          word = (word & 0xFF) | fitting(op_of(word), value) << 8;
        break;
      case 6: word = value; break;
      case 7: std::swap(word, words[value % words.size()]); break;
      case 8:
      case 9: {  // inserted: what follows moves
        Op op = static_cast<Op>(value % static_cast<uint32_t>(Op::kCanonicalCount));
        words.insert(words.begin() + static_cast<std::ptrdiff_t>(at),
                     encode(op, static_cast<int32_t>(fitting(op, value >> 8))));
        break;
      }
      case 10: words.erase(words.begin() + static_cast<std::ptrdiff_t>(at)); break;
      case 11: words.insert(words.begin() + static_cast<std::ptrdiff_t>(at), words[value % words.size()]); break;
      case 12:
        if (!handlers.empty()) {
          Handler& h = handlers[at % handlers.size()];
          switch (value & 7) {
            case 0: h.start = (value >> 3) % words.size(); break;
            case 1: h.end = static_cast<uint32_t>((value >> 3) % (words.size() + 1)); break;
            case 2:
            case 3: h.target = static_cast<uint32_t>((value >> 3) % words.size()); break;
            case 4:
            case 5: h.depth = static_cast<uint16_t>((value >> 3) % 8); break;
            default: h.push_lasti = !h.push_lasti; break;
          }
        } else {
          Handler h{};
          h.start = static_cast<uint32_t>(at);
          h.end = static_cast<uint32_t>(std::min<size_t>(words.size(), at + 1 + (value & 15)));
          h.target = static_cast<uint32_t>((value >> 4) % words.size());
          h.depth = static_cast<uint16_t>(value >> 28);
          handlers.push_back(h);
        }
        break;
      case 13: parts.max_stack = value % 64; break;
      case 14: parts.flags ^= 1u << (value % 29); break;
      case 15:
        switch (value & 3) {
          case 0: parts.argument_count = (value >> 2) % 8; break;
          case 1: parts.positional_only = (value >> 2) % 8; break;
          case 2: parts.keyword_only = (value >> 2) % 8; break;
          default: parts.free_count = (value >> 2) % 8; break;
        }
        break;
      case 16:
        if (!slots.empty()) slots[at % slots.size()] = static_cast<uint8_t>(value & 15);
        break;
      case 17: parts.local_count = value % (slots.size() + 2); break;
      case 18: parts.max_stack += value % 8; break;
      default:  // a run of words from elsewhere
        for (size_t i = 0; i < 4 && at + i < words.size(); ++i) words[at + i] = words[(value + i) % words.size()];
        break;
    }
  }
};

struct Mutator {
  Vm& vm;
  const std::vector<Change>& changes;
  uint32_t number = 0;  ///< of the code object, in the order in which they are met

  Result<Code*> changed(Code* code, int depth) {
    uint32_t own = number++;
    Draft draft(code);
    // Constants first: they hold the nested code objects.
    List* consts = TRY(list_new(vm));
    for (uint64_t i = 0; i < code->consts->length; ++i) {
      Value c = code->consts->items[i];
      if (is_code(c) && depth < 20) c = TRY(changed(c.as<Code>(), depth + 1));
      TRY(list_append(vm, consts, c));
    }
    Value tuple = list_to_tuple(vm, consts);
    if (tuple.is_error()) return Error{};
    draft.parts.consts = tuple.as<Tuple>();
    for (const Change& change : changes)
      if (change.code % 8 == own % 8) draft.apply(change);
    draft.locations.assign(draft.words.size(), Location{1, 1, 0, 0});
    draft.parts.instructions = draft.words;
    draft.parts.handlers = draft.handlers;
    draft.parts.slot_kinds = draft.slots;
    draft.parts.locations = draft.locations;
    return code_new(vm, draft.parts);
  }
};

}  // namespace

extern "C" int LLVMFuzzerInitialize(int* argc, char*** argv) {
  int kept = 1;
  for (int i = 1; i < *argc; ++i) {
    if (!std::strncmp((*argv)[i], "--seeds=", 8)) {
      seed_folder() = (*argv)[i] + 8;
    } else {
      (*argv)[kept++] = (*argv)[i];
    }
  }
  *argc = kept;
  return 0;
}

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  static fuzz::Sandbox sandbox(300, 5000);
  if (size < 9) return 0;
  Vm& vm = sandbox.next();
  const std::string& source = seeds()[data[0] % seeds().size()];
  std::vector<Change> changes;
  for (size_t at = 1; at + 8 <= size && changes.size() < 16; at += 8) {
    Change change;
    change.code = data[at];
    change.kind = data[at + 1];
    std::memcpy(&change.place, data + at + 2, 2);
    std::memcpy(&change.value, data + at + 4, 4);
    changes.push_back(change);
  }
  auto run = [&]() -> Status {
    Module* main = TRY(make_main_module(vm, nullptr));
    Code* code = TRY(compile_source(vm, source, TRY(vm.intern("<seed>")), CompileMode::Exec, CompileOptions{}));
    Mutator mutator{vm, changes};
    code = TRY(mutator.changed(code, 0));
    if (vm.poll().is_error()) return Error{};
    (void)TRY(run_code(vm, code, main->dict, Value()));
    return {};
  };
  sandbox.after(run().is_error());
  return 0;
}
