# The text of an uncaught traceback, with carets, chains and notes, through the traceback module.
# needs: 3.13
import traceback, sys
def show(f, *a):
    try: f(*a)
    except BaseException as e:
        text = ''.join(traceback.format_exception(e))
        print(text.replace(__file__, 'FILE'))
def div(x):
    return 1 / x
def outer(x):
    y = div(x) + 1
    return y
def chained():
    try: outer(0)
    except ZeroDivisionError as e: raise ValueError('wrapped') from e
def context():
    try: {}['k']
    except KeyError: int('x')
def sub(d): return d['a']['b']['c']
def attr(o):
    return o.x.y.z
def noted():
    e = ValueError('has notes'); e.add_note('first note'); e.add_note('second\nthird'); raise e
def multi():
    return (1 +
            div(0) +
            2)
def call(): return sub(
    {'a': {}}
)
for f in (lambda: sub({'a': {'b': {}}}), lambda: attr(5), noted): show(f)
