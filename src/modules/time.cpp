// time: clocks, sleeping, broken-down times.
#include <errno.h>
#include <sys/resource.h>
#include <time.h>

#include <cmath>
#include <cstring>

#include "interp/thread.hpp"
#include "objects/dict.hpp"
#include "objects/float.hpp"
#include "objects/int.hpp"
#include "objects/module.hpp"
#include "objects/operations.hpp"
#include "objects/quick.hpp"
#include "objects/sequences.hpp"
#include "objects/str.hpp"
#include "objects/structseq.hpp"
#include "runtime/import.hpp"

namespace krait {
namespace {

struct State : Extension {
  Type* struct_time = nullptr;
  Module* module = nullptr;
  void trace(Marker& m) override {
    m.mark_cell(struct_time);
    m.mark_cell(module);
  }
};
State& state_of(Vm& vm) { return vm.extension<State>(); }

constexpr int64_t kSecond = 1'000'000'000;

// --- Clocks

Value read_clock(Vm& vm, clockid_t clock, bool whole) {
  timespec t;
  if (clock_gettime(clock, &t) != 0) return vm.raise_os_error(errno);
  if (whole) return int_from(vm, t.tv_sec * kSecond + t.tv_nsec);
  return float_from(vm, static_cast<double>(t.tv_sec) + static_cast<double>(t.tv_nsec) * 1e-9);
}
template <clockid_t clock, bool whole>
Value now(Vm& vm, Args) {
  return read_clock(vm, clock, whole);
}
Result<clockid_t> clock_argument(Vm& vm, Value v) {
  return static_cast<clockid_t>(TRY(index_checked(vm, v, E::OverflowError)));
}
template <bool whole>
Value clock_get(Vm& vm, Args a) {
  return read_clock(vm, TRY(clock_argument(vm, a[0])), whole);
}
Value clock_resolution(Vm& vm, Args a) {
  timespec t;
  if (clock_getres(TRY(clock_argument(vm, a[0])), &t) != 0) return vm.raise_os_error(errno);
  return float_from(vm, static_cast<double>(t.tv_sec) + static_cast<double>(t.tv_nsec) * 1e-9);
}

/// The clock of a thread's processor time. glibc reads memory at whatever number it is given, so only the calling thread's is.
Value thread_clock(Vm& vm, Args a) {
  int64_t id = TRY(index_checked(vm, a[0], E::OverflowError));
  if (static_cast<uint64_t>(id) != threads_current_ident(vm)) return vm.raise_os_error(ESRCH);
  clockid_t clock;
  int error = pthread_getcpuclockid(pthread_self(), &clock);
  if (error != 0) return vm.raise_os_error(error);
  return int_from(vm, clock);
}

/// A number of seconds as nanoseconds, rounded away from zero; ValueError for NaN, OverflowError when it does not fit.
Result<int64_t> nanoseconds(Vm& vm, Value v) {
  if (is_float(v)) {
    double d = float_value(v);
    if (std::isnan(d)) return vm.raise(E::ValueError, "Invalid value NaN (not a number)");
    double ns = d * 1e9;
    ns = ns >= 0 ? std::ceil(ns) : std::floor(ns);
    if (!(ns >= -9223372036854775808.0 && ns < 9223372036854775808.0))
      return vm.raise(E::OverflowError, "timestamp out of range for platform time_t");
    return static_cast<int64_t>(ns);
  }
  if (!has_index(vm, v))
    return vm.raise(E::TypeError, "'{}' object cannot be interpreted as an integer or float", type_name_of(v));
  Value i = index(vm, v);
  if (i.is_error()) return Error{};
  auto seconds = int_to_i64(i);
  int64_t ns;
  if (!seconds || __builtin_mul_overflow(*seconds, kSecond, &ns))
    return vm.raise(E::OverflowError, "timestamp too large to convert to C PyTime_t");
  return ns;
}
template <bool whole>
Value clock_set(Vm& vm, Args a) {
  clockid_t clock = TRY(clock_argument(vm, a[0]));
  int64_t ns;
  if constexpr (whole) {
    ns = TRY(index_checked(vm, a[1], E::OverflowError));
  } else {
    ns = TRY(nanoseconds(vm, a[1]));
  }
  timespec t{ns / kSecond, ns % kSecond};
  if (t.tv_nsec < 0) {
    t.tv_nsec += kSecond;
    --t.tv_sec;
  }
  if (clock_settime(clock, &t) != 0) return vm.raise_os_error(errno);
  return Value::none();
}

Value time_sleep(Vm& vm, Args a) {
  int64_t ns = TRY(nanoseconds(vm, a[0]));
  if (ns < 0) return vm.raise(E::ValueError, "sleep length must be non-negative");
  timespec now_is;
  clock_gettime(CLOCK_MONOTONIC, &now_is);
  int64_t end;
  if (__builtin_add_overflow(now_is.tv_sec * kSecond + now_is.tv_nsec, ns, &end)) end = INT64_MAX;
  // In slices: a limit that trips meanwhile sends no signal.
  constexpr int64_t kSlice = kSecond / 20;
  while (true) {
    clock_gettime(CLOCK_MONOTONIC, &now_is);
    int64_t current = now_is.tv_sec * kSecond + now_is.tv_nsec;
    int64_t until = std::min(end, current + kSlice);
    timespec target{until / kSecond, until % kSecond};
    without_vm(vm, [&] { clock_nanosleep(CLOCK_MONOTONIC, TIMER_ABSTIME, &target, nullptr); });
    TRY(vm.poll());
    clock_gettime(CLOCK_MONOTONIC, &now_is);
    if (now_is.tv_sec * kSecond + now_is.tv_nsec >= end) return Value::none();
  }
}

Value time_get_clock_info(Vm& vm, Args a) {
  if (!is_str(a[0]))
    return vm.raise(E::TypeError, "get_clock_info() argument 1 must be str, not {}", argument_type(a[0]));
  struct Row {
    const char* name;
    clockid_t clock;
    const char* text;
    bool monotonic, adjustable;
  };
  constexpr Row kRows[] = {
      {"time", CLOCK_REALTIME, "clock_gettime(CLOCK_REALTIME)", false, true},
      {"monotonic", CLOCK_MONOTONIC, "clock_gettime(CLOCK_MONOTONIC)", true, false},
      {"perf_counter", CLOCK_MONOTONIC, "clock_gettime(CLOCK_MONOTONIC)", true, false},
      {"process_time", CLOCK_PROCESS_CPUTIME_ID, "clock_gettime(CLOCK_PROCESS_CPUTIME_ID)", true, false},
      {"thread_time", CLOCK_THREAD_CPUTIME_ID, "clock_gettime(CLOCK_THREAD_CPUTIME_ID)", true, false},
  };
  for (const Row& row : kRows) {
    if (!as_str(a[0])->equals(row.name)) continue;
    timespec t{0, 1};
    clock_getres(row.clock, &t);
    Dict* d = TRY(dict_new(vm));
    TRY(dict_set_str(vm, d, TRY(vm.intern("implementation")), TRY(vm.intern(row.text))));
    TRY(dict_set_str(vm, d, TRY(vm.intern("monotonic")), Value::boolean(row.monotonic)));
    TRY(dict_set_str(vm, d, TRY(vm.intern("adjustable")), Value::boolean(row.adjustable)));
    TRY(dict_set_str(vm, d, TRY(vm.intern("resolution")),
                     float_from(vm, static_cast<double>(t.tv_sec) + static_cast<double>(t.tv_nsec) * 1e-9)));
    return call_with(vm, vm.types.simple_namespace, vm.empty_tuple, d);
  }
  return vm.raise(E::ValueError, "unknown clock");
}

// --- struct_time

constexpr StructField kTimeFields[] = {{"tm_year", "year, for example, 1993"},
                                       {"tm_mon", "month of year, range [1, 12]"},
                                       {"tm_mday", "day of month, range [1, 31]"},
                                       {"tm_hour", "hours, range [0, 23]"},
                                       {"tm_min", "minutes, range [0, 59]"},
                                       {"tm_sec", "seconds, range [0, 61])"},
                                       {"tm_wday", "day of week, range [0, 6], Monday is 0"},
                                       {"tm_yday", "day of year, range [1, 366]"},
                                       {"tm_isdst", "1 if summer time is in effect, 0 if not, and -1 if unknown"},
                                       {"tm_zone", "abbreviation of timezone name"},
                                       {"tm_gmtoff", "offset from UTC in seconds"}};
constexpr StructSpec kTimeSpec("time.struct_time", "A broken-down time.", kTimeFields, 9);

Value from_tm(Vm& vm, const tm& t) {
  auto n = [](int64_t i) { return Value::small_int(i); };
  Value values[] = {n(int64_t{t.tm_year} + 1900),
                    n(t.tm_mon + 1),
                    n(t.tm_mday),
                    n(t.tm_hour),
                    n(t.tm_min),
                    n(t.tm_sec),
                    n((t.tm_wday + 6) % 7),
                    n(t.tm_yday + 1),
                    n(t.tm_isdst),
                    t.tm_zone == nullptr ? Value::none() : Value(TRY(str_decode_fs(vm, t.tm_zone))),
                    n(t.tm_gmtoff)};
  return structseq_new(vm, state_of(vm).struct_time, values);
}

/// Seconds since the epoch, rounded down; the current time if not given.
Result<time_t> seconds_argument(Vm& vm, Args a) {
  if (!a.has(0) || a[0].is_none()) return ::time(nullptr);
  if (is_float(a[0])) {
    double d = float_value(a[0]);
    if (std::isnan(d)) return vm.raise(E::ValueError, "Invalid value NaN (not a number)");
    double floor = std::floor(d);
    if (!(floor >= -9223372036854775808.0 && floor < 9223372036854775808.0))
      return vm.raise(E::OverflowError, "timestamp out of range for platform time_t");
    return static_cast<time_t>(floor);
  }
  if (!has_index(vm, a[0]))
    return vm.raise(E::TypeError, "'{}' object cannot be interpreted as an integer", type_name_of(a[0]));
  Value i = index(vm, a[0]);
  if (i.is_error()) return Error{};
  auto seconds = int_to_i64(i);
  if (!seconds) return vm.raise(E::OverflowError, "timestamp out of range for platform time_t");
  return static_cast<time_t>(*seconds);
}
Value time_gmtime(Vm& vm, Args a) {
  time_t seconds = TRY(seconds_argument(vm, a));
  tm t{};
  errno = 0;
  if (gmtime_r(&seconds, &t) == nullptr) return vm.raise_os_error(errno == 0 ? EINVAL : errno);
  t.tm_zone = "GMT";
  return from_tm(vm, t);
}
Value time_localtime(Vm& vm, Args a) {
  time_t seconds = TRY(seconds_argument(vm, a));
  tm t{};
  errno = 0;
  if (localtime_r(&seconds, &t) == nullptr) return vm.raise_os_error(errno == 0 ? EINVAL : errno);
  return from_tm(vm, t);
}

/// The first nine items of a time tuple (and the zone of a struct_time) as C knows them. `zone` keeps the text.
Status to_tm(Vm& vm, Value v, tm& out, std::string& zone, const char* message) {
  std::memset(&out, 0, sizeof out);
  if (!is_tuple(v)) return vm.raise(E::TypeError, "Tuple or struct_time argument required");
  Tuple* t = v.as<Tuple>();
  if (t->length != 9) return vm.raise(E::TypeError, "{}", message);
  int fields[9];
  for (int i = 0; i < 9; ++i) {
    Value item = index(vm, t->items[i]);
    if (item.is_error()) return Error{};
    auto n = int_to_i64(item);
    if (!n || *n < INT32_MIN || *n > INT32_MAX) {
      if (i == 0) return vm.raise(E::OverflowError, "year out of range");
      return vm.raise(E::OverflowError, int_sign(item) < 0 ? "signed integer is less than minimum"
                                                           : "signed integer is greater than maximum");
    }
    fields[i] = static_cast<int>(*n);
  }
  if (fields[0] < INT32_MIN + 1900) return vm.raise(E::OverflowError, "year out of range");
  out.tm_year = fields[0] - 1900;
  out.tm_mon = static_cast<int>(static_cast<unsigned>(fields[1]) - 1);
  out.tm_mday = fields[2];
  out.tm_hour = fields[3];
  out.tm_min = fields[4];
  out.tm_sec = fields[5];
  out.tm_wday = fields[6] >= 0 ? (fields[6] + 1) % 7 : fields[6] + 1;
  out.tm_yday = static_cast<int>(static_cast<unsigned>(fields[7]) - 1);
  out.tm_isdst = fields[8];
  if (vm.type_of(v) == state_of(vm).struct_time) {
    Value name = t->items[9], offset = t->items[10];
    if (is_str(name)) {
      zone = str_to_utf8(as_str(name));
      out.tm_zone = zone.c_str();
    }
    if (!offset.is_none()) out.tm_gmtoff = TRY(index_checked(vm, offset, E::OverflowError));
  }
  return {};
}
/// Zero, which is out of range in months and days, stands for the first; everything else must be in range.
Status check_tm(Vm& vm, tm& t) {
  if (t.tm_mon == -1)
    t.tm_mon = 0;
  else if (t.tm_mon < 0 || t.tm_mon > 11)
    return vm.raise(E::ValueError, "month out of range");
  if (t.tm_mday == 0)
    t.tm_mday = 1;
  else if (t.tm_mday < 0 || t.tm_mday > 31)
    return vm.raise(E::ValueError, "day of month out of range");
  if (t.tm_hour < 0 || t.tm_hour > 23) return vm.raise(E::ValueError, "hour out of range");
  if (t.tm_min < 0 || t.tm_min > 59) return vm.raise(E::ValueError, "minute out of range");
  if (t.tm_sec < 0 || t.tm_sec > 61) return vm.raise(E::ValueError, "seconds out of range");
  if (t.tm_wday < 0) return vm.raise(E::ValueError, "day of week out of range");
  if (t.tm_yday == -1)
    t.tm_yday = 0;
  else if (t.tm_yday < 0 || t.tm_yday > 365)
    return vm.raise(E::ValueError, "day of year out of range");
  return {};
}
/// The broken-down time given, or the current local one.
Status tm_argument(Vm& vm, Args a, size_t i, tm& out, std::string& zone, const char* message) {
  if (!a.has(i)) {
    time_t seconds = ::time(nullptr);
    localtime_r(&seconds, &out);
    return {};
  }
  TRY(to_tm(vm, a[i], out, zone, message));
  return check_tm(vm, out);
}

Value text_of(Vm& vm, const tm& t) {
  constexpr char kDays[] = "SunMonTueWedThuFriSat", kMonths[] = "JanFebMarAprMayJunJulAugSepOctNovDec";
  char text[64];
  int n = std::snprintf(text, sizeof text, "%.3s %.3s%3d %.2d:%.2d:%.2d %lld", kDays + 3 * t.tm_wday,
                        kMonths + 3 * t.tm_mon, t.tm_mday, t.tm_hour, t.tm_min, t.tm_sec,
                        static_cast<long long>(t.tm_year) + 1900);
  return str_from_ascii(vm, {text, static_cast<size_t>(n)});
}
Value time_asctime(Vm& vm, Args a) {
  tm t;
  std::string zone;
  TRY(tm_argument(vm, a, 0, t, zone, "asctime(): illegal time tuple argument"));
  return text_of(vm, t);
}
Value time_ctime(Vm& vm, Args a) {
  time_t seconds = TRY(seconds_argument(vm, a));
  tm t{};
  errno = 0;
  if (localtime_r(&seconds, &t) == nullptr) return vm.raise_os_error(errno == 0 ? EINVAL : errno);
  return text_of(vm, t);
}
Value time_mktime(Vm& vm, Args a) {
  tm t;
  std::string zone;
  TRY(to_tm(vm, a[0], t, zone, "mktime(): illegal time tuple argument"));
  t.tm_wday = -1;  // stays so if the time cannot be represented
  time_t seconds = ::mktime(&t);
  if (seconds == -1 && t.tm_wday == -1) return vm.raise(E::OverflowError, "mktime argument out of range");
  return float_from(vm, static_cast<double>(seconds));
}

Value time_strftime(Vm& vm, Args a) {
  if (!is_str(a[0])) return vm.raise(E::TypeError, "strftime() argument 1 must be str, not {}", argument_type(a[0]));
  tm t;
  std::string zone;
  TRY(tm_argument(vm, a, 1, t, zone, "strftime(): illegal time tuple argument"));
  // tm_isdst only chooses among two names.
  t.tm_isdst = std::clamp(t.tm_isdst, -1, 1);
  std::string format;
  str_append_utf8(as_str(a[0]), format);
  std::string out;
  // A NUL ends what C looks at: the pieces between them are done one by one.
  for (size_t begin = 0; begin <= format.size();) {
    size_t end = std::min(format.find('\0', begin), format.size());
    std::string piece = format.substr(begin, end - begin);
    if (!piece.empty()) {
      piece.push_back('x');  // an empty result is told apart from one that does not fit
      for (size_t room = 256 + piece.size();; room *= 2) {
        TRY(vm.poll());
        if (room > (size_t{1} << 30)) return vm.raise_memory_error();
        std::string buffer(room, 0);
        size_t n = strftime(buffer.data(), room, piece.c_str(), &t);
        if (n == 0) continue;
        out.append(buffer.data(), n - 1);
        break;
      }
    }
    if (end < format.size()) out.push_back('\0');
    begin = end + 1;
  }
  return str_from_generalised_utf8(vm, out);
}
Value time_strptime(Vm& vm, Args a) {
  Value module = TRY(import_module(vm, "_strptime"));
  Value function = TRY(get_attr(vm, module, TRY(vm.intern("_strptime_time"))));
  return call(vm, function, a.rest(0));
}

// --- Time zone

Status set_zone(Vm& vm) {
  tzset();
  Module* m = state_of(vm).module;
  // What daylight saving is differs by year and hemisphere: look at this January and July.
  constexpr time_t kYear = (365 * 24 + 6) * 3600;
  time_t base = ::time(nullptr) / kYear * kYear;
  auto zone_at = [](time_t when, tm& t) {
    localtime_r(&when, &t);
    return -static_cast<int64_t>(t.tm_gmtoff);
  };
  tm january, july;
  int64_t january_zone = zone_at(base, january), july_zone = zone_at(base + kYear / 2, july);
  bool southern = january_zone < july_zone;
  int64_t standard = southern ? july_zone : january_zone, summer = southern ? january_zone : july_zone;
  const char *standard_name = southern ? july.tm_zone : january.tm_zone,
             *summer_name = southern ? january.tm_zone : july.tm_zone;
  TRY(module_add_int(vm, m, "timezone", standard));
  TRY(module_add_int(vm, m, "altzone", summer));
  TRY(module_add_int(vm, m, "daylight", january_zone != july_zone));
  Str* first = TRY(str_decode_fs(vm, standard_name));
  Str* second = TRY(str_decode_fs(vm, summer_name));
  return module_add(vm, m, "tzname", tuple_of(vm, first, second));
}
Value time_tzset(Vm& vm, Args) {
  TRY(set_zone(vm));
  return Value::none();
}

const NativeRow kFunctions[] = {
    {"time()", now<CLOCK_REALTIME, false>, 0, "Seconds since the epoch."},
    {"time_ns()", now<CLOCK_REALTIME, true>, 0, "Nanoseconds since the epoch."},
    {"monotonic()", now<CLOCK_MONOTONIC, false>, 0, "Seconds of a clock that never goes back."},
    {"monotonic_ns()", now<CLOCK_MONOTONIC, true>, 0, "Nanoseconds of a clock that never goes back."},
    {"perf_counter()", now<CLOCK_MONOTONIC, false>, 0, "Seconds of the finest clock."},
    {"perf_counter_ns()", now<CLOCK_MONOTONIC, true>, 0, "Nanoseconds of the finest clock."},
    {"process_time()", now<CLOCK_PROCESS_CPUTIME_ID, false>, 0, "Processor seconds used by the process."},
    {"process_time_ns()", now<CLOCK_PROCESS_CPUTIME_ID, true>, 0, "Processor nanoseconds used by the process."},
    {"thread_time()", now<CLOCK_THREAD_CPUTIME_ID, false>, 0, "Processor seconds used by the thread."},
    {"thread_time_ns()", now<CLOCK_THREAD_CPUTIME_ID, true>, 0, "Processor nanoseconds used by the thread."},
    {"clock_gettime(clk_id, /)", clock_get<false>, 0, "Seconds of a clock."},
    {"clock_gettime_ns(clk_id, /)", clock_get<true>, 0, "Nanoseconds of a clock."},
    {"clock_settime(clk_id, time, /)", clock_set<false>, 0, "Set a clock to seconds."},
    {"clock_settime_ns(clk_id, time, /)", clock_set<true>, 0, "Set a clock to nanoseconds."},
    {"pthread_getcpuclockid(thread_id, /)", thread_clock, 0, "The clock of a thread's processor time."},
    {"clock_getres(clk_id, /)", clock_resolution, 0, "Resolution of a clock in seconds."},
    {"get_clock_info(name, /)", time_get_clock_info, 0, "Properties of a clock, by the name of its function."},
    {"sleep(seconds, /)", time_sleep, 0, "Do nothing for some seconds."},
    {"gmtime(seconds=None, /)", time_gmtime, 0, "Seconds since the epoch as a struct_time in UTC."},
    {"localtime(seconds=None, /)", time_localtime, 0, "Seconds since the epoch as a struct_time in local time."},
    {"asctime(tuple=<unrepresentable>, /)", time_asctime, 0, "A time tuple as text, like 'Sat Jun 06 16:26:11 1998'."},
    {"ctime(seconds=None, /)", time_ctime, 0, "Seconds since the epoch as text in local time."},
    {"mktime(tuple, /)", time_mktime, 0, "A time tuple in local time as seconds since the epoch."},
    {"strftime(format, tuple=<unrepresentable>, /)", time_strftime, 0, "A time tuple as text in a given format."},
    {"strptime(*args)", time_strptime, 0, "A struct_time from text in a given format."},
    {"tzset()", time_tzset, 0, "Take over a changed TZ environment variable."},
};

Status time_init(Vm& vm, Module* m) {
  State& s = state_of(vm);
  s.module = m;
  s.struct_time = TRY(structseq_type(vm, kTimeSpec));
  TRY(module_add(vm, m, "struct_time", s.struct_time));
  TRY(module_add_int(vm, m, "_STRUCT_TM_ITEMS", 11));
  const struct {
    const char* name;
    clockid_t clock;
  } kClocks[] = {{"CLOCK_REALTIME", CLOCK_REALTIME},
                 {"CLOCK_MONOTONIC", CLOCK_MONOTONIC},
                 {"CLOCK_MONOTONIC_RAW", CLOCK_MONOTONIC_RAW},
                 {"CLOCK_PROCESS_CPUTIME_ID", CLOCK_PROCESS_CPUTIME_ID},
                 {"CLOCK_THREAD_CPUTIME_ID", CLOCK_THREAD_CPUTIME_ID},
                 {"CLOCK_BOOTTIME", CLOCK_BOOTTIME},
                 {"CLOCK_TAI", CLOCK_TAI}};
  for (const auto& row : kClocks) TRY(module_add_int(vm, m, row.name, row.clock));
  return set_zone(vm);
}

}  // namespace

extern const ModuleSpec time_module{
    .name = "time",
    .doc = "Clocks, sleeping and broken-down times.",
    .functions = kFunctions,
    .init = time_init,
};

}  // namespace krait
