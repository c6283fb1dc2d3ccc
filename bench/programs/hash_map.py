"""A hash map written by hand, with open addressing, and one with chains: method calls, lists, string hashing."""


def hash_of(key):
    h = 5381
    for c in key:
        h = (h * 33 ^ ord(c)) & 0x7FFFFFFF
    return h


class OpenMap:
    def __init__(self):
        self.keys = [None] * 8
        self.values = [None] * 8
        self.mask = 7
        self.used = 0

    def find(self, key):
        keys = self.keys
        i = hash_of(key) & self.mask
        while keys[i] is not None and keys[i] != key:
            i = (i + 1) & self.mask
        return i

    def get(self, key, default=None):
        i = self.find(key)
        return default if self.keys[i] is None else self.values[i]

    def set(self, key, value):
        i = self.find(key)
        if self.keys[i] is None:
            self.keys[i] = key
            self.used += 1
            self.values[i] = value
            if self.used * 3 > self.mask * 2:
                self.grow()
        else:
            self.values[i] = value

    def grow(self):
        old = list(zip(self.keys, self.values))
        size = (self.mask + 1) * 2
        self.keys = [None] * size
        self.values = [None] * size
        self.mask = size - 1
        self.used = 0
        for key, value in old:
            if key is not None:
                self.set(key, value)


class Link:
    __slots__ = ("key", "value", "next")

    def __init__(self, key, value, next):
        self.key = key
        self.value = value
        self.next = next


class ChainedMap:
    def __init__(self, size=1024):
        self.table = [None] * size
        self.size = size
        self.count = 0

    def __getitem__(self, key):
        link = self.table[key * 2654435761 % self.size]
        while link is not None:
            if link.key == key:
                return link.value
            link = link.next
        raise KeyError(key)

    def __setitem__(self, key, value):
        slot = key * 2654435761 % self.size
        link = self.table[slot]
        while link is not None:
            if link.key == key:
                link.value = value
                return
            link = link.next
        self.table[slot] = Link(key, value, self.table[slot])
        self.count += 1

    def __delitem__(self, key):
        slot = key * 2654435761 % self.size
        before = None
        link = self.table[slot]
        while link.key != key:
            before, link = link, link.next
        if before is None:
            self.table[slot] = link.next
        else:
            before.next = link.next
        self.count -= 1


words = OpenMap()
for i in range(150_000):
    key = "w" + str(i * 7 % 20_011)
    words.set(key, words.get(key, 0) + i)
total = 0
for i in range(30_000):
    total += words.get("w" + str(i), 1)

numbers = ChainedMap()
for i in range(300_000):
    numbers[i % 4096] = i
    if i % 5 == 0:
        del numbers[i % 4096]
        numbers[i % 4096] = -i
for i in range(4096):
    total += numbers[i]
print(words.used, words.mask, numbers.count, total)
