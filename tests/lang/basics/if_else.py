# if, elif and else on values of every truthiness.
def kind(n):
    if n < 0:
        return "negative"
    elif n == 0:
        return "zero"
    elif n < 10:
        return "small"
    else:
        return "large"
for n in (-5, 0, 5, 50):
    print(n, kind(n))
for v in (0, 1, "", "a", [], [0], None, {}, 0.0, 2.5, (), (1,)):
    if v:
        print(repr(v), "true")
    else:
        print(repr(v), "false")
if 1 < 2 and not 3 < 2 or False:
    print("combined")
if 0: pass
elif 1: print("one")
print("yes" if x_defined else "no") if (x_defined := 1) else None
