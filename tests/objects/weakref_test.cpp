#include "objects/weakref.hpp"

#include "containers_test.hpp"

namespace krait {

using WeakrefTest = ContainersTest;

// The native stack is scanned conservatively: a few objects may outlive what the test says.
constexpr uint64_t kMany = 200, kMost = 150;

TEST_F(WeakrefTest, ReferencesToTheDeadAreCleared) {
  List* refs = list_new(vm).release();
  List* kept = list_new(vm).release();
  for (uint64_t i = 0; i < kMany; ++i) {
    Set* s = set_new(vm, vm.types.set).release();
    if (i % 10 == 0) ASSERT_TRUE(list_append(vm, kept, s).ok());
    Value ref = weakref_new(vm, s, Value::none());
    EXPECT_EQ(ref, weakref_new(vm, s, Value::none()));
    ASSERT_TRUE(list_append(vm, refs, ref).ok());
  }
  vm.heap.collect(Heap::Collect::kFull, true);
  uint64_t dead = 0;
  for (uint64_t i = 0; i < kMany; ++i) {
    bool gone = weakref_get(vm, refs->items()[i]).is_none();
    if (i % 10 == 0) EXPECT_FALSE(gone);
    dead += gone;
  }
  EXPECT_GE(dead, kMost);
  EXPECT_EQ(weakref_list(vm, kept->items()[0]).as<List>()->items()[0], refs->items()[0]);
}

TEST_F(WeakrefTest, CallbacksRunAtASafepoint) {
  List* refs = list_new(vm).release();
  List* called = list_new(vm).release();
  Value callback = get_attr(vm, called, vm.intern("append").release());
  for (uint64_t i = 0; i < kMany; ++i) {
    Set* s = set_new(vm, vm.types.set).release();
    ASSERT_TRUE(list_append(vm, refs, weakref_new(vm, s, callback)).ok());
  }
  vm.heap.collect(Heap::Collect::kFull, true);
  EXPECT_EQ(called->length, 0u);
  EXPECT_TRUE(vm.heap.has_safepoint_work());
  ASSERT_TRUE(run_safepoint_work(vm).ok());
  EXPECT_GE(called->length, kMost);
  EXPECT_TRUE(weakref_get(vm, called->items()[0]).is_none());
}

TEST_F(WeakrefTest, FinalizersRunOnceAndMayRevive) {
  static Value revived;
  static uint64_t runs;
  runs = 0;
  List* saved = list_new(vm).release();
  revived = saved;
  set_native_finalizer(vm, Kind::Set, [](Vm& machine, Cell* cell) {
    ++runs;
    if (list_append(machine, revived.as<List>(), cell).is_error()) std::abort();
  });
  for (uint64_t i = 0; i < kMany; ++i) {
    Set* s = set_new(vm, vm.types.set).release();
    ASSERT_TRUE(finalizer_register(vm, s));
  }
  vm.heap.collect(Heap::Collect::kFull, true);
  ASSERT_TRUE(run_safepoint_work(vm).ok());
  uint64_t first = runs;
  EXPECT_GE(first, kMost);
  EXPECT_EQ(saved->length, first);
  EXPECT_EQ(saved->items()[0].cell()->kind, static_cast<CellKind>(Kind::Set));
  list_clear(vm, saved);
  vm.heap.collect(Heap::Collect::kFull, true);
  ASSERT_TRUE(run_safepoint_work(vm).ok());
  EXPECT_LE(runs, kMany);
}

TEST_F(WeakrefTest, WhatCannotBeReferenced) {
  EXPECT_EQ(show(weakref_new(vm, num(3), Value::none())),
            "error: TypeError: cannot create weak reference to 'int' object");
  EXPECT_EQ(show(weakref_new(vm, list_of({}), Value::none())),
            "error: TypeError: cannot create weak reference to 'list' object");
}

}  // namespace krait
