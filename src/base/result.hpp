// Result<T>: the outcome of an operation that can fail. The error itself (a Python exception) is pending in the Vm;
// a Result only says that it happened. No C++ exception crosses the core.
#pragma once

#include <cassert>
#include <cstdint>
#include <type_traits>
#include <utility>

namespace krait {

/// "An exception is pending." Converts to every failing Result and to the empty Value.
struct [[nodiscard]] Error {};

/// A T or a pending exception. T must be cheap to move.
template <class T>
class [[nodiscard]] Result {
 public:
  Result(Error) : ok_(false) {}                             // NOLINT(google-explicit-constructor): meant to convert
  Result(T value) : ok_(true), value_(std::move(value)) {}  // NOLINT(google-explicit-constructor)
  bool is_error() const { return !ok_; }
  bool ok() const { return ok_; }
  T release() {
    assert(ok_);
    return std::move(value_);
  }

 private:
  bool ok_;
  T value_{};
};

/// A pointer result is one word: null is the error.
template <class T>
class [[nodiscard]] Result<T*> {
 public:
  Result(Error) : value_(nullptr) {}   // NOLINT(google-explicit-constructor)
  Result(T* value) : value_(value) {}  // NOLINT(google-explicit-constructor)
  template <class U, class = std::enable_if_t<std::is_convertible_v<U*, T*>>>
  Result(Result<U*> other) : value_(other.unchecked()) {}  // NOLINT(google-explicit-constructor)
  bool is_error() const { return value_ == nullptr; }
  bool ok() const { return value_ != nullptr; }
  T* release() { return value_; }
  T* unchecked() const { return value_; }

 private:
  T* value_;
};

template <>
class [[nodiscard]] Result<void> {
 public:
  Result(Error) : ok_(false) {}  // NOLINT(google-explicit-constructor)
  Result() : ok_(true) {}
  bool is_error() const { return !ok_; }
  bool ok() const { return ok_; }
  void release() {}

 private:
  bool ok_;
};

using Status = Result<void>;

/// Gives the value of a Result (or Value), or returns the error from the enclosing function.
#define TRY(expression) KRAIT_TRY(expression, __COUNTER__)
#define KRAIT_TRY(expression, number) KRAIT_TRY_NAMED(expression, number)
#define KRAIT_TRY_NAMED(expression, number)          \
  ({                                                 \
    auto try_result_##number = (expression);         \
    if (try_result_##number.is_error()) [[unlikely]] \
      return ::krait::Error{};                       \
    try_result_##number.release();                   \
  })

}  // namespace krait
