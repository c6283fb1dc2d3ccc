#include <random>
#include <set>

#include "containers_test.hpp"

namespace krait {

using SetTest = ContainersTest;

TEST_F(SetTest, AgreesWithAModelUnderRandomUse) {
  Set* s = set_new(vm, vm.types.set).release();
  std::set<int> model;
  std::mt19937 random(11);
  for (int round = 0; round < 200000; ++round) {
    int k = static_cast<int>(random() % 2000), op = static_cast<int>(random() % 8);
    if (op < 4) {
      ASSERT_EQ(set_add(vm, s, num(k * 256)).release(), model.insert(k).second);
    } else if (op < 6) {
      ASSERT_EQ(set_discard(vm, s, num(k * 256)).release(), model.erase(k) == 1);
    } else if (op == 6) {
      Value v = set_pop(vm, s);
      if (!v.is_exhausted()) ASSERT_EQ(model.erase(static_cast<int>(v.as_small_int() / 256)), 1u);
    } else {
      ASSERT_EQ(set_contains(vm, s, num(k * 256)).release(), model.count(k) == 1);
    }
    ASSERT_EQ(s->used, model.size());
  }
}

TEST_F(SetTest, AlgebraAndHash) {
  auto made = [&](Type* type, std::initializer_list<int64_t> items) {
    Set* s = set_new(vm, type).release();
    for (int64_t i : items) EXPECT_TRUE(set_add(vm, s, num(i)).ok());
    return s;
  };
  Set *a = made(vm.types.set, {1, 2, 3}), *b = made(vm.types.frozenset, {2, 3, 4});
  EXPECT_EQ(show(binary(vm, BinaryOp::And, a, b)), "{2, 3}");
  EXPECT_EQ(show(binary(vm, BinaryOp::Or, b, a)), "frozenset({1, 2, 3, 4})");
  EXPECT_EQ(show(binary(vm, BinaryOp::Sub, a, b)), "{1}");
  EXPECT_EQ(show(binary(vm, BinaryOp::Xor, a, b)), "{1, 4}");
  EXPECT_TRUE(equal(vm, made(vm.types.set, {4, 3, 2}), b).release());
  EXPECT_EQ(hash(vm, b).release(), hash(vm, made(vm.types.frozenset, {4, 2, 3})).release());
  EXPECT_EQ(hash(vm, made(vm.types.frozenset, {})).release(), 133146708735736);
  EXPECT_EQ(hash(vm, made(vm.types.frozenset, {1, 2, 3})).release(), -272375401224217160);
  EXPECT_TRUE(set_add(vm, a, list_of({1})).is_error());
  EXPECT_EQ(pending(), "TypeError: cannot use 'list' as a set element (unhashable type: 'list')");
}

}  // namespace krait
