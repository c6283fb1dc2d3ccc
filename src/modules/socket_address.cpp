// Socket addresses between Python's form and the system's, and the resolver.
#include <arpa/inet.h>
#include <netdb.h>

#include <cstddef>
#include <cstring>

#include "interp/thread.hpp"
#include "modules/posix_module.hpp"
#include "modules/socket_module.hpp"
#include "objects/bytes.hpp"
#include "objects/int.hpp"
#include "objects/exception.hpp"
#include "objects/str.hpp"

namespace krait::sockets {

Error raise_gaierror(Vm& vm, int error) {
  if (error == EAI_SYSTEM) return vm.raise_os_error(errno);
  Result<Str*> text = str_from_utf8(vm, gai_strerror(error));
  if (text.is_error()) return {};
  Result<Tuple*> args = tuple_of(vm, Value::small_int(error), text.release());
  if (args.is_error()) return {};
  Value e = exception_new(vm, state(vm).gaierror, args.release());
  if (e.is_error()) return {};
  return vm.raise_value(e);
}

Status host_argument(Vm& vm, Value v, std::string& out) {
  if (is_str(v)) {
    Value encoded = v;
    Str* text = as_str(v);
    if (text->is_ascii()) {
      out = str_to_utf8(text);
    } else {
      encoded = call_method(vm, v, TRY(vm.intern("encode")), TRY(str_from_ascii(vm, "idna")));
      if (encoded.is_error()) return Error{};
      if (!is_bytes(encoded)) return vm.raise(E::TypeError, "encoding of hostname failed");
      out = encoded.as<Bytes>()->view();
    }
  } else if (is_bytes(v)) {
    out = v.as<Bytes>()->view();
  } else if (is_bytearray(v)) {
    ByteArray* b = v.as<ByteArray>();
    out.assign(reinterpret_cast<const char*>(b->data()), b->length);
  } else {
    return vm.raise(E::TypeError, "str, bytes or bytearray expected, not {}", type_name_of(v));
  }
  if (out.find('\0') != std::string::npos) return vm.raise(E::TypeError, "host name must not contain null character");
  return {};
}

Status resolve_host(Vm& vm, const std::string& name, int family, Address& out) {
  addrinfo hints{};
  hints.ai_family = family;
  addrinfo* found = nullptr;
  if (name == "<broadcast>" || name == "255.255.255.255") {
    if (family != AF_INET && family != AF_UNSPEC) return vm.raise(E::OSError, "address family mismatched");
    out.inet = {};
    out.inet.sin_family = AF_INET;
    out.inet.sin_addr.s_addr = INADDR_BROADCAST;
    out.length = sizeof out.inet;
    return {};
  }
  const char* host = name.empty() ? nullptr : name.c_str();
  const char* service = nullptr;
  if (name.empty()) {  // every address of this machine
    hints.ai_socktype = SOCK_DGRAM;
    hints.ai_flags = AI_PASSIVE;
    service = "0";
  }
  int error;
  without_vm(vm, [&] { error = getaddrinfo(host, service, &hints, &found); });
  if (error != 0) return raise_gaierror(vm, error);
  Status status{};
  if (name.empty() && found->ai_next != nullptr && family != AF_UNSPEC) {
    status = vm.raise(E::OSError, "wildcard resolved to multiple address");
  } else {
    out.length = std::min<socklen_t>(found->ai_addrlen, sizeof out.room);
    std::memcpy(&out.room, found->ai_addr, out.length);
  }
  freeaddrinfo(found);
  if (!status.is_error()) TRY(vm.poll());
  return status;
}

namespace {

Result<int> port_argument(Vm& vm, Value v, const char* function) {
  if (!has_index(vm, v))
    return vm.raise(E::TypeError, "'{}' object cannot be interpreted as an integer", type_name_of(v));
  std::optional<int64_t> port = int_to_i64(TRY(index(vm, v)));
  if (!port || *port < 0 || *port > 0xffff) return vm.raise(E::OverflowError, "{}(): port must be 0-65535.", function);
  return static_cast<int>(*port);
}

Status inet_argument(Vm& vm, Value v, const char* function, Address& out) {
  if (!is_tuple(v))
    return vm.raise(E::TypeError, "{}(): AF_INET address must be tuple, not {}", function, type_name_of(v));
  Tuple* parts = v.as<Tuple>();
  if (parts->length != 2) return vm.raise(E::TypeError, "AF_INET address must be a pair (host, port)");
  std::string host;
  TRY(host_argument(vm, parts->items[0], host));
  int port = TRY(port_argument(vm, parts->items[1], function));
  TRY(resolve_host(vm, host, AF_INET, out));
  out.inet.sin_family = AF_INET;
  out.inet.sin_port = htons(static_cast<uint16_t>(port));
  out.length = sizeof out.inet;
  return {};
}

Status inet6_argument(Vm& vm, Value v, const char* function, Address& out) {
  if (!is_tuple(v))
    return vm.raise(E::TypeError, "{}(): AF_INET6 address must be tuple, not {}", function, type_name_of(v));
  Tuple* parts = v.as<Tuple>();
  if (parts->length < 2 || parts->length > 4)
    return vm.raise(E::TypeError, "AF_INET6 address must be a tuple (host, port[, flowinfo[, scopeid]])");
  std::string host;
  TRY(host_argument(vm, parts->items[0], host));
  int port = TRY(port_argument(vm, parts->items[1], function));
  int64_t flow = parts->length > 2 ? TRY(index_checked(vm, parts->items[2], E::OverflowError)) : 0;
  int64_t scope = parts->length > 3 ? TRY(index_checked(vm, parts->items[3], E::OverflowError)) : 0;
  if (flow < 0 || flow > 0xfffff) return vm.raise(E::OverflowError, "{}(): flowinfo must be 0-1048575.", function);
  if (scope < 0 || scope > UINT32_MAX)
    return vm.raise(E::OverflowError, scope < 0 ? "can't convert negative value to unsigned int"
                                                : "Python int too large to convert to C unsigned int");
  TRY(resolve_host(vm, host, AF_INET6, out));
  // A scope in the host's text ("fe80::1%lo") counts unless one is given apart.
  uint32_t scope_of_host = out.inet6.sin6_scope_id;
  out.inet6.sin6_family = AF_INET6;
  out.inet6.sin6_port = htons(static_cast<uint16_t>(port));
  out.inet6.sin6_flowinfo = htonl(static_cast<uint32_t>(flow));
  out.inet6.sin6_scope_id = parts->length > 3 ? static_cast<uint32_t>(scope) : scope_of_host;
  out.length = sizeof out.inet6;
  return {};
}

Status unix_argument(Vm& vm, Value v, Address& out) {
  std::string path;
  if (is_str(v)) {
    TRY(str_encode_fs(vm, as_str(v), path));
  } else {
    ScopedBuffer buffer(vm);
    TRY(buffer.acquire(v));
    path = buffer.view();
  }
  bool abstract = !path.empty() && path[0] == '\0';  // Linux: a name outside the file system
  size_t room = sizeof out.unix_path.sun_path;
  if (path.size() + (abstract ? 0 : 1) > room) return vm.raise(E::OSError, "AF_UNIX path too long");
  out.unix_path.sun_family = AF_UNIX;
  std::memset(out.unix_path.sun_path, 0, room);
  std::memcpy(out.unix_path.sun_path, path.data(), path.size());
  out.length =
      static_cast<socklen_t>(offsetof(sockaddr_un, sun_path) + path.size() + (abstract || path.empty() ? 0 : 1));
  return {};
}

}  // namespace

Status address_argument(Vm& vm, Value v, int family, int, const char* function, Address& out) {
  switch (family) {
    case AF_INET: return inet_argument(vm, v, function, out);
    case AF_INET6: return inet6_argument(vm, v, function, out);
    case AF_UNIX: return unix_argument(vm, v, out);
    default: return vm.raise(E::OSError, "{}(): bad family", function);
  }
}

Value address_host_text(Vm& vm, const Address& address) {
  char text[NI_MAXHOST];
  int error = getnameinfo(&address.any, address.length, text, sizeof text, nullptr, 0, NI_NUMERICHOST);
  if (error != 0) return raise_gaierror(vm, error);
  return str_from_utf8(vm, text);
}

Value address_result(Vm& vm, const Address& address) {
  if (address.length == 0) return Value::none();
  switch (address.any.sa_family) {
    case AF_INET: return pack(vm, address_host_text(vm, address), Value::small_int(ntohs(address.inet.sin_port)));
    case AF_INET6: {
      Value host = TRY(address_host_text(vm, address));
      return pack(vm, host, Value::small_int(ntohs(address.inet6.sin6_port)),
                  Value::small_int(ntohl(address.inet6.sin6_flowinfo)), Value::small_int(address.inet6.sin6_scope_id));
    }
    case AF_UNIX: {
      constexpr size_t kHead = offsetof(sockaddr_un, sun_path);
      size_t size = address.length > kHead ? address.length - kHead : 0;
      size = std::min(size, sizeof address.unix_path.sun_path);
      const char* path = address.unix_path.sun_path;
      if (size > 0 && path[0] == '\0') return bytes_from(vm, std::string_view(path, size));
      return str_decode_fs(vm, std::string_view(path, strnlen(path, size)));
    }
    default: {
      size_t head = offsetof(sockaddr, sa_data);
      size_t size = address.length > head ? address.length - head : 0;
      const char* data = reinterpret_cast<const char*>(&address.room) + head;
      return pack(vm, Value::small_int(address.any.sa_family), bytes_from(vm, std::string_view(data, size)));
    }
  }
}

}  // namespace krait::sockets
