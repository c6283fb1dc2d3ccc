# graphlib, queue, sched and heap-like helpers.
def show(text):
    for line in text.strip().splitlines():
        line = line.strip()
        try:
            print(line, "=>", repr(eval(line)))
        except Exception as e:
            print(line, "!!", type(e).__name__ + ":", e)

import graphlib, queue
def order(g): return list(graphlib.TopologicalSorter(g).static_order())
def drain(q, items):
    for i in items: q.put(i)
    return [q.get() for _ in range(q.qsize())], q.empty()
show(r"""
order({'d': ['b', 'c'], 'b': ['a'], 'c': ['a']})[0], order({}), order({1: []}), sorted(order({'b': ['a'], 'c': ['a']}))
order({'a': ['b'], 'b': ['a']})
drain(queue.Queue(), [3, 1, 2]), drain(queue.LifoQueue(), [3, 1, 2]), drain(queue.PriorityQueue(), [3, 1, 2]), queue.Queue(1).full(), queue.SimpleQueue().qsize()
queue.Queue().get_nowait()
(lambda q: (q.put(1), q.put_nowait(2)))(queue.Queue(1))
""")
