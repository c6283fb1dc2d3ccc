"""Lists: append and pop, insert, slices, reversal, merge sort by hand, heap by hand, tuples unpacked."""


def stack_machine(n):
    stack = []
    total = 0
    for i in range(n):
        stack.append(i)
        if i % 3 == 2:
            total += stack.pop() - stack.pop()
    return total, len(stack)


def merge_sort(items):
    if len(items) < 2:
        return items
    half = len(items) // 2
    left = merge_sort(items[:half])
    right = merge_sort(items[half:])
    result = []
    i = j = 0
    while i < len(left) and j < len(right):
        if left[i] <= right[j]:
            result.append(left[i])
            i += 1
        else:
            result.append(right[j])
            j += 1
    result += left[i:]
    result += right[j:]
    return result


def heap_sort(items):
    heap = []
    for item in items:
        heap.append(item)
        i = len(heap) - 1
        while i and heap[(i - 1) // 2] > heap[i]:
            up = (i - 1) // 2
            heap[i], heap[up] = heap[up], heap[i]
            i = up
    result = []
    while heap:
        result.append(heap[0])
        last = heap.pop()
        if not heap:
            break
        heap[0] = last
        i = 0
        while True:
            child = 2 * i + 1
            if child >= len(heap):
                break
            if child + 1 < len(heap) and heap[child + 1] < heap[child]:
                child += 1
            if heap[i] <= heap[child]:
                break
            heap[i], heap[child] = heap[child], heap[i]
            i = child
    return result


def rotations(n):
    ring = list(range(200))
    for i in range(n):
        k = i % 17 + 1
        ring = ring[k:] + ring[:k]
        ring.insert(50, ring.pop())
        ring[10:20] = ring[19:9:-1]
    ring.reverse()
    return ring[:5]


numbers = []
seed = 42
for _ in range(160_000):
    seed = (seed * 16807) % 2147483647
    numbers.append(seed)
ordered = merge_sort(numbers)
print(stack_machine(4_000_000), ordered[::40_000], heap_sort(numbers[:90_000]) == sorted(numbers[:90_000]),
      rotations(200_000), numbers.index(ordered[80_000]))
