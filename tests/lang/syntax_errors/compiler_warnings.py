# SyntaxWarnings emitted by the compiler.
# needs: 3.14
import warnings
for s in (r"'\d'", r"b'\d'", r"f'\d{x}'", r"'\400'", "x is 5", "x is not 'a'", "x is ()", "5 is 5", "x is None", "()()", "1()", "'a'()", "[](1)", "(1, 2)(3)", "[1, 2][3, 4]", "(1)[0]", "'a'['b']", "{1}[0]", "None[0]", "[][1.5]", "assert (1, 'm')", "assert (x, y)", "assert ()", "x == 5", "1if x else y", "0xfor x", "f'{1}'()", "(lambda: 1)[0]", "[i for i in x]()", "{}()", "x is -1", "x is f'a'", "x is ...", "x is True", "True is x", "def f():\n try: pass\n finally: return 1", "while 1:\n try: pass\n finally: break", "while 1:\n try: pass\n finally: continue", "def f():\n try: pass\n finally:\n  def g(): return 1", "while 1:\n try: pass\n finally:\n  for x in y: break", "...()", "(yield_)()", "5[0]", "(x for x in y)[0]"):
    with warnings.catch_warnings(record=True) as w:
        warnings.simplefilter('always')
        try: compile(s, '<s>', 'exec')
        except SyntaxError as e: print('error', e.msg)
    print(repr(s), [(x.category.__name__, str(x.message), x.lineno) for x in w])
with warnings.catch_warnings():
    warnings.simplefilter('error')
    try: compile("x is 5", '<s>', 'exec')
    except SyntaxError as e: print(type(e).__name__, e.msg, e.lineno, e.offset)
