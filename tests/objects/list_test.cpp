#include <algorithm>
#include <random>
#include <vector>

#include "containers_test.hpp"

namespace krait {

using ListTest = ContainersTest;

TEST_F(ListTest, SlicesAsCPython) {
  Value none = Value::none();
  auto sliced = [&](Value a, Value b, Value c) {
    return show(get_item(vm, list_of({0, 1, 2, 3, 4, 5}), slice(a, b, c)));
  };
  EXPECT_EQ(sliced(none, none, none), "[0, 1, 2, 3, 4, 5]");
  EXPECT_EQ(sliced(num(1), num(-1), none), "[1, 2, 3, 4]");
  EXPECT_EQ(sliced(none, none, num(-1)), "[5, 4, 3, 2, 1, 0]");
  EXPECT_EQ(sliced(num(4), none, num(-2)), "[4, 2, 0]");
  EXPECT_EQ(sliced(num(4), num(1), none), "[]");
  EXPECT_EQ(sliced(num(-100), num(100), num(3)), "[0, 3]");
  EXPECT_EQ(sliced(none, none, num(0)), "error: ValueError: slice step cannot be zero");
}

TEST_F(ListTest, SliceAssignmentAndDeletion) {
  auto assigned = [&](Value a, Value b, Value c, Value items) {
    List* list = list_of({0, 1, 2, 3, 4, 5});
    if (set_item(vm, list, slice(a, b, c), items).is_error()) return "error: " + pending();
    return show(list);
  };
  Value none = Value::none();
  EXPECT_EQ(assigned(num(1), num(3), none, list_of({9, 9, 9})), "[0, 9, 9, 9, 3, 4, 5]");
  EXPECT_EQ(assigned(num(4), num(1), none, list_of({7})), "[0, 1, 2, 3, 7, 4, 5]");
  EXPECT_EQ(assigned(none, none, num(2), list_of({7, 8, 9})), "[7, 1, 8, 3, 9, 5]");
  EXPECT_EQ(assigned(none, none, num(2), list_of({7})),
            "error: ValueError: attempt to assign sequence of size 1 to extended slice of size 3");
  EXPECT_EQ(assigned(num(1), num(2), none, num(3)), "error: TypeError: must assign iterable to extended slice");
  auto deleted = [&](Value a, Value b, Value c) {
    List* list = list_of({0, 1, 2, 3, 4, 5});
    EXPECT_TRUE(del_item(vm, list, slice(a, b, c)).ok());
    return show(list);
  };
  EXPECT_EQ(deleted(num(1), num(4), none), "[0, 4, 5]");
  EXPECT_EQ(deleted(none, none, num(2)), "[1, 3, 5]");
  EXPECT_EQ(deleted(none, none, num(-2)), "[0, 2, 4]");
  EXPECT_EQ(deleted(num(5), num(0), num(-3)), "[0, 1, 3, 4]");
}

TEST_F(ListTest, SortIsStableAndCorrect) {
  std::mt19937 random(3);
  for (int n : {0, 1, 2, 5, 63, 64, 65, 300, 1000, 5000}) {
    for (int kind = 0; kind < 6; ++kind) {
      List* list = list_new(vm).release();
      std::vector<int64_t> model;
      for (int i = 0; i < n; ++i) {
        int64_t v = kind == 0   ? static_cast<int64_t>(random() % 1000000)
                    : kind == 1 ? i
                    : kind == 2 ? -i
                    : kind == 3 ? static_cast<int64_t>(random() % 10)
                    : kind == 4 ? (i % 100 < 90 ? i : static_cast<int64_t>(random() % 10000))
                                : i % 57;
        model.push_back(v);
        ASSERT_TRUE(list_append(vm, list, num(v)).ok());
      }
      std::sort(model.begin(), model.end());
      ASSERT_TRUE(list_sort(vm, list, Value::none(), false).ok());
      ASSERT_EQ(list->length, model.size());
      for (int i = 0; i < n; ++i) ASSERT_EQ(list->items()[i], num(model[static_cast<size_t>(i)]));
      ASSERT_TRUE(list_sort(vm, list, Value::none(), true).ok());
      for (int i = 0; i < n; ++i) ASSERT_EQ(list->items()[i], num(model[static_cast<size_t>(n - 1 - i)]));
    }
  }
}

TEST_F(ListTest, SortOfPairsIsStable) {
  std::mt19937 random(5);
  List* list = list_new(vm).release();
  for (int i = 0; i < 3000; ++i) {
    Tuple* pair = tuple_of(vm, num(static_cast<int64_t>(random() % 20)), num(i)).release();
    ASSERT_TRUE(list_append(vm, list, pair).ok());
  }
  ASSERT_TRUE(list_sort(vm, list, Value::none(), false).ok());
  for (uint64_t i = 1; i < list->length; ++i) {
    Tuple *a = list->items()[i - 1].as<Tuple>(), *b = list->items()[i].as<Tuple>();
    int64_t x = a->items[0].as_small_int(), y = b->items[0].as_small_int();
    ASSERT_TRUE(x < y || (x == y && a->items[1].as_small_int() < b->items[1].as_small_int()));
  }
}

TEST_F(ListTest, SortOfTextsAndMixed) {
  List* list = list_new(vm).release();
  for (const char* s : {"pear", "fig", "\u00e9clair", "apple", "", "figs", "\u6f22"})
    ASSERT_TRUE(list_append(vm, list, text(s)).ok());
  ASSERT_TRUE(list_sort(vm, list, Value::none(), false).ok());
  EXPECT_EQ(list->items()[0].as<Str>()->length, 0u);
  EXPECT_TRUE(as_str(list->items()[1])->equals("apple"));
  ASSERT_TRUE(list_append(vm, list, num(1)).ok());
  EXPECT_TRUE(list_sort(vm, list, Value::none(), false).is_error());
  EXPECT_EQ(list->length, 8u);
  pending();
}

TEST_F(ListTest, Methods) {
  List* list = list_of({3, 1, 2});
  EXPECT_EQ(show(method(list, "pop")), "2");
  EXPECT_EQ(show(method(list, "pop", {num(0)})), "3");
  EXPECT_EQ(show(method(list, "pop", {num(5)})), "error: IndexError: pop index out of range");
  EXPECT_EQ(show(method(list, "index", {num(5)})), "error: ValueError: list.index(x): x not in list");
  method(list, "insert", {num(-9), num(7)}).is_error();
  method(list, "extend", {list}).is_error();
  EXPECT_EQ(show(list), "[7, 1, 7, 1]");
  ASSERT_TRUE(list_append(vm, list, list).ok());
  EXPECT_EQ(show(list), "[7, 1, 7, 1, [...]]");
}

TEST_F(ListTest, TuplesHashAsCPython) {
  EXPECT_EQ(hash(vm, Value(vm.empty_tuple)).release(), 5740354900026072187);
  EXPECT_EQ(hash(vm, Value(tuple_of(vm, num(1), num(2), num(3)))).release(), 529344067295497451);
}

TEST_F(ListTest, Ranges) {
  Value r = range_new(vm, num(10), num(0), num(-3));
  EXPECT_EQ(show(list_from(vm, r)), "[10, 7, 4, 1]");
  EXPECT_EQ(show(method(r, "__len__")), "4");
  EXPECT_EQ(show(get_item(vm, r, slice(num(1), Value::none()))), "range(7, -2, -3)");
  EXPECT_EQ(show(list_from(vm, method(r, "__reversed__"))), "[1, 4, 7, 10]");
  Value big = int_pow(vm, num(10), num(30), Value());
  Value more = int_add(vm, big, num(2));
  Value huge = range_new(vm, big, more, num(1));
  EXPECT_EQ(show(list_from(vm, huge)), "[1000000000000000000000000000000, 1000000000000000000000000000001]");
}

}  // namespace krait
