// faulthandler: tracebacks of all threads where Python code cannot write them any more - in a fatal signal's handler, in a user's
// signal while the machine hangs, after a time-out.
//
// Rules for what runs in a signal's handler or in the watchdog thread
//  1. It allocates nothing, takes no lock and calls nothing but write() and its like.
//  2. It reads frames that may be changing under it: it follows at most kMostFrames of them.
#include <pthread.h>
#include <signal.h>
#include <time.h>
#include <unistd.h>

#include <algorithm>
#include <cstring>
#include <string>

#include "interp/frame.hpp"
#include "interp/interpreter.hpp"
#include "objects/int.hpp"
#include "objects/module.hpp"
#include "objects/operations.hpp"
#include "objects/quick.hpp"
#include "objects/str.hpp"
#include "runtime/limits.hpp"
#include "runtime/signals.hpp"
#include "runtime/system.hpp"

namespace krait {

namespace {

constexpr int kMostFrames = 100;
constexpr uint64_t kMostCharacters = 500;  ///< of a file's or function's name

struct Report {
  int fd = 2;
  bool all_threads = true;
};

struct Watchdog {
  pthread_t thread;
  pthread_mutex_t mutex = PTHREAD_MUTEX_INITIALIZER;
  pthread_cond_t cancelled;
  bool running = false, cancel = false, repeat = false, exit = false;
  uint64_t interval_ns = 0;
  Report report;
  Vm* vm = nullptr;
  char header[64] = {};
};

struct State : Extension {
  bool enabled = false;
  Report fatal;
  Report by_signal[kSignalCount];
  bool registered[kSignalCount] = {};
  Value files[kSignalCount + 2];  ///< kept open: by signal, then of enable() and of the watchdog
  Watchdog watchdog;
  ~State() override;
  void trace(Marker& m) override { m.mark_range(files, files + kSignalCount + 2); }
};
constexpr int kFatalFile = kSignalCount, kWatchdogFile = kSignalCount + 1;
State& state_of(Vm& vm) { return vm.extension<State>(); }

// --- Writing without help.

void put(int fd, const char* text, size_t n) {
  while (n > 0) {
    ssize_t done = ::write(fd, text, n);
    if (done <= 0) return;
    text += done;
    n -= static_cast<size_t>(done);
  }
}
void put(int fd, const char* text) { put(fd, text, std::strlen(text)); }

void put_number(int fd, uint64_t n) {
  char text[24];
  char* p = text + sizeof text;
  do {
    *--p = static_cast<char>('0' + n % 10);
    n /= 10;
  } while (n != 0);
  put(fd, p, static_cast<size_t>(text + sizeof text - p));
}

void put_hex(int fd, uint64_t n, int digits) {
  char text[16];
  for (int i = 0; i < digits; ++i) text[i] = "0123456789abcdef"[n >> (4 * (digits - 1 - i)) & 15];
  put(fd, text, static_cast<size_t>(digits));
}

/// Printable ASCII as it is, the rest escaped.
void put_str(int fd, const Str* s) {
  for (uint64_t i = 0; i < s->length; ++i) {
    if (i == kMostCharacters) {
      put(fd, "...");
      return;
    }
    char32_t c = s->at(i);
    if (c >= ' ' && c < 0x7F) {
      char one = static_cast<char>(c);
      put(fd, &one, 1);
    } else {
      put(fd, c < 0x100 ? "\\x" : c < 0x10000 ? "\\u" : "\\U");
      put_hex(fd, c, c < 0x100 ? 2 : c < 0x10000 ? 4 : 8);
    }
  }
}

void put_frames(int fd, const Frame* frame) {
  if (frame == nullptr) {
    put(fd, "  <no Python frame>\n");
    return;
  }
  int count = 0;
  for (; frame != nullptr; frame = frame->previous) {
    if (count++ == kMostFrames) {
      put(fd, "  ...\n");
      return;
    }
    put(fd, "  File \"");
    put_str(fd, frame->code->filename);
    put(fd, "\", line ");
    put_number(fd, static_cast<uint64_t>(std::max(frame_line(frame), 0)));
    put(fd, " in ");
    put_str(fd, frame->code->name);
    put(fd, "\n");
  }
}

void put_threads(Vm& vm, const Report& report, bool current_known) {
  bool first = true;
  for (ThreadState* t = vm.interpreter->threads; t != nullptr; t = t->next) {
    bool current = t == vm.t.thread;
    if (!report.all_threads && !current) continue;
    if (!first) put(report.fd, "\n");
    first = false;
    if (report.all_threads || current_known) {
      put(report.fd, current && current_known ? "Current thread 0x" : "Thread 0x");
      put_hex(report.fd, t->ident, 16);
      put(report.fd, " (most recent call first):\n");
    } else {
      put(report.fd, "Stack (most recent call first):\n");
    }
    put_frames(report.fd, current ? vm.t.frame : t->saved.frame);
  }
}

/// Not less than put_threads() will write, unless names are full of escapes.
uint64_t size_of_threads(Vm& vm, bool all_threads) {
  constexpr uint64_t kHead = 64, kAround = 32;
  uint64_t size = 0;
  for (ThreadState* t = vm.interpreter->threads; t != nullptr; t = t->next) {
    bool current = t == vm.t.thread;
    if (!all_threads && !current) continue;
    size += kHead;
    int count = 0;
    for (const Frame* f = current ? vm.t.frame : t->saved.frame; f != nullptr && count < kMostFrames; f = f->previous) {
      ++count;
      size += kAround + std::min<uint64_t>(f->code->filename->length, kMostCharacters) +
              std::min<uint64_t>(f->code->name->length, kMostCharacters);
    }
  }
  return size;
}

// --- Fatal signals and those of users.

struct Fatal {
  int number;
  const char* name;
};
constexpr Fatal kFatal[] = {{SIGBUS, "Bus error"},
                            {SIGILL, "Illegal instruction"},
                            {SIGFPE, "Floating point exception"},
                            {SIGABRT, "Aborted"},
                            {SIGSEGV, "Segmentation fault"}};

void report_fatal(Vm& vm, int number) {
  const Report& report = state_of(vm).fatal;
  put(report.fd, "Fatal Python error: ");
  for (const Fatal& f : kFatal) {
    if (f.number == number) put(report.fd, f.name);
  }
  put(report.fd, "\n\n");
  put_threads(vm, report, true);
}

void report_user(Vm& vm, int number) {
  const Report& report = state_of(vm).by_signal[number];
  if (report.all_threads) {
    put_threads(vm, report, true);
  } else {
    put(report.fd, "Stack (most recent call first):\n");
    put_frames(report.fd, vm.t.frame);
  }
}

/// The descriptor of a file argument: a number, an object with fileno(), or sys.stderr; *keep is what has to stay alive.
Result<int> descriptor_of(Vm& vm, Value file, Value* keep) {
  if (file.is_unset() || file.is_none()) {
    file = sys_get(vm, "stderr");
    if (file.is_unset()) return vm.raise(E::RuntimeError, "unable to get sys.stderr");
    if (file.is_none()) return vm.raise(E::RuntimeError, "sys.stderr is None");
  }
  *keep = file;
  Value number = file;
  if (!is_int(file)) {
    number = TRY(call_method(vm, file, TRY(vm.intern("fileno"))));
    if (call_method(vm, file, TRY(vm.intern("flush"))).is_error() && !vm.clear_pending()) return Error{};
  }
  int64_t fd = TRY(quick_index(vm, number, E::OverflowError));
  if (fd < 0 || fd > INT32_MAX)
    return vm.raise(E::ValueError, is_int(file) ? "file is not a valid file descriptor"
                                                : "file.fileno() is not a valid file descriptor");
  return static_cast<int>(fd);
}

Value dump_traceback(Vm& vm, Args a) {
  Report report;
  Value keep;
  report.fd = TRY(descriptor_of(vm, a[0], &keep));
  report.all_threads = a.has(1) ? TRY(truthy(vm, a[1])) : true;
  TRY(limits_charge_output(vm, size_of_threads(vm, report.all_threads)));
  if (report.all_threads) {
    put_threads(vm, report, true);
  } else {
    put(report.fd, "Stack (most recent call first):\n");
    put_frames(report.fd, vm.t.frame);
  }
  return Value::none();
}

Value enable(Vm& vm, Args a) {
  State& s = state_of(vm);
  Report report;
  Value keep;
  report.fd = TRY(descriptor_of(vm, a[0], &keep));
  report.all_threads = a.has(1) ? TRY(truthy(vm, a[1])) : true;
  s.fatal = report;
  s.files[kFatalFile] = keep;
  if (s.enabled) return Value::none();
  for (const Fatal& f : kFatal) {
    if (!signal_set_report(vm, f.number, report_fatal, SignalAfter::kDie))
      return vm.raise(E::RuntimeError, "unable to register signal {}: another machine has the process's signals",
                      f.number);
  }
  s.enabled = true;
  return Value::none();
}

bool switch_off(Vm& vm, State& s) {
  if (!s.enabled) return false;
  for (const Fatal& f : kFatal) signal_set_report(vm, f.number, nullptr, SignalAfter::kDie);
  s.enabled = false;
  s.files[kFatalFile] = Value();
  return true;
}
Value disable(Vm& vm, Args) { return Value::boolean(switch_off(vm, state_of(vm))); }
Value is_enabled(Vm& vm, Args) { return Value::boolean(state_of(vm).enabled); }

Result<int> user_signal(Vm& vm, Value v) {
  int64_t number = TRY(quick_index(vm, v, E::OverflowError));
  for (const Fatal& f : kFatal) {
    if (f.number == number)
      return vm.raise(E::RuntimeError, "signal {} cannot be registered, use enable() instead", number);
  }
  if (number < 1 || number >= kSignalCount) return vm.raise(E::ValueError, "signal number out of range");
  return static_cast<int>(number);
}

/// Slots: signum, file, all_threads, chain.
Value register_function(Vm& vm, Args a) {
  int number = TRY(user_signal(vm, a[0]));
  Report report;
  Value keep;
  report.fd = TRY(descriptor_of(vm, a[1], &keep));
  report.all_threads = a.has(2) ? TRY(truthy(vm, a[2])) : true;
  bool chain = a.has(3) && TRY(truthy(vm, a[3]));
  State& s = state_of(vm);
  s.by_signal[number] = report;
  s.files[number] = keep;
  if (!signal_set_report(vm, number, report_user, chain ? SignalAfter::kChain : SignalAfter::kReturn))
    return vm.raise_os_error(errno);
  s.registered[number] = true;
  return Value::none();
}
Value unregister_function(Vm& vm, Args a) {
  int number = TRY(user_signal(vm, a[0]));
  State& s = state_of(vm);
  if (!s.registered[number]) return Value::false_();
  signal_set_report(vm, number, nullptr, SignalAfter::kReturn);
  s.registered[number] = false;
  s.files[number] = Value();
  return Value::true_();
}

// --- The watchdog.

void* watch(void* argument) {
  Watchdog& w = *static_cast<Watchdog*>(argument);
  sigset_t all;
  sigfillset(&all);
  pthread_sigmask(SIG_SETMASK, &all, nullptr);
  pthread_mutex_lock(&w.mutex);
  do {
    timespec until;
    clock_gettime(CLOCK_MONOTONIC, &until);
    uint64_t ns = static_cast<uint64_t>(until.tv_nsec) + w.interval_ns;
    until.tv_sec += static_cast<time_t>(ns / 1'000'000'000);
    until.tv_nsec = static_cast<long>(ns % 1'000'000'000);
    int result = 0;
    while (!w.cancel && result == 0) result = pthread_cond_timedwait(&w.cancelled, &w.mutex, &until);
    if (w.cancel) break;
    put(w.report.fd, w.header);
    put_threads(*w.vm, w.report, false);
    if (w.exit) ::_exit(1);
  } while (w.repeat);
  pthread_mutex_unlock(&w.mutex);
  return nullptr;
}

void stop_watching(Watchdog& w) {
  if (!w.running) return;
  pthread_mutex_lock(&w.mutex);
  w.cancel = true;
  pthread_cond_signal(&w.cancelled);
  pthread_mutex_unlock(&w.mutex);
  pthread_join(w.thread, nullptr);
  pthread_cond_destroy(&w.cancelled);
  w.running = w.cancel = false;
}

State::~State() { stop_watching(watchdog); }

/// Slots: timeout, repeat, file, exit.
Value dump_traceback_later(Vm& vm, Args a) {
  double seconds = TRY(to_double(vm, a[0]));
  if (!(seconds > 0)) return vm.raise(E::ValueError, "timeout must be greater than 0");
  if (seconds > 1e9) return vm.raise(E::OverflowError, "timeout value is too large");
  bool repeat = a.has(1) && TRY(truthy(vm, a[1]));
  Report report;
  Value keep;
  report.fd = TRY(descriptor_of(vm, a[2], &keep));
  bool exit = a.has(3) && TRY(truthy(vm, a[3]));
  State& s = state_of(vm);
  Watchdog& w = s.watchdog;
  stop_watching(w);
  s.files[kWatchdogFile] = keep;
  w.vm = &vm;
  w.report = report;
  w.repeat = repeat;
  w.exit = exit;
  w.interval_ns = static_cast<uint64_t>(seconds * 1e9);
  uint64_t us = w.interval_ns / 1000, whole = us / 1'000'000;
  std::string header = "Timeout (" + std::to_string(whole / 3600) + ":";
  auto two = [&](uint64_t n) { header += {static_cast<char>('0' + n / 10), static_cast<char>('0' + n % 10)}; };
  two(whole / 60 % 60);
  header += ':';
  two(whole % 60);
  if (us % 1'000'000 != 0) {
    std::string part = std::to_string(us % 1'000'000);
    header += "." + std::string(6 - part.size(), '0') + part;
  }
  header += ")!\n";
  std::strncpy(w.header, header.c_str(), sizeof w.header - 1);
  pthread_condattr_t attributes;
  pthread_condattr_init(&attributes);
  pthread_condattr_setclock(&attributes, CLOCK_MONOTONIC);
  pthread_cond_init(&w.cancelled, &attributes);
  pthread_condattr_destroy(&attributes);
  if (pthread_create(&w.thread, nullptr, watch, &w) != 0) {
    pthread_cond_destroy(&w.cancelled);
    return vm.raise(E::RuntimeError, "unable to start watchdog thread");
  }
  w.running = true;
  return Value::none();
}
Value cancel_dump_traceback_later(Vm& vm, Args) {
  stop_watching(state_of(vm).watchdog);
  state_of(vm).files[kWatchdogFile] = Value();
  return Value::none();
}

constexpr NativeRow kFunctions[] = {
    {"enable(file=None, all_threads=True)", enable, 0, "Show tracebacks when a fatal signal arrives."},
    {"disable()", disable, 0, "Undo enable()."},
    {"is_enabled()", is_enabled, 0, "Has enable() been called?"},
    {"dump_traceback(file=None, all_threads=True)", dump_traceback, 0,
     "Write the tracebacks of all threads, or of this one."},
    {"dump_traceback_later(timeout, repeat=False, file=None, exit=False)", dump_traceback_later, 0,
     "Write the tracebacks of all threads after `timeout` seconds (again and again if `repeat`), then end the process "
     "if `exit`."},
    {"cancel_dump_traceback_later()", cancel_dump_traceback_later, 0, "Undo dump_traceback_later()."},
    {"register(signum, file=None, all_threads=True, chain=False)", register_function, 0,
     "Show tracebacks when this signal arrives; with `chain`, go on to its previous handler."},
    {"unregister(signum, /)", unregister_function, 0, "Undo register()."},
};

}  // namespace

extern constinit const ModuleSpec faulthandler_module{
    .name = "faulthandler",
    .doc = "Tracebacks on faults, on time-outs and on signals.",
    .functions = kFunctions,
};

}  // namespace krait
