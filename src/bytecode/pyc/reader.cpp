// Reading .pyc files: the header, and code objects in each version's layout.
#include "bytecode/marshal_reader.hpp"
#include "bytecode/pyc/pyc.hpp"
#include "objects/bytes.hpp"
#include "objects/operations.hpp"
#include "objects/str.hpp"

namespace krait::pyc {
namespace {

constexpr uint32_t kMostSlots = 1u << 20;
constexpr uint64_t kSlotBytes = 2 * (sizeof(Str*) + 1 + sizeof(uint32_t));  ///< of a slot in PycCode's vectors
// Kinds of fast slots as 3.11 marks them.
constexpr uint8_t kPycHidden = 0x10, kPycLocal = 0x20, kPycCell = 0x40, kPycFree = 0x80;

}  // namespace

class PycReader final : public MarshalReader {
 public:
  PycReader(Vm& vm, PycFile& file, std::string_view data, Value stream, int minor)
      : MarshalReader(vm, data, stream), out_(file), minor_(minor) {}

 private:
  Value code(int depth, bool flag) override;
  Status slots_before_11(PycCode& c, Tuple* varnames, Tuple* freevars, Tuple* cellvars);
  Status slots_of_11(PycCode& c, Tuple* names, std::string_view kinds);

  /// Keeps a value for as long as the file.
  template <class T>
  Result<T*> root(Value v, bool right_type, const char* what) {
    if (!right_type) return bad(what);
    TRY(list_append(vm_, out_.keep_, v));
    return v.as<T>();
  }
  Result<Tuple*> tuple(int depth, const char* what) {
    Value v = item(depth);
    if (v.is_error()) return Error{};
    return root<Tuple>(v, is_exact(vm_, v, vm_.types.tuple), what);
  }
  Result<Tuple*> names(int depth, const char* what) {
    Tuple* t = TRY(tuple(depth, what));
    Tuple* interned = t->length == 0 ? vm_.empty_tuple : TRY(tuple_allocate(vm_, t->length));
    TRY(list_append(vm_, out_.keep_, interned));
    for (uint64_t i = 0; i < t->length; ++i) {
      if (!is_exact(vm_, t->items[i], vm_.types.str)) return bad(what);
      interned->items[i] = vm_.intern(as_str(t->items[i]));
      vm_.barrier(interned);
    }
    return interned;
  }
  Result<Str*> text(int depth, const char* what) {
    Value v = item(depth);
    if (v.is_error()) return Error{};
    return root<Str>(v, is_exact(vm_, v, vm_.types.str), what);
  }
  Status raw(int depth, const char* what, std::string& out) {
    Value v = item(depth);
    if (v.is_error()) return Error{};
    if (!is_bytes(v)) return bad(what);
    TRY(out_.charge_.add(v.as<Bytes>()->length));
    out = v.as<Bytes>()->view();
    return {};
  }

  PycFile& out_;
  int minor_;
};

// Cells that are arguments share the argument's slot.
Status PycReader::slots_before_11(PycCode& c, Tuple* varnames, Tuple* freevars, Tuple* cellvars) {
  uint64_t arguments =
      uint64_t{c.argument_count} + c.keyword_only + ((c.flags & kCoVarArgs) != 0) + ((c.flags & kCoVarKeywords) != 0);
  if (varnames->length + freevars->length + cellvars->length > kMostSlots) return bad("code slots");
  if (arguments > varnames->length) return bad("code: varnames is too small");
  TRY(out_.charge_.add((varnames->length + freevars->length + cellvars->length) * kSlotBytes));
  auto slot = [&c](Value name, uint8_t kind) {
    c.slot_names.push_back(as_str(name));
    c.slot_kinds.push_back(kind);
    return static_cast<uint32_t>(c.slot_names.size() - 1);
  };
  for (Value name : varnames->span()) (void)slot(name, kSlotLocal);
  c.local_count = static_cast<uint32_t>(varnames->length);
  for (Value name : cellvars->span()) {
    uint32_t found = UINT32_MAX;
    for (uint32_t i = 0; i < arguments && found == UINT32_MAX; ++i)
      if (c.slot_names[i] == as_str(name)) found = i;
    if (found == UINT32_MAX) {
      found = slot(name, kSlotCell);
    } else {
      c.slot_kinds[found] |= kSlotCell;
    }
    c.deref_slots.push_back(found);
    TRY(vm_.poll());
  }
  for (Value name : freevars->span()) c.deref_slots.push_back(slot(name, kSlotFree));
  c.free_count = static_cast<uint32_t>(freevars->length);
  return {};
}

Status PycReader::slots_of_11(PycCode& c, Tuple* slot_names, std::string_view kinds) {
  if (slot_names->length != kinds.size() || slot_names->length > kMostSlots) return bad("code slots");
  TRY(out_.charge_.add(slot_names->length * kSlotBytes));
  for (uint64_t i = 0; i < slot_names->length; ++i) {
    uint8_t theirs = static_cast<uint8_t>(kinds[i]);
    uint8_t kind = static_cast<uint8_t>((theirs & kPycLocal ? kSlotLocal : 0) | (theirs & kPycCell ? kSlotCell : 0) |
                                        (theirs & kPycFree ? kSlotFree : 0) | (theirs & kPycHidden ? kSlotHidden : 0));
    // Locals, then other cells, then free variables.
    if (kind & kSlotLocal) {
      if (c.local_count != i) return bad("code slots");
      ++c.local_count;
    }
    if (kind & kSlotFree) {
      ++c.free_count;
    } else if (c.free_count != 0) {
      return bad("code slots");
    }
    c.slot_names.push_back(as_str(slot_names->items[i]));
    c.slot_kinds.push_back(kind);
  }
  uint64_t arguments =
      uint64_t{c.argument_count} + c.keyword_only + ((c.flags & kCoVarArgs) != 0) + ((c.flags & kCoVarKeywords) != 0);
  if (arguments > c.local_count) return bad("code: varnames is too small");
  return {};
}

Value PycReader::code(int depth, bool flag) {
  size_t place = TRY(reserve(flag));
  auto made = std::make_unique<PycCode>();
  PycCode& c = *made;
  c.minor = minor_;
  c.argument_count = TRY(u32());
  if (minor_ >= 8) c.positional_only = TRY(u32());
  c.keyword_only = TRY(u32());
  if (minor_ <= 10) (void)TRY(u32());  // the number of locals, which varnames says too
  c.stack_size = TRY(u32());
  c.flags = TRY(u32());
  if (c.argument_count > kMostSlots || c.keyword_only > kMostSlots || c.positional_only > c.argument_count)
    return bad("code: argument counts");
  ++depth;
  TRY(raw(depth, "code is no bytes", c.code));
  if (c.code.empty() || c.code.size() > INT32_MAX / 2 || (minor_ >= 6 && c.code.size() % 2 != 0))
    return bad("code size");
  c.consts = TRY(tuple(depth, "code: consts is no tuple"));
  c.names = TRY(names(depth, "code: names is no tuple of str"));
  if (minor_ <= 10) {
    Tuple* varnames = TRY(names(depth, "code: varnames is no tuple of str"));
    Tuple* freevars = TRY(names(depth, "code: freevars is no tuple of str"));
    Tuple* cellvars = TRY(names(depth, "code: cellvars is no tuple of str"));
    TRY(slots_before_11(c, varnames, freevars, cellvars));
  } else {
    Tuple* slots = TRY(names(depth, "code: localsplusnames is no tuple of str"));
    std::string kinds;
    TRY(raw(depth, "code: localspluskinds is no bytes", kinds));
    TRY(slots_of_11(c, slots, kinds));
  }
  c.filename = TRY(text(depth, "code: filename is no str"));
  c.name = TRY(text(depth, "code: name is no str"));
  if (minor_ >= 11) c.qualname = TRY(text(depth, "code: qualname is no str"));
  c.first_line = TRY(u32());
  if (c.first_line > INT32_MAX) return bad("code: first line");
  TRY(raw(depth, "code: line table is no bytes", c.lines));
  if (minor_ >= 11) TRY(raw(depth, "code: exception table is no bytes", c.exceptions));
  // An object of its own stands for the code among the constants.
  List* stand_in = TRY(list_new(vm_));
  TRY(list_append(vm_, out_.keep_, stand_in));
  out_.by_stand_in_[Value(stand_in).bits()] = made.get();
  out_.codes_.push_back(std::move(made));
  return keep(stand_in, place);
}

Value PycFile::read_marshal(std::string_view data, Value file, int minor) {
  minor_ = minor;
  keep_ = TRY(list_new(vm_));
  Value v = PycReader(vm_, *this, data, file, minor).run();
  if (!v.is_error()) TRY(list_append(vm_, keep_, v));
  return v;
}

Status PycFile::read(std::string_view data, std::string_view shown_name) {
  auto u32 = [data](size_t at) {
    uint32_t n = 0;
    for (size_t i = 4; i-- > 0;) n = n << 8 | static_cast<uint8_t>(data[at + i]);
    return n;
  };
  std::string_view head = data.substr(0, 4);
  int minor = head.size() == 4 && head.substr(2) == "\r\n" ? version_of_magic(u32(0) & 0xFFFF) : 0;
  if (minor == 0) {
    Value shown = repr(vm_, TRY(bytes_from(vm_, head)));
    if (shown.is_error()) return Error{};
    return vm_.raise(E::ImportError, "bad magic number in '{}': {}", shown_name, as_str(shown));
  }
  size_t header = minor >= 7 ? 16 : 12;
  if (data.size() < header) return vm_.raise(E::EOFError, "reached EOF while reading pyc header of '{}'", shown_name);
  if (minor >= 7 && (u32(4) & ~3u) != 0)
    return vm_.raise(E::ImportError, "invalid flags {} in '{}'", static_cast<uint64_t>(u32(4)), shown_name);
  Value v = read_marshal(data.substr(header), Value(), minor);
  if (v.is_error()) return Error{};
  auto found = by_stand_in_.find(v.bits());
  if (found == by_stand_in_.end()) return vm_.raise(E::ImportError, "Non-code object in '{}'", shown_name);
  main_ = found->second;
  return {};
}

const PycCode* PycFile::code_of(Value v) const {
  auto found = by_stand_in_.find(v.bits());
  return found == by_stand_in_.end() ? nullptr : found->second;
}

bool is_pyc(std::string_view data) {
  return data.size() >= 4 && data.substr(2, 2) == "\r\n" &&
         version_of_magic(static_cast<uint8_t>(data[0]) | static_cast<uint32_t>(static_cast<uint8_t>(data[1])) << 8) !=
             0;
}

}  // namespace krait::pyc
