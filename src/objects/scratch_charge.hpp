// The account of memory that native code borrows for a while.
#pragma once

#include "objects/vm.hpp"

namespace krait {

/// Memory outside the heap that an operation needs while it works (a library's for big operands, a tree), counted against the limit
/// while this lives.
class ScratchCharge {
 public:
  explicit ScratchCharge(Vm& vm) : vm_(vm) {}
  ~ScratchCharge() {
    if (bytes_ != 0) vm_.heap.discharge(bytes_);
  }
  ScratchCharge(const ScratchCharge&) = delete;
  ScratchCharge& operator=(const ScratchCharge&) = delete;
  Status take(uint64_t bytes) {
    if (bytes < 65536) return {};
    if (!vm_.heap.charge(bytes)) return vm_.allocation_failed(bytes);
    bytes_ += bytes;
    return {};
  }

 private:
  Vm& vm_;
  uint64_t bytes_ = 0;
};

}  // namespace krait
