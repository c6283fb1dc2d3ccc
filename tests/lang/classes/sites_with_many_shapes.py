# Attribute, method and store sites that meet many types and shapes, immediates among them, while classes change under them.
# needs: 3.14


class A:
    kind = "a"

    def __init__(self, x):
        self.x = x

    def name(self):
        return "A.name"


def make(i):
    class B(A):
        def name(self):
            return f"B{i}.name"

    if i % 3 == 0:
        B.kind = f"b{i}"
    if i % 3 == 1:
        B.x = property(lambda self: f"property {i}", lambda self, v: None)
    if i % 3 == 2:
        B.__getattr__ = lambda self, name: f"got {name}"
    return B


class Slotted:
    __slots__ = ("x", "kind")

    def __init__(self, x):
        self.x = x
        self.kind = "slotted"

    def name(self):
        return "Slotted.name"


def read_x(o):
    return o.x


def read_kind(o):
    return o.kind


def call_name(o):
    return o.name()


def write_y(o, v):
    o.y = v


def text_of(o):
    return o.__str__()


def real_of(o):
    return o.real


classes = [make(i) for i in range(9)]
objects = [A(0)] + [c(i) for i, c in enumerate(classes)] + [Slotted(7)]
for turn in range(6):
    print([read_x(o) for o in objects])
    print([read_kind(o) for o in objects])
    print([call_name(o) for o in objects])
    if turn == 3:
        A.kind = "changed"
        classes[1].name = lambda self: "replaced"
        del classes[2].name
        classes[0].x = property(lambda self: "now a property")

for turn in range(4):
    for i, o in enumerate(objects):
        try:
            write_y(o, i + turn)
        except AttributeError as error:
            print(error)
print([getattr(o, "y", None) for o in objects])

print([text_of(v) for v in (1, 2.5, True, None, "s", (1,), [2], 10**30, 1e300) * 2])
print([real_of(v) for v in (1, 2.5, True, 3 + 4j, 10**30, 1e300) * 3])


class Holder:
    pass


# Instances of one class with different shapes, and one that loses an attribute.
holders = []
for i in range(12):
    h = Holder()
    for k in range(i):
        setattr(h, f"extra{k}", k)
    h.x = i
    holders.append(h)
for turn in range(3):
    print([read_x(h) for h in holders])
    for h in holders:
        write_y(h, h.x + turn)
    print([h.y for h in holders])
del holders[5].x
try:
    read_x(holders[5])
except AttributeError as error:
    print(error)
holders[5].__dict__["x"] = "by dict"
print([read_x(h) for h in holders])
