#include "observe/sink.hpp"

#include <fcntl.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>

namespace krait {

bool TraceSink::open(const std::string& path, uint64_t limit) {
  limit_ = limit;
  buffer_ = std::make_unique<char[]>(kBuffer);
  room_ = std::min<uint64_t>(kBuffer, limit);
  if (path.empty()) {
    fd_ = STDERR_FILENO;
    return true;
  }
  if (path == "/dev/stdout") {
    // The program's own stream, not a second opening of the file behind it.
    fd_ = ::dup(STDOUT_FILENO);
    return fd_ >= 0;
  }
  fd_ = ::open(path.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0666);
  return fd_ >= 0;
}

void TraceSink::push(std::string_view text) {
  size_t at = 0;
  while (at < text.size() && fd_ >= 0) {
    ssize_t n = ::write(fd_, text.data() + at, text.size() - at);
    if (n < 0 && errno == EINTR) continue;
    if (n <= 0) {
      stopped_ = true;  // a full disk or a closed pipe: the program goes on
      break;
    }
    at += static_cast<size_t>(n);
  }
}

void TraceSink::flush() {
  push({buffer_.get(), used_});
  written_ += used_;
  used_ = 0;
  room_ = stopped_ ? 0 : std::min<uint64_t>(kBuffer, limit_ - written_);
}

bool TraceSink::write_slow(std::string_view text) {
  if (stopped_) return false;
  flush();
  if (stopped_) return false;
  if (written_ + text.size() > limit_) {
    push("(the trace stops here: its limit of " + std::to_string(limit_) + " bytes is reached)\n");
    stopped_ = true;
    room_ = 0;
    return false;
  }
  if (text.size() <= room_) return write(text);
  push(text);
  written_ += text.size();
  room_ = std::min<uint64_t>(kBuffer, limit_ - written_);
  return true;
}

void TraceSink::close() {
  if (fd_ < 0) return;
  flush();
  if (fd_ != STDERR_FILENO) ::close(fd_);
  fd_ = -1;
}

}  // namespace krait
