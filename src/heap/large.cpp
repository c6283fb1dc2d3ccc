#include "heap/large.hpp"

#include <sys/mman.h>

#include <algorithm>
#include <cstdlib>
#include <cstring>

namespace krait {

namespace {

constexpr size_t kPage = 4096;
constexpr size_t kMapFrom = size_t{1} << 20;  // from here on mmap: grown by remapping, given back at once

}  // namespace

size_t LargeSpace::rounded(size_t bytes) {
  if (bytes + sizeof(LargeHeader) < kMapFrom) return (bytes + 15) & ~size_t{15};
  return ((bytes + sizeof(LargeHeader) + kPage - 1) & ~(kPage - 1)) - sizeof(LargeHeader);
}

LargeSpace::~LargeSpace() {
  for (LargeHeader* large : all_) give_back(large);
}

LargeHeader* LargeSpace::allocate(size_t bytes, bool zeroed) {
  if (!all_.reserve(all_.size() + 1)) return nullptr;
  size_t total = bytes + sizeof(LargeHeader);
  bool mapped = total >= kMapFrom;
  LargeHeader* large;
  if (mapped) {
    void* p = mmap(nullptr, total, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
    large = p == MAP_FAILED ? nullptr : static_cast<LargeHeader*>(p);
  } else {
    large = static_cast<LargeHeader*>(zeroed ? std::calloc(1, total) : std::malloc(total));
  }
  if (!large) return nullptr;
  large->marked = false;
  *large->cell() = Cell{};
  large->bytes = bytes;
  large->index = static_cast<uint32_t>(all_.size());
  large->mapped = mapped;
  large->text = !zeroed;
  large->cell()->gc = kGcLarge;
  (void)all_.push(large);
  bytes_ += bytes;
  sorted_valid_ = false;
  return large;
}

LargeHeader* LargeSpace::resize(LargeHeader* large, size_t bytes) {
  size_t old_bytes = large->bytes;
  if (bytes == old_bytes) return large;
  size_t total = bytes + sizeof(LargeHeader);
  LargeHeader* moved;
  if (large->mapped && total >= kMapFrom) {
    void* p = mremap(large, old_bytes + sizeof(LargeHeader), total, MREMAP_MAYMOVE);
    if (p == MAP_FAILED) return nullptr;
    moved = static_cast<LargeHeader*>(p);  // the kernel's new pages are zero
  } else if (!large->mapped && total < kMapFrom) {
    moved = static_cast<LargeHeader*>(std::realloc(static_cast<void*>(large), total));
    if (!moved) return nullptr;
    if (bytes > old_bytes) std::memset(reinterpret_cast<char*>(moved->cell()) + old_bytes, 0, bytes - old_bytes);
  } else {  // from malloc to mmap or back
    void* p = total >= kMapFrom ? mmap(nullptr, total, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0)
                                : std::malloc(total);
    if (p == MAP_FAILED || p == nullptr) return nullptr;
    std::memcpy(p, static_cast<void*>(large), sizeof(LargeHeader) + std::min(old_bytes, bytes));
    moved = static_cast<LargeHeader*>(p);
    moved->mapped = total >= kMapFrom;
    if (large->mapped)
      munmap(large, old_bytes + sizeof(LargeHeader));
    else
      std::free(large);
  }
  moved->bytes = bytes;
  all_[moved->index] = moved;
  bytes_ += bytes - old_bytes;
  if (moved->index < young_from_) old_bytes_ += bytes - old_bytes;
  sorted_valid_ = false;
  return moved;
}

void LargeSpace::free(LargeHeader* large) {
  size_t hole = large->index;
  if (hole < young_from_) {  // the last old one fills the hole, the last young one its place
    old_bytes_ -= large->bytes;
    young_from_--;
    all_[hole] = all_[young_from_];
    all_[hole]->index = static_cast<uint32_t>(hole);
    hole = young_from_;
  }
  LargeHeader* last = all_.pop();
  if (hole < all_.size()) {
    all_[hole] = last;
    last->index = static_cast<uint32_t>(hole);
  }
  give_back(large);
  sorted_valid_ = false;
}

void LargeSpace::give_back(LargeHeader* large) {
  bytes_ -= large->bytes;
  if (large->mapped)
    munmap(large, large->bytes + sizeof(LargeHeader));
  else
    std::free(large);
}

void LargeSpace::clear_marks() {
  for (LargeHeader* large : all_) large->marked = false;
}

LargeHeader* LargeSpace::find(const void* p) {
  auto inside = [p](LargeHeader* large) {
    const char* start = reinterpret_cast<const char*>(large->cell());
    return p >= start && p < start + large->bytes;
  };
  if (all_.empty()) return nullptr;
  if (!sorted_valid_) {
    sorted_.shrink(0);
    if (!sorted_.reserve(all_.size())) {  // no memory for the table: look at each
      for (LargeHeader* large : all_) {
        if (inside(large)) return large;
      }
      return nullptr;
    }
    for (LargeHeader* large : all_) (void)sorted_.push(large);
    std::sort(sorted_.begin(), sorted_.end());
    sorted_valid_ = true;
  }
  // Most words that are asked about are no addresses at all: a look at the ends refuses them.
  if (p < static_cast<const void*>(*sorted_.begin())) return nullptr;
  LargeHeader* last = sorted_.end()[-1];
  if (p >= reinterpret_cast<const char*>(last->cell()) + last->bytes) return nullptr;
  LargeHeader** after = std::upper_bound(sorted_.begin(), sorted_.end(), p,
                                         [](const void* word, LargeHeader* large) { return word < large; });
  return after != sorted_.begin() && inside(after[-1]) ? after[-1] : nullptr;
}

}  // namespace krait
