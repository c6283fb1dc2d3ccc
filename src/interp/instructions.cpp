// The rarer instructions, and the slow parts of the common ones.
#include "bytecode/guest.hpp"
#include "interp/interpreter.hpp"
#include "objects/dict.hpp"
#include "objects/exception.hpp"
#include "objects/function.hpp"
#include "objects/module.hpp"
#include "objects/operations.hpp"
#include "objects/sequences.hpp"
#include "objects/shape.hpp"
#include "objects/str.hpp"
#include "objects/type.hpp"
#include "objects/typing.hpp"

namespace krait {
namespace {

Str* slot_name(const Code* code, uint32_t slot) { return code->slot_names->items[slot].as<Str>(); }

}  // namespace

Error raise_name_error(Vm& vm, Str* name) {
  // A __builtins__ that is no mapping at all is what is wrong.
  if (vm.t.frame != nullptr && vm.t.frame->globals != nullptr) {
    Value builtins = dict_get_str(vm, vm.t.frame->globals, vm.names.d_builtins);
    if (!builtins.is_unset() && !is_dict(builtins) && !is_kind(builtins, Kind::Module) &&
        special_of(vm, builtins, Special::GetItem).is_unset())
      return vm.raise(E::TypeError, "'{}' object is not subscriptable", type_name_of(builtins));
  }
  (void)vm.raise(E::NameError, "name '{}' is not defined", name);
  if (is_exception(vm.t.pending)) {
    as_exception(vm.t.pending)->extra[extra::kNameErrorName] = name;
    vm.barrier(vm.t.pending.cell());
  }
  return Error{};
}

Error raise_unbound_local(Vm& vm, const Code* code, uint32_t slot) {
  return vm.raise(E::UnboundLocalError, "cannot access local variable '{}' where it is not associated with a value",
                  slot_name(code, slot));
}

Error raise_unbound_deref(Vm& vm, const Code* code, uint32_t slot) {
  uint8_t kind = code->slot_kinds->data<uint8_t>()[slot];
  if (!(kind & kSlotFree)) return raise_unbound_local(vm, code, slot);
  Str* name = slot_name(code, slot);
  (void)vm.raise(E::NameError,
                 "cannot access free variable '{}' where it is not associated with a value in enclosing scope", name);
  if (is_exception(vm.t.pending)) as_exception(vm.t.pending)->extra[extra::kNameErrorName] = name;
  return Error{};
}

namespace {

[[gnu::cold]] Error raise_too_many(Vm& vm, uint32_t count, Value v) {
  // 3.14 tells how many there were where the length can be had without running anything.
  if (is_exact(vm, v, vm.types.tuple) || is_exact(vm, v, vm.types.list) || is_exact(vm, v, vm.types.dict)) {
    int64_t n = is_tuple(v)  ? static_cast<int64_t>(v.as<Tuple>()->length)
                : is_list(v) ? static_cast<int64_t>(v.as<List>()->length)
                             : static_cast<int64_t>(v.as<Dict>()->used);
    return vm.raise(E::ValueError, "too many values to unpack (expected {}, got {})", count, n);
  }
  return vm.raise(E::ValueError, "too many values to unpack (expected {})", count);
}

Result<Value> unpack_iterator(Vm& vm, Value v) {
  Value it = get_iter(vm, v);
  if (it.is_error()) {
    if (vm.pending_is(E::TypeError) && special_of(vm, v, Special::Iter).is_unset() &&
        special_of(vm, v, Special::GetItem).is_unset() && vm.clear_pending())
      return vm.raise(E::TypeError, "cannot unpack non-iterable {} object", type_name_of(v));
    return Error{};
  }
  return it;
}

}  // namespace

Status unpack_sequence(Vm& vm, Value v, uint32_t count, Value* out) {
  if (is_exact(vm, v, vm.types.tuple) || is_exact(vm, v, vm.types.list)) {
    uint64_t n = is_tuple(v) ? v.as<Tuple>()->length : v.as<List>()->length;
    if (n > count) return raise_too_many(vm, count, v);
    if (n < count) return vm.raise(E::ValueError, "not enough values to unpack (expected {}, got {})", count, n);
    const Value* items = is_tuple(v) ? v.as<Tuple>()->items : v.as<List>()->items();
    for (uint32_t i = 0; i < count; ++i) out[count - 1 - i] = items[i];
    return {};
  }
  Value it = TRY(unpack_iterator(vm, v));
  List* kept = TRY(list_new(vm, count));
  for (uint32_t i = 0; i < count; ++i) {
    Value item = iter_next(vm, it);
    if (item.is_error()) return Error{};
    if (item.is_exhausted())
      return vm.raise(E::ValueError, "not enough values to unpack (expected {}, got {})", count, i);
    TRY(list_append(vm, kept, item));
  }
  Value more = iter_next(vm, it);
  if (more.is_error()) return Error{};
  if (!more.is_exhausted()) return raise_too_many(vm, count, v);
  for (uint32_t i = 0; i < count; ++i) out[count - 1 - i] = kept->items()[i];
  return {};
}

Status unpack_ex(Vm& vm, Value v, uint32_t before, uint32_t after, Value* out) {
  Value it = TRY(unpack_iterator(vm, v));
  List* first = TRY(list_new(vm, before));
  for (uint32_t i = 0; i < before; ++i) {
    Value item = iter_next(vm, it);
    if (item.is_error()) return Error{};
    if (item.is_exhausted()) {
      return vm.raise(E::ValueError, "not enough values to unpack (expected at least {}, got {})", before + after, i);
    }
    TRY(list_append(vm, first, item));
  }
  Value rest_value = list_from(vm, it);
  if (rest_value.is_error()) return Error{};
  List* rest = rest_value.as<List>();
  if (rest->length < after)
    return vm.raise(E::ValueError, "not enough values to unpack (expected at least {}, got {})", before + after,
                    before + rest->length);
  // Pushed last first: after..., the list, before...
  uint32_t place = 0;
  uint64_t n = rest->length;
  for (uint32_t i = 0; i < after; ++i) out[place++] = rest->items()[n - 1 - i];
  rest->length = n - after;
  out[place++] = rest;
  for (uint32_t i = 0; i < before; ++i) out[place++] = first->items()[before - 1 - i];
  return {};
}

namespace {

/// Bounds of a slice without a step that need no `__index__`: what slice_unpack() would give.
bool plain_bounds(Value start, Value stop, SliceRange* out) {
  if (!(start.is_none() || start.is_small_int()) || !(stop.is_none() || stop.is_small_int())) return false;
  *out = {start.is_none() ? 0 : start.as_small_int(), stop.is_none() ? INT64_MAX : stop.as_small_int(), 1, 0};
  return true;
}

}  // namespace

Value binary_slice(Vm& vm, Value container, Value start, Value stop) {
  SliceRange said;
  if (container.is_cell() && plain_bounds(start, stop, &said)) {
    switch (container.cell()->shape) {
      case BuiltinShape::k_list: {
        List* list = container.as<List>();
        return list_slice(vm, list, slice_adjust(said, static_cast<int64_t>(list->length)));
      }
      case BuiltinShape::k_tuple: {
        Tuple* tuple = container.as<Tuple>();
        SliceRange r = slice_adjust(said, static_cast<int64_t>(tuple->length));
        if (static_cast<uint64_t>(r.count) == tuple->length) return tuple;
        return tuple_from_span(vm, {tuple->items + r.start, static_cast<size_t>(r.count)});
      }
      case BuiltinShape::k_str: {
        Str* s = as_str(container);
        SliceRange r = slice_adjust(said, static_cast<int64_t>(s->length));
        return str_substring(vm, s, static_cast<uint64_t>(r.start), static_cast<uint64_t>(r.stop));
      }
      default: break;
    }
  }
  return get_item(vm, container, TRY(slice_new(vm, start, stop, Value::none())));
}

Status store_slice(Vm& vm, Value container, Value start, Value stop, Value value) {
  SliceRange said;
  if (is_exact(vm, container, vm.types.list) && is_exact(vm, value, vm.types.list) && container != value &&
      plain_bounds(start, stop, &said)) {
    List *list = container.as<List>(), *source = value.as<List>();
    SliceRange r = slice_adjust(said, static_cast<int64_t>(list->length));
    return list_replace(vm, list, r.start, r.stop, {source->items(), source->length});
  }
  return set_item(vm, container, TRY(slice_new(vm, start, stop, Value::none())), value);
}

Value import_name(Vm& vm, Frame* frame, Str* name, Value level, Value from_list) {
  Value import = load_from_dict(vm, frame->builtins, vm.names.d_import);
  if (import.is_error()) return import;
  if (import.is_exhausted()) return vm.raise(E::ImportError, "__import__ not found");
  Value locals = frame->locals.is_unset() ? Value::none() : frame->locals;
  Value args[] = {name, frame->globals, locals, from_list, level};
  return call(vm, import, args);
}

Value import_from(Vm& vm, Value module, Str* name) {
  Value v = get_attr_optional(vm, module, name);
  if (!v.is_exhausted()) return v;
  // A submodule that is being imported is in sys.modules before it is an attribute of its package.
  Value package = get_attr_optional(vm, module, vm.names.d_name);
  if (package.is_error()) return package;
  if (is_str(package)) {
    Str* full = TRY(str_message(vm, "{}.{}", package, name));
    Value found = dict_get(vm, vm.modules, full);
    if (!found.is_exhausted()) return found;
  }
  std::string package_text = is_str(package) ? str_to_utf8(package.as<Str>()) : "<unknown module name>";
  Value origin = get_attr_optional(vm, module, vm.names.d_file);
  if (origin.is_error()) {
    if (!vm.clear_pending()) return Error{};
    origin = Value::none();
  }
  Value spec = get_attr_optional(vm, module, vm.names.d_spec);
  if (spec.is_error() && !vm.clear_pending()) return Error{};
  bool initializing = false;
  if (!spec.is_error() && !spec.is_exhausted() && !spec.is_none()) {
    Value flag = get_attr_optional(vm, spec, TRY(vm.intern("_initializing")));
    if (flag.is_error()) {
      if (!vm.clear_pending()) return Error{};
    } else {
      initializing = flag.is_true();
    }
  }
  std::string where = is_str(origin) ? str_to_utf8(origin.as<Str>()) : "unknown location";
  Shadowing shadow;
  if (!spec.is_error() && !spec.is_exhausted() && is_str(package)) shadow = TRY(module_shadowing(vm, package, spec));
  if (shadow.of_library) {
    (void)vm.raise(
        E::ImportError,
        "cannot import name '{}' from '{}' (consider renaming '{}' since it has the same name as the standard "
        "library module named '{}' and prevents importing that standard library module)",
        name, package, shadow.origin, package);
  } else if (initializing && shadow.possible) {
    (void)vm.raise(E::ImportError,
                   "cannot import name '{}' from '{}' (consider renaming '{}' if it has the same name as a library you "
                   "intended to import)",
                   name, package, shadow.origin);
  } else if (initializing) {
    (void)vm.raise(
        E::ImportError,
        "cannot import name '{}' from partially initialized module '{}' (most likely due to a circular import) ({})",
        name, std::string_view(package_text), std::string_view(where));
  } else {
    (void)vm.raise(E::ImportError, "cannot import name '{}' from '{}' ({})", name, std::string_view(package_text),
                   std::string_view(where));
  }
  if (is_exception(vm.t.pending)) {
    ExceptionObject* e = as_exception(vm.t.pending);
    if (is_str(package)) e->extra[extra::kImportErrorName] = package;
    if (is_str(origin)) e->extra[extra::kImportErrorPath] = origin;
    e->extra[extra::kImportErrorNameFrom] = name;
    vm.barrier(e);
  }
  return Error{};
}

Status import_star(Vm& vm, Frame* frame, Value module) {
  Value target = frame->locals.is_unset() ? Value(frame->globals) : frame->locals;
  Value names = get_attr_optional(vm, module, vm.names.d_all);
  if (names.is_error()) return Error{};
  bool skip_private = names.is_exhausted();
  if (skip_private) {
    Value dict = get_attr_optional(vm, module, vm.names.d_dict);
    if (dict.is_error()) return Error{};
    if (dict.is_exhausted()) return vm.raise(E::ImportError, "from-import-* object has no __dict__ and no __all__");
    names = call_method(vm, dict, vm.names.keys);
    if (names.is_error()) return Error{};
    names = list_from(vm, names);
    if (names.is_error()) return Error{};
  }
  return for_each(vm, names, [&](Value name) -> Status {
    if (!is_str(name)) {
      Value module_name = get_attr(vm, module, vm.names.d_name);
      if (module_name.is_error()) return Error{};
      return vm.raise(E::TypeError, "{} in {}.{} must be str, not {}", skip_private ? "Key" : "Item", module_name,
                      skip_private ? "__dict__" : "__all__", type_name_of(name));
    }
    Str* s = name.as<Str>();
    if (skip_private && s->length > 0 && s->at(0) == '_') return {};
    Str* interned = vm.intern(s);
    Value v = get_attr(vm, module, interned);
    if (v.is_error()) return Error{};
    if (is_exact(vm, target, vm.types.dict)) return dict_set_str(vm, target.as<Dict>(), interned, v);
    return set_item(vm, target, interned, v);
  });
}

Status do_raise(Vm& vm, uint32_t count, const Value* v) {
  if (count == 0) {
    Value handled = vm.handled_exception();
    if (handled.is_none()) return vm.raise(E::RuntimeError, "No active exception to reraise");
    vm.t.pending = handled;
    return Error{};
  }
  Value exception = exception_from_raise(vm, v[0]);
  if (exception.is_error()) return Error{};
  if (count == 2) {
    Value cause = v[1];
    if (is_exception_class(vm, cause)) {
      cause = call0(vm, cause);
      if (cause.is_error()) return Error{};
      if (!is_exception(cause))
        return vm.raise(E::TypeError, "calling {} should have returned an instance of BaseException, not {}",
                        repr_of(v[1]), repr_of(vm.type_of(cause)));
    } else if (!is_exception(cause) && !cause.is_none()) {
      return vm.raise(E::TypeError, "exception causes must derive from BaseException");
    }
    TRY(exception_set_cause(vm, exception, cause));
  }
  return vm.raise_value(exception);
}

Value load_special(Vm& vm, uint32_t which, Value v, Value* self) {
  constexpr Special kSpecials[] = {Special::Enter, Special::Exit, Special::AEnter, Special::AExit};
  Value found = special_of(vm, v, kSpecials[which]);
  *self = Value();
  if (found.is_unset()) {
    bool is_async = which >= 2;
    bool exit = which == 1 || which == 3;
    // The other protocol's methods hint at a wrong keyword.
    bool other = !special_of(vm, v, is_async ? Special::Enter : Special::AEnter).is_unset() &&
                 !special_of(vm, v, is_async ? Special::Exit : Special::AExit).is_unset();
    Str* name = TRY(type_qualified_name(vm, vm.type_of(v)));
    return vm.raise(
        E::TypeError, "'{}' object does not support the {} protocol{}{}", name,
        is_async ? "asynchronous context manager" : "context manager",
        exit       ? is_async ? " (missed __aexit__ method)" : " (missed __exit__ method)"
        : is_async ? " (missed __aenter__ method)"
                   : " (missed __enter__ method)",
        !other     ? ""
        : is_async ? " but it supports the context manager protocol. Did you mean to use 'with'?"
                   : " but it supports the asynchronous context manager protocol. Did you mean to use 'async with'?");
  }
  if (is_function(found)) {
    *self = v;
    return found;
  }
  return bind_descriptor(vm, found, v, vm.type_of(v));
}

Value load_super_attr(Vm& vm, Value super_type, Value cls, Value self, Str* name, bool written_out, Value* out_self) {
  const bool method = out_self != nullptr;
  if (method) *out_self = Value();
  if (super_type == Value(vm.types.super) && is_type(cls)) {
    // The plain case: no super object is made.
    Type* start = nullptr;
    if (is_type(self) && type_is_subtype(as_type(self), as_type(cls))) {
      start = as_type(self);
    } else if (type_is_subtype(vm.type_of(self), as_type(cls))) {
      start = vm.type_of(self);
    }
    if (start != nullptr && start->mro != nullptr && name != vm.names.d_class) {
      Tuple* mro = start->mro;
      uint64_t i = 0;
      while (i < mro->length && mro->items[i] != cls) ++i;
      for (++i; i < mro->length; ++i) {
        if (!is_type(mro->items[i])) continue;
        Value found = dict_get_str(vm, as_type(mro->items[i])->dict, name);
        if (found.is_unset()) continue;
        bool on_class = is_type(self) && start == as_type(self);
        if (method && !on_class && is_function(found)) {
          *out_self = self;
          return found;
        }
        return bind_descriptor(vm, found, on_class ? Value() : self, start);
      }
    }
  }
  // Something else that is called super gets what is written between the parentheses.
  Value args[] = {cls, self};
  const bool pass = written_out || super_type == Value(vm.types.super);
  Value object = call(vm, super_type, std::span<const Value>(args, pass ? 2 : 0));
  if (object.is_error()) return object;
  return get_attr(vm, object, name);
}

Value call_function_ex(Vm& vm, Value callee, Value args, Value kwargs) {
  Value tuple = args;
  if (!is_exact(vm, args, vm.types.tuple)) {
    if (!is_tuple(args) && special_of(vm, args, Special::Iter).is_unset() &&
        special_of(vm, args, Special::GetItem).is_unset()) {
      Str* name = TRY(callable_text(vm, callee));
      return vm.raise(E::TypeError, "{} argument after * must be an iterable, not {}", name, type_name_of(args));
    }
    tuple = tuple_from(vm, args);
    if (tuple.is_error()) return tuple;
  }
  return call_with(vm, callee, tuple.as<Tuple>(), kwargs.is_unset() ? nullptr : kwargs.as<Dict>());
}

Result<Str*> callable_text(Vm& vm, Value callee) {
  Value qualname = get_attr_optional(vm, callee, vm.names.d_qualname);
  if (qualname.is_error() && !vm.clear_pending()) return Error{};
  if (!is_str(qualname)) {
    Value text = str(vm, callee);
    if (text.is_error()) return Error{};
    return text.as<Str>();
  }
  Value module = get_attr_optional(vm, callee, vm.names.d_module);
  if (module.is_error() && !vm.clear_pending()) return Error{};
  if (is_str(module) && !as_str(module)->equals("builtins")) return str_message(vm, "{}.{}()", module, qualname);
  return str_message(vm, "{}()", qualname);
}

Status list_extend_star(Vm& vm, Value list, Value iterable) {
  if (special_of(vm, iterable, Special::Iter).is_unset() && special_of(vm, iterable, Special::GetItem).is_unset())
    return vm.raise(E::TypeError, "Value after * must be an iterable, not {}", type_name_of(iterable));
  return list_extend(vm, list.as<List>(), iterable);
}

Status dict_update_star(Vm& vm, Value dict, Value mapping) {
  if (is_dict(mapping)) return dict_update(vm, dict.as<Dict>(), mapping);
  Value keys = get_attr_optional(vm, mapping, vm.names.keys);
  if (keys.is_error()) return Error{};
  if (keys.is_exhausted()) return vm.raise(E::TypeError, "'{}' object is not a mapping", type_name_of(mapping));
  return dict_update(vm, dict.as<Dict>(), mapping);
}

Status dict_merge_call(Vm& vm, Value dict, Value mapping, Value callee) {
  Dict* into = dict.as<Dict>();
  auto add = [&](Value key, Value value) -> Status {
    if (TRY(dict_contains(vm, into, key))) {
      Str* name = TRY(callable_text(vm, callee));
      return vm.raise(E::TypeError, "{} got multiple values for keyword argument '{}'", name, key);
    }
    return dict_set(vm, into, key, value);
  };
  if (is_dict(mapping) && special_of(vm, mapping, Special::Iter) == vm.types.dict->get(Special::Iter)) {
    Dict* from = mapping.as<Dict>();
    for (uint32_t i = 0; i < from->entry_count; ++i) {
      TRY(vm.poll());
      DictEntry e = *from->entry(i);
      if (!e.key.is(Value::deleted())) TRY(add(e.key, e.value));
    }
    return {};
  }
  Value method = get_attr_optional(vm, mapping, vm.names.keys);
  if (method.is_error()) return Error{};
  if (method.is_exhausted()) {
    Str* name = TRY(callable_text(vm, callee));
    return vm.raise(E::TypeError, "{} argument after ** must be a mapping, not {}", name, type_name_of(mapping));
  }
  Value keys = TRY(call0(vm, method));
  return for_each(vm, keys, [&](Value key) -> Status {
    Value value = TRY(get_item(vm, mapping, key));
    return add(key, value);
  });
}

// Not in the loop's own native frame, where the words of the arguments would keep the exception alive.
Value with_except_start(Vm& vm, Value exit, Value self, Value exception) {
  Value traceback = as_exception(exception)->traceback;
  Value args[] = {self, vm.type_of(exception), exception, traceback.is_unset() ? Value::none() : traceback};
  return self.is_unset() ? call(vm, exit, CallArgs{args + 1, 3}) : call(vm, exit, CallArgs{args, 4});
}

Value load_common_constant(Vm& vm, uint32_t which) {
  switch (which) {
    case 0: return vm.exception_type(E::AssertionError);
    case 1: return vm.exception_type(E::NotImplementedError);
    case 2: return vm.types.tuple;
    case 3: return get_attr(vm, vm.builtins, TRY(vm.intern("all")));
    default: return get_attr(vm, vm.builtins, TRY(vm.intern("any")));
  }
}

Value build_string(Vm& vm, const Value* parts, uint32_t count) {
  if (count == 0) return vm.names.empty;
  for (uint32_t i = 0; i < count; ++i) {  // a tree made by hand may have put anything there
    if (!is_str(parts[i])) [[unlikely]]
      return vm.raise(E::TypeError, "sequence item {}: expected str instance, {} found", i, type_name_of(parts[i]));
  }
  if (count == 2) return str_concat(vm, parts[0].as<Str>(), parts[1].as<Str>());
  uint64_t length = 0;
  unsigned width = 1;
  bool is_ascii = true;
  for (uint32_t i = 0; i < count; ++i) {
    Str* s = parts[i].as<Str>();
    length += s->length;
    width = s->width() > width ? s->width() : width;
    is_ascii = is_ascii && s->is_ascii();
  }
  if (length > kMaxStrLength) return vm.raise_memory_error();
  if (width != 1 || length < 2) {
    StrBuilder builder(vm);
    for (uint32_t i = 0; i < count; ++i) TRY(builder.append(parts[i].as<Str>()));
    return builder.finish();
  }
  Str* out = TRY(str_allocate(vm, length, 1, is_ascii));
  uint8_t* p = str_mutable_data<uint8_t>(out);
  for (uint32_t i = 0; i < count; ++i) {
    Str* s = parts[i].as<Str>();
    __builtin_memcpy(p, s->data1(), s->length);
    p += s->length;
  }
  return out;
}

Value format_with_spec(Vm& vm, Value v, Value spec) {
  if (!is_str(spec)) [[unlikely]]
    return vm.raise(E::SystemError, "Format specifier must be a string, not {}", type_name_of(spec));
  return format(vm, v, spec);
}

Status check_except_classes(Vm& vm, Value classes, bool star) {
  auto check_one = [&](Value c) -> Status {
    if (!is_exception_class(vm, c))
      return vm.raise(E::TypeError, "catching classes that do not inherit from BaseException is not allowed");
    if (star && type_is_subtype(as_type(c), vm.exception_type(E::BaseExceptionGroup)))
      return vm.raise(E::TypeError, "catching ExceptionGroup with except* is not allowed. Use except instead.");
    return {};
  };
  if (is_tuple(classes)) {
    Tuple* tuple = classes.as<Tuple>();
    for (uint64_t i = 0; i < tuple->length; ++i) TRY(check_one(tuple->items[i]));
    return {};
  }
  return check_one(classes);
}

Value intrinsic_1(Vm& vm, Frame* frame, Intrinsic1 which, Value v) {
  switch (which) {
    case Intrinsic1::kPrint: {
      Value sys = dict_get(vm, vm.modules, TRY(vm.intern("sys")));
      if (sys.is_error()) return sys;
      Value hook = sys.is_exhausted() ? Value::exhausted() : get_attr_optional(vm, sys, vm.names.displayhook);
      if (hook.is_error()) return hook;
      if (hook.is_exhausted()) return vm.raise(E::RuntimeError, "lost sys.displayhook");
      return call1(vm, hook, v);
    }
    case Intrinsic1::kImportStar: TRY(import_star(vm, frame, v)); return Value::none();
    case Intrinsic1::kStopIterationError: {
      const char* message = nullptr;
      bool is_async_generator = frame->code->is(kCoAsyncGenerator);
      if (is_instance_of(vm, v, vm.exception_type(E::StopIteration))) {
        message = is_async_generator              ? "async generator raised StopIteration"
                  : frame->code->is(kCoCoroutine) ? "coroutine raised StopIteration"
                                                  : "generator raised StopIteration";
      } else if (is_async_generator && is_instance_of(vm, v, vm.exception_type(E::StopAsyncIteration))) {
        message = "async generator raised StopAsyncIteration";
      }
      if (message == nullptr) return v;
      Tuple* args = TRY(tuple_of(vm, Value(TRY(str_from_ascii(vm, message)))));
      Value error = exception_new(vm, vm.exception_type(E::RuntimeError), args);
      if (error.is_error()) return error;
      TRY(exception_set_cause(vm, error, v));
      TRY(exception_set_context(vm, error, v));
      return error;
    }
    case Intrinsic1::kAsyncGenWrap: return async_gen_wrap(vm, v);
    case Intrinsic1::kUnaryPositive: return positive(vm, v);
    case Intrinsic1::kListToTuple: return list_to_tuple(vm, v.as<List>());
    case Intrinsic1::kTypeVar: return typevar_new(vm, v, TypeVarBound::kNone, Value());
    case Intrinsic1::kParamSpec: return paramspec_new(vm, v);
    case Intrinsic1::kTypeVarTuple: return typevartuple_new(vm, v);
    case Intrinsic1::kAsyncIteratorOrAwaitable: return get_aiter_or_awaitable(vm, v);
    case Intrinsic1::kIsAsyncIterator: return Value::boolean(!special_of(vm, v, Special::ANext).is_unset());
    case Intrinsic1::kSubscriptGeneric:
    case Intrinsic1::kTypeAlias:
      if (!is_tuple(v)) return vm.raise(E::SystemError, "type parameters are no tuple");
      return which == Intrinsic1::kTypeAlias ? type_alias_new(vm, v) : subscript_generic(vm, v);
    default:
      if (const auto* guest = guest_operations(vm).find_unary(static_cast<uint32_t>(which))) return guest->run(vm, v);
      return vm.raise(E::SystemError, "unknown intrinsic");
  }
}

Value intrinsic_2(Vm& vm, Frame*, Intrinsic2 which, Value a, Value b) {
  switch (which) {
    case Intrinsic2::kPrepReraiseStar: return exception_group_reraise(vm, a, b);
    case Intrinsic2::kTypeVarWithBound: return typevar_new(vm, a, TypeVarBound::kBound, b);
    case Intrinsic2::kTypeVarWithConstraints: return typevar_new(vm, a, TypeVarBound::kConstraints, b);
    case Intrinsic2::kSetFunctionTypeParams:
      if (!is_tuple(b)) return vm.raise(E::SystemError, "type parameters are no tuple");
      a.as<Function>()->type_params = b;
      vm.barrier(a.cell());
      return a;
    case Intrinsic2::kSetTypeParamDefault: return type_param_set_default(vm, a, b);
    default:
      if (const auto* guest = guest_operations(vm).find_binary(static_cast<uint32_t>(which)))
        return guest->run(vm, a, b);
      return vm.raise(E::SystemError, "unknown intrinsic");
  }
}

}  // namespace krait
