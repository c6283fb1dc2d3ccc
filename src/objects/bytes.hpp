// bytes, bytearray, memoryview and the buffer protocol.
#pragma once

#include <span>
#include <string_view>

#include "objects/vm.hpp"

namespace krait {

struct Bytes : Object {
  uint64_t length;
  int64_t hash;  ///< 0: not computed yet
  uint8_t data[];
  std::span<const uint8_t> span() const { return {data, length}; }
  std::string_view view() const { return {reinterpret_cast<const char*>(data), length}; }
};

struct ByteArray : Object {
  uint64_t length;
  uint64_t start;    ///< offset of the first byte in the storage (deleting from the front is cheap)
  Storage* storage;  ///< null while empty
  uint32_t exports;  ///< buffers handed out: no resize while any
  uint8_t* data() const { return storage == nullptr ? nullptr : storage->data<uint8_t>() + start; }
};

inline bool is_bytes(Value v) { return is_kind(v, Kind::Bytes); }
inline bool is_bytearray(Value v) { return is_kind(v, Kind::ByteArray); }
Result<Bytes*> bytes_from(Vm& vm, std::span<const uint8_t> data);
Result<Bytes*> bytes_from(Vm& vm, std::string_view data);
Result<Bytes*> bytes_allocate(Vm& vm, uint64_t length);  ///< zeroed, to be filled
Result<ByteArray*> bytearray_from(Vm& vm, std::span<const uint8_t> data);
/// What is new is zero. BufferError while exported.
Status bytearray_resize(Vm& vm, ByteArray* b, uint64_t length);
/// Puts `data` (which does not lie in b) in the place of the bytes begin..end. As above.
Status bytearray_replace(Vm& vm, ByteArray* b, uint64_t begin, uint64_t end, std::span<const uint8_t> data);
/// Puts `data` (which does not lie in b) behind the last byte. As above.
Status bytearray_append(Vm& vm, ByteArray* b, std::span<const uint8_t> data);
constexpr uint64_t kMaxBytesLength = uint64_t{1} << 45;
Value bytes_iterator_new(Vm& vm, Value bytes);  ///< of bytes or bytearray
/// The repr of bytes: b'...'. `escape_single`: a backslash before ' also between double quotes, as bytearray shows it.
Value bytes_repr(Vm& vm, std::span<const uint8_t> data, bool escape_single);
/// Bytes from an iterable of ints, as bytes() and bytearray() read it; into a List-like growing Bytes.
Value bytes_from_iterable(Vm& vm, Value iterable, const char* type_name);
/// The same of what an iterator still gives.
Value bytes_from_iterator(Vm& vm, Value iterator, const char* type_name);

/// A view of an object's memory (PEP 3118, simple or strided). Release it with buffer_release; hold it on the native stack or
/// trace owner and object.
struct Buffer {
  Value object;  ///< who exports it
  Value holder;  ///< what else has to live as long (the memoryview that a `__buffer__` method gave)
  uint8_t* data = nullptr;
  int64_t length = 0;  ///< bytes
  int64_t item_size = 1;
  const char* format = "B";
  int ndim = 1;  ///< 0..8
  int64_t shape[8] = {};
  int64_t strides[8] = {};
  bool readonly = true;
  bool contiguous = true;  ///< in C order
};
/// A plain run of bytes.
void buffer_fill(Buffer& out, Value object, uint8_t* data, uint64_t length, bool readonly);
enum BufferFlags : uint32_t { kBufferSimple = 0, kBufferWritable = 1, kBufferStrided = 2 };
/// TypeError "a bytes-like object is required, not 'X'" if v exports none. May run Python (__buffer__).
Status buffer_acquire(Vm& vm, Value v, Buffer& out, uint32_t flags = kBufferSimple);
void buffer_release(Vm& vm, Buffer& b);
/// Native exporters (array, mmap, BytesIO's getbuffer...) register how they export; by kind.
struct BufferExporter {
  Status (*acquire)(Vm& vm, Value v, Buffer& out, uint32_t flags);
  void (*release)(Vm& vm, Buffer& b);  ///< may be null
};
void set_buffer_exporter(Vm& vm, Kind kind, BufferExporter exporter);
bool has_buffer(Vm& vm, Value v);  // runs nothing
/// For exporters that are about to refuse a change because of their exports: memoryviews that nobody holds any more give
/// theirs back. (They are found by a collection; the exporter's release is called, no Python code runs.)
void buffer_drop_dead_exports(Vm& vm, Value exporter);
/// The bytes of a (perhaps strided) buffer in C order.
Value buffer_to_bytes(Vm& vm, const Buffer& b);
/// memoryview(object). May run Python.
Value memoryview_new(Vm& vm, Value object);
/// RAII: released at the end of the scope.
class ScopedBuffer {
 public:
  explicit ScopedBuffer(Vm& vm) : vm_(vm) {}
  ~ScopedBuffer() {
    if (held_) buffer_release(vm_, b_);
  }
  ScopedBuffer(const ScopedBuffer&) = delete;
  ScopedBuffer& operator=(const ScopedBuffer&) = delete;
  Status acquire(Value v, uint32_t flags = kBufferSimple) {
    TRY(buffer_acquire(vm_, v, b_, flags));
    held_ = true;
    return {};
  }
  /// A buffer to write into: TypeError if it is none. `argument` names it: "readinto() argument".
  Status acquire_writable(Value v, const char* argument);
  Buffer& get() { return b_; }
  std::string_view view() const { return {reinterpret_cast<const char*>(b_.data), static_cast<size_t>(b_.length)}; }

 private:
  Vm& vm_;
  Buffer b_;
  bool held_ = false;
};

}  // namespace krait
