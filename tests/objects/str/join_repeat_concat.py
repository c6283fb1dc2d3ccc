# join, repetition, concatenation and string building.
def show(text):
    for line in text.strip().splitlines():
        line = line.strip()
        try:
            print(line, "=>", repr(eval(line)))
        except Exception as e:
            print(line, "!!", type(e).__name__ + ":", e)

show(r"""
','.join(['a', 'b']), ''.join([]), 'x'.join(['a']), ', '.join('abc'), ''.join(('a', 'é', '日', '😀')), '-'.join({'k': 1}), '-'.join(c for c in 'xy'), 'é'.join(['a', 'b']), ' '.join(map(str, range(5))), '😀'.join('ab')
','.join([1])
','.join(['a', None])
','.join(['a', 'b', b'c'])
','.join(5)
','.join()
','.join('a', 'b')
'ab' * 3, 3 * 'ab', 'ab' * 0, 'ab' * -1, '' * 5, 'é' * 3, '😀' * 2, 'a' * True, 'ab' * 1
'a' * 1.5
'a' * 'b'
'a' * None
'a' + 'b', 'a' + '', '' + 'é', 'a' + '日' + '😀', 'x' 'y' + 'z'
'a' + 5
5 + 'a'
'a' + None
'a' + b'b'
len('a' * 10**5), len(('ab' * 1000) * 100), ('ab' * 1000)[1999], ('-' * 20)
'a' * 10**20
'a' * (2**63 - 1) * 0 == '' if False else 'skip'
""")
s = ''
for i in range(2000): s += chr(97 + i % 26)
print(len(s), s[:30], s[-5:], hash(s) == hash(''.join(chr(97 + i % 26) for i in range(2000))), s.count('a'))
t = ''
for i in range(300): t = str(i % 10) + t
print(t[:20], len(t), t == ''.join(str(i % 10) for i in reversed(range(300))))
u = 'a'; v = u; u += 'b'; u += 'é'; u += '日'; u += '😀'; print(u, v, len(u), u[4], u[2])
class J(list): pass
print('-'.join(J(['a', 'b'])), type(''.join(['solo'])), '+'.join(iter(['i'])))
class S(str): pass
print(type(S('a') + S('b')).__name__, type(S('a') * 1).__name__, type(S('').join(['x'])).__name__, ''.join([S('q'), 'r']))
def g():
    yield 'a'
    raise ValueError('in generator')
try: ''.join(g())
except ValueError as e: print(e)
