# N queens and subset sums by backtracking.
def queens(n):
    out, cols, d1, d2, place = 0, set(), set(), set(), []
    first = None
    def go(r):
        nonlocal out, first
        if r == n:
            out += 1
            if first is None: first = place[:]
            return
        for c in range(n):
            if c in cols or r + c in d1 or r - c in d2: continue
            cols.add(c); d1.add(r + c); d2.add(r - c); place.append(c)
            go(r + 1)
            cols.remove(c); d1.remove(r + c); d2.remove(r - c); place.pop()
    go(0)
    return out, first
for n in range(1, 8): print(n, *queens(n))
def subsets(nums, target):
    res = []
    def go(i, cur, s):
        if s == target: res.append(cur[:])
        if i == len(nums) or s >= target: return
        for j in range(i, len(nums)):
            cur.append(nums[j]); go(j + 1, cur, s + nums[j]); cur.pop()
    go(0, [], 0)
    return res
print(subsets([1, 2, 3, 4, 5, 6], 9))
