// What the native codecs stand on: the text (bytes) under construction, and what the error handlers do with faults.
//
// A codec works in steps: it writes what is good, hands a fault to fault(), and goes on at the position that gives. The handlers
// that have a name of their own here are carried out without an exception object; any other is looked up in the registry, called
// with one, and may be as wrong as it likes: its answer is checked.
#pragma once

#include "objects/bytes.hpp"
#include "objects/operations.hpp"
#include "objects/str.hpp"

namespace krait {

enum class ErrorHandling : uint8_t {
  kStrict,
  kIgnore,
  kReplace,
  kBackslashReplace,
  kXmlCharRefReplace,
  kNameReplace,
  kSurrogateEscape,
  kSurrogatePass,
  kRegistered,
};
/// null: strict.
ErrorHandling error_handling(const Str* errors);

/// Decoding a run of bytes to text. The content is that of a bytes object, or of a buffer that the caller holds.
class Decoder {
 public:
  /// `object` is what exceptions show: a Bytes; unset: made of the data when first needed.
  Decoder(Vm& machine, const char* codec, Value object, std::span<const uint8_t> content, Str* error_handler)
      : vm(machine),
        out(machine),
        data(content.data()),
        size(content.size()),
        encoding(codec),
        object_(object),
        errors_(error_handler),
        handling_(error_handling(error_handler)) {}

  /// A fault in [start, end): appends what the handler gives; the result is where to go on. The data may be another one then.
  Result<uint64_t> fault(uint64_t start, uint64_t end, const char* reason);
  const char* text() const { return reinterpret_cast<const char*>(data); }

  Vm& vm;
  StrBuilder out;
  const uint8_t* data;
  uint64_t size;
  const char* encoding;

 private:
  Result<uint64_t> call_handler(uint64_t start, uint64_t end, const char* reason);
  Error strict(uint64_t start, uint64_t end, const char* reason);
  Result<Bytes*> object();

  Value object_;
  Str* errors_;
  ErrorHandling handling_;
  Value handler_;
  Value exception_;
};

/// Bytes that grow; they lie in heap storage: keep it on the native stack.
class BytesBuilder {
 public:
  explicit BytesBuilder(Vm& vm) : vm_(vm) {}
  /// Room for n more bytes, which belong to it from then on.
  Result<uint8_t*> extend(uint64_t n);
  Status append(uint8_t byte) {
    if (storage_ != nullptr && size_ < storage_->capacity) [[likely]] {
      storage_->data<uint8_t>()[size_++] = byte;
      return {};
    }
    *TRY(extend(1)) = byte;
    return {};
  }
  Status append(const void* bytes, uint64_t n);
  uint64_t size() const { return size_; }
  /// Takes back the last n bytes.
  void drop(uint64_t n) { size_ -= n; }
  Value finish();

 private:
  Vm& vm_;
  Storage* storage_ = nullptr;
  uint64_t size_ = 0;
};

/// Encoding a text to bytes.
class Encoder {
 public:
  Encoder(Vm& machine, const char* codec, Str* content, Str* error_handler)
      : vm(machine),
        out(machine),
        text(content),
        encoding(codec),
        errors_(error_handler),
        handling_(error_handling(error_handler)) {}

  /// Encodes one character of a replacement; false if the codec cannot.
  using EncodeOne = Result<bool> (*)(Encoder& e, char32_t c);
  /// The characters [start, end) cannot be encoded: writes what the handler gives; the result is where to go on.
  Result<uint64_t> fault(uint64_t start, uint64_t end, const char* reason, EncodeOne encode_one);

  Vm& vm;
  BytesBuilder out;
  Str* text;
  const char* encoding;
  void* codec_data = nullptr;  ///< the codec's own (charmap's mapping)
  unsigned unit = 1;           ///< bytes of a handler's answer must be a multiple of this

 private:
  Error strict(uint64_t start, uint64_t end, const char* reason);
  Result<bool> put_text(const Str* replacement, EncodeOne encode_one);
  Result<uint64_t> call_handler(uint64_t start, uint64_t end, const char* reason, EncodeOne encode_one);

  Str* errors_;
  ErrorHandling handling_;
  Value handler_;
};

/// The bodies of the handlers as Python calls them (codecs.replace_errors ...), registered at start.
Value strict_errors(Vm& vm, Args a);
Value ignore_errors(Vm& vm, Args a);
Value replace_errors(Vm& vm, Args a);
Value xmlcharrefreplace_errors(Vm& vm, Args a);
Value backslashreplace_errors(Vm& vm, Args a);
Value namereplace_errors(Vm& vm, Args a);
Value surrogateescape_errors(Vm& vm, Args a);
Value surrogatepass_errors(Vm& vm, Args a);

}  // namespace krait
