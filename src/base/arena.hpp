// Arena: memory that is given out in order and freed all at once.
//
// A tree, a token array or a compilation's scratch data lives in one arena; nothing in it has a destructor
// that must run. Rules:
//   1. Only trivially destructible objects go in.
//   2. `allocate` never fails softly: if the system has no memory the process ends, as with `new`. A caller who
//      wants a bound sets a limit and looks at `exhausted()` at its polling points; the limit is checked when a
//      block is taken, so the overshoot is one block.
#pragma once

#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <cstring>
#include <new>
#include <string_view>
#include <type_traits>
#include <utility>

namespace krait {

class Arena {
 public:
  Arena() = default;
  ~Arena() { clear(); }
  Arena(const Arena&) = delete;
  Arena& operator=(const Arena&) = delete;

  /// Memory of `size` bytes at `alignment` (a power of two of at most 16), uninitialised.
  void* allocate(size_t size, size_t alignment = 8) {
    uintptr_t at = (next_ + (alignment - 1)) & ~(uintptr_t{alignment} - 1);
    if (__builtin_expect(at + size > end_ || at + size < at, 0)) return allocate_slow(size);
    next_ = at + size;
    return reinterpret_cast<void*>(at);
  }

  /// A new T, value- or aggregate-initialised from `args`.
  template <class T, class... Args>
  T* make(Args&&... args) {
    static_assert(std::is_trivially_destructible_v<T>);
    return new (allocate(sizeof(T), alignof(T))) T{std::forward<Args>(args)...};
  }

  /// Room for `count` objects of a trivial T, uninitialised.
  template <class T>
  T* make_array(size_t count) {
    static_assert(std::is_trivially_destructible_v<T>);
    if (count > SIZE_MAX / sizeof(T)) std::abort();
    return static_cast<T*>(allocate(count * sizeof(T), alignof(T)));
  }

  /// A copy of `text` that lives as long as the arena. Never has a null data pointer.
  std::string_view copy(std::string_view text) {
    char* to = static_cast<char*>(allocate(text.size() + 1, 1));
    if (!text.empty()) std::memcpy(to, text.data(), text.size());
    to[text.size()] = 0;
    return {to, text.size()};
  }

  /// Gives the unused tail of the newest allocation back: [p, p + old_size) becomes [p, p + new_size).
  /// Does nothing if something was allocated after it.
  void shrink_last(void* p, size_t old_size, size_t new_size) {
    if (reinterpret_cast<uintptr_t>(p) + old_size == next_) next_ = reinterpret_cast<uintptr_t>(p) + new_size;
  }

  /// Frees everything.
  void clear() {
    for (Block* block = blocks_; block;) {
      Block* next = block->next;
      std::free(block);
      block = next;
    }
    blocks_ = nullptr;
    next_ = end_ = 0;
    reserved_ = 0;
  }

  /// Bytes taken from the system.
  size_t reserved() const { return reserved_; }
  void set_limit(size_t bytes) { limit_ = bytes; }
  /// Bytes that may still be taken.
  size_t remaining() const { return reserved_ < limit_ ? limit_ - reserved_ : 0; }
  /// More than the limit has been taken: whoever fills the arena should give up.
  bool exhausted() const { return reserved_ > limit_; }

 private:
  struct Block {
    Block* next;
    size_t size;
  };
  static_assert(sizeof(Block) == 16);

  __attribute__((noinline)) void* allocate_slow(size_t size) {
    constexpr size_t kFirst = 16 * 1024, kLargest = 1024 * 1024;
    size_t usual = blocks_ ? (reserved_ < kLargest ? reserved_ : kLargest) : kFirst;
    if (size > SIZE_MAX / 2) std::abort();
    bool own_block = size > usual / 2;  // a large request does not end the current block's life
    size_t bytes = sizeof(Block) + (own_block ? size : usual);
    auto* block = static_cast<Block*>(std::malloc(bytes));
    if (!block) std::abort();
    reserved_ += bytes;
    block->size = bytes;
    uintptr_t first = reinterpret_cast<uintptr_t>(block) + sizeof(Block);
    if (own_block && blocks_) {
      block->next = blocks_->next;
      blocks_->next = block;
      return reinterpret_cast<void*>(first);
    }
    block->next = blocks_;
    blocks_ = block;
    next_ = first + size;
    end_ = reinterpret_cast<uintptr_t>(block) + bytes;
    return reinterpret_cast<void*>(first);
  }

  uintptr_t next_ = 0, end_ = 0;
  Block* blocks_ = nullptr;
  size_t reserved_ = 0;
  size_t limit_ = SIZE_MAX;
};

}  // namespace krait
