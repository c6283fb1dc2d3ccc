// Attribute access: the parts that several files share. (get_attr and its kin are in operations.hpp.)
#pragma once

#include "objects/operations.hpp"
#include "objects/vm.hpp"

namespace krait {

/// An interned exact str for an attribute name given by a program; TypeError "attribute name must be string, not 'int'".
Result<Str*> attribute_name(Vm& vm, Value name);
/// AttributeError with `obj` and `name` set; {} as in raise().
[[gnu::cold]] Error raise_attribute_error_message(Vm& vm, Value object, Str* name, const char* format,
                                                  const MessagePart* parts, size_t count);
template <class... Parts>
Error raise_attribute_error(Vm& vm, Value object, Str* name, const char* format, const Parts&... parts) {
  const MessagePart list[] = {MessagePart(parts)..., MessagePart("")};
  return raise_attribute_error_message(vm, object, name, format, list, sizeof...(parts));
}
/// "'X' object has no attribute 'y'".
[[gnu::cold]] Error raise_no_attribute(Vm& vm, Value object, Str* name);

/// Has the value's type __set__ or __delete__? Runs nothing.
bool is_data_descriptor(Vm& vm, Value v);
/// Has its type __get__? Runs nothing.
bool is_getter(Vm& vm, Value v);
/// descriptor.__set__(instance, value), or __delete__ where the value is unset.
Status set_through_descriptor(Vm& vm, Value descriptor, Value instance, Value value);

/// As generic_get_attr and type_get_attr, but exhausted() if absent (descriptors may still raise AttributeError).
Value generic_get_attr_optional(Vm& vm, Value v, Str* name);
Value type_get_attr_optional(Vm& vm, Type* type, Str* name);
Value module_get_attr(Vm& vm, Value module, Str* name);

/// The bodies of object.__getattribute__ and of the other native ones, to see whether a class overrides them.
Value object_getattribute(Vm& vm, Args a);
Value object_setattr(Vm& vm, Args a);
Value object_delattr(Vm& vm, Args a);
Value object_eq(Vm& vm, Args a);
Value object_ne(Vm& vm, Args a);
Value object_hash(Vm& vm, Args a);
Value object_repr(Vm& vm, Args a);
Value object_str(Vm& vm, Args a);
Value object_format(Vm& vm, Args a);
Value module_getattribute(Vm& vm, Args a);
Value type_getattribute(Vm& vm, Args a);
Value type_setattr(Vm& vm, Args a);
Value type_delattr(Vm& vm, Args a);
Value type_call_method(Vm& vm, Args a);

/// Calls a special method (raw from the type) with self first, also with keywords.
Value call_bound(Vm& vm, Value method, Value self, CallArgs args);

/// isinstance() / issubclass() as type.__instancecheck__ and type.__subclasscheck__ do them: `__class__` and `__bases__` count.
Result<bool> instance_check_native(Vm& vm, Value v, Value cls);
Result<bool> subclass_check_native(Vm& vm, Value sub, Value cls);

/// f(CallArgs) with positional arguments and the entries of a dict (str keys) as keywords. The values lie in the tuple given back.
Result<Tuple*> keyword_arguments(Vm& vm, std::span<const Value> positional, Dict* kwargs, CallArgs* out);
template <class F>
Value with_keywords(Vm& vm, std::span<const Value> positional, Dict* kwargs, F f) {
  CallArgs args{};
  Tuple* holder = TRY(keyword_arguments(vm, positional, kwargs, &args));
  Value result = f(args);
  asm volatile("" : : "r"(holder));  // keeps the tuple in sight of the collector
  return result;
}

}  // namespace krait
