// _socket: the module's functions and numbers.
#include <arpa/inet.h>
#include <fcntl.h>
#include <linux/netlink.h>
#include <net/if.h>
#include <netdb.h>
#include <netinet/tcp.h>
#include <unistd.h>

#include <cstring>
#include <vector>

#include "interp/thread.hpp"
#include "modules/posix_module.hpp"
#include "modules/socket_module.hpp"
#include "objects/bytes.hpp"
#include "objects/exception.hpp"
#include "objects/int.hpp"
#include "objects/str.hpp"

namespace krait {

namespace {

using namespace sockets;
using posix::int_argument;

// --- Looking up names.

Status text_argument(Vm& vm, Value v, const char* function, int position, std::string& out) {
  if (!is_str(v))
    return vm.raise(E::TypeError, "{}() argument {} must be str, not {}", function, position, argument_type(v));
  out = str_to_utf8(as_str(v));
  if (out.find('\0') != std::string::npos) return vm.raise(E::ValueError, "embedded null character");
  return {};
}

Value getaddrinfo_function(Vm& vm, Args a) {
  std::string host, service;
  bool has_host = !a[0].is_none(), has_service = !a[1].is_none();
  if (has_host) {
    if (!is_str(a[0]) && !is_bytes(a[0]))
      return vm.raise(E::TypeError, "getaddrinfo() argument 1 must be string or None");
    TRY(host_argument(vm, a[0], host));
  }
  if (is_int(a[1])) {
    std::optional<int64_t> port = int_to_i64(a[1]);
    if (!port) return vm.raise(E::OverflowError, "Python int too large to convert to C long");
    service = std::to_string(*port);
  } else if (is_str(a[1])) {
    service = str_to_utf8(as_str(a[1]));
  } else if (is_bytes(a[1])) {
    service = a[1].as<Bytes>()->view();
  } else if (has_service) {
    return vm.raise(E::OSError, "Int or String expected");
  }
  if (service.find('\0') != std::string::npos) return vm.raise(E::ValueError, "embedded null character");
  addrinfo hints{};
  hints.ai_family = a.has(2) ? TRY(int_argument(vm, a[2])) : AF_UNSPEC;
  hints.ai_socktype = a.has(3) ? TRY(int_argument(vm, a[3])) : 0;
  hints.ai_protocol = a.has(4) ? TRY(int_argument(vm, a[4])) : 0;
  hints.ai_flags = a.has(5) ? TRY(int_argument(vm, a[5])) : 0;
  addrinfo* found = nullptr;
  int error;
  without_vm(vm, [&] {
    error = ::getaddrinfo(has_host ? host.c_str() : nullptr, has_service ? service.c_str() : nullptr, &hints, &found);
  });
  if (error != 0) return raise_gaierror(vm, error);
  auto collect = [&]() -> Value {
    List* result = TRY(list_new(vm));
    for (addrinfo* i = found; i != nullptr; i = i->ai_next) {
      Address address;
      address.length = std::min<socklen_t>(i->ai_addrlen, sizeof address.room);
      std::memcpy(&address.room, i->ai_addr, address.length);
      Value name = str_from_utf8(vm, i->ai_canonname == nullptr ? "" : i->ai_canonname);
      Value item = TRY(pack(vm, Value::small_int(i->ai_family), Value::small_int(i->ai_socktype),
                            Value::small_int(i->ai_protocol), name, address_result(vm, address)));
      TRY(list_append(vm, result, item));
    }
    return result;
  };
  Value result = collect();
  freeaddrinfo(found);
  TRY(vm.poll());
  return result;
}

Value getnameinfo_function(Vm& vm, Args a) {
  if (!is_tuple(a[0])) return vm.raise(E::TypeError, "getnameinfo() argument 1 must be a tuple");
  int flags = TRY(int_argument(vm, a[1]));
  Tuple* parts = a[0].as<Tuple>();
  if (parts->length < 2 || parts->length > 4 || !is_str(parts->items[0]))
    return vm.raise(E::TypeError, "getnameinfo(): illegal sockaddr argument");
  int64_t numbers[3] = {};
  for (uint64_t i = 1; i < parts->length; ++i)
    numbers[i - 1] = TRY(index_checked(vm, parts->items[i], E::OverflowError));
  if (numbers[1] < 0 || numbers[1] > 0xfffff)
    return vm.raise(E::OverflowError, "getnameinfo(): flowinfo must be 0-1048575.");
  std::string host;
  TRY(host_argument(vm, parts->items[0], host));
  std::string port = std::to_string(numbers[0]);
  addrinfo hints{}, *found = nullptr;
  hints.ai_socktype = SOCK_DGRAM;  // the lookup shall give each address once
  hints.ai_flags = AI_NUMERICHOST;
  int error;
  without_vm(vm, [&] { error = ::getaddrinfo(host.c_str(), port.c_str(), &hints, &found); });
  if (error != 0) return raise_gaierror(vm, error);
  Address address;
  address.length = std::min<socklen_t>(found->ai_addrlen, sizeof address.room);
  std::memcpy(&address.room, found->ai_addr, address.length);
  bool several = found->ai_next != nullptr;
  freeaddrinfo(found);
  if (several) return vm.raise(E::OSError, "sockaddr resolved to multiple addresses");
  if (address.any.sa_family == AF_INET && parts->length != 2)
    return vm.raise(E::OSError, "IPv4 sockaddr must be 2 tuple");
  if (address.any.sa_family == AF_INET6) {
    address.inet6.sin6_flowinfo = htonl(static_cast<uint32_t>(numbers[1]));
    address.inet6.sin6_scope_id = static_cast<uint32_t>(numbers[2]);
  }
  char host_text[NI_MAXHOST], port_text[NI_MAXSERV];
  without_vm(vm, [&] {
    error =
        ::getnameinfo(&address.any, address.length, host_text, sizeof host_text, port_text, sizeof port_text, flags);
  });
  if (error != 0) return raise_gaierror(vm, error);
  TRY(vm.poll());
  Value name = str_decode_fs(vm, host_text);
  return pack(vm, name, str_decode_fs(vm, port_text));
}

Value gethostbyname_function(Vm& vm, Args a) {
  std::string name;
  TRY(host_argument(vm, a[0], name));
  Address address;
  TRY(resolve_host(vm, name, AF_INET, address));
  return address_host_text(vm, address);
}

/// A host's entry, from call(entry, room, size, result, error) in the manner of gethostbyname_r: (name, aliases, addresses).
template <class Call>
Value host_entry(Vm& vm, int family, Call call) {
  std::vector<char> room(1024);
  hostent entry, *found = nullptr;
  int error = 0;
  while (true) {
    int status;
    without_vm(vm, [&] { status = call(&entry, room.data(), room.size(), &found, &error); });
    TRY(vm.poll());
    if (status != ERANGE || room.size() >= (1 << 20)) break;
    room.resize(room.size() * 4);
  }
  if (found == nullptr) {
    Value text = TRY(str_from_utf8(vm, hstrerror(error)));
    Tuple* args = TRY(tuple_of(vm, Value::small_int(error), text));
    Value e = exception_new(vm, state(vm).herror, args);
    if (e.is_error()) return e;
    return vm.raise_value(e);
  }
  if (found->h_addrtype != family) return vm.raise_os_error(EAFNOSUPPORT);
  List* aliases = TRY(list_new(vm));
  for (char** alias = found->h_aliases; alias != nullptr && *alias != nullptr; ++alias)
    TRY(list_append(vm, aliases, TRY(str_decode_fs(vm, *alias))));
  List* addresses = TRY(list_new(vm));
  for (char** at = found->h_addr_list; *at != nullptr; ++at) {
    char text[INET6_ADDRSTRLEN];
    if (inet_ntop(family, *at, text, sizeof text) == nullptr) return vm.raise_os_error(errno);
    TRY(list_append(vm, addresses, TRY(str_from_utf8(vm, text))));
  }
  return pack(vm, str_decode_fs(vm, found->h_name), aliases, addresses);
}
Value gethostbyname_ex_function(Vm& vm, Args a) {
  std::string name;
  TRY(host_argument(vm, a[0], name));
  return host_entry(vm, AF_INET, [&](hostent* entry, char* room, size_t size, hostent** found, int* error) {
    return gethostbyname2_r(name.c_str(), AF_INET, entry, room, size, found, error);
  });
}
Value gethostbyaddr_function(Vm& vm, Args a) {
  std::string name;
  TRY(host_argument(vm, a[0], name));
  Address address;
  TRY(resolve_host(vm, name, AF_UNSPEC, address));
  int family = address.any.sa_family;
  if (family != AF_INET && family != AF_INET6) return vm.raise(E::OSError, "unsupported address family");
  return host_entry(vm, family, [&](hostent* entry, char* room, size_t size, hostent** found, int* error) {
    return family == AF_INET
               ? gethostbyaddr_r(&address.inet.sin_addr, sizeof(in_addr), AF_INET, entry, room, size, found, error)
               : gethostbyaddr_r(&address.inet6.sin6_addr, sizeof(in6_addr), AF_INET6, entry, room, size, found, error);
  });
}

Value gethostname_function(Vm& vm, Args) {
  char name[1024];
  if (::gethostname(name, sizeof name - 1) < 0) return vm.raise_os_error(errno);
  name[sizeof name - 1] = 0;
  return str_decode_fs(vm, static_cast<const char*>(name));
}
Value sethostname_function(Vm& vm, Args a) {
  std::string name;
  if (is_str(a[0])) {
    TRY(str_encode_fs(vm, as_str(a[0]), name));
  } else {
    ScopedBuffer buffer(vm);
    TRY(buffer.acquire(a[0]));
    name = buffer.view();
  }
  return posix::done(vm, ::sethostname(name.data(), name.size()));
}

constexpr size_t kEntryRoom = 16384;  // of /etc/services and /etc/protocols: a line of theirs is short

Value getservbyname_function(Vm& vm, Args a) {
  std::string name, protocol;
  TRY(text_argument(vm, a[0], "getservbyname", 1, name));
  if (a.has(1)) TRY(text_argument(vm, a[1], "getservbyname", 2, protocol));
  servent entry, *found = nullptr;
  char room[kEntryRoom];
  without_vm(vm, [&] {
    getservbyname_r(name.c_str(), a.has(1) ? protocol.c_str() : nullptr, &entry, room, sizeof room, &found);
  });
  if (found == nullptr) return vm.raise(E::OSError, "service/proto not found");
  return Value::small_int(ntohs(static_cast<uint16_t>(found->s_port)));
}
Value getservbyport_function(Vm& vm, Args a) {
  int64_t port = TRY(index_clipped(vm, a[0]));
  std::string protocol;
  if (a.has(1)) TRY(text_argument(vm, a[1], "getservbyport", 2, protocol));
  if (port < 0 || port > 0xffff) return vm.raise(E::OverflowError, "getservbyport: port must be 0-65535.");
  servent entry, *found = nullptr;
  char room[kEntryRoom];
  without_vm(vm, [&] {
    getservbyport_r(htons(static_cast<uint16_t>(port)), a.has(1) ? protocol.c_str() : nullptr, &entry, room,
                    sizeof room, &found);
  });
  if (found == nullptr) return vm.raise(E::OSError, "port/proto not found");
  return str_from_utf8(vm, found->s_name);
}
Value getprotobyname_function(Vm& vm, Args a) {
  std::string name;
  TRY(text_argument(vm, a[0], "getprotobyname", 1, name));
  protoent entry, *found = nullptr;
  char room[kEntryRoom];
  without_vm(vm, [&] { getprotobyname_r(name.c_str(), &entry, room, sizeof room, &found); });
  if (found == nullptr) return vm.raise(E::OSError, "protocol not found");
  return Value::small_int(found->p_proto);
}

// --- Byte order and text forms.

Result<uint32_t> short_argument(Vm& vm, Value v, const char* function) {
  Value i = TRY(index(vm, v));
  if (int_sign(i) < 0)
    return vm.raise(E::OverflowError, "{}: can't convert negative Python int to C 16-bit unsigned integer", function);
  std::optional<uint64_t> n = int_to_u64(i);
  if (!n || *n > UINT16_MAX)
    return vm.raise(E::OverflowError, "{}: Python int too large to convert to C 16-bit unsigned integer", function);
  return static_cast<uint32_t>(*n);
}
Value htons_function(Vm& vm, Args a) {
  return Value::small_int(htons(static_cast<uint16_t>(TRY(short_argument(vm, a[0], "htons")))));
}
Value ntohs_function(Vm& vm, Args a) {
  return Value::small_int(ntohs(static_cast<uint16_t>(TRY(short_argument(vm, a[0], "ntohs")))));
}
/// Both directions are the same exchange.
Value htonl_function(Vm& vm, Args a) {
  if (!is_int(a[0])) return vm.raise(E::TypeError, "expected int, {} found", type_name_of(a[0]));
  if (int_sign(a[0]) < 0) return vm.raise(E::OverflowError, "can't convert negative value to unsigned int");
  std::optional<uint64_t> n = int_to_u64(a[0]);
  if (!n) return vm.raise(E::OverflowError, "Python int too large to convert to C unsigned long");
  if (*n > UINT32_MAX) return vm.raise(E::OverflowError, "int larger than 32 bits");
  return Value::small_int(htonl(static_cast<uint32_t>(*n)));
}

Value inet_aton_function(Vm& vm, Args a) {
  std::string text;
  TRY(text_argument(vm, a[0], "inet_aton", 1, text));
  in_addr address;
  if (::inet_aton(text.c_str(), &address) == 0)
    return vm.raise(E::OSError, "illegal IP address string passed to inet_aton");
  return bytes_from(vm, std::string_view(reinterpret_cast<const char*>(&address), sizeof address));
}
Value inet_ntoa_function(Vm& vm, Args a) {
  ScopedBuffer packed(vm);
  TRY(packed.acquire(a[0]));
  if (packed.view().size() != sizeof(in_addr)) return vm.raise(E::OSError, "packed IP wrong length for inet_ntoa");
  char text[INET_ADDRSTRLEN];
  inet_ntop(AF_INET, packed.view().data(), text, sizeof text);
  return str_from_utf8(vm, static_cast<const char*>(text));
}
Value inet_pton_function(Vm& vm, Args a) {
  int family = TRY(int_argument(vm, a[0]));
  std::string text;
  TRY(text_argument(vm, a[1], "inet_pton", 2, text));
  char packed[sizeof(in6_addr)];
  int result = ::inet_pton(family, text.c_str(), packed);
  if (result < 0) return vm.raise_os_error(errno);
  if (result == 0) return vm.raise(E::OSError, "illegal IP address string passed to inet_pton");
  return bytes_from(vm, std::string_view(packed, family == AF_INET ? sizeof(in_addr) : sizeof(in6_addr)));
}
Value inet_ntop_function(Vm& vm, Args a) {
  int family = TRY(int_argument(vm, a[0]));
  ScopedBuffer packed(vm);
  TRY(packed.acquire(a[1]));
  if (family != AF_INET && family != AF_INET6) return vm.raise(E::ValueError, "unknown address family {}", family);
  if (packed.view().size() != (family == AF_INET ? sizeof(in_addr) : sizeof(in6_addr)))
    return vm.raise(E::ValueError, "invalid length of packed IP address string");
  char text[INET6_ADDRSTRLEN];
  if (::inet_ntop(family, packed.view().data(), text, sizeof text) == nullptr) return vm.raise_os_error(errno);
  return str_from_utf8(vm, static_cast<const char*>(text));
}

// --- Network interfaces.

Value if_nameindex_function(Vm& vm, Args) {
  struct if_nameindex* names = ::if_nameindex();
  if (names == nullptr) return vm.raise_os_error(errno);
  auto collect = [&]() -> Value {
    List* result = TRY(list_new(vm));
    for (struct if_nameindex* i = names; i->if_index != 0; ++i) {
      Value name = str_decode_fs(vm, i->if_name);
      TRY(list_append(vm, result, TRY(pack(vm, Value::small_int(i->if_index), name))));
    }
    return result;
  };
  Value result = collect();
  if_freenameindex(names);
  return result;
}
Value if_nametoindex_function(Vm& vm, Args a) {
  std::string name;
  TRY(posix::fs_string(vm, a[0], name));
  unsigned index = ::if_nametoindex(name.c_str());
  if (index == 0) return vm.raise(E::OSError, "no interface with this name");
  return Value::small_int(index);
}
Value if_indextoname_function(Vm& vm, Args a) {
  Value i = TRY(index(vm, a[0]));
  if (int_sign(i) < 0) return vm.raise(E::OverflowError, "can't convert negative value to unsigned int");
  std::optional<uint64_t> n = int_to_u64(i);
  if (!n || *n > UINT32_MAX) return vm.raise(E::OverflowError, "Python int too large to convert to C unsigned int");
  char name[IF_NAMESIZE];
  if (::if_indextoname(static_cast<unsigned>(*n), name) == nullptr) return vm.raise_os_error(errno);
  return str_decode_fs(vm, static_cast<const char*>(name));
}

// --- Descriptors and sizes.

Value close_function(Vm& vm, Args a) {
  int fd = TRY(int_argument(vm, a[0]));
  int result;
  without_vm(vm, [&] { result = ::close(fd); });
  if (result < 0 && errno != ECONNRESET && errno != EINTR) return vm.raise_os_error(errno);
  return Value::none();
}
Value dup_function(Vm& vm, Args a) {
  int fd = TRY(int_argument(vm, a[0]));
  int copy = ::fcntl(fd, F_DUPFD_CLOEXEC, 0);
  if (copy < 0) return vm.raise_os_error(errno);
  return Value::small_int(copy);
}
Value socketpair_function(Vm& vm, Args a) {
  int family = a.has(0) ? TRY(int_argument(vm, a[0])) : AF_UNIX;
  int type = a.has(1) ? TRY(int_argument(vm, a[1])) : SOCK_STREAM;
  int protocol = a.has(2) ? TRY(int_argument(vm, a[2])) : 0;
  int fds[2];
  if (::socketpair(family, type | SOCK_CLOEXEC, protocol, fds) < 0) return vm.raise_os_error(errno);
  Value first = socket_from_fd(vm, fds[0], family, type, protocol);
  if (first.is_error()) {
    ::close(fds[1]);
    return first;
  }
  return pack(vm, first, socket_from_fd(vm, fds[1], family, type, protocol));
}
Value getdefaulttimeout_function(Vm& vm, Args) { return timeout_result(vm, state(vm).default_timeout); }
Value setdefaulttimeout_function(Vm& vm, Args a) {
  state(vm).default_timeout = TRY(timeout_argument(vm, a[0]));
  return Value::none();
}
/// CMSG_LEN and CMSG_SPACE of what fits in a socklen_t.
template <bool padded>
Value message_size(Vm& vm, Args a) {
  int64_t n = TRY(ssize_argument(vm, a[0]));
  constexpr int64_t kMost = INT_MAX - static_cast<int64_t>(CMSG_SPACE(0));
  if (n < 0 || n > kMost)
    return vm.raise(E::OverflowError,
                    padded ? "CMSG_SPACE() argument out of range" : "CMSG_LEN() argument out of range");
  return int_from_u64(vm, padded ? CMSG_SPACE(static_cast<size_t>(n)) : CMSG_LEN(static_cast<size_t>(n)));
}

constexpr NativeRow kFunctions[] = {
    {"getaddrinfo(host, port, family=0, type=0, proto=0, flags=0)", getaddrinfo_function, 0,
     "The addresses of a host and service: a list of (family, type, proto, canonname, sockaddr)."},
    {"getnameinfo(sockaddr, flags, /)", getnameinfo_function, 0, "The host and the service of an address."},
    {"gethostbyname(host, /)", gethostbyname_function, 0, "The IPv4 address of a host, as text."},
    {"gethostbyname_ex(host, /)", gethostbyname_ex_function, 0, "A host's name, aliases and IPv4 addresses."},
    {"gethostbyaddr(host, /)", gethostbyaddr_function, 0,
     "The name, aliases and addresses of the host with an address."},
    {"gethostname()", gethostname_function, 0, "The name of this machine."},
    {"sethostname(name, /)", sethostname_function, 0, "Set the name of this machine."},
    {"getservbyname(servicename, protocolname='any', /)", getservbyname_function, 0, "The port of a service."},
    {"getservbyport(port, protocolname='any', /)", getservbyport_function, 0, "The service of a port."},
    {"getprotobyname(name, /)", getprotobyname_function, 0, "The number of a protocol."},
    {"htons(x, /)", htons_function, 0, "16 bits from this machine's byte order to the network's."},
    {"ntohs(x, /)", ntohs_function, 0, "16 bits from the network's byte order to this machine's."},
    {"htonl(x, /)", htonl_function, 0, "32 bits from this machine's byte order to the network's."},
    {"ntohl(x, /)", htonl_function, 0, "32 bits from the network's byte order to this machine's."},
    {"inet_aton(ip_addr, /)", inet_aton_function, 0, "An IPv4 address, from text to 4 bytes."},
    {"inet_ntoa(packed_ip, /)", inet_ntoa_function, 0, "An IPv4 address, from 4 bytes to text."},
    {"inet_pton(af, ip, /)", inet_pton_function, 0, "An address of a family, from text to bytes."},
    {"inet_ntop(af, packed_ip, /)", inet_ntop_function, 0, "An address of a family, from bytes to text."},
    {"if_nameindex()", if_nameindex_function, 0, "The network interfaces: a list of (index, name)."},
    {"if_nametoindex(oname, /)", if_nametoindex_function, 0, "The index of a network interface."},
    {"if_indextoname(index, /)", if_indextoname_function, 0, "The name of a network interface."},
    {"close(fd, /)", close_function, 0, "Close a socket's descriptor."},
    {"dup(fd, /)", dup_function, 0, "A new descriptor for the same socket."},
    {"socketpair(family=AF_UNIX, type=SOCK_STREAM, proto=0, /)", socketpair_function, 0, "Two connected sockets."},
    {"getdefaulttimeout()", getdefaulttimeout_function, 0, "The timeout of new sockets; None: no limit."},
    {"setdefaulttimeout(timeout, /)", setdefaulttimeout_function, 0, "Set the timeout of new sockets."},
    {"CMSG_LEN(length, /)", message_size<false>, 0, "The length of an ancillary message with so many bytes of data."},
    {"CMSG_SPACE(length, /)", message_size<true>, 0, "The same with the padding behind it."},
};

struct Number {
  const char* name;
  int64_t value;
};
constexpr Number kNumbers[] = {
#define CONSTANT(name) {#name, static_cast<int64_t>(name)},
#include "modules/socket_names.def"
#undef CONSTANT
};

constexpr TypeSpec kGaierror{.name = "socket.gaierror", .flags = kTypeBase};
constexpr TypeSpec kHerror{.name = "socket.herror", .flags = kTypeBase};

Status init(Vm& vm, Module* m) {
  State& s = state(vm);
  Type* os_error = vm.exception_type(E::OSError);
  s.gaierror = TRY(module_add_type(vm, m, kGaierror, os_error));
  s.herror = TRY(module_add_type(vm, m, kHerror, os_error));
  s.socket = TRY(module_add_type(vm, m, socket_type));
  TRY(module_add(vm, m, "SocketType", s.socket));
  TRY(module_add(vm, m, "error", os_error));
  TRY(module_add(vm, m, "timeout", vm.exception_type(E::TimeoutError)));
  TRY(module_add(vm, m, "has_ipv6", Value::true_()));
  for (const Number& number : kNumbers) TRY(module_add_int(vm, m, number.name, number.value));
  return module_add_int(vm, m, "SOL_UDP", IPPROTO_UDP);
}

}  // namespace

extern constinit const ModuleSpec socket_module{
    .name = "_socket",
    .doc = "Sockets of the operating system.",
    .functions = kFunctions,
    .init = init,
};

}  // namespace krait
