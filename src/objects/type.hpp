// Types: making them, their versions and special methods. (The struct is in object.hpp; lookups are in operations.hpp.)
#pragma once

#include <span>

#include "objects/function.hpp"
#include "objects/object.hpp"
#include "objects/vm.hpp"

namespace krait {

struct List;

inline bool is_type(Value v) { return is_kind(v, Kind::Type); }
inline Type* as_type(Value v) { return v.as<Type>(); }

/// The type's version, given now if it had none; 0 only when all numbers are used up (then nothing may be cached). A cached
/// lookup on the type holds as long as type->version is what it was: any change to the type or its bases makes it 0.
inline uint32_t type_version(Vm& vm, Type* type);
uint32_t type_version_slow(Vm& vm, Type* type);
inline uint32_t type_version(Vm& vm, Type* type) {
  return type->version != 0 ? type->version : type_version_slow(vm, type);
}
/// To be called after any change of the type's dict that did not go through type_set_attr: invalidates what was cached for it
/// and its subclasses and works out the special methods anew.
void type_modified(Vm& vm, Type* type);
/// Sets (value unset: deletes, KeyError-free: false if absent) an attribute of the class itself, without checks.
Result<bool> type_set_own(Vm& vm, Type* type, Str* name, Value value);

/// `type(name, bases, namespace, **kwds)` with metatype `meta`: type.__new__. `kwds` may be null.
Value type_new(Vm& vm, Type* meta, Str* name, Tuple* bases, Dict* ns, Dict* kwds);
/// The most derived metaclass of `meta` and the bases' types; TypeError "metaclass conflict: ...".
Result<Type*> type_calculate_metaclass(Vm& vm, Type* meta, Tuple* bases);
/// type.__call__: __new__, then __init__ if that gave an instance.
Value type_call(Vm& vm, Type* type, CallArgs args);
/// Reads / writes an attribute of a type (type.__getattribute__, type.__setattr__; value unset: delete).
Value type_get_attr(Vm& vm, Type* type, Str* name);
Status type_set_attr(Vm& vm, Type* type, Str* name, Value value);
/// `__module__` of a type; `module.qualname` unless the module is builtins.
Value type_module(Vm& vm, Type* type);
Result<Str*> type_full_name(Vm& vm, Type* type);
/// `module.qualname` as newer messages show it: without builtins and __main__.
Result<Str*> type_qualified_name(Vm& vm, Type* type);
/// A type's name in messages: full for native types ("collections.deque"), __name__ for classes.
MessagePart type_name_text(const Type* type);
/// Text after the last dot of a native name.
std::string_view type_short_name(const TypeSpec& spec);
/// The direct subclasses that live.
Result<List*> type_subclasses(Vm& vm, Type* type);
/// Does the special slot hold the native row's own function (not overridden)?
inline bool special_is_native(Value special, NativeFn fn) {
  return is_kind(special, Kind::NativeFunction) && special.as<NativeFunction>()->fn == fn;
}

/// object.__new__'s and object.__init__'s rule on left-over arguments; `type` is the class being made.
Status object_check_new_args(Vm& vm, Type* type, uint32_t extra);
/// A plain instance, after the check for abstract methods.
Value object_new(Vm& vm, Type* type);
Value object_init(Vm& vm, Args a);
Value object_new_native(Vm& vm, Args a);

// --- Parts of type_new and `__bases__` assignment.
Result<Tuple*> type_compute_mro(Vm& vm, Type* type);  ///< C3; TypeError
/// Sets the order and what follows from it: version, special methods (of this type only).
Status type_set_mro(Vm& vm, Type* type, Tuple* mro);
/// A metaclass has answered this order: classes in it that are above none of the bases must tell this type when they change.
void type_note_strangers(Vm& vm, Type* type, const Tuple* mro);
Status type_add_subclass(Vm& vm, Type* base, Type* subclass);
void type_remove_subclass(Type* base, const Type* subclass);
void type_trace(Heap& heap, Cell* cell, Marker& marker);
/// Adds the descriptor `__dict__` unless there is one.
Status type_add_dict_getset(Vm& vm, Type* type);
/// The order that the metaclass's mro() gives, checked.
Result<Tuple*> type_ask_mro(Vm& vm, Type* type);
/// The native bodies of type.mro and type.__new__, to see whether a metaclass overrides them.
Value type_mro_method(Vm& vm, Args a);
/// What a class's __dict__ gives for "__annotations__" to a library older than 3.14; exhausted: what lies there, or nothing.
Value type_annotations_for_older_library(Vm& vm, Type* type);
Value type_new_method(Vm& vm, Args a);
/// The base among `bases` whose instance layout contains those of all others; TypeError "multiple bases ...".
Result<Type*> type_best_base(Vm& vm, Tuple* bases);
/// Do instances of both have the same layout, so that `__class__` may change from one to the other?
bool type_same_layout(Vm& vm, const Type* a, const Type* b);

/// CPython refuses assignments between types that free their instances differently: native types with anything else.
/// ValueError or UnicodeEncodeError if a class cannot have this name.
Status type_check_name(Vm& vm, Str* name);
Status type_check_deallocator(Vm& vm, const Type* from, const Type* to, const char* attribute);

/// All types of a Vm, for the collector: what is weak about them.
struct TypeRegistry;
Status type_register(Vm& vm, Type* type);
void types_after_mark(Vm& vm, Heap::Collect what, bool names_died);
void type_registry_free(Vm& vm);

/// Start-up in two steps: cells and shapes of the built-in types, so that anything can be allocated; then their contents.
Type* type_allocate_builtin(Vm& vm, const TypeSpec& spec, Type* base, Type* metatype);
Status type_fill_builtin(Vm& vm, Type* type, const TypeSpec& spec);
/// Tells the heap about the spec's cell kind, once.
void type_register_traits(Vm& vm, const TypeSpec& spec);

}  // namespace krait
