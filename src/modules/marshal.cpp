// marshal: values as bytes, in CPython's format (versions 0 to 5). Code objects have a layout of Krait's own
// behind the same type letter; what is read is not trusted: sizes are checked against the data, references
// against what was read, nesting is bounded, and code objects are verified before they run.
#include <algorithm>
#include <bit>
#include <cstring>
#include <string>
#include <unordered_map>
#include <vector>

#include "base/float_text.hpp"
#include "bytecode/code.hpp"
#include "bytecode/marshal_reader.hpp"
#include "lift/lift.hpp"
#include "objects/bytes.hpp"
#include "objects/dict.hpp"
#include "objects/float.hpp"
#include "objects/int.hpp"
#include "objects/module.hpp"
#include "objects/operations.hpp"
#include "objects/sequences.hpp"
#include "objects/str.hpp"
#include "runtime/system.hpp"

namespace krait {
namespace {

constexpr int64_t kVersion = 5;
constexpr int kMaxDepth = MarshalReader::kMaxDepth;
constexpr uint8_t kFlagRef = 0x80;
constexpr std::string_view kCodeMark = "KRAIT1";

// --- Writing

class Writer {
 public:
  Writer(Vm& vm, int64_t version, bool allow_code) : vm_(vm), version_(version), allow_code_(allow_code) {}
  Status run(Value v) {
    if (version_ >= 3) TRY(count(v, 0));
    return object(v, 0);
  }
  std::string out;

 private:
  Error unmarshallable() { return vm_.raise(E::ValueError, "unmarshallable object"); }
  Error too_deep() { return vm_.raise(E::ValueError, "object too deeply nested to marshal"); }
  void byte(int b) { out += static_cast<char>(b); }
  void u16(uint32_t n) {
    byte(static_cast<int>(n & 0xFF));
    byte(static_cast<int>(n >> 8 & 0xFF));
  }
  void u32(uint32_t n) {
    u16(n & 0xFFFF);
    u16(n >> 16);
  }
  void number(double d) {
    uint64_t bits = std::bit_cast<uint64_t>(d);
    u32(static_cast<uint32_t>(bits));
    u32(static_cast<uint32_t>(bits >> 32));
  }
  void number_text(double d) {
    FloatFormat format;
    format.type = 'g';
    format.precision = 17;
    std::string text = format_double(d, format);
    byte(static_cast<int>(text.size()));
    out += text;
  }
  void varint(uint64_t n) {
    for (; n >= 0x80; n >>= 7) byte(static_cast<int>(n | 0x80));
    byte(static_cast<int>(n));
  }
  Status size(uint64_t n) {
    if (n > INT32_MAX) return unmarshallable();
    u32(static_cast<uint32_t>(n));
    return {};
  }
  Status count(Value v, int depth);
  Status object(Value v, int depth);
  Status text(Str* s, int flag);
  Status integer(Value v, int flag);
  Status set(Value v, int flag, int depth);
  Status code(const Code* c, int flag, int depth);
  template <class F>
  Status children(Value v, F each);

  Vm& vm_;
  int64_t version_;
  bool allow_code_;
  std::unordered_map<uint64_t, uint32_t> seen_;  // how often an object occurs
  std::unordered_map<uint64_t, uint32_t> refs_;  // number of what was written
};

template <class F>
Status Writer::children(Value v, F each) {
  if (is_exact(vm_, v, vm_.types.tuple)) {
    for (Value item : v.as<Tuple>()->span()) TRY(each(item));
  } else if (is_exact(vm_, v, vm_.types.list)) {
    for (uint64_t i = 0; i < v.as<List>()->length; ++i) TRY(each(v.as<List>()->items()[i]));
  } else if (is_exact(vm_, v, vm_.types.dict)) {
    uint32_t at = 0;
    while (DictEntry* e = dict_next(v.as<Dict>(), at)) {
      TRY(each(e->key));
      TRY(each(e->value));
    }
  } else if (is_exact(vm_, v, vm_.types.set) || is_exact(vm_, v, vm_.types.frozenset)) {
    uint32_t at = 0;
    while (SetEntry* e = set_next(v.as<Set>(), at)) TRY(each(e->key));
  } else if (is_kind(v, Kind::Slice)) {
    for (Value part : {v.as<Slice>()->start, v.as<Slice>()->stop, v.as<Slice>()->step}) TRY(each(part));
  } else if (is_code(v)) {
    const Code* c = v.as<Code>();
    for (Value part : {Value(c->consts), Value(c->names), Value(c->slot_names), Value(c->filename), Value(c->name),
                       Value(c->qualname)})
      TRY(each(part));
  }
  return {};
}

Status Writer::count(Value v, int depth) {
  if (depth > kMaxDepth) return too_deep();
  if (!v.is_cell()) return {};
  TRY(vm_.poll());
  if (++seen_[v.bits()] > 1) return {};
  return children(v, [&](Value child) { return count(child, depth + 1); });
}

Status Writer::text(Str* s, int flag) {
  std::string utf8;
  str_append_utf8(s, utf8);
  if (version_ >= 4 && s->is_ascii()) {
    if (s->length < 256) {
      byte((s->is_interned() ? 'Z' : 'z') | flag);
      byte(static_cast<int>(s->length));
    } else {
      byte((s->is_interned() ? 'A' : 'a') | flag);
      TRY(size(s->length));
    }
  } else {
    byte((version_ >= 3 && s->is_interned() ? 't' : 'u') | flag);
    TRY(size(utf8.size()));
  }
  out += utf8;
  return {};
}

Status Writer::integer(Value v, int flag) {
  if (std::optional<int64_t> small = int_to_i64(v); small && *small >= INT32_MIN && *small <= INT32_MAX) {
    byte('i' | flag);
    u32(static_cast<uint32_t>(*small));
    return {};
  }
  uint64_t scratch;
  bool negative;
  std::span<const uint64_t> limbs = int_limbs(v, scratch, negative);
  uint64_t bits = int_bit_length(v);
  uint64_t digits = (bits + 14) / 15;
  if (digits > INT32_MAX) return unmarshallable();
  byte('l' | flag);
  u32(static_cast<uint32_t>(negative ? -static_cast<int64_t>(digits) : static_cast<int64_t>(digits)));
  for (uint64_t d = 0; d < digits; ++d) {
    uint64_t at = d * 15;
    uint64_t digit = limbs[at / 64] >> (at % 64);
    if (at % 64 > 49 && at / 64 + 1 < limbs.size()) digit |= limbs[at / 64 + 1] << (64 - at % 64);
    u16(static_cast<uint32_t>(digit & 0x7FFF));
    if ((d & 4095) == 0) TRY(vm_.poll());
  }
  return {};
}

// The members in the order of their own bytes, so that equal sets give equal bytes.
Status Writer::set(Value v, int flag, int depth) {
  Set* s = v.as<Set>();
  byte((is_exact(vm_, v, vm_.types.frozenset) ? '>' : '<') | flag);
  TRY(size(s->used));
  std::vector<std::pair<std::string, Value>> members;
  Tuple* hold = TRY([&]() -> Result<Tuple*> {
    Value t = tuple_from(vm_, v);
    if (t.is_error()) return Error{};
    return t.as<Tuple>();
  }());
  for (Value member : hold->span()) {
    Writer w(vm_, version_, allow_code_);
    if (depth > kMaxDepth) return too_deep();
    TRY(w.run(member));
    members.push_back({std::move(w.out), member});
  }
  std::sort(members.begin(), members.end(), [](const auto& a, const auto& b) { return a.first < b.first; });
  for (const auto& [bytes, member] : members) TRY(object(member, depth + 1));
  asm volatile("" : : "r"(hold));  // the vector is out of the collector's sight
  return {};
}

Status Writer::code(const Code* c, int flag, int depth) {
  if (!allow_code_) return vm_.raise(E::ValueError, "marshalling code objects is disallowed");
  byte('c' | flag);
  out += kCodeMark;
  for (uint32_t n : {c->argument_count, c->positional_only, c->keyword_only, c->local_count, c->free_count,
                     c->max_stack, c->flags, c->first_line, c->slot_count, c->instruction_count, c->handler_count})
    u32(n);
  out.append(reinterpret_cast<const char*>(c->slot_kinds->data<uint8_t>()), c->slot_count);
  for (Instruction word : c->code()) u32(word);
  for (const Handler& h : c->handler_table()) {
    u32(h.start);
    u32(h.end);
    u32(h.target);
    u16(h.depth);
    u16(h.push_lasti);
  }
  // Runs of locations, each number plus one so that "unknown" is zero.
  int32_t line = 0;
  for (LocationRuns runs(c); runs.next();) {
    const Location& l = runs.location;
    varint(runs.count);
    int64_t change = int64_t{l.line} - line;
    varint(static_cast<uint64_t>(change) << 1 ^ static_cast<uint64_t>(change >> 63));
    int64_t more = int64_t{l.end_line} - l.line;
    varint(static_cast<uint64_t>(more) << 1 ^ static_cast<uint64_t>(more >> 63));
    varint(static_cast<uint64_t>(int64_t{l.column} + 1));
    varint(static_cast<uint64_t>(int64_t{l.end_column} + 1));
    line = l.line;
  }
  return children(c, [&](Value part) { return object(part, depth + 1); });
}

Status Writer::object(Value v, int depth) {
  if (depth > kMaxDepth) return too_deep();
  TRY(vm_.poll());
  if (v.is_unset()) {
    byte('0');
    return {};
  }
  if (v.is_none() || v.is_true() || v.is_false() || v.is(Value::ellipsis())) {
    byte(v.is_none() ? 'N' : v.is_true() ? 'T' : v.is_false() ? 'F' : '.');
    return {};
  }
  if (v.is(vm_.exception_type(E::StopIteration))) {
    byte('S');
    return {};
  }
  int flag = 0;
  if (version_ >= 3 && v.is_cell()) {
    if (auto it = refs_.find(v.bits()); it != refs_.end()) {
      byte('r');
      u32(it->second);
      return {};
    }
    if (auto it = seen_.find(v.bits()); it != seen_.end() && it->second > 1) {
      uint32_t number = static_cast<uint32_t>(refs_.size());
      refs_[v.bits()] = number;
      flag = kFlagRef;
    }
  }
  const Types& t = vm_.types;
  Type* type = vm_.type_of(v);
  if (type == t.int_) return integer(v, flag);
  if (type == t.float_) {
    if (version_ > 1) {
      byte('g' | flag);
      number(float_value(v));
    } else {
      byte('f' | flag);
      number_text(float_value(v));
    }
    return {};
  }
  if (type == t.complex_) {
    const Complex* c = v.as<Complex>();
    if (version_ > 1) {
      byte('y' | flag);
      number(c->real);
      number(c->imag);
    } else {
      byte('x' | flag);
      number_text(c->real);
      number_text(c->imag);
    }
    return {};
  }
  if (type == t.bytes) {
    byte('s' | flag);
    TRY(size(v.as<Bytes>()->length));
    out += v.as<Bytes>()->view();
    return {};
  }
  if (type == t.str) return text(as_str(v), flag);
  if (type == t.tuple) {
    uint64_t n = v.as<Tuple>()->length;
    if (version_ >= 4 && n < 256) {
      byte(')' | flag);
      byte(static_cast<int>(n));
    } else {
      byte('(' | flag);
      TRY(size(n));
    }
    return children(v, [&](Value item) { return object(item, depth + 1); });
  }
  if (type == t.list) {
    byte('[' | flag);
    TRY(size(v.as<List>()->length));
    return children(v, [&](Value item) { return object(item, depth + 1); });
  }
  if (type == t.dict) {
    byte('{' | flag);
    TRY(children(v, [&](Value item) { return object(item, depth + 1); }));
    byte('0');
    return {};
  }
  if (type == t.set || type == t.frozenset) return set(v, flag, depth);
  if (is_code(v)) return code(v.as<Code>(), flag, depth);
  if (is_kind(v, Kind::Slice)) {
    if (version_ < 5) return unmarshallable();
    byte(':' | flag);
    return children(v, [&](Value item) { return object(item, depth + 1); });
  }
  if (has_buffer(vm_, v)) {
    ScopedBuffer buffer(vm_);
    TRY(buffer.acquire(v));
    byte('s' | flag);
    TRY(size(buffer.view().size()));
    out += buffer.view();
    return {};
  }
  return unmarshallable();
}

// --- Reading code objects

class Reader final : public MarshalReader {
 public:
  Reader(Vm& vm, std::string_view data, Value file, bool allow_code)
      : MarshalReader(vm, data, file), allow_code_(allow_code) {}

 private:
  Result<uint64_t> varint() {
    uint64_t n = 0;
    for (int shift = 0; shift < 64; shift += 7) {
      int b = TRY(byte());
      n |= static_cast<uint64_t>(b & 0x7F) << shift;
      if (b < 0x80) return n;
    }
    return bad("location out of range");
  }
  Result<int32_t> small(uint64_t n) {
    if (n > INT32_MAX) return bad("location out of range");
    return static_cast<int32_t>(n);
  }
  static int64_t unzigzag(uint64_t n) { return static_cast<int64_t>(n >> 1) ^ -static_cast<int64_t>(n & 1); }
  Value code(int depth, bool flag) override;

  bool allow_code_;

 public:
  bool foreign = false;  ///< ended at a code object of CPython's
};

Value Reader::code(int depth, bool flag) {
  if (!allow_code_) return vm_.raise(E::ValueError, "unmarshalling code objects is disallowed");
  size_t place = TRY(reserve(flag));
  if (TRY(bytes(kCodeMark.size())) != kCodeMark) {
    foreign = true;
    return bad("code object of another machine");
  }
  uint32_t fields[11];
  for (uint32_t& f : fields) f = TRY(u32());
  uint32_t slots = fields[8], instruction_count = fields[9], handler_count = fields[10];
  if (file_.is_unset() &&
      uint64_t{slots} + uint64_t{instruction_count} * 4 + uint64_t{handler_count} * 16 > data_.size() - at_)
    return vm_.raise(E::EOFError, "marshal data too short");
  std::vector<uint8_t> kinds;
  kinds.reserve(slots);
  for (uint32_t i = 0; i < slots; ++i) kinds.push_back(static_cast<uint8_t>(TRY(byte())));
  std::vector<Instruction> instructions;
  instructions.reserve(instruction_count);
  for (uint32_t i = 0; i < instruction_count; ++i) instructions.push_back(TRY(u32()));
  std::vector<Handler> handlers;
  for (uint32_t i = 0; i < handler_count; ++i) {
    Handler h;
    h.start = TRY(u32());
    h.end = TRY(u32());
    h.target = TRY(u32());
    h.depth = static_cast<uint16_t>(TRY(u16()));
    h.push_lasti = static_cast<uint16_t>(TRY(u16()));
    handlers.push_back(h);
  }
  std::vector<Location> locations;
  int64_t line = 0;
  while (locations.size() < instruction_count) {
    uint64_t run = TRY(varint());
    if (run == 0 || run > instruction_count - locations.size()) return bad("location out of range");
    line += unzigzag(TRY(varint()));
    int64_t end_line = line + unzigzag(TRY(varint()));
    if (line < -1 || line > INT32_MAX || end_line < -1 || end_line > INT32_MAX) return bad("location out of range");
    Location l{static_cast<int32_t>(line), static_cast<int32_t>(end_line), 0, 0};
    l.column = TRY(small(TRY(varint()))) - 1;
    l.end_column = TRY(small(TRY(varint()))) - 1;
    locations.insert(locations.end(), run, l);
  }
  Value parts[6];
  for (Value& part : parts) part = TRY(item(depth + 1));
  for (int i = 0; i < 3; ++i)
    if (!is_tuple(parts[i])) return bad("code field is no tuple");
  for (int i = 3; i < 6; ++i)
    if (!is_str(parts[i])) return bad("code field is no str");
  auto names = [&](Value v) -> Result<Tuple*> {
    Tuple* t = v.as<Tuple>();
    if (t->length == 0) return vm_.empty_tuple;
    Tuple* made = TRY(tuple_allocate(vm_, t->length));
    for (uint64_t i = 0; i < t->length; ++i) {
      if (!is_exact(vm_, t->items[i], vm_.types.str)) return bad("a name is no str");
      made->items[i] = vm_.intern(as_str(t->items[i]));
      vm_.barrier(made);
    }
    return made;
  };
  CodeParts p;
  p.argument_count = fields[0];
  p.positional_only = fields[1];
  p.keyword_only = fields[2];
  p.local_count = fields[3];
  p.free_count = fields[4];
  p.max_stack = fields[5];
  p.flags = fields[6];
  p.first_line = fields[7];
  p.instructions = instructions;
  p.handlers = handlers;
  p.locations = locations;
  p.slot_kinds = kinds;
  p.consts = parts[0].as<Tuple>();
  p.names = TRY(names(parts[1]));
  p.slot_names = TRY(names(parts[2]));
  if (p.slot_names->length != slots || p.first_line > INT32_MAX) return bad("code slots");
  p.filename = as_str(parts[3]);
  p.name = as_str(parts[4]);
  p.qualname = as_str(parts[5]);
  return keep(code_new(vm_, p), place);
}

// --- The module

Result<bool> allow_code_argument(Vm& vm, Args a, size_t i) {
  if (!a.has(i)) return true;
  return truthy(vm, a[i]);
}

Result<std::string> dump_value(Vm& vm, Value v, Value version, bool allow_code) {
  Writer w(vm, version.is_unset() ? kVersion : TRY(index_checked(vm, version, E::OverflowError)), allow_code);
  TRY(w.run(v));
  return std::move(w.out);
}

Value dumps(Vm& vm, Args a) {
  std::string bytes = TRY(dump_value(vm, a[0], a[1], TRY(allow_code_argument(vm, a, 2))));
  return bytes_from(vm, bytes);
}

Value dump(Vm& vm, Args a) {
  std::string bytes = TRY(dump_value(vm, a[0], a[2], TRY(allow_code_argument(vm, a, 3))));
  return call_method(vm, a[1], vm.names.write, TRY(bytes_from(vm, bytes)));
}

/// The minor version of the CPython whose code objects loads() is to take; 0: none.
Result<int> foreign_version(Vm& vm, Value magic) {
  if (magic.is_unset() || magic.is_none()) {
    const System& system = system_of(vm);
    return system.options.accept_foreign_pyc ? system.library.minor : 0;
  }
  int64_t number = -1;
  if (is_bytes(magic)) {
    std::string_view head = magic.as<Bytes>()->view();
    if (head.size() >= 2) number = static_cast<uint8_t>(head[0]) | static_cast<uint8_t>(head[1]) << 8;
  } else {
    number = TRY(index_checked(vm, magic, E::OverflowError));
  }
  int minor = number < 0 || number > UINT16_MAX ? 0 : pyc::version_of_magic(static_cast<uint32_t>(number));
  if (minor == 0) return vm.raise(E::ValueError, "no CPython from 3.4 to 3.14 has that magic number");
  return minor;
}

Value loads(Vm& vm, Args a) {
  ScopedBuffer buffer(vm);
  TRY(buffer.acquire(a[0]));
  bool allow_code = TRY(allow_code_argument(vm, a, 1));
  int minor = TRY(foreign_version(vm, a[2]));
  Reader reader(vm, buffer.view(), Value(), allow_code);
  Value v = reader.run();
  if (!v.is_error() || !reader.foreign || minor < pyc::kOldest || minor > pyc::kNewest || !vm.clear_pending()) return v;
  pyc::PycFile file(vm);
  Value read = TRY(file.read_marshal(buffer.view(), Value(), minor));
  return pyc::lift_value(vm, file, read);
}

Value load(Vm& vm, Args a) {
  Value nothing = call_method(vm, a[0], vm.names.read, Value::small_int(0));
  if (nothing.is_error()) return nothing;
  if (!is_bytes(nothing)) return vm.raise(E::TypeError, "file.read() returned not bytes but {}", type_name_of(nothing));
  bool allow_code = TRY(allow_code_argument(vm, a, 1));
  // What is read is gone: only the caller can say that code objects are CPython's.
  if (a[2].is_none() || !allow_code) return Reader(vm, {}, a[0], allow_code).run();
  int minor = TRY(foreign_version(vm, a[2]));
  pyc::PycFile file(vm);
  Value read = TRY(file.read_marshal({}, a[0], minor));
  return pyc::lift_value(vm, file, read);
}

constexpr NativeRow kFunctions[] = {
    {"dump(value, file, version=version, /, *, allow_code=True)", dump, 0, "Write the value to an open binary file."},
    {"load(file, /, *, allow_code=True, magic=None)", load, 0,
     "Read one value from an open binary file. magic: the magic number of the CPython that wrote the code objects in "
     "it."},
    {"dumps(value, version=version, /, *, allow_code=True)", dumps, 0, "The value as bytes."},
    {"loads(bytes, /, *, allow_code=True, magic=None)", loads, 0,
     "The value that the bytes hold; extra bytes are ignored. magic: the magic number of the CPython, 3.4 to 3.14, "
     "whose "
     "code objects may be among it."},
};

Status init(Vm& vm, Module* m) { return module_add_int(vm, m, "version", kVersion); }

}  // namespace

extern constinit const ModuleSpec marshal_module{
    .name = "marshal",
    .doc = "Values as bytes and back, in the format of compiled modules.",
    .functions = kFunctions,
    .init = init,
};

}  // namespace krait
