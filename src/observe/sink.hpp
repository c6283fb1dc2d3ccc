// Where a trace goes: a file or the standard error, through a buffer, up to a limit.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

namespace krait {

class TraceSink {
 public:
  ~TraceSink() { close(); }
  /// `path` empty: the standard error. False with errno set if the file cannot be written.
  bool open(const std::string& path, uint64_t limit);
  /// False once the limit is reached: the note has been written and nothing more will be.
  bool write(std::string_view text) {
    if (buffer_.size() + text.size() > kBuffer) [[unlikely]] flush();
    if (written_ + buffer_.size() + text.size() > limit_) [[unlikely]] return stop();
    buffer_ += text;
    return true;
  }
  void flush();
  void close();
  bool stopped() const { return stopped_; }

 private:
  static constexpr size_t kBuffer = 1 << 16;
  bool stop();
  std::string buffer_;
  uint64_t written_ = 0, limit_ = 0;
  int fd_ = -1;
  bool stopped_ = false;
};

}  // namespace krait
