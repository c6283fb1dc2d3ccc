# int, floor, ceil, round and exact comparison between int and float.
def show(text):
    for line in text.strip().splitlines():
        line = line.strip()
        try:
            print(line, "=>", repr(eval(line)))
        except Exception as e:
            print(line, "!!", type(e).__name__ + ":", e)

import math
show(r"""
[int(x) for x in (1.9, -1.9, 0.0, -0.0, 1e18, 1e19, 2.0**62, -2.0**62, 2.0**63, 1e22, 1e23)], [math.floor(x) for x in (1.5, -1.5, 1e20)], [math.ceil(x) for x in (1.5, -1.5)], [round(x) for x in (0.5, 1.5, 2.5, 1e20)]
float(2**53 + 1), float(10**22), float(2**1023), float(-10**308), float(123456789012345678)
float(2**1024)
int(float('nan'))
int(float('inf'))
round(float('-inf'))
2**53 + 1 == float(2**53 + 1), 2**53 == float(2**53), 10**23 == 1e23, 10**22 == 1e22, 1e308 < 10**309, -1e308 > -10**309, 0.5 < 1, 1.0 == 1, 2**62 < 2.0**62 + 1000, 4611686018427387904 == 4611686018427387904.0
""")
