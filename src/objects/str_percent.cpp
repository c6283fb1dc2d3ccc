// printf-like formatting: `format % arguments` for str, and for bytes and bytearray.
#include <cstring>

#include "base/float_text.hpp"
#include "objects/bytes_methods.hpp"
#include "objects/float.hpp"
#include "objects/int_limbs.hpp"
#include "objects/str_methods.hpp"
#include "objects/text_args.hpp"

namespace krait {

namespace {

/// One conversion as written.
struct Conversion {
  bool left = false, plus = false, blank = false, alternate = false, zero = false;
  int64_t width = -1, precision = -1;
  char32_t code = 0;
};

/// A converted value: its text, and what of it stands before any zeros that fill the width.
struct Converted {
  std::string_view ascii;
  const Str* text = nullptr;       ///< instead of ascii, for str
  std::span<const uint8_t> bytes;  ///< instead of ascii, for bytes
  uint64_t length = 0;             ///< used of it
  char sign = 0;
  std::string_view prefix;
  uint64_t zeros = 0;  ///< before the digits, from the precision of an integer
  bool number = false;
};

[[gnu::cold]] Error wrong_number(Vm& vm, const Conversion& c, Value v) {
  bool integral = c.code == 'x' || c.code == 'X' || c.code == 'o';
  return vm.raise(
      E::TypeError,
      integral ? "%{} format: an integer is required, not {}" : "%{} format: a real number is required, not {}",
      static_cast<char>(c.code), type_name_of(v));
}

/// The text of a str (bytes) under construction and of its format, in the one or the other kind.
struct StrSide {
  using Format = Str*;
  StrBuilder out;
  explicit StrSide(Vm& vm) : out(vm) {}
  static uint64_t length(Format f) { return f->length; }
  static char32_t at(Format f, uint64_t i) { return f->at(i); }
  static Value key(Vm& vm, Format f, uint64_t begin, uint64_t end) { return str_substring(vm, f, begin, end); }
  Status literal(Format f, uint64_t begin, uint64_t end) { return out.append(f, begin, end); }
  Status repeated(char c, uint64_t n) { return out.append_repeated(static_cast<char32_t>(c), n); }
  Status ascii(std::string_view s) { return out.append_ascii(s); }
  Status body(const Converted& v) {
    if (v.text != nullptr) return out.append(v.text, 0, v.length);
    return out.append_ascii(v.ascii.substr(0, v.length));
  }
};

struct BytesSide {
  using Format = const SelfBytes*;
  Vm& vm;
  Storage* storage = nullptr;
  uint64_t size = 0;
  explicit BytesSide(Vm& machine) : vm(machine) {}
  static uint64_t length(Format f) { return f->size; }
  static char32_t at(Format f, uint64_t i) { return f->data[i]; }
  static Value key(Vm& vm, Format f, uint64_t begin, uint64_t end) {
    return bytes_from(vm, f->span().subspan(begin, end - begin));
  }
  Result<uint8_t*> more(uint64_t n) {
    if (n > kMaxBytesLength || size + n > kMaxBytesLength) return vm.raise_memory_error();
    if (storage == nullptr || size + n > storage->capacity)
      storage = TRY(vm.resize_storage(storage, (size + n) + (size + n) / 4 + 32));
    size += n;
    return storage->data<uint8_t>() + size - n;
  }
  Status put(const void* from, uint64_t n) {
    uint8_t* to = TRY(more(n));
    if (n > 0) std::memcpy(to, from, n);
    return {};
  }
  Status literal(Format f, uint64_t begin, uint64_t end) { return put(f->data + begin, end - begin); }
  Status repeated(char c, uint64_t n) {
    uint8_t* to = TRY(more(n));
    std::memset(to, c, n);
    return {};
  }
  Status ascii(std::string_view s) { return put(s.data(), s.size()); }
  Status body(const Converted& v) {
    if (v.bytes.data() != nullptr) return put(v.bytes.data(), v.length);
    return put(v.ascii.data(), v.length);
  }
};

template <class Side>
class Percent {
 public:
  Percent(Vm& vm, typename Side::Format format, Value args, bool mapping_allowed)
      : vm_(vm), side_(vm), format_(format), mapping_(mapping_allowed ? args : Value()) {
    if (is_tuple(args)) {
      tuple_ = args.as<Tuple>();
    } else {
      single_ = args;
    }
  }
  Side& side() { return side_; }
  /// There was no conversion, not even %%.
  bool plain() const { return plain_; }

  Status run() {
    uint64_t n = Side::length(format_);
    while (at_ < n) {
      uint64_t begin = at_;
      while (at_ < n && Side::at(format_, at_) != '%') ++at_;
      TRY(side_.literal(format_, begin, at_));
      if (at_ == n) break;
      plain_ = false;
      ++at_;
      TRY(vm_.poll());
      if (at_ < n && Side::at(format_, at_) == '%') {
        ++at_;
        TRY(side_.repeated('%', 1));
        continue;
      }
      Conversion c;
      TRY(read(c));
      Value v = TRY(next_argument());
      TRY(convert(c, v));
    }
    bool left = tuple_ != nullptr ? next_ < tuple_->length : !single_.is_unset() && !used_;
    if (left && mapping_.is_unset())
      return vm_.raise(E::TypeError, std::is_same_v<Side, StrSide>
                                         ? "not all arguments converted during string formatting"
                                         : "not all arguments converted during bytes formatting");
    return {};
  }

 private:
  Value next_argument() {
    if (keyed_) {
      if (key_used_) return vm_.raise(E::TypeError, "not enough arguments for format string");
      key_used_ = true;
      return keyed_value_;
    }
    if (tuple_ != nullptr) {
      if (next_ < tuple_->length) return tuple_->items[next_++];
    } else if (!used_) {
      used_ = true;
      return single_;
    }
    return vm_.raise(E::TypeError, "not enough arguments for format string");
  }

  Result<char32_t> next_char() {
    if (at_ >= Side::length(format_)) return vm_.raise(E::ValueError, "incomplete format");
    return Side::at(format_, at_++);
  }

  /// A width or precision: digits, or '*' for an argument.
  Status read_number(char32_t& c, int64_t& out, int64_t limit, const char* too_big, const char* c_type) {
    if (c == '*') {
      Value v = TRY(next_argument());
      if (!is_int(v)) return vm_.raise(E::TypeError, "* wants int");
      out = TRY(int_to_i64_checked(vm_, v, c_type));
      if (out > limit || out < -limit - 1)
        return vm_.raise(E::OverflowError, "Python int too large to convert to {}", c_type);
      if (out == INT64_MIN)
        return vm_.raise(E::OverflowError, too_big);  // to the left, and of a width that has no number
      c = TRY(next_char());
      return {};
    }
    out = 0;
    while (c - '0' < 10) {
      if (out > (limit - 9) / 10) return vm_.raise(E::ValueError, too_big);
      out = out * 10 + static_cast<int64_t>(c - '0');
      c = TRY(next_char());
    }
    return {};
  }

  Status read(Conversion& out) {
    char32_t c = TRY(next_char());
    if (c == '(') {
      if (mapping_.is_unset()) return vm_.raise(E::TypeError, "format requires a mapping");
      uint64_t begin = at_, n = Side::length(format_);
      int depth = 1;
      while (at_ < n) {
        char32_t k = Side::at(format_, at_++);
        if (k == '(') ++depth;
        if (k == ')' && --depth == 0) break;
      }
      if (depth > 0) return vm_.raise(E::ValueError, "incomplete format key");
      Value key = TRY(Side::key(vm_, format_, begin, at_ - 1));
      keyed_value_ = TRY(get_item(vm_, mapping_, key));
      keyed_ = true;
      key_used_ = false;
      c = TRY(next_char());
    }
    for (;; c = TRY(next_char())) {
      if (c == '-') {
        out.left = true;
      } else if (c == '+') {
        out.plus = true;
      } else if (c == ' ') {
        out.blank = true;
      } else if (c == '#') {
        out.alternate = true;
      } else if (c == '0') {
        out.zero = true;
      } else {
        break;
      }
    }
    if (c == '*' || c - '0' < 10) {
      TRY(read_number(c, out.width, INT64_MAX, "width too big", "C ssize_t"));
      if (out.width < 0) {
        out.left = true;
        out.width = out.width == INT64_MIN ? INT64_MAX : -out.width;
      }
    }
    if (c == '.') {
      c = TRY(next_char());
      TRY(read_number(c, out.precision, INT32_MAX, std::is_same_v<Side, StrSide> ? "precision too big" : "prec too big",
                      "C int"));
      out.precision = std::max<int64_t>(out.precision, 0);
    }
    if (c == 'h' || c == 'l' || c == 'L') c = TRY(next_char());
    out.code = c;
    return {};
  }

  Status convert(const Conversion& c, Value v) {
    switch (c.code) {
      case 'd':
      case 'i':
      case 'u':
      case 'o':
      case 'x':
      case 'X': return integer(c, v);
      case 'e':
      case 'E':
      case 'f':
      case 'F':
      case 'g':
      case 'G': return real(c, v);
      default: break;
    }
    if constexpr (std::is_same_v<Side, StrSide>) {
      return text(c, v);
    } else {
      return binary(c, v);
    }
  }

  [[gnu::cold]] Error unsupported(const Conversion& c) {
    char code[16];
    std::snprintf(code, sizeof code, "%x", static_cast<unsigned>(c.code));
    Str* shown = TRY(str_from_char(vm_, c.code > 31 && c.code < 128 ? c.code : U'?'));
    return vm_.raise(E::ValueError, "unsupported format character '{}' (0x{}) at index {}", shown,
                     static_cast<const char*>(code), at_ - 1);
  }

  Status emit_text(const Conversion& c, const Str* s) {
    Converted out;
    out.text = s;
    out.length = s->length;
    if (c.precision >= 0 && c.code != 'c') out.length = std::min(out.length, static_cast<uint64_t>(c.precision));
    return emit(c, out);
  }

  Status text(const Conversion& c, Value v) {
    switch (c.code) {
      case 's': v = is_exact(vm_, v, vm_.types.str) ? v : TRY(str(vm_, v)); return emit_text(c, as_str(v));
      case 'r': v = TRY(repr(vm_, v)); return emit_text(c, as_str(v));
      case 'a': v = TRY(ascii(vm_, v)); return emit_text(c, as_str(v));
      case 'c': break;
      default: return unsupported(c);
    }
    if (is_str(v)) {
      if (as_str(v)->length != 1)
        return vm_.raise(E::TypeError, "%c requires an int or a unicode character, not a string of length {}",
                         as_str(v)->length);
      return emit_text(c, as_str(v));
    }
    Value i = v;
    if (!is_int(v)) {
      auto wrong = [&] {
        return vm_.raise(E::TypeError, "%c requires an int or a unicode character, not {}", full_type_name_of(v));
      };
      if (!has_index(vm_, v)) return wrong();
      i = index(vm_, v);
      if (i.is_error()) {
        if (!vm_.pending_is(E::TypeError) || !vm_.clear_pending()) return Error{};
        return wrong();
      }
    }
    auto code = int_to_i64(i);
    if (!code || *code < 0 || *code > 0x10FFFF) return vm_.raise(E::OverflowError, "%c arg not in range(0x110000)");
    return emit_text(c, TRY(str_from_char(vm_, static_cast<char32_t>(*code))));
  }

  Status emit_bytes(const Conversion& c, std::span<const uint8_t> data) {
    static constexpr uint8_t kNothing[1] = {};
    Converted out;
    out.bytes = {data.data() == nullptr ? kNothing : data.data(), data.size()};
    out.length = data.size();
    if (c.precision >= 0 && c.code != 'c') out.length = std::min(out.length, static_cast<uint64_t>(c.precision));
    return emit(c, out);
  }

  Status binary(const Conversion& c, Value v) {
    switch (c.code) {
      case 'r':
      case 'a': {
        v = TRY(ascii(vm_, v));
        return emit_bytes(c, {as_str(v)->data1(), as_str(v)->length});
      }
      case 's':
      case 'b': {
        if (!is_bytes(v) && !is_bytearray(v)) {
          Value method = special_of(vm_, v, Special::Bytes);
          if (!method.is_unset()) {
            Value given = TRY(call_special(vm_, method, v));
            if (!is_bytes(given))
              return vm_.raise(E::TypeError, "__bytes__ returned non-bytes (type {})", type_name_of(given));
            return emit_bytes(c, given.as<Bytes>()->span());
          }
          if (!has_buffer(vm_, v))
            return vm_.raise(E::TypeError,
                             "%b requires a bytes-like object, or an object that implements __bytes__, not '{}'",
                             type_name_of(v));
        }
        ScopedBuffer buffer(vm_);
        TRY(buffer.acquire(v));
        return emit_bytes(c, {buffer.get().data, static_cast<size_t>(buffer.get().length)});
      }
      case 'c': break;
      default: return unsupported(c);
    }
    uint8_t byte;
    if (is_bytes(v) || is_bytearray(v)) {
      SelfBytes s(v);
      if (s.size != 1)
        return vm_.raise(E::TypeError,
                         "%c requires an integer in range(256) or a single byte, not a {} object of length {}",
                         is_bytes(v) ? "bytes" : "bytearray", s.size);
      byte = s.data[0];
    } else {
      if (!has_index(vm_, v))
        return vm_.raise(E::TypeError, "%c requires an integer in range(256) or a single byte, not {}",
                         full_type_name_of(v));
      Value i = TRY(index(vm_, v));
      auto code = int_to_i64(i);
      if (!code || *code < 0 || *code > 255) return vm_.raise(E::OverflowError, "%c arg not in range(256)");
      byte = static_cast<uint8_t>(*code);
    }
    return emit_bytes(c, {&byte, 1});
  }

  Status integer(const Conversion& c, Value v) {
    bool integral = c.code == 'x' || c.code == 'X' || c.code == 'o';
    Value i = v;
    if (!is_int(v)) {
      bool number = has_index(vm_, v) || (!integral && (is_float(v) || !special_of(vm_, v, Special::Int).is_unset()));
      if (!number) return wrong_number(vm_, c, v);
      i = integral ? index(vm_, v) : call1(vm_, Value(vm_.types.int_), v);
      if (i.is_error()) {
        if (!vm_.pending_is(E::TypeError) || !vm_.clear_pending()) return Error{};
        return wrong_number(vm_, c, v);
      }
    }
    Value shown = TRY(int_to_str(vm_, i, c.code == 'o' ? 8 : integral ? 16 : 10));
    Converted out;
    out.number = true;
    out.ascii = as_str(shown)->ascii();
    if (out.ascii[0] == '-') {
      out.sign = '-';
      out.ascii.remove_prefix(1);
    }
    out.length = out.ascii.size();
    if (c.precision > 0 && static_cast<uint64_t>(c.precision) > out.length)
      out.zeros = static_cast<uint64_t>(c.precision) - out.length;
    if (c.alternate && integral) out.prefix = c.code == 'o' ? "0o" : c.code == 'x' ? "0x" : "0X";
    if (c.code != 'X') return emit(c, out);
    ScratchCharge charge(vm_);
    TRY(charge.take(out.length));
    std::string upper(out.ascii);
    for (char& digit : upper)
      if (digit >= 'a') digit = static_cast<char>(digit - 32);
    out.ascii = upper;
    return emit(c, out);
  }

  Status real(const Conversion& c, Value v) {
    Result<double> number = to_double(vm_, v);
    if (number.is_error()) {
      if (std::is_same_v<Side, StrSide> || !vm_.clear_pending()) return Error{};
      return vm_.raise(E::TypeError, "float argument required, not {}", type_name_of(v));
    }
    double d = number.release();
    FloatFormat format;
    format.type = static_cast<char>(c.code);
    format.precision = c.precision < 0 ? 6 : c.precision;
    format.alternate = c.alternate;
    if (format.precision > INT32_MAX) return vm_.raise(E::ValueError, "precision too big");
    ScratchCharge charge(vm_);
    TRY(charge.take(format_double_bound(d, format)));
    std::string text = format_double(d, format);
    Converted out;
    out.number = true;
    out.ascii = text;
    if (out.ascii[0] == '-') {
      out.sign = '-';
      out.ascii.remove_prefix(1);
    }
    out.length = out.ascii.size();
    return emit(c, out);
  }

  /// Writes sign, prefix, padding and body.
  Status emit(const Conversion& c, const Converted& v) {
    char sign = v.sign;
    if (v.number && sign == 0) sign = c.plus ? '+' : c.blank ? ' ' : char{0};
    uint64_t length = v.length + v.zeros + v.prefix.size() + (sign != 0);
    uint64_t pad = c.width > 0 && static_cast<uint64_t>(c.width) > length ? static_cast<uint64_t>(c.width) - length : 0;
    bool zeros = c.zero && v.number && !c.left;
    if (pad > 0 && !c.left && !zeros) TRY(side_.repeated(' ', pad));
    if (sign != 0) TRY(side_.repeated(sign, 1));
    TRY(side_.ascii(v.prefix));
    uint64_t fill = v.zeros + (zeros ? pad : 0);
    if (fill > 0) TRY(side_.repeated('0', fill));
    TRY(side_.body(v));
    if (pad > 0 && c.left) TRY(side_.repeated(' ', pad));
    return {};
  }

  Vm& vm_;
  Side side_;
  typename Side::Format format_;
  uint64_t at_ = 0;
  bool plain_ = true;
  Value mapping_;           ///< the arguments, if they can be asked by key
  Tuple* tuple_ = nullptr;  ///< the arguments, or
  Value single_;            ///< the only one
  bool used_ = false;
  uint64_t next_ = 0;
  bool keyed_ = false;  ///< a %(key) was met: the argument is its value
  bool key_used_ = false;
  Value keyed_value_;
};

/// Can the arguments be asked by key?
bool is_mapping_argument(Vm& vm, Value args) {
  return !is_tuple(args) && !is_str(args) && !special_of(vm, args, Special::GetItem).is_unset();
}

}  // namespace

namespace str_methods {
Value mod(Vm& vm, Args a) {
  TRY(vm.check_stack(" in string formatting"));
  Percent<StrSide> percent(vm, as_str(a[0]), a[1], is_mapping_argument(vm, a[1]));
  TRY(percent.run());
  if (percent.plain() && as_str(a[0])->length != 0) return a[0];  // also one of a class of its own, as in CPython
  return percent.side().out.finish();
}
}  // namespace str_methods

Value bytes_percent(Vm& vm, Value format, Value args) {
  TRY(vm.check_stack(" in bytes formatting"));
  SelfBytes s(format);
  bool mapping = is_mapping_argument(vm, args) && !is_bytes(args) && !is_bytearray(args);
  Percent<BytesSide> percent(vm, &s, args, mapping);
  TRY(percent.run());
  BytesSide& side = percent.side();
  return bytes_like_from(vm, format, {side.storage == nullptr ? nullptr : side.storage->data<uint8_t>(), side.size});
}

}  // namespace krait
