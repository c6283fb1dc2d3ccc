// The methods that bytes and bytearray share: one body each, which gives bytes for bytes and bytearray for bytearray. The rows
// are in bytes_methods.def.
#pragma once

#include "objects/bytes.hpp"
#include "objects/native.hpp"

namespace krait {

/// The content of a bytes or bytearray while a method works on it: a bytearray is exported as long, so that no callback can
/// resize it. Read it after the arguments have been converted.
class SelfBytes {
 public:
  explicit SelfBytes(Value v) : value(v) {
    if (is_bytearray(v)) {
      ByteArray* b = v.as<ByteArray>();
      ++b->exports;
      data = b->data();
      size = b->length;
    } else {
      data = v.as<Bytes>()->data;
      size = v.as<Bytes>()->length;
    }
  }
  ~SelfBytes() {
    if (is_bytearray(value)) --value.as<ByteArray>()->exports;
  }
  SelfBytes(const SelfBytes&) = delete;
  SelfBytes& operator=(const SelfBytes&) = delete;
  std::span<const uint8_t> span() const { return {data, size}; }

  Value value;
  const uint8_t* data;
  uint64_t size;
};

/// An argument that is one byte or bytes-like, as find(), count() and `in` take it.
class Needle {
 public:
  explicit Needle(Vm& vm) : buffer_(vm) {}
  /// `message`: of the TypeError for anything else, with {} for the type's name.
  Status read(Vm& vm, Value v, const char* message);
  const uint8_t* data() const { return data_; }
  uint64_t size() const { return size_; }

 private:
  ScopedBuffer buffer_;
  uint8_t byte_ = 0;
  const uint8_t* data_ = nullptr;
  uint64_t size_ = 0;
};

/// A new exact bytes (or bytearray, where `like` is one) of this length, to be filled through *data.
Value bytes_like_new(Vm& vm, Value like, uint64_t length, uint8_t** data);
Value bytes_like_from(Vm& vm, Value like, std::span<const uint8_t> data);
/// hex() of any bytes: `sep` and `group` as given (unset: none).
Value bytes_hex(Vm& vm, std::span<const uint8_t> data, Value sep, Value group);
/// The bytes that hexadecimal text means; fromhex()'s errors.
Value bytes_from_hex(Vm& vm, Value text);
/// Concatenation: `what` is the type's name in the message.
Value bytes_concat(Vm& vm, Value a, Value b, const char* what);
/// format % args, for bytes and bytearray (str_percent.cpp).
Value bytes_percent(Vm& vm, Value format, Value args);

namespace bytes_methods {
#define BYTES_METHOD(name) Value name(Vm& vm, Args a)
BYTES_METHOD(capitalize);
BYTES_METHOD(center);
BYTES_METHOD(contains);
BYTES_METHOD(count);
BYTES_METHOD(decode);
BYTES_METHOD(endswith);
BYTES_METHOD(expandtabs);
BYTES_METHOD(find);
BYTES_METHOD(hex);
BYTES_METHOD(index);
BYTES_METHOD(isalnum);
BYTES_METHOD(isalpha);
BYTES_METHOD(isascii);
BYTES_METHOD(isdigit);
BYTES_METHOD(islower);
BYTES_METHOD(isspace);
BYTES_METHOD(istitle);
BYTES_METHOD(isupper);
BYTES_METHOD(join);
BYTES_METHOD(length);
BYTES_METHOD(ljust);
BYTES_METHOD(lower);
BYTES_METHOD(lstrip);
BYTES_METHOD(maketrans);
BYTES_METHOD(mod);
BYTES_METHOD(rmod);
BYTES_METHOD(mul);
BYTES_METHOD(partition);
BYTES_METHOD(removeprefix);
BYTES_METHOD(removesuffix);
BYTES_METHOD(replace);
BYTES_METHOD(rfind);
BYTES_METHOD(rindex);
BYTES_METHOD(rjust);
BYTES_METHOD(rpartition);
BYTES_METHOD(rsplit);
BYTES_METHOD(rstrip);
BYTES_METHOD(split);
BYTES_METHOD(splitlines);
BYTES_METHOD(startswith);
BYTES_METHOD(strip);
BYTES_METHOD(swapcase);
BYTES_METHOD(title);
BYTES_METHOD(translate);
BYTES_METHOD(upper);
BYTES_METHOD(zfill);
BYTES_METHOD(buffer);
#undef BYTES_METHOD
}  // namespace bytes_methods

}  // namespace krait
