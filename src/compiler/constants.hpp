// The constants of one compilation: equal constants of the same exact type are one object (1, 1.0 and True
// are three, and so are 0.0 and -0.0), and the folding of operators on constants.
#pragma once

#include <vector>

#include "objects/object.hpp"
#include "objects/vm.hpp"

namespace krait {

struct List;

class ConstantPool {
 public:
  explicit ConstantPool(Vm& vm) : vm_(vm), buckets_(64, 0) {}
  ConstantPool(const ConstantPool&) = delete;
  ConstantPool& operator=(const ConstantPool&) = delete;
  Status init();

  /// The number of the constant equal to v, which is v itself if it is the first.
  Result<uint32_t> add(Value v);
  Value operator[](uint32_t number) const;

 private:
  uint64_t hash(Value v) const;
  bool same(Value a, Value b) const;
  void grow();

  Vm& vm_;
  List* values_ = nullptr;         // the pool lives on the native stack, so this is a root
  std::vector<uint32_t> buckets_;  // number + 1
};

/// `a op b` when the compiler should do it: constants, no error, and a result of reasonable size. Unset:
/// leave it to run time. Gives an error only when a limit trips.
Result<bool> fold_binary(Vm& vm, BinaryOp op, Value a, Value b, Value* out);
enum class UnaryFold : uint8_t { Negative, Positive, Invert, Not };
Result<bool> fold_unary(Vm& vm, UnaryFold op, Value a, Value* out);
/// `a[i]` of a constant str, bytes or tuple.
Result<bool> fold_subscript(Vm& vm, Value a, Value index, Value* out);

}  // namespace krait
