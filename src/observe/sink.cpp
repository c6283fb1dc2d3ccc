#include "observe/sink.hpp"

#include <fcntl.h>
#include <unistd.h>

#include <cerrno>

namespace krait {

bool TraceSink::open(const std::string& path, uint64_t limit) {
  limit_ = left_ = limit;
  capacity_ = kBuffer;
  buffer_ = std::make_unique<char[]>(kBuffer);
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
  used_ = 0;
  if (stopped_) left_ = 0;
}

void TraceSink::make_room(size_t most) {
  flush();
  if (most <= capacity_) return;
  capacity_ = most;
  buffer_ = std::make_unique<char[]>(capacity_);
}

bool TraceSink::reach_limit() {
  if (stopped_) return false;
  flush();
  if (!stopped_) push("(the trace stops here: its limit of " + std::to_string(limit_) + " bytes is reached)\n");
  stopped_ = true;
  left_ = 0;
  return false;
}

void TraceSink::close() {
  if (fd_ < 0) return;
  flush();
  if (fd_ != STDERR_FILENO) ::close(fd_);
  fd_ = -1;
}

}  // namespace krait
