#include "observe/gzip.hpp"

#include <cstdint>
#include <cstring>
#include <vector>

namespace krait {
namespace {

class Bits {
 public:
  explicit Bits(std::string& out) : out_(out) {}
  void put(uint32_t value, int count) {
    held_ |= static_cast<uint64_t>(value) << filled_;
    filled_ += count;
    while (filled_ >= 8) {
      out_ += static_cast<char>(held_ & 0xFF);
      held_ >>= 8;
      filled_ -= 8;
    }
  }
  /// A Huffman code: its first bit is the highest.
  void code(uint32_t value, int count) {
    uint32_t turned = 0;
    for (int i = 0; i < count; ++i) turned |= (value >> i & 1) << (count - 1 - i);
    put(turned, count);
  }
  void end() {
    if (filled_ > 0) put(0, 8 - filled_);
  }

 private:
  std::string& out_;
  uint64_t held_ = 0;
  int filled_ = 0;
};

void literal(Bits& bits, uint32_t symbol) {
  if (symbol < 144) {
    bits.code(0x30 + symbol, 8);
  } else if (symbol < 256) {
    bits.code(0x190 + symbol - 144, 9);
  } else if (symbol < 280) {
    bits.code(symbol - 256, 7);
  } else {
    bits.code(0xC0 + symbol - 280, 8);
  }
}

/// Base values double with each extra bit: four lengths, two distances per bit.
void length(Bits& bits, uint32_t n) {
  if (n == 258) return literal(bits, 285);
  uint32_t v = n - 3;
  if (v < 8) return literal(bits, 257 + v);
  int extra = 29 - __builtin_clz(v);
  literal(bits, 257 + 4 * static_cast<uint32_t>(extra) + (v >> extra));
  bits.put(v & ((1u << extra) - 1), extra);
}
void distance(Bits& bits, uint32_t n) {
  uint32_t v = n - 1;
  if (v < 4) return bits.code(v, 5);
  int extra = 30 - __builtin_clz(v);
  bits.code(2 * static_cast<uint32_t>(extra) + (v >> extra), 5);
  bits.put(v & ((1u << extra) - 1), extra);
}

uint32_t crc32(std::string_view data) {
  uint32_t table[256];
  for (uint32_t i = 0; i < 256; ++i) {
    uint32_t c = i;
    for (int k = 0; k < 8; ++k) c = c & 1 ? 0xEDB88320u ^ c >> 1 : c >> 1;
    table[i] = c;
  }
  uint32_t crc = 0xFFFFFFFFu;
  for (unsigned char c : data) crc = table[(crc ^ c) & 0xFF] ^ crc >> 8;
  return ~crc;
}

}  // namespace

std::string gzip(std::string_view data) {
  std::string out("\x1f\x8b\x08\0\0\0\0\0\0\xff", 10);
  Bits bits(out);
  bits.put(1, 1);  // the last block
  bits.put(1, 2);  // fixed codes
  constexpr size_t kWindow = 32768, kHash = 1 << 15;
  std::vector<int64_t> last(kHash, -1);
  for (size_t i = 0; i < data.size();) {
    size_t best = 0;
    size_t from = 0;
    if (i + 4 <= data.size()) {
      uint32_t word;
      std::memcpy(&word, data.data() + i, 4);
      int64_t& slot = last[word * 2654435761u >> 17];
      if (slot >= 0 && i - static_cast<size_t>(slot) <= kWindow) {
        from = static_cast<size_t>(slot);
        size_t most = std::min<size_t>(258, data.size() - i);
        while (best < most && data[from + best] == data[i + best]) ++best;
      }
      slot = static_cast<int64_t>(i);
    }
    if (best >= 4) {
      length(bits, static_cast<uint32_t>(best));
      distance(bits, static_cast<uint32_t>(i - from));
      i += best;
    } else {
      literal(bits, static_cast<unsigned char>(data[i++]));
    }
  }
  literal(bits, 256);
  bits.end();
  uint32_t tail[2] = {crc32(data), static_cast<uint32_t>(data.size())};
  for (uint32_t word : tail)
    for (int k = 0; k < 4; ++k) out += static_cast<char>(word >> 8 * k & 0xFF);
  return out;
}

}  // namespace krait
