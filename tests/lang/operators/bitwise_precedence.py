# bit operators with each other and with arithmetic.
def run(number, source):
    print('#', number)
    try:
        exec(source, {'__name__': 'sample'})
    except BaseException as e:
        print(type(e).__name__ + ':', e)

SNIPPETS = r'''
print(1 | 2 & 3, 1 ^ 3 & 2, 1 << 2 + 1, ~1 & 3, -1 >> 1, 5 & 3 == 1, (5 & 3) == 1, 2 ** 3 << 1, 6 & -6, 1 | 0 ^ 1)
---
print(0b1100 & 0b1010, 0b1100 | 0b1010, 0b1100 ^ 0b1010, ~0b1100, 0xff >> 4, 1 << 10)
---
print(-2 ** 2, (-2) ** 2, 2 ** -1, 2 ** 3 ** 0, -2 ** -2, +-+1, ~~5, not -1)
---
print(7 // 2 * 2, 7 % 3 * 2, 2 * 7 // 3, -7 // 2 * 2, 7 - 2 - 1, 8 / 4 / 2, 2 + 3 * 4 ** 2)
---
1 & 1.5
---
'a' | 'b'
---
~'a'
---
print({1} | {2} & {2, 3}, True | False & False, True ^ True, False ^ 1)
'''
for number, source in enumerate(SNIPPETS.split('\n---\n'), 1):
    run(number, source.strip('\n') + '\n')
