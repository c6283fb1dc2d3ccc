// What the parts of the _socket module share: addresses, the socket object, and the module's state.
#pragma once

#include <sys/socket.h>
#include <sys/un.h>

#include <netinet/in.h>

#include <span>
#include <string>

#include "objects/native.hpp"
#include "objects/vm.hpp"

namespace krait::sockets {

/// An address of any family, in the system's form.
struct Address {
  union {
    sockaddr any;
    sockaddr_in inet;
    sockaddr_in6 inet6;
    sockaddr_un unix_path;
    sockaddr_storage room;
  };
  socklen_t length;
  Address() : room{}, length(sizeof room) {}
};

/// Reads an address of Python's form: (host, port), (host, port, flowinfo, scope_id) or a path, by family. `function` is for
/// messages. Host names are looked up, without the Vm.
Status address_argument(Vm& vm, Value v, int family, int protocol, const char* function, Address& out);
/// The address as Python has it; None for none at all, (family, bytes) for families that have no form of their own.
Value address_result(Vm& vm, const Address& address);
/// Resolves a host name (text in the system's form; empty: any, "<broadcast>") to one numeric address.
Status resolve_host(Vm& vm, const std::string& name, int family, Address& out);
/// A host name argument: str (IDNA unless ASCII), bytes or bytearray.
Status host_argument(Vm& vm, Value v, std::string& out);
/// The numeric text of an inet or inet6 address.
Value address_host_text(Vm& vm, const Address& address);
/// gaierror, or OSError if the system's own error is meant.
Error raise_gaierror(Vm& vm, int error);

struct Socket : Object {
  int fd;  ///< -1: closed or detached
  int family, type, protocol;
  double timeout;  ///< seconds; negative: none
};
/// A new socket object for a descriptor, which it owns.
Value socket_from_fd(Vm& vm, int fd, int family, int type, int protocol);
/// A timeout argument: seconds, negative for None.
Result<double> timeout_argument(Vm& vm, Value v);
/// None, or seconds.
Value timeout_result(Vm& vm, double seconds);

struct State : Extension {
  Type *socket = nullptr, *gaierror = nullptr, *herror = nullptr;
  double default_timeout = -1;
  void trace(Marker& m) override {
    for (Type* t : {socket, gaierror, herror}) m.mark_cell(t);
  }
};
inline State& state(Vm& vm) { return vm.extension<State>(); }

extern const TypeSpec socket_type;

}  // namespace krait::sockets
