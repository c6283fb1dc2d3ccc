#include "runtime/site.hpp"

#include <dirent.h>
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cstdio>
#include <string>
#include <vector>

#include "objects/dict.hpp"
#include "objects/module.hpp"
#include "objects/operations.hpp"
#include "objects/str.hpp"
#include "runtime/import.hpp"
#include "runtime/system.hpp"

namespace krait {
namespace {

/// One of the names; what it shows or does comes from the library's _sitebuiltins when it is used.
struct SiteBuiltin : Object {
  Str* name;
  Value real;  ///< of those that the library makes, once made
};
SiteBuiltin* builtin_of(Args a) { return a[0].as<SiteBuiltin>(); }
bool is_quitter(const SiteBuiltin* b) { return b->name->equals("exit") || b->name->equals("quit"); }

void trace_builtin(Heap&, Cell* cell, Marker& m) {
  m.mark_cell(static_cast<SiteBuiltin*>(cell)->name);
  m.mark(static_cast<SiteBuiltin*>(cell)->real);
}

Value real_of(Vm& vm, SiteBuiltin* b) {
  if (!b->real.is_unset()) return b->real;
  Value module = TRY(import_module(vm, "_sitebuiltins"));
  Value made;
  if (b->name->equals("help")) {
    made = TRY(call0(vm, TRY(get_attr(vm, module, TRY(vm.intern("_Helper"))))));
  } else {
    Value printer = TRY(get_attr(vm, module, TRY(vm.intern("_Printer"))));
    Value text;
    if (b->name->equals("copyright")) {
      text = TRY(get_attr(vm, system_of(vm).sys, TRY(vm.intern("copyright"))));
    } else if (b->name->equals("credits")) {
      text = TRY(str_from_ascii(vm,
                                "Krait is the work of its authors. It runs the standard library of CPython, for which\n"
                                "thanks go to its many contributors."));
    } else {
      text = TRY(str_from_ascii(vm, "See the LICENSE files of Krait and of the CPython library it runs."));
    }
    made = TRY(call2(vm, printer, b->name, text));
  }
  b->real = made;
  vm.barrier(b);
  return made;
}

Value builtin_repr(Vm& vm, Args a) {
  SiteBuiltin* b = builtin_of(a);
  if (is_quitter(b)) return str_message(vm, "Use {}() or Ctrl-D (i.e. EOF) to exit", b->name);
  return repr(vm, TRY(real_of(vm, b)));
}
Value builtin_call(Vm& vm, Args a) {
  SiteBuiltin* b = builtin_of(a);
  auto rest = a.rest(2);
  Dict* kwargs = a.has(1) ? a[1].as<Dict>() : nullptr;
  if (!is_quitter(b)) {
    Tuple* args = TRY(tuple_from_span(vm, rest));
    return call_with(vm, TRY(real_of(vm, b)), args, kwargs);
  }
  Value code = rest.empty() ? Value::none() : rest[0];
  if (kwargs != nullptr) {
    Value named = TRY(dict_get(vm, kwargs, TRY(vm.intern("code"))));
    if (!named.is_exhausted()) code = named;
  }
  // Closing standard input ends shells that wrap it.
  Value in = sys_get(vm, "stdin");
  if (!in.is_unset() && !in.is_none()) {
    Value close = get_attr_optional(vm, in, vm.names.close);
    if (!close.is_error() && !close.is_exhausted()) close = call0(vm, close);
    if (close.is_error() && !vm.clear_pending()) return Error{};
  }
  return vm.raise_value(TRY(call1(vm, vm.exception_type(E::SystemExit), code)));
}

const NativeRow kMethods[] = {
    {"__repr__($self, /)", builtin_repr},
    {"__call__($self, /, *args, **kwargs)", builtin_call},
};
const TypeSpec kBuiltinSpec{
    .name = "_sitebuiltins.SiteBuiltin",
    .doc = "A name for interactive use.",
    .kind = static_cast<CellKind>(Kind::SiteBuiltin),
    .size = sizeof(SiteBuiltin),
    .flags = kTypeNoNew | kTypeHasDict,
    .methods = kMethods,
    .trace = trace_builtin,
};

bool is_directory(const std::string& path) {
  struct stat info;
  return stat(path.c_str(), &info) == 0 && S_ISDIR(info.st_mode);
}

/// Folders that the lines of the folder's .pth files name.
void read_path_files(const std::string& folder, std::vector<std::string>& out) {
  DIR* dir = opendir(folder.c_str());
  if (dir == nullptr) return;
  std::vector<std::string> names;
  while (const dirent* entry = readdir(dir)) {
    std::string name = entry->d_name;
    if (name.ends_with(".pth") && !name.starts_with('.')) names.push_back(name);
  }
  closedir(dir);
  std::sort(names.begin(), names.end());
  for (const std::string& name : names) {
    FILE* file = std::fopen((folder + "/" + name).c_str(), "re");
    if (file == nullptr) continue;
    char line[4096];
    while (std::fgets(line, sizeof line, file) != nullptr) {
      std::string text = line;
      while (!text.empty() && (text.back() == '\n' || text.back() == '\r' || text.back() == ' ' || text.back() == '\t'))
        text.pop_back();
      if (text.empty() || text[0] == '#' || text.starts_with("import ") || text.starts_with("import\t")) continue;
      std::string path = text.starts_with('/') ? text : folder + "/" + text;
      if (is_directory(path) && std::find(out.begin(), out.end(), path) == out.end()) out.push_back(path);
    }
    std::fclose(file);
  }
}

}  // namespace

Status site_add_builtins(Vm& vm) {
  Type* type = TRY(make_type(vm, kBuiltinSpec));
  for (const char* name : {"exit", "quit", "copyright", "credits", "license", "help"}) {
    SiteBuiltin* b = TRY(vm.new_instance<SiteBuiltin>(type));
    b->name = TRY(vm.intern(name));
    vm.barrier(b);
    TRY(dict_set_str(vm, vm.builtins_dict, b->name, b));
  }
  return {};
}

Status site_append_paths(Vm& vm, List* path) {
  std::vector<std::string> folders;
  for (const std::string& folder : system_of(vm).library.site) {
    folders.push_back(folder);
    read_path_files(folder, folders);
  }
  for (const std::string& folder : folders) TRY(list_append(vm, path, TRY(str_decode_fs(vm, folder))));
  return {};
}

}  // namespace krait
