// Lines typed by a person: through libedit where there is a terminal and the library, as they come otherwise.
//
// The library is loaded when a session begins, so that programs start without it and run where it is not installed.
#pragma once

#include <memory>
#include <string>
#include <vector>

namespace krait::cli {

class LineReader {
 public:
  enum class Result : uint8_t { kLine, kEnd, kInterrupted };
  /// What could stand for the last word of `text`; each candidate is the whole word.
  using Completer = std::vector<std::string> (*)(void* context, const std::string& text, std::string& word);

  virtual ~LineReader() = default;
  /// `line` without its end. kInterrupted: a signal arrived, the line is given up.
  virtual Result read(const std::string& prompt, std::string& line) = 0;
  /// Keeps a line for later, in this session and the next ones.
  virtual void remember(const std::string& line) { (void)line; }
  virtual bool edits() const { return false; }
};

/// Reads from descriptor 0, byte by byte: what follows the line is left to the program. Prompts go to standard error.
std::unique_ptr<LineReader> plain_line_reader();
/// Null when there is no libedit, or no terminal that it could use. `history`: a file's name, empty for none.
std::unique_ptr<LineReader> editing_line_reader(const std::string& history, LineReader::Completer complete,
                                                void* context);

}  // namespace krait::cli
