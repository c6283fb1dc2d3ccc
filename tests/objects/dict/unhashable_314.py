# Messages that say how an unhashable key was used.
# needs: 3.14
def err(f, *args, **kwargs):
    try:
        print("no error:", repr(f(*args, **kwargs)))
    except Exception as e:
        print(type(e).__name__ + ":", e)

err(lambda: {[]: 1}); err(lambda: {}[[]]); err(lambda: {}.get([])); err(lambda: [] in {}); err(lambda: {[]}); err(lambda: [] in set()); err(lambda: set([[]])); err(lambda: frozenset([{}])); err(lambda: {}.setdefault([])); err(lambda: {}.pop([])); err(lambda: {1: 2}.pop([]))
err(lambda: dict.fromkeys([[]])); err(lambda: dict([([], 1)])); err(lambda: {(1, []): 1}); err(lambda: {1}.add([])); err(lambda: {1}.remove([])); err(lambda: {1}.discard({})); err(lambda: {k: 1 for k in [[]]}); err(lambda: {k for k in [[]]})
def st(): d = {}; d[{}] = 1
def dl(): d = {}; del d[set()]
err(st); err(dl); err(lambda: hash([]))
class N: __hash__ = None
err(lambda: {N(): 1}); err(lambda: {N()}); err(lambda: {}.get(N()))
class R:
    def __hash__(self): raise TypeError("own message")
err(lambda: {R(): 1}); err(lambda: {R()})
