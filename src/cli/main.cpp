// The krait command: reads the command line, starts a machine, runs a program in it and ends as the program ended.
#include <signal.h>
#include <sys/stat.h>
#include <unistd.h>

#include <climits>
#include <cstdio>
#include <cstdlib>
#include <new>
#include <string>

#include "cli/command_line.hpp"
#include "cli/program.hpp"
#include "cli/views.hpp"
#include "modules/modules.hpp"
#include "modules/std_streams.hpp"
#include "objects/operations.hpp"
#include "observe/dap.hpp"
#include "runtime/library.hpp"
#include "runtime/limits.hpp"
#include "runtime/machine.hpp"
#include "runtime/signals.hpp"

using namespace krait;
using cli::Command;

namespace {

/// The file that this program was started from.
std::string own_path() {
  char buffer[PATH_MAX];
  ssize_t n = readlink("/proc/self/exe", buffer, sizeof buffer);
  return n <= 0 ? "" : std::string(buffer, static_cast<size_t>(n));
}

int print(const std::string& text) {
  return std::fputs(text.c_str(), stdout) < 0 || std::fflush(stdout) != 0 ? kExitError : 0;
}

/// -h and its companions, -V: no machine is needed.
int print_information(const Command& command) {
  switch (command.action) {
    case Command::kHelp: return print(cli::help_options(command.program));
    case Command::kHelpEnv: return print(cli::help_environment());
    case Command::kHelpX: return print(cli::help_x_options());
    case Command::kHelpAll:
      return print(cli::help_options(command.program) + "\n" + cli::help_environment() + "\n" + cli::help_x_options());
    default: {
      Library library = find_library(command.machine.system.home, false);
      return print("Python " + std::to_string(library.major) + "." + std::to_string(library.minor) + "." +
                   std::to_string(library_micro(library)) + "\n");
    }
  }
}

/// Python programs find out about a closed pipe or a full file from the call that meets it.
void set_up_signals(Vm& vm) {
  signal(SIGPIPE, SIG_IGN);
#ifdef SIGXFSZ
  signal(SIGXFSZ, SIG_IGN);
#endif
  if (signals_attach(vm) && signal_disposition(SIGINT) == SignalDisposition::kDefault)
    signal_set(SIGINT, SignalDisposition::kCatch);
}

/// -X faulthandler. A machine that cannot do it goes on without, and says so.
void set_up_faulthandler(Vm& vm) {
  auto enable = [&]() -> Value {
    Value module = TRY(vm.import_hook(vm, "faulthandler"));
    return call1(vm, TRY(get_attr(vm, module, TRY(vm.intern("enable")))), Value::small_int(2));
  };
  if (enable().is_error()) write_unraisable(vm, "Exception ignored while enabling faulthandler", Value::none());
}

/// After a tripped limit no Python code runs, but what was printed before is still written out, within a moment.
void write_out_after_trip(Vm& vm) {
  limits_reset(vm);
  RunLimits moment;
  moment.seconds = 0.25;
  if (vm.heap.limit() != UINT64_MAX) vm.heap.set_limit(vm.heap.limit() + (1 << 20));
  if (limits_start(vm, moment)) std_streams_flush(vm);
  limits_reset(vm);
}

[[noreturn]] void end_by_sigint() {
  signal(SIGINT, SIG_DFL);
  kill(getpid(), SIGINT);
  _exit(128 + SIGINT);  // not reached, unless the signal is blocked
}

/// The client of --dap says what to run; that takes the place of the command line's program.
int serve_debugger(Command& command, DapServer& server) {
  std::string error = server.open(command.observe.dap_port);
  if (!error.empty()) {
    std::fprintf(stderr, "krait: %s\n", error.c_str());
    return kExitError;
  }
  DapLaunch launch = server.wait_for_launch();
  if (launch.ended) return 0;
  cli::set_program(command, launch.program, launch.arguments);
  command.observe.dap_server = &server;
  return -1;
}

int run(Command& command) {
  DapServer server;
  if (command.observe.dap) {
    int code = serve_debugger(command, server);
    if (code >= 0) return code;
  }
  command.machine.system.executable = own_path();
  std::unique_ptr<Vm> vm = machine_start(command.machine, native_modules());
  if (vm == nullptr) return kExitError;
  vm->int_max_str_digits = command.int_max_str_digits;
  set_up_signals(*vm);
  int code = kExitError;
  if (command.limited && !limits_start(*vm, command.limits)) {
    std::fputs("krait: no thread could be started for --limit-time\n", stderr);
  } else if (command.action != Command::kRun && !command.aspl) {
    code = cli::show_view(*vm, command);
  } else if (std::string error = command.observe.any() ? observe_start(*vm, command.observe) : ""; !error.empty()) {
    std::fprintf(stderr, "krait: %s\n", error.c_str());
    code = kExitUsage;
  } else {
    if (command.machine.system.faulthandler) set_up_faulthandler(*vm);
    code = cli::run_program(*vm, command);
  }
  code = machine_finish(*vm, code);
  if (std::string error = command.observe.any() ? observe_finish(*vm) : ""; !error.empty())
    std::fprintf(stderr, "krait: %s\n", error.c_str());
  if (command.observe.dap_server != nullptr) server.finish(code);
  if (code == kExitLimit && vm->tripped != Limit::kNone) write_out_after_trip(*vm);
  if (code == kExitBySigint) end_by_sigint();
#if defined(KRAIT_SANITIZE)
  machine_stop(std::move(vm));  // for the leak checker; the system takes the memory back faster than we do
#else
  [[maybe_unused]] Vm* left_to_the_system = vm.release();
#endif
  return code;
}

}  // namespace

/// When the system itself has no more memory (the heap's own refusals are MemoryErrors): `new` has no other way to fail here.
[[noreturn]] void out_of_memory() {
  constexpr char kText[] = "krait: out of memory\n";
  [[maybe_unused]] ssize_t n = write(STDERR_FILENO, kText, sizeof kText - 1);
  _exit(kExitError);
}

int main(int argc, char** argv) {
  std::set_new_handler(out_of_memory);
  Command command;
  cli::CommandError error = cli::read_command_line(argc, argv, command);
  if (error.exit_code != 0) {
    std::fputs(error.message.c_str(), stderr);
    return error.exit_code;
  }
  int code;
  switch (command.action) {
    case Command::kRun:
    case Command::kVersionLong:
    case Command::kDumpTokens:
    case Command::kDumpAst:
    case Command::kDisassemble: code = run(command); break;
    default: code = print_information(command); break;
  }
#if !defined(KRAIT_SANITIZE)
  _exit(code);
#endif
  return code;
}
