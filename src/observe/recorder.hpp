// Clients that record a whole (short) run to be looked at afterwards: --trace=html:OUT and --trace=pythontutor:OUT.
#pragma once

#include <memory>

#include "observe/client.hpp"

namespace krait {
std::unique_ptr<Client> html_client();
std::unique_ptr<Client> pythontutor_client();

/// The page that shows a recording; `/*DATA*/` in it is where the recording goes.
extern const char* const kHtmlPage;
}  // namespace krait
