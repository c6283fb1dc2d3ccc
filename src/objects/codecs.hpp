// Codecs: text to bytes and back, with error handlers; the registry behind `_codecs`.
//
// The codecs that every program uses are native and found by name without importing `encodings`. Others go through the registry.
#pragma once

#include <string_view>

#include "objects/bytes.hpp"
#include "objects/str.hpp"

namespace krait {

/// s.encode(encoding, errors); null: utf-8, strict. The result is a Bytes.
Value str_encode(Vm& vm, Str* s, Str* encoding = nullptr, Str* errors = nullptr);
/// bytes.decode(encoding, errors) of any bytes-like object. The result is a Str.
Value bytes_decode(Vm& vm, Value object, Str* encoding = nullptr, Str* errors = nullptr);

}  // namespace krait
