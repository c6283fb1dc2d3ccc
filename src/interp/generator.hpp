// Generators, coroutines and async generators: a frame that owns its place.
#pragma once

#include "interp/frame.hpp"

namespace krait {

enum class GeneratorState : uint8_t { kCreated, kSuspended, kRunning, kClosed };

struct GeneratorObject : Object {
  GeneratorState state;
  bool async_hooks_called;  ///< async generators: first iteration has been reported
  bool async_running;       ///< async generators: an asend/athrow/aclose is under way
  bool async_closed;
  Str* name;
  Str* qualname;
  Value origin_or_finalizer;  ///< coroutine: cr_origin; async generator: its finalizer hook
  HandledException handled;
  Frame frame;  ///< slots and operand stack follow
  Value values[];
};

/// It will not run again, so nothing is to be done when it dies either: that would keep each for a whole collection more.
inline void generator_end(GeneratorObject* g) {
  g->state = GeneratorState::kClosed;
  g->gc &= static_cast<uint8_t>(~kGcFinalize);
}
inline bool is_generator_kind(Value v) { return is_kind(v, Kind::Generator); }
/// A generator, coroutine or async generator (by the code's flags) whose slots are to be filled: `slots` words are unset.
Result<GeneratorObject*> generator_new(Vm& vm, Function* function);
/// Resumes: value unset starts/continues with None; with an exception pending in vm and throwing: raises it inside. Gives the
/// yielded value, or exhausted() with *result set when it returned, or an error.
Value generator_resume(Vm& vm, GeneratorObject* g, Value sent, bool throwing, Value* result);
/// g.throw(exception instance).
Value generator_throw(Vm& vm, GeneratorObject* g, Value exception, Value* result, std::span<const Value> as_given = {});
Status generator_close(Vm& vm, GeneratorObject* g);
/// g.throw() with the arguments a method call gives (a[0] is not looked at).
Value generator_throw_args(Vm& vm, GeneratorObject* g, Args a, Value* result);
/// anext(iterator, default).
Value anext_awaitable_new(Vm& vm, Value awaitable, Value fallback);

// Shared by the three types.
void generator_trace(Heap& heap, Cell* cell, Marker& marker);
Value generator_repr(Vm& vm, Args a);
Value generator_del(Vm& vm, Args a);
extern const std::span<const GetSetRow> kAsyncGeneratorAttributes;

}  // namespace krait
