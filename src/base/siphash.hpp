// SipHash-1-3 (Aumasson and Bernstein): the keyed hash of str and bytes. A random key per Vm keeps a script's input from
// choosing collisions.
#pragma once

#include <bit>
#include <cstddef>
#include <cstdint>
#include <cstring>

namespace krait {

inline uint64_t siphash13(const uint64_t key[2], const void* data, size_t length) {
  uint64_t v0 = key[0] ^ 0x736f6d6570736575, v1 = key[1] ^ 0x646f72616e646f6d;
  uint64_t v2 = key[0] ^ 0x6c7967656e657261, v3 = key[1] ^ 0x7465646279746573;
  auto round = [&] {
    v0 += v1;
    v2 += v3;
    v1 = std::rotl(v1, 13) ^ v0;
    v3 = std::rotl(v3, 16) ^ v2;
    v0 = std::rotl(v0, 32) + v3;
    v2 += v1;
    v1 = std::rotl(v1, 17) ^ v2;
    v3 = std::rotl(v3, 21) ^ v0;
    v2 = std::rotl(v2, 32);
  };
  const char* p = static_cast<const char*>(data);
  const char* end = p + (length & ~size_t{7});
  for (; p != end; p += 8) {
    uint64_t word;
    std::memcpy(&word, p, 8);
    v3 ^= word;
    round();
    v0 ^= word;
  }
  uint64_t last = static_cast<uint64_t>(length) << 56;
  uint64_t rest = 0;
  if ((length & 7) != 0) std::memcpy(&rest, p, length & 7);
  last |= rest;
  v3 ^= last;
  round();
  v0 ^= last;
  v2 ^= 0xff;
  round();
  round();
  round();
  return v0 ^ v1 ^ v2 ^ v3;
}

}  // namespace krait
