# Messages of unsupported operand errors for every operator.
# needs: 3.14
def err(f, *args, **kwargs):
    try:
        print("no error:", repr(f(*args, **kwargs)))
    except Exception as e:
        print(type(e).__name__ + ":", e)

import operator as o
class A: pass
a = A()
err(lambda: a + 1); err(lambda: 1 + a); err(lambda: a - a); err(lambda: 'a' - 'b'); err(lambda: [] * [])
err(lambda: {} / 2); err(lambda: () // ()); err(lambda: None % 1); err(lambda: a ** 2); err(lambda: 'a' ** 2)
err(lambda: 1 @ 2); err(lambda: a << 1); err(lambda: 1 >> a); err(lambda: a & a); err(lambda: 1.5 | 2)
err(lambda: a ^ 1); err(lambda: 'a' + 1); err(lambda: 1 + 'a'); err(lambda: [] + ()); err(lambda: () + [])
err(lambda: b'a' + 'a'); err(lambda: 'a' + b'a'); err(lambda: 'a' * 'b'); err(lambda: 'a' * 1.5); err(lambda: [1] * 'a')
err(lambda: -a); err(lambda: +a); err(lambda: ~a); err(lambda: -'a'); err(lambda: ~1.5); err(lambda: -[])
err(lambda: a < a); err(lambda: 1 < 'a'); err(lambda: [] >= {}); err(lambda: None <= None); err(lambda: 1j > 2)
err(lambda: 1 in a); err(lambda: 1 in 5); err(lambda: 1 in 'a'); err(lambda: divmod(a, 1)); err(lambda: pow(a, 2)); err(lambda: pow(2, a, 3))
err(lambda: a[0]); err(lambda: 5[0]); err(lambda: None[0]); err(lambda: a()); err(lambda: 5()); err(lambda: 'a'())
def aug(op):
    x = A()
    y = 'q'
    exec("x " + op + " 1", {"x": x})
for op in "+= -= *= /= //= %= **= <<= >>= &= |= ^= @=".split():
    err(aug, op)
def setitem(): a[0] = 1
def delitem(): del a[0]
def setstr(): 'abc'[0] = 'x'
def deltup(): del (1, 2)[0]
err(setitem); err(delitem); err(setstr); err(deltup)
err(lambda: len(a)); err(lambda: iter(a)); err(lambda: next(a)); err(lambda: hash([])) ; err(lambda: abs(a)); err(lambda: [*5])
