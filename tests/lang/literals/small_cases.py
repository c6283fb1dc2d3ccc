# small literals of every kind.
def run(number, source):
    print('#', number)
    try:
        exec(source, {'__name__': 'sample'})
    except BaseException as e:
        print(type(e).__name__ + ':', e)

SNIPPETS = r'''
print(1, 1.5, 1j, 'a', b'a', True, None, ..., [1], (1,), {1}, {1: 2}, (), [], {})
---
print('\n'.encode(), '\x41\u0041\101', '\\', "'", '"', 'tab\there', '\N{BULLET}')
---
print(10 ** 20, 0xffffffffffffffffffff, -0, -0.0, 1e400, 1e-400, 0.1 + 0.2, 1 / 3)
---
print((1), (1,), 1, (), ((1, 2), (3,)), [[], [[]]], {'a': {'b': {}}}, {frozenset([1]): 1})
---
print('a' 'b', 'a' + 'b', 'ab' * 2, r'a\b', f'{1}a', u'u', rb'\x')
---
print({1, 2, 2}, {'a': 1, 'a': 2}, {True: 'a', 1: 'b'}, {1.0: 'x', 1: 'y'})
---
print('é', 'é'.encode(), '\u00e9', ascii('é'), '日本', '😀', len('😀'))
---
print(b'\x00\xff', b'abc'[0], bytes([65]), b'\'"', b'\n')
---
print([1, 2, 3,][-1], (1, 2,), {1, 2,}, {'a': 1,}, [*[1], 2], {**{}})
'''
for number, source in enumerate(SNIPPETS.split('\n---\n'), 1):
    run(number, source.strip('\n') + '\n')
