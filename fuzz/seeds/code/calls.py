def f(a, b=2, *args, k=3, **kw):
    return a, b, args, k, kw
f(1), f(1, 2, 3), f(a=1, k=4), f(*[1, 2], **{'z': 1}), f(1, *(2, 3), k=5, **{})
class C:
    def m(self, x=1): return x
    @staticmethod
    def s(): return 1
    @classmethod
    def c(cls, *a): return cls, a
C().m(), C().m(x=2), C.s(), C.c(1), C.m(C())
print(sorted([3, 1], key=lambda v: -v, reverse=True), max(1, 2, key=abs), int('7', base=8))
