// A library of the system that a module loads when it is imported: whoever does not import the module pays nothing for it at
// start-up, and krait runs where the library is missing.
#pragma once

#include <dlfcn.h>

#include "objects/vm.hpp"

namespace krait {

class SharedLibrary {
 public:
  /// Loads it (once for the process: it stays loaded). ImportError if that fails.
  Status open(Vm& vm, const char* file) {
    handle_ = ::dlopen(file, RTLD_NOW | RTLD_LOCAL);
    if (handle_ == nullptr) return failure(vm);
    return {};
  }
  /// Looks up a function; its type is the one that the library's header declares.
  template <class F>
  Status find(Vm& vm, const char* name, F*& function) {
    function = reinterpret_cast<F*>(::dlsym(handle_, name));
    if (function == nullptr) return failure(vm);
    return {};
  }

 private:
  static Error failure(Vm& vm) {
    const char* text = ::dlerror();
    return vm.raise(E::ImportError, "{}", text == nullptr ? "a shared library cannot be loaded" : text);
  }

  void* handle_ = nullptr;
};

}  // namespace krait
