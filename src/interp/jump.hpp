// Setting f_lineno: a running frame goes on at another line.
#pragma once

#include "interp/frame.hpp"

namespace krait {

/// Moves the frame, which is stopped at an event (frame->pc behind the instruction), to the first instruction of the next line with
/// code at or after `line`, dropping what lies too much on the operand stack. ValueError where the stacks do not fit: into a for loop,
/// an except block and so on. Locals that are unset become None (with a RuntimeWarning), because the code there trusts them.
Status frame_jump(Vm& vm, Frame* frame, int64_t line);

}  // namespace krait
