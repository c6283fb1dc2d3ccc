// What stands behind a Heap: pools of blocks, large cells, the mark stack, and the counts that pace
// collections. Included by the heap's own files only.
#pragma once

#include "heap/block.hpp"
#include "heap/grow_vector.hpp"
#include "heap/heap.hpp"
#include "heap/large.hpp"

namespace krait {

struct Heap::Impl {
  /// The blocks of one size class (and of one sort: plain, or with release hooks), and where it allocates.
  struct Pool {
    FreeInterval* interval = nullptr;  ///< Heap::intervals_[class], or `own`
    FreeInterval own;
    Block* current = nullptr;
    BlockList roomy;  ///< kMarked, at least a quarter free
    BlockList tight;  ///< kMarked, less free; used before new blocks are taken
    BlockList used;   ///< kUsed since the last collection
  };
  struct Root {
    RootTracer tracer;
    void* context;
  };
  enum class Mode { kIdle, kMinor, kFull, kVerify };
  enum class Claim { kGot, kBlockDone, kOverLimit };

  explicit Impl(Heap& h);

  // Allocation (heap.cpp).
  Pool& pool_of(size_t size_class, CellKind kind) { return pools[heap.slow_kinds_[kind]][size_class]; }
  bool refill(Pool& pool, size_t size_class, bool releasing);
  Claim claim(Pool& pool);
  bool next_block(Pool& pool, size_t size_class, bool releasing);
  LargeHeader* allocate_large(size_t bytes, bool zeroed);
  /// A large storage went elsewhere (or, null, away): the lists that name it follow.
  void moved(Cell* from, Cell* to, bool in_remembered);
  /// Before `bytes` more are held: collects if the limit asks for it. False: refused.
  bool make_room(size_t bytes);
  bool over_limit(uint64_t extra) const { return footprint() + extra > heap.limit_ || footprint() + extra < extra; }
  bool force_collection();
  void collect_if_due(size_t upcoming);
  uint64_t full_from();      ///< bytes in use from which the next collection is a full one
  bool stress_allocation();  ///< counts for set_fail_at/set_collect_every; false: fail this one
  void park_intervals();
  void unpark_intervals();
  uint64_t footprint() const {
    return touched + large.bytes() + external + stack.bytes() + remembered.bytes() + appended.bytes();
  }
  uint64_t cell_bytes_in_use() const;

  // Lookup (heap.cpp).
  Cell* find(const void* word);
  /// Is the place at `offset` (where a cell may begin) a cell?
  bool is_cell_at(const Block& block, size_t offset) const;

  // Collection (collect.cpp).
  bool is_marked(const Cell* cell) const {
    return cell->gc & kGcLarge ? LargeHeader::of(cell)->marked
                               : region.block_of(cell).is_marked(Region::offset_in_block(cell));
  }
  bool set_mark(Cell* cell);  ///< false if it was set
  void reached(Cell* cell);
  void visit(Cell* cell) {
    if (set_mark(cell)) reached(cell);
  }
  void push(Cell* cell);
  void trace(Cell* cell, Marker& marker);
  void trace_shape(Cell* cell, Marker& marker);
  void drain(Marker& marker);
  void retrace_after_overflow(Marker& marker);
  void visit_word(const void* word);
  void scan_words(const void* begin, const void* end);
  void scan_stacks(const void* stack_top);
  void scan_orphans(Marker& marker);
  void begin_marking(bool full);
  void settle(bool full);
  void settle_block(Block& block);
  void run_release_hooks(Block& block);
  void forget_dead_headers();
  size_t count_dead() const;
  void scribble(Block& block);
  void prune_finalizable();
  uint64_t plain_bytes();
  void set_pace(bool full, size_t looked_at, uint64_t in_use_before);

  // Verification and other walks that only look (verify.cpp).
  template <class Visit>
  void look_at_cells(Visit visit);
  void check_reference(const Cell* to);

  Heap& heap;
  Region region;
  Pool pools[2][kClasses];
  LargeSpace large;
  /// By size class: storages released since the last collection, linked through their first word.
  Storage* released[kClasses] = {};

  // Accounts.
  uint64_t touched = 0;   ///< bytes of blocks ever written and not given back
  uint64_t external = 0;  ///< charge()
  uint64_t settled = 0;   ///< bytes of cells in blocks that survived the last collection
  uint64_t claimed = 0;   ///< bytes claimed in blocks since
  uint64_t since = 0;     ///< bytes allocated since the last collection, of every sort
  /// What is allocated between collections at least: little enough to stay in a second-level cache.
  static constexpr uint64_t kMinBudget = uint64_t{1} << 19;
  uint64_t budget;      ///< of `since`, before the next collection
  uint64_t wanted = 0;  ///< bytes of free blocks that are kept for the next collections
  /// What the last full collection left, by sort; lowered when memory is given back by name.
  uint64_t settled_after_full = 0, large_after_full = 0, external_after_full = 0;
  uint64_t plain_after_full = 0;  ///< of the large ones, bytes without references
  bool growing = false;           ///< it found hardly anything dead
  uint64_t survived_bytes = 0;    ///< by which the old cells grew in the last collection
  uint64_t survival = 0;          ///< what part of the new bytes survived the last minor collection, in 1/256
  uint64_t forced_at = 0;         ///< bytes_allocated_total when the limit last forced a collection
  bool forced = false;            ///< it did at some time
  uint32_t futile = 0;            ///< grows with each forced collection that brought little
  uint32_t refusals_due = 0;      ///< how many requests are refused before another is forced

  // Marking.
  Mode mode = Mode::kIdle;
  GrowVector<uintptr_t> stack;  ///< cells, and ranges: end, then begin | 1
  static constexpr size_t kFirstStack = 512;
  size_t stack_limit = SIZE_MAX;
  bool stack_overflow = false;
  static constexpr size_t kRing = 16;
  Cell* ring[kRing] = {};  ///< marked cells whose headers are on their way into the cache
  size_t ring_at = 0;
  size_t work = 0;  ///< references looked at in this collection
  bool has_trace[256] = {};
  /// By ShapeId: 2 * collection when a cell of the shape was met in it, one more if other cells need not be
  /// looked at.
  GrowVector<uint32_t> shape_stamps;
  uint32_t stamp = 0;
  bool is_plain_shape(ShapeId shape) const { return shape < shape_stamps.size() && shape_stamps[shape] == stamp + 1; }
  GrowVector<Cell*> remembered;
  GrowVector<Cell*> appended;    ///< old cells of which only the end is new
  bool remembered_lost = false;  ///< the set could not grow: only a full collection is right
  GrowVector<Cell*> orphans;     ///< marked storages without a known owner: their words are searched
  bool orphans_lost = false;     ///< kept while some orphan could not be listed: only full collections are right
  GrowVector<Cell*> candidates;  ///< storages met on a stack in this collection
  GrowVector<Cell*> finalizable;

  GrowVector<Root> roots;
  ShapeTracer shape_tracer = nullptr;
  void* shape_context = nullptr;
  AfterMark after_mark = nullptr;
  void* after_mark_context = nullptr;
  void (*before_stack_last)(void* context) = nullptr;
  void* before_stack_last_context = nullptr;
  bool deferring = false;      ///< the words of a native stack are looked at
  GrowVector<Cell*> deferred;  ///< met there, of kinds that are marked last
  NativeStack* stacks = nullptr;
  const void* stack_from = nullptr;  ///< where the running thread's is searched from, if not from its end

  // Aids.
  uint64_t collect_every = 0, until_collect = 0, stress_collections = 0;
  uint64_t fail_in = 0;
  bool verify_each = false;
  const Cell* verify_parent = nullptr;
  const Cell* counted = nullptr;  ///< whose references count_references() counts, in the same mode
  size_t references = 0;
};

}  // namespace krait
