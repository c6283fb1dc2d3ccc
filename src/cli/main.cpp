// The krait command.
#include <cstdio>
#include <cstring>
#include <string>

#include "modules/modules.hpp"
#include "objects/str.hpp"
#include "runtime/machine.hpp"
#include "runtime/source_file.hpp"

using namespace krait;

int main(int argc, char** argv) {
  MachineOptions options;
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
  machine_stop(std::move(vm));
  return code;
}
