// Heap: a non-moving, sticky-mark generational mark-sweep heap, and the account of every byte a Vm uses.
//
// Rules for code that uses it
//  1. A cell never moves: plain pointers are handles. Anything reachable from a root, from another live cell, or from a
//     word (also an interior pointer) on the native stack or in a register of a thread of this Vm is alive.
//  2. allocate() gives zeroed memory behind the header. It may collect, so whatever the caller still needs must be
//     reachable by rule 1; it never runs Python code (finalizers and weak-reference callbacks run at safepoints).
//  3. After storing a pointer into a cell that may be old, call write_barrier(cell) (before the next allocation).
//  4. allocate() and the storage calls give null when a memory limit or the machine refuses; nothing is pending then:
//     Vm::allocate() turns it into MemoryError or a tripped limit.
#pragma once

#include <cstddef>
#include <cstdint>

#include "heap/cell.hpp"
#include "heap/value.hpp"

namespace krait {

class Heap;

/// Given to trace functions: reports the cells that a cell refers to. They only report: no allocation, no Python.
class Marker {
 public:
  /// A value that may be unset or immediate.
  void mark(Value v) {
    if (v.is_cell()) mark_cell(v.cell());
  }
  void mark_cell(Cell* cell);  // cell may be null
  void mark_cell(const Cell* cell) { mark_cell(const_cast<Cell*>(cell)); }
  /// The array must stay where it is until the collection ends (long ones are traced piece by piece).
  void mark_range(const Value* begin, const Value* end);
  /// False while the heap is only being verified or counted in: nothing may be noted in a cell then.
  bool marking() const;
  /// True in a minor collection: what an earlier one has seen need not be reported again.
  bool only_new() const;
  /// Any word that might be, or point into, a cell. Both ends are multiples of 8.
  void mark_conservative(const void* begin, const void* end);

 private:
  friend class Heap;
  explicit Marker(Heap& heap) : heap_(heap) {}
  Heap& heap_;
};

/// What the heap must know of a cell kind.
struct CellTraits {
  const char* name = nullptr;
  /// Reports references. Null: the kind holds none. The type (through the shape) is reported by the shape tracer.
  void (*trace)(Heap& heap, Cell* cell, Marker& marker) = nullptr;
  /// Releases what the cell owns outside the heap (file descriptors, foreign memory); called while sweeping, must not
  /// touch other cells, allocate or run Python. Null: nothing to release.
  void (*release)(Heap& heap, Cell* cell) = nullptr;
  /// Reports only what append_barrier() was called for since trace or trace_new ran last (so these note how far they came, unless
  /// the marker only looks). Null: the whole cell is traced.
  void (*trace_new)(Heap& heap, Cell* cell, Marker& marker) = nullptr;
};

/// Raw bytes that a cell owns (list items, dict tables). The heap does not look inside: the owner marks the storage
/// cell itself and traces the content. Only a storage that nothing but native stacks refers to is searched for pointers,
/// so native code may work on the items of a list that has died meanwhile, or keep values in a storage of its own.
struct Storage : Cell {
  /// Cell::bits, set by who allocated it: nothing in it refers to a cell (an index of numbers, text). The heap then never searches
  /// its words, not even while only a native stack refers to it.
  static constexpr uint16_t kNoPointers = 1;
  uint64_t capacity;  ///< bytes behind this header
  template <class T = void>
  T* data() {
    return reinterpret_cast<T*>(this + 1);
  }
};
static_assert(sizeof(Storage) == 16);

struct HeapStats {
  uint64_t collections_minor = 0, collections_full = 0;
  uint64_t bytes_allocated_total = 0;  ///< ever
  uint64_t pause_max_ns = 0, pause_total_ns = 0;
};

class Heap {
 public:
  Heap();
  ~Heap();  // releases every cell (release hooks run; finalizers do not)
  Heap(const Heap&) = delete;
  Heap& operator=(const Heap&) = delete;

  static constexpr size_t kMaxCellBytes = size_t{1} << 46;

  /// A zeroed cell of `bytes` (header included), kind and shape set. Null when refused.
  Cell* allocate(size_t bytes, CellKind kind, ShapeId shape) {
    if (bytes - 1 < (kSmallClasses - 1) * 16) [[likely]] {
      size_t size_class = (bytes + 15) / 16;
      FreeInterval& interval = intervals_[size_class];
      char* p = interval.next;
      if (static_cast<size_t>(interval.end - p) >= size_class * 16 && !slow_kinds_[kind]) [[likely]] {
        interval.next = p + size_class * 16;
        Cell* cell = reinterpret_cast<Cell*>(p);
        cell->shape = shape;
        cell->kind = kind;
        return cell;
      }
    }
    return allocate_slow(bytes, kind, shape);
  }

  /// A cell for text and the like: only its first `zeroed` bytes (header included) are zeroed, the rest is for the caller to fill
  /// and is never searched for pointers.
  Cell* allocate_text(size_t bytes, size_t zeroed, CellKind kind, ShapeId shape) {
    if (bytes - 1 < (kSmallClasses - 1) * 16) [[likely]]
      return allocate(bytes, kind, shape);
    return allocate_slow(bytes, kind, shape, zeroed);
  }

  /// While an allocation collects: the shape that the cell will have, for whose type nothing else may stand any more; else 0.
  ShapeId allocating() const { return allocating_; }

  /// Raw storage of at least `bytes`, zeroed. Null when refused.
  Storage* allocate_storage(size_t bytes) { return allocate_storage(bytes, true); }
  /// The same with kNoPointers set and its content left to chance.
  Storage* allocate_text_storage(size_t bytes) {
    Storage* storage = allocate_storage(bytes, false);
    if (storage) storage->bits |= Storage::kNoPointers;
    return storage;
  }
  /// Storage of at least `bytes` with the old content kept and the rest zeroed; may be the same (grown in place or by
  /// remapping) or a new one. The old one is then released, so no stale pointer may be used afterwards.
  /// When refused (null) the old one is as it was. Null for `old` is allowed.
  Storage* resize_storage(Storage* old, size_t bytes);
  /// Says that nothing refers to the storage any more: its memory is reused or given back at once. Null is allowed.
  void release_storage(Storage* storage);

  /// Memory outside the heap that belongs to Python objects (also malloc'ed by libraries): counted against the limit
  /// and the pacing. charge() gives false when the limit refuses; it may collect before.
  [[nodiscard]] bool charge(size_t bytes);
  void discharge(size_t bytes);

  void write_barrier(Cell* cell) {
    if ((cell->gc & (kGcOld | kGcRemembered)) == kGcOld) [[unlikely]]
      remember(cell);
  }

  /// Instead of write_barrier(), when what was stored lies behind everything that the cell's trace or trace_new has reported: the
  /// next minor collection looks at the new part only, so filling a long list or a big dict costs no repeated scans.
  void append_barrier(Cell* cell) {
    if ((cell->gc & (kGcOld | kGcRemembered | kGcAppended)) == kGcOld) [[unlikely]]
      remember_appended(cell);
  }

  /// Sets the traits of a kind; once per kind, before its first cell.
  void set_traits(CellKind kind, CellTraits traits);
  const CellTraits& traits(CellKind kind) const { return traits_[kind]; }

  /// Called in every collection to report the Vm's roots.
  using RootTracer = void (*)(void* context, Marker& marker);
  void add_root_tracer(RootTracer tracer, void* context);
  void remove_root_tracer(RootTracer tracer, void* context);
  /// Called before a kind's own trace: reports what a cell's shape says of it (its type, `__slots__` members and attribute
  /// slots that follow the kind's own layout). `first`: no other cell of the shape was met in this collection, so what the
  /// shape itself keeps alive is to be reported. Gives whether other cells of the shape have more to report; if not it is
  /// not called for them. Never called for raw storage.
  using ShapeTracer = bool (*)(void* context, Cell* cell, bool first, Marker& marker);
  void set_shape_tracer(ShapeTracer tracer, void* context);

  /// The native stacks to scan. Each OS thread that runs the Vm registers its stack's high end; when it gives the Vm to
  /// another thread it saves its registers and stack pointer (suspend), and takes them back on resume.
  struct NativeStack {
    const char* base = nullptr;          ///< high end
    const char* suspended_at = nullptr;  ///< stack pointer while another thread runs the Vm; null on the running thread
    NativeStack* next = nullptr;
  };
  void register_stack(NativeStack* stack);
  void unregister_stack(NativeStack* stack);

  enum class Collect { kMinor, kFull };
  /// Collects now. Dead cells are swept lazily unless `sweep_now`. Returns the number of dead non-storage cells found
  /// (only counted when swept now). `stack_from`: what lies below it on the running thread's native stack is known to hold nothing live.
  size_t collect(Collect what, bool sweep_now = false, const void* stack_from = nullptr);
  /// True when a collection ran and things wait for a safepoint (finalizers, weak references).
  bool has_safepoint_work() const { return safepoint_work_; }
  /// gc.enable/disable. Off: no automatic full collection while the heap less than quadruples. Minor collections go on,
  /// for without reference counts they are what frees the temporaries of an ordinary program.
  void set_enabled(bool enabled) { enabled_ = enabled; }
  bool enabled() const { return enabled_; }
  /// While one lives nothing is collected at all (the Vm is being built, the heap is being walked). They nest.
  class Pause {
   public:
    explicit Pause(Heap& heap) : heap_(heap) { heap_.paused_++; }
    ~Pause() { heap_.paused_--; }
    Pause(const Pause&) = delete;
    Pause& operator=(const Pause&) = delete;

   private:
    Heap& heap_;
  };

  /// Runs after marking and before sweeping: the Vm clears weak references to dead cells and resurrects cells to be
  /// finalized through is_marked() and the marker.
  using AfterMark = void (*)(void* context, Marker& marker, Collect what);
  void set_after_mark(AfterMark hook, void* context);
  /// Cells of these kinds that a native stack refers to directly are marked last of all. Before that `hook` runs, which may
  /// ask is_marked() whether anything else (a frame, another object) holds them: a stale word on a stack does not count.
  void set_stack_last(CellKind kind) { stack_last_[kind] = true; }
  void set_before_stack_last(void (*hook)(void* context), void* context);
  /// Only meaningful inside the hooks: did the cell survive?
  bool is_marked(const Cell* cell) const;
  /// Marks everything reachable from what was given to the marker so far (inside AfterMark).
  void drain(Marker& marker);
  void set_safepoint_work(bool b) { safepoint_work_ = b; }
  /// Puts a cell that has kGcFinalize on the list of those to be finalized. False when memory is refused.
  [[nodiscard]] bool note_finalizable(Cell* cell);
  /// Inside the AfterMark hook: takes each listed cell that did not survive off the list and calls visit for it. The
  /// hook resurrects it by marking it; cells whose kGcFinalize was cleared meanwhile are dropped unvisited.
  void for_each_dead_finalizable(void (*visit)(void* context, Cell* cell), void* context);

  /// Calls visit for every cell that was not found dead in the last collection; visit must not allocate.
  void for_each_cell(void (*visit)(void* context, Cell* cell), void* context);
  /// How many references to the cell the roots and all cells hold that the last collection left or that came since; native stacks do
  /// not count. For programs that ask: it walks the whole heap.
  size_t count_references(const Cell* cell);
  /// The cell that the word points to or into; null if none. Never touches foreign memory.
  Cell* find_cell(const void* word) const;
  size_t cell_bytes(const Cell* cell) const;

  uint64_t bytes_in_use() const;  ///< cells, storages and charged memory; an upper bound between sweeps
  /// Bytes held from the machine: blocks as far as they were ever written, large cells, charged memory, the collector's
  /// tables. This is what the limit bounds, so fragmentation counts too.
  uint64_t footprint() const;
  uint64_t limit() const { return limit_; }
  void set_limit(uint64_t bytes) { limit_ = bytes; }  ///< UINT64_MAX: none
  const HeapStats& stats() const { return stats_; }

  // Aids for tests and stress builds.
  void set_collect_every(uint64_t n_allocations);  ///< 0: off; 1: collect at each allocation
  void set_fail_at(uint64_t nth_allocation);       ///< 0: off; the n-th allocation from now gives null, once
  uint64_t fail_in() const;                   ///< allocations until the one that fails, itself included; 0: none is to
  void set_mark_stack_limit(size_t entries);  ///< as if the machine refused more; marking still ends, slowly
  /// Checks the heap's invariants: every reference leads to a cell, and an old cell that refers to a new one has been
  /// through the write barrier. Aborts with a message naming the broken cell and its kind.
  void verify();
  void set_verify(bool on);  ///< verify() before every collection

 private:
  friend class Marker;
  static constexpr size_t kSmallClasses = 33;  // 16..512 bytes by 16; larger classes in allocate_slow

  struct FreeInterval {
    char* next = nullptr;
    char* end = nullptr;
  };

  Cell* allocate_slow(size_t bytes, CellKind kind, ShapeId shape, size_t zeroed = SIZE_MAX);
  Cell* allocate_unchecked(size_t bytes, CellKind kind, size_t zeroed);
  Storage* allocate_storage(size_t bytes, bool zeroed);
  void remember(Cell* cell);
  void remember_appended(Cell* cell);
  size_t collect_here(Collect what, bool count, bool trim_all);
  __attribute__((noinline)) size_t collect_from(Collect what, bool count, bool trim_all);

  FreeInterval intervals_[kSmallClasses];
  bool stack_last_[256] = {};
  bool slow_kinds_[256] = {};  ///< kinds that need a release hook live in blocks of their own
  CellTraits traits_[256];
  uint64_t limit_ = UINT64_MAX;
  ShapeId allocating_ = 0;
  bool enabled_ = true;
  bool safepoint_work_ = false;
  int paused_ = 0;
  HeapStats stats_;
  struct Impl;
  Impl* impl_;
};

}  // namespace krait
