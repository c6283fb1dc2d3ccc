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
  /// False once the limit is reached: the note has been written and nothing more will be.
  bool write(std::string_view text) {
    if (text.size() > room_) [[unlikely]]
      return write_slow(text);
    std::memcpy(buffer_.get() + used_, text.data(), text.size());
    used_ += text.size();
    room_ -= text.size();
    return true;
  }
  void flush();
  void close();
  bool stopped() const { return stopped_; }

 private:
  static constexpr size_t kBuffer = 1 << 16;
  bool write_slow(std::string_view text);
  void push(std::string_view text);
  std::unique_ptr<char[]> buffer_;
  size_t used_ = 0, room_ = 0;  ///< room_: what may still be added, by the buffer's size and by the limit
  uint64_t written_ = 0, limit_ = 0;
  int fd_ = -1;
  bool stopped_ = false;
};

}  // namespace krait
