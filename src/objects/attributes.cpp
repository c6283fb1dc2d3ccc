// Attribute access as the data model has it: data descriptor, the object's own, other class attribute, __getattr__.
#include "objects/attributes.hpp"

#include "objects/dict.hpp"
#include "objects/exception.hpp"
#include "objects/function.hpp"
#include "objects/sequences.hpp"
#include "objects/shape.hpp"
#include "objects/str.hpp"
#include "objects/type.hpp"

namespace krait {

// --- Names and errors.

Result<Str*> attribute_name(Vm& vm, Value name) {
  if (!is_str(name)) return vm.raise(E::TypeError, "attribute name must be string, not '{}'", type_name_of(name));
  return vm.intern(TRY(str_exact(vm, as_str(name))));
}

Error raise_attribute_error_message(Vm& vm, Value object, Str* name, const char* format, const MessagePart* parts,
                                    size_t count) {
  (void)vm.raise_message(vm.exception_type(E::AttributeError), format, parts, count);
  if (!vm.pending_is(E::AttributeError)) return {};
  ExceptionObject* e = as_exception(vm.t.pending);
  e->extra[extra::kAttributeErrorName] = name;
  e->extra[extra::kAttributeErrorObj] = object;
  vm.barrier(e);
  return {};
}

Error raise_no_attribute(Vm& vm, Value object, Str* name) {
  return raise_attribute_error(vm, object, name, "'{}' object has no attribute '{}'", type_name_of(object), name);
}

// --- Descriptors.

bool is_data_descriptor(Vm& vm, Value v) {
  if (!v.is_cell()) return false;
  switch (static_cast<Kind>(v.cell()->kind)) {
    case Kind::Function:
    case Kind::NativeFunction:
    case Kind::Str:
    case Kind::Int:
    case Kind::Type: return false;
    case Kind::GetSet:
    case Kind::Member: return true;
    default: break;
  }
  const Type* type = vm.type_of(v);
  return !type->get(Special::Set).is_unset() || !type->get(Special::Delete).is_unset();
}

bool is_getter(Vm& vm, Value v) { return v.is_cell() && !vm.type_of(v)->get(Special::Get).is_unset(); }

Value bind_descriptor(Vm& vm, Value d, Value instance, Type* owner) {
  if (!d.is_cell()) return d;
  switch (static_cast<Kind>(d.cell()->kind)) {
    case Kind::Function:
      if (instance.is_unset()) return d;
      return method_new(vm, d, instance);
    case Kind::NativeFunction: {
      auto* f = d.as<NativeFunction>();
      if (f->bits & NativeFunction::kMethod) {
        if (instance.is_unset()) return d;
        return native_bind(vm, f, instance);
      }
      if (vm.type_of(d) != vm.types.classmethod_descriptor) return d;
      Type* cls = owner != nullptr ? owner : vm.type_of(instance);
      return native_bind(vm, f, cls);
    }
    case Kind::GetSet:
      if (instance.is_unset()) return d;
      return getset_get(vm, d.as<GetSet>(), instance);
    case Kind::Member:
      if (instance.is_unset()) return d;
      return member_get(vm, d.as<Member>(), instance);
    case Kind::Property:
      if (vm.type_of(d) != vm.types.property) break;
      if (instance.is_unset()) return d;
      return property_get(vm, d.as<Property>(), instance);
    case Kind::StaticMethod:
      if (vm.type_of(d) != vm.types.staticmethod) break;
      return d.as<ClassMethod>()->callable;
    case Kind::ClassMethod:
      if (vm.type_of(d) != vm.types.classmethod) break;
      return method_new(vm, d.as<ClassMethod>()->callable, owner != nullptr ? owner : vm.type_of(instance));
    case Kind::Str:
    case Kind::Int:
    case Kind::Type:
    case Kind::Dict:
    case Kind::Tuple:
    case Kind::List:
      if (vm.type_of(d)->get(Special::Get).is_unset()) return d;
      break;
    default: break;
  }
  Value get = vm.type_of(d)->get(Special::Get);
  if (get.is_unset()) return d;
  Value args[] = {instance.is_unset() ? Value::none() : instance, owner != nullptr ? Value(owner) : Value::none()};
  return call_special(vm, get, d, args);
}

Status set_through_descriptor(Vm& vm, Value d, Value instance, Value value) {
  switch (static_cast<Kind>(d.cell()->kind)) {
    case Kind::GetSet: return getset_set(vm, d.as<GetSet>(), instance, value);
    case Kind::Member: return member_set(vm, d.as<Member>(), instance, value);
    case Kind::Property:
      if (vm.type_of(d) == vm.types.property) return property_set(vm, d.as<Property>(), instance, value);
      break;
    default: break;
  }
  Value setter = vm.type_of(d)->get(value.is_unset() ? Special::Delete : Special::Set);
  if (setter.is_unset()) return vm.raise(E::AttributeError, value.is_unset() ? "__delete__" : "__set__");
  Value args[] = {instance, value};
  TRY(call_special(vm, setter, d, std::span<const Value>(args, value.is_unset() ? 1 : 2)));
  return {};
}

// --- object's own ways.

namespace {
Value own_attribute(Vm& vm, Value v, Str* name) {
  if (!v.is_cell()) return {};
  if (has_attributes(vm, v.cell())) return instance_get(vm, v.cell(), name);
  if (is_type(v)) return dict_get_str(vm, as_type(v)->dict, name);
  return {};
}
}  // namespace

Value generic_get_attr_optional(Vm& vm, Value v, Str* name) {
  Type* type = vm.type_of(v);
  Value d = type_lookup(vm, type, name);
  if (!d.is_unset() && is_data_descriptor(vm, d) && is_getter(vm, d)) return bind_descriptor(vm, d, v, type);
  Value own = own_attribute(vm, v, name);
  if (!own.is_unset()) return own;
  if (!d.is_unset()) return bind_descriptor(vm, d, v, type);
  return Value::exhausted();
}

Value generic_get_attr(Vm& vm, Value v, Str* name) {
  Value r = generic_get_attr_optional(vm, v, name);
  if (r.is_exhausted()) [[unlikely]]
    return raise_no_attribute(vm, v, name);
  return r;
}

Status generic_set_attr(Vm& vm, Value v, Str* name, Value value) {
  Type* type = vm.type_of(v);
  Value d = type_lookup(vm, type, name);
  if (!d.is_unset() && is_data_descriptor(vm, d)) return set_through_descriptor(vm, d, v, value);
  if (v.is_cell() && has_attributes(vm, v.cell())) {
    if (!value.is_unset()) return instance_set(vm, v.cell(), name, value);
    if (TRY(instance_del(vm, v.cell(), name))) return {};
    return raise_no_attribute(vm, v, name);
  }
  if (!d.is_unset())
    return raise_attribute_error(vm, v, name, "'{}' object attribute '{}' is read-only", type_name_of(v), name);
  if (!special_is_native(type->get(Special::SetAttr), object_setattr)) return raise_no_attribute(vm, v, name);
  return raise_attribute_error(vm, v, name,
                               "'{}' object has no attribute '{}' and no __dict__ for setting new attributes",
                               type_name_of(v), name);
}

// --- The operations.

namespace {

/// An AttributeError that Python code raised without saying of what: suggestions want to know.
[[gnu::cold]] void complete_attribute_error(Vm& vm, Value v, Str* name) {
  if (!vm.pending_is(E::AttributeError) || !is_exception(vm.t.pending)) return;
  ExceptionObject* e = as_exception(vm.t.pending);
  Value &its_name = e->extra[extra::kAttributeErrorName], &its_object = e->extra[extra::kAttributeErrorObj];
  auto missing = [](Value field) { return field.is_unset() || field.is_none(); };
  if (!missing(its_name) || !missing(its_object)) return;
  its_name = name;
  its_object = v;
  vm.barrier(e);
}

/// The attribute, exhausted() if the lookup found none, or an error (also AttributeError from Python code).
Value lookup(Vm& vm, Value v, Str* name) {
  Type* type = vm.type_of(v);
  Value method = type->get(Special::GetAttribute);
  Value r;
  if (special_is_native(method, object_getattribute)) [[likely]] {
    r = generic_get_attr_optional(vm, v, name);
  } else if (special_is_native(method, type_getattribute)) {
    r = type_get_attr_optional(vm, as_type(v), name);
  } else if (special_is_native(method, module_getattribute)) {
    r = module_get_attr(vm, v, name);
  } else {
    r = call_special(vm, method, v, name);
  }
  if (!r.is_error() && !r.is_exhausted()) [[likely]]
    return r;
  Value fallback = type->get(Special::GetAttr);
  if (fallback.is_unset()) return r;
  if (r.is_error()) {
    if (!vm.pending_is(E::AttributeError)) return Error{};
    (void)vm.take_pending();
  }
  return call_special(vm, fallback, v, name);
}

}  // namespace

Value get_attr(Vm& vm, Value v, Str* name) {
  Value r = lookup(vm, v, name);
  if (!r.is_exhausted()) [[likely]] {
    if (r.is_error()) [[unlikely]]
      complete_attribute_error(vm, v, name);
    return r;
  }
  if (is_type(v))
    return raise_attribute_error(vm, v, name, "type object '{}' has no attribute '{}'", as_type(v)->name, name);
  return raise_no_attribute(vm, v, name);
}

Value get_attr_optional(Vm& vm, Value v, Str* name) {
  Value r = lookup(vm, v, name);
  if (!r.is_error()) [[likely]]
    return r;
  if (!vm.pending_is(E::AttributeError)) return Error{};
  (void)vm.take_pending();
  return Value::exhausted();
}

Status set_attr(Vm& vm, Value v, Str* name, Value value) {
  Value method = vm.type_of(v)->get(Special::SetAttr);
  if (special_is_native(method, object_setattr)) [[likely]]
    return generic_set_attr(vm, v, name, value);
  if (special_is_native(method, type_setattr)) return type_set_attr(vm, as_type(v), name, value);
  Value args[] = {name, value};
  TRY(call_special(vm, method, v, args));
  return {};
}

Status del_attr(Vm& vm, Value v, Str* name) {
  Value method = vm.type_of(v)->get(Special::DelAttr);
  if (special_is_native(method, object_delattr)) [[likely]]
    return generic_set_attr(vm, v, name, Value());
  if (special_is_native(method, type_delattr)) return type_set_attr(vm, as_type(v), name, Value());
  TRY(call_special(vm, method, v, name));
  return {};
}

// --- isinstance and issubclass.

namespace {

/// v.__class__, without running anything where nobody overrides it; unset if there is none.
Value class_of(Vm& vm, Value v) {
  Type* type = vm.type_of(v);
  Value d = type_lookup(vm, type, vm.names.d_class);
  if (special_is_native(type->get(Special::GetAttribute), object_getattribute) && is_kind(d, Kind::GetSet) &&
      d.as<GetSet>()->owner == vm.types.object)
    return type;
  return get_attr_optional(vm, v, vm.names.d_class);
}

/// `__bases__` of a class-like object as a tuple; exhausted() if it is none.
Value abstract_bases(Vm& vm, Value cls) {
  Value bases = get_attr_optional(vm, cls, vm.names.d_bases);
  return bases.is_error() || is_tuple(bases) ? bases : Value::exhausted();
}

Result<bool> abstract_subclass(Vm& vm, Value sub, Value cls) {
  while (true) {
    if (sub == cls) return true;
    TRY(vm.poll());
    Value bases = TRY(abstract_bases(vm, sub));
    if (bases.is_exhausted() || bases.as<Tuple>()->length == 0) return false;
    if (bases.as<Tuple>()->length == 1) {
      sub = bases.as<Tuple>()->items[0];
      continue;
    }
    TRY(vm.check_stack(" in __issubclass__"));
    for (Value base : bases.as<Tuple>()->span())
      if (TRY(abstract_subclass(vm, base, cls))) return true;
    return false;
  }
}

Status check_class(Vm& vm, Value cls, const char* message) {
  Value bases = TRY(abstract_bases(vm, cls));
  if (!bases.is_exhausted()) return {};
  return vm.raise(E::TypeError, message);
}

}  // namespace

Result<bool> instance_check_native(Vm& vm, Value v, Value cls) {
  if (is_type(cls)) {
    Type* type = vm.type_of(v);
    if (type_is_subtype(type, as_type(cls))) return true;
    Value declared = TRY(class_of(vm, v));
    return is_type(declared) && declared != Value(type) && type_is_subtype(as_type(declared), as_type(cls));
  }
  TRY(check_class(vm, cls, "isinstance() arg 2 must be a type, a tuple of types, or a union"));
  Value declared = TRY(class_of(vm, v));
  if (declared.is_exhausted()) return false;
  return abstract_subclass(vm, declared, cls);
}

Result<bool> subclass_check_native(Vm& vm, Value sub, Value cls) {
  if (is_type(sub) && is_type(cls)) return type_is_subtype(as_type(sub), as_type(cls));
  TRY(check_class(vm, sub, "issubclass() arg 1 must be a class"));
  TRY(check_class(vm, cls, "issubclass() arg 2 must be a class, a tuple of classes, or a union"));
  return abstract_subclass(vm, sub, cls);
}

namespace {

using Check = Result<bool> (*)(Vm&, Value, Value);

/// What isinstance and issubclass have in common: tuples, then the hook of the class's type.
Result<bool> check_with_hook(Vm& vm, Value v, Value classinfo, Special hook, Check native, const char* where) {
  if (is_type(classinfo) && vm.type_of(classinfo) == vm.types.type) return native(vm, v, classinfo);
  if (is_tuple(classinfo)) {
    TRY(vm.check_stack(where));
    const Tuple* tuple = classinfo.as<Tuple>();
    for (uint64_t i = 0; i < tuple->length; ++i) {
      TRY(vm.poll());
      if (TRY(check_with_hook(vm, v, tuple->items[i], hook, native, where))) return true;
    }
    return false;
  }
  Value checker = special_of(vm, classinfo, hook);
  if (checker.is_unset()) return native(vm, v, classinfo);
  TRY(vm.check_stack(where));
  Value answer = TRY(call_special(vm, checker, classinfo, v));
  return truthy(vm, answer);
}

}  // namespace

Result<bool> is_instance(Vm& vm, Value v, Value classinfo) {
  if (Value(vm.type_of(v)) == classinfo) return true;
  return check_with_hook(vm, v, classinfo, Special::InstanceCheck, instance_check_native, " in __instancecheck__");
}

Result<bool> is_subclass(Vm& vm, Value cls, Value classinfo) {
  return check_with_hook(vm, cls, classinfo, Special::SubclassCheck, subclass_check_native, " in __subclasscheck__");
}

}  // namespace krait
