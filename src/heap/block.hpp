// Blocks: 16 KB of cells of one size each, in one reserved region of address space, with a table of their
// metadata and a flat map of mark bits beside it. A word is tested for "points into a block" by one
// subtraction and one comparison.
#pragma once

#include <cstddef>
#include <cstdint>

namespace krait {

constexpr size_t kGranule = 16;  ///< cells begin at multiples of this
constexpr size_t kBlockShift = 14;
constexpr size_t kBlockBytes = size_t{1} << kBlockShift;
constexpr size_t kMarkWords = kBlockBytes / kGranule / 64;
constexpr uint32_t kNoBlock = UINT32_MAX;

// Size classes: by 16 bytes to 512, then four to an octave to 8 KB. Class 0 is not used.
constexpr size_t kLinearClasses = 33;
constexpr size_t kClasses = kLinearClasses + 16;
constexpr size_t kMaxBlockCell = 8192;

constexpr size_t class_bytes(size_t size_class) {
  if (size_class < kLinearClasses) return size_class * kGranule;
  size_t step = size_class - kLinearClasses;
  return (5 + step % 4) * 128 << (step / 4);
}
static_assert(class_bytes(kLinearClasses) == 640 && class_bytes(kClasses - 1) == kMaxBlockCell);

/// The smallest class that holds `bytes` (1..kMaxBlockCell).
constexpr size_t size_class_of(size_t bytes) {
  if (bytes <= 512) return (bytes + kGranule - 1) / kGranule;
  size_t octave = 0;
  while (bytes > size_t{1024} << octave) octave++;
  return kLinearClasses + octave * 4 + (bytes - 1 - (size_t{512} << octave)) / (size_t{128} << octave);
}
static_assert(size_class_of(513) == 33 && size_class_of(640) == 33 && size_class_of(641) == 34 &&
              size_class_of(1024) == 36 && size_class_of(1025) == 37 && size_class_of(8192) == kClasses - 1);

enum class BlockState : uint8_t {
  kFree,     ///< holds no cell
  kMarked,   ///< its cells are exactly the marked ones
  kCurrent,  ///< a pool allocates in it: also the unmarked ones below the pool's claimed end are cells
  kUsed,     ///< every place in it is a cell
};

struct alignas(64) Block {
  uint32_t cell_bytes;
  uint32_t reciprocal;  ///< place of an offset: offset * reciprocal >> 32
  uint32_t next;        ///< in a BlockList
  uint32_t touched;     ///< bytes from here on have never been written since the OS gave them: they are zero
  uint32_t cursor;      ///< kCurrent: how far it is claimed
  uint32_t chunk;       ///< the most that is claimed at once: what is zeroed should still be cached when it is used
  uint16_t capacity;    ///< places for cells
  uint16_t live;        ///< cells marked in the last collection
  uint8_t size_class;
  bool releasing;  ///< its cells are of kinds with release hooks
  BlockState state;
  uint64_t* marks;   ///< kMarkWords of the region's map: a bit for each granule; only those where cells begin
                     ///< are ever set
  uint64_t* before;  ///< the same many; during a full collection the marks of the one before

  bool is_marked(size_t offset) const { return marks[offset >> 10] >> (offset >> 4 & 63) & 1; }
  size_t place_of(size_t offset) const { return offset * uint64_t{reciprocal} >> 32; }
  size_t end() const { return size_t{capacity} * cell_bytes; }
  /// The first marked offset at or after `offset` (a multiple of the cell size), or end().
  size_t next_mark(size_t offset) const;
  size_t count_marks() const;
  /// Clears the marks, leaving them in `before`.
  void begin_marks();
};

/// Blocks linked through Block::next, in order.
struct BlockList {
  uint32_t head = kNoBlock;
  uint32_t tail = kNoBlock;
  bool empty() const { return head == kNoBlock; }
};

/// The reserved address space and who has which block of it.
class Region {
 public:
  Region();
  ~Region();
  Region(const Region&) = delete;
  Region& operator=(const Region&) = delete;

  /// Is the address inside a block that has been handed out at some time?
  bool contains(const void* p) const { return static_cast<size_t>(static_cast<const char*>(p) - base_) < used_bytes_; }
  Block& block_of(const void* p) const {
    return blocks_[static_cast<size_t>(static_cast<const char*>(p) - base_) >> kBlockShift];
  }
  static size_t offset_in_block(const void* p) { return reinterpret_cast<uintptr_t>(p) & (kBlockBytes - 1); }
  Block& block(size_t index) const { return blocks_[index]; }
  uint32_t index_of(const Block& b) const { return static_cast<uint32_t>(&b - blocks_); }
  char* start_of(const Block& b) const { return base_ + (static_cast<size_t>(&b - blocks_) << kBlockShift); }
  size_t block_count() const { return used_bytes_ >> kBlockShift; }
  const char* begin() const { return base_; }
  const char* end() const { return base_ + used_bytes_; }

  void append(BlockList& list, Block& b) {
    uint32_t index = index_of(b);
    b.next = kNoBlock;
    if (list.empty())
      list.head = index;
    else
      blocks_[list.tail].next = index;
    list.tail = index;
  }
  void prepend(BlockList& list, Block& b) {
    uint32_t index = index_of(b);
    b.next = list.head;
    if (list.empty()) list.tail = index;
    list.head = index;
  }
  /// The first of the list, taken out; null when empty.
  Block* take(BlockList& list) {
    if (list.empty()) return nullptr;
    Block* b = &blocks_[list.head];
    list.head = b->next;
    return b;
  }

  /// The word of the map with a cell's mark bit, and the bit. The address is inside.
  uint64_t& mark_word(const void* p) const {
    return marks_[static_cast<size_t>(static_cast<const char*>(p) - base_) >> 10];
  }
  static uint64_t mark_bit(const void* p) { return uint64_t{1} << (reinterpret_cast<uintptr_t>(p) >> 4 & 63); }

  /// An empty block made ready for cells of a class (state kCurrent); null when the machine refuses.
  Block* take_block(size_t size_class, bool releasing);
  /// Takes back a block without cells. Its memory stays until trim().
  void free_block(Block& b);
  /// Gives memory of free blocks back to the OS, down to `keep` bytes. Returns how much.
  size_t trim(size_t keep);

 private:
  bool commit_more();

  char* base_ = nullptr;
  size_t used_bytes_ = 0;  ///< handed out at some time
  uint64_t* marks_ = nullptr;
  Block* blocks_ = nullptr;
  uint64_t* before_ = nullptr;
  size_t committed_bytes_ = 0;  ///< readable and writable
  size_t reserved_bytes_ = 0;
  void* mapping_ = nullptr;
  size_t mapping_bytes_ = 0;
  BlockList dirty_;  ///< free, memory still there
  BlockList clean_;  ///< free, memory given back
  size_t dirty_count_ = 0;
};

}  // namespace krait
