// What -h and its companions print.
#include "cli/command_line.hpp"
#include "cli/observe_options.hpp"

namespace krait::cli {

std::string help_options(std::string_view program) {
  return "usage: " + std::string(program) + " [option] ... [-c cmd | -m mod | file | -] [arg] ...\n" +
         R"(Options (and the environment variables that do the same):
-b     : warn when bytes are compared with str or shown by str(); -bb: raise
-B     : write no cached bytecode; also PYTHONDONTWRITEBYTECODE=1
-c cmd : run this text as the program; what follows is its arguments
-d     : accepted for compatibility; also PYTHONDEBUG=1
-E     : ignore all PYTHON* environment variables
-h     : print this and end (also -? and --help)
-i     : go on interactively when the program has ended; also PYTHONINSPECT=1
-I     : keep away from the user's environment (as -E, -P and -s together)
-m mod : run a library module as the program; what follows is its arguments
-O     : leave out assert statements and what __debug__ guards; also PYTHONOPTIMIZE=1
-OO    : as -O, and leave out docstrings
-P     : put no folder of the program itself in front of sys.path; also PYTHONSAFEPATH=1
-q     : print no version at the start of an interactive session
-s     : leave out the user's own packages; also PYTHONNOUSERSITE=1
-S     : leave out all installed packages
-u     : write standard output and standard error at once; also PYTHONUNBUFFERED=1
-v     : say what is imported from where; also PYTHONVERBOSE=1
-V     : print the version and end (also --version); -VV: print more about this build
-W arg : control warnings (action:message:category:module:lineno); also PYTHONWARNINGS=arg
-x     : skip the first line of the program
-X opt : set an option of the implementation (--help-xoptions lists them)
--check-hash-based-pycs always|default|never:
         how cached bytecode that is tied to its source by a hash is checked
--help-env      : print what the environment variables mean and end
--help-xoptions : print the -X options and end
--help-all      : print all of it and end

Limits. A program that reaches one ends with exit code 124, whatever it catches:
--limit-memory=SIZE : memory, such as 64M
--limit-time=TIME   : real time, such as 2s or 500ms
--limit-steps=N     : loop turns and calls
--limit-depth=N     : nested Python calls
--limit-output=SIZE : bytes written to files and streams

)" + std::string(kObserveHelp) +
         R"(
Views of a program, without running it:
--dump-tokens FILE  : its tokens
--dump-ast FILE     : its syntax tree
--dis FILE          : its instructions; of a .pyc file of CPython 3.4 to 3.14: that version's
--lifted --dis FILE : and then what Krait runs in their place

--accept-foreign-pyc: imports find NAME.pyc of any of these CPythons, marshal.loads their code objects

Another language:
--lang=aspl         : programs are ASPL's, whose every instruction is shown with its stack; --quiet: only what they print

Arguments:
file   : the program (a script, or a folder or zip file with a __main__.py)
-      : the program is read from standard input (the default; interactive on a terminal)
arg ...: the program's own arguments, sys.argv[1:]
)";
}

std::string help_environment() {
  return R"(Environment variables:
KRAIT_HOME               : where CPython's library lies (its folder, or the prefix above lib/pythonX.Y)
PYTHONPATH               : folders, separated by ':', that come before the library in sys.path
PYTHONSTARTUP            : file that is run at the start of an interactive session
PYTHON_HISTORY           : file that keeps the lines of interactive sessions (~/.krait_history)
PYTHONBREAKPOINT         : what breakpoint() calls; 0: nothing
PYTHONCASEOK             : no effect on this system
PYTHONDEBUG              : as -d
PYTHONDEVMODE            : as -X dev
PYTHONDONTWRITEBYTECODE  : as -B
PYTHONFAULTHANDLER       : as -X faulthandler
PYTHONHASHSEED           : 'random', or the number that hashes of str and bytes begin with
PYTHONINSPECT            : as -i
PYTHONINTMAXSTRDIGITS    : the longest conversion between int and str, in digits; 0: no limit
PYTHONIOENCODING         : encoding[:errors] of standard input, output and error
PYTHONNOUSERSITE         : as -s
PYTHONOPTIMIZE           : as -O
PYTHONPYCACHEPREFIX      : folder for cached bytecode
PYTHONSAFEPATH           : as -P
PYTHONUNBUFFERED         : as -u
PYTHONUTF8               : as -X utf8
PYTHONVERBOSE            : as -v
PYTHONWARNDEFAULTENCODING: as -X warn_default_encoding
PYTHONWARNINGS           : as -W, several separated by commas
)";
}

std::string help_x_options() {
  return R"(Options of the implementation:
-X collect_every=n           : collect at each n-th allocation (a test of the machine)
-X dev                       : show all warnings, check names of codecs, as -X faulthandler
-X fail_allocation=n         : refuse the n-th allocation once, as if memory were full (a test of the machine)
-X faulthandler              : show tracebacks when a fatal signal arrives
-X int_max_str_digits=number : the longest conversion between int and str, in digits; 0: no limit
-X pycache_prefix=path       : folder for cached bytecode
-X utf8[=0|1]                : UTF-8 for standard streams and file names
-X verify_heap               : check the heap before each collection, and abort if it is broken (a test of the machine)
-X warn_default_encoding     : warn when a text file is opened without an encoding
Other names are accepted, have no effect and appear in sys._xoptions.
)";
}

}  // namespace krait::cli
