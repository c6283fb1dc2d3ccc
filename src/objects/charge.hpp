// Native memory that stands for what a script asked for (a library's stream, the tables of a decoder): counted against the Vm's
// memory limit for as long as this object lives.
#pragma once

#include "objects/vm.hpp"

namespace krait {

class Charge {
 public:
  explicit Charge(Vm& vm) : vm_(vm) {}
  ~Charge() { vm_.heap.discharge(bytes_); }
  Charge(const Charge&) = delete;
  Charge& operator=(const Charge&) = delete;

  /// Before the memory is taken. MemoryError or the tripped limit. May collect.
  Status add(uint64_t bytes) {
    if (!vm_.heap.charge(bytes)) return vm_.allocation_failed(bytes);
    bytes_ += bytes;
    return {};
  }
  void clear() {
    vm_.heap.discharge(bytes_);
    bytes_ = 0;
  }

 private:
  Vm& vm_;
  uint64_t bytes_ = 0;
};

}  // namespace krait
