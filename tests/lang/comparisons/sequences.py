# Lexicographic comparison of strings, lists, tuples and bytes.
seqs = [[], [1], [1, 2], [1, 3], [2], [0, 9, 9]]
for a in seqs: print([(a < b, a == b, a >= b) for b in seqs])
t = [tuple(s) for s in seqs]
print(sorted(t), max(t), min(t))
strs = ['', 'a', 'A', 'ab', 'b', 'é', 'z', '\U0001F600', '\uffff', '10', '9', ' ']
print(sorted(strs))
for a in strs: print(''.join('<' if a < b else '=' if a == b else '>' for b in strs))
bs = [b'', b'a', b'A', b'ab', b'\xff', b'\x00']
print(sorted(bs), b'a' < bytearray(b'b'), bytearray(b'x') == b'x', b'a' == 'a')
print([1] == (1,), [1] != (1,), 'a' == ['a'], () == [], {} == set(), range(0) == [], range(3) == range(0, 3, 1))
print([1, 'a'] == [1, 'a'], [1, 2] < [1, 'a'] if False else 'skip', [0, 'a'] < [1, 2], [[1], [2]] < [[1], [3]])
for f in (lambda: [1] < (1,), lambda: [1, 2] < [1, 'a'], lambda: 'a' < b'a', lambda: (1,) < 5, lambda: {} < {}, lambda: range(1) < range(2)):
    try: print(f())
    except TypeError as e: print(e)
print({1, 2} < {1, 2, 3}, {1} <= {1}, {1} < {1}, {1} < {2}, {1} > set(), {1} == frozenset([1]), {1, 2} >= [1] if False else '')
print({'a': 1, 'b': 2} == {'b': 2, 'a': 1}, {'a': 1} == {'a': 1.0}, {'a': 1} != {'a': 2}, {1: 2} == [1])
