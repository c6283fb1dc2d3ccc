// What the compression modules share: objects around a library's stream, and the bytes that come out of it.
//
// A library works without the Vm, on at most kStep bytes in and out; then the Vm polls. Its own memory is charged to the Vm as a
// whole when the stream is made, since the library may allocate while the Vm is another thread's.
#pragma once

#include <algorithm>
#include <cstring>

#include "interp/object_lock.hpp"
#include "objects/bytes.hpp"
#include "objects/charge.hpp"
#include "objects/vm.hpp"

namespace krait::compression {

constexpr size_t kStep = 256 * 1024;
constexpr size_t kSmall = 4 * 1024;  ///< input that is not worth letting another thread run

/// Compress and Decompress objects of all modules (Kind::Compressor, Kind::Decompressor).
struct Stream : Object {
  void* native;        ///< the library's stream; null before and after its life
  void (*end)(void*);  ///< gives back what it holds, and itself
  uint64_t charged;    ///< bytes that it was charged with
  ObjectLock lock;
  Value unused, tail;  ///< bytes behind the end of the stream, and bytes not yet looked at; unset: none
  Value dictionary;    ///< bytes, or unset
  bool eof, needs_input, raw;
  bool broken;  ///< an error left it in no state to go on (not of zlib's, which say the error again)

  Bytes* unused_bytes() const { return unused.is_unset() ? nullptr : unused.as<Bytes>(); }
};
inline void trace(Heap&, Cell* cell, Marker& m) {
  auto* s = static_cast<Stream*>(cell);
  m.mark(s->unused);
  m.mark(s->tail);
  m.mark(s->dictionary);
}
inline void release(Heap& heap, Cell* cell) {
  auto* s = static_cast<Stream*>(cell);
  if (s->native != nullptr) s->end(s->native);
  s->native = nullptr;
  heap.discharge(s->charged);
  s->charged = 0;
}
/// The end of the library's stream before the object's.
inline void close(Vm& vm, Stream* s) { release(vm.heap, s); }

/// Charges what a library is going to allocate for as long as an object lives; MemoryError or a tripped limit.
inline Status charge(Vm& vm, size_t bytes) {
  if (vm.heap.charge(bytes)) return {};
  return vm.allocation_failed(bytes);
}
/// What comes out of a stream. Keep it on the native stack.
class Output {
 public:
  explicit Output(Vm& vm, uint64_t limit = UINT64_MAX) : vm_(vm), limit_(limit) {}
  Output(const Output&) = delete;
  Output& operator=(const Output&) = delete;

  /// Room for at least one byte and at most kStep, unless the limit is reached: 0 then.
  Result<size_t> room() {
    if (used_ >= limit_) return size_t{0};
    uint64_t capacity = storage_ == nullptr ? 0 : storage_->capacity;
    if (used_ == capacity) {
      uint64_t wanted = std::min(limit_, std::max<uint64_t>(capacity + std::min<uint64_t>(capacity, 64 << 20), 4096));
      if (wanted > kMaxBytesLength) return vm_.raise_memory_error();
      storage_ =
          storage_ == nullptr ? TRY(vm_.allocate_text_storage(wanted)) : TRY(vm_.resize_storage(storage_, wanted));
      capacity = storage_->capacity;
    }
    return static_cast<size_t>(std::min({capacity - used_, limit_ - used_, uint64_t{kStep}}));
  }
  uint8_t* end() const { return storage_->data<uint8_t>() + used_; }
  void add(size_t bytes) { used_ += bytes; }
  bool full() const { return used_ >= limit_; }
  Result<Bytes*> finish() const {
    if (used_ == 0) return bytes_from(vm_, std::string_view());
    return bytes_from(vm_, std::span<const uint8_t>(storage_->data<uint8_t>(), used_));
  }

 private:
  Vm& vm_;
  Storage* storage_ = nullptr;
  uint64_t used_ = 0, limit_;
};

/// One step of a library: work() reads and writes only what it was given.
template <class Work>
Status step(Vm& vm, size_t input, Work work) {
  if (input >= kSmall)
    without_vm(vm, work);
  else
    work();
  return vm.poll();
}

/// `more` behind what `slot` (a Bytes, or unset) holds.
inline Status append(Vm& vm, Stream* s, Value& slot, std::span<const uint8_t> more) {
  if (more.empty()) return {};
  Bytes* old = slot.is_unset() ? nullptr : slot.as<Bytes>();
  uint64_t n = old == nullptr ? 0 : old->length;
  Bytes* both = TRY(bytes_allocate(vm, n + more.size()));
  if (n > 0) std::memcpy(both->data, old->data, n);
  std::memcpy(both->data + n, more.data(), more.size());
  slot = both;
  vm.barrier(s);
  return {};
}
inline Value bytes_or_empty(Vm& vm, Value slot) {
  if (slot.is_unset()) return bytes_from(vm, std::string_view());
  return slot;
}

/// decompress(data, max_length) of the decompressors that keep what they have not looked at (bz2, lzma and zlib's newest).
/// `run(input, out)` feeds the library until the input or the room is used up and gives how much of the input was read; it sets
/// s->eof at the end of the stream, and may set s->broken with an error. `hungry(out)`: with all input read, can nothing more come out without new input?
template <class Run, class Hungry>
Value decompress(Vm& vm, Stream* s, Value data, int64_t max_length, Run run, Hungry hungry) {
  ScopedBuffer buffer(vm);
  TRY(buffer.acquire(data));
  ObjectLockHolder lock(vm, s->lock, s);
  TRY(lock.enter());
  if (s->eof) return vm.raise(E::EOFError, "End of stream already reached");
  if (s->broken) return vm.raise(E::ValueError, "Decompressor is unusable after a previous error");
  std::span<const uint8_t> input(buffer.get().data, static_cast<size_t>(buffer.get().length));
  Value held;
  if (!s->tail.is_unset()) {
    TRY(append(vm, s, s->tail, input));
    held = s->tail;
    input = held.as<Bytes>()->span();
  }
  Output out(vm, max_length < 0 ? UINT64_MAX : static_cast<uint64_t>(max_length));
  size_t read = TRY(run(input, out));
  std::span<const uint8_t> left = input.subspan(read);
  s->tail = Value();
  if (s->eof) {
    s->needs_input = false;
    if (!left.empty()) {
      s->unused = TRY(Value(bytes_from(vm, left)));
      vm.barrier(s);
    }
  } else if (left.empty()) {
    s->needs_input = hungry(out);
  } else {
    s->needs_input = false;
    s->tail = TRY(Value(bytes_from(vm, left)));
    vm.barrier(s);
  }
  return out.finish();
}

/// compress(data) of the compressors with `flush()` as their end (bz2 and lzma): `all(input)` gives what comes out of it.
template <class All>
Value compress(Vm& vm, Stream* s, Value data, All all) {
  ScopedBuffer buffer(vm);
  TRY(buffer.acquire(data));
  ObjectLockHolder lock(vm, s->lock, s);
  TRY(lock.enter());
  if (s->eof) return vm.raise(E::ValueError, "Compressor has been flushed");
  return all(std::span<const uint8_t>(buffer.get().data, static_cast<size_t>(buffer.get().length)));
}
/// Their flush(): `finish()` gives what was still held.
template <class Finish>
Value flush(Vm& vm, Stream* s, Finish finish) {
  ObjectLockHolder lock(vm, s->lock, s);
  TRY(lock.enter());
  if (s->eof) return vm.raise(E::ValueError, "Repeated call to flush()");
  s->eof = true;
  return finish();
}

inline Value get_unused(Vm& vm, Value v) { return bytes_or_empty(vm, v.as<Stream>()->unused); }
inline Value get_eof(Vm&, Value v) { return Value::boolean(v.as<Stream>()->eof); }
inline Value get_needs_input(Vm&, Value v) { return Value::boolean(v.as<Stream>()->needs_input); }

}  // namespace krait::compression
