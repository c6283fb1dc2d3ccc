# Order and number of evaluations; format protocol calls; strings kept as they are.
# needs: 3.12
log = []
def v(x): log.append(x); return x
class F:
    def __init__(self, n): self.n = n
    def __format__(self, s): log.append((self.n, 'format', s)); return f'{self.n}'
    def __str__(self): log.append((self.n, 'str')); return 's'
    def __repr__(self): log.append((self.n, 'repr')); return 'r'
print(f'{v(1)}{v(2):{v(3)}}{v(4)!r:>{v(5)}}', log); log.clear()
print(f'{F("a")} {F("b"):x{v(9)}y} {F("c")!s} {F("d")!r:>3} {F("e")!a}', log); log.clear()
try: f'{v(1)}{1 / 0}{v(2)}'
except ZeroDivisionError: print(log)
class S(str):
    def __format__(self, s): return 'S-format ' + s
    def __str__(self): return 'S-str'
s = S('raw'); print(f'{s}', f'{s:}', f'{s!s}', f'{s!r}', type(f'{s!s}').__name__, f'{s!s:>8}')
class Sub(str): pass
t = Sub('x'); print(type(f'{t}').__name__, f'{t}' == 'x')
class Spec:
    def __format__(self, spec): return type(spec).__name__ + repr(spec)
print(f'{Spec()}', f'{Spec():}', f'{Spec():é{1}ü}', f'{Spec():{""}}', f'{Spec():\n}')
i = 10
print([f'{i}' for i in range(3)], f'{i}', (lambda: f'{i}')(), f'{(lambda i: f"{i}")(3)}', {f'{k}': v for k, v in [(1, 2)]})
def g():
    loc = 'local'
    def h(): return f'{loc} {i}'
    return h()
print(g())
class C: a = 1; s = f'{a} {__qualname__}'
print(C.s, f'{C.a:{C.a}}'); print(f'{f"{1}{f"{2}" if False else 3}" if True else 4}' if False else f'{1}3')
print(f'{1_000:,} {0xff:#x} {0b11:b} {1.0:g} {"s":.0}|{"":5}|', '%s' % f'{5}%s', f'{{0}}'.format(7), f'{5}' f'{6}' '{7}', f'{"{}".format(3)}')
