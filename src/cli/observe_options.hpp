// The options that watch a program: --trace and its kin.
#pragma once

#include <string>

#include "observe/options.hpp"

namespace krait::cli {

enum class OptionUse : uint8_t { kNotMine, kTaken, kNeedsNext, kWrong };
/// Reads `--NAME` or `--NAME=VALUE` (without the dashes). kNeedsNext: the next word is the value: call again with "NAME=VALUE" or, for
/// --dot=FORM, "dot=FORM:VALUE". kWrong: `message` says why.
OptionUse observe_option(const std::string& option, ObserveOptions& out, std::string& message);
/// The lines of --help.
extern const char* const kObserveHelp;

}  // namespace krait::cli
