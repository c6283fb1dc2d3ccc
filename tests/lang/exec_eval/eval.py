# eval: namespaces, modes, code objects, errors.
# needs: 3.14
def err(f, *args, **kwargs):
    try:
        print("no error:", repr(f(*args, **kwargs)))
    except Exception as e:
        print(type(e).__name__ + ":", e)

x = 'global'
print(eval('1 + 1'), eval('x'), eval(' \t x'), eval('x\n\n'), eval('x', {'x': 'g'}), eval('x', {'x': 'g'}, {'x': 'l'}), eval('(\n1,\n2)'), eval('lambda: x')(), eval('[x for x in range(3)]'), eval('[y + z for y in [1]]', {'z': 5}), eval(b'1 + 2'), eval(bytearray(b'3')), eval('"é"'.encode()))
def f(loc): return eval('loc'), eval('x'), sorted(eval('locals()')), eval('[loc for _ in [1]]') if False else ''
print(f('local'))
class M(dict):
    def __missing__(self, k): return 'missing ' + k
class Map:
    def __getitem__(self, k):
        if k == 'k': return 'mapped'
        raise KeyError(k)
print(eval('a + b', {}, M()), eval('k', {}, Map()), eval('len', {}, Map()) is len, eval('(w := 5)', d := {}), d['w'])
err(eval, ''); err(eval, ' '); err(eval, 'x = 1'); err(eval, '1 +'); err(eval, '1\n2'); err(eval, '1; 2'); err(eval, 'import os'); err(eval, 5); err(eval, None); err(eval, 'x', 5); err(eval, 'x', {}, 5); err(eval, 'undefined_thing'); err(eval, '1\0'); err(eval, b'\xff'); err(eval, '1', [], {}); err(eval, 'k2', {}, Map()); err(eval); err(eval, '1/0'); err(eval, 'pass'); err(eval, '# only'); err(eval, 'yield'); err(eval, 'await x'); err(eval, '*x')
c = compile('x + 1', '', 'eval'); print(eval(c, {'x': 1}), eval(compile('y = 1', '', 'exec'), d := {}), d['y'])
err(eval, (lambda: x).__code__)
def clo():
    v = 1
    return (lambda: v).__code__
err(eval, clo()); print(eval('__builtins__', {'__builtins__': 'custom'}), eval('__name__'), eval('__name__', {'__name__': 'n'}))
print(eval("eval('1 + eval(\"2\")')"), eval('0x10'), eval('"a" "b"'), eval('{"k": [1, (2,)]}'), eval('not True'), eval('...'), eval('print("side")'))
print(eval('x', globals={'x': 'kw'}) if __import__('sys').version_info >= (3, 13) else 'kw')
