// _warnings: issuing warnings; and what C++ code and the compiler warn through.
//
// Filters, registries and the function that shows a warning are the warnings module's as soon as that is imported; until then this
// module's own are used, so that a program without warnings never loads it.
#include "modules/warnings.hpp"

#include "interp/frame.hpp"
#include "objects/dict.hpp"
#include "objects/exception.hpp"
#include "objects/int.hpp"
#include "objects/module.hpp"
#include "objects/operations.hpp"
#include "objects/quick.hpp"
#include "objects/sequences.hpp"
#include "objects/str.hpp"
#include "objects/type.hpp"
#include "runtime/import.hpp"
#include "runtime/source_file.hpp"
#include "runtime/system.hpp"

namespace krait {
namespace {

struct State : Extension {
  List* filters = nullptr;
  Dict* once_registry = nullptr;
  Value default_action;
  int64_t version = 0;  ///< goes up when filters change: registries older than that are void
  void trace(Marker& m) override {
    m.mark_cell(filters);
    m.mark_cell(once_registry);
    m.mark(default_action);
  }
};

/// The state, with the filters that hold before the program says anything.
Result<State*> state_of(Vm& vm) {
  State& s = vm.extension<State>();
  if (s.filters != nullptr) return &s;
  List* filters = TRY(list_new(vm));
  auto add = [&](const char* action, E category, Value module) -> Status {
    Tuple* t = TRY(tuple_of(vm, TRY(vm.intern(action)), Value::none(), Value(vm.exception_type(category)), module,
                            Value::small_int(0)));
    return list_append(vm, filters, t);
  };
  TRY(add("default", E::DeprecationWarning, vm.names.d_main));
  for (E quiet : {E::DeprecationWarning, E::PendingDeprecationWarning, E::ImportWarning, E::ResourceWarning})
    TRY(add("ignore", quiet, Value::none()));
  s.once_registry = TRY(dict_new(vm));
  s.default_action = TRY(vm.intern("default"));
  s.filters = filters;
  return &s;
}

/// An attribute of the warnings module, if that is loaded; exhausted() otherwise.
Value warnings_attribute(Vm& vm, const char* name) {
  Value module = dict_get_str(vm, vm.modules, TRY(vm.intern("warnings")));
  if (!is_module(module)) return Value::exhausted();
  return get_attr_optional(vm, module, TRY(vm.intern(name)));
}

/// The message and module of a filter: None fits all, a str only itself, else a compiled pattern.
Result<bool> fits(Vm& vm, Value pattern, Value text) {
  if (pattern.is_none()) return true;
  if (is_exact_str(vm, pattern)) return is_str(text) && str_equal(as_str(pattern), as_str(text));
  Value match = call_method(vm, pattern, TRY(vm.intern("match")), text);
  if (match.is_error()) return Error{};
  return truthy(vm, match);
}

/// What the filters say is to be done; *item is the filter.
Value find_action(Vm& vm, Value category, Value text, Value line, Value module, Value* item) {
  State* s = TRY(state_of(vm));
  Value filters = TRY(warnings_attribute(vm, "filters"));
  if (filters.is_exhausted()) filters = s->filters;
  if (!is_list(filters)) return vm.raise(E::ValueError, "_warnings.filters must be a list");
  for (uint64_t i = 0; i < filters.as<List>()->length; ++i) {
    TRY(vm.poll());
    Value filter = filters.as<List>()->items()[i];
    *item = filter;
    if (!is_tuple(filter) || filter.as<Tuple>()->length != 5)
      return vm.raise(E::ValueError, "_warnings.filters item {} isn't a 5-tuple", i);
    Tuple* t = filter.as<Tuple>();
    if (!is_str(t->items[0]))
      return vm.raise(E::TypeError, "action must be a string, not '{}'", type_name_of(t->items[0]));
    if (!TRY(fits(vm, t->items[1], text))) continue;
    if (!TRY(is_subclass(vm, category, t->items[2]))) continue;
    if (!TRY(fits(vm, t->items[3], module))) continue;
    bool any_line = t->items[4] == Value::small_int(0);
    if (!any_line && !TRY(equal(vm, t->items[4], line))) continue;
    return t->items[0];
  }
  *item = Value::none();
  Value action = TRY(warnings_attribute(vm, "defaultaction"));
  if (action.is_exhausted()) action = s->default_action;
  if (!is_str(action))
    return vm.raise(E::TypeError, "_warnings.defaultaction must be a string, not '{}'", type_name_of(action));
  return action;
}

/// Is the key in the registry? A registry from before a change of the filters is emptied.
Result<bool> already_warned(Vm& vm, Dict* registry, Value key, bool set) {
  State* s = TRY(state_of(vm));
  Str* version_key = TRY(vm.intern("version"));
  Value version = TRY(dict_get(vm, registry, version_key));
  if (version != Value::small_int(s->version)) {
    dict_clear(vm, registry);
    TRY(dict_set(vm, registry, version_key, Value::small_int(s->version)));
  } else {
    Value seen = TRY(dict_get(vm, registry, key));
    if (!seen.is_exhausted() && TRY(truthy(vm, seen))) return true;
  }
  if (set) TRY(dict_set(vm, registry, key, Value::true_()));
  return false;
}

/// The way warnings look without the warnings module.
Status show_plainly(Vm& vm, Value category, Value text, Value filename, Value line) {
  Value stream = sys_get(vm, "stderr");
  if (stream.is_unset() || stream.is_none()) return {};
  Value name = TRY(get_attr(vm, category, vm.names.d_name));
  Str* head = TRY(str_message(vm, "{}:{}: {}: {}\n", filename, line, name, text));
  std::string out = str_to_utf8(head);
  auto number = int_to_i64(line);
  std::string path, source;
  if (is_str(filename) && !str_contains_nul(as_str(filename)) && number && *number > 0) {
    TRY(str_encode_fs(vm, as_str(filename), path));
    if (read_source_file(vm, path, source).is_error()) {
      if (!vm.clear_pending()) return Error{};
      source.clear();
    }
    size_t begin = 0;
    for (int64_t i = 1; i < *number && begin != std::string::npos; ++i) {
      begin = source.find('\n', begin);
      if (begin != std::string::npos) ++begin;
    }
    if (begin != std::string::npos && begin < source.size()) {
      std::string_view text_line = std::string_view(source).substr(begin, source.find('\n', begin) - begin);
      size_t from = text_line.find_first_not_of(" \t\f\r");
      if (from != std::string_view::npos) {
        text_line = text_line.substr(from, text_line.find_last_not_of(" \t\f\r") - from + 1);
        out += "  " + std::string(text_line) + "\n";
      }
    }
  }
  Value done = call_method(vm, stream, vm.names.write, Value(TRY(str_from_generalised_utf8(vm, out))));
  if (done.is_error() && !vm.clear_pending()) return Error{};
  return {};
}

Status show(Vm& vm, Value category, Value text, Value message, Value filename, Value line, Value source) {
  if (!source.is_none()) TRY(import_module(vm, "warnings"));
  Value function = TRY(warnings_attribute(vm, "_showwarnmsg"));
  if (function.is_exhausted()) return show_plainly(vm, category, text, filename, line);
  if (!is_callable(vm, function)) return vm.raise(E::TypeError, "warnings._showwarnmsg() must be set to a callable");
  Value make = TRY(warnings_attribute(vm, "WarningMessage"));
  if (make.is_exhausted()) return vm.raise(E::RuntimeError, "unable to get warnings.WarningMessage");
  Value args[] = {message, category, filename, line, Value::none(), Value::none(), source};
  Value record = TRY(call(vm, make, args));
  return call1(vm, function, record).is_error() ? Status(Error{}) : Status();
}

Value module_of_file(Vm& vm, Value filename) {
  if (!is_str(filename)) return Value::none();
  Str* name = as_str(filename);
  if (name->length == 0) return vm.intern("<unknown>");
  if (name->length >= 3) {
    Str* end = TRY(str_substring(vm, name, name->length - 3, name->length));
    if (end->equals(".py")) return str_substring(vm, name, 0, name->length - 3);
  }
  return name;
}

/// warn_explicit(); `registry` is a Dict, None or unset.
Status warn_here(Vm& vm, Value category, Value message, Value filename, Value line, Value module, Value registry,
                 Value source) {
  if (module.is_unset() || module.is_none()) {
    module = module_of_file(vm, filename);
    if (module.is_error()) return Error{};
  }
  Value text = message;
  if (is_instance_of(vm, message, vm.exception_type(E::Warning))) {
    text = TRY(str(vm, message));
    category = vm.type_of(message);
  } else {
    message = TRY(call1(vm, category, message));
  }
  Dict* seen = is_dict(registry) ? registry.as<Dict>() : nullptr;
  Tuple* key = TRY(tuple_of(vm, text, category, line));
  if (seen != nullptr && TRY(already_warned(vm, seen, key, false))) return {};
  Value item;
  Value action = find_action(vm, category, text, line, module, &item);
  if (action.is_error()) return Error{};
  Str* what = as_str(action);
  if (what->equals("error")) return vm.raise_value(message);
  if (what->equals("ignore")) return {};
  if (!what->equals("always") && !what->equals("all")) {
    if (seen != nullptr) TRY(dict_set(vm, seen, key, Value::true_()));
    bool known = false;
    if (what->equals("once")) {
      if (seen == nullptr) {
        Value once = TRY(warnings_attribute(vm, "onceregistry"));
        seen = is_dict(once) ? once.as<Dict>() : TRY(state_of(vm))->once_registry;
      }
      known = TRY(already_warned(vm, seen, TRY(tuple_of(vm, text, category)), true));
    } else if (what->equals("module")) {
      if (seen != nullptr)
        known = TRY(already_warned(vm, seen, TRY(tuple_of(vm, text, category, Value::small_int(0))), true));
    } else if (!what->equals("default")) {
      return vm.raise(E::RuntimeError, "Unrecognized action ({}) in warnings.filters:\n {}", repr_of(action),
                      repr_of(item));
    }
    if (known) return {};
  }
  return show(vm, category, text, message, filename, line, source);
}

// --- Where a warning comes from

bool has_prefix(const Str* name, Tuple* prefixes) {
  if (prefixes == nullptr) return false;
  std::string text = str_to_utf8(name);
  for (Value p : prefixes->span())
    if (text.starts_with(str_to_utf8(as_str(p)))) return true;
  return false;
}
bool is_internal(const Frame* f) {
  std::string name = str_to_utf8(f->code->filename);
  return name.find("importlib") != std::string::npos && name.find("_bootstrap") != std::string::npos;
}
Frame* next_external(Frame* f, Tuple* skip) {
  do f = f->previous;
  while (f != nullptr && (is_internal(f) || has_prefix(f->code->filename, skip)));
  return f;
}

Status warn_from_frame(Vm& vm, Value message, Value category, int64_t stack_level, Value source, Tuple* skip) {
  Frame* f = vm.t.frame;
  if (skip != nullptr && stack_level < 2) stack_level = 2;
  if (stack_level <= 0 || f == nullptr || is_internal(f)) {
    while (--stack_level > 0 && f != nullptr) f = f->previous;
  } else {
    while (--stack_level > 0 && f != nullptr) f = next_external(f, skip);
  }
  Dict* globals = f == nullptr ? system_of(vm).sys->dict : f->globals;
  Value filename = f == nullptr ? Value(TRY(vm.intern("<sys>"))) : Value(f->code->filename);
  Value line = Value::small_int(f == nullptr ? 0 : frame_line(f));
  Str* registry_name = TRY(vm.intern("__warningregistry__"));
  Value registry = dict_get_str(vm, globals, registry_name);
  if (registry.is_unset()) {
    registry = TRY(dict_new(vm));
    TRY(dict_set_str(vm, globals, registry_name, registry));
  }
  Value module = dict_get_str(vm, globals, vm.names.d_name);
  if (!is_str(module)) module = TRY(vm.intern("<string>"));
  return warn_here(vm, category, message, filename, line, module, registry, source);
}

Value category_of(Vm& vm, Value message, Value category) {
  if (is_instance_of(vm, message, vm.exception_type(E::Warning))) return vm.type_of(message);
  if (category.is_unset() || category.is_none()) return vm.exception_type(E::UserWarning);
  bool good = is_type(category) && type_is_subtype(as_type(category), vm.exception_type(E::Warning));
  if (good) return category;
  return vm.raise(E::TypeError, "category must be a Warning subclass, not '{}'", type_name_of(category));
}

Value warnings_warn(Vm& vm, Args a) {
  // message, category, stacklevel, source, skip_file_prefixes
  Value category = TRY(category_of(vm, a[0], a[1]));
  int64_t level = a.has(2) ? TRY(index_checked(vm, a[2], E::OverflowError)) : 1;
  Tuple* skip = nullptr;
  if (a.has(4)) {
    if (!is_tuple(a[4]))
      return vm.raise(E::TypeError, "warn() argument 'skip_file_prefixes' must be tuple, not {}", argument_type(a[4]));
    for (Value p : a[4].as<Tuple>()->span())
      if (!is_str(p)) return vm.raise(E::TypeError, "Found non-str '{}' in skip_file_prefixes.", type_name_of(p));
    if (a[4].as<Tuple>()->length != 0) skip = a[4].as<Tuple>();
  }
  TRY(warn_from_frame(vm, a[0], category, level, a.get(3, Value::none()), skip));
  return Value::none();
}

Value warnings_warn_explicit(Vm& vm, Args a) {
  // message, category, filename, lineno, module, registry, module_globals, source
  Value category = TRY(category_of(vm, a[0], a[1]));
  if (!is_str(a[2]))
    return vm.raise(E::TypeError, "warn_explicit() argument 'filename' must be str, not {}", argument_type(a[2]));
  int64_t line = TRY(index_checked(vm, a[3], E::OverflowError));
  Value registry = a.get(5, Value::none());
  if (!registry.is_none() && !is_dict(registry))
    return vm.raise(E::TypeError, "'registry' must be a dict or None, not {}", type_name_of(registry));
  if (a.has(6) && !a[6].is_none() && !is_dict(a[6]))
    return vm.raise(E::TypeError, "module_globals must be a dict, not '{}'", type_name_of(a[6]));
  TRY(warn_here(vm, category, a[0], a[2], Value::small_int(line), a.get(4, Value()), registry,
                a.get(7, Value::none())));
  return Value::none();
}

Value filters_mutated(Vm& vm, Args) {
  ++TRY(state_of(vm))->version;
  return Value::none();
}
Value no_lock(Vm&, Args) { return Value::none(); }

const NativeRow kFunctions[] = {
    {"warn(message, category=None, stacklevel=1, source=None, *, skip_file_prefixes=<unrepresentable>)", warnings_warn,
     0, "Issue a warning, or maybe ignore it or raise an exception."},
    {"warn_explicit(message, category, filename, lineno, module=<unrepresentable>, registry=None, module_globals=None, "
     "source=None)",
     warnings_warn_explicit, 0, "Issue a warning for a given place."},
    {"_filters_mutated()", filters_mutated, 0, "Say that the filters have changed."},
    {"_filters_mutated_lock_held()", filters_mutated, 0, "Say that the filters have changed."},
    {"_acquire_lock()", no_lock, 0, "Does nothing: one thread runs at a time."},
    {"_release_lock()", no_lock, 0, "Does nothing: one thread runs at a time."},
};

Status warnings_init(Vm& vm, Module* m) {
  State* s = TRY(state_of(vm));
  TRY(module_add(vm, m, "filters", s->filters));
  TRY(module_add(vm, m, "_onceregistry", s->once_registry));
  TRY(module_add(vm, m, "_defaultaction", s->default_action));
  if (python_minor(vm) < 14) return {};
  Value contextvars = TRY(import_module(vm, "_contextvars"));
  Value variable = TRY(get_attr(vm, contextvars, TRY(vm.intern("ContextVar"))));
  return module_add(vm, m, "_warnings_context", call1(vm, variable, Value(TRY(vm.intern("_warnings_context")))));
}

Status hook_warn(Vm& vm, E category, std::string_view message, int stack_level) {
  Str* text = TRY(str_from_utf8(vm, message));
  return warn_from_frame(vm, text, vm.exception_type(category), stack_level, Value::none(), nullptr);
}
Status hook_warn_explicit(Vm& vm, E category, std::string_view message, Str* filename, int line) {
  Str* text = TRY(str_from_utf8(vm, message));
  return warn_here(vm, vm.exception_type(category), text, filename, Value::small_int(line), Value(), Value(),
                   Value::none());
}

}  // namespace

void warnings_install(Vm& vm) {
  vm.warn_hook = hook_warn;
  vm.warn_explicit_hook = hook_warn_explicit;
}

extern const ModuleSpec warnings_module{
    .name = "_warnings",
    .doc = "Issuing warnings.",
    .functions = kFunctions,
    .init = warnings_init,
};

}  // namespace krait
