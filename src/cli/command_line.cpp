// CPython's options are read the way CPython reads them: single letters may stand together, an argument may follow its letter at
// once, and the first argument that is no option ends the options. Krait's own are long options and never need another argument
// after `=`.
#include "cli/command_line.hpp"

#include <unistd.h>

#include <climits>
#include <cmath>
#include <cstdlib>
#include <cstring>
#include <optional>

#include "cli/observe_options.hpp"

namespace krait::cli {
namespace {

CommandError usage_error(const Command& c, const std::string& message) {
  return {message + "\nusage: " + c.program + " [option] ... [-c cmd | -m mod | file | -] [arg] ...\nTry `" +
              c.program + " -h' for more information.\n",
          2};
}
/// CPython finds these while it starts; its words are kept, the name of its function with them.
CommandError fatal_error(const char* where, const std::string& message, const char* state = "preinitialized") {
  return {std::string("Fatal Python error: ") + where + ": " + message + "\nPython runtime state: " + state + "\n\n",
          1};
}

std::optional<uint64_t> whole_number(std::string_view text) {
  if (text.empty() || text.size() > 20) return {};
  uint64_t value = 0;
  for (char c : text) {
    if (c < '0' || c > '9' || __builtin_mul_overflow(value, 10, &value) ||
        __builtin_add_overflow(value, c - '0', &value))
      return {};
  }
  return value;
}
/// "64M", "1.5G", "65536".
std::optional<uint64_t> size_of(const std::string& text) {
  char* end;
  double value = std::strtod(text.c_str(), &end);
  if (end == text.c_str() || !std::isfinite(value) || value < 0) return {};
  switch (*end) {
    case 'k':
    case 'K':
      value *= 1024;
      ++end;
      break;
    case 'm':
    case 'M':
      value *= 1024 * 1024;
      ++end;
      break;
    case 'g':
    case 'G':
      value *= 1024 * 1024 * 1024;
      ++end;
      break;
    default: break;
  }
  if (*end == 'B' || *end == 'b') ++end;
  if (*end != 0 || value >= 9.2e18) return {};
  return static_cast<uint64_t>(value);
}
/// "2s", "1.5", "300ms", "2m".
std::optional<double> seconds_of(const std::string& text) {
  char* end;
  double value = std::strtod(text.c_str(), &end);
  if (end == text.c_str() || !std::isfinite(value) || value < 0) return {};
  std::string_view unit = end;
  if (unit == "ms") {
    value /= 1000;
  } else if (unit == "m" || unit == "min") {
    value *= 60;
  } else if (unit == "h") {
    value *= 3600;
  } else if (!unit.empty() && unit != "s") {
    return {};
  }
  return value;
}

CommandError limit_option(Command& c, std::string_view name, const std::string& value) {
  auto wrong = [&](const char* wants) {
    return usage_error(c, "--" + std::string(name) + ": " + wants + ", not '" + value + "'");
  };
  c.limited = true;
  if (name == "limit-memory") {
    std::optional<uint64_t> bytes = size_of(value);
    if (!bytes || *bytes < (1 << 20)) return wrong("wants a size of at least 1M, such as 64M");
    c.machine.vm.memory_limit = *bytes;
  } else if (name == "limit-time") {
    std::optional<double> seconds = seconds_of(value);
    if (!seconds || *seconds <= 0) return wrong("wants a time, such as 2s or 500ms");
    c.limits.seconds = *seconds;
  } else if (name == "limit-output") {
    std::optional<uint64_t> bytes = size_of(value);
    if (!bytes || *bytes == 0) return wrong("wants a size, such as 1M");
    c.limits.output_bytes = *bytes;
  } else {
    std::optional<uint64_t> count = whole_number(value);
    if (!count || *count == 0) return wrong("wants a whole number above 0");
    if (name == "limit-steps") {
      c.limits.steps = *count;
    } else {
      c.limits.depth = static_cast<uint32_t>(std::min<uint64_t>(*count, UINT32_MAX));
    }
  }
  return {};
}

std::string variable(const Command& c, const char* name) {
  const SystemOptions& o = c.machine.system;
  if (o.ignore_environment || o.isolated) return "";
  const char* value = std::getenv(name);
  return value == nullptr ? "" : value;
}

const std::string* x_option(const Command& c, std::string_view name) {
  const std::string* found = nullptr;
  for (const auto& [key, value] : c.machine.system.x_options)
    if (key == name) found = &value;
  return found;
}

CommandError read_digits(Command& c) {
  auto use = [&](const std::string& text, const char* from) -> CommandError {
    std::optional<uint64_t> digits = whole_number(text);
    if (!digits || *digits > INT_MAX || (*digits != 0 && *digits < 640))
      return fatal_error("config_init_int_max_str_digits",
                         std::string(from) + ": invalid limit; must be >= 640 or 0 for unlimited.");
    c.int_max_str_digits = *digits;
    return {};
  };
  if (const std::string* given = x_option(c, "int_max_str_digits")) return use(*given, "-X int_max_str_digits");
  std::string text = variable(c, "PYTHONINTMAXSTRDIGITS");
  return text.empty() ? CommandError{} : use(text, "PYTHONINTMAXSTRDIGITS");
}

CommandError read_stress(Command& c) {
  StressOptions& stress = c.machine.stress;
  const struct {
    const char* name;
    uint64_t* count;
  } kCounts[] = {{"collect_every", &stress.collect_every}, {"fail_allocation", &stress.fail_allocation}};
  for (const auto& row : kCounts) {
    const std::string* text = x_option(c, row.name);
    if (text == nullptr) continue;
    std::optional<uint64_t> count = whole_number(*text);
    if (!count || *count == 0)
      return usage_error(c, std::string("-X ") + row.name + ": wants a whole number above 0, not '" + *text + "'");
    *row.count = *count;
  }
  stress.verify_heap = x_option(c, "verify_heap") != nullptr;
  return {};
}

/// What PYTHON... variables and -X options say beyond what sys.flags shows.
CommandError read_settings(Command& c) {
  SystemOptions& o = c.machine.system;
  system_read_environment(o);
  if (o.isolated) o.ignore_environment = o.no_user_site = o.safe_path = true;
  if (x_option(c, "dev") != nullptr) o.dev_mode = true;
  if (o.dev_mode || x_option(c, "faulthandler") != nullptr) o.faulthandler = true;
  if (o.dev_mode) o.warn_options.insert(o.warn_options.begin(), "default");
  if (o.bytes_warning > 0)
    o.warn_options.push_back(o.bytes_warning > 1 ? "error::BytesWarning" : "default::BytesWarning");
  if (const std::string* prefix = x_option(c, "pycache_prefix")) o.pycache_prefix = *prefix;
  if (x_option(c, "warn_default_encoding") != nullptr) o.warn_default_encoding = true;

  std::string encoding = variable(c, "PYTHONIOENCODING");
  size_t colon = encoding.find(':');
  o.io_encoding = encoding.substr(0, colon);
  if (colon != std::string::npos) o.io_errors = encoding.substr(colon + 1);

  if (const std::string* utf8 = x_option(c, "utf8")) {
    if (!utf8->empty() && *utf8 != "0" && *utf8 != "1")
      return fatal_error("preconfig_init_utf8_mode", "invalid -X utf8 option value", "preinitializing");
    o.utf8_mode = *utf8 != "0";
  } else if (std::string text = variable(c, "PYTHONUTF8"); !text.empty()) {
    if (text != "0" && text != "1")
      return fatal_error("preconfig_init_utf8_mode", "invalid PYTHONUTF8 environment variable value",
                         "preinitializing");
    o.utf8_mode = text == "1";
  }
  std::string seed = variable(c, "PYTHONHASHSEED");
  if (!seed.empty() && seed != "random") {
    std::optional<uint64_t> number = whole_number(seed);
    if (!number || *number > UINT32_MAX)
      return fatal_error("config_init_hash_seed",
                         "PYTHONHASHSEED must be \"random\" or an integer in range [0; 4294967295]");
    c.machine.vm.fixed_hash_seed = true;
    c.machine.vm.hash_seed = *number;
    if (*number == 0) o.hash_randomization = false;
  }
  CommandError error = read_stress(c);
  return error.exit_code != 0 ? error : read_digits(c);
}

/// The folder that a script's imports begin with: that of the file itself, wherever a symbolic link to it stands.
std::string folder_of_script(const std::string& name) {
  char resolved[PATH_MAX];
  std::string path = realpath(name.c_str(), resolved) != nullptr ? resolved : name;
  size_t slash = path.rfind('/');
  if (slash == std::string::npos) return "";
  return slash == 0 ? "/" : path.substr(0, slash);
}

void set_arguments(Command& c, int argc, char** argv, int first) {
  MachineOptions& m = c.machine;
  switch (c.source) {
    case Command::kStdin: {
      bool dash = first < argc && !std::strcmp(argv[first], "-");
      m.arguments.push_back(dash ? "-" : "");
      if (dash) ++first;
      break;
    }
    case Command::kCode: m.arguments.push_back("-c"); break;
    case Command::kModule: m.arguments.push_back("-m"); break;
    case Command::kFile: m.arguments.push_back(c.text); break;
  }
  for (int i = first; i < argc; ++i) m.arguments.push_back(argv[i]);
  if (m.system.safe_path) return;
  if (c.source == Command::kFile) {
    m.path.push_back(folder_of_script(c.text));
  } else if (c.source == Command::kModule) {
    char here[PATH_MAX];
    m.path.push_back(getcwd(here, sizeof here) != nullptr ? here : "");
  } else {
    m.path.push_back("");
  }
}

/// One reader of the options' letters.
class Reader {
 public:
  Reader(Command& command, int argc, char** argv) : c_(command), argc_(argc), argv_(argv) {}

  CommandError read() {
    while (i_ < argc_) {
      const char* argument = argv_[i_];
      if (argument[0] != '-' || argument[1] == 0) break;
      ++i_;
      if (!std::strcmp(argument, "--")) break;
      CommandError error = argument[1] == '-' ? long_option(argument + 2) : letters(argument + 1);
      if (error.exit_code != 0) return error;
      if (done_) break;
    }
    CommandError error = read_settings(c_);
    if (error.exit_code != 0) return error;
    if (!done_ && i_ < argc_ && std::strcmp(argv_[i_], "-") != 0) {
      c_.source = Command::kFile;
      c_.text = argv_[i_++];
    }
    set_arguments(c_, argc_, argv_, i_);
    return {};
  }

 private:
  CommandError long_option(const std::string& option) {
    size_t equals = option.find('=');
    std::string name = option.substr(0, equals);
    if (name == "limit-memory" || name == "limit-time" || name == "limit-steps" || name == "limit-depth" ||
        name == "limit-output") {
      if (equals == std::string::npos) return usage_error(c_, "Argument expected for the --" + name + " option");
      return limit_option(c_, name, option.substr(equals + 1));
    }
    if (name == "lang") {
      std::string language = equals == std::string::npos ? "" : option.substr(equals + 1);
      if (language != "aspl" && language != "python")
        return usage_error(c_, "--lang wants python or aspl, not '" + language + "'");
      c_.aspl = language == "aspl";
      return {};
    }
    if (option == "quiet") {
      c_.quiet = true;
      return {};
    }
    const struct {
      const char* name;
      Command::Action action;
      bool file;
    } kActions[] = {
        {"help", Command::kHelp, false},           {"help-env", Command::kHelpEnv, false},
        {"help-xoptions", Command::kHelpX, false}, {"help-all", Command::kHelpAll, false},
        {"version", Command::kVersion, false},     {"dump-tokens", Command::kDumpTokens, true},
        {"dump-ast", Command::kDumpAst, true},     {"dis", Command::kDisassemble, true},
    };
    for (const auto& row : kActions) {
      if (option != row.name && !(row.file && name == row.name)) continue;
      if (c_.action == Command::kRun) c_.action = row.action;
      if (!row.file) return {};
      if (equals == std::string::npos && i_ >= argc_)
        return usage_error(c_, "Argument expected for the --" + name + " option");
      c_.source = Command::kFile;
      c_.text = equals == std::string::npos ? argv_[i_++] : option.substr(equals + 1);
      done_ = true;
      return {};
    }
    if (option == "lifted") {
      c_.lifted = true;
      return {};
    }
    if (option == "accept-foreign-pyc") {
      c_.machine.system.accept_foreign_pyc = true;
      return {};
    }
    if (option == "check-hash-based-pycs") {
      if (i_ >= argc_) return usage_error(c_, "Argument expected for the --check-hash-based-pycs options");
      std::string value = argv_[i_++];
      if (value != "default" && value != "always" && value != "never")
        return usage_error(c_, "--check-hash-based-pycs must be one of 'default', 'always', or 'never'");
      c_.machine.system.check_hash_pycs = value;
      return {};
    }
    std::string message, words = option;
    OptionUse use = observe_option(words, c_.observe, message);
    if (use == OptionUse::kNeedsNext) {
      if (i_ >= argc_) return usage_error(c_, "Argument expected for the --" + option + " option");
      words += (equals == std::string::npos ? "=" : ":") + std::string(argv_[i_++]);
      use = observe_option(words, c_.observe, message);
    }
    if (use == OptionUse::kTaken) return {};
    return usage_error(c_, use == OptionUse::kWrong ? message : "unknown option --" + option);
  }

  CommandError letters(const char* p) {
    SystemOptions& o = c_.machine.system;
    for (; *p != 0; ++p) {
      switch (*p) {
        case 'b': ++o.bytes_warning; break;
        case 'B': o.dont_write_bytecode = true; break;
        case 'd': ++o.debug; break;
        case 'E': o.ignore_environment = true; break;
        case 'i':
          ++o.inspect;
          ++o.interactive;
          break;
        case 'I': o.isolated = o.ignore_environment = o.no_user_site = o.safe_path = true; break;
        case 'O': ++o.optimize; break;
        case 'P': o.safe_path = true; break;
        case 'q': ++o.quiet; break;
        case 'R': break;  // hashes are random anyhow
        case 's': o.no_user_site = true; break;
        case 'S': o.no_site = true; break;
        case 'u': o.unbuffered = true; break;
        case 'v': ++o.verbose; break;
        case 'x': c_.skip_first_line = true; break;
        case 'h':
        case '?':
          if (c_.action == Command::kRun) c_.action = Command::kHelp;
          break;
        case 'V':
          if (c_.action == Command::kRun) {
            c_.action = Command::kVersion;
          } else if (c_.action == Command::kVersion) {
            c_.action = Command::kVersionLong;
          }
          break;
        case 'J': return usage_error(c_, "-J is reserved for Jython");
        case 'c':
        case 'm':
        case 'W':
        case 'X': return with_argument(*p, p + 1);
        default: return usage_error(c_, std::string("Unknown option: -") + *p);
      }
    }
    return {};
  }

  /// The rest of the word is the argument, or the next word.
  CommandError with_argument(char letter, const char* rest) {
    if (*rest == 0 && i_ >= argc_)
      return usage_error(c_, std::string("Argument expected for the -") + letter + " option");
    std::string value = *rest != 0 ? rest : argv_[i_++];
    switch (letter) {
      case 'c':
        c_.source = Command::kCode;
        c_.text = value + "\n";
        done_ = true;
        break;
      case 'm':
        c_.source = Command::kModule;
        c_.text = value;
        done_ = true;
        break;
      case 'W': c_.machine.system.warn_options.push_back(value); break;
      default: {
        size_t equals = value.find('=');
        c_.machine.system.x_options.emplace_back(value.substr(0, equals),
                                                 equals == std::string::npos ? "" : value.substr(equals + 1));
        break;
      }
    }
    return {};
  }

  Command& c_;
  int argc_;
  char** argv_;
  int i_ = 1;
  bool done_ = false;  ///< what comes now is the program's
};

}  // namespace

void set_program(Command& c, const std::string& file, const std::vector<std::string>& arguments) {
  c.source = Command::kFile;
  c.text = file;
  c.machine.arguments = {file};
  c.machine.arguments.insert(c.machine.arguments.end(), arguments.begin(), arguments.end());
  c.machine.path.clear();
  if (!c.machine.system.safe_path) c.machine.path.push_back(folder_of_script(file));
}

CommandError read_command_line(int argc, char** argv, Command& out) {
  out.program = argc > 0 ? argv[0] : "krait";
  for (int i = 0; i < argc; ++i) out.machine.system.original_arguments.push_back(argv[i]);
  return Reader(out, argc, argv).read();
}

}  // namespace krait::cli
