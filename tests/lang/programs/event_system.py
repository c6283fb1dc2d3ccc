# Observers, decorators registering handlers, priority queues, undo stacks, caches.
class Event:
    def __init__(self): self._h = []
    def __iadd__(self, f): self._h.append(f); return self
    def __isub__(self, f): self._h.remove(f); return self
    def __call__(self, *a): return [f(*a) for f in self._h]
    def __len__(self): return len(self._h)
e = Event(); f = lambda x: x * 2; e += f; e += str; print(e(5), len(e)); e -= f; print(e(5))
class App:
    routes = {}
    @classmethod
    def route(cls, path):
        def deco(fn): cls.routes[path] = fn; return fn
        return deco
    def __call__(self, path, **kw):
        for pat, fn in self.routes.items():
            pp, rp = pat.split('/'), path.split('/')
            if len(pp) == len(rp) and all(a == b or a.startswith('<') for a, b in zip(pp, rp)): return fn(*[b for a, b in zip(pp, rp) if a.startswith('<')], **kw)
        return 404
app = App()
@App.route('/')
def index(): return 'index'
@App.route('/user/<id>/post/<n>')
def post(id, n, fmt='html'): return f'{id}:{n}:{fmt}'
print(app('/'), app('/user/bob/post/3'), app('/user/x/post/9', fmt='json'), app('/none'), sorted(App.routes))
class Undo:
    def __init__(self): self.text, self.done, self.undone = '', [], []
    def do(self, s): self.done.append(self.text); self.text += s; self.undone.clear()
    def undo(self):
        if self.done: self.undone.append(self.text); self.text = self.done.pop()
    def redo(self):
        if self.undone: self.done.append(self.text); self.text = self.undone.pop()
u = Undo(); [u.do(c) for c in 'abc']; u.undo(); u.undo(); print(u.text); u.redo(); print(u.text); u.do('Z'); u.redo(); print(u.text)
class LRU:
    def __init__(self, n): self.n, self.d = n, {}
    def get(self, k):
        if k in self.d: self.d[k] = self.d.pop(k); return self.d[k]
    def put(self, k, v):
        self.d.pop(k, None); self.d[k] = v
        if len(self.d) > self.n: del self.d[next(iter(self.d))]
c = LRU(2); c.put('a', 1); c.put('b', 2); c.get('a'); c.put('c', 3); print(c.d, c.get('b'))
class Pipeline:
    def __init__(self, *fs): self.fs = fs
    def __or__(self, f): return Pipeline(*self.fs, f)
    def __ror__(self, v):
        for f in self.fs: v = f(v)
        return v
print(5 | Pipeline(lambda x: x + 1) | str if False else 5 | (Pipeline(lambda x: x + 1) | (lambda x: x * 10) | str))
class Meta(type):
    registry = {}
    def __new__(m, n, b, d): c = super().__new__(m, n, b, d); m.registry[n.lower()] = c; return c
class Shape(metaclass=Meta):
    def area(self): raise NotImplementedError(type(self).__name__)
class Sq(Shape):
    def __init__(self, s): self.s = s
    def area(self): return self.s ** 2
print(sorted(Meta.registry), Meta.registry['sq'](3).area())
try: Shape().area()
except NotImplementedError as x: print(repr(x))
