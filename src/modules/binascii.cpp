// binascii: bytes as ASCII text (hexadecimal, base64, quoted-printable, uuencode) and back, and two checksums.
#include <array>
#include <cstring>

#include "objects/bytes.hpp"
#include "objects/bytes_methods.hpp"
#include "objects/dict.hpp"
#include "objects/exception.hpp"
#include "objects/int.hpp"
#include "objects/module.hpp"
#include "objects/native.hpp"
#include "objects/operations.hpp"
#include "objects/quick.hpp"
#include "objects/sequences.hpp"
#include "objects/str.hpp"
#include "objects/text_args.hpp"
#include "objects/type.hpp"

namespace krait {
namespace {

struct State : Extension {
  Type *error = nullptr, *incomplete = nullptr;
  void trace(Marker& m) override {
    m.mark_cell(error);
    m.mark_cell(incomplete);
  }
};

template <class... Parts>
Error raise(Vm& vm, const char* format, const Parts&... parts) {
  return vm.raise(vm.extension<State>().error, format, parts...);
}

/// Bytes that are filled from the front; what is not needed in the end is cut off.
class Output {
 public:
  explicit Output(Vm& vm) : vm_(vm) {}
  Status reserve(uint64_t most) {
    buffer_ = TRY(bytes_allocate(vm_, most));
    return {};
  }
  void put(uint8_t byte) { buffer_->data[size_++] = byte; }
  uint8_t& last() { return buffer_->data[size_ - 1]; }
  uint64_t size() const { return size_; }
  Value finish() {
    if (size_ == buffer_->length) return buffer_;
    return bytes_from(vm_, std::span<const uint8_t>(buffer_->data, size_));
  }

 private:
  Vm& vm_;
  Bytes* buffer_ = nullptr;
  uint64_t size_ = 0;
};

/// A function's data: any bytes, or a str of ASCII characters only.
class Text {
 public:
  explicit Text(Vm& vm) : vm_(vm), buffer_(vm) {}
  Status acquire(Value v) {
    if (is_str(v)) {
      if (!as_str(v)->is_ascii())
        return vm_.raise(E::ValueError, "string argument should contain only ASCII characters");
      view_ = as_str(v)->ascii();
      return {};
    }
    if (!has_buffer(vm_, v))
      return vm_.raise(E::TypeError, "argument should be bytes, buffer or ASCII string, not '{}'", type_name_of(v));
    TRY(buffer_.acquire(v));
    view_ = buffer_.view();
    return {};
  }
  uint64_t size() const { return view_.size(); }
  uint8_t operator[](uint64_t i) const { return static_cast<uint8_t>(view_[i]); }

 private:
  Vm& vm_;
  ScopedBuffer buffer_;
  std::string_view view_;
};

Status acquire_bytes(Vm& vm, ScopedBuffer& buffer, Value v) {
  if (!has_buffer(vm, v)) return vm.raise(E::TypeError, "a bytes-like object is required, not '{}'", type_name_of(v));
  return buffer.acquire(v);
}

int hex_digit(uint8_t c) {
  if (c >= '0' && c <= '9') return c - '0';
  c |= 32;
  return c >= 'a' && c <= 'f' ? c - 'a' + 10 : -1;
}

// --- Hexadecimal

Value b2a_hex(Vm& vm, Args a) {
  ScopedBuffer data(vm);
  TRY(acquire_bytes(vm, data, a[0]));
  Value text = TRY(bytes_hex(vm, {data.get().data, static_cast<size_t>(data.get().length)}, a[1], a[2]));
  return bytes_from(vm, as_str(text)->ascii());
}

Value a2b_hex(Vm& vm, Args a) {
  Text text(vm);
  TRY(text.acquire(a[0]));
  if (text.size() % 2 != 0) return raise(vm, "Odd-length string");
  Output out(vm);
  TRY(out.reserve(text.size() / 2));
  for (uint64_t i = 0; i < text.size(); i += 2) {
    POLL_EVERY_1024(vm, i / 2);
    int high = hex_digit(text[i]), low = hex_digit(text[i + 1]);
    if (high < 0 || low < 0) return raise(vm, "Non-hexadecimal digit found");
    out.put(static_cast<uint8_t>(high << 4 | low));
  }
  return out.finish();
}

// --- Base64 (RFC 4648)

constexpr char kBase64[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
constexpr auto kBase64Values = [] {
  std::array<uint8_t, 256> table{};
  for (auto& v : table) v = 255;
  for (uint8_t i = 0; i < 64; ++i) table[static_cast<uint8_t>(kBase64[i])] = i;
  return table;
}();

Value b2a_base64(Vm& vm, Args a) {
  ScopedBuffer data(vm);
  TRY(acquire_bytes(vm, data, a[0]));
  bool newline = TRY(truth_argument(vm, a, 1, true));
  const uint8_t* in = data.get().data;
  auto n = static_cast<uint64_t>(data.get().length);
  if (n > (uint64_t{1} << 60)) return raise(vm, "Too much data for base64 line");
  Output out(vm);
  TRY(out.reserve((n + 2) / 3 * 4 + newline));
  for (uint64_t i = 0; i < n; i += 3) {
    POLL_EVERY_1024(vm, i / 3);
    uint64_t have = std::min<uint64_t>(3, n - i);
    uint32_t word = static_cast<uint32_t>(in[i]) << 16;
    if (have > 1) word |= static_cast<uint32_t>(in[i + 1]) << 8;
    if (have > 2) word |= in[i + 2];
    for (uint64_t k = 0; k < 4; ++k)
      out.put(k <= have ? static_cast<uint8_t>(kBase64[word >> (18 - 6 * k) & 63]) : '=');
  }
  if (newline) out.put('\n');
  return out.finish();
}

Value a2b_base64(Vm& vm, Args a) {
  Text text(vm);
  TRY(text.acquire(a[0]));
  bool strict = TRY(truth_argument(vm, a, 1, false));
  Output out(vm);
  TRY(out.reserve((text.size() + 3) / 4 * 3));
  if (strict && text.size() != 0 && text[0] == '=') return raise(vm, "Leading padding not allowed");
  uint32_t word = 0, place = 0, pads = 0;  // place: characters of the running group of four
  bool padding_began = false;
  for (uint64_t i = 0; i < text.size(); ++i) {
    POLL_EVERY_1024(vm, i);
    if (text[i] == '=') {
      padding_began = true;
      if (place >= 2 && place + ++pads >= 4) {
        if (strict && i + 1 < text.size()) return raise(vm, "Excess data after padding");
        return out.finish();
      }
      continue;
    }
    uint8_t value = kBase64Values[text[i]];
    if (value > 63) {
      if (strict) return raise(vm, "Only base64 data is allowed");
      continue;
    }
    if (strict && padding_began) return raise(vm, "Discontinuous padding not allowed");
    pads = 0;
    word = word << 6 | value;
    if (++place > 1) out.put(static_cast<uint8_t>(word >> (8 - 2 * place)));
    place &= 3;
  }
  if (place == 1)
    return raise(vm,
                 "Invalid base64-encoded string: number of data characters ({}) cannot be 1 more than a multiple of 4",
                 out.size() / 3 * 4 + 1);
  if (place != 0) return raise(vm, "Incorrect padding");
  return out.finish();
}

// --- Quoted-printable (RFC 2045)

constexpr uint64_t kLine = 76;

bool ends_line(uint8_t c) { return c == '\n' || c == '\r'; }

Value a2b_qp(Vm& vm, Args a) {
  Text text(vm);
  TRY(text.acquire(a[0]));
  bool header = TRY(truth_argument(vm, a, 1, false));
  Output out(vm);
  TRY(out.reserve(text.size()));
  uint64_t n = text.size();
  for (uint64_t i = 0; i < n;) {
    POLL_EVERY_1024(vm, i);
    uint8_t c = text[i++];
    if (c != '=') {
      out.put(header && c == '_' ? ' ' : c);
      continue;
    }
    if (i >= n) break;
    if (ends_line(text[i])) {  // a soft line break is nothing
      while (i < n && text[i] != '\n') ++i;
      if (i < n) ++i;
    } else if (text[i] == '=') {
      out.put('=');
      ++i;
    } else if (i + 1 < n && hex_digit(text[i]) >= 0 && hex_digit(text[i + 1]) >= 0) {
      out.put(static_cast<uint8_t>(hex_digit(text[i]) << 4 | hex_digit(text[i + 1])));
      i += 2;
    } else {
      out.put('=');
    }
  }
  return out.finish();
}

/// Writes quoted-printable text, counting the columns.
class QpWriter {
 public:
  QpWriter(Output& out, bool crlf) : out_(out), crlf_(crlf) {}
  uint64_t column() const { return column_; }
  void end_line() {
    if (crlf_) out_.put('\r');
    out_.put('\n');
    column_ = 0;
  }
  void soft_break() {
    out_.put('=');
    end_line();
  }
  void plain(uint8_t c) {
    out_.put(c);
    ++column_;
  }
  void quoted(uint8_t c) {
    if (column_ + 3 >= kLine) soft_break();
    out_.put('=');
    hex(c);
    column_ += 3;
  }
  /// A blank at the end of a line would be lost.
  void quote_last_blank() {
    if (out_.size() == 0 || (out_.last() != ' ' && out_.last() != '\t')) return;
    uint8_t c = out_.last();
    out_.last() = '=';
    hex(c);
  }

 private:
  void hex(uint8_t c) {
    out_.put(static_cast<uint8_t>("0123456789ABCDEF"[c >> 4]));
    out_.put(static_cast<uint8_t>("0123456789ABCDEF"[c & 15]));
  }
  Output& out_;
  bool crlf_;
  uint64_t column_ = 0;
};

Value b2a_qp(Vm& vm, Args a) {
  ScopedBuffer buffer(vm);
  TRY(acquire_bytes(vm, buffer, a[0]));
  bool quote_tabs = TRY(truth_argument(vm, a, 1, false));
  bool is_text = TRY(truth_argument(vm, a, 2, true));
  bool header = TRY(truth_argument(vm, a, 3, false));
  std::string_view data = buffer.view();
  uint64_t n = data.size();
  size_t first = data.find('\n');
  bool crlf = first != data.npos && first > 0 && data[first - 1] == '\r';
  Output out(vm);
  if (n > (uint64_t{1} << 58)) return vm.raise_memory_error();
  TRY(out.reserve(n * 6 + 8));  // each byte quoted, and a soft break for every line of them
  QpWriter writer(out, crlf);
  for (uint64_t i = 0; i < n;) {
    POLL_EVERY_1024(vm, i);
    auto c = static_cast<uint8_t>(data[i]);
    bool last = i + 1 == n;
    uint8_t next = last ? 0 : static_cast<uint8_t>(data[i + 1]);
    bool blank = c == ' ' || c == '\t';
    bool lone_dot = c == '.' && writer.column() == 0 && (last || ends_line(next) || next == 0);
    bool quote = c > 126 || c == '=' || (header && c == '_') || lone_dot || (!is_text && ends_line(c)) ||
                 (blank && last) || (c < 33 && !ends_line(c) && (quote_tabs || !blank));
    if (quote) {
      writer.quoted(c);
      ++i;
    } else if (is_text && (c == '\n' || (c == '\r' && next == '\n'))) {
      writer.quote_last_blank();
      writer.end_line();
      i += c == '\r' ? 2 : 1;
    } else {
      if (!last && next != '\n' && writer.column() + 1 >= kLine) writer.soft_break();
      writer.plain(header && c == ' ' ? '_' : c);
      ++i;
    }
  }
  return out.finish();
}

// --- uuencode

Value a2b_uu(Vm& vm, Args a) {
  Text text(vm);
  TRY(text.acquire(a[0]));
  uint32_t left = text.size() == 0 ? 32 : (text[0] - uint32_t{' '}) & 63;  // the line says how many bytes it holds
  Output out(vm);
  TRY(out.reserve(left));
  uint32_t word = 0, bits = 0;
  uint64_t i = 1;
  for (; left > 0; ++i) {
    uint32_t value = 0;  // blanks at the end of a line may have been eaten
    if (i < text.size() && !ends_line(text[i])) {
      if (text[i] < ' ' || text[i] > ' ' + 64) return raise(vm, "Illegal char");
      value = (text[i] - uint32_t{' '}) & 63;
    }
    word = word << 6 | value;
    bits += 6;
    if (bits < 8) continue;
    bits -= 8;
    out.put(static_cast<uint8_t>(word >> bits));
    --left;
  }
  for (; i < text.size(); ++i)
    if (text[i] != ' ' && text[i] != ' ' + 64 && !ends_line(text[i])) return raise(vm, "Trailing garbage");
  return out.finish();
}

Value b2a_uu(Vm& vm, Args a) {
  ScopedBuffer buffer(vm);
  TRY(acquire_bytes(vm, buffer, a[0]));
  bool backtick = TRY(truth_argument(vm, a, 1, false));
  auto n = static_cast<uint64_t>(buffer.get().length);
  if (n > 45) return raise(vm, "At most 45 bytes at once");
  auto character = [&](uint32_t value) { return static_cast<uint8_t>(backtick && value == 0 ? '`' : ' ' + value); };
  const uint8_t* in = buffer.get().data;
  Output out(vm);
  TRY(out.reserve(2 + (n + 2) / 3 * 4));
  out.put(character(static_cast<uint32_t>(n)));
  for (uint64_t i = 0; i < n; i += 3) {
    uint32_t word = static_cast<uint32_t>(in[i]) << 16;
    if (i + 1 < n) word |= static_cast<uint32_t>(in[i + 1]) << 8;
    if (i + 2 < n) word |= in[i + 2];
    for (int shift = 18; shift >= 0; shift -= 6) out.put(character(word >> shift & 63));
  }
  out.put('\n');
  return out.finish();
}

// --- Checksums

constexpr auto kCrc32 = [] {
  std::array<uint32_t, 256> table{};
  for (uint32_t i = 0; i < 256; ++i) {
    uint32_t crc = i;
    for (int bit = 0; bit < 8; ++bit) crc = crc & 1 ? 0xEDB88320u ^ crc >> 1 : crc >> 1;
    table[i] = crc;
  }
  return table;
}();

/// The low 32 bits of any int.
Result<uint32_t> low_bits(Vm& vm, Value v) {
  Value i = TRY(index(vm, v));
  Value low = TRY(binary(vm, BinaryOp::And, i, Value::small_int(0xFFFFFFFF)));
  return static_cast<uint32_t>(low.as_small_int());
}

Value crc32(Vm& vm, Args a) {
  ScopedBuffer buffer(vm);
  TRY(acquire_bytes(vm, buffer, a[0]));
  uint32_t crc = ~(a.has(1) ? TRY(low_bits(vm, a[1])) : 0u);
  uint64_t i = 0;
  for (char c : buffer.view()) {
    POLL_EVERY_1024(vm, i++);
    crc = kCrc32[(crc ^ static_cast<uint8_t>(c)) & 255] ^ crc >> 8;
  }
  return Value::small_int(~crc);
}

/// The checksum of binhex4: CRC-CCITT.
Value crc_hqx(Vm& vm, Args a) {
  ScopedBuffer buffer(vm);
  TRY(acquire_bytes(vm, buffer, a[0]));
  uint32_t crc = TRY(low_bits(vm, a[1])) & 0xFFFF;
  uint64_t i = 0;
  for (char c : buffer.view()) {
    POLL_EVERY_1024(vm, i++);
    crc ^= static_cast<uint32_t>(static_cast<uint8_t>(c)) << 8;
    for (int bit = 0; bit < 8; ++bit) crc = (crc & 0x8000 ? crc << 1 ^ 0x1021 : crc << 1) & 0xFFFF;
  }
  return Value::small_int(crc);
}

constexpr const char* kHexDoc = "Hexadecimal digits of the data, with sep between every bytes_per_sep bytes.";

constexpr NativeRow kFunctions[] = {
    {"a2b_uu(data, /)", a2b_uu, 0, "Decode a line of uuencoded data."},
    {"b2a_uu(data, /, *, backtick=False)", b2a_uu, 0, "Uuencode a line of data."},
    {"a2b_base64(data, /, *, strict_mode=False)", a2b_base64, 0, "Decode a line of base64 data."},
    {"b2a_base64(data, /, *, newline=True)", b2a_base64, 0, "Base64-code a line of data."},
    {"a2b_hex(hexstr, /)", a2b_hex, 0, "Binary data of hexadecimal representation."},
    {"unhexlify(hexstr, /)", a2b_hex, 0, "Binary data of hexadecimal representation."},
    {"b2a_hex(data, sep=<unrepresentable>, bytes_per_sep=1)", b2a_hex, 0, kHexDoc},
    {"hexlify(data, sep=<unrepresentable>, bytes_per_sep=1)", b2a_hex, 0, kHexDoc},
    {"a2b_qp(data, header=False)", a2b_qp, 0, "Decode a string of quoted-printable data."},
    {"b2a_qp(data, quotetabs=False, istext=True, header=False)", b2a_qp, 0,
     "Encode a string using quoted-printable encoding."},
    {"crc32(data, crc=0, /)", crc32, 0, "Compute CRC-32 incrementally."},
    {"crc_hqx(data, crc, /)", crc_hqx, 0, "Compute CRC-CCITT incrementally."},
};

Result<Type*> add_exception(Vm& vm, Module* m, const char* name, E base) {
  Dict* ns = TRY(dict_new(vm));
  TRY(dict_set_str(vm, ns, vm.names.d_module, TRY(vm.intern("binascii"))));
  Tuple* bases = TRY(tuple_of(vm, vm.exception_type(base)));
  Value made = TRY(type_new(vm, vm.types.type, TRY(vm.intern(name)), bases, ns, nullptr));
  TRY(module_add(vm, m, name, made));
  return as_type(made);
}

Status init(Vm& vm, Module* m) {
  State& s = vm.extension<State>();
  s.error = TRY(add_exception(vm, m, "Error", E::ValueError));
  s.incomplete = TRY(add_exception(vm, m, "Incomplete", E::Exception));
  return {};
}

}  // namespace

extern constinit const ModuleSpec binascii_module{
    .name = "binascii",
    .doc = "Conversion between binary data and ASCII",
    .functions = kFunctions,
    .init = init,
};

}  // namespace krait
