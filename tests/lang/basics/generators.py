# yield in its simplest uses.
def count(n):
    i = 0
    while i < n:
        yield i
        i += 1
for x in count(3): print(x)
print(list(count(5)), sum(count(10)), [x * x for x in count(4)])
g = count(2)
print(next(g), next(g), next(g, "end"))
def evens():
    n = 0
    while True:
        yield n
        n += 2
for e in evens():
    if e > 6: break
    print(e, end=" ")
print()
print(sum(x for x in range(10) if x % 2))
