// _posixsubprocess: fork and exec in one step.
//
// Everything that allocates or can fail in Python is done before the fork; the child only makes system calls, arranges its
// descriptors and executes. What goes wrong there it tells the parent through a pipe, as "ExceptionName:errno in hex:message".
#include <dirent.h>
#include <fcntl.h>
#include <grp.h>
#include <signal.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cstring>
#include <string>
#include <vector>

#include "modules/posix_module.hpp"
#include "objects/exception.hpp"
#include "objects/int.hpp"
#include "objects/str.hpp"

namespace krait {

namespace {

using posix::int_argument;

/// Strings for exec: characters, and the array of pointers to them.
struct Strings {
  std::string text;
  std::vector<size_t> starts;
  std::vector<char*> pointers;
  void finish() {
    for (size_t start : starts) pointers.push_back(text.data() + start);
    pointers.push_back(nullptr);
  }
};
constexpr size_t kMaxBytes = size_t{64} << 20;  // far beyond what any system accepts

Status read_strings(Vm& vm, Value v, Strings& out) {
  Value items = TRY(tuple_from(vm, v));
  Tuple* t = items.as<Tuple>();
  for (uint64_t i = 0; i < t->length; ++i) {
    TRY(vm.poll());
    std::string s;
    TRY(posix::fs_string(vm, t->items[i], s));
    if (out.text.size() + s.size() > kMaxBytes) return vm.raise_os_error(E2BIG);
    out.starts.push_back(out.text.size());
    out.text.append(s.c_str(), s.size() + 1);
  }
  out.finish();
  return {};
}

struct Child {
  Strings arguments, programs, environment;
  bool has_environment = false, has_cwd = false;
  std::string cwd;
  int p2c_read, p2c_write, c2p_read, c2p_write, err_read, err_write, report_read, report_write;
  bool close_fds, restore_signals, new_session;
  int process_group, umask;
  bool has_uid = false, has_gid = false, has_groups = false;
  uid_t uid = 0;
  gid_t gid = 0;
  std::vector<gid_t> groups;
  std::vector<int> keep;  ///< sorted
  Value preexec;
};

bool set_inheritable(int fd) {
  int flags = ::fcntl(fd, F_GETFD);
  return flags >= 0 && ::fcntl(fd, F_SETFD, flags & ~FD_CLOEXEC) >= 0;
}

/// Closes all descriptors from 3 on but those in `keep`.
void close_others(const std::vector<int>& keep) {
  unsigned from = 3;
  for (int fd : keep) {
    if (fd < 3 || static_cast<unsigned>(fd) < from) continue;
    if (static_cast<unsigned>(fd) > from) ::close_range(from, static_cast<unsigned>(fd) - 1, 0);
    from = static_cast<unsigned>(fd) + 1;
  }
  ::close_range(from, ~0u, 0);
}

/// In the child, up to exec. Comes back only when something failed: errno; `where` says what.
void become(Vm& vm, Child& c, const char*& where) {
  where = "";
  for (int fd : c.keep)
    if (fd != c.report_write && !set_inheritable(fd)) return;
  if (c.p2c_write >= 0) ::close(c.p2c_write);
  if (c.c2p_read >= 0) ::close(c.c2p_read);
  if (c.err_read >= 0) ::close(c.err_read);
  ::close(c.report_read);
  // Descriptors that stand where the standard ones are to come are moved away first.
  if (c.c2p_write == 0 && (c.c2p_write = ::dup(0)) < 0) return;
  while (c.err_write == 0 || c.err_write == 1)
    if ((c.err_write = ::dup(c.err_write)) < 0) return;
  auto place = [](int fd, int target) {
    if (fd == target) return set_inheritable(fd);
    return fd < 0 || ::dup2(fd, target) >= 0;
  };
  if (!place(c.p2c_read, 0) || !place(c.c2p_write, 1) || !place(c.err_write, 2)) return;
  if (c.has_cwd) {
    where = "noexec:chdir";
    if (::chdir(c.cwd.c_str()) < 0) return;
    where = "";
  }
  if (c.umask >= 0) ::umask(static_cast<mode_t>(c.umask));
  if (c.restore_signals) {
    ::signal(SIGPIPE, SIG_DFL);
    ::signal(SIGXFSZ, SIG_DFL);
  }
  where = "noexec";
  if (c.new_session && ::setsid() < 0) return;
  if (c.process_group >= 0 && ::setpgid(0, c.process_group) < 0) return;
  if (c.has_groups && ::setgroups(c.groups.size(), c.groups.data()) < 0) return;
  if (c.has_gid && ::setregid(c.gid, c.gid) < 0) return;
  if (c.has_uid && ::setreuid(c.uid, c.uid) < 0) return;
  where = "";
  if (!c.preexec.is_unset()) {
    if (call0(vm, c.preexec).is_error()) {
      errno = 0;
      where = "Exception occurred in preexec_fn.";
      return;
    }
  }
  if (c.close_fds) close_others(c.keep);
  // As a shell would look for it: the first failure that says more than "not there" is the one to tell.
  int saved = 0;
  for (char* const* program = c.programs.pointers.data(); *program != nullptr; ++program) {
    ::execve(*program, c.arguments.pointers.data(), c.has_environment ? c.environment.pointers.data() : environ);
    if (errno != ENOENT && errno != ENOTDIR && saved == 0) saved = errno;
  }
  if (saved != 0) errno = saved;
}

[[noreturn]] void run_child(Vm& vm, Child& c) {
  const char* where = "";
  int report = c.report_write;
  become(vm, c, where);
  int error = errno;
  char text[128];
  int n = error != 0 ? std::snprintf(text, sizeof text, "OSError:%X:%s", static_cast<unsigned>(error), where)
                     : std::snprintf(text, sizeof text, "SubprocessError:0:%s", where);
  [[maybe_unused]] ssize_t written = ::write(report, text, static_cast<size_t>(n));
  ::_exit(255);
}

Value fork_exec(Vm& vm, Args a) {
  Child c;
  c.close_fds = TRY(truthy(vm, a[2]));
  if (!is_tuple(a[3]))
    return vm.raise(E::TypeError, "fork_exec() argument 4 must be tuple, not {}", argument_type(a[3]));
  int* fds[] = {&c.p2c_read, &c.p2c_write, &c.c2p_read,    &c.c2p_write,
                &c.err_read, &c.err_write, &c.report_read, &c.report_write};
  for (size_t i = 0; i < 8; ++i) *fds[i] = TRY(int_argument(vm, a[6 + i]));
  c.restore_signals = TRY(truthy(vm, a[14]));
  c.new_session = TRY(truthy(vm, a[15]));
  c.process_group = TRY(int_argument(vm, a[16]));
  c.umask = TRY(int_argument(vm, a[20]));
  if (!a[21].is_none()) c.preexec = a[21];
  if (c.close_fds && c.report_write < 3) return vm.raise(E::ValueError, "errpipe_write must be >= 3");
  Tuple* keep = a[3].as<Tuple>();
  for (uint64_t i = 0; i < keep->length; ++i) {
    std::optional<int64_t> fd = is_int(keep->items[i]) ? int_to_i64(keep->items[i]) : std::nullopt;
    if (!fd || *fd < 0 || *fd > INT32_MAX || (!c.keep.empty() && *fd <= c.keep.back()))
      return vm.raise(E::ValueError, "bad value(s) in fds_to_keep");
    c.keep.push_back(static_cast<int>(*fd));
  }
  TRY(read_strings(vm, a[1], c.programs));
  TRY(read_strings(vm, a[0], c.arguments));
  if (!a[5].is_none()) {
    c.has_environment = true;
    TRY(read_strings(vm, a[5], c.environment));
  }
  if (!a[4].is_none()) {
    c.has_cwd = true;
    TRY(posix::fs_string(vm, a[4], c.cwd));
  }
  if (!a[17].is_none()) {
    c.has_gid = true;
    c.gid = TRY(posix::id_argument(vm, a[17], "gid"));
  }
  if (!a[18].is_none()) {
    if (!is_list(a[18])) return vm.raise(E::TypeError, "setgroups argument must be a sequence");
    Value groups = TRY(tuple_from(vm, a[18]));
    Tuple* t = groups.as<Tuple>();
    if (t->length > 65536) return vm.raise(E::ValueError, "too many extra_groups");
    for (uint64_t i = 0; i < t->length; ++i) {
      if (!is_int(t->items[i])) return vm.raise(E::TypeError, "extra_groups must be integers");
      c.groups.push_back(TRY(posix::id_argument(vm, t->items[i], "gid")));
    }
    c.has_groups = true;
  }
  if (!a[19].is_none()) {
    c.has_uid = true;
    c.uid = TRY(posix::id_argument(vm, a[19], "uid"));
  }
  // With a function of Python's to run in the child, this is a fork like any other.
  bool runs_python = !c.preexec.is_unset();
  if (runs_python) TRY(posix::fork_begin(vm));
  sigset_t all, old;
  sigfillset(&all);
  if (!runs_python) ::pthread_sigmask(SIG_BLOCK, &all, &old);
  pid_t pid = ::fork();
  int error = errno;
  if (pid == 0) {
    if (runs_python) {
      (void)posix::fork_in_child(vm);
    } else {
      // Handlers of this process must not run in the child: until exec, signals do what they do by themselves.
      for (int i = 1; i < NSIG; ++i) {
        struct sigaction action;
        if (::sigaction(i, nullptr, &action) == 0 && action.sa_handler != SIG_DFL && action.sa_handler != SIG_IGN)
          ::signal(i, SIG_DFL);
      }
      ::pthread_sigmask(SIG_SETMASK, &old, nullptr);
    }
    run_child(vm, c);
  }
  if (!runs_python) ::pthread_sigmask(SIG_SETMASK, &old, nullptr);
  if (runs_python) TRY(posix::fork_in_parent(vm));
  if (pid < 0) return vm.raise_os_error(error);
  return Value::small_int(pid);
}

constexpr NativeRow kFunctions[] = {
    {"fork_exec(args, executable_list, close_fds, pass_fds, cwd, env, p2cread, p2cwrite, c2pread, c2pwrite, errread, "
     "errwrite, "
     "errpipe_read, errpipe_write, restore_signals, call_setsid, pgid_to_set, gid, extra_groups, uid, child_umask, "
     "preexec_fn, "
     "allow_vfork=True, /)",
     fork_exec, 0, "Fork, arrange the child's descriptors and execute a program there; returns its id."},
};

}  // namespace

extern constinit const ModuleSpec posixsubprocess_module{
    .name = "_posixsubprocess",
    .doc = "What subprocess needs done between fork and exec.",
    .functions = kFunctions,
};

}  // namespace krait
