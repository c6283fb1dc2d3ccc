// ASPL's tree, with names already resolved: a name is a Variable of some function, or global.
#pragma once

#include <cstdint>
#include <string_view>
#include <vector>

#include "base/arena.hpp"

namespace krait::aspl {

struct FunctionNode;

/// A parameter or a `var` inside a block. Blocks nest and names may be the same: each declaration is its own.
struct Variable {
  std::string_view name;
  FunctionNode* owner;
  uint32_t number;        ///< among the owner's
  bool captured = false;  ///< an inner function uses it: lives in a cell, a new one each time the declaration runs
};

template <class T>
struct ListItem {
  T value;
  ListItem* next;
};
/// A list in the arena, in order.
template <class T>
struct List {
  ListItem<T>* first = nullptr;
  ListItem<T>* last = nullptr;
  uint32_t count = 0;
  void add(Arena& arena, T value) {
    auto* item = arena.make<ListItem<T>>(value, nullptr);
    (last == nullptr ? first : last->next) = item;
    last = item;
    ++count;
  }
};

enum class Binary : uint8_t {
  kAdd,
  kSubtract,
  kMultiply,
  kDivide,
  kLess,
  kLessEqual,
  kGreater,
  kGreaterEqual,
  kEqual,
  kNotEqual
};

struct Expression {
  enum Kind : uint8_t {
    kNil,
    kTrue,
    kFalse,
    kInteger,
    kDouble,
    kString,  // text
    kName,    // text or variable
    kAssign,  // text or variable, right
    kNegate,
    kNot,     // right
    kBinary,  // left, operation, right
    kAnd,
    kOr,         // left, right
    kCall,       // left, arguments
    kGet,        // left, text
    kSet,        // left, text, right
    kSuper,      // variable (the superclass), right (this), text
    kSuperCall,  // as kSuper, arguments
  } kind;
  uint32_t line;
  Binary operation{};
  std::string_view text{};
  Variable* variable = nullptr;
  Expression* left = nullptr;
  Expression* right = nullptr;
  List<Expression*> arguments{};
};

struct Statement {
  enum Kind : uint8_t {
    kExpression,
    kPrint,
    kReturn,    // value (of a return: or null)
    kVar,       // text or variable, value or null
    kBlock,     // body
    kIf,        // value, first, second or null
    kLoop,      // value or null (for ever), first, step or null
    kFunction,  // text or variable, function
    kClass,     // text or variable, value (superclass) or null, super_variable, methods
  } kind;
  uint32_t line;
  std::string_view text{};
  Variable* variable = nullptr;
  Expression* value = nullptr;
  Expression* step = nullptr;
  Statement* first = nullptr;
  Statement* second = nullptr;
  FunctionNode* function = nullptr;
  Variable* super_variable = nullptr;
  List<Statement*> body{};
  List<FunctionNode*> methods{};
};

struct FunctionNode {
  enum Kind : uint8_t { kScript, kFunction, kMethod, kInit } kind;
  std::string_view name;
  uint32_t line;
  FunctionNode* outer;
  List<Variable*> variables{};   ///< parameters first (a method's: `this` first of all)
  List<Variable*> free{};        ///< variables of outer functions that this one or one inside it uses
  uint32_t parameter_count = 0;  ///< with `this`
  List<Statement*> body{};
};

}  // namespace krait::aspl
