#include "cli/program.hpp"

#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <climits>
#include <cstdio>
#include <cstdlib>
#include <cstring>

#include "aspl/aspl.hpp"
#include "cli/repl.hpp"
#include "objects/operations.hpp"
#include "objects/sequences.hpp"
#include "objects/str.hpp"
#include "runtime/import.hpp"
#include "runtime/pyc.hpp"
#include "runtime/source_file.hpp"
#include "runtime/system.hpp"

namespace krait::cli {
namespace {

/// The place of a file that does not change when the program changes its folder.
std::string absolute(const std::string& name) {
  if (name.empty() || name[0] == '/') return name;
  char here[PATH_MAX];
  if (getcwd(here, sizeof here) == nullptr) return name;
  std::string folder = here;
  if (folder.back() != '/') folder += '/';
  return folder + name;
}

/// Whether the file ends with the directory of a zip archive (which may follow anything, a line for the shell for instance).
bool is_zip(const std::string& name) {
  FILE* file = std::fopen(name.c_str(), "rb");
  if (file == nullptr) return false;
  constexpr long kMostComment = 65535, kRecord = 22;
  std::string tail(kMostComment + kRecord,
                   '\0');  // not on the stack, which every collection of the program will search
  bool found = false;
  if (std::fseek(file, 0, SEEK_END) == 0) {
    long size = std::ftell(file);
    long n = std::min<long>(size, static_cast<long>(tail.size()));
    if (n >= kRecord && std::fseek(file, -n, SEEK_END) == 0 &&
        std::fread(tail.data(), 1, static_cast<size_t>(n), file) == static_cast<size_t>(n)) {
      std::string_view view(tail.data(), static_cast<size_t>(n));
      found = view.rfind("PK\5\6") != std::string_view::npos;
    }
  }
  std::fclose(file);
  return found;
}

/// A folder or an archive: its __main__ module, with itself at the head of sys.path.
Status run_container(Vm& vm, const std::string& name) {
  Value path = sys_get(vm, "path");
  Value entry = str_decode_fs(vm, name);
  if (entry.is_error()) return Error{};
  if (is_list(path)) {
    List* list = path.as<List>();
    // In the place of the folder that holds it.
    if (list->length > 0 && !system_of(vm).options.safe_path) {
      TRY(set_item(vm, list, Value::small_int(0), entry));
    } else {
      TRY(list_insert(vm, list, 0, entry));
    }
  }
  Value done = run_main_module(vm, "__main__", false);
  if (done.is_error()) return Error{};
  return {};
}

/// -x: the line goes, its end stays, so that the others keep their numbers.
void drop_first_line(std::string& source) {
  size_t end = source.find('\n');
  source.erase(0, end == std::string::npos ? source.size() : end);
}

/// Result codes of a script that cannot be opened; 0: it ran.
int run_file(Vm& vm, const Command& command, Status& status) {
  struct stat info;
  std::string name = absolute(command.text);
  if (stat(command.text.c_str(), &info) == 0 &&
      (S_ISDIR(info.st_mode) || (S_ISREG(info.st_mode) && is_zip(command.text)))) {
    status = run_container(vm, command.text);
    return 0;
  }
  std::string source;
  if (int code = check_file(command); code != 0) return code;
  status = read_source_file(vm, command.text, source);
  if (status.is_error()) return 0;
  bool compiled = is_compiled_file(source);
  if (command.skip_first_line && !compiled) drop_first_line(source);
  Value done = compiled ? run_main_compiled(vm, source, name) : run_main_source(vm, source, name, true);
  if (done.is_error()) status = Error{};
  return 0;
}

Status run_stdin(Vm& vm) {
  std::string source;
  TRY(read_source_descriptor(vm, STDIN_FILENO, source));
  Value done = run_main_source(vm, source, "<stdin>", false);
  if (done.is_error()) return Error{};
  return {};
}

Status load_warning_filters(Vm& vm) {
  if (system_of(vm).options.warn_options.empty()) return {};
  Value module = import_module(vm, "warnings");
  if (!module.is_error()) return {};
  if (vm.tripped != Limit::kNone) return Error{};
  // Without a library there is nobody to filter them.
  (void)vm.clear_pending();
  return {};
}

}  // namespace

namespace {

/// --lang=aspl: a file, the text of -c, or what standard input holds (a session, whether or not it is a terminal).
int run_aspl(Vm& vm, const Command& command) {
  aspl::Options options;
  options.quiet = command.quiet;
  options.disassemble = command.action == Command::kDisassemble;
  switch (command.source) {
    case Command::kCode: return aspl::run_text(vm, command.text, "<string>", options);
    case Command::kFile: {
      std::string source;
      if (read_source_file(vm, command.text, source).is_error()) return report_exception(vm);
      return aspl::run_text(vm, source, command.text, options);
    }
    case Command::kModule:
      (void)vm.raise(E::ValueError, "ASPL has no modules: -m and --lang=aspl exclude each other");
      return report_exception(vm);
    default: return aspl::run_session(vm, options);
  }
}

}  // namespace

int check_file(const Command& command) {
  if (access(command.text.c_str(), R_OK) == 0) return 0;
  int error = errno;
  std::fprintf(stderr, "%s: can't open file '%s': [Errno %d] %s\n", command.program.c_str(),
               absolute(command.text).c_str(), error, std::strerror(error));
  return kExitUsage;
}

int run_program(Vm& vm, const Command& command) {
  if (command.aspl) return run_aspl(vm, command);
  const SystemOptions& options = system_of(vm).options;
  bool terminal = isatty(STDIN_FILENO) == 1;
  Status status = load_warning_filters(vm);
  int code = 0;
  if (!status.is_error()) {
    switch (command.source) {
      case Command::kCode: {
        Value done = run_main_source(vm, command.text, "<string>", false);
        if (done.is_error()) status = Error{};
        break;
      }
      case Command::kModule: {
        Value done = run_main_module(vm, command.text, true);
        if (done.is_error()) status = Error{};
        break;
      }
      case Command::kFile: code = run_file(vm, command, status); break;
      case Command::kStdin:
        if (terminal || options.interactive > 0) return run_session(vm, true);
        status = run_stdin(vm);
        break;
    }
  }
  bool inspecting = options.inspect > 0 || std::getenv("PYTHONINSPECT") != nullptr;
  if (inspecting && options.ignore_environment && options.inspect == 0) inspecting = false;
  bool session = inspecting && (terminal || options.interactive > 0);
  if (status.is_error()) code = report_exception(vm, session);
  if (session && vm.tripped == Limit::kNone && code != kExitUsage) return run_session(vm, false);
  return code;
}

}  // namespace krait::cli
