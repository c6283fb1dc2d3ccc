// Iterators that any object can have. (get_iter and iter_next are in operations.hpp.)
#pragma once

#include "objects/vm.hpp"

namespace krait {

/// Over sequence[0], sequence[1], ... until IndexError.
Value sequence_iterator_new(Vm& vm, Value sequence);

/// iter_next() for who wants to see an end that was raised: StopIteration stays pending then.
Value iter_step(Vm& vm, Value iterator);
/// get_iter() for who says in words of its own what cannot be iterated over: NotImplemented, and nothing pending, where that (or an
/// __iter__) raised TypeError.
Value get_iter_if_any(Vm& vm, Value v);
/// One step of an iterator that gives pairs, without making the tuple: enumerate, zip of two, dict items. True with both set;
/// exhausted(); not_implemented() where it is none of these; or an error.
Value iter_next_pair(Vm& vm, Value iterator, Value* first, Value* second);

}  // namespace krait
