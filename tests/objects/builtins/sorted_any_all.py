# any, all, sorted, reversed, callable, id, len as builtins.
def show(text):
    for line in text.strip().splitlines():
        line = line.strip()
        try:
            print(line, "=>", repr(eval(line)))
        except Exception as e:
            print(line, "!!", type(e).__name__ + ":", e)

class T:
    def __init__(self, b): self.b = b
    def __bool__(self): print('bool', self.b, end=' '); return self.b
class Bad:
    def __bool__(self): return 5
show(r"""
any([]), all([]), any([0, 1]), all([0, 1]), any('a'), all({}), any({0: 1}), all([[]]), any(x > 2 for x in [1, 3]), all(x < 5 for x in range(3)), any([None, 0, '']), all((1, 'a', [0]))
any([T(False), T(True), T(True)])
all([T(True), T(False), T(True)])
any(5)
all(None)
any([Bad()])
any()
all([], [])
sorted('cab'), sorted([3, 1, 2], reverse=True), sorted(['B', 'a'], key=str.lower), sorted({2: 'x', 1: 'y'}), sorted([]), sorted((x for x in 'ba')), sorted([1, 2, 3], key=lambda x: -x), sorted([[2], [1]]), sorted('aB', key=None), sorted([1, 0], reverse=1)
sorted([1, 'a'])
sorted([1j])
sorted([1j, 2j])
sorted(5)
sorted()
sorted([1], [2])
sorted(iterable=[1])
sorted([1], key=1)
len('abc'), len([]), len({1: 2}), len(range(10)), len(b'x'), len((1,)), len(set('aa')), len(memoryview(b'abc'))
len(5)
len()
len([], [])
len(iter([]))
len(x for x in [])
callable(len), callable(int), callable(5), callable(lambda: 0), callable('a'.upper), callable(None), callable(type('C', (), {'__call__': 1})())
id(None) == id(None), isinstance(id(5), int), id([]) != 0
hash(1) == hash(1.0) == hash(True), hash('a') == hash('a'), hash(None) == hash(None), isinstance(hash(object()), int)
ascii('é'), repr('é'), ascii(5), format(5), format('a', '>3'), format(5.5, '.2f'), format([], ''), format(None)
format([], 's')
format(5, 5)
input
""".replace("\ninput\n", "\n"))
