// The function and cell types.
#include "interp/function.hpp"

#include "interp/frame.hpp"
#include "objects/dict.hpp"
#include "objects/exception.hpp"
#include "objects/function.hpp"
#include "objects/operations.hpp"
#include "objects/sequences.hpp"
#include "objects/str.hpp"

namespace krait {

Result<Function*> function_new(Vm& vm, Code* code, Dict* globals) {
  Function* f = TRY(vm.new_instance<Function>(vm.types.function));
  f->code = code;
  f->globals = globals;
  // Globals that do not say go by those of the code that runs.
  f->builtins = vm.t.frame == nullptr ? vm.builtins_dict : vm.t.frame->builtins;
  if (vm.t.frame == nullptr || vm.t.frame->globals != globals) {
    Value builtins = dict_get_str(vm, globals, vm.names.d_builtins);
    if (is_kind(builtins, Kind::Module)) builtins = get_attr(vm, builtins, vm.names.d_dict);
    if (is_dict(builtins)) {
      f->builtins = builtins.as<Dict>();
    } else if (!builtins.is_unset()) {
      // Another mapping is read once. What is none has no names, which name_error() tells.
      f->builtins = TRY(dict_new(vm));
      vm.barrier(f);
      Value keys = TRY(get_attr_optional(vm, builtins, TRY(vm.intern("keys"))));
      if (!keys.is_exhausted()) TRY(dict_update(vm, f->builtins, builtins));
    }
  }
  f->name = code->name;
  f->qualname = code->qualname;
  Value module = dict_get_str(vm, globals, vm.names.d_name);
  f->module = module.is_unset() ? Value::none() : module;
  if (code->is(kCoHasDocstring) && code->consts->length > 0) f->doc = code->consts->items[0];
  return f;
}

Result<ClosureCell*> cell_new(Vm& vm, Value content) {
  ClosureCell* cell = TRY(vm.allocate<ClosureCell>(Kind::Cell, vm.types.cell->shape));
  cell->content = content;
  return cell;
}

namespace {

Function* self_of(Value v) { return v.as<Function>(); }
Value or_none(Value v) { return v.is_unset() ? Value::none() : v; }

void trace_function(Heap&, Cell* cell, Marker& marker) {
  Function* f = static_cast<Function*>(cell);
  marker.mark_cell(f->code);
  marker.mark_cell(f->globals);
  marker.mark_cell(f->builtins);
  marker.mark_cell(f->defaults);
  marker.mark_cell(f->kwdefaults);
  marker.mark_cell(f->closure);
  marker.mark_cell(f->name);
  marker.mark_cell(f->qualname);
  marker.mark(f->doc);
  marker.mark(f->module);
  marker.mark(f->annotations);
  marker.mark(f->annotate);
  marker.mark(f->type_params);
}

Value function_get(Vm& vm, Args a) {
  if (a[1].is_none()) {
    if (a.get(2, Value::none()).is_none()) return vm.raise(E::TypeError, "__get__(None, None) is invalid");
    return a[0];
  }
  return method_new(vm, a[0], a[1]);
}
Value function_repr(Vm& vm, Args a) {
  char address[32];
  snprintf(address, sizeof address, "0x%llx", static_cast<unsigned long long>(a[0].bits()));
  return str_message(vm, "<function {} at {}>", self_of(a[0])->qualname, static_cast<const char*>(address));
}
Value function_call(Vm& vm, Args a) {
  std::span<const Value> rest = a.rest(2);
  Result<Tuple*> tuple = tuple_from_span(vm, rest);
  if (tuple.is_error()) return Error{};
  return call_with(vm, a[0], tuple.release(), a[1].is_unset() ? nullptr : a[1].as<Dict>());
}

// types.FunctionType(code, globals, name=None, argdefs=None, closure=None, kwdefaults=None)
Value function_construct(Vm& vm, Args a) {
  if (!is_code(a[1]))
    return vm.raise(E::TypeError, "function() argument 'code' must be code, not {}", type_name_of(a[1]));
  if (!is_dict(a[2]))
    return vm.raise(E::TypeError, "function() argument 'globals' must be dict, not {}", argument_type(a[2]));
  Code* code = a[1].as<Code>();
  Value name = a.get(3, Value::none()), defaults = a.get(4, Value::none()), closure = a.get(5, Value::none()),
        kwdefaults = a.get(6, Value::none());
  if (!name.is_none() && !is_str(name)) return vm.raise(E::TypeError, "arg 3 (name) must be None or string");
  if (!defaults.is_none() && !is_tuple(defaults))
    return vm.raise(E::TypeError, "arg 4 (defaults) must be None or tuple");
  uint64_t cells = 0;
  if (is_tuple(closure)) {
    cells = closure.as<Tuple>()->length;
  } else if (!closure.is_none() || code->free_count != 0) {
    if (code->free_count != 0 && closure.is_none()) return vm.raise(E::TypeError, "arg 5 (closure) must be tuple");
    return vm.raise(E::TypeError, "arg 5 (closure) must be None or tuple");
  }
  if (!kwdefaults.is_none() && !is_dict(kwdefaults))
    return vm.raise(E::TypeError, "arg 6 (kwdefaults) must be None or dict");
  if (cells != code->free_count)
    return vm.raise(E::ValueError, "{} requires closure of length {}, not {}", code->name, code->free_count, cells);
  for (uint64_t i = 0; i < cells; ++i)
    if (!is_kind(closure.as<Tuple>()->items[i], Kind::Cell))
      return vm.raise(E::TypeError, "arg 5 (closure) expected cell, found {}",
                      type_name_of(closure.as<Tuple>()->items[i]));
  Function* f = TRY(function_new(vm, code, a[2].as<Dict>()));
  if (!name.is_none()) f->name = name.as<Str>();
  if (!defaults.is_none()) f->defaults = defaults.as<Tuple>();
  if (cells != 0) f->closure = closure.as<Tuple>();
  if (!kwdefaults.is_none()) f->kwdefaults = kwdefaults.as<Dict>();
  vm.barrier(f);
  return f;
}

const NativeRow kFunctionMethods[] = {
    {"__new__($type, code, globals, name=None, argdefs=None, closure=None, kwdefaults=None)", function_construct,
     kNewMethod | kStaticMethod, "Create a function object."},
    {"__get__($self, instance, owner=None, /)", function_get, 0, nullptr},
    {"__repr__($self, /)", function_repr, 0, nullptr},
    {"__call__($self, /, *args, **kwargs)", function_call, 0, "Call self as a function."},
};

Value get_code(Vm&, Value v) { return self_of(v)->code; }
Status set_code(Vm& vm, Value v, Value value) {
  if (!is_code(value)) return vm.raise(E::TypeError, "__code__ must be set to a code object");
  Function* f = self_of(v);
  uint64_t cells = f->closure == nullptr ? 0 : f->closure->length;
  Code* code = value.as<Code>();
  if (cells != code->free_count)
    return vm.raise(E::ValueError, "{}() requires a code object with {} free vars, not {}", f->name, cells,
                    code->free_count);
  constexpr int kKind = kCoGenerator | kCoCoroutine | kCoAsyncGenerator;
  if ((code->flags & kKind) != (f->code->flags & kKind))
    TRY(warn(vm, E::DeprecationWarning,
             "Assigning a code object of non-matching type is deprecated (e.g., from a generator to a "
             "plain function)"));
  f->code = code;
  vm.barrier(f);
  return {};
}
Value get_defaults(Vm&, Value v) { return or_none(Value(self_of(v)->defaults)); }
Status set_defaults(Vm& vm, Value v, Value value) {
  if (value.is_unset() || value.is_none()) {
    self_of(v)->defaults = nullptr;
    return {};
  }
  if (!is_tuple(value)) return vm.raise(E::TypeError, "__defaults__ must be set to a tuple object");
  self_of(v)->defaults = value.as<Tuple>();
  vm.barrier(v.cell());
  return {};
}
Value get_kwdefaults(Vm&, Value v) { return or_none(Value(self_of(v)->kwdefaults)); }
Status set_kwdefaults(Vm& vm, Value v, Value value) {
  if (value.is_unset() || value.is_none()) {
    self_of(v)->kwdefaults = nullptr;
    return {};
  }
  if (!is_dict(value)) return vm.raise(E::TypeError, "__kwdefaults__ must be set to a dict object");
  self_of(v)->kwdefaults = value.as<Dict>();
  vm.barrier(v.cell());
  return {};
}
Value get_name(Vm&, Value v) { return self_of(v)->name; }
Status set_name(Vm& vm, Value v, Value value) {
  if (!is_str(value)) return vm.raise(E::TypeError, "__name__ must be set to a string object");
  self_of(v)->name = value.as<Str>();
  vm.barrier(v.cell());
  return {};
}
Value get_qualname(Vm&, Value v) { return self_of(v)->qualname; }
Status set_qualname(Vm& vm, Value v, Value value) {
  if (!is_str(value)) return vm.raise(E::TypeError, "__qualname__ must be set to a string object");
  self_of(v)->qualname = value.as<Str>();
  vm.barrier(v.cell());
  return {};
}
Value get_doc(Vm&, Value v) { return or_none(self_of(v)->doc); }
Status set_doc(Vm& vm, Value v, Value value) {
  self_of(v)->doc = value.is_unset() ? Value::none() : value;
  vm.barrier(v.cell());
  return {};
}
Value get_module(Vm&, Value v) { return or_none(self_of(v)->module); }
Status set_module(Vm& vm, Value v, Value value) {
  self_of(v)->module = value.is_unset() ? Value::none() : value;
  vm.barrier(v.cell());
  return {};
}
Value get_annotate(Vm&, Value v) { return or_none(self_of(v)->annotate); }
Status set_annotate(Vm& vm, Value v, Value value) {
  if (value.is_unset()) return vm.raise(E::TypeError, "__annotate__ cannot be deleted");
  if (!value.is_none() && !is_callable(vm, value))
    return vm.raise(E::TypeError, "__annotate__ must be callable or None");
  self_of(v)->annotate = value;
  if (!value.is_none()) self_of(v)->annotations = Value();
  vm.barrier(v.cell());
  return {};
}
Value get_annotations(Vm& vm, Value v) {
  Function* f = self_of(v);
  if (f->annotations.is_unset()) {
    if (!f->annotate.is_unset() && !f->annotate.is_none()) {
      Value made = call1(vm, f->annotate, Value::small_int(1));
      if (made.is_error()) return made;
      if (!is_dict(made))
        return vm.raise(E::TypeError, "__annotate__ returned non-dict of type '{}'", type_name_of(made));
      f->annotations = made;
    } else {
      f->annotations = TRY(dict_new(vm));
    }
    vm.barrier(f);
  } else if (is_tuple(f->annotations)) {
    // The compiler's compact form (from __future__ import annotations): name, text, name, text, ...
    Tuple* pairs = f->annotations.as<Tuple>();
    Dict* dict = TRY(dict_new(vm, pairs->length / 2));
    for (uint64_t i = 0; i + 1 < pairs->length; i += 2) TRY(dict_set(vm, dict, pairs->items[i], pairs->items[i + 1]));
    f->annotations = dict;
    vm.barrier(f);
  }
  return f->annotations;
}
Status set_annotations(Vm& vm, Value v, Value value) {
  Function* f = self_of(v);
  if (value.is_unset() || value.is_none()) {
    f->annotations = Value();
  } else {
    if (!is_dict(value)) return vm.raise(E::TypeError, "__annotations__ must be set to a dict object");
    f->annotations = value;
  }
  f->annotate = Value::none();
  vm.barrier(f);
  return {};
}
Value get_type_params(Vm& vm, Value v) {
  Value params = self_of(v)->type_params;
  return params.is_unset() ? Value(vm.empty_tuple) : params;
}
Status set_type_params(Vm& vm, Value v, Value value) {
  if (!is_tuple(value)) return vm.raise(E::TypeError, "__type_params__ must be set to a tuple");
  self_of(v)->type_params = value;
  vm.barrier(v.cell());
  return {};
}

// A pointer that is null is a value that is unset.
constexpr MemberRow kFunctionMembers[] = {
    {"__closure__", offsetof(Function, closure), MemberRow::kReadOnly},
    {"__globals__", offsetof(Function, globals), MemberRow::kReadOnly},
    {"__builtins__", offsetof(Function, builtins), MemberRow::kReadOnly},
};
const GetSetRow kFunctionAttributes[] = {
    {"__code__", get_code, set_code},
    {"__defaults__", get_defaults, set_defaults},
    {"__kwdefaults__", get_kwdefaults, set_kwdefaults},
    {"__name__", get_name, set_name},
    {"__qualname__", get_qualname, set_qualname},
    {"__doc__", get_doc, set_doc},
    {"__module__", get_module, set_module},
    {"__annotations__", get_annotations, set_annotations},
    {"__annotate__", get_annotate, set_annotate},
    {"__type_params__", get_type_params, set_type_params},
};

// --- cells
ClosureCell* cell_of(Value v) { return v.as<ClosureCell>(); }
void trace_cell(Heap&, Cell* cell, Marker& marker) { marker.mark(static_cast<ClosureCell*>(cell)->content); }
Value cell_construct(Vm& vm, Args a) { return cell_new(vm, a[1]); }
Value cell_repr(Vm& vm, Args a) {
  char address[32], content[32];
  snprintf(address, sizeof address, "0x%llx", static_cast<unsigned long long>(a[0].bits()));
  Value v = cell_of(a[0])->content;
  if (v.is_unset()) return str_message(vm, "<cell at {}: empty>", static_cast<const char*>(address));
  snprintf(content, sizeof content, "0x%llx", static_cast<unsigned long long>(v.bits()));
  return str_message(vm, "<cell at {}: {} object at {}>", static_cast<const char*>(address), type_name_of(v),
                     static_cast<const char*>(content));
}
template <CompareOp op>
Value cell_compare(Vm& vm, Args a) {
  if (!is_kind(a[1], Kind::Cell)) return Value::not_implemented();
  Value x = cell_of(a[0])->content, y = cell_of(a[1])->content;
  if (!x.is_unset() && !y.is_unset()) return compare(vm, x, y, op);
  int left = !x.is_unset(), right = !y.is_unset();
  switch (op) {
    case CompareOp::Lt: return Value::boolean(left < right);
    case CompareOp::Le: return Value::boolean(left <= right);
    case CompareOp::Eq: return Value::boolean(left == right);
    case CompareOp::Ne: return Value::boolean(left != right);
    case CompareOp::Gt: return Value::boolean(left > right);
    default: return Value::boolean(left >= right);
  }
}
const NativeRow kCellMethods[] = {
    {"__new__($type, contents=<unrepresentable>, /)", cell_construct, kNewMethod | kStaticMethod,
     "Create a new cell object."},
    {"__repr__($self, /)", cell_repr, 0, nullptr},
    {"__lt__($self, other, /)", cell_compare<CompareOp::Lt>, 0, nullptr},
    {"__le__($self, other, /)", cell_compare<CompareOp::Le>, 0, nullptr},
    {"__eq__($self, other, /)", cell_compare<CompareOp::Eq>, 0, nullptr},
    {"__ne__($self, other, /)", cell_compare<CompareOp::Ne>, 0, nullptr},
    {"__gt__($self, other, /)", cell_compare<CompareOp::Gt>, 0, nullptr},
    {"__ge__($self, other, /)", cell_compare<CompareOp::Ge>, 0, nullptr},
    {"__hash__($self, /)", nullptr, 0, nullptr},
};
Value get_contents(Vm& vm, Value v) {
  if (cell_of(v)->content.is_unset()) return vm.raise(E::ValueError, "Cell is empty");
  return cell_of(v)->content;
}
Status set_contents(Vm& vm, Value v, Value value) {
  cell_of(v)->content = value;
  vm.barrier(v.cell());
  return {};
}
const GetSetRow kCellAttributes[] = {{"cell_contents", get_contents, set_contents}};

}  // namespace

extern const TypeSpec function_type{
    .name = "function",
    .doc = "A function written in Python.",
    .kind = static_cast<CellKind>(Kind::Function),
    .size = sizeof(Function),
    .flags = kTypeHasDict | kTypeHasWeakref,
    .methods = kFunctionMethods,
    .getsets = kFunctionAttributes,
    .members = kFunctionMembers,
    .trace = trace_function,
};
extern const TypeSpec cell_type{
    .name = "cell",
    .doc = "A variable shared by a function and the functions inside it.",
    .signature = "([contents])",
    .kind = static_cast<CellKind>(Kind::Cell),
    .size = sizeof(ClosureCell),
    .methods = kCellMethods,
    .getsets = kCellAttributes,
    .trace = trace_cell,
};

}  // namespace krait
