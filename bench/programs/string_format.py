"""Formatting: % with tuples and dicts, str.format, f-strings with nested specs, repr, float and int to text."""


def percent(n):
    total = 0
    for i in range(n):
        s = "%5d|%-8s|%08.3f|%x|%r" % (i, "ab" * (i % 3), i / 7, i * 31, (i, None))
        total += len(s) + ord(s[3])
        total += len("%(name)s=%(value)d" % {"name": "n", "value": i})
    return total


def method(n):
    total = 0
    for i in range(n):
        s = "{0:>10}|{1!r:<12}|{2:+.4e}|{name:^9}|{0:,}".format(i * 1001, str(i), i * 1.5, name="mid")
        total += len(s) + ord(s[-1])
    return total


def fstrings(n):
    total = 0
    width = 12
    for i in range(n):
        x = i * 0.37
        s = f"{i}:{x:{width}.{i % 6}f}|{i:#b}|{i!s:>6}|{'yes' if i & 1 else 'no'}|{x!r}"
        total += len(s) + ord(s[-1])
    return total


def round_trip(n):
    bad = 0
    for i in range(n):
        x = i / 3.0
        if float(repr(x)) != x or int(str(i * i)) != i * i or int(hex(i), 16) != i:
            bad += 1
    return bad


print(percent(240_000), method(220_000), fstrings(220_000), round_trip(240_000))
