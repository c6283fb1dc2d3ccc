# small uses of exec, eval and compile.
def run(number, source):
    print('#', number)
    try:
        exec(source, {'__name__': 'sample'})
    except BaseException as e:
        print(type(e).__name__ + ':', e)

SNIPPETS = r'''
print(eval('1 + 2'), eval('x', {'x': 5}), eval('[i for i in range(3)]'))
---
exec('a = 1\nprint(a)')
print(a)
---
ns = {}
exec('def f(x): return x * 2', ns)
print(ns['f'](4))
---
eval('x = 1')
---
eval('1 +')
---
exec('for')
---
exec('raise ValueError("from exec")')
---
def f():
    x = 5
    return eval('x'), eval('x + y', {'x': 1, 'y': 2})
print(f())
---
c = compile('a + b', '<s>', 'eval')
print(eval(c, {'a': 1, 'b': 2}), c.co_names)
---
print(eval('lambda x: x + 1')(2), eval('(yield_ := 3)'))
---
eval('undefined_variable')
---
exec('import math\nr = math.sqrt(16)', d := {}); print(d['r'])
---
exec(compile('print("compiled")', 'f', 'exec'))
---
exec('class A:\n  x = 1\n  def m(self): return self.x', d := {}); print(d['A']().m())
---
eval(5)
---
print(eval('__name__'), eval('len')('abc'), eval('"é"'))
'''
for number, source in enumerate(SNIPPETS.split('\n---\n'), 1):
    run(number, source.strip('\n') + '\n')
