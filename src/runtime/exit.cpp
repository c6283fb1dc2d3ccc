#include "runtime/exit.hpp"

#include "objects/exception.hpp"
#include "objects/operations.hpp"
#include "objects/sequences.hpp"

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

}  // namespace krait
