// _signal: handlers for the signals of the process.
//
// The one place with state outside a Vm: signals belong to the process, and the system calls their handler without any argument,
// so which Vm hears of them (the first that sets a handler) and which have arrived stands in a table of atomics. The handler
// only writes there and asks the Vm for a poll; Python code runs in the poll, on the main thread.
#include "modules/_signal.hpp"

#include <pthread.h>
#include <signal.h>
#include <sys/syscall.h>
#include <sys/time.h>
#include <unistd.h>

#include <atomic>
#include <cerrno>
#include <cmath>
#include <cstring>

#include "interp/frame.hpp"
#include "interp/thread.hpp"
#include "modules/posix_module.hpp"
#include "objects/dict.hpp"
#include "objects/float.hpp"
#include "objects/int.hpp"
#include "objects/str.hpp"
#include "objects/structseq.hpp"
#include "runtime/limits.hpp"
#include "runtime/poll.hpp"

namespace krait {

namespace {

using posix::done;
using posix::int_argument;
using posix::system_call;

constexpr int kSignals = NSIG;  // 1..64

/// See the head of the file.
struct Arrivals {
  std::atomic<Vm*> receiver{nullptr};
  std::atomic<int> wakeup_fd{-1};
  std::atomic<uint8_t> arrived[kSignals];
};
constinit Arrivals arrivals;

struct State : Extension {
  Vm* vm = nullptr;
  Value handlers[kSignals];  ///< unset: not known (set by someone else)
  bool installed[kSignals] = {};
  Value default_int_handler;
  Type* siginfo = nullptr;
  void trace(Marker& m) override {
    for (Value v : handlers) m.mark(v);
    m.mark(default_int_handler);
    m.mark_cell(siginfo);
  }
  ~State() override {
    if (vm == nullptr || arrivals.receiver.load() != vm) return;
    for (int i = 1; i < kSignals; ++i)
      if (installed[i]) ::signal(i, SIG_DFL);
    arrivals.receiver.store(nullptr);
    arrivals.wakeup_fd.store(-1);
  }
};
State& state(Vm& vm) { return vm.extension<State>(); }

void on_arrival(int number) {
  int saved = errno;
  arrivals.arrived[number].store(1, std::memory_order_relaxed);
  Vm* vm = arrivals.receiver.load(std::memory_order_acquire);
  if (vm != nullptr) poll_request(*vm, kPollSignal);
  int fd = arrivals.wakeup_fd.load(std::memory_order_relaxed);
  if (fd >= 0) {
    unsigned char byte = static_cast<unsigned char>(number);
    // A full pipe holds wake-ups enough.
    [[maybe_unused]] ssize_t n = ::write(fd, &byte, 1);
  }
  errno = saved;
}

/// The answer to kPollSignal.
Status deliver(Vm& vm) {
  // Handlers run on the main thread: the request stays until it comes by.
  if (!on_main_thread(vm)) return {};
  poll_clear(vm, kPollSignal);
  State& s = state(vm);
  for (int i = 1; i < kSignals; ++i) {
    if (arrivals.arrived[i].exchange(0, std::memory_order_relaxed) == 0) continue;
    Value handler = s.handlers[i];
    if (handler.is_unset() || !is_callable(vm, handler)) continue;
    Value frame = Value::none();
    if (vm.t.frame != nullptr) frame = TRY(frame_object(vm, vm.t.frame));
    if (call2(vm, handler, Value::small_int(i), frame).is_error()) {
      poll_request(vm, kPollSignal);  // others may have arrived too
      return Error{};
    }
  }
  return {};
}

Status listen(Vm& vm, int number) {
  State& s = state(vm);
  Vm* none = nullptr;
  if (!arrivals.receiver.compare_exchange_strong(none, &vm) && none != &vm)
    return vm.raise(E::RuntimeError, "the signals of this process belong to another machine");
  s.vm = &vm;
  poll_set_handler(vm, kPollSignal, deliver);
  struct sigaction action{};
  action.sa_handler = on_arrival;
  sigemptyset(&action.sa_mask);
  if (::sigaction(number, &action, nullptr) < 0) return vm.raise_os_error(errno);
  s.installed[number] = true;
  return {};
}

Result<int> signal_number(Vm& vm, Value v) {
  int n = TRY(int_argument(vm, v));
  if (n < 1 || n >= kSignals) return vm.raise(E::ValueError, "signal number out of range");
  return n;
}
bool is_number(Value v, int64_t n) { return is_int(v) && int_to_i64(v) == n; }

Value signal_function(Vm& vm, Args a) {
  int number = TRY(int_argument(vm, a[0]));
  Value handler = a[1];
  if (!on_main_thread(vm)) return vm.raise(E::ValueError, "signal only works in main thread of the main interpreter");
  if (number < 1 || number >= kSignals) return vm.raise(E::ValueError, "signal number out of range");
  bool ignore = is_number(handler, 1), standard = is_number(handler, 0);
  if (!ignore && !standard && !is_callable(vm, handler))
    return vm.raise(E::TypeError, "signal handler must be signal.SIG_IGN, signal.SIG_DFL, or a callable object");
  TRY(vm.poll());  // what has arrived is for the old handler
  State& s = state(vm);
  if (ignore || standard) {
    if (::signal(number, ignore ? SIG_IGN : SIG_DFL) == SIG_ERR) return vm.raise_os_error(errno);
    s.installed[number] = false;
  } else {
    TRY(listen(vm, number));
  }
  limits_keep_signal(vm);
  Value old = s.handlers[number];
  s.handlers[number] = handler;
  return old.is_unset() ? Value::none() : old;
}
Value getsignal_function(Vm& vm, Args a) {
  int number = TRY(signal_number(vm, a[0]));
  Value handler = state(vm).handlers[number];
  return handler.is_unset() ? Value::none() : handler;
}
Value default_int_handler(Vm& vm, Args) { return vm.raise(E::KeyboardInterrupt, ""); }

Value raise_signal_function(Vm& vm, Args a) {
  int number = TRY(int_argument(vm, a[0]));
  if (::raise(number) != 0) return vm.raise_os_error(errno);
  TRY(vm.poll());
  return Value::none();
}
Value pthread_kill_function(Vm& vm, Args a) {
  std::optional<uint64_t> thread = int_to_u64(TRY(index(vm, a[0])));
  int number = TRY(int_argument(vm, a[1]));
  if (!thread) return vm.raise(E::OverflowError, "int too big to convert");
  int error = ::pthread_kill(static_cast<pthread_t>(*thread), number);
  if (error != 0) return vm.raise_os_error(error);
  TRY(vm.poll());
  return Value::none();
}
Value pidfd_send_signal_function(Vm& vm, Args a) {
  int fd = TRY(int_argument(vm, a[0])), number = TRY(int_argument(vm, a[1]));
  int flags = a.has(3) ? TRY(int_argument(vm, a[3])) : 0;
  if (a.has(2) && !a[2].is_none()) return vm.raise(E::TypeError, "siginfo must be None");
  return done(vm, ::syscall(SYS_pidfd_send_signal, fd, number, nullptr, flags));
}
Value alarm_function(Vm& vm, Args a) {
  return Value::small_int(::alarm(static_cast<unsigned>(TRY(int_argument(vm, a[0])))));
}
Value pause_function(Vm& vm, Args) {
  without_vm(vm, [] { ::pause(); });
  TRY(vm.poll());
  return Value::none();
}
Value siginterrupt_function(Vm& vm, Args a) {
  int number = TRY(signal_number(vm, a[0]));
  bool interrupt = TRY(truthy(vm, a[1]));
  struct sigaction action;
  if (::sigaction(number, nullptr, &action) < 0) return vm.raise_os_error(errno);
  action.sa_flags = interrupt ? action.sa_flags & ~SA_RESTART : action.sa_flags | SA_RESTART;
  int result = ::sigaction(number, &action, nullptr);
  limits_keep_signal(vm);
  return done(vm, result);
}
Value strsignal_function(Vm& vm, Args a) {
  int number = TRY(signal_number(vm, a[0]));
  const char* text = ::strsignal(number);
  if (text == nullptr || std::strstr(text, "Unknown signal") != nullptr) return Value::none();
  return str_from_utf8(vm, text);
}
Value set_wakeup_fd_function(Vm& vm, Args a) {
  int fd = TRY(int_argument(vm, a[0]));
  if (!on_main_thread(vm))
    return vm.raise(E::ValueError, "set_wakeup_fd only works in main thread of the main interpreter");
  if (fd >= 0) {
    Value blocking = TRY(posix::fd_is_blocking(vm, fd));
    if (blocking.is_true()) return vm.raise(E::ValueError, "the fd {} must be in non-blocking mode", fd);
  } else {
    fd = -1;
  }
  return Value::small_int(arrivals.wakeup_fd.exchange(fd));
}

// --- Timers.

Status to_timeval(Vm& vm, Value v, timeval& out) {
  double d = TRY(to_double(vm, v));
  if (!(std::fabs(d) < 1e15)) return vm.raise(E::OverflowError, "timestamp out of range for platform time_t");
  double whole = std::floor(d);
  out.tv_sec = static_cast<time_t>(whole);
  out.tv_usec = static_cast<suseconds_t>((d - whole) * 1e6);
  return {};
}
Value timer_value(Vm& vm, const itimerval& t) {
  auto seconds = [&](const timeval& v) {
    return float_from(vm, static_cast<double>(v.tv_sec) + static_cast<double>(v.tv_usec) / 1e6);
  };
  return pack(vm, seconds(t.it_value), seconds(t.it_interval));
}
Value setitimer_function(Vm& vm, Args a) {
  int which = TRY(int_argument(vm, a[0]));
  itimerval wanted{}, old;
  TRY(to_timeval(vm, a[1], wanted.it_value));
  if (a.has(2)) TRY(to_timeval(vm, a[2], wanted.it_interval));
  if (::setitimer(static_cast<__itimer_which_t>(which), &wanted, &old) < 0) return vm.raise_os_error(errno);
  return timer_value(vm, old);
}
Value getitimer_function(Vm& vm, Args a) {
  itimerval now;
  if (::getitimer(static_cast<__itimer_which_t>(TRY(int_argument(vm, a[0]))), &now) < 0)
    return vm.raise_os_error(errno);
  return timer_value(vm, now);
}

// --- Sets of signals.

Status to_sigset(Vm& vm, Value iterable, sigset_t& out) {
  sigemptyset(&out);
  return for_each(vm, iterable, [&](Value item) -> Status {
    int64_t n = TRY(posix::long_argument(vm, item));
    if (n <= 0 || n >= kSignals)
      return vm.raise(E::ValueError, "signal number {} out of range [1; {}]", n, kSignals - 1);
    sigaddset(&out, static_cast<int>(n));
    return {};
  });
}
Value from_sigset(Vm& vm, const sigset_t& set) {
  Set* result = TRY(set_new(vm, vm.types.set));
  for (int i = 1; i < kSignals; ++i)
    if (sigismember(&set, i) == 1) TRY(set_add(vm, result, Value::small_int(i)));
  return result;
}
Value pthread_sigmask_function(Vm& vm, Args a) {
  int how = TRY(int_argument(vm, a[0]));
  sigset_t mask, old;
  TRY(to_sigset(vm, a[1], mask));
  int error = ::pthread_sigmask(how, &mask, &old);
  if (error != 0) return vm.raise_os_error(error);
  limits_keep_signal(vm);
  TRY(vm.poll());  // what was unblocked has arrived now
  return from_sigset(vm, old);
}
Value sigpending_function(Vm& vm, Args) {
  sigset_t set;
  if (::sigpending(&set) < 0) return vm.raise_os_error(errno);
  return from_sigset(vm, set);
}
Value valid_signals_function(Vm& vm, Args) {
  sigset_t set;
  sigfillset(&set);
  return from_sigset(vm, set);
}
Value sigwait_function(Vm& vm, Args a) {
  sigset_t set;
  TRY(to_sigset(vm, a[0], set));
  // Not ::sigwait(), which no other signal interrupts.
  int64_t number = TRY(system_call(vm, [&] { return ::sigwaitinfo(&set, nullptr); }));
  if (number < 0) return vm.raise_os_error(errno);
  return Value::small_int(number);
}
constexpr StructField kSiginfoFields[] = {
    {"si_signo", "signal number"},
    {"si_code", "signal code"},
    {"si_errno", "errno associated with this signal"},
    {"si_pid", "sending process ID"},
    {"si_uid", "real user ID of sending process"},
    {"si_status", "exit value or signal"},
    {"si_band", "band event for SIGPOLL"},
};
constexpr StructSpec kSiginfo("signal.struct_siginfo", "Result of sigwaitinfo or sigtimedwait.", kSiginfoFields, 7);
Value siginfo_value(Vm& vm, const siginfo_t& info) {
  Value v[] = {Value::small_int(info.si_signo), Value::small_int(info.si_code), Value::small_int(info.si_errno),
               Value::small_int(info.si_pid),   Value::small_int(info.si_uid),  Value::small_int(info.si_status),
               int_from(vm, info.si_band)};
  return structseq_new(vm, state(vm).siginfo, v);
}
Value sigwaitinfo_function(Vm& vm, Args a) {
  sigset_t set;
  siginfo_t info;
  TRY(to_sigset(vm, a[0], set));
  if (TRY(system_call(vm, [&] { return ::sigwaitinfo(&set, &info); })) < 0) return vm.raise_os_error(errno);
  return siginfo_value(vm, info);
}
Value sigtimedwait_function(Vm& vm, Args a) {
  sigset_t set;
  siginfo_t info;
  TRY(to_sigset(vm, a[0], set));
  double seconds = TRY(to_double(vm, a[1]));
  if (seconds < 0) return vm.raise(E::ValueError, "timeout must be non-negative");
  double end = monotonic_seconds() + seconds;
  while (true) {
    double left = std::min(std::max(end - monotonic_seconds(), 0.0), 1e9);
    timespec t{static_cast<time_t>(left), static_cast<long>((left - std::floor(left)) * 1e9)};
    int result;
    without_vm(vm, [&] { result = ::sigtimedwait(&set, &info, &t); });
    if (result > 0) return siginfo_value(vm, info);
    if (errno == EAGAIN) return Value::none();
    if (errno != EINTR) return vm.raise_os_error(errno);
    TRY(vm.poll());
  }
}

constexpr NativeRow kDefaultIntHandler{"default_int_handler(signalnum, frame, /)", default_int_handler, 0,
                                       "Raise KeyboardInterrupt: the handler of SIGINT at the start."};
constexpr NativeRow kFunctions[] = {
    {"signal(signalnum, handler, /)", signal_function, 0, "Set the handler of a signal; returns the previous one."},
    {"getsignal(signalnum, /)", getsignal_function, 0, "The handler of a signal; None if it was not set from Python."},
    {"raise_signal(signalnum, /)", raise_signal_function, 0, "Send a signal to this process."},
    {"pthread_kill(thread_id, signalnum, /)", pthread_kill_function, 0, "Send a signal to a thread."},
    {"pidfd_send_signal(pidfd, signalnum, siginfo=None, flags=0, /)", pidfd_send_signal_function, 0,
     "Send a signal to the process of a descriptor."},
    {"alarm(seconds, /)", alarm_function, 0,
     "Have SIGALRM sent after so many seconds; returns what was left of the last one."},
    {"pause()", pause_function, 0, "Wait until a signal arrives."},
    {"siginterrupt(signalnum, flag, /)", siginterrupt_function, 0,
     "Set whether system calls are interrupted by a signal."},
    {"strsignal(signalnum, /)", strsignal_function, 0, "The system's description of a signal, or None."},
    {"set_wakeup_fd(fd, /, *, warn_on_full_buffer=True)", set_wakeup_fd_function, 0,
     "Have a byte written to a descriptor for every signal; returns the previous descriptor."},
    {"setitimer(which, seconds, interval=0.0, /)", setitimer_function, 0,
     "Start or stop a timer; returns its previous state."},
    {"getitimer(which, /)", getitimer_function, 0, "The state of a timer: (seconds left, interval)."},
    {"pthread_sigmask(how, mask, /)", pthread_sigmask_function, 0,
     "Change which signals are blocked; returns which were."},
    {"sigpending()", sigpending_function, 0, "The signals that wait because they are blocked."},
    {"valid_signals()", valid_signals_function, 0, "The set of all signals."},
    {"sigwait(sigset, /)", sigwait_function, 0, "Wait for one of the signals; returns its number."},
    {"sigwaitinfo(sigset, /)", sigwaitinfo_function, 0, "Wait for one of the signals; returns what is known of it."},
    {"sigtimedwait(sigset, timeout, /)", sigtimedwait_function, 0, "As sigwaitinfo(), with a timeout: None then."},
};

constexpr struct {
  const char* name;
  int value;
} kNumbers[] = {
    {"SIGABRT", SIGABRT},
    {"SIGALRM", SIGALRM},
    {"SIGBUS", SIGBUS},
    {"SIGCHLD", SIGCHLD},
    {"SIGCLD", SIGCHLD},
    {"SIGCONT", SIGCONT},
    {"SIGFPE", SIGFPE},
    {"SIGHUP", SIGHUP},
    {"SIGILL", SIGILL},
    {"SIGINT", SIGINT},
    {"SIGIO", SIGIO},
    {"SIGIOT", SIGABRT},
    {"SIGKILL", SIGKILL},
    {"SIGPIPE", SIGPIPE},
    {"SIGPOLL", SIGPOLL},
    {"SIGPROF", SIGPROF},
    {"SIGPWR", SIGPWR},
    {"SIGQUIT", SIGQUIT},
    {"SIGSEGV", SIGSEGV},
    {"SIGSTKFLT", SIGSTKFLT},
    {"SIGSTOP", SIGSTOP},
    {"SIGSYS", SIGSYS},
    {"SIGTERM", SIGTERM},
    {"SIGTRAP", SIGTRAP},
    {"SIGTSTP", SIGTSTP},
    {"SIGTTIN", SIGTTIN},
    {"SIGTTOU", SIGTTOU},
    {"SIGURG", SIGURG},
    {"SIGUSR1", SIGUSR1},
    {"SIGUSR2", SIGUSR2},
    {"SIGVTALRM", SIGVTALRM},
    {"SIGWINCH", SIGWINCH},
    {"SIGXCPU", SIGXCPU},
    {"SIGXFSZ", SIGXFSZ},
    {"SIG_DFL", 0},
    {"SIG_IGN", 1},
    {"SIG_BLOCK", SIG_BLOCK},
    {"SIG_UNBLOCK", SIG_UNBLOCK},
    {"SIG_SETMASK", SIG_SETMASK},
    {"ITIMER_REAL", ITIMER_REAL},
    {"ITIMER_VIRTUAL", ITIMER_VIRTUAL},
    {"ITIMER_PROF", ITIMER_PROF},
    {"NSIG", NSIG},
};

/// The handler objects as the process has them now; once.
Status read_handlers(Vm& vm) {
  State& s = state(vm);
  if (!s.default_int_handler.is_unset()) return {};
  s.default_int_handler = TRY(native_function_new(vm, kDefaultIntHandler, Value(), "_signal"));
  for (int i = 1; i < kSignals; ++i) {
    struct sigaction now;
    if (::sigaction(i, nullptr, &now) < 0) {
      s.handlers[i] = Value::none();
    } else {
      s.handlers[i] = now.sa_handler == SIG_DFL   ? Value::small_int(0)
                      : now.sa_handler == SIG_IGN ? Value::small_int(1)
                                                  : Value::none();
    }
  }
  return {};
}

Status init(Vm& vm, Module* m) {
  TRY(read_handlers(vm));
  TRY(module_add(vm, m, "default_int_handler", state(vm).default_int_handler));
  for (const auto& number : kNumbers) TRY(module_add_int(vm, m, number.name, number.value));
  TRY(module_add_int(vm, m, "SIGRTMIN", SIGRTMIN));
  TRY(module_add_int(vm, m, "SIGRTMAX", SIGRTMAX));
  state(vm).siginfo = TRY(structseq_type(vm, kSiginfo));
  TRY(module_add(vm, m, "struct_siginfo", state(vm).siginfo));
  return module_add(vm, m, "ItimerError", vm.exception_type(E::OSError));
}

}  // namespace

Status signals_start(Vm& vm) {
  TRY(read_handlers(vm));
  State& s = state(vm);
  ::signal(SIGPIPE, SIG_IGN);
  ::signal(SIGXFSZ, SIG_IGN);
  s.handlers[SIGPIPE] = s.handlers[SIGXFSZ] = Value::small_int(1);
  if (is_number(s.handlers[SIGINT], 0)) {
    TRY(listen(vm, SIGINT));
    s.handlers[SIGINT] = s.default_int_handler;
  }
  return {};
}

extern constinit const ModuleSpec signal_module{
    .name = "_signal",
    .doc = "Signals of the process; import signal rather than this.",
    .functions = kFunctions,
    .init = init,
};

}  // namespace krait
