// Vm: one Python machine. Everything that a global would be in another implementation hangs off it, so any number of them can
// live in one process; each runs on one OS thread at a time. This header holds the state that all rooms share; what only an
// upper room needs is kept behind extension<T>() or an opaque pointer.
#pragma once

#include <atomic>
#include <cstddef>
#include <cstdint>
#include <string_view>

#include "heap/heap.hpp"
#include "objects/object.hpp"

namespace krait {

struct ExceptionObject;
struct Frame;        // interp/frame.hpp
struct ThreadState;  // interp/thread.hpp
struct Interpreter;  // interp/interpreter.hpp
struct Code;
struct Module;
struct NativeFunction;

/// The built-in exceptions, for raise().
enum class E : uint8_t {
#define EXCEPTION(Name, Base, doc) Name,
#include "objects/exceptions.def"
#undef EXCEPTION
  kCount
};

struct Types {
  Type* object;
  Type* type;
#define TYPE(id, spec) Type* id;
#define TYPE_BASE(id, spec, base) Type* id;
#include "objects/types.def"
#undef TYPE
#undef TYPE_BASE
  Type* exceptions[static_cast<size_t>(E::kCount)];
  Type* exception_group;
};

struct Names {
#define NAME(id, text) Str* id;
#include "objects/names.def"
#undef NAME
  Str* special[kSpecialCount];
};

/// The argument shape of a call: positional arguments, then keyword arguments whose names are in `keywords` (null: none).
struct CallArgs {
  const Value* v;
  uint32_t n;  ///< positional and keyword values together
  Tuple* keywords = nullptr;
};
/// Calls a callee of one kind (Vm::call_hooks).
using CallHook = Value (*)(Vm& vm, Value callee, CallArgs args);

/// Why the machine stopped a script. Tripped limits cannot be caught by the script.
enum class Limit : uint8_t { kNone, kTime, kMemory, kSteps, kDepth, kOutput, kInterrupted };

/// What a room keeps per Vm beyond the shared state; made on first use, traced and destroyed with the Vm.
struct Extension {
  virtual ~Extension() = default;
  virtual void trace(Marker& marker) { (void)marker; }
};

/// Parts of raise()'s message.
struct MessagePart {
  enum Kind : uint8_t { kText, kInt, kUnsigned, kValueStr, kValueRepr, kTypeName, kFullTypeName, kChar } kind;
  std::string_view text{};
  int64_t integer = 0;
  Value value{};
  MessagePart(const char* s) : kind(kText), text(s) {}                            // NOLINT(google-explicit-constructor)
  MessagePart(std::string_view s) : kind(kText), text(s) {}                       // NOLINT
  MessagePart(char c) : kind(kChar), integer(c) {}                                // NOLINT
  MessagePart(int i) : kind(kInt), integer(i) {}                                  // NOLINT
  MessagePart(int64_t i) : kind(kInt), integer(i) {}                              // NOLINT
  MessagePart(uint32_t i) : kind(kInt), integer(i) {}                             // NOLINT
  MessagePart(uint64_t i) : kind(kUnsigned), integer(static_cast<int64_t>(i)) {}  // NOLINT
  MessagePart(Value v) : kind(kValueStr), value(v) {}                             // NOLINT: shown as str()
  MessagePart(const Str* s) : kind(kValueStr), value(reinterpret_cast<const Cell*>(s)) {}  // NOLINT
  MessagePart(Kind k, Value v) : kind(k), value(v) {}
};
/// The value's repr() in a message.
inline MessagePart repr_of(Value v) { return {MessagePart::kValueRepr, v}; }
/// The name of the value's type in a message (`type(v).__name__`, or the native type's full name).
inline MessagePart type_name_of(Value v) { return {MessagePart::kTypeName, v}; }

/// The type of a wrong argument, as messages name it: None is called that.
inline MessagePart argument_type(Value v) { return v.is_none() ? MessagePart("None") : type_name_of(v); }

/// As type_name_of(), with the module and the outer classes of a class that Python code made.
inline MessagePart full_type_name_of(Value v) { return {MessagePart::kFullTypeName, v}; }

/// One item of the stack of exceptions being handled: the thread has one, and every running generator its own (so that what a
/// generator handles while it is suspended is not seen outside, nor the reverse).
struct HandledException {
  Value exception;  ///< None or unset: nothing is handled at this level
  HandledException* previous = nullptr;
};

struct VmOptions {
  uint64_t memory_limit = UINT64_MAX;  ///< bytes
  uint64_t hash_seed = 0;              ///< used when fixed_hash_seed
  bool fixed_hash_seed = false;
};

class Vm {
 public:
  explicit Vm(const VmOptions& options = {});
  ~Vm();
  Vm(const Vm&) = delete;
  Vm& operator=(const Vm&) = delete;

  Heap heap;
  Shape* shapes = nullptr;  ///< by ShapeId; a reserved range, so shapes never move
  uint32_t shape_count = 0;
  Types types{};
  Names names{};
  Type* immediate_types[8] = {};                                ///< by immediate number (None 1, False 2, True 3, ...)
  uint64_t hash_key[2] = {};                                    ///< SipHash key of str and bytes
  CallHook call_hooks[static_cast<size_t>(Kind::kCount)] = {};  ///< by kind of the callee; null: __call__ of its type
  uint32_t next_type_version = 1;
  uint32_t next_dict_version = 1;
  Dict* modules = nullptr;  ///< sys.modules
  Module* builtins = nullptr;
  Dict* builtins_dict = nullptr;
  Str* latin1_chars[256] = {};  ///< the one-character strings
  Tuple* empty_tuple = nullptr;
  uint64_t int_max_str_digits = 4300;
  int optimize = 0;  ///< -O: 1, -OO: 2
  bool check_codecs =
      false;  ///< -X dev: names of codecs and error handlers are looked up even where they are not needed
  bool debug_ranges = true;  ///< compiled code keeps columns; off: -X no_debug_ranges
  Interpreter* interpreter = nullptr;
  struct MethodCache;  // of type_lookup (objects/type.cpp)
  MethodCache* method_cache = nullptr;
  struct TypeRegistry* type_registry = nullptr;
  Type* limit_type = nullptr;  ///< of the exceptions that stand for tripped limits

  // --- What lower rooms ask of upper ones; set by those, null until then.
  /// Does what poll_flag asked for: signals, time and step limits, thread switches. (Safepoint work is done before.)
  Status (*poll_hook)(Vm& vm) = nullptr;
  /// The class and first argument of the running method, for super() without arguments.
  Status (*super_hook)(Vm& vm, Value* cls, Value* self) = nullptr;
  /// The globals of the innermost Python frame, or null.
  Dict* (*globals_hook)(Vm& vm) = nullptr;
  Status (*warn_hook)(Vm& vm, E category, std::string_view message, int stack_level) = nullptr;
  Status (*warn_explicit_hook)(Vm& vm, E category, std::string_view message, Str* filename, int line) = nullptr;
  /// Reports an exception that nobody can receive.
  void (*unraisable_hook)(Vm& vm, Value exception, const char* where, Value object) = nullptr;
  /// Imports a module and gives the module itself (`a.b` gives b).
  Value (*import_hook)(Vm& vm, std::string_view name) = nullptr;
  /// Evaluates annotations for a library older than 3.14, which expects finished ones (runtime/older_annotations.hpp). Null with
  /// newer ones.
  Value (*annotations_hook)(Vm& vm, Value annotate, bool* complete) = nullptr;

  // --- The running thread's registers: exchanged when another thread takes the Vm.
  struct ThreadRegisters {
    Value pending;           ///< the exception on its way (an ExceptionObject), or unset
    Frame* frame = nullptr;  ///< innermost Python frame
    ThreadState* thread = nullptr;
    const char* native_stack_limit = nullptr;  ///< the native stack must not grow below this
    HandledException* handled =
        nullptr;         ///< what is being handled here: this generator's or thread's own item, never null
    uint32_t depth = 0;  ///< Python frames on this thread
    Value context;       ///< contextvars' current Context, or unset
  } t;
  uint32_t recursion_limit = 1000;

  // --- Raising.
  template <class... Parts>
  [[gnu::cold]] Error raise(E kind, const char* format, const Parts&... parts) {
    const MessagePart list[] = {MessagePart(parts)..., MessagePart("")};
    return raise_message(types.exceptions[static_cast<size_t>(kind)], format, list, sizeof...(parts));
  }
  template <class... Parts>
  [[gnu::cold]] Error raise(Type* type, const char* format, const Parts&... parts) {
    const MessagePart list[] = {MessagePart(parts)..., MessagePart("")};
    return raise_message(type, format, list, sizeof...(parts));
  }
  /// Makes `exception` (an instance) the pending one; __context__ is set from what is being handled.
  Error raise_value(Value exception);
  /// KeyError(key): the key itself is the argument.
  Error raise_key_error(Value key);
  Error raise_memory_error();  ///< preallocated: allocates nothing
  Error raise_os_error(int errno_value, Value filename = {}, Value filename2 = {});
  /// `{}` in format stands for the next part; an empty format makes an exception without arguments.
  Error raise_message(Type* type, const char* format, const MessagePart* parts, size_t count);
  /// sys.exception(): the innermost exception being handled, or None.
  Value handled_exception() const {
    for (HandledException* item = t.handled; item != nullptr; item = item->previous)
      if (!item->exception.is_unset() && !item->exception.is_none()) return item->exception;
    return Value::none();
  }
  bool has_pending() const { return !t.pending.is_unset(); }
  /// Is the pending exception an instance of `kind`?
  bool pending_is(E kind) const;
  bool pending_is(Type* type) const;
  /// Takes the pending exception away and gives it.
  Value take_pending() {
    Value e = t.pending;
    t.pending = Value();
    return e;
  }
  /// Drops the pending exception unless it is a tripped limit (those stay): false then.
  [[nodiscard]] bool clear_pending();

  // --- Limits.
  /// Called by every native loop that a script can make long. Cheap: one load.
  Status poll() {
    if (poll_flag.load(std::memory_order_relaxed) != 0) [[unlikely]]
      return poll_slow();
    return {};
  }
  static constexpr uint32_t kPollSafepoint = 1;  ///< bit of poll_flag: run_safepoint_work(); the others are poll_hook's
  std::atomic<uint32_t> poll_flag{
      0};  ///< nonzero: signals, limits, finalizers or a thread switch wait; set from anywhere
  Limit tripped = Limit::kNone;
  /// Trips a limit: what is pending then cannot be caught.
  Error trip(Limit limit);
  /// For every native recursion: is there native stack left? RecursionError otherwise; `where` ends the message
  /// ("maximum recursion depth exceeded" + where).
  Status check_stack(const char* where = "") {
    if (static_cast<const char*>(__builtin_frame_address(0)) < t.native_stack_limit) [[unlikely]]
      return raise_stack_overflow(where);
    return {};
  }

  // --- Allocation.
  /// A zeroed cell or MemoryError (or a tripped memory limit).
  template <class T>
  Result<T*> allocate(Kind kind, ShapeId shape, size_t bytes = sizeof(T)) {
    Cell* cell = heap.allocate(bytes, static_cast<CellKind>(kind), shape);
    if (cell == nullptr) [[unlikely]]
      return allocation_failed(bytes);
    return static_cast<T*>(cell);
  }
  /// An instance of `type` (or a subclass) with room for its attributes; `tail_bytes`: the array of a var-size layout.
  template <class T>
  Result<T*> new_instance(Type* type, size_t tail_bytes = 0) {
    if (type->spec->size != 0 && (type->flags & (kTypeHeap | kTypeHasDict | kTypeHasDel)) == 0) [[likely]]
      return allocate<T>(static_cast<Kind>(type->spec->kind), type->shape, type->instance_size + tail_bytes);
    Result<Cell*> cell = new_instance_slow(type, tail_bytes);
    return static_cast<T*>(cell.unchecked());
  }
  Result<Storage*> allocate_storage(size_t bytes) {
    Storage* s = heap.allocate_storage(bytes);
    if (s == nullptr) [[unlikely]]
      return allocation_failed(bytes);
    return s;
  }
  Result<Storage*> allocate_text_storage(size_t bytes) {
    Storage* s = heap.allocate_text_storage(bytes);
    if (s == nullptr) [[unlikely]]
      return allocation_failed(bytes);
    return s;
  }
  Result<Storage*> resize_storage(Storage* old, size_t bytes) {
    Storage* s = heap.resize_storage(old, bytes);
    if (s == nullptr) [[unlikely]]
      return allocation_failed(bytes);
    return s;
  }
  Error allocation_failed(size_t bytes);
  void barrier(Cell* cell) { heap.write_barrier(cell); }
  /// After one value was stored: only a new cell has to be looked for in an old one.
  void barrier(Cell* cell, Value stored) {
    if (stored.is_cell() && !(stored.cell()->gc & kGcOld)) heap.write_barrier(cell);
  }

  Type* type_of(Value v) const {
    if (v.has_cell_tag()) return shapes[v.cell()->shape].type;
    if (v.is_small_int()) return types.int_;
    if (v.is_immediate()) return immediate_types[v.bits() >> 3];
    return types.float_;
  }
  Type* exception_type(E kind) const { return types.exceptions[static_cast<size_t>(kind)]; }

  // --- Strings of the machine's own.
  /// The one Str with this text (UTF-8).
  Result<Str*> intern(std::string_view text);
  /// The interned Str equal to s (s itself if it is the first; exact strs only).
  Str* intern(Str* s);

  // --- Extensions.
  template <class T>
  T& extension() {
    static constexpr char tag = 0;
    Extension*& slot = extension_slot(&tag);
    if (slot == nullptr) slot = new T();
    return *static_cast<T*>(slot);
  }

  /// The native stack of the thread that made the Vm.
  Heap::NativeStack& main_stack() { return native_stack_; }

  struct Intern;  // the table of interned strings (objects/intern.cpp)
  Intern* interned = nullptr;

 private:
  Extension*& extension_slot(const void* tag);
  Result<Cell*> new_instance_slow(Type* type, size_t tail_bytes);
  Status poll_slow();
  Error raise_stack_overflow(const char* where);
  static void trace_roots(void* context, Marker& marker);
  static bool trace_shape(void* context, Cell* cell, bool first, Marker& marker);
  static void after_mark(void* context, Marker& marker, Heap::Collect what);
  void make_names();
  void make_types();
  void make_exceptions();
  HandledException handled_base_;
  Heap::NativeStack native_stack_;
  Value limit_exceptions_[8];  ///< by Limit; made at start-up, so that tripping allocates nothing
  Value spare_memory_error_;
  bool fixed_roots_old_ = false;
  struct ExtensionList;
  ExtensionList* extensions_ = nullptr;
};

}  // namespace krait
