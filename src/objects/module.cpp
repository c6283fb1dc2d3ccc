// Modules: the type, and making native ones from their specs.
#include "objects/module.hpp"

#include <limits.h>
#include <unistd.h>

#include "objects/attributes.hpp"
#include "objects/builtin_types.hpp"
#include "objects/dict.hpp"
#include "objects/function.hpp"
#include "objects/int.hpp"
#include "objects/operations.hpp"
#include "objects/sequences.hpp"
#include "objects/str.hpp"
#include "objects/type.hpp"

namespace krait {

namespace {

Module* module_of(Value v) { return v.as<Module>(); }

void trace(Heap&, Cell* cell, Marker& marker) {
  marker.mark_cell(static_cast<Module*>(cell)->dict);
  marker.mark(static_cast<Module*>(cell)->name);
}

Status fill(Vm& vm, Module* m, Value name, Value doc) {
  m->name = name;
  vm.barrier(m);
  if (m->dict == nullptr) m->dict = TRY(dict_new(vm));
  vm.barrier(m);
  TRY(dict_set_str(vm, m->dict, vm.names.d_name, name));
  TRY(dict_set_str(vm, m->dict, vm.names.d_doc, doc));
  TRY(dict_set_str(vm, m->dict, vm.names.d_package, Value::none()));
  TRY(dict_set_str(vm, m->dict, vm.names.d_loader, Value::none()));
  return dict_set_str(vm, m->dict, vm.names.d_spec, Value::none());
}

Value module_new_method(Vm& vm, Args a) {
  Module* m = TRY(vm.new_instance<Module>(as_type(a[0])));
  m->dict = TRY(dict_new(vm));
  vm.barrier(m);
  return m;
}

Value module_init_method(Vm& vm, Args a) {
  if (!is_str(a[1])) return vm.raise(E::TypeError, "module() argument 'name' must be str, not {}", argument_type(a[1]));
  TRY(fill(vm, module_of(a[0]), a[1], a.get(2, Value::none())));
  return Value::none();
}

/// The attribute of a module's spec, or exhausted().
Value spec_attribute(Vm& vm, Value spec, const char* name) {
  if (spec.is_unset() || spec.is_none()) return Value::exhausted();
  return get_attr_optional(vm, spec, TRY(vm.intern(name)));
}

}  // namespace

Result<Shadowing> module_shadowing(Vm& vm, Value module_name, Value spec) {
  Shadowing found;
  Value located = spec_attribute(vm, spec, "has_location");
  if (located.is_error()) return Error{};
  if (located.is_exhausted() || !TRY(truthy(vm, located))) return found;
  Value origin = spec_attribute(vm, spec, "origin");
  if (origin.is_error()) return Error{};
  if (!is_str(origin)) return found;
  found.origin = origin;
  const FirstPath& first = vm.extension<FirstPath>();
  std::string folder = str_to_utf8(as_str(origin));
  size_t cut = folder.rfind('/');
  if (!first.known || cut == std::string::npos) return found;
  if (folder.substr(cut + 1) == "__init__.py") {
    folder.resize(cut);
    cut = folder.rfind('/');
    if (cut == std::string::npos) return found;
  }
  folder.resize(cut);
  std::string start = first.folder;
  if (start.empty()) {
    char here[PATH_MAX];
    if (getcwd(here, sizeof here) == nullptr) return found;
    start = here;
  }
  found.possible = folder == start;
  if (!found.possible) return found;
  Value sys = dict_get_str(vm, vm.modules, TRY(vm.intern("sys")));
  if (sys.is_unset()) return found;
  Value names = get_attr_optional(vm, sys, TRY(vm.intern("stdlib_module_names")));
  if (names.is_error()) return Error{};
  if (!names.is_exhausted() && is_kind(names, Kind::Set)) found.of_library = TRY(contains(vm, names, module_name));
  return found;
}

namespace {

[[gnu::cold]] Error raise_missing(Vm& vm, Module* m, Str* name) {
  Value module_name = dict_get_str(vm, m->dict, vm.names.d_name);
  if (!is_str(module_name)) return raise_attribute_error(vm, m, name, "module has no attribute '{}'", name);
  Value spec = dict_get_str(vm, m->dict, vm.names.d_spec);
  Result<Shadowing> shadowing = module_shadowing(vm, module_name, spec);
  if (shadowing.is_error()) return {};
  const Shadowing shadow = shadowing.release();
  if (shadow.of_library)
    return raise_attribute_error(vm, m, name,
                                 "module '{}' has no attribute '{}' (consider renaming '{}' since it has the same name "
                                 "as the standard library module named '{}' and prevents importing that standard "
                                 "library module)",
                                 module_name, name, shadow.origin, module_name);
  Value initializing = spec_attribute(vm, spec, "_initializing");
  if (initializing.is_error()) return {};
  if (!initializing.is_exhausted()) {
    Result<bool> busy = truthy(vm, initializing);
    if (busy.is_error()) return {};
    if (busy.release()) {
      Value origin = shadow.origin;
      if (shadow.possible)
        return raise_attribute_error(
            vm, m, name,
            "module '{}' has no attribute '{}' (consider renaming '{}' if it has the same name "
            "as a library you intended to import)",
            module_name, name, origin);
      if (is_str(origin))
        return raise_attribute_error(
            vm, m, name,
            "partially initialized module '{}' from '{}' has no attribute '{}' (most likely due to a "
            "circular import)",
            module_name, origin, name);
      return raise_attribute_error(
          vm, m, name, "partially initialized module '{}' has no attribute '{}' (most likely due to a circular import)",
          module_name, name);
    }
  }
  Value busy_submodules = spec_attribute(vm, spec, "_uninitialized_submodules");
  if (busy_submodules.is_error()) return {};
  if (!busy_submodules.is_exhausted()) {
    Result<bool> is_one = contains(vm, busy_submodules, name);
    if (is_one.is_error()) return {};
    if (is_one.release())
      return raise_attribute_error(vm, m, name,
                                   "cannot access submodule '{}' of module '{}' (most likely due to a circular import)",
                                   name, module_name);
  }
  return raise_attribute_error(vm, m, name, "module '{}' has no attribute '{}'", module_name, name);
}

}  // namespace

Value module_get_attr(Vm& vm, Value module, Str* name) {
  Value v = generic_get_attr_optional(vm, module, name);
  if (!v.is_exhausted()) [[likely]]
    return v;
  Module* m = module_of(module);
  Value fallback = dict_get_str(vm, m->dict, vm.names.special[static_cast<size_t>(Special::GetAttr)]);
  if (!fallback.is_unset()) return call1(vm, fallback, name);
  return raise_missing(vm, m, name);
}

Value module_getattribute(Vm& vm, Args a) { return module_get_attr(vm, a[0], TRY(attribute_name(vm, a[1]))); }

namespace {

/// As importlib shows a module.
Value module_repr(Vm& vm, Args a) {
  Module* m = module_of(a[0]);
  Value spec = dict_get_str(vm, m->dict, vm.names.d_spec);
  if (!spec.is_unset() && !spec.is_none()) {
    Value name = TRY(spec_attribute(vm, spec, "name"));
    if (name.is_none() || name.is_exhausted()) name = TRY(vm.intern("?"));
    Value origin = TRY(spec_attribute(vm, spec, "origin"));
    if (origin.is_none() || origin.is_exhausted()) {
      Value loader = TRY(spec_attribute(vm, spec, "loader"));
      if (loader.is_none() || loader.is_exhausted()) return TRY(str_message(vm, "<module {}>", repr_of(name)));
      Value path = Value::exhausted();
      if (vm.type_of(loader)->name->equals("NamespaceLoader"))
        path = TRY(get_attr_optional(vm, loader, TRY(vm.intern("_path"))));
      if (path.is_exhausted()) return TRY(str_message(vm, "<module {} ({})>", repr_of(name), repr_of(loader)));
      Value folders = TRY(list_from(vm, path));
      return TRY(str_message(vm, "<module {} (namespace) from {}>", repr_of(name), repr_of(folders)));
    }
    Value located = TRY(spec_attribute(vm, spec, "has_location"));
    if (!located.is_exhausted() && TRY(truthy(vm, located)))
      return TRY(str_message(vm, "<module {} from {}>", repr_of(name), repr_of(origin)));
    return TRY(str_message(vm, "<module {} ({})>", repr_of(name), origin));
  }
  Value name = dict_get_str(vm, m->dict, vm.names.d_name);
  if (name.is_unset()) name = TRY(vm.intern("?"));
  Value file = dict_get_str(vm, m->dict, vm.names.d_file);
  if (!file.is_unset()) return TRY(str_message(vm, "<module {} from {}>", repr_of(name), repr_of(file)));
  Value loader = dict_get_str(vm, m->dict, vm.names.d_loader);
  if (loader.is_unset() || loader.is_none()) return TRY(str_message(vm, "<module {}>", repr_of(name)));
  return TRY(str_message(vm, "<module {} ({})>", repr_of(name), repr_of(loader)));
}

Value module_dir(Vm& vm, Args a) {
  Value dict = TRY(get_attr(vm, a[0], vm.names.d_dict));
  if (!is_dict(dict)) return vm.raise(E::TypeError, "{}.__dict__ is not a dictionary", module_of(a[0])->name);
  Value own = dict_get_str(vm, dict.as<Dict>(), vm.names.special[static_cast<size_t>(Special::Dir)]);
  if (!own.is_unset()) return call0(vm, own);
  return list_from(vm, dict);
}

Value get_dict(Vm& vm, Value self) {
  Module* m = module_of(self);
  if (m->complete != nullptr) {
    auto complete = m->complete;
    m->complete = nullptr;
    TRY(complete(vm));
  }
  return m->dict;
}

Value get_annotate(Vm& vm, Value self) {
  Value v = dict_get_str(vm, module_of(self)->dict, vm.names.d_annotate);
  return v.is_unset() ? Value::none() : v;
}
Status set_annotate(Vm& vm, Value self, Value value) {
  if (value.is_unset()) return vm.raise(E::TypeError, "cannot delete __annotate__ attribute");
  if (!value.is_none() && !is_callable(vm, value))
    return vm.raise(E::TypeError, "__annotate__ must be callable or None");
  Dict* dict = module_of(self)->dict;
  TRY(dict_set_str(vm, dict, vm.names.d_annotate, value));
  if (!value.is_none()) TRY(dict_del_str(vm, dict, vm.names.d_annotations));
  return {};
}
Value get_annotations(Vm& vm, Value self) {
  Dict* dict = module_of(self)->dict;
  Value kept = dict_get_str(vm, dict, vm.names.d_annotations);
  if (!kept.is_unset()) return kept;
  Value annotate = dict_get_str(vm, dict, vm.names.d_annotate);
  Value annotations;
  if (!annotate.is_unset() && is_callable(vm, annotate)) {
    annotations = TRY(call1(vm, annotate, Value::small_int(1)));
    if (!is_dict(annotations))
      return vm.raise(E::TypeError, "__annotate__ returned non-dict of type '{}'", type_name_of(annotations));
  } else {
    annotations = TRY(dict_new(vm));
  }
  // A module that is still being executed will have more.
  Value spec = dict_get_str(vm, dict, vm.names.d_spec), initializing = Value::exhausted();
  if (!spec.is_unset()) initializing = TRY(get_attr_optional(vm, spec, TRY(vm.intern("_initializing"))));
  if (initializing.is_exhausted() || !TRY(truthy(vm, initializing)))
    TRY(dict_set_str(vm, dict, vm.names.d_annotations, annotations));
  return annotations;
}
Status set_annotations(Vm& vm, Value self, Value value) {
  Dict* dict = module_of(self)->dict;
  if (!value.is_unset()) {
    TRY(dict_set_str(vm, dict, vm.names.d_annotations, value));
  } else if (!TRY(dict_del_str(vm, dict, vm.names.d_annotations))) {
    return raise_attribute_error(vm, self, vm.names.d_annotations, "__annotations__");
  }
  TRY(dict_del_str(vm, dict, vm.names.d_annotate));
  return {};
}

constexpr NativeRow kMethods[] = {
    {"__new__($type, /, *args, **kwargs)", module_new_method, kNewMethod},
    {"__init__($self, name, doc=None)", module_init_method},
    {"__getattribute__($self, name, /)", module_getattribute},
    {"__repr__($self, /)", module_repr},
    {"__dir__($self, /)", module_dir, 0, "Names of the module's attributes."},
};
constexpr GetSetRow kGetSets[] = {
    {"__annotations__", get_annotations, set_annotations},
    {"__annotate__", get_annotate, set_annotate},
};
constexpr MemberRow kMembers[] = {MemberRow::computed("__dict__", get_dict)};

}  // namespace

const TypeSpec module_type{
    .name = "module",
    .doc = "A module: a namespace made by an import.",
    .signature = "(name, doc=None)",
    .kind = static_cast<CellKind>(Kind::Module),
    .size = sizeof(Module),
    .flags = kTypeBase | kTypeHasWeakref,
    .methods = kMethods,
    .getsets = kGetSets,
    .members = kMembers,
    .trace = trace,
};

Result<Module*> module_new(Vm& vm, std::string_view name) {
  Module* m = TRY(vm.new_instance<Module>(vm.types.module));
  TRY(fill(vm, m, TRY(vm.intern(name)), Value::none()));
  return m;
}

Result<Module*> module_from_spec(Vm& vm, const ModuleSpec& spec) {
  Module* m = TRY(module_new(vm, spec.name));
  if (spec.doc != nullptr) TRY(dict_set_str(vm, m->dict, vm.names.d_doc, TRY(str_from_utf8(vm, spec.doc))));
  for (const NativeRow& row : spec.functions)
    TRY(dict_set_str(vm, m->dict, TRY(vm.intern(row.name())), TRY(native_function_new(vm, row, Value(), spec.name))));
  if (spec.init != nullptr) TRY(spec.init(vm, m));
  return m;
}

Status module_add(Vm& vm, Module* m, std::string_view name, Value v) {
  if (v.is_error()) return Error{};
  return dict_set_str(vm, m->dict, TRY(vm.intern(name)), v);
}
Status module_add_int(Vm& vm, Module* m, std::string_view name, int64_t i) {
  return module_add(vm, m, name, int_from(vm, i));
}
Status module_add_str(Vm& vm, Module* m, std::string_view name, std::string_view utf8) {
  return module_add(vm, m, name, TRY(str_from_utf8(vm, utf8)));
}
Result<Type*> module_add_type(Vm& vm, Module* m, const TypeSpec& spec, Type* base) {
  Type* type = TRY(make_type(vm, spec, base));
  TRY(dict_set_str(vm, m->dict, type->name, type));
  return type;
}

}  // namespace krait
