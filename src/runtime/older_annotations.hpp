// Annotations for libraries older than 3.14.
//
// Krait's annotations are evaluated when they are asked for (PEP 649), whatever library is run. Libraries before 3.14 look for a
// finished dict where eager evaluation used to leave it: in the namespace that a metaclass gets, and under "__annotations__" in a
// class's __dict__ (dataclasses, typing.NamedTuple, ...). With such a library the dict is made at these two moments.
#pragma once

#include "objects/vm.hpp"

namespace krait {

/// Vm::annotations_hook: what `annotate` gives, with a typing.ForwardRef for each name that is not defined yet. `complete`: there was none.
Value annotations_with_forward_references(Vm& vm, Value annotate, bool* complete);

/// Classes have attributes that typing before 3.13 does not know to be no part of a protocol: it is told of them once it is loaded.
Status tell_older_typing(Vm& vm, Value module);

/// Puts __annotations__ into the namespace of a class statement whose body is done, for a metaclass to find.
Status annotations_into_namespace(Vm& vm, Value ns);

}  // namespace krait
