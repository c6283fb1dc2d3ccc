// BaseExceptionGroup and ExceptionGroup (PEP 654), and what except* does with them.
#include <unordered_set>
#include <vector>

#include "objects/attributes.hpp"
#include "objects/dict.hpp"
#include "objects/exception.hpp"
#include "objects/exception_init.hpp"
#include "objects/function.hpp"
#include "objects/generic_alias.hpp"
#include "objects/operations.hpp"
#include "objects/sequences.hpp"
#include "objects/str.hpp"
#include "objects/type.hpp"

namespace krait {
namespace {

bool is_group(Vm& vm, Value v) {
  return is_exception(v) && is_instance_of(vm, v, vm.exception_type(E::BaseExceptionGroup));
}
Value message_of(Value group) { return as_exception(group)->extra[extra::kGroupMessage]; }
Tuple* exceptions_of(Value group) { return as_exception(group)->extra[extra::kGroupExceptions].as<Tuple>(); }

constexpr uint32_t place(int i) {
  return static_cast<uint32_t>(offsetof(ExceptionObject, extra) + static_cast<size_t>(i) * sizeof(Value));
}

// --- Making groups.

Value group_new(Vm& vm, Args a) {
  std::span<const Value> args = a.rest(2);
  Type* type = as_type(a[0]);
  if (args.size() != 2)
    return vm.raise(E::TypeError, "BaseExceptionGroup.__new__() takes exactly 2 arguments ({} given)", args.size());
  if (!is_str(args[0]))
    return vm.raise(E::TypeError, "BaseExceptionGroup.__new__() argument 1 must be str, not {}",
                    argument_type(args[0]));
  bool sequence = !special_of(vm, args[1], Special::GetItem).is_unset() && !is_dict(args[1]);
  if (!sequence) return vm.raise(E::TypeError, "second argument (exceptions) must be a sequence");
  auto* exceptions = TRY(tuple_from(vm, args[1])).as<Tuple>();
  if (exceptions->length == 0)
    return vm.raise(E::ValueError, "second argument (exceptions) must be a non-empty sequence");
  bool only_exceptions = true;
  for (uint64_t i = 0; i < exceptions->length; ++i) {
    Value e = exceptions->items[i];
    if (!is_exception(e))
      return vm.raise(E::ValueError, "Item {} of second argument (exceptions) is not an exception", i);
    only_exceptions = only_exceptions && is_instance_of(vm, e, vm.exception_type(E::Exception));
  }
  if (type == vm.exception_type(E::BaseExceptionGroup)) {
    if (only_exceptions) type = vm.types.exception_group;
  } else if (type == vm.types.exception_group) {
    if (!only_exceptions) return vm.raise(E::TypeError, "Cannot nest BaseExceptions in an ExceptionGroup");
  } else if (!only_exceptions && type_is_subtype(type, vm.exception_type(E::Exception))) {
    return vm.raise(E::TypeError, "Cannot nest BaseExceptions in '{}'", type->name);
  }
  // A sequence of another kind is shown as it was now: it may change.
  Value shown;
  if (!is_list(args[1]) && !is_tuple(args[1])) shown = TRY(repr(vm, args[1]));
  ExceptionObject* e = TRY(vm.new_instance<ExceptionObject>(type));
  e->extra[extra::kGroupShown] = shown;
  e->args = TRY(tuple_from_span(vm, args));
  e->extra[extra::kGroupMessage] = args[0];
  e->extra[extra::kGroupExceptions] = exceptions;
  vm.barrier(e);
  return e;
}

Value group_init(Vm& vm, Args a) {
  if (a.has(1) && a[1].as<Dict>()->used != 0)
    return vm.raise(E::TypeError, "{}() takes no keyword arguments", type_name_of(a[0]));
  return base_exception_init(vm, a);
}

Value make_group(Vm& vm, Str* message, std::span<const Value> exceptions) {
  Value args[] = {message, TRY(list_from_span(vm, exceptions))};
  return call(vm, vm.exception_type(E::BaseExceptionGroup), args);
}

Value group_str(Vm& vm, Args a) {
  uint64_t n = exceptions_of(a[0])->length;
  return TRY(str_message(vm, "{} ({} sub-exception{})", message_of(a[0]), n, n == 1 ? "" : "s"));
}

/// The exceptions as they are held, in the kind of sequence that the group was made of.
Value group_repr(Vm& vm, Args a) {
  ExceptionObject* e = as_exception(a[0]);
  if (Value text = e->extra[extra::kGroupShown]; !text.is_unset())
    return TRY(str_message(vm, "{}({}, {})", vm.type_of(e)->name, repr_of(message_of(a[0])), as_str(text)));
  Value shown = exceptions_of(a[0]);
  if (e->args->length == 2) {
    Value given = e->args->items[1];
    if (is_list(given)) {
      shown = TRY(list_from_span(vm, exceptions_of(a[0])->span()));
    } else if (!is_tuple(given)) {
      shown = given;
    }
  }
  return TRY(str_message(vm, "{}({}, {})", vm.type_of(e)->name, repr_of(message_of(a[0])), repr_of(shown)));
}

Value group_derive(Vm& vm, Args a) {
  Value args[] = {message_of(a[0]), a[1]};
  return call(vm, vm.exception_type(E::BaseExceptionGroup), args);
}

/// A part of `original` made by its derive(), with its traceback, links and notes; None for no exceptions.
Value derive_part(Vm& vm, Value original, std::span<const Value> exceptions) {
  if (exceptions.empty()) return Value::none();
  Value list = TRY(list_from_span(vm, exceptions));
  Value part = TRY(call_method(vm, original, TRY(vm.intern("derive")), list));
  if (!is_group(vm, part)) return vm.raise(E::TypeError, "derive must return an instance of BaseExceptionGroup");
  ExceptionObject *from = as_exception(original), *to = as_exception(part);
  to->traceback = from->traceback;
  to->context = from->context;
  to->cause = from->cause;
  to->suppress_context = from->suppress_context;
  vm.barrier(to);
  Value notes = TRY(get_attr_optional(vm, original, vm.names.d_notes));
  if (!notes.is_exhausted() && !special_of(vm, notes, Special::Iter).is_unset())
    TRY(set_attr(vm, part, vm.names.d_notes, TRY(list_from(vm, notes))));
  return part;
}

// --- Splitting.

/// What split() and subgroup() look for.
struct Condition {
  enum { kClasses, kCallable, kInstances } kind;
  Value value;                                              ///< classes or callable
  const std::unordered_set<uint64_t>* instances = nullptr;  ///< kInstances: addresses of leaves
};

Result<Condition> read_condition(Vm& vm, Value v) {
  bool classes = is_exception_class(vm, v);
  if (is_tuple(v)) {
    classes = true;
    for (Value cls : v.as<Tuple>()->span()) classes = classes && is_exception_class(vm, cls);
  }
  if (classes) return Condition{Condition::kClasses, v};
  if (!is_type(v) && is_callable(vm, v)) return Condition{Condition::kCallable, v};
  return vm.raise(E::TypeError,
                  "expected an exception type, a tuple of exception types, or a callable (other than a class)");
}

Result<bool> matches(Vm& vm, const Condition& condition, Value e) {
  switch (condition.kind) {
    case Condition::kClasses: return exception_matches(vm, e, condition.value);
    case Condition::kCallable: return truthy(vm, TRY(call1(vm, condition.value, e)));
    case Condition::kInstances: return !is_group(vm, e) && condition.instances->contains(e.bits());
  }
  return false;
}

/// Splits e into the part that matches and the rest, each None if empty.
Status split(Vm& vm, Value e, const Condition& condition, bool want_rest, Value* match, Value* rest) {
  *match = *rest = Value::none();
  if (TRY(matches(vm, condition, e))) {
    *match = e;
    return {};
  }
  if (!is_group(vm, e)) {
    if (want_rest) *rest = e;
    return {};
  }
  TRY(vm.check_stack(" in exceptiongroup_split_recursive"));
  List* matching = TRY(list_new(vm));
  List* others = TRY(list_new(vm));
  Tuple* exceptions = exceptions_of(e);
  for (Value inner : exceptions->span()) {
    TRY(vm.poll());
    Value inner_match, inner_rest;
    TRY(split(vm, inner, condition, want_rest, &inner_match, &inner_rest));
    if (!inner_match.is_none()) TRY(list_append(vm, matching, inner_match));
    if (!inner_rest.is_none()) TRY(list_append(vm, others, inner_rest));
  }
  *match = TRY(derive_part(vm, e, {matching->items(), matching->length}));
  if (want_rest) *rest = TRY(derive_part(vm, e, {others->items(), others->length}));
  return {};
}

Value group_split(Vm& vm, Args a) {
  Condition condition = TRY(read_condition(vm, a[1]));
  Value match, rest;
  TRY(split(vm, a[0], condition, true, &match, &rest));
  return TRY(tuple_of(vm, match, rest));
}

Value group_subgroup(Vm& vm, Args a) {
  Condition condition = TRY(read_condition(vm, a[1]));
  Value match, rest;
  TRY(split(vm, a[0], condition, false, &match, &rest));
  return match;
}

constexpr NativeRow kMethods[] = {
    {"__new__($type, /, *args, **kwargs)", group_new, kNewMethod},
    {"__init__($self, /, *args, **kwargs)", group_init},
    {"__str__($self, /)", group_str},
    {"__repr__($self, /)", group_repr},
    {"derive($self, excs, /)", group_derive, 0, "A group with the same message and these exceptions."},
    {"split($self, matcher_value, /)", group_split, 0, "The part that matches and the rest."},
    {"subgroup($self, matcher_value, /)", group_subgroup, 0, "The part that matches."},
    {"__class_getitem__($type, item, /)", class_getitem, kClassMethod},
};
constexpr MemberRow kMembers[] = {
    {"message", place(extra::kGroupMessage), MemberRow::kReadOnly},
    {"exceptions", place(extra::kGroupExceptions), MemberRow::kReadOnly},
};

// --- except*.

/// Do two groups stem from the same raise?
Result<bool> same_origin(Vm& vm, Value a, Value b) {
  const ExceptionObject *x = as_exception(a), *y = as_exception(b);
  if (x->traceback != y->traceback || x->cause != y->cause || x->context != y->context) return false;
  Value notes_a = TRY(get_attr_optional(vm, a, vm.names.d_notes)),
        notes_b = TRY(get_attr_optional(vm, b, vm.names.d_notes));
  if (notes_a == notes_b) return true;
  if (notes_a.is_exhausted() || notes_b.is_exhausted()) return false;
  return equal(vm, notes_a, notes_b);
}

Status collect_leaves(Vm& vm, Value e, std::unordered_set<uint64_t>& into) {
  if (!is_group(vm, e)) {
    into.insert(e.bits());
    return {};
  }
  TRY(vm.check_stack(" in collect_exception_group_leaf_ids"));
  for (Value inner : exceptions_of(e)->span()) TRY(collect_leaves(vm, inner, into));
  return {};
}

}  // namespace

constinit const ExceptionRows kBaseExceptionGroupRows{"BaseExceptionGroup", kMethods, kMembers};
constinit const ExceptionRows kExceptionGroupRows{"ExceptionGroup"};

Status exception_group_match(Vm& vm, Value exception, Value classes, Value* match, Value* rest) {
  *match = Value::none();
  *rest = exception;
  if (exception.is_none() || exception_is_uncatchable(vm, exception)) return {};
  if (TRY(exception_matches(vm, exception, classes))) {
    *rest = Value::none();
    if (is_group(vm, exception)) {
      *match = exception;
      return {};
    }
    *match = TRY(make_group(vm, vm.names.empty, {&exception, 1}));
    as_exception(*match)->traceback = as_exception(exception)->traceback;
    vm.barrier(match->cell());
    return {};
  }
  if (!is_group(vm, exception)) return {};
  Value pair = TRY(call_method(vm, exception, TRY(vm.intern("split")), classes));
  if (!is_tuple(pair))
    return vm.raise(E::TypeError, "{}.split must return a tuple, not {}", type_name_of(exception), type_name_of(pair));
  if (pair.as<Tuple>()->length < 2)
    return vm.raise(E::TypeError, "{}.split must return a 2-tuple, got tuple of size {}", type_name_of(exception),
                    pair.as<Tuple>()->length);
  for (size_t i = 0; i < 2; ++i) {
    Value part = pair.as<Tuple>()->items[i];
    if (!part.is_none() && !is_exception(part))
      return vm.raise(E::TypeError, "{}.split must return exceptions or None, not {}", type_name_of(exception),
                      type_name_of(part));
  }
  *match = pair.as<Tuple>()->items[0];
  *rest = pair.as<Tuple>()->items[1];
  return {};
}

Value exception_group_reraise(Vm& vm, Value original, Value raised_list) {
  auto* list = raised_list.as<List>();
  for (uint64_t i = 0; i < list->length; ++i)
    if (!list->items()[i].is_none() && !is_exception(list->items()[i]))
      return vm.raise(E::SystemError, "raised in except*: no exception");
  if (!is_group(vm, original)) {
    // A bare exception: there was one except* clause that saw it, so at most one thing was raised.
    for (uint64_t i = 0; i < list->length; ++i)
      if (!list->items()[i].is_none()) return list->items()[i];
    return Value::none();
  }
  List* raised = TRY(list_new(vm));
  List* reraised = TRY(list_new(vm));
  for (uint64_t i = 0; i < list->length; ++i) {
    Value e = list->items()[i];
    if (e.is_none()) continue;
    TRY(list_append(vm, TRY(same_origin(vm, e, original)) ? reraised : raised, e));
  }
  if (raised->length == 0 && reraised->length == 0) return Value::none();
  Value kept = Value::none();
  if (reraised->length != 0) {
    // What was passed on comes back in the form it had: the original group without what was handled.
    std::unordered_set<uint64_t> leaves;
    for (uint64_t i = 0; i < reraised->length; ++i) TRY(collect_leaves(vm, reraised->items()[i], leaves));
    Condition condition{Condition::kInstances, Value(), &leaves};
    Value rest;
    TRY(split(vm, original, condition, false, &kept, &rest));
  }
  if (raised->length == 0) return kept;
  if (!kept.is_none()) TRY(list_append(vm, raised, kept));
  if (raised->length == 1) return raised->items()[0];
  return make_group(vm, vm.names.empty, {raised->items(), raised->length});
}

}  // namespace krait
