// The Vm: start-up, roots, raising, limits. Start-up goes in three steps, because everything needs everything: cells and shapes
// of all built-in types; then names, which are strs; then the types' contents.
#include "objects/vm.hpp"

#include <pthread.h>
#include <sys/random.h>

#include <cstdio>
#include <cstdlib>

#include "base/hash.hpp"
#include "objects/builtin_types.hpp"
#include "objects/dict.hpp"
#include "objects/exception.hpp"
#include "objects/function.hpp"
#include "objects/intern.hpp"
#include "objects/module.hpp"
#include "objects/operations.hpp"
#include "objects/sequences.hpp"
#include "objects/shape.hpp"
#include "objects/str.hpp"
#include "objects/type.hpp"
#include "objects/weakref.hpp"

namespace krait {

struct Vm::ExtensionList {
  struct Node {
    const void* tag;
    Extension* extension;
    Node* next;
  };
  static constexpr size_t kBuckets = 64;
  Node* buckets[kBuckets] = {};
};

namespace {

constexpr size_t kStackReserve = 192 * 1024;  ///< native stack left for leaf code below the checked limit

/// Start-up happens before any limit is set: it fails only on a machine without memory.
[[noreturn]] void start_failed(const char* what) {
  std::fprintf(stderr, "krait: cannot start: %s\n", what);
  std::abort();
}

template <class T>
T must(Result<T> r) {
  if (r.is_error()) start_failed("out of memory");
  return r.release();
}
void must(Status s) {
  if (s.is_error()) start_failed("out of memory");
}

constexpr const char* kNameTexts[] = {
#define NAME(id, text) text,
#include "objects/names.def"
#undef NAME
};
constexpr const char* kSpecialTexts[] = {
#define SPECIAL(Id, name, doc) name,
#include "objects/specials.def"
#undef SPECIAL
};
constexpr const char* kSpecialDocs[] = {
#define SPECIAL(Id, name, doc) doc,
#include "objects/specials.def"
#undef SPECIAL
};
constexpr const char* kLimitTexts[] = {
    "",
    "time limit exceeded",
    "memory limit exceeded",
    "step limit exceeded",
    "recursion limit exceeded",
    "output limit exceeded",
    "interrupted",
};

}  // namespace

const char* special_doc(std::string_view name) {
  for (size_t i = 0; i < kSpecialCount; ++i)
    if (name == kSpecialTexts[i]) return kSpecialDocs[i];
  return nullptr;
}

// --- Start and end.

Vm::Vm(const VmOptions& options) {
  if (options.fixed_hash_seed) {
    HashKey key = hash_key_from_seed(static_cast<uint32_t>(options.hash_seed));
    hash_key[0] = key.k0;
    hash_key[1] = key.k1;
  } else if (getrandom(hash_key, sizeof(hash_key), GRND_NONBLOCK) != sizeof(hash_key)) {
    hash_key[0] = reinterpret_cast<uint64_t>(this) * 0x9E3779B97F4A7C15;
    hash_key[1] = reinterpret_cast<uint64_t>(__builtin_frame_address(0));
  }
  if (!shape_table_reserve(*this)) start_failed("no address space for shapes");
  t.handled = &handled_base_;
  pthread_attr_t attributes;
  void* low = nullptr;
  size_t stack_size = 0;
  if (pthread_getattr_np(pthread_self(), &attributes) == 0) {
    pthread_attr_getstack(&attributes, &low, &stack_size);
    pthread_attr_destroy(&attributes);
  }
  if (low == nullptr) start_failed("the native stack's place is unknown");
  t.native_stack_limit = static_cast<const char*>(low) + kStackReserve;
  native_stack_.base = static_cast<const char*>(low) + stack_size;
  heap.register_stack(&native_stack_);

  Heap::Pause not_yet(heap);  // the roots are incomplete
  heap.add_root_tracer(trace_roots, this);
  heap.set_shape_tracer(trace_shape, this);
  heap.set_after_mark(after_mark, this);
  interned = new Intern();
  extensions_ = new ExtensionList();
  calls_install(*this);
  make_types();
  make_exceptions();
  heap.set_limit(options.memory_limit);
}

Vm::~Vm() {
  for (ExtensionList::Node* node : extensions_->buckets) {
    while (node != nullptr) {
      ExtensionList::Node* next = node->next;
      delete node->extension;
      delete node;
      node = next;
    }
  }
  heap.unregister_stack(&native_stack_);
  heap.set_after_mark(nullptr, nullptr);
  delete extensions_;
  delete interned;
  type_registry_free(*this);
  shape_table_release(*this);
}

void Vm::make_types() {
  type_register_traits(*this, object_type);
  type_register_traits(*this, type_type);
#define TYPE(id, spec) type_register_traits(*this, spec);
#define TYPE_BASE(id, spec, base) type_register_traits(*this, spec);
#include "objects/types.def"
#undef TYPE
#undef TYPE_BASE

  types.type = type_allocate_builtin(*this, type_type, nullptr, nullptr);
  types.object = type_allocate_builtin(*this, object_type, nullptr, types.type);
  types.type->base = types.object;
#define TYPE(id, spec) types.id = type_allocate_builtin(*this, spec, types.object, types.type);
#define TYPE_BASE(id, spec, base) types.id = type_allocate_builtin(*this, spec, types.base, types.type);
#include "objects/types.def"
#undef TYPE
#undef TYPE_BASE
#define TYPE(id, spec) \
  if (types.id->shape != BuiltinShape::k_##id) std::abort();
#define TYPE_BASE(id, spec, base) TYPE(id, spec)
#include "objects/types.def"
#undef TYPE
#undef TYPE_BASE
  Type* by_number[] = {types.none_type, types.none_type, types.bool_,
                       types.bool_,     types.ellipsis,  types.not_implemented_type,
                       types.none_type, types.none_type};
  for (size_t i = 0; i < 8; ++i) immediate_types[i] = by_number[i];
  make_names();

  must(type_fill_builtin(*this, types.object, object_type));
  must(type_fill_builtin(*this, types.type, type_type));
#define TYPE(id, spec) must(type_fill_builtin(*this, types.id, spec));
#define TYPE_BASE(id, spec, base) must(type_fill_builtin(*this, types.id, spec));
#include "objects/types.def"
#undef TYPE
#undef TYPE_BASE
}

void Vm::make_names() {
  auto** name = reinterpret_cast<Str**>(&names);
  names.empty = must(str_from_ascii(*this, ""));
  (void)intern(names.empty);
  for (unsigned c = 0; c < 256; ++c) latin1_chars[c] = must(str_from_char(*this, c));
  for (unsigned c = 0; c < 256; ++c) (void)intern(latin1_chars[c]);
  for (const char* text : kNameTexts) *name++ = must(intern(text));
  for (size_t i = 0; i < kSpecialCount; ++i) {
    names.special[i] = must(intern(kSpecialTexts[i]));
    names.special[i]->bits |= static_cast<uint16_t>((i + 1) << Str::kSpecialShift);
  }
  empty_tuple = must(allocate<Tuple>(Kind::Tuple, types.tuple->shape));
}

void Vm::make_exceptions() {
  exceptions_make_types(*this);
  modules = must(dict_new(*this));
  for (size_t i = 1; i < std::size(kLimitTexts); ++i) {
    Tuple* args = must(tuple_of(*this, must(str_from_ascii(*this, kLimitTexts[i]))));
    limit_exceptions_[i] = exception_new(*this, limit_type, args);
  }
  spare_memory_error_ = exception_new(*this, exception_type(E::MemoryError), empty_tuple);
}

// --- What the collector asks.

void Vm::trace_roots(void* context, Marker& marker) {
  Vm& vm = *static_cast<Vm*>(context);
  auto mark_pointers = [&](const void* begin, size_t bytes) {
    auto* p = static_cast<Cell* const*>(begin);
    for (size_t i = 0; i < bytes / sizeof(Cell*); ++i) marker.mark_cell(p[i]);
  };
  // Complete before the first collection: these are old cells after it.
  if (!vm.fixed_roots_old_ || !marker.only_new()) {
    mark_pointers(&vm.types, sizeof(vm.types));
    mark_pointers(&vm.names, sizeof(vm.names));
    mark_pointers(vm.latin1_chars, sizeof(vm.latin1_chars));
    marker.mark_cell(vm.empty_tuple);
    if (marker.marking()) vm.fixed_roots_old_ = true;
  }
  marker.mark_cell(vm.limit_type);
  marker.mark_cell(vm.modules);
  marker.mark_cell(vm.builtins);
  marker.mark_cell(vm.builtins_dict);
  marker.mark(vm.t.pending);
  marker.mark(vm.t.context);
  for (HandledException* h = vm.t.handled; h != nullptr; h = h->previous) marker.mark(h->exception);
  for (Value v : vm.limit_exceptions_) marker.mark(v);
  marker.mark(vm.spare_memory_error_);
  // new_instance() goes on with the shape's number alone: nothing else need hold the type of the object that is being made.
  marker.mark_cell(vm.shapes[vm.heap.allocating()].type);
  for (ExtensionList::Node* node : vm.extensions_->buckets) {
    for (; node != nullptr; node = node->next)
      if (node->extension != nullptr) node->extension->trace(marker);
  }
  weakrefs_trace_roots(vm, marker);
}

bool Vm::trace_shape(void* context, Cell* cell, bool first, Marker& marker) {
  Vm& vm = *static_cast<Vm*>(context);
  bool is_type = cell->kind == static_cast<CellKind>(Kind::Type);
  if (is_type) shape_trace_names(vm, static_cast<Type*>(cell), marker);
  return shape_trace(vm, cell, first, marker) || is_type;
}

void Vm::after_mark(void* context, Marker& marker, Heap::Collect what) {
  Vm& vm = *static_cast<Vm*>(context);
  weakrefs_after_mark(vm, marker, what);
  // From here on nothing is revived.
  bool names_died = vm.interned->after_mark(vm, what);
  types_after_mark(vm, what, names_died);
  if (vm.heap.has_safepoint_work()) vm.poll_flag.fetch_or(kPollSafepoint, std::memory_order_relaxed);
}

Extension*& Vm::extension_slot(const void* tag) {
  ExtensionList::Node*& bucket =
      extensions_->buckets[(reinterpret_cast<uintptr_t>(tag) ^ reinterpret_cast<uintptr_t>(tag) >> 7) %
                           ExtensionList::kBuckets];
  for (ExtensionList::Node* node = bucket; node != nullptr; node = node->next)
    if (node->tag == tag) return node->extension;
  bucket = new ExtensionList::Node{tag, nullptr, bucket};
  return bucket->extension;
}

// --- Raising.

Error Vm::raise_value(Value exception) {
  Value handled = handled_exception();
  if (!handled.is_none() && handled != exception) {
    if (exception_set_context(*this, exception, handled).is_error()) return {};
  }
  t.pending = exception;
  return {};
}

Error Vm::raise_message(Type* type, const char* format, const MessagePart* parts, size_t count) {
  Result<Str*> text = str_format_message(*this, format, parts, count);
  if (text.is_error()) return {};
  Result<Tuple*> args = *format == 0 ? Result<Tuple*>(empty_tuple) : tuple_of(*this, text.release());
  if (args.is_error()) return {};
  Value exception = exception_new(*this, type, args.release());
  if (exception.is_error()) return {};
  return raise_value(exception);
}

Error Vm::raise_key_error(Value key) {
  Result<Tuple*> args = tuple_of(*this, key);
  if (args.is_error()) return {};
  Value exception = exception_new(*this, exception_type(E::KeyError), args.release());
  if (exception.is_error()) return {};
  return raise_value(exception);
}

namespace {
/// A prepared exception looks new each time it is raised.
void wipe(Value exception) {
  ExceptionObject* e = as_exception(exception);
  e->traceback = e->context = e->cause = e->suppress_context = Value();
}
}  // namespace

Error Vm::raise_memory_error() {
  wipe(spare_memory_error_);
  return raise_value(spare_memory_error_);
}

Error Vm::allocation_failed(size_t bytes) {
  // What is refused near the limit is refused because of it: blocks are claimed whole, so that a little may seem to be left.
  constexpr uint64_t kNear = 2 << 20;
  if (heap.limit() != UINT64_MAX && (bytes >= heap.limit() || heap.bytes_in_use() + kNear >= heap.limit() - bytes))
    return trip(Limit::kMemory);
  return raise_memory_error();
}

bool Vm::pending_is(Type* type) const { return has_pending() && type_is_subtype(type_of(t.pending), type); }
bool Vm::pending_is(E kind) const { return pending_is(exception_type(kind)); }

bool Vm::clear_pending() {
  if (has_pending() && type_of(t.pending) == limit_type) return false;
  t.pending = Value();
  return true;
}

// --- Limits.

Error Vm::trip(Limit limit) {
  tripped = limit;
  Value exception = limit_exceptions_[static_cast<size_t>(limit)];
  wipe(exception);
  t.pending = exception;
  return {};
}

Status Vm::poll_slow() {
  // What interrupts the program comes before finalizers and callbacks: those would take its exception for their own.
  constexpr auto kInterrupts = ~kPollSafepoint;
  if (poll_hook != nullptr && (poll_flag.load(std::memory_order_relaxed) & kInterrupts) != 0) TRY(poll_hook(*this));
  if (poll_flag.load(std::memory_order_relaxed) & kPollSafepoint) {
    poll_flag.fetch_and(~kPollSafepoint, std::memory_order_relaxed);
    TRY(run_safepoint_work(*this));
  }
  return {};
}

Error Vm::raise_stack_overflow(const char* where) {
  // Making the exception needs a little stack itself, which kStackReserve holds.
  return raise(E::RecursionError, "maximum recursion depth exceeded{}", where);
}

}  // namespace krait
