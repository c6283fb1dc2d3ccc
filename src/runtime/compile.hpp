// Source values to code objects: the compile() built-in and what exec() and eval() do with text.
#pragma once

#include "bytecode/code.hpp"
#include "objects/native.hpp"

namespace krait {

/// Compiles a str, bytes, bytearray or buffer. `type_message` is the TypeError for anything else; leading blanks are dropped for eval.
Result<Code*> compile_value(Vm& vm, Value source, const char* filename, const char* mode, const char* type_message,
                            bool strip_blanks);
/// The body of builtins.compile.
Value compile_builtin(Vm& vm, Args a);

}  // namespace krait
