# Things that change while they lie on the operand stack.
import collections


class Named:
    def __add__(self, other):
        return 1

    __radd__ = __add__


class Other:
    pass


def named():
    pass


def change(x, what, *arguments):
    getattr(x, what)(*arguments)
    return 0


def becomes(x, name):
    x.__qualname__ = name
    return 0


def turns(x, kind):
    x.__class__ = kind
    return 0


def lists():
    a = [1, 2, 3]
    nested = [[1], [2.5, "a"], a]
    return (a, nested, change(a, "append", 4), change(a, "__setitem__", 0, 1.5), change(nested, "pop", 0), a[1], nested[0],
            change(a, "clear"), change(a, "extend", range(30)), change(a, "__setitem__", 20, None), change(a, "reverse"))


def inplace():
    a = b = [1]
    a += (b + a)[0:1] * 2
    return [b, a.__iadd__([9]), b, a.__imul__(2)]


def tables():
    d, s, many = {1: "x"}, {7}, collections.defaultdict(list)
    return (d, s, many, change(d, "__setitem__", 2, []), change(s, "add", 8), many["missing"], d[2], change(d[2], "append", "deep"),
            change(d, "pop", 1), change(d, "__setitem__", 3, None), change(s, "discard", 7), change(d, "clear"), change(s, "clear"))


def names():
    one = Named()
    return (one, Named, named, [one], becomes(Named, "Renamed"), becomes(named, "named_otherwise"), one + 1, turns(one, Other), 1)


def cells():
    content = 1
    cell = (lambda: content).__closure__[0]
    def set_content(value):
        nonlocal content
        content = value
        return 0
    return cell, set_content([1]), content, change(content, "append", 2), set_content("s")


def natives():
    a = [3, 1, 2]
    total = [a]
    for x in map(a.append, (7, 8)):
        total += [x]
    kept = (a, total, sorted(a, key=lambda v: total.append(v) or -v), list(map(total.remove, a[:1])), a.sort(), 0)
    return kept


def handled():
    a = [1]
    try:
        return (a, a.append(2), [][1])
    except IndexError:
        return (a, a.pop(), undefined) if a == [] else (a, a.append(3), 1)


for function in lists, inplace, tables, names, cells, natives, handled:
    function()
