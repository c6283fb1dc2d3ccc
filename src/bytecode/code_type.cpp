// The type of code objects as Python sees it: co_ attributes, co_positions() and the like, replace(), the
// constructor.
//
// Attributes that CPython defines by its own encodings are made in CPython's encoding where its tools read
// them (co_lnotab, co_linetable, co_exceptiontable); co_code holds Krait's instructions, four bytes each.
#include <cstring>
#include <string>
#include <vector>

#include "bytecode/async_loop.hpp"
#include "bytecode/code.hpp"
#include "objects/bytes.hpp"
#include "objects/int.hpp"
#include "objects/operations.hpp"
#include "objects/sequences.hpp"
#include "objects/str.hpp"

namespace krait {
namespace {

Code* self_of(Value v) { return v.as<Code>(); }

// --- Slots by kind

Value slots_of_kind(Vm& vm, const Code* code, uint8_t kind) {
  List* list = TRY(list_new(vm));
  const uint8_t* kinds = code->slot_kinds->data<uint8_t>();
  for (uint32_t i = 0; i < code->slot_count; ++i)
    if (kinds[i] & kind) TRY(list_append(vm, list, code->slot_names->items[i]));
  return list_to_tuple(vm, list);
}

// --- Locations

std::vector<Location> all_locations(const Code* code) {
  std::vector<Location> out;
  out.reserve(code->instruction_count);
  for (LocationRuns runs(code); runs.next();) out.insert(out.end(), runs.count, runs.location);
  out.resize(code->instruction_count);
  return out;
}

Value line_value(int32_t line) { return line < 0 ? Value::none() : Value::small_int(line); }
Value column_value(int32_t column) { return column < 0 ? Value::none() : Value::small_int(column); }

Value code_positions(Vm& vm, Args a) {
  const Code* code = self_of(a[0]);
  List* list = TRY(list_new(vm, code->instruction_count));
  uint32_t done = 0;
  for (const Location& l : all_locations(code)) {
    if ((++done & 1023) == 0) TRY(vm.poll());
    Tuple* t = TRY(tuple_of(vm, line_value(l.line), line_value(l.line < 0 ? -1 : l.end_line), column_value(l.column),
                            column_value(l.end_column)));
    // Two for each instruction: the library looks them up by half the offset, whatever an instruction's size.
    TRY(list_append(vm, list, t));
    TRY(list_append(vm, list, t));
  }
  return get_iter(vm, list);
}

Value code_lines(Vm& vm, Args a) {
  const Code* code = self_of(a[0]);
  List* list = TRY(list_new(vm));
  std::vector<Location> locations = all_locations(code);
  for (size_t i = 0; i < locations.size();) {
    TRY(vm.poll());
    size_t end = i + 1;
    while (end < locations.size() && locations[end].line == locations[i].line) ++end;
    TRY(list_append(vm, list,
                    TRY(tuple_of(vm, Value::small_int(static_cast<int64_t>(i * 4)),
                                 Value::small_int(static_cast<int64_t>(end * 4)), line_value(locations[i].line)))));
    i = end;
  }
  return get_iter(vm, list);
}

// For each conditional jump: its place, where it goes on, where it goes to.
Value code_branches(Vm& vm, Args a) {
  const Code* code = self_of(a[0]);
  List* list = TRY(list_new(vm));
  for (uint32_t i = 0; i < code->instruction_count; ++i) {
    if ((i & 1023) == 0) TRY(vm.poll());
    Instruction word = code->code()[i];
    const OpInfo& info = kOpInfo[word & 0xFF];
    bool async = op_of(word) == Op::END_ASYNC_FOR;
    if (async) TRY(vm.poll());  // the whole exception table is searched
    if (!async && (!(info.flags & kOpJumps) || (info.flags & kOpEnds) || op_of(word) == Op::SEND)) continue;
    int64_t from = async ? async_step_of(code, i) : i, next = from + 1;
    int64_t target = async ? i + 1 : next + signed_arg(word);
    TRY(list_append(
        vm, list,
        TRY(tuple_of(vm, Value::small_int(from * 4), Value::small_int(next * 4), Value::small_int(target * 4)))));
  }
  return get_iter(vm, list);
}

// --- CPython's encodings of tables

void put_varint(std::string& out, uint32_t n) {
  while (n >= 64) {
    out += static_cast<char>(0x40 | (n & 0x3F));
    n >>= 6;
  }
  out += static_cast<char>(n);
}
void put_signed_varint(std::string& out, int32_t n) {
  put_varint(out, n < 0 ? (static_cast<uint32_t>(-n) << 1 | 1) : static_cast<uint32_t>(n) << 1);
}

// co_linetable, PEP 626/657 format: units of two bytes, so an instruction is two of them.
Value code_linetable(Vm& vm, Value self) {
  const Code* code = self_of(self);
  std::string out;
  int32_t line = static_cast<int32_t>(code->first_line);
  auto entry = [&](const Location& l, uint32_t units) {
    auto head = [&](int kind) { out += static_cast<char>(0x80 | kind << 3 | (units - 1)); };
    if (l.line < 0) return head(15);
    if (l.column < 0 || l.end_column < 0) {
      head(13);
      put_signed_varint(out, l.line - line);
    } else {
      head(14);
      put_signed_varint(out, l.line - line);
      put_varint(out, static_cast<uint32_t>(l.end_line - l.line));
      put_varint(out, static_cast<uint32_t>(l.column + 1));
      put_varint(out, static_cast<uint32_t>(l.end_column + 1));
    }
    line = l.line;
  };
  for (LocationRuns runs(code); runs.next();) {
    for (uint64_t units = uint64_t{runs.count} * 2; units > 0;) {
      uint32_t part = units > 8 ? 8 : static_cast<uint32_t>(units);
      entry(runs.location, part);
      units -= part;
    }
  }
  return bytes_from(vm, out);
}

Value code_lnotab(Vm& vm, Value self) {
  const Code* code = self_of(self);
  TRY(warn(vm, E::DeprecationWarning, "co_lnotab is deprecated, use co_lines instead.", 1));
  std::string out;
  int64_t line = code->first_line, at = 0, last_at = 0;
  for (LocationRuns runs(code); runs.next();) {
    const Location& l = runs.location;
    if (l.line >= 0 && l.line != line) {
      int64_t bytes = at - last_at, delta = l.line - line;
      while (bytes > 255) {
        out += '\xff';
        out += '\0';
        bytes -= 255;
      }
      while (delta < -128 || delta > 127) {
        int64_t part = delta < 0 ? -128 : 127;
        out += static_cast<char>(bytes);
        out += static_cast<char>(part);
        bytes = 0;
        delta -= part;
      }
      out += static_cast<char>(bytes);
      out += static_cast<char>(delta);
      line = l.line;
      last_at = at;
    }
    at += int64_t{runs.count} * 4;
  }
  return bytes_from(vm, out);
}

// co_exceptiontable: rows of start, length, target (in units of two bytes) and depth << 1 | lasti, big-endian
// sextets.
Value code_exceptiontable(Vm& vm, Value self) {
  const Code* code = self_of(self);
  std::string out;
  auto item = [&](uint32_t n, int first) {
    int shift = 0;
    while (n >> shift >= 64) shift += 6;
    for (int mark = first; shift >= 0; shift -= 6, mark = 0)
      out += static_cast<char>((n >> shift & 0x3F) | (shift > 0 ? 0x40 : 0) | mark);
  };
  for (const Handler& h : code->handler_table()) {
    item(h.start * 2, 0x80);
    item((h.end - h.start) * 2, 0);
    item(h.target * 2, 0);
    item(static_cast<uint32_t>(h.depth) << 1 | h.push_lasti, 0);
  }
  return bytes_from(vm, out);
}

Value code_code(Vm& vm, Value self) {
  const Code* code = self_of(self);
  return bytes_from(vm,
                    std::string_view(code->instructions->data<char>(), code->instruction_count * sizeof(Instruction)));
}

// --- Equality

bool same_storage(const Storage* a, const Storage* b, size_t bytes) {
  return a == b || (a != nullptr && b != nullptr &&
                    std::memcmp(const_cast<Storage*>(a)->data(), const_cast<Storage*>(b)->data(), bytes) == 0);
}

// Equal constants of the same types, so that 1 and True, or 0.0 and -0.0, are told apart.
Result<bool> same_constant(Vm& vm, Value a, Value b) {
  TRY(vm.check_stack(" in comparison"));
  if (a.is(b)) return true;
  if (vm.type_of(a) != vm.type_of(b)) return false;
  if (is_tuple(a)) {
    const Tuple *x = a.as<Tuple>(), *y = b.as<Tuple>();
    if (x->length != y->length) return false;
    for (uint64_t i = 0; i < x->length; ++i)
      if (!TRY(same_constant(vm, x->items[i], y->items[i]))) return false;
    return true;
  }
  Type* t = vm.type_of(a);
  if (t == vm.types.float_ || t == vm.types.complex_) {
    Value ra = repr(vm, a), rb = ra.is_error() ? ra : repr(vm, b);
    if (rb.is_error()) return Error{};
    return str_equal(as_str(ra), as_str(rb));
  }
  return equal(vm, a, b);
}

Value code_eq(Vm& vm, Args a) {
  if (!is_code(a[1])) return Value::not_implemented();
  const Code *x = self_of(a[0]), *y = a[1].as<Code>();
  if (x == y) return Value::true_();
  if (x->argument_count != y->argument_count || x->positional_only != y->positional_only ||
      x->keyword_only != y->keyword_only || x->slot_count != y->slot_count || x->flags != y->flags ||
      x->first_line != y->first_line || x->instruction_count != y->instruction_count ||
      x->handler_count != y->handler_count || x->location_bytes != y->location_bytes || !str_equal(x->name, y->name))
    return Value::false_();
  if (!same_storage(x->instructions, y->instructions, x->instruction_count * sizeof(Instruction)) ||
      !same_storage(x->handlers, y->handlers, x->handler_count * sizeof(Handler)) ||
      !same_storage(x->locations, y->locations, x->location_bytes) ||
      !same_storage(x->slot_kinds, y->slot_kinds, x->slot_count))
    return Value::false_();
  if (!TRY(same_constant(vm, x->names, y->names)) || !TRY(same_constant(vm, x->slot_names, y->slot_names)))
    return Value::false_();
  return Value::boolean(TRY(same_constant(vm, x->consts, y->consts)));
}

Value code_ne(Vm& vm, Args a) {
  Value v = code_eq(vm, a);
  return v.is_bool() ? Value::boolean(v.is_false()) : v;
}

Value code_hash(Vm& vm, Args a) {
  const Code* code = self_of(a[0]);
  uint64_t h = static_cast<uint64_t>(str_hash(vm, code->name));
  for (Instruction word : code->code()) h = (h ^ word) * 0x100000001b3u;
  for (uint64_t part : {uint64_t{code->argument_count}, uint64_t{code->positional_only}, uint64_t{code->keyword_only},
                        uint64_t{code->flags}, uint64_t{code->first_line}})
    h = (h ^ part) * 0x9E3779B97F4A7C15u;
  return Value::small_int(static_cast<int64_t>(h >> 3));
}

Value code_repr(Vm& vm, Args a) {
  const Code* code = self_of(a[0]);
  static constexpr char kHex[] = "0123456789abcdef";
  std::string address;
  uint64_t n = a[0].bits();
  for (int shift = 60; shift >= 0; shift -= 4)
    if (!address.empty() || n >> shift) address += kHex[n >> shift & 15];
  if (code->filename != nullptr)
    return str_message(vm, "<code object {} at 0x{}, file \"{}\", line {}>", code->name, std::string_view(address),
                       code->filename, code->first_line);
  return str_message(vm, "<code object {} at 0x{}, file ???, line {}>", code->name, std::string_view(address),
                     code->first_line);
}

// --- Making code objects

struct RawCode {
  int64_t argument_count, positional_only, keyword_only, flags, stack_size, first_line;
  Value code, consts, names, varnames, filename, name, qualname, linetable, exceptiontable, freevars, cellvars;
};

Result<Tuple*> names_argument(Vm& vm, Value v, const char* what) {
  if (!is_tuple(v)) return vm.raise(E::TypeError, "code() argument {} must be tuple, not {}", what, argument_type(v));
  Tuple* names = v.as<Tuple>();
  Tuple* out = names->length == 0 ? vm.empty_tuple : TRY(tuple_allocate(vm, names->length));
  for (uint64_t i = 0; i < names->length; ++i) {
    if (!is_str(names->items[i]))
      return vm.raise(E::TypeError, "name tuples must contain only strings, not '{}'", type_name_of(names->items[i]));
    out->items[i] = vm.intern(as_str(names->items[i]));
  }
  if (out != vm.empty_tuple) vm.barrier(out);
  return out;
}

// Reads the tables that the getters above write. Positions of tables that are not of that form are lost, not
// an error.
struct Bytewise {
  std::string_view text;
  size_t at = 0;
  bool more() const { return at < text.size(); }
  uint8_t get() { return more() ? static_cast<uint8_t>(text[at++]) : 0; }
  uint32_t varint() {
    uint32_t n = 0;
    for (int shift = 0; shift < 32; shift += 6) {
      uint8_t b = get();
      n |= static_cast<uint32_t>(b & 0x3F) << shift;
      if (!(b & 0x40)) break;
    }
    return n;
  }
  int32_t signed_varint() {
    uint32_t n = varint();
    return n & 1 ? -static_cast<int32_t>(n >> 1) : static_cast<int32_t>(n >> 1);
  }
};

std::vector<Location> read_linetable(std::string_view table, size_t count, int32_t first_line) {
  std::vector<Location> out;
  std::vector<Location> units;
  Bytewise in{table};
  int32_t line = first_line;
  while (in.more() && units.size() < count * 2) {
    uint8_t head = in.get();
    int kind = head >> 3 & 15;
    uint32_t length = (head & 7u) + 1;
    Location l{-1, -1, -1, -1};
    if (kind <= 9) {  // same line, short columns
      uint8_t second = in.get();
      l = {line, line, kind << 3 | second >> 4, 0};
      l.end_column = l.column + (second & 15);
    } else if (kind <= 12) {
      line += kind - 10;
      l.line = l.end_line = line;
      l.column = in.get();
      l.end_column = in.get();
    } else if (kind == 13) {
      line += in.signed_varint();
      l.line = l.end_line = line;
    } else if (kind == 14) {
      line += in.signed_varint();
      l.line = line;
      l.end_line = line + static_cast<int32_t>(in.varint());
      l.column = static_cast<int32_t>(in.varint()) - 1;
      l.end_column = static_cast<int32_t>(in.varint()) - 1;
    }
    for (uint32_t i = 0; i < length; ++i) units.push_back(l);
  }
  out.reserve(count);
  for (size_t i = 0; i < count; ++i) out.push_back(i * 2 < units.size() ? units[i * 2] : Location{-1, -1, -1, -1});
  return out;
}

std::vector<Handler> read_exceptiontable(std::string_view table) {
  std::vector<Handler> out;
  Bytewise in{table};
  auto item = [&] {
    uint32_t n = 0;
    while (in.more()) {
      uint8_t b = in.get();
      n = n << 6 | (b & 0x3F);
      if (!(b & 0x40)) break;
    }
    return n;
  };
  while (in.more()) {
    uint32_t start = item(), length = item(), target = item(), depth = item();
    out.push_back({start / 2, (start + length) / 2, target / 2, static_cast<uint16_t>(depth >> 1),
                   static_cast<uint16_t>(depth & 1)});
  }
  return out;
}

Result<Code*> make_code(Vm& vm, const RawCode& raw) {
  for (int64_t n :
       {raw.argument_count, raw.positional_only, raw.keyword_only, raw.flags, raw.stack_size, raw.first_line})
    if (n < 0 || n > INT32_MAX) return vm.raise(E::ValueError, "code: a count must be a non-negative 32-bit int");
  if (!is_bytes(raw.code))
    return vm.raise(E::TypeError, "code() argument 'codestring' must be bytes, not {}", argument_type(raw.code));
  if (!is_tuple(raw.consts))
    return vm.raise(E::TypeError, "code() argument 'constants' must be tuple, not {}", argument_type(raw.consts));
  for (Value s : {raw.filename, raw.name, raw.qualname})
    if (!is_str(s)) return vm.raise(E::TypeError, "code() names must be str, not {}", type_name_of(s));
  for (Value b : {raw.linetable, raw.exceptiontable})
    if (!is_bytes(b)) return vm.raise(E::TypeError, "code() tables must be bytes, not {}", type_name_of(b));
  std::string_view words = raw.code.as<Bytes>()->view();
  if (words.size() % sizeof(Instruction) != 0) return vm.raise(E::ValueError, "code: co_code is malformed");
  Tuple* varnames = TRY(names_argument(vm, raw.varnames, "'varnames'"));
  Tuple* freevars = TRY(names_argument(vm, raw.freevars, "'freevars'"));
  Tuple* cellvars = TRY(names_argument(vm, raw.cellvars, "'cellvars'"));
  uint64_t parameters = static_cast<uint64_t>(raw.argument_count + raw.keyword_only) + ((raw.flags & kCoVarArgs) != 0) +
                        ((raw.flags & kCoVarKeywords) != 0);
  if (parameters > varnames->length) return vm.raise(E::ValueError, "code: varnames is too small");
  if (raw.positional_only > raw.argument_count)
    return vm.raise(E::ValueError, "code: posonlyargcount exceeds argcount");

  List* slots = TRY(list_new(vm, varnames->length + cellvars->length + freevars->length));
  std::vector<uint8_t> kinds;
  for (uint64_t i = 0; i < varnames->length; ++i) {
    bool cell = false;
    for (uint64_t k = 0; k < cellvars->length; ++k) cell |= cellvars->items[k].is(varnames->items[i]);
    TRY(list_append(vm, slots, varnames->items[i]));
    kinds.push_back(static_cast<uint8_t>(kSlotLocal | (cell ? kSlotCell : 0)));
    if ((i & 255) == 0) TRY(vm.poll());
  }
  for (uint64_t k = 0; k < cellvars->length; ++k) {
    bool known = false;
    for (uint64_t i = 0; i < varnames->length; ++i) known |= cellvars->items[k].is(varnames->items[i]);
    if (known) continue;
    TRY(list_append(vm, slots, cellvars->items[k]));
    kinds.push_back(kSlotCell);
    if ((k & 255) == 0) TRY(vm.poll());
  }
  for (uint64_t i = 0; i < freevars->length; ++i) {
    TRY(list_append(vm, slots, freevars->items[i]));
    kinds.push_back(kSlotFree);
  }
  std::vector<Instruction> instructions(words.size() / sizeof(Instruction));
  if (!words.empty()) std::memcpy(instructions.data(), words.data(), words.size());
  std::vector<Location> locations =
      read_linetable(raw.linetable.as<Bytes>()->view(), instructions.size(), static_cast<int32_t>(raw.first_line));
  std::vector<Handler> handlers = read_exceptiontable(raw.exceptiontable.as<Bytes>()->view());
  CodeParts parts;
  parts.argument_count = static_cast<uint32_t>(raw.argument_count);
  parts.positional_only = static_cast<uint32_t>(raw.positional_only);
  parts.keyword_only = static_cast<uint32_t>(raw.keyword_only);
  parts.local_count = static_cast<uint32_t>(varnames->length);
  parts.free_count = static_cast<uint32_t>(freevars->length);
  parts.max_stack = static_cast<uint32_t>(raw.stack_size);
  parts.flags = static_cast<uint32_t>(raw.flags);
  parts.first_line = static_cast<uint32_t>(raw.first_line);
  parts.instructions = instructions;
  parts.handlers = handlers;
  parts.locations = locations;
  parts.slot_kinds = kinds;
  parts.consts = raw.consts.as<Tuple>();
  parts.names = TRY(names_argument(vm, raw.names, "'names'"));
  parts.slot_names = TRY(list_to_tuple(vm, slots));
  parts.filename = as_str(raw.filename);
  parts.name = as_str(raw.name);
  parts.qualname = as_str(raw.qualname);
  return code_new(vm, parts);
}

/// The number of locals follows from their names; one that is given must be the same.
Status check_local_count(Vm& vm, Value names, int64_t count) {
  if (is_tuple(names) && names.as<Tuple>()->length != static_cast<uint64_t>(count))
    return vm.raise(E::ValueError, "code: co_nlocals != len(co_varnames)");
  return {};
}

Value code_new_method(Vm& vm, Args a) {
  RawCode raw{};
  raw.argument_count = TRY(index_checked(vm, a[1], E::OverflowError));
  raw.positional_only = TRY(index_checked(vm, a[2], E::OverflowError));
  raw.keyword_only = TRY(index_checked(vm, a[3], E::OverflowError));
  TRY(check_local_count(vm, a[10], TRY(index_checked(vm, a[4], E::OverflowError))));
  raw.stack_size = TRY(index_checked(vm, a[5], E::OverflowError));
  raw.flags = TRY(index_checked(vm, a[6], E::OverflowError));
  raw.code = a[7];
  raw.consts = a[8];
  raw.names = a[9];
  raw.varnames = a[10];
  raw.filename = a[11];
  raw.name = a[12];
  raw.qualname = a[13];
  raw.first_line = TRY(index_checked(vm, a[14], E::OverflowError));
  raw.linetable = a[15];
  raw.exceptiontable = a[16];
  raw.freevars = a.get(17, vm.empty_tuple);
  raw.cellvars = a.get(18, vm.empty_tuple);
  return make_code(vm, raw);
}

Value code_varnames(Vm& vm, Value self) { return slots_of_kind(vm, self_of(self), kSlotLocal); }
Value code_cellvars(Vm& vm, Value self) { return slots_of_kind(vm, self_of(self), kSlotCell); }
Value code_freevars(Vm& vm, Value self) { return slots_of_kind(vm, self_of(self), kSlotFree); }

// Parts that stay as they are keep Krait's own tables exactly.
Value code_replace(Vm& vm, Args a) {
  const Code* old = self_of(a[0]);
  auto number = [&](size_t i, int64_t fallback) -> Result<int64_t> {
    if (!a.has(i)) return fallback;
    return index_checked(vm, a[i], E::OverflowError);
  };
  RawCode raw{};
  raw.argument_count = TRY(number(1, old->argument_count));
  raw.positional_only = TRY(number(2, old->positional_only));
  raw.keyword_only = TRY(number(3, old->keyword_only));
  raw.stack_size = TRY(number(5, old->max_stack));
  raw.flags = TRY(number(6, old->flags));
  raw.first_line = TRY(number(7, old->first_line));
  raw.code = a.has(8) ? a[8] : code_code(vm, a[0]);
  raw.consts = a.get(9, old->consts);
  raw.names = a.get(10, old->names);
  raw.varnames = a.has(11) ? a[11] : code_varnames(vm, a[0]);
  raw.freevars = a.has(12) ? a[12] : code_freevars(vm, a[0]);
  raw.cellvars = a.has(13) ? a[13] : code_cellvars(vm, a[0]);
  raw.filename = a.get(14, old->filename);
  raw.name = a.get(15, old->name);
  raw.qualname = a.get(16, old->qualname);
  raw.linetable = a.has(17) ? a[17] : code_linetable(vm, a[0]);
  raw.exceptiontable = a.has(18) ? a[18] : code_exceptiontable(vm, a[0]);
  for (Value v : {raw.code, raw.varnames, raw.freevars, raw.cellvars, raw.linetable, raw.exceptiontable})
    if (v.is_error()) return v;
  TRY(check_local_count(vm, raw.varnames, TRY(number(4, old->local_count))));
  if (raw.filename.is_unset()) raw.filename = vm.names.empty;
  Code* made = TRY(make_code(vm, raw));
  // What the program cannot have changed is as proven as before.
  bool same_code = !a.has(1) && !a.has(2) && !a.has(3) && !a.has(5) && !a.has(6) && !a.has(8) && !a.has(9) &&
                   !a.has(10) && !a.has(11) && !a.has(12) && !a.has(13) && !a.has(18);
  if (same_code) {
    made->verified = old->verified;
    std::memcpy(made->slot_kinds->data<uint8_t>(), old->slot_kinds->data<uint8_t>(), old->slot_count);
  }
  return made;
}

Value code_varname_from_oparg(Vm& vm, Args a) {
  const Code* code = self_of(a[0]);
  int64_t i = TRY(index_checked(vm, a[1], E::OverflowError));
  if (i < 0 || i >= code->slot_count) return vm.raise(E::IndexError, "tuple index out of range");
  return code->slot_names->items[i];
}

Value code_sizeof(Vm& vm, Args a) {
  const Code* code = self_of(a[0]);
  size_t n = sizeof(Code) + code->instruction_count * sizeof(Instruction) + code->handler_count * sizeof(Handler) +
             code->location_bytes + code->slot_count;
  return Value::small_int(static_cast<int64_t>(n));
}

#define COUNT_GETTER(name, field) \
  Value name(Vm&, Value self) { return Value::small_int(self_of(self)->field); }
COUNT_GETTER(code_argcount, argument_count)
COUNT_GETTER(code_posonlyargcount, positional_only)
COUNT_GETTER(code_kwonlyargcount, keyword_only)
COUNT_GETTER(code_nlocals, local_count)
COUNT_GETTER(code_stacksize, max_stack)
COUNT_GETTER(code_flags, flags)
COUNT_GETTER(code_firstlineno, first_line)
#undef COUNT_GETTER
#define FIELD_GETTER(name, field) \
  Value name(Vm&, Value self) { return self_of(self)->field == nullptr ? Value::none() : Value(self_of(self)->field); }
FIELD_GETTER(code_consts, consts)
FIELD_GETTER(code_names, names)
FIELD_GETTER(code_filename, filename)
FIELD_GETTER(code_name, name)
FIELD_GETTER(code_qualname, qualname)
#undef FIELD_GETTER

constexpr NativeRow kMethods[] = {
    {"__new__($type, argcount, posonlyargcount, kwonlyargcount, nlocals, stacksize, flags, codestring, "
     "constants, names, varnames, "
     "filename, name, qualname, firstlineno, linetable, exceptiontable, freevars=(), cellvars=(), /)",
     code_new_method, kNewMethod | kStaticMethod, "A code object from its parts. Checked before it runs."},
    {"replace($self, /, *, co_argcount=-1, co_posonlyargcount=-1, co_kwonlyargcount=-1, co_nlocals=-1, "
     "co_stacksize=-1, "
     "co_flags=-1, co_firstlineno=-1, co_code=None, co_consts=None, co_names=None, co_varnames=None, "
     "co_freevars=None, "
     "co_cellvars=None, co_filename=None, co_name=None, co_qualname=None, co_linetable=None, "
     "co_exceptiontable=None)",
     code_replace, 0, "A copy with the given parts in the place of the old ones."},
    {"__replace__($self, /, *, co_argcount=-1, co_posonlyargcount=-1, co_kwonlyargcount=-1, co_nlocals=-1, "
     "co_stacksize=-1, "
     "co_flags=-1, co_firstlineno=-1, co_code=None, co_consts=None, co_names=None, co_varnames=None, "
     "co_freevars=None, "
     "co_cellvars=None, co_filename=None, co_name=None, co_qualname=None, co_linetable=None, "
     "co_exceptiontable=None)",
     code_replace, 0, "The same as replace()."},
    {"co_positions($self, /)", code_positions, 0, "For each two bytes of co_code: line, end line, column, end column."},
    {"co_lines($self, /)", code_lines, 0, "Ranges of bytes of co_code with the line each comes from."},
    {"co_branches($self, /)", code_branches, 0, "For each conditional jump: its offset, the next, the target."},
    {"_varname_from_oparg($self, /, oparg)", code_varname_from_oparg, 0, "The name of a fast slot."},
    {"__eq__($self, value, /)", code_eq},
    {"__ne__($self, value, /)", code_ne},
    {"__hash__($self, /)", code_hash},
    {"__repr__($self, /)", code_repr},
    {"__sizeof__($self, /)", code_sizeof},
};

constexpr GetSetRow kGetSets[] = {
    {"co_code", code_code},         {"_co_code_adaptive", code_code}, {"co_varnames", code_varnames},
    {"co_cellvars", code_cellvars}, {"co_freevars", code_freevars},   {"co_lnotab", code_lnotab},
};
constexpr MemberRow kMembers[] = {
    MemberRow::computed("co_argcount", code_argcount),
    MemberRow::computed("co_posonlyargcount", code_posonlyargcount),
    MemberRow::computed("co_kwonlyargcount", code_kwonlyargcount),
    MemberRow::computed("co_stacksize", code_stacksize),
    MemberRow::computed("co_flags", code_flags),
    MemberRow::computed("co_nlocals", code_nlocals),
    MemberRow::computed("co_consts", code_consts),
    MemberRow::computed("co_names", code_names),
    MemberRow::computed("co_filename", code_filename),
    MemberRow::computed("co_name", code_name),
    MemberRow::computed("co_qualname", code_qualname),
    MemberRow::computed("co_firstlineno", code_firstlineno),
    MemberRow::computed("co_linetable", code_linetable),
    MemberRow::computed("co_exceptiontable", code_exceptiontable),
};

}  // namespace

extern constinit const TypeSpec code_type{
    .name = "code",
    .doc = "A compiled piece of a program.",
    .kind = static_cast<CellKind>(Kind::Code),
    .size = sizeof(Code),
    .flags = kTypeImmutable | kTypeHasWeakref,
    .methods = kMethods,
    .getsets = kGetSets,
    .members = kMembers,
    .trace = code_trace,
    .release = code_release,
};

}  // namespace krait
