// Where a trace goes: a file or the standard error, through a buffer, up to a limit.
#pragma once

#include <cstdint>
#include <cstring>
#include <memory>
#include <string>
#include <string_view>

namespace krait {

class TraceSink {
 public:
  ~TraceSink() { close(); }
  /// `path` empty: the standard error. False with errno set if the file cannot be written.
  bool open(const std::string& path, uint64_t limit);
  /// Room for `most` bytes in the buffer itself, filled up to what close_piece() is told.
  char* open_piece(size_t most) {
    if (capacity_ - used_ < most) [[unlikely]]
      make_room(most);
    return buffer_.get() + used_;
  }
  /// The piece ends here. False once the limit is reached: the note has been written and nothing more will be.
  bool close_piece(const char* end) {
    size_t length = static_cast<size_t>(end - (buffer_.get() + used_));
    if (length > left_) [[unlikely]]
      return reach_limit();
    used_ += length;
    left_ -= length;
    return true;
  }
  bool write(std::string_view text) {
    char* at = open_piece(text.size());
    std::memcpy(at, text.data(), text.size());
    return close_piece(at + text.size());
  }
  void flush();
  void close();
  bool stopped() const { return stopped_; }

 private:
  static constexpr size_t kBuffer = 1 << 16;
  void make_room(size_t most);
  bool reach_limit();
  void push(std::string_view text);
  std::unique_ptr<char[]> buffer_;
  size_t capacity_ = 0, used_ = 0;
  uint64_t limit_ = 0, left_ = 0;
  int fd_ = -1;
  bool stopped_ = false;
};

}  // namespace krait
