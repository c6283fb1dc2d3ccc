// Names of one compilation as small numbers: equal text, equal NameId. The symbol table and the code
// generator compare and index names by id; text comes back where a code object or a message needs it.
#pragma once

#include <cstdint>
#include <string_view>
#include <vector>

#include "base/arena.hpp"

namespace krait {

using NameId = uint32_t;
constexpr NameId kNoName = 0;  ///< also the id of the empty text

class NamePool {
 public:
  NamePool() : buckets_(256, kNoName), texts_(1) {}

  NameId intern(std::string_view text) {
    if (text.empty()) return kNoName;
    size_t at = hash(text) & (buckets_.size() - 1);
    while (buckets_[at] != kNoName) {
      if (texts_[buckets_[at]] == text) return buckets_[at];
      at = (at + 1) & (buckets_.size() - 1);
    }
    NameId id = static_cast<NameId>(texts_.size());
    texts_.push_back(arena_.copy(text));
    buckets_[at] = id;
    if (texts_.size() * 2 > buckets_.size()) grow();
    return id;
  }
  std::string_view text(NameId id) const { return texts_[id]; }
  size_t size() const { return texts_.size(); }

 private:
  static size_t hash(std::string_view text) {
    uint64_t h = 0xcbf29ce484222325u ^ text.size();
    for (unsigned char c : text) h = (h ^ c) * 0x100000001b3u;
    return static_cast<size_t>(h ^ h >> 29);
  }
  void grow() {
    std::vector<NameId> bigger(buckets_.size() * 2, kNoName);
    for (NameId id = 1; id < texts_.size(); ++id) {
      size_t at = hash(texts_[id]) & (bigger.size() - 1);
      while (bigger[at] != kNoName) at = (at + 1) & (bigger.size() - 1);
      bigger[at] = id;
    }
    buckets_.swap(bigger);
  }

  Arena arena_;
  std::vector<NameId> buckets_;
  std::vector<std::string_view> texts_;
};

/// An insertion-ordered map from NameId to T, searched in order while it is small. Pointers to entries hold
/// until the next insertion.
template <class T>
class NameMap {
 public:
  struct Entry {
    NameId name;
    T value;
  };
  T* find(NameId name) {
    if (entries_.size() <= kLinear) {
      for (Entry& e : entries_)
        if (e.name == name) return &e.value;
      return nullptr;
    }
    for (size_t at = slot(name);; at = (at + 1) & (index_.size() - 1)) {
      if (index_[at] == 0) return nullptr;
      Entry& e = entries_[index_[at] - 1];
      if (e.name == name) return &e.value;
    }
  }
  const T* find(NameId name) const { return const_cast<NameMap*>(this)->find(name); }
  bool contains(NameId name) const { return find(name) != nullptr; }
  /// The value of `name`, value-initialised if it was not there.
  T& get(NameId name) {
    if (T* there = find(name)) return *there;
    entries_.push_back({name, T{}});
    if (entries_.size() > kLinear) {
      if (entries_.size() * 2 > index_.size()) {
        rebuild();
      } else {
        place(entries_.size());
      }
    }
    return entries_.back().value;
  }
  size_t size() const { return entries_.size(); }
  bool empty() const { return entries_.empty(); }
  auto begin() { return entries_.begin(); }
  auto end() { return entries_.end(); }
  auto begin() const { return entries_.begin(); }
  auto end() const { return entries_.end(); }
  const Entry& at(size_t i) const { return entries_[i]; }
  Entry& at(size_t i) { return entries_[i]; }

 private:
  static constexpr size_t kLinear = 8;
  size_t slot(NameId name) const { return (name * 0x9E3779B1u >> 7) & (index_.size() - 1); }
  void place(size_t number) {
    size_t at = slot(entries_[number - 1].name);
    while (index_[at] != 0) at = (at + 1) & (index_.size() - 1);
    index_[at] = static_cast<uint32_t>(number);
  }
  void rebuild() {
    size_t size = 32;
    while (size < entries_.size() * 4) size *= 2;
    index_.assign(size, 0);
    for (size_t i = 1; i <= entries_.size(); ++i) place(i);
  }

  std::vector<Entry> entries_;
  std::vector<uint32_t> index_;  // entry number + 1; 0: free
};

}  // namespace krait
