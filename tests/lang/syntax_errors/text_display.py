# How a SyntaxError prints: source line, carets, filename, through traceback.
# needs: 3.13
import traceback
def show(s, fn='<sample>'):
    try: compile(s, fn, 'exec')
    except SyntaxError as e: print(''.join(traceback.format_exception_only(type(e), e)), end='')
    print(e.text if 'e' in locals() else 'ok')
for s in ("x = (1,\n", "foo bar", "x = 'abc", "  x", "if x = 1:\n pass", "f(a=1, a=2)", "def f(a, a): pass", "x = 1 +", "a, b = 1 2", "\tif x:\n\t\ty z", "é = 1 ü 2", "日本 語 = 1", "print 'hi'", "return 5", "for i in range(3)\n  pass", "x = [1, 2\ny = 3", "class A:\n  def f(self):\n    x = 1 1\n", "'''abc\ndef", "a = 1\nb = 2\nc = = 3\n", "raise = 5"): show(s)
show('x y', 'some file.py'); show('x = 5 6', 'é.py')
e = SyntaxError('custom', ('f.py', 2, 3, 'the text\n')); print(''.join(traceback.format_exception_only(e)))
e = SyntaxError('no text', ('f.py', 2, 3, None)); print(''.join(traceback.format_exception_only(e)))
e = SyntaxError('bare'); print(''.join(traceback.format_exception_only(e)))
e = SyntaxError('range', ('f.py', 1, 3, 'abcdefgh', 1, 6)); print(''.join(traceback.format_exception_only(e)))
e = IndentationError('ind', ('f.py', 1, 1, '   x\n', 1, -1)); print(''.join(traceback.format_exception_only(e)))
