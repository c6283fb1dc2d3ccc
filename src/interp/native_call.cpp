// Calls of native functions by the loop, where the arguments are not just their parameters.
//
// The ways to call are no parts of a handler, and not of each other: what another one had room for would lie on the native stack
// unwritten, and the collector takes what it finds there for pointers.
#include <unwind.h>

#include "interp/interpreter.hpp"
#include "objects/function.hpp"
#include "objects/operations.hpp"

namespace krait {
namespace {

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

struct LoopSearch {
  void* native;
  bool native_seen = false;
  bool handler_seen = false;
  const char* found = nullptr;  ///< where the loop's own frame begins
  const char* end = nullptr;
};

_Unwind_Reason_Code search_loop(_Unwind_Context* context, void* out) {
  auto& search = *static_cast<LoopSearch*>(out);
  // The frame's stack pointer, where it calls the one seen before.
  auto* sp = reinterpret_cast<const char*>(_Unwind_GetCFA(context));
  if (search.found != nullptr) {
    // In interpret()'s own frame there may be temporaries. At its top are the registers it saved, which are its callers'.
    constexpr ptrdiff_t kSavedRegisters = 8 * 16;
    search.end = sp - search.found > kSavedRegisters ? sp - kSavedRegisters : search.found;
    return _URC_END_OF_STACK;
  }
  void* function = _Unwind_FindEnclosingFunction(reinterpret_cast<void*>(_Unwind_GetIP(context)));
  if (!search.native_seen) {
    search.native_seen = function == search.native;
  } else if (function == reinterpret_cast<void*>(&interpret)) {
    search.found = sp;
  } else if (function != reinterpret_cast<void*>(&call_native_matching) &&
             function != reinterpret_cast<void*>(&call_native_filled) && function != keyword_call_function()) {
    if (!kHandlersAreFunctions || search.handler_seen) return _URC_END_OF_STACK;
    search.handler_seen = true;
  }
  return _URC_NO_REASON;
}

}  // namespace

const void* loop_stack(NativeFn native) {
  LoopSearch search{reinterpret_cast<void*>(native)};
  _Unwind_Backtrace(search_loop, &search);
  return search.end;
}

Value call_native_matching(Vm& vm, NativeFunction* f, Value* args, uint32_t argc) {
  bool receiver = !args[-1].is_unset();
  Value* all = receiver ? args - 1 : args;
  uint32_t count = receiver ? argc + 1 : argc;
  const Signature& sig = f->sig;
  if (sig.varargs && sig.fixed() == sig.positional && count >= sig.positional) return f->fn(vm, Args{all, count});
  if (accepts_positional(sig, count) && sig.positional <= kFewParameters) return call_native_filled(vm, f, all, count);
  return call_native_any(vm, f, args, argc);
}

}  // namespace krait
