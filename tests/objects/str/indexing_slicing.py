# Indexing and slicing strings of every storage width.
# needs: 3.13
def show(text):
    for line in text.strip().splitlines():
        line = line.strip()
        try:
            print(line, "=>", repr(eval(line)))
        except Exception as e:
            print(line, "!!", type(e).__name__ + ":", e)

class I:
    def __index__(self): return 1
for s in ('hello', 'héllo', 'h日llo', 'h😀llo'):
    print(s[0], s[1], s[-1], s[-5], s[1:3], s[:2], s[2:], s[:], s[::2], s[::-1], s[-3:-1], s[4:1:-1], s[10:], s[-100:2], s[3:1], s[::3], s[1::2], s[-2::-2], s[True])
    print([s[i:j] for i in range(-6, 7, 4) for j in range(-6, 7, 3)])
show(r"""
'abc'[I()], 'abc'[I():], 'abc'[None:None:None], 'abc'[:10**30], 'abc'[-10**30:], 'abc'[::10**30], 'abc'[::-10**30], ''[:], ''[::-1], 'abc'[slice(1, 3)]
'abc'[3]
'abc'[-4]
''[0]
'abc'['a']
'abc'[1.0]
'abc'[None]
'abc'[::0]
'abc'['a':]
'abc'[1:1.5]
'abc'[1, 2]
'abc'[10**30]
'abc'.__getitem__(1), 'abc'.__getitem__(slice(None, None, 2)), 'abc'.__len__(), 'abc'.__contains__('b'), len('😀é'), list('a😀b'), ''.join(reversed('abc')), 'abc'.__iter__().__next__()
""")
for bad in ("s[0] = 'x'", "del s[0]", "s[:] = 'x'", "s.x = 1", "del s[:]"):
    try: exec(bad, {'s': 'abc'})
    except Exception as e: print(type(e).__name__, e)
x = 'ab' + chr(0x100) + chr(0x10000)
print(x[:2], x[2:3] == 'Ā', x[:2] == 'ab', hash(x[:2]) == hash('ab'), {'ab': 1}[x[:2]], x[3] == '\U00010000', len(x))
