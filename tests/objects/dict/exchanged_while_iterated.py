# needs: 3.14
# A dict whose keys are exchanged for as many others while it is iterated over.


def attempt(name, f):
    try:
        print(name, f())
    except RuntimeError as e:
        print(name, "RuntimeError:", e)


def exchange(view):
    d = {0: 0}
    seen = []
    for item in view(d):
        seen.append(item)
        del d[0]
        d[0] = 0
        if len(seen) > 5:
            break
    return seen


attempt("keys", lambda: exchange(dict.keys))
attempt("values", lambda: exchange(dict.values))
attempt("items", lambda: exchange(dict.items))


def backwards():
    d = {f"k{i}": i for i in range(1000)}
    for i in range(1, 1000):
        del d[f"k{i}"]
    views = reversed(d), reversed(d.keys()), reversed(d.values()), reversed(d.items())
    d.clear()
    d["k0"] = 0
    return [list(view) for view in views]


attempt("reversed", backwards)


def queue():
    d, total = {}, 0
    for i in range(5000):  # the removed entries at both ends are given up somewhere
        d[i] = i
        if i % 3:
            total += d.popitem()[1]
        if i % 5 == 0 and d:
            del d[next(iter(d))]
    return total, len(d), list(d)[:3]


attempt("queue", queue)


def stack():
    d = {}
    for i in range(2000):
        d[i] = i
        d[-i] = i
        del d[-i]
        if i:
            d.pop(i)
    return d, list(reversed(d))


attempt("stack", stack)


def bad():
    yield 1
    raise TypeError("oops")


for make in (lambda: dict([bad()]), lambda: dict([(1, 2), 3]), lambda: {}.update([[1, 2], None])):
    try:
        make()
    except TypeError as e:
        print(e, e.__notes__)
