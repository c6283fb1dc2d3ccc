# List iterators while the list changes; reversed; comparison hazards.
# needs: 3.13
l = [1, 2, 3]; it = iter(l); print(next(it)); l.append(4); print(list(it)); l.append(5); print(list(it), next(it, 'dead'))
l = [1, 2, 3, 4]; it = iter(l); next(it); del l[0]; print(list(it))
l = [1, 2, 3]; it = iter(l); next(it); l.clear(); print(next(it, 'end')); l.extend([7, 8, 9]); print(next(it, 'still end'))
r = reversed([1, 2, 3]); print(next(r), r.__length_hint__(), list(r), list(r))
l = [1, 2, 3]; r = reversed(l); l.pop(); print(list(r)); l = [1, 2, 3]; r = reversed(l); next(r); l.append(4); print(list(r))
it = iter([1, 2, 3]); print(it.__length_hint__(), type(it).__name__, it.__reduce__()[1:], type(reversed([])).__name__)
it.__setstate__(2); print(list(it)); it = iter([1, 2]); it.__setstate__(-5); print(list(it)); it = iter([1, 2]); it.__setstate__(99); print(list(it))
l = [0]
for x in l:
    if x < 5: l.append(x + 1)
print(l)
l = list(range(10))
for x in l:
    if x % 2 == 0: l.remove(x)
print(l)
l = [1, 2, 3]
for i, x in enumerate(l): l[i] = x * 10
print(l)
for x in l[:]: l.append(x)
print(l)
class E:
    def __eq__(self, o): a.clear(); return True
a = [E(), E(), 3]; b = [1, 2, 3]
print(a == b)
class L(list):
    def __iter__(self): return iter('custom')
    def __len__(self): return 99
    def __getitem__(self, i): return 'item'
x = L([1, 2]); print(list(x), len(x), x[0], x, [*x], x + [3], sorted(x), list.__len__(x), bool(x), x == [1, 2], list(reversed(x))[:2] if False else '')
print([1, 2] < [1, 2, 3], [2] > [1, 9, 9], [] < [1], [1, [2]] == [1, [2]], [1] == [1.0] == [True], [float('nan')] == [float('nan')])
