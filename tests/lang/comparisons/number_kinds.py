# Comparing bool, int, float and complex across sizes.
inf, nan = float('inf'), float('nan')
vals = [0, -0.0, 1, True, 1.5, -1, 2**53, 2.0**53, 2**53 + 1, 10**400, -10**400, inf, -inf, nan]
for a in vals:
    print([(a < b) * 1 + (a <= b) * 2 + (a == b) * 4 + (a != b) * 8 + (a > b) * 16 + (a >= b) * 32 for b in vals])
print(1 == 1.0 == True == 1+0j, 0 == False == 0.0 == -0.0, 2**53 + 1 == 2.0**53 + 1, 2**53 + 1 > 2.0**53)
print(nan == nan, nan != nan, nan is nan, nan in [nan], [nan] == [nan], (nan,) < (nan,), nan < nan)
print(1j == 1j, 1j != 2j, 1j == 'a', 1+0j == 1.0, complex(nan, 0) == complex(nan, 0))
print(10**400 == inf, 10**400 < inf, -10**400 > -inf, 10**400 > 1.7e308, 9007199254740993 == 9007199254740992.0)
for e in ("1j < 1j", "1 < 1j", "1j > 1.0", "True < 1j"):
    try: eval(e)
    except TypeError as x: print(x)
print(max(1, 1.0, True), min(True, 1, 1.0), max(1.0, 1), sorted([3, 1.5, True, -2, 0.0, 2**70, -inf]))
