# _random: the same seeds give the same numbers as in CPython.
# needs: 3.14
import _random

def numbers(seed):
    r = _random.Random(seed)
    state = r.getstate()
    out = [r.random(), r.getrandbits(7), r.getrandbits(32), r.getrandbits(33), r.getrandbits(1000)]
    for _ in range(700): r.random()
    out.append(r.random())
    r.setstate(state)
    out.append(r.random())
    return out

def show(text):
    for line in text.strip().splitlines():
        try:
            print(line, "=>", repr(eval(line)))
        except Exception as e:
            print(line, "!!", type(e).__name__ + ":", e)

show(r"""
numbers(0)
numbers(1)
numbers(-1)
numbers(2**32)
numbers(2**32 - 1)
numbers(3**5000)
numbers(True)
numbers(0.5)
_random.Random(5).getrandbits(-1)
_random.Random(5).getrandbits(1.5)
_random.Random(5).getrandbits(2**70)
_random.Random(5).getrandbits(0)
_random.Random(5).getrandbits(100)
_random.Random(5,6)
_random.Random(x=6)
_random.Random([])
_random.Random(5).random()
_random.Random('a').getstate()[-1]
_random.Random(1.5).random(),_random.Random(-5).random(),_random.Random(10**30).random(), _random.Random(True).random(), _random.Random(0).random()
_random.Random(5).setstate(1)
_random.Random(5).setstate((1,))
_random.Random(5).setstate((1,)*625)
_random.Random(5).setstate((-1,)*625)
_random.Random(5).setstate((2**40,)*625)
_random.Random(5).setstate((2**70,)*625)
_random.Random(5).setstate((0,)*624+(625,))
_random.Random(5).setstate((0,)*624+(-1,))
_random.Random(5).setstate(('a',)*625)
_random.Random(5).seed(1,2)
""")
