# stacks, queues and small data structures.
def run(number, source):
    print('#', number)
    try:
        exec(source, {'__name__': 'sample'})
    except BaseException as e:
        print(type(e).__name__ + ':', e)

SNIPPETS = r'''
class Stack:
    def __init__(self): self._d = []
    def push(self, x): self._d.append(x); return self
    def pop(self):
        if not self._d: raise IndexError('empty stack')
        return self._d.pop()
    def __len__(self): return len(self._d)
    def __iter__(self): return reversed(self._d)
    def __bool__(self): return bool(self._d)
s = Stack().push(1).push(2).push(3); print(len(s), list(s), s.pop(), s.pop(), bool(s), s.pop(), bool(s)); s.pop()
---
def balanced(t):
    st, pair = [], {')': '(', ']': '[', '}': '{'}
    for c in t:
        if c in '([{': st.append(c)
        elif c in pair and (not st or st.pop() != pair[c]): return False
    return not st
print([balanced(t) for t in ('', '()', '([{}])', '(]', '((', ')', 'a(b)c')])
---
def rpn(e):
    st = []
    for t in e.split():
        if t in '+-*/':
            b, a = st.pop(), st.pop()
            st.append({'+': a + b, '-': a - b, '*': a * b, '/': a // b if b else None}[t])
        else: st.append(int(t))
    return st
print(rpn('3 4 + 2 *'), rpn('5 1 2 + 4 * + 3 -'), rpn('1 2'))
---
q = []
for i in range(3): q.append(i)
while q: print(q.pop(0), end=' ')
print()
---
class Ring:
    def __init__(self, n): self.b, self.i, self.n = [None] * n, 0, n
    def add(self, x): self.b[self.i % self.n] = x; self.i += 1
    def items(self): return [self.b[j % self.n] for j in range(max(0, self.i - self.n), self.i)]
r = Ring(3)
for c in 'abcde': r.add(c)
print(r.items(), r.b)
---
class Matrix:
    def __init__(self, r, c): self.d = {(i, j): 0 for i in range(r) for j in range(c)}; self.r, self.c = r, c
    def __getitem__(self, k): return self.d[k]
    def __setitem__(self, k, v): self.d[k] = v
    def __str__(self): return '\n'.join(' '.join(str(self.d[i, j]) for j in range(self.c)) for i in range(self.r))
m = Matrix(2, 3); m[0, 1] = 5; m[1, 2] += 7; print(m, m[0, 1], sep='\n'); m[9, 9]
'''
for number, source in enumerate(SNIPPETS.split('\n---\n'), 1):
    run(number, source.strip('\n') + '\n')
