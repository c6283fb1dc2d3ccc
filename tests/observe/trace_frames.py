# options: --trace=frames --trace-out=/dev/stdout --trace-file=_traced.py
# differs: the machine's own trace
import _traced
