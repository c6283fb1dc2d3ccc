# Waiting for a file lets other threads run; a buffer is one thread's at a time; what was written reaches the file at exit.
import io
import os
import signal
import subprocess
import sys
import tempfile
import threading
import time

r, w = os.pipe()
got = []
t = threading.Thread(target=lambda: got.append(os.read(r, 10)))
t.start()
os.write(w, b'one')
t.join()
print(got)

reader = open(r, 'rb', buffering=0)
t = threading.Thread(target=lambda: got.append(reader.read(10)))
t.start()
time.sleep(0.02)
os.write(w, b'two')
t.join()
print(got)
os.close(w)


class Slow(io.RawIOBase):
    def __init__(self):
        self.inside = self.most = 0
        self.data = b''

    def writable(self):
        return True

    def write(self, data):
        self.inside += 1
        self.most = max(self.most, self.inside)
        time.sleep(0.002)
        self.data += bytes(data)
        self.inside -= 1
        return len(data)


slow = Slow()
buffered = io.BufferedWriter(slow, 16)
threads = [threading.Thread(target=lambda c=c: [buffered.write(c * 10) for _ in range(10)]) for c in (b'a', b'b', b'c')]
for t in threads:
    t.start()
for t in threads:
    t.join()
buffered.flush()
print(slow.most, sorted({c: slow.data.count(c) for c in b'abc'}.items()))


class Reentrant(io.RawIOBase):
    def writable(self):
        return True

    def write(self, data):
        buffered.flush()


buffered = io.BufferedWriter(Reentrant(), 4)
buffered.write(b'1234')
try:
    buffered.write(b'5')
except RuntimeError as e:
    print(str(e).split(' <')[0])
buffered.raw.write = len

# An interrupted write that wrote a part: the handler runs before the program goes on.
r, w = os.pipe()
ran = []
signal.signal(signal.SIGALRM, lambda *a: ran.append(1))
raw = open(w, 'wb', buffering=0)
signal.setitimer(signal.ITIMER_REAL, 0.1)
print(0 < raw.write(b'x' * 1000000) < 1000000, ran)
os.close(r)

name = tempfile.mktemp()
subprocess.run([sys.executable, '-c', f'f = open({name!r}, "w")\nfor i in range(3000): f.write("line %d\\n" % i)'], check=True)
print(os.path.getsize(name), open(name).read().endswith('line 2999\n'))
subprocess.run([sys.executable, '-c', f'import json; json.dump(list(range(9999)), open({name!r}, "w"))'], check=True)
print(os.path.getsize(name))
os.remove(name)
out = subprocess.run([sys.executable, '-W', 'always', '-c', 'open("/dev/null", "w"); import gc; gc.collect()'], capture_output=True, text=True)
print('unclosed file <_io.TextIOWrapper' in out.stderr)

# A forked child has one thread, whatever the parent had.
stop = threading.Event()
others = [threading.Thread(target=stop.wait) for _ in range(3)]
for t in others:
    t.start()
pid = os.fork()
if pid == 0:
    total = sum(i for i in range(300000))
    t = threading.Thread(target=lambda: None)
    t.start()
    t.join()
    os._exit(total % 7)
print(os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1]), sum(range(300000)) % 7)
stop.set()
for t in others:
    t.join()
