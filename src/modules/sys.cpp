// The sys module. (Attributes that are made on demand: sys_info.cpp.)
#include <dlfcn.h>
#include <unistd.h>

#include <climits>
#include <cstdlib>

#include "interp/interpreter.hpp"
#include "interp/thread.hpp"
#include "modules/gc.hpp"
#include "modules/std_streams.hpp"
#include "modules/sys_info.hpp"
#include "modules/warnings.hpp"
#include "objects/attributes.hpp"
#include "objects/dict.hpp"
#include "objects/exception.hpp"
#include "objects/float.hpp"
#include "objects/int.hpp"
#include "objects/module.hpp"
#include "objects/operations.hpp"
#include "objects/quick.hpp"
#include "objects/sequences.hpp"
#include "objects/str.hpp"
#include "objects/structseq.hpp"
#include "objects/type.hpp"
#include "observe/tracing.hpp"
#include "runtime/import.hpp"
#include "runtime/limits.hpp"
#include "runtime/print_exception.hpp"
#include "runtime/system.hpp"

namespace krait {
namespace {

struct State : Extension {
  Type *hook_args = nullptr, *async_hooks = nullptr;
  List* audit_hooks = nullptr;
  int64_t dlopen_flags = RTLD_NOW;
  void trace(Marker& m) override {
    m.mark_cell(hook_args);
    m.mark_cell(async_hooks);
    m.mark_cell(audit_hooks);
  }
};
State& state_of(Vm& vm) { return vm.extension<State>(); }

/// Writes to sys.stderr; where that is impossible, to descriptor 2.
Status write_stderr(Vm& vm, const std::string& text) {
  Value stream = sys_get(vm, "stderr");
  if (!stream.is_unset() && !stream.is_none()) {
    Value done = call_method(vm, stream, vm.names.write, TRY(str_from_generalised_utf8(vm, text)));
    if (done.is_error()) return Error{};
    Value flushed = get_attr_optional(vm, stream, vm.names.flush);
    if (flushed.is_error() && !vm.clear_pending()) return Error{};
    if (!flushed.is_error() && !flushed.is_exhausted()) {
      flushed = call0(vm, flushed);
      if (flushed.is_error() && !vm.clear_pending()) return Error{};
    }
    return {};
  }
  return {};
}

// --- Hooks

Value sys_displayhook(Vm& vm, Args a) {
  if (a[0].is_none()) return Value::none();
  TRY(module_add(vm, vm.builtins, "_", Value::none()));
  Value out = sys_get(vm, "stdout");
  if (out.is_unset() || out.is_none()) return vm.raise(E::RuntimeError, "lost sys.stdout");
  Value text = TRY(repr(vm, a[0]));
  Value done = call_method(vm, out, vm.names.write, text);
  if (done.is_error()) {
    if (!vm.pending_is(E::UnicodeEncodeError) || !vm.clear_pending()) return Error{};
    Value shown = TRY(ascii(vm, a[0]));
    done = TRY(call_method(vm, out, vm.names.write, shown));
  }
  TRY(call_method(vm, out, vm.names.write, vm.latin1_chars['\n']));
  TRY(module_add(vm, vm.builtins, "_", a[0]));
  return Value::none();
}

Value sys_excepthook(Vm& vm, Args a) {
  Value e = a[1];
  if (!is_exception(e)) {
    TRY(write_stderr(vm, "TypeError: print_exception(): Exception expected for value, " +
                             str_to_utf8(TRY(str_message(vm, "{}", type_name_of(e)))) + " found\n"));
    return Value::none();
  }
  if (as_exception(e)->traceback.is_unset() && is_kind(a[2], Kind::Traceback)) {
    as_exception(e)->traceback = a[2];
    vm.barrier(e.cell());
  }
  std::string text;
  // A program's own stream is its own affair.
  Value stream = sys_get(vm, "stderr"), original = sys_get(vm, "__stderr__");
  format_exception(vm, e, text, stream == original && colours_wanted(vm));
  TRY(write_stderr(vm, text));
  return Value::none();
}

constexpr StructField kHookFields[] = {{"exc_type", "Exception type"},
                                       {"exc_value", "Exception value"},
                                       {"exc_traceback", "Exception traceback"},
                                       {"err_msg", "Error message"},
                                       {"object", "Object causing the exception"}};
constexpr StructSpec kHookSpec("sys.UnraisableHookArgs", "What sys.unraisablehook is called with.", kHookFields, 5);

Status append_repr(Vm& vm, Value object, std::string& out) {
  Value text = repr(vm, object);
  out += ' ';
  if (text.is_error()) {
    if (!vm.clear_pending()) return Error{};
    out += "<object repr() failed>";
  } else {
    str_append_utf8(as_str(text), out);
  }
  return {};
}

Status show_unraisable(Vm& vm, Value exception, std::string_view message, Value object) {
  std::string out;
  if (!object.is_unset() && !object.is_none()) {
    out = message.empty() ? "Exception ignored in:" : std::string(message) + ":";
    TRY(append_repr(vm, object, out));
    out += '\n';
  } else if (!message.empty()) {
    out = std::string(message) + ":\n";
  }
  if (is_exception(exception)) format_exception(vm, exception, out);
  return write_stderr(vm, out);
}

Value sys_unraisablehook(Vm& vm, Args a) {
  if (vm.type_of(a[0]) != state_of(vm).hook_args)
    return vm.raise(E::TypeError, "sys.unraisablehook argument type must be UnraisableHookArgs");
  Tuple* t = a[0].as<Tuple>();
  std::string message = is_str(t->items[3]) ? str_to_utf8(as_str(t->items[3])) : "";
  TRY(show_unraisable(vm, t->items[1], message, t->items[4]));
  return Value::none();
}

/// Vm::unraisable_hook. Whatever fails on the way is dropped: nobody is left to be told.
void report_unraisable(Vm& vm, Value exception, const char* where, Value object) {
  auto report = [&]() -> Status {
    Value hook = sys_get(vm, "unraisablehook");
    std::string message = where;
    if (!object.is_unset() && !object.is_none()) TRY(append_repr(vm, object, message));
    if (hook.is_unset() || hook.is_none() || state_of(vm).hook_args == nullptr)
      return show_unraisable(vm, exception, message, Value());
    Value traceback = is_exception(exception) ? as_exception(exception)->traceback : Value();
    Value values[] = {Value(vm.type_of(exception)), exception, traceback.is_unset() ? Value::none() : traceback,
                      Value(TRY(str_from_generalised_utf8(vm, message))), Value::none()};
    Value args = TRY(structseq_new(vm, state_of(vm).hook_args, values));
    Value done = call1(vm, hook, args);
    if (!done.is_error()) return {};
    Value second = vm.take_pending();
    return show_unraisable(vm, second, "Exception ignored in sys.unraisablehook", hook);
  };
  if (report().is_error()) (void)vm.clear_pending();
}

Value sys_breakpointhook(Vm& vm, Args a) {
  const char* setting = system_of(vm).options.ignore_environment ? nullptr : std::getenv("PYTHONBREAKPOINT");
  std::string target = setting == nullptr || *setting == 0 ? "pdb.set_trace" : setting;
  if (target == "0") return Value::none();
  size_t dot = target.rfind('.');
  std::string module_name = dot == std::string::npos ? "builtins" : target.substr(0, dot);
  Value module = import_module(vm, module_name);
  Value function = module.is_error() ? module : get_attr(vm, module, TRY(vm.intern(target.substr(dot + 1))));
  if (function.is_error()) {
    if (!vm.pending_is(E::ImportError) && !vm.pending_is(E::AttributeError)) return function;
    if (!vm.clear_pending()) return Error{};
    std::string message = "Ignoring unimportable $PYTHONBREAKPOINT: \"" + target + "\"";
    TRY(warn(vm, E::RuntimeWarning, message));
    return Value::none();
  }
  Tuple* args = TRY(tuple_from_span(vm, a.rest(1)));
  return call_with(vm, function, args, a.has(0) ? a[0].as<Dict>() : nullptr);
}

// --- Exceptions, exit

Value sys_exit(Vm& vm, Args a) {
  Type* type = vm.exception_type(E::SystemExit);
  Tuple* args = !a.has(0) || a[0].is_none() ? vm.empty_tuple
                : is_tuple(a[0])            ? a[0].as<Tuple>()
                                            : TRY(tuple_of(vm, a[0]));
  return vm.raise_value(TRY(call_with(vm, type, args, nullptr)));
}
Value sys_exception(Vm& vm, Args) { return vm.handled_exception(); }
Value sys_exc_info(Vm& vm, Args) {
  Value e = vm.handled_exception();
  if (e.is_none()) return tuple_of(vm, e, e, e);
  Value traceback = as_exception(e)->traceback;
  return tuple_of(vm, Value(vm.type_of(e)), e, traceback.is_unset() ? Value::none() : traceback);
}

// --- Frames

Frame* frame_at(Vm& vm, int64_t depth) {
  Frame* f = vm.t.frame;
  for (; depth > 0 && f != nullptr; --depth) f = f->previous;
  return f;
}
Value sys_getframe(Vm& vm, Args a) {
  int64_t depth = a.has(0) ? TRY(index_checked(vm, a[0], E::OverflowError)) : 0;
  Frame* f = frame_at(vm, depth);
  if (f == nullptr) return vm.raise(E::ValueError, "call stack is not deep enough");
  return frame_object(vm, f);
}
Value sys_getframemodulename(Vm& vm, Args a) {
  Frame* f = frame_at(vm, a.has(0) ? TRY(index_checked(vm, a[0], E::OverflowError)) : 0);
  if (f == nullptr) return Value::none();
  Value name = f->function != nullptr ? f->function->module : dict_get_str(vm, f->globals, vm.names.d_name);
  return name.is_unset() ? Value::none() : name;
}

// --- Settings

Value sys_getrecursionlimit(Vm& vm, Args) { return Value::small_int(vm.recursion_limit); }
Value sys_setrecursionlimit(Vm& vm, Args a) {
  Value number = TRY(index(vm, a[0]));
  int64_t limit = TRY(int_to_i64_checked(vm, number, "C int"));
  if (limit < INT_MIN || limit > INT_MAX) return vm.raise(E::OverflowError, "Python int too large to convert to C int");
  if (limit < 1) return vm.raise(E::ValueError, "recursion limit must be greater or equal than 1");
  if (vm.t.depth >= limit)
    return vm.raise(E::RecursionError,
                    "cannot set the recursion limit to {} at the recursion depth {}: the limit is too low", limit,
                    vm.t.depth);
  vm.recursion_limit = static_cast<uint32_t>(limit);
  return Value::none();
}
Value sys_get_int_max_str_digits(Vm& vm, Args) { return int_from_u64(vm, vm.int_max_str_digits); }
Value sys_set_int_max_str_digits(Vm& vm, Args a) {
  int64_t digits = TRY(index_checked(vm, a[0], E::OverflowError));
  if (digits != 0 && digits < 640) return vm.raise(E::ValueError, "maxdigits must be >= 640 or 0 for unlimited");
  vm.int_max_str_digits = static_cast<uint64_t>(digits);
  return Value::none();
}
Value sys_getswitchinterval(Vm& vm, Args) { return float_from(vm, threads_switch_interval(vm)); }
Value sys_setswitchinterval(Vm& vm, Args a) {
  double seconds = TRY(to_double(vm, a[0]));
  if (!(seconds > 0)) return vm.raise(E::ValueError, "switch interval must be strictly positive");
  threads_set_switch_interval(vm, seconds);
  return Value::none();
}
Value always_none(Vm&, Args) { return Value::none(); }
Value sys_getdlopenflags(Vm& vm, Args) { return Value::small_int(state_of(vm).dlopen_flags); }
Value sys_setdlopenflags(Vm& vm, Args a) {
  state_of(vm).dlopen_flags = TRY(index_checked(vm, a[0], E::OverflowError));
  return Value::none();
}

constexpr StructField kAsyncFields[] = {{"firstiter", "called when an async generator is first iterated"},
                                        {"finalizer", "called when an async generator is about to be collected"}};
constexpr StructSpec kAsyncSpec("asyncgen_hooks", "Hooks of async generators.", kAsyncFields, 2, false);
Value sys_get_asyncgen_hooks(Vm& vm, Args) {
  State& s = state_of(vm);
  if (s.async_hooks == nullptr) s.async_hooks = TRY(structseq_type(vm, kAsyncSpec));
  Value values[] = {vm.t.thread->async_gen_first_iter, vm.t.thread->async_gen_finalizer};
  return structseq_new(vm, s.async_hooks, values);
}
Value sys_set_asyncgen_hooks(Vm& vm, Args a) {
  for (size_t i = 0; i < 2; ++i) {
    if (a.has(i) && !a[i].is_none() && !is_callable(vm, a[i]))
      return vm.raise(E::TypeError,
                      i == 0 ? "callable firstiter expected, got {}" : "callable finalizer expected, got {}",
                      type_name_of(a[i]));
  }
  ThreadState* t = vm.t.thread;
  if (a.has(0)) t->async_gen_first_iter = a[0].is_none() ? Value() : a[0];
  if (a.has(1)) t->async_gen_finalizer = a[1].is_none() ? Value() : a[1];
  return Value::none();
}
Value sys_get_coroutine_depth(Vm& vm, Args) { return Value::small_int(vm.t.thread->coroutine_origin_depth); }
Value sys_set_coroutine_depth(Vm& vm, Args a) {
  int64_t depth = TRY(index_checked(vm, a[0], E::OverflowError));
  if (depth < 0) return vm.raise(E::ValueError, "depth must be >= 0");
  vm.t.thread->coroutine_origin_depth = static_cast<int>(std::min<int64_t>(depth, INT_MAX));
  return Value::none();
}

// --- Texts and sizes

Value sys_getdefaultencoding(Vm& vm, Args) { return vm.names.utf_8; }
Value sys_getfilesystemencodeerrors(Vm& vm, Args) { return vm.intern("surrogateescape"); }
Value sys_intern(Vm& vm, Args a) {
  if (!is_exact_str(vm, a[0])) {
    if (is_str(a[0])) return vm.raise(E::TypeError, "can't intern {}", type_name_of(a[0]));
    return vm.raise(E::TypeError, "intern() argument must be str, not {}", argument_type(a[0]));
  }
  return vm.intern(as_str(a[0]));
}
Value sys_is_interned(Vm& vm, Args a) {
  if (!is_str(a[0])) return vm.raise(E::TypeError, "_is_interned() argument must be str, not {}", argument_type(a[0]));
  return Value::boolean(as_str(a[0])->is_interned());
}
/// There are no counts: the references are looked for, in what is left after a collection. As CPython's result it has one for the
/// argument; what is no object in memory has the count that CPython gives to objects that are never freed.
Value sys_getrefcount(Vm& vm, Args a) {
  constexpr int64_t kImmortal = int64_t{3} << 30;
  if (!a[0].is_cell()) return Value::small_int(kImmortal);
  size_t count = TRY(count_live_references(vm, a[0].cell(), loop_stack(sys_getrefcount)));
  return Value::small_int(static_cast<int64_t>(count));
}
Value sys_getsizeof(Vm& vm, Args a) {
  Value method = type_lookup(vm, vm.type_of(a[0]), TRY(vm.intern("__sizeof__")));
  Value size;
  if (method.is_unset()) {
    (void)vm.raise(E::TypeError, "Type {} doesn't define __sizeof__", type_name_of(a[0]));
  } else {
    size = call_special(vm, method, a[0]);
  }
  if (size.is_error()) {
    if (!a.has(1) || !vm.pending_is(E::TypeError)) return size;
    if (!vm.clear_pending()) return Error{};
    return a[1];
  }
  if (!is_int(size)) {
    if (a.has(1)) return a[1];
    return vm.raise(E::TypeError, "'{}' object cannot be interpreted as an integer", type_name_of(size));
  }
  if (int_sign(size) < 0) return vm.raise(E::ValueError, "__sizeof__() should return >= 0");
  return int_exact(vm, size);
}
Value sys_getallocatedblocks(Vm& vm, Args) { return int_from_u64(vm, vm.heap.bytes_in_use() / 32); }
Value sys_is_finalizing(Vm& vm, Args) { return Value::boolean(threads_finalizing(vm)); }
Value sys_cpu_count_config(Vm& vm, Args) {
  for (const auto& [name, value] : system_of(vm).options.x_options)
    if (name == "cpu_count" && value != "default") return Value::small_int(std::atoi(value.c_str()));
  const char* setting = system_of(vm).options.ignore_environment ? nullptr : std::getenv("PYTHON_CPU_COUNT");
  if (setting == nullptr || std::atoi(setting) < 1) return Value::small_int(-1);
  return Value::small_int(std::atoi(setting));
}
/// For dataclasses, which make a class anew with __slots__: the old one is not to hold on to descriptors of its instances.
Value sys_clear_type_descriptors(Vm& vm, Args a) {
  if (!is_kind(a[0], Kind::Type)) return vm.raise(E::TypeError, "argument must be a type, not {}", type_name_of(a[0]));
  auto* type = a[0].as<Type>();
  if (!type->has(kTypeHeap)) return vm.raise(E::TypeError, "argument is immutable");
  TRY(dict_del_str(vm, type->dict, vm.names.d_dict));
  TRY(dict_del_str(vm, type->dict, TRY(vm.intern("__weakref__"))));
  type_modified(vm, type);
  return Value::none();
}
Value sys_gil_enabled(Vm&, Args) { return Value::true_(); }
Value sys_call_tracing(Vm& vm, Args a) {
  if (!is_tuple(a[1]))
    return vm.raise(E::TypeError, "call_tracing() argument 2 must be tuple, not {}", argument_type(a[1]));
  return call_with(vm, a[0], a[1].as<Tuple>(), nullptr);
}
Value sys_current_frames(Vm& vm, Args) {
  Dict* out = TRY(dict_new(vm));
  for (ThreadState* t = vm.interpreter->threads; t != nullptr; t = t->next) {
    Frame* f = t == vm.t.thread ? vm.t.frame : t->saved.frame;
    if (f == nullptr) continue;
    FrameObject* object = TRY(frame_object(vm, f));
    TRY(dict_set(vm, out, int_from_u64(vm, t->ident), object));
  }
  return out;
}
Value sys_current_exceptions(Vm& vm, Args) {
  Dict* out = TRY(dict_new(vm));
  for (ThreadState* t = vm.interpreter->threads; t != nullptr; t = t->next) {
    Value handled = Value::none();
    if (t == vm.t.thread) {
      handled = vm.handled_exception();
    } else {
      for (HandledException* h = t->saved.handled; h != nullptr && handled.is_none(); h = h->previous)
        if (!h->exception.is_unset()) handled = h->exception;
    }
    TRY(dict_set(vm, out, int_from_u64(vm, t->ident), handled));
  }
  return out;
}

// --- Audit hooks (PEP 578), for what Python code reports itself.

Value sys_audit(Vm& vm, Args a) {
  auto rest = a.rest(0);
  if (rest.empty()) return vm.raise(E::TypeError, "audit expected at least 1 argument, got 0");
  if (!is_str(rest[0]))
    return vm.raise(E::TypeError, "expected str for argument 'event', not {}", type_name_of(rest[0]));
  List* hooks = state_of(vm).audit_hooks;
  if (hooks == nullptr) return Value::none();
  Tuple* args = TRY(tuple_from_span(vm, rest.subspan(1)));
  for (uint64_t i = 0; i < hooks->length; ++i) TRY(call2(vm, hooks->items()[i], rest[0], args));
  return Value::none();
}
Value sys_addaudithook(Vm& vm, Args a) {
  State& s = state_of(vm);
  if (s.audit_hooks == nullptr) s.audit_hooks = TRY(list_new(vm));
  Str* event = TRY(vm.intern("sys.addaudithook"));
  for (uint64_t i = 0; i < s.audit_hooks->length; ++i) {
    if (!call2(vm, s.audit_hooks->items()[i], event, vm.empty_tuple).is_error()) continue;
    // A hook may veto another one by an exception of its own.
    if (!vm.pending_is(E::RuntimeError) || !vm.clear_pending()) return Error{};
    return Value::none();
  }
  TRY(list_append(vm, s.audit_hooks, a[0]));
  return Value::none();
}

// --- Attributes on demand

Value sys_getattr(Vm& vm, Args a) {
  Str* name = TRY(attribute_name(vm, a[0]));
  if (name->is_ascii()) {
    Value v = sys_lazy_attribute(vm, name->ascii());
    if (!v.is_exhausted()) return v;
  }
  return raise_attribute_error(vm, system_of(vm).sys, name, "module 'sys' has no attribute '{}'", name);
}
Value sys_dir(Vm& vm, Args) {
  Set* names = TRY(set_new(vm, vm.types.set));
  TRY(set_update(vm, names, system_of(vm).sys->dict));
  List* lazy = TRY(list_new(vm));
  TRY(sys_lazy_names(vm, lazy));
  TRY(set_update(vm, names, lazy));
  Value list = TRY(list_from(vm, names));
  TRY(list_sort(vm, list.as<List>(), Value(), false));
  return list;
}

const NativeRow kFunctions[] = {
    {"__getattr__(name, /)", sys_getattr},
    {"__dir__()", sys_dir},
    {"displayhook(object, /)", sys_displayhook, 0, "Print an object to sys.stdout and save it in builtins._"},
    {"excepthook(exctype, value, traceback, /)", sys_excepthook, 0,
     "Print an exception with its traceback to sys.stderr."},
    {"unraisablehook(unraisable, /)", sys_unraisablehook, 0,
     "Print an exception that nobody can receive to sys.stderr."},
    {"breakpointhook(*args, **kws)", sys_breakpointhook, 0, "What breakpoint() calls; goes by $PYTHONBREAKPOINT."},
    {"exit(status=None, /)", sys_exit, 0, "Raise SystemExit(status)."},
    {"exception()", sys_exception, 0, "The exception that is being handled, or None."},
    {"exc_info()", sys_exc_info, 0, "(type, value, traceback) of the exception that is being handled."},
    {"_getframe(depth=0, /)", sys_getframe, 0, "The frame object of the caller, or of one further up."},
    {"_getframemodulename(depth=0)", sys_getframemodulename, 0,
     "The name of the module of the caller, or of one further up."},
    {"_current_frames()", sys_current_frames, 0, "The current frame of every thread, by thread identifier."},
    {"_current_exceptions()", sys_current_exceptions, 0,
     "The exception that every thread handles, by thread identifier."},
    {"getrecursionlimit()", sys_getrecursionlimit, 0, "How deep calls may nest."},
    {"setrecursionlimit(limit, /)", sys_setrecursionlimit, 0, "Set how deep calls may nest."},
    {"get_int_max_str_digits()", sys_get_int_max_str_digits, 0,
     "The longest conversion between int and str, in digits."},
    {"set_int_max_str_digits(maxdigits)", sys_set_int_max_str_digits, 0,
     "Set the longest conversion between int and str."},
    {"getswitchinterval()", sys_getswitchinterval, 0, "Seconds after which another thread gets its turn."},
    {"setswitchinterval(interval, /)", sys_setswitchinterval, 0,
     "Set the seconds after which another thread gets its turn."},
    {"getdlopenflags()", sys_getdlopenflags, 0, "The flags for loading shared libraries."},
    {"setdlopenflags(flags, /)", sys_setdlopenflags, 0, "Set the flags for loading shared libraries."},
    {"get_asyncgen_hooks()", sys_get_asyncgen_hooks, 0, "The hooks of async generators."},
    {"set_asyncgen_hooks(firstiter=<unrepresentable>, finalizer=<unrepresentable>)", sys_set_asyncgen_hooks, 0,
     "Set the hooks of async generators."},
    {"get_coroutine_origin_tracking_depth()", sys_get_coroutine_depth, 0, "How many frames cr_origin keeps."},
    {"set_coroutine_origin_tracking_depth(depth)", sys_set_coroutine_depth, 0, "Set how many frames cr_origin keeps."},
    {"getdefaultencoding()", sys_getdefaultencoding, 0, "The encoding of str.encode() by default."},
    {"getfilesystemencoding()", sys_getdefaultencoding, 0, "The encoding of file names."},
    {"getfilesystemencodeerrors()", sys_getfilesystemencodeerrors, 0, "The error handler of file names."},
    {"intern(string, /)", sys_intern, 0, "The one string object that is used for this text as a name."},
    {"_is_interned(string, /)", sys_is_interned, 0, "Whether this string object is the one used for names."},
    {"getrefcount(object, /)", sys_getrefcount, 0,
     "The number of references to an object, one for the argument included. Found by a walk through the heap."},
    {"getsizeof(object, default=<unrepresentable>)", sys_getsizeof, 0, "The size of an object in bytes."},
    {"getallocatedblocks()", sys_getallocatedblocks, 0, "A measure of the memory in use."},
    {"getunicodeinternedsize(*, _only_immortal=False)", sys_getallocatedblocks, 0, "A measure of the memory in use."},
    {"is_finalizing()", sys_is_finalizing, 0, "Whether the machine is being shut down."},
    {"_get_cpu_count_config()", sys_cpu_count_config, 0, "The processor count that -X cpu_count sets; -1: none."},
    {"call_tracing(func, args, /)", sys_call_tracing, 0, "Call func(*args), while tracing is enabled."},
    {"_is_gil_enabled()", sys_gil_enabled, 0, "Whether one thread runs at a time: always."},
    {"_clear_type_cache()", always_none, 0, "Does nothing."},
    {"_clear_type_descriptors(type, /)", sys_clear_type_descriptors, 0,
     "Remove a class's descriptors of __dict__ and __weakref__."},
    {"_clear_internal_caches()", always_none, 0, "Does nothing."},
    {"audit(*args)", sys_audit, 0, "Give an event to all audit hooks."},
    {"addaudithook(hook)", sys_addaudithook, 0, "Add an audit hook."},
};

Status sys_init(Vm& vm, Module* m) {
  system_of(vm).sys = m;
  const SystemOptions& o = system_of(vm).options;
  system_of(vm).make_lazily = sys_lazy_attribute;
  m->complete = sys_make_all;
  state_of(vm).hook_args = TRY(structseq_type(vm, kHookSpec));
  TRY(module_add(vm, m, "UnraisableHookArgs", state_of(vm).hook_args));
  for (const char* hook : {"displayhook", "excepthook", "unraisablehook", "breakpointhook"})
    TRY(module_add(vm, m, std::string("__") + hook + "__", dict_get_str(vm, m->dict, TRY(vm.intern(hook)))));
  vm.unraisable_hook = report_unraisable;
  warnings_install(vm);

  TRY(module_add(vm, m, "modules", vm.modules));
  TRY(module_add(vm, m, "path", list_new(vm)));
  TRY(module_add(vm, m, "argv", list_new(vm)));
  Str* executable = TRY(str_decode_fs(vm, o.executable));
  TRY(module_add(vm, m, "executable", executable));
  TRY(module_add(vm, m, "_base_executable", executable));
  TRY(module_add(vm, m, "dont_write_bytecode", Value::boolean(o.dont_write_bytecode)));
  TRY(module_add(vm, m, "pycache_prefix",
                 o.pycache_prefix.empty() ? Value::none() : Value(str_decode_fs(vm, o.pycache_prefix))));
  TRY(module_add_str(vm, m, "platlibdir", "lib"));
  TRY(module_add_str(vm, m, "platform", "linux"));
  TRY(module_add_str(vm, m, "byteorder", "little"));
  TRY(module_add_str(vm, m, "abiflags", ""));
  TRY(module_add_str(vm, m, "float_repr_style", "short"));
  TRY(module_add_str(vm, m, "_framework", ""));
  TRY(module_add(vm, m, "_home", Value::none()));
  TRY(module_add_int(vm, m, "api_version", 1013));
  TRY(module_add_int(vm, m, "maxsize", INT64_MAX));
  TRY(module_add_int(vm, m, "maxunicode", 0x10FFFF));
  TRY(import_init_sys(vm, m));
  for (const NativeRow& row : kTracingFunctions)
    TRY(module_add(vm, m, row.name(), native_function_new(vm, row, Value(), "sys")));
  tracing_start(vm);
  return std_open_builtin(vm);
}

}  // namespace

extern const ModuleSpec sys_module{
    .name = "sys",
    .doc = "Objects used or maintained by the machine, and functions that interact with it.",
    .functions = kFunctions,
    .init = sys_init,
};

}  // namespace krait
