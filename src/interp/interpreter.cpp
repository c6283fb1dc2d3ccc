// The dispatch loop.
//
// Rules for code in this file
//  1. pc is the next instruction; sp the next free operand place. Before anything that may allocate, raise or run Python, SAVE()
//     stores both in the frame: the collector and tracebacks read them there. Operands that such a call still needs stay below
//     the saved sp (or in a C++ local: the native stack is scanned).
//  2. A handler that fails jumps to `error` with pc where it was when the failing instruction's word had been read: a fused form
//     moves pc past each word before it does that word's work.
//  3. After anything that may run Python code, nothing read before from a heap object (lengths, items, dict entries) is believed.
//  4. Handlers end in DISPATCH(): one indirect jump each. A handler with a quick way calls nothing: its slow case is another handler
//     or an INNER part, reached by GOTO(), so that the quick way keeps the machine's registers in the processor's and has no
//     prologue. Behind a call CONTINUE() (or RELOAD(), then DISPATCH()) takes the place of DISPATCH().
//  5. A Python function that Python code calls never recurses into interpret(): it is a frame.
#include "interp/interpreter.hpp"

#include "objects/dict.hpp"
#include "objects/exception.hpp"
#include "objects/float.hpp"
#include "objects/function.hpp"
#include "objects/int.hpp"
#include "objects/iteration.hpp"
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
  if (a->length != b->length || a->width() != b->width() || (a->is_interned() && b->is_interned())) return 0;
  return a->length != 0 && *a->data1() != *b->data1() ? 0 : -1;
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

inline bool is_watched(Vm& vm, Event event) { return vm.interpreter->watch.events & event_bit(event); }

/// Is v a cell of exactly this built-in type?
inline bool is_shape(Value v, ShapeId shape) { return v.has_cell_tag() && v.cell()->shape == shape; }

// Calls of native functions whose arguments are not just their parameters. They are no parts of a handler, and not of each other:
// what another way of calling had room for would lie on the native stack unwritten, and the collector takes what it finds there
// for pointers.

constexpr uint32_t kFewParameters = 8;

/// Where some parameters were not given.
[[gnu::noinline]] Value call_native_filled(Vm& vm, NativeFunction* f, const Value* given, uint32_t count) {
  Value filled[kFewParameters] = {};
  for (uint32_t i = 0; i < count; ++i) filled[i] = given[i];
  return f->fn(vm, Args{filled, f->sig.positional});
}
[[gnu::noinline]] Value call_native_any(Vm& vm, NativeFunction* f, Value* args, uint32_t argc) {
  return call_native(vm, f, args[-1], CallArgs{args, argc});
}
/// args[-1] is the receiver or unset.
[[gnu::noinline]] Value call_native_matching(Vm& vm, NativeFunction* f, Value* args, uint32_t argc) {
  bool receiver = !args[-1].is_unset();
  Value* all = receiver ? args - 1 : args;
  uint32_t count = receiver ? argc + 1 : argc;
  const Signature& sig = f->sig;
  if (sig.varargs && sig.fixed() == sig.positional && count >= sig.positional) return f->fn(vm, Args{all, count});
  if (accepts_positional(sig, count) && sig.positional <= kFewParameters) return call_native_filled(vm, f, all, count);
  return call_native_any(vm, f, args, argc);
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

/// A frame whose slots are in place and hold `filled` values. There is room for it (see quick_call).
inline Frame* place_frame(Vm& vm, Function* f, LiveCode* live, Value* slots, uint32_t filled) {
  ++vm.t.depth;
  Value* end = slots + live->slot_count;
  for (Value* p = slots + filled; p < end; ++p) {
    *p = Value();
    asm("" : "+r"(p));  // a few words: not worth the call of memset that compilers make of it
  }
  Frame* frame = reinterpret_cast<Frame*>(end);
  frame->code = f->code;
  frame->function = f;
  frame->live = live;
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

inline bool has_room(Vm& vm, const LiveCode* live, const Value* slots) {
  return slots + live->frame_words <= vm.t.thread->stack_end && vm.t.depth < vm.recursion_limit;
}
/// May a frame be placed at once: room, and nothing that a poll would have to do?
inline bool quick_call(Vm& vm, const LiveCode* live, const Value* slots) {
  return has_room(vm, live, slots) && vm.poll_flag.load(std::memory_order_relaxed) == 0;
}

}  // namespace

Frame* push_frame(Vm& vm, Function* f, LiveCode* live, Value* slots, uint32_t filled) {
  if (!has_room(vm, live, slots)) [[unlikely]] {
    (void)raise_recursion(vm);
    return nullptr;
  }
  return place_frame(vm, f, live, slots, filled);
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

// The loop as tail calls, where the compiler can promise them and has a calling convention that keeps arguments in registers; as
// computed gotos otherwise.
#ifndef KRAIT_TAIL_CALLS
#if defined(__clang__) && defined(__x86_64__) && __has_attribute(preserve_none)
#define KRAIT_TAIL_CALLS 1
#else
#define KRAIT_TAIL_CALLS 0
#endif
#endif

/// The parts of the loop that are no instructions.
#define INNER_PARTS(X)     \
  X(poll_and_go_on)        \
  X(unbound_local)         \
  X(unbound_deref)         \
  X(remember)              \
  X(store_global_learn)    \
  X(load_attr_cached)      \
  X(load_attr_plain)       \
  X(load_method_cached)    \
  X(store_attr_cached)     \
  X(subscr_any)            \
  X(store_subscr_any)      \
  X(compare_any)           \
  X(compare_slowly)        \
  X(negative_any)          \
  X(not_any)               \
  X(to_bool_any)           \
  X(pop_jump_any)          \
  X(jump_or_pop_any)       \
  X(list_append_any)       \
  X(unpack_any)            \
  X(binary_mixed)          \
  X(divide_mixed)          \
  X(format_any)            \
  X(poll_and_jump)         \
  X(for_any)               \
  X(for_native)            \
  X(call_python)           \
  X(call_other)            \
  X(call_native)           \
  X(call_native_matching)  \
  X(call_exhausted)        \
  X(call_type)             \
  X(call_any)              \
  X(return_specially)      \
  X(resume_generator)      \
  X(yield_to_native)       \
  X(return_from_generator) \
  X(error)                 \
  X(unwind)                \
  X(unwind_here)           \
  X(unwind_from)

// --- The two ways to build the handlers. Each is written once, as OP(name) { ... }; parts of the loop that are no instructions
// are INNER(name) { ... }. With tail calls a handler is a function of its own whose arguments are the machine's registers;
// otherwise it is a label in interpret(), and the registers are its variables.
#define ARG() (insn >> 8)
#define SARG() (static_cast<int32_t>(insn) >> 8)
#define SAVE() (frame->pc = pc, frame->sp = sp)
#define SITE(i) (live->sites() + (i))
#define NAME_AT(i) (frame->code->names->items[i].as<Str>())
#define ENTER_FRAME(f)                        \
  do {                                        \
    frame = (f);                              \
    pc = const_cast<Instruction*>(frame->pc); \
    sp = frame->sp;                           \
    slots = frame->slots;                     \
    live = frame->live;                       \
  } while (0)
#define UNWIND() GOTO(unwind)
#define CHECK(value)                     \
  do {                                   \
    if ((value).is_error()) [[unlikely]] \
      FAIL();                            \
  } while (0)
#define DISPATCH()   \
  do {               \
    insn = *pc++;    \
    DISPATCH_WORD(); \
  } while (0)
/// DISPATCH() behind a call.
#define CONTINUE() \
  do {             \
    RELOAD();      \
    DISPATCH();    \
  } while (0)

/// DISPATCH() after stores into a cell that may be old: the write barrier. (Nothing may be allocated in between.)
#define DISPATCH_STORED_ANY(stored)                                        \
  do {                                                                     \
    Cell* holder_ = (stored);                                              \
    if ((holder_->gc & (kGcOld | kGcRemembered)) == kGcOld) [[unlikely]] { \
      slots = reinterpret_cast<Value*>(holder_);                           \
      GOTO(remember);                                                      \
    }                                                                      \
    DISPATCH();                                                            \
  } while (0)
/// The same where one value was stored: only a new cell has to be looked for in an old one.
#define DISPATCH_STORED(stored, value)                                     \
  do {                                                                     \
    Cell* holder_ = (stored);                                              \
    if ((holder_->gc & (kGcOld | kGcRemembered)) == kGcOld) [[unlikely]] { \
      Value value_ = (value);                                              \
      if (value_.is_cell() && !(value_.cell()->gc & kGcOld)) {             \
        slots = reinterpret_cast<Value*>(holder_);                         \
        GOTO(remember);                                                    \
      }                                                                    \
    }                                                                      \
    DISPATCH();                                                            \
  } while (0)

#if KRAIT_TAIL_CALLS

namespace {

// vm, frame, pc and sp are in registers that ordinary calls preserve. The others are lost by a call: RELOAD() gives them their
// values again from the frame, so that they need not be put aside.
using AnyBody = void (*)();
#define PARAMETERS \
  Vm &vm, Frame *frame, Instruction *pc, Value *sp, Value *slots, LiveCode *live, const AnyBody *table, Instruction insn
#define HANDLER(name) [[gnu::noinline]] __attribute__((preserve_none)) Value op_##name(PARAMETERS)
using Body = __attribute__((preserve_none)) Value (*)(PARAMETERS);

#define OP(name, operand, pops, pushes, cache, flags, prose) HANDLER(name);
#define LIVE(name, canonical, prose) HANDLER(name);
#include "bytecode/opcodes.def"
#include "interp/live_opcodes.def"
#undef OP
#undef LIVE
#define X(name) HANDLER(name);
INNER_PARTS(X)
#undef X

constexpr Body kHandlers[] = {
#define OP(name, operand, pops, pushes, cache, flags, prose) op_##name,
#define LIVE(name, canonical, prose) op_##name,
#include "bytecode/opcodes.def"
#include "interp/live_opcodes.def"
#undef OP
#undef LIVE
};
inline const AnyBody* handler_table() { return reinterpret_cast<const AnyBody*>(kHandlers); }

#define OP(name) HANDLER(name)
#define INNER(name) HANDLER(name)
#define JUMP_TO(body) [[clang::musttail]] return (body)(vm, frame, pc, sp, slots, live, table, insn)
#define GOTO(name) JUMP_TO(op_##name)
#define DISPATCH_WORD() JUMP_TO(reinterpret_cast<Body>(table[insn & 0xFF]))
#define RELOAD() (slots = frame->slots, live = frame->live, table = handler_table())
#define FAIL() [[clang::musttail]] return op_error(vm, frame, pc, sp, nullptr, nullptr, nullptr, 0)

#else

// NOLINTNEXTLINE(readability-function-size): one function, so that the machine's registers stay in the processor's
Value interpret(Vm& vm, Frame* entry) {
  static const void* const table[] = {
#define OP(name, operand, pops, pushes, cache, flags, prose) &&op_##name,
#define LIVE(name, canonical, prose) &&op_##name,
#include "bytecode/opcodes.def"
#include "interp/live_opcodes.def"
#undef OP
#undef LIVE
  };

  Frame* frame;
  Instruction* pc;
  Value* sp;
  Value* slots;
  LiveCode* live;
  Instruction insn;

#define OP(name) op_##name:
#define INNER(name) op_##name:
#define GOTO(name) goto op_##name
#define DISPATCH_WORD() goto* table[insn & 0xFF]
#define RELOAD() ((void)0)
#define FAIL() goto op_error

  ENTER_FRAME(entry);
  if (vm.has_pending()) {  // a generator resumed to raise
    if (is_watched(vm, Event::kThrow)) [[unlikely]]
      instrument_exception(vm, frame, Event::kThrow);
    FAIL();
  }
  DISPATCH();

#endif

// ------------------------------------------------------------------------------------------------ moving values
OP(NOP) { DISPATCH(); }
OP(RESUME) {
  if (vm.poll_flag.load(std::memory_order_relaxed) != 0) [[unlikely]]
    GOTO(poll_and_go_on);
  DISPATCH();
}
INNER(poll_and_go_on) {
  SAVE();
  if (vm.poll().is_error()) FAIL();
  CONTINUE();
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
  *sp++ = live->consts[ARG()];
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
  CONTINUE();
}
OP(LOAD_FAST) {
  *sp++ = slots[ARG()];
  DISPATCH();
}
OP(LOAD_FAST_CHECK) {
  Value v = slots[ARG()];
  if (v.is_unset()) [[unlikely]]
    GOTO(unbound_local);
  *sp++ = v;
  DISPATCH();
}
INNER(unbound_local) {
  SAVE();
  (void)raise_unbound_local(vm, frame->code, ARG());
  FAIL();
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
  if (slots[ARG()].is_unset()) [[unlikely]]
    GOTO(unbound_local);
  slots[ARG()] = Value();
  DISPATCH();
}
OP(MAKE_CELL) {
  SAVE();
  Result<ClosureCell*> cell = cell_new(vm, slots[ARG()]);
  if (cell.is_error()) FAIL();
  slots[ARG()] = Value(cell);
  CONTINUE();
}
OP(COPY_FREE_VARS) {
  Tuple* closure = frame->function->closure;
  uint32_t count = ARG();
  if (closure == nullptr || closure->length != count) [[unlikely]] {
    SAVE();
    (void)vm.raise(E::SystemError, "function has no closure for its free variables");
    FAIL();
  }
  Value* out = slots + frame->code->slot_count - count;
  for (uint32_t i = 0; i < count; ++i) out[i] = closure->items[i];
  CONTINUE();
}
OP(LOAD_CLOSURE) {
  *sp++ = slots[ARG()];
  DISPATCH();
}
OP(LOAD_DEREF) {
  Value v = slots[ARG()].as<ClosureCell>()->content;
  if (v.is_unset()) [[unlikely]]
    GOTO(unbound_deref);
  *sp++ = v;
  DISPATCH();
}
INNER(unbound_deref) {
  SAVE();
  (void)raise_unbound_deref(vm, frame->code, ARG());
  FAIL();
}
OP(STORE_DEREF) {
  ClosureCell* cell = slots[ARG()].as<ClosureCell>();
  Value v = *--sp;
  cell->content = v;
  DISPATCH_STORED(cell, v);
}
// The end of a handler that has stored into an old cell, which comes here in place of `slots`.
INNER(remember) {
  vm.barrier(reinterpret_cast<Cell*>(slots));
  slots = frame->slots;
  CONTINUE();
}
OP(DELETE_DEREF) {
  ClosureCell* cell = slots[ARG()].as<ClosureCell>();
  if (cell->content.is_unset()) [[unlikely]]
    GOTO(unbound_deref);
  cell->content = Value();
  DISPATCH();
}

// ------------------------------------------------------------------------------------------------ names
OP(LOAD_NAME) {
  SAVE();
  Value v = load_name(vm, frame, NAME_AT(SITE(ARG())->arg));
  CHECK(v);
  *sp++ = v;
  CONTINUE();
}
OP(STORE_NAME) {
  SAVE();
  Str* name = NAME_AT(ARG());
  Value target = frame->locals.is_unset() ? Value(frame->globals) : frame->locals;
  if (is_exact(vm, target, vm.types.dict)) {
    if (dict_set_str(vm, target.as<Dict>(), name, sp[-1]).is_error()) FAIL();
  } else {
    if (set_item(vm, target, name, sp[-1]).is_error()) FAIL();
  }
  --sp;
  CONTINUE();
}
OP(DELETE_NAME) {
  SAVE();
  Str* name = NAME_AT(ARG());
  Value target = frame->locals.is_unset() ? Value(frame->globals) : frame->locals;
  if (is_exact(vm, target, vm.types.dict)) {
    Result<bool> was_there = dict_del_str(vm, target.as<Dict>(), name);
    if (was_there.is_error()) FAIL();
    if (!was_there.release()) {
      (void)raise_name_error(vm, name);
      FAIL();
    }
  } else if (del_item(vm, target, name).is_error()) {
    if (vm.pending_is(E::KeyError) && vm.clear_pending()) (void)raise_name_error(vm, name);
    FAIL();
  }
  CONTINUE();
}
OP(LOAD_GLOBAL) {
  SAVE();
  Site* site = SITE(ARG());
  Value v = load_global_learn(vm, pc - 1, site, NAME_AT(site->arg), frame->globals, frame->builtins);
  CHECK(v);
  *sp++ = v;
  CONTINUE();
}
OP(LOAD_GLOBAL_MODULE) {
  Site* site = SITE(ARG());
  Dict* globals = frame->globals;
  if (globals->keys_version != site->version) [[unlikely]]
    GOTO(LOAD_GLOBAL);
  *sp++ = globals->entry(site->index)->value;
  DISPATCH();
}
OP(LOAD_GLOBAL_BUILTIN) {
  Site* site = SITE(ARG());
  Dict* builtins = frame->builtins;
  if (frame->globals->keys_version != site->version || builtins->keys_version != site->shape) [[unlikely]]
    GOTO(LOAD_GLOBAL);
  *sp++ = builtins->entry(site->index)->value;
  DISPATCH();
}
OP(LOAD_GLOBAL_MODULE_CALLEE) {
  Site* site = SITE(ARG());
  Dict* globals = frame->globals;
  if (globals->keys_version != site->version) [[unlikely]]
    GOTO(LOAD_GLOBAL);
  sp[0] = globals->entry(site->index)->value;
  sp[1] = Value();
  sp += 2;
  ++pc;
  DISPATCH();
}
OP(LOAD_GLOBAL_BUILTIN_CALLEE) {
  Site* site = SITE(ARG());
  Dict* builtins = frame->builtins;
  if (frame->globals->keys_version != site->version || builtins->keys_version != site->shape) [[unlikely]]
    GOTO(LOAD_GLOBAL);
  sp[0] = builtins->entry(site->index)->value;
  sp[1] = Value();
  sp += 2;
  ++pc;
  DISPATCH();
}
OP(STORE_GLOBAL) {
  Site* site = SITE(ARG());
  Dict* globals = frame->globals;
  if (site->version == 0 || globals->keys_version != site->version) [[unlikely]]
    GOTO(store_global_learn);
  Value v = *--sp;
  globals->entry(site->index)->value = v;
  DISPATCH_STORED(globals, v);
}
INNER(store_global_learn) {
  SAVE();
  Site* site = SITE(ARG());
  Dict* globals = frame->globals;
  Str* name = NAME_AT(site->arg);
  if (dict_set_str(vm, globals, name, sp[-1]).is_error()) FAIL();
  --sp;
  int64_t entry_number = dict_find_str(vm, globals, name);
  if (entry_number >= 0) {
    site->index = static_cast<uint32_t>(entry_number);
    site->version = dict_keys_version(vm, globals);
  }
  CONTINUE();
}
OP(DELETE_GLOBAL) {
  SAVE();
  Str* name = NAME_AT(ARG());
  Result<bool> was_there = dict_del_str(vm, frame->globals, name);
  if (was_there.is_error()) FAIL();
  if (!was_there.release()) {
    (void)raise_name_error(vm, name);
    FAIL();
  }
  CONTINUE();
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
  CONTINUE();
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
      FAIL();
    }
  }
  sp[-1] = v;
  CONTINUE();
}
OP(LOAD_BUILD_CLASS) {
  SAVE();
  Value v = load_from_dict(vm, frame->builtins, vm.names.d_build_class);
  CHECK(v);
  if (v.is_exhausted()) {
    (void)vm.raise(E::NameError, "__build_class__ not found");
    FAIL();
  }
  *sp++ = v;
  CONTINUE();
}

// ------------------------------------------------------------------------------------------------ attributes
OP(LOAD_ATTR) {
  SAVE();
  Site* site = SITE(ARG());
  Value v = load_attr_learn(vm, pc - 1, site, NAME_AT(site->arg), sp[-1]);
  CHECK(v);
  sp[-1] = v;
  CONTINUE();
}
#define SHAPE_GUARD(receiver, site, generic)                                     \
  if (!(receiver).has_cell_tag() || (receiver).cell()->shape != (site)->shape || \
      (site)->type->version != (site)->version) [[unlikely]]                     \
  GOTO(generic)
OP(LOAD_ATTR_SLOT) {
  Site* site = SITE(ARG());
  Value v = sp[-1];
  SHAPE_GUARD(v, site, LOAD_ATTR);
  sp[-1] = *reinterpret_cast<Value*>(reinterpret_cast<char*>(v.cell()) + site->slot);
  DISPATCH();
}
OP(LOAD_FAST_ATTR_SLOT) {
  Value v = slots[ARG()];
  Instruction next = pc[0];
  if ((next & 0xFF) == static_cast<uint32_t>(LiveOp::LOAD_ATTR_SLOT)) [[likely]] {
    Site* site = SITE(next >> 8);
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
    Site* site = SITE(next >> 8);
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
OP(LOAD_FAST_METHOD_SHAPE) {
  Value v = slots[ARG()];
  Instruction next = pc[0];
  if ((next & 0xFF) == static_cast<uint32_t>(LiveOp::LOAD_METHOD_SHAPE)) [[likely]] {
    Site* site = SITE(next >> 8);
    if (v.has_cell_tag() && v.cell()->shape == site->shape && site->type->version == site->version) [[likely]] {
      sp[0] = site->value;
      sp[1] = v;
      sp += 2;
      ++pc;
      DISPATCH();
    }
  }
  *sp++ = v;
  DISPATCH();
}
// A site that has met too many shapes: what each of them has by this name is in the Vm's attribute cache.
#define POLY_LOAD(v, site, place, missed)                                                                          \
  do {                                                                                                             \
    ShapeId shape_ = (v).cell()->shape;                                                                            \
    const CachedAttribute* found_ = vm.interpreter->attributes->entry(shape_, (site)->value, AttributeUse::kLoad); \
    if (!found_->fits(shape_, (site)->value, AttributeUse::kLoad)) [[unlikely]]                                    \
      missed;                                                                                                      \
    if (found_->form == LiveOp::LOAD_ATTR_SLOT) [[likely]] {                                                       \
      place = *reinterpret_cast<Value*>(reinterpret_cast<char*>((v).cell()) + found_->site.slot);                  \
    } else {                                                                                                       \
      place = found_->site.value;                                                                                  \
    }                                                                                                              \
  } while (0)
OP(LOAD_ATTR_POLY) {
  Site* site = SITE(ARG());
  Value v = sp[-1];
  if (!v.has_cell_tag()) [[unlikely]]
    GOTO(load_attr_cached);
  POLY_LOAD(v, site, sp[-1], GOTO(load_attr_cached));
  DISPATCH();
}
OP(LOAD_FAST_ATTR_POLY) {
  Value v = slots[ARG()];
  if (!v.has_cell_tag()) [[unlikely]]
    GOTO(LOAD_FAST);
  Site* site = SITE(pc[0] >> 8);
  POLY_LOAD(v, site, *sp, GOTO(LOAD_FAST));
  ++sp;
  ++pc;
  DISPATCH();
}
INNER(load_attr_cached) {
  SAVE();
  Value v = load_attr_cached(vm, SITE(ARG())->value.as<Str>(), sp[-1]);
  CHECK(v);
  sp[-1] = v;
  CONTINUE();
}
OP(LOAD_METHOD_POLY) {
  Site* site = SITE(ARG());
  Value v = sp[-1];
  if (!v.has_cell_tag()) [[unlikely]]
    GOTO(load_method_cached);
  ShapeId shape = v.cell()->shape;
  const CachedAttribute* found = vm.interpreter->attributes->entry(shape, site->value, AttributeUse::kMethod);
  if (!found->fits(shape, site->value, AttributeUse::kMethod)) [[unlikely]]
    GOTO(load_method_cached);
  sp[-1] = found->site.value;
  *sp++ = v;
  DISPATCH();
}
OP(LOAD_FAST_METHOD_POLY) {
  Value v = slots[ARG()];
  if (!v.has_cell_tag()) [[unlikely]]
    GOTO(LOAD_FAST);
  Site* site = SITE(pc[0] >> 8);
  ShapeId shape = v.cell()->shape;
  const CachedAttribute* found = vm.interpreter->attributes->entry(shape, site->value, AttributeUse::kMethod);
  if (!found->fits(shape, site->value, AttributeUse::kMethod)) [[unlikely]]
    GOTO(LOAD_FAST);
  sp[0] = found->site.value;
  sp[1] = v;
  sp += 2;
  ++pc;
  DISPATCH();
}
INNER(load_method_cached) {
  SAVE();
  Value self;
  Value f = load_method_cached(vm, SITE(ARG())->value.as<Str>(), sp[-1], &self);
  CHECK(f);
  sp[-1] = f;
  *sp++ = self;
  CONTINUE();
}
OP(STORE_ATTR_POLY) {
  Site* site = SITE(ARG());
  Value v = sp[-1];
  if (!v.has_cell_tag()) [[unlikely]]
    GOTO(store_attr_cached);
  const CachedAttribute* found = vm.interpreter->attributes->entry(v.cell()->shape, site->value, AttributeUse::kStore);
  if (!found->fits(v.cell()->shape, site->value, AttributeUse::kStore)) [[unlikely]]
    GOTO(store_attr_cached);
  *reinterpret_cast<Value*>(reinterpret_cast<char*>(v.cell()) + found->site.slot) = sp[-2];
  if (found->form == LiveOp::STORE_ATTR_ADD) v.cell()->shape = found->site.index;
  sp -= 2;
  DISPATCH_STORED(v.cell(), *sp);
}
INNER(store_attr_cached) {
  SAVE();
  if (store_attr_cached(vm, SITE(ARG())->value.as<Str>(), sp[-1], sp[-2]).is_error()) FAIL();
  sp -= 2;
  CONTINUE();
}
OP(LOAD_ATTR_OVERFLOW) {
  Site* site = SITE(ARG());
  Value v = sp[-1];
  SHAPE_GUARD(v, site, LOAD_ATTR);
  Storage* overflow = *reinterpret_cast<Storage**>(reinterpret_cast<char*>(v.cell()) + site->slot);
  sp[-1] = overflow->data<Value>()[site->index];
  DISPATCH();
}
OP(LOAD_ATTR_MEMBER) {
  Site* site = SITE(ARG());
  Value v = sp[-1];
  SHAPE_GUARD(v, site, LOAD_ATTR);
  Value found = *reinterpret_cast<Value*>(reinterpret_cast<char*>(v.cell()) + site->slot);
  if (found.is_unset()) [[unlikely]]
    GOTO(LOAD_ATTR);
  sp[-1] = found;
  DISPATCH();
}
OP(LOAD_ATTR_TYPE_VALUE) {
  Site* site = SITE(ARG());
  Value v = sp[-1];
  SHAPE_GUARD(v, site, LOAD_ATTR);
  sp[-1] = site->value;
  DISPATCH();
}
OP(LOAD_ATTR_CLASS) {
  Site* site = SITE(ARG());
  Value v = sp[-1];
  if (v.bits() != reinterpret_cast<uint64_t>(site->type) || site->type->version != site->version) [[unlikely]]
    GOTO(LOAD_ATTR);
  sp[-1] = site->value;
  DISPATCH();
}
OP(LOAD_ATTR_MODULE) {
  Site* site = SITE(ARG());
  Value v = sp[-1];
  if (!v.has_cell_tag() || v.cell()->shape != site->shape) [[unlikely]]
    GOTO(LOAD_ATTR);
  Dict* dict = v.as<Module>()->dict;
  if (dict->keys_version != site->version) [[unlikely]]
    GOTO(LOAD_ATTR);
  Value found = dict->entry(site->index)->value;
  sp[-1] = found;
  DISPATCH();
}
OP(LOAD_ATTR_PROPERTY) {
  Site* site = SITE(ARG());
  Value v = sp[-1];
  SHAPE_GUARD(v, site, LOAD_ATTR);
  Function* f = site->value.as<Function>();
  LiveCode* target = f->code->live;
  if (target == nullptr || target->plain_args != 1 || frame->generator != nullptr || !quick_call(vm, target, sp - 1))
      [[unlikely]]
    GOTO(load_attr_plain);
  frame->pc = pc;
  frame->sp = sp - 1;
  Frame* callee = place_frame(vm, f, target, sp - 1, 1);
  ENTER_FRAME(callee);
  DISPATCH();
}
INNER(load_attr_plain) {
  SAVE();
  Value v = get_attr(vm, sp[-1], NAME_AT(SITE(ARG())->arg));
  CHECK(v);
  sp[-1] = v;
  CONTINUE();
}
OP(LOAD_METHOD) {
  SAVE();
  Site* site = SITE(ARG());
  Value self;
  Value f = load_method_learn(vm, pc - 1, site, NAME_AT(site->arg), sp[-1], &self);
  CHECK(f);
  sp[-1] = f;
  *sp++ = self;
  CONTINUE();
}
OP(LOAD_METHOD_SHAPE) {
  Site* site = SITE(ARG());
  Value v = sp[-1];
  SHAPE_GUARD(v, site, LOAD_METHOD);
  sp[-1] = site->value;
  *sp++ = v;
  DISPATCH();
}
OP(LOAD_METHOD_IMMEDIATE) {
  Site* site = SITE(ARG());
  Value v = sp[-1];
  if (v.has_cell_tag() || vm.type_of(v) != site->type || site->type->version != site->version) [[unlikely]]
    GOTO(LOAD_METHOD);
  sp[-1] = site->value;
  *sp++ = v;
  DISPATCH();
}
OP(LOAD_METHOD_MODULE) {
  Site* site = SITE(ARG());
  Value v = sp[-1];
  if (!v.has_cell_tag() || v.cell()->shape != site->shape) [[unlikely]]
    GOTO(LOAD_METHOD);
  Dict* dict = v.as<Module>()->dict;
  if (dict->keys_version != site->version) [[unlikely]]
    GOTO(LOAD_METHOD);
  sp[-1] = dict->entry(site->index)->value;
  *sp++ = Value();
  DISPATCH();
}
OP(LOAD_METHOD_CLASS) {
  Site* site = SITE(ARG());
  Value v = sp[-1];
  if (v.bits() != reinterpret_cast<uint64_t>(site->type) || site->type->version != site->version) [[unlikely]]
    GOTO(LOAD_METHOD);
  sp[-1] = site->value;
  *sp++ = Value();
  DISPATCH();
}
OP(LOAD_SUPER_ATTR) { GOTO(LOAD_ZERO_SUPER_ATTR); }
OP(LOAD_ZERO_SUPER_ATTR) {
  SAVE();
  Value v = load_super_attr(vm, sp[-3], sp[-2], sp[-1], NAME_AT(ARG()), false, nullptr);
  CHECK(v);
  sp -= 2;
  sp[-1] = v;
  CONTINUE();
}
OP(LOAD_SUPER_METHOD) { GOTO(LOAD_ZERO_SUPER_METHOD); }
OP(LOAD_ZERO_SUPER_METHOD) {
  SAVE();
  Value self;
  Value v = load_super_attr(vm, sp[-3], sp[-2], sp[-1], NAME_AT(ARG()), true, &self);
  CHECK(v);
  --sp;
  sp[-2] = v;
  sp[-1] = self;
  CONTINUE();
}
OP(STORE_ATTR) {
  SAVE();
  Site* site = SITE(ARG());
  if (store_attr_learn(vm, pc - 1, site, NAME_AT(site->arg), sp[-1], sp[-2]).is_error()) FAIL();
  sp -= 2;
  CONTINUE();
}
#define STORE_SLOT()                                                                    \
  do {                                                                                  \
    Site* site = SITE(ARG());                                                           \
    Value v = sp[-1];                                                                   \
    SHAPE_GUARD(v, site, STORE_ATTR);                                                   \
    *reinterpret_cast<Value*>(reinterpret_cast<char*>(v.cell()) + site->slot) = sp[-2]; \
    sp -= 2;                                                                            \
    DISPATCH_STORED(v.cell(), *sp);                                                     \
  } while (0)
OP(STORE_ATTR_SLOT) { STORE_SLOT(); }
OP(LOAD_FAST_STORE_ATTR_SLOT) {
  Value v = slots[ARG()];
  Instruction next = pc[0];
  if ((next & 0xFF) == static_cast<uint32_t>(LiveOp::STORE_ATTR_SLOT)) [[likely]] {
    Site* site = SITE(next >> 8);
    if (v.has_cell_tag() && v.cell()->shape == site->shape && site->type->version == site->version) [[likely]] {
      *reinterpret_cast<Value*>(reinterpret_cast<char*>(v.cell()) + site->slot) = *--sp;
      ++pc;
      DISPATCH_STORED(v.cell(), *sp);
    }
  }
  *sp++ = v;
  DISPATCH();
}
OP(STORE_ATTR_MEMBER) { STORE_SLOT(); }
OP(STORE_ATTR_OVERFLOW) {
  Site* site = SITE(ARG());
  Value v = sp[-1];
  SHAPE_GUARD(v, site, STORE_ATTR);
  Storage* overflow = *reinterpret_cast<Storage**>(reinterpret_cast<char*>(v.cell()) + site->slot);
  overflow->data<Value>()[site->index] = sp[-2];
  sp -= 2;
  DISPATCH_STORED(v.cell(), *sp);
}
OP(STORE_ATTR_ADD) {
  Site* site = SITE(ARG());
  Value v = sp[-1];
  SHAPE_GUARD(v, site, STORE_ATTR);
  *reinterpret_cast<Value*>(reinterpret_cast<char*>(v.cell()) + site->slot) = sp[-2];
  v.cell()->shape = site->index;
  sp -= 2;
  DISPATCH_STORED(v.cell(), *sp);
}
OP(DELETE_ATTR) {
  SAVE();
  if (del_attr(vm, sp[-1], NAME_AT(ARG())).is_error()) FAIL();
  --sp;
  CONTINUE();
}
OP(LOAD_SPECIAL) {
  SAVE();
  Value self;
  Value f = load_special(vm, ARG(), sp[-1], &self);
  CHECK(f);
  sp[-1] = f;
  *sp++ = self;
  CONTINUE();
}

// ------------------------------------------------------------------------------------------------ items
OP(LOAD_FAST_LOAD_FAST_SUBSCR) {
  Value container = slots[ARG()], key = slots[pc[0] >> 8];
  if (is_shape(container, BuiltinShape::k_list) && key.is_small_int()) [[likely]] {
    List* list = container.as<List>();
    int64_t i = key.as_small_int();
    if (static_cast<uint64_t>(i) < list->length) [[likely]] {
      *sp++ = list->storage->data<Value>()[i];
      pc += 2;
      DISPATCH();
    }
  }
  sp[0] = container;
  sp[1] = key;
  sp += 2;
  insn = pc[1];
  pc += 2;
  if (is_shape(container, BuiltinShape::k_dict)) GOTO(subscr_any);
  GOTO(BINARY_SUBSCR);
}
OP(LOAD_FAST_SUBSCR) {
  Value container = sp[-1], key = slots[ARG()];
  if (is_shape(container, BuiltinShape::k_list) && key.is_small_int()) [[likely]] {
    List* list = container.as<List>();
    int64_t i = key.as_small_int();
    if (static_cast<uint64_t>(i) < list->length) [[likely]] {
      sp[-1] = list->storage->data<Value>()[i];
      ++pc;
      DISPATCH();
    }
  }
  *sp++ = key;
  insn = *pc++;
  GOTO(BINARY_SUBSCR);
}
OP(LOAD_FAST_INT_SUBSCR) {
  Value container = slots[ARG()];
  int64_t i = static_cast<int32_t>(pc[0]) >> 8;
  if (is_shape(container, BuiltinShape::k_list)) [[likely]] {
    List* list = container.as<List>();
    if (static_cast<uint64_t>(i) < list->length) [[likely]] {
      *sp++ = list->storage->data<Value>()[i];
      pc += 2;
      DISPATCH();
    }
  }
  sp[0] = container;
  sp[1] = Value::small_int(i);
  sp += 2;
  insn = pc[1];
  pc += 2;
  GOTO(BINARY_SUBSCR);
}
OP(LOAD_FAST_INT_COPY_SUBSCR) {
  Value container = slots[ARG()];
  int64_t i = static_cast<int32_t>(pc[0]) >> 8;
  sp[0] = container;
  sp[1] = Value::small_int(i);
  if (is_shape(container, BuiltinShape::k_list)) [[likely]] {
    List* list = container.as<List>();
    if (static_cast<uint64_t>(i) < list->length) [[likely]] {
      sp[2] = list->storage->data<Value>()[i];
      sp += 3;
      pc += 4;
      DISPATCH();
    }
  }
  sp += 2;
  ++pc;
  DISPATCH();
}
OP(LOAD_FAST_LOAD_FAST_COPY_SUBSCR) {
  Value container = slots[ARG()], key = slots[pc[0] >> 8];
  sp[0] = container;
  sp[1] = key;
  if (is_shape(container, BuiltinShape::k_list) && key.is_small_int()) [[likely]] {
    List* list = container.as<List>();
    int64_t i = key.as_small_int();
    if (static_cast<uint64_t>(i) < list->length) [[likely]] {
      sp[2] = list->storage->data<Value>()[i];
      sp += 3;
      pc += 4;
      DISPATCH();
    }
  }
  sp += 2;
  ++pc;
  DISPATCH();
}
OP(COPY_TWO_SUBSCR) {
  Value container = sp[-2], key = sp[-1];
  if (is_shape(container, BuiltinShape::k_list) && key.is_small_int()) [[likely]] {
    List* list = container.as<List>();
    int64_t i = key.as_small_int();
    if (static_cast<uint64_t>(i) < list->length) [[likely]] {
      *sp++ = list->storage->data<Value>()[i];
      pc += 2;
      DISPATCH();
    }
  }
  sp[0] = container;
  sp[1] = key;
  sp += 2;
  insn = pc[1];
  pc += 2;
  GOTO(BINARY_SUBSCR);
}
OP(BINARY_SUBSCR) {
  Value container = sp[-2], key = sp[-1];
  if (container.has_cell_tag() && key.is_small_int()) {
    ShapeId shape = container.cell()->shape;
    int64_t i = key.as_small_int();
    if (shape == BuiltinShape::k_list) {
      List* list = container.as<List>();
      if (i < 0) i += static_cast<int64_t>(list->length);
      if (static_cast<uint64_t>(i) < list->length) {
        --sp;
        sp[-1] = list->storage->data<Value>()[i];
        DISPATCH();
      }
    } else if (shape == BuiltinShape::k_tuple) {
      Tuple* tuple = container.as<Tuple>();
      if (i < 0) i += static_cast<int64_t>(tuple->length);
      if (static_cast<uint64_t>(i) < tuple->length) {
        --sp;
        sp[-1] = tuple->items[i];
        DISPATCH();
      }
    } else if (shape == BuiltinShape::k_str) {
      Str* text = container.as<Str>();
      if (i < 0) i += static_cast<int64_t>(text->length);
      if (static_cast<uint64_t>(i) < text->length && text->width() == 1) {
        --sp;
        sp[-1] = vm.latin1_chars[text->data1()[i]];
        DISPATCH();
      }
    }
  }
  GOTO(subscr_any);
}
INNER(subscr_any) {
  SAVE();
  Value container = sp[-2], key = sp[-1], found;
  if (is_shape(container, BuiltinShape::k_dict)) {
    found = dict_get(vm, container.as<Dict>(), key);
    CHECK(found);
    if (found.is_exhausted()) [[unlikely]] {
      (void)vm.raise_key_error(key);
      FAIL();
    }
  } else if (is_shape(key, BuiltinShape::k_slice) && is_shape(container, BuiltinShape::k_list)) {
    Result<SliceRange> range = slice_unpack(vm, key);  // may change the list
    if (range.is_error()) FAIL();
    List* list = container.as<List>();
    found = list_slice(vm, list, slice_adjust(range.release(), static_cast<int64_t>(list->length)));
    CHECK(found);
  } else {
    found = get_item(vm, container, key);
    CHECK(found);
  }
  --sp;
  sp[-1] = found;
  CONTINUE();
}
OP(SWAP_STORE_SUBSCR) {
  Value container = sp[-3], key = sp[-2], value = sp[-1];
  if (is_shape(container, BuiltinShape::k_list) && key.is_small_int()) [[likely]] {
    List* list = container.as<List>();
    int64_t i = key.as_small_int();
    if (static_cast<uint64_t>(i) < list->length) [[likely]] {
      list->storage->data<Value>()[i] = value;
      sp -= 3;
      pc += 2;
      DISPATCH_STORED(list, value);
    }
  }
  sp[-3] = value;
  sp[-2] = container;
  sp[-1] = key;
  insn = pc[1];
  pc += 2;
  GOTO(STORE_SUBSCR);
}
OP(STORE_SUBSCR) {
  Value container = sp[-2], key = sp[-1];
  if (is_shape(container, BuiltinShape::k_list) && key.is_small_int()) {
    int64_t i = key.as_small_int();
    List* list = container.as<List>();
    if (i < 0) i += static_cast<int64_t>(list->length);
    if (static_cast<uint64_t>(i) < list->length) {
      sp -= 3;
      list->storage->data<Value>()[i] = *sp;
      DISPATCH_STORED(list, *sp);
    }
  }
  GOTO(store_subscr_any);
}
INNER(store_subscr_any) {
  SAVE();
  Value container = sp[-2], key = sp[-1];
  if (is_shape(container, BuiltinShape::k_dict)) {
    if (dict_set(vm, container.as<Dict>(), key, sp[-3]).is_error()) FAIL();
  } else if (set_item(vm, container, key, sp[-3]).is_error()) {
    FAIL();
  }
  sp -= 3;
  CONTINUE();
}
OP(DELETE_SUBSCR) {
  SAVE();
  if (del_item(vm, sp[-2], sp[-1]).is_error()) FAIL();
  sp -= 2;
  CONTINUE();
}
OP(BINARY_SLICE) {
  SAVE();
  Value v = binary_slice(vm, sp[-3], sp[-2], sp[-1]);
  CHECK(v);
  sp -= 2;
  sp[-1] = v;
  CONTINUE();
}
OP(STORE_SLICE) {
  SAVE();
  if (store_slice(vm, sp[-3], sp[-2], sp[-1], sp[-4]).is_error()) FAIL();
  sp -= 4;
  CONTINUE();
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
  CONTINUE();
}
// The quick operators come in forms that differ in where the operands and the result are. `done` puts a result in its place
// and goes on; `slow` brings the machine to where BINARY_OP itself stands.
#define QUICK_INT(i, done)                    \
  do {                                        \
    int64_t i_ = (i);                         \
    if (Value::fits_small_int(i_)) [[likely]] \
      done(Value::small_int(i_));             \
  } while (0)
#define QUICK_FLOAT(d, done)                    \
  do {                                          \
    double d_ = (d);                            \
    if (Value::fits_small_float(d_)) [[likely]] \
      done(Value::small_float(d_));             \
  } while (0)
#define QUICK_FLOATS(a, b, operation, done)                                    \
  do {                                                                         \
    if ((a).is_small_float()) [[likely]] {                                     \
      if ((b).is_small_float()) [[likely]]                                     \
        QUICK_FLOAT((a).as_small_float() operation(b).as_small_float(), done); \
    }                                                                          \
  } while (0)
#define QUICK_ADD(a, b, done, slow)                      \
  do {                                                   \
    if (Value::both_small_ints(a, b)) [[likely]] {       \
      Value sum_;                                        \
      if (Value::add_small_ints(a, b, &sum_)) [[likely]] \
        done(sum_);                                      \
    } else {                                             \
      QUICK_FLOATS(a, b, +, done);                       \
    }                                                    \
    slow();                                              \
  } while (0)
#define QUICK_SUB(a, b, done, slow)                             \
  do {                                                          \
    if (Value::both_small_ints(a, b)) [[likely]] {              \
      Value difference_;                                        \
      if (Value::sub_small_ints(a, b, &difference_)) [[likely]] \
        done(difference_);                                      \
    } else {                                                    \
      QUICK_FLOATS(a, b, -, done);                              \
    }                                                           \
    slow();                                                     \
  } while (0)
#define QUICK_MUL(a, b, done, slow)                          \
  do {                                                       \
    if (Value::both_small_ints(a, b)) {                      \
      Value product_;                                        \
      if (Value::mul_small_ints(a, b, &product_)) [[likely]] \
        done(product_);                                      \
    } else {                                                 \
      QUICK_FLOATS(a, b, *, done);                           \
    }                                                        \
    slow();                                                  \
  } while (0)
#define DONE(v)   \
  do {            \
    --sp;         \
    sp[-1] = (v); \
    DISPATCH();   \
  } while (0)
#define DONE_STORE(v)        \
  do {                       \
    sp -= 2;                 \
    slots[*pc++ >> 8] = (v); \
    DISPATCH();              \
  } while (0)
#define SLOW() GOTO(binary_mixed)
#define DONE_FAST(v) \
  do {               \
    sp[-1] = (v);    \
    ++pc;            \
    DISPATCH();      \
  } while (0)
#define DONE_FAST_STORE(v)   \
  do {                       \
    --sp;                    \
    slots[pc[1] >> 8] = (v); \
    pc += 2;                 \
    DISPATCH();              \
  } while (0)
#define SLOW_FAST()     \
  do {                  \
    *sp++ = b;          \
    insn = *pc++;       \
    GOTO(binary_mixed); \
  } while (0)
#define DONE_FAST_FAST(v) \
  do {                    \
    *sp++ = (v);          \
    pc += 2;              \
    DISPATCH();           \
  } while (0)
#define DONE_FAST_FAST_STORE(v) \
  do {                          \
    slots[pc[2] >> 8] = (v);    \
    pc += 3;                    \
    DISPATCH();                 \
  } while (0)
#define SLOW_FAST_FAST() \
  do {                   \
    sp[0] = a;           \
    sp[1] = b;           \
    sp += 2;             \
    insn = pc[1];        \
    pc += 2;             \
    GOTO(binary_mixed);  \
  } while (0)
#define ARITHMETIC_FORMS(name)                                \
  OP(BINARY_##name) {                                         \
    Value a = sp[-2], b = sp[-1];                             \
    QUICK_##name(a, b, DONE, SLOW);                           \
  }                                                           \
  OP(BINARY_##name##_STORE) {                                 \
    Value a = sp[-2], b = sp[-1];                             \
    QUICK_##name(a, b, DONE_STORE, SLOW);                     \
  }                                                           \
  OP(LOAD_FAST_BINARY_##name) {                               \
    Value a = sp[-1], b = slots[ARG()];                       \
    QUICK_##name(a, b, DONE_FAST, SLOW_FAST);                 \
  }                                                           \
  OP(LOAD_FAST_BINARY_##name##_STORE) {                       \
    Value a = sp[-1], b = slots[ARG()];                       \
    QUICK_##name(a, b, DONE_FAST_STORE, SLOW_FAST);           \
  }                                                           \
  OP(LOAD_FAST_LOAD_FAST_##name) {                            \
    Value a = slots[ARG()], b = slots[pc[0] >> 8];            \
    QUICK_##name(a, b, DONE_FAST_FAST, SLOW_FAST_FAST);       \
  }                                                           \
  OP(LOAD_FAST_LOAD_FAST_##name##_STORE) {                    \
    Value a = slots[ARG()], b = slots[pc[0] >> 8];            \
    QUICK_##name(a, b, DONE_FAST_FAST_STORE, SLOW_FAST_FAST); \
  }
// A float and an int. (Ints are exact only up to 2^53, beyond which float(i) rounds just as Python does.)
INNER(binary_mixed) {
  Value a = sp[-2], b = sp[-1];
  if (!float_mix(a, b)) GOTO(BINARY_OP);
  double x = number_as_double(a), y = number_as_double(b);
  switch (static_cast<BinaryOp>(ARG() % static_cast<uint32_t>(BinaryOp::kCount))) {
    case BinaryOp::Add: QUICK_FLOAT(x + y, DONE); break;
    case BinaryOp::Sub: QUICK_FLOAT(x - y, DONE); break;
    case BinaryOp::Mul: QUICK_FLOAT(x * y, DONE); break;
    default: break;
  }
  GOTO(BINARY_OP);
}
ARITHMETIC_FORMS(ADD)
ARITHMETIC_FORMS(SUB)
ARITHMETIC_FORMS(MUL)
OP(BINARY_TRUE_DIV) {
  Value a = sp[-2], b = sp[-1];
  if (a.is_small_float()) [[likely]] {
    if (b.is_small_float()) [[likely]] {
      double divisor = b.as_small_float();
      if (divisor != 0) [[likely]]
        QUICK_FLOAT(a.as_small_float() / divisor, DONE);
    }
  }
  GOTO(divide_mixed);
}
INNER(divide_mixed) {
  Value a = sp[-2], b = sp[-1];
  if (float_mix(a, b)) {
    double divisor = number_as_double(b);
    if (divisor != 0) QUICK_FLOAT(number_as_double(a) / divisor, DONE);
  } else if (Value::both_small_ints(a, b)) {
    int64_t x = a.as_small_int(), y = b.as_small_int();
    constexpr int64_t kExact = int64_t{1} << 53;
    if (y != 0 && x <= kExact && x >= -kExact && y <= kExact && y >= -kExact)
      QUICK_FLOAT(static_cast<double>(x) / static_cast<double>(y), DONE);
  }
  GOTO(BINARY_OP);
}
OP(BINARY_FLOOR_DIV) {
  Value a = sp[-2], b = sp[-1];
  int64_t quotient;
  if (Value::both_small_ints(a, b) && small_floor_div(a.as_small_int(), b.as_small_int(), quotient))
    QUICK_INT(quotient, DONE);
  GOTO(BINARY_OP);
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
  GOTO(BINARY_OP);
}
OP(BINARY_AND) {
  Value a = sp[-2], b = sp[-1];
  if (Value::both_small_ints(a, b)) QUICK_INT(a.as_small_int() & b.as_small_int(), DONE);
  GOTO(BINARY_OP);
}
OP(BINARY_OR) {
  Value a = sp[-2], b = sp[-1];
  if (Value::both_small_ints(a, b)) QUICK_INT(a.as_small_int() | b.as_small_int(), DONE);
  GOTO(BINARY_OP);
}
OP(BINARY_XOR) {
  Value a = sp[-2], b = sp[-1];
  if (Value::both_small_ints(a, b)) QUICK_INT(a.as_small_int() ^ b.as_small_int(), DONE);
  GOTO(BINARY_OP);
}
OP(BINARY_LSHIFT) {
  Value a = sp[-2], b = sp[-1];
  if (Value::both_small_ints(a, b)) {
    int64_t x = a.as_small_int(), n = b.as_small_int();
    if (n >= 0 && n < 62) {
      int64_t shifted = static_cast<int64_t>(static_cast<uint64_t>(x) << n);
      if (shifted >> n == x) QUICK_INT(shifted, DONE);
    }
  }
  GOTO(BINARY_OP);
}
OP(BINARY_RSHIFT) {
  Value a = sp[-2], b = sp[-1];
  if (Value::both_small_ints(a, b)) {
    int64_t n = b.as_small_int();
    if (n >= 0) QUICK_INT(a.as_small_int() >> (n > 63 ? 63 : n), DONE);
  }
  GOTO(BINARY_OP);
}
OP(LOAD_FAST_INT_ADD) {
  Value a = slots[ARG()];
  if (a.is_small_int()) [[likely]] {
    Value sum;
    if (Value::add_small_ints(a, Value::small_int(static_cast<int32_t>(pc[0]) >> 8), &sum)) [[likely]] {
      *sp++ = sum;
      pc += 2;
      DISPATCH();
    }
  }
  sp[0] = a;
  sp[1] = Value::small_int(static_cast<int32_t>(pc[0]) >> 8);
  sp += 2;
  insn = pc[1];
  pc += 2;
  GOTO(BINARY_ADD);
}
OP(LOAD_FAST_INT_ADD_STORE) {
  Value a = slots[ARG()];
  if (a.is_small_int()) [[likely]] {
    Value sum;
    if (Value::add_small_ints(a, Value::small_int(static_cast<int32_t>(pc[0]) >> 8), &sum)) [[likely]] {
      slots[pc[2] >> 8] = sum;
      pc += 3;
      DISPATCH();
    }
  }
  sp[0] = a;
  sp[1] = Value::small_int(static_cast<int32_t>(pc[0]) >> 8);
  sp += 2;
  insn = pc[1];
  pc += 2;
  GOTO(BINARY_ADD);
}
OP(LOAD_FAST_INT_SUB) {
  Value a = slots[ARG()];
  if (a.is_small_int()) [[likely]] {
    Value difference;
    if (Value::sub_small_ints(a, Value::small_int(static_cast<int32_t>(pc[0]) >> 8), &difference)) [[likely]] {
      *sp++ = difference;
      pc += 2;
      DISPATCH();
    }
  }
  sp[0] = a;
  sp[1] = Value::small_int(static_cast<int32_t>(pc[0]) >> 8);
  sp += 2;
  insn = pc[1];
  pc += 2;
  GOTO(BINARY_SUB);
}
OP(LOAD_FAST_INT_SUB_STORE) {
  Value a = slots[ARG()];
  if (a.is_small_int()) [[likely]] {
    Value difference;
    if (Value::sub_small_ints(a, Value::small_int(static_cast<int32_t>(pc[0]) >> 8), &difference)) [[likely]] {
      slots[pc[2] >> 8] = difference;
      pc += 3;
      DISPATCH();
    }
  }
  sp[0] = a;
  sp[1] = Value::small_int(static_cast<int32_t>(pc[0]) >> 8);
  sp += 2;
  insn = pc[1];
  pc += 2;
  GOTO(BINARY_SUB);
}
OP(LOAD_INT_ADD) {
  Value a = sp[-1];
  if (a.is_small_int()) [[likely]] {
    Value sum;
    if (Value::add_small_ints(a, Value::small_int(SARG()), &sum)) [[likely]] {
      sp[-1] = sum;
      ++pc;
      DISPATCH();
    }
  }
  *sp++ = Value::small_int(SARG());
  insn = *pc++;
  GOTO(BINARY_ADD);
}
OP(LOAD_INT_SUB) {
  Value a = sp[-1];
  if (a.is_small_int()) [[likely]] {
    Value difference;
    if (Value::sub_small_ints(a, Value::small_int(SARG()), &difference)) [[likely]] {
      sp[-1] = difference;
      ++pc;
      DISPATCH();
    }
  }
  *sp++ = Value::small_int(SARG());
  insn = *pc++;
  GOTO(BINARY_SUB);
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
  sp[1] = live->consts[pc[0] >> 8];
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
OP(LOAD_CONST_LOAD_FAST) {
  sp[0] = live->consts[ARG()];
  sp[1] = slots[pc[0] >> 8];
  sp += 2;
  ++pc;
  DISPATCH();
}
OP(LOAD_FAST_PUSH_NULL) {
  sp[0] = slots[ARG()];
  sp[1] = Value();
  sp += 2;
  ++pc;
  DISPATCH();
}
OP(STORE_FAST_JUMP_BACKWARD) {
  slots[ARG()] = *--sp;
  insn = *pc++;
  if (vm.poll_flag.load(std::memory_order_relaxed) != 0) [[unlikely]]
    GOTO(poll_and_jump);
  pc += SARG();
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
  if (v.is_unset()) [[unlikely]]
    GOTO(compare_any);
  --sp;
  sp[-1] = v;
  DISPATCH();
}
INNER(compare_any) {
  Value a = sp[-2], b = sp[-1];
  if (is_shape(a, BuiltinShape::k_str) && is_shape(b, BuiltinShape::k_str) && is_equality(ARG())) {
    int same = quick_str_equal(a.as<Str>(), b.as<Str>());
    if (same >= 0) {
      bool holds = (same != 0) == (static_cast<CompareOp>(ARG()) == CompareOp::Eq);
      if ((pc[0] & 0xFF) == static_cast<uint32_t>(LiveOp::POP_JUMP_IF_FALSE)) {
        sp -= 2;
        insn = *pc++;
        if (!holds) pc += SARG();
        DISPATCH();
      }
      --sp;
      sp[-1] = Value::boolean(holds);
      DISPATCH();
    }
  }
  GOTO(compare_slowly);
}
INNER(compare_slowly) {
  SAVE();
  Value v = compare(vm, sp[-2], sp[-1], static_cast<CompareOp>(ARG()));
  CHECK(v);
  --sp;
  sp[-1] = v;
  CONTINUE();
}
OP(COMPARE_JUMP_IF_FALSE) {
  Value v = quick_compare(ARG(), sp[-2], sp[-1]);
  if (v.is_unset()) [[unlikely]]
    GOTO(compare_any);
  sp -= 2;
  insn = *pc++;
  if (v.is_false()) pc += SARG();
  DISPATCH();
}
OP(COMPARE_JUMP_IF_TRUE) {
  Value v = quick_compare(ARG(), sp[-2], sp[-1]);
  if (v.is_unset()) [[unlikely]]
    GOTO(compare_any);
  sp -= 2;
  insn = *pc++;
  if (v.is_true()) pc += SARG();
  DISPATCH();
}
OP(LOAD_FAST_INT_COMPARE_JUMP) {
  Value a = slots[ARG()];
  int64_t b = static_cast<int32_t>(pc[0]) >> 8;
  if (a.is_small_int()) [[likely]] {
    bool holds = compare_ints(pc[1] >> 8, a.as_small_int(), b);
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
  GOTO(COMPARE_JUMP_IF_FALSE);
}
OP(LOAD_FAST_FAST_COMPARE_JUMP) {
  Value a = slots[ARG()], b = slots[pc[0] >> 8];
  if (Value::both_small_ints(a, b)) [[likely]] {
    bool holds = compare_ints(pc[1] >> 8, small_int_order(a), small_int_order(b));
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
  GOTO(COMPARE_JUMP_IF_FALSE);
}
OP(LOAD_FAST_CONST_COMPARE_JUMP) {
  Value a = slots[ARG()], b = live->consts[pc[0] >> 8];
  sp[0] = a;
  sp[1] = b;
  sp += 2;
  insn = pc[1];
  pc += 2;
  if (is_shape(a, BuiltinShape::k_str)) GOTO(compare_any);
  GOTO(COMPARE_JUMP_IF_FALSE);
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
  if (found.is_error()) FAIL();
  --sp;
  sp[-1] = Value::boolean(found.release() != (ARG() != 0));
  CONTINUE();
}
OP(UNARY_NEGATIVE) {
  Value v = sp[-1];
  if (v.is_small_float()) {
    double negated = -v.as_small_float();
    if (Value::fits_small_float(negated)) {
      sp[-1] = Value::small_float(negated);
      DISPATCH();
    }
  }
  GOTO(negative_any);
}
INNER(negative_any) {
  SAVE();
  Value v = negative(vm, sp[-1]);
  CHECK(v);
  sp[-1] = v;
  CONTINUE();
}
OP(UNARY_POSITIVE) {
  SAVE();
  Value v = positive(vm, sp[-1]);
  CHECK(v);
  sp[-1] = v;
  CONTINUE();
}
OP(UNARY_INVERT) {
  SAVE();
  Value v = invert(vm, sp[-1]);
  CHECK(v);
  sp[-1] = v;
  CONTINUE();
}
OP(UNARY_NOT) {
  int truth = quick_truth(sp[-1]);
  if (truth < 0) [[unlikely]]
    GOTO(not_any);
  sp[-1] = Value::boolean(!truth);
  DISPATCH();
}
INNER(not_any) {
  SAVE();
  Result<bool> asked = truthy(vm, sp[-1]);
  if (asked.is_error()) FAIL();
  sp[-1] = Value::boolean(!asked.release());
  CONTINUE();
}
OP(TO_BOOL) {
  int truth = quick_truth(sp[-1]);
  if (truth < 0) [[unlikely]]
    GOTO(to_bool_any);
  sp[-1] = Value::boolean(truth);
  DISPATCH();
}
// The value on top becomes a bool, then goes on: for the jumps, with themselves, whose word is the last one read.
INNER(to_bool_any) {
  SAVE();
  Result<bool> asked = truthy(vm, sp[-1]);
  if (asked.is_error()) FAIL();
  sp[-1] = Value::boolean(asked.release());
  CONTINUE();
}
INNER(pop_jump_any) {
  SAVE();
  bool when = canonical_op(static_cast<LiveOp>(insn & 0xFF)) == Op::POP_JUMP_IF_TRUE;
  Result<bool> asked = truthy(vm, sp[-1]);
  if (asked.is_error()) FAIL();
  --sp;
  RELOAD();
  insn = pc[-1];
  if (asked.release() == when) pc += SARG();
  DISPATCH();
}
INNER(jump_or_pop_any) {
  SAVE();
  bool when = op_of(insn) == Op::JUMP_IF_TRUE_OR_POP;
  Result<bool> asked = truthy(vm, sp[-1]);
  if (asked.is_error()) FAIL();
  RELOAD();
  insn = pc[-1];
  if (asked.release() == when) {
    pc += SARG();
  } else {
    --sp;
  }
  DISPATCH();
}

// ------------------------------------------------------------------------------------------------ building
OP(BUILD_TUPLE) {
  SAVE();
  uint32_t count = ARG();
  Result<Tuple*> tuple = tuple_from_span(vm, {sp - count, count});
  if (tuple.is_error()) FAIL();
  sp -= count;
  *sp++ = Value(tuple);
  CONTINUE();
}
OP(BUILD_LIST) {
  SAVE();
  uint32_t count = ARG();
  Result<List*> list = count == 0 ? list_new(vm) : list_from_span(vm, {sp - count, count});
  if (list.is_error()) FAIL();
  sp -= count;
  *sp++ = Value(list);
  CONTINUE();
}
OP(BUILD_SET) {
  SAVE();
  uint32_t count = ARG();
  Result<Set*> set = set_new(vm, vm.types.set);
  if (set.is_error()) FAIL();
  Value keep = Value(set);
  for (uint32_t i = 0; i < count; ++i)
    if (set_add(vm, keep.as<Set>(), sp[static_cast<int>(i) - static_cast<int>(count)]).is_error()) FAIL();
  sp -= count;
  *sp++ = keep;
  CONTINUE();
}
OP(BUILD_MAP) {
  SAVE();
  uint32_t count = ARG();
  Result<Dict*> dict = dict_new(vm, count);
  if (dict.is_error()) FAIL();
  Value keep = Value(dict);
  Value* pairs = sp - 2 * count;
  for (uint32_t i = 0; i < count; ++i)
    if (dict_set(vm, keep.as<Dict>(), pairs[2 * i], pairs[2 * i + 1]).is_error()) FAIL();
  sp = pairs;
  *sp++ = keep;
  CONTINUE();
}
OP(BUILD_SLICE) {
  SAVE();
  uint32_t count = ARG();
  Value slice = count == 2 ? slice_new(vm, sp[-2], sp[-1], Value::none()) : slice_new(vm, sp[-3], sp[-2], sp[-1]);
  CHECK(slice);
  sp -= count;
  *sp++ = slice;
  CONTINUE();
}
OP(BUILD_STRING) {
  SAVE();
  uint32_t count = ARG();
  Value v = build_string(vm, sp - count, count);
  CHECK(v);
  sp -= count;
  *sp++ = v;
  CONTINUE();
}
OP(BUILD_INTERPOLATION) {
  SAVE();
  uint32_t has_spec = ARG() & 1;
  Value* base = sp - 2 - has_spec;
  Value v = build_interpolation(vm, base[0], base[1], ARG() >> 2, has_spec ? base[2] : Value());
  CHECK(v);
  sp = base;
  *sp++ = v;
  CONTINUE();
}
OP(BUILD_TEMPLATE) {
  SAVE();
  Value v = build_template(vm, sp[-2], sp[-1]);
  CHECK(v);
  --sp;
  sp[-1] = v;
  CONTINUE();
}
OP(LOAD_FAST_LIST_APPEND) {
  *sp++ = slots[ARG()];
  insn = *pc++;
  GOTO(LIST_APPEND);
}
OP(LIST_APPEND) {
  List* list = sp[-1 - static_cast<int>(ARG())].as<List>();
  Storage* storage = list->storage;
  uint64_t length = list->length;
  if (storage == nullptr || (length + 1) * sizeof(Value) > storage->capacity || (list->gc & kGcOld)) [[unlikely]]
    GOTO(list_append_any);
  storage->data<Value>()[length] = *--sp;
  list->length = length + 1;
  DISPATCH();
}
INNER(list_append_any) {
  SAVE();
  if (list_append(vm, sp[-1 - static_cast<int>(ARG())].as<List>(), sp[-1]).is_error()) FAIL();
  --sp;
  CONTINUE();
}
OP(LIST_EXTEND) {
  SAVE();
  if (list_extend_star(vm, sp[-1 - static_cast<int>(ARG())], sp[-1]).is_error()) FAIL();
  --sp;
  CONTINUE();
}
OP(SET_ADD) {
  SAVE();
  Value target = sp[-1 - static_cast<int>(ARG())];
  if (!is_set(target)) [[unlikely]] {  // a module's or class's own set, which code reached by name
    (void)vm.raise(E::TypeError, "expected a set, got '{}'", type_name_of(target));
    FAIL();
  }
  if (set_add(vm, target.as<Set>(), sp[-1]).is_error()) FAIL();
  --sp;
  CONTINUE();
}
OP(SET_UPDATE) {
  SAVE();
  if (set_update(vm, sp[-1 - static_cast<int>(ARG())].as<Set>(), sp[-1]).is_error()) FAIL();
  --sp;
  CONTINUE();
}
OP(MAP_ADD) {
  SAVE();
  if (dict_set(vm, sp[-2 - static_cast<int>(ARG())].as<Dict>(), sp[-2], sp[-1]).is_error()) FAIL();
  sp -= 2;
  CONTINUE();
}
OP(DICT_UPDATE) {
  SAVE();
  if (dict_update_star(vm, sp[-1 - static_cast<int>(ARG())], sp[-1]).is_error()) FAIL();
  --sp;
  CONTINUE();
}
OP(DICT_MERGE) {
  SAVE();
  int depth = static_cast<int>(ARG());
  if (dict_merge_call(vm, sp[-1 - depth], sp[-1], sp[-1 - depth - 3]).is_error()) FAIL();
  --sp;
  CONTINUE();
}
OP(UNPACK_STORE) {
  const Value* items = unpackable(sp[-1], ARG());
  if (items == nullptr) [[unlikely]]
    GOTO(unpack_any);
  --sp;
  const Instruction* stores = pc;
  pc += ARG();
  do { slots[*stores++ >> 8] = *items++; } while (stores != pc);
  DISPATCH();
}
OP(UNPACK_SEQUENCE) {
  const Value* items = unpackable(sp[-1], ARG());
  if (items == nullptr) [[unlikely]]
    GOTO(unpack_any);
  --sp;
  for (uint32_t i = ARG(); i > 0; --i) {
    asm("" : "+r"(i));  // nor are vectors worth it
    *sp++ = items[i - 1];
  }
  DISPATCH();
}
INNER(unpack_any) {
  SAVE();
  uint32_t count = ARG();
  if (unpack_sequence(vm, sp[-1], count, sp - 1).is_error()) FAIL();
  sp += static_cast<int>(count) - 1;
  CONTINUE();
}
OP(UNPACK_EX) {
  SAVE();
  uint32_t before = ARG() & 0xFF, after = ARG() >> 8;
  if (unpack_ex(vm, sp[-1], before, after, sp - 1).is_error()) FAIL();
  sp += before + after;
  CONTINUE();
}
OP(CONVERT_VALUE) {
  SAVE();
  Value v = ARG() == 1 ? str(vm, sp[-1]) : ARG() == 2 ? repr(vm, sp[-1]) : ascii(vm, sp[-1]);
  CHECK(v);
  sp[-1] = v;
  CONTINUE();
}
OP(FORMAT_SIMPLE) {
  if (is_shape(sp[-1], BuiltinShape::k_str)) DISPATCH();
  GOTO(format_any);
}
INNER(format_any) {
  SAVE();
  Value v = format(vm, sp[-1], Value());
  CHECK(v);
  sp[-1] = v;
  CONTINUE();
}
OP(FORMAT_WITH_SPEC) {
  SAVE();
  Value v = format(vm, sp[-2], sp[-1]);
  CHECK(v);
  --sp;
  sp[-1] = v;
  CONTINUE();
}

// ------------------------------------------------------------------------------------------------ control
OP(JUMP) {
  pc += SARG();
  DISPATCH();
}
OP(POP_TOP_JUMP_BACKWARD) {
  --sp;
  insn = *pc++;
  if (vm.poll_flag.load(std::memory_order_relaxed) != 0) [[unlikely]]
    GOTO(poll_and_jump);
  pc += SARG();
  DISPATCH();
}
OP(JUMP_BACKWARD) {
  if (vm.poll_flag.load(std::memory_order_relaxed) != 0) [[unlikely]]
    GOTO(poll_and_jump);
  pc += SARG();
  DISPATCH();
}
INNER(poll_and_jump) {
  SAVE();
  if (vm.poll().is_error()) FAIL();
  RELOAD();
  insn = pc[-1];
  pc += SARG();
  DISPATCH();
}
#define POP_JUMP(when)               \
  int truth = quick_truth(sp[-1]);   \
  if (truth < 0) [[unlikely]]        \
    GOTO(pop_jump_any);              \
  --sp;                              \
  if (truth == (when)) pc += SARG(); \
  DISPATCH()
OP(POP_JUMP_IF_FALSE) { POP_JUMP(0); }
OP(POP_JUMP_IF_TRUE) { POP_JUMP(1); }
#define FAST_JUMP(when)              \
  Value v = slots[ARG()];            \
  insn = *pc++;                      \
  int truth = quick_truth(v);        \
  if (truth < 0) [[unlikely]] {      \
    *sp++ = v;                       \
    GOTO(pop_jump_any);              \
  }                                  \
  if (truth == (when)) pc += SARG(); \
  DISPATCH()
OP(LOAD_FAST_JUMP_IF_FALSE) { FAST_JUMP(0); }
OP(LOAD_FAST_JUMP_IF_TRUE) { FAST_JUMP(1); }
OP(POP_JUMP_IF_NONE) {
  if ((--sp)->is_none()) pc += SARG();
  DISPATCH();
}
OP(LOAD_FAST_JUMP_IF_NONE) {
  Value v = slots[ARG()];
  insn = *pc++;
  if (v.is_none()) pc += SARG();
  DISPATCH();
}
OP(LOAD_FAST_JUMP_IF_NOT_NONE) {
  Value v = slots[ARG()];
  insn = *pc++;
  if (!v.is_none()) pc += SARG();
  DISPATCH();
}
OP(POP_JUMP_IF_NOT_NONE) {
  if (!(--sp)->is_none()) pc += SARG();
  DISPATCH();
}
#define JUMP_OR_POP(when)          \
  int truth = quick_truth(sp[-1]); \
  if (truth < 0) [[unlikely]]      \
    GOTO(jump_or_pop_any);         \
  if (truth == (when)) {           \
    pc += SARG();                  \
  } else {                         \
    --sp;                          \
  }                                \
  DISPATCH()
OP(JUMP_IF_FALSE_OR_POP) { JUMP_OR_POP(0); }
OP(JUMP_IF_TRUE_OR_POP) { JUMP_OR_POP(1); }
// The item goes to the stack, or (the _STORE forms) into the local of the STORE_FAST that follows.
#define PUSH_ITEM(item) \
  do {                  \
    *sp++ = (item);     \
    DISPATCH();         \
  } while (0)
#define STORE_ITEM(item)        \
  do {                          \
    slots[*pc++ >> 8] = (item); \
    DISPATCH();                 \
  } while (0)
#define LOOP_ENDS() \
  do {              \
    --sp;           \
    pc += SARG();   \
    DISPATCH();     \
  } while (0)
#define RANGE_STEP(give)                                                                                     \
  do {                                                                                                       \
    Value it_ = sp[-1];                                                                                      \
    if (!is_shape(it_, BuiltinShape::k_range_iterator)) [[unlikely]]                                         \
      GOTO(for_any);                                                                                         \
    RangeIterator* range_ = it_.as<RangeIterator>();                                                         \
    if (range_->remaining == 0) LOOP_ENDS();                                                                 \
    int64_t next_ = range_->next;                                                                            \
    if (!Value::fits_small_int(next_)) [[unlikely]]                                                          \
      GOTO(for_any);                                                                                         \
    --range_->remaining;                                                                                     \
    range_->next = static_cast<int64_t>(static_cast<uint64_t>(next_) + static_cast<uint64_t>(range_->step)); \
    give(Value::small_int(next_));                                                                           \
  } while (0)
#define LIST_STEP(give)                                             \
  do {                                                              \
    Value it_ = sp[-1];                                             \
    if (!is_shape(it_, BuiltinShape::k_list_iterator)) [[unlikely]] \
      GOTO(for_any);                                                \
    ListIterator* list_it_ = it_.as<ListIterator>();                \
    List* list_ = list_it_->list;                                   \
    if (list_ == nullptr) [[unlikely]]                              \
      LOOP_ENDS();                                                  \
    uint64_t index_ = static_cast<uint64_t>(list_it_->index);       \
    if (index_ < list_->length) [[likely]] {                        \
      list_it_->index = static_cast<int64_t>(index_ + 1);           \
      give(list_->storage->data<Value>()[index_]);                  \
    }                                                               \
    list_it_->list = nullptr;                                       \
    LOOP_ENDS();                                                    \
  } while (0)
#define TUPLE_STEP(give)                                             \
  do {                                                               \
    Value it_ = sp[-1];                                              \
    if (!is_shape(it_, BuiltinShape::k_tuple_iterator)) [[unlikely]] \
      GOTO(for_any);                                                 \
    TupleIterator* tuple_it_ = it_.as<TupleIterator>();              \
    Tuple* tuple_ = tuple_it_->tuple;                                \
    if (tuple_ == nullptr) [[unlikely]]                              \
      LOOP_ENDS();                                                   \
    uint64_t index_ = tuple_it_->index;                              \
    if (index_ < tuple_->length) [[likely]] {                        \
      tuple_it_->index = index_ + 1;                                 \
      give(tuple_->items[index_]);                                   \
    }                                                                \
    tuple_it_->tuple = nullptr;                                      \
    LOOP_ENDS();                                                     \
  } while (0)
OP(FOR_ITER_RANGE) { RANGE_STEP(PUSH_ITEM); }
OP(FOR_ITER_LIST) { LIST_STEP(PUSH_ITEM); }
OP(FOR_ITER_TUPLE) { TUPLE_STEP(PUSH_ITEM); }
OP(FOR_ITER_RANGE_STORE) { RANGE_STEP(STORE_ITEM); }
OP(FOR_ITER_LIST_STORE) { LIST_STEP(STORE_ITEM); }
OP(FOR_ITER_TUPLE_STORE) { TUPLE_STEP(STORE_ITEM); }
OP(GET_ITER) {
  Value v = sp[-1];
  if (is_generator_kind(v) && vm.type_of(v) == vm.types.generator) DISPATCH();
  SAVE();
  v = get_iter(vm, v);
  CHECK(v);
  sp[-1] = v;
  CONTINUE();
}
OP(JUMP_BACKWARD_FOR) {
  if (vm.poll_flag.load(std::memory_order_relaxed) != 0) [[unlikely]]
    GOTO(poll_and_jump);
  pc += SARG();
  insn = *pc++;
  if ((insn & 0xFF) == static_cast<uint32_t>(LiveOp::FOR_ITER_RANGE_STORE)) RANGE_STEP(STORE_ITEM);
  DISPATCH_WORD();
}
OP(FOR_ITER_STORE) { GOTO(for_any); }
OP(FOR_ITER) { GOTO(for_any); }
// Any iterator, in any of the forms. Those that have forms of their own make the instruction one of these.
INNER(for_any) {
  Value it = sp[-1];
  bool store = is_storing_loop(insn);
  ShapeId shape = it.has_cell_tag() ? it.cell()->shape : 0;
  LiveOp form = store ? LiveOp::FOR_ITER_STORE : LiveOp::FOR_ITER;
  if (shape == BuiltinShape::k_list_iterator) {
    form = store ? LiveOp::FOR_ITER_LIST_STORE : LiveOp::FOR_ITER_LIST;
  } else if (shape == BuiltinShape::k_tuple_iterator) {
    form = store ? LiveOp::FOR_ITER_TUPLE_STORE : LiveOp::FOR_ITER_TUPLE;
  } else if (shape == BuiltinShape::k_range_iterator && Value::fits_small_int(it.as<RangeIterator>()->next)) {
    form = store ? LiveOp::FOR_ITER_RANGE_STORE : LiveOp::FOR_ITER_RANGE;
  } else if (shape == BuiltinShape::k_generator) {
    GeneratorObject* g = it.as<GeneratorObject>();
    if (g->state == GeneratorState::kClosed) LOOP_ENDS();
    if (g->state != GeneratorState::kRunning && vm.t.depth < vm.recursion_limit) [[likely]] {
      SAVE();
      if (g->state == GeneratorState::kSuspended) *g->frame.sp++ = Value::none();
      GOTO(resume_generator);
    }
  }
  if (form != LiveOp::FOR_ITER_STORE && form != LiveOp::FOR_ITER) {
    Instruction specialised = (insn & ~0xFFu) | static_cast<uint32_t>(form);
    if (pc[-1] == insn) pc[-1] = specialised;  // (not where the instruction is watched)
    insn = specialised;
    DISPATCH_WORD();
  }
  GOTO(for_native);
}
INNER(for_native) {
  SAVE();
  bool store = is_storing_loop(insn);
  if ((pc[0] & 0xFF) == static_cast<uint32_t>(LiveOp::UNPACK_STORE) && (pc[0] >> 8) == 2) {
    Value first, second;
    Value step = iter_next_pair(vm, sp[-1], &first, &second);
    CHECK(step);
    if (!step.is_not_implemented()) {
      RELOAD();
      insn = pc[-1];
      if (step.is_exhausted()) LOOP_ENDS();
      slots[pc[1] >> 8] = first;
      slots[pc[2] >> 8] = second;
      pc += 3;
      DISPATCH();
    }
  }
  Value item = iter_next(vm, sp[-1]);
  CHECK(item);
  RELOAD();
  insn = pc[-1];
  if (item.is_exhausted()) LOOP_ENDS();
  if (store) STORE_ITEM(item);
  PUSH_ITEM(item);
}
OP(GET_LEN) {
  SAVE();
  Result<int64_t> n = length(vm, sp[-1]);
  if (n.is_error()) FAIL();
  *sp++ = Value::small_int(n.release());
  CONTINUE();
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
  CONTINUE();
}
OP(MATCH_CLASS) {
  SAVE();
  Value v = match_class(vm, sp[-3], sp[-2], ARG(), sp[-1]);
  CHECK(v);
  sp -= 2;
  sp[-1] = v;
  CONTINUE();
}

// ------------------------------------------------------------------------------------------------ calls
OP(CALL) {
  uint32_t argc = ARG();
  Value* args = sp - argc;  // without receiver
  Value callee = args[-2];
  if (!is_function(callee)) {
    if (is_kind(callee, Kind::NativeFunction)) GOTO(call_native);
    GOTO(call_other);
  }
  uint32_t receiver = args[-1].is_unset() ? 0 : 1;
  Value* at = args - receiver;
  argc += receiver;
  Function* f = callee.as<Function>();
  LiveCode* target = f->code->live;
  if (target == nullptr || target->plain_args != argc || frame->generator != nullptr || !quick_call(vm, target, at))
      [[unlikely]]
    GOTO(call_python);
  frame->pc = pc;
  frame->sp = args - 2;
  Frame* callee_frame = place_frame(vm, f, target, at, argc);
  ENTER_FRAME(callee_frame);
  DISPATCH();
}
// A Python function whose arguments have to be bound, that makes a generator, or that is called from a generator's frame.
INNER(call_python) {
  uint32_t argc = ARG();
  Value* args = sp - argc;
  Function* f = args[-2].as<Function>();
  Value* result_at = args - 2;
  SAVE();
  if (!args[-1].is_unset()) {
    --args;
    ++argc;
  }
  Result<LiveCode*> made = live_code(vm, f->code);
  if (made.is_error()) FAIL();
  LiveCode* target = made.release();
  if (target->is_generator) GOTO(call_any);
  Value* at = args;
  if (frame->generator != nullptr) {
    at = frame->top;
    if (at + argc + target->frame_words > vm.t.thread->stack_end) {
      (void)raise_recursion(vm);
      FAIL();
    }
    for (uint32_t i = 0; i < argc; ++i) at[i] = args[i];
  }
  uint32_t filled = argc;
  if (target->plain_args != argc) {
    if (at + argc + target->frame_words > vm.t.thread->stack_end) {
      (void)raise_recursion(vm);
      FAIL();
    }
    if (bind_arguments(vm, f, {at, argc}, at).is_error()) FAIL();
    filled = target->parameters;
  }
  if (vm.poll().is_error()) FAIL();
  Frame* callee_frame = push_frame(vm, f, target, at, filled);
  if (callee_frame == nullptr) FAIL();
  frame->sp = result_at;
  RELOAD();
  ENTER_FRAME(callee_frame);
  DISPATCH();
}
INNER(call_other) {
  Value callee = sp[-static_cast<int>(ARG()) - 2];
  if (is_kind(callee, Kind::Type)) GOTO(call_type);
  Value* args = sp - ARG();
  if (is_kind(callee, Kind::Method) && args[-1].is_unset()) {
    Method* m = callee.as<Method>();
    args[-1] = m->self;
    args[-2] = m->function;
    GOTO(CALL);
  }
  GOTO(call_any);
}
INNER(call_native) {
  uint32_t argc = ARG();
  Value* args = sp - argc;
  NativeFunction* f = args[-2].as<NativeFunction>();
  SAVE();
  if (!args[-1].is_unset()) {
    if (!f->self.is_unset()) [[unlikely]]
      GOTO(call_any);
    --args;
    ++argc;
  } else if (f->bits & (NativeFunction::kMethod | NativeFunction::kNew)) {
    GOTO(call_any);  // an unbound method, called with its receiver as a plain argument: checked there
  } else if (!f->self.is_unset()) {
    if (f->row->flags & kStaticMethod) [[unlikely]]
      GOTO(call_any);
    args[-1] = f->self;  // the receiver's place in the call picture
    --args;
    ++argc;
  }
  if (f->bits & NativeFunction::kNew) [[unlikely]]
    GOTO(call_any);  // the class is checked there
  if (argc != f->sig.exact) [[unlikely]]
    GOTO(call_native_matching);
  Value result = f->fn(vm, Args{args, argc});
  CHECK(result);
  if (result.is_exhausted()) [[unlikely]]
    GOTO(call_exhausted);
  insn = pc[-1];
  sp -= ARG() + 2;
  *sp++ = result;
  CONTINUE();
}
INNER(call_exhausted) {
  (void)raise_stop_iteration(vm, Value());
  FAIL();
}
INNER(call_native_matching) {
  Value* args = sp - ARG();
  Value result = call_native_matching(vm, args[-2].as<NativeFunction>(), args, ARG());
  CHECK(result);
  if (result.is_exhausted()) [[unlikely]]
    GOTO(call_exhausted);
  insn = pc[-1];
  sp -= ARG() + 2;
  *sp++ = result;
  CONTINUE();
}
// An instance of a Python class with a Python __init__: its frame runs here.
INNER(call_type) {
  uint32_t argc = ARG();
  Value* args = sp - argc;
  Type* type = args[-2].as<Type>();
  SAVE();
  if (!args[-1].is_unset() || frame->generator != nullptr || !type->has(kTypeHeap) || type->has(kTypeAbstract))
    GOTO(call_any);
  if (type->get(Special::New) != vm.types.object->get(Special::New) ||
      vm.type_of(args[-2])->get(Special::Call) != vm.types.type->get(Special::Call))
    GOTO(call_any);
  Value init = type->get(Special::Init);
  if (!is_function(init)) GOTO(call_any);
  Function* f = init.as<Function>();
  LiveCode* target = f->code->live;
  if (target == nullptr || target->is_generator) GOTO(call_any);
  Result<Object*> made = vm.new_instance<Object>(type);
  if (made.is_error()) FAIL();
  Value self = Value(made);
  args[-1] = self;
  --args;
  ++argc;
  uint32_t filled = argc;
  if (target->plain_args != argc) {
    if (args + argc + target->frame_words > vm.t.thread->stack_end) {
      (void)raise_recursion(vm);
      FAIL();
    }
    if (bind_arguments(vm, f, {args, argc}, args).is_error()) FAIL();
    filled = target->parameters;
  }
  if (vm.poll().is_error()) FAIL();
  Frame* callee_frame = push_frame(vm, f, target, args, filled);
  if (callee_frame == nullptr) FAIL();
  callee_frame->kind = FrameKind::kInit;
  callee_frame->self = self;
  frame->sp = args - 1;
  RELOAD();
  ENTER_FRAME(callee_frame);
  DISPATCH();
}
INNER(call_any) {
  SAVE();
  uint32_t argc = ARG();
  Value* args = sp - argc;
  Value callee = args[-2];
  if (!args[-1].is_unset()) {
    --args;
    ++argc;
  }
  Value result = call(vm, callee, CallArgs{args, argc});
  CHECK(result);
  insn = pc[-1];
  sp -= ARG() + 2;
  *sp++ = result;
  CONTINUE();
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
    LiveCode* target = f->code->live;
    if (target != nullptr && !target->is_generator) {
      if (args + argc + 1 + target->frame_words > vm.t.thread->stack_end) {
        (void)raise_recursion(vm);
        FAIL();
      }
      if (bind_arguments(vm, f, {args, argc, keywords}, args).is_error()) FAIL();
      uint32_t filled = target->parameters;
      if (vm.poll().is_error()) FAIL();
      Frame* callee_frame = push_frame(vm, f, target, args, filled);
      if (callee_frame == nullptr) FAIL();
      frame->sp = result_at;
      ENTER_FRAME(callee_frame);
      CONTINUE();
    }
  }
  Value result = call(vm, callee, CallArgs{args, argc, keywords});
  CHECK(result);
  sp = result_at;
  *sp++ = result;
  CONTINUE();
}
OP(CALL_FUNCTION_EX) {
  SAVE();
  Value result = call_function_ex(vm, sp[-4], sp[-2], sp[-1]);
  CHECK(result);
  sp -= 4;
  *sp++ = result;
  CONTINUE();
}
OP(CALL_INTRINSIC_1) {
  SAVE();
  Value v = intrinsic_1(vm, frame, static_cast<Intrinsic1>(ARG()), sp[-1]);
  CHECK(v);
  sp[-1] = v;
  CONTINUE();
}
OP(CALL_INTRINSIC_2) {
  SAVE();
  Value v = intrinsic_2(vm, frame, static_cast<Intrinsic2>(ARG()), sp[-2], sp[-1]);
  CHECK(v);
  --sp;
  sp[-1] = v;
  CONTINUE();
}
OP(MAKE_FUNCTION) {
  SAVE();
  Result<Function*> f = function_new(vm, sp[-1].as<Code>(), frame->globals);
  if (f.is_error()) FAIL();
  sp[-1] = Value(f);
  CONTINUE();
}
OP(SET_FUNCTION_ATTRIBUTE) {
  Function* f = sp[-1].as<Function>();
  Value v = sp[-2];
  // Defaults of generic functions come through locals, so their kinds are not proved beforehand.
  bool fits = ARG() == 1 || ARG() == 8 ? is_tuple(v) : ARG() == 2 ? is_dict(v) : true;
  if (!fits) [[unlikely]] {
    SAVE();
    (void)vm.raise(E::SystemError, "not an attribute of a function");
    FAIL();
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
          FAIL();
        }
      }
      f->closure = v.as<Tuple>();
      break;
    default: f->annotate = v; break;
  }
  vm.barrier(f);
  --sp;
  sp[-1] = f;
  CONTINUE();
}
OP(LOAD_CONST_RETURN) {
  *sp++ = live->consts[ARG()];
  insn = *pc++;
  GOTO(RETURN_VALUE);
}
#define RETURN_QUICKLY(result)        \
  do {                                \
    --vm.t.depth;                     \
    Frame* caller_ = frame->previous; \
    vm.t.frame = caller_;             \
    ENTER_FRAME(caller_);             \
    *sp++ = (result);                 \
    DISPATCH();                       \
  } while (0)
OP(LOAD_FAST_RETURN) {
  Value result = slots[ARG()];
  *sp++ = result;
  insn = *pc++;
  if (frame->kind != FrameKind::kCall || frame->object != nullptr) [[unlikely]]
    GOTO(return_specially);
  RETURN_QUICKLY(result);
}
OP(RETURN_VALUE) {
  if (frame->kind != FrameKind::kCall || frame->object != nullptr) [[unlikely]]
    GOTO(return_specially);
  Value result = sp[-1];
  RETURN_QUICKLY(result);
}
INNER(return_specially) {
  Value result = sp[-1];
  Frame* done = frame;
  if (done->generator != nullptr) GOTO(return_from_generator);
  if (done->object != nullptr) {
    SAVE();
    frame_detach(vm, done);
  }
  --vm.t.depth;
  vm.t.frame = done->previous;
  if (done->kind == FrameKind::kEntry) return result;
  RELOAD();
  ENTER_FRAME(done->previous);
  if (done->kind == FrameKind::kDiscard) DISPATCH();
  if (done->kind == FrameKind::kInit) {
    if (!result.is_none()) {
      (void)vm.raise(E::TypeError, "__init__() should return None, not '{}'", type_name_of(result));
      FAIL();
    }
    result = done->self;
  }
  *sp++ = result;
  DISPATCH();
}
// On arrival: frame saved, the generator on top of its stack (FOR_ITER) or just popped (SEND); its input is pushed already.
INNER(resume_generator) {
  GeneratorObject* g = sp[-1].as<GeneratorObject>();
  Frame* callee = &g->frame;
  callee->previous = frame;
  callee->top = frame->generator != nullptr ? frame->top : frame->stack + frame->code->max_stack + 2;
  callee->kind = FrameKind::kGenerator;
  g->state = GeneratorState::kRunning;
  g->handled.previous = vm.t.handled;
  vm.t.handled = &g->handled;
  ++vm.t.depth;
  vm.t.frame = callee;
  ENTER_FRAME(callee);
  DISPATCH();
}

// ------------------------------------------------------------------------------------------------ generators
OP(YIELD_VALUE) {
  if (frame->kind == FrameKind::kEntry) [[unlikely]]
    GOTO(yield_to_native);
  GeneratorObject* g = frame->generator;
  Value v = *--sp;
  frame->pc = pc;
  frame->sp = sp;
  g->state = GeneratorState::kSuspended;
  vm.t.handled = g->handled.previous;
  g->handled.previous = nullptr;
  --vm.t.depth;
  Frame* caller = frame->previous;
  vm.t.frame = caller;
  frame->previous = nullptr;
  ENTER_FRAME(caller);
  *sp++ = v;
  DISPATCH_STORED_ANY(g);
}
INNER(yield_to_native) {
  GeneratorObject* g = frame->generator;
  Value v = *--sp;
  SAVE();
  g->state = GeneratorState::kSuspended;
  vm.t.handled = g->handled.previous;
  g->handled.previous = nullptr;
  vm.barrier(g);
  --vm.t.depth;
  vm.t.frame = frame->previous;
  frame->previous = nullptr;
  return v;
}
INNER(return_from_generator) {
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
  if (is_watched(vm, Event::kStopIteration)) [[unlikely]] {
    if (instrument_stop_iteration(vm, frame, result).is_error()) FAIL();
  }
  RELOAD();
  insn = pc[-1];
  if (op_of(insn) == Op::SEND || instrument_original(live, pc - 1) == static_cast<uint8_t>(Op::SEND)) {
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
  CONTINUE();
}
OP(GET_AWAITABLE) {
  SAVE();
  Value v = get_awaitable(vm, sp[-1], ARG());
  CHECK(v);
  sp[-1] = v;
  CONTINUE();
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
      GOTO(resume_generator);
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
  CONTINUE();
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
    CONTINUE();
  }
  vm.t.pending = exception;
  UNWIND();
}
OP(GET_AITER) {
  SAVE();
  Value v = get_aiter(vm, sp[-1]);
  CHECK(v);
  sp[-1] = v;
  CONTINUE();
}
OP(GET_ANEXT) {
  SAVE();
  Value v = get_anext(vm, sp[-1]);
  CHECK(v);
  *sp++ = v;
  CONTINUE();
}
OP(END_ASYNC_FOR) {
  SAVE();
  Value exception = sp[-1];
  if (is_instance_of(vm, exception, vm.exception_type(E::StopAsyncIteration))) {
    sp -= 2;
    CONTINUE();
  }
  vm.t.pending = exception;
  UNWIND();
}

// ------------------------------------------------------------------------------------------------ exceptions
OP(PUSH_EXC_INFO) {
  Value exception = sp[-1];
  Value previous = vm.t.handled->exception;
  sp[-1] = previous.is_unset() ? Value::none() : previous;
  *sp++ = exception;
  vm.t.handled->exception = exception;
  DISPATCH();
}
OP(POP_EXCEPT) {
  vm.t.handled->exception = *--sp;
  DISPATCH();
}
OP(CHECK_EXC_MATCH) {
  SAVE();
  Value classes = sp[-1];
  if (is_kind(classes, Kind::Type) && classes.as<Type>()->instance_kind() == static_cast<CellKind>(Kind::Exception)) {
    sp[-1] = Value::boolean(type_is_subtype(vm.type_of(sp[-2]), classes.as<Type>()));
    CONTINUE();
  }
  if (check_except_classes(vm, classes, false).is_error()) FAIL();
  Result<bool> matches = exception_matches(vm, sp[-2], classes);
  if (matches.is_error()) FAIL();
  sp[-1] = Value::boolean(matches.release());
  CONTINUE();
}
OP(CHECK_EG_MATCH) {
  SAVE();
  if (check_except_classes(vm, sp[-1], true).is_error()) FAIL();
  Value match, rest;
  if (exception_group_match(vm, sp[-2], sp[-1], &match, &rest).is_error()) FAIL();
  sp[-2] = rest;
  sp[-1] = match;
  if (!match.is_none()) vm.t.handled->exception = match;
  CONTINUE();
}
OP(RERAISE) {
  uint32_t depth = ARG();
  if (!is_exception(sp[-1])) [[unlikely]] {  // None, in code that did not look
    SAVE();
    (void)vm.raise(E::SystemError, "nothing to raise again");
    FAIL();
  }
  vm.t.pending = sp[-1];
  insn = static_cast<uint32_t>(pc - live->code) - 1;
  frame->pc = pc;
  if (depth != 0) {
    Value lasti = sp[-1 - static_cast<int>(depth)];
    if (lasti.is_small_int()) frame->pc = live->code + lasti.as_small_int() + 1;
  }
  if (is_watched(vm, Event::kReraise)) [[unlikely]]
    instrument_exception(vm, frame, Event::kReraise);
  GOTO(unwind_from);
}
OP(RAISE_VARARGS) {
  SAVE();
  // Raising again what is handled adds nothing to its traceback.
  bool again = ARG() == 0 && !vm.handled_exception().is_none();
  (void)do_raise(vm, ARG(), sp - ARG());
  if (again) UNWIND();
  FAIL();
}
OP(WITH_EXCEPT_START) {
  SAVE();
  Value result = with_except_start(vm, sp[-5], sp[-4], sp[-1]);
  CHECK(result);
  *sp++ = result;
  CONTINUE();
}
OP(SETUP_ANNOTATIONS) {
  SAVE();
  Value target = frame->locals.is_unset() ? Value(frame->globals) : frame->locals;
  Value found = load_from_dict(vm, target, vm.names.d_annotations);
  CHECK(found);
  if (found.is_exhausted()) {
    Result<Dict*> dict = dict_new(vm);
    if (dict.is_error()) FAIL();
    if (set_item(vm, target, vm.names.d_annotations, Value(dict)).is_error()) FAIL();
  }
  CONTINUE();
}

// ------------------------------------------------------------------------------------------------ imports
OP(IMPORT_NAME) {
  SAVE();
  Value v = import_name(vm, frame, NAME_AT(ARG()), sp[-2], sp[-1]);
  CHECK(v);
  --sp;
  sp[-1] = v;
  CONTINUE();
}
OP(IMPORT_FROM) {
  SAVE();
  Value v = import_from(vm, sp[-1], NAME_AT(ARG()));
  CHECK(v);
  *sp++ = v;
  CONTINUE();
}

// ------------------------------------------------------------------------------------------------ watching
OP(INSTRUMENTED) {
  SAVE();
  Instruction operand = insn & ~0xFFu;
  uint32_t next = instrument_hit(vm, frame);
  RELOAD();
  if (next < kHitMoved) [[likely]] {
    insn = operand | next;
    DISPATCH_WORD();
  }
  pc = const_cast<Instruction*>(frame->pc);
  sp = frame->sp;
  if (next == kHitError) FAIL();
  DISPATCH();
}

// ------------------------------------------------------------------------------------------------ unwinding
INNER(error) {
  // The pending exception was raised here: the frame becomes part of its traceback.
  frame->pc = pc;
  if (vm.tripped == Limit::kNone) {
    (void)!traceback_add(vm, vm.t.pending, frame).ok();
    if (is_watched(vm, Event::kRaise)) [[unlikely]]
      instrument_exception(vm, frame, Event::kRaise);
  }
  GOTO(unwind_here);
}
INNER(unwind) {
  if (is_watched(vm, Event::kReraise)) [[unlikely]]
    instrument_exception(vm, frame, Event::kReraise);
  GOTO(unwind_here);
}
INNER(unwind_here) {
  RELOAD();
  frame->pc = pc;
  insn = static_cast<uint32_t>(pc - live->code) - 1;
  GOTO(unwind_from);
}
// insn is the number of the instruction where the handler is looked up; frame->pc what is reported.
INNER(unwind_from) {
  if (vm.tripped == Limit::kNone) [[likely]] {
    const Handler* handler = find_handler(frame->code, insn);
    if (handler != nullptr) {
      RELOAD();
      sp = frame->stack + handler->depth;
      if (handler->push_lasti) *sp++ = Value::small_int(frame_instruction(frame));
      *sp++ = vm.take_pending();
      pc = live->code + handler->target;
      if (is_watched(vm, Event::kExceptionHandled)) [[unlikely]] {
        SAVE();
        vm.t.pending = sp[-1];
        instrument_exception(vm, frame, Event::kExceptionHandled);
        sp[-1] = vm.take_pending();
      }
      // A handler that is tried again and again is a loop.
      if (handler->target <= insn && vm.poll_flag.load(std::memory_order_relaxed) != 0) [[unlikely]] {
        SAVE();
        if (vm.poll().is_error()) FAIL();
        RELOAD();
      }
      DISPATCH();
    }
    if (is_watched(vm, Event::kUnwind)) [[unlikely]]
      instrument_exception(vm, frame, Event::kUnwind);
  }
  // The frame ends with the exception.
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
  FAIL();
}

#if KRAIT_TAIL_CALLS
}  // namespace

Value interpret(Vm& vm, Frame* entry) {
  Frame* frame;
  Instruction* pc;
  Value* sp;
  Value* slots;
  LiveCode* live;
  ENTER_FRAME(entry);
  if (vm.has_pending()) {  // a generator resumed to raise
    if (is_watched(vm, Event::kThrow)) [[unlikely]]
      instrument_exception(vm, frame, Event::kThrow);
    return op_error(vm, frame, pc, sp, slots, live, handler_table(), 0);
  }
  Instruction insn = *pc++;
  return kHandlers[insn & 0xFF](vm, frame, pc, sp, slots, live, handler_table(), insn);
}
#else
}
#endif

}  // namespace krait
