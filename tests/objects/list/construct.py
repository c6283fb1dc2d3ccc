# list(): from iterables, copies, repr, recursion, errors.
def show(text):
    for line in text.strip().splitlines():
        line = line.strip()
        try:
            print(line, "=>", repr(eval(line)))
        except Exception as e:
            print(line, "!!", type(e).__name__ + ":", e)

def gen():
    yield 1
    yield 2
class H:
    def __iter__(self): return iter('xy')
    def __length_hint__(self): return 5
class BadHint:
    def __iter__(self): return iter('xy')
    def __length_hint__(self): return -1
class BadHint2:
    def __iter__(self): return iter('xy')
    def __length_hint__(self): return 'a'
class RaiseHint:
    def __iter__(self): return iter('xy')
    def __length_hint__(self): raise ZeroDivisionError('hint')
show(r"""
list(), list([]), list('abc'), list((1, 2)), list({1: 2}), list(range(3)), list({5}), list(gen()), list(b'ab'), list(map(str, [1])), list(H()), list(zip('ab', 'cd')), list(list([1]))
list(BadHint())
list(BadHint2())
list(RaiseHint())
list(5)
list(None)
list([1], [2])
list(x=[1])
list(iterable=[1])
[1, 2] + [3], [1] * 3, 3 * [1], [] * 5, [1] * 0, [1] * -1, [[]] * 2, [1, [2, [3]]], [None, 'a', 1.5], len([1, 2]), [] == list(), [1] + []
[1] + (2,)
[1] * 1.5
[1] * [2]
[1] * 10**20
[1] + None
list.__new__(list), list.__new__(int)
list.__name__, list.__mro__, [].__class__, type([]) is list
str([1, 'a']), repr([]), [1].__repr__(), f'{[1, "x"]}', '%s' % [1]
format([1], '5')
hash([])
""")
l = [1]; l.append(l); l.append([l]); print(l, len(l))
a = [[0] * 2] * 2; a[0][0] = 1; print(a)
m = list(l) ; print(m is l, m[0], m[1] is l)
l = [1, 2]; l.__init__('ab'); print(l); l.__init__(); print(l)
