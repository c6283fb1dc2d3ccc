# small weak references.
def show(text):
    for line in text.strip().splitlines():
        line = line.strip()
        try:
            print(line, "=>", repr(eval(line)))
        except Exception as e:
            print(line, "!!", type(e).__name__ + ":", e)

import weakref, gc
class A: pass
a = A()
r = weakref.ref(a)
b = A(); rb = weakref.ref(b); del b; gc.collect()
d = weakref.WeakValueDictionary(); d['k'] = a
show(r"""
r() is a, r == weakref.ref(a), weakref.getweakrefcount(a) >= 1, callable(r)
rb(), rb() is None
weakref.ref(5)
weakref.ref([])
weakref.ref('a')
weakref.proxy(a) == a, weakref.proxy(a).__class__
d['k'] is a, len(d), list(d)
""")
