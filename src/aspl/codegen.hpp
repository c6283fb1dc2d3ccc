// From ASPL's tree to the machine's code objects.
#pragma once

#include "aspl/tree.hpp"
#include "bytecode/code.hpp"

namespace krait::aspl {

/// Values that one activation of a function may have on its operand stack, as in the first ASPL machine: an expression that needs
/// more ends in "Stack overflow" where it would push the next.
constexpr int kMostOperands = 256;

/// The script's code, to be run with a dict of globals; it returns what its last statement gives, if that is an expression, or
/// nil. Errors: too large, too deeply nested, limits.
Result<Code*> generate(Vm& vm, const FunctionNode* script, Str* filename);

}  // namespace krait::aspl
