# needs: 3.14
# An OrderedDict notices when keys change while it is compared or copied; a subclass is copied through its own __getitem__.
from collections import OrderedDict, deque


class Key:
    calls = 0
    act = None

    def __hash__(self):
        return hash(id(type(self)))

    def __eq__(self, other):
        type(self).calls += 1
        if Key.act is not None and self.calls == 2:  # the dicts are equal: now their order is compared
            Key.act()
        return True


def clear(d):
    d.clear()
    d["a"] = d["b"] = 1


for act in (clear, lambda d: d.popitem(), lambda d: d.update(new=1), lambda d: None):
    Key.act, Key.calls = None, 0
    x = OrderedDict.fromkeys((0, Key(), 4.5))
    y = OrderedDict.fromkeys((0, Key(), 4.5))
    Key.act = lambda: act(x)
    try:
        print(x == y)
    except RuntimeError as error:
        print(error)


class Clearing(OrderedDict):
    def __getitem__(self, key):
        self.clear()
        return "v"


class Shouting(OrderedDict):
    def __getitem__(self, key):
        return super().__getitem__(key) * 2


try:
    Clearing([(1, "a"), (2, "b")]).copy()
except RuntimeError as error:
    print(error)
print(list(dict.items(Shouting(a="x").copy())))


class Sub(deque):
    pass


print(Sub("ab", 2**63 - 1).copy().maxlen)
