# in / not in over every container and the __contains__ / __iter__ / __getitem__ fallbacks.
# needs: 3.14
print(1 in [1, 2], 3 not in [1, 2], 'a' in 'abc', 'ac' in 'abc', '' in '', '' in 'a', 'k' in {'k': 1}, 1 in {'k': 1})
print(1 in (1,), 1.0 in [1], True in {1}, 5 in range(10), 5.0 in range(10), 5.5 in range(10), 'a' in range(3), 10**30 in range(10**31))
print(97 in b'abc', b'bc' in b'abc', 1 in {1: 2}.values(), 2 in {1: 2}.values(), (1, 2) in {1: 2}.items(), 1 in {1: 2}.keys())
class C:
    def __contains__(self, x): print("contains", x); return x
print(5 in C(), 0 in C(), [] not in C(), 'a' not in C())
class I:
    def __iter__(self): return iter([1, 2, 3])
print(2 in I(), 5 in I())
class G:
    def __getitem__(self, i):
        print("get", i)
        if i > 3: raise IndexError
        return i * 10
print(20 in G()); print(99 in G())
class N(list): __contains__ = None
for f in (lambda: 1 in N([1]), lambda: 1 in 5, lambda: 1 in 'a', lambda: 'a' in b'a', lambda: 300 in b'a', lambda: [] in {}, lambda: None in ''):
    try: print(f())
    except (TypeError, ValueError) as e: print(type(e).__name__, e)
it = iter([1, 2, 3, 4])
print(2 in it, list(it), 9 in it)
def gen():
    yield 1
    yield 2
    print("not reached if found at 2")
print(2 in gen()); print(3 in gen())
