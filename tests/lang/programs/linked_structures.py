# Linked lists, binary trees, tries and graphs with classes.
class Node:
    __slots__ = ('val', 'next')
    def __init__(self, val, next=None): self.val, self.next = val, next
class LinkedList:
    def __init__(self, it=()): self.head = None; [self.push(x) for x in reversed(list(it))]
    def push(self, v): self.head = Node(v, self.head)
    def __iter__(self):
        n = self.head
        while n: yield n.val; n = n.next
    def reverse(self):
        prev, n = None, self.head
        while n: n.next, prev, n = prev, n, n.next
        self.head = prev
    def __repr__(self): return ' -> '.join(map(str, self))
l = LinkedList('abc'); l.push('z'); print(l); l.reverse(); print(l, len(list(l)))
class Tree:
    def __init__(self): self.root = None
    def insert(self, v):
        if self.root is None: self.root = [v, None, None]; return
        n = self.root
        while True:
            i = 1 if v < n[0] else 2
            if n[i] is None: n[i] = [v, None, None]; return
            n = n[i]
    def walk(self, n='root'):
        n = self.root if n == 'root' else n
        if n: yield from self.walk(n[1]); yield n[0]; yield from self.walk(n[2])
    def depth(self, n='root'):
        n = self.root if n == 'root' else n
        return 0 if n is None else 1 + max(self.depth(n[1]), self.depth(n[2]))
t = Tree()
for v in (50, 30, 70, 20, 40, 60, 80, 35): t.insert(v)
print(list(t.walk()), t.depth())
trie = {}
for w in ('car', 'card', 'care', 'cat', 'dog'):
    n = trie
    for c in w: n = n.setdefault(c, {})
    n['$'] = w
def find(prefix):
    n = trie
    for c in prefix:
        if c not in n: return []
        n = n[c]
    out = []
    def go(n):
        for k in sorted(n):
            if k == '$': out.append(n[k])
            else: go(n[k])
    go(n); return out
print(find('car'), find('d'), find('x'), find('ca'))
g = {'a': 'bc', 'b': 'd', 'c': 'd', 'd': 'e', 'e': ''}
def bfs(s):
    seen, q = [s], [s]
    while q:
        for v in g[q.pop(0)]:
            if v not in seen: seen.append(v); q.append(v)
    return seen
def paths(a, b): return [[a]] if a == b else [[a] + p for v in g[a] for p in paths(v, b)]
def topo():
    out, seen = [], set()
    def go(v):
        if v in seen: return
        seen.add(v); [go(w) for w in g[v]]; out.insert(0, v)
    for v in g: go(v)
    return out
print(bfs('a'), paths('a', 'e'), topo())
