import math, sys as system
from math import pi, floor as down
from itertools import *
try:
    import no_such.module
except ImportError as e:
    print(e)
try:
    from math import nothing
except ImportError as e:
    print(e)
print(math.sqrt(4), down(pi), list(islice(count(), 3)), system.maxsize)
