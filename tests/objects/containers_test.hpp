// A Vm and short ways to make and show values, for the tests of the containers.
#pragma once

#include <gtest/gtest.h>

#include <string>

#include "objects/dict.hpp"
#include "objects/int.hpp"
#include "objects/operations.hpp"
#include "objects/sequences.hpp"
#include "objects/str.hpp"

namespace krait {

class ContainersTest : public testing::Test {
 protected:
  Vm vm;

  Value num(int64_t i) { return Value::small_int(i); }
  Value text(std::string_view s) { return Value(str_from_utf8(vm, s)); }
  List* list_of(std::initializer_list<int64_t> items) {
    List* list = list_new(vm).release();
    for (int64_t i : items) EXPECT_TRUE(list_append(vm, list, num(i)).ok());
    return list;
  }
  std::string show(Value v) {
    if (v.is_error()) return "error: " + pending();
    Value r = repr(vm, v);
    return r.is_error() ? "error: " + pending() : str_to_utf8(as_str(r));
  }
  /// Type and text of the pending exception, which is taken.
  std::string pending() {
    if (!vm.has_pending()) return "nothing";
    Value e = vm.take_pending();
    Value s = str(vm, e);
    return str_to_utf8(vm.type_of(e)->name) + ": " + (s.is_error() ? "?" : str_to_utf8(as_str(s)));
  }
  Value method(Value receiver, std::string_view name, std::initializer_list<Value> args = {}) {
    Str* n = vm.intern(name).release();
    return call_method(vm, receiver, n, std::span<const Value>(args.begin(), args.size()));
  }
  Value slice(Value a, Value b, Value c = Value::none()) { return slice_new(vm, a, b, c); }
};

}  // namespace krait
