#include "runtime/older_annotations.hpp"

#include "interp/function.hpp"
#include "objects/dict.hpp"
#include "objects/exception.hpp"
#include "objects/operations.hpp"
#include "objects/sequences.hpp"
#include "objects/str.hpp"

namespace krait {

namespace {

/// The pending NameError's name, taking the error away; null, and the error stays, if it is something else.
Str* undefined_name(Vm& vm) {
  if (!vm.pending_is(E::NameError)) return nullptr;
  Value name = as_exception(vm.t.pending)->extra[extra::kNameErrorName];
  if (!is_str(name) || !vm.clear_pending()) return nullptr;
  return as_str(name);
}

/// A copy of the function in which `name` is a forward reference.
Result<Function*> with_forward_reference(Vm& vm, Function* f, Str* name) {
  Value typing = vm.import_hook(vm, "typing");
  if (typing.is_error()) return Error{};
  Value make = get_attr(vm, typing, TRY(vm.intern("ForwardRef")));
  if (make.is_error()) return Error{};
  Value reference = call1(vm, make, name);
  if (reference.is_error()) return Error{};
  Dict* globals = TRY(dict_copy(vm, f->globals));
  TRY(dict_set_str(vm, globals, vm.intern(name), reference));
  Function* copy = TRY(function_new(vm, f->code, globals));
  copy->builtins = f->builtins;
  copy->closure = f->closure;
  copy->defaults = f->defaults;
  vm.barrier(copy);
  if (f->closure == nullptr) return copy;
  // An enclosing function's variable that has no value yet: its cell is exchanged.
  Tuple* cells = TRY(tuple_from_span(vm, f->closure->span()));
  uint64_t free = 0;
  for (uint64_t slot = 0; slot < f->code->slot_names->length && free < cells->length; ++slot) {
    if (!(f->code->slot_kinds->data<uint8_t>()[slot] & kSlotFree)) continue;
    Value* cell = &cells->items[free++];
    if (!str_equal(f->code->slot_names->items[slot].as<Str>(), name) || !cell->as<ClosureCell>()->content.is_unset())
      continue;
    *cell = TRY(cell_new(vm, reference));
    vm.barrier(cells);
  }
  copy->closure = cells;
  vm.barrier(copy);
  return copy;
}

}  // namespace

Value annotations_with_forward_references(Vm& vm, Value annotate, bool* complete) {
  *complete = true;
  Str* last = nullptr;
  for (;;) {
    Value made = call1(vm, annotate, Value::small_int(1));
    if (!made.is_error()) {
      if (!is_dict(made))
        return vm.raise(E::TypeError, "__annotate__ returned non-dict of type '{}'", type_name_of(made));
      return made;
    }
    if (!is_function(annotate)) return made;
    Value error = vm.t.pending;
    Str* name = undefined_name(vm);
    if (name == nullptr) return Error{};
    if (last != nullptr && str_equal(name, last))
      return vm.raise_value(error);  // what is missing is not where it was put
    *complete = false;
    annotate = TRY(with_forward_reference(vm, annotate.as<Function>(), name));
    last = name;
  }
}

Status annotations_into_namespace(Vm& vm, Value ns) {
  if (!is_dict(ns)) return {};
  Value annotate = dict_get_str(vm, ns.as<Dict>(), vm.names.d_annotate_func);
  if (annotate.is_unset() || !dict_get_str(vm, ns.as<Dict>(), vm.names.d_annotations).is_unset()) return {};
  bool complete;
  Value annotations = annotations_with_forward_references(vm, annotate, &complete);
  if (annotations.is_error()) return Error{};
  // Tells the class to evaluate anew when it is asked.
  if (!complete) TRY(set_item(vm, ns, vm.names.d_annotations_unfinished, Value::true_()));
  return set_item(vm, ns, vm.names.d_annotations, annotations);
}

Status tell_older_typing(Vm& vm, Value module) {
  Str* name = TRY(vm.intern("EXCLUDED_ATTRIBUTES"));
  Value excluded = TRY(get_attr_optional(vm, module, name));
  if (excluded.is_exhausted()) return {};
  List* all = TRY(list_from(vm, excluded)).as<List>();
  for (const char* attribute : {"__annotate__", "__annotate_func__", "__annotations_cache__", "__firstlineno__",
                                "__static_attributes__", "__type_params__"})
    TRY(list_append(vm, all, TRY(vm.intern(attribute))));
  // Of the kind it was: a list, or a frozenset.
  Value told = TRY(call1(vm, Value(vm.type_of(excluded)), all));
  return set_attr(vm, module, name, told);
}

}  // namespace krait
