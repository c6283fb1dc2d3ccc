# posix: files, descriptors and processes in a directory of their own; messages of wrong arguments.
import posix

base = "/tmp/krait-posix-%d" % posix.getpid()
posix.mkdir(base)
posix.chdir(base)
print(posix.getcwd() == base, posix.getcwdb() == base.encode())

fd = posix.open("a.txt", posix.O_RDWR | posix.O_CREAT, 0o644)
print(posix.write(fd, b"hello world"), posix.lseek(fd, 6, 0), posix.read(fd, 100), posix.pread(fd, 5, 0))
print(posix.pwrite(fd, b"HE", 0), posix.lseek(fd, 0, 0), posix.read(fd, 3))
posix.ftruncate(fd, 5)
st = posix.fstat(fd)
print(st.st_size, oct(st.st_mode), st[6], len(st), st.st_nlink, type(st).__name__)
print(posix.get_inheritable(fd), posix.set_inheritable(fd, True), posix.get_inheritable(fd), posix.get_blocking(fd), posix.isatty(fd))
posix.close(fd)

posix.utime("a.txt", (10, 20.5))
st = posix.stat("a.txt")
print(st.st_atime, st.st_mtime, st.st_mtime_ns, st[7], st[8])
posix.utime("a.txt", ns=(1500000000123456789, -1))
st = posix.stat(b"a.txt")
print(st.st_atime_ns, st.st_mtime_ns, st[8])
posix.chmod("a.txt", 0o600)
print(oct(posix.stat("a.txt").st_mode), posix.access("a.txt", posix.R_OK), posix.access("zz", posix.F_OK))

posix.mkdir("sub")
posix.symlink("a.txt", "ln")
posix.link("a.txt", "hard")
posix.rename("hard", "hard2")
print(sorted(posix.listdir(".")), sorted(posix.listdir(b".")), posix.readlink("ln"), posix.readlink(b"ln"))
with posix.scandir(".") as it:
    for e in sorted(it, key=lambda e: e.name):
        print(e, e.name, e.path, e.is_dir(), e.is_file(), e.is_symlink(), e.is_file(follow_symlinks=False),
              e.stat().st_size if e.name != "sub" else "", e.inode() == e.stat(follow_symlinks=False).st_ino)
d = posix.open("sub", posix.O_RDONLY)
posix.close(posix.open("in.txt", posix.O_CREAT | posix.O_WRONLY, dir_fd=d))
print(posix.listdir(d), posix.stat("in.txt", dir_fd=d).st_size, [e.path for e in posix.scandir(d)])
posix.unlink("in.txt", dir_fd=d)
posix.close(d)

r, w = posix.pipe()
print(posix.writev(w, [b"ab", bytearray(b"cd")]), posix.read(r, 10))
w2 = posix.dup(w)
posix.close(w)
posix.write(w2, b"x" * 5)
posix.close(w2)
b1, b2 = bytearray(2), bytearray(10)
print(posix.readv(r, [b1, b2]), b1, b2[:3], posix.read(r, 4))
posix.close(r)

pid = posix.fork()
if pid == 0:
    posix._exit(7)
got, status = posix.waitpid(pid, 0)
print(got == pid, posix.WIFEXITED(status), posix.WEXITSTATUS(status), posix.waitstatus_to_exitcode(status))
pid = posix.fork()
if pid == 0:
    posix.execv("/bin/sh", ["sh", "-c", "exit 3"])
print(posix.waitstatus_to_exitcode(posix.waitpid(pid, 0)[1]))
pid = posix.fork()
if pid == 0:
    posix.execve("/bin/sh", ["sh", "-c", "kill -9 $$"], {"A": "b"})
status = posix.wait()[1]
print(posix.WIFSIGNALED(status), posix.WTERMSIG(status), posix.waitstatus_to_exitcode(status))
print(type(posix.environ), all(type(k) is bytes for k in posix.environ))
print(len(posix.urandom(10)), len(posix.getrandom(4)), posix.strerror(2), posix.uname().sysname, len(posix.times()))
print(posix.terminal_size((80, 24)), posix.sysconf("SC_PAGE_SIZE") > 0, posix.fspath("x"), posix.fspath(b"x"))
print(0 in posix.sched_getaffinity(0) or True, posix.cpu_count() > 0, posix.umask(posix.umask(0o22)) >= 0)

class P:
    def __init__(self, p): self.p = p
    def __fspath__(self): return self.p

print(posix.stat(P("a.txt")).st_size, posix.stat(P(b"a.txt")).st_size)
for f in (lambda: posix.stat(P(3)), lambda: posix.stat(1.5), lambda: posix.stat("a\0b"), lambda: posix.listdir(1.5),
          lambda: posix.open(3, 0), lambda: posix.mkdir("x", dir_fd="s"), lambda: posix.close(2**40), lambda: posix.close(1.5),
          lambda: posix.stat(2**40), lambda: posix.fspath(3), lambda: posix.unlink("nope"), lambda: posix.rename("nope", "b"),
          lambda: posix.fchdir("s"), lambda: posix.fchdir(-3), lambda: posix.putenv("a=", "b"), lambda: posix.unsetenv(""),
          lambda: posix.read(0, -1), lambda: posix.utime("a.txt", (1,)), lambda: posix.utime("a.txt", times=(1, 2), ns=(1, 2)),
          lambda: posix.execv("/x", []), lambda: posix.execv("/x", 5), lambda: posix.execve("/x", ["a"], 5),
          lambda: posix.sysconf("zz"), lambda: posix.sysconf(2.5), lambda: posix.stat(0, dir_fd=3),
          lambda: posix.stat(1, follow_symlinks=False), lambda: posix.urandom(-1), lambda: posix.getrandom(-1),
          lambda: posix.chown("/nope", -2, 0), lambda: posix.chown("/nope", 1.2, 0), lambda: posix.stat(),
          lambda: posix.execv("/x", [""]), lambda: posix.register_at_fork(), lambda: posix.rename("a", 2.0),
          lambda: posix.rmdir("a.txt"), lambda: posix.mkdir("sub"), lambda: posix.rmdir("/nope/x"), lambda: posix.readlink("a.txt"),
          lambda: posix.close(9999), lambda: posix.scandir("nope"), lambda: posix.waitpid(-1, 0)):
    try:
        print(f())
    except Exception as e:
        print(type(e).__name__, e)

for name in posix.listdir():
    posix.rmdir(name) if name == "sub" else posix.remove(name)
posix.chdir("/")
posix.rmdir(base)
