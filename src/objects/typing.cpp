// TypeVar, ParamSpec, TypeVarTuple, TypeAliasType and Generic: what the type parameter syntax makes, and the _typing module offers.
//
// Bounds, constraints, defaults and alias values written in the syntax are functions, called when first asked for (PEP 695, 696).
#include "objects/typing.hpp"

#include "objects/dict.hpp"
#include "objects/generic_alias.hpp"
#include "objects/int.hpp"
#include "objects/module.hpp"
#include "objects/operations.hpp"
#include "objects/sequences.hpp"
#include "objects/str.hpp"
#include "objects/type.hpp"
#include "objects/type_text.hpp"
#include "objects/union.hpp"

namespace krait {
namespace {

/// TypeVar, ParamSpec and TypeVarTuple: what one kind has not stays unset.
struct TypeParameter : Object {
  Value name;
  Value bound, evaluate_bound;
  Value constraints, evaluate_constraints;
  Value default_value, evaluate_default;
  bool covariant, contravariant, infer_variance;
};
struct ParamSpecPart : Object {  // ParamSpecArgs, ParamSpecKwargs
  Value origin;
};
struct TypeAlias : Object {
  Value name, type_params, evaluate, value, module;
};
/// What evaluate_bound and its like are where the value was given at once.
struct ConstEvaluator : Object {
  Value value;
};

/// The types, made when the first of them is needed.
struct TypingTypes : Extension {
  Type* typevar = nullptr;
  Type* paramspec = nullptr;
  Type* typevartuple = nullptr;
  Type* args = nullptr;
  Type* kwargs = nullptr;
  Type* alias = nullptr;
  Type* generic = nullptr;
  Type* const_evaluator = nullptr;
  Type* no_default_type = nullptr;
  Value no_default;
  void trace(Marker& marker) override {
    for (Type* t : {typevar, paramspec, typevartuple, args, kwargs, alias, generic, const_evaluator, no_default_type})
      marker.mark_cell(t);
    marker.mark(no_default);
  }
};

TypeParameter* parameter_of(Value v) { return v.as<TypeParameter>(); }
Value or_none(Value v) { return v.is_unset() ? Value::none() : v; }

void trace_parameter(Heap&, Cell* cell, Marker& marker) {
  TypeParameter* p = static_cast<TypeParameter*>(cell);
  for (Value v : {p->name, p->bound, p->evaluate_bound, p->constraints, p->evaluate_constraints, p->default_value,
                  p->evaluate_default})
    marker.mark(v);
}
void trace_part(Heap&, Cell* cell, Marker& marker) { marker.mark(static_cast<ParamSpecPart*>(cell)->origin); }
void trace_alias(Heap&, Cell* cell, Marker& marker) {
  TypeAlias* a = static_cast<TypeAlias*>(cell);
  for (Value v : {a->name, a->type_params, a->evaluate, a->value, a->module}) marker.mark(v);
}

void trace_evaluator(Heap&, Cell* cell, Marker& marker) { marker.mark(static_cast<ConstEvaluator*>(cell)->value); }

Value evaluate(Vm& vm, Value function) { return call1(vm, function, Value::small_int(1)); }
/// __module__ of what the running code makes.
Value caller_module(Vm& vm);

/// typing._type_check and its like: library code, asked when a TypeVar is made from Python.
Value call_typing(Vm& vm, const char* function, std::span<const Value> args) {
  Value import = get_attr(vm, vm.builtins, vm.names.d_import);
  if (import.is_error()) return import;
  Value module = call1(vm, import, TRY(vm.intern("typing")));
  if (module.is_error()) return module;
  return call_method(vm, module, TRY(vm.intern(function)), args);
}
/// What libraries before 3.12 have as a method of the Python class that they call by the parameter's name.
Value call_typing_of_any_age(Vm& vm, const char* function, const char* older_class, const char* older_method,
                             std::span<const Value> args) {
  Value import = get_attr(vm, vm.builtins, vm.names.d_import);
  if (import.is_error()) return import;
  Value module = call1(vm, import, TRY(vm.intern("typing")));
  if (module.is_error()) return module;
  Value found = get_attr_optional(vm, module, TRY(vm.intern(function)));
  if (found.is_exhausted()) {
    Value cls = get_attr(vm, module, TRY(vm.intern(older_class)));
    if (cls.is_error()) return cls;
    found = get_attr(vm, cls, TRY(vm.intern(older_method)));
  }
  return found.is_error() ? found : call(vm, found, args);
}
Value type_check(Vm& vm, Value v, const char* message) {
  if (v.is_none()) return vm.types.none_type;
  if (is_type(v)) return v;
  Value args[] = {v, TRY(str_from_ascii(vm, message))};
  return call_typing(vm, "_type_check", args);
}

Value no_default(Vm& vm);

Value get_name(Vm&, Value v) { return parameter_of(v)->name; }
Value get_bound(Vm& vm, Value v) {
  TypeParameter* p = parameter_of(v);
  if (p->bound.is_unset()) {
    if (p->evaluate_bound.is_unset()) return Value::none();
    Value bound = evaluate(vm, p->evaluate_bound);
    if (bound.is_error()) return bound;
    p->bound = bound;
    vm.barrier(p);
  }
  return p->bound;
}
Value get_constraints(Vm& vm, Value v) {
  TypeParameter* p = parameter_of(v);
  if (p->constraints.is_unset()) {
    if (p->evaluate_constraints.is_unset()) return vm.empty_tuple;
    Value constraints = evaluate(vm, p->evaluate_constraints);
    if (constraints.is_error()) return constraints;
    p->constraints = constraints;
    vm.barrier(p);
  }
  return p->constraints;
}
Value get_default(Vm& vm, Value v) {
  TypeParameter* p = parameter_of(v);
  if (p->default_value.is_unset()) {
    if (p->evaluate_default.is_unset()) return no_default(vm);
    Value d = evaluate(vm, p->evaluate_default);
    if (d.is_error()) return d;
    p->default_value = d;
    vm.barrier(p);
  }
  return p->default_value;
}

/// The function that was written for a value, else one that gives the value, else None.
Value evaluator(Vm& vm, Value function, Value value) {
  if (!function.is_unset()) return function;
  if (value.is_unset()) return Value::none();
  ConstEvaluator* made = TRY(vm.new_instance<ConstEvaluator>(vm.extension<TypingTypes>().const_evaluator));
  made->value = value;
  vm.barrier(made);
  return made;
}
Value get_evaluate_bound(Vm& vm, Value v) {
  return evaluator(vm, parameter_of(v)->evaluate_bound, parameter_of(v)->bound);
}
Value get_evaluate_constraints(Vm& vm, Value v) {
  return evaluator(vm, parameter_of(v)->evaluate_constraints, parameter_of(v)->constraints);
}
Value get_evaluate_default(Vm& vm, Value v) {
  return evaluator(vm, parameter_of(v)->evaluate_default, parameter_of(v)->default_value);
}

Value evaluator_repr(Vm& vm, Args a) {
  return str_message(vm, "<constevaluator {}>", repr_of(a[0].as<ConstEvaluator>()->value));
}
Value evaluator_call(Vm& vm, Args a) {
  constexpr int64_t kFormatString = 4;  // annotationlib.Format.STRING
  if (is_dict(a[1]) && a[1].as<Dict>()->used != 0)
    return vm.raise(E::TypeError, "constevaluator.__call__() takes no keyword arguments");
  std::span<const Value> given = a.rest(2);
  if (given.size() != 1)
    return vm.raise(E::TypeError, "constevaluator.__call__() takes exactly 1 argument ({} given)", given.size());
  Value format = TRY(index(vm, given[0]));
  Value value = a[0].as<ConstEvaluator>()->value;
  if (int_to_i64(format) != kFormatString) return value;
  StrBuilder out(vm);
  if (!is_tuple(value)) {
    TRY(append_type_text(vm, out, value));
    return out.finish();
  }
  const Tuple* items = value.as<Tuple>();
  TRY(out.append_ascii("("));
  for (uint64_t i = 0; i < items->length; ++i) {
    if (i != 0) TRY(out.append_ascii(", "));
    TRY(append_type_text(vm, out, items->items[i]));
  }
  TRY(out.append_ascii(")"));
  return out.finish();
}
const NativeRow kEvaluatorMethods[] = {
    {"__call__($self, /, *args, **kwargs)", evaluator_call},
    {"__repr__($self, /)", evaluator_repr},
};
Value get_covariant(Vm&, Value v) { return Value::boolean(parameter_of(v)->covariant); }
Value get_contravariant(Vm&, Value v) { return Value::boolean(parameter_of(v)->contravariant); }
Value get_infer_variance(Vm&, Value v) { return Value::boolean(parameter_of(v)->infer_variance); }

Value has_default(Vm& vm, Args a) {
  TypeParameter* p = parameter_of(a[0]);
  if (!p->evaluate_default.is_unset()) return Value::true_();
  if (p->default_value.is_unset()) return Value::false_();
  return Value::boolean(p->default_value != no_default(vm));
}
Value parameter_repr(Vm& vm, Args a) {
  TypeParameter* p = parameter_of(a[0]);
  bool tuple_kind = vm.type_of(a[0]) == vm.extension<TypingTypes>().typevartuple;
  const char* sign = tuple_kind || p->infer_variance ? "" : p->covariant ? "+" : p->contravariant ? "-" : "~";
  return str_message(vm, "{}{}", sign, p->name);
}
/// `T | other` is typing.Union[T, other]: strings are references to what is not defined yet.
Value union_with(Vm& vm, Value left, Value right) {
  Value import = get_attr(vm, vm.builtins, vm.names.d_import);
  if (import.is_error()) return import;
  Value typing = call1(vm, import, TRY(vm.intern("typing")));
  if (typing.is_error()) return typing;
  Value of = get_attr(vm, typing, TRY(vm.intern("Union")));
  if (of.is_error()) return of;
  return get_item(vm, of, TRY(tuple_of(vm, left, right)));
}
Value parameter_or(Vm& vm, Args a) { return union_with(vm, a[0], a[1]); }
Value parameter_ror(Vm& vm, Args a) { return union_with(vm, a[1], a[0]); }
Value alias_or(Vm& vm, Args a) { return union_of_types(vm, a[0], a[1]); }
Value alias_ror(Vm& vm, Args a) { return union_of_types(vm, a[1], a[0]); }
Value parameter_reduce(Vm&, Args a) { return parameter_of(a[0])->name; }
Value typevar_subst(Vm& vm, Args a) {
  return call_typing_of_any_age(vm, "_typevar_subst", "TypeVar", "__typing_subst__", {a.v, 2});
}
Value paramspec_subst(Vm& vm, Args a) {
  return call_typing_of_any_age(vm, "_paramspec_subst", "ParamSpec", "__typing_subst__", {a.v, 2});
}
Value paramspec_prepare(Vm& vm, Args a) {
  return call_typing_of_any_age(vm, "_paramspec_prepare_subst", "ParamSpec", "__typing_prepare_subst__", {a.v, 3});
}
Value typevartuple_subst(Vm& vm, Args) {
  return vm.raise(E::TypeError, "Substitution of bare TypeVarTuple is not supported");
}
Value typevartuple_prepare(Vm& vm, Args a) {
  return call_typing_of_any_age(vm, "_typevartuple_prepare_subst", "TypeVarTuple", "__typing_prepare_subst__",
                                {a.v, 3});
}
Value typevar_prepare(Vm& vm, Args a) {
  // (self, alias, args): a missing argument is filled from the default.
  Value params = get_attr(vm, a[1], vm.names.d_parameters);
  if (params.is_error()) return params;
  if (!is_tuple(params)) return vm.raise(E::TypeError, "expected a tuple");
  Tuple* p = params.as<Tuple>();
  Value args = TRY(list_from(vm, a[2]));
  List* list = args.as<List>();
  uint64_t i = 0;
  while (i < p->length && p->items[i] != a[0]) ++i;
  if (i < list->length) return a[2];
  if (i == list->length) {
    Value d = get_default(vm, a[0]);
    if (d.is_error()) return d;
    if (d != no_default(vm)) {
      TRY(list_append(vm, list, d));
      return list_to_tuple(vm, list);
    }
  }
  return vm.raise(E::TypeError, "Too few arguments for {}", a[1]);
}
Value cannot_subclass(Vm& vm, Args a) {
  return vm.raise(E::TypeError, "Cannot subclass an instance of {}", vm.type_of(a[0])->name);
}

Status set_flags(Vm& vm, TypeParameter* p, Value covariant, Value contravariant, Value infer) {
  p->covariant = !covariant.is_unset() && TRY(truthy(vm, covariant));
  p->contravariant = !contravariant.is_unset() && TRY(truthy(vm, contravariant));
  p->infer_variance = !infer.is_unset() && TRY(truthy(vm, infer));
  if (p->covariant && p->contravariant) return vm.raise(E::ValueError, "Bivariant types are not supported.");
  if (p->infer_variance && (p->covariant || p->contravariant))
    return vm.raise(E::ValueError, "Variance cannot be specified with infer_variance.");
  return {};
}
Status set_module(Vm& vm, Value v) {
  Value module = caller_module(vm);
  if (module.is_error()) return Error{};
  return set_attr(vm, v, vm.names.d_module, module);
}

// TypeVar(name, *constraints, bound=None, default=NoDefault, covariant=False, contravariant=False, infer_variance=False)
Value typevar_construct(Vm& vm, Args a) {
  if (!is_str(a[1]))
    return vm.raise(E::TypeError, "typevar() argument 'name' must be str, not {}", argument_type(a[1]));
  TypeParameter* p = TRY(vm.new_instance<TypeParameter>(a[0].as<Type>()));
  p->name = a[1];
  TRY(set_flags(vm, p, a[4], a[5], a[6]));
  if (a.has(2) && !a[2].is_none()) {
    Value bound = type_check(vm, a[2], "Bound must be a type.");
    if (bound.is_error()) return bound;
    p->bound = bound;
  }
  std::span<const Value> constraints = a.rest(7);
  if (constraints.size() == 1) return vm.raise(E::TypeError, "A single constraint is not allowed");
  if (!constraints.empty()) {
    if (!p->bound.is_unset()) return vm.raise(E::TypeError, "Constraints cannot be combined with bound=...");
    List* list = TRY(list_new(vm));
    for (Value c : constraints) {
      Value checked = type_check(vm, c, "TypeVar(name, constraint, ...): constraints must be types.");
      if (checked.is_error()) return checked;
      TRY(list_append(vm, list, checked));
    }
    p->constraints = TRY(list_to_tuple(vm, list));
  }
  if (a.has(3)) p->default_value = a[3];
  vm.barrier(p);
  TRY(set_module(vm, p));
  return p;
}
Value paramspec_construct(Vm& vm, Args a) {
  // name, *, bound, default, covariant, contravariant, infer_variance
  if (!is_str(a[1]))
    return vm.raise(E::TypeError, "paramspec() argument 'name' must be str, not {}", argument_type(a[1]));
  TypeParameter* p = TRY(vm.new_instance<TypeParameter>(a[0].as<Type>()));
  p->name = a[1];
  TRY(set_flags(vm, p, a[4], a[5], a[6]));
  if (a.has(2) && !a[2].is_none()) {
    Value bound = type_check(vm, a[2], "Bound must be a type.");
    if (bound.is_error()) return bound;
    p->bound = bound;
  }
  if (a.has(3)) p->default_value = a[3];
  vm.barrier(p);
  TRY(set_module(vm, p));
  return p;
}
Value typevartuple_construct(Vm& vm, Args a) {
  if (!is_str(a[1]))
    return vm.raise(E::TypeError, "typevartuple() argument 'name' must be str, not {}", argument_type(a[1]));
  TypeParameter* p = TRY(vm.new_instance<TypeParameter>(a[0].as<Type>()));
  p->name = a[1];
  if (a.has(2)) p->default_value = a[2];
  TRY(set_module(vm, p));
  return p;
}
/// *Ts gives Unpack[Ts] once; the same for an alias.
Value typevartuple_iter(Vm& vm, Args a) {
  Value import = get_attr(vm, vm.builtins, vm.names.d_import);
  if (import.is_error()) return import;
  Value typing = call1(vm, import, TRY(vm.intern("typing")));
  if (typing.is_error()) return typing;
  Value unpack = get_attr(vm, typing, TRY(vm.intern("Unpack")));
  if (unpack.is_error()) return unpack;
  Value item = get_item(vm, unpack, a[0]);
  if (item.is_error()) return item;
  return get_iter(vm, TRY(tuple_of(vm, item)));
}

Value part_new(Vm& vm, Type* type, Value origin) {
  ParamSpecPart* part = TRY(vm.new_instance<ParamSpecPart>(type));
  part->origin = origin;
  return part;
}
Value get_args(Vm& vm, Value v) { return part_new(vm, vm.extension<TypingTypes>().args, v); }
Value get_kwargs(Vm& vm, Value v) { return part_new(vm, vm.extension<TypingTypes>().kwargs, v); }
Value part_construct(Vm& vm, Args a) { return part_new(vm, a[0].as<Type>(), a[1]); }
Value part_origin(Vm&, Value v) { return v.as<ParamSpecPart>()->origin; }
template <bool is_args>
Value part_repr(Vm& vm, Args a) {
  Value origin = a[0].as<ParamSpecPart>()->origin;
  Value name = is_kind(origin, Kind::TypeVar) ? parameter_of(origin)->name : repr(vm, origin);
  if (name.is_error()) return name;
  return str_message(vm, "{}.{}", name, is_args ? "args" : "kwargs");
}
Value part_eq(Vm& vm, Args a) {
  if (vm.type_of(a[0]) != vm.type_of(a[1])) return Value::not_implemented();
  return Value::boolean(TRY(equal(vm, a[0].as<ParamSpecPart>()->origin, a[1].as<ParamSpecPart>()->origin)));
}

const GetSetRow kTypeVarAttributes[] = {
    {"__name__", get_name},
    {"__bound__", get_bound},
    {"__constraints__", get_constraints},
    {"__default__", get_default},
    {"__covariant__", get_covariant},
    {"__contravariant__", get_contravariant},
    {"__infer_variance__", get_infer_variance},
    {"evaluate_bound", get_evaluate_bound},
    {"evaluate_constraints", get_evaluate_constraints},
    {"evaluate_default", get_evaluate_default},
};
const NativeRow kTypeVarMethods[] = {
    {"__new__($type, name, *constraints, bound=None, default=typing.NoDefault, covariant=False, contravariant=False, "
     "infer_variance=False)",
     typevar_construct, kNewMethod | kStaticMethod, "Create a TypeVar."},
    {"__repr__($self, /)", parameter_repr},
    {"__or__($self, other, /)", parameter_or},
    {"__ror__($self, other, /)", parameter_ror},
    {"__reduce__($self, /)", parameter_reduce},
    {"__mro_entries__($self, bases, /)", cannot_subclass},
    {"__typing_subst__($self, arg, /)", typevar_subst},
    {"__typing_prepare_subst__($self, alias, args, /)", typevar_prepare},
    {"has_default($self, /)", has_default, 0, "Return True if this type parameter has a default."},
};
const GetSetRow kParamSpecAttributes[] = {
    {"__name__", get_name},
    {"__bound__", get_bound},
    {"__default__", get_default},
    {"__covariant__", get_covariant},
    {"__contravariant__", get_contravariant},
    {"__infer_variance__", get_infer_variance},
    {"args", get_args},
    {"kwargs", get_kwargs},
    {"evaluate_default", get_evaluate_default},
};
const NativeRow kParamSpecMethods[] = {
    {"__new__($type, name, *, bound=None, default=typing.NoDefault, covariant=False, contravariant=False, "
     "infer_variance=False)",
     paramspec_construct, kNewMethod | kStaticMethod, "Create a ParamSpec."},
    {"__repr__($self, /)", parameter_repr},
    {"__or__($self, other, /)", parameter_or},
    {"__ror__($self, other, /)", parameter_ror},
    {"__reduce__($self, /)", parameter_reduce},
    {"__mro_entries__($self, bases, /)", cannot_subclass},
    {"__typing_subst__($self, arg, /)", paramspec_subst},
    {"__typing_prepare_subst__($self, alias, args, /)", paramspec_prepare},
    {"has_default($self, /)", has_default, 0, "Return True if this type parameter has a default."},
};
const GetSetRow kTypeVarTupleAttributes[] = {
    {"__name__", get_name}, {"__default__", get_default}, {"evaluate_default", get_evaluate_default}};
const NativeRow kTypeVarTupleMethods[] = {
    {"__new__($type, name, *, default=typing.NoDefault)", typevartuple_construct, kNewMethod | kStaticMethod,
     "Create a TypeVarTuple."},
    {"__repr__($self, /)", parameter_repr},
    {"__iter__($self, /)", typevartuple_iter},
    {"__reduce__($self, /)", parameter_reduce},
    {"__mro_entries__($self, bases, /)", cannot_subclass},
    {"__typing_subst__($self, arg, /)", typevartuple_subst},
    {"__typing_prepare_subst__($self, alias, args, /)", typevartuple_prepare},
    {"has_default($self, /)", has_default, 0, "Return True if this type parameter has a default."},
};
const GetSetRow kPartAttributes[] = {{"__origin__", part_origin}};
const NativeRow kArgsMethods[] = {
    {"__new__($type, origin)", part_construct, kNewMethod | kStaticMethod},
    {"__repr__($self, /)", part_repr<true>},
    {"__eq__($self, other, /)", part_eq},
    {"__hash__($self, /)", nullptr},
    {"__mro_entries__($self, bases, /)", cannot_subclass},
};
const NativeRow kKwargsMethods[] = {
    {"__new__($type, origin)", part_construct, kNewMethod | kStaticMethod},
    {"__repr__($self, /)", part_repr<false>},
    {"__eq__($self, other, /)", part_eq},
    {"__hash__($self, /)", nullptr},
    {"__mro_entries__($self, bases, /)", cannot_subclass},
};

// --- type aliases
TypeAlias* alias_of(Value v) { return v.as<TypeAlias>(); }
Value alias_name(Vm&, Value v) { return alias_of(v)->name; }
Value alias_value(Vm& vm, Value v) {
  TypeAlias* a = alias_of(v);
  if (a->value.is_unset()) {
    Value value = evaluate(vm, a->evaluate);
    if (value.is_error()) return value;
    a->value = value;
    vm.barrier(a);
  }
  return a->value;
}
Value alias_params(Vm& vm, Value v) {
  return is_tuple(alias_of(v)->type_params) ? alias_of(v)->type_params : Value(vm.empty_tuple);
}
Value alias_parameters(Vm& vm, Value v) {
  // Bare TypeVarTuples stand unpacked.
  Value params = alias_params(vm, v);
  List* out = TRY(list_new(vm));
  for (Value p : params.as<Tuple>()->span()) {
    if (vm.type_of(p) == vm.extension<TypingTypes>().typevartuple) {
      TRY(list_extend(vm, out, p));
    } else {
      TRY(list_append(vm, out, p));
    }
  }
  return list_to_tuple(vm, out);
}
Value alias_module(Vm&, Value v) { return or_none(alias_of(v)->module); }
Value alias_evaluate(Vm& vm, Value v) { return evaluator(vm, alias_of(v)->evaluate, alias_of(v)->value); }
Status check_type_params(Vm& vm, const Tuple* params);
Value alias_construct(Vm& vm, Args a) {
  // name, value, *, type_params
  if (!is_str(a[1]))
    return vm.raise(E::TypeError, "typealias() argument 'name' must be str, not {}", argument_type(a[1]));
  if (a.has(3) && !is_tuple(a[3])) return vm.raise(E::TypeError, "type_params must be a tuple");
  if (a.has(3)) TRY(check_type_params(vm, a[3].as<Tuple>()));
  TypeAlias* alias = TRY(vm.new_instance<TypeAlias>(a[0].as<Type>()));
  alias->name = a[1];
  alias->value = a[2];
  alias->type_params = a.get(3, vm.empty_tuple);
  Value module = caller_module(vm);
  if (module.is_error()) return module;
  alias->module = module;
  vm.barrier(alias);
  return alias;
}
/// The type_params of an alias made by hand: as the syntax would allow them.
Status check_type_params(Vm& vm, const Tuple* params) {
  bool with_default = false;
  for (Value param : params->span()) {
    const TypingTypes& types = vm.extension<TypingTypes>();
    Type* type = vm.type_of(param);
    if (type != types.typevar && type != types.paramspec && type != types.typevartuple)
      return vm.raise(E::TypeError, "Expected a type param, got {}", repr_of(param));
    const TypeParameter* p = parameter_of(param);
    if (!p->evaluate_default.is_unset() || (!p->default_value.is_unset() && p->default_value != types.no_default)) {
      with_default = true;
    } else if (with_default) {
      return vm.raise(E::TypeError, "non-default type parameter '{}' follows default type parameter", repr_of(param));
    }
  }
  return {};
}
Value alias_repr(Vm&, Args a) { return alias_of(a[0])->name; }
Value alias_getitem(Vm& vm, Args a) {
  Value params = alias_params(vm, a[0]);
  if (params.as<Tuple>()->length == 0) return vm.raise(E::TypeError, "Only generic type aliases are subscriptable");
  return generic_alias_new(vm, a[0], a[1]);
}
const GetSetRow kAliasAttributes[] = {
    {"__name__", alias_name},          {"__value__", alias_value},
    {"__type_params__", alias_params}, {"__parameters__", alias_parameters},
    {"__module__", alias_module},      {"evaluate_value", alias_evaluate},
};
const NativeRow kAliasMethods[] = {
    {"__new__($type, name, value, *, type_params=())", alias_construct, kNewMethod | kStaticMethod,
     "Create a TypeAliasType."},
    {"__repr__($self, /)", alias_repr},
    {"__iter__($self, /)", typevartuple_iter},
    {"__getitem__($self, key, /)", alias_getitem},
    {"__or__($self, other, /)", alias_or},
    {"__ror__($self, other, /)", alias_ror},
    {"__reduce__($self, /)", alias_repr},
};

// --- Generic
Value generic_class_getitem(Vm& vm, Args a) {
  // typing's own code: (cls, args)
  return call_typing(vm, "_generic_class_getitem", std::span<const Value>(a.v, 2));
}
Value generic_init_subclass(Vm& vm, Args a) {
  Value import = get_attr(vm, vm.builtins, vm.names.d_import);
  if (import.is_error()) return import;
  Value typing = call1(vm, import, TRY(vm.intern("typing")));
  if (typing.is_error()) return typing;
  Value f = get_attr(vm, typing, TRY(vm.intern("_generic_init_subclass")));
  if (f.is_error()) return f;
  List* args = TRY(list_from_span(vm, {a.v, 1}));
  for (Value v : a.rest(2)) TRY(list_append(vm, args, v));
  return call_with(vm, f, TRY(list_to_tuple(vm, args)), is_dict(a[1]) ? a[1].as<Dict>() : nullptr);
}
const NativeRow kGenericMethods[] = {
    {"__class_getitem__($type, item, /)", generic_class_getitem, kClassMethod, "Parameterizes a generic class."},
    {"__init_subclass__($type, /, *args, **kwargs)", generic_init_subclass, kClassMethod,
     "Function to initialize subclasses."},
};

Value no_default_repr(Vm& vm, Args) { return vm.intern("typing.NoDefault"); }
Value no_default_reduce(Vm& vm, Args) { return vm.intern("NoDefault"); }
Value no_default_new(Vm& vm, Args) { return no_default(vm); }
const NativeRow kNoDefaultMethods[] = {
    {"__new__($type, /)", no_default_new, kNewMethod | kStaticMethod},
    {"__repr__($self, /)", no_default_repr},
    {"__reduce__($self, /)", no_default_reduce},
};

constexpr CellKind kParameterKind = static_cast<CellKind>(Kind::TypeVar);
const TypeSpec kTypeVar{.name = "typing.TypeVar",
                        .doc = "Type variable.",
                        .kind = kParameterKind,
                        .size = sizeof(TypeParameter),
                        .flags = kTypeHasDict | kTypeHasWeakref,
                        .methods = kTypeVarMethods,
                        .getsets = kTypeVarAttributes,
                        .trace = trace_parameter};
const TypeSpec kParamSpec{.name = "typing.ParamSpec",
                          .doc = "Parameter specification.",
                          .kind = kParameterKind,
                          .size = sizeof(TypeParameter),
                          .flags = kTypeHasDict | kTypeHasWeakref,
                          .methods = kParamSpecMethods,
                          .getsets = kParamSpecAttributes,
                          .trace = trace_parameter};
const TypeSpec kTypeVarTuple{.name = "typing.TypeVarTuple",
                             .doc = "Type variable tuple.",
                             .kind = kParameterKind,
                             .size = sizeof(TypeParameter),
                             .flags = kTypeHasDict | kTypeHasWeakref,
                             .methods = kTypeVarTupleMethods,
                             .getsets = kTypeVarTupleAttributes,
                             .trace = trace_parameter};
const TypeSpec kArgs{.name = "typing.ParamSpecArgs",
                     .doc = "The args of a ParamSpec.",
                     .kind = static_cast<CellKind>(Kind::ParamSpecPart),
                     .size = sizeof(ParamSpecPart),
                     .flags = kTypeHasWeakref,
                     .methods = kArgsMethods,
                     .getsets = kPartAttributes,
                     .trace = trace_part};
const TypeSpec kKwargs{.name = "typing.ParamSpecKwargs",
                       .doc = "The kwargs of a ParamSpec.",
                       .kind = static_cast<CellKind>(Kind::ParamSpecPart),
                       .size = sizeof(ParamSpecPart),
                       .flags = kTypeHasWeakref,
                       .methods = kKwargsMethods,
                       .getsets = kPartAttributes,
                       .trace = trace_part};
const TypeSpec kAlias{.name = "typing.TypeAliasType",
                      .doc = "Type alias.",
                      .signature = "",
                      .kind = static_cast<CellKind>(Kind::TypeAlias),
                      .size = sizeof(TypeAlias),
                      .flags = kTypeHasWeakref,
                      .methods = kAliasMethods,
                      .getsets = kAliasAttributes,
                      .trace = trace_alias};
const TypeSpec kGeneric{.name = "typing.Generic",
                        .doc = "Abstract base class for generic types.",
                        .kind = static_cast<CellKind>(Kind::Object),
                        .size = sizeof(Object),
                        .flags = kTypeBase,
                        .methods = kGenericMethods};
const TypeSpec kConstEvaluator{.name = "_typing._ConstEvaluator",
                               .kind = static_cast<CellKind>(Kind::ConstEvaluator),
                               .size = sizeof(ConstEvaluator),
                               .flags = kTypeNoNew,
                               .methods = kEvaluatorMethods,
                               .trace = trace_evaluator};
const TypeSpec kNoDefault{.name = "typing.NoDefaultType",
                          .doc = "The type of the NoDefault singleton.",
                          .kind = static_cast<CellKind>(Kind::Object),
                          .size = sizeof(Object),
                          .methods = kNoDefaultMethods};

Result<TypingTypes*> typing_types(Vm& vm) {
  TypingTypes& t = vm.extension<TypingTypes>();
  if (t.no_default_type != nullptr && !t.no_default.is_unset()) return &t;
  t.typevar = TRY(make_type(vm, kTypeVar));
  t.paramspec = TRY(make_type(vm, kParamSpec));
  t.typevartuple = TRY(make_type(vm, kTypeVarTuple));
  t.args = TRY(make_type(vm, kArgs));
  t.kwargs = TRY(make_type(vm, kKwargs));
  t.alias = TRY(make_type(vm, kAlias));
  t.generic = TRY(make_type(vm, kGeneric));
  t.generic->flags &= ~kTypeNoNew;  // object's __new__ makes instances
  t.const_evaluator = TRY(make_type(vm, kConstEvaluator));
  t.no_default_type = TRY(make_type(vm, kNoDefault));
  t.no_default = TRY(vm.new_instance<Object>(t.no_default_type));
  return &t;
}

Value no_default(Vm& vm) { return TRY(typing_types(vm))->no_default; }

/// The frame's globals know the module; the frame itself is an upper room's.
Value caller_module(Vm& vm) {
  Value globals = call0(vm, get_attr(vm, vm.builtins, TRY(vm.intern("globals"))));
  if (globals.is_error()) {
    if (!vm.clear_pending()) return Error{};
    return Value::none();
  }
  Value name = dict_get_str(vm, globals.as<Dict>(), vm.names.d_name);
  return or_none(name);
}

Result<TypeParameter*> parameter_new(Vm& vm, Type* type, Value name) {
  TypeParameter* p = TRY(vm.new_instance<TypeParameter>(type));
  p->name = name;
  TRY(set_module(vm, p));
  return p;
}

Value idfunc(Vm&, Args a) { return a[0]; }
const NativeRow kTypingFunctions[] = {{"_idfunc(x, /)", idfunc}};

Status typing_init(Vm& vm, Module* m) {
  TypingTypes* t = TRY(typing_types(vm));
  TRY(module_add(vm, m, "TypeVar", t->typevar));
  TRY(module_add(vm, m, "ParamSpec", t->paramspec));
  TRY(module_add(vm, m, "TypeVarTuple", t->typevartuple));
  TRY(module_add(vm, m, "ParamSpecArgs", t->args));
  TRY(module_add(vm, m, "ParamSpecKwargs", t->kwargs));
  TRY(module_add(vm, m, "TypeAliasType", t->alias));
  TRY(module_add(vm, m, "Generic", t->generic));
  TRY(module_add(vm, m, "NoDefault", t->no_default));
  TRY(module_add(vm, m, "Union", vm.types.union_));
  return {};
}

}  // namespace

Value typevar_new(Vm& vm, Value name, TypeVarBound bound, Value evaluate_function) {
  TypeParameter* p = TRY(parameter_new(vm, TRY(typing_types(vm))->typevar, name));
  p->infer_variance = true;
  if (bound == TypeVarBound::kBound) p->evaluate_bound = evaluate_function;
  if (bound == TypeVarBound::kConstraints) p->evaluate_constraints = evaluate_function;
  vm.barrier(p);
  return p;
}
Value paramspec_new(Vm& vm, Value name) {
  TypeParameter* p = TRY(parameter_new(vm, TRY(typing_types(vm))->paramspec, name));
  p->infer_variance = true;
  return p;
}
Value typevartuple_new(Vm& vm, Value name) { return parameter_new(vm, TRY(typing_types(vm))->typevartuple, name); }

Value subscript_generic(Vm& vm, Value params) {
  TRY(typing_types(vm));
  Value import = TRY(get_attr(vm, vm.builtins, vm.names.d_import));
  Value typing = TRY(call1(vm, import, TRY(vm.intern("typing"))));
  // Ours, or a Python class where the library is older than 3.12.
  Value generic = TRY(get_attr(vm, typing, TRY(vm.intern("Generic"))));
  // Bare TypeVarTuples are given unpacked.
  List* unpacked = TRY(list_new(vm));
  for (Value p : params.as<Tuple>()->span()) {
    if (vm.type_of(p) == vm.extension<TypingTypes>().typevartuple) {
      TRY(list_extend(vm, unpacked, p));
    } else {
      TRY(list_append(vm, unpacked, p));
    }
  }
  Value tuple = TRY(list_to_tuple(vm, unpacked));
  Value args[] = {generic, tuple};
  return call_typing(vm, "_GenericAlias", args);
}

Value type_alias_new(Vm& vm, Value triple) {
  Tuple* t = triple.as<Tuple>();
  if (t->length != 3) return vm.raise(E::SystemError, "a type alias is made of three values");
  TypeAlias* alias = TRY(vm.new_instance<TypeAlias>(TRY(typing_types(vm))->alias));
  alias->name = t->items[0];
  alias->type_params = is_tuple(t->items[1]) ? t->items[1] : Value(vm.empty_tuple);
  alias->evaluate = t->items[2];
  Value module = caller_module(vm);
  if (module.is_error()) return module;
  alias->module = module;
  vm.barrier(alias);
  return alias;
}

Value type_param_set_default(Vm& vm, Value parameter, Value evaluate_function) {
  if (!is_kind(parameter, Kind::TypeVar)) return vm.raise(E::SystemError, "not a type parameter");
  parameter_of(parameter)->evaluate_default = evaluate_function;
  vm.barrier(parameter.cell());
  return parameter;
}

extern const ModuleSpec typing_module{
    .name = "_typing",
    .doc = "Primitives that the typing module builds on.",
    .functions = kTypingFunctions,
    .init = typing_init,
};

}  // namespace krait
