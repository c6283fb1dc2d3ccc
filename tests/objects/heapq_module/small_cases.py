# heapq in everyday use.
def show(text):
    for line in text.strip().splitlines():
        line = line.strip()
        try:
            print(line, "=>", repr(eval(line)))
        except Exception as e:
            print(line, "!!", type(e).__name__ + ":", e)

import heapq
def sort(l):
    h = list(l)
    heapq.heapify(h)
    return [heapq.heappop(h) for _ in range(len(h))]
show(r"""
sort([5, 2, 8, 1]), sort('hello'), sort([]), sort([(2, 'b'), (1, 'z')]), heapq.nlargest(2, [1, 5, 3]), heapq.nsmallest(2, [1, 5, 3]), list(heapq.merge([1, 3], [2, 4])), (lambda h: (heapq.heappush(h, 1), heapq.heappush(h, 0), h))([]), heapq.heappushpop([1, 2], 0), heapq.heapreplace([1, 2], 5)
heapq.heappop([])
heapq.heapify((1,))
heapq.heapify([1, 'a'])
""")
