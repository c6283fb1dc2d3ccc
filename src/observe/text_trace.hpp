// The text forms of --trace.
#pragma once

#include <memory>

#include "observe/client.hpp"

namespace krait {

/// A tracer of the form (stack, log, frames, lines, calls); null if there is no such form.
std::unique_ptr<Client> text_tracer(const std::string& form);

}  // namespace krait
