// float and complex.
#pragma once

#include "objects/vm.hpp"

namespace krait {

/// A float too large or too small to be immediate, or an instance of a float subclass.
struct Float : Object {
  double value;
};
struct Complex : Object {
  double real, imag;
};

inline bool is_float(Value v) { return v.is_small_float() || is_kind(v, Kind::Float); }
inline double float_value(Value v) { return v.is_small_float() ? v.as_small_float() : v.as<Float>()->value; }
Value float_box(Vm& vm, double d);
inline Value float_from(Vm& vm, double d) {
  if (Value::fits_small_float(d)) [[likely]]
    return Value::small_float(d);
  return float_box(vm, d);
}
Value complex_from(Vm& vm, double real, double imag);
inline bool is_complex(Value v) { return is_kind(v, Kind::Complex); }
/// (ar + ai*j) ** (br + bi*j).
Value complex_pow(Vm& vm, double ar, double ai, double br, double bi);
/// Any number as complex: a complex, __complex__, then as a real number; TypeError "must be real number, not X".
Result<Complex*> complex_from_object(Vm& vm, Value v);
/// Python's float // and % (ZeroDivisionError when b is 0).
Result<double> float_floor_div(Vm& vm, double a, double b);
Result<double> float_mod(Vm& vm, double a, double b);
Value float_pow(Vm& vm, double a, double b);
/// int(d): OverflowError for infinities, ValueError for nan.
Value float_to_int(Vm& vm, double d);
/// float(text) with its rules and messages; v is a Str, Bytes or ByteArray.
Value float_from_text(Vm& vm, Value v);
/// Exact comparison of an int with a float: <0, 0, >0 (2: unordered, d is nan).
int compare_int_float(Value i, double d);

}  // namespace krait
