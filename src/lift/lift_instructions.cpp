// One instruction of CPython at a time.
#include <algorithm>

#include "lift/lifter.hpp"
#include "objects/operations.hpp"
#include "objects/str.hpp"

namespace krait::pyc {

Status Lifter::check_const(int64_t arg) {
  if (arg < 0 || static_cast<uint64_t>(arg) >= code_.consts->length) return fail("a constant out of range");
  return {};
}
Status Lifter::check_name(int64_t arg) {
  if (arg < 0 || static_cast<uint64_t>(arg) >= code_.names->length) return fail("a name out of range");
  return {};
}
Result<uint32_t> Lifter::local(int64_t arg) {
  size_t most = code_.minor >= 11 ? code_.slot_names.size() : code_.local_count;
  if (arg < 0 || static_cast<uint64_t>(arg) >= most) return fail("a local out of range");
  return static_cast<uint32_t>(arg);
}
Result<uint32_t> Lifter::deref(int64_t arg) {
  uint32_t slot = arg < 0 || arg >= UINT32_MAX ? UINT32_MAX : code_.deref_slot(static_cast<uint32_t>(arg));
  if (slot == UINT32_MAX) return fail("a cell out of range");
  return slot;
}

Status Lifter::simple(K op, int64_t arg, uint64_t pops, uint64_t pushes) {
  TRY(plain(pops));
  emit(op, arg);
  drop(pops);
  if (pushes > UINT16_MAX) return fail("the stack is too deep");
  for (uint64_t i = 0; i < pushes; ++i) push();
  return {};
}

/// An instruction that adds to a collection which lies `arg` entries below what it takes.
Status Lifter::container(K op, int64_t arg, uint64_t pops) {
  TRY(plain(pops));
  if (arg < 1) return fail("no collection to add to");
  TRY(need(pops + static_cast<uint64_t>(arg)));
  size_t index = size() - pops - static_cast<uint64_t>(arg);
  if (width(s_.stack[index].kind) != 1) return fail("no collection to add to");
  emit(op, slot_depth(index) - static_cast<uint32_t>(pops));
  drop(pops);
  return {};
}

Status Lifter::step(const PycInstruction& ins) {
  int64_t arg = ins.arg;
  int minor = code_.minor;
  auto binary = [&](int64_t number) { return simple(K::BINARY_OP, number, 2, 1); };
  switch (ins.op) {
    case Op::NOP:
    case Op::CACHE:
    case Op::PRECALL:
    case Op::NOT_TAKEN:
    case Op::GEN_START: emit(K::NOP); return {};
    case Op::RESUME: emit(K::RESUME, arg & 3); return {};

    // --- Moving
    case Op::POP_TOP:
    case Op::POP_ITER:  // where a loop is left early
      return pop_entry();
    case Op::DUP_TOP: return copy(1);
    case Op::DUP_TOP_TWO: TRY(copy(2)); return copy(2);
    case Op::COPY: return copy(static_cast<uint64_t>(arg));
    case Op::ROT_TWO: return permute({1, 0});
    case Op::ROT_THREE: return permute({2, 0, 1});
    case Op::ROT_FOUR: return permute({3, 0, 1, 2});
    case Op::ROT_N: {
      if (arg < 1) return fail("nothing to rotate");
      TRY(need(static_cast<uint64_t>(arg)));
      std::vector<uint32_t> order{static_cast<uint32_t>(arg - 1)};
      for (uint32_t i = 0; i + 1 < arg; ++i) order.push_back(i);
      return permute(order);
    }
    case Op::SWAP: {
      if (arg < 1) return fail("nothing to swap");
      TRY(need(static_cast<uint64_t>(arg)));
      std::vector<uint32_t> order;
      order.reserve(static_cast<size_t>(arg));
      for (uint32_t i = 0; i < arg; ++i) order.push_back(i);
      std::swap(order.front(), order.back());
      return permute(order);
    }
    case Op::PUSH_NULL:
      if (minor <= 12) {
        push(Kind::Null);
      } else {
        emit(K::PUSH_NULL);
        push(Kind::Unset);
      }
      return {};
    case Op::LOAD_CONST: return load_const(ins);
    case Op::LOAD_SMALL_INT:
      emit(K::LOAD_SMALL_INT, arg);
      push();
      return {};
    case Op::LOAD_COMMON_CONSTANT: return simple(K::LOAD_COMMON_CONSTANT, arg, 0, 1);
    case Op::LOAD_ASSERTION_ERROR: return simple(K::LOAD_COMMON_CONSTANT, 0, 0, 1);

    // --- Locals and cells
    case Op::LOAD_FAST:
    case Op::LOAD_FAST_CHECK:
    case Op::LOAD_FAST_BORROW: return load_local(arg);
    case Op::LOAD_FAST_LOAD_FAST:
    case Op::LOAD_FAST_BORROW_LOAD_FAST_BORROW: TRY(load_local(arg >> 4)); return load_local(arg & 15);
    case Op::LOAD_FAST_AND_CLEAR: {
      emit(K::LOAD_FAST_AND_CLEAR, TRY(local(arg)));
      push(Kind::Unset);
      return {};
    }
    case Op::STORE_FAST: return store_local(arg);
    case Op::STORE_FAST_LOAD_FAST: TRY(store_local(arg >> 4)); return load_local(arg & 15);
    case Op::STORE_FAST_STORE_FAST: TRY(store_local(arg >> 4)); return store_local(arg & 15);
    case Op::DELETE_FAST: emit(K::DELETE_FAST, TRY(local(arg))); return {};
    case Op::MAKE_CELL: {
      uint32_t slot = TRY(deref(arg));
      if (code_.slot_kinds[slot] & kSlotFree) {
        // 3.12's first releases make the cell of an inlined comprehension in the slot of a free variable of that name.
        emit(K::LOAD_FAST_AND_CLEAR, slot);
        emit(K::POP_TOP);
      }
      emit(K::MAKE_CELL, slot);
      return {};
    }
    case Op::COPY_FREE_VARS: emit(K::COPY_FREE_VARS, arg); return {};
    case Op::LOAD_CLOSURE:
      emit(K::LOAD_CLOSURE, TRY(deref(arg)));
      push();
      return {};
    case Op::LOAD_DEREF:
      emit(K::LOAD_DEREF, TRY(deref(arg)));
      push();
      return {};
    case Op::STORE_DEREF: return simple(K::STORE_DEREF, TRY(deref(arg)), 1, 0);
    case Op::DELETE_DEREF: emit(K::DELETE_DEREF, TRY(deref(arg))); return {};
    case Op::LOAD_CLASSDEREF: {
      uint32_t slot = TRY(deref(arg));
      emit(K::LOAD_LOCALS);
      emit(K::LOAD_FROM_DICT_OR_DEREF, slot);
      push();
      return {};
    }
    case Op::LOAD_FROM_DICT_OR_DEREF: return simple(K::LOAD_FROM_DICT_OR_DEREF, TRY(deref(arg)), 1, 1);

    // --- Names
    case Op::LOAD_NAME: TRY(check_name(arg)); return simple(K::LOAD_NAME, arg, 0, 1);
    case Op::STORE_NAME: TRY(check_name(arg)); return simple(K::STORE_NAME, arg, 1, 0);
    case Op::DELETE_NAME: TRY(check_name(arg)); return simple(K::DELETE_NAME, arg, 0, 0);
    case Op::LOAD_GLOBAL: {
      int64_t name = minor >= 11 ? arg >> 1 : arg;
      bool null = minor >= 11 && (arg & 1);
      TRY(check_name(name));
      if (null && minor <= 12) push(Kind::Null);
      TRY(simple(K::LOAD_GLOBAL, name, 0, 1));
      if (null && minor >= 13) {
        emit(K::PUSH_NULL);
        push(Kind::Unset);
      }
      return {};
    }
    case Op::STORE_GLOBAL: TRY(check_name(arg)); return simple(K::STORE_GLOBAL, arg, 1, 0);
    case Op::DELETE_GLOBAL: TRY(check_name(arg)); return simple(K::DELETE_GLOBAL, arg, 0, 0);
    case Op::LOAD_LOCALS: return simple(K::LOAD_LOCALS, 0, 0, 1);
    case Op::LOAD_FROM_DICT_OR_GLOBALS: TRY(check_name(arg)); return simple(K::LOAD_FROM_DICT_OR_GLOBALS, arg, 1, 1);
    case Op::LOAD_BUILD_CLASS: return simple(K::LOAD_BUILD_CLASS, 0, 0, 1);
    case Op::SETUP_ANNOTATIONS: return simple(K::SETUP_ANNOTATIONS, 0, 0, 0);
    case Op::STORE_ANNOTATION: {
      TRY(check_name(arg));
      TRY(plain(1));
      emit(K::LOAD_NAME, TRY(add_name("__annotations__")));
      emit_const(TRY(add_const(code_.names->items[arg])));
      emit(K::STORE_SUBSCR);
      drop();
      return {};
    }

    // --- Attributes and items
    case Op::LOAD_ATTR: return minor >= 12 ? load_attribute(arg >> 1, arg & 1) : load_attribute(arg, false);
    case Op::LOAD_METHOD: return load_attribute(arg, true);
    case Op::LOAD_SUPER_ATTR: {
      TRY(check_name(arg >> 2));
      TRY(plain(3));
      bool method = arg & 1, zero = !(arg & 2);
      emit(method ? (zero ? K::LOAD_ZERO_SUPER_METHOD : K::LOAD_SUPER_METHOD)
                  : (zero ? K::LOAD_ZERO_SUPER_ATTR : K::LOAD_SUPER_ATTR),
           arg >> 2);
      drop(3);
      push_attribute(method);
      return {};
    }
    case Op::STORE_ATTR: TRY(check_name(arg)); return simple(K::STORE_ATTR, arg, 2, 0);
    case Op::DELETE_ATTR: TRY(check_name(arg)); return simple(K::DELETE_ATTR, arg, 1, 0);
    case Op::BINARY_SUBSCR: return simple(K::BINARY_SUBSCR, 0, 2, 1);
    case Op::STORE_SUBSCR: return simple(K::STORE_SUBSCR, 0, 3, 0);
    case Op::DELETE_SUBSCR: return simple(K::DELETE_SUBSCR, 0, 2, 0);
    case Op::BINARY_SLICE: return simple(K::BINARY_SLICE, 0, 3, 1);
    case Op::STORE_SLICE: return simple(K::STORE_SLICE, 0, 4, 0);
    case Op::STORE_MAP:  // dict, value, key -> dict
      TRY(plain(2));
      emit(K::SWAP, 2);
      return container(K::MAP_ADD, 1, 2);

    // --- Operators
    case Op::BINARY_OP:
      if (arg == 26 && minor >= 14) return simple(K::BINARY_SUBSCR, 0, 2, 1);
      return binary(arg);
    case Op::BINARY_ADD: return binary(0);
    case Op::BINARY_AND: return binary(1);
    case Op::BINARY_FLOOR_DIVIDE: return binary(2);
    case Op::BINARY_LSHIFT: return binary(3);
    case Op::BINARY_MATRIX_MULTIPLY: return binary(4);
    case Op::BINARY_MULTIPLY: return binary(5);
    case Op::BINARY_MODULO: return binary(6);
    case Op::BINARY_OR: return binary(7);
    case Op::BINARY_POWER: return binary(8);
    case Op::BINARY_RSHIFT: return binary(9);
    case Op::BINARY_SUBTRACT: return binary(10);
    case Op::BINARY_TRUE_DIVIDE: return binary(11);
    case Op::BINARY_XOR: return binary(12);
    case Op::INPLACE_ADD: return binary(13);
    case Op::INPLACE_AND: return binary(14);
    case Op::INPLACE_FLOOR_DIVIDE: return binary(15);
    case Op::INPLACE_LSHIFT: return binary(16);
    case Op::INPLACE_MATRIX_MULTIPLY: return binary(17);
    case Op::INPLACE_MULTIPLY: return binary(18);
    case Op::INPLACE_MODULO: return binary(19);
    case Op::INPLACE_OR: return binary(20);
    case Op::INPLACE_POWER: return binary(21);
    case Op::INPLACE_RSHIFT: return binary(22);
    case Op::INPLACE_SUBTRACT: return binary(23);
    case Op::INPLACE_TRUE_DIVIDE: return binary(24);
    case Op::INPLACE_XOR: return binary(25);
    case Op::COMPARE_OP:
      if (minor <= 8) return compare(arg);
      if (minor <= 11) return arg > 5 ? fail("an unknown comparison") : compare(arg);
      if (minor == 12) return arg >> 4 > 5 ? fail("an unknown comparison") : compare(arg >> 4);
      if (arg >> 5 > 5) return fail("an unknown comparison");
      TRY(compare(arg >> 5));
      if (arg & 16) {
        const PycInstruction& next =
            instructions_[std::min(static_cast<size_t>(at_[ins.offset]) + 1, instructions_.size() - 1)];
        bool tested = (next.op == Op::POP_JUMP_IF_FALSE || next.op == Op::POP_JUMP_IF_TRUE) && !leaders_[next.offset];
        if (!tested) emit(K::TO_BOOL);
      }
      return {};
    case Op::IS_OP: return simple(K::IS_OP, arg & 1, 2, 1);
    case Op::CONTAINS_OP: return simple(K::CONTAINS_OP, arg & 1, 2, 1);
    case Op::UNARY_NEGATIVE: return simple(K::UNARY_NEGATIVE, 0, 1, 1);
    case Op::UNARY_POSITIVE: return simple(K::UNARY_POSITIVE, 0, 1, 1);
    case Op::UNARY_INVERT: return simple(K::UNARY_INVERT, 0, 1, 1);
    case Op::UNARY_NOT: return simple(K::UNARY_NOT, 0, 1, 1);
    case Op::TO_BOOL: {
      // Krait's jumps test any value.
      const PycInstruction& next =
          instructions_[std::min(static_cast<size_t>(at_[ins.offset]) + 1, instructions_.size() - 1)];
      if ((next.op == Op::POP_JUMP_IF_FALSE || next.op == Op::POP_JUMP_IF_TRUE) && !leaders_[next.offset])
        return plain(1);
      return simple(K::TO_BOOL, 0, 1, 1);
    }
    default: return step_more(ins);
  }
}

Status Lifter::step_more(const PycInstruction& ins) {
  int64_t arg = ins.arg;
  uint64_t count = static_cast<uint64_t>(arg);
  int minor = code_.minor;
  int64_t target = jump_target(code_, ins);
  auto popped = [&](size_t n) {
    State taken = s_;
    taken.stack.resize(size() - n);
    return taken;
  };
  auto pop_jump = [&](K op) -> Status {
    TRY(plain(1));
    State taken = popped(1);
    TRY(branch(op, target, taken));
    drop();
    return {};
  };
  auto matched = [&]() -> Status {  // 3.10's matches also say on top whether they succeeded
    emit(K::COPY, 1);
    emit_const(TRY(add_const(Value::none())));
    emit(K::IS_OP, 1);
    push();
    return {};
  };
  switch (ins.op) {
    // --- Building
    case Op::BUILD_TUPLE:
      if ((marks_[ins.offset] & kAsMap) && arg % 2 == 0) return simple(K::BUILD_MAP, arg / 2, count, 1);
      if (arg == 3 && size() >= 3) alias_value_ = top().producer;  // if it is a type alias's: see CALL_INTRINSIC_1
      return simple(K::BUILD_TUPLE, arg, count, 1);
    case Op::BUILD_LIST: return simple(K::BUILD_LIST, arg, count, 1);
    case Op::BUILD_SET: return simple(K::BUILD_SET, arg, count, 1);
    case Op::BUILD_MAP: {
      uint64_t pairs = minor <= 4 ? 0 : count;
      TRY(simple(K::BUILD_MAP, static_cast<int64_t>(pairs), 2 * pairs, 1));
      top().kind = minor <= 8 ? Kind::Dict : Kind::Value;
      return {};
    }
    case Op::BUILD_CONST_KEY_MAP: {
      TRY(need(count + 1));
      uint32_t names = TRY(lazy(1));
      TRY(check_const(names));
      Value v = constant(names);
      if (!is_tuple(v) || v.as<Tuple>()->length != count) return fail("keys that do not fit the dict");
      TRY(pop_entry());
      std::vector<uint32_t> keys;
      for (Value key : v.as<Tuple>()->span()) keys.push_back(TRY(add_const(key)));
      TRY(map_from_values(keys));
      if (minor >= 9) top().kind = Kind::Value;
      return {};
    }
    case Op::BUILD_SLICE:
      if (arg != 2 && arg != 3) return fail("a slice of neither two nor three parts");
      return simple(K::BUILD_SLICE, arg, count, 1);
    case Op::BUILD_STRING: return simple(K::BUILD_STRING, arg, count, 1);
    case Op::BUILD_INTERPOLATION: return simple(K::BUILD_INTERPOLATION, arg, 2 + (count & 1), 1);
    case Op::BUILD_TEMPLATE: return simple(K::BUILD_TEMPLATE, 0, 2, 1);
    case Op::BUILD_LIST_UNPACK: return unpack_all(count, K::BUILD_LIST, K::LIST_EXTEND);
    case Op::BUILD_SET_UNPACK: return unpack_all(count, K::BUILD_SET, K::SET_UPDATE);
    case Op::BUILD_MAP_UNPACK: return unpack_all(count, K::BUILD_MAP, K::DICT_UPDATE);
    case Op::BUILD_MAP_UNPACK_WITH_CALL:
      return unpack_all(minor <= 5 ? count & 0xFF : count, K::BUILD_MAP, K::DICT_MERGE);
    case Op::BUILD_TUPLE_UNPACK:
    case Op::BUILD_TUPLE_UNPACK_WITH_CALL:
      TRY(unpack_all(count, K::BUILD_LIST, K::LIST_EXTEND));
      emit(K::CALL_INTRINSIC_1, static_cast<int64_t>(Intrinsic1::kListToTuple));
      return {};
    case Op::LIST_TO_TUPLE: return simple(K::CALL_INTRINSIC_1, static_cast<int64_t>(Intrinsic1::kListToTuple), 1, 1);
    case Op::LIST_APPEND: return container(K::LIST_APPEND, arg, 1);
    case Op::LIST_EXTEND: return container(K::LIST_EXTEND, arg, 1);
    case Op::SET_ADD: return container(K::SET_ADD, arg, 1);
    case Op::SET_UPDATE: return container(K::SET_UPDATE, arg, 1);
    case Op::DICT_UPDATE: return container(K::DICT_UPDATE, arg, 1);
    case Op::DICT_MERGE: return container(K::DICT_MERGE, arg, 1);
    case Op::MAP_ADD:
      TRY(plain(2));
      if (minor <= 7) emit(K::SWAP, 2);  // value, key
      return container(K::MAP_ADD, arg, 2);
    case Op::UNPACK_SEQUENCE: return simple(K::UNPACK_SEQUENCE, arg, 1, count);
    case Op::UNPACK_EX: return simple(K::UNPACK_EX, arg, 1, (count & 0xFF) + 1 + (count >> 8));
    case Op::FORMAT_VALUE: {
      if (arg > 7) return fail("an unknown format");
      bool spec = arg & 4;
      TRY(plain(spec ? 2 : 1));
      if (arg & 3) {
        if (spec) emit(K::SWAP, 2);
        emit(K::CONVERT_VALUE, arg & 3);
        if (spec) emit(K::SWAP, 2);
      }
      emit(spec ? K::FORMAT_WITH_SPEC : K::FORMAT_SIMPLE);
      drop(spec ? 2 : 1);
      push();
      return {};
    }
    case Op::CONVERT_VALUE: return simple(K::CONVERT_VALUE, arg, 1, 1);
    case Op::FORMAT_SIMPLE: return simple(K::FORMAT_SIMPLE, 0, 1, 1);
    case Op::FORMAT_WITH_SPEC: return simple(K::FORMAT_WITH_SPEC, 0, 2, 1);

    // --- Jumps
    case Op::JUMP_FORWARD:
    case Op::JUMP_ABSOLUTE:
    case Op::JUMP_BACKWARD:
    case Op::JUMP_BACKWARD_NO_INTERRUPT: return jump(target);
    case Op::POP_JUMP_IF_FALSE:
    case Op::POP_JUMP_FORWARD_IF_FALSE:
    case Op::POP_JUMP_BACKWARD_IF_FALSE: return pop_jump(K::POP_JUMP_IF_FALSE);
    case Op::POP_JUMP_IF_TRUE:
    case Op::POP_JUMP_FORWARD_IF_TRUE:
    case Op::POP_JUMP_BACKWARD_IF_TRUE: return pop_jump(K::POP_JUMP_IF_TRUE);
    case Op::POP_JUMP_IF_NONE:
    case Op::POP_JUMP_FORWARD_IF_NONE:
    case Op::POP_JUMP_BACKWARD_IF_NONE: return pop_jump(K::POP_JUMP_IF_NONE);
    case Op::POP_JUMP_IF_NOT_NONE:
    case Op::POP_JUMP_FORWARD_IF_NOT_NONE:
    case Op::POP_JUMP_BACKWARD_IF_NOT_NONE: return pop_jump(K::POP_JUMP_IF_NOT_NONE);
    case Op::JUMP_IF_FALSE_OR_POP:
    case Op::JUMP_IF_TRUE_OR_POP: {
      TRY(plain(1));
      State taken = s_;
      TRY(branch(ins.op == Op::JUMP_IF_FALSE_OR_POP ? K::JUMP_IF_FALSE_OR_POP : K::JUMP_IF_TRUE_OR_POP, target, taken));
      drop();
      return {};
    }
    case Op::JUMP_IF_NOT_EXC_MATCH: TRY(exception_match()); return pop_jump(K::POP_JUMP_IF_FALSE);
    case Op::GET_ITER: return simple(K::GET_ITER, 0, 1, 1);
    case Op::FOR_ITER: {
      TRY(plain(1));
      if (minor >= 12) {
        // The exhausted iterator goes at once, with what END_FOR (3.13: POP_TOP, 3.14: POP_ITER) would do.
        auto skip = [&](Op wanted) {
          bool there = target >= 0 && target < static_cast<int64_t>(code_.code.size()) &&
                       at_[static_cast<size_t>(target)] >= 0 &&
                       instructions_[static_cast<size_t>(at_[static_cast<size_t>(target)])].op == wanted;
          target += 2;
          return there;
        };
        if (!skip(Op::END_FOR) || (minor == 13 && !skip(Op::POP_TOP)) || (minor >= 14 && !skip(Op::POP_ITER)))
          return fail("a loop without its end");
      }
      TRY(branch(K::FOR_ITER, target, popped(1)));
      push();
      return {};
    }
    case Op::GET_LEN: return simple(K::GET_LEN, 0, 1, 2);
    case Op::MATCH_MAPPING: return simple(K::MATCH_MAPPING, 0, 1, 2);
    case Op::MATCH_SEQUENCE: return simple(K::MATCH_SEQUENCE, 0, 1, 2);
    case Op::MATCH_KEYS: TRY(simple(K::MATCH_KEYS, 0, 2, 3)); return minor == 10 ? matched() : Status{};
    case Op::MATCH_CLASS: TRY(simple(K::MATCH_CLASS, arg, 3, 1)); return minor == 10 ? matched() : Status{};
    case Op::COPY_DICT_WITHOUT_KEYS: {  // 3.10: subject, keys -> subject, the rest of it
      TRY(plain(2));
      emit(K::BUILD_MAP, 0);
      emit(K::COPY, 3);
      emit(K::DICT_UPDATE, 1);
      emit(K::SWAP, 2);
      emit(K::GET_ITER);
      int32_t loop = new_block(), after = new_block();
      blocks_[static_cast<size_t>(current_)].next = loop;
      current_ = loop;
      emit_to(K::FOR_ITER, after);
      emit(K::COPY, 3);
      emit(K::SWAP, 2);
      emit(K::DELETE_SUBSCR);
      emit_to(K::JUMP, loop);
      current_ = after;
      return {};
    }

    // --- Calls
    case Op::KW_NAMES:
      TRY(check_const(arg));
      keyword_names_ = arg;
      return {};
    case Op::CALL: {
      int64_t names = keyword_names_;
      keyword_names_ = -1;
      return call_3_11(count, names);
    }
    case Op::CALL_KW: {
      TRY(need(1));
      uint32_t names = TRY(lazy(1));
      TRY(check_const(names));
      TRY(pop_entry());
      return call_3_11(count, names);
    }
    case Op::CALL_FUNCTION:
      if (minor <= 5) return call_old(arg, false, false);
      TRY(need(count + 1));
      return call(count, size() - count - 1, -1);
    case Op::CALL_FUNCTION_VAR: return call_old(arg, true, false);
    case Op::CALL_FUNCTION_VAR_KW: return call_old(arg, true, true);
    case Op::CALL_FUNCTION_KW: {
      if (minor <= 5) return call_old(arg, false, true);
      TRY(need(count + 2));
      uint32_t names = TRY(lazy(1));
      TRY(check_const(names));
      TRY(pop_entry());
      return call(count, size() - count - 1, names);
    }
    case Op::CALL_METHOD:
      TRY(need(count + 2));
      if (top(count + 2).kind != Kind::Null) return fail("a call of no method");
      TRY(call(count, size() - count - 1, -1));
      s_.stack.erase(s_.stack.end() - 2);
      return {};
    case Op::CALL_FUNCTION_EX: return call_ex(minor >= 14 || (arg & 1));
    case Op::CALL_INTRINSIC_1:
      if (arg == static_cast<int64_t>(Intrinsic1::kTypeAlias)) {
        TRY(need(1));
        const PycInstruction* tuple = producer(top());
        if (tuple == nullptr || tuple->op != Op::BUILD_TUPLE) return fail("a type alias of no tuple");
        mark_evaluator({Kind::Value, 0, alias_value_, -1});
      }
      return simple(K::CALL_INTRINSIC_1, arg, 1, 1);
    case Op::CALL_INTRINSIC_2:
      TRY(need(2));
      if (arg == static_cast<int64_t>(Intrinsic2::kTypeVarWithBound) ||
          arg == static_cast<int64_t>(Intrinsic2::kTypeVarWithConstraints) ||
          arg == static_cast<int64_t>(Intrinsic2::kSetTypeParamDefault))
        mark_evaluator(top());
      return simple(K::CALL_INTRINSIC_2, arg, 2, 1);
    case Op::MAKE_FUNCTION:
    case Op::MAKE_CLOSURE: return make_function(ins);
    case Op::SET_FUNCTION_ATTRIBUTE:
      if (arg != 1 && arg != 2 && arg != 4 && arg != 8 && arg != 16) return fail("an unknown attribute of a function");
      return set_attribute(static_cast<int>(arg));
    case Op::RETURN_VALUE:
      TRY(plain(1));
      if (minor <= 7) return unwind(Why::Return, 0);
      emit(K::RETURN_VALUE);
      end();
      return {};
    case Op::RETURN_CONST:
      TRY(check_const(arg));
      emit_const(static_cast<uint32_t>(arg));
      emit(K::RETURN_VALUE);
      end();
      return {};
    case Op::RAISE_VARARGS:
      if (arg > 2) return fail("a raise of too much");
      TRY(simple(K::RAISE_VARARGS, arg, count, 0));
      end();
      return {};
    case Op::PRINT_EXPR:
      TRY(simple(K::CALL_INTRINSIC_1, static_cast<int64_t>(Intrinsic1::kPrint), 1, 1));
      return pop_entry();
    case Op::IMPORT_STAR:
      TRY(simple(K::CALL_INTRINSIC_1, static_cast<int64_t>(Intrinsic1::kImportStar), 1, 1));
      return pop_entry();
    case Op::IMPORT_NAME: TRY(check_name(arg)); return simple(K::IMPORT_NAME, arg, 2, 1);
    case Op::IMPORT_FROM: TRY(check_name(arg)); return simple(K::IMPORT_FROM, arg, 1, 2);

    // --- Generators and coroutines
    case Op::RETURN_GENERATOR: push(Kind::Generator); return {};
    case Op::YIELD_VALUE: return yield_value(ins);
    case Op::YIELD_FROM: return yield_from(ins);
    case Op::GET_YIELD_FROM_ITER: return simple(K::GET_YIELD_FROM_ITER, 0, 1, 1);
    case Op::GET_AWAITABLE: {
      int64_t where = arg;
      if (minor <= 10) {
        size_t here = static_cast<size_t>(at_[ins.offset]);
        Op before = here > 0 ? instructions_[here - 1].op : Op::NOP,
           first = here > 1 ? instructions_[here - 2].op : Op::NOP;
        bool exit = before == Op::WITH_CLEANUP_START || before == Op::WITH_EXCEPT_START ||
                    (before == Op::CALL_FUNCTION && first == Op::DUP_TOP);
        where = before == Op::BEFORE_ASYNC_WITH ? 1 : exit ? 2 : 0;
      }
      return simple(K::GET_AWAITABLE, where, 1, 1);
    }
    case Op::GET_AITER: {
      size_t here = static_cast<size_t>(at_[ins.offset]);
      bool awaited = minor <= 6 && here + 2 < instructions_.size() && instructions_[here + 1].op == Op::LOAD_CONST &&
                     instructions_[here + 2].op == Op::YIELD_FROM;
      if (!awaited) return simple(K::GET_AITER, 0, 1, 1);
      // What it gives up to 3.6 is awaited: by the first protocol, of 3.5.0, an awaitable of the iterator; or the iterator
      // itself, which goes on behind that.
      TRY(simple(K::CALL_INTRINSIC_1, static_cast<int64_t>(Intrinsic1::kAsyncIteratorOrAwaitable), 1, 1));
      emit(K::COPY, 1);
      emit(K::CALL_INTRINSIC_1, static_cast<int64_t>(Intrinsic1::kIsAsyncIterator));
      TRY(branch(K::POP_JUMP_IF_TRUE, instructions_[here + 2].next, s_));
      emit(K::GET_AWAITABLE, 0);
      return {};
    }
    case Op::GET_ANEXT: return simple(K::GET_ANEXT, 0, 1, 2);
    case Op::SEND: {
      TRY(plain(2));
      if (minor >= 12) {
        TRY(branch(K::SEND, target, s_));
        return {};
      }
      // 3.11: the iterator goes when it is done.
      int32_t done = new_block();
      State after = popped(1);
      int32_t to = TRY(block_for(target, after));
      emit_to(K::SEND, done);
      int32_t next = current_;
      current_ = done;
      emit(K::END_SEND);
      emit_to(K::JUMP, to);
      current_ = next;
      return {};
    }
    case Op::END_SEND: return simple(K::END_SEND, 0, 2, 1);
    case Op::CLEANUP_THROW: return simple(K::CLEANUP_THROW, 0, 3, 2);
    case Op::ASYNC_GEN_WRAP: return simple(K::CALL_INTRINSIC_1, static_cast<int64_t>(Intrinsic1::kAsyncGenWrap), 1, 1);
    case Op::BEFORE_WITH: return before_with(false);
    case Op::BEFORE_ASYNC_WITH: return before_with(true);
    case Op::LOAD_SPECIAL:
      TRY(simple(K::LOAD_SPECIAL, arg, 1, 2));
      top().kind = Kind::Unset;
      return {};

    // --- Exceptions, 3.11 on
    default:
      if (minor <= 10) return step_blocks(ins);
      switch (ins.op) {
        case Op::PUSH_EXC_INFO:
          TRY(simple(K::PUSH_EXC_INFO, 0, 1, 2));
          top(2).kind = Kind::Previous;
          top().kind = Kind::Exception;
          return {};
        case Op::POP_EXCEPT:
          TRY(need(1));
          if (top().kind != Kind::Previous) return fail("the exception handled before is not on the stack");
          emit(K::POP_EXCEPT);
          drop();
          return {};
        case Op::CHECK_EXC_MATCH: return simple(K::CHECK_EXC_MATCH, 0, 2, 2);
        case Op::CHECK_EG_MATCH: return simple(K::CHECK_EG_MATCH, 0, 2, 2);
        case Op::PREP_RERAISE_STAR:
          return simple(K::CALL_INTRINSIC_2, static_cast<int64_t>(Intrinsic2::kPrepReraiseStar), 2, 1);
        case Op::RERAISE: {
          TRY(plain(1));
          int64_t distance = 0;
          if (arg > 0) {
            TRY(need(count + 1));
            distance = static_cast<int64_t>(slot_depth(size() - count - 1)) - 1;
          }
          emit(K::RERAISE, distance);
          end();
          return {};
        }
        case Op::WITH_EXCEPT_START: {
          size_t below = minor >= 14 ? 5 : 4;
          TRY(need(below));
          if (minor <= 13 && top(4).kind != Kind::Method && top(4).kind != Kind::Paired)
            return fail("the end of a with statement without its __exit__");
          if (top(1).kind != Kind::Exception || top(2).kind != Kind::Previous || width(top(3).kind) != 1)
            return fail("the end of a with statement without its exception");
          emit(K::WITH_EXCEPT_START);
          push();
          return {};
        }
        case Op::END_ASYNC_FOR: return simple(K::END_ASYNC_FOR, 0, 2, 0);
        default: return fail("an instruction that code does not have");
      }
  }
}

}  // namespace krait::pyc
