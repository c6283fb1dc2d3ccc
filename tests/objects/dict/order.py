# Insertion order through overwrite, delete and reinsert; popitem is last in, first out; reversed.
d = {}
for i, k in enumerate('hello world'): d[k] = i
print(d); del d['l']; d['l'] = 'again'; print(d); d['h'] = 'over'; print(list(d)); print(d.popitem(), d.popitem()); d['zz'] = 1; print(list(d.items()))
print(list(reversed(d)), list(reversed(d.keys())), list(reversed(d.values())), list(reversed(d.items())))
e = {i: i for i in range(20)}
for i in range(0, 20, 2): del e[i]
print(e); e[0] = 'back'; print(list(e)); e.clear(); e['x'] = 1; print(e)
for i in range(1000): e[i] = i
for i in range(990): del e[i]
print(e)
a = {1: 'a', 2: 'b'}; a |= {3: 'c', 1: 'z'}; print(a); a.update({0: 'n', 2: 'y'}); print(a); print({**{3: 1, 1: 2}, **{1: 9, 2: 8}})
print({1: 1, 2: 2} == {2: 2, 1: 1}, list({2: 1, 1: 1}) == list({1: 1, 2: 1}), list(dict([('b', 1), ('a', 2), ('b', 3)]).items()))
first = next(iter(a)); print(first, a.pop(first), list(a)); print(list(dict.fromkeys('mississippi')), sorted({3: 1, 1: 2}.items()))
q = {}
for i in range(50): q[i] = i; q.pop(i - 3, None)
print(q)
s = {str(i): i for i in range(10)}; s.pop('3'); s['3'] = 'end'; s['7'] = 'same place'; print(s)
def f(**kw): return list(kw)
print(f(z=1, a=2, m=3), list(vars(type('C', (), {'b': 1, 'a': 2})))[:2])
