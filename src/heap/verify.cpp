// Walks through the heap that change nothing: verify() checks its invariants cell by cell (an aid for tests and stress builds),
// count_references() says how many references lead to a cell.
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
  if (counted) {
    references += to == counted;
    return;
  }
  const Cell* from = verify_parent;
  const char* from_name = from ? name_of(heap, from) : "root";
  if (find(to) != to) broken("a reference leads to no cell", from_name, from, "?", to);
  if (from && from->gc & kGcOld && !(from->gc & (kGcRemembered | kGcAppended)) && !(to->gc & kGcOld) &&
      !remembered_lost) {
    broken("missing write barrier: an old cell refers to a new one", from_name, from, name_of(heap, to), to);
  }
}

/// Calls visit for each cell there is, with the marker's mode set so that it reports to check_reference(); then the roots report.
template <class Visit>
void Heap::Impl::look_at_cells(Visit visit) {
  if (mode != Mode::kIdle) return;
  bool parked = pools[0][1].interval == &pools[0][1].own;
  park_intervals();
  mode = Mode::kVerify;
  Marker marker(heap);
  auto look = [&](Cell* cell) {
    verify_parent = cell;
    visit(cell);
    if (shape_tracer && cell->kind != 0) shape_tracer(shape_context, cell, true, marker);
    if (auto trace_kind = heap.traits_[cell->kind].trace) trace_kind(heap, cell, marker);
  };
  for (size_t i = 0; i < region.block_count(); i++) {
    Block& block = region.block(i);
    if (block.state == BlockState::kFree) continue;
    for (size_t at = 0; at < block.end(); at += block.cell_bytes) {
      if (is_cell_at(block, at)) look(reinterpret_cast<Cell*>(region.start_of(block) + at));
    }
  }
  for (size_t i = 0; i < large.count(); i++) look(large.at(i)->cell());
  verify_parent = nullptr;
  for (Root& root : roots) root.tracer(root.context, marker);
  mode = Mode::kIdle;
  if (!parked) unpark_intervals();
}

void Heap::verify() {
  Impl& h = *impl_;
  h.look_at_cells([&](Cell* cell) {
    bool in_block = h.region.contains(cell);
    if (in_block && cell->gc & kGcLarge) {
      broken("cell in a block says it is large", name_of(*this, cell), cell, nullptr, nullptr);
    }
    if (!in_block && !(cell->gc & kGcLarge)) {
      broken("large cell lost its bit", name_of(*this, cell), cell, nullptr, nullptr);
    }
    if (h.is_marked(cell) != ((cell->gc & kGcOld) != 0)) {
      broken("mark and header disagree", name_of(*this, cell), cell, nullptr, nullptr);
    }
    if (cell->kind == 0 && static_cast<Storage*>(cell)->capacity + sizeof(Storage) > cell_bytes(cell)) {
      broken("storage larger than its cell", name_of(*this, cell), cell, nullptr, nullptr);
    }
  });
}

size_t Heap::count_references(const Cell* cell) {
  Impl& h = *impl_;
  h.counted = cell;
  h.references = 0;
  h.look_at_cells([](Cell*) {});
  h.counted = nullptr;
  return h.references;
}

void Heap::set_verify(bool on) { impl_->verify_each = on; }

}  // namespace krait
