// The language that handlers (handlers/*.inc) are written in, and the two ways to build them. Included by interpreter.cpp only.
//
// Each handler is written once, as OP(name) { ... }; parts of the loop that are no instructions are INNER(name) { ... }. As tail
// calls a handler is a function of its own whose arguments are the machine's registers; as computed gotos it is a label in
// interpret(), and the registers are its variables.
#pragma once

#include "interp/activation.hpp"
#include "interp/interpreter.hpp"
#include "interp/quick.hpp"

// Tail calls where the compiler can promise them and has a calling convention that keeps arguments in registers; computed gotos
// otherwise.
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
  X(return_with_care)      \
  X(resume_generator)      \
  X(yield_to_native)       \
  X(return_from_generator) \
  X(error)                 \
  X(unwind)                \
  X(unwind_here)           \
  X(unwind_from)

// --- What a handler reads

/// The instruction's operand, unsigned and signed; the same of the i-th word behind it, for fused forms.
#define ARG() (insn >> 8)
#define SARG() (static_cast<int32_t>(insn) >> 8)
#define WORD_ARG(i) (pc[i] >> 8)
#define WORD_SARG(i) (static_cast<int32_t>(pc[i]) >> 8)
#define SITE(i) (live->sites() + (i))
#define NAME_AT(i) (frame->code->names->items[i].as<Str>())

// --- How it ends

#define SAVE() (frame->pc = pc, frame->sp = sp)
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
/// The whole of many instructions: `count` operands give way to what a call makes of them.
#define REPLACE(count, ...)    \
  do {                         \
    SAVE();                    \
    Value made_ = __VA_ARGS__; \
    CHECK(made_);              \
    sp -= (count);             \
    *sp++ = made_;             \
    CONTINUE();                \
  } while (0)
/// The same of a call that gives nothing.
#define CONSUME(count, ...)                    \
  do {                                         \
    SAVE();                                    \
    if ((__VA_ARGS__).is_error()) [[unlikely]] \
      FAIL();                                  \
    sp -= (count);                             \
    CONTINUE();                                \
  } while (0)
/// A fused form of two words that only move.
#define PUSH_TWO(a, b) \
  do {                 \
    sp[0] = (a);       \
    sp[1] = (b);       \
    sp += 2;           \
    ++pc;              \
    DISPATCH();        \
  } while (0)
/// A fused form whose quick way is not open: its first two words push a and b, and the third word's instruction takes over.
#define UNFUSE(a, b, third) \
  do {                      \
    sp[0] = (a);            \
    sp[1] = (b);            \
    sp += 2;                \
    insn = pc[1];           \
    pc += 2;                \
    GOTO(third);            \
  } while (0)

/// DISPATCH() after a store into a cell that may be old: the write barrier. (Nothing may be allocated in between.)
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

// --- The two ways to build it

#if KRAIT_TAIL_CALLS

namespace krait {
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

}  // namespace
}  // namespace krait

#define JUMP_TO(body) [[clang::musttail]] return (body)(vm, frame, pc, sp, slots, live, table, insn)
#define GOTO(name) JUMP_TO(op_##name)
#define DISPATCH_WORD() JUMP_TO(reinterpret_cast<Body>(table[insn & 0xFF]))
#define RELOAD() (slots = frame->slots, live = frame->live, table = handler_table())
#define FAIL() [[clang::musttail]] return op_error(vm, frame, pc, sp, nullptr, nullptr, nullptr, 0)

#else

#define GOTO(name) goto op_##name
#define DISPATCH_WORD() goto* table[insn & 0xFF]
#define RELOAD() ((void)0)
#define FAIL() goto op_error

#endif
