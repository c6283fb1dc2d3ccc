# StopIteration and StopAsyncIteration values.
def show(text):
    for line in text.strip().splitlines():
        line = line.strip()
        try:
            print(line, "=>", repr(eval(line)))
        except Exception as e:
            print(line, "!!", type(e).__name__ + ":", e)

def g():
    return 7
    yield
def catch(it):
    try: next(it)
    except StopIteration as e: return e.value, e.args
show(r"""
StopIteration().value, StopIteration(1).value, StopIteration(1, 2).value, StopIteration((1, 2)).value, StopIteration(None).args, str(StopIteration(5)), repr(StopIteration('x')), StopAsyncIteration('z').args, hasattr(StopAsyncIteration(), 'value')
catch(g()), catch(iter([])), catch(x for x in [])
""")
