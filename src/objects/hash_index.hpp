// The index of a compact hash table: 2^log2 slots that hold entry number + 1, in 1, 2 or 4 bytes; 0 is a slot never used. Zeroed
// storage is therefore an empty index. The slot of a removed entry becomes a dummy, which searches pass over.
#pragma once

#include <cstddef>
#include <cstdint>

#include "heap/heap.hpp"

namespace krait {

namespace hash_index {

constexpr unsigned kMaxLog2 = 32;
constexpr uint32_t kEmpty = 0;
constexpr uint32_t kDummy = UINT32_MAX;

constexpr size_t slot_bytes(unsigned log2) { return log2 <= 8 ? 1 : log2 <= 16 ? 2 : 4; }
constexpr size_t bytes(unsigned log2) { return slot_bytes(log2) << log2; }
/// How many entries an index of this size may hold: two thirds of its slots.
constexpr uint64_t usable(unsigned log2) { return (uint64_t{2} << log2) / 3; }
/// The smallest index that holds `entries`.
constexpr unsigned log2_for(uint64_t entries) {
  unsigned log2 = 3;
  while (usable(log2) < entries) ++log2;
  return log2;
}

/// The sequence of slots in which a hash is looked for. Every slot is visited sooner or later.
struct Probe {
  size_t mask, slot, perturb;
  Probe(int64_t hash, unsigned log2)
      : mask((size_t{1} << log2) - 1), slot(static_cast<size_t>(hash) & mask), perturb(static_cast<size_t>(hash)) {}
  void next() {
    perturb >>= 5;
    slot = (slot * 5 + perturb + 1) & mask;
  }
};

/// Calls f with the slots in their own width.
template <class F>
inline auto with_slots(Storage* index, unsigned log2, F f) {
  if (log2 <= 8) return f(index->data<uint8_t>());
  if (log2 <= 16) return f(index->data<uint16_t>());
  return f(index->data<uint32_t>());
}

inline uint32_t get(Storage* index, unsigned log2, size_t slot) {
  if (log2 <= 8) {
    uint8_t v = index->data<uint8_t>()[slot];
    return v == UINT8_MAX ? kDummy : v;
  }
  if (log2 <= 16) {
    uint16_t v = index->data<uint16_t>()[slot];
    return v == UINT16_MAX ? kDummy : v;
  }
  return index->data<uint32_t>()[slot];
}

inline void set(Storage* index, unsigned log2, size_t slot, uint32_t v) {
  if (log2 <= 8) {
    index->data<uint8_t>()[slot] = static_cast<uint8_t>(v);
  } else if (log2 <= 16) {
    index->data<uint16_t>()[slot] = static_cast<uint16_t>(v);
  } else {
    index->data<uint32_t>()[slot] = v;
  }
}

/// Puts entry number `entry` into the first free slot of the hash's sequence.
inline void insert(Storage* index, unsigned log2, int64_t hash, uint32_t entry) {
  with_slots(index, log2, [&](auto* slots) {
    Probe p(hash, log2);
    while (slots[p.slot] != 0) p.next();
    slots[p.slot] = static_cast<std::remove_reference_t<decltype(*slots)>>(entry + 1);
  });
}

/// The slot that holds the entry number (which must be there).
inline size_t slot_of(Storage* index, unsigned log2, int64_t hash, uint32_t entry) {
  Probe p(hash, log2);
  while (get(index, log2, p.slot) != entry + 1) p.next();
  return p.slot;
}

}  // namespace hash_index
}  // namespace krait
