# arithmetic on constants, folded or not, keeps its meaning.
# needs: 3.14
def run(number, source):
    print('#', number)
    try:
        exec(source, {'__name__': 'sample'})
    except BaseException as e:
        print(type(e).__name__ + ':', e)

SNIPPETS = r'''
print(1 + 2, 2 * 3 + 4, 10 // 3, -7 % 3, 2 ** 10, 1 << 5, ~0, -0, +1, 1 - -1, 3 - 2 - 1)
---
print(1 / 0)
---
print(1 // 0)
---
print(2 ** -1, (-1) ** 0.5, 0.1 + 0.2, 1e308 * 10, -(2 ** 63), 2 ** 63 - 1)
---
print('a' * 3, 'a' 'b' * 2, (1, 2) * 2, [0] * 3, 'abc'[1], (1, 2, 3)[-1], (1, 2) + (3,))
---
print(1 if 0 else 2, not 1, 1 and 2, 0 or 3, 1 < 2 < 3, 1 == 1.0, 3 in (1, 2, 3), 'a' in 'abc')
---
x = 1 << 100; print(x, x >> 99, x % 7)
---
print('%d' % 5, '%s %s' % (1, 2), f'{1}{2}', -1 ** 2, (-1) ** 2, 1j * 1j, 1 + 2j, -1j)
---
1 << -1
---
(1, 2)[5]
---
'abc'[10]
---
print(1_000 * 1_000, 0xff & 0x0f, 0b11 | 0b100, 7 ^ 2, 100 % 30, 1.5 // 0.5, divmod(7, 2), 10 ** 20, 'x' * 0, () * 5)
'''
for number, source in enumerate(SNIPPETS.split('\n---\n'), 1):
    run(number, source.strip('\n') + '\n')
