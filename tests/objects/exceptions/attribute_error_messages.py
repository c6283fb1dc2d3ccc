# AttributeError messages by kind of object.
def show(text):
    for line in text.strip().splitlines():
        line = line.strip()
        try:
            print(line, "=>", repr(eval(line)))
        except Exception as e:
            print(line, "!!", type(e).__name__ + ":", e)

class A: pass
import math
show(r"""
(5).foo
'a'.foo
[].foo
None.foo
A().foo
A.foo
int.foo
len.foo
(lambda: 0).foo
math.foo
A().foo.bar
type.foo
[].append.foo
(x for x in '').foo
super(A, A()).foo
object().foo
ValueError().foo
(1).real.foo
...  .foo
range(1).foo
{}.keys().foo
""")
