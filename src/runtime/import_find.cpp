// Where a module is: among the native ones, or in a folder of a path.
//
// A folder is asked directly (two stat calls), without a cached listing: that is quicker than reading the folder for the few names
// an ordinary program looks for, and never out of date.
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>

#include "objects/dict.hpp"
#include "objects/operations.hpp"
#include "objects/str.hpp"
#include "runtime/import.hpp"
#include "runtime/import_state.hpp"
#include "runtime/system.hpp"

namespace krait {
namespace {

enum class Entry : uint8_t { kNothing, kFile, kDirectory, kNotAFolder };
Entry look_at(const std::string& path) {
  struct stat info;
  if (stat(path.c_str(), &info) != 0) return errno == ENOTDIR ? Entry::kNotAFolder : Entry::kNothing;
  if (S_ISDIR(info.st_mode)) return Entry::kDirectory;
  return S_ISREG(info.st_mode) ? Entry::kFile : Entry::kNothing;
}

/// The folder that a path entry names, absolute and without a slash at its end.
std::string folder_of(const std::string& entry) {
  std::string out = entry;
  if (!out.starts_with('/')) {
    char buffer[4096];
    const char* here = getcwd(buffer, sizeof buffer);
    if (here == nullptr) return out;
    if (out.empty() || out == ".") return here;
    out = std::string(here) + "/" + out;
  }
  while (out.size() > 1 && out.back() == '/') out.pop_back();
  return out;
}

/// The bytes that a module's name stands for in a file name: a lone surrogate (three bytes in `tail`) that the system's
/// undecodable bytes become is that byte again.
std::string file_name_of(std::string_view tail) {
  std::string out;
  for (size_t i = 0; i < tail.size(); ++i) {
    auto byte = [&](size_t k) { return static_cast<unsigned char>(tail[i + k]); };
    bool escaped = byte(0) == 0xED && i + 2 < tail.size() && (byte(1) == 0xB2 || byte(1) == 0xB3);
    if (!escaped) {
      out += tail[i];
      continue;
    }
    out += static_cast<char>((byte(1) & 3) << 6 | (byte(2) & 0x3F));
    i += 2;
  }
  return out;
}

}  // namespace

Result<FoundModule> find_module(Vm& vm, std::string_view full_name, std::string_view tail, Value path) {
  FoundModule out;
  if (const ModuleSpec* native = import_find_native(vm, full_name)) {
    out.kind = FoundModule::kNative;
    out.native = native;
    return out;
  }
  if (path.is_unset()) path = sys_get(vm, "path");
  if (path.is_unset()) return out;
  if (!is_list(path)) {
    out.kind = FoundModule::kElsewhere;
    return out;
  }
  // An entry that the program gave a finder of its own is importlib's business.
  Value cache = sys_get(vm, "path_importer_cache");
  Dict* finders = is_dict(cache) && cache.as<Dict>()->used != 0 ? cache.as<Dict>() : nullptr;
  Value file_finder;
  if (finders != nullptr && import_state(vm).external != nullptr)
    file_finder = TRY(get_attr(vm, import_state(vm).external, TRY(vm.intern("FileFinder"))));
  std::string name = file_name_of(tail);
  bool namespace_portion = false, sourceless = false, foreign = system_of(vm).options.accept_foreign_pyc;
  List* entries = path.as<List>();
  for (uint64_t i = 0; i < entries->length; ++i) {
    Value entry = entries->items()[i];
    if (!is_str(entry)) continue;
    if (finders != nullptr) {
      Value finder = TRY(dict_get(vm, finders, entry));
      if (!finder.is_exhausted() && !finder.is_none() && Value(vm.type_of(finder)) != file_finder) {
        out.kind = FoundModule::kElsewhere;
        return out;
      }
    }
    std::string text;
    if (str_contains_nul(as_str(entry))) continue;
    TRY(str_encode_fs(vm, as_str(entry), text));
    std::string base = folder_of(text) + "/" + name;
    Entry there = look_at(base);
    if (there == Entry::kNotAFolder) {  // an archive?
      out.kind = FoundModule::kElsewhere;
      return out;
    }
    if (there == Entry::kDirectory) {
      if (look_at(base + "/__init__.py") == Entry::kFile) {
        out.kind = FoundModule::kSource;
        out.directory = base;
        out.file = base + "/__init__.py";
        return out;
      }
      if (foreign && look_at(base + "/__init__.pyc") == Entry::kFile) {
        out.kind = FoundModule::kSource;
        out.directory = base;
        out.file = base + "/__init__.pyc";
        return out;
      }
      namespace_portion = true;
    }
    if (look_at(base + ".py") == Entry::kFile) {
      out.kind = FoundModule::kSource;
      out.file = base + ".py";
      return out;
    }
    if (look_at(base + ".pyc") == Entry::kFile) {
      if (foreign) {
        out.kind = FoundModule::kSource;
        out.file = base + ".pyc";
        return out;
      }
      sourceless = true;
    }
  }
  if (namespace_portion || sourceless) out.kind = FoundModule::kElsewhere;
  return out;
}

}  // namespace krait
