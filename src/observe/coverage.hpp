// --coverage OUT.lcov: how often each line and function of the program ran.
#pragma once

#include <memory>

#include "observe/client.hpp"

namespace krait {
std::unique_ptr<Client> coverage_client();
}  // namespace krait
