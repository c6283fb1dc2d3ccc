# options: --trace=stack --trace-out=/dev/stdout --trace-file=_changing.py
# differs: the machine's own trace
import _changing
