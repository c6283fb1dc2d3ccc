// Calls of native functions by the loop, where the arguments are not just their parameters.
//
// The ways to call are no parts of a handler, and not of each other: what another one had room for would lie on the native stack
// unwritten, and the collector takes what it finds there for pointers.
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

}  // namespace

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
