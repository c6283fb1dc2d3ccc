// --perf-map: Python functions by name in the reports of the system's profilers (perf, and others that read /tmp/perf-PID.map).
#pragma once

#include <memory>

#include "observe/client.hpp"

namespace krait {
std::unique_ptr<Client> perf_map_client();
}  // namespace krait
