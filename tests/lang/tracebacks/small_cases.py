# traceback objects walked by hand.
def run(number, source):
    print('#', number)
    try:
        exec(source, {'__name__': 'sample'})
    except BaseException as e:
        print(type(e).__name__ + ':', e)

SNIPPETS = r'''
def names(e):
    tb, out = e.__traceback__, []
    while tb: out.append(tb.tb_frame.f_code.co_name); tb = tb.tb_next
    return out
def f(): g()
def g(): 1 / 0
try: f()
except ZeroDivisionError as e: print(names(e))
---
def names(e):
    tb, out = e.__traceback__, []
    while tb: out.append((tb.tb_frame.f_code.co_name, tb.tb_lineno)); tb = tb.tb_next
    return out
def f():
    x = 1
    raise ValueError
try: f()
except ValueError as e: print(names(e))
---
e = ValueError(); print(e.__traceback__)
try: raise e
except ValueError: pass
print(e.__traceback__ is not None, e.__traceback__.tb_next)
---
def lines(e):
    tb, out = e.__traceback__, []
    while tb: out.append(tb.tb_lineno); tb = tb.tb_next
    return out
def f(n):
    if n == 0:
        raise KeyError
    f(n - 1)
try: f(3)
except KeyError as e: print(lines(e))
---
def lines(e):
    tb, out = e.__traceback__, []
    while tb: out.append(tb.tb_lineno); tb = tb.tb_next
    return out
def f():
    try:
        1 / 0
    except ZeroDivisionError as e:
        raise
try: f()
except ZeroDivisionError as e: print(lines(e))
def g():
    try:
        1 / 0
    except ZeroDivisionError as e:
        raise e
try: g()
except ZeroDivisionError as e: print(lines(e))
---
def gen():
    yield 1
    raise ValueError
def names(e):
    tb, out = e.__traceback__, []
    while tb: out.append(tb.tb_frame.f_code.co_name); tb = tb.tb_next
    return out
try: list(gen())
except ValueError as e: print(names(e))
try: [x / 0 for x in [1]]
except ZeroDivisionError as e: print(names(e)[:1])
class A:
    def __init__(self): raise OSError
try: A()
except OSError as e: print(names(e))
import sys
try: 1 / 0
except ZeroDivisionError: print(sys.exc_info()[2].tb_lineno, sys.exc_info()[2].tb_frame.f_lineno >= sys.exc_info()[2].tb_lineno)
'''
for number, source in enumerate(SNIPPETS.split('\n---\n'), 1):
    run(number, source.strip('\n') + '\n')
