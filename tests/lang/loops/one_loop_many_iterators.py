# A for loop whose iterable is of another kind each time, with and without unpacking.
# needs: 3.14


def pairs(iterable):
    out = []
    for a, b in iterable:
        out.append((a, b))
    return out


def items(iterable):
    out = []
    for item in iterable:
        out.append(item)
    return out


def into_attribute(iterable):
    class Place:
        pass

    place, out = Place(), []
    for place.item in iterable:
        out.append(place.item)
    return out


for turn in range(2):
    print(pairs(enumerate("xy", 2**61 - 1)), pairs(zip([1, 2], (3, 4, 5))), pairs({"k": 1, 2: "v"}.items()))
    print(pairs([(1, 2), [3, 4], "ab"]), pairs((k, k * k) for k in range(3)))
    for wrong in ([(1, 2, 3)], zip([1], [2], [3]), zip([1, 2], [3], strict=True), zip([1], [2, 3], strict=True), [5]):
        try:
            pairs(wrong)
        except (TypeError, ValueError) as error:
            print(type(error).__name__, error)
    for function in (items, into_attribute):
        print(function(range(3)), function([4, 5]), function((6, 7)), function("ab"), function({1: 2}),
              function(k for k in (8, 9)), function(range(2**62, 2**62 + 2)), function(range(5, 0, -2)))

growing = {1: 1}
try:
    for k, v in growing.items():
        growing[k + 1] = v
except RuntimeError as error:
    print(error)

# The list grows and shrinks under its loop.
numbers = [1, 2, 3]
for n in numbers:
    if len(numbers) < 6:
        numbers.append(n * 10)
print(numbers)
for n in numbers:
    numbers.pop()
print(numbers)

# An iterator goes on where a loop left it.
it = iter(range(5))
for n in it:
    if n == 2:
        break
print(items(it), items(it))


class Odd:
    def __init__(self):
        self.n = 0

    def __iter__(self):
        return self

    def __next__(self):
        self.n += 1
        if self.n > 3:
            raise StopIteration
        return self.n, -self.n


print(items(Odd()), pairs(Odd()), pairs(enumerate(Odd())))

# Slices with plain bounds, and with others.
for s in ([1, 2, 3, 4], (1, 2, 3, 4), "abcd", b"abcd", range(4)):
    print(s[:], s[1:], s[:-1], s[-3:-1], s[3:1], s[10:], s[:-10], s[True:], s[::2], s[::-1], s[3:0:-1])
values = [0, 1, 2, 3, 4]
values[1:3] = [10]
values[:0] = values
values[-1:] = (7, 8)
values[100:] = [9]
values[3:2] = "ab"
print(values)
tuples = (1, 2)
print(tuples[:] is tuples)
for bad in ("x", 1.5):
    try:
        values[bad:]
    except TypeError as error:
        print(error)
