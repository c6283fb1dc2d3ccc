// What the watching clients of the command line have in common.
#pragma once

#include <string>
#include <unordered_map>

#include "interp/interpreter.hpp"
#include "observe/options.hpp"

namespace krait {

/// An observer that belongs to one run of the command. Never runs Python code.
struct Client : Observer {
  virtual ~Client() = default;
  /// Opens what it writes to; a message if that fails.
  virtual std::string start(Vm& vm, const ObserveOptions& options) = 0;
  /// Writes out; a message if that fails.
  virtual std::string finish(Vm& vm) = 0;
  virtual uint32_t wanted() const = 0;
  /// Code objects it has notes on, which must not go away.
  virtual void trace(Marker& marker) { (void)marker; }

  uint32_t slot = 0;
};

/// Code objects of one run, numbered as they are met; `T` is what the client notes of each. They stay alive.
template <class T>
class CodeNotes {
 public:
  struct Row {
    Code* code;
    T note;
  };
  /// The note of a code object, made by `make(code)` at first.
  template <class Make>
  T& get(Code* code, Make make) {
    if (code == last_) return last_row_->note;
    auto found = rows_.find(code);
    if (found == rows_.end()) found = rows_.emplace(code, Row{code, make(code)}).first;
    last_ = code;
    last_row_ = &found->second;
    return last_row_->note;
  }
  void trace(Marker& marker) {
    for (auto& [code, row] : rows_) marker.mark_cell(row.code);
  }
  auto begin() { return rows_.begin(); }
  auto end() { return rows_.end(); }

 private:
  std::unordered_map<Code*, Row> rows_;  // rows do not move
  Code* last_ = nullptr;
  Row* last_row_ = nullptr;
};

/// Function, file and depth filters.
bool wanted_code(const ObserveOptions& options, const Code* code);
/// Of the library or of the machine itself rather than of the program.
bool library_code(Vm& vm, const Code* code);
/// Writes a whole file; a message if that fails.
std::string write_file(const std::string& path, const std::string& content);

}  // namespace krait
