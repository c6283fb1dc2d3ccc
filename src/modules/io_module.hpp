// What the files of the _io module share.
#pragma once

#include "objects/bytes.hpp"
#include "objects/module.hpp"
#include "objects/str.hpp"
#include "objects/vm.hpp"

namespace krait::io {

constexpr int64_t kDefaultBufferSize = 8192;

/// The module's types, per Vm.
struct State : Extension {
  Type* iobase = nullptr;
  Type* rawbase = nullptr;
  Type* bufferedbase = nullptr;
  Type* textbase = nullptr;
  Type* fileio = nullptr;
  Type* bytesio = nullptr;
  Type* bytesio_view = nullptr;
  Type* stringio = nullptr;
  Type* reader = nullptr;
  Type* writer = nullptr;
  Type* random = nullptr;
  Type* rwpair = nullptr;
  Type* text = nullptr;
  Type* newline_decoder = nullptr;
  Type* unsupported = nullptr;
  void trace(Marker& marker) override;
};
inline State& state(Vm& vm) { return vm.extension<State>(); }

/// io.UnsupportedOperation(message).
Error unsupported(Vm& vm, const char* message);
Error closed_error(Vm& vm);

// Makers of the types, called when the module is made, in this order.
Status make_bases(Vm& vm, Module* m);
Status make_fileio(Vm& vm, Module* m);
Status make_memory(Vm& vm, Module* m);
Status make_buffered(Vm& vm, Module* m);
Status make_text(Vm& vm, Module* m);

// --- Calls of another stream's methods by name.
Value call_name(Vm& vm, Value object, const char* method, std::span<const Value> args = {});
inline Value call_name(Vm& vm, Value object, const char* method, Value a) {
  return call_name(vm, object, method, std::span<const Value>(&a, 1));
}
/// The stream's own truth: `closed`, `readable()`, ...
Result<bool> ask(Vm& vm, Value object, const char* method);
Result<bool> is_closed(Vm& vm, Value object);
/// ValueError "I/O operation on closed file." if it is.
Status check_closed(Vm& vm, Value object, const char* message = "I/O operation on closed file.");
/// A size argument: None or unset gives `fallback`.
Result<int64_t> size_argument(Vm& vm, Value v, int64_t fallback = -1);
/// The result of a seek/tell of another stream.
Result<int64_t> offset_from(Vm& vm, Value v);

/// Bytes put together in storage that the heap accounts for.
class StorageBytes {
 public:
  explicit StorageBytes(Vm& vm) : vm_(vm) {}
  Status append(const uint8_t* data, int64_t n) {
    if (n == 0) return {};
    size_t needed = static_cast<size_t>(length_ + n);
    if (storage_ == nullptr) {
      storage_ = TRY(vm_.allocate_storage(needed < 64 ? 64 : needed));
    } else if (needed > storage_->capacity) {
      storage_ = TRY(vm_.resize_storage(storage_, needed + needed / 2));
    }
    __builtin_memcpy(storage_->data<uint8_t>() + length_, data, static_cast<size_t>(n));
    length_ += n;
    return {};
  }
  int64_t length() const { return length_; }
  const uint8_t* data() const { return storage_ == nullptr ? nullptr : storage_->data<uint8_t>(); }
  Value finish() {
    if (storage_ == nullptr) return bytes_from(vm_, std::string_view());
    return bytes_from(vm_, std::span<const uint8_t>(storage_->data<uint8_t>(), static_cast<size_t>(length_)));
  }

 private:
  Vm& vm_;
  Storage* storage_ = nullptr;
  int64_t length_ = 0;
};

// --- FileIO, for those above it.
bool is_plain_file(Vm& vm, Value raw);  ///< exactly a FileIO, not closed: the system may be called directly
/// read(2) / write(2) with signals polled; -1 with nothing pending: would block. n is at most what the system takes at once.
Result<int64_t> file_read(Vm& vm, Value raw, uint8_t* data, int64_t n);
Result<int64_t> file_write(Vm& vm, Value raw, const uint8_t* data, int64_t n);
/// FileIO(fd) without calls, for the standard streams.
Value file_from_fd(Vm& vm, int fd, const char* mode, bool close_fd);
/// open() as everybody knows it.
Value open(Vm& vm, Value file, std::string_view mode, int64_t buffering, Value encoding, Value errors, Value newline,
           bool closefd, Value opener);

}  // namespace krait::io
