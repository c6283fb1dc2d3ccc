# code attributes in small.
def run(number, source):
    print('#', number)
    try:
        exec(source, {'__name__': 'sample'})
    except BaseException as e:
        print(type(e).__name__ + ':', e)

SNIPPETS = r'''
def f(a, b=2, *c, d, **e): x = 1; return x
c = f.__code__; print(c.co_name, c.co_argcount, c.co_kwonlyargcount, c.co_varnames, c.co_nlocals, c.co_firstlineno, c.co_flags & 0xc)
---
def f():
    x = 1
    def g(): return x
    return g
print(f.__code__.co_cellvars, f().__code__.co_freevars, f.__code__.co_names)
---
def f(): return len(abs(5))
print(f.__code__.co_names)
---
c = compile('a = b + 1', 'name', 'exec'); print(c.co_name, c.co_filename, c.co_names, c.co_varnames)
---
print((lambda: 0).__code__.co_name, (x for x in '').gi_code.co_name, [c.co_name for c in compile('class A:\n def m(self): pass', '', 'exec').co_consts if hasattr(c, 'co_name')])
---
def f(): pass
def g(): yield
async def h(): pass
print([bool(x.__code__.co_flags & 0x20) for x in (f, g, h)], [bool(x.__code__.co_flags & 0x80) for x in (f, g, h)])
---
def f(x): return x + 1
g = type(f)(f.__code__, {}); print(g(5), g.__name__)
f.__code__ = (lambda y: y * 10).__code__; print(f(2))
---
def f(a, /, b, *, c): pass
print(f.__code__.co_posonlyargcount, f.__code__.co_argcount, f.__code__.co_kwonlyargcount)
---
print(f.__code__ if 'f' in globals() else 'fresh namespace', compile('1', '', 'eval') == compile('1', '', 'eval'))
'''
for number, source in enumerate(SNIPPETS.split('\n---\n'), 1):
    run(number, source.strip('\n') + '\n')
