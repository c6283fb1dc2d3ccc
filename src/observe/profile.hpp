// --profile=collapsed:OUT|speedscope:OUT: where the time goes, by samples of the frame chain.
#pragma once

#include <memory>

#include "observe/client.hpp"

namespace krait {
std::unique_ptr<Client> profile_client();
}  // namespace krait
