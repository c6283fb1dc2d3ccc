// The command line: what the krait command was asked to do.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "observe/options.hpp"
#include "runtime/limits.hpp"
#include "runtime/machine.hpp"

namespace krait::cli {

struct Command {
  enum Action : uint8_t {
    kRun,          ///< what `source` says
    kHelp,         ///< -h: the options
    kHelpEnv,      ///< --help-env
    kHelpX,        ///< --help-xoptions
    kHelpAll,      ///< --help-all
    kVersion,      ///< -V
    kVersionLong,  ///< -VV
    kDumpTokens,   ///< --dump-tokens FILE
    kDumpAst,      ///< --dump-ast FILE
    kDisassemble,  ///< --dis FILE
  } action = kRun;
  enum Source : uint8_t { kStdin, kCode, kModule, kFile } source = kStdin;

  MachineOptions machine;
  RunLimits limits;
  ObserveOptions observe;
  std::string program;           ///< argv[0], for messages
  std::string text;              ///< -c: the code; -m: the module; a file: its name as given
  bool skip_first_line = false;  ///< -x
  bool lifted = false;           ///< --lifted: after a foreign file's instructions, Krait's
  bool aspl = false;             ///< --lang=aspl
  bool quiet = false;            ///< --quiet: ASPL without its trace
  bool limited = false;          ///< some limit was asked for
  uint64_t int_max_str_digits = 4300;
};

/// What is wrong with a command line, ready to be printed, and the exit code that goes with it.
struct CommandError {
  std::string message;
  int exit_code = 0;  ///< 0: nothing is wrong
};

/// Reads the options and the environment.
CommandError read_command_line(int argc, char** argv, Command& out);

/// Makes a file the program, with these arguments, in place of what the command line said.
void set_program(Command& c, const std::string& file, const std::vector<std::string>& arguments);

/// Texts of -h, --help-env, --help-xoptions (help.cpp).
std::string help_options(std::string_view program);
std::string help_environment();
std::string help_x_options();

}  // namespace krait::cli
