# The operator module: every function, getters and callers.
# needs: 3.14
def err(f, *args, **kwargs):
    try:
        print("no error:", repr(f(*args, **kwargs)))
    except Exception as e:
        print(type(e).__name__ + ":", e)

import operator as op
print(op.add(1, 2), op.sub(5, 3), op.mul('a', 3), op.truediv(7, 2), op.floordiv(7, 2), op.mod(7, 3), op.pow(2, 3), op.neg(5), op.pos(-5), op.abs(-1), op.inv(5), op.invert(0), op.lshift(1, 3), op.rshift(8, 2), op.and_(6, 3), op.or_(6, 3), op.xor(6, 3), op.not_(0), op.truth([]), op.is_(None, None), op.is_not(1, None), op.lt(1, 2), op.le(2, 2), op.eq(1, 1.0), op.ne(1, 2), op.ge(1, 2), op.gt(2, 1), op.index(True), op.concat([1], [2]), op.contains([1], 1), op.countOf([1, 1], 1), op.indexOf('abc', 'c'), op.getitem([5], 0), op.length_hint([1, 2]), op.call(len, 'abc'))
l = [1, 2]; op.setitem(l, 0, 9); op.delitem(l, 1); print(l, op.iadd(l, [3]) is l, l, op.imul(2, 3), op.ior({1}, {2}), op.isub(5, 1), op.iconcat([1], [2]), op.ipow(2, 3), op.itruediv(1, 2), op.ixor(5, 1), op.iand(6, 2), op.ilshift(1, 2), op.irshift(8, 1), op.imod(7, 4), op.ifloordiv(7, 2))
class A:
    class b: c = 'deep'
    x = 1
    def m(self, *a, **k): return a, k
print(op.attrgetter('x')(A), op.attrgetter('b.c')(A), op.attrgetter('x', 'b.c')(A), op.itemgetter(1)('abc'), op.itemgetter(0, -1)('abc'), op.itemgetter(slice(1, None))('abc'), op.itemgetter('k')({'k': 'v'}), op.methodcaller('m', 1, z=2)(A()), op.methodcaller('upper')('x'), repr(op.itemgetter(1, 2)), repr(op.attrgetter('a.b')), repr(op.methodcaller('m', 1, k=2)))
err(op.add, 1, 'a'); err(op.add, 1); err(op.index, 1.5); err(op.indexOf, [1], 2); err(op.itemgetter); err(op.attrgetter); err(op.attrgetter, 5); err(op.methodcaller); err(op.methodcaller, 5); err(op.attrgetter('zz'), 5); err(op.itemgetter(9), []); err(op.itemgetter('a'), []); err(op.concat, 1, 2); err(op.contains, 5, 1); err(op.matmul, 1, 2); err(op.itemgetter(1), [1], 2); err(op.countOf, 5, 1); err(op.length_hint, [], 'a'); err(op.truediv, 1, 'a'); err(op.methodcaller('nope'), 5); err(op.getitem, {}, 'k'); err(op.concat, [1], 5)
print(sorted(['bb', 'a', 'ccc'], key=op.methodcaller('__len__')), sorted([(1, 'z'), (0, 'y')], key=op.itemgetter(1)), list(map(op.add, [1, 2], [3, 4])), op.__add__ is op.add, op.__not__(1), op.itemgetter(1) == op.itemgetter(1))
