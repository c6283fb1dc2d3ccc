// What the dis module of each version prints for its code, to the letter (addresses of code objects aside).
#include <algorithm>
#include <map>
#include <set>

#include "bytecode/disassembler.hpp"
#include "bytecode/pyc/pyc.hpp"
#include "objects/operations.hpp"
#include "objects/str.hpp"

namespace krait::pyc {
namespace {

constexpr int32_t kNoLine = -1;
constexpr const char* kComparisons[] = {
    "<", "<=", "==", "!=", ">", ">=", "in", "not in", "is", "is not", "exception match", "BAD"};
constexpr const char* kConversions[] = {"", "str", "repr", "ascii"};
constexpr const char* kFunctionAttributes[] = {"defaults", "kwdefaults", "annotations", "closure", "annotate"};

/// Offsets at which dis writes a line number; kNoLine: it says that there is none (3.13 on).
std::map<uint32_t, int32_t> line_starts(const PycCode& code) {
  std::map<uint32_t, int32_t> out;
  if (code.minor <= 9) {
    int64_t line = code.first_line, last = -1;
    uint32_t address = 0;
    for (size_t i = 0; i + 1 < code.lines.size(); i += 2) {
      uint8_t bytes = static_cast<uint8_t>(code.lines[i]), lines = static_cast<uint8_t>(code.lines[i + 1]);
      if (bytes != 0) {
        if (line != last) out[address] = static_cast<int32_t>(line);
        last = line;
        address += bytes;
        if (code.minor >= 8 && address >= code.code.size()) return out;
      }
      line += code.minor <= 5 ? lines : static_cast<int8_t>(lines);
    }
    if (line != last) out[address] = static_cast<int32_t>(line);
    return out;
  }
  int32_t last = code.minor >= 13 ? -2 : kNoLine;
  for (const PycLocation& run : locations(code)) {
    int32_t line = run.location.line;
    if (line == last || (line == kNoLine && code.minor < 13)) continue;
    out[run.start] = last = line;
  }
  return out;
}

class Disassembler {
 public:
  Disassembler(Vm& vm, const PycFile& file, const PycCode& code, std::string& out, Charge& charge)
      : vm_(vm), file_(file), code_(code), out_(out), charge_(charge) {}
  Status run();
  Status value_text(Value v, std::string& out);

 private:
  Status operand(const PycInstruction& i, std::string& out);
  Status constant(int64_t arg, std::string& out) {
    if (arg < 0 || static_cast<uint64_t>(arg) >= code_.consts->length) return {};
    return value_text(code_.consts->items[arg], out);
  }
  void name(int64_t arg, std::string& out) {
    if (arg >= 0 && static_cast<uint64_t>(arg) < code_.names->length)
      str_append_utf8(as_str(code_.names->items[arg]), out);
  }
  void slot(uint64_t arg, std::string& out) {
    if (arg < code_.slot_names.size()) str_append_utf8(code_.slot_names[arg], out);
  }
  void jump(const PycInstruction& i, std::string& out) {
    int64_t target = jump_target(code_, i);
    if (code_.minor < 13) {
      out += "to " + std::to_string(target);
      return;
    }
    auto label = labels_.find(target);
    out += i.op == Op::END_ASYNC_FOR ? "from L" : "to L";
    out += std::to_string(label == labels_.end() ? 0 : label->second);
  }
  void line_of(const PycInstruction& i, std::string& out);
  void exception_table();

  Vm& vm_;
  const PycFile& file_;
  const PycCode& code_;
  std::string& out_;
  Charge& charge_;
  std::map<int64_t, int> labels_;  // number by offset
  std::map<uint32_t, int32_t> starts_;
  std::vector<ExceptionRow> rows_;
  size_t line_width_ = 0, offset_width_ = 4, label_width_ = 0;
};

Status Disassembler::value_text(Value v, std::string& out) {
  if (const PycCode* c = file_.code_of(v)) {
    char address[32];
    std::snprintf(address, sizeof address, "0x%llx", static_cast<unsigned long long>(v.bits()));
    out += "<code object ";
    str_append_utf8(c->name, out);
    out += std::string(" at ") + address + ", file \"";
    str_append_utf8(c->filename, out);
    out += "\", line " + std::to_string(c->first_line) + ">";
    return {};
  }
  Value shown = repr(vm_, v);
  if (shown.is_error()) return Error{};
  if (is_str(shown)) str_append_utf8(as_str(shown), out);
  return {};
}

Status Disassembler::operand(const PycInstruction& i, std::string& out) {
  int minor = code_.minor;
  int64_t arg = i.arg;
  switch (op_row(minor, i.opcode).operand) {
    case Operand::Const:
      if (minor == 11 && i.op != Op::LOAD_CONST) return {};
      return constant(arg, out);
    case Operand::Name: {
      int shift = 0;
      const char *before = "", *after = "";
      if (i.op == Op::LOAD_GLOBAL && minor >= 11) {
        shift = 1;
        if (arg & 1) (minor >= 13 ? after : before) = minor >= 13 ? " + NULL" : "NULL + ";
      } else if (minor >= 12 && (i.op == Op::LOAD_ATTR || i.op == Op::LOAD_SUPER_ATTR)) {
        shift = i.op == Op::LOAD_ATTR ? 1 : 2;
        if (arg & 1) (minor >= 13 ? after : before) = minor >= 13 ? " + NULL|self" : "NULL|self + ";
      }
      out += before;
      name(arg >> shift, out);
      out += after;
      return {};
    }
    case Operand::JumpAbsolute:
      if (minor >= 10) jump(i, out);
      return {};
    case Operand::JumpRelative: jump(i, out); return {};
    case Operand::Local:
      switch (i.op) {
        case Op::LOAD_FAST_LOAD_FAST:
        case Op::LOAD_FAST_BORROW_LOAD_FAST_BORROW:
        case Op::STORE_FAST_LOAD_FAST:
        case Op::STORE_FAST_STORE_FAST:
          slot(static_cast<uint64_t>(arg) >> 4, out);
          out += ", ";
          slot(static_cast<uint64_t>(arg) & 15, out);
          return {};
        default:
          if (minor >= 11 || static_cast<uint64_t>(arg) < code_.local_count) slot(static_cast<uint64_t>(arg), out);
          return {};
      }
    case Operand::Free: {
      uint32_t at = arg < 0 || arg > UINT32_MAX ? UINT32_MAX : code_.deref_slot(static_cast<uint32_t>(arg));
      if (at != UINT32_MAX) slot(at, out);
      return {};
    }
    case Operand::Compare: {
      int64_t number = minor >= 13 ? arg >> 5 : minor == 12 ? arg >> 4 : arg;
      if (number < 0 || static_cast<size_t>(number) >= std::size(kComparisons)) return {};
      if (minor >= 9 && number > 5) return {};
      if (minor >= 13 && (arg & 16)) {
        out += std::string("bool(") + kComparisons[number] + ")";
      } else {
        out += kComparisons[number];
      }
      return {};
    }
    default: break;
  }
  auto add = [&out](const char* text) {
    if (text != nullptr) out += text;
  };
  auto flags = [&](size_t count) {
    bool first = true;
    for (size_t k = 0; k < count; ++k) {
      if (!(arg >> k & 1)) continue;
      if (!first) out += ", ";
      first = false;
      out += kFunctionAttributes[k];
    }
  };
  switch (i.op) {
    case Op::CALL_FUNCTION:
    case Op::CALL_FUNCTION_VAR:
    case Op::CALL_FUNCTION_KW:
    case Op::CALL_FUNCTION_VAR_KW:
      if (minor <= 5)
        out += std::to_string(arg & 0xFF) + " positional, " + std::to_string(arg >> 8 & 0xFF) + " keyword pair";
      break;
    case Op::FORMAT_VALUE:
      out += kConversions[arg & 3];
      if (arg & 4) out += arg & 3 ? ", with format" : "with format";
      break;
    case Op::MAKE_FUNCTION:
      if (minor >= 8 && minor <= 12) flags(4);
      break;
    case Op::SET_FUNCTION_ATTRIBUTE: flags(minor >= 14 ? 5 : 4); break;
    case Op::BINARY_OP: add(arg == 26 && minor >= 14 ? "[]" : binary_op_text(static_cast<uint32_t>(arg))); break;
    case Op::CALL_INTRINSIC_1: add(intrinsic_1_name(static_cast<uint32_t>(arg))); break;
    case Op::CALL_INTRINSIC_2: add(intrinsic_2_name(static_cast<uint32_t>(arg))); break;
    case Op::CONVERT_VALUE:
      if (arg >= 0 && arg < 4) out += kConversions[arg];
      break;
    case Op::LOAD_COMMON_CONSTANT:
      if (arg == 3 || arg == 4) {
        out += std::string("<built-in function ") + common_constant_name(static_cast<uint32_t>(arg)) + ">";
      } else {
        add(common_constant_name(static_cast<uint32_t>(arg)));
      }
      break;
    case Op::LOAD_SPECIAL: add(special_method_name(static_cast<uint32_t>(arg))); break;
    case Op::IS_OP:
      if (minor >= 14) out += arg ? "is not" : "is";
      break;
    case Op::CONTAINS_OP:
      if (minor >= 14) out += arg ? "not in" : "in";
      break;
    default: break;
  }
  return {};
}

void append_right(const std::string& text, size_t width, std::string& out) {
  if (text.size() < width) out.append(width - text.size(), ' ');
  out += text;
}

void Disassembler::line_of(const PycInstruction& i, std::string& out) {
  auto start = starts_.find(i.offset);
  bool starts = start != starts_.end();
  if (line_width_ > 0) {
    if (starts && i.offset > 0) out_ += '\n';
    append_right(!starts ? "" : start->second == kNoLine ? "--" : std::to_string(start->second), line_width_, out);
    out += ' ';
  }
  auto label = labels_.find(i.offset);
  bool labelled = label != labels_.end();
  if (code_.minor >= 13) {
    append_right(labelled ? "L" + std::to_string(label->second) + ":" : "", label_width_, out);
    out += "     ";
  } else {
    out += labelled ? "    >> " : "       ";
    append_right(std::to_string(i.offset), offset_width_, out);
    out += ' ';
  }
}

void Disassembler::exception_table() {
  if (rows_.empty()) return;
  out_ += "ExceptionTable:\n";
  for (const ExceptionRow& row : rows_) {
    auto place = [&](uint32_t offset) {
      if (code_.minor < 13) return std::to_string(offset);
      return "L" + std::to_string(labels_[offset]);
    };
    out_ += "  " + place(row.start) + " to " +
            (code_.minor < 13 ? std::to_string(int64_t{row.end} - 2) : place(row.end)) + " -> " + place(row.target) +
            " [" + std::to_string(row.depth) + "]" + (row.lasti ? " lasti\n" : "\n");
  }
}

Status Disassembler::run() {
  TRY(charge_.add(decoded_bytes(code_)));
  std::vector<PycInstruction> instructions = decode(code_);
  starts_ = line_starts(code_);
  rows_ = exception_rows(code_);
  std::set<int64_t> labels;
  for (PycInstruction i : instructions) {
    if (code_.minor <= 5) i.arg &= 0xFFFF;  // as its findlabels reads it
    if (int64_t target = jump_target(code_, i); target >= 0) labels.insert(target);
  }
  for (const ExceptionRow& row : rows_) {
    if (code_.minor >= 13) {
      labels.insert(row.start);
      labels.insert(row.end);
    }
    if (code_.minor >= 13 || row.start < row.end) labels.insert(row.target);
  }
  int number = 0;
  for (int64_t offset : labels) labels_[offset] = ++number;
  label_width_ = 4 + std::to_string(labels_.size()).size();

  int32_t last_line = kNoLine;
  bool without = false;
  for (const auto& [offset, line] : starts_) {
    last_line = std::max(last_line, line);
    without |= line == kNoLine;
  }
  if (code_.minor >= 13) {
    line_width_ = last_line <= 0 ? 0 : std::max<size_t>(3, std::to_string(last_line).size());
    if (line_width_ > 0 && without) line_width_ = std::max<size_t>(line_width_, 4);
  } else if (code_.minor <= 9 || !starts_.empty()) {
    line_width_ = code_.minor >= 7 && last_line >= 1000 ? std::to_string(last_line).size() : 3;
  }
  if (code_.minor >= 7 && code_.code.size() - 2 >= 10000) offset_width_ = std::to_string(code_.code.size() - 2).size();

  size_t done = 0;
  for (const PycInstruction& i : instructions) {
    if ((++done & 255) == 0) TRY(vm_.poll());
    std::string line;
    line_of(i, line);
    const char* known = op_name(i.op);
    std::string name = known != nullptr ? known : "<" + std::to_string(i.opcode) + ">";
    line += name;
    if (name.size() < 20) line.append(20 - name.size(), ' ');
    if (i.has_arg) {
      size_t width = 5;
      if (code_.minor >= 13 && name.size() > 20) width = name.size() - 20 < 5 ? 5 - (name.size() - 20) : 0;
      line += ' ';
      append_right(std::to_string(i.arg), width, line);
      std::string shown;
      TRY(operand(i, shown));
      if (!shown.empty()) line += " (" + shown + ")";
    }
    line.resize(line.find_last_not_of(' ') + 1);
    TRY(charge_.add(line.size() + 1));
    out_ += line;
    out_ += '\n';
  }
  exception_table();
  return {};
}

}  // namespace

namespace {

Status append_text(Vm& vm, const PycFile& file, const PycCode& code, int depth, std::string& out, Charge& charge) {
  TRY(vm.check_stack());
  // Constants that are shared make the text grow without bound.
  constexpr size_t kMostText = size_t{1} << 30;
  if (out.size() > kMostText) return vm.raise(E::MemoryError, "the disassembly is too long");
  Disassembler d(vm, file, code, out, charge);
  TRY(d.run());
  if (depth == 0) return {};
  for (Value v : code.consts->span()) {
    const PycCode* inner = file.code_of(v);
    if (inner == nullptr) continue;
    out += "\nDisassembly of ";
    TRY(d.value_text(v, out));
    out += ":\n";
    TRY(append_text(vm, file, *inner, depth - 1, out, charge));
  }
  return {};
}

}  // namespace

Status disassembly_text(Vm& vm, const PycFile& file, const PycCode& code, int depth, std::string& out) {
  Charge charge(vm);  // of the text while it grows, and the tables
  return append_text(vm, file, code, depth, out, charge);
}

}  // namespace krait::pyc
