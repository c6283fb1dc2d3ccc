# enumerate and zip: starts, strict, laziness, errors.
# needs: 3.13
def show(text):
    for line in text.strip().splitlines():
        line = line.strip()
        try:
            print(line, "=>", repr(eval(line)))
        except Exception as e:
            print(line, "!!", type(e).__name__ + ":", e)

show(r"""
list(enumerate('ab')), list(enumerate('ab', 5)), list(enumerate('ab', start=-1)), list(enumerate([])), list(enumerate('a', 10**20)), list(enumerate(iterable='x', start=2)), list(enumerate('a', True)), next(enumerate('z'))
enumerate()
enumerate(5)
enumerate('a', 'b')
enumerate('a', 1.5)
enumerate('a', 1, 2)
enumerate('a', foo=1)
list(zip()), list(zip('ab')), list(zip('ab', [1, 2, 3])), list(zip('abc', range(2), 'xyz')), list(zip('ab', 'cd', strict=True)), list(zip(strict=True)), list(zip(*[(1, 2), (3, 4)])), dict(zip('ab', 'cd')), list(zip([], 'a')), list(zip(*[iter('abcdef')] * 2))
zip(5)
zip('a', 5)
list(zip('ab', 'c', strict=True))
list(zip('a', 'bc', strict=True))
list(zip('ab', 'cd', 'e', strict=True))
list(zip('a', 'b', 'cd', strict=True))
list(zip('', 'a', strict=True))
zip('a', foo=1)
type(zip()).__name__, type(enumerate('')).__name__, iter(zip('a')) is not None, zip('a').__next__(), [i for i, (a, b) in enumerate(zip('xy', 'zw'))]
""")
a = iter([1, 2, 3]); print(list(zip(a, 'x')), list(a)); a = iter([1, 2, 3]); print(list(zip('x', a)), list(a))
e = enumerate('abc'); next(e); print(e.__reduce__()[1][1], list(e), next(e, 'end'))
def g():
    yield 1
    raise ValueError('gen')
z = zip('ab', g()); print(next(z))
try: next(z)
except ValueError as x: print(x)
e = enumerate('ab', 2**63 - 1); print(list(e)); s = enumerate(g())
try: list(s)
except ValueError as x: print(x)
class It:
    def __iter__(self): print('iter'); return self
    def __next__(self): print('next'); raise StopIteration
z = zip(It(), It()); print(list(z)); print(list(zip('ab', It())))
