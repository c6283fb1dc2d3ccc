#include "observe/json.hpp"

#include <cstdlib>

namespace krait {
namespace {

constexpr int kMostDepth = 64;

class Parser {
 public:
  explicit Parser(std::string_view text) : p_(text.data()), end_(text.data() + text.size()) {}
  bool document(Json& out) {
    if (!value(out, 0)) return false;
    blanks();
    return p_ == end_;
  }

 private:
  void blanks() {
    while (p_ < end_ && (*p_ == ' ' || *p_ == '\n' || *p_ == '\r' || *p_ == '\t')) ++p_;
  }
  bool word(std::string_view w) {
    if (static_cast<size_t>(end_ - p_) < w.size() || std::string_view(p_, w.size()) != w) return false;
    p_ += w.size();
    return true;
  }
  bool value(Json& out, int depth) {
    blanks();
    if (p_ >= end_ || depth > kMostDepth) return false;
    switch (*p_) {
      case 'n': return word("null");
      case 't':
        out.kind = Json::kBool;
        out.number = 1;
        return word("true");
      case 'f': out.kind = Json::kBool; return word("false");
      case '"': out.kind = Json::kString; return string(out.text);
      case '[': {
        out.kind = Json::kArray;
        ++p_;
        blanks();
        if (p_ < end_ && *p_ == ']') return ++p_, true;
        while (true) {
          out.items.emplace_back();
          if (!value(out.items.back(), depth + 1)) return false;
          blanks();
          if (p_ >= end_ || (*p_ != ',' && *p_ != ']')) return false;
          if (*p_++ == ']') return true;
        }
      }
      case '{': {
        out.kind = Json::kObject;
        ++p_;
        blanks();
        if (p_ < end_ && *p_ == '}') return ++p_, true;
        while (true) {
          std::string name;
          blanks();
          if (p_ >= end_ || *p_ != '"' || !string(name)) return false;
          blanks();
          if (p_ >= end_ || *p_++ != ':') return false;
          if (!value(out.members[name], depth + 1)) return false;
          blanks();
          if (p_ >= end_ || (*p_ != ',' && *p_ != '}')) return false;
          if (*p_++ == '}') return true;
        }
      }
      default: {
        std::string digits;
        while (p_ < end_ && digits.size() < 40 &&
               (std::string_view("+-.eE").find(*p_) != std::string_view::npos || (*p_ >= '0' && *p_ <= '9')))
          digits += *p_++;
        char* stop;
        out.kind = Json::kNumber;
        out.number = std::strtod(digits.c_str(), &stop);
        return !digits.empty() && *stop == 0;
      }
    }
  }
  bool four(uint32_t& c) {
    c = 0;
    for (int i = 0; i < 4; ++i) {
      if (p_ >= end_) return false;
      char d = *p_++;
      c = c * 16 + static_cast<uint32_t>(d >= '0' && d <= '9'   ? d - '0'
                                         : d >= 'a' && d <= 'f' ? d - 'a' + 10
                                         : d >= 'A' && d <= 'F' ? d - 'A' + 10
                                                                : 99);
      if (c > 0xFFFF) return false;
    }
    return true;
  }
  bool string(std::string& out) {
    ++p_;
    while (p_ < end_ && *p_ != '"') {
      if (*p_ != '\\') {
        out += *p_++;
        continue;
      }
      if (++p_ >= end_) return false;
      char e = *p_++;
      switch (e) {
        case 'n': out += '\n'; break;
        case 't': out += '\t'; break;
        case 'r': out += '\r'; break;
        case 'b': out += '\b'; break;
        case 'f': out += '\f'; break;
        case 'u': {
          uint32_t c, low;
          if (!four(c)) return false;
          if (c >= 0xD800 && c < 0xDC00 && end_ - p_ >= 6 && p_[0] == '\\' && p_[1] == 'u') {
            p_ += 2;
            if (!four(low)) return false;
            c = 0x10000 + ((c - 0xD800) << 10) + (low - 0xDC00);
          }
          if (c < 0x80) {
            out += static_cast<char>(c);
          } else if (c < 0x800) {
            out += static_cast<char>(0xC0 | c >> 6);
            out += static_cast<char>(0x80 | (c & 63));
          } else {
            if (c >= 0x10000) {
              out += static_cast<char>(0xF0 | (c >> 18 & 7));
              out += static_cast<char>(0x80 | (c >> 12 & 63));
            } else {
              out += static_cast<char>(0xE0 | c >> 12);
            }
            out += static_cast<char>(0x80 | (c >> 6 & 63));
            out += static_cast<char>(0x80 | (c & 63));
          }
          break;
        }
        default: out += e; break;
      }
    }
    if (p_ >= end_) return false;
    ++p_;
    return true;
  }
  const char* p_;
  const char* end_;
};

}  // namespace

const Json& Json::operator[](const std::string& name) const {
  auto found = members.find(name);
  static const Json nothing;
  return found == members.end() ? nothing : found->second;
}

bool json_parse(std::string_view text, Json& out) { return Parser(text).document(out); }

}  // namespace krait
