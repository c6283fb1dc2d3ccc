"""A least recently used cache: a doubly linked list and a dict, driven by a skewed stream of keys."""


class Node:
    def __init__(self, key, value):
        self.key = key
        self.value = value
        self.before = self.after = None


class Cache:
    def __init__(self, capacity):
        self.capacity = capacity
        self.nodes = {}
        self.head = Node(None, None)
        self.tail = Node(None, None)
        self.head.after = self.tail
        self.tail.before = self.head
        self.hits = self.misses = 0

    def unlink(self, node):
        node.before.after = node.after
        node.after.before = node.before

    def to_front(self, node):
        first = self.head.after
        node.before = self.head
        node.after = first
        first.before = node
        self.head.after = node

    def get(self, key, make):
        node = self.nodes.get(key)
        if node is not None:
            self.hits += 1
            self.unlink(node)
            self.to_front(node)
            return node.value
        self.misses += 1
        value = make(key)
        if len(self.nodes) >= self.capacity:
            oldest = self.tail.before
            self.unlink(oldest)
            del self.nodes[oldest.key]
        node = Node(key, value)
        self.nodes[key] = node
        self.to_front(node)
        return value


def main():
    cache = Cache(500)
    ordered = {}  # the same policy by the order of a dict
    seed = 7
    total = other = 0
    for _ in range(1_100_000):
        seed = (seed * 48271) % 2147483647
        key = (seed % 1000) * (seed >> 5 & 1) + (seed >> 8) % 150
        total += cache.get(key, lambda k: k * k)
        if key in ordered:
            value = ordered.pop(key)
        else:
            if len(ordered) >= 500:
                del ordered[next(iter(ordered))]
            value = key * key
        ordered[key] = value
        other += value
    print(cache.hits, cache.misses, total, total == other, list(ordered)[-1] == cache.head.after.key)


main()
