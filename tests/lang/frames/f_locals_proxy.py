# f_locals writes through to fast locals (PEP 667).
# needs: 3.14
import sys
def f():
    x = 1; y = 2
    l = sys._getframe().f_locals
    l['x'] = 100; l['new'] = 'extra'
    print(x, 'new' in l, l['y'], sorted(k for k in l if k != 'l'), type(l).__name__)
    try: new
    except NameError as e: print(e)
    d = locals(); d['y'] = 'snapshot'; print(y, locals() is locals(), d is locals())
    exec('y = "exec"'); print(y)
    for op in (lambda: l.pop('x'), lambda: l.__delitem__('x'), lambda: l.clear(), lambda: l['zz'], lambda: l.popitem()):
        try: op()
        except (ValueError, KeyError, TypeError, AttributeError) as e: print(type(e).__name__, e)
    print(len(l) > 3, l == sys._getframe().f_locals, l is sys._getframe().f_locals, l.get('q', 'dflt'), l.setdefault('sd', 5), l | {'z': 1} != {})
    l.update({'x': 'upd'}); print(x); l |= {'y': 'ior'}; print(y); print(dict(l)['x'], list(reversed(l))[0] in l, isinstance(l, dict), l.copy()['x'])
f()
def outer():
    v = 'cell'
    def inner():
        nonlocal v
        sys._getframe().f_locals['v'] = 'changed'; sys._getframe(1).f_locals['w'] = 'w changed'
        return v
    w = 'w'
    return inner(), v, w
print(outer())
def unbound():
    l = sys._getframe().f_locals
    print('late' in l); l['late'] = 5
    print(late)
    late = 6; del late; print('late' in l)
unbound()
