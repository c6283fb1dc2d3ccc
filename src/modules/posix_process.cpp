// posix: processes, users, scheduling and the environment.
#include <grp.h>
#include <pty.h>
#include <pwd.h>
#include <sched.h>
#include <signal.h>
#include <spawn.h>
#include <sys/random.h>
#include <sys/resource.h>
#include <sys/syscall.h>
#include <sys/times.h>
#include <sys/utsname.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cstdlib>
#include <cstring>
#include <vector>

#include "modules/posix_module.hpp"
#include "objects/dict.hpp"
#include "objects/float.hpp"
#include "objects/int.hpp"
#include "objects/str.hpp"
#include "objects/structseq.hpp"
#include "runtime/limits.hpp"

namespace krait::posix {
namespace {

Value number(Vm& vm, int64_t n) {
  if (n < 0) return vm.raise_os_error(errno);
  return int_from(vm, n);
}

// --- Who and what runs.

Value getpid_function(Vm&, Args) { return Value::small_int(::getpid()); }
Value getppid_function(Vm&, Args) { return Value::small_int(::getppid()); }
Value getuid_function(Vm&, Args) { return Value::small_int(::getuid()); }
Value geteuid_function(Vm&, Args) { return Value::small_int(::geteuid()); }
Value getgid_function(Vm&, Args) { return Value::small_int(::getgid()); }
Value getegid_function(Vm&, Args) { return Value::small_int(::getegid()); }
Value getpgrp_function(Vm&, Args) { return Value::small_int(::getpgrp()); }
Value getpgid_function(Vm& vm, Args a) { return number(vm, ::getpgid(TRY(int_argument(vm, a[0])))); }
Value getsid_function(Vm& vm, Args a) { return number(vm, ::getsid(TRY(int_argument(vm, a[0])))); }
Value setsid_function(Vm& vm, Args) { return done(vm, ::setsid() < 0 ? -1 : 0); }
Value setpgrp_function(Vm& vm, Args) { return done(vm, ::setpgid(0, 0)); }
Value setpgid_function(Vm& vm, Args a) {
  int pid = TRY(int_argument(vm, a[0])), group = TRY(int_argument(vm, a[1]));
  return done(vm, ::setpgid(pid, group));
}
Value setuid_function(Vm& vm, Args a) { return done(vm, ::setuid(TRY(id_argument(vm, a[0], "uid")))); }
Value seteuid_function(Vm& vm, Args a) { return done(vm, ::seteuid(TRY(id_argument(vm, a[0], "uid")))); }
Value setgid_function(Vm& vm, Args a) { return done(vm, ::setgid(TRY(id_argument(vm, a[0], "gid")))); }
Value setegid_function(Vm& vm, Args a) { return done(vm, ::setegid(TRY(id_argument(vm, a[0], "gid")))); }
Value setreuid_function(Vm& vm, Args a) {
  uid_t real = TRY(id_argument(vm, a[0], "uid")), effective = TRY(id_argument(vm, a[1], "uid"));
  return done(vm, ::setreuid(real, effective));
}
Value setregid_function(Vm& vm, Args a) {
  gid_t real = TRY(id_argument(vm, a[0], "gid")), effective = TRY(id_argument(vm, a[1], "gid"));
  return done(vm, ::setregid(real, effective));
}
Value getresuid_function(Vm& vm, Args) {
  uid_t r, e, s;
  if (::getresuid(&r, &e, &s) < 0) return vm.raise_os_error(errno);
  return pack(vm, Value::small_int(r), Value::small_int(e), Value::small_int(s));
}
Value getresgid_function(Vm& vm, Args) {
  gid_t r, e, s;
  if (::getresgid(&r, &e, &s) < 0) return vm.raise_os_error(errno);
  return pack(vm, Value::small_int(r), Value::small_int(e), Value::small_int(s));
}
Value groups_list(Vm& vm, const gid_t* groups, int n) {
  List* list = TRY(list_new(vm));
  for (int i = 0; i < n; ++i) TRY(list_append(vm, list, Value::small_int(groups[i])));
  return list;
}
constexpr int kMaxGroups = 65536;
Value getgroups_function(Vm& vm, Args) {
  Storage* room = TRY(vm.allocate_storage(kMaxGroups * sizeof(gid_t)));
  int n = ::getgroups(kMaxGroups, room->data<gid_t>());
  if (n < 0) return vm.raise_os_error(errno);
  return groups_list(vm, room->data<gid_t>(), n);
}
Value getgrouplist_function(Vm& vm, Args a) {
  std::string user;
  TRY(fs_string(vm, a[0], user));
  gid_t group = TRY(id_argument(vm, a[1], "gid"));
  Storage* room = TRY(vm.allocate_storage(kMaxGroups * sizeof(gid_t)));
  int n = kMaxGroups;
  if (::getgrouplist(user.c_str(), group, room->data<gid_t>(), &n) < 0) return vm.raise_os_error(errno);
  return groups_list(vm, room->data<gid_t>(), n);
}
Value setgroups_function(Vm& vm, Args a) {
  Value list = TRY(tuple_from(vm, a[0]));
  uint64_t n = list.as<Tuple>()->length;
  if (n > kMaxGroups) return vm.raise(E::ValueError, "too many groups");
  Storage* room = TRY(vm.allocate_storage(std::max<uint64_t>(n, 1) * sizeof(gid_t)));
  for (uint64_t i = 0; i < n; ++i) {
    if (!is_int(list.as<Tuple>()->items[i])) return vm.raise(E::TypeError, "groups must be integers");
    room->data<gid_t>()[i] = TRY(id_argument(vm, list.as<Tuple>()->items[i], "gid"));
  }
  return done(vm, ::setgroups(n, room->data<gid_t>()));
}
Value initgroups_function(Vm& vm, Args a) {
  std::string user;
  TRY(fs_string(vm, a[0], user));
  gid_t group = TRY(id_argument(vm, a[1], "gid"));
  return done(vm, ::initgroups(user.c_str(), group));
}
Value getlogin_function(Vm& vm, Args) {
  char name[256];
  int error = ::getlogin_r(name, sizeof name);
  if (error != 0) return vm.raise_os_error(error);
  return str_decode_fs(vm, name);
}

// --- Signals and ends.

Value kill_function(Vm& vm, Args a) {
  int pid = TRY(int_argument(vm, a[0])), signal = TRY(int_argument(vm, a[1]));
  if (::kill(pid, signal) < 0) return vm.raise_os_error(errno);
  TRY(vm.poll());  // a signal to this process is handled before the next instruction
  return Value::none();
}
Value killpg_function(Vm& vm, Args a) {
  int group = TRY(int_argument(vm, a[0])), signal = TRY(int_argument(vm, a[1]));
  if (::killpg(group, signal) < 0) return vm.raise_os_error(errno);
  TRY(vm.poll());
  return Value::none();
}
Value exit_function(Vm& vm, Args a) { ::_exit(TRY(int_argument(vm, a[0]))); }
Value abort_function(Vm&, Args) { std::abort(); }
Value system_function(Vm& vm, Args a) {
  std::string command;
  TRY(fs_string(vm, a[0], command));
  // As ::system() does it, but that the wait can be interrupted by a limit. Meanwhile the keyboard's signals are the child's.
  struct sigaction ignore = {}, old_int, old_quit;
  ignore.sa_handler = SIG_IGN;
  sigset_t child, old_mask;
  sigemptyset(&child);
  sigaddset(&child, SIGCHLD);
  sigaction(SIGINT, &ignore, &old_int);
  sigaction(SIGQUIT, &ignore, &old_quit);
  pthread_sigmask(SIG_BLOCK, &child, &old_mask);
  posix_spawnattr_t attributes;
  posix_spawnattr_init(&attributes);
  sigset_t standard;
  sigemptyset(&standard);
  if (old_int.sa_handler != SIG_IGN) sigaddset(&standard, SIGINT);
  if (old_quit.sa_handler != SIG_IGN) sigaddset(&standard, SIGQUIT);
  posix_spawnattr_setsigdefault(&attributes, &standard);
  posix_spawnattr_setsigmask(&attributes, &old_mask);
  posix_spawnattr_setflags(&attributes, POSIX_SPAWN_SETSIGDEF | POSIX_SPAWN_SETSIGMASK);
  const char* words[] = {"sh", "-c", command.c_str(), nullptr};
  pid_t pid;
  int status = 127 << 8;  // of a shell that cannot be started
  Result<int64_t> waited = int64_t{0};
  if (::posix_spawn(&pid, "/bin/sh", nullptr, &attributes, const_cast<char**>(words), environ) == 0)
    waited = system_call(vm, [&] { return ::waitpid(pid, &status, 0); });
  posix_spawnattr_destroy(&attributes);
  sigaction(SIGINT, &old_int, nullptr);
  sigaction(SIGQUIT, &old_quit, nullptr);
  pthread_sigmask(SIG_SETMASK, &old_mask, nullptr);
  if (TRY(waited) < 0) status = -1;
  return Value::small_int(status);
}

// --- fork, exec and wait.

Status run_callbacks(Vm& vm, List* callbacks, bool reverse) {
  if (callbacks == nullptr) return {};
  Value copy = TRY(list_to_tuple(vm, callbacks));
  Tuple* t = copy.as<Tuple>();
  for (uint64_t i = 0; i < t->length; ++i) {
    Value callback = t->items[reverse ? t->length - 1 - i : i];
    if (call0(vm, callback).is_error()) {
      if (vm.tripped != Limit::kNone) return Error{};
      write_unraisable(vm, "Exception ignored in atfork callback", callback);
    }
  }
  return {};
}

Value fork_function(Vm& vm, Args) {
  TRY(fork_begin(vm));
  pid_t pid = ::fork();
  int error = errno;
  if (pid == 0) {
    TRY(fork_in_child(vm));
  } else {
    TRY(fork_in_parent(vm));
  }
  if (pid < 0) return vm.raise_os_error(error);
  return Value::small_int(pid);
}
Status register_callback(Vm& vm, Value callback, const char* name, List*& list) {
  if (callback.is_unset()) return {};
  if (!is_callable(vm, callback))
    return vm.raise(E::TypeError, "'{}' must be callable, not {}", name, type_name_of(callback));
  if (list == nullptr) list = TRY(list_new(vm));
  return list_append(vm, list, callback);
}
Value register_at_fork_function(Vm& vm, Args a) {
  if (!a.has(0) && !a.has(1) && !a.has(2)) return vm.raise(E::TypeError, "At least one argument is required.");
  State& s = state(vm);
  TRY(register_callback(vm, a[0], "before", s.before_fork));
  TRY(register_callback(vm, a[1], "after_in_child", s.after_in_child));
  TRY(register_callback(vm, a[2], "after_in_parent", s.after_in_parent));
  return Value::none();
}

// --- Scheduling parameters.

constexpr StructField kSchedParamFields[] = {{"sched_priority", "the scheduling priority"}};
constexpr StructSpec kSchedParam("posix.sched_param", "sched_param(sched_priority): parameters of scheduling.",
                                 kSchedParamFields, 1);

Result<sched_param> sched_param_of(Vm& vm, Value v) {
  if (vm.type_of(v) != state(vm).sched_param) return vm.raise(E::TypeError, "must have a sched_param object");
  sched_param out{};
  out.sched_priority = TRY(int_argument(vm, v.as<Tuple>()->items[0]));
  return out;
}
Value sched_getparam_function(Vm& vm, Args a) {
  sched_param parameters;
  if (::sched_getparam(TRY(int_argument(vm, a[0])), &parameters) < 0) return vm.raise_os_error(errno);
  Value v[] = {Value::small_int(parameters.sched_priority)};
  return structseq_new(vm, state(vm).sched_param, v);
}
Value sched_setparam_function(Vm& vm, Args a) {
  int pid = TRY(int_argument(vm, a[0]));
  sched_param parameters = TRY(sched_param_of(vm, a[1]));
  return done(vm, ::sched_setparam(pid, &parameters));
}
Value sched_setscheduler_function(Vm& vm, Args a) {
  int pid = TRY(int_argument(vm, a[0])), policy = TRY(int_argument(vm, a[1]));
  sched_param parameters = TRY(sched_param_of(vm, a[2]));
  return done(vm, ::sched_setscheduler(pid, policy, &parameters));
}
Value setresuid_function(Vm& vm, Args a) {
  uid_t r = TRY(id_argument(vm, a[0], "uid")), e = TRY(id_argument(vm, a[1], "uid")),
        s = TRY(id_argument(vm, a[2], "uid"));
  return done(vm, ::setresuid(r, e, s));
}
Value setresgid_function(Vm& vm, Args a) {
  gid_t r = TRY(id_argument(vm, a[0], "gid")), e = TRY(id_argument(vm, a[1], "gid")),
        s = TRY(id_argument(vm, a[2], "gid"));
  return done(vm, ::setresgid(r, e, s));
}
Value unshare_function(Vm& vm, Args a) { return done(vm, ::unshare(TRY(int_argument(vm, a[0])))); }
Value setns_function(Vm& vm, Args a) {
  int fd = TRY(descriptor_argument(vm, a[0])), type = a.has(1) ? TRY(int_argument(vm, a[1])) : 0;
  return done(vm, ::setns(fd, type));
}

/// C strings for exec: the characters and the array of pointers to them.
struct CStrings {
  std::string text;
  std::vector<size_t> starts;
  std::vector<char*> pointers;
  void add(const std::string& s) {
    starts.push_back(text.size());
    text.append(s.c_str(), s.size() + 1);
  }
  char** finish() {
    for (size_t start : starts) pointers.push_back(text.data() + start);
    pointers.push_back(nullptr);
    return pointers.data();
  }
};
constexpr size_t kMaxExecBytes = size_t{64} << 20;  // far beyond what any system accepts

Status add_string(Vm& vm, Value v, CStrings& out) {
  std::string s;
  TRY(fs_string(vm, v, s));
  if (out.text.size() + s.size() > kMaxExecBytes) return vm.raise_os_error(E2BIG);
  out.add(s);
  return {};
}
Status arguments_of(Vm& vm, Value v, const char* function, CStrings& out) {
  if (!is_list(v) && !is_tuple(v)) return vm.raise(E::TypeError, "{}() arg 2 must be a tuple or list", function);
  Value items = TRY(tuple_from(vm, v));
  Tuple* t = items.as<Tuple>();
  if (t->length == 0) return vm.raise(E::ValueError, "{}() arg 2 must not be empty", function);
  for (uint64_t i = 0; i < t->length; ++i) {
    TRY(vm.poll());
    TRY(add_string(vm, t->items[i], out));
    if (i == 0 && out.text.size() == 1)
      return vm.raise(E::ValueError, "{}() arg 2 first element cannot be empty", function);
  }
  return {};
}
Value execv_function(Vm& vm, Args a) {
  Path path;
  TRY(path_argument(vm, a[0], "execv", "path", 0, path));
  CStrings arguments;
  TRY(arguments_of(vm, a[1], "execv", arguments));
  ::execv(path.c_str(), arguments.finish());
  return path_error(vm, path);
}
Status environment_of(Vm& vm, Value mapping, CStrings& out) {
  Value keys = TRY(call_method(vm, mapping, vm.names.keys));
  Value values = TRY(call_method(vm, mapping, vm.names.values));
  keys = TRY(tuple_from(vm, keys));
  values = TRY(tuple_from(vm, values));
  Tuple *k = keys.as<Tuple>(), *v = values.as<Tuple>();
  for (uint64_t i = 0; i < k->length && i < v->length; ++i) {
    TRY(vm.poll());
    std::string name, value;
    TRY(fs_string(vm, k->items[i], name));
    TRY(fs_string(vm, v->items[i], value));
    if (name.empty() || name.find('=', 1) != std::string::npos)
      return vm.raise(E::ValueError, "illegal environment variable name");
    if (out.text.size() + name.size() + value.size() > kMaxExecBytes) return vm.raise_os_error(E2BIG);
    out.add(name + "=" + value);
  }
  return {};
}
Value execve_function(Vm& vm, Args a) {
  Path path;
  TRY(path_argument(vm, a[0], "execve", "path", kPathFd, path));
  CStrings arguments, environment;
  TRY(arguments_of(vm, a[1], "execve", arguments));
  if (special_of(vm, a[2], Special::GetItem).is_unset() || is_list(a[2]) || is_tuple(a[2]) || is_str(a[2]))
    return vm.raise(E::TypeError, "execve: environment must be a mapping object");
  TRY(environment_of(vm, a[2], environment));
  if (path.is_fd) {
    ::fexecve(path.fd, arguments.finish(), environment.finish());
  } else {
    ::execve(path.c_str(), arguments.finish(), environment.finish());
  }
  return path_error(vm, path);
}

Value wait_for(Vm& vm, int pid, int options) {
  int status = 0;
  int64_t result = TRY(system_call(vm, [&] { return ::waitpid(pid, &status, options); }));
  if (result < 0) return vm.raise_os_error(errno);
  return pack(vm, Value::small_int(result), Value::small_int(status));
}
Value wait_function(Vm& vm, Args) { return wait_for(vm, -1, 0); }
Value waitpid_function(Vm& vm, Args a) {
  int pid = TRY(int_argument(vm, a[0])), options = TRY(int_argument(vm, a[1]));
  return wait_for(vm, pid, options);
}
constexpr StructField kWaitidFields[] = {{"si_pid"}, {"si_uid"}, {"si_signo"}, {"si_status"}, {"si_code"}};
constexpr StructSpec kWaitidResult("posix.waitid_result", "Result of waitid.", kWaitidFields, 5);
Value waitid_function(Vm& vm, Args a) {
  int type = TRY(int_argument(vm, a[0])), id = TRY(int_argument(vm, a[1])), options = TRY(int_argument(vm, a[2]));
  siginfo_t info;
  info.si_pid = 0;
  int64_t result = TRY(
      system_call(vm, [&] { return ::waitid(static_cast<idtype_t>(type), static_cast<id_t>(id), &info, options); }));
  if (result < 0) return vm.raise_os_error(errno);
  if (info.si_pid == 0) return Value::none();
  Value v[] = {Value::small_int(info.si_pid), Value::small_int(info.si_uid), Value::small_int(info.si_signo),
               Value::small_int(info.si_status), Value::small_int(info.si_code)};
  return structseq_new(vm, state(vm).waitid_result, v);
}

// --- posix_spawn.

enum FileAction : int { kSpawnOpen, kSpawnClose, kSpawnDup2, kSpawnCloseFrom };

/// One of posix_spawn's file_actions, a tuple that begins with a FileAction.
Status add_file_action(Vm& vm, Value action, posix_spawn_file_actions_t& out) {
  constexpr const char* kWrong = "Each file_actions element must be a non-empty tuple";
  if (!is_tuple(action) || action.as<Tuple>()->length == 0) return vm.raise(E::TypeError, kWrong);
  auto items = action.as<Tuple>()->span();
  auto want = [&](size_t n, const char* message) -> Status {
    if (items.size() != n) return vm.raise(E::TypeError, message);
    return {};
  };
  int error;
  switch (TRY(int_argument(vm, items[0]))) {
    case kSpawnOpen: {
      TRY(want(5, "A open file_action tuple must have 5 elements"));
      int fd = TRY(int_argument(vm, items[1])), flags = TRY(int_argument(vm, items[3])),
          mode = TRY(int_argument(vm, items[4]));
      std::string path;
      TRY(fs_string(vm, items[2], path));
      error = ::posix_spawn_file_actions_addopen(&out, fd, path.c_str(), flags, static_cast<mode_t>(mode));
      break;
    }
    case kSpawnClose:
      TRY(want(2, "A close file_action tuple must have 2 elements"));
      error = ::posix_spawn_file_actions_addclose(&out, TRY(int_argument(vm, items[1])));
      break;
    case kSpawnDup2: {
      TRY(want(3, "A dup2 file_action tuple must have 3 elements"));
      int from = TRY(int_argument(vm, items[1])), to = TRY(int_argument(vm, items[2]));
      error = ::posix_spawn_file_actions_adddup2(&out, from, to);
      break;
    }
    case kSpawnCloseFrom:
      TRY(want(2, "A closefrom file_action tuple must have 2 elements"));
      error = ::posix_spawn_file_actions_addclosefrom_np(&out, TRY(int_argument(vm, items[1])));
      break;
    default: return vm.raise(E::TypeError, "Unknown file_actions identifier");
  }
  if (error != 0) return vm.raise_os_error(error);
  return {};
}

/// The numbers of signals that an iterable gives, as a set of the system.
Status signal_set_argument(Vm& vm, Value signals, sigset_t& out) {
  sigemptyset(&out);
  return for_each(vm, signals, [&](Value v) -> Status {
    int number = TRY(int_argument(vm, v));
    if (number < 1 || number > 64) return vm.raise(E::ValueError, "signal number {} out of range [1; 64]", number);
    sigaddset(&out, number);
    return {};
  });
}

/// Slots: path, argv, env, file_actions, setpgroup, resetids, setsid, setsigmask, setsigdef, scheduler.
template <bool kSearch>
Value spawn_function(Vm& vm, Args a) {
  constexpr const char* kName = kSearch ? "posix_spawnp" : "posix_spawn";
  Path path;
  TRY(path_argument(vm, a[0], kName, "path", 0, path));
  CStrings arguments, environment;
  if (!is_list(a[1]) && !is_tuple(a[1])) return vm.raise(E::TypeError, "{}: argv must be a tuple or list", kName);
  TRY(arguments_of(vm, a[1], kName, arguments));
  if (!a[2].is_none()) {
    if (special_of(vm, a[2], Special::GetItem).is_unset() || is_list(a[2]) || is_tuple(a[2]) || is_str(a[2]))
      return vm.raise(E::TypeError, "{}: environment must be a mapping object or None", kName);
    TRY(environment_of(vm, a[2], environment));
  }
  posix_spawn_file_actions_t actions;
  posix_spawnattr_t attributes;
  ::posix_spawn_file_actions_init(&actions);
  ::posix_spawnattr_init(&attributes);
  auto run = [&]() -> Value {
    int flags = 0;
    if (a.has(3) && !a[3].is_none()) {
      if (!is_list(a[3]) && !is_tuple(a[3])) return vm.raise(E::TypeError, "file_actions must be a sequence or None");
      TRY(for_each(vm, a[3], [&](Value action) { return add_file_action(vm, action, actions); }));
    }
    if (a.has(4) && !a[4].is_none()) {
      ::posix_spawnattr_setpgroup(&attributes, TRY(int_argument(vm, a[4])));
      flags |= POSIX_SPAWN_SETPGROUP;
    }
    if (a.has(5) && TRY(truthy(vm, a[5]))) flags |= POSIX_SPAWN_RESETIDS;
    if (a.has(6) && TRY(truthy(vm, a[6]))) flags |= POSIX_SPAWN_SETSID;
    sigset_t set;
    if (a.has(7)) {
      TRY(signal_set_argument(vm, a[7], set));
      ::posix_spawnattr_setsigmask(&attributes, &set);
      flags |= POSIX_SPAWN_SETSIGMASK;
    }
    if (a.has(8)) {
      TRY(signal_set_argument(vm, a[8], set));
      ::posix_spawnattr_setsigdefault(&attributes, &set);
      flags |= POSIX_SPAWN_SETSIGDEF;
    }
    if (a.has(9) && !a[9].is_none()) {
      if (!is_tuple(a[9]) || a[9].as<Tuple>()->length != 2)
        return vm.raise(E::TypeError, "A scheduler tuple must have two elements");
      Value policy = a[9].as<Tuple>()->items[0];
      sched_param parameters = TRY(sched_param_of(vm, a[9].as<Tuple>()->items[1]));
      if (!policy.is_none()) {
        ::posix_spawnattr_setschedpolicy(&attributes, TRY(int_argument(vm, policy)));
        flags |= POSIX_SPAWN_SETSCHEDULER;
      }
      ::posix_spawnattr_setschedparam(&attributes, &parameters);
      flags |= POSIX_SPAWN_SETSCHEDPARAM;
    }
    ::posix_spawnattr_setflags(&attributes, static_cast<short>(flags));
    pid_t pid;
    char** env = a[2].is_none() ? environ : environment.finish();
    int error = kSearch ? ::posix_spawnp(&pid, path.c_str(), &actions, &attributes, arguments.finish(), env)
                        : ::posix_spawn(&pid, path.c_str(), &actions, &attributes, arguments.finish(), env);
    if (error != 0) {
      errno = error;
      return path_error(vm, path);
    }
    return Value::small_int(pid);
  };
  Value result = run();
  ::posix_spawn_file_actions_destroy(&actions);
  ::posix_spawnattr_destroy(&attributes);
  return result;
}

// --- wait3 and wait4: with what the child used.

constexpr StructField kRusageFields[] = {{"ru_utime"},  {"ru_stime"},    {"ru_maxrss"},  {"ru_ixrss"},
                                         {"ru_idrss"},  {"ru_isrss"},    {"ru_minflt"},  {"ru_majflt"},
                                         {"ru_nswap"},  {"ru_inblock"},  {"ru_oublock"}, {"ru_msgsnd"},
                                         {"ru_msgrcv"}, {"ru_nsignals"}, {"ru_nvcsw"},   {"ru_nivcsw"}};
constexpr StructSpec kRusage("resource.struct_rusage", "What a process has used.", kRusageFields, 16);

Value wait_with_usage(Vm& vm, pid_t pid, int options) {
  int status = 0;
  rusage used{};
  int64_t result = TRY(system_call(vm, [&] { return ::wait4(pid, &status, options, &used); }));
  if (result < 0) return vm.raise_os_error(errno);
  auto seconds = [&](timeval t) {
    return float_from(vm, static_cast<double>(t.tv_sec) + 1e-6 * static_cast<double>(t.tv_usec));
  };
  Value v[] = {seconds(used.ru_utime),
               seconds(used.ru_stime),
               Value::small_int(used.ru_maxrss),
               Value::small_int(used.ru_ixrss),
               Value::small_int(used.ru_idrss),
               Value::small_int(used.ru_isrss),
               Value::small_int(used.ru_minflt),
               Value::small_int(used.ru_majflt),
               Value::small_int(used.ru_nswap),
               Value::small_int(used.ru_inblock),
               Value::small_int(used.ru_oublock),
               Value::small_int(used.ru_msgsnd),
               Value::small_int(used.ru_msgrcv),
               Value::small_int(used.ru_nsignals),
               Value::small_int(used.ru_nvcsw),
               Value::small_int(used.ru_nivcsw)};
  Type* type = TRY(structseq_type(vm, kRusage));
  return pack(vm, Value::small_int(result), Value::small_int(status), structseq_new(vm, type, v));
}
Value wait3_function(Vm& vm, Args a) { return wait_with_usage(vm, -1, TRY(int_argument(vm, a[0]))); }
Value wait4_function(Vm& vm, Args a) {
  int pid = TRY(int_argument(vm, a[0])), options = TRY(int_argument(vm, a[1]));
  return wait_with_usage(vm, pid, options);
}
Value pidfd_open_function(Vm& vm, Args a) {
  int pid = TRY(int_argument(vm, a[0])), flags = a.has(1) ? TRY(int_argument(vm, a[1])) : 0;
  return number(vm, ::syscall(SYS_pidfd_open, pid, flags));
}
Value forkpty_function(Vm& vm, Args) {
  TRY(fork_begin(vm));
  int master = -1;
  pid_t pid = ::forkpty(&master, nullptr, nullptr, nullptr);
  int error = errno;
  if (pid == 0)
    TRY(fork_in_child(vm));
  else
    TRY(fork_in_parent(vm));
  if (pid < 0) return vm.raise_os_error(error);
  return pack(vm, Value::small_int(pid), Value::small_int(master));
}

Value wcoredump(Vm& vm, Args a) { return Value::boolean(WCOREDUMP(TRY(int_argument(vm, a[0])))); }
Value wifcontinued(Vm& vm, Args a) { return Value::boolean(WIFCONTINUED(TRY(int_argument(vm, a[0])))); }
Value wifstopped(Vm& vm, Args a) { return Value::boolean(WIFSTOPPED(TRY(int_argument(vm, a[0])))); }
Value wifsignaled(Vm& vm, Args a) { return Value::boolean(WIFSIGNALED(TRY(int_argument(vm, a[0])))); }
Value wifexited(Vm& vm, Args a) { return Value::boolean(WIFEXITED(TRY(int_argument(vm, a[0])))); }
Value wexitstatus(Vm& vm, Args a) { return Value::small_int(WEXITSTATUS(TRY(int_argument(vm, a[0])))); }
Value wtermsig(Vm& vm, Args a) { return Value::small_int(WTERMSIG(TRY(int_argument(vm, a[0])))); }
Value wstopsig(Vm& vm, Args a) { return Value::small_int(WSTOPSIG(TRY(int_argument(vm, a[0])))); }
Value waitstatus_to_exitcode(Vm& vm, Args a) {
  int status = TRY(int_argument(vm, a[0]));
  if (WIFEXITED(status)) {
    int code = WEXITSTATUS(status);
    return Value::small_int(code);
  }
  if (WIFSIGNALED(status)) {
    int signal = WTERMSIG(status);
    if (signal <= 0) return vm.raise(E::ValueError, "invalid WTERMSIG: {}", signal);
    return Value::small_int(-signal);
  }
  if (WIFSTOPPED(status))
    return vm.raise(E::ValueError, "process stopped by delivery of signal {}", static_cast<int>(WSTOPSIG(status)));
  return vm.raise(E::ValueError, "invalid wait status: {}", status);
}

// --- Scheduling.

Value nice_function(Vm& vm, Args a) {
  int by = TRY(int_argument(vm, a[0]));
  errno = 0;
  int result = ::nice(by);
  if (result == -1 && errno != 0) return vm.raise_os_error(errno);
  return Value::small_int(result);
}
Value getpriority_function(Vm& vm, Args a) {
  int which = TRY(int_argument(vm, a[0])), who = TRY(int_argument(vm, a[1]));
  errno = 0;
  int result = ::getpriority(static_cast<__priority_which_t>(which), static_cast<id_t>(who));
  if (errno != 0) return vm.raise_os_error(errno);
  return Value::small_int(result);
}
Value setpriority_function(Vm& vm, Args a) {
  int which = TRY(int_argument(vm, a[0])), who = TRY(int_argument(vm, a[1])), priority = TRY(int_argument(vm, a[2]));
  return done(vm, ::setpriority(static_cast<__priority_which_t>(which), static_cast<id_t>(who), priority));
}
Value sched_yield_function(Vm& vm, Args) {
  without_vm(vm, [] { ::sched_yield(); });
  return Value::none();
}
Value sched_get_priority_max_function(Vm& vm, Args a) {
  return number(vm, ::sched_get_priority_max(TRY(int_argument(vm, a[0]))));
}
Value sched_get_priority_min_function(Vm& vm, Args a) {
  return number(vm, ::sched_get_priority_min(TRY(int_argument(vm, a[0]))));
}
Value sched_getscheduler_function(Vm& vm, Args a) {
  return number(vm, ::sched_getscheduler(TRY(int_argument(vm, a[0]))));
}
Value sched_rr_get_interval_function(Vm& vm, Args a) {
  timespec t;
  if (::sched_rr_get_interval(TRY(int_argument(vm, a[0])), &t) < 0) return vm.raise_os_error(errno);
  return float_from(vm, static_cast<double>(t.tv_sec) + 1e-9 * static_cast<double>(t.tv_nsec));
}
constexpr int kMaxCpus = 65536;
Value sched_getaffinity_function(Vm& vm, Args a) {
  int pid = TRY(int_argument(vm, a[0]));
  Storage* room = TRY(vm.allocate_storage(kMaxCpus / 8));
  cpu_set_t* set = room->data<cpu_set_t>();
  if (::sched_getaffinity(pid, kMaxCpus / 8, set) < 0) return vm.raise_os_error(errno);
  Set* cpus = TRY(set_new(vm, vm.types.set));
  for (size_t i = 0; i < kMaxCpus; ++i)
    if (CPU_ISSET_S(i, kMaxCpus / 8, set)) TRY(set_add(vm, cpus, Value::small_int(static_cast<int64_t>(i))));
  return cpus;
}
Value sched_setaffinity_function(Vm& vm, Args a) {
  int pid = TRY(int_argument(vm, a[0]));
  Storage* room = TRY(vm.allocate_storage(kMaxCpus / 8));
  cpu_set_t* set = room->data<cpu_set_t>();
  TRY(for_each(vm, a[1], [&](Value item) -> Status {
    if (!is_int(item))
      return vm.raise(E::TypeError, "expected an iterator of ints, but iterator yielded {}", type_name_of(item));
    int cpu = TRY(int_argument(vm, item));
    if (cpu < 0) return vm.raise(E::ValueError, "negative CPU number");
    if (cpu >= kMaxCpus) return vm.raise_os_error(EINVAL);
    CPU_SET_S(static_cast<size_t>(cpu), kMaxCpus / 8, set);
    return {};
  }));
  return done(vm, ::sched_setaffinity(pid, kMaxCpus / 8, set));
}
Value cpu_count_function(Vm&, Args) {
  long n = ::sysconf(_SC_NPROCESSORS_ONLN);
  return n < 1 ? Value::none() : Value::small_int(n);
}
Value getloadavg_function(Vm& vm, Args) {
  double load[3];
  if (::getloadavg(load, 3) != 3) return vm.raise(E::OSError, "Load averages are unobtainable");
  return pack(vm, float_from(vm, load[0]), float_from(vm, load[1]), float_from(vm, load[2]));
}

constexpr StructField kTimesFields[] = {{"user", "user time"},
                                        {"system", "system time"},
                                        {"children_user", "user time of children"},
                                        {"children_system", "system time of children"},
                                        {"elapsed", "elapsed time since an arbitrary point in the past"}};
constexpr StructSpec kTimesResult("posix.times_result", "Result of times().", kTimesFields, 5);
Value times_function(Vm& vm, Args) {
  tms t;
  clock_t elapsed = ::times(&t);
  if (elapsed == static_cast<clock_t>(-1)) return vm.raise_os_error(errno);
  double ticks = static_cast<double>(::sysconf(_SC_CLK_TCK));
  auto seconds = [&](clock_t c) { return float_from(vm, static_cast<double>(c) / ticks); };
  Value v[] = {seconds(t.tms_utime), seconds(t.tms_stime), seconds(t.tms_cutime), seconds(t.tms_cstime),
               seconds(elapsed)};
  return structseq_new(vm, state(vm).times_result, v);
}
constexpr StructField kUnameFields[] = {{"sysname", "operating system name"},
                                        {"nodename", "name of machine on network (implementation-defined)"},
                                        {"release", "operating system release"},
                                        {"version", "operating system version"},
                                        {"machine", "hardware identifier"}};
constexpr StructSpec kUnameResult("posix.uname_result", "Result of uname().", kUnameFields, 5);
Value uname_function(Vm& vm, Args) {
  utsname u;
  if (::uname(&u) < 0) return vm.raise_os_error(errno);
  const char* texts[] = {u.sysname, u.nodename, u.release, u.version, u.machine};
  Value v[5];
  for (int i = 0; i < 5; ++i) v[i] = TRY(str_decode_fs(vm, texts[i]));
  return structseq_new(vm, state(vm).uname_result, v);
}

// --- Environment.

Value putenv_function(Vm& vm, Args a) {
  std::string name, value;
  TRY(fs_string(vm, a[0], name));
  TRY(fs_string(vm, a[1], value));
  if (name.find('=') != std::string::npos) return vm.raise(E::ValueError, "illegal environment variable name");
  const char* before = std::getenv(name.c_str());
  if (before == nullptr || value != before) {
    // The C library keeps every text that it was ever given: counted, and never given back.
    size_t bytes = name.size() + value.size() + 2 * sizeof(void*);
    if (!vm.heap.charge(bytes)) return vm.allocation_failed(bytes);
  }
  return done(vm, ::setenv(name.c_str(), value.c_str(), 1));
}
Value unsetenv_function(Vm& vm, Args a) {
  std::string name;
  TRY(fs_string(vm, a[0], name));
  return done(vm, ::unsetenv(name.c_str()));
}
Value environment_dict(Vm& vm) {
  Dict* d = TRY(dict_new(vm));
  for (char** entry = environ; entry != nullptr && *entry != nullptr; ++entry) {
    std::string_view text = *entry;
    size_t equals = text.find('=');
    if (equals == std::string_view::npos) continue;
    Value name = TRY(bytes_from(vm, text.substr(0, equals)));
    Value value = TRY(bytes_from(vm, text.substr(equals + 1)));
    TRY(dict_set_default(vm, d, name, value));
  }
  return d;
}
Value create_environ_function(Vm& vm, Args) { return environment_dict(vm); }

// --- Small things.

Value random_bytes(Vm& vm, int64_t n, unsigned flags, bool whole) {
  if (n == 0) return bytes_from(vm, std::string_view());
  Bytes* out = TRY(bytes_allocate(vm, static_cast<uint64_t>(n)));
  int64_t filled = 0;
  do {
    TRY(vm.poll());
    size_t piece = static_cast<size_t>(std::min<int64_t>(n - filled, 1 << 20));
    int64_t got = TRY(system_call(vm, [&] { return ::getrandom(out->data + filled, piece, flags); }));
    if (got < 0) return vm.raise_os_error(errno);
    filled += got;
  } while (whole && filled < n);
  if (filled == n) return out;
  return bytes_from(vm, out->span().first(static_cast<size_t>(filled)));
}
Value urandom_function(Vm& vm, Args a) {
  int64_t n = TRY(ssize_argument(vm, a[0]));
  if (n < 0) return vm.raise(E::ValueError, "negative argument not allowed");
  return random_bytes(vm, n, 0, true);
}
Value getrandom_function(Vm& vm, Args a) {
  int64_t n = TRY(ssize_argument(vm, a[0]));
  unsigned flags = a.has(1) ? static_cast<unsigned>(TRY(int_argument(vm, a[1]))) : 0;
  if (n < 0) return vm.raise_os_error(EINVAL);
  return random_bytes(vm, n, flags, false);
}
Value strerror_function(Vm& vm, Args a) {
  int code = TRY(int_argument(vm, a[0]));
  char text[256];
  return str_from_utf8(vm, ::strerror_r(code, text, sizeof text));
}
Value fspath_function(Vm& vm, Args a) { return fspath(vm, a[0]); }
Value ctermid_function(Vm& vm, Args) {
  char name[L_ctermid];
  ::ctermid(name);
  return str_decode_fs(vm, name);
}

constexpr NativeRow kFunctions[] = {
    {"getpid()", getpid_function, 0, "The process's id."},
    {"getppid()", getppid_function, 0, "The parent process's id."},
    {"getuid()", getuid_function, 0, "The process's user id."},
    {"geteuid()", geteuid_function, 0, "The process's effective user id."},
    {"getgid()", getgid_function, 0, "The process's group id."},
    {"getegid()", getegid_function, 0, "The process's effective group id."},
    {"getpgrp()", getpgrp_function, 0, "The process's group."},
    {"getpgid(pid)", getpgid_function, 0, "The group of a process."},
    {"getsid(pid, /)", getsid_function, 0, "The session of a process."},
    {"setsid()", setsid_function, 0, "Begin a session."},
    {"setpgrp()", setpgrp_function, 0, "Make this process the leader of its group."},
    {"setpgid(pid, pgrp, /)", setpgid_function, 0, "Set the group of a process."},
    {"setuid(uid, /)", setuid_function, 0, "Set the user id."},
    {"seteuid(euid, /)", seteuid_function, 0, "Set the effective user id."},
    {"setgid(gid, /)", setgid_function, 0, "Set the group id."},
    {"setegid(egid, /)", setegid_function, 0, "Set the effective group id."},
    {"setreuid(ruid, euid, /)", setreuid_function, 0, "Set the real and effective user ids."},
    {"setregid(rgid, egid, /)", setregid_function, 0, "Set the real and effective group ids."},
    {"getresuid()", getresuid_function, 0, "The real, effective and saved user ids."},
    {"getresgid()", getresgid_function, 0, "The real, effective and saved group ids."},
    {"getgroups()", getgroups_function, 0, "The supplemental groups of the process."},
    {"getgrouplist(user, group, /)", getgrouplist_function, 0, "The groups that a user belongs to."},
    {"setgroups(groups, /)", setgroups_function, 0, "Set the supplemental groups."},
    {"initgroups(username, gid, /)", initgroups_function, 0, "Set the groups from the group database."},
    {"getlogin()", getlogin_function, 0, "The login name."},
    {"kill(pid, signal, /)", kill_function, 0, "Send a signal to a process."},
    {"killpg(pgid, signal, /)", killpg_function, 0, "Send a signal to a process group."},
    {"_exit(status)", exit_function, 0, "End the process at once."},
    {"abort()", abort_function, 0, "Abort the process."},
    {"system(command)", system_function, 0, "Run a command in a shell."},
    {"fork()", fork_function, 0, "Fork a child process: 0 in the child, its id in the parent."},
    {"register_at_fork(*, before=<unrepresentable>, after_in_child=<unrepresentable>, "
     "after_in_parent=<unrepresentable>)",
     register_at_fork_function, 0, "Register functions to be called around fork()."},
    {"execv(path, argv, /)", execv_function, 0, "Execute a program in the place of this process."},
    {"execve(path, argv, env)", execve_function, 0,
     "Execute a program with an environment in the place of this process."},
    {"wait()", wait_function, 0, "Wait for a child: (pid, status)."},
    {"waitpid(pid, options, /)", waitpid_function, 0, "Wait for a certain child: (pid, status)."},
    {"waitid(idtype, id, options, /)", waitid_function, 0, "Wait for children; None if none has changed."},
    {"WCOREDUMP(status, /)", wcoredump, 0, "Did the process dump core?"},
    {"WIFCONTINUED(status)", wifcontinued, 0, "Did the process continue after a stop?"},
    {"WIFSTOPPED(status)", wifstopped, 0, "Was the process stopped?"},
    {"WIFSIGNALED(status)", wifsignaled, 0, "Was the process ended by a signal?"},
    {"WIFEXITED(status)", wifexited, 0, "Did the process exit?"},
    {"WEXITSTATUS(status)", wexitstatus, 0, "The exit status."},
    {"WTERMSIG(status)", wtermsig, 0, "The signal that ended the process."},
    {"WSTOPSIG(status)", wstopsig, 0, "The signal that stopped the process."},
    {"waitstatus_to_exitcode(status)", waitstatus_to_exitcode, 0,
     "The exit code of a wait status; negative for a signal."},
    {"wait3(options)", wait3_function, 0, "Wait for any child: (pid, status, what it used)."},
    {"wait4(pid, options)", wait4_function, 0, "Wait for a certain child: (pid, status, what it used)."},
    {"pidfd_open(pid, flags=0)", pidfd_open_function, 0, "A descriptor that refers to a process."},
    {"forkpty()", forkpty_function, 0, "Fork a child on a new pseudo-terminal: (pid, master_fd)."},
    {"posix_spawn(path, argv, env, /, *, file_actions=(), setpgroup=<unrepresentable>, resetids=False, setsid=False, "
     "setsigmask=(), setsigdef=(), scheduler=<unrepresentable>)",
     spawn_function<false>, 0, "Run a program in a new process."},
    {"posix_spawnp(path, argv, env, /, *, file_actions=(), setpgroup=<unrepresentable>, resetids=False, setsid=False, "
     "setsigmask=(), setsigdef=(), scheduler=<unrepresentable>)",
     spawn_function<true>, 0, "Run a program, looked for along PATH, in a new process."},
    {"sched_getparam(pid, /)", sched_getparam_function, 0, "The scheduling parameters of a process."},
    {"sched_setparam(pid, param, /)", sched_setparam_function, 0, "Set the scheduling parameters of a process."},
    {"sched_setscheduler(pid, policy, param, /)", sched_setscheduler_function, 0,
     "Set the scheduling policy of a process."},
    {"setresuid(ruid, euid, suid, /)", setresuid_function, 0, "Set the real, effective and saved user ids."},
    {"setresgid(rgid, egid, sgid, /)", setresgid_function, 0, "Set the real, effective and saved group ids."},
    {"unshare(flags)", unshare_function, 0, "Leave namespaces that are shared with other processes."},
    {"setns(fd, nstype=0)", setns_function, 0, "Enter the namespace that a descriptor refers to."},
    {"nice(increment, /)", nice_function, 0, "Add to the niceness; returns the new one."},
    {"getpriority(which, who)", getpriority_function, 0, "The scheduling priority of a process, group or user."},
    {"setpriority(which, who, priority)", setpriority_function, 0, "Set the scheduling priority."},
    {"sched_yield()", sched_yield_function, 0, "Give up the processor."},
    {"sched_get_priority_max(policy)", sched_get_priority_max_function, 0, "The greatest priority of a policy."},
    {"sched_get_priority_min(policy)", sched_get_priority_min_function, 0, "The least priority of a policy."},
    {"sched_getscheduler(pid, /)", sched_getscheduler_function, 0, "The scheduling policy of a process."},
    {"sched_rr_get_interval(pid, /)", sched_rr_get_interval_function, 0,
     "The round-robin interval of a process in seconds."},
    {"sched_getaffinity(pid, /)", sched_getaffinity_function, 0, "The set of processors that a process may run on."},
    {"sched_setaffinity(pid, mask, /)", sched_setaffinity_function, 0, "Set the processors that a process may run on."},
    {"cpu_count()", cpu_count_function, 0, "The number of processors, or None."},
    {"getloadavg()", getloadavg_function, 0, "The load of the last 1, 5 and 15 minutes."},
    {"times()", times_function, 0, "The process's times."},
    {"uname()", uname_function, 0, "What the operating system calls itself."},
    {"putenv(name, value, /)", putenv_function, 0, "Set an environment variable of the process."},
    {"unsetenv(name, /)", unsetenv_function, 0, "Delete an environment variable of the process."},
    {"_create_environ()", create_environ_function, 0, "The environment as a new dict."},
    {"urandom(size, /)", urandom_function, 0, "Random bytes for cryptographic use."},
    {"getrandom(size, flags=0)", getrandom_function, 0, "Up to that many random bytes."},
    {"strerror(code, /)", strerror_function, 0, "The text of an error number."},
    {"fspath(path)", fspath_function, 0, "The file system's representation of a path object."},
    {"ctermid()", ctermid_function, 0, "The name of the controlling terminal."},
};

}  // namespace

Status fork_begin(Vm& vm) { return run_callbacks(vm, state(vm).before_fork, true); }
Status fork_in_parent(Vm& vm) { return run_callbacks(vm, state(vm).after_in_parent, false); }
Status fork_in_child(Vm& vm) {
  threads_after_fork(vm);
  TRY(limits_after_fork(vm));
  return run_callbacks(vm, state(vm).after_in_child, false);
}

Status process_init(Vm& vm, Module* m) {
  TRY(add_functions(vm, m, kFunctions));
  State& s = state(vm);
  s.times_result = TRY(structseq_type(vm, kTimesResult));
  s.uname_result = TRY(structseq_type(vm, kUnameResult));
  s.waitid_result = TRY(structseq_type(vm, kWaitidResult));
  TRY(module_add(vm, m, "times_result", s.times_result));
  TRY(module_add(vm, m, "uname_result", s.uname_result));
  TRY(module_add(vm, m, "waitid_result", s.waitid_result));
  s.sched_param = TRY(structseq_type(vm, kSchedParam));
  TRY(module_add(vm, m, "sched_param", s.sched_param));
  TRY(module_add_int(vm, m, "POSIX_SPAWN_OPEN", kSpawnOpen));
  TRY(module_add_int(vm, m, "POSIX_SPAWN_CLOSE", kSpawnClose));
  TRY(module_add_int(vm, m, "POSIX_SPAWN_DUP2", kSpawnDup2));
  TRY(module_add_int(vm, m, "POSIX_SPAWN_CLOSEFROM", kSpawnCloseFrom));
  return module_add(vm, m, "environ", environment_dict(vm));
}

}  // namespace krait::posix
