# posix_spawn, wait3, wait4, preadv, pwritev, splice and their like.
import os
import sys
import tempfile

name = tempfile.mktemp()
actions = [(os.POSIX_SPAWN_OPEN, 1, name, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), (os.POSIX_SPAWN_DUP2, 1, 2)]
pid = os.posix_spawn('/bin/sh', ['sh', '-c', 'echo out; echo $X >&2'], {'X': 'from the environment'}, file_actions=actions)
print(os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1]))
print(open(name).read(), end='')
pid = os.posix_spawnp('sh', ['sh', '-c', 'exit 3'], os.environ, setsigmask=[2], setsigdef=[2])
found, status, used = os.wait4(pid, 0)
print(found == pid, os.waitstatus_to_exitcode(status), len(used), type(used).__name__, used.ru_maxrss > 0)
pid = os.posix_spawn('/bin/sh', ('sh', '-c', 'exit 4'), {}, setpgroup=0)
found, status, used = os.wait3(0)
print(found == pid, os.waitstatus_to_exitcode(status))
for call in (lambda: os.posix_spawn('/no/such/file', ['x'], {}), lambda: os.posix_spawn('/bin/sh', [], {}), lambda: os.posix_spawn('/bin/sh', 'sh', {}),
             lambda: os.posix_spawn('/bin/sh', ['sh'], {}, file_actions=[1]),
             lambda: os.posix_spawn('/bin/sh', ['sh'], {}, file_actions=[(99,)]), lambda: os.posix_spawn('/bin/sh', ['sh'], {}, setsigmask=[1000])):
    try:
        call()
    except Exception as e:
        print(type(e).__name__)

fd = os.open(name, os.O_RDWR | os.O_TRUNC)
print(os.pwritev(fd, [b'hello ', b'world'], 3))
first, second = bytearray(5), bytearray(10)
print(os.preadv(fd, [first, second], 0), first, second)
r, w = os.pipe()
print(os.splice(fd, w, 5, offset_src=3), os.read(r, 10))
os.close(fd)
os.remove(name)
print(os.sched_getparam(0).sched_priority, os.sched_param(5))
