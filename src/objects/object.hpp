// Object, Type and Shape: what every Python value is made of.
//
// A Shape says exactly what an object is: its type and the layout of its attributes. The header holds the shape's id, so one
// compare guards both. Attributes live in slots of the instance; the n-th attribute name added along a path of shapes has slot
// n-1. An object whose attributes change too wildly, or whose __dict__ was asked for, has the type's dictionary shape
// and keeps them in a Dict.
#pragma once

#include "heap/cell.hpp"
#include "heap/heap.hpp"
#include "heap/value.hpp"
#include "objects/native.hpp"

namespace krait {

class Vm;
struct Dict;
struct Str;
struct Tuple;
struct Type;

enum class Kind : CellKind {
#define KIND(Name) Name,
#include "objects/kinds.def"
#undef KIND
  kCount
};

enum class Special : uint8_t {
#define SPECIAL(Id, name, doc) Id,
#include "objects/specials.def"
#undef SPECIAL
  kCount
};
constexpr size_t kSpecialCount = static_cast<size_t>(Special::kCount);
/// What a native special method documents that says nothing itself; null if the name is no special method's.
const char* special_doc(std::string_view name);

enum class BinaryOp : uint8_t {
  Add,
  And,
  FloorDiv,
  LShift,
  MatMul,
  Mul,
  Mod,
  Or,
  Pow,
  RShift,
  Sub,
  TrueDiv,
  Xor,
  kCount
};
constexpr Special forward_special(BinaryOp op) {
  return static_cast<Special>(static_cast<int>(Special::Add) + static_cast<int>(op));
}
constexpr Special reflected_special(BinaryOp op) {
  return static_cast<Special>(static_cast<int>(Special::RAdd) + static_cast<int>(op));
}
constexpr Special inplace_special(BinaryOp op) {
  return static_cast<Special>(static_cast<int>(Special::IAdd) + static_cast<int>(op));
}

enum class CompareOp : uint8_t { Lt, Le, Eq, Ne, Gt, Ge };
constexpr Special compare_special(CompareOp op) {
  return static_cast<Special>(static_cast<int>(Special::Lt) + static_cast<int>(op));
}

struct Object : Cell {
  Kind object_kind() const { return static_cast<Kind>(kind); }
};

/// Is v a cell with this layout? (Subclasses share the layout: this is "isinstance of the native type".)
inline bool is_kind(Value v, Kind kind) { return v.is_cell() && v.cell()->kind == static_cast<CellKind>(kind); }

/// Where an instance's own attributes begin: a word that holds the overflow Storage (or, with the dictionary shape, the Dict),
/// then `inline_slots` slots.
struct Shape {
  static constexpr uint16_t kNoSlots = 0;         ///< instances have no attributes of their own
  static constexpr uint16_t kTailSlots = 0xFFFF;  ///< the words follow the variable-size part (tuple, int, str, bytes)

  Type* type = nullptr;
  ShapeId id = 0;
  ShapeId parent = 0;
  uint16_t slots_offset = kNoSlots;  ///< bytes from the cell's start to the overflow word
  uint16_t inline_slots = 0;
  uint32_t count : 24 = 0;      ///< attributes
  uint32_t dictionary : 1 = 0;  ///< the dictionary shape of the type
  uint32_t searches : 7 = 0;    ///< how often a long shape was searched before it got a table
  Str* name = nullptr;          ///< the attribute this shape adds to its parent (interned)
  uint64_t* lookup = nullptr;   ///< name -> slot, built when first asked (shape.cpp)
  struct Transitions* transitions = nullptr;
  Str* last_name = nullptr;  ///< the transition taken or made last: by this name ...
  ShapeId last_to = 0;       ///< ... to this shape
  ShapeId next_of_type = 0;  ///< list of the type's shapes
};
static_assert(sizeof(Shape) == 64);

struct Type : Object {
  Dict* dict;  ///< the class's own attributes
  Tuple* mro;  ///< Types, this one first
  Tuple* bases;
  Type* base;  ///< the base whose layout this one extends
  Str* name;   ///< __name__
  Str* qualname;
  const TypeSpec* spec;    ///< the native type whose layout the instances have (inherited); never null
  uint32_t version;        ///< changes whenever a lookup on the type might give something else; 0: not yet asked for
  uint32_t flags;          ///< TypeFlags
  uint32_t instance_size;  ///< bytes of an instance without attribute words (native layout and __slots__ members)
  ShapeId shape;           ///< of a new instance
  ShapeId dict_shape;      ///< instances with a Dict; 0 where instances have no attributes
  uint16_t inline_slots;   ///< attribute slots a new instance gets; learnt from the instances before
  uint16_t member_count;   ///< __slots__ members of this class and its bases, as Values that end at instance_size
  Storage* subclasses;     ///< weak: Type* words, without holes
  uint32_t subclass_count;
  uint32_t shape_count;          ///< shapes ever made for it
  ShapeId first_shape;           ///< list of them
  Value extra;                   ///< for metaclasses' and typing's use; traced
  Value special[kSpecialCount];  ///< by Special: what the mro gives, or unset

  bool has(uint32_t flag) const { return flags & flag; }
  CellKind instance_kind() const { return spec->kind; }
  Value get(Special s) const { return special[static_cast<size_t>(s)]; }
};

}  // namespace krait
