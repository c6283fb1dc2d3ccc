// Exceptions: BaseException, the making of all built-in classes, and the machine's access. (Classes with fields of their own are
// exception_types.cpp; groups are exception_group.cpp.)
#include "objects/exception.hpp"

#include <cstring>
#include <memory>
#include <vector>

#include "objects/attributes.hpp"
#include "objects/dict.hpp"
#include "objects/exception_init.hpp"
#include "objects/function.hpp"
#include "objects/int.hpp"
#include "objects/operations.hpp"
#include "objects/sequences.hpp"
#include "objects/shape.hpp"
#include "objects/str.hpp"
#include "objects/text_args.hpp"
#include "objects/type.hpp"

namespace krait {

// --- BaseException.

namespace {

void trace_exception(Heap&, Cell* cell, Marker& marker) {
  auto* e = static_cast<ExceptionObject*>(cell);
  marker.mark_cell(e->args);
  for (Value v : {e->traceback, e->context, e->cause, e->suppress_context}) marker.mark(v);
  marker.mark_range(e->extra, e->extra + ExceptionObject::kExtra);
}

}  // namespace

Value base_exception_new(Vm& vm, Args a) {
  ExceptionObject* e = TRY(vm.new_instance<ExceptionObject>(as_type(a[0])));
  e->args = TRY(tuple_from_span(vm, a.rest(2)));
  vm.barrier(e);
  return e;
}

Value base_exception_init(Vm& vm, Args a) {
  if (a.has(1) && a[1].as<Dict>()->used != 0)
    return vm.raise(E::TypeError, "{}() takes no keyword arguments", type_name_of(a[0]));
  ExceptionObject* e = as_exception(a[0]);
  e->args = TRY(tuple_from_span(vm, a.rest(2)));
  vm.barrier(e);
  return Value::none();
}

Result<Str*> base_exception_str(Vm& vm, ExceptionObject* e) {
  switch (e->args->length) {
    case 0: return vm.names.empty;
    case 1: return as_str(TRY(str(vm, e->args->items[0])));
    default: return as_str(TRY(str(vm, e->args)));
  }
}

namespace {

Value base_str(Vm& vm, Args a) { return base_exception_str(vm, as_exception(a[0])); }

Value base_repr(Vm& vm, Args a) {
  ExceptionObject* e = as_exception(a[0]);
  Str* name = vm.type_of(e)->name;
  if (e->args->length == 1) return TRY(str_message(vm, "{}({})", name, repr_of(e->args->items[0])));
  return TRY(str_message(vm, "{}{}", name, repr_of(e->args)));
}

}  // namespace

Value exception_reduce_with(Vm& vm, ExceptionObject* e, Tuple* args, Dict* fields) {
  Dict* state = nullptr;
  if (vm.shapes[e->shape].count != 0 || vm.shapes[e->shape].dictionary) state = TRY(instance_dict_copy(vm, e));
  if (fields != nullptr && fields->used != 0) {
    if (state == nullptr) {
      state = fields;
    } else {
      TRY(dict_update(vm, state, fields));
    }
  }
  if (state == nullptr || state->used == 0) return TRY(tuple_of(vm, vm.type_of(e), args));
  return TRY(tuple_of(vm, vm.type_of(e), args, state));
}

namespace {

Value base_reduce(Vm& vm, Args a) {
  return exception_reduce_with(vm, as_exception(a[0]), as_exception(a[0])->args, nullptr);
}

Value base_setstate(Vm& vm, Args a) {
  if (a[1].is_none()) return Value::none();
  if (!is_dict(a[1])) return vm.raise(E::TypeError, "state is not a dictionary");
  Dict* state = TRY(dict_copy(vm, a[1].as<Dict>()));
  uint32_t i = 0;
  while (const DictEntry* e = dict_next(state, i)) {
    Value key = e->key, value = e->value;
    TRY(set_attr(vm, a[0], TRY(attribute_name(vm, key)), value));
  }
  return Value::none();
}

Status set_traceback(Vm& vm, Value self, Value value) {
  if (value.is_unset()) return vm.raise(E::TypeError, "__traceback__ may not be deleted");
  if (!value.is_none() && !is_kind(value, Kind::Traceback))
    return vm.raise(E::TypeError, "__traceback__ must be a traceback or None");
  as_exception(self)->traceback = value.is_none() ? Value() : value;
  vm.barrier(self.cell());
  return {};
}

Value base_with_traceback(Vm& vm, Args a) {
  TRY(set_traceback(vm, a[0], a[1]));
  return a[0];
}

Value base_add_note(Vm& vm, Args a) {
  if (!is_str(a[1])) return vm.raise(E::TypeError, "add_note() argument must be str, not {}", argument_type(a[1]));
  TRY(exception_add_note(vm, a[0], as_str(a[1])));
  return Value::none();
}

Value none_if_unset(Value v) { return v.is_unset() ? Value::none() : v; }

Value get_args(Vm&, Value self) { return as_exception(self)->args; }
Status set_args(Vm& vm, Value self, Value value) {
  if (value.is_unset()) return vm.raise(E::TypeError, "args may not be deleted");
  as_exception(self)->args = TRY(tuple_from(vm, value)).as<Tuple>();
  vm.barrier(self.cell());
  return {};
}
Value get_traceback(Vm&, Value self) { return none_if_unset(as_exception(self)->traceback); }
Value get_context(Vm&, Value self) { return none_if_unset(as_exception(self)->context); }
Value get_cause(Vm&, Value self) { return none_if_unset(as_exception(self)->cause); }

Status set_link(Vm& vm, Value self, Value value, Value ExceptionObject::* field, const char* name, const char* what) {
  if (value.is_unset()) return vm.raise(E::TypeError, "{} may not be deleted", name);
  if (!value.is_none() && !is_exception(value))
    return vm.raise(E::TypeError, "exception {} must be None or derive from BaseException", what);
  as_exception(self)->*field = value.is_none() ? Value() : value;
  vm.barrier(self.cell());
  return {};
}
Status set_context(Vm& vm, Value self, Value value) {
  return set_link(vm, self, value, &ExceptionObject::context, "__context__", "context");
}
Status set_cause(Vm& vm, Value self, Value value) {
  TRY(set_link(vm, self, value, &ExceptionObject::cause, "__cause__", "cause"));
  as_exception(self)->suppress_context = Value::true_();
  return {};
}
Value get_suppress(Vm&, Value self) { return Value::boolean(as_exception(self)->suppress_context.is_true()); }
Status set_suppress(Vm& vm, Value self, Value value) {
  if (value.is_unset()) return vm.raise(E::TypeError, "can't delete numeric/char attribute");
  if (!value.is_bool()) return vm.raise(E::TypeError, "attribute value type must be bool");
  as_exception(self)->suppress_context = value;
  return {};
}
Value get_dict(Vm& vm, Value self) { return TRY(instance_dict(vm, self.cell())); }
Status set_dict(Vm& vm, Value self, Value value) {
  if (value.is_unset()) return vm.raise(E::TypeError, "cannot delete __dict__");
  if (!is_dict(value))
    return vm.raise(E::TypeError, "__dict__ must be set to a dictionary, not a '{}'", type_name_of(value));
  return instance_set_dict(vm, self.cell(), value.as<Dict>());
}

constexpr NativeRow kBaseMethods[] = {
    {"__new__($type, /, *args, **kwargs)", base_exception_new, kNewMethod},
    {"__init__($self, /, *args, **kwargs)", base_exception_init},
    {"__repr__($self, /)", base_repr},
    {"__str__($self, /)", base_str},
    {"__reduce__($self, /)", base_reduce},
    {"__setstate__($self, state, /)", base_setstate},
    {"with_traceback($self, object, /)", base_with_traceback, 0, "Set self.__traceback__ and give self."},
    {"add_note($self, object, /)", base_add_note, 0, "Add a note that is shown below the message."},
};
constexpr GetSetRow kBaseGetSets[] = {
    {"args", get_args, set_args},
    {"__traceback__", get_traceback, set_traceback},
    {"__context__", get_context, set_context},
    {"__cause__", get_cause, set_cause},
    {"__suppress_context__", get_suppress, set_suppress},
    {"__dict__", get_dict, set_dict},
};

// --- All classes.

constexpr const char* kNames[] = {
#define EXCEPTION(Name, Base, doc) #Name,
#include "objects/exceptions.def"
#undef EXCEPTION
};
constexpr const char* kDocs[] = {
#define EXCEPTION(Name, Base, doc) doc,
#include "objects/exceptions.def"
#undef EXCEPTION
};
constexpr E kBases[] = {
#define EXCEPTION(Name, Base, doc) E::Base,
#include "objects/exceptions.def"
#undef EXCEPTION
};

/// The specs of the built-in exceptions, put together from names and rows once per Vm.
struct ExceptionSpecs : Extension {
  std::vector<std::unique_ptr<TypeSpec>> specs;
  const TypeSpec& add(const char* name, const char* doc, const ExceptionRows* rows) {
    TypeSpec spec{.name = name,
                  .doc = doc,
                  .kind = static_cast<CellKind>(Kind::Exception),
                  .size = sizeof(ExceptionObject),
                  .flags = kTypeBase | kTypeHasDict,
                  .trace = trace_exception};
    if (rows != nullptr) {
      spec.methods = rows->methods;
      spec.members = rows->members;
      spec.getsets = rows->getsets;
    }
    return *specs.emplace_back(new TypeSpec(spec));
  }
};

[[noreturn]] void cannot_start() { std::abort(); }

}  // namespace

void exceptions_make_types(Vm& vm) {
  auto& specs = vm.extension<ExceptionSpecs>();
  constexpr ExceptionRows kBaseRows{"BaseException", kBaseMethods, {}, kBaseGetSets};
  for (size_t i = 0; i < std::size(kNames); ++i) {
    const ExceptionRows* rows = i == 0 ? &kBaseRows : nullptr;
    if (i == static_cast<size_t>(E::BaseExceptionGroup)) rows = &kBaseExceptionGroupRows;
    for (const ExceptionRows& r : kExceptionRows)
      if (std::strcmp(r.name, kNames[i]) == 0) rows = &r;
    const TypeSpec& spec = specs.add(kNames[i], kDocs[i], rows);
    Type* base = i == 0 ? vm.types.object : vm.exception_type(kBases[i]);
    Result<Type*> type = make_type(vm, spec, base);
    if (type.is_error()) cannot_start();
    vm.types.exceptions[i] = type.release();
  }
  // ExceptionGroup has two bases.
  const TypeSpec& group_spec =
      specs.add("ExceptionGroup", "Exceptions that were raised together, none of them one that ends the program.",
                &kExceptionGroupRows);
  Type* group = type_allocate_builtin(vm, group_spec, vm.exception_type(E::BaseExceptionGroup), vm.types.type);
  Result<Tuple*> bases = tuple_of(vm, vm.exception_type(E::BaseExceptionGroup), vm.exception_type(E::Exception));
  if (group == nullptr || bases.is_error()) cannot_start();
  group->bases = bases.release();
  if (type_fill_builtin(vm, group, group_spec).is_error()) cannot_start();
  vm.types.exception_group = group;
  Result<Type*> limit = make_type(vm, specs.add("krait.LimitExceeded", "A limit of the machine was reached.", nullptr),
                                  vm.exception_type(E::BaseException));
  if (limit.is_error()) cannot_start();
  vm.limit_type = limit.release();
  vm.limit_type->flags |= kTypeNoNew;
  vm.limit_type->flags &= ~kTypeBase;
}

// --- The machine's access.

bool is_exception_class(Vm& vm, Value v) {
  return is_type(v) && type_is_subtype(as_type(v), vm.exception_type(E::BaseException));
}

Value exception_new(Vm& vm, Type* type, Tuple* args) {
  ExceptionObject* e = TRY(vm.new_instance<ExceptionObject>(type));
  e->args = args;
  vm.barrier(e);
  Value init = type->get(Special::Init);
  if (!special_is_native(init, base_exception_init) && is_kind(init, Kind::NativeFunction)) {
    // The fields of the class.
    TRY(call_native(vm, init.as<NativeFunction>(), e, {args->items, static_cast<uint32_t>(args->length)}));
  }
  return e;
}

Value exception_from_raise(Vm& vm, Value v) {
  if (is_exception(v)) return v;
  if (!is_exception_class(vm, v)) return vm.raise(E::TypeError, "exceptions must derive from BaseException");
  Value e = TRY(call0(vm, v));
  if (!is_exception(e))
    return vm.raise(E::TypeError, "calling {} should have returned an instance of BaseException, not {}", repr_of(v),
                    repr_of(vm.type_of(e)));
  return e;
}

bool exception_is_uncatchable(Vm& vm, Value exception) { return vm.type_of(exception) == vm.limit_type; }

Result<bool> exception_matches(Vm& vm, Value exception, Value classes) {
  if (exception_is_uncatchable(vm, exception)) return false;
  if (is_tuple(classes)) {
    TRY(vm.check_stack());
    for (Value cls : classes.as<Tuple>()->span())
      if (TRY(exception_matches(vm, exception, cls))) return true;
    return false;
  }
  if (!is_exception_class(vm, classes))
    return vm.raise(E::TypeError, "catching classes that do not inherit from BaseException is not allowed");
  return type_is_subtype(vm.type_of(exception), as_type(classes));
}

Status exception_set_context(Vm& vm, Value exception, Value context) {
  if (exception == context) return {};
  // The chain of contexts stays free of cycles: where it leads to `exception` it is cut. A chain made cyclic by hand is walked
  // with a second, slower step behind it.
  Value step = context, slow = context;
  bool move_slow = false;
  while (true) {
    Value next = as_exception(step)->context;
    if (next.is_unset() || next.is_none()) break;
    if (next == exception) {
      as_exception(step)->context = Value();
      break;
    }
    step = next;
    if (step == slow) break;
    if (move_slow) slow = as_exception(slow)->context;
    move_slow = !move_slow;
  }
  as_exception(exception)->context = context.is_none() ? Value() : context;
  vm.barrier(exception.cell());
  return {};
}

Status exception_set_cause(Vm& vm, Value exception, Value cause) { return set_cause(vm, exception, cause); }

Status exception_add_note(Vm& vm, Value exception, Str* note) {
  Value notes = TRY(get_attr_optional(vm, exception, vm.names.d_notes));
  if (notes.is_exhausted()) {
    notes = TRY(list_new(vm));
    TRY(set_attr(vm, exception, vm.names.d_notes, notes));
  }
  if (!is_list(notes)) return vm.raise(E::TypeError, "Cannot add note: __notes__ is not a list");
  return list_append(vm, notes.as<List>(), note);
}

Error raise_stop_iteration(Vm& vm, Value value) {
  Result<Tuple*> args = value.is_unset() ? Result<Tuple*>(vm.empty_tuple) : tuple_of(vm, value);
  if (args.is_error()) return {};
  Value e = exception_new(vm, vm.exception_type(E::StopIteration), args.release());
  if (e.is_error()) return {};
  return vm.raise_value(e);
}

Value take_stop_iteration(Vm& vm) {
  if (!vm.has_pending()) return Value::exhausted();
  if (!vm.pending_is(E::StopIteration)) return Error{};
  Value e = vm.take_pending();
  return none_if_unset(as_exception(e)->extra[extra::kStopIterationValue]);
}

namespace {
Error raise_unicode_error(Vm& vm, E kind, const char* encoding, Value object, uint64_t start, uint64_t end,
                          const char* reason) {
  Result<Str*> encoding_text = str_from_utf8(vm, encoding);
  Result<Str*> reason_text = str_from_utf8(vm, reason);
  if (encoding_text.is_error() || reason_text.is_error()) return {};
  Result<Tuple*> args = tuple_of(vm, encoding_text.release(), object, Value::small_int(static_cast<int64_t>(start)),
                                 Value::small_int(static_cast<int64_t>(end)), reason_text.release());
  if (args.is_error()) return {};
  Value e = exception_new(vm, vm.exception_type(kind), args.release());
  if (e.is_error()) return {};
  return vm.raise_value(e);
}
}  // namespace

Error raise_unicode_encode_error(Vm& vm, const char* encoding, Value object, uint64_t start, uint64_t end,
                                 const char* reason) {
  return raise_unicode_error(vm, E::UnicodeEncodeError, encoding, object, start, end, reason);
}
Error raise_unicode_decode_error(Vm& vm, const char* encoding, Value object, uint64_t start, uint64_t end,
                                 const char* reason) {
  return raise_unicode_error(vm, E::UnicodeDecodeError, encoding, object, start, end, reason);
}

Error Vm::raise_os_error(int errno_value, Value filename, Value filename2) {
  Result<Str*> text = str_from_utf8(*this, std::strerror(errno_value));
  if (text.is_error()) return {};
  Value code = Value::small_int(errno_value);
  Result<Tuple*> args = filename2.is_unset()
                            ? filename.is_unset() ? tuple_of(*this, code, text.release())
                                                  : tuple_of(*this, code, text.release(), filename)
                            : tuple_of(*this, code, text.release(), filename, Value::none(), filename2);
  if (args.is_error()) return {};
  Value e = exception_new(*this, os_error_type(*this, errno_value), args.release());
  if (e.is_error()) return {};
  return raise_value(e);
}

}  // namespace krait
