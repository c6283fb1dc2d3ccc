#include "bytecode/disassembler.hpp"

#include <algorithm>

#include "objects/operations.hpp"
#include "objects/sequences.hpp"
#include "objects/str.hpp"

namespace krait {

const char* intrinsic_1_name(uint32_t i) {
  static constexpr const char* kNames[] = {"INTRINSIC_1_INVALID",
                                           "INTRINSIC_PRINT",
                                           "INTRINSIC_IMPORT_STAR",
                                           "INTRINSIC_STOPITERATION_ERROR",
                                           "INTRINSIC_ASYNC_GEN_WRAP",
                                           "INTRINSIC_UNARY_POSITIVE",
                                           "INTRINSIC_LIST_TO_TUPLE",
                                           "INTRINSIC_TYPEVAR",
                                           "INTRINSIC_PARAMSPEC",
                                           "INTRINSIC_TYPEVARTUPLE",
                                           "INTRINSIC_SUBSCRIPT_GENERIC",
                                           "INTRINSIC_TYPEALIAS",
                                           "INTRINSIC_ASYNC_ITERATOR_OR_AWAITABLE",
                                           "INTRINSIC_IS_ASYNC_ITERATOR"};
  static_assert(std::size(kNames) == static_cast<size_t>(Intrinsic1::kCount));
  return i < std::size(kNames) ? kNames[i] : nullptr;
}
const char* intrinsic_2_name(uint32_t i) {
  static constexpr const char* kNames[] = {"INTRINSIC_2_INVALID",
                                           "INTRINSIC_PREP_RERAISE_STAR",
                                           "INTRINSIC_TYPEVAR_WITH_BOUND",
                                           "INTRINSIC_TYPEVAR_WITH_CONSTRAINTS",
                                           "INTRINSIC_SET_FUNCTION_TYPE_PARAMS",
                                           "INTRINSIC_SET_TYPEPARAM_DEFAULT"};
  static_assert(std::size(kNames) == static_cast<size_t>(Intrinsic2::kCount));
  return i < std::size(kNames) ? kNames[i] : nullptr;
}
const char* special_method_name(uint32_t i) {
  static constexpr const char* kNames[] = {"__enter__", "__exit__", "__aenter__", "__aexit__"};
  return i < std::size(kNames) ? kNames[i] : nullptr;
}
const char* common_constant_name(uint32_t i) {
  static constexpr const char* kNames[] = {"AssertionError", "NotImplementedError", "tuple", "all", "any"};
  return i < std::size(kNames) ? kNames[i] : nullptr;
}
const char* binary_op_text(uint32_t i) {
  static constexpr const char* kNames[] = {
      "+",  "&",  "//",  "<<",  "@",  "*",  "%",  "|",  "**",  ">>",  "-",  "/",  "^",
      "+=", "&=", "//=", "<<=", "@=", "*=", "%=", "|=", "**=", ">>=", "-=", "/=", "^="};
  static_assert(std::size(kNames) == 2 * static_cast<size_t>(BinaryOp::kCount));
  return i < std::size(kNames) ? kNames[i] : nullptr;
}
const char* compare_op_text(uint32_t i) {
  static constexpr const char* kNames[] = {"<", "<=", "==", "!=", ">", ">="};
  return i < std::size(kNames) ? kNames[i] : nullptr;
}

namespace {

void append_text(Value v, std::string& out) {
  if (is_str(v)) str_append_utf8(as_str(v), out);
}
void append_known(const char* text, std::string& out) {
  if (text != nullptr) out += text;
}

Status operand_text(Vm& vm, const Code* code, DisInstruction& i, const std::vector<uint32_t>& labels) {
  uint32_t arg = static_cast<uint32_t>(i.arg);
  std::string& text = i.arg_text;
  switch (kOpInfo[static_cast<int>(i.op)].operand) {
    case Operand::Const:
      if (arg < code->consts->length) {
        Value shown = repr(vm, code->consts->items[arg]);
        if (shown.is_error()) return Error{};
        append_text(shown, text);
      }
      break;
    case Operand::Name:
      if (arg < code->names->length) append_text(code->names->items[arg], text);
      break;
    case Operand::Local:
    case Operand::Cell:
      if (arg < code->slot_names->length) append_text(code->slot_names->items[arg], text);
      break;
    case Operand::Jump:
      if (i.target >= 0 && i.target < static_cast<int64_t>(labels.size()))
        text = "to L" + std::to_string(labels[static_cast<size_t>(i.target)]);
      break;
    case Operand::Binary: append_known(binary_op_text(arg), text); break;
    case Operand::Compare: append_known(compare_op_text(arg), text); break;
    case Operand::Convert:
      append_known(arg == 1 ? "str" : arg == 2 ? "repr" : arg == 3 ? "ascii" : nullptr, text);
      break;
    case Operand::Intrinsic:
      append_known(i.op == Op::CALL_INTRINSIC_1 ? intrinsic_1_name(arg) : intrinsic_2_name(arg), text);
      break;
    case Operand::Special:
      append_known(i.op == Op::LOAD_SPECIAL ? special_method_name(arg) : common_constant_name(arg), text);
      break;
    case Operand::Flag:
      if (i.op == Op::IS_OP) text = arg ? "is not" : "is";
      if (i.op == Op::CONTAINS_OP) text = arg ? "not in" : "in";
      if (i.op == Op::SET_FUNCTION_ATTRIBUTE) {
        append_known(arg == 1    ? "defaults"
                     : arg == 2  ? "kwdefaults"
                     : arg == 4  ? "annotations"
                     : arg == 8  ? "closure"
                     : arg == 16 ? "annotate"
                                 : nullptr,
                     text);
      }
      break;
    default: break;
  }
  return {};
}

}  // namespace

Status disassemble(Vm& vm, const Code* code, Disassembly& out) {
  size_t n = code->instruction_count;
  out.label_of.assign(n + 1, 0);
  auto mark = [&](int64_t at) {
    if (at >= 0 && at <= static_cast<int64_t>(n)) out.label_of[static_cast<size_t>(at)] = 1;
  };
  for (size_t i = 0; i < n; ++i) {
    Instruction word = code->code()[i];
    if ((word & 0xFF) >= static_cast<uint32_t>(Op::kCanonicalCount)) continue;
    if (kOpInfo[word & 0xFF].operand == Operand::Jump) mark(static_cast<int64_t>(i) + 1 + signed_arg(word));
  }
  for (const Handler& h : code->handler_table()) {
    mark(h.start);
    mark(h.end);
    mark(h.target);
  }
  for (uint32_t& label : out.label_of)
    if (label != 0) label = ++out.label_count;

  out.instructions.reserve(n);
  int32_t line = -2;
  for (LocationRuns runs(code); runs.next();) {
    for (uint32_t k = 0; k < runs.count; ++k) {
      uint32_t number = runs.start + k;
      if ((number & 255) == 0) TRY(vm.poll());
      Instruction word = code->code()[number];
      DisInstruction i;
      i.index = number;
      i.location = runs.location;
      i.starts_line = runs.location.line != line;
      line = runs.location.line;
      i.label = out.label_of[number];
      if ((word & 0xFF) < static_cast<uint32_t>(Op::kCanonicalCount)) {
        i.op = op_of(word);
        Operand operand = kOpInfo[word & 0xFF].operand;
        i.has_arg = operand != Operand::None;
        i.arg = operand == Operand::Jump || operand == Operand::Int ? signed_arg(word)
                                                                    : static_cast<int64_t>(unsigned_arg(word));
        if (operand == Operand::Jump) i.target = int64_t{number} + 1 + signed_arg(word);
        TRY(operand_text(vm, code, i, out.label_of));
      }
      out.instructions.push_back(std::move(i));
    }
  }
  return {};
}

namespace {
constexpr std::string_view kNoLine = "  --";

std::string position_number(int32_t n) { return n < 0 ? "?" : std::to_string(n); }
std::string positions_text(const Location& at) {
  if (at.line < 0 && at.end_line < 0 && at.column < 0 && at.end_column < 0) return std::string(kNoLine);
  return position_number(at.line) + ":" + position_number(at.column) + "-" + position_number(at.end_line) + ":" +
         position_number(at.end_column);
}
}  // namespace

std::string dis_line(const DisInstruction& i, const DisWidths& widths, bool mark, int32_t line_offset) {
  std::string out;
  auto right = [&](const std::string& text, int width) {
    if (static_cast<int>(text.size()) < width) out.append(static_cast<size_t>(width) - text.size(), ' ');
    out += text;
  };
  if (widths.positions > 0) {
    out = positions_text(i.location);
    out.resize(static_cast<size_t>(widths.positions) + 1, ' ');
  } else if (widths.line > 0) {
    std::string line;
    if (i.starts_line) line = i.location.line < 0 ? "--" : std::to_string(i.location.line + line_offset);
    right(line, widths.line);
    out += ' ';
  }
  right(i.label != 0 ? "L" + std::to_string(i.label) + ":" : "", widths.label);
  out += ' ';
  if (widths.offset > 0) {
    right(std::to_string(i.index * 4), widths.offset);
    out += "  ";
  }
  out += mark ? "-->" : "   ";
  out += ' ';
  std::string name = kOpInfo[static_cast<int>(i.op)].name;
  size_t name_width = 20;
  out += name;
  if (name.size() < name_width) out.append(name_width - name.size(), ' ');
  if (i.has_arg) {
    size_t excess = name.size() > name_width ? name.size() - name_width : 0;
    out += ' ';
    right(std::to_string(i.arg), static_cast<int>(excess < 5 ? 5 - excess : 0));
    if (!i.arg_text.empty()) out += " (" + i.arg_text + ")";
  }
  size_t end = out.find_last_not_of(' ');
  out.resize(end == out.npos ? 0 : end + 1);
  return out;
}

Status disassembly_text(Vm& vm, const Code* code, const DisOptions& options, std::string& out) {
  Disassembly d;
  TRY(disassemble(vm, code, d));
  int32_t last_line = -1;
  bool without_line = false, any_line = false;
  for (const DisInstruction& i : d.instructions) {
    if (i.location.line < 0) {
      without_line = true;
    } else {
      any_line = true;
      last_line = std::max(last_line, i.location.line + options.line_offset);
    }
  }
  DisWidths widths;
  if (any_line) {
    widths.line = std::max(3, static_cast<int>(std::to_string(last_line).size()));
    if (without_line) widths.line = std::max(widths.line, 4);
  }
  if (options.show_positions && any_line) {
    size_t longest = kNoLine.size();
    for (const DisInstruction& i : d.instructions) longest = std::max(longest, positions_text(i.location).size());
    widths.positions = static_cast<int>(longest) + 1;
  }
  widths.label = 4 + static_cast<int>(std::to_string(d.label_count).size());
  if (options.show_offsets)
    widths.offset = std::max(4, static_cast<int>(std::to_string(d.instructions.size() * 4).size()));
  for (const DisInstruction& i : d.instructions) {
    if (widths.line > 0 && i.starts_line && i.index > 0) out += '\n';
    out += dis_line(i, widths, i.index == options.current, options.line_offset);
    out += '\n';
  }
  if (code->handler_table().empty()) return {};
  out += "ExceptionTable:\n";
  for (const Handler& h : code->handler_table()) {
    auto label = [&](uint32_t at) { return "L" + std::to_string(at < d.label_of.size() ? d.label_of[at] : 0); };
    out +=
        "  " + label(h.start) + " to " + label(h.end) + " -> " + label(h.target) + " [" + std::to_string(h.depth) + "]";
    out += h.push_lasti ? " lasti\n" : "\n";
  }
  return {};
}

Status disassembly_text_recursive(Vm& vm, const Code* code, const DisOptions& options, int depth, std::string& out) {
  TRY(vm.check_stack());
  TRY(disassembly_text(vm, code, options, out));
  if (depth == 0) return {};
  for (uint64_t i = 0; i < code->consts->length; ++i) {
    Value v = code->consts->items[i];
    if (!is_code(v)) continue;
    Value shown = repr(vm, v);
    if (shown.is_error()) return Error{};
    out += "\nDisassembly of ";
    append_text(shown, out);
    out += ":\n";
    TRY(disassembly_text_recursive(vm, v.as<Code>(), options, depth - 1, out));
  }
  return {};
}

}  // namespace krait
