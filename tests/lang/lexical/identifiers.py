# Identifiers: Unicode names, NFKC normalisation, soft keywords as names.
é = 1
π = 3.14
变量 = 'chinese'
_x = __y = _1 = 2
ªº = 'ordinals'
print(é, π, 变量, _x, __y, _1)
print(ao)
ﬁne = 'ligature'
print(fine, 'fine' in globals(), 'ﬁne' in globals())
𝐱 = 'bold x'
print(x)
match = 1; case = 2; type = 3; _ = 4
print(match, case, type, _)
print(match + case, match - 1, match * 2, [match][0])
type = str
print(type(5))
def f(match, case=5, type=6): return match, case, type
print(f(1), f(match=2, case=3, type=4))
class match: case = 'attr'
print(match.case)
print("naïve".isidentifier(), "1a".isidentifier(), "a-b".isidentifier(), "ﬁ".isidentifier(), "".isidentifier())
Straße = 1; print(Straße, 'Straße' in dir())
