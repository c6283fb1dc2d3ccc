// Instructions, jump targets, exception tables and positions of each version's code.
#include <algorithm>
#include <cstring>

#include "bytecode/pyc/pyc.hpp"

namespace krait::pyc {
namespace {

uint8_t at(const std::string& s, size_t i) { return static_cast<uint8_t>(s[i]); }

/// Numbers of 6 bits a byte, in the two orders that 3.11's tables use.
struct SixBits {
  const std::string& data;
  size_t i = 0;
  bool more() const { return i < data.size(); }
  uint64_t most_significant_first() {
    uint64_t n = 0;
    for (int k = 0; k < 8 && more(); ++k) {
      uint8_t b = at(data, i++);
      n = n << 6 | (b & 63);
      if (!(b & 64)) break;
    }
    return n;
  }
  uint64_t least_significant_first() {
    uint64_t n = 0;
    for (int shift = 0; shift < 48 && more(); shift += 6) {
      uint8_t b = at(data, i++);
      n |= static_cast<uint64_t>(b & 63) << shift;
      if (!(b & 64)) break;
    }
    return n;
  }
  int64_t signed_number() {
    uint64_t n = least_significant_first();
    return n & 1 ? -static_cast<int64_t>(n >> 1) : static_cast<int64_t>(n >> 1);
  }
  uint8_t byte() { return more() ? at(data, i++) : 0; }
};

int32_t clamp_line(int64_t line) { return static_cast<int32_t>(std::clamp<int64_t>(line, -1, INT32_MAX)); }

bool is_backward(Op op) {
  switch (op) {
    case Op::JUMP_BACKWARD:
    case Op::JUMP_BACKWARD_NO_INTERRUPT:
    case Op::POP_JUMP_BACKWARD_IF_FALSE:
    case Op::POP_JUMP_BACKWARD_IF_TRUE:
    case Op::POP_JUMP_BACKWARD_IF_NONE:
    case Op::POP_JUMP_BACKWARD_IF_NOT_NONE:
    case Op::END_ASYNC_FOR:  // names the SEND of its loop
      return true;
    default: return false;
  }
}

}  // namespace

uint64_t decoded_bytes(const PycCode& code) {
  uint64_t instructions = code.minor <= 5 ? code.code.size() : code.code.size() / 2;
  // A row or a location takes two bytes at least; vectors grow by doubling.
  return instructions * sizeof(PycInstruction) + code.exceptions.size() / 2 * sizeof(ExceptionRow) +
         code.lines.size() * sizeof(PycLocation);
}

std::vector<PycInstruction> decode(const PycCode& code) {
  std::vector<PycInstruction> out;
  const std::string& bytes = code.code;
  uint32_t n = static_cast<uint32_t>(bytes.size());
  out.reserve(code.minor <= 5 ? n : n / 2);
  uint64_t extended = 0;
  uint32_t start = 0;
  for (uint32_t i = 0; i < n;) {
    PycInstruction ins;
    ins.offset = i;
    ins.opcode = at(bytes, i);
    const OpRow& row = op_row(code.minor, ins.opcode);
    ins.op = row.op;
    // Up to 3.11 the number alone says whether there is an argument.
    ins.has_arg = row.op == Op::kUnknown && code.minor <= 11 ? ins.opcode >= 90 : row.operand != Operand::None;
    if (code.minor <= 5) {
      if (ins.has_arg && i + 2 < n) ins.arg = static_cast<int64_t>(at(bytes, i + 1) | at(bytes, i + 2) << 8 | extended);
      ins.next = i + (ins.has_arg ? 3 : 1);
    } else {
      if (ins.has_arg && i + 1 < n) ins.arg = static_cast<int64_t>(at(bytes, i + 1) | extended);
      ins.next = i + 2 + 2u * row.caches;
    }
    ins.start = start;
    bool prefix = row.op == Op::EXTENDED_ARG;
    extended = prefix ? static_cast<uint64_t>(ins.arg) << (code.minor <= 5 ? 16 : 8) & 0xFFFFFFFF : 0;
    if (code.minor >= 11 && ins.has_arg && ins.arg > INT32_MAX) ins.arg -= int64_t{1} << 32;
    i = std::min(ins.next, n);
    ins.next = i;
    if (!prefix) start = i;
    out.push_back(ins);
  }
  return out;
}

int64_t jump_target(const PycCode& code, const PycInstruction& ins) {
  const OpRow& row = op_row(code.minor, ins.opcode);
  int64_t unit = code.minor >= 10 ? 2 : 1;
  if (row.operand == Operand::JumpAbsolute) return ins.arg * unit;
  if (row.operand != Operand::JumpRelative) return -1;
  int64_t from = code.minor <= 5 ? ins.offset + 3 : ins.offset + 2 + 2 * row.caches;
  return from + (is_backward(ins.op) ? -ins.arg : ins.arg) * unit;
}

std::vector<ExceptionRow> exception_rows(const PycCode& code) {
  std::vector<ExceptionRow> out;
  if (code.minor < 11) return out;
  auto limited = [](uint64_t n) { return static_cast<uint32_t>(std::min<uint64_t>(n, INT32_MAX / 4)); };
  for (SixBits in{code.exceptions}; in.more();) {
    ExceptionRow row;
    row.start = limited(in.most_significant_first()) * 2;
    if (!in.more()) break;
    row.end = row.start + limited(in.most_significant_first()) * 2;
    if (!in.more()) break;
    row.target = limited(in.most_significant_first()) * 2;
    if (!in.more()) break;
    uint32_t last = limited(in.most_significant_first());
    row.depth = last >> 1;
    row.lasti = last & 1;
    out.push_back(row);
  }
  return out;
}

std::vector<PycLocation> locations(const PycCode& code) {
  std::vector<PycLocation> out;
  uint32_t size = static_cast<uint32_t>(code.code.size());
  uint32_t start = 0;
  auto add = [&](uint64_t end, const Location& l) {
    if (end > size) end = size;
    if (end > start) out.push_back({start, static_cast<uint32_t>(end), l});
    start = std::max(start, static_cast<uint32_t>(end));
  };
  auto line_only = [](int64_t line) {
    int32_t l = clamp_line(line);
    return Location{l, l, -1, -1};
  };
  int64_t line = code.first_line;
  if (code.minor <= 9) {
    uint64_t address = 0;
    for (size_t i = 0; i + 1 < code.lines.size(); i += 2) {
      uint8_t bytes = at(code.lines, i), lines = at(code.lines, i + 1);
      address += bytes;
      if (bytes != 0) add(address, line_only(line));
      line += code.minor <= 5 ? lines : static_cast<int8_t>(lines);
    }
    add(size, line_only(line));
    return out;
  }
  if (code.minor == 10) {
    uint64_t address = 0;
    for (size_t i = 0; i + 1 < code.lines.size(); i += 2) {
      int8_t change = static_cast<int8_t>(at(code.lines, i + 1));
      address += at(code.lines, i);
      if (change != -128) line += change;
      add(address, change == -128 ? Location{-1, -1, -1, -1} : line_only(line));
    }
    add(size, Location{-1, -1, -1, -1});
    return out;
  }
  uint64_t address = 0;
  for (SixBits in{code.lines}; in.more();) {
    uint8_t head = in.byte();
    int kind = head >> 3 & 15;
    address += 2u * ((head & 7) + 1);
    Location l{-1, -1, -1, -1};
    auto column = [](uint64_t n) { return static_cast<int32_t>(std::min<uint64_t>(n, INT32_MAX)) - 1; };
    switch (kind) {
      case 15: break;
      case 14:
        line += in.signed_number();
        l.line = clamp_line(line);
        l.end_line = clamp_line(line + static_cast<int64_t>(in.least_significant_first()));
        l.column = column(in.least_significant_first());
        l.end_column = column(in.least_significant_first());
        break;
      case 13:
        line += in.signed_number();
        l.line = l.end_line = clamp_line(line);
        break;
      case 12:
      case 11:
      case 10:
        line += kind - 10;
        l.line = l.end_line = clamp_line(line);
        l.column = in.byte();
        l.end_column = in.byte();
        break;
      default: {
        uint8_t second = in.byte();
        l.line = l.end_line = clamp_line(line);
        l.column = kind << 3 | second >> 4;
        l.end_column = l.column + (second & 15);
      }
    }
    line = std::clamp<int64_t>(line, INT32_MIN, INT32_MAX);
    add(address, l);
  }
  add(size, Location{-1, -1, -1, -1});
  return out;
}

}  // namespace krait::pyc
