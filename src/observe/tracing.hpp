// sys.settrace and sys.setprofile: Python functions that are told what a thread does.
#pragma once

#include "interp/interpreter.hpp"
#include "objects/native.hpp"

namespace krait {

/// Functions of sys.
extern const NativeRow kTracingFunctions[7];
/// Asks for the events that the threads' functions and the frames' f_trace_opcodes need.
Status tracing_update(Vm& vm);
/// Starts the watching of f_trace_opcodes when a frame asks for it.
void tracing_start(Vm& vm);

}  // namespace krait
