// The import statement: names, packages and what it gives.
#include "runtime/import.hpp"

#include <string>

#include "interp/interpreter.hpp"
#include "objects/dict.hpp"
#include "objects/exception.hpp"
#include "objects/operations.hpp"
#include "objects/quick.hpp"
#include "objects/str.hpp"
#include "runtime/import_state.hpp"
#include "runtime/system.hpp"

namespace krait {
namespace {

[[gnu::cold]] Error set_import_name(Vm& vm, Str* name) {
  if (is_exception(vm.t.pending)) {
    as_exception(vm.t.pending)->extra[extra::kImportErrorName] = name;
    vm.barrier(vm.t.pending.cell());
  }
  return Error{};
}
[[gnu::cold]] Error not_found(Vm& vm, Str* name, Str* parent) {
  if (parent != nullptr) {
    (void)vm.raise(E::ModuleNotFoundError, "No module named {}; {} is not a package", repr_of(name), repr_of(parent));
  } else if (!system_of(vm).library.found()) {
    (void)vm.raise(E::ModuleNotFoundError,
                   "No module named {} (and no CPython standard library was found: set KRAIT_HOME)", repr_of(name));
  } else {
    (void)vm.raise(E::ModuleNotFoundError, "No module named {}", repr_of(name));
  }
  return set_import_name(vm, name);
}

/// Are sys.meta_path and sys.path_hooks as they were at the start?
bool is_ordinary(Vm& vm) {
  ImportState& s = import_state(vm);
  if (s.bootstrapping) return true;
  Value meta_path = sys_get(vm, "meta_path"), hooks = sys_get(vm, "path_hooks");
  auto holds = [](Value list, const Value* items, uint64_t n) {
    if (!is_list(list) || list.as<List>()->length != n) return false;
    for (uint64_t i = 0; i < n; ++i)
      if (list.as<List>()->items()[i] != items[i]) return false;
    return true;
  };
  return holds(meta_path, s.finders, 3) && holds(hooks, s.hooks, 2);
}

ThreadState* loader_of(const ImportState& s, const Str* name) {
  for (const ImportState::Loading& l : s.loading)
    if (l.name == name || str_equal(l.name, name)) return l.thread;
  return nullptr;
}

/// Waits while another thread imports the module; not where that thread waits for this one: then the module is seen half done, as a
/// circular import sees it.
Status wait_until_loaded(Vm& vm, Str* name) {
  ImportState& s = import_state(vm);
  while (true) {
    ThreadState* other = loader_of(s, name);
    if (other == nullptr || other == vm.t.thread) return {};
    ThreadState* end = other;
    for (size_t steps = 0; steps <= s.waiting.size(); ++steps) {
      ThreadState* next = nullptr;
      for (const ImportState::Waiting& w : s.waiting)
        if (w.thread == end) next = w.on;
      if (next == nullptr) break;
      end = next;
      if (end == vm.t.thread) return {};
    }
    s.waiting.push_back({vm.t.thread, other});
    Result<bool> waited = threads_wait(vm, s.loaded, -1);
    std::erase_if(s.waiting, [&](const ImportState::Waiting& w) { return w.thread == vm.t.thread; });
    if (waited.is_error()) return Error{};
  }
}

/// The module of an absolute name.
Value import_absolute(Vm& vm, Str* name) {
  Value there = dict_get(vm, vm.modules, name);
  if (there.is_error()) return there;
  if (!there.is_exhausted() && !import_state(vm).loading.empty()) {
    TRY(wait_until_loaded(vm, name));
    there = TRY(dict_get(vm, vm.modules, name));
  }
  if (there.is_exhausted()) return find_and_load(vm, name);
  if (there.is_none()) {
    (void)vm.raise(E::ModuleNotFoundError, "import of {} halted; None in sys.modules", name);
    return set_import_name(vm, name);
  }
  return there;
}

/// Names the child in its parent's spec while it is imported, for the message of a circular import.
class UninitializedSubmodule {
 public:
  explicit UninitializedSubmodule(Vm& vm) : vm_(vm) {}
  Status enter(Value parent_spec, Str* child) {
    if (is_kind(parent_spec, Kind::ImportSpec)) {
      ImportSpec* s = parent_spec.as<ImportSpec>();
      if (!is_list(s->uninitialized_submodules)) {
        s->uninitialized_submodules = TRY(list_new(vm_));
        vm_.barrier(s);
      }
      list_ = s->uninitialized_submodules.as<List>();
    } else if (!parent_spec.is_unset() && !parent_spec.is_none()) {
      Value v = TRY(get_attr_optional(vm_, parent_spec, TRY(vm_.intern("_uninitialized_submodules"))));
      if (is_list(v)) list_ = v.as<List>();
    }
    if (list_ != nullptr) TRY(list_append(vm_, list_, child));
    return {};
  }
  ~UninitializedSubmodule() {
    if (list_ == nullptr || list_->length == 0) return;
    auto n = static_cast<int64_t>(list_->length);
    Value pending = vm_.take_pending();
    if (list_delete(vm_, list_, n - 1, n).is_error()) (void)vm_.take_pending();
    vm_.t.pending = pending;
  }
  UninitializedSubmodule(const UninitializedSubmodule&) = delete;
  UninitializedSubmodule& operator=(const UninitializedSubmodule&) = delete;

 private:
  Vm& vm_;
  List* list_ = nullptr;
};

Value find_and_load_ordinary(Vm& vm, Str* name) {
  std::string full = str_to_utf8(name);
  size_t dot = full.rfind('.');
  std::string_view tail = dot == std::string::npos ? std::string_view(full) : std::string_view(full).substr(dot + 1);
  Value path, parent, parent_spec;
  Str* parent_name = nullptr;
  if (dot != std::string::npos) {
    parent_name = TRY(vm.intern(std::string_view(full).substr(0, dot)));
    parent = TRY(dict_get(vm, vm.modules, parent_name));
    if (parent.is_exhausted() || parent.is_none()) {
      TRY(import_absolute(vm, parent_name));
      Value there = TRY(dict_get(vm, vm.modules, name));  // importing the parent may have imported the child
      if (!there.is_exhausted()) return there;
      parent = TRY(dict_get(vm, vm.modules, parent_name));
      if (parent.is_exhausted()) return vm.raise_key_error(parent_name);
    }
    path = TRY(get_attr_optional(vm, parent, vm.names.d_path));
    if (path.is_exhausted()) {
      // What newer libraries have in a package can be native where the library knows only a module of that name.
      const ModuleSpec* native = import_find_native(vm, full);
      if (native == nullptr) return not_found(vm, name, parent_name);
      Value module = load_native_module(vm, name, *native);
      if (module.is_error()) return module;
      TRY(set_attr(vm, parent, TRY(vm.intern(tail)), module));
      return module;
    }
    parent_spec = TRY(get_attr_optional(vm, parent, vm.names.d_spec));
    if (parent_spec.is_exhausted()) parent_spec = Value();
  } else if (full == "_frozen_importlib" || full == "_frozen_importlib_external") {
    TRY(bootstrap_importlib(vm));
    Value half = TRY(dict_get(vm, vm.modules, name));
    return half.is_exhausted() ? Value(not_found(vm, name, nullptr)) : half;
  }
  FoundModule found = TRY(find_module(vm, full, tail, path));
  Value module;
  {
    UninitializedSubmodule note(vm);
    if (found.kind == FoundModule::kNative || found.kind == FoundModule::kSource)
      TRY(note.enter(parent_spec, TRY(vm.intern(tail))));
    switch (found.kind) {
      case FoundModule::kNothing: return not_found(vm, name, nullptr);
      case FoundModule::kElsewhere: return import_through_importlib(vm, name);
      case FoundModule::kNative: module = load_native_module(vm, name, *found.native); break;
      case FoundModule::kSource: module = load_source_module(vm, name, found); break;
    }
  }
  if (module.is_error()) return module;
  if (parent_name == nullptr) return module;
  parent = TRY(dict_get(vm, vm.modules, parent_name));
  if (parent.is_exhausted()) return vm.raise_key_error(parent_name);
  if (set_attr(vm, parent, TRY(vm.intern(tail)), module).is_error()) {
    if (!vm.pending_is(E::AttributeError) || !vm.clear_pending()) return Error{};
    std::string message =
        "Cannot set an attribute on '" + str_to_utf8(parent_name) + "' for child module '" + std::string(tail) + "'";
    TRY(warn(vm, E::ImportWarning, message));
  }
  return module;
}

// --- Relative names

/// The package that a relative import in a module with these globals starts from.
Value package_of(Vm& vm, Value globals) {
  if (globals.is_unset()) return vm.raise(E::KeyError, "'__name__' not in globals");
  if (!is_dict(globals)) return vm.raise(E::TypeError, "globals must be a dict");
  Dict* g = globals.as<Dict>();
  Value package = dict_get_str(vm, g, vm.names.d_package);
  Value spec = dict_get_str(vm, g, vm.names.d_spec);
  bool has_spec = !spec.is_unset() && !spec.is_none();
  Str* parent_name = TRY(vm.intern("parent"));
  if (!package.is_unset() && !package.is_none()) {
    if (!is_str(package)) return vm.raise(E::TypeError, "package must be a string");
    if (has_spec) {
      Value parent = TRY(get_attr(vm, spec, parent_name));
      if (!TRY(equal(vm, package, parent))) TRY(warn(vm, E::DeprecationWarning, "__package__ != __spec__.parent"));
    }
    return package;
  }
  if (has_spec) {
    Value parent = TRY(get_attr(vm, spec, parent_name));
    if (!is_str(parent)) return vm.raise(E::TypeError, "__spec__.parent must be a string");
    return parent;
  }
  TRY(warn(vm, E::ImportWarning,
           "can't resolve package from __spec__ or __package__, falling back on __name__ and __path__"));
  Value name = dict_get_str(vm, g, vm.names.d_name);
  if (name.is_unset()) return vm.raise(E::KeyError, "'__name__' not in globals");
  if (!is_str(name)) return vm.raise(E::TypeError, "__name__ must be a string");
  if (!dict_get_str(vm, g, vm.names.d_path).is_unset()) return name;
  std::string text = str_to_utf8(as_str(name));
  size_t dot = text.rfind('.');
  return str_from_utf8(vm, dot == std::string::npos ? "" : text.substr(0, dot));
}

Result<Str*> absolute_name(Vm& vm, Str* name, Value globals, int64_t level) {
  Value package = package_of(vm, globals);
  if (package.is_error()) return Error{};
  std::string base = str_to_utf8(as_str(package));
  if (base.empty()) return vm.raise(E::ImportError, "attempted relative import with no known parent package");
  for (int64_t i = 1; i < level; ++i) {
    size_t dot = base.rfind('.');
    if (dot == std::string::npos) return vm.raise(E::ImportError, "attempted relative import beyond top-level package");
    base.resize(dot);
  }
  if (name->length != 0) base += "." + str_to_utf8(name);
  return vm.intern(base);
}

// --- from-lists

/// Names that are not attributes of a package may be its submodules: imports those.
Status handle_from_list(Vm& vm, Value module, Value from_list, bool of_all) {
  return for_each(vm, from_list, [&](Value item) -> Status {
    if (!is_str(item)) {
      if (!of_all) return vm.raise(E::TypeError, "Item in ``from list'' must be str, not {}", type_name_of(item));
      Value name = TRY(get_attr(vm, module, vm.names.d_name));
      return vm.raise(E::TypeError, "Item in {}.__all__ must be str, not {}", name, type_name_of(item));
    }
    Str* part = vm.intern(TRY(str_exact(vm, as_str(item))));
    if (part->equals("*")) {
      if (of_all) return {};
      Value all = TRY(get_attr_optional(vm, module, vm.names.d_all));
      return all.is_exhausted() ? Status() : handle_from_list(vm, module, all, true);
    }
    Value there = TRY(get_attr_optional(vm, module, part));
    if (!there.is_exhausted()) return {};
    Value package = TRY(get_attr(vm, module, vm.names.d_name));
    Str* full = TRY(str_message(vm, "{}.{}", package, part));
    full = vm.intern(full);
    if (!import_absolute(vm, full).is_error()) return {};
    // That there is no such submodule is for the import statement to say, unless None stands for it.
    if (!vm.pending_is(E::ModuleNotFoundError)) return Error{};
    Value missing = as_exception(vm.t.pending)->extra[extra::kImportErrorName];
    if (!is_str(missing) || !str_equal(as_str(missing), full)) return Error{};
    Value pending = vm.take_pending();
    Value mark = TRY(dict_get(vm, vm.modules, full));
    if (mark.is_none()) {
      vm.t.pending = pending;
      return Error{};
    }
    return {};
  });
}

}  // namespace

Status import_register_native(Vm& vm, std::span<const ModuleSpec* const> specs) {
  ImportState& s = import_state(vm);
  s.natives.reserve(specs.size());
  for (const ModuleSpec* spec : specs) s.natives.emplace(spec->name, spec);
  return {};
}
const ModuleSpec* import_find_native(Vm& vm, std::string_view name) {
  ImportState& s = import_state(vm);
  auto it = s.natives.find(name);
  return it == s.natives.end() ? nullptr : it->second;
}
Result<List*> import_native_names(Vm& vm) {
  List* names = TRY(list_new(vm));
  TRY(list_append(vm, names, vm.names.builtins));
  for (const auto& item : import_state(vm).natives) TRY(list_append(vm, names, TRY(vm.intern(item.first))));
  return names;
}

Status import_init_sys(Vm& vm, Module* sys) {
  TRY(import_make_types(vm));
  ImportState& s = import_state(vm);
  TRY(module_add(vm, sys, "meta_path", list_from_span(vm, s.finders)));
  TRY(module_add(vm, sys, "path_hooks", list_from_span(vm, s.hooks)));
  TRY(module_add(vm, sys, "path_importer_cache", dict_new(vm)));
  vm.import_hook = import_module;
  return {};
}

Value find_and_load(Vm& vm, Str* name) {
  TRY(vm.check_stack(" while importing"));
  if (!is_ordinary(vm)) return import_through_importlib(vm, name);
  return find_and_load_ordinary(vm, name);
}

Value import_module(Vm& vm, std::string_view name) { return import_absolute(vm, TRY(vm.intern(name))); }

Value import_module_level(Vm& vm, Str* name, Value globals, Value from_list, int64_t level) {
  if (level < 0) return vm.raise(E::ValueError, "level must be >= 0");
  if (level == 0 && name->length == 0) return vm.raise(E::ValueError, "Empty module name");
  Str* full = level > 0 ? TRY(absolute_name(vm, name, globals, level)) : vm.intern(TRY(str_exact(vm, name)));
  Value module = import_absolute(vm, full);
  if (module.is_error()) return module;
  bool has_from = !from_list.is_none() && !from_list.is_unset() && TRY(truthy(vm, from_list));
  if (has_from) {
    Value path = TRY(get_attr_optional(vm, module, vm.names.d_path));
    if (!path.is_exhausted()) TRY(handle_from_list(vm, module, from_list, false));
    return module;
  }
  // `import a.b.c` gives a; `__import__("b.c", level=1)` gives package.b.
  if (level > 0 && name->length == 0) return module;
  std::string text = str_to_utf8(name);
  size_t dot = text.find('.');
  if (dot == std::string::npos) return module;
  if (level == 0) return import_absolute(vm, TRY(vm.intern(std::string_view(text).substr(0, dot))));
  std::string whole = str_to_utf8(full);
  Str* front = TRY(vm.intern(whole.substr(0, whole.size() - (text.size() - dot))));
  Value found = TRY(dict_get(vm, vm.modules, front));
  if (found.is_exhausted()) return vm.raise(E::KeyError, "{} not in sys.modules as expected", repr_of(front));
  return found;
}

}  // namespace krait
