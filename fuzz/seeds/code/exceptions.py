def f(x):
    try:
        try:
            return 1 // x
        except ZeroDivisionError as e:
            raise ValueError(x) from e
        else:
            x = 2
        finally:
            x += 1
    except (ValueError, KeyError):
        return x
    except Exception:
        raise
for v in (0, 1, 'x', None):
    try: print(f(v))
    except TypeError as e: print(e)
try:
    raise ExceptionGroup('g', [ValueError(1), KeyError(2), ExceptionGroup('h', [TypeError(3)])])
except* ValueError as eg:
    print(eg.exceptions)
except* (KeyError, TypeError):
    pass
class M:
    def __enter__(self): return self
    def __exit__(self, *a): return a[0] is KeyError
with M() as m, M():
    raise KeyError
assert m, 'message'
