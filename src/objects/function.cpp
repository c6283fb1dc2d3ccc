// Native functions and the descriptors that native types are made of, bound methods, classmethod and staticmethod.
// (property.cpp and super.cpp have those two; calling is native_call.cpp.)
#include "objects/function.hpp"

#include <cstdio>
#include <cstring>

#include "base/hash.hpp"
#include "objects/attributes.hpp"
#include "objects/builtin_types.hpp"
#include "objects/dict.hpp"
#include "objects/generic_alias.hpp"
#include "objects/module.hpp"
#include "objects/int.hpp"
#include "objects/operations.hpp"
#include "objects/sequences.hpp"
#include "objects/shape.hpp"
#include "objects/str.hpp"
#include "objects/type.hpp"

namespace krait {

Result<Str*> address_text(Vm& vm, Value v) {
  char text[32];
  std::snprintf(text, sizeof(text), "0x%llx", static_cast<unsigned long long>(v.bits()));
  return str_from_ascii(vm, text);
}

// --- Making them.

Value method_new(Vm& vm, Value function, Value self) {
  Method* m = TRY(vm.allocate<Method>(Kind::Method, vm.types.method->shape));
  m->function = function;
  m->self = self;
  return m;
}

Value member_new(Vm& vm, Str* name, Type* owner, const MemberRow& row) {
  Member* d = TRY(vm.allocate<Member>(Kind::Member, vm.types.member_descriptor->shape));
  d->name = name;
  d->owner = owner;
  d->offset = row.offset;
  d->flags = row.flags;
  d->doc = row.doc;
  d->get = row.get;
  return d;
}

Value native_bind(Vm& vm, const NativeFunction* f, Value self) {
  Type* type = vm.type_of(f) == vm.types.wrapper_descriptor ? vm.types.method_wrapper : vm.types.builtin_function;
  if (vm.type_of(f) != vm.types.classmethod_descriptor && f->owner != vm.types.object &&
      !type_is_subtype(vm.type_of(self), f->owner))
    return vm.raise(E::TypeError, "descriptor '{}' for '{}' objects doesn't apply to a '{}' object", f->row->name(),
                    type_name_text(f->owner), type_name_of(self));
  NativeFunction* bound = TRY(vm.allocate<NativeFunction>(Kind::NativeFunction, type->shape));
  bound->row = f->row;
  bound->fn = f->fn;
  bound->sig = f->sig;
  bound->owner = f->owner;
  bound->module = f->module;
  bound->self = self;
  return bound;
}

Value native_function_new(Vm& vm, const NativeRow& row, Value self, std::string_view module_name) {
  Value module = module_name.empty() ? Value::none() : Value(TRY(vm.intern(module_name)));
  NativeFunction* f = TRY(vm.allocate<NativeFunction>(Kind::NativeFunction, vm.types.builtin_function->shape));
  f->row = &row;
  f->fn = row.fn;
  f->sig = row.sig;
  f->self = self;
  f->module = module;
  return f;
}

// --- Descriptors of native types.

namespace {

Status check_owner(Vm& vm, std::string_view name, const Type* owner, Value instance) {
  Type* type = vm.type_of(instance);
  if (type == owner || type_is_subtype(type, owner)) [[likely]]
    return {};
  return vm.raise(E::TypeError, "descriptor '{}' for '{}' objects doesn't apply to a '{}' object", name,
                  type_name_text(owner), type_name_of(instance));
}

Value* member_place(const Member* d, Value instance) {
  return reinterpret_cast<Value*>(reinterpret_cast<char*>(instance.cell()) + d->offset);
}

}  // namespace

Value getset_get(Vm& vm, const GetSet* d, Value instance) {
  TRY(check_owner(vm, d->row->name, d->owner, instance));
  if (d->row->get == nullptr)
    return vm.raise(E::AttributeError, "attribute '{}' of '{}' objects is not readable", d->row->name,
                    type_name_text(d->owner));
  return d->row->get(vm, instance);
}

Status getset_set(Vm& vm, const GetSet* d, Value instance, Value value) {
  TRY(check_owner(vm, d->row->name, d->owner, instance));
  if (d->row->set == nullptr)
    return vm.raise(E::AttributeError, "attribute '{}' of '{}' objects is not writable", d->row->name,
                    type_name_text(d->owner));
  return d->row->set(vm, instance, value);
}

Value member_get(Vm& vm, const Member* d, Value instance) {
  Type* type = vm.type_of(instance);
  if (type != d->owner && !type_is_subtype(type, d->owner)) [[unlikely]]
    return vm.raise(E::TypeError, "descriptor '{}' for '{}' objects doesn't apply to a '{}' object", d->name,
                    type_name_text(d->owner), type_name_of(instance));
  if (d->get != nullptr) [[unlikely]]
    return d->get(vm, instance);
  Value v = *member_place(d, instance);
  if (!v.is_unset()) [[likely]]
    return v;
  if (d->flags & MemberRow::kRaisesWhenUnset)
    return raise_attribute_error(vm, instance, d->name, "'{}' object has no attribute '{}'",
                                 TRY(type_qualified_name(vm, type)), d->name);
  return Value::none();
}

Status member_set(Vm& vm, const Member* d, Value instance, Value value) {
  Type* type = vm.type_of(instance);
  if (type != d->owner && !type_is_subtype(type, d->owner)) [[unlikely]]
    return vm.raise(E::TypeError, "descriptor '{}' for '{}' objects doesn't apply to a '{}' object", d->name,
                    type_name_text(d->owner), type_name_of(instance));
  if (d->flags & MemberRow::kReadOnly) return vm.raise(E::AttributeError, "readonly attribute");
  Value* place = member_place(d, instance);
  if (value.is_unset() && place->is_unset() && d->flags & MemberRow::kRaisesWhenUnset)
    return raise_attribute_error(vm, instance, d->name, "{}", d->name);
  *place = value;
  vm.barrier(instance.cell());
  return {};
}

Value row_text_signature(Vm& vm, const NativeRow& row) { return TRY(str_from_utf8(vm, std::strchr(row.text, '('))); }

namespace {

NativeFunction* native_of(Value v) { return v.as<NativeFunction>(); }
const GetSet* getset_of(Value v) { return v.as<GetSet>(); }
const Member* member_of(Value v) { return v.as<Member>(); }

void trace_native(Heap&, Cell* cell, Marker& marker) {
  auto* f = static_cast<NativeFunction*>(cell);
  marker.mark(f->self);
  marker.mark(f->module);
  marker.mark_cell(f->owner);
}
void trace_getset(Heap&, Cell* cell, Marker& marker) { marker.mark_cell(static_cast<GetSet*>(cell)->owner); }
void trace_member(Heap&, Cell* cell, Marker& marker) {
  marker.mark_cell(static_cast<Member*>(cell)->owner);
  marker.mark_cell(static_cast<Member*>(cell)->name);
}

Value native_name(Vm& vm, Value self) { return TRY(vm.intern(native_of(self)->row->name())); }

Value native_qualname(Vm& vm, Value self) {
  const NativeFunction* f = native_of(self);
  Type* owner = f->owner;
  if (f->row->flags & kNewMethod && is_type(f->self)) owner = as_type(f->self);
  // A method bound to an instance is named after the instance's class, as is one bound to a class.
  if (owner != nullptr && !f->self.is_unset() && !(f->row->flags & kNewMethod))
    owner = is_type(f->self) ? as_type(f->self) : vm.type_of(f->self);
  if (owner == nullptr) return native_name(vm, self);
  return TRY(str_message(vm, "{}.{}", owner->qualname, f->row->name()));
}

Value native_doc(Vm& vm, Value self) {
  const NativeFunction* f = native_of(self);
  const char* doc = f->row->doc;
  if (doc == nullptr && f->owner != nullptr) doc = special_doc(f->row->name());
  return doc == nullptr ? Value::none() : Value(TRY(str_from_utf8(vm, doc)));
}
Value native_text_signature(Vm& vm, Value self) {
  const NativeFunction* f = native_of(self);
  // CPython writes what these take on the class only.
  if (f->row->flags & kNewMethod) return TRY(str_from_ascii(vm, "($type, *args, **kwargs)"));
  if (f->owner != nullptr && f->row->name() == "__init__")
    return TRY(str_from_ascii(vm, "($self, /, *args, **kwargs)"));
  if (f->owner != nullptr || f->module.is_none()) return row_text_signature(vm, *f->row);
  // A module's function: CPython writes the module as the receiver, and what may be given by name behind a slash of its own.
  std::string_view parameters = std::strchr(f->row->text, '(') + 1;
  const char* receiver = parameters == ")"             ? "($module, /"
                         : f->sig.positional_only != 0 ? "($module, "
                                                       : "($module, /, ";
  return TRY(str_message(vm, "{}{}", receiver, parameters));
}
Value native_module(Vm&, Value self) { return native_of(self)->module; }
Value native_objclass(Vm&, Value self) { return native_of(self)->owner; }
Value native_self(Vm& vm, Value self) {
  const NativeFunction* f = native_of(self);
  if (!f->self.is_unset()) return f->self;
  if (!is_str(f->module) || vm.modules == nullptr) return Value::none();
  Value module = dict_get_str(vm, vm.modules, as_str(f->module));
  return module.is_unset() ? Value::none() : module;
}

Value builtin_repr(Vm& vm, Args a) {
  const NativeFunction* f = native_of(a[0]);
  if (f->self.is_unset() || is_kind(f->self, Kind::Module))
    return TRY(str_message(vm, "<built-in function {}>", f->row->name()));
  return TRY(str_message(vm, "<built-in method {} of {} object at {}>", f->row->name(), type_name_of(f->self),
                         TRY(address_text(vm, f->self))));
}
Value method_wrapper_repr(Vm& vm, Args a) {
  const NativeFunction* f = native_of(a[0]);
  return TRY(str_message(vm, "<method-wrapper '{}' of {} object at {}>", f->row->name(), type_name_of(f->self),
                         TRY(address_text(vm, f->self))));
}
Value descriptor_repr(Vm& vm, Args a) {
  const NativeFunction* f = native_of(a[0]);
  const char* what = vm.type_of(a[0]) == vm.types.wrapper_descriptor ? "slot wrapper" : "method";
  return TRY(str_message(vm, "<{} '{}' of '{}' objects>", what, f->row->name(), type_name_text(f->owner)));
}

Value native_call_method(Vm& vm, Args a) {
  std::span<const Value> rest = a.rest(2);
  if (!a.has(1)) return call(vm, a[0], rest);
  return with_keywords(vm, rest, a[1].as<Dict>(), [&](CallArgs args) { return call(vm, a[0], args); });
}

Value native_compare(Vm& vm, Args a, bool equal) {
  if (!is_kind(a[1], Kind::NativeFunction)) return Value::not_implemented();
  const NativeFunction *x = native_of(a[0]), *y = native_of(a[1]);
  return Value::boolean((x->row == y->row && x->self == y->self && x->owner == y->owner) == equal);
}
Value native_eq(Vm& vm, Args a) { return native_compare(vm, a, true); }
Value native_ne(Vm& vm, Args a) { return native_compare(vm, a, false); }
Value native_hash(Vm& vm, Args a) {
  const NativeFunction* f = native_of(a[0]);
  uint64_t receiver = f->self.is_cell() ? f->self.bits() : 0;
  return int_from(vm, hash_pointer(reinterpret_cast<void*>(reinterpret_cast<uint64_t>(f->row) ^ receiver)) >> 3);
}

/// pickle: by name from the module, or getattr(receiver, name).
Value native_reduce(Vm& vm, Args a) {
  const NativeFunction* f = native_of(a[0]);
  Value name = TRY(native_name(vm, a[0]));
  if (f->self.is_unset() || is_kind(f->self, Kind::Module)) return name;
  Value getattr = vm.builtins_dict == nullptr ? Value() : dict_get_str(vm, vm.builtins_dict, TRY(vm.intern("getattr")));
  if (getattr.is_unset()) return vm.raise(E::RuntimeError, "no getattr in builtins");
  return TRY(tuple_of(vm, getattr, TRY(tuple_of(vm, f->self, name))));
}
Value descriptor_reduce(Vm& vm, Args a) {
  Value getattr = vm.builtins_dict == nullptr ? Value() : dict_get_str(vm, vm.builtins_dict, TRY(vm.intern("getattr")));
  if (getattr.is_unset()) return vm.raise(E::RuntimeError, "no getattr in builtins");
  Value name = TRY(get_attr(vm, a[0], vm.names.d_name));
  Value owner = TRY(get_attr(vm, a[0], vm.names.d_objclass));
  return TRY(tuple_of(vm, getattr, TRY(tuple_of(vm, owner, name))));
}

/// descriptor.__get__(instance, owner=None), for any descriptor that bind_descriptor knows.
Value descriptor_get(Vm& vm, Args a) {
  Value instance = a[1].is_none() ? Value() : a[1];
  Value owner = a.get(2, Value::none());
  if (instance.is_unset() && owner.is_none()) return vm.raise(E::TypeError, "__get__(None, None) is invalid");
  Type* type = is_type(owner) ? as_type(owner) : nullptr;
  if (vm.type_of(a[0]) == vm.types.classmethod_descriptor) {
    if (type == nullptr) type = vm.type_of(a[1]);
    const NativeFunction* f = native_of(a[0]);
    if (!type_is_subtype(type, f->owner))
      return vm.raise(E::TypeError, "descriptor '{}' requires a subtype of '{}' but received '{}'", f->row->name(),
                      type_name_text(f->owner), type_name_text(type));
    return native_bind(vm, f, type);
  }
  return bind_descriptor(vm, a[0], instance, type);
}
Value descriptor_set(Vm& vm, Args a) {
  TRY(set_through_descriptor(vm, a[0], a[1], a[2]));
  return Value::none();
}
Value descriptor_delete(Vm& vm, Args a) {
  TRY(set_through_descriptor(vm, a[0], a[1], Value()));
  return Value::none();
}

constexpr GetSetRow kBuiltinGetSets[] = {
    {"__name__", native_name},     {"__qualname__", native_qualname},
    {"__doc__", native_doc},       {"__text_signature__", native_text_signature},
    {"__module__", native_module}, {"__self__", native_self},
};
constexpr NativeRow kBuiltinMethods[] = {
    {"__repr__($self, /)", builtin_repr},   {"__call__($self, /, *args, **kwargs)", native_call_method},
    {"__eq__($self, value, /)", native_eq}, {"__ne__($self, value, /)", native_ne},
    {"__hash__($self, /)", native_hash},    {"__reduce__($self, /)", native_reduce},
};
constexpr GetSetRow kDescriptorGetSets[] = {
    {"__name__", native_name},         {"__qualname__", native_qualname},
    {"__doc__", native_doc},           {"__text_signature__", native_text_signature},
    {"__objclass__", native_objclass},
};
constexpr NativeRow kDescriptorMethods[] = {
    {"__repr__($self, /)", descriptor_repr},
    {"__call__($self, /, *args, **kwargs)", native_call_method},
    {"__get__($self, instance, owner=None, /)", descriptor_get},
    {"__reduce__($self, /)", descriptor_reduce},
};
constexpr GetSetRow kMethodWrapperGetSets[] = {
    {"__name__", native_name},         {"__qualname__", native_qualname},
    {"__doc__", native_doc},           {"__text_signature__", native_text_signature},
    {"__objclass__", native_objclass}, {"__self__", native_self},
};
constexpr NativeRow kMethodWrapperMethods[] = {
    {"__repr__($self, /)", method_wrapper_repr}, {"__call__($self, /, *args, **kwargs)", native_call_method},
    {"__eq__($self, value, /)", native_eq},      {"__ne__($self, value, /)", native_ne},
    {"__hash__($self, /)", native_hash},         {"__reduce__($self, /)", native_reduce},
};

// getset_descriptor and member_descriptor.

Value getset_name(Vm& vm, Value self) { return TRY(vm.intern(getset_of(self)->row->name)); }
Value getset_qualname(Vm& vm, Value self) {
  return TRY(str_message(vm, "{}.{}", getset_of(self)->owner->qualname, getset_of(self)->row->name));
}
Value getset_doc(Vm& vm, Value self) {
  const char* doc = getset_of(self)->row->doc;
  return doc == nullptr ? Value::none() : Value(TRY(str_from_utf8(vm, doc)));
}
Value getset_objclass(Vm&, Value self) { return getset_of(self)->owner; }
Value getset_repr(Vm& vm, Args a) {
  return TRY(str_message(vm, "<attribute '{}' of '{}' objects>", getset_of(a[0])->row->name,
                         type_name_text(getset_of(a[0])->owner)));
}
Value member_name(Vm&, Value self) { return member_of(self)->name; }
Value member_qualname(Vm& vm, Value self) {
  return TRY(str_message(vm, "{}.{}", member_of(self)->owner->qualname, member_of(self)->name));
}
Value member_doc(Vm& vm, Value self) {
  const char* doc = member_of(self)->doc;
  return doc == nullptr ? Value::none() : Value(TRY(str_from_utf8(vm, doc)));
}
Value member_objclass(Vm&, Value self) { return member_of(self)->owner; }
Value member_repr(Vm& vm, Args a) {
  return TRY(
      str_message(vm, "<member '{}' of '{}' objects>", member_of(a[0])->name, type_name_text(member_of(a[0])->owner)));
}

constexpr GetSetRow kGetSetGetSets[] = {
    {"__name__", getset_name},
    {"__qualname__", getset_qualname},
    {"__doc__", getset_doc},
    {"__objclass__", getset_objclass},
};
constexpr NativeRow kGetSetMethods[] = {
    {"__repr__($self, /)", getset_repr},
    {"__get__($self, instance, owner=None, /)", descriptor_get},
    {"__set__($self, instance, value, /)", descriptor_set},
    {"__delete__($self, instance, /)", descriptor_delete},
};
constexpr GetSetRow kMemberGetSets[] = {
    {"__name__", member_name},
    {"__qualname__", member_qualname},
    {"__doc__", member_doc},
    {"__objclass__", member_objclass},
};
constexpr NativeRow kMemberMethods[] = {
    {"__repr__($self, /)", member_repr},
    {"__get__($self, instance, owner=None, /)", descriptor_get},
    {"__set__($self, instance, value, /)", descriptor_set},
    {"__delete__($self, instance, /)", descriptor_delete},
    {"__reduce__($self, /)", descriptor_reduce},
};

// method.

void trace_method(Heap&, Cell* cell, Marker& marker) {
  marker.mark(static_cast<Method*>(cell)->function);
  marker.mark(static_cast<Method*>(cell)->self);
}

Value method_new_method(Vm& vm, Args a) {
  if (!is_callable(vm, a[1])) return vm.raise(E::TypeError, "first argument must be callable");
  if (a[2].is_none()) return vm.raise(E::TypeError, "instance must not be None");
  return method_new(vm, a[1], a[2]);
}

Value method_getattribute(Vm& vm, Args a) {
  Str* name = TRY(attribute_name(vm, a[1]));
  Value own = type_lookup(vm, vm.types.method, name);
  if (!own.is_unset()) return bind_descriptor(vm, own, a[0], vm.types.method);
  return get_attr(vm, a[0].as<Method>()->function, name);
}

Value method_repr(Vm& vm, Args a) {
  auto* m = a[0].as<Method>();
  Value name = TRY(get_attr_optional(vm, m->function, vm.names.d_qualname));
  if (!is_str(name)) name = TRY(get_attr_optional(vm, m->function, vm.names.d_name));
  if (!is_str(name)) return TRY(str_message(vm, "<bound method ? of {}>", repr_of(m->self)));
  return TRY(str_message(vm, "<bound method {} of {}>", name, repr_of(m->self)));
}

Value method_compare(Vm& vm, Args a, bool wanted) {
  if (!is_kind(a[1], Kind::Method)) return Value::not_implemented();
  auto *x = a[0].as<Method>(), *y = a[1].as<Method>();
  bool same = x->self == y->self && TRY(equal(vm, x->function, y->function));
  return Value::boolean(same == wanted);
}
Value method_eq(Vm& vm, Args a) { return method_compare(vm, a, true); }
Value method_ne(Vm& vm, Args a) { return method_compare(vm, a, false); }
Value method_hash(Vm& vm, Args a) {
  auto* m = a[0].as<Method>();
  int64_t receiver = m->self.is_cell() ? hash_pointer(m->self.cell()) : static_cast<int64_t>(m->self.bits());
  return int_from(vm, (receiver ^ TRY(hash(vm, m->function))) >> 3);
}
Value method_get(Vm&, Args a) { return a[0]; }
Value method_reduce(Vm& vm, Args a) {
  auto* m = a[0].as<Method>();
  Value getattr = vm.builtins_dict == nullptr ? Value() : dict_get_str(vm, vm.builtins_dict, TRY(vm.intern("getattr")));
  if (getattr.is_unset()) return vm.raise(E::RuntimeError, "no getattr in builtins");
  Value name = TRY(get_attr(vm, m->function, vm.names.d_name));
  return TRY(tuple_of(vm, getattr, TRY(tuple_of(vm, m->self, name))));
}
Value method_doc(Vm& vm, Value self) { return get_attr(vm, self.as<Method>()->function, vm.names.d_doc); }

constexpr NativeRow kMethodMethods[] = {
    {"__new__($type, function, instance, /)", method_new_method, kNewMethod},
    {"__getattribute__($self, name, /)", method_getattribute},
    {"__repr__($self, /)", method_repr},
    {"__call__($self, /, *args, **kwargs)", native_call_method},
    {"__eq__($self, value, /)", method_eq},
    {"__ne__($self, value, /)", method_ne},
    {"__hash__($self, /)", method_hash},
    {"__get__($self, instance, owner=None, /)", method_get},
    {"__reduce__($self, /)", method_reduce},
};
constexpr MemberRow kMethodMembers[] = {
    {"__func__", offsetof(Method, function), MemberRow::kReadOnly, "the function"},
    {"__self__", offsetof(Method, self), MemberRow::kReadOnly, "the instance it is bound to"},
};
constexpr GetSetRow kMethodGetSets[] = {{"__doc__", method_doc}};

// classmethod and staticmethod.

void trace_wrapper(Heap&, Cell* cell, Marker& marker) { marker.mark(static_cast<ClassMethod*>(cell)->callable); }

/// The wrapper looks like what it wraps.
Status take_over(Vm& vm, Value wrapper, Value callable) {
  wrapper.as<ClassMethod>()->callable = callable;
  vm.barrier(wrapper.cell());
  for (Str* name : {vm.names.d_module, vm.names.d_name, vm.names.d_qualname, vm.names.d_doc}) {
    Value v = TRY(get_attr_optional(vm, callable, name));
    if (!v.is_exhausted()) TRY(instance_set(vm, wrapper.cell(), name, v));
  }
  return {};
}

Value wrapper_new(Vm& vm, Args a) { return vm.new_instance<ClassMethod>(as_type(a[0])); }
Value wrapper_init(Vm& vm, Args a) {
  TRY(take_over(vm, a[0], a[1]));
  return Value::none();
}
Value callable_of(Value wrapper) {
  Value c = wrapper.as<ClassMethod>()->callable;
  return c.is_unset() ? Value::none() : c;
}
Status check_get(Vm& vm, Args a) {
  if (!a[1].is_none() || !a.get(2, Value::none()).is_none()) return {};
  return vm.raise(E::TypeError, "__get__(None, None) is invalid");
}
Value classmethod_get(Vm& vm, Args a) {
  TRY(check_get(vm, a));
  Value owner = a.get(2, Value::none());
  if (owner.is_none()) owner = vm.type_of(a[1]);
  return method_new(vm, callable_of(a[0]), owner);
}
Value staticmethod_get(Vm& vm, Args a) {
  TRY(check_get(vm, a));
  return callable_of(a[0]);
}
Value staticmethod_call(Vm& vm, Args a) {
  std::span<const Value> rest = a.rest(2);
  Value f = callable_of(a[0]);
  if (!a.has(1)) return call(vm, f, rest);
  return with_keywords(vm, rest, a[1].as<Dict>(), [&](CallArgs args) { return call(vm, f, args); });
}
Value classmethod_repr(Vm& vm, Args a) { return TRY(str_message(vm, "<classmethod({})>", repr_of(callable_of(a[0])))); }
Value staticmethod_repr(Vm& vm, Args a) {
  return TRY(str_message(vm, "<staticmethod({})>", repr_of(callable_of(a[0]))));
}

Value wrapper_func(Vm&, Value self) { return callable_of(self); }
Value wrapper_isabstract(Vm& vm, Value self) {
  Value v = TRY(get_attr_optional(vm, callable_of(self), TRY(vm.intern("__isabstractmethod__"))));
  return Value::boolean(!v.is_exhausted() && TRY(truthy(vm, v)));
}
Value wrapper_dict(Vm& vm, Value self) { return TRY(instance_dict(vm, self.cell())); }
Status wrapper_set_dict(Vm& vm, Value self, Value value) {
  if (!is_dict(value))
    return vm.raise(E::TypeError, "__dict__ must be set to a dictionary, not a '{}'", type_name_of(value));
  return instance_set_dict(vm, self.cell(), value.as<Dict>());
}
/// Annotations are asked of the function, then kept.
template <bool kAnnotate>
Value wrapper_annotations(Vm& vm, Value self) {
  Str* name = kAnnotate ? vm.names.d_annotate : vm.names.d_annotations;
  Value kept = instance_get(vm, self.cell(), name);
  if (!kept.is_unset()) return kept;
  return get_attr(vm, callable_of(self), name);
}
template <bool kAnnotate>
Status wrapper_set_annotations(Vm& vm, Value self, Value value) {
  Str* name = kAnnotate ? vm.names.d_annotate : vm.names.d_annotations;
  if (!value.is_unset()) return instance_set(vm, self.cell(), name, value);
  if (TRY(instance_del(vm, self.cell(), name))) return {};
  return raise_no_attribute(vm, self, name);
}

constexpr GetSetRow kWrapperGetSets[] = {
    {"__func__", wrapper_func},
    {"__wrapped__", wrapper_func},
    {"__isabstractmethod__", wrapper_isabstract},
    {"__dict__", wrapper_dict, wrapper_set_dict},
    {"__annotations__", wrapper_annotations<false>, wrapper_set_annotations<false>},
    {"__annotate__", wrapper_annotations<true>, wrapper_set_annotations<true>},
};
constexpr NativeRow kClassMethodMethods[] = {
    {"__new__($type, /, *args, **kwargs)", wrapper_new, kNewMethod},    {"__init__($self, function, /)", wrapper_init},
    {"__get__($self, instance, owner=None, /)", classmethod_get},       {"__repr__($self, /)", classmethod_repr},
    {"__class_getitem__($type, item, /)", class_getitem, kClassMethod},
};
constexpr NativeRow kStaticMethodMethods[] = {
    {"__new__($type, /, *args, **kwargs)", wrapper_new, kNewMethod},
    {"__init__($self, function, /)", wrapper_init},
    {"__get__($self, instance, owner=None, /)", staticmethod_get},
    {"__call__($self, /, *args, **kwargs)", staticmethod_call},
    {"__repr__($self, /)", staticmethod_repr},
    {"__class_getitem__($type, item, /)", class_getitem, kClassMethod},
};

}  // namespace

Value classmethod_new(Vm& vm, Value callable) {
  Value w = TRY(vm.new_instance<ClassMethod>(vm.types.classmethod));
  TRY(take_over(vm, w, callable));
  return w;
}
Value staticmethod_new(Vm& vm, Value callable) {
  Value w = TRY(vm.new_instance<ClassMethod>(vm.types.staticmethod));
  TRY(take_over(vm, w, callable));
  return w;
}

const TypeSpec builtin_function_type{
    .name = "builtin_function_or_method",
    .kind = static_cast<CellKind>(Kind::NativeFunction),
    .size = sizeof(NativeFunction),
    .flags = kTypeHasWeakref,
    .methods = kBuiltinMethods,
    .getsets = kBuiltinGetSets,
    .trace = trace_native,
};
const TypeSpec method_descriptor_type{
    .name = "method_descriptor",
    .kind = static_cast<CellKind>(Kind::NativeFunction),
    .size = sizeof(NativeFunction),
    .methods = kDescriptorMethods,
    .getsets = kDescriptorGetSets,
    .trace = trace_native,
};
const TypeSpec wrapper_descriptor_type{
    .name = "wrapper_descriptor",
    .kind = static_cast<CellKind>(Kind::NativeFunction),
    .size = sizeof(NativeFunction),
    .methods = kDescriptorMethods,
    .getsets = kDescriptorGetSets,
    .trace = trace_native,
};
const TypeSpec classmethod_descriptor_type{
    .name = "classmethod_descriptor",
    .kind = static_cast<CellKind>(Kind::NativeFunction),
    .size = sizeof(NativeFunction),
    .methods = kDescriptorMethods,
    .getsets = kDescriptorGetSets,
    .trace = trace_native,
};
const TypeSpec method_wrapper_type{
    .name = "method-wrapper",
    .kind = static_cast<CellKind>(Kind::NativeFunction),
    .size = sizeof(NativeFunction),
    .methods = kMethodWrapperMethods,
    .getsets = kMethodWrapperGetSets,
    .trace = trace_native,
};
const TypeSpec getset_descriptor_type{
    .name = "getset_descriptor",
    .kind = static_cast<CellKind>(Kind::GetSet),
    .size = sizeof(GetSet),
    .methods = kGetSetMethods,
    .getsets = kGetSetGetSets,
    .trace = trace_getset,
};
const TypeSpec member_descriptor_type{
    .name = "member_descriptor",
    .kind = static_cast<CellKind>(Kind::Member),
    .size = sizeof(Member),
    .methods = kMemberMethods,
    .getsets = kMemberGetSets,
    .trace = trace_member,
};
const TypeSpec method_type{
    .name = "method",
    .doc = "A function bound to its first argument.",
    .signature = "(function, instance, /)",
    .kind = static_cast<CellKind>(Kind::Method),
    .size = sizeof(Method),
    .flags = kTypeHasWeakref,
    .methods = kMethodMethods,
    .getsets = kMethodGetSets,
    .members = kMethodMembers,
    .trace = trace_method,
};
const TypeSpec classmethod_type{
    .name = "classmethod",
    .doc = "Make a method that receives the class as its first argument.",
    .signature = "(function, /)",
    .kind = static_cast<CellKind>(Kind::ClassMethod),
    .size = sizeof(ClassMethod),
    .flags = kTypeBase | kTypeHasDict,
    .methods = kClassMethodMethods,
    .getsets = kWrapperGetSets,
    .trace = trace_wrapper,
};
const TypeSpec staticmethod_type{
    .name = "staticmethod",
    .doc = "Make a method that receives neither instance nor class.",
    .signature = "(function, /)",
    .kind = static_cast<CellKind>(Kind::StaticMethod),
    .size = sizeof(ClassMethod),
    .flags = kTypeBase | kTypeHasDict,
    .methods = kStaticMethodMethods,
    .getsets = kWrapperGetSets,
    .trace = trace_wrapper,
};

}  // namespace krait
