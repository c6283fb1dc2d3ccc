# options: --trace=calls --trace-out=/dev/stdout --trace-function=gcd --trace-size=60
# differs: the machine's own trace
"""A filter, and a limit that stops the trace but not the program."""
from _traced import gcd

for i in range(10):
    gcd(i, 7)
print("the program goes on")
