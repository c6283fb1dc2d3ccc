#include "runtime/system.hpp"

#include <cstdlib>

#include "objects/dict.hpp"
#include "objects/str.hpp"

namespace krait {

void system_read_environment(SystemOptions& options) {
  if (const char* home = std::getenv("KRAIT_HOME")) options.home = home;
  if (options.ignore_environment || options.isolated) return;
  auto text = [](const char* name) -> std::string {
    const char* value = std::getenv(name);
    return value == nullptr ? "" : value;
  };
  // A variable that is set but no number counts as 1.
  auto level = [&](const char* name, int current) {
    std::string value = text(name);
    if (value.empty()) return current;
    int n = std::atoi(value.c_str());
    return std::max(current, n > 0 ? n : 1);
  };
  auto split = [](const std::string& value, char separator, std::vector<std::string>& out) {
    for (size_t begin = 0; begin <= value.size();) {
      size_t end = std::min(value.find(separator, begin), value.size());
      out.push_back(value.substr(begin, end - begin));
      begin = end + 1;
    }
  };
  if (std::string path = text("PYTHONPATH"); !path.empty()) split(path, ':', options.python_path);
  if (std::string warnings = text("PYTHONWARNINGS"); !warnings.empty()) {
    std::vector<std::string> all;
    split(warnings, ',', all);
    options.warn_options.insert(options.warn_options.begin(), all.begin(), all.end());
  }
  if (options.pycache_prefix.empty()) options.pycache_prefix = text("PYTHONPYCACHEPREFIX");
  options.dont_write_bytecode |= !text("PYTHONDONTWRITEBYTECODE").empty();
  options.no_user_site |= !text("PYTHONNOUSERSITE").empty();
  options.unbuffered |= !text("PYTHONUNBUFFERED").empty();
  options.utf8_mode |= text("PYTHONUTF8") == "1";
  options.safe_path |= !text("PYTHONSAFEPATH").empty();
  options.dev_mode |= !text("PYTHONDEVMODE").empty();
  options.faulthandler |= !text("PYTHONFAULTHANDLER").empty();
  options.warn_default_encoding |= !text("PYTHONWARNDEFAULTENCODING").empty();
  options.debug_ranges &= text("PYTHONNODEBUGRANGES").empty();
  options.optimize = level("PYTHONOPTIMIZE", options.optimize);
  options.verbose = level("PYTHONVERBOSE", options.verbose);
  options.inspect = level("PYTHONINSPECT", options.inspect);
  options.debug = level("PYTHONDEBUG", options.debug);
}

Value sys_get(Vm& vm, const char* name) {
  System& system = system_of(vm);
  if (system.sys == nullptr) return Value();
  Result<Str*> key = vm.intern(name);
  Value v;
  if (key.ok()) {
    v = dict_get_str(vm, system.sys->dict, key.release());
    if (!v.is_unset() || system.make_lazily == nullptr) return v;
    v = system.make_lazily(vm, name);
    if (v.is_exhausted()) return Value();
  }
  if (v.is_error()) (void)vm.clear_pending();
  return v;
}
Value sys_get_made(Vm& vm, const char* name) {
  System& system = system_of(vm);
  if (system.sys == nullptr) return Value();
  Result<Str*> key = vm.intern(name);
  if (key.ok()) return dict_get_str(vm, system.sys->dict, key.release());
  (void)vm.clear_pending();
  return Value();
}
Status sys_set(Vm& vm, const char* name, Value value) {
  return dict_set_str(vm, system_of(vm).sys->dict, TRY(vm.intern(name)), value);
}

}  // namespace krait
