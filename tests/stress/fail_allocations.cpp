// Runs a script once for each of its allocations, which is refused that time as if memory were full:
//
//     krait-fail-allocations [--most=N] [--first=N] [--verbose] SCRIPT...
//
// Every run is a child made by fork() from a machine that has just been started, so that all runs begin alike. Whatever the
// script does with the MemoryError, the child must end by itself, an error must have an exception and a result none, the heap must
// be whole, and the machine must run another program correctly afterwards. A script of more than N allocations (default 2000) has
// the first quarter of N of them refused one by one, and of the others as many as make N, evenly spread. The last line is
// `N passed, N failed`, counted in scripts.
#include <fcntl.h>
#include <signal.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <fstream>
#include <sstream>
#include <string>
#include <vector>

#include "modules/modules.hpp"
#include "objects/exception.hpp"
#include "runtime/limits.hpp"
#include "runtime/machine.hpp"

using namespace krait;

namespace {

constexpr int kAllocationsLeft = 10;  ///< the child's exit code: the script ended before the n-th allocation
constexpr int kResultAndError = 11, kErrorWithoutException = 12, kUnusable = 13, kHangs = 14;
constexpr double kSeconds = 20;

/// Run after the script, in the same machine: a bit of everything.
const char kSoundProgram[] = R"(
import gc, sys
gc.collect()
class Base:
    def __init__(self, n): self.n = n
    def __repr__(self): return f'{type(self).__name__}({self.n!r})'
class Derived(Base):
    @property
    def double(self): return self.n * 2
def generate(n):
    for i in range(n):
        try:
            yield Derived(i)
        finally:
            pass
items = {repr(d): d.double for d in generate(50)}
assert items['Derived(49)'] == 98 and len(items) == 50, items
assert sorted(items.values(), key=lambda v: -v)[:3] == [98, 96, 94]
try:
    {}['missing']
except KeyError as e:
    assert e.args == ('missing',)
else:
    raise AssertionError('no KeyError')
assert '%s %r' % (1 << 100, 'x' * 3) == "1267650600228229401496703205376 'xxx'"
assert set('hello') == {'h', 'e', 'l', 'o'} and b'abc'.hex() == '616263'
namespace = {}
exec('def f(*a, k=1, **kw): return a, k, kw\nresult = f(1, 2, k=3, z=4)', namespace)
assert namespace['result'] == ((1, 2), 3, {'z': 4})
match [1, {'a': 2}]:
    case [int(x), {'a': y}]:
        assert x + y == 3
gc.collect()
)";

std::string read_file(const char* name) {
  std::ifstream in(name, std::ios::binary);
  std::ostringstream text;
  text << in.rdbuf();
  return text.str();
}

int run_in_child(Vm& vm, const std::string& source, const char* name, uint64_t nth, bool count_only) {
  RunLimits limits;
  limits.seconds = kSeconds;
  if (!limits_start(vm, limits)) return kExitError;
  constexpr uint64_t kNever = uint64_t{1} << 62;
  vm.heap.set_fail_at(count_only ? kNever : nth);
  Value result = run_main_source(vm, source, name, true);
  if (result.is_error() && !vm.has_pending()) return kErrorWithoutException;
  if (!result.is_error() && vm.has_pending()) return kResultAndError;
  if (result.is_error() && vm.tripped == Limit::kNone)
    report_exception(vm);  // the refusal may come while it is printed
  uint64_t left = vm.heap.fail_in();
  vm.heap.set_fail_at(0);
  if (count_only) {
    uint64_t count = kNever - left;
    return write(3, &count, sizeof count) == sizeof count ? 0 : kExitError;
  }
  if (vm.tripped == Limit::kTime) return kHangs;
  limits_reset(vm);
  vm.heap.verify();
  if (!limits_start(vm, limits)) return kExitError;
  result = run_main_source(vm, kSoundProgram, "sound.py", false);
  if (result.is_error()) {
    report_exception(vm);
    return kUnusable;
  }
  machine_finish(vm, 0);
  return left != 0 ? kAllocationsLeft : 0;
}

std::string end_of(int status) {
  if (WIFSIGNALED(status)) return std::string("ended by signal ") + strsignal(WTERMSIG(status));
  switch (WEXITSTATUS(status)) {
    case kResultAndError: return "an exception is pending beside a result";
    case kErrorWithoutException: return "an error without an exception";
    case kUnusable: return "the machine does not run another program afterwards";
    case kHangs: return "does not end";
    default: return "exit code " + std::to_string(WEXITSTATUS(status));
  }
}

struct Runner {
  Vm& vm;
  bool verbose;

  /// Gives the child's wait status; its standard error is left in `errors`, what it writes to descriptor 3 in `count`.
  int child(const std::string& source, const char* name, uint64_t nth, bool count_only, std::string& errors,
            uint64_t* count) {
    char path[] = "/tmp/krait-fail-XXXXXX";
    int file = mkstemp(path);
    unlink(path);
    int ends[2];
    if (file < 0 || pipe(ends) != 0) std::abort();
    pid_t pid = fork();
    if (pid == 0) {
      alarm(static_cast<unsigned>(3 * kSeconds));
      int null = open("/dev/null", O_RDWR);
      int kept = dup2(ends[1], 100);
      dup2(null, 0);
      dup2(null, 1);
      dup2(file, 2);
      dup2(kept, 3);
      for (int fd = 4; fd <= 100; ++fd) close(fd);
      _exit(run_in_child(vm, source, name, nth, count_only));
    }
    close(ends[1]);
    int status = 0;
    waitpid(pid, &status, 0);
    if (count != nullptr && read(ends[0], count, sizeof *count) != sizeof *count) *count = 0;
    close(ends[0]);
    lseek(file, 0, SEEK_SET);
    char buffer[1 << 14];
    ssize_t n = read(file, buffer, sizeof buffer);
    errors.assign(buffer, n > 0 ? static_cast<size_t>(n) : 0);
    close(file);
    return status;
  }

  bool script(const char* name, uint64_t first, uint64_t most) {
    std::string source = read_file(name), errors;
    uint64_t count = 0;
    int status = child(source, name, 0, true, errors, &count);
    if (status != 0) {
      std::printf("FAIL %s: without a refusal: %s\n%s\n", name, end_of(status).c_str(), errors.c_str());
      return false;
    }
    uint64_t one_by_one = most / 4, runs = 0;
    double stride =
        count <= most ? 1 : static_cast<double>(count - one_by_one) / static_cast<double>(most - one_by_one);
    int bad = 0;
    double at = static_cast<double>(first);
    while (static_cast<uint64_t>(at) <= count && bad < 3) {
      uint64_t nth = static_cast<uint64_t>(at);
      at += nth < one_by_one ? 1 : stride;
      status = child(source, name, nth, false, errors, nullptr);
      ++runs;
      if (WIFEXITED(status) && (WEXITSTATUS(status) == 0 || WEXITSTATUS(status) == kAllocationsLeft)) continue;
      ++bad;
      std::printf("FAIL %s: allocation %llu of %llu: %s\n%s\n", name, static_cast<unsigned long long>(nth),
                  static_cast<unsigned long long>(count), end_of(status).c_str(), errors.c_str());
      std::fflush(stdout);
    }
    if (verbose)
      std::printf("%s: %llu of %llu\n", name, static_cast<unsigned long long>(runs),
                  static_cast<unsigned long long>(count));
    std::fflush(stdout);
    return bad == 0;
  }
};

}  // namespace

int main(int argc, char** argv) {
  uint64_t most = 2000, first = 1;
  bool verbose = false;
  std::vector<const char*> scripts;
  for (int i = 1; i < argc; ++i) {
    if (!std::strncmp(argv[i], "--most=", 7)) {
      most = std::strtoull(argv[i] + 7, nullptr, 10);
    } else if (!std::strncmp(argv[i], "--first=", 8)) {
      first = std::strtoull(argv[i] + 8, nullptr, 10);
    } else if (!std::strcmp(argv[i], "--verbose")) {
      verbose = true;
    } else {
      scripts.push_back(argv[i]);
    }
  }
  if (scripts.empty() || most < 8 || first == 0) {
    std::fprintf(stderr, "usage: %s [--most=N] [--first=N] [--verbose] SCRIPT...\n", argv[0]);
    return 2;
  }
  rlimit no_core{0, 0};
  setrlimit(RLIMIT_CORE, &no_core);
  MachineOptions options;
  options.system.dont_write_bytecode = true;
  options.vm.fixed_hash_seed = true;  // the same allocations in each run
  options.arguments.push_back("");
  std::unique_ptr<Vm> vm = machine_start(options, native_modules());
  if (vm == nullptr) return 1;
  Runner runner{*vm, verbose};
  int passed = 0, failed = 0;
  for (const char* name : scripts) (runner.script(name, first, most) ? passed : failed)++;
  std::printf("%d passed, %d failed\n", passed, failed);
  return failed != 0;
}
