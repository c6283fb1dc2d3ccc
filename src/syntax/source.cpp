#include "syntax/source.hpp"

#include <cstdio>
#include <cstring>

namespace krait::syntax {
namespace {

constexpr size_t kMaxSource = size_t{1} << 31;  // offsets have 32 bits

bool is_ascii(std::string_view text) {
  const char* p = text.data();
  const char* end = p + text.size();
  for (; end - p >= 8; p += 8) {
    uint64_t word;
    std::memcpy(&word, p, 8);
    if (word & 0x8080808080808080u) return false;
  }
  for (; p < end; ++p)
    if (static_cast<signed char>(*p) < 0) return false;
  return true;
}

// What is wrong with UTF-8 at some offset, in the words of CPython's codec.
struct Utf8Error {
  size_t at = 0;
  size_t length = 0;  // 0: nothing is wrong
  const char* reason = nullptr;
};

Utf8Error check_utf8(std::string_view text) {
  size_t i = 0;
  auto byte = [&](size_t at) { return static_cast<unsigned char>(text[at]); };
  while (i < text.size()) {
    unsigned char c = byte(i);
    if (c < 0x80) {
      ++i;
      continue;
    }
    unsigned low = 0x80, high = 0xBF;
    size_t more;
    if (c >= 0xC2 && c <= 0xDF) {
      more = 1;
    } else if (c >= 0xE0 && c <= 0xEF) {
      more = 2;
      if (c == 0xE0) low = 0xA0;
      if (c == 0xED) high = 0x9F;
    } else if (c >= 0xF0 && c <= 0xF4) {
      more = 3;
      if (c == 0xF0) low = 0x90;
      if (c == 0xF4) high = 0x8F;
    } else {
      return {i, 1, "invalid start byte"};
    }
    for (size_t k = 1; k <= more; ++k) {
      if (i + k >= text.size()) return {i, text.size() - i, "unexpected end of data"};
      unsigned char next = byte(i + k);
      if (next < low || next > high) return {i, k, "invalid continuation byte"};
      low = 0x80, high = 0xBF;
    }
    i += more + 1;
  }
  return {};
}

// `bytes` as text with U+FFFD for what is wrong, for the line of an error.
std::string replace_errors(std::string_view bytes) {
  std::string out;
  while (!bytes.empty()) {
    Utf8Error wrong = check_utf8(bytes);
    if (!wrong.length) {
      out += bytes;
      break;
    }
    out += bytes.substr(0, wrong.at);
    append_utf8(out, 0xFFFD);
    bytes.remove_prefix(wrong.at + wrong.length);
  }
  return out;
}

bool utf8_error(const Utf8Error& wrong, std::string_view bytes, const ParseOptions& options, Arena& arena,
                SyntaxErrorInfo& error) {
  size_t line = 1, begin = 0;
  for (size_t i = 0; i < wrong.at; ++i) {
    if (bytes[i] == '\n' || (bytes[i] == '\r' && bytes[i + 1] != '\n')) {
      ++line;
      begin = i + 1;
    }
  }
  char text[512];
  unsigned char first = static_cast<unsigned char>(bytes[wrong.at]);
  error.kind = ErrorKind::SyntaxError;
  std::string where = options.is_file ? " in file " + std::string(options.filename.substr(0, 300)) : std::string();
  std::snprintf(text, sizeof text,
                "Non-UTF-8 code starting with '\\x%02x'%s on line %zu, but no encoding declared; see "
                "https://peps.python.org/pep-0263/ for details",
                first, where.c_str(), line);
  size_t position = wrong.at - begin;
  size_t end = bytes.find('\n', begin);
  std::string shown = replace_errors(bytes.substr(begin, end == bytes.npos ? bytes.npos : end - begin));
  error.message = text;
  error.lineno = error.end_lineno = static_cast<int>(line);
  error.offset = static_cast<int>(count_characters(replace_errors(bytes.substr(begin, position)))) + 1;
  error.end_offset = error.offset;
  error.text = arena.copy(shown);
  return false;
}

bool decoding_error(std::string message, SyntaxErrorInfo& error) {
  error.kind = ErrorKind::SyntaxError;
  error.message = std::move(message);
  error.offset = -1;
  return false;
}

bool is_name_character(char c) {
  return (c >= '0' && c <= '9') || ((c | 32) >= 'a' && (c | 32) <= 'z') || c == '-' || c == '_' || c == '.';
}

// A name as CPython's tokenizer sees it: the two encodings it knows under one spelling each.
std::string normal_name(std::string_view name) {
  std::string key;
  for (char c : name.substr(0, 12)) key += c == '_' ? '-' : c >= 'A' && c <= 'Z' ? static_cast<char>(c | 32) : c;
  auto is = [&](std::string_view other) {
    return key == other ||
           (key.size() > other.size() && key.compare(0, other.size(), other) == 0 && key[other.size()] == '-');
  };
  if (is("utf-8")) return "utf-8";
  if (is("latin-1") || is("iso-8859-1") || is("iso-latin-1")) return "iso-8859-1";
  return std::string(name);
}

enum class Codec : uint8_t { Utf8, Ascii, Latin1, Latin9, Other };

Codec find_codec(std::string_view name) {
  std::string key;
  for (char c : name)
    key += c == '_' || c == '-' || c == ' ' ? '_' : c >= 'A' && c <= 'Z' ? static_cast<char>(c | 32) : c;
  for (std::string_view alias : {"utf_8", "utf8", "u8", "utf", "cp65001"})
    if (key == alias) return Codec::Utf8;
  for (std::string_view alias : {"ascii", "us_ascii", "646", "ansi_x3.4_1968", "iso646_us"})
    if (key == alias) return Codec::Ascii;
  for (std::string_view alias : {"latin_1", "iso_8859_1", "iso8859_1", "latin1", "l1", "latin", "8859", "cp819"})
    if (key == alias) return Codec::Latin1;
  for (std::string_view alias : {"iso8859_15", "iso_8859_15", "latin_9", "latin9", "l9"})
    if (key == alias) return Codec::Latin9;
  return Codec::Other;
}

// Where ISO 8859-15 differs from Latin-1.
char32_t latin9(unsigned char c) {
  switch (c) {
    case 0xA4: return 0x20AC;
    case 0xA6: return 0x0160;
    case 0xA8: return 0x0161;
    case 0xB4: return 0x017D;
    case 0xB8: return 0x017E;
    case 0xBC: return 0x0152;
    case 0xBD: return 0x0153;
    case 0xBE: return 0x0178;
    default: return c;
  }
}

}  // namespace

std::string coding_cookie(std::string_view bytes) {
  for (int line = 0; line < 2; ++line) {
    size_t end = bytes.find_first_of("\r\n");
    std::string_view text = bytes.substr(0, end);
    size_t i = text.find_first_not_of(" \t\f");
    if (i != text.npos && text[i] != '#') return {};  // code: the second line is not looked at
    if (i != text.npos) {
      for (size_t at = text.find("coding", i); at != text.npos; at = text.find("coding", at + 1)) {
        size_t p = at + 6;
        if (p >= text.size() || (text[p] != ':' && text[p] != '=')) continue;
        do ++p;
        while (p < text.size() && (text[p] == ' ' || text[p] == '\t'));
        size_t from = p;
        while (p < text.size() && is_name_character(text[p])) ++p;
        if (p > from) return normal_name(text.substr(from, p - from));
      }
    }
    if (end == bytes.npos) return {};
    bytes.remove_prefix(end + (bytes[end] == '\r' && end + 1 < bytes.size() && bytes[end + 1] == '\n' ? 2 : 1));
  }
  return {};
}

bool prepare_source(std::string_view bytes, const ParseOptions& options, Arena& arena, Source& source,
                    std::string_view& encoding, SyntaxErrorInfo& error) {
  if (bytes.size() >= kMaxSource) return decoding_error("source code is too large", error);
  encoding = "utf-8";
  std::string converted;
  if (!options.source_is_text) {
    bool marked = bytes.substr(0, 3) == "\xEF\xBB\xBF";
    if (marked) bytes.remove_prefix(3);
    std::string cookie = coding_cookie(bytes);
    if (!cookie.empty() && cookie != "utf-8") {
      if (marked) {
        // The line that says so is shown.
        size_t begin = 0, end = bytes.find_first_of("\r\n");
        error.lineno = 1;
        if (end != bytes.npos && coding_cookie(bytes.substr(0, end)).empty()) {
          begin = end + (bytes[end] == '\r' && end + 1 < bytes.size() && bytes[end + 1] == '\n' ? 2 : 1);
          end = bytes.find_first_of("\r\n", begin);
          error.lineno = 2;
        }
        std::string shown = replace_errors(bytes.substr(begin, end == bytes.npos ? bytes.npos : end - begin));
        (void)decoding_error("encoding problem: " + cookie + " with BOM", error);
        error.end_lineno = error.lineno;
        error.offset = 0;
        error.end_offset = static_cast<int>(count_characters(shown));
        error.text = arena.copy(shown);
        return false;
      }
      Codec codec = find_codec(cookie);
      encoding = arena.copy(cookie);
      switch (codec) {
        case Codec::Utf8: {
          // Under another name than its own the codec is what complains.
          std::string why;
          if (options.decode && !is_ascii(bytes) && check_utf8(bytes).length &&
              !options.decode(options.decode_context, cookie, bytes, converted, why) && !why.empty())
            return decoding_error(why, error);
          break;
        }
        case Codec::Ascii:
          for (size_t i = 0; i < bytes.size(); ++i) {
            unsigned char c = static_cast<unsigned char>(bytes[i]);
            if (c < 0x80) continue;
            char text[96];
            std::snprintf(text, sizeof text,
                          "'ascii' codec can't decode byte 0x%02x in position %zu: ordinal not in range(128)", c, i);
            return decoding_error(text, error);
          }
          break;
        case Codec::Latin1:
        case Codec::Latin9:
          if (is_ascii(bytes)) break;
          converted.reserve(bytes.size() + bytes.size() / 8);
          for (char c : bytes) {
            auto u = static_cast<unsigned char>(c);
            append_utf8(converted, codec == Codec::Latin9 ? latin9(u) : u);
          }
          bytes = converted;
          break;
        case Codec::Other: {
          std::string why;
          if (!options.decode || !options.decode(options.decode_context, cookie, bytes, converted, why))
            return decoding_error(why.empty() ? "unknown encoding: " + cookie : why, error);
          if (converted.size() >= kMaxSource) return decoding_error("source code is too large", error);
          bytes = converted;
          break;
        }
      }
    }
    if (!is_ascii(bytes)) {
      Utf8Error wrong = check_utf8(bytes);
      // A file is read line by line: the line that is wrong first counts.
      const size_t null = bytes.find('\0');
      const bool null_first = options.is_file && null < wrong.at && bytes.find('\n', null) < wrong.at;
      if (wrong.length && !null_first) return utf8_error(wrong, bytes, options, arena, error);
    }
  }
  if (!bytes.empty() && std::memchr(bytes.data(), 0, bytes.size())) {
    error.kind = ErrorKind::SyntaxError;
    error.message =
        options.is_file ? "source code cannot contain null bytes" : "source code string cannot contain null bytes";
    return false;
  }
  char* text = arena.make_array<char>(bytes.size() + 1 + Source::kPadding);
  size_t size = bytes.size();
  const char* carriage = bytes.empty() ? nullptr : static_cast<const char*>(std::memchr(bytes.data(), '\r', size));
  if (!carriage) {
    if (size) std::memcpy(text, bytes.data(), size);
  } else {
    size_t out = 0;
    for (size_t i = 0; i < bytes.size(); ++i) {
      char c = bytes[i];
      if (c == '\r') {
        if (i + 1 < bytes.size() && bytes[i + 1] == '\n') ++i;
        c = '\n';
      }
      text[out++] = c;
    }
    size = out;
  }
  if (size && text[size - 1] != '\n') {
    text[size++] = '\n';
    source.added_newline = true;
  }
  std::memset(text + size, 0, Source::kPadding);
  source.text = {text, size};
  return true;
}

}  // namespace krait::syntax
