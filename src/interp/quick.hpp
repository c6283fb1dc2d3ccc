// What handlers find out about values without a call: their quick ways.
#pragma once

#include "interp/live_code.hpp"
#include "objects/function.hpp"
#include "objects/native.hpp"
#include "objects/operations.hpp"
#include "objects/sequences.hpp"
#include "objects/shape.hpp"
#include "objects/str.hpp"

namespace krait {

/// An instruction's truth test without a call, where that is possible: -1 if the value must be asked.
inline int quick_truth(Value v) {
  if (v.is_true()) return 1;
  if (v.is_false() || v.is_none()) return 0;
  if (v.is_small_int()) return v.as_small_int() != 0;
  return -1;
}

/// An answer, or its opposite, as a value; an error stays one.
inline Value boolean_of(Result<bool> answer, bool opposite) {
  return answer.is_error() ? Value() : Value::boolean(answer.release() != opposite);
}

inline bool both_floats(Value a, Value b) { return a.is_small_float() && b.is_small_float(); }

// The outcome of a comparison without a branch on the operator: which of the outcomes holds, looked up in the operator's set of them.

inline bool compare_ints(uint32_t op, int64_t a, int64_t b) {
  constexpr uint32_t kOutcomes = 0x2u << 0 | 0x6u << 4 | 0x4u << 8 | 0x3u << 12 | 0x1u << 16 | 0x5u << 20;
  uint32_t outcome = static_cast<uint32_t>(a < b) + 2 * static_cast<uint32_t>(a == b);  // 0: greater, 1: less, 2: equal
  return (kOutcomes >> (op * 4 + outcome)) & 1;
}
inline bool compare_floats(uint32_t op, double a, double b) {
  constexpr uint32_t kOutcomes = 0x2u << 0 | 0x6u << 4 | 0x4u << 8 | 0xBu << 12 | 0x8u << 16 | 0xCu << 20;
  // 0: unordered, 1: less, 2: equal, 3: greater
  uint32_t outcome =
      static_cast<uint32_t>(a < b) + 2 * static_cast<uint32_t>(a == b) + 3 * static_cast<uint32_t>(a > b);
  return (kOutcomes >> (op * 4 + outcome)) & 1;
}

/// Small ints compare as their words do.
inline int64_t small_int_order(Value v) { return static_cast<int64_t>(v.bits()); }

/// Comparison of immediates without a call; unset if the operands are not of the quick kinds.
inline Value quick_compare(uint32_t op, Value a, Value b) {
  if (Value::both_small_ints(a, b)) return Value::boolean(compare_ints(op, small_int_order(a), small_int_order(b)));
  if (both_floats(a, b)) return Value::boolean(compare_floats(op, a.as_small_float(), b.as_small_float()));
  return Value();
}

inline bool is_equality(uint32_t op) {
  return static_cast<CompareOp>(op) == CompareOp::Eq || static_cast<CompareOp>(op) == CompareOp::Ne;
}

/// Are two exact strs equal: 1, 0, or -1 where all of their text has to be compared.
inline int quick_str_equal(const Str* a, const Str* b) {
  if (a == b) return 1;
  if ((a->bits & b->bits & Str::kInterned) != 0 || a->length != b->length || a->width() != b->width()) return 0;
  return a->length != 0 && *a->data1() != *b->data1() ? 0 : -1;
}

/// Which of the outcomes of an ordering holds, by the first characters of two exact strs: -1 where these do not decide.
inline int quick_str_order(uint32_t op, const Str* a, const Str* b) {
  if (a->width() != 1 || b->width() != 1 || a->length == 0 || b->length == 0) return -1;
  int64_t x = *a->data1(), y = *b->data1();
  if (x == y) {
    if (a->length != 1 && b->length != 1) return -1;
    x = static_cast<int64_t>(a->length);
    y = static_cast<int64_t>(b->length);
  }
  return compare_ints(op, x, y);
}

[[gnu::always_inline]] inline double number_as_double(Value v) {
  return v.is_small_int() ? static_cast<double>(v.as_small_int()) : v.as_small_float();
}
/// Small int or immediate float, one of them a float.
[[gnu::always_inline]] inline bool float_mix(Value a, Value b) {
  return (a.is_small_float() && (b.is_small_float() || b.is_small_int())) || (a.is_small_int() && b.is_small_float());
}

inline bool small_floor_div(int64_t a, int64_t b, int64_t& q) {
  if (b == 0) return false;
  q = a / b;
  if ((a % b != 0) && ((a < 0) != (b < 0))) --q;
  return true;
}

/// Is v a cell of exactly this built-in type?
inline bool is_shape(Value v, ShapeId shape) { return v.has_cell_tag() && v.cell()->shape == shape; }

inline bool is_form(Instruction insn, LiveOp form) { return (insn & 0xFF) == static_cast<uint32_t>(form); }

/// Is v of the shape that the site has learnt, and is what it learnt of the type still so?
inline bool fits(const Site* site, Value v) {
  return v.has_cell_tag() && v.cell()->shape == site->shape && site->type->version == site->version;
}
/// The attribute at a byte offset in a cell.
inline Value& slot_of(Value v, uint16_t offset) {
  return *reinterpret_cast<Value*>(reinterpret_cast<char*>(v.cell()) + offset);
}
/// The attributes outside the cell, whose storage is named at a byte offset in it.
inline Value* overflow_of(Value v, uint16_t offset) {
  return (*reinterpret_cast<Storage**>(reinterpret_cast<char*>(v.cell()) + offset))->data<Value>();
}
/// What an instance has by an entry of the attribute cache that fits its shape.
inline Value cached_value(const CachedAttribute* found, Value v) {
  if (found->form == LiveOp::LOAD_ATTR_SLOT) [[likely]]
    return slot_of(v, found->site.slot);
  return found->site.value;
}

inline bool is_native(Value v, NativeFn fn) {
  return is_kind(v, Kind::NativeFunction) && v.as<NativeFunction>()->fn == fn;
}

/// May an item be put behind the last one of a list without a word to the collector?
inline bool appends_unnoticed(const List* list, Value item) {
  return !(list->gc & kGcOld) || !item.is_cell() || (list->gc & kGcRemembered) ||
         ((list->gc & kGcAppended) && list->length >= list->traced);
}

/// Makes the CALL before `pc` the form for list.append or len (not where the instruction is watched).
inline void specialise_call(Instruction* pc, Instruction insn, NativeFn fn) {
  if (pc[-1] != insn) return;
  LiveOp form = fn == builtin_len ? LiveOp::CALL_LEN : LiveOp::CALL_LIST_APPEND;
  pc[-1] = (insn & ~0xFFu) | static_cast<uint32_t>(form);
}

/// Is it a list with a small index in it, counted from the front?
inline bool indexes_list(Value container, Value key) {
  return is_shape(container, BuiltinShape::k_list) && key.is_small_int() &&
         static_cast<uint64_t>(key.as_small_int()) < container.as<List>()->length;
}
/// The item there.
inline Value& list_item(Value container, Value key) {
  return container.as<List>()->storage->data<Value>()[key.as_small_int()];
}

/// Is it one of the forms of FOR_ITER that store the item?
inline bool is_storing_loop(Instruction insn) {
  LiveOp op = static_cast<LiveOp>(insn & 0xFF);
  return op >= LiveOp::FOR_ITER_STORE && op <= LiveOp::FOR_ITER_TUPLE_STORE;
}

/// The items of a tuple or list of just this length, or null.
inline const Value* unpackable(Value v, uint32_t count) {
  if (is_shape(v, BuiltinShape::k_tuple)) {
    if (v.as<Tuple>()->length == count) return v.as<Tuple>()->items;
  } else if (is_shape(v, BuiltinShape::k_list) && v.as<List>()->length == count && count != 0) {
    return v.as<List>()->storage->data<Value>();
  }
  return nullptr;
}

}  // namespace krait
