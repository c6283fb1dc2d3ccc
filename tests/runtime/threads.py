# Threads, locks and what they share.
# needs: 3.14
import _thread, sys, threading, time
n = 0; lock = threading.Lock()
def add():
    global n
    for _ in range(2000):
        with lock: n += 1
ts = [threading.Thread(target=add) for _ in range(8)]
for t in ts: t.start()
for t in ts: t.join()
print(n, threading.active_count(), threading.current_thread().name)
print(lock.acquire(), lock.acquire(False), lock.acquire(timeout=0.01), lock.locked()); lock.release()
for f in (lock.release, lambda: lock.acquire(False, 1), lambda: lock.acquire(True, -2), lambda: lock.acquire(timeout=1e20), threading.RLock().release):
    try: f()
    except Exception as e: print(type(e).__name__, e)
r = threading.RLock(); print(r.acquire(), r.acquire(), r._is_owned()); r.release(); r.release(); print(r._is_owned())
q = []; c = threading.Condition()
def consume():
    with c:
        while len(q) < 3: c.wait(5)
        q.append(sum(q))
t = threading.Thread(target=consume); t.start()
for i in range(3):
    with c: q.append(i); c.notify()
t.join(); print(q)
local = threading.local(); local.x = 'main'; seen = []
class L(threading.local):
    kind = 'class'
    def __init__(self, a): self.a = a
l = L([1]); l.a.append(2)
def look(): seen.append((hasattr(local, 'x'), l.a, l.kind)); local.x = 'other'; l.b = 1
t = threading.Thread(target=look); t.start(); t.join(); print(seen, local.x, local.__dict__, l.__dict__, hasattr(l, 'b'))
try: threading.local(1)
except TypeError as e: print('TypeError', e)
caught = []
threading.excepthook = lambda a: caught.append((a.exc_type.__name__, str(a.exc_value), a.thread.name))
def fail(): raise KeyError('in thread')
t = threading.Thread(target=fail, name='T1'); t.start(); t.join(); print(caught)
t = threading.Thread(target=sys.exit); t.start(); t.join(); print(len(caught))
e = threading.Event(); print(e.wait(0.01)); threading.Timer(0.01, e.set).start(); print(e.wait(5))
try: t.start()
except RuntimeError as x: print('RuntimeError', x)
try: threading.current_thread().join()
except RuntimeError as x: print('RuntimeError', x)
print(threading.get_ident() == threading.main_thread().ident, threading.get_native_id() > 0, _thread.TIMEOUT_MAX > 1e6)
stop = []
def busy():
    while not stop: pass
t = threading.Thread(target=busy, daemon=True); t.start(); time.sleep(0.02); stop.append(1); t.join(5); print(t.is_alive())
def held():
    data = [str(i) for i in range(2000)]; gate.acquire(); out.append(sum(map(len, data)))
import gc
gate = threading.Lock(); gate.acquire(); out = []
t = threading.Thread(target=held); t.start(); time.sleep(0.02)
for _ in range(3): gc.collect(); junk = [str(i) for i in range(20000)]
gate.release(); t.join(); print(out)
threading.Thread(target=lambda: (time.sleep(0.03), print('last words'))).start()
threading.Thread(target=time.sleep, args=(60,), daemon=True).start()
