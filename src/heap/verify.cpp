// Heap::verify(): the heap's invariants, checked cell by cell. An aid for tests and stress builds.
#include <cstdio>
#include <cstdlib>

#include "heap/impl.hpp"

namespace krait {

namespace {

const char* name_of(const Heap& heap, const Cell* cell) {
  if (cell->kind == 0) return "Storage";
  const char* name = heap.traits(cell->kind).name;
  return name ? name : "kind without a name";
}

[[noreturn]] void broken(const char* what, const char* kind, const void* cell, const char* to_kind, const void* to) {
  std::fprintf(stderr, "heap broken: %s: %s at %p", what, kind, cell);
  if (to_kind) std::fprintf(stderr, " -> %s at %p", to_kind, to);
  std::fputc('\n', stderr);
  std::abort();
}

}  // namespace

void Heap::Impl::check_reference(const Cell* to) {
  const Cell* from = verify_parent;
  const char* from_name = from ? name_of(heap, from) : "root";
  if (find(to) != to) broken("a reference leads to no cell", from_name, from, "?", to);
  if (from && from->gc & kGcOld && !(from->gc & (kGcRemembered | kGcAppended)) && !(to->gc & kGcOld) &&
      !remembered_lost) {
    broken("missing write barrier: an old cell refers to a new one", from_name, from, name_of(heap, to), to);
  }
}

void Heap::verify() {
  Impl& h = *impl_;
  if (h.mode != Impl::Mode::kIdle) return;
  bool parked = h.pools[0][1].interval == &h.pools[0][1].own;
  h.park_intervals();
  h.mode = Impl::Mode::kVerify;
  Marker marker(*this);
  auto check = [&](Cell* cell) {
    if (h.is_marked(cell) != ((cell->gc & kGcOld) != 0)) {
      broken("mark and header disagree", name_of(*this, cell), cell, nullptr, nullptr);
    }
    if (cell->kind == 0 && static_cast<Storage*>(cell)->capacity + sizeof(Storage) > cell_bytes(cell)) {
      broken("storage larger than its cell", name_of(*this, cell), cell, nullptr, nullptr);
    }
    h.verify_parent = cell;
    if (h.shape_tracer && cell->kind != 0) h.shape_tracer(h.shape_context, cell, true, marker);
    if (auto trace = traits_[cell->kind].trace) trace(*this, cell, marker);
  };
  for (size_t i = 0; i < h.region.block_count(); i++) {
    Block& block = h.region.block(i);
    if (block.state == BlockState::kFree) continue;
    for (size_t at = 0; at < block.end(); at += block.cell_bytes) {
      if (!h.is_cell_at(block, at)) continue;
      Cell* cell = reinterpret_cast<Cell*>(h.region.start_of(block) + at);
      if (cell->gc & kGcLarge) broken("cell in a block says it is large", name_of(*this, cell), cell, nullptr, nullptr);
      check(cell);
    }
  }
  for (size_t i = 0; i < h.large.count(); i++) {
    Cell* cell = h.large.at(i)->cell();
    if (!(cell->gc & kGcLarge)) broken("large cell lost its bit", name_of(*this, cell), cell, nullptr, nullptr);
    check(cell);
  }
  h.verify_parent = nullptr;
  for (Impl::Root& root : h.roots) root.tracer(root.context, marker);
  h.mode = Impl::Mode::kIdle;
  if (!parked) h.unpark_intervals();
}

void Heap::set_verify(bool on) { impl_->verify_each = on; }

}  // namespace krait
