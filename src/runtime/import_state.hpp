// What the files of the import machinery share.
#pragma once

#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "interp/thread.hpp"
#include "objects/module.hpp"
#include "objects/sequences.hpp"
#include "objects/vm.hpp"

namespace krait {

/// The native ModuleSpec, until importlib's is there.
struct ImportSpec : Object {
  Value name, loader, origin, loader_state, search_locations, cached, initializing, set_fileattr,
      uninitialized_submodules;
};

/// Stands for one of importlib's own objects until importlib is loaded, and passes everything on to it then.
struct ImportStandIn : Object {
  enum What : uint16_t { kBuiltinImporter, kFrozenImporter, kPathFinder, kSourceLoader, kZipHook, kFileHook };
  Value name, path;  ///< of a source loader
  Value real;        ///< once there is one
  What what() const { return static_cast<What>(bits); }
};

struct ImportState : Extension {
  std::unordered_map<std::string_view, const ModuleSpec*> natives;
  Type *spec_type = nullptr, *stand_in_type = nullptr;
  Value finders[3];                                  ///< what sys.meta_path holds: stand-ins, then importlib's classes
  Value hooks[2];                                    ///< what sys.path_hooks holds
  Module *bootstrap = nullptr, *external = nullptr;  ///< importlib's two halves, once loaded
  Value original_find_and_load;                      ///< of the bootstrap module
  bool bootstrapping = false;
  bool code_cache_off = false;  ///< there is no marshal module

  /// A module under way, and who imports it.
  struct Loading {
    Str* name;
    ThreadState* thread;
  };
  std::vector<Loading> loading;
  struct Waiting {
    ThreadState* thread;
    ThreadState* on;
  };
  std::vector<Waiting> waiting;
  WaitWord loaded{};

  void trace(Marker& m) override;
};
inline ImportState& import_state(Vm& vm) { return vm.extension<ImportState>(); }

// --- Objects (import_objects.cpp)
Status import_make_types(Vm& vm);
Value stand_in_new(Vm& vm, ImportStandIn::What what, Value name = {}, Value path = {});
/// What the stand-in stands for; loads importlib.
Value stand_in_real(Vm& vm, ImportStandIn* s);
/// The spec (native or importlib's) of a module: origin "built-in" for native ones. `locations`: of a package, or unset.
Value spec_for_native(Vm& vm, Value name);
Value spec_for_source(Vm& vm, Value name, Value loader, Value path, Value locations);
/// Sets `_initializing` on whatever a module has as its spec.
Status spec_set_initializing(Vm& vm, Value spec, bool on);

// --- Finding (import_find.cpp)
struct FoundModule {
  enum Kind : uint8_t { kNothing, kNative, kSource, kElsewhere } kind = kNothing;  ///< elsewhere: importlib has to look
  const ModuleSpec* native = nullptr;
  std::string file;       ///< source file
  std::string directory;  ///< of a package
};
/// `path`: unset for a top-level module (sys.path), else the package's __path__.
Result<FoundModule> find_module(Vm& vm, std::string_view full_name, std::string_view tail, Value path);

// --- Loading (import_load.cpp)
Value load_native_module(Vm& vm, Str* name, const ModuleSpec& spec);
Value load_source_module(Vm& vm, Str* name, const FoundModule& found);
/// The code of a source file, from the bytecode cache or compiled (and then cached). `shown_name`: its co_filename.
Result<Code*> source_file_code(Vm& vm, const std::string& file, Str* shown_name);

// --- importlib (import_bootstrap.cpp)
/// Loads importlib's two halves if they are not yet there.
Status bootstrap_importlib(Vm& vm);
/// Imports one absolute name through importlib.
Value import_through_importlib(Vm& vm, Str* name);
/// One absolute dotted name, as _bootstrap._find_and_load: native where that is enough.
Value find_and_load(Vm& vm, Str* name);
/// Takes importlib's own frames out of the pending exception's traceback.
void remove_importlib_frames(Vm& vm);

}  // namespace krait
