#include "runtime/source_lines.hpp"

#include <sys/stat.h>

#include "base/utf.hpp"
#include "runtime/source_file.hpp"

namespace krait {
namespace {

std::u32string decode(std::string_view bytes, bool latin1) {
  std::u32string out;
  size_t i = 0;
  while (i < bytes.size()) {
    unsigned char c = static_cast<unsigned char>(bytes[i]);
    size_t more = latin1 || c < 0x80      ? 0
                  : c >= 0xF0 && c < 0xF8 ? 3
                  : c >= 0xE0 && c < 0xF0 ? 2
                  : c >= 0xC2 && c < 0xE0 ? 1
                                          : 4;
    if (more == 4 || i + more >= bytes.size()) {
      out.push_back(0xFFFD);
      ++i;
      continue;
    }
    char32_t point = more == 0 ? c : c & (0x3F >> more);
    bool good = true;
    for (size_t k = 1; k <= more; ++k) {
      unsigned char next = static_cast<unsigned char>(bytes[i + k]);
      good = good && (next & 0xC0) == 0x80;
      point = point << 6 | (next & 0x3F);
    }
    out.push_back(good ? point : 0xFFFD);
    i += good ? more + 1 : 1;
  }
  return out;
}

bool says_latin1(std::string_view text) {
  // PEP 263: in a comment on one of the first two lines.
  size_t end = 0;
  for (int i = 0; i < 2 && end < text.size(); ++i) {
    size_t next = text.find('\n', end);
    std::string_view line = text.substr(end, next == std::string_view::npos ? std::string_view::npos : next - end);
    size_t at = line.find("coding");
    if (line.find('#') != std::string_view::npos && at != std::string_view::npos)
      return line.find("latin", at) != std::string_view::npos || line.find("8859-1", at) != std::string_view::npos;
    if (next == std::string_view::npos) break;
    end = next + 1;
  }
  return false;
}

}  // namespace

void SourceLines::add(const std::string& name, std::string_view text) {
  std::vector<std::u32string>& lines = files[name];
  lines.clear();
  if (text.substr(0, 3) == "\xEF\xBB\xBF") text.remove_prefix(3);
  bool latin1 = says_latin1(text);
  size_t begin = 0;
  while (begin < text.size()) {
    size_t end = text.find_first_of("\r\n", begin);
    if (end == std::string_view::npos) end = text.size();
    lines.push_back(decode(text.substr(begin, end - begin), latin1));
    if (end + 1 < text.size() && text[end] == '\r' && text[end + 1] == '\n') ++end;
    begin = end + 1;
  }
}

const std::u32string* SourceLines::line(Vm& vm, const std::string& file, int number) {
  auto known = files.find(file);
  if (known == files.end()) {
    constexpr off_t kLargest = 64 << 20;
    struct stat info;
    std::string text;
    if (stat(file.c_str(), &info) == 0 && S_ISREG(info.st_mode) && info.st_size <= kLargest) {
      Value pending = vm.take_pending();
      if (read_source_file(vm, file, text).is_error()) text.clear();
      vm.t.pending = pending;
    }
    add(file, text);
    known = files.find(file);
  }
  if (number < 1 || static_cast<size_t>(number) > known->second.size()) return nullptr;
  return &known->second[static_cast<size_t>(number) - 1];
}

}  // namespace krait
