// The clients of one run of the command: made from its options, attached behind the tools of Python code, written out at the end.
#include <fcntl.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>
#include <memory>
#include <vector>

#include "objects/str.hpp"
#include "observe/calls.hpp"
#include "observe/client.hpp"
#include "observe/coverage.hpp"
#include "observe/dap.hpp"
#include "observe/debugger.hpp"
#include "observe/foreign_listing.hpp"
#include "observe/perf_map.hpp"
#include "observe/profile.hpp"
#include "observe/recorder.hpp"
#include "observe/text_trace.hpp"
#include "runtime/system.hpp"

namespace krait {
namespace {

struct Session : Extension {
  std::vector<std::unique_ptr<Client>> clients;
  void trace(Marker& marker) override {
    for (auto& client : clients) client->trace(marker);
  }
};

}  // namespace

std::string observe_start(Vm& vm, const ObserveOptions& options) {
  Session& session = vm.extension<Session>();
  auto& clients = session.clients;
  watch_foreign_code(vm);
  if (!options.trace_form.empty()) {
    clients.push_back(text_tracer(options.trace_form));
    if (clients.back() == nullptr) {
      clients.clear();
      return "there is no trace form '" + options.trace_form + "'";
    }
  }
  if (!options.chrome_out.empty()) clients.push_back(chrome_client());
  if (!options.coverage_out.empty()) clients.push_back(coverage_client());
  if (!options.profile_form.empty()) clients.push_back(profile_client());
  if (!options.dot_form.empty()) clients.push_back(dot_client());
  if (!options.html_out.empty()) clients.push_back(html_client());
  if (!options.pythontutor_out.empty()) clients.push_back(pythontutor_client());
  if (options.perf_map) clients.push_back(perf_map_client());
  if (options.debug) clients.push_back(debug_prompt());
  if (options.dap_server != nullptr) clients.push_back(options.dap_server->debugger());
  for (auto& client : clients) {
    std::string error = client->start(vm, options);
    if (!error.empty()) {
      clients.clear();
      return error;
    }
  }
  uint32_t slot = kToolSlots;
  for (auto& client : clients) {
    client->slot = slot++;
    observer_attach(vm, client->slot, client.get());
    if (observer_set_events(vm, client->slot, client->wanted()).is_error()) {
      (void)vm.clear_pending();
      return "no memory to watch the program";
    }
  }
  return "";
}

std::string observe_finish(Vm& vm) {
  Session& session = vm.extension<Session>();
  std::string errors;
  for (auto& client : session.clients) {
    (void)!observer_set_events(vm, client->slot, 0).ok();
    observer_attach(vm, client->slot, nullptr);
    std::string error = client->finish(vm);
    if (!error.empty()) errors += (errors.empty() ? "" : "; ") + error;
  }
  session.clients.clear();
  return errors;
}

bool wanted_code(const ObserveOptions& options, const Code* code) {
  if (!options.trace_function.empty() && str_to_utf8(code->name) != options.trace_function &&
      str_to_utf8(code->qualname) != options.trace_function)
    return false;
  return options.trace_file.empty() || str_to_utf8(code->filename).ends_with(options.trace_file);
}

bool library_code(Vm& vm, const Code* code) {
  std::string file = str_to_utf8(code->filename);
  if (file.starts_with("<")) return true;
  const std::string& library = system_of(vm).library.root;
  return !library.empty() && file.starts_with(library + "/");
}

std::string write_file(const std::string& path, const std::string& content) {
  int fd = ::open(path.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0666);
  if (fd < 0) return "cannot write '" + path + "': " + std::strerror(errno);
  size_t at = 0;
  while (at < content.size()) {
    ssize_t n = ::write(fd, content.data() + at, content.size() - at);
    if (n < 0 && errno == EINTR) continue;
    if (n <= 0) {
      std::string error = "cannot write '" + path + "': " + std::strerror(errno);
      ::close(fd);
      return error;
    }
    at += static_cast<size_t>(n);
  }
  ::close(fd);
  return "";
}

}  // namespace krait
