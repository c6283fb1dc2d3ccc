# Converting big ints to and from decimal and other bases; the digit limit.
# needs: 3.14
import sys
def show(text):
    for line in text.strip().splitlines():
        line = line.strip()
        try:
            print(line, "=>", repr(eval(line)))
        except Exception as e:
            print(line, "!!", type(e).__name__ + ":", e)

show(r"""
str(10**50), repr(-10**50), str(2**200), str(2**64), str(-2**63)
hex(2**100), oct(2**100), bin(2**70), hex(-2**100), bin(-5), oct(-8), hex(0), bin(0), oct(0)
[int(str(3**k)) == 3**k for k in (0, 1, 39, 40, 41, 80, 200, 500)]
[int(hex(7**k), 16) == 7**k for k in (1, 20, 100)]
len(str(10**4299)), len(str(10**4300 - 1))
str(10**4300)
'%d' % 10**4300
f'{10**4300}'[:5]
repr([10**5000])
int('1' * 4300) > 0
int('1' * 4301)
int('1' * 5000, 10)
int('1' * 5000, 16) > 0, len(hex(16**5000)), len(f'{16**5000:x}')
int('1' * 5000, 2) == 2**5000 - 1
int('0' * 5000)
int('1_' * 4300 + '1')
sys.int_info.default_max_str_digits, sys.int_info.str_digits_check_threshold, sys.get_int_max_str_digits()
""")
sys.set_int_max_str_digits(10000)
print(len(str(10**5000)), int('7' * 5000) % 1000003)
sys.set_int_max_str_digits(0)
n = 3**20000
s = str(n)
print(len(s), s[:10], s[-10:], int(s) == n)
for bad in (1, 639, -1):
    try: sys.set_int_max_str_digits(bad)
    except ValueError as e: print(e)
sys.set_int_max_str_digits(640)
try: str(10**640)
except ValueError as e: print(e)
print(len(str(10**639)))
