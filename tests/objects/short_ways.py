# Short ways that the machine takes for common values must agree with the long ones.
import gc


class Items(list):
    def append(self, item):
        list.append(self, ("own", item))


def fill(xs, n):
    for i in range(n):
        xs.append(i)
    return xs


# One site of a call, with lists, a subclass, other types and other functions.
print(fill([], 5), fill(Items(), 3))


class Log:
    def __init__(self):
        self.seen = []

    def append(self, item):
        self.seen.append(-item)
        return item


print(fill(Log(), 3).seen, fill([9], 2))
try:
    fill((), 1)
except AttributeError as e:
    print(e)


def values(xs):
    return [xs.append(i) for i in range(3)]


print(values([]), values(Items()))
held = []
add = held.append
for i in range(4):
    add(i)
    add = held.append if i < 2 else (lambda x: held.insert(0, x))
print(held)
try:
    for f in (held.append, held.append):
        f(1, 2)
except TypeError as e:
    print(type(e).__name__)

# New cells in an old list survive.
old = [[] for _ in range(3)]
gc.collect()
for i in range(20000):
    old.append([i])
    if i % 5000 == 0:
        gc.collect()
print(len(old), sum(x[0] for x in old[3:]))


class Sized:
    def __len__(self):
        return 7


class Bad:
    def __len__(self):
        return -1


def sizes(things):
    return [len(x) for x in things]


print(sizes([[], [1, 2], "žlutý", (1,), {1: 2}, {3}, b"abc", Sized(), range(9), Items([1])]))
for wrong in (1, Bad(), 1.5):
    try:
        sizes([[], wrong])
    except (TypeError, ValueError) as e:
        print(type(e).__name__, e)


def shadowed():
    return [len(x) for x in ("ab", "c")]


print(shadowed())
len = lambda x: "mine"  # noqa: E731
print(shadowed())
del len
print(shadowed())

# Strings in order, by their first characters and beyond.
words = ["", "a", "b", "ab", "abc", "ač", "č", "日", "a\0", "~", "A"]
print("".join("<" if x < y else ">" if x > y else "=" for x in words for y in words))
print("".join(str(int(x <= y) + 2 * (x >= y) + 4 * (x != y) + 8 * (x == y)) for x in words for y in words))


def kind(c):
    if c == "a":
        return 1
    if c != "b":
        return 2
    if c < "c":
        return 3
    return 4


class Text(str):
    def __eq__(self, other):
        return True

    __hash__ = str.__hash__


print([kind(c) for c in ("a", "b", "c", "", "".join(["a"]), "ž", 1, None, Text("x"))] if True else None)

# A character in a short text, a long one, and one of wider characters.
for text in ("", "a", "xyzabc", "x" * 40 + "a", "žluťoučký a", "日本a"):
    print([c in text for c in ("a", "x", "ž", "日", "", "ab", "\xff")])
print("a" in "\xe1a", "\xe1" in "\xe1a", "\xe1" in "a")

# Keys that are equal and of different types, in tables of ints and of tuples.
table = {i: str(i) for i in range(100)}
print(table[5.0], table[True], table[False], 7.5 in table, 2**70 in table, -1 in table, -2 in table)
table[1.0] = "one"
print(table[1], list(table)[1], len(table))


class Five:
    def __hash__(self):
        return 5

    def __eq__(self, other):
        return other == 5


print(table[Five()], Five() in table, Five() in {5, 6}, 5 in {Five()}, {Five(): 1}[5], {Five(): 1, 6: 2}.get(5.0))
pairs = {(i, str(i)): i for i in range(50)}
print(pairs[3, "3"], pairs[3.0, "3"], (True, "1") in pairs, pairs.get((1, "2")), (Five(), "5") in pairs, ((1,), 2) in pairs)
nested = {((1, 2), "x"): 1, (float("inf"), None): 2}
print(nested[(1, 2), "x"], nested[(1.0, 2), "x"], nested[float("inf"), None])
nan = float("nan")
print((nan, 1) in {(nan, 1)}, (0.0, 1) in {(-0.0, 1)}, {(1,), (1, 2), (True,)})

# Sets of immediates, and what becomes of them when cells come.
numbers = set(range(1000))
gc.collect()
numbers.add("a" * 3)
numbers |= {("t", i) for i in range(3)}
gc.collect()
print(len(numbers), "aaa" in numbers, ("t", 2) in numbers)
copy = numbers.copy()
numbers.clear()
gc.collect()
print(len(copy), ("t", 1) in copy, sorted(copy - set(range(1000)), key=str))
frozen = frozenset(copy)
del copy
gc.collect()
print(("t", 0) in frozen, len(frozen ^ {1, "new"}))
swapped = {1, 2}
swapped &= {2, 3}
swapped.add(str(12345) * 2)
gc.collect()
print(sorted(swapped, key=str))

# bytearrays that grow, while somebody looks at them too.
data = bytearray()
for i in range(1000):
    data.append(i & 255)
    data += b"xy"
    data += bytearray(b"z")
    data += memoryview(b"w")
print(len(data), sum(data), bytes(data[:12]))
view = memoryview(data)
for grow in (lambda: data.append(1), lambda: data.extend(b"1"), lambda: data.__iadd__(b"1")):
    try:
        grow()
    except BufferError as e:
        print("BufferError")
view.release()
data += b""
print(len(data))
try:
    data += "text"
except TypeError as e:
    print(e)

# Slices.
xs = list(range(10))
print(xs[2:5], xs[::-1], xs[8:2:-2], xs[20:], xs[:0], xs[-3:], xs[5:2], xs[::3], xs[-100:100:4])
xs[:4] = xs[3::-1]
xs[2:2] = [7, 7]
xs[5:] = []
print(xs)
