#include "modules/digest_functions.hpp"

#include <algorithm>
#include <bit>
#include <cstring>

namespace krait::digest {
namespace {

// The first 64 bits of the fractional parts of the cube roots of the first 80 primes.
constexpr uint64_t kRound[80] = {
    0x428a2f98d728ae22, 0x7137449123ef65cd, 0xb5c0fbcfec4d3b2f, 0xe9b5dba58189dbbc, 0x3956c25bf348b538,
    0x59f111f1b605d019, 0x923f82a4af194f9b, 0xab1c5ed5da6d8118, 0xd807aa98a3030242, 0x12835b0145706fbe,
    0x243185be4ee4b28c, 0x550c7dc3d5ffb4e2, 0x72be5d74f27b896f, 0x80deb1fe3b1696b1, 0x9bdc06a725c71235,
    0xc19bf174cf692694, 0xe49b69c19ef14ad2, 0xefbe4786384f25e3, 0x0fc19dc68b8cd5b5, 0x240ca1cc77ac9c65,
    0x2de92c6f592b0275, 0x4a7484aa6ea6e483, 0x5cb0a9dcbd41fbd4, 0x76f988da831153b5, 0x983e5152ee66dfab,
    0xa831c66d2db43210, 0xb00327c898fb213f, 0xbf597fc7beef0ee4, 0xc6e00bf33da88fc2, 0xd5a79147930aa725,
    0x06ca6351e003826f, 0x142929670a0e6e70, 0x27b70a8546d22ffc, 0x2e1b21385c26c926, 0x4d2c6dfc5ac42aed,
    0x53380d139d95b3df, 0x650a73548baf63de, 0x766a0abb3c77b2a8, 0x81c2c92e47edaee6, 0x92722c851482353b,
    0xa2bfe8a14cf10364, 0xa81a664bbc423001, 0xc24b8b70d0f89791, 0xc76c51a30654be30, 0xd192e819d6ef5218,
    0xd69906245565a910, 0xf40e35855771202a, 0x106aa07032bbd1b8, 0x19a4c116b8d2d0c8, 0x1e376c085141ab53,
    0x2748774cdf8eeb99, 0x34b0bcb5e19b48a8, 0x391c0cb3c5c95a63, 0x4ed8aa4ae3418acb, 0x5b9cca4f7763e373,
    0x682e6ff3d6b2b8a3, 0x748f82ee5defb2fc, 0x78a5636f43172f60, 0x84c87814a1f0ab72, 0x8cc702081a6439ec,
    0x90befffa23631e28, 0xa4506cebde82bde9, 0xbef9a3f7b2c67915, 0xc67178f2e372532b, 0xca273eceea26619c,
    0xd186b8c721c0c207, 0xeada7dd6cde0eb1e, 0xf57d4f7fee6ed178, 0x06f067aa72176fba, 0x0a637dc5a2c898a6,
    0x113f9804bef90dae, 0x1b710b35131c471b, 0x28db77f523047d84, 0x32caab7b40c72493, 0x3c9ebe0a15c9bebc,
    0x431d67c49c100d4c, 0x4cc5d4becb3e42b6, 0x597f299cfc657e2a, 0x5fcb6fab3ad6faec, 0x6c44198c4a475817,
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

// abs(sin(i + 1)) * 2**32.
constexpr uint32_t kSines[64] = {
    0xd76aa478, 0xe8c7b756, 0x242070db, 0xc1bdceee, 0xf57c0faf, 0x4787c62a, 0xa8304613, 0xfd469501,
    0x698098d8, 0x8b44f7af, 0xffff5bb1, 0x895cd7be, 0x6b901122, 0xfd987193, 0xa679438e, 0x49b40821,
    0xf61e2562, 0xc040b340, 0x265e5a51, 0xe9b6c7aa, 0xd62f105d, 0x02441453, 0xd8a1e681, 0xe7d3fbc8,
    0x21e1cde6, 0xc33707d6, 0xf4d50d87, 0x455a14ed, 0xa9e3e905, 0xfcefa3f8, 0x676f02d9, 0x8d2a4c8a,
    0xfffa3942, 0x8771f681, 0x6d9d6122, 0xfde5380c, 0xa4beea44, 0x4bdecfa9, 0xf6bb4b60, 0xbebfbc70,
    0x289b7ec6, 0xeaa127fa, 0xd4ef3085, 0x04881d05, 0xd9d4d039, 0xe6db99e5, 0x1fa27cf8, 0xc4ac5665,
    0xf4292244, 0x432aff97, 0xab9423a7, 0xfc93a039, 0x655b59c3, 0x8f0ccc92, 0xffeff47d, 0x85845dd1,
    0x6fa87e4f, 0xfe2ce6e0, 0xa3014314, 0x4e0811a1, 0xf7537e82, 0xbd3af235, 0x2ad7d2bb, 0xeb86d391,
};
constexpr uint8_t kMd5Rotations[4][4] = {{7, 12, 17, 22}, {5, 9, 14, 20}, {4, 11, 16, 23}, {6, 10, 15, 21}};

uint32_t little32(const uint8_t* p) {
  uint32_t v;
  std::memcpy(&v, p, 4);
  return v;
}
uint64_t little64(const uint8_t* p) {
  uint64_t v;
  std::memcpy(&v, p, 8);
  return v;
}
uint32_t big32(const uint8_t* p) { return __builtin_bswap32(little32(p)); }
uint64_t big64(const uint8_t* p) { return __builtin_bswap64(little64(p)); }
uint32_t low(uint64_t v) { return static_cast<uint32_t>(v); }

template <class T>
void set_words(State& s, const T* from, size_t n) {
  for (size_t i = 0; i < n; ++i) s.words[i] = from[i];
}

// --- MD5, SHA-1, SHA-2: the message, a bit, zeros, the length in bits

constexpr uint32_t kStartMd5[] = {0x67452301, 0xefcdab89, 0x98badcfe, 0x10325476, 0xc3d2e1f0};

template <size_t kLengthBytes>
void pad(State& s, void (*compress)(State&, const uint8_t*), size_t block, bool big_endian) {
  if (s.fill == block) {
    compress(s, s.block);
    s.length += block;
    s.fill = 0;
  }
  uint64_t bytes = s.length + s.fill;
  s.block[s.fill++] = 0x80;
  if (s.fill > block - kLengthBytes) {
    std::memset(s.block + s.fill, 0, block - s.fill);
    compress(s, s.block);
    s.fill = 0;
  }
  std::memset(s.block + s.fill, 0, block - s.fill);
  uint64_t bits = bytes << 3, high = bytes >> 61;
  if (big_endian) {
    bits = __builtin_bswap64(bits);
    high = __builtin_bswap64(high);
  }
  std::memcpy(s.block + block - 8, &bits, 8);
  if (kLengthBytes == 16) std::memcpy(s.block + block - 16, &high, 8);
  compress(s, s.block);
}

/// The first bytes of the chaining value.
template <class Word>
void write_words(const State& s, std::span<uint8_t> out, bool big_endian) {
  for (size_t i = 0; i < out.size(); i += sizeof(Word)) {
    Word word = static_cast<Word>(s.words[i / sizeof(Word)]);
    if (big_endian)
      word = sizeof(Word) == 8 ? static_cast<Word>(__builtin_bswap64(word))
                               : static_cast<Word>(__builtin_bswap32(low(word)));
    std::memcpy(out.data() + i, &word, std::min(sizeof(Word), out.size() - i));
  }
}

void begin_md5(State& s) { set_words(s, kStartMd5, 4); }
void compress_md5(State& s, const uint8_t* block) {
  uint32_t a = low(s.words[0]), b = low(s.words[1]), c = low(s.words[2]), d = low(s.words[3]);
  for (uint32_t i = 0; i < 64; ++i) {
    uint32_t f, g;
    switch (i / 16) {
      case 0:
        f = (b & c) | (~b & d);
        g = i;
        break;
      case 1:
        f = (d & b) | (~d & c);
        g = 5 * i + 1;
        break;
      case 2:
        f = b ^ c ^ d;
        g = 3 * i + 5;
        break;
      default:
        f = c ^ (b | ~d);
        g = 7 * i;
        break;
    }
    f += a + kSines[i] + little32(block + g % 16 * 4);
    a = d, d = c, c = b, b += std::rotl(f, kMd5Rotations[i / 16][i % 4]);
  }
  const uint32_t done[] = {a, b, c, d};
  for (int i = 0; i < 4; ++i) s.words[i] = low(s.words[i]) + done[i];
}
void finish_md5(State& s, std::span<uint8_t> out) {
  pad<8>(s, compress_md5, 64, false);
  write_words<uint32_t>(s, out, false);
}

void begin_sha1(State& s) { set_words(s, kStartMd5, 5); }
void compress_sha1(State& s, const uint8_t* block) {
  uint32_t w[80];
  for (int i = 0; i < 16; ++i) w[i] = big32(block + i * 4);
  for (int i = 16; i < 80; ++i) w[i] = std::rotl(w[i - 3] ^ w[i - 8] ^ w[i - 14] ^ w[i - 16], 1);
  uint32_t a = low(s.words[0]), b = low(s.words[1]), c = low(s.words[2]), d = low(s.words[3]), e = low(s.words[4]);
  for (int i = 0; i < 80; ++i) {
    uint32_t f = i < 20   ? ((b & c) | (~b & d)) + 0x5a827999
                 : i < 40 ? (b ^ c ^ d) + 0x6ed9eba1
                 : i < 60 ? ((b & c) | (b & d) | (c & d)) + 0x8f1bbcdc
                          : (b ^ c ^ d) + 0xca62c1d6;
    uint32_t t = std::rotl(a, 5) + f + e + w[i];
    e = d, d = c, c = std::rotl(b, 30), b = a, a = t;
  }
  const uint32_t done[] = {a, b, c, d, e};
  for (int i = 0; i < 5; ++i) s.words[i] = low(s.words[i]) + done[i];
}
void finish_sha1(State& s, std::span<uint8_t> out) {
  pad<8>(s, compress_sha1, 64, true);
  write_words<uint32_t>(s, out, true);
}

// SHA-256 begins with the high halves of SHA-512's constants, SHA-224 with the low halves of SHA-384's.
void begin_sha256(State& s) {
  for (int i = 0; i < 8; ++i) s.words[i] = kStart512[i] >> 32;
}
void begin_sha224(State& s) {
  for (int i = 0; i < 8; ++i) s.words[i] = low(kStart384[i]);
}
void begin_sha512(State& s) { set_words(s, kStart512, 8); }
void begin_sha384(State& s) { set_words(s, kStart384, 8); }

/// One round function for both widths: Word, its rotations, and how a round's constant is cut.
template <class Word, int kRounds>
void compress_sha2(State& s, const uint8_t* block) {
  constexpr bool kWide = sizeof(Word) == 8;
  auto mix = [](Word x, int a, int b, int c) { return std::rotr(x, a) ^ std::rotr(x, b) ^ std::rotr(x, c); };
  auto spread = [](Word x, int a, int b, int shift) { return std::rotr(x, a) ^ std::rotr(x, b) ^ (x >> shift); };
  Word w[kRounds];
  for (int i = 0; i < 16; ++i) {
    if constexpr (kWide) {
      w[i] = big64(block + i * 8);
    } else {
      w[i] = big32(block + i * 4);
    }
  }
  for (int i = 16; i < kRounds; ++i) {
    Word s0 = kWide ? spread(w[i - 15], 1, 8, 7) : spread(w[i - 15], 7, 18, 3);
    Word s1 = kWide ? spread(w[i - 2], 19, 61, 6) : spread(w[i - 2], 17, 19, 10);
    w[i] = w[i - 16] + s0 + w[i - 7] + s1;
  }
  Word v[8];
  for (int i = 0; i < 8; ++i) v[i] = static_cast<Word>(s.words[i]);
  auto [a, b, c, d, e, f, g, h] = v;
  for (int i = 0; i < kRounds; ++i) {
    Word s1 = kWide ? mix(e, 14, 18, 41) : mix(e, 6, 11, 25);
    Word t1 = h + s1 + ((e & f) ^ (~e & g)) + static_cast<Word>(kWide ? kRound[i] : kRound[i] >> 32) + w[i];
    Word s0 = kWide ? mix(a, 28, 34, 39) : mix(a, 2, 13, 22);
    Word t2 = s0 + ((a & b) ^ (a & c) ^ (b & c));
    h = g, g = f, f = e, e = d + t1, d = c, c = b, b = a, a = t1 + t2;
  }
  const Word done[] = {a, b, c, d, e, f, g, h};
  for (int i = 0; i < 8; ++i) s.words[i] = static_cast<Word>(static_cast<Word>(s.words[i]) + done[i]);
}
void finish_sha256(State& s, std::span<uint8_t> out) {
  pad<8>(s, compress_sha2<uint32_t, 64>, 64, true);
  write_words<uint32_t>(s, out, true);
}
void finish_sha512(State& s, std::span<uint8_t> out) {
  pad<16>(s, compress_sha2<uint64_t, 80>, 128, true);
  write_words<uint64_t>(s, out, true);
}

// --- SHA-3: the sponge over Keccak-f[1600]

struct Keccak {
  uint64_t constants[24];
  int rotations[25], places[25];
};
constexpr Keccak kKeccak = [] {
  Keccak k{};
  uint32_t bits = 1;  // the linear feedback shift register that the round constants come from
  for (int round = 0; round < 24; ++round) {
    for (int j = 0; j < 7; ++j) {
      if (bits & 1) k.constants[round] |= uint64_t{1} << ((1 << j) - 1);
      bits = bits & 0x80 ? (bits << 1 ^ 0x171) : bits << 1;
    }
  }
  int x = 1, y = 0;
  for (int t = 0; t < 24; ++t) {
    k.rotations[x + 5 * y] = (t + 1) * (t + 2) / 2 % 64;
    int next = (2 * x + 3 * y) % 5;
    x = y, y = next;
  }
  for (int i = 0; i < 25; ++i) k.places[i] = i / 5 + 5 * ((2 * (i % 5) + 3 * (i / 5)) % 5);
  return k;
}();

void keccak(uint64_t* a) {
  for (uint64_t constant : kKeccak.constants) {
    uint64_t sums[5], moved[25];
    for (int x = 0; x < 5; ++x) sums[x] = a[x] ^ a[x + 5] ^ a[x + 10] ^ a[x + 15] ^ a[x + 20];
    for (int i = 0; i < 25; ++i) {
      uint64_t v = a[i] ^ sums[(i + 4) % 5] ^ std::rotl(sums[(i + 1) % 5], 1);
      moved[kKeccak.places[i]] = std::rotl(v, kKeccak.rotations[i]);
    }
    for (int i = 0; i < 25; ++i) {
      int row = i / 5 * 5;
      a[i] = moved[i] ^ (~moved[row + (i + 1) % 5] & moved[row + (i + 2) % 5]);
    }
    a[0] ^= constant;
  }
}

void begin_sponge(State& s) { std::memset(s.words, 0, sizeof s.words); }
template <Which kWhich>
void absorb(State& s, const uint8_t* block) {
  for (uint32_t i = 0; i < kFunctions[kWhich].block / 8; ++i) s.words[i] ^= little64(block + i * 8);
  keccak(s.words);
}
template <Which kWhich>
void squeeze(State& s, std::span<uint8_t> out) {
  uint32_t rate = kFunctions[kWhich].block;
  if (s.fill == rate) {
    absorb<kWhich>(s, s.block);
    s.fill = 0;
  }
  std::memset(s.block + s.fill, 0, rate - s.fill);
  s.block[s.fill] ^= kFunctions[kWhich].suffix;
  s.block[rate - 1] ^= 0x80;
  absorb<kWhich>(s, s.block);
  for (size_t at = 0; at < out.size(); at += rate) {
    if (at != 0) keccak(s.words);
    std::memcpy(out.data() + at, s.words, std::min<size_t>(rate, out.size() - at));
  }
}

// --- BLAKE2

constexpr uint8_t kSigma[10][16] = {
    {0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15}, {14, 10, 4, 8, 9, 15, 13, 6, 1, 12, 0, 2, 11, 7, 5, 3},
    {11, 8, 12, 0, 5, 2, 15, 13, 10, 14, 3, 6, 7, 1, 9, 4}, {7, 9, 3, 1, 13, 12, 11, 14, 2, 6, 5, 10, 4, 0, 15, 8},
    {9, 0, 5, 7, 2, 4, 10, 15, 14, 1, 11, 12, 6, 8, 3, 13}, {2, 12, 6, 10, 0, 11, 8, 3, 4, 13, 7, 5, 15, 14, 1, 9},
    {12, 5, 1, 15, 14, 13, 4, 10, 0, 7, 6, 3, 9, 2, 8, 11}, {13, 11, 7, 14, 12, 1, 3, 9, 5, 0, 15, 4, 8, 6, 2, 10},
    {6, 15, 14, 9, 11, 3, 0, 8, 12, 2, 13, 7, 1, 4, 10, 5}, {10, 2, 8, 4, 7, 6, 1, 5, 15, 11, 9, 14, 3, 12, 13, 0},
};

template <class Word>
void mix_blake2(State& s, const uint8_t* block, bool last) {
  constexpr bool kWide = sizeof(Word) == 8;
  constexpr int kTurns[4] = {kWide ? 32 : 16, kWide ? 24 : 12, kWide ? 16 : 8, kWide ? 63 : 7};
  constexpr uint8_t kColumns[8][4] = {{0, 4, 8, 12},  {1, 5, 9, 13},  {2, 6, 10, 14}, {3, 7, 11, 15},
                                      {0, 5, 10, 15}, {1, 6, 11, 12}, {2, 7, 8, 13},  {3, 4, 9, 14}};
  auto start = [](int i) { return static_cast<Word>(kWide ? kStart512[i] : kStart512[i] >> 32); };
  Word m[16], v[16];
  std::memcpy(m, block, sizeof m);
  for (int i = 0; i < 8; ++i) {
    v[i] = static_cast<Word>(s.words[i]);
    v[i + 8] = start(i);
  }
  v[12] ^= static_cast<Word>(s.length);
  v[13] ^= static_cast<Word>(kWide ? 0 : s.length >> 32);
  if (last) v[14] = static_cast<Word>(~v[14]);
  if (last && s.last_node) v[15] = static_cast<Word>(~v[15]);
  for (int round = 0; round < (kWide ? 12 : 10); ++round) {
    const uint8_t* order = kSigma[round % 10];
    for (int i = 0; i < 8; ++i) {
      Word &a = v[kColumns[i][0]], &b = v[kColumns[i][1]], &c = v[kColumns[i][2]], &d = v[kColumns[i][3]];
      a += b + m[order[2 * i]];
      d = std::rotr(static_cast<Word>(d ^ a), kTurns[0]);
      c += d;
      b = std::rotr(static_cast<Word>(b ^ c), kTurns[1]);
      a += b + m[order[2 * i + 1]];
      d = std::rotr(static_cast<Word>(d ^ a), kTurns[2]);
      c += d;
      b = std::rotr(static_cast<Word>(b ^ c), kTurns[3]);
    }
  }
  for (int i = 0; i < 8; ++i) s.words[i] = static_cast<Word>(static_cast<Word>(s.words[i]) ^ v[i] ^ v[i + 8]);
}
template <class Word>
void compress_blake2(State& s, const uint8_t* block) {
  s.length += 16 * sizeof(Word);
  mix_blake2<Word>(s, block, false);
  s.length -= 16 * sizeof(Word);  // add() counts it
}
template <class Word>
void finish_blake2(State& s, std::span<uint8_t> out) {
  std::memset(s.block + s.fill, 0, 16 * sizeof(Word) - s.fill);
  s.length += s.fill;
  mix_blake2<Word>(s, s.block, true);
  write_words<Word>(s, out, false);
}
template <Which kWhich>
void begin_plain_blake2(State& s) {
  Blake2Parameters p{};
  p.digest_size = static_cast<uint8_t>(kFunctions[kWhich].size);
  p.fanout = p.depth = 1;
  begin_blake2(kFunctions[kWhich], s, p);
}

}  // namespace

const Function kFunctions[kCount] = {
    {"md5", 16, 64, begin_md5, compress_md5, finish_md5},
    {"sha1", 20, 64, begin_sha1, compress_sha1, finish_sha1},
    {"sha224", 28, 64, begin_sha224, compress_sha2<uint32_t, 64>, finish_sha256},
    {"sha256", 32, 64, begin_sha256, compress_sha2<uint32_t, 64>, finish_sha256},
    {"sha384", 48, 128, begin_sha384, compress_sha2<uint64_t, 80>, finish_sha512},
    {"sha512", 64, 128, begin_sha512, compress_sha2<uint64_t, 80>, finish_sha512},
    {"sha3_224", 28, 144, begin_sponge, absorb<kSha3_224>, squeeze<kSha3_224>, 0x06},
    {"sha3_256", 32, 136, begin_sponge, absorb<kSha3_256>, squeeze<kSha3_256>, 0x06},
    {"sha3_384", 48, 104, begin_sponge, absorb<kSha3_384>, squeeze<kSha3_384>, 0x06},
    {"sha3_512", 64, 72, begin_sponge, absorb<kSha3_512>, squeeze<kSha3_512>, 0x06},
    {"shake_128", 0, 168, begin_sponge, absorb<kShake128>, squeeze<kShake128>, 0x1f},
    {"shake_256", 0, 136, begin_sponge, absorb<kShake256>, squeeze<kShake256>, 0x1f},
    {"blake2b", 64, 128, begin_plain_blake2<kBlake2b>, compress_blake2<uint64_t>, finish_blake2<uint64_t>},
    {"blake2s", 32, 64, begin_plain_blake2<kBlake2s>, compress_blake2<uint32_t>, finish_blake2<uint32_t>},
};

void begin(const Function& f, State& s) {
  s.fill = 0;
  s.length = 0;
  s.size = f.size;
  s.last_node = false;
  f.begin(s);
}

void add(const Function& f, State& s, const uint8_t* data, size_t n) {
  while (n != 0) {
    if (s.fill == f.block) {
      f.compress(s, s.block);
      s.length += f.block;
      s.fill = 0;
    }
    size_t part = std::min<size_t>(n, f.block - s.fill);
    std::memcpy(s.block + s.fill, data, part);
    s.fill += static_cast<uint32_t>(part);
    data += part;
    n -= part;
  }
}

void begin_blake2(const Function& f, State& s, const Blake2Parameters& p) {
  bool wide = &f == &kFunctions[kBlake2b];
  uint8_t block[64] = {p.digest_size, p.key_size, p.fanout, p.depth};
  std::memcpy(block + 4, &p.leaf_size, 4);
  std::memcpy(block + 8, &p.node_offset, wide ? 8 : 6);
  size_t at = wide ? 16 : 14;
  block[at] = p.node_depth;
  block[at + 1] = p.inner_size;
  size_t width = wide ? 16 : 8;
  std::memcpy(block + (wide ? 32 : 16), p.salt, width);
  std::memcpy(block + (wide ? 48 : 24), p.person, width);
  for (int i = 0; i < 8; ++i)
    s.words[i] = wide ? kStart512[i] ^ little64(block + i * 8) : (kStart512[i] >> 32) ^ little32(block + i * 4);
  s.size = p.digest_size;
  s.last_node = p.last_node;
  s.fill = 0;
  s.length = 0;
  if (p.key_size == 0) return;
  std::memset(s.block, 0, f.block);
  std::memcpy(s.block, p.key, p.key_size);
  s.fill = f.block;
}

}  // namespace krait::digest
