// Making modules: from native specs, and from source files with their cached bytecode.
//
// A cache file is what importlib writes too: a magic number, flags, the source's modification time and size, then the marshalled
// code. The magic number is made from the opcode table, so code of another Krait is never loaded. What is loaded is verified like
// any code object before it runs.
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>

#include "base/hash.hpp"
#include "compiler/compiler.hpp"
#include "interp/interpreter.hpp"
#include "objects/bytes.hpp"
#include "objects/dict.hpp"
#include "objects/operations.hpp"
#include "objects/str.hpp"
#include "runtime/import.hpp"
#include "runtime/import_state.hpp"
#include "runtime/pyc.hpp"
#include "runtime/older_annotations.hpp"
#include "runtime/source_file.hpp"
#include "runtime/system.hpp"

namespace krait {
namespace {

constexpr uint32_t kCacheVersion = 2;  // goes up when code objects change in a way that the opcode table does not show

constexpr uint32_t opcode_fingerprint() {
  uint32_t h = 2166136261u ^ kCacheVersion;
  auto mix = [&h](const char* text) {
    for (; *text != 0; ++text) h = (h ^ static_cast<uint8_t>(*text)) * 16777619u;
    h = (h ^ 0xFF) * 16777619u;
  };
#define OP(name, operand, pops, pushes, cache, flags, prose) \
  mix(#name);                                                \
  mix(#operand);                                             \
  mix(#pops);                                                \
  mix(#pushes);
#include "bytecode/opcodes.def"
#undef OP
  return h ^ h >> 16;
}
constexpr uint32_t kMagic =
    (opcode_fingerprint() & 0xFFFF) | static_cast<uint32_t>('\r') << 16 | static_cast<uint32_t>('\n') << 24;

struct Header {
  uint32_t magic, flags, mtime, size;
};

std::string parent_folder(const std::string& path) {
  size_t slash = path.rfind('/');
  return slash == std::string::npos ? "." : path.substr(0, slash);
}

/// Where the bytecode of a source file is cached; empty: nowhere.
std::string cache_path(Vm& vm, const std::string& file) {
  if (file.size() < 4 || !file.ends_with(".py")) return "";
  std::string folder = parent_folder(file);
  std::string tail = file.substr(folder.size() + 1, file.size() - folder.size() - 4);
  std::string optimized = vm.optimize == 0 ? "" : ".opt-" + std::to_string(vm.optimize);
  std::string name = tail + "." + kCacheTag + optimized + ".pyc";
  Value prefix = sys_get(vm, "pycache_prefix");
  if (is_str(prefix)) {
    std::string out;
    str_append_utf8(as_str(prefix), out);
    return out + (folder.starts_with('/') ? "" : "/") + folder + "/" + name;
  }
  return folder + "/__pycache__/" + name;
}

bool read_whole(const std::string& path, std::string& out) {
  int fd = open(path.c_str(), O_RDONLY | O_CLOEXEC);
  if (fd < 0) return false;
  struct stat info;
  bool good = fstat(fd, &info) == 0 && S_ISREG(info.st_mode) && info.st_size < (int64_t{1} << 30);
  if (good) {
    out.resize(static_cast<size_t>(info.st_size));
    size_t have = 0;
    while (have < out.size()) {
      ssize_t n = read(fd, out.data() + have, out.size() - have);
      if (n < 0 && errno == EINTR) continue;
      if (n <= 0) break;
      have += static_cast<size_t>(n);
    }
    good = have == out.size();
  }
  close(fd);
  return good;
}

void make_folders(const std::string& folder) {
  if (mkdir(folder.c_str(), 0777) == 0 || errno != ENOENT || folder.size() < 2) return;
  make_folders(parent_folder(folder));
  mkdir(folder.c_str(), 0777);
}

/// All or nothing: a reader never sees half a file.
void write_atomically(const std::string& path, mode_t mode, std::string_view head, std::string_view body) {
  std::string folder = parent_folder(path);
  if (access(folder.c_str(), F_OK) != 0) make_folders(folder);
  std::string draft =
      path + "." + std::to_string(getpid()) + "." + std::to_string(reinterpret_cast<uintptr_t>(&head) >> 4);
  int fd = open(draft.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, mode);
  if (fd < 0) return;
  auto put = [fd](std::string_view text) {
    while (!text.empty()) {
      ssize_t n = write(fd, text.data(), text.size());
      if (n < 0 && errno == EINTR) continue;
      if (n <= 0) return false;
      text.remove_prefix(static_cast<size_t>(n));
    }
    return true;
  };
  bool good = put(head) && put(body);
  good = close(fd) == 0 && good;
  if (!good || rename(draft.c_str(), path.c_str()) != 0) unlink(draft.c_str());
}

/// The native marshal module's function, or unset where there is none.
Value marshal_function(Vm& vm, const char* name) {
  ImportState& s = import_state(vm);
  if (s.code_cache_off) return Value();
  Str* key = TRY(vm.intern("marshal"));
  Value module = dict_get_str(vm, vm.modules, key);
  if (!is_module(module)) {
    const ModuleSpec* spec = import_find_native(vm, "marshal");
    if (spec == nullptr) {
      s.code_cache_off = true;
      return Value();
    }
    module = TRY(load_native_module(vm, key, *spec));
    TRY(dict_set_str(vm, vm.modules, key, module));
  }
  return dict_get_str(vm, module.as<Module>()->dict, TRY(vm.intern(name)));
}

/// Code objects remember the file they were compiled from; a cache may have been made under another name of it.
Status rename_code(Vm& vm, Code* code, Str* old, Str* name) {
  TRY(vm.check_stack());
  if (!str_equal(code->filename, old)) return {};
  code->filename = name;
  vm.barrier(code);
  for (Value v : code->consts->span())
    if (is_code(v)) TRY(rename_code(vm, v.as<Code>(), old, name));
  return {};
}

/// The cached code; exhausted() if there is none that fits.
Value read_cache(Vm& vm, const std::string& path, const struct stat& source, Str* shown_name) {
  std::string data;
  if (!read_whole(path, data) || data.size() < sizeof(Header)) return Value::exhausted();
  Header h;
  std::memcpy(&h, data.data(), sizeof h);
  if (h.magic != kMagic || h.flags != 0 || h.mtime != static_cast<uint32_t>(source.st_mtime) ||
      h.size != static_cast<uint32_t>(source.st_size))
    return Value::exhausted();
  Value loads = marshal_function(vm, "loads");
  if (loads.is_unset()) return vm.has_pending() ? Value() : Value::exhausted();
  Bytes* body = TRY(bytes_from(vm, std::string_view(data).substr(sizeof h)));
  Value code = call1(vm, loads, body);
  if (code.is_error()) {
    // A damaged cache is no error: the source is there.
    if (!vm.clear_pending()) return Error{};
    return Value::exhausted();
  }
  if (!is_code(code)) return Value::exhausted();
  Code* c = code.as<Code>();
  if (!str_equal(c->filename, shown_name)) TRY(rename_code(vm, c, c->filename, shown_name));
  return code;
}

void write_cache(Vm& vm, const std::string& path, const struct stat& source, Code* code) {
  Value dumps = marshal_function(vm, "dumps");
  Value data = dumps.is_unset() ? dumps : call1(vm, dumps, code);
  if (!is_bytes(data)) {
    if (vm.has_pending()) (void)vm.clear_pending();
    return;
  }
  Header h{kMagic, 0, static_cast<uint32_t>(source.st_mtime), static_cast<uint32_t>(source.st_size)};
  write_atomically(path, (source.st_mode & 0666) | 0200, {reinterpret_cast<const char*>(&h), sizeof h},
                   data.as<Bytes>()->view());
}

Status set(Vm& vm, Dict* dict, const char* key, Value v) {
  if (v.is_error()) return Error{};
  return dict_set_str(vm, dict, TRY(vm.intern(key)), v);
}

/// Is the file one of the library's own, not of a package that was installed beside it?
bool is_of_library(Vm& vm, std::string_view file) {
  const Library& library = system_of(vm).library;
  if (!library.found() || !file.starts_with(library.root)) return false;
  std::string_view rest = file.substr(library.root.size());
  return rest.starts_with('/') && !rest.starts_with("/site-packages/") && !rest.starts_with("/dist-packages/");
}

}  // namespace

uint32_t import_magic_number() { return kMagic; }

Result<Code*> source_file_code(Vm& vm, const std::string& file, Str* shown_name) {
  if (file.ends_with(".pyc")) {
    std::string data;
    TRY(read_source_file(vm, file, data));
    return compiled_file_code(vm, data, file);
  }
  struct stat info;
  std::string cache;
  if (stat(file.c_str(), &info) == 0) cache = cache_path(vm, file);
  if (!cache.empty()) {
    Value code = TRY(read_cache(vm, cache, info, shown_name));
    if (!code.is_exhausted()) return code.as<Code>();
  }
  std::string source;
  TRY(read_source_file(vm, file, source));
  CompileOptions options;
  options.is_file = true;
  options.optimize = vm.optimize;
  // An older library is written in what was in order then: what the compiler says of it today helps nobody.
  if (!is_of_library(vm, file)) options.warn = warn_explicit;
  Code* code = TRY(compile_source(vm, source, shown_name, CompileMode::Exec, options));
  if (!cache.empty()) {
    Value off = sys_get(vm, "dont_write_bytecode");
    if (off.is_unset() || off.is_none() || off.is_false()) write_cache(vm, cache, info, code);
  }
  return code;
}

Value load_native_module(Vm& vm, Str* name, const ModuleSpec& spec) {
  Value there = dict_get(vm, vm.modules, name);
  if (!there.is_exhausted()) return there;  // also an error
  Module* module = TRY(module_from_spec(vm, spec));
  TRY(import_describe_native(vm, module));
  TRY(dict_set(vm, vm.modules, name, module));
  return module;
}

Status import_describe_native(Vm& vm, Module* module) {
  Value spec = TRY(spec_for_native(vm, module->name));
  std::string name = is_str(module->name) ? str_to_utf8(as_str(module->name)) : "";
  size_t dot = name.rfind('.');
  TRY(dict_set_str(vm, module->dict, vm.names.d_spec, spec));
  TRY(dict_set_str(vm, module->dict, vm.names.d_loader, import_state(vm).finders[0]));
  return dict_set_str(vm, module->dict, vm.names.d_package,
                      TRY(vm.intern(dot == std::string::npos ? "" : std::string_view(name).substr(0, dot))));
}

Status import_describe_main(Vm& vm, Module* main, Str* file) {
  Dict* dict = main->dict;
  TRY(dict_set_str(vm, dict, vm.names.d_spec, Value::none()));
  TRY(dict_set_str(vm, dict, vm.names.d_package, Value::none()));
  TRY(dict_set_str(vm, dict, vm.names.d_builtins, vm.builtins));
  if (file == nullptr) return dict_set_str(vm, dict, vm.names.d_loader, import_state(vm).finders[0]);
  TRY(dict_set_str(vm, dict, vm.names.d_file, file));
  TRY(dict_set_str(vm, dict, vm.names.d_cached, Value::none()));
  Value loader;
  ImportState& s = import_state(vm);
  if (s.external != nullptr && !s.bootstrapping) {
    Value cls = TRY(get_attr(vm, s.external, TRY(vm.intern("SourceFileLoader"))));
    loader = TRY(call2(vm, cls, vm.names.d_main, file));
  } else {
    loader = TRY(stand_in_new(vm, ImportStandIn::kSourceLoader, vm.names.d_main, file));
  }
  return dict_set_str(vm, dict, vm.names.d_loader, loader);
}

Value load_source_module(Vm& vm, Str* name, const FoundModule& found) {
  ImportState& s = import_state(vm);
  std::string full = str_to_utf8(name);
  Str* file = TRY(str_decode_fs(vm, found.file));
  Value loader;
  if (s.bootstrap != nullptr && !s.bootstrapping) {
    Value cls = TRY(get_attr(vm, s.external, TRY(vm.intern("SourceFileLoader"))));
    loader = TRY(call2(vm, cls, name, file));
  } else {
    loader = TRY(stand_in_new(vm, ImportStandIn::kSourceLoader, name, file));
  }
  Value locations;
  if (!found.directory.empty()) {
    List* list = TRY(list_new(vm));
    TRY(list_append(vm, list, TRY(str_decode_fs(vm, found.directory))));
    locations = list;
  }
  Value spec = TRY(spec_for_source(vm, name, loader, file, locations));

  Module* module = TRY(module_new(vm, full));
  Dict* dict = module->dict;
  size_t dot = full.rfind('.');
  std::string_view package = !locations.is_unset()      ? std::string_view(full)
                             : dot == std::string::npos ? std::string_view()
                                                        : std::string_view(full).substr(0, dot);
  TRY(set(vm, dict, "__package__", TRY(vm.intern(package))));
  TRY(dict_set_str(vm, dict, vm.names.d_loader, loader));
  TRY(dict_set_str(vm, dict, vm.names.d_spec, spec));
  if (!locations.is_unset()) TRY(dict_set_str(vm, dict, vm.names.d_path, locations));
  TRY(dict_set_str(vm, dict, vm.names.d_file, file));
  std::string cache = cache_path(vm, found.file);
  if (!cache.empty()) TRY(dict_set_str(vm, dict, vm.names.d_cached, TRY(str_decode_fs(vm, cache))));
  TRY(dict_set_str(vm, dict, vm.names.d_builtins, vm.builtins_dict));

  TRY(spec_set_initializing(vm, spec, true));
  TRY(dict_set(vm, vm.modules, name, module));
  s.loading.push_back({name, vm.t.thread});
  auto run = [&]() -> Value { return run_code(vm, TRY(source_file_code(vm, found.file, file)), dict, Value()); };
  Value done = run();
  for (size_t i = s.loading.size(); i-- > 0;) {
    if (s.loading[i].name != name || s.loading[i].thread != vm.t.thread) continue;
    s.loading.erase(s.loading.begin() + static_cast<std::ptrdiff_t>(i));
    break;
  }
  Value pending = vm.take_pending();
  if (done.is_error()) {
    if (dict_pop(vm, vm.modules, name).is_error()) (void)vm.clear_pending();
  }
  // The spec may have been exchanged for importlib's meanwhile.
  Value now_spec = dict_get_str(vm, dict, vm.names.d_spec);
  if (spec_set_initializing(vm, now_spec, false).is_error() && !vm.clear_pending()) return Error{};
  threads_wake(vm, s.loaded);
  if (done.is_error()) {
    vm.t.pending = pending;
    return Error{};
  }
  if (vm.annotations_hook != nullptr && full == "typing") TRY(tell_older_typing(vm, module));
  // A module may put something else in its place; it goes to the end, as after importlib.
  Value result = TRY(dict_pop(vm, vm.modules, name));
  if (result.is_exhausted()) return vm.raise_key_error(name);
  TRY(dict_set(vm, vm.modules, name, result));
  return result;
}

}  // namespace krait
