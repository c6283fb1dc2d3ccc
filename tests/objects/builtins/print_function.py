# print: sep, end, file, flush, errors, conversions.
# needs: 3.13
import io, sys
def err(f, *args, **kwargs):
    try:
        print("no error:", repr(f(*args, **kwargs)))
    except Exception as e:
        print(type(e).__name__ + ":", e)

print(); print(1); print(1, 'a', None, [2]); print(1, 2, sep='-'); print(1, 2, sep=''); print(1, 2, sep=None, end=None); print('no newline', end=''); print(end='|\n'); print('a', 'b', sep='\n', end='\n--\n'); print(*'abc', sep=','); print(sep='x'); print('', ''); print('é€😀')
f = io.StringIO(); print('to file', 5, file=f, end='!'); print(repr(f.getvalue())); print('x', file=None); print('y', flush=True); print(1, sep='ignored')
class W:
    def __init__(self): self.parts = []
    def write(self, s): self.parts.append(s)
    def flush(self): self.parts.append('FLUSH')
w = W(); print(1, 'b', 2.5, sep='+', end='E', file=w, flush=True); print(w.parts); w2 = W(); print(file=w2); print(w2.parts); w3 = W(); print('', file=w3); print(w3.parts)
class NoWrite: pass
class NoFlush:
    def write(self, s): pass
class Raise:
    def write(self, s): raise OSError('write failed')
class S:
    def __str__(self): return 'S-str'
class BadStr:
    def __str__(self): return 5
err(print, 1, file=NoWrite()); err(print, 1, file=NoFlush(), flush=True); err(print, 1, file=Raise()); err(print, 1, sep=5); err(print, 1, end=5); err(print, 1, foo=2); err(print, BadStr()); err(print, S()); err(print, 1, file=5); err(print, 1, sep=b'x')
old = sys.stdout; sys.stdout = w4 = W(); print('captured'); sys.stdout = old; print(w4.parts)
sys.stdout = None; print('nowhere'); sys.stdout = old
class Sub(str): pass
print(Sub('sub'), sep=Sub('-'), end=Sub('\n')); print(print(print()))
