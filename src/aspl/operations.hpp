// What ASPL's operators, printing, classes and calls do to values: the rows that it adds to the machine as guest operations.
//
// ASPL's values are the machine's own: nil is None, integers and doubles are int and float, strings are str, functions are
// functions, classes are types below one root, which has no attributes of Python's that a program could name.
#pragma once

#include <string>

#include "bytecode/guest.hpp"
#include "objects/str.hpp"

namespace krait::aspl {

enum class Unary : uint32_t { kNegate = kFirstGuestOperation, kNot, kTruth, kPrint, kInstance, kOverflow };
enum class BinaryOperation : uint32_t {
  kAdd = kFirstGuestOperation,  ///< the first ten in the order of tree.hpp's Binary
  kSubtract,
  kMultiply,
  kDivide,
  kLess,
  kLessEqual,
  kGreater,
  kGreaterEqual,
  kEqual,
  kNotEqual,
  kCheckCall,        ///< callee, number of arguments -> callee; an error unless it can be called so
  kCheckMethodCall,  ///< the same for a method without its receiver
  kMakeClass,        ///< name, superclass or nil -> class
  kSuperMethod,      ///< class, name -> the function that the class gives its instances
  kBind,             ///< function, instance -> method
};

/// Makes the operations known to the machine, and the root of the classes; once per Vm, before any ASPL code is made.
Status operations_start(Vm& vm);

/// As `print` shows it. Runs no code.
Result<std::string> value_text(Vm& vm, Value v);
/// To where `print` writes: sys.stdout.
Status write_out(Vm& vm, std::string_view text);

/// A property's name as the machine has it: `init` is __init__, and names of Python's own kind cannot be reached.
std::string attribute_name(std::string_view property);
std::string property_name(std::string_view attribute);

}  // namespace krait::aspl
