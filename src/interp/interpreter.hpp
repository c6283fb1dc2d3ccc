// The dispatch loop and its state per Vm.
#pragma once

#include "interp/frame.hpp"
#include "interp/generator.hpp"
#include "interp/instrument.hpp"
#include "interp/live_code.hpp"

namespace krait {

struct Interpreter {
  Value generator_result;  ///< what a generator frame run from C++ returned, when interpret() gives exhausted()
  ThreadState main_thread;
  ThreadState* threads = nullptr;
  uint64_t step_budget = UINT64_MAX;                     ///< loop turns and calls left
  uint32_t max_depth = UINT32_MAX;                       ///< --limit-depth: trips instead of raising
  Instrumentation watch;                                 ///< who watches what runs
  Value (*enter_hook)(Vm& vm, Frame* frame) = nullptr;   ///< in the place of interpret(), where C++ calls Python code
  Status (*trace_opcodes_hook)(Vm& vm) = nullptr;        ///< a frame wants to trace its instructions
  Status (*trace_hook)(Vm& vm, Frame* frame) = nullptr;  ///< a running frame got a trace function of its own
  bool warns_of_three_argument_throw = true;             ///< off with a library older than 3.12, which still calls it
  AttributeCache* attributes = nullptr;                  ///< made when the first site needs it
  Value last_value;                                      ///< REPL's `_` for the C++ side
  /// Frame objects to be lent again, linked by FrameObject::back (frame_loans.hpp). All are younger than the last collection.
  FrameObject* spare_frames = nullptr;
};

/// Prepares the interpreter of a Vm (stack of the main thread, call hooks); once.
Status interpreter_start(Vm& vm);
void interpreter_stop(Vm& vm);
/// Answers what the object core asks of the running frame: its globals, the arguments of super().
void object_hooks_start(Vm& vm);
/// Reserves a thread's stack of values. False: no memory.
bool thread_stack_reserve(ThreadState* thread, size_t bytes);
void thread_stack_release(ThreadState* thread);

/// Runs from `entry` (kind kEntry, pushed on the thread's frame chain) until it returns: its value, or an error. A generator's
/// entry frame gives what it yields, or exhausted() with Interpreter::generator_result set.
Value interpret(Vm& vm, Frame* entry);

/// interpret(), or what stands in its place.
inline Value enter_frame(Vm& vm, Frame* entry) {
  return vm.interpreter->enter_hook == nullptr ? interpret(vm, entry) : vm.interpreter->enter_hook(vm, entry);
}

/// Calls a Python function from C++.
Value call_function(Vm& vm, Value callee, CallArgs args);
/// The same for what watches, whose own code is not watched: a plain function begins behind its RESUME.
constexpr uint32_t kMostWatcherArgs = 4;
Value call_watcher(Vm& vm, Value callee, const Value (&args)[kMostWatcherArgs], uint32_t n);
/// Runs code with the given namespaces (module, exec, class bodies). `locals` unset: the globals. `of`: the function whose code it is;
/// parameters get its defaults, TypeError where there are none.
Value run_code(Vm& vm, Code* code, Dict* globals, Value locals, Tuple* closure = nullptr, const Function* of = nullptr);

// --- Parts of the loop that live in files of their own.

/// Matches arguments to parameters: fills slots[0..arguments) of a frame; `slots` may be where args.v points to.
Status bind_arguments(Vm& vm, Function* f, CallArgs args, Value* slots);
/// How far `candidate` is from the misspelt `wanted` by CPython's measure; SIZE_MAX if too far (or `limit` or more) to suggest.
size_t suggestion_distance(std::string_view wanted, std::string_view candidate, size_t limit);
/// A frame on the thread's stack, its slots in place and the first `filled` set; the rest is unset. Null with RecursionError.
Frame* push_frame(Vm& vm, Function* f, LiveCode* live, Value* slots, uint32_t filled);
/// A frame for a call with these arguments, which are bound to `at`: where they may lie already, and must if they are just the plain
/// parameters. Null with an exception pending. The caller has polled, before it read the function's code: what a poll runs may change
/// that, and until the frame stands bound arguments lie where nothing keeps them and the next frame would be put.
Frame* push_call(Vm& vm, Function* f, LiveCode* live, CallArgs args, Value* at);
Error raise_recursion(Vm& vm);
/// Calls f with the arguments as they lie on the operand stack; args[-1] is the receiver or unset. (native_call.cpp)
Value call_native_matching(Vm& vm, NativeFunction* f, Value* args, uint32_t argc);
/// Asked by a native function: where the native stack of the loop that called it ends. All that the call needs lies above, or on the
/// operand stack. Null if other native code stands in between, which may keep values of its own. (native_call.cpp)
const void* loop_stack(NativeFn native);
/// Are the loop's handlers functions of their own (or labels of interpret())?
extern const bool kHandlersAreFunctions;

// attribute and global caches (inline_cache.cpp): the whole instruction, learning on the way
Value load_attr_learn(Vm& vm, Instruction* word, Site* site, Str* name, Value v);
/// Gives the function with *self = v, or the attribute with *self unset.
Value load_method_learn(Vm& vm, Instruction* word, Site* site, Str* name, Value v, Value* self);
Value load_method(Vm& vm, Str* name, Value v, Value* self);
Status store_attr_learn(Vm& vm, Instruction* word, Site* site, Str* name, Value v, Value value);
Value load_global_learn(Vm& vm, Instruction* word, Site* site, Str* name, Dict* globals, Dict* builtins);
Value load_name(Vm& vm, Frame* frame, Str* name);
// the same by the attribute cache
Value load_attr_cached(Vm& vm, Str* name, Value v);
Value load_method_cached(Vm& vm, Str* name, Value v, Value* self);
Status store_attr_cached(Vm& vm, Str* name, Value v, Value value);

// rarer instructions (instructions.cpp)
Error raise_unbound_local(Vm& vm, const Code* code, uint32_t slot);
Error raise_unbound_deref(Vm& vm, const Code* code, uint32_t slot);
Error raise_name_error(Vm& vm, Str* name);
Status unpack_sequence(Vm& vm, Value v, uint32_t count, Value* out);             ///< out[count-1] is the first
Status unpack_ex(Vm& vm, Value v, uint32_t before, uint32_t after, Value* out);  ///< out as pushed: last first
Value binary_slice(Vm& vm, Value container, Value start, Value stop);
Status store_slice(Vm& vm, Value container, Value start, Value stop, Value value);
Value import_name(Vm& vm, Frame* frame, Str* name, Value level, Value from_list);
Value import_from(Vm& vm, Value module, Str* name);
Status import_star(Vm& vm, Frame* frame, Value module);
Status do_raise(Vm& vm, uint32_t count, const Value* v);
Value intrinsic_1(Vm& vm, Frame* frame, Intrinsic1 which, Value v);
Value intrinsic_2(Vm& vm, Frame* frame, Intrinsic2 which, Value a, Value b);
Value load_special(Vm& vm, uint32_t which, Value v, Value* self);
Value load_super_attr(Vm& vm, Value super_type, Value cls, Value self, Str* name, bool written_out, Value* out_self);
Value call_function_ex(Vm& vm, Value callee, Value args, Value kwargs);
/// "f()" or "module.f()" for messages about a call.
Result<Str*> callable_text(Vm& vm, Value callee);
Status list_extend_star(Vm& vm, Value list, Value iterable);
Status dict_merge_call(Vm& vm, Value dict, Value mapping, Value callee);
Status dict_update_star(Vm& vm, Value dict, Value mapping);
/// exit(type, exception, traceback), as a method if `self` is set.
Value with_except_start(Vm& vm, Value exit, Value self, Value exception);
Value load_common_constant(Vm& vm, uint32_t which);
Value build_string(Vm& vm, const Value* parts, uint32_t count);
/// format(v, spec), where spec may be anything: SystemError then, as in CPython.
Value format_with_spec(Vm& vm, Value v, Value spec);
Status check_except_classes(Vm& vm, Value classes, bool star);
Value load_from_dict(Vm& vm, Value mapping, Str* name);  ///< exhausted() if absent

// pattern matching (match.cpp)
Value match_keys(Vm& vm, Value subject, Value keys);
Value match_class(Vm& vm, Value subject, Value cls, uint32_t positional, Value keyword_names);
bool matches_flag(Vm& vm, Value subject, uint32_t type_flag);

// generators and awaiting (generator.cpp, async.cpp)
Value get_yield_from_iter(Vm& vm, Frame* frame, Value v);
Value get_awaitable(Vm& vm, Value v, uint32_t where);
Value get_aiter(Vm& vm, Value v);
/// The same by the first protocol, of Python 3.5.0: __aiter__ may also give an awaitable of the iterator.
Value get_aiter_or_awaitable(Vm& vm, Value v);
Value get_anext(Vm& vm, Value v);
/// it.send(v) for any iterator: yielded value, or exhausted() with *result. `frame`: who sends, where an end that was raised is told
/// as an event (null: nowhere).
Value send_value(Vm& vm, Frame* frame, Value it, Value v, Value* result);
Value async_gen_wrap(Vm& vm, Value v);

}  // namespace krait
