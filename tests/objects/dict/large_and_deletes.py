# Growth, shrink and reuse under load, checked against a list model.
state = 7
def rnd(n):
    global state
    state = (state * 6364136223846793005 + 1442695040888963407) & (2**64 - 1)
    return (state >> 33) % n
d, model = {}, []
for step in range(4000):
    op, k = rnd(3), rnd(200)
    key = k if k % 3 else 'k%d' % k if k % 2 else (k, 'x')
    keys = [p[0] for p in model]
    if op < 2:
        d[key] = step
        if key in keys: model[keys.index(key)] = (key, step)
        else: model.append((key, step))
    elif key in d:
        assert d.pop(key) == model.pop(keys.index(key))[1]
    assert len(d) == len(model)
print(list(d.items()) == model, len(d), list(d.items())[:4])
e = {i: i * i for i in range(10000)}
print(len(e), e[9999], sum(e.values()), 10000 in e, list(e)[5000]); 
for i in range(9990): del e[i]
print(e); e.update((i, 0) for i in range(5)); print(list(e))
s = {'key%d' % i: i for i in range(2000)}; print(s['key1234'], len(s), sum(s[k] for k in s), 'key2000' in s)
n = {}
for i in range(100): n = {'child': n}
depth = 0
while n: n = n['child']; depth += 1
print(depth)
w = {}
for word in ('the quick brown the fox the quick'.split()): w[word] = w.get(word, 0) + 1
print(w, max(w, key=w.get), sorted(w.items(), key=lambda t: (-t[1], t[0])))
