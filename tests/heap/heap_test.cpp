// The heap: liveness, generations, storages, limits, lookup, and the aids that find mistakes of its users.
#include "heap/heap.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <cstring>
#include <memory>
#include <random>
#include <vector>

namespace krait {
namespace {

// Kinds for these tests.
constexpr CellKind kNode = 1;    // references in every word behind the header
constexpr CellKind kLeaf = 2;    // none
constexpr CellKind kHandle = 3;  // has a release hook
constexpr CellKind kArray = 4;   // owns a storage of Values

struct Node : Cell {
  Value items[2];
};
struct Array : Cell {
  Storage* storage;
  uint64_t size;
  uint64_t traced;
};

struct TestHeap : Heap {
  Heap::NativeStack stack;
  std::vector<Value> roots;
  std::vector<Cell*> released;
  uint64_t nodes_seen = 0;
  uint64_t values_seen = 0;  ///< of arrays

  ~TestHeap() {
    set_traits(kHandle, {"Handle", nullptr, [](Heap&, Cell*) {}});
  }  // `released` goes before the cells
  TestHeap() {
    set_traits(kNode, {"Node", [](Heap& heap, Cell* cell, Marker& marker) {
                         const Value* items = reinterpret_cast<const Value*>(cell + 1);
                         marker.mark_range(items, items + (heap.cell_bytes(cell) - 8) / 8);
                       }});
    set_traits(kLeaf, {"Leaf"});
    set_traits(kHandle, {"Handle", nullptr,
                         [](Heap& heap, Cell* cell) { static_cast<TestHeap&>(heap).released.push_back(cell); }});
    set_traits(kArray,
               {"Array", [](Heap& heap, Cell* cell, Marker& marker) { trace_array(heap, cell, marker, 0); }, nullptr,
                [](Heap& heap, Cell* cell, Marker& marker) {
                  trace_array(heap, cell, marker, static_cast<Array*>(cell)->traced);
                }});
    add_root_tracer(
        [](void* context, Marker& marker) {
          TestHeap* heap = static_cast<TestHeap*>(context);
          marker.mark_range(heap->roots.data(), heap->roots.data() + heap->roots.size());
        },
        this);
  }
  static void trace_array(Heap& heap, Cell* cell, Marker& marker, uint64_t from) {
    Array* array = static_cast<Array*>(cell);
    if (!array->storage) return;
    marker.mark_cell(array->storage);
    Value* items = array->storage->data<Value>();
    marker.mark_range(items + from, items + array->size);
    static_cast<TestHeap&>(heap).values_seen += array->size - from;
    if (marker.marking()) array->traced = array->size;
  }
  Node* node(Value a = {}, Value b = {}) {
    Node* n = static_cast<Node*>(allocate(sizeof(Node), kNode, 1));
    n->items[0] = a;
    n->items[1] = b;
    return n;
  }
  Cell* leaf(size_t bytes) { return allocate(bytes, kLeaf, 2); }
  void append(Array* array, Value value) {
    push(array, value);
    write_barrier(array);
  }
  void append_at_end(Array* array, Value value) {
    push(array, value);
    append_barrier(array);
  }
  void push(Array* array, Value value) {
    size_t bytes = (array->size + 1) * 8;
    if (!array->storage || array->storage->capacity < bytes) {
      roots.push_back(value);  // no native stack is searched in most of these tests
      Storage* storage = resize_storage(array->storage, bytes + bytes / 8 + 32);
      ASSERT_NE(storage, nullptr);
      array->storage = storage;
      roots.pop_back();
    }
    array->storage->data<Value>()[array->size++] = value;
  }
  bool alive(const void* cell) { return find_cell(cell) == cell; }
  size_t count() {
    size_t n = 0;
    for_each_cell([](void* context, Cell*) { ++*static_cast<size_t*>(context); }, &n);
    return n;
  }
};

void set(Heap& heap, Node* node, int i, Value value) {
  node->items[i] = value;
  heap.write_barrier(node);
}

TEST(Heap, AllocatesZeroedCellsOfEverySize) {
  TestHeap heap;
  std::mt19937 random(1);
  for (size_t bytes = 8; bytes < 40000; bytes += 1 + random() % (bytes < 1100 ? 8 : 900)) {
    for (int i = 0; i < 20; i++) {
      Cell* cell = heap.leaf(bytes);
      ASSERT_NE(cell, nullptr);
      EXPECT_EQ(reinterpret_cast<uintptr_t>(cell) % 16, 0u);
      EXPECT_EQ(cell->kind, kLeaf);
      EXPECT_EQ(cell->shape, 2u);
      EXPECT_GE(heap.cell_bytes(cell), bytes);
      EXPECT_LE(heap.cell_bytes(cell), bytes + std::max<size_t>(16, bytes / 3));
      char* body = reinterpret_cast<char*>(cell + 1);
      for (size_t j = 0; j < bytes - 8; j++) ASSERT_EQ(body[j], 0);
      std::memset(body, 0xAA, bytes - 8);
    }
    heap.collect(random() % 2 ? Heap::Collect::kMinor : Heap::Collect::kFull);
  }
  heap.verify();
}

TEST(Heap, CountsReferences) {
  TestHeap heap;
  Node* target = heap.node();
  heap.roots.push_back(target);
  EXPECT_EQ(heap.count_references(target), 1u);
  Node* other = heap.node();
  heap.roots.push_back(other);
  set(heap, other, 0, target);
  set(heap, other, 1, target);
  EXPECT_EQ(heap.count_references(target), 3u);
  heap.roots.pop_back();
  heap.collect(Heap::Collect::kFull);
  EXPECT_EQ(heap.count_references(target), 1u);  // what is dead refers to nothing
  set(heap, target, 0, target);
  EXPECT_EQ(heap.count_references(target), 2u);
  heap.verify();
}

TEST(Heap, KeepsWhatRootsReach) {
  TestHeap heap;
  Node* tail = heap.node();
  Node* head = heap.node(tail);
  Node* garbage = heap.node(head);
  heap.roots.push_back(head);
  for (Heap::Collect what :
       {Heap::Collect::kMinor, Heap::Collect::kFull, Heap::Collect::kFull, Heap::Collect::kMinor}) {
    heap.collect(what);
    heap.verify();
    EXPECT_TRUE(heap.alive(head));
    EXPECT_TRUE(heap.alive(tail));
    EXPECT_FALSE(heap.alive(garbage));
  }
  heap.roots.clear();
  heap.collect(Heap::Collect::kMinor);
  EXPECT_TRUE(heap.alive(head));  // old: only a full collection sees
  heap.collect(Heap::Collect::kFull);
  EXPECT_EQ(heap.count(), 0u);
}

TEST(Heap, CyclesDie) {
  TestHeap heap;
  Node* a = heap.node();
  Node* b = heap.node(a);
  set(heap, a, 0, b);
  heap.collect(Heap::Collect::kMinor);
  EXPECT_EQ(heap.count(), 0u);
}

TEST(Heap, CountsTheDeadWhenSwept) {
  TestHeap heap;
  for (int round = 0; round < 3; round++) {
    heap.roots.push_back(heap.node(heap.node()));
    for (int i = 0; i < 1000; i++) heap.node();
    for (int i = 0; i < 10; i++) heap.leaf(20000);
    for (int i = 0; i < 100; i++) ASSERT_NE(heap.allocate_storage(100), nullptr);
    EXPECT_EQ(heap.collect(Heap::Collect::kFull, true), 1010u);
    EXPECT_EQ(heap.collect(Heap::Collect::kFull, true), 0u);
    EXPECT_EQ(heap.count(), 2u * (static_cast<size_t>(round) + 1));
  }
  heap.roots.clear();
  EXPECT_EQ(heap.collect(Heap::Collect::kFull, true), 6u);
}

// --- Native stacks ---

TEST(Heap, StackWordsAndInteriorPointersKeepCells) {
  TestHeap heap;
  // A made-up stack, suspended: no stale words can spoil the count.
  const void* words[16] = {};
  heap.stack.base = reinterpret_cast<const char*>(words + 16);
  heap.stack.suspended_at = reinterpret_cast<const char*>(words);
  heap.register_stack(&heap.stack);
  Node* a = heap.node(heap.node());
  words[3] = reinterpret_cast<char*>(a) + 17;
  Cell* medium = heap.leaf(3000);
  words[5] = reinterpret_cast<char*>(medium) + 2999;
  Cell* large = heap.leaf(100000);
  words[7] = reinterpret_cast<char*>(large) + 99999;
  Cell* mapped = heap.leaf(3000000);
  words[9] = reinterpret_cast<char*>(mapped) + 1;
  for (int i = 0; i < 100; i++) heap.node();
  for (Heap::Collect what : {Heap::Collect::kMinor, Heap::Collect::kFull, Heap::Collect::kFull}) {
    heap.collect(what);
    EXPECT_TRUE(heap.alive(a) && heap.alive(a->items[0].cell()));
    EXPECT_TRUE(heap.alive(medium) && heap.alive(large) && heap.alive(mapped));
    EXPECT_EQ(heap.count(), 5u);
  }
  std::memset(words, 0, sizeof words);
  heap.collect(Heap::Collect::kFull);
  EXPECT_EQ(heap.count(), 0u);
  heap.unregister_stack(&heap.stack);
}

TEST(Heap, RunningThreadsStackAndRegistersAreScanned) {
  TestHeap heap;
  heap.stack.base = static_cast<const char*>(__builtin_frame_address(0));
  heap.register_stack(&heap.stack);
  Node* list = nullptr;
  heap.set_collect_every(1);
  for (int i = 0; i < 300; i++) list = heap.node(list, Value::small_int(i));
  int n = 0;
  for (Node* p = list; p; p = p->items[0].as<Node>()) n += heap.alive(p);
  EXPECT_EQ(n, 300);
  heap.unregister_stack(&heap.stack);
}

TEST(Heap, StorageWithoutOwnerIsSearched) {
  TestHeap heap;
  const void* words[4] = {};
  heap.stack.base = reinterpret_cast<const char*>(words + 4);
  heap.stack.suspended_at = reinterpret_cast<const char*>(words);
  heap.register_stack(&heap.stack);
  for (size_t bytes : {size_t{64}, size_t{50000}}) {
    Storage* outer = heap.allocate_storage(bytes);
    Storage* inner = heap.allocate_storage(bytes);
    outer->data<Value>()[3] = heap.node(heap.node());
    outer->data<void*>()[2] = inner->data();
    inner->data<Value>()[1] = heap.node();
    words[1] = outer->data<char>() + 8;
    heap.collect(Heap::Collect::kMinor);
    heap.collect(Heap::Collect::kMinor);
    EXPECT_EQ(heap.count(), 5u);
    inner->data<Value>()[2] = heap.node();  // no barrier: a storage has no owner who could be told
    heap.collect(Heap::Collect::kMinor);
    EXPECT_EQ(heap.count(), 6u);
    heap.collect(Heap::Collect::kFull);
    EXPECT_EQ(heap.count(), 6u);
    if (bytes > 10000) {  // moving and releasing keep the collector's lists right
      words[2] = outer = heap.resize_storage(outer, 5000000);
      words[1] = nullptr;
      heap.collect(Heap::Collect::kMinor);
      EXPECT_EQ(heap.count(), 6u);
      words[2] = nullptr;
      heap.release_storage(outer);
      heap.collect(Heap::Collect::kMinor);
    }
    words[1] = nullptr;
    heap.collect(Heap::Collect::kFull);
    EXPECT_EQ(heap.count(), 0u);
  }
  heap.unregister_stack(&heap.stack);
}

// --- Generations ---

TEST(Heap, BarrierKeepsNewCellsOfOldOnes) {
  TestHeap heap;
  Node* old = heap.node();
  heap.roots.push_back(old);
  heap.collect(Heap::Collect::kMinor);
  EXPECT_TRUE(old->gc & kGcOld);
  heap.roots.clear();  // so that only the remembered set can lead there
  for (int i = 0; i < 5; i++) {
    Node* young = heap.node(heap.node());
    set(heap, old, 0, young);
    EXPECT_TRUE(old->gc & kGcRemembered);
    heap.verify();
    heap.collect(Heap::Collect::kMinor);
    EXPECT_FALSE(old->gc & kGcRemembered);
    EXPECT_TRUE(heap.alive(young) && heap.alive(young->items[0].cell()));
  }
  EXPECT_EQ(heap.count(), 11u);
  heap.collect(Heap::Collect::kFull);
  EXPECT_EQ(heap.count(), 0u);
}

TEST(Heap, RandomGraphAgreesWithModel) {
  // A graph that is changed at random, mirrored by indices; what the model reaches must be there and intact.
  for (uint32_t seed = 0; seed < 8; seed++) {
    TestHeap heap;
    heap.set_verify(true);
    std::mt19937 random(seed);
    struct Mirror {
      Node* cell;
      int to[2];
    };
    std::vector<Mirror> model;
    constexpr size_t kRoots = 10;
    heap.roots.resize(kRoots);
    std::vector<int> root(kRoots, -1);
    auto reach = [&] {
      std::vector<char> seen(model.size());
      std::vector<int> todo;
      for (int r : root) {
        if (r >= 0) todo.push_back(r);
      }
      while (!todo.empty()) {
        int at = todo.back();
        todo.pop_back();
        if (seen[at]) continue;
        seen[at] = 1;
        for (int t : model[at].to) {
          if (t >= 0) todo.push_back(t);
        }
      }
      return seen;
    };
    std::vector<int> reachable;
    for (int step = 0; step < 6000; step++) {
      if (step % 50 == 0) {
        if (random() % 3 == 0)
          heap.collect(random() % 4 ? Heap::Collect::kMinor : Heap::Collect::kFull, random() % 8 == 0);
        std::vector<char> seen = reach();
        reachable.clear();
        for (size_t i = 0; i < seen.size(); i++) {
          if (!seen[i]) continue;
          reachable.push_back(static_cast<int>(i));
          ASSERT_TRUE(heap.alive(model[i].cell));
          for (int s = 0; s < 2; s++) {
            Value expected = model[i].to[s] < 0 ? Value() : Value(model[model[i].to[s]].cell);
            ASSERT_EQ(model[i].cell->items[s].bits(), expected.bits());
          }
        }
      }
      int fresh = static_cast<int>(model.size());
      if (random() % 8 == 0) heap.leaf(16 + random() % 900);
      model.push_back({heap.node(), {-1, -1}});
      int s = static_cast<int>(random() % 2);
      if (random() % 10 == 0 || reachable.empty()) {
        size_t r = random() % kRoots;
        root[r] = fresh;
        heap.roots[r] = model[fresh].cell;
      } else {
        Mirror& from = model[reachable[random() % reachable.size()]];
        // Only what is still reachable may be touched; the list is at most 50 steps stale, so no collection
        // was between.
        if (heap.alive(from.cell)) {
          from.to[s] = fresh;
          set(heap, from.cell, s, model[fresh].cell);
        }
      }
      if (!reachable.empty() && random() % 2) {
        int target = reachable[random() % reachable.size()];
        model[fresh].to[0] = target;
        set(heap, model[fresh].cell, 0, model[target].cell);
      }
    }
  }
}

TEST(HeapDeathTest, VerifyFindsMissingBarrier) {
  GTEST_FLAG_SET(death_test_style, "threadsafe");
  TestHeap heap;
  Node* old = heap.node();
  heap.roots.push_back(old);
  heap.collect(Heap::Collect::kMinor);
  heap.verify();
  old->items[1] = heap.leaf(32);
  EXPECT_DEATH(heap.verify(), "missing write barrier.*Node.*Leaf");
  heap.set_verify(true);
  EXPECT_DEATH(heap.collect(Heap::Collect::kMinor), "missing write barrier.*Node.*Leaf");
  old->items[1] = Value::from_bits(reinterpret_cast<uint64_t>(old) + 8);
  EXPECT_DEATH(heap.verify(), "leads to no cell: Node");
  old->items[1] = {};
}

TEST(Heap, StressCollectionsScribbleOverTheDead) {
  TestHeap heap;
  heap.set_collect_every(2);
  heap.node();
  Node* dead = heap.node();
  heap.roots.push_back(heap.node());
  heap.leaf(100);
  EXPECT_EQ(dead->items[0].bits(), 0xDBDBDBDBDBDBDBDBu);
}

// --- Shapes ---

TEST(Heap, ShapeTracerSeesWhatItAsksFor) {
  TestHeap heap;
  struct Seen {
    std::vector<ShapeId> shapes;
    int first = 0;
    Cell* type;
  } seen;
  seen.type = heap.leaf(64);
  heap.set_shape_tracer(
      [](void* context, Cell* cell, bool first, Marker& marker) {
        Seen* s = static_cast<Seen*>(context);
        s->shapes.push_back(cell->shape);
        s->first += first;
        if (cell->shape == 77 && first) marker.mark_cell(s->type);
        return cell->shape == 77;
      },
      &seen);
  for (int i = 0; i < 3; i++) heap.roots.push_back(heap.allocate(48, kLeaf, 77));
  for (int i = 0; i < 100; i++) heap.roots.push_back(heap.allocate(48, kNode, 78));
  heap.roots.push_back(heap.allocate_storage(100));
  auto check = [&](std::vector<ShapeId> expected, int first) {
    std::sort(seen.shapes.begin(), seen.shapes.end());
    EXPECT_EQ(seen.shapes, expected);
    EXPECT_EQ(seen.first, first);
    seen.shapes.clear();
    seen.first = 0;
  };
  heap.collect(Heap::Collect::kMinor);
  check({2, 77, 77, 77, 78}, 3);
  EXPECT_TRUE(heap.alive(seen.type));
  heap.collect(Heap::Collect::kMinor);
  check({}, 0);
  heap.collect(Heap::Collect::kFull);
  check({2, 77, 77, 77, 78}, 3);
}

// --- Depth and width ---

TEST(Heap, LongListNeedsNoNativeStack) {
  TestHeap heap;
  constexpr int kLength = 3'000'000;
  heap.roots.resize(1);
  for (int i = 0; i < kLength; i++) heap.roots[0] = heap.node(heap.roots[0], Value::small_int(i));
  heap.collect(Heap::Collect::kFull);
  int n = 0;
  for (Node* p = heap.roots[0].as<Node>(); p; p = p->items[0].as<Node>()) n++;
  EXPECT_EQ(n, kLength);
  heap.roots.clear();
  heap.collect(Heap::Collect::kFull, true);
  EXPECT_EQ(heap.count(), 0u);
  EXPECT_LT(heap.footprint(), 1u << 20);
}

TEST(Heap, WideArrayNeedsNoDeepMarkStack) {
  TestHeap heap;
  Array* array = static_cast<Array*>(heap.allocate(sizeof(Array), kArray, 3));
  heap.roots.push_back(array);
  for (int i = 0; i < 1'000'000; i++) heap.append(array, heap.node(Value::small_int(i)));
  heap.collect(Heap::Collect::kFull);
  for (int i = 0; i < 1'000'000; i++) {
    ASSERT_EQ(array->storage->data<Value>()[i].as<Node>()->items[0].as_small_int(), i);
  }
}

TEST(Heap, AppendingToALongOldListIsNotSearchedAnew) {
  TestHeap heap;
  Array* array = static_cast<Array*>(heap.allocate(sizeof(Array), kArray, 3));
  heap.roots.push_back(array);
  heap.set_verify(true);
  for (int i = 0; i < 300'000; i++) heap.append_at_end(array, heap.node(Value::small_int(i)));
  heap.set_verify(false);
  heap.collect(Heap::Collect::kFull);
  heap.collect(Heap::Collect::kMinor);
  heap.values_seen = 0;
  heap.append_at_end(array, heap.node(Value::small_int(300'000)));
  heap.collect(Heap::Collect::kMinor);
  EXPECT_EQ(heap.values_seen, 1u);
  heap.values_seen = 0;
  heap.append(array, heap.node(Value::small_int(300'001)));  // any store: everything is looked at
  heap.append_at_end(array, heap.node(Value::small_int(300'002)));
  heap.collect(Heap::Collect::kMinor);
  EXPECT_EQ(heap.values_seen, 300'003u);
  for (int i = 0; i < 300'003; i++) {
    ASSERT_EQ(array->storage->data<Value>()[i].as<Node>()->items[0].as_small_int(), i);
  }
}

TEST(Heap, TextCellsHaveAZeroedHeader) {
  TestHeap heap;
  for (size_t bytes : {48, 600, 5000, 20'000, 3 << 20}) {
    for (int round = 0; round < 200; round++) {
      Cell* cell = heap.allocate_text(bytes, 24, kLeaf, 2);
      ASSERT_EQ(cell->gc & ~kGcLarge, 0);
      ASSERT_EQ(cell->bits, 0);
      for (int i = 1; i < 3; i++) ASSERT_EQ(reinterpret_cast<uint64_t*>(cell)[i], 0u);
      std::memset(reinterpret_cast<char*>(cell) + 8, 0x5A, bytes - 8);
      Storage* text = heap.allocate_text_storage(bytes);
      ASSERT_EQ(text->bits, Storage::kNoPointers);
      ASSERT_GE(text->capacity, bytes);
      std::memset(text->data(), 0x5A, bytes);
      if (round % 3 == 0) heap.release_storage(text);
      // What is not text is zero, wherever it lies.
      Cell* leaf = heap.leaf(bytes);
      for (size_t i = 1; i < bytes / 8; i++) ASSERT_EQ(reinterpret_cast<uint64_t*>(leaf)[i], 0u);
      Storage* storage = heap.allocate_storage(bytes);
      ASSERT_EQ(storage->bits, 0);
      for (size_t i = 0; i < bytes / 8; i++) ASSERT_EQ(storage->data<uint64_t>()[i], 0u);
      if (bytes > 1 << 20 && round == 10) break;
    }
  }
  heap.verify();
}

TEST(Heap, MarkingEndsWhenTheMarkStackCannotGrow) {
  for (size_t limit : {0, 1, 3, 50}) {
    TestHeap heap;
    heap.set_mark_stack_limit(limit);
    std::mt19937 random(limit);
    std::vector<Node*> nodes;
    Heap::Pause* pause = new Heap::Pause(heap);
    Array* array = static_cast<Array*>(heap.allocate(sizeof(Array), kArray, 3));
    heap.roots.push_back(array);
    for (int i = 0; i < 20'000; i++) {
      Node* n = heap.node();
      if (!nodes.empty()) set(heap, nodes[random() % std::min<size_t>(nodes.size(), 500)], random() % 2, n);
      nodes.push_back(n);
      if (i % 2) heap.append(array, n);
    }
    delete pause;
    heap.collect(Heap::Collect::kMinor);
    heap.collect(Heap::Collect::kFull);
    heap.verify();
    for (uint64_t i = 0; i < array->size; i++) {
      Node* n = array->storage->data<Value>()[i].as<Node>();
      ASSERT_TRUE(heap.alive(n));
      for (Value v : n->items) ASSERT_TRUE(v.is_unset() || heap.alive(v.cell()));
    }
    EXPECT_GE(heap.count(), 10'002u);
  }
}

// --- Reuse, pacing, memory ---

TEST(Heap, MillionsOfAllocationsStaySmall) {
  TestHeap heap;
  uint64_t peak = 0;
  for (int i = 0; i < 5'000'000; i++) {
    heap.node();
    if (i % 4096 == 0) peak = std::max(peak, heap.footprint());
  }
  EXPECT_LT(peak, 3u << 20);
  EXPECT_GT(heap.stats().collections_minor, 50u);
  EXPECT_LE(heap.stats().collections_full, 1u);
}

TEST(Heap, LazySweepReusesHoles) {
  TestHeap heap;
  for (int i = 0; i < 200'000; i++) {
    Heap::Pause pause(heap);
    Node* n = heap.node();
    if (i % 2) heap.roots.push_back(n);
  }
  heap.collect(Heap::Collect::kFull);
  uint64_t held = heap.footprint();
  std::vector<Value> kept = heap.roots;
  for (int i = 0; i < 90'000; i++) heap.roots.push_back(heap.node(Value::small_int(i)));
  EXPECT_LT(heap.footprint(), held + (held / 4));
  heap.collect(Heap::Collect::kFull);
  heap.verify();
  for (Value v : kept) ASSERT_TRUE(heap.alive(v.cell()) && v.as<Node>()->items[0].is_unset());
}

TEST(Heap, PeakFollowsLiveSize) {
  // A window of live cells among garbage; sizes mixed. The peak stays below 1.6 times the live bytes and a
  // budget.
  TestHeap heap;
  std::mt19937 random(5);
  constexpr size_t kWindow = 400'000;
  heap.roots.resize(kWindow);
  uint64_t peak = 0;
  for (size_t i = 0; i < 4'000'000; i++) {
    size_t bytes = 32 + random() % 8 * 16;
    heap.roots[random() % kWindow] = heap.leaf(bytes);
    if (i % 1024 == 0) peak = std::max(peak, heap.footprint());
  }
  heap.collect(Heap::Collect::kFull);
  uint64_t live = heap.bytes_in_use();
  EXPECT_GT(live, 30u << 20);
  EXPECT_LT(peak, live * 16 / 10 + (16u << 20));
}

TEST(Heap, GrowthWithoutGarbageCostsLittleMore) {
  TestHeap heap;
  Array* array = static_cast<Array*>(heap.allocate(sizeof(Array), kArray, 3));
  heap.roots.push_back(array);
  uint64_t peak = 0;
  for (int i = 0; i < 1'000'000; i++) {
    heap.append(array, heap.leaf(64));
    if (i % 1024 == 0) peak = std::max(peak, heap.footprint());
  }
  EXPECT_LT(peak, heap.bytes_in_use() * 12 / 10 + (4u << 20));
}

TEST(Heap, EmptyBlocksGoBack) {
  TestHeap heap;
  for (int i = 0; i < 500'000; i++) heap.roots.push_back(heap.node());
  EXPECT_GT(heap.footprint(), 12u << 20);
  heap.roots.clear();
  heap.collect(Heap::Collect::kFull, true);
  EXPECT_LT(heap.footprint(), 1u << 20);
  for (int i = 0; i < 1000; i++) {
    Cell* cell = heap.leaf(512);
    for (int j = 0; j < 63; j++) ASSERT_EQ(reinterpret_cast<uint64_t*>(cell + 1)[j], 0u);
    std::memset(cell + 1, 1, 504);
  }
}

TEST(Heap, LargeGarbageIsPaced) {
  TestHeap heap;
  heap.roots.resize(1);
  uint64_t peak = 0;
  for (int i = 0; i < 200; i++) {
    heap.roots[0] = heap.allocate_storage(10 << 20);
    peak = std::max(peak, heap.footprint());
  }
  EXPECT_LT(peak, 35u << 20);
}

TEST(Heap, ChargedMemoryIsPaced) {
  TestHeap heap;
  heap.set_traits(kHandle, {"Handle", nullptr, [](Heap& h, Cell*) { h.discharge(100'000); }});
  uint64_t peak = 0;
  for (int i = 0; i < 10'000; i++) {
    heap.allocate(32, kHandle, 1);
    ASSERT_TRUE(heap.charge(100'000));
    heap.node();
    peak = std::max(peak, heap.bytes_in_use());
  }
  EXPECT_LT(peak, 40u << 20);
}

TEST(Heap, SurvivorsDoNotMakeTheBudgetLarge) {
  // A structure grows, then temporaries come and go: they stay within little more than the smallest budget.
  TestHeap heap;
  for (int i = 0; i < 100'000; i++) heap.roots.push_back(heap.node(heap.node()));
  heap.collect(Heap::Collect::kMinor);
  uint64_t before = heap.footprint();
  for (int i = 0; i < 1'000'000; i++) heap.node();
  EXPECT_LT(heap.footprint(), before + (3u << 20));
}

TEST(Heap, MemoryChargedForAWhileMovesNoThreshold) {
  // A compiler or a multiplication charges scratch memory, perhaps over a full collection. What is collected afterwards follows
  // what is live then: old garbage does not pile up to the size of the scratch memory.
  TestHeap heap;
  heap.roots.resize(1000);
  ASSERT_TRUE(heap.charge(200 << 20));
  heap.collect(Heap::Collect::kFull);
  heap.discharge(200 << 20);
  uint64_t peak = 0;
  for (int i = 0; i < 2'000'000; i++) {
    heap.roots[static_cast<size_t>(i / 1000 % 1000)] = heap.node();  // some survive a minor collection and die after it
    if (i % 1024 == 0) peak = std::max(peak, heap.footprint());
  }
  EXPECT_LT(peak, 4u << 20);
}

TEST(Heap, ScratchMemoryGivenBackStartsNoCollection) {
  TestHeap heap;
  for (int i = 0; i < 10'000; i++) {
    ASSERT_TRUE(heap.charge(100'000));
    heap.discharge(100'000);
    heap.node();
  }
  EXPECT_LE(heap.stats().collections_minor, 1u);
  EXPECT_EQ(heap.stats().collections_full, 0u);
}

TEST(Heap, MiddlingGarbageNeedsNoFullCollections) {
  // Cells with a piece of memory each that die young: minor collections give them back.
  TestHeap heap;
  uint64_t peak = 0;
  for (int i = 0; i < 20'000; i++) {
    heap.allocate_storage(20'000);
    peak = std::max(peak, heap.footprint());
  }
  EXPECT_LT(peak, 2u << 20);
  EXPECT_LE(heap.stats().collections_full, 1u);
}

TEST(Heap, DisabledCollectsYoungGarbageOnly) {
  TestHeap heap;
  heap.set_enabled(false);
  for (int i = 0; i < 2'000'000; i++) heap.node();
  EXPECT_EQ(heap.stats().collections_full, 0u);
  EXPECT_LT(heap.footprint(), 4u << 20);
  uint64_t minor = heap.stats().collections_minor;
  {
    Heap::Pause pause(heap);
    for (int i = 0; i < 500'000; i++) heap.node();
    EXPECT_EQ(heap.stats().collections_minor, minor);
  }
}

// --- Storages ---

TEST(Heap, StorageKeepsItsContentWhenResized) {
  TestHeap heap;
  heap.roots.resize(1);
  std::mt19937 random(3);
  for (int round = 0; round < 30; round++) {
    Storage* storage = heap.allocate_storage(1 + random() % 100);
    size_t known = 0;
    for (int i = 0; i < 40; i++) {
      size_t bytes = 1 + random() % (size_t{1} << (4 + random() % 19));
      storage = heap.resize_storage(storage, bytes);
      ASSERT_NE(storage, nullptr);
      heap.roots[0] = storage;
      ASSERT_GE(storage->capacity, bytes);
      ASSERT_EQ(storage->capacity, heap.cell_bytes(storage) - 16);
      unsigned char* p = storage->data<unsigned char>();
      known = std::min(known, bytes);
      for (size_t j = 0; j < known; j += 1 + known / 500) ASSERT_EQ(p[j], j * 7 % 251);
      for (size_t j = known; j < storage->capacity; j++) ASSERT_EQ(p[j], 0) << known << " " << bytes << " " << j;
      for (size_t j = 0; j < storage->capacity; j++) p[j] = static_cast<unsigned char>(j * 7 % 251);
      known = storage->capacity;
      if (random() % 8 == 0) heap.collect(random() % 2 ? Heap::Collect::kMinor : Heap::Collect::kFull);
    }
    heap.release_storage(storage);
    heap.roots[0] = {};
  }
  heap.release_storage(nullptr);
  EXPECT_NE(heap.resize_storage(nullptr, 10), nullptr);
  EXPECT_EQ(heap.allocate_storage(SIZE_MAX), nullptr);
  EXPECT_EQ(heap.allocate_storage(SIZE_MAX - 8), nullptr);
  EXPECT_EQ(heap.allocate(SIZE_MAX, kLeaf, 1), nullptr);
  EXPECT_EQ(heap.resize_storage(heap.allocate_storage(10), SIZE_MAX), nullptr);
}

TEST(Heap, LargeStoragesAreReleasedAtOnce) {
  TestHeap heap;
  Heap::Pause pause(heap);
  for (int i = 0; i < 1000; i++) heap.release_storage(heap.allocate_storage(8 << 20));
  Storage* storage = nullptr;
  for (size_t bytes = 1 << 20; bytes < (64 << 20); bytes += 1 << 20) storage = heap.resize_storage(storage, bytes);
  EXPECT_LT(heap.footprint(), 66u << 20);
}

TEST(Heap, ReleasedStoragesAreReused) {
  TestHeap heap;
  Storage* first = heap.allocate_storage(200);
  std::memset(first->data(), 7, first->capacity);
  heap.release_storage(first);
  Storage* second = heap.allocate_storage(195);
  EXPECT_EQ(second, first);
  EXPECT_GE(second->capacity, 195u);
  for (size_t i = 0; i < second->capacity; i++) ASSERT_EQ(second->data<char>()[i], 0);
  heap.release_storage(second);
  heap.collect(Heap::Collect::kMinor);
  EXPECT_EQ(heap.count(), 0u);
  heap.roots.push_back(first = heap.allocate_storage(200));
  heap.collect(Heap::Collect::kMinor);
  heap.roots.clear();
  heap.release_storage(first);  // old: not reused
  EXPECT_NE(heap.allocate_storage(200), first);
  heap.set_collect_every(1000);
  first = heap.allocate_storage(64);
  heap.release_storage(first);
  EXPECT_EQ(*first->data<uint64_t>(), 0xDBDBDBDBDBDBDBDBu);
}

TEST(Heap, RememberedStorageMayMove) {
  TestHeap heap;
  Storage* storage = heap.allocate_storage(20000);
  heap.roots.push_back(storage);
  heap.collect(Heap::Collect::kMinor);
  heap.write_barrier(storage);
  heap.roots[0] = storage = heap.resize_storage(storage, 4000000);
  heap.collect(Heap::Collect::kMinor);
  heap.write_barrier(storage);
  heap.roots.clear();
  heap.release_storage(storage);
  heap.collect(Heap::Collect::kMinor);
  heap.collect(Heap::Collect::kFull);
  EXPECT_EQ(heap.count(), 0u);
}

// --- Limits ---

TEST(Heap, LimitRefusesAndHeapGoesOn) {
  TestHeap heap;
  heap.set_limit(8 << 20);
  for (int round = 0; round < 3; round++) {
    size_t n = 0;
    while (Cell* cell = heap.allocate(sizeof(Node), kNode, 1)) {
      heap.roots.push_back(cell);
      n++;
    }
    EXPECT_GT(n * 32, 6u << 20);
    EXPECT_LE(heap.footprint(), 8u << 20);
    EXPECT_EQ(heap.allocate_storage(9 << 20), nullptr);
    EXPECT_EQ(heap.leaf(1 << 20), nullptr);
    EXPECT_FALSE(heap.charge(1 << 20));
    EXPECT_FALSE(heap.charge(SIZE_MAX));
    heap.roots.clear();
    for (int i = 0; i < 300'000; i++) ASSERT_NE(heap.allocate(sizeof(Node), kNode, 1), nullptr);
    for (int i = 0; i < 100; i++) ASSERT_NE(heap.allocate_storage(3 << 20), nullptr);
    ASSERT_TRUE(heap.charge(5 << 20));
    heap.discharge(5 << 20);
  }
}

TEST(Heap, NearlyFullHeapDoesNotCollectForEachCell) {
  TestHeap heap;
  heap.set_limit(8 << 20);
  while (Cell* cell = heap.allocate(sizeof(Node), kNode, 1)) heap.roots.push_back(cell);
  for (int i = 0; i < 100; i++) heap.roots.pop_back();
  uint64_t before = heap.stats().collections_full;
  uint64_t refused = 0;
  for (int i = 0; i < 100'000; i++) refused += heap.allocate(sizeof(Node), kNode, 1) == nullptr;
  EXPECT_GT(refused, 0u);
  EXPECT_LT(heap.stats().collections_full - before, 3000u);
}

TEST(Heap, FragmentedBlocksCountAgainstTheLimit) {
  TestHeap heap;
  heap.set_limit(16 << 20);
  size_t n = 0;
  for (; n < 2000; n++) {  // one small survivor in each 64 KB
    Cell* kept = heap.leaf(16);
    if (!kept) break;
    heap.roots.push_back(kept);
    for (int i = 0; i < 4095; i++) heap.leaf(16);
  }
  EXPECT_LE(heap.footprint(), 16u << 20);
}

TEST(Heap, FailAt) {
  TestHeap heap;
  heap.set_fail_at(3);
  EXPECT_NE(heap.leaf(16), nullptr);
  EXPECT_NE(heap.allocate_storage(100000), nullptr);
  EXPECT_EQ(heap.leaf(32), nullptr);
  EXPECT_NE(heap.leaf(32), nullptr);
  Storage* storage = heap.allocate_storage(100000);
  heap.set_fail_at(1);
  EXPECT_EQ(heap.resize_storage(storage, 200000), nullptr);
  EXPECT_EQ(storage->capacity, 100000u);
  storage = heap.resize_storage(storage, 200000);
  EXPECT_GE(storage->capacity, 200000u);
}

// --- Release hooks and finalizers ---

TEST(Heap, ReleaseHooksRunOnce) {
  size_t total = 0;
  {
    TestHeap heap;
    std::mt19937 random(9);
    std::vector<Cell*> released;
    for (int round = 0; round < 20; round++) {
      for (int i = 0; i < 300; i++) {
        Cell* cell = heap.allocate(random() % 50 ? 16 + random() % 700 : 30000, kHandle, 1);
        total++;
        if (random() % 3 == 0) heap.roots.push_back(cell);
        heap.node();
      }
      if (heap.roots.size() > 500) heap.roots.resize(100);
      heap.collect(random() % 2 ? Heap::Collect::kMinor : Heap::Collect::kFull, random() % 3 == 0);
      if (round % 5 == 4) heap.set_collect_every(round % 10 == 9 ? 0 : 7);
    }
    heap.roots.clear();
    heap.collect(Heap::Collect::kFull);
    EXPECT_EQ(heap.released.size(), total);
  }
  static int at_end;
  at_end = 0;
  {
    Heap heap;
    heap.set_traits(kHandle, {"Handle", nullptr, [](Heap&, Cell*) { at_end++; }});
    for (size_t bytes : {16, 600, 100000}) heap.allocate(bytes, kHandle, 1);
  }
  EXPECT_EQ(at_end, 3);
}

TEST(Heap, AfterMarkResurrectsAndClears) {
  TestHeap heap;
  struct State {
    TestHeap* heap;
    Node* weak;
    std::vector<Cell*> finalized;
  } state{&heap, nullptr, {}};
  heap.set_after_mark(
      [](void* context, Marker& marker, Heap::Collect) {
        State* s = static_cast<State*>(context);
        if (s->weak && !s->heap->is_marked(s->weak)) s->weak = nullptr;
        size_t from = s->finalized.size();
        s->heap->for_each_dead_finalizable(
            [](void* c, Cell* cell) {
              cell->gc &= static_cast<uint8_t>(~kGcFinalize);
              cell->gc |= kGcFinalized;
              static_cast<State*>(c)->finalized.push_back(cell);
            },
            s);
        for (size_t i = from; i < s->finalized.size(); i++) marker.mark_cell(s->finalized[i]);
        s->heap->drain(marker);
        s->heap->set_safepoint_work(true);
      },
      &state);
  state.weak = heap.node();
  Node* dead = heap.node(heap.node());
  Node* live = heap.node();
  heap.roots.push_back(live);
  for (Node* n : {dead, live}) {
    n->gc |= kGcFinalize;
    ASSERT_TRUE(heap.note_finalizable(n));
  }
  heap.collect(Heap::Collect::kMinor);
  EXPECT_EQ(state.weak, nullptr);
  EXPECT_EQ(state.finalized, std::vector<Cell*>{dead});
  EXPECT_TRUE(heap.alive(dead) && heap.alive(dead->items[0].cell()));
  EXPECT_TRUE(heap.has_safepoint_work());
  heap.collect(Heap::Collect::kFull);
  EXPECT_FALSE(heap.alive(dead));
  heap.roots.clear();
  heap.collect(Heap::Collect::kFull);
  EXPECT_EQ(state.finalized.size(), 2u);
}

// --- Lookup ---

TEST(Heap, FindCellIsRightForAnyWord) {
  TestHeap heap;
  std::mt19937_64 random(11);
  struct Piece {
    uintptr_t start, end;
    Cell* cell;
  };
  std::vector<Piece> pieces;
  for (int round = 0; round < 6; round++) {
    for (int i = 0; i < 2000; i++) {
      Heap::Pause pause(heap);
      size_t bytes = 8 + random() % (i % 100 ? 700 : 30000);
      Cell* cell = i % 11 ? heap.leaf(bytes) : heap.allocate(bytes, kHandle, 1);
      uintptr_t start = reinterpret_cast<uintptr_t>(cell);
      pieces.push_back({start, start + heap.cell_bytes(cell), cell});
    }
    uintptr_t low = UINTPTR_MAX, high = 0;
    std::vector<Piece> sorted = pieces;
    std::sort(sorted.begin(), sorted.end(), [](const Piece& a, const Piece& b) { return a.start < b.start; });
    for (const Piece& p : sorted) {
      if (heap.cell_bytes(p.cell) > 8192) continue;
      low = std::min(low, p.start);
      high = std::max(high, p.end);
    }
    for (size_t i = 1; i < sorted.size(); i++) ASSERT_LE(sorted[i - 1].end, sorted[i].start);
    for (int i = 0; i < 200'000; i++) {
      uintptr_t word = i % 3 == 0 ? random() : low - 70000 + random() % (high - low + 140000);
      if (i % 5 == 0) word = pieces[random() % pieces.size()].start + random() % 40000;
      auto after =
          std::upper_bound(sorted.begin(), sorted.end(), word, [](uintptr_t w, const Piece& p) { return w < p.start; });
      Cell* expected = after != sorted.begin() && word < after[-1].end ? after[-1].cell : nullptr;
      ASSERT_EQ(heap.find_cell(reinterpret_cast<void*>(word)), expected) << round << " " << i;
    }
    // Some die: in even rounds only the young can.
    heap.roots.clear();
    std::vector<Piece> kept;
    for (const Piece& p : pieces) {
      if (p.cell->gc & kGcOld ? round % 2 && random() % 3 : random() % 3) continue;
      kept.push_back(p);
      heap.roots.push_back(p.cell);
    }
    heap.collect(round % 2 ? Heap::Collect::kFull : Heap::Collect::kMinor);
    pieces = kept;
  }
  heap.roots.clear();
}

TEST(Heap, SeveralHeapsAtOnce) {
  std::vector<std::unique_ptr<TestHeap>> heaps;
  for (int i = 0; i < 20; i++) heaps.push_back(std::make_unique<TestHeap>());
  for (int i = 0; i < 20'000; i++) {
    for (auto& heap : heaps) {
      Node* n = heap->node();
      if (i % 100 == 0) heap->roots.push_back(n);
      if (i % 1000 == 0) {
        EXPECT_TRUE(heap->alive(n));
        EXPECT_EQ(heaps[0].get() == heap.get() ? nullptr : heaps[0]->find_cell(n), nullptr);
      }
    }
  }
  for (auto& heap : heaps) {
    heap->collect(Heap::Collect::kFull, true);
    EXPECT_EQ(heap->count(), 200u);
    heap->verify();
  }
}

TEST(Heap, EverythingAtOnce) {
  // Arrays of leaves that carry their number, handles with release hooks, storages that grow, shrink and are
  // released, under a limit, failing allocations and collections of every sort; the content is compared with
  // a model.
  for (uint32_t seed = 0; seed < 12; seed++) {
    TestHeap heap;
    std::mt19937 random(seed);
    heap.set_verify(seed % 2);
    if (seed % 3 == 1) heap.set_limit(6 << 20);
    if (seed % 4 == 3) heap.set_collect_every(1 + random() % 200);
    constexpr size_t kArrays = 12;
    std::vector<uint64_t> model[kArrays];
    size_t handles = 0, refused = 0;
    heap.roots.resize(kArrays + 8);
    auto array = [&](size_t i) { return heap.roots[i].as<Array>(); };
    for (size_t i = 0; i < kArrays; i++) heap.roots[i] = heap.allocate(sizeof(Array), kArray, 3);
    uint64_t number = 0;
    for (int step = 0; step < 30'000; step++) {
      size_t at = random() % kArrays;
      Array* a = array(at);
      switch (random() % 16) {
        case 0:
          if (random() % 40 == 0)
            heap.collect(random() % 3 ? Heap::Collect::kMinor : Heap::Collect::kFull, random() % 4 == 0);
          break;
        case 1:  // shrink
          if (a->storage && random() % 10 == 0) {
            size_t size = a->size * (random() % 100) / 100;
            a->size = size;
            if (Storage* smaller = heap.resize_storage(a->storage, size * 8)) a->storage = smaller;
            heap.write_barrier(a);
            model[at].resize(size);
          }
          break;
        case 2:  // drop
          if (random() % 100 == 0) {
            Storage* storage = a->storage;
            a->storage = nullptr;
            a->size = 0;
            heap.release_storage(storage);
            model[at].clear();
          }
          break;
        case 3: {
          Cell* handle = heap.allocate(16 + random() % 100 * (random() % 60 ? 1 : 200), kHandle, 1);
          if (!handle) break;
          handles++;
          heap.roots[kArrays + random() % 8] = handle;
          break;
        }
        case 4:
          if (random() % 200 == 0) heap.set_fail_at(1 + random() % 5);
          break;
        case 5: {  // move one to another array
          Array* b = array(random() % kArrays);
          if (a->size == 0 || b->size == 0) break;
          size_t from = random() % a->size, to = random() % b->size;
          b->storage->data<Value>()[to] = a->storage->data<Value>()[from];
          heap.write_barrier(b);
          for (size_t i = 0; i < kArrays; i++) {
            if (array(i) == b) model[i][to] = model[at][from];
          }
          break;
        }
        default: {
          size_t bytes = (a->size + 1) * 8;
          if (!a->storage || a->storage->capacity < bytes) {
            Storage* storage = heap.resize_storage(a->storage, bytes + bytes / 4 + 16);
            if (!storage) {
              refused++;
              break;
            }
            a->storage = storage;
            heap.write_barrier(a);
          }
          Cell* leaf = heap.leaf(24 + random() % (random() % 100 ? 60 : 12000));
          if (!leaf) {
            refused++;
            break;
          }
          *reinterpret_cast<uint64_t*>(leaf + 1) = ++number;
          a->storage->data<Value>()[a->size++] = leaf;
          heap.write_barrier(a);
          model[at].push_back(number);
        }
      }
      if (step % 1000 == 0 || step == 29'999) {
        heap.verify();
        for (size_t i = 0; i < kArrays; i++) {
          ASSERT_EQ(array(i)->size, model[i].size());
          for (size_t j = 0; j < model[i].size(); j++) {
            Cell* leaf = array(i)->storage->data<Value>()[j].cell();
            ASSERT_EQ(heap.find_cell(leaf), leaf);
            ASSERT_EQ(*reinterpret_cast<uint64_t*>(leaf + 1), model[i][j]);
          }
        }
        if (heap.limit() != UINT64_MAX) { EXPECT_LE(heap.footprint(), heap.limit() + (256 << 10)); }
      }
    }
    heap.set_fail_at(0);
    heap.set_collect_every(0);
    heap.roots.clear();
    heap.collect(Heap::Collect::kFull, true);
    EXPECT_EQ(heap.released.size(), handles);
    EXPECT_EQ(heap.count(), 0u);
    EXPECT_LT(heap.footprint(), 1u << 20);
    (void)refused;
  }
}

}  // namespace
}  // namespace krait
