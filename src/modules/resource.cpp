// resource: limits and use of the system's resources by this process.
#include <sys/resource.h>
#include <unistd.h>

#include <algorithm>

#include "interp/interpreter.hpp"
#include "interp/thread.hpp"
#include "modules/posix_module.hpp"
#include "objects/float.hpp"
#include "objects/int.hpp"
#include "objects/structseq.hpp"

namespace krait {

namespace {

constexpr StructField kFields[] = {
    {"ru_utime", "user time used"},
    {"ru_stime", "system time used"},
    {"ru_maxrss", "max. resident set size"},
    {"ru_ixrss", "shared memory size"},
    {"ru_idrss", "unshared data size"},
    {"ru_isrss", "unshared stack size"},
    {"ru_minflt", "page faults not requiring I/O"},
    {"ru_majflt", "page faults requiring I/O"},
    {"ru_nswap", "number of swap outs"},
    {"ru_inblock", "block input operations"},
    {"ru_oublock", "block output operations"},
    {"ru_msgsnd", "IPC messages sent"},
    {"ru_msgrcv", "IPC messages received"},
    {"ru_nsignals", "signals received"},
    {"ru_nvcsw", "voluntary context switches"},
    {"ru_nivcsw", "involuntary context switches"},
};
constexpr StructSpec kStruct("resource.struct_rusage", "What getrusage() tells: a tuple with names.", kFields, 16);
struct State : Extension {
  Type* type = nullptr;
  void trace(Marker& m) override { m.mark_cell(type); }
};

Value getrusage(Vm& vm, Args a) {
  int who = TRY(posix::int_argument(vm, a[0]));
  rusage use;
  if (::getrusage(static_cast<decltype(RUSAGE_SELF)>(who), &use) < 0) {
    if (errno == EINVAL) return vm.raise(E::ValueError, "invalid who parameter");
    return vm.raise_os_error(errno);
  }
  auto seconds = [&](const timeval& t) {
    return float_from(vm, static_cast<double>(t.tv_sec) + static_cast<double>(t.tv_usec) * 1e-6);
  };
  Value user = TRY(seconds(use.ru_utime)), system = TRY(seconds(use.ru_stime));
  const long counts[] = {use.ru_maxrss, use.ru_ixrss,    use.ru_idrss,   use.ru_isrss,   use.ru_minflt,
                         use.ru_majflt, use.ru_nswap,    use.ru_inblock, use.ru_oublock, use.ru_msgsnd,
                         use.ru_msgrcv, use.ru_nsignals, use.ru_nvcsw,   use.ru_nivcsw};
  Value items[16] = {user, system};
  for (size_t i = 0; i < std::size(counts); ++i) items[2 + i] = Value::small_int(counts[i]);
  return structseq_new(vm, vm.extension<State>().type, items);
}

/// A limit as the system has it; any negative number but RLIM_INFINITY's is wrong.
Result<rlim_t> limit_argument(Vm& vm, Value v) {
  Value i = TRY(index(vm, v));
  if (std::optional<uint64_t> n = int_to_u64(i)) return *n;
  std::optional<int64_t> n = int_to_i64(i);
  if (n && *n == -1) return RLIM_INFINITY;
  if (int_sign(i) < 0) return vm.raise(E::ValueError, "Cannot convert negative int");
  return vm.raise(E::OverflowError, "Python int too large to convert to C rlim_t");
}
Result<rlimit> limits_argument(Vm& vm, Value v) {
  Value pair = TRY(tuple_from(vm, v));
  const Tuple* items = pair.as<Tuple>();
  if (items->length != 2) return vm.raise(E::ValueError, "expected a tuple of 2 integers");
  rlimit limits;
  limits.rlim_cur = TRY(limit_argument(vm, items->items[0]));
  limits.rlim_max = TRY(limit_argument(vm, items->items[1]));
  return limits;
}
Value limits_result(Vm& vm, const rlimit& limits) {
  auto number = [&](rlim_t n) { return n == RLIM_INFINITY ? Value::small_int(-1) : int_from_u64(vm, n); };
  Value soft = TRY(number(limits.rlim_cur)), hard = TRY(number(limits.rlim_max));
  return Value(TRY(tuple_of(vm, soft, hard)));
}
Result<int> resource_argument(Vm& vm, Value v) {
  int which = TRY(posix::int_argument(vm, v));
  if (which < 0 || which >= static_cast<int>(RLIM_NLIMITS))
    return vm.raise(E::ValueError, "invalid resource specified");
  return which;
}
Value limit_error(Vm& vm) {
  if (errno == EINVAL) return vm.raise(E::ValueError, "current limit exceeds maximum limit");
  if (errno == EPERM) return vm.raise(E::ValueError, "not allowed to raise maximum limit");
  return vm.raise_os_error(errno);
}

/// Before limits are lowered: makes the main thread's stack as large as what is checked against it believes, by looking at its far
/// end. The system grows a stack only within the limits of that moment, and ends the process otherwise.
void grow_main_stack(Vm& vm) {
  constexpr size_t kMost = size_t{64} << 20, kPage = 4096, kLeft = 192 << 10;
  rlimit now;
  if (::getrlimit(RLIMIT_STACK, &now) != 0) return;
  size_t size = now.rlim_cur == RLIM_INFINITY ? kMost : std::min<size_t>(now.rlim_cur, kMost);
  Vm::ThreadRegisters& main = on_main_thread(vm) ? vm.t : vm.interpreter->main_thread.saved;
  const char* low = vm.main_stack().base - size;
  // A larger one is not used any more.
  if (main.native_stack_limit < low + kLeft) main.native_stack_limit = low + kLeft;
  const volatile char* far_end = main.native_stack_limit - kLeft + kPage * 2;
  (void)*far_end;
}

Value getrlimit(Vm& vm, Args a) {
  int which = TRY(resource_argument(vm, a[0]));
  rlimit limits;
  if (::getrlimit(static_cast<decltype(RLIMIT_AS)>(which), &limits) < 0) return vm.raise_os_error(errno);
  return limits_result(vm, limits);
}
Value setrlimit(Vm& vm, Args a) {
  int which = TRY(resource_argument(vm, a[0]));
  rlimit limits = TRY(limits_argument(vm, a[1]));
  if (which == RLIMIT_STACK || which == RLIMIT_AS) grow_main_stack(vm);
  if (::setrlimit(static_cast<decltype(RLIMIT_AS)>(which), &limits) < 0) return limit_error(vm);
  return Value::none();
}
Value prlimit(Vm& vm, Args a) {
  int pid = TRY(posix::int_argument(vm, a[0]));
  int which = TRY(resource_argument(vm, a[1]));
  rlimit before, limits;
  bool set = !a.get(2, Value::none()).is_none();
  if (set) limits = TRY(limits_argument(vm, a[2]));
  if (set && (which == RLIMIT_STACK || which == RLIMIT_AS)) grow_main_stack(vm);
  if (::prlimit(pid, static_cast<decltype(RLIMIT_AS)>(which), set ? &limits : nullptr, &before) < 0) {
    if (errno == EINVAL) return vm.raise(E::ValueError, "current limit exceeds maximum limit");
    return vm.raise_os_error(errno);
  }
  return limits_result(vm, before);
}
Value getpagesize(Vm&, Args) { return Value::small_int(::sysconf(_SC_PAGESIZE)); }

constexpr NativeRow kFunctions[] = {
    {"getrusage(who, /)", getrusage, 0, "What a process, its children or a thread has used."},
    {"getrlimit(resource, /)", getrlimit, 0, "The soft and the hard limit of a resource."},
    {"setrlimit(resource, limits, /)", setrlimit, 0, "Set the soft and the hard limit of a resource."},
    {"prlimit(pid, resource, limits=None, /)", prlimit, 0, "Get, and perhaps set, the limits of another process."},
    {"getpagesize()", getpagesize, 0, "The size of a page of memory in bytes."},
};
constexpr struct {
  const char* name;
  int64_t value;
} kNumbers[] = {
#define NUMBER(name) {#name, name}
    NUMBER(RLIMIT_AS),       NUMBER(RLIMIT_CORE),    NUMBER(RLIMIT_CPU),        NUMBER(RLIMIT_DATA),
    NUMBER(RLIMIT_FSIZE),    NUMBER(RLIMIT_MEMLOCK), NUMBER(RLIMIT_MSGQUEUE),   NUMBER(RLIMIT_NICE),
    NUMBER(RLIMIT_NOFILE),   NUMBER(RLIMIT_NPROC),   NUMBER(RLIMIT_OFILE),      NUMBER(RLIMIT_RSS),
    NUMBER(RLIMIT_RTPRIO),   NUMBER(RLIMIT_RTTIME),  NUMBER(RLIMIT_SIGPENDING), NUMBER(RLIMIT_STACK),
    NUMBER(RUSAGE_CHILDREN), NUMBER(RUSAGE_SELF),    NUMBER(RUSAGE_THREAD),
#undef NUMBER
};
Status init(Vm& vm, Module* m) {
  vm.extension<State>().type = TRY(structseq_type(vm, kStruct));
  TRY(module_add(vm, m, "struct_rusage", vm.extension<State>().type));
  TRY(module_add(vm, m, "error", vm.exception_type(E::OSError)));
  TRY(module_add_int(vm, m, "RLIM_INFINITY", -1));
  for (const auto& number : kNumbers) TRY(module_add_int(vm, m, number.name, number.value));
  return {};
}

}  // namespace

extern constinit const ModuleSpec resource_module{
    .name = "resource",
    .doc = "Limits and use of the system's resources.",
    .functions = kFunctions,
    .init = init,
};

}  // namespace krait
