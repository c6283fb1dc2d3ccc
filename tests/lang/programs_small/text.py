# small text programs.
def run(number, source):
    print('#', number)
    try:
        exec(source, {'__name__': 'sample'})
    except BaseException as e:
        print(type(e).__name__ + ':', e)

SNIPPETS = r'''
t = 'the rain in spain stays mainly'
print({w: t.count(w) for w in ('ai', 'in', 'x')}, max(t.split(), key=len), ' '.join(w.title() for w in t.split()), ''.join(sorted(set(t) - {' '})))
---
print('\n'.join(' ' * (3 - i) + '*' * (2 * i + 1) for i in range(4)))
---
def is_pal(s): return s == s[::-1]
print([w for w in ('level', 'abc', 'noon', 'a', '') if is_pal(w)])
---
vowels = sum(c in 'aeiou' for c in 'programming language')
print(vowels, ''.join(c for c in 'programming' if c not in 'aeiou'), 'hello'.translate({ord('l'): 'L'}))
---
for i in range(1, 16): print('FizzBuzz' if i % 15 == 0 else 'Buzz' if i % 5 == 0 else 'Fizz' if i % 3 == 0 else i, end=' ')
print()
---
rows = [('name', 'qty'), ('apple', 3), ('fig', 12)]
for a, b in rows: print(f'{a:<8}|{b!s:>5}')
---
def caesar(s, n): return ''.join(chr((ord(c) - 97 + n) % 26 + 97) if c.islower() else c for c in s)
print(caesar('hello world', 3), caesar(caesar('hello', 5), -5))
---
s = 'a1b22c333'
digits, letters = '', ''
for c in s:
    if c.isdigit(): digits += c
    else: letters += c
print(digits, letters, int(digits) + 1)
---
lines = 'b 2\na 1\nc 3'.splitlines()
print(sorted(lines), sorted(lines, key=lambda l: -int(l.split()[1])), dict(l.split() for l in lines))
---
def wrap(text, w):
    out, cur = [], ''
    for word in text.split():
        if cur and len(cur) + 1 + len(word) > w: out.append(cur); cur = word
        else: cur = cur + ' ' + word if cur else word
    return out + [cur]
print(wrap('the quick brown fox jumps over the lazy dog', 12))
'''
for number, source in enumerate(SNIPPETS.split('\n---\n'), 1):
    run(number, source.strip('\n') + '\n')
