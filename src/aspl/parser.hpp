// ASPL's parser: recursive descent for statements, precedence climbing for expressions, names resolved on the way.
#pragma once

#include <string>

#include "aspl/lexer.hpp"
#include "aspl/tree.hpp"
#include "objects/vm.hpp"

namespace krait::aspl {

struct ParseFailure {
  std::string message;  ///< empty: nothing is wrong with the text
  uint32_t line = 1;
  bool incomplete = false;  ///< the text ended too early: a session asks for another line
};

/// The script as a function without parameters, in `arena`. On a mistake in the text `failure` says which and the result is null
/// (nothing is pending); an error only if the nesting is too deep for the native stack or a limit trips.
Result<bool> parse(Vm& vm, std::string_view source, Arena& arena, FunctionNode** script, ParseFailure& failure);

}  // namespace krait::aspl
