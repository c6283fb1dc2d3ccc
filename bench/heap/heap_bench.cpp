// What an object costs: nanoseconds per allocated object, collection included, beside malloc/free doing the
// same.
//
//   heap_bench [part of a name]
#include <sys/resource.h>
#include <time.h>

#include <algorithm>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <vector>

#include "heap/heap.hpp"

namespace {

using krait::Cell;
using krait::Heap;
using krait::Marker;
using krait::Storage;
using krait::Value;

constexpr krait::CellKind kNode = 1;
constexpr krait::CellKind kLeaf = 2;
constexpr krait::CellKind kArray = 3;

struct Node : Cell {
  Value left, right;
};
struct Array : Cell {
  Storage* storage;
  uint64_t size;
};

double now() {
  timespec t;
  clock_gettime(CLOCK_MONOTONIC, &t);
  return static_cast<double>(t.tv_sec) + static_cast<double>(t.tv_nsec) * 1e-9;
}

struct BenchHeap : Heap {
  Heap::NativeStack stack;
  std::vector<Value> roots;
  BenchHeap() {
    stack.base = static_cast<const char*>(__builtin_frame_address(0)) + 1024;
    register_stack(&stack);
    set_traits(kNode, {"Node", [](Heap&, Cell* cell, Marker& marker) {
                         Node* node = static_cast<Node*>(cell);
                         marker.mark(node->left);
                         marker.mark(node->right);
                       }});
    set_traits(kLeaf, {"Leaf"});
    set_traits(kArray, {"Array", [](Heap&, Cell* cell, Marker& marker) {
                          Array* array = static_cast<Array*>(cell);
                          if (!array->storage) return;
                          marker.mark_cell(array->storage);
                          Value* items = array->storage->data<Value>();
                          marker.mark_range(items, items + array->size);
                        }});
    add_root_tracer(
        [](void* context, Marker& marker) {
          BenchHeap* heap = static_cast<BenchHeap*>(context);
          marker.mark_range(heap->roots.data(), heap->roots.data() + heap->roots.size());
        },
        this);
  }
  ~BenchHeap() { unregister_stack(&stack); }
};

// --- Binary trees: many short-lived trees beside a long-lived one, as in the Benchmarks Game.

Node* tree(Heap& heap, int depth) {
  Node* node = static_cast<Node*>(heap.allocate(sizeof(Node), kNode, 1));
  if (depth > 0) {
    node->left = tree(heap, depth - 1);
    heap.write_barrier(node);
    node->right = tree(heap, depth - 1);
    heap.write_barrier(node);
  }
  return node;
}
int check(const Node* node) {
  return node->left.is_unset() ? 1 : 1 + check(node->left.as<Node>()) + check(node->right.as<Node>());
}
size_t binary_trees(BenchHeap& heap) {
  constexpr int kDepth = 16;
  size_t n = 2 << kDepth;
  heap.roots.push_back(tree(heap, kDepth));
  int sum = 0;
  for (int depth = 4; depth <= kDepth; depth += 4) {
    for (int i = 0; i < 16 << (kDepth - depth); i++, n += size_t{2} << depth) sum += check(tree(heap, depth));
  }
  if (sum == 0) std::abort();
  return n;
}

struct MallocNode {
  uint64_t header;
  MallocNode *left, *right;
};
MallocNode* malloc_tree(int depth) {
  MallocNode* node = static_cast<MallocNode*>(std::calloc(1, sizeof(MallocNode)));
  if (depth > 0) {
    node->left = malloc_tree(depth - 1);
    node->right = malloc_tree(depth - 1);
  }
  return node;
}
int malloc_check(const MallocNode* node) {
  return node->left ? 1 + malloc_check(node->left) + malloc_check(node->right) : 1;
}
void free_tree(MallocNode* node) {
  if (node->left) {
    free_tree(node->left);
    free_tree(node->right);
  }
  std::free(node);
}
size_t malloc_binary_trees(BenchHeap&) {
  constexpr int kDepth = 16;
  size_t n = 2 << kDepth;
  MallocNode* kept = malloc_tree(kDepth);
  int sum = 0;
  for (int depth = 4; depth <= kDepth; depth += 4) {
    for (int i = 0; i < 16 << (kDepth - depth); i++, n += size_t{2} << depth) {
      MallocNode* t = malloc_tree(depth);
      sum += malloc_check(t);
      free_tree(t);
    }
  }
  if (sum == 0) std::abort();
  free_tree(kept);
  return n;
}

// --- Temporaries: dead at once.

size_t temporaries(BenchHeap& heap) {
  constexpr size_t kCount = 30'000'000;
  for (size_t i = 0; i < kCount; i++) {
    Cell* cell = heap.allocate(24 + (i & 1) * 24, kLeaf, 1);
    asm volatile("" : : "r"(cell) : "memory");
  }
  return kCount;
}
size_t malloc_temporaries(BenchHeap&) {
  constexpr size_t kCount = 30'000'000;
  for (size_t i = 0; i < kCount; i++) {
    void* p = std::calloc(1, 24 + (i & 1) * 24);
    asm volatile("" : : "r"(p) : "memory");
    std::free(p);
  }
  return kCount;
}

// --- A growing list of small objects: everything survives.

size_t growing_list(BenchHeap& heap) {
  constexpr size_t kCount = 4'000'000;
  Array* array = static_cast<Array*>(heap.allocate(sizeof(Array), kArray, 1));
  heap.roots.push_back(array);
  for (size_t i = 0; i < kCount; i++) {
    Cell* item = heap.allocate(48, kNode, 1);
    if (!array->storage || array->storage->capacity < (i + 1) * 8) {
      array->storage = heap.resize_storage(array->storage, (i + 1) * 9 + 64);
    }
    array->storage->data<Value>()[array->size++] = item;
    heap.write_barrier(array);
  }
  return kCount;
}
size_t malloc_growing_list(BenchHeap&) {
  constexpr size_t kCount = 4'000'000;
  void** items = nullptr;
  size_t capacity = 0;
  for (size_t i = 0; i < kCount; i++) {
    if (i == capacity) {
      capacity = capacity * 9 / 8 + 8;
      items = static_cast<void**>(std::realloc(items, capacity * 8));
    }
    items[i] = std::calloc(1, 48);
  }
  for (size_t i = 0; i < kCount; i++) std::free(items[i]);
  std::free(items);
  return kCount;
}

// --- A window of objects of mixed sizes, replaced at random: a cache.

size_t random_window(BenchHeap& heap) {
  constexpr size_t kCount = 10'000'000;
  constexpr size_t kWindow = 300'000;
  Array* array = static_cast<Array*>(heap.allocate(sizeof(Array), kArray, 1));
  heap.roots.push_back(array);
  array->storage = heap.allocate_storage(kWindow * 8);
  array->size = kWindow;
  uint32_t r = 1;
  for (size_t i = 0; i < kCount; i++) {
    r = r * 1664525 + 1013904223;
    array->storage->data<Value>()[(r >> 8) % kWindow] = heap.allocate(32 + (r >> 28) * 8, kLeaf, 1);
    heap.write_barrier(array);
  }
  return kCount;
}
size_t malloc_random_window(BenchHeap&) {
  constexpr size_t kCount = 10'000'000;
  constexpr size_t kWindow = 300'000;
  std::vector<void*> window(kWindow);
  uint32_t r = 1;
  for (size_t i = 0; i < kCount; i++) {
    r = r * 1664525 + 1013904223;
    void*& place = window[(r >> 8) % kWindow];
    std::free(place);
    place = std::calloc(1, 32 + (r >> 28) * 8);
  }
  for (void* p : window) std::free(p);
  return kCount;
}

// --- Small lists: a cell and a storage each, dead soon.

size_t small_lists(BenchHeap& heap) {
  constexpr size_t kCount = 10'000'000;
  for (size_t i = 0; i < kCount; i++) {
    Array* array = static_cast<Array*>(heap.allocate(sizeof(Array), kArray, 1));
    array->storage = heap.allocate_storage(48);
    asm volatile("" : : "r"(array) : "memory");
  }
  return kCount * 2;
}
size_t malloc_small_lists(BenchHeap&) {
  constexpr size_t kCount = 10'000'000;
  for (size_t i = 0; i < kCount; i++) {
    void** array = static_cast<void**>(std::calloc(1, 24));
    array[1] = std::calloc(1, 64);
    asm volatile("" : : "r"(array) : "memory");
    std::free(array[1]);
    std::free(array);
  }
  return kCount * 2;
}

// --- Lists grown by appending, dead soon.

constexpr size_t kListLength = 20;

size_t appends(BenchHeap& heap) {
  constexpr size_t kCount = 2'000'000;
  for (size_t i = 0; i < kCount; i++) {
    Array* array = static_cast<Array*>(heap.allocate(sizeof(Array), kArray, 1));
    for (size_t j = 0; j < kListLength; j++) {
      if (!array->storage || array->storage->capacity < (array->size + 1) * 8) {
        array->storage = heap.resize_storage(array->storage, (array->size + array->size / 8 + 4) * 8);
      }
      array->storage->data<Value>()[array->size++] = Value::small_int(3);
    }
    asm volatile("" : : "r"(array) : "memory");
  }
  return kCount;
}
size_t malloc_appends(BenchHeap&) {
  constexpr size_t kCount = 2'000'000;
  for (size_t i = 0; i < kCount; i++) {
    uint64_t* array = static_cast<uint64_t*>(std::calloc(1, 24));
    uint64_t* items = nullptr;
    size_t capacity = 0;
    for (size_t j = 0; j < kListLength; j++) {
      if (j == capacity) {
        capacity = j + j / 8 + 4;
        items = static_cast<uint64_t*>(std::realloc(items, capacity * 8));
      }
      items[j] = 14;
      asm volatile("" : : "r"(items) : "memory");
    }
    std::free(items);
    std::free(array);
  }
  return kCount;
}

struct Load {
  const char* name;
  size_t (*run)(BenchHeap&);
  size_t (*with_malloc)(BenchHeap&);
};
constexpr Load kLoads[] = {
    {"binary_trees", binary_trees, malloc_binary_trees}, {"temporaries", temporaries, malloc_temporaries},
    {"growing_list", growing_list, malloc_growing_list}, {"random_window", random_window, malloc_random_window},
    {"small_lists", small_lists, malloc_small_lists},    {"appends", appends, malloc_appends},
};

}  // namespace

int main(int argc, char** argv) {
  std::printf("%-16s %8s %8s %8s %8s %7s %7s %9s %9s\n", "load", "ns/obj", "of it gc", "malloc", "held MB", "minor",
              "full", "max ms", "live MB");
  for (const Load& load : kLoads) {
    if (argc > 1 && !std::strstr(load.name, argv[1])) continue;
    BenchHeap heap;
    double start = now();
    size_t n = load.run(heap);
    double ours = now() - start;
    double count = static_cast<double>(n);
    uint64_t held = heap.footprint();
    krait::HeapStats stats = heap.stats();
    heap.collect(Heap::Collect::kFull);
    start = now();
    load.with_malloc(heap);
    double theirs = now() - start;
    std::printf("%-16s %8.2f %8.2f %8.2f %8.1f %7llu %7llu %9.2f %9.1f\n", load.name, ours / count * 1e9,
                static_cast<double>(stats.pause_total_ns) / count, theirs / count * 1e9,
                static_cast<double>(held) / 1048576.0, static_cast<unsigned long long>(stats.collections_minor),
                static_cast<unsigned long long>(stats.collections_full), static_cast<double>(stats.pause_max_ns) * 1e-6,
                static_cast<double>(heap.bytes_in_use()) / 1048576.0);
  }
}
