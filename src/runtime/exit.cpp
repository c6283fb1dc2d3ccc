#include "runtime/exit.hpp"

#include <unistd.h>

#include <algorithm>

#include "objects/exception.hpp"
#include "objects/int.hpp"
#include "objects/operations.hpp"
#include "objects/sequences.hpp"
#include "objects/str.hpp"
#include "objects/weakref.hpp"
#include "runtime/limits.hpp"
#include "runtime/machine.hpp"
#include "runtime/print_exception.hpp"
#include "runtime/system.hpp"

namespace krait {

void ExitFunctions::trace(Marker& marker) { marker.mark_cell(calls); }

Status run_exit_functions(Vm& vm) {
  List* calls = vm.extension<ExitFunctions>().calls;
  if (calls == nullptr) return {};
  while (calls->length > 0) {
    Value item = calls->items()[calls->length - 1];
    TRY(list_delete(vm, calls, static_cast<int64_t>(calls->length) - 1, static_cast<int64_t>(calls->length)));
    Tuple* t = item.as<Tuple>();
    Dict* kwargs = t->items[2].is_none() ? nullptr : t->items[2].as<Dict>();
    Value done = call_with(vm, t->items[0], t->items[1].as<Tuple>(), kwargs);
    if (!done.is_error()) continue;
    if (vm.tripped != Limit::kNone) return Error{};
    write_unraisable(vm, "Exception ignored in atexit callback", t->items[0]);
  }
  return {};
}

Status run_last_finalizers(Vm& vm) { return finalizers_run_all(vm); }

namespace {

/// Text that must reach the user whatever became of sys.stderr.
void write_descriptor(std::string_view text) {
  while (!text.empty()) {
    ssize_t n = ::write(STDERR_FILENO, text.data(), text.size());
    if (n < 0 && errno == EINTR) continue;
    if (n <= 0) return;
    text.remove_prefix(static_cast<size_t>(n));
  }
}

/// To sys.stderr, or to the descriptor when there is no sys yet. What goes wrong is dropped: this is where errors are told.
void tell(Vm& vm, const std::string& text) {
  if (system_of(vm).sys == nullptr) return write_descriptor(text);
  auto write = [&]() -> Status {
    Value stream = sys_get(vm, "stderr");
    if (stream.is_unset() || stream.is_none()) return {};
    TRY(call_method(vm, stream, vm.names.write, Value(TRY(str_from_generalised_utf8(vm, text)))));
    TRY(call_method(vm, stream, vm.names.flush));
    return {};
  };
  if (write().is_error()) (void)vm.clear_pending();
}

bool is_exit(Vm& vm, Value exception) { return is_instance_of(vm, exception, vm.exception_type(E::SystemExit)); }

int obey_exit(Vm& vm, Value exception) {
  Result<Str*> name = vm.intern("code");
  Value code = name.ok() ? get_attr(vm, exception, name.release()) : Value();
  if (code.is_error()) {
    (void)vm.clear_pending();
    code = exception;
  }
  if (code.is_none()) return 0;
  if (is_int(code)) {
    std::optional<int64_t> number = int_to_i64(code);
    if (number && *number >= INT32_MIN && *number <= INT32_MAX) return static_cast<int>(*number & 0xFF);
    return 0xFF;
  }
  Value text = str(vm, code);
  std::string line;
  if (text.is_error()) {
    (void)vm.clear_pending();
  } else {
    str_append_utf8(as_str(text), line);
  }
  tell(vm, line + "\n");
  return kExitError;
}

Status remember_last(Vm& vm, Value exception, Value traceback) {
  TRY(sys_set(vm, "last_exc", exception));
  TRY(sys_set(vm, "last_type", vm.type_of(exception)));
  TRY(sys_set(vm, "last_value", exception));
  return sys_set(vm, "last_traceback", traceback);
}

/// Where memory ran out, telling what happened needs a little more than the limit.
void make_room_to_tell(Vm& vm, Value exception) {
  constexpr uint64_t kRoom = 2 << 20;
  if (vm.heap.limit() != UINT64_MAX && is_instance_of(vm, exception, vm.exception_type(E::MemoryError)))
    vm.heap.set_limit(std::max(vm.heap.limit(), vm.heap.bytes_in_use()) + kRoom);
}

}  // namespace

int report_exception(Vm& vm, bool inspecting) {
  Value exception = vm.take_pending();
  if (vm.tripped == Limit::kNone && is_exception(exception)) make_room_to_tell(vm, exception);
  if (vm.tripped != Limit::kNone) {
    write_descriptor(limits_message(vm) + "\n");
    return kExitLimit;
  }
  if (!is_exception(exception)) return kExitError;
  if (is_exit(vm, exception) && !inspecting) return obey_exit(vm, exception);
  std::string text;
  if (system_of(vm).sys == nullptr) {
    format_exception(vm, exception, text);
    tell(vm, text);
    return kExitError;
  }
  int code = vm.type_of(exception) == vm.exception_type(E::KeyboardInterrupt) ? kExitBySigint : kExitError;
  Value traceback = as_exception(exception)->traceback;
  if (traceback.is_unset()) traceback = Value::none();
  Value hook;
  if (!remember_last(vm, exception, traceback).is_error()) hook = sys_get(vm, "excepthook");
  if (hook.is_unset() || hook.is_none()) {
    if (vm.has_pending()) (void)vm.clear_pending();
    text = "sys.excepthook is missing\n";
    format_exception(vm, exception, text);
    tell(vm, text);
  } else if (call3(vm, hook, Value(vm.type_of(exception)), exception, traceback).is_error()) {
    if (vm.tripped != Limit::kNone) return report_exception(vm);
    Value second = vm.take_pending();
    if (is_exit(vm, second) && !inspecting) return obey_exit(vm, second);
    text = "Error in sys.excepthook:\n";
    format_exception(vm, second, text);
    text += "\nOriginal exception was:\n";
    format_exception(vm, exception, text);
    tell(vm, text);
  }
  // What printing itself tripped.
  if (vm.tripped != Limit::kNone) return report_exception(vm);
  return code;
}

bool flush_streams(Vm& vm) {
  bool done = true;
  for (const char* name : {"stdout", "stderr"}) {
    // Streams that nobody used were never made.
    Value stream = sys_get_made(vm, name);
    if (stream.is_unset() || stream.is_none()) continue;
    Result<Str*> closed_name = vm.intern("closed");
    Value closed = closed_name.ok() ? get_attr_optional(vm, stream, closed_name.release()) : Value();
    bool is_closed = false;
    if (!closed.is_error() && !closed.is_exhausted()) {
      Result<bool> truth = truthy(vm, closed);
      is_closed = !truth.is_error() && truth.release();
    }
    if (vm.has_pending()) (void)vm.clear_pending();
    if (is_closed || !call_method(vm, stream, vm.names.flush).is_error()) continue;
    if (vm.tripped != Limit::kNone) return done;
    if (*name == 's' && name[3] == 'o') {
      done = false;
      write_unraisable(vm, "Exception ignored while flushing sys.stdout", Value());
    } else {
      (void)vm.clear_pending();
    }
  }
  return done;
}

}  // namespace krait
