// The syntax of str.format(): shared with the _string module.
#pragma once

#include "objects/str.hpp"

namespace krait {

/// Goes over a format string, one piece of literal text and one replacement field at a time.
class FormatReader {
 public:
  FormatReader(const Str* text, uint64_t begin, uint64_t end) : text_(text), at_(begin), end_(end) {}

  struct Span {
    uint64_t begin = 0, end = 0;
    bool empty() const { return begin == end; }
  };
  struct Piece {
    Span literal;
    bool has_field = false;
    Span name, spec;
    char32_t conversion = 0;  ///< 0: none
    bool nested = false;      ///< the spec holds fields of its own
  };
  /// False at the end. ValueError.
  Result<bool> next(Vm& vm, Piece& out);

 private:
  Status read_field(Vm& vm, Piece& out);
  const Str* text_;
  uint64_t at_, end_;
};

/// The parts of a field name: `first`, then .attribute and [item] steps.
class FieldName {
 public:
  /// Reads the first part.
  Status begin(Vm& vm, const Str* text, uint64_t from, uint64_t to);
  FormatReader::Span first() const { return first_; }
  int64_t first_number() const { return first_number_; }  ///< -1: no number
  struct Step {
    bool attribute = false;
    FormatReader::Span name;
    int64_t number = -1;
  };
  /// False at the end. ValueError.
  Result<bool> next(Vm& vm, Step& out);

 private:
  const Str* text_ = nullptr;
  uint64_t at_ = 0, end_ = 0;
  FormatReader::Span first_;
  int64_t first_number_ = -1;
};

}  // namespace krait
