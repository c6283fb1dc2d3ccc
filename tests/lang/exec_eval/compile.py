# compile: modes, flags, filenames, ast input, errors.
# needs: 3.14
def err(f, *args, **kwargs):
    try:
        print("no error:", repr(f(*args, **kwargs)))
    except Exception as e:
        print(type(e).__name__ + ":", e)

import ast
for mode in ('exec', 'eval', 'single'):
    for s in ('1 + 1', 'x = 1', 'x = 1\ny = 2', 'if 1: pass', 'if 1:\n pass\n', '', 'pass', '1; 2', 'def f(): pass', '# c'):
        try: c = compile(s, '<f>', mode); print(mode, repr(s), 'ok', c.co_name, c.co_filename)
        except SyntaxError as e: print(mode, repr(s), e.msg)
exec(compile('1 + 1\n', '', 'single')); exec(compile('None', '', 'single')); exec(compile('"a"; 5; x = 3; x', '', 'single')); exec(compile('for i in range(2): i\n', '', 'single')); exec(compile('def q(): 5\nq()' if False else '(yield_ := 9)', '', 'single'))
err(compile, '1', '', 'bad'); err(compile, '1', ''); err(compile, '1', 5, 'exec'); err(compile, 5, '', 'exec'); err(compile, '1', '', 'exec', 1 << 30); err(compile, '1', '', 'exec', 'x'); err(compile, '1\0', '', 'exec'); err(compile, '1', '', 'exec', optimize=5); err(compile, '1', '', 'exec', 0, True, -2); err(compile, b'\xff', '', 'exec'); err(compile, None, None, None)
t = ast.parse('a + b * 2', mode='eval'); print(ast.dump(t)); print(eval(compile(t, '', 'eval'), {'a': 1, 'b': 3}), eval(compile(ast.Expression(ast.Constant(42, lineno=1, col_offset=0)), '', 'eval')))
err(compile, ast.parse('1'), '', 'eval'); err(compile, ast.Expression(ast.Name('x', ast.Load())), '', 'eval'); err(compile, ast.Module([ast.Pass()], []), '', 'exec'); print(type(compile('1', '', 'exec', ast.PyCF_ONLY_AST)).__name__)
c = compile('x = 1', b'bytes_name', 'exec'); print(c.co_filename); print(compile('x', 'é.py', 'eval').co_filename)
c1, c2 = compile('x + 1', 'a', 'eval'), compile('x + 1', 'a', 'eval'); print(c1 == c2, hash(c1) == hash(c2), c1 is c2, c1 == compile('x + 2', 'a', 'eval'), c1 != 5)
import __future__; c = compile('def f(a: undef): pass\nprint(f.__annotations__)', '', 'exec', flags=__future__.annotations.compiler_flag); exec(c)
