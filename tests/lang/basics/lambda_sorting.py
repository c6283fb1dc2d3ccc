# Sorting with keys, map and filter with lambdas.
people = [("Ann", 30), ("Bob", 25), ("Cyd", 35), ("Dan", 25)]
print(sorted(people), sorted(people, key=lambda p: p[1]), sorted(people, key=lambda p: (-p[1], p[0])))
print(list(map(lambda p: p[0], people)), list(filter(lambda p: p[1] > 26, people)))
people.sort(key=lambda p: p[0], reverse=True)
print(people, max(people, key=lambda p: p[1]), min(people, key=lambda p: p[1]))
ops = {"+": lambda a, b: a + b, "-": lambda a, b: a - b, "*": lambda a, b: a * b}
print([ops[o](6, 3) for o in "+-*"])
print(sorted("banana"), sorted({"b": 1, "a": 2}), sorted([3, 1, 2], reverse=True), sorted(["b", "A", "c"], key=str.lower))
