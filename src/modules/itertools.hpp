// What itertools.cpp and itertools_state.cpp share: the layout of the iterators. What the values and numbers of each stand for
// is said where it is made.
#pragma once

#include "objects/native.hpp"
#include "objects/object.hpp"
#include "objects/sequences.hpp"
#include "objects/vm.hpp"

namespace krait::itertools {

struct Iter : Object {
  Value v[6];
  int64_t n[3];
};

struct State : Extension {
  Type* grouper = nullptr;
  Type* tee = nullptr;
  Type* tee_block = nullptr;
  void trace(Marker& m) override {
    m.mark_cell(grouper);
    m.mark_cell(tee);
    m.mark_cell(tee_block);
  }
};

constexpr uint64_t kBlockLength = 57;  ///< values in a block of tee()

inline Iter* self_of(Args a) { return a[0].as<Iter>(); }
/// Sets a value of the iterator.
inline void put(Vm& vm, Iter* it, int i, Value v) {
  it->v[i] = v;
  vm.barrier(it);
}
/// A new block of tee(), for the values that `it` will give.
Value tee_block_new(Vm& vm, Value it);

// __reduce__ and __setstate__ (itertools_state.cpp).
Value accumulate_reduce(Vm& vm, Args a);
Value accumulate_setstate(Vm& vm, Args a);
Value chain_reduce(Vm& vm, Args a);
Value chain_setstate(Vm& vm, Args a);
Value combinations_reduce(Vm& vm, Args a);
Value combinations_setstate(Vm& vm, Args a);
Value combinations_with_replacement_reduce(Vm& vm, Args a);
Value combinations_with_replacement_setstate(Vm& vm, Args a);
Value permutations_reduce(Vm& vm, Args a);
Value permutations_setstate(Vm& vm, Args a);
Value product_reduce(Vm& vm, Args a);
Value product_setstate(Vm& vm, Args a);
Value cycle_reduce(Vm& vm, Args a);
Value cycle_setstate(Vm& vm, Args a);
Value dropwhile_reduce(Vm& vm, Args a);
Value dropwhile_setstate(Vm& vm, Args a);
Value groupby_reduce(Vm& vm, Args a);
Value groupby_setstate(Vm& vm, Args a);
Value islice_reduce(Vm& vm, Args a);
Value islice_setstate(Vm& vm, Args a);
Value tee_reduce(Vm& vm, Args a);
Value tee_setstate(Vm& vm, Args a);
Value zip_longest_reduce(Vm& vm, Args a);
Value zip_longest_setstate(Vm& vm, Args a);
Value compress_reduce(Vm& vm, Args a);
Value count_reduce(Vm& vm, Args a);
Value with_function_reduce(Vm& vm, Args a);
Value grouper_reduce(Vm& vm, Args a);
Value tee_block_reduce(Vm& vm, Args a);
Value repeat_reduce(Vm& vm, Args a);

}  // namespace krait::itertools
