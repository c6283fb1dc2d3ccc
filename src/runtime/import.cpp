// Importing modules.
#include "runtime/import.hpp"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cstring>
#include <string>
#include <vector>

#include "compiler/compiler.hpp"
#include "interp/interpreter.hpp"
#include "objects/dict.hpp"
#include "objects/exception.hpp"
#include "objects/operations.hpp"
#include "objects/sequences.hpp"
#include "objects/str.hpp"
#include "runtime/source_file.hpp"

namespace krait {
namespace {

struct NativeModules : Extension {
  std::vector<const ModuleSpec*> specs;
  const ModuleSpec* find(std::string_view name) const {
    for (const ModuleSpec* spec : specs)
      if (name == spec->name) return spec;
    return nullptr;
  }
};

bool is_file(const std::string& path) {
  struct stat info;
  return stat(path.c_str(), &info) == 0 && S_ISREG(info.st_mode);
}
bool is_directory(const std::string& path) {
  struct stat info;
  return stat(path.c_str(), &info) == 0 && S_ISDIR(info.st_mode);
}

Value sys_attribute(Vm& vm, const char* name) {
  Value sys = dict_get(vm, vm.modules, TRY(vm.intern("sys")));
  if (sys.is_error() || sys.is_exhausted()) return sys;
  return get_attr_optional(vm, sys, TRY(vm.intern(name)));
}

/// Where a module of that last name part is, among the folders of `path`.
struct Found {
  std::string file;       ///< source file; empty: namespace package or nothing
  std::string directory;  ///< of a package
  std::vector<std::string> portions;  ///< of a namespace package
  bool found() const { return !file.empty() || !portions.empty(); }
};
Result<Found> find_source(Vm& vm, const std::string& tail, Value path) {
  Found out;
  TRY(for_each(vm, path, [&](Value entry) -> Status {
    if (!out.file.empty() || !is_str(entry)) return {};
    std::string folder;
    TRY(str_encode_fs(vm, as_str(entry), folder));
    if (folder.empty()) folder = ".";
    std::string base = folder + "/" + tail;
    if (is_directory(base)) {
      if (is_file(base + "/__init__.py")) {
        out.file = base + "/__init__.py";
        out.directory = base;
        return {};
      }
      out.portions.push_back(base);
    }
    if (is_file(base + ".py")) out.file = base + ".py";
    return {};
  }));
  return out;
}

Value load_source(Vm& vm, Str* name, const Found& found, Value) {
  std::string utf8 = str_to_utf8(name);
  Module* module = TRY(module_new(vm, utf8));
  Dict* dict = module->dict;
  bool package = !found.directory.empty() || found.file.empty();
  auto set = [&](const char* key, Value v) -> Status { return dict_set_str(vm, dict, TRY(vm.intern(key)), v); };
  if (package) {
    List* path = TRY(list_new(vm));
    if (found.file.empty()) {
      for (const std::string& portion : found.portions) TRY(list_append(vm, path, TRY(str_decode_fs(vm, portion))));
    } else {
      TRY(list_append(vm, path, TRY(str_decode_fs(vm, found.directory))));
    }
    TRY(set("__path__", path));
  }
  Str* package_name = name;
  if (!package) {
    size_t dot = utf8.rfind('.');
    package_name = TRY(str_from_utf8(vm, dot == std::string::npos ? "" : std::string_view(utf8).substr(0, dot)));
  }
  TRY(set("__package__", package_name));
  TRY(set("__builtins__", vm.builtins_dict));
  TRY(dict_set(vm, vm.modules, name, module));
  if (found.file.empty()) return module;
  Str* file = TRY(str_decode_fs(vm, found.file));
  TRY(set("__file__", file));
  Value done;
  std::string source;
  Status read = read_source_file(vm, found.file, source);
  if (read.ok()) {
    CompileOptions options;
    options.is_file = true;
    Result<Code*> code = compile_source(vm, source, file, CompileMode::Exec, options);
    if (code.ok()) done = run_code(vm, code.release(), dict, Value());
  }
  if (done.is_error()) {
    Value pending = vm.take_pending();
    Value removed = dict_pop(vm, vm.modules, name);
    if (removed.is_error()) (void)vm.clear_pending();
    vm.t.pending = pending;
    return Error{};
  }
  Value now = dict_get(vm, vm.modules, name);
  return now.is_exhausted() ? Value(module) : now;
}

[[gnu::cold]] Error not_found(Vm& vm, Str* name, Str* parent) {
  if (parent != nullptr) {
    (void)vm.raise(E::ModuleNotFoundError, "No module named '{}'; '{}' is not a package", name, parent);
  } else {
    (void)vm.raise(E::ModuleNotFoundError, "No module named '{}'", name);
  }
  if (is_exception(vm.t.pending)) {
    as_exception(vm.t.pending)->extra[extra::kImportErrorName] = name;
    vm.barrier(vm.t.pending.cell());
  }
  return Error{};
}

/// One dotted name whose parent is imported already.
Value find_and_load(Vm& vm, Str* name, Value parent, const std::string& tail) {
  Value loaded = dict_get(vm, vm.modules, name);
  if (loaded.is_error()) return loaded;
  if (!loaded.is_exhausted()) {
    if (loaded.is_none()) {
      (void)vm.raise(E::ModuleNotFoundError, "import of {} halted; None in sys.modules", name);
      return Error{};
    }
    return loaded;
  }
  std::string full = str_to_utf8(name);
  if (const ModuleSpec* spec = vm.extension<NativeModules>().find(full)) {
    Module* module = TRY(module_from_spec(vm, *spec));
    TRY(dict_set(vm, vm.modules, name, module));
    return module;
  }
  Value path;
  if (parent.is_unset()) {
    path = sys_attribute(vm, "path");
    if (path.is_error()) return path;
    if (path.is_exhausted()) return not_found(vm, name, nullptr);
  } else {
    path = get_attr_optional(vm, parent, vm.names.d_path);
    if (path.is_error()) return path;
    if (path.is_exhausted()) {
      Str* parent_name = TRY(str_from_utf8(vm, full.substr(0, full.rfind('.'))));
      return not_found(vm, name, parent_name);
    }
  }
  Found found = TRY(find_source(vm, tail, path));
  if (!found.found()) return not_found(vm, name, nullptr);
  Value module = load_source(vm, name, found, parent);
  if (module.is_error()) return module;
  if (!parent.is_unset()) TRY(set_attr(vm, parent, TRY(vm.intern(tail)), module));
  return module;
}

/// Imports a.b.c from the left; gives the last (or, with first, the first) module.
Value import_absolute(Vm& vm, const std::string& full, bool first) {
  Value parent, top;
  size_t begin = 0;
  while (true) {
    size_t dot = full.find('.', begin);
    size_t end = dot == std::string::npos ? full.size() : dot;
    Str* prefix = TRY(vm.intern(std::string_view(full).substr(0, end)));
    Value module = find_and_load(vm, prefix, parent, full.substr(begin, end - begin));
    if (module.is_error()) return module;
    if (top.is_unset()) top = module;
    parent = module;
    if (dot == std::string::npos) break;
    begin = dot + 1;
  }
  return first ? top : parent;
}

}  // namespace

Status import_register_native(Vm& vm, std::span<const ModuleSpec* const> specs) {
  NativeModules& natives = vm.extension<NativeModules>();
  for (const ModuleSpec* spec : specs) natives.specs.push_back(spec);
  return {};
}

Value import_module(Vm& vm, std::string_view name) { return import_absolute(vm, std::string(name), false); }

Value import_module_level(Vm& vm, Str* name, Value globals, Value from_list, int64_t level) {
  if (level < 0) return vm.raise(E::ValueError, "level must be >= 0");
  std::string full = str_to_utf8(name);
  if (level == 0 && full.empty()) return vm.raise(E::ValueError, "Empty module name");
  if (level > 0) {
    if (!is_dict(globals)) return vm.raise(E::KeyError, "'__name__' not in globals");
    Value package = dict_get_str(vm, globals.as<Dict>(), vm.names.d_package);
    std::string base;
    if (is_str(package)) {
      base = str_to_utf8(as_str(package));
    } else {
      Value module_name = dict_get_str(vm, globals.as<Dict>(), vm.names.d_name);
      if (!is_str(module_name)) return vm.raise(E::KeyError, "'__name__' not in globals");
      base = str_to_utf8(as_str(module_name));
      if (dict_get_str(vm, globals.as<Dict>(), vm.names.d_path).is_unset()) {
        size_t dot = base.rfind('.');
        base = dot == std::string::npos ? "" : base.substr(0, dot);
      }
    }
    if (base.empty()) return vm.raise(E::ImportError, "attempted relative import with no known parent package");
    for (int64_t i = 1; i < level; ++i) {
      size_t dot = base.rfind('.');
      if (dot == std::string::npos) return vm.raise(E::ImportError, "attempted relative import beyond top-level package");
      base.resize(dot);
    }
    full = full.empty() ? base : base + "." + full;
  }
  bool has_from = !from_list.is_none() && !from_list.is_unset() && TRY(truthy(vm, from_list));
  if (!has_from) {
    if (level == 0) return import_absolute(vm, full, true);
    Value last = import_absolute(vm, full, false);
    if (last.is_error() || name->length == 0) return last;
    // `import .a.b` cannot be written; __import__ can: the first part of the relative name.
    std::string relative = str_to_utf8(name);
    size_t tail = relative.find('.');
    if (tail == std::string::npos) return last;
    return import_absolute(vm, full.substr(0, full.size() - (relative.size() - tail)), false);
  }
  Value module = import_absolute(vm, full, false);
  if (module.is_error()) return module;
  Value path = get_attr_optional(vm, module, vm.names.d_path);
  if (path.is_error()) return path;
  if (path.is_exhausted()) return module;
  // Names that are not attributes of the package may be its submodules.
  auto handle = [&](Value item) -> Status {
    if (!is_str(item)) return {};
    Str* part = vm.intern(as_str(item));
    if (part->equals("*")) return {};
    Value there = get_attr_optional(vm, module, part);
    if (there.is_error()) return Error{};
    if (!there.is_exhausted()) return {};
    Value sub = import_absolute(vm, full + "." + str_to_utf8(part), false);
    if (sub.is_error()) {
      if (!vm.pending_is(E::ModuleNotFoundError)) return Error{};
      Value missing = as_exception(vm.t.pending)->extra[extra::kImportErrorName];
      if (!is_str(missing) || str_to_utf8(as_str(missing)) != full + "." + str_to_utf8(part)) return Error{};
      if (!vm.clear_pending()) return Error{};
    }
    return {};
  };
  bool star = false;
  TRY(for_each(vm, from_list, [&](Value item) -> Status {
    if (is_str(item) && as_str(item)->equals("*")) star = true;
    return handle(item);
  }));
  if (star) {
    Value all = get_attr_optional(vm, module, vm.names.d_all);
    if (all.is_error()) return all;
    if (!all.is_exhausted()) TRY(for_each(vm, all, handle));
  }
  return module;
}

}  // namespace krait
