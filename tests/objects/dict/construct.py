# dict(): every source of items, keyword arguments, repr and errors.
# needs: 3.14
def show(text):
    for line in text.strip().splitlines():
        line = line.strip()
        try:
            print(line, "=>", repr(eval(line)))
        except Exception as e:
            print(line, "!!", type(e).__name__ + ":", e)

class M:
    def keys(self): return ['a', 'b']
    def __getitem__(self, k): return k * 2
show(r"""
dict(), dict({}), dict({'a': 1}), dict([('a', 1), ['b', 2], 'cd']), dict(a=1, b=2), dict({'a': 1}, a=2, b=3), dict(zip('ab', range(2))), dict(M()), dict([]), dict((k, k) for k in 'xy'), dict(**{'a': 1})
dict(5)
dict([1])
dict([(1, 2, 3)])
dict(['a'])
dict([[], []])
dict({}, {})
dict([([], 1)])
dict(None)
{'a': 1, 'b': [2], 3: None, (1, 2): 'tuple', None: 0, 1.5: 'f', True: 't'}, {1: 'a', 1.0: 'b', True: 'c'}, len({'a': 1}), str({}), repr({'k': {'n': {}}})
dict.fromkeys('abc'), dict.fromkeys('ab', 0), dict.fromkeys([], 1), dict.fromkeys(range(2), []), dict.fromkeys({'x': 1}, 2)
dict.fromkeys(5)
dict.fromkeys()
dict.fromkeys([[]])
{[]: 1} if False else hash(())
hash({})
{} < {}
{} + {}
{'a': 1} == {'a': 1.0}, {'a': 1, 'b': 2} == {'b': 2, 'a': 1}, {} == [], {1: 2} != {1: 3}, {'a': {}} == {'a': {}}
{'a': 1} | {'b': 2}, {'a': 1} | {'a': 2}, {} | {}, {'a': 1}.__or__([('b', 2)]), {'a': 1}.__ror__({'b': 0})
{'a': 1} | [('b', 2)]
[('b', 2)] | {}
""")
d = {}; d['me'] = d; d['l'] = [d]; print(d)
f = dict.fromkeys('ab', []); f['a'].append(1); print(f)
class D(dict): pass
print(type(D.fromkeys('a')).__name__, type(D(a=1) | {}).__name__, type(D().copy()).__name__, D(a=1), repr(D([('x', D())])))
