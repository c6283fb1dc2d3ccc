// The dispatch loop.
//
// Rules for code in this file
//  1. pc is the next instruction; sp the next free operand place. Before anything that may allocate, raise or run Python, SAVE()
//     stores both in the frame: the collector and tracebacks read them there. Operands that such a call still needs stay below
//     the saved sp (or in a C++ local: the native stack is scanned).
//  2. A handler that fails jumps to `error` with pc where it was when the failing instruction's word had been read: a fused form
//     moves pc past each word before it does that word's work.
//  3. After anything that may run Python code, nothing read before from a heap object (lengths, items, dict entries) is believed.
//  4. Handlers end in DISPATCH(): one indirect jump each. Slow cases are calls to cold functions in other files.
//  5. A Python function that Python code calls never recurses into interpret(): it is a frame.
#include "interp/interpreter.hpp"

#include "objects/dict.hpp"
#include "objects/exception.hpp"
#include "objects/float.hpp"
#include "objects/function.hpp"
#include "objects/int.hpp"
#include "objects/module.hpp"
#include "objects/operations.hpp"
#include "objects/sequences.hpp"
#include "objects/shape.hpp"
#include "objects/str.hpp"
#include "objects/template.hpp"

namespace krait {
namespace {

/// An instruction's truth test without a call, where that is possible: -1 if the value must be asked.
inline int quick_truth(Value v) {
  if (v.is_true()) return 1;
  if (v.is_false() || v.is_none()) return 0;
  if (v.is_small_int()) return v.as_small_int() != 0;
  return -1;
}

inline bool both_floats(Value a, Value b) { return a.is_small_float() && b.is_small_float(); }

/// The outcome of a comparison without a branch on the operator: which of less, equal, greater, unordered holds, looked up in the
/// operator's set of outcomes.
template <class T>
inline bool compare_with(uint32_t op, T a, T b) {
  constexpr uint32_t kOutcomes = 0x1u << 0 | 0x3u << 4 | 0x2u << 8 | 0xDu << 12 | 0x4u << 16 | 0x6u << 20;
  uint32_t outcome = a < b ? 0 : a == b ? 1 : a > b ? 2 : 3;
  return (kOutcomes >> (op * 4 + outcome)) & 1;
}

/// Comparison of immediates without a call; unset if the operands are not of the quick kinds.
inline Value quick_compare(uint32_t op, Value a, Value b) {
  if (Value::both_small_ints(a, b)) return Value::boolean(compare_with(op, a.as_small_int(), b.as_small_int()));
  if (both_floats(a, b)) return Value::boolean(compare_with(op, a.as_small_float(), b.as_small_float()));
  return Value();
}

inline double number_as_double(Value v) {
  return v.is_small_int() ? static_cast<double>(v.as_small_int()) : v.as_small_float();
}
/// Small int or immediate float, one of them a float: the mixed case that float arithmetic handles. Ints are exact only
/// up to 2^53, which float(i) rounds just as Python does.
inline bool float_mix(Value a, Value b) {
  return (a.is_small_float() && (b.is_small_float() || b.is_small_int())) || (a.is_small_int() && b.is_small_float());
}

inline bool small_floor_div(int64_t a, int64_t b, int64_t& q) {
  if (b == 0) return false;
  q = a / b;
  if ((a % b != 0) && ((a < 0) != (b < 0))) --q;
  return true;
}

}  // namespace

Frame* push_frame(Vm& vm, Function* f, LiveCode* live, Value* slots, uint32_t filled) {
  if (slots + live->frame_words > vm.t.thread->stack_end || vm.t.depth >= vm.recursion_limit) [[unlikely]] {
    (void)raise_recursion(vm);
    return nullptr;
  }
  ++vm.t.depth;
  Value* end = slots + live->slot_count;
  for (Value* p = slots + filled; p < end; ++p) *p = Value();
  Frame* frame = reinterpret_cast<Frame*>(end);
  frame->code = f->code;
  frame->function = f;
  frame->pc = live->entry;
  frame->slots = slots;
  frame->stack = frame->sp = end + kFrameWords;
  frame->previous = vm.t.frame;
  frame->globals = f->globals;
  frame->builtins = f->builtins;
  frame->locals = Value();
  frame->object = nullptr;
  frame->generator = nullptr;
  frame->kind = FrameKind::kCall;
  frame->line_mark = 0;
  vm.t.frame = frame;
  return frame;
}

const Handler* find_handler(const Code* code, uint32_t i) {
  std::span<const Handler> rows = code->handler_table();
  size_t low = 0, high = rows.size();
  while (low < high) {
    size_t middle = (low + high) / 2;
    if (rows[middle].end <= i) {
      low = middle + 1;
    } else {
      high = middle;
    }
  }
  if (low < rows.size() && rows[low].start <= i) return &rows[low];
  return nullptr;
}

// NOLINTNEXTLINE(readability-function-size): one function, so that the machine's registers stay in the processor's
Value interpret(Vm& vm, Frame* entry) {
  static const void* const labels[] = {
#define OP(name, operand, pops, pushes, cache, flags, prose) &&op_##name,
#include "bytecode/opcodes.def"
#undef OP
#define LIVE(name, canonical, prose) &&op_##name,
#include "interp/live_opcodes.def"
#undef LIVE
  };

  Frame* frame;
  Instruction* pc;
  Value* sp;
  Value* slots;
  const Value* consts;
  Site* sites;
  Instruction insn;
  uint32_t raise_at;

#define ARG() (insn >> 8)
#define SARG() (static_cast<int32_t>(insn) >> 8)
#define DISPATCH()             \
  do {                         \
    insn = *pc++;              \
    goto* labels[insn & 0xFF]; \
  } while (0)
#define OP(name) op_##name:
#define SAVE() (frame->pc = pc, frame->sp = sp)
#define ENTER_FRAME(f)                             \
  do {                                             \
    frame = (f);                                   \
    pc = const_cast<Instruction*>(frame->pc);      \
    sp = frame->sp;                                \
    slots = frame->slots;                          \
    LiveCode* live_ = frame->code->live;           \
    consts = live_->consts;                        \
    sites = live_->sites;                          \
  } while (0)
#define NAME_AT(i) (frame->code->names->items[i].as<Str>())
#define CHECK(value)                              \
  do {                                            \
    if ((value).is_error()) [[unlikely]] goto error; \
  } while (0)
#define POLL()                                                                       \
  do {                                                                               \
    if (vm.poll_flag.load(std::memory_order_relaxed) != 0) [[unlikely]] {            \
      SAVE();                                                                        \
      if (vm.poll().is_error()) goto error;                                          \
    }                                                                                \
  } while (0)

  ENTER_FRAME(entry);
  if (vm.has_pending()) {  // a generator resumed to raise
    if (vm.interpreter->watch.events & event_bit(Event::kThrow)) [[unlikely]] instrument_exception(vm, frame, Event::kThrow);
    goto error;
  }
  DISPATCH();

  // ------------------------------------------------------------------------------------------------ moving values
  OP(NOP) DISPATCH();
  OP(RESUME) {
    POLL();
    DISPATCH();
  }
  OP(POP_TOP) {
    --sp;
    DISPATCH();
  }
  OP(PUSH_NULL) {
    *sp++ = Value();
    DISPATCH();
  }
  OP(COPY) {
    *sp = sp[-static_cast<int>(ARG())];
    ++sp;
    DISPATCH();
  }
  OP(SWAP) {
    Value* other = sp - ARG();
    Value top = sp[-1];
    sp[-1] = *other;
    *other = top;
    DISPATCH();
  }
  OP(LOAD_CONST) {
    *sp++ = consts[ARG()];
    DISPATCH();
  }
  OP(LOAD_SMALL_INT) {
    *sp++ = Value::small_int(SARG());
    DISPATCH();
  }
  OP(LOAD_COMMON_CONSTANT) {
    SAVE();
    Value v = load_common_constant(vm, ARG());
    CHECK(v);
    *sp++ = v;
    DISPATCH();
  }
  OP(LOAD_FAST) {
    *sp++ = slots[ARG()];
    DISPATCH();
  }
  OP(LOAD_FAST_CHECK) {
    Value v = slots[ARG()];
    if (v.is_unset()) [[unlikely]] {
      SAVE();
      (void)raise_unbound_local(vm, frame->code, ARG());
      goto error;
    }
    *sp++ = v;
    DISPATCH();
  }
  OP(LOAD_FAST_AND_CLEAR) {
    *sp++ = slots[ARG()];
    slots[ARG()] = Value();
    DISPATCH();
  }
  OP(STORE_FAST) {
    slots[ARG()] = *--sp;
    DISPATCH();
  }
  OP(DELETE_FAST) {
    if (slots[ARG()].is_unset()) [[unlikely]] {
      SAVE();
      (void)raise_unbound_local(vm, frame->code, ARG());
      goto error;
    }
    slots[ARG()] = Value();
    DISPATCH();
  }
  OP(MAKE_CELL) {
    SAVE();
    Result<ClosureCell*> cell = cell_new(vm, slots[ARG()]);
    if (cell.is_error()) goto error;
    slots[ARG()] = Value(cell);
    DISPATCH();
  }
  OP(COPY_FREE_VARS) {
    Tuple* closure = frame->function->closure;
    uint32_t count = ARG();
    if (closure == nullptr || closure->length != count) [[unlikely]] {
      SAVE();
      (void)vm.raise(E::SystemError, "function has no closure for its free variables");
      goto error;
    }
    Value* out = slots + frame->code->slot_count - count;
    for (uint32_t i = 0; i < count; ++i) out[i] = closure->items[i];
    DISPATCH();
  }
  OP(LOAD_CLOSURE) {
    *sp++ = slots[ARG()];
    DISPATCH();
  }
  OP(LOAD_DEREF) {
    Value v = slots[ARG()].as<ClosureCell>()->content;
    if (v.is_unset()) [[unlikely]] {
      SAVE();
      (void)raise_unbound_deref(vm, frame->code, ARG());
      goto error;
    }
    *sp++ = v;
    DISPATCH();
  }
  OP(STORE_DEREF) {
    ClosureCell* cell = slots[ARG()].as<ClosureCell>();
    cell->content = *--sp;
    vm.barrier(cell);
    DISPATCH();
  }
  OP(DELETE_DEREF) {
    ClosureCell* cell = slots[ARG()].as<ClosureCell>();
    if (cell->content.is_unset()) [[unlikely]] {
      SAVE();
      (void)raise_unbound_deref(vm, frame->code, ARG());
      goto error;
    }
    cell->content = Value();
    DISPATCH();
  }

  // ------------------------------------------------------------------------------------------------ names
  OP(LOAD_NAME) {
    SAVE();
    Value v = load_name(vm, frame, NAME_AT(sites[ARG()].arg));
    CHECK(v);
    *sp++ = v;
    DISPATCH();
  }
  OP(STORE_NAME) {
    SAVE();
    Str* name = NAME_AT(ARG());
    Value target = frame->locals.is_unset() ? Value(frame->globals) : frame->locals;
    if (is_exact(vm, target, vm.types.dict)) {
      if (dict_set_str(vm, target.as<Dict>(), name, sp[-1]).is_error()) goto error;
    } else {
      if (set_item(vm, target, name, sp[-1]).is_error()) goto error;
    }
    --sp;
    DISPATCH();
  }
  OP(DELETE_NAME) {
    SAVE();
    Str* name = NAME_AT(ARG());
    Value target = frame->locals.is_unset() ? Value(frame->globals) : frame->locals;
    if (is_exact(vm, target, vm.types.dict)) {
      Result<bool> was_there = dict_del_str(vm, target.as<Dict>(), name);
      if (was_there.is_error()) goto error;
      if (!was_there.release()) {
        (void)raise_name_error(vm, name);
        goto error;
      }
    } else if (del_item(vm, target, name).is_error()) {
      if (vm.pending_is(E::KeyError) && vm.clear_pending()) (void)raise_name_error(vm, name);
      goto error;
    }
    DISPATCH();
  }
  OP(LOAD_GLOBAL) {
    SAVE();
    Site* site = &sites[ARG()];
    Value v = load_global_learn(vm, pc - 1, site, NAME_AT(site->arg), frame->globals, frame->builtins);
    CHECK(v);
    *sp++ = v;
    DISPATCH();
  }
  OP(LOAD_GLOBAL_MODULE) {
    Site* site = &sites[ARG()];
    Dict* globals = frame->globals;
    if (globals->keys_version != site->version) [[unlikely]] goto op_LOAD_GLOBAL;
    *sp++ = globals->entry(site->index)->value;
    DISPATCH();
  }
  OP(LOAD_GLOBAL_BUILTIN) {
    Site* site = &sites[ARG()];
    Dict* builtins = frame->builtins;
    if (frame->globals->keys_version != site->version || builtins->keys_version != site->shape) [[unlikely]]
      goto op_LOAD_GLOBAL;
    *sp++ = builtins->entry(site->index)->value;
    DISPATCH();
  }
  OP(LOAD_GLOBAL_MODULE_CALLEE) {
    Site* site = &sites[ARG()];
    Dict* globals = frame->globals;
    if (globals->keys_version != site->version) [[unlikely]] goto op_LOAD_GLOBAL;
    sp[0] = globals->entry(site->index)->value;
    sp[1] = Value();
    sp += 2;
    ++pc;
    DISPATCH();
  }
  OP(LOAD_GLOBAL_BUILTIN_CALLEE) {
    Site* site = &sites[ARG()];
    Dict* builtins = frame->builtins;
    if (frame->globals->keys_version != site->version || builtins->keys_version != site->shape) [[unlikely]]
      goto op_LOAD_GLOBAL;
    sp[0] = builtins->entry(site->index)->value;
    sp[1] = Value();
    sp += 2;
    ++pc;
    DISPATCH();
  }
  OP(STORE_GLOBAL) {
    SAVE();
    Site* site = &sites[ARG()];
    Dict* globals = frame->globals;
    if (site->version != 0 && globals->keys_version == site->version) {
      globals->entry(site->index)->value = *--sp;
      vm.barrier(globals, *sp);
      DISPATCH();
    }
    Str* name = NAME_AT(site->arg);
    if (dict_set_str(vm, globals, name, sp[-1]).is_error()) goto error;
    --sp;
    int64_t entry_number = dict_find_str(vm, globals, name);
    if (entry_number >= 0) {
      site->index = static_cast<uint32_t>(entry_number);
      site->version = dict_keys_version(vm, globals);
    }
    DISPATCH();
  }
  OP(DELETE_GLOBAL) {
    SAVE();
    Str* name = NAME_AT(ARG());
    Result<bool> was_there = dict_del_str(vm, frame->globals, name);
    if (was_there.is_error()) goto error;
    if (!was_there.release()) {
      (void)raise_name_error(vm, name);
      goto error;
    }
    DISPATCH();
  }
  OP(LOAD_LOCALS) {
    *sp++ = frame->locals.is_unset() ? Value(frame->globals) : frame->locals;
    DISPATCH();
  }
  OP(LOAD_FROM_DICT_OR_GLOBALS) {
    SAVE();
    Str* name = NAME_AT(ARG());
    Value v = load_from_dict(vm, sp[-1], name);
    CHECK(v);
    if (v.is_exhausted()) {
      v = load_global_learn(vm, nullptr, nullptr, name, frame->globals, frame->builtins);
      CHECK(v);
    }
    sp[-1] = v;
    DISPATCH();
  }
  OP(LOAD_FROM_DICT_OR_DEREF) {
    SAVE();
    Str* name = frame->code->slot_names->items[ARG()].as<Str>();
    Value v = load_from_dict(vm, sp[-1], name);
    CHECK(v);
    if (v.is_exhausted()) {
      v = slots[ARG()].as<ClosureCell>()->content;
      if (v.is_unset()) {
        (void)raise_unbound_deref(vm, frame->code, ARG());
        goto error;
      }
    }
    sp[-1] = v;
    DISPATCH();
  }
  OP(LOAD_BUILD_CLASS) {
    SAVE();
    Value v = load_from_dict(vm, frame->builtins, vm.names.d_build_class);
    CHECK(v);
    if (v.is_exhausted()) {
      (void)vm.raise(E::NameError, "__build_class__ not found");
      goto error;
    }
    *sp++ = v;
    DISPATCH();
  }

  // ------------------------------------------------------------------------------------------------ attributes
  OP(LOAD_ATTR) {
    SAVE();
    Site* site = &sites[ARG()];
    Value v = load_attr_learn(vm, pc - 1, site, NAME_AT(site->arg), sp[-1]);
    CHECK(v);
    sp[-1] = v;
    DISPATCH();
  }
#define SHAPE_GUARD(receiver, site, generic)                                                    \
  if (!(receiver).has_cell_tag() || (receiver).cell()->shape != (site)->shape ||                \
      (site)->type->version != (site)->version) [[unlikely]]                                    \
  goto generic
  OP(LOAD_ATTR_SLOT) {
    Site* site = &sites[ARG()];
    Value v = sp[-1];
    SHAPE_GUARD(v, site, op_LOAD_ATTR);
    sp[-1] = *reinterpret_cast<Value*>(reinterpret_cast<char*>(v.cell()) + site->slot);
    DISPATCH();
  }
  OP(LOAD_FAST_ATTR_SLOT) {
    Value v = slots[ARG()];
    Instruction next = pc[0];
    if ((next & 0xFF) == static_cast<uint32_t>(LiveOp::LOAD_ATTR_SLOT)) [[likely]] {
      Site* site = &sites[next >> 8];
      if (v.has_cell_tag() && v.cell()->shape == site->shape && site->type->version == site->version) [[likely]] {
        *sp++ = *reinterpret_cast<Value*>(reinterpret_cast<char*>(v.cell()) + site->slot);
        ++pc;
        DISPATCH();
      }
    }
    *sp++ = v;
    DISPATCH();
  }
  OP(LOAD_FAST_ATTR_MEMBER) {
    Value v = slots[ARG()];
    Instruction next = pc[0];
    if ((next & 0xFF) == static_cast<uint32_t>(LiveOp::LOAD_ATTR_MEMBER)) [[likely]] {
      Site* site = &sites[next >> 8];
      if (v.has_cell_tag() && v.cell()->shape == site->shape && site->type->version == site->version) [[likely]] {
        Value found = *reinterpret_cast<Value*>(reinterpret_cast<char*>(v.cell()) + site->slot);
        if (!found.is_unset()) [[likely]] {
          *sp++ = found;
          ++pc;
          DISPATCH();
        }
      }
    }
    *sp++ = v;
    DISPATCH();
  }
  OP(LOAD_ATTR_OVERFLOW) {
    Site* site = &sites[ARG()];
    Value v = sp[-1];
    SHAPE_GUARD(v, site, op_LOAD_ATTR);
    Storage* overflow = *reinterpret_cast<Storage**>(reinterpret_cast<char*>(v.cell()) + site->slot);
    sp[-1] = overflow->data<Value>()[site->index];
    DISPATCH();
  }
  OP(LOAD_ATTR_MEMBER) {
    Site* site = &sites[ARG()];
    Value v = sp[-1];
    SHAPE_GUARD(v, site, op_LOAD_ATTR);
    Value found = *reinterpret_cast<Value*>(reinterpret_cast<char*>(v.cell()) + site->slot);
    if (found.is_unset()) [[unlikely]] goto op_LOAD_ATTR;
    sp[-1] = found;
    DISPATCH();
  }
  OP(LOAD_ATTR_TYPE_VALUE) {
    Site* site = &sites[ARG()];
    Value v = sp[-1];
    SHAPE_GUARD(v, site, op_LOAD_ATTR);
    sp[-1] = site->value;
    DISPATCH();
  }
  OP(LOAD_ATTR_CLASS) {
    Site* site = &sites[ARG()];
    Value v = sp[-1];
    if (v.bits() != reinterpret_cast<uint64_t>(site->type) || site->type->version != site->version) [[unlikely]]
      goto op_LOAD_ATTR;
    sp[-1] = site->value;
    DISPATCH();
  }
  OP(LOAD_ATTR_MODULE) {
    Site* site = &sites[ARG()];
    Value v = sp[-1];
    if (!v.has_cell_tag() || v.cell()->shape != site->shape) [[unlikely]] goto op_LOAD_ATTR;
    Dict* dict = v.as<Module>()->dict;
    if (dict->keys_version != site->version) [[unlikely]] goto op_LOAD_ATTR;
    Value found = dict->entry(site->index)->value;
    sp[-1] = found;
    DISPATCH();
  }
  OP(LOAD_ATTR_PROPERTY) {
    Site* site = &sites[ARG()];
    Value v = sp[-1];
    SHAPE_GUARD(v, site, op_LOAD_ATTR);
    Function* f = site->value.as<Function>();
    LiveCode* live = f->code->live;
    if (live == nullptr || live->plain_args != 1 || live->is_generator || frame->generator != nullptr) [[unlikely]]
      goto op_LOAD_ATTR;
    SAVE();
    POLL();
    Frame* callee = push_frame(vm, f, live, sp - 1, 1);
    if (callee == nullptr) goto error;
    frame->sp = sp - 1;
    ENTER_FRAME(callee);
    DISPATCH();
  }
  OP(LOAD_METHOD) {
    SAVE();
    Site* site = &sites[ARG()];
    Value self;
    Value f = load_method_learn(vm, pc - 1, site, NAME_AT(site->arg), sp[-1], &self);
    CHECK(f);
    sp[-1] = f;
    *sp++ = self;
    DISPATCH();
  }
  OP(LOAD_METHOD_SHAPE) {
    Site* site = &sites[ARG()];
    Value v = sp[-1];
    SHAPE_GUARD(v, site, op_LOAD_METHOD);
    sp[-1] = site->value;
    *sp++ = v;
    DISPATCH();
  }
  OP(LOAD_METHOD_IMMEDIATE) {
    Site* site = &sites[ARG()];
    Value v = sp[-1];
    if (v.has_cell_tag() || vm.type_of(v) != site->type || site->type->version != site->version) [[unlikely]]
      goto op_LOAD_METHOD;
    sp[-1] = site->value;
    *sp++ = v;
    DISPATCH();
  }
  OP(LOAD_METHOD_MODULE) {
    Site* site = &sites[ARG()];
    Value v = sp[-1];
    if (!v.has_cell_tag() || v.cell()->shape != site->shape) [[unlikely]] goto op_LOAD_METHOD;
    Dict* dict = v.as<Module>()->dict;
    if (dict->keys_version != site->version) [[unlikely]] goto op_LOAD_METHOD;
    sp[-1] = dict->entry(site->index)->value;
    *sp++ = Value();
    DISPATCH();
  }
  OP(LOAD_METHOD_CLASS) {
    Site* site = &sites[ARG()];
    Value v = sp[-1];
    if (v.bits() != reinterpret_cast<uint64_t>(site->type) || site->type->version != site->version) [[unlikely]]
      goto op_LOAD_METHOD;
    sp[-1] = site->value;
    *sp++ = Value();
    DISPATCH();
  }
  OP(LOAD_SUPER_ATTR)
  OP(LOAD_ZERO_SUPER_ATTR) {
    SAVE();
    Value v = load_super_attr(vm, sp[-3], sp[-2], sp[-1], NAME_AT(ARG()), false, nullptr);
    CHECK(v);
    sp -= 2;
    sp[-1] = v;
    DISPATCH();
  }
  OP(LOAD_SUPER_METHOD)
  OP(LOAD_ZERO_SUPER_METHOD) {
    SAVE();
    Value self;
    Value v = load_super_attr(vm, sp[-3], sp[-2], sp[-1], NAME_AT(ARG()), true, &self);
    CHECK(v);
    --sp;
    sp[-2] = v;
    sp[-1] = self;
    DISPATCH();
  }
  OP(STORE_ATTR) {
    SAVE();
    Site* site = &sites[ARG()];
    if (store_attr_learn(vm, pc - 1, site, NAME_AT(site->arg), sp[-1], sp[-2]).is_error()) goto error;
    sp -= 2;
    DISPATCH();
  }
  OP(STORE_ATTR_SLOT)
  OP(STORE_ATTR_MEMBER) {
    Site* site = &sites[ARG()];
    Value v = sp[-1];
    SHAPE_GUARD(v, site, op_STORE_ATTR);
    *reinterpret_cast<Value*>(reinterpret_cast<char*>(v.cell()) + site->slot) = sp[-2];
    vm.barrier(v.cell(), sp[-2]);
    sp -= 2;
    DISPATCH();
  }
  OP(STORE_ATTR_OVERFLOW) {
    Site* site = &sites[ARG()];
    Value v = sp[-1];
    SHAPE_GUARD(v, site, op_STORE_ATTR);
    Storage* overflow = *reinterpret_cast<Storage**>(reinterpret_cast<char*>(v.cell()) + site->slot);
    overflow->data<Value>()[site->index] = sp[-2];
    vm.barrier(v.cell(), sp[-2]);
    sp -= 2;
    DISPATCH();
  }
  OP(STORE_ATTR_ADD) {
    Site* site = &sites[ARG()];
    Value v = sp[-1];
    SHAPE_GUARD(v, site, op_STORE_ATTR);
    *reinterpret_cast<Value*>(reinterpret_cast<char*>(v.cell()) + site->slot) = sp[-2];
    v.cell()->shape = site->index;
    vm.barrier(v.cell());
    sp -= 2;
    DISPATCH();
  }
  OP(DELETE_ATTR) {
    SAVE();
    if (del_attr(vm, sp[-1], NAME_AT(ARG())).is_error()) goto error;
    --sp;
    DISPATCH();
  }
  OP(LOAD_SPECIAL) {
    SAVE();
    Value self;
    Value f = load_special(vm, ARG(), sp[-1], &self);
    CHECK(f);
    sp[-1] = f;
    *sp++ = self;
    DISPATCH();
  }

  // ------------------------------------------------------------------------------------------------ items
  OP(LOAD_FAST_LOAD_FAST_SUBSCR) {
    Value container = slots[ARG()], key = slots[pc[0] >> 8];
    if (container.has_cell_tag() && container.cell()->shape == vm.types.list->shape && key.is_small_int()) [[likely]] {
      List* list = container.as<List>();
      int64_t i = key.as_small_int();
      if (static_cast<uint64_t>(i) < list->length) [[likely]] {
        *sp++ = list->items()[i];
        pc += 2;
        DISPATCH();
      }
    }
    sp[0] = container;
    sp[1] = key;
    sp += 2;
    insn = pc[1];
    pc += 2;
    goto op_BINARY_SUBSCR;
  }
  OP(LOAD_FAST_SUBSCR) {
    *sp++ = slots[ARG()];
    insn = *pc++;
    goto op_BINARY_SUBSCR;
  }
  OP(BINARY_SUBSCR) {
    Value container = sp[-2], key = sp[-1];
    if (container.has_cell_tag()) {
      ShapeId shape = container.cell()->shape;
      if (key.is_small_int()) {
        int64_t i = key.as_small_int();
        if (shape == vm.types.list->shape) {
          List* list = container.as<List>();
          if (i < 0) i += static_cast<int64_t>(list->length);
          if (static_cast<uint64_t>(i) < list->length) {
            --sp;
            sp[-1] = list->items()[i];
            DISPATCH();
          }
        } else if (shape == vm.types.tuple->shape) {
          Tuple* tuple = container.as<Tuple>();
          if (i < 0) i += static_cast<int64_t>(tuple->length);
          if (static_cast<uint64_t>(i) < tuple->length) {
            --sp;
            sp[-1] = tuple->items[i];
            DISPATCH();
          }
        }
      }
      if (shape == vm.types.dict->shape) {
        SAVE();
        Value found = dict_get(vm, container.as<Dict>(), key);
        CHECK(found);
        if (found.is_exhausted()) [[unlikely]] {
          (void)vm.raise_key_error(key);
          goto error;
        }
        --sp;
        sp[-1] = found;
        DISPATCH();
      }
    }
    SAVE();
    Value v = get_item(vm, container, key);
    CHECK(v);
    --sp;
    sp[-1] = v;
    DISPATCH();
  }
  OP(STORE_SUBSCR) {
    Value container = sp[-2], key = sp[-1];
    SAVE();
    if (container.has_cell_tag()) {
      ShapeId shape = container.cell()->shape;
      if (shape == vm.types.list->shape && key.is_small_int()) {
        int64_t i = key.as_small_int();
        List* list = container.as<List>();
        if (i < 0) i += static_cast<int64_t>(list->length);
        if (static_cast<uint64_t>(i) < list->length) {
          list->items()[i] = sp[-3];
          vm.barrier(list, sp[-3]);
          sp -= 3;
          DISPATCH();
        }
      } else if (shape == vm.types.dict->shape) {
        if (dict_set(vm, container.as<Dict>(), key, sp[-3]).is_error()) goto error;
        sp -= 3;
        DISPATCH();
      }
    }
    if (set_item(vm, container, key, sp[-3]).is_error()) goto error;
    sp -= 3;
    DISPATCH();
  }
  OP(DELETE_SUBSCR) {
    SAVE();
    if (del_item(vm, sp[-2], sp[-1]).is_error()) goto error;
    sp -= 2;
    DISPATCH();
  }
  OP(BINARY_SLICE) {
    SAVE();
    Value slice = slice_new(vm, sp[-2], sp[-1], Value::none());
    CHECK(slice);
    Value v = get_item(vm, sp[-3], slice);
    CHECK(v);
    sp -= 2;
    sp[-1] = v;
    DISPATCH();
  }
  OP(STORE_SLICE) {
    SAVE();
    Value slice = slice_new(vm, sp[-2], sp[-1], Value::none());
    CHECK(slice);
    if (set_item(vm, sp[-3], slice, sp[-4]).is_error()) goto error;
    sp -= 4;
    DISPATCH();
  }

  // ------------------------------------------------------------------------------------------------ operators
  OP(BINARY_OP) {
    SAVE();
    uint32_t arg = ARG();
    constexpr uint32_t kOps = static_cast<uint32_t>(BinaryOp::kCount);
    Value v = arg < kOps ? binary(vm, static_cast<BinaryOp>(arg), sp[-2], sp[-1])
                         : binary_inplace(vm, static_cast<BinaryOp>(arg - kOps), sp[-2], sp[-1]);
    CHECK(v);
    --sp;
    sp[-1] = v;
    DISPATCH();
  }
#define FLOAT_RESULT(expression)                         \
  do {                                                   \
    double x_ = number_as_double(a), y_ = number_as_double(b); \
    double result_ = (expression);                       \
    if (!Value::fits_small_float(result_)) [[unlikely]] { \
      SAVE();                                            \
      Value boxed_ = float_box(vm, result_);             \
      CHECK(boxed_);                                     \
      --sp;                                              \
      sp[-1] = boxed_;                                   \
      DISPATCH();                                        \
    }                                                    \
    --sp;                                                \
    sp[-1] = Value::small_float(result_);                \
    DISPATCH();                                          \
  } while (0)
#define INT_RESULT(i)                        \
  do {                                       \
    int64_t i_ = (i);                        \
    if (Value::fits_small_int(i_)) [[likely]] { \
      --sp;                                  \
      sp[-1] = Value::small_int(i_);         \
      DISPATCH();                            \
    }                                        \
  } while (0)

  OP(LOAD_FAST_LOAD_FAST_ADD) {
    sp[0] = slots[ARG()];
    sp[1] = slots[pc[0] >> 8];
    sp += 2;
    insn = pc[1];
    pc += 2;
  }
  OP(BINARY_ADD) {
    Value a = sp[-2], b = sp[-1];
    if (Value::both_small_ints(a, b)) [[likely]] INT_RESULT(a.as_small_int() + b.as_small_int());
    if (float_mix(a, b)) FLOAT_RESULT(x_ + y_);
    goto op_BINARY_OP;
  }
  OP(LOAD_FAST_LOAD_FAST_SUB) {
    sp[0] = slots[ARG()];
    sp[1] = slots[pc[0] >> 8];
    sp += 2;
    insn = pc[1];
    pc += 2;
  }
  OP(BINARY_SUB) {
    Value a = sp[-2], b = sp[-1];
    if (Value::both_small_ints(a, b)) [[likely]] INT_RESULT(a.as_small_int() - b.as_small_int());
    if (float_mix(a, b)) FLOAT_RESULT(x_ - y_);
    goto op_BINARY_OP;
  }
  OP(LOAD_FAST_LOAD_FAST_MUL) {
    sp[0] = slots[ARG()];
    sp[1] = slots[pc[0] >> 8];
    sp += 2;
    insn = pc[1];
    pc += 2;
  }
  OP(BINARY_MUL) {
    Value a = sp[-2], b = sp[-1];
    if (Value::both_small_ints(a, b)) {
      int64_t product;
      if (!__builtin_mul_overflow(a.as_small_int(), b.as_small_int(), &product)) [[likely]] INT_RESULT(product);
    } else if (float_mix(a, b)) {
      FLOAT_RESULT(x_ * y_);
    }
    goto op_BINARY_OP;
  }
  OP(BINARY_TRUE_DIV) {
    Value a = sp[-2], b = sp[-1];
    if (float_mix(a, b) && number_as_double(b) != 0) FLOAT_RESULT(x_ / y_);
    if (Value::both_small_ints(a, b)) {
      int64_t x = a.as_small_int(), y = b.as_small_int();
      constexpr int64_t kExact = int64_t{1} << 53;
      if (y != 0 && x <= kExact && x >= -kExact && y <= kExact && y >= -kExact) FLOAT_RESULT(x_ / y_);
    }
    goto op_BINARY_OP;
  }
  OP(BINARY_FLOOR_DIV) {
    Value a = sp[-2], b = sp[-1];
    int64_t quotient;
    if (Value::both_small_ints(a, b) && small_floor_div(a.as_small_int(), b.as_small_int(), quotient)) INT_RESULT(quotient);
    goto op_BINARY_OP;
  }
  OP(BINARY_MOD) {
    Value a = sp[-2], b = sp[-1];
    if (Value::both_small_ints(a, b) && b.as_small_int() != 0) {
      int64_t x = a.as_small_int(), y = b.as_small_int();
      int64_t r = x % y;
      if (r != 0 && ((r < 0) != (y < 0))) r += y;
      --sp;
      sp[-1] = Value::small_int(r);
      DISPATCH();
    }
    goto op_BINARY_OP;
  }
  OP(BINARY_AND) {
    Value a = sp[-2], b = sp[-1];
    if (Value::both_small_ints(a, b)) INT_RESULT(a.as_small_int() & b.as_small_int());
    goto op_BINARY_OP;
  }
  OP(BINARY_OR) {
    Value a = sp[-2], b = sp[-1];
    if (Value::both_small_ints(a, b)) INT_RESULT(a.as_small_int() | b.as_small_int());
    goto op_BINARY_OP;
  }
  OP(BINARY_XOR) {
    Value a = sp[-2], b = sp[-1];
    if (Value::both_small_ints(a, b)) INT_RESULT(a.as_small_int() ^ b.as_small_int());
    goto op_BINARY_OP;
  }
  OP(BINARY_LSHIFT) {
    Value a = sp[-2], b = sp[-1];
    if (Value::both_small_ints(a, b)) {
      int64_t x = a.as_small_int(), n = b.as_small_int();
      if (n >= 0 && n < 62) {
        int64_t shifted = static_cast<int64_t>(static_cast<uint64_t>(x) << n);
        if (shifted >> n == x) INT_RESULT(shifted);
      }
    }
    goto op_BINARY_OP;
  }
  OP(BINARY_RSHIFT) {
    Value a = sp[-2], b = sp[-1];
    if (Value::both_small_ints(a, b)) {
      int64_t n = b.as_small_int();
      if (n >= 0) INT_RESULT(a.as_small_int() >> (n > 63 ? 63 : n));
    }
    goto op_BINARY_OP;
  }
  OP(LOAD_FAST_INT_ADD) {
    Value a = slots[ARG()];
    if (a.is_small_int()) [[likely]] {
      int64_t sum = a.as_small_int() + (static_cast<int32_t>(pc[0]) >> 8);
      if (Value::fits_small_int(sum)) [[likely]] {
        *sp++ = Value::small_int(sum);
        pc += 2;
        DISPATCH();
      }
    }
    sp[0] = a;
    sp[1] = Value::small_int(static_cast<int32_t>(pc[0]) >> 8);
    sp += 2;
    insn = pc[1];
    pc += 2;
    goto op_BINARY_ADD;
  }
  OP(LOAD_FAST_INT_SUB) {
    Value a = slots[ARG()];
    if (a.is_small_int()) [[likely]] {
      int64_t difference = a.as_small_int() - (static_cast<int32_t>(pc[0]) >> 8);
      if (Value::fits_small_int(difference)) [[likely]] {
        *sp++ = Value::small_int(difference);
        pc += 2;
        DISPATCH();
      }
    }
    sp[0] = a;
    sp[1] = Value::small_int(static_cast<int32_t>(pc[0]) >> 8);
    sp += 2;
    insn = pc[1];
    pc += 2;
    goto op_BINARY_SUB;
  }
  OP(LOAD_INT_ADD) {
    Value a = sp[-1];
    if (a.is_small_int()) [[likely]] {
      int64_t sum = a.as_small_int() + SARG();
      if (Value::fits_small_int(sum)) [[likely]] {
        sp[-1] = Value::small_int(sum);
        ++pc;
        DISPATCH();
      }
    }
    *sp++ = Value::small_int(SARG());
    insn = *pc++;
    goto op_BINARY_ADD;
  }
  OP(LOAD_INT_SUB) {
    Value a = sp[-1];
    if (a.is_small_int()) [[likely]] {
      int64_t difference = a.as_small_int() - SARG();
      if (Value::fits_small_int(difference)) [[likely]] {
        sp[-1] = Value::small_int(difference);
        ++pc;
        DISPATCH();
      }
    }
    *sp++ = Value::small_int(SARG());
    insn = *pc++;
    goto op_BINARY_SUB;
  }
  OP(LOAD_FAST_BINARY_ADD) {
    *sp++ = slots[ARG()];
    insn = *pc++;
    goto op_BINARY_ADD;
  }
  OP(LOAD_FAST_BINARY_MUL) {
    *sp++ = slots[ARG()];
    insn = *pc++;
    goto op_BINARY_MUL;
  }
  OP(COPY_TWO) {
    sp[0] = sp[-2];
    sp[1] = sp[-1];
    sp += 2;
    ++pc;
    DISPATCH();
  }
  OP(SWAP_THREE_TWO) {
    Value top = sp[-1];
    sp[-1] = sp[-2];
    sp[-2] = sp[-3];
    sp[-3] = top;
    ++pc;
    DISPATCH();
  }
  OP(LOAD_FAST_LOAD_FAST) {
    sp[0] = slots[ARG()];
    sp[1] = slots[pc[0] >> 8];
    sp += 2;
    ++pc;
    DISPATCH();
  }
  OP(LOAD_FAST_LOAD_CONST) {
    sp[0] = slots[ARG()];
    sp[1] = consts[pc[0] >> 8];
    sp += 2;
    ++pc;
    DISPATCH();
  }
  OP(LOAD_FAST_LOAD_INT) {
    sp[0] = slots[ARG()];
    sp[1] = Value::small_int(static_cast<int32_t>(pc[0]) >> 8);
    sp += 2;
    ++pc;
    DISPATCH();
  }
  OP(STORE_FAST_LOAD_FAST) {
    slots[ARG()] = sp[-1];
    sp[-1] = slots[pc[0] >> 8];
    ++pc;
    DISPATCH();
  }
  OP(STORE_FAST_STORE_FAST) {
    slots[ARG()] = sp[-1];
    slots[pc[0] >> 8] = sp[-2];
    sp -= 2;
    ++pc;
    DISPATCH();
  }

  OP(COMPARE_OP) {
    Value v = quick_compare(ARG(), sp[-2], sp[-1]);
    if (v.is_unset()) {
      SAVE();
      v = compare(vm, sp[-2], sp[-1], static_cast<CompareOp>(ARG()));
      CHECK(v);
    }
    --sp;
    sp[-1] = v;
    DISPATCH();
  }
  OP(COMPARE_JUMP_IF_FALSE) {
    Value v = quick_compare(ARG(), sp[-2], sp[-1]);
    if (!v.is_unset()) [[likely]] {
      sp -= 2;
      insn = *pc++;
      if (v.is_false()) pc += SARG();
      DISPATCH();
    }
    goto op_COMPARE_OP;
  }
  OP(COMPARE_JUMP_IF_TRUE) {
    Value v = quick_compare(ARG(), sp[-2], sp[-1]);
    if (!v.is_unset()) [[likely]] {
      sp -= 2;
      insn = *pc++;
      if (v.is_true()) pc += SARG();
      DISPATCH();
    }
    goto op_COMPARE_OP;
  }
  OP(LOAD_FAST_INT_COMPARE_JUMP) {
    Value a = slots[ARG()];
    int64_t b = static_cast<int32_t>(pc[0]) >> 8;
    if (a.is_small_int()) [[likely]] {
      bool holds = compare_with(pc[1] >> 8, a.as_small_int(), b);
      insn = pc[2];
      pc += 3;
      if (!holds) pc += SARG();
      DISPATCH();
    }
    sp[0] = a;
    sp[1] = Value::small_int(b);
    sp += 2;
    insn = pc[1];
    pc += 2;
    goto op_COMPARE_JUMP_IF_FALSE;
  }
  OP(LOAD_FAST_FAST_COMPARE_JUMP) {
    Value a = slots[ARG()], b = slots[pc[0] >> 8];
    if (Value::both_small_ints(a, b)) [[likely]] {
      bool holds = compare_with(pc[1] >> 8, a.as_small_int(), b.as_small_int());
      insn = pc[2];
      pc += 3;
      if (!holds) pc += SARG();
      DISPATCH();
    }
    sp[0] = a;
    sp[1] = b;
    sp += 2;
    insn = pc[1];
    pc += 2;
    goto op_COMPARE_JUMP_IF_FALSE;
  }
  OP(IS_OP) {
    Value a = sp[-2], b = sp[-1];
    --sp;
    sp[-1] = Value::boolean((a == b) != (ARG() != 0));
    DISPATCH();
  }
  OP(CONTAINS_OP) {
    SAVE();
    Result<bool> found = contains(vm, sp[-1], sp[-2]);
    if (found.is_error()) goto error;
    --sp;
    sp[-1] = Value::boolean(found.release() != (ARG() != 0));
    DISPATCH();
  }
  OP(UNARY_NEGATIVE) {
    Value v = sp[-1];
    if (v.is_small_float() && Value::fits_small_float(-v.as_small_float())) {
      sp[-1] = Value::small_float(-v.as_small_float());
      DISPATCH();
    }
    SAVE();
    v = negative(vm, v);
    CHECK(v);
    sp[-1] = v;
    DISPATCH();
  }
  OP(UNARY_POSITIVE) {
    SAVE();
    Value v = positive(vm, sp[-1]);
    CHECK(v);
    sp[-1] = v;
    DISPATCH();
  }
  OP(UNARY_INVERT) {
    SAVE();
    Value v = invert(vm, sp[-1]);
    CHECK(v);
    sp[-1] = v;
    DISPATCH();
  }
  OP(UNARY_NOT) {
    int truth = quick_truth(sp[-1]);
    if (truth < 0) {
      SAVE();
      Result<bool> asked = truthy(vm, sp[-1]);
      if (asked.is_error()) goto error;
      truth = asked.release();
    }
    sp[-1] = Value::boolean(!truth);
    DISPATCH();
  }
  OP(TO_BOOL) {
    int truth = quick_truth(sp[-1]);
    if (truth < 0) {
      SAVE();
      Result<bool> asked = truthy(vm, sp[-1]);
      if (asked.is_error()) goto error;
      truth = asked.release();
    }
    sp[-1] = Value::boolean(truth);
    DISPATCH();
  }

  // ------------------------------------------------------------------------------------------------ building
  OP(BUILD_TUPLE) {
    SAVE();
    uint32_t count = ARG();
    Result<Tuple*> tuple = tuple_from_span(vm, {sp - count, count});
    if (tuple.is_error()) goto error;
    sp -= count;
    *sp++ = Value(tuple);
    DISPATCH();
  }
  OP(BUILD_LIST) {
    SAVE();
    uint32_t count = ARG();
    Result<List*> list = count == 0 ? list_new(vm) : list_from_span(vm, {sp - count, count});
    if (list.is_error()) goto error;
    sp -= count;
    *sp++ = Value(list);
    DISPATCH();
  }
  OP(BUILD_SET) {
    SAVE();
    uint32_t count = ARG();
    Result<Set*> set = set_new(vm, vm.types.set);
    if (set.is_error()) goto error;
    Value keep = Value(set);
    for (uint32_t i = 0; i < count; ++i)
      if (set_add(vm, keep.as<Set>(), sp[static_cast<int>(i) - static_cast<int>(count)]).is_error()) goto error;
    sp -= count;
    *sp++ = keep;
    DISPATCH();
  }
  OP(BUILD_MAP) {
    SAVE();
    uint32_t count = ARG();
    Result<Dict*> dict = dict_new(vm, count);
    if (dict.is_error()) goto error;
    Value keep = Value(dict);
    Value* pairs = sp - 2 * count;
    for (uint32_t i = 0; i < count; ++i)
      if (dict_set(vm, keep.as<Dict>(), pairs[2 * i], pairs[2 * i + 1]).is_error()) goto error;
    sp = pairs;
    *sp++ = keep;
    DISPATCH();
  }
  OP(BUILD_SLICE) {
    SAVE();
    uint32_t count = ARG();
    Value slice = count == 2 ? slice_new(vm, sp[-2], sp[-1], Value::none()) : slice_new(vm, sp[-3], sp[-2], sp[-1]);
    CHECK(slice);
    sp -= count;
    *sp++ = slice;
    DISPATCH();
  }
  OP(BUILD_STRING) {
    SAVE();
    uint32_t count = ARG();
    Value v = build_string(vm, sp - count, count);
    CHECK(v);
    sp -= count;
    *sp++ = v;
    DISPATCH();
  }
  OP(BUILD_INTERPOLATION) {
    SAVE();
    uint32_t has_spec = ARG() & 1;
    Value* base = sp - 2 - has_spec;
    Value v = build_interpolation(vm, base[0], base[1], ARG() >> 2, has_spec ? base[2] : Value());
    CHECK(v);
    sp = base;
    *sp++ = v;
    DISPATCH();
  }
  OP(BUILD_TEMPLATE) {
    SAVE();
    Value v = build_template(vm, sp[-2], sp[-1]);
    CHECK(v);
    --sp;
    sp[-1] = v;
    DISPATCH();
  }
  OP(LOAD_FAST_LIST_APPEND) {
    *sp++ = slots[ARG()];
    insn = *pc++;
  }
  OP(LIST_APPEND) {
    SAVE();
    Value v = sp[-1];
    List* list = sp[-1 - static_cast<int>(ARG())].as<List>();
    if (list_append(vm, list, v).is_error()) goto error;
    --sp;
    DISPATCH();
  }
  OP(LIST_EXTEND) {
    SAVE();
    if (list_extend_star(vm, sp[-1 - static_cast<int>(ARG())], sp[-1]).is_error()) goto error;
    --sp;
    DISPATCH();
  }
  OP(SET_ADD) {
    SAVE();
    Value target = sp[-1 - static_cast<int>(ARG())];
    if (!is_set(target)) [[unlikely]] {  // a module's or class's own set, which code reached by name
      (void)vm.raise(E::TypeError, "expected a set, got '{}'", type_name_of(target));
      goto error;
    }
    if (set_add(vm, target.as<Set>(), sp[-1]).is_error()) goto error;
    --sp;
    DISPATCH();
  }
  OP(SET_UPDATE) {
    SAVE();
    if (set_update(vm, sp[-1 - static_cast<int>(ARG())].as<Set>(), sp[-1]).is_error()) goto error;
    --sp;
    DISPATCH();
  }
  OP(MAP_ADD) {
    SAVE();
    if (dict_set(vm, sp[-2 - static_cast<int>(ARG())].as<Dict>(), sp[-2], sp[-1]).is_error()) goto error;
    sp -= 2;
    DISPATCH();
  }
  OP(DICT_UPDATE) {
    SAVE();
    if (dict_update_star(vm, sp[-1 - static_cast<int>(ARG())], sp[-1]).is_error()) goto error;
    --sp;
    DISPATCH();
  }
  OP(DICT_MERGE) {
    SAVE();
    int depth = static_cast<int>(ARG());
    if (dict_merge_call(vm, sp[-1 - depth], sp[-1], sp[-1 - depth - 3]).is_error()) goto error;
    --sp;
    DISPATCH();
  }
  OP(UNPACK_TWO_STORE) {
    Value v = sp[-1];
    if (v.has_cell_tag() && v.cell()->shape == vm.types.tuple->shape && v.as<Tuple>()->length == 2) [[likely]] {
      const Value* items = v.as<Tuple>()->items;
      --sp;
      slots[pc[0] >> 8] = items[0];
      slots[pc[1] >> 8] = items[1];
      pc += 2;
      DISPATCH();
    }
    goto op_UNPACK_SEQUENCE;
  }
  OP(UNPACK_SEQUENCE) {
    uint32_t count = ARG();
    Value v = sp[-1];
    if (v.has_cell_tag() && v.cell()->shape == vm.types.tuple->shape && v.as<Tuple>()->length == count) {
      const Value* items = v.as<Tuple>()->items;
      --sp;
      for (uint32_t i = count; i > 0; --i) *sp++ = items[i - 1];
      DISPATCH();
    }
    SAVE();
    if (unpack_sequence(vm, v, count, sp - 1).is_error()) goto error;
    sp += static_cast<int>(count) - 1;
    DISPATCH();
  }
  OP(UNPACK_EX) {
    SAVE();
    uint32_t before = ARG() & 0xFF, after = ARG() >> 8;
    if (unpack_ex(vm, sp[-1], before, after, sp - 1).is_error()) goto error;
    sp += before + after;
    DISPATCH();
  }
  OP(CONVERT_VALUE) {
    SAVE();
    Value v = ARG() == 1 ? str(vm, sp[-1]) : ARG() == 2 ? repr(vm, sp[-1]) : ascii(vm, sp[-1]);
    CHECK(v);
    sp[-1] = v;
    DISPATCH();
  }
  OP(FORMAT_SIMPLE) {
    Value v = sp[-1];
    if (v.has_cell_tag() && v.cell()->shape == vm.types.str->shape) DISPATCH();
    SAVE();
    v = format(vm, v, Value());
    CHECK(v);
    sp[-1] = v;
    DISPATCH();
  }
  OP(FORMAT_WITH_SPEC) {
    SAVE();
    Value v = format(vm, sp[-2], sp[-1]);
    CHECK(v);
    --sp;
    sp[-1] = v;
    DISPATCH();
  }

  // ------------------------------------------------------------------------------------------------ control
  OP(JUMP) {
    pc += SARG();
    DISPATCH();
  }
  OP(POP_TOP_JUMP_BACKWARD) {
    --sp;
    insn = *pc++;
    POLL();
    pc += SARG();
    DISPATCH();
  }
  OP(JUMP_BACKWARD) {
    POLL();
    pc += SARG();
    DISPATCH();
  }
#define POP_JUMP(when)                        \
  Value v = sp[-1];                           \
  int truth = quick_truth(v);                 \
  if (truth < 0) [[unlikely]] {               \
    SAVE();                                   \
    Result<bool> asked = truthy(vm, v);       \
    if (asked.is_error()) goto error;         \
    truth = asked.release();                  \
  }                                           \
  --sp;                                       \
  if (truth == (when)) pc += SARG();          \
  DISPATCH()
  OP(POP_JUMP_IF_FALSE) { POP_JUMP(0); }
  OP(POP_JUMP_IF_TRUE) { POP_JUMP(1); }
  OP(POP_JUMP_IF_NONE) {
    if ((--sp)->is_none()) pc += SARG();
    DISPATCH();
  }
  OP(POP_JUMP_IF_NOT_NONE) {
    if (!(--sp)->is_none()) pc += SARG();
    DISPATCH();
  }
#define JUMP_OR_POP(when)                     \
  int truth = quick_truth(sp[-1]);            \
  if (truth < 0) {                            \
    SAVE();                                   \
    Result<bool> asked = truthy(vm, sp[-1]);  \
    if (asked.is_error()) goto error;         \
    truth = asked.release();                  \
  }                                           \
  if (truth == (when)) {                      \
    pc += SARG();                             \
  } else {                                    \
    --sp;                                     \
  }                                           \
  DISPATCH()
  OP(JUMP_IF_FALSE_OR_POP) { JUMP_OR_POP(0); }
  OP(JUMP_IF_TRUE_OR_POP) { JUMP_OR_POP(1); }
  OP(GET_ITER) {
    Value v = sp[-1];
    if (is_generator_kind(v) && vm.type_of(v) == vm.types.generator) DISPATCH();
    SAVE();
    v = get_iter(vm, v);
    CHECK(v);
    sp[-1] = v;
    DISPATCH();
  }
  OP(JUMP_BACKWARD_FOR) {
    POLL();
    pc += SARG();
    insn = *pc++;
  }
  OP(FOR_ITER_STORE)
  OP(FOR_ITER) {
    // The item goes to the stack, or into the local of the STORE_FAST that follows.
#define GIVE_ITEM(item)                                                                      \
  do {                                                                                       \
    if ((insn & 0xFF) == static_cast<uint32_t>(LiveOp::FOR_ITER_STORE)) {                    \
      slots[*pc++ >> 8] = (item);                                                            \
    } else {                                                                                 \
      *sp++ = (item);                                                                        \
    }                                                                                        \
    DISPATCH();                                                                              \
  } while (0)
#define LOOP_ENDS() \
  do {              \
    --sp;           \
    pc += SARG();   \
    DISPATCH();     \
  } while (0)
    Value it = sp[-1];
    ShapeId shape = it.has_cell_tag() ? it.cell()->shape : 0;
    if (shape == vm.types.range_iterator->shape) {
      RangeIterator* range = it.as<RangeIterator>();
      if (range->remaining == 0) LOOP_ENDS();
      --range->remaining;
      int64_t next = range->next;
      range->next = static_cast<int64_t>(static_cast<uint64_t>(next) + static_cast<uint64_t>(range->step));
      if (Value::fits_small_int(next)) [[likely]] GIVE_ITEM(Value::small_int(next));
      SAVE();
      Value boxed = int_from(vm, next);
      CHECK(boxed);
      GIVE_ITEM(boxed);
    }
    if (shape == vm.types.list_iterator->shape) {
      ListIterator* list_it = it.as<ListIterator>();
      List* list = list_it->list;
      if (list == nullptr) LOOP_ENDS();
      if (static_cast<uint64_t>(list_it->index) < list->length) [[likely]] GIVE_ITEM(list->items()[list_it->index++]);
      list_it->list = nullptr;
      LOOP_ENDS();
    }
    if (shape == vm.types.tuple_iterator->shape) {
      TupleIterator* tuple_it = it.as<TupleIterator>();
      Tuple* tuple = tuple_it->tuple;
      if (tuple == nullptr) LOOP_ENDS();
      if (tuple_it->index < tuple->length) [[likely]] GIVE_ITEM(tuple->items[tuple_it->index++]);
      tuple_it->tuple = nullptr;
      LOOP_ENDS();
    }
    if (shape == vm.types.generator->shape) {
      GeneratorObject* g = it.as<GeneratorObject>();
      if (g->state == GeneratorState::kSuspended || g->state == GeneratorState::kCreated) [[likely]] {
        if (vm.t.depth >= vm.recursion_limit) {
          SAVE();
          (void)raise_recursion(vm);
          goto error;
        }
        SAVE();
        if (g->state == GeneratorState::kSuspended) *g->frame.sp++ = Value::none();
        goto resume_generator;
      }
      if (g->state == GeneratorState::kClosed) {
        --sp;
        pc += SARG();
        DISPATCH();
      }
    }
    SAVE();
    Value item = iter_next(vm, it);
    CHECK(item);
    if (item.is_exhausted()) LOOP_ENDS();
    GIVE_ITEM(item);
  }
  OP(GET_LEN) {
    SAVE();
    Result<int64_t> n = length(vm, sp[-1]);
    if (n.is_error()) goto error;
    *sp++ = Value::small_int(n.release());
    DISPATCH();
  }
  OP(MATCH_MAPPING) {
    *sp = Value::boolean(matches_flag(vm, sp[-1], kTypeMapping));
    ++sp;
    DISPATCH();
  }
  OP(MATCH_SEQUENCE) {
    *sp = Value::boolean(matches_flag(vm, sp[-1], kTypeSequence));
    ++sp;
    DISPATCH();
  }
  OP(MATCH_KEYS) {
    SAVE();
    Value v = match_keys(vm, sp[-2], sp[-1]);
    CHECK(v);
    *sp++ = v;
    DISPATCH();
  }
  OP(MATCH_CLASS) {
    SAVE();
    Value v = match_class(vm, sp[-3], sp[-2], ARG(), sp[-1]);
    CHECK(v);
    sp -= 2;
    sp[-1] = v;
    DISPATCH();
  }

  // ------------------------------------------------------------------------------------------------ calls
  OP(CALL) {
    uint32_t argc = ARG();
    Value* args = sp - argc;       // without receiver
    Value callee = args[-2];
    SAVE();
    if (!args[-1].is_unset()) {
      --args;
      ++argc;
    }
  call_again:
    if (!callee.has_cell_tag()) [[unlikely]] goto call_any;
    switch (static_cast<Kind>(callee.cell()->kind)) {
      case Kind::Function: {
        Function* f = callee.as<Function>();
        LiveCode* live = f->code->live;
        if (live == nullptr) [[unlikely]] {
          Result<LiveCode*> made = live_code(vm, f->code);
          if (made.is_error()) goto error;
          live = made.release();
        }
        if (live->is_generator) [[unlikely]] goto call_any;
        Value* result_at = sp - ARG() - 2;
        Value* at = args;
        if (frame->generator != nullptr) [[unlikely]] {
          at = frame->top;
          if (at + argc + live->frame_words > vm.t.thread->stack_end) {
            (void)raise_recursion(vm);
            goto error;
          }
          for (uint32_t i = 0; i < argc; ++i) at[i] = args[i];
        }
        uint32_t filled = argc;
        if (live->plain_args != argc) [[unlikely]] {
          if (at + argc + live->frame_words > vm.t.thread->stack_end) {
            (void)raise_recursion(vm);
            goto error;
          }
          if (bind_arguments(vm, f, {at, argc}, at).is_error()) goto error;
          filled = f->code->argument_count + f->code->keyword_only + (f->code->is(kCoVarArgs) ? 1 : 0) +
                   (f->code->is(kCoVarKeywords) ? 1 : 0);
        }
        POLL();
        Frame* callee_frame = push_frame(vm, f, live, at, filled);
        if (callee_frame == nullptr) goto error;
        frame->sp = result_at;
        ENTER_FRAME(callee_frame);
        DISPATCH();
      }
      case Kind::NativeFunction: {
        NativeFunction* f = callee.as<NativeFunction>();
        Value result;
        if (f->bits & NativeFunction::kNew) goto call_any;  // the class is checked there
        if (!f->self.is_unset()) {
          if (args[-1].is_unset() && args == sp - ARG() && !(f->row->flags & (kNewMethod | kStaticMethod))) {
            args[-1] = f->self;  // the receiver's place in the call picture
            --args;
            ++argc;
          } else {
            goto call_any;
          }
        } else if ((f->bits & NativeFunction::kMethod) && args == sp - ARG()) {
          goto call_any;  // an unbound method, called with its receiver as a plain argument: checked there
        }
        if (argc == f->sig.positional && f->sig.fixed() == argc && !f->sig.varargs) [[likely]] {
          result = f->fn(vm, Args{args, argc});
        } else if (f->sig.varargs && f->sig.fixed() == f->sig.positional && argc >= f->sig.positional) {
          result = f->fn(vm, Args{args, argc});
        } else if (accepts_positional(f->sig, argc) && f->sig.positional <= 8) {
          Value filled[8] = {};
          for (uint32_t i = 0; i < argc; ++i) filled[i] = args[i];
          result = f->fn(vm, Args{filled, f->sig.positional});
        } else {
          Value self;
          if (args < sp - ARG()) {
            self = *args++;
            --argc;
          }
          result = call_native(vm, f, self, CallArgs{args, argc});
        }
        CHECK(result);
        if (result.is_exhausted()) [[unlikely]] {
          (void)raise_stop_iteration(vm, Value());
          goto error;
        }
        sp -= ARG() + 2;
        *sp++ = result;
        DISPATCH();
      }
      case Kind::Method: {
        Method* m = callee.as<Method>();
        if (args == sp - ARG()) {
          args[-1] = m->self;
          --args;
          ++argc;
          callee = args[-1] = m->function;
          goto call_again;
        }
        goto call_any;
      }
      case Kind::Type: {
        // An instance of a Python class with a Python __init__: its frame runs here.
        Type* type = callee.as<Type>();
        if (args != sp - ARG() || frame->generator != nullptr || !type->has(kTypeHeap) || type->has(kTypeAbstract))
          goto call_any;
        if (type->get(Special::New) != vm.types.object->get(Special::New) ||
            vm.type_of(callee)->get(Special::Call) != vm.types.type->get(Special::Call))
          goto call_any;
        Value init = type->get(Special::Init);
        if (!is_function(init)) goto call_any;
        Function* f = init.as<Function>();
        LiveCode* live = f->code->live;
        if (live == nullptr || live->is_generator) goto call_any;
        Result<Object*> made = vm.new_instance<Object>(type);
        if (made.is_error()) goto error;
        Value self = Value(made);
        args[-1] = self;
        --args;
        ++argc;
        Value* result_at = args - 1;
        uint32_t filled = argc;
        if (live->plain_args != argc) {
          if (args + argc + live->frame_words > vm.t.thread->stack_end) {
            (void)raise_recursion(vm);
            goto error;
          }
          if (bind_arguments(vm, f, {args, argc}, args).is_error()) goto error;
          filled = f->code->argument_count + f->code->keyword_only + (f->code->is(kCoVarArgs) ? 1 : 0) +
                   (f->code->is(kCoVarKeywords) ? 1 : 0);
        }
        POLL();
        Frame* callee_frame = push_frame(vm, f, live, args, filled);
        if (callee_frame == nullptr) goto error;
        callee_frame->kind = FrameKind::kInit;
        callee_frame->self = self;
        frame->sp = result_at;
        ENTER_FRAME(callee_frame);
        DISPATCH();
      }
      default: break;
    }
  call_any:
    Value result = call(vm, callee, CallArgs{args, argc});
    CHECK(result);
    sp -= ARG() + 2;
    *sp++ = result;
    DISPATCH();
  }
  OP(CALL_KW) {
    uint32_t argc = ARG();
    SAVE();
    Tuple* keywords = sp[-1].as<Tuple>();
    Value* args = sp - 1 - argc;
    Value* result_at = args - 2;
    Value callee = args[-2];
    if (!args[-1].is_unset()) {
      --args;
      ++argc;
    }
    if (is_kind(callee, Kind::Method) && args == sp - 1 - ARG()) {
      Method* m = callee.as<Method>();
      args[-1] = m->self;
      --args;
      ++argc;
      callee = args[-1] = m->function;
    }
    if (is_function(callee) && frame->generator == nullptr) {
      Function* f = callee.as<Function>();
      LiveCode* live = f->code->live;
      if (live != nullptr && !live->is_generator) {
        if (args + argc + 1 + live->frame_words > vm.t.thread->stack_end) {
          (void)raise_recursion(vm);
          goto error;
        }
        if (bind_arguments(vm, f, {args, argc, keywords}, args).is_error()) goto error;
        uint32_t filled = f->code->argument_count + f->code->keyword_only + (f->code->is(kCoVarArgs) ? 1 : 0) +
                          (f->code->is(kCoVarKeywords) ? 1 : 0);
        POLL();
        Frame* callee_frame = push_frame(vm, f, live, args, filled);
        if (callee_frame == nullptr) goto error;
        frame->sp = result_at;
        ENTER_FRAME(callee_frame);
        DISPATCH();
      }
    }
    Value result = call(vm, callee, CallArgs{args, argc, keywords});
    CHECK(result);
    sp = result_at;
    *sp++ = result;
    DISPATCH();
  }
  OP(CALL_FUNCTION_EX) {
    SAVE();
    Value result = call_function_ex(vm, sp[-4], sp[-2], sp[-1]);
    CHECK(result);
    sp -= 4;
    *sp++ = result;
    DISPATCH();
  }
  OP(CALL_INTRINSIC_1) {
    SAVE();
    Value v = intrinsic_1(vm, frame, static_cast<Intrinsic1>(ARG()), sp[-1]);
    CHECK(v);
    sp[-1] = v;
    DISPATCH();
  }
  OP(CALL_INTRINSIC_2) {
    SAVE();
    Value v = intrinsic_2(vm, frame, static_cast<Intrinsic2>(ARG()), sp[-2], sp[-1]);
    CHECK(v);
    --sp;
    sp[-1] = v;
    DISPATCH();
  }
  OP(MAKE_FUNCTION) {
    SAVE();
    Result<Function*> f = function_new(vm, sp[-1].as<Code>(), frame->globals);
    if (f.is_error()) goto error;
    sp[-1] = Value(f);
    DISPATCH();
  }
  OP(SET_FUNCTION_ATTRIBUTE) {
    Function* f = sp[-1].as<Function>();
    Value v = sp[-2];
    // Defaults of generic functions come through locals, so their kinds are not proved beforehand.
    bool fits = ARG() == 1 || ARG() == 8 ? is_tuple(v) : ARG() == 2 ? is_dict(v) : true;
    if (!fits) [[unlikely]] {
      SAVE();
      (void)vm.raise(E::SystemError, "not an attribute of a function");
      goto error;
    }
    switch (ARG()) {
      case 1: f->defaults = v.as<Tuple>(); break;
      case 2: f->kwdefaults = v.as<Dict>(); break;
      case 4: f->annotations = v; break;
      case 8:
        // The only place where code gives cells to a function: its LOAD_DEREF will trust them.
        for (Value cell : v.as<Tuple>()->span()) {
          if (!is_kind(cell, Kind::Cell)) [[unlikely]] {
            SAVE();
            (void)vm.raise(E::SystemError, "closure of something that is no cell");
            goto error;
          }
        }
        f->closure = v.as<Tuple>();
        break;
      default: f->annotate = v; break;
    }
    vm.barrier(f);
    --sp;
    sp[-1] = f;
    DISPATCH();
  }
  OP(LOAD_CONST_RETURN) {
    *sp++ = consts[ARG()];
    insn = *pc++;
    goto op_RETURN_VALUE;
  }
  OP(LOAD_FAST_RETURN) {
    *sp++ = slots[ARG()];
    insn = *pc++;
  }
  OP(RETURN_VALUE) {
    Value result = sp[-1];
    Frame* done = frame;
    if (done->generator != nullptr) [[unlikely]] goto return_from_generator;
    if (done->object != nullptr) [[unlikely]] {
      frame->pc = pc;
      frame->sp = sp;
      frame_detach(vm, done);
    }
    --vm.t.depth;
    vm.t.frame = done->previous;
    switch (done->kind) {
      case FrameKind::kCall: break;
      case FrameKind::kEntry: return result;
      case FrameKind::kInit:
        if (!result.is_none()) {
          ENTER_FRAME(done->previous);
          (void)vm.raise(E::TypeError, "__init__() should return None, not '{}'", type_name_of(result));
          goto error;
        }
        result = done->self;
        break;
      case FrameKind::kDiscard:
        ENTER_FRAME(done->previous);
        DISPATCH();
      default: break;
    }
    ENTER_FRAME(done->previous);
    *sp++ = result;
    DISPATCH();
  }

  // ------------------------------------------------------------------------------------------------ generators
  // On arrival: frame saved, the generator on top of its stack (FOR_ITER) or just popped (SEND); its input is pushed already.
resume_generator: {
  GeneratorObject* g = sp[-1].as<GeneratorObject>();
  Frame* callee = &g->frame;
  callee->previous = frame;
  callee->top = frame->generator != nullptr ? frame->top : frame->stack + frame->code->max_stack + 2;
  callee->kind = FrameKind::kGenerator;
  g->state = GeneratorState::kRunning;
  g->handled.previous = vm.t.handled;
  vm.t.handled = &g->handled;
  vm.barrier(g);
  ++vm.t.depth;
  vm.t.frame = callee;
  ENTER_FRAME(callee);
  DISPATCH();
}
  OP(YIELD_VALUE) {
    GeneratorObject* g = frame->generator;
    Value v = *--sp;
    frame->pc = pc;
    frame->sp = sp;
    g->state = GeneratorState::kSuspended;
    vm.t.handled = g->handled.previous;
    g->handled.previous = nullptr;
    vm.barrier(g);
    --vm.t.depth;
    Frame* caller = frame->previous;
    vm.t.frame = caller;
    frame->previous = nullptr;
    if (frame->kind == FrameKind::kEntry) return v;
    ENTER_FRAME(caller);
    *sp++ = v;
    DISPATCH();
  }
return_from_generator: {
  Value result = sp[-1];
  GeneratorObject* g = frame->generator;
  frame->pc = pc;
  frame->sp = frame->stack;
  if (frame->object != nullptr) frame_detach(vm, frame);
  generator_end(g);
  vm.t.handled = g->handled.previous;
  g->handled.previous = nullptr;
  g->handled.exception = Value();
  --vm.t.depth;
  Frame* caller = frame->previous;
  vm.t.frame = caller;
  frame->previous = nullptr;
  for (uint32_t i = 0; i < frame->code->slot_count; ++i) frame->slots[i] = Value();
  if (frame->kind == FrameKind::kEntry) {
    vm.interpreter->generator_result = result;
    return Value::exhausted();
  }
  ENTER_FRAME(caller);
  if (vm.interpreter->watch.events & event_bit(Event::kStopIteration)) [[unlikely]] {
    if (instrument_stop_iteration(vm, frame, result).is_error()) goto error;
  }
  insn = pc[-1];
  if (op_of(insn) == Op::SEND || instrument_original(frame->code->live, pc - 1) == static_cast<uint8_t>(Op::SEND)) {
    *sp++ = result;
  } else {
    --sp;
  }
  pc += SARG();
  DISPATCH();
}
  OP(GET_YIELD_FROM_ITER) {
    SAVE();
    Value v = get_yield_from_iter(vm, frame, sp[-1]);
    CHECK(v);
    sp[-1] = v;
    DISPATCH();
  }
  OP(GET_AWAITABLE) {
    SAVE();
    Value v = get_awaitable(vm, sp[-1], ARG());
    CHECK(v);
    sp[-1] = v;
    DISPATCH();
  }
  OP(SEND) {
    Value it = sp[-2], v = sp[-1];
    if (is_generator_kind(it) && vm.type_of(it) != vm.types.async_generator) {
      GeneratorObject* g = it.as<GeneratorObject>();
      bool may_run = g->state == GeneratorState::kSuspended || (g->state == GeneratorState::kCreated && v.is_none());
      if (may_run && vm.t.depth < vm.recursion_limit) {
        --sp;
        SAVE();
        if (g->state == GeneratorState::kSuspended) *g->frame.sp++ = v;
        goto resume_generator;
      }
    }
    SAVE();
    Value result;
    Value yielded = send_value(vm, it, v, &result);
    CHECK(yielded);
    if (yielded.is_exhausted()) {
      sp[-1] = result;
      pc += SARG();
    } else {
      sp[-1] = yielded;
    }
    DISPATCH();
  }
  OP(END_SEND) {
    sp[-2] = sp[-1];
    --sp;
    DISPATCH();
  }
  OP(CLEANUP_THROW) {
    SAVE();
    Value exception = sp[-1];
    if (is_instance_of(vm, exception, vm.exception_type(E::StopIteration))) {
      Value value = as_exception(exception)->extra[extra::kStopIterationValue];
      --sp;
      sp[-2] = Value::none();
      sp[-1] = value.is_unset() ? Value::none() : value;
      DISPATCH();
    }
    vm.t.pending = exception;
    goto unwind;
  }
  OP(GET_AITER) {
    SAVE();
    Value v = get_aiter(vm, sp[-1]);
    CHECK(v);
    sp[-1] = v;
    DISPATCH();
  }
  OP(GET_ANEXT) {
    SAVE();
    Value v = get_anext(vm, sp[-1]);
    CHECK(v);
    *sp++ = v;
    DISPATCH();
  }
  OP(END_ASYNC_FOR) {
    SAVE();
    Value exception = sp[-1];
    if (is_instance_of(vm, exception, vm.exception_type(E::StopAsyncIteration))) {
      sp -= 2;
      DISPATCH();
    }
    vm.t.pending = exception;
    goto unwind;
  }

  // ------------------------------------------------------------------------------------------------ exceptions
  OP(PUSH_EXC_INFO) {
    Value exception = sp[-1];
    Value previous = vm.t.handled->exception;
    sp[-1] = previous.is_unset() ? Value::none() : previous;
    *sp++ = exception;
    vm.t.handled->exception = exception;
    if (frame->generator != nullptr) vm.barrier(frame->generator);
    DISPATCH();
  }
  OP(POP_EXCEPT) {
    vm.t.handled->exception = *--sp;
    if (frame->generator != nullptr) vm.barrier(frame->generator);
    DISPATCH();
  }
  OP(CHECK_EXC_MATCH) {
    SAVE();
    Value classes = sp[-1];
    if (is_kind(classes, Kind::Type) && classes.as<Type>()->instance_kind() == static_cast<CellKind>(Kind::Exception)) {
      sp[-1] = Value::boolean(type_is_subtype(vm.type_of(sp[-2]), classes.as<Type>()));
      DISPATCH();
    }
    if (check_except_classes(vm, classes, false).is_error()) goto error;
    Result<bool> matches = exception_matches(vm, sp[-2], classes);
    if (matches.is_error()) goto error;
    sp[-1] = Value::boolean(matches.release());
    DISPATCH();
  }
  OP(CHECK_EG_MATCH) {
    SAVE();
    if (check_except_classes(vm, sp[-1], true).is_error()) goto error;
    Value match, rest;
    if (exception_group_match(vm, sp[-2], sp[-1], &match, &rest).is_error()) goto error;
    sp[-2] = rest;
    sp[-1] = match;
    if (!match.is_none()) vm.t.handled->exception = match;
    DISPATCH();
  }
  OP(RERAISE) {
    uint32_t depth = ARG();
    vm.t.pending = sp[-1];
    raise_at = static_cast<uint32_t>(pc - frame->code->live->code) - 1;
    frame->pc = pc;
    if (depth != 0) {
      Value lasti = sp[-1 - static_cast<int>(depth)];
      if (lasti.is_small_int()) frame->pc = frame->code->live->code + lasti.as_small_int() + 1;
    }
    if (vm.interpreter->watch.events & event_bit(Event::kReraise)) [[unlikely]] instrument_exception(vm, frame, Event::kReraise);
    goto unwind_from;
  }
  OP(RAISE_VARARGS) {
    SAVE();
    // Raising again what is handled adds nothing to its traceback.
    bool again = ARG() == 0 && !vm.handled_exception().is_none();
    (void)do_raise(vm, ARG(), sp - ARG());
    if (again) goto unwind;
    goto error;
  }
  OP(WITH_EXCEPT_START) {
    SAVE();
    Value result = with_except_start(vm, sp[-5], sp[-4], sp[-1]);
    CHECK(result);
    *sp++ = result;
    DISPATCH();
  }
  OP(SETUP_ANNOTATIONS) {
    SAVE();
    Value target = frame->locals.is_unset() ? Value(frame->globals) : frame->locals;
    Value found = load_from_dict(vm, target, vm.names.d_annotations);
    CHECK(found);
    if (found.is_exhausted()) {
      Result<Dict*> dict = dict_new(vm);
      if (dict.is_error()) goto error;
      if (set_item(vm, target, vm.names.d_annotations, Value(dict)).is_error()) goto error;
    }
    DISPATCH();
  }

  // ------------------------------------------------------------------------------------------------ imports
  OP(IMPORT_NAME) {
    SAVE();
    Value v = import_name(vm, frame, NAME_AT(ARG()), sp[-2], sp[-1]);
    CHECK(v);
    --sp;
    sp[-1] = v;
    DISPATCH();
  }
  OP(IMPORT_FROM) {
    SAVE();
    Value v = import_from(vm, sp[-1], NAME_AT(ARG()));
    CHECK(v);
    *sp++ = v;
    DISPATCH();
  }

  // ------------------------------------------------------------------------------------------------ watching
  OP(INSTRUMENTED) {
    SAVE();
    uint32_t next = instrument_hit(vm, frame);
    if (next < kHitMoved) [[likely]] {
      insn = (insn & ~0xFFu) | next;
      goto* labels[next];
    }
    pc = const_cast<Instruction*>(frame->pc);
    sp = frame->sp;
    if (next == kHitError) goto error;
    DISPATCH();
  }

  // ------------------------------------------------------------------------------------------------ unwinding
error:
  // The pending exception was raised here: the frame becomes part of its traceback.
  frame->pc = pc;
  if (vm.tripped == Limit::kNone) {
    (void)!traceback_add(vm, vm.t.pending, frame).ok();
    if (vm.interpreter->watch.events & event_bit(Event::kRaise)) [[unlikely]] instrument_exception(vm, frame, Event::kRaise);
  }
  goto unwind_here;
unwind:
  if (vm.interpreter->watch.events & event_bit(Event::kReraise)) [[unlikely]] instrument_exception(vm, frame, Event::kReraise);
unwind_here:
  frame->pc = pc;
  raise_at = static_cast<uint32_t>(pc - frame->code->live->code) - 1;
unwind_from:
  // raise_at is where the handler is looked up; frame->pc what is reported.
  if (vm.tripped == Limit::kNone) [[likely]] {
    const Handler* handler = find_handler(frame->code, raise_at);
    if (handler != nullptr) {
      sp = frame->stack + handler->depth;
      if (handler->push_lasti) *sp++ = Value::small_int(frame_instruction(frame));
      *sp++ = vm.take_pending();
      pc = frame->code->live->code + handler->target;
      if (vm.interpreter->watch.events & event_bit(Event::kExceptionHandled)) [[unlikely]] {
        SAVE();
        vm.t.pending = sp[-1];
        instrument_exception(vm, frame, Event::kExceptionHandled);
        sp[-1] = vm.take_pending();
      }
      DISPATCH();
    }
    if (vm.interpreter->watch.events & event_bit(Event::kUnwind)) [[unlikely]] instrument_exception(vm, frame, Event::kUnwind);
  }
  // The frame ends with the exception.
  {
    Frame* done = frame;
    GeneratorObject* g = done->generator;
    if (done->object != nullptr) frame_detach(vm, done);
    --vm.t.depth;
    Frame* caller = done->previous;
    vm.t.frame = caller;
    bool leave = done->kind == FrameKind::kEntry;
    if (g != nullptr) {
      generator_end(g);
      vm.t.handled = g->handled.previous;
      g->handled.previous = nullptr;
      g->handled.exception = Value();
      done->previous = nullptr;
      done->sp = done->stack;
      for (uint32_t i = 0; i < done->code->slot_count; ++i) done->slots[i] = Value();
    }
    if (leave) return Value();
    ENTER_FRAME(caller);
    goto error;
  }

#undef ARG
#undef SARG
#undef DISPATCH
#undef OP
#undef SAVE
#undef ENTER_FRAME
#undef NAME_AT
#undef CHECK
#undef POLL
#undef SHAPE_GUARD
#undef FLOAT_RESULT
#undef INT_RESULT
#undef POP_JUMP
#undef GIVE_ITEM
#undef LOOP_ENDS
#undef JUMP_OR_POP
}

}  // namespace krait
