// _sha512: the hash functions SHA-512 and SHA-384 (FIPS 180-4), which the library's random module seeds itself with.
#include <cstring>

#include "objects/bytes.hpp"
#include "objects/int.hpp"
#include "objects/module.hpp"
#include "objects/native.hpp"
#include "objects/operations.hpp"
#include "objects/str.hpp"

namespace krait {

namespace {

constexpr size_t kBlock = 128;
constexpr int64_t kPollEvery = 1 << 20;  ///< bytes hashed between two polls

// The first 64 bits of the fractional parts of the cube roots of the first 80 primes.
constexpr uint64_t kRound[80] = {
    0x428a2f98d728ae22, 0x7137449123ef65cd, 0xb5c0fbcfec4d3b2f, 0xe9b5dba58189dbbc,
    0x3956c25bf348b538, 0x59f111f1b605d019, 0x923f82a4af194f9b, 0xab1c5ed5da6d8118,
    0xd807aa98a3030242, 0x12835b0145706fbe, 0x243185be4ee4b28c, 0x550c7dc3d5ffb4e2,
    0x72be5d74f27b896f, 0x80deb1fe3b1696b1, 0x9bdc06a725c71235, 0xc19bf174cf692694,
    0xe49b69c19ef14ad2, 0xefbe4786384f25e3, 0x0fc19dc68b8cd5b5, 0x240ca1cc77ac9c65,
    0x2de92c6f592b0275, 0x4a7484aa6ea6e483, 0x5cb0a9dcbd41fbd4, 0x76f988da831153b5,
    0x983e5152ee66dfab, 0xa831c66d2db43210, 0xb00327c898fb213f, 0xbf597fc7beef0ee4,
    0xc6e00bf33da88fc2, 0xd5a79147930aa725, 0x06ca6351e003826f, 0x142929670a0e6e70,
    0x27b70a8546d22ffc, 0x2e1b21385c26c926, 0x4d2c6dfc5ac42aed, 0x53380d139d95b3df,
    0x650a73548baf63de, 0x766a0abb3c77b2a8, 0x81c2c92e47edaee6, 0x92722c851482353b,
    0xa2bfe8a14cf10364, 0xa81a664bbc423001, 0xc24b8b70d0f89791, 0xc76c51a30654be30,
    0xd192e819d6ef5218, 0xd69906245565a910, 0xf40e35855771202a, 0x106aa07032bbd1b8,
    0x19a4c116b8d2d0c8, 0x1e376c085141ab53, 0x2748774cdf8eeb99, 0x34b0bcb5e19b48a8,
    0x391c0cb3c5c95a63, 0x4ed8aa4ae3418acb, 0x5b9cca4f7763e373, 0x682e6ff3d6b2b8a3,
    0x748f82ee5defb2fc, 0x78a5636f43172f60, 0x84c87814a1f0ab72, 0x8cc702081a6439ec,
    0x90befffa23631e28, 0xa4506cebde82bde9, 0xbef9a3f7b2c67915, 0xc67178f2e372532b,
    0xca273eceea26619c, 0xd186b8c721c0c207, 0xeada7dd6cde0eb1e, 0xf57d4f7fee6ed178,
    0x06f067aa72176fba, 0x0a637dc5a2c898a6, 0x113f9804bef90dae, 0x1b710b35131c471b,
    0x28db77f523047d84, 0x32caab7b40c72493, 0x3c9ebe0a15c9bebc, 0x431d67c49c100d4c,
    0x4cc5d4becb3e42b6, 0x597f299cfc657e2a, 0x5fcb6fab3ad6faec, 0x6c44198c4a475817,
};
// Those of the square roots of the first 8 primes, and of the 9th to the 16th.
constexpr uint64_t kStart512[8] = {
    0x6a09e667f3bcc908, 0xbb67ae8584caa73b, 0x3c6ef372fe94f82b, 0xa54ff53a5f1d36f1,
    0x510e527fade682d1, 0x9b05688c2b3e6c1f, 0x1f83d9abfb41bd6b, 0x5be0cd19137e2179,
};
constexpr uint64_t kStart384[8] = {
    0xcbbb9d5dc1059ed8, 0x629a292a367cd507, 0x9159015a3070dd17, 0x152fecd8f70e5939,
    0x67332667ffc00b31, 0x8eb44a8768581511, 0xdb0c2e0d64f98fa7, 0x47b5481dbefa4fa4,
};

constexpr uint64_t rotate(uint64_t x, int n) { return x >> n | x << (64 - n); }

struct Sha512 : Object {
  uint64_t state[8];
  uint64_t length;  ///< bytes so far; the message's length counts modulo 2**64 bytes
  uint32_t size;    ///< of the digest: 48 or 64
  uint8_t block[kBlock];

  void start(uint32_t digest_size) {
    size = digest_size;
    length = 0;
    std::memcpy(state, size == 64 ? kStart512 : kStart384, sizeof(state));
  }

  void compress(const uint8_t* from) {
    uint64_t w[80];
    for (int i = 0; i < 16; ++i) {
      uint64_t big_endian;
      std::memcpy(&big_endian, from + i * 8, 8);
      w[i] = __builtin_bswap64(big_endian);
    }
    for (int i = 16; i < 80; ++i) {
      uint64_t s0 = rotate(w[i - 15], 1) ^ rotate(w[i - 15], 8) ^ (w[i - 15] >> 7);
      uint64_t s1 = rotate(w[i - 2], 19) ^ rotate(w[i - 2], 61) ^ (w[i - 2] >> 6);
      w[i] = w[i - 16] + s0 + w[i - 7] + s1;
    }
    uint64_t a = state[0], b = state[1], c = state[2], d = state[3];
    uint64_t e = state[4], f = state[5], g = state[6], h = state[7];
    for (int i = 0; i < 80; ++i) {
      uint64_t s1 = rotate(e, 14) ^ rotate(e, 18) ^ rotate(e, 41);
      uint64_t t1 = h + s1 + ((e & f) ^ (~e & g)) + kRound[i] + w[i];
      uint64_t s0 = rotate(a, 28) ^ rotate(a, 34) ^ rotate(a, 39);
      uint64_t t2 = s0 + ((a & b) ^ (a & c) ^ (b & c));
      h = g, g = f, f = e, e = d + t1, d = c, c = b, b = a, a = t1 + t2;
    }
    const uint64_t done[8] = {a, b, c, d, e, f, g, h};
    for (int i = 0; i < 8; ++i) state[i] += done[i];
  }

  void add(const uint8_t* data, size_t n) {
    size_t used = length % kBlock;
    length += n;
    if (used != 0) {
      size_t part = n < kBlock - used ? n : kBlock - used;
      std::memcpy(block + used, data, part);
      if (used + part < kBlock) return;
      compress(block);
      data += part;
      n -= part;
    }
    for (; n >= kBlock; data += kBlock, n -= kBlock) compress(data);
    if (n != 0) std::memcpy(block, data, n);
  }

  /// The digest of what was added; ends this object's use.
  void finish(uint8_t out[64]) {
    uint64_t bits_low = length << 3, bits_high = length >> 61;
    const uint8_t mark = 0x80, zero[kBlock] = {};
    add(&mark, 1);
    size_t used = length % kBlock;
    add(zero, used <= kBlock - 16 ? kBlock - 16 - used : 2 * kBlock - 16 - used);
    uint64_t tail[2] = {__builtin_bswap64(bits_high), __builtin_bswap64(bits_low)};
    add(reinterpret_cast<const uint8_t*>(tail), 16);
    for (int i = 0; i < 8; ++i) {
      uint64_t word = __builtin_bswap64(state[i]);
      std::memcpy(out + i * 8, &word, 8);
    }
  }
};

struct State : Extension {
  Type* types[2] = {};  ///< of sha384 and sha512
};

Sha512* self_of(Args a) { return a[0].as<Sha512>(); }

Status add_buffer(Vm& vm, Sha512* self, Value data) {
  if (is_str(data)) return vm.raise(E::TypeError, "Strings must be encoded before hashing");
  if (!has_buffer(vm, data)) return vm.raise(E::TypeError, "object supporting the buffer API required");
  ScopedBuffer buffer(vm);
  TRY(buffer.acquire(data));
  for (int64_t at = 0; at < buffer.get().length;) {
    int64_t n = std::min(buffer.get().length - at, kPollEvery);
    self->add(buffer.get().data + at, static_cast<size_t>(n));
    at += n;
    TRY(vm.poll());
  }
  return {};
}

template <uint32_t kSize>
Value make(Vm& vm, Args a) {
  Sha512* self = TRY(vm.new_instance<Sha512>(vm.extension<State>().types[kSize == 64]));
  self->start(kSize);
  if (a.has(0)) TRY(add_buffer(vm, self, a[0]));
  return self;
}

Value sha_update(Vm& vm, Args a) {
  TRY(add_buffer(vm, self_of(a), a[1]));
  return Value::none();
}

Value sha_copy(Vm& vm, Args a) {
  Sha512* copy = TRY(vm.new_instance<Sha512>(vm.type_of(a[0])));
  const Sha512* self = self_of(a);
  std::memcpy(copy->state, self->state, sizeof(copy->state));
  std::memcpy(copy->block, self->block, sizeof(copy->block));
  copy->length = self->length;
  copy->size = self->size;
  return copy;
}

/// The digest's bytes, from a copy: the object goes on.
std::span<const uint8_t> digest_of(Args a, uint8_t (&out)[64]) {
  Sha512 copy = *self_of(a);
  copy.finish(out);
  return {out, copy.size};
}

Value sha_digest(Vm& vm, Args a) {
  uint8_t out[64];
  return bytes_from(vm, digest_of(a, out));
}

Value sha_hexdigest(Vm& vm, Args a) {
  uint8_t out[64];
  char text[128];
  size_t n = 0;
  for (uint8_t byte : digest_of(a, out)) {
    text[n++] = "0123456789abcdef"[byte >> 4];
    text[n++] = "0123456789abcdef"[byte & 15];
  }
  return str_from_ascii(vm, {text, n});
}

Value sha_digest_size(Vm&, Value v) { return Value::small_int(v.as<Sha512>()->size); }
Value sha_block_size(Vm&, Value) { return Value::small_int(kBlock); }
Value sha_name(Vm& vm, Value v) { return str_from_ascii(vm, v.as<Sha512>()->size == 64 ? "sha512" : "sha384"); }

constexpr NativeRow kMethods[] = {
    {"update($self, obj, /)", sha_update, 0, "Go on with the bytes of obj."},
    {"digest($self, /)", sha_digest, 0, "The digest of the bytes so far."},
    {"hexdigest($self, /)", sha_hexdigest, 0, "The digest in hexadecimal digits."},
    {"copy($self, /)", sha_copy, 0, "Another object that has seen the same bytes."},
};
constexpr GetSetRow kAttributes[] = {
    {"digest_size", sha_digest_size},
    {"block_size", sha_block_size},
    {"name", sha_name},
};

constexpr TypeSpec type_spec(const char* name) {
  return TypeSpec{.name = name,
                  .kind = static_cast<CellKind>(Kind::Sha512),
                  .size = sizeof(Sha512),
                  .flags = kTypeNoNew,
                  .methods = kMethods,
                  .getsets = kAttributes};
}
constexpr TypeSpec k384 = type_spec("_sha512.sha384"), k512 = type_spec("_sha512.sha512");

Status init(Vm& vm, Module* m) {
  // Not under the types' own names: these are the functions'.
  const char* names[] = {"SHA384Type", "SHA512Type"};
  for (int i = 0; i < 2; ++i) {
    Type* type = TRY(make_type(vm, i == 0 ? k384 : k512));
    vm.extension<State>().types[i] = type;
    TRY(module_add(vm, m, names[i], type));
  }
  return {};
}

constexpr NativeRow kFunctions[] = {
    {"sha384(string=b'', *, usedforsecurity=True)", make<48>, 0, "A SHA-384 hash object, of the bytes of string."},
    {"sha512(string=b'', *, usedforsecurity=True)", make<64>, 0, "A SHA-512 hash object, of the bytes of string."},
};

}  // namespace

extern constinit const ModuleSpec sha512_module{
    .name = "_sha512",
    .doc = "SHA-512 and SHA-384.",
    .functions = kFunctions,
    .init = init,
};

}  // namespace krait
