// Making code objects, and the compressed table of their source locations.
//
// The location table holds, per run of instructions with one location: the length of the run, the change of
// line, the number of further lines, and the columns plus one, each as a variable-length number of 7 bits a
// byte (zigzag where it can be negative).
#include "bytecode/code.hpp"

#include <cstring>
#include <vector>

#include "objects/sequences.hpp"
#include "objects/str.hpp"

namespace krait {
namespace {

void put(std::vector<uint8_t>& out, uint64_t n) {
  while (n >= 0x80) {
    out.push_back(static_cast<uint8_t>(n | 0x80));
    n >>= 7;
  }
  out.push_back(static_cast<uint8_t>(n));
}
void put_signed(std::vector<uint8_t>& out, int64_t n) {
  put(out, static_cast<uint64_t>(n) << 1 ^ static_cast<uint64_t>(n >> 63));
}

struct Reader {
  const uint8_t* p;
  const uint8_t* end;
  uint64_t get() {
    uint64_t n = 0;
    for (int shift = 0; p < end && shift < 64; shift += 7) {
      uint8_t byte = *p++;
      n |= static_cast<uint64_t>(byte & 0x7F) << shift;
      if (byte < 0x80) break;
    }
    return n;
  }
  int64_t get_signed() {
    uint64_t n = get();
    return static_cast<int64_t>(n >> 1) ^ -static_cast<int64_t>(n & 1);
  }
};

bool same(const Location& a, const Location& b) {
  return a.line == b.line && a.end_line == b.end_line && a.column == b.column && a.end_column == b.end_column;
}

template <class T>
Result<Storage*> storage_of(Vm& vm, const T* data, size_t count) {
  Storage* s = TRY(vm.allocate_storage(count == 0 ? 1 : count * sizeof(T)));
  if (count != 0) std::memcpy(s->data(), data, count * sizeof(T));
  return s;
}

}  // namespace

Result<Code*> code_new(Vm& vm, const CodeParts& parts) {
  std::vector<uint8_t> table;
  int32_t line = static_cast<int32_t>(parts.first_line);
  size_t count = parts.locations.size();
  for (size_t i = 0; i < count;) {
    const Location& l = parts.locations[i];
    size_t run = 1;
    while (i + run < count && same(parts.locations[i + run], l)) ++run;
    put(table, run);
    put_signed(table, l.line - line);
    put_signed(table, l.end_line - l.line);
    put(table, static_cast<uint64_t>(int64_t{l.column} + 1));
    put(table, static_cast<uint64_t>(int64_t{l.end_column} + 1));
    line = l.line;
    i += run;
  }
  Code* code = TRY(vm.allocate<Code>(Kind::Code, vm.types.code->shape));
  code->argument_count = parts.argument_count;
  code->positional_only = parts.positional_only;
  code->keyword_only = parts.keyword_only;
  code->slot_count = static_cast<uint32_t>(parts.slot_kinds.size());
  code->local_count = parts.local_count;
  code->free_count = parts.free_count;
  code->max_stack = parts.max_stack;
  code->flags = parts.flags;
  code->first_line = parts.first_line;
  code->instruction_count = static_cast<uint32_t>(parts.instructions.size());
  code->handler_count = static_cast<uint32_t>(parts.handlers.size());
  code->consts = parts.consts == nullptr ? vm.empty_tuple : parts.consts;
  code->names = parts.names == nullptr ? vm.empty_tuple : parts.names;
  code->slot_names = parts.slot_names == nullptr ? vm.empty_tuple : parts.slot_names;
  code->filename = parts.filename;
  code->name = parts.name;
  code->qualname = parts.qualname == nullptr ? parts.name : parts.qualname;
  // Each allocation may make the code old: the barrier comes after each store.
  code->instructions = TRY(storage_of(vm, parts.instructions.data(), parts.instructions.size()));
  vm.barrier(code);
  if (!parts.handlers.empty()) code->handlers = TRY(storage_of(vm, parts.handlers.data(), parts.handlers.size()));
  vm.barrier(code);
  code->locations = TRY(storage_of(vm, table.data(), table.size()));
  vm.barrier(code);
  code->location_bytes = static_cast<uint32_t>(table.size());
  code->slot_kinds = TRY(storage_of(vm, parts.slot_kinds.data(), parts.slot_kinds.size()));
  vm.barrier(code);
  return code;
}

LocationRuns::LocationRuns(const Code* code)
    : p_(code->locations->data<uint8_t>()),
      end_(p_ + code->location_bytes),
      left_(code->instruction_count),
      line_(static_cast<int32_t>(code->first_line)) {}

bool LocationRuns::next() {
  if (p_ >= end_ || left_ == 0) return false;
  Reader in{p_, end_};
  uint64_t run = in.get();
  line_ += static_cast<int32_t>(in.get_signed());
  location.line = line_;
  location.end_line = line_ + static_cast<int32_t>(in.get_signed());
  location.column = static_cast<int32_t>(in.get()) - 1;
  location.end_column = static_cast<int32_t>(in.get()) - 1;
  p_ = in.p;
  start += count;
  count = run < left_ ? static_cast<uint32_t>(run) : left_;
  left_ -= count;
  return true;
}

Location code_location(const Code* code, uint32_t instruction) {
  for (LocationRuns runs(code); runs.next();)
    if (instruction < runs.start + runs.count) return runs.location;
  return {};
}

void code_trace(Heap&, Cell* cell, Marker& marker) {
  Code* code = static_cast<Code*>(cell);
  marker.mark_cell(code->instructions);
  marker.mark_cell(code->handlers);
  marker.mark_cell(code->locations);
  marker.mark_cell(code->slot_kinds);
  marker.mark_cell(code->consts);
  marker.mark_cell(code->names);
  marker.mark_cell(code->slot_names);
  marker.mark_cell(code->filename);
  marker.mark_cell(code->name);
  marker.mark_cell(code->qualname);
}

void code_release(Heap& heap, Cell* cell) {
  Code* code = static_cast<Code*>(cell);
  if (code->live != nullptr) reinterpret_cast<LiveCodeHeader*>(code->live)->release(heap, code->live);
}

}  // namespace krait
