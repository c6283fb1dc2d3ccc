// importlib: loading its two halves from the library, and handing over to it.
//
// They become `_frozen_importlib` and `_frozen_importlib_external`, as in CPython. What stood in for their objects until then is
// exchanged for the real ones: in sys.meta_path and sys.path_hooks, and in every module that is loaded already.
#include "interp/interpreter.hpp"
#include "objects/bytes.hpp"
#include "objects/dict.hpp"
#include "objects/exception.hpp"
#include "objects/int.hpp"
#include "objects/operations.hpp"
#include "objects/quick.hpp"
#include "objects/str.hpp"
#include "runtime/import.hpp"
#include "runtime/import_state.hpp"
#include "runtime/system.hpp"

namespace krait {
namespace {

constexpr const char* kBootstrapFile = "<frozen importlib._bootstrap>";
constexpr const char* kExternalFile = "<frozen importlib._bootstrap_external>";

Result<Module*> load_half(Vm& vm, const char* name, const char* file, const char* shown) {
  Module* module = TRY(module_new(vm, name));
  TRY(dict_set_str(vm, module->dict, vm.names.d_builtins, vm.builtins_dict));
  Code* code = TRY(source_file_code(vm, system_of(vm).library.root + "/importlib/" + file, TRY(vm.intern(shown))));
  TRY(dict_set_str(vm, vm.modules, TRY(vm.intern(name)), module));
  if (run_code(vm, code, module->dict, Value()).is_error()) return Error{};
  return module;
}

Status set_global(Vm& vm, Module* m, const char* name, Value v) {
  if (v.is_error()) return Error{};
  return dict_set_str(vm, m->dict, TRY(vm.intern(name)), v);
}
Value global(Vm& vm, Module* m, const char* name) { return get_attr(vm, m, TRY(vm.intern(name))); }

/// Puts the real objects in the place of the stand-ins of a list, wherever a program has moved them.
void exchange(Vm& vm, Value list, const Value* old, const Value* real, size_t n) {
  if (!is_list(list)) return;
  List* l = list.as<List>();
  for (uint64_t i = 0; i < l->length; ++i)
    for (size_t k = 0; k < n; ++k)
      if (l->items()[i] == old[k]) l->items()[i] = real[k];
  vm.barrier(l);
}

Value real_or_self(Vm& vm, Value v) {
  return is_kind(v, Kind::ImportStandIn) ? stand_in_real(vm, v.as<ImportStandIn>()) : v;
}

/// Gives a module importlib's spec and loader in the place of the native ones.
Status convert_module(Vm& vm, Module* m) {
  Value loader = dict_get_str(vm, m->dict, vm.names.d_loader);
  if (is_kind(loader, Kind::ImportStandIn))
    TRY(dict_set_str(vm, m->dict, vm.names.d_loader, TRY(real_or_self(vm, loader))));
  Value old = dict_get_str(vm, m->dict, vm.names.d_spec);
  if (!is_kind(old, Kind::ImportSpec)) return {};
  ImportSpec* s = old.as<ImportSpec>();
  Value cls = TRY(global(vm, import_state(vm).bootstrap, "ModuleSpec"));
  Value real_loader = TRY(real_or_self(vm, s->loader));
  Value spec = TRY(call2(vm, cls, s->name, real_loader));
  auto copy = [&](const char* name, Value v) -> Status {
    return v.is_unset() ? Status() : set_attr(vm, spec, TRY(vm.intern(name)), v);
  };
  TRY(copy("origin", s->origin));
  TRY(copy("loader_state", s->loader_state));
  TRY(copy("submodule_search_locations", s->search_locations));
  TRY(copy("_set_fileattr", s->set_fileattr));
  TRY(copy("_initializing", s->initializing));
  TRY(copy("_uninitialized_submodules", s->uninitialized_submodules));
  return dict_set_str(vm, m->dict, vm.names.d_spec, spec);
}

Value native_find_and_load(Vm& vm, Args a) {
  if (!is_str(a[0])) return vm.raise(E::TypeError, "module name must be str, not {}", type_name_of(a[0]));
  Str* name = vm.intern(TRY(str_exact(vm, as_str(a[0]))));
  Value there = TRY(dict_get(vm, vm.modules, name));
  if (there.is_exhausted()) return find_and_load(vm, name);
  if (!there.is_none() && import_state(vm).loading.empty()) return there;
  return call2(vm, import_state(vm).original_find_and_load, a[0], a[1]);
}
constexpr NativeRow kFindAndLoad{"_find_and_load(name, import_)", native_find_and_load, 0, "Find and load the module."};

Status load_importlib(Vm& vm) {
  ImportState& s = import_state(vm);
  Value imp = TRY(import_module(vm, "_imp"));
  s.bootstrap = TRY(load_half(vm, "_frozen_importlib", "_bootstrap.py", kBootstrapFile));
  Value setup = TRY(global(vm, s.bootstrap, "_setup"));
  TRY(call2(vm, setup, system_of(vm).sys, imp));
  s.external = TRY(load_half(vm, "_frozen_importlib_external", "_bootstrap_external.py", kExternalFile));
  // Its cached bytecode is Krait's.
  uint32_t magic = import_magic_number();
  TRY(set_global(vm, s.external, "MAGIC_NUMBER", bytes_from(vm, std::string_view(reinterpret_cast<char*>(&magic), 4))));
  TRY(set_global(vm, s.external, "_RAW_MAGIC_NUMBER", Value::small_int(magic)));
  TRY(call1(vm, TRY(global(vm, s.external, "_set_bootstrap_module")), s.bootstrap));
  TRY(set_global(vm, s.bootstrap, "_bootstrap_external", s.external));

  Value loaders = TRY(call0(vm, TRY(global(vm, s.external, "_get_supported_file_loaders"))));
  loaders = TRY(tuple_from(vm, loaders));
  Value file_finder = TRY(global(vm, s.external, "FileFinder"));
  Value make_hook = TRY(get_attr(vm, file_finder, TRY(vm.intern("path_hook"))));
  Value real_hooks[2] = {s.hooks[0], TRY(call_with(vm, make_hook, loaders.as<Tuple>(), nullptr))};
  Value real_finders[3] = {TRY(global(vm, s.bootstrap, "BuiltinImporter")),
                           TRY(global(vm, s.bootstrap, "FrozenImporter")), TRY(global(vm, s.external, "PathFinder"))};
  exchange(vm, sys_get(vm, "meta_path"), s.finders, real_finders, 3);
  exchange(vm, sys_get(vm, "path_hooks"), s.hooks, real_hooks, 2);
  for (int i = 0; i < 3; ++i) s.finders[i] = real_finders[i];
  for (int i = 0; i < 2; ++i) s.hooks[i] = real_hooks[i];

  s.original_find_and_load = TRY(global(vm, s.bootstrap, "_find_and_load"));
  TRY(set_global(vm, s.bootstrap, "_find_and_load",
                 native_function_new(vm, kFindAndLoad, Value(), "_frozen_importlib")));
  s.bootstrapping = false;
  Value all = TRY(list_from(vm, TRY(call_method(vm, vm.modules, vm.names.values))));
  for (uint64_t i = 0; i < all.as<List>()->length; ++i) {
    Value m = all.as<List>()->items()[i];
    if (is_module(m)) TRY(convert_module(vm, m.as<Module>()));
  }
  for (Module* half : {s.bootstrap, s.external}) {
    Value loader = s.finders[1];
    Value spec = TRY(call2(vm, TRY(global(vm, s.bootstrap, "ModuleSpec")), half->name, loader));
    TRY(set_attr(vm, spec, TRY(vm.intern("origin")), TRY(vm.intern("frozen"))));
    TRY(dict_set_str(vm, half->dict, vm.names.d_spec, spec));
    TRY(dict_set_str(vm, half->dict, vm.names.d_loader, loader));
    TRY(dict_set_str(vm, half->dict, vm.names.d_package, vm.names.empty));
  }
  return {};
}

}  // namespace

Status bootstrap_importlib(Vm& vm) {
  ImportState& s = import_state(vm);
  if (s.external != nullptr || s.bootstrapping) return {};
  if (!system_of(vm).library.found())
    return vm.raise(E::ImportError,
                    "importlib is not available: no CPython standard library was found (set KRAIT_HOME)");
  s.bootstrapping = true;
  Status status = load_importlib(vm);
  s.bootstrapping = false;
  if (status.is_error()) {
    Value pending = vm.take_pending();
    s.bootstrap = s.external = nullptr;
    for (const char* name : {"_frozen_importlib", "_frozen_importlib_external"}) {
      Result<Str*> key = vm.intern(name);
      if (key.is_error() || dict_del_str(vm, vm.modules, key.release()).is_error()) (void)vm.take_pending();
    }
    vm.t.pending = pending;
  }
  return status;
}

Value import_through_importlib(Vm& vm, Str* name) {
  TRY(bootstrap_importlib(vm));
  ImportState& s = import_state(vm);
  if (s.bootstrapping)
    return vm.raise(E::ImportError, "import of {} needs importlib, which is being loaded", repr_of(name));
  Value import = TRY(global(vm, s.bootstrap, "_gcd_import"));
  Value module = call2(vm, s.original_find_and_load, name, import);
  if (module.is_error()) remove_importlib_frames(vm);
  return module;
}

void remove_importlib_frames(Vm& vm) {
  if (!is_exception(vm.t.pending)) return;
  ExceptionObject* e = as_exception(vm.t.pending);
  bool always = is_instance_of(vm, e, vm.exception_type(E::ImportError));
  // The traceback's links that lead into importlib are bent to lead past it: all of them for an ImportError, else only those
  // parts that end in the function which is there to be removed.
  Value *link = &e->traceback, *outer = nullptr;
  Cell *link_owner = e, *outer_owner = nullptr;
  bool inside = false;
  while (is_kind(*link, Kind::Traceback)) {
    Traceback* t = link->as<Traceback>();
    Code* code = t->frame->code;
    bool now = code->filename->equals(kBootstrapFile) || code->filename->equals(kExternalFile);
    if (now && !inside) {
      outer = link;
      outer_owner = link_owner;
    }
    inside = now;
    if (inside && (always || code->name->equals("_call_with_frames_removed"))) {
      *outer = t->next;
      vm.barrier(outer_owner);
      link = outer;
      link_owner = outer_owner;
      inside = false;
      // What follows may be importlib's again: the same link serves as the start of it.
    } else {
      link = &t->next;
      link_owner = t;
    }
  }
}

}  // namespace krait
