// Arithmetic operators: quick cases for exact ints and floats, then the operands' special methods.
//
// CPython tries the number methods of both operands before it lets a sequence on the left concatenate or repeat itself. Native
// sequences have one `__add__` and `__mul__` here, so those of theirs are kept for that second round.
#include <cmath>

#include "objects/attributes.hpp"
#include "objects/bytes.hpp"
#include "objects/float.hpp"
#include "objects/function.hpp"
#include "objects/int.hpp"
#include "objects/operations.hpp"
#include "objects/quick.hpp"
#include "objects/str.hpp"
#include "objects/str_methods.hpp"
#include "objects/type.hpp"

namespace krait {
namespace {

constexpr const char* kSymbols[] = {"+", "&", "//", "<<", "@", "*", "%", "|", "** or pow()", ">>", "-", "/", "^"};
constexpr const char* kInplaceSymbols[] = {
    "+=", "&=", "//=", "<<=", "@=", "*=", "%=", "|=", "**=", ">>=", "-=", "/=", "^="};

/// A native sequence's concatenation or repetition.
bool is_sequence_method(Value method) {
  if (!is_kind(method, Kind::NativeFunction)) return false;
  const Type* owner = method.as<NativeFunction>()->owner;
  if (owner == nullptr) return false;
  switch (static_cast<Kind>(owner->spec->kind)) {
    case Kind::Str:
    case Kind::Bytes:
    case Kind::ByteArray: return true;
    default: return owner->has(kTypeSequence);
  }
}
bool is_sequence_op(BinaryOp op) { return op == BinaryOp::Add || op == BinaryOp::Mul; }

/// The number methods of both operands; NotImplemented if none took it.
Value dispatch(Vm& vm, Special forward, Special reflected, Value a, Value b, bool skip_sequences) {
  Type *ta = vm.type_of(a), *tb = vm.type_of(b);
  // A sequence's own method is none of a number, unless its class has made one of the two.
  auto number_method = [&](Type* type, Special name, Special other) {
    Value method = type->get(name);
    if (!skip_sequences || !is_sequence_method(method)) return method;
    Value second = type->get(other);
    return second.is_unset() || is_sequence_method(second) ? Value() : method;
  };
  Value f = number_method(ta, forward, reflected);
  Value r;
  if (ta != tb) {
    r = number_method(tb, reflected, forward);
    if (!r.is_unset() && !f.is_unset() && r != ta->get(reflected) && type_is_subtype(tb, ta)) {
      Value v = call_special(vm, r, b, a);
      if (!v.is_not_implemented()) return v;
      r = Value();
    }
  }
  if (!f.is_unset()) {
    Value v = call_special(vm, f, a, b);
    if (!v.is_not_implemented()) return v;
  }
  if (!r.is_unset()) return call_special(vm, r, b, a);
  return Value::not_implemented();
}

Value sequence_round(Vm& vm, BinaryOp op, Value a, Value b) {
  // As an operator, repetition says what it misses in other words than the method does.
  auto repeat_error = [&](Value count) -> bool {
    return op == BinaryOp::Mul && !count.is_small_int() && vm.type_of(count)->get(Special::Index).is_unset();
  };
  Value f = special_of(vm, a, forward_special(op));
  if (is_sequence_method(f)) {
    if (repeat_error(b))
      return vm.raise(E::TypeError, "can't multiply sequence by non-int of type '{}'", type_name_of(b));
    return call_special(vm, f, a, b);
  }
  if (op == BinaryOp::Mul) {
    Value r = special_of(vm, b, reflected_special(op));
    if (is_sequence_method(r)) {
      if (repeat_error(a))
        return vm.raise(E::TypeError, "can't multiply sequence by non-int of type '{}'", type_name_of(a));
      return call_special(vm, r, b, a);
    }
  }
  return Value::not_implemented();
}

[[gnu::cold]] Error raise_unsupported(Vm& vm, const char* symbol, Value a, Value b) {
  if (is_kind(a, Kind::NativeFunction) && std::string_view(symbol) == ">>" &&
      a.as<NativeFunction>()->row->name() == "print")
    return vm.raise(
        E::TypeError,
        "unsupported operand type(s) for {}: '{}' and '{}'. Did you mean \"print(<message>, file=<output_stream>)\"?",
        symbol, type_name_of(a), type_name_of(b));
  return vm.raise(E::TypeError, "unsupported operand type(s) for {}: '{}' and '{}'", symbol, type_name_of(a),
                  type_name_of(b));
}

/// What programs do most with text, without a look at its special methods; NotImplemented when the operands are others.
Value text_operation(Vm& vm, BinaryOp op, Value a, Value b) {
  if (!is_exact_str(vm, a)) return Value::not_implemented();
  if (op == BinaryOp::Add && is_exact_str(vm, b)) return str_concat(vm, as_str(a), as_str(b));
  if (op == BinaryOp::Mod && (is_exact_tuple(vm, b) || is_exact_str(vm, b) || b.is_small_int())) {
    const Value arguments[] = {a, b};
    return str_methods::mod(vm, {arguments, 2});
  }
  return Value::not_implemented();
}

Value binary_slow(Vm& vm, BinaryOp op, Value a, Value b) {
  if (a.is_cell()) {
    Value text = text_operation(vm, op, a, b);
    if (!text.is_not_implemented()) return text;
  }
  Value v = dispatch(vm, forward_special(op), reflected_special(op), a, b, is_sequence_op(op));
  if (v.is_not_implemented() && is_sequence_op(op)) v = sequence_round(vm, op, a, b);
  if (!v.is_not_implemented()) return v;
  return raise_unsupported(vm, kSymbols[static_cast<int>(op)], a, b);
}

/// Both are exact ints.
Value int_operation(Vm& vm, BinaryOp op, Value a, Value b) {
  switch (op) {
    case BinaryOp::Add: return int_add(vm, a, b);
    case BinaryOp::Sub: return int_sub(vm, a, b);
    case BinaryOp::Mul: return int_mul(vm, a, b);
    case BinaryOp::FloorDiv: return int_floor_div(vm, a, b);
    case BinaryOp::Mod: return int_mod(vm, a, b);
    case BinaryOp::TrueDiv: return int_true_div(vm, a, b);
    case BinaryOp::LShift: return int_lshift(vm, a, b);
    case BinaryOp::RShift: return int_rshift(vm, a, b);
    case BinaryOp::And: return int_and(vm, a, b);
    case BinaryOp::Or: return int_or(vm, a, b);
    case BinaryOp::Xor: return int_xor(vm, a, b);
    case BinaryOp::Pow: return int_pow(vm, a, b, Value());
    default: return binary_slow(vm, op, a, b);
  }
}

bool is_exact_int(Vm& vm, Value v) {
  return v.is_small_int() || (v.is_cell() && v.cell()->shape == vm.types.int_->shape);
}

/// An immediate number as a double.
bool is_small_number(Value v) { return v.is_small_float() || v.is_small_int(); }
double small_number(Value v) { return v.is_small_float() ? v.as_small_float() : static_cast<double>(v.as_small_int()); }

/// Both are immediate numbers, one of them a float.
Value float_operation(Vm& vm, BinaryOp op, Value va, Value vb) {
  double a = small_number(va), b = small_number(vb);
  switch (op) {
    case BinaryOp::Add: return float_from(vm, a + b);
    case BinaryOp::Sub: return float_from(vm, a - b);
    case BinaryOp::Mul: return float_from(vm, a * b);
    case BinaryOp::TrueDiv:
      if (b == 0) break;
      return float_from(vm, a / b);
    case BinaryOp::Pow: return float_pow(vm, a, b);
    case BinaryOp::Mod: return float_from(vm, TRY(float_mod(vm, a, b)));
    case BinaryOp::FloorDiv: return float_from(vm, TRY(float_floor_div(vm, a, b)));
    default: break;
  }
  return binary_slow(vm, op, va, vb);
}

}  // namespace

Value binary(Vm& vm, BinaryOp op, Value a, Value b) {
  if (Value::both_small_ints(a, b)) [[likely]] {
    int64_t x = a.as_small_int(), y = b.as_small_int(), r;
    switch (op) {
      case BinaryOp::Add: return int_from(vm, x + y);  // two 62-bit numbers
      case BinaryOp::Sub: return int_from(vm, x - y);
      case BinaryOp::Mul:
        if (!__builtin_mul_overflow(x, y, &r)) return int_from(vm, r);
        break;
      case BinaryOp::And: return Value::small_int(x & y);
      case BinaryOp::Or: return Value::small_int(x | y);
      case BinaryOp::Xor: return Value::small_int(x ^ y);
      default: break;
    }
    return int_operation(vm, op, a, b);
  }
  if (is_small_number(a) && is_small_number(b)) return float_operation(vm, op, a, b);
  if (is_exact_int(vm, a) && is_exact_int(vm, b)) return int_operation(vm, op, a, b);
  return binary_slow(vm, op, a, b);
}

Value binary_inplace(Vm& vm, BinaryOp op, Value a, Value b) {
  if (is_exact_int(vm, a) && is_exact_int(vm, b) && op != BinaryOp::MatMul) return binary(vm, op, a, b);
  if (a.has_cell_tag()) {
    Value text = text_operation(vm, op, a, b);
    if (!text.is_not_implemented()) return text;
    if (op == BinaryOp::Add && a.cell()->shape == BuiltinShape::k_bytearray && is_bytes(b)) {
      TRY(bytearray_append(vm, a.as<ByteArray>(), b.as<Bytes>()->span()));
      return a;
    }
    Value method = special_of(vm, a, inplace_special(op));
    bool sequence = is_sequence_op(op) && is_sequence_method(method);
    if (!method.is_unset() && !sequence) {
      Value v = call_special(vm, method, a, b);
      if (!v.is_not_implemented()) return v;
    }
    Value v = dispatch(vm, forward_special(op), reflected_special(op), a, b, is_sequence_op(op));
    if (v.is_not_implemented() && sequence) {
      if (op == BinaryOp::Mul && !b.is_small_int() && vm.type_of(b)->get(Special::Index).is_unset())
        return vm.raise(E::TypeError, "can't multiply sequence by non-int of type '{}'", type_name_of(b));
      v = call_special(vm, method, a, b);
    }
    if (v.is_not_implemented() && is_sequence_op(op)) v = sequence_round(vm, op, a, b);
    if (!v.is_not_implemented()) return v;
    return raise_unsupported(vm, kInplaceSymbols[static_cast<int>(op)], a, b);
  }
  // Floats have no bits: the message for them names the in-place operator, which binary() does not know.
  bool bits = op == BinaryOp::And || op == BinaryOp::Or || op == BinaryOp::Xor || op == BinaryOp::LShift ||
              op == BinaryOp::RShift;
  if (!bits && op != BinaryOp::MatMul && is_small_number(a) && is_small_number(b)) return binary(vm, op, a, b);
  Value v = dispatch(vm, forward_special(op), reflected_special(op), a, b, is_sequence_op(op));
  if (v.is_not_implemented() && is_sequence_op(op)) v = sequence_round(vm, op, a, b);
  if (!v.is_not_implemented()) return v;
  return raise_unsupported(vm, kInplaceSymbols[static_cast<int>(op)], a, b);
}

Value power(Vm& vm, Value base, Value exponent, Value modulus) {
  if (modulus.is_none() || modulus.is_unset()) return binary(vm, BinaryOp::Pow, base, exponent);
  Type *ta = vm.type_of(base), *tb = vm.type_of(exponent);
  Value forward = ta->get(Special::Pow);
  Value reflected = ta != tb ? tb->get(Special::RPow) : Value();
  Value with_forward[] = {exponent, modulus}, with_reflected[] = {base, modulus};
  bool reflected_first = !reflected.is_unset() && reflected != ta->get(Special::RPow) && type_is_subtype(tb, ta);
  for (int round = 0; round < 2; ++round) {
    bool use_reflected = (round == 0) == reflected_first;
    Value method = use_reflected ? reflected : forward;
    if (method.is_unset()) continue;
    Value v = use_reflected ? call_special(vm, method, exponent, with_reflected)
                            : call_special(vm, method, base, with_forward);
    if (!v.is_not_implemented()) return v;
  }
  // The modulus is asked last; all that a native one does is to refuse.
  if (is_float(modulus))
    return vm.raise(E::TypeError, "pow() 3rd argument not allowed unless all arguments are integers");
  auto is_number = [](Value v) { return is_int(v) || is_float(v) || is_complex(v); };
  if (is_complex(modulus) && is_number(base) && is_number(exponent)) return vm.raise(E::ValueError, "complex modulo");
  return vm.raise(E::TypeError, "unsupported operand type(s) for ** or pow(): '{}', '{}', '{}'", type_name_of(base),
                  type_name_of(exponent), type_name_of(modulus));
}

Value div_mod(Vm& vm, Value a, Value b) {
  Value v = dispatch(vm, Special::DivMod, Special::RDivMod, a, b, false);
  if (!v.is_not_implemented()) return v;
  return raise_unsupported(vm, "divmod()", a, b);
}

namespace {
Value unary(Vm& vm, Special special, Value v, const char* what) {
  Value method = special_of(vm, v, special);
  if (method.is_unset()) [[unlikely]]
    return vm.raise(E::TypeError, "bad operand type for {}: '{}'", what, type_name_of(v));
  return call_special(vm, method, v);
}
}  // namespace

Value negative(Vm& vm, Value v) {
  if (v.is_small_int()) return int_from(vm, -v.as_small_int());
  if (v.is_small_float()) return Value::small_float(-v.as_small_float());
  return unary(vm, Special::Neg, v, "unary -");
}
Value positive(Vm& vm, Value v) {
  if (v.is_small_int() || v.is_small_float()) return v;
  return unary(vm, Special::Pos, v, "unary +");
}
Value invert(Vm& vm, Value v) {
  if (v.is_small_int()) return Value::small_int(~v.as_small_int());
  return unary(vm, Special::Invert, v, "unary ~");
}
Value absolute(Vm& vm, Value v) {
  if (v.is_small_int()) return int_from(vm, v.as_small_int() < 0 ? -v.as_small_int() : v.as_small_int());
  if (v.is_small_float()) return Value::small_float(std::fabs(v.as_small_float()));
  return unary(vm, Special::Abs, v, "abs()");
}

}  // namespace krait
