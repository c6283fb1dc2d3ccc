# small imports of modules that are always there.
def run(number, source):
    print('#', number)
    try:
        exec(source, {'__name__': 'sample'})
    except BaseException as e:
        print(type(e).__name__ + ':', e)

SNIPPETS = r'''
import sys; print(sys.__name__)
---
import math as m; print(m.floor(1.5))
---
from math import sqrt, pi as p; print(sqrt(4), int(p))
---
import no_such_module_here
---
from no_such_module_here import x
---
def f():
    import math
    return math.ceil(1.2)
print(f())
---
import sys, math
print(sys.modules['math'] is math, 'math' in sys.modules)
---
try: import missing_one
except ImportError as e: print(type(e).__name__, e.name)
---
from math import *
print(floor(2.5), 'pi' in globals())
---
import math
math.new_attr = 5
import math as again
print(again.new_attr, again is math); del math.new_attr
---
class A: from math import floor as fl
print(A.fl(2.7))
---
import types
mod = types.ModuleType('made'); mod.x = 1
sys = __import__('sys'); sys.modules['made'] = mod
import made
from made import x
print(made.x, x); from made import y
---
__import__('')
---
import math
del math
math
'''
for number, source in enumerate(SNIPPETS.split('\n---\n'), 1):
    run(number, source.strip('\n') + '\n')
