// Template strings (PEP 750): Template and Interpolation.
#include "objects/template.hpp"

#include "objects/generic_alias.hpp"
#include "objects/module.hpp"
#include "objects/operations.hpp"
#include "objects/sequences.hpp"
#include "objects/str.hpp"
#include "objects/type.hpp"

namespace krait {
namespace {

struct Template : Object {
  Tuple* strings;  ///< one more than interpolations
  Tuple* interpolations;
};
struct Interpolation : Object {
  Value value, expression, conversion, format_spec;
};
struct TemplateIterator : Object {
  Template* source;
  uint64_t next;  ///< even: a string, odd: an interpolation
};

struct TemplateTypes : Extension {
  Type* template_ = nullptr;
  Type* interpolation = nullptr;
  Type* iterator = nullptr;
  void trace(Marker& marker) override {
    for (Type* t : {template_, interpolation, iterator}) marker.mark_cell(t);
  }
};
Result<TemplateTypes*> template_types(Vm& vm);

void trace_template(Heap&, Cell* cell, Marker& marker) {
  marker.mark_cell(static_cast<Template*>(cell)->strings);
  marker.mark_cell(static_cast<Template*>(cell)->interpolations);
}
void trace_interpolation(Heap&, Cell* cell, Marker& marker) {
  Interpolation* i = static_cast<Interpolation*>(cell);
  for (Value v : {i->value, i->expression, i->conversion, i->format_spec}) marker.mark(v);
}
void trace_iterator(Heap&, Cell* cell, Marker& marker) {
  marker.mark_cell(static_cast<TemplateIterator*>(cell)->source);
}

Template* template_of(Value v) { return v.as<Template>(); }
Interpolation* interpolation_of(Value v) { return v.as<Interpolation>(); }

Value template_make(Vm& vm, Type* type, Tuple* strings, Tuple* interpolations) {
  Template* t = TRY(vm.new_instance<Template>(type));
  t->strings = strings;
  t->interpolations = interpolations;
  return t;
}

/// A template from strings and interpolations in any order: neighbouring strings are joined.
Value template_from_parts(Vm& vm, Type* type, std::span<const Value> parts) {
  TemplateTypes* types = TRY(template_types(vm));
  List* strings = TRY(list_new(vm));
  List* interpolations = TRY(list_new(vm));
  bool last_was_string = false;
  for (Value part : parts) {
    if (is_str(part)) {
      if (last_was_string) {
        Str* joined = TRY(str_concat(vm, strings->items()[strings->length - 1].as<Str>(), as_str(part)));
        strings->items()[strings->length - 1] = joined;
        vm.barrier(strings);
      } else {
        TRY(list_append(vm, strings, part));
      }
      last_was_string = true;
    } else if (vm.type_of(part) == types->interpolation) {
      if (!last_was_string) TRY(list_append(vm, strings, vm.names.empty));
      TRY(list_append(vm, interpolations, part));
      last_was_string = false;
    } else {
      return vm.raise(E::TypeError, "Template.__new__ *args need to be of type 'str' or 'Interpolation', got {}",
                      type_name_of(part));
    }
  }
  if (!last_was_string) TRY(list_append(vm, strings, vm.names.empty));
  return template_make(vm, type, TRY(list_to_tuple(vm, strings)), TRY(list_to_tuple(vm, interpolations)));
}

Value template_construct(Vm& vm, Args a) {
  // a[0] class, a[1] keywords, rest
  if (is_kind(a[1], Kind::Dict) && TRY(length(vm, a[1])) != 0)
    return vm.raise(E::TypeError, "Template.__new__ only accepts *args arguments");
  return template_from_parts(vm, a[0].as<Type>(), a.rest(2));
}
Value template_iter(Vm& vm, Args a) {
  TemplateTypes* types = TRY(template_types(vm));
  TemplateIterator* it = TRY(vm.new_instance<TemplateIterator>(types->iterator));
  it->source = template_of(a[0]);
  return it;
}
Value iterator_next(Vm& vm, Args a) {
  TemplateIterator* it = a[0].as<TemplateIterator>();
  Template* t = it->source;
  while (true) {
    uint64_t i = it->next / 2;
    bool string = it->next % 2 == 0;
    if (string ? i >= t->strings->length : i >= t->interpolations->length) return Value::exhausted();
    ++it->next;
    if (!string) return t->interpolations->items[i];
    if (as_str(t->strings->items[i])->length != 0) return t->strings->items[i];
    TRY(vm.poll());
  }
}
Value iterator_self(Vm&, Args a) { return a[0]; }
Value template_add(Vm& vm, Args a) {
  TemplateTypes* types = TRY(template_types(vm));
  if (vm.type_of(a[0]) != types->template_ || vm.type_of(a[1]) != types->template_) {
    if (vm.type_of(a[0]) != types->template_) return Value::not_implemented();
    return vm.raise(E::TypeError, "can only concatenate {} (not \"{}\") to {}", type_name_of(a[0]), type_name_of(a[1]),
                    type_name_of(a[0]));
  }
  Template* x = template_of(a[0]);
  Template* y = template_of(a[1]);
  Tuple* strings = TRY(tuple_allocate(vm, x->strings->length + y->strings->length - 1));
  uint64_t n = x->strings->length;
  for (uint64_t i = 0; i + 1 < n; ++i) strings->items[i] = x->strings->items[i];
  Str* middle = TRY(str_concat(vm, as_str(x->strings->items[n - 1]), as_str(y->strings->items[0])));
  strings->items[n - 1] = middle;
  for (uint64_t i = 1; i < y->strings->length; ++i) strings->items[n - 1 + i] = y->strings->items[i];
  vm.barrier(strings);
  List* interpolations = TRY(list_from_span(vm, x->interpolations->span()));
  for (Value v : y->interpolations->span()) TRY(list_append(vm, interpolations, v));
  return template_make(vm, types->template_, strings, TRY(list_to_tuple(vm, interpolations)));
}
Value template_repr(Vm& vm, Args a) {
  Template* t = template_of(a[0]);
  return str_message(vm, "Template(strings={}, interpolations={})", repr_of(t->strings), repr_of(t->interpolations));
}
Value template_reduce(Vm& vm, Args a) {
  Value import = get_attr(vm, vm.builtins, vm.names.d_import);
  if (import.is_error()) return import;
  Value name = TRY(vm.intern("string.templatelib"));
  Value names = TRY(tuple_of(vm, Value(TRY(vm.intern("_template_unpickle")))));
  Value args[] = {name, Value::none(), Value::none(), names};
  Value module = call(vm, import, args);
  if (module.is_error()) return module;
  Value function = get_attr(vm, module, TRY(vm.intern("_template_unpickle")));
  if (function.is_error()) return function;
  Value parts = TRY(tuple_of(vm, Value(template_of(a[0])->strings), Value(template_of(a[0])->interpolations)));
  return tuple_of(vm, function, parts);
}
Value get_strings(Vm&, Value v) { return template_of(v)->strings; }
Value get_interpolations(Vm&, Value v) { return template_of(v)->interpolations; }
Value get_values(Vm& vm, Value v) {
  Tuple* interpolations = template_of(v)->interpolations;
  if (interpolations->length == 0) return vm.empty_tuple;
  Tuple* values = TRY(tuple_allocate(vm, interpolations->length));
  for (uint64_t i = 0; i < interpolations->length; ++i)
    values->items[i] = interpolation_of(interpolations->items[i])->value;
  return values;
}
const NativeRow kTemplateMethods[] = {
    {"__new__($type, *args, **kwargs)", template_construct, kNewMethod | kStaticMethod},
    {"__iter__($self, /)", template_iter},
    {"__add__($self, other, /)", template_add},
    {"__repr__($self, /)", template_repr},
    {"__reduce__($self, /)", template_reduce},
    {"__class_getitem__($type, object, /)", class_getitem, kClassMethod, "See PEP 585"},
};
const MemberRow kTemplateMembers[] = {
    MemberRow::computed("strings", get_strings, "Strings"),
    MemberRow::computed("interpolations", get_interpolations, "Interpolations"),
};
const GetSetRow kTemplateAttributes[] = {{"values", get_values, nullptr, "Values of interpolations"}};

Value interpolation_construct(Vm& vm, Args a) {
  // value, expression='', conversion=None, format_spec=''
  Value expression = a.get(2, vm.names.empty), conversion = a.get(3, Value::none()), spec = a.get(4, vm.names.empty);
  if (!is_str(expression))
    return vm.raise(E::TypeError, "Interpolation() argument 'expression' must be str, not {}",
                    argument_type(expression));
  if (!conversion.is_none()) {
    if (!is_str(conversion))
      return vm.raise(E::TypeError, "Interpolation() argument 'conversion' must be str, not {}",
                      argument_type(conversion));
    Str* c = as_str(conversion);
    if (c->length != 1 || (c->at(0) != 's' && c->at(0) != 'a' && c->at(0) != 'r'))
      return vm.raise(E::ValueError, "Interpolation() argument 'conversion' must be one of 's', 'a' or 'r'");
  }
  if (!is_str(spec))
    return vm.raise(E::TypeError, "Interpolation() argument 'format_spec' must be str, not {}", argument_type(spec));
  Interpolation* i = TRY(vm.new_instance<Interpolation>(a[0].as<Type>()));
  i->value = a[1];
  i->expression = expression;
  i->conversion = conversion;
  i->format_spec = spec;
  return i;
}
Value interpolation_repr(Vm& vm, Args a) {
  Interpolation* i = interpolation_of(a[0]);
  return str_message(vm, "Interpolation({}, {}, {}, {})", repr_of(i->value), repr_of(i->expression),
                     repr_of(i->conversion), repr_of(i->format_spec));
}
Value interpolation_reduce(Vm& vm, Args a) {
  Interpolation* i = interpolation_of(a[0]);
  Value args = TRY(tuple_of(vm, i->value, i->expression, i->conversion, i->format_spec));
  return tuple_of(vm, Value(vm.type_of(a[0])), args);
}
Value get_value(Vm&, Value v) { return interpolation_of(v)->value; }
Value get_expression(Vm&, Value v) { return interpolation_of(v)->expression; }
Value get_conversion(Vm&, Value v) { return interpolation_of(v)->conversion; }
Value get_format_spec(Vm&, Value v) { return interpolation_of(v)->format_spec; }
const NativeRow kInterpolationMethods[] = {
    {"__new__($type, value, expression='', conversion=None, format_spec='')", interpolation_construct,
     kNewMethod | kStaticMethod},
    {"__repr__($self, /)", interpolation_repr},
    {"__reduce__($self, /)", interpolation_reduce},
    {"__class_getitem__($type, object, /)", class_getitem, kClassMethod, "See PEP 585"},
};
const GetSetRow kInterpolationAttributes[] = {
    {"value", get_value, nullptr, "Value"},
    {"expression", get_expression, nullptr, "Expression"},
    {"conversion", get_conversion, nullptr, "Conversion"},
    {"format_spec", get_format_spec, nullptr, "Format specifier"},
};
const NativeRow kIteratorMethods[] = {
    {"__iter__($self, /)", iterator_self},
    {"__next__($self, /)", iterator_next, kIterNext},
};

const TypeSpec kTemplate{.name = "string.templatelib.Template",
                         .doc = "Template object",
                         .kind = static_cast<CellKind>(Kind::Template),
                         .size = sizeof(Template),
                         .methods = kTemplateMethods,
                         .getsets = kTemplateAttributes,
                         .members = kTemplateMembers,
                         .trace = trace_template};
const TypeSpec kInterpolation{.name = "string.templatelib.Interpolation",
                              .doc = "Interpolation object",
                              .kind = static_cast<CellKind>(Kind::Interpolation),
                              .size = sizeof(Interpolation),
                              .methods = kInterpolationMethods,
                              .getsets = kInterpolationAttributes,
                              .trace = trace_interpolation};
const TypeSpec kIterator{.name = "string.templatelib.TemplateIter",
                         .kind = static_cast<CellKind>(Kind::TemplateIterator),
                         .size = sizeof(TemplateIterator),
                         .flags = kTypeNoNew,
                         .methods = kIteratorMethods,
                         .trace = trace_iterator};

Result<TemplateTypes*> template_types(Vm& vm) {
  TemplateTypes& t = vm.extension<TemplateTypes>();
  if (t.iterator != nullptr) return &t;
  t.template_ = TRY(make_type(vm, kTemplate));
  t.interpolation = TRY(make_type(vm, kInterpolation));
  const char* fields[] = {"value", "expression", "conversion", "format_spec"};
  Tuple* match_args = TRY(tuple_allocate(vm, 4));
  for (size_t i = 0; i < 4; ++i) {
    match_args->items[i] = TRY(vm.intern(fields[i]));
    vm.barrier(match_args);
  }
  TRY(type_set_own(vm, t.interpolation, vm.names.d_match_args, match_args));
  t.iterator = TRY(make_type(vm, kIterator));
  return &t;
}

}  // namespace

Value build_template(Vm& vm, Value strings, Value interpolations) {
  TemplateTypes* types = TRY(template_types(vm));
  if (strings.as<Tuple>()->length != interpolations.as<Tuple>()->length + 1)
    return vm.raise(E::SystemError, "a template has one string more than interpolations");
  for (Value string : strings.as<Tuple>()->span()) {  // a tree made by hand may have put anything there
    if (!is_str(string))
      return vm.raise(E::TypeError, "a template's strings must be str, not {}", type_name_of(string));
  }
  return template_make(vm, types->template_, strings.as<Tuple>(), interpolations.as<Tuple>());
}

Value build_interpolation(Vm& vm, Value value, Value text, uint32_t conversion, Value spec) {
  TemplateTypes* types = TRY(template_types(vm));
  Interpolation* i = TRY(vm.new_instance<Interpolation>(types->interpolation));
  i->value = value;
  i->expression = text;
  constexpr char kConversions[] = {0, 's', 'r', 'a'};
  i->conversion =
      conversion == 0 ? Value::none() : Value(vm.latin1_chars[static_cast<unsigned char>(kConversions[conversion])]);
  i->format_spec = spec.is_unset() ? Value(vm.names.empty) : spec;
  return i;
}

// --- string.templatelib, for libraries older than 3.14, where `string` is no package.

namespace {

Value convert(Vm& vm, Args a) {
  if (a[1].is_none()) return a[0];
  if (is_str(a[1]) && as_str(a[1])->length == 1) {
    switch (as_str(a[1])->at(0)) {
      case 'r': return repr(vm, a[0]);
      case 's': return str(vm, a[0]);
      case 'a': return ascii(vm, a[0]);
      default: break;
    }
  }
  return vm.raise(E::ValueError, "invalid conversion specifier: {}", a[1]);
}

/// What Template.__reduce__ names: strings and interpolations in turn.
Value template_unpickle(Vm& vm, Args a) {
  TemplateTypes* types = TRY(template_types(vm));
  std::span<const Value> args = a.rest(0);
  if (args.size() != 2) return vm.raise(E::ValueError, "Template expects tuple of length 2 to unpickle");
  List* strings = TRY(list_from(vm, args[0])).as<List>();
  List* interpolations = TRY(list_from(vm, args[1])).as<List>();
  List* parts = TRY(list_new(vm));
  for (uint64_t i = 0; i < strings->length || i < interpolations->length; ++i) {
    TRY(vm.poll());
    if (i < strings->length) TRY(list_append(vm, parts, strings->items()[i]));
    if (i < interpolations->length) TRY(list_append(vm, parts, interpolations->items()[i]));
  }
  return template_from_parts(vm, types->template_, {parts->items(), parts->length});
}

const NativeRow kFunctions[] = {
    {"convert(obj, /, conversion)", convert, 0, "Convert obj as a formatted string literal does."},
    {"_template_unpickle(*args)", template_unpickle},
};

Status templatelib_init(Vm& vm, Module* m) {
  TemplateTypes* types = TRY(template_types(vm));
  TRY(module_add(vm, m, "Template", types->template_));
  return module_add(vm, m, "Interpolation", types->interpolation);
}

}  // namespace

extern const ModuleSpec templatelib_module{
    .name = "string.templatelib",
    .doc = "Support for template string literals (t-strings).",
    .functions = kFunctions,
    .init = templatelib_init,
};

}  // namespace krait
