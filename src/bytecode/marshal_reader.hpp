// Reading marshal data: values in CPython's format (versions 0 to 5). What a code object looks like is its reader's business:
// Krait's own (modules/marshal.cpp) or one of CPython's (bytecode/pyc/).
//
// What is read is not trusted: sizes are checked against the data, references against what was read, nesting is bounded.
#pragma once

#include <string_view>

#include "objects/sequences.hpp"
#include "objects/vm.hpp"

namespace krait {

class MarshalReader {
 public:
  static constexpr int kMaxDepth = 2000;

  /// Reads from `data`, or, where `file` is set, from what its read() gives.
  MarshalReader(Vm& vm, std::string_view data, Value file) : vm_(vm), data_(data), file_(file) {}
  MarshalReader(const MarshalReader&) = delete;
  MarshalReader& operator=(const MarshalReader&) = delete;
  /// One value. EOFError, ValueError "bad marshal data (...)", TypeError as CPython gives them.
  Value run();

 protected:
  ~MarshalReader() = default;
  /// The code object whose type letter has been read.
  virtual Value code(int depth, bool flag) = 0;

  Error bad(const char* what) { return vm_.raise(E::ValueError, "bad marshal data ({})", what); }
  /// The next n bytes. A view that holds until the next call.
  Result<std::string_view> bytes(uint64_t n);
  Result<int> byte() { return static_cast<uint8_t>(TRY(bytes(1))[0]); }
  Result<uint32_t> u32() {
    std::string_view s = TRY(bytes(4));
    uint32_t n = 0;
    for (int i = 3; i >= 0; --i) n = n << 8 | static_cast<uint8_t>(s[static_cast<size_t>(i)]);
    return n;
  }
  Result<uint32_t> u16() {
    std::string_view s = TRY(bytes(2));
    return static_cast<uint32_t>(static_cast<uint8_t>(s[0]) | static_cast<uint8_t>(s[1]) << 8);
  }
  /// A count of things that take at least one byte each.
  Result<uint64_t> size(const char* what) {
    uint32_t n = TRY(u32());
    if (n > INT32_MAX) return bad(what);
    if (file_.is_unset() && n > data_.size() - at_) return vm_.raise(E::EOFError, "marshal data too short");
    return n;
  }
  /// The next object, which must be one.
  Value item(int depth) {
    Value v = object(depth);
    if (v.is_exhausted()) return vm_.raise(E::TypeError, "NULL object in marshal data for object");
    return v;
  }
  Result<size_t> reserve(bool flag) {
    if (!flag) return SIZE_MAX;
    TRY(list_append(vm_, refs_, Value::exhausted()));
    return static_cast<size_t>(refs_->length - 1);
  }
  Value keep(Value v, size_t place) {
    if (place != SIZE_MAX && !v.is_error()) {
      refs_->items()[place] = v;
      vm_.barrier(refs_);
    }
    return v;
  }
  Value keep_flagged(Value v, bool flag) {
    if (v.is_error() || !flag) return v;
    TRY(list_append(vm_, refs_, v));
    return v;
  }
  /// exhausted(): the null object.
  Value object(int depth);

  Vm& vm_;
  std::string_view data_;
  size_t at_ = 0;
  Value file_;

 private:
  Result<double> number();
  Result<double> number_text();
  Value integer();
  Value text(uint64_t n, bool ascii, bool interned);
  Value sequence(uint64_t n, int depth, bool tuple, bool flag);
  Value dict(int depth, bool flag);
  Value set(int depth, bool flag, Type* type);
  List* refs_ = nullptr;
  Value last_read_;  // keeps a file's bytes alive
};

}  // namespace krait
