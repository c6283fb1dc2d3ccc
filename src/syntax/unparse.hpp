// An expression back as source text, in the canonical form that `from __future__ import annotations` stores.
#pragma once

#include <string>

#include "syntax/ast.hpp"

namespace krait::syntax {

/// Appends the text that CPython's compiler gives an annotation: one space around binary operators, only the
/// needed parentheses, repr() of constants. False if the expression is nested too deeply (`stack_limit` as in
/// ParseOptions).
bool unparse(const ast::Expr* expression, std::string& out, const char* stack_limit = nullptr);

}  // namespace krait::syntax
