// Cryptographic hash functions, without any Python: MD5 (RFC 1321), SHA-1 and SHA-2 (FIPS 180-4), SHA-3 and SHAKE (FIPS 202),
// BLAKE2 (RFC 7693).
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>

namespace krait::digest {

/// What a function remembers of the bytes so far. Blocks are taken in when the next byte comes, not when they are full: BLAKE2 must
/// know the last one.
struct State {
  uint64_t words[25];  ///< the chaining value; 32-bit functions use the low halves
  uint8_t block[168];
  uint32_t fill;    ///< bytes in `block`
  uint32_t size;    ///< bytes of the digest; 0: as many as are asked for
  uint64_t length;  ///< bytes taken in, without those in `block`
  bool last_node;   ///< BLAKE2's tree mode
};

struct Function {
  const char* name;
  uint32_t size, block;
  void (*begin)(State& s);
  void (*compress)(State& s, const uint8_t* block);
  void (*finish)(State& s, std::span<uint8_t> out);  ///< pads, and ends the state's use
  uint8_t suffix = 0;                                ///< SHA-3: the bits behind the message
};

enum Which : uint8_t {
  kMd5,
  kSha1,
  kSha224,
  kSha256,
  kSha384,
  kSha512,
  kSha3_224,
  kSha3_256,
  kSha3_384,
  kSha3_512,
  kShake128,
  kShake256,
  kBlake2b,
  kBlake2s,
  kCount,
};
extern const Function kFunctions[kCount];

void begin(const Function& f, State& s);
void add(const Function& f, State& s, const uint8_t* data, size_t n);
/// Gives the digest of what was added; `out` as long as State::size, or any length where that is 0.
inline void finish(const Function& f, State s, std::span<uint8_t> out) { f.finish(s, out); }

/// BLAKE2's parameters (RFC 7693, 2.8); salt and person are padded with zeros.
struct Blake2Parameters {
  uint8_t digest_size, key_size, fanout, depth;
  uint32_t leaf_size;
  uint64_t node_offset;
  uint8_t node_depth, inner_size;
  uint8_t salt[16], person[16];
  uint8_t key[128];
  bool last_node;
};
void begin_blake2(const Function& f, State& s, const Blake2Parameters& p);

}  // namespace krait::digest
