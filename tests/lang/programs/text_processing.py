# Word counts, ciphers, run-length coding, palindromes, roman numerals, anagrams.
text = """the cat sat on the mat the end
of the story is the start of it"""
freq = {}
for w in text.split(): freq[w] = freq.get(w, 0) + 1
print(sorted(freq.items(), key=lambda t: (-t[1], t[0]))[:4], len(text.splitlines()), max(text.split(), key=len))
def caesar(s, k): return ''.join(chr((ord(c) - (b := 65 if c.isupper() else 97) + k) % 26 + b) if c.isalpha() else c for c in s)
print(caesar('Hello, World!', 3), caesar(caesar('Hello, World!', 3), -3))
def rle(s):
    out, i = [], 0
    while i < len(s):
        j = i
        while j < len(s) and s[j] == s[i]: j += 1
        out.append((s[i], j - i)); i = j
    return out
print(rle('aaabbc'), ''.join(c * n for c, n in rle('xxyz')) == 'xxyz', rle(''))
pal = lambda s: (t := [c.lower() for c in s if c.isalnum()]) == t[::-1]
print(pal('A man, a plan, a canal: Panama'), pal('no'))
def roman(n):
    out = ''
    for v, s in ((1000, 'M'), (900, 'CM'), (500, 'D'), (400, 'CD'), (100, 'C'), (90, 'XC'), (50, 'L'), (40, 'XL'), (10, 'X'), (9, 'IX'), (5, 'V'), (4, 'IV'), (1, 'I')):
        while n >= v: out += s; n -= v
    return out
print([roman(n) for n in (1, 4, 9, 14, 40, 90, 400, 1994, 2024, 3999)])
groups = {}
for w in ('eat', 'tea', 'tan', 'ate', 'nat', 'bat'): groups.setdefault(''.join(sorted(w)), []).append(w)
print(sorted(groups.values()))
print(' '.join(w.capitalize() for w in 'the quick brown'.split()), 'racecar'[::-1], 'abc'.translate({97: 'x'}), '|'.join(f'{w:^7}' for w in ('a', 'bb', 'ccc')))
vig = lambda s, k: ''.join(chr((ord(c) + ord(k[i % len(k)]) - 130) % 26 + 65) for i, c in enumerate(s))
print(vig('ATTACKATDAWN', 'LEMON'), [f'{n:08b}' for n in b'Hi'], ''.join(chr(int(x, 2)) for x in ('01001000', '01101001')))
for i in range(1, 16): print('FizzBuzz' if i % 15 == 0 else 'Fizz' if i % 3 == 0 else 'Buzz' if i % 5 == 0 else i, end=' ')
print()
