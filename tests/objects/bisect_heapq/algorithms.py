# bisect and heapq.
def err(f, *args, **kwargs):
    try:
        print("no error:", repr(f(*args, **kwargs)))
    except Exception as e:
        print(type(e).__name__ + ":", e)

import bisect as b, heapq as h
l = [1, 2, 2, 3, 5]
print(b.bisect(l, 2), b.bisect_left(l, 2), b.bisect_right(l, 2), b.bisect(l, 0), b.bisect(l, 9), b.bisect_left(l, 2, 2), b.bisect(l, 2, 0, 2), b.bisect([], 1), b.bisect_left(['a', 'bb', 'ccc'], 2, key=len), b.bisect(l, 3, hi=2)); b.insort(l, 4); b.insort_left(l, 2); b.insort(l, 0); print(l); w = ['a', 'ccc']; b.insort(w, 'bb', key=len); print(w)
err(b.bisect, [1], 'a'); err(b.bisect, 5, 1); err(b.bisect, [1], 1, -1); err(b.insort, (1,), 2); err(b.bisect, [1, 2], 1, 0, 9); err(b.bisect); err(b.bisect, [1, 2], 1, 'a')
x = [5, 1, 4, 2, 3]; h.heapify(x); print(x, h.heappop(x), h.heappush(x, 0), x, h.heappushpop(x, 9), h.heapreplace(x, 7), x, [h.heappop(x) for _ in range(len(x))], h.heappushpop([], 5))
print(h.nlargest(2, [3, 1, 5]), h.nsmallest(2, [3, 1, 5]), h.nlargest(2, ['a', 'ccc', 'bb'], key=len), h.nsmallest(0, [1]), h.nlargest(10, [1, 2]), h.nsmallest(1, []), list(h.merge([1, 4], [2, 3], [0])), list(h.merge([4, 1], [3], reverse=True)), list(h.merge(['a', 'ccc'], ['bb'], key=len)), h.nlargest(1, 'hello'), h.nsmallest(3, range(10), key=lambda v: -v))
err(h.heappop, []); err(h.heapreplace, [], 1); err(h.heappush, (1,), 1); err(h.heapify, (1,)); err(h.heapify, [1, 'a']); err(h.heappush, [1], 'a'); err(h.nlargest, 'a', []); err(h.heappop, 5); err(h.heappush, [])
s = 1; data = []
for _ in range(300): s = s * 48271 % 2147483647; data.append(s % 1000)
q = []
for v in data: h.heappush(q, v)
print([h.heappop(q) for _ in range(300)] == sorted(data), h.nsmallest(3, data), h.nlargest(3, data)); p = []
for i, t in enumerate(['low', 'high', 'mid']): h.heappush(p, ((3, 1, 2)[i], i, t))
print([h.heappop(p)[2] for _ in range(3)])
def dijkstra(g, s):
    d, q = {s: 0}, [(0, s)]
    while q:
        c, u = h.heappop(q)
        for v, w in g.get(u, ()):
            if c + w < d.get(v, 10**9): d[v] = c + w; h.heappush(q, (c + w, v))
    return d
print(dijkstra({'a': [('b', 7), ('c', 3)], 'c': [('b', 1), ('d', 8)], 'b': [('d', 2)]}, 'a'))
