"""Graphs: strong components (Tarjan, without recursion), shortest paths (a heap by hand), loops of a flow graph."""


def make_graph(n, degree, seed):
    edges = [[] for _ in range(n)]
    for node in range(n):
        for _ in range(degree):
            seed = (seed * 16807) % 2147483647
            edges[node].append((seed % n if seed & 64 else (node * 3 + seed % 5) % n, seed % 90 + 1))
    return edges


def components(edges):
    n = len(edges)
    index = [-1] * n
    low = [0] * n
    on_stack = [False] * n
    stack = []
    found = []
    counter = 0
    for root in range(n):
        if index[root] >= 0:
            continue
        work = [(root, 0)]
        while work:
            node, at = work.pop()
            if at == 0:
                index[node] = low[node] = counter
                counter += 1
                stack.append(node)
                on_stack[node] = True
            for i in range(at, len(edges[node])):
                target = edges[node][i][0]
                if index[target] < 0:
                    work.append((node, i + 1))
                    work.append((target, 0))
                    break
                if on_stack[target]:
                    low[node] = min(low[node], index[target])
            else:
                if low[node] == index[node]:
                    size = 0
                    while True:
                        member = stack.pop()
                        on_stack[member] = False
                        size += 1
                        if member == node:
                            break
                    found.append(size)
                if work:
                    parent = work[-1][0]
                    low[parent] = min(low[parent], low[node])
    return len(found), max(found)


class Heap:
    def __init__(self):
        self.items = []

    def push(self, item):
        items = self.items
        items.append(item)
        i = len(items) - 1
        while i > 0:
            up = (i - 1) >> 1
            if items[up] <= item:
                break
            items[i] = items[up]
            i = up
        items[i] = item

    def pop(self):
        items = self.items
        last = items.pop()
        if not items:
            return last
        top = items[0]
        i = 0
        n = len(items)
        while True:
            child = 2 * i + 1
            if child >= n:
                break
            if child + 1 < n and items[child + 1] < items[child]:
                child += 1
            if items[child] >= last:
                break
            items[i] = items[child]
            i = child
        items[i] = last
        return top


def shortest(edges, start):
    far = {start: 0}
    heap = Heap()
    heap.push((0, start))
    done = set()
    while heap.items:
        length, node = heap.pop()
        if node in done:
            continue
        done.add(node)
        for target, weight in edges[node]:
            new = length + weight
            if target not in far or new < far[target]:
                far[target] = new
                heap.push((new, target))
    return len(far), max(far.values()), sum(far.values())


def dominators(edges, start=0):
    """Immediate dominators by iteration over reverse postorder; a loop is an edge to a dominator."""
    n = len(edges)
    order = []
    seen = [False] * n
    seen[start] = True
    work = [(start, iter(edges[start]))]
    while work:
        node, targets = work[-1]
        for target, _ in targets:
            if not seen[target]:
                seen[target] = True
                work.append((target, iter(edges[target])))
                break
        else:
            order.append(node)
            work.pop()
    number = {node: i for i, node in enumerate(order)}
    before = {node: [] for node in order}
    for node in order:
        for target, _ in edges[node]:
            before[target].append(node)
    idom = {start: start}
    changed = True
    while changed:
        changed = False
        for node in reversed(order[:-1]):
            new = None
            for p in before[node]:
                if p not in idom:
                    continue
                if new is None:
                    new = p
                    continue
                a, b = p, new
                while a != b:
                    while number[a] < number[b]:
                        a = idom[a]
                    while number[b] < number[a]:
                        b = idom[b]
                new = a
            if idom.get(node) != new:
                idom[node] = new
                changed = True
    loops = 0
    for node in order:
        for target, _ in edges[node]:
            d = node
            while d != target and d != start:
                d = idom[d]
            loops += d == target
    return len(idom), loops


big = make_graph(90_000, 4, 77)
print(components(big), shortest(big, 1), dominators(make_graph(25_000, 2, 5)))
