// What the object core asks of the running frame.
#include "interp/frame.hpp"
#include "interp/function.hpp"
#include "interp/interpreter.hpp"
#include "objects/operations.hpp"
#include "objects/sequences.hpp"
#include "objects/str.hpp"
#include "objects/type.hpp"

namespace krait {
namespace {

Dict* running_globals(Vm& vm) { return vm.t.frame == nullptr ? nullptr : vm.t.frame->globals; }

/// super() without arguments: the cell `__class__` and the first argument, which may be in a cell itself.
Status super_arguments(Vm& vm, Value* cls, Value* self) {
  const Frame* frame = vm.t.frame;
  if (frame == nullptr) return vm.raise(E::RuntimeError, "super(): no current frame");
  const Code* code = frame->code;
  if (code->argument_count == 0) return vm.raise(E::RuntimeError, "super(): no arguments");
  Value first = frame->slots[0];
  if (is_kind(first, Kind::Cell) && code->slot_kinds->data<uint8_t>()[0] & kSlotCell)
    first = first.as<ClosureCell>()->content;
  if (first.is_unset()) return vm.raise(E::RuntimeError, "super(): arg[0] deleted");
  for (uint32_t i = code->slot_count - code->free_count; i < code->slot_count; ++i) {
    if (code->slot_names->items[i] != Value(vm.names.d_class)) continue;
    Value cell = frame->slots[i];
    if (!is_kind(cell, Kind::Cell)) return vm.raise(E::RuntimeError, "super(): bad __class__ cell");
    Value content = cell.as<ClosureCell>()->content;
    if (content.is_unset()) return vm.raise(E::RuntimeError, "super(): empty __class__ cell");
    if (!is_type(content))
      return vm.raise(E::RuntimeError, "super(): __class__ is not a type ({})", type_name_of(content));
    *cls = content;
    *self = first;
    return {};
  }
  return vm.raise(E::RuntimeError, "super(): __class__ cell not found");
}

}  // namespace

void object_hooks_start(Vm& vm) {
  vm.globals_hook = running_globals;
  vm.super_hook = super_arguments;
}

}  // namespace krait
