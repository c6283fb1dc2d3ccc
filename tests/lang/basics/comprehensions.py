# Comprehensions and conditional expressions.
print([i for i in range(5)], [i * j for i in range(3) for j in range(3)], [i for i in range(10) if i % 2 == 0])
print({i: i * i for i in range(4)}, {i % 3 for i in range(10)}, tuple(i for i in "abc"))
m = [[1, 2], [3, 4], [5, 6]]
print([x for row in m for x in row], [[row[i] for row in m] for i in range(2)])
print(["even" if i % 2 == 0 else "odd" for i in range(4)])
print([w.upper() for w in "the quick fox".split() if len(w) > 3])
words = ["apple", "bob", "cat"]
print({w: len(w) for w in words}, [c for w in words for c in w if c in "aeiou"])
