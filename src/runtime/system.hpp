// What a machine was started with, and the sys module's part of it that C++ code needs.
#pragma once

#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "objects/module.hpp"
#include "objects/vm.hpp"
#include "runtime/library.hpp"

namespace krait {

/// The command line and the environment, as far as sys shows them.
struct SystemOptions {
  std::string executable;                       ///< sys.executable
  std::vector<std::string> original_arguments;  ///< sys.orig_argv
  std::string home;                             ///< KRAIT_HOME
  std::string pycache_prefix;                   ///< PYTHONPYCACHEPREFIX
  std::string io_encoding, io_errors;       ///< of the standard streams (PYTHONIOENCODING); empty: as the locale says
  std::string check_hash_pycs = "default";  ///< --check-hash-based-pycs
  std::vector<std::string> python_path;     ///< PYTHONPATH
  std::vector<std::string> warn_options;    ///< -W, PYTHONWARNINGS
  std::vector<std::pair<std::string, std::string>> x_options;  ///< -X name=value; no value: empty
  int debug = 0, inspect = 0, interactive = 0, optimize = 0, verbose = 0, bytes_warning = 0, quiet = 0;
  bool dont_write_bytecode = false, no_user_site = false, no_site = false, ignore_environment = false, isolated = false,
       unbuffered = false, dev_mode = false, utf8_mode = false, warn_default_encoding = false, safe_path = false,
       hash_randomization = true, faulthandler = false, debug_ranges = true,
       accept_foreign_pyc = false;  ///< --accept-foreign-pyc: imports and marshal take CPython's code objects
};

/// Reads the PYTHON... variables that CPython knows, and KRAIT_HOME, unless they are to be ignored.
void system_read_environment(SystemOptions& options);

struct System : Extension {
  SystemOptions options;
  Library library;
  Module* sys = nullptr;  ///< null until it is imported
  /// Makes an attribute of sys that exists from its first use on; exhausted() if there is none of that name.
  Value (*make_lazily)(Vm& vm, std::string_view name) = nullptr;
  void trace(Marker& marker) override { marker.mark_cell(sys); }
};
inline System& system_of(Vm& vm) { return vm.extension<System>(); }

/// An attribute of sys; unset if it is not there. Runs nothing.
Value sys_get(Vm& vm, const char* name);
/// The same, but attributes that would have to be made now are not there.
Value sys_get_made(Vm& vm, const char* name);
Status sys_set(Vm& vm, const char* name, Value value);

/// 3, minor, micro of the library whose version this machine shows.
inline int python_minor(Vm& vm) { return system_of(vm).library.minor; }
/// Krait's tag in the names of cached bytecode.
inline constexpr const char* kCacheTag = "krait-1";

}  // namespace krait
