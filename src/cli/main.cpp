// The krait command.
#include <unistd.h>

#include <cstdio>
#include <cstring>
#include <string>

#include "modules/modules.hpp"
#include "objects/str.hpp"
#include "runtime/machine.hpp"
#include "runtime/source_file.hpp"

using namespace krait;

namespace {

/// The file that this program was started from.
std::string own_path() {
  char buffer[4096];
  ssize_t n = readlink("/proc/self/exe", buffer, sizeof buffer);
  return n <= 0 ? "" : std::string(buffer, static_cast<size_t>(n));
}

}  // namespace

int main(int argc, char** argv) {
  MachineOptions options;
  system_read_environment(options.system);
  for (int k = 0; k < argc; ++k) options.system.original_arguments.push_back(argv[k]);
  options.system.executable = own_path();
  std::string source, filename;
  bool is_file = false;
  int i = 1;
  if (i < argc && std::strcmp(argv[i], "-c") == 0) {
    if (i + 1 >= argc) {
      std::fprintf(stderr, "Argument expected for the -c option\n");
      return 2;
    }
    source = std::string(argv[i + 1]) + "\n";
    filename = "<string>";
    options.path.push_back("");
    options.arguments.push_back("-c");
    i += 2;
  } else if (i < argc) {
    filename = argv[i++];
    is_file = true;
    options.arguments.push_back(filename);
    size_t slash = filename.rfind('/');
    options.path.push_back(slash == std::string::npos ? "." : filename.substr(0, slash));
  } else {
    std::fprintf(stderr, "usage: krait [-c CODE | FILE] [ARGUMENT ...]\n");
    return 2;
  }
  for (; i < argc; ++i) options.arguments.push_back(argv[i]);
  std::unique_ptr<Vm> vm = machine_start(options, native_modules());
  if (vm == nullptr) return 1;
  int code = 0;
  if (is_file && read_source_file(*vm, filename, source).is_error()) {
    code = report_exception(*vm);
  } else if (run_main_source(*vm, source, filename, is_file).is_error()) {
    code = report_exception(*vm);
  }
  machine_finish(*vm);
  machine_stop(std::move(vm));
  return code;
}
