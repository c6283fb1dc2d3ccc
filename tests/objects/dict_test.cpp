#include "objects/dict.hpp"

#include <map>
#include <random>

#include "containers_test.hpp"

namespace krait {

using DictTest = ContainersTest;

TEST_F(DictTest, SmallDictHasNoIndex) {
  Dict* d = dict_new(vm).release();
  for (int i = 0; i < 8; ++i) ASSERT_TRUE(dict_set(vm, d, text("k" + std::to_string(i)), num(i)).ok());
  EXPECT_EQ(d->index, nullptr);
  EXPECT_FALSE(d->general());
  for (int i = 0; i < 8; ++i) EXPECT_EQ(dict_get(vm, d, text("k" + std::to_string(i))), num(i));
  EXPECT_TRUE(dict_get(vm, d, text("other")).is_exhausted());
  EXPECT_TRUE(dict_get(vm, d, num(3)).is_exhausted());
  ASSERT_TRUE(dict_set(vm, d, text("k8"), num(8)).ok());
  EXPECT_NE(d->index, nullptr);
  EXPECT_FALSE(d->general());
  ASSERT_TRUE(dict_set(vm, d, num(1), num(9)).ok());
  EXPECT_TRUE(d->general());
  for (int i = 0; i < 9; ++i) EXPECT_EQ(dict_get(vm, d, text("k" + std::to_string(i))), num(i));
}

TEST_F(DictTest, KeepsOrderOverDeletion) {
  Dict* d = dict_new(vm).release();
  for (int i = 0; i < 5; ++i) ASSERT_TRUE(dict_set(vm, d, num(i), num(i * i)).ok());
  EXPECT_EQ(dict_pop(vm, d, num(1)), num(1));
  EXPECT_TRUE(dict_pop(vm, d, num(1)).is_exhausted());
  ASSERT_TRUE(dict_set(vm, d, num(1), num(100)).ok());
  EXPECT_EQ(show(d), "{0: 0, 2: 4, 3: 9, 4: 16, 1: 100}");
}

TEST_F(DictTest, AgreesWithAMapUnderRandomUse) {
  for (bool strings : {false, true}) {
    Dict* d = dict_new(vm).release();
    std::map<int, int> model;
    std::mt19937 random(7);
    auto key = [&](int i) { return strings ? text("key" + std::to_string(i)) : num(i * 64); };
    for (int round = 0; round < 200000; ++round) {
      int k = static_cast<int>(random() % 3000), op = static_cast<int>(random() % 10);
      if (round % 40000 > 30000) op = op % 4;  // mostly deletions for a while
      if (op < 3) {
        Value v = dict_pop(vm, d, key(k));
        ASSERT_EQ(v.is_exhausted(), !model.erase(k));
      } else if (op == 3) {
        Value a, b;
        if (dict_pop_last(vm, d, &a, &b)) model.erase(static_cast<int>(b.as_small_int()));
      } else if (op < 8) {
        ASSERT_TRUE(dict_set(vm, d, key(k), num(k)).ok());
        model[k] = k;
      } else {
        Value v = dict_get(vm, d, key(k));
        ASSERT_EQ(v.is_exhausted(), model.count(k) == 0);
      }
      ASSERT_EQ(d->used, model.size());
    }
    uint32_t i = 0;
    size_t seen = 0;
    while (DictEntry* e = dict_next(d, i)) {
      ++seen;
      ASSERT_TRUE(model.count(static_cast<int>(e->value.as_small_int())));
    }
    EXPECT_EQ(seen, model.size());
    Dict* copy = dict_copy(vm, d).release();
    EXPECT_TRUE(dict_equal(vm, d, copy).release());
  }
}

TEST_F(DictTest, KeysVersionChangesWithTheKeysOnly) {
  Dict* d = dict_new(vm).release();
  Str* a = vm.intern("a").release();
  ASSERT_TRUE(dict_set_str(vm, d, a, num(1)).ok());
  uint32_t version = dict_keys_version(vm, d);
  EXPECT_NE(version, 0u);
  ASSERT_TRUE(dict_set_str(vm, d, a, num(2)).ok());
  EXPECT_EQ(d->keys_version, version);
  ASSERT_TRUE(dict_set_str(vm, d, vm.intern("b").release(), num(2)).ok());
  EXPECT_NE(dict_keys_version(vm, d), version);
}

TEST_F(DictTest, UnhashableKey) {
  Dict* d = dict_new(vm).release();
  EXPECT_TRUE(dict_set(vm, d, list_of({1}), num(1)).is_error());
  EXPECT_EQ(pending(), "TypeError: cannot use 'list' as a dict key (unhashable type: 'list')");
}

TEST_F(DictTest, PopLastIsLinear) {
  Dict* d = dict_new(vm).release();
  for (int i = 0; i < 200000; ++i) ASSERT_TRUE(dict_set(vm, d, num(i), num(i)).ok());
  Value k, v;
  for (int i = 199999; i >= 0; --i) {
    ASSERT_TRUE(dict_pop_last(vm, d, &k, &v));
    ASSERT_EQ(k, num(i));
  }
  EXPECT_FALSE(dict_pop_last(vm, d, &k, &v));
}

TEST_F(DictTest, ViewsAndIterators) {
  Dict* d = dict_new(vm).release();
  for (int i = 0; i < 3; ++i) ASSERT_TRUE(dict_set(vm, d, num(i), num(i + 10)).ok());
  EXPECT_EQ(show(method(d, "keys")), "dict_keys([0, 1, 2])");
  EXPECT_EQ(show(method(d, "items")), "dict_items([(0, 10), (1, 11), (2, 12)])");
  EXPECT_EQ(show(list_from(vm, method(d, "__reversed__"))), "[2, 1, 0]");
  Value it = get_iter(vm, d);
  EXPECT_EQ(iter_next(vm, it), num(0));
  ASSERT_TRUE(dict_set(vm, d, num(50), num(1)).ok());
  EXPECT_TRUE(iter_next(vm, it).is_error());
  EXPECT_EQ(pending(), "RuntimeError: dictionary changed size during iteration");
  Value both = binary(vm, BinaryOp::And, method(d, "keys"), list_of({1, 2, 99}));
  EXPECT_EQ(show(both), "{1, 2}");
}

TEST_F(DictTest, SurvivesCollectionAtEveryAllocation) {
  vm.heap.set_collect_every(7);
  Dict* d = dict_new(vm).release();
  for (int i = 0; i < 500; ++i)
    ASSERT_TRUE(dict_set(vm, d, text("key" + std::to_string(i)), text("v" + std::to_string(i))).ok());
  vm.heap.set_collect_every(0);
  for (int i = 0; i < 500; ++i)
    ASSERT_TRUE(as_str(dict_get(vm, d, text("key" + std::to_string(i))))->equals("v" + std::to_string(i)));
}

}  // namespace krait
