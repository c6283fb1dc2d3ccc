#include "observe/sink.hpp"

#include <fcntl.h>
#include <unistd.h>

#include <cerrno>

namespace krait {

bool TraceSink::open(const std::string& path, uint64_t limit) {
  limit_ = limit;
  buffer_.reserve(kBuffer);
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

void TraceSink::flush() {
  size_t at = 0;
  while (at < buffer_.size() && fd_ >= 0) {
    ssize_t n = ::write(fd_, buffer_.data() + at, buffer_.size() - at);
    if (n < 0 && errno == EINTR) continue;
    if (n <= 0) {
      stopped_ = true;  // a full disk or a closed pipe: the program goes on
      break;
    }
    at += static_cast<size_t>(n);
  }
  written_ += at;
  buffer_.clear();
}

bool TraceSink::stop() {
  if (!stopped_) {
    buffer_ += "(the trace stops here: its limit of " + std::to_string(limit_) + " bytes is reached)\n";
    flush();
    stopped_ = true;
  }
  return false;
}

void TraceSink::close() {
  if (fd_ < 0) return;
  flush();
  if (fd_ != STDERR_FILENO) ::close(fd_);
  fd_ = -1;
}

}  // namespace krait
