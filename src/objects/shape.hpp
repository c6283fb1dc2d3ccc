// Attributes of instances, held in slots that shapes describe.
//
// At Shape::slots_offset (behind the variable-size part for kTailSlots) an instance has
//
//   [overflow]  Storage of the slots beyond the inline ones; with the dictionary shape the Dict that holds all attributes
//   [slot 0] .. [slot inline_slots-1]
//
// The n-th attribute added along a path of shapes has slot n-1, in insertion order. A type learns from its instances how many
// inline slots the next ones get: that starts a new tree of shapes, so shapes with another layout never meet in one tree.
//
// Rules for inline caches
//  1. A cached (shape id, slot) stays right for ever: ids are not reused.
//  2. An attribute is added by storing the value first, then the new shape id.
//  3. Deleting leaves the path (last attribute) or goes to the dictionary shape; slots are unset then.
#pragma once

#include "objects/object.hpp"
#include "objects/vm.hpp"

namespace krait {

struct Transitions;

/// The shapes of exact instances of the built-in types: the first ones that a Vm makes, so their ids are known beforehand.
struct BuiltinShape {
  enum : ShapeId {
    kStorage,
    k_type,
    k_object,
#define TYPE(id, spec) k_##id,
#define TYPE_BASE(id, spec, base) k_##id,
#include "objects/types.def"
#undef TYPE
#undef TYPE_BASE
  };
};

/// Where the overflow word of a variable-size instance lies.
char* tail_attribute_words(Cell* object);

/// The overflow word; the shape is not kNoSlots.
inline char* attribute_words(Cell* object, const Shape& shape) {
  if (shape.slots_offset != Shape::kTailSlots) [[likely]]
    return reinterpret_cast<char*>(object) + shape.slots_offset;
  return tail_attribute_words(object);
}
inline Storage*& overflow_of(Cell* object, const Shape& shape) {
  return *reinterpret_cast<Storage**>(attribute_words(object, shape));
}
/// The Dict of an object with the dictionary shape.
inline Dict*& attribute_dict_of(Cell* object, const Shape& shape) {
  return *reinterpret_cast<Dict**>(attribute_words(object, shape));
}
inline Value* instance_slots(Cell* object, const Shape& shape) {
  return reinterpret_cast<Value*>(attribute_words(object, shape) + sizeof(void*));
}
/// The place of a slot below shape.count.
inline Value* instance_slot_ptr(Cell* object, const Shape& shape, uint32_t slot) {
  if (slot < shape.inline_slots) [[likely]]
    return instance_slots(object, shape) + slot;
  return overflow_of(object, shape)->data<Value>() + (slot - shape.inline_slots);
}

/// Slot of an attribute (interned name), or -1. Not for dictionary shapes. Runs nothing.
int32_t shape_find(Vm& vm, const Shape& shape, const Str* name);
/// The shape after adding `name` (which the shape has not); null without an error when the object had better take the
/// dictionary shape, or with MemoryError pending.
Shape* shape_add(Vm& vm, Shape& shape, Str* name);
/// The first shape of a type and its dictionary shape, from the type's layout. MemoryError.
Status shape_init_type(Vm& vm, Type* type);
/// Its two halves.
Status shape_init_root(Vm& vm, Type* type);
Status shape_init_dictionary(Vm& vm, Type* type);

// --- Attributes of one instance, whatever its shape. Names are interned. These run no Python code. Modules count as instances
// whose attributes are their dict; types do not.
/// Can it have attributes of its own?
inline bool has_attributes(const Vm& vm, const Cell* object) {
  return vm.shapes[object->shape].slots_offset != Shape::kNoSlots ||
         object->kind == static_cast<CellKind>(Kind::Module);
}
/// Unset if absent.
Value instance_get(Vm& vm, Cell* object, Str* name);
Status instance_set(Vm& vm, Cell* object, Str* name, Value value);
/// True if it was there.
Result<bool> instance_del(Vm& vm, Cell* object, Str* name);
/// Stores the attribute that leads from the object's shape to `next`: the second half of a cached addition.
Status instance_add(Vm& vm, Cell* object, const Shape& next, Value value);
/// `__dict__`: from here on the attributes are in a Dict. AttributeError if the object cannot have attributes.
Result<Dict*> instance_dict(Vm& vm, Cell* object);
/// The same as a new Dict; the attributes stay in their slots.
Result<Dict*> instance_dict_copy(Vm& vm, Cell* object);
Status instance_set_dict(Vm& vm, Cell* object, Dict* dict);
/// Moves the attributes to another type with the same layout (`__class__` assignment).
Status instance_set_type(Vm& vm, Cell* object, Type* type);

/// What the shape says of a cell beside its kind's own layout, for the collector (see Heap::ShapeTracer).
bool shape_trace(Vm& vm, Cell* object, bool first, Marker& marker);
/// Names of a type's shapes, for the collector.
void shape_trace_names(Vm& vm, const Type* type, Marker& marker);
/// The type is dead: frees its shapes' tables (their ids are never used again).
void shape_free_type(Vm& vm, const Type* type);

/// Reserves the shape table of a new Vm; false if the machine refuses.
bool shape_table_reserve(Vm& vm);
void shape_table_release(Vm& vm);

}  // namespace krait
