#include "heap/block.hpp"

#include <sys/mman.h>
#include <sys/resource.h>

#include <algorithm>
#include <bit>
#include <cstring>

namespace krait {

namespace {

constexpr size_t kReserve = size_t{1} << 38;  // address space only; halved until the machine agrees
constexpr size_t kSmallestReserve = size_t{1} << 22;
constexpr size_t kCommitStep = size_t{1} << 22;
constexpr size_t kPage = 4096;
constexpr size_t kChunk = 8192;

constexpr size_t whole_pages(size_t bytes) { return (bytes + kPage - 1) & ~(kPage - 1); }
constexpr size_t table_bytes(size_t cells) { return whole_pages(cells / kBlockBytes * sizeof(Block)); }
constexpr size_t map_bytes(size_t cells) { return whole_pages(cells / kBlockBytes * kMarkWords * sizeof(uint64_t)); }

}  // namespace

size_t Block::next_mark(size_t offset) const {
  size_t limit = end();
  if (offset >= limit) return limit;
  size_t word = offset >> 10;
  uint64_t bits = marks[word] >> (offset >> 4 & 63) << (offset >> 4 & 63);
  while (bits == 0) {
    if (++word == kMarkWords) return limit;
    bits = marks[word];
  }
  return std::min(limit, (word * 64 + static_cast<size_t>(std::countr_zero(bits))) * kGranule);
}

size_t Block::count_marks() const {
  size_t n = 0;
  for (size_t i = 0; i < kMarkWords; i++) n += static_cast<size_t>(std::popcount(marks[i]));
  return n;
}

void Block::begin_marks() {
  std::memcpy(before, marks, kMarkWords * sizeof(uint64_t));
  std::memset(marks, 0, kMarkWords * sizeof(uint64_t));
}

Region::Region() {
  // Where the address space itself is limited, most of it is left to others.
  size_t most = kReserve;
  rlimit address_space;
  if (getrlimit(RLIMIT_AS, &address_space) == 0 && address_space.rlim_cur / 4 < most) {
    most = std::bit_floor(static_cast<size_t>(address_space.rlim_cur / 4));
  }
  for (size_t bytes = most; bytes >= kSmallestReserve; bytes /= 2) {
    size_t beside = table_bytes(bytes) + 2 * map_bytes(bytes);
    size_t total = beside + bytes + kBlockBytes;  // one block more, to align
    void* p = mmap(nullptr, total, PROT_NONE, MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0);
    if (p == MAP_FAILED) continue;
    mapping_ = p;
    mapping_bytes_ = total;
    char* start = static_cast<char*>(p);
    blocks_ = reinterpret_cast<Block*>(start);
    marks_ = reinterpret_cast<uint64_t*>(start + table_bytes(bytes));
    before_ = reinterpret_cast<uint64_t*>(start + table_bytes(bytes) + map_bytes(bytes));
    uintptr_t cells = reinterpret_cast<uintptr_t>(p) + beside;
    base_ = reinterpret_cast<char*>((cells + kBlockBytes - 1) & ~(kBlockBytes - 1));
    reserved_bytes_ = bytes;
    return;
  }
}

Region::~Region() {
  if (mapping_) munmap(mapping_, mapping_bytes_);
}

bool Region::commit_more() {
  size_t step = std::max(kCommitStep, (committed_bytes_ / 8) & ~(kCommitStep - 1));
  step = std::min(step, reserved_bytes_ - committed_bytes_);
  if (step == 0) return false;
  size_t committed = committed_bytes_ + step;
  auto open = [](void* start, size_t bytes) { return mprotect(start, bytes, PROT_READ | PROT_WRITE) == 0; };
  if (!open(blocks_, table_bytes(committed)) || !open(marks_, map_bytes(committed)) ||
      !open(before_, map_bytes(committed)) || !open(base_ + committed_bytes_, step)) {
    return false;
  }
  committed_bytes_ = committed;
  return true;
}

Block* Region::take_block(size_t size_class, bool releasing) {
  Block* b = take(dirty_);
  if (b) {
    dirty_count_--;
  } else {
    b = take(clean_);
  }
  if (!b) {
    if (used_bytes_ == committed_bytes_ && !commit_more()) return nullptr;
    size_t index = used_bytes_ >> kBlockShift;
    b = &blocks_[index];
    b->marks = marks_ + index * kMarkWords;
    b->before = before_ + index * kMarkWords;
    used_bytes_ += kBlockBytes;
  }
  size_t bytes = class_bytes(size_class);
  b->cell_bytes = static_cast<uint32_t>(bytes);
  b->reciprocal = static_cast<uint32_t>(((uint64_t{1} << 32) + bytes - 1) / bytes);
  b->next = kNoBlock;
  b->cursor = 0;
  b->chunk = static_cast<uint32_t>(kChunk / bytes * bytes);
  b->capacity = static_cast<uint16_t>(kBlockBytes / bytes);
  b->live = 0;
  b->size_class = static_cast<uint8_t>(size_class);
  b->releasing = releasing;
  b->state = BlockState::kCurrent;
  return b;
}

void Region::free_block(Block& b) {
  b.state = BlockState::kFree;
  b.live = 0;
  prepend(dirty_, b);  // what was in use last may still be cached
  dirty_count_++;
}

size_t Region::trim(size_t keep) {
  size_t kept = keep / kBlockBytes;
  if (dirty_count_ <= kept) return 0;
  // The first `kept` of the list stay. Neighbours among the others go in one call.
  BlockList stay;
  for (size_t i = 0; i < kept; i++) append(stay, *take(dirty_));
  size_t returned = 0;
  char* run = nullptr;
  char* run_end = nullptr;
  auto flush = [&] {
    if (run) madvise(run, static_cast<size_t>(run_end - run), MADV_DONTNEED);
  };
  while (Block* b = take(dirty_)) {
    char* start = start_of(*b);
    if (start != run_end) {
      flush();
      run = start;
    }
    run_end = start + kBlockBytes;
    returned += b->touched;
    b->touched = 0;
    append(clean_, *b);
  }
  flush();
  dirty_ = stay;
  dirty_count_ = kept;
  return returned;
}

}  // namespace krait
