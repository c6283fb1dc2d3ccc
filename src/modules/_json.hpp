// What the halves of _json share: strings in JSON's form, and reading them back.
#pragma once

#include "objects/module.hpp"
#include "objects/str.hpp"

namespace krait::json {

/// Appends s between quotes, escaped: everything that is not printable ASCII (`ascii`), or only what JSON demands. Polls.
Status append_string(Vm& vm, StrBuilder& out, Str* s, bool ascii);

/// Reads the string whose opening quote stands before `begin`; *end is set behind its closing quote. `strict`: control
/// characters are errors. JSONDecodeError. Polls.
Result<Str*> scan_string(Vm& vm, Str* s, uint64_t begin, bool strict, uint64_t* end);

/// Raises json.JSONDecodeError(message, s, position).
Error raise_decode_error(Vm& vm, const char* message, Str* s, uint64_t position);

/// The functions encode_basestring (ascii false) and encode_basestring_ascii of the module: an encoder that was given one of
/// them need not call it.
Value encode_string(Vm& vm, Args a);
Value encode_string_ascii(Vm& vm, Args a);

Status add_scanner(Vm& vm, Module* m);
Status add_encoder(Vm& vm, Module* m);

}  // namespace krait::json
