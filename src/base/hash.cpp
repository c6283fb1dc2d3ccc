#include "base/hash.hpp"

#include <cmath>
#include <cstring>

namespace krait {

namespace {

struct SipState {
  uint64_t v0, v1, v2, v3;
  void round() {
    v0 += v1;
    v1 = std::rotl(v1, 13) ^ v0;
    v0 = std::rotl(v0, 32);
    v2 += v3;
    v3 = std::rotl(v3, 16) ^ v2;
    v0 += v3;
    v3 = std::rotl(v3, 21) ^ v0;
    v2 += v1;
    v1 = std::rotl(v1, 17) ^ v2;
    v2 = std::rotl(v2, 32);
  }
};

int64_t never_minus_one(uint64_t hash) { return hash == UINT64_MAX ? -2 : static_cast<int64_t>(hash); }

int64_t with_sign(uint64_t hash, bool negative) { return never_minus_one(negative ? 0 - hash : hash); }

// x * 2^shift modulo 2^61 - 1, for x below the modulus: a rotation of 61 bits.
uint64_t shift_modulo(uint64_t x, unsigned shift) { return ((x << shift) & kHashModulus) | (x >> (kHashBits - shift)); }

}  // namespace

HashKey hash_key_from_seed(uint32_t seed) {
  if (seed == 0) return {};
  // The linear congruential generator that CPython expands the seed with.
  uint32_t x = seed;
  auto next = [&x] {
    uint64_t word = 0;
    for (unsigned i = 0; i < 8; ++i) {
      x = x * 214013 + 2531011;
      word |= static_cast<uint64_t>(x >> 16 & 0xFF) << (8 * i);
    }
    return word;
  };
  HashKey key;
  key.k0 = next();
  key.k1 = next();
  return key;
}

uint64_t siphash13(HashKey key, const void* data, size_t size) {
  SipState s{key.k0 ^ 0x736f6d6570736575, key.k1 ^ 0x646f72616e646f6d, key.k0 ^ 0x6c7967656e657261,
             key.k1 ^ 0x7465646279746573};
  const char* at = static_cast<const char*>(data);
  const char* words_end = at + (size & ~size_t{7});
  for (; at < words_end; at += 8) {
    uint64_t word;
    std::memcpy(&word, at, 8);
    s.v3 ^= word;
    s.round();
    s.v0 ^= word;
  }
  uint64_t last = static_cast<uint64_t>(size) << 56;
  for (unsigned i = 0; i < (size & 7); ++i) last |= static_cast<uint64_t>(static_cast<uint8_t>(at[i])) << (8 * i);
  s.v3 ^= last;
  s.round();
  s.v0 ^= last;
  s.v2 ^= 0xFF;
  s.round();
  s.round();
  s.round();
  return s.v0 ^ s.v1 ^ s.v2 ^ s.v3;
}

int64_t hash_bytes(HashKey key, const void* data, size_t size) {
  return size == 0 ? 0 : never_minus_one(siphash13(key, data, size));
}

int64_t hash_int(int64_t value) {
  bool negative = value < 0;
  uint64_t magnitude = negative ? 0 - static_cast<uint64_t>(value) : static_cast<uint64_t>(value);
  return with_sign(magnitude % kHashModulus, negative);
}

int64_t hash_limbs(const uint64_t* limbs, size_t count, bool negative) {
  uint64_t hash = 0;
  while (count > 0) {
    uint64_t limb = limbs[--count];
    hash = shift_modulo(hash, 64 - kHashBits) + (limb & kHashModulus) + (limb >> kHashBits);
    while (hash >= kHashModulus) hash -= kHashModulus;
  }
  return with_sign(hash, negative);
}

int64_t hash_double(double x) {
  if (!std::isfinite(x)) return std::isnan(x) ? 0 : x > 0 ? kHashInfinity : -kHashInfinity;
  int exponent;
  double fraction = std::frexp(std::fabs(x), &exponent);
  // |x| = mantissa * 2^(exponent - 53) with an integral mantissa; 2 has order 61 in this field.
  uint64_t mantissa = static_cast<uint64_t>(std::ldexp(fraction, 53));
  int shift = (exponent - 53) % static_cast<int>(kHashBits);
  if (shift < 0) shift += kHashBits;
  return with_sign(shift_modulo(mantissa, static_cast<unsigned>(shift)), x < 0);
}

int64_t hash_complex(double real, double imag) {
  return never_minus_one(static_cast<uint64_t>(hash_double(real)) +
                         kHashImaginary * static_cast<uint64_t>(hash_double(imag)));
}

}  // namespace krait
