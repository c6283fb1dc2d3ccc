// Code objects of CPython, as its .pyc files hold them: 3.4 to 3.14, told by the file's magic number.
//
// A file is read into PycCode objects, which keep the instructions of their version. From there one road leads to text
// (disassembly.cpp: what that version's dis prints) and one to Krait's own code objects (lift/). Formats differ in three steps: three
// bytes an instruction and blocks (3.4, 3.5), two bytes and blocks (3.6 to 3.10), exception tables and inline caches (3.11 on).
//
// Nothing read is trusted. Sizes and references are checked while reading; what is made of the instructions passes the verifier.
#pragma once

#include <memory>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "bytecode/code.hpp"
#include "objects/charge.hpp"
#include "objects/sequences.hpp"
#include "objects/vm.hpp"

namespace krait::pyc {

/// Every instruction that one of the versions has.
enum class Op : uint8_t {
#define PYC_NAME(name) name,
#include "bytecode/pyc/names.inc"
#undef PYC_NAME
  kUnknown
};
/// What an instruction's argument says.
enum class Operand : uint8_t { None, Count, Const, Name, Local, Free, Compare, JumpAbsolute, JumpRelative };

struct OpRow {
  Op op = Op::kUnknown;
  Operand operand = Operand::None;
  uint8_t caches = 0;  ///< words of inline cache that follow
};

constexpr int kOldest = 4, kNewest = 14;  ///< minor versions

const char* op_name(Op op);
/// The row of an opcode in version 3.`minor`.
const OpRow& op_row(int minor, uint8_t opcode);
/// The minor version that writes `magic` (its first two bytes, little endian); 0: none that is known.
int version_of_magic(uint32_t magic);
uint32_t magic_of_version(int minor);

/// A code object as its version has it. Fast slots are in Krait's order whatever the version: co_varnames, cells that are not
/// arguments, free variables.
struct PycCode {
  int minor = 0;
  uint32_t argument_count = 0, positional_only = 0, keyword_only = 0, stack_size = 0, flags = 0, first_line = 0;
  std::string code;
  Tuple* consts = nullptr;  ///< code objects in it are stand-ins: see PycFile::code_of
  Tuple* names = nullptr;
  std::vector<Str*> slot_names;
  std::vector<uint8_t> slot_kinds;    ///< SlotKind
  std::vector<uint32_t> deref_slots;  ///< up to 3.10: the slot of each cell and free variable, in their own numbering
  uint32_t local_count = 0, free_count = 0;
  Str *filename = nullptr, *name = nullptr, *qualname = nullptr;  ///< qualname: null up to 3.10
  std::string lines;                                              ///< lnotab, line table or locations
  std::string exceptions;                                         ///< 3.11 on

  /// Slot of what a Free operand names; UINT32_MAX: none.
  uint32_t deref_slot(uint32_t arg) const {
    if (minor >= 11) return arg < slot_names.size() ? arg : UINT32_MAX;
    return arg < deref_slots.size() ? deref_slots[arg] : UINT32_MAX;
  }
};

/// The code objects of one file. Keep it on the native stack: it holds heap cells.
class PycFile {
 public:
  explicit PycFile(Vm& vm) : vm_(vm), charge_(vm) {}
  PycFile(const PycFile&) = delete;
  PycFile& operator=(const PycFile&) = delete;

  /// Reads a whole file. ImportError "bad magic number", "invalid flags"..., EOFError and ValueError for damage.
  Status read(std::string_view data, std::string_view shown_name);
  /// Reads marshal data of version 3.`minor`: any value. The result, in which code objects are stand-ins.
  Value read_marshal(std::string_view data, Value file, int minor);

  /// What a stand-in in consts stands for; null: v is an ordinary value.
  const PycCode* code_of(Value v) const;
  const PycCode* main() const { return main_; }
  int minor() const { return minor_; }

 private:
  friend class PycReader;
  Vm& vm_;
  Charge charge_;  // of what codes_ hold
  int minor_ = 0;
  std::vector<std::unique_ptr<PycCode>> codes_;
  std::unordered_map<uint64_t, PycCode*> by_stand_in_;
  List* keep_ = nullptr;  // roots of what codes_ hold
  PycCode* main_ = nullptr;
};

/// Whether the bytes begin a .pyc file of a CPython that is known.
bool is_pyc(std::string_view data);

// --- Decoding

struct PycInstruction {
  uint32_t offset = 0;
  uint32_t start = 0;  ///< offset of the first EXTENDED_ARG before it
  uint32_t next = 0;   ///< offset of the instruction after it, caches skipped
  uint8_t opcode = 0;
  Op op = Op::kUnknown;
  bool has_arg = false;
  int64_t arg = 0;
};
/// All instructions in order, EXTENDED_ARG ones too (each with the argument so far).
/// (Whoever calls it charges decoded_bytes() before.)
std::vector<PycInstruction> decode(const PycCode& code);
/// An upper bound of what the tables of decode(), exception_rows() and locations() take.
uint64_t decoded_bytes(const PycCode& code);
/// Where a jump leads; -1: the instruction is none.
int64_t jump_target(const PycCode& code, const PycInstruction& i);

/// A row of 3.11's exception table; offsets in bytes.
struct ExceptionRow {
  uint32_t start, end, target, depth;
  bool lasti;
};
std::vector<ExceptionRow> exception_rows(const PycCode& code);

/// Positions of a code object: runs of code units that share one, in order. `line` -1: none.
struct PycLocation {
  uint32_t start, end;  ///< offsets in bytes
  Location location;
};
std::vector<PycLocation> locations(const PycCode& code);

// --- Text

/// What that version's dis prints for the code and, unless `depth` is 0, the code objects in its constants.
Status disassembly_text(Vm& vm, const PycFile& file, const PycCode& code, int depth, std::string& out);

}  // namespace krait::pyc
