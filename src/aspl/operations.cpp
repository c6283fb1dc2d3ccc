#include "aspl/operations.hpp"

#include "interp/function.hpp"
#include "objects/dict.hpp"
#include "objects/float.hpp"
#include "objects/function.hpp"
#include "objects/int.hpp"
#include "objects/operations.hpp"
#include "objects/sequences.hpp"
#include "objects/type.hpp"
#include "runtime/system.hpp"

namespace krait::aspl {
namespace {

struct Classes : Extension {
  Type* root = nullptr;
  void trace(Marker& marker) override { marker.mark(root); }
};

bool is_integer(Value v) { return is_int(v) && !v.is_bool(); }
bool is_number(Value v) { return is_integer(v) || is_float(v); }
bool is_instance(Vm& vm, Value v) { return type_is_subtype(vm.type_of(v), vm.extension<Classes>().root); }
bool is_class(Vm& vm, Value v) {
  return is_kind(v, Kind::Type) && type_is_subtype(v.as<Type>(), vm.extension<Classes>().root);
}
/// Only nil and false are false: 0 and "" are true.
bool is_true(Value v) { return !v.is_none() && !v.is_false(); }

Value not_numbers(Vm& vm) { return vm.raise(E::RuntimeError, "Operands must be numbers"); }

// --- Arithmetic. Two integers give an integer; a double makes both doubles.

/// C's division: towards zero.
Value divide_integers(Vm& vm, Value a, Value b) {
  if (b.is_small_int() && b.as_small_int() == 0) return vm.raise(E::RuntimeError, "Division by zero");
  if (a.is_small_int() && b.is_small_int()) return int_from(vm, a.as_small_int() / b.as_small_int());
  Value quotient = TRY(int_floor_div(vm, a, b));
  Value remainder = TRY(int_sub(vm, a, TRY(int_mul(vm, quotient, b))));
  if (remainder.is_small_int() && remainder.as_small_int() == 0) return quotient;
  bool negative = TRY(compare_bool(vm, quotient, Value::small_int(0), CompareOp::Lt));
  return negative ? int_add(vm, quotient, Value::small_int(1)) : quotient;
}

template <class Integers, class Doubles>
Value arithmetic(Vm& vm, Value a, Value b, Integers integers, Doubles doubles) {
  if (!is_number(a) || !is_number(b)) return not_numbers(vm);
  if (is_integer(a) && is_integer(b)) return integers(vm, a, b);
  return doubles(TRY(to_double(vm, a)), TRY(to_double(vm, b)));
}

Value add(Vm& vm, Value a, Value b) {
  if (is_str(a) && is_str(b)) return str_concat(vm, as_str(a), as_str(b));
  return arithmetic(vm, a, b, int_add, [&](double x, double y) { return float_from(vm, x + y); });
}
Value subtract(Vm& vm, Value a, Value b) {
  return arithmetic(vm, a, b, int_sub, [&](double x, double y) { return float_from(vm, x - y); });
}
Value multiply(Vm& vm, Value a, Value b) {
  return arithmetic(vm, a, b, int_mul, [&](double x, double y) { return float_from(vm, x * y); });
}
Value divide(Vm& vm, Value a, Value b) {
  return arithmetic(vm, a, b, divide_integers, [&](double x, double y) -> Value {
    if (y == 0) return vm.raise(E::RuntimeError, "Division by zero");
    return float_from(vm, x / y);
  });
}
Value negate(Vm& vm, Value v) {
  if (!is_number(v)) return vm.raise(E::RuntimeError, "Operand must be a number");
  return is_integer(v) ? int_neg(vm, v) : float_from(vm, -float_value(v));
}

// --- Comparison

template <CompareOp op>
Value order(Vm& vm, Value a, Value b) {
  if (!is_number(a) || !is_number(b)) return not_numbers(vm);
  return compare(vm, a, b, op);
}
Result<bool> same(Vm& vm, Value a, Value b) {
  if (is_number(a) && is_number(b)) return compare_bool(vm, a, b, CompareOp::Eq);
  if (is_str(a) && is_str(b)) return str_equal(as_str(a), as_str(b));
  return a.bits() == b.bits();
}
Value equal_to(Vm& vm, Value a, Value b) { return Value::boolean(TRY(same(vm, a, b))); }
Value not_equal_to(Vm& vm, Value a, Value b) { return Value::boolean(!TRY(same(vm, a, b))); }

// --- Calls and classes

Value check_arity(Vm& vm, Value callee, int64_t wanted, Value given) {
  if (!given.is_small_int()) return vm.raise(E::RuntimeError, "Can only call functions and classes");
  if (wanted == given.as_small_int()) return callee;
  return vm.raise(E::RuntimeError, "Expected {} argument{} but got {}", wanted, wanted == 1 ? "" : "s",
                  given.as_small_int());
}
int64_t parameters(Value function) { return is_function(function) ? function.as<Function>()->code->argument_count : 1; }

Value check_call(Vm& vm, Value callee, Value given) {
  if (is_function(callee)) return check_arity(vm, callee, parameters(callee), given);
  if (is_kind(callee, Kind::Method))
    return check_arity(vm, callee, parameters(callee.as<Method>()->function) - 1, given);
  if (is_class(vm, callee)) {
    // Without an `init` of the program's the lookup ends at object's, which takes nothing here.
    Value init = type_lookup(vm, callee.as<Type>(), vm.names.special[static_cast<size_t>(Special::Init)]);
    return check_arity(vm, callee, parameters(init) - 1, given);
  }
  return vm.raise(E::RuntimeError, "Can only call functions and classes");
}
Value check_method_call(Vm& vm, Value callee, Value given) {
  return check_arity(vm, callee, parameters(callee) - 1, given);
}

Value make_class(Vm& vm, Value name, Value base) {
  if (!is_str(name)) return vm.raise(E::RuntimeError, "A class's name must be a string");
  if (base.is_none()) base = vm.extension<Classes>().root;
  if (!is_class(vm, base)) return vm.raise(E::RuntimeError, "Superclass must be a class");
  Tuple* bases = TRY(tuple_of(vm, base));
  return type_new(vm, vm.types.type, as_str(name), bases, TRY(dict_new(vm)), nullptr);
}
Value super_method(Vm& vm, Value cls, Value name) {
  Value found = is_class(vm, cls) && is_str(name) ? type_lookup(vm, cls.as<Type>(), vm.intern(as_str(name))) : Value();
  if (!is_function(found))
    return vm.raise(E::RuntimeError, "Undefined property '{}'",
                    is_str(name) ? property_name(str_to_utf8(as_str(name))) : "");
  return found;
}
Value instance(Vm& vm, Value v) {
  if (!is_instance(vm, v)) return vm.raise(E::RuntimeError, "Only instances have properties");
  return v;
}

Value print(Vm& vm, Value v) {
  TRY(write_out(vm, TRY(value_text(vm, v)) + "\n"));
  return Value::none();
}

constexpr GuestOperations::Unary kUnary[] = {
    {"ASPL_NEGATE", negate},
    {"ASPL_NOT", [](Vm&, Value v) { return Value::boolean(!is_true(v)); }},
    {"ASPL_TRUTH", [](Vm&, Value v) { return Value::boolean(is_true(v)); }},
    {"ASPL_PRINT", print},
    {"ASPL_INSTANCE", instance},
    {"ASPL_OVERFLOW", [](Vm& vm, Value) -> Value { return vm.raise(E::RuntimeError, "Stack overflow"); }},
};
constexpr GuestOperations::Binary kBinary[] = {
    {"ASPL_ADD", add},
    {"ASPL_SUBTRACT", subtract},
    {"ASPL_MULTIPLY", multiply},
    {"ASPL_DIVIDE", divide},
    {"ASPL_LESS", order<CompareOp::Lt>},
    {"ASPL_LESS_EQUAL", order<CompareOp::Le>},
    {"ASPL_GREATER", order<CompareOp::Gt>},
    {"ASPL_GREATER_EQUAL", order<CompareOp::Ge>},
    {"ASPL_EQUAL", equal_to},
    {"ASPL_NOT_EQUAL", not_equal_to},
    {"ASPL_CHECK_CALL", check_call},
    {"ASPL_CHECK_METHOD_CALL", check_method_call},
    {"ASPL_MAKE_CLASS", make_class},
    {"ASPL_SUPER_METHOD", super_method},
    {"ASPL_BIND", [](Vm& vm, Value function, Value self) { return method_new(vm, function, self); }},
};

}  // namespace

Status operations_start(Vm& vm) {
  Classes& classes = vm.extension<Classes>();
  if (classes.root != nullptr) return {};
  Tuple* bases = TRY(tuple_of(vm, Value(vm.types.object)));
  Value root =
      TRY(type_new(vm, vm.types.type, TRY(str_from_ascii(vm, "AsplObject")), bases, TRY(dict_new(vm)), nullptr));
  classes.root = root.as<Type>();
  GuestOperations& guest = guest_operations(vm);
  guest.unary = kUnary;
  guest.binary = kBinary;
  return {};
}

Result<std::string> value_text(Vm& vm, Value v) {
  if (v.is_none()) return std::string("nil");
  if (v.is_bool()) return std::string(is_true(v) ? "true" : "false");
  if (is_str(v)) return str_to_utf8(as_str(v));
  if (is_number(v)) return str_to_utf8(as_str(TRY(repr(vm, v))));
  if (is_kind(v, Kind::Method)) v = v.as<Method>()->function;
  if (is_function(v)) return "<func " + property_name(str_to_utf8(v.as<Function>()->name)) + ">";
  if (is_class(vm, v)) return "<class " + str_to_utf8(v.as<Type>()->name) + ">";
  return "<" + str_to_utf8(vm.type_of(v)->name) + " instance>";
}

Status write_out(Vm& vm, std::string_view text) {
  Value out = sys_get(vm, "stdout");
  if (out.is_error()) return Error{};
  if (out.is_none() || out.is_exhausted()) return {};
  Value str = TRY(str_from_generalised_utf8(vm, text));
  (void)TRY(call_method(vm, out, TRY(vm.intern("write")), str));
  return {};
}

std::string attribute_name(std::string_view property) {
  if (property == "init") return "__init__";
  return property.starts_with("__") ? "." + std::string(property) : std::string(property);
}
std::string property_name(std::string_view attribute) {
  if (attribute == "__init__") return "init";
  return std::string(attribute.starts_with(".") ? attribute.substr(1) : attribute);
}

}  // namespace krait::aspl
