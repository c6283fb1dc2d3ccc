// Finding CPython's pure-Python library on this machine. Krait runs it from where it is installed; nothing of it is copied.
#pragma once

#include <string>
#include <vector>

namespace krait {

struct Library {
  std::string root;    ///< the folder that holds os.py; empty: none was found
  std::string prefix;  ///< root is prefix/lib/pythonX.Y
  int major = 3, minor = 14;
  int micro = -1;                 ///< library_micro() finds it out
  std::vector<std::string> site;  ///< existing folders of installed packages

  bool found() const { return !root.empty(); }
};

/// Looks at `home` (KRAIT_HOME: the folder itself or a prefix above it; empty: not given), then where the build expects a library,
/// then at the usual places of CPython 3.14 to 3.11. `user_site`: also the user's own packages.
Library find_library(const std::string& home, bool user_site);

/// The third number of the version, from what the installation says of itself; 0 where nothing does. Reads files the first time.
int library_micro(Library& library);

}  // namespace krait
