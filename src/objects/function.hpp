// Callables: native functions and descriptors, bound methods, classmethod, staticmethod, property. (Functions written in Python
// are interp/function.hpp.)
#pragma once

#include "objects/native.hpp"
#include "objects/vm.hpp"

namespace krait {

/// builtin_function_or_method (self bound, or a module function), method_descriptor, wrapper_descriptor, classmethod_descriptor:
/// one layout; the shape's type tells which.
struct NativeFunction : Object {
  static constexpr uint16_t kMethod = 1;  ///< Cell::bits: self is not bound: the first argument must be an `owner`
  static constexpr uint16_t kNew =
      2;  ///< a type's __new__: its first argument must be a class that fits; call_native checks
  const NativeRow* row;
  NativeFn fn;    ///< row->fn
  Signature sig;  ///< row->sig
  Value self;     ///< bound receiver, or unset
  Type* owner;    ///< the type whose method it is, or null
  Value module;   ///< name of the module (str) or None
};
/// A computed attribute of a native type.
struct GetSet : Object {
  const GetSetRow* row;
  Type* owner;
};
/// A Value at a fixed offset in the instance: members of native types and __slots__.
struct Member : Object {
  Str* name;
  Type* owner;
  uint32_t offset;
  uint32_t flags;  ///< MemberRow
  const char* doc;
  Value (*get)(Vm& vm, Value self);  ///< computes it; null: it is at the offset
};
struct Method : Object {
  Value function, self;
};
struct ClassMethod : Object {  // and StaticMethod
  Value callable;
};
struct Property : Object {
  Value get, set, del, doc, name;
  bool doc_from_getter;
};

Value method_new(Vm& vm, Value function, Value self);
/// "0x7f...": where an object lies, for its repr.
Result<Str*> address_text(Vm& vm, Value v);
Value member_new(Vm& vm, Str* name, Type* owner, const MemberRow& row);
Value classmethod_new(Vm& vm, Value callable);
Value staticmethod_new(Vm& vm, Value callable);
/// A native row bound to an instance (or to the class, for class methods).
Value native_bind(Vm& vm, const NativeFunction* f, Value self);

/// The parameters of a row as inspect reads them, "($self, x, /)"; None if the text is none that Python could parse.
Value row_text_signature(Vm& vm, const NativeRow& row);

/// Reading, writing (value unset: deleting) through a descriptor; the instance is checked.
Value getset_get(Vm& vm, const GetSet* d, Value instance);
Status getset_set(Vm& vm, const GetSet* d, Value instance, Value value);
Value member_get(Vm& vm, const Member* d, Value instance);
Status member_set(Vm& vm, const Member* d, Value instance, Value value);
Value property_get(Vm& vm, Property* p, Value instance);
Status property_set(Vm& vm, Property* p, Value instance, Value value);

/// super(start, object).name: the attribute after `start` in the resolution order of `cls`, bound to `object`;
/// exhausted() if there is none (the caller then looks at the super object itself).
Value super_lookup(Vm& vm, Type* start, Value object, Type* cls, Str* name);
/// The type whose order super(start, object) follows; TypeError if object is neither instance nor subtype of start.
Result<Type*> super_check(Vm& vm, Type* start, Value object);

/// Start-up: the call hooks of native functions, bound methods and types.
void calls_install(Vm& vm);
/// Calls a native row with arguments as a call site gives them: the one place where arguments are matched to signatures.
/// `self` unset: none is prepended. `function_name` of messages comes from the row (and owner).
Value call_native(Vm& vm, const NativeFunction* f, Value self, CallArgs args);
/// The function inside call_native() whose frame is below a native's that was called with keywords (for a walk through native frames).
const void* keyword_call_function();
/// The quick case of the interpreter: all positional, between required and positional of the signature, no keyword-only, no
/// varargs: the caller may fill missing ones with unset and call fn itself.
inline bool accepts_positional(const Signature& s, uint32_t n) {
  return n <= s.positional && n >= s.required && !s.varargs && !s.varkw && s.keyword_only == 0;
}

}  // namespace krait
