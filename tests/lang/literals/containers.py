# Displays of every container, empty and trailing commas.
print([], [1], [1,], [1, 2], [[], [[]]])
print((), (1,), (1, 2), (1, 2,), ((),), 1, ())
print({}, {1}, {1,}, {'a': 1}, {'a': 1,}, {1: {2: {3: {}}}})
t = 1, 2, 3
print(t, type(t))
u = 1,
print(u)
print({'a': 1, 'b': 2, 'a': 3}, {1: 'x', True: 'y', 1.0: 'z'})
print([*range(3), *'ab'], (*range(3),), {*[1], *[1]}, {**{'a': 1}, 'b': 2, **{'a': 5}})
print({True, 1, 1.0}, {0: 1, False: 2})
print([1, 2][0], (1, 2)[1], {'k': 'v'}['k'], 'abc'[1])
print([None, True, False, ..., NotImplemented])
a = [1, 2]; a.append(a); print(a)
d = {}; d['self'] = d; print(d)
t = ([],); t[0].append(t); print(t)
print([
    1,
    2,

    3,  # comment
])
