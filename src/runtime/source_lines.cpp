#include "runtime/source_lines.hpp"

#include <sys/stat.h>

#include <algorithm>

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

SourceLines::Text* SourceLines::remember(Vm& vm, const std::string& name, std::string_view text) {
  if (text.substr(0, 3) == "\xEF\xBB\xBF") text.remove_prefix(3);
  if (text.size() > UINT32_MAX) return nullptr;
  auto end_of_line = [&](size_t begin) { return std::min(text.find_first_of("\r\n", begin), text.size()); };
  auto behind = [&](size_t end) {
    return end + 1 < text.size() && text[end] == '\r' && text[end + 1] == '\n' ? end + 2 : end + 1;
  };
  size_t count = 0;
  for (size_t begin = 0; begin < text.size(); begin = behind(end_of_line(begin))) ++count;
  if (!vm.heap.charge(sizeof(Text) + 2 * name.size() + text.size() + count * sizeof(uint32_t))) return nullptr;
  Text& kept = texts_[name];
  kept.bytes = text;
  kept.begins.clear();
  kept.begins.reserve(count);
  for (size_t begin = 0; begin < text.size(); begin = behind(end_of_line(begin)))
    kept.begins.push_back(static_cast<uint32_t>(begin));
  kept.latin1 = says_latin1(text);
  return &kept;
}

void SourceLines::add(Vm& vm, const std::string& name, std::string_view text) { (void)remember(vm, name, text); }

const std::u32string* SourceLines::line(Vm& vm, const std::string& file, int number) {
  auto known = texts_.find(file);
  Text* text = known == texts_.end() ? nullptr : &known->second;
  if (text == nullptr) {
    constexpr off_t kLargest = 64 << 20;
    struct stat info;
    std::string bytes;
    if (stat(file.c_str(), &info) == 0 && S_ISREG(info.st_mode) && info.st_size <= kLargest) {
      Value pending = vm.take_pending();
      if (read_source_file(vm, file, bytes).is_error()) bytes.clear();
      vm.t.pending = pending;
    }
    text = remember(vm, file, bytes);
  }
  if (text == nullptr || number < 1 || static_cast<size_t>(number) > text->begins.size()) return nullptr;
  size_t begin = text->begins[static_cast<size_t>(number) - 1];
  size_t end = std::min(text->bytes.find_first_of("\r\n", begin), text->bytes.size());
  line_ = decode(std::string_view(text->bytes).substr(begin, end - begin), text->latin1);
  return &line_;
}

}  // namespace krait
