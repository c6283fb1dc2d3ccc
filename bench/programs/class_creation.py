"""Objects made and dropped: dataclass-like classes, inheritance chains, type(), isinstance, dunder protocols."""


class Base:
    kinds = []

    def __init_subclass__(cls, **options):
        super().__init_subclass__(**options)
        Base.kinds.append(cls)

    def __init__(self, value):
        self.value = value

    def __repr__(self):
        return f"{type(self).__name__}({self.value!r})"

    def __hash__(self):
        return hash(self.value)

    def __eq__(self, other):
        return isinstance(other, Base) and self.value == other.value


class Middle(Base):
    def __init__(self, value, extra=0):
        super().__init__(value)
        self.extra = extra


class Leaf(Middle):
    def __init__(self, value, *, label="leaf"):
        super().__init__(value, len(label))
        self.label = label


def instances(n):
    total = 0
    for i in range(n):
        leaf = Leaf(i, label="x" * (i & 3))
        total += leaf.extra + isinstance(leaf, Middle) + (type(leaf) is Leaf)
    return total


def made_types(n):
    total = 0
    for i in range(n):
        made = type("Made%d" % i, (Middle,), {"size": i, "double": lambda self: self.size * 2})
        total += made(1).double() + issubclass(made, Base)
    return total + len(Base.kinds)


def keyed(n):
    table = {}
    for i in range(n):
        key = Middle(i % 500)
        table[key] = table.get(key, 0) + 1
    return len(table), table[Middle(77)], repr(Leaf("q"))


def records(n):
    kept = []
    for i in range(n):
        kept.append({"name": "n", "values": [i, i + 1], "pair": (i, str(i))})
        if len(kept) > 1000:
            kept = kept[500:]
    return sum(r["values"][1] + len(r["pair"][1]) for r in kept)


print(instances(900_000), made_types(8_000), keyed(400_000), records(800_000))
