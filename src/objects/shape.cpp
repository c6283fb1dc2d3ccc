#include "objects/shape.hpp"

#include <sys/mman.h>

#include <cstdlib>
#include <cstring>

#include "objects/bytes.hpp"
#include "objects/dict.hpp"
#include "objects/int.hpp"
#include "objects/module.hpp"
#include "objects/sequences.hpp"
#include "objects/str.hpp"
#include "objects/weakref.hpp"

namespace krait {

/// Open addressing by name; names are kept alive by the shapes they lead to.
struct Transitions {
  struct Entry {
    Str* name;
    ShapeId to;
  };
  uint32_t count, mask;
  Entry entries[];
};

namespace {

constexpr uint32_t kMaxShapes = 1 << 24;
constexpr uint32_t kShapeChunk = 4096;     ///< shapes made accessible at a time
constexpr uint32_t kMaxSlots = 128;        ///< attributes of an object before it takes a dict
constexpr uint32_t kMaxTransitions = 256;  ///< names that may follow one shape
constexpr uint32_t kMaxShapesOfType = 8192;
constexpr uint32_t kMaxInlineSlots = 30;
constexpr uint32_t kWalked = 8;  ///< shapes up to this long are searched without a table

size_t hash_name(const Str* name) { return (reinterpret_cast<uintptr_t>(name) >> 4) * 0x9E3779B97F4A7C15 >> 40; }

Transitions::Entry* find_entry(Transitions* t, const Str* name) {
  for (size_t i = hash_name(name) & t->mask;; i = (i + 1) & t->mask) {
    Transitions::Entry& e = t->entries[i];
    if (e.name == name || e.name == nullptr) return &e;
  }
}

Transitions* transitions_new(uint32_t capacity) {
  auto* t = static_cast<Transitions*>(std::calloc(1, sizeof(Transitions) + capacity * sizeof(Transitions::Entry)));
  if (t != nullptr) t->mask = capacity - 1;
  return t;
}

/// Null without error: nobody has added this name yet.
Shape* find_transition(Vm& vm, Shape& shape, const Str* name) {
  if (shape.last_name == name) return &vm.shapes[shape.last_to];
  if (shape.transitions == nullptr) return nullptr;
  Transitions::Entry* e = find_entry(shape.transitions, name);
  if (e->name == nullptr) return nullptr;
  shape.last_name = e->name;
  shape.last_to = e->to;
  return &vm.shapes[e->to];
}

bool add_transition(Shape& shape, Str* name, ShapeId to) {
  if (shape.last_name == nullptr) {
    shape.last_name = name;
    shape.last_to = to;
    return true;
  }
  Transitions* t = shape.transitions;
  if (t == nullptr) {
    t = transitions_new(4);
    if (t == nullptr) return false;
    *find_entry(t, shape.last_name) = {shape.last_name, shape.last_to};
    t->count = 1;
    shape.transitions = t;
  } else if ((t->count + 1) * 4 > (t->mask + 1) * 3) {
    Transitions* bigger = transitions_new((t->mask + 1) * 2);
    if (bigger == nullptr) return false;
    for (uint32_t i = 0; i <= t->mask; ++i) {
      if (t->entries[i].name != nullptr) *find_entry(bigger, t->entries[i].name) = t->entries[i];
    }
    bigger->count = t->count;
    std::free(t);
    shape.transitions = t = bigger;
  }
  *find_entry(t, name) = {name, to};
  ++t->count;
  shape.last_name = name;
  shape.last_to = to;
  return true;
}

/// A new entry of the table, in the type's list. Null: MemoryError pending.
Shape* new_shape(Vm& vm, Type* type) {
  uint32_t id = vm.shape_count;
  if (id >= kMaxShapes || !vm.heap.charge(sizeof(Shape))) {
    (void)vm.allocation_failed(sizeof(Shape));
    return nullptr;
  }
  if (id % kShapeChunk == 0 && mprotect(vm.shapes + id, kShapeChunk * sizeof(Shape), PROT_READ | PROT_WRITE) != 0) {
    vm.heap.discharge(sizeof(Shape));
    (void)vm.raise_memory_error();
    return nullptr;
  }
  ++vm.shape_count;
  Shape* shape = &vm.shapes[id];
  *shape = Shape{};
  shape->id = id;
  shape->type = type;
  shape->next_of_type = type->first_shape;
  type->first_shape = id;
  ++type->shape_count;
  vm.barrier(type);  // the type reports the names of its shapes
  return shape;
}

Shape* new_root(Vm& vm, Type* type) {
  Shape* shape = new_shape(vm, type);
  if (shape == nullptr) return nullptr;
  if (type->has(kTypeHasDict)) {
    shape->slots_offset = type->has(kTypeVarSize) ? Shape::kTailSlots : static_cast<uint16_t>(type->instance_size);
    shape->inline_slots = type->inline_slots;
  }
  return shape;
}

/// The table of a long shape: the number of entries minus one, then entries of pointer | slot << 48 (0: empty).
void build_lookup(Vm& vm, Shape& shape) {
  uint64_t size = 16;
  while (size < shape.count * uint64_t{2}) size *= 2;
  auto* table = static_cast<uint64_t*>(std::calloc(size + 1, sizeof(uint64_t)));
  if (table == nullptr) return;  // the walk goes on to work
  table[0] = size - 1;
  for (const Shape* s = &shape; s->count > 0; s = &vm.shapes[s->parent]) {
    size_t i = hash_name(s->name) & (size - 1);
    while (table[i + 1] != 0) i = (i + 1) & (size - 1);
    table[i + 1] = reinterpret_cast<uint64_t>(s->name) | uint64_t{s->count - 1u} << 48;
  }
  shape.lookup = table;
}

int32_t find_by_walk(const Vm& vm, const Shape& shape, const Str* name) {
  for (const Shape* s = &shape; s->count > 0; s = &vm.shapes[s->parent]) {
    if (s->name == name) return static_cast<int32_t>(s->count - 1);
  }
  return -1;
}

uint64_t round_up8(uint64_t n) { return (n + 7) & ~uint64_t{7}; }

/// Makes room for slot `slot` of an object.
Status reserve_slot(Vm& vm, Cell* object, const Shape& shape, uint32_t slot) {
  if (slot < shape.inline_slots) return {};
  Type* type = shape.type;
  if (type->inline_slots < kMaxInlineSlots && slot >= type->inline_slots)
    type->inline_slots = static_cast<uint16_t>(slot >= kMaxInlineSlots ? kMaxInlineSlots : (slot + 2) & ~1u);
  uint64_t need = (slot - shape.inline_slots + 1) * sizeof(Value);
  Storage* old = overflow_of(object, shape);
  if (old != nullptr && old->capacity >= need) return {};
  Storage* storage =
      old == nullptr ? TRY(vm.allocate_storage(4 * sizeof(Value))) : TRY(vm.resize_storage(old, need + need / 2));
  overflow_of(object, shape) = storage;
  vm.barrier(object);
  return {};
}

/// The attributes of an object in slots, as a new Dict.
Result<Dict*> slots_to_dict(Vm& vm, Cell* object) {
  Dict* dict = TRY(dict_new(vm));
  const Shape& shape = vm.shapes[object->shape];
  uint32_t n = shape.count;
  // The path of shapes leads from the last attribute to the first.
  const Str* names[kMaxSlots];
  for (const Shape* s = &shape; s->count > 0; s = &vm.shapes[s->parent]) names[s->count - 1] = s->name;
  for (uint32_t i = 0; i < n; ++i) {
    Value v = *instance_slot_ptr(object, shape, i);
    if (!v.is_unset()) TRY(dict_set_str(vm, dict, const_cast<Str*>(names[i]), v));
  }
  return dict;
}

/// All attributes into a Dict, the object to its dictionary shape.
Result<Dict*> to_dictionary(Vm& vm, Cell* object) {
  Dict* dict = TRY(slots_to_dict(vm, object));
  const Shape& shape = vm.shapes[object->shape];
  Value* slots = instance_slots(object, shape);
  for (uint32_t i = 0; i < shape.inline_slots; ++i) slots[i] = Value();
  attribute_dict_of(object, shape) = dict;
  object->shape = shape.type->dict_shape;
  vm.barrier(object);
  return dict;
}

}  // namespace

bool shape_table_reserve(Vm& vm) {
  void* p = mmap(nullptr, kMaxShapes * sizeof(Shape), PROT_NONE, MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0);
  if (p == MAP_FAILED) return false;
  vm.shapes = static_cast<Shape*>(p);
  if (mprotect(vm.shapes, kShapeChunk * sizeof(Shape), PROT_READ | PROT_WRITE) != 0) return false;
  vm.shape_count = 1;  // 0 is raw storage's
  return true;
}

void shape_table_release(Vm& vm) {
  for (uint32_t i = 0; i < vm.shape_count; ++i) {
    std::free(vm.shapes[i].lookup);
    std::free(vm.shapes[i].transitions);
  }
  munmap(vm.shapes, kMaxShapes * sizeof(Shape));
}

char* tail_attribute_words(Cell* object) {
  uint64_t size;
  switch (static_cast<Kind>(object->kind)) {
    case Kind::Tuple:
    case Kind::StructSequence: size = sizeof(Tuple) + static_cast<Tuple*>(object)->length * sizeof(Value); break;
    case Kind::Int: {
      uint64_t limbs = static_cast<Int*>(object)->size;
      size = offsetof(Int, limbs) + (limbs == 0 ? 1 : limbs) * sizeof(uint64_t);
      break;
    }
    case Kind::Str: {
      auto* s = static_cast<Str*>(object);
      size = s->bits & Str::kExternal ? sizeof(Str) : offsetof(Str, inline_data) + s->length * s->width();
      if (size < sizeof(Str)) size = sizeof(Str);
      break;
    }
    case Kind::Bytes: size = sizeof(Bytes) + static_cast<Bytes*>(object)->length; break;
    default: size = sizeof(Object); break;
  }
  return reinterpret_cast<char*>(object) + round_up8(size);
}

int32_t shape_find(Vm& vm, const Shape& shape, const Str* name) {
  if (shape.lookup != nullptr) {
    uint64_t mask = shape.lookup[0];
    const uint64_t* table = shape.lookup + 1;
    for (size_t i = hash_name(name) & mask;; i = (i + 1) & mask) {
      if (table[i] == 0) return -1;
      if ((table[i] & 0xFFFFFFFFFFFF) == reinterpret_cast<uint64_t>(name)) return static_cast<int32_t>(table[i] >> 48);
    }
  }
  if (shape.count > kWalked) {
    Shape& counted = vm.shapes[shape.id];
    if (++counted.searches == 4) build_lookup(vm, counted);
  }
  return find_by_walk(vm, shape, name);
}

Shape* shape_add(Vm& vm, Shape& shape, Str* name) {
  if (Shape* known = find_transition(vm, shape, name)) return known;
  Type* type = shape.type;
  if (shape.count >= kMaxSlots - 1 || type->shape_count >= kMaxShapesOfType ||
      (shape.transitions != nullptr && shape.transitions->count >= kMaxTransitions))
    return nullptr;
  Shape* next = new_shape(vm, type);
  if (next == nullptr) return nullptr;
  next->parent = shape.id;
  next->slots_offset = shape.slots_offset;
  next->inline_slots = shape.inline_slots;
  next->count = shape.count + 1;
  next->name = name;
  if (!add_transition(shape, name, next->id)) {
    (void)vm.raise_memory_error();
    return nullptr;
  }
  return next;
}

Status shape_init_root(Vm& vm, Type* type) {
  Shape* root = new_root(vm, type);
  if (root == nullptr) return Error{};
  type->shape = root->id;
  return {};
}

Status shape_init_dictionary(Vm& vm, Type* type) {
  if (!type->has(kTypeHasDict) || type->dict_shape != 0) return {};
  Shape* dictionary = new_root(vm, type);
  if (dictionary == nullptr) return Error{};
  dictionary->dictionary = 1;
  type->dict_shape = dictionary->id;
  return {};
}

Status shape_init_type(Vm& vm, Type* type) {
  TRY(shape_init_root(vm, type));
  return shape_init_dictionary(vm, type);
}

Value instance_get(Vm& vm, Cell* object, Str* name) {
  const Shape& shape = vm.shapes[object->shape];
  if (shape.dictionary) return dict_get_str(vm, attribute_dict_of(object, shape), name);
  if (shape.count != 0) {
    int32_t slot = shape_find(vm, shape, name);
    return slot < 0 ? Value() : *instance_slot_ptr(object, shape, static_cast<uint32_t>(slot));
  }
  if (object->kind == static_cast<CellKind>(Kind::Module))
    return dict_get_str(vm, static_cast<Module*>(object)->dict, name);
  return {};
}

Status instance_add(Vm& vm, Cell* object, const Shape& next, Value value) {
  const Shape& shape = vm.shapes[object->shape];
  TRY(reserve_slot(vm, object, shape, shape.count));
  *instance_slot_ptr(object, shape, shape.count) = value;
  object->shape = next.id;
  vm.barrier(object);
  return {};
}

Status instance_set(Vm& vm, Cell* object, Str* name, Value value) {
  if (object->kind == static_cast<CellKind>(Kind::Module))
    return dict_set_str(vm, static_cast<Module*>(object)->dict, name, value);
  Shape& shape = vm.shapes[object->shape];
  if (shape.dictionary) return dict_set_str(vm, attribute_dict_of(object, shape), name, value);
  // A shape that a name leads away from does not have that name, so the first question is the transition.
  Shape* next = find_transition(vm, shape, name);
  if (next == nullptr) {
    int32_t slot = shape_find(vm, shape, name);
    if (slot >= 0) {
      *instance_slot_ptr(object, shape, static_cast<uint32_t>(slot)) = value;
      vm.barrier(object);
      return {};
    }
    next = shape_add(vm, shape, name);
    if (next == nullptr) {
      if (vm.has_pending()) return Error{};
      Dict* dict = TRY(to_dictionary(vm, object));
      return dict_set_str(vm, dict, name, value);
    }
  }
  return instance_add(vm, object, *next, value);
}

Result<bool> instance_del(Vm& vm, Cell* object, Str* name) {
  if (object->kind == static_cast<CellKind>(Kind::Module))
    return dict_del_str(vm, static_cast<Module*>(object)->dict, name);
  const Shape& shape = vm.shapes[object->shape];
  if (shape.slots_offset == Shape::kNoSlots) return false;
  if (shape.dictionary) return dict_del_str(vm, attribute_dict_of(object, shape), name);
  int32_t slot = shape_find(vm, shape, name);
  if (slot < 0) return false;
  if (static_cast<uint32_t>(slot) + 1 == shape.count) {
    *instance_slot_ptr(object, shape, static_cast<uint32_t>(slot)) = Value();
    object->shape = shape.parent;
    return true;
  }
  Dict* dict = TRY(to_dictionary(vm, object));
  return dict_del_str(vm, dict, name);
}

Result<Dict*> instance_dict(Vm& vm, Cell* object) {
  if (object->kind == static_cast<CellKind>(Kind::Module)) return static_cast<Module*>(object)->dict;
  const Shape& shape = vm.shapes[object->shape];
  if (shape.slots_offset == Shape::kNoSlots)
    return vm.raise(E::AttributeError, "'{}' object has no attribute '__dict__'", type_name_of(object));
  if (shape.dictionary) return attribute_dict_of(object, shape);
  return to_dictionary(vm, object);
}

Result<Dict*> instance_dict_copy(Vm& vm, Cell* object) {
  const Shape& shape = vm.shapes[object->shape];
  if (shape.slots_offset == Shape::kNoSlots || shape.dictionary) return dict_copy(vm, TRY(instance_dict(vm, object)));
  return slots_to_dict(vm, object);
}

Status instance_set_dict(Vm& vm, Cell* object, Dict* dict) {
  const Shape& shape = vm.shapes[object->shape];
  if (!shape.dictionary) TRY(to_dictionary(vm, object));
  attribute_dict_of(object, vm.shapes[object->shape]) = dict;
  vm.barrier(object);
  return {};
}

Status instance_set_type(Vm& vm, Cell* object, Type* type) {
  const Shape& shape = vm.shapes[object->shape];
  if (shape.slots_offset == Shape::kNoSlots) {
    object->shape = type->shape;
  } else if (shape.count == 0 && !shape.dictionary && vm.shapes[type->shape].inline_slots == shape.inline_slots) {
    object->shape = type->shape;
  } else {
    if (!shape.dictionary) TRY(to_dictionary(vm, object));
    object->shape = type->dict_shape;
  }
  vm.barrier(object);
  if (type->has(kTypeHasDel) && !finalizer_register(vm, object)) return vm.raise_memory_error();
  return {};
}

bool shape_trace(Vm& vm, Cell* object, bool first, Marker& marker) {
  const Shape& shape = vm.shapes[object->shape];
  Type* type = shape.type;
  if (first) marker.mark_cell(type);
  if (type->member_count != 0) {
    const auto* end = reinterpret_cast<const Value*>(reinterpret_cast<const char*>(object) + type->instance_size);
    marker.mark_range(end - type->member_count, end);
  }
  if (shape.slots_offset == Shape::kNoSlots) return type->member_count != 0;
  Storage* overflow = overflow_of(object, shape);
  marker.mark_cell(overflow);
  if (shape.dictionary || shape.count == 0) return true;
  uint32_t inline_count = shape.count < shape.inline_slots ? shape.count : shape.inline_slots;
  const Value* slots = instance_slots(object, shape);
  marker.mark_range(slots, slots + inline_count);
  if (shape.count > shape.inline_slots) {
    const Value* more = overflow->data<Value>();
    marker.mark_range(more, more + (shape.count - shape.inline_slots));
  }
  return true;
}

void shape_trace_names(Vm& vm, const Type* type, Marker& marker) {
  for (ShapeId id = type->first_shape; id != 0; id = vm.shapes[id].next_of_type) marker.mark_cell(vm.shapes[id].name);
}

void shape_free_type(Vm& vm, const Type* type) {
  for (ShapeId id = type->first_shape; id != 0;) {
    Shape& shape = vm.shapes[id];
    ShapeId next = shape.next_of_type;
    std::free(shape.lookup);
    std::free(shape.transitions);
    shape = Shape{};
    id = next;
  }
}

Result<Cell*> Vm::new_instance_slow(Type* type, size_t tail_bytes) {
  Shape* shape = &shapes[type->shape];
  if (shape->inline_slots != type->inline_slots && shape->slots_offset != Shape::kNoSlots) [[unlikely]] {
    TRY(shape_init_type(*this, type));  // the type has learnt: a new tree of shapes begins
    shape = &shapes[type->shape];
  }
  size_t size = type->instance_size + tail_bytes;
  if (shape->slots_offset != Shape::kNoSlots)
    size = round_up8(size) + sizeof(void*) + shape->inline_slots * sizeof(Value);
  Cell* cell = heap.allocate(size, type->spec->kind, shape->id);
  if (cell == nullptr) [[unlikely]]
    return allocation_failed(size);
  if (type->has(kTypeHasDel)) [[unlikely]] {
    if (!finalizer_register(*this, cell)) return allocation_failed(size);
  }
  return cell;
}

}  // namespace krait
