# threads whose results do not depend on timing.
def run(number, source):
    print('#', number)
    try:
        exec(source, {'__name__': 'sample'})
    except BaseException as e:
        print(type(e).__name__ + ':', e)

SNIPPETS = r'''
import threading
out = []
t = threading.Thread(target=lambda: out.append('ran')); t.start(); t.join(); print(out, t.is_alive())
---
import threading
lock, total = threading.Lock(), [0]
def work():
    for _ in range(200):
        with lock: total[0] += 1
ts = [threading.Thread(target=work) for _ in range(4)]
for t in ts: t.start()
for t in ts: t.join()
print(total)
---
import threading
e = threading.Event(); r = []
t = threading.Thread(target=lambda: (e.wait(), r.append('after event'))); t.start(); r.append('before'); e.set(); t.join(); print(r)
---
import threading
l = threading.local(); l.x = 1; seen = []
t = threading.Thread(target=lambda: seen.append(hasattr(l, 'x'))); t.start(); t.join(); print(seen, l.x)
---
import threading
l = threading.Lock(); print(l.acquire(), l.locked(), l.acquire(False), l.release(), l.locked()); l.release()
---
import threading
r = threading.RLock()
with r:
    with r: print('reentrant')
r.release()
---
import threading, queue
q = queue.Queue(); res = []
def worker():
    while (x := q.get()) is not None: res.append(x * x)
t = threading.Thread(target=worker); t.start()
for i in range(5): q.put(i)
q.put(None); t.join(); print(res)
---
import concurrent.futures as c
with c.ThreadPoolExecutor(2) as ex: print(list(ex.map(lambda x: x + 1, range(5))), ex.submit(pow, 2, 5).result())
---
import threading
print(threading.current_thread() is threading.main_thread(), threading.main_thread().name, threading.active_count())
threading.Thread(target=1, name='n').name
t = threading.Thread(target=len); t.start.__name__; t.join()
'''
for number, source in enumerate(SNIPPETS.split('\n---\n'), 1):
    run(number, source.strip('\n') + '\n')
