// _heapq: binary heaps in lists, smallest or (_max) greatest item first. A comparison may run Python code, which may change the
// list: its length is looked at after each.
#include "objects/module.hpp"
#include "objects/native.hpp"
#include "objects/quick.hpp"
#include "objects/sequences.hpp"

namespace krait {

namespace {

/// Does a belong above b?
template <bool kMax>
Result<bool> above(Vm& vm, Value a, Value b) {
  if constexpr (kMax) std::swap(a, b);
  if (Value::both_small_ints(a, b)) return a.as_small_int() < b.as_small_int();
  return compare_bool(vm, a, b, CompareOp::Lt);
}

Error changed(Vm& vm) { return vm.raise(E::RuntimeError, "list changed size during iteration"); }

void exchange(Vm& vm, List* heap, uint64_t i, uint64_t k) {
  Value* items = heap->items();
  std::swap(items[i], items[k]);
  vm.barrier(heap, items[i]);
  vm.barrier(heap, items[k]);
}

/// Moves the item at `at` up to its place, not above `top`.
template <bool kMax>
Status sift_down(Vm& vm, List* heap, uint64_t top, uint64_t at) {
  uint64_t n = heap->length;
  Value item = heap->items()[at];
  while (at > top) {
    uint64_t parent = (at - 1) >> 1;
    bool less = TRY(above<kMax>(vm, item, heap->items()[parent]));
    if (heap->length != n) return changed(vm);
    if (!less) break;
    exchange(vm, heap, at, parent);
    at = parent;
    item = heap->items()[at];
  }
  return {};
}

/// Moves the item at `at` down to a leaf along the smaller children, then up to its place.
template <bool kMax>
Status sift_up(Vm& vm, List* heap, uint64_t at) {
  uint64_t n = heap->length, top = at, limit = n >> 1;
  while (at < limit) {
    uint64_t child = 2 * at + 1;
    if (child + 1 < n) {
      Value left = heap->items()[child], right = heap->items()[child + 1];
      bool less = TRY(above<kMax>(vm, left, right));
      if (heap->length != n) return changed(vm);
      if (!less) ++child;
    }
    exchange(vm, heap, at, child);
    at = child;
  }
  return sift_down<kMax>(vm, heap, top, at);
}

Result<List*> heap_of(Vm& vm, Value v, const char* name) {
  if (is_list(v)) return v.as<List>();
  return vm.raise(E::TypeError, "{}() argument 1 must be list, not {}", name, type_name_of(v));
}

template <bool kMax>
Value push(Vm& vm, Args a) {
  List* heap = TRY(heap_of(vm, a[0], kMax ? "heappush_max" : "heappush"));
  TRY(list_append(vm, heap, a[1]));
  TRY(sift_down<kMax>(vm, heap, 0, heap->length - 1));
  return Value::none();
}

template <bool kMax>
Value pop(Vm& vm, Args a) {
  if (!is_list(a[0]))
    return vm.raise(E::TypeError, "{}() argument must be list, not {}", kMax ? "heappop_max" : "heappop",
                    type_name_of(a[0]));
  List* heap = a[0].as<List>();
  if (heap->length == 0) return vm.raise(E::IndexError, "index out of range");
  Value last = heap->items()[heap->length - 1];
  TRY(list_delete(vm, heap, static_cast<int64_t>(heap->length) - 1, static_cast<int64_t>(heap->length)));
  if (heap->length == 0) return last;
  Value result = heap->items()[0];
  heap->items()[0] = last;
  vm.barrier(heap, last);
  TRY(sift_up<kMax>(vm, heap, 0));
  return result;
}

template <bool kMax>
Value replace(Vm& vm, Args a) {
  List* heap = TRY(heap_of(vm, a[0], kMax ? "heapreplace_max" : "heapreplace"));
  if (heap->length == 0) return vm.raise(E::IndexError, "index out of range");
  Value result = heap->items()[0];
  heap->items()[0] = a[1];
  vm.barrier(heap, a[1]);
  TRY(sift_up<kMax>(vm, heap, 0));
  return result;
}

template <bool kMax>
Value push_pop(Vm& vm, Args a) {
  List* heap = TRY(heap_of(vm, a[0], kMax ? "heappushpop_max" : "heappushpop"));
  if (heap->length == 0) return a[1];
  Value top = heap->items()[0];
  if (!TRY(above<kMax>(vm, top, a[1]))) return a[1];
  if (heap->length == 0) return vm.raise(E::IndexError, "index out of range");
  Value result = heap->items()[0];
  heap->items()[0] = a[1];
  vm.barrier(heap, a[1]);
  TRY(sift_up<kMax>(vm, heap, 0));
  return result;
}

template <bool kMax>
Value heapify(Vm& vm, Args a) {
  if (!is_list(a[0]))
    return vm.raise(E::TypeError, "{}() argument must be list, not {}", kMax ? "heapify_max" : "heapify",
                    type_name_of(a[0]));
  List* heap = a[0].as<List>();
  uint64_t n = heap->length;
  for (uint64_t i = n / 2; i-- > 0;) {
    TRY(vm.poll());
    TRY(sift_up<kMax>(vm, heap, i));
    if (heap->length != n) return changed(vm);
  }
  return Value::none();
}

constexpr NativeRow kFunctions[] = {
    {"heappush(heap, item, /)", push<false>, 0, "Add an item to the heap."},
    {"heappop(heap, /)", pop<false>, 0, "Remove and return the smallest item."},
    {"heapreplace(heap, item, /)", replace<false>, 0, "Return the smallest item and put another one into the heap."},
    {"heappushpop(heap, item, /)", push_pop<false>, 0, "Add an item, then remove and return the smallest."},
    {"heapify(heap, /)", heapify<false>, 0, "Make a heap of a list, in place."},
    {"heappush_max(heap, item, /)", push<true>, 0, "Add an item to the max-heap."},
    {"heappop_max(heap, /)", pop<true>, 0, "Remove and return the greatest item."},
    {"heapreplace_max(heap, item, /)", replace<true>, 0,
     "Return the greatest item and put another one into the max-heap."},
    {"heappushpop_max(heap, item, /)", push_pop<true>, 0, "Add an item, then remove and return the greatest."},
    {"heapify_max(heap, /)", heapify<true>, 0, "Make a max-heap of a list, in place."},
    {"_heappop_max(heap, /)", pop<true>, 0, "Remove and return the greatest item."},
    {"_heapreplace_max(heap, item, /)", replace<true>, 0,
     "Return the greatest item and put another one into the max-heap."},
    {"_heapify_max(heap, /)", heapify<true>, 0, "Make a max-heap of a list, in place."},
};

}  // namespace

extern constinit const ModuleSpec heapq_module{
    .name = "_heapq",
    .doc = "Heaps in lists.",
    .functions = kFunctions,
};

}  // namespace krait
