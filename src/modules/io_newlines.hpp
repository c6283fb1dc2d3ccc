// The newline argument of text streams, and what it does to text.
#pragma once

#include "objects/str.hpp"
#include "objects/vm.hpp"

namespace krait::io {

struct Newlines {
  enum Mode : uint8_t {
    kUniversalTranslate,  ///< None: "\r", "\r\n" become "\n" when read; "\n" becomes os.linesep (here "\n") when written
    kUniversal,           ///< "": all three end lines, nothing is changed
    kLf,                  ///< "\n"
    kCr,                  ///< "\r"
    kCrLf,                ///< "\r\n"
  } mode = kLf;
  uint8_t seen_bits = 0;  ///< 1 "\r", 2 "\n", 4 "\r\n"
  bool pending_cr = false;

  /// From the argument: None or a str. ValueError "illegal newline value: 'x'".
  Status set(Vm& vm, Value argument);
  Value argument(Vm& vm) const;
  bool universal() const { return mode == kUniversalTranslate || mode == kUniversal; }
  /// Characters up to and with the first line end, or -1 if there is none.
  int64_t line_end(const char32_t* text, int64_t n) const;
  int64_t line_end(const Str* text, uint64_t from) const;
  /// Incremental decoding of newlines (IncrementalNewlineDecoder): a final "\r" is held back unless `final`.
  Result<Str*> decode(Vm& vm, Str* text, bool translate, bool final);
  /// What StringIO does to everything written to it when newline is None.
  Result<Str*> translate_for_reading_in_memory(Vm& vm, Str* text);
  Result<Str*> translate_for_writing(Vm& vm, Str* text) const;
  /// The `newlines` attribute: None, a str, or a tuple of strs.
  Value seen(Vm& vm) const;
};

}  // namespace krait::io
