// Compiled files: Krait's own cached bytecode, and CPython's where they are welcome.
#pragma once

#include <string>
#include <string_view>

#include "bytecode/code.hpp"

namespace krait {

/// Whether the bytes begin a compiled file, of Krait or of a CPython that is known.
bool is_compiled_file(std::string_view data);
/// The code of a compiled file. ImportError, EOFError, ValueError where it is damaged.
Result<Code*> compiled_file_code(Vm& vm, std::string_view data, std::string_view shown_name);
/// Runs a compiled file as `__main__`.
Value run_main_compiled(Vm& vm, std::string_view data, std::string_view filename);

}  // namespace krait
