// Large cells: those above kMaxBlockCell, one piece of memory each, released as soon as they are found dead.
#pragma once

#include <cstddef>
#include <cstdint>

#include "heap/cell.hpp"
#include "heap/grow_vector.hpp"

namespace krait {

/// Stands before each large cell.
struct alignas(16) LargeHeader {
  size_t bytes;    ///< of the cell
  uint32_t index;  ///< in LargeSpace
  bool mapped;     ///< by mmap, else by malloc
  bool marked;
  bool text;  ///< made for text: nothing in it refers to a cell

  Cell* cell() { return reinterpret_cast<Cell*>(this + 1); }
  static LargeHeader* of(const Cell* cell) {
    return const_cast<LargeHeader*>(reinterpret_cast<const LargeHeader*>(cell)) - 1;
  }
};
static_assert(sizeof(LargeHeader) == 16);

class LargeSpace {
 public:
  ~LargeSpace();

  /// What a request is rounded up to.
  static size_t rounded(size_t bytes);
  /// A cell with kGcLarge set; null when the machine refuses. `bytes` is rounded. Not `zeroed`: only its header is,
  /// and it is for text.
  LargeHeader* allocate(size_t bytes, bool zeroed);
  /// Grows or shrinks; the content moves with it, what is new is zero. Null when refused (the old one is then
  /// as it was).
  LargeHeader* resize(LargeHeader* large, size_t bytes);
  void free(LargeHeader* large);

  size_t bytes() const { return bytes_; }
  /// Of these, what was allocated since the last sweep.
  size_t young_bytes() const { return bytes_ - old_bytes_; }
  size_t count() const { return all_.size(); }
  LargeHeader* at(size_t i) const { return all_[i]; }
  size_t first_young() const { return young_from_; }

  void clear_marks();
  /// Frees what is not marked, among the young ones or all; every survivor is old then. `dead` is called
  /// before.
  template <class Dead>
  void sweep(bool young_only, Dead dead) {
    size_t kept = young_only ? young_from_ : 0;
    for (size_t i = kept; i < all_.size(); i++) {
      LargeHeader* large = all_[i];
      if (large->marked) {
        large->index = static_cast<uint32_t>(kept);
        all_[kept++] = large;
      } else {
        dead(large);
        give_back(large);
        sorted_valid_ = false;
      }
    }
    all_.shrink(kept);
    young_from_ = kept;
    old_bytes_ = bytes_;
  }
  /// The large cell that p points to or into; null if none.
  LargeHeader* find(const void* p);

 private:
  void give_back(LargeHeader* large);

  GrowVector<LargeHeader*> all_;     ///< old ones first
  GrowVector<LargeHeader*> sorted_;  ///< by address, made when find() needs it
  size_t young_from_ = 0;
  size_t bytes_ = 0, old_bytes_ = 0;
  bool sorted_valid_ = false;
};

}  // namespace krait
