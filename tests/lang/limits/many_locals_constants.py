# Functions with hundreds of locals, constants, names, arguments and jumps across large bodies.
n = 400
src = 'def f(a):\n' + ''.join(f' v{i} = a + {i}\n' for i in range(n)) + ' return ' + ' + '.join(f'v{i}' for i in range(n))
exec(src); print(f(1), f.__code__.co_nlocals)
src = 'x = [' + ', '.join(str(i * 1000 + 7) for i in range(2000)) + ']\nprint(len(x), sum(x))'
exec(src)
src = 'def g(x):\n if x:\n' + ''.join(f'  y = {i} + x\n' for i in range(1500)) + ' else:\n  y = "else"\n return y'
exec(src); print(g(1), g(0))
src = 'def h(' + ', '.join(f'a{i}' for i in range(300)) + '): return a0 + a299'
exec(src); print(h(*range(300)))
try: h(*range(299))
except TypeError as e: print(e)
print(eval('+'.join(['1'] * 1500)), len(eval('[' * 50 + ']' * 50)), eval('(' * 80 + '5' + ')' * 80))
src = 'def k(n):\n t = 0\n for i in range(n):\n' + ''.join(f'  if i == {j}: t += {j}; continue\n' for j in range(300)) + ' return t'
exec(src); print(k(400))
exec('d = {' + ', '.join(f'"k{i}": {i}' for i in range(1000)) + '}'); print(len(d), d['k999'])
exec('class C:\n' + ''.join(f' def m{i}(self): return {i}\n' for i in range(300))); print(C().m299(), sum(getattr(C(), f'm{i}')() for i in range(300)))
exec('def c(' + ', '.join(f'x{i}={i}' for i in range(200)) + '): return x0, x199'); print(c(), c(x199='z', x0='y'))
exec('print(' + ' if False else '.join(str(i) for i in range(200)) + ')')
exec('try:\n raise ValueError\n' + ''.join(f'except (KeyError, IndexError): print({i})\n' for i in range(100)) + 'except ValueError: print("last handler")')
exec('def w(x):\n' + ''.join(' ' * (i + 1) + f'if x > {i}:\n' for i in range(60)) + ' ' * 61 + 'return "deep"\n return "shallow"'); print(w(100), w(5))
print(eval('f"' + '{1}' * 500 + '"') == '1' * 500, eval("'a' " * 1000) == 'a' * 1000, len(eval('"%s"' % ('x' * 100000))))
