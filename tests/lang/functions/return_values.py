# return forms: none, tuples, in nested blocks, in finally.
def a(): pass
def b(): return
def c(): return 1,
def d(): return 1, *[2, 3]
def e():
    if False: return 1
def f(x):
    for i in x:
        if i > 2: return i
    return None
def g():
    try: return 'try'
    finally: pass
def h():
    try: return 'try'
    finally: return 'finally'
def i():
    try: 1 / 0
    except ZeroDivisionError: return 'except'
    else: return 'else'
    finally: print('fin')
def j():
    for x in range(3):
        try: continue
        finally:
            if x == 1: return x
def k():
    while True:
        try: return 1
        finally: break
    return 2
def l():
    try: raise ValueError
    finally: return 'swallowed'
def m(): return (yield_ := 5), yield_
def n():
    return lambda: (lambda: 'nested')
def o():
    x = 1
    try: return x
    finally: x = 2
def p():
    x = [1]
    try: return x
    finally: x.append(2)
print(a(), b(), c(), d(), e(), f([1, 2, 3, 4]), f([]), g(), h(), i(), j(), k(), l(), m(), n()()(), o(), p())
for s in ("return 1", "class A:\n return 1", "if 1:\n return", "def f():\n class A:\n  return 1", "[return for x in y]", "lambda: return 1"):
    try: compile(s, '', 'exec'); print('ok')
    except SyntaxError as e: print(e.msg)
