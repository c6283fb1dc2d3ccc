# KMP, Levenshtein automaton by table, longest palindrome, suffix arrays, wildcard matching, justify.
def kmp(t, p):
    f, k = [0], 0
    for c in p[1:]:
        while k and p[k] != c: k = f[k - 1]
        k += p[k] == c; f.append(k)
    out, k = [], 0
    for i, c in enumerate(t):
        while k and p[k] != c: k = f[k - 1]
        k += p[k] == c
        if k == len(p): out.append(i - k + 1); k = f[k - 1]
    return out
print(kmp('abababcabab', 'abab'), kmp('aaaa', 'aa'), kmp('abc', 'x'))
def longest_pal(s):
    best = ''
    for i in range(len(s)):
        for a, b in ((i, i), (i, i + 1)):
            while a >= 0 and b < len(s) and s[a] == s[b]: a -= 1; b += 1
            best = max(best, s[a + 1:b], key=len)
    return best
print(longest_pal('babad'), longest_pal('forgeeksskeegfor'), repr(longest_pal('')))
print(sorted(range(6), key=lambda i: 'banana'[i:]))
def wild(p, s):
    if not p: return not s
    if p[0] == '*': return wild(p[1:], s) or bool(s) and wild(p, s[1:])
    return bool(s) and p[0] in ('?', s[0]) and wild(p[1:], s[1:])
print([wild(p, 'abcde') for p in ('a*e', '*', 'a?cde', 'a?', '*c*', 'abcdef', '')])
def justify(words, w):
    lines, cur = [], []
    for x in words.split():
        if sum(map(len, cur)) + len(cur) + len(x) > w: lines.append(cur); cur = []
        cur.append(x)
    out = []
    for l in lines:
        gaps = len(l) - 1 or 1; sp, ex = divmod(w - sum(map(len, l)), gaps)
        out.append(''.join(x + ' ' * ((sp + (i < ex)) if i < gaps else 0) for i, x in enumerate(l)))
    return out + [' '.join(cur).ljust(w)]
print(justify('This is an example of text justification.', 16))
def z(s): return [next((k for k in range(len(s) - i) if s[k] != s[i + k]), len(s) - i) for i in range(len(s))]
print(z('aabxaab'), max(set(s := 'mississippi'), key=lambda c: (s.count(c), c)), ''.join(sorted('hello', key=lambda c: (-'hello'.count(c), c))))
def lcsubstr(a, b): return max((a[i:j] for i in range(len(a)) for j in range(i + 1, len(a) + 1) if a[i:j] in b), key=len, default='')
print(lcsubstr('xabxac', 'abcabxabcd'), [w[::-1] for w in 'one two'.split()], ' '.join(sorted('b A c'.split(), key=str.lower)), '%s' % {c: i for i, c in enumerate('abc')})
