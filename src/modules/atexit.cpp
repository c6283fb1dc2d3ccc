// atexit: functions to be called when the machine ends.
#include "objects/dict.hpp"
#include "objects/module.hpp"
#include "objects/operations.hpp"
#include "objects/sequences.hpp"
#include "objects/str.hpp"
#include "runtime/exit.hpp"

namespace krait {
namespace {

Value atexit_register(Vm& vm, Args a) {
  // **kwargs, then what *args took.
  auto rest = a.rest(1);
  if (rest.empty()) return vm.raise(E::TypeError, "register() takes at least 1 argument (0 given)");
  if (!is_callable(vm, rest[0])) return vm.raise(E::TypeError, "the first argument must be callable");
  ExitFunctions& functions = vm.extension<ExitFunctions>();
  if (functions.calls == nullptr) functions.calls = TRY(list_new(vm));
  Tuple* args = TRY(tuple_from_span(vm, rest.subspan(1)));
  Tuple* entry = TRY(tuple_of(vm, rest[0], Value(args), a.get(0, Value::none())));
  TRY(list_append(vm, functions.calls, entry));
  return rest[0];
}

Value atexit_unregister(Vm& vm, Args a) {
  ExitFunctions& functions = vm.extension<ExitFunctions>();
  if (functions.calls == nullptr) return Value::none();
  for (uint64_t i = 0; i < functions.calls->length;) {
    TRY(vm.poll());
    Value item = functions.calls->items()[i];
    bool same = TRY(equal(vm, item.as<Tuple>()->items[0], a[0]));
    // The comparison may have changed the list.
    bool still_there = i < functions.calls->length && functions.calls->items()[i] == item;
    if (same && still_there) {
      TRY(list_delete(vm, functions.calls, static_cast<int64_t>(i), static_cast<int64_t>(i) + 1));
    } else {
      ++i;
    }
  }
  return Value::none();
}

Value atexit_clear(Vm& vm, Args) {
  ExitFunctions& functions = vm.extension<ExitFunctions>();
  if (functions.calls != nullptr) list_clear(vm, functions.calls);
  return Value::none();
}
Value atexit_run(Vm& vm, Args) {
  TRY(run_exit_functions(vm));
  return Value::none();
}
Value atexit_count(Vm& vm, Args) {
  ExitFunctions& functions = vm.extension<ExitFunctions>();
  return Value::small_int(functions.calls == nullptr ? 0 : static_cast<int64_t>(functions.calls->length));
}

const NativeRow kFunctions[] = {
    {"register(*args, **kwargs)", atexit_register, 0, "Register a function to be called at exit, with its arguments."},
    {"unregister(func, /)", atexit_unregister, 0, "Forget a function that was registered."},
    {"_clear()", atexit_clear, 0, "Forget all registered functions."},
    {"_run_exitfuncs()", atexit_run, 0, "Call all registered functions, and forget them."},
    {"_ncallbacks()", atexit_count, 0, "How many functions are registered."},
};

}  // namespace

extern const ModuleSpec atexit_module{
    .name = "atexit",
    .doc = "Functions to be called when the program ends.",
    .functions = kFunctions,
};

}  // namespace krait
