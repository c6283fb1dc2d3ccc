# Sockets over the loopback interface, pairs and UNIX paths: what arrives, which errors, which names.
import errno
import os
import select
import socket
import tempfile
import threading
import time


def fails(function, *args, **kwargs):
    try:
        print("no error:", function(*args, **kwargs))
    except Exception as e:
        print(type(e).__name__, e if not isinstance(e, OSError) or e.errno is None else errno.errorcode[e.errno])


# A server thread and a client.
server = socket.create_server(("127.0.0.1", 0))
port = server.getsockname()[1]


def serve():
    connection, peer = server.accept()
    with connection:
        while data := connection.recv(1000):
            connection.sendall(data.upper())


thread = threading.Thread(target=serve)
thread.start()
with socket.create_connection(("localhost", port), timeout=10) as client:
    print(client.getpeername() == ("127.0.0.1", port), client.gettimeout(), client.family.name, client.type.name)
    client.sendall(b"hello, " * 3)
    got = b""
    while len(got) < 21:
        got += client.recv(5)
    print(got)
    big = os.urandom(1 << 20).hex().encode()
    sender = threading.Thread(target=client.sendall, args=(big,))
    sender.start()
    parts = bytearray(len(big))
    view, at = memoryview(parts), 0
    while at < len(big):
        at += client.recv_into(view[at:])
    sender.join()
    print(parts == big.upper())
    client.shutdown(socket.SHUT_WR)
    print(client.recv(10))
thread.join()
server.close()
print(server.fileno(), server)

# Pairs, timeouts, blocking.
a, b = socket.socketpair()
print(a.family, a.type, a.getblocking(), a.gettimeout())
a.settimeout(0.05)
start = time.monotonic()
fails(a.recv, 1)
print(0.04 < time.monotonic() - start < 5)
a.setblocking(False)
fails(a.recv, 1)
b.send(b"xyz")
print(a.recv(2, socket.MSG_PEEK), a.recvfrom(10))
print(select.select([a], [a], [], 0) == ([], [a], []))
with a.makefile("w") as out, b.makefile("r") as lines:
    a.setblocking(True)
    print("one\ntwo", file=out, flush=True)
    print(lines.readline(), lines.readline())

# Descriptors and several buffers travel in messages.
r, w = os.pipe()
socket.send_fds(a, [b"fd"], [w])
data, fds, flags, address = socket.recv_fds(b, 10, 4)
os.close(w)
os.write(fds[0], b"through the pipe")
os.close(fds[0])
print(data, os.read(r, 100), len(fds))
os.close(r)
print(a.sendmsg([b"abc", bytearray(b"def")]), b.recvmsg(4), b.recvmsg_into([x := bytearray(1), y := bytearray(5)])[0], x, y)
fails(a.recv, -1)
fails(a.recv_into, bytearray(2), 3)
fails(a.recv_into, b"12")
fails(a.sendto, b"x")
fails(a.sendmsg, 5)
a.close()
print(b.recv(1))
fails(a.recv, 1)
fails(b.settimeout, -1)
fails(b.settimeout, float("nan"))
print(b.detach() > 2, b.fileno())

# UNIX paths and datagrams.
with tempfile.TemporaryDirectory() as folder:
    path = folder + "/s"
    with socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM) as one, socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM) as two:
        one.bind(path)
        print(one.getsockname() == path, repr(two.getsockname()))
        print(two.sendto(b"letter", path), one.recvfrom(100))
        fails(two.connect, folder + "/" + "x" * 200)
        fails(two.connect, folder + "/none")
        print(errno.errorcode[two.connect_ex(folder + "/none")])
with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as one:
    one.bind(("", 0))
    print(one.getsockname()[0])
    fails(one.connect, ("127.0.0.1", 70000))
    fails(one.connect, "127.0.0.1")
    fails(one.connect, ("127.0.0.1",))
    fails(one.connect, (None, 1))
    fails(one.connect, ("a\0b", 1))
    fails(one.bind, ("127.0.0.1", "http"))
    one.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    print(one.getsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR), one.getsockopt(socket.SOL_SOCKET, socket.SO_TYPE, 4))
    fails(one.getsockopt, socket.SOL_SOCKET, socket.SO_TYPE, 5000)
with socket.socket() as one:
    fails(one.connect, ("127.0.0.1", 1))
    one.settimeout(3)
    print(errno.errorcode[one.connect_ex(("127.0.0.1", 1))])

# Names and numbers.
print(socket.inet_aton("127.1"), socket.inet_ntoa(b"\1\2\3\4"), socket.inet_pton(socket.AF_INET6, "::1").hex())
print(socket.inet_ntop(socket.AF_INET6, b"\0" * 15 + b"\1"), socket.htons(1), socket.ntohl(1), socket.htonl(0xFF000000))
print(socket.getservbyname("http", "tcp"), socket.getservbyport(25), socket.getprotobyname("udp"))
print(socket.getaddrinfo("127.0.0.1", 80, type=socket.SOCK_STREAM)[0][0::4])
print(socket.getnameinfo(("127.0.0.1", 80), socket.NI_NUMERICHOST | socket.NI_NUMERICSERV))
print(socket.gethostbyname("127.0.0.1"), socket.gethostbyname_ex("127.0.0.1"))
print(socket.CMSG_LEN(4), socket.CMSG_SPACE(4), (1, "lo") in socket.if_nameindex(), socket.if_nametoindex("lo"))
for function, args in [(socket.inet_aton, ("1.2.3.4.5",)), (socket.inet_ntoa, (b"12345",)), (socket.inet_pton, (2, "x")),
                       (socket.inet_ntop, (2, b"1")), (socket.inet_ntop, (99, b"1")),
                       (socket.getservbyname, ("no such service",)), (socket.getprotobyname, ("none",)), (socket.CMSG_LEN, (-1,)), (socket.getaddrinfo, (3, 4)),
                       (socket.getaddrinfo, ("127.0.0.1", [])), (socket.getnameinfo, (1, 2))]:
    fails(function, *args)
try:
    socket.getaddrinfo("300.1.1.1", 80, flags=socket.AI_NUMERICHOST)
except socket.gaierror as e:
    print(type(e), e.errno == socket.EAI_NONAME, e.strerror, issubclass(socket.gaierror, OSError))
socket.setdefaulttimeout(2.5)
with socket.socket() as one:
    print(socket.getdefaulttimeout(), one.gettimeout(), one.getblocking())
socket.setdefaulttimeout(None)
