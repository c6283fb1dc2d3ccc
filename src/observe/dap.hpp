// `krait --dap[=PORT]`: a Debug Adapter Protocol server, over the standard streams or one connection to a loopback port.
//
// The client says what to run, so the server reads its requests up to configurationDone before a program is started; while the
// program runs, requests are answered at its lines. What the program prints is sent as output events: its standard streams are
// pipes, which a thread reads.
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "observe/debugger.hpp"

namespace krait {

struct DapLaunch {
  std::string program;
  std::vector<std::string> arguments;
  bool ended = false;  ///< the client went away before it launched anything
};

/// The connection. Lives from before the Vm is made until after its program has ended.
class DapServer {
 public:
  DapServer();
  ~DapServer();
  /// port < 0: the standard streams. A message if the port cannot be had. Waits for the client.
  std::string open(int port);
  /// Serves requests until the program may start.
  DapLaunch wait_for_launch();
  /// The client of the observation that stops the program for this server.
  std::unique_ptr<Client> debugger();
  /// The program has ended: tells the client and serves what it still asks.
  void finish(int exit_code);

  struct Impl;

 private:
  std::unique_ptr<Impl> impl_;
};

}  // namespace krait
