// Comparison and hashing.
#include "base/hash.hpp"
#include "objects/attributes.hpp"
#include "objects/float.hpp"
#include "objects/function.hpp"
#include "objects/int.hpp"
#include "objects/operations.hpp"
#include "objects/quick.hpp"
#include "objects/str.hpp"
#include "objects/type.hpp"

namespace krait {
namespace {

constexpr const char* kSymbols[] = {"<", "<=", "==", "!=", ">", ">="};
constexpr CompareOp kSwapped[] = {CompareOp::Gt, CompareOp::Ge, CompareOp::Eq,
                                  CompareOp::Ne, CompareOp::Lt, CompareOp::Le};

template <class T>
bool holds(CompareOp op, T a, T b) {
  switch (op) {
    case CompareOp::Lt: return a < b;
    case CompareOp::Le: return a <= b;
    case CompareOp::Eq: return a == b;
    case CompareOp::Ne: return a != b;
    case CompareOp::Gt: return a > b;
    case CompareOp::Ge: return a >= b;
  }
  return false;
}

/// self OP other by self's method; NotImplemented if it has no answer.
Value ask(Vm& vm, Value self, Value other, CompareOp op) {
  Value method = special_of(vm, self, compare_special(op));
  if (is_kind(method, Kind::NativeFunction)) {
    NativeFn fn = method.as<NativeFunction>()->fn;
    if (fn == object_eq) return self == other ? Value::true_() : Value::not_implemented();
    if (fn == object_ne) {
      Value args[] = {self, other};
      return object_ne(vm, {args, 2});
    }
  }
  if (is_kind(method, Kind::Function) || is_kind(method, Kind::NativeFunction)) [[likely]]
    return call_special(vm, method, self, other);
  // Some other descriptor: one that fails to bind counts as a method that has no answer.
  Value bound = bind_descriptor(vm, method, self, vm.type_of(self));
  if (bound.is_error()) return vm.clear_pending() ? Value::not_implemented() : bound;
  return call1(vm, bound, other);
}

}  // namespace

Value compare(Vm& vm, Value a, Value b, CompareOp op) {
  if (Value::both_small_ints(a, b)) [[likely]]
    return Value::boolean(holds(op, a.as_small_int(), b.as_small_int()));
  if (a.is_small_float() && b.is_small_float())
    return Value::boolean(holds(op, a.as_small_float(), b.as_small_float()));
  if (is_exact_str(vm, a) && is_exact_str(vm, b)) {
    if (op == CompareOp::Eq) return Value::boolean(str_equal(as_str(a), as_str(b)));
    if (op == CompareOp::Ne) return Value::boolean(!str_equal(as_str(a), as_str(b)));
    return Value::boolean(holds(op, str_compare(as_str(a), as_str(b)), 0));
  }
  Type *ta = vm.type_of(a), *tb = vm.type_of(b);
  const Type *int_type = vm.types.int_, *float_type = vm.types.float_;
  if (ta == int_type && tb == int_type) return Value::boolean(holds(op, int_compare(a, b), 0));
  if ((ta == int_type && tb == float_type) || (ta == float_type && tb == int_type)) {
    int c = ta == int_type ? compare_int_float(a, float_value(b)) : compare_int_float(b, float_value(a));
    if (c == 2) return Value::boolean(op == CompareOp::Ne);  // a nan
    return Value::boolean(ta == int_type ? holds(op, c, 0) : holds(op, 0, c));
  }
  TRY(vm.check_stack(" in comparison"));
  TRY(vm.poll());  // a tuple of a tuple twice, of a tuple twice, ... takes exponential time
  CompareOp swapped = kSwapped[static_cast<int>(op)];
  bool tried = false;
  if (ta != tb && type_is_subtype(tb, ta)) {
    tried = true;
    Value v = ask(vm, b, a, swapped);
    if (!v.is_not_implemented()) return v;
  }
  Value v = ask(vm, a, b, op);
  if (!v.is_not_implemented()) return v;
  if (!tried) {
    v = ask(vm, b, a, swapped);
    if (!v.is_not_implemented()) return v;
  }
  if (op == CompareOp::Eq) return Value::boolean(a == b);
  if (op == CompareOp::Ne) return Value::boolean(a != b);
  return vm.raise(E::TypeError, "'{}' not supported between instances of '{}' and '{}'", kSymbols[static_cast<int>(op)],
                  type_name_of(a), type_name_of(b));
}

Result<bool> compare_bool(Vm& vm, Value a, Value b, CompareOp op) {
  Value v = TRY(compare(vm, a, b, op));
  if (v.is_bool()) return v.is_true();
  return truthy(vm, v);
}

Result<bool> same_or_equal(Vm& vm, Value a, Value b) {
  if (a == b) return true;
  return compare_bool(vm, a, b, CompareOp::Eq);
}

Result<bool> equal(Vm& vm, Value a, Value b) { return compare_bool(vm, a, b, CompareOp::Eq); }

Result<int64_t> hash(Vm& vm, Value v) {
  if (v.is_small_int()) return hash_int(v.as_small_int());
  if (v.is_small_float()) return hash_double(v.as_small_float());
  Type* type = vm.type_of(v);
  if (type == vm.types.str) return str_hash(vm, as_str(v));
  Value method = type->get(Special::Hash);
  if (method.is_unset() || method.is_none()) [[unlikely]]
    return vm.raise(E::TypeError, "unhashable type: '{}'", type_name_of(v));
  if (special_is_native(method, object_hash) && v.is_cell()) return hash_pointer(v.cell());
  TRY(vm.poll());  // see compare()
  Value h = TRY(call_special(vm, method, v));
  if (!is_int(h)) return vm.raise(E::TypeError, "__hash__ method should return an integer");
  std::optional<int64_t> small = int_to_i64(h);
  int64_t result = small.has_value() ? *small : int_hash(h);
  return result == -1 ? -2 : result;
}

}  // namespace krait
