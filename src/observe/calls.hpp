// Clients that follow calls and returns: --trace=chrome:OUT and --dot=....
#pragma once

#include <memory>

#include "observe/client.hpp"

namespace krait {
std::unique_ptr<Client> chrome_client();
std::unique_ptr<Client> dot_client();
}  // namespace krait
