# deque ends, rotation and maxlen.
# needs: 3.14
def show(text):
    for line in text.strip().splitlines():
        line = line.strip()
        try:
            print(line, "=>", repr(eval(line)))
        except Exception as e:
            print(line, "!!", type(e).__name__ + ":", e)

from collections import deque
d = deque([1, 2, 3])
show(r"""
d.append(4), d.appendleft(0), d, d.pop(), d.popleft(), d.rotate(1), d, d.rotate(-2), d, d[0], d[-1], len(d), 2 in d, d.count(1), d.index(2), d.extend('ab'), d.extendleft('xy'), d, d.remove('a'), d.reverse(), d, deque('abc', 2), deque(maxlen=1), deque([1]) == deque([1]), list(reversed(d)), d.clear(), d, bool(d)
deque().pop()
deque().popleft()
deque([1])[5]
deque([1]).remove(2)
deque(5)
deque([], -1)
deque([1])[0:1]
hash(deque())
""")
