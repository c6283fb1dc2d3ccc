# args, str and repr of builtin exceptions.
def show(text):
    for line in text.strip().splitlines():
        line = line.strip()
        try:
            print(line, "=>", repr(eval(line)))
        except Exception as e:
            print(line, "!!", type(e).__name__ + ":", e)

show(r"""
[(type(e).__name__, str(e), repr(e), e.args) for e in (Exception(), Exception(1), Exception('a', 2), ValueError(None), KeyError('k'), KeyError(), KeyError(1, 2), IndexError([1]), TypeError(''), StopIteration(5), AttributeError('x'), NameError('n'), OSError(2, 'm'), OSError('only'), ImportError('i'), SyntaxError('s'), AssertionError((1, 2)), RuntimeError('r'), ZeroDivisionError(), LookupError('l'), ArithmeticError(1.5), UnicodeError('u'), SystemExit(0), GeneratorExit(), KeyboardInterrupt('kb'), NotImplementedError('ni'), RecursionError(), MemoryError(), BufferError('b'), EOFError(), Warning('w'), UserWarning())]
Exception(x=1)
ValueError().foo
ValueError.with_traceback
ValueError(1) == ValueError(1)
ValueError(1).args == ValueError(1).args, Exception.__name__, BaseException.__bases__, isinstance(KeyError(), LookupError)
""")
