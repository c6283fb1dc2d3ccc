// The native ModuleSpec and the stand-ins for importlib's finders, loaders and hooks.
#include <sys/stat.h>

#include <cerrno>

#include "objects/attributes.hpp"
#include "objects/dict.hpp"
#include "objects/function.hpp"
#include "objects/operations.hpp"
#include "objects/quick.hpp"
#include "objects/str.hpp"
#include "objects/type.hpp"
#include "runtime/import.hpp"
#include "runtime/import_state.hpp"
#include "runtime/system.hpp"

namespace krait {

void ImportState::trace(Marker& m) {
  m.mark_cell(spec_type);
  m.mark_cell(stand_in_type);
  for (Value v : finders) m.mark(v);
  for (Value v : hooks) m.mark(v);
  m.mark_cell(bootstrap);
  m.mark_cell(external);
  m.mark(original_find_and_load);
  for (const Loading& l : loading) m.mark_cell(l.name);
}

namespace {

ImportSpec* spec_of(Value v) { return v.as<ImportSpec>(); }
ImportStandIn* stand_in_of(Value v) { return v.as<ImportStandIn>(); }

void trace_spec(Heap&, Cell* cell, Marker& m) {
  ImportSpec* s = static_cast<ImportSpec*>(cell);
  m.mark_range(&s->name, &s->uninitialized_submodules + 1);
}
void trace_stand_in(Heap&, Cell* cell, Marker& m) {
  ImportStandIn* s = static_cast<ImportStandIn*>(cell);
  m.mark_range(&s->name, &s->real + 1);
}

// --- ModuleSpec

Value spec_new(Vm& vm, Args a) {
  // name, loader, origin, loader_state, is_package
  ImportSpec* s = TRY(vm.new_instance<ImportSpec>(as_type(a[0])));
  s->name = a[1];
  s->loader = a[2];
  s->origin = a.get(3, Value::none());
  s->loader_state = a.get(4, Value::none());
  s->search_locations = Value::none();
  s->initializing = s->set_fileattr = Value::false_();
  vm.barrier(s);
  s->uninitialized_submodules = TRY(list_new(vm));
  vm.barrier(s);
  if (a.has(5) && TRY(truthy(vm, a[5]))) s->search_locations = TRY(list_new(vm));
  vm.barrier(s);
  return s;
}
Value spec_parent(Vm& vm, Value self) {
  ImportSpec* s = spec_of(self);
  if (!s->search_locations.is_none() || !is_str(s->name)) return s->name;
  std::string name = str_to_utf8(as_str(s->name));
  size_t dot = name.rfind('.');
  return str_from_utf8(vm, dot == std::string::npos ? "" : name.substr(0, dot));
}
Value spec_has_location(Vm&, Value self) { return spec_of(self)->set_fileattr; }
Status spec_set_has_location(Vm& vm, Value self, Value value) {
  spec_of(self)->set_fileattr = Value::boolean(!value.is_unset() && TRY(truthy(vm, value)));
  return {};
}

/// DIR/__pycache__/NAME.TAG.pyc for DIR/NAME.py, as importlib computes it.
Value spec_cached(Vm& vm, Value self) {
  ImportSpec* s = spec_of(self);
  if (!s->cached.is_unset()) return s->cached;
  if (!s->set_fileattr.is_true() || !is_str(s->origin)) return Value::none();
  std::string file = str_to_utf8(as_str(s->origin));
  if (file.size() < 3 || file.substr(file.size() - 3) != ".py") return Value::none();
  size_t slash = file.rfind('/');
  std::string folder = slash == std::string::npos ? "" : file.substr(0, slash + 1);
  std::string tail = file.substr(slash == std::string::npos ? 0 : slash + 1);
  tail.resize(tail.size() - 3);
  Value prefix = sys_get(vm, "pycache_prefix");
  std::string optimized = vm.optimize == 0 ? "" : ".opt-" + std::to_string(vm.optimize);
  std::string out = is_str(prefix) ? str_to_utf8(as_str(prefix)) + (folder.starts_with('/') ? "" : "/") + folder
                                   : folder + "__pycache__/";
  s->cached = TRY(str_decode_fs(vm, out + tail + "." + kCacheTag + optimized + ".pyc"));
  vm.barrier(s);
  return s->cached;
}
Status spec_set_cached(Vm& vm, Value self, Value value) {
  spec_of(self)->cached = value;
  vm.barrier(self.cell());
  return {};
}
Value spec_repr(Vm& vm, Args a) {
  ImportSpec* s = spec_of(a[0]);
  StrBuilder out(vm);
  TRY(out.append(TRY(str_message(vm, "ModuleSpec(name={}, loader={}", repr_of(s->name), repr_of(s->loader)))));
  if (!s->origin.is_none()) TRY(out.append(TRY(str_message(vm, ", origin={}", repr_of(s->origin)))));
  if (!s->search_locations.is_none())
    TRY(out.append(TRY(str_message(vm, ", submodule_search_locations={}", repr_of(s->search_locations)))));
  TRY(out.append(U')'));
  return out.finish();
}
Value spec_eq(Vm& vm, Args a) {
  if (!is_kind(a[1], Kind::ImportSpec)) return Value::not_implemented();
  ImportSpec *x = spec_of(a[0]), *y = spec_of(a[1]);
  for (Value ImportSpec::* part :
       {&ImportSpec::name, &ImportSpec::loader, &ImportSpec::origin, &ImportSpec::search_locations})
    if (!TRY(equal(vm, x->*part, y->*part))) return Value::false_();
  return Value::true_();
}

const NativeRow kSpecMethods[] = {
    {"__new__($type, name, loader, *, origin=None, loader_state=None, is_package=None)", spec_new,
     kNewMethod | kStaticMethod},
    {"__repr__($self, /)", spec_repr},
    {"__eq__($self, other, /)", spec_eq},
    {"__hash__($self, /)", nullptr},
};
const GetSetRow kSpecGetSets[] = {
    {"parent", spec_parent, nullptr, "The name of the module's parent package."},
    {"has_location", spec_has_location, spec_set_has_location,
     "Whether origin is the place the module is loaded from."},
    {"cached", spec_cached, spec_set_cached, "Where the bytecode is cached."},
};
#define SPEC_MEMBER(name, field) {name, static_cast<uint32_t>(offsetof(ImportSpec, field))}
const MemberRow kSpecMembers[] = {
    SPEC_MEMBER("name", name),
    SPEC_MEMBER("loader", loader),
    SPEC_MEMBER("origin", origin),
    SPEC_MEMBER("loader_state", loader_state),
    SPEC_MEMBER("submodule_search_locations", search_locations),
    SPEC_MEMBER("_cached", cached),
    SPEC_MEMBER("_initializing", initializing),
    SPEC_MEMBER("_set_fileattr", set_fileattr),
    {"_uninitialized_submodules", static_cast<uint32_t>(offsetof(ImportSpec, uninitialized_submodules)),
     MemberRow::kRaisesWhenUnset},
};
#undef SPEC_MEMBER
const TypeSpec kSpecType{
    .name = "_frozen_importlib.ModuleSpec",
    .doc = "How a module was found and is to be loaded.",
    .kind = static_cast<CellKind>(Kind::ImportSpec),
    .size = sizeof(ImportSpec),
    .flags = kTypeHasDict | kTypeHasWeakref,
    .methods = kSpecMethods,
    .getsets = kSpecGetSets,
    .members = kSpecMembers,
    .trace = trace_spec,
};

// --- Stand-ins

constexpr const char* kRealNames[] = {"BuiltinImporter",  "FrozenImporter", "PathFinder",
                                      "SourceFileLoader", "zipimporter",    "path_hook_for_FileFinder"};

Value stand_in_getattr(Vm& vm, Args a) {
  Str* name = TRY(attribute_name(vm, a[1]));
  ImportStandIn* s = stand_in_of(a[0]);
  if (s->what() == ImportStandIn::kSourceLoader) {
    if (name == vm.names.name) return s->name;
    if (name == vm.names.path) return s->path;
  }
  Value real = TRY(stand_in_real(vm, s));
  return get_attr(vm, real, name);
}
Value stand_in_call(Vm& vm, Args a) {
  ImportStandIn* s = stand_in_of(a[0]);
  auto rest = a.rest(2);
  if (s->what() == ImportStandIn::kZipHook && rest.size() == 1 && is_str(rest[0])) {
    // What is no file is no archive: no need to load the archive importer to say so.
    std::string path;
    TRY(str_encode_fs(vm, as_str(rest[0]), path));
    struct stat info;
    bool below_a_file = stat(path.c_str(), &info) != 0 && errno == ENOTDIR;
    if (!below_a_file && (stat(path.c_str(), &info) != 0 || !S_ISREG(info.st_mode)))
      return vm.raise(E::ImportError, "not a Zip file: {}", repr_of(rest[0]));
  }
  Value real = TRY(stand_in_real(vm, s));
  Tuple* args = TRY(tuple_from_span(vm, rest));
  return call_with(vm, real, args, a.has(1) ? a[1].as<Dict>() : nullptr);
}
Value stand_in_repr(Vm& vm, Args a) {
  ImportStandIn* s = stand_in_of(a[0]);
  std::string_view name = kRealNames[s->what()];
  switch (s->what()) {
    case ImportStandIn::kBuiltinImporter:
    case ImportStandIn::kFrozenImporter: return str_message(vm, "<class '_frozen_importlib.{}'>", name);
    case ImportStandIn::kPathFinder: return str_message(vm, "<class '_frozen_importlib_external.{}'>", name);
    case ImportStandIn::kZipHook: return str_message(vm, "<class 'zipimport.{}'>", name);
    case ImportStandIn::kFileHook:
      return str_message(vm, "<function FileFinder.path_hook.<locals>.{} at {}>", name, TRY(address_text(vm, s)));
    case ImportStandIn::kSourceLoader: break;
  }
  return str_message(vm, "<_frozen_importlib_external.SourceFileLoader object at {}>", TRY(address_text(vm, s)));
}
Value stand_in_get_source(Vm& vm, Args a) {
  Value real = TRY(stand_in_real(vm, stand_in_of(a[0])));
  return call_method(vm, real, TRY(vm.intern("get_source")), a.rest(1));
}
Value stand_in_class(Vm& vm, Value self) {
  ImportStandIn* s = stand_in_of(self);
  if (import_state(vm).bootstrap == nullptr) return vm.type_of(self);
  Value real = TRY(stand_in_real(vm, s));
  return get_attr(vm, real, vm.names.d_class);
}
const NativeRow kStandInMethods[] = {
    {"__getattr__($self, name, /)", stand_in_getattr},
    {"__call__($self, /, *args, **kwargs)", stand_in_call},
    {"__repr__($self, /)", stand_in_repr},
    {"get_source($self, /, *args)", stand_in_get_source, 0, "The source text of the module."},
};
const GetSetRow kStandInGetSets[] = {{"__class__", stand_in_class}};
const TypeSpec kStandInType{
    .name = "_frozen_importlib_external._StandIn",
    .doc = "Stands for an object of importlib that has not been loaded yet.",
    .kind = static_cast<CellKind>(Kind::ImportStandIn),
    .size = sizeof(ImportStandIn),
    .flags = kTypeNoNew | kTypeHasWeakref,
    .methods = kStandInMethods,
    .getsets = kStandInGetSets,
    .trace = trace_stand_in,
};

Value spec_native(Vm& vm, Value name, Value loader, Value origin) {
  ImportSpec* s = TRY(vm.new_instance<ImportSpec>(import_state(vm).spec_type));
  s->name = name;
  s->loader = loader;
  s->origin = origin;
  s->loader_state = s->search_locations = Value::none();
  s->initializing = s->set_fileattr = Value::false_();
  vm.barrier(s);
  return s;
}

/// ModuleSpec(name, loader, origin=origin) of importlib.
Value spec_real(Vm& vm, Value name, Value loader, Value origin) {
  Value cls = TRY(get_attr(vm, import_state(vm).bootstrap, TRY(vm.intern("ModuleSpec"))));
  Dict* kwargs = TRY(dict_new(vm));
  TRY(dict_set_str(vm, kwargs, TRY(vm.intern("origin")), origin));
  return call_with(vm, cls, TRY(tuple_of(vm, name, loader)), kwargs);
}

}  // namespace

Status import_make_types(Vm& vm) {
  ImportState& s = import_state(vm);
  s.spec_type = TRY(make_type(vm, kSpecType));
  s.stand_in_type = TRY(make_type(vm, kStandInType));
  for (auto what : {ImportStandIn::kBuiltinImporter, ImportStandIn::kFrozenImporter, ImportStandIn::kPathFinder})
    s.finders[what] = TRY(stand_in_new(vm, what));
  s.hooks[0] = TRY(stand_in_new(vm, ImportStandIn::kZipHook));
  s.hooks[1] = TRY(stand_in_new(vm, ImportStandIn::kFileHook));
  return {};
}

Value stand_in_new(Vm& vm, ImportStandIn::What what, Value name, Value path) {
  ImportStandIn* s = TRY(vm.new_instance<ImportStandIn>(import_state(vm).stand_in_type));
  s->bits = what;
  s->name = name;
  s->path = path;
  vm.barrier(s);
  return s;
}

Value stand_in_real(Vm& vm, ImportStandIn* s) {
  if (!s->real.is_unset()) return s->real;
  ImportState& state = import_state(vm);
  Value module;
  if (s->what() == ImportStandIn::kZipHook) {
    module = TRY(import_module(vm, "zipimport"));
  } else {
    TRY(bootstrap_importlib(vm));
    module = s->what() <= ImportStandIn::kFrozenImporter ? state.bootstrap : state.external;
  }
  if (!s->real.is_unset()) return s->real;
  Value real;
  if (s->what() == ImportStandIn::kFileHook) {
    real = state.hooks[1];
  } else {
    real = TRY(get_attr(vm, module, TRY(vm.intern(kRealNames[s->what()]))));
    if (s->what() == ImportStandIn::kSourceLoader) real = TRY(call2(vm, real, s->name, s->path));
  }
  s->real = real;
  vm.barrier(s);
  return real;
}

Value spec_for_native(Vm& vm, Value name) {
  ImportState& s = import_state(vm);
  Value origin = TRY(vm.intern("built-in"));
  if (s.bootstrap != nullptr && !s.bootstrapping) return spec_real(vm, name, s.finders[0], origin);
  return spec_native(vm, name, s.finders[0], origin);
}

Value spec_for_source(Vm& vm, Value name, Value loader, Value path, Value locations) {
  ImportState& s = import_state(vm);
  if (s.bootstrap != nullptr && !s.bootstrapping) {
    Value spec = TRY(spec_real(vm, name, loader, path));
    TRY(set_attr(vm, spec, TRY(vm.intern("_set_fileattr")), Value::true_()));
    if (!locations.is_unset()) TRY(set_attr(vm, spec, TRY(vm.intern("submodule_search_locations")), locations));
    return spec;
  }
  Value v = TRY(spec_native(vm, name, loader, path));
  ImportSpec* spec = spec_of(v);
  spec->set_fileattr = Value::true_();
  if (!locations.is_unset()) spec->search_locations = locations;
  vm.barrier(spec);
  return spec;
}

Status spec_set_initializing(Vm& vm, Value spec, bool on) {
  if (spec.is_unset() || spec.is_none()) return {};
  if (is_kind(spec, Kind::ImportSpec)) {
    spec_of(spec)->initializing = Value::boolean(on);
    return {};
  }
  return set_attr(vm, spec, TRY(vm.intern("_initializing")), Value::boolean(on));
}

}  // namespace krait
