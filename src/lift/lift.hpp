// CPython's code objects made into Krait's: the one road from bytecode/pyc/ to code that runs.
#pragma once

#include "bytecode/pyc/pyc.hpp"

namespace krait::pyc {

/// The code object, and all in its constants, in Krait's instructions; each passes the verifier. ValueError "invalid code
/// object: ..." for what no compiler writes.
Result<Code*> lift(Vm& vm, const PycFile& file, const PycCode& code);

/// The value that read_marshal() gave, with code objects in the place of their stand-ins.
Value lift_value(Vm& vm, const PycFile& file, Value v);

}  // namespace krait::pyc
