// Collection: marking, and settling the blocks afterwards.
//
// Rules for the collector
//  1. Marks stay between collections: a marked cell is an old one. A minor collection marks on from the roots
//  and the
//     remembered set and never looks behind an old cell; a full one clears the marks first. kGcOld in a
//     header says the same for cells that live; in what a full collection finds dead it is stale, so the
//     collector goes by the marks.
//  2. No recursion: cells wait on the mark stack. When that cannot grow, marked cells are traced over again,
//  by walking
//     the blocks, until nothing new is found.
//  3. The precise roots are traced before the native stacks: a storage that is still unmarked when the stacks
//  are
//     read has no known owner, and its words are searched like those of a stack.
//  4. Blocks are not swept here; settling only counts marks and sorts blocks into lists. Except those of
//  kinds with release
//     hooks, and large cells.
#include <time.h>

#include <algorithm>
#include <cstring>
#include <iterator>

#include "heap/impl.hpp"

#define KRAIT_READS_RAW_STACK __attribute__((no_sanitize("address"), noinline))

namespace krait {

namespace {

constexpr uint64_t kMostForWork = uint64_t{2} << 20;
constexpr ptrdiff_t kRangeStep = 128;  // values of a long array traced at a time
constexpr uintptr_t kRangeTag = 1;

uint64_t now_ns() {
  timespec t;
  clock_gettime(CLOCK_MONOTONIC, &t);
  return static_cast<uint64_t>(t.tv_sec) * 1'000'000'000 + static_cast<uint64_t>(t.tv_nsec);
}

}  // namespace

// --- Marker ---

void Marker::mark_cell(Cell* cell) {
  if (!cell) return;
  Heap::Impl& h = *heap_.impl_;
  if (h.mode == Heap::Impl::Mode::kVerify) [[unlikely]]
    return h.check_reference(cell);
  h.work++;
  if (!h.set_mark(cell)) return;
  // The header is mostly not in the cache: ask for it now, look at it a few cells later.
  __builtin_prefetch(cell, 1);
  Cell*& slot = h.ring[h.ring_at++ % Heap::Impl::kRing];
  Cell* earlier = slot;
  slot = cell;
  if (earlier) h.reached(earlier);
}

void Marker::mark_range(const Value* begin, const Value* end) {
  Heap::Impl& h = *heap_.impl_;
  if (end - begin > kRangeStep && h.mode != Heap::Impl::Mode::kVerify && h.stack.size() + 2 <= h.stack_limit &&
      h.stack.reserve(h.stack.size() + 2)) {
    (void)h.stack.push(reinterpret_cast<uintptr_t>(end));
    (void)h.stack.push(reinterpret_cast<uintptr_t>(begin) | kRangeTag);
    return;
  }
  for (; begin < end; begin++) mark(*begin);
}

bool Marker::only_new() const { return heap_.impl_->mode == Heap::Impl::Mode::kMinor; }

bool Marker::marking() const { return heap_.impl_->mode != Heap::Impl::Mode::kVerify; }

void Marker::mark_conservative(const void* begin, const void* end) {
  if (heap_.impl_->mode == Heap::Impl::Mode::kVerify) return;  // stale words prove nothing
  const uintptr_t* last = static_cast<const uintptr_t*>(end);
  for (const uintptr_t* word = static_cast<const uintptr_t*>(begin); word < last; word++) {
    if (Cell* cell = heap_.impl_->find(reinterpret_cast<const void*>(*word))) heap_.impl_->visit(cell);
  }
}

// --- Tracing ---

void Heap::Impl::push(Cell* cell) {
  if (stack.size() >= stack_limit || !stack.push(reinterpret_cast<uintptr_t>(cell))) stack_overflow = true;
}

bool Heap::Impl::set_mark(Cell* cell) {
  // Most references lead to cells that are marked already. The map of marks is small enough to be cached, so
  // their headers are not touched.
  if (!region.contains(cell)) [[unlikely]] {
    LargeHeader* header = LargeHeader::of(cell);
    if (header->marked) return false;
    return header->marked = true;
  }
  uint64_t& word = region.mark_word(cell);
  uint64_t bit = Region::mark_bit(cell);
  if (word & bit) return false;
  word |= bit;
  return true;
}

void Heap::Impl::reached(Cell* cell) {
  cell->gc |= kGcOld;
  if (has_trace[cell->kind] || (cell->kind != 0 && !is_plain_shape(cell->shape))) push(cell);
}

void Heap::Impl::trace_shape(Cell* cell, Marker& marker) {
  if (!shape_tracer) return;
  ShapeId shape = cell->shape;
  if (shape >= shape_stamps.size() && !shape_stamps.resize(size_t{shape} + 1 + shape / 4)) {
    shape_tracer(shape_context, cell, true, marker);
    return;
  }
  uint32_t& seen = shape_stamps[shape];
  bool more = shape_tracer(shape_context, cell, seen != stamp, marker);
  seen = more ? stamp : stamp + 1;
}

void Heap::Impl::trace(Cell* cell, Marker& marker) {
  if (cell->kind != 0 && !is_plain_shape(cell->shape)) trace_shape(cell, marker);
  if (auto trace_kind = heap.traits_[cell->kind].trace) trace_kind(heap, cell, marker);
}

void Heap::Impl::drain(Marker& marker) {
  for (;;) {
    while (!stack.empty()) {
      uintptr_t top = stack.pop();
      if (!(top & kRangeTag)) {
        trace(reinterpret_cast<Cell*>(top), marker);
        continue;
      }
      const Value* begin = reinterpret_cast<const Value*>(top - kRangeTag);
      const Value* end = reinterpret_cast<const Value*>(stack[stack.size() - 1]);
      const Value* stop = end;
      if (end - begin > kRangeStep) {
        stop = begin + kRangeStep;
        (void)stack.push(reinterpret_cast<uintptr_t>(stop) | kRangeTag);  // its place is there: it was just popped
      } else {
        stack.pop();
      }
      for (; begin < stop; begin++) marker.mark(*begin);
    }
    bool met = false;
    for (Cell*& slot : ring) {
      Cell* cell = slot;
      slot = nullptr;
      if (cell) {
        met = true;
        reached(cell);
      }
    }
    if (met || !stack.empty()) continue;
    if (!stack_overflow) return;
    retrace_after_overflow(marker);
  }
}

void Heap::Impl::retrace_after_overflow(Marker& marker) {
  stack_overflow = false;
  // Cells may have been marked and not traced: trace every marked cell. Whatever overflows again comes back
  // here, and each round marks at least one cell more.
  for (size_t i = 0; i < region.block_count(); i++) {
    Block& block = region.block(i);
    if (block.state == BlockState::kFree) continue;
    for (size_t at = block.next_mark(0); at < block.end(); at = block.next_mark(at + block.cell_bytes)) {
      trace(reinterpret_cast<Cell*>(region.start_of(block) + at), marker);
    }
  }
  for (size_t i = 0; i < large.count(); i++) {
    if (large.at(i)->marked) trace(large.at(i)->cell(), marker);
  }
}

// --- Native stacks ---

void Heap::Impl::visit_word(const void* word) {
  Cell* cell = find(word);
  if (!cell || is_marked(cell)) return;
  if (cell->kind != 0) {
    if (deferring && heap.stack_last_[cell->kind] && deferred.push(cell)) return;
    visit(cell);
  } else if (!candidates.push(cell)) {
    visit(cell);
    orphans_lost = true;
  }
}

KRAIT_READS_RAW_STACK void Heap::Impl::scan_words(const void* begin, const void* end) {
  const uintptr_t* last = static_cast<const uintptr_t*>(end);
  for (const uintptr_t* word = static_cast<const uintptr_t*>(begin); word < last; word++) {
    visit_word(reinterpret_cast<const void*>(*word));
  }
}

void Heap::Impl::scan_stacks(const void* stack_top) {
  deferring = true;
  for (NativeStack* s = stacks; s; s = s->next) {
    const char* top = s->suspended_at ? s->suspended_at : static_cast<const char*>(stack_top);
    uintptr_t aligned = (reinterpret_cast<uintptr_t>(top) + 7) & ~uintptr_t{7};
    uintptr_t base = reinterpret_cast<uintptr_t>(s->base) & ~uintptr_t{7};
    uintptr_t from = (reinterpret_cast<uintptr_t>(stack_from) + 7) & ~uintptr_t{7};
    if (!s->suspended_at && from > aligned && from <= base) aligned = from;
    scan_words(reinterpret_cast<const void*>(aligned), reinterpret_cast<const void*>(base));
    if (base > aligned) work += (base - aligned) / 32;
  }
  deferring = false;
}

void Heap::Impl::scan_orphans(Marker& marker) {
  // A storage found by one orphan's words is a candidate after it.
  for (size_t i = 0; i < candidates.size(); i++) {
    drain(marker);  // may show the owner of the next
    Cell* cell = candidates[i];
    if (is_marked(cell)) continue;
    visit(cell);
    if (cell->bits & Storage::kNoPointers) continue;
    if (!orphans.push(cell)) orphans_lost = true;
    // What a storage holds are Values: only whole pointers to cells count, and most words are refused by their tag.
    const Storage* storage = static_cast<const Storage*>(cell);
    const uintptr_t* words = reinterpret_cast<const uintptr_t*>(storage + 1);
    for (uint64_t n = storage->capacity / sizeof(uintptr_t), k = 0; k < n; k++) {
      if (words[k] != 0 && (words[k] & 7) == 0) visit_word(reinterpret_cast<const void*>(words[k]));
    }
  }
  candidates.shrink(0);
}

// --- A collection ---

size_t Heap::collect(Collect what, bool sweep_now, const void* stack_from) {
  impl_->stack_from = stack_from;
  size_t dead = collect_here(what, sweep_now, sweep_now);
  impl_->stack_from = nullptr;
  return dead;
}

size_t Heap::collect_here(Collect what, bool count, bool trim_all) {
  __builtin_unwind_init();  // every register that may hold a cell is saved in this frame ...
  size_t dead = collect_from(what, count, trim_all);
  asm volatile("");  // ... which no tail call may give up
  return dead;
}

void Heap::Impl::begin_marking(bool full) {
  work = 0;
  stamp += 2;
  std::fill(std::begin(released), std::end(released), nullptr);
  if (full) {
    for (size_t i = 0; i < region.block_count(); i++) {
      Block& block = region.block(i);
      if (block.state != BlockState::kFree) block.begin_marks();
    }
    large.clear_marks();
    for (Cell* cell : remembered) cell->gc &= static_cast<uint8_t>(~kGcRemembered);
    remembered.shrink(0);
    remembered_lost = false;
    for (Cell* cell : appended) cell->gc &= static_cast<uint8_t>(~kGcAppended);
    appended.shrink(0);
    orphans.shrink(0);
    orphans_lost = false;
  }
}

size_t Heap::collect_from(Collect what, bool count, bool trim_all) {
  const void* stack_top = __builtin_frame_address(0);
  Impl& h = *impl_;
  if (h.mode != Impl::Mode::kIdle || paused_) return 0;
  if (h.verify_each) verify();
  uint64_t start = now_ns();
  bool full = what == Collect::kFull || h.remembered_lost || h.orphans_lost;
  h.park_intervals();
  uint64_t in_use_before = bytes_in_use();
  if (count) h.forget_dead_headers();
  h.mode = full ? Impl::Mode::kFull : Impl::Mode::kMinor;
  h.begin_marking(full);

  Marker marker(*this);
  for (Cell* cell : h.appended) {
    cell->gc &= static_cast<uint8_t>(~kGcAppended);
    if (!(cell->gc & kGcRemembered)) traits_[cell->kind].trace_new(*this, cell, marker);
  }
  h.appended.shrink(0);
  for (Cell* cell : h.remembered) {
    cell->gc &= static_cast<uint8_t>(~kGcRemembered);
    h.trace(cell, marker);
    if (h.stack.size() > 4096) h.drain(marker);
  }
  h.remembered.shrink(0);
  for (Impl::Root& root : h.roots) root.tracer(root.context, marker);
  h.drain(marker);
  for (Cell* cell : h.orphans) {
    const Storage* storage = static_cast<const Storage*>(cell);
    h.scan_words(storage + 1, reinterpret_cast<const char*>(storage + 1) + (storage->capacity & ~uint64_t{7}));
  }
  h.scan_stacks(stack_top);
  h.drain(marker);
  h.scan_orphans(marker);
  h.drain(marker);
  if (h.before_stack_last) h.before_stack_last(h.before_stack_last_context);
  for (Cell* cell : h.deferred) h.visit(cell);
  h.deferred.shrink(0);
  h.drain(marker);
  if (h.after_mark) {
    h.after_mark(h.after_mark_context, marker, full ? Collect::kFull : Collect::kMinor);
    h.drain(marker);
  }
  h.prune_finalizable();

  size_t dead = count ? h.count_dead() : 0;
  h.settle(full);
  h.set_pace(full, h.work, in_use_before);
  // Free blocks that the next collections will want again stay; what recent ones wanted counts, so that
  // nothing is given back and taken again all the time.
  h.wanted = std::max({h.wanted - h.wanted / 8, h.budget + h.budget / 4, h.settled / 8});
  h.touched -= h.region.trim(trim_all ? 0 : h.wanted);
  h.mode = Impl::Mode::kIdle;
  h.unpark_intervals();

  uint64_t pause = now_ns() - start;
  (full ? stats_.collections_full : stats_.collections_minor)++;
  stats_.pause_total_ns += pause;
  stats_.pause_max_ns = std::max(stats_.pause_max_ns, pause);
  return dead;
}

void Heap::Impl::settle(bool full) {
  uint64_t young = claimed + large.young_bytes();
  uint64_t old_before = settled + large.bytes() - large.young_bytes();
  large.sweep(!full, [this](LargeHeader* header) {
    Cell* cell = header->cell();
    if (auto release = heap.traits_[cell->kind].release) release(heap, cell);
  });
  for (size_t releasing = 0; releasing < 2; releasing++) {
    for (Pool& pool : pools[releasing]) {
      *pool.interval = FreeInterval{};
      if (pool.current) region.append(pool.used, *pool.current);
      pool.current = nullptr;
      if (full) {
        pool.roomy = pool.tight = pool.used = BlockList{};
      } else {
        BlockList used = pool.used;
        pool.used = BlockList{};
        while (Block* block = region.take(used)) settle_block(*block);
      }
    }
  }
  if (full) {
    settled = 0;
    for (size_t i = 0; i < region.block_count(); i++) {
      Block& block = region.block(i);
      if (block.state == BlockState::kFree) continue;
      block.live = 0;
      settle_block(block);
    }
  }
  // After a full collection this is too low by what died of the old: then a mean.
  uint64_t old = settled + large.bytes();
  uint64_t grown = old > old_before ? old - old_before : 0;
  survived_bytes = grown;
  uint64_t survived = young < 256 ? 0 : std::min<uint64_t>(grown / (young / 256), 256);
  survival = full ? (survival + survived) / 2 : survived;
  claimed = 0;
  since = 0;
}

void Heap::Impl::settle_block(Block& block) {
  if (block.releasing) run_release_hooks(block);
  size_t live = block.count_marks();
  settled += (live - block.live) * uint64_t{block.cell_bytes};
  block.live = static_cast<uint16_t>(live);
  block.state = BlockState::kMarked;
  if (collect_every) scribble(block);
  if (live == 0) return region.free_block(block);
  size_t free = block.capacity - live;
  Pool& pool = pools[block.releasing][block.size_class];
  // Blocks with next to nothing free are left alone until the next full collection.
  if (free * 4 >= block.capacity)
    region.append(pool.roomy, block);
  else if (free * 16 >= block.capacity)
    region.append(pool.tight, block);
}

void Heap::Impl::run_release_hooks(Block& block) {
  for (size_t at = 0; at < block.end(); at += block.cell_bytes) {
    Cell* cell = reinterpret_cast<Cell*>(region.start_of(block) + at);
    if (cell->kind == 0 || block.is_marked(at)) continue;
    heap.traits_[cell->kind].release(heap, cell);
    *cell = Cell{};
  }
}

void Heap::Impl::forget_dead_headers() {
  for (size_t i = 0; i < region.block_count(); i++) {
    Block& block = region.block(i);
    if (block.state == BlockState::kFree || block.state == BlockState::kUsed) continue;
    for (size_t at = 0; at < block.end() && at < block.touched; at += block.cell_bytes) {
      if (!is_cell_at(block, at)) *reinterpret_cast<Cell*>(region.start_of(block) + at) = Cell{};
    }
  }
}

size_t Heap::Impl::count_dead() const {
  size_t dead = 0;
  for (size_t i = 0; i < region.block_count(); i++) {
    const Block& block = region.block(i);
    if (block.state == BlockState::kFree) continue;
    for (size_t at = 0; at < block.end() && at < block.touched; at += block.cell_bytes) {
      if (!block.is_marked(at) && reinterpret_cast<Cell*>(region.start_of(block) + at)->kind != 0) dead++;
    }
  }
  for (size_t i = 0; i < large.count(); i++) dead += !large.at(i)->marked && large.at(i)->cell()->kind != 0;
  return dead;
}

void Heap::Impl::scribble(Block& block) {
  if (block.releasing) return;
  for (size_t at = 0; at < block.end() && at < block.touched; at += block.cell_bytes) {
    if (!block.is_marked(at)) {
      std::memset(region.start_of(block) + at, 0xDB, std::min<size_t>(block.cell_bytes, block.touched - at));
    }
  }
}

void Heap::for_each_dead_finalizable(void (*visit)(void* context, Cell* cell), void* context) {
  // The list is divided first, for the visitor may mark, and so make others of the list live.
  GrowVector<Cell*>& list = impl_->finalizable;
  size_t kept = 0;
  for (size_t i = 0; i < list.size(); i++) {
    if (is_marked(list[i])) std::swap(list[kept++], list[i]);
  }
  size_t end = list.size();
  for (size_t i = kept; i < end; i++) {
    if (list[i]->gc & kGcFinalize) visit(context, list[i]);
  }
  for (size_t i = end; i < list.size(); i++) list[kept++] = list[i];  // noted by the visitor
  list.shrink(kept);
}

void Heap::Impl::prune_finalizable() {
  size_t kept = 0;
  for (Cell* cell : finalizable) {
    if (is_marked(cell) && cell->gc & kGcFinalize) finalizable[kept++] = cell;
  }
  finalizable.shrink(kept);
}

bool Heap::is_marked(const Cell* cell) const { return impl_->is_marked(cell); }

void Heap::drain(Marker& marker) { impl_->drain(marker); }

/// Bytes of the large cells that hold no references. (Of a storage, kind 0, only its owner knows.)
uint64_t Heap::Impl::plain_bytes() {
  uint64_t bytes = 0;
  for (size_t i = 0; i < large.count(); i++) {
    LargeHeader* header = large.at(i);
    CellKind kind = header->cell()->kind;
    if (header->text || (kind != 0 && !heap.traits_[kind].trace)) bytes += header->bytes;
  }
  return bytes;
}

void Heap::Impl::set_pace(bool full, size_t looked_at, uint64_t in_use_before) {
  uint64_t live = settled + large.bytes() + external;
  if (full) {
    growing = in_use_before - live < in_use_before / 8;
    settled_after_full = settled;
    large_after_full = large.bytes();
    plain_after_full = plain_bytes();
    external_after_full = external;
  }
  // What each collection looks at anew (a large remembered array, many roots) is paid less often when it is much, within what
  // the live size justifies. What the survivors hold is looked at once, however often we collect: a reference in each 8 bytes.
  uint64_t again = full ? 0 : looked_at - std::min<uint64_t>(looked_at, survived_bytes / 8);
  uint64_t for_work = std::min<uint64_t>(again * 128, std::max<uint64_t>(kMostForWork, live / 4));
  uint64_t for_size = std::min<uint64_t>(live / 8, uint64_t{8} << 20);
  budget = std::max({kMinBudget, for_work, for_size});
  if (stack.bytes() > (size_t{1} << 20)) {
    stack.clear();
    (void)stack.reserve(kFirstStack);
  }
}

}  // namespace krait
