"""Stand-in for _socket: enough that socket and asyncio load, and that an event loop can wake itself through a pair of pipes."""

import os

error = OSError
timeout = TimeoutError


class herror(OSError):
    pass


class gaierror(OSError):
    pass


has_ipv6 = False
CAPI = None
AF_UNSPEC, AF_UNIX, AF_INET = 0, 1, 2
SOCK_STREAM, SOCK_DGRAM, SOCK_NONBLOCK, SOCK_CLOEXEC = 1, 2, 0o4000, 0o2000000
SOL_SOCKET, SO_REUSEADDR, SO_TYPE, SO_ERROR, SO_KEEPALIVE, SO_BROADCAST, SOMAXCONN = 1, 2, 3, 4, 9, 6, 4096
IPPROTO_TCP, IPPROTO_UDP, TCP_NODELAY = 6, 17, 1
SHUT_RD, SHUT_WR, SHUT_RDWR = 0, 1, 2
MSG_PEEK, MSG_DONTWAIT = 2, 64
AI_PASSIVE, AI_CANONNAME = 1, 2
EAI_NONAME, EAI_FAMILY = -2, -6
NI_NUMERICHOST = 1
_default_timeout = None


def getdefaulttimeout():
    return _default_timeout


def setdefaulttimeout(timeout):
    global _default_timeout
    _default_timeout = timeout


class socket:
    """One end of a pair: reads from one pipe, writes to the other."""

    __slots__ = "_in", "_out", "_family", "_type", "proto", "timeout"

    def __init__(self, family=-1, type=-1, proto=-1, fileno=None):
        if fileno is None:
            raise OSError(97, "this stand-in has no network")
        self._in, self._out = fileno if isinstance(fileno, tuple) else (fileno, fileno)
        # The socket module puts properties of the same names above these two.
        self._family, self._type, self.proto, self.timeout = family, type, proto, None

    @property
    def family(self):
        return self._family

    @property
    def type(self):
        return self._type

    def fileno(self):
        return self._in

    def detach(self):
        fd, self._in, self._out = (self._in, self._out), -1, -1
        return fd

    def close(self):
        for fd in {self._in, self._out} - {-1}:
            os.close(fd)
        self._in = self._out = -1

    def setblocking(self, flag):
        os.set_blocking(self._in, bool(flag))
        os.set_blocking(self._out, bool(flag))

    def getblocking(self):
        return os.get_blocking(self._in)

    def settimeout(self, timeout):
        self.timeout = timeout
        self.setblocking(timeout is None)

    def gettimeout(self):
        return self.timeout

    def recv(self, size, flags=0):
        return os.read(self._in, size)

    def send(self, data, flags=0):
        return os.write(self._out, data)

    def sendall(self, data, flags=0):
        os.write(self._out, data)

    def shutdown(self, how):
        pass


SocketType = socket


def socketpair(family=AF_UNIX, type=SOCK_STREAM, proto=0):
    from_b, to_a = os.pipe()
    from_a, to_b = os.pipe()
    return (socket(family, type, proto, (from_b, to_b)), socket(family, type, proto, (from_a, to_a)))


def close(fd):
    os.close(fd)


def dup(fd):
    return os.dup(fd)


def gethostname():
    return os.uname().nodename


def getaddrinfo(*args, **kwargs):
    raise gaierror(EAI_NONAME, "this stand-in has no network")


gethostbyname = gethostbyaddr = getnameinfo = getaddrinfo
