// Allocation, accounts and lookup. Collection is in collect.cpp.
//
// Rules for the code of the heap
//  1. A pool's interval always holds a whole number of places, so a used-up interval leaves no remainder, and
//  every
//     place below a block's cursor is a cell, except those in the interval. find() depends on it.
//  2. An interval is zeroed when it is claimed, not before: free memory holds what dead cells left. In blocks of the larger
//     classes not even then: allocate_slow() zeroes each cell, or of text only the header.
//  3. In blocks of kinds with release hooks a place holds a cell exactly when its header's kind is not 0.
//  4. While a collection runs every interval is parked, so that allocate() comes to allocate_slow(), which
//  refuses.
#include "heap/heap.hpp"

#include <algorithm>
#include <cstring>

#include "heap/impl.hpp"

#if KRAIT_SANITIZE
// Conservative scanning reads the real stack; AddressSanitizer must not move locals to another one.
extern "C" __attribute__((visibility("default"), used)) const char* __asan_default_options() {
  return "detect_stack_use_after_return=0";
}
#endif

namespace krait {

namespace {

constexpr uint64_t kFullSlack = uint64_t{1} << 19;
constexpr uint32_t kMaxRefusals = 4096;
constexpr uint64_t kDisabledFull = uint64_t{256} << 20;

}  // namespace

// The first budget is a quarter more: a start makes somewhat above half a megabyte, which stays.
Heap::Impl::Impl(Heap& h) : heap(h), budget(kMinBudget / 4 * 5) {
  static_assert(kSmallClasses == kLinearClasses);
  for (auto& sort : pools) {
    for (Pool& pool : sort) pool.interval = &pool.own;
  }
  unpark_intervals();
  (void)stack.reserve(kFirstStack);  // so that marking always has some
}

Heap::Heap() : impl_(new Impl(*this)) {}

Heap::~Heap() {
  Impl& h = *impl_;
  h.park_intervals();
  h.mode = Impl::Mode::kFull;  // hooks may not allocate
  for (size_t i = 0; i < h.region.block_count(); i++) {
    Block& block = h.region.block(i);
    if (block.state == BlockState::kFree || !block.releasing) continue;
    for (size_t at = 0; at < block.end(); at += block.cell_bytes) {
      Cell* cell = reinterpret_cast<Cell*>(h.region.start_of(block) + at);
      if (cell->kind != 0) traits_[cell->kind].release(*this, cell);
    }
  }
  for (size_t i = 0; i < h.large.count(); i++) {
    Cell* cell = h.large.at(i)->cell();
    if (traits_[cell->kind].release) traits_[cell->kind].release(*this, cell);
  }
  delete impl_;
}

// --- Allocation ---

void Heap::Impl::park_intervals() {
  for (size_t c = 0; c < kLinearClasses; c++) {
    Pool& pool = pools[0][c];
    if (pool.interval == &pool.own) continue;
    pool.own = *pool.interval;
    *pool.interval = FreeInterval{};
    pool.interval = &pool.own;
  }
}

void Heap::Impl::unpark_intervals() {
  if (collect_every || fail_in) return;  // every allocation is to be seen
  for (size_t c = 0; c < kLinearClasses; c++) {
    Pool& pool = pools[0][c];
    if (pool.interval != &pool.own) continue;
    heap.intervals_[c] = pool.own;
    pool.interval = &heap.intervals_[c];
  }
}

Cell* Heap::allocate_slow(size_t bytes, CellKind kind, ShapeId shape, size_t zeroed) {
  if (bytes > kMaxCellBytes || impl_->mode != Impl::Mode::kIdle) return nullptr;
  allocating_ = shape;
  Cell* cell = allocate_unchecked(bytes, kind, zeroed);
  allocating_ = 0;
  if (!cell) return nullptr;
  cell->shape = shape;
  cell->kind = kind;
  return cell;
}

Cell* Heap::allocate_unchecked(size_t bytes, CellKind kind, size_t zeroed) {
  Impl& h = *impl_;
  if ((h.collect_every || h.fail_in) && !h.stress_allocation()) return nullptr;
  if (bytes > kMaxBlockCell) {
    LargeHeader* large = h.allocate_large(bytes, zeroed >= bytes);
    if (!large) return nullptr;
    Cell* cell = large->cell();
    if (zeroed < bytes) std::memset(static_cast<void*>(cell + 1), 0, zeroed - sizeof(Cell));
    return cell;
  }
  size_t size_class = size_class_of(std::max(bytes, sizeof(Cell)));
  Impl::Pool& pool = h.pool_of(size_class, kind);
  if (pool.interval->next == pool.interval->end && !h.refill(pool, size_class, slow_kinds_[kind])) return nullptr;
  Cell* cell = reinterpret_cast<Cell*>(pool.interval->next);
  pool.interval->next += class_bytes(size_class);
  if (size_class >= kLinearClasses) std::memset(static_cast<void*>(cell), 0, std::min(zeroed, class_bytes(size_class)));
  return cell;
}

bool Heap::Impl::refill(Pool& pool, size_t size_class, bool releasing) {
  collect_if_due(0);
  for (bool again = false;; again = true) {
    do {
      if (!pool.current) continue;
      Claim result = claim(pool);
      if (result == Claim::kGot) return true;
      if (result == Claim::kOverLimit) break;
      pool.current->state = BlockState::kUsed;
      region.append(pool.used, *pool.current);
      pool.current = nullptr;
    } while (next_block(pool, size_class, releasing));
    if (again || !force_collection()) return false;
  }
}

bool Heap::Impl::next_block(Pool& pool, size_t size_class, bool releasing) {
  Block* block = region.take(pool.roomy);
  if (!block) block = region.take(pool.tight);
  if (!block) {
    block = region.take_block(size_class, releasing);
    if (!block) return false;
    if (releasing) std::memset(region.start_of(*block), 0, block->touched);
  }
  block->state = BlockState::kCurrent;
  block->cursor = 0;
  pool.current = block;
  return true;
}

Heap::Impl::Claim Heap::Impl::claim(Pool& pool) {
  Block& block = *pool.current;
  size_t size = block.cell_bytes;
  size_t end = block.end();
  size_t at = block.cursor;
  while (at < end && block.is_marked(at)) at += size;
  if (at == end) {
    block.cursor = static_cast<uint32_t>(end);
    return Claim::kBlockDone;
  }
  size_t stop = block.next_mark(at + size);
  stop = std::min(stop, at + (collect_every ? size : block.chunk));  // under stress the dead are kept unused for longer
  if (stop > block.touched) {
    size_t fresh = stop - block.touched;
    if (over_limit(fresh)) return Claim::kOverLimit;
    if (at < block.touched && size <= class_bytes(kLinearClasses - 1))
      std::memset(region.start_of(block) + at, 0, block.touched - at);
    touched += fresh;
    block.touched = static_cast<uint32_t>(stop);
  } else if (size <= class_bytes(kLinearClasses - 1)) {
    std::memset(region.start_of(block) + at, 0, stop - at);
  }
  block.cursor = static_cast<uint32_t>(stop);
  pool.interval->next = region.start_of(block) + at;
  pool.interval->end = region.start_of(block) + stop;
  claimed += stop - at;
  since += stop - at;
  heap.stats_.bytes_allocated_total += stop - at;
  return Claim::kGot;
}

LargeHeader* Heap::Impl::allocate_large(size_t bytes, bool zeroed) {
  bytes = LargeSpace::rounded(bytes);
  uint64_t collections = heap.stats_.collections_minor + heap.stats_.collections_full;
  collect_if_due(bytes);
  if (!make_room(bytes)) return nullptr;
  LargeHeader* result = large.allocate(bytes, zeroed);
  if (!result && force_collection()) result = large.allocate(bytes, zeroed);
  if (!result) return nullptr;
  // A collection that was made for this cell need not be made again for it.
  bool just_collected = collections != heap.stats_.collections_minor + heap.stats_.collections_full;
  since += just_collected ? std::min<uint64_t>(bytes, budget / 2) : bytes;
  heap.stats_.bytes_allocated_total += bytes;
  return result;
}

void Heap::Impl::collect_if_due(size_t upcoming) {
  if (since + upcoming < budget || heap.paused_) return;
  uint64_t young = claimed + large.young_bytes();
  uint64_t projected = settled + large.bytes() - large.young_bytes() + young / 256 * survival + external + upcoming;
  heap.collect(projected > full_from() ? Collect::kFull : Collect::kMinor);
}

uint64_t Heap::Impl::full_from() {
  // What was given back by name since then is not there to be collected.
  large_after_full = std::min<uint64_t>(large_after_full, large.bytes());
  external_after_full = std::min(external_after_full, external);
  uint64_t live = settled_after_full + large_after_full + external_after_full;
  // Three eighths more, or four when hardly anything was dead: then the heap just grows. Of that only which a collection has to look
  // into: large texts cost it nothing, and so may be collected early.
  uint64_t looked_into = settled_after_full + large_after_full - std::min(large_after_full, plain_after_full);
  uint64_t from = live + looked_into / 8 * (growing ? 4 : 3) + kFullSlack;
  return heap.enabled_ ? from : std::max({from, 4 * live, kDisabledFull});
}

bool Heap::Impl::make_room(size_t bytes) {
  if (!over_limit(bytes)) return true;
  return bytes <= heap.limit_ && force_collection() && !over_limit(bytes);
}

bool Heap::Impl::force_collection() {
  if (heap.paused_ || mode != Mode::kIdle) return false;
  // When the memory is full in effect, a collection brings almost nothing: refuse ever more often at once,
  // rather than collect for each object. The first allocation after a refusal always gets its collection, for
  // much may be dead now.
  uint64_t brought = heap.stats_.bytes_allocated_total - forced_at;
  if (forced && brought < std::min(heap.limit_, footprint()) / 64) {
    if (refusals_due > 0) {
      refusals_due--;
      return false;
    }
    futile = std::min(futile * 2 + 1, kMaxRefusals);
    refusals_due = futile;
  } else {
    futile = refusals_due = 0;
  }
  heap.collect_here(Collect::kFull, false, true);
  forced_at = heap.stats_.bytes_allocated_total;
  forced = true;
  return true;
}

Storage* Heap::allocate_storage(size_t bytes, bool zeroed) {
  if (bytes > kMaxCellBytes - sizeof(Storage)) return nullptr;
  size_t total = bytes + sizeof(Storage);
  if (total <= kMaxBlockCell) {
    size_t size_class = size_class_of(total);
    total = class_bytes(size_class);
    Storage*& released = impl_->released[size_class];
    if (released && !impl_->fail_in) {
      Storage* reused = released;
      released = *reused->data<Storage*>();
      reused->bits = 0;
      if (zeroed) std::memset(reused->data(), 0, reused->capacity);
      return reused;
    }
  } else {
    total = LargeSpace::rounded(total);
  }
  Storage* storage =
      static_cast<Storage*>(zeroed ? allocate(total, 0, 0) : allocate_text(total, sizeof(Storage), 0, 0));
  if (storage) storage->capacity = total - sizeof(Storage);
  return storage;
}

Storage* Heap::resize_storage(Storage* old, size_t bytes) {
  if (!old) return allocate_storage(bytes);
  if (bytes > kMaxCellBytes - sizeof(Storage)) return nullptr;
  Impl& h = *impl_;
  size_t total = bytes + sizeof(Storage);
  if (old->gc & kGcLarge && total > kMaxBlockCell) {
    total = LargeSpace::rounded(total);
    size_t old_total = LargeHeader::of(old)->bytes;
    size_t more = total > old_total ? total - old_total : 0;
    if ((h.collect_every || h.fail_in) && !h.stress_allocation()) return nullptr;
    h.collect_if_due(more);
    if (!h.make_room(more)) return nullptr;
    bool listed = old->gc & kGcRemembered;
    LargeHeader* moved = h.large.resize(LargeHeader::of(old), total);
    if (!moved && h.force_collection()) moved = h.large.resize(LargeHeader::of(old), total);
    if (!moved) return nullptr;
    Storage* storage = static_cast<Storage*>(moved->cell());
    storage->capacity = total - sizeof(Storage);
    if (bytes < old_total - sizeof(Storage) && storage->capacity > bytes) {
      std::memset(storage->data<char>() + bytes, 0, storage->capacity - bytes);
    }
    if (storage != old) h.moved(old, storage, listed);
    h.since += more;
    stats_.bytes_allocated_total += more;
    return storage;
  }
  size_t kept = std::min<size_t>(bytes, old->capacity);
  if (!(old->gc & kGcLarge) && total <= kMaxBlockCell && class_bytes(size_class_of(total)) == cell_bytes(old)) {
    std::memset(old->data<char>() + kept, 0, old->capacity - kept);
    return old;
  }
  Storage* storage = allocate_storage(bytes);
  if (!storage) return nullptr;
  std::memcpy(storage->data(), old->data(), kept);
  storage->bits = old->bits;
  release_storage(old);
  return storage;
}

void Heap::release_storage(Storage* storage) {
  Impl& h = *impl_;
  if (!storage || h.mode != Impl::Mode::kIdle) return;
  if (storage->gc & kGcLarge) {
    h.moved(storage, nullptr, storage->gc & kGcRemembered);
    h.large.free(LargeHeader::of(storage));
  } else if (h.collect_every) {
    std::memset(storage->data(), 0xDB, storage->capacity);  // who still looks at it?
  } else if (storage->gc == 0 &&
             storage->capacity >= sizeof(Storage*)) {  // an old one stays marked, so it is not reused
    Storage*& released = h.released[h.region.block_of(storage).size_class];
    *storage->data<Storage*>() = released;
    released = storage;
  }
}

void Heap::Impl::moved(Cell* from, Cell* to, bool in_remembered) {
  if (in_remembered) remembered.erase_value(from);
  size_t before = orphans.size();
  orphans.erase_value(from);
  if (to && in_remembered && !remembered.push(to)) remembered_lost = true;
  if (to && orphans.size() != before && !orphans.push(to)) orphans_lost = true;
}

bool Heap::charge(size_t bytes) {
  Impl& h = *impl_;
  if (!h.make_room(bytes)) return false;
  h.external += bytes;
  h.since += bytes;
  return true;
}

void Heap::discharge(size_t bytes) {
  Impl& h = *impl_;
  h.external -= std::min<uint64_t>(bytes, h.external);
  h.since -= std::min<uint64_t>(bytes, h.since);
  if (h.budget > Impl::kMinBudget)
    h.budget = std::max(Impl::kMinBudget, h.budget - std::min<uint64_t>(bytes / 8, h.budget));
}

void Heap::remember(Cell* cell) {
  cell->gc |= kGcRemembered;
  if (!impl_->remembered.push(cell)) impl_->remembered_lost = true;
}

void Heap::remember_appended(Cell* cell) {
  if (!traits_[cell->kind].trace_new || !impl_->appended.push(cell)) return remember(cell);
  cell->gc |= kGcAppended;
}

// --- Set-up ---

void Heap::set_traits(CellKind kind, CellTraits traits) {
  traits_[kind] = traits;
  slow_kinds_[kind] = traits.release != nullptr;
  impl_->has_trace[kind] = traits.trace != nullptr;
}

void Heap::add_root_tracer(RootTracer tracer, void* context) {
  if (!impl_->roots.push({tracer, context})) impl_->remembered_lost = true;
}

void Heap::remove_root_tracer(RootTracer tracer, void* context) {
  GrowVector<Impl::Root>& roots = impl_->roots;
  for (size_t i = roots.size(); i-- > 0;) {
    if (roots[i].tracer == tracer && roots[i].context == context) {
      roots[i] = roots[roots.size() - 1];
      roots.pop();
      return;
    }
  }
}

void Heap::set_shape_tracer(ShapeTracer tracer, void* context) {
  impl_->shape_tracer = tracer;
  impl_->shape_context = context;
}

void Heap::set_after_mark(AfterMark hook, void* context) {
  impl_->after_mark = hook;
  impl_->after_mark_context = context;
}

void Heap::set_before_stack_last(void (*hook)(void* context), void* context) {
  impl_->before_stack_last = hook;
  impl_->before_stack_last_context = context;
}

void Heap::register_stack(NativeStack* stack) {
  stack->next = impl_->stacks;
  impl_->stacks = stack;
}

void Heap::unregister_stack(NativeStack* stack) {
  for (NativeStack** link = &impl_->stacks; *link; link = &(*link)->next) {
    if (*link == stack) {
      *link = stack->next;
      return;
    }
  }
}

bool Heap::note_finalizable(Cell* cell) { return impl_->finalizable.push(cell); }

// --- Lookup and accounts ---

bool Heap::Impl::is_cell_at(const Block& block, size_t offset) const {
  switch (block.state) {
    case BlockState::kFree: return false;
    case BlockState::kUsed: return true;
    case BlockState::kCurrent:
      if (offset < block.cursor) {
        const FreeInterval& interval = *pools[block.releasing][block.size_class].interval;
        const char* p = region.start_of(block) + offset;
        return p < interval.next || p >= interval.end;
      }
      break;
    case BlockState::kMarked: break;
  }
  const uint64_t* marks = mode == Mode::kFull ? block.before : block.marks;
  return marks[offset >> 10] >> (offset >> 4 & 63) & 1;
}

Cell* Heap::Impl::find(const void* word) {
  if (region.contains(word)) {
    const Block& block = region.block_of(word);
    if (block.state == BlockState::kFree) return nullptr;
    size_t place = block.place_of(Region::offset_in_block(word));
    size_t offset = place * block.cell_bytes;
    if (place >= block.capacity || !is_cell_at(block, offset)) return nullptr;
    return reinterpret_cast<Cell*>(region.start_of(block) + offset);
  }
  LargeHeader* found = large.find(word);
  return found ? found->cell() : nullptr;
}

Cell* Heap::find_cell(const void* word) const { return impl_->find(word); }

size_t Heap::cell_bytes(const Cell* cell) const {
  return cell->gc & kGcLarge ? LargeHeader::of(cell)->bytes : impl_->region.block_of(cell).cell_bytes;
}

uint64_t Heap::Impl::cell_bytes_in_use() const {
  uint64_t bytes = settled + claimed;
  for (const auto& sort : pools) {
    for (const Pool& pool : sort) bytes -= static_cast<uint64_t>(pool.interval->end - pool.interval->next);
  }
  return bytes;
}

uint64_t Heap::bytes_in_use() const { return impl_->cell_bytes_in_use() + impl_->large.bytes() + impl_->external; }

uint64_t Heap::footprint() const { return impl_->footprint(); }

void Heap::for_each_cell(void (*visit)(void* context, Cell* cell), void* context) {
  Impl& h = *impl_;
  Pause pause(*this);
  for (size_t i = 0; i < h.region.block_count(); i++) {
    Block& block = h.region.block(i);
    if (block.state == BlockState::kFree) continue;
    for (size_t at = 0; at < block.end(); at += block.cell_bytes) {
      if (h.is_cell_at(block, at)) visit(context, reinterpret_cast<Cell*>(h.region.start_of(block) + at));
    }
  }
  for (size_t i = 0; i < h.large.count(); i++) visit(context, h.large.at(i)->cell());
}

// --- Aids ---

bool Heap::Impl::stress_allocation() {
  bool counting = fail_in != 0;
  if (counting) --fail_in;
  if (counting && fail_in == 0) {
    unpark_intervals();
    return false;
  }
  if (collect_every != 0) --until_collect;
  if (collect_every != 0 && until_collect == 0) {
    until_collect = collect_every;
    ++stress_collections;
    heap.collect(stress_collections % 4 == 0 ? Collect::kFull : Collect::kMinor);
  }
  return true;
}

void Heap::set_collect_every(uint64_t n_allocations) {
  impl_->park_intervals();
  impl_->collect_every = impl_->until_collect = n_allocations;
  impl_->unpark_intervals();
}

void Heap::set_mark_stack_limit(size_t entries) { impl_->stack_limit = entries; }

void Heap::set_fail_at(uint64_t nth_allocation) {
  impl_->park_intervals();
  impl_->fail_in = nth_allocation;
  impl_->unpark_intervals();
}

uint64_t Heap::fail_in() const { return impl_->fail_in; }

}  // namespace krait
