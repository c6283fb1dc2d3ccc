# The singletons: attributes, calls, errors.
# needs: 3.13
def show(text):
    for line in text.strip().splitlines():
        line = line.strip()
        try:
            print(line, "=>", repr(eval(line)))
        except Exception as e:
            print(line, "!!", type(e).__name__ + ":", e)

show(r"""
None, ..., NotImplemented, repr(None), str(...), type(None), type(...), type(NotImplemented), None is None, bool(None), bool(...), None == 0, None != None, None == None, ... == Ellipsis, hash(None) == hash(None), {None: 1}[None], [None] * 2
None.x
None()
None[0]
None + 1
None < None
len(None)
iter(None)
int(None)
None.__class__, None.__bool__(), None.__eq__(None), None.__eq__(0), None.__repr__(), None.__str__(), None.__doc__ is not None or True
type(None)(), type(...)(), type(NotImplemented)()
type(None)(1)
type(...)(1)
type(NotImplemented)(1)
...[0]
...()
... + 1
Ellipsis.foo
NotImplemented + 1
NotImplemented == NotImplemented, NotImplemented is NotImplemented, hash(...) == hash(...)
sorted([None, None])
None in [None], None in 'a' if False else '', [1, None].index(None), (None,).count(None)
isinstance(None, object), isinstance(..., type(...)), issubclass(type(None), object)
'%s %r' % (None, ...), f'{None}{...}', format(None), format(None, ''), str(NotImplemented), '{}'.format(None)
format(None, '5')
(...).__reduce__(), NotImplemented.__reduce__(), (...).__class__.__name__
""")
for t in (type(None), type(...), type(NotImplemented)):
    try: type('X', (t,), {})
    except TypeError as e: print(e)
    try: t().attr = 1
    except AttributeError as e: print(e)
    try: t.attr = 1
    except TypeError as e: print(e)
import copy, pickle
print(copy.copy(None) is None, copy.deepcopy(...) is ..., pickle.loads(pickle.dumps(NotImplemented)) is NotImplemented, pickle.loads(pickle.dumps(...)) is ...)
