// GrowVector: a vector of plain words that says when memory is refused instead of throwing. The collector's
// own tables.
#pragma once

#include <cstddef>
#include <cstdlib>
#include <type_traits>

namespace krait {

template <class T>
class GrowVector {
  static_assert(std::is_trivially_copyable_v<T>);

 public:
  GrowVector() = default;
  ~GrowVector() { std::free(items_); }
  GrowVector(const GrowVector&) = delete;
  GrowVector& operator=(const GrowVector&) = delete;

  size_t size() const { return size_; }
  bool empty() const { return size_ == 0; }
  size_t bytes() const { return capacity_ * sizeof(T); }
  T& operator[](size_t i) { return items_[i]; }
  const T& operator[](size_t i) const { return items_[i]; }
  T* begin() { return items_; }
  T* end() { return items_ + size_; }
  const T* begin() const { return items_; }
  const T* end() const { return items_ + size_; }

  [[nodiscard]] bool reserve(size_t n) {
    if (n <= capacity_) return true;
    size_t larger = capacity_ + capacity_ / 2;
    if (larger < n) larger = n;
    if (larger < 16) larger = 16;
    T* moved = static_cast<T*>(std::realloc(items_, larger * sizeof(T)));
    if (!moved) return false;
    items_ = moved;
    capacity_ = larger;
    return true;
  }
  [[nodiscard]] bool push(T item) {
    if (size_ == capacity_ && !reserve(size_ + 1)) return false;
    items_[size_++] = item;
    return true;
  }
  T pop() { return items_[--size_]; }
  /// n <= size().
  void shrink(size_t n) { size_ = n; }
  /// Sets the size and zeroes what is new.
  [[nodiscard]] bool resize(size_t n) {
    if (!reserve(n)) return false;
    for (size_t i = size_; i < n; i++) items_[i] = T{};
    size_ = n;
    return true;
  }
  /// Takes out the first entry that equals item, if any.
  void erase_value(T item) {
    for (size_t i = 0; i < size_; i++) {
      if (items_[i] == item) {
        items_[i] = items_[--size_];
        return;
      }
    }
  }
  /// Empties it and gives the memory back.
  void clear() {
    std::free(items_);
    items_ = nullptr;
    size_ = capacity_ = 0;
  }

 private:
  T* items_ = nullptr;
  size_t size_ = 0;
  size_t capacity_ = 0;
};

}  // namespace krait
