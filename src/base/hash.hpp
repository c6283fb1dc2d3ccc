// Hashes of Python values. They equal CPython's, so that set order, `hash(1) == hash(1.0)` and a fixed
// PYTHONHASHSEED behave alike. No hash is -1 (which means "error" in C extensions, and programs rely on it).
#pragma once

#include <bit>
#include <cstddef>
#include <cstdint>
#include <string_view>

namespace krait {

// The secret of a VM's string hashes.
struct HashKey {
  uint64_t k0 = 0;
  uint64_t k1 = 0;
};

// The key that CPython makes of PYTHONHASHSEED=seed; seed 0 is the zero key.
HashKey hash_key_from_seed(uint32_t seed);

// SipHash with one compression and three finalisation rounds (Aumasson and Bernstein, 2012).
uint64_t siphash13(HashKey key, const void* data, size_t size);

// hash() of bytes, and of str over its storage units. Empty is 0.
int64_t hash_bytes(HashKey key, const void* data, size_t size);

// --- Numbers: the value modulo the prime 2^61 - 1 with the number's sign
// -----------------------------------------

constexpr unsigned kHashBits = 61;
constexpr uint64_t kHashModulus = (uint64_t{1} << kHashBits) - 1;
constexpr int64_t kHashInfinity = 314159;
constexpr uint64_t kHashImaginary = 1000003;

int64_t hash_int(int64_t value);

// Little-endian 64-bit limbs of the magnitude.
int64_t hash_limbs(const uint64_t* limbs, size_t count, bool negative);

// NaN gives 0: a float object that holds one hashes by identity instead (hash_pointer).
int64_t hash_double(double x);

int64_t hash_complex(double real, double imag);

// hash() of objects without __hash__: the address, low bits moved out of the way.
inline int64_t hash_pointer(const void* address) {
  return static_cast<int64_t>(std::rotr(reinterpret_cast<uint64_t>(address), 4));
}

// --- Containers
// --------------------------------------------------------------------------------------------------

// tuple: xxHash over the hashes of the items.
class TupleHasher {
 public:
  void add(int64_t item) {
    state_ += static_cast<uint64_t>(item) * kPrime2;
    state_ = std::rotl(state_, 31) * kPrime1;
  }
  int64_t finish(size_t count) const {
    uint64_t hash = state_ + (count ^ (kPrime5 ^ 3527539));
    return hash == UINT64_MAX ? 1546275796 : static_cast<int64_t>(hash);
  }
  // slice objects leave the length out.
  int64_t finish_slice() const { return state_ == UINT64_MAX ? 1546275796 : static_cast<int64_t>(state_); }

 private:
  static constexpr uint64_t kPrime1 = 11400714785074694791u;
  static constexpr uint64_t kPrime2 = 14029467366897019727u;
  static constexpr uint64_t kPrime5 = 2870177450012600261u;
  uint64_t state_ = kPrime5;
};

// frozenset: independent of the order of the items.
class FrozensetHasher {
 public:
  void add(int64_t item) {
    uint64_t h = static_cast<uint64_t>(item);
    state_ ^= ((h ^ 89869747) ^ (h << 16)) * 3644798167u;
  }
  int64_t finish(size_t count) const {
    uint64_t hash = state_ ^ (static_cast<uint64_t>(count) + 1) * 1927868237u;
    hash ^= (hash >> 11) ^ (hash >> 25);
    hash = hash * 69069u + 907133923u;
    return hash == UINT64_MAX ? 590923713 : static_cast<int64_t>(hash);
  }

 private:
  uint64_t state_ = 0;
};

}  // namespace krait
