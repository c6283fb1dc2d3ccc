# Raising and catching.
def div(a, b):
    try:
        return a / b
    except ZeroDivisionError:
        return "zero"
    finally:
        print("done", a, b)
print(div(6, 3), div(1, 0))
for f in (lambda: [][1], lambda: {}["k"], lambda: int("x"), lambda: None.x, lambda: undefined_name, lambda: 1 + "a"):
    try:
        f()
    except Exception as e:
        print(type(e).__name__, e)
class MyError(Exception): pass
try:
    raise MyError("custom", 5)
except MyError as e:
    print(e.args, repr(e))
else:
    print("not reached")
try:
    print("no error")
except ValueError:
    print("not reached")
else:
    print("else")
def deep(n):
    if n == 0: raise ValueError("deep")
    deep(n - 1)
try: deep(10)
except ValueError as e: print(e)
