// A region of native code that may wait: other threads of the Vm may run meanwhile. Nothing of the heap may be touched inside
// (buffers that the region reads or writes must be held by the caller and must not move).
#pragma once

#include "objects/vm.hpp"

namespace krait {

class Blocking {
 public:
  explicit Blocking(Vm& vm) : vm_(vm) {
    if (vm.leave_vm != nullptr) vm.leave_vm(vm);
  }
  ~Blocking() {
    if (vm_.enter_vm != nullptr) vm_.enter_vm(vm_);
  }
  Blocking(const Blocking&) = delete;
  Blocking& operator=(const Blocking&) = delete;

 private:
  Vm& vm_;
};

}  // namespace krait
